"""How often the audit detects a slip injected into a printed figure or rate of a sound release.

The releases are the sound ones of tests/oracles, under rates from unrounded values; a slip counts
as detected if the release no longer holds together. Only entries that the rest bounds
on both sides can betray a slip, so those are disturbed, each as often as any other. Since the
verdict is exact, the rates say how tightly these releases check themselves. Run as a script:

    python tests/bench/detection.py [--slips N]
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
from pathlib import Path

import paimana as pm
from paimana._core import audit as core

FOLDER = Path(__file__).resolve().parents[1] / "oracles" / "releases"
GOALS = {"wrong digit": 92, "transposition": 91, "unit slip": 92, "wrong last digit": 65}


def places(text):
    """Where the digits stand."""
    return [i for i, c in enumerate(text) if c.isdigit()]


def digit(text, rng, at=None):
    """Another digit at a place; not a leading zero."""
    at = rng.choice(places(text)) if at is None else at
    choices = [
        d for d in "0123456789" if d != text[at] and not (d == "0" and at == places(text)[0])
    ]
    return text[:at] + rng.choice(choices) + text[at + 1 :]


def transposed(text, rng):
    """Two unequal neighbouring digits exchanged; None if there are none."""
    spots = places(text)
    pairs = [(a, b) for a, b in itertools.pairwise(spots) if text[a] != text[b]]
    pairs = [(a, b) for a, b in pairs if not (a == spots[0] and text[b] == "0")]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    letters = list(text)
    letters[a], letters[b] = letters[b], letters[a]
    return "".join(letters)


def disturbed(tree, entry, kind, rng):
    """A copy of a release with one slip in an entry; None where it has no place for one."""
    tree = json.loads(json.dumps(tree))
    entry = next(e for e in [*tree["figure"], *tree["claim"]] if e["id"] == entry)
    text = entry["value"]
    if kind == "unit slip":
        scales = ["one", "thousand", "million", "billion", "trillion"]
        scale = entry.get("scale", "one")
        if "item" not in entry:
            return None
        if scale in scales:
            at = scales.index(scale)
            near = [s for s in (at - 1, at + 1) if 0 <= s < len(scales)]
            entry["scale"] = scales[rng.choice(near)]
        else:
            entry["scale"] = {"crore": "lakh", "lakh crore": "crore"}[scale]
        return tree
    new = {
        "wrong digit": lambda: digit(text, rng),
        "transposition": lambda: transposed(text, rng),
        "wrong last digit": lambda: digit(text, rng, places(text)[-1]),
    }[kind]()
    if new is None:
        return None
    entry["value"] = new
    return tree


def rates(number, seed=1):
    """The share of slips detected, per kind, in per cent."""
    rng = random.Random(seed)
    pool = []
    for file in sorted(FOLDER.glob("*.toml")):
        tree = pm.Release.from_toml(file).to_dict()
        for i, e in enumerate([*tree["figure"], *tree["claim"]]):
            e["id"] = f"e{i}"
        found = pm.audit(tree)
        if found.verdict == "inconsistent":
            continue
        kinds = {r["id"]: r["kind"] for r in found.claim_rows}
        rows = {r["id"]: (r["rest_low"], r["rest_high"]) for r in found.claim_rows if r["printed"]}
        items = {r.item: (r.rest_low, r.rest_high) for r in found.implied_rows}
        # "Nine months" is a relation of P09, written as a ratio; nobody printed its digits.
        rows = {i: ends for i, ends in rows.items() if kinds[i] != "multiple"}
        rows |= {e["id"]: items[e["item"]] for e in tree["figure"]}
        pool += [(tree, entry) for entry, ends in rows.items() if None not in ends]
    out = {}
    for kind in GOALS:
        detected = tried = 0
        while tried < number:
            slip = disturbed(*rng.choice(pool), kind, rng)
            if slip is None:
                continue
            tried += 1
            try:
                verdict = core.decide(json.dumps(slip).encode(), "tree", 10.0)
            except ValueError:  # a base that became zero: refused, and so detected
                verdict = "inconsistent"
            detected += verdict != "unrounded"
        out[kind] = 100 * detected / tried
    return out


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--slips", type=int, default=2000)
    found = rates(parser.parse_args().slips)
    for kind, rate in found.items():
        print(f"{kind:<18}{rate:6.1f} %   goal {GOALS[kind]} %")
    return int(any(rate < GOALS[kind] for kind, rate in found.items()))


if __name__ == "__main__":
    sys.exit(main())
