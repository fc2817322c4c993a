"""Where the rows of a container lie in time: periods, fiscal years, bases and groups.

A `Time` holds the frequency, the *ordinal* of the first period, and the slot of every row, counted
from it. The ordinals are A year, H 2 year + half, Q 4 year + quarter, M 12 year + month, W weeks
since Monday 5 January 1970, D days since 1 January 1970 (halves, quarters and months from 0).

The arithmetic of frequencies is in `_frequency.py`; what a user writes for a period ("2024-04",
"FY24") is read by `_period.py`; `_stamps.py` makes a `Time` of dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from paimana._bases import Base, base_of
from paimana._frequency import (
    EPOCH,
    LENGTH,
    NAMES,
    NOUNS,
    PER_YEAR,
    first_days,
    frequency,
    ordinal_of,
    weeks_within,
    year_offset,
)
from paimana._period import MONTHS, month_number, parse, shown

__all__ = ["Time"]

Array = np.ndarray[Any, Any]
Years = tuple[int, int] | Array


@dataclass(slots=True, eq=False)
class Time:
    """Where the rows of one container lie in time; never changed once made.

    (Not `frozen`: enforcing it would cost a twentieth of a call on a short series.)

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
        The month (1 to 12) in which years begin; only annual and half-yearly data have another than
        1.
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
        return year_offset(self.first_month) if self.freq in "AH" else 0

    def _first_days(self, ordinals: Array) -> Array:
        return first_days(self.freq, ordinals, self._offset)

    def _first_day(self, slot: int) -> Any:
        """The first day of a slot, as a `datetime.date`."""
        self.need_dates()
        return self._first_days(np.array([self.start + slot], dtype=np.int64))[0].item()

    def ordinals(self) -> Array:
        """The ordinal of each row."""
        if self.slots is None:
            return np.arange(self.start, self.start + self.rows, dtype=np.int64)
        return self.slots + self.start

    def dates(self) -> Array:
        """The first day of each row's period, as datetime64[D]."""
        self.need_dates()
        return self._first_days(self.ordinals())

    def last_dates(self) -> Array:
        """The last day of each row's period, as datetime64[D]."""
        self.need_dates()
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
        """The label of a period: 2024-04, 2024Q1, 2024H1, 2024, 2024-W07, 2024-04-30; or a
        position.
        """
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
        """A period in words: April 2024, 2024Q1, FY2024, the week of 12 February 2024, 30 April
        2024.
        """
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
        if not self.span:
            return "no rows"
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
            If the text names no period, a longer one than those of the data, or one outside of
            them.
        """
        first, last = self._ordinals_of(period, year_start)
        if first != last:
            example = self.label(first - self.start)
            raise ValueError(
                f"{shown(period)} covers several periods of the data, which are {self.name}: "
                f'give one {NOUNS[self.freq]}, such as "{example}"'
            )
        slot = first - self.start
        if not beyond and not 0 <= slot < self.span:
            raise ValueError(f"{shown(period)} is outside of the data ({self.extent()})")
        return slot

    def span_of(
        self, period: Any, *, year_start: Any = None, beyond: bool = False
    ) -> tuple[int, int]:
        """The first and last slot of a period, a year or a span such as ``"2015..2017"``.

        A week belongs to the year or month of its Thursday; `beyond` lets it lie outside of the
        data.

        Raises
        ------
        ValueError
            If the text names no period, or one that is not wholly within the data.
        """
        ends: Any = (period,)
        if isinstance(period, str) and ".." in period:
            ends = tuple(end.strip() for end in period.split("..", 1))
        elif isinstance(period, (tuple, list)):
            ends = period  # pyright: ignore[reportUnknownVariableType]
            if len(ends) != 2:
                raise ValueError(f"{period!r} is not a span: give its first and last period")
        first = self._ordinals_of(ends[0], year_start)[0] - self.start
        last = self._ordinals_of(ends[-1], year_start)[1] - self.start
        if last < first:
            raise ValueError(f"{shown(period)} ends before it begins")
        if not beyond and (first < 0 or last >= self.span):
            raise ValueError(f"{shown(period)} is not wholly within the data ({self.extent()})")
        return first, last

    def _ordinals_of(self, period: Any, year_start: Any) -> tuple[int, int]:
        """The first and last ordinal of what a user names, within the data or not."""
        self.need_dates()
        if self.freq == "A" and type(period) is int:
            period = f"{period:04d}"
        found = parse(period)
        if found.kind in ("A", "FY") and self.freq == "A":
            # A year of annual data is the one that bears this number, whenever it begins.
            late = self.first_month > 1 and self.fy_label == "start" and not found.spelled_out
            return found.number + late, found.number + late
        if found.kind == "FY" and year_start is None and self.first_month == 1:
            raise ValueError(
                f'{shown(period)} is a fiscal year: say with year_start="JUL" when it begins'
            )
        if found.kind == "FY":
            month = self.first_month if year_start is None else month_number(year_start)
            offset = year_offset(month)
            if self.fy_label == "start" and month > 1 and not found.spelled_out:
                offset += 12
            begin = 12 * found.number + offset - EPOCH
            days = np.array([begin, begin + 12]).astype("M8[M]").astype("M8[D]").astype(np.int64)
            first, last = int(days[0]), int(days[1]) - 1
        else:
            first, last = found.first, found.last
        if self.freq == "W" and last - first > 6:
            return weeks_within(first, last)
        return self._ordinal(first), self._ordinal(last)

    def _ordinal(self, day: int) -> int:
        return ordinal_of(self.freq, day, self._offset)

    # What indicators need to know: bases, years, groups.

    def base(self, kind: str, match: str | None = None) -> Base:
        """The base of each period for ``"mom"``, ``"qoq"`` or ``"yoy"``: a lag, or a slot for every
        slot.

        Parameters
        ----------
        kind
            ``"mom"``, ``"qoq"`` or ``"yoy"``.
        match
            For ``"yoy"`` of weeks ``"iso_week"``: the same ISO week of the year before (week 53 has
            a base only after another year of 53 weeks). For days ``"last_available"``: the last row
            on or before the same date of the year before. By default weeks are 52 weeks apart and
            days are compared with the same date, 29 February with 28 February.
        """
        return base_of(self, kind, match)

    def years(self, year_start: Any = 1) -> Years:
        """The fiscal years: (periods a year, position of slot 0 in its year), or the first slots.

        Parameters
        ----------
        year_start
            The first month: ``"JUL"``, ``"July"`` or 7. It must begin a period of quarterly data.

        Returns
        -------
        tuple or int64 array
            For weeks and days, which have no fixed number in a year, the first slot of each year
            and of the one after the last. A week belongs to the year of its Thursday.
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
            The first slot of each period and of the one after the last: the first may be negative
            and the last beyond the span, where the data begin or end within a period.
        """
        freq, month = frequency(freq), month_number(year_start)
        if fy_label not in ("end", "start"):
            raise ValueError(
                f'fy_label={fy_label!r} is not known: fiscal years are named by their "end" '
                'or "start"'
            )
        if freq == self.freq:
            whole = Time(
                freq,
                self.start,
                None,
                self.span,
                self.span,
                self.first_month,
                self.fy_label,
                self.dated,
            )
            return np.arange(self.span + 1, dtype=np.int64), whole
        if PER_YEAR[freq] > PER_YEAR[self.freq]:
            raise ValueError(
                f"the data are {self.name} and cannot be brought to {NAMES[freq]} periods, "
                "which are shorter: a lower frequency is needed"
            )
        first_month = month if freq in "AH" else 1
        if not self.span:
            return np.zeros(1, dtype=np.int64), Time(freq, 0, None, 0, 0, first_month, fy_label)
        origin = self
        if not self.dated:
            # Without a first period the first value opens a year: any year will do.
            if self.freq in "WD":
                self.need_dates()
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
            f'year_start="{MONTHS[month - 1][:3].upper()}" splits a {NOUNS[self.freq]} of '
            f"{self.name} data: give {good}, or monthly data"
        )

    def need_dates(self) -> None:
        if not self.dated:
            raise ValueError(
                'these data have no dates: give start=, the first period, such as start="2021-07"'
            )
