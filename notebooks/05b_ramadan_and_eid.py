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
# # Two Aprils, and Ramadan between them
#
# Pakistan's ICT exports were 62.3 % higher in April 2024 than in April 2023. In 2023
# Ramadan took 21 days of April, in 2024 nine. Offices worked shorter days in one April
# than in the other, so how much of the 62.3 % is the calendar?
#
# The Islamic year is eleven days shorter than the solar one. Ramadan and the two Eids
# move through all months within 33 years, and seasonal factors, which belong to months,
# cannot follow. They have to be measured as what they are: days.
#
# First a series in which we know the truth, then the real one.

# %%
import numpy as np
import pandas as pd

import paimana as pm

sales = pm.datasets.ramadan_sales()
print(sales.attrs["note"])
pd.Series(sales.attrs["truth"], name="truth")

# %% [markdown]
# These are synthetic retail sales: an airline model in logarithms with six effects of
# the days of the week, a quieter Ramadan, two weeks of shopping before Eid al-Fitr,
# three closed days, a week before Eid al-Adha, one outlier and one level shift.
#
# $$\log x_t = \log m_t + \sum_j \beta_j z_{jt} + n_t, \qquad
#   (1-B)(1-B^{12})\, n_t = (1-\theta B)(1-\Theta B^{12})\, e_t$$
#
# ## When are the feasts?

# %%
feasts = ["ramadan", "eid_al_fitr", "eid_al_adha"]
pd.DataFrame({name: pm.calendar.holiday_dates(name, 2022, 2026) for name in feasts})

# %% [markdown]
# These are the days of Umm al-Qura, the calendar of Saudi Arabia. Where the moon is
# sighted locally, `country="PK"` takes the days that were observed from the package
# `holidays`, and `overrides={2025: "2025-03-31"}` what you know better.
#
# In some years there are two: Eid al-Fitr of 2000 fell on 8 January and 27 December.
# The column of a holiday adds both up.

# %%
pm.calendar.holiday_dates("eid_al_fitr", 2000, 2000)

# %% [markdown]
# The columns of a model are shares of the days of a window that fall into each month,
# less their long-run mean. Here without the mean, so that the shares are plain:

# %%
window = ["ramadan", "eid_al_fitr[-14,-1]"]
spring = pd.period_range("2023-03", "2023-05", freq="M")
both = spring.append(spring + 12)
pm.calendar.regressors(both, window, centre=None).round(3)

# %% [markdown]
# ## Is the truth found?
#
# `"auto"` tests trading days and Easter as X-13ARIMA-SEATS does by default. What is
# named beside it is tested too: each holiday by AICC, and of a tuple the best window
# or none.

# %%
windows = tuple(f"eid_al_fitr[-{days},-1]" for days in (7, 14, 21))
others = ["ramadan", "eid_al_fitr[0,2]", "eid_al_adha[-7,-1]"]
wanted = ["auto", windows, *others, "mawlid"]
result = pm.seasonal_adjust(sales, calendar=wanted)
result.chosen

# %%
table = result.coefficients.drop(columns="group")
table.insert(0, "truth", pd.Series(sales.attrs["truth"]))
distance = (table["estimate"] - table["truth"]).abs()
table["within two errors"] = distance <= 2 * table["standard_error"]
table.round(3)

# %% [markdown]
# Trading days and all four holidays are chosen, with the right window; Easter and
# Mawlid, which have no effect, are not. The two outliers are found at their dates. In
# how many series is a coefficient within two standard errors of the truth?

# %%
seeds = range(100)
many = pd.DataFrame({seed: pm.datasets.ramadan_sales(seed) for seed in seeds})
names = ["td", "eid_al_fitr[-14,-1]", *others]
fits = pm.seasonal_adjust(many, calendar=names, transform="log").coefficients
fits["truth"] = fits["name"].map(sales.attrs["truth"])
fits = fits.dropna()  # outliers that are not there, found in seven series
near = (fits["estimate"] - fits["truth"]).abs() <= 2 * fits["standard_error"]
near.groupby(fits["name"]).mean().mul(100).rename("per cent of 100 series")

# %% [markdown]
# ## What does it matter?
#
# Without the holidays their moves stay in the adjusted series, where they look like
# news.

# %%
plain = pm.seasonal_adjust(sales, calendar=["td"])
spread = {
    "without holidays": pm.mom(plain.adjusted).std(),
    "with holidays": pm.mom(result.adjusted).std(),
}
pd.Series(spread, name="standard deviation of monthly growth, per cent").round(2)

# %%
recent = slice("2015", None)
axes = plain.adjusted[recent].plot(
    label="without holidays", color="0.7", figsize=(9, 4)
)
result.adjusted[recent].plot(ax=axes, label="with holidays", title="Adjusted sales")
axes.legend()

# %% [markdown]
# The effect of the calendar alone: trading days are small and quick, the holidays are
# the large moves, at another place in each year.

# %%
axes = result.calendar_effect[recent].plot(figsize=(9, 3))
axes.set_title("Effect of trading days and holidays (ratio)")

# %%
print(result.summary())

# %% [markdown]
# ## The two Aprils
#
# How many days of Ramadan had each month? `country="PK"` takes Pakistan's own Eid.

# %%
exports = pm.datasets.load("pakistan_ict")
aprils = pd.PeriodIndex(["2023-04", "2024-04"], freq="M")
share = pm.calendar.regressors(aprils, ["ramadan"], country="PK", centre=None)
(30 * share["ramadan"]).round().astype(int).rename("days of Ramadan")

# %% [markdown]
# And how many days were worked? Public holidays are what the government gave, which is
# more than the day of the feast: 21 to 25 April 2023 and 10 to 13 April 2024.

# %%
eid = ["2023-04-21..2023-04-25", "2024-04-10..2024-04-13"]
pm.calendar.working_days(aprils, holidays=eid)

# %%
a_day = pm.per_day(exports, holidays=eid)
rates = pd.DataFrame(
    {"as published": pm.yoy(exports), "per working day": pm.yoy(a_day)}
)
rates.loc[["2024-04"]].round(1)

# %% [markdown]
# Per working day the growth is 45.2 %, not 62.3. (Only these two Eids are in the list,
# so the column is right for these two months.)
#
# ## And "+1.31 % on the month"?
#
# The release also says that April was 1.31 % above March. What is usual between these
# months?

# %%
pm.mom(exports)[exports.index.month == 4].round(1)

# %% [markdown]
# A seasonal adjustment with the holidays gives an answer. But four and a half years are
# few: from five Ramadans an effect is guessed, not known. So look at the standard
# errors first.

# %%
islamic = ["auto", "ramadan", windows, "eid_al_fitr[0,2]"]
found = pm.seasonal_adjust(
    exports, calendar=islamic, transform="log", calendar_options={"country": "PK"}
)
print(found.chosen)
found.coefficients.round(3)

# %%
both = {"as published": exports, "adjusted": found.adjusted}
april = {
    name: {"on the year": pm.yoy(x)["2024-04"], "on the month": pm.mom(x)["2024-04"]}
    for name, x in both.items()
}
pd.DataFrame(april).round(1)

# %% [markdown]
# Less growth on the year, and more on the month: April 2024 held three closed days and
# was better than it looked beside March. Both are one model's estimates, with the
# uncertainty above.

# %%
assert round(pm.yoy(a_day)["2024-04"], 1) == 45.2
assert result.chosen["eid_al_fitr"] == "eid_al_fitr[-14,-1]"
assert np.all(near.groupby(fits["name"]).mean() >= 0.9)
