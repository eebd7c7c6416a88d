"""Packs laid over one another: the rows of a whole chain of `extends`, each with where it was written.

A row with an id that stands already replaces it; a category or tag of a known name adds its
words. Reporting rows and limits of a base are dropped unless the pack says `inherit`. What the
rows may not say is collected (`faults`) and left out; `load` stops at the first, `check` shows all.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jinji_report.standards.layout import Layout, Place
from jinji_report.vocabulary import CLASSES, TIERS

if TYPE_CHECKING:
    from jinji_report.standards import schema

Row = dict[str, Any]

MOST_GROUPS = 16  # of groups within groups

TABLES = (
    "measure",
    "category",
    "tag",
    "window",
    "factor",
    "grade",
    "report",
    "office",
    "consultation",
    "owner",
    "hop",
    "limit",
    "watch",
    "skip",
    "order",
    "release",
    "hours",
    "contact",
    "place",
    "language",
)
ADDED_TO = ("category", "tag", "language")  # a row of a known name adds to what stands there
_OWN = (("report", "report"), ("skip", "report"), ("limit", "limit"), ("hop", "limit"))
_WITH_CATEGORIES = ("grade", "report", "owner", "limit", "watch", "skip", "order")
_WITH_CONDITIONS = ("factor", "grade", "report", "consultation", "owner", "limit", "skip")
_LABELS = {"measure": "数量", "tag": "标签", "window": "时段", "factor": "敏感因素"}
# Factors are judged before grades, and grades before reports: none may look ahead or at itself.
_FORBIDDEN = {"factor": ("factor", "factor_effect", "grade_at_least"), "grade": ("grade_at_least",)}


class Origin:
    """Where a row was written: the file, the table and which of them (from 0)."""

    __slots__ = ("file", "place")

    def __init__(self, file: str, place: Place) -> None:
        self.file = file
        self.place = place


class Fault:
    """Something that a row may not say. `kind`: twice, unknown, ahead, part_of, circle, desk."""

    __slots__ = ("kind", "origin", "problem", "remedy")

    def __init__(self, kind: str, origin: Origin, problem: str, remedy: str) -> None:
        self.kind = kind
        self.origin = origin
        self.problem = problem
        self.remedy = remedy


class PackFile:
    """One file of a chain: its path, its text, and what it says."""

    __slots__ = ("_layout", "digest", "pack", "path", "text")

    def __init__(self, path: str, text: str, digest: str, pack: "schema.Pack") -> None:
        self.path = path
        self.text = text
        self.digest = digest
        self.pack = pack
        self._layout: Layout | None = None

    @property
    def layout(self) -> Layout:
        if self._layout is None:
            self._layout = Layout(self.text)
        return self._layout


class Joined:
    """The rows of a chain of packs, later files over earlier ones.

    `files`: path → file, bases first and the pack itself last. `rows`: table → key → the row as its
    file says it (JSON-able, every key there). `origins`: (table, key) → where it was written; a row to
    which several files add (categories and tags) has them all, the newest last. `faults`: what was wrong.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self.files: dict[str, PackFile] = {}
        self.rows: dict[str, dict[str, Row]] = {kind: {} for kind in TABLES}
        self.origins: dict[tuple[str, str], tuple[Origin, ...]] = {}
        self.groups: dict[str, tuple[str, ...]] = {}
        self.wording: Row = {}
        self.desk: Row | None = None
        self.due_soon: int | None = None
        self.faults: list[Fault] = []

    @property
    def pack(self) -> "schema.Pack":
        """The pack that the chain is for."""
        return self.files[self.root].pack

    def join(self, base: "Joined") -> None:
        """Take over what a base pack holds; what it has from a file that came in before is not laid over again."""
        for kind, table in base.rows.items():
            for key, data in table.items():
                origins = base.origins[kind, key]
                if origins[-1].file not in self.files or key not in self.rows[kind]:
                    self._put(kind, key, data, origins)
        for name in ("wording", "group", ""):
            self.origins |= {place: o for place, o in base.origins.items() if place[0] == name}
        self.files |= base.files
        self.groups |= base.groups
        self.wording |= base.wording | {
            "title": self.wording.get("title", {}) | base.wording.get("title", {})
        }
        self.desk = base.desk or self.desk
        self.due_soon = base.due_soon or self.due_soon
        self.faults += [fault for fault in base.faults if fault not in self.faults]

    def add(self, file: PackFile) -> None:
        """Lay the pack's own rows over what its bases brought."""
        from jinji_report.standards.schema import plain

        pack, path = file.pack, file.path
        self.files[path] = file
        for kind, belongs in _OWN:
            if belongs not in pack.inherit:
                self.rows[kind] = {}
        for kind in TABLES:
            here: set[str] = set()
            for index, row in enumerate(getattr(pack, kind)):
                data = plain(row)
                key = key_of(kind, data)
                origin = Origin(path, (kind, index))
                if key in here:
                    self._twice(kind, key, origin)
                    continue
                here.add(key)
                if "when" in data:
                    data["when"] = lean(data["when"])
                self._put(kind, key, data, (origin,))
        names: set[str] = set()
        for index, group in enumerate(pack.group):
            origin = Origin(path, ("group", index))
            if group.name in names:
                self._twice("group", group.name, origin)
                continue
            names.add(group.name)
            self.groups[group.name] = group.categories
            self.origins["group", group.name] = (origin,)
        if pack.wording is not None:
            said = {k: v for k, v in plain(pack.wording).items() if v is not None}
            title = self.wording.get("title", {}) | said.get("title", {})
            self.wording |= said | {"title": title}
            for name in said:
                self.origins["wording", name] = (Origin(path, ("wording", name)),)
        if pack.desk is not None:
            self.desk = plain(pack.desk)
            self.origins["", "desk"] = (Origin(path, ("desk",)),)
        if pack.due_soon is not None:
            self.due_soon = pack.due_soon
            self.origins["", "due_soon"] = (Origin(path, ("due_soon",)),)

    def origin(self, kind: str, key: str) -> Origin:
        """Where a row stands that holds now; the head of the pack for what was written nowhere."""
        origins = self.origins.get((kind, key))
        return origins[-1] if origins else Origin(self.root, ())

    def _put(self, kind: str, key: str, data: Row, origins: tuple[Origin, ...]) -> None:
        table = self.rows[kind]
        if kind in ADDED_TO and key in table:
            data = _with_words(table[key], data)
            origins = (*self.origins[kind, key], *origins)
        table[key] = data
        self.origins[kind, key] = origins

    def finish(self, digest: str) -> dict[str, Any]:
        """The compiled data: names resolved and checked, category lists spelled out as leaves.

        Every name that does not exist, and everything else that a row may not say, goes into `faults`.
        """
        rows: dict[str, dict[str, Row]] = {
            kind: {key: dict(data) for key, data in table.items()} for kind, table in self.rows.items()
        }
        for key, data in rows["tag"].items():
            data["role"] = data["role"] or "any"
            for measure in data["cleared_by"]:
                self._known("tag", key, "measure", measure)
        for key, data in rows["category"].items():
            data["background"] = bool(data["background"])
            data["brings"] = self._leaves("category", key, data["brings"] or None)
            data["aftermath"] = bool(data["aftermath"])
            for lead in data["leads"]:
                if lead["over"] not in rows["category"]:
                    self._unknown("category", key, "类别", lead["over"])
        self._place_words(rows)
        for kind in _WITH_CATEGORIES:
            for key, data in rows[kind].items():
                data["categories"] = self._leaves(kind, key, data.pop("category"))
        for data in rows["grade"].values():
            measure, bounds = data.pop("measure"), {op: data.pop(op) for op in ("at_least", "more_than")}
            del data["below"]  # for checking a ladder, never for judging
            if data["when"] is None:
                data["when"] = lean({"measure": measure, **bounds})
        for kind in _WITH_CONDITIONS:
            for key, data in rows[kind].items():
                data["when"] = self._checked(kind, key, data["when"] or {})
        for key, data in rows["limit"].items():
            data["met_by"] = data["met_by"] or [data["form"]]
            if data["after"] is not None and data["after"] not in rows["limit"]:
                self._unknown("limit", key, "时限", data["after"])
        for key, data in rows["factor"].items():
            for measure in data["outlook"]:
                self._known("factor", key, "measure", measure)
        for key, data in rows["measure"].items():
            self._measure(key, data, rows)
        for key, data in rows["hours"].items():
            for window in data["holidays"]:
                self._known("hours", key, "window", window)
        if self.desk is None:
            self.faults.append(
                Fault(
                    "desk",
                    Origin(self.root, ()),
                    "没有 [desk]。",
                    "写明本单位、层级、报送线和所辖地方。",
                )
            )
        hops = sorted(rows["hop"].values(), key=lambda data: TIERS.index(data["tier"]))
        pack = self.pack
        return {
            "id": pack.id,
            "title": pack.title,
            "digest": digest,
            "due_soon": self.due_soon or 10,
            "desk": self.desk,
            "wording": self.wording,
            "changes": _changes(rows),
            "measures": list(rows["measure"].values()),
            "categories": list(rows["category"].values()),
            "tags": list(rows["tag"].values()),
            "places": list(rows["place"].values()),
            "windows": list(rows["window"].values()),
            "factors": list(rows["factor"].values()),
            "grades": list(rows["grade"].values()),
            "reports": list(rows["report"].values()),
            "offices": list(rows["office"].values()),
            "consultations": list(rows["consultation"].values()),
            "owners": list(rows["owner"].values()),
            "hops": hops,
            "limits": list(rows["limit"].values()),
            "watches": list(rows["watch"].values()),
            "skips": list(rows["skip"].values()),
            "orders": list(rows["order"].values()),
            "releases": list(rows["release"].values()),
            "hours": list(rows["hours"].values()),
            "contacts": list(rows["contact"].values()),
            "language": list(rows["language"].values()),
        }

    def _measure(self, key: str, data: Row, rows: Mapping[str, Mapping[str, Row]]) -> None:
        whole = data["part_of"]
        known = whole is not None and self._known("measure", key, "measure", whole)
        if known and rows["measure"][whole]["part_of"] is not None:
            self._fault(
                "part_of",
                "measure",
                key,
                "的 part_of 只能有一层。",
                "part_of 要指向一个自己没有 part_of 的数量。",
            )
        for names in ("asked_for", "presume_for"):
            data[names] = self._leaves("measure", key, data[names] or None)

    def _place_words(self, rows: Mapping[str, dict[str, Row]]) -> None:
        """A known place brings its tags: its names are words of each of them."""
        for key, data in rows["place"].items():
            for tag in data["tags"]:
                if self._known("place", key, "tag", tag):
                    row = rows["tag"][tag]
                    words = [*row["words"], data["name"], *data["aliases"]]
                    rows["tag"][tag] = {**row, "words": list(dict.fromkeys(words))}

    def _leaves(
        self,
        kind: str,
        key: str,
        names: str | list[str] | None,
        within: tuple[str, ...] = (),
        spelled: set[str] | None = None,
    ) -> list[str]:
        """Leaf categories for names of leaves, classes (事故灾难) and groups.

        `within` are the groups around, `spelled` all groups that were spelled out on the way.
        """
        if names is None:
            return []
        spelled = set() if spelled is None else spelled
        leaves: list[str] = []
        categories = self.rows["category"]
        for name in [names] if isinstance(names, str) else names:
            if name in categories:
                leaves.append(name)
            elif name in within:
                self.faults.append(
                    Fault(
                        "circle",
                        self.origin("group", name),
                        f"[[group]] {name} 绕一圈又包含了自己。",
                        "去掉其中一层。",
                    )
                )
            elif name in self.groups and len(within) == MOST_GROUPS:
                self.faults.append(
                    Fault(
                        "circle",
                        self.origin("group", name),
                        f"[[group]] {name} 套在 {MOST_GROUPS} 层组里。",
                        "少套几层。",
                    )
                )
            elif name in self.groups:
                if name not in spelled:  # its leaves are among these already
                    spelled.add(name)
                    leaves += self._leaves(kind, key, list(self.groups[name]), (*within, name), spelled)
            elif name in CLASSES:
                leaves += [leaf for leaf, data in categories.items() if data["kind"] == name]
            else:
                self._unknown(kind, key, "类别", name)
        return list(dict.fromkeys(leaves))

    def _checked(self, kind: str, key: str, tree: Row) -> Row:
        """`tree` with its names found and its categories spelled out."""
        for branch in ("any", "all"):
            if branch in tree:
                return {branch: [self._checked(kind, key, part) for part in tree[branch]]}
        if "not" in tree:
            return {"not": self._checked(kind, key, tree["not"])}
        if "category" in tree:
            return {"category": self._leaves(kind, key, tree["category"])}
        for head in _FORBIDDEN.get(kind, ()):
            if head in tree:
                self._fault(
                    "ahead",
                    kind,
                    key,
                    f"的条件里不能用 {head}。",
                    "因素只看要素，等级只看要素和因素，报送条款才看等级。",
                )
        for head in ("measure", "tag", "window", "factor"):
            for name in listed(tree.get(head)):
                self._known(kind, key, head, name)
        return tree

    def _known(self, kind: str, key: str, head: str, name: str) -> bool:
        if head == "factor":
            known: Iterable[str] = {data["name"] for data in self.rows["factor"].values()}
        else:
            known = self.rows[head]
        if name not in known:
            self._unknown(kind, key, _LABELS[head], name)
            return False
        return True

    def _unknown(self, kind: str, key: str, label: str, name: str) -> None:
        self._fault(
            "unknown", kind, key, f"用了没有定义的{label}“{name}”。", f"改正名称，或先定义这个{label}。"
        )

    def _twice(self, kind: str, key: str, origin: Origin) -> None:
        self.faults.append(
            Fault("twice", origin, f"[[{kind}]] {key} 写了两次。", "合并成一条，或改成不同的名字。")
        )

    def _fault(self, fault: str, kind: str, key: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(fault, self.origin(kind, key), f"[[{kind}]] {key} {problem}", remedy))


