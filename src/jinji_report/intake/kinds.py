"""Category: which kinds of incident the words of the note speak for, weighed.

Candidates are ranked with their words; the desk sees them all. Which kind leads another (a
collision that lets a chemical out is first of all the chemical's incident) the packs say.
"""

from collections.abc import Mapping

from jinji_report.intake.triggers import STRONG, USUAL, Found, Told, Triggers

Candidate = tuple[str, float, tuple[str, ...]]

_SHOWN = 5
_FIRST_TOLD = 2.0
_IN_BACKGROUND = 0.4


def kinds(words: Triggers, told: Told) -> tuple[list[Candidate], tuple[int, int]]:
    """Categories by weight, gravest first, and where the most telling word of the first stands."""
    if not told.kinds:
        return [], (0, 0)
    tally: dict[str, list[Found]] = {}
    scores: dict[str, float] = {}
    firsts: dict[str, int] = {}
    for number, found in told.kinds.items():
        name = words.rows[number].name
        if len(found) > 1:
            found.sort(key=_rank)
        tally[name] = found
        scores[name] = _weigh(found)
        at = found[0].hits[-1][0]
        usual = found[0].weight >= USUAL
        for one in found:
            if usual and one.weight < USUAL:
                break
            at = min(at, one.hits[-1 if one.compound else 0][0])
        firsts[name] = at
    _weigh_against(words, told, scores, firsts)
    ranked = sorted(scores, key=lambda name: (-scores[name], firsts[name]))
    shown = [
        (name, round(scores[name], 1), tuple(dict.fromkeys([one.said for one in tally[name]])))
        for name in ranked[:_SHOWN]
    ]
    return shown, _most_telling(told, tally[ranked[0]])


def _rank(one: Found) -> tuple[float, int, int]:
    return -one.weight, one.hits[0][0], -len(one.said)


def _most_telling(told: Told, found: list[Found]) -> tuple[int, int]:
    """The word to show: of the weightiest the first told; of a substance that leaked the substance (氯气)."""
    lead = found[0]
    for one in found:
        if one.tagged >= 0 and one.weight == lead.weight:
            lead = one
            break
    shown = lead.hits[0]
    substances = told.of_tag_part(lead)
    if substances:
        shown = min(substances, key=lambda hit: (told.in_a_name(hit[1]), hit[0], hit[0] - hit[1]))
    elif lead.compound:
        shown = max(lead.hits, key=lambda hit: (hit[1] - hit[0], -hit[0]))
    return shown[0], shown[1]


def _weigh_against(words: Triggers, told: Told, scores: dict[str, float], firsts: Mapping[str, int]) -> None:
    """Who comes first in the note, who stands behind, and who leads whom."""
    usual = [name for name in scores if scores[name] >= USUAL]
    if not usual or len(scores) == 1:
        scores.update(dict.fromkeys(usual, sum(scores.values()) + _FIRST_TOLD))
        return
    scores[min(usual, key=lambda name: firsts[name])] += _FIRST_TOLD
    strong = [name for name in scores if scores[name] >= STRONG]
    if any(name not in words.background for name in strong):
        for name in words.background & scores.keys():
            scores[name] *= _IN_BACKGROUND
    if len(strong) < 2:
        return
    passed: set[str] = set()
    while True:
        top = min(scores, key=lambda name: (-scores[name], firsts[name]))
        passed.add(top)
        leaders = [name for name in strong if name not in passed and _leads(words, told, name, top)]
        if not leaders:
            return
        leader = min(leaders, key=lambda name: (-scores[name], firsts[name]))
        scores[leader] = scores[top] + 1


def _leads(words: Triggers, told: Told, leader: str, follower: str) -> bool:
    with_words = words.leads.get((leader, follower))
    return with_words is not None and (not with_words or told.bears(with_words))


def _weigh(found: list[Found]) -> float:
    """The strongest counts in full, what agrees with it a little."""
    total, strong, usual, weak = 0.0, 0, 0, 0
    for one in found:
        if one.weight == STRONG:
            total += STRONG if strong == 0 else 1.5 if strong < 4 else 0
            strong += 1
        elif one.weight == USUAL:
            total += (
                (USUAL if usual == 0 else 1.0 if usual < 4 else 0)
                if not strong
                else (1.0 if usual < 3 else 0)
            )
            usual += 1
        elif weak < 3:
            total += 0.6
            weak += 1
    return total
