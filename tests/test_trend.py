"""Trend filters: published and frozen numbers, peers, slow twins, gaps, containers, bad input."""

from __future__ import annotations

import json
import math
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

import paimana as pm
from reference import trend as twin

ORACLE = json.loads((Path(__file__).parent / "oracles" / "trend.json").read_text())
GDP = 100 * np.log(np.array(ORACLE["us_real_gdp"]["values"]))
"""100 ln of US real GDP, quarterly, 1959Q1 to 2009Q3."""
N = len(GDP)


def monthly(n: int = 240, seed: int = 0) -> np.ndarray:
    """A random walk with seasons."""
    rng = np.random.default_rng(seed)
    t = np.arange(n)
    season = 5 * np.sin(t * np.pi / 6) + 2 * np.cos(t * np.pi / 3)
    return 100 + np.cumsum(rng.normal(size=n)) + season + rng.normal(size=n)


def close(got, expected, tolerance):
    np.testing.assert_array_equal(np.isnan(got), np.isnan(expected))
    np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance)


FILTERS = {
    "hp_filter": (lambda x, **o: pm.hp_filter(x, 1600, **o), ("trend", "cycle")),
    "one_sided_hp_filter": (
        lambda x, **o: pm.one_sided_hp_filter(x, 1600, **o),
        ("trend", "cycle"),
    ),
    "boosted_hp_filter": (lambda x, **o: pm.boosted_hp_filter(x, 1600, **o), ("trend", "cycle")),
    "hamilton_filter": (lambda x, **o: pm.hamilton_filter(x, 8, 4, **o), ("trend", "cycle")),
    "bk_filter": (pm.bk_filter, ("trend", "cycle")),
    "cf_filter": (pm.cf_filter, ("trend", "cycle")),
    "bn_decomposition": (pm.bn_decomposition, ("trend", "cycle")),
    "henderson": (pm.henderson, ("trend", "residual")),
    "stl": (lambda x, **o: pm.stl(x, 12, **o), ("trend", "seasonal", "residual")),
    "robust stl": (
        lambda x, **o: pm.stl(x, 12, robust=True, **o),
        ("trend", "seasonal", "residual"),
    ),
}
GAPS_ALLOWED = {"hp_filter", "one_sided_hp_filter", "hamilton_filter", "stl", "robust stl"}
GAPS_SPREAD = {"bk_filter", "henderson"}


# Frozen and published numbers.


def test_beveridge_nelson_of_real_gdp():
    frozen = ORACLE["beveridge_nelson"]
    result = pm.bn_decomposition(GDP, 2)
    assert math.isclose(result.cycle[-1], frozen["last_cycle"], abs_tol=5e-9)
    assert math.isclose(result.growth, frozen["growth"], abs_tol=5e-9)
    np.testing.assert_allclose(result.coefficients, frozen["coefficients"], rtol=0, atol=5e-9)


def test_boosted_hp_of_real_gdp():
    result = pm.boosted_hp_filter(GDP, 1600)
    assert result.iterations == ORACLE["boosted_hp"]["iterations"]
    assert math.isclose(result.trend[-1], ORACLE["boosted_hp"]["last_trend"], abs_tol=5e-9)


def test_the_usual_options_follow_the_frequency():
    for freq, lamb in {"A": 6.25, "H": 100, "Q": 1600, "M": 129600}.items():
        for function in (pm.hp_filter, pm.one_sided_hp_filter, pm.boosted_hp_filter):
            usual = function(GDP, freq=freq).trend
            np.testing.assert_array_equal(usual, function(GDP, lamb).trend)
    for freq, (h, p) in {"A": (2, 1), "Q": (8, 4), "M": (24, 12)}.items():
        usual = pm.hamilton_filter(GDP, freq=freq).cycle
        np.testing.assert_array_equal(usual, pm.hamilton_filter(GDP, h, p).cycle)
    usual = pm.stl(GDP, freq="Q").seasonal
    np.testing.assert_array_equal(usual, pm.stl(GDP, 4).seasonal)


# Twins.


