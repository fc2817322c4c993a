"""
The compiled core of paimana; the public functions are in the package above it.
"""

from typing import Any, SupportsIndex, final

from _typeshed import Incomplete, SupportsGetItem

from . import amount as amount
from . import audit as audit
from . import calendar as calendar
from . import controlled as controlled
from . import growth as growth
from . import records as records
from . import seasonal as seasonal
from . import shares as shares
from . import totals as totals
from . import trend as trend

@final
class Groups:
    """
    The rows of a long table, told apart by key and period.
    """
    def __len__(self, /) -> int:
        """
        The number of series.
        """
    def __new__(cls, /, keys: Incomplete, slots: Incomplete) -> Groups:
        """
        From a key, a whole number of any width, and a period number from 0 for each row.
        """
    @staticmethod
    def alike(keys: Incomplete) -> tuple[Incomplete, Groups]:
        """
        From a key for each row: rows of equal key are a group, in their order. Gives the number of each row's group, too.
        """

@final
class Values:
    """
    Exact decimals, or bounds: an array of them with their scale, and the digits and rounding asked for in results.
    """
    @property
    def T(self, /) -> Any:
        """
        The same values with the axes turned round.
        """
    def __arrow_c_array__(self, /, requested_schema: Any | None = None) -> Any:
        """
        The Arrow interface of a column of decimals.
        """
    def __getitem__(self, index: Any, /) -> Any: ...
    def __len__(self, /) -> int: ...
    def __new__(
        cls,
        /,
        array: Any,
        scale: SupportsIndex = 0,
        precision: SupportsIndex = 38,
        decimals: Any | None = None,
        rounding: Any | None = None,
    ) -> Values: ...
    def __repr__(self, /) -> str: ...
    @property
    def array(self, /) -> Any:
        """
        The array: of decimals, of bounds of floats, or of bounds of decimals.
        """
    def asked(self, /, decimals: Any | None, rounding: Any | None) -> Any:
        """
        The same values, with the digits and the rounding of their results.
        """
    @staticmethod
    def between(lower: Any, upper: Any) -> Any:
        """
        Bounds of equal shape: arrays of floats, or decimals of one scale.
        """
    @property
    def bounded(self, /) -> bool:
        """
        Whether these are bounds.
        """
    @staticmethod
    def from_arrow(column: Any) -> Any:
        """
        The decimals of a column with an Arrow interface, `__arrow_c_stream__` or `__arrow_c_array__`.
        """
    @staticmethod
    def from_decimals(decimals: Any) -> Any:
        """
        The decimals of a list of `decimal.Decimal`; None and NaN are missing.
        """
    @property
    def lower(self, /) -> Any:
        """
        The lower bounds: floats as an array, decimals as values.
        """
    def minus(self, /, other: Values) -> Any:
        """
        These less others of the same scale and shape, exactly.
        """
    def missing(self, /) -> Incomplete:
        """
        Which values are missing.
        """
    @property
    def ndim(self, /) -> Any:
        """
        The number of axes.
        """
    @property
    def precision(self, /) -> int:
        """
        The digits that a column of these has room for.
        """
    def rescaled(self, /, scale: SupportsIndex) -> Any:
        """
        The same values at a greater scale, exactly.
        """
    @property
    def scale(self, /) -> int:
        """
        Digits after the point.
        """
    @property
    def shape(self, /) -> Any:
        """
        The lengths of the axes.
        """
    def to_decimals(self, /) -> Any:
        """
        A list of `decimal.Decimal` in logical order, None for missing ones.
        """
    def to_floats(self, /) -> Incomplete:
        """
        The nearest floats, of the same shape.
        """
    @property
    def upper(self, /) -> Any:
        """
        The upper bounds: floats as an array, decimals as values.
        """

def codes_of_texts(offsets: Incomplete, data: Incomplete) -> Incomplete:
    """
    The texts that lie in `data` from each offset to the next, numbered from 0 in the order of their first rows.
    """

def codes_of_views(views: Incomplete, buffers: SupportsGetItem[int, Incomplete]) -> Incomplete:
    """
    The texts of a column of views of sixteen bytes, which lie in them and in buffers, numbered in the same way.
    """

def get_threads() -> int:
    """
    The number of threads that work on a call.
    """

def observed(values: Incomplete) -> Incomplete | None:
    """
    A bit for each value, set where it is not missing; None where none is missing.
    """

def packed(columns: SupportsGetItem[int, Incomplete]) -> Incomplete | None:
    """
    The keys of several columns as one number a row, in their order; none where they may have no room in 31 bits.
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

def places(
    keys: Incomplete,
    stamps: Incomplete,
    unit: str,
    freq: str,
    of: str | None = None,
    shift: SupportsIndex = 0,
) -> tuple[int, int, Incomplete, Groups | None] | None:
    """
    The period of each of many stamps: the ordinal of the earliest, how many there are, and the number of each row's; and
    the groups of the rows, where those of each key lie together and in order.

    `unit`, `of` and `shift` are those of `periods`. None where a stamp is missing or outside of the calendar, or where
    the stamps count periods of another frequency.
    """

def set_threads(threads: Any) -> None:
    """
    Sets the number of threads that work on a call, from 1 to `MOST_THREADS`.
    """

def __getattr__(name: str) -> Incomplete: ...
