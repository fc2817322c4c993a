"""An indicator that is bound to a structure and to columns, and waits for its data.

A task is what a stream or a lazy frame carries to where the rows are: it is frozen, it can be
pickled, and it works on tables of whole series.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any

from paimana._containers.long import long_table
from paimana._indicator import indicators
from paimana.tables._read import BY_PERIOD, Read, family, measured, renamed

if TYPE_CHECKING:
    from paimana.tables._spec import Panel

__all__ = ["ACROSS", "Task", "methods", "no_method"]

SERIES = ("growth", "dynamics", "totals", "records")
"""The families of the indicators of one series that go along its rows."""
OTHER_PERIODS = ("annual_growth", "required", "to_frequency")
"""Those that give other periods than those of the rows."""
ACROSS = ("share", "contributions", "largest")
"""Those that a panel has for whole tables, within groups of their rows."""


def methods() -> list[str]:
    """The names of the indicators of a series, whose results stand in its rows."""
    return [
        name
        for name, function in indicators().items()
        if family(function) in (*SERIES, *BY_PERIOD) and name not in OTHER_PERIODS
    ]


def no_method(name: str, what: str) -> str:
    """Why an indicator, or anything else, is no method of a panel, and what to do instead."""
    if name in ACROSS:
        return (
            f"{name} compares the series of a whole table with each other: spec.{name}(table, ...) "
            f"takes it, {what} does not"
        )
    if name in OTHER_PERIODS:
        reason = "gives other periods than those of the rows, which a long table has no place for"
    elif name in indicators():
        reason = f"is no method of {what}, whose indicators stand in the rows of one series"
    elif name in import_module("paimana").__all__:
        return f"{name} is a function of paimana, pm.{name}, and no method of {what}"
    else:
        return f"{what} has no {name}: its methods are {', '.join(methods())}"
    return f"{name} {reason}: give pm.{name} one series, or a table with a column for each"


@dataclass(frozen=True)
class Task:
    """An indicator of columns of long tables: ``spec.yoy("value")``.

    Attributes
    ----------
    spec
        The structure of the tables.
    name
        The name of the indicator.
    values
        The columns of values.
    args, options
        What else the indicator is given.
    assign
        The names of the new columns; None names them ``value_yoy``.
    """

    spec: Panel
    name: str
    values: tuple[Any, ...]
    args: tuple[Any, ...]
    options: dict[str, Any] = field(hash=False)
    assign: tuple[str, ...] | None = None

    @property
    def columns(self) -> list[Any]:
        """The columns that the task reads: keys, time, values."""
        return list(dict.fromkeys([*self.spec.keys, self.spec.time, *self.values]))

    def of(self, read: Read) -> dict[str, Any]:
        """The new columns of a table that was read, by their names."""
        found = measured(read, self.name, self.values, self.args, self.options)
        return found if self.assign is None else renamed(found, self.assign)

    def part(self, read: Read) -> dict[str, Any]:
        """The new columns of a part of a table, whole series, whose periods need not hold the base
        that an option names, such as ``since="2021-01"``; that no part has it is not noticed.
        """
        try:
            taken = signature(indicators()[self.name])
            told = taken.bind(None, *self.args, **self.options).arguments
        except TypeError as error:
            raise TypeError(f"{self.name}: {error}") from None
        for option in ("since", "base"):
            if told.get(option) is not None:
                read.reach(told[option], told.get("year_start"))
        return self.of(read)

    def part_of(self, table: Any) -> dict[str, Any]:
        """The new columns of a part of a table that is still to be read."""
        return self.part(Read(self.spec, long_table(table)))

    def labelled(self, names: list[str]) -> list[str]:
        """Those of the new columns that hold labels of periods: where all are missing, and in an
        empty part, the values do not tell that they are texts.
        """
        if self.name in ("highest_since", "lowest_since"):
            return names
        return names[1::2] if self.name == "previous_record" else []  # value, period

    def results(self, table: Any) -> dict[str, Any]:
        """The new columns of a table of whole series, by their names."""
        return self.of(Read(self.spec, long_table(table)))

    def apply(self, table: Any) -> Any:
        """The table, of whole series, with the new columns after its own."""
        return long_table(table).assign(self.results(table))

    def schema(self, schema: Any) -> Any:
        """The Arrow schema of the parts of a table of this one, with their new columns."""
        table = schema.empty_table()
        return long_table(table).assign(self.part_of(table)).schema
