"""Week after week: a release together with the ones before it."""

from __future__ import annotations

import json
from typing import Any

from paimana._core import audit as core
from paimana.release.file import Release

__all__ = ["join"]


def join(release: Release, previous: list[Release]) -> tuple[Release, tuple[str, ...]]:
    """Put a release together with earlier ones: their figures, restated items, and cumulatives.

    An item printed in several releases counts with its latest value; a value that differs from the
    one before is restated. Where a span printed now begins with a span printed before and the
    period between is printed too, the longer one is their total.
    """
    tree = release.to_dict()
    now = _by_key(release)
    restated: list[str] = []
    earlier: dict[tuple[Any, ...], dict[str, Any]] = {}
    for before in previous:
        for key, figure in _by_key(before).items():
            if key in earlier and _shown(earlier[key]) != _shown(figure):
                restated.append(_restated(key, earlier[key], figure))
            earlier[key] = figure
    for key, figure in earlier.items():
        if key not in now:
            tree["figure"].append({**figure, "id": f"earlier {figure['item']}"})
        elif _shown(now[key]) != _shown(figure):
            restated.append(_restated(key, figure, now[key]))
    keys = {key: figure["item"] for key, figure in (earlier | now).items()}
    for (concept, first, last, *rest), whole in keys.items():
        for (other, start, middle, *kind), part in keys.items():
            step = keys.get((concept, middle + 1, last, *rest))
            same = other == concept and kind == rest and start == first and middle < last
            if same and step is not None and (whole in {f["item"] for f in now.values()}):
                claim = {"kind": "total", "of": whole, "parts": [part, step]}
                tree["claim"].append({**claim, "id": f"{whole} extends {part} by {step}"})
    return Release(json.dumps(tree).encode(), "tree", release.name), tuple(restated)


def _by_key(release: Release) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Figures by what they are: concept, months, rate and vintage, unit, declarations."""
    head = release.to_dict()["release"]
    periods = [figure["item"].partition("@")[2] for figure in release.figures]
    spans = core.spans(periods, head.get("year_start", "1"))
    out: dict[tuple[Any, ...], dict[str, Any]] = {}
    for figure, period, (first, last) in zip(release.figures, periods, spans, strict=True):
        suffix = period[
            min([i for i in (period.find(":"), period.find("#")) if i >= 0] or [len(period)]) :
        ]
        declared = {
            name: figure.get(name, head.get(name))
            for name in ("unit", "measure", "prices", "adjustment", "rounding", "trailing_zeros")
        }
        full = {**figure, **{k: v for k, v in declared.items() if v is not None}}
        full.pop("id", None)
        key = (figure["item"].partition("@")[0], first, last, suffix, declared["unit"])
        key = (*key, declared["prices"], declared["adjustment"])
        out.setdefault(key, full)
    return out


def _shown(figure: dict[str, Any]) -> tuple[str, str]:
    return figure["value"], figure.get("scale", "one")


def _restated(key: tuple[Any, ...], old: dict[str, Any], new: dict[str, Any]) -> str:
    was, is_now = (" ".join(part for part in _shown(f) if part != "one") for f in (old, new))
    return f"{new['item']} was {was}, is now {is_now}, not mentioned."
