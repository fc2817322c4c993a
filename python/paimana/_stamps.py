"""From dates to a `Time`: datetime64 arrays, stamps and periods as integers, whole numbers such as
2024 and 202404, texts, or no dates at all.

Civil dates, the frequency of a column of stamps and the slots of its rows are found by the core.
How an index or a column of some library becomes stamps is the business of the containers.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import numpy as np

from paimana import _core
from paimana._frequency import NAMES, NOUNS, frequency
from paimana._period import Period, parse, shown
from paimana._time import Time

__all__ = [
    "NOT_A_TIME",
    "bare",
    "in_64_bits",
    "in_digits",
    "numbers_at",
    "plain_dates",
    "time_of",
    "time_of_dates",
    "time_of_labels",
    "time_of_numbers",
    "time_of_stamps",
    "unzoned",
]

Array = np.ndarray[Any, Any]

NOT_A_TIME = np.iinfo(np.int64).min
"""A missing stamp, or a missing number of a period."""

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
        _not_finer(freq, "M" if len(labels[0]) == 7 else "D", labels[0], what)
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
    _not_finer(freq, kind, labels[0] if periods else None, what)
    days = np.array([period.first for period in periods], dtype=np.int64)
    if freq is None and (kind in "HQW" or (kind == "M" and (days == days[0]).all())):
        freq = kind
    return time_of_stamps(days, "D", freq)


def _not_finer(freq: str | None, kind: str, label: Any, what: str) -> None:
    """Refuse a frequency in which a label would be several periods."""
    if freq is not None and "AHQMWD".index(freq) > "AHQMWD".index(kind):
        raise ValueError(
            f"the {what} in row 0 ({shown(label)}) is a {NOUNS[kind]}: it cannot be read as "
            f"{NAMES[freq]} data; leave freq= out"
        )


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


_EXAMPLES = {
    "A": "2010",
    "H": "2010H1",
    "Q": "2010Q1",
    "M": "2010-01",
    "W": "2010-W01",
    "D": "2010-01-31",
}
_DIGITS = {"M": (100, "month written as 201001"), "D": (10_000, "day written as 20100131")}
"""By what a number is to be divided to get its year, and what it stands for then."""
_CENTURIES = (1000, 2999)
"""The years of months and days in digits: counts of days and codes are seldom among them."""


def in_digits(numbers: Array, freq: str) -> Array:
    """The days (since 1970) of months such as 202404, or of days such as 20240430.

    `NOT_A_TIME` for what is none, and for what is `NOT_A_TIME`.
    """
    divisor = _DIGITS[freq][0]
    years = numbers // divisor
    parts = numbers % divisor
    months, days = (parts, 1) if freq == "M" else (parts // 100, parts % 100)
    fits = (years >= _CENTURIES[0]) & (years <= _CENTURIES[1]) & (months >= 1) & (months <= 12)
    first = np.where(fits, 12 * (years - 1970) + months - 1, 0).astype("M8[M]")
    found = first.astype("M8[D]").astype(np.int64) + days - 1
    length = (first + 1).astype("M8[D]").astype(np.int64) - first.astype("M8[D]").astype(np.int64)
    return np.where(fits & (days >= 1) & (days <= length), found, NOT_A_TIME)


def time_of_numbers(numbers: Array, freq: str | None) -> Time | None:
    """The time of whole numbers (int64): years; with ``freq="M"`` months such as 202404, with
    ``freq="D"`` days such as 20240430.

    Raises
    ------
    ValueError
        For a number that is none of these, with its row; for frequencies that numbers do not tell.
    """
    freq = None if freq is None else frequency(freq)
    if freq in _DIGITS:
        stamps = in_digits(numbers, freq)
        _refuse_numbers(numbers, (stamps == NOT_A_TIME) & (numbers != NOT_A_TIME), freq)
        return time_of_stamps(stamps, "D", freq)
    years = (numbers >= 1) & (numbers <= 9999) & (freq in (None, "A"))
    _refuse_numbers(numbers, ~years & (numbers != NOT_A_TIME), freq)
    return time_of_stamps(numbers, "ordinal", freq, "A")


def in_64_bits(numbers: Array, freq: str | None) -> Array:
    """Whole numbers of any width, none of them missing, as int64; one beyond is named."""
    if numbers.dtype.kind != "i" or numbers.dtype.itemsize == 8:
        beyond = (numbers <= NOT_A_TIME) | (numbers > np.iinfo(np.int64).max)
        _refuse_numbers(numbers, beyond, None if freq is None else frequency(freq))
    return numbers.astype(np.int64)


def _refuse_numbers(numbers: Array, wrong: Array, freq: str | None) -> None:
    """Name the first number that stands for no period."""
    if not wrong.any():
        return
    row = int(np.argmax(wrong))
    if freq in _DIGITS:
        rule = f'is no {_DIGITS[freq][1]}, which whole numbers are with freq="{freq}"'
    elif freq in (None, "A"):
        rule = (
            'is no year from 1 to 9999: months written as 201001 need freq="M", and days written '
            'as 20100131 freq="D"'
        )
    else:
        rule = f"tells no {NOUNS[freq]}"
    example = _EXAMPLES[freq if freq not in (None, "A") else "M"]
    raise ValueError(
        f'the date in row {row} ({numbers[row]}) {rule}; give dates, or texts such as "{example}"'
    )


def numbers_at(time: Time) -> Array | None:
    """The numbers that stand for the periods of a Time; None where numbers tell none."""
    if time.freq == "A":
        return time.ordinals()
    if time.freq not in _DIGITS:
        return None
    days = time.dates()
    months = days.astype("M8[M]").astype(np.int64) + 12 * 1970
    written = 100 * (months // 12) + months % 12 + 1
    if time.freq == "M":
        return written
    return 100 * written + (days - days.astype("M8[M]").astype("M8[D]")).astype(np.int64) + 1


def time_of(dates: Any, freq: str | None = None) -> Time | None:
    """The time of dates in a NumPy array or any sequence: datetime64, whole numbers, labels."""
    dates = unzoned(dates)
    if not hasattr(dates, "__len__"):
        if not hasattr(dates, "__iter__"):
            raise TypeError(f"time={dates!r} is no sequence of dates: give one date for each row")
        dates = list(dates)
    array: Any = np.asarray(dates)
    if array.ndim != 1:
        raise ValueError(f"time= has {array.ndim} axes: give one date for each row")
    if array.dtype.kind == "M":
        return time_of_dates(array, freq)
    if array.dtype.kind in "iu" or (array.dtype.kind == "O" and _whole(array)):
        return time_of_numbers(in_64_bits(array, freq), freq)
    if array.dtype.kind == "f" and len(array):  # such as years with one missing become in pandas
        raise TypeError(
            f'the dates in time= are {array.dtype}: give dates, texts such as "2024-04", or whole '
            'numbers: years, or 202404 with freq="M"'
        )
    labels: list[Any] = array.tolist() if array is dates else list(dates)
    return time_of_labels(labels, freq, "date")


def unzoned(dates: Any) -> Any:
    """Dates of Polars and of Arrow without their zone; anything else as it is.

    The local date is what they say: NumPy would read them as they are in Greenwich.
    """
    if getattr(getattr(dates, "dtype", None), "time_zone", None) is not None:
        return dates.dt.replace_time_zone(None)
    if getattr(getattr(dates, "type", None), "tz", None) is not None:
        return import_module("pyarrow.compute").local_timestamp(dates)
    return dates


def _whole(array: Array) -> bool:
    """Whether objects are all whole numbers."""
    return bool(len(array)) and all(type(each) is int for each in array)


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
