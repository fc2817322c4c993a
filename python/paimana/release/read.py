"""A release read from prose: the draft, and its confirmation.

The reading is done in the compiled core; nothing drafted is audited before a person has confirmed
it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from paimana._core import audit as core
from paimana._result import Result
from paimana.release.file import Release

__all__ = ["Draft", "Entry", "Unplaced", "read_release"]


class Entry(NamedTuple):
    """A drafted figure or claim.

    Attributes
    ----------
    fields
        Its fields, as in a file.
    span
        Its first character in the text and one past its last.
    quote
        The sentence it stands in.
    note
        What was assumed about it.
    """

    fields: dict[str, str]
    span: tuple[int, int]
    quote: str
    note: str


class Unplaced(NamedTuple):
    """A number that the reader could not use, and why."""

    text: str
    span: tuple[int, int]
    why: str


@dataclass(frozen=True, repr=False)
class Draft(Result):
    """Figures and claims drafted from prose, to be confirmed; made by `read_release`.

    Attributes
    ----------
    figures, claims
        The entries, each with its span in the text.
    unplaced
        Every number that could not be used, with the reason.
    year_start
        The first month of the fiscal year that was assumed.
    unit
        The currency that most amounts are in.
    text
        The text.
    """

    figures: tuple[Entry, ...]
    claims: tuple[Entry, ...]
    unplaced: tuple[Unplaced, ...]
    year_start: str
    unit: str | None
    text: str

    def to_toml(self) -> str:
        """Write the file to confirm by hand, with the quotes, doubts and leftovers as comments."""
        lines = ["# Drafted from prose: compare each entry with its quote before confirming.", ""]
        lines += ["[release]", f"year_start = {json.dumps(self.year_start)}"]
        if self.unit:
            lines.append(f"unit = {json.dumps(self.unit)}")
        for name, entries in (("figure", self.figures), ("claim", self.claims)):
            for entry in entries:
                lines += ["", *_comment(entry.quote)]
                if entry.note:
                    lines.append(f"# Check: {entry.note}.")
                lines.append(f"[[{name}]]")
                # JSON strings without \u escapes are TOML basic strings.
                lines += [
                    f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in entry.fields.items()
                ]
        if self.unplaced:
            lines += ["", "# Numbers that could not be placed:"]
            lines += [f"# {u.text} (character {u.span[0]}): {u.why}" for u in self.unplaced]
        return "\n".join(lines) + "\n"

    def confirm(self) -> Release:
        """Take the draft as it stands for the release.

        Returns
        -------
        Release
            With each entry's quote.

        Raises
        ------
        ValueError
            If the draft makes no sense as a release; edit `to_toml` instead.
        """
        head: dict[str, Any] = {"year_start": self.year_start}
        if self.unit:
            head["unit"] = self.unit
        tree = {
            "release": head,
            "figure": [{**e.fields, "quote": e.quote} for e in self.figures],
            "claim": [{**e.fields, "quote": e.quote} for e in self.claims],
        }
        return Release.from_dict(tree)

    def _title(self) -> str:
        figures, claims, left = len(self.figures), len(self.claims), len(self.unplaced)
        return f"Draft: {figures} figures, {claims} claims, {left} numbers unplaced"

    def _table(self) -> tuple[list[str], list[list[str]], list[int]]:
        rows = [
            [
                kind,
                " ".join(f"{k}={v}" for k, v in e.fields.items()),
                self.text[slice(*e.span)],
                e.note,
            ]
            for kind, entries in (("figure", self.figures), ("claim", self.claims))
            for e in entries
        ]
        rows += [["unplaced", u.text, self.text[slice(*u.span)], u.why] for u in self.unplaced]
        return ["", "drafted", "in the text", "check"], rows, []

    def _body(self) -> None:
        return None


def _comment(quote: str) -> list[str]:
    from textwrap import wrap

    return [f"# {line}" for line in wrap(quote, 94)[:6]]


def read_release(text: str, *, year_start: str | None = None, period: str | None = None) -> Draft:
    """Draft figures and claims from English prose, for a person to confirm.

    Deterministic; every printed digit is kept. Numbers that cannot be placed are listed in
    `unplaced`, never dropped and never audited silently.

    Parameters
    ----------
    text
        The release.
    year_start
        The first month of the fiscal year, such as "JUL"; guessed from the country if left out.
    period
        What "this month" is, where the text does not say it, such as "2024-04".

    Returns
    -------
    Draft
        With `.figures`, `.claims`, `.unplaced`, `.to_toml()` and `.confirm()`, which gives the
        Release to audit. Percentages are in per cent, amounts as printed with their scale.

    Raises
    ------
    ValueError
        If `year_start` or `period` cannot be read, or the text is longer than a million characters.

    Notes
    -----
    Edge cases: a bare number without a unit, a rate without a base and an amount without a period
    are unplaced, and so is what could be read in two ways: a range, a number that another subject
    of the sentence could own, a quarter or a year to date without its year, a deficit that
    "improved", an expectation. "Around" and numbers in words are notes. The names of quantities are
    drafts too.
    Source: the phrases of statistical and press releases. There is no equivalent in Stata, EViews
    or R.

    Examples
    --------
    >>> import paimana as pm
    >>> draft = pm.read_release(
    ...     "Exports rose to $310 million in April 2024, up 62.3% year on year."
    ... )
    >>> draft.figures[0].fields["value"], draft.claims[0].fields["base"]
    ('310', 'exports@2023-04')
    """
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("the text of a release is a string")
    found = json.loads(core.draft(text, year_start, period))

    def entries(name: str) -> tuple[Entry, ...]:
        return tuple(
            Entry(e["fields"], (e["span"][0], e["span"][1]), e["quote"], e["note"])
            for e in found[name]
        )

    unplaced = tuple(
        Unplaced(u["text"], (u["span"][0], u["span"][1]), u["why"]) for u in found["unplaced"]
    )
    start = found["year_start"] or "JAN"
    return Draft(entries("figures"), entries("claims"), unplaced, start, found["unit"], text)
