"""Who is hurt and alive: told as such, or made up of the grave and the light, those in hospital, those who were hit."""

from jinji_report.intake.people.told import SAID_AT_MOST, Mention, Settled
from jinji_report.intake.people.toll import Toll
from jinji_report.quantity import Quantity, exactly

_PARTS = ("seriously_injured", "slightly_injured")
_HARMED = frozenset((*_PARTS, "hospitalized"))


def hurt(toll: Toll) -> None:
    """Settle `injured`, and what of `seriously_injured` hangs on it."""
    settled, mentions = toll.settled, toll.mentions
    if "hit" in settled:
        _hit(toll)
    if "deaths" in settled and "injured" in mentions:
        _of_both(toll)
    if not _HARMED.isdisjoint(settled):
        told = "injured" in settled
        _by_parts(toll)
        _by_those_in_hospital(toll, told=told)
    if "stable" in settled:
        _others_alive(toll)
    if "injured" in settled and "deaths" in mentions:
        _dead_among_hurt(toll)


# ------------------------------------------------------------------ by what was done to them, or with the dead


def _hit(toll: Toll) -> None:
    """捅了7个,死了1个: those who were hit are hurt, but for the dead told afterwards."""
    settled = toll.settled
    hit, dead, told = settled["hit"].quantity, settled.get("deaths"), settled.get("injured")
    taken = settled.get("hospitalized")
    if taken is not None:
        if dead is not None and told is None and hit.low == dead.quantity.low + taken.quantity.low:
            settled["injured"] = taken  # 砸着六个,没了俩,剩下四个在医院
        return
    start, end = settled["hit"].start, settled["hit"].end
    gone = dead.quantity.low if dead is not None else 0
    if told is not None:
        # 铝水烫了四名工人,其中1人烫伤面积六成; 砸了2个,1人骨折,1人擦伤
        part = "slightly_injured" in settled or all(
            m.kind == "part" for m in toll.mentions.get("injured", ())
        )
        if part and hit.exact and not told.increment and hit.low - gone > told.quantity.top:
            settled["injured"] = Settled(exactly(hit.low - gone, hit.said), start, end)
    elif sum(settled[name].quantity.low for name in _PARTS if name in settled) >= hit.low:
        return
    elif dead is None:
        settled["injured"] = settled["hit"]
    elif dead.quantity.exact and hit.low > gone:
        left = Quantity(hit.low - gone, None if hit.high is None else hit.high - gone, hit.said)
        settled["injured"] = Settled(left, start, end)


def _of_both(toll: Toll) -> None:
    """9人伤亡,其中死亡2人: the others are hurt."""
    last, dead = toll.mentions["injured"][-1], toll.settled["deaths"].quantity
    if any(m.kind != "both" for m in toll.mentions["injured"]) or not dead.exact:
        _beyond_both(toll)
        return
    whole = last.quantity.high
    if whole is not None and whole >= dead.low:
        left = exactly(whole - dead.low, last.quantity.said)
        toll.settled["injured"] = Settled(left, last.start, last.end)


def _beyond_both(toll: Toll) -> None:
    """共3人伤亡,其中2人死亡、3人受伤: the parts are more than the whole."""
    told = [*toll.mentions["injured"], *toll.mentions.get("deaths", ())]
    both = [m for m in toll.mentions["injured"] if m.kind == "both" and m.quantity.high is not None]
    if not both or any(m.kind in ("old", "new", "more", "total") for m in told):
        return
    hurt, whole = toll.settled["injured"], both[-1].quantity
    if whole.top < toll.settled["deaths"].quantity.low + hurt.quantity.low:
        hurt.clash.append(whole.said)


# ------------------------------------------------------------------ the grave and the light


def _by_parts(toll: Toll) -> None:
    """重伤2人、轻伤3人: all who are hurt are at least those."""
    settled, mentions = toll.settled, toll.mentions
    parts = [settled[name] for name in _PARTS if name in settled and not settled[name].increment]
    if not parts:
        return
    told = settled.get("injured")
    if told is None:
        if not toll.ill or any("伤" in one.quantity.said for one in parts):
            settled["injured"] = _both_parts(parts)
        return
    whole = told.quantity
    if told.increment or not whole.exact:
        return
    low = sum(one.quantity.low for one in parts)
    beside = not any(m.kind == "part" for name in _PARTS for m in mentions.get(name, ()))
    if all(m.kind == "part" and m.part_of in _PARTS for m in mentions.get("injured", ())):
        gravest = max(parts, key=lambda one: one.quantity.low)  # 6人受轻伤,其中1人脑震荡
        if gravest.quantity.low >= whole.low:
            settled["injured"] = gravest
    elif all(one.quantity.exact for one in parts) and low > whole.low and beside:
        # 1人受伤、2人重伤: told side by side, so they add up
        apart = low + (whole.low if len(parts) == 1 else 0)
        settled["injured"] = Settled(exactly(apart, whole.said), told.start, told.end)
    elif "seriously_injured" not in settled and low > whole.top and beside:
        light = settled["slightly_injured"]
        both = whole.plus(light.quantity, light.quantity.said)
        settled["injured"] = Settled(both, light.start, light.end)  # 磕破头的十来个,骨折两个


