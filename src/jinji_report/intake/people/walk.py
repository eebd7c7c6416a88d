"""The walk through a note: clause by clause, numbers wait for their word, marks say how they count.

A stop ends all that was pending; a comma hands it on to the next clause; a bracket opens a part.
What a word of harm does is in `harm.py`.
"""

from collections.abc import Sequence

from jinji_report.intake.lexicon import Tails
from jinji_report.intake.numerals import Found
from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.harm import meets_harm
from jinji_report.intake.people.nobody import all_safe, meets_casualties
from jinji_report.intake.people.number_beside import number_behind
from jinji_report.intake.people.person_words import VICTIMS
from jinji_report.intake.people.state import State, of_a_part
from jinji_report.intake.people.tokens import Token, tokens
from jinji_report.intake.people.told import SAID_AT_MOST, Mention, Told
from jinji_report.intake.people.words import SENT_RE, SPEAKING, WELL
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Mask

_NOW_IS = Tails((
    "增至", "升至", "增到", "升到", "增加到", "上升到", "增加至", "上升至", "数是", "改为", "更正为", "应为", "实为",
    "实际", "实际是", "现在是", "现为", "变成", "现在", "目前", "核实为", "现核实", "现确认", "确认为", "应该是",
    "其实是", "后来报", "后来是", "后来说", "后来", "来报", "后报", "又报",
     "刚报", "最新报", "又说", "新报", "改报", "改成", "订正为", "而是", "对是", "其实", "更新为", "是",
    "还是", "仍是", "就是", "仍为", "还为",
))  # fmt: skip
_BY_THEN = pattern(
    "(?:到|截至?)?(?:今[天早日晚]|现在|目前|第[二三四]天|次日|后来|这会儿|眼下|刚才)(?:[早晚]上|下午|上午)?(?:又|就|已经?|再){0,2}"
    "(?:讲|说|报|是|到|成了?|变成|有|涨到){0,2}(?:了)?"
)
"""头一晚讲死6个,第二天讲44个,到今天78个了."""
_AND = ("、", "和", "及", "与", "以及", "加", "加上", "跟", "外加")
_SEXES = ("男", "女", "大人", "大", "老")
_SEX_AFTER = ("女", "男", "小", "老", "大")
_ALL_TOLD = pattern(
    "(?:(?:[到至]|截[至止]到?)?(?:目前|现在|这会儿|眼下|今[早晨天])(?:为止)?|现|已|先后|前后)?"
    "(?:(?:最多|高峰|人最多)(?:时|的时候|期)?)?(?:(?:共|累计|共计|总共|一共|拢共|合计|现有|已有|共有|[一全]家|屋里|家里)(?:有|已有|报告|涉及|发现)?|有|已经有?|差不多有?|是)?"
)
_SOMEBODY = ("人", "死人", "死了人", "伤人", "伤了人", "出了人命", "出人命")
_ALONE = pattern("[口条来个人名]{0,2}[了呢啊吧]?(?=[,，。；!！\n]|$)")
_SAID_TO_BE = pattern("(?:据?说是?|就是|就|是|总共|一共|共|拢共|数了数?|点了点?|有)?")
_LEFT_SINCE = pattern(
    "(?:均|都|已|已经|陆续|先后|全部|目前){0,3}(?:返校|出院|回家|返家|离院|痊愈|好转|复课|返岗|康复|返回|办理出院|治愈)"
)
_SLIP = pattern(
    "[了的]?[,，](?:[哦噢啊呃哎喔诶]{0,2}[,，]?)?(?:不对|不是|说错了?|搞错了?|报错了?|记错了?|错了|不止|应该是|更正|更正一下)(?:不对|说错了?|了|啊|哈)?[,，]?"
    "(?:应该是|应该|是|现在是|已经是|又?变成|刚确认是?|得有|有)?"
)
_SAID_AGAIN = ("又说", "又称", "又讲", "又听说")
"""前面说死2人,后面又说死亡3人: another telling, and nobody more."""
_NOT_SO_MANY = pattern(
    "(死亡|遇难|受伤|重伤|轻伤|失联|失踪|被困|中毒)的?(?:人数)?不是[0-9一二两三四五六七八九十百]{1,4}[人个名]?[,，]"
    "(?:而是|是|应为|应该是|应是|为)$"
)
_MEASURES = {"死亡": "deaths", "遇难": "deaths", "受伤": "injured", "重伤": "seriously_injured", "轻伤": "slightly_injured",
    "失联": "missing", "失踪": "missing", "被困": "trapped", "中毒": "poisoned"}  # fmt: skip
_ATE = ("食用", "就餐", "参加", "聚餐", "吃", "用餐", "参会", "喝")
_GONG = frozenset("同享和产青识建用")
_COUNTS = frozenset("0123456789一二两三四五六七八九十几俩仨")
_LONG = 200
"""What stands further before a word of harm, though no comma parts them, says nothing of it."""


