"""One person whom no number counts: 司机当场死亡, 张某受伤, 有人受伤."""

from jinji_report.intake.lexicon import Hit
from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.hedges import hedge_before
from jinji_report.intake.people.person_words import (
    AGED,
    BOTH_BEFORE,
    BY_KIN,
    DOING,
    KIN_ALONE,
    NAMED,
    NOT_OF_ONE,
    NOT_ONE_BEFORE,
    ONE_PERSON,
    ORDINAL,
)
from jinji_report.intake.people.state import State
from jinji_report.intake.people.tokens import Token
from jinji_report.intake.people.told import SAID_AT_MOST
from jinji_report.quantity import at_least

_OF_ONE = frozenset(
    (
        "deaths",
        "injured",
        "seriously_injured",
        "slightly_injured",
        "missing",
        "trapped",
        "poisoned",
        "swept",
        "hit",
        "rescued",
    )
)
_NEVER_ALONE = frozenset(
    (
        "伤",
        "发病",
        "死者",
        "伤者",
        "伤员",
        "遗体",
        "重的",
        "轻的",
        "伤势",
        "伤的",
        "没气的",
        "走了的",
        "死于",
        "致死",
        "亡人",
        "死人",
        "尸体",
    )
)
_BEING_SAVED = frozenset(
    ("在抢救", "还在抢救", "正在抢救", "抢救中", "正抢救", "抢救着", "抢救呢", "送去抢救")
)
_ENDS = frozenset(["", ",", "，", "、", "。", ";", "；", "\n", ")", "！"])
_HELD = frozenset("困卡夹关")
_NOT_OUT = (
    "在里头",
    "在里面",
    "在底下",
    "在下面",
    "没跑出",
    "没逃出",
    "没出来",
    "没能出来",
    "没救出",
    "没弄出",
    "未逃出",
    "未能逃出",
    "压里",
    "压在里",
    "压在底",
    "压在下",
    "埋在里",
    "埋在底",
    "埋在下",
    "埋里",
    "陷里",
)
_DOCTORS = frozenset(("医生", "大夫", "护士"))
_CERTIFY = (
    "确认",
    "宣布",
    "宣告",
    "诊断",
    "判定",
    "检查",
    "说",
    "讲",
    "到场",
    "现场确认",
    "来看",
    "看了",
    "过来",
)
_GROUP_AFTER = ("们", "等", "家", "室", "楼", "宿舍", "和", "公寓", "驻地", "工棚", "营地", "食堂", "棚")
_DONE_TO = ("把", "将", "把我", "把他", "把个", "把一个", "把一名", "将一名", "将一个")
_SOME = ("有人", "有人员")
_SOME_MANY = ("多人", "数人", "不少人", "若干人", "多名学生", "多名群众")
_SOMEBODY = pattern(
    "有(?:一?个)?人((?:(?![说称讲看见报传疑想要喊问听养讨闹投放点杀家]|发现|反映|为了|因为|死|扬言)[一-龥0-9]){1,14})$"
)
_OBJECT_BEHIND = pattern("了?(?=[,，。；！ \n]|$)")
_DONE_BY = frozenset("砍捅打毒药杀砸撞压轧碾炸烧")
"""Killing that somebody may do as well as suffer."""
_OF_MANY = frozenset(("受伤", "重伤", "轻伤", "负伤", "受重伤", "受轻伤", "没死"))
_ONE_LEFT = "当场就都已经直接抢救过来不殁没了行死气咽去世身亡得在凉硬透"
_SIGNED = (("的", DOING), ("某", NAMED), ("第", ORDINAL), ("个", AGED), ("岁", AGED))
_BROUGHT = pattern(
    "(?:[送拉抬][到去往]?了?[^，。0-9]{0,4}医院[里后]?|(?:120|救护车|医生|大夫|急救的?|消防)(?:来|到|赶到|赶来)了?(?:一?看了?|检查)?(?:就)?(?:说是?|讲|告诉)?|[救捞抬拉弄扒]出?[来上]来?)(?:的时候|时|就)?(?=人)"
)
"""送医院人没了: what was done before it is told that he is dead."""
_OBJECT = pattern("[把将](人家|对方|别人|[他她](?!们)|人(?![们员群质民家行]))")
"""把人家膀子划了: to whom it was done."""
_BY_CAR = frozenset("撞碰蹭刮剐带")
_AND = ("和", "及", "与", "、", "跟", "同")
_MANY = frozenset(
    (
        "游客",
        "乘客",
        "村民",
        "居民",
        "学生",
        "工人",
        "旅客",
        "群众",
        "渔民",
        "矿工",
        "民工",
        "顾客",
        "船员",
        "住客",
    )
)


