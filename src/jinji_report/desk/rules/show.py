"""What is in force on a day, as tables for reading: every value with the line that says it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jinji_report.desk.rules.book import Book, Where
from jinji_report.standards.explain import COMPILED, compiled_of, could_hold, names_in, when_of
from jinji_report.standards.join import Row
from jinji_report.standards.telling import KINDS, Teller, in_force
from jinji_report.vocabulary import TIERS

HEAD_OF_ORIGIN = "出自"


class Section:
    """One kind of row: the table's heads and rows, and where each row was written.

    Every row ends with its origin (`county.toml:104`), which is also in `places`.
    """

    __slots__ = ("heads", "keys", "name", "places", "rows")

    def __init__(
        self,
        name: str,
        heads: tuple[str, ...],
        rows: list[tuple[str, ...]],
        keys: list[str],
        places: list[list[Where]],
    ) -> None:
        self.name = name
        self.heads = heads
        self.rows = rows
        self.keys = keys
        self.places = places

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "heads": list(self.heads),
            "rows": [list(row) for row in self.rows],
            "origins": [
                {
                    "key": key,
                    "file": places[-1].file,
                    "line": places[-1].line,
                    "also": [{"file": place.file, "line": place.line} for place in places[:-1]],
                }
                for key, places in zip(self.keys, self.places, strict=True)
            ],
        }


class Shown:
    """The sections of a day, and how many rows were left out because they ended before or begin later.

    `ended_last`: the newest day on which one of the ended rows still held; `ahead_first`: the day on
    which the first of the later ones begins.
    """

    __slots__ = ("ahead", "ahead_first", "ended", "ended_last", "sections")

    def __init__(self, sections: list[Section], ended: list[str], ahead: list[str]) -> None:
        self.sections = sections
        self.ended = len(ended)
        self.ahead = len(ahead)
        self.ended_last = max(ended, default=None)
        self.ahead_first = min(ahead, default=None)

    def left_out(self, day: date) -> str:
        """One line about the rows left out; empty where there are none."""
        parts = []
        if self.ended:
            parts.append(f"已停用{self.ended}条（最晚的到 {self.ended_last}）")
        if self.ahead:
            parts.append(f"还没有生效{self.ahead}条（最早的从 {self.ahead_first} 起）")
        if not parts:
            return ""
        return f"{day} 不在有效期、没有列出的：{'，'.join(parts)}；用 --on 日期 看那一天的。"


def shown(book: Book, day: date, category: str | None = None) -> Shown:
    """Every kind of row in force on `day`; with `category`, what can matter to an incident of it."""
    teller = Teller(book.subject, day)
    sections: list[Section] = []
    ended: list[str] = []
    ahead: list[str] = []
    named: set[tuple[str, str]] = set()
    for kind, name in KINDS.items():
        table = book.rows(kind)
        if category is not None:
            table = _for_category(book, kind, table, category, named)
        rows: dict[str, Row] = {}
        for key, data in table.items():
            if in_force(data, day):
                rows[key] = data
            elif (data.get("effective_to") or "9999") < day.isoformat():
                ended.append(data["effective_to"])
            else:
                ahead.append(data["effective_from"])
        if kind in COMPILED:
            named |= {pair for data in rows.values() for pair in _names_of(kind, data)}
        if kind == "contact":
            rows = dict(sorted(rows.items(), key=lambda item: item[1]["call"] or 100))
        if kind in ("hop", "office"):
            tiers = [tier.value for tier in TIERS]
            rows = dict(sorted(rows.items(), key=lambda item: tiers.index(item[1]["tier"])))
        if rows:
            sections.append(_section(book, teller, kind, name, rows))
    sections.append(_of_the_desk(book))
    return Shown(sections, ended, ahead)


def _section(book: Book, teller: Teller, kind: str, name: str, rows: Mapping[str, Row]) -> Section:
    places = [book.everywhere(kind, key) for key in rows]
    cells = [teller.cells(kind, key, data) for key, data in rows.items()]
    origins = ["、".join(place.short for place in row) for row in places]
    heads = (*(head for head, _ in cells[0]), HEAD_OF_ORIGIN)
    table = [(*(text for _, text in row), origin) for row, origin in zip(cells, origins, strict=True)]
    return Section(name, heads, table, list(rows), places)


def _for_category(
    book: Book, kind: str, table: Mapping[str, Row], category: str, named: set[tuple[str, str]]
) -> dict[str, Row]:
    """The rows that can matter to the category; of measures, tags and windows those that such rows name."""
    if kind in COMPILED:
        compiled = compiled_of(kind, book.subject)
        return {
            key: data
            for key, data in table.items()
            if (not compiled[key].get("categories") or category in compiled[key]["categories"])
            and could_hold(compiled[key].get("when") or {}, category) is not False
        }
    if kind in ("measure", "tag", "window"):
        return {key: data for key, data in table.items() if (kind, key) in named}
    if kind == "category":
        return {key: data for key, data in table.items() if key == category}
    if kind == "group":
        return {key: data for key, data in table.items() if category in data["categories"]}
    if kind == "place":
        return {
            key: data for key, data in table.items() if any(("tag", tag) in named for tag in data["tags"])
        }
    return dict(table)


def _names_of(kind: str, data: Row) -> Iterable[tuple[str, str]]:
    yield from names_in(when_of(kind, data))
    yield from (("measure", name) for name in data.get("outlook", ()))


_DESK = {"unit": "本单位", "tier": "本单位层级", "line": "本单位报送线", "locality": "所辖地方"}
_WORDING = {
    "opening": "首报开头",
    "unknown": "不知道的写",
    "checking": "正在核实的写",
    "cause_unknown": "原因不明的写",
    "actions_unknown": "处置不明的写",
    "follow": "续报开头",
    "no_casualties": "无人伤亡的写",
    "signature": "首报前须签发",
    "read_back": "电话报后请对方复述",
    "title_most": "标题最多字数",
    "text_most": "首报、续报正文最多字数",
    "gap_hours": "事发到接报超过多少小时提示",
}


def _of_the_desk(book: Book) -> Section:
    """The values that stand alone: the desk, how reports are worded, when a limit counts as due soon."""
    joined = book.subject.joined
    found: list[tuple[str, str, str, list[Where]]] = []

    def add(key: str, label: str, text: str, kind: str, name: str) -> None:
        found.append((key, label, text, book.everywhere(kind, name)))

    for name, label in _DESK.items():
        add(f"desk.{name}", label, str((joined.desk or {}).get(name, "")), "", "desk")
    if joined.due_soon is not None:
        add("due_soon", "剩多少分钟算将到期", f"{joined.due_soon}分钟", "", "due_soon")
    for stage, text in joined.wording.get("title", {}).items():
        add(f"wording.title.{stage}", f"{stage}标题", text, "wording", "title")
    for name, label in _WORDING.items():
        value = joined.wording.get(name)
        if value is not None:
            text = "；".join(value) if isinstance(value, list) else value
            text = ("是" if text else "否") if isinstance(text, bool) else str(text)
            add(f"wording.{name}", label, text, "wording", name)
    return Section(
        "本单位和文字",
        ("项目", "内容", HEAD_OF_ORIGIN),
        [(label, text, "、".join(place.short for place in places)) for _, label, text, places in found],
        [key for key, *_ in found],
        [places for *_, places in found],
    )
