"""The coverage of the shipped standards as Markdown: what each category has, and what was left out and why.

Everything but the last part is told by the packs themselves; that one is kept by hand in
`coverage/left-out.toml` beside them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from jinji_report.desk.rules.book import Book, open_book
from jinji_report.errors import UnusableInput
from jinji_report.files import cause_of
from jinji_report.standards.explain import COMPILED, compiled_of, could_hold
from jinji_report.standards.join import Row
from jinji_report.standards.load import rules_folder, shipped_packs
from jinji_report.standards.telling import CONFIDENCE, KINDS, Teller, days_words
from jinji_report.vocabulary import GRADES, Effect, Side

COMMON = "各类共同"
_EFFECTS = {Effect.LIFTS: "提级", Effect.ASKS: "追问", Effect.SHOWN: "提示"}
_LATEST = date(9999, 12, 31)  # offices have no day; the days of a row are told beside it
# The kinds of rows that say what is reported; the others are about the desk and its words.
_COUNTED = ("grade", "report", "factor", "consultation", "owner", "limit", "hop", "skip", "order", "watch")


def coverage(names: Sequence[str], cache: Path | None) -> str:
    """The coverage of the packs `names`, or of all shipped ones with what was left out of them.

    Packs that extend another are told by what they add. Raises UnusableStandards, UnusableInput.
    """
    books = [_Told(name, open_book(name, cache)) for name in names or _bases_first(shipped_packs())]
    parts = [*_opening(whole=not names), *_packs(books)]
    bases = [told for told in books if not told.extends] or books[:1]
    for told in bases:
        parts += _categories(told, [other for other in books if other is not told])
    for told in books:
        if told not in bases:
            parts += _additions(told)
    if not names:
        parts += _left_out(_entries(rules_folder() / "coverage" / "left-out.toml"))
    return "\n".join(parts).rstrip("\n") + "\n"


def _bases_first(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != "national", name))


class _Told:
    """One pack and the words for its rows."""

    def __init__(self, name: str, book: Book) -> None:
        self.name = name
        self.book = book
        self.teller = Teller(book.subject, _LATEST)
        self.pack = book.subject.joined.pack
        self.extends = self.pack.extends
        self.categories = tuple(book.standards.categories)
        self._reach: dict[str, dict[str, tuple[str, ...]]] = {}

    def own(self, kind: str) -> dict[str, Row]:
        """The rows of a kind that the pack's own file says."""
        joined = self.book.subject.joined
        return {
            key: data
            for key, data in self.book.rows(kind).items()
            if joined.origin(kind, key).file == joined.root
        }

    def reach(self, kind: str) -> dict[str, tuple[str, ...]]:
        """For every row the categories of which an incident can meet it; empty means all of them."""
        if kind not in self._reach:
            found = {}
            for key, row in compiled_of(kind, self.book.subject).items():
                listed = row.get("categories") or self.categories
                when = row.get("when") or {}
                met = tuple(name for name in listed if could_hold(when, name) is not False)
                found[key] = () if len(met) == len(self.categories) else met
            self._reach[kind] = found
        return self._reach[kind]

    def of(self, kind: str, category: str | None) -> dict[str, Row]:
        """The rows of a kind for the category alone or with others; with None those for all categories."""
        reach = self.reach(kind)
        return {
            key: data
            for key, data in self.book.rows(kind).items()
            if (category in reach[key] if category is not None else not reach[key])
        }

    def cells(self, kind: str, key: str, data: Row) -> dict[str, str]:
        return dict(self.teller.cells(kind, key, data))


def _opening(*, whole: bool) -> list[str]:
    kept = [
        "本文件由 `jinji rules coverage` 从标准文件生成，改标准后运行",
        "`jinji rules coverage --output rules/COVERAGE.md` 重写，不手工改。",
        "最后一部分“没有写进来的”写在 `rules/coverage/left-out.toml`。",
        "",
    ]
    kinds = "、".join(CONFIDENCE.values())
    return ["# 标准覆盖表", "", *(kept if whole else []), f"把握分四档：{kinds}。", ""]


# ── the packs ─────────────────────────────────────────────────────────────────


