"""Published figures: bounds are attained at corners of the unrounded inputs and hold all truths."""

import itertools
import pickle
import random
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xarray as xr

import paimana as pm

D = Decimal
NAN = float("nan")


def grid(rng, n, missing=0.1):
    return [None if rng.random() < missing else rng.randint(2, 40) for _ in range(n)]


def exact(name, x, options):
    """The indicator of one series of fractions, written out; None where it is missing."""
    lag = options.get("lag", 1)

    def value(t):
        return x[t] if 0 <= t < len(x) else None

    def total(t, window):
        part = [value(s) for s in range(t - window + 1, t + 1)]
        return None if None in part else sum(part)

    def rate(a, b):
        return None if a is None or b is None or b <= 0 else 100 * (a - b) / b

    def ytd(t):
        return total(t, t % 4 + 1)

    def at(t):
        if name == "change":
            a, b = value(t), value(t - lag)
            return None if a is None or b is None else a - b
        if name == "symmetric_growth":
            a, b = value(t), value(t - lag)
            return None if a is None or b is None else 200 * (a - b) / (a + b)
        if name == "rebase":
            base = total(3, 3)
            return None if base is None or value(t) is None else 300 * value(t) / base
        if name == "growth":
            return rate(value(t), value(t - lag))
        if name == "rolling_sum":
            return total(t, 3)
        if name == "rolling_mean":
            return None if total(t, 3) is None else total(t, 3) / 3
        if name == "rolling_growth":
            return rate(total(t, 2), total(t - 2, 2))
        if name == "ytd":
            return ytd(t)
        if name == "ytd_growth":
            return rate(ytd(t), ytd(t - 4)) if t >= 4 else None
        seen = [v for v in x[: t + 1] if v is not None]
        return None if value(t) is None else 100 * (value(t) - max(seen)) / max(seen)

    return [at(t) for t in range(len(x))]


TIGHT = [
    ("change", {"lag": 1}),
    ("growth", {"lag": 1}),
    ("growth", {"lag": 2}),
    ("rolling_sum", {"window": 3}),
    ("rolling_mean", {"window": 3}),
    ("rolling_growth", {"window": 2}),
    ("ytd", {"freq": "Q"}),
    ("ytd_growth", {"freq": "Q"}),
    ("from_peak", {}),
    ("symmetric_growth", {}),
    ("rebase", {"base": "2001..2003", "freq": "A", "start": "2000"}),
]


def corners(x, name, options):
    """The least and greatest result at each place, over all corners of the unrounded inputs."""
    half = Fraction(1, 2)
    sides = [[None] if v is None else [v - half, v + half] for v in x]
    every = [exact(name, list(corner), options) for corner in itertools.product(*sides)]
    columns = zip(*every, strict=True)
    return [None if None in column else (min(column), max(column)) for column in columns]


@pytest.mark.parametrize(("name", "options"), TIGHT, ids=lambda v: v if isinstance(v, str) else "")
def test_bounds_are_those_of_the_corners(name, options):
    rng = random.Random(11)
    for _ in range(25):
        x = grid(rng, 8)
        published = [NAN if v is None else float(v) for v in x]
        got = getattr(pm, name)(pm.rounded(published, to=1), **options)
        for t, bounds in enumerate(corners(x, name, options)):
            if bounds is None:
                assert np.isnan(got.lower[t])
                assert np.isnan(got.upper[t])
                continue
            # Outward, and within four steps of the floats' spacing at the size of the terms; of a
            # rebased figure within eight, as its sum and its quotient are rounded as well.
            low, high = bounds
            terms = sum(abs(v) for v in x if v is not None) + 1
            slack = (8 if name == "rebase" else 4) * np.spacing(
                max(abs(float(low)), abs(float(high)), float(terms))
            )
            assert Fraction(got.lower[t]) <= low <= Fraction(got.lower[t]) + Fraction(slack)
            assert Fraction(got.upper[t]) >= high >= Fraction(got.upper[t]) - Fraction(slack)


