"""The number beside a word of harm, and whether it is that word's: 3人死亡, 死亡3人, 4个人死了两个."""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.harm_words import COUNTABLE, HURT_NOUNS
from jinji_report.intake.people.person_words import PERSON_NOUNS, VICTIMS
from jinji_report.intake.people.state import State
from jinji_report.intake.people.tokens import Token
from jinji_report.intake.people.told import SAID_AT_MOST, Mention
from jinji_report.intake.people.words import (
    ATTRIBUTIVE,
    FILL_RIGHT,
    HELP_BEFORE,
    HELPERS_RE,
    MARKS,
    NUMBER_NOUNS,
)
from jinji_report.quantity import Quantity

_FROM = pattern(
    f"已?的?(?:{'|'.join(PERSON_NOUNS)})?(?:人数)?已?(?:由|从)(?:初报|首报|原报|最初|首次|先前|前期|此前|上报)?的?"
)
_AND = ("和", "及", "与", "以及", "、")
_IS = frozenset("为是系在年")
_TO_THEM = pattern("被|遭|^[^，,。；]{0,4}经|在[扑救灭搜]|过程中|受")
_HOUSEHOLDS = pattern(
    "[^，。0-9]{0,10}(?:[0-9一二三四五六七八九十百千余多几]{1,6}户(?:家庭)?[、,，共]?)(?:约|近)?"
    "|[^，。0-9]{0,4}[0-9一二两三四五六七八九十百千]{1,5}(?:米|公里|千米|里)(?:范围)?(?:以?内)?的?[^，。0-9]{0,6}(?:约|近|共)?"
    "|[^，。0-9]{0,4}[0-9一二两三四五六七八九十多余几]{1,4}个(?:行政|自然)?(?:村民小组|村组|村|组|社区|小区|乡镇|乡|镇|街道)[^，。0-9]{0,5}"
    "|[^，。0-9]{1,4}|[^，。0-9]{0,6}(?:群众|居民|村民|学生|师生|人员|游客|旅客)(?:约|近|共)?"
)
"""疏散周边居民200户600余人: what may stand between the word and those who were moved."""
_FILL = "".join(FILL_RIGHT)
_BESIDE_LEFT = "的当场都被已经在又全均就也给"
_NOUNS = frozenset(PERSON_NOUNS)
_WHO = pattern(
    f"(?:现场|在场|施工|作业|外来|当地|本地|过路|路过|围观|周边|附近|同行|随行|他们|她们|他|她)?(?:{'|'.join(PERSON_NOUNS)})"
    "|[他她]?们?了?(?:[一全整]|一?大)家子?人?|一户人?家?"
)
_THOUGHT = frozenset(("可能", "预计", "恐", "或", "疑似", "恐怕", "预估"))
_NAMED_FIRST = pattern("了?(?:其|自己的?)?[一-龥]{1,3}(?:[、和及与跟](?:其)?[一-龥]{1,3}){1,3}")
_RISEN = pattern(
    "|".join(
        (
            "一共",
            *sorted(MARKS["to"], key=len, reverse=True),
            "更新",
            "定格[在为]",
            "过",
            "现为",
            "(?:由|从)[0-9一二两三四五六七八九十百]{1,5}[人名例]?",
        )
    )
)
_HANDS = frozenset("砍捅打杀刺扎撞碾轧")
_CHAIN = 20
_DONE = ("injured", "hit", "deaths", "seriously_injured")
_DOER = pattern("[把将](?!近|要|死|重|轻)")
_BEFORE_BARE = frozenset(("了", "有", "的有", "了有", ":", "人数", "约", "近", "为"))
_PAIRED = frozenset(("男", "女", "大", "小", "老"))


# ------------------------------------------------------------------ before the word