@pytest.mark.parametrize("lamb", [0.5, 6.25, 100, 1600, 129600])
def test_hp_is_the_dense_solve(lamb):
    tolerance = 1e-11 if lamb < 1e4 else 1e-9
    result = pm.hp_filter(GDP, lamb)
    close(result.trend, twin.hp_trend(GDP, lamb), tolerance)
    np.testing.assert_array_equal(result.cycle, GDP - result.trend)
    close(pm.hp_filter(GDP[:3], lamb).trend, twin.hp_trend(GDP[:3], lamb), 1e-10)


@pytest.mark.parametrize("lamb", [0.5, 6.25, 1600, 129600])
def test_one_sided_hp_is_the_end_point_of_every_sample(lamb):
    result = pm.one_sided_hp_filter(GDP, lamb)
    close(result.trend, twin.one_sided_hp_trend(GDP, lamb), 1e-9 if lamb < 1e4 else 1e-8)
    np.testing.assert_array_equal(result.trend[:2], GDP[:2])


def test_one_sided_hp_ends_where_hp_ends():
    for last in (3, 10, 80, N):
        one, two = pm.one_sided_hp_filter(GDP[:last], 1600), pm.hp_filter(GDP[:last], 1600)
        assert math.isclose(one.trend[-1], two.trend[-1], abs_tol=1e-10)


def test_boosted_hp_is_the_matrix_power():
    for x, lamb in ((GDP, 1600), (GDP[:60], 6.25), (monthly(120), 1600)):
        trend, rounds = twin.boosted_hp(x, lamb)
        result = pm.boosted_hp_filter(x, lamb)
        assert result.iterations == rounds
        close(result.trend, trend, 1e-8)
    once = pm.boosted_hp_filter(GDP, 1600, stop=None, iterations=1)
    close(once.trend, pm.hp_filter(GDP, 1600).trend, 1e-9)


def test_boosting_stops_at_a_stationary_cycle():
    walk = pm.boosted_hp_filter(monthly(150, 3).cumsum(), 129600, stop="adf")
    noise = pm.boosted_hp_filter(np.random.default_rng(0).normal(size=150), 1600, stop="adf")
    assert noise.iterations == 1
    assert walk.iterations > 1


@pytest.mark.parametrize(("h", "p"), [(8, 4), (24, 12), (1, 1), (3, 2), (8, 0)])
def test_hamilton_is_least_squares(h, p):
    result = pm.hamilton_filter(GDP, h, p)
    close(result.cycle, twin.hamilton_cycle(GDP, h, p), 1e-10)
    assert result.coefficients.shape == ((p + 1,) if p else (0,))


def test_hamilton_where_the_normal_equations_lose_their_digits():
    x = 1e6 + np.cumsum(np.random.default_rng(4).normal(size=200))
    close(pm.hamilton_filter(x, 8, 4).cycle, twin.hamilton_cycle(x - 1e6, 8, 4), 1e-7)


@pytest.mark.parametrize(("low", "high", "k"), [(6, 32, 12), (18, 96, 36), (2, 3.5, 1)])
def test_baxter_king_is_its_formula(low, high, k):
    close(pm.bk_filter(GDP, low, high, k).cycle, twin.bk_cycle(GDP, low, high, k), 1e-11)


@pytest.mark.parametrize("drift", [True, False])
@pytest.mark.parametrize(("low", "high"), [(6, 32), (2, 8), (18.5, 96)])
def test_christiano_fitzgerald_is_its_formula(low, high, drift):
    for x in (GDP, GDP[:3], GDP[:33]):
        result = pm.cf_filter(x, low, high, drift=drift)
        close(result.cycle, twin.cf_cycle(x, low, high, drift), 2e-11)


@pytest.mark.parametrize("p", [1, 2, 4, 8])
def test_beveridge_nelson_is_the_companion_form(p):
    cycle, figures = twin.bn_cycle(GDP, p)
    result = pm.bn_decomposition(GDP, p)
    close(result.cycle, cycle, 1e-10)
    close(np.append(result.growth, result.coefficients), figures, 1e-11)


@pytest.mark.parametrize("robust", [False, True])
@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize(("period", "seasonal", "degree"), [(12, 7, 1), (12, 13, 0), (5, 9, 1)])
def test_stl_is_one_local_fit_after_the_other(period, seasonal, degree, gaps, robust):
    x = monthly(84)
    if gaps:
        x[[3, 20, 21, 22, 50]] = np.nan
        x[10:60:12] = np.nan
    options = {"trend_degree": degree, "seasonal_degree": degree, "low_pass_degree": degree}
    result = pm.stl(x, period, seasonal, robust=robust, **options)
    trend, pattern = twin.stl(x, period, seasonal, robust=robust, degree=degree)
    close(result.trend, trend, 1e-9)
    close(result.seasonal, pattern, 1e-9)
    close(result.residual, x - pattern - trend, 1e-9)