@pytest.mark.parametrize(("name", "options"), TIGHT, ids=lambda v: v if isinstance(v, str) else "")
def test_bounds_of_decimals_are_those_of_the_corners_outward(name, options):
    rng = random.Random(12)
    for _ in range(10):
        x = grid(rng, 8)
        published = [None if v is None else D(v) for v in x]
        if not any(v is not None for v in x):
            continue
        got = getattr(pm, name)(pm.rounded(published, to=1), decimals=3, **options)
        for t, bounds in enumerate(corners(x, name, options)):
            if bounds is None:
                assert got.lower[t] is None
                continue
            low, high = bounds
            assert 0 <= low - Fraction(got.lower[t]) < Fraction(1, 1000)
            assert 0 <= Fraction(got.upper[t]) - high < Fraction(1, 1000)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        *TIGHT,
        ("log_growth", {}),
        ("annualized", {"freq": "M"}),
        ("acceleration", {"freq": "H"}),
        ("carry_over", {"freq": "Q"}),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_random_truths_lie_within(name, options):
    rng = np.random.default_rng(5)
    published = rng.integers(20, 400, 48).astype(float)
    got = getattr(pm, name)(pm.rounded(published, to=1), **options)
    known = np.isfinite(got.lower)
    assert known.sum() > 30
    for _ in range(400):
        truth = published + rng.uniform(-0.5, 0.5, published.size)
        result = getattr(pm, name)(truth, **options)
        assert (got.lower[known] <= result[known]).all()
        assert (result[known] <= got.upper[known]).all()


def change_of_ratios(x, a, y, b):
    return 100 * (x / a - y / b)


def change_of_base(y, a, b):
    return 100 * (y / a - y / b)


def compound(power):
    return lambda x, b: 100 * (((x / b).ln() * power).exp() - 1)


ROOTS = [
    # call, the exact function, the distances of its inputs
    (lambda x: pm.annualized(x, freq="M"), compound(D(12)), (0, 1)),
    (lambda x: pm.annualized(x, 5, freq="M"), compound(D(12) / 5), (0, 5)),
    (lambda x: pm.annualized(x, -7, freq="Q"), compound(D(-4) / 7), (0, -7)),
    (lambda x: pm.rolling_growth(x, 1, annualized=True, freq="M"), compound(D(12)), (0, 1)),
    (pm.log_growth, lambda x, b: 100 * (x / b).ln(), (0, 1)),
    (lambda x: pm.acceleration(x, freq="H"), change_of_ratios, (0, 2, 1, 3)),
    (lambda x: part_of(pm.base_effect(x, freq="H"), 1), change_of_base, (1, 2, 3)),
    (pm.growth, lambda x, b: 100 * (x - b) / b, (0, 1)),
    (pm.symmetric_growth, lambda x, b: 200 * (x - b) / (x + b), (0, 1)),
]


def part_of(interval, column):
    return pm.Interval(interval.lower[:, column], None, interval.upper[:, column])


@pytest.mark.parametrize(("call", "function", "distances"), ROOTS)
@pytest.mark.parametrize("scale", [1.0, 1e3, 0.1])
def test_no_bound_of_floats_lies_inside(call, function, distances, scale):
    """Against 50 digits: to the last bit, whatever logarithms and powers of floats are worth."""
    published = np.random.default_rng(17).integers(20, 4000, 500) * scale
    x = pm.Interval(published - scale / 2, published, published + scale / 2)
    got = call(x)
    known = np.flatnonzero(np.isfinite(got.lower))
    assert known.size > 480
    with localcontext(prec=50):
        sides = [(D(low), D(high)) for low, high in zip(x.lower, x.upper, strict=True)]
        for t in known.tolist():
            corners = itertools.product(*(sides[t - distance] for distance in distances))
            every = [function(*corner) for corner in corners]
            low, high = min(every), max(every)
            assert D(got.lower[t]) <= low
            assert high <= D(got.upper[t])
            # And not much outside, at the size of the terms.
            slack = D(1e-13) * (abs(low) + abs(high) + 100)
            assert low - D(got.lower[t]) < slack
            assert D(got.upper[t]) - high < slack


