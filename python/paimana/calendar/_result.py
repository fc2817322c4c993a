"""The columns of the calendar as a result: for users without pandas, and for models."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from paimana._extras import require
from paimana._result import Result

__all__ = ["Regressors"]

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, repr=False, eq=False)
class Regressors(Result):
    """Columns of the calendar over consecutive periods; made by `regressors`.

    Attributes
    ----------
    columns
        The name of each column.
    groups
        What each column is: ``"td"``, ``"holiday"``, ``"ao"``, ``"ls"``, ``"tc"`` or ``"so"``. A
        model puts its effect back by it (ramps are among the level shifts).
    labels
        The period of each row, such as ``"2024-04"``.
    values
        float64, a row for each period and a column for each name.
    """

    columns: tuple[str, ...]
    groups: tuple[str, ...]
    labels: tuple[str, ...]
    values: Array
    _index: Any = field(default=None)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        made = np.asarray(self.values, dtype=dtype)
        return made.copy() if copy and made is self.values else made

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, name: str) -> Array:
        """A column by its name."""
        if name not in self.columns:
            raise KeyError(f"there is no column {name!r}: there are {', '.join(self.columns)}")
        return self.values[:, self.columns.index(name)]

    def frame(self) -> Any:
        """The columns as a pandas DataFrame; its ``attrs["groups"]`` says what each is.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        pandas = require("pandas", "pandas")
        index = pandas.Index(self.labels, name="period") if self._index is None else self._index
        made = pandas.DataFrame(self.values, index=index, columns=list(self.columns))
        made.attrs["groups"] = dict(zip(self.columns, self.groups, strict=True))
        return made

    def _title(self) -> str:
        return "Regressors of the calendar"

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        extent = f"{self.labels[0]} to {self.labels[-1]}" if self.labels else "no periods"
        rows = [["Periods", f"{len(self.labels)}, {extent}"]]
        rows += [[name, group] for name, group in zip(self.columns, self.groups, strict=True)]
        return ["", ""], rows, []

    def _body(self) -> Any:
        return None
