"""Who is still trapped or missing, seen with who got out, was found or died since."""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.told import SAID_AT_MOST, Mention, Settled
from jinji_report.intake.people.toll import Toll
from jinji_report.intake.people.words import ALL_OF
from jinji_report.quantity import exactly

_NOT_OUT = pattern("[没未][能有得]?[跑逃](?:出|脱|掉|生)|没出来")
_FIRE = pattern("[起着失]火|着[的了]|火灾|烧|爆燃|明火|大火")
_BEING_SAVED = pattern("[还仍尚](?:有|在|没)|正在|在救|施救|营救|搜救|搜寻|待救|求救")
_BODIES = pattern("[遗尸][体首骸]|具")
_FOUND = pattern("找到|找着|寻获|搜到|搜出|救起|捞|联系上|遗体|尸体")
_ACCOUNTED = ("rescued", "deaths", "injured")
_SHUT_IN = ("坍塌事故", "矿山事故", "火灾", "建筑施工事故", "地质灾害", "急性中毒", "地震灾害")
_INSIDE = ("在里头", "在里面", "在底下", "在下面")


def lost(toll: Toll) -> None:
    """Settle `missing` and `trapped`, and the deaths that hang on them."""
    settled, mentions, persons = toll.settled, toll.mentions, toll.persons
    if "deaths" in settled:
        _no_longer_lost(toll)
    if "inside" in settled and ("trapped" in settled or toll.category in _SHUT_IN):
        settled["trapped"] = settled["inside"]  # 压了3个,扒出来一个,底下还有两个
        mentions["trapped"] = mentions["inside"]
    if toll.category not in _SHUT_IN and all(
        m.number is None and m.quantity.said.endswith(_INSIDE) for m in mentions.get("trapped", ())
    ):
        settled.pop("trapped", None)  # 抱着煤气罐说要点,娃还在里头
    if "trapped" in settled:
        _lost_in_fire(toll)
    if "swept" in settled:
        _swept_away(toll)
    if "missing" in mentions:
        _still_missing(toll)
        _found_dead(toll)
    if "trapped" in settled or persons.all_out is not None or persons.all_found is not None:
        _found_since(toll)
        _trapped_no_more(toll)
    if toll.aboard is not None:
        _rest_of_those_aboard(toll, toll.aboard)
    if "deaths" in settled and "missing" in settled:
        _dead_and_lost(toll)


def _no_longer_lost(toll: Toll) -> None:
    """先报8人失联,后搜出遇难者11人: those who were told lost before are among the dead told since."""
    dead = toll.settled["deaths"]
    for name in ("missing", "trapped"):
        told = toll.mentions.get(name, [])
        if (
            name in toll.settled
            and told
            and all(m.kind == "old" for m in told)
            and told[-1].end < dead.start
            and dead.quantity.low >= told[-1].quantity.low
        ):
            del toll.settled[name]


def _lost_in_fire(toll: Toll) -> None:
    """四十一个没跑出来,伤了六个: where the others are told safe or hurt, who did not get out of a fire is dead."""
    settled, text = toll.settled, toll.text
    if "deaths" in settled or toll.persons.all_out is not None or settled["trapped"].increment:
        return
    last = toll.mentions["trapped"][-1]
    if not _NOT_OUT.search(text, last.start, last.end) or last.still or not _FIRE.search(text):
        return
    others = toll.aboard is not None or any(
        name in settled for name in ("injured", "rescued", "hospitalized")
    )
    if others and not _BEING_SAVED.search(text):
        settled["deaths"] = settled.pop("trapped")


def _swept_away(toll: Toll) -> None:
    """3人被冲走: missing, but for those of whom it is told afterwards what became of them."""
    settled = toll.settled
    if "missing" in settled:
        return
    swept = settled["swept"]
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


