"""The reader on sentences of our own, a phrase each: what it places, and that it drops no number.

Precision and recall per phrase are printed by `pytest -s`.
"""

from __future__ import annotations

import pytest

import paimana as pm
from paimana.cli import main


def fields(entry):
    f = entry.fields
    if "item" in f:
        return f"{f['item']} = {f['value']} {f.get('scale', 'one')}"
    tail = "".join(f" {k}={f[k]}" for k in ("value", "since", "approx") if k in f)
    return f"{f['kind']} {f['of']} / {f.get('base', '')}{tail}"


PHRASES = {
    "corresponding period last year": (
        "Exports rose to $310 million in April 2024, up 62.3% from the corresponding "
        "period last year.",
        [
            "exports@2024-04 = 310 million",
            "growth exports@2024-04 / exports@2023-04 value=62.3",
        ],
    ),
    "year on year (YoY)": (
        "Imports grew by 4.5 percent year on year (YoY) in March 2024.",
        ["growth imports@2024-03 / imports@2023-03 value=4.5"],
    ),
    "month-on-month (MoM) basis": (
        "Exports fell 2.3 per cent on a month-on-month (MoM) basis in May 2024.",
        ["growth exports@2024-05 / exports@2024-04 value=-2.3"],
    ),
    "July-April": (
        "During July-April 2023-24 Pakistan's exports stood at $2.593 billion against "
        "$2.135 billion in "
        "the same period last year.",
        [
            "exports@2023-07..2024-04 = 2.593 billion",
            "exports@2022-07..2023-04 = 2.135 billion",
        ],
    ),
    "10MFY24": (
        "In 10MFY24 Pakistan's remittances were US$ 23.85 billion.",
        ["remittances@2023-07..2024-04 = 23.85 billion"],
    ),
    "first ten months of the current fiscal year": (
        "In April 2024 Pakistan's exports were $310 million. In the first ten months of "
        "the current "
        "fiscal year exports reached $2.593 billion.",
        ["exports@2024-04 = 310 million", "exports@2023-07..2024-04 = 2.593 billion"],
    ),
    "FY2023-24, negative growth of, Indian grouping": (
        "India's exports in FY2023-24 were Rs.21,50,325.03 Crore, showing a negative "
        "growth of 7.26 per "
        "cent over FY2022-23.",
        [
            "exports@2023-04..2024-03 = 21,50,325.03 crore",
            "growth exports@2023-04..2024-03 / exports@2022-04..2023-03 value=-7.26",
        ],
    ),
    "12-month cumulative": (
        "The 12-month cumulative remittances to February 2014 were USD 1,307 million.",
        ["remittances@2013-03..2014-02 = 1,307 million"],
    ),
    "seasonally adjusted annual rate": (
        "Sales ran at a seasonally adjusted annual rate of 4.02 million in May 2024.",
        ["sales@2024-05 = 4.02 million"],
    ),
    "highest since June 2023": (
        "Output reached 25.5 million in May 2024, the highest since June 2023.",
        ["output@2024-05 = 25.5 million", "highest_since output@2024-05 /  since=2023-06"],
    ),
    "38th month in a row": (
        "Exports rose in May 2024 for the 38th month in a row.",
        ["streak exports@2024-05 /  value=38"],
    ),
    "exceeded the target by, lakh crore": (
        "Revenue in December 2023 exceeded the target by Rs 1.78 lakh crore.",
        ["change revenue@2023-12 / revenue_target@2023-12 value=1.78"],
    ),
    "per cent of": (
        "The deficit was 95.814 per cent of exports in May 2024.",
        ["share deficit@2024-05 / exports@2024-05 value=95.814"],
    ),
    "up from a revised surplus of, +EUR": (
        "The trade balance was +EUR 14.7 bn in May 2024, up from a revised surplus of EUR 12.1 bn.",
        ["trade_balance@2024-05 = 14.7 billion", "trade_balance@2024-04#revised = 12.1 billion"],
    ),
    "EUR-9.4 bn": (
        "The balance was EUR-9.4 bn in May 2023.",
        ["balance@2023-05 = -9.4 billion"],
    ),
    "1 741.9 bn": (
        "In 2023 imports came to EUR 1 741.9 bn.",
        ["imports@2023 = 1 741.9 billion"],
    ),
    "7 billion 28 million dollars": (
        "Remittances came to 7 billion 28 million dollars in May 2024.",
        ["remittances@2024-05 = 7028 million"],
    ),
    "US$ 81,351,000": (
        "Exports were worth US$ 81,351,000 in May 2024.",
        ["exports@2024-05 = 81,351,000 one"],
    ),
    "Ksh 13.7 billion (USD 137.5 million)": (
        "Remittances were Ksh 13.7 billion (USD 137.5 million) in May 2014.",
        ["remittances@2014-05 = 13.7 billion", "remittances@2014-05 = 137.5 million"],
    ),
    "25 basis points": (
        "Inflation fell by 25 basis points in May 2024 from a month earlier.",
        ["percentage_points inflation@2024-05 / inflation@2024-04 value=-25"],
    ),
    "fourfold, doubled": (
        "Exports have increased fourfold in May 2024 from a year earlier, and imports doubled.",
        [
            "multiple exports@2024-05 / exports@2023-05 value=4 approx=word",
            "multiple imports@2024-05 / imports@2023-05 value=2 approx=word",
        ],
    ),
    "nearly, around, over, surpassing": (
        "Exports were nearly $4 billion in May 2024; imports around $5 billion, the "
        "deficit over $1.1 "
        "billion, surpassing $1 billion.",
        [
            "exports@2024-05 = 4 billion",
            "imports@2024-05 = 5 billion",
            "deficit@2024-05 = 1.1 billion",
            "deficit@2024-05 = 1 billion",
        ],
    ),
    "broken across lines": (
        "Exports in May 2024 were 21,50,\n325.03 crore rupees, and 95.814\nper cent of imports.",
        [
            "exports@2024-05 = 21,50,325.03 crore",
            "share exports@2024-05 / imports@2024-05 value=95.814",
        ],
    ),
    "compared with March 2023 (270.4 bn)": (
        "A decrease of 9.2% in exports compared with March 2023 (270.4 bn) was reported "
        "for March 2024.",
        [
            "growth exports@2024-03 / exports@2023-03 value=-9.2",
            "exports@2023-03 = 270.4 billion",
        ],
    ),
}


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrases(phrase):
    text, wanted = PHRASES[phrase]
    draft = pm.read_release(text)
    found = [fields(e) for e in (*draft.figures, *draft.claims)]
    hits = len(set(found) & set(wanted))
    precision, recall = hits / max(len(found), 1), hits / len(wanted)
    print(f"{phrase}: precision {precision:.2f}, recall {recall:.2f}")
    assert sorted(found) == sorted(wanted)
    assert not draft.unplaced


