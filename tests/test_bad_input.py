"""Input that makes no sense, or hardly any: a sentence that says what, where and what to do, or the
documented missing value; never a panic, a traceback of another library or a wrong number.

Messages are matched on the words that matter: the period, the series, the word that was wrong and
the words that are allowed. Mistakes in files given to the command line are in test_cli.py.
"""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xarray as xr

import paimana as pm
from paimana.cli import main
from reference import headline as twins

MONTHS = pd.period_range("2021-07", periods=14, freq="M")
S = pd.Series([100.0, 110, 121, 133, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140], MONTHS, name="v")
Q = pd.Series([1.0, 2, 3, 4, 5], pd.period_range("2021Q1", periods=5, freq="Q"))
FRAME = pd.DataFrame({"a": S, "b": 2 * S})
L = [100.0, 110.0, 121.0, 133.1, 50.0]
NAN, INF = math.nan, math.inf
DAYS = pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"])


def refused(call, *words, error=(ValueError, TypeError)):
    """The call ends in one sentence that holds the words, and no other error."""
    with pytest.raises(error) as caught:
        call()
    sentence = str(caught.value)
    for word in words:
        assert word in sentence, sentence
    assert "panic" not in sentence.lower()
    return sentence


def result_or_sentence(call):
    """The result of a call, or the sentence of its refusal."""
    try:
        return call()
    except ValueError as error:
        return str(error)


# What holds no real numbers.

NO_NUMBERS = {
    "text": (np.array(["a", "b"]), "<U1"),
    "bytes": (np.array([b"a", b"b"]), "|S1"),
    "complex": (np.array([1 + 2j, 3]), "complex128"),
    "dates": (np.array(["2024-01", "2024-02"], "M8[M]"), "datetime64"),
    "durations": (np.array([1, 2], "m8[D]"), "timedelta64"),
    "objects": (np.array([1, "a", None], object), "object"),
    "numbers as objects": (np.array([1, 2.0], object), "object"),
    "records": (np.array([(1.0, 2.0)], dtype=[("a", "f8"), ("b", "f8")]), "'a'"),
    "list of texts": (["1", "2"], "<U1"),
    "list of dates": ([date(2024, 1, 1), date(2024, 2, 1)], "object"),
    "list of complex numbers": ([1 + 2j, 3], "complex128"),
    "list with a number beyond floats": ([1, 10**400], "object"),
    "pandas text": (pd.Series(["a", "b"]), "text"),
    "pandas objects": (pd.Series(["a", 1], dtype=object), '"a"'),
    "pandas text of Arrow": (pd.Series(["1", "2"], dtype="string[pyarrow]"), "text"),
    "pandas complex": (pd.Series([1 + 1j, 2]), "complex"),
    "pandas dates": (pd.Series(DAYS, name="when"), '"when"'),
    "pandas durations": (pd.Series(pd.to_timedelta([1, 2], unit="D")), "durations"),
    "pandas categories": (pd.Series([1, 2], dtype="category"), "categories"),
    "pandas frame": (pd.DataFrame({"v": [1.0, 2], "t": ["x", "y"]}), 'column "t"'),
    "Polars text": (pl.Series(["a", "b"]), "String"),
    "Polars lists": (pl.Series([[1, 2], [3]]), "List"),
    "Polars frame": (pl.DataFrame({"v": [1.0], "t": [date(2024, 1, 1)]}), 'time="t"'),
    "Arrow text": (pa.array(["a", "b"]), "string"),
    "Arrow dates": (pa.array([date(2024, 1, 1)]), "date32"),
    "xarray text": (xr.DataArray(["a", "b"], dims="t"), "<U1"),
}

NUMERIC = {
    "growth": pm.growth,
    "yoy": lambda x: pm.yoy(x, freq="A"),
    "rolling_sum": lambda x: pm.rolling_sum(x, 2),
    "ytd": lambda x: pm.ytd(x, freq="A"),
    "record": pm.record,
    "highest_since": pm.highest_since,
    "zscore": pm.zscore,
    "cagr": lambda x: pm.cagr(x, freq="A"),
    "brief": lambda x: pm.brief(x, freq="A"),
}


@pytest.mark.parametrize("kind", NO_NUMBERS)
@pytest.mark.parametrize("name", NUMERIC)
def test_what_holds_no_numbers_is_refused(name, kind):
    x, word = NO_NUMBERS[kind]
    refused(lambda: NUMERIC[name](x), word, error=TypeError)


NO_SERIES = {
    "int": 5,
    "float": 5.0,
    "text": "abc",
    "bytes": b"abc",
    "None": None,
    "dict": {"a": 1},
    "set": {1, 2},
    "generator": (v for v in L),
    "range": range(5),
    "memoryview": memoryview(np.array(L)),
    "function": pm.growth,
    "NumPy number": np.float64(5),
    "array of no axis": np.array(5.0),
    "pandas index": MONTHS,
    "pandas array": pd.array([1.0, 2.0]),
    "pandas groups": S.groupby(S),
    "pandas NA": pd.NA,
    "pandas NaT": pd.NaT,
    "lazy frame": pl.LazyFrame({"v": [1.0]}),
    "Arrow number": pa.scalar(1.0),
    "data set of xarray": xr.Dataset({"a": ("t", [1.0])}),
    "DataArray of no axis": xr.DataArray(5.0),
}


@pytest.mark.parametrize("kind", NO_SERIES)
@pytest.mark.parametrize("function", [pm.growth, pm.record, pm.shares, pm.brief, pm.table])
def test_what_is_no_series_is_refused(function, kind):
    refused(lambda: function(NO_SERIES[kind]), " ")


