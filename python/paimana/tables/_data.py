"""One column of a long table as data that an indicator can be computed of.

The values and the labels of the column are those of its own adapter (`inner`). Most indicators go
along the rows, which the groups of the table tell apart (`ColumnData`); filters and seasonal
adjustment want every series period by period, in a column of its own (`SpreadData`). No indicator
knows that it works on a panel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from paimana._containers import Data
from paimana._frequency import ordinal_of
from paimana._time import Time

__all__ = ["ColumnData", "SpreadData"]

Array = np.ndarray[Any, Any]

IN_2000 = 10957
"""The first day of the year 2000, counted from 1970."""


class ColumnData(Data):
    """A column, the groups of its rows, and the words for a row."""

    __slots__ = ("describe", "inner")

    def __init__(
        self, inner: Data, groups: Any, time: Time, describe: Callable[[int], str]
    ) -> None:
        self.inner, self.describe = inner, describe
        self.values, self.axis = inner.values, 0
        self.slots, self.time = groups, time

    def like(self, values: Any) -> Any:
        return self.inner.like(values)

    def flags(self, values: Any) -> Any:
        return self.inner.flags(values)

    def words(self, values: Array) -> Any:
        return self.inner.words(values)

    def reduced(self, values: Any) -> Any:
        """One figure a series, which stands in each of its rows."""
        return self.inner.like(values)

    def labels(self, rows: Array) -> Any:
        """The period of each row number, as its label; None where it is -1."""
        time = self.time
        assert time is not None
        ordinals = time.ordinals()
        slots = np.where(rows < 0, -1, ordinals[rows] - time.start)
        seen = np.zeros(time.span + 1, dtype=bool)
        seen[slots] = True
        words = np.full(len(seen), None, dtype=object)  # the last one is for -1
        for slot in np.flatnonzero(seen[:-1]):
            words[slot] = time.label(int(slot))
        return self.inner.words(words[slots])

    def parts(self, parts: dict[str, Any]) -> Any:
        return {name: self.like(values) for name, values in parts.items()}

    def rows(self, columns: dict[Any, Any]) -> Any:
        return {str(name): self.like(values) for name, values in columns.items()}

    def at(self, time: Time, values: Any) -> Any:
        raise TypeError(
            "this gives other periods than those of the rows, which a long table has no place for: "
            "take one series, or a table with a column for each"
        )

    def row_label(self, row: int) -> str:
        return self.describe(row)

    def lane_label(self, lane: int) -> str:
        return ""

    def slot_of(self, row: int) -> int:
        """The period number of a row."""
        assert self.time is not None
        return int(self.time.ordinals()[row] - self.time.start)


class SpreadData(Data):
    """A column with a series beside the other, each period by period; results go into its rows.

    `places` are the period number and the series of each row, `names` those of the series. A table
    without rows has one series made up, so that what a result consists of is known.
    """

    __slots__ = ("inner", "names", "places")

    def __init__(
        self, inner: Data, places: tuple[Array, Array], time: Time, names: list[str]
    ) -> None:
        self.inner, self.places, self.names = inner, places, names
        if names:
            start, span = time.start, time.span
            try:
                self.values = np.full((span, len(names)), np.nan, order="F")
            except MemoryError:
                raise MemoryError(
                    f"{len(names)} series with a value for each of the {span} periods from "
                    f"{time.extent()} take {8 * span * len(names) / 1e9:.1f} GB: a date may be far "
                    "from the others, or give some of the series at a time"
                ) from None
            self.values[places] = inner.values
        else:
            start, self.values = _made_up(time)
            span = len(self.values)
        self.axis, self.slots = 0, None
        self.time = Time(time.freq, start, None, span, span, time.first_month, time.fy_label)

    def like(self, values: Any) -> Any:
        return self.inner.like(values[self.places])

    def flags(self, values: Any) -> Any:
        return self.inner.flags(values[self.places])

    def reduced(self, values: Any) -> Any:
        """One figure a series, which stands in each of its rows."""
        return self.inner.like(np.asarray(values)[self.places[1]])

    @property
    def columns(self) -> list[Any]:
        return self.names or [""]

    def lane_label(self, lane: int) -> str:
        return self.columns[lane]


def _made_up(time: Time) -> tuple[int, Array]:
    """A series of twelve years, at least of forty periods, that every method takes."""
    n = max(40, 12 * time.per_year)
    periods = np.arange(n)
    values = 100 + 10 * periods / n + np.sin(periods) + np.cos(periods**2)
    return ordinal_of(time.freq, IN_2000, 0), values[:, None]
