"""Published answers: printed rates recomputed from printed amounts, the figures of April 2024, the
stories told with public data, formulas worked by hand; and what goes wrong in silence elsewhere.

The facts are in oracles/headline.toml with their sources and roundings.
"""

from __future__ import annotations

import datetime
import math
import pickle
import tomllib
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xarray as xr

import paimana as pm

FACTS = tomllib.loads((Path(__file__).parent / "oracles" / "headline.toml").read_text())
EXPORTS = pm.datasets.load("pakistan_ict")
MEAT = pm.datasets.load("us_meat")
NAN = math.nan


def meets(got: float, printed: float, digits: int, width: float = 0.0) -> bool:
    """Whether a value agrees with a printed one to its last digit."""
    return abs(got - printed) <= 0.5 * 10**-digits * (1 + 1e-9) + width


RATES = [
    pytest.param(release, rate, id=f"{rate['now']} over {rate['then']}")
    for release in FACTS["release"]
    for rate in release["growth"]
]


@pytest.mark.parametrize(("release", "rate"), RATES)
def test_printed_growth_rates(release, rate):
    now, then, digits = rate["now"], rate["then"], rate["digits"]
    got = pm.growth([then, now])[1]
    half = rate.get("step", release["step"]) / 2
    # By how much the rate may move if both amounts move within their rounding.
    width = 100 * ((now + half) / (then - half) - (now - half) / (then + half)) / 2
    if "slip" in rate:
        assert not meets(got, rate["printed"], digits, width)
        assert meets(got, rate["slip"], digits, width)
    else:
        assert meets(got, rate["printed"], digits, width)


@pytest.mark.parametrize("fact", FACTS["share"], ids=lambda f: f["source"][:24])
def test_printed_shares(fact):
    got = pm.share([fact["part"]], [fact["whole"]])[0]
    width = got * fact["step"] / 2 * (1 / fact["part"] + 1 / fact["whole"])
    assert meets(got, fact["printed"], fact["digits"], width) is ("slip" not in fact)
    assert meets(got, fact.get("slip", fact["printed"]), fact["digits"], width)


def test_printed_totals_of_the_fiscal_year():
    to_date = pm.ytd(EXPORTS, year_start="JUL")
    for fact in FACTS["total"][0]["printed"]:
        assert to_date[fact["through"]] == fact["total"]


# April 2024.


def test_the_article_recomputed():
    at = "2024-04"
    assert EXPORTS[at] == 310
    assert meets(pm.yoy(EXPORTS)[at], 62.3, 1)
    assert meets(pm.mom(EXPORTS)[at], 1.31, 2)
    assert pm.change(EXPORTS)[at] == 4
    assert pm.ytd(EXPORTS, year_start="JUL")[at] == 2593
    assert meets(pm.ytd_growth(EXPORTS, year_start="JUL")[at], 21.5, 1)
    assert pm.record(EXPORTS)[at]
    before = pm.previous_record(EXPORTS)
    assert (before.value[at], str(before.period[at])) == (306, "2024-03")
    assert pd.isna(pm.highest_since(EXPORTS)[at])
    assert pm.rank(EXPORTS)[at] == 1
    assert pm.from_peak(EXPORTS)[at] == 0


def test_what_the_article_leaves_out():
    """Of the jump of 26.3 points 24.2 are base effect; 11.6 % a year over two years."""
    at = "2024-04"
    assert meets(pm.acceleration(EXPORTS)[at], 26.3, 1)
    parts = pm.base_effect(EXPORTS).loc[at]
    assert meets(parts["base"], 24.2, 1)
    assert parts.sum() == pytest.approx(pm.acceleration(EXPORTS)[at], rel=1e-14)
    assert meets(pm.growth(EXPORTS, 24, average="annual")[at], 11.6, 1)
    assert pm.streak(EXPORTS)[at] == 2
    assert pm.streak(EXPORTS, 12)[at] == 7
    assert EXPORTS["2023-09"] == EXPORTS["2022-09"]
    aprils = [pm.mom(EXPORTS)[f"{year}-04"] for year in range(2022, 2026)]
    assert [round(rate, 1) for rate in aprils] == [-4.2, -15.1, 1.3, -7.3]
    days = pd.Series([17.0, 19.0], pd.PeriodIndex(["2023-04", "2024-04"], freq="M"))
    per_day = EXPORTS.reindex(days.index) / days  # weekdays less Eid holidays
    assert meets(pm.yoy(per_day)[at], 45.2, 1)


