"""The benchmark table of the README: some rows of docs/benchmarks.md, losses among them.

`make bench` writes it anew; as a script, this file does so from the benchmarks as they stand; a
test of the README compares the two.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- from docs/benchmarks.md -->\n", "<!-- end -->\n"

SHOWN = (
    "growth, 1e7 values, new array",
    "growth, 1e7 values, `out=`",
    "growth, 600 x 10000, C order",
    "rolling mean of 12, 1e7 values",
    "one call on 300 values, array",
    "one call on 300 values, pandas PeriodIndex",
    "HP filter, 1,000 series x 300",
    "X-11, 60 series x 240",
    'seasonal_adjust, compat="x13", 20 series x 240',
    "growth on a year before, long table 5,000 x 240, 5 % absent, integer keys",
)
"""The rows worth a place, wins and losses alike."""


def table(benchmarks: str) -> str:
    """The table of the README from the text of docs/benchmarks.md."""
    peers: dict[str, list[tuple[str, str]]] = {}
    ours: dict[str, str] = {}
    name = ""
    for line in benchmarks.splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) != 8 or cells[0] == "workload" or cells[0].startswith("---"):
            continue
        if cells[0]:
            name = cells[0]
            ours[name] = cells[1]
        times = float(cells[5].rstrip("x")) if cells[5] else None
        ratio = cells[4] if times is None else f"{times:.0f}" if times >= 10 else f"{times:.2g}"
        peers.setdefault(name, []).append((cells[3], ratio))
    lines = ["| workload, one thread | ours, ms | times as fast as |", "|---|---:|---|"]
    for row in SHOWN:
        found = ", ".join(f"{peer} **{ratio}**" for peer, ratio in peers[row])
        lines.append(f"| {row} | {ours[row]} | {found} |")
    return "\n".join(lines) + "\n"


def between(readme: str) -> str:
    """The table as it stands in the README."""
    return readme.partition(BEGIN)[2].partition(END)[0].strip() + "\n"


def write() -> None:
    """Put the table of the benchmarks into the README."""
    path = ROOT / "README.md"
    new = table((ROOT / "docs" / "benchmarks.md").read_text())
    pattern = re.escape(BEGIN) + ".*?" + re.escape(END)
    path.write_text(
        re.sub(pattern, lambda _: f"{BEGIN}\n{new}\n{END}", path.read_text(), flags=re.DOTALL)
    )


if __name__ == "__main__":
    write()
