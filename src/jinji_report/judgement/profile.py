"""What the standards make of a kind of incident before any figure is looked at.

A category, the tags and the sensitive days decide most of every condition; what is left are
thresholds on figures. That rest is worked out once for each kind of incident (`profile_of`) and
kept with the standards, so that judging a further incident of the kind only compares figures.
A kind with tags differs from the plain one in few rows; only these are worked out anew.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from typing import Any

from jinji_report.judgement.bounds import wholes
from jinji_report.judgement.left import Left, Rest, index_of
from jinji_report.judgement.pattern import Grid
from jinji_report.judgement.signs import signs_of
from jinji_report.standards.conditions import (
    Formula,
    Known,
    Threshold,
    either,
    listed,
    reduce,
    rungs_of,
    thresholds_of,
)
from jinji_report.standards.kept import Kept
from jinji_report.standards.rows import (
    Address,
    Consultation,
    Factor,
    GradeRow,
    Owner,
    ReportRow,
    Standards,
    Tree,
    applies,
)
from jinji_report.vocabulary import GRADES, TIERS, Effect, Grade


class Bar:
    """A value to be reached: `value`, the row that sets it, and the grade or the offices that it would bring."""

    __slots__ = ("criterion", "grade", "to", "value")

    def __init__(self, value: float, criterion: str, grade: Grade | None, to: Sequence[Address]) -> None:
        self.value = value
        self.criterion = criterion
        self.grade = grade
        self.to = to


class Profile:
    """The conditions of one kind of incident, down to its thresholds.

    `left`: what is left of every row. `offices` in the order of their tiers, each with what its rows come to;
    `ladders` what reaches each grade. `reports` and `grades`: the rows that apply and can hold, each with its
    own rest. `relevant`: the measures on which an office or a grade depends, in the order of the standards.
    `outlines`: what was decided already, by the pattern of the figures (`classify` fills it). `place_of`: where
    each measure stands in the order of the standards.
    """

    __slots__ = (
        "_bars",
        "_behind",
        "_knowns",
        "_parts",
        "_touched",
        "asking",
        "category",
        "consultations",
        "factors",
        "grades",
        "grid",
        "ladders",
        "left",
        "nearest",
        "offices",
        "outlines",
        "outlooks",
        "owners",
        "place_of",
        "relevant",
        "reports",
        "several",
    )

    def __init__(
        self,
        category: str | None,
        knowns: Sequence[Known],
        held: frozenset[int],
        left: Left,
        standards: Standards,
        plain: "Profile | None",
    ) -> None:
        """`held`: the signs of the incident that hold. `left` is of all rows; with the `plain` profile of the
        category, of those in which the two differ."""
        index = index_of(standards)
        self.category = category
        self.several = category is None
        self.place_of = index.place_of
        self._knowns = knowns
        self.left: Left = left if plain is None else left.over(plain.left)
        changed = left.firsts.keys()
        self.offices = self._offices(held, standards, plain, changed)
        self.ladders = self._ladders(held, standards, plain, changed)
        self.nearest = min((TIERS.index(address.tier) for address, _ in self.offices), default=None)
        self.reports: Sequence[tuple[ReportRow, Formula | bool]]
        self.grades: Sequence[tuple[GradeRow, Formula | bool]]
        if plain is None or changed:
            self.reports = [*self._rows(standards.reports)]
            self.grades = [*self._rows(standards.grades)]
            rests = [*(rest for _, rest in self.offices), *self.ladders.values()]
            relevant = frozenset().union(*(rest.measures for rest in rests))
            self.relevant = [name for name in standards.measures if name in relevant]
        else:
            rests = []
            self.reports, self.grades, self.relevant = plain.reports, plain.grades, plain.relevant
        if plain is None or left.rests:
            names = [known.category for known in knowns]
            self.factors: list[tuple[Factor, Rest]] = self._possible(index.factors)
            self.consultations: list[tuple[Consultation, Rest]] = self._possible(standards.consultations)
            self.owners: list[tuple[Owner, Rest]] = self._possible(
                [row for row in index.owners if all([applies(row.categories, name) for name in names])]
            )
            self.asking = [(row, rest) for row, rest in self.factors if row.effect is Effect.ASKS]
            self.outlooks = sorted({row.outlook for row, _ in self.asking if row.outlook})
        else:
            self.factors, self.consultations, self.owners = plain.factors, plain.consultations, plain.owners
            self.asking, self.outlooks = plain.asking, plain.outlooks
        fresh = left.formulas
        if plain is None or self.several:
            fresh += [formula for rest in rests for formula in rest.formulas]
        # Steps that no longer have a say do no harm, so the plain kind's serve, with those that are new.
        self.grid: Grid = Grid(fresh, standards, None if plain is None else plain.grid)
        self.outlines: Kept[Any] = Kept()
        self._parts: dict[int, Rest] = {}
        self._behind: dict[str, list[tuple[str, Sequence[str], Tree]]] = {}
        self._touched: dict[str, tuple[Set[int], bool]] = {}
        self._bars: dict[str, tuple[list[float], list[Bar]]] | None = None

    def rest_of(self, tree: Tree, standards: Standards) -> Rest:
        """What is left of a part of a row's condition."""
        if id(tree) not in self._parts:
            self._parts[id(tree)] = Rest(reduce(tree, known, standards) for known in self._knowns)
        return self._parts[id(tree)]

    def leaves_of(self, row: Factor) -> list[tuple[str, Sequence[str], Tree]]:
        """The conditions of a factor that rest on words of a note: their head, the names in them, themselves."""
        found = self._behind.get(row.id)
        if found is None:
            heads = [(next(h for h in _HEADS if h in leaf), leaf) for leaf in _leaves_in(row.when)]
            found = self._behind[row.id] = [(head, listed(leaf[head]), leaf) for head, leaf in heads]
        return found

    def touched_by(self, measure: str, standards: Standards) -> tuple[Set[int], bool]:
        """On what `measure`, or a part or whole of it, has a say: the `id` of rests of offices, and whether on a grade."""
        found = self._touched.get(measure)
        if found is None:
            whole = standards.measures[measure].part_of or measure
            family = {measure, whole, *wholes(standards).get(whole, ())}
            found = self._touched[measure] = (
                {id(rest) for _, rest in self.offices if family & rest.measures},
                any(family & rest.measures for rest in self.ladders.values()),
            )
        return found

    def bars_above(self, measure: str, value: float, near: float) -> Sequence[Bar]:
        """What a rising `measure` alone could yet reach above `value` and up to `near`, nearest first; of
        equals, a rung of a grade before an office."""
        if self._bars is None:
            found: dict[str, list[Bar]] = {}
            for rung, formula in self.grades:
                for threshold in thresholds_of(formula):
                    _add_bar(found, threshold, rung.id, rung.grade, ())
            for row, formula in self.reports:
                if isinstance(formula, Threshold):
                    _add_bar(found, formula, row.id, None, row.to)
            self._bars = {}
            for name, bars in found.items():
                bars.sort(key=lambda bar: bar.value)
                self._bars[name] = [bar.value for bar in bars], bars
        if measure not in self._bars:
            return ()
        values, bars = self._bars[measure]
        return bars[bisect_right(values, value) : bisect_right(values, near)]

    def _offices(
        self, held: frozenset[int], standards: Standards, plain: "Profile | None", touched: Set[Any]
    ) -> list[tuple[Address, Rest]]:
        """What the rows of each office come to; offices that share their rows share the rest."""
        before = {} if plain is None else dict(plain.offices)
        shared: dict[tuple[ReportRow, ...], Rest] = {}
        found = []
        for address, rows in index_of(standards).offices:
            if rows not in shared:
                same = address in before and touched.isdisjoint(rows)
                shared[rows] = before[address] if same else self._come_to(rows, held, standards)
            found.append((address, shared[rows]))
        return found

    def _ladders(
        self, held: frozenset[int], standards: Standards, plain: "Profile | None", touched: Set[Any]
    ) -> dict[Grade, Rest]:
        """What reaches each grade or a graver one."""
        if plain is not None and touched.isdisjoint(standards.grades):
            return plain.ladders
        rungs = standards.grades if self.several else rungs_of(self.category, standards)
        return {
            grade: self._come_to([row for row in rungs if row.grade in GRADES[place:]], held, standards)
            for place, grade in enumerate(GRADES)
        }

    def _come_to(
        self, rows: Sequence[ReportRow | GradeRow], held: frozenset[int], standards: Standards
    ) -> Rest:
        """What is left of several rows of which one is enough: for each category that it may be."""
        if not self.several:
            firsts = self.left.firsts
            return Rest([either([firsts[row] for row in rows if row in firsts])])
        of_row = index_of(standards).of_row
        each: dict[str | None, list[Formula | bool]] = {known.category: [] for known in self._knowns}
        known_of = {known.category: known for known in self._knowns}
        for row in rows:
            for name in row.categories or each:
                if name in each:
                    each[name].append(of_row(row, known_of[name], held, standards))
        return Rest(map(either, dict.fromkeys(map(tuple, each.values()))))

    def _rows(self, rows: Iterable[Any]) -> Iterator[tuple[Any, "Formula | bool"]]:
        for row in rows:
            formula = self.left.firsts.get(row, False)
            if formula is not False:
                yield row, formula

    def _possible(self, rows: Iterable[Any]) -> list[tuple[Any, Rest]]:
        return [(row, rest) for row in rows if not (rest := self.left.rests[row]).never]


