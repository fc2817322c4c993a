"""From any container to plain arrays and back: the seam between users' data and the compiled core.

`read` finds the adapter of a container without importing its library: what is not loaded cannot
have made the object. An adapter is a `Data`: it holds the values as a float64 array (exact decimals
as the `Values` of the core), the place of every row in time, and knows how to give results in the
class and with the labels of the input. Each adapter lives in a file of its own beside this one, the
only place that knows its library.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, cast

import numpy as np

from paimana import _core

if TYPE_CHECKING:
    from paimana._time import Time

__all__ = [
    "NEAREST",
    "PLAIN",
    "Data",
    "Exact",
    "Side",
    "Values",
    "decimals_of",
    "exact_of",
    "read",
    "side_by_side",
    "whole",
]

Array = np.ndarray[Any, Any]
Kernel = Callable[..., Any]
Values = _core.Values

Side = tuple[Any, list[Any] | None]
"""An axis beside time: its name and its labels."""
Exact = tuple[Any, Any]
"""What was asked of exact results: `decimals` and `rounding`."""
PLAIN: Exact = (None, "half_up")
NEAREST: Exact = ("nearest", "float")
"""Takes exact decimals as the nearest floats: for reports, which round what they print."""


class Data:
    """The values of a container, where its rows lie in time, and the way back to its class.

    Attributes
    ----------
    values
        float64 array of any rank, or the `Values` of the core; time runs along `axis`.
    axis
        The time axis of `values`.
    slots
        None where row i is period i; otherwise the period number of each row, counted from the
        first one.
    time
        The calendar of the rows; None for bare arrays without a frequency.
    """

    __slots__ = ("axis", "slots", "time", "values")

    takes_out = False
    """Whether results can be written into an array of the user's."""

    values: Any
    axis: int
    slots: Array | None
    time: Time | None

    # What each adapter implements.

    def like(self, values: Any) -> Any:
        """Values of the input's shape in the input's class, with its labels."""
        raise NotImplementedError

    def flags(self, values: Any) -> Any:
        """Booleans of the input's shape in the input's class."""
        raise NotImplementedError

    def words(self, values: Array) -> Any:
        """Words of the input's shape in the input's class."""
        raise NotImplementedError

    def reduced(self, values: Any) -> Any:
        """One value a series: the time axis is gone."""
        raise NotImplementedError

    def labels(self, rows: Array) -> Any:
        """The time label of each row number in `rows`; missing where it is -1."""
        raise NotImplementedError

    def parts(self, parts: dict[str, Any]) -> Any:
        """A frame with one column a part."""
        raise NotImplementedError

    def rows(self, columns: dict[Any, Any]) -> Any:
        """A frame with one row a period and columns of its own, whatever those of the input."""
        raise NotImplementedError

    @property
    def single(self) -> Any:
        """Whether results are floats of single precision: of all series, or an array, one each."""
        return False

    dim: Any = None
    """The name of the time axis, where the axes have names."""

    def row_names(self) -> Any:
        """The index that labels the rows; None where there is none."""
        return None

    def sides(self) -> list[Side]:
        """The name and the labels of every axis but time, each None where there are none."""
        return [(None, None)] * (len(self.values.shape) - 1)

    @property
    def columns(self) -> list[Any]:
        """The name of each series; their numbers where they have none."""
        shape = self.values.shape
        return list(range(math.prod(shape[: self.axis] + shape[self.axis + 1 :])))

    def at(self, time: Time, values: Any) -> Any:
        """Values on another time axis, in the input's class."""
        raise NotImplementedError

    def row_label(self, row: int) -> str:
        """The period of a row, in words, for messages."""
        return f"position {row}" if self.time is None else self.time.words(self.slot_of(row))

    def lane_label(self, lane: int) -> str:
        """The name of a series, for messages; empty where there is only one."""
        return f"series {lane}" if self.values.ndim > 1 else ""

    # What every adapter then has.

    def taken(self, rows: Array) -> Any:
        """The values in the row given for each place; missing where it is -1."""
        exact = isinstance(self.values, Values)
        array = self.values.array if exact else self.values
        found = np.take_along_axis(array, np.maximum(rows, 0), axis=self.axis)
        if not exact:
            return np.where(rows >= 0, found, np.nan)
        missing = Values.from_decimals([None]).array[0]
        found[rows < 0] = missing
        return Values(found, self.values.scale, self.values.precision)

    def slot_of(self, row: int) -> int:
        """The period number of a row."""
        return row if self.slots is None else int(self.slots[row])

    def run(self, kernel: Kernel, *args: Any, **options: Any) -> Any:
        """Call a kernel of the core on the values; errors name the period and the series."""
        try:
            return kernel(self.values, self.axis, self.slots, *args, **options)
        except _core.PlacedError as error:
            self.fail(error)
        except _core.AbsentError as error:
            period = (
                f"period {error.args[0]}" if self.time is None else self.time.words(*error.args)
            )
            sentence = f'there is no row for {period}, and na="raise" was asked for'
            raise ValueError(sentence) from None

    def across(self, kernel: Kernel, *args: Any) -> Any:
        """A result of the input's shape by a kernel that runs over the series of each period."""
        return self.like(self.run_across(kernel, *args))

    def run_across(self, kernel: Kernel, *args: Any) -> Any:
        """Call a kernel over the series of each period; errors name the period and the series."""
        try:
            return kernel(self.values, 1 - self.axis, *args)
        except _core.PlacedError as error:
            sentence, series, row = error.args
            self.fail(_core.PlacedError(sentence, row, series))

    def fail(self, error: _core.PlacedError) -> NoReturn:
        """Raise an error of the core again, with the place in the words of the input."""
        sentence, row, lane = error.args
        place, series = self.row_label(row), self.lane_label(lane)
        raise ValueError(sentence.format(place=f"{series}, {place}" if series else place)) from None

    def map(self, kernel: Kernel, *args: Any, out: Array | None = None) -> Any:
        """A result of the input's shape."""
        if out is None:
            return self.like(self.run(kernel, *args))
        if type(out) is not np.ndarray or not self.takes_out:
            raise TypeError(
                "out is for NumPy arrays: leave it out, or give x and out as float64 arrays"
            )
        return self.run(kernel, *args, out=out)

    def flag(self, kernel: Kernel, *args: Any) -> Any:
        """A boolean result of the input's shape."""
        return self.flags(self.run(kernel, *args))

    def reduce(self, kernel: Kernel, *args: Any) -> Any:
        """A result of one value a series."""
        return self.reduced(self.run(kernel, *args))

    def split(self, names: tuple[str, ...], kernel: Kernel, *args: Any) -> Any:
        """A result of several parts, each of the input's shape, as a frame."""
        return self.parts(dict(zip(names, self.run(kernel, *args), strict=True)))

    def place(self, kernel: Kernel, *args: Any) -> Any:
        """A result of row numbers, given as time labels."""
        return self.labels(self.run(kernel, *args))

    def resample(self, time: Time, kernel: Kernel, *args: Any) -> Any:
        """A result on another time axis."""
        return self.at(time, self.run(kernel, *args))


