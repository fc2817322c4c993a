"""The audit of a release: the public functions, and the result with its frames.

Everything is decided in the compiled core, in exact arithmetic; here its answer becomes Python
objects. How they look on a page is in `page`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, overload

from paimana._core import audit as core
from paimana._extras import require
from paimana._result import Result
from paimana.release import page
from paimana.release.file import Release

__all__ = ["Audit", "Conflict", "Implied", "Repair", "audit", "check"]


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
            printed = claim["printed"] or {}
            supported, rest = claim["supported"] or {}, claim["rest"] or {}
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
            own, rest = row["range"] or {}, row["rest"] or {}
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


def audit(
    release: Release | str | Path | dict[str, Any],
    *,
    previous: Sequence[Release | str | Path | dict[str, Any]] = (),
    limit: float = 10.0,
) -> Audit:
    """Audit a release: have its printed figures and claims a common unrounded solution?

    Every printed number is an interval of true values, and "x grew by 62.3 per cent over y" a pair
    of linear inequalities, (1 + l) y <= x <= (1 + u) y. The system is solved in exact rational
    arithmetic; no tolerance enters a verdict.

    Parameters
    ----------
    release
        A Release, the path of a TOML or JSON file, or a dict.
    previous
        Earlier releases of the same items, oldest first: restated items are listed, cumulatives
        must extend them, and records must hold against them.
    limit
        Seconds of work after which the rest is answered "not decided within the limit".

    Returns
    -------
    Audit
        With `.verdict`, `.claims`, `.implied()`, `.conflicts`, `.repairs`, `.checked`,
        `.hypothesis`, `.summary()`, `.plot()`, `.to_html(path)` and `.to_json()`.

    Raises
    ------
    ValueError
        If the release cannot be used; the sentence names the entry and the line.
    OSError
        If there is no such file.

    Notes
    -----
    Edge cases: a base that may be zero or negative as printed is an error; what needs the product
    of two unknowns, or sums of what does not add (chained volumes, rates), is "undetermined". How
    rates were computed is tried from unrounded values, then from printed figures, unless the
    release says it. A printed entry's `rest` interval leaves that entry out.

    Source: I. Fellegi and D. Holt (1976), "A systematic approach to automatic edit and imputation",
    Journal of the American Statistical Association 71, for the smallest set to distrust. There is no
    equivalent in Stata, EViews or R; `errorlocate` of R edits records against given rules.

    Examples
    --------
    >>> import paimana as pm
    >>> found = pm.audit(pm.Release.example("it_exports"))
    >>> found.verdict, found.headline
    ('inconsistent', '14 statements: 11 add up, 3 conflict')
    >>> for repair in found.repairs[:2]:
    ...     print(repair.label, repair.printed, "->", repair.becomes)
    news@10MFY24 6.730 -> 6.703
    growth of ict@10MFY24 over ict@10MFY23 20.41 -> 21.41
    """
    one = Release.open(release)
    if isinstance(previous, str | Path | Release):
        raise TypeError("previous is a list of releases; write previous=[...]")
    restated: tuple[str, ...] = ()
    together = one
    if previous:
        from paimana.release.several import join

        together, restated = join(one, [Release.open(p) for p in previous])
    return _audit(together, limit, restated)


def _audit(release: Release, limit: float, restated: tuple[str, ...] = ()) -> Audit:
    if not limit > 0:
        raise ValueError(f"limit={limit!r} is not a positive number of seconds")
    source, form, _ = release.__reduce__()[1]
    text = core.audit(source, form, float(limit))
    return _result(json.loads(text), release, restated)


def _result(found: dict[str, Any], release: Release, restated: tuple[str, ...]) -> Audit:
    sets = [tuple(ids) for ids in found["distrust"]]
    repairs = tuple(
        Repair(
            r["entry"],
            r["label"],
            r["printed"],
            r["becomes"],
            r["slip"],
            tuple(e for e in sets[r["set"]] if e != r["entry"]),
        )
        for r in found["repairs"]
    )
    conflicts = tuple(
        Conflict(tuple(c["entries"]), c["arithmetic"], tuple(c["benign"])) for c in found["conflicts"]
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


def check(
    value: int | str | Decimal,
    base: int | str | Decimal,
    *,
    growth: int | str | Decimal | None = None,
    share: int | str | Decimal | None = None,
    change: int | str | Decimal | None = None,
    multiple: int | str | Decimal | None = None,
) -> Audit:
    """Check one claim at the prompt: does 310 over 191 grow by 62.3 per cent?

    The claim is value / base - 1 (growth, per cent), value / base (share, per cent; multiple), or
    value - base (change), from two figures printed in the same unit.

    Parameters
    ----------
    value, base
        The two figures as printed: whole numbers, strings or Decimals.
    growth, share, change, multiple
        The printed claim; exactly one of them.

    Returns
    -------
    Audit
        Of these two figures and this claim.

    Raises
    ------
    TypeError
        For floats, whose printed digits are not known.
    ValueError
        If a number cannot be read, or not exactly one claim is given.

    Notes
    -----
    Edge cases: a base that may be zero or negative as printed is an error. Trailing zeros of whole
    numbers count as printed. Source: the rounding intervals of `audit`; there is no equivalent in
    Stata, EViews or R.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.check(310, 191, growth="62.3").verdict
    'consistent'
    >>> pm.check("2.593", "2.135", growth="20.41").conflicts[0].arithmetic
    '2.593 / 2.135 allows 21.40 to 21.50; printed 20.41 per cent (growth of value over base).'
    """
    claims = {"growth": growth, "share": share, "change": change, "multiple": multiple}
    given = {kind: v for kind, v in claims.items() if v is not None}
    if len(given) != 1:
        raise ValueError("give exactly one claim: growth=, share=, change= or multiple=")
    ((kind, printed),) = given.items()
    same = {"scale": "one", "trailing_zeros": "significant"}
    # Both figures carry one nominal period: a claim at the prompt has none.
    tree = {
        "figure": [
            {"item": "value@2000", "value": _printed(value, "value"), "id": "value", **same},
            {"item": "base@2000", "value": _printed(base, "base"), "id": "base", **same},
        ],
        "claim": [
            {"kind": kind, "of": "value@2000", "base": "base@2000", "value": _printed(printed, kind)}
        ],
    }
    release = Release(json.dumps(tree).encode(), "tree", f"{value} and {base}")
    source, form, _ = release.__reduce__()[1]
    text = core.audit(source, form, 10.0).replace("@2000", "")
    return _result(json.loads(text), release, ())


def _printed(number: Any, name: str) -> str:
    if isinstance(number, float):
        raise TypeError(
            f'{name}={number!r} is a float, whose printed digits are not known; write "{number!r}" '
            "as a string, with every printed digit"
        )
    if isinstance(number, bool) or not isinstance(number, int | str | Decimal):
        raise TypeError(f"{name} is a whole number, a string or a Decimal")
    return str(number)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _frame(rows: list[dict[str, Any]]) -> Any:
    return require("pandas", "pandas").DataFrame(rows)
