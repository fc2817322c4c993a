"""Properties of a seasonal adjustment, and values that are none, too large, too few or too regular.

Whatever is given, there is a result or a sentence that names the series, the place and the way out.
"""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import paimana as pm
from paimana.datasets import ramadan_sales

Array = np.ndarray[Any, Any]

SALES = ramadan_sales(years=12)
X = SALES.to_numpy()
WHERE: dict[str, Any] = {"freq": "M", "start": "2000-01"}
T = np.arange(len(X))
RNG = np.random.default_rng(11)
NOISE = RNG.normal(size=len(X))

INTERNAL = ("singular", "panick", "unwrap", "index out of", "NaN", "nan", "None", "please report")
"""Words that an error for users does not have."""


# Properties.


@pytest.mark.parametrize("transform", ["log", "none"])
@pytest.mark.parametrize("unit", [1e-90, 1e-3, 7.0, 1e6, 1e90])
def test_the_unit_scales_the_result(transform: str, unit: float) -> None:
    calendar = ["td", "eid_al_fitr[-14,-1]"]
    one, other = (
        pm.seasonal_adjust(u * SALES, calendar=calendar, transform=transform) for u in (1.0, unit)
    )
    for name in ("adjusted", "trend", "forecast", "forecast_lower"):
        np.testing.assert_allclose(getattr(other, name), unit * getattr(one, name), rtol=1e-6)
    scale = 1 if transform == "log" else unit
    for name in ("seasonal", "calendar_effect", "irregular"):
        mine, theirs = getattr(one, name), getattr(other, name)
        np.testing.assert_allclose(theirs, scale * mine, rtol=1e-6, atol=1e-6 * scale)
    assert one.outliers == other.outliers
    mine, theirs = one.residual_tests, other.residual_tests
    assert theirs.ljung_box == pytest.approx(mine.ljung_box, rel=1e-5)
    assert theirs.jarque_bera == pytest.approx(mine.jarque_bera, rel=1e-5)
    assert other.loglik == pytest.approx(one.loglik - shift(one, unit))


def shift(one: Any, unit: float) -> float:
    """What the unit changes in the log likelihood: its logarithm for every observation left."""
    n = int(one.summary().split(" observations")[0].split()[-1])
    return n * float(np.log(unit))


def test_an_outlier_of_nothing_changes_nothing() -> None:
    """What is added as an outlier and taken as one leaves all but itself as it was."""
    given: dict[str, Any] = {"transform": "none", "outliers": None}
    plain = pm.seasonal_adjust(SALES, calendar=["td1", "ao2005-06"], **given)
    moved = SALES.copy()
    moved["2005-06"] += 500.0
    other = pm.seasonal_adjust(moved, calendar=["td1", "ao2005-06"], **given)
    name = "ao2005-06"
    change = other.coefficients["estimate"] - plain.coefficients["estimate"]
    assert change[name] == pytest.approx(500.0, rel=1e-6)
    np.testing.assert_allclose(change.drop(name), 0, atol=1e-5)
    np.testing.assert_allclose(other.seasonal, plain.seasonal, atol=1e-4)
    np.testing.assert_allclose(other.trend, plain.trend, atol=1e-4)
    # it stays in the adjusted series
    difference = other.adjusted - plain.adjusted
    assert difference["2005-06"] == pytest.approx(500.0, abs=1e-3)
    np.testing.assert_allclose(difference.drop(pd.Period("2005-06")), 0, atol=1e-4)
    # a search that finds none is no search
    none = pm.seasonal_adjust(SALES, critical=100.0)
    assert none.outliers == []
    without = pm.seasonal_adjust(SALES, outliers=None)
    pd.testing.assert_series_equal(none.adjusted, without.adjusted)


def test_threads_change_no_bit() -> None:
    frame = pd.DataFrame({seed: ramadan_sales(seed, years=8) for seed in range(6)})
    threads = pm.get_threads()
    try:
        made: list[Any] = []
        for n in (1, 2, 2):
            pm.set_threads(n)
            made.append(pm.seasonal_adjust(frame, calendar=["auto", "ramadan"]))
    finally:
        pm.set_threads(threads)
    for other in made[1:]:
        pd.testing.assert_frame_equal(made[0].adjusted, other.adjusted, check_exact=True)
        pd.testing.assert_frame_equal(made[0].forecast, other.forecast, check_exact=True)
        pd.testing.assert_frame_equal(made[0].coefficients, other.coefficients, check_exact=True)


