"""More than one release: week after week, and whole folders."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from paimana import _core
from paimana._core import audit as core
from paimana._extras import require
from paimana.release.audit import audit
from paimana.release.file import Release

__all__ = ["audit_many", "join"]


def join(release: Release, previous: list[Release]) -> tuple[Release, tuple[str, ...]]:
    """Put a release together with earlier ones: their figures, restated items, and cumulatives.

    An item printed in several releases counts with its latest value; a value that differs from the
    one before is restated. Where a span printed now begins with a span printed before and the
    period between is printed too, the longer one is their total.
    """
    tree = release.to_dict()
    now = _by_key(release)
    restated: list[str] = []
    earlier: dict[tuple[Any, ...], dict[str, Any]] = {}
    for before in previous:
        for key, figure in _by_key(before).items():
            if key in earlier and _shown(earlier[key]) != _shown(figure):
                restated.append(_restated(key, earlier[key], figure))
            earlier[key] = figure
    for key, figure in earlier.items():
        if key not in now:
            tree["figure"].append({**figure, "id": f"earlier {figure['item']}"})
        elif _shown(now[key]) != _shown(figure):
            restated.append(_restated(key, figure, now[key]))
    keys = {key: figure["item"] for key, figure in (earlier | now).items()}
    for (concept, first, last, *rest), whole in keys.items():
        for (other, start, middle, *kind), part in keys.items():
            step = keys.get((concept, middle + 1, last, *rest))
            same = other == concept and kind == rest and start == first and middle < last
            if same and step is not None and (whole in {f["item"] for f in now.values()}):
                claim = {"kind": "total", "of": whole, "parts": [part, step]}
                tree["claim"].append({**claim, "id": f"{whole} extends {part} by {step}"})
    import json

    return Release(json.dumps(tree).encode(), "tree", release.name), tuple(restated)


def _by_key(release: Release) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Figures by what they are: concept, months, rate and vintage, unit, declarations."""
    head = release.to_dict()["release"]
    periods = [figure["item"].partition("@")[2] for figure in release.figures]
    spans = core.spans(periods, head.get("year_start", "1"))
    out: dict[tuple[Any, ...], dict[str, Any]] = {}
    for figure, period, (first, last) in zip(release.figures, periods, spans, strict=True):
        suffix = period[min([i for i in (period.find(":"), period.find("#")) if i >= 0] or [len(period)]) :]
        declared = {
            name: figure.get(name, head.get(name))
            for name in ("unit", "measure", "prices", "adjustment", "rounding", "trailing_zeros")
        }
        full = {**figure, **{k: v for k, v in declared.items() if v is not None}}
        full.pop("id", None)
        key = (figure["item"].partition("@")[0], first, last, suffix, declared["unit"])
        key = (*key, declared["prices"], declared["adjustment"])
        out.setdefault(key, full)
    return out


def _shown(figure: dict[str, Any]) -> tuple[str, str]:
    return figure["value"], figure.get("scale", "one")


def _restated(key: tuple[Any, ...], old: dict[str, Any], new: dict[str, Any]) -> str:
    was, is_now = (" ".join(part for part in _shown(f) if part != "one") for f in (old, new))
    return f"{new['item']} was {was}, is now {is_now}, not mentioned."


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
        unchecked, checked, hypothesis, conflicts (in words), error (why a file cannot be used).

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
    pandas = require("pandas", "pandas")
    root = Path(folder)
    if not root.is_dir():
        raise ValueError(f"there is no folder {root}")
    files = sorted(path for path in root.glob(pattern) if path.is_file())
    if not files:
        raise ValueError(f"there is no file {pattern} in {root}")
    with ThreadPoolExecutor(max_workers=_core.get_threads()) as pool:
        rows = list(_progress(pool.map(lambda file: _row(root, file, limit), files), len(files)))
    return pandas.DataFrame(rows)


def _row(root: Path, file: Path, limit: float) -> dict[str, Any]:
    row: dict[str, Any] = {"file": str(file.relative_to(root)), "title": None, "verdict": None}
    try:
        found = audit(file, limit=limit)
    except (ValueError, OSError) as error:
        blank = dict.fromkeys(("statements", "add_up", "conflict", "unchecked", "checked"), 0)
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
