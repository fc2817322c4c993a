"""paimana: economic indicators, exact and by the calendar, and the audit of economic releases.

Functions first, data as the first argument, options by keyword: ``pm.yoy(series)``. Rates and shares are per cent,
contributions percentage points. Every function takes a list, a NumPy array, a pandas or Polars Series or frame, an
Arrow array or an xarray DataArray, and gives the same class back with its labels.
"""

from paimana import datasets as datasets
from paimana._core import __version__ as __version__
from paimana._core import get_threads, set_threads
from paimana.measure.dynamics import (
    acceleration,
    base_effect,
    carry_over,
    required,
    rolling_growth,
)
from paimana.measure.growth import (
    annualized,
    cagr,
    change,
    growth,
    lag,
    lead,
    log_growth,
    mom,
    qoq,
    yoy,
)
from paimana.measure.records import (
    from_peak,
    highest_since,
    lowest_since,
    previous_record,
    rank,
    record,
    streak,
    zscore,
)
from paimana.measure.shares import contributions, largest, share, shares
from paimana.measure.totals import (
    annual_growth,
    rebase,
    rolling_mean,
    rolling_sum,
    to_frequency,
    ytd,
    ytd_growth,
)
from paimana.release.audit import audit, check
from paimana.release.file import Release
from paimana.release.read import read_release
from paimana.release.several import audit_many
from paimana.report.brief import brief
from paimana.report.table import table

__all__ = [
    "Release",
    "acceleration",
    "annual_growth",
    "annualized",
    "audit",
    "audit_many",
    "base_effect",
    "brief",
    "cagr",
    "carry_over",
    "change",
    "check",
    "contributions",
    "datasets",
    "from_peak",
    "get_threads",
    "growth",
    "highest_since",
    "lag",
    "largest",
    "lead",
    "log_growth",
    "lowest_since",
    "mom",
    "previous_record",
    "qoq",
    "rank",
    "read_release",
    "rebase",
    "record",
    "required",
    "rolling_growth",
    "rolling_mean",
    "rolling_sum",
    "set_threads",
    "share",
    "shares",
    "streak",
    "table",
    "to_frequency",
    "yoy",
    "ytd",
    "ytd_growth",
    "zscore",
]
