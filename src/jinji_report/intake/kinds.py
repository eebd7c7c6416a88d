"""Category: which kinds of incident the words of the note speak for, weighed.

Candidates are ranked with their words; the desk sees them all. Which kind leads another (a
collision that lets a chemical out is first of all the chemical's incident) the packs say.
"""

from collections.abc import Mapping

from jinji_report.intake.lexicon import Hit
from jinji_report.intake.triggers import STRONG, USUAL, WEAK, Found, Told, Trigger, Triggers

Candidate = tuple[str, float, tuple[str, ...]]
"""A category, how much speaks for it, and the words that do."""

Ranked = tuple[str, float, list[Found]]
"""A candidate whose words are not gathered yet: they are shown where somebody asks for them."""

_SHOWN = 5
_FIRST_TOLD = 2.0
_IN_BACKGROUND = 0.4
_PLACES = 24  # bits that hold where a word begins


def kinds(words: Triggers, told: Told) -> tuple[list[Ranked], tuple[int, int]]:
    """Categories by weight, gravest first, and where the most telling word of the first stands."""
    if not told.kinds:
        return [], (0, 0)
    scores: dict[int, float] = {}
    firsts: dict[int, int] = {}
    for number, found in told.kinds.items():
        scores[number], firsts[number] = _weigh(found)
    _weigh_against(words, told, scores, firsts)
    ranked = list(scores)
    if len(ranked) > 1:
        ranked.sort(key=lambda number: (-scores[number], firsts[number], number))
        del ranked[_SHOWN:]
    shown = [(words.rows[number].name, round(scores[number], 1), told.kinds[number]) for number in ranked]
    return shown, _most_telling(told, shown[0][2])


def candidate(ranked: Ranked) -> Candidate:
    """The candidate with its words, the weightiest first, each once."""
    name, weight, found = ranked
    says = [
        "+".join([hit[2] for hit in hits]) if trigger.chains else trigger.said
        for trigger, hits in (sorted(found, key=_rank) if len(found) > 1 else found)
    ]
    return name, weight, tuple(dict.fromkeys(says))


def _rank(found: Found) -> tuple[float, int, int, str]:
    trigger, hits = found
    return -trigger.weight, hits[0][0], -len(trigger.said), trigger.said


def _weigh(found: list[Found]) -> tuple[float, int]:
    """The strongest counts in full, what agrees with it a little; and where the first telling word stands.

    Of two kinds told by one word (撞上) the one whose words begin first (高铁…) is the first told.
    """
    if len(found) == 1:
        ((trigger, hits),) = found
        return 0.6 if trigger.weight == WEAK else trigger.weight, _place(trigger, hits)
    strong = usual = weak = 0
    first = last = 1 << 60
    for trigger, hits in found:
        at = _place(trigger, hits)
        weight = trigger.weight
        if weight == WEAK:
            weak += 1
            if at < last:
                last = at
            continue
        if weight == STRONG:
            strong += 1
        else:
            usual += 1
        if at < first:
            first = at
    score = 0.6 * min(weak, 3) if weak else 0.0
    if strong:
        score += STRONG + 1.5 * min(strong - 1, 3) + min(usual, 3)
    elif usual:
        score += USUAL + min(usual - 1, 3)
    else:
        first = last
    return score, first


def _place(trigger: Trigger, hits: list[Hit]) -> int:
    """Where the last part of a word stands, and then where its first does, in one number."""
    begin = hits[0][0]
    return ((hits[-1][0] if trigger.chains else begin) << _PLACES) + begin


def _most_telling(told: Told, found: list[Found]) -> tuple[int, int]:
    """The word to show: the longest of the weightiest; of a substance that leaked the substance (氯气)."""
    weight, tagged = 0.0, False
    at = size = 0
    for trigger, hits in found:
        if trigger.weight < weight:
            continue
        if trigger.weight > weight:
            weight, tagged, size = trigger.weight, False, 0
        tagged = tagged or trigger.tagged
        for start, end, _ in hits:
            longer = end - start - size
            if longer > 0 or (not longer and start < at):
                at, size = start, end - start
    if tagged:
        substance = next(one for one in sorted(found, key=_rank) if one[0].tagged and one[0].weight == weight)
        told_of = told.of_tag_part(substance)
        shown = min(told_of, key=lambda hit: (told.in_a_name(hit[1]), hit[0], hit[0] - hit[1]))
        return shown[0], shown[1]
    return at, at + size


def _weigh_against(words: Triggers, told: Told, scores: dict[int, float], firsts: Mapping[int, int]) -> None:
    """Who comes first in the note, who stands behind, and who leads whom."""
    usual = [number for number, score in scores.items() if score >= USUAL]
    if not usual:
        return
    scores[min(usual, key=lambda number: (firsts[number], number))] += _FIRST_TOLD
    if len(scores) == 1:
        return
    strong = [number for number in usual if scores[number] >= STRONG]
    if len(usual) > 1 and not words.background.issuperset(strong):
        for number in words.background.intersection(scores):
            scores[number] *= _IN_BACKGROUND
    if len(strong) < 2:
        return
    passed: set[int] = set()
    while True:
        top = min(scores, key=lambda number: (-scores[number], firsts[number], number))
        passed.add(top)
        leaders = [one for one in strong if one not in passed and _leads(words, told, one, top)]
        if not leaders:
            return
        leader = min(leaders, key=lambda number: (-scores[number], firsts[number], number))
        scores[leader] = scores[top] + 1


def _leads(words: Triggers, told: Told, leader: int, follower: int) -> bool:
    lead = words.leads.get((leader, follower))
    if lead is None or told.bears(lead.unless):
        return False
    return not lead.words or told.bears(lead.words)
