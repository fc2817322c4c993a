"""Spark: an indicator of a long table, by groups that hold their series whole, over Arrow alone.

`apply` is `pm.spark.apply`. The rows go from the executors to Python and back as tables of Arrow,
never through pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast
from warnings import catch_warnings, filterwarnings

from paimana._extras import require
from paimana.tables._task import Task

__all__ = ["apply"]


def apply(frame: Any, task: Task, *, buckets: int | None = None) -> Any:
    """Add the columns of an indicator to a frame of Spark.

    Parameters
    ----------
    frame
        A `pyspark.sql.DataFrame` with the keys, the time and the values.
    task
        What ``spec.yoy("value")`` gives, without a table: the structure, the indicator, its columns
        and options, and ``assign=`` for the names of the new columns.
    buckets
        By default the rows of one first key (such as a country) are one group, which a Python
        worker holds in memory. With a number they are spread over so many groups by the hash of
        all keys: more than there are first keys where one of them has too many rows, fewer where
        groups would be tiny.

    Returns
    -------
    pyspark.sql.DataFrame
        Lazy; the columns as they were, decimals as decimals, with the new ones after them, the rows
        in another order.

    Raises
    ------
    ImportError
        If pyspark or pyarrow is not installed.
    TypeError
        If the first argument is no frame of Spark, or the second no task.
    ValueError
        For a column that is not there, a name that is taken, and a number of buckets below 1.

    Notes
    -----
    The workers need paimana, NumPy and pyarrow. A row that is wrong ends the job with the sentence
    that names its key and period, inside Spark's own message.

    Examples
    --------
    >>> import paimana as pm
    >>> spec = pm.panel(keys=["country", "product"], time="month", freq="M")
    >>> task = spec.yoy("value", assign="growth")
    >>> task.columns
    ['country', 'product', 'month', 'value']

    With a session of Spark: ``pm.spark.apply(session.table("trade"), task).write.parquet(...)``.
    """
    if not isinstance(task, Task):  # pyright: ignore[reportUnnecessaryIsInstance]
        kind = cast("type[Any]", type(task))
        raise TypeError(
            f'apply takes an indicator without its table, such as spec.yoy("value"), not a '
            f"{kind.__name__}"
        )
    require("pyspark", "spark")
    arrow: Any = require("pyarrow", "spark")
    functions: Any = import_module("pyspark.sql.functions")
    types: Any = import_module("pyspark.sql.pandas.types")  # of Arrow; it does not import pandas
    if not hasattr(frame, "toArrow"):
        kind = cast("type[Any]", type(frame))
        raise TypeError(
            f"apply takes a frame of Spark, not a {kind.__module__.partition('.')[0]} "
            f"{kind.__name__}: task.apply(table) is for tables of this process"
        )
    names: list[str] = list(frame.columns)
    for name in task.columns:
        if name not in names:
            shown = ", ".join(f'"{each}"' for each in names[:8])
            raise ValueError(f'there is no column "{name}"; there are {shown}')
    if buckets is not None and buckets < 1:
        raise ValueError(f"buckets={buckets} is no number of groups: give 1 or more")
    empty = frame.select(*map(_quoted, task.columns)).limit(0).toArrow()
    fields: list[Any] = []
    found = task.part_of(empty)
    texts = task.labelled(list(found))
    for name, column in found.items():
        if name in names:
            raise ValueError(f'the table has a column "{name}" already: choose another name')
        fields.append(arrow.field(name, arrow.string() if name in texts else column.type))
    schema = frame.schema
    for field in types.from_arrow_schema(arrow.schema(fields)).fields:
        schema = type(schema)([*schema.fields, field])
    if buckets is None:
        groups = frame.groupBy(functions.col(_quoted(task.spec.keys[0])))
    else:
        keys = [functions.col(_quoted(key)) for key in task.spec.keys]
        groups = frame.groupBy(functions.pmod(functions.hash(*keys), functions.lit(buckets)))
    with catch_warnings():  # of the version of pandas, which no row goes through
        filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        return groups.applyInArrow(_group(task, [field.type for field in fields]), schema)


def _quoted(name: str) -> str:
    """A name as Spark takes it, whatever it holds."""
    return "`" + name.replace("`", "``") + "`"


def _group(task: Task, kinds: list[Any]) -> Any:
    """What is done with one group: a function, since Spark takes no other object."""

    def group(table: Any) -> Any:
        made = table
        found = task.part_of(table.select(task.columns))
        for (name, column), kind in zip(found.items(), kinds, strict=True):
            made = made.append_column(name, column.cast(kind))
        return _in_greenwich(made)

    return group


def _in_greenwich(table: Any) -> Any:
    """The same instants: Spark gives stamps in the zone of the session and takes them in UTC."""
    schema = table.schema
    for place, field in enumerate(schema):
        if getattr(field.type, "tz", None) is not None:
            kind = import_module("pyarrow").timestamp(field.type.unit, "UTC")
            schema = schema.set(place, field.with_type(kind))
    return table.cast(schema)
