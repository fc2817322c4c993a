"""The brief and the release table: published answers, every kind of data, words, charts, pages."""

import json
import math
import pickle
import re
import subprocess
import sys
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import polars as pl
import pytest

import paimana as pm
from paimana.report import words

EXPORTS = pm.datasets.load("pakistan_ict")
MEAT = pm.datasets.load("us_meat")


@pytest.fixture(scope="module")
def april():
    return pm.brief(EXPORTS, year_start="JUL", until="2024-04")


def test_april_2024_as_announced(april):
    # The statement of May 2024, and what its figures are made of; recomputed from the months.
    assert april.period == "2024-04"
    assert april.level == 310
    assert april.yoy == pytest.approx(100 * (310 / 191 - 1))
    assert round(april.yoy, 1) == 62.3
    assert april.mom == pytest.approx(100 * (310 / 306 - 1))
    assert round(april.mom, 2) == 1.31
    assert april.record
    assert april.sample_start == "2021-07"
    assert (april.previous_record, april.previous_record_period) == (306, "2024-03")
    assert april.ytd == 2593
    assert april.ytd_base == 2135
    assert round(april.ytd_growth, 1) == 21.5
    assert round(april.acceleration, 1) == 26.3
    assert round(april.base_effect, 1) == 24.2
    assert april.base_effect + april.current_effect == pytest.approx(april.acceleration)
    assert april.streak == 2
    assert april.yoy_streak == 7
    assert april.rank == 1
    assert april.from_peak == 0
    assert april.highest_since is None


@pytest.mark.parametrize("base", [-10.0, 0.0])
def test_months_without_a_yearly_rate_do_not_count_among_positive_ones(base):
    # From January to June 2021 the base allows no rate, though the values rise against it.
    months = pd.period_range("2020-01", periods=20, freq="M")
    x = pd.Series([base] * 6 + [10.0] * 6 + [20.0] * 8, months)
    found = pm.brief(x)
    assert found.yoy == 100
    assert found.yoy_streak == 2
    assert "positive for two months in a row" in found.text
    assert pm.brief(x, until="2021-06").yoy_streak is None


def test_a_streak_of_yearly_rates_ends_where_their_sign_changes():
    months = pd.period_range("2020-01", periods=15, freq="M")
    x = pd.Series([10.0] * 12 + [11.0, 9.0, 8.0], months)
    assert pm.brief(x).yoy_streak == -2
    assert pm.brief(x, until="2021-01").yoy_streak == 1
    assert pm.brief(x.where(x != 9, 10.0), until="2021-02").yoy_streak == 0


def test_every_figure_is_that_of_the_public_function(april):
    x = EXPORTS[:"2024-04"]
    expected = {
        "change": pm.change(x),
        "growth": pm.growth(x),
        "mom": pm.mom(x),
        "yoy": pm.yoy(x),
        "ytd": pm.ytd(x, year_start=7),
        "ytd_growth": pm.ytd_growth(x, year_start=7),
        "sum12": pm.rolling_sum(x, 12),
        "acceleration": pm.acceleration(x),
        "base_effect": pm.base_effect(x)["base"],
        "rank_same_period": pm.rank(x, same_period=True),
        "streak": pm.streak(x),
        "from_peak": pm.from_peak(x),
    }
    for name, series in expected.items():
        assert getattr(april, name) == series.iloc[-1], name


def test_words_of_april(april):
    text = april.text
    assert "310 million US dollars in April 2024" in text
    assert "62.3% more than in April 2023 (191)" in text
    assert "1.31% more than in March 2024 (not seasonally adjusted)" in text
    assert "highest value since the sample starts in July 2021" in text
    assert "306 in March 2024" in text
    assert "second rise in a row" in text
    assert "positive for seven months in a row" in text
    assert "first ten months of the fiscal year 2024 (July 2023 to April 2024)" in text
    assert "2,593, 21.5% more than in the same months a year before (2,135)" in text
    assert "rose by 26.3 percentage points, from 36.0% in March 2024 to 62.3%" in text
    assert (
        "+24.2 points are base effect (April 2023 had been 15.1% less than in March 2023)" in text
    )


