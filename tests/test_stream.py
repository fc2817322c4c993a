"""Long tables in batches, lazy frames and files: the values are those of the whole table, to the
bit.
"""

import gc
import os
import pickle
import subprocess
import sys
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import paimana as pm
from paimana.engines import files
from paimana.tables import _stream
from paimana.tables._read import BY_PERIOD, family
from paimana.tables._task import methods

SPEC = pm.panel(["country", "product"], "month", "M")
# those that go period by period are in test_panel_by_period
ALONG_ROWS = [name for name in methods() if family(getattr(pm, name)) not in BY_PERIOD]
SIZES = (1, 7, 1000, 65536)
OPTIONS = {
    "rolling_sum": {"window": 3},
    "rolling_mean": {"window": 3, "na": "skip"},
    "rebase": {"base": "2021"},
    "growth": {"lag": 3},
    "ytd": {"year_start": "JUL"},
    "ytd_growth": {"year_start": "APR"},
    "zscore": {"window": 12},
}


def trade(seed=0, absent=0.1, series=("PK", "IN", "BD"), months=60):
    """Series sorted by key and month, a tenth of the rows absent, some values missing."""
    rng = np.random.default_rng(seed)
    days = (np.datetime64("2019-01") + np.arange(months)).astype("M8[D]").tolist()
    rows = [
        (country, product, days[i], None if rng.random() < 0.03 else round(rng.uniform(50, 150), 2))
        for country in sorted(series)
        for product in ("rice", "tea")
        for i in range(int(rng.integers(0, 12)), months)
        if rng.random() >= absent
    ]
    names = ["country", "product", "month", "value"]
    return pa.table(dict(zip(names, map(pa.array, zip(*rows, strict=True)), strict=True)))


TABLE = trade()


def batches(table, size):
    """The batches of a table, none of them longer than `size`."""
    return table.combine_chunks().to_batches(max_chunksize=size)


def bits(column):
    """A column as what can be compared to the last bit."""
    if hasattr(column, "to_arrow"):
        column = column.to_arrow()
    if isinstance(column, pd.Series):
        column = pa.array(column, from_pandas=False)
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_floating(column.type):
        values = column.fill_null(np.nan).to_numpy(zero_copy_only=False)
        return (
            np.where(np.isnan(values), values.dtype.type(np.nan), values)
            .view(f"i{values.itemsize}")
            .tolist()
        )
    return column.to_pylist()


def same(got, whole):
    """Tables of the same names, whose new columns are the same to the bit."""
    assert got.column_names == whole.column_names
    for name in whole.column_names:
        assert got[name].type == whole[name].type
        assert bits(got[name]) == bits(whole[name])


@pytest.mark.parametrize("unit", [1, 90, _stream.UNIT])
@pytest.mark.parametrize("name", ALONG_ROWS)
def test_every_method_in_batches_of_every_size(name, unit, monkeypatch):
    monkeypatch.setattr(_stream, "UNIT", unit)
    options = OPTIONS.get(name, {})
    whole = SPEC.task(name, "value", **options).apply(TABLE)
    for size in SIZES:
        given = batches(TABLE, size)
        reader = getattr(SPEC.stream(iter(given)), name)("value", **options)
        assert isinstance(reader, pa.RecordBatchReader)
        made = list(reader)
        assert [batch.num_rows for batch in made] == [batch.num_rows for batch in given]
        same(pa.Table.from_batches(made, reader.schema), whole)


@pytest.mark.parametrize("name", ALONG_ROWS)
def test_pandas_polars_lazy_frames_and_files_give_the_same(name, tmp_path):
    options = OPTIONS.get(name, {})
    whole = SPEC.task(name, "value", **options).apply(TABLE)
    new = whole.column_names[4:]
    found = {
        "pandas": SPEC.task(name, "value", **options).apply(TABLE.to_pandas()),
        "polars": SPEC.task(name, "value", **options).apply(pl.from_arrow(TABLE)),
        "lazy": getattr(SPEC.lazy(pl.from_arrow(TABLE).lazy()), name)("value", **options).collect(),
    }
    assert found["lazy"].columns == new
    assert found["lazy"].schema == found["polars"].select(new).schema
    for part in new:
        values = bits(whole[part])
        assert bits(found["polars"][part]) == bits(found["lazy"][part])
        if pa.types.is_floating(whole[part].type):
            assert [bits(frame[part]) for frame in found.values()] == [values] * 3
        else:
            labels = [None if one is None else str(one) for one in values]
            for frame in found.values():
                given = [None if one is None or one != one else str(one) for one in frame[part]]
                assert given == labels
    pytest.importorskip("duckdb")
    shuffled = TABLE.take(np.random.default_rng(1).permutation(TABLE.num_rows))
    pq.write_table(shuffled.slice(0, 100), tmp_path / "a.parquet")
    pq.write_table(shuffled.slice(100), tmp_path / "b.parquet")
    scanned = getattr(pm.scan(tmp_path / "*.parquet", SPEC), name)("value", **options)
    same(scanned.read_all(), whole)