def test_decimals_are_refused_by_name_where_they_are_not_taken():
    decimals = [Decimal("310.00"), Decimal("306.00")]
    for x in (decimals, np.array(decimals), pd.Series(decimals), pl.Series(decimals)):
        refused(lambda x=x: pm.one_sided_hp_filter(x, lamb=1600), error=TypeError)
    refused(lambda: pm.one_sided_hp_filter(pd.Series(decimals), lamb=1600), "Decimal")
    refused(lambda: pm.one_sided_hp_filter(pl.Series(decimals), lamb=1600), "Decimal")
    refused(lambda: pm.one_sided_hp_filter(pa.array(decimals), lamb=1600), "decimal128")


def test_lists_of_unequal_length():
    refused(lambda: pm.growth([[1.0, 2.0], [3.0]]), "different lengths")
    refused(lambda: pm.growth([[1.0, 2.0], 3.0]), "different lengths")


# Frequencies and dates.


@pytest.mark.parametrize("freq", ["X", "m", "monthly", "B", "", 12, "ME"])
def test_an_unknown_frequency_names_the_known(freq):
    refused(lambda: pm.yoy(L, freq=freq), repr(freq), *(f'"{f}"' for f in "AHQMWD"))
    refused(lambda: pm.to_frequency(S, freq), repr(freq), '"Q"')


NEEDS_FREQ = {
    "mom": pm.mom,
    "qoq": pm.qoq,
    "yoy": pm.yoy,
    "annualized": pm.annualized,
    "cagr": pm.cagr,
    "acceleration": pm.acceleration,
    "base_effect": pm.base_effect,
    "carry_over": pm.carry_over,
    "ytd": pm.ytd,
    "ytd_growth": pm.ytd_growth,
    "annual_growth": pm.annual_growth,
    "to_frequency": lambda x: pm.to_frequency(x, "Q"),
    "rebase": lambda x: pm.rebase(x, "2021-07"),
    "required": lambda x: pm.required(x, 9, by="2030-01"),
    "growth": lambda x: pm.growth(x, since="2021-07"),
    "record": lambda x: pm.record(x, same_period=True),
    "rank": lambda x: pm.rank(x, same_period=True),
    "rolling_growth": lambda x: pm.rolling_growth(x, annualized=True),
}


@pytest.mark.parametrize("name", NEEDS_FREQ)
@pytest.mark.parametrize(
    "make", [list, np.array, pd.Series, pl.Series, pa.array], ids=lambda f: f.__name__
)
def test_data_without_dates_need_a_frequency(name, make):
    refused(lambda: NEEDS_FREQ[name](make(L)), name, 'freq="M"', error=ValueError)


def test_rates_of_the_wrong_frequency():
    refused(lambda: pm.mom(Q), "monthly", "quarterly", "qoq")
    refused(
        lambda: pm.qoq(pd.Series([1.0, 2], pd.period_range("2020", periods=2, freq="Y"))), "annual"
    )
    refused(lambda: pm.yoy(S, match="iso_week"), "weekly", "monthly")
    refused(lambda: pm.yoy(S, match="last_available"), "daily", "monthly")
    refused(lambda: pm.yoy(S, match="x"), "'x'", '"iso_week"', '"last_available"')
    refused(lambda: pm.to_frequency(Q, "M"), "quarterly", "monthly", "lower")
    refused(lambda: pm.growth(S, freq="D"), "monthly", "daily")


MONTHS_TWICE = ["2024-01", "2024-02", "2024-01"]
TWICE = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 1, 31)]
DUPLICATES = {
    "periods": lambda: pd.Series([1.0, 2, 3], pd.PeriodIndex(MONTHS_TWICE, freq="M")),
    "labels": lambda: pd.Series([1.0, 2, 3], MONTHS_TWICE),
    "stamps": lambda: pd.Series([1.0, 2, 3], pd.to_datetime(TWICE)),
    "frame": lambda: pd.DataFrame({"a": [1.0, 2, 3]}, pd.to_datetime(TWICE)),
    "Polars": lambda: pl.Series([1.0, 2, 3]),
    "Polars frame": lambda: pl.DataFrame({"t": TWICE, "v": [1.0, 2, 3]}),
    "Arrow": lambda: pa.array([1.0, 2, 3]),
    "xarray": lambda: xr.DataArray([1.0, 2, 3], coords={"t": pd.to_datetime(TWICE)}, dims="t"),
    "array": lambda: np.array([1.0, 2, 3]),
}
WHEN = {"Polars": TWICE, "Arrow": TWICE, "array": TWICE, "Polars frame": "t"}


@pytest.mark.parametrize("kind", DUPLICATES)
@pytest.mark.parametrize("name", ["growth", "yoy", "ytd", "record", "lag", "rank", "zscore"])
def test_duplicate_periods_are_named(name, kind):
    given = {"time": WHEN[kind]} if kind in WHEN else {}
    sentence = refused(
        lambda: getattr(pm, name)(DUPLICATES[kind](), freq="M", **given),
        "January 2024 occurs twice",
        error=ValueError,
    )
    assert "rows 0 and 2" in sentence


def test_mixed_frequencies():
    mixed = pd.Series([1.0, 2, 3], ["2024-01", "2024Q2", "2024-03"])
    refused(lambda: pm.growth(mixed), '"2024Q2"', "quarter", "row 1", "month")
    refused(lambda: pm.share(S, Q), "monthly", "quarterly")
    refused(lambda: pm.contributions(FRAME, Q), "quarterly")


