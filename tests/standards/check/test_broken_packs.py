"""A table of broken packs: each brings the finding that it should, at the line that is marked, and no other.

The marked line ends in `# ←`. Gaps, overlaps and reachability have their own tables; their codes (J1xx,
J2xx) are left out of the comparison.
"""

import pytest
from tests.standards.check.base import CHECK_BASE, checked, pack_of

WHY = ('clause = "某办法第三条"', 'confidence = "confirmed"')
TO_CITY = 'to = [{ tier = "市", line = "党委" }]'
PUPILS = ('id = "f.x"', 'name = "学生受害"', 'effect = "lifts"')


def table(kind, *lines, head=""):
    return "\n".join(["", f"[[{kind}]]{head}", *lines, ""])


def dated(kind, *lines, head=""):
    return table(kind, *lines, *WHY, head=head)


def grade(id, *lines, head=""):
    return dated("grade", f'id = "{id}"', *lines, head=head)


def rung(id, *days, grade_="重大", bound=10):
    """A rung of the fires' ladder of deaths, with its days."""
    return grade(
        id, f'grade = "{grade_}"', 'category = "火灾"', 'measure = "deaths"', f"at_least = {bound}", *days
    )


def report(*lines, to=TO_CITY):
    return dated("report", 'id = "r.x"', to, 'text = "死亡3人以上"', *lines)


def limit(id, *lines, form="电话"):
    return dated("limit", f'id = "{id}"', 'text = "首报"', f'form = "{form}"', *lines)


def hops(*minutes):
    tiers = ("乡镇", "县", "市", "省")
    return "".join(
        dated("hop", f'id = "h.{tier}"', f'tier = "{tier}"', f"minutes = {m}")
        for tier, m in zip(tiers, minutes, strict=False)
    )


def category(*lines, name="桥梁垮塌"):
    """A category with owners on both sides and words."""
    words = () if any(line.startswith(("strong", "words")) for line in lines) else ('strong = ["桥垮了"]',)
    return table("category", f'name = "{name}"', 'kind = "事故灾难"', *words, *lines) + owners(name)


def owners(name, *sides):
    return "".join(
        dated(
            "owner",
            f'id = "o.{side}"',
            'unit = "交通运输"',
            f'side = "{side}"',
            'angle = "桥"',
            f'category = "{name}"',
        )
        for side in sides or ("行业", "属地")
    )


def contact(id, *lines, phone='phone = "0000-1"'):
    return table("contact", f'id = "{id}"', 'unit = "办公室"', *([phone] if phone else []), *lines)


PROVINCE = 'to = [{ tier = "省", line = "党委" }]'
PROVINCE_OFFICE = table("office", 'tier = "省"', 'line = "党委"', 'name = "省委办公厅"', 'phone = "0000-9"')

