"""A word of harm and the persons that it counts.

The rules are tried in order, and the first that settles the word ends it: no word of harm after
all, negated, among the dead, the number before it, the number behind it, not known, all got out,
one person without a number, those of the clause before.
"""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.alone import meets_one, of_clause_before
from jinji_report.intake.people.nobody import negated, unknown_after
from jinji_report.intake.people.state import State
from jinji_report.intake.people.tokens import Token
from jinji_report.intake.people.told import SAID_AT_MOST, Mention
from jinji_report.intake.people.words import (
    ANIMALS,
    ATTRIBUTIVE,
    BEASTS,
    FILL_RIGHT,
    HELP_BEFORE,
    HELPERS_RE,
    NEGATION,
    NOT_UNKNOWN_BEFORE,
    NUMBER_NOUNS,
    ORDINAL,
    PERSON,
    PERSON_NOUNS,
    RESCUING,
    VICTIMS,
)
from jinji_report.quantity import Quantity

_COUNTABLE = frozenset(
    ("deaths", "injured", "seriously_injured", "missing", "trapped", "poisoned", "slightly_injured")
)
_LOST_ARE_DEAD = pattern(
    "(?:人员|者|的人?)?(?:现|已)?(?:均|全部|全|都)(?:已|被|告)?(?:确认|证实|找到)?(?:已|不幸)?(?=遇难|死亡|身亡|罹难)"
)
_HURT_NOUNS = frozenset(("伤员", "伤者", "重伤员", "重伤者", "危重伤员", "轻伤员", "中毒者", "病人"))
_BREATH = frozenset(("呼吸", "心跳"))
_REVIVING = pattern("了?[，,]?(?:正|还|现|人)?在?(?:做|进行|实施|按)?(?:心肺复苏|胸外按压|人工呼吸|按压)")
"""有人没呼吸了在做心肺复苏: not dead yet."""
_SEEKING = frozenset(("在捞", "在找", "在搜", "正在搜", "还在搜", "在搜寻", "正在搜寻", "仍在搜寻", "在搜救"))
_THAT_NIGHT = pattern("(?:今[早晨]|昨[晚夜]|凌晨|半夜|夜里|后半夜|在医院|医院里)(?:里|就|也|先|已经|人)?$")
_AT_ONCE = pattern("当时|当场|路上|半路|没多久|没一会|后来|在医院|先")
_CARRIED_OFF = frozenset("拉抬接送冲跑开带逃卷刮飘撤搬转赶飞溜运抓叫请领拖漂吹放偷抢牵搀背抱")
_FROM = pattern(
    f"已?的?(?:{'|'.join(PERSON_NOUNS)})?(?:人数)?已?(?:由|从)(?:初报|首报|原报|最初|首次|先前|前期|此前|上报)?的?"
)
_UNDER = ("底下", "下面", "下头", "里头", "里面", "车底", "身下", "车里", "井里", "水里")
_DIGGING = frozenset(("在挖", "在刨", "在扒"))
_LOOKALIKES = frozenset(("重的", "轻的", "走了", "没了", "走了人", "全没", "全亡"))
_MAY_DIE = ("missing", "trapped", "hospitalized", "rescued")
_LATER = pattern(
    "(?:于|在|今[早晨天日]|当[晚日夜]|昨[晚夜天日]|次日|凌晨|早上|上午|下午|晚上?|[0-9]{1,2}[时点日月分半]|送[医院往到]{1,3}|后|经|抢救|医治|治疗|期间|途中|不幸){1,8}"
)
_ONE_HURT = frozenset(("伤者", "重伤者", "重伤员", "伤员", "中毒者", "病人"))
_MANY = frozenset("均都全陆续相继分别")
_ONE_DEAD = pattern(
    "[,:(]?(?:(?:系|为|是)(?![0-9一二两三四五六七八九十几])(?!均|都|谁|当地)|[男女](?![0-9一二两三四五六七八九十])|某|姓|名叫|叫|身份为|[一-龥]某|约?[0-9]{1,2}岁)"
)
"""死者男,45岁; 死者系店主: one."""
_LONE = ("seriously_injured", "slightly_injured", "trapped")
_BECOME_DEAD = ("missing", "trapped", "at_risk", "poisoned", "swept", "faint")
_MEANWHILE = ("中", "时", "过程", "途中", "期间", "的时候", "当中")
_COUNTED_AS = frozenset(
    ("的算", "的属", "的是", "的都算", "算", "属", "属于", "的属于", "的定为", "的算是", "鉴定为", "诊断为")
)
_SAME_PEOPLE = {
    "rescued": ("hospitalized", "injured", "seriously_injured"),
    "swept": ("missing",),
    "at_risk": ("missing", "injured", "seriously_injured"),
}
_THEN = pattern("[后又再并]|随即|接着")
_OUT = ("获救", "脱险", "救出", "解救", "升井", "脱困", "救下")
_BACK = (
    "拖回",
    "接回",
    "拉回",
    "送回",
    "带回",
    "拖到",
    "接到岸",
    "拖上岸",
    "接上岸",
    "送上岸",
    "带下山",
    "接下山",
    "护送下山",
)
_ALREADY = ("已", "已经", "已被", "后", "后已", "已成功", "现已", "被", "成功")
_NOT_YET = frozenset("未没仍还待等盼尚")
_KIN_OF = ("人员家属", "者家属", "家属", "员家属")
_LIMBS = ("手", "脚", "腿", "胳膊", "眼睛", "指头", "耳朵", "脚掌", "巴掌", "手指", "手掌")
_NOT_GONE = frozenset("电水信气网油钱路车烟火")
_END_OF_ALL = frozenset(["", "了", ",", "，", "、", "。", ";", "；", "\n", ")", "！"])
_ALL = ("全部", "全", "均", "都", "所有", "总算", "终于", "才", "悉数", "陆续", "先后", "安全")
_AND = ("和", "及", "与", "以及", "、")
_IS = frozenset("为是系在年")
_TO_THEM = pattern("被|遭|^[^，,。；]{0,4}经|在[扑救灭搜]|过程中|受")
_HOUSEHOLDS = pattern(
    "[^，。0-9]{0,10}(?:[0-9一二三四五六七八九十百千余多几]{1,6}户(?:家庭)?[、,，共]?)(?:约|近)?"
    "|[0-9一二两三四五六七八九十多余几]{1,4}个(?:行政|自然)?(?:村民小组|村组|村|组|社区|小区|乡镇|乡|镇|街道)[^，。0-9]{0,5}"
    "|[^，。0-9]{1,4}|[^，。0-9]{0,6}(?:群众|居民|村民|学生|师生|人员|游客|旅客)(?:约|近|共)?"
)
"""疏散周边居民200户600余人: what may stand between the word and those who were moved."""
_AND_WELL = pattern("[^，,。；！\n0-9]{0,6}?(?:没(?:啥|什么|得|大)?事|没受伤|没伤着)(?![故先项])")
"""一个挂在安全绳上没事: held, and nothing happened to him."""
_FILL = "".join(FILL_RIGHT)
_BESIDE_LEFT = "的当场都被已经在又全均就也给"
_NOUNS = frozenset(PERSON_NOUNS)
_WHO = pattern(
    f"(?:现场|在场|施工|作业|外来|当地|本地|过路|路过|围观|周边|附近|同行|随行)(?:{'|'.join(PERSON_NOUNS)})"
)
_THOUGHT = frozenset(("可能", "预计", "恐", "或", "疑似", "恐怕", "预估"))


