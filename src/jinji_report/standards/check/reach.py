"""Reach: rows that can never hold, always hold, or never decide anything; categories that nothing reports.

A row is looked at in each of its categories and on each day of its span that makes a difference,
with the grades, factors and windows of that day worked into its condition (`possible`). What holds is
decided over whole ranges and every mixture of tags. A condition that is too tangled to decide is
passed over in silence, and so is a row whose names the standards do not define.

Of two rows that say the same the later one is spoken of. A row that a later file outdoes is no
defect: that is what overlays do.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from jinji_report.standards.check.ladders import rungs
from jinji_report.standards.findings import Code, Finding, Subject
from jinji_report.standards.join import Origin
from jinji_report.standards.possible import Conditions, Node, denied, every
from jinji_report.standards.rows import Dated, Factor, GradeRow, Tree, applies
from jinji_report.vocabulary import GRADES

_WHY = 'clause = "某办法 第五条"\nconfidence = "confirmed"\n'


def _report(id: str, *lines: str) -> str:
    to = 'to = [{ tier = "市", line = "党委" }]'
    return "\n".join(["[[report]]", f'id = "{id}"', to, 'text = "某情况"', *lines, _WHY])


UNREACHABLE = Code(
    "J201",
    "错误",
    "永远够不到的条款",
    what="条款的条件和它的类别放在一起永远不成立：界限互相矛盾、部分多于整体、既要有又要没有同一个标签、类别不在所列之内，或要的等级、因素谁也达不到。",
    why="写了等于没写；以为管着的情况其实漏在外面。",
    bad=_report(
        "x.never",
        'when = { all = [{ measure = "deaths", at_least = 3 }, { measure = "deaths", below = 2 }] }',
    ),
    good=_report(
        "x.some",
        'when = { all = [{ measure = "deaths", at_least = 2 }, { measure = "deaths", below = 3 }] }',
    ),
)
SHADOWED = Code(
    "J202",
    "警告",
    "被别的条款盖住的条款",
    what="只要它成立，另一条效果相同（报给同样的对象，或定同级、更重的等级）的条款也成立，它从来不起决定作用。",
    why="改它的数没有任何效果，改的人却不知道；也常常是其中一条的数抄错了。",
    bad=_report("x.three", 'when = { measure = "deaths", at_least = 3 }')
    + _report("x.ten", 'when = { measure = "deaths", at_least = 10 }'),
    good=_report("x.three", 'when = { measure = "deaths", at_least = 3 }')
    + _report("x.hurt", 'when = { measure = "injured", at_least = 10 }'),
)
ALWAYS = Code(
    "J203",
    "警告",
    "条件永远成立",
    what="写了条件，但不论什么情况都成立，等于没有写。",
    why="多半是“且”写成了“或”，或者界限写成了 0，结果什么都报、什么都算。",
    bad=_report(
        "x.all",
        'when = { any = [{ measure = "deaths", at_least = 3 }, { measure = "deaths", below = 3 }] }',
    ),
    good=_report(
        "x.some",
        'when = { any = [{ measure = "deaths", at_least = 3 }, { measure = "injured", at_least = 3 }] }',
    ),
)
UNREPORTED = Code(
    "J204",
    "警告",
    "没有任何报送条款管到的类别",
    what="这个类别的事件不论多重，没有一条报送条款会成立。",
    why="接到这类事件，研判永远是备查，漏报了也看不出来。",
    bad='[[category]]\nname = "内部事项一种"\nkind = "内部事项"\nstrong = ["内部事项一种"]\n'
    + "\n".join(
        [
            "[[grade]]",
            'id = "x.larger"',
            'grade = "较大"',
            'category = "火灾"',
            'measure = "deaths"',
            "at_least = 3",
            _WHY,
        ]
    ),
    good="\n".join(
        ["[[grade]]", 'id = "x.larger"', 'grade = "较大"', 'measure = "deaths"', "at_least = 3", _WHY]
    ),
)
IDLE = Code(
    "J205",
    "错误",
    "永远用不上的时限、责任单位或会商",
    what="时限、责任单位、会商或敏感因素的条件永远不成立。",
    why="到时候没有人被催，没有人被问，而文件里明明写着。",
    bad='[[consultation]]\nid = "x.ask"\nwhen = { all = [{ tag = "学生" }, { not = { tag = "学生" } }] }\n'
    'units = [{ unit = "教育", questions = ["学生几人？"] }]\n' + _WHY,
    good='[[consultation]]\nid = "x.ask"\nwhen = { all = [{ tag = "学生" }, { not = { tag = "校园" } }] }\n'
    'units = [{ unit = "教育", questions = ["学生几人？"] }]\n' + _WHY,
)
IDLE_PART = Code(
    "J206",
    "警告",
    "条件里有一项多余",
    what="any、all 里有一项去掉以后，条件的意思完全不变：它永远不成立，或者已经包含在别的项里。",
    why="写的人以为它在起作用；多半是数或标签写错了。",
    bad=_report(
        "x.or",
        'when = { any = [{ measure = "deaths", at_least = 3 }, { measure = "deaths", at_least = 10 }] }',
    ),
    good=_report(
        "x.or",
        'when = { any = [{ measure = "deaths", at_least = 3 }, { measure = "injured", at_least = 10 }] }',
    ),
)
CODES: tuple[Code, ...] = (UNREACHABLE, SHADOWED, ALWAYS, UNREPORTED, IDLE, IDLE_PART)

# table → the rows of the standards, and what it is called when it can never hold
_TABLES = {
    "factor": ("factors", IDLE, "敏感因素"),
    "grade": ("grades", UNREACHABLE, "定级条款"),
    "report": ("reports", UNREACHABLE, "报送条款"),
    "skip": ("skips", UNREACHABLE, "越级条款"),
    "limit": ("limits", IDLE, "时限"),
    "owner": ("owners", IDLE, "责任单位"),
    "consultation": ("consultations", IDLE, "会商"),
}


def find(subject: Subject) -> list[Finding]:
    """Everything wrong with what the rows of a chain of packs can reach."""
    return list(_Reach(subject).found())


class _Reach:
    """One look at the rows of a chain of packs."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.standards = subject.standards
        self.conditions = Conditions(subject.standards)
        order = {path: place for place, path in enumerate(subject.joined.files)}
        self.places = {key: (order[o[-1].file], o[-1].place) for key, o in subject.joined.origins.items()}
        # Rows that speak of names that do not exist are another check's matter.
        self.faulty = {(fault.origin.file, fault.origin.place) for fault in subject.joined.faults}

    def found(self) -> Iterator[Finding]:
        rows = {kind: self._sound(kind) for kind in _TABLES}
        always: set[Any] = set()
        for kind, (_, code, label) in _TABLES.items():
            never = []
            for row in rows[kind]:
                if not any(self.conditions.possible(node) for node in self._nodes(row)):
                    never.append(row)
                    yield self.subject.finding(
                        code,
                        kind,
                        row.id,
                        f"{label} {row.id} 的条件永远不成立。",
                        "看条件里的界限、标签、类别是不是互相矛盾，改正后重试。",
                        at=("when",),
                    )
                elif self._says_nothing(row):
                    always.add(row)
                    yield self.subject.finding(
                        ALWAYS,
                        kind,
                        row.id,
                        f"{label} {row.id} 的条件永远成立，等于没有写。",
                        "要是本来就不设条件，去掉 when；否则改正条件。",
                        at=("when",) if self._written(kind, row)["when"] is not None else ("at_least",),
                    )
                else:
                    yield from self._idle_parts(kind, row)
            rows[kind] = [row for row in rows[kind] if row not in never]
        for kind in ("factor", "grade", "report", "skip"):
            # What a condition that says nothing would shadow is not at fault.
            yield from self._shadowed(kind, rows[kind], always)
        yield from self._unreported(rows["report"])

    def _sound(self, kind: str) -> list[Any]:
        """The rows of a table without those that another check finds fault with."""
        found = []
        for row in getattr(self.standards, _TABLES[kind][0]):
            origin = self.subject.joined.origin(kind, row.id)
            if (origin.file, origin.place) not in self.faulty:
                found.append(row)
        return found

    def _written(self, kind: str, row: Dated) -> Mapping[str, Any]:
        return self.subject.written(kind)[row.id]

    def _categories(self, row: Any) -> Sequence[str | None]:
        return getattr(row, "categories", ()) or list(self.standards.categories) or [None]

    def _worlds(self, row: Any, *trees: Tree) -> Iterator[tuple[str | None, date]]:
        """Every category and day of the row that makes a difference to `trees`; the latest days first."""
        for day in self.conditions.days(trees, row.effective_from, row.effective_to):
            for category in self._categories(row):
                yield category, day

    def _nodes(self, row: Any) -> Iterator[Node]:
        """The row's condition in each of its worlds."""
        for category, day in self._worlds(row, row.when):
            yield self.conditions.formula(row.when, category, day)

    def _says_nothing(self, row: Any) -> bool:
        """There is a condition, and it cannot fail. A rung for every incident of its categories says so by them."""
        if not row.when or (isinstance(row, GradeRow) and "category" in row.when):
            return False
        return not any(self.conditions.possible(denied(node)) for node in self._nodes(row))

    def _brings(self, row: Any, tree: Tree, other: Tree) -> bool:
        """In all worlds of `row`, `tree` holds only where `other` does."""
        return not any(
            self.conditions.possible(
                every(
                    (
                        self.conditions.formula(tree, category, day),
                        denied(self.conditions.formula(other, category, day)),
                    )
                )
            )
            for category, day in self._worlds(row, tree, other)
        )

    def _idle_parts(self, kind: str, row: Any) -> Iterator[Finding]:
        """Parts of a condition without which it says the same."""
        tree = row.when
        for path in reversed(list(_parts(tree))):
            part = _at(tree, path)
            if part is None or any(
                self.conditions.possible(self._turns(tree, path, category, day))
                for category, day in self._worlds(row, tree)
            ):
                continue
            tree = _without(tree, path)
            yield self.subject.finding(
                IDLE_PART,
                kind,
                row.id,
                f"{row.id} 的条件里，去掉“{_said(part)}”这一项，意思不变。",
                "看这一项的数、标签或类别是不是写错了；没有写错的，去掉它。",
                at=("when",),
            )

    def _turns(self, tree: Tree, path: Sequence[Any], category: str | None, day: date) -> Node:
        """Where the part at `path` decides what its own `any` or `all` says, the conditions around it holding.

        Other parts of an `any` further out are not held against it: they tell cases apart
        (in a school 5 or more, elsewhere 50 or more).
        """
        wanted: list[Node] = []
        own = len(path) - 2
        for depth, head in enumerate(path):
            if head == "not":
                tree = tree["not"]
            elif head in ("any", "all"):
                place = path[depth + 1]
                for n, part in enumerate(tree[head]):
                    if depth == own or (head == "all" and n != place):
                        node = self.conditions.formula(part, category, day)
                        wanted.append(node if (head == "all") == (n != place) else denied(node))
                tree = tree[head][place]
        return every(wanted)

    def _shadowed(self, kind: str, rows: list[Any], always: set[Any]) -> Iterator[Finding]:
        plain = {rung.row.id: rung.measures for rung in rungs(self.subject)} if kind == "grade" else {}
        place = {row: self.places[kind, row.id] for row in rows}
        left = list(rows)
        for row in sorted(rows, key=lambda row: place[row], reverse=True):
            others = [
                other
                for other in left
                if other is not row
                and other not in always
                and place[other][0] <= place[row][0]
                and self._in_all_worlds(other, row)
                # Rungs of one ladder that are out of order are told of there.
                and not (
                    kind == "grade"
                    and plain.get(row.id, row) == plain.get(other.id, other)
                    and row.grade != other.grade
                )
            ]
            over = self._over(row, others)
            if not over:
                continue
            left.remove(row)
            names = "、".join(dict.fromkeys(other.id for other in over))
            yield self.subject.finding(
                SHADOWED,
                kind,
                row.id,
                f"{row.id} 成立时，{names} 也成立，效果一样，{row.id} 从来不起作用。",
                "看两条里哪一条的数或类别写错了；没有写错的，删去这一条，或用 [[allow]] 写明为什么保留。",
            )

    def _over(self, row: Any, others: list[Any]) -> list[Any]:
        """The rows that do all that `row` does whenever it holds; none where something is left to it."""
        if isinstance(row, Factor):
            alike = [other for other in others if (other.name, other.effect) == (row.name, row.effect)]
            return self._first(row, alike)
        if isinstance(row, GradeRow):
            rank = GRADES.index(row.grade)
            return self._first(row, [other for other in others if GRADES.index(other.grade) >= rank])
        over: list[Any] = []
        for office in row.to:
            found = self._first(row, [other for other in others if office in other.to])
            if not found:
                return []
            over += found
        return over

    def _first(self, row: Any, others: list[Any]) -> list[Any]:
        return next(([other] for other in others if self._brings(row, row.when, other.when)), [])

    def _in_all_worlds(self, other: Any, row: Any) -> bool:
        """`other` is in force on all days of `row`, and speaks of all its categories."""
        begins = other.effective_from is None or (
            row.effective_from is not None and other.effective_from <= row.effective_from
        )
        ends = other.effective_to is None or (
            row.effective_to is not None and row.effective_to <= other.effective_to
        )
        categories = getattr(other, "categories", ())
        return begins and ends and (not categories or set(self._categories(row)) <= set(categories))

    def _unreported(self, reports: list[Any]) -> Iterator[Finding]:
        """Categories in which no reporting row can hold, for a desk that has reporting rows."""
        joined = self.subject.joined
        if not self.standards.reports or joined.desk is None:
            return
        missed = [
            name
            for name in self.standards.categories
            if not any(
                applies(row.categories, name)
                and any(
                    self.conditions.possible(self.conditions.formula(row.when, name, day))
                    for day in self.conditions.days([row.when], row.effective_from, row.effective_to)
                )
                for row in reports
            )
        ]
        own = joined.files[joined.root].pack
        head = Origin(joined.root, ("report", 0) if own.report else ())
        remedy = "给它补一条报送条款；确实不归本单位报的，用 [[allow]] 写明。"
        if own.extends and "report" not in own.inherit:
            remedy = f'要沿用上级文件的报送条款，写 inherit = ["report"]；不沿用的，{remedy}'
        for name in missed:
            origin = joined.origin("category", name)
            yield self.subject.found_at(
                UNREPORTED,
                origin if origin.file == joined.root else head,
                name,
                f"类别“{name}”没有任何报送条款管到，怎样都不会应报。",
                remedy,
            )


