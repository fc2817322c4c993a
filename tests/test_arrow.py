"""Arrow: types, nulls, chunks, tables and their date column, and messages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

import paimana as pm
from paimana import _core
from paimana._containers import read
from sample import DAYS, GROWTH, QUARTERS, VALUES, close_lists

pa = pytest.importorskip("pyarrow")


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
    chunks = pa.chunked_array([array[:0], array, array[5:]])  # what a filter leaves
    assert np.shares_memory(read(chunks).values, values)
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


def test_arrow_periods_of_pandas_are_no_years():
    """Their integers are, where pandas has not made their type known: 2024-01 is 648."""
    told = {"ARROW:extension:name": "pandas.period", "ARROW:extension:metadata": '{"freq": "M"}'}
    fields = [pa.field("day", pa.int64(), metadata=told), pa.field("a", pa.float64())]
    table = pa.table([[648, 649, 650], [1.0, 2.0, 3.0]], schema=pa.schema(fields))
    with pytest.raises(TypeError, match=r'"day" are periods of pandas \(period\[M\]\)'):
        pm.yoy(table, time="day")


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


def test_what_was_read_before_is_not_read_again():
    """Who reads a capsule moves what is in it; the memory that it told of may be gone."""
    column = pa.array([Decimal("1.5"), None, Decimal("2.25")])

    class Kept:
        def __init__(self, **capsules):
            for name, kept in capsules.items():
                setattr(self, name, lambda schema=None, kept=kept: kept)

    stream = Kept(__arrow_c_stream__=pa.chunked_array([column]).__arrow_c_stream__())
    assert pa.chunked_array(stream).to_pylist() == column.to_pylist()
    array = Kept(__arrow_c_array__=column.__arrow_c_array__())
    assert _core.Values.from_arrow(array).missing().tolist() == [False, True, False]
    assert pa.array(array).to_pylist() == column.to_pylist()
    for kept in (stream, array):
        with pytest.raises(ValueError, match="was read before"):
            _core.Values.from_arrow(kept)
