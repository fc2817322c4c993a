"""X-11 of the package beside that of the Census binary: one case through both, differences named.

Shared by the fixed sample of `make test` and the random cuts of `make verify`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

import paimana as pm
from reference import x13

Array = np.ndarray[Any, Any]

LETTERS = {name: name if name in ("stable", "msr", "x11default") else f"s{name}" for name in (
    "3x1", "3x3", "3x5", "3x9", "3x15", "stable", "msr", "x11default"
)}  # fmt: skip
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

OPTIONS: list[dict[str, Any]] = [
    {},
    {"mode": "add"},
    {"mode": "logadd"},
    {"mode": "pseudoadd"},
    {"seasonal": "3x1"},
    {"seasonal": "3x3"},
    {"seasonal": "3x5", "mode": "add"},
    {"seasonal": "3x9"},
    {"seasonal": "3x15"},
    {"seasonal": "stable"},
    {"seasonal": "x11default"},
    {"seasonal": "mixed"},
    {"seasonal": "mixed", "mode": "logadd"},
    {"trend": 7},
    {"trend": 5},
    {"trend": 7, "true_7_term": True},
    {"trend": 23, "mode": "logadd"},
    {"trend": 9, "trend_ic": 2.0},
    {"true_7_term": True},
    {"sigma": (1.2, 2.0)},
    {"sigma": (1.8, 2.8), "mode": "pseudoadd"},
    {"calendar_sigma": "all"},
    {"calendar_sigma": "all", "mode": "logadd"},
    {"calendar_sigma": "all", "mode": "pseudoadd"},
    {"calendar_sigma": "signif"},
    {"calendar_sigma": "signif", "mode": "logadd"},
    {"calendar_sigma": "signif", "mode": "add"},
    {"calendar_sigma": "select"},
    {"calendar_sigma": "select", "mode": "add"},
]
"""The option sets of the comparison."""


def cut(rng: np.random.Generator, data: dict[str, Any], number: int) -> dict[str, Any]:
    """A random stretch of a real series, with the option set of its number."""
    period = 12 if rng.random() < 0.55 else 4
    names = [name for name, one in data.items() if one["period"] == period]
    one = data[names[rng.integers(len(names))]]
    x = np.asarray(one["values"])
    shortest = 3 if rng.random() < 0.2 else 5
    length = min(int(rng.integers(shortest * period, 29 * period)), len(x))
    first = int(rng.integers(0, len(x) - length + 1))
    options = dict(OPTIONS[number % len(OPTIONS)])
    if options.get("seasonal") == "mixed":
        options["seasonal"] = [str(name) for name in rng.choice(list(LETTERS), period)]
    if options.get("calendar_sigma") == "select":
        options["select"] = [int(m) + 1 for m in rng.permutation(period)[: rng.integers(1, period)]]
    if options.get("trend", 0) > length:
        options["trend"] = 5
    if rng.random() < 0.3:  # the same numbers at another place in the year
        month = int(rng.integers(1, period + 1))
    else:
        month = (one["start"][1] - 1 + first) % period + 1
    year = one["start"][0] + first // period
    return {
        "x": x[first : first + length],
        "year": year,
        "month": month,
        "period": period,
        "options": options,
    }


def words(options: dict[str, Any], period: int) -> str:
    """Options in the language of the binary."""
    seasonal = options.get("seasonal", "msr")
    filters = [seasonal] if isinstance(seasonal, str) else seasonal
    names = {
        "mode": "mode",
        "trend": "trendma",
        "calendar_sigma": "calendarsigma",
        "trend_ic": "trendic",
    }
    text = [f"{names[key]}={value}" for key, value in options.items() if key in names]
    text.append("seasonalma=(" + "\n ".join(LETTERS[name] for name in filters) + ")")
    if "sigma" in options:
        text.append("sigmalim=({}, {})".format(*options["sigma"]))
    if options.get("true_7_term"):
        text.append("true7term=yes")
    if options.get("exclude_forecasts"):
        text.append("excludefcst=yes")
    if "select" in options:
        called = MONTHS if period == 12 else [f"q{i}" for i in range(1, 5)]
        text.append("sigmavec=(" + " ".join(called[i - 1] for i in options["select"]) + ")")
    return "\n ".join(text)


def start(case: dict[str, Any]) -> str:
    """The first period as text."""
    year, month = case["year"], case["month"]
    return f"{year}-{month:02d}" if case["period"] == 12 else f"{year}Q{month}"


def ours(case: dict[str, Any], **more: Any) -> pm.X11:
    """The case by this package."""
    return pm.x11(case["x"], start=start(case), **case["options"], **more)


def theirs(case: dict[str, Any], more: str = "", **keep: Any) -> dict[str, Any]:
    """The case by the binary."""
    options = words(case["options"], case["period"])
    text = x13.spec(case["x"], case["year"], case["month"], case["period"], options, more)
    return x13.run(text, **keep)


def differences(case: dict[str, Any]) -> list[str]:
    """Every difference between the two, in words; empty if they agree.

    Tables agree within 1e-12 of every value; in additive modes, whose factors and irregulars are
    differences of levels, within 1e-12 of the table's largest value and 1e-14 of that of the
    series. Weights of extremes agree within 1e-9.
    """
    result, found = ours(case), theirs(case)
    return compare(result, found, case["options"].get("mode", "mult"), case["period"])


def compare(result: pm.X11, found: dict[str, Any], mode: str, period: int) -> list[str]:
    """Every difference between a result and what the binary saved and printed."""
    wrong: list[str] = []
    level = np.abs(np.log(result.original) if mode == "logadd" else result.original).max()
    for name in x13.SAVED:
        if name not in found:
            continue
        a, b = np.asarray(result.tables[name.upper()]), found[name]
        if len(a) != len(b):  # the binary leaves out where a table has no value
            a = a[~np.isnan(a)]
        if len(a) != len(b) or not np.array_equal(np.isnan(a), np.isnan(b)):
            wrong.append(f"{name}: other periods")
            continue
        known = ~np.isnan(b)
        if not known.any():
            continue
        a, b = a[known], b[known]
        kind, last = name[1:], name in ("d10", "d11", "d12", "d13")
        if kind == "17":
            allowed: Any = 1e-9
        elif mode == "add" or (mode == "logadd" and not last):
            allowed = 1e-12 * np.abs(b).max() + 1e-14 * level
        else:
            allowed = 1e-12 * np.abs(b)
        error = np.abs(a - b) / allowed
        if error.max() > 1:
            wrong.append(f"{name}: {error.max():.1f} times what is allowed")
    return wrong + diagnostics(result, found["udg"], period)


def printed(value: float | None, text: str, decimals: int) -> bool:
    """Whether a value is what was printed, to its last digit; ties as close as it was rounded."""
    if "*" in text:
        return True  # too wide for its field
    if value is None:
        return False
    half = 0.5 * 10.0**-decimals
    return abs(float(text) - value) <= half * (1 + 1e-6) + 1e-10 * abs(value)


def diagnostics(result: pm.X11, udg: dict[str, str], period: int) -> list[str]:
    """Every diagnostic that is not what the binary printed."""
    q, choice = result.quality, result.choices
    wrong: list[str] = []

    def check(key: str, value: float | None, decimals: int, place: int = 0) -> None:
        if key in udg and not printed(value, udg[key].split()[place], decimals):
            wrong.append(f"{key}: {value} is not {udg[key].split()[place]}")

    for number, value in enumerate(q.m, 1):
        key = f"f3.m{number:02d}"
        if (value is None) != (key not in udg):
            wrong.append(f"{key}: {value}")
        elif value is not None:
            check(key, value, 3)
    check("f3.q", q.q, 2)
    check("f3.qm2", q.q_without_m2, 2)
    check("f3.fail", q.failed, 0)
    check("f2.ic", q.ic, 2)
    check("f2.is", q.i_s, 2)
    check("f2.mcd", q.mcd, 0)
    tests = {
        "f2.fsb1": (q.stable_b1, 3, 100, 2),
        "f2.fsd8": (q.stable_d8, 3, 100, 2),
        "f2.kw": (q.kruskal_wallis, 3, 100, 2),
        "f2.msf": (q.moving, 3, 100, 2),
        "d11.f": (q.residual, 5, 100, 5),
        "d11.3y.f": (q.residual_recent, 5, 100, 5),
        "qsori": (q.qs_original, 5, 1, 5),
        "qssadj": (q.qs_adjusted, 5, 1, 5),
        "qsirr": (q.qs_irregular, 5, 1, 5),
    }
    for key, (test, digits, unit, p_digits) in tests.items():
        check(key, None if test is None else test.statistic, digits)
        if (
            test is None or test.statistic <= 40
        ):  # above, the binary may print 0 for what it did not compute
            check(key, None if test is None else unit * test.p_value, p_digits, 1)
    if (udg["f2.idseasonal"] == "yes") != (q.identifiable != "no"):
        wrong.append(f"f2.idseasonal: {q.identifiable}")
    for place, value in enumerate(q.ic_by_span):
        check("f2.e", value, 2, place)
    for place, value in enumerate(q.durations):
        check("f2.d", value, 2, place)
    for place, value in enumerate(q.variances):
        check("f2.f", 100 * value, 2, place)
    for span in range(period):
        for place, values in enumerate(q.changes.values()):
            text = udg[f"f2.a{span + 1:02d}"].split()[place]
            size = math.floor(math.log10(max(abs(float(text)), 1e-9)))
            if (
                not printed(values[span], text, 7 - size)
                and abs(values[span] - float(text)) > 1e-13
            ):
                wrong.append(f"f2.a{span + 1:02d}: {values[span]} is not {text}")
    return wrong + filters(choice, udg)


def filters(choice: dict[str, Any], udg: dict[str, str]) -> list[str]:
    """Every choice of a filter that is not the binary's."""
    wrong: list[str] = []
    seasonal = choice["seasonal"]
    chosen = {seasonal} if isinstance(seasonal, str) else set(seasonal.values())
    if "sfmsr" in udg and udg["sfmsr"] not in chosen:
        wrong.append(f"sfmsr: {seasonal} is not {udg['sfmsr']}")
    for key, table in (("finaltrendma", "D12"), ("d7trendma", "D7")):
        if key in udg and int(udg[key]) != choice[table][0]:
            wrong.append(f"{key}: {choice[table][0]} is not {udg[key]}")
    tried = [udg[key] for key in sorted(udg) if key.startswith("autosf.msr")]
    if len(tried) != len(choice["msr"]):
        wrong.append(f"msr: {choice['msr']} is not {tried}")
    for value, text in zip(choice["msr"], tried, strict=False):
        if not printed(value, text, 2):
            wrong.append(f"msr: {value} is not {text}")
    return wrong
