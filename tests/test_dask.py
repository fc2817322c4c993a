"""Dask: the values of a frame of pandas to the last bit, lazily, whatever partitions there are."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import paimana as pm
from paimana.datasets import trade_panel
from paimana.tables._read import BY_PERIOD, family
from paimana.tables._task import methods

dask = pytest.importorskip("dask")
dd = pytest.importorskip("dask.dataframe")

SPEC = pm.panel(["country", "product"], "month", "M")
# those that go period by period are in test_panel_by_period
ALONG_ROWS = [name for name in methods() if family(getattr(pm, name)) not in BY_PERIOD]
OPTIONS = {
    "rolling_sum": {"window": 3},
    "rolling_mean": {"window": 3, "na": "skip"},
    "rebase": {"base": "2011"},
    "growth": {"since": "2010-02", "average": "annual"},
    "ytd": {"year_start": "JUL"},
    "ytd_growth": {"year_start": "APR"},
    "streak": {"lag": 12},
    "zscore": {"window": 12},
}


@pytest.fixture(autouse=True)
def _threads():
    with dask.config.set(scheduler="threads"):
        yield


def table(keys="category", months=40, seed=1, shuffled=True):
    """Twelve series; in no order, so that every partition has rows of every series."""
    rows = trade_panel(3, 4, months, missing=0.1, seed=seed, keys=keys)
    return rows.sample(frac=1, random_state=seed, ignore_index=True) if shuffled else rows


def same(got, want):
    kind = "series" if isinstance(want, pd.Series) else "frame"
    getattr(pd.testing, f"assert_{kind}_equal")(got.sort_index(), want, check_exact=True)


def shuffles(lazy):
    """How many times the rows are shuffled."""
    return sum("Shuffle" in type(node).__name__ for node in lazy.optimize(fuse=False).expr.walk())


@pytest.mark.parametrize("name", ALONG_ROWS)
@pytest.mark.parametrize("partitions", [1, 5])
def test_every_indicator_is_that_of_pandas(name, partitions):
    rows, options = table(), OPTIONS.get(name, {})
    lazy = getattr(SPEC, name)(dd.from_pandas(rows, npartitions=partitions), "value", **options)
    want = getattr(SPEC, name)(rows, "value", **options)
    got = lazy.compute()
    same(got, want)
    if isinstance(want, pd.Series):
        assert (lazy.name, lazy.dtype, got.dtype) == (want.name, want.dtype, want.dtype)
    else:
        assert lazy.dtypes.to_dict() == got.dtypes.to_dict() == want.dtypes.to_dict()
    assert lazy._meta.index.dtype == got.index.dtype


@pytest.mark.parametrize("keys", ["category", "text", "int"])
def test_every_kind_of_key(keys):
    rows = table(keys)
    for partitions in (1, 2, 7):
        frame = dd.from_pandas(rows, npartitions=partitions)
        same(SPEC.yoy(frame, "value").compute(), SPEC.yoy(rows, "value"))
    if keys == "text":
        assert frame.dtypes["country"].storage == "pyarrow"


@pytest.mark.parametrize("time", ["stamps", "texts", "numbers", "dates of Arrow"])
def test_every_kind_of_time(time):
    rows = table("text")
    if time == "texts":
        rows["month"] = rows["month"].dt.strftime("%Y-%m")
    elif time == "numbers":
        rows["month"] = 100 * rows["month"].dt.year + rows["month"].dt.month
    elif time == "dates of Arrow":
        rows["month"] = rows["month"].astype(pd.ArrowDtype(pa.date32()))
    frame = dd.from_pandas(rows, npartitions=3)
    same(SPEC.yoy(frame, "value").compute(), SPEC.yoy(rows, "value"))


def test_columns_are_added_and_all_is_kept():
    rows = table("text").assign(note="as declared", other=range(len(table())))
    frame = dd.from_pandas(rows, npartitions=4)
    got = SPEC.yoy(frame, "value", assign="rate")
    assert got.columns.tolist() == [*rows.columns, "rate"]
    assert got.dtypes["rate"] == np.float64
    found = got.compute().sort_index()
    assert found["rate"].tolist() == pytest.approx(SPEC.yoy(rows, "value").tolist(), nan_ok=True)
    assert (found[rows.columns].astype(str) == rows.astype(str)).all(axis=None)
    several = SPEC.yoy(frame, ["value", "other"])
    assert several.columns.tolist() == ["value_yoy", "other_yoy"]
    same(several.compute(), SPEC.yoy(rows, ["value", "other"]))
    same(SPEC.rank(frame, "value").compute(), SPEC.rank(rows, "value"))


def test_decimals_stay_decimals():
    rows = table("text")
    money = [Decimal(f"{value:.2f}") for value in rows["value"]]
    rows["value"] = pd.Series(money, dtype=pd.ArrowDtype(pa.decimal128(18, 2)))
    frame = dd.from_pandas(rows, npartitions=3)
    lazy = SPEC.yoy(frame, "value", decimals=2)
    want = SPEC.yoy(rows, "value", decimals=2)
    got = lazy.compute()
    assert lazy.dtype == got.dtype == want.dtype
    same(got, want)
    assert all(isinstance(value, Decimal) for value in got.dropna())


def test_rows_are_shuffled_only_where_that_is_needed():
    rows = table("text")
    frame = dd.from_pandas(rows, npartitions=4)
    want = SPEC.yoy(rows, "value")
    assert shuffles(SPEC.yoy(frame, "value")) == 1
    assert shuffles(SPEC.yoy(dd.from_pandas(rows, npartitions=1), "value")) == 0
    for keys in ("country", ["product", "country"]):
        before = frame.shuffle(keys)
        got = SPEC.yoy(before[before["value"] > 0], "value")
        assert shuffles(got) == 1  # the one before
        same(got.compute(), want)
    # By another column, under another name, or by values that changed since: shuffled again.
    for other in (
        frame.shuffle("month"),
        frame.shuffle("country").assign(country=lambda part: part["country"].str[1:]),
        frame.shuffle("country").map_partitions(lambda part: part.assign(product="P000")),
        frame.shuffle("country").repartition(npartitions=7),
    ):
        assert shuffles(SPEC.yoy(other, "value")) == 2
    swapped = frame.shuffle("month")
    swapped.columns = ["country", "product", "country_was", "value"]
    swapped = swapped.assign(month=swapped["country_was"])
    assert shuffles(SPEC.yoy(swapped, "value")) == 2
    named = frame.shuffle("product")
    named.columns = ["product", "country", "month", "value"]
    same(SPEC.yoy(named, "value").compute(), want)
    assert shuffles(SPEC.yoy(frame.shuffle("country"), "value", partitioned=False)) == 2
    whole = dd.from_pandas(table(shuffled=False), npartitions=1).repartition(npartitions=1)
    assert shuffles(SPEC.yoy(whole, "value")) == 0


def test_columns_that_were_dropped_tell_nothing_of_their_namesakes():
    rows = table("text")
    want = SPEC.yoy(rows, "value")
    frame = dd.from_pandas(rows.assign(land=rows["country"]), npartitions=4)
    by_land = frame.shuffle("land").drop(columns="land")
    by_month = frame.assign(country=rows["month"].astype(str)).shuffle("country")
    for other in (
        frame.shuffle("country").drop(columns="country").rename(columns={"land": "country"}),
        by_land.rename(columns={"value": "v"}).rename(columns={"v": "value"}),
        by_month.drop(columns="country").rename(columns={"land": "country"}),
    ):
        lazy = SPEC.yoy(other, "value")
        assert shuffles(lazy) == 2
        same(lazy.compute(), want)
    indexed = rows.assign(country=rows["month"].astype(str), land=rows["country"])
    parts = dd.from_pandas(indexed.set_index("land").rename_axis("country"), 4, sort=False)
    lazy = SPEC.yoy(parts.shuffle("country").drop(columns="country").reset_index(), "value")
    assert shuffles(lazy) == 2
    assert sorted(lazy.compute().dropna()) == sorted(want.dropna())


def test_partitions_that_are_declared_are_taken_at_their_word():
    rows = table("int", shuffled=False)
    parts = [part for _, part in rows.groupby("country")]
    frame = dd.from_map(lambda part: part, parts)
    lazy = SPEC.yoy(frame, "value", partitioned=True)
    assert shuffles(lazy) == 0
    same(lazy.compute(), SPEC.yoy(rows, "value"))
    assigned = SPEC.yoy(frame, "value", partitioned=True, assign="rate")
    both = SPEC.mom(assigned, "rate", partitioned=True)
    assert shuffles(both) == 0
    same(both.compute(), SPEC.mom(SPEC.yoy(rows, "value", assign="rate"), "rate"))


def test_an_index_that_is_a_key():
    rows = table("text")
    want = SPEC.yoy(rows, "value", assign="rate").set_index(["country", "product", "month"])["rate"]
    indexed = dd.from_pandas(rows, npartitions=3).set_index("country")
    lazy = SPEC.yoy(indexed, "value", assign="rate")
    assert shuffles(lazy) == shuffles(indexed)
    assert lazy.known_divisions
    got = lazy.compute()
    assert got.index.name == "country"
    found = got.reset_index().set_index(["country", "product", "month"])["rate"]
    pd.testing.assert_series_equal(found.sort_index(), want.sort_index(), check_index_type=False)
    plain = SPEC.yoy(indexed.clear_divisions(), "value", assign="rate").compute()
    found = plain.reset_index().set_index(["country", "product", "month"])["rate"]
    pd.testing.assert_series_equal(found.sort_index(), want.sort_index(), check_index_type=False)
    parts = [part.set_index("country") for part in (rows.iloc[:50], rows.iloc[50:])]
    wrong = dd.from_map(lambda part: part, parts, divisions=("C000", "C001", "C002"))
    with pytest.raises(RuntimeError, match="ivision"):
        SPEC.yoy(wrong, "value").compute()


@pytest.mark.parametrize("how", ["declared", "shuffled"])
def test_a_bad_row_in_the_last_partition_is_named(how):
    rows = table("text", shuffled=False)
    twice = pd.concat([rows, rows.tail(1)], ignore_index=True)
    parts = [part for _, part in twice.groupby("country")]
    frame = dd.from_map(lambda part: part, parts)
    row = rows.iloc[-1]
    lazy = SPEC.yoy(frame, "value", partitioned=how == "declared" or None)
    words = f"{row['country']}, {row['product']}, {row['month']:%B %Y}"
    with pytest.raises(ValueError, match=words):
        lazy.compute()


def test_what_is_wrong_is_said_at_once():
    frame = dd.from_pandas(table("text"), npartitions=2)
    with pytest.raises(ValueError, match=r'no column "worth".*"value"'):
        SPEC.yoy(frame, "worth")
    with pytest.raises(ValueError, match='no column "firm"'):
        pm.panel(["firm"], "month", "M").yoy(frame, "value")
    with pytest.raises(ValueError, match='"value" already'):
        SPEC.yoy(frame, "value", assign="value")
    with pytest.raises(ValueError, match="frequency"):
        pm.panel(["country", "product"], "month").yoy(frame, "value")
    for across in (SPEC.share, SPEC.rank, SPEC.largest, SPEC.contributions):
        with pytest.raises(TypeError, match=r"Dask is in parts.*\.compute\(\)"):
            across(frame, "value", within="month")
    with pytest.raises(AttributeError, match=r"other periods.*pm\.annual_growth"):
        SPEC.annual_growth(frame, "value")
    with pytest.raises(TypeError, match="numeric"):
        SPEC.yoy(frame, "product")
    with pytest.raises(TypeError, match="floats"):
        pm.panel(["value"], "month", "M").yoy(frame, "value")


@pytest.mark.verify
def test_a_killed_worker_loses_nothing():
    distributed = pytest.importorskip("distributed")
    import os
    import signal
    import time

    parts, slow = 12, 0.4

    def make(number):
        time.sleep(slow)
        rows = trade_panel(40, 50, 120, seed=number, keys="int")
        return rows.assign(country=rows["country"] + 100 * number)

    spec, dask_options = SPEC, {"distributed.scheduler.allowed-failures": 5}
    with (
        dask.config.set(dask_options),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        frame = dd.from_map(make, list(range(parts)))
        for declared in (True, None):
            lazy = spec.yoy(frame, "value", assign="rate", partitioned=declared)
            future = client.compute(lazy)
            time.sleep(2.5)
            assert not future.done()
            victim = next(iter(client.run(os.getpid).values()))
            os.kill(victim, signal.SIGKILL)
            got = future.result(timeout=180)
            want = pd.concat([spec.yoy(make(n), "value", assign="rate") for n in range(parts)])
            by = ["country", "product", "month"]
            pd.testing.assert_frame_equal(
                got.sort_values(by, ignore_index=True),
                want.sort_values(by, ignore_index=True),
                check_exact=True,
            )


def test_options_that_differ_in_the_middle_are_different_work():
    """Dask holds what has the same name for the same, and the words for long data show its ends."""
    from dask.base import tokenize

    from paimana.engines.dask import _Part

    first, second = np.zeros(5000), np.zeros(5000)
    second[2500] = 1.0
    parts = [_Part(SPEC.x11("value", forecast=one), True, None) for one in (first, second, first)]
    names = [tokenize(part) for part in parts]
    assert names[0] == names[2] != names[1]
