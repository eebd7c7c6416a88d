"""A list of contacts as a spreadsheet has it: CSV or xlsx, columns by their Chinese or English heads.

Whatever stands in a cell is text: a formula is not worked out, and control characters become blanks. Rows that
cannot be taken are told all at once, and then none is.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from jinji_report.errors import MissingExtra, UnusableInput

if TYPE_CHECKING:
    from zipfile import ZipFile

HEADS: dict[str, tuple[str, ...]] = {
    "unit": ("单位", "单位名称", "部门", "科室", "部门名称", "直报点", "信息直报点", "unit", "department"),
    "role": ("职务", "职位", "岗位", "角色", "role", "title"),
    "person": ("姓名", "联系人", "值班人", "负责人", "信息员", "person", "name", "contact"),
    "phone": (
        "电话",
        "联系电话",
        "值班电话",
        "办公电话",
        "手机",
        "手机号",
        "手机号码",
        "电话号码",
        "phone",
        "tel",
        "mobile",
    ),
    "hours": ("时段", "时间", "值班时段", "hours"),
    "call": ("叫应次序", "叫应", "次序", "呼叫顺序", "call"),
    "direct": ("是否直报点", "直报", "是否直报", "direct"),
    "id": ("编号", "id"),
}
MOST_ROWS = 20_000
MOST_COLUMNS = 64
MOST_UNPACKED = 50_000_000  # bytes of a workbook
MOST_MERGED = 200_000  # cells: each is made as a cell of its own
MOST_TOLD = 8  # bad rows in one refusal
_MERGED = rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
_HEAD_WITHIN = 10  # rows; a title may stand above the heads
_YES = ("是", "有", "√", "✓", "1", "y", "yes", "true", "直报", "直报点")
_NO = ("", "否", "无", "×", "0", "n", "no", "false", "-", "—")
_HOURS = {
    "": "任何时间",
    "任何时间": "任何时间",
    "全天": "任何时间",
    "24小时": "任何时间",
    "工作时间": "工作时间",
    "上班时间": "工作时间",
    "非工作时间": "非工作时间",
    "下班时间": "非工作时间",
    "节假日": "非工作时间",
    "夜间": "非工作时间",
}

Line = tuple[int, list[str]]
"""A row of the sheet: its number as the spreadsheet counts, and its cells."""


class Read:
    """The rows of a list, and the heads of columns that mean nothing here."""

    __slots__ = ("ignored", "rows")

    def __init__(self, rows: Sequence[dict[str, Any]], ignored: Sequence[str]) -> None:
        self.rows = tuple(rows)
        self.ignored = tuple(ignored)


def is_workbook(raw: bytes) -> bool:
    return raw.startswith(b"PK\x03\x04") and b"xl/" in raw


def lines_of_csv(text: str) -> list[Line]:
    """The lines of a CSV file, whose cells are parted by commas, semicolons or tabs. Raises UnusableInput."""
    head = "\n".join(text.splitlines()[:_HEAD_WITHIN])
    mark = max((",", "\t", ";", "，"), key=head.count)
    lines: list[Line] = []
    reader = csv.reader(StringIO(text.replace("\x00", " ")), delimiter=mark)
    try:
        for cells in reader:
            lines.append((reader.line_num, [_cell(cell) for cell in cells]))
    except csv.Error as error:
        raise UnusableInput(
            f"第 {reader.line_num} 行不是 CSV（引号没有成对或太长）。", remedy="在表格软件里重新另存为 CSV。"
        ) from error
    return lines


def lines_of_workbook(raw: bytes, sheet: str | None) -> list[Line]:
    """The lines of a sheet, by default the first; merged cells all have their text. Raises UnusableInput, MissingExtra."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtra("读 Excel 文件", "openpyxl", "xlsx", "或在表格软件里另存为 CSV 再导入") from error
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(raw)) as packed:
            if _is_vast(packed):
                raise UnusableInput(
                    "这个 Excel 文件太大，或合并的单元格太多。", remedy="只留通讯录那一张表，或另存为 CSV。"
                )
        book = load_workbook(BytesIO(raw))
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError, SyntaxError) as error:
        raise UnusableInput(
            "这个 Excel 文件打不开（损坏或加了密）。", remedy="在表格软件里另存为 .xlsx 或 CSV 再试。"
        ) from error
    names = [one.title for one in book.worksheets]
    if sheet is not None and sheet not in names:
        raise UnusableInput(f"没有叫“{sheet}”的工作表。", remedy=f"可用：{'、'.join(names)}。")
    if not names:
        raise UnusableInput("这个 Excel 文件里没有表格。", remedy="检查是不是选错了文件。")
    page = book[sheet] if sheet is not None else book.worksheets[0]
    if page.max_row > MOST_ROWS:
        raise UnusableInput(f"这张表有 {page.max_row} 行。", remedy=f"一次最多 {MOST_ROWS} 行。")
    columns = min(page.max_column, MOST_COLUMNS)
    cells = [[_cell(value) for value in row] for row in page.iter_rows(max_col=columns, values_only=True)]
    for block in page.merged_cells.ranges:
        if block.min_col > columns:
            continue
        text = cells[block.min_row - 1][block.min_col - 1]
        for row in cells[block.min_row - 1 : block.max_row]:
            row[block.min_col - 1] = text
    return list(enumerate(cells, 1))


