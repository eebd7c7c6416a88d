"""The casualties as measures: what the mentions of persons come to, and where they contradict each other."""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.hedges import bears_hedge
from jinji_report.intake.people.settle import settle
from jinji_report.intake.people.told import SAID_AT_MOST, Mention, Settled
from jinji_report.intake.people.told import Told as Persons
from jinji_report.intake.reading import Draft
from jinji_report.quantity import Quantity, exactly, unknown

_GAS = pattern("中毒|煤气|一氧化碳|硫化氢|沼气|毒气|炭火|烧炭|煤炉|漏氨|漏氯|氨气|氯气|熏")
_PITS = pattern("[井池窖坑罐舱淤釜]|下去|管道")
_CARE = pattern("吸氧|高压氧|住院|医院|治疗|抢救|送医")
_NAMED_GAS = pattern("硫化氢|一氧化碳|沼气|煤气|毒气|氨气|氯气|氮气")
_TREATED = pattern("手术|产妇|医闹|误诊|打针|输液|看病|生孩子|接生|医疗纠纷|医患")
_NOT_OUT = pattern("[没未][能有得]?[跑逃](?:出|脱|掉|生)|没出来")
_FIRE = pattern("[起着失]火|着[的了]|火灾|烧|爆燃|明火|大火")
_BEING_SAVED = pattern("[还仍尚](?:有|在|没)|正在|在救|施救|营救|搜救|搜寻|待救|求救")
_ALL_OF = pattern("[都全均]")
_STIFLED = pattern("[闷熏毒]死")
_CROWDS = ("群体性事件", "刑事案件", "踩踏事故", "极端行为", "网络舆情")
_ACCOUNTED = ("rescued", "deaths", "injured")
_PARTS = ("seriously_injured", "slightly_injured")
_UNDISPUTED = ("hospitalized", "evacuated", "crowd", "affected", "at_risk")
_HARMED = frozenset(("seriously_injured", "slightly_injured", "hospitalized"))
_SHUT_IN = ("坍塌事故", "矿山事故", "火灾", "建筑施工事故", "地质灾害", "急性中毒", "地震灾害")
_INSIDE = ("在里头", "在里面", "在底下", "在下面")
_PASSING = ("rescued", "swept", "hit", "stable", "inside")
"""What people went through, and no measure of its own."""
_ILLNESSES = ("食物中毒", "急性中毒", "传染病疫情", "药品疫苗事件")
_POISONINGS = ("食物中毒", "急性中毒", "传染病疫情", "群体性不明原因疾病", "药品疫苗事件")


