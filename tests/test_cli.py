"""The command line: what it prints and writes, and one sentence with exit code 2 for a mistake."""

import json
import subprocess
import sys

import pandas as pd
import pytest

import paimana as pm
from paimana.cli import main


@pytest.fixture
def run(capsys):
    """Run the command line in this process: its exit code, and what it printed."""

    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def exports(tmp_path):
    path = tmp_path / "exports.csv"
    data = pm.datasets.load("pakistan_ict")
    data.rename_axis("month").rename("exports").to_frame().assign(status="x").to_csv(path)
    return path


def complains(run, *arguments):
    """The sentence on stderr, after exit code 2 and nothing on stdout."""
    code, out, err = run(*arguments)
    assert code == 2, err
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


def test_the_demo(run, tmp_path):
    page = tmp_path / "brief.html"
    code, out, err = run(
        "brief", "pakistan_ict", "--year-start", "JUL", "--until", "2024-04", "--html", page
    )
    assert code == 0
    assert "62.3%" in out
    assert "record" in out
    assert str(page) in err
    assert "<svg" in page.read_text(encoding="utf-8")


def test_json_is_strict(run):
    code, out, _ = run("brief", "pakistan_ict", "--until", "2021-07", "--json")
    assert code == 0

    def refuse(constant):
        raise AssertionError(constant)

    figures = json.loads(out, parse_constant=refuse)
    assert figures["level"] == 196
    assert figures["yoy"] is None
    code, out, _ = run("brief", "us_meat", "--json", "--column", "beef", "--column", "veal")
    assert list(json.loads(out, parse_constant=refuse)) == ["beef", "veal"]


def test_csv_excel_and_parquet_agree(run, exports, tmp_path):
    data = pm.datasets.load("pakistan_ict")
    frame = data.to_frame("exports")
    dated = frame.set_axis(frame.index.to_timestamp().rename("month"))
    dated.to_excel(tmp_path / "exports.xlsx")
    dated.to_parquet(tmp_path / "exports.parquet")
    dated.reset_index().to_parquet(tmp_path / "plain.parquet")
    semicolons = tmp_path / "semicolons.csv"
    semicolons.write_text(exports.read_text().replace(",", ";"), encoding="utf-8-sig")
    printed = set()
    for path in [
        "exports.csv",
        "exports.xlsx",
        "exports.parquet",
        "plain.parquet",
        "semicolons.csv",
    ]:
        code, out, err = run(
            "brief", tmp_path / path, "--year-start", "7", "--until", "2024-04", "--json"
        )
        assert code == 0, err
        figures = json.loads(out)
        assert figures["ytd"] == 2593
        printed.add(out)
    assert len(printed) == 1


def test_options(run, exports):
    options = ["--column", "exports", "--time", "month", "--unit", "million dollars", "--adjusted"]
    code, out, _ = run("brief", exports, *options, "--mean", "--freq", "M")
    assert code == 0
    assert "million dollars" in out
    assert "(seasonally adjusted)" in out
    assert "average" in out
    code, out, _ = run(
        "brief", "us_meat", "--column", "beef", "--total", "row", "--until", "2021-04"
    )
    assert code == 0
    assert "share of the total of the 7 columns is 26.4%" in " ".join(out.split())