@pytest.mark.parametrize("phrase", PHRASES)
def test_no_number_is_dropped(phrase):
    import re

    text = PHRASES[phrase][0] + " Also 77 and G20 and 3.5% without a base, 42 things, COVID-19."
    draft = pm.read_release(text)
    taken = [u.span for u in draft.unplaced] + [e.span for e in (*draft.figures, *draft.claims)]
    assert {"77", "G20", "42"} <= {u.text for u in draft.unplaced}
    for number in re.finditer(r"\d[\d,.]*(?<![,.])", text):
        inside = any(a <= number.start() and number.end() <= b for a, b in taken)
        dated = re.search(
            r"(19|20)\d\d|FY|-\d\d\b|12", text[max(number.start() - 4, 0) : number.end() + 4]
        )
        assert inside or dated, number[0]


STORY = """Exports of ICT services surge to $310 million

The country's ICT services export remittances reached $310 million in April 2024, marking a 62.3%
increase from the corresponding period last year, a first in Pakistan's history.

The ICT sector had a total value of $2.593 billion, which constitutes 40.25% of the total export of
services. There was a 1.31% increase in ICT services export remittances from March 2024 to
April 2024.
"""


def test_a_story():
    draft = pm.read_release(STORY)
    name = "ict_services_export_remittances"
    kinds = {(e.fields["kind"], e.fields.get("value")): e.fields for e in draft.claims}
    assert kinds["growth", "62.3"]["base"] == f"{name}@2023-04"
    assert kinds["growth", "1.31"]["base"] == f"{name}@2024-03"
    assert kinds["share", "40.25"]["base"] == "export_of_services@2024-04"
    assert ("record", None) in kinds
    assert {e.fields["value"] for e in draft.figures} == {"310", "2.593"}
    assert not draft.unplaced
    cumulative = next(e for e in draft.figures if e.fields["value"] == "2.593")
    assert "period is not in the sentence" in cumulative.note
    toml = draft.to_toml()
    assert "# Check: its period is not in the sentence." in toml
    assert pm.Release.from_toml(toml).to_dict()["claim"] == [
        {k: v for k, v in claim.items() if k != "quote"} for claim in draft.confirm().claims
    ]
    for entry in (*draft.figures, *draft.claims):
        assert entry.fields.get("value", "") in STORY[slice(*entry.span)]


def test_a_draft_is_not_a_release():
    draft = pm.read_release(STORY)
    with pytest.raises(TypeError, match="not a Draft"):
        pm.audit(draft)
    assert pm.audit(draft.confirm()).verdict in ("unchecked", "consistent")


