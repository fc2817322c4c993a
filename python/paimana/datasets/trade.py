"""A synthetic panel of trade of any size: country, product, month, value, made by a gravity model.

Rows are made in blocks of whole series, each from random numbers of its own, so that a panel is the
same in whatever batches it is taken, and none of it need be held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from paimana._extras import require

__all__ = ["trade_panel"]

Array = np.ndarray[Any, Any]

_BLOCK = 1 << 16
"""Rows made in one go, about: they stay in the cache of a core."""
_ABOUT = {
    "title": "Synthetic exports by country, product and month",
    "unit": "thousand US dollars",
    "source": "synthetic: paimana.datasets.trade_panel",
    "note": "Synthetic: made by a gravity model from random numbers; no figure is a country's.",
}


def trade_panel(
    countries: int = 100,
    products: int = 50,
    months: int = 120,
    *,
    missing: float = 0.05,
    seed: int = 0,
    start: str = "2010-01",
    keys: str = "category",
    container: str = "pandas",
    batches: int | None = None,
) -> Any:
    r"""Make a synthetic long table of exports: country, product, month, value.

    Parameters
    ----------
    countries, products, months
        How many of each; rows are their product, less those that are absent.
    missing
        The share of rows that are absent, at random.
    seed
        Another seed makes another panel.
    start
        The first month.
    keys
        ``"category"`` for names such as ``"C007"`` as categories, ``"text"`` for the same as texts,
        ``"int"`` for numbers from 0.
    container
        ``"pandas"``, ``"polars"`` (by way of Arrow) or ``"arrow"``, of the whole table.
    batches
        Rows of a batch; the panel then comes as a `pyarrow.RecordBatchReader`, made batch by batch
        while it is read.

    Returns
    -------
    pandas or polars DataFrame, pyarrow Table, or pyarrow RecordBatchReader
        Sorted by country, product and month; `month` holds the first day of each month, `value`
        thousands of dollars with two decimals. The attributes, or the metadata of the schema, say
        that it is synthetic; Polars has no place for that.

    Raises
    ------
    ValueError
        For counts below 1, a share of absent rows not in [0, 1), a first month that is none, and
        keys or a container that are not known.
    ImportError
        If the library of the container is not installed.

    Notes
    -----
    A country has a size and a place on the globe. What it exports of a product is its size times
    its access to the markets of the others, :math:`\sum_j M_j / d_{ij}`, times the size of the
    product, times its advantage in it, all of lognormal draws; it grows at a rate of the country,
    with a season of the product, a cycle common to all, and noise. The panel does not depend on
    `batches`.

    Examples
    --------
    >>> from paimana import datasets
    >>> table = datasets.trade_panel(2, 2, 24, missing=0, seed=1, container="arrow")
    >>> table.num_rows, table.column_names
    (96, ['country', 'product', 'month', 'value'])
    >>> reader = datasets.trade_panel(2, 2, 24, missing=0, seed=1, batches=40)
    >>> [batch.num_rows for batch in reader]
    [40, 40, 16]
    """
    first = _checked(countries, products, months, missing, seed, start)
    if keys not in ("category", "text", "int"):
        raise ValueError(f'keys={keys!r} is not known: give "category", "text" or "int"')
    if container not in ("pandas", "polars", "arrow"):
        raise ValueError(
            f'container={container!r} is not known: give "pandas", "polars" or "arrow"'
        )
    blocks = _blocks(countries, products, months, missing, seed, first)
    if batches is not None:
        if batches < 1:
            raise ValueError(f"batches={batches} is no number of rows: give 1 or more")
        arrow = _Arrow(countries, products, keys)
        made = (arrow.batch(cut) for cut in _cut(blocks, batches))
        return arrow.library.RecordBatchReader.from_batches(arrow.schema, made)
    if container != "pandas":
        polars: Any = require("polars", "polars") if container == "polars" else None
        arrow = _Arrow(countries, products, keys)
        table = arrow.library.Table.from_batches(map(arrow.batch, blocks), arrow.schema)
        return table if polars is None else polars.from_arrow(table)
    pandas: Any = require("pandas", "pandas")
    country, product, days, value = map(np.concatenate, zip(*blocks, strict=True))
    found: dict[str, Any] = {"country": country, "product": product}
    if keys != "int":
        for name, letter, count in (("country", "C", countries), ("product", "P", products)):
            codes = pandas.Categorical.from_codes(found[name], _names(letter, count))
            found[name] = codes if keys == "category" else pandas.Series(codes).astype("str")
    month = days.astype("M8[D]").astype("M8[s]")
    table = pandas.DataFrame({**found, "month": month, "value": value}, copy=False)
    table.attrs = dict(_ABOUT)
    return table


def _checked(
    countries: int, products: int, months: int, missing: float, seed: int, start: str
) -> np.datetime64:
    """The first month, after everything was looked at."""
    counts = (("countries", countries), ("products", products), ("months", months))
    for name, count in counts:
        if count < 1:
            raise ValueError(f"{name}={count} makes no row: give 1 or more")
    if not 0 <= missing < 1:
        raise ValueError(f"missing={missing} is no share of the rows: give 0 or more, below 1")
    if seed < 0:
        raise ValueError(f"seed={seed} is below 0: give 0 or more")
    try:
        return np.datetime64(start, "M")
    except ValueError:
        raise ValueError(f'start={start!r} is no month: write it as "2010-01"') from None


def _names(letter: str, count: int) -> list[str]:
    """Names that sort as their numbers do."""
    width = max(3, len(str(count - 1)))
    return [f"{letter}{number:0{width}}" for number in range(count)]


def _draws(seed: int, *path: int) -> np.random.Generator:
    """The random numbers of one purpose of a panel."""
    return np.random.Generator(np.random.SFC64([seed, *path]))


def _blocks(
    countries: int, products: int, months: int, missing: float, seed: int, start: np.datetime64
) -> Iterator[tuple[Array, Array, Array, Array]]:
    """The columns country, product, days from 1970 and value, of some whole series at a time."""
    rng = _draws(seed, 0)
    # Exports of a country in logarithms: its size and its access to the others' markets.
    size = rng.normal(0, 1.2, countries)
    place = rng.normal(size=(countries, 3))
    place /= np.sqrt((place**2).sum(1, keepdims=True))
    reach = np.zeros(countries)
    for i in range(countries):
        distance = np.sqrt(((place[i] - place) ** 2).sum(1)) + 0.1
        reach[i] = (np.exp(size) / distance).sum() - np.exp(size[i]) / 0.1
    level = 5.0 + size + np.log1p(np.maximum(reach, 0) / countries)
    growth = rng.normal(0.004, 0.002, countries)
    weight = rng.normal(0, 1.0, products)
    season = rng.uniform(0, 0.25, products)
    peak = rng.uniform(0, 2 * np.pi, products)
    month = np.arange(months)
    cycle = 0.1 * np.sin(2 * np.pi * month / 100 + rng.uniform(0, 2 * np.pi))
    angle = 2 * np.pi * month / 12
    wave, cross = np.cos(angle), np.sin(angle)
    days = (start + month).astype("M8[D]").astype(np.int64).astype(np.int32)
    series = countries * products
    step = max(1, _BLOCK // months)
    for number, begin in enumerate(range(0, series, step)):
        rng = _draws(seed, 1, number)
        country, product = np.divmod(np.arange(begin, min(begin + step, series)), products)
        value = rng.standard_normal((len(country), months))
        value *= 0.12
        value += (level[country] + weight[product] + rng.normal(0, 0.8, len(country)))[:, None]
        value += growth[country][:, None] * month
        value += (season * np.cos(peak))[product][:, None] * wave
        value += (season * np.sin(peak))[product][:, None] * cross
        value += cycle
        np.exp(value, out=value)
        value *= 100
        np.rint(value, out=value)
        value /= 100
        kept = rng.random(value.shape, np.float32) >= np.float32(missing)
        rows = np.count_nonzero(kept, axis=1)
        yield (
            np.repeat(country.astype(np.int32), rows),
            np.repeat(product.astype(np.int32), rows),
            np.broadcast_to(days, kept.shape)[kept],
            value[kept],
        )


def _cut(blocks: Iterable[tuple[Array, ...]], size: int) -> Iterator[list[Array]]:
    """The same rows in pieces of a size, the last one shorter."""
    pieces: list[tuple[Array, ...]] = []
    rows = 0
    for block in blocks:
        begin, length = 0, len(block[0])
        while rows + length - begin >= size:
            end = begin + size - rows
            pieces.append(tuple(column[begin:end] for column in block))
            yield [np.concatenate(columns) for columns in zip(*pieces, strict=True)]
            pieces, rows, begin = [], 0, end
        if begin < length:
            pieces.append(tuple(column[begin:] for column in block))
            rows += length - begin
    if rows:
        yield [np.concatenate(columns) for columns in zip(*pieces, strict=True)]


class _Arrow:
    """How the columns become Arrow, by their buffers, since `pyarrow.array` would import pandas."""

    def __init__(self, countries: int, products: int, keys: str) -> None:
        self.library: Any = require("pyarrow", "arrow")
        self.keys = keys
        self.names = [
            self.texts(_names("C", countries)),
            self.texts(_names("P", products)),
        ]
        text, number = self.library.string(), self.library.int32()
        kind = {"category": self.library.dictionary(number, text), "text": text, "int": number}
        self.schema = self.library.schema(
            [
                ("country", kind[keys]),
                ("product", kind[keys]),
                ("month", self.library.date32()),
                ("value", self.library.float64()),
            ],
            metadata=_ABOUT,
        )

    def batch(self, columns: Iterable[Array]) -> Any:
        """A record batch of the four columns."""
        country, product, days, value = columns
        made = [self.key(country, self.names[0]), self.key(product, self.names[1])]
        made += [self.plain(days, self.library.date32()), self.plain(value, self.library.float64())]
        return self.library.RecordBatch.from_arrays(made, schema=self.schema)

    def key(self, codes: Array, names: Any) -> Any:
        """A key column of codes."""
        numbers = self.plain(codes, self.library.int32())
        if self.keys == "int":
            return numbers
        if self.keys == "text":
            return names.take(numbers)
        return self.library.DictionaryArray.from_arrays(numbers, names)

    def texts(self, names: list[str]) -> Any:
        """Names of one length as an array."""
        ends = np.arange(len(names) + 1, dtype=np.int32) * len(names[0])
        buffers = [self.library.py_buffer(part) for part in (ends, "".join(names).encode())]
        return self.library.Array.from_buffers(self.library.string(), len(names), [None, *buffers])

    def plain(self, values: Array, kind: Any) -> Any:
        """An array over the memory of the values."""
        buffer = self.library.py_buffer(np.ascontiguousarray(values))
        return self.library.Array.from_buffers(kind, len(values), [None, buffer])