def _packs(books: Iterable[_Told]) -> list[str]:
    rows = []
    for told in books:
        counts = _confidences(
            data for kind in _COUNTED for data in told.own(kind).values() if "confidence" in data
        )
        rows.append(
            (
                f"`{told.name}`",
                told.pack.title,
                "、".join(told.extends) or "—",
                *(str(len(told.own(kind))) for kind in ("grade", "report", "factor", "owner", "limit")),
                *(str(counts[name]) for name in CONFIDENCE),
            )
        )
    heads = (
        "标准",
        "名称",
        "沿用",
        "等级",
        "报送",
        "敏感",
        "责任",
        "时限",
        *CONFIDENCE.values(),
    )
    return ["## 有哪些标准", "", "数的是各文件自己写的条款，沿用来的不算。", "", *_table(heads, rows)]


def _confidences(rows: Iterable[Row]) -> Counter[str]:
    return Counter(data["confidence"] for data in rows)


# ── category by category ──────────────────────────────────────────────────────


def _categories(told: _Told, others: Sequence[_Told]) -> list[str]:
    parts = [f"## {_plain(told.pack.title)}", "", f"### {COMMON}", ""]
    parts += _of_category(told, None)
    for kind, group in groupby(told.categories, key=lambda name: told.book.standards.categories[name].kind):
        for name in group:
            parts += [f"### {name}（{kind}）", ""]
            also = [other.name for other in others if _speaks_of(other, name)]
            parts += _of_category(told, name)
            if also:
                parts += [f"各地标准另有专门条款的：{'、'.join(f'`{other}`' for other in also)}。", ""]
    return parts


def _speaks_of(told: _Told, category: str) -> bool:
    return any(
        category in told.reach(kind)[key] for kind in ("grade", "report", "limit") for key in told.own(kind)
    )


def _of_category(told: _Told, category: str | None) -> list[str]:
    """Grades, reporting rows, factors, owners and limits, with how well they are known."""
    parts = [
        *_titled("定级（够一项就算，取最高）", _grades(told, category)),
        *_titled("报送", _reports(told, category)),
        *_titled("时限", _limits(told, category)),
    ]
    factors = _factors(told, category)
    if factors:
        parts += ["**敏感因素**", "", *factors, ""]
    owners = _owners(told, category)
    if owners:
        parts += ["**责任单位**", "", *owners, ""]
    consulted = dict.fromkeys(
        unit["unit"] for data in told.of("consultation", category).values() for unit in data["units"]
    )
    if consulted:
        parts += [f"**会商**：{_plain('、'.join(consulted))}", ""]
    counts = _confidences(data for kind in COMPILED for data in told.of(kind, category).values())
    said = "，".join(f"{word} {counts[name]}" for name, word in CONFIDENCE.items() if counts[name])
    return [*parts, f"把握：{said or '没有条款'}。", ""]


def _grades(told: _Told, category: str | None) -> list[str]:
    order = {grade.value: -rank for rank, grade in enumerate(GRADES)}
    rows = sorted(told.of("grade", category).values(), key=lambda data: order[data["grade"]])
    merged: dict[tuple[str, str, str, str], list[str]] = {}
    for data in rows:
        key = (data["grade"], _days(data), data["clause"], CONFIDENCE[data["confidence"]])
        merged.setdefault(key, []).append(told.teller.condition("grade", data))
    table = [
        (grade, "；".join(conditions), days, clause, sure)
        for (grade, days, clause, sure), conditions in merged.items()
    ]
    return _table(("等级", "条件", "有效期", "出处", "把握"), table)


def _reports(told: _Told, category: str | None) -> list[str]:
    rows = [
        (
            told.teller.offices(data["to"]),
            data["text"],
            told.teller.condition("report", data),
            data["clause"],
            CONFIDENCE[data["confidence"]],
        )
        for data in told.of("report", category).values()
    ]
    return _table(("报给", "条款", "条件", "出处", "把握"), rows)


def _limits(told: _Told, category: str | None) -> list[str]:
    rows = []
    for key, data in told.of("limit", category).items():
        cells = told.cells("limit", key, data)
        when = cells["条件"]
        rows.append(
            (
                cells["谁报"],
                cells["报给"],
                cells["多久"],
                when if when != "一律" else "",
                _days(data),
                data["clause"],
                CONFIDENCE[data["confidence"]],
            )
        )
    return _table(("谁报", "报给", "多久", "条件", "有效期", "出处", "把握"), rows)


