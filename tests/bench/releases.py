"""The audit's workloads: deciding and diagnosing public releases, and larger systems.

The peer is the plain simplex over `fractions` of tests/reference: a release is decided or diagnosed
by both, and the answers are compared before anything is timed.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from harness import Workload

import paimana as pm
from paimana._core import audit as core

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from reference import simplex as twin  # noqa: E402

FOLDER = TESTS / "oracles" / "releases"


def wide(quantities, seed=1):
    """A release of so many quantities with twice as many claims, true to a random system."""
    rng = random.Random(seed)
    names = [f"x{i}@2024" for i in range(quantities)]
    values = [rng.randint(10**4, 10**6) for _ in names]
    figure = [
        {"item": name, "value": str(value), "trailing_zeros": "significant"}
        for name, value in zip(names, values, strict=True)
        if rng.random() < 0.8
    ]
    claim = []
    while len(claim) < 2 * quantities:
        i, j = rng.sample(range(quantities), 2)
        growth = f"{100 * (values[i] / values[j] - 1):.1f}"
        claim.append({"kind": "growth", "of": names[i], "base": names[j], "value": growth})
    return json.dumps({"release": {"rates_from": "unrounded"}, "figure": figure, "claim": claim})


def workloads(quick):
    """Decide every case; diagnose the inconsistent ones; a wide system against the clock."""
    sources = {file.stem: file.read_bytes() for file in sorted(FOLDER.glob("*.toml"))}

    def ours(name):
        return float(core.decide(sources[name], "toml", 10.0) == "unrounded")

    def theirs(name):
        return float(twin.consistent(*twin.load(FOLDER / f"{name}.toml")))

    yield Workload(
        "audit, decide the thirteen releases",
        lambda: [ours(name) for name in sources],
        {"simplex over fractions": lambda: [theirs(name) for name in sources]},
        {"simplex over fractions": 50},
        repeat=3,
    )
    for name in ("P03", "P11") if quick else ("P03", "P04", "P11"):
        yield Workload(
            f"audit, diagnose {name}",
            lambda name=name: places(name),
            {
                "simplex over fractions": lambda name=name: flat(
                    twin.distrust(*twin.load(FOLDER / f"{name}.toml"))
                )
            },
            {"simplex over fractions": 50},
            repeat=1 if name == "P04" else 3,
        )
    big = wide(300).encode()
    yield Workload(
        "audit, decide 300 quantities and 600 claims",
        lambda: float(core.decide(big, "tree", 60.0) == "unrounded"),
        {},
        repeat=3,
    )


def places(name):
    """The smallest sets of a release as numbers of its entries."""
    found = pm.audit(FOLDER / f"{name}.toml")
    order = {e["id"]: i for i, e in enumerate([*found._found["figures"], *found._found["claims"]])}
    return flat(sorted(sorted(order[i] for i in ids) for ids in found.distrust))


def flat(sets):
    """Sets as one list."""
    return [float(e) for ids in sets for e in ids]