def _changes(rows: Mapping[str, Mapping[str, Row]]) -> list[str]:
    """The days from which another set of rows is in force, as ISO text."""
    days = set()
    for table in rows.values():
        for data in table.values():
            if data.get("effective_from"):
                days.add(data["effective_from"])
            if data.get("effective_to", "") not in (None, "", "9999-12-31"):  # the day after the last is none
                days.add((date.fromisoformat(data["effective_to"]) + timedelta(days=1)).isoformat())
    return sorted(days)


def key_of(kind: str, data: Mapping[str, Any]) -> str:
    """What a row is called within its table: its id or name; an office by tier and line, a hop by its tier."""
    if kind == "office":
        return f"{data['tier']}{data['line']}"
    if kind == "hop":
        return str(data["tier"])
    return str(data["name"] if kind in ("category", "tag", "window", "place", "language") else data["id"])


def lean(tree: Any) -> Any:
    """A dumped condition without the keys that it does not use."""
    if isinstance(tree, dict):
        return {name: lean(value) for name, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [lean(part) for part in tree]
    return tree


def listed(value: Any) -> list[str]:
    """Names of a key that takes one or several."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _with_words(base: Mapping[str, Any], more: Mapping[str, Any]) -> Row:
    """A row of `ADDED_TO` that is known already: its words are added, what is left out stays as it was."""
    joined = {**base, **{name: value for name, value in more.items() if value not in (None, "")}}
    for name in ("strong", "words", "weak", "excludes", "brings", "cleared_by", "beside", "unless", "stages"):
        if name in joined:
            joined[name] = list(dict.fromkeys([*base[name], *more[name]]))
    if "leads" in joined:  # a later file's word about the same two kinds counts
        joined["leads"] = list({lead["over"]: lead for lead in (*base["leads"], *more["leads"])}.values())
    return joined
