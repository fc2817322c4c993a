"""What must hold whatever the numbers: changes of scale, order and unit, identities between
indicators, and one answer from every container.

Each property is proved twice, on a few hundred cases in `make test` and on 20,000 in `make verify`.
A result is exact to the last bit where the same operations are done on the same numbers; where
the two sides of an identity round differently the tolerance says by how much.
"""

from __future__ import annotations

import functools
import math

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import paimana as pm
from reference import headline as twins

FEW, MANY = 150, 20_000


def prop(*strategies):
    """A property over random cases: a test of a few, and one of many under the mark `verify`."""

    def wrap(function):
        def run(examples):
            return settings(
                max_examples=examples,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            )(given(*strategies)(function))

        @functools.wraps(function)
        @pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.verify)])
        def test(examples):
            run(examples)()

        del test.__wrapped__  # its arguments are random, not fixtures
        return test

    return wrap


# Numbers as releases have them: two decimals, now and then missing, zero, negative or infinite.

amounts = st.integers(-10_000, 1_000_000).map(lambda n: n / 100)
positive = st.integers(1, 10_000_000).map(lambda n: n / 100)
holes = st.sampled_from([math.nan, 0.0, math.inf, -math.inf])
mixed = st.one_of(amounts, amounts, amounts, amounts, positive, holes)
wild = st.floats(allow_nan=True, allow_infinity=True, width=64)

series = st.lists(mixed, min_size=1, max_size=60)
levels = st.lists(positive, min_size=1, max_size=60)
tables = st.integers(2, 5).flatmap(
    lambda columns: st.lists(
        st.lists(positive, min_size=columns, max_size=columns), min_size=2, max_size=30
    )
)
months = st.integers(1, 12)
starts = st.integers(0, 60).map(lambda n: pd.Period("2000-01", "M") + n)
seeds = st.integers(0, 2**32 - 1)

INDICATORS = {
    "lag": lambda x, **o: pm.lag(x, 2, **o),
    "change": lambda x, **o: pm.change(x, 12, **o),
    "growth": pm.growth,
    "signed growth": lambda x, **o: pm.growth(x, 3, negative_base="signed", **o),
    "growth over |b|": lambda x, **o: pm.growth(x, negative_base="abs", **o),
    "mom": pm.mom,
    "qoq": pm.qoq,
    "yoy": pm.yoy,
    "log growth": pm.log_growth,
    "annualized": pm.annualized,
    "acceleration": pm.acceleration,
    "rolling sum": lambda x, **o: pm.rolling_sum(x, 3, **o),
    "rolling mean": lambda x, **o: pm.rolling_mean(x, 5, na="skip", **o),
    "rolling growth": pm.rolling_growth,
    "ytd": lambda x, **o: pm.ytd(x, year_start=7, **o),
    "ytd growth": lambda x, **o: pm.ytd_growth(x, year_start=7, **o),
    "carry-over": pm.carry_over,
    "record": pm.record,
    "rank": pm.rank,
    "rank of the month": lambda x, **o: pm.rank(x, same_period=True, **o),
    "streak": pm.streak,
    "from peak": pm.from_peak,
    "z-score": pm.zscore,
    "rolling z-score": lambda x, **o: pm.zscore(x, 4, **o),
}
names = st.sampled_from(sorted(INDICATORS))


def bits(values) -> bytes:
    """The last bit of every value; one NaN is as good as another."""
    array = np.array(
        [math.nan if v is None or v is pd.NA else float(v) for v in values], dtype=np.float64
    )
    array[np.isnan(array)] = np.nan
    return array.tobytes()


def monthly(values, start="2010-01"):
    return pd.Series(values, index=pd.period_range(start, periods=len(values), freq="M"), name="v")


# One answer, whatever the container, the order of the rows and the stamps.