def _is_vast(packed: "ZipFile") -> bool:
    """The workbook is larger than any list of contacts, as it is or by what its merged cells would become."""
    if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
        return True
    merged = 0
    for name in packed.namelist():
        if name.startswith("xl/worksheets/"):
            for one in re.finditer(_MERGED, packed.read(name)):
                left, top, right, bottom = one.groups()
                merged += (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)
    return merged > MOST_MERGED


def _column(letters: bytes) -> int:
    """`A` is 1, `AA` 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def rows_of(lines: Sequence[Line]) -> Read:
    """The contacts that the lines are. Raises UnusableInput that names the rows that cannot be taken."""
    place, columns, ignored = _heads(lines)
    rows: list[dict[str, Any]] = []
    bad: list[str] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in lines[place + 1 :]:
        if not any(cells):
            continue
        told = {name: _of(cells, spots) for name, spots in columns.items()}
        row, why = _row(told)
        key = tuple(str(row[name]) for name in ("unit", "role", "person", "phone", "hours"))
        if not why and key in seen:
            why = f"与第 {seen[key]} 行重复"
        seen.setdefault(key, number)
        if why:
            bad.append(f"第 {number} 行{why}")
        rows.append(row)
    if bad:
        more = f"，等 {len(bad)} 行" if len(bad) > MOST_TOLD else ""
        raise UnusableInput(
            f"有 {len(bad)} 行不能用，一行也没有导入：{'；'.join(bad[:MOST_TOLD])}{more}。",
            remedy="改好这些行，再导入一次。",
        )
    if not rows:
        raise UnusableInput("表里没有一行联系人。", remedy="表头下面要有内容：单位、职务、姓名、电话。")
    if len(rows) > MOST_ROWS:
        raise UnusableInput(f"表里有 {len(rows)} 行。", remedy=f"一次最多 {MOST_ROWS} 行。")
    return Read(rows, ignored)


def _heads(lines: Sequence[Line]) -> tuple[int, dict[str, list[int]], list[str]]:
    """The line of the heads, the columns of each field, and the heads that mean nothing. Raises UnusableInput."""
    for place, (_, cells) in enumerate(lines[:_HEAD_WITHIN]):
        columns: dict[str, list[int]] = {}
        ignored = []
        for spot, cell in enumerate(cells):
            name = _field(cell)
            if name is not None:
                columns.setdefault(name, []).append(spot)
            elif cell:
                ignored.append(cell)
        if "unit" in columns and len(columns) > 1:
            return place, columns, ignored
    raise UnusableInput(
        "没有找到表头。",
        remedy="表头要有“单位”和“电话”，可有：职务、姓名、时段、叫应次序、是否直报点、编号。",
    )


def _field(head: str) -> str | None:
    plain = re.sub(r"[\s*＊:：()（）]", "", unicodedata.normalize("NFKC", head)).casefold()
    return next((name for name, heads in HEADS.items() if plain in heads), None)


def _of(cells: Sequence[str], spots: Sequence[int]) -> str:
    """What the columns of one field say, each once."""
    told = (cells[spot] for spot in spots if spot < len(cells))
    return "、".join(dict.fromkeys(text for text in told if text))


def _row(told: dict[str, str]) -> tuple[dict[str, Any], str]:
    """The row, and why it cannot be taken ("" where it can)."""
    why = list(_faults(told))
    call = told.get("call", "")
    return {
        "id": told.get("id") or None,
        "unit": told["unit"],
        "role": told.get("role", ""),
        "person": told.get("person", ""),
        "phone": _phone(told.get("phone", "")),
        "hours": _HOURS.get(told.get("hours", ""), ""),
        "call": int(call) if not why and call else None,
        "direct": told.get("direct", "").casefold() in _YES,
    }, "，".join(why)


def _faults(told: dict[str, str]) -> Iterator[str]:
    if not told["unit"]:
        yield "没有单位"
    phone = _phone(told.get("phone", ""))
    if re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", phone):
        yield f"电话被表格改成了 {phone}（把这一列设成文本再填）"
    elif phone and not (re.fullmatch(r"[\d+\-() 转、,;/#*]+", phone) and sum(map(str.isdigit, phone)) >= 3):
        yield f"电话“{phone[:20]}”不像号码"
    if told.get("hours", "") not in _HOURS:
        yield f"时段“{told['hours'][:20]}”要写 任何时间、工作时间 或 非工作时间"
    call = told.get("call", "")
    if call and not (call.isascii() and call.isdigit() and 1 <= int(call[:4]) <= 99):
        yield f"叫应次序“{call[:20]}”要写 1 到 99"
    if told.get("direct", "").casefold() not in (*_YES, *_NO):
        yield f"直报点“{told['direct'][:20]}”要写 是 或 否"


def _phone(text: str) -> str:
    """Digits and marks of full width as the plain ones."""
    return unicodedata.normalize("NFKC", text).replace("—", "-").replace("–", "-")


def _cell(value: Any) -> str:
    """A cell as one line of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in str(value))
    return " ".join(text.split())