def casualties(
    draft: Draft, persons: Persons, category: str | None, aboard: Settled | None = None
) -> tuple[dict[str, Quantity], dict[str, Quantity]]:
    if not (persons.mentions or persons.negated or persons.unknowns or persons.vague or persons.lone):
        return {}, {}
    by_measure = _by_measure(persons.mentions)
    settled: dict[str, Settled] = {}
    for name, mentions in by_measure.items():
        one = settle(mentions)
        if one is not None:
            settled[name] = one
    if category == "群体性事件" and all(m.individual for m in by_measure.get("deaths", ())):
        _of_their_cause(draft, settled)
    if "crowd" in settled and category not in _CROWDS:
        del settled["crowd"]
    if "crowd" in settled:
        crowd = settled["crowd"]
        if not crowd.quantity.low and crowd.quantity.high and "最多" in crowd.quantity.said:
            crowd.quantity = exactly(crowd.quantity.high, crowd.quantity.said)  # 最多300人: at its height
    if "icu" in settled:
        _critical(settled, category)
    if "faint" in settled or "deaths" in settled:
        _fainted(draft, settled, category)
    if "deaths" in settled:
        _no_longer_lost(settled, by_measure)
    if "inside" in settled and ("trapped" in settled or category in _SHUT_IN):
        settled["trapped"] = settled["inside"]  # 压了3个,扒出来一个,底下还有两个
        by_measure["trapped"] = by_measure["inside"]
    if category not in _SHUT_IN and all(
        m.number is None and m.quantity.said.endswith(_INSIDE) for m in by_measure.get("trapped", ())
    ):
        settled.pop("trapped", None)  # 抱着煤气罐说要点,娃还在里头
    if "trapped" in settled:
        _lost_in_fire(draft, settled, by_measure, persons, aboard)
    if "swept" in settled:
        _swept_away(settled)
    if "missing" in by_measure:
        _still(settled, by_measure)
    if "trapped" in settled or persons.all_out is not None or persons.all_found is not None:
        _trapped_no_more(settled, by_measure, persons)
    if aboard is not None:
        _rest_of_those_aboard(settled, persons, aboard, draft)
    if "hit" in settled:
        _hit(settled, by_measure)
    if "deaths" in settled:
        if "missing" in settled:
            _dead_and_lost(settled, by_measure)
        if "injured" in by_measure:
            _of_both(settled, by_measure)
    if not _HARMED.isdisjoint(settled):
        _all_hurt(settled, by_measure, category)
    if "stable" in settled:
        _others_alive(settled, by_measure, category)
    if "injured" in settled and "deaths" in by_measure:
        _dead_among_hurt(settled, persons.mentions)
    if category in _ILLNESSES:
        _ill(settled, by_measure, category)
    if category == "传染病疫情":
        settled.pop("seriously_injured", None)
    for name in _PASSING:
        settled.pop(name, None)
    measures: dict[str, Quantity] = {}
    increments: dict[str, Quantity] = {}
    for name, one in settled.items():
        if one.quantity.low > 100_000_000:
            draft.doubt(name, f"“{one.quantity.said}”数目过大，没有采用，请核实。")
            continue
        draft.span(name, one.start, one.end)
        (increments if one.increment else measures)[name] = one.quantity
        if not one.quantity.exact and bears_hedge(one.quantity.said):
            draft.doubt(name, f"“{one.quantity.said}”还不确定，请核实人数。")
        if one.clash and name not in _UNDISPUTED:
            others = "、".join(f"“{words}”" for words in dict.fromkeys(one.clash))
            draft.doubt(name, f"来电前后数字不一致：按“{one.quantity.said}”理解，另有{others}，请核实。")
    for name, (start, end) in persons.unknowns.items():
        if name not in measures and name not in increments:
            measures[name] = unknown(draft.span(name, start, end)[:SAID_AT_MOST])
    for name, (start, end) in persons.vague.items():
        if name not in measures and name not in increments:
            measures[name] = unknown(draft.span(name, start, end)[:SAID_AT_MOST])
    for name, (start, end) in persons.negated.items():
        if name not in measures and name not in increments:
            measures[name] = exactly(0, draft.span(name, start, end)[:SAID_AT_MOST])
        elif name in measures and measures[name].low > 0 and settled[name].end <= start:
            denied = draft.note.quote(start, end)
            if _OTHERS.search(denied) is None:
                draft.doubt(name, f"来电前后不一致：按“{measures[name].said}”理解，又说“{denied}”，请核实。")
    if persons.lone is not None and "deaths" not in measures and "deaths" not in increments:
        start, end, most = persons.lone
        start = start if end - start <= SAID_AT_MOST else max(start, end - SAID_AT_MOST)
        measures["deaths"] = Quantity(1, most, draft.span("deaths", start, end)[:SAID_AT_MOST])
    if "injured" in measures and "slightly_injured" in measures:
        light, hurt = measures["slightly_injured"], measures["injured"]
        whole = "injured" in by_measure or _ALL_OF.search(light.said) is not None
        if whole and light.exact and hurt.exact and light.low == hurt.low > 0:
            # all who were hurt are told to be hurt lightly: nobody seriously
            measures.setdefault("seriously_injured", exactly(0, light.said))
        _parts_beyond(draft, measures)
    return measures, increments


_OTHERS = pattern("其他|其它|其余|别的|新增|新的|进一步|再|另|更多|次生")
"""Words of a denial that leaves those standing who were told before."""


def _by_measure(mentions: list[Mention]) -> dict[str, list[Mention]]:
    """Mentions by measure; one whose people were told dead afterwards (3人被困,均已死亡) is no longer what it was."""
    gone = {m.carried_from for m in mentions if m.measure == "deaths" and m.carried_from is not None}
    found: dict[str, list[Mention]] = {}
    for index, mention in enumerate(mentions):
        if index in gone and mention.measure in (
            "trapped",
            "missing",
            "injured",
            "seriously_injured",
            "hospitalized",
            "faint",
        ):
            continue
        source = mention.carried_from
        if (
            source is not None
            and mention.measure == "injured"
            and mentions[source].measure in ("trapped", "missing")
        ):
            gone.add(source)
        found.setdefault(mention.measure, []).append(mention)
    return found


