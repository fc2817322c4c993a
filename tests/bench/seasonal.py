"""The workloads of seasonal adjustment: X-11 of many series beside the Census Bureau's program."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from harness import Workload

import paimana as pm

sys.path.insert(0, str(Path(__file__).parents[1]))

from reference import x13

YEARS = 20


@dataclass
class Saved:
    """What the binary saved: read when the answer is compared, not while the run is timed."""

    folder: Path
    count: int

    def to_numpy(self) -> np.ndarray:
        names = (self.folder / f"s{i}.d11" for i in range(self.count))
        return np.column_stack([np.loadtxt(name, skiprows=2, usecols=1) for name in names])


def census(x: np.ndarray, folder: Path, metafile: bool) -> Saved:
    """X-11 of every column by the binary: in one process, or in a process for each."""
    program = str(x13.binary())
    calls = [["-m", "all"]] if metafile else [[f"s{i}"] for i in range(x.shape[1])]
    for call in calls:
        subprocess.run([program, *call, "-q"], cwd=folder, capture_output=True, check=False)
    return Saved(folder, x.shape[1])


def windows(count: int) -> np.ndarray:
    """Stretches of twenty years of US meat production, each beginning a year after another."""
    meat = pm.datasets.load("us_meat")[["beef", "veal", "pork", "lamb_and_mutton"]].to_numpy()
    columns = [
        meat[12 * year : 12 * (year + YEARS), kind]
        for year in range(len(meat) // 12 - YEARS + 1)
        for kind in range(4)
    ]
    return np.column_stack(columns[:count])


def workloads(quick: bool) -> Iterator[Workload]:
    """X-11 with its defaults; the peers save D11 alone."""
    if x13.binary() is None:
        return
    x = windows(8 if quick else 60)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for i, column in enumerate(x.T):
            (folder / f"s{i}.spc").write_text(x13.spec(column, 1960, 1, 12, "", tables=["d11"]))
        (folder / "all.mta").write_text("".join(f"s{i}\n" for i in range(x.shape[1])))
        yield Workload(
            f"X-11, {x.shape[1]} series x {12 * YEARS}",
            lambda: pm.x11(x, freq="M", start="1960-01").adjusted,
            {
                "x13as, one metafile": lambda: census(x, folder, True),
                "x13as, a process each": lambda: census(x, folder, False),
            },
            {"x13as, one metafile": 15, "x13as, a process each": 30},
            repeat=3,
        )
