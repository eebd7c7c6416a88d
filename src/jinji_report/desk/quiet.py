"""无新情况: a numbered 续报 that says that nothing changed, so that the cadence is kept where nothing did (R28)."""

from collections.abc import Callable
from typing import Any

from jinji_report.desk.agree import typed
from jinji_report.desk.answer import Judged
from jinji_report.desk.cases import commit, find_case, require_open, require_words
from jinji_report.desk.followup import Followed, next_follow_up
from jinji_report.desk.look_over import look_over
from jinji_report.desk.new import report_json
from jinji_report.desk.stamp import Stamp
from jinji_report.errors import CaseState
from jinji_report.judgement.obligations import limits_of
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts
from jinji_report.model.fold import take
from jinji_report.model.verdict import Verdict
from jinji_report.reports.changes import changes
from jinji_report.reports.document import Header, follow_up
from jinji_report.reports.wording import report_name
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind, Stage


def nothing_new(
    store: Store,
    name: str,
    standards: Standards,
    header: Header,
    stamp: Stamp,
    agree: Callable[[Followed], bool] | None = None,
) -> Followed:
    """Enter a 续报 that says that there is no news, since the last report that went out.

    Facts and verdict stay as they are. Raises UnknownCase, CaseState where nothing went out yet, where something
    that was written since is news to the reader, and after a 终报.
    """

    def decide(cases: Cases) -> tuple[list[NewEntry], Followed]:
        case = find_case(cases, name)
        require_open(case, "续报")
        require_words(case)
        since, verdict = _heard(case, standards)
        base = case.made[since]
        facts = case.facts.with_changes(progress="")
        report = follow_up(
            facts, base.facts, verdict, verdict, standards, header, stamp.at, number=next_follow_up(case)
        )
        data: dict[str, Any] = {
            **report_json(report),
            "since": since,
            "base": base.id,
            "correction": False,
            "no_change": True,
        }
        entry = stamp.entry(case.number, EntryKind.REPORT, data)
        take(case, entry.placed(0, ""))
        judged = Judged(facts, verdict, limits_of(case, standards, stamp.recorded), stamp.recorded)
        check = [remark for remark in look_over(case, case.made[-1], standards) if remark.must]
        return [entry], Followed(case.number, judged, report, (), case.verdict, check)

    return commit(store, decide, agree)


def _heard(case: Case, standards: Standards) -> tuple[int, Verdict]:
    """The place of the last report that went out, and the verdict that the reader knows. Raises CaseState."""
    since = case.last_sent_report()
    if since is None or case.verdict is None:
        raise CaseState(
            f"案卷 {case.number} 还没有报出过，说不上有没有新情况。",
            remedy=f"先报首报：jinji sent {case.number}。",
        )
    final = next((made for made in case.made if made.stage == Stage.FINAL), None)
    if final is not None:
        raise CaseState(
            f"案卷 {case.number} 已有终报，不用再报无新情况。",
            remedy=f"终报报出后结案：jinji close {case.number}。",
        )
    base, verdict = case.made[since], case.verdict
    graded = base.verdict is not None and base.verdict.grade != verdict.grade
    if graded or changes(base.facts, case.facts, standards):
        unsent = [made for made in case.made[since + 1 :] if made.stage != Stage.FEEDBACK]
        if not unsent:
            raise CaseState(
                f"案卷 {case.number} 的情况在上一报以后改过，还没有写成续报，不能报无新情况。",
                remedy=f"先写续报：{_telling(case, base.facts, standards)}。",
            )
        newest = unsent[-1]
        raise CaseState(
            f"{report_name(newest.stage, newest.number)}写了还没有报出，里面有新情况，不能报无新情况。",
            remedy=f"先报它：jinji sent {case.number}。",
        )
    return since, verdict


def _telling(case: Case, told: Facts, standards: Standards) -> str:
    """The follow-up that tells the figures that `told` tells otherwise, or not."""
    sets = [
        f" --set {standards.measures[name].label}={typed(quantity)}"
        for name, quantity in case.facts.measures.items()
        if name in standards.measures and told.measures.get(name) != quantity
    ]
    return f"jinji followup {case.number}{''.join(sets) or ' 新情况'}"