def read(
    x: Any,
    *,
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
    exact: Exact | None = None,
) -> Data:
    """Find the adapter of a container and read it.

    Parameters
    ----------
    x
        A list, a NumPy array, a pandas or Polars Series or frame, an Arrow array or an xarray
        DataArray.
    time
        The dates of a container without an index (Polars, Arrow), or the name of its date column
        or dimension.
    freq
        Frequency of the data, where it is not to be inferred; needed by bare arrays whose result
        depends on it.
    start
        The first period of a bare array, such as ``"2021-07"``.
    axis
        The time axis of an array.
    exact
        The decimals and the rounding asked for, where exact decimals and intervals are welcome;
        without it they are refused.
    """
    data = _read(x, time, freq, start, axis, exact)
    if exact is None:
        return data
    if exact is NEAREST:
        if type(data.values) is Values:
            if data.values.bounded:
                raise TypeError("a report is of figures, not of an Interval: give its .value")
            data.values = data.values.to_floats()
        return data
    if type(data.values) is Values:
        data.values = data.values.asked(*exact)
    elif exact != PLAIN:
        raise TypeError(
            "decimals= and rounding= are for exact decimals and for intervals, and x holds floats: "
            "leave them out, or give Decimals or pm.rounded(x, to=...)"
        )
    return data


