"""What the README shows is what comes: every Python block runs, and prints what stands below it."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from bench import first_screen

README = Path(__file__).resolve().parents[1] / "README.md"
BLOCKS = re.findall(r"```python\n(.*?)```(?:\s*```text\n(.*?)```)?", README.read_text(), re.DOTALL)


def squeezed(text: str) -> list[str]:
    """The lines of a text with single spaces, without what wraps or aligns them."""
    return " ".join(text.split()).split()


def test_blocks_print_what_they_show(tmp_path, monkeypatch):
    for library in ("pandas", "polars", "pyarrow", "xarray", "matplotlib"):
        pytest.importorskip(library)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    assert BLOCKS
    for code, shown in BLOCKS:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "README.md", "exec"), names)
        assert squeezed(printed.getvalue()) == squeezed(shown), code


def test_its_benchmarks_are_those_that_were_measured():
    measured = README.parent / "docs" / "benchmarks.md"
    assert first_screen.between(README.read_text()) == first_screen.table(measured.read_text())