def _of_their_cause(draft: Draft, settled: dict[str, Settled]) -> None:
    """前天做手术死了人,家属堵门: whose death they gather for is no figure of the gathering."""
    if _TREATED.search(draft.note.plain):
        settled.pop("deaths", None)


def _rest_of_those_aboard(
    settled: dict[str, Settled], persons: Persons, aboard: Settled, draft: Draft
) -> None:
    """船上454人,捞上来8个,别的都没消息; 当班28人,26人升井: those of whom nothing else is told."""
    told = [settled[name].quantity for name in _ACCOUNTED if name in settled]
    if not aboard.quantity.exact or not all(one.exact for one in told):
        return
    left = aboard.quantity.low - sum(one.low for one in told)
    if left <= 0 or "trapped" in settled or "missing" in settled:
        return
    for name, (start, end) in persons.rest.items():
        if name in settled or (name == "slightly_injured" and "injured" in settled):
            continue
        if name == "slightly_injured" and "seriously_injured" in settled:
            left -= settled["seriously_injured"].quantity.low
        if left <= 0:
            return
        settled[name] = Settled(exactly(left, draft.note.quote(start, end)[:SAID_AT_MOST]), start, end)
        return
    rescued = settled.get("rescued")
    if rescued is not None and "升井" in rescued.quantity.said and persons.all_out is None:
        settled["trapped"] = Settled(exactly(left, rescued.quantity.said), rescued.start, rescued.end)


def _critical(settled: dict[str, Settled], category: str | None) -> None:
    """2人ICU: seriously hurt, or ill in hospital after a poisoning."""
    critical = settled.pop("icu", None)
    if critical is not None:
        ill = category in _POISONINGS or "poisoned" in settled
        settled.setdefault("hospitalized" if ill else "seriously_injured", critical)


def _fainted(draft: Draft, settled: dict[str, Settled], category: str | None) -> None:
    """3人晕倒: poisoned where there is gas or a bad meal; elsewhere it is no measure."""
    faint = settled.pop("faint", None)
    dead = settled.get("deaths")
    if (
        faint is None
        and dead is not None
        and _STIFLED.search(draft.note.plain)
        and _GAS.search(draft.note.plain)
    ):
        settled.setdefault("poisoned", dead)  # 五个娃儿烧炭取暖闷死了
    if faint is None or "poisoned" in settled:
        return
    text = draft.note.plain
    gone = dead is not None and dead.quantity.low > 0
    if _PITS.search(text) and not _NAMED_GAS.search(text) and (gone or not _CARE.search(text)):
        return  # 两个工人下去清淤熏倒了: what became of them is told, or not known yet
    if dead is not None and dead.quantity.low >= faint.quantity.top:
        if not _GAS.search(draft.note.plain):
            return  # 1人昏倒,2人施救亦倒,3人全部死亡
        faint = dead
    if category in ("食物中毒", "急性中毒", "燃气事故") or _GAS.search(draft.note.plain):
        settled["poisoned"] = faint


def _lost_in_fire(
    draft: Draft,
    settled: dict[str, Settled],
    by_measure: dict[str, list[Mention]],
    persons: Persons,
    aboard: Settled | None,
) -> None:
    """四十一个没跑出来,伤了六个: where the others are told safe or hurt, who did not get out of a fire is dead."""
    trapped = settled.get("trapped")
    if trapped is None or "deaths" in settled or persons.all_out is not None or trapped.increment:
        return
    text = draft.note.plain
    last = by_measure["trapped"][-1]
    if not _NOT_OUT.search(text, last.start, last.end) or last.still or not _FIRE.search(text):
        return
    others = any(name in settled for name in ("injured", "rescued", "hospitalized")) or aboard is not None
    if others and not _BEING_SAVED.search(text):
        settled["deaths"] = settled.pop("trapped")