@prop(names, series, starts)
def test_every_container_gives_the_same_bits(name, values, start):
    f, n = INDICATORS[name], len(values)
    index = pd.period_range(start, periods=n, freq="M")
    dates = index.to_timestamp()
    expected = bits(f(monthly(values, start)))
    days = dates.to_numpy().astype("M8[D]")
    where = {"time": days, "freq": "M"}
    frame = pd.DataFrame({"v": values, "w": 1.0}, index=dates)
    for got in (
        f(pd.Series(values, index=dates), freq="M"),
        f(frame, freq="M")["v"],
        f(np.array(values), **where),
        f(np.array([values, values]), axis=1, **where)[1],
        f(list(values), **where),
        f(pl.Series(values, dtype=pl.Float64), **where).to_list(),
        f(pl.DataFrame({"t": days, "v": values}), time="t", freq="M")["v"].to_list(),
        f(pa.array(values, pa.float64()), **where).to_pylist(),
        f(pa.table({"t": days, "v": values}), time="t", freq="M")["v"].to_pylist(),
        f(xr.DataArray(values, dims="t", coords={"t": dates}), freq="M").values,
    ):
        assert bits(got) == expected


@prop(names, series, seeds)
def test_the_order_of_rows_does_not_matter(name, values, seed):
    f, x = INDICATORS[name], monthly(values)
    shuffled = x.sample(frac=1, random_state=seed)
    assert bits(f(shuffled).reindex(x.index)) == bits(f(x))


@prop(names, series, starts)
def test_start_middle_or_end_of_the_period_is_the_same(name, values, start):
    f, x = INDICATORS[name], monthly(values, start)
    days = [x.index.to_timestamp(), x.index.to_timestamp() + pd.Timedelta(days=14)]
    days.append(x.index.to_timestamp(how="end").normalize())
    for stamps in days:
        assert bits(f(x.set_axis(stamps), freq="M")) == bits(f(x))


@prop(names, series, seeds)
def test_an_absent_row_is_a_missing_value(name, values, seed):
    """The rule of the calendar itself: insert what is absent, compute, take the rows back."""
    f, x = INDICATORS[name], monthly(values)
    keep = np.random.default_rng(seed).random(len(x)) > 0.1
    keep[[0, -1]] = True
    left = x[keep]
    assert bits(f(left)) == bits(f(left.reindex(x.index))[keep])


TABLES = {
    "shares": pm.shares,
    "contributions": pm.contributions,
    "contributions at a lag": lambda x, **o: pm.contributions(x, lag=2, **o),
    "ranks of a row": lambda x, **o: pm.rank(x, within="row", **o),
    "base effects": pm.base_effect,
    "symmetric growth": pm.symmetric_growth,
    "rebased": lambda x, **o: pm.rebase(x, "2010-01", **o),
}


@prop(st.sampled_from(sorted(TABLES)), tables, seeds)
def test_tables_by_the_calendar_alone(name, rows, seed):
    """Rows shuffled, absent or stamped otherwise: what is absent is missing, the rest the same."""
    f, months = TABLES[name], pd.period_range("2010-01", periods=len(rows), freq="M")
    whole = pd.DataFrame(rows, months).add_prefix("p")
    rng = np.random.default_rng(seed)
    keep = rng.random(len(rows)) > 0.1
    keep[[0, -1]] = True
    expected = f(whole[keep].reindex(months), freq="M")[keep]
    left = whole[keep].sample(frac=1, random_state=seed)
    how = "start" if seed % 2 else "end"
    stamped = left.set_axis(left.index.to_timestamp(how=how).normalize())
    for got in (f(left, freq="M"), f(stamped, freq="M").set_axis(left.index)):
        assert list(got.columns) == list(expected.columns)
        assert bits(got.reindex(expected.index).to_numpy().ravel()) == bits(
            expected.to_numpy().ravel()
        )