def test_long_series_in_many_batches_and_units():
    rows, months = 150_000, 400
    number = np.arange(rows)
    days = (np.datetime64("1990-01") + number % months).astype("M8[D]")
    keep = np.random.default_rng(2).random(rows) > 0.05
    table = pa.table(
        {
            "country": pa.array(number // months // 20),
            "product": pa.array(number // months % 20),
            "month": pa.array(days),
            "value": pa.array(np.random.default_rng(3).uniform(1, 9, rows)),
        }
    ).filter(pa.array(keep))
    whole = SPEC.task("yoy", "value").apply(table)
    for size in (1000, 65536):
        same(SPEC.stream(batches(table, size)).yoy("value").read_all(), whole)


def test_equal_to_a_range_window_in_sql():
    duckdb = pytest.importorskip("duckdb")
    reader = SPEC.stream(batches(TABLE, 7)).yoy("value", assign="rate")
    base = duckdb.connect()
    base.register("streamed", reader)  # the stream is what DuckDB reads
    found = base.sql("""
        select rate, 100 * ((value - base) / base) as twin from (
            select *, first_value(value) over (
                partition by country, product order by year(month) * 12 + month(month)
                range between 12 preceding and 12 preceding) as base
            from streamed)
    """).to_arrow_table()
    rates = found["rate"].fill_null(np.nan).to_numpy()
    np.testing.assert_allclose(rates, found["twin"].fill_null(np.nan).to_numpy(), rtol=1e-14)
    assert np.isfinite(rates).sum() > 100


# The kinds of keys, times and values.


def kinds():
    days = TABLE["month"]
    texts = pa.array([day.strftime("%Y-%m") for day in days.to_pylist()])
    stamps = days.cast(pa.timestamp("us")).cast(pa.timestamp("us", "UTC"))
    money = [None if v is None else Decimal(f"{v:.2f}") for v in TABLE["value"].to_pylist()]
    yield "texts of months", TABLE.set_column(2, "month", texts)
    yield "a time zone", TABLE.set_column(2, "month", stamps)
    yield "categories", TABLE.set_column(0, "country", TABLE["country"].dictionary_encode())
    codes = pa.array([{"rice": 1006, "tea": 902}[word] for word in TABLE["product"].to_pylist()])
    by_number = TABLE.set_column(1, "product", codes)
    yield "integers", by_number.sort_by([(name, "ascending") for name in (*SPEC.keys, "month")])
    yield "decimals", TABLE.set_column(3, "value", pa.array(money, pa.decimal128(12, 2)))
    whole = pa.array([None if v is None else round(v) for v in TABLE["value"].to_pylist()])
    yield "whole numbers", TABLE.set_column(3, "value", whole)
    yield "single precision", TABLE.set_column(3, "value", TABLE["value"].cast(pa.float32()))


@pytest.mark.parametrize(("kind", "table"), list(kinds()), ids=lambda v: str(v)[:16])
@pytest.mark.parametrize("name", ["yoy", "ytd", "record", "rank", "rolling_mean"])
def test_kinds_of_columns(kind, table, name):
    options = {"window": 3} if name == "rolling_mean" else {}
    whole = SPEC.task(name, "value", **options).apply(table)
    for size in (1, 7, 1000):
        streamed = getattr(SPEC.stream(batches(table, size)), name)("value", **options)
        same(streamed.read_all(), whole)
    if kind == "decimals" and name == "yoy":
        assert pa.types.is_decimal(whole["value_yoy"].type)


def test_periods_and_categories_as_time():
    """Periods of pandas come as a type of its own in Arrow; categories as their codes."""
    frame = TABLE.to_pandas()
    months = pd.to_datetime(frame["month"]).dt.to_period("M")
    whole = bits(SPEC.yoy(TABLE, "value"))
    for time in (months, months.astype(str).astype("category")):
        rows = frame.assign(month=time)
        arrow = pa.Table.from_pandas(rows)
        assert bits(SPEC.yoy(arrow, "value")) == whole
        for given in (rows, arrow.to_batches(max_chunksize=7)):
            got = SPEC.stream(given).yoy("value").read_all()
            assert bits(got["value_yoy"]) == whole
        empty = SPEC.yoy(arrow.slice(0, 0), "value")
        assert len(empty) == 0
        try:
            polars = pl.from_arrow(arrow)
        except pl.exceptions.ComputeError:  # older versions have no types of others
            continue
        assert bits(SPEC.yoy(polars, "value")) == whole
        lazy = SPEC.lazy(polars.lazy()).yoy("value").collect()
        assert bits(lazy["value_yoy"]) == whole


def test_batches_whose_categories_differ():
    whole = SPEC.task("mom", "value").apply(TABLE)
    given = []
    for batch in batches(TABLE, 50):  # each has the categories that occur in it, in its own order
        column = batch.column(0)
        categories = pa.array(["XX", *sorted(set(column.to_pylist()), reverse=True), "IN"])
        words = categories.to_pylist()
        codes = pa.array([words.index(word) for word in column.to_pylist()], pa.int32())
        coded = pa.DictionaryArray.from_arrays(codes, categories)
        given.append(batch.set_column(0, "country", coded))
    made = SPEC.stream(given).mom("value").read_all()
    assert bits(made["value_mom"]) == bits(whole["value_mom"])
    assert made["country"].to_pylist() == TABLE["country"].to_pylist()


def test_frames_tables_and_readers_are_streams_as_well():
    whole = SPEC.task("mom", "value").apply(TABLE)
    frame = pl.from_arrow(TABLE)
    categories = frame.with_columns(pl.col("country").cast(pl.Categorical))
    for given in (
        TABLE,
        TABLE.to_reader(max_chunksize=7),
        frame,
        [frame[:60], frame[60:]],
        [categories[:60], categories[60:]],
        [TABLE.slice(0, 60), TABLE.slice(60)],
        (pm.panel("country", "month", "M") and batch for batch in batches(TABLE, 9)),
    ):
        made = SPEC.stream(given).mom("value").read_all()
        assert bits(made["value_mom"]) == bits(whole["value_mom"])


def test_a_nameless_index_of_pandas_is_no_column():
    """Neither of a frame, nor of what Arrow makes of it: the caller has no such column."""
    frame = TABLE.to_pandas()
    frame.index = np.random.default_rng(2).permutation(len(frame))
    names = [*frame.columns, "value_yoy"]
    whole = bits(SPEC.yoy(TABLE, "value"))
    arrow = pa.Table.from_pandas(frame)
    assert "__index_level_0__" in arrow.column_names
    for given in (
        frame,
        [frame.iloc[:100].reset_index(drop=True), frame.iloc[100:]],
        arrow,
        arrow.to_reader(max_chunksize=7),
        arrow.to_batches(max_chunksize=7),
    ):
        got = SPEC.stream(given).yoy("value").read_all()
        assert got.column_names == names
        assert bits(got["value_yoy"]) == whole
        assert len(got.to_pandas()) == len(frame)
    named = SPEC.stream(frame.rename_axis("row")).yoy("value").read_all()
    assert named.column_names == [*frame.columns, "row", "value_yoy"]
    keyed = SPEC.stream(frame.set_index("country")).yoy("value").read_all()
    assert bits(keyed["value_yoy"]) == whole

    class Frame:
        def __arrow_c_stream__(self, requested_schema=None):
            return arrow.__arrow_c_stream__(requested_schema)

    assert SPEC.yoy(Frame(), "value", assign="value_yoy").column_names == names


def test_streams_follow_each_other():
    first = SPEC.stream(batches(TABLE, 7)).ytd("value", assign="so_far")
    both = SPEC.stream(first).yoy("so_far", assign="rate").read_all()
    table = SPEC.ytd(TABLE, "value", assign="so_far")
    same(both, SPEC.yoy(table, "so_far", assign="rate"))


def test_several_columns_and_names():
    table = TABLE.append_column("weight", pa.array(np.arange(1.0, TABLE.num_rows + 1)))
    whole = SPEC.yoy(table, ["value", "weight"], assign=["a", "b"])
    same(
        SPEC.stream(batches(table, 7)).yoy(["value", "weight"], assign=["a", "b"]).read_all(), whole
    )
    lazy = SPEC.lazy(pl.from_arrow(table).lazy()).yoy(["value", "weight"], assign=["a", "b"])
    assert lazy.collect().columns == whole.column_names
    assert bits(lazy.collect()["b"]) == bits(whole["b"])


def test_a_stream_is_bounded_by_its_longest_series():
    """Each batch comes out before the one after the next series is asked for."""
    asked = []

    def endless():
        for number in range(10**9):
            asked.append(number)
            yield pa.record_batch(
                {
                    "country": pa.array([number] * 70_000),
                    "product": pa.array([1] * 70_000),
                    "month": pa.array(np.datetime64("1700-01-01") + np.arange(70_000)),
                    "value": pa.array(np.ones(70_000)),
                }
            )

    spec = pm.panel(["country", "product"], "month", "D")
    reader = spec.stream(endless()).growth("value")
    for number in range(5):
        assert reader.read_next_batch().column("country")[0].as_py() == number
        assert len(asked) <= number + 2


def test_empty_batches_and_streams():
    empty = TABLE.schema.empty_table()
    none = TABLE.slice(0, 1).to_batches()[0].slice(0, 0)
    given = [none, *batches(TABLE, 100), none, none]
    made = list(SPEC.stream(given).yoy("value"))
    assert [batch.num_rows for batch in made] == [batch.num_rows for batch in given]
    same(pa.Table.from_batches(made), SPEC.task("yoy", "value").apply(TABLE))
    for nothing in (empty, [none], [empty], empty.to_reader()):
        reader = SPEC.stream(nothing).yoy("value")
        assert reader.schema.names[-1] == "value_yoy"
        assert reader.read_all().num_rows == 0
    refused(lambda: SPEC.stream(iter([])).yoy("value"), ValueError, "no batch")


def test_specs_and_tasks_pickle():
    task = SPEC.ytd("value", year_start="JUL", assign="so_far")
    again = pickle.loads(pickle.dumps(task))
    assert again == task
    same(again.apply(TABLE), SPEC.ytd(TABLE, "value", year_start="JUL", assign="so_far"))
    assert pickle.loads(pickle.dumps(SPEC)) == SPEC


# What is wrong with a stream.


def refused(call, error, *words):
    with pytest.raises(error) as raised:
        call()
    for word in words:
        assert word in str(raised.value)


TYPES = (pa.string(), pa.string(), pa.string(), pa.float64())


def rows_of(*rows, types=TYPES):
    names = ["country", "product", "month", "value"]
    columns = [pa.array(list(c), t) for c, t in zip(zip(*rows, strict=True), types, strict=True)]
    return pa.record_batch(dict(zip(names, columns, strict=True)))


def drained(given, **options):
    return lambda: SPEC.stream(given).yoy("value", **options).read_all()


APRIL, MAY = ("PK", "tea", "2024-04", 1.0), ("PK", "tea", "2024-05", 2.0)
RICE = ("PK", "rice", "2024-05", 2.0)


def test_bad_rows_are_named():
    twice = [rows_of(RICE, APRIL), rows_of(APRIL, MAY)]
    refused(drained(twice), ValueError, "PK, tea, April 2024", "row 0 of batch 1", "add them up")
    within = [rows_of(RICE), rows_of(APRIL, MAY, MAY)]
    refused(drained(within), ValueError, "PK, tea, May 2024", "row 2 of batch 1", "add them up")
    back = [rows_of(RICE, MAY), rows_of(APRIL)]
    refused(
        drained(back), ValueError, "row 0 of batch 1", "PK, tea, April 2024", "May 2024", "sort"
    )
    for place in range(3):
        holes = list(MAY)
        holes[place] = None
        name = ("country", "product", "month")[place]
        refused(
            drained([rows_of(APRIL), rows_of(MAY, holes)]), ValueError, name, "row 1 of batch 1"
        )
    again = [rows_of(APRIL), rows_of(("PK", "wool", "2024-04", 1.0)), rows_of(MAY)]
    refused(drained(again), ValueError, "row 0 of batch 2", "PK, tea", "PK, wool", "pm.scan")
    inside = [rows_of(APRIL, ("PK", "wool", "2024-04", 1.0), MAY)]
    refused(drained(inside), ValueError, "row 2 of batch 0", "PK, tea", "PK, wool", "pm.scan")
    unread = [rows_of(RICE, APRIL), rows_of(MAY, ("PK", "tea", "soon", 1.0))]
    refused(drained(unread), ValueError, "row 1 of batch 1", "soon")
    negative = [rows_of(("PK", "tea", "2023-04", -1.0)), rows_of(APRIL)]
    refused(drained(negative, negative_base="raise"), ValueError, "PK, tea", "April 2024")


def test_missing_categories_are_named():
    codes = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), pa.array(["PK", None]))
    batch = rows_of(APRIL, MAY).set_column(0, "country", codes)
    refused(drained([batch]), ValueError, '"country"', "row 1 of batch 0")