def _no_longer_lost(settled: dict[str, Settled], by_measure: dict[str, list[Mention]]) -> None:
    """先报8人失联,后搜出遇难者11人: those who were told lost before are among the dead told since."""
    dead = settled["deaths"]
    for name in ("missing", "trapped"):
        told = by_measure.get(name, [])
        if (
            name in settled
            and told
            and all(m.kind == "old" for m in told)
            and told[-1].end < dead.start
            and dead.quantity.low >= told[-1].quantity.low
        ):
            del settled[name]


def _hit(settled: dict[str, Settled], by_measure: dict[str, list[Mention]]) -> None:
    """捅了7个,死了1个: those who were hit are hurt, but for the dead told afterwards."""
    hit = settled.get("hit")
    if hit is None or "hospitalized" in settled:
        return
    if "injured" in settled:
        # 铝水烫了四名工人,其中1人烫伤面积六成; 砸了2个,1人骨折,1人擦伤
        hurt = settled["injured"].quantity
        gone = settled["deaths"].quantity.low if "deaths" in settled else 0
        told = "slightly_injured" in settled or all(m.kind == "part" for m in by_measure.get("injured", ()))
        if (
            told
            and hit.quantity.exact
            and not settled["injured"].increment
            and hit.quantity.low - gone > hurt.top
        ):
            settled["injured"] = Settled(
                exactly(hit.quantity.low - gone, hit.quantity.said), hit.start, hit.end
            )
        return
    if sum(settled[name].quantity.low for name in _PARTS if name in settled) >= hit.quantity.low:
        return
    dead = settled.get("deaths")
    if dead is None:
        settled["injured"] = hit
    elif dead.quantity.exact and hit.quantity.low > dead.quantity.low:
        gone, most = dead.quantity.low, hit.quantity.high
        left = Quantity(hit.quantity.low - gone, None if most is None else most - gone, hit.quantity.said)
        settled["injured"] = Settled(left, hit.start, hit.end)


def _swept_away(settled: dict[str, Settled]) -> None:
    """3人被冲走: missing, but for those of whom it is told afterwards what became of them."""
    swept = settled.get("swept")
    if swept is None or "missing" in settled:
        return
    later = [
        settled[name].quantity.low
        for name in ("deaths", "injured", "rescued")
        if name in settled and settled[name].start > swept.start
    ]
    if not later:
        settled["missing"] = swept
    elif swept.quantity.exact and swept.quantity.low > sum(later):
        left = exactly(swept.quantity.low - sum(later), swept.quantity.said)
        settled["missing"] = Settled(left, swept.start, swept.end)


def _still(settled: dict[str, Settled], by_measure: dict[str, list[Mention]]) -> None:
    """8人失联,找到5人,仍有3人失联: those who still are."""
    mentions = by_measure.get("missing", [])
    still = [m for m in mentions if m.still and m.kind not in ("old", "more")]
    if len(mentions) > 1 and still and still[-1] is mentions[-1]:
        last = still[-1]
        settled["missing"] = Settled(last.quantity, last.start, last.end)


