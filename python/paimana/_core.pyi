"""
The compiled core of paimana; the public functions are in the package above it.
"""

from typing import Any, SupportsFloat, SupportsIndex

from _typeshed import Incomplete

def acceleration(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    base: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
) -> Incomplete:
    """
    The change of the yearly rate, points.
    """

def annual_growth(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    years: Incomplete,
    of: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
    na: Incomplete,
) -> Incomplete:
    """
    Growth from year to year, a value a year of the span.
    """

def annualized(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    base: Incomplete,
    exponent: SupportsFloat | SupportsIndex,
    negative: Incomplete,
    unit: Incomplete,
    out: Any | None = None,
) -> Incomplete:
    """
    (x/b)^exponent - 1.
    """

def average_since(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    since: SupportsIndex,
    per_year: SupportsIndex,
    negative: Incomplete,
    unit: Incomplete,
    out: Any | None = None,
) -> Incomplete:
    """
    The average yearly rate between the period `since` and each other one.
    """

def base_effect(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    base: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
) -> tuple[Incomplete, Incomplete]:
    """
    The two parts of the change in the yearly rate: what the current period did, and what the base did.
    """

def cagr(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    per_year: SupportsIndex,
    negative: Incomplete,
    unit: Incomplete,
) -> Any:
    """
    The compound annual rate from the first observed value to the last; the time axis is gone.
    """

def carry_over(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    years: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
) -> Incomplete:
    """
    The growth of the year if its remaining periods stay at the current one.
    """

def change(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, base: Incomplete, out: Any | None = None
) -> Incomplete:
    """
    x - b.
    """

def contributions(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    total: Incomplete | None,
    base: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
) -> Incomplete:
    """
    What each part (column) added to the growth of the total, and what the parts leave.
    """

def from_peak(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, unit: Incomplete, out: Any | None = None
) -> Incomplete:
    """
    The distance from the highest value so far.
    """

def get_threads() -> int:
    """
    The number of threads that work on a call.
    """

def growth(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    base: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
    out: Any | None = None,
) -> Incomplete:
    """
    (x - b)/b.
    """

def highest_since(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, sense: Incomplete
) -> Incomplete:
    """
    The row of the last earlier period at least as high (as low), -1 for none.
    """

def lag(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, base: Incomplete, out: Any | None = None
) -> Incomplete:
    """
    The base of every value.
    """

def largest(
    x: Any, total: Incomplete | None, unit: Incomplete
) -> tuple[Incomplete, Incomplete, Incomplete, Incomplete, Incomplete]:
    """
    The largest part of every row: its column (-1 for none), its share, the runner-up, the margin, and whether it is
    proven.
    """

def log_growth(
    x: Any, axis: SupportsIndex, slots: Incomplete | None, base: Incomplete, out: Any | None = None
) -> Incomplete:
    """
    100 ln(x/b).
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

def previous_record(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    sense: Incomplete,
    season: SupportsIndex | None = None,
) -> Incomplete:
    """
    The row of the record that stood before each row, -1 for none.
    """

def rank(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    season: SupportsIndex | None = None,
    whole: bool = False,
) -> Incomplete:
    """
    The rank of every value, 1 for the highest.
    """

def rebase(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    first: SupportsIndex,
    last: SupportsIndex,
    base_value: SupportsFloat | SupportsIndex,
) -> Incomplete:
    """
    The series as an index on the base span of the periods `first` to `last`.
    """

def record(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    sense: Incomplete,
    season: SupportsIndex | None = None,
) -> Any:
    """
    Whether a value lies strictly beyond all earlier ones.
    """

def rolling_growth(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    window: Incomplete,
    exponent: SupportsFloat | SupportsIndex | None,
    negative: Incomplete,
    unit: Incomplete,
    na: Incomplete,
) -> Incomplete:
    """
    The mean of the last `window` periods over the mean of the `window` before, at an annual rate if asked for.
    """

def rolling_mean(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    window: Incomplete,
    na: Incomplete,
    out: Any | None = None,
) -> Incomplete:
    """
    The mean of the last `window` periods.
    """

def rolling_sum(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    window: Incomplete,
    na: Incomplete,
    out: Any | None = None,
) -> Incomplete:
    """
    The sum of the last `window` periods.
    """

def set_threads(threads: SupportsIndex) -> None:
    """
    Sets the number of threads that work on a call, at least 1.
    """

def share(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    whole: Any,
    negative: Incomplete,
    unit: Incomplete,
    out: Any | None = None,
) -> Incomplete:
    """
    part/whole, value by value.
    """

def shares(
    x: Any, axis: SupportsIndex, negative: Incomplete, unit: Incomplete, na: Incomplete
) -> Incomplete:
    """
    Each part over the total along `axis`.
    """

def streak(x: Any, axis: SupportsIndex, slots: Incomplete | None, base: Incomplete) -> Incomplete:
    """
    How many periods in a row the value rose (+) or fell (-) against its base.
    """

def to_frequency(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    groups: Incomplete,
    how: Incomplete,
    partial: Incomplete,
    na: Incomplete,
) -> Incomplete:
    """
    A value for every longer period.
    """

def ytd(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    years: Incomplete,
    how: Incomplete,
    na: Incomplete,
    out: Any | None = None,
) -> Incomplete:
    """
    The sum or mean of the fiscal year so far.
    """

def ytd_growth(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    years: Incomplete,
    base: Incomplete,
    how: Incomplete,
    negative: Incomplete,
    unit: Incomplete,
    na: Incomplete,
) -> Incomplete:
    """
    The year to date against the same span of the year before.
    """

def zscore(
    x: Any,
    axis: SupportsIndex,
    slots: Incomplete | None,
    window: Incomplete | None,
    ddof: SupportsIndex,
    out: Any | None = None,
) -> Incomplete:
    """
    The distance from the mean in standard deviations.
    """

def __getattr__(name: str) -> Incomplete: ...
