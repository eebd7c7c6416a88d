"""上级要求: what the office above asked for (核报, 批示, 抽查), in whose words, by whom, at which minute.

Most are about a case that is there. Of an incident that nobody here has heard of, a request makes a lead, and
that the level above knew first is recorded (倒灌); a 抽查 of the desk itself has a case of its own, about no
incident, which is closed when it has been answered.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinji_report.desk.alike import Likeness, alike
from jinji_report.desk.cases import (
    commit,
    day_of_call,
    find_case,
    next_number,
    require_standing,
    require_words,
)
from jinji_report.desk.named import named
from jinji_report.desk.new import received
from jinji_report.desk.request.told import request_json
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.desk.transmit import address_json, named_offices, offices_above
from jinji_report.desk.understand import check_note, understand
from jinji_report.errors import CaseState, UnusableInput, Usage
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.chain import Request
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import fold_case, take
from jinji_report.moments import on_screen
from jinji_report.standards.rows import Address, Standards
from jinji_report.vocabulary import TIERS, EntryKind, KnewFirst, RequestKind


class Asked:
    """A request that was entered, its case, the limits that it brings, and whether it opened the case.

    `alike`: the cases that it may have been meant for where it opened one.
    """

    __slots__ = ("alike", "case", "limits", "opened", "request")

    def __init__(
        self,
        case: Case,
        request: Request,
        limits: Sequence[Limit],
        alike: Sequence[Likeness] = (),
        *,
        opened: bool,
    ) -> None:
        self.case = case
        self.request = request
        self.limits = tuple(limits)
        self.alike = tuple(alike)
        self.opened = opened

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": EntryKind.REQUEST.value,
            "status": self.case.status.value,
            "opened": self.opened,
            "request": request_json(self.request, still_open=True),
            "limits": [limit.to_json() for limit in self.limits],
            "alike": [{"case": one.case.number, "reasons": list(one.reasons)} for one in self.alike],
        }


def ask(
    store: Store,
    name: str | None,
    kind: RequestKind,
    office: str,
    standards: Standards,
    stamp: Stamp,
    *,
    text: str = "",
    person: str = "",
    agree: Callable[[Asked], bool] | None = None,
) -> Asked:
    """Enter what the office above asked for, `stamp.at` when it did; without a `name`, in a case of its own.

    Raises Usage where its words are missing, UnusableInput for an office that is not above or cannot be told
    apart, UnknownCase, CaseState (asked before it happened, entered already), SecretNote.
    """
    text, person = text.strip(), named(person, "姓名")
    refuse_secrets(text, person, office)
    address = office_above(office, standards)
    data = {
        "request": kind.value,
        "from": address_json(address, standards),
        "person": person,
        "text": text,
    }

    def decide(cases: Cases) -> tuple[list[NewEntry], Asked]:
        resembled: Sequence[Likeness] = ()
        if name is None:
            entries = _of_its_own(cases, kind, data, standards, stamp)
            case = fold_case(entries[0].case, [entry.placed(0, "") for entry in entries])
            if case.rumour is not None:
                resembled = alike(case.facts, stamp.at, cases, standards, text)
        else:
            case = find_case(cases, name)
            _refuse(case, kind, data, stamp)
            entries = [stamp.entry(case.number, EntryKind.REQUEST, {"name": next_name(case), **data})]
            take(case, entries[0].placed(0, ""))
        request = case.chain.requests[-1]
        limits = limits_of(case, standards, stamp.recorded)
        return entries, Asked(case, request, limits, resembled, opened=name is None)

    return commit(store, decide, agree)


def office_above(text: str, standards: Standards) -> Address:
    """The one office called `text`; of a tier alone (市) that on this desk's own line. Raises UnusableInput."""
    own = TIERS.index(standards.desk.tier)
    known = [one for one in offices_above(standards) if TIERS.index(one.tier) >= own]
    found = named_offices(text, known, standards)
    on_our_line = [one for one in found if one.line == standards.desk.line]
    meant = on_our_line if len(found) > 1 else found
    if len(meant) != 1:
        raise UnusableInput(
            f"“{text}”不止一个单位。",
            remedy=f"写明是哪一个：{'、'.join(standards.office_name(one) for one in found)}。",
        )
    return meant[0]


def next_name(case: Case) -> str:
    """`Q2`: the next number of the case; one that was taken back is not given again."""
    return f"Q{1 + sum(entry.kind == EntryKind.REQUEST for entry in case.entries)}"


def _refuse(case: Case, kind: RequestKind, data: Mapping[str, Any], stamp: Stamp) -> None:
    """Raises what speaks against a request about this case."""
    require_standing(case, "登记上级要求")
    if data["text"]:
        require_words(case)
    elif case.secret is None:
        _require_text(kind)
    happened = case.facts.occurred
    if happened is not None and stamp.at < happened.at:
        raise CaseState(
            f"要求时间 {on_screen(stamp.at)} 早于事发时间 {on_screen(happened.at)}。",
            remedy="核对 --at；如事发时间有误，先用 jinji followup --correct 更正。",
        )
    office = data["from"]["office"]
    for one in case.chain.requests:
        same = (one.kind, one.office, one.text, one.person) == (kind, office, data["text"], data["person"])
        if same and abs((one.at - stamp.at).total_seconds()) < 60:
            raise CaseState(
                f"这项{kind}已登记为 {one.name}（{on_screen(one.at)}，{office}）。",
                remedy=f"办理用 jinji answer {case.number} {one.name}；又来一次的，用 --at 写明时间。",
            )


def _require_text(kind: RequestKind) -> None:
    if kind != RequestKind.SPOT_CHECK:
        raise Usage(f"{kind}要写明原话。", remedy='加上 --text "原话"。')


def _of_its_own(
    cases: Cases, kind: RequestKind, data: Mapping[str, Any], standards: Standards, stamp: Stamp
) -> list[NewEntry]:
    """The entries of a case that the request opens: a lead with its 倒灌, or of a 抽查 the request alone."""
    number = next_number(cases.beginning(day_of_call(stamp.at)), stamp.at)
    office, text = data["from"]["office"], data["text"]
    asked = {"name": "Q1", **data}
    if kind == RequestKind.SPOT_CHECK:
        return [stamp.entry(number, EntryKind.REQUEST, {**asked, "title": f"{office}{kind}"})]
    if not text:
        _require_text(kind)
    facts = understand(check_note(text), stamp.at, standards).facts
    if facts.category is None and facts.occurred is None and facts.place is None:
        raise UnusableInput(
            f"从这项{kind}的原话里看不出是什么事。",
            remedy="已有案卷的写明案卷号；还没有的，在 --text 里写清什么地方、什么事。",
        )
    lead = {"note": text, "channel": f"{office}{kind}", "incident": received(facts, stamp.at).to_json()}
    knew = {"who": KnewFirst.ABOVE.value, "text": f"{office}来{kind}时本单位还不知道"}
    return [
        stamp.entry(number, EntryKind.LEAD, lead),
        stamp.entry(number, EntryKind.BACKFLOW, knew),
        stamp.entry(number, EntryKind.REQUEST, asked),
    ]
