"""What an index of pandas says about time, and the index that a result on other periods gets.

A PeriodIndex and a DatetimeIndex are read as they are, an index of dates or of texts such as
"2024-04" label by label. Whole numbers that can all be years (1500 to 2200) are annual data, unless
`freq` says otherwise; with ``freq="M"`` those that are all months such as 202404 are monthly data,
with ``freq="D"`` days such as 20240430. Whole numbers given as `time` must be one of these.
Any other index, the default one above all, is no calendar: its rows are taken as complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from paimana._period import MONTHS, dated
from paimana._stamps import (
    NOT_A_TIME,
    bare,
    in_64_bits,
    in_digits,
    numbers_at,
    time_of_labels,
    time_of_numbers,
    time_of_stamps,
    unzoned,
)
from paimana._time import Time

__all__ = ["Calendar", "calendar_of", "labels_of_rows", "own_days"]

pd: Any = import_module("pandas")
Array = np.ndarray[Any, Any]
RangeIndex: Any = pd.RangeIndex
PeriodIndex: Any = pd.PeriodIndex
DatetimeIndex: Any = pd.DatetimeIndex

YEARS = (1500, 2200)
"""Whole numbers from the first to the second are years."""


class Calendar(NamedTuple):
    """The time of the rows, and the index that tells it."""

    labels: Any
    time: Time | None

    def words(self, row: int) -> str:
        """A row in words: its period, or its label where the index is no calendar."""
        if self.time is not None and self.time.dated:
            slots = self.time.slots
            if self.time.freq == "Q" and isinstance(self.labels, PeriodIndex):
                # Quarters of a fiscal year bear other numbers than those of the calendar.
                return str(self.labels[row])
            return self.time.words(row if slots is None else int(slots[row]))
        if isinstance(self.labels, RangeIndex):
            return f"position {row}"
        return f"row {self.labels[row]!r}"

    def at(self, time: Time) -> Any:
        """The index of a result on other periods, of the class and name of this one."""
        labels = self.labels
        if not time.dated:
            return RangeIndex(time.rows, name=labels.name)
        if time.freq == "A" and time.fy_label == "start" and time.first_month > 1:
            return pd.Index(time.ordinals() - 1, name="fiscal_year")
        if isinstance(labels, DatetimeIndex):
            dates = time.last_dates() if self._at_ends() else time.dates()
            made = DatetimeIndex(dates, name=labels.name)
            made = made.as_unit(labels.unit)
            if labels.tz is None:
                return made
            # Some clocks are put forward at midnight: the day begins at one o'clock then.
            early = np.ones(len(made), dtype=bool)
            return made.tz_localize(labels.tz, ambiguous=early, nonexistent="shift_forward")
        if isinstance(labels, PeriodIndex):
            own = labels.dtype if self.time is not None and time.freq == self.time.freq else None
            return _period_index(time, labels.name, own)
        if self._numbered(time) and (numbers := numbers_at(time)) is not None:
            return pd.Index(numbers, name=labels.name)
        if _texts(labels):
            return pd.Index(time.labels(), name=labels.name)
        return _period_index(time, labels.name, None)

    def _numbered(self, time: Time) -> bool:
        """Whether the periods of a result are numbers, as the labels of the rows are."""
        if self.labels.dtype.kind not in "iu":
            return False
        if time.freq == "A":
            return not isinstance(self.labels, RangeIndex)
        return self.time is not None and _of_numbers(self.labels, self.time.freq) is not None

    def _at_ends(self) -> bool:
        """Whether the rows are stamped at the end of their periods."""
        if self.time is None:
            return False
        index = self.labels if self.labels.tz is None else self.labels.tz_localize(None)
        return self.time.at_ends(index.to_numpy().astype("M8[D]"))


def calendar_of(
    index: Any, time: Any, freq: str | None, start: Any, wanted: bool = False
) -> Calendar:
    """Read the time of an index, or of the dates given instead of it.

    With `wanted` (or `time`) it is an error if there are no dates.
    """
    if time is not None:
        if isinstance(time, str):
            raise ValueError(
                f"time={time!r} names a column, and a Series has none: give the dates themselves"
            )
        given = time if isinstance(time, pd.Index) else pd.Index(unzoned(time))
        if len(given) != len(index):
            raise ValueError(f"time= has {len(given)} dates for {len(index)} rows: give one each")
        index, wanted = given, True
    if wanted and (index.dtype.kind in "iu" or index.inferred_type == "integer"):
        # Dates that were named are held to be some, row by row.
        if index.hasnans:
            numbers = index.to_numpy(dtype=np.int64, na_value=NOT_A_TIME)
        else:
            numbers = in_64_bits(index.to_numpy(), freq)
        return Calendar(index, time_of_numbers(numbers, freq))
    find = _FINDERS.get(type(index)) or _finder(index)
    found = find(index, freq)
    if found is None and wanted and len(index) > 1:
        raise ValueError(
            f'time= holds no dates (the first is "{index[0]}"): give dates, or texts '
            "such as 2024-04"
        )
    if start is None:
        if found is None and freq is not None:
            found = bare(len(index), freq)
    elif found is not None:
        raise ValueError("start= is for data without dates; the index has them: leave it out")
    else:
        found = bare(len(index), freq, start)
    return Calendar(index, found)


# One function for each class of index; None where it is no calendar (or too short to be one).

_PERIODS: dict[Any, tuple[str, str | None, int, str | None, int]] = {}
"""For every period dtype met: unit, frequency of the ordinals, shift, frequency, first month of the
year.
"""


def _of_periods(index: Any, freq: str | None) -> Time | None:
    dtype = index.dtype
    if dtype not in _PERIODS:
        _PERIODS[dtype] = _period_rule(index.freqstr)
    unit, of, shift, own, first_month = _PERIODS[dtype]
    return time_of_stamps(index.asi8, unit, freq or own, of, shift, first_month)


def _period_rule(text: str) -> tuple[str, str | None, int, str | None, int]:
    """How the ordinals of a PeriodIndex of this frequency become those of `_time.py`."""
    match = re.fullmatch(r"(\d*)([A-Z]+)(?:-([A-Z]{3}))?", text)
    count, rule, anchor = match.groups() if match else ("", "", "")
    step, rule = int(count or 1), "A" if rule == "Y" else rule
    if rule == "A" and step == 1:
        month = [name[:3].upper() for name in MONTHS].index(anchor or "DEC")
        return "ordinal", "A", 1970, None, (month + 1) % 12 + 1
    if rule in ("A", "Q", "M"):
        months = step * {"A": 12, "Q": 3, "M": 1}[rule]
        own = None if step == 1 else {3: "Q", 6: "H", 12: "A"}.get(months)
        if step == 1 or own is not None:
            # The quarter of an uncommon anchor is the calendar quarter with its middle month.
            middle = pd.Period("1970-02-15", freq=text.lstrip("0123456789"))
            shift = {"A": 1970, "Q": 4 * 1970 - middle.ordinal, "M": 12 * 1970}[rule]
            return "ordinal", rule, shift, own, 1
    if step == 1 and rule == "W":
        # A week that does not begin on a Monday is the one with its fourth day, so with most of it.
        period = pd.Period("1970-01-01", freq=text)
        middle = (period.start_time - pd.Timestamp("1970-01-05")).days + 3
        return "ordinal", "W", middle // 7 - period.ordinal, None, 1
    if step == 1 and rule == "D":
        return "ordinal", "D", 0, None, 1
    if step == 1 and rule == "B":
        return "B", None, 0, "D", 1
    raise ValueError(
        f"the index has periods of frequency {text}, which are neither years, half-years, "
        "quarters, months, "
        "weeks nor days: bring it to one of these with .asfreq or .to_timestamp first"
    )


def own_days(labels: Any) -> tuple[Array, Array] | None:
    """The first and last days of weeks and quarters that are not those of the calendar.

    Weeks that end on a Wednesday and quarters that end in January are read as those of the calendar
    that hold most of them, which is all the same to growth. Who counts days must know better.
    """
    if not isinstance(labels, PeriodIndex) or not labels.freqstr.startswith(("W-", "Q-")):
        return None
    if labels.freqstr in ("W-SUN", "Q-MAR", "Q-JUN", "Q-SEP", "Q-DEC"):
        return None
    ends = (labels.start_time, labels.end_time)
    first, last = (stamps.to_numpy().astype("M8[D]") for stamps in ends)
    return first, last


_UNITS = {np.dtype(f"M8[{unit}]"): unit for unit in ("s", "ms", "us", "ns")}
"""The dtypes without a time zone."""


def _of_dates(index: Any, freq: str | None) -> Time | None:
    unit = _UNITS.get(index.dtype)
    if unit is None:
        # The local date is what the stamp says, whatever the time in Greenwich.
        index = index.tz_localize(None)
        unit = index.unit
    return time_of_stamps(index.asi8, unit, freq)


def _of_numbers(index: Any, freq: str | None) -> Time | None:
    """Whole numbers: years where all of them can be years, months and days in digits where the
    frequency says so and all of them can be; no calendar otherwise.
    """
    if freq not in (None, "A", "M", "D") or not len(index):
        return None
    if isinstance(index, RangeIndex) and not _may_be_dates(index[0], index[-1], freq):
        return None  # the default index of a long table need not be made
    numbers = index.to_numpy()
    if numbers.dtype.kind not in "iu" or not _may_be_dates(numbers.min(), numbers.max(), freq):
        return None
    numbers = numbers.astype(np.int64)
    if freq in ("M", "D") and (in_digits(numbers, freq) == NOT_A_TIME).any():
        return None
    return time_of_numbers(numbers, freq)


def _may_be_dates(one: int, other: int, freq: str | None) -> bool:
    """Whether numbers from one to the other can be years, or have the digits of dates."""
    low, high = {"M": (10**5, 10**6), "D": (10**7, 10**8)}.get(freq or "A", YEARS)
    return low <= min(one, other) <= max(one, other) <= high


_LIKE_A_DATE = re.compile(
    r"\d[-/.]\d|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W*\d\d"
)


_CODE = re.compile(r"\d{4}")


def _of_labels(index: Any, freq: str | None) -> Time | None:
    """An index of objects or texts: a calendar if its first label is a date."""
    if not len(index):
        return None
    labels = index.tolist()
    first = labels[0]
    if isinstance(first, int) and index.inferred_type == "integer":
        return _of_numbers(pd.Index(labels), freq)
    if not (isinstance(first, (str, np.datetime64)) or hasattr(first, "freqstr") or dated(first)):
        return None
    if all(isinstance(label, str) and _CODE.fullmatch(label) for label in labels) and not (
        YEARS[0] <= int(min(labels)) <= int(max(labels)) <= YEARS[1]
    ):
        return None  # codes of goods, say
    try:
        return time_of_labels(labels, freq, "index label")
    except ValueError as error:
        if isinstance(first, str) and str(error).startswith("the index label in row 0:"):
            if not _LIKE_A_DATE.search(first):
                return None
            raise ValueError(
                f"the index label {first!r} looks like a date, but how to read it is not "
                "plain: convert the "
                "index with pd.to_datetime(x.index, format=...)"
            ) from None
        raise


def _of_arrow_dates(index: Any, freq: str | None) -> Time | None:
    # as those of NumPy, which drops a zone rather than tell the time in Greenwich
    return _of_dates(DatetimeIndex(index), freq)


def _no_calendar(index: Any, freq: str | None) -> Time | None:
    return None


def _of_levels(index: Any, freq: str | None) -> Time | None:
    raise ValueError(
        f"the index has {index.nlevels} levels: give every series a column of its own, with "
        ".unstack(), so "
        "that the rows are periods"
    )


_FINDERS: dict[Any, Callable[[Any, str | None], Time | None]] = {
    RangeIndex: _of_numbers,
    PeriodIndex: _of_periods,
    DatetimeIndex: _of_dates,
    pd.MultiIndex: _of_levels,
}


def _finder(index: Any) -> Callable[[Any, str | None], Time | None]:
    for known, find in _FINDERS.items():
        if isinstance(index, known):
            return find
    kind = getattr(index.dtype, "kind", "O")
    if kind in "iu":
        return _of_numbers
    if kind == "M":
        return _of_arrow_dates
    return _of_labels if kind in "OUST" else _no_calendar


def _texts(labels: Any) -> bool:
    return bool(len(labels)) and isinstance(labels[0], str)


def _period_index(time: Time, name: Any, own: Any) -> Any:
    """A PeriodIndex of the periods of a Time; `own` is the dtype of the input, if it is of this
    frequency.
    """
    ordinals, freq = time.ordinals(), time.freq
    if own is not None and _PERIODS[own][3] is None:
        return PeriodIndex.from_ordinals(ordinals - _PERIODS[own][2], freq=own.freq, name=name)
    if freq == "A":
        # Named by the month in which the year ends, and so numbered by the year in which it ends.
        rule, ordinals = f"Y-{MONTHS[time.first_month - 2][:3].upper()}", ordinals - 1970
    elif freq == "H":
        months = time.dates().astype("M8[M]").astype(np.int64)
        rule, ordinals = "6M", months
    else:
        rule, shift = {
            "Q": ("Q-DEC", 4 * 1970),
            "M": ("M", 12 * 1970),
            "W": ("W-SUN", -2),
            "D": ("D", 0),
        }[freq]
        ordinals = ordinals - shift
    return PeriodIndex.from_ordinals(ordinals, freq=rule, name=name)


def labels_of_rows(labels: Any, rows: Array) -> Any:
    """The label of each row number, missing where it is -1."""
    array = labels.array
    kind = getattr(labels.dtype, "kind", "O")
    if isinstance(labels.dtype, np.dtype) and kind in "iufb":
        numbers = labels.to_numpy()
        absent = rows < 0
        taken = numbers[np.where(absent, 0, rows)] if len(numbers) else np.zeros(0, dtype=np.int64)
        dtype = "Float64" if kind == "f" else "boolean" if kind == "b" else "Int64"
        made = pd.array(taken, dtype=dtype)
        made[absent] = pd.NA
        return made
    return array.take(rows, allow_fill=True)