def test_the_same_figures_with_rows_shuffled_absent_or_stamped_otherwise():
    rng = np.random.default_rng(8)
    for stamp in ("start", "end"):
        x = EXPORTS.copy()
        x.index = x.index.to_timestamp(how=stamp).normalize()
        x = x.iloc[rng.permutation(len(x))]
        at = x.index[(x.index.year == 2024) & (x.index.month == 4)][0]
        assert meets(pm.yoy(x)[at], 62.3, 1)
        assert pm.ytd(x, year_start=7)[at] == 2593
        without = x[(x.index.year != 2023) | (x.index.month != 4)]
        assert math.isnan(pm.yoy(without)[at])
        assert meets(pm.mom(without)[at], 1.31, 2)
        assert pm.ytd(without, year_start=7)[at] == 2593
        assert math.isnan(pm.ytd_growth(without, year_start=7)[at])


# Stories told with public data.


def test_beef_and_its_base_effect():
    beef = MEAT["beef"]
    assert meets(pm.yoy(beef)["2020-04"], -19.6, 1, 0.001)
    assert meets(pm.yoy(beef)["2021-04"], 29.2, 1)
    assert meets(pm.growth(beef, since="2019-04")["2021-04"], 3.8, 1)
    assert meets(pm.growth(beef, 24)["2021-04"], 3.8, 1)
    parts = pm.base_effect(beef).loc["2021-04"]
    assert parts["base"] > abs(parts["current"])


def test_february_is_short():
    beef = MEAT["beef"]
    assert meets(pm.mom(beef)["2023-02"], -10.0, 1)
    assert meets(pm.mom(beef / beef.index.days_in_month)["2023-02"], -0.4, 1)


def test_columns_that_start_late():
    """Broilers from 1960, other chicken from 2001: no rate before, none across the beginning."""
    rates = pm.yoy(MEAT)
    for column, first in [("broilers", "1960-01"), ("other_chicken", "2001-01")]:
        period = pd.Period(first, "M")
        assert MEAT[column].first_valid_index() == period
        assert rates[column].first_valid_index() == period + 12
        assert not pm.record(MEAT)[column][period]
        assert pm.rank(MEAT)[column][period] == 1
    assert pm.shares(MEAT, na="skip").sum(axis=1).round(9).eq(100).all()
    assert pm.shares(MEAT)[:"2000-12"].isna().all(axis=None)


def test_who_lost_the_jobs():
    fact = FACTS["us_employment"]
    months = pd.PeriodIndex(fact["periods"], freq="M")
    parts = pd.DataFrame(fact["parts"], months)
    total = pd.Series(fact["total"], months)
    points = pm.contributions(parts, total, lag=12).loc["2009-12"]
    for name, printed in fact["contributions"].items():
        assert meets(points[name], printed, fact["digits"])
    growth = pm.yoy(total)["2009-12"]
    assert meets(growth, fact["growth"], fact["digits"])
    # The parts are rounded to thousands, as the total: they may miss it by one or two.
    assert abs(points["residual"]) <= 100 * 2 / total.iloc[0]
    assert points.sum() == pytest.approx(growth, rel=1e-12)
    worst_first = sorted(points.drop("residual").index, key=points.get)
    assert worst_first[:2] == ["manufacturing", "trade_transport_and_utilities"]


def test_growth_already_in_the_bag():
    fact = FACTS["us_gdp"]
    quarters = pd.period_range(fact["start"], periods=len(fact["values"]), freq="Q")
    gdp = pd.Series(fact["values"], quarters)
    assert meets(pm.annual_growth(gdp).iloc[-1], fact["growth_2001"], 2)
    frozen = gdp.copy()
    frozen["2001Q1"] = frozen["2000Q4"]
    assert meets(pm.carry_over(frozen)["2001Q1"], fact["carry_over_from_2000"], 2)
    # The same by hand: the last quarter of 2000 over the average of the year.
    by_hand = 100 * (4 * gdp["2000Q4"] / gdp["2000Q1":"2000Q4"].sum() - 1)
    assert pm.carry_over(frozen)["2001Q1"] == pytest.approx(by_hand, rel=1e-12)
    assert pm.carry_over(gdp)["2001Q4"] == pytest.approx(pm.annual_growth(gdp).iloc[-1])


