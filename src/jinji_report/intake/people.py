"""Casualty frames: who died, was hurt, is missing, trapped, ill, moved, and how many.

A sentence is walked once as numbers of persons, words of harm, marks (其中, 另, 合计, 现确认) and
commas. Each count that meets its word is a `Mention`; `settle` makes of all mentions of one
measure what the note says of it: the latest figure counts, a part is no addition, a sum is summed.
Vehicles, ages, floors, distances and those who came to help are no persons here.
"""

from collections.abc import Sequence

from jinji_report.intake.casualty_words import (
    ATTRIBUTIVE,
    BARE_AFTER,
    BARE_BEFORE,
    BETWEEN_NEGATION,
    FILL_RIGHT,
    HELP_BEFORE,
    HELPERS,
    KIND_OF,
    LEXICON,
    MARKS,
    NEGATION_ENDS,
    NOT_BY_GE,
    NOT_UNKNOWN_BEFORE,
    NUMBER_NOUNS,
    ONE_PERSON,
    PAIRS,
    PERSON_NOUNS,
    RESCUING,
    UNKNOWN,
    ZERO,
)
from jinji_report.intake.numerals import Found, after_unit
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import COMMAS, STOPS, Mask, Note
from jinji_report.quantity import Quantity, at_least, exactly

SAID_AT_MOST = 16
NO_PERSONS = ("学生宿舍", "学生公寓", "老人院", "工人宿舍")
BARE_ENDS = frozenset(["", "、", ")", " ", *STOPS, *COMMAS])


class Mention:
    """One count of one measure, with the marks under which it was told."""

    __slots__ = (
        "carried_from",
        "end",
        "individual",
        "kind",
        "measure",
        "number",
        "quantity",
        "sentence",
        "start",
        "still",
    )

    def __init__(
        self, measure: str, quantity: Quantity, start: int, end: int, sentence: int, kind: str
    ) -> None:
        self.measure = measure
        self.quantity = quantity
        self.start = start
        self.end = end
        self.sentence = sentence
        self.kind = kind  # "", part, other, rest, total, old, new, more, scene, later
        self.individual = False
        self.still = False
        self.number: int | None = None  # where the number stood, so that one number is not told twice
        self.carried_from: int | None = None


class _Token:
    __slots__ = ("end", "found", "kind", "name", "start", "tight", "word")

    def __init__(
        self, kind: str, name: str, word: str, start: int, end: int, found: Found | None = None
    ) -> None:
        self.kind = kind
        self.name = name
        self.word = word
        self.start = start
        self.end = end
        self.found = found
        self.tight = False  # a number that only a neighbouring word makes one of persons (3死5伤)


class Told:
    """What the whole note says of persons."""

    __slots__ = ("all_out", "mentions", "negated", "unknowns", "vague")

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.negated: dict[str, tuple[int, int]] = {}
        self.unknowns: dict[str, tuple[int, int]] = {}
        self.vague: dict[str, tuple[int, int]] = {}
        self.all_out: tuple[int, int] | None = None


# ------------------------------------------------------------------ tokens


def _person_end(text: str, found: Found) -> tuple[int, bool] | None:
    """Where the person unit behind a number ends, and whether the unit alone proves persons."""
    end = found.end
    two = text[end : end + 2]
    char = two[:1]
    before = text[max(0, found.start - 3) : found.start]
    if before.endswith(("第", "核载", "限载", "限乘", "准载", "定员", "家属", "亲属", "G", "S", "K")):
        return None
    if text[end - 1] in "俩仨":
        return end, True
    if char == "人":
        if two[1:] in ("民", "行", "大", "工", "造", "机", "均", "次", "间", "份"):
            return None
        return end + 1, True
    if char in ("名", "位"):
        return (
            (end + 1, True) if two not in ("名额", "名为", "名叫", "位于", "名胜", "位置", "名牌") else None
        )
    if text.startswith(("号人", "口人", "来人", "多人", "余人"), end):
        return end + 2, True
    if char == "口" and (
        two == "口子" or any(c in "家户老小" for c in text[max(0, found.start - 2) : found.start])
    ):
        return end + len(two if two == "口子" else char), True
    if char == "具" and (
        text.startswith(("遗体", "尸体"), end + 1) or text.endswith(("遗体", "尸体"), 0, found.start)
    ):
        return end + 1, True
    if char == "例" or (char == "条" and text.startswith(("人命", "命"), end + 1)):
        return end + 1, True
    if char == "个":
        after = end + 1
        named = text.startswith(PERSON_NOUNS, after) and not text.startswith(NO_PERSONS, after)
        if text.startswith(NOT_BY_GE, after) and not named:
            return None
        return (after + 1, True) if text.startswith("人", after) else (after, named)
    if text.startswith(PERSON_NOUNS, end):
        return end, True
    if (
        char in ("死", "亡", "伤", "重", "轻") or text.startswith(BARE_BEFORE, end)
    ) and found.end - found.core <= 6:
        return end, False
    if text[end : end + 1] in BARE_ENDS and text.endswith(BARE_AFTER, 0, found.start):
        return end, False
    return None