def test_henderson_keeps_cubics_in_the_middle_and_constants_everywhere():
    t = np.arange(60.0)
    cubic = 0.01 * t**3 - t**2
    close(pm.henderson(cubic, 13).trend[6:-6], cubic[6:-6], 1e-10)
    close(pm.henderson(np.full(30, 7.0), 13).trend, np.full(30, 7.0), 1e-13)


# Properties.


@given(st.integers(0, 10**6), st.floats(0.01, 1e5), st.integers(3, 60))
@settings(max_examples=200, deadline=None)
def test_a_line_passes_every_hp_filter(seed, lamb, n):
    a, b = np.random.default_rng(seed).normal(size=2)
    line = a + b * np.arange(n)
    for function in (pm.hp_filter, pm.one_sided_hp_filter):
        close(function(line, lamb).trend, line, 1e-9 * max(1, n * abs(b)))


@pytest.mark.parametrize("name", FILTERS)
def test_parts_add_up_and_scale(name):
    call, parts = FILTERS[name]
    x = monthly(120)
    result = call(x)
    whole = sum(getattr(result, part) for part in parts)
    some = ~np.isnan(whole)
    assert some.any()
    np.testing.assert_allclose(whole[some], x[some], rtol=1e-13)
    double = call(1024 * x)  # a power of two: nothing is rounded
    if name != "boosted_hp_filter":
        for part in parts:
            np.testing.assert_allclose(
                getattr(double, part), 1024 * getattr(result, part), rtol=1e-12, atol=1e-9
            )


@pytest.mark.parametrize("name", FILTERS)
def test_the_size_of_values_does_not_matter(name):
    call, parts = FILTERS[name]
    table = np.column_stack([monthly(120, seed) for seed in range(6)])
    table[:7, 2] = np.nan
    powers = 2.0 ** np.array([-1000, -600, 0, 350, 700, 1000])
    usual, sized = call(table), call(table * powers)
    for part in parts:
        np.testing.assert_allclose(
            getattr(sized, part) / powers, getattr(usual, part), rtol=1e-9, atol=1e-9
        )
    for figures in ("coefficients", "growth"):
        if hasattr(usual, figures):
            one, other = getattr(usual, figures), getattr(sized, figures)
            of_unit = np.ones_like(one)
            of_unit[... if figures == "growth" else 0] = powers  # growth and the constant
            np.testing.assert_allclose(other / of_unit, one, rtol=1e-9)


@pytest.mark.parametrize("name", FILTERS)
def test_series_do_not_know_their_neighbours(name):
    call, parts = FILTERS[name]
    table = np.column_stack([monthly(120, seed) for seed in range(19)])
    ragged = table.copy()
    ragged[:7, 2], ragged[110:, 9] = np.nan, np.nan
    if name in GAPS_ALLOWED | GAPS_SPREAD:
        ragged[40:43, 5] = np.nan
    for data in (table, ragged):
        whole, fortran = call(data), call(np.asfortranarray(data))
        across = call(np.ascontiguousarray(data.T), axis=1)
        deep = call(np.stack([data, data], axis=2))
        for part in parts:
            got = getattr(whole, part)
            np.testing.assert_array_equal(getattr(fortran, part), got)
            np.testing.assert_array_equal(getattr(across, part).T, got)
            np.testing.assert_array_equal(getattr(deep, part)[:, :, 1], got)
            for lane in range(data.shape[1]):
                alone = getattr(call(data[:, lane].copy()), part)
                np.testing.assert_array_equal(alone, got[:, lane])


@pytest.mark.parametrize("name", FILTERS)
def test_threads_change_nothing(name):
    call, parts = FILTERS[name]
    table = np.column_stack([monthly(240, seed) for seed in range(300)])
    threads = pm.get_threads()
    try:
        pm.set_threads(1)
        one = call(table)
        pm.set_threads(3)
        three = call(table)
    finally:
        pm.set_threads(threads)
    for part in parts:
        np.testing.assert_array_equal(getattr(one, part), getattr(three, part))


