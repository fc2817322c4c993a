"""Polars: Series and DataFrames, with the dates in a column named by `time`.

Polars has no index: `time` names the date column of a frame, which stays in its place in every
result, or is a sequence of dates beside a Series. Nulls and NaN are missing; what is missing in a
result is null. float32 gives Float32, Decimal Decimal, everything else that holds numbers Float64.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from paimana._containers import Data, Side, Values, exact_of, side_by_side
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

__all__ = ["read_polars"]

pl: Any = import_module("polars")
Array = np.ndarray[Any, Any]


@cache
def _streams_decimals() -> bool:
    """Whether this Polars hands out decimals by itself; some need pyarrow for it (1.30 does)."""
    try:
        Values.from_arrow(pl.Series([1]).cast(pl.Decimal(3, 1)))
    except ValueError:
        return False
    return True


def _numbers_of(column: Any, what: str, exact: bool) -> tuple[Any, str]:
    """The values of a column as float64, or exact, and the dtype of its results."""
    dtype = column.dtype
    if exact and dtype.is_decimal():
        return exact_of(column if _streams_decimals() else column.to_arrow(), what), "float64"
    if dtype == pl.Float64:
        return column.to_numpy(), "float64"
    if dtype == pl.Float32:
        return column.cast(pl.Float64).to_numpy(), "float32"
    if (dtype.is_numeric() and not dtype.is_decimal()) or dtype in (pl.Boolean, pl.Null):
        return column.cast(pl.Float64).to_numpy(), "float64"
    if dtype.is_temporal():
        advice = f'name it with time="{column.name}" if it tells the dates, or leave it out'
    elif dtype.is_decimal():
        advice = "convert it with .cast(pl.Float64)"
    else:
        advice = "leave it out, or convert it with .cast(pl.Float64)"
    raise TypeError(f"{what} holds no numbers ({dtype}): {advice}")


def _column(name: str, values: Any, kind: str = "float64") -> Any:
    """A column of results: NaN is null."""
    if isinstance(values, Values):
        return pl.Series(name, values).alias(name)  # what comes as a stream brings its own name
    if values.dtype == np.float64:
        if kind == "float32":
            values = values.astype(np.float32)
        return pl.Series(name, values, nan_to_null=True)
    return pl.Series(name, values.tolist() if values.dtype == np.object_ else values)


def _words(name: str, values: Array) -> Any:
    """A column of words or other objects; one without any is of texts."""
    made = pl.Series(name, values.tolist())
    return made.cast(pl.String) if made.dtype == pl.Null else made


class _Dates:
    """The date column: the time it tells, and the labels it gives results."""

    __slots__ = ("column", "time")

    def __init__(self, column: Any, freq: str | None) -> None:
        self.column = column
        self.time = _time_of(column, freq)

    def of_rows(self, rows: Array, name: str) -> Any:
        """The date of each row number, null where it is -1."""
        return self.column.gather(_indices(rows)).alias(name)

    def at(self, time: Time) -> Any:
        """The dates of other periods, in the dtype and at the place in the period of these."""
        name, dtype = self.column.name or "time", self.column.dtype
        if time.freq == "A" and time.fy_label == "start" and time.first_month > 1:
            return pl.Series("fiscal_year", time.ordinals() - 1)
        if dtype.is_integer() and (numbers := numbers_at(time)) is not None:
            return pl.Series(name, numbers).cast(dtype)
        if not dtype.is_temporal():
            return pl.Series(name, time.labels())
        days = unzoned(self.column).cast(pl.Date).cast(pl.Int32).cast(pl.Int64)
        ends = self.time is not None and self.time.at_ends(days.to_numpy().astype("M8[D]"))
        dates = pl.Series(name, time.last_dates() if ends else time.dates())
        if dtype == pl.Date:
            return dates
        stamps = dates.cast(pl.Datetime(dtype.time_unit))
        return stamps if dtype.time_zone is None else _in_zone(stamps, dtype.time_zone)


def _in_zone(stamps: Any, zone: str) -> Any:
    """Midnights of a time zone; one o'clock where the clock is put forward at midnight."""
    first, second = (
        column.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
        for column in (stamps, stamps.dt.offset_by("1h"))
    )
    return first.zip_with(first.is_not_null(), second)


def _indices(rows: Array) -> Any:
    """Row numbers, null where they are -1."""
    numbers = pl.Series("", rows)
    return numbers.set(numbers < 0, None)


