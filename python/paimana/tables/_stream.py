"""Indicators of tables larger than memory: batches of Arrow rows, sorted by key, one after another.

A series may go on in the next batch: its rows wait until the key changes. Whole series are gathered
to units of some ten thousand rows, since a call on each series would cost more than its figures,
and the results are cut again where the batches ended.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import chain
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from paimana._containers import whole
from paimana._containers.long import long_table, without_index
from paimana._extras import require
from paimana.engines.files import checked, write
from paimana.tables._read import Read, with_rows
from paimana.tables._task import Task, methods, no_method

if TYPE_CHECKING:
    from paimana.tables._spec import Panel

__all__ = ["Stream"]

Array = np.ndarray[Any, Any]

UNIT = 1 << 16
"""Rows of whole series that are computed in one go, at least."""


class Stream:
    """Batches of a long table, of which every indicator of a series is a method.

    ``spec.stream(batches).yoy("value")`` is a `pyarrow.RecordBatchReader`: iterate over it, write
    it to Parquet batch by batch, or hand it to DuckDB.
    """

    def __init__(self, spec: Panel, batches: Any, rows: int | None = None) -> None:
        self._spec, self._batches, self._rows = spec, batches, rows

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._spec})"

    def _open(self) -> Any:
        """What gives the batches."""
        return self._batches

    def write(self, path: str | PathLike[str], *tasks: Task, progress: bool | None = None) -> int:
        """Write the batches with the new columns of one or more tasks to a Parquet file.

        The file has its name only when it is complete: whatever goes wrong before, a full disk
        among it, leaves nothing under that name, or what stood there.

        Parameters
        ----------
        path
            The file, in a folder that exists.
        *tasks
            Indicators bound to columns, such as ``spec.yoy("value")``.
        progress
            Whether a bar tells how far it is once two seconds have gone (the extra ``progress``);
            None shows it where tqdm is installed.

        Returns
        -------
        int
            The number of rows written.
        """
        if not tasks:
            raise TypeError('write needs what to compute: write("out.parquet", spec.yoy("value"))')
        checked(path)  # before a row is taken from what gives them but once
        batches = self._open()
        for task in tasks:
            if not isinstance(task, Task):  # pyright: ignore[reportUnnecessaryIsInstance]
                kind = cast("type[Any]", type(task))
                raise TypeError(
                    f'write takes indicators without their table, such as spec.yoy("value"), not a '
                    f"{kind.__name__}"
                )
            if task.spec != self._spec:
                raise ValueError(f"{task.name} is of another panel than the stream: {task.spec}")
            batches = reader(task, batches)
        return write(batches, path, self._rows, progress)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def method(columns: Any, *args: Any, assign: Any = None, **options: Any) -> Any:
            return reader(
                self._spec.task(name, columns, *args, assign=assign, **options), self._open()
            )

        if name not in methods():
            raise AttributeError(no_method(name, "a stream"), name=name, obj=self)
        method.__name__, method.__doc__ = name, getattr(type(self._spec), name).__doc__
        return method

    def __dir__(self) -> list[str]:
        return [*methods(), "write"]


def reader(task: Task, batches: Any) -> Any:
    """The batches with the new columns of a task, as a reader of Arrow."""
    arrow: Any = require("pyarrow", "arrow")
    schema, given = _opened(arrow, batches)
    for name in task.columns:
        if (count := schema.names.count(name)) != 1:
            shown = ", ".join(f'"{each}"' for each in schema.names[:8])
            many = "are two columns" if count else "is no column"
            raise ValueError(f'there {many} "{name}" in batch 0; there are {shown}')
    made = _Series(arrow, task, schema)
    return arrow.RecordBatchReader.from_batches(made.given, made.run(given))


def _opened(arrow: Any, batches: Any) -> tuple[Any, Iterator[Any]]:
    """The schema of whatever gives record batches, and the batches, without nameless indices."""
    batches = _without_views(batches)
    if not isinstance(batches, arrow.RecordBatchReader) and hasattr(batches, "__arrow_c_stream__"):
        try:
            batches = arrow.RecordBatchReader.from_stream(batches)
        except arrow.ArrowInvalid:
            raise TypeError(
                f"a stream is of tables, and a {type(batches).__name__} is one column"
            ) from None
    if isinstance(batches, arrow.RecordBatchReader):  # as it is: its errors keep their class
        schema = batches.schema
        return without_index(schema.empty_table()).schema, map(without_index, batches)
    if not isinstance(batches, Iterable):
        raise TypeError(
            "a stream takes an iterator of record batches, or what has __arrow_c_stream__, not a "
            f"{type(batches).__name__}"
        )
    given = map(without_index, _numbered(arrow, batches))
    first = next(given, None)
    if first is None:
        raise ValueError(
            "the stream has no batch, so its columns are unknown; an iterator that was read before "
            "has none left"
        )
    return first.schema, chain([first], given)


def _numbered(arrow: Any, batches: Any) -> Iterator[Any]:
    """The record batches of an iterator of some, or of tables."""
    for number, batch in enumerate(map(_without_views, batches)):
        if isinstance(batch, arrow.RecordBatch):
            yield batch
        elif hasattr(batch, "__arrow_c_stream__"):
            table = arrow.table(batch)
            yield from table.to_batches() or [_nothing(arrow, table.schema)]
        elif hasattr(batch, "__arrow_c_array__"):
            yield arrow.record_batch(batch)
        else:
            raise TypeError(
                f"a stream takes batches of Arrow rows; batch {number} is a {type(batch).__name__}"
            )


def _without_views(rows: Any) -> Any:
    """A frame of Polars as Arrow, its texts no views, which older versions of Arrow cannot compare;
    anything else as it is.
    """
    polars: Any = sys.modules.get("polars")
    if polars is None or not isinstance(rows, polars.DataFrame):
        return rows
    return rows.to_arrow(compat_level=polars.CompatLevel.oldest())


def _nothing(arrow: Any, schema: Any) -> Any:
    """A batch of no row."""
    return arrow.RecordBatch.from_arrays(
        [arrow.array([], one.type) for one in schema], schema=schema
    )


class _Batch(NamedTuple):
    """A batch that waits for its results: its number, the number of its first row, its rows."""

    number: int
    begin: int
    rows: Any


class _Series:
    """The rows that wait for the end of their series, and the results that wait for their batch."""

    def __init__(self, arrow: Any, task: Task, schema: Any) -> None:
        self.arrow, self.task, self.schema = arrow, task, schema
        self.compute: Any = import_module("pyarrow.compute")
        self.given = task.schema(schema)
        self.open: list[Any] = []  # pieces of the last series, whose end is not yet known
        self.whole: list[Any] = []  # pieces of whole series, not yet computed
        self.key: list[Any] | None = None  # of the last row
        self.waiting: deque[_Batch] = deque()
        self.results: list[Any] = []  # from the first row of the first batch that waits
        self.done = 0  # rows computed

    def run(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The batches with their new columns."""
        came = ended = 0
        for number, batch in enumerate(batches):
            self._check(number, batch)
            self.waiting.append(_Batch(number, came, batch))
            begins = self._begins(number, batch)
            if begins.size:
                last = int(begins[-1])
                self.whole += [*self.open, batch.slice(0, last)]
                self.open = [batch.slice(last)]
                ended = came + last
            elif batch.num_rows:
                self.open.append(batch)
            came += batch.num_rows
            if ended - self.done >= UNIT:
                self._measure()
                yield from self._cut()
        self.whole += self.open
        self.open = []
        self._measure()
        yield from self._cut()

    def _check(self, number: int, batch: Any) -> None:
        """Every batch has the columns of the first one, and every row its keys and its time."""
        if not batch.schema.equals(self.schema):
            self._drift(number, batch.schema)
        for name in (*self.task.spec.keys, self.task.spec.time):
            column = batch.column(name)
            categories = getattr(column, "dictionary", None)
            if column.null_count or (categories is not None and categories.null_count):
                missing = column if categories is None else column.dictionary_decode()
                row = self.compute.index(missing.is_null(), True).as_py()
                if row < 0:  # a missing category that no row has
                    continue
                raise ValueError(f'"{name}" is missing in row {row} of batch {number}')

    def _drift(self, number: int, schema: Any) -> None:
        for field in self.schema:
            if field.name not in schema.names:
                raise ValueError(f'batch {number} has no column "{field.name}", which batch 0 has')
            if schema.names.count(field.name) > 1:
                raise ValueError(f'batch {number} has two columns "{field.name}"')
            found, known = schema.field(field.name), field
            if found.type != field.type:
                found, known = found.type, field.type
            if found != known:
                raise ValueError(
                    f'the column "{field.name}" is {found} in batch {number} and {known} in batch 0'
                )
        if schema.names != self.schema.names:
            raise ValueError(f"batch {number} has other columns, or another order, than batch 0")

    def _begins(self, number: int, batch: Any) -> Array:
        """The rows of a batch with which a series begins."""
        rows = batch.num_rows
        if not rows:
            return np.zeros(0, np.int64)
        columns = [batch.column(name) for name in self.task.spec.keys]
        changed = np.zeros(rows, dtype=bool)
        for column in columns:
            codes = getattr(column, "indices", column)  # two categories may stand for the same
            differs = self.compute.not_equal(codes.slice(1), codes.slice(0, rows - 1))
            changed[1:] |= differs.to_numpy(zero_copy_only=False)
        begins = self._ordered(number, columns, np.flatnonzero(changed))
        first = [column[0].as_py() for column in columns]
        if self.key is None or first != self.key:
            if self.key is not None and first < self.key:
                self._refuse(number, 0, first, self.key)
            begins = np.concatenate([[0], begins])
        self.key = [column[rows - 1].as_py() for column in columns]
        return begins

    def _ordered(self, number: int, columns: list[Any], begins: Array) -> Array:
        """The rows whose key is not that of the row before, each a higher one, so that no series
        can come back.
        """
        follows = np.zeros(len(begins), dtype=bool)
        same = np.ones(len(begins), dtype=bool)
        for column in reversed(columns):
            here, before = (self._at(column, rows) for rows in (begins, begins - 1))
            above = self.compute.greater(here, before).to_numpy(zero_copy_only=False)
            equal = self.compute.equal(here, before).to_numpy(zero_copy_only=False)
            follows, same = above | (equal & follows), same & equal
        begins, follows = begins[~same], follows[~same]
        if not follows.all():
            row = int(begins[np.argmin(follows)])
            here, before = (
                [column[place].as_py() for column in columns] for place in (row, row - 1)
            )
            self._refuse(number, row, here, before)
        return begins

    def _at(self, column: Any, rows: Array) -> Any:
        """The keys of some rows; texts that are views (those of Polars) cannot be taken as such."""
        if hasattr(column, "dictionary"):
            column, rows = column.dictionary, column.indices.take(rows).to_numpy()
        if column.type == self.arrow.string_view():
            column = column.cast(self.arrow.large_string())
        return column.take(rows)

    def _refuse(self, number: int, row: int, here: list[Any], before: list[Any]) -> None:
        words = [", ".join(str(word) for word in key) for key in (here, before)]
        raise ValueError(
            f"row {row} of batch {number} is {words[0]}, after {words[1]}: a stream is sorted by "
            f"{', '.join(str(name) for name in self.task.spec.keys)}, ascending, and then by "
            f"{self.task.spec.time}; pm.scan sorts files of any size"
        )

    def _measure(self) -> None:
        """Compute the whole series that have come together."""
        if not self.whole:
            return
        rows = self.arrow.Table.from_batches(self.whole, self.schema)
        self.whole = []
        try:
            read = Read(self.task.spec, long_table(rows.select(self.task.columns)))
        except ValueError as error:  # a date that cannot be read
            raise ValueError(with_rows(str(error), self._place)) from None
        self._check_time(read)
        found = self.task.part(read)
        fields = [self.given.field(name) for name in found]
        columns = [
            column.cast(field.type) for column, field in zip(found.values(), fields, strict=True)
        ]
        self.results.append(self.arrow.Table.from_arrays(columns, schema=self.arrow.schema(fields)))
        self.done += rows.num_rows

    def _place(self, row: int) -> str:
        """The number of a row in its batch, of one of those that are computed now."""
        batch = next(b for b in reversed(self.waiting) if b.begin <= self.done + row)
        return f"{self.done + row - batch.begin} of batch {batch.number}"

    def _check_time(self, read: Read) -> None:
        back = (np.diff(read.key) == 0) & (np.diff(read.slots) <= 0)
        if not back.any():
            return
        row = int(np.argmax(back)) + 1
        place = f"row {self._place(row)}"
        if read.slots[row] == read.slots[row - 1]:
            raise ValueError(
                f"{place} is {read.row_words(row)}, as is the row before it: add them up, or drop "
                "one of them"
            )
        raise ValueError(
            f"{place} is {read.row_words(row)}, after {read.time.words(int(read.slots[row - 1]))}: "
            f"sort the rows of a series by {read.spec.time}"
        )

    def _cut(self) -> Iterator[Any]:
        """The batches whose every row has its results."""
        fields = list(self.given)[len(self.schema) :]
        results = self.arrow.schema(fields).empty_table()
        if self.results:
            results = self.arrow.concat_tables(self.results)
        taken = 0
        while self.waiting and self.waiting[0].begin + self.waiting[0].rows.num_rows <= self.done:
            batch = self.waiting.popleft().rows
            cut = results.slice(taken, batch.num_rows)
            taken += batch.num_rows
            made = [whole(column) for column in cut.columns]
            yield self.arrow.RecordBatch.from_arrays([*batch.columns, *made], schema=self.given)
        self.results = [results.slice(taken)] if taken < results.num_rows else []