def test_layouts_and_dtypes() -> None:
    plain = pm.seasonal_adjust(X, **WHERE).adjusted
    fixed = X.copy()
    fixed.flags.writeable = False
    spread = np.stack([X, -X], axis=1)
    layouts: dict[str, Any] = {
        "read-only": fixed,
        "every other": spread[:, 0],
        "backwards": X[::-1].copy()[::-1],
        "other byte order": X.astype(X.dtype.newbyteorder()),
        "list": X.tolist(),
        "longdouble": X.astype(np.longdouble),
    }
    for name, x in layouts.items():
        np.testing.assert_array_equal(pm.seasonal_adjust(x, **WHERE).adjusted, plain, name)
    whole = np.rint(10 * X)
    expected = pm.seasonal_adjust(whole, **WHERE).adjusted
    for kind in ("i4", "u8", "i8", "f4"):
        found = pm.seasonal_adjust(whole.astype(kind), **WHERE).adjusted
        assert found.dtype == (np.float32 if kind == "f4" else np.float64)
        np.testing.assert_allclose(found, expected, rtol=1e-6 if kind == "f4" else 0)
    rows = np.stack([X, X[::-1]])
    across = pm.seasonal_adjust(rows, axis=1, **WHERE).adjusted
    down = pm.seasonal_adjust(np.asfortranarray(rows.T), **WHERE).adjusted
    np.testing.assert_array_equal(across, down.T)
    np.testing.assert_array_equal(across[0], plain)
    cube = pm.seasonal_adjust(rows.T[:, :, None], **WHERE).adjusted
    np.testing.assert_array_equal(cube[:, :, 0], down)


def test_nothing_is_written_to_what_is_given() -> None:
    frame = pd.DataFrame({"a": SALES, "b": SALES * 2})
    options: dict[str, Any] = {
        "calendar": ["auto", ("eid_al_fitr[-7,-1]", "eid_al_fitr[-14,-1]")],
        "calendar_options": {"overrides": {"eid_al_fitr": {2006: "2006-10-25"}}},
        "critical": {"ao": 4.0, "ls": 4.0},
        "x11": {"seasonal": "3x5"},
    }
    before, said = frame.copy(deep=True), repr(options)
    result = pm.seasonal_adjust(frame, **options)
    result.adjusted.loc[:, :] = 0
    ahead = result.forecast
    ahead.loc[:, :] = 0
    pd.testing.assert_frame_equal(frame, before)
    assert repr(options) == said
    # nor to what is kept
    assert (result.tables["D11"] != 0).all(axis=None)
    assert (result.forecast != 0).all(axis=None)


def test_gaps_at_the_ends_stay_missing() -> None:
    x = SALES.copy()
    x.iloc[:7] = np.nan
    x.iloc[-5:] = np.nan
    result = pm.seasonal_adjust(x)
    alone = pm.seasonal_adjust(x.dropna())
    assert result.adjusted.isna().sum() == 12
    pd.testing.assert_series_equal(result.adjusted.dropna(), alone.adjusted)
    assert result.forecast.index.equals(alone.forecast.index)


def test_auto_says_why_it_takes_levels() -> None:
    for low in (0.0, -5.0):
        x = SALES.copy()
        x["2003-03"] = low
        result = pm.seasonal_adjust(x)
        assert result.transform == "none"
        assert "transform" not in result.aicc_tables
        assert "levels, since values at or below zero have no logarithm" in result.summary()
        asked = pm.seasonal_adjust(x, transform="none")
        assert "have no logarithm" not in asked.summary()
        with pytest.raises(
            ValueError, match=r"sales in March 2003|March 2003 is not positive.*none"
        ):
            pm.seasonal_adjust(x, transform="log")
    assert set(pm.seasonal_adjust(SALES).aicc_tables["transform"]) == {"log", "none"}


# What is refused.


