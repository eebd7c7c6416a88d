"""Figures that contradict: those readers had before, one another, or the facts that the case holds.

A change that is said to be one (更正, 核减, 由5人核减为4人) contradicts nothing.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from jinji_report.judgement.bounds import wholes
from jinji_report.model.facts import Facts, Occurred
from jinji_report.quantity import Quantity
from jinji_report.reports.check.paper import Paper, names_a_place, shares
from jinji_report.reports.check.remark import LOOK, MUST, Code, Remark
from jinji_report.reports.phrases import amount, moment_words, place_words
from jinji_report.vocabulary import Precision, Stage

DEATHS_FELL = Code("B201", MUST, "死亡人数比前报少", "死亡人数减少了，文中没有说是更正。")
DEATHS_CUT = Code("B202", LOOK, "死亡人数核减", "死亡人数减少，文中说了，但这一报没有作为更正录入。")
INJURED_FELL = Code("B203", LOOK, "受伤人数无故减少", "受伤人数减少，多于新增死亡，也没有说出院或更正。")
LOST = Code("B204", LOOK, "失联、被困对不上", "失联、被困的人少了，没有说找到、获救，伤亡也没有相应增加。")
PART = Code("B205", MUST, "部分大于整体", "部分的人数超过整体（重伤多于受伤）。")
TIME_MOVED = Code("B206", MUST, "时间与前报不同", "发生时间和前报不一样，文中没有说是更正。")
PLACE_MOVED = Code("B207", LOOK, "地点与前报不同", "事发地点和前报不一样，文中没有说是更正。")
NOT_THE_CASE = Code("B208", MUST, "文稿数字与案卷不符", "改过的文稿里的数字和案卷里的不一样。")
LEFT_OUT = Code("B209", MUST, "文稿漏写伤亡", "案卷里有的伤亡，改过的文稿没有写。")
OTHER_TIME = Code("B210", MUST, "文稿时间与案卷不符", "改过的文稿里的发生时间和案卷里的不一样。")
OTHER_PLACE = Code("B211", LOOK, "文稿地点与案卷不符", "改过的文稿里的地点和案卷里的不一样。")
CODES = (
    DEATHS_FELL,
    DEATHS_CUT,
    INJURED_FELL,
    LOST,
    PART,
    TIME_MOVED,
    PLACE_MOVED,
    NOT_THE_CASE,
    LEFT_OUT,
    OTHER_TIME,
    OTHER_PLACE,
)

_DISCHARGED = re.compile(r"出院|离院|治愈|痊愈|排除|核减|更正|误报|有误|转为")
_FOUND = re.compile(
    r"获救|救出|救起|脱险|脱困|找到|寻获|搜(?:救|寻)到|取得联系|联系上|安全(?:撤离|返回|转移)|生还|遗体|被困人员全部|核减|更正"
)
_NO_CASUALTIES = re.compile(r"无人员?伤亡|没有人员?伤亡|未造成人员?伤亡|无伤亡")
# Measures that a text cannot leave out, with the words under which it may tell them.
_COUNTED = {
    "deaths": re.compile(r"死|亡|遇难|身故|罹难|丧生"),
    "injured": re.compile(r"伤"),
    "missing": re.compile(r"失联|失踪|下落不明"),
    "trapped": re.compile(r"困|埋"),
    "poisoned": re.compile(r"中毒|不适|呕吐"),
}
_COMPARED = (*_COUNTED, "seriously_injured", "slightly_injured", "evacuated", "direct_loss_wan")


def find(paper: Paper) -> Iterator[Remark]:
    yield from _parts(paper, paper.told if paper.told is not None else paper.facts)
    if paper.earlier is not None and not paper.correction:
        yield from _since(paper, paper.earlier.facts, paper.earlier.name)
    if paper.told is not None:
        yield from _against_the_case(paper, paper.told)


def _least(facts: Facts, name: str) -> float:
    quantity = facts.measures.get(name)
    return 0 if quantity is None else quantity.low


def _most(facts: Facts, name: str) -> float:
    quantity = facts.measures.get(name)
    return 0 if quantity is None else quantity.top


def _words(paper: Paper, name: str, quantity: Quantity) -> str:
    return amount(quantity, paper.standards.measures[name])


def _since(paper: Paper, before: Facts, name: str) -> Iterator[Remark]:
    now = paper.facts
    more_dead = max(0, _most(now, "deaths") - _least(before, "deaths"))
    more_hurt = max(0, _most(now, "injured") - _least(before, "injured"))
    old, new = before.measures.get("deaths"), now.measures.get("deaths")
    if old is not None and new is not None and new.top < old.low:
        told = f"{name}死亡{_words(paper, 'deaths', old)}，这一报是{_words(paper, 'deaths', new)}"
        if paper.corrects:
            yield Remark(
                DEATHS_CUT,
                f"{told}。",
                f"确是前报有误，作为更正录入：jinji followup {paper.case} --correct --set 死亡={new.low}；不是就改回。",
                *_place_of(paper, "deaths", new),
            )
        else:
            yield Remark(
                DEATHS_FELL,
                f"{told}，没有说是更正。",
                f"写明“死亡由……核减为……”及原因，或改回：{paper.mend('死亡', str(old.low))}",
                *_place_of(paper, "deaths", new),
            )
    old, new = before.measures.get("injured"), now.measures.get("injured")
    if (
        old is not None
        and new is not None
        and new.top + more_dead < old.low
        and not _DISCHARGED.search(paper.body)
    ):
        yield Remark(
            INJURED_FELL,
            f"{name}受伤{_words(paper, 'injured', old)}，这一报是{_words(paper, 'injured', new)}，没有说转到哪里去了。",
            f"写明出院、转院或核减；数错了就改回：{paper.mend('受伤', str(old.low))}",
            *_place_of(paper, "injured", new),
        )
    was = _least(before, "missing") + _least(before, "trapped")
    left = _most(now, "missing") + _most(now, "trapped")
    if was - left > more_dead + more_hurt and not _FOUND.search(paper.body):
        yield Remark(
            LOST,
            f"{name}失联、被困共至少{was}人，这一报剩{left}人，少的人没有交代。",
            "写明几人获救、几人遇难、几人仍失联，合计要对得上。",
        )
    if before.occurred is not None and now.occurred is not None and not paper.corrects:
        first, last = span_of(before.occurred), span_of(now.occurred)
        if before.occurred.basis == now.occurred.basis and (first[1] < last[0] or last[1] < first[0]):
            yield Remark(
                TIME_MOVED,
                f"{name}的时间是{moment_words(before.occurred)}，这一报是{moment_words(now.occurred)}，没有说是更正。",
                f"改回，或作为更正录入：jinji followup {paper.case} --correct --set 时间={now.occurred.at:%H:%M}。",
                paper.span_of(moment_words(now.occurred)),
                moment_words(now.occurred),
            )
    was_at, is_at = place_words(before), place_words(now)
    if was_at and is_at and was_at not in is_at and is_at not in was_at and not paper.corrects:
        yield Remark(
            PLACE_MOVED,
            f"{name}的地点是{was_at}，这一报是{is_at}，没有说是更正。",
            f"是同一处就用同一个写法；前报有误，作为更正录入：jinji followup {paper.case} --correct --set 地点={is_at}。",
            paper.span_of(is_at),
            is_at,
        )


def _place_of(paper: Paper, name: str, quantity: Quantity) -> tuple[tuple[int, int] | None, str]:
    words = _words(paper, name, quantity)
    return paper.span_of(words), words


def span_of(occurred: Occurred) -> tuple[datetime, datetime]:
    """The earliest and the latest moment that the told time allows."""
    if occurred.until is not None:
        return occurred.at, occurred.until
    if occurred.precision == Precision.DAY:
        return occurred.at, occurred.at + timedelta(days=1)
    # An hour, and a minute that is told as 许, are near and not exact.
    about = {Precision.HOUR: 59, Precision.PART_OF_DAY: 6 * 60}.get(occurred.precision, 0)
    return occurred.at, occurred.at + timedelta(minutes=about)


def _parts(paper: Paper, facts: Facts) -> Iterator[Remark]:
    measures = paper.standards.measures
    for whole, parts in wholes(paper.standards).items():
        known = facts.measures.get(whole)
        told = [name for name in parts if _least(facts, name) > 0]
        if known is None or known.wholly_open or not told:
            continue
        low = sum(_least(facts, name) for name in told)
        if low > known.top:
            words = "、".join(
                f"{measures[name].label}{_words(paper, name, facts.measures[name])}" for name in told
            )
            yield Remark(
                PART,
                f"{words}，多于{measures[whole].label}{_words(paper, whole, known)}。",
                f"核对两个数：{paper.mend(measures[whole].label, str(low))}",
                *_place_of(paper, whole, known),
            )


def _against_the_case(paper: Paper, told: Facts) -> Iterator[Remark]:
    facts, measures = paper.facts, paper.standards.measures
    for name in _COMPARED:
        said, known = told.measures.get(name), facts.measures.get(name)
        if name not in measures or said is None:
            continue
        label = measures[name].label
        words = said.said or _words(paper, name, said)
        if known is None:
            if said.low > 0 and name in _COUNTED and not said.wholly_open:
                yield Remark(
                    NOT_THE_CASE,
                    f"文稿写{label}{_words(paper, name, said)}，案卷里没有这个数。",
                    f"先录入案卷：jinji followup {paper.case} --set {label}={said.low}；写错了就改正文稿。",
                    paper.span_of(words),
                    words,
                )
        elif (
            not known.wholly_open and not said.wholly_open and (said.low > known.top or said.top < known.low)
        ):
            yield Remark(
                NOT_THE_CASE,
                f"文稿写{label}{_words(paper, name, said)}，案卷里是{_words(paper, name, known)}。",
                f"改正文稿；情况变了，先录 jinji followup {paper.case} --set {label}={said.low}。",
                paper.span_of(words),
                words,
            )
    if paper.stage in (Stage.FIRST, Stage.FINAL):
        for name, pattern in _COUNTED.items():
            known = facts.measures.get(name)
            if known is None or known.low <= 0 or name not in measures or name in told.measures:
                continue
            if not pattern.search(_NO_CASUALTIES.sub("", paper.body)):
                label = measures[name].label
                yield Remark(
                    LEFT_OUT,
                    f"案卷里{label}{_words(paper, name, known)}，文稿没有写。",
                    "在文稿里补上；数字不对，先在案卷里更正。",
                )
    if told.occurred is not None and facts.occurred is not None and paper.stage != Stage.FOLLOW_UP:
        first, last = span_of(facts.occurred), span_of(told.occurred)
        if first[1] < last[0] or last[1] < first[0]:
            yield Remark(
                OTHER_TIME,
                f"文稿的时间是{moment_words(told.occurred)}，案卷里是{moment_words(facts.occurred)}。",
                f"改正文稿；案卷有误，先录 jinji followup {paper.case} --correct --set 时间={told.occurred.at:%H:%M}。",
                paper.span_of(told.occurred.said),
                told.occurred.said,
            )
    here, there = place_words(facts), place_words(told)
    if here and names_a_place(told) and paper.stage != Stage.FOLLOW_UP and not shares(there, here):
        yield Remark(
            OTHER_PLACE,
            f"文稿的地点是{there}，案卷里是{here}。",
            f"改正文稿；案卷有误，先录 jinji followup {paper.case} --correct --set 地点={there}。",
            paper.span_of(there),
            there,
        )
