"""
Trend filters: each gives the parts of its result, and the figures that come with it.
"""

from typing import Any, SupportsFloat, SupportsIndex

from _typeshed import Incomplete, SupportsGetItem, SupportsLenAndGetItem

__all__ = [
    "baxter_king",
    "beveridge_nelson",
    "boosted_hp",
    "christiano_fitzgerald",
    "hamilton",
    "henderson",
    "hp",
    "mstl",
    "one_sided_hp",
    "stl",
]

def baxter_king(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    low: SupportsFloat | SupportsIndex,
    high: SupportsFloat | SupportsIndex,
    k: SupportsIndex,
) -> tuple[list[Incomplete], Incomplete]:
    """
    The Baxter-King filter: the rest, cycle.
    """

def beveridge_nelson(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, p: SupportsIndex
) -> tuple[list[Incomplete], Incomplete]:
    """
    The Beveridge-Nelson decomposition: trend, cycle; mean growth, constant, coefficients.
    """

def boosted_hp(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    lamb: SupportsFloat | SupportsIndex,
    stop: Any,
    iterations: SupportsIndex,
) -> tuple[list[Incomplete], Incomplete]:
    """
    The boosted Hodrick-Prescott filter: trend, cycle; the number of iterations.
    """

def christiano_fitzgerald(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    low: SupportsFloat | SupportsIndex,
    high: SupportsFloat | SupportsIndex,
    drift: bool,
) -> tuple[list[Incomplete], Incomplete]:
    """
    The Christiano-Fitzgerald filter: the rest, cycle.
    """

def hamilton(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, h: SupportsIndex, p: SupportsIndex
) -> tuple[list[Incomplete], Incomplete]:
    """
    Hamilton's filter: trend, cycle; the coefficients.
    """

def henderson(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    terms: SupportsIndex,
    ic: SupportsFloat | SupportsIndex,
) -> tuple[list[Incomplete], Incomplete]:
    """
    The Henderson average: trend, the rest.
    """

def hp(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, lamb: SupportsFloat | SupportsIndex
) -> tuple[list[Incomplete], Incomplete]:
    """
    The Hodrick-Prescott filter: trend, cycle.
    """

def mstl(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    options: SupportsGetItem[
        int,
        tuple[
            SupportsIndex,
            SupportsLenAndGetItem[SupportsIndex],
            SupportsLenAndGetItem[SupportsIndex],
            SupportsLenAndGetItem[SupportsIndex],
            SupportsIndex,
            SupportsIndex,
        ],
    ],
    iterations: SupportsIndex,
) -> tuple[list[Incomplete], Incomplete]:
    """
    The same for several periods: trend, residual, a seasonal each.
    """

def one_sided_hp(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, lamb: SupportsFloat | SupportsIndex
) -> tuple[list[Incomplete], Incomplete]:
    """
    The one-sided Hodrick-Prescott filter: trend, cycle.
    """

def stl(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    options: tuple[
        SupportsIndex,
        SupportsLenAndGetItem[SupportsIndex],
        SupportsLenAndGetItem[SupportsIndex],
        SupportsLenAndGetItem[SupportsIndex],
        SupportsIndex,
        SupportsIndex,
    ],
) -> tuple[list[Incomplete], Incomplete]:
    """
    Seasonal and trend decomposition by loess: trend, seasonal, residual.
    """
