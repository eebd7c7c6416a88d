"""统一口径: the one wording and the figures that go up from now on, with whose they are and why (R15).

Where they are other figures than those of the case, the case takes them over and is judged anew in the same
step. An office that they bring in has its clock from when this desk was first told them, not from when they
were agreed.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinji_report.desk.answer import Finding
from jinji_report.desk.cases import commit, find_case, require_open, require_words
from jinji_report.desk.followup import overtaken
from jinji_report.desk.known import known_before
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.desk.told import given_figures
from jinji_report.desk.understand import check_note, understand
from jinji_report.errors import CaseState, Usage
from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of
from jinji_report.judgement.sources import (
    OWN,
    Figure,
    SideBySide,
    agreed_figures,
    apart,
    conflicts,
    essence,
    figures_told,
)
from jinji_report.judgement.units import units_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts
from jinji_report.model.fold import take
from jinji_report.model.verdict import Verdict
from jinji_report.quantity import Quantity
from jinji_report.reports.changes import Change, changes
from jinji_report.reports.document import Header, first_report
from jinji_report.reports.phrases import measure_of
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind, Status


class Settled:
    """What was agreed for a case, what that changes of it, and what its newest report tells otherwise.

    `figures`: measure → the agreed figure, `unit` "" where nobody told it. `open`: what is still in conflict.
    """

    __slots__ = (
        "after",
        "before",
        "case",
        "changes",
        "figures",
        "findings",
        "limits",
        "open",
        "reason",
        "text",
        "to_report",
    )

    def __init__(
        self,
        case: Case,
        figures: Mapping[str, Figure],
        text: str,
        reason: str,
        changed: Sequence[Change],
        before: Verdict | None,
        after: Verdict | None,
        limits: Sequence[Limit],
        still_open: Sequence[SideBySide],
        to_report: Sequence[tuple[str, Quantity]],
        findings: Sequence[Finding],
    ) -> None:
        self.case = case
        self.figures = dict(figures)
        self.text = text
        self.reason = reason
        self.changes = tuple(changed)
        self.before = before
        self.after = after
        self.limits = tuple(limits)
        self.open = tuple(still_open)
        self.to_report = tuple(to_report)
        self.findings = tuple(findings)

    @property
    def command(self) -> str:
        """The follow-up that tells the readers; "" where the newest report tells no other figure."""
        sets = "".join(f" --set {label}={typed(quantity)}" for label, quantity in self.to_report)
        return f"jinji followup {self.case.number}{sets}" if sets else ""

    @property
    def regraded(self) -> bool:
        """The agreed figures made another verdict."""
        return (
            self.before is not None and self.after is not None and essence(self.before) != essence(self.after)
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.case.number,
            "step": EntryKind.AGREED.value,
            "reason": self.reason,
            "text": self.text,
            "agreed": {
                name: {"unit": one.unit or None, **one.quantity.to_json()}
                for name, one in self.figures.items()
            },
            "changes": [
                {"field": c.field, "label": c.label, "before": c.before, "after": c.after, "text": c.sentence}
                for c in self.changes
            ],
            "verdict": None if self.after is None else self.after.to_json(),
            "conflicts": [row.measure for row in self.open],
            "followup": self.command or None,
            "findings": [finding.to_json() for finding in self.findings],
            "limits": [limit.to_json() for limit in self.limits],
        }


def settle(
    store: Store,
    name: str,
    source: str,
    sets: Sequence[str],
    text: str,
    standards: Standards,
    header: Header,
    stamp: Stamp,
    *,
    sure: bool = False,
    agree: Callable[[Settled], bool] | None = None,
) -> Settled:
    """Enter what was agreed: the figures of `source`, `sets` over them, or those of `text`; else those of the case.

    A figure that nobody told, or that the text tells otherwise, is taken only by one who is `sure`, or where
    `agree` is asked. Raises Usage without a
    reason or without a figure, UnknownCase, CaseState, SecretNote, UnusableInput.
    """
    if not stamp.reason.strip():
        raise Usage("统一口径要写明理由。", remedy='加上 --reason "谁和谁核定、为什么用这个数"。')
    refuse_secrets(source, text)
    if text.strip():
        check_note(text)

    def decide(cases: Cases) -> tuple[list[NewEntry], Settled]:
        case = find_case(cases, name)
        require_open(case, "统一口径")
        require_words(case)
        if case.status == Status.LEAD:
            raise CaseState(
                f"案卷 {case.number} 还是线索，没有要统一的口径。", remedy="核实并转为事件后再定。"
            )
        figures = _chosen(case, source, sets, text, standards, stamp)
        doubts = _doubts(case, figures, text, standards, stamp)
        if doubts and not sure and agree is None:
            raise Usage(
                doubts[0].text,
                remedy=f"改正后再来；先登记是谁报的：jinji told {case.number}；确要这样定，加 --yes。",
            )
        before, verdict = case.facts, case.verdict
        after, judged = _judged(case, figures, standards, header, stamp)
        told = changes(before, after, standards)
        findings = [*doubts, *([] if judged is None else overtaken(case, judged, told))]
        entries = [_agreed(case, figures, text, standards, stamp)]
        if judged is not None:
            entries += _taken_over(case, figures, after, judged, standards, stamp)
        for entry in entries:
            take(case, entry.placed(0, ""))
        return entries, Settled(
            case,
            figures,
            text.strip(),
            stamp.reason,
            told,
            verdict,
            case.verdict,
            limits_of(case, standards, stamp.recorded),
            conflicts(case, standards),
            _to_report(case, standards),
            findings,
        )

    return commit(store, decide, agree)


def typed(quantity: Quantity) -> str:
    """The figure as one types it behind `--set`: 3, 3-5, 至少5, 不详."""
    if quantity.wholly_open:
        return "不详"
    if quantity.high is None:
        return f"至少{quantity.low}"
    return f"{quantity.low}" if quantity.exact else f"{quantity.low}-{quantity.high}"


def _as_set(measure: str, quantity: Quantity, standards: Standards) -> str:
    return f"{measure_of(measure, standards).label}={typed(quantity)}"


def _agreed(
    case: Case, figures: Mapping[str, Figure], text: str, standards: Standards, stamp: Stamp
) -> NewEntry:
    data = {
        "measures": {measure: one.quantity.to_json() for measure, one in figures.items()},
        "sources": {measure: one.unit for measure, one in figures.items() if one.unit},
        "sets": [_as_set(measure, one.quantity, standards) for measure, one in figures.items()],
        "text": text.strip(),
    }
    return stamp.entry(case.number, EntryKind.AGREED, data)


def _taken_over(
    case: Case,
    figures: Mapping[str, Figure],
    after: Facts,
    verdict: Verdict,
    standards: Standards,
    stamp: Stamp,
) -> list[NewEntry]:
    """The facts and the verdict as they are by the agreed figures."""
    told = {
        "note": "",
        "sets": [
            _as_set(measure, one.quantity, standards)
            for measure, one in figures.items()
            if _differs(case.facts, measure, one.quantity)
        ],
        "incident": after.to_json(),
        "correction": False,
    }
    judged = {
        "verdict": verdict.to_json(),
        "correction": False,
        "known": known_before(case, after, verdict, standards, stamp),
    }
    return [
        stamp.entry(case.number, EntryKind.FACTS, told),
        stamp.entry(case.number, EntryKind.VERDICT, judged),
    ]


def _chosen(
    case: Case, source: str, sets: Sequence[str], text: str, standards: Standards, stamp: Stamp
) -> dict[str, Figure]:
    """The figures that are to hold, each with the unit that told it ("" for nobody) and when."""
    told = figures_told(case, standards)
    figures: dict[str, Figure] = {}
    if source:
        figures |= _figures_of(case, source, told, standards)
    given = given_figures(sets, standards, stamp.at)
    said = understand(text, stamp.at, standards).reading.facts.measures if text.strip() else {}
    if not source and not sets and said:
        given = dict(said)
    if not source and not given:
        given = dict(case.facts.measures)
    for measure, quantity in given.items():
        figures[measure] = _sourced(case, measure, quantity, told, stamp)
    if not figures:
        raise Usage(
            f"案卷 {case.number} 还没有数字可定。",
            remedy=f"用 --set 死亡=3 写明，或先用 jinji told {case.number} 登记各单位的数字。",
        )
    return {name: figures[name] for name in [*standards.measures, *figures] if name in figures}


def _figures_of(
    case: Case, source: str, told: Mapping[str, Mapping[str, Figure]], standards: Standards
) -> dict[str, Figure]:
    """The figures of the source that is called so. Raises Usage where it told none."""
    if source in (OWN, "本单位"):
        return {name: Figure(OWN, one, case.opened_at) for name, one in case.facts.measures.items()}
    known = list(dict.fromkeys(unit for by_unit in told.values() for unit in by_unit))
    unit = units_of(standards).meant(source, known)
    if unit is None:
        raise Usage(
            f"{source}没有报过数字。",
            remedy=f"报过的有：{'、'.join([OWN, *known])}；先用 jinji told {case.number} --unit {source} 登记。",
        )
    return {measure: by_unit[unit] for measure, by_unit in told.items() if unit in by_unit}


def _sourced(
    case: Case,
    measure: str,
    quantity: Quantity,
    told: Mapping[str, Mapping[str, Figure]],
    stamp: Stamp,
) -> Figure:
    """Whose figure that is: the case's own, else that of the unit that told it first, else nobody's."""
    own = case.facts.measures.get(measure)
    if own is not None and own.same_range(quantity):
        return Figure(OWN, own, case.opened_at)
    same = [one for one in told.get(measure, {}).values() if one.quantity.same_range(quantity)]
    return min(same, key=lambda one: one.at) if same else Figure("", quantity, stamp.at)


def _doubts(
    case: Case, figures: Mapping[str, Figure], text: str, standards: Standards, stamp: Stamp
) -> list[Finding]:
    """Figures that nobody told, and those that the wording tells otherwise: each may be a slip of the keyboard."""
    found = [
        Finding(measure, f"{_as_set(measure, one.quantity, standards)} 没有哪个单位报过。")
        for measure, one in figures.items()
        if not one.unit
    ]
    said = understand(text, stamp.at, standards).reading.facts.measures if text.strip() else {}
    for measure, quantity in said.items():
        fixed = figures[measure].quantity if measure in figures else case.facts.measures.get(measure)
        if fixed is not None and apart(fixed, quantity):
            words = f"{measure_of(measure, standards).label}（{quantity.said or typed(quantity)}）"
            found.append(Finding(measure, f"口径文字里的{words}与所定的 {typed(fixed)} 不一致。"))
    return found


def _differs(facts: Facts, measure: str, quantity: Quantity) -> bool:
    known = facts.measures.get(measure)
    return known is None or not known.same_range(quantity)


def _with(facts: Facts, figures: Mapping[str, Figure]) -> Facts:
    """The facts with those figures that are other ones than theirs."""
    new = {name: one.quantity for name, one in figures.items() if _differs(facts, name, one.quantity)}
    return facts.with_changes(measures=facts.measures | new) if new else facts


def _judged(
    case: Case, figures: Mapping[str, Figure], standards: Standards, header: Header, stamp: Stamp
) -> tuple[Facts, Verdict | None]:
    """The facts with what was agreed, and their verdict; None where nothing is otherwise."""
    after = _with(case.facts, figures)
    if after is case.facts:
        return after, None
    verdict = classify(after, standards, stamp.recorded)
    title = first_report(after, verdict, standards, header, stamp.recorded).title
    return after.with_changes(title=title), verdict


def _to_report(case: Case, standards: Standards) -> list[tuple[str, Quantity]]:
    """The agreed figures that the newest report tells otherwise, or not: by the label that `--set` takes."""
    told = case.made[-1].facts if case.made else Facts()
    return [
        (measure_of(measure, standards).label, one.quantity)
        for measure, one in agreed_figures(case).items()
        if _differs(told, measure, one.quantity) and measure in standards.measures
    ]
