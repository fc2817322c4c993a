"""What structure a long table has: the sentences of Stata's `xtset` and `xtdescribe`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from paimana._result import Result

__all__ = ["Description", "describe"]


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
        Whether the rows lie by key and period.
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

    def _title(self) -> str:
        balance = "strongly balanced" if self.balanced else "unbalanced"
        return f"Panel: {self.keys} ({balance}); time: {self.time}, {self.first} to {self.last}"


def describe(spec: Any, read: Any) -> Description:
    """Describe a table that was read by a structure."""
    key, slots, time = read.key, read.slots, read.time
    order = np.lexsort((slots, key))
    ordered = bool((order == np.arange(len(order))).all())
    key, slots = key[order], slots[order]
    same = key[1:] == key[:-1]
    step = np.diff(slots)
    gaps = same & (step > 1)
    begins = np.flatnonzero(np.concatenate([[True], ~same])) if len(key) else np.zeros(0, int)
    sizes = np.diff(np.append(begins, len(key)))
    duplicates = int((same & (step == 0)).sum())
    groups_with_gaps = np.unique(key[1:][gaps]).size
    return Description(
        keys=", ".join(str(name) for name in spec.keys),
        time=str(spec.time),
        freq=time.freq,
        rows=len(key),
        groups=len(begins),
        periods=time.span,
        first=time.words(0) if len(key) else "",
        last=time.words(time.span - 1) if len(key) else "",
        balanced=len(key) > 0 and not duplicates and bool((sizes == time.span).all()),
        absent=int((step[gaps] - 1).sum()),
        with_gaps=int(groups_with_gaps),
        duplicates=duplicates,
        shortest=int(sizes.min(initial=0)) if not len(sizes) else int(sizes.min()),
        longest=int(sizes.max(initial=0)),
        in_order=ordered and not duplicates,
    )
