"""The bank of real series on which seasonal adjustment is compared with the Census binary.

Whole series, stretches of them and quarterly sums, from what the tests and the package carry. A
member knows its values and where in the calendar they begin; what is computed of it is elsewhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import paimana as pm

ORACLES = Path(__file__).parents[1] / "oracles"
Array = np.ndarray[Any, Any]

LONGEST = 780
"""Observations that the binary takes at most."""


@dataclass(frozen=True)
class Member:
    """One series of the bank: its values, and the year and period of the year it begins in."""

    name: str
    x: Array
    year: int
    month: int
    period: int

    @property
    def start(self) -> str:
        """The first period as text."""
        return f"{self.year}-{self.month:02d}" if self.period == 12 else f"{self.year}Q{self.month}"

    def cut(self, name: str, first: int, count: int | None = None) -> Member:
        """A stretch of the series."""
        at = self.month - 1 + first
        x = self.x[first : None if count is None else first + count]
        return Member(name, x, self.year + at // self.period, at % self.period + 1, self.period)

    def quarterly(self, name: str) -> Member:
        """Sums of the quarters of a monthly series that begins with one."""
        assert self.period == 12
        assert self.month % 3 == 1
        sums = self.x[: len(self.x) // 3 * 3].reshape(-1, 3).sum(axis=1)
        return Member(name, sums, self.year, self.month // 3 + 1, 4)


def sources() -> dict[str, Member]:
    """The whole series."""
    found: dict[str, Member] = {}
    for file in ("seasonal_series.json", "adjust_series.json"):
        for name, one in json.loads((ORACLES / file).read_text()).items():
            x = np.array(one["values"], dtype=float)
            found[name] = Member(name, x, *one["start"], one["period"])
    meat, ict = pm.datasets.load("us_meat"), pm.datasets.load("pakistan_ict")
    for column in [*(meat[name] for name in meat), ict]:
        known = column.dropna()
        first = known.index[0]
        x = known.to_numpy(dtype=float)
        found[column.name] = Member(column.name, x, first.year, first.month, 12)
    return found


MEAT = ("beef", "veal", "pork", "lamb_and_mutton", "broilers", "turkey")
EARLY = MEAT[:4]
WHOLE = [
    "air",
    "co2",
    "elec",
    "elnino",
    "other_chicken",
    "ict_exports",
    "air_q",
    "unemp",
    "realgdp",
    "realcons",
    "realinv",
    "cpi",
    "m1",
    "realgovt",
    "realdpi",
    "tbilrate",
    "pop",
    "infl",
]


def bank() -> dict[str, Member]:
    """Every member by its name."""
    whole = sources()
    members = [whole[name] for name in WHOLE]
    members += [
        whole["air"].cut("air_1949m5_80", 4, 80),
        whole["elec"].cut("elec_150", 0, 150),
        whole["elec"].cut("elec_2003m4", 99),
        whole["co2"].cut("co2_1973m8_150", 103, 150),
        whole["elnino"].cut("elnino_1981m11_200", 382, 200),
        whole["elec"].quarterly("elec_q"),
        whole["co2"].quarterly("co2_q"),
        whole["realgdp"].cut("realgdp_1981q3_90", 90, 90),
        whole["realinv"].cut("realinv_1966q2_60", 29, 60),
    ]
    for kind in MEAT:
        one = whole[kind]
        since = (1990 - one.year) * 12
        members += [
            one.cut(f"{kind}_1990", since),
            one.cut(f"{kind}_1965m5_291", since - 296, 291),
            one.cut(f"{kind}_2010m9_75", since + 248, 75),
            one.quarterly(f"{kind}_q"),
            one.quarterly(f"{kind}_q").cut(f"{kind}_1975q2_82", (1975 - one.year) * 4 + 1, 82),
        ]
    members += [whole[kind].cut(f"{kind}_1944_252", 0, 252) for kind in EARLY]
    members += [whole[kind].cut(f"{kind}_1976m2_500", 385, 500) for kind in EARLY[:3]]
    return {one.name: one for one in members}
