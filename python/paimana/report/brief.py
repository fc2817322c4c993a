"""The brief: what a release says about one period of a series, in figures and in words.

A `Brief` is a list of figures, each computed by the public function of its name, at one period;
`brief` makes it. Its sentences are in `words.py`, its charts in `plot.py`; nothing here computes an
indicator.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import numpy as np

from paimana._containers import NEAREST, read
from paimana._extras import require
from paimana._indicator import indicator
from paimana._period import month_number
from paimana._result import Result
from paimana.measure._common import flag
from paimana.report import html, labels, sample, words
from paimana.report.figures import Past, figures
from paimana.report.words import count, plain

__all__ = ["Brief", "Briefs", "brief"]

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False, repr=False)
class Brief(Result):
    """What a release says about one period of a series; made by `brief`.

    Rates and shares are per cent, effects percentage points; what cannot be computed, or does not
    apply to the frequency, is NaN, and a period that does not exist is None.

    Attributes
    ----------
    title, measured_in
        The name of the series and its unit, in words.
    period
        The period: ``"2024-04"``, ``"2024Q1"``.
    freq, year_start, how, adjusted
        The frequency, the first month of the year, whether years are summed or averaged, and
        whether the data are said to be seasonally adjusted.
    sample_start, observations
        The first period of the sample, and the number of observed ones up to the period.
    level, change
        The value, and its difference to the period before.
    growth, mom, qoq
        Growth on the period before, whatever the frequency; `mom` where it is a month, `qoq` where
        it is a quarter.
    yoy, yoy_before
        Growth on a year before, and what it was in the period before.
    ytd, ytd_base, ytd_growth
        Sum (or mean) of the year to date, of the same span a year before, and the growth between
        them.
    sum12, mean12
        Sum of the last year (12 months, 4 quarters, 52 weeks), or its mean with ``how="mean"``.
    record, record_low
        Whether the value is strictly above, or below, all earlier ones of the sample.
    previous_record, previous_record_period
        The highest earlier value and its period.
    highest_since, lowest_since
        The last earlier period at least as high, or as low.
    streak, yoy_streak
        Consecutive rises (negative: falls) on the period before; consecutive positive (negative)
        yearly rates.
    rank, rank_same_period
        The rank among all values so far, and among those of the same month or quarter; 1 is the
        highest.
    from_peak
        Per cent below the highest value so far; 0 at the peak.
    share, share_of
        Share in a total, and the total in words.
    acceleration, base_effect, current_effect
        Change of the yearly rate in points, and its two parts.
    base_growth
        Growth on the period before, a year before: what the base effect comes from.
    rolling_growth, rolling_annualized, annualized
        With ``adjusted=True``: mean of three periods on the mean of the three before, the same at
        an annual rate, and growth on the period before at an annual rate.
    notes
        Source and caveats, as sentences.
    past
        The observations behind the figures.
    """

    title: str
    measured_in: str
    period: str
    freq: str
    year_start: int
    how: str
    adjusted: bool
    sample_start: str
    observations: int
    level: float
    change: float
    growth: float
    mom: float
    qoq: float
    yoy: float
    yoy_before: float
    ytd: float
    ytd_base: float
    ytd_growth: float
    sum12: float
    mean12: float
    record: bool
    record_low: bool
    previous_record: float
    previous_record_period: str | None
    highest_since: str | None
    lowest_since: str | None
    streak: int | None
    yoy_streak: int | None
    rank: int | None
    rank_same_period: int | None
    from_peak: float
    share: float
    share_of: str
    acceleration: float
    base_effect: float
    current_effect: float
    base_growth: float
    rolling_growth: float
    rolling_annualized: float
    annualized: float
    notes: tuple[str, ...] = ()
    past: Past = field(repr=False, compare=False, kw_only=True)

    def __eq__(self, other: object) -> bool:
        # Missing figures are equal, which NaN is not.
        return isinstance(other, Brief) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.title, self.period, self.level))

    @property
    def text(self) -> str:
        """The brief in sentences, with an empty line between paragraphs."""
        return words.text(self)

    def frame(self) -> Any:
        """The figures as a pandas DataFrame with the columns indicator, value and unit.

        Only what applies and could be computed is listed.

        Raises
        ------
        ImportError
            Without pandas.
        """
        pandas = require("pandas", "pandas")
        return pandas.DataFrame(self.figures(), columns=["indicator", "value", "unit"])

    def plot(self) -> Any:
        """Draw the level with its records, and the yearly rates with the base effect.

        Returns
        -------
        matplotlib.figure.Figure
        """
        from paimana.report import plot

        return plot.brief(self)

    def to_dict(self) -> dict[str, Any]:
        """The figures by name, with None for what is missing: ready for JSON."""
        return {name: _plain(value) for name, value in self._parts() if name != "past"}

    def figures(self) -> list[tuple[str, Any, str]]:
        """Indicator, value and unit of every figure that applies."""
        names = [name for name in labels.KINDS if labels.applies(self, name)]
        return [(name, getattr(self, name), labels.unit(self, name)) for name in names]

    def _title(self) -> str:
        return f"{self.title}, {self.past.words(self.past.slot)}"

    def _text(self) -> str:
        return self.text

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        rows = [
            [labels.label(self, name), labels.cell(self, name), labels.unit(self, name)]
            for name in labels.KINDS
            if labels.is_printed(self, name)
        ]
        return ["", "", ""], rows, [1]

    def _body(self) -> None:
        return None

    def _notes(self) -> list[str]:
        seen = count(self.observations, f"{words.ADJECTIVES[self.freq]} observation")
        return [f"Sample: {seen} from {self.past.words(self.past.first)} on.", *self.notes]

    def _tiles(self) -> list[tuple[str, str]]:
        return labels.tiles(self)

    def _pictures(self) -> list[tuple[Any, str]]:
        from paimana.report import plot

        return plot.pictures(self)


@dataclass(frozen=True, repr=False)
class Briefs(Result):
    """The briefs of the columns of a frame, at one period; made by `brief`.

    ``briefs["beef"]`` is the `Brief` of a column; iterating gives the names, as a dict does.

    Attributes
    ----------
    title
        The name of the frame, in words.
    briefs
        The briefs by the names of the columns.
    """

    title: str
    briefs: dict[str, Brief]

    def __getitem__(self, name: str) -> Brief:
        try:
            return self.briefs[name]
        except KeyError:
            raise KeyError(f"no column {name!r}: there are {', '.join(self.briefs)}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.briefs)

    def __len__(self) -> int:
        return len(self.briefs)

    @property
    def text(self) -> str:
        """The briefs in sentences, one after the other."""
        return "\n\n".join(one.text for one in self.briefs.values())

    def frame(self) -> Any:
        """The figures of all columns as a pandas DataFrame: column, indicator, value, unit."""
        pandas = require("pandas", "pandas")
        rows = [(name, *row) for name, one in self.briefs.items() for row in one.figures()]
        return pandas.DataFrame(rows, columns=["column", "indicator", "value", "unit"])

    def plot(self) -> Any:
        """Draw each column: its level, and its yearly rates.

        Returns
        -------
        matplotlib.figure.Figure
        """
        from paimana.report import plot

        return plot.briefs(list(self.briefs.values()))

    def to_dict(self) -> dict[str, Any]:
        """The figures of each column by name: ready for JSON."""
        return {name: one.to_dict() for name, one in self.briefs.items()}

    def _title(self) -> str:
        first = next(iter(self.briefs.values()))
        return f"{self.title}, {first.past.words(first.past.slot)}"

    def _details(self) -> str:
        return "".join(html.fragment("", one.text) for one in self.briefs.values())

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        return labels.comparison(list(self.briefs.values()))

    def _body(self) -> None:
        return None

    def _notes(self) -> list[str]:
        return list(next(iter(self.briefs.values())).notes)

    def _pictures(self) -> list[tuple[Any, str]]:
        from paimana.report import plot

        return [(plot.briefs(list(self.briefs.values())), f"Charts of {self.title}")]


def _plain(value: Any) -> Any:
    """A figure as JSON knows it."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    return [*value] if isinstance(value, tuple) else value  # pyright: ignore[reportUnknownVariableType]


