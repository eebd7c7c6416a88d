"""What the tags, the days and the category of an incident leave of each row's condition: thresholds on figures.

A row's rest depends on its own signs alone (`signs`), and on what the category has to do with it. So it is worked
out once for all incidents that are alike in these, and equal rests are one object.
"""

from collections.abc import Hashable, Iterable, Sequence, Set
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from jinji_report.judgement.signs import signs_of
from jinji_report.standards.conditions import (
    Formula,
    Known,
    measures_of,
    merged,
    reduce,
    shape,
)
from jinji_report.standards.kept import Kept
from jinji_report.standards.rows import GradeRow, ReportRow, Standards, applies
from jinji_report.vocabulary import TIERS, Effect, Side

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
    """The rows in force on a day, and what is left of each for the kinds of incident that were asked for.

    `rows` are all by which incidents are judged. `offices`: each with its rows, by tier. `factors` are the lifting
    ones first, `owners` those of the industry. `place_of`: where each measure stands in the order of the standards.
    """

    __slots__ = (
        "_alike",
        "_lasting",
        "_rests",
        "_settled",
        "_signs",
        "factors",
        "offices",
        "owners",
        "place_of",
        "rows",
    )

    def __init__(self, standards: Standards) -> None:
        self._signs = signs_of(standards)
        self._settled: Kept[Formula | bool] = Kept(_MOST)
        self._lasting: Kept[Formula | bool] = standards.lasting.setdefault("settled", Kept(_MOST))
        self._alike: dict[Hashable, Any] = standards.lasting.setdefault("alike", {})
        self._rests: Kept[Rest] = standards.lasting.setdefault("rests", Kept(_MOST))
        self.place_of = {name: place for place, name in enumerate(standards.measures)}
        order = list(Effect)
        self.factors = sorted(standards.factors, key=lambda row: order.index(row.effect))
        self.owners = sorted(standards.owners, key=lambda row: row.side == Side.LOCALITY)
        self.rows: set[Any] = {
            *standards.factors,
            *standards.grades,
            *standards.reports,
            *standards.consultations,
            *standards.owners,
        }
        addresses = dict.fromkeys(address for row in standards.reports for address in row.to)
        self.offices = [
            (address, tuple(row for row in standards.reports if address in row.to))
            for address in sorted(addresses, key=lambda address: TIERS.index(address.tier))
        ]

    def rows_on(self, signs: Iterable[int]) -> Set[Any]:
        """The rows that depend on one of the signs."""
        rows_of = self._signs.rows_of
        return self.rows.intersection(chain.from_iterable([rows_of[sign] for sign in signs]))

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
            if not isinstance(row, GradeRow | ReportRow):
                found.rests[row] = self._rest(row, knowns, held, standards)
                continue
            for known in knowns:
                if applies(row.categories, known.category):
                    found.firsts[row] = self.of_row(row, known, held, standards)
                    break
        return found

    def of_row(self, row: Any, known: Known, held: frozenset[int], standards: Standards) -> "Formula | bool":
        """What is left of a row's condition where the signs `held` hold, as they do for `known`.

        Few kinds of incident differ in it; and where a condition rests on no other rows, it is so on every day.
        """
        signs, category = self._signs, known.category
        kept = self._settled if row in signs.on_others else self._lasting
        of_category: Hashable = category
        if kept is self._lasting:
            of_category = tuple([category in names for names in signs.named.get(row, ())])
        key = row, of_category, signs.of_row[row] & held
        found = kept.get(key)
        if found is None:
            left = reduce(row.when, known, standards)
            same = left if isinstance(left, bool) else self._alike.setdefault(shape(left), left)
            found = kept.put(key, same)
        return found

    def _rest(self, row: Any, knowns: Sequence[Known], held: frozenset[int], standards: Standards) -> Rest:
        """What is left of a row's condition, for whatever category it may be."""
        differ = knowns if row in self._signs.on_others or row in self._signs.named else knowns[:1]
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
