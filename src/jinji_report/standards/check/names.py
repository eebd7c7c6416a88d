"""Names that do not exist, rows that stand twice, conditions that look ahead, circles, a missing desk."""

import re
from collections.abc import Iterable, Iterator

from jinji_report.standards.check.where import LABELS, line_of_word, pointed, table_at
from jinji_report.standards.findings import Code, Finding, Subject
from jinji_report.standards.join import Fault, Origin, key_of
from jinji_report.vocabulary import CLASSES

UNKNOWN = Code(
    "J301",
    "错误",
    "用了没有定义的名称",
    what="条款里写的数量、类别、标签、时段、敏感因素或时限，在这份标准和它引用的文件里都没有。",
    why="名称差一个字，这一条就永远用不上，该报的事不会报。这样的标准不能用来研判。",
    bad="""
[[grade]]
id = "fire.deaths.larger"
grade = "较大"
category = "火警"
measure = "deaths"
at_least = 3
clause = "某办法第三条"
confidence = "confirmed"
""",
    good="""
[[grade]]
id = "fire.deaths.larger"
grade = "较大"
category = "火灾"
measure = "deaths"
at_least = 3
clause = "某办法第三条"
confidence = "confirmed"
""",
)
TWICE = Code(
    "J302",
    "错误",
    "同一条写了两次",
    what="同一个文件里，两条的 id（或名称、层级）相同。",
    why="看不出哪一条算数，后一条不会生效。",
    bad="""
[[tag]]
name = "校车"
words = ["校车"]

[[tag]]
name = "校车"
words = ["接送学生的车"]
""",
    good="""
[[tag]]
name = "校车"
words = ["校车", "接送学生的车"]
""",
)
AHEAD = Code(
    "J303",
    "错误",
    "条件用了还没有得出的结果",
    what="敏感因素的条件里用了等级或别的敏感因素，或者定级条件里用了等级。",
    why="研判先看敏感因素，再定等级，最后看报给谁；倒过来用，条件永远得不出结果。",
    bad="""
[[factor]]
id = "factor.grave"
name = "后果严重"
effect = "lifts"
when = { grade_at_least = "重大" }
clause = "某办法第五条"
confidence = "confirmed"
""",
    good="""
[[factor]]
id = "factor.grave"
name = "后果严重"
effect = "lifts"
when = { measure = "deaths", at_least = 10 }
clause = "某办法第五条"
confidence = "confirmed"
""",
)
PART_OF = Code(
    "J304",
    "错误",
    "“其中”套了两层",
    what="一个数量的 part_of 指向的数量，自己又有 part_of。",
    why="程序只按一层推算（重伤不多于受伤），再套一层，上下限会算错。",
    bad="""
[[measure]]
id = "intensive_care"
label = "重症监护"
unit = "人"
ask = "重症监护几人？"
part_of = "seriously_injured"
""",
    good="""
[[measure]]
id = "intensive_care"
label = "重症监护"
unit = "人"
ask = "重症监护几人？"
part_of = "injured"
""",
)
CIRCLE = Code(
    "J305",
    "错误",
    "类别组绕成了圈",
    what="一个类别组通过别的组又包含了自己。",
    why="算不出这个组到底有哪些类别。",
    bad="""
[[group]]
name = "甲组"
categories = ["乙组"]

[[group]]
name = "乙组"
categories = ["甲组", "火灾"]
""",
    good="""
[[group]]
name = "甲组"
categories = ["乙组"]

[[group]]
name = "乙组"
categories = ["火灾"]
""",
)
DESK = Code(
    "J306",
    "错误",
    "没有写本单位",
    what="这份标准和它引用的文件里都没有 [desk]。",
    why="不知道站在哪一级、哪条线，就算不出该报给谁、由谁报。",
    bad="""
id = "nobody"
title = "没有本单位的标准"
""",
    good="""
id = "somebody"
title = "写了本单位的标准"

[desk]
unit = "甲县委办公室"
tier = "县"
line = "党委"
locality = "甲县"
""",
)
OFFICE = Code(
    "J307",
    "错误",
    "报送对象没有名称",
    what="条款要报到某一层级的某条线，却没有 [[office]] 写明那是哪个单位。",
    why="值班员看到的是“省级党委”，不知道打给谁，报告抬头也写不出来。",
    bad="""
[[report]]
id = "r.province"
to = [{ tier = "省", line = "党委" }]
text = "重大以上突发事件"
when = { measure = "deaths", at_least = 10 }
clause = "某办法第六条"
confidence = "confirmed"
""",
    good="""
[[office]]
tier = "省"
line = "党委"
name = "省委办公厅"

[[report]]
id = "r.province"
to = [{ tier = "省", line = "党委" }]
text = "重大以上突发事件"
when = { measure = "deaths", at_least = 10 }
clause = "某办法第六条"
confidence = "confirmed"
""",
)
OWES = Code(
    "J308",
    "警告",
    "同一个单位两种写法",
    what="时限的 owes 与责任单位的名称只差一个“局”“部门”之类的字，像是同一个单位。",
    why="按名称对不上，这个单位报没报、迟没迟，就记不到它名下。",
    bad="""
[[limit]]
id = "unit.hour"
text = "消防1小时内报主管部门"
owes = "消防救援机构"
to = [{ tier = "市", line = "党委" }]
form = "电话"
starts = "discovered"
within = 60
clause = "某办法第九条"
confidence = "confirmed"
""",
    good="""
[[limit]]
id = "unit.hour"
text = "消防1小时内报主管部门"
owes = "消防救援"
to = [{ tier = "市", line = "党委" }]
form = "电话"
starts = "discovered"
within = 60
clause = "某办法第九条"
confidence = "confirmed"
""",
)
CODES = (UNKNOWN, TWICE, AHEAD, PART_OF, CIRCLE, DESK, OFFICE, OWES)

