"""`make bench`: the table of ratios against the peers, printed and written to docs/benchmarks.md.

A row is a workload: our call, the peers', and the goals as ratios. Every peer's answer is compared
with ours before anything is timed; one that is wrong is named as wrong and not timed. All calls of
a row run in turn, one thread each, and the median counts; what all threads do stands beside it.

    python tests/bench [--write FILE] [--only WORD] [--quick]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib.metadata import version
from itertools import chain
from pathlib import Path

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS", "MKL_NUM_THREADS")
for name in THREADS:
    os.environ.setdefault(name, "1")

sys.path.insert(0, str(Path(__file__).parent))

import adjust  # noqa: E402
import decimals  # noqa: E402
import engines  # noqa: E402
import filters  # noqa: E402
import first_screen  # noqa: E402
import headline  # noqa: E402
import releases  # noqa: E402
import rounding  # noqa: E402
import seasonal  # noqa: E402
import stream  # noqa: E402
import tables  # noqa: E402
from harness import Fact, Result, measure  # noqa: E402

LIBRARIES = ("numpy", "pandas", "polars", "bottleneck", "duckdb")


def processor() -> str:
    """The model of the processor."""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def page(results: list[Result], facts: list[str]) -> str:
    """The report: machine, versions, a table, and what is no ratio."""
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    lines = [
        "# Benchmarks",
        "",
        "Made by `make bench`; every ratio is of one run, after the answers were compared. Median",
        "wall time of one thread against one; ours with all threads beside it. A ratio above",
        "1 says how many times faster paimana is; below 1, slower. Losses are included.",
        "",
        f"{processor()}, {os.cpu_count()} cores; Python {platform.python_version()},",
        f"{versions}.",
        "",
        "| workload | ours, ms | all threads | peer | its ms | ratio | goal | |",
        "|---|---:|---:|---|---:|---:|---:|---|",
    ]
    for result in results:
        lines += result.rows()
    if facts:
        lines += ["", "Beside the table:", "", *(f"* {fact}" for fact in facts)]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", metavar="FILE", type=Path)
    parser.add_argument("--only", metavar="WORD", default="")
    parser.add_argument("--quick", action="store_true", help="small sizes, to try the harness")
    options = parser.parse_args()
    results: list[Result] = []
    facts: list[str] = []
    families = (
        headline,
        decimals,
        seasonal,
        adjust,
        filters,
        releases,
        rounding,
        tables,
        stream,
        engines,
    )
    # a session of Spark takes long to start: only where its rows are wanted
    if options.only and options.only not in ("Dask", "Spark"):
        families = tuple(one for one in families if one is not engines)
    for workload in chain.from_iterable(one.workloads(options.quick) for one in families):
        if options.only not in workload.name:
            continue
        if isinstance(workload, Fact):
            told = workload.tell()
            facts += told
        else:
            results.append(measure(workload))
            told = results[-1].rows()
        print("\n".join(told), flush=True)
    if options.write:
        options.write.parent.mkdir(exist_ok=True)
        options.write.write_text(page(results, facts))
        if options.write.resolve() == first_screen.ROOT / "docs" / "benchmarks.md":
            first_screen.write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
