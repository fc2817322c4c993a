"""`import paimana.polars` gives Series and DataFrames of Polars the accessor `pm`.

The methods are the public functions: ``frame.pm.yoy(time="date")`` is
``pm.yoy(frame, time="date")``.

Examples
--------
>>> import polars as pl
>>> import paimana.polars
>>> frame = pl.DataFrame({"month": ["2024-03", "2024-04"], "exports": [306.0, 310.0]})
>>> frame.pm.mom(time="month")["exports"].round(2).to_list()
[None, 1.31]
"""

from __future__ import annotations

from typing import Any

from paimana._accessors import accessor
from paimana._extras import require

__all__ = ["FrameAccessor", "SeriesAccessor"]

_api: Any = require("polars.api", "polars")

SeriesAccessor: Any = accessor("SeriesAccessor", __name__, frame=False)
FrameAccessor: Any = accessor("FrameAccessor", __name__, frame=True)

_api.register_series_namespace("pm")(SeriesAccessor)
_api.register_dataframe_namespace("pm")(FrameAccessor)
