"""Every container: the same values, the class and the labels of the input, and nothing written to
it.

The calendar cases of pandas are in `test_pandas_index.py`; here each library's own dtypes, labels
and messages.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import numpy as np
import pytest

import paimana as pm
from paimana._containers import read

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")
xr = pytest.importorskip("xarray")

# March 2024 is absent, and the rows are out of order.
DAYS = [
    date(2024, 2, 29),
    date(2024, 1, 31),
    date(2024, 5, 31),
    date(2024, 4, 30),
    date(2024, 6, 30),
]
VALUES = [110.0, 100.0, 132.0, 120.0, np.nan]
GROWTH = [10.0, np.nan, 10.0, np.nan, np.nan]
QUARTERS = [210.0, 252.0]

NUMPY_DTYPES = ["float64", "float32", "float16", "int8", "int64", "uint8", "uint64", "bool"]


def same(got, expected) -> None:
    np.testing.assert_allclose(np.asarray(got, dtype=float), expected, rtol=1e-6)


def close_lists(got: list, expected: list) -> None:
    """Lists in which what is missing is None, never NaN."""
    assert [value is None for value in got] == [np.isnan(value) for value in expected]
    same([np.nan if value is None else value for value in got], expected)


def pandas_series(dtype: str = "float64", name: str | None = "E"):
    return pd.Series(VALUES, index=pd.DatetimeIndex(DAYS, name="day"), name=name).astype(dtype)


# pandas


@pytest.mark.parametrize(
    "dtype", ["float64", "float32", "Float64", "Float32", "double[pyarrow]", "float[pyarrow]"]
)
def test_pandas_floats_keep_their_dtype(dtype):
    series = pandas_series(dtype)
    before = series.copy()
    result = pm.growth(series)
    assert str(result.dtype) == dtype
    same(result.to_numpy(dtype=float, na_value=np.nan), GROWTH)
    assert result.isna().tolist() == np.isnan(GROWTH).tolist()
    pd.testing.assert_series_equal(series, before)
    pd.testing.assert_index_equal(result.index, series.index)
    assert (result.name, result.index.name) == ("E", "day")


@pytest.mark.parametrize(
    ("dtype", "expected", "flag"),
    [
        ("int64", "float64", "bool"),
        ("uint8", "float64", "bool"),
        ("float16", "float32", "bool"),
        ("Int64", "Float64", "boolean"),
        ("UInt8", "Float64", "boolean"),
        ("int64[pyarrow]", "double[pyarrow]", "bool[pyarrow]"),
        ("uint8[pyarrow]", "double[pyarrow]", "bool[pyarrow]"),
        ("Sparse[float]", "float64", "bool"),
    ],
)
def test_pandas_whole_numbers_give_floats(dtype, expected, flag):
    series = pd.Series(
        [100, 110, 120, 132], pd.period_range("2024-01", periods=4, freq="M")
    ).astype(dtype)
    result = pm.growth(series)
    assert str(result.dtype) == expected
    same(result.to_numpy(dtype=float, na_value=np.nan), [np.nan, 10, 100 / 11, 10])
    flags = pm.record(series)
    assert str(flags.dtype) == flag
    assert flags.tolist() == [False, True, True, True]


@pytest.mark.parametrize("dtype", ["bool", "boolean", "bool[pyarrow]"])
def test_pandas_booleans_are_numbers(dtype):
    series = pd.Series([True, False, True]).astype(dtype)
    same(pm.change(series).to_numpy(dtype=float, na_value=np.nan), [np.nan, -1, 1])


def test_pandas_missing_values_of_nullable_columns():
    series = pd.Series([1, None, 3, 6], dtype="Int64")
    result = pm.growth(series)
    assert result.isna().tolist() == [True, True, True, False]
    assert result[0] is pd.NA


def test_pandas_whole_numbers_beyond_two_to_the_53():
    series = pd.Series([2**60 + 1, 2**61], dtype="int64")
    assert pm.growth(series).tolist()[1] == 100.0


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        (
            ["a", "b"],
            r'holds text \((str|object)\) such as "a", not numbers: leave it out, or .*to_numeric',
        ),
        (
            [None, None],
            r"has no numeric dtype \(object\) and no values: convert it with .astype\(.float64.\)",
        ),
        ([1, object()], "holds Python objects .object., not numbers"),
        ([1 + 1j, 2], "holds complex numbers .complex128.: take .real or .abs.. of it"),
        (pd.to_datetime(["2024", "2025"]), 'holds dates: make it the index with set_index."E".'),
        (pd.period_range("2024", periods=2, freq="M"), "holds dates"),
        (pd.to_timedelta([1, 2]), "holds durations"),
        (pd.Categorical([1, 2]), "holds categories"),
        (pd.array(["1.5", "2.5"], dtype="string"), "holds text"),
    ],
)
def test_pandas_columns_without_numbers_are_named(column, sentence):
    with pytest.raises(TypeError, match=r'the Series "E" ' + sentence):
        pm.growth(pd.Series(column, name="E"))
    frame = pd.DataFrame({"D": [1.0, 2.0], "E": column})
    with pytest.raises(TypeError, match=r'column "E" ' + sentence):
        pm.growth(frame)


def test_pandas_decimals_are_refused_for_now():
    from decimal import Decimal

    with pytest.raises(TypeError, match=r"holds Decimals"):
        pm.growth(pd.Series([Decimal(1), Decimal(2)]))
    arrow = pd.Series([Decimal(1), Decimal(2)], dtype=pd.ArrowDtype(pa.decimal128(10, 2)))
    with pytest.raises(TypeError, match=r"holds Decimals"):
        pm.growth(arrow)


def test_pandas_frame_keeps_everything_but_the_values():
    frame = pd.DataFrame(
        {"a": np.array(VALUES, "f4"), "b": pd.array([11, 10, 13, 12, None], "Int64"), "c": VALUES},
        index=pd.DatetimeIndex(DAYS, name="day"),
    )
    frame.columns.name = "series"
    frame.attrs = {"source": {"office": "SBP"}}
    before = frame.copy()
    result = pm.growth(frame)
    assert [str(dtype) for dtype in result.dtypes] == ["float32", "Float64", "float64"]
    pd.testing.assert_index_equal(result.index, frame.index)
    pd.testing.assert_index_equal(result.columns, frame.columns)
    assert result.attrs == frame.attrs
    assert result.attrs["source"] is not frame.attrs["source"]
    same(result["c"], GROWTH)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    "dtypes", [["float64", "float64"], ["float64", "Int64"], ["float32", "float32"]]
)
@pytest.mark.parametrize(
    "columns",
    [
        ["x", "x"],
        pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["p", "q"]),
        pd.RangeIndex(2),
        [date(2024, 1, 1), None],
    ],
)
def test_pandas_any_columns(dtypes, columns):
    frame = pd.concat([pd.Series([1.0, 2.0, 4.0]).astype(dtype) for dtype in dtypes], axis=1)
    frame.columns = columns
    for result in (pm.growth(frame), pm.record(frame), pm.highest_since(frame)):
        pd.testing.assert_index_equal(result.columns, frame.columns)
    assert pm.cagr(frame, freq="A").index.equals(frame.columns)
    parts = pm.base_effect(frame, freq="A")
    assert parts.shape == (3, 4)
    assert parts.columns.nlevels == frame.columns.nlevels


def test_pandas_read_only_memory_is_welcome_and_results_are_their_own():
    values = np.arange(1.0, 7.0).reshape(3, 2)
    values.flags.writeable = False
    frame = pd.DataFrame(values, copy=False)
    assert np.shares_memory(read(frame).values, values)
    for result in (pm.growth(frame), pm.lag(frame, 0), pm.change(frame)):
        assert not np.shares_memory(result.to_numpy(), values)
    series = pd.Series(values[:, 0], copy=False)
    assert np.shares_memory(read(series).values, values)
    assert not np.shares_memory(pm.lag(series, 0).to_numpy(), values)


def test_pandas_frame_with_a_column_of_dates():
    frame = pd.DataFrame({"a": VALUES, "day": pd.to_datetime(DAYS), "b": VALUES})
    result = pm.growth(frame, time="day")
    assert result.columns.tolist() == ["a", "day", "b"]
    pd.testing.assert_series_equal(result["day"], frame["day"])
    same(result["b"], GROWTH)
    quarters = pm.to_frequency(frame, "Q", time="day", partial="keep", na="skip")
    assert quarters["day"].tolist() == [pd.Timestamp("2024-03-31"), pd.Timestamp("2024-06-30")]
    same(quarters["a"], QUARTERS)
    texts = frame.assign(day=[str(day)[:7] for day in DAYS])
    same(pm.growth(texts, time="day")["a"], GROWTH)
    with pytest.raises(
        ValueError, match=r'time=\'month\' is not a column; there are "a", "day", "b"'
    ):
        pm.growth(frame, time="month")


def test_pandas_series_with_dates_beside_it():
    series = pd.Series(VALUES)
    same(pm.growth(series, time=DAYS), GROWTH)
    same(pm.growth(series, time=pd.DatetimeIndex(DAYS)), GROWTH)
    with pytest.raises(ValueError, match=r"time= has 2 dates for 5 rows"):
        pm.growth(series, time=DAYS[:2])
    with pytest.raises(ValueError, match=r"time='day' names a column, and a Series has none"):
        pm.growth(series, time="day")
    with pytest.raises(ValueError, match=r"time= holds no dates"):
        pm.growth(series, time=["a", "b", "c", "d", "e"])


def test_pandas_messages_name_the_period_and_the_column():
    frame = pd.DataFrame(
        {"a": [1.0, 2, 3], "b": [1.0, -2, 3]}, pd.period_range("2024-02", periods=3, freq="M")
    )
    with pytest.raises(ValueError, match=r'column "b", April 2024'):
        pm.growth(frame, negative_base="raise")
    with pytest.raises(ValueError, match=r"E, April 2024"):
        pm.growth(frame["b"].rename("E"), negative_base="raise")
    with pytest.raises(ValueError, match=r"position 2"):
        pm.growth(pd.Series([1.0, -2, 3]), negative_base="raise")
    with pytest.raises(ValueError, match=r"row 'Quetta'"):
        pm.growth(pd.Series([1.0, -2, 3], ["Lahore", "Karachi", "Quetta"]), negative_base="raise")
    with pytest.raises(ValueError, match=r"axis=1: time runs down the rows"):
        pm.growth(frame, axis=1)
    with pytest.raises(TypeError, match=r"not a Index: wrap it in a Series"):
        pm.growth(pd.Index([1.0, 2.0]))


# Polars


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
        pm.growth(pl.Series("E", ["1.5"]).cast(pl.Decimal(10, 2)))
    with pytest.raises(ValueError, match=r"names a column, and a Series has none"):
        pm.growth(pl.Series([1.0]), time="day")


def test_polars_zero_copy_in():
    values = np.arange(5.0)
    series = pl.Series(values)
    assert np.shares_memory(read(series).values, series.to_numpy())


# Arrow


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (pa.float64(), pa.float64()),
        (pa.float32(), pa.float32()),
        (pa.float16(), pa.float32()),
        (pa.int64(), pa.float64()),
        (pa.uint8(), pa.float64()),
    ],
)
def test_arrow_arrays(kind, expected):
    values = [np.float16(v) if kind == pa.float16() else v for v in (110, 100, 132, 120)] + [None]
    array = pa.array(values, kind)
    for piece in (array, pa.array([*values[:1], *values], kind).slice(1)):
        result = pm.growth(piece, time=DAYS)
        assert isinstance(result, pa.DoubleArray | pa.FloatArray)
        assert result.type == expected
        close_lists(result.to_pylist(), GROWTH)
        result.validate(full=True)


def test_arrow_chunks_are_kept():
    chunked = pa.chunked_array([[110.0, 100.0], [], [132.0, 120.0, None]])
    result = pm.growth(chunked, time=DAYS)
    assert [len(chunk) for chunk in result.chunks] == [2, 0, 3]
    close_lists(result.to_pylist(), GROWTH)
    assert pm.record(chunked, time=DAYS).num_chunks == 3
    empty = pm.growth(pa.chunked_array([], pa.float64()))
    assert (empty.type, len(empty)) == (pa.float64(), 0)
    assert len(pm.growth(pa.array([], pa.int8()))) == 0


def test_arrow_nulls_nan_and_booleans():
    close_lists(
        pm.growth(pa.array([1.0, float("nan"), 2.0, None, 4.0, 5.0])).to_pylist(),
        [np.nan] * 5 + [25],
    )
    assert pm.growth(pa.array([None, None])).to_pylist() == [None, None]
    assert pm.change(pa.array([True, False, None])).to_pylist() == [None, -1.0, None]
    assert pm.record(pa.array([1.0, 2.0, 1.5])).to_pylist() == [False, True, False]
    assert pm.growth(pa.array([2**60 + 1, 2**61])).to_pylist() == [None, 100.0]


def test_arrow_zero_copy_in_and_out():
    values = np.arange(1.0, 6.0)
    array = pa.array(values)
    assert np.shares_memory(read(array).values, values)
    result = pm.lag(array, 0)
    assert result.null_count == 0
    assert not np.shares_memory(result.to_numpy(), values)


@pytest.mark.parametrize(
    "dates",
    [
        pa.array(DAYS),
        pa.array(DAYS, pa.date64()),
        pa.array(DAYS).cast(pa.timestamp("s")),
        pa.array(DAYS).cast(pa.timestamp("ns")),
        pa.array([str(day) for day in DAYS]),
        pa.array([str(day) for day in DAYS]).dictionary_encode(),
        pa.array([str(day) for day in DAYS], pa.large_string()),
    ],
)
@pytest.mark.parametrize("batch", [False, True])
def test_arrow_tables(dates, batch):
    table = pa.table({"a": VALUES, "day": dates, "b": pa.array(VALUES, pa.float32())})
    table = table.replace_schema_metadata({"source": "SBP"})
    frame = table.to_batches()[0] if batch else table
    result = pm.growth(frame, time="day")
    assert type(result) is type(frame)
    assert result.schema.names == ["a", "day", "b"]
    assert result.schema.metadata == {b"source": b"SBP"}
    assert result.column(1).equals(frame.column(1))
    close_lists(result.column(0).to_pylist(), GROWTH)
    assert result.schema.field("b").type == pa.float32()
    quarters = pm.to_frequency(frame, "Q", time="day", partial="keep", na="skip")
    assert type(quarters) is type(frame)
    if pa.types.is_temporal(dates.type):
        assert quarters.schema.field("day").type == dates.type
        days = quarters.column(1).cast(pa.date32()).to_pylist()
        assert days == [date(2024, 3, 31), date(2024, 6, 30)]
    assert quarters.column(0).to_pylist() == QUARTERS


def test_arrow_time_zones_are_local():
    # Midnight of the first of the month in Karachi is still the month before in Greenwich.
    local = pa.array([date(2024, m, 1) for m in (1, 2, 4)]).cast(pa.timestamp("us"))
    stamps = pa.compute.assume_timezone(local, "Asia/Karachi")
    table = pa.table({"day": stamps, "a": [1.0, 2.0, 3.0]})
    assert pm.growth(table, time="day")["a"].to_pylist() == [None, 100.0, None]
    quarters = pm.to_frequency(table, "Q", time="day", partial="keep", na="skip")
    assert quarters["day"].type == stamps.type
    assert [day.date() for day in quarters["day"].to_pylist()] == [
        date(2024, 1, 1),
        date(2024, 4, 1),
    ]


def test_arrow_other_shapes():
    table = pa.table({"day": DAYS, "a": VALUES})
    assert pm.base_effect(table, time="day").column_names == ["day", "a_current", "a_base"]
    assert pm.cagr(table, time="day").shape == (1, 1)
    quarters = pm.to_frequency(pa.array(VALUES), "Q", time=DAYS, partial="keep", na="skip")
    assert quarters.to_pydict() == {
        "time": [date(2024, 3, 31), date(2024, 6, 30)],
        "value": QUARTERS,
    }
    since = pm.lowest_since(table, time="day")["a"].to_pylist()
    assert since == [date(2024, 1, 31), None, date(2024, 4, 30), date(2024, 2, 29), None]
    assert pm.lowest_since(pa.array([1.0, 2.0])).to_pylist() == [None, 0]


@pytest.mark.parametrize(
    ("x", "options", "error", "sentence"),
    [
        (pa.array(["a"]), {}, TypeError, "the array holds no numbers .string."),
        (
            pa.array([1], pa.decimal128(5, 2)),
            {},
            TypeError,
            "the array holds no numbers .decimal128",
        ),
        (
            pa.table({"day": DAYS}),
            {},
            TypeError,
            'column "day" holds no numbers .date32.day..: name it with time="day"',
        ),
        (pa.table({"a": VALUES}), {"time": "day"}, ValueError, "time='day' is not a column"),
        (pa.array(VALUES), {"time": "day"}, ValueError, "an array has none"),
        (pa.array(VALUES), {"time": DAYS[:2]}, ValueError, "time= has 2 dates for 5 rows"),
        (pa.array(VALUES), {"time": [None, *DAYS[1:]]}, ValueError, "the date in row 0 is missing"),
        (pa.array(VALUES), {"time": VALUES}, TypeError, "the dates in time= are double"),
        (pa.array(VALUES), {"axis": 1}, ValueError, "axis=1"),
        (pa.scalar(1.0), {}, TypeError, "not a DoubleScalar"),
    ],
)
def test_arrow_messages(x, options, error, sentence):
    with pytest.raises(error, match=sentence):
        pm.growth(x, **options)


# xarray


def cube(dtype: str = "float64"):
    values = np.array(VALUES)[None, :, None] * np.array([1, 2, 3])[:, None, None] * np.ones(2)
    return xr.DataArray(
        values.astype(dtype),
        dims=("city", "day", "sex"),
        coords={
            "day": pd.DatetimeIndex(DAYS),
            "city": ["Lahore", "Karachi", "Quetta"],
            "note": ("day", list("abcde")),
            "base": 2010,
        },
        name="E",
        attrs={"unit": "USD"},
    )


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_xarray_keeps_dims_coords_attrs_and_name(dtype):
    data = cube(dtype)
    before = data.copy(deep=True)
    result = pm.growth(data)
    assert result.dtype == dtype
    xr.testing.assert_identical(result.copy(data=data.to_numpy()), data)
    for city in range(3):
        for sex in range(2):
            same(result[city, :, sex], GROWTH)
    xr.testing.assert_identical(data, before)
    result.coords["note"].data[0] = "changed"
    xr.testing.assert_identical(data, before)


def test_xarray_finds_the_time_dimension_or_says_what_it_needs():
    data = cube()
    renamed = data.swap_dims(day="row").reset_coords("day", drop=True)
    with pytest.raises(
        ValueError, match=r"none of the dimensions .* holds dates: say which is time"
    ):
        pm.growth(renamed)
    same(pm.growth(renamed, time="row")[0, 1:, 0], [-100 / 11, 32, -100 / 11, np.nan])
    same(pm.growth(data.swap_dims(day="row"), time="day")[0, :, 0], GROWTH)
    same(pm.growth(renamed.rename(row="time"))[0, 1:3, 0], [-100 / 11, 32])
    same(pm.growth(renamed[0, :, 0])[1:3], [-100 / 11, 32])
    twice = data.isel(sex=[0, 0]).assign_coords(sex=pd.to_datetime(["2020", "2021"]))
    with pytest.raises(ValueError, match=r"\['day', 'sex'\] all hold dates: say which is time"):
        pm.growth(twice)
    same(pm.growth(twice, time="day")[0, :, 0], GROWTH)
    with pytest.raises(ValueError, match=r"time='month' is neither a dimension nor a coordinate"):
        pm.growth(data, time="month")


def test_xarray_other_shapes():
    data = cube()
    quarters = pm.to_frequency(data, "Q", partial="keep", na="skip")
    assert quarters.dims == data.dims
    assert quarters["day"].to_index().tolist() == [
        pd.Timestamp("2024-03-31"),
        pd.Timestamp("2024-06-30"),
    ]
    assert set(quarters.coords) == {"day", "city", "base"}
    same(quarters[0, :, 0], QUARTERS)
    reduced = pm.cagr(data)
    assert (reduced.dims, reduced.name) == (("city", "sex"), "E")
    assert isinstance(pm.cagr(data[0, :, 0]), float)
    assert set(pm.base_effect(data).data_vars) == {"current", "base"}
    since = pm.lowest_since(data)[0, :, 0]
    expected = pd.to_datetime(["2024-01-31", None, "2024-04-30", "2024-02-29", None])
    assert pd.DatetimeIndex(since.to_numpy()).equals(expected)
    assert pm.record(data).dtype == bool


def test_xarray_messages():
    data = cube()
    data[1, 0, 1] = -5.0
    # Row 0 is February: the base of nothing, since March is absent; so make January negative.
    data[1, 1, 1] = -5.0
    with pytest.raises(ValueError, match=r"city Karachi, sex 1, February 2024"):
        pm.growth(data, negative_base="raise")
    with pytest.raises(TypeError, match=r"not a Dataset: choose a variable"):
        pm.growth(data.to_dataset())
    with pytest.raises(TypeError, match=r'the DataArray "E" holds no numbers .complex128.'):
        pm.growth(data.astype(complex))
    with pytest.raises(ValueError, match=r"x is a single number"):
        pm.growth(data[0, 0, 0])


# All of them


CONTAINERS = {
    "pandas": lambda v, d: pd.Series(v, index=pd.DatetimeIndex(d)),
    "polars": lambda v, d: pl.DataFrame({"d": d, "v": v}),
    "arrow": lambda v, d: pa.table({"d": d, "v": v}),
    "xarray": lambda v, d: xr.DataArray(v, dims="d", coords={"d": pd.DatetimeIndex(d)}),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_gives_the_values_of_the_array(name):
    random = np.random.default_rng(11)
    days = np.arange("2015-01", "2020-01", dtype="M8[M]").astype("M8[D]").astype(object)
    values = random.lognormal(size=len(days))
    options = {} if name in ("pandas", "xarray") else {"time": "d"}
    for function, extra in (
        (pm.yoy, {}),
        (pm.qoq, {}),
        (pm.ytd, {"year_start": "JUL"}),
        (pm.zscore, {}),
        (pm.rolling_mean, {"window": 5}),
        (pm.from_peak, {}),
    ):
        calendar = {"freq": "M"} | ({"start": "2015-01"} if function is pm.ytd else {})
        if function in (pm.zscore, pm.rolling_mean, pm.from_peak):
            calendar = {}
        expected = function(values, **extra, **calendar)
        got = function(CONTAINERS[name](values, days), **extra, **options)
        if name == "polars" or name == "arrow":
            got = got["v"].to_numpy()
        np.testing.assert_array_equal(np.asarray(got), expected)


@pytest.mark.parametrize("thing", [3.5, "2024", {"a": 1}, None, object(), {1.0, 2.0}])
def test_other_things_are_refused(thing):
    with pytest.raises((TypeError, ValueError), match=r"cannot read|give"):
        pm.growth(thing)


def test_importing_paimana_loads_none_of_the_libraries():
    code = (
        "import sys, numpy, paimana; paimana.growth([1.0, 2.0]);"
        "print([m for m in ('pandas', 'polars', 'pyarrow', 'xarray', 'matplotlib') if m in "
        "sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
