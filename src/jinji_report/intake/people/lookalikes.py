"""Words that look like harm and are none here: 吐 without a number, 死了20只羊, 家属, 拉走了十一个."""

from itertools import islice

from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.harm_words import HURT_NOUNS
from jinji_report.intake.people.number_beside import claimed, number_behind
from jinji_report.intake.people.state import State
from jinji_report.intake.people.tokens import Token
from jinji_report.intake.people.words import ANIMALS, BEASTS, END_OF_ALL, HELPERS_RE

_BREATH = frozenset(("呼吸", "心跳"))
_REVIVING = pattern("了?[，,]?(?:正|还|现|人)?在?(?:做|进行|实施|按)?(?:心肺复苏|胸外按压|人工呼吸|按压)")
"""有人没呼吸了在做心肺复苏: not dead yet."""
_STILL = frozenset(("", "仍", "还", "正", "尚", "仍然", "目前", "现", "都"))
_UNDER_WAY = pattern("(?:之?中|当中|过程中)?(?:[了,，、。;；\n)！]|$)")
_SEEKING = frozenset(("在捞", "在找", "在搜", "正在搜", "还在搜", "在搜寻", "正在搜寻", "仍在搜寻", "在搜救"))
_THAT_NIGHT = pattern("(?:今[早晨]|昨[晚夜]|凌晨|半夜|夜里|后半夜|在医院|医院里)(?:里|就|也|先|已经|人)?$")
_AT_ONCE = pattern("当时|当场|路上|半路|没多久|没一会|后来|在医院|先")
_CARRIED_OFF = frozenset(
    "拉抬接送冲跑开带逃卷刮飘撤搬转赶飞溜运抓叫请领拖漂吹放偷抢牵搀背抱劝轰哄遣撵喊骗绕挪驱疏散"
)
_DIGGING = frozenset(("在挖", "在刨", "在扒"))
_LOOKALIKES = frozenset(
    ("重的", "轻的", "走了", "没了", "没了气", "没的", "没保住", "走了人", "全没", "全亡")
)
_HARMED = frozenset(("deaths", "injured", "seriously_injured", "slightly_injured"))
_HOW_GRAVE = frozenset(("很重", "挺重", "特别重", "比较重"))
_LONE = ("seriously_injured", "slightly_injured", "trapped")
_MEANWHILE = ("中", "时", "过程", "途中", "期间", "的时候", "当中")
_KIN_OF = ("人员家属", "者家属", "家属", "员家属")
_LIMBS = ("手", "脚", "腿", "胳膊", "眼睛", "指头", "耳朵", "脚掌", "巴掌", "手指", "手掌")
_NOT_GONE = frozenset("电水信气网油钱路车烟火")
_AND_WELL = pattern("[^，,。；！\n0-9]{0,6}?(?:没(?:啥|什么|得|大)?事|没受伤|没伤着)(?![故先项])")
"""一个挂在安全绳上没事: held, and nothing happened to him."""


def no_harm(state: State, token: Token) -> bool:
    """Looks like a word of harm and is none here (吐 without a number, 死了20只羊, 家属)."""
    text, word = state.text, token.word
    if len(word) == 1:
        if word == "活" and not (_counted(state, token) and text[token.end : token.end + 1] in END_OF_ALL):
            return True
        if word == "吐" and not state.pending:
            return True
        if token.name in _LONE and not _next_to_number(state, token):
            return True
    elif (word in _LOOKALIKES and _is_alike(state, token)) or (
        word in _HOW_GRAVE and not _next_to_number(state, token)
    ):
        return True
    name = token.name
    if name == "deaths" and word[-2:] in _BREATH and _REVIVING.match(text, token.end) is not None:
        state.pending = []
        return True
    if name == "rescued" and state.scan.text.find("具", token.end, token.end + 6) >= 0:
        behind = number_behind(state, token)
        if behind is not None and behind.word[-1] == "具":
            return True  # 捞起来两具
    if text.startswith("过", token.end) and not text.startswith("过来", token.end):
        behind = number_behind(state, token)
        if behind is not None:
            state.used.add(behind.start)
            return True  # 去年撞死过2人: it is no news
    if name == "inside":
        behind = number_behind(state, token)
        return behind is None or claimed(state, behind)  # 井下还有7人失去联系
    if name == "evacuated" and state.pending and text.startswith(_MEANWHILE, token.end):
        return True  # 36人撤离中擦伤
    if name == "stable":
        return not state.pending or token.start - state.pending[-1].end > 1
    if name == "trapped" and _AND_WELL.match(text, token.end):
        state.pending = []
        return True
    if name == "injured" and _same_wound(state, token):
        return True
    if text.startswith(_KIN_OF, token.end):
        state.pending = []
        return True
    if word in _SEEKING and not (
        state.pending
        and text[state.pending[-1].end : token.start] in _STILL
        and _UNDER_WAY.match(text, token.end) is not None
        and HELPERS_RE.search(text, state.clause, token.start) is None
    ):
        return True  # 民警在找: who is looked for is told by 还有1个在找
    if word in _DIGGING and text[token.end : token.end + 1] not in END_OF_ALL:
        return True  # 3人在挖沟
    if state.pending and word in HURT_NOUNS and _gravely(state, token):
        return True
    return (name == "deaths" and state.beasts) and (
        ANIMALS.match(text, token.end) is not None
        or BEASTS.search(text, max(state.clause, token.start - 3), token.start) is not None
    )


