"""How an audit is shown: its sentences, its table, its strips and cards, its chart.

Words never accuse: entries "cannot all be true as printed". Symbols stand beside colours, so that
neither is needed alone. Nothing is decided here.
"""

from __future__ import annotations

from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any

from paimana._core import __version__
from paimana._extras import require
from paimana.report import html

if TYPE_CHECKING:
    from paimana.release.audit import Audit

__all__ = ["chart", "details", "lead", "notes", "press", "summary", "table"]

_VERDICTS = {
    "consistent": "The figures and statements hold together.",
    "boundary": "They hold together only if a value sat exactly on a rounding edge.",
    "truncated": "They hold together only if values were cut instead of rounded.",
    "inconsistent": "They cannot all be true as printed.",
    "unchecked": "They hold together, and nothing in them checks anything else.",
    "undecided": "Not decided within the limit.",
}
_SYMBOLS = {"inconsistent": "✗", "undetermined": "○", "undecided": "?"}
_COLOURS = {"✓": "#2f855a", "✗": "#c0392b", "○": "#8a939c", "?": "#8a939c"}


def lead(audit: Audit) -> str:
    """The first paragraph: headline, verdict, and how much was cross-checked."""
    k, n = audit.checked
    parts = [f"{audit.headline}. {_VERDICTS[audit.verdict]}"]
    parts.append(f"{k} of {n} statements {'is' if k == 1 else 'are'} cross-checked.")
    text = " ".join(parts)
    if audit.verdict != "undecided" and not audit.complete:
        text += " The search for conflicts was not completed within the limit."
    for conflict in audit.conflicts:
        text += f"\n\n✗ {conflict.arithmetic}"
    return text


def summary(audit: Audit) -> str:
    """The audit in words."""
    lines = [audit._title(), *lead(audit).split("\n\n")]  # pyright: ignore[reportPrivateUsage]
    if audit.distrust and audit.verdict == "inconsistent":
        size = len(audit.distrust[0])
        what = "entry" if size == 1 else "entries"
        lines.append(f"Consistent again with {size} {what} set aside:")
        lines += [f"  {', or '.join([_names(audit, ids)])}" for ids in audit.distrust[:5]]
    for repair in audit.repairs[:5]:
        lines.append(
            f"Perhaps {repair.becomes} for {repair.printed} ({repair.slip}; {repair.label})."
        )
    lines += list(audit.restated)
    return "\n".join(lines)


def _names(audit: Audit, ids: tuple[str, ...]) -> str:
    found = audit._found  # pyright: ignore[reportPrivateUsage]
    labels = {e["id"]: e["label"] for e in [*found["figures"], *found["claims"]]}
    return "; ".join(labels.get(i, i) for i in ids)


def _symbol(verdict: str) -> str:
    return _SYMBOLS.get(verdict, "✓")


def _text(low: Any, high: Any, digits: int) -> str:
    """An interval in decimals; empty where nothing bounds it."""
    if low is None and high is None:
        return ""
    shown = ["" if end is None else _decimal(end, digits) for end in (low, high)]
    return (
        f"{shown[0]} to {shown[1]}"
        if all(shown)
        else (f"from {shown[0]}" if shown[0] else f"to {shown[1]}")
    )


def _decimal(x: Fraction, digits: int) -> str:
    """A fraction rounded to so many digits, half away from zero."""
    scaled = abs(x) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    text = str(whole).rjust(digits + 1, "0")
    sign = "-" if x < 0 and whole else ""
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"


def table(audit: Audit) -> tuple[list[str], list[list[str]], list[int]]:
    """A row for each statement."""
    header = [
        "",
        "statement",
        "printed",
        "recomputed",
        "its figures allow",
        "the rest allows",
        "verdict",
    ]
    rows: list[list[str]] = []
    for row in audit.claim_rows:
        printed = row["printed"] or ""
        digits = len(printed.partition(".")[2]) + (2 if "." in printed else 1)
        recomputed = row["recomputed"]
        rows.append(
            [
                _symbol(row["verdict"]),
                row["quote"] or row["claim"],
                printed,
                "" if recomputed is None or not printed else _decimal(recomputed, digits),
                _text(row["supported_low"], row["supported_high"], digits) if printed else "",
                _text(row["rest_low"], row["rest_high"], digits)
                if printed and row["checked"]
                else "",
                row["words"],
            ]
        )
    return header, rows, [2, 3]


def notes(audit: Audit) -> list[str]:
    """Restated items, what the release implies in one line each, and the notes of the claims."""
    out = list(audit.restated)
    noted = (row for row in audit.claim_rows if row["notes"])
    out += [f"{row['quote'] or row['claim']}: {row['notes']}." for row in noted]
    out += [
        f"Perhaps {repair.becomes} for {repair.printed} ({repair.slip}; {repair.label})."
        for repair in audit.repairs[:6]
    ]
    return out


def press(audit: Audit) -> str:
    """A paragraph to send to a press office; empty where there is nothing to ask."""
    if audit.verdict != "inconsistent":
        return ""
    sums = " ".join(conflict.arithmetic for conflict in audit.conflicts[:4])
    name = audit._title()  # pyright: ignore[reportPrivateUsage]
    return (
        f"In “{name}” some of the printed figures cannot all be true as printed, even allowing for "
        f"rounding. {sums} Could you tell us which of them is to be corrected, or whether they "
        "belong to different vintages or adjustments?"
    )


