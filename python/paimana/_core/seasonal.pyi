"""
Seasonal adjustment by X-11, sliding spans, revision history, tests of seasonality.
"""

from typing import Any, SupportsFloat, SupportsIndex, final

from _typeshed import Incomplete, SupportsGetItem

__all__ = ["X11Options", "X11Run", "revision_history", "seasonality_tests", "sliding_spans", "x11"]

@final
class X11Options:
    """
    The options of a run, checked name by name.
    """
    def __new__(
        cls,
        /,
        mode: str,
        seasonal: SupportsGetItem[int, str],
        trend: SupportsIndex | None,
        sigma: tuple[SupportsFloat | SupportsIndex, SupportsFloat | SupportsIndex],
        calendar_sigma: str,
        chosen: SupportsGetItem[int, bool] | None,
        ic_state: str,
        true_7_term: bool,
        trend_ic: SupportsFloat | SupportsIndex | None,
        exclude_forecasts: bool,
    ) -> X11Options: ...

@final
class X11Run:
    """
    One adjusted series: its tables stay in the core until they are asked for.
    """
    def by_period(self, /) -> list[list[float]]:
        """
        Mean change of irregular and seasonal and their ratio, a row per period of the year.
        """
    def choices(self, /) -> Any:
        """
        The filters chosen, by name.
        """
    @staticmethod
    def names() -> list[str]:
        """
        The names of the tables, in the order in which they are made.
        """
    def quality(self, /) -> Any:
        """
        What judges the adjustment, as plain numbers; a test is its statistic, degrees of freedom and probability.
        """
    def table(self, /, name: str, extended: bool = False) -> Incomplete:
        """
        A table by its official name, over the observed span or with what was added before and after it.
        """

def revision_history(
    series: SupportsGetItem[int, tuple[Incomplete, SupportsIndex, Incomplete, Incomplete]],
    period: SupportsIndex,
    options: X11Options,
    starts: SupportsGetItem[int, SupportsIndex | None],
) -> list[Any]:
    """
    Revision histories of several series: their start and three tables of concurrent, latest and revision.
    """

def seasonality_tests(x: Incomplete, period: SupportsIndex) -> Any:
    """
    The tests of seasonality of one series without a model: QS, Friedman, Kruskal-Wallis and F.
    """

def sliding_spans(
    series: SupportsGetItem[int, tuple[Incomplete, SupportsIndex, Incomplete, Incomplete]],
    period: SupportsIndex,
    options: X11Options,
    length: SupportsIndex | None,
    count: SupportsIndex | None,
) -> list[Any]:
    """
    Sliding spans of several series: their starts, length, and the spreads of four quantities.
    """

def x11(
    series: SupportsGetItem[int, tuple[Incomplete, SupportsIndex, Incomplete, Incomplete]],
    period: SupportsIndex,
    options: X11Options,
) -> list[X11Run]:
    """
    X-11 of several series.
    """