def meets_harm(state: State, index: int, token: Token) -> None:
    """The walk has come to a word of harm: see whom it counts."""
    if _is_none(state, index, token) or _is_negated(state, token):
        return
    dies = token.name == "deaths"
    if (token.name in _MAY_DIE or token.word in _HURT_NOUNS) and _is_among_dead(state, index, token):
        return
    if dies and not state.pending and _dead_and_lost(state, index, token):
        return
    right = right_number(state, index, token)
    if right is not None and right.start == token.end and _parted(state, index, token, right):
        right = None
    if state.pending and _left(state, index, token, right):
        return
    if (dies and _all_of_them(state, token, right)) or _same_people(state, token):
        return
    if right is not None and _right(state, index, token, right):
        return
    if not state.pending and token.name in _COUNTABLE and token.name != "slightly_injured":
        end = unknown_after(state, token.start, token.end)
        if end is not None:
            if not state.text.endswith(NOT_UNKNOWN_BEFORE, 0, token.start):
                state.told.unknowns.setdefault(token.name, (token.start, end))
            return
    if token.name == "rescued":
        if not _all_rescued(state, token):
            meets_one(state, token)
        return
    if token.word in ("死者", "亡者"):
        one = _ONE_DEAD.match(state.text, token.end)
        if one is not None:
            state.told.lone = state.told.lone or (token.start, one.end(), 1)
            return
    if token.word in NUMBER_NOUNS or _dies_too(state, token) or _said_already(state, index, token):
        return
    if not meets_one(state, token):
        told = len(state.told.mentions)
        of_clause_before(state, token)
        if (token.name in ("poisoned", "injured", "crowd") or token.word == "死人") and len(
            state.told.mentions
        ) == told:
            state.waiting = token


