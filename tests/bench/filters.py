"""The workloads of the trend filters and their peers; those not installed are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import numpy as np
from harness import Workload

import paimana as pm


def peer(module: str) -> Any:
    """A package, or None where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        return None


def available(peers: dict[str, tuple[Any, Callable[[], Any]]]) -> dict[str, Callable[[], Any]]:
    """The calls of the peers that are installed."""
    return {name: call for name, (package, call) in peers.items() if package is not None}


def bands(n: int, lamb: float) -> np.ndarray:
    """I + lambda D'D as scipy's solver takes it."""
    upper = np.zeros((3, n))
    upper[2] = 1 + 6 * lamb
    upper[2, [0, -1]], upper[2, [1, -2]] = 1 + lamb, 1 + 5 * lamb
    upper[1, 1:] = -4 * lamb
    upper[1, 1] = upper[1, -1] = -2 * lamb
    upper[0, 2:] = lamb
    return upper


def trend_of_level(api: Any, y: np.ndarray, lamb: float) -> np.ndarray:
    """The one-sided trend by an unobserved-components model, filtered."""
    model = api.UnobservedComponents(y, "lltrend", use_exact_diffuse=True)
    return model.filter([1.0, 1e-12, 1 / lamb]).filtered_state[0]


def workloads(quick: bool) -> Iterator[Workload]:
    """One after the other, so that memory is freed."""
    rng = np.random.default_rng(3)
    linalg, filters = peer("scipy.linalg"), peer("statsmodels.tsa.filters.api")
    quantecon, stl_rs = peer("quantecon"), peer("stl_rs")
    structural = peer("statsmodels.tsa.statespace.structural")
    count, long = (40, 1_000) if quick else (1_000, 100_000)

    x = np.cumsum(rng.normal(size=long))
    upper = bands(long, 1600.0)
    yield Workload(
        f"HP filter, T = {long:,}",
        lambda: pm.hp_filter(x, 1600).trend,
        available(
            {
                "scipy banded": (linalg, lambda: linalg.solveh_banded(upper, x)),
                "statsmodels": (filters, lambda: filters.hpfilter(x, 1600)[1]),
            }
        ),
        {"scipy banded": 4.5, "statsmodels": 45},
        tolerance=1e-9,
    )
    table = np.cumsum(rng.normal(size=(300, count)), axis=0)
    narrow = bands(300, 1600.0)

    def hp_by_column() -> np.ndarray:
        columns = range(table.shape[1])
        return np.column_stack([filters.hpfilter(table[:, j], 1600)[1] for j in columns])

    yield Workload(
        f"HP filter, {count:,} series x 300",
        lambda: pm.hp_filter(table, 1600).trend,
        available(
            {
                "scipy, one factorisation": (linalg, lambda: linalg.solveh_banded(narrow, table)),
                "statsmodels": (filters, hp_by_column),
            }
        ),
        {"scipy, one factorisation": 15, "statsmodels": 1000},
        tolerance=1e-9,
        inner=5,
    )
    short = table[:200, 0].copy()
    yield Workload(
        "one-sided HP filter, T = 200",
        lambda: pm.one_sided_hp_filter(short, 1600).trend,
        available(
            {
                "statsmodels unobserved components": (
                    structural,
                    lambda: trend_of_level(structural, short, 1600.0),
                )
            }
        ),
        {"statsmodels unobserved components": 150},
        tolerance=1e-5,
        inner=100,
    )

    def hamilton_by_column() -> np.ndarray:
        columns = range(table.shape[1])
        found = [quantecon.hamilton_filter(table[:, j], 8, 4)[0].ravel() for j in columns]
        return np.column_stack(found)

    yield Workload(
        f"Hamilton filter, {count:,} series x 300",
        lambda: pm.hamilton_filter(table, 8, 4).cycle,
        available({"quantecon": (quantecon, hamilton_by_column)}),
        {"quantecon": 8},
        tolerance=1e-8,
        inner=5,
    )
    walk = np.cumsum(rng.normal(size=1_000))
    yield Workload(
        "Christiano-Fitzgerald filter, T = 1,000",
        lambda: pm.cf_filter(walk, 6, 32).cycle,
        available({"statsmodels": (filters, lambda: filters.cffilter(walk, 6, 32)[0])}),
        {"statsmodels": 150},
        tolerance=1e-9,
        inner=3,
    )
    seasonal = 100 + np.cumsum(rng.normal(size=(240, count)), axis=0)
    seasonal += 5 * np.sin(np.arange(240) * np.pi / 6)[:, None]
    columns = [seasonal[:, j].copy() for j in range(count)]
    for robust in (False, True):

        def stl_by_column(robust: bool = robust) -> np.ndarray:
            fits = [stl_rs.STL(c, period=12, robust=robust).fit() for c in columns]
            return np.column_stack([np.asarray(fit.trend) for fit in fits])

        yield Workload(
            f"STL{', robust' if robust else ''}, {count:,} series x 240",
            lambda robust=robust: pm.stl(seasonal, 12, robust=robust).trend,
            available({"stl-rs": (stl_rs, stl_by_column)}),
            {"stl-rs": 10},
            tolerance=1e-9,
            repeat=3,
        )