def details(audit: Audit) -> str:
    """The lower part of a page: strips, conflicts, what is implied, assumptions, the hash."""
    parts = [html.fragment("Statement by statement", "", [_strips(audit)])]
    for number, conflict in enumerate(audit.conflicts, 1):
        repairs = [
            f"Perhaps {r.becomes} for {r.printed} ({r.slip}; {r.label})"
            for r in audit.repairs
            if r.entry in conflict.entries
        ][:4]
        lines = [*conflict.explanations, *repairs]
        body = "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
        parts.append(html.fragment(f"Conflict {number}", f"✗ {conflict.arithmetic}", [body]))
    if press(audit):
        parts.append(html.fragment("To ask the press office", press(audit)))
    rows = [
        [i.item, i.printed or "", _scaled(i, "low", "high"), _scaled(i, "rest_low", "rest_high")]
        for i in audit.implied_rows
    ]
    header = ["quantity", "printed", "all entries allow", "the other entries allow"]
    implied = html.table(header, rows, [1])
    said = f"Under the hypothesis: rates from {audit.hypothesis} figures."
    parts.append(html.fragment("What this release implies", said, [implied]))
    facts = [*(f"{a[:1].upper()}{a[1:]}." for a in audit.assumptions)]
    facts.append(f"SHA-256 of the file: {audit.release.sha256}; paimana {__version__}.")
    parts.append(html.fragment("What this rests on", "", [], facts))
    return "".join(parts)


def _scaled(implied: Any, low: str, high: str) -> str:
    """An interval of an item in its printed scale, or in millions where that is readable."""
    ends: list[Fraction | None] = [getattr(implied, low), getattr(implied, high)]
    known = [abs(e) for e in ends if e is not None]
    if not known:
        return ""
    word, factor = "", Fraction(1)
    for name, size in (("billion", 10**9), ("million", 10**6)):
        if max(known) >= size:
            word, factor = name, Fraction(size)
            break
    if implied.scale in ("percent", "per cent"):
        word, factor = "per cent", Fraction(1, 100)
    first, last = (None if e is None else e / factor for e in ends)
    return f"{_text(first, last, 4)} {word}".strip()


def _strips(audit: Audit) -> str:
    """For each statement with a number: its printed interval over what the rest supports."""
    rows: list[str] = []
    for claim in audit._found["claims"]:  # pyright: ignore[reportPrivateUsage]
        bars = _bars(claim)
        symbol = _symbol(claim["verdict"])
        colour = _COLOURS[symbol]
        name = escape(claim["quote"] or claim["label"])
        label = f'<span style="color:{colour}">{symbol}</span> {name}'
        if bars is None:
            rows.append(f"<tr><td>{label}</td><td>{escape(claim['words'])}</td></tr>")
            continue
        (a, b), (c, d) = bars
        drawn = (
            '<svg viewBox="0 0 200 22" width="200" height="22" role="img" aria-label="'
            f'{escape(claim["words"], quote=True)}">'
            f'<rect x="{c:.1f}" y="9" width="{max(d - c, 1):.1f}" height="8" rx="2" '
            'fill="#8a939c" opacity=".55"/>'
            f'<rect x="{a:.1f}" y="4" width="{max(b - a, 2):.1f}" height="8" rx="2" '
            f'fill="{colour}"/></svg>'
        )
        texts = [claim["rest_text"], claim["supported_text"]]
        order = -1 if claim["verdict"] == "inconsistent" else 1
        rest = escape(next((t for t in texts[::order] if t), ""))
        text = escape(claim["printed"]["text"])
        rows.append(f"<tr><td>{label}</td><td>{drawn}<br>{text}; supported {rest}</td></tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _bars(claim: dict[str, Any]) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The printed and the supported interval as places on a strip of 200 units."""
    if claim["printed"] is None:
        return None
    own = claim["printed"]["interval"]
    # A claim in conflict is seen against its own figures, which a reader can recompute.
    order = ["rest", "supported"][:: -1 if claim["verdict"] == "inconsistent" else 1]
    other = _bounded(claim[order[0]]) or _bounded(claim[order[1]])
    if other is None or own["low"] is None or own["high"] is None:
        return None
    ends = [float(Fraction(x)) for x in (own["low"], own["high"], *other)]
    low, high = min(ends), max(ends)
    room = (high - low) or 1.0
    at = [10 + 180 * (x - low) / room for x in ends]
    return (at[0], at[1]), (at[2], at[3])


def _bounded(interval: dict[str, Any] | None) -> tuple[str, str] | None:
    if interval is None or interval["low"] is None or interval["high"] is None:
        return None
    return interval["low"], interval["high"]


def chart(audit: Audit) -> Any:
    """A row for each statement with a number: its printed interval and what the rest supports."""
    module = require("matplotlib.figure", "plot")
    found = audit._found["claims"]  # pyright: ignore[reportPrivateUsage]
    drawn = [(claim, bars) for claim in found if (bars := _bars(claim)) is not None]
    figure = module.Figure(figsize=(7.6, 0.8 + 0.42 * max(len(drawn), 1)), layout="constrained")
    axes = figure.subplots()
    for row, (claim, ((a, b), (c, d))) in enumerate(drawn):
        symbol = _symbol(claim["verdict"])
        axes.barh(row + 0.14, d - c, left=c, height=0.3, color="#8a939c", alpha=0.55)
        axes.barh(row - 0.14, max(b - a, 1), left=a, height=0.3, color=_COLOURS[symbol])
        axes.text(
            204, row, f"{claim['printed']['text']} {'✗' if symbol == '✗' else ''}", va="center"
        )
    axes.set_yticks(range(len(drawn)), [claim["label"] for claim, _ in drawn])
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_xlim(0, 240)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, labelsize=8)
    axes.set_title(
        "Printed (coloured) against what the rest supports (grey), each row to its own scale",
        fontsize=9,
        loc="left",
    )
    return figure
