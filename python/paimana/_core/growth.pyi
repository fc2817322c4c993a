"""
Growth: differences, rates, annual rates, and what moved the yearly rate.
"""

from typing import Any, SupportsFloat, SupportsIndex

from _typeshed import Incomplete

__all__ = [
    "acceleration",
    "annualized",
    "average_since",
    "base_effect",
    "cagr",
    "change",
    "growth",
    "lag",
    "log_growth",
    "symmetric_growth",
]

def acceleration(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    base: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
) -> Any:
    """
    The change of the yearly rate, points.
    """

def annualized(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    base: Incomplete,
    exponent: SupportsFloat | SupportsIndex,
    negative: Incomplete,
    unit: Incomplete,
    out: Any | None = None,
) -> Any:
    """
    (x/b)^exponent - 1.
    """

def average_since(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    since: SupportsIndex,
    per_year: SupportsIndex,
    negative: Incomplete,
    unit: Incomplete,
    out: Any | None = None,
) -> Any:
    """
    The average yearly rate between the period `since` and each other one.
    """

def base_effect(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    base: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
) -> tuple[Any, Any]:
    """
    The two parts of the change in the yearly rate: what the current period did, and what the base did.
    """

def cagr(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    per_year: SupportsIndex,
    negative: Incomplete,
    unit: Incomplete,
) -> Any:
    """
    The compound annual rate from the first observed value to the last; the time axis is gone.
    """

def change(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, base: Incomplete, out: Any | None = None
) -> Any:
    """
    x - b.
    """

def growth(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    base: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
    out: Any | None = None,
) -> Any:
    """
    (x - b)/b.
    """

def lag(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, base: Incomplete, out: Any | None = None
) -> Any:
    """
    The base of every value.
    """

def log_growth(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, base: Incomplete, out: Any | None = None
) -> Any:
    """
    100 ln(x/b).
    """

def symmetric_growth(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    base: Incomplete,
    unit: Incomplete,
    out: Any | None = None,
) -> Any:
    """
    2 (x - b)/(x + b).
    """