def test_a_rate_on_the_month_before_says_whether_data_are_adjusted(april):
    assert math.isnan(april.rolling_growth)
    assert math.isnan(april.annualized)
    units = april.frame().set_index("indicator")["unit"]
    assert units["mom"] == "%, not seasonally adjusted"
    adjusted = pm.brief(EXPORTS, until="2024-04", adjusted=True)
    x = EXPORTS[:"2024-04"]
    assert adjusted.rolling_growth == pm.rolling_growth(x, 3).iloc[-1]
    assert adjusted.annualized == pm.annualized(x).iloc[-1]
    assert adjusted.rolling_annualized == pm.rolling_growth(x, 3, annualized=True).iloc[-1]
    assert "not seasonally adjusted" not in adjusted.text
    assert "(seasonally adjusted)" in adjusted.text
    assert adjusted.frame().set_index("indicator")["unit"]["mom"] == "%"


def test_later_values_play_no_part(april):
    changed = EXPORTS.copy()
    changed["2024-05":] = 1e9
    assert pm.brief(changed, year_start="JUL", until="2024-04") == april


def test_absent_and_shuffled_rows_give_no_wrong_value(april):
    shuffled = EXPORTS.sample(frac=1, random_state=1)
    assert pm.brief(shuffled, year_start="JUL", until="2024-04") == april
    without = EXPORTS.drop(pd.Period("2023-04", "M"))
    gap = pm.brief(without, year_start="JUL", until="2024-04")
    assert math.isnan(gap.yoy)
    assert "There is no yearly rate: April 2023 has no value." in gap.text
    assert gap.mom == april.mom


def test_every_container_gives_the_same_figures(april):
    values = EXPORTS.to_numpy()
    stamps = EXPORTS.index.to_timestamp()
    frame = pl.DataFrame({"month": stamps.to_numpy(), "exports": values})
    options = {"year_start": 7, "until": "2024-04"}
    others = [
        pm.brief(values, freq="M", start="2021-07", **options),
        pm.brief(values.tolist(), freq="M", start="2021-07", **options),
        pm.brief(EXPORTS.astype("Int64"), **options),
        pm.brief(EXPORTS.set_axis(stamps + pd.offsets.MonthEnd(0)), **options),
        pm.brief(frame, time="month", column="exports", **options),
    ]
    skip = {"title", "measured_in", "notes"}
    figures = {name: value for name, value in april.to_dict().items() if name not in skip}
    for other in others:
        assert {k: v for k, v in other.to_dict().items() if k not in skip} == figures


def test_arrow_and_xarray(april):
    pa, xr = pytest.importorskip("pyarrow"), pytest.importorskip("xarray")
    stamps = EXPORTS.index.to_timestamp().to_numpy()
    one = pm.brief(pa.array(EXPORTS.to_numpy()), time=stamps, year_start=7, until="2024-04")
    assert one.ytd == april.ytd
    cube = xr.DataArray(
        MEAT.to_numpy(),
        dims=("time", "kind"),
        coords={"time": MEAT.index.to_timestamp().to_numpy(), "kind": list(MEAT.columns)},
        attrs={"long_name": "Meat", "units": "million pounds"},
    )
    several = pm.brief(cube, until="2021-04")
    assert several["beef"].yoy == pm.brief(MEAT["beef"], until="2021-04").yoy
    assert several.title == "Meat"
    assert several["beef"].measured_in == "million pounds"


def test_beef_in_a_pandemic():
    # US beef output: -19.6 % in April 2020, +29.2 % a year later, 3.8 % above 2019.
    fall = pm.brief(MEAT, column="beef", until="2020-04")
    rise = pm.brief(MEAT, column="beef", until="2021-04")
    assert round(fall.yoy, 1) == -19.6
    assert round(rise.yoy, 1) == 29.2
    assert round(pm.growth(MEAT["beef"], since="2019-04")["2021-04"], 1) == 3.8
    assert "less than in April 2019" in fall.text