def people(scan: Scan, numbers: Sequence[Found], skipped: Mask) -> Told:
    """All mentions of persons; `numbers` are those of no time, `skipped` earlier incidents."""
    state = State(scan, tokens(scan, numbers, skipped))
    for token in state.tokens:
        kind = token.kind
        if kind == "harm":
            if token.start - state.clause > _LONG:
                state.clause = token.start - _LONG
            meets_harm(state, token)
        elif kind == "number":
            _meets_number(state, token)
        elif kind == "comma":
            _ends_clause(state, token)
        elif kind == "stop":
            _ends_sentence(state, token)
        elif kind == "mark":
            _meets_mark(state, token)
        elif kind == "casualties":
            meets_casualties(state, token, number_behind(state, token))
        elif kind == "all_dead":
            _meets_all_dead(state, token)
        elif kind == "open":
            state.paren.append((state.pending, state.part))
            state.pending = []
            state.part = True
            state.part_of = _whole(state)
        elif state.paren:
            state.pending, state.part = state.paren.pop()
    _hand_on(state)
    all_safe(state, skipped)
    return state.told


def _ends_sentence(state: State, token: Token) -> None:
    if state.pending or state.last_mention is not None:
        _hand_on(state)
    state.sentence += 1
    state.clause = token.end
    state.waiting = None
    state.pending, state.carried = [], []
    state.carried_mention = state.last_mention = state.last = None
    state.mark, state.part, state.old, state.new, state.new_at = "", False, False, False, -1
    if token.word != "；":
        state.place = -1
    state.paren = []


def _ends_clause(state: State, token: Token) -> None:
    if state.pending or state.last_mention is not None:
        _hand_on(state)
    state.clause = token.end
    if state.mark not in ("new", "old"):
        state.mark = ""
    if state.old:
        state.old, state.mark = False, ""


def _hand_on(state: State) -> None:
    """At the end of a clause: who was told in it is handed on to the next."""
    if len(state.pending) == 1:
        _bare_total(state)
    if state.pending:
        first, tail = state.pending[0], state.text[state.pending[-1].end : state.scan.clause(state.clause)[1]]
        lead = state.text[max(state.clause, first.start - 10) : first.start]
        sent = WELL.at(tail, 0) != "" or SENT_RE.search(lead) is not None or SPEAKING.search(tail) is not None
        state.carried, state.carried_mention = [] if sent else state.pending, None
    elif state.last_mention is not None and state.told.mentions[state.last_mention].start >= state.clause:
        state.carried, state.carried_mention = [], state.last_mention
    state.pending = []


def _bare_total(state: State) -> None:
    """死28个,又走了3个,共31个: a clause that is nothing but a total speaks of what was added to last.

    先报死亡9人,刚医院来电增至13人: one that is nothing but a later figure, of what was told before.
    """
    if _set_right(state, state.pending[0]):
        return
    last = state.last
    if last is not None and last.individual and len(state.pending) == 1 and _how_many(state, last):
        return
    if state.waiting is not None and state.waiting.end < state.clause:
        number = state.pending[0]
        lead = _ALL_TOLD.fullmatch(state.text, state.clause, number.start)
        if (
            lead is not None
            and (lead[0] or _ALONE.match(state.text, number.end) is not None)
            and not state.text.startswith(_ATE, number.end)
            and _LEFT_SINCE.match(state.text, number.end) is None
        ):
            state.count(state.waiting, state.pending)  # 食用鲜奶中毒,累计39例
            state.waiting, state.pending = None, []
            return
    number = state.pending[0]
    assert number.found is not None
    if last is not None and last.carried_from is not None and _counted_anew(state, last, number):
        return
    if last is not None and last.number is not None and _taken_back(state, last, number):
        return
    if last is not None and last.place >= 0 and _of_another_place(state, last, number):
        return
    if last is None or last.kind not in ("old", "more", "other", "new"):
        return
    later = _BY_THEN.fullmatch(state.text, state.clause, number.start) is not None
    anew = last.kind == "old" or (last.kind == "new" and (later or state.new_at >= state.clause))
    if anew and last.end < state.clause and (later or _NOW_IS.before(state.text, number.start, state.clause)):
        kind = "new"
    elif (
        state.mark == "total"
        and last.kind in ("more", "other")
        and state.mark_at - state.clause <= 4
        and number.start - state.mark_at <= 2
    ):
        kind = "total"
    else:
        return
    quantity = number.found.quantity(state.note.quote(number.start, number.end)[:SAID_AT_MOST])
    state.told.mentions.append(
        Mention(last.measure, quantity, number.start, number.end, state.sentence, kind, number.start)
    )


def _set_right(state: State, number: Token) -> bool:
    """死亡人数不是3人,而是2人: the number behind is the one that counts."""
    if state.text[number.start - 1] not in "是为":
        return False
    denied = _NOT_SO_MANY.search(state.text, max(0, number.start - 20), number.start)
    if denied is None:
        return False
    state.new, state.new_at, state.mark = True, denied.start(), ""
    state.count(Token("harm", _MEASURES[denied[1]], "", number.start, number.end), state.pending)
    state.pending = []
    return True