BROKEN = {
    # J0xx: what the schema refuses
    "a misspelt key": (table("tag", 'name = "校车"', 'word = ["校车"]  # ←'), "J001", "校车"),
    "a misspelt table": (table("offices", 'tier = "市"', head="  # ←"), "J001", ""),
    "an unknown key deep in a condition": (
        report('when = { all = [{ tag = "学生", words = "孩子" }] }  # ←'),
        "J001",
        "r.x",
    ),
    "a bound under another name": (
        grade("g.x", 'grade = "较大"', 'measure = "deaths"', "at_least = 3", "at_most = 9  # ←"),
        "J001",
        "g.x",
    ),
    "a tag without a name": (table("tag", 'words = ["校车"]', head="  # ←"), "J002", ""),
    "a limit without a start": (
        dated("limit", 'id = "l.x"', 'text = "首报"', 'form = "电话"', "within = 60", head="  # ←"),
        "J002",
        "l.x",
    ),
    "a row without a clause": (
        table("watch", 'id = "w.x"', "days = 7", 'confidence = "confirmed"', head="  # ←"),
        "J703",
        "w.x",
    ),
    "a number in quotes": (
        grade("g.x", 'grade = "较大"', 'measure = "deaths"', 'at_least = "10"  # ←'),
        "J003",
        "g.x",
    ),
    "true for one": (
        grade("g.x", 'grade = "较大"', 'measure = "deaths"', "at_least = true  # ←"),
        "J003",
        "g.x",
    ),
    "minutes and a half": (limit("l.x", 'starts = "occurred"', "within = 1.5  # ←"), "J003", "l.x"),
    "a number for a name": (report("category = 5  # ←"), "J003", "r.x"),
    "a word where tables belong": (report('when = "死亡3人以上"  # ←'), "J003", "r.x"),
    "no number at all": (
        grade("g.x", 'grade = "较大"', 'measure = "deaths"', "at_least = nan  # ←"),
        "J004",
        "g.x",
    ),
    "a number without end": (
        grade("g.x", 'grade = "较大"', 'measure = "deaths"', "at_least = inf  # ←"),
        "J004",
        "g.x",
    ),
    "a negative bound": (
        grade("g.x", 'grade = "较大"', 'measure = "deaths"', "at_least = -1  # ←"),
        "J004",
        "g.x",
    ),
    "a negative bound in a condition": (
        report('when = { measure = "deaths", below = -3 }  # ←'),
        "J004",
        "r.x",
    ),
    "a grade that is none": (
        grade("g.x", 'grade = "严重"  # ←', 'measure = "deaths"', "at_least = 3"),
        "J004",
        "g.x",
    ),
    "a tier that is none": (report(to='to = [{ tier = "地级市", line = "党委" }]  # ←'), "J004", "r.x"),
    "a day that no month has": (rung("g.x", 'effective_from = "2026-02-30"  # ←'), "J004", "g.x"),
    "nobody to report to": (report(to="to = []  # ←"), "J004", "r.x"),
    "zero minutes": (limit("l.x", 'starts = "occurred"', "within = 0  # ←"), "J004", "l.x"),
    "a clock time that no clock shows": (
        limit("l.x", 'starts = "occurred"', 'daily = ["25:00"]  # ←'),
        "J004",
        "l.x",
    ),
    "a low end over the high one": (
        grade("g.x", 'grade = "较大"', 'measure = "deaths"', "at_least = 10", "below = 3", head="  # ←"),
        "J005",
        "g.x",
    ),
    "an end before the beginning": (
        dated(
            "watch",
            'id = "w.x"',
            "days = 7",
            "effective_from = 2026-01-02",
            "effective_to = 2026-01-01",
            head="  # ←",
        ),
        "J005",
        "w.x",
    ),
    "two heads in one condition": (
        report('when = { measure = "deaths", at_least = 3, tag = "学生" }  # ←'),
        "J005",
        "r.x",
    ),
    "two bounds for one measure": (
        report('when = { measure = "deaths", at_least = 3, below = 9 }  # ←'),
        "J005",
        "r.x",
    ),
    "a limit without an end": (
        dated("limit", 'id = "l.x"', 'text = "首报"', 'form = "电话"', 'starts = "occurred"', head="  # ←"),
        "J005",
        "l.x",
    ),
    "days the wrong way round": (
        table("window", 'name = "春节"', "spans = [[2026-02-23, 2026-02-15]]", head="  # ←"),
        "J005",
        "春节",
    ),
    # J3xx: names
    "an unknown measure": (
        grade("g.x", 'grade = "较大"', 'measure = "dead"  # ←', "at_least = 3"),
        "J301",
        "g.x",
    ),
    "an unknown measure in a sum": (
        grade("g.x", 'grade = "较大"', 'measure = ["deaths", "lost"]  # ←', "at_least = 3"),
        "J301",
        "g.x",
    ),
    "an unknown category": (report('category = "火警"  # ←'), "J301", "r.x"),
    "an unknown category in a condition": (
        dated("factor", *PUPILS, 'when = { not = { any = [{ category = "火警" }] } }  # ←'),
        "J301",
        "f.x",
    ),
    "an unknown tag": (dated("factor", *PUPILS, 'when = { tag = "教师" }  # ←'), "J301", "f.x"),
    "an unknown window": (dated("factor", *PUPILS, 'when = { window = "春节" }  # ←'), "J301", "f.x"),
    "an unknown factor": (report('when = { factor = "涉及学生" }  # ←'), "J301", "r.x"),
    "an unknown measure in an outlook": (
        dated("factor", *PUPILS, 'when = { tag = "学生" }', 'outlook = ["hurt"]  # ←'),
        "J301",
        "f.x",
    ),
    "an unknown limit to come after": (
        limit("l.x", 'starts = "occurred"', "within = 30", 'after = "first"  # ←'),
        "J301",
        "l.x",
    ),
    "a part of an unknown whole": (
        table(
            "measure",
            'id = "lost"',
            'label = "失联"',
            'unit = "人"',
            'ask = "几人？"',
            'part_of = "all"  # ←',
        ),
        "J301",
        "lost",
    ),
    "an unknown member of a group in use": (
        table("group", 'name = "各类火灾"', 'categories = ["火灾", "山火"]  # ←')
        + dated("watch", 'id = "w.x"', "days = 7", 'category = "各类火灾"'),
        "J301",
        "各类火灾",
    ),
    "an unknown member of a group that nobody uses": (
        table("group", 'name = "各类火灾"', 'categories = ["火灾", "山火"]  # ←'),
        "J301",
        "各类火灾",
    ),
    "an unknown tag in a trigger word": (
        category('strong = ["桥垮了", "#危桥+垮"]  # ←'),
        "J301",
        "桥梁垮塌",
    ),
    "an unknown tag of a place": (
        table("place", 'name = "县一中"', 'tags = ["中学"]  # ←'),
        "J301",
        "县一中",
    ),
    "a tag written twice": (table("tag", 'name = "学生"', 'words = ["孩子"]', head="  # ←"), "J302", "学生"),
    "a report row written twice": (
        report() + dated("report", 'id = "r.x"', TO_CITY, 'text = "死亡3人以上"', head="  # ←"),
        "J302",
        "r.x",
    ),
    "a hop written twice": (
        hops(10, 10) + dated("hop", 'id = "h.again"', 'tier = "县"', "minutes = 20", head="  # ←"),
        "J302",
        "县",
    ),
    "an office written twice": (
        table(
            "office",
            'tier = "市"',
            'line = "党委"',
            'name = "市委总值班室"',
            'phone = "0000-2"',
            head="  # ←",
        ),
        "J302",
        "市党委",
    ),
    "a factor that asks for the grade": (
        dated("factor", *PUPILS, 'when = { grade_at_least = "较大" }  # ←'),
        "J303",
        "f.x",
    ),
    "a factor that asks for a factor": (
        dated("factor", *PUPILS, 'when = { factor_effect = "lifts" }  # ←'),
        "J303",
        "f.x",
    ),
    "a grade that asks for the grade": (
        grade("g.x", 'grade = "较大"', 'when = { not = { grade_at_least = "重大" } }  # ←'),
        "J303",
        "g.x",
    ),
    "a part of a part": (
        table(
            "measure",
            'id = "icu"',
            'label = "重症"',
            'unit = "人"',
            'ask = "几人？"',
            'part_of = "seriously_injured"  # ←',
        ),
        "J304",
        "icu",
    ),
    "a group in itself": (
        table("group", 'name = "甲组"', 'categories = ["甲组", "火灾"]', head="  # ←"),
        "J305",
        "甲组",
    ),
    "groups in a circle that a row uses": (
        table("group", 'name = "甲组"', 'categories = ["乙组"]', head="  # ←")
        + table("group", 'name = "乙组"', 'categories = ["甲组"]')
        + dated("watch", 'id = "w.x"', "days = 7", 'category = "甲组"'),
        "J305",
        "甲组",
    ),
    "no desk": ('id = "nobody"  # ←\ntitle = "没有本单位"\n', "J306", "desk"),
    "a report to an office without a name": (
        report(to='to = [{ tier = "市", line = "党委" }, { tier = "省", line = "党委" }]  # ←'),
        "J307",
        "r.x",
    ),
    "a limit to an office without a name": (
        limit(
            "l.x",
            'owes = "事故单位"',
            'starts = "discovered"',
            "within = 60",
            'to = [{ tier = "县", line = "行业" }]  # ←',
        ),
        "J307",
        "l.x",
    ),
    "one unit under two names": (
        limit("l.x", 'owes = "消防救援局"  # ←', TO_CITY, 'starts = "discovered"', "within = 60"),
        "J308",
        "l.x",
    ),
    # J4xx: people
    "an office above without a phone": (
        PROVINCE_OFFICE.replace('phone = "0000-9"', "")
        .replace("省", "市")
        .replace("党委", "行业")
        .replace("[[office]]", "[[office]]  # ←")
        + report(to='to = [{ tier = "市", line = "行业" }]'),
        "J401",
        "市行业",
    ),
    "an office that may be told past the next level without a phone": (
        PROVINCE_OFFICE.replace('phone = "0000-9"', "").replace("[[office]]", "[[office]]  # ←")
        + dated(
            "skip",
            'id = "s.x"',
            PROVINCE,
            'text = "伤亡特别重大的，可以直报"',
            'when = { measure = "deaths", at_least = 30 }',
        ),
        "J401",
        "省党委",
    ),
    "a category without its trade": (
        table("category", 'name = "桥梁垮塌"', 'kind = "事故灾难"', 'strong = ["桥垮了"]', head="  # ←")
        + owners("桥梁垮塌", "属地"),
        "J402",
        "桥梁垮塌",
    ),
    "a category whose trade answers only for pupils": (
        table("category", 'name = "桥梁垮塌"', 'kind = "事故灾难"', 'strong = ["桥垮了"]', head="  # ←")
        + owners("桥梁垮塌", "属地")
        + owners("桥梁垮塌", "行业").replace("[[owner]]", '[[owner]]\nwhen = { tag = "学生" }'),
        "J402",
        "桥梁垮塌",
    ),
    "a category whose trade answers for the dead alone": (
        table("category", 'name = "桥梁垮塌"', 'kind = "事故灾难"', 'strong = ["桥垮了"]', head="  # ←")
        + owners("桥梁垮塌", "属地")
        + owners("桥梁垮塌", "行业").replace(
            "[[owner]]", '[[owner]]\nwhen = { measure = "deaths", at_least = 1 }'
        ),
        "J402",
        "桥梁垮塌",
    ),
    "a category without its place": (
        table("category", 'name = "桥梁垮塌"', 'kind = "事故灾难"', 'strong = ["桥垮了"]', head="  # ←")
        + owners("桥梁垮塌", "行业"),
        "J403",
        "桥梁垮塌",
    ),
    "a category whose place answered until last year": (
        table("category", 'name = "桥梁垮塌"', 'kind = "事故灾难"', 'strong = ["桥垮了"]', head="  # ←")
        + owners("桥梁垮塌", "行业")
        + owners("桥梁垮塌", "属地").replace("[[owner]]", "[[owner]]\neffective_to = 2025-12-31"),
        "J403",
        "桥梁垮塌",
    ),
    "a contact without a phone": (
        contact("c.x", "call = 1", phone="").replace("[[contact]]", "[[contact]]  # ←"),
        "J404",
        "c.x",
    ),
    "a contact whose phone is blank": (
        contact("c.x", phone='phone = " "').replace("[[contact]]", "[[contact]]  # ←"),
        "J404",
        "c.x",
    ),
    "two people in one place of the call tree": (
        contact("c.1", "call = 1") + contact("c.2", "call = 1  # ←"),
        "J405",
        "c.2",
    ),
    "two people in one place, one of them at any hour": (
        contact("c.1", "call = 1") + contact("c.2", 'hours = "非工作时间"', "call = 1  # ←"),
        "J405",
        "c.2",
    ),
    "a hole in the call tree": (contact("c.1", "call = 1") + contact("c.3", "call = 3  # ←"), "J406", "c.3"),
    "a call tree without a first place": (contact("c.2", "call = 2  # ←"), "J406", "c.2"),
    "a call tree with nobody at night": (
        contact("c.1", "call = 1", 'hours = "工作时间"  # ←')
        + contact("c.2", "call = 2", 'hours = "工作时间"'),
        "J406",
        "c.1",
    ),
    # J5xx: words
    "a category without words": (
        table("category", 'name = "桥梁垮塌"', 'kind = "事故灾难"', head="  # ←") + owners("桥梁垮塌"),
        "J501",
        "桥梁垮塌",
    ),
    "a category with supporting words alone": (
        table("category", 'name = "桥梁垮塌"', 'kind = "事故灾难"', 'weak = ["大桥"]', head="  # ←")
        + owners("桥梁垮塌"),
        "J501",
        "桥梁垮塌",
    ),
    "a strong word of two categories": (
        category("strong = [", '  "桥垮了",', '  "起火",  # ←', "]"),
        "J502",
        "桥梁垮塌",
    ),
    "a usual word of two categories": (category('words = ["桥垮了", "相撞"]  # ←'), "J502", "桥梁垮塌"),
    "two parts of a word in another order": (
        category('strong = ["桥+垮"]')
        + category('strong = ["垮+桥"]  # ←', name="高架垮塌").replace('"o.', '"p.'),
        "J502",
        "高架垮塌",
    ),
    "a tag without words that a factor asks for": (
        table("tag", 'name = "养老机构"', head="  # ←")
        + dated("factor", *PUPILS, 'when = { tag = "养老机构" }'),
        "J503",
        "养老机构",
    ),
    "a tag without words deep in a report row": (
        table("tag", 'name = "养老机构"', head="  # ←")
        + report(
            'when = { all = [{ measure = "deaths", at_least = 1 }, { not = { tag = ["学生", "养老机构"] } }] }'
        ),
        "J503",
        "养老机构",
    ),
    "a word that its own exclusion hides": (
        category('strong = ["桥垮了", "桥塌"]  # ←', 'excludes = ["桥塌"]'),
        "J504",
        "桥梁垮塌",
    ),
    "a part of a word that an exclusion hides": (
        category('strong = ["桥垮了", "桥+塌"]  # ←', 'excludes = ["桥"]'),
        "J504",
        "桥梁垮塌",
    ),
    "a word of a tag that its exclusion hides": (
        table("tag", 'name = "校车"', 'words = ["校车"]  # ←', "excludes = [", '  "校车",', "]"),
        "J504",
        "校车",
    ),
    "a kind that comes before itself": (
        category('strong = ["桥垮了"]', 'leads = [{ over = "桥梁垮塌", words = ["桥"] }]  # ←'),
        "J505",
        "桥梁垮塌",
    ),
    "two kinds that always come before each other": (
        category('strong = ["桥垮了"]', 'leads = [{ over = "高架垮塌" }]  # ←')
        + category('strong = ["高架塌"]', 'leads = [{ over = "桥梁垮塌" }]', name="高架垮塌").replace(
            '"o.', '"p.'
        ),
        "J505",
        "桥梁垮塌",
    ),
    "a kind that comes before one that is none": (
        category('strong = ["桥垮了"]', 'leads = [{ over = "桥梁受损" }]  # ←'),
        "J301",
        "桥梁垮塌",
    ),
    "a kind that brings one that is none": (
        category('strong = ["桥垮了"]', 'brings = ["桥梁受损"]  # ←'),
        "J301",
        "桥梁垮塌",
    ),
    "a kind that brings one that comes of anything": (
        category('strong = ["桥垮了"]', 'brings = ["火灾", "高架断交"]  # ←')
        + category('strong = ["断交"]', "aftermath = true", name="高架断交").replace('"o.', '"p.'),
        "J507",
        "桥梁垮塌",
    ),
    "a tag cleared by a measure that is none": (
        table("tag", 'name = "被困"', 'words = ["被困"]', 'cleared_by = ["stuck"]  # ←'),
        "J301",
        "被困",
    ),
    # J6xx: clocks
    "a limit that is over before it gets here": (
        hops(20, 20) + limit("l.x", 'starts = "occurred"', "within = 20  # ←"),
        "J601",
        "l.x",
    ),
    "a limit to the centre that the levels below use up": (
        PROVINCE_OFFICE
        + report(to=PROVINCE)
        + hops(10, 15, 15)
        + limit("l.x", PROVINCE, 'starts = "alarm"', "within = 25  # ←"),
        "J601",
        "l.x",
    ),
    "hops that add up to more than the whole": (
        hops(20, 20) + limit("l.x", 'starts = "occurred"', "within = 39  # ←"),
        "J602",
        "l.x",
    ),
    "hops up to the province that add up to more than the whole": (
        PROVINCE_OFFICE
        + report(to=PROVINCE)
        + hops(10, 15, 15)
        + limit("l.x", PROVINCE, 'starts = "occurred"', "within = 30  # ←"),
        "J602",
        "l.x",
    ),
    "a limit after itself": (
        limit("l.x", 'starts = "occurred"', "within = 30", 'after = "l.x"  # ←'),
        "J603",
        "l.x",
    ),
    "a limit after one that stands behind it": (
        limit("l.x", 'starts = "occurred"', "within = 30", 'after = "l.y"  # ←')
        + limit("l.y", 'starts = "occurred"', "within = 30"),
        "J603",
        "l.x",
    ),
    "a limit after one to another office": (
        limit("l.x", TO_CITY, 'starts = "occurred"', "within = 30")
        + limit(
            "l.y",
            'to = [{ tier = "市", line = "政府" }]',
            'starts = "occurred"',
            "within = 30",
            'after = "l.x"  # ←',
        )
        + report(to='to = [{ tier = "市", line = "政府" }]'),
        "J603",
        "l.y",
    ),
    "a limit to an office that nobody reports to": (
        limit("l.x", 'starts = "occurred"', "within = 30", 'to = [{ tier = "市", line = "政府" }]  # ←'),
        "J604",
        "l.x",
    ),
    "a cadence from the incident": (
        limit("l.x", 'starts = "occurred"  # ←', "within = 120", "repeats = true"),
        "J605",
        "l.x",
    ),
    "another unit's limit without minutes": (
        limit("l.x", 'owes = "事故单位"  # ←', TO_CITY, 'starts = "discovered"', 'daily = ["08:00"]'),
        "J606",
        "l.x",
    ),
    "another unit's limit to nobody": (
        limit("l.x", 'owes = "事故单位"  # ←', 'starts = "discovered"', "within = 60"),
        "J606",
        "l.x",
    ),
    "until the end of a hop that is not there": (
        limit("l.x", 'starts = "occurred"', "until_hop = true  # ←"),
        "J607",
        "l.x",
    ),
    "until the end of a hop that is not ours": (
        hops(20) + limit("l.x", 'starts = "occurred"', "until_hop = true  # ←"),
        "J607",
        "l.x",
    ),
    "a hop without minutes": (
        hops(20) + dated("hop", 'id = "h.县"', 'tier = "县"', "minutes = 0  # ←"),
        "J004",
        "h.县",
    ),
    "a call that does not count": (
        limit("l.x", 'starts = "occurred"', "within = 30", 'met_by = ["书面", "信息"]  # ←'),
        "J608",
        "l.x",
    ),
    # J7xx: sources
    "a number from memory": (rung("g.x").replace('"confirmed"', '"recalled"  # ←'), "J701", "g.x"),
    "hop minutes from memory": (hops(20).replace('"confirmed"', '"recalled"  # ←'), "J701", "乡镇"),
    "a number from the brief": (rung("g.x").replace('"confirmed"', '"brief"  # ←'), "J702", "g.x"),
    "a limit from the brief": (
        limit("l.x", 'starts = "occurred"', "within = 30").replace('"confirmed"', '"brief"  # ←'),
        "J702",
        "l.x",
    ),
    **{
        f"a clause that says {clause or 'nothing'}": (
            rung("g.x").replace('"某办法第三条"', f'"{clause}"  # ←'),
            "J703",
            "g.x",
        )
        for clause in ("待补", "TODO: 查文件", "同上", "——", "无", "第三条", "第12条第一款")
    },
    "a month without a standard": (
        rung("g.old", "effective_to = 2014-04-30") + rung("g.new", "effective_from = 2014-06-01  # ←"),
        "J704",
        "g.new",
    ),
    "a day without a standard, in another number": (
        rung("g.old", "effective_from = 2010-01-01", "effective_to = 2014-12-28")
        + rung("g.new", "effective_from = 2014-12-30  # ←", bound=9),
        "J704",
        "g.new",
    ),
    "a whole ladder with the same hole is said once": (
        rung("g.old.2", "effective_to = 2014-04-30")
        + rung("g.old.1", "effective_to = 2014-04-30", grade_="较大", bound=3)
        + rung("g.new.2", "effective_from = 2014-06-01  # ←")
        + rung("g.new.1", "effective_from = 2014-06-01", grade_="较大", bound=3),
        "J704",
        "g.new.2",
    ),
    "a report row that pauses": (
        report('when = { measure = "deaths", at_least = 3 }', "effective_to = 2019-12-31")
        + report('when = { measure = "deaths", at_least = 1 }', "effective_from = 2020-02-01  # ←").replace(
            "r.x", "r.y"
        ),
        "J704",
        "r.y",
    ),
    "a day with two standards": (
        rung("g.old", "effective_to = 2014-06-01") + rung("g.new", "effective_from = 2014-06-01  # ←"),
        "J705",
        "g.new",
    ),
    "half a year with two standards": (
        rung("g.old", "effective_from = 2007-06-01", "effective_to = 2014-12-31")
        + rung("g.new", "effective_from = 2014-06-01  # ←", bound=9),
        "J705",
        "g.new",
    ),
    "holidays that stop a year before the others": (
        table("window", 'name = "春节"', "spans = [[2026-02-15, 2026-02-23]]  # ←")
        + table("window", 'name = "国庆"', "spans = [[2027-10-01, 2027-10-07]]"),
        "J706",
        "春节",
    ),
    "a window without days": (table("window", 'name = "汛期"', head="  # ←"), "J706", "汛期"),
    "a thirtieth of February": (
        table("window", 'name = "防火期"', 'yearly = [["10-01", "02-30"]]  # ←'),
        "J707",
        "防火期",
    ),
    # J8xx: allowances
    "an allowance for what is not there": (
        table("allow", 'code = "J701"  # ←', 'reason = "等文件"'),
        "J801",
        "J701",
    ),
    "an allowance for a row that is not there": (
        rung("g.x").replace('"confirmed"', '"recalled"')
        + table("allow", 'code = "J701"  # ←', 'rows = ["g.x", "g.y"]', 'reason = "等文件"'),
        "J801",
        "J701",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_brings_its_finding_at_its_line_and_no_other(tmp_path, name):
    more, code, row = BROKEN[name]
    text = pack_of(more)
    path = tmp_path / "base.toml"
    path.write_text(text, encoding="utf-8")
    marked = [number for number, line in enumerate(text.splitlines(), start=1) if line.endswith("# ←")]
    findings = [f for f in checked(path) if f.code[:2] not in ("J1", "J2") and f.allowed is None]
    assert [(f.code, f.row, f.line) for f in findings] == [(code, row, marked[0])]
    assert len(marked) == 1
    assert findings[0].text.endswith("。")
    assert findings[0].remedy.endswith("。")
    assert findings[0].file == str(path)


def test_the_table_holds_enough_and_each_code_of_this_room_several_times_or_once():
    held = [code for _, code, _ in BROKEN.values()]
    assert len(BROKEN) >= 60
    assert {"J001", "J002", "J003", "J004", "J005"} <= set(held)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_are_the_same_however_the_file_was_saved(tmp_path, newline, mark):
    text = CHECK_BASE + BROKEN["an unknown category"][0]
    path = tmp_path / "base.toml"
    path.write_text(mark + text.replace("\n", newline), encoding="utf-8", newline="")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if words.endswith("# ←"))
    assert [(f.code, f.line) for f in checked(path) if f.code == "J301"] == [("J301", line)]
