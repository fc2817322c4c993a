"""Releases as files: bad input, the command line, weeks and folders, the pytest plugin, pages."""

from __future__ import annotations

import json
import pickle
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import paimana as pm
from paimana.cli import main

RELEASES = Path(__file__).parent / "oracles" / "releases"
pytest_plugins = ["pytester"]

FIGURE = '[[figure]]\nitem = "a@2024-04"\nvalue = "310"\n'


def claim(**fields):
    lines = [f"{k} = {json.dumps(v)}" for k, v in fields.items()]
    return "\n".join(["[[claim]]", *lines]) + "\n"


BAD = {
    "bare number": (
        FIGURE.replace('"310"', "2.593"),
        'line 3, figure 1: the bare number 2.593 stands where a string is meant; write "2.593"',
    ),
    "unknown key": (FIGURE + "scal = 1\n", "line 4, figure 1: unknown field `scal`"),
    "unknown kind": (
        FIGURE + claim(kind="grwth", of="a@2024-04"),
        'line 4, claim 1: kind = "grwth"',
    ),
    "unknown scale": (
        FIGURE + 'scale = "milion"\n',
        'line 1, figure 1: scale = "milion" is not known',
    ),
    "unknown currency": (
        FIGURE + 'unit = "USX"\n',
        'line 1, figure 1: unit = "USX" is not a currency',
    ),
    "no period": (FIGURE.replace("@2024-04", ""), 'the item "a" has no period'),
    "bad period": (FIGURE.replace("2024-04", "2024-13"), 'the period "2024-13" cannot be read'),
    "mixed periods": (
        FIGURE + claim(kind="total", of="a@2024", parts=["b@2024", "c@2024-04"]),
        "line 4, claim 1: the total mixes periods that do not make up 2024",
    ),
    "itself": (
        FIGURE + claim(kind="growth", of="a@2024-04", base="a@2024-04", value="1"),
        "line 4, claim 1: the claim compares a@2024-04 with itself",
    ),
    "own part": (
        FIGURE + claim(kind="total", of="a@2024", parts=["a@2024", "b@2024"]),
        "a@2024 is among its own parts",
    ),
    "cycle": (
        claim(kind="total", of="a@2024", parts=["b@2024", "c@2024"])
        + claim(kind="total", of="b@2024", parts=["a@2024", "d@2024"]),
        "closes a cycle of totals",
    ),
    "zero base": (
        FIGURE.replace('"310"', '"0.0"')
        + claim(kind="growth", of="b@2024", base="a@2024-04", value="1"),
        "line 4, claim 1: the base",
    ),
    "negative base": (
        FIGURE.replace('"310"', '"-9.4"')
        + claim(kind="growth", of="b@2024", base="a@2024-04", value="1"),
        "may be zero or negative as printed",
    ),
    "units": (
        FIGURE
        + 'unit = "USD"\n'
        + '[[figure]]\nitem = "b@2024-04"\nvalue = "1"\nunit = "PKR"\n'
        + claim(kind="share", of="a@2024-04", base="b@2024-04", value="1"),
        "the units do not match: a@2024-04 is in USD and b@2024-04 in PKR",
    ),
    "missing field": (
        FIGURE + claim(kind="growth", of="a@2024-04"),
        "claim 1: a claim of kind growth needs `base`",
    ),
    "foreign field": (
        FIGURE + claim(kind="at_least", of="a@2024-04", base="b@2024-04", value="1"),
        "a claim of kind at_least has no `value`",
    ),
    "grouping": (FIGURE.replace('"310"', '"1,74"'), '"1,74" is not a decimal number: its groups'),
    "two ids": (
        FIGURE + 'id = "x"\n' + claim(kind="at_least", of="a@2024-04", base="b@2024", id="x"),
        'the id "x"',
    ),
    "empty": ("", "the release is empty"),
    "not toml": ("what is this", "line 1"),
    "approx": (FIGURE + 'approx = "maybe"\n', 'approx = "maybe" is not known'),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_names_the_entry_and_the_line(name, tmp_path, capsys):
    text, sentence = BAD[name]
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        pm.audit(file)
    assert main(["audit", str(file)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert sentence in err


@pytest.mark.parametrize("content", [b" " * 10_000_000, bytes(range(256)), b'a = "\x00"'])
def test_files_that_are_no_releases(content, tmp_path, capsys):
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    assert main(["audit", str(file)]) == 2
    assert capsys.readouterr().err.startswith("paimana: the file ")
    assert main(["audit", str(tmp_path / "absent.toml")]) == 2


def test_contradictory_restatements_are_a_conflict():
    found = pm.audit(pm.Release.from_toml(FIGURE + FIGURE.replace("310", "320")))
    assert found.verdict == "inconsistent"
    assert found.conflicts[0].arithmetic == (
        "a@2024-04 is printed as 310 (figure 1) and as 320 (figure 2)."
    )


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        ({"prices": "chained"}, "chained volumes do not add"),
        ({"measure": "rate"}, "rates do not add"),
        ({"measure": "index"}, "indices do not add"),
    ],
)
def test_what_does_not_add_is_undetermined(declared, reason):
    tree = {
        "release": declared,
        "figure": [
            {"item": f"{c}@2024", "value": v} for c, v in (("t", "9"), ("a", "1"), ("b", "2"))
        ],
        "claim": [{"kind": "total", "of": "t@2024", "parts": ["a@2024", "b@2024"]}],
    }
    row = pm.audit(tree).claim_rows[0]
    assert row["verdict"] == "undetermined"
    assert reason in row["notes"]


@pytest.mark.parametrize(
    ("approx", "printed", "verdict"),
    [
        ("over", "4", "consistent"),
        ("over", "6", "inconsistent"),
        ("nearly", "6", "consistent"),
        ("nearly", "4", "inconsistent"),
        ("about", "9", "undetermined"),
    ],
)
def test_approximations(approx, printed, verdict):
    figures = [{"item": "a@2024", "value": "5.0"}, {"item": "b@2024", "value": "1.000"}]
    change = {
        "kind": "multiple",
        "of": "a@2024",
        "base": "b@2024",
        "value": printed,
        "approx": approx,
    }
    row = pm.audit({"figure": figures, "claim": [change]}).claim_rows[0]
    assert row["verdict"] in (verdict, "reproduces" if verdict == "consistent" else verdict)


def test_a_boundary_is_said():
    edge = {
        "figure": [{"item": "a@2024", "value": "1.5"}, {"item": "b@2024", "value": "1"}],
        "claim": [{"kind": "change", "of": "a@2024", "base": "b@2024", "value": "1.1"}],
    }
    # a - b is at most 1.55 - 0.5 = 1.05, and 1.1 begins there.
    found = pm.audit(edge)
    assert found.verdict == "boundary"
    assert found.claim_rows[0]["verdict"] == "boundary"


def test_truncation_is_tried_on_all():
    # 1.7 + 1.7 + 1.7 = 5.1, printed 1 + 1 + 1 when cut; rounded parts sum to 4.5 at most.
    tree = {
        "figure": [
            {"item": f"{c}@2024", "value": v}
            for c, v in (("a", "1"), ("b", "1"), ("c", "1"), ("t", "5.1"))
        ],
        "claim": [{"kind": "total", "of": "t@2024", "parts": ["a@2024", "b@2024", "c@2024"]}],
    }
    found = pm.audit(tree)
    assert found.verdict == "truncated"
    assert "only if values were truncated" in found.headline
    assert found.claim_rows[0]["verdict"] == "consistent if truncated"


def test_streaks_ranks_and_sinces_from_a_series():
    series = {f"2024-{m:02}": v for m, v in enumerate([5, 9, 3, 4, 6, 8], 1)}
    tree = {
        "figure": [],
        "claim": [
            {"kind": "streak", "of": "x@2024-06", "value": "3"},
            {"kind": "streak", "of": "x@2024-06", "value": "4"},
            {"kind": "highest_since", "of": "x@2024-06", "since": "2024-02"},
            {"kind": "highest_since", "of": "x@2024-06", "since": "2024-01"},
            {"kind": "rank", "of": "x@2024-06", "among": "x", "value": "2"},
            {"kind": "record", "of": "x@2024-06", "among": "x"},
        ],
    }
    tree["figure"] = [{"item": "x@2024-06", "value": "8"}]
    release = pm.Release.from_dict(tree).against(series)
    verdicts = [row["verdict"] for row in pm.audit(release).claim_rows]
    good = [
        "reproduces",
        "inconsistent",
        "reproduces",
        "inconsistent",
        "reproduces",
        "inconsistent",
    ]
    assert verdicts == good


def test_between_and_points_and_powers():
    rates = [
        {"item": f"{c}@2024:yoy", "value": v}
        for c, v in (("all", "3.1"), ("a", "2.0"), ("b", "2.5"))
    ]
    between = {"kind": "between", "of": "all@2024:yoy", "parts": ["a@2024:yoy", "b@2024:yoy"]}
    assert pm.audit({"figure": rates, "claim": [between]}).verdict == "inconsistent"
    rates[0]["value"] = "2.2"
    assert pm.audit({"figure": rates, "claim": [between]}).verdict == "consistent"
    points = {
        "kind": "percentage_points",
        "of": "a@2024:yoy",
        "base": "b@2024:yoy",
        "value": "-50",
        "scale": "basis point",
    }
    assert pm.audit({"figure": rates, "claim": [points]}).claim_rows[0]["verdict"] == "reproduces"
    levels = [{"item": "x@2024Q2", "value": "102.00"}, {"item": "x@2024Q1", "value": "100.00"}]
    annual = {
        "kind": "growth",
        "of": "x@2024Q2",
        "base": "x@2024Q1",
        "value": "8.24",
        "annualized": True,
    }
    assert pm.audit({"figure": levels, "claim": [annual]}).claim_rows[0]["verdict"] == "reproduces"
    mean = {"kind": "growth", "of": "x@2024Q2", "base": "x@2024Q1", "value": "0.995", "periods": 2}
    assert pm.audit({"figure": levels, "claim": [mean]}).claim_rows[0]["verdict"] == "reproduces"


@pytest.mark.parametrize(
    ("level", "rate", "periods", "allowed"),
    [
        # The claim cannot hold for any positive level; what the two figures allow is told.
        ("50.00", "-150", 2, "50.00 / 100.00 allows -29;"),
        ("50.00", "-150", 1, "50.00 / 100.00 allows -50;"),
        # No positive rate leads below zero, whatever the base; here too the sum is of both.
        ("-50.00", "5", 1, "-50.00 / 100.00 allows -150;"),
        ("-50.00", "5", 2, "-50.00 / 100.00 allows -100;"),
    ],
)
def test_the_arithmetic_of_a_conflict_uses_the_figures_it_shows(level, rate, periods, allowed):
    names = {"of": "x@2024-03", "base": "x@2023-12"}
    growth = {"kind": "growth", **names, "value": rate, "periods": periods}
    figures = [{"item": "x@2024-03", "value": level}, {"item": "x@2023-12", "value": "100.00"}]
    found = pm.audit({"figure": figures, "claim": [growth]})
    assert found.conflicts[0].arithmetic.startswith(f"{allowed} printed {rate} per cent")


def test_no_compound_rate_leads_below_zero():
    names = {"of": "x@2024-03", "base": "x@2023-12"}
    growth = {"kind": "growth", **names, "value": "5", "periods": 2}
    figures = [{"item": "x@2024-03", "value": "-50"}, {"item": "x@2023-12", "value": "100"}]
    row = pm.audit({"figure": figures, "claim": [growth]}).claim_rows[0]
    assert row["recomputed"] is None
    assert row["supported_high"] == -100


def test_weeks():
    head = '[release]\nyear_start = "JUL"\n'

    def figure(item, value):
        return f'[[figure]]\nitem = "{item}"\nvalue = "{value}"\nscale = "million"\n'

    may = pm.Release.from_toml(
        head
        + figure("x@2023-07..2024-04", "2593")
        + figure("x@2024-03", "306")
        + figure("x@2024-04", "310")
    )
    june = pm.Release.from_toml(
        head
        + figure("x@2023-07..2024-05", "2925")
        + figure("x@2024-05", "332")
        + figure("x@2024-03", "305")
        + claim(kind="record", of="x@2024-05", among="x")
    )
    found = pm.audit(june, previous=[may])
    assert found.restated == ("x@2024-03 was 306 million, is now 305 million, not mentioned.",)
    assert found.verdict == "consistent"
    assert [row["verdict"] for row in found.claim_rows] == ["reproduces", "reproduces"]
    wrong = pm.Release.from_toml(june.to_toml().replace("2925", "2995"))
    assert pm.audit(wrong, previous=[may]).verdict == "inconsistent"
    assert pm.audit(wrong).verdict != "inconsistent"


def release(year_start, *figures):
    named = [{"item": i, "value": v, "scale": scale} for i, v, scale in figures]
    return pm.Release.from_dict(
        {"release": {"year_start": year_start, "unit": "USD"}, "figure": named}
    )


def test_earlier_items_keep_the_months_of_their_own_fiscal_year():
    before = release("JUL", ("x@FY24", "100", "million"), ("x@2024", "7", "million"))
    after = release("JAN", ("x@FY24", "120", "million"), ("x@2024-01", "5", "million"))
    found = pm.audit(after, previous=[before])
    # FY24 of the earlier release ends in June 2024, that of the present one in December.
    assert found.implied("x@2023-07..2024-06").printed == "100"
    assert found.implied("x@FY24").printed == "120"
    assert found.restated == ("x@FY24 was 7 million, is now 120 million, not mentioned.",)


def test_a_number_in_another_scale_or_to_more_digits_is_not_restated():
    before = release("JUL", ("x@2024", "245.4", "billion"), ("y@2024", "81,351,000", "one"))
    same = [
        (("x@2024", "245.4", "bn"), ("y@2024", "81.351", "million")),
        (("x@2024", "245400", "million"), ("y@2024", "81350900", "one")),
        (("x@2024", "245380", "million"), ("y@2024", "81.4", "million")),
    ]
    for figures in same:
        assert pm.audit(release("JUL", *figures), previous=[before]).restated == ()
    other = release("JUL", ("x@2024", "245460", "million"), ("y@2024", "81.35", "million"))
    restated = "x@2024 was 245.4 billion, is now 245460 million, not mentioned."
    assert pm.audit(other, previous=[before]).restated == (restated,)
    # Two earlier releases are compared with one another as well.
    again = pm.audit(release("JUL", ("z@2024", "1", "one")), previous=[before, other, before])
    assert len(again.restated) == 2


def test_earlier_rates_are_in_per_cent():
    before = release("JUL", ("cpi@2024-01:yoy", "3.1", "percent"))
    after = release("JUL", ("cpi@2024-02:yoy", "3.4", "percent")).to_dict()
    after["claim"] = [
        {
            "kind": "percentage_points",
            "of": "cpi@2024-02:yoy",
            "base": "cpi@2024-01:yoy",
            "value": "0.3",
        }
    ]
    found = pm.audit(after, previous=[before])
    assert found.claim_rows[0]["verdict"] == "reproduces"


@pytest.mark.parametrize("previous", [{"figure": []}, "a.toml", Path("a.toml")])
def test_previous_is_a_list(previous):
    with pytest.raises(TypeError, match=r"previous is a list of releases; write previous=\[...\]"):
        pm.audit(pm.Release.example("article"), previous=previous)


def test_folders():
    frame = pm.audit_many(RELEASES)
    assert len(frame) == 13
    assert sorted(frame.file[frame.verdict == "inconsistent"]) == [
        "P03.toml",
        "P04.toml",
        "P11.toml",
    ]
    assert (frame.error == "").all()


def test_a_bad_file_in_a_folder_is_said(tmp_path):
    (tmp_path / "a.toml").write_text(FIGURE)
    (tmp_path / "b.toml").write_text("")
    frame = pm.audit_many(tmp_path)
    assert "empty" in frame.error[1]
    assert frame.undecided.to_list() == [0, 0]
    with pytest.raises(ValueError, match="no file"):
        pm.audit_many(tmp_path, pattern="*.none")


def test_exit_codes(tmp_path, capsys):
    assert main(["audit", str(RELEASES / "P05.toml")]) == 0
    assert main(["audit", str(RELEASES / "P04.toml"), str(RELEASES / "P05.toml")]) == 1
    cut = tmp_path / "cut.toml"
    figures = "".join(
        f'[[figure]]\nitem = "{c}@2024"\nvalue = "{v}"\n'
        for c, v in zip("abct", ("1", "1", "1", "5.1"), strict=True)
    )
    cut.write_text(figures + claim(kind="total", of="t@2024", parts=["a@2024", "b@2024", "c@2024"]))
    assert main(["audit", str(cut)]) == 0
    assert main(["audit", "--strict", str(cut)]) == 1
    capsys.readouterr()
    assert main(["audit", "--json", str(RELEASES / "P04.toml")]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "inconsistent"
    assert found["checked"] == [14, 14]
    page = tmp_path / "page.html"
    assert main(["audit", "--html", str(page), str(RELEASES / "P11.toml")]) == 1
    assert "http" not in page.read_text().split("<body>")[1].replace("http://www.w3.org", "")
    assert main(["audit", "--html", str(page), str(cut), str(cut)]) == 2


def test_words_never_accuse():
    for name in ("P03", "P04", "P05", "P11"):
        found = pm.audit(RELEASES / f"{name}.toml")
        said = f"{found!r}{found.summary()}{found._repr_html_()}{found._details()}{found.to_json()}"
        said = said.replace("false,", "").replace('"checked": false', "").replace(": false", "")
        assert "impossible" not in said.lower()
        assert "false" not in said.lower()


def test_results_pickle_and_draw():
    found = pm.audit(pm.Release.example("it_exports"))
    again = pickle.loads(pickle.dumps(found))
    assert again.headline == found.headline
    assert again.implied("news@10MFY24") == found.implied("news@10MFY24")
    assert list(found.claims["verdict"]).count("inconsistent") == 3
    assert found.implied().shape[0] == 20
    assert found.plot().axes
    with pytest.raises(ValueError, match="does not mention"):
        found.implied("x@2024")
    with pytest.raises(TypeError, match=r'an item is a text such as "exports@2024-04", not 5'):
        found.implied(5)


def test_check():
    assert pm.check(310, 191, growth="62.3").claim_rows[0]["verdict"] == "reproduces"
    assert pm.check(Decimal("2.593"), "2.135", growth="20.41").verdict == "inconsistent"
    assert pm.check(310, 306, change=4).claim_rows[0]["supported_low"] == Fraction(3)
    with pytest.raises(TypeError, match="float"):
        pm.check(3.1, 2, growth="1")
    with pytest.raises(ValueError, match="exactly one"):
        pm.check(3, 2)


def test_what_check_says_is_in_the_words_of_its_call():
    base = 'growth: the base of "growth of value over base" may be zero'
    for arguments, said in (
        ((310, "0.0"), base),
        ((310, "-5"), base),
        (("abc", 5), 'value: "abc" is not'),
        ((5, "1,74"), 'base: "1,74" is not'),
        ((5, Decimal("Infinity")), 'base: "Infinity" is not'),
    ):
        with pytest.raises(ValueError, match="^" + re.escape(said)):
            pm.check(*arguments, growth="62.3")
    with pytest.raises(ValueError, match=r'^change: "x" is not'):
        pm.check(5, 4, change="x")
    found = pm.check(Decimal("3.1E+2"), Decimal("1.91E+2"), growth=Decimal("6.23E+1"))
    assert found.claim_rows[0]["verdict"] == "reproduces"
    assert pm.check(5, 4, growth="62.3").conflicts[0].entries == ("value", "base", "growth")


def test_trailing_zeros_of_a_checked_claim_count():
    # 4000 - 2600 is within 1 of 1400, not within 500 of 1000.
    assert pm.check(4000, 2600, change=1000).verdict == "inconsistent"
    assert pm.check(4000, 2600, change=1400).claim_rows[0]["verdict"] == "reproduces"
    assert pm.check(3_000_000, 2, multiple=1_400_000).verdict == "consistent"
    assert pm.check(3_000_000, "2.00", multiple=1_499_000).verdict == "consistent"
    assert pm.check(3_000_000, "2.0000000", multiple=1_499_000).verdict == "inconsistent"
    assert pm.check(310, 191, growth=62).claim_rows[0]["verdict"] == "reproduces"
    assert pm.check(310, 191, growth=60).verdict == "inconsistent"
    assert pm.check(310, 155, share=200).claim_rows[0]["verdict"] == "reproduces"


def test_against_says_what_it_needs():
    release = pm.Release.example("article")
    with pytest.raises(ValueError, match=r"the value of 2024-03 is a float.*to=1"):
        release.against({"2024-03": 306.0})
    with pytest.raises(ValueError, match="not printed to"):
        release.against({"2024-03": 306.4}, to=1)
    with pytest.raises(ValueError, match="concept="):
        pm.Release.example("it_exports").against({"2024-03": 306})
    with pytest.raises(ValueError, match="not a printed unit"):
        release.against({"2024-03": 306.4}, to=10)


def test_whole_numbers_bring_their_digits():
    release = pm.Release.example("article")
    months = pm.datasets.load("pakistan_ict")[:"2024-04"]
    expected = release.against(months, scale="million", to=1).to_dict()
    for kind in ("int64", "Int64", "uint16"):
        filled = release.against(months.astype(kind), scale="million")
        assert filled.to_dict() == expected
    for value in (np.int64(306), Decimal("3.06E+2"), "306"):
        figures = release.against({"2024-03": value, "2024-02": pd.NA}, scale="million").figures
        assert [f["value"] for f in figures[2:]] == ["306"]
    with pytest.raises(ValueError, match="the value of 2021-07 is a float"):
        release.against(months.astype("float32"))
    with pytest.raises(ValueError, match="the value of 2024-03, True, is no number"):
        release.against({"2024-03": True})


def test_dates_are_taken_and_digits_kept():
    text = f"[release]\npublished = 2024-05-18\n{FIGURE}"
    assert pm.Release.from_toml(text).to_dict()["release"]["published"] == "2024-05-18"
    tree = {"release": {"published": date(2024, 5, 18)}, "figure": [{"item": "a@2024"}]}
    tree["figure"][0]["value"] = "3"
    assert pm.Release.from_dict(tree).to_dict()["release"]["published"] == "2024-05-18"
    tree["figure"][0]["value"] = Decimal("3.50")
    with pytest.raises(ValueError, match=r"Decimal; write numbers as strings, with every digit"):
        pm.Release.from_dict(tree)
    with pytest.raises(ValueError, match=r'the bare number 3\.50 stands .* write "3\.50", with'):
        pm.Release.from_toml(FIGURE.replace('"310"', "3.50"))


def test_one_missing_figure_is_one():
    figures = [{"item": f"x@2024-0{m}", "value": "1"} for m in (1, 3)]
    record = {"kind": "record", "of": "x@2024-03", "among": "x", "since": "2024-01"}
    streak = {"kind": "streak", "of": "x@2024-03", "value": "1"}
    rows = pm.audit({"figure": figures, "claim": [record, streak]}).claim_rows
    assert "needs 1 figure of x that" in rows[0]["notes"]
    assert "needs 1 more comparison of x than" in rows[1]["notes"]
    assert rows[1]["claim"] == "x@2024-03 after 1 rise in a row"


def test_files_go_round():
    for file in RELEASES.glob("*.toml"):
        release = pm.Release.from_toml(file)
        assert pm.Release.from_toml(release.to_toml()).to_dict() == release.to_dict()
        assert pm.Release.from_json(release.to_json()).to_dict() == release.to_dict()


def test_the_pytest_plugin(pytester):
    text = (RELEASES / "P04.toml").read_text()
    pytester.makefile(".release.toml", it=text, fine=(RELEASES / "P10.toml").read_text())
    ran = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    ran.assert_outcomes(passed=11 + 6, failed=3)
    ran.stdout.fnmatch_lines(
        ["*2.593 billion / 2.135 billion allows 21.40 to 21.50; printed 20.41*"]
    )
    ran.stdout.fnmatch_lines(["*perhaps 21.41 for 20.41*"])
