"""Series from a user's file: CSV, Excel or Parquet, read through pandas, checked cell by cell.

The result is a pandas DataFrame of numbers with a label of its period for each row. What is wrong
in a file is said with its row and column; nothing is guessed: a text among the numbers is an error,
not a missing value.
"""

from __future__ import annotations

import re
from datetime import date
from math import isfinite, isnan
from pathlib import Path
from typing import Any

from paimana._extras import require
from paimana._period import parse

__all__ = ["read_file"]

_MISSING = {"", "na", "n/a", "nan", "null", ".", ".."}
"""How missing values are written; a dash is none of them, as offices print it for zero."""
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}([,\s’']\d{3})+(\.\d+)?")
_COMMA = re.compile(r"[+-]?\d{1,3}([.\s’']?\d{3})*,\d+|[+-]?\d+,\d+")


def read_file(
    path: str | Path,
    *,
    time: str | None = None,
    columns: list[str] | None = None,
) -> Any:
    """Read the numbers of a file.

    Parameters
    ----------
    path
        A file ending in .csv, .tsv, .txt, .xlsx, .xlsm, .xls, .parquet or .pq; of a workbook the
        first sheet.
    time
        The column of periods; by default the first one that holds mostly periods.
    columns
        The columns of numbers; by default all that hold mostly numbers.

    Returns
    -------
    pandas DataFrame
        float64, its index the periods as written.

    Raises
    ------
    ValueError
        If the file is not there or cannot be read, if a column is not there, or if a cell is not
        what its column says; the sentence names the row and the column.
    ImportError
        If pandas, or what it needs for this kind of file, is not installed.
    """
    pandas = require("pandas", "pandas")
    file = Path(path)
    names, cells, first_row = _table(pandas, file)
    if not names or not cells[0]:
        raise ValueError(f"{file}: there is no row below the header")
    dates = _find_time(file, names, cells, time)
    if first_row == 2 and _is_period(names[dates]):
        raise ValueError(
            f"{file}: the first row holds data, {names[dates]} among them, and must name the "
            "columns; write a row of names above it"
        )
    wanted = _find_numbers(file, names, cells, dates, columns)
    rows = [i for i in range(len(cells[0])) if any(not _is_missing(column[i]) for column in cells)]
    labels = _labels(
        file, names[dates], [cells[dates][i] for i in rows], [i + first_row for i in rows]
    )
    data = {
        names[k]: [_number(file, names[k], cells[k][i], i + first_row) for i in rows]
        for k in wanted
    }
    return pandas.DataFrame(data, index=pandas.Index(labels, name=names[dates]), dtype="float64")


def _table(pandas: Any, file: Path) -> tuple[list[str], list[list[Any]], int]:
    """The names of the columns, their cells, and the number of the first row of cells."""
    ending = file.suffix.lower()
    if not file.exists():
        raise ValueError(f"there is no file {file}")
    if file.is_dir():
        raise ValueError(f"{file} is a folder: name a file in it")
    try:
        if ending in (".csv", ".tsv", ".txt"):
            return _with_header(file, _csv(pandas, file))
        if ending in (".xlsx", ".xlsm", ".xls"):
            return _with_header(file, pandas.read_excel(file, header=None, dtype=object))
        if ending in (".parquet", ".pq"):
            frame = pandas.read_parquet(file)
            if not isinstance(frame.index, pandas.RangeIndex):
                frame = frame.reset_index()
            names = [str(name) for name in frame.columns]
            return names, [frame.iloc[:, k].tolist() for k in range(len(names))], 1
    except ImportError as error:
        raise ImportError(f"{file}: {error}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{file}: this is not text in UTF-8; save it as CSV UTF-8") from None
    except (OSError, KeyError) as error:
        raise ValueError(f"{file} cannot be read: {error}") from None
    except Exception as error:  # each reader has errors of its own
        if type(error) is ValueError and str(error).startswith(str(file)):
            raise
        reason = " ".join(str(error).split())
        if cells := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", reason):
            raise ValueError(
                f"{file}, row {cells[2]}: it has {cells[3]} cells, and the rows above it have "
                f"{cells[1]}; put cells that hold a separator into quotes"
            ) from None
        if quote := re.search(r"EOF inside string starting at row (\d+)", reason):
            raise ValueError(
                f"{file}, row {int(quote[1]) + 1}: a quotation mark is opened and never closed"
            ) from None
        raise ValueError(f"{file} cannot be read as {ending[1:]}: {reason}") from None
    raise ValueError(
        f'{file} ends in "{ending}": give a file of CSV (.csv, .tsv), Excel (.xlsx) or Parquet'
    )


def _csv(pandas: Any, file: Path) -> Any:
    """A CSV file as texts; the header tells what parts the columns."""
    with file.open(encoding="utf-8-sig") as lines:
        header = lines.readline()
    if not header.strip():
        raise ValueError(f"{file}: the first row is empty; it must name the columns")
    separator = max(",;\t", key=header.count)
    return pandas.read_csv(
        file,
        sep=separator,
        header=None,
        dtype=str,
        keep_default_na=False,
        skip_blank_lines=False,
        encoding="utf-8-sig",
    )


def _with_header(file: Path, frame: Any) -> tuple[list[str], list[list[Any]], int]:
    """A table whose first row names the columns."""
    if frame.empty:
        raise ValueError(f"{file}: there is nothing in it")
    names = ["" if _is_missing(cell) else _text(cell) for cell in frame.iloc[0]]
    seen: set[str] = set()
    for name in names:
        if name and name in seen:
            raise ValueError(f'{file}: two columns are named "{name}"; give each its own name')
        seen.add(name)
    return names, [frame.iloc[1:, k].tolist() for k in range(len(names))], 2


def _find_time(file: Path, names: list[str], cells: list[list[Any]], time: str | None) -> int:
    """The column of periods."""
    if time is not None:
        return _find(file, names, time)
    for k, column in enumerate(cells):
        filled = [cell for cell in column if not _is_missing(cell)]
        if names[k] and filled and 2 * sum(_is_period(cell) for cell in filled) > len(filled):
            return k  # what else it holds is named by `_labels`
    raise ValueError(
        f"{file}: no column holds periods such as 2024-04, 2024Q1 or 2024-04-30; the "
        f"columns are {', '.join(names)}: name the one of periods (--time)"
    )


def _find(file: Path, names: list[str], name: str) -> int:
    if name in names:
        return names.index(name)
    raise ValueError(f'{file}: there is no column "{name}"; the columns are {", ".join(names)}')


def _find_numbers(
    file: Path, names: list[str], cells: list[list[Any]], dates: int, columns: list[str] | None
) -> list[int]:
    """The columns of numbers: those asked for, or those that hold mostly numbers."""
    if columns is not None:
        found = [_find(file, names, name) for name in columns]
        if dates in found:
            raise ValueError(
                f'{file}: "{names[dates]}" is the column of periods; name one of numbers'
            )
        return found
    found: list[int] = []
    for k, column in enumerate(cells):
        filled = [cell for cell in column if not _is_missing(cell)]
        numbers = sum(_is_number(cell) for cell in filled)
        if k != dates and names[k] and filled and 2 * numbers > len(filled):
            found.append(k)
    if not found:
        raise ValueError(
            f"{file}: no column beside {names[dates]} holds numbers{_almost(names, cells, dates)}"
        )
    return found


def _almost(names: list[str], cells: list[list[Any]], dates: int) -> str:
    """What stands where numbers are expected, if it is written like some."""
    for k, column in enumerate(cells):
        for cell in column:
            text = cell.strip() if isinstance(cell, str) else ""
            if k != dates and (_GROUPED.fullmatch(text) or _COMMA.fullmatch(text)):
                return f'; "{text}" in column "{names[k]}" is none: {_advice(text)}'
    return ""


def _labels(file: Path, name: str, column: list[Any], rows: list[int]) -> list[str]:
    """The periods as texts; each must be one, and no two the same."""
    labels: list[str] = []
    seen: dict[tuple[str, int, int], int] = {}
    kind = ""
    for cell, row in zip(column, rows, strict=True):
        if _is_missing(cell):
            raise ValueError(f'{file}, row {row}, column "{name}": there is no period')
        text = _text(cell)
        try:
            period = parse(text)
        except ValueError as error:
            raise ValueError(f'{file}, row {row}, column "{name}": {error}') from None
        if labels and period.kind != kind:
            raise ValueError(
                f'{file}, row {row}, column "{name}": {text} is not written as {labels[0]} is'
            )
        kind = period.kind
        key = (period.kind, period.first, period.number)
        if key in seen:
            raise ValueError(
                f'{file}, row {row}, column "{name}": {text} is already in row {seen[key]}'
            )
        seen[key] = row
        labels.append(text)
    return labels


def _number(file: Path, name: str, cell: Any, row: int) -> float:
    """The number in a cell; a missing one is NaN."""
    if _is_missing(cell):
        return float("nan")
    if not _is_number(cell):
        text = _text(cell)
        raise ValueError(
            f'{file}, row {row}, column "{name}": "{text}" is not a number; {_advice(text)}'
        )
    return float(cell)


def _advice(text: str) -> str:
    """How a text that looks like a number is to be written."""
    if _GROUPED.fullmatch(text) and text.count(",") == 1 and "." not in text:
        # 1,200 is twelve hundred or one and a fifth.
        return "write numbers without separated thousands, and with a decimal point"
    if _GROUPED.fullmatch(text):
        return "write numbers without separated thousands"
    if _COMMA.fullmatch(text):
        return "write numbers with a decimal point, and without separated thousands"
    return "write numbers plainly, such as 310 or 310.5, and leave missing ones empty"


def _is_missing(cell: Any) -> bool:
    if isinstance(cell, str):
        return cell.strip().lower() in _MISSING
    return cell is None or cell != cell or type(cell).__name__ in ("NAType", "NaTType")


def _is_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return _NUMBER.fullmatch(cell.strip()) is not None
    if isinstance(cell, date):
        return False
    return hasattr(cell, "__float__") and not isnan(float(cell)) and isfinite(float(cell))


def _is_period(cell: Any) -> bool:
    try:
        parse(_text(cell))
    except ValueError:
        return False
    return True


def _text(cell: Any) -> str:
    """A cell as its text: dates by ISO, whole numbers without a point."""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
