"""A small lexicon for the tests of the reading: enough words to tell the kinds apart, none of any pack."""

from datetime import datetime
from types import SimpleNamespace
from typing import cast

from jinji_report.intake.read import read
from jinji_report.intake.reading import Reading
from jinji_report.moments import parse_moment
from jinji_report.standards.rows import Category, Desk, KnownPlace, Measure, Tag


def category(
    name: str,
    *,
    kind: str = "事故灾难",
    strong: str = "",
    words: str = "",
    weak: str = "",
    excludes: str = "",
    leads: dict[str, str] | None = None,
    background: bool = False,
    brings: str = "",
    aftermath: bool = False,
) -> Category:
    return Category(
        {
            "name": name,
            "kind": kind,
            "noun": "",
            "strong": strong.split(),
            "words": words.split(),
            "weak": weak.split(),
            "excludes": excludes.split(),
            "leads": [
                {"over": over, "words": told.split(), "unless": []} for over, told in (leads or {}).items()
            ],
            "background": background,
            "brings": brings.split(),
            "aftermath": aftermath,
        }
    )


def tag(name: str, role: str, words: str, excludes: str = "") -> Tag:
    row = {"name": name, "role": role, "words": words.split(), "excludes": excludes.split(), "cleared_by": ()}
    return Tag(row)


_ANY = "火灾 道路交通事故 危险化学品事故 食物中毒 地震灾害 铁路交通事故 网络舆情"


class Lexicon:
    @property
    def digest(self) -> str:
        known = [(row.name, row.full, row.aliases, row.owner, row.common) for row in self.places]
        return repr((known, self.desk.tier))

    def __init__(self) -> None:
        rows = (
            category("火灾", strong="起火 着火 火灾", words="明火 浓烟", excludes="消防车 火车 灭火器"),
            category("道路交通事故", strong="追尾 侧翻 车+相撞 车+撞", words="货车 客车", weak="高速 国道"),
            category("危险化学品事故", strong="#危险化学品+泄漏 反应釜", words="化工厂", weak="泄漏"),
            category("食物中毒", strong="食物中毒 饭后+呕吐 学生+呕吐", words="呕吐 腹泻 食堂"),
            category(
                "地震灾害", kind="自然灾害", strong="级地震", words="震感", excludes="地震局", brings=_ANY
            ),
            category("铁路交通事故", strong="脱轨 动车+撞", words="火车", excludes="电动车"),
            category("网络舆情", strong="热搜", words="网上", background=True, aftermath=True),
        )
        self.categories = {row.name: row for row in rows}
        self.tags = (
            tag("校园", "scene", "小学 中学 一中", "小学路"),
            tag("学生", "victim", "学生"),
            tag("医院", "scene", "医院"),
            tag("危险化学品", "any", "液氨 氯气 甲醇", "喝甲醇"),
            tag("高速公路", "scene", "高速"),
        )
        # only what the reading looks at; the rest of a measure is the judgement's
        measure = SimpleNamespace(id="dead_pigs", unit="头", words=("死猪", "病死猪"))
        self.places: tuple[KnownPlace, ...] = ()
        self.desk = Desk({"unit": "", "tier": "省", "line": "党委", "locality": ""})
        self.measures = {"dead_pigs": cast(Measure, measure)}


LEXICON = Lexicon()
NOW = parse_moment("2026-03-05T09:30")


def reading(text: str, now: datetime | str = NOW) -> Reading:
    return read(text, parse_moment(now) if isinstance(now, str) else now, LEXICON)


def told(text: str) -> dict[str, tuple[float, float | None]]:
    """Measure → (low, high) of a note."""
    return {name: (q.low, q.high) for name, q in reading(text).facts.measures.items()}