@pytest.mark.parametrize(("freq", "short"), [("Q", "qoq"), ("H", "growth"), ("A", "growth")])
def test_lower_frequencies(freq, short):
    x = (
        pm.to_frequency(EXPORTS, freq, year_start=7)
        if freq == "A"
        else pm.to_frequency(EXPORTS, freq)
    )
    x = x.dropna()
    one = pm.brief(x, year_start=7)
    assert one.freq == freq
    assert math.isnan(one.mom)
    assert getattr(one, short) == pytest.approx(100 * (x.iloc[-1] / x.iloc[-2] - 1))
    assert one.title in one.text
    assert len(one.frame())


@pytest.mark.parametrize("freq", ["W-MON", "D"])
def test_weeks_and_days(freq):
    index = pd.date_range("2022-01-03", periods=900 if freq == "D" else 130, freq=freq)
    x = pd.Series(np.linspace(100, 200, len(index)), index=index)
    one = pm.brief(x, year_start="APR")
    assert one.record
    assert one.yoy == pm.yoy(x).iloc[-1]
    assert one.ytd == pytest.approx(pm.ytd(x, year_start="APR").iloc[-1])
    assert ("in the week of" if freq != "D" else "on ") in one.text
    one.plot()


def test_frames_give_a_brief_a_column():
    several = pm.brief(MEAT, until="2021-04", total="row")
    assert list(several) == list(MEAT.columns)
    assert len(several) == 7
    assert several["beef"].yoy == pm.brief(MEAT["beef"], until="2021-04").yoy
    shares = pm.shares(MEAT)
    for name in several:
        assert several[name].share == pytest.approx(shares[name]["2021-04"])
    assert sum(one.share for one in several.briefs.values()) == pytest.approx(100)
    frame = several.frame()
    assert list(frame.columns) == ["column", "indicator", "value", "unit"]
    assert "Lamb and mutton" in repr(several)
    with pytest.raises(KeyError, match="there are beef, veal"):
        several["tofu"]


def test_shares_need_a_total_that_is_named():
    assert math.isnan(pm.brief(MEAT, column="beef").share)
    of_pork = pm.brief(MEAT, column="beef", total="pork")
    assert of_pork.share == pytest.approx(100 * MEAT["beef"].iloc[-1] / MEAT["pork"].iloc[-1])
    whole = MEAT.sum(axis=1).rename("all_meat")["2000-01":]
    by_series = pm.brief(MEAT["beef"], total=whole)
    assert by_series.share == pytest.approx(100 * MEAT["beef"].iloc[-1] / whole.iloc[-1])
    assert "share of all meat" in by_series.text
    with pytest.raises(ValueError, match='total="fish" is no column'):
        pm.brief(MEAT, total="fish")
    with pytest.raises(ValueError, match="same frequency"):
        pm.brief(MEAT["beef"], total=pm.to_frequency(MEAT["beef"], "Q"))


def test_a_column_that_begins_late_starts_its_sample_there():
    late = pm.brief(MEAT, column="other_chicken", until="2001-06")
    assert late.sample_start == "2001-01"
    assert late.observations == 6
    assert "the sample does not reach back a year" in late.text
    before = pm.brief(MEAT, column="other_chicken", until="2000-12")
    assert math.isnan(before.level)
    assert "there is no value for December 2000" in before.text


def test_means_for_indices():
    one = pm.brief(EXPORTS, until="2022-09", how="mean", measured_in="2015 = 100")
    x = EXPORTS[:"2022-09"]
    assert one.ytd == pm.ytd(x, how="mean").iloc[-1]
    assert one.mean12 == pm.rolling_mean(x, 12).iloc[-1]
    assert math.isnan(one.sum12)
    assert "206 (2015 = 100) in September 2022" in one.text
    assert "the average is" in one.text


def test_statuses_are_said():
    assert "The value of May 2025 is estimated." in pm.brief(EXPORTS, until="2025-05").notes


def test_zero_and_negative_bases_have_no_rate():
    x = pd.Series([0.0, *range(1, 12), 5], index=pd.period_range("2023-01", periods=13, freq="M"))
    one = pm.brief(x)
    assert math.isnan(one.yoy)
    assert "one on the base of 0 in January 2023 has no meaning" in one.text


