"""Long tables in Parquet files: DuckDB sorts them in a stated memory, the stream reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from glob import glob
from os import PathLike, fspath
from os.path import isdir
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from paimana import _core
from paimana._extras import require
from paimana.tables._stream import Stream

if TYPE_CHECKING:
    from paimana.tables._spec import Panel

__all__ = ["Scan", "scan"]

BATCH = 1 << 16
"""Rows of the batches that DuckDB gives."""


class Scan(Stream):
    """The rows of Parquet files, sorted, of which every indicator of a series is a method.

    ``pm.scan("trade/*.parquet", spec).yoy("value")`` is a `pyarrow.RecordBatchReader`; ``write``
    writes one or more indicators to a Parquet file. Each of them reads and sorts the files anew.
    """

    def __init__(self, spec: Panel, source: _Source) -> None:
        super().__init__(spec, source, source.rows)

    def _open(self) -> Any:
        return self._batches.sorted()


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
        self.rows, self.zone = _footers(files, order[-1])
        chosen = "*" if columns is None else ", ".join(_quoted(name) for name in columns)
        self.query = f"select {chosen} from read_parquet({_listed(files)})"

    def connect(self, temporary: str) -> Any:
        """A data base of its own in memory, which keeps to its bounds."""
        duckdb: Any = require("duckdb", "duckdb")
        settings = {"temp_directory": temporary, "preserve_insertion_order": False, **self.config}
        made = duckdb.connect(config=settings)
        if self.zone is not None:
            made.execute(f"set TimeZone = {_text(self.zone)}")
        return made

    def sorted(self) -> Any:
        """A reader of the rows by keys and time; the sort begins with its first batch."""
        arrow: Any = require("pyarrow", "arrow")
        with TemporaryDirectory(prefix="paimana-") as folder, self.connect(folder) as base:
            schema = base.sql(f"{self.query} limit 0").to_arrow_table().schema
        for name in self.order:
            if name not in schema.names:
                shown = ", ".join(f'"{each}"' for each in schema.names[:8])
                raise ValueError(f'there is no column "{name}" in the files; there are {shown}')
        return arrow.RecordBatchReader.from_batches(schema, self.batches())

    def batches(self) -> Iterator[Any]:
        """The record batches, sorted; DuckDB and what it has put aside go with the last of them."""
        order = ", ".join(f"{_quoted(name)} nulls first" for name in self.order)
        with (
            TemporaryDirectory(prefix="paimana-", dir=self.temporary) as folder,
            self.connect(folder) as base,
        ):
            found = base.sql(f"{self.query} order by {order}")
            read = getattr(found, "to_arrow_reader", None) or found.fetch_arrow_reader
            yield from read(BATCH)


def _footers(files: list[str], time: str) -> tuple[int, str | None]:
    """The rows of all files, and the time zone of their time; their columns must be the same."""
    parquet: Any = require("pyarrow.parquet", "arrow")
    rows, known = 0, None
    for file in files:
        footer = parquet.read_metadata(file)
        rows += footer.num_rows
        types = {field.name: field.type for field in footer.schema.to_arrow_schema()}
        known = types if known is None else known
        for name, kind in known.items():
            if name not in types:
                raise ValueError(f'{file} has no column "{name}", which {files[0]} has')
            if types[name] != kind:
                raise ValueError(
                    f'the column "{name}" is {types[name]} in {file} and {kind} in {files[0]}'
                )
        if more := [name for name in types if name not in known]:
            raise ValueError(f'{files[0]} has no column "{more[0]}", which {file} has')
    return rows, getattr((known or {}).get(time), "tz", None)


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _listed(files: list[str]) -> str:
    return f"[{', '.join(_text(file) for file in files)}]"


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
        What DuckDB may use in memory, ``"512MB"``; the rest of the sort goes to disk.
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
        Where no file has the name.
    IsADirectoryError
        For a folder: the pattern of its files is meant.
    ValueError
        For files whose columns, or the types or time zones of these, are not the same.

    Notes
    -----
    DuckDB sorts, paimana computes: besides the memory that DuckDB may use there is that of the
    longest series and of some batches. A time in texts must sort as it reads, as ``"2024-04"``
    does. Columns of categories come as texts.

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
    given = [source] if isinstance(source, (str, PathLike)) else list(source)
    files: list[str] = []
    for name in (fspath(each) for each in given):
        found = sorted(glob(name, recursive=True))
        if not found:
            raise FileNotFoundError(f"there is no file {name}")
        files += found
    if not files:
        raise ValueError('scan needs a file, such as "trade/*.parquet"')
    for name in files:
        if isdir(name):
            raise IsADirectoryError(f'{name} is a folder: scan takes files, "{name}/*.parquet"')
    columns = [columns] if isinstance(columns, str) else columns
    order = [*spec.keys, spec.time]
    kept = None if columns is None else list(dict.fromkeys([*order, *columns]))
    config = {"memory_limit": memory_limit, "threads": threads or _core.get_threads()}
    temporary = None if temp_directory is None else fspath(temp_directory)
    return Scan(spec, _Source(files, order, kept, config, temporary))