# ------------------------------------------------------------------ no harm, or not of these


def _is_none(state: State, index: int, token: Token) -> bool:
    """Looks like a word of harm and is none here (吐 without a number, 死了20只羊, 家属)."""
    text, word = state.text, token.word
    if len(word) == 1:
        if word == "活" and not (
            state.pending
            and state.pending[-1].end == token.start
            and text[token.end : token.end + 1] in _END_OF_ALL
        ):
            return True
        if word == "吐" and not state.pending:
            return True
        if token.name in _LONE and not _next_to_number(state, index, token):
            return True
    elif word in _LOOKALIKES and _is_alike(state, index, token):
        return True
    name = token.name
    if name == "deaths" and word[-2:] in _BREATH and _REVIVING.match(text, token.end) is not None:
        state.pending = []
        return True
    if name == "inside":
        return right_number(state, index, token) is None
    if name == "evacuated" and state.pending and text.startswith(_MEANWHILE, token.end):
        return True  # 36人撤离中擦伤
    if name == "stable":
        return not state.pending or token.start - state.pending[-1].end > 1
    if name == "trapped" and _AND_WELL.match(text, token.end):
        state.pending = []
        return True
    if name == "injured" and _same_wound(state, index, token):
        return True
    if text.startswith(_KIN_OF, token.end):
        state.pending = []
        return True
    if word in _SEEKING and not (
        state.pending
        and state.pending[-1].end == token.start
        and text[token.end : token.end + 1] in _END_OF_ALL
    ):
        return True  # 民警在找: who is looked for is told by 还有1个在找
    if word in _DIGGING and text[token.end : token.end + 1] not in _END_OF_ALL:
        return True  # 3人在挖沟
    if state.pending and word in _HURT_NOUNS and _gravely(state, index, token):
        return True
    return (name == "deaths" and state.beasts) and (
        ANIMALS.match(text, token.end) is not None
        or BEASTS.search(text, max(state.clause, token.start - 3), token.start) is not None
    )


def _is_alike(state: State, index: int, token: Token) -> bool:
    """没了水, 走了: a word that is one of harm only in some company."""
    text, word = state.text, token.word
    if word in ("重的", "轻的"):
        return not state.pending and right_number(state, index, token) is None
    if word == "走了" and text[token.start - 1 : token.start] in _CARRIED_OFF:
        return True  # 拉走了十一个
    if word == "走了":
        gone = state.pending and _AT_ONCE.search(text, state.pending[-1].end, token.start) is not None
        gone = gone or (
            bool(state.told.mentions) and _THAT_NIGHT.search(text, state.clause, token.start) is not None
        )
        return not gone and right_number(state, index, token) is None
    if word == "没了" and text.endswith(_LIMBS, 0, token.start):
        return True  # 手没了
    if word in ("没了", "走了人"):
        return text[token.end : token.end + 1] in _NOT_GONE
    return text[token.end : token.end + 1] not in _END_OF_ALL


def _gravely(state: State, index: int, token: Token) -> bool:
    """4名伤者情况严重: the word behind the noun says what they suffer."""
    later = state.tokens[index + 1] if index + 1 < len(state.tokens) else token
    return later.kind == "harm" and later.name == "seriously_injured" and later.start == token.end


def _same_wound(state: State, index: int, token: Token) -> bool:
    """胳膊骨折一个: the word that ends with the part of the body and its wound tells the wound itself."""
    later = state.tokens[index + 1] if index + 1 < len(state.tokens) else token
    inside = later.name == "injured" and token.start < later.start < token.end <= later.end
    return inside and right_number(state, index + 1, later) is not None


def _is_negated(state: State, token: Token) -> bool:
    if token.name == "rescued":
        return False
    begin = negated(state, token.start) if state.scan.hits[NEGATION] else None
    if begin is not None:
        if state.pending and state.pending[-1].end <= begin:
            # 4人未受伤: those four are out of it
            state.pending = []
        elif token.name in _COUNTABLE and token.start - begin <= 10:
            state.told.negated.setdefault(token.name, state.said(begin, token.end))
        return True
    if token.name in ("trapped", "missing") and RESCUING.before(state.text, token.start):
        state.pending = []  # 营救被困3人: what is done for them
        return True
    return False