def _trapped_no_more(
    settled: dict[str, Settled], by_measure: dict[str, list[Mention]], persons: Persons
) -> None:
    dead = settled.get("deaths")
    if "missing" in persons.negated and "trapped" in settled and dead is not None:
        since = (
            persons.negated["missing"][0] > settled["trapped"].start and dead.start > settled["trapped"].start
        )
        if since and all(not m.still for m in by_measure["trapped"]):
            del settled["trapped"]  # 47人被埋,遇难44人,已无失联人员
    one = len(by_measure.get("missing", ())) == 1
    if one and persons.all_found is not None and settled.pop("missing", None) is not None:
        persons.negated.setdefault("missing", persons.all_found)
    trapped = settled.get("trapped")
    if trapped is None:
        if persons.all_out is not None and "trapped" not in persons.negated and "trapped" in by_measure:
            persons.negated["trapped"] = persons.all_out
        return
    mentions = by_measure.get("trapped", [])
    last = mentions[-1]
    if persons.all_out is not None and persons.all_out[1] > last.end:
        del settled["trapped"]
        persons.negated.setdefault("trapped", persons.all_out)
        return
    if any(m.still for m in mentions):
        last = [m for m in mentions if m.still][-1]
        settled["trapped"] = Settled(last.quantity, last.start, last.end)
        return
    after = [
        name
        for name in ("deaths", "injured" if "injured" in settled else "hospitalized", "missing")
        if name in settled and settled[name].start > last.start
    ]
    named = last.individual and last.number is None
    others = all(m.individual and m.carried_from is None for m in by_measure.get("injured", ()))
    if named and others and "injured" in after:
        after.remove("injured")  # 老头没跑出来,房东呛着了: another one
    counted = sum(settled[name].quantity.low for name in after)
    rescued = settled.get("rescued")
    if (
        rescued is not None
        and rescued.start > last.start
        and all(m.kind != "part" for m in by_measure.get("deaths", ()))
    ):
        counted += rescued.quantity.low
    over = counted > trapped.quantity.low and (
        last.number is None
        or any(m.sentence > last.sentence for name in after for m in by_measure.get(name, ()))
    )
    dead = settled.get("deaths")
    over = over or (
        dead is not None
        and "deaths" in after
        and dead.quantity.low >= trapped.quantity.low
        and _ALL_OF.search(dead.quantity.said) is not None
    )
    over = over or (
        dead is not None
        and dead.quantity.low == trapped.quantity.low
        and any(m.carried_from is not None and m.start > last.start for m in by_measure["deaths"])
    )  # 3名工人被埋,挖出2人均死亡,第3人找到,已死亡
    over = over or any(m.kind == "rest" and m.start > last.start for m in by_measure.get("deaths", ()))
    if after and (over or trapped.quantity.low <= counted <= trapped.quantity.top):
        del settled["trapped"]
    elif (
        rescued is not None
        and rescued.start > last.start
        and trapped.quantity.exact
        and rescued.quantity.exact
    ):
        left = trapped.quantity.low - rescued.quantity.low
        missing = settled.get("missing")
        if missing is not None and missing.start > rescued.start and missing.quantity.low == left:
            del settled["trapped"]  # 埋了5个,2个自己爬出来了,3个没找见
        elif left >= 0:
            settled["trapped"] = Settled(exactly(left, rescued.quantity.said), rescued.start, rescued.end)


def _all_hurt(
    settled: dict[str, Settled], by_measure: dict[str, list[Mention]], category: str | None
) -> None:
    """`injured` is all who are hurt and alive: told as such, or the sum of the grave and the light."""
    hurt, grave = settled.get("injured"), settled.get("seriously_injured")
    light = settled.get("slightly_injured")
    parts = [one for one in (grave, light) if one is not None and not one.increment]
    ill = category in _POISONINGS or "poisoned" in settled
    if hurt is None and parts and (not ill or any("伤" in one.quantity.said for one in parts)):
        low = sum(one.quantity.low for one in parts)
        highs = [one.quantity.high for one in parts]
        high = None if None in highs else sum(h for h in highs if h is not None)
        said = "、".join(one.quantity.said for one in parts)
        if len(said) > 16:
            said = parts[0].quantity.said
        settled["injured"] = Settled(Quantity(low, high, said), parts[0].start, parts[0].end)
    elif hurt is not None and parts and not hurt.increment and hurt.quantity.exact:
        low = sum(one.quantity.low for one in parts)
        told = [m.kind == "part" for name in _PARTS for m in by_measure.get(name, ())]
        if all(m.kind == "part" and m.part_of in _PARTS for m in by_measure.get("injured", ())):
            whole = max(parts, key=lambda one: one.quantity.low)  # 6人受轻伤,其中1人脑震荡
            if whole.quantity.low >= hurt.quantity.low:
                settled["injured"] = whole
        elif all(one.quantity.exact for one in parts) and low > hurt.quantity.low and not any(told):
            # 1人受伤、2人重伤: told side by side, so they add up
            apart = low + (hurt.quantity.low if len(parts) == 1 else 0)
            settled["injured"] = Settled(exactly(apart, hurt.quantity.said), hurt.start, hurt.end)
        elif light is not None and grave is None and low > hurt.quantity.top and not any(told):
            both = hurt.quantity.plus(light.quantity, light.quantity.said)
            settled["injured"] = Settled(both, light.start, light.end)  # 磕破头的十来个,骨折两个
    taken, grave = settled.get("hospitalized"), settled.get("seriously_injured")
    if (
        hurt is None
        and grave is None
        and light is not None
        and taken is not None
        and taken.start < light.start
        and _beside(by_measure)
        and taken.quantity.exact
        and light.quantity.exact
        and not ill
    ):
        both = taken.quantity.plus(light.quantity, light.quantity.said)
        settled["injured"] = Settled(both, taken.start, light.end)  # 两个送医院,两个轻微伤
    if (
        taken is not None
        and grave is not None
        and hurt is None
        and not ill
        and not taken.increment
        and ("injured" not in settled or taken.quantity.low > settled["injured"].quantity.low)
    ):
        settled["injured"] = taken  # 五百多人送医,重伤66人; 住院治疗566人,其中重症66人
    hurt, dead = settled.get("injured"), settled.get("deaths")
    if (
        taken is not None
        and hurt is not None
        and not ill
        and taken.quantity.low > hurt.quantity.top
        and (dead is None or dead.quantity.high == 0)
        and not taken.increment
    ):
        settled["injured"] = taken  # 收了270人,骨折的20人
    if "injured" not in settled and category not in _POISONINGS and "poisoned" not in settled:
        taken = settled.get("hospitalized")
        if taken is not None and not taken.increment and not _others_harmed(by_measure):
            settled["injured"] = taken