def profile_of(category: str | None, tags: Iterable[str], on: date, standards: Standards) -> Profile:
    """The profile of an incident's kind; `standards` are those in force on the day `on`."""
    category = category if category in standards.categories else None
    signs = signs_of(standards)
    held = signs.that_matter_to(category) & signs.held(tags, on, standards)
    kept: Kept[Profile] = standards.kept_as("profiles")
    key = category, held
    profile = kept.get(key)
    if profile is None:
        profile = kept.put(key, _profile(category, tags, on, held, standards))
    return profile


def _profile(
    category: str | None, tags: Iterable[str], on: date, held: frozenset[int], standards: Standards
) -> Profile:
    """The profile of a kind where the signs `held` hold.

    Many signs change nothing about a kind, or the same: such incidents share the profile, and what is decided by it.
    """
    if not held:
        return _plain(category, standards)
    index, plain = index_of(standards), _plain(category, standards)
    knowns = _knowns(category, tags, on, held, standards)
    left = index.left_of(index.rows_on(held), knowns, held, standards)
    if category is not None:
        left = left.other_than(plain.left)
        if not left.firsts and not left.rests:
            return plain
    kept: Kept[Profile] = standards.kept_as("alike")
    key = category, frozenset(left.firsts.items()), frozenset(left.rests.items())
    profile = kept.get(key)
    if profile is None:
        profile = kept.put(key, Profile(category, knowns, held, left, standards, plain))
    return profile


