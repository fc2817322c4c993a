"""Long tables in Parquet files: DuckDB sorts them in a stated memory, the stream reads them."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from glob import escape, glob
from os import PathLike, fspath
from os.path import exists, isdir, isfile, samefile
from pathlib import PurePath
from tempfile import TemporaryDirectory
from typing import Any, cast

from paimana import _core
from paimana._containers.dates import freq_of_periods
from paimana._containers.long import without_index
from paimana._extras import require
from paimana.tables._spec import Panel
from paimana.tables._stream import Stream
from paimana.tables._task import Task

__all__ = ["Scan", "scan"]

BATCH = 1 << 16
"""Rows of the batches that DuckDB gives."""
DIGITS = 38
"""Digits of the decimals that DuckDB has."""
_WHOLE = re.compile(r"0|-?[1-9]\d{0,17}")
"""A number in the name of a folder; one that begins with 0 is a code, and stays a text."""


class Scan(Stream):
    """The rows of Parquet files, sorted, of which every indicator of a series is a method.

    ``pm.scan("trade/*.parquet", spec).yoy("value")`` is a `pyarrow.RecordBatchReader`; ``write``
    writes one or more indicators to a Parquet file. Each of them reads and sorts the files anew.
    """

    def __init__(self, spec: Panel, source: _Source) -> None:
        super().__init__(spec, source, source.rows)

    def _open(self) -> Any:
        return self._batches.sorted()

    def write(self, path: str | PathLike[str], *tasks: Task, progress: bool | None = None) -> int:
        """Write the rows with the new columns of one or more tasks to a Parquet file, as
        `Stream.write` does: one that is not among those that are read.
        """
        for file in self._batches.files if exists(path) else ():
            if samefile(path, file):
                raise ValueError(f"{file} is one of the files that are read: write another")
        return super().write(path, *tasks, progress=progress)


class _Source:
    """Files, and how DuckDB is to sort them."""

    def __init__(
        self,
        files: list[str],
        order: list[str],
        columns: list[str] | None,
        config: dict[str, Any],
        temporary: str | None,
    ) -> None:
        self.files, self.order, self.config, self.temporary = files, order, config, temporary
        self.rows, self.fields = _footers(files, columns)
        absent = [name for name in columns or order if name not in self.fields]
        self.columns = columns or [*self.fields, *absent]
        self.table = _table(files, list(self.fields), absent)

    @contextmanager
    def connect(self, folder: str | None) -> Generator[Any]:
        """A data base of its own in memory, which keeps to its bounds and puts the rest aside."""
        duckdb: Any = require("duckdb", "duckdb")
        with TemporaryDirectory(prefix="paimana-", dir=folder) as aside:
            settings = {"temp_directory": aside, "preserve_insertion_order": False, **self.config}
            try:
                with duckdb.connect(config=settings) as base:
                    yield base
            except duckdb.OutOfMemoryException as error:
                limit, threads = self.config["memory_limit"], self.config["threads"]
                raise MemoryError(
                    f'memory_limit="{limit}" is too little for DuckDB to sort the files with '
                    f"{threads} threads, or there is no room left in temp_directory for the rest: "
                    f"give more, or threads=1 ({_first_line(error)})"
                ) from error
            except duckdb.IOException as error:
                raise OSError(f"DuckDB cannot read or sort the files: {error}") from error
            except duckdb.InterruptException:
                raise
            except duckdb.Error as error:  # such as that of a damaged page, which names no file
                raise OSError(
                    f"DuckDB cannot read or sort {_shown(self.files)}: {_first_line(error)}; a "
                    "file that is damaged must be written anew"
                ) from error

    def sorted(self) -> Any:
        """A reader of the rows by keys and time; the sort begins with its first batch."""
        arrow: Any = require("pyarrow", "duckdb")
        with self.connect(None) as base:
            schema = base.sql(f"select * from {self.table} limit 0").to_arrow_table().schema
        for name in (*self.order, *self.columns):
            if name not in schema.names:
                shown = ", ".join(f'"{each}"' for each in schema.names[:8])
                raise ValueError(f'there is no column "{name}" in the files; there are {shown}')
        fields = [self._field(schema.field(name)) for name in self.columns]
        schema = arrow.schema(fields, schema.metadata)
        return arrow.RecordBatchReader.from_batches(schema, self.batches(schema))

    def _field(self, found: Any) -> Any:
        """A column that DuckDB gives, as the files have it: of a time zone, a duration, periods."""
        arrow: Any = require("pyarrow", "duckdb")
        told = self.fields.get(found.name)
        if told is None:
            return found
        if freq_of_periods(told) is not None or arrow.types.is_duration(told.type):
            return told
        if (zone := getattr(told.type, "tz", None)) is not None:
            return arrow.field(found.name, arrow.timestamp(found.type.unit, zone))
        return found

    def batches(self, schema: Any) -> Iterator[Any]:
        """The record batches, sorted; DuckDB and what it has put aside go with the last of them."""
        arrow: Any = require("pyarrow", "duckdb")
        order = ", ".join(f"{_quoted(name)} nulls first" for name in self.order)
        chosen = ", ".join(map(_quoted, self.columns))
        with self.connect(self.temporary) as base:
            found = base.sql(f"select {chosen} from {self.table} order by {order}")
            read = getattr(found, "to_arrow_reader", None) or found.fetch_arrow_reader
            for batch in read(BATCH):
                columns = [
                    _as(column, field.type)
                    for column, field in zip(batch.columns, schema, strict=True)
                ]
                yield arrow.RecordBatch.from_arrays(columns, schema=schema)


def _as(column: Any, kind: Any) -> Any:
    """A column of DuckDB as one of a type that it does not know; its numbers are the same."""
    if column.type == kind:
        return column
    if not hasattr(kind, "storage_type"):
        return column.cast(kind)
    arrow: Any = require("pyarrow", "duckdb")
    return arrow.ExtensionArray.from_storage(kind, column)


def _footers(files: list[str], columns: list[str] | None) -> tuple[int, dict[str, Any]]:
    """The rows of all files, and their columns, which must be the same."""
    arrow: Any = require("pyarrow", "duckdb")
    parquet: Any = require("pyarrow.parquet", "duckdb")
    rows, known = 0, dict[str, Any]()
    for file in files:
        try:
            footer = parquet.read_metadata(file)
        except ValueError as error:  # that of Arrow does not name the file
            raise ValueError(f"{file} is no Parquet file: {error}") from None
        except OSError as error:
            if error.errno is not None:  # one of the system, which names it
                raise
            raise OSError(f"{file} has a damaged end, and must be written anew: {error}") from None
        rows += footer.num_rows
        schema = without_index(footer.schema.to_arrow_schema().empty_table()).schema
        _check_names(schema.names)
        fields = {field.name: field for field in schema}
        known = known or fields
        for name, field in known.items():
            if name not in fields:
                raise ValueError(f'{file} has no column "{name}", which {files[0]} has')
            if _stored(arrow, fields[name]) != _stored(arrow, field):
                words = [_stored(arrow, one) for one in (fields[name], field)]
                raise ValueError(
                    f'the column "{name}" is {words[0]} in {file} and {words[1]} in {files[0]}'
                )
        if more := [name for name in fields if name not in known]:
            raise ValueError(f'{files[0]} has no column "{more[0]}", which {file} has')
    for name, field in known.items():
        kept = columns is None or name in columns
        if kept and arrow.types.is_decimal256(field.type) and field.type.precision > DIGITS:
            raise ValueError(
                f'the column "{name}" of {files[0]} has decimals of {field.type.precision} digits, '
                f"which DuckDB reads as floats: write it with {DIGITS} at most, as "
                f"pa.decimal128({DIGITS}, {field.type.scale}), or name the others in columns="
            )
    return rows, known


def _stored(arrow: Any, field: Any) -> Any:
    """The type of which Parquet has values: texts are the same however Arrow held them."""
    if (freq := freq_of_periods(field)) is not None:
        return f"period[{freq}]"
    types, kind = arrow.types, field.type
    if types.is_dictionary(kind):
        kind = kind.value_type
    if types.is_large_string(kind) or types.is_string_view(kind):
        return arrow.string()
    return arrow.binary() if types.is_large_binary(kind) else kind


def _table(files: list[str], names: list[str], absent: list[str]) -> str:
    """The rows of the files in SQL, with the columns that only the names of their folders tell, as
    ``country=PK`` does. A folder never stands for a column that the files have.
    """
    told = [_folders(file) for file in files]
    wanted = [name for name in absent if any(name in folders for folders in told)]
    if not wanted:
        return f"read_parquet({_listed(files)}, hive_partitioning = false)"
    held = {name.lower(): name for name in names}
    for file, folders in zip(files, told, strict=True):
        for name in folders:
            if name.lower() in held:
                raise ValueError(
                    f'the column "{held[name.lower()]}" is in {file} as well as in the name of its '
                    f"folder, {name}={folders[name]}: give the folder another name"
                )
        if lost := [name for name in wanted if name not in folders]:
            raise ValueError(
                f'{file} lies in no folder "{lost[0]}=...", which tells this column of other files'
            )
    whole = [
        f"cast({_quoted(name)} as bigint) as {_quoted(name)}"
        for name in wanted
        if all(_WHOLE.fullmatch(folders[name]) for folders in told)
    ]
    others = [name for name in told[0] if name not in wanted]
    chosen = "*"
    if others:
        chosen += f" exclude ({', '.join(map(_quoted, others))})"
    if whole:
        chosen += f" replace ({', '.join(whole)})"
    options = "hive_partitioning = true, hive_types_autocast = false"
    return f"(select {chosen} from read_parquet({_listed(files)}, {options}))"


def _folders(file: str) -> dict[str, str]:
    """The columns that the names of a file's folders tell."""
    words = [part.split("=") for part in PurePath(file).parts[:-1]]
    return {word[0]: word[1] for word in words if len(word) == 2}


