"""Release tables: the briefs of several series and periods, laid out in rows for HTML, Excel and
LaTeX.

A table has no figures of its own: each cell is a figure of a `Brief`, in full precision in
`frame()` and in Excel, and as a brief prints it in HTML, LaTeX and text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from paimana._extras import require
from paimana._indicator import indicator
from paimana._result import Result
from paimana.report import labels
from paimana.report.brief import Brief, Briefs, brief

__all__ = ["Table", "table"]


@dataclass(frozen=True, repr=False)
class Table(Result):
    """A release table; made by `table`.

    Attributes
    ----------
    title
        What the table is of, in words.
    columns
        The names of the figures, in the order of the columns.
    briefs
        The briefs, one a row.
    """

    title: str
    columns: tuple[str, ...]
    briefs: tuple[Brief, ...]

    def frame(self) -> Any:
        """The table as a pandas DataFrame: series, period and a column a figure, unrounded."""
        pandas = require("pandas", "pandas")
        rows = [
            (one.title, one.period, *(getattr(one, name) for name in self.columns))
            for one in self.briefs
        ]
        return pandas.DataFrame(rows, columns=["series", "period", *self.columns])

    def to_latex(self) -> str:
        r"""The table in LaTeX, with the rules of the package booktabs.

        Returns
        -------
        str
            A ``tabular`` with ``\toprule``, ``\midrule`` and ``\bottomrule``, numbers to the right.
        """
        header, rows, numbers = self._table()
        kinds = "".join("r" if i in numbers else "l" for i in range(len(header)))
        lines = [rf"\begin{{tabular}}{{{kinds}}}", r"\toprule", _latex(header), r"\midrule"]
        lines += [_latex([_minus(cell) for cell in row]) for row in rows]
        return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", ""])

    def to_excel(self, path: str | Path) -> Path:
        """Write the table as an Excel workbook: numbers in full precision, shown as printed.

        Parameters
        ----------
        path
            Where to write; an existing file is replaced.

        Returns
        -------
        pathlib.Path
            The file written.

        Raises
        ------
        ImportError
            Without openpyxl.
        """
        openpyxl = require("openpyxl", "excel")
        styles = require("openpyxl.styles", "excel")
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Table"
        header, rows, numbers = self._table()
        sheet.append([self.title])
        sheet.append(header)
        lead = len(header) - len(self.columns)
        for row, one in zip(rows, self.briefs, strict=True):
            printed = dict(zip(self.columns, row[lead:], strict=True))
            sheet.append(row[:lead] + [_cell(one, name, text) for name, text in printed.items()])
            cells = sheet[sheet.max_row][lead:]
            for cell, (name, text) in zip(cells, printed.items(), strict=True):
                cell.number_format = _format(name, text)
        for note in self._notes():
            sheet.append([note])
        sheet["A1"].font = styles.Font(bold=True)
        for i, cell in enumerate(sheet[2]):
            cell.font = styles.Font(bold=True)
            cell.alignment = styles.Alignment(
                horizontal="right" if i in numbers else "left", wrap_text=True
            )
            width = max(len(line[i]) for line in [*rows, [""] * len(header)])
            sheet.column_dimensions[cell.column_letter].width = max(12, min(40, width + 2))
        sheet.freeze_panes = "A3"
        target = Path(path)
        book.save(target)
        return target

    def _title(self) -> str:
        return self.title

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        first = self.briefs[0]
        several = len({one.title for one in self.briefs}) > 1
        dated = len({one.period for one in self.briefs}) > 1 or not several
        header = [*["Series"] * several, *["Period"] * dated]
        lead = len(header)
        header += [labels.heading_of(first, name) for name in self.columns]
        rows = [
            [*[one.title] * several, *[one.past.words(one.past.slot)] * dated]
            for one in self.briefs
        ]
        for name in self.columns:
            for row, text in zip(rows, labels.column(self.briefs, name), strict=True):
                row.append(text)
        return header, rows, list(range(lead, len(header)))

    def _body(self) -> None:
        return None

    def _notes(self) -> list[str]:
        return list(self.briefs[0].notes)


def _latex(cells: Sequence[str]) -> str:
    """A row of a tabular; signs that mean something to LaTeX are written out."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    special |= {sign: f"\\{sign}" for sign in "&%$#_{}"}
    return " & ".join("".join(special.get(sign, sign) for sign in cell) for cell in cells) + r" \\"


def _minus(cell: str) -> str:
    """The minus sign of typesetters before a number."""
    return f"−{cell[1:]}" if cell[:1] == "-" and cell[1:2].isdigit() else cell


