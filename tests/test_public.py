"""The public names: where they live, and that nothing is imported before it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import paimana as pm
from paimana._public import FAMILIES, MODULES, OTHERS


def said(code):
    """What a new interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.split()


def test_importing_paimana_imports_the_core_alone():
    code = "import sys, paimana; print(*sorted(m for m in sys.modules if m.startswith('paimana')))"
    assert said(code) == ["paimana", "paimana._core", "paimana._public"]


def test_what_is_used_is_imported():
    code = "import sys, paimana; paimana.yoy; print('paimana.measure.adjust' in sys.modules)"
    assert said(code) == ["False"]


def test_every_module_can_be_the_first():
    code = """
import sys
from importlib import import_module
from paimana._public import FAMILIES, MODULES, OTHERS, REPORTS
for home in sorted({*FAMILIES, *REPORTS, *OTHERS.values(), *MODULES.values()}):
    for name in [m for m in sys.modules if m.startswith("paimana") and "_core" not in m]:
        del sys.modules[name]
    import_module(home)
"""
    said(code)


def test_type_checkers_are_told_the_same_names():
    tree = ast.parse(Path(pm.__file__).read_text())
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    told = dict[str, str]()
    for node in block.body:
        if not isinstance(node, ast.ImportFrom):
            continue
        for name in node.names:
            if name.name == "*":
                told |= dict.fromkeys(import_module(str(node.module)).__all__, str(node.module))
            elif not str(name.asname).startswith("_"):
                told[name.name] = str(node.module)
    families = {name: home for home in FAMILIES for name in import_module(home).__all__}
    parents = {name: home.rpartition(".")[0] for name, home in MODULES.items()}
    assert told == families | OTHERS | parents


def test_names_are_listed_and_found():
    assert set(pm.__all__) <= set(dir(pm))
    assert {name: getattr(pm, name) for name in pm.__all__}
    assert pm.yoy is import_module("paimana.measure.growth").yoy
    assert len(set(pm.__all__)) == len(pm.__all__)
    for absent in ("yoi", "__wrapped__"):
        with pytest.raises(AttributeError, match=f"has no attribute '{absent}'"):
            getattr(pm, absent)
