"""What two standards say differently, in words of the trade, what changes decisions first.

Rows are compared as their files write them, so that 事故灾难 stays one word; where two writings
come to the same (a list in another order, `measure` or a whole `when`), nothing changed. A row that
only got another id or name is 改名. What a change does to cases is told by `proving.replay`.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from jinji_report.standards import telling
from jinji_report.standards.conditions import THRESHOLDS, listed
from jinji_report.standards.explain import condition_words
from jinji_report.standards.findings import Subject
from jinji_report.standards.join import Row, lean
from jinji_report.standards.rows import Address
from jinji_report.vocabulary import Line, Tier

# What a change bears on, gravest first.
WORDING = "文字和出处"
WEIGHTS = ("研判", "时限和报送", "读取来电", WORDING)
_JUDGING, _SENDING, _READING, _WORDING = range(len(WEIGHTS))

ADDED, REMOVED, CHANGED, RENAMED = "新增", "删除", "修改", "改名"

# table → what it bears on, in the order in which changes are told
_TABLES: Mapping[str, int] = {
    "report": _JUDGING,
    "grade": _JUDGING,
    "factor": _JUDGING,
    "consultation": _JUDGING,
    "measure": _JUDGING,
    "group": _JUDGING,
    "window": _JUDGING,
    "limit": _SENDING,
    "hop": _SENDING,
    "watch": _SENDING,
    "skip": _SENDING,
    "order": _SENDING,
    "desk": _SENDING,
    "office": _SENDING,
    "owner": _SENDING,
    "release": _SENDING,
    "hours": _SENDING,
    "contact": _SENDING,
    "category": _READING,
    "tag": _READING,
    "place": _READING,
    "language": _WORDING,
    "wording": _WORDING,
    "": _WORDING,
}
_NAMED = ("category", "tag", "window", "place", "group", "language")
_IN_WORDS = frozenset(
    {"id", "clause", "confidence", "text", "label", "unit", "ask", "noun", "angle", "title", "below"}
)
_TO_READ = frozenset(
    {
        "words",
        "strong",
        "weak",
        "excludes",
        "aliases",
        "leads",
        "background",
        "brings",
        "aftermath",
        "cleared_by",
    }
)
_FIRST = ("when", "category", "grade", "to", "effect", "effective_from", "effective_to", "within", "minutes")
_BOUND_KEYS = ("measure", "at_least", "more_than")
_COMPILED = {
    "report": "reports",
    "grade": "grades",
    "factor": "factors",
    "consultation": "consultations",
    "owner": "owners",
    "limit": "limits",
    "watch": "watches",
    "skip": "skips",
    "order": "orders",
}
_UNITS = {"due_soon": "分钟"}
_EFFECTS = {"lifts": "提级", "asks": "追问", "shown": "提示"}
_EMPTY = {"effective_from": "一直有效", "effective_to": "至今有效", "category": "全部类别", "when": "一律"}


class Field:
    """One key that changed: its Chinese name, both values as written, and the change in words."""

    __slots__ = ("after", "before", "key", "label", "weight", "words")

    def __init__(self, key: str, label: str, before: Any, after: Any, words: str, weight: int) -> None:
        self.key = key
        self.label = label
        self.before = before
        self.after = after
        self.words = words
        self.weight = weight


class Change:
    """A row that was added, removed, changed or renamed (`key` → `new_key`). `says`: what the row says, in short."""

    __slots__ = ("fields", "how", "key", "new_key", "says", "table", "weight")

    def __init__(
        self,
        table: str,
        key: str,
        how: str,
        weight: int,
        *,
        fields: Sequence[Field] = (),
        says: str = "",
        new_key: str | None = None,
    ) -> None:
        self.table = table
        self.key = key
        self.how = how
        self.weight = weight
        self.fields = tuple(fields)
        self.says = says
        self.new_key = new_key

    @property
    def words(self) -> list[str]:
        """What changed, a line each."""
        if self.how == RENAMED:
            return [f"{self.key} → {self.new_key}"]
        if self.how == CHANGED:
            return [f"{field.label}：{field.words}" for field in self.fields]
        return [self.says] if self.says else []

    def to_json(self) -> dict[str, Any]:
        return {
            "table": self.table,
            "row": self.key,
            "change": self.how,
            "renamed_to": self.new_key,
            "bears_on": WEIGHTS[self.weight],
            "words": self.words,
            "fields": [
                {
                    "key": field.key,
                    "label": field.label,
                    "before": field.before,
                    "after": field.after,
                    "words": field.words,
                }
                for field in self.fields
            ],
        }


def compare(before: Subject, after: Subject) -> list[Change]:
    """Every difference between two standards; none where they come to the same."""
    return _Comparison(before, after).changes()


def table_name(table: str) -> str:
    """What the desk calls a table."""
    return {"desk": "本单位", "wording": "报告用语", "": "标准"}.get(table) or telling.KINDS[table]


class _Comparison:
    """Two standards side by side, with the keys' Chinese names."""

    def __init__(self, before: Subject, after: Subject) -> None:
        from jinji_report.standards.describe import labels

        self.sides = (before, after)
        self.labels = labels()
        self.compiled = tuple(
            {(table, row["id"]): row for table, name in _COMPILED.items() for row in side.rows[name]}
            for side in self.sides
        )

    def changes(self) -> list[Change]:
        found: list[Change] = []
        for table in _TABLES:
            rows = tuple(_rows_of(side, table) for side in self.sides)
            found += self._of_table(table, *rows)
        return sorted(found, key=lambda change: change.weight)  # stable: tables and rows keep their order

    def _of_table(self, table: str, before: Mapping[str, Row], after: Mapping[str, Row]) -> list[Change]:
        gone = {key: row for key, row in before.items() if key not in after}
        come = {key: row for key, row in after.items() if key not in before}
        renamed = self._renamed(table, gone, come)
        found: list[Change] = []
        for key, row in before.items():
            if key in after:
                fields = self._fields(table, key, row, after[key])
                if fields:
                    weight = min(field.weight for field in fields)
                    found.append(Change(table, key, CHANGED, weight, fields=fields))
            elif key in renamed:
                found.append(Change(table, key, RENAMED, _WORDING, new_key=renamed[key]))
            else:
                found.append(Change(table, key, REMOVED, _TABLES[table], says=self._says(table, row, 0)))
        new = set(renamed.values())
        for key, row in come.items():
            if key not in new:
                found.append(Change(table, key, ADDED, _TABLES[table], says=self._says(table, row, 1)))
        return found

    def _renamed(self, table: str, gone: Mapping[str, Row], come: Mapping[str, Row]) -> dict[str, str]:
        """Old key → new key of the rows that say the same under another name."""
        own = "name" if table in _NAMED else "id"
        free: dict[Hashable, list[str]] = {}
        for key, row in come.items():
            free.setdefault(self._content(table, key, row, own, 1), []).append(key)
        found = {}
        for key, row in gone.items():
            if table in _NAMED and not any(
                value for name, value in row.items() if name not in ("name", "kind")
            ):
                continue  # two names with nothing behind them are two names
            same = free.get(self._content(table, key, row, own, 0))
            if same:
                found[key] = same.pop(0)
        return found

    def _content(self, table: str, key: str, row: Row, own: str, side: int) -> Hashable:
        compiled = self.compiled[side].get((table, key), {})
        merged = {name: value for name, value in row.items() if name not in (own, "when", "category")}
        if table == "grade":
            merged = {name: value for name, value in merged.items() if name not in _BOUND_KEYS}
        categories = frozenset(compiled.get("categories") or listed(row.get("category") or ()))
        return _frozen(merged), categories, _normal(compiled.get("when") or {})

    def _fields(self, table: str, key: str, before: Row, after: Row) -> list[Field]:
        found: list[Field] = []
        one, two = (side.get((table, key), {}) for side in self.compiled)
        names = dict.fromkeys((*_FIRST, *before, *after))
        if table == "grade":
            for name in _BOUND_KEYS:
                names.pop(name, None)
        for name in names:
            old, new = before.get(name), after.get(name)
            if name == "when" and "when" in {**before, **after}:
                if _normal(one.get("when") or {}) == _normal(two.get("when") or {}):
                    continue
                old, new = _condition(before), _condition(after)
                words = self._condition_words(old, new)
            elif _same(old, new) or (
                name == "category" and bool(old) == bool(new) and _same_leaves(one, two)
            ):
                continue
            else:
                words = self._value_change(table, name, old, new)
            found.append(Field(name, self._label(table, name), old, new, words, _weight(table, name)))
        return sorted(found, key=lambda field: field.weight)

    def _label(self, table: str, key: str) -> str:
        if table == "wording" and key.startswith("title "):
            return f"{key.removeprefix('title ')}的标题"
        if table == "":
            return self.labels["", key]
        if key == "when":
            return "条件"
        return self.labels.get((table, key), key)

    def _says(self, table: str, row: Row, side: int) -> str:
        """The main things that a row says, in a line."""
        found = []
        text = row.get("text")
        names = dict.fromkeys((*_FIRST, *row))
        for name in names:
            value = row.get(name)
            if name in ("id", "name") or (table == "grade" and name in _BOUND_KEYS):
                continue
            if name == "when" and "when" in row:
                tree = _condition(row)
                if tree:
                    found.append(condition_words(tree, self.sides[side].standards))
            elif not _empty(value) and value is not False and _weight(table, name) != _WORDING:
                found.append(f"{self._label(table, name)} {self._value(table, name, value, side)}")
        return "；".join([text, *found] if text else found)

    # —— values in words ——

    def _value_change(self, table: str, name: str, old: Any, new: Any) -> str:
        if name == "units":
            return self._units_change(old, new)
        several = isinstance(old, list | tuple) or isinstance(new, list | tuple) or name == "category"
        if name == "steps" or not several or _empty(old) or _empty(new):
            return f"{self._value(table, name, old, 0)} → {self._value(table, name, new, 1)}"
        return self._list_change(table, name, listed(old), listed(new))

    def _list_change(self, table: str, name: str, old: Sequence[Any], new: Sequence[Any]) -> str:
        kept = [_frozen(one) for one in old], [_frozen(one) for one in new]
        out = [one for one, key in zip(old, kept[0], strict=True) if key not in kept[1]]
        come = [one for one, key in zip(new, kept[1], strict=True) if key not in kept[0]]
        words = []
        if come:
            words.append(f"加 {self._value(table, name, come, 1)}")
        if out:
            words.append(f"去 {self._value(table, name, out, 0)}")
        return "；".join(words) or "次序变了"

    def _units_change(self, old: Iterable[Row] | None, new: Iterable[Row] | None) -> str:
        before, after = ({unit["unit"]: unit["questions"] for unit in units or ()} for units in (old, new))
        words = [f"加 {unit}" for unit in after if unit not in before]
        words += [f"去 {unit}" for unit in before if unit not in after]
        for unit in before:
            if unit in after and list(before[unit]) != list(after[unit]):
                words.append(f"问{unit}的 {self._list_change('', 'questions', before[unit], after[unit])}")
        return "；".join(words) or "次序变了"

    def _value(self, table: str, name: str, value: Any, side: int) -> str:
        if isinstance(value, bool):
            return "是" if value else "否"
        if _empty(value):
            return _EMPTY.get(name, "无")
        if name == "to":
            standards = self.sides[side].standards
            return "、".join(
                standards.office_name(Address(Tier(one["tier"]), Line(one["line"]))) for one in value
            )
        if name == "steps":
            return "，再 ".join(f"{step['who']}：{step['what']}" for step in value)
        if name == "units":
            return "、".join(unit["unit"] for unit in value)
        if name == "leads":
            return "；".join(telling.lead(one) for one in value)
        if name in ("spans", "yearly"):
            return "、".join(f"{first}至{last}" for first, last in value)
        if isinstance(value, list | tuple):
            return "、".join(self._value(table, name, one, side) for one in value)
        known = _WORDS.get(name, {}).get(value) if isinstance(value, str) else None
        if known is not None:
            return known
        if name in ("part_of", "outlook"):
            measure = self.sides[side].standards.measures.get(value)
            return value if measure is None else measure.label
        return f"{value}{_UNITS.get(name, '')}"

    # —— conditions in words ——

    def _condition_words(self, old: Row, new: Row) -> str:
        """`死亡 ≥ 3人 → ≥ 2人`; of branches, only the parts that differ."""
        for branch in ("any", "all"):
            if branch in old and branch in new:
                out = _only(old[branch], new[branch])
                come = _only(new[branch], old[branch])
                if len(out) == len(come) == 1:
                    return self._condition_words(out[0], come[0])
                return "；".join(
                    [
                        *(f"加 {self._tree(part, 1)}" for part in come),
                        *(f"去 {self._tree(part, 0)}" for part in out),
                    ]
                )
        before, after = self._tree(old, 0), self._tree(new, 1)
        if "measure" in old and "measure" in new and listed(old["measure"]) == listed(new["measure"]):
            return f"{before} → {after.partition(' ')[2]}"
        for head in ("tag", "category", "factor", "window"):
            if head in old and head in new:
                return f"{_HEADS[head]} {self._list_change('', head, listed(old[head]), listed(new[head]))}"
        return f"{before} → {after}"

    def _tree(self, tree: Row, side: int) -> str:
        return condition_words(tree, self.sides[side].standards)


