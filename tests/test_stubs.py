"""The stubs of the compiled core are those that the core itself describes.

Run as a script (`make stubs`), this file writes them anew; as a test it compares them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STUBS = ROOT / "python" / "paimana" / "_core.pyi"


def generated() -> str:
    """The stubs as maturin reads them from the core, in the style of the project."""
    tools = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        command = [tools / "maturin", "generate-stubs", "--quiet", "--profile", "release"]
        subprocess.run([*command, "--out", folder], check=True, cwd=ROOT, capture_output=True)
        (file,) = Path(folder).rglob("_core.pyi")
        text = file.read_text()
    for action in (["check", "--fix", "--quiet", "--exit-zero", "--select", "I"], ["format"]):
        command = [tools / "ruff", *action, "--stdin-filename", STUBS, "-"]
        text = subprocess.run(
            command, input=text, check=True, cwd=ROOT, capture_output=True, text=True
        ).stdout
    return text


def test_the_stubs_of_the_core_are_up_to_date():
    assert STUBS.read_text() == generated(), "run `make stubs`"


if __name__ == "__main__":
    STUBS.write_text(generated())
