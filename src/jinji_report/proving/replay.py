"""重判: incidents judged by two standards, and where the answers part.

Each is judged by both as of the day it happened, from its facts alone: what an officer decided
otherwise, what was sent and acknowledged stays out of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import Limit, demands, limits
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import GradeRange, Verdict
from jinji_report.moments import on_screen, parse_moment
from jinji_report.proving.cases import NOON, Judge
from jinji_report.proving.situation import Proved, Situation, State, rows_of
from jinji_report.standards.compare import WEIGHTS, WORDING, Change
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Decision, Line, Tier

if TYPE_CHECKING:
    from jinji_report.standards.schema import CaseTable

LEDGER, CASE = "台账", "用例"
_MOVE_LIMITS = frozenset(
    {"limit", "hop", "desk", "grade", "factor", "measure", "window", "group", "category", "tag"}
)
_Key = tuple[str, Tier, Line]


class Incident:
    """What is judged twice: where it comes from, its name, its facts by either standards, when it was heard.

    A note may be read differently by the two, so facts come in pairs. `on`: the day whose standards
    count, None for the day it happened.
    """

    __slots__ = ("facts", "name", "now", "on", "origin", "title")

    def __init__(
        self,
        origin: str,
        name: str,
        title: str,
        facts: tuple[Facts, Facts],
        now: datetime,
        on: date | None = None,
    ) -> None:
        self.origin = origin
        self.name = name
        self.title = title
        self.facts = facts
        self.now = now
        self.on = on


class Difference:
    """One part of the answer: what it is about (结论, 等级, 报送 or 时限, with its office), from what to what."""

    __slots__ = ("after", "before", "item")

    def __init__(self, item: str, before: str, after: str) -> None:
        self.item = item
        self.before = before
        self.after = after

    def to_json(self) -> dict[str, str]:
        return {"item": self.item, "from": self.before, "to": self.after}


class Rejudged:
    """An incident that the two standards judge otherwise; `because`: the rows that make the difference."""

    __slots__ = ("because", "differences", "incident")

    def __init__(self, incident: Incident, differences: Sequence[Difference], because: Sequence[str]) -> None:
        self.incident = incident
        self.differences = tuple(differences)
        self.because = tuple(because)

    def to_json(self) -> dict[str, Any]:
        return {
            "origin": self.incident.origin,
            "case": self.incident.name,
            "title": self.incident.title,
            "differences": [difference.to_json() for difference in self.differences],
            "because": list(self.because),
        }


class Told:
    """The cases of packs as incidents; `untold` names those that one of the standards cannot understand."""

    __slots__ = ("incidents", "untold")

    def __init__(self, incidents: list[Incident], untold: list[str]) -> None:
        self.incidents = incidents
        self.untold = untold


def told(
    cases: Iterable["tuple[CaseTable, date | None]"], before: Standards, after: Standards, now: datetime
) -> Told:
    """The cases, each with the day that its file gives, as both standards understand them."""
    judges = Judge(before, (), now), Judge(after, (), now)
    found = Told([], [])
    for case, default_on in cases:
        one, two = (judge.try_case(case, default_on).situation for judge in judges)
        if one is None or two is None:
            found.untold.append(case.name)
            continue
        occurred = one.facts.occurred
        if case.now is not None:
            heard = parse_moment(case.now)
        else:
            heard = occurred.at if occurred is not None else datetime.combine(one.on, NOON)
        found.incidents.append(
            Incident(CASE, case.name, case.note or "", (one.facts, two.facts), heard, one.on)
        )
    return found


class Replay:
    """Two standards and their differences (`compare`); a row that was only renamed makes none."""

    def __init__(self, before: Standards, after: Standards, changes: Sequence[Change]) -> None:
        self.standards = (before, after)
        self.renamed = {change.key: change.new_key for change in changes if change.new_key is not None}
        telling = [change for change in changes if WEIGHTS[change.weight] != WORDING]
        self.changed = frozenset(change.key for change in telling)
        self.hops = [f"环节 {change.key}" for change in telling if change.table == "hop"]
        # Limits are only worked out where some change can move one.
        tables = {change.table for change in telling}
        self.with_limits = not tables.isdisjoint(_MOVE_LIMITS)
        self.of_others = "limit" in tables
        self.rows: tuple[Mapping[str, Proved], ...] = tuple(
            {row.id: row for row in rows_of(side) if row.id in self.changed} for side in self.standards
        )

    def judge(self, incidents: Iterable[Incident]) -> list[Rejudged]:
        """Those whose answers part."""
        found: list[Rejudged] = []
        if not self.changed:  # what is only worded otherwise judges nothing otherwise
            return found
        for incident in incidents:
            answers = [
                self._answer(facts, side, incident)
                for facts, side in zip(incident.facts, self.standards, strict=True)
            ]
            differences = _differences(*answers)
            if differences:
                found.append(Rejudged(incident, differences, self._because(incident, *answers)))
        return found

    def _answer(self, facts: Facts, standards: Standards, incident: Incident) -> "_Answer":
        now = incident.now
        facts = facts.with_changes(moments={"received": now} | facts.moments)
        verdict = classify(facts, standards, now, on=incident.on)
        if not self.with_limits:
            return _Answer(verdict, ())
        wanted = demands(verdict)
        return _Answer(
            verdict, limits(facts, wanted, standards, now, on=incident.on, of_others=self.of_others)
        )

    def _because(self, incident: Incident, before: "_Answer", after: "_Answer") -> list[str]:
        """The rows that make the difference.

        Those on which one answer alone rests, or that say something else in the other; of a moved
        limit its row, else the hops; at last, the changed rows that hold by one of the two and not by the other.
        """
        one = {self.renamed.get(row, row): None for row in before.rows}
        two = after.rows
        parted = [row for row in two if row not in one or row in self.changed]
        parted += [row for row in one if row not in two]
        # A row that only follows from a changed one (较大以上 from a moved rung) is not the cause.
        parted = [row for row in parted if row in self.changed] or parted
        moved = dict.fromkeys(
            limit[0]
            for limit in (*before.due, *after.due)
            if before.due.get(limit) != after.due.get(limit) and limit[0] in self.changed
        )
        if parted or moved:
            return list(dict.fromkeys((*parted, *moved)))
        if self.hops and before.verdict.decision == after.verdict.decision and before.due != after.due:
            return self.hops
        states: list[dict[str, State | None]] = []
        for facts, side, rows in zip(incident.facts, self.standards, self.rows, strict=True):
            situation = Situation(facts, side, before.on)
            states.append({key: situation.state(row) for key, row in rows.items()})
        names = dict.fromkeys((*states[1], *states[0]))
        return [name for name in names if states[0].get(name) != states[1].get(name)]


class _Answer:
    """What one of the standards answers: the verdict, the rows it rests on, when what is due to which office."""

    __slots__ = ("due", "labels", "offices", "on", "rows", "verdict")

    def __init__(self, verdict: Verdict, found: Sequence[Limit]) -> None:
        self.verdict = verdict
        self.on = date.fromisoformat(verdict.standards["on"])
        self.rows = dict.fromkeys(
            one["criterion"] for one in (*verdict.reasons, *verdict.factors) if one.get("criterion")
        )
        self.due: dict[_Key, datetime] = {}
        self.labels: dict[str, str] = {}
        self.offices: dict[_Key, str] = {}
        for limit in found:
            key = (limit.id, limit.to.tier, limit.to.line)
            self.due[key], self.offices[key] = limit.due, limit.office
            self.labels[limit.id] = limit.label


def _differences(before: _Answer, after: _Answer) -> list[Difference]:
    found: list[Difference] = []
    one, two = before.verdict, after.verdict
    if one.decision != two.decision:
        found.append(Difference("结论", one.decision, two.decision))
    if _grade(one.grade) != _grade(two.grade):
        found.append(Difference("等级", _grade(one.grade), _grade(two.grade)))
    offices = [{(o.tier, o.line): o for o in verdict.report_to} for verdict in (one, two)]
    parted = set()
    decided: dict[tuple[Decision, Decision], list[str]] = {}
    for key in dict.fromkeys((*offices[0], *offices[1])):
        old, new = (side.get(key) for side in offices)
        then, now = (Decision.KEEP if office is None else office.decision for office in (old, new))
        named = new or old
        if then != now and named is not None:
            parted.add(key)
            decided.setdefault((then, now), []).append(named.office)
    found += [Difference("、".join(names), then, now) for (then, now), names in decided.items()]
    # Offices whose limit moved from the same minute to the same minute are told together.
    moved: dict[tuple[str, str, str], list[str]] = {}
    for limit in dict.fromkeys((*before.due, *after.due)):
        first, second = before.due.get(limit), after.due.get(limit)
        alone = first is None or second is None
        # What a new addressee, or a new decision, brings with it is said by that already.
        if first == second or (alone and (limit[1:] in parted or one.decision != two.decision)):
            continue
        label = after.labels.get(limit[0]) or before.labels[limit[0]]
        office = after.offices.get(limit) or before.offices[limit]
        moved.setdefault((label, _due(first), _due(second)), []).append(office)
    found += [
        Difference(f"{label}：{'、'.join(dict.fromkeys(names))}", was, becomes)
        for (label, was, becomes), names in moved.items()
    ]
    return found


def _grade(grade: GradeRange | None) -> str:
    if grade is None:
        return "无"
    low = grade.low or "无"
    return low if low == grade.high else f"{low}至{grade.high}"


def _due(due: datetime | None) -> str:
    return "无时限" if due is None else on_screen(due)