# Missing values.


@given(st.integers(0, 10**6), st.integers(8, 40), st.floats(0.1, 0.7))
@settings(max_examples=100, deadline=None)
def test_gaps_have_no_weight_in_hp(seed, n, share):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n).cumsum()
    x[rng.random(n) < share] = np.nan
    x[rng.choice(n, 4, replace=False)] = rng.normal(size=4)
    if np.isfinite(x).sum() < 3:
        return
    two, one = pm.hp_filter(x, 100), pm.one_sided_hp_filter(x, 100)
    close(two.trend, twin.hp_trend(x, 100), 1e-7)
    expected = twin.one_sided_hp_trend(x, 100)
    seen = np.flatnonzero(np.isfinite(x))
    expected[seen[0] + 1 : seen[1]] = np.nan  # between the first two there is no slope yet
    close(one.trend, expected, 1e-7)


def test_gaps_leave_their_rows_out_of_hamilton():
    x = GDP.copy()
    x[[30, 31, 90]] = np.nan
    close(pm.hamilton_filter(x, 8, 4).cycle, twin.hamilton_cycle(x, 8, 4), 1e-10)


@pytest.mark.parametrize("name", FILTERS)
def test_what_lies_outside_of_the_observed_span_is_missing(name):
    call, parts = FILTERS[name]
    x = monthly(120)
    padded = np.concatenate([[np.nan, np.inf], x, [np.nan] * 3])
    before = padded.copy()
    result, inner = call(padded), call(x)
    np.testing.assert_array_equal(padded, before)
    for part in parts:
        got = getattr(result, part)
        assert np.isnan(got[:2]).all()
        assert np.isnan(got[-3:]).all()
        np.testing.assert_array_equal(got[2:-3], getattr(inner, part))


@pytest.mark.parametrize("name", FILTERS)
def test_a_gap_is_allowed_spread_or_named(name):
    call, parts = FILTERS[name]
    months = pd.period_range("2010-01", periods=120, freq="M")
    x = pd.Series(monthly(120), index=months, name="output")
    x.iloc[50] = np.nan
    if name in GAPS_ALLOWED:
        assert np.isfinite(np.asarray(getattr(call(x), parts[0]))[52]) or name == "hamilton_filter"
    elif name in GAPS_SPREAD:
        lost = np.isnan(np.asarray(call(x).trend))
        assert lost[50]
        assert not lost[75]
    else:
        with pytest.raises(ValueError, match="March 2014 is missing or infinite"):
            call(x)
        with pytest.raises(ValueError, match="an absent period before output, April 2014 is miss"):
            call(x.dropna())


def test_an_absent_month_is_a_missing_one():
    months = pd.period_range("2010-01", periods=120, freq="M")
    x = pd.Series(monthly(120), index=months)
    absent = x.drop(months[[17, 60]])
    missing = x.copy()
    missing.iloc[[17, 60]] = np.nan
    shuffled = absent.sample(frac=1, random_state=1)
    for name in ("hp_filter", "stl", "one_sided_hp_filter"):
        call, parts = FILTERS[name]
        for part in parts:
            expected = getattr(call(missing), part)[absent.index]
            pd.testing.assert_series_equal(getattr(call(absent), part), expected)
            pd.testing.assert_series_equal(
                getattr(call(shuffled), part).sort_index(), expected, check_freq=False
            )


# Containers and results.

INDEX = pd.period_range("2001-01", periods=120, freq="M")
CONTAINERS = {
    "list": lambda x: x.tolist(),
    "array": lambda x: x,
    "float32": lambda x: x.astype(np.float32),
    "pandas": lambda x: pd.Series(x, INDEX, name="v"),
    "frame": lambda x: pd.DataFrame({"v": x, "w": 2 * x}, INDEX),
    "polars": lambda x: pl.Series("v", x),
    "arrow": lambda x: pa.array(x),
    "xarray": lambda x: xr.DataArray(x, dims="time", coords={"time": INDEX.to_timestamp()}),
}


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("name", FILTERS)
def test_every_container_comes_back(name, container):
    call, parts = FILTERS[name]
    values = monthly(120)
    x = CONTAINERS[container](values)
    expected = call(values)
    result = call(x)
    for part in parts:
        got = getattr(result, part)
        assert type(got) is type(x)
        column = got["v"] if container == "frame" else got
        if container in ("polars", "arrow"):
            column = pd.Series(column.to_pylist() if container == "arrow" else column.to_list())
        tolerance = 1e-4 if container == "float32" else 0
        np.testing.assert_allclose(
            np.asarray(column, float), getattr(expected, part), rtol=tolerance, atol=tolerance
        )
        if container in ("pandas", "frame"):
            assert got.index.equals(x.index)
    assert type(pickle.loads(pickle.dumps(result))) is type(result)
    assert repr(result)
    assert "<" in result._repr_html_()


