"""`import paimana.pandas` gives Series and DataFrames of pandas the accessor `pm`.

The methods are the public functions: ``series.pm.yoy()`` is ``pm.yoy(series)``.

Examples
--------
>>> import pandas as pd
>>> import paimana.pandas
>>> months = pd.period_range("2024-03", periods=2, freq="M")
>>> pd.Series([306.0, 310.0], index=months).pm.mom().round(2).tolist()
[nan, 1.31]
"""

from __future__ import annotations

from typing import Any

from paimana._accessors import accessor
from paimana._extras import require

__all__ = ["FrameAccessor", "SeriesAccessor"]

_extensions: Any = require("pandas.api.extensions", "pandas")

SeriesAccessor: Any = accessor("SeriesAccessor", __name__, frame=False)
FrameAccessor: Any = accessor("FrameAccessor", __name__, frame=True)

_extensions.register_series_accessor("pm")(SeriesAccessor)
_extensions.register_dataframe_accessor("pm")(FrameAccessor)
