"""What sliding spans, revision histories and tests of seasonality give back.

Nothing is computed here but counts and means of what the core found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from paimana._extras import require
from paimana._result import Result
from paimana.measure._seasonal_input import Lanes
from paimana.measure._seasonal_quality import Test, test_of

__all__ = ["RevisionHistory", "SeasonalityTests", "SlidingSpans"]

Array = np.ndarray[Any, Any]
QUANTITIES = ("seasonal", "adjusted", "changes", "yearly_changes")


@dataclass(frozen=True, eq=False, repr=False)
class SlidingSpans(Result):
    """What sliding spans found.

    Attributes
    ----------
    seasonal, adjusted, changes, yearly_changes
        A frame each: the estimates of every span (``span_1`` ...) and their ``max_difference``, per
        cent of the smallest (percentage points for changes; units where additive).
    spans
        The first and last period of every span.
    unstable
        For seasonal factors, changes and yearly changes: the share, in per cent, of periods whose
        estimates differ by more than `threshold`; None where additive. Up to 15 (seasonal), 35
        (changes) and 2 (yearly changes) an adjustment is held to be stable; above 25, 40 and 10
        not.
    threshold
        The difference that counts.
    """

    seasonal: Any
    adjusted: Any
    changes: Any
    yearly_changes: Any
    spans: list[tuple[str, str]]
    unstable: dict[str, float | None]
    threshold: float

    @classmethod
    def of(
        cls, found: dict[str, Any], of: Lanes, lane: int, relative: bool, threshold: float
    ) -> SlidingSpans:
        """From what the core found about one series."""
        frames = {
            name: _frame(
                of,
                lane,
                {f"span_{i}": span for i, span in enumerate(found[name]["spans"], 1)}
                | {"max_difference": found[name]["difference"]},
            )
            for name in QUANTITIES
        }
        first = of.series[lane].first
        length = found["length"]
        spans = [
            (of.label(first + start), of.label(first + start + length - 1))
            for start in found["starts"]
        ]
        unstable = {
            name: _share(found[name]["difference"], threshold) if relative else None
            for name in ("seasonal", "changes", "yearly_changes")
        }
        return cls(**frames, spans=spans, unstable=unstable, threshold=threshold)

    def _title(self) -> str:
        return f"Sliding spans: {len(self.spans)}, the first from {self.spans[0][0]}"

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        header = ["differing by more than " + f"{self.threshold:g}", "per cent of periods"]
        rows = [
            [name.replace("_", " "), "" if share is None else f"{share:.1f}"]
            for name, share in self.unstable.items()
        ]
        return header, rows, [1]

    def _body(self) -> Any:
        return None


@dataclass(frozen=True, eq=False, repr=False)
class RevisionHistory(Result):
    """What a revision history found.

    Attributes
    ----------
    adjusted, changes, trend
        A frame each with the columns ``concurrent`` (the estimate when the period was the last one
        known), ``latest`` and ``revision``: per cent of the concurrent one (units where additive);
        of changes, which are in per cent in every mode, percentage points.
    mean_absolute
        The mean absolute revision of each.
    start
        The first period with a revision.
    """

    adjusted: Any
    changes: Any
    trend: Any
    mean_absolute: dict[str, float]
    start: str

    @classmethod
    def of(cls, found: dict[str, Any], of: Lanes, lane: int) -> RevisionHistory:
        """From what the core found about one series."""
        first, start = of.series[lane].first, found["start"]
        names = ("adjusted", "changes", "trend")
        frames = {name: _frame(of, lane, found[name], start) for name in names}
        means = {name: _mean_absolute(found[name]["revision"]) for name in names}
        return cls(**frames, mean_absolute=means, start=of.label(first + start))

    def _title(self) -> str:
        return f"Revision history from {self.start}"

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        rows = [[name, f"{mean:.3f}"] for name, mean in self.mean_absolute.items()]
        return ["", "mean absolute revision"], rows, [1]

    def _body(self) -> Any:
        return None


@dataclass(frozen=True, repr=False)
class SeasonalityTests(Result):
    """Tests of seasonality; each a `Test`, or None where it cannot be made.

    Attributes
    ----------
    qs
        Ljung-Box on the positive seasonal autocorrelations of changes.
    friedman
        Ranks within years.
    kruskal_wallis
        Ranks over all years.
    f
        Analysis of variance by period of the year.
    """

    qs: Test | None
    friedman: Test | None
    kruskal_wallis: Test | None
    f: Test | None

    @classmethod
    def of(cls, found: dict[str, Any]) -> SeasonalityTests:
        """From the core's numbers."""
        return cls(**{name: test_of(test) for name, test in found.items()})

    def _title(self) -> str:
        return "Tests of seasonality"

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        rows: list[list[str]] = []
        for name, test in self._parts():
            label = {"qs": "QS", "f": "F"}.get(name, name.replace("_", "-").capitalize())
            if test is None:
                rows.append([label, "", ""])
            else:
                rows.append([label, f"{test.statistic:.3f}", f"{test.p_value:.4f}"])
        return ["", "statistic", "p-value"], rows, [1, 2]

    def _body(self) -> Any:
        return None

    def frame(self) -> Any:
        """The tests as a pandas DataFrame with the columns test, statistic and p_value."""
        rows = [
            (name, test.statistic, test.p_value) for name, test in self._parts() if test is not None
        ]
        return require("pandas", "pandas").DataFrame(rows, columns=["test", "statistic", "p_value"])


def _mean_absolute(revisions: Array) -> float:
    sizes: Array = np.abs(revisions[~np.isnan(revisions)])
    return float(sizes.mean()) if len(sizes) else float("nan")


def _share(differences: Array, threshold: float) -> float:
    known = differences[~np.isnan(differences)]
    return float(100 * (known > threshold).mean()) if len(known) else float("nan")


def _frame(of: Lanes, lane: int, columns: dict[str, Array], start: int = 0) -> Any:
    """Columns of one series as a frame with the rows of the input."""
    data, one = of.data, of.series[lane]
    made: dict[Any, Array] = {}
    for name, values in columns.items():
        full = np.full(of.span, np.nan)
        full[one.first + start : one.first + start + len(values)] = values
        made[name] = full if data.slots is None else full[data.slots]
    return data.rows(made)
