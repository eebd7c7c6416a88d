"""线索: word of an incident that nobody vouches for yet, entered, verified, and answered where it is false (R13).

A lead is a case that owes nothing. How it becomes an incident is `lead_promote`'s.
"""

from collections.abc import Callable, Sequence
from typing import Any

from jinji_report.desk.alike import Likeness, alike
from jinji_report.desk.answer import Judged
from jinji_report.desk.cases import commit, day_of_call, find_case, next_number, require_standing
from jinji_report.desk.named import named
from jinji_report.desk.new import Incoming, judge
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.desk.understand import check_note, understand
from jinji_report.errors import CaseState, Usage
from jinji_report.intake.source import way_of_channel
from jinji_report.ledger.cases import Cases, Wanted
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.chain import Lead
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts
from jinji_report.model.fold import fold_case, take
from jinji_report.moments import on_screen
from jinji_report.reports.document import Header
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind, LeadState, Status

HOLDS = (LeadState.TRUE, LeadState.PARTLY)
"""The results that make an incident of a lead."""
FAILS = (LeadState.FALSE, LeadState.UNVERIFIABLE)
"""The results with which a lead may be dismissed."""
MOST = 40  # characters of a channel


class Tip:
    """One step on a lead. `judged` is what it would be as an incident, and `alike` the cases that it may be about."""

    __slots__ = ("alike", "case", "judged", "lead", "step")

    def __init__(
        self,
        step: EntryKind,
        case: Case,
        lead: Lead,
        judged: Judged | None = None,
        alike: Sequence[Likeness] = (),
    ) -> None:
        self.step = step
        self.case = case
        self.lead = lead
        self.judged = judged
        self.alike = tuple(alike)

    @property
    def reply(self) -> str:
        """What whoever asks is answered: nothing while it is not known."""
        return reply_to(self.case, self.lead)

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": self.step.value,
            "status": self.case.status.value,
            "title": self.case.title,
            "lead": self.lead.to_json(),
            "reply": self.reply or None,
        }
        if self.judged is not None:
            incident = self.judged.to_json()
            told |= {key: incident[key] for key in ("incident", "doubts", "findings")}
            told["if_true"] = {key: incident[key] for key in ("verdict", "limits")}
            told["alike"] = [{"case": one.case.number, "reasons": list(one.reasons)} for one in self.alike]
        return told


Agree = Callable[[Tip], bool] | None


def reply_to(case: Case, lead: Lead) -> str:
    """`经城关派出所核实，微博所传“…”不实：是消防演练。`, where it was found false."""
    if lead.state != LeadState.FALSE:
        return ""
    where = f"{lead.channel}所传" if lead.channel else "所传"
    return f"经{lead.unit}核实，{where}“{case.title}”不实：{lead.result.rstrip('。')}。"


def enter_lead(
    store: Store,
    note: str,
    sets: Sequence[str],
    channel: str,
    standards: Standards,
    header: Header,
    stamp: Stamp,
    agree: Agree = None,
) -> Tip:
    """Enter a lead, with its facts as `new` reads them. Raises SecretNote, UnusableInput, and what the store raises."""
    refuse_secrets(note, channel)
    channel = _channel(channel)
    understood = understand(check_note(note), stamp.at, standards, sets)
    facts = _by_way(understood.facts, channel)
    judged, _ = judge(Incoming(note, facts, understood), stamp.at, standards, header, stamp)

    def decide(cases: Cases) -> tuple[list[NewEntry], Tip]:
        number = next_number(cases.beginning(day_of_call(stamp.at)), stamp.at)
        told = {"note": note, "channel": channel, "incident": judged.facts.to_json()}
        entry = stamp.entry(number, EntryKind.LEAD, told)
        case = fold_case(number, [entry.placed(0, "")])
        lead = case.rumour
        assert lead is not None
        resembled = alike(judged.facts, stamp.at, cases, standards, note)
        return [entry], Tip(EntryKind.LEAD, case, lead, judged, resembled)

    return commit(store, decide, agree)


