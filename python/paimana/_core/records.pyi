"""
Records: a value among the earlier values of its series.
"""

from typing import Any, SupportsIndex

from _typeshed import Incomplete

__all__ = ["from_peak", "highest_since", "previous_record", "rank", "record", "streak", "zscore"]

def from_peak(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, unit: Incomplete, out: Any | None = None
) -> Any:
    """
    The distance from the highest value so far.
    """

def highest_since(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, sense: Incomplete
) -> Incomplete:
    """
    The row of the last earlier period at least as high (as low), -1 for none.
    """

def previous_record(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    sense: Incomplete,
    season: SupportsIndex | None = None,
) -> Incomplete:
    """
    The row of the record that stood before each row, -1 for none.
    """

def rank(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    season: SupportsIndex | None = None,
    whole: bool = False,
) -> Any:
    """
    The rank of every value, 1 for the highest.
    """

def record(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    sense: Incomplete,
    season: SupportsIndex | None = None,
) -> Any:
    """
    Whether a value lies strictly beyond all earlier ones: booleans; of bounds 0 no, 1 yes, 2 undecided.
    """

def streak(x: Any, axis: SupportsIndex, slots: Incomplete | None, base: Incomplete) -> Any:
    """
    How many periods in a row the value rose (+) or fell (-) against its base.
    """

def zscore(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    window: Incomplete | None,
    ddof: SupportsIndex,
    out: Any | None = None,
) -> Any:
    """
    The distance from the mean in standard deviations.
    """
