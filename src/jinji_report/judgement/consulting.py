"""会商 (R6): who was asked what, who answered, and whether an opinion leaves the decision to the officer."""

from datetime import datetime

from jinji_report.judgement.holding import rows_holding
from jinji_report.model.case import Case
from jinji_report.standards.rows import Consultation, Standards
from jinji_report.vocabulary import Decision


class Round:
    """What one unit was asked, and its answer.

    `asked`: when it was asked first, None where it gave its opinion of its own. `answered`: when it told its
    `opinion`, None while it is waited for.
    """

    __slots__ = ("answered", "asked", "opinion", "person", "questions", "unit")

    def __init__(self, unit: str, asked: datetime | None) -> None:
        self.unit = unit
        self.asked = asked
        self.questions: list[str] = []
        self.answered: datetime | None = None
        self.opinion = ""
        self.person = ""

    @property
    def open(self) -> bool:
        return self.answered is None


def rounds_of(case: Case) -> list[Round]:
    """Each time a unit was asked, in the order of the moments; asked again before it answered, it is one time."""
    rounds: list[Round] = []
    waiting: dict[str, Round] = {}
    for one in sorted(case.chain.consulted, key=lambda entry: entry.at):
        found = waiting.get(one.unit)
        if found is None:
            found = Round(one.unit, None if one.opinion else one.at)
            rounds.append(found)
        if one.opinion:
            found.answered, found.opinion = one.at, one.opinion
            waiting.pop(one.unit, None)
        else:
            found.questions += [words for words in one.questions if words not in found.questions]
            waiting[one.unit] = found
        found.person = one.person or found.person
    return rounds


def awaited(case: Case) -> list[Round]:
    """Those that wait for an opinion."""
    return [one for one in rounds_of(case) if one.open]


def decision_waits(case: Case, standards: Standards, now: datetime) -> bool:
    """An opinion was told, nothing but the consultation kept the verdict at 待核, and nobody has decided since."""
    if case.verdict is None or case.verdict.decision != Decision.UNSURE:
        return False
    if not any(one.opinion for one in case.chain.consulted):
        return False
    if case.decision is not None and not case.decision.lapsed:
        return False
    from jinji_report.judgement.classify import classify  # the limits need none of it

    return classify(case.facts, standards, now, consulted=True).decision != Decision.UNSURE


def row_of(one: Round, case: Case, standards: Standards, now: datetime) -> Consultation | None:
    """The row of the standards that says how long this opinion is waited for; None where none does.

    The row whose questions were put to the unit; else, of those that hold for the incident, one that names the
    unit, or any: a unit of the officer's own choice is waited for no longer than the others.
    """
    asked = set(one.questions)
    put = [row for row in standards.consultations if asked & set(dict(row.units).get(one.unit, ()))]
    holding = put or rows_holding(standards.consultations, case.facts, now, standards)
    naming = [row for row in holding if one.unit in dict(row.units)] or holding
    return min(
        (row for row in naming if row.answer_within is not None),
        key=lambda row: row.answer_within or 0,
        default=None,
    )
