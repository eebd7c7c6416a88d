"""What became of those told already, whom a word of harm does not count anew: 30名失联人员全部遇难, 被困8人全部救出."""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.nobody import negated
from jinji_report.intake.people.number_beside import dies_after
from jinji_report.intake.people.person_words import ORDINAL
from jinji_report.intake.people.state import State
from jinji_report.intake.people.tokens import Token
from jinji_report.intake.people.told import SAID_AT_MOST
from jinji_report.intake.people.words import BODIES, END_OF_ALL
from jinji_report.quantity import exactly

_LOST_ARE_DEAD = pattern(
    "(?:人员|者|的人?)?(?:现|已)?(?:均|全部|全|都)(?:已|被|告)?(?:确认|证实|找到)?(?:已|不幸)?(?=遇难|死亡|身亡|罹难)"
)
_UNDER = ("底下", "下面", "下头", "里头", "里面", "车底", "身下", "车里", "井里", "水里")
_LATER = pattern(
    "(?:于|在|今[早晨天日]|当[晚日夜]|昨[晚夜天日]|次日|凌晨|早上|上午|下午|晚上?|[0-9]{1,2}[时点日月分半]|送[医院往到]{1,3}|后|经|抢救|医治|治疗|期间|途中|不幸){1,8}"
)
_ONE_HURT = frozenset(("伤者", "重伤者", "重伤员", "伤员", "中毒者", "病人"))
_MANY = frozenset("均都全陆续相继分别")
_BECOME_DEAD = ("missing", "trapped", "at_risk", "poisoned", "swept", "faint")
_ALL_DEAD_LEADS = ("全部", "均", "全", "都", "悉数", "就")
_COUNTED_AS = frozenset(
    ("的算", "的属", "的是", "的都算", "算", "属", "属于", "的属于", "的定为", "的算是", "鉴定为", "诊断为")
)
_SAME_PEOPLE = {
    "rescued": ("hospitalized", "injured", "seriously_injured"),
    "swept": ("missing",),
    "at_risk": ("missing", "injured", "seriously_injured"),
}
_HIMSELF = pattern(
    "本人|自己|凶手|嫌疑人|嫌犯|行凶[的者]|作案[人的]|(?<![0-9人名个])[后又再][^，,。]{0,4}(?:自[杀尽缢焚刎]|跳[楼江河桥下]|服毒|上吊|喝药)"
)
_ALL_BUT = pattern(
    "除了?[^，,。；]{1,12}?(?:以外|之外|外)[，,]?(?:其余|其他|其它|别的|剩下的?)?(?:人员?)?(?:均|全部|全|都|也都)(?:已|被|不幸|确认){0,2}$"
)
_ALIVE = frozenset(("活", "活着", "活着的", "活的", "活了", "活下来", "生还", "幸存", "幸存者", "生还者"))
_FEW = ("仅", "只", "就", "只有", "仅有", "只剩", "就剩", "唯独", "独")
_THEY = pattern("(?:后来?|最后|终于|现|已经?|均|全部?|都|人员?|失联|失踪|被困|者|的|也){1,8}")
_FOUND = ("找到", "发现", "捞出", "捞起", "打捞出", "挖出", "找着", "搜出")
_THEN = pattern("[后又再并]|随即|接着")
_OUT = ("获救", "脱险", "救出", "解救", "升井", "脱困", "救下")
_BACK = (
    "拖回", "接回", "拉回", "送回", "带回", "拖到", "接到岸", "拖上岸", "接上岸", "送上岸", "带下山", "接下山", "护送下山",
)  # fmt: skip
_ALREADY = ("已", "已经", "已被", "后", "后已", "已成功", "现已", "被", "成功")
_IN_TIME = pattern("[^，,。；未没仍还尚]{0,16}(?:后|已|被|成功|才|全部|均|都)")
"""3人被困电梯40分钟后救出."""
_NOT_YET = frozenset("未没仍还待等盼尚")
_ALL = ("全部", "全", "均", "都", "所有", "总算", "终于", "才", "悉数", "陆续", "先后", "安全")


def among_dead(state: State, token: Token) -> bool:
    """3人送医后不治, 1名失踪者遗体: they are counted among the dead."""
    if token.name == "missing":
        all_dead = _LOST_ARE_DEAD.match(state.text, token.end)
        if all_dead is not None and not state.pending:
            state.told.all_found = (token.start, all_dead.end())  # 失联人员均确认遇难
            return True
    if token.name in ("missing", "trapped"):
        return state.text.startswith(("遗体", "尸体", "者遗体", "者尸体", "人员遗体"), token.end)
    dead = dies_after(state, token)
    if dead is None:
        return False
    if token.word in _ONE_HURT and not state.pending and negated(state, dead.start) is None:
        many = not _MANY.isdisjoint(state.text[token.end : dead.start])
        state.told.lone = state.told.lone or (token.start, dead.end, None if many else 1)
    return True


def all_of_them(state: State, token: Token, behind: Token | None) -> bool:
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
    found = last.measure == "rescued" and state.text.endswith(_ALL_DEAD_LEADS, last.end, token.start)
    if not (found or last.measure in _BECOME_DEAD) or last.start < state.clause:
        return False
    lead = state.text[last.end : token.start].removesuffix("已").removesuffix("不幸")
    if not lead and behind is not None and behind.start == token.end and not behind.tight:
        return False  # 四口中毒身亡两人
    assert state.last_mention is not None
    if token.word in BODIES and lead.endswith(_FOUND):
        state.carry("deaths", state.last_mention)  # 失踪2人后找到遗体
        return True
    there = last.measure == "trapped" and len(lead) <= 8 and lead.endswith(_UNDER)
    ends = behind is None and state.text[token.end : token.end + 1] in END_OF_ALL
    if lead and not lead.endswith(_ALL_DEAD_LEADS) and not (there and ends):
        return False  # but: 一个压在管子底下没了
    state.carry("deaths", state.last_mention)
    return True