def _time_of(column: Any, freq: str | None) -> Time | None:
    """The time of a column of dates, texts or whole numbers."""
    dtype = column.dtype
    if dtype == pl.Date:
        return time_of_stamps(_stamps(column), "D", freq)
    if dtype == pl.Datetime:
        return time_of_stamps(_stamps(unzoned(column)), dtype.time_unit, freq)
    if dtype.is_integer():
        try:
            numbers = _stamps(column)
        except pl.exceptions.InvalidOperationError:
            numbers = in_64_bits(np.array(column.fill_null(0).to_list(), object), freq)
        return time_of_numbers(numbers, freq)
    if dtype in (pl.String, pl.Categorical, pl.Enum, pl.Object):
        return time_of_labels(column.to_list(), freq, "date")
    raise TypeError(
        f'the dates in time= are {dtype}: give dates, texts such as "2024-04", or whole '
        'numbers: years, or 202404 with freq="M"'
    )


def _stamps(column: Any) -> Array:
    return column.to_physical().cast(pl.Int64).fill_null(NOT_A_TIME).to_numpy()


class _PolarsData(Data):
    """What a Series and a frame share."""

    __slots__ = ("dates", "source")

    def __init__(self, source: Any, values: Array, time: Time | None, dates: _Dates | None) -> None:
        self.source, self.values, self.time, self.dates = source, values, time, dates
        self.axis = 0
        self.slots = None if time is None else time.slots

    def _labels(self, rows: Array, name: str) -> Any:
        return _indices(rows).alias(name) if self.dates is None else self.dates.of_rows(rows, name)


class SeriesData(_PolarsData):
    """A Series."""

    __slots__ = ("kind",)

    def __init__(
        self, source: Any, values: Array, kind: str, time: Time | None, dates: _Dates | None
    ) -> None:
        super().__init__(source, values, time, dates)
        self.kind = kind

    @property
    def single(self) -> bool:
        return self.kind == "float32"

    def like(self, values: Any) -> Any:
        return _column(self.source.name, values, self.kind)

    def flags(self, values: Any) -> Any:
        return pl.Series(self.source.name, values)

    def words(self, values: Array) -> Any:
        return _words(self.source.name, values)

    def reduced(self, values: Any) -> Any:
        return values.to_decimals()[0] if isinstance(values, Values) else float(values)

    def labels(self, rows: Array) -> Any:
        return self._labels(rows, self.source.name)

    def parts(self, parts: dict[str, Any]) -> Any:
        return self.rows(parts)

    def rows(self, columns: dict[Any, Any]) -> Any:
        return pl.DataFrame([_column(str(name), part, self.kind) for name, part in columns.items()])

    def at(self, time: Time, values: Any) -> Any:
        made = self.like(values)
        if self.dates is None or not time.dated:
            return made
        return pl.DataFrame([self.dates.at(time), made.alias(made.name or "value")])

    @property
    def columns(self) -> list[Any]:
        return [self.source.name]

    def lane_label(self, lane: int) -> str:
        return str(self.source.name)


class FrameData(_PolarsData):
    """A DataFrame; `dated` is where its date column stands, -1 where it has none."""

    __slots__ = ("dated", "kinds", "names")

    def __init__(
        self,
        source: Any,
        values: Array,
        kinds: list[str],
        names: list[str],
        place: int,
        time: Time | None,
        dates: _Dates | None,
    ) -> None:
        super().__init__(source, values, time, dates)
        self.kinds, self.names, self.dated = kinds, names, place

    @property
    def single(self) -> Array:
        return np.array([kind == "float32" for kind in self.kinds], dtype=bool)

    def _frame(self, columns: list[Any], dates: Any = None) -> Any:
        """A frame of columns, with the date column in its place."""
        if dates is None and self.dated >= 0:
            dates = self.source[:, self.dated]
        if dates is not None:
            columns.insert(min(max(self.dated, 0), len(columns)), dates)
        return pl.DataFrame(columns)

    def like(self, values: Any) -> Any:
        lanes = enumerate(zip(self.names, self.kinds, strict=True))
        return self._frame([_column(name, values[:, lane], kind) for lane, (name, kind) in lanes])

    def flags(self, values: Any) -> Any:
        return self._frame(
            [pl.Series(name, values[:, lane]) for lane, name in enumerate(self.names)]
        )

    def words(self, values: Array) -> Any:
        return self._frame([_words(name, values[:, lane]) for lane, name in enumerate(self.names)])

    def reduced(self, values: Any) -> Any:
        lanes = enumerate(zip(self.names, self.kinds, strict=True))
        return pl.DataFrame(
            [_column(name, values[lane : lane + 1], kind) for lane, (name, kind) in lanes]
        )

    def labels(self, rows: Array) -> Any:
        return self._frame(
            [self._labels(rows[:, lane], name) for lane, name in enumerate(self.names)]
        )

    def parts(self, parts: dict[str, Any]) -> Any:
        lanes = enumerate(zip(self.names, self.kinds, strict=True))
        columns = [
            _column(f"{name}_{part}", values[:, lane], kind)
            for lane, (name, kind) in lanes
            for part, values in parts.items()
        ]
        return self._frame(columns)

    def rows(self, columns: dict[Any, Any]) -> Any:
        kinds = set(self.kinds)
        kind = kinds.pop() if len(kinds) == 1 else "float64"
        return self._frame([_column(str(name), part, kind) for name, part in columns.items()])

    def at(self, time: Time, values: Any) -> Any:
        lanes = enumerate(zip(self.names, self.kinds, strict=True))
        columns = [_column(name, values[:, lane], kind) for lane, (name, kind) in lanes]
        if self.dates is None or not time.dated:
            return pl.DataFrame(columns)
        return self._frame(columns, self.dates.at(time))

    def sides(self) -> list[Side]:
        return [(None, self.columns)]

    @property
    def columns(self) -> list[Any]:
        return list(self.names)

    def lane_label(self, lane: int) -> str:
        return f'column "{self.names[lane]}"'