def _still_missing(toll: Toll) -> None:
    """8人失联,找到5人,仍有3人失联: those who still are."""
    mentions = toll.mentions["missing"]
    last = mentions[-1]
    if len(mentions) > 1 and last.still and last.kind not in ("old", "more"):
        toll.settled["missing"] = Settled(last.quantity, last.start, last.end)
    elif "missing" in toll.settled:
        _less_those_found(toll, last)


def _less_those_found(toll: Toll, last: Mention) -> None:
    """2人失踪,已找到1人: those who were found since, alive or dead, are lost no more.

    Of bodies found (23人失踪,已找到遗体9具) it is not said that they are some of those, unless they are as many.
    """
    missing = toll.settled["missing"].quantity
    found = [
        m
        for name in ("rescued", "deaths")
        for m in toll.mentions.get(name, ())
        if m.start > last.end
        and m.sentence - last.sentence <= 1
        and m.kind != "part"
        and _FOUND.search(toll.text, max(last.end, m.start - 4), m.end)
    ]
    if not found or not missing.exact or any(not m.quantity.exact for m in found):
        return
    left = missing.low - sum(m.quantity.low for m in found)
    if left == 0:
        del toll.settled["missing"]
    elif left > 0 and not any(_BODIES.search(m.quantity.said) for m in found):
        toll.settled["missing"] = Settled(exactly(left, found[0].quantity.said), found[0].start, found[0].end)


def _found_dead(toll: Toll) -> None:
    """22人途中失联,现已证实19人牺牲,3人受伤: of all who were lost it is told since what became of them."""
    settled, told = toll.settled, toll.mentions["missing"]
    missing, dead = settled.get("missing"), settled.get("deaths")
    if missing is None or dead is None or toll.persons.all_found is not None or any(m.still for m in told):
        return
    last, deaths = told[-1].end, toll.mentions.get("deaths", [])
    if dead.start < last or deaths[-1].kind != "new" or told[-1].fresh >= deaths[-1].fresh:
        return
    before = max((m.quantity.low for m in deaths if m.end < told[-1].start), default=0)
    if dead.quantity.low >= before + missing.quantity.low > missing.quantity.low:
        del settled["missing"]  # 先报2死51失联,最后53死
        return
    since = [settled[name] for name in _ACCOUNTED if name in settled and settled[name].start > last]
    if missing.quantity.low in (dead.quantity.low, sum(one.quantity.low for one in since)):
        del settled["missing"]


def _found_since(toll: Toll) -> None:
    """47人被埋,遇难44人,已无失联人员; 失联驴友3人已找到: nobody is lost any more."""
    settled, persons = toll.settled, toll.persons
    dead, trapped = settled.get("deaths"), settled.get("trapped")
    if "missing" in persons.negated and trapped is not None and dead is not None:
        since = persons.negated["missing"][0] > trapped.start and dead.start > trapped.start
        if since and not any(m.still for m in toll.mentions["trapped"]):
            del settled["trapped"]
    one = len(toll.mentions.get("missing", ())) == 1
    if one and persons.all_found is not None and settled.pop("missing", None) is not None:
        persons.negated.setdefault("missing", persons.all_found)


def _trapped_no_more(toll: Toll) -> None:
    """被困8人全部救出; 埋了5个,扒出来2个: none is trapped, or so many fewer."""
    settled, persons = toll.settled, toll.persons
    mentions = toll.mentions.get("trapped", [])
    trapped = settled.get("trapped")
    if trapped is None:
        return
    last = mentions[-1]
    if persons.all_out is not None and persons.all_out[1] > last.end:
        del settled["trapped"]
        persons.negated.setdefault("trapped", persons.all_out)
        return
    still = [m for m in mentions if m.still]
    if still:
        settled["trapped"] = Settled(still[-1].quantity, still[-1].start, still[-1].end)
        return
    rescued = settled.get("rescued")
    if rescued is not None and rescued.start <= last.start:
        rescued = None
    if _accounted_for(toll, trapped, last, rescued):
        del settled["trapped"]
    elif rescued is not None and trapped.quantity.exact and rescued.quantity.exact:
        left = trapped.quantity.low - rescued.quantity.low
        missing = settled.get("missing")
        if missing is not None and missing.start > rescued.start and missing.quantity.low == left:
            del settled["trapped"]  # 埋了5个,2个自己爬出来了,3个没找见
        elif left >= 0:
            settled["trapped"] = Settled(exactly(left, rescued.quantity.said), rescued.start, rescued.end)


