"""The release as a file: read from TOML, JSON or a dict, written back, and filled from data.

Checking and interpreting are the core's; here a release is its text and the tree made from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from numbers import Integral, Real
from pathlib import Path
from typing import Any, cast

from paimana._core import audit as core

__all__ = ["Release"]

_DATA = Path(__file__).parent / "data"


class Release:
    """A release: the amounts it prints (figures) and what it says about them (claims).

    Made by `from_toml`, `from_json`, `from_dict` or `example`. What a file may contain is described
    under `from_toml`.

    Attributes
    ----------
    name : str
        The file's name, or the title.

    Examples
    --------
    >>> import paimana as pm
    >>> pm.Release.example("article")
    Release 'ICT services exports, April 2024': 2 figures, 4 claims
    """

    __slots__ = ("_form", "_source", "_tree", "name")

    def __init__(self, source: bytes, form: str, name: str = "") -> None:
        self._source = source
        self._form = form
        self._tree: dict[str, Any] = json.loads(core.tree(source, form))
        self.name: str = name or self.title or "release"

    @classmethod
    def from_toml(cls, source: str | Path | bytes) -> Release:
        """Read a release from TOML.

        Parameters
        ----------
        source
            A path, or the text itself (a string with a line break, or bytes).

        Returns
        -------
        Release

        Raises
        ------
        ValueError
            If the file makes no sense: the sentence names the entry and the line. Numbers must be
            strings, since a bare number has lost its printed digits.
        OSError
            If there is no such file.

        Notes
        -----
        ``[release]`` holds title, published, source, unit, year_start, rounding ("half" or
        "truncate"), rates_from ("unrounded", "printed" or "unknown"), trailing_zeros, measure,
        prices and adjustment. Each ``[[figure]]`` has an item (``concept@period``), a value and a
        scale; each ``[[claim]]`` a kind and the fields of its kind: growth, change, multiple,
        share, total, average, at_least, record, highest_since, lowest_since, streak, rank,
        contribution, percentage_points, between, statement. All may have id, quote, approx,
        rounding, unit, trailing_zeros, measure, prices and adjustment.

        Examples
        --------
        >>> import paimana as pm
        >>> text = '''
        ... [[figure]]
        ... item = "exports@2024-04"
        ... value = "310"
        ... scale = "million"
        ... '''
        >>> pm.Release.from_toml(text).figures[0]["value"]
        '310'
        """
        return cls._read(source, "toml")

    @classmethod
    def from_json(cls, source: str | Path | bytes) -> Release:
        r"""Read a release from JSON: the same tree as TOML, with the lists "figure" and "claim".

        Parameters, result and errors as in `from_toml`.

        Examples
        --------
        >>> import paimana as pm
        >>> text = '{"figure": [{"item": "a@2024", "value": "2.50"}],\n "claim": []}'
        >>> len(pm.Release.from_json(text).claims)
        0
        """
        return cls._read(source, "json")

    @classmethod
    def from_dict(cls, tree: Mapping[str, Any]) -> Release:
        """Make a release from a dict of the same tree.

        Parameters
        ----------
        tree
            The keys "release", "figure" and "claim"; numbers as strings.

        Raises
        ------
        ValueError
            If the tree makes no sense; the sentence names the entry.

        Examples
        --------
        >>> import paimana as pm
        >>> pm.Release.from_dict({"figure": [{"item": "a@2024", "value": "3"}]})
        Release 'release': 1 figure, 0 claims
        """
        try:
            text = json.dumps(dict(tree), ensure_ascii=False, allow_nan=False, default=_written)
        except (TypeError, ValueError) as error:
            raise ValueError(
                f"a release holds strings, lists and tables of them, not this: {error}"
            ) from None
        return cls(text.encode(), "tree")

    @classmethod
    def example(cls, name: str) -> Release:
        """Give one of the releases that come with the package.

        Parameters
        ----------
        name
            "article" (a press story of May 2024, whose statements check nothing), "euro_trade" (a
            sound release that naive recomputation would flag) or "it_exports" (one with two slips).

        Examples
        --------
        >>> import paimana as pm
        >>> pm.Release.example("euro_trade").title
        'Euro area international trade in goods, March 2024'
        """
        path = _DATA / f"{name}.toml"
        if not path.is_file():
            known = sorted(p.stem for p in _DATA.glob("*.toml"))
            raise ValueError(f'there is no example "{name}"; there are {", ".join(known)}')
        release = cls.from_toml(path)
        release.name = release.title or name
        return release

    @classmethod
    def _read(cls, source: str | Path | bytes, form: str) -> Release:
        if isinstance(source, bytes):
            return cls(source, form)
        if isinstance(source, str) and ("\n" in source or not source.strip()):
            return cls(source.encode(), form)
        path = Path(source)
        return cls(path.read_bytes(), form, path.name)

    @classmethod
    def open(cls, source: Any) -> Release:
        """Take a release as it is, or read it from a path (JSON by its suffix) or a dict."""
        if isinstance(source, Release):
            return source
        if isinstance(source, Mapping):
            return cls.from_dict(cast("Mapping[str, Any]", source))
        if not isinstance(source, str | Path):
            kind = type(source).__name__
            raise TypeError(f"a release is a Release, a path or a dict, not a {kind}")
        if Path(source).suffix.lower() == ".json":
            return cls.from_json(source)
        return cls.from_toml(source)

    def source(self) -> tuple[bytes, str]:
        """Give the text and its form, as the core takes them."""
        return self._source, self._form

    @property
    def sha256(self) -> str:
        """The hash of the text it was read from."""
        from hashlib import sha256  # slow to import

        return sha256(self._source).hexdigest()

    @property
    def title(self) -> str:
        """The title in its head, or nothing."""
        return self._tree["release"].get("title", "")

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The figures as written."""
        return self._tree["figure"]

    @property
    def claims(self) -> list[dict[str, Any]]:
        """The claims as written."""
        return self._tree["claim"]

    def to_dict(self) -> dict[str, Any]:
        """Give the tree as a dict of its own."""
        return json.loads(json.dumps(self._tree))

    def to_toml(self) -> str:
        """Write the release as TOML."""
        return core.toml(self._source, self._form)

    def to_json(self) -> str:
        """Write the release as JSON."""
        return core.tree(self._source, self._form)

    def against(
        self,
        series: Any,
        *,
        concept: str | None = None,
        scale: str = "one",
        to: int | str | Decimal | None = None,
    ) -> Release:
        """Fill in figures from real data, so that records, ranks, averages and totals are decided.

        Parameters
        ----------
        series
            A pandas or Polars Series (or anything else with dates that paimana reads), or a dict
            from periods to values. Missing values are left out.
        concept
            Which concept of the release the series measures; needed where there are several.
        scale
            The scale of the values, such as "million".
        to
            The unit they are published to, such as 1 or "0.1"; needed for floats, whose printed
            digits are not known. Strings and Decimals bring their own.

        Returns
        -------
        Release
            A new one, with a figure for each period that the release does not print itself, and
            a total for each printed span of which the series has every period.

        Raises
        ------
        ValueError
            If the concept is not clear, or floats come without `to`, or are not printed to it.

        Examples
        --------
        >>> import paimana as pm
        >>> months = {"2024-02": 257, "2024-03": 306}
        >>> release = pm.Release.example("article").against(months, scale="million")
        >>> pm.audit(release).claim_rows[1]["verdict"]
        'reproduces'
        """
        concept = self._concept(concept)
        tree = self.to_dict()
        printed = {figure["item"] for figure in tree["figure"]}
        months: list[str] = []
        for period, value in _values(series, to):
            item = f"{concept}@{period}"
            months.append(item)
            if item not in printed:
                figure = {"item": item, "value": value, "scale": scale, "id": f"series {period}"}
                tree["figure"].append({**figure, "trailing_zeros": "significant"})
        tree["claim"] += _sums(tree["figure"], concept, months, tree["release"].get("year_start"))
        return Release(json.dumps(tree).encode(), "tree", self.name)

    def _concept(self, concept: str | None) -> str:
        concepts = {figure["item"].partition("@")[0] for figure in self.figures}
        for claim in self.claims:
            names = (claim.get("of"), claim.get("among"))
            concepts |= {
                n.partition("@")[0] for n in names if isinstance(n, str) and not n.startswith("-")
            }
        if concept is None and len(concepts) == 1:
            return concepts.pop()
        if concept not in concepts:
            raise ValueError(
                f"concept= names which of {', '.join(sorted(concepts))} the series measures"
            )
        return str(concept)

    def __repr__(self) -> str:
        figures, claims = len(self.figures), len(self.claims)
        counted = f"{figures} figure{'s' * (figures != 1)}, {claims} claim{'s' * (claims != 1)}"
        return f"Release {(self.title or self.name)!r}: {counted}"

    def __reduce__(self) -> Any:
        return Release, (self._source, self._form, self.name)


