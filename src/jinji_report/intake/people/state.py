"""Where the walk through a note stands: what is pending, what was told last, under which mark.

`pending` are the numbers of this clause that wait for their word; `carried` those of the clause
before. Whatever is counted goes through `count`, `add_plain` or `carry`.
"""

from collections.abc import Iterator
from itertools import takewhile

from jinji_report.intake.numerals import after_unit, told_before
from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.hedges import hedge_before, hedged, may_hedge
from jinji_report.intake.people.person_words import VICTIMS
from jinji_report.intake.people.tokens import Token
from jinji_report.intake.people.told import SAID_AT_MOST, Mention, Told
from jinji_report.intake.people.words import BEAST_FIRSTS, END_OF_ALL, MARKS
from jinji_report.intake.places.divisions import divisions
from jinji_report.intake.scan import Scan
from jinji_report.quantity import Quantity

_SAME_DAY = pattern("当[日天晚夜]")
_LATER = pattern(
    "|".join(
        (
            *MARKS["later"],
            "次日",
            "翌日",
            "第二天",
            "隔天",
            "隔日",
            "两天后",
            "三天后",
            "几天后",
            "数日后",
            "路上",
            "半路",
            "拉到医院",
            "送到医院",
            "过后",
        )
    )
)
_AT_ONCE = pattern("当场|当[日天夜晚时](?![^,，。]{0,4}[又再])")
_STILL = frozenset("仍还尚另")
_AFTERWARDS = pattern("(?:^|[,，])(?:随|其|之)?后(?:又|有)?$")
_LIVING = ("injured", "hospitalized", "trapped", "missing", "poisoned", "seriously_injured")
_ONLY = frozenset(("就", "只", "仅", "光", "总共就", "一共就", "拢共就", "就只", "也就", "总共只"))
_OTHER_SIDE = (
    "乙方",
    "对方",
    "另一方",
    "那边",
    "另一边",
    "女方",
    "第二批",
    "第三批",
    "后一批",
    "又一批",
    "第二拨",
)
_EACH_SIDE = pattern("(?:双方|两边|两方|两村|两车|两家|两伙人?)[^，,。；]{0,4}各(?:有|死|伤|自)?$")
_SUM_LEADS = frozenset(("", "共", "一共", "总共", "目前", "现在", "已", "造成", "致", "现"))
_NEAR = 24  # characters of a clause before a count that may lead to it
_CAUSES = pattern("(?:[一-龥]{0,6}?(?:造成|导致|致)|其中)")
_ONE_EACH = ("一边", "一车", "一家", "每车", "每边", "每家")
_SIDE = pattern(
    "((?:[A-Za-z甲乙丙丁]|[一-龥]{1,4}?)(?:车|船|机|队|方|客|货|巴)|第?[一-龥]{0,3}?(?:现场|医院|井[口下]|[屋院店家]内|楼|层))(?:上|里|内)?(?:共|有)?"
    "(?=(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})[人名个]?(?:当场|均|全)?[死亡伤遇重轻]|[死亡伤]亡?了?[0-9一二两三四五六七八九十])"
)
"""大客上9死,货车上1死: on which side they were."""
_SIDE_SIGNS = frozenset("车船机队方客货巴场院口下内楼层")
_SOMEBODY = VICTIMS - {"人员", "人", "男性", "女性", "成人", "患者", "病人", "病患"}
_LONGEST = max(map(len, _SOMEBODY))
_HOSPITAL = pattern("[一-龥]{1,6}?(?:医院|卫生院|附院|诊所)")
_APART = ("injured", "seriously_injured", "hospitalized", "missing", "trapped")
_ALSO = frozenset("也亦")
_BEAST = pattern(f"[{''.join(sorted(BEAST_FIRSTS))}]")
_ONCE_ONLY = ("other", "more", "rest", "scene", "later")


_BROAD = pattern("[一-龥]{1,6}?[省市州县区旗盟镇乡村]")
_OF_THAT = pattern("(?:那边|这边|境内|方面)?(?:已|有|已有|报告|死了?|死亡|遇难)?")


def of_a_part(text: str, start: int, end: int) -> bool:
    """甘肃, 青海海东, 甘孜州: whose figures are told apart from those of another part of the country."""
    if not 2 <= end - start <= 12:
        return False
    broad = _BROAD.match(text, start, end)
    named = max(divisions(text, start, end), start if broad is None else broad.end())
    return named > start and _OF_THAT.fullmatch(text, named, end) is not None