_HEADS = {"tag": "标签", "category": "类别", "factor": "敏感因素", "window": "时段"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "confidence": telling.CONFIDENCE,
    "effect": _EFFECTS,
    "starts": telling.STARTS,
    "presume": telling.PRESUMED,
    "role": telling.ROLES,
}


def _rows_of(side: Subject, table: str) -> Mapping[str, Row]:
    """The rows of a table by key; what stands once in a pack is a row of its own."""
    joined = side.joined
    if table == "group":
        return {name: {"name": name, "categories": list(leaves)} for name, leaves in joined.groups.items()}
    if table == "desk":
        return {"desk": joined.desk or {}}
    if table == "wording":
        wording = {name: value for name, value in joined.wording.items() if name != "title"}
        titles = {f"title {stage}": text for stage, text in joined.wording.get("title", {}).items()}
        return {"wording": {**wording, **titles}}
    if table == "":
        return {"": {"id": joined.pack.id, "title": joined.pack.title, "due_soon": side.standards.due_soon}}
    return side.written(table)


def _weight(table: str, key: str) -> int:
    if key == "due_soon":
        return _SENDING
    # 万元 for 元 moves every bound on the measure.
    if (table in ("category", "tag") and key in ("kind", "role")) or (table, key) == ("measure", "unit"):
        return _JUDGING
    if table not in ("office", "contact", "desk", "release", "owner") and key in _IN_WORDS:
        return _WORDING
    if key in ("clause", "confidence", "angle"):
        return _WORDING
    return _READING if key in _TO_READ else _TABLES[table]


