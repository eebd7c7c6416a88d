"""People: offices that nobody can ring, categories that no unit answers for, a call tree with holes.

Whom this desk has to ring itself is worked out from its tier and the reporting rows: on each line
the nearest level above it (the ones further up are rung by the levels between), its own level, and
wherever a row lets it skip a level.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from math import inf
from typing import Any

from jinji_report.standards.conditions import Known, outcomes, reduce
from jinji_report.standards.findings import Code, Finding, Subject
from jinji_report.standards.join import Origin
from jinji_report.standards.rows import Owner, applies
from jinji_report.vocabulary import TIERS, Line, Side, Tier

NO_PHONE = Code(
    "J401",
    "错误",
    "要打的电话没有写",
    what="本单位要直接报的单位没有值班电话，联系人里也没有它的号码。",
    why="半夜来了事，电话首报打不出去，时限从事发就在走。",
    bad="""
[[office]]
tier = "市"
line = "行业"
name = "市应急管理局"

[[report]]
id = "r.industry"
to = [{ tier = "市", line = "行业" }]
text = "死亡1人以上"
when = { measure = "deaths", at_least = 1 }
clause = "某办法第六条"
confidence = "confirmed"
""",
    good="""
[[office]]
tier = "市"
line = "行业"
name = "市应急管理局"
phone = "0000-1234569"

[[report]]
id = "r.industry"
to = [{ tier = "市", line = "行业" }]
text = "死亡1人以上"
when = { measure = "deaths", at_least = 1 }
clause = "某办法第六条"
confidence = "confirmed"
""",
)
NO_INDUSTRY = Code(
    "J402",
    "错误",
    "类别没有行业一侧的责任单位",
    what="这个类别的事件，没有哪个行业主管部门负责报告（只在某种迹象下才负责的不算）。",
    why="行业、属地都要报（双责任）；缺了行业一侧，没人催部门报，谁没报也看不出来。",
    bad="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了"]

[[owner]]
id = "owner.bridge.place"
unit = "属地乡镇街道"
side = "属地"
angle = "现场和善后"
category = "桥梁垮塌"
clause = "某办法第四条"
confidence = "confirmed"
""",
    good="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了"]

[[owner]]
id = "owner.bridge"
unit = "交通运输"
side = "行业"
angle = "桥梁和通行"
category = "桥梁垮塌"
clause = "某办法第四条"
confidence = "confirmed"

[[owner]]
id = "owner.bridge.place"
unit = "属地乡镇街道"
side = "属地"
angle = "现场和善后"
category = "桥梁垮塌"
clause = "某办法第四条"
confidence = "confirmed"
""",
)
NO_LOCALITY = Code(
    "J403",
    "错误",
    "类别没有属地一侧的责任单位",
    what="这个类别的事件，没有写属地由谁报告。",
    why="行业、属地都要报（双责任）；缺了属地一侧，乡镇街道报没报就没人记。",
    bad="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了"]

[[owner]]
id = "owner.bridge"
unit = "交通运输"
side = "行业"
angle = "桥梁和通行"
category = "桥梁垮塌"
clause = "某办法第四条"
confidence = "confirmed"
""",
    good=NO_INDUSTRY.good,
)
SILENT_CONTACT = Code(
    "J404",
    "错误",
    "联系人没有电话",
    what="[[contact]] 写了单位或人，没有写电话。",
    why="轮到打这个电话时没有号码，叫人就断在这一步。",
    bad="""
[[contact]]
id = "c.duty"
unit = "办公室"
role = "值班领导"
call = 1
""",
    good="""
[[contact]]
id = "c.duty"
unit = "办公室"
role = "值班领导"
call = 1
phone = "0000-1234570"
""",
)
DOUBLE_CALL = Code(
    "J405",
    "错误",
    "叫人次序里两个人排在同一位",
    what="同一个单位里，同一时间有两个联系人的 call 相同。",
    why="不知道先打给谁，两个值班员会打出两种次序。",
    bad="""
[[contact]]
id = "c.head"
unit = "办公室"
role = "主任"
phone = "0000-1234571"
call = 1

[[contact]]
id = "c.deputy"
unit = "办公室"
role = "副主任"
phone = "0000-1234572"
call = 1
""",
    good="""
[[contact]]
id = "c.head"
unit = "办公室"
role = "主任"
phone = "0000-1234571"
call = 1

[[contact]]
id = "c.deputy"
unit = "办公室"
role = "副主任"
phone = "0000-1234572"
call = 2
""",
)
MISSING_CALL = Code(
    "J406",
    "错误",
    "叫人次序缺了一位",
    what="联系人的 call 没有从 1 连着排下来，或者工作时间、非工作时间里有一段没有人可叫。",
    why="多半是有人调走后删了一条，次序断在中间；夜里没有人可叫，值班员只能自己找号码。",
    bad="""
[[contact]]
id = "c.head"
unit = "办公室"
role = "主任"
phone = "0000-1234571"
call = 1

[[contact]]
id = "c.leader"
unit = "办公室"
role = "分管领导"
phone = "0000-1234573"
call = 3
""",
    good="""
[[contact]]
id = "c.head"
unit = "办公室"
role = "主任"
phone = "0000-1234571"
call = 1

[[contact]]
id = "c.leader"
unit = "办公室"
role = "分管领导"
phone = "0000-1234573"
call = 2
""",
)
CODES = (NO_PHONE, NO_INDUSTRY, NO_LOCALITY, SILENT_CONTACT, DOUBLE_CALL, MISSING_CALL)

_ALWAYS = "任何时间"


def find(subject: Subject) -> Iterator[Finding]:
    yield from _phones(subject)
    yield from _owners(subject)
    yield from _contacts(subject)


# ------------------------------------------------------------------ phones


