"""The structure of a long table, declared once: its keys, its time, its frequency.

`Panel` has every registered indicator as a method, made from the register; what stands here is how
a table is read by its structure and how results go back. The description of a table is in
`_describe.py`, the functions that look across the series of a period in `_across.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any, cast

from paimana._containers.long import long_table
from paimana._frequency import frequency
from paimana._indicator import indicators
from paimana.engines import dask
from paimana.tables import _across as across
from paimana.tables._describe import Description, describe
from paimana.tables._lazy import Lazy
from paimana.tables._read import Read, chosen, given, measured, told
from paimana.tables._stream import Stream
from paimana.tables._task import ACROSS, Task, methods, no_method

__all__ = ["Panel", "panel"]


@dataclass(frozen=True)
class Panel:
    """The structure of long tables; every indicator by the rows of a series is a method.

    ``spec.yoy(table, "value")`` gives the column of rates in the class and the order of the table;
    several columns, or an indicator of several parts, give a frame whose columns are named
    ``value_yoy``; with ``assign=`` the table comes back with the new columns after its own.
    Labels of periods (of `highest_since`) are texts such as ``"2024-04"``, whatever the time is.
    Figures of a whole series (`cagr`) stand in each of its rows; what gives other periods
    (`annual_growth`, `to_frequency`, `required`) takes a table with a column for each series.

    Filters and seasonal adjustment are methods, too: ``spec.seasonal_adjust(table, "value")`` gives
    ``value_seasonal_adjust_adjusted`` and the other components. They take the series side by side,
    in memory for every period from the first of the table to the last.

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

    def __getattr__(self, name: str) -> Callable[..., Any]:
        # For type checkers these are the methods made from the register; at run time, what is none.
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(no_method(name, "a panel"), name=name, obj=self)

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

    def task(self, name: str, columns: Any, *args: Any, assign: Any = None, **options: Any) -> Task:
        """An indicator bound to columns, whose table is still to come: ``spec.yoy("value")``.

        Parameters
        ----------
        name
            The name of an indicator of a series.
        columns
            The column of values, or several.
        *args, **options
            What the indicator takes besides.
        assign
            Names of the new columns.

        Returns
        -------
        Task
            Frozen; it can be pickled. ``task.apply(table)`` is the table with the new columns.

        Raises
        ------
        ValueError
            For a panel without a frequency: parts of a table would each infer their own.
        """
        if name not in methods():
            raise ValueError(no_method(name, "a part of a table" if name in ACROSS else "a panel"))
        if self.freq is None:
            raise ValueError(
                'parts of a table cannot each infer their frequency: give pm.panel(freq="M")'
            )
        names = (assign,) if isinstance(assign, str) else assign and tuple(assign)
        return Task(self, name, tuple(chosen(columns)), args, told(options), names)

    def stream(self, batches: Any) -> Stream:
        """Batches of Arrow rows sorted by the keys, then by time, as tables larger than memory are.

        Parameters
        ----------
        batches
            An iterator of record batches or Arrow tables, or anything with `__arrow_c_stream__`,
            such as a result of DuckDB. Of frames of pandas an index with a name is a column, one
            without is left out.

        Returns
        -------
        Stream
            ``spec.stream(batches).yoy("value")`` is a `pyarrow.RecordBatchReader` whose batches are
            those that came in, with the new column last. A series may go on from batch to batch;
            memory is bounded by the longest series and a batch.
        """
        return Stream(self, batches)

    def lazy(self, frame: Any) -> Lazy:
        """A lazy frame of Polars, of which every indicator of a series is a method.

        Parameters
        ----------
        frame
            A `polars.LazyFrame`.

        Returns
        -------
        Lazy
            ``spec.lazy(frame).yoy("value")`` is a LazyFrame of the new column; with ``assign=`` the
            frame with it. Only the keys, the time and the values are read for it.
        """
        return Lazy(self, frame)

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

        A leader is named by the keys that are not in `within`; where all are, by its period.

        Parameters
        ----------
        table, columns, within, assign
            As of `share`.
        **options
            `unit`.
        """
        return self._across(across.largest, table, columns, within, assign, options)

    def rank(
        self,
        table: Any,
        columns: Any = None,
        within: Any = None,
        *,
        assign: Any = None,
        **options: Any,
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
            given = () if columns is None else (columns,)
            return _called(self, "rank", table, given, assign, options)
        return self._across(across.rank, table, columns, within, assign, options)

    def _across(
        self, make: Any, table: Any, columns: Any, within: Any, assign: Any, options: dict[str, Any]
    ) -> Any:
        read = Read(self, long_table(table))
        found: dict[str, Any] = {}
        for column in chosen(columns):
            for part, made in make(read, column, within, options).items():
                found[f"{column}_{part}"] = read.table.series(f"{column}_{part}", made)
        return given(read.table, found, assign, single=not isinstance(columns, (list, tuple)))


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
    if dask.takes(table):
        return dask.measure(spec, name, table, columns, args, assign, options)
    read = Read(spec, long_table(table))
    found = measured(read, name, chosen(columns), args, options)
    return given(read.table, found, assign, single=not isinstance(columns, (list, tuple)))


def panel(keys: Any, time: Any, freq: str | None = None) -> Panel:
    """The structure of long tables, declared once: which columns are keys, which is time.

    Parameters
    ----------
    keys
        The column, or the list of columns, that tells the series apart: texts, categories, integers
        or dates.
    time
        The column that tells the period: dates, periods, texts such as ``"2024-04"``, or whole
        numbers: years, with ``freq="M"`` months such as 202404, with ``freq="D"`` days such as
        20240430.
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
    if isinstance(keys, (set, frozenset)) or not isinstance(keys, Iterable):  # sets have no order
        raise TypeError(f'keys= lists the keys, such as ["country", "product"], not {keys!r}')
    names = tuple(cast("Iterable[Any]", keys))
    if wrong := [name for name in (*names, time) if name is None or not _hashable(name)]:
        raise TypeError(f"{wrong[0]!r} is no name of a column: give texts")
    if not names:
        raise ValueError('a panel needs a key, such as keys=["country"]')
    if len({*names, time}) <= len(names):
        raise ValueError("a column is named twice among the keys and the time of the panel")
    return Panel(names, time, None if freq is None else frequency(freq))


