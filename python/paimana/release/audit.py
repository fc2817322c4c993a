"""The audit of a release: the public functions.

Everything is decided in the compiled core, in exact arithmetic; what is found is in `result`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from paimana._core import audit as core
from paimana.release._amount import Amount
from paimana.release.earlier import join
from paimana.release.file import Release
from paimana.release.result import Audit, result_of

__all__ = ["audit", "check"]


def audit(
    release: Release | str | Path | dict[str, Any],
    *,
    previous: Sequence[Release | str | Path | dict[str, Any]] = (),
    limit: float = 10.0,
) -> Audit:
    """Audit a release: whether its figures and claims have a common unrounded solution.

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
    Journal of the American Statistical Association 71, for the smallest set to distrust. There is
    no equivalent in Stata, EViews or R; `errorlocate` of R edits records against given rules.

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
    if isinstance(previous, str | Path | Release | Mapping):
        raise TypeError("previous is a list of releases; write previous=[...]")
    restated: tuple[str, ...] = ()
    together = one
    if previous:
        together, restated = join(one, [Release.open(p) for p in previous])
    if not limit > 0:
        raise ValueError(f"limit={limit!r} is not a positive number of seconds")
    text = core.audit(*together.source(), float(limit))
    return result_of(json.loads(text), together, restated)


def check(
    value: int | str | Decimal | Amount,
    base: int | str | Decimal | Amount,
    *,
    growth: int | str | Decimal | None = None,
    share: int | str | Decimal | None = None,
    change: int | str | Decimal | Amount | None = None,
    multiple: int | str | Decimal | None = None,
) -> Audit:
    """Check one claim at the prompt: whether 310 is 62.3 per cent above 191.

    The claim is value / base - 1 (growth, per cent), value / base (share, per cent; multiple), or
    value - base (change), from two printed figures.

    Parameters
    ----------
    value, base
        The two figures as printed: whole numbers, strings or Decimals in one unit, or amounts of
        one currency.
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
    >>> pm.check(pm.amount("$310m"), pm.amount("$191m"), change=pm.amount("$0.12 bn")).verdict
    'consistent'
    """
    claims = {"growth": growth, "share": share, "change": change, "multiple": multiple}
    given = {kind: v for kind, v in claims.items() if v is not None}
    if len(given) != 1:
        raise ValueError("give exactly one claim: growth=, share=, change= or multiple=")
    ((kind, printed),) = given.items()
    figures = {"value": value, "base": base} | ({"change": change} if kind == "change" else {})
    if len({f.currency if isinstance(f, Amount) else None for f in figures.values()}) > 1:
        shown = ", ".join(f"{name} {figure}" for name, figure in figures.items())
        raise ValueError(f"the figures are not in one currency: {shown}")
    same = {"trailing_zeros": "significant"}
    # Both figures carry one nominal period: a claim at the prompt has none.
    tree = {
        "figure": [
            {"item": "value@2000", **_printed(value, "value"), "id": "value", **same},
            {"item": "base@2000", **_printed(base, "base"), "id": "base", **same},
        ],
        "claim": [
            {
                "kind": kind,
                "id": kind,
                "of": "value@2000",
                "base": "base@2000",
                **_printed(printed, kind),
                # Rates are in per cent, where trailing zeros count anyway.
                **(same if kind in ("change", "multiple") else {}),
            }
        ],
    }
    name = " and ".join(f"{v:f}" if isinstance(v, Decimal) else str(v) for v in (value, base))
    try:
        release = Release(json.dumps(tree).encode(), "tree", name)
        text = core.audit(*release.source(), 10.0).replace("@2000", "")
    except ValueError as error:
        # Who called has given values by name, and neither a period nor numbered entries.
        said = str(error).replace("@2000", "")
        for entry, argument in (("figure 1", "value"), ("figure 2", "base"), ("claim 1", kind)):
            said = said.replace(f"{entry}: ", f"{argument}: ", 1)
        raise ValueError(said) from None
    return result_of(json.loads(text), release, ())


def _printed(number: Any, name: str) -> dict[str, str]:
    """A figure as a release writes it."""
    if isinstance(number, Amount):
        if name not in ("value", "base", "change"):
            raise TypeError(f"{name} is a plain number, not an amount")
        if number.width != number.unit:
            raise ValueError(f"{name}: {number} was computed, not printed; its digits say nothing")
        return {"value": f"{number.number:f}", "scale": number.scale}
    if isinstance(number, float):
        raise TypeError(
            f'{name}={number!r} is a float, whose printed digits are not known; write "{number!r}" '
            "as a string, with every printed digit"
        )
    if isinstance(number, bool) or not isinstance(number, int | str | Decimal):
        raise TypeError(f"{name} is a whole number, a string or a Decimal")
    plain = {"value": f"{number:f}" if isinstance(number, Decimal) else str(number)}
    return plain | {"scale": "one"} if name in ("value", "base", "change") else plain