@pytest.mark.parametrize(
    ("x", "options", "message"),
    [
        ([1.0, 2.0], {}, "needs the frequency"),
        ([], {"freq": "M"}, "no observed value"),
        ([np.nan, np.inf], {"freq": "M"}, "no observed value"),
        ([1.0, 2.0], {"freq": "M", "how": "median"}, "how='median'"),
        ([1.0, 2.0], {"freq": "M", "start": "2024-01", "until": "2025-01"}, "outside of the data"),
        ([1.0, 2.0], {"freq": "M", "start": "2024-01", "year_start": "FOO"}, "not a month"),
        ([1.0, 2.0], {"freq": "Q", "start": "2024Q1", "year_start": "FEB"}, "splits a quarter"),
        ([1.0, 2.0], {"freq": "M", "column": "a"}, "single series"),
        (np.ones((2, 2, 2)), {"freq": "M"}, "3 dimensions"),
    ],
)
def test_what_makes_no_sense_is_refused(x, options, message):
    with pytest.raises(ValueError, match=message):
        pm.brief(x, **options)


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match=r'no column "fish".*beef, veal'):
        pm.brief(MEAT, column="fish")


def test_inputs_are_not_modified():
    before = EXPORTS.copy()
    values = EXPORTS.to_numpy().copy()
    values[3] = np.inf
    kept = values.copy()
    pm.brief(EXPORTS)
    pm.brief(values, freq="M")
    pd.testing.assert_series_equal(EXPORTS, before)
    np.testing.assert_array_equal(values, kept)


def test_one_value():
    one = pm.brief([5.0], freq="M", start="2024-01")
    assert not one.record
    assert one.rank == 1
    assert one.to_dict()["yoy"] is None
    one.plot()


def test_pickles_and_json(april):
    assert pickle.loads(pickle.dumps(april)) == april
    assert hash(pickle.loads(pickle.dumps(april))) == hash(april)
    several = pm.brief(MEAT)
    assert pickle.loads(pickle.dumps(several)) == several
    assert json.loads(json.dumps(april.to_dict(), allow_nan=False))["level"] == 310


def test_frame_has_indicator_value_unit(april):
    frame = april.frame()
    assert list(frame.columns) == ["indicator", "value", "unit"]
    values = frame.set_index("indicator")["value"]
    assert values["level"] == 310
    assert values["record"] is True
    assert values["previous_record_period"] == "2024-03"
    assert not frame["value"].isna().any()


class Checker(HTMLParser):
    """Tags that open and close, and nothing that is fetched."""

    def __init__(self):
        super().__init__()
        self.open, self.fetched = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in {"meta", "br", "img", "use", "path"}:
            self.open.append(tag)
        self.fetched += [
            v for k, v in attrs if k in {"src", "href"} and v and not v.startswith(("#", "data:"))
        ]

    def handle_endtag(self, tag):
        if tag in {"use", "path"}:
            return
        assert self.open.pop() == tag


def check(text):
    checker = Checker()
    checker.feed(text)
    assert checker.open == []
    assert checker.fetched == []


def test_pages_need_no_other_file(april, tmp_path):
    for name, result in {"one": april, "several": pm.brief(MEAT), "table": pm.table(MEAT)}.items():
        path = result.to_html(tmp_path / f"{name}.html")
        text = path.read_text(encoding="utf-8")
        check(text)
        assert "color-scheme:light dark" in text
        if name != "table":
            assert "<svg" in text
            assert "currentColor" in text


def test_notebook_fragments(april):
    fragment = april._repr_html_()
    check(fragment)
    assert "62.3%" in fragment
    chart = april.plot()
    check(chart._repr_html_())
    assert chart._repr_png_().startswith(b"\x89PNG")


def test_names_are_escaped():
    one = pm.brief([1.0, 2.0], freq="M", start="2024-01", name="<script>&", measured_in='"x"')
    assert "<script>" not in one._repr_html_()
    assert "&lt;script&gt;&amp;" in one._repr_html_()


