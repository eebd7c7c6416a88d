"""What the standards make of a kind of incident before any figure is looked at.

A category, the tags and the sensitive days decide most of every condition; what is left are
thresholds on figures. That rest is worked out once for each kind of incident (`profile_of`) and
kept with the standards, so that judging a further incident of the kind only compares figures.
A kind with tags differs from the plain one in few rows; only these are worked out anew.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from datetime import date
from typing import Any

from jinji_report.judgement.bounds import wholes
from jinji_report.judgement.pattern import Grid
from jinji_report.judgement.windows import MOST_KEPT, windows_on
from jinji_report.standards.conditions import (
    Formula,
    Known,
    Threshold,
    either,
    grade_formula,
    listed,
    measures_of,
    merged,
    reduce,
    rungs_of,
    shape,
    thresholds_of,
)
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
from jinji_report.vocabulary import GRADES, TIERS, Effect, Grade, Side


class Rest:
    """What is left of a condition: of an unknown category several formulas, for which it stands at once."""

    __slots__ = ("formulas", "measures")

    def __init__(self, formulas: Iterable["Formula | bool"]) -> None:
        found = {shape(formula): formula for formula in map(merged, formulas)}
        self.formulas: tuple[Formula | bool, ...] = tuple(found.values())
        self.measures = frozenset(name for formula in self.formulas for name in measures_of(formula))

    @property
    def never(self) -> bool:
        """It cannot hold, whatever the figures."""
        return all(formula is False for formula in self.formulas)


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

    `offices` in the order of their tiers, each with what its rows come to; `ladders` what reaches each
    grade. `reports` and `grades`: the rows that apply and can hold, each with its own rest. `relevant`:
    the measures on which an office or a grade depends, in the order of the standards. `outlines`: what was
    decided already, by the pattern of the figures (`classify` fills it); `row_rests`: what the words of a
    row need (`explain` fills it). `place_of`: where each measure
    stands in the order of the standards.
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
        "firsts",
        "grades",
        "grid",
        "ladders",
        "nearest",
        "offices",
        "outlines",
        "outlooks",
        "owners",
        "place_of",
        "relevant",
        "reports",
        "rests",
        "row_rests",
        "several",
    )

    def __init__(
        self,
        category: str | None,
        tags: frozenset[str],
        on: date,
        signs: Set[int],
        standards: Standards,
        plain: "Profile | None",
    ) -> None:
        """`signs` are the signs of the `_Index` that hold; `plain` is the profile of the category without any."""
        names = [category] if category is not None else list(standards.categories)
        index = _index(standards)
        self.category = category
        self.several = len(names) > 1
        self._knowns = [Known(category=name, tags=tags, on=on, ranges={}) for name in names]
        self.firsts: dict[Any, Formula | bool] = {} if plain is None else dict(plain.firsts)
        self.rests: dict[Any, Rest] = {} if plain is None else dict(plain.rests)
        fresh: list[Formula | bool] = []
        touched = index.rows if plain is None else {row for sign in signs for row in index.rows_of[sign]}
        held = frozenset(signs)
        if not self.several:
            self._knowns[0].settled = self.firsts
        # The rungs first: other rows ask for the grade that they come to.
        for row in sorted(touched, key=_is_no_rung):
            if isinstance(row, (ReportRow, GradeRow)):
                self.firsts[row] = self._first(row, index, held, standards)
                fresh.append(self.firsts[row])
            else:
                self.rests[row] = self._rest(row, index, held, standards)
                fresh += self.rests[row].formulas
        self.offices = self._offices(standards, plain, touched)
        self.ladders = self._ladders(standards, plain, touched)
        self.nearest = min((TIERS.index(address.tier) for address, _ in self.offices), default=None)
        self.reports: list[tuple[ReportRow, Formula | bool]] = list(self._rows(standards.reports))
        self.grades: list[tuple[GradeRow, Formula | bool]] = list(self._rows(standards.grades))
        self.factors: list[tuple[Factor, Rest]] = self._possible(index.factors)
        self.consultations: list[tuple[Consultation, Rest]] = self._possible(standards.consultations)
        self.owners: list[tuple[Owner, Rest]] = self._possible(
            [row for row in index.owners if all([applies(row.categories, name) for name in names])]
        )
        self.asking = [(row, rest) for row, rest in self.factors if row.effect is Effect.ASKS]
        self.outlooks = sorted({row.outlook for row, _ in self.asking if row.outlook})
        rests = [*(rest for _, rest in self.offices), *self.ladders.values()]
        relevant = frozenset().union(*(rest.measures for rest in rests))
        self.relevant = [name for name in standards.measures if name in relevant]
        if plain is None or self.several:
            fresh += [formula for rest in rests for formula in rest.formulas]
        # Steps that no longer have a say do no harm, so the plain kind's serve, with those that are new.
        self.grid: Grid = Grid(fresh, standards, None if plain is None else plain.grid)
        self.outlines: dict[Hashable, Any] = {}
        self.row_rests: dict[Any, Any] = {}
        self._parts: dict[int, Rest] = {}
        self._behind: dict[str, list[tuple[str, Sequence[str], Tree]]] = {}
        self._touched: dict[str, tuple[Set[int], bool]] = {}
        self._bars: dict[str, tuple[list[float], list[Bar]]] | None = None
        self.place_of = index.place_of

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

    def _first(
        self, row: Any, index: "_Index", held: frozenset[int], standards: Standards
    ) -> "Formula | bool":
        """What is left of a row's condition; of an unknown category, for the first that brings the row."""
        known = next((known for known in self._knowns if applies(row.categories, known.category)), None)
        if known is None:
            return False
        settled, key = index.settled(row, known.category, held)
        found: Formula | bool | None = settled.get(key)
        if found is None:
            found = settled[key] = reduce(row.when, known, standards)
        return found

    def _rest(self, row: Any, index: "_Index", held: frozenset[int], standards: Standards) -> Rest:
        """What is left of a row's condition."""
        settled, key = index.settled(row, self.category, held)
        found: Rest | None = settled.get(key)
        if found is None:
            found = settled[key] = Rest(reduce(row.when, known, standards) for known in self._knowns)
        return found

    def _offices(
        self, standards: Standards, plain: "Profile | None", touched: Set[Any]
    ) -> list[tuple[Address, Rest]]:
        """What the rows of each office come to; offices that share their rows share the rest."""
        before = {} if plain is None else dict(plain.offices)
        shared: dict[tuple[ReportRow, ...], Rest] = {}
        found = []
        for address, rows in _index(standards).offices:
            if rows not in shared:
                if address in before and touched.isdisjoint(rows):
                    shared[rows] = before[address]
                elif self.several:
                    shared[rows] = Rest(
                        either(
                            reduce(row.when, known, standards)
                            for row in rows
                            if applies(row.categories, known.category)
                        )
                        for known in self._knowns
                    )
                else:
                    shared[rows] = Rest([either([self.firsts[row] for row in rows])])
            found.append((address, shared[rows]))
        return found

    def _ladders(self, standards: Standards, plain: "Profile | None", touched: Set[Any]) -> dict[Grade, Rest]:
        if plain is not None and touched.isdisjoint(standards.grades):
            return plain.ladders
        if self.several:
            return {
                grade: Rest(grade_formula(grade, known, standards) for known in self._knowns)
                for grade in GRADES
            }
        rungs = rungs_of(self.category, standards)
        return {
            grade: Rest([either([self.firsts[row] for row in rungs if row.grade in GRADES[place:]])])
            for place, grade in enumerate(GRADES)
        }

    def _rows(self, rows: Iterable[Any]) -> Iterator[tuple[Any, "Formula | bool"]]:
        for row in rows:
            formula = self.firsts[row]
            if formula is not False:
                yield row, formula

    def _possible(self, rows: Iterable[Any]) -> list[tuple[Any, Rest]]:
        return [(row, rest) for row in rows if not (rest := self.rests[row]).never]