def test_bad_columns_are_named():
    good = rows_of(APRIL)
    floats = rows_of((1.5, *APRIL[1:]), types=(pa.float64(), *TYPES[1:]))
    refused(drained([floats]), TypeError, '"country"', "floats")
    absent = rows_of(MAY).drop_columns(["value"])
    refused(drained([good, absent]), ValueError, "batch 1", '"value"')
    refused(drained([absent]), ValueError, '"value"', "batch 0", '"month"')
    drift = rows_of(MAY).set_column(3, "value", pa.array([2]))
    refused(drained([good, drift]), ValueError, "batch 1", '"value"', "int64", "double")
    strict = pa.schema([*list(good.schema)[:3], pa.field("value", pa.float64(), nullable=False)])
    refused(drained([good, rows_of(MAY).cast(strict)]), ValueError, "batch 1", "not null")
    more = rows_of(MAY).append_column("more", pa.array([2]))
    refused(drained([good, more]), ValueError, "batch 1", "other columns")
    doubled = good.append_column("value", pa.array([2.0]))
    refused(drained([doubled]), ValueError, "two columns", '"value"')
    refused(drained([good, doubled]), ValueError, "batch 1", "two columns")
    zone = [pa.array([0], pa.timestamp("us", tz)) for tz in ("Asia/Karachi", "UTC")]
    zones = [good.set_column(2, "month", column) for column in zone]
    refused(drained(zones), ValueError, "batch 1", '"month"', "Asia/Karachi", "UTC")
    refused(drained([good], assign="value"), ValueError, "already")
    refused(drained([good], window=3), TypeError, "window")
    refused(drained([good], freq="M"), TypeError, "freq=")
    refused(drained([[1, 2]]), TypeError, "batch 0", "list")
    refused(drained([good, 5]), TypeError, "batch 1", "int")
    refused(lambda: SPEC.stream([good]).shares("value"), AttributeError, "shares")
    refused(lambda: SPEC.lazy(pl.LazyFrame()).shares("value"), AttributeError, "shares")
    refused(lambda: pm.panel("country", "month").stream([good]).yoy("value"), ValueError, "freq")


