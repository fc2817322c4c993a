"""What a user writes for a period: "2024-04", "April 2024", "2024Q1", "FY24", 2024, a date, a
period of pandas.

A `Period` is a stretch of days with the kind in which it was written. Which period of the data it
is, is the business of `_time.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

__all__ = ["MONTHS", "Period", "dated", "month_number", "parse", "shown"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_INTEGER: Any = np.integer
_DATETIME64: Any = np.datetime64
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time as it was written.

    Attributes
    ----------
    kind
        ``"A"``, ``"H"``, ``"Q"``, ``"M"``, ``"W"``, ``"D"``, or ``"FY"``: a year of unknown
        beginning.
    first, last
        Its first and last day, in days since 1 January 1970; of a fiscal year not known here.
    number
        The year, for ``"A"`` and ``"FY"``.
    spelled_out
        Whether a fiscal year was written with both its years, as FY2023-24.
    """

    kind: str
    first: int
    last: int
    number: int = 0
    spelled_out: bool = False


def month_number(month: Any) -> int:
    """The number of a month: 7, "JUL", "Jul" or "July".

    Raises
    ------
    ValueError
        If it is none.
    """
    if isinstance(month, str):
        text = month.strip().lower()
        for number, name in enumerate(MONTHS, 1):
            if len(text) >= 3 and name.lower().startswith(text):
                return number
    elif isinstance(month, (int, _INTEGER)) and not isinstance(month, bool) and 1 <= month <= 12:
        return int(month)
    raise ValueError(
        f'{month!r} is not a month: give year_start= as "JAN" to "DEC" or 1 to 12, the first '
        "month of the year"
    )


_YEAR = r"(?P<year>\d{4})"
_CLOCK = r"(?:[T ][0-9:.,]+ ?(?:Z|UTC|[+-]\d\d:?\d\d)?)?"
_MONTH = r"(?P<name>[A-Za-z]{3,9})\.?"
_FORMS = [
    ("A", rf"{_YEAR}"),
    ("H", rf"{_YEAR}[- ]?[HhSs](?P<part>[12])"),
    ("H", rf"[Hh](?P<part>[12])[- /]?{_YEAR}"),
    ("Q", rf"{_YEAR}[- ]?[Qq](?P<part>[1-4])"),
    ("Q", rf"[Qq](?P<part>[1-4])[- /]?{_YEAR}"),
    ("M", rf"{_YEAR}[-/.]?[Mm]?(?P<part>\d\d)"),
    ("M", rf"{_YEAR}[-/.Mm](?P<part>\d)"),
    ("M", rf"{_MONTH}[- ,/]*{_YEAR}"),
    ("M", rf"{_YEAR}[- ,/]*{_MONTH}"),
    ("W", rf"{_YEAR}-?[Ww](?P<part>\d\d?)"),
    (
        "D",
        rf"{_YEAR}[-/](?P<part>\d\d?)[-/](?P<day>\d\d?){_CLOCK}",
    ),
    ("D", rf"{_YEAR}(?P<part>\d\d)(?P<day>\d\d)"),
    ("D", rf"(?P<day>\d\d?)[- ]{_MONTH}[- ,]*{_YEAR}"),
    ("D", rf"{_MONTH} (?P<day>\d\d?),? {_YEAR}"),
    ("FY", r"[Ff][Yy][- ]?'?(?P<year>\d{4}|\d\d)"),
    ("FY", r"[Ff][Yy][- ]?(?P<begin>\d{4})[-/–](?P<year>\d{4}|\d\d)"),
]
_PATTERNS = [(kind, re.compile(pattern)) for kind, pattern in _FORMS]


def parse(period: Any) -> Period:
    """Read a period; a whole number as its digits: 2024 a year, 202404 a month.

    Raises
    ------
    ValueError
        If it is none; the sentence says what would be one.
    """
    if isinstance(period, (str, int, _INTEGER)) and not isinstance(period, bool):
        text = str(period).strip()
        for kind, pattern in _PATTERNS:
            match = pattern.fullmatch(text)
            if match:
                try:
                    return _read(kind, match.groupdict())
                except ValueError:
                    break
    elif isinstance(period, date):
        if period == period:  # not so for NaT, which is an instance of date
            day = period.toordinal() - _EPOCH
            return Period("D", day, day)
    else:
        found = _of_object(period)
        if found is not None:
            return found
    raise ValueError(
        f"{period!r} is not a period: write it as 2024-04, April 2024, 2024Q1, 2024H1, 2024, "
        "FY24, 2024-W07 "
        "or 2024-04-30, or give a date"
    )


def _read(kind: str, found: dict[str, str | None]) -> Period:
    """A period from the parts of a text; ValueError where there is no such date."""
    year = int(found["year"] or 0)
    part = int(found.get("part") or 1)
    name = found.get("name")
    if name is not None:
        part = month_number(name)
    if kind == "FY":
        begin = found.get("begin")
        if len(found["year"] or "") == 2:
            # Two digits as in releases: 69 to 99 are of the last century, as POSIX reads them.
            year += 1900 if year > 68 else 2000
            if begin is not None:
                year = int(begin) - int(begin) % 100 + year % 100
                year += 100 * (year < int(begin))
        if begin is not None and year != int(begin) + 1:
            raise ValueError("a fiscal year ends in the year after it begins")
        return Period("FY", 0, 0, year, begin is not None)
    if kind == "D":
        day = date(year, part, int(found.get("day") or 1)).toordinal() - _EPOCH
        return Period("D", day, day)
    if kind == "W":
        first = date.fromisocalendar(year, part, 1).toordinal() - _EPOCH
        return Period("W", first, first + 6)
    length = {"A": 12, "H": 6, "Q": 3, "M": 1}[kind]
    month = length * (part - 1) + 1
    first = date(year, month, 1).toordinal() - _EPOCH
    after = (
        date(year + (month + length) // 13, (month + length - 1) % 12 + 1, 1).toordinal() - _EPOCH
    )
    return Period(kind, first, after - 1, year if kind == "A" else 0)


def _of_object(period: Any) -> Period | None:
    """A date of NumPy or of another calendar, or a period of pandas: known by what they can do."""
    if isinstance(period, _DATETIME64):
        if str(period) == "NaT":
            return None
        unit = np.datetime_data(period.dtype)[0]
        return parse(str(period.astype(f"M8[{unit if unit in 'YM' else 'D'}]")))
    if hasattr(period, "freqstr") and hasattr(period, "start_time"):
        return _of_pandas(period)
    if dated(period):
        try:
            return parse(date(period.year, period.month, period.day))
        except ValueError:
            raise ValueError(
                f"{period} is no date of the usual calendar: bring the data to it first, in xarray "
                'with .convert_calendar("standard", align_on="date")'
            ) from None
    return None


def dated(label: Any) -> bool:
    """Whether a label is a date, of the standard library or of another calendar (cftime)."""
    return all(hasattr(label, part) for part in ("year", "month", "day"))


def _of_pandas(period: Any) -> Period:
    """A period of pandas, which is known by what it can do, not imported."""
    first = period.start_time.toordinal() - _EPOCH
    last = period.end_time.toordinal() - _EPOCH
    head = str(period.freqstr).partition("-")[0]
    if head in ("Y", "A"):
        return Period("A", first, last, period.year)
    kind = head if head in ("Q", "M", "W", "D") else "H" if head in ("6M", "2Q") else "D"
    return Period(kind, first, last)


def shown(period: Any) -> str:
    """A period as the user wrote it, for messages."""
    return f'"{period}"' if isinstance(period, str) else str(period)
