"""Whole folders of releases, audited in parallel."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paimana import _core
from paimana._extras import require
from paimana.release.audit import audit

__all__ = ["audit_many"]


def audit_many(folder: str | Path, *, pattern: str = "*.toml", limit: float = 10.0) -> Any:
    """Audit every release of a folder, in parallel, and give one frame.

    Parameters
    ----------
    folder
        Where the files are.
    pattern
        Which files; "**/*.toml" looks into folders within it.
    limit
        Seconds for each release.

    Returns
    -------
    pandas DataFrame
        A row for each file, in order of names: file, title, verdict, statements, add_up, conflict,
        unchecked, undecided (not within the limit), checked, hypothesis, conflicts (in words),
        error (why a file cannot be used).

    Raises
    ------
    ValueError
        If there is no such folder, or no file in it.
    ImportError
        If pandas is not installed.

    Notes
    -----
    A bar shows the progress where the error stream is a terminal. Edge cases: a file that cannot be
    used has its sentence in `error` and no verdict; the others are audited nevertheless. Source and
    method as for `audit`; there is no equivalent in Stata, EViews or R.

    Examples
    --------
    >>> import paimana as pm
    >>> folder = pm.datasets.__path__[0] + "/../release/data"
    >>> pm.audit_many(folder)[["title", "verdict"]].iloc[0].to_list()
    ['ICT services exports, April 2024', 'unchecked']
    """
    from concurrent.futures import ThreadPoolExecutor  # slow to import

    pandas = require("pandas", "pandas")
    root = Path(folder)
    if not root.is_dir():
        raise ValueError(f"there is no folder {root}")
    files = sorted(path for path in root.glob(pattern) if path.is_file())
    if not files:
        raise ValueError(f"there is no file {pattern} in {root}")
    with ThreadPoolExecutor(max_workers=_core.get_threads()) as pool:
        found = pool.map(_row, [root] * len(files), files, [limit] * len(files))
        rows = list(_progress(found, len(files)))
    return pandas.DataFrame(rows)


def _row(root: Path, file: Path, limit: float) -> dict[str, Any]:
    row: dict[str, Any] = {"file": str(file.relative_to(root)), "title": None, "verdict": None}
    try:
        found = audit(file, limit=limit)
    except (ValueError, OSError) as error:
        counts = ("statements", "add_up", "conflict", "unchecked", "undecided", "checked")
        blank = dict.fromkeys(counts, 0)
        return {**row, **blank, "hypothesis": None, "conflicts": "", "error": str(error)}
    counts = found._found["counts"]  # pyright: ignore[reportPrivateUsage]
    return {
        **row,
        "title": found.release.title,
        "verdict": found.verdict,
        "statements": found.checked[1],
        **counts,
        "checked": found.checked[0],
        "hypothesis": found.hypothesis,
        "conflicts": " ".join(c.arithmetic for c in found.conflicts),
        "error": "",
    }


def _progress(rows: Iterator[dict[str, Any]], total: int) -> Iterator[dict[str, Any]]:
    shown = sys.stderr.isatty()
    for done, row in enumerate(rows, 1):
        if shown:
            bar = "█" * (30 * done // total)
            print(f"\r{bar:<30} {done} of {total}", end="", file=sys.stderr, flush=True)
        yield row
    if shown:
        print(file=sys.stderr)
