"""The place for the report: the note's words, with the full name, the owner and the tags of a place that is known."""

from collections.abc import Sequence

from jinji_report.intake.lexicon import Hit
from jinji_report.intake.places.gazetteer import Gazetteer
from jinji_report.intake.reading import Draft
from jinji_report.model.facts import Place
from jinji_report.standards.rows import KnownPlace


def in_full(
    draft: Draft, gazetteer: Gazetteer, start: int, end: int, named: Sequence[Hit]
) -> tuple[Place, dict[str, str]]:
    """The place at `start`..`end`, and the tags that it brings; a name that several places bear is asked back."""
    phrase = draft.note.plain[start:end]
    said = text = draft.span("place", start, end)
    within = [hit for hit in named if start <= hit[0] and hit[1] <= end]
    owner = ""
    tags: dict[str, str] = {}
    for begin, finish, word in within:
        rows = gazetteer.of(word, phrase)
        if len(rows) > 1:
            draft.doubt("place", f"“{word}”可能是{'、'.join(row.full for row in rows)}，请问清是哪一处。")
            continue
        row = rows[0]
        owner = row.owner or owner
        tags |= dict.fromkeys(row.tags, draft.note.quote(begin, finish))
        if finish == within[-1][1]:
            text = completed(phrase, begin - start, finish - start, row) if word != row.full else text
    shared = gazetteer.unsettled(phrase, [hit[2] for hit in within])
    if shared is not None:
        name, level = shared
        draft.doubt("place", f"“{name}”各{level}都有，请问清是哪个{level}的。")
    return Place(text, said, owner), tags


def completed(phrase: str, start: int, end: int, row: KnownPlace) -> str:
    """The phrase with the full name of the place instead of `phrase[start:end]`, nothing said twice."""
    word, full = phrase[start:end], row.full
    if word == full:
        return phrase
    before = phrase[:start]
    for size in range(len(before), 0, -1):
        if full.startswith(before[-size:]) or before[-size:] in full[: len(full) - len(word)]:
            before = before[:-size]
            break
    return before + full + phrase[end:]
