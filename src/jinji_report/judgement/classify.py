"""研判: facts and standards in, verdict out.

The verdict is decided over every filling of the ranges (`standards.conditions`), per office; the
strongest decision leads. An unknown category is one more thing that can take any value.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from jinji_report.judgement.bounds import Bounds, Range, bounds, day_of, tightened
from jinji_report.judgement.explain import near_misses, reasons
from jinji_report.judgement.owners import owners
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import GradeRange, OfficeDecision, Verdict
from jinji_report.standards.conditions import (
    Formula,
    Known,
    Outcomes,
    either,
    grade_formula,
    measures_of,
    outcomes,
    reduce,
    shape,
)
from jinji_report.standards.rows import Address, Factor, Standards, applies
from jinji_report.vocabulary import DECISIONS, GRADES, TIERS, Decision, Effect, Grade, Precision

Ranges = dict[str, Range]


def classify(facts: Facts, standards: Standards, now: datetime, *, consulted: bool = False) -> Verdict:
    """The verdict on `facts` by the standards in force on the day it happened.

    `consulted`: an opinion was recorded, so a consultation no longer keeps the decision open (R6).
    """
    on = day_of(facts, now)
    in_force = standards.on(on)
    case = _Case(facts, in_force, on)
    decisions = {
        address: _decision(case.office_outcomes(address, case.bounds.ranges)) for address in case.offices
    }
    factors = case.factors()
    consult = case.consultations()
    holding = [row for row in consult if row.holds_open] if not consulted else []
    case.keep_open(decisions, holding=bool(holding))
    grade = case.grade(case.bounds.ranges)
    strongest = max(decisions.values(), key=DECISIONS.index, default=Decision.KEEP)
    return Verdict(
        decision=strongest,
        grade=grade,
        report_to=tuple(
            OfficeDecision(address.tier, address.line, in_force.office_name(address), decision)
            for address, decision in sorted(decisions.items(), key=lambda item: TIERS.index(item[0].tier))
            if decision != Decision.KEEP
        ),
        reasons=reasons(facts, case.knowns, case.bounds, in_force, grade, decisions),
        near_misses=near_misses(facts, case.knowns, case.bounds, in_force, grade, decisions),
        questions=case.questions(decisions, grade, factors),
        factors=[
            {
                "factor": row.name,
                "effect": row.effect,
                "said": case.words_behind(row),
                "criterion": row.id,
                "clause": row.clause,
            }
            for row in factors
        ],
        consult=[
            {"unit": unit, "questions": list(questions)}
            for unit, questions in _merged(unit for row in consult for unit in row.units)
        ],
        owners=owners(facts, case.knowns, case.bounds, in_force),
        presumed=sorted(case.bounds.presumed & case.relevant, key=list(in_force.measures).index),
        standards={"id": standards.id, "digest": standards.digest, "on": on.isoformat()},
    )


class _Case:
    """One incident being judged: the facts as conditions see them, and what was already reduced."""

    def __init__(self, facts: Facts, standards: Standards, on: date) -> None:
        self.facts = facts
        self.standards = standards
        self.bounds: Bounds = bounds(facts, standards)
        # A name that the standards do not know tells no more than none: it may be any category.
        self.category = facts.category if facts.category in standards.categories else None
        categories = [self.category] if self.category else list(standards.categories)
        self.knowns = [
            Known(category=category, tags=facts.tags, on=on, ranges=self.bounds.ranges)
            for category in categories
        ]
        self.offices: list[Address] = list(
            dict.fromkeys(address for row in standards.reports for address in row.to)
        )
        # What an unknown category leaves open, most categories share: equal rows are judged once.
        self.formulas: dict[Address, list[Formula | bool]] = {}
        shared: dict[tuple[str, ...], list[Formula | bool]] = {}
        for address in self.offices:
            rows = [row for row in standards.reports if address in row.to]
            ids = tuple(row.id for row in rows)
            if ids not in shared:
                shared[ids] = _distinct(
                    either(
                        reduce(row.when, known, standards)
                        for row in rows
                        if applies(row.categories, known.category)
                    )
                    for known in self.knowns
                )
            self.formulas[address] = shared[ids]
        self.judged: dict[tuple[int, int], tuple[Ranges, Outcomes]] = {}
        self.ladders: dict[Grade, list[Formula | bool]] = {
            grade: _distinct(grade_formula(grade, known, standards) for known in self.knowns)
            for grade in GRADES
        }
        self.relevant: set[str] = {
            measure
            for formulas in (*self.formulas.values(), *self.ladders.values())
            for formula in formulas
            for measure in measures_of(formula)
        }

    def office_outcomes(self, address: Address, ranges: Ranges) -> Outcomes:
        """What the rows of the office say of `ranges`; offices that share their rows are judged once."""
        key = id(self.formulas[address]), id(ranges)
        if key not in self.judged:
            self.judged[key] = ranges, self._over(self.formulas[address], ranges)
        return self.judged[key][1]

    def grade(self, ranges: Ranges) -> GradeRange | None:
        low: Grade | None = None
        high: Grade | None = None
        for grade in GRADES:
            found = self._over(self.ladders[grade], ranges)
            if found.sure:
                low = grade
            if found.can_hold:
                high = grade
        return None if high is None else GradeRange(low, high)

    def _over(self, formulas: list["Formula | bool"], ranges: Ranges) -> Outcomes:
        found = [outcomes(formula, ranges, self.standards) for formula in formulas]
        return Outcomes(any(o.can_hold for o in found), any(o.can_fail for o in found))

    def holds(self, tree: Any) -> Outcomes:
        return self._over(
            _distinct(reduce(tree, known, self.standards) for known in self.knowns), self.bounds.ranges
        )

    def factors(self) -> list[Factor]:
        """The factors that surely hold, the lifting ones first."""
        order = list(Effect)
        found = [row for row in self.standards.factors if self.holds(row.when).sure]
        return sorted(found, key=lambda row: order.index(row.effect))

    def consultations(self) -> list[Any]:
        return [row for row in self.standards.consultations if self.holds(row.when).sure]

    def keep_open(self, decisions: dict[Address, Decision], *, holding: bool) -> None:
        """备查 becomes 待核 where the answer to a factor that may hold, or a consultation, could still change it."""
        asking = [
            row
            for row in self.standards.factors
            if row.effect == Effect.ASKS and self.holds(row.when).can_hold
        ]
        nearest = min((TIERS.index(a.tier) for a in self.offices), default=None)
        for address, decision in decisions.items():
            if decision != Decision.KEEP:
                continue
            near = TIERS.index(address.tier) == nearest
            if (holding and near) or any(self.asks(row, address, near) for row in asking):
                decisions[address] = Decision.UNSURE

    def asks(self, row: Factor, address: Address, near: bool) -> bool:
        """An asking factor's answer could change the decision for `address`."""
        if row.effect != Effect.ASKS:
            return False
        if not row.outlook:
            return near
        return self.office_outcomes(address, self._outlook(row)).can_hold

    def _outlook(self, row: Factor) -> Ranges:
        """The ranges if everybody whom the factor fears for dies."""
        ranges = dict(self.bounds.ranges)
        feared = sum(self.bounds.unpresumed[measure][1] for measure in row.outlook if measure in ranges)
        low, high = ranges["deaths"]
        ranges["deaths"] = (low, high + feared)
        return ranges

    def words_behind(self, row: Factor) -> str:
        """The words of the note on which the factor rests: those of the conditions that hold."""
        words: list[str] = []
        for leaf in _leaves_of(row.when):
            if not self.holds(leaf).sure:
                continue
            for name in _names_of(leaf):
                if "tag" in leaf and name in self.facts.tags:
                    words.append(self.facts.tags[name])
                elif "measure" in leaf and name in self.facts.measures:
                    words.append(self.facts.measures[name].said)
                elif "window" in leaf and self.standards.windows[name].holds(self.knowns[0].on):
                    words.append(name)
        return "、".join(dict.fromkeys(word for word in words if word))

    def questions(
        self,
        decisions: dict[Address, Decision],
        grade: GradeRange | None,
        factors: list[Factor],
    ) -> list[dict[str, Any]]:
        """What to ask, ordered by what the answer can decide; nothing that cannot change the answer."""
        ranked: list[tuple[int, int, dict[str, Any]]] = []
        order = list(self.standards.measures)
        for measure in sorted(self.relevant, key=order.index):
            found = self._decides(measure, decisions)
            if found is not None:
                rank, decides = found
                ask = self.standards.measures[measure].ask
                ranked.append((rank, len(ranked), {"ask": ask, "measure": measure, "decides": decides}))
        for row in factors:
            if row.ask and row.effect != Effect.LIFTS:
                open_by_it = any(
                    decisions[a] == Decision.UNSURE and self.asks(row, a, True) for a in decisions
                )
                ranked.append(
                    (
                        0 if open_by_it else 7,
                        len(ranked),
                        {"ask": row.ask, "measure": None, "decides": "应报" if open_by_it else "动态"},
                    )
                )
        if self.category is None:
            ranked.append((-1, len(ranked), {"ask": "是什么事件？", "measure": None, "decides": "类别"}))
        if self.facts.occurred is None:
            ranked.append((6, len(ranked), {"ask": "什么时间发生的？", "measure": None, "decides": "时限"}))
        elif self.facts.occurred.precision in (Precision.DAY, Precision.PART_OF_DAY):
            ranked.append(
                (6, len(ranked), {"ask": "具体几点几分发生的？", "measure": None, "decides": "时限"})
            )
        if self.facts.place is None:
            ranked.append((6, len(ranked), {"ask": "在什么地方？", "measure": None, "decides": "属地"}))
        return [question for _, _, question in sorted(ranked, key=lambda item: item[:2])]

    def _decides(self, measure: str, decisions: dict[Address, Decision]) -> tuple[int, str] | None:
        """What knowing `measure` could decide: its rank (0 first) and its word; None for nothing."""
        row = self.standards.measures[measure]
        told = self.facts.measures.get(measure)
        presumable = measure in self.bounds.presumed
        if told is not None and (told.exact or presumable):
            return None
        # What may be presumed is asked once it is known what happened, and only where it is likely.
        if presumable and (self.category is None or (row.asked_for and self.category not in row.asked_for)):
            return None
        if presumable and (self.category in row.presume_for or (measure == "deaths" and self._all_light())):
            return None
        low, high = self.bounds.unpresumed[measure]
        if low == high:
            return None
        least, most = self._pinned(measure, low), self._pinned(measure, high)
        changed = [
            address
            for address in decisions
            if _decision(self.office_outcomes(address, least))
            != _decision(self.office_outcomes(address, most))
        ]
        undecided = max(decisions.values(), key=DECISIONS.index, default=Decision.KEEP) != Decision.REPORT
        if changed and undecided:
            return 0, "应报"
        ends = self.grade(least), self.grade(most)
        if changed:
            tiers = "、".join(dict.fromkeys(f"{address.tier}级" for address in changed))
            return 2, f"应报{tiers}"
        grades = [end.high if end is not None else None for end in ends]
        lows = [end.low if end is not None else None for end in ends]
        if (grades[0], lows[0]) != (grades[1], lows[1]) and grades[1] is not None:
            return 3 + (len(GRADES) - 1 - GRADES.index(grades[1])) % 3, str(grades[1])
        return None

    def _all_light(self) -> bool:
        """Everybody hurt was told to be lightly hurt: nobody asks such a caller for the dead."""
        injured, light = (self.facts.measures.get(name) for name in ("injured", "slightly_injured"))
        return injured is not None and light is not None and light.low >= injured.top

    def _pinned(self, measure: str, value: float) -> Ranges:
        pinned = dict(self.bounds.ranges)
        pinned[measure] = (value, value)
        whole = self.standards.measures[measure].part_of
        if whole is not None and pinned[whole][1] < value:
            pinned[whole] = (pinned[whole][0], max(self.bounds.unpresumed[whole][1], value))
        return tightened(pinned, frozenset(), self.standards)


def _decision(found: Outcomes) -> Decision:
    if found.sure:
        return Decision.REPORT
    return Decision.KEEP if found.never else Decision.UNSURE


def _distinct(formulas: Iterable["Formula | bool"]) -> list["Formula | bool"]:
    """Without repeats: categories that share their rows are judged once."""
    return list({shape(formula): formula for formula in formulas}.values())


def _merged(units: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Each unit once, with the questions of all rows that name it."""
    found: dict[str, dict[str, None]] = {}
    for unit, questions in units:
        found.setdefault(unit, {}).update(dict.fromkeys(questions))
    return [(unit, tuple(questions)) for unit, questions in found.items()]


def _leaves_of(tree: Any) -> list[Any]:
    """Every tag, measure and window condition of a condition, but for those that it denies."""
    found: list[Any] = []
    for branch in ("any", "all"):
        for part in tree.get(branch, ()):
            found += _leaves_of(part)
    return found or ([tree] if any(head in tree for head in ("tag", "measure", "window")) else [])


def _names_of(leaf: Any) -> Iterable[str]:
    names: Any = next(leaf[head] for head in ("tag", "measure", "window") if head in leaf)
    return (names,) if isinstance(names, str) else names
