"""Results of filters: the parts of a series, each in the class and with the labels of the input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np

from paimana._containers import Data
from paimana._containers.array import ArrayData
from paimana._extras import require
from paimana._result import Result
from paimana.measure._common import calendar

__all__ = [
    "Boosted",
    "Cycle",
    "Fitted",
    "LongRun",
    "Seasonal",
    "Seasonals",
    "Smooth",
    "frame_of_arrays",
]

T = TypeVar("T")
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False, repr=False)
class Parts(Result):
    """A series taken apart into series that add up to it.

    `_of` is the container that was read, and the parts as arrays of its shape in the order of
    `_parts`, from which frames and charts are made.
    """

    _of: tuple[Data, list[Array]] | None = field(default=None, kw_only=True)

    _names: ClassVar[tuple[str, ...]] = ()

    def _parts(self) -> Iterator[tuple[str, Any]]:
        for name in self._names:
            yield name, getattr(self, name)

    def frame(self) -> Any:
        """The parts side by side, in the library of the input; a pandas DataFrame for arrays.

        Returns
        -------
        A frame with a column for each part; of several series ``<name>_<part>``, with the dates of
        the input where they are a column of it.

        Raises
        ------
        ImportError
            Where pandas is needed and is not installed.
        """
        if self._of is None:
            return super().frame()
        data, arrays = self._of
        names = [name for name, _ in self._parts()]
        if isinstance(data, ArrayData):
            return frame_of_arrays(names, arrays, data.axis)
        return data.parts(dict(zip(names, arrays, strict=True)))

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        return ["", ""], [], []

    def plot(self) -> Any:
        """Draw the parts below one another with matplotlib.

        Returns
        -------
        matplotlib.figure.Figure
        """
        figure = require("matplotlib.figure", "plot").Figure(layout="constrained")
        parts = list(self._parts())
        lines = [np.asarray(part) for _, part in parts]
        if self._of is not None:
            data, arrays = self._of
            lines = [rows_by_series(array, data.axis) for array in arrays]
        axes = figure.subplots(len(parts), 1, sharex=True, squeeze=False)[:, 0]
        for axis, (name, part), values in zip(axes, parts, lines, strict=True):
            axis.plot(self._abscissa(part, len(values)), values, linewidth=1)
            axis.set_ylabel(name.replace("_", " "))
        return figure

    def _abscissa(self, part: Any, rows: int) -> Any:
        """What a part is drawn against: its dates, or positions."""
        index = getattr(part, "index", None)
        if index is not None and not callable(index):
            return index.to_timestamp() if hasattr(index, "to_timestamp") else index
        time = None if self._of is None else self._of[0].time
        return np.arange(rows) if time is None or not time.dated else time.dates()


@dataclass(frozen=True, eq=False, repr=False)
class Cycle(Parts, Generic[T]):
    """A trend and the cycle around it.

    Attributes
    ----------
    trend, cycle
        Of the class and with the labels of the input, in its unit; where both are there they add
        up to it.
    """

    trend: T
    cycle: T

    _names = ("trend", "cycle")


@dataclass(frozen=True, eq=False, repr=False)
class Boosted(Cycle[T]):
    """A boosted trend and the cycle around it.

    Attributes
    ----------
    trend, cycle
        Of the class and with the labels of the input, in its unit; they add up to it.
    iterations
        How often the filter was applied: a whole number, or one a series.
    """

    iterations: Any


@dataclass(frozen=True, eq=False, repr=False)
class Fitted(Cycle[T]):
    """A regression's forecast as the trend, and what it did not foresee as the cycle.

    Attributes
    ----------
    trend, cycle
        Of the class and with the labels of the input, in its unit; they add up to it.
    coefficients
        Array: the constant and the coefficients along the first axis; empty for the random walk.
    """

    coefficients: Any


@dataclass(frozen=True, eq=False, repr=False)
class LongRun(Cycle[T]):
    """The long-run forecast as the trend, and the momentum left in growth as the cycle.

    Attributes
    ----------
    trend, cycle
        Of the class and with the labels of the input, in its unit; they add up to it.
    growth
        Mean growth a period, in the unit of the input: a float, or one a series.
    coefficients
        Array: the constant and the coefficients of the autoregression of growth along the first
        axis.
    """

    growth: Any
    coefficients: Any


@dataclass(frozen=True, eq=False, repr=False)
class Smooth(Parts, Generic[T]):
    """A smooth trend and what is left.

    Attributes
    ----------
    trend, residual
        Of the class and with the labels of the input, in its unit; they add up to it.
    """

    trend: T
    residual: T

    _names = ("trend", "residual")


@dataclass(frozen=True, eq=False, repr=False)
class Seasonal(Parts, Generic[T]):
    """Trend, seasonal and what is left.

    Attributes
    ----------
    trend, seasonal, residual
        Of the class and with the labels of the input, in its unit; they add up to it. Where a
        value is missing the residual is, too; trend and seasonal are not.
    """

    trend: T
    seasonal: T
    residual: T

    _names = ("trend", "seasonal", "residual")


@dataclass(frozen=True, eq=False, repr=False)
class Seasonals(Parts, Generic[T]):
    """Trend, several seasonals and what is left.

    Attributes
    ----------
    trend, residual
        Of the class and with the labels of the input, in its unit.
    seasonal
        A dictionary from the period to its seasonal, each like the input.
    """

    trend: T
    seasonal: dict[int, T]
    residual: T

    def _parts(self) -> Iterator[tuple[str, Any]]:
        yield "trend", self.trend
        for period, part in self.seasonal.items():
            yield f"seasonal_{period}", part
        yield "residual", self.residual


def rows_by_series(array: Array, axis: int) -> Array:
    """An array of any rank with a row for each period and a column for each series."""
    moved = np.moveaxis(array, axis, 0)
    return moved.reshape(len(moved), -1)


def frame_of_arrays(names: list[str], arrays: list[Array], axis: int) -> Any:
    """Parts that are arrays as a pandas DataFrame: of several series by their numbers."""
    single = arrays[0].ndim == 1
    columns = {
        name if single else f"{place}_{name}": column
        for name, array in zip(names, arrays, strict=True)
        for place, column in enumerate(rows_by_series(array, axis).T)
    }
    return require("pandas", "pandas").DataFrame(columns)


def take_apart(
    data: Data, kernel: Any, *options: Any
) -> tuple[list[Any], Array, tuple[Data, list[Array]]]:
    """Run a filter of the core: its parts in the class of the input, its figures, and what the
    result is made of.

    The figures lie along the first axis.
    """
    parts, figures = data.run(kernel, *options)
    if data.axis:
        figures = np.moveaxis(figures, data.axis, 0)
    return [data.like(part) for part in parts], figures, (data, list(parts))


def frequency_option(data: Data, function: str, name: str, usual: dict[str, Any]) -> Any:
    """The usual value of an option at the frequency of the data."""
    freq = calendar(data, function, f"which {name} is usual").freq
    if freq not in usual:
        known = ", ".join(f"{letter} {value}" for letter, value in usual.items())
        raise ValueError(
            f"{function} has no usual {name} for frequency {freq} (usual are {known}): give {name}="
        )
    return usual[freq]