@prop(st.integers(0, 3000), st.integers(1, 400), seeds)
def test_weeks_of_the_same_number(first, weeks, seed):
    """Years of 52 and 53 weeks, rows absent and shuffled: the rule by the dates of Python."""
    rng = np.random.default_rng(seed)
    mondays = pd.date_range("1990-01-01", periods=first + weeks, freq="7D")[first:]
    x = pd.Series(rng.integers(1, 1000, weeks).astype(float), mondays)
    x = x[rng.random(weeks) > 0.05].sample(frac=1, random_state=seed)
    rates = pm.yoy(x, match="iso_week", freq="W")
    of_week = {tuple(day.isocalendar())[:2]: value for day, value in x.items()}
    names = [tuple(day.isocalendar())[:2] for day in x.index]
    base = np.array([of_week.get((year - 1, week), math.nan) for year, week in names])
    np.testing.assert_allclose(rates, 100 * (x.to_numpy() - base) / base, rtol=1e-14)


@prop(st.integers(0, 9000), st.integers(300, 900), seeds)
def test_days_of_the_same_date_and_the_last_before_it(first, days, seed):
    """Both rules for days by the dates of pandas, of which 29 February less a year is the 28th."""
    rng = np.random.default_rng(seed)
    dates = pd.date_range("1995-01-01", periods=first + days)[first:]
    x = pd.Series(rng.integers(1, 1000, days).astype(float), dates)
    x = x[rng.random(days) > 0.3]
    then = x.index - pd.DateOffset(years=1)
    same = x.reindex(then).to_numpy()
    last = x.to_numpy()[np.maximum(x.index.searchsorted(then, side="right") - 1, 0)]
    last = np.where(then < x.index[0], math.nan, last)
    shuffled = x.sample(frac=1, random_state=seed)
    for match, base in [(None, same), ("last_available", last)]:
        rates = pm.yoy(shuffled, match=match, freq="D").reindex(x.index)
        np.testing.assert_allclose(rates, 100 * (x.to_numpy() - base) / base, rtol=1e-14)


@prop(names, series)
def test_infinite_counts_as_missing(name, values):
    f, x = INDICATORS[name], np.array(values)
    where = {"time": pd.period_range("2010-01", periods=len(x), freq="M").to_timestamp().values}
    where["freq"] = "M"
    assert bits(f(x, **where)) == bits(f(np.where(np.isinf(x), np.nan, x), **where))


@prop(names, st.lists(wild, min_size=1, max_size=40))
def test_no_result_is_infinite_and_no_input_is_touched(name, values):
    x = np.array(values)
    before = x.tobytes()
    where = {"time": pd.period_range("2010-01", periods=len(x), freq="M").to_timestamp().values}
    result = np.asarray(INDICATORS[name](x, freq="M", **where))
    assert result.dtype == bool or not np.isinf(result).any()
    assert x.tobytes() == before


@prop(series, st.sampled_from([1, 2, 3, 12, -1]))
def test_lags_and_changes_are_exact(values, lag):
    x = np.array(values)
    for f, twin in ((pm.lag, twins.lag), (pm.change, twins.change)):
        expected = [math.nan if v is None else v for v in twin(values, lag=lag)]
        assert bits(f(x, lag)) == bits(expected)


# Scale and unit.

SCALE_FREE = [
    "growth", "mom", "qoq", "yoy", "log growth", "annualized", "acceleration", "rolling growth",
    "ytd growth", "carry-over", "rank", "streak", "from peak", "z-score", "record",
]  # fmt: skip
EQUIVARIANT = ["lag", "change", "rolling sum", "rolling mean", "ytd"]


@prop(st.sampled_from(SCALE_FREE), levels, st.integers(-20, 20))
def test_rates_do_not_depend_on_the_unit(name, values, power):
    """Powers of two change no digit, so nothing may change at all."""
    x = monthly(values)
    assert bits(INDICATORS[name](x * 2.0**power)) == bits(INDICATORS[name](x))


@prop(st.sampled_from(EQUIVARIANT), series, st.integers(-20, 20))
def test_levels_are_in_the_unit_of_the_data(name, values, power):
    x = monthly(values)
    assert bits(INDICATORS[name](x * 2.0**power)) == bits(INDICATORS[name](x) * 2.0**power)


