# Made from the register of indicators by `make stubs`: do not edit.

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from polars import DataFrame, Series

from paimana.measure._adjust_results import SeasonalAdjustment
from paimana.measure._parts import Boosted, Cycle, Fitted, LongRun, Seasonal, Seasonals, Smooth
from paimana.measure._seasonal_results import X11
from paimana.measure.dynamics import Required
from paimana.measure.records import PreviousRecord
from paimana.report.brief import Brief, Briefs
from paimana.report.table import Table

class SeriesAccessor:
    """The indicators as methods of a Series."""

    def __init__(self, data: Series) -> None: ...
    def lag(self, lag: int = 1, *, time: Any = None, freq: str | None = None) -> Series: ...
    def lead(self, lead: int = 1, *, time: Any = None, freq: str | None = None) -> Series: ...
    def change(
        self,
        lag: int = 1,
        *,
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def growth(
        self,
        lag: int = 1,
        *,
        since: Any = None,
        average: str | None = None,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Series: ...
    def mom(
        self,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def qoq(
        self,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def yoy(
        self,
        *,
        match: str | None = None,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Series: ...
    def log_growth(self, lag: int = 1, *, time: Any = None, freq: str | None = None) -> Series: ...
    def symmetric_growth(
        self,
        lag: int = 1,
        *,
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def annualized(
        self,
        lag: int = 1,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def cagr(
        self,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Any: ...
    def rolling_sum(
        self,
        window: int,
        *,
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def rolling_mean(
        self,
        window: int,
        *,
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def ytd(
        self,
        *,
        year_start: Any = 1,
        how: str = "sum",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Series: ...
    def ytd_growth(
        self,
        *,
        year_start: Any = 1,
        how: str = "sum",
        negative_base: str = "missing",
        unit: str = "percent",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Series: ...
    def annual_growth(
        self,
        *,
        of: str = "average",
        year_start: Any = 1,
        fy_label: str = "end",
        negative_base: str = "missing",
        unit: str = "percent",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def rebase(
        self,
        base: Any,
        *,
        base_value: float | Decimal = 100,
        year_start: Any = None,
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Series: ...
    def to_frequency(
        self,
        to: str,
        *,
        how: str = "sum",
        partial: str = "missing",
        year_start: Any = 1,
        fy_label: str = "end",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def acceleration(
        self,
        *,
        match: str | None = None,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Series: ...
    def base_effect(
        self,
        *,
        match: str | None = None,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def rolling_growth(
        self,
        window: int = 3,
        *,
        annualized: bool = False,
        negative_base: str = "missing",
        unit: str = "percent",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def carry_over(
        self,
        *,
        year_start: Any = 1,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Series: ...
    def required(
        self,
        target: Any,
        *,
        by: Any,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Required: ...
    def record(
        self,
        sense: str = "high",
        *,
        same_period: bool = False,
        time: Any = None,
        freq: str | None = None,
    ) -> Any: ...
    def previous_record(
        self,
        sense: str = "high",
        *,
        same_period: bool = False,
        time: Any = None,
        freq: str | None = None,
    ) -> PreviousRecord: ...
    def highest_since(self, *, time: Any = None, freq: str | None = None) -> Any: ...
    def lowest_since(self, *, time: Any = None, freq: str | None = None) -> Any: ...
    def rank(
        self,
        *,
        same_period: bool = False,
        within: str | None = None,
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def streak(self, lag: int = 1, *, time: Any = None, freq: str | None = None) -> Series: ...
    def from_peak(
        self,
        *,
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def zscore(
        self,
        window: int | None = None,
        *,
        ddof: int = 1,
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def share(
        self,
        whole: Any,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Series: ...
    def per_day(
        self,
        *,
        days: str = "working",
        country: str | None = None,
        holidays: Iterable[Any] | None = None,
        weekend: Any = "sat-sun",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Series: ...
    def hp_filter(
        self,
        lamb: float | None = None,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> Cycle[Series]: ...
    def one_sided_hp_filter(
        self,
        lamb: float | None = None,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> Cycle[Series]: ...
    def boosted_hp_filter(
        self,
        lamb: float | None = None,
        *,
        stop: str | None = "bic",
        iterations: int = 100,
        time: Any = None,
        freq: str | None = None,
    ) -> Boosted[Series]: ...
    def hamilton_filter(
        self,
        h: int | None = None,
        p: int | None = None,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> Fitted[Series]: ...
    def bn_decomposition(
        self,
        p: int = 2,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> LongRun[Series]: ...
    def bk_filter(
        self,
        low: float = 6,
        high: float = 32,
        k: int = 12,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> Cycle[Series]: ...
    def cf_filter(
        self,
        low: float = 6,
        high: float = 32,
        *,
        drift: bool = True,
        time: Any = None,
        freq: str | None = None,
    ) -> Cycle[Series]: ...
    def henderson(
        self,
        terms: int = 13,
        *,
        ic: float = 3.5,
        time: Any = None,
        freq: str | None = None,
    ) -> Smooth[Series]: ...
    def stl(
        self,
        period: int | None = None,
        seasonal: int = 7,
        *,
        trend: int | None = None,
        low_pass: int | None = None,
        seasonal_degree: int = 1,
        trend_degree: int = 1,
        low_pass_degree: int = 1,
        seasonal_jump: int = 1,
        trend_jump: int = 1,
        low_pass_jump: int = 1,
        robust: bool = False,
        inner: int | None = None,
        outer: int | None = None,
        time: Any = None,
        freq: str | None = None,
    ) -> Seasonal[Series]: ...
    def mstl(
        self,
        periods: Sequence[int],
        windows: Sequence[int] | None = None,
        *,
        iterations: int = 2,
        trend: int | None = None,
        robust: bool = False,
        inner: int | None = None,
        outer: int | None = None,
        time: Any = None,
        freq: str | None = None,
    ) -> Seasonals[Series]: ...
    def x11(
        self,
        *,
        mode: str = "mult",
        seasonal: str | list[str] = "msr",
        trend: str | int = "auto",
        sigma: tuple[float, float] = (1.5, 2.5),
        calendar_sigma: str = "none",
        select: list[str | int] | None = None,
        ic_state: str = "x13",
        true_7_term: bool = False,
        trend_ic: float | None = None,
        forecast: Any = None,
        backcast: Any = None,
        exclude_forecasts: bool = False,
        period: int | None = None,
        na: str = "raise",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> X11: ...
    def seasonal_adjust(
        self,
        *,
        calendar: str | Sequence[str | Sequence[str]] | None = "auto",
        transform: str = "auto",
        outliers: Sequence[str] | None = ("ao", "ls"),
        critical: Any = "auto",
        forecast: int | None = None,
        backcast: int = 0,
        model: tuple[tuple[int, int, int], tuple[int, int, int]] = ((0, 1, 1), (0, 1, 1)),
        x11: Mapping[str, Any] | None = None,
        compat: str | None = None,
        weekend: Any = "sat-sun",
        calendar_options: Mapping[str, Any] | None = None,
        progress: bool | None = None,
        period: int | None = None,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> SeasonalAdjustment: ...
    def sliding_spans(
        self,
        *,
        length: int | None = None,
        count: int | None = None,
        threshold: float = 3.0,
        mode: str = "mult",
        seasonal: str | list[str] = "msr",
        trend: str | int = "auto",
        sigma: tuple[float, float] = (1.5, 2.5),
        calendar_sigma: str = "none",
        select: list[str | int] | None = None,
        ic_state: str = "x13",
        true_7_term: bool = False,
        trend_ic: float | None = None,
        period: int | None = None,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def revision_history(
        self,
        *,
        since: Any = None,
        mode: str = "mult",
        seasonal: str | list[str] = "msr",
        trend: str | int = "auto",
        sigma: tuple[float, float] = (1.5, 2.5),
        calendar_sigma: str = "none",
        select: list[str | int] | None = None,
        ic_state: str = "x13",
        true_7_term: bool = False,
        trend_ic: float | None = None,
        period: int | None = None,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def seasonality_tests(
        self,
        *,
        log: bool = False,
        period: int | None = None,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def brief(
        self,
        *,
        year_start: int | str = 1,
        until: Any = None,
        adjusted: bool = False,
        how: str = "sum",
        column: str | Sequence[str] | None = None,
        total: Any = None,
        name: str | None = None,
        measured_in: str | None = None,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Brief | Briefs: ...
    def table(
        self,
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
    ) -> Table: ...

class FrameAccessor:
    """The indicators as methods of a DataFrame."""

    def __init__(self, data: DataFrame) -> None: ...
    def lag(self, lag: int = 1, *, time: Any = None, freq: str | None = None) -> DataFrame: ...
    def lead(self, lead: int = 1, *, time: Any = None, freq: str | None = None) -> DataFrame: ...
    def change(
        self,
        lag: int = 1,
        *,
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def growth(
        self,
        lag: int = 1,
        *,
        since: Any = None,
        average: str | None = None,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> DataFrame: ...
    def mom(
        self,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def qoq(
        self,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def yoy(
        self,
        *,
        match: str | None = None,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> DataFrame: ...
    def log_growth(
        self,
        lag: int = 1,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def symmetric_growth(
        self,
        lag: int = 1,
        *,
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def annualized(
        self,
        lag: int = 1,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def cagr(
        self,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Any: ...
    def rolling_sum(
        self,
        window: int,
        *,
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def rolling_mean(
        self,
        window: int,
        *,
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def ytd(
        self,
        *,
        year_start: Any = 1,
        how: str = "sum",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> DataFrame: ...
    def ytd_growth(
        self,
        *,
        year_start: Any = 1,
        how: str = "sum",
        negative_base: str = "missing",
        unit: str = "percent",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> DataFrame: ...
    def annual_growth(
        self,
        *,
        of: str = "average",
        year_start: Any = 1,
        fy_label: str = "end",
        negative_base: str = "missing",
        unit: str = "percent",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def rebase(
        self,
        base: Any,
        *,
        base_value: float | Decimal = 100,
        year_start: Any = None,
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> DataFrame: ...
    def to_frequency(
        self,
        to: str,
        *,
        how: str = "sum",
        partial: str = "missing",
        year_start: Any = 1,
        fy_label: str = "end",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def acceleration(
        self,
        *,
        match: str | None = None,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> DataFrame: ...
    def base_effect(
        self,
        *,
        match: str | None = None,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def rolling_growth(
        self,
        window: int = 3,
        *,
        annualized: bool = False,
        negative_base: str = "missing",
        unit: str = "percent",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def carry_over(
        self,
        *,
        year_start: Any = 1,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> DataFrame: ...
    def required(
        self,
        target: Any,
        *,
        by: Any,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Required: ...
    def record(
        self,
        sense: str = "high",
        *,
        same_period: bool = False,
        time: Any = None,
        freq: str | None = None,
    ) -> Any: ...
    def previous_record(
        self,
        sense: str = "high",
        *,
        same_period: bool = False,
        time: Any = None,
        freq: str | None = None,
    ) -> PreviousRecord: ...
    def highest_since(self, *, time: Any = None, freq: str | None = None) -> Any: ...
    def lowest_since(self, *, time: Any = None, freq: str | None = None) -> Any: ...
    def rank(
        self,
        *,
        same_period: bool = False,
        within: str | None = None,
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def streak(self, lag: int = 1, *, time: Any = None, freq: str | None = None) -> DataFrame: ...
    def from_peak(
        self,
        *,
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def zscore(
        self,
        window: int | None = None,
        *,
        ddof: int = 1,
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def share(
        self,
        whole: Any,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def shares(
        self,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        na: str = "propagate",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> DataFrame: ...
    def contributions(
        self,
        total: Any = None,
        lag: int = 1,
        *,
        negative_base: str = "missing",
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Any: ...
    def largest(
        self,
        total: Any = None,
        *,
        unit: str = "percent",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
    ) -> Any: ...
    def per_day(
        self,
        *,
        days: str = "working",
        country: str | None = None,
        holidays: Iterable[Any] | None = None,
        weekend: Any = "sat-sun",
        decimals: int | None = None,
        rounding: str = "half_up",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> DataFrame: ...
    def hp_filter(
        self,
        lamb: float | None = None,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> Cycle[DataFrame]: ...
    def one_sided_hp_filter(
        self,
        lamb: float | None = None,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> Cycle[DataFrame]: ...
    def boosted_hp_filter(
        self,
        lamb: float | None = None,
        *,
        stop: str | None = "bic",
        iterations: int = 100,
        time: Any = None,
        freq: str | None = None,
    ) -> Boosted[DataFrame]: ...
    def hamilton_filter(
        self,
        h: int | None = None,
        p: int | None = None,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> Fitted[DataFrame]: ...
    def bn_decomposition(
        self,
        p: int = 2,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> LongRun[DataFrame]: ...
    def bk_filter(
        self,
        low: float = 6,
        high: float = 32,
        k: int = 12,
        *,
        time: Any = None,
        freq: str | None = None,
    ) -> Cycle[DataFrame]: ...
    def cf_filter(
        self,
        low: float = 6,
        high: float = 32,
        *,
        drift: bool = True,
        time: Any = None,
        freq: str | None = None,
    ) -> Cycle[DataFrame]: ...
    def henderson(
        self,
        terms: int = 13,
        *,
        ic: float = 3.5,
        time: Any = None,
        freq: str | None = None,
    ) -> Smooth[DataFrame]: ...
    def stl(
        self,
        period: int | None = None,
        seasonal: int = 7,
        *,
        trend: int | None = None,
        low_pass: int | None = None,
        seasonal_degree: int = 1,
        trend_degree: int = 1,
        low_pass_degree: int = 1,
        seasonal_jump: int = 1,
        trend_jump: int = 1,
        low_pass_jump: int = 1,
        robust: bool = False,
        inner: int | None = None,
        outer: int | None = None,
        time: Any = None,
        freq: str | None = None,
    ) -> Seasonal[DataFrame]: ...
    def mstl(
        self,
        periods: Sequence[int],
        windows: Sequence[int] | None = None,
        *,
        iterations: int = 2,
        trend: int | None = None,
        robust: bool = False,
        inner: int | None = None,
        outer: int | None = None,
        time: Any = None,
        freq: str | None = None,
    ) -> Seasonals[DataFrame]: ...
    def x11(
        self,
        *,
        mode: str = "mult",
        seasonal: str | list[str] = "msr",
        trend: str | int = "auto",
        sigma: tuple[float, float] = (1.5, 2.5),
        calendar_sigma: str = "none",
        select: list[str | int] | None = None,
        ic_state: str = "x13",
        true_7_term: bool = False,
        trend_ic: float | None = None,
        forecast: Any = None,
        backcast: Any = None,
        exclude_forecasts: bool = False,
        period: int | None = None,
        na: str = "raise",
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> X11: ...
    def seasonal_adjust(
        self,
        *,
        calendar: str | Sequence[str | Sequence[str]] | None = "auto",
        transform: str = "auto",
        outliers: Sequence[str] | None = ("ao", "ls"),
        critical: Any = "auto",
        forecast: int | None = None,
        backcast: int = 0,
        model: tuple[tuple[int, int, int], tuple[int, int, int]] = ((0, 1, 1), (0, 1, 1)),
        x11: Mapping[str, Any] | None = None,
        compat: str | None = None,
        weekend: Any = "sat-sun",
        calendar_options: Mapping[str, Any] | None = None,
        progress: bool | None = None,
        period: int | None = None,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> SeasonalAdjustment: ...
    def sliding_spans(
        self,
        *,
        length: int | None = None,
        count: int | None = None,
        threshold: float = 3.0,
        mode: str = "mult",
        seasonal: str | list[str] = "msr",
        trend: str | int = "auto",
        sigma: tuple[float, float] = (1.5, 2.5),
        calendar_sigma: str = "none",
        select: list[str | int] | None = None,
        ic_state: str = "x13",
        true_7_term: bool = False,
        trend_ic: float | None = None,
        period: int | None = None,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def revision_history(
        self,
        *,
        since: Any = None,
        mode: str = "mult",
        seasonal: str | list[str] = "msr",
        trend: str | int = "auto",
        sigma: tuple[float, float] = (1.5, 2.5),
        calendar_sigma: str = "none",
        select: list[str | int] | None = None,
        ic_state: str = "x13",
        true_7_term: bool = False,
        trend_ic: float | None = None,
        period: int | None = None,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def seasonality_tests(
        self,
        *,
        log: bool = False,
        period: int | None = None,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Any: ...
    def brief(
        self,
        *,
        year_start: int | str = 1,
        until: Any = None,
        adjusted: bool = False,
        how: str = "sum",
        column: str | Sequence[str] | None = None,
        total: Any = None,
        name: str | None = None,
        measured_in: str | None = None,
        time: Any = None,
        freq: str | None = None,
        start: Any = None,
    ) -> Brief | Briefs: ...
    def table(
        self,
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
    ) -> Table: ...