# Worked by hand, in fractions.

X = [Fraction(n) for n in (100, 102, 104, 106, 107, 109, 108, 112)]
QUARTERS = {"freq": "Q", "start": "2022Q1"}


def close(got, expected):
    floats = [NAN if v is None else float(v) for v in expected]
    assert list(got) == pytest.approx(floats, rel=1e-12, abs=1e-12, nan_ok=True)


def test_rates_by_hand():
    x = [float(v) for v in X]
    close(pm.qoq(x, freq="Q"), [None] + [100 * (b / a - 1) for a, b in pairwise(X)])
    close(pm.yoy(x, freq="Q"), [None] * 4 + [7, Fraction(700, 102), Fraction(400, 104), 600 / X[3]])
    close(pm.annualized(x, freq="Q")[1:2], [100 * (Fraction(102, 100) ** 4 - 1)])  # 8.243216
    assert round(pm.annualized([100, 101], freq="Q")[1], 6) == 4.060401
    assert round(pm.annualized([100, 101], freq="M")[1], 4) == 12.6825
    close(pm.acceleration(x, freq="Q")[5:6], [Fraction(700, 102) - 7])
    assert pm.log_growth([100, 200])[1] == pytest.approx(100 * math.log(2), rel=1e-15)


def test_the_base_effect_by_hand():
    """The yearly rate goes from 7 to 700/102: the quarter adds 200/102, the base takes 214/102."""
    got = pm.base_effect([float(v) for v in X], freq="Q")[5]
    current = 100 * (X[5] - X[4]) / X[1]
    yearly, periodic = X[4] / X[0] - 1, X[1] / X[0] - 1
    base = -100 * (1 + yearly) * periodic / (1 + periodic)
    close(got, [current, base])
    assert current + base == Fraction(700, 102) - 7


def test_totals_by_hand():
    x = [float(v) for v in X]
    close(pm.ytd(x, **QUARTERS), [100, 202, 306, 412, 107, 216, 324, 436])
    close(pm.ytd(x, **QUARTERS, how="mean"), [100, 101, 102, 103, 107, 108, 108, 109])
    close(pm.ytd_growth(x, **QUARTERS)[5:6], [100 * Fraction(216 - 202, 202)])
    close(pm.ytd(x, **QUARTERS, year_start="APR"), [None, 102, 206, 312, 419, 109, 217, 329])
    close(pm.annual_growth(x, **QUARTERS), [None, 100 * Fraction(436 - 412, 412)])
    close(pm.annual_growth(x, **QUARTERS, of="end"), [None, 100 * Fraction(6, 106)])
    overhang = [Fraction(4 * 107, 412), Fraction(107 + 3 * 109, 412), Fraction(216 + 216, 412)]
    close(pm.carry_over(x, **QUARTERS)[4:7], [100 * (v - 1) for v in overhang])
    close(pm.to_frequency(x, "H", **QUARTERS, how="mean"), [101, 105, 108, 110])
    close(pm.rolling_growth(x, 2)[3:4], [100 * Fraction(210 - 202, 202)])
    close(pm.rebase(x, "2022", **QUARTERS)[:2], [Fraction(10000, 103), Fraction(10200, 103)])


def test_contributions_by_hand():
    """100 = 60 + 30 + 10 grows to 110 = 66 + 29 + 15: points 6, -1 and 5."""
    parts = [[60.0, 30.0, 10.0], [66.0, 29.0, 15.0]]
    close(pm.contributions(parts)[1], [6, -1, 5, 0])
    close(pm.contributions(parts, [125.0, 140.0])[1], [4.8, -0.8, 4, 4])
    close(pm.shares(parts)[1], [60, Fraction(2900, 110), Fraction(1500, 110)])


def test_ranks_of_ties():
    assert pm.rank([[9.0, 7.0, 7.0, 5.0]], within="row") == [[1, 2, 2, 4]]
    assert pm.rank([9.0, 7.0, 7.0, 5.0, 8.0]) == [1, 2, 2, 4, 2]