def _is_among_dead(state: State, index: int, token: Token) -> bool:
    """3人送医后不治, 1名失踪者遗体: they are counted among the dead."""
    if token.name == "missing":
        all_dead = _LOST_ARE_DEAD.match(state.text, token.end)
        if all_dead is not None and not state.pending:
            state.told.all_found = (token.start, all_dead.end())  # 失联人员均确认遇难
            return True
    if token.name in ("missing", "trapped"):
        return state.text.startswith(("遗体", "尸体", "者遗体", "者尸体", "人员遗体"), token.end)
    dead = _dies_after(state, index)
    if dead is None:
        return False
    if token.word in _ONE_HURT and not state.pending and negated(state, dead.start) is None:
        many = not _MANY.isdisjoint(state.text[token.end : dead.start])
        state.told.lone = state.told.lone or (token.start, dead.end, None if many else 1)
    return True


def _dies_after(state: State, index: int) -> Token | None:
    """The word of death that follows in the same clause before any other number."""
    for later in state.tokens[index + 1 : index + 6]:
        if later.kind == "harm" and later.name == "deaths":
            return later
        if later.kind in ("number", "comma", "stop"):
            return None
    return None


def _next_to_number(state: State, index: int, token: Token) -> bool:
    if state.pending and state.pending[-1].end >= token.start - 6:
        return state.pending[-1].end == token.start or token.name == "trapped"
    return right_number(state, index, token) is not None


# ------------------------------------------------------------------ the number before the word


def _left(state: State, index: int, token: Token, right: Token | None) -> bool:
    """3人死亡: the number told before the word, unless the one behind it is nearer (4个人死了两个)."""
    if not _left_ok(state, token):
        return False
    if token.name == "hit" and token.word[0] not in "被叫让给遭挨烧":
        return False  # the number before 撞倒 is of those who did it
    gap = token.start - state.pending[-1].end
    if (
        right is not None
        and token.name != "rescued"
        and (gap > 3 or _of_whole(state, token, right))
        and not _claimed(state, index, right)
    ):
        state.pending = []
        state.count(token, _with_partner(state, index, right))
        return True
    state.count(token, state.pending)
    state.pending = []
    return True


def _of_whole(state: State, token: Token, right: Token) -> bool:
    """4个人死了两个: the number before is the whole, the one right behind the word the part."""
    whole, part = state.pending[-1].found, right.found
    assert whole is not None and part is not None
    return (
        right.start - token.end <= 1
        and part.low < whole.low
        and state.text[right.end : right.end + 1] not in _IS
        and not state.pending[-1].tight
    )


def _left_ok(state: State, token: Token) -> bool:
    """The number told before the word belongs to it."""
    text, last = state.text, state.pending[-1]
    if last.end == token.start:
        return True
    gap = text[last.end : token.start]
    if last.tight:
        plain = gap.strip(_BESIDE_LEFT)
        if plain and (text[last.end - 1] != "个" or not PERSON.at(plain, 0)) and text[last.end - 1] != "个":
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


def _all_of_them(state: State, token: Token, right: Token | None) -> bool:
    """30名失联人员全部遇难: the people of this clause, counted under another word, are all dead."""
    last = state.last
    if last is None:
        return False
    if last.measure in ("injured", "seriously_injured"):
        if last.start < state.clause or not _LATER.fullmatch(state.text, last.end, token.start):
            return False
        assert state.last_mention is not None
        state.carry("deaths", state.last_mention)  # 重伤1人今早去世
        return True
    if last.measure not in _BECOME_DEAD or last.start < state.clause:
        return False
    lead = state.text[last.end : token.start].removesuffix("已").removesuffix("不幸")
    if not lead and right is not None and right.start == token.end and not right.tight:
        return False  # 四口中毒身亡两人
    there = last.measure == "trapped" and len(lead) <= 8 and lead.endswith(_UNDER)
    ends = right is None and state.text[token.end : token.end + 1] in _END_OF_ALL
    if lead and not lead.endswith(("全部", "均", "全", "都", "悉数")) and not (there and ends):
        return False  # but: 一个压在管子底下没了
    assert state.last_mention is not None
    state.carry("deaths", state.last_mention)
    return True