@pytest.mark.parametrize(
    ("index", "word"),
    [
        (pd.to_datetime(["2024-01-01", None, "2024-03-01"]), "row 1"),
        (pd.PeriodIndex(["2024-01", "2024-02", None], freq="M"), "row 2"),
        (pd.Index([date(2024, 1, 1), None, date(2024, 3, 1)]), "row 1"),
    ],
)
def test_rows_without_a_date_are_named(index, word):
    refused(lambda: pm.growth(pd.Series([1.0, 2, 3], index)), "missing", word)
    when = np.array(["2024-01", "NaT", "2024-03"], "M8[M]")
    refused(lambda: pm.growth([1.0, 2, 3], time=when), "row 1", "missing")
    frame = pl.DataFrame({"t": [date(2024, 1, 1), None, date(2024, 3, 1)], "v": [1.0, 2, 3]})
    refused(lambda: pm.growth(frame, time="t"), "row 1", "missing")


def test_time_of_the_wrong_length_or_name():
    refused(lambda: pm.growth(L, time=S.index[:4]), "4", "5 rows")
    refused(lambda: pm.growth(pl.Series(L), time=[date(2024, 1, 1)]), "1 dates", "5 rows")
    refused(lambda: pm.growth(FRAME, time="t"), "'t'", '"a"', '"b"')
    refused(lambda: pm.growth(pl.DataFrame({"v": L}), time="t"), "'t'", '"v"')
    refused(lambda: pm.growth(pa.table({"v": L}), time="t"), "'t'", '"v"')
    refused(lambda: pm.growth(S, time="t"), "'t'", "Series")
    refused(lambda: pm.growth(xr.DataArray(L, dims="x"), time="y"), "'y'", "'x'")
    refused(lambda: pm.growth(xr.DataArray([L, L], dims=("x", "y"))), "'x'", "'y'", "time=")
    refused(lambda: pm.yoy(L, freq="M", time="x"), "time")


def test_rows_of_several_levels_are_refused():
    index = pd.MultiIndex.from_product([["PK", "IN"], [2020, 2021]])
    refused(lambda: pm.growth(pd.Series(1.0, index)), "2 levels", "unstack")


SINCE = {
    "2030-01": "outside of the data (July 2021 to August 2022)",
    "2021": "several periods",
    "soon": "'soon' is not a period",
    "2021-13": "'2021-13' is not a period",
    "FY22": "FY22",
    3: "3 is not a period",
    20241: "20241 is not a period",
    202413: "202413 is not a period",
    pd.NaT: "not a period",
}


@pytest.mark.parametrize("since", SINCE, ids=str)
def test_a_base_period_that_is_none(since):
    refused(lambda: pm.growth(S, since=since), SINCE[since])


def test_spans_that_are_none():
    refused(lambda: pm.rebase(S, "2030"), "not wholly within the data")
    refused(lambda: pm.rebase(S, "2021"), "not wholly within the data")
    refused(lambda: pm.rebase(S, "2022-01..2021-08"), "ends before it begins")
    refused(lambda: pm.rebase(S, "x..y"), "'x' is not a period")
    refused(lambda: pm.rebase(S, None), "None is not a period")
    refused(lambda: pm.rebase(S, "2021-08", base_value=NAN), "finite")
    refused(lambda: pm.growth(S, 2, since="2021-08"), "not both")


@pytest.mark.parametrize("word", ["FOO", "J", "", 0, 13, 7.0, True, None, "2021-07"])
def test_a_year_start_that_is_no_month(word):
    for name in ("ytd", "ytd_growth", "annual_growth", "carry_over", "brief"):
        refused(lambda name=name: getattr(pm, name)(S, year_start=word), repr(word), "JAN", "DEC")


@pytest.mark.parametrize("word", ["FEB", 3, "AUG", 12])
def test_a_year_start_that_splits_a_quarter(word):
    for name in ("ytd", "ytd_growth", "annual_growth", "carry_over"):
        call = getattr(pm, name)
        refused(lambda call=call: call(Q, year_start=word), "splits a quarter", "JUL", "OCT")
        refused(lambda c=call: c(L, freq="Q", start="2021Q3", year_start=word), "splits a quarter")


def test_starts_that_make_no_sense():
    refused(lambda: pm.ytd(L, freq="M", start="x"), "'x' is not a period")
    refused(lambda: pm.ytd(L, freq="M", start="2021Q3"), "monthly", "2021-07")
    refused(lambda: pm.ytd(L, freq="D", start="2023-02-29"), "2023-02-29")
    refused(lambda: pm.ytd(L, freq="D"), "start=")
    refused(lambda: pm.yoy(L, freq="W", match="iso_week"), "start=")
    refused(lambda: pm.ytd(S, start="2020-01"), "start=", "leave it out")


def test_a_target_that_cannot_be_reached():
    for by in ("2020-01", "2022-08"):
        refused(lambda by=by: pm.required(S, 200, by=by), "August 2022", "after")
    for target in (-200, 0, NAN, INF, None):
        refused(lambda t=target: pm.required(S, t, by="2023-07"), "target", "positive")
    refused(lambda: pm.required(-S, 200, by="2023-07"), "positive")
    refused(lambda: pm.required(S * NAN, 200, by="2023-07"), "v", "no observed value")
    refused(lambda: pm.required(S, 200, by="soon"), "'soon' is not a period")


# Numbers of periods.

NO_COUNT = ["1", 1.0, 1.5, True, None, 10**30]


