"""pandas: Series and DataFrames, with any index that tells the time.

What the index means is read by `_calendar_pandas.py`; here are the values: which dtypes hold
numbers, how they become float64, and how results get back the dtype, the index, the names and the
attrs of the input. A column gives results of its own kind: float32 stays float32, nullable integers
give Float64, Arrow integers give double, Decimals give Decimals and Arrow decimals decimal128.
"""

from __future__ import annotations

from copy import deepcopy
from importlib import import_module
from typing import Any

import numpy as np

from paimana._containers import Data, Side, Values, decimals_of, exact_of, side_by_side
from paimana._containers._calendar_pandas import Calendar, calendar_of, labels_of_rows
from paimana._time import Time

__all__ = ["read_pandas"]

pd: Any = import_module("pandas")
Array = np.ndarray[Any, Any]
Series: Any = pd.Series
DataFrame: Any = pd.DataFrame

FLOAT64 = np.dtype("float64")

SINGLE = ("float32", "Float32", "float")
"""The kinds of single precision."""

_KINDS: dict[Any, str | None] = {FLOAT64: "float64"}
"""The dtype of results for every dtype met so far; None where it holds no numbers."""


def kind_of(dtype: Any) -> str | None:
    """The dtype of results for a column: float64, float32, Float64, Float32, double or float of
    Arrow.
    """
    if dtype not in _KINDS:
        _KINDS[dtype] = _find_kind(dtype)
    return _KINDS[dtype]


def _find_kind(dtype: Any) -> str | None:
    if getattr(dtype, "kind", "O") not in "fiub":
        return None
    if isinstance(dtype, pd.SparseDtype):
        return _find_kind(dtype.subtype)
    small = dtype.kind == "f" and dtype.itemsize <= 4
    if isinstance(dtype, np.dtype):
        return "float32" if small else "float64"
    if isinstance(dtype, pd.ArrowDtype):
        return "float" if small else "double"
    return "Float32" if small else "Float64"


def numbers_of(column: Any, what: str, exact: bool = False) -> tuple[Any, str]:
    """The values of a Series as float64, or exact, and the dtype of its results.

    Raises
    ------
    TypeError
        If it holds no numbers; the sentence names it and the way out.
    """
    dtype = column.dtype
    kind = kind_of(dtype)
    if kind is None:
        found = _decimals(column, what) if exact else None
        if found is None:
            raise TypeError(_refusal(column, what))
        return found
    if dtype is FLOAT64 or dtype == FLOAT64:
        return column.to_numpy(), kind
    if kind in ("float64", "float32"):
        return column.to_numpy(dtype=FLOAT64), kind
    return column.to_numpy(dtype=FLOAT64, na_value=np.nan), kind


def _decimals(column: Any, what: str) -> tuple[Values, str] | None:
    """The exact values of a column of decimals, and whether they are Arrow's or objects."""
    if isinstance(column.dtype, pd.ArrowDtype):
        pa: Any = import_module("pyarrow")
        if pa.types.is_decimal(column.dtype.pyarrow_dtype):
            array = column.array.__arrow_array__()
            chunked = array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])
            return exact_of(chunked, what), "decimal"
    elif column.dtype == np.object_:
        objects = column.tolist()
        first = next((each for each in objects if not _absent(each)), None)
        if type(first).__name__ == "Decimal":
            return decimals_of(objects, what), "object"
    return None