def test_required_as_the_rate_of_return_of_spreadsheets():
    """Microsoft's documentation of RRI: RRI(96, 10000, 11000) = 0.0009933."""
    path = pm.required([10000.0], 11000, by="2008-01", freq="M", start="2000-01")
    assert len(path.levels) == 96
    assert meets(path.growth / 100, 0.0009933, 7)
    span = [10000.0] + 95 * [NAN] + [11000.0]
    assert pm.cagr(span, freq="A") == pytest.approx(path.growth, rel=1e-12)


YEARS = pd.period_range("2023", periods=2, freq="Y")
PAIR = pd.DataFrame({"a": [1.0, 1], "b": [10.0, 10]}, index=YEARS)
DOUBLE = 100 * (2**0.5 - 1)
CUBE = xr.DataArray(
    np.array([[[1.0, 3], [2, 4]]]),
    dims=("time", "r", "p"),
    coords={"time": [np.datetime64("2024-01-01", "ns")], "r": ["x", "y"], "p": ["a", "b"]},
)
LABELLED = {
    "a Series": (PAIR, pd.Series({"b": 20, "a": 2})),
    "a dict": (PAIR, {"b": 20, "a": 2}),
    "a frame of one row": (PAIR, pd.DataFrame({"b": [20], "a": [2]})),
    "Polars": (PAIR, pl.DataFrame({"b": [20], "a": [2]})),
    "Arrow": (PAIR, pa.table({"b": [20], "a": [2]})),
    "xarray": (PAIR, xr.DataArray([20, 2], dims="p", coords={"p": ["b", "a"]})),
    "a list, by position": (PAIR, [2, 20]),
}


@pytest.mark.parametrize("kind", LABELLED)
def test_each_series_has_the_target_of_its_name(kind):
    data, target = LABELLED[kind]
    path = pm.required(data, target, by="2026")
    np.testing.assert_allclose(path.growth, [DOUBLE, DOUBLE])
    assert path.growth.index.tolist() == ["a", "b"]
    np.testing.assert_allclose(path.levels.iloc[-1], [2, 20])


def test_targets_of_other_names_are_refused():
    for target in ({"a": 2}, pd.Series({"a": 2, "c": 3}), pa.table({"a": [2], "c": [3]})):
        with pytest.raises(ValueError, match="target has no column 'b'"):
            pm.required(PAIR, target, by="2026")
    with pytest.raises(ValueError, match="target has 4 numbers for 2 series"):
        pm.required(PAIR, [1, 2, 3, 4], by="2026")


def test_targets_along_dimensions():
    turned = (2 * CUBE[0].drop_vars("time")).T[::-1, ::-1]
    path = pm.required(CUBE, turned, by="2026", freq="A")
    np.testing.assert_allclose(path.growth, np.full((2, 2), DOUBLE))
    path = pm.required(CUBE, 2 * CUBE[0, 1].drop_vars(["time", "r"])[::-1], by="2026", freq="A")
    np.testing.assert_allclose(path.levels[-1], [[4, 8], [4, 8]])
    with pytest.raises(ValueError, match="has the dimension 'q', which is none of x"):
        pm.required(CUBE, turned.rename(r="q"), by="2026", freq="A")


DAYS = [datetime.date(2023, 1, 1), datetime.date(2024, 1, 1)]
PATHS = {
    "a list": ([[1.0, 10]], {"freq": "A", "start": "2024"}, [0, 1]),
    "time along the second axis": (
        np.array([[1.0], [10.0]]),
        {"freq": "A", "start": "2024", "axis": 1},
        [0, 1],
    ),
    "an array of three axes": (CUBE.to_numpy(), {"freq": "A", "start": "2024"}, [0, 1, 2, 3]),
    "pandas": (PAIR, {}, ["a", "b"]),
    "a column of dates": (
        pd.DataFrame({"d": DAYS, "a": [1.0, 1], "b": [10.0, 10]}),
        {"time": "d"},
        ["a", "b"],
    ),
    "Polars": (
        pl.DataFrame({"d": DAYS, "a": [1.0, 1], "b": [10.0, 10]}),
        {"time": "d"},
        ["a", "b"],
    ),
    "Polars, a Series": (pl.Series("a", [1.0, 1]), {"time": DAYS}, ["level"]),
    "Arrow": (pa.table({"d": DAYS, "a": [1.0, 1], "b": [10.0, 10]}), {"time": "d"}, ["a", "b"]),
    "xarray": (CUBE[:, 0], {"freq": "A"}, ["a", "b"]),
    "two columns of one name": (PAIR.set_axis(["a", "a"], axis=1), {}, ["a", "a"]),
}