@pytest.mark.parametrize("wrong", NO_COUNT, ids=repr)
def test_lags_and_windows_are_whole_numbers(wrong):
    for name in ("lag", "change", "growth", "log_growth", "streak"):
        refused(lambda name=name: getattr(pm, name)(L, wrong), "lag", error=TypeError)
    refused(lambda: pm.annualized(L, wrong, freq="M"), "lag", error=TypeError)
    refused(lambda: pm.contributions([L, L], lag=wrong), "lag", error=TypeError)
    refused(lambda: pm.lead(L, wrong), repr(wrong), error=TypeError)
    for name in ("rolling_sum", "rolling_mean", "rolling_growth"):
        refused(lambda name=name: getattr(pm, name)(L, wrong), "window", error=TypeError)
    if wrong is not None:
        refused(lambda: pm.zscore(L, wrong), "window", error=TypeError)


@pytest.mark.parametrize("wrong", [0, -1, -(2**63)])
def test_windows_below_one(wrong):
    for name in ("rolling_sum", "rolling_mean", "rolling_growth", "zscore"):
        refused(lambda name=name: getattr(pm, name)(L, wrong), "window must be at least 1")
    refused(
        lambda: pm.rolling_growth(L, wrong, annualized=True, freq="M"), "window must be at least 1"
    )


@pytest.mark.parametrize("window", [6, 99, 2**62, 2**63 - 1])
def test_windows_longer_than_the_series_give_missing(window):
    for x in (L, np.array(L), S.iloc[:5], S.iloc[[0, 1, 3, 2, 4]]):
        for name in ("rolling_sum", "rolling_mean", "rolling_growth", "zscore"):
            assert np.isnan(np.asarray(getattr(pm, name)(x, window))).all()


@pytest.mark.parametrize("far", [5, 99, 2**31, 2**63 - 1, -(2**63), -5])
def test_lags_beyond_the_series_give_missing(far):
    for x in (L, S.iloc[:5], S.iloc[[0, 1, 3, 2, 4]]):
        for name in ("lag", "change", "growth", "log_growth"):
            assert np.isnan(np.asarray(getattr(pm, name)(x, far))).all()
        assert (np.asarray(pm.streak(x, far)) == 0).all()


def test_a_negative_lag_looks_ahead():
    assert pm.growth([2.0, 1.0, 4.0], -1)[:2] == [100.0, -75.0]
    assert math.isnan(pm.growth([2.0, 1.0, 4.0], -1)[2])
    assert pm.lag(L, -2)[:3] == L[2:]
    assert pm.growth([1.0, NAN, 2.0], 0)[::2] == [0.0, 0.0]
    refused(lambda: pm.annualized(L, 0, freq="M"), "lag must not be 0")
    refused(lambda: pm.growth(S, 0, average="annual"), "lag must not be 0")


def test_degrees_of_freedom():
    refused(lambda: pm.zscore(L, ddof=-1), "ddof must be at least 0")
    refused(lambda: pm.zscore(L, ddof=1.5), "ddof")
    assert np.isnan(pm.zscore(L, ddof=5)).all()


# Words for options.

WORDS = {
    "negative_base": (lambda w: pm.growth(S, negative_base=w), ("missing", "signed", "abs")),
    "unit": (lambda w: pm.growth(S, unit=w), ("percent", "fraction")),
    "na": (lambda w: pm.rolling_sum(S, 2, na=w), ("propagate", "skip", "raise")),
    "na of shares": (lambda w: pm.shares(FRAME, na=w), ("propagate", "skip")),
    "how": (lambda w: pm.ytd(S, how=w), ("sum", "mean")),
    "how of frequencies": (
        lambda w: pm.to_frequency(S, "Q", how=w),
        ("sum", "mean", "last", "first"),
    ),
    "partial": (lambda w: pm.to_frequency(S, "Q", partial=w), ("missing", "keep")),
    "of": (lambda w: pm.annual_growth(S, of=w), ("average", "end")),
    "sense": (lambda w: pm.record(S, sense=w), ("high", "low")),
    "sense of records": (lambda w: pm.previous_record(S, sense=w), ("high", "low")),
    "average": (lambda w: pm.growth(S, since="2021-08", average=w), ("annual",)),
    "within": (lambda w: pm.rank(FRAME, within=w), ("row",)),
}


@pytest.mark.parametrize("wrong", ["x", "", "PERCENT", "row ", 1, b"sum"])
@pytest.mark.parametrize("option", WORDS)
def test_unknown_words_name_the_allowed(option, wrong):
    call, allowed = WORDS[option]
    refused(lambda: call(wrong), option.split()[0], *(f'"{word}"' for word in allowed))


def test_options_that_do_not_exist():
    refused(lambda: pm.growth(L, foo=1), "foo", error=TypeError)
    refused(lambda: pm.growth(L, 1, "percent"), error=TypeError)
    refused(lambda: pm.table(S, columns=["x"]), '"x"', "yoy")
    refused(lambda: pm.table(S, columns=[]), "columns=")
    refused(lambda: pm.datasets.load("x"), "'x'", "pakistan_ict", "us_meat")
    refused(lambda: pm.datasets.load("../pakistan_ict"), "pakistan_ict")


# Axes and shapes.


@pytest.mark.parametrize("axis", [1, -2, 2**70])
def test_axes_out_of_range(axis):
    refused(lambda: pm.growth(np.array(L), axis=axis), "axis", "1", error=ValueError)


@pytest.mark.parametrize("axis", ["0", None, 0.0, True])
def test_axes_that_are_none(axis):
    refused(lambda: pm.growth(np.array(L), axis=axis), "axis", repr(axis), error=TypeError)


def test_axes_of_tables():
    refused(lambda: pm.growth(S, axis=1), "axis=1")
    refused(lambda: pm.growth(FRAME, axis=1), "axis=1", ".T")
    refused(lambda: pm.growth(pl.DataFrame({"v": L}), axis=1), "axis=1")