def _absent(value: Any) -> bool:
    """Whether an object stands for a missing value."""
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _refusal(column: Any, what: str) -> str:
    """Why a column cannot be measured, and what to do."""
    dtype, name = column.dtype, str(column.dtype)
    kind = getattr(dtype, "kind", "O")
    if kind == "M" or isinstance(dtype, pd.PeriodDtype):
        name = f'"{column.name}"'
        return f"{what} holds dates: make it the index with set_index({name}), or give time={name}"
    if kind == "m":
        return f"{what} holds durations ({name}): divide it by a unit, such as pd.Timedelta(days=1)"
    if kind == "c":
        return f"{what} holds complex numbers ({name}): take .real or .abs() of it"
    if name == "category":
        return f'{what} holds categories: leave it out, or convert it with .astype("float64")'
    first = next((value for value in column if value is not None and value is not pd.NA), None)
    if first is None:
        return (
            f"{what} has no numeric dtype ({name}) and no values: convert it with "
            '.astype("float64")'
        )
    if type(first).__name__ == "Decimal":
        return f'{what} holds Decimals ({name}): convert it with .astype("float64")'
    if isinstance(first, str):
        return (
            f'{what} holds text ({name}) such as "{first}", not numbers: leave it out, or '
            "convert it with "
            'pd.to_numeric(..., errors="coerce")'
        )
    return f'{what} holds Python objects ({name}), not numbers: convert it with .astype("float64")'


def column_of(values: Any, kind: str) -> Any:
    """A column of results in the dtype of its kind."""
    if isinstance(values, Values):
        if kind == "object":
            objects = np.empty(len(values), dtype=object)
            objects[:] = values.to_decimals()
            return objects
        arrow: Any = import_module("pyarrow")
        return pd.arrays.ArrowExtensionArray(arrow.array(values))
    if kind in ("float64", "object"):
        return values
    if kind == "float32":
        return values.astype(np.float32)
    if kind == "Float64" or kind == "Float32":
        missing = np.isnan(values)
        return pd.arrays.FloatingArray(values.astype(kind.lower(), copy=False), missing)
    pa: Any = import_module("pyarrow")
    scalar = pa.float32() if kind == "float" else pa.float64()
    return pd.arrays.ArrowExtensionArray(pa.array(values, scalar, from_pandas=True))


def flags_of(values: Array, kind: str) -> Any:
    """A column of booleans beside columns of this kind."""
    if kind in ("float64", "float32", "object"):
        return values
    if kind == "Float64" or kind == "Float32":
        return pd.arrays.BooleanArray(values, np.zeros(values.shape, dtype=bool))
    pa: Any = import_module("pyarrow")
    return pd.arrays.ArrowExtensionArray(pa.array(values))


def part_of(values: Any, kind: str) -> Any:
    """A column of one part of a result: numbers in the kind of the input, booleans, anything else
    as is.
    """
    if isinstance(values, Values) or values.dtype == FLOAT64:
        return column_of(values, kind)
    return flags_of(values, kind) if values.dtype == np.bool_ else values


class SeriesData(Data):
    """A Series."""

    __slots__ = ("calendar", "kind", "source")

    def __init__(self, source: Any, values: Array, kind: str, calendar: Calendar) -> None:
        self.source, self.values, self.kind, self.calendar = source, values, kind, calendar
        self.axis = 0
        time = self.time = calendar.time
        self.slots = None if time is None else time.slots

    @property
    def single(self) -> bool:
        return self.kind in SINGLE

    def _series(self, column: Any) -> Any:
        source = self.source
        result = Series(column, index=source.index, name=source.name, copy=False)
        return _with_attrs(result, source)

    def like(self, values: Any) -> Any:
        return self._series(values if self.kind == "float64" else column_of(values, self.kind))

    def flags(self, values: Any) -> Any:
        return self._series(flags_of(values, self.kind))

    def words(self, values: Array) -> Any:
        return self._series(values)

    def reduced(self, values: Any) -> Any:
        return values.to_decimals()[0] if isinstance(values, Values) else float(values)

    def labels(self, rows: Array) -> Any:
        return self._series(labels_of_rows(self.calendar.labels, rows))

    def parts(self, parts: dict[str, Any]) -> Any:
        return self.rows(parts)

    def rows(self, columns: dict[Any, Any]) -> Any:
        made = {name: part_of(values, self.kind) for name, values in columns.items()}
        return _with_attrs(DataFrame(made, index=self.source.index), self.source)

    def at(self, time: Time, values: Any) -> Any:
        index = self.calendar.at(time)
        result = Series(
            column_of(values, self.kind), index=index, name=self.source.name, copy=False
        )
        return _with_attrs(result, self.source)

    def row_names(self) -> Any:
        return self.calendar.labels

    @property
    def columns(self) -> list[Any]:
        return [self.source.name]

    def row_label(self, row: int) -> str:
        return self.calendar.words(row)

    def lane_label(self, lane: int) -> str:
        name = self.source.name
        return "" if name is None else str(name)