def _parts(tree: Tree, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each part of an `any` or `all` with several parts stands, outer ones first."""
    for head in ("any", "all"):
        for place, part in enumerate(tree.get(head, ())):
            if len(tree[head]) > 1:
                yield (*path, head, place)
            yield from _parts(part, (*path, head, place))
    if "not" in tree:
        yield from _parts(tree["not"], (*path, "not"))


def _at(tree: Any, path: Sequence[Any]) -> Any:
    """The part at `path`; None where it was taken out with another, or is the only one left."""
    for depth, step in enumerate(path):
        if isinstance(step, int) and (step >= len(tree) or (depth == len(path) - 1 and len(tree) == 1)):
            return None
        tree = tree[step]
    return tree


def _without(tree: Any, path: Sequence[Any]) -> Any:
    """`tree` without the part at `path`."""
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        inner = [_without(tree[step], rest)] if rest else []
        return [*tree[:step], *inner, *tree[step + 1 :]]
    return {**tree, step: _without(tree[step], rest)}


def _said(part: Any) -> str:
    """A part of a condition as the file would write it, cut short."""

    def text(value: Any) -> str:
        if isinstance(value, dict):
            return "{ " + ", ".join(f"{name} = {text(inner)}" for name, inner in value.items()) + " }"
        if isinstance(value, (list, tuple)):
            return "[" + ", ".join(map(text, value)) + "]"
        return f'"{value}"' if isinstance(value, str) else str(value)

    whole = text(part)
    return whole if len(whole) <= 60 else f"{whole[:60]}…"