def _beside(by_measure: dict[str, list[Mention]]) -> bool:
    """One count taken to hospital and one lightly hurt, told side by side and neither a part of the other."""
    taken, light = by_measure["hospitalized"], by_measure["slightly_injured"]
    if len(taken) != 1 or len(light) != 1 or taken[0].kind not in ("", "later") or light[0].kind:
        return False
    return (
        taken[0].sentence == light[0].sentence
        and light[0].carried_from is None
        and taken[0].number != light[0].number
        and taken[0].quantity.low <= light[0].quantity.low
    )


def _dead_among_hurt(settled: dict[str, Settled], mentions: list[Mention]) -> None:
    """16人受伤,其中2人死亡: the hurt are those who live."""
    hurt = settled.get("injured")
    if hurt is None or not hurt.quantity.exact:
        return
    dead = [
        m
        for m in mentions
        if m.measure == "deaths"
        and m.part_of in ("injured", "hospitalized", "seriously_injured")
        and not (hurt.start > m.start and _told_apart(mentions, hurt, m))
    ]
    left = hurt.quantity.low - sum(m.quantity.low for m in dead)
    if not dead and "deaths" in settled:
        _those_left(settled, mentions)
    grave = settled.get("seriously_injured")
    of_grave = [m for m in dead if m.part_of == "seriously_injured"]
    if grave is not None and grave.quantity.exact and of_grave and all(m.quantity.exact for m in of_grave):
        alive = grave.quantity.low - sum(m.quantity.low for m in of_grave)
        if alive >= 0:
            settled["seriously_injured"] = Settled(
                exactly(alive, grave.quantity.said), grave.start, grave.end
            )
    if dead and left >= 0 and all(m.quantity.exact for m in dead):
        settled["injured"] = Settled(exactly(left, hurt.quantity.said), hurt.start, hurt.end)


def _those_left(settled: dict[str, Settled], mentions: list[Mention]) -> None:
    """18人受伤,3人抢救无效死亡,余15人无生命危险; 150人受伤,死了12个,138人在院: the hurt less the dead, told in so many words."""
    hurt, dead = settled["injured"], settled["deaths"]
    if hurt.start > dead.start or not dead.quantity.exact:
        return
    left = hurt.quantity.low - dead.quantity.low
    for mention in mentions:
        if (
            mention.measure in ("stable", "hospitalized", "injured", "seriously_injured", "icu")
            and mention.quantity.exact
            and mention.quantity.low == left > 0
            and mention.start > hurt.start
        ):
            settled["injured"] = Settled(mention.quantity, mention.start, mention.end)
            return


def _others_alive(
    settled: dict[str, Settled], by_measure: dict[str, list[Mention]], category: str | None
) -> None:
    """3个没救回来,另15个没有生命危险: the others are hurt and alive."""
    stable = by_measure["stable"][-1]
    if stable.kind not in ("other", "rest") or category in _POISONINGS or "poisoned" in settled:
        return
    settled.setdefault("injured", Settled(stable.quantity, stable.start, stable.end))


