"""Frequencies, periods and fiscal years: the only file that knows them.

A `Time` says where the rows of a container lie: the frequency, the *ordinal* of the first period, and
the slot of every row, counted from it. The ordinals are A year, H 2 year + half, Q 4 year + quarter,
M 12 year + month, W weeks since Monday 5 January 1970, D days since 1 January 1970 (halves, quarters
and months from 0). Annual, half-yearly, quarterly and monthly periods are all counts of months, so the
calendar of years, fiscal years and groups is one formula: the first month of ordinal o is k o + offset.

What is fast (civil dates, the frequency of a column of stamps, the slots) is done by the core; what
a user writes for a period ("2024-04", "FY24") is read by `_period.py`. How the labels of an index
become stamps is the business of the containers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from paimana import _core
from paimana._period import MONTHS, Period, month_number, parse

__all__ = [
    "Time",
    "bare",
    "frequency",
    "time_of",
    "time_of_dates",
    "time_of_labels",
    "time_of_stamps",
]

Array = np.ndarray[Any, Any]
Years = tuple[int, int] | Array

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


@dataclass(frozen=True, slots=True, eq=False)
class Time:
    """Where the rows of one container lie in time.

    Attributes
    ----------
    freq
        ``"A"``, ``"H"``, ``"Q"``, ``"M"``, ``"W"`` or ``"D"``.
    start
        The ordinal of slot 0, the earliest period.
    slots
        The slot of each row; None where row i is slot i.
    rows
        The number of rows.
    span
        The number of periods from the earliest to the latest.
    first_month
        The month (1 to 12) in which years begin; only annual and half-yearly data have another than 1.
    fy_label
        Whether a fiscal year bears the year of its ``"end"`` or of its ``"start"``.
    dated
        False for the rows of a bare array with a frequency but without a first period.
    """

    freq: str
    start: int
    slots: Array | None
    rows: int
    span: int
    first_month: int = 1
    fy_label: str = "end"
    dated: bool = True

    def __repr__(self) -> str:
        if not self.rows:
            return f"<Time: {NAMES[self.freq]}, no rows>"
        absent = self.span - self.rows
        gaps = f", {absent} absent" if absent else ""
        return f"<Time: {NAMES[self.freq]}, {self.extent()}, {self.rows} rows{gaps}>"

    @property
    def name(self) -> str:
        """The frequency in words: "monthly"."""
        return NAMES[self.freq]

    @property
    def per_year(self) -> int:
        """Periods in a year; 52 for weeks and 365 for days."""
        return PER_YEAR[self.freq]

    # From slots to dates and words.

    @property
    def _offset(self) -> int:
        """The first month of ordinal 0, as a month ordinal; of months, quarters, halves, years."""
        return _year_offset(self.first_month) if self.freq in "AH" else 0

    def _first_days(self, ordinals: Array) -> Array:
        """The first day of each period, as datetime64[D]."""
        if self.freq == "D":
            return ordinals.astype("M8[D]")
        if self.freq == "W":
            return (7 * ordinals + FIRST_MONDAY).astype("M8[D]")
        months = LENGTH[self.freq] * ordinals + (self._offset - EPOCH)
        return months.astype("M8[M]").astype("M8[D]")

    def _first_day(self, slot: int) -> Any:
        """The first day of a slot, as a `datetime.date`."""
        self._need_dates()
        return self._first_days(np.array([self.start + slot], dtype=np.int64))[0].item()

    def ordinals(self) -> Array:
        """The ordinal of each row."""
        if self.slots is None:
            return np.arange(self.start, self.start + self.rows, dtype=np.int64)
        return self.slots + self.start

    def dates(self) -> Array:
        """The first day of each row's period, as datetime64[D]."""
        self._need_dates()
        return self._first_days(self.ordinals())

    def last_dates(self) -> Array:
        """The last day of each row's period, as datetime64[D]."""
        self._need_dates()
        return self._first_days(self.ordinals() + 1) - np.timedelta64(1, "D")

    def at_ends(self, days: Array) -> bool:
        """Whether rows with these datetime64[D] stamps are stamped at the end of their periods.

        The last four days of a period are its end, as the last business day lies within them.
        """
        if not self.dated or not self.rows or self.freq == "D":
            return False
        return bool(((self.last_dates() - days).astype(np.int64) <= 3).all())

    def labels(self) -> list[str]:
        """The label of each row: ``"2024-04"``."""
        slots = range(self.rows) if self.slots is None else self.slots.tolist()
        return [self.label(slot) for slot in slots]

    def label(self, slot: int) -> str:
        """The label of a period: 2024-04, 2024Q1, 2024H1, 2024, 2024-W07, 2024-04-30; or a position."""
        if not self.dated:
            return str(slot)
        ordinal = self.start + slot
        if self.freq == "A":
            return f"{self.year_label(ordinal):04d}"
        if self.freq == "H":
            return f"{self.year_label(ordinal // 2):04d}H{ordinal % 2 + 1}"
        if self.freq == "Q":
            return f"{ordinal // 4:04d}Q{ordinal % 4 + 1}"
        if self.freq == "M":
            return f"{ordinal // 12:04d}-{ordinal % 12 + 1:02d}"
        day = self._first_day(slot)
        if self.freq == "D":
            return day.isoformat()
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"

    def words(self, slot: int) -> str:
        """A period in words: April 2024, 2024Q1, FY2024, the week of 12 February 2024, 30 April 2024."""
        if not self.dated:
            return f"position {slot}"
        if self.freq in "AHQ":
            fiscal = self.first_month > 1 and self.freq in "AH"
            return f"FY{self.label(slot)}" if fiscal else self.label(slot)
        day = self._first_day(slot)
        month = f"{MONTHS[day.month - 1]} {day.year:04d}"
        if self.freq == "M":
            return month
        return f"the week of {day.day} {month}" if self.freq == "W" else f"{day.day} {month}"

    def extent(self) -> str:
        """The whole span in words: "July 2021 to April 2024"."""
        if not self.dated:
            return f"{self.span} periods without dates"
        if self.span < 2:
            return self.words(0)
        return f"{self.words(0)} to {self.words(self.span - 1)}"

    # From what a user writes to slots.

    def slot(self, period: Any, *, beyond: bool = False, year_start: Any = None) -> int:
        """The slot of a period that a user names.

        Parameters
        ----------
        period
            ``"2024-04"``, ``"April 2024"``, ``"2024Q1"``, ``"2024H1"``, ``"2024"``, ``"FY24"``,
            ``"2024-W07"``, ``"2024-04-30"``, a date, or a period of pandas.
        beyond
            Whether the period may lie outside of the data.
        year_start
            The first month of the fiscal year that ``"FY24"`` means.

        Raises
        ------
        ValueError
            If the text names no period, a longer one than those of the data, or one outside of them.
        """
        first, last = self._ordinals_of(period, year_start)
        if first != last:
            example = self.label(first - self.start)
            raise ValueError(
                f"{_shown(period)} covers several periods of the data, which are {self.name}: "
                f'give one {NOUNS[self.freq]}, such as "{example}"'
            )
        slot = first - self.start
        if not beyond and not 0 <= slot < self.span:
            raise ValueError(f"{_shown(period)} is outside of the data ({self.extent()})")
        return slot

    def span_of(self, period: Any, *, year_start: Any = None) -> tuple[int, int]:
        """The first and last slot of a period, a year or a span such as ``"2015..2017"``.

        A week belongs to the year or month of its Thursday.

        Raises
        ------
        ValueError
            If the text names no period, or one that is not wholly within the data.
        """
        ends: tuple[Any, ...] = (period,)
        if isinstance(period, str) and ".." in period:
            ends = tuple(end.strip() for end in period.split("..", 1))
        elif isinstance(period, (tuple, list)):
            ends = tuple(period)  # pyright: ignore[reportUnknownArgumentType]
            if len(ends) != 2:
                raise ValueError(f"{period!r} is not a span: give its first and last period")
        first = self._ordinals_of(ends[0], year_start)[0] - self.start
        last = self._ordinals_of(ends[-1], year_start)[1] - self.start
        if last < first:
            raise ValueError(f"{_shown(period)} ends before it begins")
        if first < 0 or last >= self.span:
            raise ValueError(f"{_shown(period)} is not wholly within the data ({self.extent()})")
        return first, last

    def _ordinals_of(self, period: Any, year_start: Any) -> tuple[int, int]:
        """The first and last ordinal of what a user names, within the data or not."""
        self._need_dates()
        if self.freq == "A" and type(period) is int:
            period = f"{period:04d}"
        found = parse(period)
        if found.kind in ("A", "FY") and self.freq == "A":
            # A year of annual data is the one that bears this number, whenever it begins.
            late = self.first_month > 1 and self.fy_label == "start" and not found.spelled_out
            return found.number + late, found.number + late
        if found.kind == "FY" and year_start is None and self.first_month == 1:
            raise ValueError(f'{_shown(period)} is a fiscal year: say with year_start="JUL" when it begins')
        if found.kind == "FY":
            month = self.first_month if year_start is None else month_number(year_start)
            offset = _year_offset(month)
            if self.fy_label == "start" and month > 1 and not found.spelled_out:
                offset += 12
            begin = 12 * found.number + offset - EPOCH
            days = np.array([begin, begin + 12]).astype("M8[M]").astype("M8[D]").astype(np.int64)
            first, last = int(days[0]), int(days[1]) - 1
        else:
            first, last = found.first, found.last
        if self.freq == "W" and last - first > 6:
            # The first and last week whose Thursday (day 7 of week 0) lies in the period.
            return -((7 - first) // 7), (last - 7) // 7
        return self._ordinal(first), self._ordinal(last)

    def _ordinal(self, day: int) -> int:
        """The ordinal of the period in which a day lies."""
        if self.freq == "D":
            return day
        if self.freq == "W":
            return (day - FIRST_MONDAY) // 7
        month = int(np.int64(day).astype("M8[D]").astype("M8[M]").astype(np.int64)) + EPOCH
        return (month - self._offset) // LENGTH[self.freq]

    # What indicators need to know: bases, years, groups.

    def base(self, kind: str, match: str | None = None) -> int | Array:
        """The base of each period for ``"mom"``, ``"qoq"`` or ``"yoy"``: a lag, or a slot for every slot.

        Parameters
        ----------
        kind
            ``"mom"``, ``"qoq"`` or ``"yoy"``.
        match
            For ``"yoy"`` of weeks ``"iso_week"``: the same ISO week of the year before (week 53 has a
            base only after another year of 53 weeks). For days ``"last_available"``: the last row on
            or before the same date of the year before. By default weeks are 52 weeks apart and days
            are compared with the same date, 29 February with 28 February.
        """
        if kind == "yoy":
            return self._year_before(match)
        lags = {"mom": {"M": 1}, "qoq": {"Q": 1, "M": 3}}[kind]
        if self.freq not in lags:
            wanted = "monthly" if kind == "mom" else "quarterly or monthly"
            advice = "bring them to a lower frequency first, or use growth(x, lag=...)"
            if self.freq in "AHQ":
                advice = "use qoq(x) or growth(x)" if self.freq == "Q" else "use growth(x)"
            raise ValueError(
                f"{kind} compares with the {'month' if kind == 'mom' else 'quarter'} before and needs "
                f"{wanted} data; these are {self.name}: {advice}"
            )
        return lags[self.freq]

    def _year_before(self, match: str | None) -> int | Array:
        allowed = {"W": (None, "iso_week"), "D": (None, "last_available")}.get(self.freq, (None,))
        if match not in allowed:
            if match in ("iso_week", "last_available"):
                wanted = "weekly" if match == "iso_week" else "daily"
                raise ValueError(
                    f'match="{match}" is for {wanted} data; these are {self.name}: leave it out'
                )
            raise ValueError(
                f'match={match!r} is not known: leave it out, or give "iso_week" for weekly data or '
                '"last_available" for daily data'
            )
        if self.freq == "W":
            return 52 if match is None else self._same_iso_week()
        if self.freq != "D":
            return PER_YEAR[self.freq]
        self._need_dates()
        slots = _same_date_before(np.arange(self.start, self.start + self.span)) - self.start
        if match == "last_available" and self.span:
            observed = np.zeros(self.span, dtype=bool)
            observed[slice(None) if self.slots is None else self.slots] = True
            here = np.where(observed, np.arange(self.span), -1)
            latest = np.maximum.accumulate(here)
            slots = np.where(slots >= 0, latest[np.maximum(slots, 0)], -1)
        return np.maximum(slots, -1)

    def _same_iso_week(self) -> Array:
        """The slot of the same ISO week of the year before; -1 where it has no week of this number."""
        self._need_dates()
        weeks = np.arange(self.start, self.start + self.span)
        thursdays = (7 * weeks + FIRST_MONDAY + 3).astype("M8[D]")
        years = thursdays.astype("M8[Y]")
        first = _first_week(years)
        base = _first_week(years - 1) + (weeks - first)
        return np.where(base < first, np.maximum(base - self.start, -1), -1)

    def years(self, year_start: Any = 1) -> Years:
        """The fiscal years: (periods a year, position of slot 0 in its year), or the first slots.

        Parameters
        ----------
        year_start
            The first month: ``"JUL"``, ``"July"`` or 7. It must begin a period of quarterly data.

        Returns
        -------
        tuple or int64 array
            For weeks and days, which have no fixed number in a year, the first slot of each year and
            of the one after the last. A week belongs to the year of its Thursday.
        """
        month = month_number(year_start)
        if self.freq in "WD":
            return self.groups("A", month)[0]
        if self.freq == "A":
            return 1, 0
        length = LENGTH[self.freq]
        if not self.dated:
            return 12 // length, 0
        position = length * self.start + self._offset - (month - 1)
        if position % length:
            raise ValueError(self._split(month))
        return 12 // length, position // length % (12 // length)

    def year_labels(self, year_start: Any = 1, fy_label: str = "end") -> list[int]:
        """The number of each fiscal year of `years`: the year in which it ends, or starts."""
        result = self.groups("A", year_start, fy_label)[1]
        if not result.dated:
            return list(range(1, result.rows + 1))
        return [result.year_label(result.start + slot) for slot in range(result.rows)]

    def year_label(self, ordinal: int) -> int:
        """The number that a (fiscal) year bears."""
        return ordinal - (self.fy_label == "start" and self.first_month > 1)

    def groups(self, freq: str, year_start: Any = 1, fy_label: str = "end") -> tuple[Array, Time]:
        """The slots that open the periods of a lower frequency, and the time of the result.

        Parameters
        ----------
        freq
            The lower frequency.
        year_start
            The first month of the year, for annual and half-yearly results.
        fy_label
            Whether fiscal years are named by the year of their ``"end"`` or ``"start"``.

        Returns
        -------
        int64 array, Time
            The first slot of each period and of the one after the last: the first may be negative and
            the last beyond the span, where the data begin or end within a period.
        """
        freq, month = frequency(freq), month_number(year_start)
        if fy_label not in ("end", "start"):
            raise ValueError(
                f'fy_label={fy_label!r} is not known: fiscal years are named by their "end" or "start"'
            )
        if freq == self.freq:
            whole = Time(
                freq, self.start, None, self.span, self.span, self.first_month, self.fy_label, self.dated
            )
            return np.arange(self.span + 1, dtype=np.int64), whole
        if PER_YEAR[freq] > PER_YEAR[self.freq]:
            raise ValueError(
                f"the data are {self.name} and cannot be brought to {NAMES[freq]} periods, which are "
                "shorter: a lower frequency is needed"
            )
        first_month = month if freq in "AH" else 1
        if not self.span:
            return np.zeros(1, dtype=np.int64), Time(freq, 0, None, 0, 0, first_month, fy_label)
        origin = self
        if not self.dated:
            # Without a first period the first value opens a year: any year will do.
            if self.freq in "WD":
                self._need_dates()
            first_month = 1
            origin = Time(self.freq, 2000 * self.per_year, None, self.rows, self.span)
        shape = Time(freq, 0, None, 0, 0, first_month, fy_label)
        first, last = (shape._ordinal(day) for day in origin._ends())
        opening = np.arange(first, last + 2, dtype=np.int64)
        if self.freq in "WD":
            days = shape._first_days(opening).astype(np.int64)
            starts = days if self.freq == "D" else -((7 - days) // 7)
        else:
            length = LENGTH[self.freq]
            months = LENGTH[freq] * opening + (shape._offset - origin._offset)
            if months[0] % length:
                raise ValueError(self._split(month))
            starts = months // length
        n = len(opening) - 1
        result = Time(freq, first, None, n, n, first_month, fy_label, self.dated)
        return starts - origin.start, result

    def _ends(self) -> tuple[int, int]:
        """A day of the first and of the last slot; for weeks the Thursday."""
        ends = self._first_days(np.array([self.start, self.start + self.span - 1])).astype(np.int64)
        shift = 3 if self.freq == "W" else 0
        return int(ends[0]) + shift, int(ends[1]) + shift

    def _split(self, month: int) -> str:
        good = "JAN, APR, JUL or OCT" if self.freq == "Q" else "the first month of a half-year"
        return (
            f'year_start="{MONTHS[month - 1][:3].upper()}" splits a {NOUNS[self.freq]} of {self.name} '
            f"data: give {good}, or monthly data"
        )

    def _need_dates(self) -> None:
        if not self.dated:
            raise ValueError(
                'these data have no dates: give start=, the first period, such as start="2021-07"'
            )


def _year_offset(first_month: int) -> int:
    """The first month of year 0: a year that begins after January is named by the year of its end."""
    return first_month - 13 if first_month > 1 else 0


def _shown(period: Any) -> str:
    return f'"{period}"' if isinstance(period, str) else str(period)


def _same_date_before(days: Array) -> Array:
    """The same date of the year before, in days since 1970; of 29 February the 28th."""
    dates = days.astype("M8[D]")
    months = dates.astype("M8[M]")
    before = months - 12
    same = before.astype("M8[D]") + (dates - months.astype("M8[D]"))
    same -= (same.astype("M8[M]") > before).astype(np.int64)
    return same.astype(np.int64)


def _first_week(years: Array) -> Array:
    """The ordinal of ISO week 1, the week with 4 January."""
    january_4 = years.astype("M8[D]").astype(np.int64) + 3
    return (january_4 - FIRST_MONDAY) // 7


def frequency(freq: str) -> str:
    """Check a frequency and give it back."""
    if freq in NAMES:
        return freq
    raise ValueError(
        f'freq={freq!r} is not a frequency: give "A" (annual), "H" (half-yearly), "Q" (quarterly), '
        '"M" (monthly), "W" (weekly) or "D" (daily)'
    )


def time_of_stamps(
    stamps: Array,
    unit: str,
    freq: str | None = None,
    of: str | None = None,
    shift: int = 0,
    first_month: int = 1,
) -> Time | None:
    """The time of int64 stamps that count `unit` since 1970, or (`of`) periods since ordinal `shift`.

    None where there are too few stamps to tell the frequency, and it is not given.
    """
    n = len(stamps)
    if n < 2 and freq is None and of is None:
        return None
    found, start, slots, span = _core.periods(stamps, unit, freq, of, shift)
    return Time(found, start, slots, n, span, first_month)


def time_of_dates(stamps: Array, freq: str | None = None) -> Time | None:
    """The time of a datetime64 array; None where it is too short to tell a frequency that is not given.

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

    Years, half-years, quarters and weeks tell the frequency by how they are written; months and days
    by their smallest gap, as ``"2024-03", "2024-06"`` are quarters.
    """
    periods: list[Period] = []
    for row, label in enumerate(labels):
        if label is None or label != label:
            raise ValueError(f"the {what} in row {row} is missing: give every row a date, or drop that row")
        try:
            found = parse(label)
        except ValueError as error:
            raise ValueError(f"the {what} in row {row}: {error}") from None
        if periods and found.kind != periods[0].kind:
            raise ValueError(
                f"the {what} in row {row} ({_shown(label)}) is a {_noun(found)}, that in row 0 "
                f"({_shown(labels[0])}) a {_noun(periods[0])}: give all in one form"
            )
        periods.append(found)
    kind = periods[0].kind if periods else "D"
    if kind in ("A", "FY"):
        years = np.array([period.number for period in periods], dtype=np.int64)
        return time_of_stamps(years, "ordinal", freq, "A")
    days = np.array([period.first for period in periods], dtype=np.int64)
    if freq is None and (kind in "HQW" or (kind == "M" and len(periods) == 1)):
        freq = kind
    return time_of_stamps(days, "D", freq)


def time_of(dates: Any, freq: str | None = None) -> Time | None:
    """The time of dates in a NumPy array or any sequence: datetime64, whole numbers as years, labels."""
    array: Array = dates if isinstance(dates, np.ndarray) else np.asarray(dates)
    if array.ndim != 1:
        raise ValueError(f"time= has {array.ndim} axes: give one date for each row")
    if array.dtype.kind == "M":
        return time_of_dates(array, freq)
    if array.dtype.kind in "iu":
        return time_of_stamps(array.astype(np.int64), "ordinal", freq, "A")
    labels: list[Any] = array.tolist() if isinstance(dates, np.ndarray) else list(dates)
    return time_of_labels(labels, freq, "date")


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
            raise ValueError(f'start={start!r} does not tell the frequency: give freq="M", for example')
        freq = kind
    shape = Time(frequency(freq), 0, None, n, n)
    return Time(freq, shape.slot(start, beyond=True), None, n, n)