class _Index:
    """The signs of the standards: every different set of tags or days that a condition asks for.

    `of_tag`, `of_window`: name → the signs that it brings. `rows_of`: sign → the rows that depend on it,
    through factors and grades too; `rows` are all. `offices`: each with its rows, by tier. `factors` are
    the lifting ones first, `owners` those of the industry. The numbers of the signs are the same on every day.
    """

    __slots__ = (
        "_by_category",
        "_lasting",
        "_on_others",
        "_settled",
        "_signs_of",
        "factors",
        "of_tag",
        "of_window",
        "offices",
        "owners",
        "place_of",
        "rows",
        "rows_of",
    )

    def __init__(self, standards: Standards) -> None:
        self.place_of = {name: place for place, name in enumerate(standards.measures)}
        self.of_tag: dict[str, set[int]] = {}
        self.of_window: dict[str, set[int]] = {}
        self.rows_of: dict[int, set[Any]] = {}
        self._settled: dict[Hashable, Any] = {}
        self._lasting: dict[Hashable, Any] = standards.lasting.setdefault("settled", {})
        self._signs_of: dict[Any, frozenset[int]] = {}
        self._by_category: set[Any] = set()
        self._on_others: set[Any] = set()
        order = list(Effect)
        self.factors = sorted(standards.factors, key=lambda row: order.index(row.effect))
        self.owners = sorted(standards.owners, key=lambda row: row.side == Side.LOCALITY)
        signs: dict[tuple[str, tuple[str, ...]], int] = standards.lasting.setdefault("signs", {})
        by_name: dict[str, set[int]] = {}
        by_effect: dict[str, set[int]] = {}
        graded: set[int] = set()

        heads: set[str] = set()  # of the row's own condition

        def signs_in(tree: Tree) -> set[int]:
            found: set[int] = set()
            heads.update(tree)
            for branch in ("any", "all"):
                for part in tree.get(branch, ()):
                    found |= signs_in(part)
            if "not" in tree:
                found |= signs_in(tree["not"])
            for head, places in (("tag", self.of_tag), ("window", self.of_window)):
                if head in tree:
                    names = tuple(sorted(listed(tree[head])))
                    sign = signs.setdefault((head, names), len(signs))
                    for name in names:
                        places.setdefault(name, set()).add(sign)
                    found.add(sign)
            for head, places in (("factor", by_name), ("factor_effect", by_effect)):
                for name in listed(tree.get(head, ())):
                    found |= places.get(name, set())
            return found | graded if "grade_at_least" in tree else found

        def placed(row: Any) -> set[int]:
            heads.clear()
            found = signs_in(row.when)
            for sign in found:
                self.rows_of.setdefault(sign, set()).add(row)
            self._signs_of[row] = frozenset(found)
            if not heads.isdisjoint(_OTHER_ROWS):
                self._on_others.add(row)
            if "category" in heads or row in self._on_others:
                self._by_category.add(row)
            return found

        for factor in standards.factors:
            found = placed(factor)
            by_name.setdefault(factor.name, set()).update(found)
            by_effect.setdefault(factor.effect.value, set()).update(found)
        for rung in standards.grades:
            graded |= placed(rung)
        others: list[Any] = [*standards.reports, *standards.consultations, *standards.owners]
        for row in others:
            placed(row)
        self.rows = {*standards.factors, *standards.grades, *others}
        addresses = dict.fromkeys(address for row in standards.reports for address in row.to)
        self.offices = [
            (address, tuple(row for row in standards.reports if address in row.to))
            for address in sorted(addresses, key=lambda address: TIERS.index(address.tier))
        ]

    def settled(
        self, row: Any, category: str | None, held: frozenset[int]
    ) -> tuple[dict[Hashable, Any], Hashable]:
        """Where it is kept what is left of a row, where the signs `held` hold, and under which key.

        Few kinds of incident differ in it; and where a condition rests on no other rows, it is so on every day.
        """
        kept = self._settled if row in self._on_others else self._lasting
        if len(kept) >= _MOST_SETTLED:
            kept.clear()
        return kept, (row, category if row in self._by_category else "", self._signs_of[row] & held)


