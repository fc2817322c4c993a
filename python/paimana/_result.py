"""What results with several parts share: a frame, a chart, HTML, and being printed and pickled.

A result is a frozen dataclass that inherits from `Result`. It may override the few methods that
begin with an underscore (what its title is, which rows it prints); everything a user calls is made
from those here. No indicator is computed here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from paimana._core import __version__
from paimana._extras import require
from paimana.report import html

__all__ = ["Result"]


class Result:
    """A result of several parts.

    Methods
    -------
    frame()
        The parts as a frame.
    plot()
        A chart, where the result has one.
    to_html(path)
        A page that needs no other file.
    """

    # What a result may override.

    def _title(self) -> str:
        """One line that names the result."""
        return type(self).__name__

    def _text(self) -> str:
        """The result in sentences; empty where a table says it all."""
        return ""

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        """The printed table: its header, its rows as texts, and the columns that hold numbers.

        Unless overridden: a row for each part that is a single value; longer parts are shown by
        `_body`.
        """
        parts = ((name, value) for name, value in self._parts() if not _long(value))
        rows = [[name.replace("_", " "), _short(value)] for name, value in parts]
        return ["", ""], rows, []

    def _body(self) -> Any:
        """What is shown below the table: the parts longer than one value as a frame, or None."""
        if not any(_long(value) for _, value in self._parts()):
            return None
        try:
            return self.frame()
        except ImportError:  # arrays, and no pandas to make a frame of them
            return {name: value for name, value in self._parts() if _long(value)}

    def _notes(self) -> list[str]:
        """What a reader must know beside the figures: sources, caveats."""
        return []

    def _tiles(self) -> list[tuple[str, str]]:
        """The lead figures of a page: each a number and its caption."""
        return []

    def _pictures(self) -> list[tuple[Any, str]]:
        """The charts of a page: matplotlib figures with their descriptions in words."""
        return []

    def _details(self) -> str:
        """HTML at the end of a page."""
        return ""

    # What every result then has.

    def _parts(self) -> Iterator[tuple[str, Any]]:
        """The public fields in the order of definition."""
        for field in fields(self):  # pyright: ignore[reportArgumentType]  # always a dataclass
            if not field.name.startswith("_"):
                yield field.name, getattr(self, field.name)

    def frame(self) -> Any:
        """The parts as a frame of the library that the input came from.

        Parts that are Series or arrays become columns named after them, and frames columns named
        ``<column>_<part>``. Where all parts are single values the frame has the columns
        ``indicator`` and ``value``.

        Returns
        -------
        A pandas DataFrame for pandas input, arrays and single values; a Polars DataFrame, an Arrow
        table or an xarray Dataset for their kinds.

        Raises
        ------
        ImportError
            Where pandas is needed and is not installed.
        """
        columns: dict[str, Any] = {}
        values: list[tuple[str, Any]] = []
        for name, part in self._parts():
            named = getattr(part, "column_names", None)  # of Arrow, whose columns are the data
            named = getattr(part, "columns", None) if named is None else named
            if named is not None:
                columns |= {f"{column}_{name}": part[column] for column in named}
            elif type(part) is np.ndarray and part.ndim == 2:
                columns |= {f"{place}_{name}": part[:, place] for place in range(part.shape[1])}
            elif _long(part):
                columns[name] = part
            else:
                values.append((name, part))
        if columns:
            return _assemble(columns)
        pandas = require("pandas", "pandas")
        return pandas.DataFrame(values, columns=["indicator", "value"])

    def plot(self) -> Any:
        """Draw the result with matplotlib.

        Returns
        -------
        matplotlib.figure.Figure
        """
        name = type(self).__name__
        raise TypeError(f"a {name} has no chart; its frame() can be plotted by any library")

    def to_html(self, path: str | Path) -> Path:
        """Write a page that needs no other file: sentences, pictures, figures and notes.

        Parameters
        ----------
        path
            Where to write; an existing file is replaced.

        Returns
        -------
        pathlib.Path
            The file written.
        """
        pictures = [html.svg(figure, words) for figure, words in self._pictures()]
        content = self._fragment(html.tiles(self._tiles()), pictures) + self._details()
        footer = f"Computed by paimana {__version__}."
        target = Path(path)
        target.write_text(html.page(self._title(), content, footer), encoding="utf-8")
        return target

    def _fragment(self, lead: str, pictures: list[str]) -> str:
        header, rows, numbers = self._table()
        figures = html.table(header, rows, numbers) if rows else ""
        body = self._body()
        if hasattr(body, "_repr_html_"):
            figures += body._repr_html_()
        elif body is not None:
            figures += html.verbatim(str(body))
        pieces = [*pictures, figures]
        return html.fragment(self._title(), self._text(), pieces, self._notes(), lead)

    def _repr_html_(self) -> str:
        return self._fragment("", [])

    def __repr__(self) -> str:
        header, rows, numbers = self._table()
        lines = [self._title(), *_wrapped(self._text()), *_columns(header, rows, numbers)]
        body = self._body()
        lines += [] if body is None else ["", str(body)]
        for note in self._notes():
            lines += _wrapped(note)
        return "\n".join(lines)


def _assemble(columns: dict[str, Any]) -> Any:
    """A frame of the library whose objects the columns are; pandas for arrays and lists."""
    first = next(iter(columns.values()))
    library = sys.modules.get(type(first).__module__.partition(".")[0])
    for maker in ("DataFrame", "table", "Dataset"):
        if library is not None and library is not np and hasattr(library, maker):
            return getattr(library, maker)(columns)
    return require("pandas", "pandas").DataFrame(columns)


def _long(value: Any) -> bool:
    """Whether a part holds more than one value."""
    return hasattr(value, "__len__") and not isinstance(value, str | bytes)


def _short(value: Any) -> str:
    """A part in one line."""
    if isinstance(value, float):
        return f"{value:.6g}"
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "..."


def _wrapped(text: str, width: int = 88) -> list[str]:
    """Paragraphs as lines, each paragraph after an empty line."""
    from textwrap import wrap

    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return [line for part in parts if part for line in ("", *wrap(part, width))]


def _columns(header: list[str], rows: list[list[str]], numbers: list[int]) -> list[str]:
    """A table as lines of text, after an empty line; numbers are set to the right."""
    if not rows:
        return []
    lines = [header, *rows] if any(header) else rows
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    return [
        "",
        *(
            "  ".join(
                cell.rjust(width) if i in numbers else cell.ljust(width)
                for i, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        ),
    ]
