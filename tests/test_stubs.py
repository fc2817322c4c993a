"""The stubs of the compiled core are those that the core itself describes.

Run as a script (`make stubs`), this file writes them anew; as a test it compares them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STUBS = ROOT / "python" / "paimana" / "_core"


def styled(text: str, path: Path) -> str:
    """A stub in the style of the project."""
    for action in (["check", "--fix", "--quiet", "--exit-zero", "--select", "I"], ["format"]):
        command = [Path(sys.executable).parent / "ruff", *action, "--stdin-filename", path, "-"]
        text = subprocess.run(
            command, input=text, check=True, cwd=ROOT, capture_output=True, text=True
        ).stdout
    return text


def generated() -> dict[str, str]:
    """The stubs as maturin reads them from the core: one for every family of functions."""
    with tempfile.TemporaryDirectory() as folder:
        command = [Path(sys.executable).parent / "maturin", "generate-stubs", "--quiet"]
        subprocess.run(
            [*command, "--profile", "release", "--out", folder],
            check=True,
            cwd=ROOT,
            capture_output=True,
        )
        files = (Path(folder) / "paimana" / "_core").glob("*.pyi")
        return {file.name: styled(file.read_text(), STUBS / file.name) for file in files}


def test_the_stubs_of_the_core_are_up_to_date():
    assert {file.name: file.read_text() for file in STUBS.glob("*.pyi")} == generated(), (
        "run `make stubs`"
    )


if __name__ == "__main__":
    STUBS.mkdir(exist_ok=True)
    for name, text in generated().items():
        (STUBS / name).write_text(text)
