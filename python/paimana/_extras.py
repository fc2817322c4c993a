"""Optional libraries: how they are imported, and the sentence for those that are missing.

paimana needs NumPy alone. Charts, frames and spreadsheets need more, and say so when asked for.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

__all__ = ["require"]


def require(module: str, extra: str) -> ModuleType:
    """Import an optional library, or say which extra brings it.

    Parameters
    ----------
    module
        The module to import, such as ``"pandas"`` or ``"matplotlib.pyplot"``.
    extra
        The extra of paimana that installs it.

    Raises
    ------
    ImportError
        Naming the library and the command that installs it.
    """
    library = module.partition(".")[0]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or library).partition(".")[0] != library:
            raise  # the library is there but something of its own is missing: it says so itself
        raise ImportError(
            f'this needs {library}, which is not installed: pip install "paimana[{extra}]"',
            name=library,
        ) from None
