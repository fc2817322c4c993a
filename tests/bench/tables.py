"""The workloads of long tables: lags by the calendar where a twentieth of the rows is absent.

The peers are the ways that are right: a join of the table with itself a year before, and a RANGE
window in SQL. Lags by rows (`groupby().pct_change()`, `.over()`, `lag()`) are wrong in nearly half
of the values and have no row here.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
from harness import Fact, Workload

import paimana as pm

SPEC = pm.panel(keys="key", time="month", freq="M")
TWO = pm.panel(keys=["country", "product"], time="month", freq="M")
MONTHS = 240


def columns(series: int, seed: int = 0) -> dict[str, np.ndarray]:
    """A long table in order: series by 240 months, five per cent of the rows absent."""
    rng = np.random.default_rng(seed)
    kept = np.flatnonzero(rng.random(series * MONTHS) >= 0.05)
    month = np.datetime64("2000-01", "M") + kept % MONTHS
    return {
        "key": kept // MONTHS,
        "month": month.astype("M8[us]"),
        "value": rng.uniform(50, 150, len(kept)),
    }


def texts(numbers: np.ndarray) -> pd.Series:
    """Keys as texts."""
    names = pd.Series([f"series {number:05d}" for number in range(int(numbers.max()) + 1)])
    return names.take(numbers).reset_index(drop=True)


def merged(table: pd.DataFrame, keys: tuple[str, ...] = ("key",)) -> pd.Series:
    """The self-merge of pandas: months as ordinals, the table joined with itself a year before."""
    month = table["month"].dt.year * 12 + table["month"].dt.month
    now = table[[*keys, "value"]].assign(month=month)
    base = now.assign(month=month + 12)
    base = now.merge(base, on=[*keys, "month"], how="left", suffixes=("", "_base"))["value_base"]
    return 100.0 * ((now["value"] - base) / base)


def joined(table: pl.DataFrame) -> pl.Series:
    """The self-join of Polars."""
    base = table.select("key", pl.col("month").dt.offset_by("1y"), base="value")
    found = table.join(base, on=["key", "month"], how="left", maintain_order="left")
    return found.select(100.0 * ((pl.col("value") - pl.col("base")) / pl.col("base"))).to_series()


def ranged(table: Any, threads: int = 1) -> np.ndarray:
    """The RANGE window of DuckDB, in the order of the rows."""
    import duckdb

    with duckdb.connect(config={"threads": threads}) as connection:
        connection.register("source", table)
        rates = connection.sql("""
            with numbered as (select *, row_number() over () as place from source),
            found as (select place, value, first_value(value) over (
                partition by key order by month
                range between interval 1 year preceding and interval 1 year preceding) as base
            from numbered)
            select 100.0 * ((value - base) / base) as rate from found order by place
        """).fetchnumpy()["rate"]
    return np.ma.filled(rates, np.nan)


def fiscal(table: pd.DataFrame) -> pd.Series:
    """The fiscal year to date from July on as pandas has it, missing after an absent month."""
    ordinal = table["month"].dt.year * 12 + table["month"].dt.month - 7
    groups = table.groupby(["key", ordinal // 12], observed=True)["value"]
    whole = groups.cumcount() == ordinal % 12
    return groups.cumsum().where(whole)


def shared(table: pd.DataFrame) -> pd.Series:
    """The share of the total of the month, as pandas has it."""
    return 100.0 * table["value"] / table.groupby("month")["value"].transform("sum")


def workloads(quick: bool) -> Iterator[Workload | Fact]:
    """All of them."""
    yield from ordinary(500 if quick else 5_000)
    yield from large(1_000 if quick else 20_000_000 * 20 // (19 * MONTHS))


def ordinary(series: int) -> Iterator[Workload]:
    """5,000 series by 240 months in each library, with keys of each kind."""
    made = columns(series)
    numbers = pd.DataFrame(made)
    named = numbers.assign(key=texts(made["key"]))
    double = numbers.assign(country=made["key"] // 50, product=made["key"] % 50)
    kinds = {"text": named, "category": named.astype({"key": "category"}), "integer": numbers}
    for kind, table in kinds.items():
        yield Workload(
            f"growth on a year before, long table {series:,} x {MONTHS}, 5 % absent, {kind} keys",
            lambda table=table: SPEC.yoy(table, "value"),
            {
                "pandas self-merge": lambda table=table: merged(table),
                "duckdb RANGE": lambda table=table: ranged(table),
            },
            {"pandas self-merge": 8, "duckdb RANGE": 60},
            repeat=5,
        )
        frame = pl.from_pandas(table)
        yield Workload(
            f"the same in Polars, {kind} keys",
            lambda frame=frame: SPEC.yoy(frame, "value"),
            {"polars self-join": lambda frame=frame: joined(frame)},
            {"polars self-join": 60},
            repeat=5,
        )
        rows = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        yield Workload(
            f"the same in Arrow, {kind} keys",
            lambda rows=rows: SPEC.yoy(rows, "value"),
            {"duckdb RANGE": lambda rows=rows: ranged(rows)},
            {"duckdb RANGE": 60},
            repeat=5,
        )
        yield Workload(
            f"fiscal year to date, long table {series:,} x {MONTHS}, {kind} keys",
            lambda table=table: SPEC.ytd(table, "value", year_start="JUL"),
            {"pandas": lambda table=table: fiscal(table)},
            {"pandas": 25},
            repeat=5,
        )
        yield Workload(
            f"share of the month's total, long table {series:,} x {MONTHS}, {kind} keys",
            lambda table=table: SPEC.share(table, "value", within="month"),
            {"pandas": lambda table=table: shared(table)},
            repeat=5,
        )
    yield Workload(
        f"growth on a year before, long table {series:,} x {MONTHS}, 5 % absent, two integer keys",
        lambda: TWO.yoy(double, "value"),
        {"pandas self-merge": lambda: merged(double, ("country", "product"))},
        repeat=5,
    )


def large(series: int) -> Iterator[Workload | Fact]:
    """20 million rows, sorted and shuffled, and the memory that they take."""
    table = pd.DataFrame(columns(series))
    size = f"{len(table) / 1e6:.3g} million rows"
    for kind in ("integer", "category"):
        if kind == "category":
            names = [f"series {number:05d}" for number in range(series)]
            table["key"] = pd.Categorical.from_codes(table["key"].to_numpy(np.int32), names)
        for order, goal in (("sorted", 14), ("shuffled", 3)):
            here = table
            if order == "shuffled":
                here = table.sample(frac=1, random_state=1, ignore_index=True)
            yield Workload(
                f"growth on a year before, {size}, {kind} keys, {order}",
                lambda here=here: SPEC.yoy(here, "value"),
                {"duckdb RANGE": lambda here=here: ranged(here)},
                {"duckdb RANGE": goal},
                repeat=3,
            )
    del table, here
    held = f"Most memory held while {size} are measured, as multiples of the table"
    yield Fact(held, lambda: [f"{held}: {peak(series)}."])


PROBE = """
import resource, sys
sys.path.insert(0, {here!r})
import numpy as np, pandas as pd
from tables import SPEC, columns

def resident():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024

def warm():
    SPEC.yoy(pd.DataFrame(columns(10)), "value")

warm()
table = pd.DataFrame(columns({series}))
if {shuffled}:
    table = table.sample(frac=1, random_state=1, ignore_index=True)
size = int(table.memory_usage(index=False).sum())
before = resident()
open("/proc/self/clear_refs", "w").write("5")
SPEC.yoy(table, "value")
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        peak = int(line.split()[1]) * 1024
print((peak - before + size) / size)
"""


def peak(series: int) -> str:
    """The most memory that a call holds, the table among it, as a multiple of the table (Linux)."""
    if not Path("/proc/self/clear_refs").exists():
        return "not measured on this system"
    found = []
    for order in ("sorted", "shuffled"):
        code = PROBE.format(
            here=str(Path(__file__).parent), series=series, shuffled=order == "shuffled"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        if done.returncode:
            return f"not measured: {done.stderr.strip().splitlines()[-1]}"
        found.append(f"{float(done.stdout):.2f} {order}")
    return ", ".join(found) + " (goal: at most 3)"
