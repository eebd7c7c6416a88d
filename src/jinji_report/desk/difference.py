"""What a step changes of a case, item by item: the words before it and the words after it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from jinji_report.judgement.obligations import acks_of, demands_of, limits_of, sent_of
from jinji_report.judgement.sources import agreed_figures
from jinji_report.model.backflow import backflows_of
from jinji_report.model.case import Case
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import NO_GRADE
from jinji_report.moments import on_screen
from jinji_report.reports.phrases import amount, label_of, measure_of, moment_words, place_words
from jinji_report.reports.wording import Wording, report_name
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Basis, Decision, Status

MOST_LISTED = 6

Items = dict[str, tuple[str, str]]


class Difference:
    """One item of a case that is otherwise afterwards. `field` as in JSON; "" is: there is none."""

    __slots__ = ("after", "before", "case", "field", "label")

    def __init__(self, case: str, field: str, label: str, before: str, after: str) -> None:
        self.case = case
        self.field = field
        self.label = label
        self.before = before
        self.after = after

    def __repr__(self) -> str:
        return f"Difference({self.case} {self.field}: {self.before!r} → {self.after!r})"

    def to_json(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "field": self.field,
            "label": self.label,
            "before": self.before or None,
            "after": self.after or None,
        }


def differences(before: Case, after: Case, standards: Standards, now: datetime) -> list[Difference]:
    """The items of `before` that are otherwise in `after`: state, facts, verdict, reports, what went out, came in, is owed."""
    old, new = _items(before, standards, now), _items(after, standards, now)
    named = {field: label for field, (label, _) in (new | old).items()}
    told = [
        Difference(after.number, field, label, old.get(field, (label, ""))[1], new.get(field, (label, ""))[1])
        for field, label in sorted(named.items(), key=lambda item: _ORDER.index(item[0].partition(".")[0]))
    ]
    return [one for one in told if one.before != one.after]


def facts_told(facts: Facts, standards: Standards) -> Items:
    """What is known of the incident: field → label and words."""
    told: Items = {"category": ("类别", facts.category or ""), "place": ("地点", place_words(facts))}
    if facts.occurred is not None:
        basis = {Basis.OCCURRED: "", Basis.ALARM: "（接警时间）", Basis.DISCOVERED: "（发现时间）"}
        told["occurred"] = ("时间", moment_words(facts.occurred) + basis[facts.occurred.basis])
    checking = Wording(standards).unknown
    for name in [*standards.measures, *(name for name in facts.measures if name not in standards.measures)]:
        if name in facts.measures:
            measure, quantity = measure_of(name, standards), facts.measures[name]
            words = checking if quantity.wholly_open else amount(quantity, measure)
            told[f"measures.{name}"] = (label_of(measure, quantity), words)
    told |= {
        "cause": ("原因", facts.cause),
        "actions": ("措施", facts.actions),
        "leaders": ("领导", facts.leaders),
        "progress": ("最新情况", facts.progress),
        "tags": ("标签", "、".join(facts.tags)),
    }
    if "received" in facts.moments:
        told["received"] = ("接报时间", on_screen(facts.moments["received"]))
    return told


_ORDER = (
    "status",
    "category",
    "occurred",
    "received",
    "place",
    "measures",
    "cause",
    "actions",
    "leaders",
    "progress",
    "tags",
    "decision",
    "grade",
    "officer_decision",
    "report_to",
    "reports",
    "sent",
    "acks",
    "told",
    "agreed",
    "requests",
    "owed",
    "lead",
    "consulted",
    "backflows",
)


def _items(case: Case, standards: Standards, now: datetime) -> Items:
    verdict, own, office = case.verdict, case.decision, standards.office_name
    told = {"status": ("状态", status_words(case)), **facts_told(case.facts, standards)}
    if verdict is not None:
        told["decision"] = ("研判", verdict.decision.value)
        told["grade"] = ("等级", NO_GRADE if verdict.grade is None else str(verdict.grade))
    if own is not None:
        told["officer_decision"] = ("值班决定", f"{own.decision}（{own.reason}）")
    offices = [demand.office for demand in demands_of(case, standards)]
    told["report_to"] = (
        "应报对象",
        _listed([o.office + ("" if o.decision == Decision.REPORT else "（待核）") for o in offices]),
    )
    told["reports"] = ("已成文", _listed([report_name(made.stage, made.number) for made in case.made]))
    told["sent"] = (
        "已报送",
        _by_office(
            (f"{report_name(s.stage, s.number)}（{s.form} {on_screen(s.at, beside=now)}）", office(s.to))
            for s in sent_of(case)
        ),
    )
    told["acks"] = (
        "已回执",
        _by_office((on_screen(ack.at, beside=now), office(ack.to)) for ack in acks_of(case)),
    )
    reports = [f"{one.unit} {on_screen(one.at, beside=now)}" for one in case.chain.told]
    told["told"] = ("单位报告", _listed(reports))
    agreed = [
        f"{label_of(measure_of(name, standards))}{amount(one.quantity, measure_of(name, standards))}"
        for name, one in agreed_figures(case).items()
    ]
    told["agreed"] = ("统一口径", _listed(agreed))
    told["requests"] = (
        "上级要求",
        _listed(
            [
                f"{r.name} {r.kind}{f'（已{r.answers[-1].step}）' if r.answers else ''}"
                for r in case.chain.requests
            ]
        ),
    )
    owed = [limit for limit in limits_of(case, standards, now, of_others=False) if limit.ours]
    told["owed"] = ("还欠", _by_office((limit.label, limit.office) for limit in owed if limit.running))
    return told | _beside(case, now)


def _beside(case: Case, now: datetime) -> Items:
    """What was found about a lead, who was consulted, who knew first."""
    lead = case.chain.lead
    asked = [f"{one.unit}：{one.opinion}" if one.opinion else f"问{one.unit}" for one in case.chain.consulted]
    knew = [f"{one.who}（{on_screen(one.at, beside=now)}）" for one in backflows_of(case)]
    return {
        "lead": ("核实", "" if lead is None else f"{lead.state}{f'（{lead.unit}）' if lead.unit else ''}"),
        "consulted": ("会商", _listed(asked, "；")),
        "backflows": ("倒灌", _listed(knew)),
    }


def status_words(case: Case) -> str:
    """`在办`, `已并入 20260305-02`."""
    return f"已并入 {case.merged_into}" if case.status == Status.MERGED else case.status.value


def _by_office(told: Iterable[tuple[str, str]]) -> str:
    """`首报→市委办公室、市政府办公室；续报一→市委办公室`, from what went, or must go, to which office."""
    offices: dict[str, list[str]] = {}
    for what, office in told:
        offices.setdefault(what, []).append(office)
    return _listed([f"{what}→{'、'.join(dict.fromkeys(to))}" for what, to in offices.items()], "；")


def _listed(words: Sequence[str], between: str = "、") -> str:
    """All of a few; the last ones of many, and how many there are."""
    if len(words) <= MOST_LISTED:
        return between.join(words)
    return f"…{between}{between.join(words[-MOST_LISTED // 2 :])}（共 {len(words)} 项）"
