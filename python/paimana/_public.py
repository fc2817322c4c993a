"""The public names and the modules they live in, which are imported when a name is first used.

`__init__.py` has the same names as imports for type checkers; a test compares the two.
"""

from __future__ import annotations

__all__ = ["FAMILIES", "HOMES", "MODULES", "OTHERS"]

FAMILIES = {
    "paimana.measure.adjust": ("SeasonalAdjustment", "seasonal_adjust"),
    "paimana.measure.band": ("bk_filter", "cf_filter", "henderson"),
    "paimana.measure.controlled": ("Adjusted", "RoundedToTotal", "round_to_total"),
    "paimana.measure.cycle": ("bn_decomposition", "hamilton_filter"),
    "paimana.measure.days": ("per_day",),
    "paimana.measure.dynamics": (
        "Required",
        "acceleration",
        "base_effect",
        "carry_over",
        "required",
        "rolling_growth",
    ),
    "paimana.measure.growth": (
        "annualized",
        "cagr",
        "change",
        "growth",
        "lag",
        "lead",
        "log_growth",
        "mom",
        "qoq",
        "symmetric_growth",
        "yoy",
    ),
    "paimana.measure.loess": ("mstl", "stl"),
    "paimana.measure.published": ("Interval", "rounded", "supported_decimals"),
    "paimana.measure.records": (
        "PreviousRecord",
        "from_peak",
        "highest_since",
        "lowest_since",
        "previous_record",
        "rank",
        "record",
        "streak",
        "zscore",
    ),
    "paimana.measure.seasonal": ("X11", "x11"),
    "paimana.measure.shares": ("contributions", "largest", "share", "shares"),
    "paimana.measure.stability": ("revision_history", "seasonality_tests", "sliding_spans"),
    "paimana.measure.totals": (
        "annual_growth",
        "rebase",
        "rolling_mean",
        "rolling_sum",
        "to_frequency",
        "ytd",
        "ytd_growth",
    ),
    "paimana.measure.trend": ("boosted_hp_filter", "hp_filter", "one_sided_hp_filter"),
    "paimana.report.brief": ("brief",),
    "paimana.report.table": ("table",),
}
"""The modules of measures, in the order of whose names an indicator becomes a method."""
OTHERS = {
    "paimana.engines.duckdb": ("scan",),
    "paimana.release.audit": ("audit", "check"),
    "paimana.release.file": ("Release",),
    "paimana.release.money": ("Amount", "amount"),
    "paimana.release.read": ("read_release",),
    "paimana.release.several": ("audit_many",),
    "paimana.tables._spec": ("Panel", "panel"),
}
"""Those of the other functions and classes."""
MODULES = {
    "calendar": "paimana.calendar",
    "datasets": "paimana.datasets",
    "spark": "paimana.engines.spark",
    "testing": "paimana.testing",
}
"""The modules that are public themselves."""

HOMES = {name: module for module, names in (FAMILIES | OTHERS).items() for name in names}
"""The module of each function and class."""