def test_tables_are_tables():
    for name in ("shares", "contributions", "largest"):
        for x in (L, np.array(L), S, np.ones((2, 2, 2))):
            refused(lambda n=name, x=x: getattr(pm, n)(x), name, "column")
    for x in (L, S, np.ones((2, 2, 2))):
        refused(lambda x=x: pm.rank(x, within="row"), "frame")
    refused(lambda: pm.share(L, [1.0, 2.0]), "5", "2")
    refused(lambda: pm.share(S, S.iloc[1:]), "July 2021")
    refused(lambda: pm.contributions([[1.0, 2], [3, 4]], [1.0, 2, 3]), "2 rows", "3")
    refused(lambda: pm.share(L, "a"), "str")
    refused(lambda: pm.share(np.ones((3, 2)), np.ones((3, 3))), "(3, 2)", "(3, 3)")


# Values at the edge.


def test_growth_from_zero_and_from_negative_bases():
    x = [0.0, 5.0, -10.0, 5.0, -0.0, 3.0]
    expected = {
        "missing": [NAN, NAN, -300, NAN, -100, NAN],
        "signed": [NAN, NAN, -300, -150, -100, NAN],
        "abs": [NAN, NAN, -300, 150, -100, NAN],
    }
    for rule, values in expected.items():
        np.testing.assert_array_equal(pm.growth(x, negative_base=rule), values)


NEGATIVE = {
    "Series": (pd.Series([1.0, -1, 5], MONTHS[:3], name="exports"), "exports, September 2021"),
    "frame": (
        pd.DataFrame({"a": [1.0, 1, 1], "b": [1.0, -1, 5]}, MONTHS[:3]),
        'column "b", September 2021',
    ),
    "list": ([1.0, -1, 5], "position 2"),
    "array": (np.array([[1.0, 1], [1, -1], [1, 5]]), "series 1, position 2"),
    "shuffled": (pd.Series([5.0, 1, -1], MONTHS[[2, 0, 1]], name="v"), "v, September 2021"),
    "Polars": (
        pl.DataFrame({"t": MONTHS[:3].to_timestamp().to_numpy(), "v": [1.0, -1, 5]}),
        "September 2021",
    ),
}


@pytest.mark.parametrize("kind", NEGATIVE)
def test_raise_names_the_period_and_the_series(kind):
    x, place = NEGATIVE[kind]
    given = {"time": "t"} if kind == "Polars" else {}
    words = (place, "negative", "signed", "abs")
    refused(lambda: pm.growth(x, negative_base="raise", **given), *words, error=ValueError)


def test_missing_values_that_must_not_be_are_named():
    x = S.copy()
    x["2021-10"] = INF
    for call in (pm.ytd, lambda x, na: pm.rolling_sum(x, 2, na=na)):
        refused(lambda c=call: c(x, na="raise"), "v, October 2021", "missing or infinite")
    refused(lambda: pm.rolling_sum(S.drop("2021-09"), 2, na="raise"), "September 2021")


def test_infinite_counts_as_missing():
    for inf in (INF, -INF):
        x = [1.0, inf, 2.0, 4.0]
        np.testing.assert_array_equal(pm.growth(x), [NAN, NAN, NAN, 100])
        np.testing.assert_array_equal(pm.lag(x), [NAN, 1, NAN, 2])
        assert pm.record(x) == [False, False, True, True]
        assert pm.rank(x)[2:] == [1, 1]
        assert pm.cagr(x, freq="A") == pytest.approx(100 * (4 ** (1 / 3) - 1))
        np.testing.assert_array_equal(pm.share([inf], [2.0]), [NAN])
        np.testing.assert_array_equal(pm.shares([[1.0, inf]]), [[NAN, NAN]])


@pytest.mark.parametrize(
    "call",
    [
        lambda: pm.share([1.0], [INF])[0],
        lambda: pm.share([1.0], INF)[0],
        lambda: pm.share([1.0], [-INF], negative_base="signed")[0],
        lambda: pm.shares([[1e308, 1e308]])[0][0],
    ],
)
def test_an_infinite_whole_is_missing(call):
    share = call()
    assert math.isnan(share) or share == 50


def test_largest_int64_are_the_nearest_doubles_and_sums_do_not_wrap():
    x = np.array([2**63 - 1, 2**63 - 1, 2**53 + 1])
    np.testing.assert_array_equal(pm.rolling_sum(x, 2), [NAN, 2.0**64, 2.0**63 + 2.0**53])
    np.testing.assert_array_equal(pm.ytd(x, freq="M"), [2.0**63, 2.0**64, 2.0**64 + 2.0**53])
    np.testing.assert_array_equal(pm.change(np.array([2**53, 2**53 + 1])), [NAN, 0])
    np.testing.assert_array_equal(pm.growth(np.array([2**63 - 1, -(2**63)])), [NAN, -200])
    np.testing.assert_array_equal(pm.rolling_sum(np.full(3, 2**64 - 1, "u8"), 3)[2], 3 * 2.0**64)
    for dtype in ("u1", "u2", "u4", "u8"):
        np.testing.assert_array_equal(pm.change(np.array([255, 0], dtype)), [NAN, -255])
    assert pm.rolling_sum(np.full(9, 127, "i1"), 9)[8] == 9 * 127
    assert pm.rolling_sum(pd.Series([2**63 - 1] * 2, dtype="Int64"), 2).iloc[1] == 2.0**64
    assert pm.rolling_sum(pl.Series([2**63 - 1] * 2), 2)[1] == 2.0**64