class FrameData(Data):
    """A DataFrame; `stamps` is the name of its date column, where it has one beside the index."""

    __slots__ = ("calendar", "kinds", "measured", "source", "stamps")

    def __init__(
        self, source: Any, values: Array, kinds: list[str], calendar: Calendar, stamps: Any
    ) -> None:
        self.source, self.values, self.kinds, self.calendar = source, values, kinds, calendar
        self.stamps = stamps
        self.measured: Any = source.columns if stamps is None else source.columns.drop(stamps)
        self.axis = 0
        time = self.time = calendar.time
        self.slots = None if time is None else time.slots

    @property
    def single(self) -> Array:
        return np.array([kind in SINGLE for kind in self.kinds], dtype=bool)

    def _frame(self, columns: list[Any], names: Any, index: Any = None, dates: Any = None) -> Any:
        """A frame of columns in order, with the date column back in its place."""
        index = self.source.index if index is None else index
        made = DataFrame(dict(enumerate(columns)), index=index, copy=False)
        made.columns = names
        if self.stamps is not None:
            dates = self.source[self.stamps] if dates is None else dates
            place = min(self.source.columns.get_loc(self.stamps), len(columns))
            made.insert(place, self.stamps, dates)
        return _with_attrs(made, self.source)

    def _uniform(self, kind: str) -> bool:
        """Whether all columns are of one NumPy kind, so that a frame is one block."""
        return self.stamps is None and self.kinds.count(kind) == len(self.kinds)

    def _block(self, values: Array, index: Any) -> Any:
        made = DataFrame(values, index=index, columns=self.source.columns, copy=False)
        return _with_attrs(made, self.source)

    def like(self, values: Any) -> Any:
        if self._uniform("float64"):
            return self._block(values, self.source.index)
        columns = [column_of(values[:, lane], kind) for lane, kind in enumerate(self.kinds)]
        return self._frame(columns, self.measured)

    def flags(self, values: Any) -> Any:
        if self._uniform("float64"):
            return self._block(values, self.source.index)
        columns = [flags_of(values[:, lane], kind) for lane, kind in enumerate(self.kinds)]
        return self._frame(columns, self.measured)

    def words(self, values: Array) -> Any:
        return self._frame([values[:, lane] for lane in range(values.shape[1])], self.measured)

    def reduced(self, values: Any) -> Any:
        kinds = set(self.kinds)
        kind = kinds.pop() if len(kinds) == 1 else "float64"
        return Series(column_of(values, kind), index=self.measured, copy=False)

    def labels(self, rows: Array) -> Any:
        labels = self.calendar.labels
        columns = [labels_of_rows(labels, rows[:, lane]) for lane in range(rows.shape[1])]
        return self._frame(columns, self.measured)

    def parts(self, parts: dict[str, Any]) -> Any:
        columns = [
            part_of(values[:, lane], kind)
            for lane, kind in enumerate(self.kinds)
            for values in parts.values()
        ]
        names = [_suffixed(column, part) for column in self.measured for part in parts]
        return self._frame(columns, _index_of(names, self.measured))

    def rows(self, columns: dict[Any, Any]) -> Any:
        kinds = set(self.kinds)
        kind = kinds.pop() if len(kinds) == 1 else "float64"
        made = [part_of(values, kind) for values in columns.values()]
        return self._frame(made, _index_of(list(columns), self.measured))

    def at(self, time: Time, values: Any) -> Any:
        labels = self.calendar.at(time)
        index = labels if self.stamps is None else None
        if self._uniform("float64"):
            return self._block(values, index)
        columns = [column_of(values[:, lane], kind) for lane, kind in enumerate(self.kinds)]
        if index is None:
            return self._frame(columns, self.measured, pd.RangeIndex(len(labels)), labels.array)
        return self._frame(columns, self.measured, index)

    def row_names(self) -> Any:
        return self.calendar.labels

    def sides(self) -> list[Side]:
        return [(None, self.columns)]

    @property
    def columns(self) -> list[Any]:
        return list(self.measured)

    def row_label(self, row: int) -> str:
        return self.calendar.words(row)

    def lane_label(self, lane: int) -> str:
        return f'column "{self.measured[lane]}"'