def meets_one(state: State, token: Token) -> bool:
    """司机受伤, 他爸爸死了: one person named by what he is."""
    name, text = token.name, state.text
    told_off = text[token.end : token.end + 1] in _ENDS and "毒" not in text[state.clause : token.start]
    if name == "hospitalized" and token.word in _BEING_SAVED and told_off:
        name = "injured"  # 小的那个还在抢救
        token = Token(token.kind, name, token.word, token.start, token.end)
    if name not in _OF_ONE or token.word in _NEVER_ALONE:
        return False
    if (
        text.startswith(("人员", "者", "的"), token.end) and text[token.end + 1 : token.end + 2] not in _ENDS
    ) or (name == "trapped" and _HELD.isdisjoint(token.word) and not text.startswith(_NOT_OUT, token.start)):
        return False
    low = max(state.clause, token.start - 24)
    begin, count = _one_before(state, low, token.start)
    if begin < 0 and _one_behind(state, token):
        return True
    whose = text[state.clause : token.start] + token.word
    if begin < 0 and whose.startswith("人") and (state.carried or state.carried_mention is not None):
        return False  # 老两口都没跑出来,人没了
    if begin < 0:
        if name == "deaths" and _just_man(text[state.clause : token.start] + token.word):
            state.one_person(token, max(state.clause, token.end - SAID_AT_MOST))
            return True
        return _some(state, token, low)
    lead = text[begin : token.start]
    if text.endswith(NOT_ONE_BEFORE, low, begin) or any(
        word in lead for word in (NOT_OF_ONE if count == 1 else NOT_OF_ONE[2:])
    ):
        return False
    if "发现" in lead and "被发现" not in lead:
        return False  # 邻居发现中毒
    if name == "poisoned" and len(lead) > 8:
        return False
    if name == "hit" and token.word[0] in _BY_CAR and text[begin] in "人他她":
        return False  # 把人撞了: whether he is hurt is not told
    if name == "hit" and token.word[0] not in "被叫让给遭挨" and not text.endswith(_DONE_TO, low, begin):
        return False
    if (
        name in ("trapped", "missing", "poisoned")
        and text[begin : begin + 2] in _MANY
        and text[begin - 1 : begin] not in ("一", "名", "个")
    ):
        state.told.vague.setdefault(name, state.said(begin, token.end))
        if name == "poisoned":
            state.waiting = token  # 学生拉肚子,30来个
        return True
    if name == "deaths" and text.endswith("也", begin, token.start) and state.dead_told():
        state.mark = "other"  # 烧死5个,放火的那个也烧死了
    state.one_person(token, begin, count)
    return True


def _one_before(state: State, low: int, end: int) -> tuple[int, int]:
    """Where the last person named in `low`..`end` begins, and how many they are (两车司机 2); -1 where nobody is."""
    text = state.text
    begin, stop = -1, -1
    for hit in state.scan.within(ONE_PERSON, low, end):
        if not text.startswith(_GROUP_AFTER, hit[1]) and hit[1] > stop and not _certifies(text, hit):
            begin, stop = hit[0], hit[1]
    for sign, kind in _SIGNED:
        if text.find(sign, low, end) >= 0:
            for match in kind.finditer(text, low, end):
                if match.end() > stop:
                    begin, stop = match.span()
    if "把" in text or "将" in text:
        for done in _OBJECT.finditer(text, max(low, stop), end):
            begin, stop = done.span(1)
    if begin < 0:
        begins = [kin.start() for kin in BY_KIN.finditer(text, low, end)]
        alone = KIN_ALONE.match(text, state.clause, end) if not begins and low == state.clause else None
        if alone is not None:
            begins = [alone.start()]
        if not begins:
            return -1, 0
        begin = begins[-1]
    count = 1
    if text.endswith(BOTH_BEFORE, low, begin):
        count = 2
    if begin - 1 > low and text[begin - 1] in "他她" and text[begin - 2] in _AND:
        begin -= 1  # 老王和他徒弟
    while text[begin - 1 : begin] in _AND and begin > low:
        named = state.scan.ending(ONE_PERSON, begin - 1)
        if named is not None:
            begin = named[0]
        elif (kin := _kin_ending(text, low, begin - 1)) >= 0:
            begin = kin  # 老张跟他儿
        elif text[begin - 2 : begin - 1] == "某" and begin - 3 >= low:
            begin -= 3  # 李某和赵某
        elif text[begin] in "他她":
            return begin, count + 1  # 张老三和他媳妇
        else:
            break
        count += 1
    return begin, count