def all_but(state: State, token: Token) -> bool:
    """一家五口除老大外全部遇难; 车上8人,除1人重伤外全部遇难: the whole less those who are excepted."""
    but = _ALL_BUT.search(state.text, state.clause, token.start)
    if but is None:
        return False
    before = [number for number in state.pending if number.end <= but.start()] or state.carried
    whole = before[-1].found if before else None
    if whole is None or whole.told != "exact":
        return False
    excepted = next((t.found for t in state.tokens if but.start() <= t.start < but.end() and t.found), None)
    left = whole.low - (1 if excepted is None else excepted.low)
    if left <= 0:
        return False
    state.pending = []
    start, end = state.said(max(but.start(), token.end - SAID_AT_MOST), token.end)
    state.add_plain(token, exactly(left, state.note.quote(start, end)[:SAID_AT_MOST]), start)
    return True


def few_survive(state: State, token: Token, behind: Token | None) -> None:
    """9人中仅1人生还; 6个人,就活了1个: the others are dead, where no more is told of them."""
    few = state.pending[-1] if state.pending else behind
    if few is None or few.found is None or token.word not in _ALIVE or state.told.mentions:
        return
    start = min(token.start, few.start)
    whole = next((t.found for t in reversed(state.tokens[: min(token.at, few.at)]) if t.found), None)
    low = state.scan.sentence(token.start)[0]
    if whole is None or whole.start < low or whole.told != "exact" or few.found.told != "exact":
        return
    if whole.low > few.found.low and state.text.endswith(_FEW, max(low, start - 3), start):
        said = state.note.quote(*state.said(start, max(token.end, few.end)))[:SAID_AT_MOST]
        state.add_plain(
            Token("harm", "deaths", token.word, token.start, max(token.end, few.end)),
            exactly(whole.low - few.found.low, said),
            start,
        )


def same_people(state: State, token: Token) -> bool:
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


def dies_too(state: State, token: Token) -> bool:
    """将妻子捅死后自杀身亡; 砍死老婆后跳楼了,也没了: one more, who did it to the one told before."""
    last = state.last
    if token.name != "deaths" or last is None or last.measure != "deaths":
        return False
    lead = state.text[last.end : token.start] if token.start - last.end <= 30 else ""
    himself = _HIMSELF.search(lead) or (token.word[0] == "自" and _THEN.search(lead))
    if not himself and not (last.individual and lead.endswith("也")):
        return False
    state.mark = "other"
    state.one_person(token, max(last.end, token.end - 8))
    return True


def said_already(state: State, token: Token) -> bool:
    """不治身亡: the second word of one death; 头上缝了 holds 缝了."""
    before = state.tokens[token.at - 1] if token.at else token
    if before is not token and before.name == token.name and before.end >= token.start:
        return True
    last = state.last
    return (
        last is not None
        and last.measure == token.name
        and last.start >= state.clause - 1
        and token.start - last.end <= 8
    )


def moved_out(state: State, token: Token) -> bool:
    """被困的12名游客全部安全转移: the trapped of this clause are out."""
    last = state.last
    if last is None or last.measure != "trapped" or last.start < state.clause or state.pending:
        return False
    gap = state.text[last.end : token.start]
    if not gap.endswith(("全部", "均", "都", "已", "安全", "成功", "被")) or not _NOT_YET.isdisjoint(gap):
        return False
    state.told.all_out = (_told_from(state, token), token.end)
    return True


def _told_from(state: State, token: Token) -> int:
    """Where the words begin that tell of all who got out: four characters before, but inside no number."""
    start = max(state.clause, token.start - 4)
    number = next((t for t in reversed(state.tokens[: token.at]) if t.found is not None), None)
    if number is not None and number.start < start < number.end:
        return number.start
    while start < token.start and (state.text[start] in "的分钟小时秒天后" or state.text[start].isdigit()):
        start += 1
    return start


def all_rescued(state: State, token: Token) -> bool:
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
        if token.word == "找到" and not state.pending and _THEY.fullmatch(text, state.clause, token.start):
            state.told.all_found = (_told_from(state, token), token.end)  # 9人失联,后全部找到
        state.told.all_out = (_told_from(state, token), token.end)
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
        if (
            out
            or gap.lstrip("人员学生工群众") in _ALREADY
            or (text[token.end : token.end + 1] in END_OF_ALL and _IN_TIME.fullmatch(gap) is not None)
        ):
            if last.measure == "missing":
                state.told.all_found = (last.start, token.end)
            state.told.all_out = (_told_from(state, token), token.end)
            return True
    if (
        state.carried_mention is not None
        and state.told.mentions[state.carried_mention].measure in ("trapped", "missing")
        and (text[token.end : token.end + 1] in END_OF_ALL or token.word in _BACK)
        and not state.pending
        and _NOT_YET.isdisjoint(lead)
    ):
        if state.told.mentions[state.carried_mention].measure == "missing":
            state.told.all_found = (_told_from(state, token), token.end)
        state.told.all_out = (_told_from(state, token), token.end)
        return True
    return False
