"""Those of the clause before, of whom this one says what became of them: 16人被埋,没救过来."""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.alone import names_one
from jinji_report.intake.people.person_words import (
    BY_KIN,
    ONE_PERSON,
    ORDINAL,
)
from jinji_report.intake.people.state import State
from jinji_report.intake.people.tokens import Token
from jinji_report.intake.people.told import SAID_AT_MOST
from jinji_report.intake.people.words import BODIES, HELPERS_RE, SPEAKING

_SURVIVED = ("seriously_injured", "injured", "slightly_injured")
_HAULED = pattern("[^，,。]{0,6}?(?:捞|救|挖|抬|拉|刨|弄|扒|找)(?:上来|出来|上岸|到|出|上|下来)")
"""消防捞上来已经不行了: they brought him up, it did not happen to them."""
_NAMED_ANEW = frozenset(
    (
        "死者",
        "伤者",
        "伤员",
        "亡者",
        "遇难者",
        "罹难者",
        "重伤者",
        "重伤员",
        "轻伤员",
        "死者本人",
        "死的",
        "伤的",
        "重的",
        "轻的",
        "走了的",
        "重伤者",
        "重伤员",
        "危重伤员",
        "轻伤员",
    )
)
_NEEDS_NUMBER = frozenset((
    "生死不明", "生死未卜", "关了", "卡住", "压住", "压了", "扣在", "挂在", "卡里", "上不来", "下不来", "压在", "不见了",
    "没见到", "还在捞", "正在捞", "还在打捞", "正在打捞",
    "没消息", "没有消息", "在里面", "在里头", "在底下", "在下面", "在下头", "压着", "关着", "围困",  "卷走",
    "吸入烟气", "吸入烟雾", "吸入烟尘", "吸入大量浓烟", "吸入大量烟", "吸入过量烟", "吸入少量烟", "吸入有毒烟",
    "呛了烟", "吸了烟", "吸了浓烟",
    "被冲走", "被卷走", "吹走", "没回来", "还在找", "正在找", "没下来", "烧得", "没落着",
))  # fmt: skip
_NOT_HANDED_ON = frozenset(("evacuated", "affected", "at_risk", "rescued"))
_OF_REST = ("missing", "trapped", "injured", "slightly_injured")
_OTHERS = pattern(
    "[0-9某其另剩暂车房]|部分|多数|多半|大多|有的|其余|多为|多是|多系|主要[是为]|有些|个别|少数|不少|绝大"
)
_HURT = frozenset(("injured", "seriously_injured", "slightly_injured", "hospitalized", "deaths", "icu"))
_BECOMES = {
    "injured": _HURT,
    "seriously_injured": _HURT,
    "slightly_injured": _HURT,
    "poisoned": _HURT,
    "hospitalized": frozenset(("deaths",)),
    "rescued": _HURT,
    "evacuated": frozenset(("deaths",)),
}
"""What people counted in the clause before may turn into; whoever is lost or trapped may turn into anything."""
_LOST = frozenset(("missing", "trapped", "swept", "at_risk"))
"""初报38死5伤,遗体仍在清理: the bodies are of none of the hurt."""
_OF_MOST = ("居多", "为主", "占多", "的多", "的居多", "者居多", "的为主", "者多", "较多")
_SOME = ("若干", "多人", "数人", "好些", "多名", "数名")
_PHONES = pattern("12[0-9]|11[0-9]")
_CLOCK = pattern("[0-9]{1,4}(?:[月日号年时点:][0-9]{0,2}分?许?)")


def of_clause_before(state: State, token: Token) -> None:
    """The subject of the clause before: 从架子上摔下一人,没了; 司机1人卡在车里,抢救无效死亡."""
    if state.mark == "rest" and state.mark_at >= state.clause:
        if token.name in _OF_REST:
            state.told.rest.setdefault(
                token.name, state.said(max(state.clause, state.mark_at - 2), token.end)
            )
        return
    if len(token.word) == 1 or token.start - state.clause > 14 or token.name in _NOT_HANDED_ON:
        return
    lead = state.text[state.clause : token.start]
    if (
        token.word in _NEEDS_NUMBER
        or token.word in _NAMED_ANEW
        or _OTHERS.search(_CLOCK.sub("", _PHONES.sub("", lead)))
    ):
        return
    if (
        (HELPERS_RE.search(lead) and _HAULED.match(lead) is None)
        or names_one(state, state.clause, token.start)
        or state.text.startswith(("人员", "者"), token.end)
    ):
        return
    if state.text.startswith(_OF_MOST, token.end):
        return  # 轻伤居多
    if state.text.startswith(_SOME, token.end):
        state.told.vague.setdefault(token.name, (token.start, token.end + 2))
        return  # 重伤2人,轻伤若干
    if lead.endswith("有") and state.text.startswith("的", token.end):
        state.told.vague.setdefault(token.name, (token.start, token.end))  # 7个伤,里头有危重的
        return
    if state.carried:
        last = state.carried[-1]
        if not last.tight or state.text[last.end - 1] == "个":
            state.count(token, state.carried)
    elif state.carried_mention is None:
        _one_of_clause_before(state, token)
    else:
        _what_became_of_them(state, token, state.carried_mention)


def _what_became_of_them(state: State, token: Token, source: int) -> None:
    """16人被埋,没救过来: those counted in the clause before."""
    before = state.told.mentions[source]
    if before.measure == "deaths" and token.name in _SURVIVED:
        _one_of_clause_before(state, token, before.end)  # 压死一个老汉,他孙子扒出来了,胳膊折了
    elif (
        before.measure in (token.name, "deaths", "crowd")
        or (token.word in BODIES and before.measure not in _LOST)
        or (before.measure in _HURT and state.text.endswith("也", state.clause, token.start))
        or before.sentence != state.sentence
        or (before.kind == "part" and (token.name != "seriously_injured" or before.measure != "injured"))
        or (before.measure in _BECOMES and token.name not in _BECOMES[before.measure])
    ):
        return
    else:
        state.carry(token.name, source)


def _one_of_clause_before(state: State, token: Token, after: int = 0) -> None:
    """装灯的工人触了电,抬到医院没救过来: the one person of the clause before."""
    if token.name not in ("deaths", "missing", "seriously_injured", "injured", "slightly_injured"):
        return
    if token.name == "slightly_injured" and state.told.mentions:
        last = state.told.mentions[-1]
        if last.measure != "deaths" or last.end >= state.clause - 1:
            return  # one of those told already
        after = max(after, last.end)
    start = max(state.scan.sentence(state.clause)[0], state.clause - 30, after)
    before = state.text[start : state.clause]
    if SPEAKING.search(before):
        return
    ordinal = token.name == "deaths" and "第" in before and ORDINAL.search(before) is not None
    if ordinal and state.dead_told():
        state.mark = "other"  # 两人均死亡,第3人找到,经确认死亡
    if (
        not ordinal
        and not state.scan.any(ONE_PERSON, start, state.clause)
        and BY_KIN.search(before) is None
        and not ("有个" in before and "的" in before)
        and "连人带" not in before
    ):
        return
    state.one_person(token, max(state.clause, token.end - SAID_AT_MOST))