def broken(at: int, value: float) -> Array:
    x = X.copy()
    x[at] = value
    return x


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (broken(40, np.nan), "x is missing in May 2003: seasonal_adjust needs every period; fill"),
        (broken(40, np.inf), "x is infinite in May 2003"),
        (broken(40, -np.inf), "x is infinite in May 2003"),
        (np.full(len(X), np.nan), "x has no observed value"),
        (np.full(len(X), 5.0), "x is constant: there is no seasonal pattern"),
        (np.zeros(len(X)), "x is constant"),
        (
            1e300 * X,
            r"reach 1\.2.*e302: a model takes sizes from 1e-100 to 1e100; use another unit",
        ),
        (1e-300 * X, r"reach 1\.2.*e-298.*use another unit"),
        (5e-324 * np.rint(X), "use another unit"),
        (np.exp(RNG.uniform(-600, 600, len(X))), "use another unit"),
        (
            np.exp(np.random.default_rng(5).normal(0, 50, len(X))),
            r"values of x lie too far apart, from .*e-\d+ to .*e\+\d+: .*in .*; adjust a span|"
            "no part of the trend of the series is positive",
        ),
        (T + 1.0, "explains the series without error.*too regular"),
        (np.where(T < 70, 1.0, 2.0), "explains the series without error.*too regular"),
        (np.tile([1.0, 2.0], len(X) // 2), "explains the series without error.*too regular"),
        (X[:35], "x has 35 periods: seasonal_adjust needs at least three years, 36 periods"),
        (X[:1], "x has 1 period: seasonal_adjust needs"),
        (X[:0], "x has no observed value"),
        (np.empty((len(X), 0)), "x has no series: seasonal_adjust needs at least one column"),
    ],
)
def test_values_that_cannot_be_adjusted(x: Array, said: str) -> None:
    began = time.perf_counter()
    with pytest.raises(ValueError, match=said) as raised:
        pm.seasonal_adjust(x, **WHERE)
    assert not any(word in str(raised.value) for word in INTERNAL)
    assert time.perf_counter() - began < 20


def test_both_missing_and_infinite() -> None:
    x = broken(40, np.nan)
    x[41] = np.inf
    with pytest.raises(ValueError, match="x is missing or infinite in May 2003 and June 2003"):
        pm.seasonal_adjust(x, **WHERE)


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (X.astype(object), "dtype object"),
        ([Decimal(str(round(value, 2))) for value in X], "dtype object"),
        (pd.Series([Decimal("1.5")] * len(X), SALES.index), r"Decimals.*astype\(\"float64\"\)"),
        (X.astype(complex), "complex128.*no real numbers"),
        (SALES.index.to_timestamp().to_numpy(), "datetime64|dates"),
        (np.array(["a"] * len(X)), "no real numbers|text"),
        (5.0, "cannot read a builtins.float"),
        (None, "cannot read a builtins.NoneType"),
    ],
    ids=["object", "decimals", "series of decimals", "complex", "dates", "text", "float", "None"],
)
def test_what_holds_no_numbers(x: Any, said: str) -> None:
    where = {} if isinstance(x, pd.Series) else WHERE
    with pytest.raises((TypeError, ValueError), match=said):
        pm.seasonal_adjust(x, **where)


def test_what_the_frequency_does_not_allow() -> None:
    with pytest.raises(ValueError, match="these are annual, which have no seasons"):
        pm.seasonal_adjust(X, freq="A", start="1900")
    with pytest.raises(ValueError, match=r"these are daily: give period=, such as period=7"):
        pm.seasonal_adjust(X, freq="D", start="2000-01-01")
    with pytest.raises(ValueError, match=r"give start=.*or calendar=None"):
        pm.seasonal_adjust(X, period=7)
    assert len(pm.seasonal_adjust(X, period=7, calendar=None).forecast) == 7


# What is not refused.


@pytest.mark.parametrize(
    "x",
    [
        NOISE,
        100 + NOISE,
        np.cumsum(NOISE),
        RNG.poisson(0.5, len(X)),
        1e-100 * X,
        1e97 * X,
        np.where(T == 60, 1e10, 1.0) + 1e-3 * NOISE,
        X * np.where(T % 2, 1, -1),
        np.where(T % 12 == 0, X, 0.01 * X),
        np.exp(0.1 * T + 0.01 * NOISE),
        NOISE > 0.0,
    ],
    ids=[
        "noise",
        "noise around 100",
        "random walk",
        "small counts",
        "tiny",
        "large",
        "one spike",
        "alternating signs",
        "one month a year",
        "steep growth",
        "booleans",
    ],
)
def test_unusual_series_are_adjusted(x: Array) -> None:
    began = time.perf_counter()
    result = pm.seasonal_adjust(x, **WHERE)
    for name in ("adjusted", "seasonal", "trend", "irregular", "forecast"):
        assert np.isfinite(getattr(result, name)).all(), name
    assert "AICC" in result.summary()
    assert 0 <= result.residual_tests.normality_p <= 1
    assert time.perf_counter() - began < 30