def _check_names(names: list[str]) -> None:
    """DuckDB, which does not see the case of a name, must tell the columns apart."""
    seen: dict[str, str] = {}
    for name in names:
        if (other := seen.setdefault(name.lower(), name)) != name or names.count(name) > 1:
            raise ValueError(
                f'DuckDB does not tell the columns "{other}" and "{name}" apart: rename one of them'
            )


def _shown(files: list[str]) -> str:
    """The names of some files."""
    more = f" and {len(files) - 3} more" if len(files) > 3 else ""
    return ", ".join(files[:3]) + more


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _listed(files: list[str]) -> str:
    # DuckDB takes a name for a pattern, which would read other files as well.
    return f"[{', '.join(_text(escape(file)) for file in files)}]"


def scan(
    source: str | PathLike[str] | Iterable[str | PathLike[str]],
    spec: Panel,
    *,
    columns: str | Iterable[str] | None = None,
    memory_limit: str = "512MB",
    temp_directory: str | PathLike[str] | None = None,
    threads: int | None = None,
) -> Scan:
    """A long table in Parquet files of any size and order, as a stream sorted by keys and time.

    Parameters
    ----------
    source
        The files: a name or a pattern, ``"trade/*.parquet"``, or several.
    spec
        The structure of the table, with its frequency: ``pm.panel(keys, time, freq)``.
    columns
        The columns to keep besides the keys and the time; None keeps all. Less is sorted sooner.
    memory_limit
        What DuckDB may use in memory, ``"512MB"`` or ``"2GB"``; the rest of the sort goes to disk.
    temp_directory
        The folder for that; None takes the system's. Nothing is left there.
    threads
        The threads of DuckDB; None takes as many as `get_threads` tells.

    Returns
    -------
    Scan
        Every indicator of a series is a method that gives a `pyarrow.RecordBatchReader`;
        ``write("out.parquet", spec.yoy("value"))`` writes Parquet.

    Raises
    ------
    FileNotFoundError
        Where no file has the name, or the folder `temp_directory` is not there.
    IsADirectoryError
        For a folder: the pattern of its files is meant.
    OSError
        For a file that is damaged, also while the rows are read.
    ValueError
        For files whose columns, or the types or time zones of these, are not the same, for decimals
        of more than 38 digits, for what is no Parquet file, and for limits that are none.
    TypeError
        For a `spec` that is no panel.
    MemoryError
        While the rows are read, where the memory does not do to sort them.

    Notes
    -----
    DuckDB sorts, paimana computes: besides the memory that DuckDB may use there is that of the
    longest series and of some batches. A time in texts must sort as it reads, as ``"2024-04"``
    does. Columns of categories come as texts. A key, a time or one of `columns` that the files lack
    is taken from the names of their folders, such as ``country=PK``; no other folder is.

    References
    ----------
    Raasveldt, M. and Mühleisen, H. (2019), DuckDB: an embeddable analytical database, SIGMOD.

    Examples
    --------
    >>> import pyarrow as pa, pyarrow.parquet as pq, paimana as pm
    >>> from tempfile import TemporaryDirectory
    >>> table = pa.table(
    ...     {"country": ["PK", "IN", "PK"], "year": [2024, 2024, 2023], "x": [5, 9, 4]}
    ... )
    >>> spec = pm.panel(keys="country", time="year", freq="A")
    >>> with TemporaryDirectory() as folder:
    ...     pq.write_table(table, f"{folder}/trade.parquet")
    ...     pm.scan(f"{folder}/*.parquet", spec).growth("x").read_all()["x_growth"].to_pylist()
    [None, None, 25.0]
    """
    files = _files(source)
    if not isinstance(spec, Panel):  # pyright: ignore[reportUnnecessaryIsInstance]
        kind = cast("type[Any]", type(spec))
        raise TypeError(
            "scan takes the structure of the table after its files, "
            f'pm.panel("country", "month", "M"), not a {kind.__name__}'
        )
    columns = [columns] if isinstance(columns, str) else columns
    order = [*spec.keys, spec.time]
    kept = None if columns is None else list(dict.fromkeys([*order, *columns]))
    config = {"memory_limit": _memory(memory_limit), "threads": _threads(threads)}
    temporary = None if temp_directory is None else fspath(temp_directory)
    if temporary is not None and not isdir(temporary):
        raise FileNotFoundError(f"temp_directory={temporary!r} is no folder: make it first")
    return Scan(spec, _Source(files, order, kept, config, temporary))