@prop(levels, st.floats(1e-6, 1e6))
def test_any_scale_leaves_growth_to_rounding(values, factor):
    """Scaling rounds each value, 1.1e-16 of it; growth in per cent is then off by 1e-13 of the
    ratio.
    """
    x = np.array(values)
    got, expected = pm.growth(x * factor), pm.growth(x)
    ratio = 100 + np.abs(expected)
    assert bits(np.isnan(got)) == bits(np.isnan(expected))
    assert np.nanmax(np.abs(got - expected) / ratio, initial=0) < 1e-15 * 4


@prop(
    st.sampled_from(["growth", "yoy", "annualized", "acceleration", "ytd_growth", "from_peak"]),
    levels,
)
def test_fractions_are_per_cent_by_100(name, values):
    x, f = monthly(values), getattr(pm, name)
    got, expected = f(x, unit="fraction"), f(x)
    np.testing.assert_allclose(100 * got, expected, rtol=1e-13, atol=1e-12)


# Identities.


@prop(tables)
def test_shares_add_to_100(rows):
    shares = pm.shares(np.array(rows))
    np.testing.assert_allclose(shares.sum(axis=1), 100, rtol=1e-14)
    assert (shares >= 0).all()


@prop(tables)
def test_a_share_of_the_sum_is_the_share(rows):
    parts = np.array(rows)
    got = pm.share(parts, parts.sum(axis=1))
    np.testing.assert_allclose(got, pm.shares(parts), rtol=1e-14)


@prop(tables, st.integers(1, 3))
def test_contributions_add_to_the_growth_of_the_total(rows, lag):
    parts = np.array(rows)
    total = parts.sum(axis=1)
    points = pm.contributions(parts, lag=lag)
    growth = pm.growth(total, lag)
    # A part can be far larger than the growth it makes: the tolerance is of the largest of them.
    scale = 1 + np.nansum(np.abs(points), axis=1)
    assert (np.isnan(growth) == np.isnan(points).all(axis=1)).all()
    gap = np.abs(points.sum(axis=1) - growth) / scale
    assert np.nanmax(gap, initial=0) < 1e-13


@prop(tables, seeds)
def test_the_residual_is_what_the_parts_leave(rows, seed):
    parts = np.array(rows)
    total = parts.sum(axis=1) * np.random.default_rng(seed).uniform(0.5, 2, len(parts))
    points = pm.contributions(parts, total)
    assert points.shape == (len(parts), parts.shape[1] + 1)
    gap = np.abs(points.sum(axis=1) - pm.growth(total)) / (1 + np.abs(points).sum(axis=1))
    assert np.nanmax(gap, initial=0) < 1e-13


@prop(levels, st.integers(1, 12))
def test_symmetric_growth_forward_is_minus_that_back(values, lag):
    x = np.array(values)
    ahead, back = pm.symmetric_growth(x, lag), pm.symmetric_growth(x[::-1].copy(), lag)[::-1]
    assert bits(ahead[lag:] + 0.0) == bits(-back[: max(len(x) - lag, 0)] + 0.0)
    assert (np.abs(ahead[lag:]) < 200).all()


@prop(levels)
def test_base_effects_add_to_the_change_of_the_yearly_rate(values):
    x = monthly(values)
    parts = pm.base_effect(x)
    rates = pm.yoy(x)
    change = rates - rates.shift(1)
    acceleration = pm.acceleration(x)
    scale = 1 + rates.abs() + rates.shift(1).abs() + parts.abs().sum(axis=1)
    gap = (parts.sum(axis=1, skipna=False) - change).abs() / scale
    assert (parts["base"].isna() == change.isna()).all()
    assert not (gap > 1e-12).any()
    assert not ((acceleration - change).abs() / scale > 1e-12).any()
    assert (acceleration.isna() == change.isna()).all()


@prop(st.lists(st.integers(-9, 9), min_size=3, max_size=30), st.sampled_from(["signed", "abs"]))
def test_acceleration_over_bases_of_either_sign(values, rule):
    """It is the difference of the rates, and the sum of the two effects, under every rule."""
    x = np.array(values, dtype=float)
    rates = pm.yoy(x, freq="A", negative_base=rule)
    got = pm.acceleration(x, freq="A", negative_base=rule)
    np.testing.assert_allclose(got[1:], np.diff(rates), rtol=1e-12, atol=1e-9)
    parts = pm.base_effect(x, freq="A", negative_base=rule)
    np.testing.assert_allclose(parts.sum(axis=1), got, rtol=1e-12, atol=1e-9)