def test_bad_lazy_frames_are_named():
    frame = pl.DataFrame(rows_of(APRIL, MAY, MAY))
    lazy = SPEC.lazy(frame.lazy())
    refused(lambda: lazy.yoy("value").collect(), Exception, "PK, tea", "May 2024")
    refused(lambda: lazy.yoy("worth"), ValueError, '"worth"', '"value"')
    refused(lambda: lazy.yoy("value", assign="month"), ValueError, "already")
    refused(lambda: SPEC.lazy(frame), TypeError, "LazyFrame")
    floats = SPEC.lazy(frame.with_columns(country=1.5).lazy())
    refused(lambda: floats.yoy("value"), TypeError, '"country"', "floats")


def test_only_the_needed_columns_of_a_lazy_frame_are_read(tmp_path):
    table = TABLE.append_column("note", pa.array(["x"] * TABLE.num_rows))
    pq.write_table(table, tmp_path / "trade.parquet")
    lazy = SPEC.lazy(pl.scan_parquet(tmp_path / "trade.parquet")).yoy("value")
    assert "4/5 COLUMNS" in lazy.explain()
    assert bits(lazy.collect()["value_yoy"]) == bits(SPEC.yoy(TABLE, "value"))


# Files.


@pytest.fixture
def folder(tmp_path):
    """A folder with the shuffled table in two files."""
    shuffled = TABLE.take(np.random.default_rng(1).permutation(TABLE.num_rows))
    (tmp_path / "in").mkdir()
    pq.write_table(shuffled.slice(0, 100), tmp_path / "in" / "a.parquet")
    pq.write_table(shuffled.slice(100), tmp_path / "in" / "b.parquet")
    return tmp_path


def test_files_are_read_and_written(folder):
    pytest.importorskip("duckdb")
    scanned = pm.scan(folder / "in" / "*.parquet", SPEC, temp_directory=folder)
    out = folder / "out.parquet"
    tasks = SPEC.yoy("value", assign="rate"), SPEC.ytd("value", year_start="JUL")
    assert scanned.write(out, *tasks, progress=False) == TABLE.num_rows
    whole = tasks[1].apply(tasks[0].apply(TABLE))
    same(pq.read_table(out), whole)
    assert scanned.write(out, tasks[0]) == TABLE.num_rows  # again, over what is there
    same(pq.read_table(out), tasks[0].apply(TABLE))
    files_ = [folder / "in" / "a.parquet", str(folder / "in" / "b.parquet")]
    again = pm.scan(files_, SPEC, columns=["value"], threads=1, memory_limit="100MB")
    same(again.yoy("value", assign="rate").read_all(), tasks[0].apply(TABLE))
    one = pm.scan(files_, SPEC, columns="value")  # a name alone is one column
    same(one.yoy("value", assign="rate").read_all(), tasks[0].apply(TABLE))
    streamed = SPEC.stream(batches(TABLE, 7))
    assert streamed.write(out, tasks[0]) == TABLE.num_rows
    assert pq.ParquetFile(out).num_row_groups == 1  # small batches are gathered
    gc.collect()
    assert sorted(os.listdir(folder)) == ["in", "out.parquet"]


