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
# # 62.3 per cent, taken apart
#
# In May 2024 it was announced that Pakistan's exports of ICT services had "surged"
# to 310 million US dollars in April: 62.3 % more than a year before, 1.31 % more
# than in March, and the first time in history. Every figure of this sentence is an
# indicator with a definition. Are they right? And what do they say?

# %%
import paimana as pm

exports = pm.datasets.load("pakistan_ict")
april = pm.brief(exports, year_start="JUL", until="2024-04")
april

# %% [markdown]
# The figures are right. The level is a record of *this sample*, which starts in July
# 2021: what was exported before, it does not know. And the rate on March is one of
# unadjusted data. April on March was

# %%
aprils = pm.mom(exports)["2021-07":"2025-06"]
aprils[aprils.index.month == 4].round(1)

# %% [markdown]
# in the four years: no "momentum" is to be seen in a single month.

# %%
april.plot()

# %% [markdown]
# ## How much of the jump happened a year ago?
#
# The yearly rate was 36.0 % in March and 62.3 % in April, 26.3 points more. A yearly
# rate $Y_t$ can jump because of this month's growth $m_t$, or because the month a
# year ago was weak:
#
# $$Y_t - Y_{t-1} =
#   \underbrace{\frac{(1 + Y_{t-1})\,m_t}{1 + m_{t-12}}}_{\text{this month}}
#   \underbrace{- \frac{(1 + Y_{t-1})\,m_{t-12}}{1 + m_{t-12}}}_{\text{base effect}}$$
#
# The two parts add up exactly.

# %%
effects = pm.base_effect(exports)
effects["sum"] = effects.sum(axis="columns")
effects["change_of_rate"] = pm.acceleration(exports)
effects["2024-01":"2024-04"].round(1)

# %%
print(f"{april.acceleration:.1f} points, of which base effect {april.base_effect:.1f}")

# %% [markdown]
# Of the 26.3 points, 24.2 are base effect: April 2023 had been 15.1 % below March 2023.
#
# ## How many days were worked?
#
# April 2023 was weak for a reason. Ramadan took 21 of its days, and 9 of April 2024;
# Eid al-Fitr fell in both. Weekdays less the Eid holidays were 17 in April 2023 and
# 19 in April 2024: two given facts, from the calendar.

# %%
per_day = [exports["2023-04"] / 17, exports["2024-04"] / 19]
growth_per_day = pm.growth(per_day)[1]
print(f"{growth_per_day:.1f} % per working day")

# %% [markdown]
# Per working day the growth is 45.2 %, not 62.3.
#
# ## And over two years?
#
# A base that was weak for one year is no base for a judgement. The average yearly
# growth since April 2022:

# %%
two_years = pm.growth(exports, since="2022-04", average="annual")["2024-04"]
print(f"{two_years:.1f} % a year since April 2022")

# %% [markdown]
# 11.6 % a year. The longer view is the fiscal year: 2,593 million in its ten months so
# far, 21.5 % more than in the ten months of the year before.

# %%
print(f"{april.ytd:,.0f} million in ten months, {april.ytd_growth:+.1f} %")

# %% [markdown]
# What must be known about the series itself comes with it:

# %%
pm.datasets.describe("pakistan_ict")

# %% [markdown]
# ## The same on public data: American beef
#
# The output of beef fell by 19.6 % in April 2020, when packing plants were closed. A
# year later it "rose" by 29.2 %. Against April 2019 it was 3.8 % up.

# %%
meat = pm.datasets.load("us_meat")
beef = meat["beef"]
rates = pm.yoy(beef)
since_2019 = pm.growth(beef, since="2019-04")["2021-04"]
print(f"April 2020 {rates['2020-04']:+.1f} %, April 2021 {rates['2021-04']:+.1f} %")
print(f"April 2021 on April 2019 {since_2019:+.1f} %")

# %%
pm.brief(beef, until="2021-04", name="US beef production").plot()

# %% [markdown]
# ## February is short
#
# In February 2023 beef output was 10.0 % below January. It has 28 days, January 31:

# %%
days = beef.index.days_in_month
on_the_month = pm.mom(beef)["2023-02"]
per_day = pm.mom(beef / days)["2023-02"]
print(f"{on_the_month:+.1f} % on January, {per_day:+.1f} % per day")

# %% [markdown]
# Per day it was 0.4 % less. Unadjusted rates on the month before are mostly
# calendar; a brief says of each whether the data were adjusted.
#
# ## A table for the release
#
# Series that begin later (broilers and turkey in 1960, other chicken in 2001) are
# missing before, not zero.

# %%
pm.table(meat, columns=["level", "mom", "yoy", "ytd", "ytd_growth"])