def _written(value: Any) -> str:
    """A date as a file would have it; what else is no text has lost its printed digits."""
    if isinstance(value, date):
        return value.isoformat()
    kind = type(value).__name__
    raise TypeError(f"{value!r}, of type {kind}; write numbers as strings, with every digit")


def _values(series: Any, to: int | str | Decimal | None) -> Iterator[tuple[str, str]]:
    """Periods as a release writes them, with values as printed strings."""
    if isinstance(series, Mapping):
        given = cast("Mapping[Any, Any]", series)
        pairs: list[tuple[str, Any]] = [(str(period), value) for period, value in given.items()]
    else:
        from paimana._containers import read

        data = read(series)
        if data.time is None or data.values.ndim != 1:
            raise ValueError("the series must have dates and one column; or give a dict of periods")
        labels = [data.time.label(data.slot_of(row)) for row in range(len(data.values))]
        values = data.values.tolist()
        if str(getattr(series, "dtype", "")).lower().startswith(("int", "uint")):
            # Whole numbers are read as floats, which hold them up to here.
            values = [int(v) if abs(v) < 2**53 else v for v in values]
        pairs = list(zip(labels, values, strict=True))
    unit = _unit(to)
    for period, value in pairs:
        if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
            continue
        yield period, _text(period, value, unit)