def _told_apart(mentions: list[Mention], hurt: Settled, dead: Mention) -> bool:
    """44人受伤,其中1人不治,现有伤员43人: the hurt are counted anew behind the death, and he is none of them."""
    return any(
        m.measure == "injured" and m.start < dead.start and m.quantity.low > hurt.quantity.low
        for m in mentions[:50]
    )


def _dead_and_lost(settled: dict[str, Settled], by_measure: dict[str, list[Mention]]) -> None:
    """死亡失踪合计5人,其中失踪3人: the others are dead; where no part is told, all stay lost."""
    both = [m for m in by_measure.get("deaths", ()) if m.kind == "both" and m.part_of == "missing"]
    lost, dead = settled.get("missing"), settled.get("deaths")
    if not both or lost is None or dead is None:
        return
    whole = both[-1].quantity.high
    if len(both) < len(by_measure["deaths"]):
        if whole == lost.quantity.low and dead.quantity.exact and whole >= dead.quantity.low:
            left = exactly(whole - dead.quantity.low, lost.quantity.said)
            settled["missing"] = Settled(left, lost.start, lost.end)
        return
    part = next((m for m in reversed(by_measure["missing"]) if m.kind == "part" and m.quantity.exact), None)
    if part is None or whole is None or whole < part.quantity.low:
        del settled["deaths"]
        return
    settled["missing"] = Settled(part.quantity, part.start, part.end)
    settled["deaths"] = Settled(exactly(whole - part.quantity.low, dead.quantity.said), dead.start, dead.end)


def _of_both(settled: dict[str, Settled], by_measure: dict[str, list[Mention]]) -> None:
    """9人伤亡,其中死亡2人: the others are hurt."""
    both = [m for m in by_measure.get("injured", ()) if m.kind == "both"]
    dead = settled.get("deaths")
    if len(both) != len(by_measure.get("injured", ())) or not both or dead is None or not dead.quantity.exact:
        return
    whole, last = both[-1].quantity.high, both[-1]
    if whole is not None and whole >= dead.quantity.low:
        settled["injured"] = Settled(
            exactly(whole - dead.quantity.low, last.quantity.said), last.start, last.end
        )


def _ill(settled: dict[str, Settled], by_measure: dict[str, list[Mention]], category: str | None) -> None:
    """Who saw a doctor after a meal was poisoned; whom a vaccine or an infection made sick was not."""
    poisoned, gone = settled.get("poisoned"), settled.get("deaths")
    if (
        poisoned is None
        and category == "食物中毒"
        and gone is not None
        and _ALL_OF.search(gone.quantity.said)
    ):
        settled["poisoned"] = poisoned = gone  # 吃酸汤子中毒,九个人都没救回来
    taken = [m for m in by_measure.get("hospitalized", ()) if m.kind != "rest"]
    dead = by_measure.get("deaths", ())
    if (
        poisoned is None
        and category in ("食物中毒", "急性中毒")
        and taken
        and all(m.part_of == "hospitalized" for m in dead)
    ):
        most = max(taken, key=lambda mention: mention.quantity.low)
        settled["poisoned"] = Settled(most.quantity, most.start, most.end)
    elif (
        poisoned is not None
        and category in ("传染病疫情", "药品疫苗事件")
        and "毒" not in poisoned.quantity.said
    ):
        settled.setdefault("affected", poisoned)
        del settled["poisoned"]


def _others_harmed(by_measure: dict[str, list[Mention]]) -> bool:
    """Those taken to hospital are the dead or the missing themselves (送医后死亡)."""
    taken = by_measure.get("hospitalized", [])
    return bool(taken) and all(
        any(m.number is not None and m.number == other.number for other in by_measure.get("deaths", ()))
        or m.kind == "rest"
        for m in taken
    )


def _parts_beyond(draft: Draft, measures: dict[str, Quantity]) -> None:
    """6人受伤,其中重伤4人、轻伤3人: said; no figure is changed for it. (One part alone beyond its whole: the judgement.)"""
    hurt, parts = measures.get("injured"), [measures[name] for name in _PARTS if name in measures]
    if hurt is None or len(parts) < 2 or any(part.low > hurt.top for part in parts):
        return
    if sum(part.low for part in parts) > hurt.top:
        said = "、".join(part.said for part in parts)
        draft.doubt("injured", f"重伤与轻伤之和多于受伤人数（“{said}”与“{hurt.said}”），请核实。")
