"""What the tags, the days and the category of an incident leave of each row's condition: thresholds on figures.

A tag or a day counts by the signs that it brings: the different sets of tags and days for which conditions ask.
A row's rest depends on its own signs alone (and on what the category has to do with it), so it is worked out
once for all incidents that are alike in these, and equal rests are one object.
"""

from collections.abc import Hashable, Iterable, Sequence, Set
from datetime import date
from functools import partial
from typing import Any

from jinji_report.judgement.windows import windows_on
from jinji_report.standards.conditions import (
    Formula,
    Known,
    listed,
    measures_of,
    merged,
    reduce,
    shape,
)
from jinji_report.standards.kept import Kept
from jinji_report.standards.rows import GradeRow, ReportRow, Standards, Tree, applies
from jinji_report.vocabulary import TIERS, Effect, Side

_OTHER_ROWS = ("grade_at_least", "factor", "factor_effect")
_MOST = 1 << 16


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


class Left:
    """What is left of the conditions of rows: a formula of each reporting and grading row (`firsts`; of an unknown
    category for the first that brings the row), a `Rest` of each other one (`rests`)."""

    __slots__ = ("firsts", "rests")

    def __init__(self) -> None:
        self.firsts: dict[Any, Formula | bool] = {}
        self.rests: dict[Any, Rest] = {}

    @property
    def formulas(self) -> "list[Formula | bool]":
        """All that is left, as formulas."""
        return [*self.firsts.values(), *(one for rest in self.rests.values() for one in rest.formulas)]

    def other_than(self, before: "Left") -> "Left":
        """Of these rows, those of which `before` has something else left."""
        found = Left()
        found.firsts = {row: left for row, left in self.firsts.items() if left is not before.firsts[row]}
        found.rests = {row: left for row, left in self.rests.items() if left is not before.rests[row]}
        return found

    def over(self, before: "Left") -> "Left":
        """These rows, and what `before` has left of the others."""
        found = Left()
        found.firsts = before.firsts | self.firsts
        found.rests = before.rests | self.rests
        return found


