"""What a note tells of persons, measure by measure, while the measures are seen against each other."""

from jinji_report.intake.people.settle import settle
from jinji_report.intake.people.told import Mention, Settled, Told
from jinji_report.intake.text import Note

POISONINGS = ("食物中毒", "急性中毒", "传染病疫情", "群体性不明原因疾病", "药品疫苗事件")
_ENDED_BY_DEATH = ("trapped", "missing", "injured", "seriously_injured", "hospitalized", "faint")


class Toll:
    """`mentions` are all that was told of a measure, `settled` the one figure that counts.

    The rules in `lost`, `hurt` and `ill` go by both, and change what is settled.
    """

    __slots__ = ("aboard", "category", "mentions", "note", "persons", "settled", "text")

    def __init__(self, note: Note, persons: Told, category: str | None, aboard: Settled | None) -> None:
        self.note = note
        self.text = note.plain
        self.persons = persons
        self.category = category
        self.aboard = aboard
        self.mentions = _by_measure(persons.mentions)
        self.settled: dict[str, Settled] = {}
        for name, mentions in self.mentions.items():
            one = settle(mentions)
            if one is not None:
                self.settled[name] = one

    @property
    def ill(self) -> bool:
        """Those in hospital were made ill, and not hurt."""
        return self.category in POISONINGS or "poisoned" in self.settled


def _by_measure(mentions: list[Mention]) -> dict[str, list[Mention]]:
    """Mentions by measure; one whose people were told dead afterwards (3人被困,均已死亡) is no longer what it was."""
    gone = {m.carried_from for m in mentions if m.measure == "deaths" and m.carried_from is not None}
    found: dict[str, list[Mention]] = {}
    for index, mention in enumerate(mentions):
        if index in gone and mention.measure in _ENDED_BY_DEATH:
            continue
        source = mention.carried_from
        if (
            source is not None
            and mention.measure == "injured"
            and mentions[source].measure in ("trapped", "missing")
        ):
            gone.add(source)
        found.setdefault(mention.measure, []).append(mention)
    return found
