"""Exact decimals: a million values of money, as Arrow's decimal128.

The peers divide with all the digits that Arrow allows them and round to two places, or use objects
of Python; DuckDB keeps such money in 64 bits, half of what Arrow's columns take.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from harness import Workload

import paimana as pm

CENT = Decimal("0.01")


def money(n, scale=2):
    """Amounts from 1,000.00 to 9,000.00 as a column of decimal128."""
    words = np.zeros((n, 2), dtype=np.int64)
    words[:, 0] = np.random.default_rng(0).integers(100_000, 900_000, n)
    return pa.Array.from_buffers(pa.decimal128(12, scale), n, [None, pa.py_buffer(words)])


class Later:
    """A peer's answer, which begins with the second period; compared as floats."""

    def __init__(self, column):
        self.column = column

    def to_numpy(self):
        column = self.column if isinstance(self.column, list) else self.column.to_pylist()
        return np.array([np.nan, *map(float, column)])


def arrow_growth(x):
    """Growth in compute functions: the dividend needs zeros for the quotient to have digits."""
    now, then = x[1:], x[:-1]
    hundred = pa.scalar(Decimal("100.0000"), pa.decimal128(7, 4))
    widened = pc.multiply(pc.subtract(now, then), hundred).cast(pa.decimal128(22, 6))
    return pc.round(pc.divide(widened, then), 2, "half_towards_infinity")


def object_growth(x):
    """Growth of Python's decimals."""
    pairs = zip(x[1:], x, strict=False)
    return [(100 * (a - b) / b).quantize(CENT, ROUND_HALF_UP) for a, b in pairs]


def workloads(quick):
    """Growth and sums of a column of money."""
    pa.set_cpu_count(1)
    n = 100_000 if quick else 1_000_000
    x = money(n)
    objects = x.to_pylist()
    yield Workload(
        f"growth of {n:,} decimals",
        lambda: pm.growth(x),
        {
            "pyarrow": lambda: Later(arrow_growth(x)),
            "python objects": lambda: Later(object_growth(objects)),
        },
        {"pyarrow": 2.5},
        repeat=5,
    )
    database = duckdb.connect(config={"threads": 1})
    database.register("source", pa.table({"x": x, "year": np.arange(n) // 12}))
    database.execute("create table money as select * from source")
    years = n // 12
    sums = f"select sum(x) as total from money where year < {years} group by year order by year"
    yield Workload(
        f"yearly sums of {n:,} decimals",
        lambda: pm.to_frequency(x, "A", freq="M", start="2000-01")[:years],
        {
            "duckdb": lambda: database.sql(sums).to_arrow_table()["total"],
        },
        repeat=5,
    )