def test_compound_rates_to_a_fixed_period_are_outward():
    published = np.random.default_rng(18).integers(20, 4000, 300).astype(float)
    x = pm.rounded(pd.Series(published, pd.period_range("2001-01", periods=300, freq="M")), to=1)
    last = x.value.index[150]
    rate, whole = pm.growth(x, since=last, average="annual"), pm.cagr(x)
    sides = list(zip(x.lower.map(D), x.upper.map(D), strict=True))
    with localcontext(prec=50):
        for t in {*range(300)} - {150}:
            power = D(12) / (t - 150)
            ends = [compound(power)(a, b) for a in sides[t] for b in sides[150]]
            assert D(rate.lower.iloc[t]) <= min(ends)
            assert max(ends) <= D(rate.upper.iloc[t])
        power = D(12) / 299
        lows, highs = (x.lower.iloc[-1], x.upper.iloc[0]), (x.upper.iloc[-1], x.lower.iloc[0])
        assert D(whole.lower) <= compound(power)(*map(D, lows))
        assert compound(power)(*map(D, highs)) <= D(whole.upper)


def test_shares_contributions_and_other_tables():
    rng = np.random.default_rng(6)
    published = rng.integers(5, 60, (12, 3)).astype(float)
    interval = pm.rounded(published, to=1)
    cases = [
        (lambda x: pm.shares(x), None),
        (lambda x: pm.contributions(x), None),
        (lambda x: pm.base_effect(x, freq="Q"), None),
        (lambda x: pm.rebase(x, "2020", freq="A", start="2020"), None),
        (lambda x: pm.to_frequency(x, "A", freq="Q", start="2020Q1"), None),
        (lambda x: pm.annual_growth(x, freq="Q", start="2020Q1"), None),
        (lambda x: pm.cagr(x, freq="A"), None),
    ]
    for call, _ in cases:
        got = call(interval)
        known = np.isfinite(got.lower)
        assert known.any()
        for _ in range(100):
            result = call(published + rng.uniform(-0.5, 0.5, published.shape))
            assert (got.lower[known] <= result[known]).all()
            assert (result[known] <= got.upper[known]).all()


@pytest.mark.parametrize(
    ("name", "options"),
    [("growth", {}), ("annualized", {"freq": "A"}), ("annual_growth", {"freq": "A"})],
)
def test_bounds_over_a_negative_base_are_those_of_the_corners(name, options):
    """(x - b)/|b| has the base twice, and its bounds are those of one base."""
    rng, half = random.Random(13), Fraction(1, 2)
    for _ in range(40):
        x, b = rng.randint(-30, 30), rng.randint(-30, -1)
        every = [100 * (a - c) / abs(c) for a in (x - half, x + half) for c in (b - half, b + half)]
        published = pm.rounded([float(b), float(x)], to=1)
        got = getattr(pm, name)(published, negative_base="abs", **options)
        if min(every) < -100 and name == "annualized":  # no rate of a year
            continue
        if name != "annualized":  # which goes through logarithms
            assert Fraction(got.lower[1]) <= min(every)
            assert max(every) <= Fraction(got.upper[1])
        assert got.lower[1] == pytest.approx(float(min(every)), rel=1e-12, abs=1e-9)
        assert got.upper[1] == pytest.approx(float(max(every)), rel=1e-12, abs=1e-9)


def test_the_figures_of_the_story():
    month = pm.growth(pm.rounded([306, 310], to=1))
    assert round(month.lower[1], 7) == 0.9787928
    assert round(month.upper[1], 7) == 1.6366612
    short = pm.growth(pm.rounded([306, 310], to=1), decimals=2)
    assert (short.lower[1], short.upper[1]) == (0.97, 1.64)
    year = pm.growth(pm.rounded([191, 310], to=1))
    assert (round(year.lower[1], 2), round(year.upper[1], 2)) == (61.62, 62.99)
    for figures in ([191, 310], [D(191), D(310)]):
        year = pm.growth(pm.rounded(figures, to=1), decimals=2)
        assert (str(year.lower[1]), str(year.upper[1])) in {("61.61", "63.0"), ("61.61", "63.00")}
    assert pm.supported_decimals(month)[1] == 0
    assert pm.supported_decimals(year)[1] == -1