def read_polars(
    x: Any, time: Any, freq: str | None, start: Any, axis: Any, exact: bool = False
) -> Data:
    """Read a Series or a DataFrame."""
    if isinstance(x, pl.LazyFrame):
        raise TypeError("a LazyFrame has no values yet: call .collect() first")
    if not isinstance(x, (pl.Series, pl.DataFrame)):
        raise TypeError(
            f"paimana reads a Series or a DataFrame of Polars, not a {type(x).__name__}"
        )
    if axis != 0:
        raise ValueError(f"axis={axis!r}: time runs down the rows of Polars data, axis 0")
    if isinstance(x, pl.Series):
        if isinstance(time, str):
            raise ValueError(
                f"time={time!r} names a column, and a Series has none: give the dates themselves"
            )
        values, kind = _numbers_of(x, f'the Series "{x.name}"' if x.name else "the Series", exact)
        calendar, dates = _calendar(len(x), time, freq, start)
        return SeriesData(x, values, kind, calendar, dates)
    return _read_frame(x, time, freq, start, exact)


def _read_frame(x: Any, time: Any, freq: str | None, start: Any, exact: bool) -> FrameData:
    place = -1
    if isinstance(time, str):
        if time not in x.columns:
            shown = ", ".join(f'"{name}"' for name in x.columns[:8])
            raise ValueError(f"time={time!r} is not a column; there are {shown}")
        place = x.columns.index(time)
        time = x[:, place]
    calendar, dates = _calendar(x.height, time, freq, start)
    names = [name for lane, name in enumerate(x.columns) if lane != place]
    columns: list[Any] = []
    kinds: list[str] = []
    for name in names:
        column, kind = _numbers_of(x[name], f'column "{name}"', exact)
        columns.append(column)
        kinds.append(kind)
    values = side_by_side(columns, names, x.height)
    return FrameData(x, values, kinds, names, place, calendar, dates)


def _calendar(
    rows: int, time: Any, freq: str | None, start: Any
) -> tuple[Time | None, _Dates | None]:
    """The time of the rows: that of the dates, or of a bare array."""
    if time is None:
        return bare(rows, freq, start), None
    if start is not None:
        raise ValueError(
            "start= is for data without dates; time= gives them: leave one of the two out"
        )
    column = time if isinstance(time, pl.Series) else _series_of(time)
    if len(column) != rows:
        raise ValueError(f"time= has {len(column)} dates for {rows} rows: give one each")
    dates = _Dates(column, freq)
    return dates.time, dates


def _series_of(time: Any) -> Any:
    """Any sequence of dates as a Series."""
    dates: Any = plain_dates(time)
    if not hasattr(dates, "dtype"):
        return pl.Series("time", dates if hasattr(dates, "__len__") else list(dates))
    array: Any = np.asarray(dates)
    if array.dtype.kind == "M":
        # Polars knows days and three units of time: years, months, weeks and seconds become these.
        unit = np.datetime_data(array.dtype)[0]
        array = array.astype("M8[D]" if unit in "YMWD" else "M8[us]")
    return pl.Series("time", array.tolist() if array.dtype.kind == "O" else array)