def test_frames_and_charts_of_results():
    x = pd.DataFrame({"a": monthly(120), "b": monthly(120, 1)}, INDEX)
    one, both = pm.stl(x["a"]), pm.stl(x)
    assert list(one.frame().columns) == ["trend", "seasonal", "residual"]
    assert set(both.frame().columns) == {
        f"{c}_{p}" for c in "ab" for p in ("trend", "seasonal", "residual")
    }
    pd.testing.assert_series_equal(both.frame()["b_trend"], pm.stl(x["b"]).trend, check_names=False)
    boosted = pm.boosted_hp_filter(x)
    assert list(boosted.iterations.index) == ["a", "b"]
    assert boosted.iterations["a"] == pm.boosted_hp_filter(x["a"]).iterations
    assert list(pm.bn_decomposition(x).growth.index) == ["a", "b"]
    assert pm.hamilton_filter(x).coefficients.shape == (13, 2)
    for result in (one, both, boosted, pm.hp_filter(monthly(60), 1600), pm.henderson(x)):
        assert result.plot().axes
    several = pm.mstl(x["a"], [12, 5])
    assert list(several.frame().columns) == ["trend", "seasonal_5", "seasonal_12", "residual"]


def test_frames_have_a_row_for_each_period():
    rows = np.stack([monthly(60), monthly(60, 1)])
    wanted = pm.hp_filter(rows.T, 100).frame()
    across = pm.hp_filter(rows, 100, axis=1)
    pd.testing.assert_frame_equal(across.frame(), wanted)
    assert [len(axis.lines) for axis in across.plot().axes] == [2, 2]
    deep = pm.hp_filter(rows.T[:, :, None], 100)
    pd.testing.assert_frame_equal(deep.frame(), wanted)
    assert repr(deep) == repr(pm.hp_filter(rows.T, 100))
    assert deep.plot().axes
    adjusted = pm.x11(rows + 200, freq="M", axis=1).frame()
    pd.testing.assert_frame_equal(adjusted, pm.x11(rows.T + 200, freq="M").frame())
    # columns of one name, names of several levels, and dates in a column
    twice = pm.hp_filter(pd.DataFrame(rows.T, INDEX[:60], columns=["a", "a"]))
    assert list(twice.frame().columns) == ["a_trend", "a_cycle"] * 2
    assert repr(twice)
    levels = pd.DataFrame(
        rows.T, INDEX[:60], columns=pd.MultiIndex.from_tuples([("x", 1), ("y", 2)])
    )
    assert list(pm.hp_filter(levels).frame().columns) == [
        (c, f"{n}_{p}") for c, n in (("x", 1), ("y", 2)) for p in ("trend", "cycle")
    ]
    for dated in (pd.DataFrame, pl.DataFrame):
        table = dated({"date": [f"2020-{m:02d}" for m in range(1, 13)], "a": rows[0, :12]})
        result = pm.hp_filter(table, 100, time="date")
        assert list(result.frame().columns) == ["date", "a_trend", "a_cycle"]
        assert result.plot().axes


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda x: pm.hp_filter(x, np.array([1600.0])), "lamb must be a number"),
        (lambda x: pm.bn_decomposition(x, 2**62), "p must be at most 16777216"),
        (lambda x: pm.hamilton_filter(x, 2**62, 1), "h must be at most 16777216"),
        (lambda x: pm.mstl(x, 12), r"periods is a list, such as periods=\[7, 365\], not 12"),
        (lambda x: pm.mstl(x, [12], 7), "windows is a list"),
        (lambda x: pm.x11(x, freq="M", seasonal=None), "seasonal names filters"),
        (lambda x: pm.x11(x, freq="M", trend=None), "trend=None is not known"),
        (lambda x: pm.x11(x, freq="M", calendar_sigma="select", select=1.5), "select=1.5 is no"),
        (lambda x: pm.x11(x, freq="M", trend=13, trend_ic="3"), "trend_ic must be a number"),
        (lambda x: pm.x11(x, freq="M", forecast=12), "forecast holds the values themselves"),
        (lambda x: pm.sliding_spans(x, freq="M", threshold="3"), "threshold must be a number"),
    ],
)
def test_options_of_another_kind_are_named(call, said):
    with pytest.raises((TypeError, ValueError), match=said):
        call(monthly(180) + 200)