def test_exactly_known_beside_an_interval():
    share = pm.share(pm.rounded([2593.0], to=1), 6442.0)
    assert share.lower[0] < 40.2515 < share.upper[0]
    both = pm.share(pm.rounded([2593.0], to=1), pm.rounded([6442.0], to=1))
    assert both.lower[0] < share.lower[0] < share.upper[0] < both.upper[0]
    whole = pm.share([2593.0], pm.rounded([6442.0], to=1))
    assert whole.value == pytest.approx([100 * 2593 / 6442], rel=1e-14)


def brute(x, count):
    """The counts at each place over a grid of unrounded values, finer than any tie."""
    offsets = (-0.5, -0.25, 0.0, 0.25, 0.5)
    found = [set() for _ in x]
    for shifts in itertools.product(offsets, repeat=len(x)):
        for place, value in enumerate(count([v + s for v, s in zip(x, shifts, strict=True)])):
            found[place].add(value)
    return [(min(f), max(f)) for f in found]


@pytest.mark.parametrize("seed", range(8))
def test_ranks_and_streaks_are_those_of_some_truth(seed):
    rng = random.Random(seed)
    x = [rng.choice([3.0, 3.5, 4.0, 5.0]) for _ in range(5)]
    interval = pm.Interval([v - 0.5 for v in x], x, [v + 0.5 for v in x])
    for count, got in (
        (lambda truth: pm.rank(truth), pm.rank(interval)),
        (lambda truth: pm.streak(truth), pm.streak(interval)),
        (lambda truth: pm.streak(truth, 2), pm.streak(interval, 2)),
    ):
        bounds = list(zip(got.lower, got.upper, strict=True))
        grid_bounds = brute(x, count)
        assert all(a <= c <= d <= b for (a, b), (c, d) in zip(bounds, grid_bounds, strict=True))
    assert list(zip(*(getattr(pm.rank(interval), s) for s in ("lower", "upper")), strict=True)) == (
        brute(x, lambda truth: pm.rank(truth))
    )


def test_records_are_yes_no_or_undecided():
    x = pm.rounded([306, 310, 310, 311, 309], to=1)
    assert pm.record(x) == ["no", "yes", "undecided", "undecided", "no"]
    months = pd.period_range("2024-01", periods=2, freq="M")
    marks = pm.record(pm.rounded(pd.Series([306, 310], index=months), to=1))
    assert marks.tolist() == ["no", "yes"]
    assert marks.index.equals(months)


@pytest.mark.parametrize("name", ["zscore", "highest_since", "lowest_since", "previous_record"])
def test_what_has_no_bounds_is_refused(name):
    with pytest.raises(TypeError, match="has no bounds"):
        getattr(pm, name)(pm.rounded([1, 2, 3], to=1))
    with pytest.raises(TypeError, match="has no bounds"):
        pm.largest(pm.rounded([[1, 2, 3]], to=1))
    with pytest.raises(TypeError, match="not on an Interval"):
        pm.hp_filter(pm.rounded([1, 2, 3], to=1), lamb=1600)


def test_a_base_that_may_be_zero_has_no_bounds():
    rate = pm.growth(pm.rounded([0, 3, 4], to=1))
    assert rate.bounded == [False, False, True]
    assert np.isnan(rate.lower[1])
    assert not np.isinf(rate.upper[1])
    rate = pm.growth(pm.Interval([0.0, 4.0], [1.0, 5.0], [2.0, 6.0]))
    assert rate.bounded == [False, False]
    assert rate.value[1] == 400.0


# What `rounded` makes.


@pytest.mark.parametrize(
    ("rounding", "bounds"),
    [
        ("half_up", [(-3.5, -2.5), (-0.5, 0.5), (2.5, 3.5)]),
        ("half_even", [(-3.5, -2.5), (-0.5, 0.5), (2.5, 3.5)]),
        ("truncate", [(-4.0, -3.0), (-1.0, 1.0), (3.0, 4.0)]),
        ("down", [(-4.0, -3.0), (-1.0, 1.0), (3.0, 4.0)]),
        ("up", [(-3.0, -2.0), (0.0, 0.0), (2.0, 3.0)]),
        ("floor", [(-3.0, -2.0), (0.0, 1.0), (3.0, 4.0)]),
        ("ceiling", [(-4.0, -3.0), (-1.0, 0.0), (2.0, 3.0)]),
    ],
)
def test_every_way_of_rounding(rounding, bounds):
    for figures in ([-3, 0, 3], [D(-3), D(0), D(3)]):
        made = pm.rounded(figures, to=1, rounding=rounding)
        assert [(float(a), float(b)) for a, b in zip(made.lower, made.upper, strict=True)] == bounds


