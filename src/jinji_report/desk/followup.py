"""续报: new facts over the old ones, regraded, and told as what changed since the reader last heard.

A follow-up says how things stand now: a figure that it tells replaces the old one, 又死亡1人 adds to
it. When and where it happened stay as first told, unless the note is a correction (更正).
"""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from jinji_report.desk.answer import Finding, Judged
from jinji_report.desk.cases import commit, find_case, require_open, require_words
from jinji_report.desk.classify import findings, findings_of
from jinji_report.desk.given import apply_sets
from jinji_report.desk.known import known_before
from jinji_report.desk.look_over import look_over
from jinji_report.desk.new import report_json
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.desk.understand import Understood, check_note, understand
from jinji_report.intake.reading import Reading
from jinji_report.intake.sequel import accounted_for, died_of_wounds, nothing_new, of_the_lost
from jinji_report.judgement.classify import classify
from jinji_report.judgement.obligations import limits_of, sent_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import NOT_REPORTED, Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts
from jinji_report.model.fold import take
from jinji_report.model.verdict import Verdict
from jinji_report.quantity import Quantity
from jinji_report.reports.changes import Change, changes
from jinji_report.reports.check.remark import Remark
from jinji_report.reports.document import Header, Report, first_report, follow_up
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import OTHER_CATEGORY, Decision, EntryKind, Stage


class Followed:
    """What a follow-up made of a case: the judged incident, its report, and the changes that it tells.

    `check` is what there is to remark about the report before it goes out.
    """

    __slots__ = ("before", "changes", "check", "judged", "number", "report")

    def __init__(
        self,
        number: str,
        judged: Judged,
        report: Report,
        changes: Sequence[Change],
        before: Verdict | None,
        check: Sequence[Remark],
    ) -> None:
        self.check = tuple(check)
        self.number = number
        self.judged = judged
        self.report = report
        self.changes = tuple(changes)
        self.before = before

    def to_json(self) -> dict[str, Any]:
        return self.judged.to_json(
            case=self.number,
            report=report_json(self.report),
            changes=[
                {
                    "field": c.field,
                    "label": c.label,
                    "before": c.before,
                    "after": c.after,
                    "went_down": c.went_down,
                    "text": c.sentence,
                }
                for c in self.changes
            ],
            check=[remark.to_json() for remark in self.check],
        )


def follow(
    store: Store,
    name: str,
    note: str,
    sets: Sequence[str],
    standards: Standards,
    header: Header,
    stamp: Stamp,
    *,
    final: bool = False,
    correct: bool = False,
) -> Followed:
    """Enter a follow-up to the case called `name`.

    Raises UnknownCase, CaseState for a closed case, SecretNote, UnusableInput, and what the store raises.
    """
    refuse_secrets(note)
    if note.strip() or not (sets or final):
        check_note(note)

    def decide(cases: Cases) -> tuple[list[NewEntry], Followed]:
        case = find_case(cases, name)
        require_open(case, "续报")
        require_words(case)
        before = case.facts
        after, found, understood = new_facts(before, note, sets, standards, stamp.at, correct=correct)
        verdict = classify(after, standards, stamp.recorded)
        since = base_of(case)
        if since != max(_of_the_incident(case), default=-1) and before.progress:
            # What was written since the reader last heard and never went out is still news.
            news = "；".join(dict.fromkeys(p for p in (before.progress, after.progress) if p))
            after = after.with_changes(progress=news)
        # What the case is called from now on: the core as a first report would say it today.
        after = after.with_changes(
            title=first_report(after, verdict, standards, header, stamp.recorded).title
        )
        stage = Stage.FINAL if final else Stage.FOLLOW_UP
        report = follow_up(
            after,
            case.made[since].facts if since is not None else before,
            verdict,
            case.made[since].verdict if since is not None else None,
            standards,
            header,
            stamp.recorded,
            number=0 if final else next_follow_up(case),
            stage=stage,
            correction=correct,
        )
        told = changes(before, after, standards)
        known = known_before(case, after, verdict, standards, stamp)
        entries = [
            stamp.entry(
                case.number,
                EntryKind.FACTS,
                {"note": note, "sets": list(sets), "incident": after.to_json(), "correction": correct},
            ),
            stamp.entry(
                case.number,
                EntryKind.VERDICT,
                {"verdict": verdict.to_json(), "correction": correct, **({"known": known} if known else {})},
            ),
            stamp.entry(
                case.number,
                EntryKind.REPORT,
                {
                    **report_json(report),
                    "since": since,
                    "base": None if since is None else case.made[since].id,
                    "correction": correct,
                },
            ),
        ]
        previous = case.verdict
        found += [*findings(after, standards, None), *overtaken(case, verdict, told)]
        for entry in entries:  # the limits as they are once these entries stand
            take(case, entry.placed(0, ""))
        judged = Judged(
            after, verdict, limits_of(case, standards, stamp.recorded), stamp.recorded, found, understood
        )
        check = look_over(case, case.made[-1], standards)
        return entries, Followed(case.number, judged, report, told, previous, check)

    return commit(store, decide)


