"""The workloads of Dask and Spark on this machine, all cores for ours and the peers alike.

The peers are the ways that are right where rows are absent: a join of the frame with itself a year
before in Dask, and a RANGE window in Spark. What is compared is the number of rates and their sum,
since the rows come back in another order.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd
from harness import Workload

import paimana as pm

SPEC = pm.panel(keys=["country", "product"], time="month", freq="M")
ROWS = 4_000_000
"""Rows of a panel, about; twenty million take some minutes."""
COUNTRIES, MONTHS = 16, 240
KEYS = ["country", "product", "month"]


def figures(rates: Any) -> np.ndarray:
    """How many rates there are, and their sum."""
    return np.array([rates.count(), rates.sum()], dtype=float)


def base(table: Any) -> Any:
    """The values of a year before."""
    return table.assign(month=table["month"] + 12).rename(columns={"value": "base"})


def joined(table: Any) -> Any:
    """The rates by a join of a frame of pandas, or of Dask, with itself."""
    found = table.merge(base(table), on=KEYS, how="left")
    return 100.0 * ((found["value"] - found["base"]) / found["base"])


def workloads(quick: bool) -> Iterator[Workload]:
    """Those whose engines are installed."""
    products = max(2, (20_000 if quick else ROWS) // (COUNTRIES * MONTHS))
    if find_spec("dask") is not None:
        yield from with_dask(products)
    if find_spec("pyspark") is not None and (os.environ.get("JAVA_HOME") or shutil.which("java")):
        yield from with_spark(products)


def with_dask(products: int) -> Iterator[Workload]:
    """Partitions of whole series, and partitions that every series is spread over."""
    import dask
    import dask.dataframe as dd

    table = pm.datasets.trade_panel(COUNTRIES, products, MONTHS, keys="int")
    numbered = table.assign(month=table["month"].dt.year * 12 + table["month"].dt.month)
    size = f"{len(table):,} rows in {COUNTRIES} partitions"

    def frame(source: pd.DataFrame, whole: bool) -> Any:
        """A frame whose partitions are countries, or every sixteenth row."""
        rows = np.arange(len(source)) % COUNTRIES
        number = source["country"].to_numpy() if whole else rows
        parts = [source[number == part] for part in range(COUNTRIES)]
        return dd.from_map(lambda number: parts[number], range(COUNTRIES))

    meta = ("rate", "float64")
    whole, numbers = frame(table, True), frame(numbered, True)
    with dask.config.set(scheduler="threads"):
        yield Workload(
            f"Dask, {size} of whole series",
            lambda: figures(SPEC.yoy(whole, "value", partitioned=True).compute()),
            {
                "pandas self-merge in each": lambda: figures(
                    numbers.map_partitions(joined, meta=meta).compute()
                )
            },
            tolerance=1e-9,
            repeat=3,
        )
        spread, numbers = frame(table, False), frame(numbered, False)
        yield Workload(
            f"Dask, {size}, shuffled",
            lambda: figures(SPEC.yoy(spread, "value").compute()),
            {"Dask self-merge": lambda: figures(joined(numbers).compute())},
            tolerance=1e-9,
            repeat=3,
        )


def with_spark(products: int) -> Iterator[Workload]:
    """Groups of whole series; the session is started before anything is timed."""
    from pyspark.sql import SparkSession, Window
    from pyspark.sql import functions as f

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    cores = os.cpu_count() or 1
    builder = SparkSession.builder.master(f"local[{cores}]").appName("paimana")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "4g",
        "spark.sql.shuffle.partitions": str(2 * cores),
        "spark.log.level": "ERROR",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        table = pm.datasets.trade_panel(COUNTRIES, products, MONTHS, keys="int", container="arrow")
        frame = session.createDataFrame(table).cache()
        frame.count()

        def summed(rates: Any) -> np.ndarray:
            row = rates.agg(f.count("rate"), f.sum("rate")).collect()[0]
            return np.array(list(row), dtype=float)

        def ranged() -> np.ndarray:
            month = f.year("month") * 12 + f.month("month")
            window = Window.partitionBy("country", "product").orderBy(month).rangeBetween(-12, -12)
            found = frame.withColumn("base", f.first("value").over(window))
            rate = 100.0 * ((f.col("value") - f.col("base")) / f.col("base"))
            return summed(found.withColumn("rate", rate))

        task = SPEC.yoy("value", assign="rate")
        yield Workload(
            f"Spark, {table.num_rows:,} rows, groups by country",
            lambda: summed(pm.spark.apply(frame, task)),
            {"Spark RANGE window": ranged},
            tolerance=1e-9,
            repeat=3,
        )
    finally:
        session.stop()
