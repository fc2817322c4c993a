"""The chart of an interval: values as a line in the band of their bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from paimana._containers import PLAIN, Values, read
from paimana.report.plot import clean, drawing

if TYPE_CHECKING:
    from paimana._interval import Interval

__all__ = ["band"]


def band(interval: Interval) -> Any:
    """A panel for each series."""
    if not hasattr(interval.value, "__len__"):
        raise TypeError("a single figure has no chart; give a series of them")
    parts = [read(part, exact=PLAIN) for part in (interval.lower, interval.value, interval.upper)]
    tables: list[Any] = []
    for data in parts:
        values = data.values.to_floats() if isinstance(data.values, Values) else data.values
        values = np.moveaxis(values, data.axis, 0)
        tables.append(values.reshape(len(values), -1))
    data, (lower, middle, upper) = parts[1], tables
    dates: Any = np.arange(len(middle))
    if data.time is not None and data.time.dated:
        dates = data.time.dates().astype(object)
        order = np.argsort(data.time.ordinals())
        dates, lower, middle, upper = dates[order], lower[order], middle[order], upper[order]
    names = data.columns
    made = drawing(2.2 * middle.shape[1] + 0.6)
    panels = made.subplots(middle.shape[1], 1, sharex=True, squeeze=False)[:, 0]
    for lane, panel in enumerate(panels):
        panel.fill_between(dates, lower[:, lane], upper[:, lane], alpha=0.25, linewidth=0)
        panel.plot(dates, middle[:, lane], linewidth=1.2)
        if len(names) == middle.shape[1] and isinstance(names[lane], str):
            panel.set_title(names[lane], loc="left", fontsize=10)
        clean(panel)
    return made
