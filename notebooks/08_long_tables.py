# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Which row is a year ago?
#
# Exports by country, product and month, one row each: a long table, as statistics of
# trade are. Rows are absent where nothing was reported. Which row, then, is the same
# month of the year before?
#
# The table of this notebook is **synthetic**: a gravity model and random numbers make
# it, and no figure in it is a country's. One row in twenty is absent.

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

import paimana as pm

trade = pm.datasets.trade_panel(countries=100, products=50, months=120, missing=0.05)
print(trade.attrs["note"])
trade.head(8)

# %% [markdown]
# August 2010 is not there. The usual line, `pct_change(12)` by group, or `shift(12)`,
# compares each row with the one *twelve rows above*: March 2011 with February 2010, and
# so on until a year without a gap has gone by. It is right only where all twelve months
# before are there. If each is absent with probability $m$, the share of wrong rates is
#
# $$1 - (1 - m)^{12} = 1 - 0.95^{12} = 46\,\%$$
#
# Pandas can be right: give every row the month a year later, and join the table
# with itself.

# %%
keys = ["country", "product"]


def by_row(table):
    return 100 * table.groupby(keys, observed=True)["value"].pct_change(12)


def by_join(table):
    base = table[[*keys, "month", "value"]].copy()
    base["month"] += pd.DateOffset(years=1)
    both = table.merge(base, "left", [*keys, "month"], suffixes=("", "_base"))
    return 100 * (both["value"] / both["value_base"] - 1)


def wrong(rates, right):
    return ~np.isclose(rates, right, rtol=1e-9, atol=1e-9, equal_nan=True)


rows, right = by_row(trade), by_join(trade)
given, known = rows.notna(), right.notna()
bad = wrong(rows, right)
share = (bad & given).sum() / given.sum()
print(f"{given.sum():,} rates by row; {(bad & given).sum():,} are wrong, {share:.1%};")
print(f"{(given & ~known).sum():,} of these have no row a year before.")
print(f"{(known & ~given).sum():,} rates that are known are not given.")

# %% [markdown]
# Nothing warns. The rates look like rates:

# %%
first = (trade["country"] == "C000") & (trade["product"] == "P000")
shown = pd.DataFrame({"by row": rows[first], "by the calendar": right[first]})
shown.index = trade.loc[first, "month"]
axes = shown.asfreq("MS").plot(
    figsize=(8, 3), ylabel="% on a year before", xlabel="", style=["-", "."]
)

# %% [markdown]
# How many gaps does it take? Few. The line is the formula; the dots are counted in
# panels of 100 series:

# %%
absent = [0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2]
counted = []
for share in absent:
    some = pm.datasets.trade_panel(10, 10, 120, missing=share, seed=1)
    rates = by_row(some)
    counted.append(100 * wrong(rates, by_join(some))[rates.notna()].mean())
line = np.linspace(0, 0.2, 50)
figure, axes = plt.subplots(figsize=(6, 3))
axes.plot(100 * line, 100 * (1 - (1 - line) ** 12))
axes.plot(100 * np.array(absent), counted, "o")
_ = axes.set(xlabel="% of rows absent", ylabel="% of rates wrong")

# %% [markdown]
# ## What structure does the table have?
#
# It is declared once, as by Stata's `xtset`: what tells the series apart, what tells
# the time, and the frequency.

# %%
spec = pm.panel(keys=["country", "product"], time="month", freq="M")
spec.describe(trade)

# %% [markdown]
# Nearly every series has a gap. A description counts duplicates; it does not refuse
# them. Its figures are attributes, for a test before the work begins:

# %%
found = spec.describe(trade)
found.groups, found.absent, found.with_gaps, found.duplicates

# %% [markdown]
# ## How much more than a year ago?
#
# Every indicator of a series is a method. The column that comes back has the class,
# the index and the order of the table. A lag is by the calendar: without a row a year
# before there is no rate.

