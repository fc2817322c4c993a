"""Where the public names live, whose modules are imported when a name is first used.

The names of a family are those of its `__all__`, and the indicators among them register themselves:
a new one is not listed here. `__init__.py` imports the same names for type checkers.
"""

from __future__ import annotations

__all__ = ["FAMILIES", "MODULES", "OTHERS", "REPORTS"]

FAMILIES = (
    "paimana.measure.growth",
    "paimana.measure.totals",
    "paimana.measure.dynamics",
    "paimana.measure.records",
    "paimana.measure.shares",
    "paimana.measure.published",
    "paimana.measure.controlled",
    "paimana.measure.days",
    "paimana.measure.trend",
    "paimana.measure.cycle",
    "paimana.measure.band",
    "paimana.measure.loess",
    "paimana.measure.seasonal",
    "paimana.measure.adjust",
    "paimana.measure.stability",
)
"""The modules of what is measured, in the order in which a name is looked for."""
REPORTS = ("paimana.report.brief", "paimana.report.table")
"""Those of reports, which are indicators too."""
OTHERS = {
    "Amount": "paimana.release.money",
    "Panel": "paimana.tables._spec",
    "Release": "paimana.release.file",
    "amount": "paimana.release.money",
    "audit": "paimana.release.audit",
    "audit_many": "paimana.release.several",
    "brief": "paimana.report.brief",
    "check": "paimana.release.audit",
    "panel": "paimana.tables._spec",
    "read_release": "paimana.release.read",
    "scan": "paimana.engines.duckdb",
    "table": "paimana.report.table",
}
"""The modules of the other functions and classes."""
MODULES = {
    "calendar": "paimana.calendar",
    "datasets": "paimana.datasets",
    "spark": "paimana.engines.spark",
    "testing": "paimana.testing",
}
"""The modules that are public themselves."""
