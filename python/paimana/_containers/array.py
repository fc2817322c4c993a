"""Lists and NumPy arrays: no labels, and a calendar only where the user names a frequency.

A bare array is taken as complete: row i is period i. A list gives a list, float32 gives float32,
everything else that holds numbers gives float64. Decimals, which NumPy holds as objects, give
Decimals; None is missing among them.
"""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from paimana._containers import Data, Values, decimals_of
from paimana._stamps import bare, time_of
from paimana._time import Time

__all__ = ["read_array"]

Array = np.ndarray[Any, Any]
FLOAT64 = np.dtype(np.float64)


class ArrayData(Data):
    """A NumPy array or a list."""

    __slots__ = ("dtype", "listed", "masked")

    takes_out = True

    def __init__(
        self, values: Array, axis: int, time: Time | None, dtype: Any, listed: bool
    ) -> None:
        self.values, self.axis, self.time = values, axis, time
        self.slots = None if time is None else time.slots
        self.dtype, self.listed, self.masked = dtype, listed, False

    def like(self, values: Any) -> Any:
        if isinstance(values, Values):
            return _objects(values, self.listed)
        if self.dtype is not FLOAT64:
            values = values.astype(self.dtype)
        if self.masked:
            return np.ma.masked_invalid(values)
        return values.tolist() if self.listed else values

    @property
    def single(self) -> bool:
        return self.dtype is not FLOAT64

    def flags(self, values: Any) -> Any:
        return values.tolist() if self.listed else values

    def words(self, values: Array) -> Any:
        return values.tolist() if self.listed else values

    def reduced(self, values: Any) -> Any:
        if values.ndim == 0:
            return _objects(values, True) if isinstance(values, Values) else float(values)
        return self.like(values)

    def labels(self, rows: Array) -> Any:
        return rows.tolist() if self.listed else rows

    def parts(self, parts: dict[str, Any]) -> Any:
        return self.like(_stacked(list(parts.values()), -1))

    def rows(self, columns: dict[Any, Any]) -> Any:
        """Numbers as one array, a column each; columns of different kinds as a dict of arrays."""
        kinds = {getattr(column, "dtype", None) for column in columns.values()}
        if len(kinds) == 1 and kinds <= {FLOAT64, None}:
            return self.like(_stacked(list(columns.values()), 1 - self.axis))
        return {
            name: _objects(column, self.listed)
            if isinstance(column, Values)
            else column.tolist()
            if self.listed
            else column
            for name, column in columns.items()
        }

    def at(self, time: Time, values: Any) -> Any:
        return self.like(values)

    def lane_label(self, lane: int) -> str:
        shape = self.values.shape[: self.axis] + self.values.shape[self.axis + 1 :]
        if not shape:
            return ""
        index = tuple(int(i) for i in np.unravel_index(lane, shape))
        return f"series {index[0] if len(index) == 1 else index}"


def _stacked(parts: list[Any], axis: int) -> Any:
    """Arrays, or exact values of one scale, side by side."""
    first = parts[0]
    if not isinstance(first, Values):
        return np.stack(parts, axis=axis)
    return Values(np.stack([part.array for part in parts], axis=axis), first.scale, first.precision)


def _objects(values: Values, listed: bool) -> Any:
    """Exact values as Decimals, in lists or in an array of objects."""
    made: Any = np.empty(values.array.size, dtype=object)
    made[:] = values.to_decimals()
    array = made.reshape(values.shape)
    return array.tolist() if listed else array


def read_array(
    x: Any, time: Any, freq: str | None, start: Any, axis: int, exact: bool = False
) -> Data:
    """Read a list or an array."""
    kind = cast("type[Any]", type(x))
    listed = kind is list or kind is tuple
    if not listed and kind is not np.ndarray:
        return _read_alike(x, time, freq, start, axis)
    values: Any = _from_list(x) if listed else x
    if values.ndim == 0:
        raise ValueError("x is a single number; give a series of them, such as [306, 310]")
    dtype = FLOAT64
    if values.dtype is not FLOAT64:
        if exact and values.dtype.kind == "O" and _holds_decimals(values):
            values = _to_exact(values)
        else:
            values, dtype = _to_float64(values)
    if isinstance(axis, bool) or not hasattr(axis, "__index__"):
        raise TypeError(f"axis must be an int, the number of an axis of x, not {axis!r}")
    if axis < 0:
        axis += values.ndim
    if not 0 <= axis < values.ndim:
        raise ValueError(
            f"axis must be below {values.ndim}, the number of dimensions of x, not {axis}"
        )
    if time is None and freq is None and start is None:
        return ArrayData(values, axis, None, dtype, listed)
    rows = values.shape[axis]
    if time is None:
        calendar = bare(rows, freq, start)
    else:
        calendar = time_of(time, freq)
        if calendar is not None and calendar.rows != rows:
            raise ValueError(
                f"time has {calendar.rows} entries and x has {rows} rows along axis {axis}"
            )
    return ArrayData(values, axis, calendar, dtype, listed)


def _read_alike(x: Any, time: Any, freq: str | None, start: Any, axis: int) -> Data:
    """Read a subclass of ndarray, or an object like one; masked values are missing."""
    if not hasattr(x, "mask"):
        return read_array(np.asarray(x, order="K"), time, freq, start, axis)
    values, dtype = _to_float64(np.ma.getdata(x))
    values = np.where(np.ma.getmaskarray(x), np.nan, values)
    data = read_array(values, time, freq, start, axis)
    assert isinstance(data, ArrayData)
    data.masked, data.dtype = True, dtype
    return data


def _holds_decimals(values: Array) -> bool:
    """Whether the first value of an array of objects is a Decimal."""
    first = next((v for v in values.flat if v is not None and v == v), None)
    return type(first).__name__ == "Decimal"


def _to_exact(values: Array) -> Values:
    """The Decimals of an array of objects."""
    column = decimals_of(values.ravel().tolist(), "x")
    return Values(column.array.reshape(values.shape), column.scale, column.precision)


def _to_float64(values: Array) -> tuple[Array, Any]:
    """The numbers of an array as float64, and the dtype of its results."""
    kind = values.dtype.kind
    if kind not in "fiub":
        raise TypeError(
            f"x has dtype {values.dtype}, which holds no real numbers; convert it first, for "
            "example with x.astype(float)"
        )
    small = kind == "f" and values.dtype.itemsize <= 4  # in either order of bytes
    return values.astype(np.float64), np.dtype(np.float32) if small else FLOAT64


def _from_list(x: Any) -> Array:
    """A list of numbers, in which None is missing, as an array."""
    try:
        values = np.asarray(_without_none(x))
    except ValueError:
        raise ValueError(
            "x is a list of lists of different lengths; give one list a series"
        ) from None
    if values.size == 0:
        return values.astype(np.float64)
    return values


def _without_none(x: Any) -> Any:
    """A list, or lists in lists, with NaN where None stood."""
    if isinstance(x, (list, tuple)):
        return [_without_none(v) for v in x]  # pyright: ignore[reportUnknownVariableType]
    return np.nan if x is None else x
