"""What one part of a table gives that is somewhere in a cluster: its rows are some whole series.

A base period that an option names, such as ``since="2021-01"``, need not be among the periods of
the part; that no part has it is not noticed.
"""

from __future__ import annotations

from typing import Any

from paimana._containers.long import long_table
from paimana.tables._read import Read
from paimana.tables._task import Task

__all__ = ["labelled", "results"]


def results(task: Task, table: Any) -> dict[str, Any]:
    """The new columns of a part, by their names."""
    return task.part(Read(task.spec, long_table(table)))


def labelled(task: Task, names: list[str]) -> list[str]:
    """Those of the new columns that hold labels of periods: where all are missing, and in an empty
    part, the values do not tell that they are texts.
    """
    if task.name in ("highest_since", "lowest_since"):
        return names
    return names[1::2] if task.name == "previous_record" else []  # value, period
