"""Shares: parts of a whole at one period. Shares, contributions to growth, and who leads."""

from __future__ import annotations

from typing import Any

import numpy as np

from paimana import _core
from paimana._containers import Data, Exact, read
from paimana._containers.interval import column_of
from paimana._indicator import indicator
from paimana.measure._beside import beside, totals_of
from paimana.measure._common import T, count

__all__ = ["contributions", "largest", "share", "shares"]

Array = np.ndarray[Any, Any]


@indicator
def share(
    part: T,
    whole: Any,
    *,
    negative_base: str = "missing",
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
    out: Any = None,
) -> T:
    """Share of a part in a whole, in per cent, period by period.

    share(t) = 100 part(t) / whole(t)

    Parameters
    ----------
    part
        Values along `axis`: a list, array, Series, frame, Arrow array or DataArray.
    whole
        The wholes: one for each part, of the same columns or dimensions; one series for all parts;
        or a number.
    negative_base
        A share of a negative whole: ``"missing"``, ``"signed"`` (plain ratio), ``"abs"`` (over
        |whole|) or ``"raise"``.
    unit
        ``"percent"`` or ``"fraction"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: two (four for fractions). Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.
    out
        Array for the results (arrays only): float64, of the shape and order of `x`.

    Returns
    -------
    Same class and labels as `part`, in per cent.

    Raises
    ------
    ValueError
        For a whole with other periods or labels than the part, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing where either is missing or the whole is zero. Rows are matched by their periods or the
    labels of their index, columns and dimensions by their names, not by their position; each row of
    the part needs one of the whole. Arrays and lists, which have no labels, are matched by
    position.

    Equivalents
    -----------
    pandas ``100 * part / whole``; Stata ``gen s = 100*part/whole``.

    References
    ----------
    Eurostat, Statistics Explained: share of a total.

    Examples
    --------
    >>> import paimana as pm
    >>> [round(s, 2) for s in pm.share([2593, 2925], [6442, 7131])]
    [40.25, 41.02]
    """
    data = read(part, time=time, freq=freq, axis=axis, exact=(decimals, rounding))
    data, wholes = beside(data, whole, time, freq, axis)
    return data.map(_core.shares.share, wholes, negative_base, unit, out=out)