def test_empty_rows_and_missing_values(run, tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_text("month,x\n2024-01,10\n\n2024-02,NA\n2024-03,14\n2024-04,\n")
    code, out, _ = run("brief", path, "--json")
    assert code == 0
    figures = json.loads(out)
    assert (figures["period"], figures["level"], figures["mom"]) == ("2024-03", 14, None)


BAD = {
    "text": (
        "month,x\n2024-01,10\n2024-02,12\n2024-03,x12\n",
        'row 4, column "x": "x12" is not a number',
    ),
    "thousands": (
        'month,x\n2024-01,"1,200"\n2024-02,1\n2024-03,2\n',
        "without separated thousands",
    ),
    "infinite": ("month,x\n2024-01,inf\n2024-02,1\n2024-03,2\n", 'row 2, column "x": "inf"'),
    "underscore": ("month,x\n2024-01,1_0\n2024-02,1\n2024-03,2\n", 'row 2, column "x": "1_0"'),
    "duplicate": (
        "month,x\n2024-01,1\n2024-02,2\n2024-01,3\n",
        'row 4, column "month": 2024-01 is already',
    ),
    "period": (
        "month,x\n2024-01,1\n2024-02,2\n2024-13,3\n",
        "row 4, column \"month\": '2024-13' is not",
    ),
    "mixed": ("month,x\n2024-01,1\n2024-02,2\n2024Q2,3\n", 'row 4, column "month": 2024Q2 is not'),
    "undated": ("month,x\n2024-01,1\n,2\n2024-03,3\n", 'row 3, column "month": there is no period'),
    "ragged": ("month,x\n2024-01,1,5\n", "row 2: it has 3 cells, and the rows above it have 2"),
    "quote": ('month,x\n2024-01,1\n2024-02,"5\n', "row 3: a quotation mark is opened and never"),
    "comma": ("month;x\n2024-01;10,5\n2024-02;1\n2024-03;2\n", '"10,5" is not a number; write'),
    "commas": (
        "month;x\n2024-01;10,5\n2024-02;11,5\n",
        'holds numbers; "10,5" in column "x" is none: write numbers with a decimal point',
    ),
    "either": (
        "month;x\n2024-01;1,200\n2024-02;1\n2024-03;2\n",
        "write numbers without separated thousands, and with a decimal point",
    ),
    "twice": ("month,x,x\n2024-01,1,2\n", 'two columns are named "x"'),
    "no dates": ("a,b\nfoo,1\nbar,2\n", "no column holds periods"),
    "no numbers": ("month,x\n2024-01,a\n2024-02,b\n", "no column beside month holds numbers"),
    "no rows": ("month,x\n", "no row below the header"),
    "empty": ("", "first row is empty"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_files_name_row_and_column(run, tmp_path, kind):
    text, message = BAD[kind]
    path = tmp_path / "bad.csv"
    path.write_text(text)
    complaint = complains(run, "brief", path)
    assert message in complaint
    assert "bad.csv" in complaint


def test_bad_cells_of_excel_are_named(run, tmp_path):
    path = tmp_path / "bad.xlsx"
    frame = pd.DataFrame({"month": ["2024-01", "2024-02", "2024-03"], "x": [1, "n.a.?", 3]})
    frame.to_excel(path, index=False)
    assert 'row 3, column "x": "n.a.?" is not a number' in complains(run, "brief", path)


@pytest.mark.parametrize("first", ["2024-01,10", "2024-01,NA", "north,2024-01,10", "2024,10"])
def test_a_file_without_names_of_columns_does_not_lose_its_first_row(run, tmp_path, first):
    path = tmp_path / "bare.csv"
    rows = [first.replace("2024", year) for year in ("2024", "2025", "2026")]
    path.write_text("\n".join(rows) + "\n")
    complaint = complains(run, "brief", path)
    assert "bare.csv: the first row holds data, 2024" in complaint
    assert "write a row of names above it" in complaint


def test_a_sheet_without_names_of_columns(run, tmp_path):
    path = tmp_path / "bare.xlsx"
    months = pd.date_range("2024-01-01", periods=4, freq="MS")
    pd.DataFrame({0: months, 1: range(4)}).to_excel(path, index=False, header=False)
    assert "the first row holds data, 2024-01-01 among" in complains(run, "brief", path)


def test_files_that_are_not_what_they_seem(run, tmp_path):
    for name in ["a.xlsx", "a.parquet", "a.csv"]:
        (tmp_path / name).write_bytes(b"\xff\xfe\x00\x01 nothing")
        assert name in complains(run, "brief", tmp_path / name)
    (tmp_path / "a.json").write_text("{}")
    assert 'ends in ".json"' in complains(run, "brief", tmp_path / "a.json")
    assert "is a folder" in complains(run, "brief", tmp_path)


def test_what_is_not_there(run, exports, tmp_path):
    assert "no file missing.csv" in complains(run, "brief", "missing.csv")
    assert "no data set of this name (pakistan_ict, us_meat)" in complains(run, "brief", "missing")
    assert 'no column "gdp"' in complains(run, "brief", exports, "--column", "gdp")
    assert 'no column "gdp"' in complains(run, "brief", exports, "--time", "gdp")
    assert 'no column "gdp"' in complains(run, "brief", "us_meat", "--column", "gdp")
    assert 'one column, "ict_exports"' in complains(run, "brief", "pakistan_ict", "--column", "gdp")
    assert "column of periods" in complains(run, "brief", exports, "--column", "month")
    assert "no folder" in complains(run, "brief", exports, "--html", tmp_path / "no" / "brief.html")


def test_periods_that_make_no_sense(run, exports):
    assert "outside of the data" in complains(run, "brief", exports, "--until", "2030-01")
    assert "'soon' is not a period" in complains(run, "brief", exports, "--until", "soon")
    assert "'FOO' is not a month" in complains(run, "brief", exports, "--year-start", "FOO")


def test_a_frequency_that_is_not_that_of_the_file(run, exports, tmp_path):
    daily = tmp_path / "daily.csv"
    daily.write_text("day,x\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n")
    complaint = complains(run, "brief", daily, "--freq", "M")
    assert "January 2024 occurs twice under --freq M: aggregate the rows" in complaint
    assert "leave --freq out" in complaint
    assert "rows 0" not in complaint
    assert "leave --freq out" in complains(run, "brief", exports, "--freq", "D")


def test_releases_that_are_not_there(run, tmp_path):
    absent = tmp_path / "absent.toml"
    for command in (["audit", absent], ["audit", absent, absent], ["read", absent]):
        assert f"paimana: there is no file {absent}\n" == complains(run, *command)
    assert "is a folder: name a file in it" in complains(run, "audit", tmp_path)


def test_a_fault_of_our_own_is_no_traceback(run, monkeypatch):
    monkeypatch.setattr("paimana.cli.run_brief", lambda options: {}["x"])
    code, _, err = run("brief", "pakistan_ict")
    assert code == 1
    assert err.startswith("paimana: a fault of paimana itself, KeyError")


def test_version_and_module():
    module = [sys.executable, "-m", "paimana"]
    shown = subprocess.run([*module, "--version"], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["paimana", pm.__version__]
    bare = subprocess.run(module, capture_output=True, text=True, check=False)
    assert bare.returncode == 2
    assert "usage" in bare.stderr


def test_a_terminal_without_our_letters(tmp_path):
    path = tmp_path / "urdu.csv"
    path.write_text("month,برآمدات\n2024-01,1\n2024-02,2\n2024-03,3\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "paimana", "brief", str(path)],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert b"March 2024" in run.stdout


def test_a_reader_that_has_had_enough():
    command = f'"{sys.executable}" -m paimana brief us_meat --json | head -1'
    run = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "{"
    assert "Traceback" not in run.stderr
    assert "Exception" not in run.stderr