def _counted_anew(state: State, last: Mention, number: Token) -> bool:
    """找到的都牺牲了,说是24个: the clause behind says how many of those told before they are."""
    if last.end >= state.clause or state.told.mentions[-1] is not last:
        return False
    if _SAID_TO_BE.fullmatch(state.text, state.clause, number.start) is None:
        return False
    if _ALONE.match(state.text, number.end) is None:
        return False
    state.told.mentions.pop()
    state.last_mention = state.last = None
    state.count(Token("harm", last.measure, "", number.start, number.end), state.pending)
    state.told.mentions[-1].carried_from = last.carried_from
    state.pending = []
    return True


def _taken_back(state: State, last: Mention, number: Token) -> bool:
    """死了四个,哦不对,五个: a number alone behind the words of a slip stands for the one before it."""
    if _ALONE.match(state.text, number.end) is None or last.end >= state.clause:
        return False
    if _SLIP.fullmatch(state.text, last.end, number.start) is None:
        return False
    state.new, state.new_at, state.mark = True, last.end, ""
    state.count(Token("harm", last.measure, "", number.start, number.end), state.pending)
    state.pending = []
    return True


def _of_another_place(state: State, last: Mention, number: Token) -> bool:
    """甘肃113个没了,青海18个: a clause of a place and a number alone says the same of that place."""
    if state.text[number.end : state.scan.clause(state.clause)[1]]:
        return False
    if not of_a_part(state.text, state.clause, number.start):
        return False
    state.count(Token("harm", last.measure, "", number.start, number.end), state.pending)
    state.pending = []
    return True


def _how_many(state: State, last: Mention) -> bool:
    """人没了,两个: the clause behind one who was told without a number says how many they are."""
    number = state.pending[0]
    if not last.individual or last.number is not None or last.end >= state.clause or number.found is None:
        return False
    lost = last.measure in ("trapped", "missing") and state.text.startswith(
        ("个", "人", "名"), number.end - 1
    )
    if number.start != state.clause or not (lost or last.quantity.said.startswith(_SOMEBODY)):
        return False
    if _ALONE.match(state.text, number.end) is None or state.told.mentions[-1] is not last:
        return False
    state.told.mentions.pop()
    state.last_mention = state.last = None
    state.count(Token("harm", last.measure, "", number.start, number.end), state.pending)
    state.pending = []
    return True


def _meets_all_dead(state: State, token: Token) -> None:
    """车上6人,无一生还: those told before are the dead."""
    if any(m.measure == "deaths" for m in state.in_this_sentence()):
        return
    last = state.last
    if (
        last is not None
        and last.start >= state.clause
        and last.measure in ("missing", "trapped", "at_risk", "swept")
    ):
        assert state.last_mention is not None
        state.carry("deaths", state.last_mention)
        return
    numbers = state.pending or state.carried
    if numbers:
        state.count(Token("harm", "deaths", token.word, token.start, token.end), numbers[-1:])
        state.pending = []
    elif state.carried_mention is not None:
        state.carry("deaths", state.carried_mention)


def _meets_number(state: State, token: Token) -> None:
    if token.start in state.used:
        return  # the word of harm before it has taken it
    if state.pending:
        last = state.pending[-1]
        between = state.text[last.end : token.start]
        joined = len(between) <= 8 and (
            between.endswith(_AND)
            or (between.lstrip("和及与、") in VICTIMS and not token.tight)
            or (between in _SEXES and state.text[token.end : token.end + 1] in _SEX_AFTER)
        )
        if joined and not between.endswith(_AND) and _is_sum(state.pending, token):
            joined = False  # 两口子加一个娃三个人
        state.pending = [*state.pending, token] if joined and "、" not in between[1:-1] else [token]
    else:
        state.pending = [token]


def _is_sum(numbers: list[Token], token: Token) -> bool:
    """The number repeats what was listed right before it."""
    lows = [number.found.low for number in (*numbers, token) if number.found is not None]
    return len(lows) > 2 and sum(lows[:-1]) == lows[-1]


def _whole(state: State) -> str:
    """The measure of which parts follow (5人受伤,其中…)."""
    last = state.last
    return "" if last is None or last.kind == "both" else last.measure


def _meets_mark(state: State, token: Token) -> None:
    name, text = token.name, state.text
    within = token.word == "里头" and token.start > state.clause and not state.pending
    if within and not state.told.mentions:
        return  # 飞机掉湖里头: where, and no part of anybody
    if name == "part":
        state.part = True
        state.part_of = "seriously_injured" if token.word.startswith("重伤") else _whole(state)
    elif name == "to":
        # 由2人增至3人: what stood before is over
        state.pending = []
        state.new, state.new_at, state.part, state.old = True, token.start, False, False
    elif name == "old":
        state.old = True
    elif name == "new":
        state.new, state.new_at = True, token.start
        state.old = state.part = False
    if token.word == "共" and text[token.end : token.end + 1] in _GONG:
        return
    if name == "new" and state.mark == "rest" and state.pending:
        return  # 其余23个都确认遇难
    if token.word == "又" and text.startswith(_SAID_AGAIN, token.start):
        return
    if token.word == "又" and _COUNTS.isdisjoint(text[token.end : token.end + 8]):
        return
    state.mark, state.mark_at = name, token.end
