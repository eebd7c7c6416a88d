"""Conditions of the standards in words, and what a name stands for: which rows bear it, which rest on it.

What a whole row says is told by `telling`, which incidents meet it by `examples`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jinji_report.quantity import tidy
from jinji_report.standards.conditions import listed
from jinji_report.standards.findings import Subject
from jinji_report.standards.join import Row, key_of, lean
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import GRADES, Grade

_BOUNDS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "below": "<"}
_SPOKEN = {
    "at_least": "{label}{n}以上（含{n}）",
    "more_than": "{label}超过{n}（不含{n}）",
    "at_most": "{label}不超过{n}（含{n}）",
    "below": "{label}不足{n}（不含{n}）",
}
_HEADS = {"category": "类别为", "tag": "有标签", "factor": "有敏感因素", "window": "在"}
_EFFECT_HEADS = {
    "lifts": "有提级的敏感因素",
    "asks": "有要追问的敏感因素",
    "shown": "有只提示的敏感因素",
}


def condition_words(tree: Mapping[str, Any], standards: Standards, *, spoken: bool = False) -> str:
    """A condition as an officer would say it, on one line."""
    if not tree:
        return "一律"
    for branch, joint in (("any", " 或 "), ("all", " 且 ")):
        if branch in tree:
            return joint.join(_inner(part, branch, standards, spoken) for part in tree[branch])
    if "not" in tree:
        return f"不是（{condition_words(tree['not'], standards, spoken=spoken)}）"
    if "measure" in tree:
        return _bound_words(tree, standards, spoken)
    if "grade_at_least" in tree:
        return f"{tree['grade_at_least']}及以上"
    if "factor_effect" in tree:
        return _EFFECT_HEADS[tree["factor_effect"]]
    head, value = next(iter(tree.items()))
    names = "、".join(listed(value))
    if head == "tag" and spoken and not isinstance(value, str):
        return f"有下列任一标签：{names}"
    return f"{_HEADS[head]}{names}"


def outline(tree: Mapping[str, Any], standards: Standards) -> list[tuple[int, str]]:
    """A condition as lines with their depth, one requirement a line."""

    def lines(part: Mapping[str, Any], depth: int) -> Iterator[tuple[int, str]]:
        for branch, words in (("any", "有下列之一"), ("all", "同时满足")):
            if branch in part:
                if len(part[branch]) == 1:
                    yield from lines(part[branch][0], depth)
                    return
                yield depth, words
                for inner in part[branch]:
                    yield from lines(inner, depth + 1)
                return
        if "not" in part and not {"any", "all"}.isdisjoint(part["not"]):
            yield depth, "不属于下面这种情形"
            yield from lines(part["not"], depth + 1)
            return
        yield depth, condition_words(part, standards, spoken=True)

    return list(lines(tree, 0))


def when_of(kind: str, data: Row) -> Row:
    """The condition of a row as its file writes it; empty where it has none."""
    if kind == "grade" and data["when"] is None:
        return dict(lean({name: data[name] for name in ("measure", "at_least", "more_than")}))
    return data.get("when") or {}


def names_in(tree: Any) -> Iterator[tuple[str, str]]:
    """Every (head, name) that a condition uses: ("measure", "deaths"), ("tag", "学生"), ("grade_at_least", "较大")."""
    if isinstance(tree, list):
        for part in tree:
            yield from names_in(part)
    elif isinstance(tree, dict):
        for head, value in tree.items():
            if head in ("any", "all", "not"):
                yield from names_in(value)
            elif head not in _BOUNDS:
                yield from ((head, name) for name in listed(value))


def could_hold(tree: Mapping[str, Any], category: str) -> bool | None:
    """What a (compiled) condition is for an incident of `category` of which nothing else is known; None for open."""
    if not tree:
        return True
    for branch, every in (("any", False), ("all", True)):
        if branch in tree:
            answers = [could_hold(part, category) for part in tree[branch]]
            if (not every) in answers:
                return not every
            return None if None in answers else every
    if "not" in tree:
        inner = could_hold(tree["not"], category)
        return None if inner is None else not inner
    return category in tree["category"] if "category" in tree else None


def _bound_words(tree: Mapping[str, Any], standards: Standards, spoken: bool) -> str:
    names = listed(tree["measure"])
    rows = [standards.measures[name] for name in names]
    op = next(op for op in _BOUNDS if op in tree)
    label = "+".join(row.label for row in rows)
    if not spoken:
        return f"{label} {_BOUNDS[op]} {tree[op]}{rows[0].unit}"
    if len(rows) > 1:
        label = f"{'、'.join(row.label for row in rows)}合计"
    return _SPOKEN[op].format(label=label, n=f"{tidy(tree[op])}{rows[0].unit}")


def _inner(part: Mapping[str, Any], branch: str, standards: Standards, spoken: bool) -> str:
    words = condition_words(part, standards, spoken=spoken)
    mixed = ("all" if branch == "any" else "any") in part
    return f"（{words}）" if mixed else words


# ── names ─────────────────────────────────────────────────────────────────────

# table of the pack → table of the compiled rows, for the kinds that have conditions or categories
COMPILED = {
    "report": "reports",
    "grade": "grades",
    "factor": "factors",
    "consultation": "consultations",
    "owner": "owners",
    "limit": "limits",
    "skip": "skips",
    "order": "orders",
    "watch": "watches",
}


def rows_of(kind: str, subject: Subject) -> Mapping[str, Row]:
    """The rows of a table as written, by key; groups too."""
    if kind == "group":
        return {name: {"categories": list(names)} for name, names in subject.joined.groups.items()}
    return subject.written(kind)


def compiled_of(kind: str, subject: Subject) -> dict[str, Row]:
    """The rows of a table with their categories spelled out, by key."""
    return {key_of(kind, row): row for row in subject.rows[COMPILED[kind]]}


def bearing(name: str, kinds: tuple[str, ...], subject: Subject) -> list[tuple[str, str]]:
    """Every (kind, key) that answers to `name`: an id, a name, a measure's label, an office's name, 市委."""
    found = []
    for kind in kinds:
        for key, data in rows_of(kind, subject).items():
            if name in {key, *_other_names(kind, data)}:
                found.append((kind, key))
    return found


def known_names(kinds: tuple[str, ...], subject: Subject) -> list[str]:
    """Every name that can be explained, each once."""
    names = [
        name
        for kind in kinds
        for key, data in rows_of(kind, subject).items()
        for name in (key, *_other_names(kind, data))
    ]
    return list(dict.fromkeys(names))


def _other_names(kind: str, data: Row) -> tuple[str, ...]:
    if kind == "factor":
        return (data["name"],)
    if kind == "measure":
        return (data["label"],)
    if kind == "office":
        return (data["name"], f"{data['tier']}级{data['line']}")
    if kind == "hop":
        return (data["id"],)
    if kind == "place":
        return (*data["aliases"], data["full"]) if data["full"] else tuple(data["aliases"])
    return ()


def used_by(kind: str, key: str, subject: Subject) -> list[tuple[str, str]]:
    """The rows that rest on a row: those whose condition, categories, offices or order name it."""
    data = rows_of(kind, subject)[key]
    if kind == "grade":
        at_most = GRADES[: GRADES.index(Grade(data["grade"])) + 1]
        own = set(compiled_of("grade", subject)[key]["categories"])
        return [
            user
            for user in _whose_condition(subject, {("grade_at_least", grade.value) for grade in at_most})
            if not own or _meets_categories(user, own, subject)
        ]
    if kind == "factor":
        named = {("factor", data["name"]), ("factor_effect", data["effect"])}
        return _whose_condition(subject, named)
    if kind == "measure":
        parts = [
            ("measure", name) for name, row in subject.written("measure").items() if row["part_of"] == key
        ]
        return [*parts, *_whose_condition(subject, {("measure", key)})]
    if kind in ("tag", "window"):
        places = [
            ("place", name)
            for name, row in subject.written("place").items()
            if kind == "tag" and key in row["tags"]
        ]
        return [*places, *_whose_condition(subject, {(kind, key)})]
    if kind in ("category", "group"):
        return _of_category(kind, key, subject)
    if kind == "office":
        return [
            (user, name)
            for user in ("report", "limit", "skip")
            for name, row in subject.written(user).items()
            if {"tier": data["tier"], "line": data["line"]} in row["to"]
        ]
    if kind == "limit":
        return [("limit", name) for name, row in subject.written("limit").items() if row["after"] == key]
    if kind == "report":
        return [
            ("limit", name)
            for name, row in subject.written("limit").items()
            if not row["owes"] and (not row["to"] or any(address in data["to"] for address in row["to"]))
        ]
    return []


def _whose_condition(subject: Subject, named: set[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (kind, key)
        for kind in COMPILED
        for key, data in subject.written(kind).items()
        if not named.isdisjoint(names_in(when_of(kind, data)))
    ]


def _meets_categories(user: tuple[str, str], categories: set[str], subject: Subject) -> bool:
    row = compiled_of(user[0], subject)[user[1]]
    return not row.get("categories") or not categories.isdisjoint(row["categories"])


def _of_category(kind: str, key: str, subject: Subject) -> list[tuple[str, str]]:
    """Rows that are for the category (not those for all), or whose condition names it; for a group, by its name."""
    groups = [("group", group) for group, leaves in subject.joined.groups.items() if key in leaves]
    rows = []
    for table in COMPILED:
        compiled = compiled_of(table, subject)
        for name, data in subject.written(table).items():
            if kind == "category":
                own, when = compiled[name].get("categories") or (), compiled[name].get("when")
            else:
                own, when = listed(data.get("category") or ()), when_of(table, data)
            if key in own or ("category", key) in names_in(when):
                rows.append((table, name))
    return [*groups, *rows]