@prop(levels)
def test_base_effect_by_the_formula_of_central_banks(values):
    """Of rates alone: base = -(1 + Y(t-1)) m(t-P) / (1 + m(t-P)), each rate computed by itself."""
    x = monthly(values)
    year, month = pm.yoy(x, unit="fraction"), pm.mom(x, unit="fraction")
    then = month.shift(12)
    expected = -100 * (1 + year.shift(1)) * then / (1 + then)
    got = pm.base_effect(x)["base"]
    known = got.notna()
    # What is left of a great fall, 1 + m, has lost digits, and the formula divides by it.
    scale = 1 + 100 * (year.shift(1).abs() + 1) * (1 + 1 / (1 + then) ** 2)
    assert (expected.notna() == known).all()
    assert not ((got - expected).abs() / scale > 1e-12)[known].any()


@prop(series, months, starts)
def test_the_last_year_to_date_is_the_year(values, month, start):
    x = monthly(values, start)
    total = pm.to_frequency(x, "A", year_start=month)
    last = x.index.month == (month - 2) % 12 + 1
    closing = pm.ytd(x, year_start=month)[last]
    assert bits(closing) == bits(total.iloc[: len(closing)])


@prop(levels, months, starts)
def test_carry_over_at_the_end_of_a_year_is_its_growth(values, month, start):
    x = monthly(values, start)
    last = x.index.month == (month - 2) % 12 + 1
    carried = pm.carry_over(x, year_start=month)[last]
    grown = pm.ytd_growth(x, year_start=month)[last]
    yearly = pm.annual_growth(x, year_start=month)
    np.testing.assert_allclose(carried, grown, rtol=1e-12, atol=1e-11)
    np.testing.assert_allclose(grown, yearly.iloc[: len(grown)], rtol=1e-12, atol=1e-11)