@pytest.mark.parametrize("to", [1, 0.1, 0.25, D("0.5"), 100, Fraction(1, 4)])
def test_units_hold_what_they_round(to):
    unit = Fraction(str(to)) if not isinstance(to, Fraction) else to
    figures = [float(k * unit) for k in (-7, 0, 3, 12345)]
    made = pm.rounded(figures, to=to)
    for k, low, high in zip((-7, 0, 3, 12345), made.lower, made.upper, strict=True):
        assert Fraction(low) <= k * unit - unit / 2
        assert Fraction(high) >= k * unit + unit / 2
        assert high - low == pytest.approx(float(unit), rel=1e-9)


def test_printed_figures_bring_their_own_digits():
    made = pm.rounded(["62.3", "1,741", "-0.50", None], to="printed")
    assert made.lower == [D("62.250"), D("1740.500"), D("-0.505"), None]
    series = pd.Series(
        ["306", "310"], name="m", index=pd.period_range("2024-03", periods=2, freq="M")
    )
    rate = pm.mom(pm.rounded(series, to="printed"), decimals=2)
    assert (rate.lower.iloc[1], rate.upper.iloc[1]) == (D("0.97"), D("1.64"))
    assert rate.value.name == "m"
    assert pm.rounded([D("1.50"), 3], to="printed").upper == [D("1.505"), D("3.500")]
    assert pm.rounded("40.25", to="printed").lower == D("40.245")
    with pytest.raises(TypeError, match="float"):
        pm.rounded([62.3], to="printed")


TEXTS = ["62.3", "5", None]
WAYS = {
    "a list": TEXTS,
    "NumPy": np.array(TEXTS, dtype=object),
    "pandas": pd.Series(TEXTS, index=[3, 4, 5], name="m"),
    "pandas, strings with NA": pd.Series(TEXTS, dtype="string"),
    "pandas, a frame": pd.DataFrame({"m": TEXTS}),
    "Polars": pl.Series("m", TEXTS),
    "Polars, a frame": pl.DataFrame({"m": TEXTS}),
    "Arrow": pa.array(TEXTS),
    "Arrow, chunks": pa.chunked_array([TEXTS[:1], TEXTS[1:]]),
    "Arrow, a table": pa.table({"m": TEXTS}),
    "Arrow, a batch": pa.record_batch({"m": TEXTS}),
    "xarray": xr.DataArray(
        np.array(TEXTS, dtype=object), dims="t", coords={"t": [3, 4, 5]}, name="m"
    ),
}


def entries(data):
    if isinstance(data, pa.Array | pa.ChunkedArray):
        return data.to_pylist()
    if isinstance(data, pa.Table | pa.RecordBatch):
        return data.column(0).to_pylist()
    if isinstance(data, pd.DataFrame | pl.DataFrame):
        data = data["m"]
    return list(data.values.tolist() if isinstance(data, xr.DataArray) else data)


@pytest.mark.parametrize("way", WAYS)
def test_printed_figures_of_every_class(way):
    x = WAYS[way]
    made = pm.rounded(x, to="printed")
    for part, expected in [("lower", ("62.25", "4.5")), ("upper", ("62.35", "5.5"))]:
        got = getattr(made, part)
        assert isinstance(got, pa.Array if isinstance(x, pa.Array) else type(x))
        found = entries(got)
        assert [D(v) for v in found[:2]] == [D(v) for v in expected]
        assert found[2] is None or found[2] != found[2]
    if isinstance(x, pa.ChunkedArray):
        assert [len(chunk) for chunk in made.lower.chunks] == [1, 2]
    if isinstance(x, xr.DataArray):
        assert made.lower.coords["t"].values.tolist() == [3, 4, 5]
        assert made.lower.name == "m"
    if isinstance(x, pd.Series):
        assert made.lower.index.equals(x.index)


