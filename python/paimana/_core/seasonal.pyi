"""
Seasonal adjustment by X-11, sliding spans, revision history, tests of seasonality.
"""

from typing import Any, SupportsFloat, SupportsIndex, final

from _typeshed import Incomplete, SupportsGetItem

__all__ = [
    "AdjustOptions",
    "AdjustRun",
    "X11Options",
    "X11Run",
    "adjust",
    "revision_history",
    "seasonality_tests",
    "sliding_spans",
    "x11",
]

@final
class AdjustOptions:
    """
    The options of an adjustment with a model, checked name by name.
    """
    def __new__(
        cls,
        /,
        transform: str,
        types: SupportsGetItem[int, str],
        critical: SupportsGetItem[int, SupportsFloat | SupportsIndex] | None,
        order: tuple[
            tuple[SupportsIndex, SupportsIndex, SupportsIndex],
            tuple[SupportsIndex, SupportsIndex, SupportsIndex],
        ],
        forecast: SupportsIndex,
        backcast: SupportsIndex,
        compat: bool,
        max_iterations: SupportsIndex,
    ) -> AdjustOptions: ...

@final
class AdjustRun:
    """
    One series adjusted with a model: its tables stay in the core until they are asked for.
    """
    def by_period(self, /) -> list[list[float]]:
        """
        Mean change of irregular and seasonal and their ratio, a row per period of the year.
        """
    def choices(self, /) -> Any:
        """
        The filters chosen, by name.
        """
    def forecast(self, /) -> Any:
        """
        Forecasts and backcasts with limits of 95 %; standard errors are on the scale of the model.
        """
    def model(self, /) -> Any:
        """
        The model: every decision, with the numbers it rests on, and the estimates.
        """
    def names(self, /) -> list[str]:
        """
        The names of the tables, in their official order.
        """
    def quality(self, /) -> Any:
        """
        What judges the adjustment, as plain numbers.
        """
    def table(self, /, name: str, extended: bool = False) -> Incomplete:
        """
        A table by its official name, over the observed span or with backcasts and forecasts.
        """

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

def adjust(
    series: SupportsGetItem[
        int,
        tuple[
            Incomplete,
            SupportsIndex,
            Incomplete,
            Incomplete,
            SupportsGetItem[int, tuple[str, str, Incomplete]],
            bool,
            SupportsGetItem[
                int,
                tuple[
                    str,
                    SupportsGetItem[
                        int, tuple[str, SupportsGetItem[int, tuple[str, str, Incomplete]], bool]
                    ],
                ],
            ],
        ],
    ],
    period: SupportsIndex,
    options: AdjustOptions,
    x11: X11Options,
) -> list[AdjustRun]:
    """
    Model, choices, outliers, forecasts and X-11 of several series, on all cores.
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
