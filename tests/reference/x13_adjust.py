"""The Census binary's whole adjustment of one series: model, choices, outliers, forecasts, tables.

`adjust` writes the specification, runs it by `x13` and gives what the program decided and saved as
plain dictionaries, in the words of `paimana.seasonal_adjust`.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from reference import x13
from reference.bank import Member

Array = np.ndarray[Any, Any]

TABLES = ["d10", "d11", "d12", "d13", "d16", "d18", "e1", "e2", "e3"]
FACTORS = ["td", "hol", "ao", "ls", "tc", "so", "usr"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
OPTIONS: dict[str, Any] = {
    "transform": "auto",
    "calendar": "auto",
    "outliers": ("ao", "ls"),
    "critical": None,
    "model": "(0 1 1)(0 1 1)",
    "forecast": None,
    "backcast": 0,
    "tol": None,
    "x11": "",
}
"""What a run may ask for; `calendar` may also be a list of the program's own variables."""


def specification(of: Member, **options: Any) -> str:
    """The specification of a run."""
    want = OPTIONS | options
    values = "\n".join(repr(float(v)) for v in of.x)
    calendar, outliers = want["calendar"], want["outliers"]
    chosen = "aictest=(td easter)" if calendar == "auto" else ""
    if isinstance(calendar, list | tuple):
        chosen = f"variables=({' '.join(calendar)})"
    critical = "" if want["critical"] is None else f"critical={want['critical']}"
    lead = "" if want["forecast"] is None else f"maxlead={want['forecast']}"
    back = f"maxback={want['backcast']}" if want["backcast"] else ""
    tol = "" if want["tol"] is None else f"tol={want['tol']}"
    lines = [
        f"series{{start={of.year}.{of.month} period={of.period} data=(\n{values}\n)}}",
        f"transform{{function={want['transform']}}}",
        f"regression{{{chosen}\n save=(rmx {' '.join(FACTORS)})}}",
        f"arima{{model={want['model']}}}",
        f"outlier{{types=({' '.join(outliers)}) {critical}}}" if outliers else "",
        f"estimate{{{tol} save=(est rsd)}}",
        "check{}",
        f"forecast{{{lead} {back} save=(fct bct ftr)}}",
        f"x11{{{want['x11']}\n save=({x13.listed([*x13.SAVED, 'd16', 'd18', 'e1', 'e2', 'e3'])})}}",
    ]
    return "\n".join(line for line in lines if line)


def adjust(of: Member, **options: Any) -> dict[str, Any]:
    """One run: decisions, estimates, outliers, forecasts and saved tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = x13.run(specification(of, **options), keep=folder)
        udg: dict[str, str] = found["udg"]  # type: ignore[assignment]
        tables = {
            name: value for name, value in found.items() if re.fullmatch(r"[a-d]\d+", name)
        } | {
            name: x13.saved(folder / f"s.{name}")
            for name in [*TABLES, *FACTORS]
            if (folder / f"s.{name}").exists()
        }
        regressors, arma = _estimates(folder / "s.est")
        residuals = x13.saved(folder / "s.rsd")
        forecast = found.get("fct")
        back = found.get("bct")
    return {
        **choices(udg),
        "regressors": regressors,
        "arma": arma,
        "variance": float(udg["variance$mle"]),
        "loglik": float(udg["loglikelihood"]),
        "aicc": float(udg["aicc"]),
        "outliers": outliers_of(udg),
        "steps": steps(udg),
        "critical": float(udg["aocrit"].split()[0]) if "aocrit" in udg else None,
        "forecast": forecast,
        "backcast": back,
        "residuals": residuals,
        "seasonal": udg.get("sfmsr"),
        "trend": int(udg["finaltrendma"]),
        "q": float(udg["f3.q"]),
        "m7": float(udg["f3.m07"]),
        "tables": tables,
        "udg": udg,
    }


def choices(udg: dict[str, str]) -> dict[str, Any]:
    """What the program chose, and the AICC of every candidate."""
    tables: dict[str, dict[str, float]] = {}
    for key, value in udg.items():
        parts = key.split(".")
        if key.startswith("aictest.") and "aicc" in parts:
            group = {"trans": "transform", "td": "td", "e": "easter"}[parts[1]]
            label = {"nolog": "none", "notd": "none", "noeaster": "none"}.get(parts[-1], parts[-1])
            if label.startswith("easter"):
                label = f"easter[{int(label[6:])}]"
            tables.setdefault(group, {})[label] = float(value)
    log = udg.get("aictrans") == "Log(y)" or udg.get("transform", "").startswith("Log")
    easter = udg.get("aictest.e", "no") == "yes"
    return {
        "transform": "log" if log else "none",
        "td": {"no": "none"}.get(udg.get("aictest.td", "no"), udg.get("aictest.td", "none")),
        "easter": f"easter[{int(udg['aictest.e.window'])}]" if easter else "none",
        "aicc_tables": tables,
    }


def outlier_name(word: str) -> str:
    """An outlier such as AO1951.May or LS2008.4 as "AO1951-05" or "LS2008Q4"."""
    kind, year, at = re.fullmatch(r"([A-Z]+)(\d+)\.(\w+)", word).groups()  # type: ignore[union-attr]
    return f"{kind}{year}Q{at}" if at.isdigit() else f"{kind}{year}-{MONTHS.index(at) + 1:02d}"


def outliers_of(udg: dict[str, str]) -> list[str]:
    """The outliers kept, by date."""
    words = (key.split("$")[1] for key in udg if key.startswith("AutoOutlier$"))
    return sorted((outlier_name(word) for word in words), key=lambda name: (name[2:], name))


def steps(udg: dict[str, str]) -> list[tuple[str, str, float]]:
    """Every step of the search: "+" or "-", the outlier, and its t value."""
    found: list[tuple[int, str, str, float]] = []
    for key, value in udg.items():
        match = re.fullmatch(r"otlitr\.(\d+)\.([+-])", key)
        if match:
            word, _, _, t = value.split()
            found.append((int(match[1]), match[2], outlier_name(word.rstrip(":")), float(t)))
    return [each[1:] for each in sorted(found, key=lambda one: (one[0], one[1]))]


def _estimates(file: Path) -> tuple[list[tuple[str, float, float]], list[tuple[str, float, float]]]:
    """Regression and ARMA estimates with their standard errors, in the program's order."""
    regressors: list[tuple[str, float, float]] = []
    arma: list[tuple[str, float, float]] = []
    for line in file.read_text().splitlines():
        cells = line.split("\t")
        if len(cells) >= 4 and re.match(r"[+-]\d", cells[2]):
            regressors.append((cells[1].strip(), float(cells[2]), float(cells[3])))
        elif len(cells) >= 6 and cells[0] in ("AR", "MA"):
            name = f"{cells[0].lower()}{'S' if cells[1] == 'Seasonal' else ''}[{int(cells[3])}]"
            arma.append((name, float(cells[4]), float(cells[5])))
    return regressors, arma
