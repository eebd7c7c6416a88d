"""The casualties as measures: what the mentions of persons come to, and where they contradict each other."""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.hedges import bears_hedge
from jinji_report.intake.people.hurt import hurt
from jinji_report.intake.people.ill import critical, fainted, ill
from jinji_report.intake.people.lost import lost
from jinji_report.intake.people.told import SAID_AT_MOST, Settled
from jinji_report.intake.people.told import Told as Persons
from jinji_report.intake.people.toll import Toll
from jinji_report.intake.people.words import ALL_OF
from jinji_report.intake.reading import Draft
from jinji_report.quantity import Quantity, exactly, unknown

Measures = dict[str, Quantity]

_TREATED = pattern("手术|产妇|医闹|误诊|打针|输液|看病|生孩子|接生|医疗纠纷|医疗事故|医患")
_CAUSE = pattern("(?:^|[,，。；])(?:因为?|为了?|由于|就|对)[^，,。；]{0,20}$")
_CROWDS = ("群体性事件", "刑事案件", "踩踏事故", "极端行为", "网络舆情")
_PARTS = ("seriously_injured", "slightly_injured")
_UNDISPUTED = ("hospitalized", "evacuated", "crowd", "affected", "at_risk")
_PASSING = ("rescued", "swept", "hit", "stable", "inside")
"""What people went through, and no measure of its own."""
_OTHERS = pattern("其他|其它|其余|别的|新增|新的|进一步|再|另|更多|次生")
"""Words of a denial that leaves those standing who were told before."""
_OF_SOME = pattern("学生|师生|娃|乘客|旅客|司机|村民|居民|住户|工人|群众|老师|员工|职工|老人|孩子|船员")
"""学生无大碍: a denial that speaks of them alone."""
_MOST = 100_000_000
"""More persons than this no incident has."""


def casualties(
    draft: Draft, persons: Persons, category: str | None, aboard: Settled | None = None
) -> tuple[Measures, Measures]:
    """The measures of the persons told, and those that are additions to what was known before (又死亡1人)."""
    if not (persons.mentions or persons.negated or persons.unknowns or persons.vague or persons.lone):
        return {}, {}
    toll = Toll(draft.note, persons, category, aboard)
    _of_a_gathering(toll)
    if "icu" in toll.settled:
        critical(toll)
    fainted(toll)
    lost(toll)
    hurt(toll)
    ill(toll)
    for name in _PASSING:
        toll.settled.pop(name, None)
    measures: Measures = {}
    increments: Measures = {}
    for name, one in toll.settled.items():
        if one.quantity.low > _MOST:
            draft.doubt(name, f"“{one.quantity.said}”数目过大，没有采用，请核实。")
            continue
        _written(draft, name, one, increments if one.increment else measures)
    _without_figure(draft, toll, measures, increments)
    if "injured" in measures and "slightly_injured" in measures:
        _all_lightly(toll, measures)
        _parts_beyond(draft, measures)
    return measures, increments


def _of_a_gathering(toll: Toll) -> None:
    """How many gathered, and whose death they gather for, which is no figure of the gathering."""
    settled = toll.settled
    named = "deaths" in settled and all(m.individual for m in toll.mentions["deaths"])
    if named and toll.category == "群体性事件" and (_TREATED.search(toll.text) or _whose_cause(toll)):
        del settled["deaths"]  # 前天做手术死了人,家属堵门
    crowd = settled.get("crowd")
    if crowd is None:
        return
    if toll.category not in _CROWDS:
        del settled["crowd"]
    elif not crowd.quantity.low and crowd.quantity.high and "最多" in crowd.quantity.said:
        crowd.quantity = exactly(crowd.quantity.high, crowd.quantity.said)  # 最多300人: at its height


def _whose_cause(toll: Toll) -> bool:
    """为去年工地死了人的赔偿,50多人堵门: the deaths are told as that for which they gather."""
    return all(_CAUSE.search(toll.text, 0, m.start) is not None for m in toll.mentions["deaths"])


def _written(draft: Draft, name: str, one: Settled, measures: Measures) -> None:
    """A figure goes into `measures`, with its place and what is doubtful of it."""
    quantity = measures[name] = one.quantity
    draft.span(name, one.start, one.end)
    if not quantity.exact and bears_hedge(quantity.said):
        draft.doubt(name, f"“{quantity.said}”还不确定，请核实人数。")
    if one.clash and name not in _UNDISPUTED:
        others = "、".join(f"“{words}”" for words in dict.fromkeys(one.clash))
        draft.doubt(name, f"来电前后数字不一致：按“{quantity.said}”理解，另有{others}，请核实。")


def _without_figure(draft: Draft, toll: Toll, measures: Measures, increments: Measures) -> None:
    """死亡人数不详, 有人受伤, 无人受伤, 伤者抢救无效死亡: what is told of a measure that no number counts."""
    persons = toll.persons
    for told in (persons.unknowns, persons.vague):
        for name, (start, end) in told.items():
            if name not in measures and name not in increments and name not in _PASSING:
                measures[name] = unknown(draft.span(name, start, end)[:SAID_AT_MOST])
    for name, (start, end) in persons.negated.items():
        if name in _PASSING:
            continue
        if name not in measures and name not in increments:
            measures[name] = exactly(0, draft.span(name, start, end)[:SAID_AT_MOST])
        elif name in measures and measures[name].low > 0 and toll.settled[name].end <= start:
            denied = draft.note.quote(start, end)
            if _OTHERS.search(denied) is None and _OF_SOME.match(denied) is None:
                draft.doubt(name, f"来电前后不一致：按“{measures[name].said}”理解，又说“{denied}”，请核实。")
    if persons.lone is not None and "deaths" not in measures and "deaths" not in increments:
        start, end, most = persons.lone
        start = max(start, end - SAID_AT_MOST)
        measures["deaths"] = Quantity(1, most, draft.span("deaths", start, end)[:SAID_AT_MOST])


def _all_lightly(toll: Toll, measures: Measures) -> None:
    """5人受伤,均为轻伤: nobody is hurt seriously."""
    light, hurt = measures["slightly_injured"], measures["injured"]
    whole = "injured" in toll.mentions or ALL_OF.search(light.said) is not None
    if whole and light.exact and hurt.exact and light.low == hurt.low > 0:
        measures.setdefault("seriously_injured", exactly(0, light.said))


def _parts_beyond(draft: Draft, measures: dict[str, Quantity]) -> None:
    """6人受伤,其中重伤4人、轻伤3人: said; no figure is changed for it. (One part alone beyond its whole: the judgement.)"""
    hurt, parts = measures.get("injured"), [measures[name] for name in _PARTS if name in measures]
    if hurt is None or len(parts) < 2 or any(part.low > hurt.top for part in parts):
        return
    if sum(part.low for part in parts) > hurt.top:
        said = "、".join(part.said for part in parts)
        draft.doubt("injured", f"重伤与轻伤之和多于受伤人数（“{said}”与“{hurt.said}”），请核实。")