def _both_parts(parts: list[Settled]) -> Settled:
    """The sum of the grave and the light, or the one that is told."""
    first = parts[0]
    whole = first.quantity
    for one in parts[1:]:
        said = f"{whole.said}、{one.quantity.said}"
        whole = whole.plus(one.quantity, said if len(said) <= SAID_AT_MOST else whole.said)
    return Settled(whole, first.start, first.end)


# ------------------------------------------------------------------ those in hospital


def _by_those_in_hospital(toll: Toll, *, told: bool) -> None:
    """五百多人送医,重伤66人: who was taken to hospital is hurt, where nobody was made ill.

    `told`: the hurt are told by a word of their own, and not by their parts alone.
    """
    settled = toll.settled
    taken = settled.get("hospitalized")
    if taken is None or toll.ill:
        return
    grave = "seriously_injured" in settled
    if not told and not grave and _beside_light(toll, taken):
        light = settled["slightly_injured"]
        both = taken.quantity.plus(light.quantity, light.quantity.said)
        settled["injured"] = Settled(both, taken.start, light.end)  # 两个送医院,两个轻微伤
    if taken.increment:
        return
    hurt = settled.get("injured")
    if hurt is None:
        if grave or not _are_dead(toll):
            settled["injured"] = taken
        return
    dead = settled.get("deaths")
    more = taken.quantity.low > hurt.quantity.top and (dead is None or dead.quantity.high == 0)
    if more or (not told and grave and taken.quantity.low > hurt.quantity.low):
        settled["injured"] = taken  # 收了270人,骨折的20人; 住院治疗566人,其中重症66人


def _beside_light(toll: Toll, taken: Settled) -> bool:
    """One count taken to hospital and one lightly hurt, told side by side and neither a part of the other."""
    light = toll.settled.get("slightly_injured")
    if light is None or taken.start >= light.start or not (taken.quantity.exact and light.quantity.exact):
        return False
    there, hurt = toll.mentions["hospitalized"], toll.mentions["slightly_injured"]
    if len(there) != 1 or len(hurt) != 1 or there[0].kind not in ("", "later") or hurt[0].kind:
        return False
    return (
        there[0].sentence == hurt[0].sentence
        and hurt[0].carried_from is None
        and there[0].number != hurt[0].number
        and there[0].quantity.low <= hurt[0].quantity.low
    )


def _are_dead(toll: Toll) -> bool:
    """Those taken to hospital are the dead themselves (送医后死亡), or nothing but the rest of others."""
    dead = {m.number for m in toll.mentions.get("deaths", ()) if m.number is not None}
    return all(
        m.number in dead or (m.kind == "rest" and "转" in m.quantity.said)
        for m in toll.mentions.get("hospitalized", ())
    )


# ------------------------------------------------------------------ the hurt are those who live


def _others_alive(toll: Toll) -> None:
    """3个没救回来,另15个没有生命危险: the others are hurt and alive."""
    stable = toll.mentions["stable"][-1]
    if stable.kind in ("other", "rest") and not toll.ill:
        toll.settled.setdefault("injured", Settled(stable.quantity, stable.start, stable.end))


def _dead_among_hurt(toll: Toll) -> None:
    """16人受伤,其中2人死亡: the hurt are those who live."""
    settled = toll.settled
    told = settled["injured"]
    if not told.quantity.exact:
        return
    dead = [
        m
        for m in toll.mentions["deaths"]
        if m.part_of in ("injured", "hospitalized", "seriously_injured")
        and not (told.start > m.start and _told_apart(toll, told, m))
    ]
    if not dead and "deaths" in settled:
        _those_left(toll)
    grave = settled.get("seriously_injured")
    of_grave = [m for m in dead if m.part_of == "seriously_injured"]
    if grave is not None and of_grave:
        settled["seriously_injured"] = _less(grave, of_grave)
    if dead:
        settled["injured"] = _less(told, dead)


def _less(whole: Settled, dead: list[Mention]) -> Settled:
    """`whole` without those of them who died, where the figures allow it."""
    left = whole.quantity.low - sum(m.quantity.low for m in dead)
    if left < 0 or not whole.quantity.exact or not all(m.quantity.exact for m in dead):
        return whole
    return Settled(exactly(left, whole.quantity.said), whole.start, whole.end)


def _those_left(toll: Toll) -> None:
    """18人受伤,3人抢救无效死亡,余15人无生命危险; 150人受伤,死了12个,138人在院: the hurt less the dead, told in so many words."""
    told, dead = toll.settled["injured"], toll.settled["deaths"]
    if told.start > dead.start or not dead.quantity.exact:
        return
    left = told.quantity.low - dead.quantity.low
    for mention in toll.persons.mentions:
        if (
            mention.measure in ("stable", "hospitalized", "injured", "seriously_injured", "icu")
            and mention.quantity.exact
            and mention.quantity.low == left > 0
            and mention.start > told.start
        ):
            toll.settled["injured"] = Settled(mention.quantity, mention.start, mention.end)
            return


def _told_apart(toll: Toll, told: Settled, dead: Mention) -> bool:
    """44人受伤,其中1人不治,现有伤员43人: the hurt are counted anew behind the death, and he is none of them."""
    for mention in toll.persons.mentions[:50]:
        if mention.measure == "injured":
            if mention.start < dead.start and mention.quantity.low > told.quantity.low:
                return True
            if mention.kind == "rest" and mention.start == told.start:
                return True  # 18人送医,其中3人抢救无效死亡,余15人伤
    return False
