"""HTML for results: fragments for notebooks and whole pages that need no other file.

What stands here knows text, tables and pictures, and nothing of indicators. Colours follow the
reader: fragments take them from the page around them, pages from the light or dark setting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO, StringIO
from typing import Any

from paimana._extras import require

__all__ = ["INK", "fragment", "page", "png_bytes", "svg", "table", "tiles", "verbatim"]

INK = "#010203"
"""The colour of words and axes in charts; `svg` turns it into the colour of the page's text."""

_FRAGMENT_STYLE = """
.paimana{color:inherit;line-height:1.5;max-width:46rem;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.paimana h3{font-size:1.1em;font-weight:600;margin:.6em 0 .3em}
.paimana p{margin:.4em 0;text-align:left}
.paimana table{border-collapse:collapse;border:0;background:none;margin:.8em 0;
font-variant-numeric:tabular-nums}
.paimana tbody tr,.paimana tbody tr:hover,.paimana thead tr{background:none!important}
.paimana th,.paimana td{padding:.22em 1.1em .22em 0;text-align:left!important;
vertical-align:baseline;border:0;border-bottom:1px solid rgba(128,128,128,.28);
color:inherit;font-weight:400;white-space:normal}
.paimana thead th{font-size:.85em;opacity:.75;border-bottom-color:rgba(128,128,128,.6);
vertical-align:bottom}
.paimana .n.n{text-align:right!important}
.paimana td.n{white-space:nowrap}
.paimana th:last-child,.paimana td:last-child{padding-right:0}
.paimana .note{font-size:.85em;opacity:.75}
""".replace("\n", "")

_PAGE_STYLE = """
:root{color-scheme:light dark;--ink:#1d232b;--paper:#fdfdfb;--soft:#5d6670;--line:#d9dcdf}
@media(prefers-color-scheme:dark){
:root{--ink:#e4e7ea;--paper:#15191e;--soft:#9aa4ae;--line:#323941}}
body{margin:0;background:var(--paper);color:var(--ink);
font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:46rem;margin:0 auto;padding:2.6rem 1.4rem 3.5rem}
main .paimana h3{font-size:1.65rem;font-weight:650;letter-spacing:-.01em;line-height:1.2;
margin:0 0 .4em;text-wrap:balance}
main .paimana .note{color:var(--soft);opacity:1}
main .paimana .tiles{display:flex;flex-wrap:wrap;gap:.6rem 1.9rem;margin:1.2rem 0 1.3rem}
main .paimana .tiles b{display:block;font-size:1.75rem;font-weight:600;line-height:1.2;
font-variant-numeric:tabular-nums}
main .paimana .tiles span{color:var(--soft);font-size:.85rem}
main figure{margin:2rem 0 1.2rem}
main figure svg,main figure img{display:block;width:100%;height:auto}
main table{width:100%}
main .paimana+.paimana{margin-top:2rem}
footer{color:var(--soft);font-size:.8rem;margin-top:2.5rem;padding-top:.8rem;
border-top:1px solid var(--line)}
@media print{main{padding:0}}
""".replace("\n", "")


def table(header: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table of texts; the columns listed in `numbers` are set to the right."""

    def line(tag: str, cells: Sequence[str]) -> str:
        kinds = (' class="n"' if i in numbers else "" for i in range(len(cells)))
        pairs = zip(kinds, cells, strict=True)
        return "".join(f"<{tag}{kind}>{escape(cell)}</{tag}>" for kind, cell in pairs)

    head = f"<thead><tr>{line('th', header)}</tr></thead>" if any(header) else ""
    body = "".join(f"<tr>{line('td', row)}</tr>" for row in rows)
    return f"<table>{head}<tbody>{body}</tbody></table>"


def tiles(figures: Iterable[tuple[str, str]]) -> str:
    """Lead figures side by side, each a number with its caption."""
    body = "".join(
        f"<div><b>{escape(figure)}</b><span>{escape(caption)}</span></div>"
        for figure, caption in figures
    )
    return f'<div class="tiles">{body}</div>' if body else ""


def verbatim(text: str) -> str:
    """Text in its own lines."""
    return f"<pre>{escape(text)}</pre>"


def fragment(
    title: str = "",
    text: str = "",
    body: Sequence[str] = (),
    notes: Sequence[str] = (),
    lead: str = "",
) -> str:
    """A piece of HTML: a title, a lead, sentences, ready pieces (tables, pictures), notes.

    Title, text and notes are plain text and are escaped; `lead` and `body` are HTML that this
    module made.
    """
    parts = [f"<h3>{escape(title)}</h3>" if title else "", lead]
    parts += [f"<p>{escape(part)}</p>" for part in text.split("\n\n") if part.strip()]
    parts += body
    parts += [f'<p class="note">{escape(note)}</p>' for note in notes]
    return f'<div class="paimana"><style>{_FRAGMENT_STYLE}</style>{"".join(parts)}</div>'


def page(title: str, content: str, footer: str = "") -> str:
    """A whole page around fragments: self-contained, readable in light, in dark and on paper."""
    foot = f"<footer>{escape(footer)}</footer>" if footer else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_PAGE_STYLE}</style></head>"
        f"<body><main>{content}{foot}</main></body></html>\n"
    )


def svg(figure: Any, description: str) -> str:
    """A matplotlib figure as inline SVG in the colour of the page's text."""
    matplotlib = require("matplotlib", "plot")
    text = StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "paimana"}):
        options = {"transparent": True, "bbox_inches": "tight", "metadata": {"Date": None}}
        figure.savefig(text, format="svg", **options)
    drawing = text.getvalue()
    drawing = drawing[drawing.index("<svg") :].replace(INK, "currentColor")
    label = escape(description, quote=True)
    drawing = drawing.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    return f"<figure>{drawing}</figure>"


def png_bytes(figure: Any) -> bytes:
    """A matplotlib figure as a PNG picture, for readers that take no SVG."""
    data = BytesIO()
    figure.savefig(data, format="png", dpi=144, bbox_inches="tight", facecolor="white")
    return data.getvalue()
