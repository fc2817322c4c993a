"""An index of pandas read without the values beside it, and made longer at both ends."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import numpy as np

from paimana._containers._calendar_pandas import Calendar, calendar_of
from paimana._time import Time

__all__ = ["extended_index", "read_index"]

pd: Any = import_module("pandas")


def read_index(x: Any, freq: str | None, start: Any) -> tuple[Any, Time | None]:
    """The index of a Series or DataFrame, or an index itself, and the time of its rows.

    A Series of dates stands for an index of them.
    """
    if isinstance(x, pd.Series) and getattr(x.dtype, "kind", "O") in "MO" and len(x):
        first = x.iloc[0]
        if hasattr(first, "year"):
            x = pd.Index(x)
    labels = x.index if isinstance(x, (pd.Series, pd.DataFrame)) else x
    if not isinstance(labels, pd.Index):
        raise TypeError(
            f"give an index of pandas, or a Series or DataFrame with one, not a {type(x).__name__}"
        )
    return labels, calendar_of(labels, None, freq, start).time


def extended_index(labels: Any, time: Time, back: int, ahead: int) -> Any:
    """The labels with those of the periods before the first and after the last."""
    if not back and not ahead:
        return labels
    if isinstance(labels, pd.CategoricalIndex):
        labels = pd.Index(labels.tolist(), name=labels.name)  # periods beyond are no category of it
    calendar = Calendar(_dates(labels), time)
    pieces: list[Any] = []
    for begin, count in ((-back, back), (None, 0), (time.span, ahead)):
        if begin is None:
            pieces.append(labels)
        elif count:
            rows = np.arange(begin, begin + count, dtype=np.int64) - begin
            part = Time(time.freq, time.start + begin, rows, count, count, time.first_month)
            pieces.append(_of_kind(calendar.at(part), labels))
    whole = pieces[0].append(pieces[1:])
    own = getattr(labels, "freq", None) if isinstance(labels, pd.DatetimeIndex) else None
    if own is not None:
        # what is regular stays so where the added dates continue it
        regular = pd.date_range(whole[0], periods=len(whole), freq=own, name=labels.name)
        return regular if regular.equals(whole) else whole
    return whole


def _dates(labels: Any) -> Any:
    """Dates of Arrow and dates as objects as a DatetimeIndex, whose further ones are made; others
    as they are.
    """
    if isinstance(labels, pd.DatetimeIndex):
        return labels
    if labels.dtype.kind == "M" or isinstance(labels[0], date):
        return pd.DatetimeIndex(labels)
    return labels


def _of_kind(made: Any, labels: Any) -> Any:
    """Further labels as objects of the kind that the labels are."""
    if made.dtype == labels.dtype:
        return made
    if labels.dtype == object and isinstance(made, pd.DatetimeIndex):
        days = type(labels[0]) is date
        return pd.Index(made.date if days else made, dtype=object, name=labels.name)
    return made.astype(labels.dtype)