def profile_of(category: str | None, tags: Iterable[str], on: date, standards: Standards) -> Profile:
    """The profile of an incident's kind; `standards` are those in force on the day `on`."""
    index = _index(standards)
    of_tag = index.of_tag
    signs = {sign for name in windows_on(on, standards) for sign in index.of_window.get(name, ())}
    for tag in tags:
        if tag in of_tag:
            signs |= of_tag[tag]
    category = category if category in standards.categories else None
    kept: dict[Any, Profile] = standards.kept.setdefault("profiles", {})
    key = (category, frozenset(signs))
    profile = kept.get(key)
    if profile is None:
        plain = _plain(category, standards) if signs else None
        if len(kept) >= MOST_KEPT:
            kept.clear()
        profile = kept[key] = Profile(category, frozenset(tags), on, signs, standards, plain)
    return profile


_HEADS = ("tag", "measure", "window")
_OTHER_ROWS = ("grade_at_least", "factor", "factor_effect")
_MOST_SETTLED = 1 << 16
_NO_DAY = date(1, 1, 1)  # in no window


def _plain(category: str | None, standards: Standards) -> Profile:
    """The profile of the category without tags, on a day without significance."""
    kept: dict[str | None, Profile] = standards.kept.setdefault("plain", {})
    if category not in kept:
        kept[category] = Profile(category, frozenset(), _NO_DAY, set(), standards, None)
    return kept[category]


def _index(standards: Standards) -> _Index:
    index: _Index | None = standards.kept.get("index")
    if index is None:
        index = standards.kept["index"] = _Index(standards)
    return index


def _is_no_rung(row: Any) -> bool:
    return not isinstance(row, GradeRow)


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