def _with_attrs(result: Any, source: Any) -> Any:
    if source.attrs:
        result.attrs = deepcopy(source.attrs)
    return result


def _suffixed(column: Any, part: str) -> Any:
    """The name of one part of a column: `beef_base`; with several levels the last one has it."""
    if isinstance(column, tuple):
        return (*column[:-1], f"{column[-1]}_{part}")
    return f"{column}_{part}"


def _index_of(names: list[Any], measured: Any) -> Any:
    """Column labels, with the levels of the input where all have them."""
    depth = measured.nlevels
    if depth == 1:
        return pd.Index(names, name=measured.name)
    padded: list[Any] = [
        name if isinstance(name, tuple) else (name, *[""] * (depth - 1)) for name in names
    ]
    return pd.MultiIndex.from_tuples(padded, names=measured.names)


def read_pandas(
    x: Any, time: Any, freq: str | None, start: Any, axis: Any, exact: bool = False
) -> Data:
    """Read a Series or a DataFrame."""
    if isinstance(x, Series):
        if axis != 0 and axis != "index":
            raise ValueError(f"axis={axis!r}: a Series has only axis 0, along which time runs")
        name = x.name
        what = "the Series" if name is None else f'the Series "{name}"'
        values, kind = numbers_of(x, what, exact)
        return SeriesData(x, values, kind, calendar_of(x.index, time, freq, start))
    if isinstance(x, DataFrame):
        if axis != 0 and axis != "index":
            raise ValueError(
                f"axis={axis!r}: time runs down the rows of a DataFrame; turn it with .T "
                "first if it runs along the columns"
            )
        return _read_frame(x, time, freq, start, exact)
    raise TypeError(
        f"paimana reads a Series or a DataFrame of pandas, not a {type(x).__name__}: wrap "
        "it in a Series"
    )


def _read_frame(x: Any, time: Any, freq: str | None, start: Any, exact: bool) -> FrameData:
    stamps: Any = None
    index, numbers = x.index, x
    named = isinstance(time, (str, int)) or (isinstance(time, tuple) and x.columns.nlevels > 1)
    if named:
        if time not in x.columns:
            raise ValueError(f"time={time!r} is not a column; there are {_listed(x.columns)}")
        index, stamps = pd.Index(x[time]), time  # pyright: ignore[reportUnknownVariableType]
        numbers, time = x.drop(columns=[time]), None
    calendar = calendar_of(index, time, freq, start, wanted=named)
    dtypes = numbers.dtypes.tolist()
    n = len(dtypes)
    if n and dtypes.count(dtypes[0]) == n and dtypes[0] in (FLOAT64, np.float32):
        kind = str(dtypes[0])
        return FrameData(x, numbers.to_numpy(dtype=FLOAT64), [kind] * n, calendar, stamps)
    columns: list[Any] = []
    kinds: list[str] = []
    for lane in range(n):
        name = numbers.columns[lane]
        column, kind = numbers_of(numbers.iloc[:, lane], f'column "{name}"', exact)
        columns.append(column)
        kinds.append(kind)
    values = side_by_side(columns, list(numbers.columns), len(numbers))
    return FrameData(x, values, kinds, calendar, stamps)


def _listed(names: Any, most: int = 8) -> str:
    shown = ", ".join(f'"{name}"' for name in names[:most])
    return f"{shown} ..." if len(names) > most else shown
