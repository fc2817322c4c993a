"""The audit's twin: a release read into inequalities, and a plain simplex over `fractions`.

Slow and obvious. It knows the kinds growth, change, share, multiple, total and at_least, and the
hypothesis that rates come from unrounded values.
"""

from __future__ import annotations

import itertools
import tomllib
from fractions import Fraction
from pathlib import Path

SCALES = {
    "one": Fraction(1),
    "thousand": Fraction(10**3),
    "million": Fraction(10**6),
    "crore": Fraction(10**7),
    "billion": Fraction(10**9),
    "trillion": Fraction(10**12),
    "lakh crore": Fraction(10**12),
    "percent": Fraction(1, 100),
}


def interval(text, scale):
    """[v - u/2, v + u/2]."""
    digits = text.replace(",", "")
    value = Fraction(digits) * scale
    unit = Fraction(1, 10 ** len(digits.partition(".")[2])) * scale
    return value - unit / 2, value + unit / 2


def read(release):
    """Items, and for each entry its inequalities: a form that is at most a bound."""
    items = {}

    def var(name):
        return items.setdefault((name.lstrip("-"), None), len(items))

    def atmost(form, bound):
        return form, bound

    entries = []
    for figure in release["figure"]:
        low, high = interval(figure["value"], SCALES[figure.get("scale", "one")])
        x = var(figure["item"])
        entries.append([atmost({x: Fraction(1)}, high), atmost({x: Fraction(-1)}, -low)])
    for claim in release["claim"]:
        kind, x = claim["kind"], var(claim["of"])
        if kind in ("growth", "share", "multiple"):
            scale = SCALES["one" if kind == "multiple" else "percent"]
            low, high = interval(claim["value"], scale)
            add = 1 if kind == "growth" else 0
            y = var(claim["base"])
            rows = [
                atmost({x: Fraction(1), y: -(high + add)}, Fraction(0)),
                atmost({x: Fraction(-1), y: low + add}, Fraction(0)),
            ]
        elif kind == "change":
            low, high = interval(claim["value"], SCALES[claim.get("scale", "one")])
            y = var(claim["base"])
            rows = [
                atmost({x: Fraction(1), y: Fraction(-1)}, high),
                atmost({x: Fraction(-1), y: Fraction(1)}, -low),
            ]
        elif kind == "at_least":
            rows = [atmost({var(claim["base"]): Fraction(1), x: Fraction(-1)}, Fraction(0))]
        elif kind == "total":
            form = {x: Fraction(1)}
            for part in claim["parts"]:
                form[var(part)] = Fraction(1 if part.startswith("-") else -1)
            rows = [
                atmost(form, Fraction(0)),
                atmost({i: -c for i, c in form.items()}, Fraction(0)),
            ]
        else:
            raise ValueError(kind)
        entries.append(rows)
    return len(items), entries


def load(path: Path):
    """A TOML release as the pair of `read`."""
    release = tomllib.loads(path.read_text())
    return read({"figure": release.get("figure", []), "claim": release.get("claim", [])})


def feasible(n, rows):
    """Phase one: x = p - q, a slack a row, an artificial where the bound is negative."""
    m = len(rows)
    if m == 0:
        return True
    width = 2 * n + m
    table, basis, artificial = [], [], []
    for i, (form, bound) in enumerate(rows):
        sign = -1 if bound < 0 else 1
        line = [Fraction(0)] * width
        for x, c in form.items():
            line[x] += sign * c
            line[n + x] -= sign * c
        line[2 * n + i] = Fraction(sign)
        table.append([*line, sign * bound])
        basis.append(2 * n + i)
        if sign < 0:
            artificial.append(i)
    for k, i in enumerate(artificial):
        for j, line in enumerate(table):
            line.insert(width + k, Fraction(int(i == j)))
        basis[i] = width + k
    total = width + len(artificial)
    cost = [Fraction(0)] * (total + 1)
    for i in artificial:
        for j in range(total + 1):
            cost[j] -= table[i][j]
    for k in range(len(artificial)):
        cost[width + k] = Fraction(0)
    while True:
        column = next((j for j in range(total) if cost[j] < 0), None)
        if column is None:
            return cost[-1] == 0
        ratios = [
            (line[-1] / line[column], basis[i], i)
            for i, line in enumerate(table)
            if line[column] > 0
        ]
        _, _, row = min(ratios)
        pivot = table[row][column]
        table[row] = [x / pivot for x in table[row]]
        for i, line in enumerate(table):
            if i != row and line[column]:
                factor = line[column]
                table[i] = [a - factor * b for a, b in zip(line, table[row], strict=True)]
        factor = cost[column]
        cost = [a - factor * b for a, b in zip(cost, table[row], strict=True)]
        basis[row] = column


def consistent(n, entries, without=()):
    """Whether the entries hold together, some set aside."""
    kept = [row for e, rows in enumerate(entries) if e not in without for row in rows]
    return feasible(n, kept)


def distrust(n, entries):
    """All smallest sets of entries whose removal restores consistency, by conflicts."""
    conflicts = []
    for size in itertools.count(1):
        while True:
            candidates = hitting(conflicts, size)
            broken = None
            for chosen in candidates:
                if not consistent(n, entries, chosen):
                    broken = chosen
                    break
            if broken is None:
                break
            conflicts.append(shrink(n, entries, set(broken)))
        if candidates:
            return sorted(sorted(chosen) for chosen in candidates)
    return []


def shrink(n, entries, without):
    """A minimal conflict among the entries that are left, by leaving out one after another."""
    out = set(without)
    for e in range(len(entries)):
        if e not in out and not consistent(n, entries, out | {e}):
            out.add(e)
    return frozenset(range(len(entries))) - out


def hitting(conflicts, size):
    """All sets of a size that meet every conflict."""
    found = set()

    def grow(chosen):
        left = next((c for c in conflicts if not c & chosen), None)
        if left is None:
            if len(chosen) == size or not conflicts:
                found.add(chosen)
        elif len(chosen) < size:
            for e in left:
                grow(chosen | {e})

    grow(frozenset())
    return sorted(found, key=sorted)