def _plain(category: str | None, standards: Standards) -> Profile:
    """The profile of the category without tags, on a day without significance."""
    kept: Kept[Profile] = standards.kept_as("plain")
    plain = kept.get(category)
    if plain is None:
        index = index_of(standards)
        knowns = _knowns(category, (), _NO_DAY, frozenset(), standards)
        left = index.left_of(index.rows, knowns, frozenset(), standards)
        plain = kept.put(category, Profile(category, knowns, frozenset(), left, standards, None))
    return plain


def _knowns(
    category: str | None, tags: Iterable[str], on: date, held: frozenset[int], standards: Standards
) -> Sequence[Known]:
    """What is known of the incident, for each category that it may be of."""
    names = [category] if category is not None else list(standards.categories)
    index = index_of(standards)
    return [index.known(name, tags, on, held, standards) for name in names]


_HEADS = ("tag", "measure", "window")
_NO_DAY = date(1, 1, 1)  # in no window


def _add_bar(
    bars: dict[str, list[Bar]],
    threshold: Threshold,
    criterion: str,
    grade: Grade | None,
    to: Sequence[Address],
) -> None:
    if threshold.one is not None and threshold.rising:
        bar = Bar(threshold.bound + threshold.strict, criterion, grade, to)
        bars.setdefault(threshold.one, []).append(bar)


def _leaves_in(tree: Any) -> list[Any]:
    """Every tag, measure and window condition of a condition, but for those that it denies."""
    found: list[Any] = []
    for branch in ("any", "all"):
        for part in tree.get(branch, ()):
            found += _leaves_in(part)
    return found or ([tree] if any(head in tree for head in _HEADS) else [])
