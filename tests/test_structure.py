"""The structure of the house: who may know whom, and what must not stand anywhere."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUST = sorted((ROOT / "src").rglob("*.rs"))
PYTHON = sorted((ROOT / "python" / "paimana").rglob("*.py"))

FLOORS = {
    "error": set(),
    "number": {"error"},
    "kernel": {"error", "number"},
    "panel": {"error", "number", "kernel"},
    "trend": {"error", "number", "kernel"},
    "indicators": {"error", "number", "kernel", "panel", "trend"},
    "seasonal": {"error", "number", "panel", "trend"},
    "audit": {"error", "number"},
    "py": {"error", "number", "kernel", "panel", "trend", "indicators", "seasonal", "audit"},
}
"""What each module of the crate may use beside itself: the floors below it."""

LIBRARIES = {"pandas", "polars", "xarray", "pyarrow", "narwhals", "matplotlib", "duckdb", "dask"}
KNOWING = ("_containers/", "engines/")
"""The only places that may import those libraries by name."""

LONGEST = 400


def module(path: Path) -> str:
    return path.relative_to(ROOT / "src").parts[0].removesuffix(".rs")


def shipped(path: Path) -> str:
    """The code of a Rust file without its tests and comments."""
    text = path.read_text().split("#[cfg(test)]")[0]
    return re.sub(r"//.*", "", text)


@pytest.mark.parametrize("path", RUST, ids=lambda p: str(p.relative_to(ROOT)))
def test_rust_modules_know_only_the_floors_below(path):
    if path.name == "lib.rs":
        return
    text, own = re.sub(r"//.*", "", path.read_text()), module(path)
    used = set(re.findall(r"\bcrate::(\w+)", text))
    assert used - {own} <= FLOORS[own]
    if own != "py":
        assert not re.search(r"\b(pyo3|numpy)::", text)
    unsafe_places = ("panel/", "py/array.rs", "py/arrow.rs")
    if re.search(r"\bunsafe\b", text):
        assert any(place in path.as_posix() for place in unsafe_places)


@pytest.mark.parametrize("path", RUST, ids=lambda p: str(p.relative_to(ROOT)))
def test_rust_does_not_panic(path):
    if not path.stem.endswith("tests"):
        assert not re.search(
            r"\.unwrap\(\)|\.expect\(|\b(panic|todo|unimplemented|unreachable)!", shipped(path)
        )


def imports(path: Path, everywhere: bool) -> set[str]:
    """The modules that a Python file imports: at its top, or anywhere."""
    tree = ast.parse(path.read_text())
    nodes = ast.walk(tree) if everywhere else tree.body
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_containers_know_other_libraries(path):
    place = path.relative_to(ROOT / "python" / "paimana").as_posix()
    if not place.startswith(KNOWING):
        assert not {name.split(".")[0] for name in imports(path, True)} & LIBRARIES


def name_of(path: Path) -> str:
    relative = path.relative_to(ROOT / "python").with_suffix("")
    return ".".join(relative.parts).removesuffix(".__init__")


def test_python_modules_import_in_no_circle():
    names = {name_of(path): path for path in PYTHON}
    graph = {name: imports(path, False) & set(names) for name, path in names.items()}
    graph.pop("paimana")  # the public names: everybody is below it
    state: dict[str, bool] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert state.get(name) is not False or name not in trail, " -> ".join((*trail, name))
        if name in state:
            return
        state[name] = False
        for other in graph[name] & set(graph):
            visit(other, (*trail, name))
        state[name] = True

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", [*RUST, *PYTHON], ids=lambda p: str(p.relative_to(ROOT)))
def test_files_stay_short_and_open_with_what_they_hold(path):
    lines = path.read_text().splitlines()
    if path.suffix == ".py" and "measure" in path.parts:
        # The documentation of the public functions is the greater part of these files.
        tree = ast.parse("\n".join(lines))
        documented = sum(
            node.body[0].end_lineno - node.body[0].lineno + 1
            for node in ast.walk(tree)
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node)
        )
        assert len(lines) - documented <= LONGEST
    else:
        assert len(lines) <= LONGEST + 40
    assert lines[0].startswith('"""' if path.suffix == ".py" else "//!")


def test_the_project_speaks_of_itself_alone():
    said = [
        path
        for folder in ("src", "python", "tests", "notebooks", "docs", "requirements", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".rs", ".py", ".md", ".toml", ".txt", ".in", ".ipynb", ".pyi")
    ]
    paths = re.compile("|".join(f"/{place}/" for place in ("home", "root", "tmp")))
    for path in [*said, ROOT / "README.md", ROOT / "Makefile"]:
        assert not paths.search(path.read_text()), path