def test_tables():
    columns = ["level", "mom", "yoy", "ytd", "record", "highest_since", "streak", "share"]
    table = pm.table(
        MEAT[["beef", "pork"]], columns=columns, periods=2, until="2021-04", total="row"
    )
    frame = table.frame()
    assert list(frame.columns) == ["series", "period", *columns]
    assert list(frame["period"]) == ["2021-03", "2021-04"] * 2
    assert frame["yoy"][1] == pm.yoy(MEAT["beef"])["2021-04"]
    latex = table.to_latex()
    assert latex.startswith("\\begin{tabular}{llrrr")
    assert "y/y, \\%" in latex
    assert latex.count("\\\\\n") == 5
    assert "2,348.6" in repr(table)
    check(table._repr_html_())
    assert pickle.loads(pickle.dumps(table)) == table


def test_one_column_may_be_named_by_itself():
    one = pm.table(MEAT, columns="level").frame()
    pd.testing.assert_frame_equal(one, pm.table(MEAT, columns=["level"]).frame())
    with pytest.raises(ValueError, match='no figure "levl"'):
        pm.table(MEAT, columns="levl")


def test_tables_in_excel(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    table = pm.table(MEAT, until="2021-04")
    sheet = openpyxl.load_workbook(table.to_excel(tmp_path / "meat.xlsx")).active
    assert sheet["A3"].value == "Beef"
    yearly = next(cell for cell in sheet[2] if cell.value == "y/y, %").column_letter
    assert sheet[f"{yearly}3"].value == pytest.approx(29.2356793)
    assert sheet[f"{yearly}3"].number_format == "#,##0.0"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"columns": ["level", "momentum"]}, 'no figure "momentum"'),
        ({"columns": []}, "names no figure"),
        ({"periods": 0}, "periods must be from 1 to 55"),
        ({"periods": 56}, "periods must be from 1 to 55"),
    ],
)
def test_tables_refuse_what_they_do_not_know(options, message):
    with pytest.raises(ValueError, match=message):
        pm.table(EXPORTS, **options)


def test_printed_numbers_are_rounded_half_away_from_zero():
    assert words.number(2.675, 2) == "2.68"
    assert words.number(-0.125, 2) == "-0.13"
    assert words.number(1234567.5, 0) == "1,234,568"
    assert words.number(-0.0004, 2, sign=True) == "0.00"
    assert words.number(math.nan, 2) == "n/a"
    assert words.number(1e40, 0).replace(",", "") == "1" + 40 * "0"
    assert words.decimals([1e-12, 3e-12]) == 12
    assert words.decimals([0.0]) == 0
    assert words.rate(9.994) == "9.99"
    assert words.rate(9.995) == "10.0"
    assert words.rate(0.0) == "0.00"


def test_text_never_prints_what_is_missing():
    rng = np.random.default_rng(0)
    for seed in range(40):
        n = int(rng.integers(1, 40))
        x = rng.normal(0, 10, n).round(1)
        x[rng.random(n) < 0.2] = np.nan
        if not np.isfinite(x).any():
            continue
        one = pm.brief(
            x,
            freq="QM"[seed % 2],
            start="2020-01" if seed % 2 else "2020Q1",
            adjusted=seed % 3 == 0,
        )
        for text in (one.text, repr(one), one._repr_html_()):
            assert not re.search(r"\bnan\b|\binf\b|None|n/a", text), text


@pytest.mark.parametrize("library", ["pandas", "matplotlib"])
def test_without_optional_libraries(library):
    code = f"""
import sys
sys.modules[{library!r}] = None
import paimana as pm
one = pm.brief([1.0, 2.0, 4.0], freq="M", start="2024-01")
assert "100.0%" in one.text, one.text
assert one._repr_html_()
try:
    one.frame() if {library!r} == "pandas" else one.to_html("never.html")
except ImportError as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    extra = {"pandas": "pandas", "matplotlib": "plot"}[library]
    assert (
        f'this needs {library}, which is not installed: pip install "paimana[{extra}]"'
        in run.stdout
    )
