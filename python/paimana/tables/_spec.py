"""The structure of a long table, declared once: its keys, its time, its frequency.

`Panel` has every registered indicator as a method, made from the register; what stands here is how
a table is read by its structure and how results go back. The description of a table is in
`_describe.py`, the functions that look across the series of a period in `_across.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from paimana import _core
from paimana._containers import PLAIN, Exact
from paimana._containers.long import Long, long_table
from paimana._frequency import frequency
from paimana._indicator import INDICATORS
from paimana._stamps import time_of
from paimana._time import Time
from paimana.tables import _across as across
from paimana.tables._data import ColumnData
from paimana.tables._describe import Description, describe

__all__ = ["Panel", "panel"]

Array = np.ndarray[Any, Any]

SERIES = ("growth", "dynamics", "totals", "records")
"""The families of the indicators of one series."""
OTHER_PERIODS = ("annual_growth", "required", "to_frequency")
"""Those that give other periods than those of the rows."""


@dataclass(frozen=True)
class Panel:
    """The structure of long tables; every indicator of a series is a method.

    ``spec.yoy(table, "value")`` gives the column of rates in the class and the order of the table;
    several columns, or an indicator of several parts, give a frame whose columns are named
    ``value_yoy``; with ``assign=`` the table comes back with the new columns after its own.
    Figures of a whole series (`cagr`) stand in each of its rows.

    Attributes
    ----------
    keys
        The columns that tell the series apart.
    time
        The column that tells the period.
    freq
        The frequency; None infers it from the dates of each table.
    """

    keys: tuple[Any, ...]
    time: Any
    freq: str | None = None

    if TYPE_CHECKING:  # the methods made from the register, of which a type checker cannot know

        def __getattr__(self, name: str) -> Callable[..., Any]: ...

    def describe(self, table: Any) -> Description:
        """The structure that a table has: series, span, balance, gaps, duplicates, order.

        Parameters
        ----------
        table
            A DataFrame of pandas or Polars, or an Arrow table.

        Returns
        -------
        Description
            Prints like Stata's ``xtset`` and ``xtdescribe``; duplicates are counted, not refused.
        """
        return describe(self, Read(self, long_table(table)))

    def share(
        self, table: Any, columns: Any, within: Any, *, assign: Any = None, **options: Any
    ) -> Any:
        """Each row's share of the rows of its group, in per cent.

        Parameters
        ----------
        table
            A DataFrame of pandas or Polars, or an Arrow table.
        columns
            The column of values, or several.
        within
            The columns that make a group: keys, and usually the time, ``["country", "month"]``.
        assign
            Names of the new columns; then the table comes back with them.
        **options
            `negative_base`, `unit`, `na`, `decimals` and `rounding`, as of `pm.shares`.
        """
        return self._across(across.share, table, columns, within, assign, options)

    def contributions(
        self, table: Any, columns: Any, within: Any, *, assign: Any = None, **options: Any
    ) -> Any:
        """What each row added to the growth of the total of its group, in points.

        The total is that of all rows of the group at the base period; a row without a base row has
        no contribution.

        Parameters
        ----------
        table, columns, assign
            As of `share`.
        within
            The columns that make a group, with the time: ``["country", "month"]``.
        **options
            `lag`, `negative_base` and `unit`, as of `pm.contributions`.
        """
        return self._across(across.contributions, table, columns, within, assign, options)

    def largest(
        self, table: Any, columns: Any, within: Any, *, assign: Any = None, **options: Any
    ) -> Any:
        """Who leads each row's group: largest, share, runner_up, margin, for every row of it.

        Parameters
        ----------
        table, columns, within, assign
            As of `share`.
        **options
            `unit`.
        """
        return self._across(across.largest, table, columns, within, assign, options)

    def rank(
        self, table: Any, columns: Any, within: Any = None, *, assign: Any = None, **options: Any
    ) -> Any:
        """The rank in the series up to each period; with `within` that among the rows of a group.

        Parameters
        ----------
        table, columns, assign
            As of `share`.
        within
            The columns that make a group; without it the rank is that of `pm.rank`.
        **options
            `same_period`, without `within`.
        """
        if within is None:
            return measure(self, "rank", table, columns, (), assign, options)
        return self._across(across.rank, table, columns, within, assign, options)

    def _across(
        self, make: Any, table: Any, columns: Any, within: Any, assign: Any, options: dict[str, Any]
    ) -> Any:
        read = Read(self, long_table(table))
        found: dict[str, Any] = {}
        for column in _chosen(columns):
            for part, made in make(read, column, within, options).items():
                found[f"{column}_{part}"] = read.table.series(f"{column}_{part}", made)
        return _given(read.table, found, assign, single=not isinstance(columns, (list, tuple)))


def _chosen(columns: Any) -> list[Any]:
    if isinstance(columns, (list, tuple)):
        return list(cast("list[Any]", columns))
    return [columns]


class Read:
    """A table read by a structure: the key and the period of each row as numbers."""

    def __init__(self, spec: Panel, table: Long) -> None:
        self.spec, self.table = spec, table
        self.codes = {name: table.codes(name) for name in spec.keys}
        """For each key the code of each row, how many there are, and what each stands for."""
        self.key = self.pack(spec.keys)
        self.time, self.slots = _periods(table, spec.time, spec.freq)
        self._groups: Any = None

    def pack(self, names: Iterable[Any]) -> Array:
        """Keys, and the time, of each row as one number."""
        columns: list[tuple[Array, int]] = []
        for name in names:
            period = name == self.spec.time
            columns.append((self.slots, self.time.span) if period else self.codes[name][:2])
        return packed(columns)

    def words(self, row: int, names: Iterable[Any]) -> list[Any]:
        """What the keys of a row are."""
        read = (self.codes[name] for name in names)
        return [label(int(codes[row])) for codes, _, label in read]

    @property
    def groups(self) -> Any:
        """The series of the table; two rows of one key and period are an error that names both."""
        if self._groups is None:
            try:
                self._groups = _core.Groups(self.key, self.slots)
            except _core.PlacedError as error:
                _, row, earlier = error.args
                raise ValueError(
                    f"rows {earlier} and {row} are both {self.row_words(row)}: add them up, or "
                    "drop one of them"
                ) from None
        return self._groups

    def row_words(self, row: int) -> str:
        """The key and the period of a row."""
        key = ", ".join(str(word) for word in self.words(row, self.spec.keys))
        return f"{key}, {self.time.words(int(self.slots[row]))}"

    def column(self, name: Any, exact: Exact | None) -> ColumnData:
        """A column as data."""
        inner = self.table.values(name, exact)
        return ColumnData(inner, self.groups, self.time, self.row_words)


def packed(columns: list[tuple[Array, int]]) -> Array:
    """Columns of codes, each with the number of its codes, as one number a row."""
    made, size = columns[0]
    for codes, count in columns[1:]:
        size *= count
        if size > 2**40:  # more than can be told apart beside the periods: by those that occur
            made = np.unique(made, return_inverse=True)[1].astype(np.int64)
            size = (int(made.max(initial=0)) + 1) * count
        made = made * count + codes
    return made


def _periods(table: Long, name: Any, freq: str | None) -> tuple[Time, Array]:
    """The time of a table, and the period number of each row from its first period."""
    labels, codes = table.dates(name)
    if (missing := np.flatnonzero(codes < 0)).size:
        raise ValueError(f'the date "{name}" is missing in row {missing[0]}: give every row a date')
    if not len(labels):
        return Time(frequency(freq or "M"), 0, np.zeros(0, np.int64), 0, 0), codes
    try:
        found = time_of(labels, freq)
        if found is None:
            raise ValueError(f'one date in "{name}" does not tell the frequency: give freq="M"')
        ordinals = found.ordinals()
    except ValueError:
        if freq is None:
            raise
        # Several dates may lie in one period, of different series: each is read by itself.
        times = [time_of(labels[place : place + 1], freq) for place in range(len(labels))]
        found = times[0]
        assert found is not None
        ordinals = np.array([0 if time is None else time.start for time in times], dtype=np.int64)
    start = int(ordinals.min())
    slots = (ordinals - start)[codes]
    span = int(ordinals.max()) - start + 1
    return Time(found.freq, start, slots, table.rows, span, found.first_month), slots


def measure(
    spec: Panel,
    name: str,
    table: Any,
    columns: Any,
    args: tuple[Any, ...],
    assign: Any,
    options: dict[str, Any],
) -> Any:
    """An indicator of columns of a table."""
    for taken in ("time", "freq", "axis", "out", "start"):
        if taken in options:
            raise TypeError(f"{taken}= is told by the structure of the panel: leave it out")
    read = Read(spec, long_table(table))
    function, found = INDICATORS[name], dict[str, Any]()
    for column in _chosen(columns):
        data = read.column(column, PLAIN)
        result = function(data, *args, **options)
        found |= _named(result, f"{column}_{name}", read.table)
    return _given(read.table, found, assign, single=not isinstance(columns, (list, tuple)))


def _given(table: Long, found: dict[str, Any], assign: Any, single: bool) -> Any:
    """The results: one column, a frame of them, or the table with them."""
    if assign is not None:
        return table.assign(_renamed(found, assign))
    if len(found) == 1 and single:
        return next(iter(found.values()))
    return table.frame(found)


def _renamed(found: dict[str, Any], assign: Any) -> dict[str, Any]:
    names = [assign] if isinstance(assign, str) else list(assign)
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


def _named(result: Any, name: str, table: Long) -> dict[str, Any]:
    """The columns of a result: one, or one a part."""
    parts: dict[str, Any]
    if isinstance(result, dict):
        parts = cast("dict[str, Any]", result)
    elif hasattr(result, "_parts"):
        parts = dict(result._parts())
    else:
        return {name: table.series(name, result)}
    return {f"{name}_{part}": table.series(f"{name}_{part}", one) for part, one in parts.items()}


def panel(keys: Any, time: Any, freq: str | None = None) -> Panel:
    """The structure of long tables, declared once: which columns are keys, which is time.

    Parameters
    ----------
    keys
        The column, or the list of columns, that tells the series apart: texts, categories, integers
        or dates.
    time
        The column that tells the period: dates, periods, texts such as ``"2024-04"``, or years.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``); None infers it from the dates of each table.

    Returns
    -------
    Panel
        Frozen; it can be pickled. Every indicator is a method: ``spec.yoy(table, "value")``.

    Raises
    ------
    TypeError
        For keys that are no names.
    ValueError
        For an unknown frequency, no key, or a column named twice.

    Notes
    -----
    Lags are by the calendar: with a row absent its successor a year later has no yearly rate, where
    lags by rows take a neighbour. Rows may come in any order and keep it.

    Equivalents
    -----------
    Stata ``xtset country month``; R ``plm::pdata.frame``, ``collapse::findex_by``.

    References
    ----------
    StataCorp, Longitudinal-Data/Panel-Data Reference Manual, xtset.

    Examples
    --------
    >>> import pandas as pd, paimana as pm
    >>> spec = pm.panel(keys="country", time="year", freq="A")
    >>> table = pd.DataFrame({"country": ["PK", "PK", "IN"], "year": [2023, 2024, 2024]})
    >>> table["x"] = [4, 5, 9]
    >>> spec.growth(table, "x").tolist()
    [nan, 25.0, nan]
    """
    if isinstance(keys, (str, int)):
        keys = [keys]
    names = tuple(keys)
    if not names:
        raise ValueError('a panel needs a key, such as keys=["country"]')
    if len({*names, time}) <= len(names):
        raise ValueError("a column is named twice among the keys and the time of the panel")
    return Panel(names, time, None if freq is None else frequency(freq))


def _method(name: str) -> Callable[..., Any]:
    function = INDICATORS[name]

    def method(
        self: Panel, table: Any, columns: Any, *args: Any, assign: Any = None, **options: Any
    ) -> Any:
        return measure(self, name, table, columns, args, assign, options)

    method.__name__, method.__qualname__ = name, f"Panel.{name}"
    method.__doc__ = function.__doc__
    return method


def install() -> None:
    """Give the class a method for every registered indicator of a series."""
    for name, function in INDICATORS.items():
        family = function.__module__.rpartition(".")[2]
        if family in SERIES and name not in OTHER_PERIODS and not hasattr(Panel, name):
            setattr(Panel, name, _method(name))
