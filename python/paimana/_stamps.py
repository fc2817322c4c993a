"""From dates to a `Time`: datetime64 arrays, stamps and periods as integers, texts, or no dates at
all.

Civil dates, the frequency of a column of stamps and the slots of its rows are found by the core.
How an index or a column of some library becomes stamps is the business of the containers.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from paimana import _core
from paimana._frequency import NOUNS, frequency
from paimana._period import Period, parse, shown
from paimana._time import Time

__all__ = ["bare", "plain_dates", "time_of", "time_of_dates", "time_of_labels", "time_of_stamps"]

Array = np.ndarray[Any, Any]

_ISO = re.compile(r"\d{4}-\d\d(-\d\d)?")


def time_of_stamps(
    stamps: Array,
    unit: str,
    freq: str | None = None,
    of: str | None = None,
    shift: int = 0,
    first_month: int = 1,
) -> Time | None:
    """The time of int64 stamps that count `unit` since 1970, or (`of`) periods since ordinal
    `shift`.

    None where there are too few stamps to tell the frequency, and it is not given.
    """
    n = len(stamps)
    if n < 2 and freq is None and of is None:
        return None
    found, start, slots, span = _core.periods(stamps, unit, freq, of, shift)
    return Time(found, start, slots, n, span, first_month)


def time_of_dates(stamps: Array, freq: str | None = None) -> Time | None:
    """The time of a datetime64 array; None where it is too short to tell a frequency that is not
    given.

    Raises
    ------
    ValueError
        If a date is missing, or two lie in one period.
    """
    unit, count = np.datetime_data(stamps.dtype)
    if count != 1 or unit not in ("D", "h", "m", "s", "ms", "us", "ns"):
        stamps, unit = stamps.astype("M8[D]"), "D"
    if not stamps.dtype.isnative:
        stamps = stamps.astype(stamps.dtype.newbyteorder("="))
    return time_of_stamps(stamps.view(np.int64), unit, freq)


def time_of_labels(labels: list[Any], freq: str | None = None, what: str = "label") -> Time | None:
    """The time of a list of dates, texts such as ``"2024-04"`` or ``"2024Q1"``, or periods.

    Years, half-years, quarters and weeks tell the frequency by how they are written; months and
    days by their smallest gap, as ``"2024-03", "2024-06"`` are quarters.
    """
    days = _iso_days(labels)
    if days is not None:
        if freq is None and len(labels[0]) == 7 and (days == days[0]).all():
            freq = "M"
        return time_of_stamps(days, "D", freq)
    periods: list[Period] = []
    for row, label in enumerate(labels):
        if label is None or label != label:
            raise ValueError(
                f"the {what} in row {row} is missing: give every row a date, or drop that row"
            )
        try:
            found = parse(label)
        except ValueError as error:
            raise ValueError(f"the {what} in row {row}: {error}") from None
        if periods and found.kind != periods[0].kind:
            raise ValueError(
                f"the {what} in row {row} ({shown(label)}) is a {_noun(found)}, that in row 0 "
                f"({shown(labels[0])}) a {_noun(periods[0])}: give all in one form"
            )
        periods.append(found)
    kind = periods[0].kind if periods else "D"
    if kind in ("A", "FY"):
        years = np.array([period.number for period in periods], dtype=np.int64)
        return time_of_stamps(years, "ordinal", freq, "A")
    days = np.array([period.first for period in periods], dtype=np.int64)
    if freq is None and (kind in "HQW" or (kind == "M" and (days == days[0]).all())):
        freq = kind
    return time_of_stamps(days, "D", freq)


def _iso_days(labels: list[Any]) -> Array | None:
    """The days of texts all written as 2024-04 or all as 2024-04-30, many times faster than one by
    one; None for any others, and for those with an error, which is then named.
    """
    length = len(labels[0]) if labels and isinstance(labels[0], str) else 0
    if length not in (7, 10) or not _ISO.fullmatch(labels[0]):
        return None
    if any(not isinstance(label, str) or len(label) != length for label in labels):
        return None
    try:
        dates = np.array(labels, dtype="M8[M]" if length == 7 else "M8[D]")
    except ValueError:
        return None
    return dates.astype("M8[D]").astype(np.int64)


def time_of(dates: Any, freq: str | None = None) -> Time | None:
    """The time of dates in a NumPy array or any sequence: datetime64, whole numbers as years,
    labels.
    """
    if not hasattr(dates, "__len__"):
        if not hasattr(dates, "__iter__"):
            raise TypeError(f"time={dates!r} is no sequence of dates: give one date for each row")
        dates = list(dates)
    array: Any = np.asarray(dates)
    if array.ndim != 1:
        raise ValueError(f"time= has {array.ndim} axes: give one date for each row")
    if array.dtype.kind == "M":
        return time_of_dates(array, freq)
    if array.dtype.kind in "iu":
        return time_of_stamps(array.astype(np.int64), "ordinal", freq, "A")
    labels: list[Any] = array.tolist() if array is dates else list(dates)
    return time_of_labels(labels, freq, "date")


def plain_dates(dates: Any) -> Any:
    """Stamps without a zone for an index of pandas; anything else as it is."""
    if hasattr(dates, "asi8"):
        if hasattr(dates, "to_timestamp"):
            dates = dates.to_timestamp()
        if getattr(dates, "tz", None) is not None:
            # The local date is what a stamp says, whatever the time in Greenwich.
            dates = dates.tz_localize(None)
    return dates


def _noun(period: Period) -> str:
    return "fiscal year" if period.kind == "FY" else NOUNS[period.kind]


def bare(n: int, freq: str | None, start: Any = None) -> Time | None:
    """The time of `n` rows without labels: complete and in order, from `start` if it is given.

    Without `freq`, a start that is written as a month, quarter, half-year, year or week tells it.
    """
    if start is None:
        return None if freq is None else Time(frequency(freq), 0, None, n, n, dated=False)
    if freq is None:
        kind = parse(start).kind
        if kind in ("D", "FY"):
            raise ValueError(
                f'start={start!r} does not tell the frequency: give freq="M", for example'
            )
        freq = kind
    shape = Time(frequency(freq), 0, None, n, n)
    return Time(freq, shape.slot(start, beyond=True), None, n, n)