@indicator
def shares(
    frame: T,
    *,
    negative_base: str = "missing",
    unit: str = "percent",
    na: str = "propagate",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> T:
    """Share of each column in the total of its row, in per cent.

    shares(t, i) = 100 x(t, i) / sum over j of x(t, j)

    Parameters
    ----------
    frame
        The parts: a frame with a column a part, or a two-dimensional array with time along `axis`.
    negative_base
        Shares of a negative total: ``"missing"``, ``"signed"`` (plain ratio), ``"abs"`` (over
        |total|) or ``"raise"``.
    unit
        ``"percent"`` or ``"fraction"``.
    na
        A missing part: ``"propagate"`` makes the whole row missing, ``"skip"`` takes the total of
        those present, ``"raise"`` refuses.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: two (four for fractions). Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    Same class and labels as `frame`, in per cent; each row sums to 100.

    Raises
    ------
    ValueError
        For a single series, duplicate periods, a missing part under ``na="raise"``.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing where the total is zero or, by default, negative. A total column among the parts would
    count twice: leave it out, or use `share`.

    Equivalents
    -----------
    pandas ``100 * frame.div(frame.sum(axis=1), axis=0)``, which skips missing parts in silence.

    References
    ----------
    Eurostat, Statistics Explained: share of a total.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.shares([[1, 3], [2, 2]])
    [[25.0, 75.0], [50.0, 50.0]]
    """
    data = _table(frame, "shares", time, freq, axis, (decimals, rounding))
    return data.across(_core.shares.shares, negative_base, unit, na)


def _table(frame: Any, function: str, time: Any, freq: str | None, axis: int, exact: Exact) -> Data:
    """A container with rows and columns."""
    data = read(frame, time=time, freq=freq, axis=axis, exact=exact)
    if data.values.ndim != 2:
        raise ValueError(f"{function} needs a column for each part: give a frame or a 2-D array")
    return data


@indicator
def contributions(
    parts: Any,
    total: Any = None,
    lag: int = 1,
    *,
    negative_base: str = "missing",
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Any:
    """Contribution of each part to the growth of the total, in percentage points.

    contributions(t, i) = 100 (x(t, i) - x(t - lag, i)) / X(t - lag), with X the total

    Parameters
    ----------
    parts
        A frame with a column a part, or a two-dimensional array with time along `axis`.
    total
        The totals: one series (or a frame of one column), its rows matched by their periods; the
        sum of the parts where it is not given.
    lag
        Distance in periods; 12 of monthly data for contributions to the yearly rate.
    negative_base
        Growth of a negative total: ``"missing"``, ``"signed"``, ``"abs"`` (over |X|) or
        ``"raise"``.
    unit
        ``"percent"`` or ``"fraction"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: two (four for fractions). Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    The class of `parts` with one more column, ``residual``: what the parts leave of the growth of
    the total. In percentage points; a row adds up to that growth.

    Raises
    ------
    ValueError
        For a single series, a total with other periods, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    For additive data: current prices, counts, volumes at constant prices. Chained volumes do not
    add; their contributions have their own schemes. A missing part leaves the others as they are
    (with `total`) and the residual missing.

    Equivalents
    -----------
    None known as a function; national accounts tables ("contributions to growth").

    References
    ----------
    U.S. Bureau of Economic Analysis, NIPA Handbook (2023), ch. 4, for additive aggregates.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.contributions([[60, 40], [66, 38]])[1]
    [6.0, -2.0, 0.0]
    """
    data = _table(parts, "contributions", time, freq, axis, (decimals, rounding))
    totals = None
    if total is not None:
        data, totals = totals_of(data, total, time, freq, axis)
    points = data.run(_core.shares.contributions, totals, count(lag, "lag"), negative_base, unit)
    names = [*data.columns, "residual"]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(
            f'two columns of the result would be called "{twice}": give every part a name of its '
            'own, other than "residual"'
        )
    points = points if data.axis == 0 else points.T
    return data.rows({name: column_of(points, place) for place, name in enumerate(names)})


@indicator
def largest(
    frame: Any,
    total: Any = None,
    *,
    unit: str = "percent",
    decimals: int | None = None,
    rounding: str = "half_up",
    time: Any = None,
    freq: str | None = None,
    axis: int = 0,
) -> Any:
    """The largest part of each period, its share, the runner-up and the margin between them.

    share(t) = 100 max over i of x(t, i) / X(t), margin = share - share of the runner-up

    Parameters
    ----------
    frame
        A frame with a column a part, or a two-dimensional array with time along `axis`.
    total
        The totals, where the frame does not list all parts: one series (or a frame of one column),
        its rows matched by their periods, or a number.
    unit
        ``"percent"`` or ``"fraction"``.
    decimals
        Digits after the point of exact results, and of the bounds of an interval, which are rounded
        outward; None: two (four for fractions). Not for floats.
    rounding
        How exact results are rounded: ``"half_up"`` (ties away from zero), ``"half_even"``,
        ``"half_down"``, ``"up"``, ``"down"``, ``"ceiling"`` or ``"floor"``.
    time
        Dates of a container without an index, or the name of its date column or dimension.
    freq
        Frequency (``"A" "H" "Q" "M" "W" "D"``) where it is not to be inferred from the dates.
    axis
        Time axis of an array.

    Returns
    -------
    A frame with a row a period: ``largest`` and ``runner_up`` (column names), ``share`` (per
    cent), ``margin`` (percentage points) and ``proven``; for lists and arrays a dict of arrays,
    with column numbers.

    Raises
    ------
    ValueError
        For a single series, a total with other rows, duplicate periods.
    TypeError
        For data that are not numbers.

    Notes
    -----
    ``proven`` says that nothing outside of the list can be larger: the share is above one half, or
    the part exceeds both the runner-up and all that is not listed. Either way parts are taken as
    amounts that are not negative: beside a negative part, one that is not listed may exceed half of
    the total. Without `total` the parts are all there is, and a missing part leaves the total
    unknown. Of equal parts the first is named, unproven.

    Equivalents
    -----------
    pandas ``frame.idxmax(axis=1)`` for the name.

    References
    ----------
    The phrase of statistical releases: "the leading sector".

    Examples
    --------
    >>> import paimana as pm
    >>> lead = pm.largest([[40, 25]], total=[100])
    >>> lead["largest"][0], lead["share"][0], lead["proven"][0]
    (0, 40.0, True)
    """
    data = _table(frame, "largest", time, freq, axis, (decimals, rounding))
    totals = None
    if total is not None:
        data, totals = totals_of(data, total, time, freq, axis)
    values = data.values if data.axis == 0 else data.values.T
    first, shares_, second, margin, proven = _core.shares.largest(values, totals, unit)
    named = np.array([*data.columns, None], dtype=object)  # -1, for none, takes the last
    return data.rows(
        {
            "largest": named[first],
            "share": shares_,
            "runner_up": named[second],
            "margin": margin,
            "proven": proven,
        }
    )
