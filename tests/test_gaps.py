"""Rows removed, shuffled and stamped in any way: never a wrong value, at every frequency.

Two proofs of each indicator. What is left of a series with gaps is compared with the twin of the
whole calendar, in which every absent period is a missing value; and with the result of the series
before the rows went: a value is that one, or missing, and nothing else.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import partial

import numpy as np
import pandas as pd
import polars as pl
import pytest

import paimana as pm
from reference import dated, headline
from reference.dated import following, opening, table

SPANS = {
    "A": (date(1990, 1, 1), date(2021, 1, 1)),
    "H": (date(2000, 7, 1), date(2014, 1, 1)),
    "Q": (date(2010, 4, 1), date(2021, 10, 1)),
    "M": (date(2015, 3, 1), date(2023, 11, 1)),
    "W": (date(2018, 11, 5), date(2022, 2, 14)),  # 2020 has 53 weeks
    "D": (date(2023, 2, 11), date(2025, 4, 3)),  # 29 February 2024 and the year after
}
PER_YEAR = {"A": 1, "H": 2, "Q": 4, "M": 12, "W": 52}
LAGS = {"A": 2, "H": 2, "Q": 4, "M": 12, "W": 52, "D": 7}
YEAR_STARTS = {"A": 1, "H": 7, "Q": 4, "M": 7, "W": 10, "D": 7}


def firsts(freq: str) -> list[date]:
    """The first day of every period of the span."""
    first, last = SPANS[freq]
    days = [opening(freq, first)]
    while days[-1] < last:
        days.append(following(freq, days[-1]))
    return days


def stamped(freq: str, days: list[date], place: str) -> pd.DatetimeIndex:
    """Stamps at the start, in the middle or at the end of the periods."""
    lasts = [following(freq, day) - timedelta(days=1) for day in days]
    stamps = {
        "start": days,
        "middle": [a + (b - a) // 2 for a, b in zip(days, lasts, strict=True)],
        "end": lasts,
    }[place]
    return pd.DatetimeIndex(stamps)


def whole(freq: str, seed: int) -> pd.Series:
    """A positive series without gaps, with the first days of its periods as index."""
    days = firsts(freq)
    rng = np.random.default_rng(seed)
    values = np.round(100 * np.exp(np.cumsum(rng.normal(0, 0.05, len(days)))), 2)
    return pd.Series(values, index=days)


def with_gaps(full: pd.Series, seed: int, gone: float = 0.05) -> pd.Series:
    """5 % of the rows removed, 2 % missing, and the rest shuffled."""
    rng = np.random.default_rng(seed + 1)
    keep = rng.random(len(full)) >= gone
    keep[[0, -1]] = True
    left = full[keep].copy()
    left[rng.random(len(left)) < gone / 2] = math.nan
    return left.iloc[rng.permutation(len(left))]


def dense(series: pd.Series, periods: list[tuple[date, date]]) -> list[float | None]:
    """One entry for every period of the calendar."""
    observed = {day: value for day, value in series.items() if not math.isnan(value)}
    return [observed.get(first) for first, _ in periods]


# Indicators that depend on the calendar alone, with the options they take and their twins; the
# twin gets the dense series and the table of its periods.


def plain_twin(name, **options):
    return lambda x, _: getattr(headline, name)(x, **options)


def indicators(freq: str) -> dict:
    lag, start = LAGS[freq], YEAR_STARTS[freq]
    found = {
        "lag": (partial(pm.lag, lag=3), plain_twin("lag", lag=3)),
        "lead": (pm.lead, plain_twin("lead")),
        "change": (partial(pm.change, lag=lag), plain_twin("change", lag=lag)),
        "growth": (pm.growth, plain_twin("growth")),
        "growth at a lag": (partial(pm.growth, lag=lag), plain_twin("growth", lag=lag)),
        "log growth": (partial(pm.log_growth, lag=lag), plain_twin("log_growth", lag=lag)),
        "rolling sum": (partial(pm.rolling_sum, window=4), plain_twin("rolling_sum", window_=4)),
        "rolling mean": (partial(pm.rolling_mean, window=7), plain_twin("rolling_mean", window_=7)),
        "rolling growth": (
            partial(pm.rolling_growth, window=2),
            plain_twin("rolling_growth", window_=2),
        ),
        "z-score": (partial(pm.zscore, window=6), plain_twin("zscore", window_=6)),
        "yoy": (pm.yoy, dated.yoy),
        "acceleration": (pm.acceleration, dated.acceleration),
        "year to date": (partial(pm.ytd, year_start=start), dated.ytd),
        "mean of the year to date": (
            partial(pm.ytd, year_start=start, how="mean"),
            partial(dated.ytd, how="mean"),
        ),
        "growth of the year to date": (partial(pm.ytd_growth, year_start=start), dated.ytd_growth),
        "carry-over": (partial(pm.carry_over, year_start=start), dated.carry_over),
        "current part": (
            lambda x, **o: pm.base_effect(x, **o)["current"],
            lambda x, t: dated.base_effect(x, t)[0],
        ),
        "base part": (
            lambda x, **o: pm.base_effect(x, **o)["base"],
            lambda x, t: dated.base_effect(x, t)[1],
        ),
    }
    if freq in PER_YEAR:
        per_year = PER_YEAR[freq]
        found["annualised"] = (pm.annualized, plain_twin("annualized", per_year=per_year))
    if freq == "M":
        found["mom"] = (pm.mom, plain_twin("mom"))
        found["qoq"] = (pm.qoq, plain_twin("qoq"))
    if freq == "Q":
        found["qoq"] = (pm.qoq, plain_twin("growth"))
    return found


OBSERVED = {
    "record": (pm.record, plain_twin("record")),
    "low record": (partial(pm.record, sense="low"), plain_twin("record", sense="low")),
    "rank": (pm.rank, plain_twin("rank")),
    "streak": (pm.streak, plain_twin("streak")),
    "from peak": (pm.from_peak, plain_twin("from_peak")),
    "z-score": (pm.zscore, plain_twin("zscore")),
    "record value": (
        lambda x, **o: pm.previous_record(x, **o).value,
        lambda x, _: headline.previous_record(x)["value"],
    ),
}
"""Indicators that compare observed values: absent rows change what they are compared with."""

CASES = [(freq, name) for freq in SPANS for name in indicators(freq)]
SEEDS = range(3)


def agree(got, expected) -> bool:
    """Equal but for rounding: the twin rounds once, a kernel a handful of times."""
    if expected is None or got is None:
        return expected is None and (got is None or math.isnan(got))
    return math.isclose(got, expected, rel_tol=1e-11, abs_tol=1e-10)


def rows_of(result: pd.Series, days: list[date], freq: str) -> dict[date, float]:
    """The values of a result by the first day of the period, whatever the stamps."""
    return dict(zip(days, result.tolist(), strict=True))


@pytest.mark.parametrize(("freq", "name"), CASES)
@pytest.mark.parametrize("seed", SEEDS)
def test_gaps_give_no_wrong_value(freq, name, seed):
    function, twin = indicators(freq)[name]
    # A year is soon incomplete where it has many periods, so its totals lose fewer of them.
    total = "year to date" in name or name == "carry-over"
    assert prove(
        freq, function, twin, seed, {"W": 0.005, "D": 0.001}.get(freq, 0.05) if total else 0.05
    )


@pytest.mark.verify
@pytest.mark.parametrize(("freq", "name"), CASES)
def test_gaps_give_no_wrong_value_in_many_series(freq, name):
    function, twin = indicators(freq)[name]
    for seed in range(100, 120):
        prove(freq, function, twin, seed, gone=0.02 + 0.01 * (seed % 30))


def prove(freq, function, twin, seed, gone=0.05):
    full = whole(freq, seed)
    left = with_gaps(full, seed, gone)
    days = list(left.index)
    place = ("start", "middle", "end")[seed % 3]
    options = {} if freq in "MD" or seed % 2 else {"freq": freq}
    x = left.set_axis(stamped(freq, days, place))
    result = function(x, **options)
    assert result.index.equals(x.index)
    got = rows_of(result, days, freq)

    # Against the twin of the whole calendar.
    calendar = table(freq, *SPANS[freq], YEAR_STARTS[freq])
    expected = twin(dense(left, calendar.periods), calendar)
    expected = {first: e for (first, _), e in zip(calendar.periods, expected, strict=True)}
    for day, value in got.items():
        assert agree(value, expected[day]), f"{day}: {value} instead of {expected[day]}"

    # Against the series before the rows went.
    before = function(full.set_axis(stamped(freq, list(full.index), "start")), **options)
    before = dict(zip(full.index, before.tolist(), strict=True))
    known = 0
    for day, value in got.items():
        if not math.isnan(value):
            assert agree(value, before[day]), f"{day}: {value} instead of {before[day]}"
            known += 1
    return known


@pytest.mark.parametrize(
    ("freq", "name"), [(f, n) for f in SPANS for n in OBSERVED if (f, n) != ("D", "z-score")]
)
def test_what_compares_observed_values_goes_by_the_calendar_too(freq, name):
    function, twin = OBSERVED[name]
    left = with_gaps(whole(freq, 7), 7, 0.1)
    days = list(left.index)
    got = function(left.set_axis(stamped(freq, days, "end"))).tolist()
    periods = table(freq, *SPANS[freq]).periods
    expected = dict(zip([p[0] for p in periods], twin(dense(left, periods), None), strict=True))
    for day, value in zip(days, got, strict=True):
        if isinstance(value, bool):
            assert value is expected[day], day
        else:
            assert agree(value, expected[day]), day


LONGER = [(f, t) for f in "HQMWD" for t in "MQHA" if "AHQMWD".index(t) < "AHQMWD".index(f)]


@pytest.mark.parametrize(("freq", "to"), LONGER)
@pytest.mark.parametrize("how", ["sum", "mean", "first", "last"])
@pytest.mark.parametrize("rule", [{}, {"na": "skip"}, {"partial": "keep"}])
def test_longer_periods_are_whole_or_missing(freq, to, how, rule):
    left = with_gaps(whole(freq, 3), 3, 0.1 if rule else 0.01)
    x = left.set_axis(stamped(freq, list(left.index), "middle"))
    start = YEAR_STARTS[freq] if to == "A" else 1
    result = pm.to_frequency(x, to, how=how, year_start=start, **rule)
    calendar = table(freq, *SPANS[freq], start)
    first, last = min(left.index), max(left.index)
    covered = [t for t, (day, _) in enumerate(calendar.periods) if first <= day <= last]
    expected = dated.to_frequency(
        dense(left, calendar.periods),
        calendar,
        to,
        how,
        skip="na" in rule,
        keep="partial" in rule,
        covered=set(covered),
    )
    inside = [
        k for k in expected if calendar.key(covered[0], to) <= k <= calendar.key(covered[-1], to)
    ]
    assert len(result) == len(inside)
    for stamp, value, key in zip(result.index, result.tolist(), inside, strict=True):
        assert key <= stamp.date() < following(to, key)
        assert agree(value, expected[key]), f"{key}: {value} instead of {expected[key]}"


@pytest.mark.parametrize("of", ["average", "end"])
@pytest.mark.parametrize("freq", SPANS)
def test_yearly_growth_is_of_whole_years(freq, of):
    left = with_gaps(whole(freq, 5), 5, 0.004)
    start = YEAR_STARTS[freq]
    x = left.set_axis(stamped(freq, list(left.index), "start"))
    result = pm.annual_growth(x, of=of, year_start=start)
    calendar = table(freq, *SPANS[freq], start)
    expected = dated.annual_growth(dense(left, calendar.periods), calendar, of)
    for stamp, value in zip(result.index, result.tolist(), strict=True):
        key = opening("A", stamp.date(), start)
        assert agree(value, expected[key]), f"{key}: {value} instead of {expected[key]}"


@pytest.mark.parametrize("freq", "MQH")
@pytest.mark.parametrize("sense", ["high", "low"])
def test_the_same_month_or_quarter_of_other_years(freq, sense):
    """Compared by hand with the earlier rows of the same month."""
    left = with_gaps(whole(freq, 11), 11, 0.1)
    x = left.set_axis(stamped(freq, list(left.index), "end"))
    record = pm.record(x, sense=sense, same_period=True)
    before = pm.previous_record(x, sense=sense, same_period=True)
    rank = pm.rank(x, same_period=True)
    for (day, value), stamp in zip(left.items(), x.index, strict=True):
        earlier = [v for d, v in left.items() if d < day and d.month == day.month and v == v]
        best = (max if sense == "high" else min)(earlier, default=math.nan)
        beyond = value > best if sense == "high" else value < best
        assert bool(record[stamp]) == beyond
        assert agree(before.value[stamp], None if math.isnan(best) else best)
        if math.isnan(value):
            assert math.isnan(rank[stamp])
        else:
            assert rank[stamp] == 1 + sum(v > value for v in earlier)


@pytest.mark.parametrize("freq", SPANS)
def test_contributions_never_go_over_a_gap(freq):
    full = pd.DataFrame({name: whole(freq, seed) for seed, name in enumerate("abc")})
    keep = np.random.default_rng(4).random(len(full)) > 0.1
    keep[[0, -1]] = True
    left = full[keep].sample(frac=1, random_state=4)
    days = list(left.index)
    got = pm.contributions(left.set_axis(stamped(freq, days, "middle")), lag=LAGS[freq])
    before = pm.contributions(
        full.set_axis(stamped(freq, list(full.index), "start")), lag=LAGS[freq]
    ).set_axis(full.index)
    position = {day: t for t, day in enumerate(full.index)}
    for row, day in enumerate(days):
        base = position[day] - LAGS[freq]
        absent = base < 0 or not keep[base]
        for column in got.columns:
            expected = None if absent else before[column][day]
            assert agree(got[column].iloc[row], expected), (day, column)


def test_few_days_of_many_years():
    """Far more periods than rows: the same answers as those of the inserted series."""
    rng = np.random.default_rng(8)
    first = pd.Timestamp("1990-01-01")
    numbers = np.unique(np.concatenate([[0, 1], rng.integers(0, 9000, 60)]))
    numbers = np.unique(np.concatenate([numbers, numbers + 365, numbers + 7]))
    days = pd.DatetimeIndex([first + pd.Timedelta(days=int(n)) for n in numbers])
    x = pd.Series(np.round(rng.lognormal(3, 1, len(days)), 2), index=days)
    x = x.sample(frac=1, random_state=1)
    inserted = x.reindex(pd.date_range(days.min(), days.max()))
    for call in (
        pm.yoy,
        pm.growth,
        pm.acceleration,
        pm.record,
        pm.rank,
        pm.streak,
        pm.from_peak,
        pm.zscore,
        partial(pm.change, lag=7),
        partial(pm.log_growth, lag=365),
        partial(pm.rolling_sum, window=8, na="skip"),
        partial(pm.rolling_growth, window=7, na="skip"),
        partial(pm.ytd, na="skip"),
        partial(pm.growth, since=days[1]),
        lambda x: pm.base_effect(x)["base"],
        lambda x: pm.previous_record(x).value,
    ):
        got, expected = call(x), call(inserted).reindex(x.index)
        pd.testing.assert_series_equal(got, expected, check_freq=False, rtol=1e-12)
    assert pm.growth(x, lag=7).notna().sum() > 40


# The calendar's corners by hand.


def test_29_february():
    days = pd.date_range("2023-01-01", "2025-12-31")
    x = pd.Series(np.arange(1.0, len(days) + 1), index=days)
    rate = pm.yoy(x)
    for day, base in [
        ("2024-02-28", "2023-02-28"),
        ("2024-02-29", "2023-02-28"),
        ("2024-03-01", "2023-03-01"),
        ("2025-02-28", "2024-02-28"),
        ("2025-03-01", "2024-03-01"),
    ]:
        assert agree(rate[day], 100 * (x[day] / x[base] - 1)), day
    assert math.isnan(pm.yoy(x.drop(pd.Timestamp("2023-02-28")))["2024-02-29"])
    assert math.isnan(pm.yoy(x.drop(pd.Timestamp("2023-02-28")))["2024-02-28"])


def test_business_days_take_the_last_row_at_hand():
    days = pd.bdate_range("2023-01-02", "2024-12-31")
    x = pd.Series(np.arange(1.0, len(days) + 1), index=days)
    shuffled = x.sample(frac=1, random_state=2)
    rate = pm.yoy(shuffled, match="last_available").sort_index()
    known = 0
    for day in days:
        before = dated.a_year_before(day.date())
        earlier = x[: pd.Timestamp(before)]
        if not len(earlier):
            assert math.isnan(rate[day])
            continue
        known += 1
        assert agree(rate[day], 100 * (x[day] / earlier.iloc[-1] - 1)), day
    assert known > 250


def test_years_of_53_weeks():
    mondays = pd.date_range("2018-12-31", "2022-12-26", freq="W-MON")
    x = pd.Series(np.arange(100.0, 100 + len(mondays)), index=mondays)
    by_distance, by_number = pm.yoy(x), pm.yoy(x, match="iso_week")
    number = {tuple(day.isocalendar())[:2]: value for day, value in x.items()}
    for i, day in enumerate(mondays):
        year, week, _ = day.isocalendar()
        expected = None if i < 52 else 100 * (x.iloc[i] / x.iloc[i - 52] - 1)
        assert agree(by_distance[day], expected), day
        base = number.get((year - 1, week))
        expected = None if base is None else 100 * (x.iloc[i] / base - 1)
        assert agree(by_number[day], expected), day
    assert math.isnan(by_number[pd.Timestamp(date.fromisocalendar(2020, 53, 1))])


def test_a_constant_week_does_not_grow_in_a_year_of_53():
    mondays = pd.date_range("2024-12-30", "2028-12-25", freq="W-MON")
    rates = pm.ytd_growth(pd.Series(5.0, index=mondays))
    last = pd.Timestamp(date.fromisocalendar(2026, 53, 1))
    assert math.isnan(rates[last])
    assert (rates.drop(last)["2025-12-29":] == 0).all()


# What users type today, and what it gives.


def test_a_missing_march_gives_a_missing_april():
    x = pd.Series(
        [100.0, 110, 121, 133.1],
        index=pd.PeriodIndex(["2024-01", "2024-02", "2024-04", "2024-05"], freq="M"),
    )
    assert x.pct_change().notna().sum() == 3  # pandas: April over February, no warning
    assert agree(pm.mom(x)["2024-02"], 10.0)
    assert math.isnan(pm.mom(x)["2024-04"])
    assert agree(pm.mom(x)["2024-05"], 10.0)


def test_positional_lags_go_wrong_where_the_calendar_does_not():
    """With 5 % of the months absent nearly half of the positional yearly rates are wrong."""
    full = pd.Series(
        np.exp(np.cumsum(np.random.default_rng(0).normal(0, 0.02, 600))),
        index=pd.period_range("1970-01", periods=600, freq="M"),
    )
    left = full[np.random.default_rng(1).random(600) >= 0.05]
    truth = 100 * (full / full.shift(12) - 1)
    ours, theirs = pm.yoy(left), 100 * left.pct_change(12)

    def wrong(rates):
        known = rates.dropna()
        return int((~np.isclose(known, truth[known.index], rtol=1e-9)).sum())

    assert wrong(ours) == 0
    assert ours.notna().sum() > 500
    assert wrong(theirs) > 0.3 * len(theirs)


def test_polars_rows_out_of_order():
    frame = pl.DataFrame(
        {
            "month": [date(2024, 5, 31), date(2024, 1, 31), date(2024, 2, 29), date(2024, 4, 30)],
            "v": [30.0, 10.0, 20.0, 15.0],
        }
    )
    assert pm.growth(frame, time="month")["v"].to_list() == [100.0, None, 100.0, None]


@pytest.mark.parametrize(
    "call",
    [
        lambda x: pm.rolling_sum(x, 3, na="raise"),
        lambda x: pm.rolling_mean(x, 3, na="raise"),
        lambda x: pm.rolling_growth(x, 2, na="raise"),
        lambda x: pm.ytd(x, na="raise"),
        lambda x: pm.ytd_growth(x, na="raise"),
        lambda x: pm.annual_growth(x, na="raise"),
        lambda x: pm.to_frequency(x, "Q", na="raise"),
    ],
)
def test_raise_sees_absent_periods(call):
    index = pd.PeriodIndex(["2024-05", "2024-01", "2024-02", "2024-04"], freq="M")
    with pytest.raises(ValueError, match="March 2024"):
        call(pd.Series([5.0, 1.0, 2.0, 4.0], index=index))
