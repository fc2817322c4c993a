"""Results of filters: the parts of a series, each in the class and with the labels of the input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from paimana._containers import Data
from paimana._extras import require
from paimana._result import Result
from paimana.measure._common import calendar

__all__ = ["Boosted", "Cycle", "Fitted", "LongRun", "Seasonal", "Seasonals", "Smooth"]

T = TypeVar("T")
Array = np.ndarray[Any, Any]


class Parts(Result):
    """A series taken apart into series that add up to it."""

    _names: tuple[str, ...] = ()

    def _parts(self) -> Iterator[tuple[str, Any]]:
        for name in self._names:
            yield name, getattr(self, name)

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
        axes = figure.subplots(len(parts), 1, sharex=True, squeeze=False)[:, 0]
        for axis, (name, part) in zip(axes, parts, strict=True):
            axis.plot(_abscissa(part), np.asarray(part), linewidth=1)
            axis.set_ylabel(name.replace("_", " "))
        return figure


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


def take_apart(data: Data, kernel: Any, *options: Any) -> tuple[list[Any], Array]:
    """Run a filter of the core: its parts in the class of the input, and its figures.

    The figures lie along the first axis.
    """
    parts, figures = data.run(kernel, *options)
    if data.axis:
        figures = np.moveaxis(figures, data.axis, 0)
    return [data.like(part) for part in parts], figures


def frequency_option(data: Data, function: str, name: str, usual: dict[str, Any]) -> Any:
    """The usual value of an option at the frequency of the data."""
    freq = calendar(data, function, f"which {name} is usual").freq
    if freq not in usual:
        known = ", ".join(f"{letter} {value}" for letter, value in usual.items())
        raise ValueError(
            f"{function} has no usual {name} for frequency {freq} (usual are {known}): give {name}="
        )
    return usual[freq]


def number(value: Any, name: str) -> float:
    """An option that is a number."""
    if isinstance(value, (bool, str)) or not hasattr(value, "__float__"):
        raise TypeError(f"{name} must be a number, not {value!r}")
    return float(value)


def _abscissa(part: Any) -> Any:
    """What a part is drawn against: its dates, or positions."""
    index = getattr(part, "index", None)
    if index is None or callable(index):
        return np.arange(len(part))
    return index.to_timestamp() if hasattr(index, "to_timestamp") else index
