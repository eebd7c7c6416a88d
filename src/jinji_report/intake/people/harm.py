"""A word of harm and the persons that it counts.

The rules are tried in order, and the first that settles the word ends it: no word of harm after
all, negated, among the dead, the number before it, the number behind it, not known, all got out,
one person without a number, those of the clause before.
"""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.alone import meets_one
from jinji_report.intake.people.clause_before import of_clause_before
from jinji_report.intake.people.harm_words import COUNTABLE, HURT_NOUNS
from jinji_report.intake.people.lookalikes import no_harm
from jinji_report.intake.people.nobody import doubted, negated, unknown_after
from jinji_report.intake.people.number_beside import (
    counts_before,
    counts_behind,
    dead_and_lost,
    number_behind,
    parted,
)
from jinji_report.intake.people.same_people import (
    all_but,
    all_of_them,
    all_rescued,
    among_dead,
    dies_too,
    few_survive,
    moved_out,
    said_already,
    same_people,
)
from jinji_report.intake.people.state import State
from jinji_report.intake.people.tokens import Token
from jinji_report.intake.people.words import NEGATION, NOT_UNKNOWN_BEFORE, NUMBER_NOUNS, RESCUING

_MAY_DIE = ("missing", "trapped", "hospitalized", "rescued")
_JOINED = frozenset(("", "、", "和", "或", "及", "或者", "以及"))
_DEAD_NOUNS = frozenset(("死人", "遇难者", "死者", "罹难者", "死难者"))
_MAY_WAIT = ("poisoned", "injured", "crowd")
"""Whose number may follow in the next clause: 食用鲜奶中毒,累计39例."""
_ONE_DEAD = pattern(
    "[,:(]?(?:(?:系|为|是)(?![0-9一二两三四五六七八九十几])(?!均|都|谁|当地)|[男女](?![0-9一二两三四五六七八九十])|某|姓|名叫|叫|身份为|[一-龥]某|约?[0-9]{1,2}岁)"
)
"""死者男,45岁; 死者系店主: one."""


def meets_harm(state: State, token: Token) -> None:
    """The walk has come to a word of harm: see whom it counts."""
    if no_harm(state, token) or _is_negated(state, token):
        return
    dies = token.name == "deaths"
    if (token.name in _MAY_DIE or token.word in HURT_NOUNS) and among_dead(state, token):
        return
    if dies and "除" in state.text[state.clause : token.start] and all_but(state, token):
        return
    if dies and not state.pending and dead_and_lost(state, token):
        return
    behind = number_behind(state, token)
    if behind is not None and behind.start == token.end and parted(state, token, behind):
        behind = None
    if token.name == "rescued":
        few_survive(state, token, behind)
    elif token.name == "evacuated" and moved_out(state, token):
        return
    if state.pending and counts_before(state, token, behind):
        return
    if (dies and all_of_them(state, token, behind)) or same_people(state, token):
        return
    if behind is not None and counts_behind(state, token, behind):
        return
    if not state.pending and token.name in COUNTABLE and token.name != "slightly_injured":
        end = unknown_after(state, token.start, token.end)
        if end is not None:
            if not state.text.endswith(NOT_UNKNOWN_BEFORE, 0, token.start):
                state.told.unknowns.setdefault(token.name, (token.start, end))
            return
    _without_number(state, token)


def _without_number(state: State, token: Token) -> None:
    """No number counts them: all got out, one person, or those of the clause before."""
    if token.name == "rescued":
        if not all_rescued(state, token):
            meets_one(state, token)
        return
    one = _ONE_DEAD.match(state.text, token.end) if token.word in ("死者", "亡者") else None
    if one is not None:
        state.told.lone = state.told.lone or (token.start, one.end(), 1)
        return
    if token.word in NUMBER_NOUNS or dies_too(state, token) or said_already(state, token):
        return
    told = len(state.told.mentions)
    if meets_one(state, token):
        return
    of_clause_before(state, token)
    if len(state.told.mentions) == told and (
        token.name in _MAY_WAIT or token.word in _DEAD_NOUNS or state.text.startswith("者", token.end)
    ):
        state.waiting = token


def _is_negated(state: State, token: Token) -> bool:
    """未造成人员伤亡, 4人未受伤, 营救被困3人: the word is denied, or tells what is done for them."""
    if token.name == "rescued":
        return False
    begin = negated(state, token.start) if state.scan.hits[NEGATION] else None
    if begin is None and state.denied == token.at - 1 and number_behind(state, token) is None:
        before = state.tokens[state.denied]
        if state.text[before.end : token.start] in _JOINED:
            begin = state.denied_from  # 没有人死亡受伤: one negation for both
    if begin is not None:
        state.denied, state.denied_from = token.at, begin
        if state.pending and state.pending[-1].end <= begin:
            # 4人未受伤: those four are out of it
            state.pending = []
        elif token.name in COUNTABLE and token.start - begin <= 10:
            guessed = doubted(state, begin, token.end)
            if guessed is None:
                state.told.negated.setdefault(token.name, state.said(begin, token.end))
            else:
                state.told.unknowns.setdefault(token.name, state.said(begin, guessed))
        return True
    if token.name in ("trapped", "missing") and RESCUING.before(state.text, token.start):
        state.pending = []  # 营救被困3人: what is done for them
        return True
    return False
