"""The six frequencies, their ordinals, and the calendar arithmetic over arrays of them.

Annual, half-yearly, quarterly and monthly periods are all counts of months, so one formula serves
them: the first month of ordinal o is k o + offset, with an offset where years begin in another
month than January. Weeks run from Monday to Sunday and belong to the year of their Thursday.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = [
    "EPOCH",
    "FIRST_MONDAY",
    "LENGTH",
    "NAMES",
    "NOUNS",
    "PER_YEAR",
    "first_days",
    "frequency",
    "ordinal_of",
    "weeks_within",
    "year_offset",
]

Array = np.ndarray[Any, Any]

NAMES = {
    "A": "annual",
    "H": "half-yearly",
    "Q": "quarterly",
    "M": "monthly",
    "W": "weekly",
    "D": "daily",
}
PER_YEAR = {"A": 1, "H": 2, "Q": 4, "M": 12, "W": 52, "D": 365}
LENGTH = {"A": 12, "H": 6, "Q": 3, "M": 1}
"""Months in a period."""
NOUNS = {"A": "year", "H": "half-year", "Q": "quarter", "M": "month", "W": "week", "D": "day"}

EPOCH = 1970 * 12
"""January 1970 as a month ordinal: months of datetime64 are counted from it."""
FIRST_MONDAY = 4
"""5 January 1970 in days since 1 January 1970."""


def first_days(freq: str, ordinals: Array, offset: int) -> Array:
    """First day of each period, as datetime64[D]."""
    if freq == "D":
        return ordinals.astype("M8[D]")
    if freq == "W":
        return (7 * ordinals + FIRST_MONDAY).astype("M8[D]")
    months = LENGTH[freq] * ordinals + (offset - EPOCH)
    return months.astype("M8[M]").astype("M8[D]")


def ordinal_of(freq: str, day: int, offset: int) -> int:
    """Ordinal of the period in which a day (since 1970) lies."""
    if freq == "D":
        return day
    if freq == "W":
        return (day - FIRST_MONDAY) // 7
    month = int(np.int64(day).astype("M8[D]").astype("M8[M]").astype(np.int64)) + EPOCH
    return (month - offset) // LENGTH[freq]


def weeks_within(first: int, last: int) -> tuple[int, int]:
    """First and last week whose Thursday lies between two days; Thursday is day 7 of week 0."""
    return -((7 - first) // 7), (last - 7) // 7


def year_offset(first_month: int) -> int:
    """The first month of year 0: a year that begins after January is named by the year of its
    end.
    """
    return first_month - 13 if first_month > 1 else 0


def frequency(freq: str) -> str:
    """Check a frequency and give it back."""
    if isinstance(freq, str) and freq in NAMES:  # pyright: ignore[reportUnnecessaryIsInstance]
        return freq
    raise ValueError(
        f'freq={freq!r} is not a frequency: give "A" (annual), "H" (half-yearly), "Q" (quarterly), '
        '"M" (monthly), "W" (weekly) or "D" (daily)'
    )
