"""Rounded tables that add up: against a linear programme in SciPy's HiGHS, by the least change."""

from __future__ import annotations

import numpy as np
from harness import Workload
from scipy.optimize import linprog
from scipy.sparse import coo_array

import paimana as pm


def with_margins(x):
    """Cells, sums of rows, sums of columns and the sum of a table in one row."""
    return np.concatenate([x.reshape(-1), x.sum(axis=1), x.sum(axis=0), [x.sum()]])


def change_of(x):
    """The least change that ours finds."""
    printed = pm.round_to_total(x)
    margins = [*printed.row_totals, *printed.column_totals, printed.total]
    ours = np.concatenate([printed.rounded.reshape(-1), np.array(margins, float)])
    return np.abs(ours - np.round(with_margins(x), 2)).sum()


def programme(x):
    """The least change by a linear programme: between neighbours the change is linear."""
    height, width = x.shape
    exact = np.round(with_margins(x), 2)
    below, above = np.floor(exact), np.ceil(exact)
    cost = np.where(above > below, 1 - 2 * (exact - below), 0.0)
    cells = np.arange(x.size)
    sums = x.size + np.arange(height + width)
    rows = np.concatenate([cells // width, height + cells % width, sums - x.size])
    columns = np.concatenate([cells, cells, sums])
    signs = np.concatenate([np.ones(2 * x.size), -np.ones(sums.size)])
    whole = np.arange(x.size, x.size + height)  # the totals of the rows make the total
    rows = np.concatenate([rows, np.full(height + 1, height + width)])
    columns = np.concatenate([columns, whole, [exact.size - 1]])
    signs = np.concatenate([signs, np.ones(height), [-1]])
    equal = coo_array((signs, (rows, columns)), (height + width + 1, exact.size)).tocsr()
    bounds = np.stack([below, above], axis=1)
    solved = linprog(cost, A_eq=equal, b_eq=np.zeros(height + width + 1), bounds=bounds)
    return np.abs(below - exact).sum() + solved.fun - (cost * below).sum()


def workloads(quick):
    """Tables of the size of a yearbook's."""
    for height, width in ((20, 8),) if quick else ((20, 8), (200, 20)):
        x = np.round(np.random.default_rng(7).random((height, width)) * 100, 2)
        yield Workload(
            f"a table of {height} x {width} rounded to add up both ways",
            lambda x=x: [change_of(x)],
            {"scipy linprog": lambda x=x: [programme(x)]},
            tolerance=1e-9,
            repeat=5,
        )