def _tokens(text: str, numbers: Sequence[Found], masked: Mask) -> list[_Token]:
    tokens: list[_Token] = []
    words = LEXICON.hits(text)
    idioms = [(start, end) for start, end, word in words if KIND_OF[word][0] == "all_dead"]
    for found in numbers:
        if masked[found.core] or any(start <= found.start < end for start, end in idioms):
            continue
        unit = _person_end(text, found)
        if unit is None:
            continue
        token = _Token("number", "", text[found.start : unit[0]], found.start, unit[0], found)
        token.tight = not unit[1]
        tokens.append(token)
    tokens += _pairs(text, words)
    tokens += _taken_away(text)
    for start, end, word in words:
        kind, name = KIND_OF[word]
        if kind != "noise":
            tokens.append(_Token(kind, name, word, start, end))
    for at, char in enumerate(text):
        if char in STOPS:
            tokens.append(_Token("stop", "", char, at, at + 1))
        elif char in COMMAS:
            tokens.append(_Token("comma", "", char, at, at + 1))
        elif char in "()":
            tokens.append(_Token("open" if char == "(" else "close", "", char, at, at + 1))
    tokens.sort(key=lambda token: (token.start, token.end))
    return tokens


_HOUSES = ("医院", "卫生院", "诊所")
_HOUSE_STOPS = STOPS + COMMAS


def _taken_away(text: str) -> list[_Token]:
    """送中医院, 拉到县人民医院: the words between 送 and the hospital are any."""
    found = []
    for verb in ("送", "拉"):
        at = text.find(verb)
        while at >= 0:
            stop = min(
                (e for e in (text.find(c, at, at + 12) for c in _HOUSE_STOPS) if e >= 0), default=at + 12
            )
            near = text[at:stop]
            ends = [near.find(house) + len(house) for house in _HOUSES if house in near]
            if ends:
                end = at + min(ends)
                found.append(_Token("harm", "hospitalized", text[at:end], at, end))
            at = text.find(verb, at + 1)
    return found


def _pairs(text: str, words: Sequence[tuple[int, int, str]]) -> list[_Token]:
    """夫妻均遇难: two persons told without a number, where a word of harm stands right behind."""
    found: list[_Token] = []
    if not any(word in text for word in PAIRS):
        return found
    for start, _, word in words:
        if KIND_OF[word][0] != "harm":
            continue
        low = max(0, start - 8)
        for pair in PAIRS:
            at = text.rfind(pair, low, start)
            gap = text[at + 2 : start]
            if (
                at >= 0
                and not gap.strip("均都全双被已也不幸当场同时经抢救送医后无效")
                and text[at - 1 : at] != "对"
            ):
                found.append(_Token("number", "", pair, at, at + 2, Found(at, at, at + 2, 2, 2, "exact")))
                break
    return found


# ------------------------------------------------------------------ the walk


_NOW_IS = (
    "增至",
    "升至",
    "增到",
    "升到",
    "增加到",
    "上升到",
    "增加至",
    "上升至",
    "数是",
    "改为",
    "更正为",
    "应为",
    "实为",
    "实际",
    "实际是",
    "现在是",
    "现为",
    "变成",
    "现在",
    "目前",
    "核实为",
    "现核实",
    "现确认",
    "确认为",
)
_NEEDS_NUMBER = (
    "关了",
    "关在",
    "卡住",
    "压住",
    "压了",
    "扣在",
    "挂在",
    "卡里",
    "上不来",
    "下不来",
    "压在",
    "不见了",
    "没见到",
    "没消息",
    "没有消息",
)


def _someone(clause: str) -> bool:
    """人当场就没了: one person, named as nothing but 人."""
    if not clause.startswith("人"):
        return False
    return not clause[1:].strip("当场就已经直接抢救过来不殁没了行死气咽去世身亡得")


