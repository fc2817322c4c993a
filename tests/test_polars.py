"""Polars: dtypes, nulls, the date column, and messages."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import paimana as pm
from paimana._containers import read
from sample import DAYS, GROWTH, QUARTERS, VALUES, close_lists, same

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        (pl.Float64, pl.Float64),
        (pl.Float32, pl.Float32),
        (pl.Int64, pl.Float64),
        (pl.UInt8, pl.Float64),
        (pl.Int128, pl.Float64),
    ],
)
def test_polars_series(dtype, expected):
    series = pl.Series("E", [110, 100, 132, 120, None], dtype=dtype)
    for time in (DAYS, pl.Series("day", DAYS), np.array(DAYS, "M8[D]"), pd.DatetimeIndex(DAYS)):
        result = pm.growth(series, time=time)
        assert (result.name, result.dtype) == ("E", expected)
        close_lists(result.to_list(), GROWTH)
    assert series.to_list() == [110, 100, 132, 120, None]


def test_polars_nan_and_null_are_missing_and_results_are_null():
    series = pl.Series("E", [1.0, None, 3.0, float("nan"), 5.0, 6.0])
    result = pm.growth(series)
    close_lists(result.to_list(), [np.nan] * 5 + [20.0])
    assert result.null_count() == 5
    assert pm.growth(pl.Series("E", [None, None])).to_list() == [None, None]
    assert pm.growth(pl.Series("E", [], dtype=pl.Float64)).to_list() == []
    flags = pm.record(series)
    assert (flags.dtype, flags.to_list()) == (pl.Boolean, [False, False, True, False, True, True])
    assert pm.change(pl.Series([True, False])).to_list() == [None, -1.0]


@pytest.mark.parametrize(
    "dates",
    [
        pl.Series(DAYS),
        pl.Series(DAYS).cast(pl.Datetime("ms")),
        pl.Series(DAYS).cast(pl.Datetime("ns")),
        pl.Series(DAYS).cast(pl.Datetime("us")).dt.replace_time_zone("Asia/Karachi"),
    ],
)
def test_polars_frame_keeps_its_date_column(dates):
    frame = pl.DataFrame({"a": VALUES, "day": dates, "b": pl.Series(VALUES, dtype=pl.Float32)})
    result = pm.growth(frame, time="day")
    assert result.columns == frame.columns
    assert result["day"].equals(frame["day"])
    assert result.schema["b"] == pl.Float32
    close_lists(result["a"].to_list(), GROWTH)
    quarters = pm.to_frequency(frame, "Q", time="day", partial="keep", na="skip")
    assert quarters.columns == frame.columns
    assert quarters.schema == frame.schema
    assert quarters["day"].dt.date().to_list() == [date(2024, 3, 31), date(2024, 6, 30)]
    same(quarters["a"], QUARTERS)
    since = pm.highest_since(frame, time="day")
    assert since.schema["a"] == frame.schema["day"]
    assert since["a"].dt.date().to_list() == [None] * 5
    since = pm.lowest_since(frame, time="day")
    assert since["a"].dt.date().to_list() == [
        date(2024, 1, 31),
        None,
        date(2024, 4, 30),
        date(2024, 2, 29),
        None,
    ]


def test_polars_other_shapes():
    frame = pl.DataFrame({"day": DAYS, "a": VALUES, "b": VALUES})
    parts = pm.base_effect(frame, time="day")
    assert parts.columns == ["day", "a_current", "a_base", "b_current", "b_base"]
    reduced = pm.cagr(frame, time="day")
    assert (reduced.shape, reduced.columns) == ((1, 2), ["a", "b"])
    assert isinstance(pm.cagr(frame["a"], time=DAYS), float)
    years = pm.to_frequency(
        frame, "A", time="day", year_start="JUL", fy_label="start", partial="keep", na="skip"
    )
    assert years.to_dict(as_series=False) == {"fiscal_year": [2023], "a": [462.0], "b": [462.0]}
    series = pm.to_frequency(frame["a"], "Q", time=frame["day"], partial="keep", na="skip")
    assert series.to_dict(as_series=False) == {
        "day": [date(2024, 3, 31), date(2024, 6, 30)],
        "a": QUARTERS,
    }
    texts = frame.with_columns(day=pl.Series([str(day)[:7] for day in DAYS]))
    close_lists(pm.growth(texts, time="day")["a"].to_list(), GROWTH)
    quarters = pm.to_frequency(texts, "Q", time="day", partial="keep", na="skip")
    assert quarters["day"].to_list() == ["2024Q1", "2024Q2"]
    years = pl.DataFrame({"year": [2000, 2001, 2003], "a": [1.0, 2.0, 3.0]})
    assert pm.growth(years, time="year")["a"].to_list() == [None, 100.0, None]


@pytest.mark.parametrize(
    ("frame", "options", "error", "sentence"),
    [
        (
            {"day": DAYS, "a": VALUES},
            {},
            TypeError,
            'column "day" holds no numbers .Date.: name it with time="day"',
        ),
        ({"a": ["x"] * 5}, {}, TypeError, 'column "a" holds no numbers .String.: leave it out'),
        ({"a": VALUES}, {"time": "day"}, ValueError, "time='day' is not a column; there are \"a\""),
        ({"a": VALUES}, {"time": DAYS[:3]}, ValueError, "time= has 3 dates for 5 rows"),
        ({"a": VALUES}, {"time": VALUES}, TypeError, "the dates in time= are Float64"),
        (
            {"day": [None, *DAYS[1:]], "a": VALUES},
            {"time": "day"},
            ValueError,
            "the date in row 0 is missing",
        ),
        (
            {"day": DAYS[:4] + DAYS[:1], "a": VALUES},
            {"time": "day"},
            ValueError,
            "February 2024 occurs twice, in rows 0 and 4",
        ),
        ({"a": VALUES}, {"axis": 1}, ValueError, "axis=1: time runs down the rows"),
    ],
)
def test_polars_messages(frame, options, error, sentence):
    with pytest.raises(error, match=sentence):
        pm.growth(pl.DataFrame(frame), **options)


def test_polars_refuses_what_holds_no_values():
    with pytest.raises(
        TypeError, match=r"A LazyFrame|a LazyFrame has no values yet: call .collect"
    ):
        pm.growth(pl.LazyFrame({"a": [1.0]}))
    with pytest.raises(
        TypeError, match=r'the Series "E" holds no numbers .Decimal.*convert it with'
    ):
        pm.hp_filter(pl.Series("E", ["1.5"]).cast(pl.Decimal(10, 2)), lamb=1600)
    with pytest.raises(ValueError, match=r"names a column, and a Series has none"):
        pm.growth(pl.Series([1.0]), time="day")


def test_polars_zero_copy_in():
    values = np.arange(5.0)
    series = pl.Series(values)
    assert np.shares_memory(read(series).values, series.to_numpy())


def test_decimals_keep_their_name():
    money = pl.Series("exports", ["306.00", "310.00"]).cast(pl.Decimal(10, 2))
    assert pm.growth(money).name == "exports"
    assert pm.growth(pl.DataFrame(money), time=["2024-03", "2024-04"]).columns == ["exports"]
