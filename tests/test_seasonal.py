"""Seasonal adjustment as users meet it: identities, containers, missing values, bad input."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import paimana as pm

Array = np.ndarray[Any, Any]
MODES = ["mult", "add", "logadd", "pseudoadd"]


def synthetic(years: int, period: int, seed: int = 0) -> Array:
    """A growing series with moving seasons, noise and a few outliers."""
    rng = np.random.default_rng(seed)
    t = np.arange(years * period)
    season = 1 + (0.2 + 0.002 * t / period) * np.sin(2 * np.pi * t / period)
    x = (100 + 3 * t / period) * season * np.exp(rng.normal(0, 0.02, len(t)))
    x[rng.integers(0, len(t), 3)] *= 1.2
    return x


def monthly(years: int = 12, first: str = "2010-03") -> pd.Series[float]:
    x = synthetic(years, 12)
    return pd.Series(x, index=pd.period_range(first, periods=len(x), freq="M"), name="sales")


@pytest.mark.parametrize("period", [2, 4, 6, 7, 12, 24, 52])
@pytest.mark.parametrize("mode", MODES)
def test_components_make_up_the_series(mode: str, period: int) -> None:
    x = synthetic(9, period)
    result = pm.x11(x, mode=mode, period=period)
    s, a, t, i = result.seasonal, result.adjusted, result.trend, result.irregular
    assert np.isfinite([s, a, t, i]).all()
    if mode == "add":
        np.testing.assert_allclose(t + s + i, x)
        np.testing.assert_allclose(a, x - s)
    elif mode == "pseudoadd":
        np.testing.assert_allclose(t * (s + i - 1), x)
        np.testing.assert_allclose(a + t * (s - 1), x)
    else:
        np.testing.assert_allclose(t * s * i, x)
        np.testing.assert_allclose(a * s, x)


@pytest.mark.parametrize("period", [2, 6, 24, 52])
@pytest.mark.parametrize("calendar_sigma", ["all", "signif", "select"])
def test_spreads_by_period_of_other_years(period: int, calendar_sigma: str) -> None:
    x = synthetic(9, period)
    options = {"select": [1]} if calendar_sigma == "select" else {}
    result = pm.x11(x, period=period, calendar_sigma=calendar_sigma, **options)
    np.testing.assert_allclose(result.adjusted * result.seasonal, x)


@pytest.mark.parametrize("period", [2, 6, 24, 52])
def test_other_periods_find_a_known_pattern(period: int) -> None:
    t = np.arange(10 * period)
    season = 1 + 0.3 * np.sin(2 * np.pi * t / period + 0.4)
    noise = np.exp(np.random.default_rng(1).normal(0, 0.001, len(t)))
    result = pm.x11((200 + t) * season / season[:period].mean() * noise, period=period)
    np.testing.assert_allclose(result.seasonal, season / season[:period].mean(), rtol=0.02)
    assert result.quality.identifiable == "yes"


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    years=st.integers(4, 15),
    period=st.sampled_from([4, 12]),
    scale=st.sampled_from([1e-300, 1e-12, 0.25, 1e9, 1e300]),
)
def test_units_do_not_matter(seed: int, years: int, period: int, scale: float) -> None:
    x = synthetic(years, period, seed)
    for mode in MODES:
        one, other = (
            pm.x11(x, mode=mode, period=period),
            pm.x11(scale * x, mode=mode, period=period),
        )
        np.testing.assert_allclose(other.adjusted, scale * one.adjusted, rtol=1e-9)
        assert one.choices["seasonal"] == other.choices["seasonal"]
        assert other.quality.q == pytest.approx(one.quality.q, abs=1e-5)
    judged = [pm.seasonality_tests(each, period=period).f for each in (x, scale * x)]
    assert judged[1].statistic == pytest.approx(judged[0].statistic, rel=1e-6)
    shifted = pm.x11(x + 1000, mode="add", period=period)
    np.testing.assert_allclose(
        shifted.seasonal, pm.x11(x, mode="add", period=period).seasonal, atol=1e-8
    )


def test_log_additive_is_additive_in_logarithms() -> None:
    x = synthetic(10, 12)
    logs = pm.x11(np.log(x), mode="add", period=12)
    result = pm.x11(x, mode="logadd", period=12)
    np.testing.assert_allclose(result.seasonal, np.exp(logs.seasonal), rtol=1e-12)
    np.testing.assert_allclose(result.tables["C17"], logs.tables["C17"], atol=1e-9)


# Containers.


def test_every_container_gives_the_same_values_in_its_class() -> None:
    s = monthly()
    result = pm.x11(s)
    assert result.adjusted.index.equals(s.index)
    assert result.adjusted.name == "sales"
    bare = pm.x11(s.to_numpy(), freq="M", start="2010-03")
    np.testing.assert_array_equal(bare.adjusted, result.adjusted)
    listed = pm.x11(s.tolist(), start="2010-03")
    assert listed.adjusted == bare.adjusted.tolist()
    stamps = s.index.to_timestamp()
    polars = pm.x11(pl.Series("sales", s.to_numpy()), time=stamps.to_numpy())
    assert isinstance(polars.adjusted, pl.Series)
    np.testing.assert_array_equal(polars.adjusted.to_numpy(), bare.adjusted)
    shuffled = s.sample(frac=1.0, random_state=3)
    pd.testing.assert_series_equal(pm.x11(shuffled).adjusted, result.adjusted[shuffled.index])
    # alignment with calendar years matters: the same numbers from January give another answer
    assert not np.allclose(pm.x11(s.to_numpy(), start="2010-01").adjusted, bare.adjusted, rtol=1e-9)


def test_a_frame_is_its_columns() -> None:
    s = monthly()
    frame = pd.DataFrame({"a": s, "b": s.shift(7), "c": s * 2 + 50})
    before = frame.copy()
    result = pm.x11(frame)
    pd.testing.assert_frame_equal(frame, before)
    for name in frame:
        alone = pm.x11(frame[name])
        for part in ("seasonal", "adjusted", "trend", "irregular"):
            pd.testing.assert_series_equal(getattr(result, part)[name], getattr(alone, part))
    assert list(result.choices) == list(result.quality) == ["a", "b", "c"]
    assert result.adjusted["b"].isna().sum() == 7
    assert list(result.frame().columns)[:2] == ["a_seasonal", "a_adjusted"]
    cube = np.moveaxis(np.stack([[s.to_numpy()] * 2] * 3), -1, 1)
    np.testing.assert_array_equal(
        pm.x11(cube, start="2010-03", axis=1).trend[2, :, 1], pm.x11(s).trend
    )
    pm.set_threads(1)
    single = pm.x11(frame)
    pm.set_threads(2)
    pd.testing.assert_frame_equal(single.adjusted, pm.x11(frame).adjusted)


def test_the_result_can_be_read_drawn_and_pickled() -> None:
    s = monthly()
    result = pm.x11(s)
    again = pickle.loads(pickle.dumps(result))
    pd.testing.assert_series_equal(again.adjusted, result.adjusted)
    assert "multiplicative" in result.summary()
    assert "M11" in result.summary()
    assert "Q" in repr(result.quality)
    assert "<table" in result._repr_html_()
    assert len(result.plot().axes) == 3
    assert len(result.month_plot().axes[0].get_xticks()) == 12
    assert len(result.tables) == 39
    assert "D10" in result.tables
    pd.testing.assert_series_equal(result.tables["d11"], result.adjusted)
    with pytest.raises(KeyError, match="there is no table E99"):
        result.tables["E99"]
    frame = pm.x11(pd.DataFrame({"a": s, "b": s}))
    assert frame.month_plot(column="b").axes
    with pytest.raises(ValueError, match="name the series to draw with column=: a, b"):
        frame.plot()
    assert set(result.quality.frame().columns) == {"indicator", "value"}


def test_factors_a_year_ahead_follow_the_last_value() -> None:
    s = monthly()
    result = pm.x11(s)
    ahead, factors = result.year_ahead, result.seasonal
    assert list(ahead.index.astype(str)[[0, -1]]) == ["2022-03", "2023-02"]
    last, before = factors[-12:].to_numpy(), factors[-24:-12].to_numpy()
    np.testing.assert_allclose(ahead, last + 0.5 * (last - before))
    late = pd.DataFrame({"a": s, "b": s[:-3]})
    assert pm.x11(late).year_ahead["b"].first_valid_index() == pd.Period("2021-12", "M")
    half = pm.x11(s, forecast=pd.Series(s.to_numpy()[-12:-6], s.index[-6:] + 6)).year_ahead
    assert half.index.equals(ahead.index)


# Missing values and forecasts.


def test_missing_values_are_named_or_interpolated() -> None:
    s = monthly()
    gaps = s.copy()
    gaps.iloc[[30, 77]] = np.nan
    with pytest.raises(ValueError, match="sales is missing in September 2012 and August 2016"):
        pm.x11(gaps)
    with pytest.raises(ValueError, match="September 2012 and August 2016"):
        pm.x11(gaps.dropna())
    result = pm.x11(gaps, na="interpolate")
    assert result.filled.sum() == 2
    assert result.filled.iloc[30]
    np.testing.assert_allclose(result.original.iloc[[30, 77]], s.iloc[[30, 77]], rtol=0.1)
    estimate = (result.trend * result.seasonal).iloc[[30, 77]]
    np.testing.assert_allclose(result.original.iloc[[30, 77]], estimate, rtol=1e-6)
    absent = pm.x11(gaps.dropna(), na="interpolate")
    pd.testing.assert_series_equal(absent.adjusted, result.adjusted[gaps.notna()])


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("gap", [[60, 61, 62], range(60, 72), [50, 62, 74, 86]])
def test_interpolated_values_settle(mode: str, gap: Any) -> None:
    x = synthetic(14, 12, seed=4)
    x[list(gap)] = np.nan
    result = pm.x11(x, mode=mode, na="interpolate", period=12)
    filled = result.original[list(gap)]
    if mode == "logadd":  # the trend of levels is corrected for bias, that of logarithms is not
        again = pm.x11(np.log(x), mode="add", na="interpolate", period=12)
        found = np.exp((again.trend + again.seasonal)[list(gap)])
    else:
        trend, factors = result.trend[list(gap)], result.seasonal[list(gap)]
        found = trend + factors if mode == "add" else trend * factors
    np.testing.assert_allclose(filled, found, rtol=1e-4)
    # and near to what was there
    np.testing.assert_allclose(filled, synthetic(14, 12, seed=4)[list(gap)], rtol=0.25)


def test_missing_ends_stay_missing() -> None:
    s = monthly()
    ends = s.copy()
    ends.iloc[[0, 1, -1]] = np.nan
    result = pm.x11(ends)
    assert result.adjusted.isna().sum() == 3
    pd.testing.assert_series_equal(result.trend[2:-1], pm.x11(s[2:-1]).trend)


def test_forecasts_must_follow_on() -> None:
    s = monthly()
    known, later = s[:-12], s[-12:]
    result = pm.x11(known, forecast=later)
    assert result.adjusted.index.equals(known.index)
    np.testing.assert_array_equal(pm.x11(known, forecast=later.tolist()).trend, result.trend)
    whole = pm.x11(s).trend[:-12]
    plain = pm.x11(known).trend
    assert abs(result.trend.iloc[-1] - whole.iloc[-1]) < abs(plain.iloc[-1] - whole.iloc[-1])
    back = pm.x11(s[12:], backcast=s[:12])
    assert not back.trend.equals(pm.x11(s[12:]).trend)
    for wrong, message in (
        ([], "forecast is empty"),
        ([1.0, np.nan], "forecast must hold numbers only"),
        (np.ones((4, 2)), "forecast has 2 series and x has 1"),
        (np.ones(121), "more than ten years"),
        (s[:12], "must be the periods just after the last of x"),
        ([-1.0], "positive ones unless"),
    ):
        with pytest.raises(ValueError, match=message):
            pm.x11(known, forecast=wrong)
    with pytest.raises(ValueError, match="series that stop early"):
        pm.x11(pd.DataFrame({"a": known, "b": known[:-1]}), forecast=np.ones((3, 2)))


# What makes no sense.

BAD = [
    ({"mode": "ratio"}, 'mode=.ratio. is not known: give "mult"'),
    ({"seasonal": "3x7"}, 'seasonal is "msr"'),
    ({"seasonal": ["3x3"] * 4}, "seasonal lists 4 filters"),
    ({"trend": 12}, "odd number of terms"),
    ({"trend": "long"}, "odd number of terms"),
    ({"trend": 201}, "trend=201 is longer than the series, which has 144 values"),
    ({"sigma": (2.5, 1.5)}, "sigma is a lower and a higher positive limit"),
    ({"sigma": 2}, "sigma is a pair of limits"),
    ({"calendar_sigma": "some"}, 'calendar_sigma is "none"'),
    ({"calendar_sigma": "select"}, "name at least one"),
    ({"calendar_sigma": "select", "select": ["FOO"]}, "is no period of the year"),
    ({"calendar_sigma": "all", "select": ["JAN"]}, 'named for calendar_sigma="select" only'),
    ({"ic_state": "r"}, 'ic_state is "x13" or "by_length"'),
    ({"trend_ic": 2.0}, "give trend= too"),
    ({"trend": 13, "trend_ic": -1.0}, "must be positive"),
    ({"period": 1}, "period must be at least 2"),
    ({"na": "skip"}, "na=.skip. is not known"),
]


@pytest.mark.parametrize(("options", "message"), BAD, ids=lambda value: str(value)[:40])
def test_options_that_make_no_sense(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pm.x11(monthly(), **options)


def test_series_that_make_no_sense() -> None:
    s = monthly()
    yearly = pd.Series(range(40), index=pd.period_range("1960", periods=40, freq="Y"), dtype=float)
    days = pd.Series(range(400), index=pd.date_range("2020-01-01", periods=400), dtype=float)
    for x, message in (
        (s[:35], "sales has 35 periods: x11 needs at least three years, 36 periods"),
        (s * 0 + 5, "sales is constant"),
        (s * np.nan, "sales has no observed value"),
        (s - 120, 'sales is not positive in March 2010, .* use mode="add"'),
        (yearly, "annual, which have no seasons"),
        (days, "daily: give period="),
        (pd.concat([s, s[-1:]]), "twice"),
        (s.to_numpy(), "how many periods a year has"),
        (
            pd.DataFrame({"good": s, "bad": s.where(s.index != s.index[40])}),
            'column "bad" is missing',
        ),
    ):
        with pytest.raises(ValueError, match=message):
            pm.x11(x)
    with pytest.raises(TypeError, match="numbers"):
        pm.x11(s.astype(str))
    infinite = s.copy()
    infinite.iloc[5] = np.inf
    with pytest.raises(ValueError, match="infinite in August 2010"):
        pm.x11(infinite)
    # negative values are fine where differences are taken, and the shortest series are too
    assert pm.x11(s - 120, mode="add").adjusted.notna().all()
    assert pm.x11(s[:36]).quality.m[7] is None


def test_near_constant_series_end_without_nonsense() -> None:
    t = np.arange(60.0)
    for x in (t + 1, np.where(t == 30, 2.0, 1.0), 1e-300 * (t + 1), 1e300 * (1 + 0.1 * np.sin(t))):
        for mode in MODES:
            result = pm.x11(x, mode=mode, period=12)
            assert np.isfinite(result.adjusted).all(), (x[:3], mode)
            assert result.summary()


# Spans, revisions, tests.


def test_spans_and_revisions_of_frames() -> None:
    s = monthly(14)
    frame = pd.DataFrame({"a": s, "b": s.shift(5)})
    spans = pm.sliding_spans(frame)
    assert list(spans) == ["a", "b"]
    one = pm.sliding_spans(s)
    pd.testing.assert_frame_equal(spans["a"].seasonal, one.seasonal)
    assert list(one.changes.columns) == ["span_1", "span_2", "span_3", "span_4", "max_difference"]
    assert "per cent of periods" in repr(one)
    history = pm.revision_history(frame, since="2021-05")
    assert history["b"].start == "2021-05"
    revised = history["a"].adjusted.dropna()
    assert str(revised.index[0]) == "2021-05"
    np.testing.assert_allclose(
        revised["revision"], 100 * (revised["latest"] / revised["concurrent"] - 1), atol=1e-9
    )
    concurrent = pm.x11(s[: s.index.get_loc("2022-01") + 1]).adjusted.iloc[-1]
    assert revised["concurrent"]["2022-01"] == pytest.approx(concurrent, rel=1e-12)
    with pytest.raises(ValueError, match="need at least two spans"):
        pm.sliding_spans(s[:60])
    with pytest.raises(ValueError, match="threshold must be above 0"):
        pm.sliding_spans(s, threshold=0)
    with pytest.raises(ValueError, match=r"five years.*since= is sales, January 2012"):
        pm.revision_history(s, since="2012-01")
    # a series that is too short is named
    late = pd.DataFrame({"a": s, "b": s.where(s.index >= "2020-03")})
    with pytest.raises(ValueError, match=r'column "b" has 48 periods.* 2 of 96 periods need 108'):
        pm.sliding_spans(late)
    with pytest.raises(ValueError, match=r'column "b" has 48 periods.* it starts after 96'):
        pm.revision_history(late)
    with pytest.raises(ValueError, match="2035"):
        pm.revision_history(s, since="2035-01")
    with pytest.raises(ValueError, match="length=35 is too short"):
        pm.sliding_spans(s, length=35)


@pytest.mark.parametrize("judge", [pm.seasonality_tests, pm.sliding_spans, pm.revision_history])
def test_series_of_one_name_are_not_lost(judge: Any) -> None:
    s = monthly(14)
    twice = pd.DataFrame(np.stack([s, s[::-1]], axis=1), index=s.index, columns=["a", "a"])
    with pytest.raises(ValueError, match="several series have the name 'a'"):
        judge(twice)


def f_twin(x: Array, period: int) -> float:
    """One-way analysis of variance, from its definition."""
    groups = [x[i::period] for i in range(period)]
    between = sum(len(g) * (g.mean() - x.mean()) ** 2 for g in groups) / (period - 1)
    within = sum(((g - g.mean()) ** 2).sum() for g in groups) / (len(x) - period)
    return float(between / within)


def kruskal_twin(x: Array, period: int) -> float:
    """Kruskal-Wallis for values without ties, from its definition."""
    ranks = np.argsort(np.argsort(x)) + 1.0
    n = len(x)
    spread = sum(
        len(ranks[i::period]) * (ranks[i::period].mean() - (n + 1) / 2) ** 2 for i in range(period)
    )
    return float(12 / (n * (n + 1)) * spread)


def friedman_twin(x: Array, period: int) -> float:
    """Friedman for values without ties, from its definition."""
    years = x[: len(x) // period * period].reshape(-1, period)
    ranks = years.argsort(axis=1).argsort(axis=1) + 1.0
    n = len(years)
    return float(
        12 * n / (period * (period + 1)) * ((ranks.mean(axis=0) - (period + 1) / 2) ** 2).sum()
    )


def qs_twin(x: Array, period: int) -> float:
    """QS of monthly changes about their mean, from its definition."""

    def correlations(d: Array) -> list[float]:
        lags = range(1, 2 * period + 1)
        return [1.0] + [float((d[k:] * d[:-k]).sum() / (d * d).sum()) for k in lags]

    d = np.diff(x) - np.diff(x).mean()
    r = correlations(d)
    if min(*r[1:5], r[period]) > 0:  # they still move slowly
        d = np.diff(d)
        r = correlations(d)
    if r[period] <= 0:
        return 0.0
    n = len(d)
    return n * (n + 2) * sum(max(r[k], 0) ** 2 / (n - k) for k in (period, 2 * period))


@pytest.mark.parametrize("seasons", [0.0, 0.05, 1.0])
def test_seasonality_tests_are_their_definitions(seasons: float) -> None:
    rng = np.random.default_rng(8)
    t = np.arange(125)
    x = 50 + np.cumsum(rng.normal(0, 1, len(t))) + 10 * seasons * np.sin(np.pi * t / 6)
    found = pm.seasonality_tests(x, freq="M")
    changes = x[3:] - x[:-3]
    assert found.f is not None
    assert found.f.statistic == pytest.approx(f_twin(changes, 12))
    assert found.kruskal_wallis.statistic == pytest.approx(kruskal_twin(changes, 12))
    assert found.friedman.statistic == pytest.approx(friedman_twin(changes, 12))
    assert found.qs.statistic == pytest.approx(qs_twin(x, 12))
    if seasons == 1.0:
        assert max(found.qs.p_value, found.f.p_value, found.friedman.p_value) < 1e-4
    with pytest.raises(ValueError, match=r"x is not positive in position 0, .*: log=True takes"):
        pm.seasonality_tests(x - 100, freq="M", log=True)
    logs = pm.seasonality_tests(x, freq="M", log=True)
    assert logs.f.statistic == pytest.approx(f_twin(np.log(x)[3:] - np.log(x)[:-3], 12))
    assert list(pm.seasonality_tests(np.stack([x, x]).T, freq="M")) == [0, 1]
