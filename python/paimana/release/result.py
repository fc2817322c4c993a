"""What an audit found, as Python objects with their frames.

Everything was decided in the compiled core; how it looks on a page is in `page`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple, overload

from paimana._core import audit as core
from paimana._extras import require
from paimana._result import Result
from paimana.release import page
from paimana.release.file import Release

__all__ = ["Audit", "Conflict", "Implied", "Repair", "result_of"]


class Implied(NamedTuple):
    """What a release says about a quantity.

    Attributes
    ----------
    item
        The quantity.
    low, high
        Its least and greatest value over all solutions, exact, in units of one; None where it is
        unbounded, or where the release has no common solution.
    rest_low, rest_high
        The same with its own printed figure set aside.
    printed
        The figure as printed; None if it is not.
    scale, unit
        The scale it is printed in, and its unit.
    checked
        Whether the rest of the release bounds it.
    hypothesis
        How the rates were taken to be computed.
    """

    item: str
    low: Fraction | None
    high: Fraction | None
    rest_low: Fraction | None
    rest_high: Fraction | None
    printed: str | None
    scale: str | None
    unit: str
    checked: bool
    hypothesis: str


class Conflict(NamedTuple):
    """Entries that cannot stand together.

    Attributes
    ----------
    entries
        Their ids; with any one of them set aside the conflict dissolves.
    arithmetic
        The sum that shows it, in one sentence.
    explanations
        What would explain it without a slip.
    """

    entries: tuple[str, ...]
    arithmetic: str
    explanations: tuple[str, ...]


class Repair(NamedTuple):
    """A single edit that, with one edit for each other member of its set, restores consistency.

    Attributes
    ----------
    entry, label
        The entry's id, and what it is about.
    printed, becomes
        The number as printed, and after the edit.
    slip
        The kind of slip.
    together_with
        The other entries that need an edit too.
    """

    entry: str
    label: str
    printed: str
    becomes: str
    slip: str
    together_with: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Audit(Result):
    """What the audit of a release found; made by `audit`.

    Attributes
    ----------
    verdict
        "consistent", "boundary" (only with a value exactly on a rounding edge), "truncated" (only
        if values were cut), "inconsistent" (cannot all be true as printed), "unchecked"
        (consistent, and nothing in it checks anything else) or "undecided" (not within the limit).
    headline
        The first line: how many statements add up, conflict, and are unchecked.
    checked
        (k, n): k of n statements are cross-checked by the rest.
    hypothesis
        How the rates were taken to be computed: "unrounded", "printed", or with truncation.
    conflicts, repairs
        Why it is inconsistent, and single edits that would explain it, likely ones first.
    distrust
        All smallest sets of entries whose removal leaves a consistent release.
    restated
        With `previous=`: items that are printed with another value than before.
    release
        The release that was audited.
    """

    verdict: str
    headline: str
    checked: tuple[int, int]
    hypothesis: str
    conflicts: tuple[Conflict, ...]
    repairs: tuple[Repair, ...]
    distrust: tuple[tuple[str, ...], ...]
    release: Release
    restated: tuple[str, ...] = ()
    _found: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)

    @property
    def complete(self) -> bool:
        """False if a part was left out because the limit was reached."""
        return bool(self._found["complete"])

    @property
    def assumptions(self) -> list[str]:
        """What the verdict rests on."""
        return list(self._found["assumptions"])

    @property
    def claim_rows(self) -> list[dict[str, Any]]:
        """A dict for each statement: what `claims` shows as a frame, without pandas."""
        rows: list[dict[str, Any]] = []
        for claim in self._found["claims"]:
            printed = _some(claim["printed"])
            supported, rest = _some(claim["supported"]), _some(claim["rest"])
            rows.append(
                {
                    "id": claim["id"],
                    "kind": claim["kind"],
                    "claim": claim["label"],
                    "quote": claim["quote"],
                    "printed": printed.get("text"),
                    "scale": printed.get("scale"),
                    "recomputed": _fraction(claim["recomputed"]),
                    "supported_low": _fraction(supported.get("low")),
                    "supported_high": _fraction(supported.get("high")),
                    "rest_low": _fraction(rest.get("low")),
                    "rest_high": _fraction(rest.get("high")),
                    "verdict": claim["verdict"],
                    "words": claim["words"],
                    "checked": claim["checked"],
                    "notes": "; ".join(claim["notes"]),
                    "line": claim["line"],
                }
            )
        return rows

    @property
    def claims(self) -> Any:
        """A frame with a row for each statement.

        Columns: id, kind, claim (in words), quote, printed, scale, recomputed (at the printed
        figures), supported_low and _high (what its own figures allow), rest_low and _high (what all
        other entries allow), all in printed units; verdict, words, checked, notes, line.
        """
        return _frame(self.claim_rows)

    @property
    def implied_rows(self) -> list[Implied]:
        """What the release says about each quantity: `implied` without pandas."""
        rows: list[Implied] = []
        for row in self._found["implied"]:
            own, rest = _some(row["range"]), _some(row["rest"])
            rows.append(
                Implied(
                    row["item"],
                    _fraction(own.get("low")),
                    _fraction(own.get("high")),
                    _fraction(rest.get("low")),
                    _fraction(rest.get("high")),
                    row["printed"],
                    row["scale"],
                    row["unit"],
                    row["checked"],
                    self.hypothesis,
                )
            )
        return rows

    @overload
    def implied(self, item: str) -> Implied: ...
    @overload
    def implied(self, item: None = None) -> Any: ...
    def implied(self, item: str | None = None) -> Any:
        """Say what the release implies about one quantity, or about all.

        Parameters
        ----------
        item
            ``concept@period``, in any spelling of the period; all quantities if left out.

        Returns
        -------
        Implied, or a frame of them
            With exact fractions in units of one.

        Raises
        ------
        ValueError
            If the release does not mention the item.

        Examples
        --------
        >>> import paimana as pm
        >>> found = pm.audit(pm.Release.example("article")).implied("ict_exports@2023-04")
        >>> found.low / 10**6, found.high / 10**6
        (Fraction(619000, 3247), Fraction(124200, 649))
        """
        rows = self.implied_rows
        if item is None:
            return _frame([row._asdict() for row in rows])
        if not isinstance(item, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f'an item is a text such as "exports@2024-04", not {item!r}')
        for row in rows:
            if row.item == item:
                return row
        wanted, _, period = item.partition("@")
        start = self.release.to_dict()["release"].get("year_start", "1")
        spans = core.spans([period], start) if period else []
        for row, found in zip(rows, self._found["implied"], strict=True):
            same = [(found["first_month"], found["last_month"])] == spans
            if same and found["concept"] == wanted and found["item"].count(":") == item.count(":"):
                return row
        known = ", ".join(row.item for row in rows)
        raise ValueError(f"the release does not mention {item}; it mentions {known}")

    def frame(self) -> Any:
        """The statements as a frame, as `claims`."""
        return self.claims

    def summary(self) -> str:
        """Say in words what was found: the headline, the conflicts, the likely slips."""
        return page.summary(self)

    def to_json(self) -> str:
        """Give everything that was found as JSON; numbers are exact fractions as strings."""
        more = {"restated": list(self.restated), "sha256": self.release.sha256}
        return json.dumps(self._found | more, indent=2, ensure_ascii=False)

    def plot(self) -> Any:
        """Draw each statement's printed interval against what the rest of the release supports.

        Returns
        -------
        matplotlib.figure.Figure
        """
        return page.chart(self)

    def _title(self) -> str:
        return self.release.title or self.release.name

    def _text(self) -> str:
        return page.lead(self)

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        return page.table(self)

    def _body(self) -> None:
        return None

    def _notes(self) -> list[str]:
        return page.notes(self)

    def _details(self) -> str:
        return page.details(self)


def result_of(found: dict[str, Any], release: Release, restated: tuple[str, ...]) -> Audit:
    """The objects made from the core's answer."""
    sets: list[tuple[str, ...]] = [tuple(ids) for ids in found["distrust"]]
    repairs = tuple(
        Repair(
            r["entry"],
            r["label"],
            r["printed"],
            r["becomes"],
            r["slip"],
            tuple(e for e in sets[int(r["set"])] if e != r["entry"]),
        )
        for r in found["repairs"]
    )
    conflicts = tuple(
        Conflict(tuple(c["entries"]), c["arithmetic"], tuple(c["benign"]))
        for c in found["conflicts"]
    )
    k, n = found["checked"]
    return Audit(
        found["verdict"],
        found["headline"],
        (k, n),
        found["hypothesis"],
        conflicts,
        repairs,
        tuple(sets),
        release,
        restated,
        found,
    )


def _some(part: dict[str, Any] | None) -> dict[str, Any]:
    """A part of the answer that may be absent."""
    return part or {}


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _frame(rows: list[dict[str, Any]]) -> Any:
    return require("pandas", "pandas").DataFrame(rows)