def test_a_sort_larger_than_its_memory(tmp_path):
    """Half a gigabyte of texts is sorted in 60 MB, and nothing stays where the rest was put."""
    pytest.importorskip("duckdb")
    rows, months = 1_200_000, 240
    number = np.random.default_rng(4).permutation(rows)
    key = number // months
    table = pa.table(
        {
            "country": pa.array(key // 50),
            "product": pa.array(key % 50).cast(pa.string()),
            "month": pa.array((np.datetime64("2000-01") + number % months).astype("M8[D]")),
            "value": pa.array(number + 1.0),
            "note": pa.array(number).cast(pa.string()),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    aside = tmp_path / "aside"
    aside.mkdir()
    reader = pm.scan(
        tmp_path / "t.parquet", SPEC, memory_limit="60MB", temp_directory=aside, threads=1
    ).mom("value")
    seen, spilled = 0, 0
    for batch in reader:
        spilled = max(spilled, *(len(names) for *_, names in os.walk(aside)), 0)
        rates = batch.column("value_mom").fill_null(np.nan).to_numpy(zero_copy_only=False)
        values = batch.column("value").to_numpy()
        first = (values - 1) % months == 0
        np.testing.assert_array_equal(np.isnan(rates), first)
        np.testing.assert_allclose(rates[~first], 100 / (values[~first] - 1), rtol=1e-13)
        seen += batch.num_rows
    assert seen == rows
    assert spilled
    del reader
    gc.collect()
    assert os.listdir(aside) == []


def test_files_that_do_not_fit_are_named(folder):
    pytest.importorskip("duckdb")
    inside = folder / "in" / "*.parquet"
    refused(lambda: pm.scan(folder / "none*.parquet", SPEC), FileNotFoundError, "none*.parquet")
    refused(lambda: pm.scan([], SPEC), ValueError, "needs a file")
    whole = folder / "in"
    refused(lambda: pm.scan(whole, SPEC), IsADirectoryError, f'"{whole}/*.parquet"')
    out = folder / "out.parquet"
    refused(lambda: pm.scan(inside, SPEC).write(out, "value"), TypeError, "spec.yoy", "not a str")
    refused(lambda: pm.scan(inside, SPEC).yoy("worth"), ValueError, '"worth"', '"value"')
    other = pm.panel(["land"], "month", "M")
    refused(lambda: pm.scan(inside, other).yoy("value"), ValueError, '"land"', '"country"')
    refused(lambda: pm.scan(inside, pm.panel("country", "month")).yoy("value"), ValueError, "freq")
    twice = pm.scan([*sorted((folder / "in").glob("*")), folder / "in" / "a.parquet"], SPEC)
    refused(lambda: twice.yoy("value").read_all(), ValueError, "as is the row before it")
    last = folder / "in" / "c.parquet"
    pq.write_table(TABLE.drop_columns(["value"]), last)
    refused(lambda: pm.scan(inside, SPEC), ValueError, "c.parquet", '"value"', "a.parquet")
    pq.write_table(TABLE.append_column("more", TABLE["value"]), last)
    refused(lambda: pm.scan(inside, SPEC), ValueError, "c.parquet", '"more"', "a.parquet")
    pq.write_table(TABLE.set_column(3, "value", TABLE["value"].cast(pa.float32())), last)
    refused(lambda: pm.scan(inside, SPEC), ValueError, "c.parquet", "float", "double")
    holes = TABLE.set_column(1, "product", pa.array([None] * TABLE.num_rows, pa.string()))
    pq.write_table(holes, last)
    missing = pm.scan(inside, SPEC).yoy("value")
    refused(missing.read_next_batch, ValueError, '"product"', "row 0 of batch 0")


def test_a_file_that_is_read_is_not_written(folder):
    pytest.importorskip("duckdb")
    scanned = pm.scan(folder / "in" / "*.parquet", SPEC)
    before = (folder / "in" / "a.parquet").read_bytes()
    for path in (folder / "in" / "a.parquet", folder / "in" / ".." / "in" / "b.parquet"):
        refused(lambda path=path: scanned.write(path, SPEC.yoy("value")), ValueError, "are read")
    assert (folder / "in" / "a.parquet").read_bytes() == before


def test_files_of_several_writers_are_one_table(folder):
    """Texts are the same in Parquet whether Arrow held them long, short or by number."""
    pytest.importorskip("duckdb")
    inside = folder / "in"
    table = pq.read_table(inside / "b.parquet")
    long = table.set_column(0, "country", table["country"].cast(pa.large_string()))
    coded = long.set_column(1, "product", long["product"].dictionary_encode())
    pq.write_table(coded, inside / "b.parquet")
    found = pm.scan(inside / "*.parquet", SPEC, columns="value").yoy("value", assign="rate")
    same(found.read_all(), SPEC.yoy(TABLE, "value", assign="rate"))


def test_options_of_files_that_are_none_are_named(folder):
    pytest.importorskip("duckdb")
    inside = folder / "in" / "*.parquet"
    for wrong in ("lots", "2", 512, None, "0MB", "-1GB", "", "50%"):
        words = ("memory_limit=", repr(wrong), '"2GB"')
        refused(lambda w=wrong: pm.scan(inside, SPEC, memory_limit=w), ValueError, *words)
    for fine in ("1.5GiB", "300 mb", "1TB"):
        assert pm.scan(inside, SPEC, memory_limit=fine).yoy("value").read_all().num_rows
    for wrong in ("two", 1.5, True):
        refused(
            lambda w=wrong: pm.scan(inside, SPEC, threads=w), TypeError, "threads=", repr(wrong)
        )
    for wrong in (0, -1, 10**9):
        refused(lambda w=wrong: pm.scan(inside, SPEC, threads=w), ValueError, f"threads={wrong}")
    for wrong in ("country", None, SPEC.yoy("value")):
        kind = type(wrong).__name__
        refused(lambda w=wrong: pm.scan(inside, w), TypeError, "pm.panel", f"not a {kind}")
    for wrong in (5, None, SPEC):
        refused(lambda w=wrong: pm.scan(w, SPEC), TypeError, "files", type(wrong).__name__)
    for wrong in ("none", folder / "in" / "a.parquet"):
        options = {"temp_directory": wrong}
        refused(lambda o=options: pm.scan(inside, SPEC, **o), FileNotFoundError, "temp_directory=")
    some = pm.scan(inside, SPEC, columns=["value", "worth"])
    refused(lambda: some.yoy("value"), ValueError, '"worth"', '"value"')
    alike = TABLE.append_column("VALUE", TABLE["value"])
    pq.write_table(alike, folder / "alike.parquet")
    refused(
        lambda: pm.scan(folder / "alike.parquet", SPEC), ValueError, '"value" and "VALUE" apart'
    )
    (folder / "in" / "c.parquet").write_text("no Parquet")
    refused(lambda: pm.scan(inside, SPEC), ValueError, "c.parquet", "no Parquet file")
    for wrong in (5, None):
        refused(lambda w=wrong: SPEC.stream(w).yoy("value"), TypeError, type(wrong).__name__)


@pytest.mark.parametrize("name", ["q?.parquet", "q[ab].parquet", "q*.parquet"])
def test_a_file_whose_name_looks_like_a_pattern_is_one_file(tmp_path, name):
    pytest.importorskip("duckdb")
    pq.write_table(TABLE, tmp_path / name)
    pq.write_table(TABLE.slice(0, 0), tmp_path / "z.parquet")
    pq.write_table(TABLE.set_column(0, "country", TABLE["product"]), tmp_path / "qa.parquet")
    for given in (tmp_path / name, [tmp_path / name, tmp_path / "z.parquet"]):
        same(pm.scan(given, SPEC).yoy("value").read_all(), SPEC.yoy("value").apply(TABLE))


def test_too_little_memory_is_named(folder):
    pytest.importorskip("duckdb")
    scanned = pm.scan(folder / "in" / "*.parquet", SPEC, memory_limit="1KB")
    refused(lambda: scanned.yoy("value").read_all(), MemoryError, 'memory_limit="1KB"', "threads")


def test_what_cannot_be_a_file_takes_no_row(tmp_path):
    (tmp_path / "file").write_text("")
    given, task = iter(batches(TABLE, 7)), SPEC.yoy("value")
    for path, error, word in (
        (tmp_path, IsADirectoryError, "is a folder"),
        (tmp_path / "no" / "out.parquet", FileNotFoundError, "no folder"),
        (tmp_path / "file" / "out.parquet", NotADirectoryError, "is a file"),
    ):
        refused(lambda p=path: SPEC.stream(given).write(p, task), error, word, str(path.parent))
    assert SPEC.stream(given).write(tmp_path / "out.parquet", task) == TABLE.num_rows


def test_the_time_zone_of_files_is_kept(tmp_path):
    """Midnight in Karachi is the day before in Greenwich, and another month."""
    pytest.importorskip("duckdb")
    months = pd.date_range("2023-01-01", periods=24, freq="MS", tz="Asia/Karachi")
    table = pa.table({"country": ["PK"] * 24, "month": months, "value": np.arange(1.0, 25)})
    pq.write_table(table, tmp_path / "a.parquet")
    spec = pm.panel("country", "month", "M")
    made = pm.scan(tmp_path / "*.parquet", spec).ytd("value").read_all()
    assert str(made["month"].type.tz) == "Asia/Karachi"
    assert bits(made["value_ytd"]) == bits(spec.ytd(table, "value"))
    other = table.set_column(1, "month", pa.array(months.tz_convert("UTC")))
    pq.write_table(other, tmp_path / "b.parquet")
    refused(
        lambda: pm.scan(tmp_path / "*.parquet", spec), ValueError, '"month"', "Asia/Karachi", "UTC"
    )


SMALL = pm.panel("country", "month", "M")


def months_of(country, values, **columns):
    """A series of months from January 2024 on."""
    months = [f"2024-{number + 1:02d}" for number in range(len(values))]
    told = {} if country is None else {"country": [country] * len(values)}
    return pa.table({**told, "month": months, "x": np.array(values, float), **columns})


def test_a_nameless_index_of_pandas_in_a_file_is_no_column(tmp_path):
    """Nor does it matter that only one of the files has one."""
    pytest.importorskip("duckdb")
    first, second = (months_of(key, [4, 5, 6]).to_pandas() for key in ("PK", "IN"))
    first.iloc[[2, 0, 1]].to_parquet(tmp_path / "a.parquet")
    assert "__index_level_0__" in pq.read_schema(tmp_path / "a.parquet").names
    for others in ([], [tmp_path / "b.parquet"]):
        second.to_parquet(tmp_path / "b.parquet", index=False)
        for files_ in ([tmp_path / "a.parquet", *others], [*others, tmp_path / "a.parquet"]):
            found = pm.scan(files_, SMALL).growth("x").read_all()
            assert found.column_names == ["country", "month", "x", "x_growth"]
            assert found["x_growth"].to_pylist()[-3:] == [None, 25.0, 20.0]


def test_a_folder_does_not_stand_for_a_column_of_the_files(tmp_path):
    pytest.importorskip("duckdb")
    folder = tmp_path / "country=ZZ" / "x=7" / "month=2020-01"
    folder.mkdir(parents=True)
    pq.write_table(months_of("PK", [4, 5, 6]), folder / "a.parquet")
    found = pm.scan(folder / "a.parquet", SMALL).growth("x").read_all()
    assert found.column_names == ["country", "month", "x", "x_growth"]
    assert found["country"].to_pylist() == ["PK"] * 3
    assert found["x_growth"].to_pylist() == [None, 25.0, 20.0]


def test_a_key_that_the_files_lack_is_told_by_their_folders(tmp_path):
    pytest.importorskip("duckdb")
    for country, code, values in (("PK", "0101", [4, 5]), ("a%20b", "101", [5, 4])):
        folder = tmp_path / f"country={country}" / f"code={code}"
        folder.mkdir(parents=True)
        pq.write_table(months_of(None, values), folder / "a.parquet")
    pattern = str(tmp_path / "*" / "*" / "*.parquet")
    found = pm.scan(pattern, SMALL).growth("x").read_all()
    assert found.column_names == ["month", "x", "country", "x_growth"]  # the code is not needed
    assert found["country"].to_pylist() == ["PK", "PK", "a b", "a b"]
    assert found["x_growth"].to_pylist() == [None, 25.0, None, -20.0]
    codes = pm.panel(["country", "code"], "month", "M")
    words = pm.scan(pattern, codes).growth("x").read_all()["code"].to_pylist()
    assert words == ["0101", "0101", "101", "101"]  # a code is no number
    kept = pm.scan(pattern, SMALL, columns=["x", "code"]).growth("x").read_all()
    assert kept.column_names == ["country", "month", "x", "code", "x_growth"]
    for year, value in ((2023, 4.0), (2024, 5.0)):
        (tmp_path / f"year={year}").mkdir()
        table = pa.table({"country": ["PK"], "x": [value]})
        pq.write_table(table, tmp_path / f"year={year}" / "y.parquet")
    yearly = pm.scan(tmp_path / "year=*" / "*.parquet", pm.panel("country", "year", "A"))
    found = yearly.growth("x").read_all()
    assert found["year"].to_pylist() == [2023, 2024]
    assert found["x_growth"].to_pylist() == [None, 25.0]
    other = tmp_path / "country=IN" / "x=2"
    other.mkdir(parents=True)
    pq.write_table(months_of(None, [4, 5]), other / "a.parquet")
    files_ = [other / "a.parquet"]
    refused(lambda: pm.scan(files_, SMALL), ValueError, '"x"', "a.parquet", "folder, x=2")
    pq.write_table(months_of(None, [4, 5]), tmp_path / "a.parquet")
    files_ = [tmp_path / "country=PK" / "code=0101" / "a.parquet", tmp_path / "a.parquet"]
    refused(lambda: pm.scan(files_, SMALL), ValueError, str(files_[1]), '"country=..."')


@pytest.mark.parametrize("freq", ["M", "Q-DEC", "Y-DEC"])
def test_periods_of_files_are_read_by_their_frequency(tmp_path, freq):
    """Their integers alone would be years, or none."""
    pytest.importorskip("duckdb")
    periods = pd.period_range("2019-01", periods=4, freq=freq)
    frame = pd.DataFrame({"country": "PK", "month": periods, "x": [5.0, 4, 3, 4]})
    frame.sample(frac=1, random_state=1).to_parquet(tmp_path / "a.parquet", index=False)
    spec = pm.panel("country", "month", freq[0].replace("Y", "A"))
    want = spec.highest_since(frame, "x", assign="label")
    assert want["label"].notna().sum() == 3
    scanned = pm.scan(tmp_path / "a.parquet", spec)
    found = scanned.highest_since("x", assign="label").read_all().to_pandas()
    pd.testing.assert_frame_equal(found, want, check_dtype=False)
    assert found["month"].dtype == frame["month"].dtype
    scanned.write(tmp_path / "out.parquet", spec.growth("x"))
    assert pd.read_parquet(tmp_path / "out.parquet")["month"].dtype == frame["month"].dtype
    told = frame.assign(month=periods.asi8)
    told.to_parquet(tmp_path / "b.parquet")
    words = ('"month"', "int64", f"period[{freq}]")
    refused(lambda: pm.scan(tmp_path / "[ab].parquet", spec), ValueError, *words)


def test_decimals_that_the_engine_has_not_are_refused(tmp_path):
    pytest.importorskip("duckdb")
    money = pa.array([Decimal("1.50"), Decimal("3.00")])
    for digits, kept in ((50, False), (39, False), (38, True), (20, True)):
        column = money.cast(pa.decimal256(digits, 2))
        table = months_of("PK", [4, 5], money=column)
        pq.write_table(table, tmp_path / "a.parquet")
        if kept:
            found = pm.scan(tmp_path / "a.parquet", SMALL).change("money").read_all()
            assert found["money_change"].to_pylist() == [None, Decimal("1.50")]
            continue
        words = ('"money"', "a.parquet", f"{digits} digits", "pa.decimal128(38, 2)")
        refused(lambda: pm.scan(tmp_path / "a.parquet", SMALL), ValueError, *words)
        found = pm.scan(tmp_path / "a.parquet", SMALL, columns="x").growth("x").read_all()
        assert found["x_growth"].to_pylist() == [None, 25.0]


@pytest.mark.parametrize("zone", ["+05:00", "-03:30", "Asia/Karachi"])
def test_time_zones_of_any_kind_are_kept(tmp_path, zone):
    """Also those that DuckDB does not know, and those of other columns."""
    pytest.importorskip("duckdb")
    stamps = pa.array(pd.date_range("2022-12-31 21:00", periods=3, freq="31D", tz="UTC"))
    local = stamps.cast(pa.timestamp("us", zone))
    try:
        pc.local_timestamp(local)
    except pa.ArrowInvalid:
        pytest.skip(f"this version of Arrow does not know {zone}")
    table = pa.table({
        "country": ["PK"] * 3,
        "month": local,
        "other": stamps.cast(pa.timestamp("us", "Europe/Paris")),
        "took": pa.array([1, 2, 3], pa.duration("s")),
        "x": [4.0, 5.0, 6.0],
    })  # fmt: skip
    pq.write_table(table, tmp_path / "a.parquet")
    found = pm.scan(tmp_path / "a.parquet", SMALL).ytd("x").read_all()
    assert found["x_ytd"].to_pylist() == SMALL.ytd(table, "x").to_pylist()
    for name in ("month", "other"):
        assert found[name].type == table[name].type
    assert found["took"].to_pylist() == table["took"].to_pylist()


def test_a_damaged_page_is_an_error_of_its_files(tmp_path):
    pytest.importorskip("duckdb")
    file = tmp_path / "a.parquet"
    pq.write_table(months_of("PK", [4, 5, 6]), file, compression="zstd", use_dictionary=False)
    page = pq.read_metadata(file).row_group(0).column(2)
    held = bytearray(file.read_bytes())
    begin = page.data_page_offset
    held[begin + 10 : begin + page.total_compressed_size] = b"?" * (page.total_compressed_size - 10)
    file.write_bytes(held)
    refused(pm.scan(file, SMALL).growth("x").read_all, OSError, str(file), "damaged")
    held = bytearray(file.read_bytes())
    held[-40:-8] = b"?" * 32
    file.write_bytes(held)
    refused(lambda: pm.scan(file, SMALL), OSError, str(file), "damaged end")


def test_what_fails_leaves_no_file(tmp_path, monkeypatch):
    out, task = tmp_path / "out.parquet", SPEC.yoy("value")
    bad = [rows_of(APRIL), rows_of(APRIL)]
    refused(lambda: SPEC.stream(bad).write(out, task), ValueError, "April 2024")
    assert os.listdir(tmp_path) == []
    out.write_text("what was there")

    def interrupted():
        yield rows_of(APRIL)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SPEC.stream(interrupted()).write(out, task)
    assert out.read_text() == "what was there"
    assert os.listdir(tmp_path) == ["out.parquet"]
    refused(lambda: SPEC.stream(TABLE).write(tmp_path / "no" / "a", task), OSError, "no folder")
    refused(lambda: SPEC.stream(TABLE).write(out), TypeError, "what to compute")
    other = pm.panel("country", "month", "M").yoy("value")
    refused(lambda: SPEC.stream(TABLE).write(out, other), ValueError, "another panel")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_a_full_disk_leaves_no_file(tmp_path, monkeypatch):
    part = tmp_path / "part"
    part.symlink_to("/dev/full")
    monkeypatch.setattr(files, "_part", lambda path: part)
    out = tmp_path / "out.parquet"
    refused(
        lambda: SPEC.stream(TABLE).write(out, SPEC.yoy("value")), OSError, "No space", "out.parquet"
    )
    assert os.listdir(tmp_path) == []


FILLED = """
import resource, sys, numpy as np, pyarrow as pa, paimana as pm
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
def given():
    for number in range(100):
        yield pa.record_batch({
            "k": pa.array(np.full(50_000, number)),
            "day": pa.array(np.datetime64("1900-01-01") + np.arange(50_000)),
            "x": pa.array(np.random.default_rng(number).uniform(1, 2, 50_000)),
        })
spec = pm.panel("k", "day", "D")
try:
    spec.stream(given()).write(sys.argv[1], spec.growth("x"))
except OSError as error:
    print(error)
"""


def test_a_disk_that_fills_in_the_middle_leaves_no_file(tmp_path):
    out = tmp_path / "out.parquet"
    done = subprocess.run(
        [sys.executable, "-c", FILLED, str(out)], capture_output=True, text=True, check=True
    )
    assert "File too large" in done.stdout
    assert "out.parquet" in done.stdout
    assert os.listdir(tmp_path) == []


def test_a_bar_shows_after_two_seconds(tmp_path, monkeypatch, capsys):
    pytest.importorskip("tqdm")
    out, task = tmp_path / "out.parquet", SPEC.yoy("value")
    SPEC.stream(TABLE).write(out, task, progress=True)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(files, "DELAY", 0.0)
    SPEC.stream(TABLE).write(out, task, progress=True)
    assert "out.parquet" in capsys.readouterr().err
    SPEC.stream(TABLE).write(out, task, progress=False)
    assert capsys.readouterr().err == ""


def test_memory_stays_flat():
    """Ten times the rows take no more memory."""
    code = """
import resource, sys, numpy as np, pyarrow as pa, paimana as pm
def given(rows):
    number = np.arange(65536)
    for begin in range(0, rows, 65536):
        at = begin + number
        yield pa.record_batch({
            "k": at // 240, "month": ((np.datetime64("2000-01") + at % 240).astype("M8[D]")),
            "x": at + 1.0,
        })
spec = pm.panel("k", "month", "M")
for rows in (500_000, 5_000_000):
    for batch in spec.stream(given(rows)).yoy("x"):
        pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    few, many = map(int, done.stdout.split())
    assert many < few * 1.15 + 20_000
