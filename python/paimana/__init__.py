"""paimana: economic indicators, exact and by the calendar, and the audit of economic releases.

Functions first, data as the first argument, options by keyword: ``pm.yoy(series)``. Rates and
shares are per cent, contributions percentage points. Every function takes a list, a NumPy array, a
pandas or Polars Series or frame, an Arrow array or an xarray DataArray, and gives the same class
back with its labels.

What a name needs is imported when the name is first used (`_public.py`), so that
``import paimana`` costs little more than NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from paimana._core import __version__ as __version__
from paimana._core import get_threads as get_threads
from paimana._core import set_threads as set_threads
from paimana._public import FAMILIES, MODULES, OTHERS

if TYPE_CHECKING:
    from paimana import calendar as calendar
    from paimana import datasets as datasets
    from paimana import testing as testing
    from paimana.engines import spark as spark
    from paimana.engines.duckdb import scan as scan
    from paimana.measure import adjust as _adjust
    from paimana.measure import band as _band
    from paimana.measure import controlled as _controlled
    from paimana.measure import cycle as _cycle
    from paimana.measure import days as _days
    from paimana.measure import dynamics as _dynamics
    from paimana.measure import growth as _growth
    from paimana.measure import loess as _loess
    from paimana.measure import published as _published
    from paimana.measure import records as _records
    from paimana.measure import seasonal as _seasonal
    from paimana.measure import shares as _shares
    from paimana.measure import stability as _stability
    from paimana.measure import totals as _totals
    from paimana.measure import trend as _trend
    from paimana.measure.adjust import *
    from paimana.measure.band import *
    from paimana.measure.controlled import *
    from paimana.measure.cycle import *
    from paimana.measure.days import *
    from paimana.measure.dynamics import *
    from paimana.measure.growth import *
    from paimana.measure.loess import *
    from paimana.measure.published import *
    from paimana.measure.records import *
    from paimana.measure.seasonal import *
    from paimana.measure.shares import *
    from paimana.measure.stability import *
    from paimana.measure.totals import *
    from paimana.measure.trend import *
    from paimana.release.audit import audit as audit
    from paimana.release.audit import check as check
    from paimana.release.file import Release as Release
    from paimana.release.money import Amount as Amount
    from paimana.release.money import amount as amount
    from paimana.release.read import read_release as read_release
    from paimana.release.several import audit_many as audit_many
    from paimana.report.brief import brief as brief
    from paimana.report.table import table as table
    from paimana.tables._spec import Panel as Panel
    from paimana.tables._spec import panel as panel

    __all__ = [
        "Panel",
        "__version__",
        "brief",
        "calendar",
        "datasets",
        "get_threads",
        "panel",
        "scan",
        "set_threads",
        "spark",
        "table",
    ]
    __all__ += ["Amount", "Release", "amount", "audit", "audit_many", "check", "read_release"]
    __all__ += ["testing"]
    __all__ += _adjust.__all__
    __all__ += _band.__all__
    __all__ += _controlled.__all__
    __all__ += _cycle.__all__
    __all__ += _days.__all__
    __all__ += _dynamics.__all__
    __all__ += _growth.__all__
    __all__ += _loess.__all__
    __all__ += _published.__all__
    __all__ += _records.__all__
    __all__ += _seasonal.__all__
    __all__ += _shares.__all__
    __all__ += _stability.__all__
    __all__ += _totals.__all__
    __all__ += _trend.__all__
else:

    def __getattr__(name: str) -> Any:
        if name == "__all__":
            names = (name for home in FAMILIES for name in import_module(home).__all__)
            found = ["__version__", "get_threads", "set_threads", *names, *OTHERS, *MODULES]
        elif name in MODULES:
            found = import_module(MODULES[name])
        elif name in OTHERS:
            found = getattr(import_module(OTHERS[name]), name)
        elif (family := _family(name)) is not None:
            found = getattr(family, name)
        else:
            raise AttributeError(f"module 'paimana' has no attribute {name!r}", name=name)
        globals()[name] = found  # the next time it is found without this function
        return found

    def __dir__() -> list[str]:
        loaded = {name for name in globals() if name.startswith("__")}
        return sorted({*loaded, *__getattr__("__all__")})

    def _family(name: str) -> Any:
        """The module that has a name; private ones, which others ask for, are in none."""
        homes = () if name.startswith("_") else map(import_module, FAMILIES)
        return next((home for home in homes if name in home.__all__), None)