@pytest.mark.parametrize("kind", PATHS)
def test_a_path_has_a_row_a_period_and_a_column_a_series(kind):
    data, options, names = PATHS[kind]
    path = pm.required(data, 100, by="2026", **options)
    frame = path.frame()
    assert frame.columns.tolist() == names
    assert frame.index.tolist() == path.periods == ["2025", "2026"]
    np.testing.assert_array_equal(frame.iloc[-1], len(names) * [100])
    assert "2026" in repr(path)
    assert repr(pickle.loads(pickle.dumps(path))) == repr(path)


@pytest.mark.parametrize("rule", ["missing", "signed", "abs"])
def test_both_parts_of_a_change_need_both_bases(rule):
    """The base of 2003 is zero: no rate of 2003, and no change of the rate in 2003 and 2004."""
    x = [10.0, 2.0, 0.0, 5.0, 7.0, 9.0]
    whole = pm.acceleration(x, freq="A", negative_base=rule)
    parts = pm.base_effect(x, freq="A", negative_base=rule)
    assert [math.isnan(v) for v in whole] == [True, True, False, True, True, False]
    for change, (current, base) in zip(whole, parts, strict=True):
        assert math.isnan(current) == math.isnan(base) == math.isnan(change)
        assert math.isnan(change) or current + base == pytest.approx(change)


@pytest.mark.parametrize("size", [5e-324, 1e-310, 1e-200, 1e-150, 1e150, 1e200, 4e307])
def test_scores_of_any_size(size):
    """Squares of such numbers overflow, or are too small for floats."""
    rng = np.random.default_rng(3)
    plain = np.round(rng.uniform(-4, 4, 60))
    plain[[20, 21]] = NAN
    with np.errstate(under="ignore"):
        x = plain * size
    for options in ({}, {"ddof": 0}, {"window": 5}):
        expected = pm.zscore(plain, **options)
        np.testing.assert_allclose(pm.zscore(x, **options), expected, rtol=1e-9, atol=1e-12)
    lone = np.append(plain, 1e300)
    np.testing.assert_array_equal(pm.zscore(lone, window=5)[:60], pm.zscore(plain, window=5))
    assert np.isfinite(pm.zscore([1e308, -1e308, 0])).all()


# What goes wrong in silence elsewhere: the peer's answer, and ours.

YEAR = pd.period_range("2024-01", periods=5, freq="M")
GAP = pd.Series([100.0, 110, 120, 132, 120], YEAR).drop(YEAR[2])


def test_growth_over_an_absent_month():
    april = pd.Period("2024-04", "M")
    assert GAP.pct_change()[april] == pytest.approx(0.2)  # April over February
    assert math.isnan(pm.growth(GAP)[april])
    assert math.isnan(pm.mom(GAP)[april])


@pytest.mark.parametrize(("absent", "least"), [(0.01, 8), (0.05, 38)])
def test_yearly_rates_by_position_when_months_are_absent(absent, least):
    rng = np.random.default_rng(12)
    months = pd.period_range("2004-01", periods=240, freq="M")
    rates = wrong = ours = 0
    for _ in range(100):
        full = pd.Series(np.exp(rng.normal(0, 0.02, 240).cumsum()), months)
        left = full[rng.random(240) >= absent]
        present = (left.index - 12).isin(left.index)
        right = np.where(present, 100 * (full / full.shift(12) - 1).reindex(left.index), NAN)
        peer, got = 100 * left.pct_change(12).to_numpy(), pm.yoy(left).to_numpy()
        rates += np.isfinite(peer).sum()
        wrong += (np.isfinite(peer) & ~np.isclose(peer, right, rtol=1e-9)).sum()
        ours += (~np.isclose(got, right, rtol=1e-9, atol=1e-12, equal_nan=True)).sum()
    assert 100 * wrong / rates > least  # per cent of the rates: wrong, or of no base
    assert ours == 0


