"""Shares: parts of a whole at one period. Shares, contributions to growth, and who leads."""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from paimana import _core
from paimana._containers import Data, read
from paimana._indicator import indicator
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
        The wholes: of the same class and rows, one series for all parts, or a number.
    negative_base
        A share of a negative whole: ``"missing"``, ``"signed"`` (plain ratio), ``"abs"`` (over
        |whole|) or ``"raise"``.
    unit
        ``"percent"`` or ``"fraction"``.
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
        For a whole with other periods than the part, named in the message.
    TypeError
        For data that are not numbers.

    Notes
    -----
    Missing where either is missing or the whole is zero. Rows are matched by their periods, not by
    their position; each period of the part needs one of the whole.

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
    data = read(part, time=time, freq=freq, axis=axis)
    return data.map(
        _core.shares.share, _beside(data, whole, time, freq, axis), negative_base, unit, out=out
    )


def _beside(data: Data, other: Any, time: Any, freq: str | None, axis: int) -> Array:
    """The values of another container at the periods of this one, in its shape."""
    shape = data.values.shape
    if isinstance(other, (int, float, np.number)) and not isinstance(other, bool):
        return np.full(shape, float(cast("float", other)))
    wholes = _read_beside(other, time, freq, axis)
    values = _at_rows_of(data, wholes, "the part has", "the whole")
    if values.ndim == 1:
        values = values.reshape(-1, *[1] * (len(shape) - 1))
    target = (shape[data.axis], *shape[: data.axis], *shape[data.axis + 1 :])
    if values.shape[1:] != target[1:] and any(n != 1 for n in values.shape[1:]):
        raise ValueError(f"the part has the shape {shape} and the whole {wholes.values.shape}")
    return np.ascontiguousarray(np.moveaxis(np.broadcast_to(values, target), 0, data.axis))


def _read_beside(other: Any, time: Any, freq: str | None, axis: int) -> Data:
    """Read what stands beside the part. Its dates are its own where it has any: those of the part
    are lent only to rows that have none.
    """
    rank = getattr(other, "ndim", None)
    if rank is None:
        rank = np.ndim(cast("Any", other)) if isinstance(other, (list, tuple)) else 1
    where: dict[str, Any] = {"freq": freq, "axis": axis if rank > 1 else 0}
    if isinstance(time, str):
        return read(other, time=time if time in _names(other) else None, **where)
    own = read(other, **where)
    if time is None or (own.time is not None and own.time.dated):
        return own
    return read(other, time=time, **where)


def _names(container: Any) -> list[Any]:
    """The names of the columns or dimensions of a container."""
    for attribute in ("column_names", "columns", "dims"):
        names = getattr(container, attribute, None)
        if names is not None:
            return list(names)
    return []


def _at_rows_of(data: Data, wholes: Data, has: str, other: str) -> Array:
    """The values of the wholes, time first, at the rows of the part."""
    values = np.moveaxis(wholes.values, wholes.axis, 0)
    if (matched := _matching_rows(data, wholes)) is not None:
        return values[matched]
    rows = data.values.shape[data.axis]
    if len(values) != rows:
        raise ValueError(f"{has} {rows} rows and {other} {len(values)}")
    return values


def _totals(data: Data, total: Any, time: Any, freq: str | None, axis: int) -> Array:
    """The totals of the rows of a frame of parts: one series."""
    wholes = _read_beside(total, time, freq, axis)
    values = _at_rows_of(data, wholes, "the parts have", "the total")
    if values.ndim > 2 or (values.ndim == 2 and values.shape[1] != 1):
        raise ValueError(f"total must be one series, not an array of shape {wholes.values.shape}")
    return np.ascontiguousarray(values.reshape(-1))


def _matching_rows(data: Data, wholes: Data) -> Array | None:
    """For each row of the part the row of the whole with the same period; None without dates."""
    ours, theirs = data.time, wholes.time
    if ours is None or theirs is None or not (ours.dated and theirs.dated):
        return None
    if ours.freq != theirs.freq:
        raise ValueError(f"the part is {ours.name} and the whole {theirs.name}")
    row_of = {int(ordinal): row for row, ordinal in enumerate(theirs.ordinals())}
    rows = [row_of.get(int(ordinal), -1) for ordinal in ours.ordinals()]
    if -1 in rows:
        raise ValueError(
            f"the whole has no row for {data.row_label(rows.index(-1))}; give it every period "
            "of the part"
        )
    return np.asarray(rows, dtype=np.int64)


@indicator
def shares(
    frame: T,
    *,
    negative_base: str = "missing",
    unit: str = "percent",
    na: str = "propagate",
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
    data = _table(frame, "shares", time, freq, axis)
    return data.across(_core.shares.shares, negative_base, unit, na)


def _table(frame: Any, function: str, time: Any, freq: str | None, axis: int) -> Data:
    """A container with rows and columns."""
    data = read(frame, time=time, freq=freq, axis=axis)
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
    data = _table(parts, "contributions", time, freq, axis)
    totals = None if total is None else _totals(data, total, time, freq, axis)
    points = data.run(_core.shares.contributions, totals, count(lag, "lag"), negative_base, unit)
    names = [*data.columns, "residual"]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(
            f'two columns of the result would be called "{twice}": give every part a name of its '
            'own, other than "residual"'
        )
    return data.rows(dict(zip(names, points.T if data.axis == 0 else points, strict=True)))


@indicator
def largest(
    frame: Any,
    total: Any = None,
    *,
    unit: str = "percent",
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
    the part exceeds both the runner-up and all that is not listed (taken as parts that are not
    negative). Without `total` the parts are all there is, and a missing part leaves the total
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
    data = _table(frame, "largest", time, freq, axis)
    values = data.values if data.axis == 0 else data.values.T
    totals = None
    if isinstance(total, (int, float, np.number)) and not isinstance(total, bool):
        totals = np.full(len(values), float(cast("float", total)))
    elif total is not None:
        totals = _totals(data, total, time, freq, axis)
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