EDGES = {
    "greatest": [1e308, 1.7e308, -1e308, 1e308, 5e-324, 1e308, 0.0, -0.0, 1e308],
    "smallest": [5e-324, 1e-323, 5e-324, 1e-310, 2.2e-308, 5e-324, 1e-323, 5e-324, 1e-320],
    "steep": [1.0, 1e-300, 1e300, 1e-300, 1.0, 1e150, 1.0, 1e-150, 1.0],
    "zeros": [-0.0, 0.0, -0.0, 1.0, -0.0, -1.0, 0.0, -0.0, 2.0],
    "close": [1.0, 1 + 2**-52, 1.0, 1e16, 1e16 + 2, 1e16, 0.1, 0.1 + 0.2, 0.3],
}

EDGE_CALLS = {
    "change": (pm.change, twins.change),
    "growth": (pm.growth, twins.growth),
    "signed growth": (
        lambda x: pm.growth(x, negative_base="signed"),
        lambda x: twins.growth(x, negative_base="signed"),
    ),
    "symmetric": (pm.symmetric_growth, twins.symmetric_growth),
    "sum": (lambda x: pm.rolling_sum(x, 3), lambda x: twins.rolling_sum(x, 3)),
    "mean": (lambda x: pm.rolling_mean(x, 3), lambda x: twins.rolling_mean(x, 3)),
    "3m/3m": (lambda x: pm.rolling_growth(x, 2), lambda x: twins.rolling_growth(x, 2)),
    "ytd": (lambda x: pm.ytd(x, freq="Q"), lambda x: twins.ytd(x, per_year=4)),
    "ytd growth": (
        lambda x: pm.ytd_growth(x, freq="Q"),
        lambda x: twins.ytd_growth(x, per_year=4),
    ),
    "carry-over": (
        lambda x: pm.carry_over(x, freq="Q"),
        lambda x: twins.carry_over(x, per_year=4),
    ),
    "acceleration": (
        lambda x: pm.acceleration(x, freq="H"),
        lambda x: twins.acceleration(x, per_year=2),
    ),
    "record": (pm.record, twins.record),
    "rank": (pm.rank, twins.rank),
    "streak": (pm.streak, twins.streak),
    "peak": (pm.from_peak, twins.from_peak),
    "z-score": (pm.zscore, twins.zscore),
    "rebase": (
        lambda x: pm.rebase(x, "2020", freq="A", start="2020"),
        lambda x: twins.rebase(x, 0, 0),
    ),
    "years": (
        lambda x: pm.to_frequency(x, "A", freq="H", how="mean"),
        lambda x: twins.to_frequency(x, 2, how="mean"),
    ),
}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("name", EDGE_CALLS)
def test_the_greatest_and_smallest_numbers_are_right_or_missing(monkeypatch, name, edge):
    """Never infinite and never wrong: beyond the largest float the result is missing."""
    call, twin = EDGE_CALLS[name]
    rounded = float

    def in_range(value=0.0):
        try:
            return rounded(value)
        except OverflowError:
            return math.inf

    monkeypatch.setattr(twins, "float", in_range, raising=False)
    x = EDGES[edge]
    try:
        expected = twin(x)
    except ArithmeticError:  # a variance beyond or below what math can root
        expected = [None] * len(x)
    got = np.asarray(call(np.array(x)), dtype=float).tolist()
    scale = max(abs(v) for v in x)
    for t, (g, e) in enumerate(zip(got, expected, strict=True)):
        assert not math.isinf(g), t
        if math.isnan(g) or e is None:
            # Missing stays so; what is finite may be missing only where a step would overflow.
            assert e is None or edge in ("greatest", "steep") or math.isinf(e) or e == 0, t
            assert math.isnan(g) or name == "z-score", t
        else:
            close = math.isclose(g, e, rel_tol=1e-11, abs_tol=1e-12)
            assert close or (name == "sum" and abs(g - e) < 1e-13 * scale), (t, g, e)


def test_a_new_peak_is_no_distance_from_itself():
    assert pm.from_peak([5e-324, 1.0]) == [0, 0]
    assert pm.from_peak([1e-300, 1e308]) == [0, 0]


def test_negative_zero_is_zero():
    np.testing.assert_array_equal(pm.growth([-0.0, 1.0]), [NAN, NAN])
    np.testing.assert_array_equal(pm.log_growth([1.0, -0.0]), [NAN, NAN])
    assert pm.record([0.0, -0.0]) == pm.record([-0.0, 0.0]) == [False, False]
    assert pm.rank([0.0, -0.0]) == [1, 1]
    assert pm.streak([0.0, -0.0]) == [0, 0]
    assert pm.highest_since([0.0, -1.0, -0.0]) == [-1, 0, 0]
    np.testing.assert_array_equal(pm.share([1.0], [-0.0]), [NAN])


def test_one_value_none_and_nothing_but_missing_in_reports():
    for x in (S.iloc[:0], S * NAN, S * INF):
        refused(lambda x=x: pm.brief(x, freq="M"), "no observed value")
        refused(lambda x=x: pm.table(x, freq="M"), "no observed value")
    assert pm.brief(S.iloc[:1]).level == 100
    assert math.isnan(pm.brief(S.iloc[:1]).yoy)


def test_masked_values_are_missing():
    got = pm.growth(np.ma.array([1.0, 2, 4, 5], mask=[0, 1, 0, 0]))
    np.testing.assert_array_equal(np.ma.filled(got, NAN), [NAN, NAN, NAN, 25])


# Memory: nothing is written to, whatever its layout.


