"""The public names: where they live, and that nothing is imported before it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import paimana as pm
from paimana._public import FAMILIES, HOMES, MODULES, OTHERS


def test_importing_paimana_imports_the_core_alone():
    code = "import sys, paimana; print(*sorted(m for m in sys.modules if m.startswith('paimana')))"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.split() == ["paimana", "paimana._core", "paimana._public"]


def test_every_module_can_be_the_first():
    code = """
import sys
from importlib import import_module
from paimana._public import FAMILIES, MODULES, OTHERS
for home in [*FAMILIES, *OTHERS, *MODULES.values()]:
    for name in [m for m in sys.modules if m.startswith("paimana") and "_core" not in m]:
        del sys.modules[name]
    import_module(home)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("home", [*FAMILIES, *OTHERS])
def test_names_live_where_it_is_said(home):
    names = (FAMILIES | OTHERS)[home]
    module = import_module(home)
    assert set(names) <= set(module.__all__)
    if home.startswith("paimana.measure."):
        assert sorted(names) == sorted(module.__all__)


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
    parents = {name: home.rpartition(".")[0] for name, home in MODULES.items()}
    assert told == HOMES | parents


def test_names_are_listed_and_found():
    assert set(pm.__all__) <= set(dir(pm))
    assert {name: getattr(pm, name) for name in pm.__all__}
    assert pm.yoy is import_module("paimana.measure.growth").yoy
    with pytest.raises(AttributeError, match="has no attribute 'yoi'"):
        pm.yoi  # noqa: B018
