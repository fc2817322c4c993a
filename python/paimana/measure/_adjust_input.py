"""From what a user asks for to what the core takes: regressors by name, choices, options.

The columns are made by `paimana.calendar`; the choices themselves are made in the core. No model is
estimated here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, cast

import numpy as np

from paimana import _core
from paimana._time import Time
from paimana.calendar._build import Options, build
from paimana.calendar._names import Name, read_name
from paimana.measure._common import count
from paimana.measure._seasonal_input import Lanes
from paimana.measure._seasonal_input import options as x11_options

__all__ = ["TYPES", "Calendar", "Model", "adjust_options", "filters", "jobs", "orders"]

Array = np.ndarray[Any, Any]
Column = tuple[str, str, Array]
Choice = tuple[str, list[tuple[str, list[Column], bool]]]
"""What is chosen, and the candidates: each with its columns, and whether leap years are with it."""

Orders = tuple[tuple[int, int, int], tuple[int, int, int]]

TYPES = ("ao", "ls", "tc", "so")
"""The types of outliers that can be searched for."""

EASTER = ("easter[1]", "easter[8]", "easter[15]")
"""The windows of Easter that are tested."""

X11: dict[str, Any] = {
    "mode": "mult",
    "seasonal": "msr",
    "trend": "auto",
    "sigma": (1.5, 2.5),
    "calendar_sigma": "none",
    "select": None,
    "ic_state": "x13",
    "true_7_term": False,
    "trend_ic": None,
    "exclude_forecasts": False,
}
"""The options of X-11 and their defaults."""

SPARE = 3
"""Values that a model needs beside one for every parameter: of the variance, and two more."""

MOST_ITERATIONS = 1500
"""Steps of an estimation."""


@dataclass(frozen=True)
class Calendar:
    """What the user asks of the calendar.

    Attributes
    ----------
    auto
        Whether trading days and Easter are tested.
    names
        The regressors named: tested each by itself beside "auto", else taken.
    rivals
        Tuples of names, of which at most one is taken: the one that the test prefers.
    options
        What the names leave open.
    """

    auto: bool
    names: tuple[str, ...]
    rivals: tuple[tuple[str, ...], ...]
    options: Options

    @classmethod
    def read(cls, calendar: Any, weekend: Any, options: Any) -> Calendar:
        """Read the options of the public function."""
        known = [field.name for field in fields(Options) if field.name != "weekend"]
        if options is not None and not isinstance(options, Mapping):
            raise TypeError(
                "calendar_options is a dict of options of calendar.regressors, such as "
                f'{{"country": "PK"}}; got {options!r}'
            )
        more: dict[str, Any] = dict(options or {})  # pyright: ignore[reportUnknownArgumentType]
        if "weekend" in more:
            raise ValueError("calendar_options has no weekend: give weekend= itself")
        for name in more:
            if name not in known:
                raise ValueError(
                    f"calendar_options has no option {name!r}; there are: "
                    f"{', '.join(known) or 'none'}"
                )
        of = Options(weekend, **more)
        if calendar is None:
            return cls(False, (), (), of)
        if isinstance(calendar, str):
            if calendar != "auto":
                raise TypeError(
                    f'calendar={calendar!r} is one text: give "auto", None, or a list such as '
                    f'["{calendar}"]'
                )
            return cls(True, (), (), of)
        if not isinstance(calendar, list | tuple):
            raise TypeError(f'calendar is "auto", None or a list of names; got {calendar!r}')
        names: list[Any] = list(calendar)  # pyright: ignore[reportUnknownArgumentType]
        rivals: list[tuple[str, ...]] = []
        single: list[Any] = []
        for name in names:
            if isinstance(name, list | tuple):
                rivals.append(tuple(name))  # pyright: ignore[reportUnknownArgumentType]
            else:
                single.append(name)
        if () in rivals:
            raise ValueError("calendar= has an empty tuple: name the columns that are to be tested")
        named = tuple(name for name in single if name != "auto")
        return cls("auto" in single, named, tuple(rivals), of)


@dataclass(frozen=True)
class Model:
    """What the model says about the columns that it can bear.

    Attributes
    ----------
    orders, period
        Its orders, and the periods in a year.
    transform
        ``"auto"``, ``"log"`` or ``"none"``.
    """

    orders: Orders
    period: int
    transform: str

    def room(self, n: int) -> int:
        """The number of regressors that so many values suffice for."""
        (p, d, q), (sp, sd, sq) = self.orders
        return n - d - self.period * sd - p - q - sp - sq - SPARE

    def tells_apart(self, columns: list[Array]) -> bool:
        """Whether columns over the data are independent once they are differenced."""
        left = np.stack(columns, axis=1)
        (_, d, _), (_, sd, _) = self.orders
        for lag, times in ((1, d), (self.period, sd)):
            for _ in range(times):
                left = left[lag:] - left[:-lag]
        return len(left) > 0 and int(np.linalg.matrix_rank(left)) == len(columns)


def jobs(of: Lanes, calendar: Calendar, ahead: int, back: int, model: Model) -> list[Any]:
    """What the core takes of every series: values, and the columns of its regressors."""
    made: dict[tuple[int, int], tuple[Any, ...]] = {}
    found: list[Any] = []
    for one in of.series:
        n = len(one.values)
        key = (one.first, n)
        if key not in made:
            made[key] = _regressors(_time(of, *key), n, calendar, ahead, back, model)
        found.append((one.values, one.phase, *made[key]))
    return found


def _time(of: Lanes, first: int, n: int) -> Time | None:
    """The time of one series; None where its periods have no dates."""
    time = of.data.time
    if time is None or not time.dated:
        return None
    return Time(time.freq, time.start + first, None, n, n, time.first_month, time.fy_label)


def _regressors(
    time: Time | None, n: int, calendar: Calendar, ahead: int, back: int, model: Model
) -> tuple[Any, ...]:
    """Leap factors, their column, regressors taken, whether leap years are with them, choices."""
    rows = back + n + ahead
    leap, lpyear = np.ones(rows), np.zeros(rows)
    if time is None:
        if calendar.auto or calendar.names or calendar.rivals:
            raise ValueError(
                "the calendar needs the dates of the series: give start=, such as "
                'start="2015-01", or calendar=None'
            )
        return leap, lpyear, [], False, []
    if time.freq in "MQ":
        first = time.start - back
        leap = _core.calendar.length(time.freq, first, rows, "leap_factor")
        lpyear = _core.calendar.length(time.freq, first, rows, "lpyear")
    named = [*calendar.names, *(name for group in calendar.rivals for name in group)]
    columns = _columns(time, named, calendar.options, back, ahead)

    def of(label: str) -> list[Column]:
        return [c for c in columns if c[0] == label or c[0].startswith(f"{label}_")]

    read = [read_name(name, time) for name in calendar.names]
    rivals = [[read_name(name, time) for name in group] for group in calendar.rivals]
    _need_holidays(calendar, [*read, *(name for group in rivals for name in group)])
    # beside "auto" those with dates are taken, since an event that is known needs no test
    taken = [name for name in read if name.slots or not calendar.auto]
    kinds = {name.kind for name in taken}
    with_leap = bool(kinds & {"td", "td1"}) and not kinds & {"lpyear", "lom", "loq"}
    fixed = [column for name in taken for column in of(name.label)]
    choices: list[Choice] = []
    if calendar.auto:
        room = model.room(n) - len(fixed) - with_leap
        choices = _automatic(time, calendar, ahead, back)
        choices = _estimable(choices, model, room, lpyear, slice(back, back + n))
    tested = {label for _, candidates in choices for label, *_ in candidates}
    for group in [*([name] for name in read if name not in taken), *rivals]:
        for name in group:
            if name.label in tested:
                raise ValueError(f'"auto" tests {name.label} already: leave it out beside "auto"')
        title = group[0].kind if len(group) > 1 else group[0].label
        if title in (already for already, _ in choices):
            raise ValueError(
                f"calendar= tests {title} in two places: put its windows into one tuple"
            )
        leaps = [name.kind in ("td", "td1") for name in group]
        labels = [name.label for name in group]
        choices.append((title, [(x, of(x), leap) for x, leap in zip(labels, leaps, strict=True)]))
    return leap, lpyear, fixed, with_leap and time.freq in "MQ", choices


def _need_holidays(calendar: Calendar, names: list[Name]) -> None:
    """Raise where options say whose dates are meant and no holiday is asked for.

    A country alone adds no holidays, and an option that does nothing would hide that.
    """
    plain = Options(calendar.options.weekend)
    given = [
        field.name
        for field in fields(Options)
        if getattr(calendar.options, field.name) != getattr(plain, field.name)
    ]
    asked = calendar.auto or calendar.names or calendar.rivals
    if given and asked and not any(name.window is not None for name in names):
        raise ValueError(
            f"calendar_options gives {', '.join(given)}, which is for moving holidays, and "
            'calendar= names none: name them, such as calendar=["auto", "ramadan", "eid_al_fitr"]'
        )


def _columns(
    time: Time, names: Sequence[str], options: Options, back: int, ahead: int
) -> list[Column]:
    """Columns as the core takes them."""
    found = build(time, names, options, back, ahead)
    parts = zip(found.columns, found.groups, found.values.T, strict=True)
    return [(name, group, np.ascontiguousarray(values)) for name, group, values in parts]


def _automatic(time: Time, calendar: Calendar, ahead: int, back: int) -> list[Choice]:
    """The choices of X-13: trading days in six or one, then Easter; of weeks Easter alone."""

    def candidate(name: str, leap: bool) -> tuple[str, list[Column], bool]:
        return name, _columns(time, [name], calendar.options, back, ahead), leap

    choices: list[Choice] = []
    if time.freq in "MQ":
        choices.append(("td", [candidate("td", True), candidate("td1", True)]))
    if time.freq in "MQW":
        choices.append(("easter", [candidate(name, False) for name in EASTER]))
    return choices


def _estimable(
    choices: list[Choice], model: Model, room: int, lpyear: Array, rows: slice
) -> list[Choice]:
    """The choices without candidates that a short series cannot tell.

    They are those with more columns than there is room for, and those whose columns are dependent
    or nothing, such as a day before Easter where all Easters were in April. Whoever asks for the
    calendar by "auto" has named none of them, so that an error could not be acted on.
    """
    kept: list[Choice] = []
    for title, candidates in choices:
        left: list[tuple[str, list[Column], bool]] = []
        for one in candidates:
            _, columns, leap = one
            # beside trading days one more, since Easter is tested after them
            fits = len(columns) + leap + (title == "td") <= room
            inside = [values[rows] for _, _, values in columns]
            # of levels leap years are one more, which the core leaves out where there is none
            if leap and model.transform != "log" and model.tells_apart([lpyear[rows]]):
                inside.append(lpyear[rows])
            if fits and model.tells_apart(inside):
                left.append(one)
        if left:
            kept.append((title, left))
    return kept


def adjust_options(
    transform: str,
    outliers: Any,
    critical: Any,
    model: Any,
    lengths: tuple[int, int],
    compat: str | None,
) -> Any:
    """The options of the model for the core."""
    if transform not in ("auto", "log", "none"):
        raise ValueError(f'transform={transform!r} is not known: give "auto", "log" or "none"')
    if compat not in (None, "x13"):
        raise ValueError(f'compat={compat!r} is not known: give None or "x13"')
    types: list[Any] = [] if outliers is None else [outliers]
    if isinstance(outliers, list | tuple | set | frozenset):
        types = list(outliers)  # pyright: ignore[reportUnknownArgumentType]
    for kind in types:
        if kind not in TYPES:
            raise ValueError(
                f"outliers={kind!r} is not known: give a list of some of "
                '"ao", "ls", "tc" and "so", or None for no search'
            )
    return _core.seasonal.AdjustOptions(
        transform,
        types,
        _critical(critical, types),
        orders(model),
        *lengths,
        compat == "x13",
        MOST_ITERATIONS,
    )


def _critical(critical: Any, types: list[str]) -> list[float] | None:
    """One critical value for each type; None for those of the number of dates."""
    if isinstance(critical, str) and critical == "auto":
        return None
    try:
        if isinstance(critical, Mapping):
            sizes = cast("Mapping[str, Any]", critical)
            return [float(sizes[kind]) for kind in types]
        value = float(critical)
    except (TypeError, ValueError, KeyError):
        raise ValueError(
            'critical is "auto", a number such as 4.0, or a dict with one for every type in '
            f"outliers; got {critical!r}"
        ) from None
    return [value] * len(types)


def orders(model: Any) -> Orders:
    """The two triples of orders."""
    try:
        (p, d, q), (sp, sd, sq) = model
    except (TypeError, ValueError):
        raise ValueError(
            f"model is two triples of orders, such as ((0, 1, 1), (0, 1, 1)); got {model!r}"
        ) from None
    p, d, q, sp, sd, sq = (count(order, "an order in model", 0) for order in (p, d, q, sp, sd, sq))
    return (p, d, q), (sp, sd, sq)


def filters(period: int, x11: Any) -> Any:
    """The options of X-11 for the core."""
    if x11 is not None and not isinstance(x11, Mapping):
        raise TypeError(f'x11 is a dict of its options, such as {{"seasonal": "3x5"}}; got {x11!r}')
    given: dict[str, Any] = dict(x11 or {})  # pyright: ignore[reportUnknownArgumentType]
    for name in given:
        if name not in X11:
            raise ValueError(f"x11 has no option {name!r}; there are: {', '.join(X11)}")
    return x11_options(period, X11 | given)