# %%
rate = spec.yoy(trade, "value")
assert not wrong(rate, right).any()
rate.head(15).round(1).to_list()

# %% [markdown]
# All rates are those of the join. What does each way cost, in milliseconds, at best of
# three?

# %%
import timeit

ways = {"by row, wrong": by_row, "by join": by_join}
ways["spec.yoy"] = lambda table: spec.yoy(table, "value")
cost = {
    name: 1000 * min(timeit.repeat(lambda way=way: way(trade), number=1, repeat=3))
    for name, way in ways.items()
}
pd.Series(cost, name="milliseconds").round(0).to_frame()

# %% [markdown]
# Rows may lie in any order, and keep it:

# %%
shuffled = trade.sample(frac=1, random_state=1)
assert spec.yoy(shuffled, "value").sort_index().equals(rate)

# %% [markdown]
# With `assign=` the table comes back with the new column after its own. Here the fiscal
# year to date, from July as in Pakistan; from an absent month on it is missing, unless
# `na="skip"` adds up what is there. Several columns give a frame.

# %%
table = spec.ytd(trade, "value", year_start="JUL", na="skip", assign="so_far")
table = spec.rolling_sum(table, "value", 12, na="skip", assign="last_12")
table.iloc[4:10]

# %%
spec.yoy(table, ["value", "last_12"]).dropna().head(3).round(1)

# %% [markdown]
# The share of series that stand at a record, month by month. A first value is none.
# Then records get rare, but for the upswing of the cycle that all series share:

# %%
at_record = spec.record(trade, "value").groupby(trade["month"]).mean() * 100
figure, axes = plt.subplots(figsize=(8, 3))
axes.plot(at_record)
_ = axes.set(ylabel="% of series at a record")

# %% [markdown]
# ## Which part, and who leads?
#
# So far each series was on its own. Shares and ranks look across the series of a
# month: `within=` names what makes a group. Of the exports of a country in a month,
# each product has a share; of those who export a product in a month, each has a rank.

# %%
last = trade[trade["month"] == "2019-12-01"]
parts = last.assign(
    share=spec.share(last, "value", within=["country", "month"]),
    rank=spec.rank(last, "value", within=["product", "month"]),
)
parts.nlargest(3, "share").round({"share": 1})

# %%
sums = parts.groupby("country", observed=True)["share"].sum()
assert np.allclose(sums, 100)

# %% [markdown]
# The leader of each country, its share, and the margin over the next, in points:

# %%
leaders = spec.largest(last, "value", within=["country", "month"])
last[["country"]].join(leaders).drop_duplicates("country").head(3).round(1)

# %% [markdown]
# ## What moved the total?
#
# The contribution of a product $i$ to the growth of the exports of a country is its
# change, in per cent of the total a year before, and the contributions add up:
#
# $$c_{it} = 100\,\frac{x_{it} - x_{i,t-12}}{\sum_j x_{j,t-12}}$$

# %%
points = spec.contributions(trade, "value", within=["country", "month"], lag=12)
month = trade["month"] == "2019-12-01"
one = trade[month & (trade["country"] == "C000")].assign(points=points)
one.sort_values("points", ascending=False).iloc[[0, 1, 2, -1]].round({"points": 2})

# %%
country = pm.panel("country", "month", "M")
by = ["country", "month"]
totals = trade.groupby(by, observed=True, as_index=False)["value"].sum()
totals = country.yoy(totals, "value", assign="growth").set_index(by)
growth = totals.loc[("C000", "2019-12-01"), "growth"]
unmatched = one["points"].isna().sum()
print(f"contributions {one['points'].sum():+.2f}, growth of the total {growth:+.2f}")
print(f"{unmatched} of {len(one)} products have no row a year before")

# %% [markdown]
# They do not agree, and should not: a product with a row in only one of the two months
# has no change. What the total gains and loses by rows that come and go is a matter
# of reporting, and the difference shows how large a matter: almost a point.

