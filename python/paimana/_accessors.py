"""The accessor classes of `paimana.pandas` and `paimana.polars`, made from the register.

A method is the public function of its name with the data in its first argument. Functions of a
frame (those whose first argument is `frame` or `parts`) are methods of frames only. What belongs to
arrays alone (`axis`, `out`) is left out. `signatures` also serves the typed stubs, which
`python tests/test_accessors.py` writes and `make test` compares.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from paimana._indicator import indicators

__all__ = ["accessor", "signatures"]

OF_ARRAYS = ("axis", "out")
OF_FRAMES = ("frame", "parts")


def signatures(frame: bool) -> dict[str, inspect.Signature]:
    """Signatures of the methods of a Series or a frame, with `self` for the data."""
    found: dict[str, inspect.Signature] = {}
    for name, function in indicators().items():
        signature = inspect.signature(function)
        data, *others = signature.parameters.values()
        if frame or data.name not in OF_FRAMES:
            this = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
            kept = [other for other in others if other.name not in OF_ARRAYS]
            found[name] = signature.replace(parameters=[this, *kept])
    return found


def accessor(name: str, module: str, frame: bool) -> type[Any]:
    """Make the accessor class of a Series or a frame."""

    def begin(self: Any, data: Any) -> None:
        self._data = data

    def show(self: Any) -> str:
        return f"<paimana for {self._data.__class__.__name__}: {', '.join(found)}>"

    found = signatures(frame)
    kind = "DataFrame" if frame else "Series"
    body: dict[str, Any] = {
        "__doc__": f"The indicators of paimana as methods of a {kind}.",
        "__init__": begin,
        "__module__": module,
        "__repr__": show,
    }
    for method, signature in found.items():
        body[method] = _method(indicators()[method], signature, f"{name}.{method}")
    return type(name, (), body)


def _method(function: Callable[..., Any], signature: inspect.Signature, qualname: str) -> Any:
    """Make a function of the data a method of its accessor."""

    def method(self: Any, *args: Any, **options: Any) -> Any:
        return function(self._data, *args, **options)

    method.__name__, method.__qualname__ = function.__name__, qualname
    method.__doc__ = function.__doc__
    method.__signature__ = signature  # type: ignore[attr-defined]
    return method
