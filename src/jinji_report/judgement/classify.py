"""研判: facts and standards in, verdict out.

The verdict is decided over every filling of the ranges (`standards.conditions`), per office; the
strongest decision leads. An unknown category is one more thing that can take any value.
"""

from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime
from typing import Any

from jinji_report.jsontext import Written
from jinji_report.judgement.bounds import Bounds, Range, all_light, bounds, day_of, refitted
from jinji_report.judgement.explain import Reason, near_misses, reasons, reasons_in_words
from jinji_report.judgement.left import Rest
from jinji_report.judgement.owners import locality, owners_in_words
from jinji_report.judgement.pattern import pattern
from jinji_report.judgement.profile import Profile, profile_of
from jinji_report.judgement.windows import windows_on
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import GradeRange, OfficeDecision, Shared, Verdict
from jinji_report.standards.conditions import NEVER, OPEN, SURE, Outcomes, outcomes
from jinji_report.standards.kept import Kept
from jinji_report.standards.rows import Address, Factor, Owner, Standards
from jinji_report.vocabulary import DECISIONS, GRADES, TIERS, Decision, Effect, Grade, Precision

Ranges = Mapping[str, Range]

_MOST_WORDED = 512  # sets of figures for which one outline keeps its sentences


def classify(
    facts: Facts, standards: Standards, now: datetime, *, consulted: bool = False, on: date | None = None
) -> Verdict:
    """The verdict on `facts` by the standards in force on the day it happened, or on the day `on`.

    Sensitive times are those of the day it happened.

    `consulted`: an opinion was recorded, so a consultation no longer keeps the decision open (R6).
    """
    day = day_of(facts, now)
    on = on or day
    in_force = standards.on(on)
    profile = profile_of(facts.category, facts.tags, day, in_force)
    told = bounds(facts, in_force)
    kept: Kept[_Decided] = in_force.kept_as("decided")
    key = profile, told, _unsaid(facts), consulted
    decided = kept.get(key)
    if decided is None:
        outline = _outline(facts, told, in_force, profile, consulted)
        decided = kept.put(key, _Decided(outline, facts, told, in_force, profile))
    return _worded(decided, facts, told, in_force, profile, day, on)


def _outline(
    facts: Facts, told: Bounds, standards: Standards, profile: Profile, consulted: bool
) -> "_Outline":
    """What is decided about these figures, and about all others of their pattern."""
    key = pattern(facts, told, profile.grid, profile.outlooks), _unsaid(facts), consulted
    outline: _Outline | None = profile.outlines.get(key)
    if outline is None:
        outline = profile.outlines.put(key, _Case(facts, told, standards, profile).outline(consulted))
    return outline


class _Outline:
    """What a verdict decides, before its words: the same for all incidents of one kind and pattern.

    `kept`: the offices that need not be told. `figures`: the measures whose figures its reasons name;
    `worded`: the reasons that were put into words already, by these figures; `places`: the owners, by township.
    """

    __slots__ = (
        "consult",
        "decision",
        "factors",
        "figures",
        "grade",
        "kept",
        "owners",
        "places",
        "presumed",
        "questions",
        "reasons",
        "report_to",
        "worded",
    )

    def __init__(
        self,
        *,
        decision: Decision,
        grade: GradeRange | None,
        report_to: tuple[OfficeDecision, ...],
        reasons: list[Reason],
        kept: frozenset[Address],
        questions: list[dict[str, Any]],
        factors: list[Factor],
        consult: list[dict[str, Any]],
        owners: list[Owner],
        presumed: list[str],
    ) -> None:
        self.decision = decision
        self.grade = grade
        self.report_to = report_to
        self.reasons = reasons
        self.kept = kept
        self.questions = questions
        self.factors = factors
        self.consult = Written(consult)
        self.owners = owners
        self.presumed = Written(presumed)
        self.figures = tuple(dict.fromkeys(name for reason in reasons for name in reason.figures))
        self.worded: Kept[list[dict[str, Any]]] = Kept(_MOST_WORDED)
        self.places: Kept[Written] = Kept(_MOST_WORDED)

    def owners_at(self, here: str | None) -> Written:
        """The units that owe a report, with the township of the place."""
        found = self.places.get(here)
        if found is None:
            found = self.places.put(here, Written(owners_in_words(self.owners, here)))
        return found

    def reasons_for(
        self, facts: Facts, told: Bounds, several: bool, standards: Standards
    ) -> list[dict[str, Any]]:
        """The reasons with their figures."""
        ranges, said = told.ranges, facts.measures
        key = tuple(
            [
                (ranges[name], (said[name].low, said[name].high) if name in said else None)
                for name in self.figures
            ]
        )
        worded = self.worded.get(key)
        if worded is None:
            worded = self.worded.put(key, reasons_in_words(self.reasons, several, facts, told, standards))
        return worded