def decimals_of(objects: list[Any], what: str) -> Values:
    """A list of Decimals as exact values; an error names the row."""
    try:
        return Values.from_decimals(objects)
    except _core.PlacedError as error:
        sentence, row, _ = error.args
        raise TypeError(sentence.format(place=f"row {row} of {what}")) from None


def exact_of(column: Any, what: str) -> Values:
    """A column of Arrow decimals as exact values; an error names the row."""
    try:
        return Values.from_arrow(column)
    except _core.PlacedError as error:
        sentence, row, _ = error.args
        raise ValueError(sentence.format(place=f"row {row} of {what}")) from None


def whole(column: Any) -> Any:
    """An Arrow column in one piece, which the only chunk that holds rows is as it lies."""
    chunks = getattr(column, "chunks", None)
    if chunks is None:
        return column
    held = [chunk for chunk in chunks if len(chunk)]  # a filter leaves empty ones beside
    return held[0] if len(held) == 1 else column.combine_chunks()


def side_by_side(columns: list[Any], names: list[Any], rows: int) -> Any:
    """Columns as one table: of floats, or of exact values at the greatest of their scales."""
    exact = [name for name, column in zip(names, columns, strict=True) if type(column) is Values]
    if not exact:
        table = np.empty((rows, len(columns)), dtype=np.float64, order="F")
        for lane, column in enumerate(columns):
            table[:, lane] = column
        return table
    if len(exact) < len(names):
        other = next(name for name in names if name not in exact)
        raise TypeError(
            f'column "{exact[0]}" holds decimals and column "{other}" other numbers: measure them '
            "one after the other, or convert one to the kind of the other"
        )
    scale = max(column.scale for column in columns)
    precision = max(column.precision + scale - column.scale for column in columns)
    arrays = [column.rescaled(scale).array for column in columns]
    return Values(np.asfortranarray(np.stack(arrays, axis=1)), scale, min(precision, 38))


def _read(x: Any, time: Any, freq: str | None, start: Any, axis: int, exact: Exact | None) -> Data:
    kind = cast("type[Any]", type(x))
    if kind is np.ndarray or kind is list or kind is tuple:
        from paimana._containers.array import read_array

        return read_array(x, time, freq, start, axis, exact is not None)
    if isinstance(x, Data):
        return x
    for base in kind.__mro__:
        root = base.__module__.partition(".")[0]
        if root in _ADAPTERS and root in sys.modules:
            return _adapter(root)(x, time, freq, start, axis, exact is not None)
    if hasattr(x, "__array_interface__"):  # subclasses of ndarray and objects like it
        from paimana._containers.array import read_array

        return read_array(x, time, freq, start, axis, exact is not None)
    raise TypeError(
        f"paimana cannot read a {kind.__module__}.{kind.__qualname__}; give a list, a NumPy array, "
        "a pandas or Polars Series or frame, an Arrow array or an xarray DataArray"
    )


_ADAPTERS = {
    "paimana": "interval",
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "arrow",
    "xarray": "xarray",
}
_readers: dict[str, Callable[..., Data]] = {}


def _adapter(root: str) -> Callable[..., Data]:
    """The reading function of an adapter file, imported at its first use."""
    if root not in _readers:
        from importlib import import_module

        name = _ADAPTERS[root]
        _readers[root] = getattr(import_module(f"paimana._containers.{name}"), f"read_{name}")
    return _readers[root]