def test_mstl_finds_two_patterns():
    t = np.arange(420)
    week, month = np.sin(t * 2 * np.pi / 7), 3 * np.cos(t * 2 * np.pi / 30)
    x = 0.01 * t + week + month
    result = pm.mstl(x, [30, 7])
    assert np.abs(result.seasonal[7] - week).max() < 0.15
    assert np.abs(result.seasonal[30] - month).max() < 0.15
    whole = result.trend + result.seasonal[7] + result.seasonal[30] + result.residual
    np.testing.assert_allclose(whole, x, atol=1e-12)
    single = pm.mstl(x, [7], [7])
    np.testing.assert_array_equal(single.trend, pm.stl(x, 7).trend)


# Bad input.

BAD = [
    (lambda: pm.hp_filter(GDP, 0), "lamb must be positive and finite, not 0"),
    (lambda: pm.hp_filter(GDP, -1), "lamb must be positive"),
    (lambda: pm.hp_filter(GDP, math.nan), "lamb must be positive"),
    (lambda: pm.hp_filter(GDP, math.inf), "lamb must be positive"),
    (lambda: pm.hp_filter(GDP), 'hp_filter needs to know which lamb is usual: give freq="M"'),
    (lambda: pm.hp_filter(GDP, freq="D"), "no usual lamb for frequency D"),
    (lambda: pm.hp_filter([1.0, 2.0], 10), "at least 3 observed values; there are 2"),
    (lambda: pm.hp_filter([1.0, math.nan, math.nan, 2.0], 10), "at least 3 observed values"),
    (lambda: pm.hp_filter([math.nan] * 9, 10), "no value is observed"),
    (lambda: pm.hp_filter([math.inf] * 9, 10), "no value is observed"),
    (lambda: pm.hp_filter([], 10), "no rows"),
    (lambda: pm.one_sided_hp_filter(GDP, 0), "lamb must be positive"),
    (lambda: pm.one_sided_hp_filter([1.0, 2.0], 10), "at least 3 observed"),
    (lambda: pm.boosted_hp_filter(GDP, 0), "lamb must be positive"),
    (lambda: pm.boosted_hp_filter(GDP, 10, stop="aic"), 'stop must be one of "bic", "adf"'),
    (lambda: pm.boosted_hp_filter(GDP, 10, iterations=0), "iterations must be at least 1"),
    (lambda: pm.hamilton_filter(GDP, 0, 4), "h must be at least 1"),
    (lambda: pm.hamilton_filter(GDP, 8, -1), "p must be at least 0"),
    (lambda: pm.hamilton_filter(GDP[:15], 8, 4), "at least 6 periods .* there are 4"),
    (lambda: pm.hamilton_filter(GDP), "which h is usual"),
    (lambda: pm.bk_filter(GDP, 32, 6), "low must be below high"),
    (lambda: pm.bk_filter(GDP, 6, 6), "low must be below high"),
    (lambda: pm.bk_filter(GDP, 1, 6), "low must be at least 2"),
    (lambda: pm.bk_filter(GDP, 6, math.inf), "low must be below high, and both finite"),
    (lambda: pm.bk_filter(GDP[:24]), "at least 25 values; there are 24"),
    (lambda: pm.bk_filter(GDP, k=0), "k must be at least 1"),
    (lambda: pm.cf_filter(GDP, 9, 8), "low must be below high"),
    (lambda: pm.cf_filter([1.0, 2.0]), "at least 3 values"),
    (lambda: pm.bn_decomposition(GDP, 0), "p must be at least 1"),
    (lambda: pm.bn_decomposition(GDP[:6], 2), "at least 7 values; there are 6"),
    (lambda: pm.bn_decomposition(2.0 ** np.arange(30), 1), "not stationary"),
    (lambda: pm.henderson(GDP, 12), "odd number of terms"),
    (lambda: pm.henderson(GDP, 1), "terms must be at least 3"),
    (lambda: pm.henderson(GDP[:12], 13), "at least as many values; there are 12"),
    (lambda: pm.henderson(GDP, 13, ic=0), "I/C ratio .* must be positive"),
    (lambda: pm.stl(GDP), "which period is usual"),
    (lambda: pm.stl(GDP, freq="A"), "annual data have no seasons"),
    (lambda: pm.stl(GDP, freq="D"), "no usual period for frequency D"),
    (lambda: pm.stl(GDP, 1), "period must be at least 2"),
    (lambda: pm.stl(GDP, 4, 6), "seasonal must be an odd number of values"),
    (lambda: pm.stl(GDP, 4, 1), "seasonal must be"),
    (lambda: pm.stl(GDP, 4, trend=3), "trend must be longer than the period"),
    (lambda: pm.stl(GDP, 4, trend=8), "trend must be an odd number"),
    (lambda: pm.stl(GDP, 4, low_pass=3), "low_pass must be longer than the period"),
    (lambda: pm.stl(GDP, 4, seasonal_degree=2), "seasonal_degree must be 0 or 1"),
    (lambda: pm.stl(GDP, 4, trend_jump=0), "trend_jump must be at least 1"),
    (lambda: pm.stl(GDP, 4, inner=0), "inner must be at least 1"),
    (lambda: pm.stl(GDP, 4, outer=-1), "outer must be at least 0"),
    (lambda: pm.stl(GDP[:23], 12), "two whole cycles, 24 values; there are 23"),
    (lambda: pm.mstl(GDP, []), "at least one period"),
    (lambda: pm.mstl(GDP, [4, 4]), "periods must differ"),
    (lambda: pm.mstl(GDP, [4, 8], [7]), "windows must be one for each of the 2 periods"),
    (lambda: pm.mstl(GDP, [4, 150]), "two whole cycles, 300 values"),
]