class _Walk:
    """The state of one walk through the note; `step` is called for each token in turn."""

    def __init__(self, note: Note, tokens: list[_Token], skipped: Mask) -> None:
        self.text = note.plain
        self.note = note
        self.tokens = tokens
        self.skipped = skipped
        self.told = Told()
        self.sentence = 0
        self.clause = 0
        self.pending: list[_Token] = []
        self.carried: list[_Token] = []
        self.carried_mention: int | None = None
        self.last_mention: int | None = None
        self.mark = ""
        self.mark_at = -1
        self.part = False
        self.old = False
        self.new = False
        self.paren: list[tuple[list[_Token], bool]] = []
        self.used: set[int] = set()

    def run(self) -> Told:
        for index, token in enumerate(self.tokens):
            if not self.skipped[token.start]:
                self._step(index, token)
        return self.told

    def _step(self, index: int, token: _Token) -> None:
        kind = token.kind
        if kind == "stop":
            self._end_clause()
            self.sentence += 1
            self.clause = token.end
            self.pending, self.carried, self.carried_mention, self.last_mention = [], [], None, None
            self.mark, self.part, self.old, self.new = "", False, False, False
            self.paren = []
        elif kind == "comma":
            self._end_clause()
            self.clause = token.end
            if self.mark not in ("new", "old"):
                self.mark = ""
            if self.old:
                self.old, self.mark = False, ""
        elif kind == "open":
            self.paren.append((self.pending, self.part))
            self.pending = []
            self.part = True
        elif kind == "close":
            if self.paren:
                self.pending, self.part = self.paren.pop()
        elif kind == "number":
            self._number(index, token)
        elif kind == "mark":
            self._take_mark(token)
        elif kind == "casualties":
            self._casualties(index, token)
        elif kind == "all_dead":
            self._all_dead(token)
        else:
            self._harm(index, token)

    def _end_clause(self) -> None:
        self._bare_total()
        if self.pending:
            helpers = self.text[max(self.clause, self.pending[0].start - 10) : self.pending[0].start]
            ours = not any(word in helpers for word in (*HELPERS, *HELP_BEFORE))
            self.carried, self.carried_mention = self.pending if ours else [], None
        elif self.last_mention is not None and self.told.mentions[self.last_mention].start >= self.clause:
            self.carried, self.carried_mention = [], self.last_mention
        self.pending = []

    def _bare_total(self) -> None:
        """死28个,又走了3个,共31个: a clause that is nothing but a total speaks of what was added to last.

        先报死亡9人,刚医院来电增至13人: one that is nothing but a later figure, of what was told before.
        """
        if len(self.pending) == 1 and self.last_mention is not None:
            before, later = self.told.mentions[self.last_mention], self.pending[0]
            lead = self.text[self.clause : later.start]
            if (
                before.kind == "old"
                and later.found is not None
                and before.end < self.clause
                and lead.endswith(_NOW_IS)
            ):
                quantity = later.found.quantity(self.note.quote(later.start, later.end))
                self.told.mentions.append(
                    Mention(before.measure, quantity, later.start, later.end, self.sentence, "new")
                )
                return
        if self.mark != "total" or len(self.pending) != 1 or self.last_mention is None:
            return
        last, number = self.told.mentions[self.last_mention], self.pending[0]
        if (
            last.kind != "more"
            or number.found is None
            or self.mark_at - self.clause > 4
            or number.start - self.mark_at > 2
        ):
            return
        quantity = number.found.quantity(self.note.quote(number.start, number.end))
        self.told.mentions.append(
            Mention(last.measure, quantity, number.start, number.end, self.sentence, "total")
        )

    def _all_dead(self, token: _Token) -> None:
        """车上6人,无一生还: those told before are the dead."""
        if any(m.measure == "deaths" and m.sentence == self.sentence for m in self.told.mentions):
            return
        numbers = self.pending or self.carried
        if numbers:
            self._mention(_Token("harm", "deaths", token.word, token.start, token.end), numbers[-1:])
            self.pending = []
        elif self.carried_mention is not None:
            self._carry("deaths", self.carried_mention)

    def _carry(self, measure: str, source: int) -> None:
        """What was told of these people before now turns into `measure` (16人被埋,全部遇难)."""
        before = self.told.mentions[source]
        mention = Mention(measure, before.quantity, before.start, before.end, self.sentence, self._kind())
        mention.carried_from = source
        mention.individual = before.individual
        self._add(mention)

    def _number(self, index: int, token: _Token) -> None:
        if token.start in self.used:
            return  # the word of harm before it has taken it
        if self.pending:
            last = self.pending[-1]
            between_them = self.text[last.end : token.start]
            joined = len(between_them) <= 8 and (
                between_them.endswith(("、", "和", "及", "与", "以及", "加"))
                or between_them in PERSON_NOUNS
                or (
                    between_them in ("男", "女", "大人", "大")
                    and self.text[token.end : token.end + 1] in ("女", "男", "小")
                )
            )
            self.pending = [*self.pending, token] if joined and "、" not in between_them[:-1] else [token]
        else:
            self.pending = [token]

    def _take_mark(self, token: _Token) -> None:
        name = token.name
        if name == "part":
            self.part = True
        elif name == "to":
            # 由2人增至3人: what stood before is over
            self.pending = []
            self.new = True
        elif name == "old":
            self.old = True
        elif name == "new":
            self.new = True
            self.old = False
        if (
            name == "total"
            and token.word == "共"
            and self.text[token.end : token.end + 1] in ("同", "享", "和", "产", "青", "识", "建")
        ):
            return
        if name == "more" and token.word == "又" and not self._count_follows(token.end):
            return
        self.mark, self.mark_at = name, token.end

    def _count_follows(self, at: int) -> bool:
        stretch = self.text[at : at + 8]
        return any(c in "0123456789一二两三四五六七八九十" for c in stretch)

    # -------------------------------------------------------------- words of harm

    def _negated(self, start: int) -> int | None:
        """Where the negation that governs the word at `start` begins, if there is one."""
        low = max(self.clause, start - 12)
        at = start
        while at > low:
            before = self.text[low:at]
            for word in NEGATION_ENDS:
                if before.endswith(word):
                    begin = at - len(word)
                    if word == "没" and self.text[at : at + 1] in ("了",):
                        return None
                    if word == "无" and self.text[at : at + 1] in (
                        "效",
                        "证",
                        "牌",
                        "锡",
                        "为",
                        "人机",
                        "线",
                        "名",
                    ):
                        return None
                    if word == "未" and self.text[at : at + 1] in ("来", "央", "成"):
                        return None
                    if word in ("没有", "没") and before.endswith(("有没有", "有没")):
                        return None
                    if word == "无" and before.endswith("有无"):
                        return None
                    return begin
            if self.text[at - 1] not in BETWEEN_NEGATION:
                return None
            at -= 1
        return None

    def _unknown_after(self, start: int, end: int) -> int | None:
        """Where the words end that say 不详 of what stands at `start`..`end`."""
        stop = end
        while (
            stop < len(self.text)
            and stop - end < 14
            and self.text[stop] not in STOPS
            and self.text[stop] not in COMMAS
        ):
            stop += 1
        tail = self.text[end:stop]
        if any(c in "0123456789" for c in tail):
            return None
        for word in UNKNOWN:
            at = tail.find(word)
            if at >= 0:
                return min(end + at + len(word), start + SAID_AT_MOST)
        return None

    def _casualties(self, index: int, token: _Token) -> None:
        """伤亡: none, unknown, or so many dead and hurt together."""
        begin = self._negated(token.start)
        if begin is not None:
            for measure in ("deaths", "injured"):
                self.told.negated.setdefault(measure, (begin, min(token.end, begin + SAID_AT_MOST)))
            return
        end = self._unknown_after(token.start, token.end)
        if end is None and self.text[max(self.clause, token.start - 6) : token.start].endswith(
            ("有没有", "有无", "有没有人员", "有无人员", "是否有", "是否有人员", "是否造成", "是否造成人员")
        ):
            end = token.end
        if end is not None:
            for measure in ("deaths", "injured"):
                self.told.unknowns.setdefault(measure, (token.start, end))
            return
        if (
            not self.pending
            and token.word == "伤亡"
            and self.text[max(self.clause, token.start - 6) : token.start].endswith(
                ("有人员", "有", "造成人员", "出现人员", "有群众")
            )
        ):
            for measure in ("deaths", "injured"):
                self.told.unknowns.setdefault(measure, (token.start, token.end))
            return
        if self.pending and token.start - self.pending[-1].end <= 4:
            number = self.pending[-1]
            assert number.found is not None
            whole = number.found.quantity("")
            for measure in ("deaths", "injured"):
                said = (number.start, min(token.end, number.start + SAID_AT_MOST))
                quantity = Quantity(0, whole.high, self.note.quote(*said))
                self._add(Mention(measure, quantity, *said, self.sentence, self._kind()))
            self.pending = []

    def _harm(self, index: int, token: _Token) -> None:
        text = self.text
        measure = token.name
        if measure == "poisoned" and token.word == "吐" and not self.pending:
            return
        if (
            len(token.word) == 1
            and measure in ("seriously_injured", "slightly_injured", "trapped")
            and not self._next_to_number(index, token)
        ):
            return
        if token.word in ("重的", "轻的") and not self.pending and not self._right(index, token):
            return
        if text.startswith(("人员家属", "者家属", "家属"), token.end):
            self.pending = []
            return
        if token.word == "走了" and self._right(index, token) is None:
            return
        if token.word in ("没了", "走了人") and text[token.end : token.end + 1] in (
            "电",
            "水",
            "信",
            "气",
            "网",
        ):
            return
        begin = self._negated(token.start)
        if begin is not None and measure != "rescued":
            close = token.start - begin <= 10
            if self.pending and self.pending[-1].end <= begin:
                # 4人未受伤: those four are out of it
                self.pending = []
            elif close and measure in (
                "deaths",
                "injured",
                "seriously_injured",
                "missing",
                "trapped",
                "poisoned",
                "slightly_injured",
            ):
                self.told.negated.setdefault(measure, (begin, min(token.end, begin + SAID_AT_MOST)))
            return
        if measure in ("trapped", "missing") and text[max(0, token.start - 4) : token.start].endswith(
            RESCUING
        ):
            self.pending = []
            return
        if (
            measure in ("hospitalized", "rescued")
            or token.word in ("伤员", "伤者", "重伤员", "重伤者", "危重伤员")
        ) and self._dies_after(index):
            return  # 3人送医后不治: they are counted among the dead
        end = (
            self._unknown_after(token.start, token.end)
            if measure in ("deaths", "injured", "missing", "trapped", "poisoned", "seriously_injured")
            else None
        )
        if self.pending and self._left_ok(token):
            right = self._right(index, token)
            gap = token.start - self.pending[-1].end
            if right is not None and gap > 3 and not self._claimed(index, right) and measure != "rescued":
                self.pending = []
                self._mention(token, [right])
                return
            self._mention(token, self.pending)
            self.pending = []
            return
        if self._all_of_them(token):
            return
        right = self._right(index, token)
        if (
            right is not None
            and measure != "deaths"
            and self.text[token.end : right.start] in ("的", "者", "员", "的有")
            and self._dies_after(self._index_of(right, index))
        ):
            return  # 重伤的1人抢救无效死亡: he is counted among the dead
        if right is not None and not (measure in ("rescued", "hospitalized") and self._claimed(index, right)):
            self._mention(token, self._with_partner(index, right))
            self.pending = []
            return
        if end is not None and not self.pending:
            if not text[max(0, token.start - 4) : token.start].endswith(NOT_UNKNOWN_BEFORE):
                self.told.unknowns.setdefault(measure, (token.start, end))
            return
        if measure == "rescued":
            self._all_rescued(token)
            return
        if token.word in NUMBER_NOUNS or self._said_already(token):
            return
        if self._implied(token):
            return
        self._from_before(token)

    def _all_of_them(self, token: _Token) -> bool:
        """30名失联人员全部遇难: the people of this clause, counted under another word, are all dead."""
        if token.name != "deaths" or self.last_mention is None:
            return False
        last = self.told.mentions[self.last_mention]
        if last.measure not in ("missing", "trapped", "at_risk", "poisoned") or last.start < self.clause:
            return False
        lead = self.text[last.end : token.start].removesuffix("已").removesuffix("不幸")
        if lead and not lead.endswith(("全部", "均", "全", "都", "悉数")):
            return False
        self._carry("deaths", self.last_mention)
        return True

    def _dies_after(self, index: int) -> bool:
        """A word of death follows in the same clause before any other number."""
        for later in self.tokens[index + 1 : index + 6]:
            if later.kind == "harm" and later.name == "deaths":
                return True
            if later.kind in ("number", "comma", "stop"):
                return False
        return False

    def _said_already(self, token: _Token) -> bool:
        """不治身亡: the second word of one death."""
        if self.last_mention is None:
            return False
        last = self.told.mentions[self.last_mention]
        return last.measure == token.name and last.start >= self.clause - 1 and token.start - last.end <= 8

    def _next_to_number(self, index: int, token: _Token) -> bool:
        if self.pending and self.pending[-1].end >= token.start - 6:
            return self.pending[-1].end == token.start or token.name == "trapped"
        return self._right(index, token) is not None

    def _left_ok(self, token: _Token) -> bool:
        """The number told before the word belongs to it."""
        last = self.pending[-1]
        gap = self.text[last.end : token.start]
        if last.tight and gap:
            plain = gap.strip("的当场都被已经在又全均就")
            if plain and not plain.startswith(PERSON_NOUNS) and not self.text.startswith("个", last.end - 1):
                return False
            if self.text[last.end - 1] != "个" and plain:
                return False
        if (
            self.text.startswith(ATTRIBUTIVE, token.end)
            and gap
            and token.name not in ("poisoned", "hospitalized")
        ):
            return False
        helper = any(word in gap[:8] for word in HELPERS) or self.text[
            max(self.clause, last.start - 4) : last.start
        ].endswith(HELP_BEFORE)
        if helper and len(gap) > 6 and token.word not in ("牺牲", "殉职"):
            return False
        if len(token.word) == 1:
            return len(gap) <= 8 and not any(c in gap for c in "车房")
        return len(gap) <= 30

    def _right(self, index: int, token: _Token) -> _Token | None:
        """The number told right behind the word: 死亡3人, 死了七个, 受伤人数升至12人."""
        for at, later in enumerate(self.tokens[index + 1 : index + 5], index + 1):
            if later.kind == "number":
                gap = self.text[token.end : later.start]
                if gap.startswith(("由", "从")) and len(gap) <= 8:
                    # 死亡人数由2人增至3人: the second figure counts
                    mark, last = (*self.tokens[at + 1 : at + 3], later, later)[:2]
                    if mark.kind == "mark" and mark.name == "to" and last.kind == "number":
                        self.used.add(later.start)
                        return last
                if later.tight and gap not in ("", "了", "有", "的有", "了有"):
                    return None
                if len(gap) <= 9 and (
                    not gap.strip("".join(FILL_RIGHT))
                    or gap
                    in (
                        "保安",
                        "学生",
                        "工人",
                        "村民",
                        "司机",
                        "师生",
                        "人员",
                        "驾驶员",
                        "乘客",
                        "居民",
                        "群众",
                        "村民群众",
                        "游客",
                        "患者",
                        "职工",
                        "住户",
                    )
                ):
                    return later
                return None
            if later.kind == "mark" and later.name in ("to", "total", "new", "old"):
                continue
            ill = token.name in ("poisoned", "injured") and later.name == "hospitalized"  # 中毒住院300余人
            if later.kind == "harm" and later.start == token.end and (later.name == token.name or ill):
                token = later
                continue
            return None
        return None

    def _index_of(self, token: _Token, index: int) -> int:
        """Where `token` stands among those shortly behind `index`."""
        return next(
            (at for at in range(index + 1, min(index + 8, len(self.tokens))) if self.tokens[at] is token),
            index,
        )

    def _with_partner(self, index: int, number: _Token) -> list[_Token]:
        """砍伤3名男童及1名家长: both numbers belong to the word before them."""
        at = self._index_of(number, index)
        for later in self.tokens[at + 1 : at + 3]:
            if later.kind == "number":
                gap = self.text[number.end : later.start]
                if len(gap) > 8 or not gap.endswith(("和", "及", "与", "以及")) or self._claimed(at, later):
                    break
                return [number, later]
            if later.kind != "harm":
                break
        return [number]

    def _claimed(self, index: int, number: _Token) -> bool:
        """The number has its own word right behind it: in 3人死亡5人受伤 the 5 is not of 死亡."""
        seen = False
        for later in self.tokens[index + 1 : index + 8]:
            if later is number:
                seen = True
            elif seen:
                return later.kind == "harm" and later.start - number.end <= 6
        return False

    def _all_rescued(self, token: _Token) -> None:
        before = self.text[max(self.clause, token.start - 10) : token.start]
        if any(
            word in before for word in ("全部", "全", "均", "都", "所有", "总算", "终于", "才")
        ) and not before.endswith("未"):
            self.told.all_out = (max(self.clause, token.start - 4), token.end)
        elif (
            self.carried_mention is not None
            and self.told.mentions[self.carried_mention].measure == "trapped"
            and self.text.startswith("了", token.end)
            and not self.pending
            and "还" not in before
        ):
            # 困了4个人,半小时后救出来了
            self.told.all_out = (max(self.clause, token.start - 4), token.end)

    def _implied(self, token: _Token) -> bool:
        """司机受伤, 他爸爸死了: one person named by what he is."""
        if token.name not in (
            "deaths",
            "injured",
            "seriously_injured",
            "slightly_injured",
            "missing",
            "trapped",
        ) or token.word in ("伤", "死者", "伤者", "伤员", "遗体", "亡", "重的", "轻的", "伤势", "伤的"):
            return False
        if self.text.startswith(("人员", "者", "的"), token.end) or (
            token.name == "trapped" and not any(c in token.word for c in "困卡夹")
        ):
            return False
        start = max(self.clause, token.start - 24)
        before = self.text[start : token.start]
        people = [(before.rfind(noun), noun) for noun in ONE_PERSON if noun in before]
        if (
            not people
            and token.name == "deaths"
            and _someone(self.text[self.clause : token.start] + token.word)
        ):
            begin = max(self.clause, token.end - SAID_AT_MOST)
            self._add_plain(token, exactly(1, self.note.quote(begin, token.end)), begin, individual=True)
            return True
        if not people:
            if before.endswith(("有人", "有人员")) or before.endswith(
                ("多人", "数人", "不少人", "若干人", "多名学生", "多名群众")
            ):
                self._vague(token, before)
                return True
            return False
        at, noun = max(people)
        if before[:at].endswith(("多名", "数名", "部分", "有的", "一些", "几位", "各")) or before[
            at + len(noun) :
        ].startswith(("们", "等", "家", "室", "楼", "宿舍", "和")):
            return False
        if any(w in before[at:] for w in ("均", "都", "说", "称", "介绍", "把", "将", "死者", "附近", "致")):
            return False
        begin = start + at
        self._add_plain(
            token,
            exactly(1, self.note.quote(begin, min(token.end, begin + SAID_AT_MOST))),
            begin,
            individual=True,
        )
        return True

    def _vague(self, token: _Token, before: str) -> None:
        begin = token.start - (2 if before.endswith(("有人", "多人", "数人")) else 4)
        said = self.note.quote(begin, token.end)
        if token.name == "deaths":
            self._add_plain(
                token, at_least(2 if before.endswith(("多人", "数人")) else 1, said), begin, individual=True
            )
        else:
            self.told.vague.setdefault(token.name, (begin, token.end))

    def _from_before(self, token: _Token) -> None:
        """The subject of the clause before: 从架子上摔下一人,没了; 司机1人卡在车里,抢救无效死亡."""
        if (
            len(token.word) == 1
            or token.start - self.clause > 14
            or token.name in ("evacuated", "affected", "at_risk", "rescued")
        ):
            return
        lead = self.text[self.clause : token.start]
        if "某" in lead or token.word in _NEEDS_NUMBER:
            return
        for number in ("120", "119", "110"):
            lead = lead.replace(number, "")
        if any(noun in lead for noun in ONE_PERSON):
            return
        if (
            any(c in "0123456789" for c in lead)
            or any(w in lead for w in ("其余", "其他", "另", "剩", "暂", "车", "房"))
            or self.text.startswith(("人员", "者"), token.end)
        ):
            return
        if self.carried:
            if self.carried[-1].tight and self.text[self.carried[-1].end - 1] != "个":
                return
            self._mention(token, self.carried)
            return
        if self.carried_mention is not None:
            source = self.told.mentions[self.carried_mention]
            if source.measure == "deaths" and token.name == "seriously_injured":
                self._implied_before(token)
                return
            if (
                source.measure in (token.name, "deaths")
                or source.sentence != self.sentence
                or source.kind == "part"
            ):
                return
            if source.measure in ("rescued", "evacuated", "hospitalized") and token.name != "deaths":
                return
            self._carry(token.name, self.carried_mention)
            return
        self._implied_before(token)

    def _implied_before(self, token: _Token) -> None:
        """装灯的工人触了电,抬到医院没救过来: the one person of the clause before."""
        if token.name not in ("deaths", "missing", "seriously_injured"):
            return
        sentence = max(self.text.rfind(stop, 0, self.clause) for stop in STOPS)
        before = self.text[max(sentence + 1, self.clause - 30) : self.clause]
        if not any(noun in before for noun in ONE_PERSON) and not ("有个" in before and "的" in before):
            return
        self._add_plain(
            token,
            exactly(1, self.note.quote(max(self.clause, token.end - SAID_AT_MOST), token.end)),
            max(self.clause, token.end - SAID_AT_MOST),
            individual=True,
        )

    # -------------------------------------------------------------- mentions

    def _kind(self) -> str:
        if self.old:
            return "old"
        if self.mark in ("other", "total", "more", "rest"):
            return self.mark
        if self.part:
            return "part"
        if self.new or self.mark == "new":
            return "new"
        return self.mark if self.mark in ("scene", "later") else ""

    def _mention(self, token: _Token, numbers: list[_Token]) -> None:
        if numbers[0].start in self.used and numbers != self.carried:
            return
        first, last = numbers[0], numbers[-1]
        quantity: Quantity | None = None
        for number in numbers:
            assert number.found is not None
            told, _ = after_unit(self.text, number.end)
            one = number.found.quantity("", after=told)
            quantity = one if quantity is None else quantity.plus(one, "")
        assert quantity is not None
        start, end = min(first.start, token.start), max(last.end, token.end)
        about = after_unit(self.text, last.end)[1]
        end = max(end, about) if last.end >= token.start else end
        if end - start > SAID_AT_MOST:
            start, end = first.start, max(last.end, about)
            if end - start > SAID_AT_MOST:
                end = start + SAID_AT_MOST
        quantity = Quantity(quantity.low, quantity.high, self.note.quote(start, end)[:SAID_AT_MOST])
        mention = Mention(token.name, quantity, start, end, self.sentence, self._kind())
        clause_before = self.text[max(self.clause, first.start - 8) : first.start]
        if mention.kind in ("", "new"):
            span = self.text[first.start : token.end]
            if "当场" in span or "现场" in clause_before or "当场" in clause_before:
                mention.kind = mention.kind or "scene"
            elif any(word in span or word in clause_before for word in MARKS["later"]):
                mention.kind = mention.kind or "later"
        mention.individual = quantity.low == 1 and quantity.high == 1 and len(numbers) == 1
        mention.still = any(word in clause_before for word in ("仍", "还", "尚", "另"))
        mention.number = first.start
        self.used.update(number.start for number in numbers)
        self._add(mention)

    def _add_plain(self, token: _Token, quantity: Quantity, begin: int, *, individual: bool) -> None:
        mention = Mention(
            token.name, quantity, begin, min(token.end, begin + SAID_AT_MOST), self.sentence, self._kind()
        )
        mention.individual = individual
        self._add(mention)

    def _add(self, mention: Mention) -> None:
        # 抢救无效死亡1人 and 送医不治3死 bear two words of death but one number
        for earlier in self.told.mentions[-3:]:
            if (
                earlier.measure == mention.measure
                and earlier.number is not None
                and earlier.number == mention.number
            ):
                return
        self.told.mentions.append(mention)
        self.last_mention = len(self.told.mentions) - 1
        self.carried_mention = None
        if self.mark in ("other", "more", "rest", "scene", "later"):
            self.mark = ""