class Index:
    """The signs of the standards: every different set of tags or days that a condition asks for.

    `rows_of`: sign → the rows by which it is judged that depend on it, through factors and grades too; `rows` are
    all. `of_limits`: the signs on which some limit depends. `offices`: each with its rows, by tier. `factors` are
    the lifting ones first, `owners` those of the industry. The numbers of the signs are the same on every day.
    """

    __slots__ = (
        "_alike",
        "_lasting",
        "_of_tag",
        "_of_window",
        "_on_others",
        "_rests",
        "_settled",
        "_signs_for",
        "_signs_of",
        "_told_apart",
        "factors",
        "of_limits",
        "offices",
        "owners",
        "place_of",
        "rows",
        "rows_of",
    )

    def __init__(self, standards: Standards) -> None:
        self.place_of = {name: place for place, name in enumerate(standards.measures)}
        self._of_tag: dict[str, set[int]] = {}
        self._of_window: dict[str, set[int]] = {}
        self.rows_of: dict[int, set[Any]] = {}
        self._settled: Kept[Formula | bool] = Kept(_MOST)
        self._lasting: Kept[Formula | bool] = standards.lasting.setdefault("settled", Kept(_MOST))
        self._alike: dict[Hashable, Any] = standards.lasting.setdefault("alike", {})
        self._rests: Kept[Rest] = standards.lasting.setdefault("rests", Kept(_MOST))
        self._signs_of: dict[Any, frozenset[int]] = {}
        self._signs_for: dict[str | None, frozenset[int]] = {}
        self._told_apart: dict[Any, list[Sequence[str]]] = {}
        self._on_others: set[Any] = set()
        order = list(Effect)
        self.factors = sorted(standards.factors, key=lambda row: order.index(row.effect))
        self.owners = sorted(standards.owners, key=lambda row: row.side == Side.LOCALITY)
        signs: dict[tuple[str, tuple[str, ...]], int] = standards.lasting.setdefault("signs", {})
        by_name: dict[str, set[int]] = {}
        by_effect: dict[str, set[int]] = {}
        graded: set[int] = set()

        # Of the row's own condition.
        heads: set[str] = set()
        apart: list[Sequence[str]] = []

        def signs_in(tree: Tree) -> set[int]:
            found: set[int] = set()
            heads.update(tree)
            if "category" in tree:
                apart.append(tree["category"])
            for branch in ("any", "all"):
                for part in tree.get(branch, ()):
                    found |= signs_in(part)
            if "not" in tree:
                found |= signs_in(tree["not"])
            for head, places in (("tag", self._of_tag), ("window", self._of_window)):
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
            apart.clear()
            found = signs_in(row.when)
            self._signs_of[row] = frozenset(found)
            if not heads.isdisjoint(_OTHER_ROWS):
                self._on_others.add(row)
            if apart:
                self._told_apart[row] = [*apart]
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
        for row in self.rows:
            for sign in self._signs_of[row]:
                self.rows_of.setdefault(sign, set()).add(row)
        self.of_limits = frozenset().union(*map(placed, standards.limits))
        addresses = dict.fromkeys(address for row in standards.reports for address in row.to)
        self.offices = [
            (address, tuple(row for row in standards.reports if address in row.to))
            for address in sorted(addresses, key=lambda address: TIERS.index(address.tier))
        ]

    def held(self, tags: Iterable[str], on: date, standards: Standards) -> Set[int]:
        """The signs that hold of an incident."""
        signs = {sign for name in windows_on(on, standards) for sign in self._of_window.get(name, ())}
        of_tag = self._of_tag
        for tag in tags:
            if tag in of_tag:
                signs |= of_tag[tag]
        return signs

    def known(
        self,
        category: str | None,
        tags: Iterable[str],
        on: date,
        held: frozenset[int],
        standards: Standards,
    ) -> Known:
        """What is known of an incident of which the signs `held` hold, and what is kept of the rows for it."""
        known = Known(category=category, tags=tags, on=on, ranges={})
        known.left_of = partial(self.of_row, held=held, standards=standards)
        return known

    def signs_for(self, category: str | None) -> frozenset[int]:
        """The signs on which some row depends that applies to the category."""
        found = self._signs_for.get(category)
        if found is None:
            found = self._signs_for[category] = frozenset(
                sign
                for sign, rows in self.rows_of.items()
                if category is None or any(applies(getattr(row, "categories", ()), category) for row in rows)
            )
        return found

    def left_of(
        self,
        rows: Set[Any],
        knowns: Sequence[Known],
        held: frozenset[int],
        standards: Standards,
    ) -> Left:
        """What is left of `rows` where the signs `held` hold."""
        found = Left()
        for row in rows:
            if isinstance(row, GradeRow | ReportRow):
                found.firsts[row] = self._first(row, knowns, held, standards)
            else:
                found.rests[row] = self._rest(row, knowns, held, standards)
        return found

    def of_row(self, row: Any, known: Known, held: frozenset[int], standards: Standards) -> "Formula | bool":
        """What is left of a row's condition where the signs `held` hold, as they do for `known`.

        Few kinds of incident differ in it; and where a condition rests on no other rows, it is so on every day.
        """
        kept = self._settled if row in self._on_others else self._lasting
        key = row, self._of_category(row, known.category), self._signs_of[row] & held
        found: Formula | bool | None = kept.get(key)
        if found is None:
            left = reduce(row.when, known, standards)
            same = left if isinstance(left, bool) else self._alike.setdefault(shape(left), left)
            found = kept.put(key, same)
        return found

    def _of_category(self, row: Any, category: str | None) -> Hashable:
        """What the category has to do with a row's condition: whether it is among those that it names."""
        if row in self._on_others:
            return category
        return tuple([category in names for names in self._told_apart.get(row, ())])

    def _first(
        self, row: Any, knowns: Sequence[Known], held: frozenset[int], standards: Standards
    ) -> "Formula | bool":
        """What is left of a row's condition; of an unknown category, for the first that brings the row."""
        known = next((known for known in knowns if applies(row.categories, known.category)), None)
        return False if known is None else self.of_row(row, known, held, standards)

    def _rest(self, row: Any, knowns: Sequence[Known], held: frozenset[int], standards: Standards) -> Rest:
        """What is left of a row's condition, for whatever category it may be."""
        differ = knowns if row in self._on_others or row in self._told_apart else knowns[:1]
        key = tuple([self.of_row(row, known, held, standards) for known in differ])
        found: Rest | None = self._rests.get(key)
        if found is None:
            found = self._rests.put(key, Rest(key))
        return found


def index_of(standards: Standards) -> Index:
    """The index of the standards in force on a day, kept with them."""
    index: Index | None = standards.kept.get("index")
    if index is None:
        index = standards.kept["index"] = Index(standards)
    return index