def _phones(subject: Subject) -> Iterator[Finding]:
    """An office of a base file that this pack has to ring is the pack's own matter, and stands at its rows."""
    standards, joined = subject.standards, subject.joined
    if joined.desk is None:
        return
    with_number = {contact.unit for contact in standards.contacts if contact.phone}
    for (tier, line), (kind, row) in _rung(subject).items():
        office = standards.offices.get((tier, line))
        if office is None or office.phone or office.name in with_number:
            continue
        origin = joined.origin("office", f"{tier}{line}")
        if origin.file != joined.root:
            origin = joined.origin(kind, row)
            origin = (
                Origin(origin.file, (*origin.place, "to"))
                if origin.file == joined.root
                else Origin(joined.root, ())
            )
        yield subject.found_at(
            NO_PHONE,
            origin,
            f"{tier}{line}",
            f"{row} 要报{office.name}（{tier}级{line}），没有写它的值班电话。",
            f'在 [[office]]（tier = "{tier}"，line = "{line}"）里写 phone = "……"。',
        )


def _rung(subject: Subject) -> dict[tuple[Tier, Line], tuple[str, str]]:
    """The addresses that this desk rings itself, each with the first row that says so."""
    desk = subject.standards.desk
    own = TIERS.index(desk.tier)
    named: dict[tuple[Tier, Line], tuple[str, str]] = {}
    for report in subject.standards.reports:
        for address in report.to:
            named.setdefault((address.tier, address.line), ("report", report.id))
    above: dict[Line, int] = {}
    for tier, line in named:
        height = TIERS.index(tier)
        if height > own:
            above[line] = min(above.get(line, height), height)
    rung = {
        (tier, line): row
        for (tier, line), row in named.items()
        if (tier, line) != (desk.tier, desk.line) and TIERS.index(tier) in (own, above.get(line))
    }
    for skip in subject.standards.skips:
        for address in skip.to:
            rung.setdefault((address.tier, address.line), ("skip", skip.id))
    return rung


# ------------------------------------------------------------------ owners


def _owners(subject: Subject) -> Iterator[Finding]:
    lasting = [row for row in subject.standards.owners if row.effective_to is None]
    for category in subject.standards.categories:
        for code, side in ((NO_INDUSTRY, Side.INDUSTRY), (NO_LOCALITY, Side.LOCALITY)):
            rows = [row for row in lasting if row.side == side and applies(row.categories, category)]
            if _somebody(subject, category, rows):
                continue
            some = f"；{rows[0].id} 只在有的情形下负责" if rows else ""
            yield subject.finding(
                code,
                "category",
                category,
                f"“{category}”没有{side.value}一侧的责任单位{some}。",
                f'补一个 [[owner]]，side = "{side.value}"，category = "{category}"，写明单位和报送角度。',
            )


def _somebody(subject: Subject, category: str, rows: list[Owner]) -> bool:
    """A plain incident of the category, whatever its counts, has one of `rows` for it."""
    if any(not row.when for row in rows):
        return True
    standards = subject.standards
    ranges: Mapping[str, tuple[float, float]] = {name: (0, inf) for name in standards.measures}
    known = Known(category=category, tags=(), on=date(2000, 1, 10), ranges=ranges)
    tree: dict[str, Any] = {"any": [dict(row.when) for row in rows]}
    try:
        return bool(rows) and outcomes(reduce(tree, known, standards), ranges, standards).sure
    except KeyError:  # a name that does not exist is a finding of its own
        return True


# ------------------------------------------------------------------ the call tree


def _contacts(subject: Subject) -> Iterator[Finding]:
    contacts = subject.standards.contacts
    for contact in contacts:
        if not contact.phone.strip():
            who = "".join((contact.unit, contact.role, contact.person))
            yield subject.finding(
                SILENT_CONTACT,
                "contact",
                contact.id,
                f"联系人 {contact.id}（{who}）没有电话。",
                '写上 phone = "……"；已经不用的，删去这一条。',
            )
    tree = [contact for contact in contacts if contact.call is not None]
    for index, contact in enumerate(tree):
        for before in tree[:index]:
            at_once = _ALWAYS in (contact.hours, before.hours) or contact.hours == before.hours
            if (before.call, before.unit) == (contact.call, contact.unit) and at_once:
                yield subject.finding(
                    DOUBLE_CALL,
                    "contact",
                    contact.id,
                    f"联系人 {contact.id} 和 {before.id} 都是{contact.unit}第 {contact.call} 位，先打给谁分不出来。",
                    "把其中一个的 call 改成下一位；一个只在工作时间、一个只在非工作时间的，写上 hours。",
                    at=("call",),
                )
                break
    places = sorted({contact.call for contact in tree if contact.call is not None})
    for last, following in zip([0, *places], places, strict=False):
        if following > last + 1:
            missing = "、".join(str(place) for place in range(last + 1, following))
            contact = next(contact for contact in tree if contact.call == following)
            yield subject.finding(
                MISSING_CALL,
                "contact",
                contact.id,
                f"叫人次序从第 {last} 位跳到第 {following} 位，缺第 {missing} 位。"
                if last
                else f"叫人次序从第 {following} 位开始，缺第 {missing} 位。",
                "补上缺的那一位，或者把后面的 call 依次提前。",
                at=("call",),
            )
    if tree:
        for hours, other in (("工作时间", "非工作时间"), ("非工作时间", "工作时间")):
            if all(contact.hours == other for contact in tree):
                yield subject.finding(
                    MISSING_CALL,
                    "contact",
                    tree[0].id,
                    f"叫人次序里的 {len(tree)} 个联系人都只在{other}，{hours}没有人可叫。",
                    f'补一个{hours}的联系人，或者把 hours 改成 "{_ALWAYS}"。',
                    at=("hours",),
                )