def people(scan: Scan, masked: Mask, skipped: Mask) -> Told:
    """All mentions of persons; `masked` are times (their numbers count nobody), `skipped` earlier incidents."""
    text = scan.text
    told = _Walk(scan.note, _tokens(text, scan.numbers, masked), skipped).run()
    for words in ZERO:
        at = text.find(words)
        if at < 0:
            continue
        lead = text[max(0, at - 6) : at]
        others = any(word in lead for word in ("其余", "其他", "其它", "剩", "另"))
        if not skipped[at] and not others and not text.startswith(("有没有", "有没"), at + 1):
            for measure in ("deaths", "injured"):
                told.negated.setdefault(measure, (at, at + len(words)))
    return told


# ------------------------------------------------------------------ what the mentions say together


class Settled:
    """One measure as the whole note tells it; `clash` holds figures that contradict it."""

    __slots__ = ("clash", "end", "increment", "quantity", "start")

    def __init__(self, quantity: Quantity, start: int, end: int, *, increment: bool = False) -> None:
        self.quantity = quantity
        self.start = start
        self.end = end
        self.increment = increment
        self.clash: list[str] = []


_ABOARD = (
    "车上",
    "船上",
    "机上",
    "艇上",
    "当班",
    "入井",
    "下井",
    "井下",
    "实载",
    "载有",
    "载着",
    "载",
    "乘坐",
    "搭乘",
    "乘载",
    "车内",
    "舱内",
    "梯笼内",
    "轿厢内",
    "馆内",
    "店内",
    "屋里",
    "屋内",
    "车里",
    "里面有",
    "里头有",
    "现场施工人员",
    "现场作业人员",
    "作业人员",
    "施工人员",
    "里头住了",
    "住了",
    "坐了",
    "拉了",
    "拉着",
    "坐着",
    "乘员",
    "实乘",
    "室内",
    "现场有",
    "场内",
)
_ABOARD_FILL = (
    "有",
    "共",
    "共有",
    "一共",
    "总共",
    "人员",
    "工人",
    "乘客",
    "共计",
    "旅客",
    "乘员",
    "下井",
    "入井",
    "作业",
    "的",
    "矿工",
    "职工",
    "人数",
    "连司机",
    "含司机",
    "为",
    "了",
    "着",
    "坐了",
    "坐着",
    "是",
    "就",
    "当时",
    "总人数",
    "司乘人员",
    "船员",
    "当时有",
    "还有",
    "拉了",
    "载了",
    "师生",
    "游客",
    "学生",
)


