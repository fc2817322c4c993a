"""Data sets that come with the package, small and with their provenance, for examples and first
steps.

A data set is a CSV file, its first column the period and a column `status` where the figures differ
in how they came about, and a TOML file beside it that says what it is, where it is from and what
may be done with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from paimana._extras import require
from paimana._result import Result
from paimana.datasets.sales import ramadan_sales as ramadan_sales
from paimana.datasets.trade import trade_panel as trade_panel

__all__ = ["Arrays", "Dataset", "describe", "load", "names", "ramadan_sales", "trade_panel"]


_FOLDER = Path(__file__).parent


class Arrays(NamedTuple):
    """A data set without pandas.

    Attributes
    ----------
    values
        float64, one dimension for a single series, else (periods, series).
    labels
        The period of each row, such as ``"2024-04"``; give it as ``time=``.
    columns
        The name of each series.
    """

    values: np.ndarray[Any, Any]
    labels: list[str]
    columns: list[str]


@dataclass(frozen=True, repr=False)
class Dataset(Result):
    """What a data set is, where it is from, and what may be done with it; made by `describe`.

    Attributes
    ----------
    name, title, unit
        Its name for `load`, its title and the unit of its values.
    columns
        The series, each with its name in words.
    periods
        Its first and last period.
    source, rights, provenance
        Who published the figures, what may be done with them, and how they came here.
    caveats
        What to know before using them.
    status
        For each period how its figure came about: "printed", "derived" or "estimated". Empty where
        all are as published.
    """

    name: str
    title: str
    unit: str
    columns: dict[str, str]
    periods: tuple[str, str]
    source: str
    rights: str
    provenance: str
    caveats: tuple[str, ...]
    status: dict[str, str] = field(default_factory=dict[str, str])

    def frame(self) -> Any:
        """The values, and the status of each period where it is known, as a pandas DataFrame."""
        data = load(self.name, container="pandas")
        frame = data.to_frame() if hasattr(data, "to_frame") else data
        if self.status:
            frame = frame.assign(status=list(self.status.values()))
        return frame

    def _title(self) -> str:
        return self.title

    def _text(self) -> str:
        return self.provenance

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        rows = [
            ["Load with", f'datasets.load("{self.name}")'],
            ["Series", ", ".join(self.columns.values())],
            ["Periods", " to ".join(self.periods)],
            ["Unit", self.unit],
            ["Source", self.source],
            ["Rights", self.rights],
        ]
        if self.status:
            kinds = list(self.status.values())
            counts = [f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)]
            rows.append(["Status", ", ".join(counts)])
        return ["", ""], rows, []

    def _body(self) -> None:
        return None

    def _notes(self) -> list[str]:
        return list(self.caveats)


def names() -> list[str]:
    """The names of the data sets.

    Examples
    --------
    >>> from paimana import datasets
    >>> datasets.names()
    ['pakistan_ict', 'us_meat']
    """
    return sorted(file.stem for file in _FOLDER.glob("*.csv"))


def describe(name: str) -> Dataset:
    """Say what a data set is, where it is from, and what may be done with it.

    Parameters
    ----------
    name
        One of `names`.

    Returns
    -------
    Dataset

    Raises
    ------
    ValueError
        If there is no such data set.

    Examples
    --------
    >>> from paimana import datasets
    >>> meat = datasets.describe("us_meat")
    >>> meat.unit, meat.periods
    ('million pounds', ('1944-01', '2023-12'))
    >>> datasets.describe("pakistan_ict").status["2023-09"]
    'derived'
    """
    about = _about(name)
    rows = _rows(name)
    status = {row[0]: row[-1] for row in rows[1:]} if rows[0][-1] == "status" else {}
    return Dataset(
        name=name,
        title=about["title"],
        unit=about["unit"],
        columns=about["columns"],
        periods=(rows[1][0], rows[-1][0]),
        source=about["source"],
        rights=about["rights"],
        provenance=about["provenance"].strip(),
        caveats=tuple(about["caveats"]),
        status=status,
    )


def load(name: str, *, container: str | None = None) -> Any:
    """Load a data set.

    Parameters
    ----------
    name
        One of `names`: ``"pakistan_ict"``, one series, or ``"us_meat"``, seven.
    container
        ``"pandas"`` or ``"arrays"``; by default pandas where it is installed.

    Returns
    -------
    pandas Series or DataFrame, or Arrays
        With pandas, on a monthly PeriodIndex, with "title", "unit", "source", "note" and the
        "status" of what was not printed in its ``attrs``; else `Arrays` of values, labels and
        columns. Where a column has no value it is missing.

    Raises
    ------
    ValueError
        If there is no such data set or container.
    ImportError
        If pandas is asked for and not installed.

    Examples
    --------
    >>> from paimana import datasets
    >>> exports = datasets.load("pakistan_ict")
    >>> exports["2024-04"], exports.attrs["unit"]
    (np.float64(310.0), 'million US dollars')
    >>> values, labels, columns = datasets.load("us_meat", container="arrays")
    >>> values.shape, labels[0], columns[:2]
    ((960, 7), '1944-01', ['beef', 'veal'])
    """
    if container not in (None, "pandas", "arrays"):
        raise ValueError(f'container={container!r} is not known: give "pandas" or "arrays"')
    about = describe(name)
    rows = _rows(name)
    columns = list(about.columns)
    labels = [row[0] for row in rows[1:]]
    table = [
        [float(cell) if cell else np.nan for cell in row[1 : len(columns) + 1]] for row in rows[1:]
    ]
    values = np.array(table)
    if len(columns) == 1:
        values = values[:, 0].copy()
    if container == "arrays" or (container is None and find_spec("pandas") is None):
        return Arrays(values, labels, columns)
    pandas = require("pandas", "pandas")
    index = pandas.PeriodIndex(labels, freq="M", name=rows[0][0])
    if len(columns) == 1:
        data = pandas.Series(values, index=index, name=columns[0])
    else:
        data = pandas.DataFrame(values, index=index, columns=columns)
    words = _about(name)
    data.attrs = {key: words[key] for key in ("title", "unit", "source", "note")}
    if len(columns) > 1:
        data.attrs["names"] = words["columns"]
    special = {period: status for period, status in about.status.items() if status != "printed"}
    if special:
        data.attrs["status"] = special
    return data


def _file(name: str, ending: str) -> str:
    """The text of a file of a data set."""
    if name not in names():
        raise ValueError(f"there is no data set {name!r}: there are {', '.join(names())}")
    return (_FOLDER / f"{name}.{ending}").read_text(encoding="utf-8")


def _rows(name: str) -> list[list[str]]:
    """The cells of the CSV file, its header first; none is quoted."""
    return [line.split(",") for line in _file(name, "csv").splitlines()]


def _about(name: str) -> dict[str, Any]:
    """What the TOML file says."""
    import tomllib  # here, since importing paimana does not need it

    return tomllib.loads(_file(name, "toml"))