class _Decided:
    """An outline, with what its words say of one set of figures. `before`: the fields of a verdict up to the factors."""

    __slots__ = ("before", "near_misses", "outline", "reasons")

    def __init__(
        self, outline: _Outline, facts: Facts, told: Bounds, standards: Standards, profile: Profile
    ) -> None:
        self.outline = outline
        self.reasons = outline.reasons_for(facts, told, profile.several, standards)
        self.near_misses = near_misses(facts, profile, told, standards, outline.grade, outline.kept)
        self.before = Written(
            {
                "decision": outline.decision,
                "grade": None if outline.grade is None else outline.grade.to_json(),
                "report_to": [office.to_json() for office in outline.report_to],
                "reasons": self.reasons,
                "near_misses": self.near_misses,
                "questions": outline.questions,
            }
        )


def _unsaid(facts: Facts) -> tuple[bool, Precision | None]:
    """What is asked for besides figures: the place, and the moment as exactly as it was told."""
    return facts.place is None, None if facts.occurred is None else facts.occurred.precision


def _worded(
    decided: _Decided,
    facts: Facts,
    told: Bounds,
    standards: Standards,
    profile: Profile,
    day: date,
    on: date,
) -> Verdict:
    """The verdict with the words of these facts. Its lists are its own, their members shared."""
    outline = decided.outline
    shared = Shared(
        decided.before,
        outline.consult,
        outline.owners_at(locality(facts.place)),
        outline.presumed,
        _named(standards, on),
    )
    return Verdict(
        decision=outline.decision,
        grade=outline.grade,
        report_to=outline.report_to,
        reasons=[*decided.reasons],
        near_misses=[*decided.near_misses],
        questions=[*outline.questions],
        factors=[
            {
                "factor": row.name,
                "effect": row.effect,
                "said": _words_behind(row, facts, told, standards, profile, day),
                "criterion": row.id,
                "clause": row.clause,
            }
            for row in outline.factors
        ],
        consult=[*shared.consult.told],
        owners=[*shared.owners.told],
        presumed=[*shared.presumed.told],
        standards={**shared.standards.told},
        shared=shared,
    )


def _named(standards: Standards, on: date) -> Written:
    """By which standards it is judged."""
    kept: Kept[Written] = standards.kept_as("named")
    named = kept.get(on)
    if named is None:
        told = {"id": standards.id, "digest": standards.digest, "on": on.isoformat()}
        named = kept.put(on, Written(told))
    return named


def _words_behind(
    row: Factor, facts: Facts, told: Bounds, standards: Standards, profile: Profile, day: date
) -> str:
    """The words of the note on which a factor rests: those of the conditions that hold."""
    words: dict[str, None] = {}
    for head, names, leaf in profile.leaves_of(row):
        if head == "tag":
            for name in names:
                if name in facts.tags:
                    words[facts.tags[name]] = None
        elif head == "window":
            windows = windows_on(day, standards)
            words |= dict.fromkeys([name for name in names if name in windows])
        elif any([name in facts.measures for name in names]) and all(
            outcomes(formula, told.ranges, standards).sure
            for formula in profile.rest_of(leaf, standards).formulas
        ):
            words |= dict.fromkeys([facts.measures[name].said for name in names if name in facts.measures])
    return "、".join([word for word in words if word])


