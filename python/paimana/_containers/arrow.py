"""Arrow: arrays, chunked arrays, tables and record batches, without a detour over pandas.

The dates are in a column named by `time`, which stays in its place, or in a sequence beside an
array. Nulls and NaN are missing; what is missing in a result is null. Chunks and the metadata of a
table are kept. float and halffloat give float, decimals decimal128, everything else that holds
numbers double.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from paimana import _core
from paimana._containers import Data, Side, Values, exact_of, side_by_side, whole
from paimana._containers.dates import freq_of_periods
from paimana._stamps import (
    NOT_A_TIME,
    bare,
    in_64_bits,
    numbers_at,
    plain_dates,
    time_of_labels,
    time_of_numbers,
    time_of_stamps,
    unzoned,
)
from paimana._time import Time

__all__ = ["read_arrow"]

pa: Any = import_module("pyarrow")
pc: Any = import_module("pyarrow.compute")
Array = np.ndarray[Any, Any]


def _numbers_of(column: Any, what: str, exact: bool, name: str = "") -> tuple[Any, Any]:
    """The values of a column as float64, or exact, and the Arrow type of its results."""
    kind = column.type
    if exact and pa.types.is_decimal(kind):
        return exact_of(_stream_of(column), what), pa.float64()
    result = pa.float64()
    if pa.types.is_float32(kind) or pa.types.is_float16(kind):
        result = pa.float32()
    elif pa.types.is_boolean(kind):
        column = column.cast(pa.uint8())
    elif not (pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind)):
        if pa.types.is_temporal(kind) and name:
            advice = f'name it with time="{name}" if it tells the dates, or leave it out'
        else:
            advice = "leave it out, or convert it with .cast(pa.float64())"
        raise TypeError(f"{what} holds no numbers ({kind}): {advice}")
    if not pa.types.is_float64(kind):
        # Unchecked: an integer beyond 2**53 is taken as the nearest double.
        column = column.cast(pa.float64(), safe=False)
    if column.null_count:
        column = column.fill_null(np.nan)
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    pieces = [_view(chunk, np.float64) for chunk in chunks if len(chunk)]
    return pieces[0] if len(pieces) == 1 else np.concatenate([np.empty(0), *pieces]), result


def _stream_of(column: Any) -> Any:
    """A column that can be streamed: an array in one piece is a stream of one chunk."""
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])


def _view(array: Any, dtype: Any) -> Array:
    """The values of an array without nulls, without a copy.

    Arrays are made and read by their buffers because `pa.array` would import pandas.
    """
    if not len(array):
        return np.empty(0, dtype=dtype)
    size = np.dtype(dtype).itemsize
    return np.frombuffer(array.buffers()[1], dtype, len(array), array.offset * size)


def _array(values: Array, kind: Any, observed: Array | None = None) -> Any:
    """An array over the memory of `values`, of an Arrow type of their width; of booleans a
    bitmap. Where the bits of `observed` are not set it is null.
    """
    values, length = np.ascontiguousarray(values), len(values)
    if values.dtype == np.bool_:
        values = np.packbits(values, bitorder="little")
    valid = None if observed is None else pa.py_buffer(observed)
    return pa.Array.from_buffers(kind, length, [valid, pa.py_buffer(values)])


def _column(values: Any, kind: Any) -> Any:
    """A column of results: NaN is null, without a copy of the values."""
    if isinstance(values, Values):
        return pa.array(values)
    if values.dtype == np.bool_:
        return _array(values, pa.bool_())
    if values.dtype != np.float64:
        return pa.array(values.tolist())
    values = np.ascontiguousarray(values)
    observed = _core.observed(values)
    return _array(values.astype(np.float32) if kind == pa.float32() else values, kind, observed)


def _words(values: Array) -> Any:
    """A column of words or other objects; one without any is of texts."""
    try:
        made = pa.array(values.tolist())
    except OverflowError:  # keys of 64 bits without a sign
        made = pa.array(values.tolist(), pa.uint64())
    return made.cast(pa.string()) if made.type == pa.null() else made


def _chunked_as(column: Any, model: Any) -> Any:
    """A column in the chunks of another."""
    if not isinstance(model, pa.ChunkedArray):
        return column
    pieces: list[Any] = []
    begin = 0
    for chunk in model.chunks:
        pieces.append(column.slice(begin, len(chunk)))
        begin += len(chunk)
    return pa.chunked_array(pieces, column.type)


def _indices(rows: Array) -> Any:
    """Row numbers, null where they are -1."""
    return _array(rows, pa.int64(), np.packbits(rows >= 0, bitorder="little"))


class _Dates:
    """The date column: the time it tells, and the labels it gives results."""

    __slots__ = ("column", "name", "time")

    def __init__(self, column: Any, name: str, freq: str | None) -> None:
        self.column, self.name = whole(column), name
        self.time = _time_of(self.column, freq)

    def of_rows(self, rows: Array) -> Any:
        """The date of each row number, null where it is -1."""
        return self.column.take(_indices(rows))

    def at(self, time: Time) -> tuple[str, Any]:
        """The name and dates of other periods, in the type and at the place in the period of
        these.
        """
        kind = self.column.type
        if time.freq == "A" and time.fy_label == "start" and time.first_month > 1:
            return "fiscal_year", _array(time.ordinals() - 1, pa.int64())
        if pa.types.is_integer(kind) and (numbers := numbers_at(time)) is not None:
            return self.name, _array(numbers, pa.int64()).cast(kind)
        if not pa.types.is_temporal(kind):
            return self.name, pa.array(time.labels())
        days = unzoned(self.column).cast(pa.date32(), safe=False).cast(pa.int32())
        ends = self.time is not None and self.time.at_ends(_view(days, np.int32).astype("M8[D]"))
        dates = time.last_dates() if ends else time.dates()
        dates = _array(dates.astype(np.int64).astype(np.int32), pa.date32())
        if getattr(kind, "tz", None) is None:
            return self.name, dates.cast(kind)
        stamps = dates.cast(pa.timestamp(kind.unit))
        return self.name, pc.assume_timezone(
            stamps, kind.tz, ambiguous="earliest", nonexistent="latest"
        )


def _time_of(column: Any, freq: str | None) -> Time | None:
    """The time of a column of dates, texts or whole numbers."""
    kind = column.type
    if pa.types.is_date(kind):
        return time_of_stamps(
            _stamps(column.cast(pa.date32(), safe=False).cast(pa.int32())), "D", freq
        )
    if pa.types.is_timestamp(kind):
        return time_of_stamps(_stamps(unzoned(column)), kind.unit, freq)
    if pa.types.is_integer(kind):
        try:
            numbers = _stamps(column)
        except pa.ArrowInvalid:
            numbers = in_64_bits(np.array(column.fill_null(0).to_pylist(), object), freq)
        return time_of_numbers(numbers, freq)
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return time_of_labels(column.to_pylist(), freq, "date")
    raise TypeError(
        f'the dates in time= are {kind}: give dates, texts such as "2024-04", or whole '
        'numbers: years, or 202404 with freq="M"'
    )


def _stamps(column: Any) -> Array:
    return _view(column.cast(pa.int64()).fill_null(NOT_A_TIME), np.int64)


class _ArrowData(Data):
    """What an array and a table share."""

    __slots__ = ("dates", "source")

    def __init__(self, source: Any, values: Array, time: Time | None, dates: _Dates | None) -> None:
        self.source, self.values, self.time, self.dates = source, values, time, dates
        self.axis = 0
        self.slots = None if time is None else time.slots

    def _labels(self, rows: Array) -> Any:
        return _indices(rows) if self.dates is None else self.dates.of_rows(rows)


class ArrayData(_ArrowData):
    """An array, in one piece or in chunks."""

    __slots__ = ("kind",)

    def __init__(
        self, source: Any, values: Array, kind: Any, time: Time | None, dates: _Dates | None
    ) -> None:
        super().__init__(source, values, time, dates)
        self.kind = kind

    @property
    def single(self) -> bool:
        return self.kind == pa.float32()

    def like(self, values: Any) -> Any:
        return _chunked_as(_column(values, self.kind), self.source)

    def flags(self, values: Any) -> Any:
        return _chunked_as(_array(values, pa.bool_()), self.source)

    def words(self, values: Array) -> Any:
        return _chunked_as(_words(values), self.source)

    def reduced(self, values: Any) -> Any:
        return values.to_decimals()[0] if isinstance(values, Values) else float(values)

    def labels(self, rows: Array) -> Any:
        return _chunked_as(self._labels(rows), self.source)

    def parts(self, parts: dict[str, Any]) -> Any:
        return self.rows(parts)

    def rows(self, columns: dict[Any, Any]) -> Any:
        return pa.table({str(name): _column(part, self.kind) for name, part in columns.items()})

    def at(self, time: Time, values: Any) -> Any:
        made = _column(values, self.kind)
        if self.dates is None or not time.dated:
            return pa.chunked_array([made]) if isinstance(self.source, pa.ChunkedArray) else made
        name, dates = self.dates.at(time)
        return pa.table({name: dates, "value": made})


class TableData(_ArrowData):
    """A table or a record batch; `dated` is where its date column stands, -1 where it has none."""

    __slots__ = ("dated", "kinds", "lanes")

    def __init__(
        self,
        source: Any,
        values: Array,
        kinds: list[Any],
        lanes: list[int],
        place: int,
        time: Time | None,
        dates: _Dates | None,
    ) -> None:
        super().__init__(source, values, time, dates)
        self.kinds, self.lanes, self.dated = kinds, lanes, place

    @property
    def single(self) -> Array:
        return np.array([kind == pa.float32() for kind in self.kinds], dtype=bool)

    def _table(self, names: list[str], columns: list[Any], dates: Any = None) -> Any:
        """A table of columns, with the date column in its place."""
        if dates is None and self.dated >= 0:
            dates = self.source.schema.names[self.dated], self.source.column(self.dated)
        if dates is not None:
            place = min(max(self.dated, 0), len(columns))
            names, columns = list(names), list(columns)
            names.insert(place, dates[0])
            columns.insert(place, dates[1])
        made = self._plain(names, columns)
        return made.replace_schema_metadata(self.source.schema.metadata)

    def _plain(self, names: list[str], columns: list[Any]) -> Any:
        """A table or batch of these columns alone."""
        kind: Any = pa.Table if isinstance(self.source, pa.Table) else pa.RecordBatch
        return kind.from_arrays(columns, names=names)

    def _in_chunks(self, lane: int, column: Any) -> Any:
        return _chunked_as(column, self.source.column(self.lanes[lane]))

    def like(self, values: Any) -> Any:
        columns = [
            self._in_chunks(lane, _column(values[:, lane], kind))
            for lane, kind in enumerate(self.kinds)
        ]
        return self._table(self.columns, columns)

    def flags(self, values: Any) -> Any:
        columns = [
            self._in_chunks(lane, _array(values[:, lane], pa.bool_()))
            for lane in range(len(self.lanes))
        ]
        return self._table(self.columns, columns)

    def words(self, values: Array) -> Any:
        columns = [
            self._in_chunks(lane, _words(values[:, lane])) for lane in range(len(self.lanes))
        ]
        return self._table(self.columns, columns)

    def reduced(self, values: Any) -> Any:
        columns = [_column(values[lane : lane + 1], kind) for lane, kind in enumerate(self.kinds)]
        return self._plain(self.columns, columns)

    def labels(self, rows: Array) -> Any:
        columns = [
            self._in_chunks(lane, self._labels(rows[:, lane])) for lane in range(len(self.lanes))
        ]
        return self._table(self.columns, columns)

    def parts(self, parts: dict[str, Any]) -> Any:
        columns = [
            _column(values[:, lane], kind)
            for lane, kind in enumerate(self.kinds)
            for values in parts.values()
        ]
        return self._table([f"{name}_{part}" for name in self.columns for part in parts], columns)

    def rows(self, columns: dict[Any, Any]) -> Any:
        kinds = set(self.kinds)
        kind = kinds.pop() if len(kinds) == 1 else pa.float64()
        made = [_column(part, kind) for part in columns.values()]
        return self._table([str(name) for name in columns], made)

    def at(self, time: Time, values: Any) -> Any:
        columns = [_column(values[:, lane], kind) for lane, kind in enumerate(self.kinds)]
        if self.dates is None or not time.dated:
            return self._plain(self.columns, columns)
        return self._table(self.columns, columns, self.dates.at(time))

    def sides(self) -> list[Side]:
        return [(None, self.columns)]

    @property
    def columns(self) -> list[Any]:
        names = self.source.schema.names
        return [names[lane] for lane in self.lanes]

    def lane_label(self, lane: int) -> str:
        return f'column "{self.columns[lane]}"'


def read_arrow(
    x: Any, time: Any, freq: str | None, start: Any, axis: Any, exact: bool = False
) -> Data:
    """Read an array, a chunked array, a table or a record batch."""
    if axis != 0:
        raise ValueError(f"axis={axis!r}: time runs down the rows of Arrow data, axis 0")
    if isinstance(x, (pa.Array, pa.ChunkedArray)):
        if isinstance(time, str):
            raise ValueError(
                f"time={time!r} names a column, and an array has none: give the dates themselves"
            )
        values, kind = _numbers_of(x, "the array", exact)
        calendar, dates = _calendar(len(x), time, "time", freq, start)
        return ArrayData(x, values, kind, calendar, dates)
    if isinstance(x, (pa.Table, pa.RecordBatch)):
        return _read_table(x, time, freq, start, exact)
    raise TypeError(
        "paimana reads an Array, a ChunkedArray, a Table or a RecordBatch of Arrow, not a "
        f"{type(x).__name__}"
    )


def _read_table(x: Any, time: Any, freq: str | None, start: Any, exact: bool) -> TableData:
    names: list[str] = x.schema.names
    place, name = -1, "time"
    if isinstance(time, str):
        if time not in names:
            shown = ", ".join(f'"{name}"' for name in names[:8])
            raise ValueError(f"time={time!r} is not a column; there are {shown}")
        place, name = names.index(time), time
        if (own := freq_of_periods(x.schema.field(place))) is not None:
            raise TypeError(
                f'the dates in "{name}" are periods of pandas (period[{own}]), which are numbers '
                'here: give dates, or texts such as "2024-04", as .astype(str) makes of them'
            )
        time = x.column(place)
    calendar, dates = _calendar(x.num_rows, time, name, freq, start)
    lanes = [lane for lane in range(len(names)) if lane != place]
    columns: list[Any] = []
    kinds: list[Any] = []
    for lane in lanes:
        column, kind = _numbers_of(x.column(lane), f'column "{names[lane]}"', exact, names[lane])
        columns.append(column)
        kinds.append(kind)
    values = side_by_side(columns, [names[lane] for lane in lanes], x.num_rows)
    return TableData(x, values, kinds, lanes, place, calendar, dates)


def _calendar(
    rows: int, time: Any, name: str, freq: str | None, start: Any
) -> tuple[Time | None, _Dates | None]:
    """The time of the rows: that of the dates, or of a bare array."""
    if time is None:
        return bare(rows, freq, start), None
    if start is not None:
        raise ValueError(
            "start= is for data without dates; time= gives them: leave one of the two out"
        )
    if not isinstance(time, (pa.Array, pa.ChunkedArray)):
        time = plain_dates(time)
        time = pa.array(time if hasattr(time, "__len__") else list(time))
    if len(time) != rows:
        raise ValueError(f"time= has {len(time)} dates for {rows} rows: give one each")
    dates = _Dates(time, name, freq)
    return dates.time, dates