def _files(source: Any) -> list[str]:
    """The files that are meant, each of which there must be."""
    given: Any = [source] if isinstance(source, (str, PathLike)) else source
    if not isinstance(given, Iterable):
        kind = cast("type[Any]", type(given))
        raise TypeError(f'scan takes files first, such as "trade/*.parquet", not a {kind.__name__}')
    files: list[str] = []
    for each in cast("Iterable[str]", given):
        name = fspath(each)
        found = [name] if isfile(name) else sorted(glob(name, recursive=True))
        if not found:
            raise FileNotFoundError(f"there is no file {name}")
        files += found
    if not files:
        raise ValueError('scan needs a file, such as "trade/*.parquet"')
    for name in files:
        if isdir(name):
            raise IsADirectoryError(f'{name} is a folder: scan takes files, "{name}/*.parquet"')
    return files


def _memory(limit: Any) -> str:
    """An amount of memory as DuckDB takes it."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]I?B)\s*", str(limit), re.IGNORECASE)
    if match is None or not float(match[1]):
        raise ValueError(
            f'memory_limit={limit!r} is no amount of memory: give it with its unit, "512MB" or '
            '"2GB"'
        )
    return match[1] + match[2]


def _threads(threads: Any) -> int:
    """A number of threads."""
    if threads is None:
        return _core.get_threads()  # as many at most
    if isinstance(threads, bool) or not hasattr(threads, "__index__"):
        raise TypeError(f"threads= is a whole number, or None for all cores, not {threads!r}")
    most = _core.MOST_THREADS
    if not 1 <= threads <= most:
        raise ValueError(f"threads={threads} is no number of threads from 1 to {most}")
    return int(threads)
