"""What `rounded` gives and the indicators give back: values between the bounds of rounding.

The class alone: how bounds are made from published figures is in `measure/published.py`, how
indicators take and give them in `_containers/interval.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from paimana._result import Result

__all__ = ["Interval"]


@dataclass(frozen=True, repr=False, eq=False)
class Interval(Result):
    """Published figures, or indicators of them, with the bounds that rounding leaves.

    Attributes
    ----------
    lower
        The least that the unrounded figures allow, in the class of the data.
    value
        What the published figures themselves give.
    upper
        The greatest that the unrounded figures allow.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.mom(pm.rounded([306, 310], to=1), freq="M", decimals=2)
    Interval
    <BLANKLINE>
      lower    value  upper
    0   NaN      NaN    NaN
    1  0.97  1.30719   1.64
    """

    lower: Any
    value: Any
    upper: Any

    @property
    def width(self) -> Any:
        """Upper less lower bound, in the class of the data."""
        from paimana._containers.interval import width

        return width(self)

    @property
    def bounded(self) -> Any:
        """Whether there are bounds: not where a value is missing, or a base may be zero."""
        from paimana._containers.interval import bounded

        return bounded(self)

    def contains(self, x: Any) -> Any:
        """Whether `x` lies between the bounds, which belong to the interval.

        Parameters
        ----------
        x
            A number, or data of the class and shape of the interval's, matched by their labels.

        Returns
        -------
        bool, or booleans in the class of the data; False where there are no bounds.
        """
        from paimana._containers.interval import contains

        return contains(self, x)

    def plot(self) -> Any:
        """Draw the values as a line in the band of their bounds.

        Returns
        -------
        matplotlib.figure.Figure
        """
        from paimana.report.band import band

        return band(self)