@prop(levels)
def test_logs_of_the_months_add_to_the_year(values):
    x = monthly(values)
    expected = [math.nan] * len(x)
    for t in range(12, len(x)):
        expected[t] = 100 * math.log(values[t] / values[t - 12])
    np.testing.assert_allclose(pm.log_growth(x, 12), expected, rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(pm.rolling_sum(pm.log_growth(x), 12), expected, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("fall", [1e4, 1e12, 1e20, 1e200])
def test_log_growth_of_a_great_fall(fall):
    assert math.isclose(pm.log_growth([fall, 1.0])[1], -100 * math.log(fall), rel_tol=1e-14)
    rate = pm.annualized([fall] + 23 * [0.0] + [1.0], 24, freq="M", unit="fraction")[24]
    assert math.isclose(1 + rate, fall**-0.5, rel_tol=1e-12, abs_tol=1e-15)


@prop(series)
def test_a_lead_undoes_a_lag(values):
    x = np.array(values)
    back = pm.lead(pm.lag(x, 2), 2)[:-2]
    assert bits(back) == bits(np.where(np.isfinite(x), x, np.nan)[: len(x) - 2])


@prop(series, st.integers(1, 12))
def test_windows_against_the_twin(values, window):
    """Sums of cents below 1e4: the error is within 1e-13 of the window's mean absolute value."""
    for na in ("propagate", "skip"):
        got = pm.rolling_sum(np.array(values), window, na=na)
        expected = twins.rolling_sum(values, window, na=na)
        assert [e is None for e in expected] == np.isnan(got).tolist()
        for t, (g, e) in enumerate(zip(got.tolist(), expected, strict=True)):
            if e is not None:
                inside = [abs(v) for v in values[max(0, t - window + 1) : t + 1] if abs(v) < 1e300]
                assert abs(g - e) <= 1e-13 * sum(inside)


@prop(st.lists(st.sampled_from([1e16, -1e16, 1.0, 0.1, math.inf]), min_size=3, max_size=60))
def test_a_huge_value_leaves_with_its_window(values):
    got = pm.rolling_sum(np.array(values), 3)
    for t in range(2, len(values)):
        inside = values[t - 2 : t + 1]
        if max(map(abs, inside)) < 2:
            assert math.isclose(got[t], math.fsum(inside), rel_tol=1e-15)


@prop(series)
def test_records_ranks_and_highest_since_agree(values):
    x = np.array(values)
    record, rank, since = pm.record(x), pm.rank(x), pm.highest_since(x)
    before = pm.previous_record(x)
    observed = np.isfinite(x)
    first = observed.argmax() if observed.any() else -1
    for t in range(len(x)):
        if not observed[t]:
            assert (record[t], since[t]) == (False, -1)
            assert math.isnan(rank[t])
            continue
        assert bool(record[t]) == (t != first and since[t] == -1)
        assert (since[t] == -1) == (rank[t] == 1 and not (t > 0 and x[t] <= before.value[t]))
        assert record[t] == (before.value[t] < x[t])
        if since[t] >= 0:
            between = x[since[t] + 1 : t][observed[since[t] + 1 : t]]
            assert x[since[t]] >= x[t]
            assert (between < x[t]).all()


@prop(series)
def test_low_is_high_upside_down(values):
    x = np.array(values)
    assert (pm.record(x, sense="low") == pm.record(-x)).all()
    assert (pm.lowest_since(x) == pm.highest_since(-x)).all()
    assert bits(pm.previous_record(x, sense="low").value) == bits(-pm.previous_record(-x).value)
    assert bits(pm.streak(-x)) == bits(-pm.streak(x) + 0.0)


@prop(levels)
def test_the_peak_is_the_running_maximum(values):
    x = np.array(values)
    peak = np.maximum.accumulate(x)
    got = pm.from_peak(x)
    np.testing.assert_allclose(got, 100 * (x / peak - 1), atol=1e-13)
    assert (got <= 0).all()
    assert ((got == 0) == (x == peak)).all()


@prop(series, st.integers(1, 12))
def test_a_streak_is_a_run_of_equal_signs(values, lag):
    streak, change = pm.streak(np.array(values), lag), pm.change(np.array(values), lag)
    for t, s in enumerate(streak.tolist()):
        sign = 0 if math.isnan(change[t]) else int(np.sign(change[t]))
        if not math.isfinite(values[t]):
            assert math.isnan(s)
            continue
        run = 0
        while t - run >= 0 and sign and sign * change[t - run] > 0:
            run += 1
        assert s == sign * run


@prop(st.lists(positive, min_size=3, max_size=50, unique=True))
def test_scores_have_mean_0_and_deviation_1(values):
    scores = pm.zscore(np.array(values))
    assert abs(scores.mean()) < 1e-9
    assert math.isclose(scores.std(ddof=1), 1, rel_tol=1e-9)


@pytest.mark.parametrize("level", [0.0, 1e6, 1e9, 1e12, 1e15, -1e15])
@pytest.mark.parametrize("window", [None, 4, 7])
def test_scores_at_any_level(level, window):
    """Adding a constant moves no score; the sums are exact, so hardly a digit may change."""
    steps = np.random.default_rng(3).integers(0, 9, 120).astype(float)
    expected = twins.zscore(steps.tolist(), window)
    for got, e in zip(pm.zscore(steps + level, window).tolist(), expected, strict=True):
        assert math.isnan(got) if e is None else math.isclose(got, e, rel_tol=1e-12, abs_tol=1e-12)


@pytest.mark.parametrize("window", [None, 3])
def test_scores_too_large_to_be_squared_are_right_or_missing(window):
    scores = pm.zscore(np.array([1e200, 2e200, 3e200]), window)
    expected = [-1.0 if window is None else math.nan, 0.0 if window is None else math.nan, 1.0]
    assert np.isnan(scores).all() or np.allclose(scores, expected, equal_nan=True)


@pytest.mark.parametrize("at", [0, 1, 5, 40])
def test_a_score_forgets_what_left_its_window(at):
    x = np.random.default_rng(4).random(120)
    x[at] = 1e16
    expected = twins.zscore(x.tolist(), 6)
    for t, (got, e) in enumerate(zip(pm.zscore(x, 6).tolist(), expected, strict=True)):
        assert (
            math.isnan(got) if e is None else math.isclose(got, e, rel_tol=1e-11, abs_tol=1e-11)
        ), t


@prop(levels, st.integers(0, 59))
def test_rebasing_changes_no_growth_rate(values, at):
    x = monthly(values)
    base = x.index[at % len(x)]
    index = pm.rebase(x, base)
    assert index[base] == 100
    np.testing.assert_allclose(pm.growth(index), pm.growth(x), rtol=1e-12, atol=1e-11)


@prop(levels)
def test_cagr_is_the_constant_rate_between_the_ends(values):
    x = monthly(values)
    if len(x) == 1:
        assert math.isnan(pm.cagr(x))
        return
    expected = (values[-1] / values[0]) ** (12 / (len(x) - 1)) - 1
    assert math.isclose(pm.cagr(x, unit="fraction"), expected, rel_tol=1e-12, abs_tol=1e-12)


@prop(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_large_integers_are_the_nearest_doubles_and_never_wrap(a, b):
    x = np.array([a, b], dtype=np.int64)
    assert bits(pm.lag(x)) == bits([math.nan, float(a)])
    assert bits(pm.change(x)) == bits([math.nan, float(b) - float(a)])
    assert bits(pm.rolling_sum(x, 2)) == bits([math.nan, float(a) + float(b)])
    assert bits(pm.ytd(x, freq="M")) == bits([float(a), float(a) + float(b)])


@prop(st.lists(st.integers(0, 2**64 - 1), min_size=2, max_size=12))
def test_unsigned_integers_do_not_wrap(values):
    x = np.array(values, dtype=np.uint64)
    assert bits(pm.change(x)) == bits(pm.change(x.astype(float)))
    assert bits(pm.growth(x)) == bits(pm.growth(x.astype(float)))


@prop(names, st.lists(mixed, min_size=0, max_size=40), st.integers(1, 4), st.booleans())
def test_lanes_do_not_mix(name, values, columns, rows_are_time):
    """A lane of a table is the series by itself, in every memory order."""
    f, n = INDICATORS[name], len(values)
    table = np.array([values] * columns).reshape(columns, n) * np.arange(1, columns + 1)[:, None]
    dates = pd.period_range("2010-01", periods=n, freq="M").to_timestamp().values
    alone = [bits(f(lane, time=dates, freq="M")) for lane in table]
    for array in (table, np.asfortranarray(table), np.repeat(table, 2, axis=1)[:, ::2]):
        x, axis = (array.T, 0) if rows_are_time else (array, 1)
        got = f(x, axis=axis, time=dates, freq="M")
        assert [bits(lane) for lane in (got.T if rows_are_time else got)] == alone


@prop(levels, st.integers(1, 6))
def test_growth_since_is_growth_at_the_distance(values, at):
    x = monthly(values)
    at = min(at, len(x) - 1)
    since = pm.growth(x, since=x.index[at])
    for t in range(len(x)):
        assert math.isclose(
            since.iloc[t], 100 * (values[t] - values[at]) / values[at], abs_tol=1e-9
        )


@prop(tables)
def test_largest_is_the_maximum(rows):
    parts = np.array(rows)
    lead, shares = pm.largest(parts), pm.shares(parts)
    for t, row in enumerate(parts):
        first, second = lead["largest"][t], lead["runner_up"][t]
        assert row[first] == row.max()
        assert row[second] == np.delete(row, first).max()
        assert math.isclose(lead["share"][t], shares[t, first], rel_tol=1e-13)
        gap = 100 * (row[first] - row[second]) / row.sum()
        assert math.isclose(lead["margin"][t], gap, rel_tol=1e-12, abs_tol=1e-12)
        assert bool(lead["proven"][t]) == (row[first] > row[second])