# %%
then = trade[(trade["month"] == "2018-12-01") & (trade["country"] == "C000")]
came = one.loc[one["points"].isna(), "value"].sum()
gone = then.loc[~then["product"].isin(one["product"]), "value"].sum()
reporting = 100 * (came - gone) / then["value"].sum()
print(f"{one['points'].sum():+.2f} {reporting:+.2f} = {growth:+.2f}")
assert np.isclose(one["points"].sum() + reporting, growth)

# %% [markdown]
# Over two years, the five products of that country with the largest exports in all
# years, and the rest:

# %%
mine = trade[trade["country"] == "C000"].assign(points=points)
largest = mine.groupby("product", observed=True)["value"].sum().nlargest(5).index
mine["part"] = mine["product"].astype(str).where(mine["product"].isin(largest), "rest")
bars = mine[mine["month"] >= "2018"].pivot_table("points", "month", "part", "sum")
bars.index = bars.index.strftime("%Y-%m")
axes = bars.plot.bar(stacked=True, figsize=(8, 3.5), ylabel="points", xlabel="")
_ = axes.legend(ncols=6, fontsize="small")

# %% [markdown]
# ## And in Polars? Arrow?
#
# The same structure, the same methods, the class that came in; and the same values,
# to the last bit.

# %%
import polars as pl

arrow = pm.datasets.trade_panel(keys="text", container="arrow")
polars = pl.from_arrow(arrow)
spec.yoy(polars, "value", assign="rate").tail(3)


# %%
def bits(rates):
    """The bytes of the rates, NaN where one is missing."""
    return np.nan_to_num(rates, nan=np.inf).tobytes()


lazy = spec.lazy(polars.lazy()).yoy("value").collect()["value_yoy"]
others = {
    "Polars": spec.yoy(polars, "value").to_numpy(),
    "Polars, lazy": lazy.to_numpy(),
    "Arrow": spec.yoy(arrow, "value").to_numpy(),
}
for name, values in others.items():
    print(f"{name:13}", "the same bits" if bits(values) == bits(rate) else "DIFFERENT")
assert {bits(values) for values in others.values()} == {bits(rate)}

# %% [markdown]
# A lazy frame stays lazy: only the keys, the time and the values are read for the new
# column, when it is collected.
#
# ## And if it does not fit into memory?
#
# Statistical offices publish a file a year, in which the rows of a series are far
# apart. Here are ten such files, in no order at all:

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

folder = TemporaryDirectory()
home = Path(folder.name)
for year, part in polars.group_by(pl.col("month").dt.year()):
    part.sample(fraction=1, shuffle=True, seed=1).write_parquet(
        home / f"trade-{year[0]}.parquet"
    )
sorted(file.name for file in home.iterdir())[:3]

# %% [markdown]
# `scan` sorts them with DuckDB in a stated memory, the rest of the sort being put on
# disk, and paimana computes whole series at a time. An indicator without its table,
# `spec.yoy("value")`, is a task; `write` takes one or more of them and gives the number
# of rows written. The file has its name only when it is complete.

# %%
files = pm.scan(f"{home}/trade-*.parquet", spec, memory_limit="100MB")
tasks = [
    spec.yoy("value", assign="rate"),
    spec.ytd("value", year_start="JUL", assign="so_far"),
]
written = files.write(home / "rates.parquet", *tasks, progress=False)
result = pq.read_table(home / "rates.parquet")
assert bits(result["rate"].to_numpy()) == bits(rate)
print(f"{written:,} rows:", ", ".join(result.column_names))

# %% [markdown]
# What is already sorted needs no sort. `stream` takes batches of Arrow rows from
# anywhere (a database, a reader of Parquet, another stream) and gives a reader of such
# batches. Its memory is that of a few batches and of the longest series, however long
# the table. Here the panel, too, is made batch by batch, and never held as a whole:

