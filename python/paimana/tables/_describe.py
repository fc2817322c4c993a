"""What structure a long table has: the sentences of Stata's `xtset` and `xtdescribe`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from paimana._frequency import NAMES
from paimana._result import Result

__all__ = ["Description", "describe"]

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, repr=False)
class Description(Result):
    """The structure of a long table.

    Attributes
    ----------
    keys, time, freq
        What tells the series and the periods.
    rows, groups, periods
        How many rows and series there are, and periods from the first to the last.
    first, last
        The first and the last period.
    balanced
        Whether every series has every period.
    absent
        Periods without a row between the first and the last row of a series, in all.
    with_gaps
        Series with such gaps.
    duplicates
        Rows whose key and period an earlier row has.
    shortest, longest
        Rows of the shortest and of the longest series.
    in_order
        Whether the rows lie series by series, each from its first period to its last.
    first_gap
        The first series with a gap and the periods on both sides of it; empty if there is none.
    first_duplicate
        The first two rows of one key and period; empty if there are none.
    """

    keys: str
    time: str
    freq: str
    rows: int
    groups: int
    periods: int
    first: str
    last: str
    balanced: bool
    absent: int
    with_gaps: int
    duplicates: int
    shortest: int
    longest: int
    in_order: bool
    first_gap: str
    first_duplicate: str

    def _title(self) -> str:
        if self.balanced:
            balance = "strongly balanced"
        else:
            weakly = self.groups > 0 and self.shortest == self.longest and not self.duplicates
            balance = "weakly balanced" if weakly else "unbalanced"
        gaps = ", but with gaps" if self.with_gaps else ""
        span = f"{self.first} to {self.last}{gaps}" if self.rows else "no rows"
        return f"Panel: {self.keys} ({balance}); time: {self.time}, {span}; {NAMES[self.freq]}"

    def _notes(self) -> list[str]:
        notes: list[str] = []
        if self.duplicates:
            notes.append(f"{self.first_duplicate}: indicators refuse such a table.")
        if self.with_gaps:
            notes.append(f"The first gap is in {self.first_gap}.")
        if not self.in_order and not self.duplicates:
            notes.append("The rows are not in order: each call sorts them, and puts them back.")
        return notes


def describe(spec: Any, read: Any) -> Description:
    """Describe a table that was read by a structure."""
    key, slots, time = read.key, read.slots, read.time
    rows = np.arange(len(key))
    same = key[1:] == key[:-1]
    heads = key[np.flatnonzero(np.append(True, ~same))] if len(key) else key
    together = len(np.unique(heads)) == len(heads)
    in_order = together and bool((slots[1:] > slots[:-1])[same].all())
    if not in_order:
        rows = np.lexsort((slots, key))
        key, slots = key[rows], slots[rows]
        same = key[1:] == key[:-1]
    step = np.diff(slots)
    gaps, twice = same & (step > 1), same & (step == 0)
    begins = np.flatnonzero(np.append(True, ~same)) if len(key) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(begins, len(key)))
    duplicates = int(twice.sum())
    whole = bool(len(sizes)) and bool((sizes == time.span).all())
    return Description(
        keys=", ".join(str(name) for name in spec.keys),
        time=str(spec.time),
        freq=time.freq,
        rows=len(key),
        groups=len(begins),
        periods=time.span,
        first=time.words(0) if len(key) else "",
        last=time.words(time.span - 1) if len(key) else "",
        balanced=whole and not duplicates,
        absent=int((step[gaps] - 1).sum()),
        with_gaps=len(np.unique(key[1:][gaps])),
        duplicates=duplicates,
        shortest=int(sizes.min()) if len(sizes) else 0,
        longest=int(sizes.max(initial=0)),
        in_order=in_order,
        first_gap=_gap(read, rows, gaps),
        first_duplicate=_duplicate(read, rows, twice),
    )


def _gap(read: Any, rows: Array, gaps: Array) -> str:
    """The series and the periods around the first gap."""
    if not gaps.any():
        return ""
    place = int(np.argmax(gaps))
    before, after = int(rows[place]), int(rows[place + 1])
    last, following = (read.time.words(int(read.slots[row])) for row in (before, after))
    return f"{read.key_words(before)}, between {last} and {following}"


def _duplicate(read: Any, rows: Array, twice: Array) -> str:
    """The first two rows of one key and period, in words."""
    if not twice.any():
        return ""
    place = int(np.argmax(twice))
    first, second = sorted((int(rows[place]), int(rows[place + 1])))
    return f"rows {first} and {second} are both {read.row_words(first)}"
