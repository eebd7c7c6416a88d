"""CSV that a spreadsheet opens without running anything in it."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

# A cell that opens with one of these is a formula, or starts one, to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """The head and a line a row, each with its \\n."""
    yield _line(columns)
    for row in rows:
        yield _line([_cell(row.get(column)) for column in columns])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list | bool):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        # A leading apostrophe makes a spreadsheet take the cell as text, and shows no more than that.
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
    return str(value)


def _line(cells: Sequence[str]) -> str:
    out = StringIO()
    # With "\n" alone for the end, older Pythons leave a cell that holds a \r unquoted.
    csv.writer(out, lineterminator="\r\n").writerow([cell.replace("\x00", "") for cell in cells])
    return out.getvalue().removesuffix("\r\n") + "\n"