def test_printed_numbers_of_pandas():
    whole = pd.Series([306, None], dtype="Int64")
    assert pm.rounded(whole, to="printed").lower[0] == D("305.5")
    assert pm.rounded([np.int64(306)], to="printed").lower == [D("305.5")]
    twice = pd.DataFrame([["1", "2.5"]], columns=["a", "a"])
    made = pm.rounded(twice, to="printed")
    assert made.lower.columns.tolist() == ["a", "a"]
    assert made.lower.iloc[0].tolist() == [D("0.5"), D("2.45")]
    dated = pd.DataFrame({"day": pd.to_datetime(["2024-01-01"]), "a": ["1"]})
    assert pm.rounded(dated, to="printed", time="day").upper["a"][0] == D("1.5")
    table = pa.table({"day": dated["day"].to_numpy(), "a": ["1"]})
    made = pm.rounded(table, to="printed", time="day")
    assert made.upper.column_names == ["day", "a"]
    assert made.upper["a"].to_pylist() == [D("1.5")]


@pytest.mark.parametrize(
    ("to", "error", "words"),
    [
        (0, ValueError, "positive"),
        (-1, ValueError, "positive"),
        (NAN, ValueError, "positive"),
        ("million", TypeError, "printed"),
        (True, TypeError, "positive"),
        (None, TypeError, "positive"),
    ],
)
def test_units_that_make_no_sense(to, error, words):
    with pytest.raises(error, match=words):
        pm.rounded([1, 2], to=to)


def test_figures_that_were_not_rounded_so_are_named():
    months = pd.period_range("2024-03", periods=2, freq="M")
    with pytest.raises(ValueError, match=r"April 2024 is 310\.3, no multiple of 1"):
        pm.rounded(pd.Series([306, 310.3], index=months), to=1)
    with pytest.raises(ValueError, match=r"position 1 is 310\.3, no multiple of 1"):
        pm.rounded([D(306), D("310.3")], to=1)
    with pytest.raises(ValueError, match="rounding must be one of"):
        pm.rounded([1], to=1, rounding="nearest")
    with pytest.raises(TypeError, match="already"):
        pm.rounded(pm.rounded([1], to=1), to=1)


def containers():
    months = pd.date_range("2024-01-01", periods=3, freq="MS")
    yield pd.Series([306, 310, 300], index=months, name="m"), {}
    yield pd.Series([306, 310, None], dtype="Int64", index=months), {}
    yield pd.DataFrame({"a": [1.0, 2, 3], "b": [3.0, 2, 1]}, index=months), {}
    yield pl.Series("m", [306, 310, None]), {}
    yield pl.DataFrame({"day": months.to_numpy(), "a": [1.0, 2, 3]}), {"time": "day"}
    yield pa.chunked_array([[306.0], [310.0, None]]), {}
    yield pa.table({"a": [1.0, 2, 3]}), {}
    yield np.arange(6.0).reshape(3, 2), {}
    yield pl.Series("m", [D("306"), D("310"), None]), {}


@pytest.mark.parametrize(("x", "options"), list(containers()), ids=lambda v: type(v).__name__)
def test_every_container_comes_back_as_its_class(x, options):
    made = pm.rounded(x, to=1, **options)
    rate = pm.change(made, **options)
    for part in (made.lower, made.value, made.upper, rate.lower, rate.value, rate.upper):
        assert type(part) is type(x)
    assert "lower" in repr(rate)
    assert "paimana" in rate._repr_html_()
    assert rate.frame() is not None
    again = pickle.loads(pickle.dumps(rate))
    assert repr(again) == repr(rate)


def test_errors_across_series_name_the_place():
    months = pd.period_range("2024-03", periods=2, freq="M")
    parts = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, np.nan]}, index=months)
    with pytest.raises(ValueError, match=r'column "b", April 2024.*na="raise"'):
        pm.shares(pm.rounded(parts, to=1), na="raise")