def _same_people(state: State, token: Token) -> bool:
    """11人生还住院, 1人落水失踪: two words right behind one number."""
    last = state.last
    if last is not None and last.measure == "injured" and token.name == "seriously_injured":
        graded = last.number is not None and state.text[last.end : token.start] in _COUNTED_AS
        if graded and last.start >= state.clause and not state.pending and state.last_mention is not None:
            state.carry(token.name, state.last_mention)  # 三个骨折的算重伤
            return True
    if last is None or token.name not in _SAME_PEOPLE.get(last.measure, ()):
        return False
    if (
        last.number is None
        or state.pending
        or not 0 <= token.start - last.end <= 2
        or last.start < state.clause
    ):
        return False
    assert state.last_mention is not None
    state.carry(token.name, state.last_mention)
    return True


def _dead_and_lost(state: State, index: int, token: Token) -> bool:
    """死亡失踪合计5人: so many at most are dead; the lost are counted by their own word."""
    later = state.tokens[index + 1] if index + 1 < len(state.tokens) else token
    if later.kind != "harm" or later.name != "missing":
        return False
    if state.text[token.end : later.start] not in ("", *_AND, "或"):
        return False
    right = right_number(state, index + 1, later)
    if right is None or right.found is None or right.tight:
        return False
    start, end = state.said(token.start, right.end)
    most = Quantity(0, right.found.quantity("").high, state.note.quote(start, end)[:SAID_AT_MOST])
    mention = Mention("deaths", most, start, end, state.sentence, "both", state.new_at)
    mention.part_of = "missing"
    state.told.mentions.append(mention)
    return True


# ------------------------------------------------------------------ the number behind the word


def _right(state: State, index: int, token: Token, right: Token) -> bool:
    if (
        token.name != "deaths"
        and (
            state.text[token.end : right.start] in ("的", "者", "员", "的有")
            or (token.word in _HURT_NOUNS and right.start == token.end)
        )
        and _dies_after(state, _index_of(state, right, index)) is not None
    ):
        return True  # 重伤的1人抢救无效死亡: he is counted among the dead
    if token.name in ("rescued", "hospitalized", "evacuated", "hit") and _claimed(state, index, right):
        return False
    state.count(token, _with_partner(state, index, right))
    state.pending = []
    return True


def right_number(state: State, index: int, token: Token) -> Token | None:
    """The number told right behind the word: 死亡3人, 死了七个, 受伤人数升至12人."""
    tokens = state.tokens
    for at, later in enumerate(tokens[index + 1 : index + 5], index + 1):
        kind = later.kind
        if kind == "number":
            gap = state.text[token.end : later.start]
            if later.word == "数":
                return None  # 伤者数不详
            if not gap:
                return later
            if len(gap) <= 8 and _FROM.match(gap) is not None:
                # 死亡人数由2人增至3人: the second figure counts
                mark, last = (*tokens[at + 1 : at + 3], later, later)[:2]
                for place in range(at + 1, min(at + 6, len(tokens) - 1)):
                    if tokens[place].kind in ("comma", "stop"):
                        break
                    if tokens[place].kind == "mark" and tokens[place].name == "to":
                        mark, last = tokens[place : place + 2]
                        break
                if mark.kind == "mark" and mark.name == "to" and last.kind == "number":
                    state.used.add(later.start)
                    return last
            if (
                later.tight
                and state.text[later.end - 1] != "个"
                and gap not in ("了", "有", "的有", "了有", ":", "人数", "约", "近", "为")
            ):
                return None
            if token.name == "evacuated" and _HOUSEHOLDS.fullmatch(gap):
                return later
            if len(gap) <= 9:
                if gap == "对方" or (
                    token.name in _COUNTABLE and (gap in _NOUNS or _WHO.fullmatch(gap) is not None)
                ):
                    return later  # 砸伤工人2名
                plain = gap.replace("一共", "").strip(_FILL)
                if plain == "还":
                    return later if not _claimed(state, index, later) else None
                if not plain or plain in _NOUNS or plain in _THOUGHT:
                    return later
            return None
        if kind == "mark" and later.name in ("to", "total", "new", "old"):
            continue
        if later.word == "还有":
            gap = state.text[token.end : later.start]
            if (
                gap.removeprefix("的") in _NOUNS
                and at + 1 < len(tokens)
                and tokens[at + 1].start == later.end
            ):
                return tokens[at + 1] if tokens[at + 1].kind == "number" else None
            if gap in ("的", "者", "人员"):
                continue  # 失联的还有6个
        ill = token.name in ("poisoned", "injured") and later.name == "hospitalized"  # 中毒住院300余人
        if kind == "harm" and later.start == token.end and (later.name == token.name or ill):
            token = later
            continue
        return None
    return None


