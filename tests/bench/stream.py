"""Tables larger than memory: rows a second, and the most memory that a process of its own held.

    python tests/bench/stream.py [--quick]

streams 20 million rows in no order from Parquet, sorted by DuckDB in a stated memory, and 200
million rows that are made while they are read. Each run checks its answers: values are such that
every rate is known.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from harness import Fact, Workload

import paimana as pm

MONTHS = 240
BATCH = 1 << 16
LIMIT = "512MB"
SPEC = pm.panel(["country", "product"], "month", "M")
DAYS = (np.datetime64("2000-01") + np.arange(MONTHS)).astype("M8[D]")


def rows(number):
    """Rows by their numbers, sorted by key and month; values grow by one a month."""
    series, month = number // MONTHS, number % MONTHS
    return pa.record_batch(
        {
            "country": pa.array((series // 5000).astype(np.int32)),
            "product": pa.array((series % 5000).astype(np.int32)),
            "month": pa.array(DAYS[month]),
            "value": pa.array(series % 977 + month + 1.0),
        }
    )


def made(count):
    """Batches of rows that are made while they are read."""
    for begin in range(0, count, BATCH):
        yield rows(np.arange(begin, min(begin + BATCH, count)))


def shuffled(count, folder):
    """Files of rows in no order: each batch holds every n-th row, shuffled."""
    step = -(-count // BATCH)
    random = np.random.default_rng(0)
    batches = (rows(random.permutation(np.arange(one, count, step))) for one in range(step))
    for part in range(4):
        with pq.ParquetWriter(Path(folder) / f"{part}.parquet", rows(np.arange(1)).schema) as file:
            for _ in range(-(-step // 4)):
                if (batch := next(batches, None)) is not None:
                    file.write_batch(batch)


def checked(reader):
    """The number of rows, each of which has the yearly rate that is known."""
    count = 0
    for batch in reader:
        value = batch.column("value").to_numpy()
        month = batch.column("month").to_numpy(zero_copy_only=False)
        rate = batch.column("value_yoy").fill_null(np.nan).to_numpy(zero_copy_only=False)
        first = month < DAYS[12]
        if not np.isnan(rate[first]).all() or not np.array_equal(
            rate[~first], 100 * (12 / (value[~first] - 12))
        ):
            raise AssertionError("a rate is wrong")
        count += batch.num_rows
    return count


def peak():
    """The most memory that this process held, in megabytes."""
    status = Path("/proc/self/status")
    if (
        status.exists()
    ):  # what the system's own count has may be that of the parent before its start
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(what, count, folder):
    """One measurement, in this process, printed."""
    begin = time.perf_counter()
    if what == "files":
        shuffled(count, folder)
    elif what == "scan":
        found = checked(pm.scan(f"{folder}/*.parquet", SPEC, memory_limit=LIMIT).yoy("value"))
        assert found == count
        took = time.perf_counter() - begin
        print(
            f"{count:,} rows of Parquet in no order, DuckDB in {LIMIT}: {took:.1f} s, "
            f"{count / took:,.0f} rows a second, at most {peak():,.0f} MB resident."
        )
    else:
        half = checked(SPEC.stream(made(count // 10)).yoy("value"))
        early, begin = peak(), time.perf_counter()
        assert checked(SPEC.stream(made(count)).yoy("value")) == count > half
        took = time.perf_counter() - begin
        print(
            f"{count:,} rows made while read: {took:.1f} s, {count / took:,.0f} rows a second, "
            f"at most {peak():,.0f} MB resident ({early:,.0f} MB after a tenth as many)."
        )


def workloads(quick):
    """A stream against the same rows at hand, and streams that are larger than memory."""
    yield from at_hand(480_000 if quick else 4_800_000)
    yield Fact("streams of 20 and of 200 million rows", lambda: larger(100 if quick else 1))


def at_hand(count):
    """A stream of batches against the same table."""
    table = pa.Table.from_batches(list(made(count)))
    yield Workload(
        f"stream of {count:,} rows",
        lambda: SPEC.stream(table.to_batches()).yoy("value").read_all()["value_yoy"],
        {"paimana, whole table": lambda: SPEC.yoy(table, "value")},
        repeat=3,
    )


def larger(share):
    """What each measurement, in a process of its own, prints."""
    told = []
    with TemporaryDirectory() as folder:
        for what, count in (("files", 20_000_000), ("scan", 20_000_000), ("made", 200_000_000)):
            arguments = [sys.executable, __file__, "--run", what, str(count // share), folder]
            done = subprocess.run(arguments, check=True, stdout=subprocess.PIPE, text=True)
            told += done.stdout.splitlines()
    return told


def main():
    """The measurements, or one of them in this process."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a hundredth of the rows")
    parser.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        what, count, folder = options.run
        run(what, int(count), folder)
    else:
        print("\n".join(larger(100 if options.quick else 1)))


if __name__ == "__main__":
    main()