def test_the_command(tmp_path, capsys):
    file = tmp_path / "story.txt"
    file.write_text(STORY)
    assert main(["read", str(file)]) == 0
    assert '[[claim]]\nkind = "growth"' in capsys.readouterr().out
    file.write_bytes(b"\xff\xfe\x00")
    assert main(["read", str(file)]) == 2
    assert main(["read", str(tmp_path / "none.txt")]) == 2


def test_bad_options():
    with pytest.raises(ValueError, match="year_start"):
        pm.read_release("x", year_start="Juli9")
    with pytest.raises(ValueError, match="characters"):
        pm.read_release("x" * 1_000_001)
    with pytest.raises(TypeError, match="string"):
        pm.read_release(b"x")
    assert pm.read_release("").figures == ()


LEFT = {
    "a range": "Exports grew 5–6 per cent year on year in April 2024.",
    "a double sign": "Exports fell by -3% year on year in April 2024.",
    "a shilling of several": "Exports were Sh83.4bn in April 2024.",
    "no currency": "Exports were R3.2bn in April 2024.",
    "two share the numbers": "Exports and imports rose 5.1% and 2.0% year on year, respectively, "
    "in April 2024.",
    "a quarter not named": "Exports in the first quarter were $9bn in April 2024.",
    "so far this year": "Exports so far this year reached $12.1bn in April 2024.",
    "a cumulative": "Cumulative exports reached $12.1bn in April 2024.",
    "a day": "Reserves stood at $8.0bn on 12 April 2024.",
    "an annual rate": "GDP rose at an annualised rate of 2.1% in 2024Q1 on the previous quarter.",
    "another length": "Exports in April 2024 rose 3.1% compared with 2022.",
    "a deficit that improves": "The trade deficit improved 5.1% year on year in April 2024.",
    "what eased": "Exports eased 5.1% year on year in April 2024.",
    "points": "The index rose 3.2 points in April 2024 from a month earlier.",
    "an expectation": "Exports are expected to reach $3.3bn in May 2024.",
    "a price": "The unit value of exports rose 5.1% year on year in April 2024.",
}


@pytest.mark.parametrize("kind", LEFT)
def test_what_is_not_certain_is_left_with_a_reason(kind):
    draft = pm.read_release(LEFT[kind])
    assert (draft.figures, draft.claims) == ((), ())
    assert draft.unplaced
    assert all(u.why for u in draft.unplaced)


READ = {
    "a dash that is a minus": (
        "The trade balance was –$5.1 billion in April 2024, a deficit.",
        ["trade_balance@2024-04 = -5.1 billion"],
    ),
    "two subjects": (
        "Exports rose 5.1% to $3.2bn while imports fell 2.0% to $4.1bn in April 2024 "
        "from a year earlier.",
        [
            "exports@2024-04 = 3.2 billion",
            "imports@2024-04 = 4.1 billion",
            "growth exports@2024-04 / exports@2023-04 value=5.1",
            "growth imports@2024-04 / imports@2023-04 value=-2.0",
        ],
    ),
    "a deficit that narrows": (
        "The trade deficit narrowed by $1.2bn in April 2024 from a year earlier.",
        ["change trade_deficit@2024-04 / trade_deficit@2023-04 value=-1.2"],
    ),
    "a change without by": (
        "Exports rose $1.2bn to $3.2bn in April 2024 from a year earlier.",
        [
            "exports@2024-04 = 3.2 billion",
            "change exports@2024-04 / exports@2023-04 value=1.2",
        ],
    ),
    "points and a level": (
        "Inflation was down 0.3pp in April 2024 from a month earlier.",
        ["percentage_points inflation@2024-04 / inflation@2024-03 value=-0.3"],
    ),
    "a quarter of a fiscal year": (
        "Pakistan's exports were $9bn in Q3 of FY24 and $25.3bn in 2023–24.",
        ["exports@2024-01..2024-03 = 9 billion", "exports@2023-07..2024-06 = 25.3 billion"],
    ),
    "down from a rate": (
        "Exports grew 3.1% year on year in April 2024, down from 4.0% in March.",
        [
            "growth exports@2024-04 / exports@2023-04 value=3.1",
            "growth exports@2024-03 / exports@2023-03 value=4.0",
        ],
    ),
}


@pytest.mark.parametrize("phrase", READ)
def test_ordinary_sentences(phrase):
    text, wanted = READ[phrase]
    draft = pm.read_release(text)
    assert sorted(fields(e) for e in (*draft.figures, *draft.claims)) == sorted(wanted)
    assert not draft.unplaced