@indicator
def brief(
    x: Any,
    *,
    year_start: int | str = 1,
    until: Any = None,
    adjusted: bool = False,
    how: str = "sum",
    column: str | Sequence[str] | None = None,
    total: Any = None,
    name: str | None = None,
    measured_in: str | None = None,
    time: Any = None,
    freq: str | None = None,
    start: Any = None,
    axis: int = 0,
) -> Brief | Briefs:
    """Say what a release says about one period: level, rates, records, year to date, base effect.

    Every figure is that of the public function of its name at the period, computed on the sample up
    to it: level, `change`, `growth`, `mom` or `qoq`, `yoy`, `ytd`, `ytd_growth`, the sum of the
    last year (`rolling_sum`), `record`, `previous_record`, `highest_since`, `streak`, `rank`,
    `from_peak`, `share`, `acceleration` and `base_effect`.

    Parameters
    ----------
    x
        A series of any supported class, or a frame with a column a series (time down the rows). The
        name and the ``attrs`` of the container ("title" or "long_name", "unit" or "units",
        "source", "note", and "names" of columns) are used in words.
    year_start
        The first month of the (fiscal) year, ``"JUL"`` or 7, for the year to date.
    until
        The period of the brief, such as ``"2024-04"``; later values play no part. By default the
        last period with an observed value; a column without a value there says so and names its
        last one.
    adjusted
        Whether the data are seasonally adjusted. Only then are `rolling_growth` and annualised
        rates given; the rate on the month before of unadjusted data is given and said to be
        unadjusted.
    how
        ``"sum"`` for flows, ``"mean"`` for indices and rates: how the year to date and the last
        year are formed.
    column
        One or several columns of a frame; by default all.
    total
        What `share` is a share of: a column of the frame by name, a series of the same frequency,
        or ``"row"`` for the sum of the columns. By default there is no share: a frame may hold a
        total, or columns that do not add up.
    name, measured_in
        The name of the series and its unit, in words; by default those of the container.
    time, freq, start, axis
        Where the time of the data is, as everywhere: dates for Polars and Arrow, ``freq="M"`` and
        ``start="2021-07"`` for bare arrays.

    Returns
    -------
    Brief or Briefs
        One brief for a series, `Briefs` for a frame or a two-dimensional array. Both print as
        sentences and a table and have ``text``, ``frame()``, ``plot()``, ``to_dict()`` and
        ``to_html(path)``.

    Raises
    ------
    ValueError
        If nothing is observed, the period lies outside of the data, the frequency of an array is
        not given, or a total does not fit; the sentence says which.

    Notes
    -----
    A record is one of the sample, and the brief names the period in which the sample starts. What
    cannot be computed is NaN in the figures, and the text says why there is no yearly rate.

    Equivalents
    -----------
    None known: no such command in Stata, EViews or R. Those of its figures are named at the
    function of each.

    References
    ----------
    OECD, *Data and Metadata Reporting and Presentation Handbook* (2007): rates by name,
    adjusted data for rates on the period before, base effects.

    Examples
    --------
    >>> import paimana as pm
    >>> exports = [191, 236, 236, 214, 235, 206, 238, 259, 303, 265, 257, 306, 310]
    >>> april = pm.brief(exports, freq="M", start="2023-04", year_start="JUL", name="Exports")
    >>> april.period, round(april.yoy, 1), april.record, april.previous_record
    ('2024-04', 62.3, True, 306.0)
    >>> print(april.text.splitlines()[0])
    Exports: 310 in April 2024, 62.3% more than in April 2023 (191) and 1.31% more than in March
    2024 (not seasonally adjusted).
    """
    about: dict[str, Any] = getattr(x, "attrs", None) or {}
    if column is not None:
        x = sample.columns(x, [column] if isinstance(column, str) else list(column), total, time)
    data = read(x, time=time, freq=freq, start=start, axis=axis, exact=NEAREST)
    calendar = data.time
    if calendar is None:
        raise ValueError(
            'a brief needs the frequency: give freq="M", and start="2021-07", the first period'
        )
    if how not in ("sum", "mean"):
        raise ValueError(f'how={how!r} is not known: give "sum" for flows or "mean" for indices')
    values = sample.complete(data)
    dims = getattr(x, "dims", ())
    names = sample.names_of(data, values.shape[1], dims)
    whole, share_of = sample.whole(total, values, names, calendar)
    month = month_number(year_start)
    slot = sample.slot_of(values, calendar, until, month)
    unit = str(about.get("unit") or about.get("units", ""))
    unit = unit if measured_in is None else measured_in
    called = {each: plain(each) for each in names} | about.get("names", {})
    notes = [sample.sentence(key, about[key]) for key in ("source", "note") if about.get(key)]
    status: Any = about.get("status", {})
    if hasattr(status, "keys") and calendar.label(slot) in status:
        notes.insert(0, f"The value of {calendar.words(slot)} is {status[calendar.label(slot)]}.")
    title_of_all = name or str(about.get("title") or about.get("long_name", ""))

    def one(lane: int, title: str) -> Brief:
        options: dict[str, Any] = {
            "year_start": month,
            "adjusted": flag(adjusted, "adjusted"),
            "how": how,
        }
        return Brief(
            title=title,
            measured_in=unit,
            share_of=share_of,
            notes=tuple(notes),
            **options,
            **figures(values[:, lane], calendar, slot, whole=whole, **options),
        )

    if data.values.ndim == 1:
        part = called[names[0]] if names[0] in about.get("names", {}) else ""
        return one(0, name or words.joined(title_of_all, part) or plain(names[0]) or "Value")
    if isinstance(column, str):
        title = name or words.joined(title_of_all, called[column])
        return one(names.index(column), title)
    chosen = names if column is None else list(column)
    return Briefs(
        title_of_all or "Brief",
        {each: one(names.index(each), called[each]) for each in chosen},
    )
