"""The accessors of pandas and Polars, and their stubs, which are made from the register of
indicators.

Run as a script (`make stubs`), this file writes the stubs anew; as a test it compares them.
"""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import paimana as pm
from paimana import _accessors
from paimana._indicator import INDICATORS

PACKAGE = Path(pm.__file__).parent
LIBRARIES = ("pandas", "polars")


def stub(library: str) -> str:
    """The stub of an accessor module."""
    classes, imports = [], set()
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
            returns = str(signature.return_annotation)
            if returns == "T":
                returns = kind
            elif returns != "Any":
                imports.add(f"from {INDICATORS[method].__module__} import {returns}")
            parameters = [written(parameter) for parameter in signature.parameters.values()]
            star = next(
                (
                    i
                    for i, p in enumerate(signature.parameters.values())
                    if p.kind is p.KEYWORD_ONLY
                ),
                None,
            )
            if star is not None:
                parameters.insert(star, "*")
            line = f"    def {method}({', '.join(parameters)}) -> {returns}: ..."
            if len(line) > 100:
                inner = "".join(f"        {parameter},\n" for parameter in parameters)
                line = f"    def {method}(\n{inner}    ) -> {returns}: ..."
            lines.append(line)
        classes.append("\n".join(lines))
    head = [
        "# Made from the register of indicators by `make stubs`: do not edit.",
        "",
        "from typing import Any",
        "",
        f"from {library} import DataFrame, Series",
        "",
        *sorted(imports),
    ]
    text = "\n".join(head) + "\n\n" + "\n\n".join(classes) + "\n"
    return text.replace("\n\n\n", "\n\n")


def written(parameter: inspect.Parameter) -> str:
    if parameter.annotation is parameter.empty:
        return parameter.name
    text = f"{parameter.name}: {parameter.annotation}"
    return (
        text if parameter.default is parameter.empty else f"{text} = {literal(parameter.default)}"
    )


def literal(default: object) -> str:
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
    assert set(_accessors.signatures(frame=True)) == set(INDICATORS)
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
