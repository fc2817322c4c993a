"""The command line: `paimana brief`, and one function a command.

A command is a function that adds its subparser, and one that runs it; `COMMANDS` lists the former.
What a user can do wrong ends in one sentence on stderr and exit code 2, never in a traceback.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from paimana._core import __version__

__all__ = ["COMMANDS", "main"]


def add_brief(commands: Any) -> None:
    """Add `paimana brief` to the commands."""
    parser = commands.add_parser(
        "brief",
        help="what a release says about one period of a series",
        description="Print the brief of a series: level, rates, records, base effect.",
    )
    parser.add_argument(
        "data", metavar="FILE|DATASET", help="a CSV, Excel or Parquet file, or a data set"
    )
    parser.add_argument("--time", metavar="COLUMN", help="the column of periods; found by itself")
    parser.add_argument(
        "--column", metavar="COLUMN", action="append", help="a column of numbers; may be repeated"
    )
    parser.add_argument(
        "--until", metavar="PERIOD", help="the period, such as 2024-04; the last one"
    )
    parser.add_argument(
        "--year-start", metavar="MONTH", default="JAN", help="first month of the year, such as JUL"
    )
    parser.add_argument(
        "--freq", choices=list("AHQMWD"), help="the frequency; told by the periods themselves"
    )
    parser.add_argument("--adjusted", action="store_true", help="the data are seasonally adjusted")
    parser.add_argument(
        "--mean",
        action="store_true",
        help="average the year to date (indices and rates), not sum it",
    )
    parser.add_argument(
        "--total", metavar="COLUMN", help='a column to give shares of; "row": the sum'
    )
    parser.add_argument(
        "--unit", metavar="WORDS", help='the unit in words, such as "million US dollars"'
    )
    parser.add_argument(
        "--html", metavar="PATH", help="write a page with charts that needs no other file"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.set_defaults(run=run_brief)


def run_brief(options: Namespace) -> int:
    """Print the brief of a file or data set."""
    from paimana.report.brief import brief

    data = _data(options)
    try:
        result = brief(
            data,
            column=options.column[0] if len(options.column or ()) == 1 else options.column,
            until=options.until,
            year_start=_month(options.year_start),
            freq=options.freq,
            adjusted=options.adjusted,
            how="mean" if options.mean else "sum",
            total=options.total,
            measured_in=options.unit,
        )
    except ValueError as error:
        # Rows are counted otherwise in a file, and options have other names here.
        said, repeated, _ = str(error).partition(", in rows ")
        if repeated and options.freq is not None:
            said = f"{said} under --freq {options.freq}: aggregate the rows of a period first, or "
            said += "leave --freq out"
        else:
            said = str(error)
        raise ValueError(said.replace("freq=", "--freq")) from None
    if options.html is not None:
        target = Path(options.html)
        if not target.parent.is_dir():
            raise ValueError(f"there is no folder {target.parent} to write {target.name} to")
        result.to_html(target)
    if options.json:
        print(json.dumps(result.to_dict(), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print(result)
    if options.html is not None:
        print(f"Written: {options.html}", file=sys.stderr)
    return 0


def _data(options: Namespace) -> Any:
    """The data set of that name, or the file."""
    from paimana import datasets

    if options.data in datasets.names() and not Path(options.data).exists():
        data = datasets.load(options.data, container="pandas")
        if options.column and not hasattr(data, "columns"):
            if options.column != [data.name]:
                raise ValueError(f'{options.data} has one column, "{data.name}"')
            options.column = None
        return data
    from paimana.datasets.files import read_file

    if not Path(options.data).suffix and not Path(options.data).exists():
        known = ", ".join(datasets.names())
        raise ValueError(f"there is no file {options.data}, and no data set of this name ({known})")
    wanted = options.column
    if wanted is not None and options.total not in (None, "row", *wanted):
        wanted = [*wanted, options.total]
    elif options.total == "row":
        wanted = None
    frame = read_file(options.data, time=options.time, columns=wanted)
    if options.column is None and frame.shape[1] == 1:
        options.column = list(frame.columns)
    return frame


def _month(text: str) -> int | str:
    return int(text) if text.strip().isdigit() else text


def _not_there(error: OSError) -> str:
    """Why a file cannot be opened, in one clause."""
    if isinstance(error, FileNotFoundError):
        return f"there is no file {error.filename}"
    if isinstance(error, IsADirectoryError):
        return f"{error.filename} is a folder: name a file in it"
    return f"{error.filename} cannot be read: {error.strerror}"


def add_audit(commands: Any) -> None:
    """Add `paimana audit` to the commands."""
    parser = commands.add_parser(
        "audit",
        help="whether the figures and statements of a release hold together",
        description="Audit releases. Exit code 0: they hold together; 1: one does not; 2: a file "
        "cannot be used.",
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="a release as TOML or JSON")
    parser.add_argument("--html", metavar="PATH", help="write a page that needs no other file")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.add_argument(
        "--strict", action="store_true", help="exit code 1 for releases that hold only if truncated"
    )
    parser.add_argument(
        "--limit", metavar="SECONDS", type=float, default=10.0, help="work allowed for each; 10"
    )
    parser.set_defaults(run=run_audit)


def run_audit(options: Namespace) -> int:
    """Audit files; the exit code says whether all hold together."""
    from paimana.release.audit import audit

    several = len(options.files) > 1
    if several and options.html is not None:
        raise ValueError("--html writes the page of one release; give one file")
    bad = {"inconsistent", "undecided"} | ({"truncated"} if options.strict else set[str]())
    found: list[Any] = []
    for file in options.files:
        try:
            found.append(audit(file, limit=options.limit))
        except OSError as error:
            raise ValueError(_not_there(error)) from None
        except ValueError as error:
            raise ValueError(f"{file}: {error}" if several else str(error)) from None
    if options.html is not None:
        found[0].to_html(options.html)
    if options.json:
        texts = [one.to_json() for one in found]
        print(f"[{', '.join(texts)}]" if several else texts[0])
    else:
        print("\n\n".join(str(one) for one in found))
    return int(any(one.verdict in bad for one in found))


def add_read(commands: Any) -> None:
    """Add `paimana read` to the commands."""
    parser = commands.add_parser(
        "read",
        help="draft the figures and claims of a release from its text",
        description="Print a draft as TOML, to be compared with the text and confirmed by hand.",
    )
    parser.add_argument("file", metavar="FILE", help="the text of a release")
    parser.add_argument(
        "--year-start", metavar="MONTH", help="first month of the fiscal year, such as JUL"
    )
    parser.add_argument("--period", metavar="PERIOD", help='what "this month" is, such as 2024-04')
    parser.set_defaults(run=run_read)


def run_read(options: Namespace) -> int:
    """Print the draft of a text."""
    from paimana.release.read import read_release

    try:
        text = Path(options.file).read_text(encoding="utf-8")
    except OSError as error:
        raise ValueError(_not_there(error)) from None
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{options.file} is not text: byte {error.start + 1} is not UTF-8"
        ) from None
    print(
        read_release(text, year_start=options.year_start, period=options.period).to_toml(), end=""
    )
    return 0


COMMANDS: list[Callable[[Any], None]] = [add_brief, add_audit, add_read]
"""What adds each command to the parser."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        What is typed after ``paimana``; by default that of the process.

    Returns
    -------
    int
        0 for success, 2 for input that makes no sense, 130 after Ctrl-C, 141 for a closed pipe,
        1 for a fault of paimana itself.
    """
    parser = ArgumentParser(
        prog="paimana",
        description="Economic indicators, exact and by the calendar, and the audit of releases.",
    )
    parser.add_argument("--version", action="version", version=f"paimana {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in COMMANDS:
        add(commands)
    options = parser.parse_args(arguments)
    stream: Any
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without this letter
    try:
        return options.run(options)
    except BrokenPipeError:  # the reader, such as head, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (ValueError, TypeError, ImportError, OSError) as error:
        return _complain(error, 2)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _complain(f"a fault of paimana itself, {type(error).__name__}: {error}", 1)


def _complain(error: object, code: int) -> int:
    """Say what is wrong in one line on stderr."""
    print(f"paimana: {' '.join(str(error).split())}", file=sys.stderr)
    return code
