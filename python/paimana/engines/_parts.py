"""What one part of a table gives that is somewhere in a cluster: its rows are some whole series.

A base period that an option names, such as ``since="2021-01"``, need not be among the periods of
the part: the span of its time is widened to it, and its series have no base then, as they have none
where the whole table is at hand. That no part has the period is not noticed.
"""

from __future__ import annotations

from inspect import signature
from typing import Any

from paimana._containers.long import long_table
from paimana._indicator import INDICATORS
from paimana._time import Time
from paimana.tables._read import Read
from paimana.tables._task import Task

__all__ = ["labelled", "results"]


def results(task: Task, table: Any) -> dict[str, Any]:
    """The new columns of a part, by their names."""
    read = Read(task.spec, long_table(table))
    given = signature(INDICATORS[task.name]).bind(None, *task.args, **task.options).arguments
    for option in ("since", "base"):
        if given.get(option) is not None:
            _widen(read, given[option], given.get("year_start"))
    return task.of(read)


def labelled(task: Task, names: list[str]) -> list[str]:
    """Those of the new columns that hold labels of periods: where all are missing, and in an empty
    part, the values do not tell that they are texts.
    """
    if task.name in ("highest_since", "lowest_since"):
        return names
    return names[1::2] if task.name == "previous_record" else []  # value, period


def _widen(read: Read, period: Any, year_start: Any) -> None:
    """Let the time of what was read reach to a period."""
    time = read.time
    first, last = time.span_of(period, year_start=year_start, beyond=True)
    low, high = min(0, first), max(time.span - 1, last)
    if time.span == 0:  # of an empty part, whose first period means nothing
        low, high = first, last
    if low == 0 and high == time.span - 1:
        return
    read.slots = read.slots - low
    read.time = Time(
        time.freq, time.start + low, read.slots, time.rows, high - low + 1, time.first_month
    )