def headcount(scan: Scan, masked: Mask, skipped: Mask) -> Settled | None:
    """How many were aboard, below ground or inside when it happened (车上22人, 当班395人); 核载 is none."""
    note, text = scan.note, scan.text
    for found in scan.numbers:
        if masked[found.core] or skipped[found.core]:
            continue
        unit = _person_end(text, found)
        if unit is None or (not unit[1] and text[found.end : found.end + 1] != "个"):
            continue
        lead = text[max(0, found.start - 14) : found.start]
        lead = lead[max(lead.rfind(mark) for mark in (*STOPS, *COMMAS, "(", ")")) + 1 :]
        known = lead
        moved = True
        while moved and known and not known.endswith(_ABOARD):
            moved = False
            for word in _ABOARD_FILL:
                if known.endswith(word):
                    known, moved = known.removesuffix(word), True
                    break
        aboard = next((word for word in _ABOARD if known.endswith(word)), "")
        if not aboard or known.endswith(
            ("核载", "限载", "准载", "满载", "运载", "装载", "超载", "下载", "记载")
        ):
            continue
        tail = text[unit[0] : unit[0] + 6]
        if any(c in tail.partition("，")[0].partition(",")[0] for c in "死伤亡困埋失救遇脱升"):
            continue
        start = found.start - (len(lead) - len(known)) - len(aboard)
        start = start if unit[0] - start <= SAID_AT_MOST else found.start
        told, end = after_unit(text, unit[0])
        return Settled(
            found.quantity(note.quote(start, end)[:SAID_AT_MOST], after=told),
            start,
            min(end, start + SAID_AT_MOST),
        )
    return None