def test_width_contains_and_frame():
    made = pm.rounded([306, 310], to=1)
    assert made.width == [1.0, 1.0]
    assert made.contains(310) == [False, True]
    assert made.contains([306.2, 309.0]) == [True, False]
    assert list(made.frame().columns) == ["lower", "value", "upper"]
    one = pm.rounded(310, to=1)
    assert (one.lower, one.value, one.upper, one.width) == (309.5, 310.0, 310.5, 1.0)
    assert one.contains(310.5)
    assert pm.supported_decimals(one) == 0
    exact_one = pm.rounded(D("1.5"), to=D("0.1"))
    assert exact_one.contains(D("1.55"))
    assert not exact_one.contains(D("1.56"))
    with pytest.raises(TypeError, match="give an Interval"):
        pm.supported_decimals([1, 2])
    with pytest.raises(ValueError, match="the interval has 2 rows and x 3"):
        made.contains([1, 2, 3])


def test_what_is_contained_is_found_by_its_labels():
    made = pm.rounded(pd.Series([1.0, 2, 3], index=list("xyz")), to=1)
    assert made.contains(pd.Series([3.0, 2, 1], index=list("zyx"))).tolist() == [True] * 3
    months = pd.period_range("2024-01", periods=3, freq="M")
    dated = pm.rounded(pd.Series([1.0, 2, 3], index=months), to=1)
    assert dated.contains(pd.Series([3.0, 2, 1], index=months[::-1])).tolist() == [True] * 3
    frame = pm.rounded(pl.DataFrame({"a": [1.0, 2], "b": [5.0, 6]}), to=1)
    assert frame.contains(pl.DataFrame({"b": [5.0, 6], "a": [1.0, 9]})).rows() == [
        (True, True),
        (False, True),
    ]
    with pytest.raises(ValueError, match="x has no row 'z'"):
        made.contains(pd.Series([1.0, 2], index=list("xy")))
    with pytest.raises(ValueError, match="x has no column 'b' and has the column 'c'"):
        frame.contains(pl.DataFrame({"a": [1.0, 2], "c": [5.0, 6]}))
    with pytest.raises(ValueError, match="shape"):
        frame.contains(pl.DataFrame({"a": [1.0, 2]}))


@pytest.mark.parametrize("level", [0.3, 100.1, 12345.6, 9876543.2])
@pytest.mark.parametrize(("to", "digits"), [(1, 0), (0.1, 1), (0.01, 2), (0.001, 3), (10, -1)])
def test_figures_support_the_digits_they_were_rounded_to(level, to, digits):
    """At every level, although the bounds of floats are a few steps too wide there."""
    figure = round(level / to) * to
    made = pm.rounded([figure, figure], to=to)
    assert pm.supported_decimals(made) == [digits, digits]
    assert pm.supported_decimals(pm.change(made))[1] == digits - 1  # two such widths
    assert pm.supported_decimals(pm.rolling_mean(made, 2))[1] == digits
    if level < 1000:
        assert pm.supported_decimals(pm.rounded(np.float32([figure]), to=to))[0] == digits
    exact = pm.rounded([D(str(figure)).quantize(D(str(to)))], to=D(str(to)))
    assert pm.supported_decimals(exact) == [digits]


def small(values):
    yield np.array(values, dtype=np.float32)
    yield np.array(values, dtype=">f4")
    yield pd.Series(values, dtype="float32")
    yield pd.Series(values, dtype="Float32")
    yield pd.Series(values, dtype=pd.ArrowDtype(pa.float32()))
    yield pd.DataFrame({"a": np.float32(values), "b": np.float64(values)})
    yield pl.Series("a", values, dtype=pl.Float32)
    yield pl.DataFrame({"a": values}, schema={"a": pl.Float32})
    yield pa.array(values, pa.float32())
    yield pa.table({"a": pa.array(values, pa.float32())})
    yield xr.DataArray(np.float32(values), dims="time")


def flat(data):
    if isinstance(data, pa.Table | pd.DataFrame | pl.DataFrame):
        data = data["a"]
    return np.asarray(data, dtype=np.float64).reshape(-1)