def _is_alike(state: State, token: Token) -> bool:
    """没了水, 走了: a word that is one of harm only in some company."""
    text, word = state.text, token.word
    if word == "没的":
        gone = state.pending and _AT_ONCE.search(text, state.pending[-1].end, token.start) is not None
        return not gone or text[token.end : token.end + 1] not in END_OF_ALL  # 5个当场没的
    if word == "没了气":
        return not _counted(state, token)  # 管道没了气
    if word in ("重的", "轻的"):
        return not state.pending and number_behind(state, token) is None
    if word == "走了":
        return _went_elsewhere(state, token)
    if word in ("没了", "没保住") and text.endswith(_LIMBS, 0, token.start):
        return True  # 手没了
    if word in ("没了", "走了人"):
        return text[token.end : token.end + 1] in _NOT_GONE
    return text[token.end : token.end + 1] not in END_OF_ALL


def _went_elsewhere(state: State, token: Token) -> bool:
    """走了 is said of the dead only in some company; of a number that has none, it is asked."""
    text = state.text
    if text[token.start - 1 : token.start] in _CARRIED_OFF:
        return True  # 拉走了十一个
    if state.pending and _AT_ONCE.search(text, state.pending[-1].end, token.start) is not None:
        return False
    if state.told.mentions and _THAT_NIGHT.search(text, state.clause, token.start) is not None:
        return False
    if number_behind(state, token) is not None or _beside_harm(state, token):
        return False
    if _counted(state, token) and text[token.end : token.end + 1] in END_OF_ALL:
        state.told.vague.setdefault("deaths", state.said(state.pending[-1].start, token.end))
    return True  # 三十七个走了: dead or gone home


def _counted(state: State, token: Token) -> bool:
    """A number stands right before the word."""
    return bool(state.pending) and state.pending[-1].end == token.start


def _beside_harm(state: State, token: Token) -> bool:
    """三十七个走了,还有二十个伤的: the number right before it, and who was hurt or died besides in the same sentence."""
    if not _counted(state, token):
        return False
    if any(m.measure in _HARMED for m in islice(state.in_this_sentence(), 3)):
        return True
    for later in state.tokens[token.at + 1 : token.at + 6]:
        if later.kind == "stop":
            return False
        if later.name in _HARMED:
            return True
    return False


def _gravely(state: State, token: Token) -> bool:
    """4名伤者情况严重: the word behind the noun says what they suffer."""
    later = state.following(token)
    return (
        later is not None
        and later.kind == "harm"
        and later.name == "seriously_injured"
        and later.start == token.end
    )


def _same_wound(state: State, token: Token) -> bool:
    """胳膊骨折一个: the word that ends with the part of the body and its wound tells the wound itself."""
    later = state.following(token)
    if later is None:
        return False
    inside = later.name == "injured" and token.start < later.start < token.end <= later.end
    return inside and number_behind(state, later) is not None


def _next_to_number(state: State, token: Token) -> bool:
    if state.pending and state.pending[-1].end >= token.start - 6:
        return _counted(state, token) or token.name == "trapped"
    return number_behind(state, token) is not None
