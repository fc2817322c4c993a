"""What judges a seasonal adjustment: the tests and the measures M1 to M11 and Q, as results.

Nothing is computed here: the numbers are the core's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from paimana._extras import require
from paimana._result import Result

__all__ = ["Test", "X11Quality", "test_of"]


@dataclass(frozen=True, slots=True)
class Test:
    """A test statistic.

    Attributes
    ----------
    statistic
        Its value.
    df, df_within
        Degrees of freedom: of an F statistic between and within groups; `df_within` is 0 for a
        chi-squared statistic.
    p_value
        The probability of one as large where there is no seasonality.
    """

    __test__ = False  # not a test of pytest

    statistic: float
    df: int
    df_within: int
    p_value: float


def test_of(found: tuple[float, int, int, float] | None) -> Test | None:
    """A test from the core's numbers."""
    return None if found is None else Test(*found)


test_of.__test__ = False  # type: ignore[attr-defined]


@dataclass(frozen=True, eq=False, repr=False)
class X11Quality(Result):
    """What judges an adjustment; above 1 an M is a warning, above 1 Q a rejection.

    Attributes
    ----------
    m
        M1 to M11 in 0 to 3; None where it cannot be computed (M8 to M11 need six years and factors
        that move).
    q, q_without_m2
        Their weighted mean, and the same without M2.
    failed
        How many M are 1 or more.
    stable_b1, stable_d8, kruskal_wallis, moving
        Tests of the SI values: stable seasonality (first and final ones), the same on ranks, and
        moving seasonality.
    identifiable
        The combined test: "yes", "probably not" or "no".
    residual, residual_recent
        Stable seasonality left in the adjusted series, in all and in the last three years.
    qs_original, qs_adjusted, qs_irregular
        QS: seasonal autocorrelation.
    ic, i_s
        I/C, the irregular's mean change over that of the trend per period; I/S, the global moving
        seasonality ratio.
    mcd
        Periods for cyclical dominance.
    ic_by_span
        I/C over 1, 2, ... periods up to a year.
    changes
        Mean absolute changes over the same spans, in per cent (units where additive), of the
        original, the adjusted series, irregular, trend and seasonal factors.
    durations
        Average duration of run of the adjusted series, the irregular and the trend.
    variances
        Shares of irregular, trend and seasonal in the variance of the detrended original.
    """

    m: tuple[float | None, ...]
    q: float
    q_without_m2: float
    failed: int
    stable_b1: Test | None
    stable_d8: Test | None
    kruskal_wallis: Test | None
    moving: Test | None
    identifiable: str | None
    residual: Test | None
    residual_recent: Test | None
    qs_original: Test | None
    qs_adjusted: Test | None
    qs_irregular: Test | None
    ic: float
    i_s: float
    mcd: int
    ic_by_span: tuple[float, ...]
    changes: dict[str, list[float]]
    durations: tuple[float, ...]
    variances: tuple[float, ...]

    @classmethod
    def of(cls, run: Any) -> X11Quality:
        """The quality of a run of the core."""
        found = dict(run.quality())
        found["i_s"] = found.pop("is")
        for name in (
            "stable_b1",
            "stable_d8",
            "kruskal_wallis",
            "moving",
            "residual",
            "residual_recent",
            "qs_original",
            "qs_adjusted",
            "qs_irregular",
        ):
            found[name] = test_of(found[name])
        for name in ("m", "ic_by_span", "durations", "variances"):
            found[name] = tuple(found[name])
        return cls(**found)

    def _title(self) -> str:
        return "Quality of a seasonal adjustment"

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        return ["", "value", "p-value"], [[*row] for row in self.rows()], [1, 2]

    def _body(self) -> Any:
        return None

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Give each measure in words, its value and its p-value, as printed."""
        words = {
            "stable_d8": "stable seasonality, F (D8)",
            "kruskal_wallis": "Kruskal-Wallis (D8)",
            "moving": "moving seasonality, F (D8)",
            "residual": "residual seasonality, F",
            "residual_recent": "the same, last three years",
            "qs_original": "QS of the original",
            "qs_adjusted": "QS of the adjusted series",
            "qs_irregular": "QS of the irregular",
        }
        for name, label in words.items():
            test = getattr(self, name)
            if test is not None:
                yield label, f"{test.statistic:.3f}", f"{test.p_value:.4f}"
        yield "identifiable seasonality", self.identifiable or "untested", ""
        yield "I/C", f"{self.ic:.2f}", ""
        yield "I/S", f"{self.i_s:.2f}", ""
        yield "periods for cyclical dominance", str(self.mcd), ""
        for number, value in enumerate(self.m, 1):
            if value is not None:
                yield f"M{number}", f"{value:.3f}", ""
        yield "Q", f"{self.q:.2f}", ""
        yield "Q without M2", f"{self.q_without_m2:.2f}", ""

    def frame(self) -> Any:
        """All of it as a pandas DataFrame with the columns indicator and value."""
        rows: list[tuple[str, Any]] = [(f"M{i}", value) for i, value in enumerate(self.m, 1)]
        for name, value in self._parts():
            if isinstance(value, Test):
                rows += [(name, value.statistic), (f"{name}_p_value", value.p_value)]
            elif isinstance(value, str | int | float):
                rows.append((name, value))
        return require("pandas", "pandas").DataFrame(rows, columns=["indicator", "value"])