def _hashable(name: Any) -> bool:
    """Whether it can name a column; names of several levels are tuples."""
    try:
        hash(name)
    except TypeError:
        return False
    return True


def _columns(given: Any) -> bool:
    """Whether it names a column, or several by texts: a list of numbers is data, and refused."""
    if isinstance(given, (list, tuple)):
        return all(isinstance(name, str) for name in cast("list[Any]", given))
    return isinstance(given, (str, int))


def _called(
    spec: Panel, name: str, table: Any, args: tuple[Any, ...], assign: Any, options: dict[str, Any]
) -> Any:
    """An indicator of a table and its columns, or of columns whose table is still to come."""
    if not args and "columns" in options:
        args = (options.pop("columns"),)
    if _columns(table):
        if args and hasattr(args[0], "columns"):
            raise TypeError(f'the table comes first: {name}(table, "value")')
        return spec.task(name, table, *args, assign=assign, **options)
    if not args:
        raise TypeError(f'{name} needs the column of values: {name}(table, "value")')
    return measure(spec, name, table, args[0], args[1:], assign, options)


IN_A_PANEL = """\
As a method of a panel: ``spec.{name}(table, columns)`` takes a table and its column of values, or a
list of them, in place of `x`; `time`, `freq`, `axis`, `start` and `out` are told by the panel. The
result is a column ``value_{name}``, or a frame of such columns, and with ``assign=`` the table with
the new columns under these names. ``spec.{name}(columns)`` waits for its table, as streams, files
and Spark take it."""


def _method(name: str) -> Callable[..., Any]:
    function = indicators()[name]

    def method(self: Panel, table: Any, *args: Any, assign: Any = None, **options: Any) -> Any:
        return _called(self, name, table, args, assign, options)

    method.__name__, method.__qualname__ = name, f"Panel.{name}"
    summary, _, rest = cleandoc(function.__doc__ or "").partition("\n")
    method.__doc__ = f"{summary}\n\n{IN_A_PANEL.format(name=name)}\n{rest}"
    return method


for _name in methods():  # but for those that are written out above, such as rank
    if _name not in vars(Panel):
        setattr(Panel, _name, _method(_name))
