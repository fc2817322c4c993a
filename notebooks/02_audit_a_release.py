# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Can a release be true as printed?
#
# A release prints rounded amounts and percentages. Do they have a common unrounded
# solution? What do they imply about figures that were not printed? And if they have
# none, which entries cannot stand together?

# %%
import paimana as pm

story = pm.Release.example("article")
found = pm.audit(story)
found

# %% [markdown]
# Nothing in this story checks anything else: each percentage is about a figure that
# was not printed. But it says what those figures must have been. April 2023, in
# millions:

# %%
april = found.implied("ict_exports@2023-04")
april.low / 10**6, april.high / 10**6

# %%
float(april.low / 10**6), float(april.high / 10**6)

# %% [markdown]
# Between 190.64 and 191.37: the only whole million inside is 191. With $x$ for April
# 2024 and $y$ for April 2023, "62.3 % more" says $1.6225\,y \le x \le 1.6235\,y$, and
# 310 million says $309.5 \le x \le 310.5$. Two pairs of inequalities, solved exactly.
#
# With the monthly series the statements can be decided.

# %%
months = pm.datasets.load("pakistan_ict")[:"2024-04"]
known = pm.audit(story.against(months, scale="million", to=1))
known.claims[["id", "printed", "verdict", "notes"]]

# %% [markdown]
# From whole millions, growth from 306 to 310 is only known to lie between 0.98 and
# 1.64 %: the printed 1.31 is 66 times finer than the amounts allow.
#
# ## Sound, although naive recomputation would flag it
#
# The euro area's trade in March 2024: 270.4 less 251.4 is 19.0, and 19.1 is printed.

# %%
pm.audit(pm.Release.example("euro_trade")).headline

# %% [markdown]
# ## Two slips
#
# Ten months of IT exports, with their components and growth rates.

# %%
exports = pm.audit(pm.Release.example("it_exports"))
print(exports.summary())

# %%
exports.plot()

# %% [markdown]
# Both slips are named first: 20.41 for 21.41, and 6.730 for 6.703, which restores the
# growth rate and the sum at once.
#
# ## From prose
#
# The reader drafts figures and claims for a person to confirm. Numbers that it
# cannot place are listed, never dropped.

# %%
draft = pm.read_release(
    "ICT exports rose to $310 million in April 2024, up 62.3% from the "
    "corresponding period last year, and 1.31% more than in March 2024. "
    "Another 42 firms took part."
)
print(draft.to_toml())

# %%
pm.audit(draft.confirm()).headline

# %% [markdown]
# One claim at the prompt:

# %%
pm.check(310, 191, growth="62.3").claim_rows[0]["verdict"]