def layouts():
    table = np.arange(1.0, 61.0).reshape(15, 4)
    yield "strided", np.repeat(table, 2, axis=0)[::2]
    yield "reversed", table[::-1][::-1]
    yield "Fortran", np.asfortranarray(table)
    yield "every other column", np.repeat(table, 2, axis=1)[:, ::2]
    yield "other byte order", table.astype(">f8")
    yield "broadcast", np.broadcast_to(table[:, :1], (15, 4))


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(("name", "x"), list(layouts()))
def test_layouts_and_read_only_arrays(name, x, read_only):
    if read_only:
        x = x.view()
        x.flags.writeable = False
    before, plain = x.copy(), np.ascontiguousarray(x, dtype=float)
    for call in NUMERIC.values():
        if call is NUMERIC["brief"]:
            continue
        np.testing.assert_array_equal(call(x), call(plain))
    for call in (pm.shares, pm.contributions):
        np.testing.assert_array_equal(call(x), call(plain))
    np.testing.assert_array_equal(x, before)


def test_unaligned_arrays():
    raw = np.zeros(41, np.uint8)
    x = raw[1:].view(np.float64)
    x[...] = L
    assert pm.growth(x).tolist()[1:] == pm.growth(L)[1:]


@pytest.mark.parametrize(
    ("x", "out"),
    [
        (np.ones(5), np.empty(4)),
        (np.ones(5), np.empty(5, "f4")),
        (np.ones(5), np.empty((5, 1))),
        (np.ones(5), np.empty(10)[::2]),
        (np.ones((3, 2)), np.empty((3, 2), order="F")),
        (np.ones(5), L),
        (S, np.empty(14)),
        (np.ones(5), 5),
    ],
    ids=lambda v: type(v).__name__,
)
def test_arrays_that_cannot_take_the_result(x, out):
    refused(lambda: pm.growth(x, out=out), "out")


def test_the_input_cannot_take_the_result():
    x = np.array(L)
    refused(lambda: pm.growth(x, out=x), "out", "input")
    refused(lambda: pm.growth(x[1:], out=x[:-1]), "out", "input")
    memory = bytearray(48)
    one, other = (np.frombuffer(memory) for _ in range(2))
    one[:] = [1, 2, 3, 4, 5, 6]
    refused(lambda: pm.growth(one, out=other), "out", "input")
    refused(lambda: pm.growth(one[:4], out=other[2:]), "out", "input")
    assert one.tolist() == [1, 2, 3, 4, 5, 6]
    whole = np.full(3, 7.0)
    refused(lambda: pm.share(one[:3], other[3:], out=one[3:]), "out", "input")
    assert pm.share(one[:3], other[3:], out=whole).tolist() == [25, 40, 50]
    bytes_ = np.zeros(41, np.uint8)
    refused(lambda: pm.growth(x, out=bytes_[1:].view(float)), "out must be")
    closed = np.empty(5)
    closed.flags.writeable = False
    refused(lambda: pm.growth(x, out=closed), "out")
    assert x.tolist() == L


# Names.

TWINS = {
    "pandas": pd.DataFrame([[1.0, 5], [3, 7]], MONTHS[:2], columns=["a", "a"]),
    "Arrow": pa.table([pa.array([1.0, 3]), pa.array([5.0, 7])], names=["a", "a"]),
}


@pytest.mark.parametrize("kind", TWINS)
def test_columns_of_one_name_stay_two(kind):
    got = pm.growth(TWINS[kind])
    values = got.to_numpy()[1] if kind == "pandas" else [c.to_pylist()[1] for c in got.columns]
    assert list(values) == pytest.approx([200, 40])
    shares = pm.shares(TWINS[kind])
    assert (shares.shape if kind == "pandas" else (shares.num_rows, shares.num_columns)) == (2, 2)


@pytest.mark.parametrize(
    "x",
    [
        *TWINS.values(),
        pd.DataFrame({"a": [1.0, 3], "residual": [5.0, 7]}, MONTHS[:2]),
        pl.DataFrame({"a": [1.0, 3], "residual": [5.0, 7]}),
    ],
    ids=[*TWINS, "residual", "residual of Polars"],
)
def test_no_part_is_lost_by_its_name(x):
    got = result_or_sentence(lambda: pm.contributions(x))
    if isinstance(got, str):
        assert '"residual"' in got or '"a"' in got
    else:
        assert got.shape[1] == 3


@pytest.mark.parametrize(
    "call", [lambda x: pm.brief(x).briefs, lambda x: pm.table(x).frame()], ids=["brief", "table"]
)
def test_no_series_is_lost_by_its_name(call):
    got = result_or_sentence(lambda: call(TWINS["pandas"]))
    assert '"a"' in got if isinstance(got, str) else len(got) == 2


# Mistakes that another library would notice first, in words that do not help.

NOTICED_LATE = {
    "ddof": (lambda: pm.zscore(L, ddof=2**70), "ddof"),
    "threads": (lambda: pm.set_threads(2**70), "threads"),
    "too many threads": (lambda: pm.set_threads(1025), "from 1 to 1024"),
    "freq": (lambda: pm.yoy(L, freq=["M"]), "freq"),
    "time": (lambda: pm.growth(L, time=5), "time"),
    "lag": (lambda: pm.growth(L, np.array([1, 2])), "lag"),
    "target": (lambda: pm.required(S, "a", by="2023-07"), "target"),
    "targets": (lambda: pm.required(S, [1, 2], by="2023-07"), "target"),
    "base value": (lambda: pm.rebase(S, "2021-08", base_value="a"), "base_value"),
    "cagr": (lambda: pm.cagr([-1.0, 5.0], freq="M", negative_base="raise"), "negative"),
    "endless": (
        lambda: pm.required([1e-300], 1e300, by="2025-01", freq="M", start="2024-12"),
        "target",
    ),
}