def counts_before(state: State, token: Token, behind: Token | None) -> bool:
    """3人死亡: the number told before the word, unless the one behind it is nearer (4个人死了两个)."""
    if token.name in _DONE and _DOER.search(state.text, state.pending[-1].end, token.start) is not None:
        state.pending, state.carried, state.carried_mention = [], [], None
        return False  # 一个拿刀把人家膀子划了: the number is of those who did it
    if not _belongs(state, token):
        return False
    if token.name == "hit" and token.word[0] not in "被叫让给遭挨烧":
        return False  # the number before 撞倒 is of those who did it
    gap = token.start - state.pending[-1].end
    if (
        behind is not None
        and token.name != "rescued"
        and (gap > 3 or _of_whole(state, token, behind) or _by_hand(state, token, behind))
        and not claimed(state, behind)
    ):
        state.pending = []
        state.count(token, _with_partner(state, behind))
        return True
    state.count(token, state.pending)
    state.pending = []
    return True


def _of_whole(state: State, token: Token, behind: Token) -> bool:
    """4个人死了两个: the number before is the whole, the one right behind the word the part."""
    whole, part = state.pending[-1].found, behind.found
    assert whole is not None and part is not None
    return (
        behind.start - token.end <= 1
        and part.low < whole.low
        and state.text[behind.end : behind.end + 1] not in _IS
        and not state.pending[-1].tight
    )


def _by_hand(state: State, token: Token, behind: Token) -> bool:
    """一男子砍死3人: whom the word reaches stands behind it, who did it before."""
    return token.word[0] in _HANDS and len(token.word) == 2 and behind.start - token.end <= 1


def _belongs(state: State, token: Token) -> bool:
    """The number told before the word belongs to it."""
    text, last = state.text, state.pending[-1]
    if last.end == token.start:
        return True
    gap = text[last.end : token.start]
    if last.tight and text[last.end - 1] != "个" and gap.strip(_BESIDE_LEFT):
        return False
    if token.name not in ("poisoned", "hospitalized") and text.startswith(ATTRIBUTIVE, token.end):
        return False
    if len(gap) > 6 and token.word not in ("牺牲", "殉职"):
        helper = HELPERS_RE.search(gap[:8]) or text.endswith(HELP_BEFORE, state.clause, last.start)
        if helper and not _TO_THEM.search(gap):
            return False
    if len(token.word) == 1:
        return len(gap) <= 8 and "车" not in gap and "房" not in gap
    return len(gap) <= 30


# ------------------------------------------------------------------ behind the word


def number_behind(state: State, token: Token) -> Token | None:
    """The number told right behind the word: 死亡3人, 死了七个, 受伤人数升至12人."""
    for later in state.tokens[token.at + 1 : token.at + 5]:
        kind = later.kind
        if kind == "number":
            return _by_gap(state, token, later)
        if kind == "mark" and later.name in ("to", "total", "new", "old"):
            continue
        if later.word == "还有":
            gap = state.text[token.end : later.start]
            following = state.following(later)
            if gap.removeprefix("的") in _NOUNS and following is not None and following.start == later.end:
                return following if following.kind == "number" else None
            if gap in ("的", "者", "人员"):
                continue  # 失联的还有6个
        ill = token.name in ("poisoned", "injured") and later.name == "hospitalized"  # 中毒住院300余人
        ill = ill or (token.word.startswith("吸入") and later.name == "poisoned")  # 吸入烟气不适3人
        if kind == "harm" and later.start == token.end and (later.name == token.name or ill):
            token = later
            continue
        return None
    return None


def _by_gap(state: State, token: Token, number: Token) -> Token | None:
    """The number that `token` counts by what stands between them: `number`, or the later one of two."""
    if number.word == "数":
        return None  # 伤者数不详
    gap = state.text[token.end : number.start]
    if not gap:
        return number
    if len(gap) <= 8 and _FROM.match(gap) is not None:
        later = _grown_to(state, number)
        if later is not None:
            state.used.add(number.start)
            return later
    if number.tight and state.text[number.end - 1] != "个" and gap not in _BEFORE_BARE:
        grown = (token.word in NUMBER_NOUNS or "定格" in gap) and not _RISEN.sub("", gap).strip(
            "为达到是已仍共最终"
        )
        return number if grown else None  # 死亡人数升到12
    if token.name == "evacuated" and _HOUSEHOLDS.fullmatch(gap):
        return number
    if len(gap) > 9:
        return None
    if gap == "对方" or (token.name in COUNTABLE and _WHO.fullmatch(gap) is not None):
        return number  # 砸伤工人2名
    plain = _RISEN.sub("", gap).strip(_FILL)
    if token.word[0] in _HANDS and _NAMED_FIRST.fullmatch(gap):
        return number  # 捅死妻子和岳母二人
    if plain == "还":
        return number if not claimed(state, number) else None
    return number if not plain or plain in _NOUNS or plain in _THOUGHT else None


