"""From a note to draft facts, each with its words and its place in the note.

`read` puts the readers' answers together and says what it is not sure of (`doubts`); it asks no
clock, opens nothing, and raises nothing, whatever the note holds. Who receives the call and when
is the desk's to add (`moments["received"]`).
"""

from datetime import datetime

from jinji_report.intake.amounts import amounts
from jinji_report.intake.background import earlier_incidents, headline_end
from jinji_report.intake.beside import told_beside
from jinji_report.intake.kinds import Candidate, candidate, kinds
from jinji_report.intake.mojibake import garbled
from jinji_report.intake.occurrence import moments as moments_of
from jinji_report.intake.occurrence import occurred as occurred_of
from jinji_report.intake.people import casualties, headcount, people
from jinji_report.intake.places import place
from jinji_report.intake.places.full import in_full
from jinji_report.intake.reading import Draft, Reading, tied
from jinji_report.intake.scan import Scan
from jinji_report.intake.source import source
from jinji_report.intake.tags import tags
from jinji_report.intake.text import Note, masked
from jinji_report.intake.times import times
from jinji_report.intake.triggers import Lexicon, Told, compiled
from jinji_report.model.facts import Facts, Place, Source

UNIT_ENDS = ("室", "所", "队", "局", "办", "站", "中心", "公司", "值班")
"""How the name of a sender ends that is an office and no person."""


def read(text: str, now: datetime, lexicon: Lexicon) -> Reading:
    """Read a call note against `now` (aware, +08:00) with the words of `lexicon`."""
    note = Note(text)
    draft = Draft(note)
    if note.repeated:
        draft.doubt("note", "来电内容里有重复粘贴的部分，只按一遍读。")
    mess = garbled(text)
    if mess is not None:
        draft.doubt(
            "note",
            f"来电内容有乱码（{''.join(c for c in mess[:8] if c.isprintable())}），原字读不出来，数字和地名请再核对。",
        )
    words = compiled(lexicon, note.plain)
    scan = Scan(note, words.lexicon)
    size = len(note.plain)
    # 刚才 in a message that was passed on is seen from when it was sent.
    told = times(scan, _sent_at(note, now) if note.heads else now)
    past = masked(size, earlier_incidents(scan, told))
    current = [one for one in told if not past[one.start]] if 1 in past else told
    stretches = [(one.start, one.end) for one in told]
    clock = masked(size, stretches)
    numbers = [one for one in scan.numbers if not clock[one.core]]

    occurred = occurred_of(draft, current, now)
    moments = moments_of(draft, current)
    triggers = Told(words, scan, past)
    ranked, telling = kinds(words, triggers)
    category = ranked[0][0] if ranked and ranked[0][1] >= 2 else None
    category_said = ""
    if category is not None:
        category_said = draft.sign("category", *telling)
        if tied(ranked):
            draft.doubt("category", _also(candidate(ranked[0]), candidate(ranked[1])))

    persons = people(scan, numbers, past)
    aboard = headcount(scan, numbers, past)
    measures, increments = casualties(draft, persons, category, aboard)
    if aboard is not None and "headcount" not in measures:
        measures["headcount"] = aboard.quantity
        draft.span("headcount", aboard.start, aboard.end)
    measures = amounts(draft, scan, numbers, past, lexicon.measures) | measures

    caller, caller_span = source(scan)
    if caller.person is None and caller.unit is None and note.heads:
        sender = draft.head("source", *note.heads[0].name)
        unit = sender.endswith(UNIT_ENDS)
        caller = Source(sender if unit else None, None if unit else sender, caller.phone, caller.kind)
    named = words.gazetteer.named(scan)
    where = place(scan, stretches, past, headline_end(note.plain, told), caller_span, named)
    there: Place | None = None
    brought: dict[str, str] = {}
    if where is not None:
        there, brought = in_full(draft, words.gazetteer, where.start, where.end, named)
    signs = brought
    said = {field: end for field, _, end, _ in draft.told}
    for name, (start, end) in tags(words, triggers, scan, measures, said).items():
        signs[name] = draft.sign("tag", start, end, name)
    if caller_span is not None:
        draft.span("source", *caller_span)
    told_already = masked(size, [*stretches, *draft.covered])
    beside = told_beside(scan, stretches, caller_span, past, told_already)
    facts = Facts(
        category=category,
        category_said=category_said,
        occurred=occurred,
        moments=moments,
        place=there,
        measures=measures,
        tags=signs,
        source=caller,
        course="" if beside["course"] == category_said else beside["course"],
        actions=beside["actions"],
        leaders=beside["leaders"],
        cause=beside["cause"],
    )
    return Reading(facts, draft, increments, ranked, stretches)


def _sent_at(note: Note, now: datetime) -> datetime:
    """When the first message was sent whose head tells it, or `now`."""
    return next((at for head in note.heads if (at := head.sent_at(now)) is not None), now)


def _also(first: Candidate, second: Candidate) -> str:
    """That the second kind speaks nearly as loud as the first."""
    return (
        f"类别按{first[0]}（{'、'.join(first[2][:3])}）理解，"
        f"也可能是{second[0]}（{'、'.join(second[2][:3])}），请确认。"
    )