def _unit(to: int | str | Decimal | None) -> Decimal | None:
    if to is None:
        return None
    try:
        unit = Decimal(str(to))
    except InvalidOperation:
        unit = Decimal(0)
    if unit <= 0 or unit > 1 or unit.normalize().as_tuple().digits != (1,):
        raise ValueError(f"to={to!r} is not a printed unit; it is 1, 0.1, 0.01 ...")
    return unit


def _text(period: str, value: Any, unit: Decimal | None) -> str:
    """A value as its publisher prints it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise ValueError(f"the value of {period}, {value!r}, is no number")
    if unit is None:
        if isinstance(value, Decimal):
            return f"{value:f}"
        if isinstance(value, Integral):
            return str(int(value))
        raise ValueError(
            f"the value of {period} is a float, whose printed digits are not known: give to=1 "
            "(published to the nearest whole), to=0.1 ..."
        )
    if isinstance(value, Integral):
        exact = Decimal(int(value))
    else:
        exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    text = exact.quantize(unit)
    if abs(text - exact) > unit / 1000:
        raise ValueError(f"the value of {period}, {value}, is not printed to {unit}")
    return f"{text:f}"


def _sums(
    figures: list[dict[str, Any]], concept: str, months: list[str], year_start: str | None
) -> list[dict[str, Any]]:
    """A total for each printed span of the concept that the series covers with all its periods."""
    spans = core.spans([f["item"].partition("@")[2] for f in figures], year_start or "1")
    of = {figure["item"]: span for figure, span in zip(figures, spans, strict=True)}
    parts = {of[item]: item for item in months if item in of}
    sums: list[dict[str, Any]] = []
    for item, (first, last) in of.items():
        inside = sorted(span for span in parts if first <= span[0] and span[1] <= last)
        whole = item.partition("@")[0] == concept and (first, last) not in parts
        closed = inside and inside[0][0] == first and inside[-1][1] == last
        if whole and closed and all(a[1] + 1 == b[0] for a, b in pairwise(inside)):
            claim = {"kind": "total", "of": item, "parts": [parts[span] for span in inside]}
            sums.append({**claim, "id": f"sum of the series to {item.partition('@')[2]}"})
    return sums