def _factors(told: _Told, category: str | None) -> list[str]:
    named = told.of("factor", category).values()
    lines = []
    for effect, word in _EFFECTS.items():
        names = [data["name"] for data in named if data["effect"] == effect]
        if names:
            lines.append(f"- {word}：{'；'.join(dict.fromkeys(names))}")
    return lines


def _owners(told: _Told, category: str | None) -> list[str]:
    rows = told.of("owner", category).values()
    lines = []
    for side in Side:
        said = []
        for data in rows:
            if data["side"] == side:
                when = told.teller.condition("owner", data)
                said.append(f"{data['unit']}（{data['angle']}{'' if when == '一律' else f'，{when}'}）")
        if said:
            lines.append(_plain(f"- {side}：{'；'.join(said)}"))
    return lines


# ── what a pack adds ──────────────────────────────────────────────────────────


def _additions(told: _Told) -> list[str]:
    base = "、".join(told.extends)
    parts = [f"## {_plain(told.pack.title)}", "", f"`{told.name}`，沿用 {base}。自己写的条款：", ""]
    rows = []
    for kind in _COUNTED:
        for key, data in told.own(kind).items():
            rows.append(
                (
                    KINDS[kind],
                    _names(data.get("category")),
                    _content(told, kind, key, data),
                    data["clause"],
                    CONFIDENCE[data["confidence"]],
                )
            )
    return [*parts, *_table(("种类", "类别", "内容", "出处", "把握"), rows)]


def _content(told: _Told, kind: str, key: str, data: Row) -> str:
    """A row in a cell: what it asks for, then when."""
    cells = told.cells(kind, key, data)
    when = told.teller.condition(kind, data) if kind in COMPILED else ""
    tail = "" if when in ("", "一律") else f"（{when}）"
    if kind in ("report", "skip"):
        return f"{told.teller.offices(data['to'])}：{data['text']}{tail}"
    if kind == "limit":
        return f"{cells['谁报']}→{cells['报给']}：{cells['多久']}{tail}"
    if kind == "grade":
        return f"{data['grade']}：{when}"
    if kind == "factor":
        return f"{data['name']}（{_EFFECTS[data['effect']]}）：{when}"
    if kind == "owner":
        return f"{data['unit']}（{data['side']}：{data['angle']}）{tail}"
    if kind == "hop":
        return f"{data['tier']}：{data['minutes']}分钟"
    told_cells = [
        text for head, text in cells.items() if head not in ("条款", "类别", "有效期", "出处") and text
    ]
    return "；".join(told_cells)


# ── what was left out ─────────────────────────────────────────────────────────


def _entries(path: Path) -> list[dict[str, str]]:
    """The entries kept by hand. Raises UnusableInput."""
    import tomllib

    try:
        return list(tomllib.loads(path.read_text(encoding="utf-8"))["left_out"])
    except OSError as error:
        raise UnusableInput(
            f"文件 {path} 读不出来（{cause_of(error)}）。", remedy="重新安装，或只写要看的标准名。"
        ) from error
    except (ValueError, KeyError) as error:
        raise UnusableInput(
            f"文件 {path} 不是写明 [[left_out]] 的 TOML。", remedy="重新安装，或只写要看的标准名。"
        ) from error


def _left_out(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    parts = ["## 没有写进来的", ""]
    for about in dict.fromkeys(entry["about"] for entry in entries):
        rows = [
            (entry["item"], entry["kind"], entry["reason"], entry["source"])
            for entry in entries
            if entry["about"] == about
        ]
        parts += [f"### {about}", "", *_table(("事项", "为什么", "说明", "出处"), rows)]
    return parts


# ── Markdown ──────────────────────────────────────────────────────────────────


def _titled(title: str, table: list[str]) -> list[str]:
    return [f"**{title}**", "", *table] if table else []


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table without the columns in which nothing is said; nothing for no rows."""
    if not rows:
        return []
    kept = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    lines = [[heads[place] for place in kept], ["---"] * len(kept)]
    lines += [[_plain(row[place]) for place in kept] for row in rows]
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]


def _plain(text: str) -> str:
    """Text of a pack in a cell: on one line, and neither mark of Markdown nor control character in it."""
    return (
        "".join(c for c in " ".join(text.split()) if c.isprintable())
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
    )


def _names(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else "、".join(value)


def _days(data: Row) -> str:
    return days_words(data) if data["effective_from"] or data["effective_to"] else ""
