"""The distinct dates of a column of a long table, and the number of each row's, -1 where missing.

A date with a time zone is what it says in that zone, whatever the time in Greenwich. Objects of
several zones are refused: those of the same moment are equal, and may be of two days.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from typing import Any, cast

import numpy as np

from paimana._containers.codes import distinct_of_polars, encoded_of_arrow
from paimana._extras import require
from paimana._stamps import plain_dates, unzoned

__all__ = ["dates_of_arrow", "dates_of_pandas", "dates_of_polars", "freq_of_periods"]

Array = np.ndarray[Any, Any]

PERIODS = "pandas.period"
"""The name of the type that periods of pandas have in Arrow."""
ZONELESS = ("string", "integer", "period")
"""The objects of which none has a time zone."""


def dates_of_pandas(column: Any, name: Any) -> tuple[Any, Array]:
    """Those of a column of pandas."""
    pandas: Any = sys.modules["pandas"]
    if isinstance(column.dtype, pandas.ArrowDtype):
        return dates_of_arrow(column.array.__arrow_array__(), None)
    values = getattr(column.dtype, "categories", column)
    if values.dtype == object and pandas.api.types.infer_dtype(values) not in ZONELESS:
        _check_zones(column, name)
    codes, labels = pandas.factorize(column)
    if isinstance(column.dtype, pandas.PeriodDtype):  # which say how long they are
        return labels.tolist(), codes.astype(np.int64)
    plain: Any = plain_dates(labels)
    return getattr(plain, "to_numpy", lambda: plain)(), codes.astype(np.int64)


def _check_zones(column: Iterable[Any], name: Any) -> None:
    """Refuse objects of more than one time zone; those without one are of another, too."""
    first: tuple[int, Any] | None = None
    for row, value in enumerate(column):
        if not isinstance(value, datetime) or value != value:  # NaT is a datetime, too
            continue
        zone = value.tzinfo
        if first is None:
            first = row, zone
        elif zone is not first[1] and str(zone) != str(first[1]):
            words = ["no time zone" if one is None else str(one) for one in (zone, first[1])]
            raise ValueError(
                f'the date "{name}" in row {row} ({value}) is of {words[0]}, that in row '
                f"{first[0]} of {words[1]}: bring all to one zone, as "
                'pd.to_datetime(column, utc=True).dt.tz_convert("Asia/Karachi") does'
            )


def dates_of_polars(column: Any) -> tuple[Any, Array]:
    """Those of a column of Polars."""
    polars: Any = sys.modules["polars"]
    if getattr(column.dtype, "ext_name", str)() == PERIODS:  # in versions that have such types
        freq = json.loads(column.dtype.ext_metadata())["freq"]
        labels, codes = distinct_of_polars(polars, column.ext.storage())
        return _periods(labels.to_numpy(), freq), codes
    column = unzoned(column)
    labels, codes = distinct_of_polars(polars, column)
    return labels.to_list() if column.dtype == polars.String else labels.to_numpy(), codes


def dates_of_arrow(column: Any, freq: str | None) -> tuple[Any, Array]:
    """Those of a column of Arrow; of periods of pandas where `freq` is their frequency."""
    arrow: Any = import_module("pyarrow")
    if freq is not None:
        if hasattr(column.type, "storage_type"):
            pieces = [chunk.storage for chunk in column.chunks]
            column = arrow.chunked_array(pieces, column.type.storage_type)
        codes, encoded = encoded_of_arrow(arrow, column)
        return _periods(encoded.dictionary.to_numpy(zero_copy_only=False), freq), codes
    kind = column.type
    if arrow.types.is_dictionary(kind) and getattr(kind.value_type, "tz", None) is not None:
        column = column.cast(kind.value_type)
    codes, encoded = encoded_of_arrow(arrow, unzoned(column))
    labels = encoded.dictionary.to_numpy(zero_copy_only=False)
    return labels.tolist() if labels.dtype.kind == "O" else labels, codes


def _periods(ordinals: Array, freq: str) -> list[Any]:
    """The periods of pandas that integers stand for."""
    pandas: Any = require("pandas", "pandas")
    return pandas.PeriodIndex.from_ordinals(ordinals, freq=freq).tolist()


def freq_of_periods(field: Any) -> str | None:
    """The frequency of a column of Arrow that holds periods of pandas; None for any other.

    They lie as integers, and have a type of their own only where pandas has made it known.
    """
    if getattr(field.type, "extension_name", "") == PERIODS:
        return field.type.freq
    told = cast("dict[bytes, bytes]", field.metadata or {})
    if told.get(b"ARROW:extension:name") != PERIODS.encode():
        return None
    return json.loads(told[b"ARROW:extension:metadata"])["freq"]