@pytest.mark.parametrize(("freq", "least"), [("M", 36), ("Q", 12)])
@pytest.mark.parametrize("year", [1990, 1999, 2001, 2009, 2013, 2021])
@pytest.mark.parametrize("transform", ["auto", "log", "none"])
def test_the_least_length_is_enough_for_the_defaults(
    freq: str, least: int, year: int, transform: str
) -> None:
    """Also where all Easters were in April, no year was a leap year, or six days are too many."""
    start = f"{year}-01" if freq == "M" else f"{year}Q1"
    for n in range(least, least + 3 * least // 4):
        result = pm.seasonal_adjust(X[:n], freq=freq, start=start, transform=transform)
        assert np.isfinite(result.adjusted).all()
    with pytest.raises(ValueError, match=f"has {least - 1} periods.*{least} periods"):
        pm.seasonal_adjust(X[: least - 1], freq=freq, start=start)


def test_what_a_short_series_cannot_tell_is_not_tested() -> None:
    april = pm.seasonal_adjust(X[:36], freq="M", start="2009-01").aicc_tables
    assert "easter" not in april or "easter[1]" not in april["easter"]
    twelve = pm.seasonal_adjust(X[:12], freq="Q", start="2000Q1").aicc_tables
    assert "td" not in twelve
    long = pm.seasonal_adjust(X, **WHERE).aicc_tables
    assert list(long["td"]) == ["none", "td", "td1"]
    assert list(long["easter"]) == ["none", "easter[1]", "easter[8]", "easter[15]"]
    # who names one that is nothing is told so
    with pytest.raises(
        ValueError, match=r"easter\[1\] is zero in the whole span.*drop easter\[1\]"
    ):
        pm.seasonal_adjust(X[:36], freq="M", start="2009-01", calendar=["easter[1]"])
    # trading days of levels without a 29 February have no column for it
    days = pm.seasonal_adjust(X[:36], freq="M", start="2009-01", calendar=["td1"], transform="none")
    assert "lpyear" not in days.coefficients.index
    # under logarithms the length of February is divided out all the same, as X-13 does
    logs = [
        pm.seasonal_adjust(
            X[:36], freq="M", start="2009-01", calendar=["td1"], transform=transform, outliers=None
        )
        for transform in ("auto", "log")
    ]
    assert logs[0].transform == "log"
    np.testing.assert_array_equal(logs[0].calendar_effect, logs[1].calendar_effect)


wild = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True, width=64),
    st.sampled_from([0.0, -0.0, 1.0, 1e-300, 1e300, -1.0]),
)
tame = st.floats(-1e3, 1e3)
counts = st.integers(0, 3).map(float)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(*(st.lists(each, min_size=0, max_size=60) for each in (wild, tame, counts))),
    st.integers(0, 40),
    st.sampled_from(["auto", "log", "none"]),
)
@example([1e308] * 60, 0, "none")
@example([5e-324] * 59 + [1e-323], 0, "auto")
def test_any_values_give_a_result_or_a_sentence(
    values: list[float], steady: int, transform: str
) -> None:
    x = np.concatenate((X[:steady], values))
    try:
        result = pm.seasonal_adjust(x, freq="Q", start="2000Q1", transform=transform, critical=3.5)
    except ValueError as error:
        said = str(error)
        assert len(said) > 30
        assert not any(word in said for word in INTERNAL), said
    else:
        inside = np.isfinite(x)
        assert np.isfinite(result.adjusted[inside]).all()
        assert result.summary()


def test_one_bad_series_of_many_is_named() -> None:
    frame = pd.DataFrame({"good": SALES, "bad": SALES})
    frame.loc["2004-02", "bad"] = np.nan
    with pytest.raises(ValueError, match='column "bad" is missing in February 2004'):
        pm.seasonal_adjust(frame)
    dates = SALES.index.to_timestamp().date.tolist()
    polars = pl.DataFrame({"date": dates, "good": X, "bad": np.full(len(X), 3.0)})
    with pytest.raises(ValueError, match='column "bad" is constant'):
        pm.seasonal_adjust(polars, time="date")
    frame["bad"] = 1e200 * SALES
    with pytest.raises(ValueError, match=r'column "bad" reach.*use another unit'):
        pm.seasonal_adjust(frame)


def test_values_too_far_apart_are_named() -> None:
    """By the sentence of the trend and by that of factors beyond the range of numbers."""
    said: list[str] = []
    for seed in range(30):
        wild = np.exp(np.random.default_rng(seed).normal(0, 50, len(X)))
        frame = pd.DataFrame({"good": SALES, "wild": np.minimum(wild, 1e90)})
        try:
            pm.seasonal_adjust(frame, transform="log", calendar=None, outliers=None)
        except ValueError as error:
            said.append(str(error))
    assert all('column "wild"' in sentence for sentence in said)
    for words in ("no part of the trend of", "lie too far apart"):
        assert any(words in sentence for sentence in said)