class State:
    """One walk: `tokens` in their order, and what is known on the way."""

    sentence = 0  # its number
    clause = 0  # where it begins
    carried_mention: int | None = None
    last_mention: int | None = None
    last: Mention | None = None
    """What was counted last in this sentence."""
    waiting: Token | None = None  # a word of harm whose number may follow as a total
    mark = ""
    mark_at = -1
    part = False
    part_of = ""  # the measure of the whole of which parts are told
    old = False
    new = False
    new_at = -1
    denied = -2  # the last word of harm that was denied, by its place in the walk, and where that begins
    denied_from = -1
    place = -1  # where the name of a part of the country stands of which figures are told

    def __init__(self, scan: Scan, tokens: list[Token]) -> None:
        self.scan = scan
        self.text = scan.text
        self.note = scan.note
        self.tokens = tokens
        for at, token in enumerate(tokens):
            token.at = at
        self.told = Told()
        self.pending: list[Token] = []
        self.carried: list[Token] = []
        self.paren: list[tuple[list[Token], bool]] = []
        self.used: set[int] = set()  # where numbers stand that have been counted
        self.hedges = bool(tokens) and may_hedge(scan.text)
        self.beasts = _BEAST.search(scan.text) is not None

    def following(self, token: Token) -> Token | None:
        """What comes right behind `token`."""
        return self.tokens[token.at + 1] if token.at + 1 < len(self.tokens) else None

    def kind(self) -> str:
        """The kind of what is counted now, by the marks before it."""
        if self.old:
            return "old"
        if self.mark in ("other", "total", "more", "rest"):
            return self.mark
        if self.part:
            return "part"
        if self.new or self.mark == "new":
            return "new"
        return self.mark if self.mark in ("scene", "later") else ""

    def said(self, start: int, end: int) -> tuple[int, int]:
        """`start`..`end` cut to the length that words of a value may have."""
        return start, min(end, start + SAID_AT_MOST)

    def count(self, token: Token, numbers: list[Token]) -> None:
        """`numbers` (their sum) is what `token` counts."""
        if numbers[0].start in self.used and numbers != self.carried:
            return
        text, first, last = self.text, numbers[0], numbers[-1]
        assert first.found is not None and last.found is not None
        told, about = after_unit(text, last.end)
        before = token.start < first.start
        start = token.start if before else first.start
        if not told and token.end <= last.start and last.found.told == "exact":
            told, start = told_before(self.text, start)  # 起码死了5个
        quantity = last.found.quantity("", after=told)
        for number in numbers[:-1]:
            assert number.found is not None
            quantity = quantity.plus(
                number.found.quantity("", after=after_unit(self.text, number.end)[0]), ""
            )
        end = last.end if last.end > token.end else token.end
        if about > end and last.end >= token.start:
            end = about
        if text[end : end + 1] in ("男", "女"):
            end += 1  # 死者3男2女
        if end - start > SAID_AT_MOST:
            start, end = first.start, max(last.end, about)
            if end - start > SAID_AT_MOST:
                end = start + SAID_AT_MOST
        if self.part and token.end < first.start and text.endswith(MARKS["to"], token.end, first.start):
            self.part, self.new, self.new_at = False, True, first.start  # 其中1人不治,死亡人数增至13人
        kind = self.kind() if self.mark or self.part or self.new or self.old else ""
        self._where(min(start, first.start))
        lead = text[max(self.clause, first.start - 8) : first.start]
        if not kind:
            kind = self._of_itself(token, first, lead)
        if kind in ("", "later") and token.name == "deaths" and last.end < token.start:
            gap = text[last.end : token.start]
            if len(gap) <= 6 and not _ALSO.isdisjoint(gap) and self.dead_told():
                kind = "other"  # 1人死亡,施救2人也死亡
        if ("各" in lead and _EACH_SIDE.search(lead)) or (lead.endswith(_ONE_EACH) and first.found.low == 1):
            quantity = quantity.plus(quantity, "")  # 双方各有三人受伤, 一边一个没了
        hedge = None
        if self.hedges:
            hedge = hedged(text, self.clause, (token.start, token.end, token.name), (first.start, last.end))
        if hedge is not None:
            quantity = Quantity(0, quantity.high, "")
            start, end = min(start, hedge[0]), min(max(end, hedge[1]), min(start, hedge[0]) + SAID_AT_MOST)
        said = self.note.quote(start, end)[:SAID_AT_MOST]
        quantity.said = said
        if self.mark == "part" and self.part_of == "deaths" and token.name == "hospitalized":
            return  # 74人遇难,其中送医后3人: a part of the dead
        part_of, kind = self._of_which(token, first, lead, kind)
        mention = Mention(token.name, quantity, start, end, self.sentence, kind, self.new_at)
        mention.part_of = part_of
        mention.individual = quantity.low == 1 and quantity.high == 1 and len(numbers) == 1
        mention.still = not (_STILL.isdisjoint(lead) and _STILL.isdisjoint(text[first.end : token.start]))
        if kind in ("", "new") and token.name == "poisoned" and (mention.still or "仍" in said):
            mention.kind = "part"  # 目前8人仍感觉乏力
        mention.number = first.start
        mention.word = token.word
        mention.who = self._who(token, first, last)
        if not kind and not part_of and mention.who and self._of_others(mention):
            mention.kind = "other"  # 学生死4,老师死1
        mention.place = self.place
        for number in numbers:
            self.used.add(number.start)
        self.add(mention)

    def _who(self, token: Token, first: Token, last: Token) -> str:
        """What those are whom `token` counts, by a noun (学生死4) or by where they are (县医院收治19人, 大客上9死)."""
        text = self.text
        if token.name == "hospitalized":
            named = _HOSPITAL.search(text, max(self.clause, token.start - 10), token.end)
            return named[0] if named is not None and token.word[0] != "转" else ""
        before = token.start < first.start
        start = token.start if before else first.start
        lead = self.clause, start + (before and token.word[0] == "人")  # 大人没了俩
        gap = (token.end, first.start) if before else (last.end, token.start)
        for begin, end in (lead, gap):
            if 0 < end - begin <= _LONGEST and text[begin:end] in _SOMEBODY:
                return text[begin:end]
        if before:
            for begin in range(max(self.clause, token.start - 4), token.start):
                if text[begin : token.start] in _SOMEBODY:
                    return text[begin : token.start]
        begin = max(self.clause, text.rfind("、", max(self.clause, start - 12), start) + 1)
        if _SIDE_SIGNS.isdisjoint(text[begin : begin + _NEAR]):
            return ""
        side = _SIDE.match(text, begin)
        return "" if side is None else side[1]

    def _of_others(self, mention: Mention) -> bool:
        """The same was told right before of people of another kind."""
        last = next((m for m in reversed(self.told.mentions[-4:]) if m.measure == mention.measure), None)
        if (
            last is None
            or last.sentence != mention.sentence
            or last.kind not in ("", "other", "scene", "later")
        ):
            return False
        return last.who not in ("", mention.who) and 0 < mention.start - last.end <= 12

    def _of_which(self, token: Token, first: Token, lead: str, kind: str) -> tuple[str, str]:
        """The measure of the whole of which a count is a part, and its kind seen with that."""
        last = self.last
        part_of = self.part_of if self.part else ""
        if token.name == "deaths":
            if "后" in lead and last is not None and _AFTERWARDS.search(lead):
                part_of = last.measure  # 伤者23人送医,后2人不治
            if kind == "part" and part_of in _LIVING and self.dead_told():
                if last is not None and last.still:
                    return "deaths", kind  # 43人死亡,51人仍在住院,其中5名港人遇难
                return part_of, "other"  # 2人当场死亡,3人送医,其中1人不治
        elif kind == "rest" and part_of == token.name:
            return part_of, "part"  # 40人受伤送医,其中2人死亡,其余38人受伤
        elif token.name == "seriously_injured" and self._beside_another(token, first):
            return part_of, "other"  # 重伤2人、危重1人
        return part_of, kind

    def _where(self, start: int) -> None:
        """The clause opens with a part of the country: what is told from now on is told of that."""
        nearest = self.text.rfind("、", max(self.clause, start - _NEAR), start)
        begin = max(self.clause, nearest + 1)
        before = self.text[begin:start]
        if "致" in before or "造成" in before or "其中" in before:
            lead = _CAUSES.match(self.text, begin, start)
            begin = begin if lead is None else lead.end()
        if of_a_part(self.text, begin, start):
            self.place = begin

    def _elsewhere(self, measure: str) -> bool:
        """The same was told before of another part of the country."""
        if self.place < 0:
            return False
        before = next((m for m in reversed(self.told.mentions) if m.measure == measure), None)
        return before is not None and 0 <= before.place < self.place and before.end > before.place

    def _of_itself(self, token: Token, first: Token, lead: str) -> str:
        """The kind of a count under no mark, by the words beside it."""
        text = self.text
        if text.startswith(_OTHER_SIDE, self.clause) or self._elsewhere(token.name):
            return "other"  # 甲方伤5人,乙方伤3人
        if (
            token.name == "deaths"
            and text[token.start - 1] == "还"
            and token.end <= first.start
            and self.dead_told()
        ):
            return "other"  # 机上53人全没了,岸上还砸死2个
        between = text[first.start : token.end]
        if "当场" in between or _SAME_DAY.search(between) is not None:
            return "scene"
        if _LATER.search(between) is not None:
            return "later"  # 4人当日死亡、2人次日死亡
        if "现场" in lead or ("当" in lead and _AT_ONCE.search(lead) is not None):
            return "scene"
        if _LATER.search(lead) is not None:
            return "later"
        if token.start < first.start and (self._only(token.start) or self._sums_up(token, first)):
            return "total"  # 砸到一个男生,头上流血,就伤了1个
        return ""

    def _only(self, start: int) -> bool:
        """The clause says from its beginning that these are all."""
        return start - self.clause <= 4 and self.text[self.clause : start] in _ONLY

    def _sums_up(self, token: Token, first: Token) -> bool:
        """女的还没找到,失踪1个: nothing but the word and its number, behind those who were told without one."""
        lead = self.text[max(self.clause, token.start - _NEAR) : token.start]
        if lead not in _SUM_LEADS or self.text[first.end : first.end + 1] not in END_OF_ALL:
            return False
        told = False
        for m in self.in_this_sentence():
            if m.measure == token.name:
                told = m.individual and m.number is None
                if not told:
                    break
        return told

    def dead_told(self) -> bool:
        """Dead were told in this sentence, and not as a part."""
        return any(m.measure == "deaths" and m.kind != "part" for m in self.in_this_sentence())

    def in_this_sentence(self) -> Iterator[Mention]:
        """What was told in this sentence, the last first."""
        return takewhile(lambda m: m.sentence == self.sentence, reversed(self.told.mentions))

    def _beside_another(self, token: Token, first: Token) -> bool:
        """The same measure was told right before with another word."""
        last = self.last
        if last is None or last.measure != token.name or last.sentence != self.sentence:
            return False
        begin = min(first.start, token.start)
        between = self.text[last.end : begin]
        return between in ("、", ",", "，", "和", "及") and token.word != last.word

    def one_person(self, token: Token, begin: int, count: int = 1) -> None:
        """One person (or two: 两车司机) whom no number counts, named from `begin` to the word of harm."""
        hedge = hedge_before(self.text, begin, self.clause)
        doubted = hedge is not None or hedge_before(self.text, token.start, begin) is not None
        begin = begin if hedge is None else hedge
        if token.end - begin > SAID_AT_MOST:
            begin = token.start  # the name and the hour are too long: the word of harm alone
        said = self.note.quote(*self.said(begin, token.end))[:SAID_AT_MOST]
        self.add_plain(token, Quantity(0 if doubted else count, count, said), begin)

    def add_plain(self, token: Token, quantity: Quantity, begin: int) -> None:
        """What is told without a number of its own."""
        begin, end = self.said(begin, token.end)
        mention = Mention(token.name, quantity, begin, end, self.sentence, self.kind(), self.new_at)
        mention.individual = True
        self.add(mention)

    def carry(self, measure: str, source: int) -> None:
        """What was told of these people before now turns into `measure` (16人被埋,全部遇难)."""
        before = self.told.mentions[source]
        mention = Mention(
            measure, before.quantity, before.start, before.end, self.sentence, self.kind(), self.new_at
        )
        mention.carried_from = source
        ordinal = before.quantity.said.startswith("第")
        one_more = ordinal or (before.measure in _APART and not mention.kind)
        if measure == "deaths" and one_more and self.dead_told():
            mention.kind = "other"  # 2死1伤,伤者送医后不治; 第3人找到,已死亡
        mention.individual = before.individual
        self.add(mention)

    def add(self, mention: Mention) -> None:
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
        self.last = mention
        self.carried_mention = None
        if self.mark in _ONCE_ONLY:
            self.mark = ""