_OF_FAULT = {
    "unknown": UNKNOWN,
    "twice": TWICE,
    "ahead": AHEAD,
    "part_of": PART_OF,
    "circle": CIRCLE,
    "desk": DESK,
}
_NAMED = re.compile(r"没有定义的(?P<label>.+?)“(?P<name>.+)”")
LITERALS = re.compile(r"[+…|]")  # what parts the literal words of a trigger word of several parts
_LOOKS_AHEAD = re.compile(r"不能用 (?P<head>\w+)")


def find(subject: Subject) -> Iterator[Finding]:
    yield from _faults(subject)
    yield from _groups(subject)
    yield from _words_of_tags(subject)
    yield from _offices(subject)
    yield from _owing(subject)


# ------------------------------------------------------------------ what joining found


def _faults(subject: Subject) -> Iterator[Finding]:
    seen: set[tuple[str, object, str]] = set()
    for fault in subject.joined.faults:
        mark = (fault.origin.file, fault.origin.place, fault.problem)
        if mark in seen or (fault.kind == "unknown" and not _own_words(subject, fault)):
            continue
        seen.add(mark)
        yield _of_fault(subject, fault)


def _of_fault(subject: Subject, fault: Fault) -> Finding:
    code, row = _OF_FAULT[fault.kind], _row_of(subject, fault.origin)
    said = _said(fault.origin, row)
    if fault.kind == "unknown" and (named := _NAMED.search(fault.problem)):
        name, label = named["name"], named["label"]
        near = _near(name, _names(subject, label))
        return pointed(
            subject,
            code,
            fault.origin,
            row,
            name,
            f"{said}里的{label}“{name}”没有定义。",
            f"{_perhaps(near)}改正这个名称，或者先写一个 [[{_TABLES[label]}]] 定义它。",
        )
    if fault.kind == "twice":
        return subject.found_at(
            code, fault.origin, row, f"{said}在这个文件里写了两次，这里是第二次。", fault.remedy
        )
    if fault.kind == "ahead" and (head := _LOOKS_AHEAD.search(fault.problem)):
        text = f"{said}的条件用了 {head['head']}，而那要到后面才有结果。"
        origin = Origin(fault.origin.file, (*fault.origin.place, "when"))
        return subject.found_at(code, origin, row, text, fault.remedy)
    if fault.kind == "part_of":
        origin = Origin(fault.origin.file, (*fault.origin.place, "part_of"))
        whole = subject.written("measure")[row]["part_of"]
        text = f"{said}的 part_of 指向 {whole}，而 {whole} 自己也是别的数量的一部分。"
        return subject.found_at(code, origin, row, text, fault.remedy)
    if fault.kind == "desk":
        return subject.found_at(
            code, fault.origin, "desk", "没有 [desk]，不知道本单位是谁、在哪一级。", fault.remedy
        )
    return subject.found_at(code, fault.origin, row, f"{said}绕一圈又包含了自己。", fault.remedy)


_TABLES = {
    "数量": "measure",
    "标签": "tag",
    "时段": "window",
    "敏感因素": "factor",
    "类别": "category",
    "时限": "limit",
}


def _own_words(subject: Subject, fault: Fault) -> bool:
    """The row itself bears the name; a name that came in with a group is the group's matter (`_groups`)."""
    named = _NAMED.search(fault.problem)
    if named is None or named["label"] != "类别":
        return True
    file = subject.joined.files[fault.origin.file]
    line = file.layout.lines[line_of_word(file, fault.origin.place, named["name"]) - 1]
    in_a_group = any(named["name"] in names for names in subject.joined.groups.values())
    return named["name"] in line or not in_a_group


def _groups(subject: Subject) -> Iterator[Finding]:
    """Members of groups that are nothing, and groups in a circle that no row used yet."""
    joined = subject.joined
    known = {*subject.written("category"), *joined.groups, *CLASSES}
    circles = {fault.origin.place for fault in joined.faults if fault.kind == "circle"}
    for name, members in joined.groups.items():
        origin = joined.origin("group", name)
        for member in dict.fromkeys(members):
            if member not in known:
                yield pointed(
                    subject,
                    UNKNOWN,
                    origin,
                    name,
                    member,
                    f"类别组“{name}”里的类别“{member}”没有定义。",
                    f"{_perhaps(_near(member, known))}改正这个名称，或者从组里去掉。",
                )
        if not circles and name in _within(joined.groups, members):
            yield subject.found_at(
                CIRCLE, origin, name, f"类别组“{name}”绕一圈又包含了自己。", "去掉其中一层。"
            )


