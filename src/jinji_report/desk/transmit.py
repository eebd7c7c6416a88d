"""报送 and 回执: what went out to whom, by which form and channel, and who confirmed it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from jinji_report.desk.cases import commit, find_case, require_incident, require_standing, require_words
from jinji_report.desk.departing import Departing, entering
from jinji_report.desk.look_over import look_over, stopping
from jinji_report.desk.named import named
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.errors import EXIT_NO, CaseState, JinjiError, NotFit, UnusableInput, Usage
from jinji_report.judgement.conduct import unallowed_skips
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of, next_offices, sent_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import take
from jinji_report.moments import iso, on_screen
from jinji_report.reports.check.remark import Remark
from jinji_report.reports.wording import report_name
from jinji_report.standards.rows import Address, Standards
from jinji_report.vocabulary import TIERS, EntryKind, Form, Line, Stage


class Transmitted:
    """What was entered for one case, and its limits afterwards.

    `check` is what the check found of the report; `overridden` those remarks that would have stopped it.
    `departing`: what departs from the order, lines and levels of the standards.
    """

    __slots__ = (
        "at",
        "case",
        "check",
        "departing",
        "form",
        "limits",
        "offices",
        "overridden",
        "report",
        "step",
    )

    def __init__(
        self,
        step: EntryKind,
        case: Case,
        offices: Sequence[str],
        form: Form | None,
        report: str,
        at: str,
        limits: Sequence[Limit],
        check: Sequence[Remark] = (),
        overridden: Sequence[Remark] = (),
        departing: Departing | None = None,
    ) -> None:
        self.departing = departing or Departing((), ())
        self.check = tuple(check)
        self.overridden = tuple(overridden)
        self.step = step
        self.case = case
        self.offices = tuple(offices)
        self.form = form
        self.report = report
        self.at = at
        self.limits = tuple(limits)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": self.step.value,
            "offices": list(self.offices),
            "form": self.form,
            "report": self.report,
            "at": self.at,
            "limits": [limit.to_json() for limit in self.limits],
            "check": [remark.to_json() for remark in self.check],
            "overridden": [remark.code for remark in self.overridden],
            **self.departing.to_json(),
        }


class Unfit(NotFit):
    """`NotFit` with the remarks themselves, for whoever tells them."""

    def __init__(self, report: str, remarks: Sequence[Remark]) -> None:
        super().__init__(report, [remark.code for remark in remarks])
        self.remarks = tuple(remarks)


class PastALevel(JinjiError):
    """A report past the next level that no row of the standards allows."""

    exit_code: ClassVar[int] = EXIT_NO

    def __init__(self, offices: Sequence[str], usual: str) -> None:
        super().__init__(
            f"报{'、'.join(offices)}是越级（先报{usual}级），这件事在标准里没有可以越级的依据，没有登记。",
            remedy='确有必要越级，加 --force 和 --reason "理由"，台账会记下。',
        )


def send(
    store: Store,
    name: str,
    to: Sequence[str],
    form: Form | None,
    standards: Standards,
    stamp: Stamp,
    *,
    channel: str = "",
    person: str = "",
    reference: str = "",
    stage: Stage | None = None,
    number: int | None = None,
    edited: str | None = None,
    force: bool = False,
    agree: Callable[[Transmitted], bool] | None = None,
) -> Transmitted:
    """Enter that a report went out. Without `to`, to every office that this desk still owes.

    `edited` is the text that went out where it is another than the one that was made; it is kept with the
    entry. A written report that must be mended is only entered with `force`, or where `agree` is asked; one
    past the next level that no row allows only with `force` and a reason. What departs from the standards
    otherwise (order, lines, sign-off) is recorded with the entry and prevents nothing.
    Raises UnknownCase, CaseState (no such report, sent before it happened), Usage for an office that
    cannot be told apart, SecretNote, Unfit, PastALevel.
    """
    channel, person = named(channel, "渠道"), named(person, "姓名")
    reference = named(reference, "文号")
    refuse_secrets(channel, person, reference, edited or "")

    def decide(cases: Cases) -> tuple[list[NewEntry], Transmitted]:
        case = find_case(cases, name)
        require_standing(case, "登记报送")
        require_incident(case, "登记报送")
        facts = case.facts
        if facts.occurred is not None and stamp.at < facts.occurred.at:
            raise CaseState(
                f"报送时间 {on_screen(stamp.at)} 早于事发时间 {on_screen(facts.occurred.at)}。",
                remedy="核对 --at；如事发时间有误，先用 jinji followup --correct 更正。",
            )
        if edited is not None:
            require_words(case)
        made = chosen_report(case, stage, number)
        owed = [limit for limit in limits_of(case, standards, stamp.recorded) if limit.ours and limit.running]
        addresses = addressed(to, case, owed, standards)
        _refuse_skips(case, addresses, standards, stamp, force=force)
        secret = case.secret
        sent_as = form or (Form.WRITTEN if secret is not None else _owed_form(owed, addresses))
        found = look_over(case, made, standards, edited)
        overridden = stopping(found, sent_as)
        if overridden and not force and agree is None:
            raise Unfit(report_name(made.stage, made.number), overridden)
        more: dict[str, Any] = {} if edited is None else {"text": edited}
        if overridden:
            more["overridden"] = [remark.code for remark in overridden]

        def entries() -> list[NewEntry]:
            return [
                stamp.entry(
                    case.number,
                    EntryKind.SENT,
                    {
                        "to": address_json(address, standards),
                        "form": sent_as.value,
                        "stage": made.stage.value,
                        "number": made.number,
                        "channel": channel or (secret.channel if secret is not None else ""),
                        "person": person,
                        "reference": reference,
                        **more,
                    },
                )
                for address in addresses
            ]

        departing = entering(case, entries(), standards, stamp.recorded)
        if departing.rules:
            more["out_of_order"] = list(departing.rules)
        report = report_name(made.stage, made.number)
        return entries(), _after(
            EntryKind.SENT,
            case,
            addresses,
            sent_as,
            report,
            standards,
            stamp,
            found,
            overridden,
            departing,
        )

    return commit(store, decide, agree)


def acknowledge(
    store: Store,
    name: str,
    by_office: Sequence[str],
    form: Form | None,
    standards: Standards,
    stamp: Stamp,
    *,
    person: str = "",
    reference: str = "",
    agree: Callable[[Transmitted], bool] | None = None,
) -> Transmitted:
    """Enter a receipt. Without `by_office`, of every office that has not confirmed what it was sent.

    Raises UnknownCase, CaseState where nothing was sent to that office (in that form) before, SecretNote.
    """
    person, reference = named(person, "姓名"), named(reference, "回执号")
    refuse_secrets(person, reference)

    def decide(cases: Cases) -> tuple[list[NewEntry], Transmitted]:
        case = find_case(cases, name)
        require_standing(case, "登记回执")
        require_incident(case, "登记回执")
        sent = [s for s in sent_of(case) if s.at <= stamp.at and (form is None or s.form == form)]
        if not sent:
            way = "" if form is None else f"以{form}方式"
            raise CaseState(
                f"案卷 {case.number} 在 {on_screen(stamp.at)} 之前还没有{way}报送过，不会有回执。",
                remedy=f"先运行 jinji sent {case.number} 登记报送。",
            )
        waiting = list(dict.fromkeys(s.to for s in sent))
        if by_office:
            wanted = [address for text in by_office for address in named_offices(text, waiting, standards)]
        else:
            open_receipts = [
                limit.to
                for limit in limits_of(case, standards, stamp.recorded)
                if limit.receipt == "waiting" and (form is None or limit.form == form)
            ]
            wanted = [address for address in waiting if address in open_receipts] or waiting
        said = {
            address: {
                "to": address_json(address, standards),
                "form": None if form is None else form.value,
                "person": person,
                "reference": reference,
            }
            for address in wanted
        }
        before = {address: _confirmed(case, said[address], address) for address in wanted}
        wanted = [address for address in wanted if before[address] is None]
        if not wanted:
            address, first = next(iter(before.items()))
            raise CaseState(
                f"{standards.office_name(address)}已于 {on_screen(first or stamp.at)} 回执，此后没有再报送。",
                remedy=f"另有人确认、另有回执号的，写明 --person 或 --ref；登记错了用 jinji undo {case.number}。",
            )
        entries = [stamp.entry(case.number, EntryKind.ACK, said[address]) for address in wanted]
        for entry in entries:
            take(case, entry.placed(0, ""))
        return entries, _after(EntryKind.ACK, case, wanted, form, "", standards, stamp)

    return commit(store, decide, agree)


def _confirmed(case: Case, said: Mapping[str, Any], to: Address) -> datetime | None:
    """When an office already said just this of all that it was sent in that form; None where there is something new."""
    form = said["form"]
    last = max(s.at for s in sent_of(case) if s.to == to and form in (None, s.form))
    same = (
        entry.at
        for entry in case.acks
        if entry.at >= last
        and entry.data.get("form") in (None, form)
        and all(entry.data.get(name, "") == said[name] for name in ("to", "person", "reference"))
    )
    return min(same, default=None)


def chosen_report(case: Case, stage: Stage | None, number: int | None) -> Any:
    """The report of that stage and number; the newest where neither is given. Raises CaseState.

    A 批示反馈 is meant only where it is named, or where there is no other: it does not tell how things stand.
    """
    found = [
        made
        for made in reversed(case.made)
        if (stage is None or made.stage == stage) and (number is None or made.number == number)
    ]
    named = stage is not None or all(made.stage == Stage.FEEDBACK for made in found)
    for made in found:
        if named or made.stage != Stage.FEEDBACK:
            return made
    wanted = "报告" if stage is None else report_name(stage, number or 0)
    raise CaseState(
        f"案卷 {case.number} 没有{wanted}。", remedy=f"用 jinji show {case.number} 看已成文的报告。"
    )


def addressed(to: Sequence[str], case: Case, owed: Sequence[Limit], standards: Standards) -> list[Address]:
    """The offices that the officer means. Raises Usage where that cannot be told."""
    demanded = [limit.to for limit in owed]
    known = list(dict.fromkeys([*offices_above(standards), *demanded]))
    if to:
        return list(dict.fromkeys(a for text in to for a in named_offices(text, known, standards)))
    if demanded:
        return list(dict.fromkeys(demanded))
    if case.secret is not None and case.secret.to:
        return [Address(tier, line) for tier, line, _ in case.secret.to]
    already = list(dict.fromkeys(s.to for s in sent_of(case)))
    if already:
        return already
    raise Usage(
        f"案卷 {case.number} 没有待报送的对象，要写明报给谁。",
        remedy=f"例如 --to {standards.office_name(known[0])}。" if known else "用 --to 写明。",
    )


def offices_above(standards: Standards) -> list[Address]:
    """The offices that can be reported to: those of the standards, and those one tier above the desk."""
    named = [Address(tier, line) for tier, line in standards.offices]
    return list(dict.fromkeys([*named, *next_offices(standards)]))


def named_offices(text: str, known: Sequence[Address], standards: Standards) -> list[Address]:
    """The offices called `text`: a name, a tier and line (市党委), or a tier for both its lines (市).

    Raises UnusableInput where there is none.
    """
    exact = [a for a in known if standards.office_name(a) == text or f"{a.tier}{a.line}" == text]
    if exact:
        return exact
    both = (Line.PARTY, Line.GOVERNMENT)
    tier = [a for a in known if a.tier == text.removesuffix("级") and a.line in both]
    if tier:
        return tier
    parts = [a for a in known if len(text) > 1 and standards.office_name(a).startswith(text)]
    if len(parts) == 1:
        return parts
    raise UnusableInput(
        f"没有叫“{text}”的报送对象。", remedy=f"可用：{'、'.join(standards.office_name(a) for a in known)}。"
    )


def address_json(address: Address, standards: Standards) -> dict[str, str]:
    return {
        "tier": address.tier.value,
        "line": address.line.value,
        "office": standards.office_name(address),
    }


def _owed_form(owed: Sequence[Limit], addresses: Sequence[Address]) -> Form:
    """The form of the limit that is due first. Raises Usage where none is owed."""
    for limit in owed:
        if limit.to in addresses:
            return limit.form
    raise Usage("要写明以什么方式报送。", remedy="加上 --form 电话、--form 书面 或 --form 信息。")


def _refuse_skips(
    case: Case, addresses: Sequence[Address], standards: Standards, stamp: Stamp, *, force: bool
) -> None:
    """Raises PastALevel, and Usage where it is forced without a reason."""
    past = unallowed_skips(case, addresses, standards, stamp.recorded)
    if past and not force:
        usual = TIERS[TIERS.index(standards.desk.tier) + 1]
        raise PastALevel([standards.office_name(one) for one in past], usual)
    if past and not stamp.reason.strip():
        raise Usage("标准里没有依据的越级要写明理由。", remedy='加上 --reason "理由"。')


def _after(
    step: EntryKind,
    case: Case,
    addresses: Sequence[Address],
    form: Form | None,
    report: str,
    standards: Standards,
    stamp: Stamp,
    check: Sequence[Remark] = (),
    overridden: Sequence[Remark] = (),
    departing: Departing | None = None,
) -> Transmitted:
    return Transmitted(
        step,
        case,
        [standards.office_name(a) for a in addresses],
        form,
        report,
        iso(stamp.at),
        limits_of(case, standards, stamp.recorded),
        check,
        overridden,
        departing,
    )