def settle(mentions: list[Mention]) -> Settled | None:
    """The figure that counts among all mentions of one measure, in the order in which they were told."""
    current = [m for m in mentions if m.kind != "old"] or mentions
    if not current:
        return None
    old = [m for m in mentions if m.kind == "old"]
    if old and current is not mentions and all(m.kind == "more" for m in current):
        return _sum([old[-1], *current])  # 先说死了11个,后头又走了4个
    totals = [m for m in current if m.kind == "total"]
    if totals:
        return _one(totals[-1])
    whole = [m for m in current if m.kind != "part"] or current[:1]
    if all(m.kind == "more" for m in whole):
        settled = _sum(whole)
        settled.increment = True
        return settled
    fresh = [at for at, m in enumerate(whole) if m.kind == "new"]
    if fresh:
        return _sum([whole[fresh[-1]], *(m for m in whole[fresh[-1] + 1 :] if m.kind in ("other", "more"))])
    return _chains(whole)


def _chains(whole: list[Mention]) -> Settled:
    """Sentence by sentence: what one sentence lists adds up, what the next repeats does not."""
    sums: list[tuple[Settled, bool]] = []
    at = 0
    while at < len(whole):
        chain = [whole[at]]
        at += 1
        while at < len(whole) and _adds(chain, whole[at]):
            if not _repeats(chain[-1], whole[at]):
                chain.append(whole[at])
            at += 1
        sums.append((_sum(chain), any(not m.individual for m in chain) or len(chain) > 1))
    groups = [one for one, group in sums if group] or [one for one, _ in sums]
    best = max(
        groups,
        key=lambda one: (
            one.quantity.low if one.quantity.exact else one.quantity.low - 1,
            one.quantity.exact,
        ),
    )
    best.clash = [one.quantity.said for one in groups[:50] if not _agree(one.quantity, best.quantity)][:3]
    return best