def _within(groups: dict[str, tuple[str, ...]], members: Iterable[str]) -> set[str]:
    """Every group that is reached from `members`."""
    reached: set[str] = set()
    waiting = [name for name in members if name in groups]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [inner for inner in groups[name] if inner in groups]
    return reached


def _words_of_tags(subject: Subject) -> Iterator[Finding]:
    """Trigger words with a part that stands for a tag ("#危险化学品+泄漏") whose tag is none."""
    tags = subject.written("tag")
    for name, row in subject.written("category").items():
        for strength in ("strong", "words", "weak"):
            for word in row[strength]:
                for part in LITERALS.split(word):
                    if part.startswith("#") and part[1:] not in tags:
                        origin = origin_of_word(subject, "category", name, strength, word)
                        yield pointed(
                            subject,
                            UNKNOWN,
                            origin,
                            name,
                            word,
                            f"类别“{name}”的触发词“{word}”里，# 后面的标签“{part[1:]}”没有定义。",
                            f"{_perhaps(_near(part[1:], tags))}改正标签名，或者先写一个 [[tag]] 定义它。",
                        )


def origin_of_word(subject: Subject, kind: str, key: str, field: str, word: str) -> Origin:
    """Where a category or tag was given this word: the newest file that did, and the list that it stands in."""
    for origin in reversed(subject.joined.origins.get((kind, key), ())):
        table = table_at(subject, origin)
        if table is not None and word in getattr(table, field):
            return Origin(origin.file, (*origin.place, field))
    return subject.joined.origin(kind, key)


# ------------------------------------------------------------------ offices and units


def _offices(subject: Subject) -> Iterator[Finding]:
    offices = subject.written("office")
    for kind in ("report", "limit", "skip"):
        for key, row in subject.written(kind).items():
            lacking = [a for a in row["to"] if f"{a['tier']}{a['line']}" not in offices]
            if not lacking:
                continue
            said = "、".join(f"{a['tier']}级{a['line']}" for a in lacking)
            first = lacking[0]
            yield subject.finding(
                OFFICE,
                kind,
                key,
                f"{LABELS[kind]} {key} 要报到{said}，但没有 [[office]] 写明那是哪个单位。",
                f'补一个 [[office]]，tier = "{first["tier"]}"，line = "{first["line"]}"，写上名称和值班电话；'
                "如果是层级写错了，改正 to。",
                at=("to",),
            )


def _owing(subject: Subject) -> Iterator[Finding]:
    units = [row["unit"] for row in subject.written("owner").values()]
    known = [*units, *(row["name"] for row in subject.written("office").values())]
    if subject.joined.desk is not None:
        known.append(subject.joined.desk["unit"])
    for key, row in subject.written("limit").items():
        owes = row["owes"]
        if not owes or owes in known:
            continue
        like = next((unit for unit in units if _same_unit(owes, unit)), None)
        if like is not None:
            yield subject.finding(
                OWES,
                "limit",
                key,
                f"时限 {key} 写由“{owes}”报，责任单位里的写法是“{like}”，像是同一个单位。",
                f'统一成一种写法；确实是两个单位的，用 [[allow]] 说明（code = "{OWES.code}"）。',
                at=("owes",),
            )


_ENDINGS = ("主管部门", "机构", "部门", "支队", "大队", "总队", "局", "厅", "委", "办", "部")


def _same_unit(one: str, other: str) -> bool:
    """Two names of which one is the other with nothing but the name of an authority behind it (消防救援 局)."""
    if len(one) > len(other):
        one, other = other, one
    return len(one) >= 2 and other.startswith(one) and other[len(one) :] in _ENDINGS


# ------------------------------------------------------------------ words for names


def _row_of(subject: Subject, origin: Origin) -> str:
    from jinji_report.standards.schema import plain

    table = table_at(subject, origin)
    if table is None:
        return ""
    kind = str(origin.place[0])
    return str(table.name) if kind == "group" else key_of(kind, plain(table))


def _said(origin: Origin, row: str) -> str:
    return f"{LABELS.get(str(origin.place[0]) if origin.place else '', '')}“{row}”"


def _names(subject: Subject, label: str) -> Iterable[str]:
    kind = _TABLES[label]
    rows = subject.written(kind)
    if kind == "factor":
        return [row["name"] for row in rows.values()]
    if kind == "category":
        return [*rows, *subject.joined.groups, *CLASSES]
    return list(rows)


def _near(name: str, known: Iterable[str]) -> str | None:
    """The known name that was perhaps meant."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return close[0] if close else None


def _perhaps(near: str | None) -> str:
    return f"是不是“{near}”？" if near else ""
