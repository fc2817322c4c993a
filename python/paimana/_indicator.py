"""The decorator that registers a public function.

What stands here is the list of indicators. The methods of the accessors (and of panels and
streams) and their stubs are made from it, so that an indicator is written once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

INDICATORS: dict[str, Callable[..., Any]] = {}
"""Every registered public function by its name, in the order of definition."""


def indicator(function: F) -> F:
    """Register a public function of the data in its first argument, and return it unchanged."""
    if function.__name__ in INDICATORS:
        raise ValueError(f"the indicator {function.__name__} is registered twice")
    INDICATORS[function.__name__] = function
    return function
