"""Dask: an indicator of a long table in partitions, each of which holds its series whole.

Partitions are taken as they are where the series are known to lie whole in them: there is one
partition; the frame was shuffled by keys of the panel, and Dask still knows it; its index is a key
and its divisions are known (they are then held to while the partitions are computed); or the call
says ``partitioned=True``. Otherwise the frame is shuffled by the keys, of the columns needed alone
where the result is the new column. Dask does not know that what comes back is partitioned as well:
say so in the next call.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from paimana._containers.long import long_table
from paimana.tables._task import Task

if TYPE_CHECKING:
    from paimana.tables._spec import Panel

__all__ = ["measure", "takes"]


def takes(table: Any) -> bool:
    """Whether a table is a frame of Dask."""
    kind = cast("type[Any]", type(table))
    return kind.__module__.partition(".")[0] == "dask" and hasattr(table, "map_partitions")


def measure(
    spec: Panel,
    name: str,
    table: Any,
    columns: Any,
    args: tuple[Any, ...],
    assign: Any,
    options: dict[str, Any],
) -> Any:
    """An indicator of columns of a frame of Dask, as a lazy Series or frame.

    Parameters
    ----------
    spec, name, columns, args, assign, options
        As of every panel; of the options ``partitioned=True`` says that each series lies whole in
        one partition, and ``False`` that it is to be shuffled whatever Dask knows.
    table
        A `dask.dataframe.DataFrame`.

    Returns
    -------
    dask Series or DataFrame
        With the index of each row kept; after a shuffle the rows lie in another order.
    """
    declared = options.get("partitioned")
    told = {key: value for key, value in options.items() if key != "partitioned"}
    task = spec.task(name, columns, *args, assign=assign, **told)
    names = list(table.columns)
    index = table._meta.index.name
    for needed in task.columns:
        if needed not in names and needed != index:
            shown = ", ".join(f'"{each}"' for each in names[:8])
            raise ValueError(f'there is no column "{needed}"; there are {shown}')
    inside = index is not None and index not in names and index in task.columns
    if assign is None:
        table = table[[name for name in task.columns if name in names]]
    by_index = inside and index in spec.keys
    if declared is None and table.npartitions > 1:
        if by_index and table.known_divisions:
            table = table.enforce_runtime_divisions()
            declared = True
        else:
            declared = _shuffled_by(table.expr, set(spec.keys))
    elif declared is None:
        declared = True
    if not declared:
        table = table.shuffle(on_index=True) if by_index else table.shuffle(on=list(spec.keys))
    single = not isinstance(columns, (list, tuple))
    part = _Part(task, single, index if inside else None)
    meta = part(table._meta)
    return table.map_partitions(part, meta=meta)


def _shuffled_by(expression: Any, keys: set[Any]) -> bool:
    """Whether rows of the same keys are known to be in the same partition.

    The partition follows from some of the keys by a shuffle. What Dask knows of a merge is not
    relied on, nor what it knows of columns that got other names since, or the name of a key that
    was dropped: it may be wrong there.
    """
    for node in expression.walk():
        kind = type(node).__name__
        if kind == "ColumnsSetter":
            return False
        if kind == "Drop" and keys & {*node.frame.columns} - {*node.columns}:
            return False
    try:
        known: set[Any] = expression.unique_partition_mapping_columns_from_shuffle
    except KeyError:  # a column it was shuffled by was dropped before others were renamed
        return False
    tuples = [cast("tuple[Any, ...]", columns) for columns in known if isinstance(columns, tuple)]
    return any(set(columns) <= keys for columns in tuples)


class _Part:
    """What is done with one partition: it can be pickled, and has a name that tells its work."""

    __name__ = "paimana"

    def __init__(self, task: Task, single: bool, index: Any) -> None:
        self.task, self.single, self.index = task, single, index

    def __call__(self, frame: Any) -> Any:
        """The new column, or columns, or the frame with them, of a partition of whole series."""
        rows = frame if self.index is None else frame.reset_index()
        found = self.task.part_of(rows)
        text = sys.modules["pandas"].Series(["2024-04"]).dtype
        for name in self.task.labelled(list(found)):
            found[name] = found[name].astype(text)
        for column in found.values():
            column.index = frame.index
        if self.task.assign is not None:
            if taken := [name for name in found if name in frame.columns]:
                raise ValueError(
                    f'the table has a column "{taken[0]}" already: choose another name'
                )
            return frame.assign(**found)
        if len(found) == 1 and self.single:
            return next(iter(found.values()))
        return long_table(frame).frame(found)

    def __dask_tokenize__(self) -> Any:
        base: Any = import_module("dask.base")
        return base.normalize_token([type(self).__qualname__, self.task, self.single, self.index])