def test_rows_out_of_order():
    table = pd.DataFrame({"country": ["PK", "PK"], "year": [2021, 2020], "v": [20.0, 10.0]})
    peer = table.groupby("country")["v"].pct_change()
    assert peer.tolist()[1] == -0.5
    ours = pm.growth(table.set_index("year")["v"])
    assert ours[2021] == 100
    assert math.isnan(ours[2020])
    wide = table.pivot(index="year", columns="country", values="v").iloc[::-1]
    assert pm.growth(wide)["PK"][2021] == 100


@pytest.mark.skipif(
    int(pl.__version__.split(".")[0]) < 2, reason="older versions of Polars keep more digits"
)
def test_ratios_of_decimals():
    """Polars cuts the ratio to the scale of its input; here the rate has digits of its own."""
    money = [Decimal("310.00"), Decimal("306.00"), Decimal("191.00")]
    s = pl.Series(money)
    assert (s / s.shift(1)).to_list()[1:] == [Decimal("0.99"), Decimal("0.62")]
    assert pm.growth(s).to_list()[1:] == [Decimal("-1.29"), Decimal("-37.58")]
    rates = pm.growth(s.cast(pl.Float64)).to_list()[1:]
    assert rates == pytest.approx([100 * (306 / 310 - 1), 100 * (191 / 306 - 1)], rel=1e-12)
    arrow = pd.Series(money, dtype=pd.ArrowDtype(pa.decimal128(10, 2)))
    with pytest.raises(TypeError, match="cumsum"):
        arrow.cumsum()
    assert pm.ytd(arrow, freq="M").tolist() == [Decimal(310), Decimal(616), Decimal(807)]
    assert pm.ytd(arrow.astype("float64"), freq="M").tolist() == [310, 616, 807]


def test_growth_from_negative_and_from_zero():
    x = pd.Series([-10.0, 5.0, 0.0, 3.0])
    assert x.pct_change().tolist()[1:] == [-1.5, -1.0, math.inf]
    np.testing.assert_array_equal(pm.growth(x), [NAN, NAN, -100, NAN])


DATES = {
    "a gap": ["2024-01-01", "2024-02-01", "2024-04-01", "2024-05-01"],
    "mid-month": ["2024-01-15", "2024-02-15", "2024-03-15"],
    "two dates": ["2024-01-01", "2024-02-01"],
}


@pytest.mark.parametrize("kind", DATES)
def test_the_frequency_is_plain_to_see(kind):
    dates = pd.to_datetime(DATES[kind])
    try:
        assert pd.infer_freq(dates) is None
    except ValueError as error:
        assert "at least 3" in str(error)  # noqa: PT017
    rates = pm.mom(pd.Series(range(1, len(dates) + 1), dates))  # mom takes monthly data alone
    assert rates.iloc[1] == 100


def test_a_year_after_29_february():
    days = pd.Series(np.arange(1.0, 801.0), pd.date_range("2023-02-01", periods=800))
    shifted = days.shift(freq=pd.DateOffset(years=1))
    assert shifted.index.has_duplicates  # 28 and 29 February 2024 both become 28 February 2025
    assert "2024-02-29" not in shifted.index
    got = pm.yoy(days)
    for day, base in [("2024-02-29", "2023-02-28"), ("2025-02-28", "2024-02-28")]:
        assert got[day] == pytest.approx(100 * (days[day] / days[base] - 1), rel=1e-12)


@pytest.mark.skipif(
    int(pd.__version__.split(".")[0]) < 3, reason="older versions of pandas still show the keys"
)
def test_a_function_of_a_group_does_not_see_its_keys():
    table = pd.DataFrame({"country": ["PK", "IN"], "v": [1.0, 2.0]})
    seen = table.groupby("country").apply(lambda group: "country" in group.columns)
    assert not seen.any()
    wide = pd.DataFrame({"PK": [1.0, 2.0], "IN": [2.0, 3.0]}, pd.Index([2020, 2021]))
    assert pm.growth(wide).loc[2021].to_dict() == {"PK": 100, "IN": 50}
