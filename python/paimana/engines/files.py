"""Parquet files that are written batch by batch, and have their name only when complete."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

from paimana._extras import require

__all__ = ["checked", "write"]

GROUP = 1 << 17
"""Rows of a row group: small batches are gathered to as many."""
DELAY = 2.0
"""Seconds before a bar is shown."""


def checked(path: Any) -> Path:
    """The name of a file that can be written, as far as can be told before."""
    path = Path(path)
    if path.is_dir():
        raise IsADirectoryError(f'{path} is a folder: give the name of a file, "out.parquet"')
    if path.parent.exists() and not path.parent.is_dir():
        raise NotADirectoryError(f"{path.parent} is a file, no folder to write {path.name} into")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {path.parent} to write {path.name} into")
    return path


def write(batches: Any, path: Any, rows: int | None, progress: bool | None) -> int:
    """Write a reader of record batches to a file; the number of rows.

    The rows go to a file beside it, which takes the name at the end; if anything fails before,
    that file is removed and the error goes on.
    """
    path = checked(path)
    part = _part(path)
    try:
        written = _fill(batches, part, path.name, rows, progress)
        _settle(part)
        os.replace(part, path)
    except BaseException as error:
        with suppress(FileNotFoundError):
            part.unlink()
        if isinstance(error, OSError) and error.errno is not None:
            raise OSError(
                error.errno, f"{os.strerror(error.errno)}: nothing was written", str(path)
            ) from error
        raise
    return written


def _part(path: Path) -> Path:
    """Where the rows stand until they are complete: in the folder of the file, hidden."""
    return path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")


def _settle(part: Path) -> None:
    """Have the system write what it still holds: a full disk may show only now."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _fill(batches: Any, part: Path, name: str, rows: int | None, progress: bool | None) -> int:
    arrow: Any = require("pyarrow", "arrow")
    parquet: Any = require("pyarrow.parquet", "arrow")
    written = held = 0
    gathered: list[Any] = []
    bar = _bar(name, rows, progress)
    writer = parquet.ParquetWriter(part, batches.schema)
    try:
        for batch in batches:
            gathered.append(batch)
            held += batch.num_rows
            written += batch.num_rows
            if held >= GROUP:
                writer.write_table(arrow.Table.from_batches(gathered), row_group_size=held)
                gathered, held = [], 0
            if bar is not None:
                bar.update(batch.num_rows)
        if held:
            writer.write_table(arrow.Table.from_batches(gathered), row_group_size=held)
        writer.close()
    except BaseException:
        with suppress(Exception):  # the first error is the one to tell
            writer.close()
        raise
    finally:
        if bar is not None:
            bar.close()
    return written


def _bar(name: str, rows: int | None, progress: bool | None) -> Any:
    """A bar of tqdm that shows itself after two seconds, if one is wanted."""
    if progress is False or (progress is None and find_spec("tqdm") is None):
        return None
    tqdm: Any = require("tqdm", "progress")
    return tqdm.tqdm(total=rows, desc=name, unit=" rows", unit_scale=True, delay=DELAY)
