"""Since when this desk had been told what it now takes over: no clock starts when it was written down.

A unit told at 9:45 that three had died; whoever enters that at 10:30, by 续报 or 统一口径, owes what follows from it
since 9:45.
"""

from datetime import datetime

from jinji_report.desk.stamp import Stamp
from jinji_report.judgement.classify import classify
from jinji_report.judgement.sources import essence, first_told
from jinji_report.model.case import Case
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import Verdict
from jinji_report.moments import iso
from jinji_report.standards.rows import Standards


def known_before(
    case: Case, after: Facts, verdict: Verdict, standards: Standards, stamp: Stamp
) -> list[dict[str, str]]:
    """Each office (`tier`, `line`) that the new figures of `after` bring in, and `at` when a source had told them.

    Only those that `verdict`, which is that of `after`, still names, and that were known before the stamp.
    """
    before = case.facts.measures
    known: dict[str, datetime] = {}
    for name, quantity in after.measures.items():
        if name not in before or not before[name].same_range(quantity):
            at = first_told(case, name, quantity)
            if at is not None and at < stamp.at:
                known[name] = at
    since: dict[tuple[str, str], datetime] = {}
    if not known:
        return []
    base = essence(classify(case.facts, standards, stamp.recorded))
    wanted = {(office.tier.value, office.line.value) for office in verdict.report_to}
    for at in sorted(set(known.values())):
        by_then = {name: after.measures[name] for name, told in known.items() if told <= at}
        then = classify(case.facts.with_changes(measures=before | by_then), standards, stamp.recorded)
        if essence(then) != base:
            for office in then.report_to:
                place = office.tier.value, office.line.value
                if place in wanted:
                    since.setdefault(place, at)
    return [{"tier": tier, "line": line, "at": iso(at)} for (tier, line), at in since.items()]
