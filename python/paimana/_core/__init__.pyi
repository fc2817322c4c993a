"""
The compiled core of paimana; the public functions are in the package above it.
"""

from typing import Any, SupportsIndex

from _typeshed import Incomplete

from . import audit as audit
from . import calendar as calendar
from . import growth as growth
from . import records as records
from . import seasonal as seasonal
from . import shares as shares
from . import totals as totals
from . import trend as trend

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

def set_threads(threads: Any) -> None:
    """
    Sets the number of threads that work on a call, at least 1.
    """

def __getattr__(name: str) -> Incomplete: ...
