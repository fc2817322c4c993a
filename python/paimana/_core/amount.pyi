"""
Amounts of money.
"""

from typing import Any, SupportsIndex, final

__all__ = ["Money", "read", "restore"]

@final
class Money:
    """
    An exact amount.
    """
    def __repr__(self, /) -> str: ...
    def bounds(self, /) -> tuple[str, str]:
        """
        The interval of unrounded amounts.
        """
    def divided(self, /, n: SupportsIndex, d: SupportsIndex, decimals: SupportsIndex) -> Money:
        """
        The amount over n/d, rounded to so many decimals.
        """
    def format(
        self,
        /,
        scale: str | None,
        decimals: SupportsIndex | None,
        rounding: Any,
        grouping: Any,
        separator: str,
        decimal: str,
        currency: Any,
        parentheses: bool,
    ) -> str:
        """
        The amount in words and digits.
        """
    def json(self, /) -> str:
        """
        The amount as JSON.
        """
    def negated(self, /) -> Money:
        """
        The amount with its sign turned.
        """
    def order(self, /, other: Money) -> int:
        """
        -1, 0 or 1: how two amounts of one currency compare.
        """
    def parts(self, /) -> tuple[str, str, str, int, str, str | None, int]:
        """
        Value, number, width, decimals, scale, currency, and the power of ten of the scale.
        """
    def plus(self, /, other: Money) -> Money:
        """
        The sum.
        """
    def rescaled(self, /, scale: str) -> Money:
        """
        The same amount in another scale.
        """
    def times(self, /, n: SupportsIndex, d: SupportsIndex) -> Money:
        """
        The amount times n/d.
        """

def read(text: str, decimal: Any | None, currency: str | None, scale: str | None) -> Money:
    """
    Reads an amount; `decimal` None means what the text shows.
    """

def restore(json: str) -> Money:
    """
    An amount from its JSON.
    """