@pytest.mark.parametrize("x", list(small([62.3, 16777216.0, 3.1, 7.7])), ids=lambda x: type(x))
def test_bounds_of_single_precision_hold_what_was_rounded(x):
    """62.3 as a float32 is 62.29999924: its bounds are 62.25 and 62.35, and outside of them."""
    made = pm.rounded(x, to=0.1)
    printed = [D("62.3"), D("16777216"), D("3.1"), D("7.7")]
    low, high = flat(made.lower), flat(made.upper)
    for t, figure in enumerate(printed):
        assert D(low[t]) <= figure - D("0.05") < figure + D("0.05") <= D(high[t])
    assert type(made.lower) is type(made.value) is type(x)
    np.testing.assert_array_equal(low, np.float32(low))
    # The results, too: one series, a table of parts, one figure a series.
    rate, wide = pm.growth(made), pm.growth(pm.Interval(low, flat(made.value), high))
    for got, exact in (
        (rate, wide),
        (pm.ytd(made, freq="Q"), pm.ytd(pm.Interval(low, low, high), freq="Q")),
    ):
        known = np.isfinite(exact.lower)
        assert (flat(got.lower)[known] <= exact.lower[known]).all()
        assert (flat(got.upper)[known] >= exact.upper[known]).all()
    np.testing.assert_array_equal(flat(rate.lower), np.float32(flat(rate.lower)))
    parts = pm.base_effect(made, freq="H")
    exact = pm.base_effect(pm.Interval(low, low, high), freq="H")
    if isinstance(x, np.ndarray):
        assert (parts.lower[3] <= exact.lower[3]).all()
        assert (parts.upper[3] >= exact.upper[3]).all()


def test_other_columns_keep_their_digits_beside_single_precision():
    frame = pd.DataFrame({"a": np.float32([62.3]), "b": [62.3]})
    made = pm.rounded(frame, to=0.1)
    assert made.lower.dtypes.tolist() == [np.float32, np.float64]
    assert made.lower["b"][0] == 62.25
    assert pm.rounded(np.float32([62.3]), to=0.1).width[0] >= 0.1


def test_what_floats_of_single_precision_were_rounded_to():
    assert pm.rounded(np.float32([0.1, 62.3, 1234.5]), to=0.1).lower.dtype == np.float32
    with pytest.raises(ValueError, match=r"no multiple of 0\.1"):
        pm.rounded(np.float32([62.34]), to=0.1)
    with pytest.raises(ValueError, match=r"no multiple of 0\.1"):
        pm.rounded(np.float64(np.float32([62.3])), to=0.1)


def test_units_beyond_floats_are_refused():
    for to in (5e-324, D("1E-300"), D("1E+400")):
        with pytest.raises(ValueError, match="beyond what floats can be rounded to: give Decimals"):
            pm.rounded([1.0], to=to)
    assert pm.rounded([D("5E-30")], to=D("1E-30")).upper == [D("5.5E-30")]
    assert (pm.rounded(5e-324).lower, pm.rounded(5e-324).upper) == (-0.5, 0.5)


def test_a_decimal_is_its_digits_written_out():
    """1E+3 is 1000, wherever it is read: printed to units, in an interval and an amount."""
    made = pm.rounded([D("1E+3"), D("1000"), 1000], to="printed")
    assert made.lower == 3 * [D("999.5")]
    assert pm.amount(D("1E+3")).width == 1
    assert repr(pm.check(D("1.31E+3"), D("1E+3"), growth=D("31"))) == repr(
        pm.check(1310, 1000, growth=31)
    )


def test_the_chart_of_an_interval():
    pytest.importorskip("matplotlib")
    months = pd.date_range("2024-01-01", periods=3, freq="MS")
    figure = pm.rounded(pd.DataFrame({"a": [1.0, 2, 3], "b": [3.0, 2, 1]}, index=months), 1).plot()
    assert len(figure.axes) == 2
    assert len(figure.axes[0].collections) == 1
    with pytest.raises(TypeError, match="series"):
        pm.rounded(310, to=1).plot()


def test_inputs_are_not_modified():
    x = np.array([306.0, 310.0])
    before = x.copy()
    x.flags.writeable = False
    pm.growth(pm.rounded(x, to=1))
    np.testing.assert_array_equal(x, before)