def _grown_to(state: State, number: Token) -> Token | None:
    """死亡人数由2人增至3人: the second figure counts."""
    for mark in state.tokens[number.at + 1 : number.at + 6]:
        if mark.kind in ("comma", "stop"):
            return None
        if mark.kind == "mark" and mark.name == "to":
            later = state.following(mark)
            return later if later is not None and later.kind == "number" else None
    return None


def counts_behind(state: State, token: Token, number: Token) -> bool:
    """死亡3人: the number told behind the word, unless it is that of the next one."""
    if (
        token.name != "deaths"
        and (
            state.text[token.end : number.start] in ("的", "者", "员", "的有")
            or (token.word in HURT_NOUNS and number.start == token.end)
        )
        and dies_after(state, number) is not None
    ):
        return True  # 重伤的1人抢救无效死亡: he is counted among the dead
    if token.name in ("rescued", "hospitalized", "evacuated", "hit") and claimed(state, number):
        return False
    state.count(token, _with_partner(state, number))
    state.pending = []
    return True


def _with_partner(state: State, number: Token) -> list[Token]:
    """砍伤3名男童及1名家长: both numbers belong to the word before them."""
    listed = [number]
    for later in state.tokens[number.at + 1 : number.at + 8]:
        if later.kind == "number":
            gap = state.text[listed[-1].end : later.start]
            joined = gap.endswith(_AND) or gap in _PAIRED or gap in _NOUNS
            named = gap.startswith(_AND) and gap.lstrip("和及与以、") in VICTIMS
            if len(gap) > 8 or not (joined or named) or claimed(state, later):
                break
            if (
                later.tight
                and (named or gap.endswith("、"))
                and not (named and state.text[later.end - 1] == "个")
            ):
                break
            listed.append(later)
            if not named:
                break
        elif later.kind != "harm" and later.word != "、":
            break
    return listed


def dead_and_lost(state: State, token: Token) -> bool:
    """死亡失踪合计5人: so many at most are dead; the lost are counted by their own word."""
    later = state.following(token)
    if later is None or later.kind != "harm" or later.name != "missing":
        return False
    if state.text[token.end : later.start] not in ("", *_AND, "或"):
        return False
    number = number_behind(state, later)
    if number is None or number.found is None or number.tight:
        return False
    start, end = state.said(token.start, number.end)
    most = Quantity(0, number.found.quantity("").high, state.note.quote(start, end)[:SAID_AT_MOST])
    mention = Mention("deaths", most, start, end, state.sentence, "both", state.new_at)
    mention.part_of = "missing"
    state.told.mentions.append(mention)
    return True


# ------------------------------------------------------------------ whose it is


def parted(state: State, token: Token, number: Token) -> bool:
    """2人抢救无效死亡 3人住院: a blank parts them, and none the number from its own word; not so 死亡 3人 受伤 5人."""
    quote = state.note.quote
    if " " not in quote(token.end - 1, number.start + 1):
        return False
    later = state.following(number)
    return (
        later is not None
        and later.kind == "harm"
        and later.start - number.end <= 6
        and " " not in quote(number.end - 1, later.start + 1)
    )


def claimed(state: State, number: Token) -> bool:
    """The number has its own word right behind it: in 3人死亡5人受伤 the 5 is not of 死亡, in 砍死3人砍伤2人 the 3 is."""
    for _ in range(_CHAIN):
        word = state.following(number)
        if word is None or word.kind != "harm" or word.start - number.end > 6:
            return False
        behind = state.following(word)
        if behind is None or behind.kind != "number" or state.text[word.end : behind.start] not in ("", "了"):
            return True
        number = behind
    return True


def dies_after(state: State, token: Token) -> Token | None:
    """The word of death that follows in the same clause before any other number."""
    for later in state.tokens[token.at + 1 : token.at + 6]:
        if later.kind == "harm" and later.name == "deaths":
            return later
        if later.kind in ("number", "comma", "stop"):
            return None
    return None
