"""Reading a long table by its structure, and measuring its columns.

`Read` has the key and the period of each row as numbers; `measured` gives the columns of results
of an indicator, `given` hands them back as the caller asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from paimana import _core
from paimana._containers import PLAIN, Exact
from paimana._containers.long import Long
from paimana._frequency import frequency
from paimana._indicator import indicators
from paimana._stamps import time_of
from paimana._time import Time
from paimana.tables._data import ColumnData, SpreadData

if TYPE_CHECKING:
    from paimana.tables._spec import Panel

__all__ = [
    "BY_PERIOD",
    "Read",
    "chosen",
    "given",
    "measured",
    "packed",
    "renamed",
    "told",
    "with_rows",
]

Array = np.ndarray[Any, Any]

BY_PERIOD = ("adjust", "seasonal", "trend", "cycle", "band", "loess")
"""The families whose indicators take a series period by period, absent ones among them."""


def family(function: Callable[..., Any]) -> str:
    """The file in which an indicator stands."""
    return function.__module__.rpartition(".")[2]


def chosen(columns: Any) -> list[Any]:
    if not isinstance(columns, (list, tuple)):
        return [columns]
    if not columns:
        raise ValueError("no column of values is named: give one, or several")
    return list(cast("list[Any]", columns))


class Read:
    """A table read by a structure: the key and the period of each row as numbers."""

    def __init__(self, spec: Panel, table: Long) -> None:
        self.spec, self.table = spec, table
        self.codes = {name: table.codes(name) for name in spec.keys}
        """For each key the number of each row, and what each number stands for."""
        self.key = self.pack(spec.keys)
        self.time, self.slots, self._groups = _periods(table, spec.time, spec.freq, self.key)
        self._series: tuple[Array, list[str]] | None = None

    def pack(self, names: Iterable[Any]) -> Array:
        """Keys, and the time, of each row as one number."""
        columns = [
            self.slots if name == self.spec.time else self.codes[name].numbers for name in names
        ]
        return columns[0] if len(columns) == 1 else packed(columns)

    def words(self, row: int, names: Iterable[Any]) -> list[Any]:
        """What the keys of a row are."""
        return [self.codes[name].label(row) for name in names]

    def labels(self, rows: Array, name: Any) -> Array:
        """What a key, or the period, of each of these rows is; each is looked up once."""
        period = name == self.spec.time
        numbers = self.slots if period else self.codes[name].numbers
        _, firsts, places = np.unique(numbers[rows], return_index=True, return_inverse=True)
        found = np.empty(len(firsts), dtype=object)
        for place, row in enumerate(rows[firsts].tolist()):
            found[place] = (
                self.time.label(int(numbers[row])) if period else self.codes[name].label(row)
            )
        return found[places]

    def reach(self, period: Any, year_start: Any) -> None:
        """Let the time reach to a period, which a part of a table need not have: its series have no
        base then, as they have none where the whole table is at hand.
        """
        time = self.time
        first, last = time.span_of(period, year_start=year_start, beyond=True)
        low, high = min(0, first), max(time.span - 1, last)
        if not time.span:  # no row, whose first period would mean something
            low, high = first, last
        self.slots, self._groups = self.slots - low, None  # periods are counted anew
        span = high - low + 1
        self.time = Time(time.freq, time.start + low, self.slots, time.rows, span, time.first_month)

    @property
    def groups(self) -> Any:
        """The series of the table; two rows of one key and period are an error that names both."""
        if self._groups is None:
            try:
                self._groups = _core.Groups(self.key, self.slots)
            except _core.PlacedError as error:
                _, row, earlier = error.args
                raise ValueError(
                    f"rows {earlier} and {row} are both {self.row_words(row)} (rows are counted "
                    "from 0): add them up, or drop one of them"
                ) from None
        return self._groups

    def key_words(self, row: int) -> str:
        """The key of a row: the name of its series."""
        return ", ".join(str(word) for word in self.words(row, self.spec.keys))

    def row_words(self, row: int) -> str:
        """The key and the period of a row."""
        return f"{self.key_words(row)}, {self.time.words(int(self.slots[row]))}"

    def column(self, name: Any, exact: Exact | None) -> ColumnData:
        """A column as data."""
        inner = self.table.values(name, exact)
        return ColumnData(inner, self.groups, self.time, self.row_words)

    def spread(self, name: Any) -> SpreadData:
        """A column as data with a column for each series."""
        len(self.groups)  # two rows of one key and period are an error here, too
        if self._series is None:
            _, firsts, series = np.unique(self.key, return_index=True, return_inverse=True)
            self._series = series, [self.key_words(int(row)) for row in firsts]
        series, names = self._series
        return SpreadData(self.table.values(name, None), (self.slots, series), self.time, names)


def packed(columns: list[Array]) -> Array:
    """Columns of codes as one number a row, in their order."""
    numbers = _core.packed(columns)
    if numbers is not None:
        return numbers
    made, size = _from_zero(columns[0])
    for column in columns[1:]:
        codes, count = _from_zero(column)
        if size * count > 2**40:  # more than can be told apart beside the periods: those that occur
            made = np.unique(made, return_inverse=True)[1].astype(np.int64)
            size = int(made.max(initial=0)) + 1
        made, size = made * count + codes, size * count
    return made


def _from_zero(numbers: Array) -> tuple[Array, int]:
    """Numbers from 0 on in their order, and how many there may be."""
    low, high = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    if high - low < 2**31:
        return numbers.astype(np.int64) - low, high - low + 1
    distinct, ranks = np.unique(numbers, return_inverse=True)
    return ranks, len(distinct)


def _periods(table: Long, name: Any, freq: str | None, key: Array) -> tuple[Time, Array, Any]:
    """The time of a table, the period number of each row from its first period, and the groups of
    the rows, where they were found on the way.
    """
    stamped = None if freq is None else table.stamps(name)
    if stamped is not None and freq is not None:
        stamps, unit, of, shift = stamped
        if (places := _core.places(key, stamps, unit, freq, of, shift)) is not None:
            start, span, slots, groups = places
            return Time(freq, start, slots, table.rows, span), slots, groups
    # Dates of another kind, and those of which one is missing: by their distinct values.
    labels, codes = table.dates(name)
    if (missing := np.flatnonzero(codes < 0)).size:
        raise ValueError(f'the date "{name}" is missing in row {missing[0]}: give every row a date')
    if not len(labels):
        none = np.zeros(0, np.int64)
        return Time(frequency(freq or "M"), 0, none, 0, 0), none, None
    try:
        found = time_of(labels, freq)
        if found is None:
            raise ValueError(f'one date in "{name}" does not tell the frequency: give freq="M"')
        ordinals = found.ordinals()
    except ValueError as error:
        if freq is None or not isinstance(error, _core.RepeatedError):
            raise _of_rows(error, codes) from None
        # Several dates may lie in one period, of different series: each is read by itself.
        times = [time_of(labels[place : place + 1], freq) for place in range(len(labels))]
        found = times[0]
        assert found is not None
        ordinals = np.array([0 if time is None else time.start for time in times], dtype=np.int64)
    start = int(ordinals.min())
    slots = (ordinals - start)[codes]
    span = int(ordinals.max()) - start + 1
    return Time(found.freq, start, slots, table.rows, span, found.first_month), slots, None


def _of_rows(error: ValueError, codes: Array) -> ValueError:
    """An error about distinct dates that names rows of the table: the first with each."""
    return ValueError(with_rows(str(error), lambda place: str(np.argmax(codes == place))))


def with_rows(sentence: str, name: Callable[[int], str]) -> str:
    """A sentence in which the numbers of rows are named anew."""

    def renamed(match: re.Match[str]) -> str:
        return re.sub(r"\d+", lambda number: name(int(number[0])), match[0])

    return re.sub(r"\brows? \d+( and \d+)?", renamed, sentence)


def measured(
    read: Read, name: str, columns: Iterable[Any], args: tuple[Any, ...], options: dict[str, Any]
) -> dict[str, Any]:
    """The columns of results of an indicator, by their names."""
    function, found = indicators()[name], dict[str, Any]()
    for column in columns:
        by_period = family(function) in BY_PERIOD
        data = read.spread(column) if by_period else read.column(column, PLAIN)
        result = function(data, *args, **told(options))
        found |= named(result, f"{column}_{name}", read.table)
    return found


def told(options: dict[str, Any]) -> dict[str, Any]:
    for taken in ("time", "freq", "axis", "out", "start"):
        if taken in options:
            raise TypeError(f"{taken}= is told by the structure of the panel: leave it out")
    return options


def given(table: Long, found: dict[str, Any], assign: Any, single: bool) -> Any:
    """The results: one column, a frame of them, or the table with them."""
    if assign is not None:
        return table.assign(renamed(found, assign))
    if len(found) == 1 and single:
        return next(iter(found.values()))
    return table.frame(found)


def renamed(found: dict[str, Any], assign: Any) -> dict[str, Any]:
    """The results under the names of `assign`."""
    if not isinstance(assign, Iterable) or isinstance(assign, (dict, set)):
        raise TypeError(f"assign= is the name of the new column, or a list of them, not {assign!r}")
    names: list[Any] = [assign] if isinstance(assign, str) else list(cast("Iterable[Any]", assign))
    if len(set(names)) < len(names):
        raise ValueError(f"assign= names a column twice: {', '.join(map(str, names))}")
    if len(names) != len(found):
        raise ValueError(
            f"assign= names {len(names)} columns and there are {len(found)} results: "
            f"{', '.join(found)}"
        )
    made: dict[str, Any] = {}
    for name, column in zip(names, found.values(), strict=True):
        made[name] = column.alias(name) if hasattr(column, "alias") else column
        if hasattr(column, "rename") and hasattr(column, "index"):
            made[name] = column.rename(name)
    return made


def named(result: Any, name: str, table: Long) -> dict[str, Any]:
    """The columns of a result: one, or one a part."""
    parts: dict[str, Any]
    if isinstance(result, dict):
        parts = cast("dict[str, Any]", result)
    elif hasattr(result, "_parts"):
        parts = dict(result._parts())
    else:
        return {name: table.series(name, result)}
    return {f"{name}_{part}": table.series(f"{name}_{part}", one) for part, one in parts.items()}
