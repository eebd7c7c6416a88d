"""The title states the core; the text is short and holds figures (R37)."""

import re
from collections.abc import Iterator

from jinji_report.model.facts import Facts
from jinji_report.reports.check.paper import Paper, shares
from jinji_report.reports.check.remark import LOOK, Code, Remark
from jinji_report.reports.phrases import event_nouns, place_words
from jinji_report.reports.plain import phrase
from jinji_report.vocabulary import OTHER_CATEGORY, Stage

TITLE = Code("B701", LOOK, "标题没有点明要害", "标题缺地点、事件，或有人死亡而没有写。")
TITLE_LONG = Code("B702", LOOK, "标题太长", "标题超过标准规定的字数。")
TEXT_LONG = Code("B703", LOOK, "正文太长", "首报、续报正文超过标准规定的字数。")
NO_FIGURES = Code("B704", LOOK, "正文没有数字", "案卷里有人数、损失，改过的文稿一个数也没有。")
CODES = (TITLE, TITLE_LONG, TEXT_LONG, NO_FIGURES)

_DEATH = re.compile(r"死|亡|遇难|丧生|罹难")
_FIGURE = re.compile(
    r"[0-9零一二两三四五六七八九十百千万几数俩仨][余多来]?(?:名|个|位)?"
    r"(?:人|户|间|辆|台|车|亩|公顷|吨|万元|亿元|例|头|只|公里|米|平方米|级|栋|名|个|客|死|伤)"
)


def find(paper: Paper) -> Iterator[Remark]:
    if "\n" in paper.text.strip():
        yield from _title(paper)
    length = len("".join(paper.body.split()))
    most = paper.standards.wording.get("text_most")
    if most and paper.stage in (Stage.FIRST, Stage.FOLLOW_UP) and length > most:
        yield Remark(
            TEXT_LONG, f"正文{length}字，超过{most}字。", "只留要素和新情况，经过和背景放到后面的续报。"
        )
    figures = [q for q in paper.facts.measures.values() if q.top > 0 and not q.wholly_open]
    tells_all = paper.stage in (Stage.FIRST, Stage.FINAL)
    if paper.edited and tells_all and figures and not _FIGURE.search(paper.body):
        yield Remark(NO_FIGURES, "正文没有一个人数或损失的数字。", "把案卷里的数字写上：jinji show 可查。")


def _title(paper: Paper) -> Iterator[Remark]:
    title, facts = paper.title, paper.facts
    missing = []
    place = place_words(facts)
    if place and not shares(title, place):
        missing.append("地点")
    if facts.category not in (None, OTHER_CATEGORY) and not _names_event(title, facts, paper):
        missing.append("事件")
    deaths = facts.measures.get("deaths")
    if deaths is not None and deaths.low > 0 and not _DEATH.search(title):
        missing.append("死亡人数")
    if missing:
        yield Remark(
            TITLE,
            f"标题没有写{'、'.join(missing)}。",
            "标题写成“某地发生某事致几人死亡”。",
            (paper.text.index(title), paper.text.index(title) + len(title)),
            title,
        )
    most = paper.standards.wording.get("title_most")
    if most and len(title) > most:
        yield Remark(
            TITLE_LONG,
            f"标题{len(title)}字，超过{most}字。",
            "只留地点、事件和伤亡。",
            (paper.text.index(title), paper.text.index(title) + len(title)),
            title,
        )


def _names_event(title: str, facts: Facts, paper: Paper) -> bool:
    category = paper.standards.categories.get(facts.category or "")
    words = {*event_nouns(facts, paper.standards), phrase(facts.category_said)}
    if category is not None:
        words |= {*category.strong, *category.words}
    return any(word and word in title for word in words)
