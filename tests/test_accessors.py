"""The accessors of pandas and Polars, and their stubs, which are made from the register of
indicators.

Run as a script (`make stubs`), this file writes the stubs anew; as a test it compares them.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import paimana as pm
from paimana import _accessors
from paimana._indicator import indicators

PACKAGE = Path(pm.__file__).parent
LIBRARIES = ("pandas", "polars")


def stub(library: str) -> str:
    """Write the stub of an accessor module."""
    classes: list[str] = []
    imports: dict[str, set[str]] = {library: {"DataFrame", "Series"}, "typing": {"Any"}}
    for name, kind, frame in (
        ("SeriesAccessor", "Series", False),
        ("FrameAccessor", "DataFrame", True),
    ):
        lines = [
            f"class {name}:",
            f'    """The indicators as methods of a {kind}."""',
            "",
            f"    def __init__(self, data: {kind}) -> None: ...",
        ]
        for method, signature in _accessors.signatures(frame).items():
            names = partial(annotation, function=indicators()[method], kind=kind, imports=imports)
            parameters = list(signature.parameters.values())
            texts = [written(parameter, names) for parameter in parameters]
            star = next((i for i, p in enumerate(parameters) if p.kind is p.KEYWORD_ONLY), None)
            if star is not None:
                texts.insert(star, "*")
            returns = names(str(signature.return_annotation))
            line = f"    def {method}({', '.join(texts)}) -> {returns}: ..."
            if len(line) > 100:
                inner = "".join(f"        {text},\n" for text in texts)
                line = f"    def {method}(\n{inner}    ) -> {returns}: ..."
            lines.append(line)
        classes.append("\n".join(lines))
    groups: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for module, names in sorted(imports.items()):
        group = 2 if module.startswith("paimana") else 1 if module == library else 0
        groups[group].append(f"from {module} import {', '.join(sorted(names))}")
    head = "\n\n".join("\n".join(lines) for lines in groups.values() if lines)
    note = "# Made from the register of indicators by `make stubs`: do not edit."
    return "\n\n".join([note, head, *classes]) + "\n"


def annotation(
    text: str, function: Callable[..., object], kind: str, imports: dict[str, set[str]]
) -> str:
    """Write an annotation of a function for the class of its accessor, and import what it names."""

    def name(match: re.Match[str]) -> str:
        word = match.group()
        if word == "T":
            return kind
        meant = function.__globals__.get(word)
        if meant is None:  # of the builtins
            return word
        if getattr(meant, "__name__", "") != word:  # a name for a longer type
            return "Any"
        imports.setdefault(meant.__module__, set()).add(word)
        return word

    return re.sub(r"[A-Za-z_]\w*", name, text)


def written(parameter: inspect.Parameter, names: Callable[[str], str]) -> str:
    """Write a parameter with its annotation and default."""
    if parameter.annotation is parameter.empty:
        return parameter.name
    text = f"{parameter.name}: {names(str(parameter.annotation))}"
    return (
        text if parameter.default is parameter.empty else f"{text} = {literal(parameter.default)}"
    )


def literal(default: object) -> str:
    if isinstance(default, tuple):
        return f"({', '.join(map(literal, default))})"
    return f'"{default}"' if isinstance(default, str) else repr(default)


def test_stubs_are_those_of_the_register():
    for library in LIBRARIES:
        path = PACKAGE / f"{library}.pyi"
        assert path.read_text(encoding="utf-8") == stub(library), (
            f"{path.name} is old: run `make stubs`"
        )


def test_pandas_accessor_gives_what_the_functions_give():
    pd = pytest.importorskip("pandas")
    import paimana.pandas  # noqa: F401

    months = pd.period_range("2021-07", periods=30, freq="M")
    series = pd.Series(range(100, 130), index=months, name="exports")
    frame = pd.DataFrame({"a": series, "b": series * 2.0})
    pd.testing.assert_series_equal(series.pm.yoy(), pm.yoy(series))
    pd.testing.assert_frame_equal(
        frame.pm.growth(3, unit="fraction"), pm.growth(frame, 3, unit="fraction")
    )
    pd.testing.assert_frame_equal(frame.pm.shares(), pm.shares(frame))
    assert not hasattr(series.pm, "shares")
    assert set(_accessors.signatures(frame=True)) == set(indicators())
    assert series.pm.yoy.__doc__ == pm.yoy.__doc__
    assert list(inspect.signature(series.pm.growth).parameters)[:2] == ["lag", "since"]
    assert "yoy" in repr(series.pm)


def test_polars_accessor_gives_what_the_functions_give():
    pl = pytest.importorskip("polars")
    import paimana.polars  # noqa: F401

    frame = pl.DataFrame({"month": ["2024-01", "2024-02", "2024-04"], "a": [1.0, 2.0, 4.0]})
    assert frame.pm.growth(time="month").equals(pm.growth(frame, time="month"))
    assert frame["a"].pm.growth().equals(pm.growth(frame["a"]))


def test_importing_paimana_registers_no_accessor():
    code = "import paimana, pandas; assert not hasattr(pandas.Series, 'pm')"
    subprocess.run([sys.executable, "-c", code], check=True)


if __name__ == "__main__":
    for library in LIBRARIES:
        (PACKAGE / f"{library}.pyi").write_text(stub(library), encoding="utf-8")
