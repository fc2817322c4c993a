"""The binary's answers on the bank of series, frozen as data to compare with where there is none.

Run as a program (`python -m reference.adjust_answers` in the tests' folder) it writes them anew.
Tables are kept at a few places and by the sum of their sizes; `tests/test_seasonal_adjust_bank.py`
compares whole tables where the binary is installed.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from reference import x13_adjust
from reference.bank import ORACLES, bank

Array = np.ndarray[Any, Any]

FILE = ORACLES / "adjust.json"
SOURCE = (
    "X-13ARIMA-SEATS 1.1 build 62 of the US Census Bureau, run on the bank of series "
    "(reference/bank.py) by reference/adjust_answers.py: transform{function=auto} "
    "regression{aictest=(td easter)} arima{model=(0 1 1)(0 1 1)} outlier{types=...} x11{}. "
    "Estimates with their standard errors, forecasts with their limits, as saved; `places` of a "
    "table are seven periods from the first to the last, `size` the sum of absolute values"
)
TYPES = {"ao ls": ("ao", "ls"), "ao ls tc": ("ao", "ls", "tc")}
KEPT = ["d10", "d11", "d12", "d13", "d16", "d18", "e1", "e2", "e3"]
PLACES = 7


def places(n: int) -> Array:
    """The positions kept of a table."""
    return np.linspace(0, n - 1, PLACES).astype(int)


def digest(table: Array) -> dict[str, Any]:
    """What is kept of a table."""
    return {"places": table[places(len(table))].tolist(), "size": float(np.abs(table).sum())}


def frozen(found: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a run."""
    plain = [
        "transform",
        "td",
        "easter",
        "aicc_tables",
        "regressors",
        "arma",
        "variance",
        "loglik",
        "aicc",
        "outliers",
        "steps",
        "critical",
        "seasonal",
        "trend",
        "q",
        "m7",
    ]
    kept = {name: found[name] for name in plain}
    kept["forecast"] = found["forecast"].T.tolist()
    kept["tables"] = {
        name: digest(found["tables"][name]) for name in KEPT if name in found["tables"]
    }
    return kept


def answers() -> dict[str, Any]:
    """The frozen answers."""
    found: dict[str, Any] = json.loads(FILE.read_text())
    return found


def main() -> None:
    """Write the answers anew."""
    lines: list[str] = []
    for name, of in bank().items():
        for label, types in TYPES.items():
            run = frozen(x13_adjust.adjust(of, outliers=types))
            run = {"series": name, "types": label, "length": len(of.x), **run}
            lines.append(json.dumps(run))
    body = ",\n".join(lines)
    FILE.write_text(f'{{\n"source": {json.dumps(SOURCE)},\n"runs": [\n{body}\n]\n}}\n')


if __name__ == "__main__":
    main()