class _Case:
    """One incident being judged: its figures against what its kind left of the conditions."""

    __slots__ = ("bounds", "facts", "profile", "settled", "standards")

    def __init__(self, facts: Facts, told: Bounds, standards: Standards, profile: Profile) -> None:
        self.facts = facts
        self.standards = standards
        self.profile = profile
        self.bounds = told
        self.settled: Set[int] = frozenset()

    def outline(self, consulted: bool) -> _Outline:
        """Everything that is decided about the incident."""
        ranges, profile = self.bounds.ranges, self.profile
        decisions = self.decisions(ranges)
        self.settled = {
            id(rest) for address, rest in profile.offices if decisions[address] is not Decision.UNSURE
        }
        consult = [row for row, rest in profile.consultations if self.over(rest, ranges).sure]
        self.keep_open(decisions, holding=not consulted and any(row.holds_open for row in consult))
        factors = [row for row, rest in profile.factors if self.over(rest, ranges).sure]
        grade = self.grade(ranges)
        return _Outline(
            decision=_strongest(decisions),
            grade=grade,
            report_to=tuple(
                OfficeDecision(address.tier, address.line, self.standards.office_name(address), decision)
                for address, decision in decisions.items()
                if decision is not Decision.KEEP
            ),
            reasons=reasons(profile, self.bounds, self.standards, grade, decisions),
            kept=frozenset(a for a, decision in decisions.items() if decision is Decision.KEEP),
            questions=self.questions(decisions, grade, factors),
            factors=factors,
            consult=[
                {"unit": unit, "questions": list(questions)}
                for unit, questions in _merged(unit for row in consult for unit in row.units)
            ],
            owners=[row for row, rest in profile.owners if self.over(rest, ranges).sure],
            presumed=[name for name in profile.relevant if self.bounds.presumes(name)],
        )

    def over(self, rest: Rest, ranges: Ranges) -> Outcomes:
        """The outcomes over all that an unknown category may be."""
        formulas = rest.formulas
        if len(formulas) == 1:
            return outcomes(formulas[0], ranges, self.standards)
        found = [outcomes(formula, ranges, self.standards) for formula in formulas]
        can_hold = any([o.can_hold for o in found])
        can_fail = any([o.can_fail for o in found])
        return (OPEN if can_fail else SURE) if can_hold else NEVER

    def decisions(self, ranges: Ranges) -> dict[Address, Decision]:
        """What the rows of each office say of `ranges`; offices that share their rows are judged once."""
        judged: dict[int, Decision] = {}
        found = {}
        for address, rest in self.profile.offices:
            if id(rest) not in judged:
                judged[id(rest)] = _decision(self.over(rest, ranges))
            found[address] = judged[id(rest)]
        return found

    def grade(self, ranges: Ranges) -> GradeRange | None:
        low: Grade | None = None
        high: Grade | None = None
        for grade, rest in self.profile.ladders.items():
            found = self.over(rest, ranges)
            if found.can_hold:
                high = grade
                if not found.can_fail:
                    low = grade
        return None if high is None else GradeRange(low, high)

    def keep_open(self, decisions: dict[Address, Decision], *, holding: bool) -> None:
        """备查 becomes 待核 where the answer to a factor that may hold, or a consultation, could still change it."""
        if Decision.KEEP not in decisions.values():
            return
        asking = [row for row, rest in self.profile.asking if self.over(rest, self.bounds.ranges).can_hold]
        if not asking and not holding:
            return
        for address, rest in self.profile.offices:
            if decisions[address] is not Decision.KEEP:
                continue
            near = TIERS.index(address.tier) == self.profile.nearest
            if (holding and near) or any(self.asks(row, rest, near) for row in asking):
                decisions[address] = Decision.UNSURE

    def asks(self, row: Factor, rest: Rest, near: bool) -> bool:
        """An asking factor's answer could change the decision of an office."""
        if row.effect != Effect.ASKS:
            return False
        if not row.outlook:
            return near
        return self.over(rest, self._outlook(row)).can_hold

    def _outlook(self, row: Factor) -> Ranges:
        """The ranges if everybody whom the factor fears for dies."""
        ranges = dict(self.bounds.ranges)
        feared = sum(self.bounds.unpresumed[measure][1] for measure in row.outlook if measure in ranges)
        low, high = ranges["deaths"]
        ranges["deaths"] = (low, high + feared)
        return ranges

    def questions(
        self,
        decisions: dict[Address, Decision],
        grade: GradeRange | None,
        factors: list[Factor],
    ) -> list[dict[str, Any]]:
        """What to ask, ordered by what the answer can decide; nothing that cannot change the answer."""
        ranked: list[tuple[int, int, dict[str, Any]]] = []
        for measure in self.profile.relevant:
            found = self._decides(measure, decisions, grade)
            if found is not None:
                rank, decides = found
                ask = self.standards.measures[measure].ask
                ranked.append((rank, len(ranked), {"ask": ask, "measure": measure, "decides": decides}))
        for row in factors:
            if row.ask and row.effect != Effect.LIFTS:
                open_by_it = any(
                    decisions[address] is Decision.UNSURE and self.asks(row, rest, True)
                    for address, rest in self.profile.offices
                )
                ranked.append(
                    (
                        0 if open_by_it else 7,
                        len(ranked),
                        {"ask": row.ask, "measure": None, "decides": "应报" if open_by_it else "动态"},
                    )
                )
        if self.profile.category is None:
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

    def _decides(
        self, measure: str, decisions: dict[Address, Decision], grade: GradeRange | None
    ) -> tuple[int, str] | None:
        """What knowing `measure` could decide: its rank (0 first) and its word; None for nothing."""
        told = self.facts.measures.get(measure)
        presumable = self.bounds.presumes(measure)
        if told is not None and (told.exact or presumable):
            return None
        row = self.standards.measures[measure]
        category = self.profile.category
        # What may be presumed is asked once it is known what happened, and only where it is likely.
        if presumable and (category is None or (row.asked_for and category not in row.asked_for)):
            return None
        if presumable and (category in row.presume_for or (measure == "deaths" and all_light(self.facts))):
            return None
        low, high = self.bounds.unpresumed[measure]
        if low == high:
            return None
        # What every value of a range settles, each single one of it does.
        within = self.bounds.ranges[measure][0] <= low and high <= self.bounds.ranges[measure][1]
        touched, graded = self.profile.touched_by(measure, self.standards)
        unsettled = touched - self.settled if within else touched
        ungraded = within and (grade is None or grade.low is grade.high)
        if not unsettled and (ungraded or not graded):
            return None
        least, most = self._pinned(measure, low), self._pinned(measure, high)
        changed = self._changed(unsettled, least, most)
        if changed and _strongest(decisions) is not Decision.REPORT:
            return 0, "应报"
        if changed:
            tiers = "、".join(dict.fromkeys(f"{address.tier}级" for address in changed))
            return 2, f"应报{tiers}"
        if ungraded or not graded:
            return None
        ends = self.grade(least), self.grade(most)
        grades = [end.high if end is not None else None for end in ends]
        lows = [end.low if end is not None else None for end in ends]
        if (grades[0], lows[0]) != (grades[1], lows[1]) and grades[1] is not None:
            return 3 + (len(GRADES) - 1 - GRADES.index(grades[1])) % 3, str(grades[1])
        return None

    def _changed(self, unsettled: Set[int], least: Ranges, most: Ranges) -> list[Address]:
        """The offices for which it matters whether a measure is at its least or at its most.

        `unsettled`: the `id` of the rests that a value of it can change.
        """
        judged: dict[int, bool] = {}
        found = []
        for address, rest in self.profile.offices:
            if id(rest) not in unsettled:
                continue
            if id(rest) not in judged:
                before, after = self.over(rest, least), self.over(rest, most)
                judged[id(rest)] = _decision(before) is not _decision(after)
            if judged[id(rest)]:
                found.append(address)
        return found

    def _pinned(self, measure: str, value: float) -> Ranges:
        """The ranges with `measure` at one value, and its whole and parts fitted to it."""
        pinned = dict(self.bounds.ranges)
        pinned[measure] = (value, value)
        whole = self.standards.measures[measure].part_of
        if whole is not None and pinned[whole][1] < value:
            pinned[whole] = (pinned[whole][0], max(self.bounds.unpresumed[whole][1], value))
        return refitted(pinned, measure, self.standards)


def _decision(found: Outcomes) -> Decision:
    if found.can_fail:
        return Decision.UNSURE if found.can_hold else Decision.KEEP
    return Decision.REPORT


def _strongest(decisions: Mapping[Address, Decision]) -> Decision:
    return max(decisions.values(), key=DECISIONS.index, default=Decision.KEEP)


def _merged(units: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Each unit once, with the questions of all rows that name it."""
    found: dict[str, dict[str, None]] = {}
    for unit, questions in units:
        found.setdefault(unit, {}).update(dict.fromkeys(questions))
    return [(unit, tuple(questions)) for unit, questions in found.items()]
