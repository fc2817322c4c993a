"""
The audit of releases.
"""

from typing import SupportsFloat, SupportsIndex

from _typeshed import SupportsGetItem

__all__ = ["audit", "decide", "draft", "figures", "spans", "toml", "tree"]

def audit(
    source: SupportsGetItem[int, SupportsIndex], form: str, limit: SupportsFloat | SupportsIndex
) -> str:
    """
    Audits a release within so many seconds; gives the result as JSON.
    """

def decide(
    source: SupportsGetItem[int, SupportsIndex], form: str, limit: SupportsFloat | SupportsIndex
) -> str:
    """
    Decides only whether a release holds together, without the report: "consistent", "inconsistent" or "undecided".
    """

def draft(text: str, year_start: str | None = None, period: str | None = None) -> str:
    """
    Drafts figures and claims from prose; gives the draft as JSON.
    """

def figures(source: SupportsGetItem[int, SupportsIndex], form: str) -> str:
    """
    What each figure of a release prints, its value and its interval, as JSON.
    """

def spans(periods: SupportsGetItem[int, str], year_start: str) -> list[tuple[int, int]]:
    """
    First and last month of each period, as year * 12 + month - 1; vintages and rates are passed over.
    """

def toml(source: SupportsGetItem[int, SupportsIndex], form: str) -> str:
    """
    Checks a release and gives it as TOML.
    """

def tree(source: SupportsGetItem[int, SupportsIndex], form: str) -> str:
    """
    Checks a release and gives its tree as JSON.
    """
