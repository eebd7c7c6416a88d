"""The signs of the standards: every different set of tags or of sensitive times for which a condition asks.

A tag or a day counts by the signs that it brings, and a row depends on its own: those of its condition, and of the
factors and grades for which that asks. They are gathered once from all rows, in force or not, so that a sign has
the same number on every day.
"""

from collections.abc import Iterable, Sequence, Set
from datetime import date
from typing import Any

from jinji_report.judgement.windows import windows_on
from jinji_report.standards.conditions import listed
from jinji_report.standards.rows import Standards, Tree, applies

_OTHER_ROWS = frozenset(("grade_at_least", "factor", "factor_effect"))


class Signs:
    """Which signs there are, and which rows depend on them.

    `of_row`: row → its signs. `rows_of`: sign → the rows by which incidents are judged that depend on it.
    `of_limits`: the signs of all limits. `named`: row → the lists of categories that its condition names.
    `on_others`: the rows whose condition asks for factors or for a grade, which change with the day.
    """

    __slots__ = ("_for", "_of_tag", "_of_window", "named", "of_limits", "of_row", "on_others", "rows_of")

    def __init__(self, standards: Standards) -> None:
        self._for: dict[str | None, frozenset[int]] = {}
        self._of_tag: dict[str, set[int]] = {}
        self._of_window: dict[str, set[int]] = {}
        self.of_row: dict[Any, frozenset[int]] = {}
        self.rows_of: dict[int, set[Any]] = {}
        self.named: dict[Any, list[Sequence[str]]] = {}
        self.on_others: set[Any] = set()
        numbers: dict[tuple[str, tuple[str, ...]], int] = {}
        by_name: dict[str, set[int]] = {}
        by_effect: dict[str, set[int]] = {}
        graded: set[int] = set()

        def gather(tree: Tree, row: Any, found: set[int]) -> None:
            for branch in ("any", "all"):
                for part in tree.get(branch, ()):
                    gather(part, row, found)
            if "not" in tree:
                gather(tree["not"], row, found)
            if "category" in tree:
                self.named.setdefault(row, []).append(tree["category"])
            for head, places in (("tag", self._of_tag), ("window", self._of_window)):
                if head in tree:
                    names = tuple(sorted(listed(tree[head])))
                    sign = numbers.setdefault((head, names), len(numbers))
                    for name in names:
                        places.setdefault(name, set()).add(sign)
                    found.add(sign)
            if not _OTHER_ROWS.isdisjoint(tree):
                self.on_others.add(row)
                for name in listed(tree.get("factor", ())):
                    found |= by_name.get(name, set())
                for name in listed(tree.get("factor_effect", ())):
                    found |= by_effect.get(name, set())
                if "grade_at_least" in tree:
                    found |= graded

        def placed(row: Any) -> frozenset[int]:
            found: set[int] = set()
            gather(row.when, row, found)
            signs = self.of_row[row] = frozenset(found)
            return signs

        for factor in standards.factors:
            found = placed(factor)
            by_name.setdefault(factor.name, set()).update(found)
            by_effect.setdefault(factor.effect.value, set()).update(found)
        for rung in standards.grades:
            graded |= placed(rung)
        for row in (*standards.reports, *standards.consultations, *standards.owners):
            placed(row)
        for row, signs in self.of_row.items():
            for sign in signs:
                self.rows_of.setdefault(sign, set()).add(row)
        self.of_limits: frozenset[int] = frozenset().union(*map(placed, standards.limits))

    def held(self, tags: Iterable[str], on: date, standards: Standards) -> Set[int]:
        """The signs that hold of an incident with these tags on the day `on`."""
        signs = {sign for name in windows_on(on, standards) for sign in self._of_window.get(name, ())}
        of_tag = self._of_tag
        for tag in tags:
            if tag in of_tag:
                signs |= of_tag[tag]
        return signs

    def that_matter_to(self, category: str | None) -> frozenset[int]:
        """The signs on which some row depends that applies to the category."""
        found = self._for.get(category)
        if found is None:
            found = self._for[category] = frozenset(
                sign
                for sign, rows in self.rows_of.items()
                if category is None or any(applies(getattr(row, "categories", ()), category) for row in rows)
            )
        return found


def signs_of(standards: Standards) -> Signs:
    """The signs of the standards, kept with them for every day."""
    signs: Signs | None = standards.lasting.get("signs")
    if signs is None:
        signs = standards.lasting["signs"] = Signs(standards.whole)
    return signs
