"""Casualty frames: who died, was hurt, is missing, trapped, ill, moved, and how many.

A sentence is walked once as numbers of persons, words of harm, marks (其中, 另, 合计, 现确认) and
commas. Each count that meets its word is a `Mention`; `settle` makes of all mentions of one
measure what the note says of it: the latest figure counts, a part is no addition, a sum is summed.
Vehicles, ages, floors, distances and those who came to help are no persons here.

`harm_words`, `person_words`, `words`: the tables · `persons`, `tokens`: what the walk goes through · `walk`, `state`:
clause by clause · `harm`: a word of harm and its rules: `lookalikes`, `nobody`, `number_beside`, `same_people`, `alone`,
`clause_before` · `settle`, `headcount`: figures · `toll`: the measures seen against each other: `ill`, `lost`, `hurt` ·
`measures`: what comes out.
"""

from jinji_report.intake.people.headcount import headcount
from jinji_report.intake.people.measures import casualties
from jinji_report.intake.people.settle import settle
from jinji_report.intake.people.told import SAID_AT_MOST, Mention, Settled, Told
from jinji_report.intake.people.walk import people

__all__ = [
    "SAID_AT_MOST",
    "Mention",
    "Settled",
    "Told",
    "casualties",
    "headcount",
    "over",
    "people",
    "settle",
]
