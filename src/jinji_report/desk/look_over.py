"""发出前的检查: one report of a case, as it was made or as somebody edited it, looked over before it goes out.

Only what goes out in writing is stopped: a call or a message cannot wait (R17, R25), and is only told.
"""

from collections.abc import Sequence

from jinji_report.desk.stamp import refuse_secrets
from jinji_report.model.case import NOT_REPORTED, Case, Made
from jinji_report.model.entry import NewEntry
from jinji_report.model.fold import fold
from jinji_report.reports.check.remark import Remark
from jinji_report.reports.drill import is_marked, unmarked
from jinji_report.reports.wording import report_name
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Form


def look_over(case: Case, made: Made, standards: Standards, edited: str | None = None) -> tuple[Remark, ...]:
    """All remarks about a report of `case`, or about its text as it was `edited`.

    Raises UnusableInput for an edited text that is none, SecretNote.
    """
    if case.secret is not None:
        return ()
    from jinji_report.reports.check.paper import Earlier, Paper, own_words
    from jinji_report.reports.check.run import check

    before = case.made[made.since] if made.since is not None and made.since < len(case.made) else None
    earlier = None if before is None else Earlier(report_name(before.stage, before.number), before.facts)
    told = None
    if edited is not None:
        from jinji_report.desk.understand import check_note, understand

        refuse_secrets(edited)
        told = understand(check_note(own_words(unmarked(check_note(edited)))), made.recorded, standards).facts
    own = case.decision
    kept_back = own is not None and own.decision == NOT_REPORTED and not own.lapsed
    return check(
        Paper(
            made.text if edited is None else edited,
            made.stage,
            made.facts,
            made.verdict,
            standards,
            made.recorded,
            case=case.number,
            correction=made.correction,
            earlier=earlier,
            told=told,
            kept_back=own.reason if own is not None and kept_back else None,
            drill=is_marked(made.text),
        )
    )


def look_over_new(entries: Sequence[NewEntry], standards: Standards) -> tuple[Remark, ...]:
    """All remarks about the first report of a case that `entries` open."""
    case = next(iter(fold(entry.placed(0, "") for entry in entries).values()))
    return look_over(case, case.made[-1], standards)


def stopping(remarks: Sequence[Remark], form: Form) -> tuple[Remark, ...]:
    """Those that stop a report which goes out in this form."""
    return tuple(remark for remark in remarks if remark.must) if form == Form.WRITTEN else ()
