"""
Controlled rounding.
"""

from typing import SupportsIndex

from _typeshed import SupportsGetItem

__all__ = ["ordinary", "round_parts", "round_table", "sums"]

def ordinary(values: SupportsGetItem[int, str], decimals: SupportsIndex) -> list[str]:
    """
    Numbers rounded each by itself, ties away from zero.
    """

def round_parts(
    parts: SupportsGetItem[int, str], decimals: SupportsIndex, total: str | None
) -> tuple[list[str], str]:
    """
    Parts rounded to sum to a total, which comes last.
    """

def round_table(
    cells: SupportsGetItem[int, str],
    width: SupportsIndex,
    decimals: SupportsIndex,
    total: str | None,
    rows: SupportsGetItem[int, str] | None,
    columns: SupportsGetItem[int, str] | None,
) -> tuple[list[str], list[str], list[str], str]:
    """
    A table rounded to sum both ways: its cells, the totals of its rows and columns, the total.
    """

def sums(
    values: SupportsGetItem[int, str], width: SupportsIndex, decimals: SupportsIndex
) -> tuple[list[str], list[str], str]:
    """
    The sums of rows and columns of a table, and of all of it, rounded each by itself.
    """
