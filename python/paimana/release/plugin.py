"""The pytest plugin: `*.release.toml` files in a test tree are audited, one test a statement.

So a research pipeline validates the figures it quotes. The failure message is the conflict in
words. Nothing but pytest is imported until such a file is collected.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

__all__ = ["ReleaseFile", "Statement", "pytest_collect_file"]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ReleaseFile | None:
    """Collect releases by their name."""
    if file_path.name.endswith((".release.toml", ".release.json")):
        made: Any = ReleaseFile
        return made.from_parent(parent, path=file_path)
    return None


class ReleaseFile(pytest.File):
    """A release: its statements are the tests, and its figures one more."""

    def collect(self) -> Iterator[Statement]:
        """One test for each statement, and one for figures that conflict among themselves."""
        from paimana.release.audit import audit

        try:
            found = audit(self.path)
        except ValueError as error:
            raise self.CollectError(str(error)) from None
        made: Any = Statement
        ids = {row["id"] for row in found.claim_rows}
        for row in found.claim_rows:
            yield made.from_parent(self, name=row["id"], found=found, row=row)
        if any(not ids & set(conflict.entries) for conflict in found.conflicts):
            yield made.from_parent(self, name="figures", found=found, row=None)


class Statement(pytest.Item):
    """One statement; fails if it is part of a conflict."""

    def __init__(self, *, found: Any, row: dict[str, Any] | None, **more: Any) -> None:
        super().__init__(**more)  # pyright: ignore[reportUnknownMemberType]
        self.found = found
        self.row = row

    def runtest(self) -> None:
        """Fail with the conflict in words."""
        if self.row is None:
            raise ConflictError("\n".join(c.arithmetic for c in self.found.conflicts))
        if self.row["verdict"] == "undecided":
            raise ConflictError("not decided within the limit")
        if self.row["verdict"] != "inconsistent":
            return
        own = self.row["id"]
        lines = [f"{self.row['claim']}: cannot all be true as printed"]
        lines += [c.arithmetic for c in self.found.conflicts if own in c.entries]
        lines += [
            f"perhaps {r.becomes} for {r.printed} ({r.slip}; {r.label})"
            for r in self.found.repairs
            if any(own in c.entries and r.entry in c.entries for c in self.found.conflicts)
        ][:3]
        raise ConflictError("\n".join(lines))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """The conflict in words, not a traceback."""
        if isinstance(excinfo.value, ConflictError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the statement stands in its file."""
        line = self.row["line"] if self.row else 1
        return self.path, max(line - 1, 0), f"{self.path.name}: {self.name}"


class ConflictError(Exception):
    """A statement that cannot stand."""
