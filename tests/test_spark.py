"""Spark on this machine: the values of an Arrow table to the last bit, by whole series."""

import os
import pickle
import shutil
import subprocess
import sys
from decimal import Decimal

import pyarrow as pa
import pytest

import paimana as pm
from paimana.datasets import trade_panel

SPEC = pm.panel(["country", "product"], "month", "M")
ORDER = [(name, "ascending") for name in ("country", "product", "month")]
JAVA = os.environ.get("JAVA_HOME") or shutil.which("java")


@pytest.fixture(scope="module")
def session():
    """One session for all tests: its start takes most of their time."""
    if not JAVA:
        pytest.skip("Spark needs Java, which was not found (no java on the path, no JAVA_HOME)")
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    before = os.environ.get("PYSPARK_PYTHON")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "Asia/Karachi",
        "spark.log.level": "OFF",
    }
    builder = sql.SparkSession.builder.master("local[2]").appName("paimana")
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    yield made
    made.stop()
    if before is None:
        del os.environ["PYSPARK_PYTHON"]
    else:
        os.environ["PYSPARK_PYTHON"] = before


def table(keys="text", seed=1):
    rows = trade_panel(3, 4, 40, missing=0.1, seed=seed, keys=keys, container="arrow")
    return rows.replace_schema_metadata(None)


def collected(frame):
    return frame.toArrow().sort_by(ORDER)


def same(got, want):
    assert got.schema.names == want.schema.names
    assert got.schema.types == want.schema.types
    assert got.combine_chunks().equals(want.combine_chunks())


@pytest.mark.parametrize("buckets", [None, 5])
def test_rates_are_those_of_an_arrow_table(session, buckets):
    rows, task = table(), SPEC.yoy("value", assign="rate")
    shuffled = rows.take([*range(1, rows.num_rows, 2), *range(0, rows.num_rows, 2)])
    frame = pm.spark.apply(session.createDataFrame(shuffled), task, buckets=buckets)
    assert frame.columns == [*rows.column_names, "rate"]
    same(collected(frame), task.apply(rows))


def test_parts_labels_flags_and_bases(session):
    rows = table("int")
    frame = session.createDataFrame(rows)
    tasks = [
        SPEC.previous_record("value"),
        SPEC.rebase("value", "2011"),
        SPEC.record("value"),
    ]
    for task in tasks:
        frame = pm.spark.apply(frame, task, buckets=1)
    none = SPEC.growth("value", since="2009-12")  # before the data: no series has a base
    got = collected(pm.spark.apply(frame, none, buckets=1))
    assert got["value_growth"].null_count == rows.num_rows
    for task in tasks:
        for name, column in task.results(rows).items():
            assert got[name].to_pylist() == column.to_pylist()


def test_decimals_and_stamps_are_kept(session):
    rows = table()
    money = pa.array(
        [Decimal(f"{value:.2f}") for value in rows["value"].to_pylist()], pa.decimal128(18, 2)
    )
    rows = rows.set_column(3, "value", money)
    task = SPEC.yoy("value", decimals=3)
    got = collected(pm.spark.apply(session.createDataFrame(rows), task))
    want = task.apply(rows)
    assert pa.types.is_decimal(got["value_yoy"].type)
    same(got, want)
    # Midnight of the session, which is the last day of the month before in Greenwich.
    stamped = session.createDataFrame(rows).selectExpr(
        "country", "product", "cast(month as timestamp) as month", "value"
    )
    found = collected(pm.spark.apply(stamped, task))
    assert found["value_yoy"].to_pylist() == want["value_yoy"].to_pylist()
    assert found["month"].type == pa.timestamp("us", "UTC")
    assert str(found["month"][0].as_py())[11:16] == "19:00"


@pytest.mark.parametrize("name", ["hp_filter", "seasonal_adjust"])
def test_series_are_filtered_and_adjusted_whole(session, name):
    rows = trade_panel(2, 3, 60, missing=0.0, seed=4, keys="text", container="arrow")
    rows = rows.replace_schema_metadata(None)
    task = SPEC.task(name, "value")
    got = collected(pm.spark.apply(session.createDataFrame(rows), task))
    same(got, task.apply(rows))


def test_a_row_that_is_twice_is_named(session):
    rows = table()
    twice = pa.concat_tables([rows, rows.slice(rows.num_rows - 1)])
    last = {name: rows[name][-1].as_py() for name in rows.column_names}
    frame = pm.spark.apply(session.createDataFrame(twice), SPEC.yoy("value"))
    words = f"{last['country']}, {last['product']}, {last['month']:%B %Y}"
    with pytest.raises(Exception, match=words):
        frame.toArrow()


def test_what_is_wrong_is_said_at_once(session):
    frame = session.createDataFrame(table())
    with pytest.raises(ValueError, match=r'no column "worth".*"value"'):
        pm.spark.apply(frame, SPEC.yoy("worth"))
    with pytest.raises(ValueError, match='"value" already'):
        pm.spark.apply(frame, SPEC.yoy("value", assign="value"))
    with pytest.raises(ValueError, match="buckets=0"):
        pm.spark.apply(frame, SPEC.yoy("value"), buckets=0)
    with pytest.raises(TypeError, match="numbers"):
        pm.spark.apply(frame, SPEC.yoy("product"))


def test_a_task_is_needed_and_pickles():
    with pytest.raises(TypeError, match="str"):
        pm.spark.apply(None, "yoy")
    task = SPEC.yoy("value", assign="rate")
    assert pickle.loads(pickle.dumps(task)) == task
    pytest.importorskip("pyspark")
    with pytest.raises(TypeError, match=r"frame of Spark, not a pyarrow Table: task\.apply"):
        pm.spark.apply(table(), task)


def test_the_door_to_spark_loads_nothing_by_itself():
    code = (
        "import sys, paimana as pm\n"
        "pm.spark.apply\n"
        "print(sorted({'pyspark', 'dask', 'pandas', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