@pytest.mark.parametrize("case", range(len(BAD)))
def test_what_makes_no_sense_is_said(case):
    call, sentence = BAD[case]
    with pytest.raises(ValueError, match=sentence):
        call()


def test_wrong_types_are_said():
    for call in (
        lambda: pm.hp_filter(GDP, "1600"),
        lambda: pm.hamilton_filter(GDP, 8.0, 4),
        lambda: pm.bk_filter(GDP, k=True),
        lambda: pm.stl(GDP, 4.0),
        lambda: pm.boosted_hp_filter(GDP, 10, stop=3),
    ):
        with pytest.raises(TypeError):
            call()


def test_errors_name_the_series():
    x = pd.DataFrame({"a": monthly(120), "empty": np.nan, "short": np.nan}, INDEX)
    x.iloc[5:7, 2] = 1.0
    with pytest.raises(ValueError, match='begins at column "empty", January 2001'):
        pm.hp_filter(x)
    with pytest.raises(ValueError, match=r'there are 2 \(the series that begins at column "short"'):
        pm.hp_filter(x[["a", "short"]])
    holes = x["a"].copy()
    holes.iloc[3::12] = np.nan
    with pytest.raises(ValueError, match="in the season of a, April 2001"):
        pm.stl(holes)


def test_constant_series_have_no_cycle():
    x = np.full(60, 4.0)
    for name in ("hp_filter", "one_sided_hp_filter", "boosted_hp_filter", "bk_filter", "cf_filter"):
        cycle = FILTERS[name][0](x).cycle
        np.testing.assert_allclose(cycle[~np.isnan(cycle)], 0, atol=1e-13)
    np.testing.assert_allclose(pm.hamilton_filter(x, 8, 4).cycle[11:], 0, atol=1e-13)
    result = pm.stl(x, 12, robust=True)
    np.testing.assert_allclose(result.trend, 4.0, atol=1e-12)
    np.testing.assert_allclose(result.seasonal, 0, atol=1e-12)
    result = pm.bn_decomposition(x)
    np.testing.assert_allclose(result.cycle[2:], 0, atol=1e-13)