def _cell(one: Brief, name: str, text: str) -> Any:
    """What Excel gets: the number itself, else what is printed; nothing where it is missing."""
    value = getattr(one, name)
    if isinstance(value, bool | str):
        return text
    if value is None or not isfinite(value):
        return None
    return value


def _format(name: str, printed: str) -> str:
    """The number format of Excel that shows a figure as printed."""
    if labels.KINDS[name] in ("rank", "periods", "flag", "period"):
        return "General"
    digits = len(printed.partition(".")[2])
    return "#,##0" + ("." + "0" * digits if digits else "")


@indicator
def table(
    x: Any,
    *,
    columns: str | Sequence[str] = ("level", "mom", "yoy", "ytd"),
    periods: int = 1,
    year_start: int | str = 1,
    until: Any = None,
    adjusted: bool = False,
    how: str = "sum",
    total: Any = None,
    name: str | None = None,
    measured_in: str | None = None,
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> Table:
    """Lay out a release table: a row a series (and period), a column a figure.

    Each cell is the figure of that name in the `brief` of the series at the period: levels in their
    own unit, rates and shares in per cent, effects in percentage points; headings say which.

    Parameters
    ----------
    x
        A frame with a column a series, or one series.
    columns
        Figures of `Brief` by name: ``level``, ``change``, ``growth``, ``mom``, ``qoq``, ``yoy``,
        ``ytd``, ``ytd_growth``, ``sum12``, ``record``, ``previous_record``, ``highest_since``,
        ``from_peak``, ``rank``, ``streak``, ``share``, ``acceleration``, ``base_effect`` and the
        others listed there; one name, or a list of them.
    periods
        How many periods are shown for each series, the last one at the bottom.
    until
        The last period shown; by default the last with a value.
    year_start, adjusted, how, total, name, measured_in, time, freq, start, axis
        As for `brief`.

    Returns
    -------
    Table
        With ``frame()`` in full precision, ``to_html(path)``, ``to_excel(path)`` and
        ``to_latex()``; notebooks show it by itself.

    Raises
    ------
    ValueError
        If a figure is not known, or `periods` is not from 1 to the length of the data; and as for
        `brief`.

    Notes
    -----
    The layout is that of statistical offices: level, rates on the period and the year before, year
    to date.

    Equivalents
    -----------
    Stata ``table``, EViews freeze of a group view and R ``gt`` lay out what was computed before.

    References
    ----------
    OECD, *Data and Metadata Reporting and Presentation Handbook* (2007).

    Examples
    --------
    >>> import paimana as pm
    >>> exports = [191, 236, 236, 214, 235, 206, 238, 259, 303, 265, 257, 306, 310]
    >>> pm.table(
    ...     exports,
    ...     freq="M",
    ...     start="2023-04",
    ...     name="Exports",
    ...     periods=2,
    ...     columns=["level", "mom", "yoy"],
    ... )
    Exports
    <BLANKLINE>
    Period      Level  m/m, %, unadjusted  y/y, %
    March 2024    306                +19.1     n/a
    April 2024    310                 +1.3   +62.3
    """
    columns = (columns,) if isinstance(columns, str) else columns
    unknown = [each for each in columns if each not in labels.KINDS]
    if unknown:
        known = ", ".join(labels.KINDS)
        raise ValueError(f'there is no figure "{unknown[0]}" in a brief: give some of {known}')
    if not columns:
        raise ValueError("columns= names no figure: give at least one")
    options: dict[str, Any] = {
        "year_start": year_start,
        "adjusted": adjusted,
        "how": how,
        "total": total,
        "name": name,
        "measured_in": measured_in,
        "time": time,
        "freq": freq,
        "start": start,
        "axis": axis,
    }
    last = brief(x, until=until, **options)
    first = next(iter(last.briefs.values())) if isinstance(last, Briefs) else last
    end = first.past.slot
    if not 1 <= periods <= end + 1:
        raise ValueError(
            f"periods must be from 1 to {end + 1}, the number of periods, not {periods}"
        )
    if periods == 1:
        shown = [last]
    else:
        wanted = [first.past.time.label(slot) for slot in range(end + 1 - periods, end + 1)]
        shown = [brief(x, until=label, **options) for label in wanted]
    rows: list[Brief] = []
    for series in list(last) if isinstance(last, Briefs) else [""]:
        rows += [one[series] if isinstance(one, Briefs) else one for one in shown]
    return Table(last.title, tuple(columns), tuple(rows))
