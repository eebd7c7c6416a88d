"""Ladders: the rungs of one measure (or one sum) in a category must fit each other, number by number.

A rung is a grade row with a single lower bound. Rungs belong together where they speak of the same
measures and a category in which both apply, on a day on which both hold; rows that never hold on one
day are no neighbours. What a rung says of its own end (`below`) is held against the next graver rung.
A number that a row with a whole condition takes up is no gap: that is decided over ranges.

A row that a later file outdoes with a stricter rung of its own is no defect: that is what overlays do.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from jinji_report.standards.conditions import THRESHOLDS, listed
from jinji_report.standards.findings import Code, Finding, Subject
from jinji_report.standards.possible import Conditions, Node, denied, either, every, exact
from jinji_report.standards.rows import GradeRow, Tree, applies
from jinji_report.vocabulary import GRADES

SLIP = Fraction(10_000)  # 万: what a unit is wrong by when 万元 was taken for 元, or 亿元 for 万元
_IN_LINE = 100  # with a slip undone, neighbours are no further apart than this

Bound = tuple[Fraction, bool]  # the number, and whether the rung only begins behind it

_WHY = 'clause = "某办法 第三条"\nconfidence = "confirmed"\n'


def _rung(id: str, grade: str, *lines: str) -> str:
    return "\n".join(["[[grade]]", f'id = "{id}"', f'grade = "{grade}"', *lines, _WHY])


GAP = Code(
    "J101",
    "错误",
    "两档之间有空档",
    what="一档写到某个数为止（below），更重的一档却从更大的数才开始，或者再没有更重的一档，中间的数不属于任何一档。",
    why="落在空档里的伤亡或损失会按轻的一档定级，和文件不一致，而且没有人会发现。",
    bad=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 3", "below = 10")
    + _rung("x.serious", "重大", 'measure = "deaths"', "at_least = 15"),
    good=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 3", "below = 10")
    + _rung("x.serious", "重大", 'measure = "deaths"', "at_least = 10"),
)
OVERLAP = Code(
    "J102",
    "错误",
    "两档重叠",
    what="一档的 below 超过了更重一档的下限，同一个数落在两档里。",
    why="文件里一个数只有一个等级；重叠说明其中一个数抄错了，研判会按重的一档走。",
    bad=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 3", "below = 30")
    + _rung("x.serious", "重大", 'measure = "deaths"', "at_least = 10"),
    good=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 3", "below = 10")
    + _rung("x.serious", "重大", 'measure = "deaths"', "at_least = 10"),
)
SEAM = Code(
    "J103",
    "错误",
    "以上、以下没有对齐本数",
    what="相邻两档一个用 at_least（含本数），一个用 more_than（不含本数），恰为界限的那个数漏了、算了两次，或没有写明归谁。",
    why="“以上”“以下”含不含本数各文件不同；恰好等于界限的事件（死亡恰为10人）最常见，也最容易定错。",
    bad=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 3", "below = 10")
    + _rung("x.serious", "重大", 'measure = "deaths"', "more_than = 10"),
    good=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 3", "below = 10")
    + _rung("x.serious", "重大", 'measure = "deaths"', "at_least = 10"),
)
FALLING = Code(
    "J104",
    "错误",
    "阶梯不是越往上越重",
    what="更重的一档下限反而更小，轻的一档永远判不到。",
    why="多半是两档的数写反了，或者等级写错了；轻的一档形同虚设。",
    bad=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 10")
    + _rung("x.serious", "重大", 'measure = "deaths"', "at_least = 3"),
    good=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 3")
    + _rung("x.serious", "重大", 'measure = "deaths"', "at_least = 10"),
)
LEVEL = Code(
    "J105",
    "错误",
    "同一个下限写了两个等级",
    what="同一阶梯里有两档下限相同、等级不同，只有重的一档起作用。",
    why="其中一档的数或等级抄错了；轻的一档永远判不到。",
    bad=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 10")
    + _rung("x.serious", "重大", 'measure = "deaths"', "at_least = 10"),
    good=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 3")
    + _rung("x.serious", "重大", 'measure = "deaths"', "at_least = 10"),
)
MISSING = Code(
    "J106",
    "警告",
    "阶梯中间少一档",
    what="相邻两档跳过了一个等级，轻的一档又没有写 below 说明写到哪里为止。",
    why="可能漏抄了一档，中间那一段会定得偏轻；文件确实没有这一档的，写上 below 就清楚了。",
    bad=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 3")
    + _rung("x.extraordinary", "特别重大", 'measure = "deaths"', "at_least = 30"),
    good=_rung("x.larger", "较大", 'measure = "deaths"', "at_least = 3", "below = 30")
    + _rung("x.extraordinary", "特别重大", 'measure = "deaths"', "at_least = 30"),
)
UNIT = Code(
    "J107",
    "错误",
    "疑似万、亿写错了单位",
    what="一个界限和相邻各档差得太远，除以或乘以一万就正好接上。",
    why="损失以万元计：一亿元是 10000，不是 1 或 100000000。写错了，这一档永远达不到，或者人人都达到。",
    bad=_rung("x.larger", "较大", 'measure = "direct_loss_wan"', "at_least = 1000")
    + _rung("x.serious", "重大", 'measure = "direct_loss_wan"', "at_least = 5000")
    + _rung("x.extraordinary", "特别重大", 'measure = "direct_loss_wan"', "at_least = 100000000"),
    good=_rung("x.larger", "较大", 'measure = "direct_loss_wan"', "at_least = 1000")
    + _rung("x.serious", "重大", 'measure = "direct_loss_wan"', "at_least = 5000")
    + _rung("x.extraordinary", "特别重大", 'measure = "direct_loss_wan"', "at_least = 10000"),
)
CODES: tuple[Code, ...] = (GAP, OVERLAP, SEAM, FALLING, LEVEL, MISSING, UNIT)


class Rung:
    """One rung: its row, its measures, where it begins, and where it says that it ends."""

    __slots__ = ("below", "low", "measures", "op", "row", "written")

    def __init__(
        self, row: GradeRow, measures: Sequence[str], op: str, low: float, below: float | None
    ) -> None:
        self.row = row
        self.measures = tuple(sorted(set(measures)))
        self.op = op
        self.written = Fraction(str(low))
        self.low: Bound = (self.written, op == "more_than")
        self.below = None if below is None else Fraction(str(below))

    @property
    def rank(self) -> int:
        return GRADES.index(self.row.grade)


def rungs(subject: Subject) -> list[Rung]:
    """The rungs of all ladders, in file order; counts begin at the first number that counts."""
    found = []
    by_id = {row.id: row for row in subject.standards.grades}
    for key, data in subject.written("grade").items():
        bounds = data if data["measure"] is not None else data["when"]
        if "measure" not in bounds:
            continue
        op = next((op for op in ("at_least", "more_than") if bounds.get(op) is not None), None)
        if op is not None:
            rung = Rung(by_id[key], listed(bounds["measure"]), op, bounds[op], data["below"])
            if _counted(rung.measures, subject):
                number, behind = rung.low
                rung.low = (Fraction(number.__floor__() + 1 if behind else number.__ceil__()), False)
            found.append(rung)
    return found


def find(subject: Subject) -> list[Finding]:
    """Everything wrong with the ladders of a chain of packs."""
    by_measures: dict[tuple[str, ...], list[Rung]] = {}
    for rung in rungs(subject):
        by_measures.setdefault(rung.measures, []).append(rung)
    found: dict[tuple[str, str], _Said] = {}
    conditions = Conditions(subject.standards)
    for group in by_measures.values():
        for category in subject.standards.categories:
            family = [rung for rung in group if applies(rung.row.categories, category)]
            for day in _days(family):
                for said in _Ladder(subject, conditions, family, category, day).said():
                    first = found.setdefault((said.code.code, said.rung.row.id), said)
                    first.categories[category] = None
    return [*(said.finding(subject) for said in found.values()), *_slips_elsewhere(subject)]


def _slips_elsewhere(subject: Subject) -> Iterator[Finding]:
    """Bounds of reports, limits and factors that lie far from all others on the same measures, and that
    some other bound equals once 万 is taken away or put in."""
    ladders = [(rung.row.id, rung.measures, rung.written) for rung in rungs(subject)]
    elsewhere = [
        (kind, row.id, tuple(sorted(set(listed(leaf["measure"])))), Fraction(str(leaf[op])))
        for kind, rows in (
            ("report", subject.standards.reports),
            ("skip", subject.standards.skips),
            ("limit", subject.standards.limits),
            ("factor", subject.standards.factors),
        )
        for row in rows
        for leaf in _thresholds(row.when)
        for op in THRESHOLDS
        if op in leaf
    ]
    everywhere: dict[tuple[str, ...], Counter[Fraction]] = {}
    by_row: dict[tuple[str, tuple[str, ...]], Counter[Fraction]] = {}
    for _, measures, found in ladders:
        everywhere.setdefault(measures, Counter())[found] += found > 0
    for _, id, measures, found in elsewhere:
        everywhere.setdefault(measures, Counter())[found] += found > 0
        by_row.setdefault((id, measures), Counter())[found] += found > 0
    in_order = {measures: sorted(found) for measures, found in everywhere.items()}
    for kind, id, measures, bound in elsewhere:
        own, all_of_it, numbers = by_row[id, measures], everywhere[measures], in_order[measures]
        least = next((found for found in numbers if all_of_it[found] > own[found]), None)
        most = next((found for found in reversed(numbers) if all_of_it[found] > own[found]), None)
        if least is None or most is None or bound == 0:
            continue
        if not least <= bound * _IN_LINE <= most * _IN_LINE**2:
            right = next((n for n in (bound / SLIP, bound * SLIP) if all_of_it[n] > own[n]), None)
            if right is not None:
                measure = subject.standards.measures[measures[0]]
                yield subject.finding(
                    UNIT,
                    kind,
                    id,
                    f"{id} 的界限 {_number(bound)} 和别处的{measure.label}差约一万倍，"
                    f"疑似应为{_number(right)}{measure.unit}。",
                    f"这个数量的单位是{measure.unit}，请按{measure.unit}换算：{_number(right)}。",
                    at=("when",),
                )


def _thresholds(tree: Tree) -> Iterator[Tree]:
    """Every bound on a measure in a condition."""
    for head in ("any", "all"):
        for part in tree.get(head, ()):
            yield from _thresholds(part)
    if "not" in tree:
        yield from _thresholds(tree["not"])
    if "measure" in tree:
        yield tree


def _days(rungs: Iterable[Rung]) -> list[date]:
    """The first days of the spans between which no rung comes or goes, latest first."""
    days = {rung.row.effective_from or date.min for rung in rungs}
    ends = {rung.row.effective_to for rung in rungs}
    return sorted(days | {end + timedelta(days=1) for end in ends if end and end < date.max}, reverse=True)


def _together(one: GradeRow, other: GradeRow) -> bool:
    """The two rows hold on some day both."""
    return (one.effective_from or date.min) <= (other.effective_to or date.max) and (
        other.effective_from or date.min
    ) <= (one.effective_to or date.max)


class _Said:
    """Something to say about a rung, in each of `categories` where it is so."""

    __slots__ = ("at", "categories", "code", "remedy", "rung", "text")

    def __init__(self, code: Code, rung: Rung, text: str, remedy: str, at: str) -> None:
        self.code = code
        self.rung = rung
        self.text = text
        self.remedy = remedy
        self.at = at
        self.categories: dict[str, None] = {}

    def finding(self, subject: Subject) -> Finding:
        row = self.rung.row
        everywhere = len(row.categories) or len(subject.standards.categories)
        where = ""
        if len(self.categories) < everywhere:
            names = list(self.categories)
            more = f"等{len(names)}类" if len(names) > 3 else ""
            where = f"在{'、'.join(names[:3])}{more}中，"
        data = subject.written("grade")[row.id]
        at = self.at if data.get(self.at) is not None else "when" if data["when"] is not None else "id"
        return subject.finding(self.code, "grade", row.id, f"{where}{self.text}", self.remedy, at=(at,))


class _Ladder:
    """One ladder: the rungs of a family (of the same measures, in a category) that hold on a day."""

    def __init__(
        self, subject: Subject, conditions: Conditions, family: list[Rung], category: str, day: date
    ) -> None:
        self.subject = subject
        self.conditions = conditions
        self.family = family
        self.rungs = [rung for rung in family if rung.row.in_force(day)]
        self.category = category
        self.day = day
        self.whole = _counted(family[0].measures, subject)

    def said(self) -> Iterator[_Said]:
        slips = list(self._slips())
        yield from slips
        slipped = {said.rung for said in slips}
        steady = [rung for rung in self.rungs if rung not in slipped]
        for rung in steady:
            yield from self._order(rung, steady)
            rank, nexts = self._nexts(rung)
            if not slipped.isdisjoint(nexts) or (rank is not None and not nexts):
                continue
            if rung.below is not None:
                yield from self._seam(rung, rung.below, nexts)
            elif nexts:
                yield from self._open_end(rung, nexts)

    def _nexts(self, rung: Rung) -> tuple[int | None, list[Rung]]:
        """The next graver grade of the family, and the rungs of it that begin above this one today.

        A grade that has a rung, only not on this day, leaves a hole in the days and not in the numbers.
        """
        ranks = [
            other.rank
            for other in self.family
            if other.rank > rung.rank and other.low > rung.low and _together(other.row, rung.row)
        ]
        rank = min(ranks, default=None)
        return rank, [other for other in self.rungs if other.rank == rank and other.low > rung.low]

    def _seam(self, rung: Rung, end: Fraction, nexts: list[Rung]) -> Iterator[_Said]:
        """What a rung says of its end, against where the next one begins."""
        edge: Bound = (Fraction(end.__ceil__()) if self.whole else end, False)
        if any(other.low == edge for other in nexts):
            return
        after = min(nexts, key=lambda other: abs(other.low[0] - edge[0]), default=None)
        told = f"{self._name(rung)}写到{self._figure(end)}为止（不含）"
        if after is None:
            if self._open_gap(rung, end, None):
                yield _Said(
                    GAP,
                    rung,
                    f"{told}，再往上没有更重的一档，{self._figure(end)}以上不属于任何一档。",
                    "补上更重的一档；最高一档上不封顶的，去掉 below。",
                    "below",
                )
            return
        begins = f"{self._name(after)}从{self._figure(after.written)}{'以上（不含）' if after.op == 'more_than' else '起'}"
        if after.low > edge:
            if not self._open_gap(rung, end, after):
                return
            if after.op == "more_than" and after.written == end:
                yield _Said(
                    SEAM,
                    rung,
                    f"{told}，{begins}，恰为{self._figure(end)}的不属于任何一档。",
                    f"{self._name(after)}含本数的改用 at_least；本数归{rung.row.grade}的，去掉这一档的 below。",
                    "below",
                )
            else:
                yield _Said(
                    GAP,
                    rung,
                    f"{told}，{begins}，中间的数不属于任何一档。",
                    f"对照文件，把 below 和{after.row.id} 的下限改成同一个数。",
                    "below",
                )
        elif self.whole and after.low[0] + 1 == edge[0]:
            yield _Said(
                SEAM,
                rung,
                f"{told}，{begins}，恰为{self._figure(after.low[0])}的算了两次。",
                f"本数归{after.row.grade}的，below 改成 {_number(after.low[0])}；"
                f"归{rung.row.grade}的，{after.row.id} 的下限改用 more_than。",
                "below",
            )
        else:
            yield _Said(
                OVERLAP,
                rung,
                f"{told}，{begins}，两档重叠。",
                f"对照文件，把 below 和 {after.row.id} 的下限改成同一个数。",
                "below",
            )

    def _open_gap(self, rung: Rung, end: Fraction, after: Rung | None) -> bool:
        """Some number from `end` on (and before the next rung) is reached by no graver row at all."""
        inside: list[Node] = [("sum", rung.measures, "at_least", exact(end))]
        if after is not None:
            inside.append(denied(("sum", after.measures, after.op, exact(after.written))))
        graver = [
            self.conditions.formula(row.when, self.category, self.day)
            for row in self.subject.standards.grades
            if GRADES.index(row.grade) > rung.rank
            and row.in_force(self.day)
            and applies(row.categories, self.category)
        ]
        return self.conditions.possible(every((*inside, denied(either(graver)))))

    def _open_end(self, rung: Rung, nexts: list[Rung]) -> Iterator[_Said]:
        """A rung that does not say where it ends: the next must count alike, and be the next."""
        after = min(nexts, key=lambda other: other.low)
        if self._file(rung) != self._file(after):
            return
        if rung.op != after.op and rung.written > 0:
            counts = {"at_least": "含本数", "more_than": "不含本数"}
            yield _Said(
                SEAM,
                after,
                f"{self._name(after)}{counts[after.op]}，{self._name(rung)}{counts[rung.op]}，"
                f"恰为{self._figure(after.written)}的归谁没有写明。",
                f"对照文件统一写法；确实不同的，在 {rung.row.id} 写上 below。",
                after.op,
            )
        skipped = GRADES[rung.rank + 1 : after.rank]
        if skipped and not any(
            row.grade in skipped and applies(row.categories, self.category) and row.in_force(self.day)
            for row in self.subject.standards.grades
            if self._speaks(row, rung.measures)
        ):
            yield _Said(
                MISSING,
                after,
                f"{self._name(rung)}之后就是{self._name(after)}，中间没有{'、'.join(skipped)}。",
                f"补上缺的一档；文件没有这一档的，在 {rung.row.id} 写 below = {_number(after.written)}。",
                after.op,
            )

    def _speaks(self, row: GradeRow, measures: tuple[str, ...]) -> bool:
        """The row's condition looks at one of `measures`."""
        return any(not set(measures).isdisjoint(listed(leaf["measure"])) for leaf in _thresholds(row.when))

    def _order(self, rung: Rung, steady: list[Rung]) -> Iterator[_Said]:
        """A graver rung that begins no higher leaves nothing for this one."""
        graver = [
            other
            for other in steady
            if other.rank > rung.rank and other.low <= rung.low and not self._outdoes(other, rung)
        ]
        if not graver:
            return
        level = next((other for other in graver if other.low == rung.low), None)
        other = level or min(graver, key=lambda other: other.rank)
        if level is not None:
            yield _Said(
                LEVEL,
                rung,
                f"{self._name(rung)}和{self._name(other)}的下限都是{self._figure(rung.written)}，"
                f"{rung.row.grade}永远判不到。",
                f"对照文件改正这一档或 {other.row.id} 的数或等级。",
                rung.op,
            )
        else:
            yield _Said(
                FALLING,
                rung,
                f"{self._name(rung)}从{self._figure(rung.written)}起，更重的{self._name(other)}却从"
                f"{self._figure(other.written)}起，{rung.row.grade}永远判不到。",
                f"对照文件，看这一档和 {other.row.id} 的数或等级是不是写反了。",
                rung.op,
            )

    def _outdoes(self, stricter: Rung, rung: Rung) -> bool:
        """A later file lays a stricter rung of its own over one that it took over.

        One that it put in the place of a rung of that very file belongs to the ladder as it stands.
        """
        files = self.subject.joined.files
        order = list(files)
        mine = files[self._file(rung)]
        return order.index(self._file(stricter)) > order.index(mine.path) and all(
            row.id != stricter.row.id for row in mine.pack.grade
        )

    def _slips(self) -> Iterator[_Said]:
        """Bounds that only fit their neighbours with 万 taken away or put in."""
        # "Any loss", "one person or more" are bounds like no others: nothing is measured by them.
        least = 1 if self.whole else 0
        bounds = {rung: rung.written for rung in self.rungs if rung.written > least}
        while True:
            tries = [
                (self._breaks(bounds | {rung: right}), -rung.rank, rung, right)
                for rung in bounds
                for right in (bounds[rung] / SLIP, bounds[rung] * SLIP)
                if bounds[rung] == rung.written and self._is_slip(rung, right, bounds)
            ]
            best = min(tries, key=lambda found: found[:2], default=None)
            if best is None:
                break
            _, _, rung, right = best
            bounds[rung] = right
            yield self._slip(rung, rung.written, right, rung.op)
        for rung in self.rungs:
            if rung.below is not None and bounds.get(rung) == rung.written:
                for after in self._nexts(rung)[1]:
                    if after.written > 0 and rung.below in (after.written * SLIP, after.written / SLIP):
                        yield self._slip(rung, rung.below, after.written, "below")
                        break

    def _is_slip(self, rung: Rung, right: Fraction, bounds: Mapping[Rung, Fraction]) -> bool:
        """The rung would be in line with what is beside it at `right`, ten thousand times away."""
        lighter, graver = self._beside(rung, -1, bounds), self._beside(rung, 1, bounds)
        return (lighter is not None or graver is not None) and _in_line(lighter, right, graver)

    def _breaks(self, bounds: Mapping[Rung, Fraction]) -> int:
        """How many rungs do not follow upon the grade below."""
        return sum(
            not _in_line(lighter, bound, None)
            for rung, bound in bounds.items()
            if (lighter := self._beside(rung, -1, bounds)) is not None
        )

    def _slip(self, rung: Rung, wrong: Fraction, right: Fraction, at: str) -> _Said:
        unit = self._unit(rung)
        return _Said(
            UNIT,
            rung,
            f"{self._name(rung)}的 {at} = {_number(wrong)}，和相邻各档差约一万倍，疑似应为{self._figure(right)}。",
            f"这个数量的单位是{unit}，请按{unit}换算：{_number(right)}。",
            at,
        )

    def _beside(self, rung: Rung, step: int, bounds: Mapping[Rung, Fraction]) -> Fraction | None:
        """The bound of the nearest lighter (−1) or graver (+1) grade; of several the one that is closest."""
        others = [other for other in bounds if (other.rank - rung.rank) * step > 0]
        nearest = min((abs(other.rank - rung.rank) for other in others), default=0)
        there = [bounds[other] for other in others if abs(other.rank - rung.rank) == nearest]
        mine = bounds[rung]
        return min(there, key=lambda bound: max(bound / mine, mine / bound), default=None)

    def _file(self, rung: Rung) -> str:
        return self.subject.joined.origin("grade", rung.row.id).file

    def _name(self, rung: Rung) -> str:
        return f"“{rung.row.grade}”（{rung.row.id}）"

    def _unit(self, rung: Rung) -> str:
        measure = self.subject.standards.measures.get(rung.measures[0])
        return "" if measure is None else measure.unit

    def _figure(self, number: Fraction) -> str:
        return f"{_number(number)}{self._unit(self.rungs[0])}"


def _in_line(lighter: Fraction | None, bound: Fraction, graver: Fraction | None) -> bool:
    """`bound` lies between its neighbours, and not far from either."""
    return (lighter is None or lighter < bound <= lighter * _IN_LINE) and (
        graver is None or bound < graver <= bound * _IN_LINE
    )


def _counted(measures: Sequence[str], subject: Subject) -> bool:
    known = subject.standards.measures
    return all(known[name].whole for name in measures if name in known)


def _number(number: Fraction) -> str:
    return str(int(number)) if number.denominator == 1 else f"{float(number):g}"
