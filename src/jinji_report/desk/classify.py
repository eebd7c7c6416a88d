"""研判 without the ledger: one note or structured facts in, the judged incident out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from jinji_report.desk.answer import Finding, Judged
from jinji_report.desk.given import apply_sets
from jinji_report.desk.understand import Understood, check_note, understand
from jinji_report.judgement.bounds import contradictions
from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import first_limits
from jinji_report.model.facts import Facts
from jinji_report.standards.rows import Standards


def judge(
    facts: Facts,
    standards: Standards,
    now: datetime,
    understood: Understood | None = None,
    *,
    on: date | None = None,
    more: Sequence[Finding] = (),
) -> Judged:
    """The verdict on `facts` and the limits that it brings, as they stand at `now`, when it was heard.

    `more`: what the caller found about the call as a whole; it is told first.

    Both go by the standards in force on the day it happened, or on the day `on`.
    """
    facts = facts.with_changes(moments={"received": now} | facts.moments)
    verdict = classify(facts, standards, now, on=on)
    found = [*more, *findings(facts, standards, understood)]
    return Judged(facts, verdict, first_limits(facts, verdict, standards, now, on=on), now, found, understood)


def judge_note(
    text: str,
    sets: Iterable[str],
    standards: Standards,
    now: datetime,
    *,
    on: date | None = None,
) -> Judged:
    """A note, with the officer's `sets` over what was read. Raises UnusableInput."""
    understood = understand(check_note(text), now, standards, sets)
    return judge(understood.facts, standards, now, understood, on=on)


def judge_sets(sets: Iterable[str], standards: Standards, now: datetime, *, on: date | None = None) -> Judged:
    """Structured facts alone (`--set deaths=3`), without a note."""
    return judge(apply_sets(Facts(), sets, standards, now), standards, now, on=on)


def findings(facts: Facts, standards: Standards, understood: Understood | None) -> list[Finding]:
    """What the reading asks to be confirmed, and the figures of `facts` that contradict each other."""
    found = [] if understood is None else findings_of(understood)
    for measure, text in contradictions(facts, standards):
        found.append(Finding(measure, text, _where(measure, "", understood)))
    return found


def findings_of(understood: Understood) -> list[Finding]:
    """What the reading itself asks to be confirmed."""
    return [
        Finding(doubt.field, doubt.text, _where(doubt.field, doubt.text, understood))
        for doubt in understood.reading.doubts
    ]


def _where(field: str, text: str, understood: Understood | None) -> tuple[int, int] | None:
    """Where the words stand that a finding quotes first (“3人”), else the value that it is about."""
    if understood is None:
        return None
    raw, shown = understood.reading.note.raw, understood.shown
    quoted = text.partition("“")[2].partition("”")[0]
    told = shown.measures.get(field) or shown.fields.get(field) or ()
    for start, end in told:
        if quoted and quoted in raw[start:end]:
            return start, end
    at = raw.find(quoted) if quoted else -1
    return (at, at + len(quoted)) if at >= 0 else told[0] if told else None
