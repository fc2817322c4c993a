"""The calendar of economic data: trading days, leap years, moving holidays and known outliers.

`regressors` gives them as labelled columns over the periods of any index, for any model, by the
names that X-13 has for them; `holiday_dates` the days of moving holidays, `working_days` the number
of days on which work is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from operator import index as whole
from typing import Any

from paimana.calendar._build import Options, build
from paimana.calendar._events import HOLIDAYS
from paimana.calendar._holidays import holiday_dates
from paimana.calendar._index import index_time
from paimana.calendar._result import Regressors
from paimana.calendar._week import Weekend
from paimana.calendar._working import working_days

__all__ = ["Regressors", "holiday_dates", "regressors", "working_days"]


def regressors(
    index: Any,
    names: Iterable[str],
    *,
    weekend: Weekend = "sat-sun",
    hijri: str = "umm_al_qura",
    country: str | None = None,
    overrides: Mapping[Any, Any] | None = None,
    share: str = "event",
    centre: str | None = "overall",
    back: int = 0,
    ahead: int = 0,
    freq: str | None = None,
    start: Any = None,
) -> Any:
    """Columns of the calendar over the periods of an index.

    Parameters
    ----------
    index
        The periods: an index of pandas, a Series or DataFrame with one, a sequence of dates or of
        texts such as ``"2024-04"``, or the number of periods from `start` on. Absent periods have
        no rows, as in the data.
    names
        The regressors, by the names in the table below (Notes).
    weekend
        The days of rest: ``"sat-sun"``, ``"fri-sat"``, ``"thu-fri"``, ``"sun"``, or a dict from
        the days on which they began to hold, such as
        ``{None: "thu-fri", "2013-06-29": "fri-sat"}`` for Saudi Arabia.
    hijri
        The calendar of Islamic holidays: ``"umm_al_qura"`` (Saudi Arabia, August 1924 to November
        2077), ``"civil"`` or ``"tabular"`` (arithmetic).
    country
        A code of two letters such as ``"PK"``: the dates of Islamic holidays that this country
        observed go before those of the calendar, where the package ``holidays`` carries them
        (``pip install "paimana[calendar]"``); see `holiday_dates`.
    overrides
        Dates that go before all others, by year: ``{2025: "2025-03-31"}`` for the only moving
        holiday in `names`, ``{"eid_al_fitr": {2025: "2025-03-31"}}`` for one of several.
    share
        What the days of a moving holiday are a share of: its window (``"event"``) or the period
        (``"period"``, a fractional indicator).
    centre
        What is taken off the columns of moving holidays: the long-run mean (``"overall"``), the
        mean of each month or quarter (``"season"``), or nothing (None).
    back, ahead
        Rows added before the first period and after the last, for backcasts and forecasts.
    freq
        The frequency, where the dates do not tell it.
    start
        The first period, where `index` is a number.

    Returns
    -------
    pandas DataFrame or Regressors
        A DataFrame on the index of the input where that is of pandas, with what each column is in
        ``attrs["groups"]``; else `Regressors`, with ``values``, ``columns``, ``labels`` and
        ``groups``.

    Raises
    ------
    ValueError
        If a name is none (the sentence lists all), occurs twice, or has no meaning for this
        frequency; if an option makes no sense, or is for moving holidays where none is named.

    Notes
    -----
    =====================  ========================================================================
    name                   column
    =====================  ========================================================================
    ``td``                 six: days of the week less Sundays (the last day of the weekend)
    ``td1``                working days less 5/2 times days of rest
    ``lpyear``             .75 in a leap February (first quarter), -.25 in another, else 0
    ``lom``, ``loq``       length of month less 30.4375, of quarter less 91.3125
    ``easter[w]``          share of the w days (1 to 25) before Easter, less its mean in 1600-2099
                           in that month or quarter; of weeks less the mean of all
    ``ramadan``            share of the month of Ramadan
    ``eid_al_fitr[a,b]``   share of the days from a to b after its first day (negative: before);
                           also ``eid_al_adha``, ``ashura``, ``mawlid``, ``hajj``,
                           ``chinese_new_year``, ``diwali``, ``ramadan``; ``[before]``,
                           ``[during]`` and ``[after]`` are windows by name
    ``tdstock[d]``,        for stocks at day d of the month (31: its end), or at the end of the
    ``easterstock[w]``     period
    ``ao2020.apr``,        additive outlier, level shift, temporary change, seasonal outlier, at
    ``ls`` ``tc`` ``so``   2020.apr or 2020.4 (4th period), 2020-04, 2020Q2 ...
    ``rp2008.1-2009.6``    ramp
    =====================  ========================================================================

    Weeks run from Monday to Sunday; another week of pandas, such as W-WED, is taken as the one with
    most of its days, and a quarter such as Q-JAN as the one with its middle month.

    Where the weekend moved, places in the week of work are contrasted (``td_day1`` is the first
    working day), so that effects move with it.

    Without brackets a moving holiday is its ``[during]``. Windows by name, in days from the
    holiday, are -7 to -1, 0 to 2 and 3 to 9 for the Eids; -7 to -1, 0 to 0 (Hajj 0 to 5) and the 7
    days after for Mawlid and Hajj; -9 to -2, -1 to 0, 1 to 7 for Ashura; -20 to -1, 0 to 6, 7 to 20
    for Chinese New Year; -14 to -1, 0 to 4, 5 to 11 for Diwali; the 7 days before, the month and
    the 7 days after for Ramadan. Two events in one year add up. Islamic holidays move through all
    seasons, so that their overall mean is taken off; for Chinese New Year and Diwali
    ``centre="season"`` leaves their seasonal part to the seasonal factors. Days of Diwali are those
    of India in the package ``holidays``, 2001 to 2035.

    Equivalents
    -----------
    X-13ARIMA-SEATS: ``regression{variables=(td lpyear easter[8] ...)}``, equal in every digit that
    it saves.

    References
    ----------
    U.S. Census Bureau, X-13ARIMA-SEATS Reference Manual, section 7.13 (regression).

    Examples
    --------
    >>> import paimana as pm
    >>> r = pm.calendar.regressors(3, ["td1", "lpyear"], start="2024-02")
    >>> r.columns
    ('td1', 'lpyear')
    >>> r["td1"].tolist(), r["lpyear"].tolist()
    ([1.0, -4.0, 2.0], [0.75, 0.0, 0.0])
    """
    back, ahead = _count(back, "back"), _count(ahead, "ahead")
    asked: Any = names
    if isinstance(asked, str) or not hasattr(asked, "__iter__"):
        example = asked if isinstance(asked, str) else "td"
        raise TypeError(f'names is a list of texts: write ["{example}"], not {asked!r}')
    names = list(names)
    labels, time = index_time(index, freq, start)
    options = Options(weekend, hijri, country, overrides, share, centre)
    found = build(time, names, options, back, ahead)
    _need_holidays(options, names)
    if time.slots is not None:
        # rows as the input has them, between those added before and after
        given = (time.slots + back).tolist()
        rows: list[int] = [*range(back), *given, *range(back + time.span, len(found))]
        chosen = tuple(found.labels[row] for row in rows)
        found = replace(found, labels=chosen, values=found.values[rows])
    if labels is None:
        return found
    from paimana._containers._index_pandas import extended_index

    return replace(found, _index=extended_index(labels, time, back, ahead)).frame()


def _need_holidays(options: Options, names: list[str]) -> None:
    """Raise where options of moving holidays are given and none is named: they would do nothing."""
    heads = {name.strip().lower().partition("[")[0] for name in names}
    plain = Options(options.weekend)
    given = [
        field.name
        for field in fields(Options)
        if getattr(options, field.name) != getattr(plain, field.name)
    ]
    if given and names and not heads & {*HOLIDAYS}:
        raise ValueError(
            f"{', '.join(given)}: for moving holidays, and names has none; name them, such as "
            '"eid_al_fitr", or leave it out (public holidays are counted by working_days)'
        )


def _count(value: Any, name: str) -> int:
    try:
        number = -1 if isinstance(value, bool) else whole(value)
    except TypeError:
        number = -1
    if not 0 <= number <= 100_000:
        raise ValueError(f"{name} must be a number of periods, at least 0, not {value!r}")
    return number
