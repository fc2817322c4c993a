"""The decorator that registers a public function, and the register.

The methods of the accessors (and of panels and streams) and their stubs are made from it, so that
an indicator is written once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from paimana._public import FAMILIES, REPORTS

F = TypeVar("F", bound=Callable[..., Any])

_REGISTER: dict[str, Callable[..., Any]] = {}
"""The functions of the families that were imported so far."""


def indicator(function: F) -> F:
    """Register a public function of the data in its first argument, and return it unchanged."""
    if function.__name__ in _REGISTER:
        raise ValueError(f"the indicator {function.__name__} is registered twice")
    _REGISTER[function.__name__] = function
    return function


@cache
def indicators() -> dict[str, Callable[..., Any]]:
    """Every registered function by its name, family by family, in the order of definition."""
    homes = (*FAMILIES, *REPORTS)
    for home in homes:
        import_module(home)
    return dict(sorted(_REGISTER.items(), key=lambda item: homes.index(item[1].__module__)))
