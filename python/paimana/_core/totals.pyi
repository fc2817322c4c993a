"""
Totals: rolling windows, years to date, yearly growth, rebasing, longer periods.
"""

from typing import Any, SupportsFloat, SupportsIndex

from _typeshed import Incomplete

__all__ = [
    "annual_growth",
    "carry_over",
    "rebase",
    "rolling_growth",
    "rolling_mean",
    "rolling_sum",
    "to_frequency",
    "ytd",
    "ytd_growth",
]

def annual_growth(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    years: Incomplete,
    of: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
    na: Incomplete,
) -> Any:
    """
    Growth from year to year, a value a year of the span.
    """

def carry_over(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    years: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
) -> Any:
    """
    The growth of the year if its remaining periods stay at the current one.
    """

def rebase(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    first: SupportsIndex,
    last: SupportsIndex,
    base_value: Any,
) -> Any:
    """
    The series as an index on the base span of the periods `first` to `last`.
    """

def rolling_growth(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    window: Incomplete,
    exponent: SupportsFloat | SupportsIndex | None,
    negative: Incomplete,
    unit: Incomplete,
    na: Incomplete,
) -> Any:
    """
    The mean of the last `window` periods over the mean of the `window` before, at an annual rate if asked for.
    """

def rolling_mean(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    window: Incomplete,
    na: Incomplete,
    out: Any | None = None,
) -> Any:
    """
    The mean of the last `window` periods.
    """

def rolling_sum(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    window: Incomplete,
    na: Incomplete,
    out: Any | None = None,
) -> Any:
    """
    The sum of the last `window` periods.
    """

def to_frequency(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    groups: Incomplete,
    how: Incomplete,
    partial: Incomplete,
    na: Incomplete,
) -> Any:
    """
    A value for every longer period.
    """

def ytd(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    years: Incomplete,
    how: Incomplete,
    na: Incomplete,
    out: Any | None = None,
) -> Any:
    """
    The sum or mean of the fiscal year so far.
    """

def ytd_growth(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    years: Incomplete,
    base: Incomplete | None,
    how: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
    na: Incomplete,
) -> Any:
    """
    The year to date against the same span of the year before.
    """