def _certifies(text: str, hit: Hit) -> bool:
    """医生确认死亡: he says it, it did not happen to him."""
    return hit[2] in _DOCTORS and text.startswith(_CERTIFY, hit[1])


def names_one(state: State, low: int, end: int) -> bool:
    return any(not _certifies(state.text, hit) for hit in state.scan.within(ONE_PERSON, low, end))


def _kin_ending(text: str, low: int, end: int) -> int:
    """Where 老张, 王婶 begins that ends just at `end`, or -1."""
    for size in (2, 3):
        if end - size >= low and BY_KIN.fullmatch(text, end - size, end) is not None:
            return end - size
    return -1


def _one_behind(state: State, token: Token) -> bool:
    """砸死工友, 碾了环卫工: one person told behind the word, without a number."""
    if token.name not in ("deaths", "injured", "hit") or len(token.word) < 2 or token.word in _OF_MANY:
        return False
    if token.word[-1] not in "死伤" and token.name != "hit":
        return False
    at = token.end + 1 if state.text.startswith("了", token.end) else token.end
    doing = DOING.match(state.text, at)
    named = state.scan.starting(ONE_PERSON, at if doing is None else doing.end())
    if named is None:
        if doing is None or state.text[doing.end() : doing.end() + 1] not in _ENDS:
            return False  # 撞了修路的牌子
    elif state.text.startswith(("的", "们", "家属", "等"), named[1]):
        return False
    state.one_person(token, token.start)
    return True


def _just_man(clause: str) -> bool:
    """人当场就没了: one person, named as nothing but 人."""
    brought = _BROUGHT.match(clause)
    clause = clause if brought is None else clause[brought.end() :]
    return clause.startswith("人") and not clause[1:].strip(_ONE_LEFT)


def _somebody_dies(state: State, token: Token) -> bool:
    """有人从18楼掉下来摔死了, 有个人被车撞死了: at least one, by what happened to him first."""
    text = state.text
    somebody = _SOMEBODY.search(text, state.clause, token.start)
    if somebody is None or _OBJECT_BEHIND.match(text, token.end) is None:
        return False
    if token.word[0] in _DONE_BY and somebody[1][-1:] not in ("被", "让", "叫", "车"):
        return False
    said = state.note.quote(*state.said(somebody.start(), token.end))
    if len(said) > SAID_AT_MOST:
        said = state.note.quote(token.start, token.end)
    state.add_plain(
        token, at_least(1, said), somebody.start() if len(said) > len(token.word) else token.start
    )
    return True


def _some(state: State, token: Token, low: int) -> bool:
    """有人受伤, 多人死亡, 死了人: some, and nobody says how many."""
    text = state.text
    if token.word in ("死了", "伤了") and text.startswith("人", token.end):
        if token.name == "deaths":
            state.add_plain(token, at_least(1, state.note.quote(token.start, token.end + 1)), token.start)
        else:
            state.told.vague.setdefault(token.name, (token.start, token.end + 1))
        return True
    if token.word.endswith("出了人命") or token.word == "出人命":
        state.add_plain(token, at_least(1, state.note.quote(token.start, token.end)), token.start)
        return True
    many = text.endswith(_SOME_MANY, low, token.start)
    if not many and not text.endswith(_SOME, low, token.start):
        return token.name == "deaths" and _somebody_dies(state, token)
    some = next(word for word in (*_SOME, *_SOME_MANY) if text.endswith(word, low, token.start))
    begin = token.start - len(some)
    if token.name == "deaths":
        said = state.note.quote(begin, token.end)[:SAID_AT_MOST]
        least = 2 if text.endswith(("多人", "数人"), low, token.start) else 1
        hedge = hedge_before(text, begin, state.clause)
        if hedge is not None:
            begin, least = hedge, 0
            said = state.note.quote(*state.said(begin, token.end))[:SAID_AT_MOST]
        state.add_plain(token, at_least(least, said), begin)
    else:
        state.told.vague.setdefault(token.name, (begin, token.end))
    return True
