"""What controlled rounding gives: rounded values, what was adjusted, and the printed table.

How values are rounded is decided in `controlled` and in the core.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar, cast

import numpy as np

from paimana._core import controlled as core
from paimana._extras import require
from paimana._result import Result

__all__ = ["Adjusted", "RoundedToTotal"]

T = TypeVar("T")
Array = np.ndarray[Any, Any]

SHOWN = 24
"""The most rows of a table that are printed in full; of longer ones only what was adjusted."""


class Adjusted(NamedTuple):
    """A printed value that differs from ordinary rounding.

    Attributes
    ----------
    row, column
        Its labels, or its numbers where there are none; "total" in the margins; the column of a
        single series is None.
    value
        The exact value; None in the margins.
    ordinary, rounded
        As it would be printed by itself, and as it is printed so that the table adds up.
    """

    row: Any
    column: Any
    value: Any
    ordinary: Decimal
    rounded: Decimal


@dataclass(frozen=True, repr=False, eq=False)
class RoundedToTotal(Result, Generic[T]):
    """Rounded values that add up to their rounded totals; made by `round_to_total`.

    Attributes
    ----------
    rounded
        The rounded values, in the input's class with its labels.
    adjusted
        The values that differ from ordinary rounding, margins too.
    total
        The printed total; with ``within=`` a list, one for each row or column.
    row_totals, column_totals
        The printed margins of a table that adds up both ways; else None.
    decimals
        The printed decimals.
    """

    rounded: T
    adjusted: tuple[Adjusted, ...]
    total: Decimal | list[Decimal]
    row_totals: list[Decimal] | None
    column_totals: list[Decimal] | None
    decimals: int
    _cells: Grid
    _within: str | None

    def frame(self) -> Any:
        """Give the printed table with its totals as a frame.

        Returns
        -------
        A table with its margins, labelled "total"; of a single series, a row for each part with
        `value`, `ordinary` and `rounded`, and one for the total. A Polars frame for Polars input,
        else a pandas DataFrame.

        Raises
        ------
        ImportError
            Where pandas is needed and is not installed.
        """
        header, labels, rows = self._grid()
        columns = {name: [row[i] for row in rows] for i, name in enumerate(header)}
        if type(self.rounded).__module__.partition(".")[0] == "polars":
            named = {str(name): column for name, column in columns.items()}
            return require("polars", "polars").DataFrame({"": list(map(str, labels)), **named})
        pandas = require("pandas", "pandas")
        return pandas.DataFrame(columns, index=pandas.Index(labels))

    def _grid(self) -> tuple[list[Any], list[Any], list[list[Any]]]:
        """The columns, the labels of the rows, and the printed table with its totals."""
        cells, made = self._cells, self._cells.rounded
        if made.ndim == 1:
            columns = (cells.exact, cells.ordinary, made)
            rows: list[list[Any]] = [list(row) for row in zip(*columns, strict=True)]
            whole = [sum(cells.exact.tolist()), cells.total, self.total]
            return ["value", "ordinary", "rounded"], [*cells.labels, "total"], [*rows, whole]
        header, rows = list(cells.names), made.tolist()
        labels = list(cells.labels)
        across = self.row_totals if self._within is None else self.total
        down: Any = self.column_totals if self._within is None else self.total
        if self._within != "column":
            totals = cast("list[Decimal]", across)
            rows = [[*row, total] for row, total in zip(rows, totals, strict=True)]
            header.append("total")
        if self._within != "row":
            rows.append([*down, self.total] if self._within is None else list(down))
            labels.append("total")
        return header, labels, rows

    def _title(self) -> str:
        moved = sum("total" not in (a.row, a.column) for a in self.adjusted)
        margins = len(self.adjusted) - moved
        totals = f" and {margins} of the totals" if margins else ""
        verb = "differs" if len(self.adjusted) == 1 else "differ"
        count = self._cells.rounded.size
        return f"Rounded to add up: {moved} of {count} values{totals} {verb} from ordinary rounding"

    def _is_short(self) -> bool:
        shape = self._cells.rounded.shape
        return shape[0] <= SHOWN and (len(shape) == 1 or shape[1] <= 12)

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        if not self._is_short():
            header = ["row", "column", "value", "ordinary", "rounded"]
            shown = self.adjusted[:SHOWN]
            rows = [["" if part is None else str(part) for part in a] for a in shown]
            return header, rows, [2, 3, 4]
        moved = {(a.row, a.column) for a in self.adjusted}
        header, labels, rows = self._grid()
        single = self._cells.rounded.ndim == 1
        ends = {"rounded"} if single else {column for _, column in moved}
        body: list[list[str]] = []
        for label, row in zip(labels, rows, strict=True):
            texts = [str(label)]
            for name, cell in zip(header, row, strict=True):
                place = (label, None) if single else (label, name)
                # Where some cells of a column are starred, the digits of the others stay in line.
                end = ("*" if place in moved else "\u00a0") if moved and name in ends else ""
                texts.append(f"{cell}{end}")
            body.append(texts)
        return ["", *map(str, header)], body, list(range(1, len(header) + 1))

    def _body(self) -> Any:
        return None

    def _notes(self) -> list[str]:
        if self._is_short():
            return ["* differs from ordinary rounding, so that the sums hold"] * bool(self.adjusted)
        if len(self.adjusted) > SHOWN:
            return [f"the first {SHOWN} of {len(self.adjusted)} adjusted values"]
        return []


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells before and after.

    Attributes
    ----------
    labels, names
        Of the rows and of the columns.
    exact, ordinary, rounded
        The cells as given, each rounded by itself, and rounded so that they add up.
    row_totals, column_totals, total
        The exact sums, each rounded by itself.
    """

    labels: list[Any]
    names: list[Any]
    exact: Array
    ordinary: Array
    rounded: Array
    row_totals: list[Decimal]
    column_totals: list[Decimal]
    total: Decimal

    @classmethod
    def of(
        cls,
        labels: list[Any],
        names: list[Any],
        exact: Array,
        texts: list[str],
        made: list[str],
        decimals: int,
    ) -> Grid:
        """Put together the cells and what ordinary rounding makes of them and of their sums."""
        shape = exact.shape
        rows, columns, total = core.sums(texts, len(names), decimals)
        plain = core.ordinary(texts, decimals)
        return cls(
            labels,
            names,
            exact,
            _decimals(plain).reshape(shape),
            _decimals(made).reshape(shape),
            [Decimal(text) for text in rows],
            [Decimal(text) for text in columns],
            Decimal(total),
        )

    def adjusted(
        self, rows: list[Decimal] | None, columns: list[Decimal] | None, total: Decimal | None
    ) -> tuple[Adjusted, ...]:
        """The cells and the margins that differ from ordinary rounding."""
        single = self.rounded.ndim == 1
        found: list[Adjusted] = []
        for place in map(tuple, np.argwhere(self.ordinary != self.rounded).tolist()):
            column = None if single else self.names[place[1]]
            here: list[Any] = [a[place] for a in (self.exact, self.ordinary, self.rounded)]
            found.append(Adjusted(self.labels[place[0]], column, *here))
        for label, old, new in zip(self.labels, self.row_totals, rows or (), strict=False):
            found.append(Adjusted(label, "total", None, old, new))
        for name, old, new in zip(self.names, self.column_totals, columns or (), strict=False):
            found.append(Adjusted("total", name, None, old, new))
        if total is not None:
            found.append(Adjusted("total", None if single else "total", None, self.total, total))
        return tuple(cell for cell in found if cell.ordinary != cell.rounded)


def _decimals(texts: list[str]) -> Array:
    out = np.empty(len(texts), object)
    out[:] = [Decimal(text) for text in texts]
    return out
