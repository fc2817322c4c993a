"""pandas: dtypes, labels, dates in a column, and messages; what an index means is in
`test_pandas_index`.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import paimana as pm
from paimana._containers import read
from sample import DAYS, GROWTH, QUARTERS, VALUES, same

pd = pytest.importorskip("pandas")
pa = pytest.importorskip("pyarrow")


def pandas_series(dtype: str = "float64", name: str | None = "E"):
    return pd.Series(VALUES, index=pd.DatetimeIndex(DAYS, name="day"), name=name).astype(dtype)


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


def test_pandas_decimals_are_refused_where_only_floats_serve():
    from decimal import Decimal

    with pytest.raises(TypeError, match=r"holds Decimals"):
        pm.hp_filter(pd.Series([Decimal(1), Decimal(2)]), lamb=1600)
    arrow = pd.Series([Decimal(1), Decimal(2)], dtype=pd.ArrowDtype(pa.decimal128(10, 2)))
    with pytest.raises(TypeError, match=r"holds Decimals"):
        pm.hp_filter(arrow, lamb=1600)
    for column in (pd.Series([Decimal(1), Decimal(2)]), arrow):
        with pytest.raises(TypeError, match=r"a logarithm has no exact decimal result"):
            pm.log_growth(column)
        with pytest.raises(TypeError, match=r"z-score.*has no exact decimal result"):
            pm.zscore(column)


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