def _accounted_for(toll: Toll, trapped: Settled, last: Mention, rescued: Settled | None) -> bool:
    """Of all who were trapped (`last` told so) it is told afterwards what became of them."""
    settled, mentions = toll.settled, toll.mentions
    after = [
        name
        for name in ("deaths", "injured" if "injured" in settled else "hospitalized", "missing")
        if name in settled and settled[name].start > last.start
    ]
    named = last.individual and last.number is None
    others = all(m.individual and m.carried_from is None for m in mentions.get("injured", ()))
    if named and others and "injured" in after:
        after.remove("injured")  # 老头没跑出来,房东砸伤: another one
    if not after:
        return False
    deaths = mentions.get("deaths", ())
    counted = sum(settled[name].quantity.low for name in after)
    if rescued is not None and all(m.kind != "part" and not _of_found(toll, m) for m in deaths):
        counted += rescued.quantity.low
    if trapped.quantity.low <= counted <= trapped.quantity.top:
        return True
    if counted > trapped.quantity.low and (
        last.number is None
        or any(m.sentence > last.sentence for name in after for m in mentions.get(name, ()))
    ):
        return True
    dead = settled.get("deaths")
    since = [m for m in deaths if m.start > last.start]
    if any(m.kind == "rest" for m in since):
        return True
    if dead is None or dead.quantity.low < trapped.quantity.low:
        return False
    if "deaths" in after and ALL_OF.search(dead.quantity.said) is not None:
        return True
    # 3名工人被埋,挖出2人均死亡,第3人找到,已死亡
    return any(m.carried_from is not None for m in since)


def _of_found(toll: Toll, dead: Mention) -> bool:
    """找到3个,都没气了: told of those who were found."""
    source = dead.carried_from
    return source is not None and toll.persons.mentions[source].measure == "rescued"


def _rest_of_those_aboard(toll: Toll, aboard: Settled) -> None:
    """船上454人,捞上来8个,别的都没消息; 当班28人,26人升井: those of whom nothing else is told."""
    settled, persons = toll.settled, toll.persons
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
        settled[name] = Settled(exactly(left, toll.note.quote(start, end)[:SAID_AT_MOST]), start, end)
        return
    rescued = settled.get("rescued")
    if rescued is not None and "升井" in rescued.quantity.said and persons.all_out is None:
        settled["trapped"] = Settled(exactly(left, rescued.quantity.said), rescued.start, rescued.end)


def _dead_and_lost(toll: Toll) -> None:
    """死亡失踪合计5人,其中失踪3人: the others are dead; where no part is told, all stay lost."""
    settled, mentions = toll.settled, toll.mentions
    both = [m for m in mentions["deaths"] if m.kind == "both" and m.part_of == "missing"]
    if not both:
        return
    lost, dead = settled["missing"], settled["deaths"]
    whole = both[-1].quantity.high
    if len(both) < len(mentions["deaths"]):
        if whole == lost.quantity.low and dead.quantity.exact and whole >= dead.quantity.low:
            left = exactly(whole - dead.quantity.low, lost.quantity.said)
            settled["missing"] = Settled(left, lost.start, lost.end)
        return
    part = next((m for m in reversed(mentions["missing"]) if m.kind == "part" and m.quantity.exact), None)
    if part is None or whole is None or whole < part.quantity.low:
        del settled["deaths"]
        return
    settled["missing"] = Settled(part.quantity, part.start, part.end)
    settled["deaths"] = Settled(exactly(whole - part.quantity.low, dead.quantity.said), dead.start, dead.end)
