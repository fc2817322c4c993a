# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # How many digits of 62.3 per cent are known?
#
# Money is decimal, and what is published is rounded. Two questions follow. What is
# the growth of decimal amounts, *exactly*? And what can be known of it when only the
# rounded amounts are printed?
#
# ## Exact growth
#
# Exports of 191, 306 and 310 million dollars, to the cent, as decimals. A data frame
# library divides decimals at the scale of the column: two places of a *ratio*. What
# is left of a growth rate then?

# %%
from decimal import Decimal

import polars as pl

import paimana as pm

exports = pl.Series("exports", ["191.00", "306.00", "310.00"]).cast(pl.Decimal(10, 2))
(100 * (exports / exports.shift(1) - 1)).to_list()

# %% [markdown]
# 310 is not 1 % more than 306, it is 1.31 %. `growth` takes decimals and gives
# decimals of the same class: the difference is exact, the quotient is taken over as
# many digits as it needs, and it is rounded **once**, to the digits a release prints.

# %%
pm.growth(exports)

# %% [markdown]
# More digits on request; how ties are rounded can be said too. Sums keep the scale
# of the input and never lose a cent, however long the column.

# %%
pm.growth(exports, decimals=6).to_list(), pm.rolling_sum(exports, 3).to_list()

# %% [markdown]
# ## What whole millions allow
#
# The press printed no cents: 310 *million* stands for anything from 309.5 to 310.5.
# `rounded` says so, and every indicator then gives the lowest and the highest rate
# that the unrounded amounts allow.

# %%
ict = pm.rounded(pm.datasets.load("pakistan_ict"), to=1)
monthly, yearly = pm.mom(ict), pm.yoy(ict)
monthly.frame().loc["2024-03":"2024-04"]

# %% [markdown]
# April on March: between 0.98 and 1.64 %. A fraction with a positive denominator
# rises in the numerator and falls in the denominator, so the extremes lie at the
# corners, and the bounds are tight:
#
# $$\frac{309.5}{306.5} - 1 = 0.9787928\,\% \qquad \frac{310.5}{305.5} - 1 =
#   1.6366612\,\%$$
#
# Asked for two decimals, the lower bound is rounded down and the upper one up, so
# that nothing is cut off.

# %%
pm.mom(ict, decimals=2).frame().loc["2024-04"]

# %% [markdown]
# "1.31 % more" was printed with two decimals. The amounts support

# %%
int(pm.supported_decimals(monthly)["2024-04"])

# %% [markdown]
# none. And the yearly rate, from 310 and 191?

# %%
april = yearly.frame().loc["2024-04"]
april

# %%
int(pm.supported_decimals(yearly)["2024-04"])

# %% [markdown]
# Somewhere from 61.62 to 62.99: not even the 62 is certain. A negative number says
# that the last digit *before* the point is not known either.
#
# Had only tens of millions been printed, the yearly rates would lie in this band: it
# is widest where the base was small.

# %%
tens = 10 * (pm.datasets.load("pakistan_ict")["2022":] / 10).round()
pm.yoy(pm.rounded(tens, to=10)).plot()

# %% [markdown]
# Is 62.3 compatible with the amounts? Of course; so are 61.7 and 62.9. What the
# printed percentage adds is knowledge *about the amounts*, which is what the audit
# of a release works out.

# %%
[bool(yearly.contains(rate)["2024-04"]) for rate in (61.5, 61.7, 62.3, 62.9, 63.1)]

# %% [markdown]
# ## Money in words
#
# A figure comes as text. `amount` reads it exactly, with its scale, its currency and
# the precision it was printed in, in western and in Indian style.

# %%
total = pm.amount("US$ 2.593 billion")
total.value, total.decimals, total.bounds()

# %%
budget = pm.amount("Rs 1.78 lakh crore")
print(budget.format(scale="billion", decimals=0))
print(budget.format(scale="one", grouping="indian", currency="sign"))
print(pm.amount("€ 1 741.9 mn").format(scale="Mrd", decimals=2, decimal=","))

# %% [markdown]
# Amounts of one currency are added, compared and divided; two currencies are an
# error, and so is a float, whose digits are not those that were printed. A sum keeps
# what is known: the widths of the intervals add up.

# %%
month = pm.amount("US$ 310 million")
both = total + month
print(both, "known to", both.width)
print(float(100 * (month / pm.amount("US$ 306 million") - 1)))

# %% [markdown]
# Where a text has two readings, nobody guesses: the error shows both, and an option
# decides.

# %%
try:
    pm.amount("€ 1,234")
except ValueError as error:
    print(error)
pm.amount("€ 1,234", decimal=",")

# %% [markdown]
# ## A table that adds up
#
# American meat by kind and quarter, in billion pounds. Rounded one by one, the cells
# do not sum to the rounded totals, and readers write letters.

# %%
millions = pm.to_frequency(pm.datasets.load("us_meat")["2023":], "Q")
meat = (millions / 1000).round(4)  # as exact as they are published
each = meat.round(1)
misses = each.sum(axis=1) - meat.sum(axis=1).round(1)
misses.round(1).to_list()

# %% [markdown]
# Controlled rounding moves as little as possible: each cell and each total stays at
# one of its own two neighbours, rows and columns add up, and the sum of all changes
# is the least there is. For a table with two margins that always works: the exact
# table is itself a flow through a network of rows and columns, and a network with
# whole bounds has a whole solution. What was moved is marked, and listed.

# %%
printed = pm.round_to_total(meat, decimals=1)
printed

# %%
printed.adjusted[:3]

# %% [markdown]
# Shares that must sum to 100 in every row are rounded row by row: the largest
# remainders go up.

# %%
shares = pm.round_to_total(pm.shares(meat), 100, 1, within="row")
shares.frame()

# %% [markdown]
# ## In a test
#
# Does a computation reproduce what was published? The string says how exactly it
# must: "62.3" is every value from 62.25 to 62.35, and no tolerance is invented.

# %%
computed = pm.yoy(pm.datasets.load("pakistan_ict"))["2024-04"]
pm.testing.assert_published(computed, "62.3")
pm.testing.assert_published(Decimal("2592.6"), "2,593")

# %%
try:
    pm.testing.assert_published(62.38, "62.3")
except AssertionError as error:
    print(error)
