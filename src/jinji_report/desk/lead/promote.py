"""A 线索 becomes an incident: 接报, 研判 and 成文 in the same case, with the moments that the lead has (R13)."""

from collections.abc import Callable, Sequence
from typing import Any

from jinji_report.desk.alike import alike
from jinji_report.desk.cases import commit
from jinji_report.desk.followup import new_facts
from jinji_report.desk.lead.verify import HOLDS, find_lead, require_lead
from jinji_report.desk.look_over import look_over
from jinji_report.desk.new import Incoming, Opened, first_entries, judge
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.desk.understand import check_note
from jinji_report.errors import CaseState
from jinji_report.judgement.obligations import limits_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.chain import Lead
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import take
from jinji_report.reports.document import Header
from jinji_report.standards.rows import Standards


class Promoted:
    """The incident that was made of a lead: as `new` answers, and the lead."""

    __slots__ = ("lead", "opened")

    def __init__(self, opened: Opened, lead: Lead) -> None:
        self.opened = opened
        self.lead = lead

    def to_json(self) -> dict[str, Any]:
        return {**self.opened.to_json(), "lead": self.lead.to_json()}


def promote(
    store: Store,
    name: str,
    note: str,
    sets: Sequence[str],
    standards: Standards,
    header: Header,
    stamp: Stamp,
    agree: Callable[[Promoted], bool] | None = None,
) -> Promoted:
    """Enter that the lead is an incident; what `note` tells besides was verified, and stands before what the lead told.

    A lead that was not found true needs a reason. Raises UnknownCase, CaseState, SecretNote, UnusableInput.
    """
    refuse_secrets(note)
    if note:
        check_note(note)

    def decide(cases: Cases) -> tuple[list[NewEntry], Promoted]:
        case = find_lead(cases, name)
        lead = require_lead(case, "转为事件")
        if lead.state not in HOLDS and not stamp.reason.strip():
            raise CaseState(
                f"线索 {case.number} 的核实结果是{lead.state}，转为事件要先核实，或写明理由。",
                remedy=f"核实：jinji lead verify {case.number} --state 属实 --unit 单位 --text 核实到什么；"
                '等不及核实的加 --reason "先报后核"。',
            )
        facts, found, understood = new_facts(case.facts, note, sets, standards, stamp.at, correct=True)
        found = [one for one in found if one.field != "injured"]  # nobody died since: it was told better
        # What was verified is what happened, not what came of it since.
        facts = facts.with_changes(title="", course=facts.progress or facts.course, progress="")
        learned = facts.moments.get("received", lead.at)
        call = Incoming(note or lead.note, facts, understood, found)
        judged, report = judge(call, learned, standards, header, stamp)
        found_alike = alike(judged.facts, stamp.at, cases, standards, call.note)
        resembled = tuple(one for one in found_alike if one.case.number != case.number)
        entries = first_entries(case.number, call.note, judged, report, stamp)
        for entry in entries:  # the limits as they are once these entries stand
            take(case, entry.placed(0, ""))
        judged = judged.with_limits(limits_of(case, standards, stamp.recorded))
        check = look_over(case, case.made[-1], standards)
        return entries, Promoted(Opened(case.number, judged, report, resembled, check), lead)

    return commit(store, decide, agree)
