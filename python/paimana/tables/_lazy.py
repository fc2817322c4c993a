"""Lazy frames of Polars: the columns an indicator needs go through it when they are collected."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from paimana._extras import require
from paimana.tables._task import Task, methods, no_method

if TYPE_CHECKING:
    from paimana.tables._spec import Panel

__all__ = ["Lazy"]


class Lazy:
    """A lazy frame, of which every indicator of a series is a method that gives a lazy frame."""

    def __init__(self, spec: Panel, frame: Any) -> None:
        if type(frame).__name__ != "LazyFrame":
            raise TypeError(f"lazy takes a LazyFrame of Polars, not a {type(frame).__name__}")
        self._spec, self._frame = spec, frame

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in self.__dir__():
            raise AttributeError(no_method(name, "a lazy frame"), name=name, obj=self)

        def method(columns: Any, *args: Any, assign: Any = None, **options: Any) -> Any:
            task = self._spec.task(name, columns, *args, assign=assign, **options)
            return _measured(task, self._frame)

        method.__name__, method.__doc__ = name, getattr(type(self._spec), name).__doc__
        return method

    def __repr__(self) -> str:
        return f"Lazy({self._spec})"

    def __dir__(self) -> list[str]:
        return methods()


def _measured(task: Task, frame: Any) -> Any:
    polars: Any = require("polars", "polars")
    schema = frame.collect_schema()
    for name in task.columns:
        if name not in schema:
            shown = ", ".join(f'"{each}"' for each in list(schema)[:8])
            raise ValueError(f'there is no column "{name}"; there are {shown}')
    empty = polars.DataFrame(schema={name: schema[name] for name in task.columns})
    found = task.part_of(empty)
    types = {name: column.dtype for name, column in found.items()}
    dtype = polars.Struct(types)

    def compute(rows: Any) -> Any:
        found = task.results(rows.struct.unnest())
        return polars.DataFrame(list(found.values())).to_struct(rows.name).cast(dtype)

    made = polars.struct(task.columns).map_batches(compute, return_dtype=dtype)
    if task.assign is None:
        return frame.select(made.struct.unnest())
    if taken := [name for name in task.assign if name in schema]:
        raise ValueError(f'the table has a column "{taken[0]}" already: choose another name')
    return frame.with_columns(made.struct.unnest())
