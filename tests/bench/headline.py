"""The workloads of the headline indicators and their peers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import bottleneck as bn
import numpy as np
import pandas as pd
import polars as pl
from harness import Workload

import paimana as pm


def numpy_growth(x: np.ndarray, lag: int, out: np.ndarray | None = None) -> np.ndarray:
    """Growth as one writes it with care for speed in NumPy (it knows no rule for the base)."""
    out = np.empty_like(x) if out is None else out
    out[:lag] = np.nan
    base, rest = x[:-lag], out[lag:]
    np.subtract(x[lag:], base, out=rest)
    np.divide(rest, base, out=rest)
    np.multiply(rest, 100.0, out=rest)
    return out


def numpy_rule(x: np.ndarray, lag: int) -> np.ndarray:
    """The same with missing values for bases that are not positive, as a NumPy expression."""
    out = np.full(x.shape, np.nan)
    base = x[:-lag]
    np.divide(100.0 * (x[lag:] - base), base, out=out[lag:], where=base > 0)
    return out


def polars_growth(s: pl.Series, lag: int) -> pl.Series:
    base = s.shift(lag)
    return (s - base) / base * 100.0


def numpy_ytd(x: np.ndarray) -> np.ndarray:
    """The year to date of whole years, by a table of years and months."""
    return np.cumsum(x.reshape(-1, 12, x.shape[1]), axis=1).reshape(x.shape)


def workloads(quick: bool) -> Iterator[Workload]:
    """All of them, made one after the other so that memory is freed."""
    n = 100_000 if quick else 10_000_000
    rng = np.random.default_rng(1)
    x = rng.uniform(50, 150, n)
    out, scratch = np.empty_like(x), np.empty_like(x)
    series, column = pd.Series(x), pl.Series(x)
    size = f"{n:.0e}".replace("e+0", "e")
    yield Workload(
        f"growth, {size} values, new array",
        lambda: pm.growth(x, 12),
        {
            "numpy": lambda: numpy_growth(x, 12),
            "polars": lambda: polars_growth(column, 12),
            "pandas": lambda: series.pct_change(12) * 100,
        },
        {"numpy": 1.1, "polars": 1.4, "pandas": 3},
    )
    yield Workload(
        f"growth, {size} values, `out=`",
        lambda: pm.growth(x, 12, out=out),
        {
            "polars": lambda: polars_growth(column, 12),
            "pandas": lambda: series.pct_change(12) * 100,
            "numpy, `out=`": lambda: numpy_growth(x, 12, scratch),
        },
        {"polars": 3.5, "pandas": 9},
    )
    yield Workload(
        "the same against copying the array (`np.copyto`), the limit of memory",
        lambda: pm.growth(x, 12, out=out),
        {"copy": lambda: np.copyto(scratch, x)},
        {"copy": 0.85},
        checked=False,
    )
    yield Workload(
        f"rolling mean of 12, {size} values",
        lambda: pm.rolling_mean(x, 12),
        {
            "polars": lambda: column.rolling_mean(12),
            "pandas": lambda: series.rolling(12).mean(),
            "bottleneck (drifts)": lambda: bn.move_mean(x, 12),
        },
        {"polars": 2.5},
        repeat=9,
        tolerance=1e-10,
    )
    columns = n // 1_000
    wide = x[: 600 * columns].reshape(600, columns)
    tall = np.asfortranarray(wide)
    for order, table in (("C", wide), ("Fortran", tall)):
        frame = pd.DataFrame(table, copy=False)
        yield Workload(
            f"growth, {table.shape[0]} x {table.shape[1]}, {order} order",
            lambda table=table: pm.growth(table, 12),
            {
                "numpy": lambda table=table: numpy_growth(table, 12),
                "pandas": lambda frame=frame: frame.pct_change(12) * 100,
            },
            {"numpy": 1.1, "pandas": 3},
        )
    flow = np.ascontiguousarray(wide[:, : (200 if not quick else 20)])
    flow_frame = pd.DataFrame(flow, index=pd.period_range("1970-01", periods=len(flow), freq="M"))
    yield Workload(
        f"fiscal year to date, frame of {flow.shape[0]} x {flow.shape[1]}",
        lambda: pm.ytd(flow_frame),
        {
            "pandas": lambda: flow_frame.groupby(flow_frame.index.year).cumsum(),
            "numpy (whole years only)": lambda: numpy_ytd(flow),
        },
    )
    yield from calls()
    yield from importing()


def calls() -> Iterator[Workload]:
    """One call on 300 values, the size of a monthly series."""
    small = np.random.default_rng(2).uniform(50, 150, 300)
    yield Workload(
        "one call on 300 values, array",
        lambda: pm.growth(small, 12),
        {"numpy": lambda: numpy_rule(small, 12)},
        {"numpy": 1.0},
        inner=2_000,
    )
    months = pd.period_range("2000-01", periods=300, freq="M")
    indices = {
        "RangeIndex": pd.RangeIndex(300),
        "PeriodIndex": months,
        "DatetimeIndex": months.to_timestamp(),
    }
    for name, index in indices.items():
        series = pd.Series(small, index=index)
        yield Workload(
            f"one call on 300 values, pandas {name}",
            lambda series=series: pm.growth(series, 12),
            {"pandas": lambda series=series: series.pct_change(12) * 100},
            {"pandas": 4.0},
            inner=500,
        )
    column = pl.Series(small)
    yield Workload(
        "one call on 300 values, Polars",
        lambda: pm.growth(column, 12),
        {"polars": lambda: polars_growth(column, 12)},
        inner=500,
    )


def importing() -> Iterator[Workload]:
    """Starting Python with paimana, and with NumPy and a pause of 50 ms: the most it may cost."""

    def start(code: str) -> None:
        # As packages are installed, with their byte code, whatever the shell says of that.
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)

    yield Workload(
        "`import paimana` against `import numpy` and 50 ms",
        lambda: start("import paimana"),
        {"numpy + 50 ms": lambda: start("import numpy, time; time.sleep(0.05)")},
        {"numpy + 50 ms": 1.0},
        checked=False,
    )