# %%
source = pm.datasets.trade_panel(countries=200, batches=65_536, keys="int")
count = above = 0
for batch in spec.stream(source).yoy("value", assign="rate"):
    rates = batch["rate"].drop_null().to_numpy()
    count += batch.num_rows
    above += (rates > 0).sum()
print(f"{count:,} rows, {above:,} of them above the year before")

# %% [markdown]
# The reader goes to DuckDB as it is, here for the median rate of the last months:

# %%
import duckdb

source = pm.datasets.trade_panel(countries=20, batches=65_536, keys="text")
stream = spec.stream(source).yoy("value", assign="rate")
duckdb.sql("""
    select month, count(rate) as rates, round(median(rate), 2) as median
    from stream where month >= '2019-10-01' group by month order by month
""").df()

# %%
folder.cleanup()

# %% [markdown]
# ## On many cores, or machines?
#
# With Dask nothing changes but the class of the table. The result is lazy; a frame
# whose series do not lie whole in their partitions is shuffled by its keys first, and
# each row keeps its index.

# %%
import dask.dataframe as dd

frame = dd.from_pandas(trade, npartitions=4, sort=False)
lazy = spec.yoy(frame, "value")
print(type(lazy).__name__, lazy.npartitions, "partitions")
computed = lazy.compute(scheduler="threads").sort_index()
assert bits(computed) == bits(rate)

# %% [markdown]
# Spark takes a task: `pm.spark.apply(frame, task)` adds its columns to a frame of
# Spark, the rows going to Python and back as Arrow. It needs Java and pyspark, and its
# start can take longer than all of this notebook. So the table is tiny, and the cell
# runs on request only: set the variable `PAIMANA_SPARK=1` before Jupyter starts.

# %%
import os
import shutil
import sys
from importlib.util import find_spec

java = shutil.which("java") or os.environ.get("JAVA_HOME")
if not os.environ.get("PAIMANA_SPARK"):
    print("Spark is left out: PAIMANA_SPARK is not set")
elif not java or not find_spec("pyspark"):
    print("Spark is left out: Java or pyspark is not here")
else:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[1]")
    for name, setting in {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "1",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
    }.items():
        builder = builder.config(name, setting)
    session = builder.getOrCreate()
    small = pm.datasets.trade_panel(2, 3, 24, keys="text", container="arrow")
    task = spec.yoy("value", assign="rate")
    made = pm.spark.apply(session.createDataFrame(small), task).toArrow()
    order = [(name, "ascending") for name in [*keys, "month"]]
    same = made.sort_by(order)["rate"].equals(task.apply(small)["rate"])
    session.stop()
    assert same
    print(f"Spark: {made.num_rows} rows, with the rates of the Arrow table")

# %% [markdown]
# ## What goes wrong, and what is said?
#
# Two rows for one product and month. By rows, the second would be a month of its own,
# and a join would multiply rows. Here it is an error that names both by key and period:

# %%
twice = pd.concat([trade.head(100), trade.iloc[[7]]], ignore_index=True)
try:
    spec.yoy(twice, "value")
except ValueError as error:
    print(error)

# %%
spec.describe(twice).duplicates

# %% [markdown]
# A stream that is not sorted would need all of its rows at once:

# %%
one, other = trade.iloc[:200], trade.iloc[5000:5200]
try:
    batches = [pl.DataFrame(other), pl.DataFrame(one)]
    spec.stream(batches).yoy("value").read_all()
except ValueError as error:
    print(error)

# %% [markdown]
# A part of a table may have months in which no other part has rows, so that its dates
# alone tell another frequency: whoever computes in parts must give it. A column that is
# misspelled is answered with those that are there.

# %%
for attempt in (
    lambda: pm.panel(keys, "month").yoy("value"),
    lambda: spec.yoy(trade, "valeu"),
    lambda: spec.share(trade, "value", within=["continent", "month"]),
):
    try:
        attempt()
    except (ValueError, KeyError) as error:
        print("*", error)