def verify(
    store: Store,
    name: str,
    state: LeadState,
    unit: str,
    text: str,
    stamp: Stamp,
    *,
    person: str = "",
    agree: Agree = None,
) -> Tip:
    """Enter how far a lead was verified, by which unit, and what it found. Raises Usage, CaseState, SecretNote."""
    unit, person = named(unit, "单位名称"), named(person, "姓名")
    refuse_secrets(unit, text, person)
    if not unit:
        raise Usage("核实要写明是哪个单位。", remedy="加上 --unit 派出所。")
    if state == LeadState.NEW:
        raise Usage("待核实是还没有核实。", remedy="写 --state 核实中、属实、部分属实、不实 或 无法核实。")
    if state != LeadState.VERIFYING and not text.strip():
        raise Usage(f"核实为{state}，要写明核实到什么。", remedy='加上 --text "现场是消防演练"。')

    def decide(cases: Cases) -> tuple[list[NewEntry], Tip]:
        case = find_lead(cases, name)
        lead = require_lead(case, "核实")
        if stamp.at < lead.at:
            raise CaseState(
                f"核实时间 {on_screen(stamp.at)} 早于得知线索的时间 {on_screen(lead.at)}。",
                remedy="核对 --at。",
            )
        data = {"state": state.value, "unit": unit, "person": person, "text": text.strip()}
        entry = stamp.entry(case.number, EntryKind.VERIFIED, data)
        take(case, entry.placed(0, ""))
        return [entry], Tip(EntryKind.VERIFIED, case, lead)

    return commit(store, decide, agree)


def dismiss(store: Store, name: str, stamp: Stamp, agree: Agree = None) -> Tip:
    """Close a lead that turned out false, or that nobody can verify. Raises Usage without a reason, CaseState."""
    if not stamp.reason.strip():
        raise Usage("了结线索要写明理由。", remedy='加上 --reason "已答复网民，发帖人已删帖"。')

    def decide(cases: Cases) -> tuple[list[NewEntry], Tip]:
        case = find_lead(cases, name)
        lead = require_lead(case, "了结")
        if lead.state in HOLDS:
            raise CaseState(
                f"线索 {case.number} 核实为{lead.state}，不能作不实了结。",
                remedy=f"转为事件：jinji lead promote {case.number}。",
            )
        if lead.state not in FAILS:
            raise CaseState(
                f"线索 {case.number} 还没有核实结果（{lead.state}），不能了结。",
                remedy=f"先登记：jinji lead verify {case.number} --state 不实 --unit 单位 --text 核实到什么。",
            )
        data: dict[str, Any] = {"missing": [], "lead": lead.state.value, "result": lead.result}
        entry = stamp.entry(case.number, EntryKind.CLOSED, data)
        take(case, entry.placed(0, ""))
        return [entry], Tip(EntryKind.CLOSED, case, lead)

    return commit(store, decide, agree)


def leads(cases: Cases, *, every: bool = False) -> list[Case]:
    """The leads that wait, oldest first; with `every` those too that were dismissed or became incidents."""
    if not every:
        return list(cases.wanted(Wanted(status=Status.LEAD)))
    return [case for case in cases.wanted(Wanted()) if case.chain.lead is not None]


def find_lead(cases: Cases, name: str) -> Case:
    """The case of that name; a tail and `latest` mean a lead that waits before any other case. Raises UnknownCase."""
    if cases.get(name) is None:
        waiting = [one.number for one in cases.glances(Wanted(status=Status.LEAD))]
        tail = name if name.startswith("-") else f"-{name}"
        found = waiting[-1:] if name == "latest" else [one for one in waiting if one.endswith(tail)]
        if len(found) == 1:
            name = found[0]
    return find_case(cases, name)


def require_lead(case: Case, step: str) -> Lead:
    """The lead that the case is. Raises CaseState where it is none, or one no more."""
    require_standing(case, step)
    told = case.chain.lead
    if told is None:
        raise CaseState(f"案卷 {case.number} 不是线索，不用{step}。", remedy="线索用 jinji lead list 查。")
    if told.promoted_at is not None:
        raise CaseState(
            f"线索 {case.number} 已于 {on_screen(told.promoted_at)} 转为事件，不能再{step}。",
            remedy=f"有新情况：jinji followup {case.number}。",
        )
    if case.status == Status.CLOSED:
        raise CaseState(
            f"线索 {case.number} 已了结（{told.state}），不能再{step}。",
            remedy=f"又有新说法：jinji reopen {case.number} --reason 原因。",
        )
    return told


def _channel(text: str) -> str:
    """`text` without blanks around it. Raises Usage for what is no channel's name."""
    text = text.strip()
    if len(text) > MOST or not text.isprintable():
        raise Usage("--channel 写得太长，像是内容。", remedy=f"只写从哪里来，{MOST} 个字以内，如 微博。")
    return text


def _by_way(facts: Facts, channel: str) -> Facts:
    """`facts` with the way that the channel tells, where the note tells none."""
    kind = way_of_channel(channel)
    if kind is None or facts.source.kind is not None:
        return facts
    source = facts.source.to_json() | {"kind": kind.value}
    return facts.with_changes(source=type(facts.source).from_json(source))