def _adds(chain: list[Mention], later: Mention) -> bool:
    last = chain[-1]
    near = later.sentence - last.sentence <= 1
    if later.kind in ("other", "more", "rest"):
        return near
    if {last.kind, later.kind} == {"scene", "later"}:
        return near
    alone = later.individual and later.carried_from is None and all(m.individual for m in chain)
    return alone and later.sentence == last.sentence


def _repeats(last: Mention, later: Mention) -> bool:
    return later.quantity.said == last.quantity.said and later.start == last.start


def _agree(one: Quantity, other: Quantity) -> bool:
    return one.low <= other.top and other.low <= one.top


def _one(mention: Mention) -> Settled:
    return Settled(mention.quantity, mention.start, mention.end)


def _sum(chain: list[Mention]) -> Settled:
    if len(chain) == 1:
        return _one(chain[0])
    low: float = 0
    high: float | None = 0
    words: list[str] = []
    for mention in chain:
        low += mention.quantity.low
        high = None if high is None or mention.quantity.high is None else high + mention.quantity.high
        words.append(mention.quantity.said)
    said = "、".join(words)
    if len(said) > SAID_AT_MOST:
        said = "、".join(word[: max(2, (SAID_AT_MOST - len(words) + 1) // len(words))] for word in words)[
            :SAID_AT_MOST
        ]
    return Settled(Quantity(low, high, said), chain[0].start, chain[0].end)