def _index_of(state: State, token: Token, index: int) -> int:
    """Where `token` stands among those shortly behind `index`."""
    for at, later in enumerate(state.tokens[index + 1 : index + 8], index + 1):
        if later is token:
            return at
    return index


def _with_partner(state: State, index: int, number: Token) -> list[Token]:
    """砍伤3名男童及1名家长: both numbers belong to the word before them."""
    at, listed = _index_of(state, number, index), [number]
    for later in state.tokens[at + 1 : at + 8]:
        if later.kind == "number":
            gap = state.text[listed[-1].end : later.start]
            joined = gap.endswith(_AND) or gap in ("男", "女", "大", "小", "老") or gap in _NOUNS
            named = gap.startswith(_AND) and gap.lstrip("和及与以、") in VICTIMS
            if len(gap) > 8 or not (joined or named) or _claimed(state, at, later):
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


def _parted(state: State, index: int, token: Token, number: Token) -> bool:
    """2人抢救无效死亡 3人住院: a blank parts them, and none the number from its own word; not so 死亡 3人 受伤 5人."""
    quote = state.note.quote
    if " " not in quote(token.end - 1, number.start + 1):
        return False
    at = _index_of(state, number, index) + 1
    later = state.tokens[at] if at < len(state.tokens) else number
    return (
        later.kind == "harm"
        and later.start - number.end <= 6
        and " " not in quote(number.end - 1, later.start + 1)
    )


def _claimed(state: State, index: int, number: Token) -> bool:
    """The number has its own word right behind it: in 3人死亡5人受伤 the 5 is not of 死亡."""
    seen = False
    for later in state.tokens[index + 1 : index + 8]:
        if later is number:
            seen = True
        elif seen:
            return later.kind == "harm" and later.start - number.end <= 6
    return False


# ------------------------------------------------------------------ words that count nobody anew


def _all_rescued(state: State, token: Token) -> bool:
    """被困8人全部救出; 困了4个人,半小时后救出来了; 被困约30人已救出."""
    text = state.text
    lead = text[max(state.clause, token.start - 10) : token.start]
    last = state.last
    if "第" in lead and ORDINAL.search(lead) is not None:
        return False  # 第三个刚下去就被拽上来
    others = state.mark == "rest" and state.mark_at >= state.clause
    if others and last is not None and last.measure in ("trapped", "missing"):
        return False  # 老太太困在屋里,别的人都跑出来了
    if not lead.endswith("未") and any(word in lead for word in _ALL):
        state.told.all_out = (max(state.clause, token.start - 4), token.end)
        return True
    if (
        last is not None
        and last.measure in ("trapped", "missing")
        and last.start >= state.clause
        and not state.pending
    ):
        gap = text[last.end : token.start]
        out = (
            token.word in _OUT
            and len(gap) <= 6
            and _NOT_YET.isdisjoint(gap)
            and not text.startswith("中", token.end)
        )
        if out or gap.lstrip("人员学生工群众") in _ALREADY:
            if last.measure == "missing":
                state.told.all_found = (last.start, token.end)
            state.told.all_out = (max(state.clause, token.start - 4), token.end)
            return True
    if (
        state.carried_mention is not None
        and state.told.mentions[state.carried_mention].measure == "trapped"
        and (text[token.end : token.end + 1] in _END_OF_ALL or token.word in _BACK)
        and not state.pending
        and _NOT_YET.isdisjoint(lead)
    ):
        state.told.all_out = (max(state.clause, token.start - 4), token.end)
        return True
    return False


def _dies_too(state: State, token: Token) -> bool:
    """将妻子捅死后自杀身亡; 砍死老婆后跳楼了,也没了: one more, who did it to the one told before."""
    last = state.last
    if token.name != "deaths" or last is None or last.measure != "deaths" or not last.individual:
        return False
    lead = state.text[last.end : token.start] if token.start - last.end <= 30 else ""
    if not lead.endswith("也") and not (token.word[0] == "自" and _THEN.search(lead)):
        return False
    state.mark = "other"
    state.one_person(token, max(last.end, token.end - 8))
    return True


def _said_already(state: State, index: int, token: Token) -> bool:
    """不治身亡: the second word of one death; 头上缝了 holds 缝了."""
    before = state.tokens[index - 1] if index else token
    if before is not token and before.name == token.name and before.end >= token.start:
        return True
    last = state.last
    return (
        last is not None
        and last.measure == token.name
        and last.start >= state.clause - 1
        and token.start - last.end <= 8
    )
