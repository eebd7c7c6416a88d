"""Figures that contradict: those readers had before, one another, or the facts that the case holds.

A change that is said to be one (更正, 核减, 由5人核减为4人) contradicts nothing.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from jinji_report.judgement.bounds import wholes
from jinji_report.model.facts import Facts, Occurred
from jinji_report.quantity import Quantity
from jinji_report.reports.check.paper import Paper, names_a_place, shares
from jinji_report.reports.check.remark import LOOK, MUST, Code, Remark
from jinji_report.reports.check.stated import Stated, stated
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
_LED_TO = re.compile(r"造成|导致|致")
_DAY_AND_HOUR = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?P<hour>\d{1,2})[时点](?:(?P<minute>\d{1,2})分)?"
)
_OTHER_MOMENT = re.compile(r"(?:[报警现]时间[：:]?|截至|截止|到|至|于)$")


def find(paper: Paper) -> Iterator[Remark]:
    yield from _parts(paper)
    if paper.earlier is not None and not paper.correction:
        yield from _since(paper, paper.earlier.facts, paper.earlier.name)
    if paper.told is not None:
        yield from _against_the_case(paper)
        if paper.stage != Stage.FOLLOW_UP:
            yield from _where_and_when(paper, paper.told)


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


def _parts(paper: Paper) -> Iterator[Remark]:
    """Of the case, and of an edited text as far as it states figures of its own."""
    facts, measures = paper.facts, paper.standards.measures
    if paper.edited:
        own = {name: said[0].quantity for name, said in stated(paper.body).items()}
        facts = facts.with_changes(measures=facts.measures | own)
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


def _against_the_case(paper: Paper) -> Iterator[Remark]:
    """What an edited text states beside what the case holds: title and body each for itself."""
    facts, measures = paper.facts, paper.standards.measures
    in_body = stated(paper.body)
    head = paper.text[: len(paper.text) - len(paper.body.lstrip())]
    for counts in (in_body, stated(head)):
        for name, said in counts.items():
            if name in measures:
                yield from _unlike(paper, name, said, facts.measures.get(name))
    if paper.stage in (Stage.FIRST, Stage.FINAL):
        plain = _NO_CASUALTIES.sub("", paper.body)
        for name, pattern in _COUNTED.items():
            known = facts.measures.get(name)
            if known is None or known.low <= 0 or name not in measures or name in in_body:
                continue
            if not pattern.search(plain):
                yield Remark(
                    LEFT_OUT,
                    f"案卷里{measures[name].label}{_words(paper, name, known)}，文稿没有写。",
                    "在文稿里补上；数字不对，先在案卷里更正。",
                )


def _unlike(paper: Paper, name: str, said: Sequence[Stated], known: Quantity | None) -> Iterator[Remark]:
    """One remark where no statement of the measure can be that of the case."""
    label = paper.standards.measures[name].label
    first = said[0]
    words = paper.text[slice(*first.span)]
    enter = f"jinji followup {paper.case} --set {label}={first.quantity.low}"
    if known is None or known.wholly_open or known.top == 0:
        # People who were brought out (被困9人获救) are told as well; what it led to is the report's own figure.
        start = paper.sentence(first.span[0])[0]
        if first.quantity.low > 0 and _LED_TO.search(paper.text, start, first.span[0]):
            yield Remark(
                NOT_THE_CASE,
                f"文稿写“{words}”，案卷里没有这个数。",
                f"先录入案卷：{enter}；写错了就改正文稿。",
                first.span,
                words,
            )
    elif not any(one.quantity.low <= known.top and one.quantity.top >= known.low for one in said):
        yield Remark(
            NOT_THE_CASE,
            f"文稿写“{words}”，案卷里{label}是{_words(paper, name, known)}。",
            f"改正文稿；情况变了，先录 {enter}。",
            first.span,
            words,
        )


def _where_and_when(paper: Paper, told: Facts) -> Iterator[Remark]:
    """Time and place of an edited text beside those of the case."""
    facts = paper.facts
    matches = _DAY_AND_HOUR.finditer(paper.body)
    match = next(
        (m for m in matches if not _OTHER_MOMENT.search(paper.body[max(0, m.start() - 8) : m.start()])), None
    )
    if facts.occurred is not None and match is not None:
        first, last = span_of(facts.occurred)
        at = _moment(match, first)
        within = timedelta(minutes=0 if match["minute"] else 59)  # 23时 is any minute of it
        if at is not None and (at + within < first or last < at):
            yield Remark(
                OTHER_TIME,
                f"文稿的时间是{match[0]}，案卷里是{moment_words(facts.occurred)}。",
                f"改正文稿；案卷有误，先录 jinji followup {paper.case} --correct --set 时间={at:%H:%M}。",
                match.span(),
                match[0],
            )
    here, there = place_words(facts), place_words(told)
    if here and names_a_place(told) and not shares(paper.text, here):
        yield Remark(
            OTHER_PLACE,
            f"文稿的地点是{there}，案卷里是{here}。",
            f"改正文稿；案卷有误，先录 jinji followup {paper.case} --correct --set 地点={there}。",
            paper.span_of(there),
            there if paper.span_of(there) else "",
        )


def _moment(match: re.Match[str], beside: datetime) -> datetime | None:
    """The stated moment; without a year, in the year of the moment that it stands beside."""
    try:
        return datetime(
            int(match["year"] or beside.year),
            int(match["month"]),
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"] or 0),
            tzinfo=beside.tzinfo,
        )
    except ValueError:
        return None