def _condition(row: Row) -> Row:
    """The condition as written; of a rung, its measure and bound."""
    if row.get("when"):
        return dict(row["when"])
    return {name: value for name, value in lean(row).items() if name in ("measure", *THRESHOLDS[:2])}


def _only(parts: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    known = {_normal(part) for part in others}
    return [part for part in parts if _normal(part) not in known]


def _normal(tree: Mapping[str, Any]) -> Hashable:
    """What two conditions that say the same have in common: the order of parts and names is no matter."""
    for branch in ("any", "all"):
        if branch in tree:
            parts = frozenset(_normal(part) for part in tree[branch])
            only: Hashable = next(iter(parts), None)
            return only if len(parts) == 1 else (branch, parts)
    if "not" in tree:
        return "not", _normal(tree["not"])
    if "measure" in tree:
        op = next(op for op in THRESHOLDS if op in tree)
        names: Hashable = tuple(sorted(listed(tree["measure"])))
        return names, op, float(tree[op])
    return frozenset((head, frozenset(listed(value))) for head, value in tree.items())


def _same_leaves(one: Row, two: Row) -> bool:
    return set(one.get("categories") or ()) == set(two.get("categories") or ())


def _same(old: Any, new: Any) -> bool:
    return _frozen(old) == _frozen(new) or (_empty(old) and _empty(new))


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], ())


def _frozen(value: Any) -> Hashable:
    """`value` as something that can be compared and counted; the order of a list of names is no matter."""
    if isinstance(value, Mapping):
        return frozenset((name, _frozen(part)) for name, part in value.items())
    if isinstance(value, list | tuple):
        parts = [_frozen(part) for part in value]
        plain = all(isinstance(part, str) for part in value)
        return frozenset(parts) if plain else tuple(parts)
    plainly: Hashable = value
    return plainly