def new_facts(
    before: Facts,
    note: str,
    sets: Iterable[str],
    standards: Standards,
    at: datetime,
    *,
    correct: bool,
) -> tuple[Facts, list[Finding], Understood | None]:
    """The facts after the follow-up, what its reading asks to be confirmed, and that reading, if there was a note."""
    found: list[Finding] = []
    after, understood = before, None
    if note.strip():
        understood = understand(check_note(note), at, standards)
        after = merged(before, understood.reading, note, correct=correct)
        found = findings_of(understood)
        if _dead(after) > _dead(before) and _still_hurt(after) and not _all_of_wounds(before, after, note):
            text = "新增死亡的人原来是否算在受伤人数里？受伤人数没有改，如有变化请用 --set 受伤= 改定。"
            found.append(Finding("injured", text))
    return apply_sets(after, sets, standards, at), found, understood


def merged(before: Facts, reading: Reading, note: str, *, correct: bool) -> Facts:
    """What was known with what was told now.

    A wounded person who died is among the dead and no longer among the wounded.
    """
    told = reading.facts
    measures = before.measures | told.measures
    for name, more in reading.increments.items():
        known = before.measures.get(name)
        measures[name] = _added(known, more)
    for name, count in accounted_for(note):
        known = before.measures.get(name)
        if known is not None and (name not in told.measures or count is not None):
            measures[name] = _fewer(known, known.top if count is None else count, "已找到")
    if "deaths" in told.measures and of_the_lost(told.measures["deaths"].said):
        measures["deaths"] = _added(before.measures.get("deaths"), told.measures["deaths"])
    wounded = died_of_wounds(note)
    if wounded is not None:
        measure, words, count = wounded
        died = min(count, _least(measures.get("deaths")) - _dead(before))
        for name in ("seriously_injured", "injured") if measure == "seriously_injured" else ("injured",):
            known = before.measures.get(name)
            about_them = name not in told.measures or told.measures[name].said in words
            if died > 0 and known is not None and about_them:
                measures[name] = _fewer(known, died, words)
    changed: dict[str, Any] = {
        "measures": measures,
        "tags": before.tags | {tag: said for tag, said in told.tags.items() if tag not in before.tags},
        "moments": told.moments | before.moments,
    }
    if told.occurred is not None and (before.occurred is None or correct):
        changed["occurred"] = told.occurred
    if told.place is not None and (before.place is None or correct):
        changed["place"] = told.place
    fresh_kind = told.category not in (None, OTHER_CATEGORY)
    if fresh_kind and (before.category in (None, OTHER_CATEGORY) or correct):
        changed |= {"category": told.category, "category_said": told.category_said}
    for name in ("cause", "actions", "leaders"):
        if getattr(told, name):
            changed[name] = getattr(told, name)
    changed["progress"] = "" if nothing_new(note) else told.course
    return before.with_changes(**changed)


def overtaken(case: Case, verdict: Verdict, told: Sequence[Change]) -> list[Finding]:
    """The officer's own 不报, where news came after it: it was decided on other facts."""
    own = case.decision
    if own is None or own.decision != NOT_REPORTED or not told or verdict.decision == Decision.KEEP:
        return []
    text = (
        f"此前值班决定“{own.decision}”（{own.reason}），现情况有变，研判为{verdict.decision}，请重新决定："
        f"jinji decide {case.number} 应报 --reason 理由"
    )
    return [Finding("decision", text)]


def base_of(case: Case) -> int | None:
    """The report that readers have: the newest that was sent, else the first one written."""
    sent = case.last_sent_report()
    if sent is not None:
        return sent
    return next(iter(_of_the_incident(case)), None)


def _of_the_incident(case: Case) -> list[int]:
    """The places in `made` of the reports that tell how the incident stands."""
    return [place for place, made in enumerate(case.made) if made.stage != Stage.FEEDBACK]


def next_follow_up(case: Case) -> int:
    """The number after the greatest; one that went out is not given again, though its report was taken back."""
    went_out = [sent.number for sent in sent_of(case) if sent.stage == Stage.FOLLOW_UP]
    written = [made.number for made in case.made if made.stage == Stage.FOLLOW_UP]
    return 1 + max([*went_out, *written], default=0)


def _all_of_wounds(before: Facts, after: Facts, note: str) -> bool:
    """The note says of all the new dead that they were of the wounded."""
    wounded = died_of_wounds(note)
    return wounded is not None and wounded[2] >= _dead(after) - _dead(before)


def _dead(facts: Facts) -> int | float:
    return _least(facts.measures.get("deaths"))


def _least(quantity: Quantity | None) -> int | float:
    return 0 if quantity is None else quantity.low


def _still_hurt(after: Facts) -> bool:
    """Somebody is still among the injured, so the new dead may have been of them."""
    known = after.measures.get("injured")
    return known is not None and known.top > 0


def _fewer(known: Quantity, by: float, words: str) -> Quantity:
    high = None if known.high is None or by == math.inf else max(0, known.high - by)
    if by == known.top:
        return Quantity(0, 0, words)
    return Quantity(max(0, known.low - by), high, words)


def _added(known: Quantity | None, more: Quantity) -> Quantity:
    return more if known is None or known.wholly_open else known.plus(more)
