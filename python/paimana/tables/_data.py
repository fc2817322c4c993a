"""One column of a long table as data that an indicator can be computed of.

The values and the labels of the column are those of its own adapter (`inner`); where the rows lie
is told by the groups of the table. No indicator knows that it works on a panel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from paimana._containers import Data
from paimana._time import Time

__all__ = ["ColumnData"]

Array = np.ndarray[Any, Any]


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
        distinct, places = np.unique(slots, return_inverse=True)
        words = np.array([None if slot < 0 else time.label(int(slot)) for slot in distinct], object)
        return self.inner.words(words[places])

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
