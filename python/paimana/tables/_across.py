"""Across the series of a long table: shares, contributions, ranks and leaders within groups.

A group is named by columns, such as the products of a country in a month; its rows are its parts.
"""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from paimana import _core
from paimana._containers import Data, Values

__all__ = ["contributions", "largest", "rank", "share"]

Array = np.ndarray[Any, Any]

EXACT = {"decimals": None, "rounding": "half_up"}
"""The options of those that take decimals."""


def share(read: Any, column: Any, within: Any, options: dict[str, Any]) -> dict[str, Any]:
    """Each row's share of its group."""
    chosen = _options(options, negative_base="missing", unit="percent", na="propagate", **EXACT)
    data, _, groups = _grouped(read, column, within, options)
    rule, unit, na = chosen["negative_base"], chosen["unit"], chosen["na"]
    return {
        "share": data.like(_run(read, _core.shares.shares, data.values, 0, rule, unit, na, groups))
    }


def rank(read: Any, column: Any, within: Any, options: dict[str, Any]) -> dict[str, Any]:
    """Each row's rank in its group, 1 for the highest."""
    _options(options, **EXACT)
    data, _, groups = _grouped(read, column, within, options)
    return {"rank": data.like(_core.records.rank(data.values, 0, groups, None, True))}


def contributions(read: Any, column: Any, within: Any, options: dict[str, Any]) -> dict[str, Any]:
    """What each row added to the growth of its group's total, in points."""
    chosen = _options(options, lag=1, negative_base="missing", unit="percent")
    if read.spec.time not in _names(within):
        raise ValueError(
            f'contributions are to the total of a period: name "{read.spec.time}" in within=, too'
        )
    data, codes, _ = _grouped(read, column, within, options)
    values = _floats(data.values, "contributions")
    totals = np.bincount(codes, values, int(codes.max(initial=-1)) + 1)[codes].astype(np.float64)
    lag, rule, unit = chosen["lag"], chosen["negative_base"], chosen["unit"]
    change = _core.growth.change(values, 0, read.groups, lag)
    base = _core.growth.lag(totals, 0, read.groups, lag)
    points = _run(read, _core.shares.share, change, 0, None, base, rule, unit)
    return {"contributions": data.like(points)}


def largest(read: Any, column: Any, within: Any, options: dict[str, Any]) -> dict[str, Any]:
    """Who leads in each row's group: the keys that tell its rows apart, its share, the margin."""
    chosen = _options(options, unit="percent")
    data, codes, _ = _grouped(read, column, within, options)
    values = _floats(data.values, "largest")
    values = np.where(np.isfinite(values), values, np.nan)
    groups = int(codes.max(initial=-1)) + 1
    order = np.lexsort((-values, codes))  # of equal ones the first row; missing ones last
    starts = np.searchsorted(codes[order], np.arange(groups))
    sizes = np.bincount(codes, minlength=groups)
    first = order[starts]
    second = np.where(sizes > 1, order[np.minimum(starts + 1, len(order) - 1)], -1)
    # As pm.largest adds them up, from the highest down: another order ends in other last digits.
    totals = np.bincount(codes[order], values[order], groups).astype(np.float64)
    leading = values[first]
    behind = np.where(second >= 0, values[second], np.nan)

    def of_total(points: Array) -> Array:
        """The share of these in the totals, in the row of each of its group."""
        share = _core.shares.share(points, 0, None, totals, "missing", chosen["unit"])
        return data.like(share[codes])

    # A group of all keys has one series, whose rows are its periods.
    others = [name for name in read.spec.keys if name not in _names(within)] or [read.spec.time]

    def named(rows: Array, which: Array) -> Array:
        """What tells these rows apart, None where there is none."""
        made = np.empty(len(rows), dtype=object)
        words = [read.labels(rows[which], name) for name in others]
        joined = [", ".join(map(str, each)) for each in zip(*words, strict=True)]
        made[which] = words[0] if len(words) == 1 else joined
        return made

    return {
        "largest": data.words(named(first, ~np.isnan(leading))[codes]),
        "share": of_total(leading),
        "runner_up": data.words(named(second, ~np.isnan(behind))[codes]),
        "margin": of_total(leading - behind),
    }


def _names(within: Any) -> list[Any]:
    if isinstance(within, (list, tuple)):
        return list(cast("list[Any]", within))
    return [within]


def _options(given: dict[str, Any], **known: Any) -> dict[str, Any]:
    """The options of a function, with what was given."""
    if unknown := [name for name in given if name not in known]:
        raise TypeError(f"{unknown[0]}= is no option within groups; there are {', '.join(known)}")
    return known | given


def _grouped(
    read: Any, column: Any, within: Any, options: dict[str, Any]
) -> tuple[Data, Array, Any]:
    """A column as data, the group of each row as a number, and the groups."""
    names = _names(within)
    if not names:
        raise ValueError('within= names no column: give the columns of a group, such as "month"')
    keys = [name for name in names if name != read.spec.time]
    if wrong := [name for name in keys if name not in read.spec.keys]:
        raise ValueError(f'within= names "{wrong[0]}", which is no key of the panel, nor its time')
    len(read.groups)  # two rows of one key and period are an error here, too
    codes, groups = _core.Groups.alike(read.pack(names))
    exact = (options.get("decimals"), options.get("rounding", "half_up"))
    return read.column(column, exact).inner, codes, groups


def _floats(values: Any, what: str) -> Array:
    if isinstance(values, Values):
        raise TypeError(f"{what} within groups are of floats: convert the decimals first")
    return values


def _run(read: Any, kernel: Any, *args: Any) -> Any:
    """A kernel whose errors name the row."""
    try:
        return kernel(*args)
    except _core.PlacedError as error:
        sentence, row, _ = error.args
        raise ValueError(sentence.format(place=read.row_words(row))) from None
