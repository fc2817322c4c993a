"""
The compiled core of paimana; the public functions are in the package above it.
"""

from typing import SupportsFloat, SupportsIndex, final

from _typeshed import Incomplete, SupportsGetItem

from . import growth as growth
from . import records as records
from . import shares as shares
from . import totals as totals
from . import trend as trend

@final
class X11Options:
    """
    The options of a run, checked name by name.
    """
    def __new__(
        cls,
        /,
        mode: str,
        seasonal: SupportsGetItem[int, str],
        trend: SupportsIndex | None,
        sigma: tuple[SupportsFloat | SupportsIndex, SupportsFloat | SupportsIndex],
        calendar_sigma: str,
        chosen: SupportsGetItem[int, bool] | None,
        ic_state: str,
        true_7_term: bool,
        trend_ic: SupportsFloat | SupportsIndex | None,
        exclude_forecasts: bool,
    ) -> X11Options: ...

@final
class X11Run:
    """
    One adjusted series: its tables stay in the core until they are asked for.
    """
    def table(self, /, name: str, extended: bool = False) -> Incomplete:
        """
        A table by its official name, over the observed span (`extended=False`) or with what was added.
        """

def get_threads() -> int:
    """
    The number of threads that work on a call.
    """

def periods(
    stamps: Incomplete,
    unit: str,
    freq: str | None = None,
    of: str | None = None,
    shift: SupportsIndex = 0,
) -> tuple[str, int, Incomplete | None, int]:
    """
    The frequency, the ordinal of the first period, the slot of each row (None where row i is period i) and the number
    of periods from the first to the last, of `stamps` that count `unit` since 1970.

    With `unit="ordinal"` the stamps are periods of the frequency `of`, and `shift` is added to give ordinals.
    """

def set_threads(threads: SupportsIndex) -> None:
    """
    Sets the number of threads that work on a call, at least 1.
    """

def x11(
    series: SupportsGetItem[int, tuple[Incomplete, SupportsIndex, Incomplete, Incomplete]],
    period: SupportsIndex,
    options: X11Options,
) -> list[X11Run]:
    """
    X-11 of several series; each comes with the period of the year it begins in, its backcasts and forecasts.
    """

def __getattr__(name: str) -> Incomplete: ...
