"""The engine of seasonal adjustment with a model, called on a member of the bank as the binary is.

`run` gives `_core.seasonal.adjust` the columns of trading days and Easter that the automatic choice
of X-13ARIMA-SEATS compares, and the core's answer back.
"""

from __future__ import annotations

from typing import Any

import numpy as np

import paimana as pm
from paimana import _core
from reference.bank import Member

EASTER = (1, 8, 15)
AIRLINE = ((0, 1, 1), (0, 1, 1))


def x11_options(period: int) -> Any:
    """The options of X-11, all as they are by default."""
    sigma, filters = (1.5, 2.5), ["msr"] * period
    return _core.seasonal.X11Options(
        "mult", filters, None, sigma, "none", None, "x13", False, None, False
    )


def columns(of: Member, names: list[str], back: int, ahead: int) -> list[tuple[str, str, Any]]:
    """Named columns over backcasts, observed values and forecasts."""
    found = pm.calendar.regressors(len(of.x), names, back=back, ahead=ahead, start=of.start)
    return [
        (name, group, np.ascontiguousarray(found[name]))
        for name, group in zip(found.columns, found.groups, strict=True)
    ]


def series(
    of: Member,
    calendar: str | list[str] | None = "auto",
    back: int = 0,
    ahead: int | None = None,
    easter: tuple[int, ...] = EASTER,
) -> Any:
    """A member as the core takes it."""
    ahead = of.period if ahead is None else ahead
    lpyear = columns(of, ["lpyear"], back, ahead)[0][2]
    mean = 28.25 if of.period == 12 else 90.25
    leap = 1.0 + lpyear / mean
    fixed: list[Any] = []
    choices: list[Any] = []
    if calendar == "auto":
        td = [("td", columns(of, ["td"], back, ahead), True)]
        td.append(("td1coef", columns(of, ["td1"], back, ahead), True))
        windows = [f"easter[{w}]" for w in easter]
        choices = [
            ("td", td),
            ("easter", [(w, columns(of, [w], back, ahead), False) for w in windows]),
        ]
    elif calendar:
        fixed = columns(of, list(calendar), back, ahead)
    phase = of.month - 1
    x = np.ascontiguousarray(of.x, dtype=float)
    return (x, phase, leap, lpyear, fixed, False, choices)


def options(period: int, **given: Any) -> Any:
    """The options of the model; X-13's defaults but for what is named."""
    want: dict[str, Any] = {
        "transform": "auto",
        "types": ["ao", "ls"],
        "critical": None,
        "order": AIRLINE,
        "forecast": period,
        "backcast": 0,
        "compat": True,
        "max_iterations": 1500,
    }
    return _core.seasonal.AdjustOptions(**(want | given))


def run(of: Member, calendar: Any = "auto", **given: Any) -> Any:
    """The core's adjustment of a member."""
    one = series(of, calendar, given.get("backcast", 0), given.get("forecast"))
    return _core.seasonal.adjust([one], of.period, options(of.period, **given), x11_options(of.period))[0]