@pytest.mark.parametrize("kind", NOTICED_LATE)
def test_mistakes_are_told_in_words_of_our_own(kind):
    call, word = NOTICED_LATE[kind]
    refused(call, word)


def test_contributions_of_no_row():
    assert pm.contributions(np.empty((0, 3))).shape == (0, 4)


def test_a_whole_may_be_any_number():
    assert pm.share([1.0, 2.0], np.int64(4)) == [25, 50]


# The command line.

FILES = {
    "text": ("month,x\n2024-01,1\n2024-02,twelve\n2024-03,3\n", ["row 3", '"x"', '"twelve"']),
    "twice": ("month,x\n2024-01,1\n2024-02,2\n2024-02,3\n", ["row 4", '"month"', "2024-02"]),
    "no period": ("month,x\n2024-01,1\n2024-02,2\n2024-15,3\n", ["row 4", '"month"', "2024-15"]),
    "formula": ("month,x\n2024-01,1\n2024-02,=A1\n2024-03,3\n", ["row 3", '"x"', "=A1"]),
}


@pytest.mark.parametrize("kind", FILES)
def test_mistakes_in_a_file_are_a_sentence_and_exit_code_2(tmp_path, capsys, kind):
    text, words = FILES[kind]
    path = tmp_path / "exports.csv"
    path.write_text(text)
    assert main(["brief", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    for word in [*words, "exports.csv"]:
        assert word in err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["nowhere.csv"], "nowhere.csv"),
        (["{path}", "--column", "gdp"], '"gdp"'),
        (["{path}", "--time", "day"], '"day"'),
        (["{path}", "--until", "2031-01"], "outside of the data"),
        (["{path}", "--year-start", "XYZ"], "'XYZ' is not a month"),
    ],
)
def test_what_a_command_asks_for_and_is_not_there(tmp_path, capsys, arguments, word):
    path = tmp_path / "exports.csv"
    path.write_text("month,x\n2024-01,1\n2024-02,2\n2024-03,3\n")
    assert main(["brief", *(a.format(path=path) for a in arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert word in err
    assert err.count("\n") == 1


def test_averages_that_are_longer_than_any_series():
    """They are refused before the weights are computed, which would take all memory."""
    x = np.ones(50)
    refused(lambda: pm.henderson(x, 10**9 + 1), "1000000001 terms", "there are 50")
    refused(lambda: pm.henderson(x, 2**62 + 1), "there are 50")
    refused(lambda: pm.bk_filter(x, 6, 32, 2**62), "there are 50")
    for filter_ in (pm.hp_filter, pm.boosted_hp_filter):
        refused(lambda filter_=filter_: filter_(x, 1e16), "lamb=", "straight line")


def test_a_negative_first_value_is_named():
    years = pd.period_range("2024", periods=3, freq="Y")
    frame = pd.DataFrame({"a": [4.0, 2, 1], "b": [4.0, -2, NAN]}, index=years[::-1])
    for data in (frame, pm.rounded(frame, to=1)):
        refused(lambda x=data: pm.cagr(x, negative_base="raise"), 'column "b", 2025', "negative")
    exact = [None, Decimal(-1), Decimal(2)]
    refused(lambda: pm.cagr(exact, freq="A", negative_base="raise"), "position 1", "negative")
    turned = frame.to_numpy()[::-1].T
    refused(
        lambda: pm.cagr(turned, freq="A", axis=1, negative_base="raise"), "series 1, position 1"
    )


def test_lags_beyond_the_data_have_no_rate():
    for lag in (100_003, -100_003, 2**62):
        assert np.isnan(pm.annualized(L, lag, freq="M")).all()
        assert np.isnan(pm.growth(L, lag, average="annual", freq="D")).all()
    refused(lambda: pm.annualized(L, 0, freq="M"), "lag must not be 0")
    x = np.geomspace(1.0, 2.0, 1001)
    for lag in range(1, 1000, 7):
        assert pm.annualized(x, lag, freq="W")[-1] == pytest.approx(100 * (2**0.052 - 1))


def test_what_has_no_rows_cannot_reach_a_target():
    where = {"by": "2025", "freq": "A", "start": "2020"}
    refused(lambda: pm.required([], 5, **where), "no rows", "to start from")
    refused(lambda: pm.required([1.0], [], **where), "target has 0 numbers for 1 series")


def test_ranks_across_columns_have_no_seasons():
    frame = pd.DataFrame({"a": [1.0, 2], "b": [2.0, 1]})
    refused(lambda: pm.rank(frame, within="row", same_period=True), "same_period", "leave one")


@pytest.mark.parametrize(
    ("name", "option"),
    [
        ("rolling_growth", "annualized"),
        ("previous_record", "same_period"),
        ("rank", "same_period"),
        ("record", "same_period"),
        ("cf_filter", "drift"),
        ("stl", "robust"),
        ("mstl", "robust"),
        ("x11", "true_7_term"),
        ("x11", "exclude_forecasts"),
        ("revision_history", "true_7_term"),
        ("sliding_spans", "true_7_term"),
        ("seasonality_tests", "log"),
        ("brief", "adjusted"),
        ("table", "adjusted"),
    ],
)
def test_a_word_is_neither_true_nor_false(name, option):
    months = pd.period_range("2010-01", periods=120, freq="M")
    x = pd.Series(100 + np.arange(120) % 12 + np.arange(120) / 7, months)
    args = ([12],) if name == "mstl" else ()
    for wrong in ("no", "False", None, 1):
        with pytest.raises(TypeError, match=f"{option} is True or False; got {wrong!r}"):
            getattr(pm, name)(x, *args, **{option: wrong})
    getattr(pm, name)(x, *args, **{option: np.bool_(False)})
