"""Week after week: a release together with the ones before it."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from paimana._core import audit as core
from paimana.release.file import Release

__all__ = ["join"]

Key = tuple[Any, ...]


def join(release: Release, previous: list[Release]) -> tuple[Release, tuple[str, ...]]:
    """Put a release together with earlier ones: their figures, restated items, and cumulatives.

    An item printed in several releases counts with its latest value; one that no longer agrees
    with the one before, in whatever scale, is restated. Where a span printed now begins with a span
    printed before and the period between is printed too, the longer one is their total.
    """
    tree = release.to_dict()
    year_start = tree["release"].get("year_start", "1")
    now, printed = _by_key(release, year_start)
    restated: list[str] = []
    earlier: dict[Key, dict[str, Any]] = {}
    latest: dict[Key, dict[str, Any]] = {}
    for before in previous:
        figures, shown = _by_key(before, year_start)
        for key, figure in figures.items():
            if key in earlier and not _agree(latest[key], shown[key]):
                restated.append(_restated(earlier[key], figure))
            earlier[key], latest[key] = figure, shown[key]
    for key, figure in earlier.items():
        if key not in now:
            tree["figure"].append({**figure, "id": f"earlier {figure['item']}"})
        elif not _agree(latest[key], printed[key]):
            restated.append(_restated(figure, now[key]))
    own = {figure["item"] for figure in now.values()}
    keys = {key: figure["item"] for key, figure in (earlier | now).items()}
    for (concept, first, last, *rest), whole in keys.items():
        for (other, start, middle, *kind), part in keys.items():
            step = keys.get((concept, middle + 1, last, *rest))
            same = other == concept and kind == rest and start == first and middle < last
            if same and step is not None and whole in own:
                claim = {"kind": "total", "of": whole, "parts": [part, step]}
                tree["claim"].append({**claim, "id": f"{whole} extends {part} by {step}"})
    return Release(json.dumps(tree).encode(), "tree", release.name), tuple(restated)


def _by_key(
    release: Release, year_start: str
) -> tuple[dict[Key, dict[str, Any]], dict[Key, dict[str, Any]]]:
    """Figures by what they are (concept, months, rate and vintage, unit, declarations), and prints.

    Items are named for a release whose fiscal year begins in `year_start`.
    """
    head = release.to_dict()["release"]
    names = [figure["item"].partition("@") for figure in release.figures]
    ends = [min(at for at in (p.find(":"), p.find("#"), len(p)) if at >= 0) for *_, p in names]
    periods = [period[:end] for (*_, period), end in zip(names, ends, strict=True)]
    spans = core.spans(periods, head.get("year_start", "1"))
    there = core.spans(periods, year_start)
    prints = json.loads(core.figures(*release.source()))
    figures: dict[Key, dict[str, Any]] = {}
    shown: dict[Key, dict[str, Any]] = {}
    for i, figure in enumerate(release.figures):
        (concept, _, period), span = names[i], spans[i]
        suffix = period[ends[i] :]
        declared = {
            name: figure.get(name, head.get(name))
            for name in ("unit", "measure", "prices", "adjustment", "rounding", "trailing_zeros")
        }
        if ":" in suffix or declared["measure"] == "rate":
            declared["unit"] = figure.get("unit")  # the unit of amounts is not that of rates
        full = {**figure, **{k: v for k, v in declared.items() if v is not None}}
        full.pop("id", None)
        if span != there[i]:
            # FY24 of another fiscal year: its months say what is meant.
            full["item"] = f"{concept}@{_month(span[0])}..{_month(span[1])}{suffix}"
        key = (concept, *span, suffix.lower(), declared["unit"])
        key = (*key, declared["prices"], declared["adjustment"])
        figures.setdefault(key, full)
        shown.setdefault(key, prints[i])
    return figures, shown


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two prints can be of one number: the finer one lies in the interval of the other."""
    return _holds(one, other) or _holds(other, one)


def _holds(wide: dict[str, Any], fine: dict[str, Any]) -> bool:
    """Whether the interval of one print holds the value of another."""
    value, factor, interval = Fraction(fine["value"]), Fraction(wide["factor"]), wide["interval"]
    for end, sign in (("low", 1), ("high", -1)):
        if interval[end] is not None:
            inside = sign * (value - Fraction(interval[end]) * factor)
            if inside < 0 or (inside == 0 and interval[f"{end}_open"]):
                return False
    return True


def _restated(old: dict[str, Any], new: dict[str, Any]) -> str:
    was, is_now = (
        figure["value"] + (f" {figure['scale']}" if figure.get("scale", "one") != "one" else "")
        for figure in (old, new)
    )
    return f"{new['item']} was {was}, is now {is_now}, not mentioned."
