"""Rounded tables that add up: controlled rounding.

The idea: every printed value is one of the two printable neighbours of the exact one, and the whole
is chosen so that sums hold with least change. The choice is the core's; here cells are taken from
their container and put back, and what was adjusted is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from numbers import Rational
from typing import Any, TypeVar, cast

import numpy as np

from paimana._containers.cells import Cells, cells_of, is_missing
from paimana._core import controlled as core
from paimana.measure._adding_up import Adjusted, Grid, RoundedToTotal

__all__ = ["Adjusted", "RoundedToTotal", "round_to_total"]

T = TypeVar("T")


def round_to_total(
    parts: T,
    total: Any = None,
    decimals: int = 0,
    *,
    rows: Any = None,
    columns: Any = None,
    within: str | None = None,
) -> RoundedToTotal[T]:
    """Round parts, or a table, so that what is printed adds up, with least change.

    each x goes to one of its neighbours floor(x/u) u and ceil(x/u) u, u = 10^-decimals, so that the
    sums hold and the sum of |printed - x| (and of its squares) is least

    Parameters
    ----------
    parts
        Exact values, in the unit in which they are printed: a list, dict, array or Series of parts
        of one total, or a table (a frame or two-dimensional array) that adds up both ways. Columns
        of words or dates in a frame are labels.
    total
        The printed total, which is rounded to `decimals`; by default the rounded sum. With
        ``within=`` one for all rows (columns), or one for each.
    decimals
        Printed decimals, at least 0.
    rows, columns
        Printed totals of a table's rows and columns; by default they are rounded along with the
        cells, each to one of its own neighbours. The total is the sum of those that are given.
    within
        For a table that adds up one way only: ``"row"`` rounds each row by itself to its total,
        ``"column"`` each column.

    Returns
    -------
    RoundedToTotal
        With `.rounded` (the class and labels of `parts`), `.adjusted` (what differs from ordinary
        rounding, with both values), `.total`, `.row_totals`, `.column_totals` and `.frame()`.

    Raises
    ------
    ValueError
        For totals that no rounding to neighbours reaches (the sentence says how far they are) or
        that contradict each other, missing and infinite values, more than two dimensions, negative
        decimals.
    TypeError
        For values that are not numbers.

    Notes
    -----
    Everything is decided exactly; floats are read by their shortest digits. A printable value never
    changes ("zero-restricted"), nor does any value by one unit or more.

    One total: the largest remainders are rounded up, of equal ones that of the larger part in size,
    then the earlier. Two ways: a flow of least cost in the network of rows and columns; with totals
    that are not given a solution always exists, since the exact table itself lies between the
    bounds. Cells and margins weigh the same; among several optima the same one is always taken.
    Going up instead of down costs 1 - 2f of a unit for a remainder f, by size and by squares alike.

    Ordinary rounding, against which adjustments are reported, rounds ties away from zero. An empty
    list sums to zero.

    Equivalents
    -----------
    tau-ARGUS, controlled rounding, for disclosure control. Stata and EViews have none.

    References
    ----------
    Cox and Ernst (1982), Controlled rounding, INFOR 20. Causey, Cox and Ernst (1985), Applications
    of transportation theory to statistical problems, and Cox (1987), A constructive procedure for
    unbiased controlled rounding, Journal of the American Statistical Association 80 and 82.
    Balinski and Young (1982), Fair Representation, for largest remainders (Hamilton's method).

    Examples
    --------
    >>> import paimana as pm
    >>> shares = {"goods": 57.46, "services": 30.27, "income": 12.27}
    >>> printed = pm.round_to_total(shares, 100)
    >>> printed.rounded
    {'goods': 58.0, 'services': 30.0, 'income': 12.0}
    >>> [(a.row, str(a.ordinary), str(a.rounded)) for a in printed.adjusted]
    [('goods', '57', '58')]
    >>> pm.round_to_total([[0.4, 0.4], [0.4, 0.4]]).rounded
    [[1.0, 0.0], [0.0, 1.0]]
    """
    cells = cells_of(parts)
    values = cells.values
    places = _decimals(decimals)
    if values.ndim not in (1, 2):
        what = "a single number" if values.ndim == 0 else f"of {values.ndim} dimensions"
        raise ValueError(f"parts is {what}; give a series of parts, or a table")
    if values.ndim == 1 and (rows is not None or columns is not None or within is not None):
        raise ValueError("rows=, columns= and within= are for tables; parts is a single series")
    if within not in (None, "row", "column"):
        raise ValueError(f'within is "row" or "column", or left out, not {within!r}')
    if within is not None and (rows is not None or columns is not None):
        raise ValueError("with within=, the totals of the lines are given as total=")
    texts = _texts(cells)
    if within is not None:
        return _lines(cells, texts, total, places, within)
    if values.ndim == 1:
        made, whole = core.round_parts(texts, places, _given(total, "total"))
        return _result(cells, texts, made, Decimal(whole), None, None, places, None)
    height, width = values.shape
    margins = [
        None if given is None else _margin(given, name, count, labels)
        for given, name, count, labels in (
            (rows, "rows", height, cells.rows),
            (columns, "columns", width, cells.columns),
        )
    ]
    try:
        made, row_totals, column_totals, whole = core.round_table(
            texts, width, places, _given(total, "total"), *margins
        )
    except ValueError as error:
        raise ValueError(_placed(str(error), cells)) from None
    return _result(cells, texts, made, Decimal(whole), row_totals, column_totals, places, None)


def _lines(
    cells: Cells, texts: list[str], total: Any, places: int, within: str
) -> RoundedToTotal[Any]:
    """Each row, or each column, rounded by itself."""
    by_row = within == "row"
    given = np.array(texts, object).reshape(cells.values.shape)
    lines = given if by_row else given.T
    labels = cells.rows if by_row else cells.columns
    single = total is None or isinstance(total, int | float | Decimal | Rational)
    totals = (
        [_given(total, "total")] * len(lines)
        if single
        else _margin(total, "total", len(lines), labels)
    )
    made: list[list[str]] = []
    printed: list[str] = []
    for i, (line, whole) in enumerate(zip(lines, totals, strict=True)):
        try:
            one, reached = core.round_parts(list(line), places, whole)
        except ValueError as error:
            where = (f"row {i}" if by_row else f"column {i}") if labels is None else labels[i]
            raise ValueError(f"{where}: {error}") from None
        made.append(one)
        printed.append(reached)
    rounded = np.array(made, object).reshape(lines.shape)
    flat = list((rounded if by_row else rounded.T).reshape(-1))
    return _result(cells, texts, flat, [Decimal(t) for t in printed], None, None, places, within)


def _result(
    cells: Cells,
    texts: list[str],
    made: list[str],
    total: Decimal | list[Decimal],
    rows: list[str] | None,
    columns: list[str] | None,
    places: int,
    within: str | None,
) -> RoundedToTotal[Any]:
    shape = cells.values.shape
    names = cells.columns
    if names is None:
        names = [None] if len(shape) == 1 else list(range(shape[1]))
    grid = Grid.of(_labels(cells), names, cells.values, texts, made, places)
    across = None if rows is None else [Decimal(text) for text in rows]
    down = None if columns is None else [Decimal(text) for text in columns]
    adjusted = grid.adjusted(across, down, total if isinstance(total, Decimal) else None)
    rounded = cells.like(grid.rounded)
    return RoundedToTotal(rounded, adjusted, total, across, down, places, grid, within)


def _labels(cells: Cells) -> list[Any]:
    """What the rows are called."""
    count = cells.values.shape[0]
    if cells.beside:
        columns = list(cells.beside.values())
        if len(columns) == 1:
            return columns[0]
        return [", ".join(str(column[i]) for column in columns) for i in range(count)]
    return list(range(count)) if cells.rows is None else list(cells.rows)


def _placed(sentence: str, cells: Cells) -> str:
    """The sentence with the labels of its row and column."""

    def label(found: re.Match[str]) -> str:
        number = int(found[2])
        labels = _labels(cells) if found[1] == "row" else cells.columns
        return f"{found[1]} {number if labels is None else labels[number]}"

    return re.sub(r"\[(row|column) (\d+)\]", label, sentence)


def _margin(given: Any, name: str, count: int, labels: list[Any] | None) -> list[str]:
    """Printed totals of rows or columns, in their order."""
    found = cells_of(given)
    if found.values.shape != (count,):
        raise ValueError(
            f"{name} has the shape {found.values.shape}; the table has {count} of them"
        )
    values = found.values.tolist()
    if labels is not None and found.rows is not None and found.rows != labels:
        if not isinstance(given, Mapping) or set(found.rows) != set(labels):
            raise ValueError(f"the labels of {name} are not those of the table")
        values = [cast("Mapping[Any, Any]", given)[label] for label in labels]
    return [_text(v, lambda: name) for v in values]


def _texts(cells: Cells) -> list[str]:
    """The cells as exact texts, row by row."""
    flat = cells.values.reshape(-1).tolist()
    if set(map(type, flat)) <= {float, np.float64} and np.isfinite(np.array(flat, float)).all():
        return list(map(float.__repr__, flat))
    return [
        _text(value, lambda place=place: cells.words(place))
        for value, place in zip(flat, np.ndindex(cells.values.shape), strict=True)
    ]


def _given(total: Any, name: str) -> str | None:
    return None if total is None else _text(total, lambda: name)


def _text(value: Any, where: Callable[[], str]) -> str:
    """A number as exact text; `where` says in words where it stands."""
    if is_missing(value):
        raise ValueError(f"a value is missing ({where()}): fill it in, or leave it out")
    if isinstance(value, float | np.floating | Decimal):
        number = cast("Any", value)
        if not np.isfinite(float(number)) and not (
            isinstance(value, Decimal) and value.is_finite()
        ):
            raise ValueError(f"a value is infinite ({where()})")
        return str(number)
    if isinstance(value, bool | np.bool_) or not isinstance(value, Rational):
        raise TypeError(f"{value!r} ({where()}) is not a number")
    return f"{int(value.numerator)}/{int(value.denominator)}"


def _decimals(decimals: Any) -> int:
    if isinstance(decimals, bool) or not hasattr(decimals, "__index__"):
        raise TypeError(f"decimals is a whole number, not {decimals!r}")
    places = decimals.__index__()
    if places < 0:
        raise ValueError(
            f"decimals is at least 0, not {places}: to print thousands, divide by 1000 first"
        )
    if places > 100:
        raise ValueError(f"decimals is at most 100, not {places}")
    return places
