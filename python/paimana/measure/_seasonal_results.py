"""What X-11 gives back: components, tables and choices; quality is in `_seasonal_quality.py`.

The tables stay in the compiled core until they are asked for. Nothing is computed here; the charts
are drawn in `report/seasonal.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from paimana._containers.array import ArrayData
from paimana._result import Result
from paimana.measure._parts import frame_of_arrays
from paimana.measure._seasonal_input import Lanes, period_names
from paimana.measure._seasonal_quality import X11Quality

__all__ = ["X11", "Tables"]

Array = np.ndarray[Any, Any]

NAMES = {
    "mult": "multiplicative",
    "add": "additive",
    "logadd": "log-additive",
    "pseudoadd": "pseudo-additive",
}


class Tables(Mapping[str, Any]):
    """Every table of X-11 by its official name, in the class of the input, made when asked for."""

    def __init__(self, of: Lanes, runs: list[Any], names: list[str]) -> None:
        self._of, self._runs, self._names = of, runs, names

    def __getitem__(self, name: str) -> Any:
        key = str(name).lower()
        if key not in self._names:
            raise KeyError(f"there is no table {name}; there are {', '.join(self)}")
        return self._of.like([run.table(key) for run in self._runs])

    def __iter__(self) -> Iterator[str]:
        return (name.upper() for name in self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<tables {', '.join(self)}>"


@dataclass(frozen=True, eq=False, repr=False)
class X11(Result):
    """A seasonal adjustment by X-11.

    Attributes
    ----------
    seasonal
        D10, the seasonal factors (ratios, or differences where additive).
    adjusted
        D11, the seasonally adjusted series.
    trend
        D12, the trend.
    irregular
        D13, the irregular.

    Methods
    -------
    summary()
        Filters chosen, tests and quality measures as text.
    plot(), month_plot()
        Charts of one series; ``column=`` picks it from a frame.
    frame()
        The four components side by side.
    """

    seasonal: Any
    adjusted: Any
    trend: Any
    irregular: Any
    _of: Lanes = field(metadata={"hidden": True})
    _runs: list[Any] = field(metadata={"hidden": True})
    _options: dict[str, Any] = field(metadata={"hidden": True})
    _again: tuple[Callable[..., Any], Any, dict[str, Any]] = field(metadata={"hidden": True})

    _components: ClassVar[dict[str, str]] = {
        "seasonal": "d10",
        "adjusted": "d11",
        "trend": "d12",
        "irregular": "d13",
    }

    def __reduce__(self) -> tuple[Any, ...]:
        function, x, options = self._again
        return _call, (function, x, options)

    @property
    def tables(self) -> Mapping[str, Any]:
        """Every table of parts A to D under its official name (``tables["D8"]``), like the input.

        Where a table has no value (the ends of B2, what was not replaced in D9) it is missing.
        """
        return Tables(self._of, self._runs, self._runs[0].names())

    @property
    def original(self) -> Any:
        """The series adjusted, with what was interpolated (table A1)."""
        return self.tables["A1"]

    @property
    def filled(self) -> Any:
        """Which values were missing and have been interpolated, as booleans like the input."""
        flags = [one.filled for one in self._of.series]
        return self._of.data.flags(np.ascontiguousarray(self._of.rows(flags, False)))

    @property
    def year_ahead(self) -> Any:
        """The seasonal factors of the year after the last value, on their own periods.

        Of periods that were forecast the factors of the forecasts, of others those of D10A.
        """
        ahead, columns = self._options["forecasts"], list[Array]()
        for run in self._runs:
            factors = run.table("d10", extended=True)
            found = np.concatenate((factors[len(factors) - ahead :], run.table("d10a")))
            columns.append(found[: self._of.period])
        return self._of.after(columns, [one.first + len(one.values) for one in self._of.series])

    @property
    def choices(self) -> dict[Any, Any]:
        """The filters chosen; for several series a dictionary of them by name.

        ``seasonal`` (by period of the year where they differ), ``msr`` (the ratios tried), and for
        the trends of tables B7, C7, D7 and D12 ``(terms, I/C, I/C its ends expect)``.
        """
        return self._of.by_name([self._choice(run) for run in self._runs])

    def _choice(self, run: Any) -> dict[str, Any]:
        choice = dict(run.choices())
        filters: list[str] = choice.pop("seasonal")
        names = period_names(self._of.period)
        same = len(set(filters)) == 1
        seasonal = filters[0] if same else dict(zip(names, filters, strict=True))
        trends = {key.upper(): choice[key] for key in ("b7", "c7", "d7", "d12")}
        return {"seasonal": seasonal, "msr": choice["msr"], "trend": choice["d12"][0], **trends}

    @property
    def quality(self) -> Any:
        """M1 to M11, Q, and the tests; for several series a dictionary of them by name."""
        return self._of.by_name([X11Quality.of(run) for run in self._runs])

    def _named(self) -> Iterator[tuple[Any, Any]]:
        return zip(self._of.names, self._runs, strict=True)

    def summary(self) -> str:
        """Filters, tests and quality measures as text, of every series."""
        parts: list[str] = []
        for name, run in self._named():
            heading = self._title() if self._of.single else f"{self._title()}: {name}"
            choice = self._choice(run)
            lines = [
                heading,
                f"  seasonal filter {choice['seasonal']}, trend of {choice['trend']} terms",
            ]
            lines += [
                f"  {label:<32}{value:>12}{f'  p = {p}' if p else ''}"
                for label, value, p in X11Quality.of(run).rows()
            ]
            parts.append("\n".join(lines))
        return "\n\n".join(parts)

    def _title(self) -> str:
        return f"X-11 seasonal adjustment, {NAMES[self._options['mode']]}"

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        header = ["series", "periods", "seasonal", "trend", "stable F", "M7", "Q", "identifiable"]
        rows: list[list[str]] = []
        for (name, run), one in zip(self._named(), self._of.series, strict=True):
            choice, quality = self._choice(run), X11Quality.of(run)
            f, m7 = quality.stable_d8, quality.m[6]
            seasonal = choice["seasonal"]
            rows.append(
                [
                    "" if name is None else str(name),
                    str(len(one.values)),
                    seasonal if isinstance(seasonal, str) else "by period",
                    str(choice["trend"]),
                    "" if f is None else f"{f.statistic:.1f}",
                    "" if m7 is None else f"{m7:.2f}",
                    f"{quality.q:.2f}",
                    quality.identifiable or "untested",
                ]
            )
        return header, rows, [1, 3, 4, 5, 6]

    def _body(self) -> Any:
        return None

    def _parts(self) -> Iterator[tuple[str, Any]]:
        for name in self._components:
            yield name, getattr(self, name)

    def frame(self) -> Any:
        """The four components side by side, in the library of the input; a DataFrame for arrays.

        Returns
        -------
        A frame with the columns ``seasonal``, ``adjusted``, ``trend`` and ``irregular``; of several
        series ``<name>_seasonal`` and so on.
        """
        arrays = {
            name: np.ascontiguousarray(self._of.rows([run.table(key) for run in self._runs]))
            for name, key in self._components.items()
        }
        data = self._of.data
        if isinstance(data, ArrayData):
            return frame_of_arrays(list(arrays), list(arrays.values()), data.axis)
        return data.parts(arrays)

    def _pictures(self) -> list[tuple[Any, str]]:
        if not self._of.single:
            return []
        return [
            (self.plot(), "the original, adjusted series and trend, the factors and the irregular"),
            (self.month_plot(), "the SI values and factors of every period of the year"),
        ]

    def plot(self, column: Any = None) -> Any:
        """Draw the original, the adjusted series and the trend, the factors and the irregular.

        Parameters
        ----------
        column
            The series of a frame to draw.

        Returns
        -------
        matplotlib.figure.Figure
        """
        return self._components_drawn(self._lane(column), ("a1", "d10", "d11", "d12", "d13"))

    def _components_drawn(self, lane: int, names: tuple[str, ...], ahead: Any = None) -> Any:
        from paimana.report.seasonal import components

        tables = {name: self._runs[lane].table(name) for name in names}
        neutral = 0.0 if self._mode(lane) == "add" else 1.0
        return components(self._of.dates(lane), tables, neutral, self._heading(lane), ahead)

    def month_plot(self, column: Any = None) -> Any:
        """Draw the SI values of every period of the year with their factors and their mean.

        Parameters
        ----------
        column
            The series of a frame to draw.

        Returns
        -------
        matplotlib.figure.Figure
        """
        from paimana.report.seasonal import by_period

        lane = self._lane(column)
        run, one = self._runs[lane], self._of.series[lane]
        si, factors = run.table("d8"), run.table("d10")
        if self._mode(lane) == "logadd":
            si = np.exp(si)
        replaced = ~np.isnan(run.table("d9"))
        names = period_names(self._of.period)
        return by_period(si, factors, replaced, one.phase, names, self._heading(lane))

    def _mode(self, lane: int) -> str:  # of one series: a model may choose it
        return self._options["mode"]

    def _heading(self, lane: int) -> str:
        name = self._of.names[lane]
        return "" if name is None or (self._of.single and name == 0) else str(name)

    def _lane(self, column: Any) -> int:
        names = self._of.names
        if column is None:
            if len(names) > 1:
                shown = ", ".join(str(name) for name in names[:8])
                raise ValueError(f"name the series to draw with column=: {shown}")
            return 0
        if column not in names:
            raise ValueError(f"there is no series {column!r}; there are {names}")
        return names.index(column)


def _call(function: Callable[..., Any], x: Any, options: dict[str, Any]) -> Any:
    """Make a result anew: how results that hold compiled parts are pickled."""
    return function(x, **options)
