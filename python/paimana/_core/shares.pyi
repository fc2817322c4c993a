"""
Shares: parts of a whole at one period.
"""

from typing import Any, SupportsIndex

from _typeshed import Incomplete

__all__ = ["contributions", "largest", "share", "shares"]

def contributions(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    total: Any | None,
    base: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
) -> Any:
    """
    What each part (column) added to the growth of the total, and what the parts leave.
    """

def largest(
    x: Any, total: Any | None, unit: Incomplete
) -> tuple[Incomplete, Any, Incomplete, Any, Incomplete]:
    """
    The largest part of every row: its column (-1 for none), its share, the runner-up, the margin, and whether it is
    proven.
    """

def share(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    whole: Any,
    negative: Incomplete,
    unit: Incomplete,
    out: Any | None = None,
) -> Any:
    """
    part/whole, value by value.
    """

def shares(
    x: Any,
    axis: SupportsIndex,
    negative: Incomplete,
    unit: Incomplete,
    na: Incomplete,
    slots: Incomplete | None = None,
) -> Any:
    """
    Each part over the total along `axis`.
    """
