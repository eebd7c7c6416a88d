"""A note as the walk sees it: numbers of persons, words of harm, marks, commas, stops, brackets, in their order."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from jinji_report.intake.numerals import Found
from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.person_words import (
    BODY,
    DOING,
    EACH,
    EACH_AFTER,
    HALF,
    HURT_BODY,
    KIN_BESIDE,
    ONE_PERSON,
    PAIR,
    PASSIVE,
    WOUNDED,
)
from jinji_report.intake.people.persons import person_end
from jinji_report.intake.people.words import KIND_OF, NEVER_PERSONS, NUMBER_NOUNS, PEOPLE
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import STOPS, Mask

_TAKEN = pattern(
    "(?:[送拉抬转]|(?<=[个人名位])[还都正仍现均也]?在)(?:[^，,。；！？\n送拉]{0,10}?)(?:医院|卫生院|诊所|救治|抢救)"
)
_AND = ("和", "及", "与", "、", "跟")
_AND_MORE = ("还有", "加上", "外加", "连同")
_COUNTED = frozenset("0123456789两二三四五六七八九十")
_KIN_FIRSTS = frozenset("和及与跟加带")
_PAIR_FILL = "均都全双被已也不幸当场同时经抢救送医后无效人"
_PLACE = attrgetter("start", "end")
_ROLL_CALL = pattern("清点|点名|点数|点人数|人数|盘点|数来数去|数了[几两三]?[遍回次]|集合")
_ONE_SHORT = pattern(
    "(?<![至减不最多缺较很没])(?:还)?少了?(?=[一二两三四五六七八九十0-9]{1,2}[个人名](?![手脚指腿月小]))"
)
_DONE_TO = pattern("[被叫让给遭挨]")
_TO_HOSPITAL = pattern(
    "了?[^，,。；！\n]{0,10}?(?:医|院|科|诊|病房|重症|急救|ICU|抢救|治|上级|[省市县州][里上城]|高压氧)"
)
_LOST_SHORT = pattern(
    "失(?=[0-9一二两三四五六七八九十]{1,3}[人名]?(?:[死亡伤困,，。；、]|$))|(?<=[0-9一二两三四五六七八九十])失(?=[0-9一二两三四五六七八九十,，。；、伤死困]|$)"
)
"""死3失2伤5, 3死2失5伤: the lost, told in one character."""
_GONE = pattern(
    "(?:路上|半道|医院|当场|夜里|今早|今天|昨[天晚夜])[^，,。；]{0,4}?(?:又|再|也|先|还)走(?=[一两二三四五六七八九十俩仨0-9]{1,2}[个人名口])"
)
"""路上又走2个: they died."""
_HARMED_ONE = pattern(
    "(?:(?<![砸撞压埋轧碾淹捅砍困卡烧炸电毒摔闷熏冻勒])[死伤]了?|[砸撞压埋轧碾淹捅砍困卡烧炸电毒摔闷熏冻勒刮碰蹭顶](?:死|伤|着|到|倒|住|了)了?"
    "|(?:掉|摔|跌|甩|滚|栽|坠)(?:下去|下来)|[冲卷拖]走)了?个(?!把|别|体|人(?:[月工头性信账物原隐资名]|安全))"
)
_NO_NOUN = frozenset(["", ",", "，", "、", "。", "；", "\n", ")", "了", "还", "另"])
_PUPILS = frozenset("学女男师考新")
_SEVERAL = frozenset("人名个位十百千")
_SUM_OF = tuple(noun for noun in NUMBER_NOUNS if noun[-1] == "数" and noun[-2] != "人")
"""死亡数变成5: 数 is no 数人."""
_LIVES = pattern("(?:性|人)?命(?!保|[都也]?[保捡救]|[关令案])")
_BRACKETS = pattern("[()]")


_COUNTS = frozenset("0123456789一二两三四五六七八九十")


class Token:
    """A stretch of the note: `kind` is number, harm, mark, casualties, all_dead, stop, comma, open or close."""

    __slots__ = ("at", "end", "found", "kind", "name", "start", "tight", "word")

    def __init__(
        self, kind: str, name: str, word: str, start: int, end: int, found: Found | None = None
    ) -> None:
        self.kind = kind
        self.name = name
        self.word = word
        self.start = start
        self.end = end
        self.found = found
        self.at = -1  # its place in the walk
        self.tight = False  # a number that only a neighbouring word makes one of persons (3死5伤)


def tokens(scan: Scan, numbers: Sequence[Found], skipped: Mask) -> list[Token]:
    """What the walk goes through; `numbers` are those of no time, `skipped` is not of this incident."""
    text = scan.text
    found: list[Token] = []
    idioms: list[tuple[int, int]] = []
    done = whole = 0
    for start, end, word in scan.hits[PEOPLE]:
        if start < done:
            continue  # inside the longest word
        if word == "生死" and text[start - 1 : start] in _PUPILS:
            continue  # 学生死亡3人
        if word == "经抢救" and text.startswith("无效", end):
            continue
        done = end
        kind, name = KIND_OF[word]
        if kind != "noise" and start >= whole:
            if word == "没回来" and "抢救" in text[max(0, start - 14) : start]:
                name, word = "deaths", "没救回来"  # 抢救了一个钟头没回来
            if word in _SUM_OF and text[end : end + 1] in _SEVERAL:
                word, end = word[:-1], end - 1  # 死亡数人
            if word == "转到" and _TO_HOSPITAL.match(text, end) is None:
                name = "evacuated"  # 26个老人都转到外头坝子上
            if word[-1] == "死" and text[end : end + 1] == "亡":
                end = whole = end + 1  # 当场死亡 is one word
            found.append(Token(kind, name, word, start, end))
            if kind == "all_dead":
                idioms.append((start, end))
    found += _numbers(scan, numbers, idioms)
    if WOUNDED.search(text):
        for pattern in (BODY, HURT_BODY):
            for match in pattern.finditer(text):
                found.append(Token("harm", "injured", match[0], match.start(), match.end()))
    if _DONE_TO.search(text):
        for match in PASSIVE.finditer(text):
            found.append(Token("harm", "hit", match[0], match.start(), match.end()))
    if "失" in text:
        for match in _LOST_SHORT.finditer(text):
            found.append(Token("harm", "missing", match[0], match.start(), match.end()))
    if "走" in text:
        for match in _GONE.finditer(text):
            found.append(Token("harm", "deaths", "走", match.end() - 1, match.end()))
    if "少" in text and _ROLL_CALL.search(text):
        for match in _ONE_SHORT.finditer(text):
            found.append(Token("harm", "missing", match[0], match.start(), match.end()))
    if not found:
        return found
    found += _pairs(scan)
    if "院" in text or "诊所" in text:
        found += _taken_away(text)
    if "(" in text:
        for match in _BRACKETS.finditer(text):
            kind = "open" if match[0] == "(" else "close"
            found.append(Token(kind, "", match[0], match.start(), match.end()))
    found.sort(key=_PLACE)
    if "亡" in text or "死" in text:
        found = _one_blow_one_death(text, found)
    marks = scan.marks
    if 1 in skipped:
        found = [token for token in found if not skipped[token.start]]
        marks = [at for at in marks if not skipped[at]]
    return _with_marks(text, found, marks)


def _one_blow_one_death(text: str, found: list[Token]) -> list[Token]:
    """1人被砸身亡, 1人被蛇咬伤死亡: what they died of is no hurt besides; 2人受伤死亡1人 tells two counts."""
    return [
        token
        for place, token in enumerate(found)
        if not (token.name == "hit" or (token.name == "injured" and token.word[-1] == "伤"))
        or place + 1 == len(found)
        or found[place + 1].name != "deaths"
        or found[place + 1].start != token.end
        or text[found[place + 1].end : found[place + 1].end + 1] in _COUNTS
    ]


def _with_marks(text: str, found: list[Token], marks: list[int]) -> list[Token]:
    """The tokens with the commas and stops between them; of commas in a row the last one says all."""
    if not found or not marks or found[-1].start < marks[0]:
        return found
    every: list[Token] = []
    done, upcoming = 0, marks[0]
    for token in found:
        if upcoming <= token.start:
            behind = bisect_right(marks, token.start, done)
            last = marks[behind - 1]
            for at in marks[done:behind]:
                if text[at] in STOPS:
                    every.append(Token("stop", "", text[at], at, at + 1))
                elif at == last:
                    every.append(Token("comma", "", text[at], at, at + 1))
            done = behind
            upcoming = marks[behind] if behind < len(marks) else len(text)
        every.append(token)
    return every


def _numbers(scan: Scan, numbers: Sequence[Found], idioms: list[tuple[int, int]]) -> list[Token]:
    text = scan.text
    tokens: list[Token] = []
    for found in numbers:
        if text[found.end : found.end + 1] in NEVER_PERSONS:
            continue
        unit = person_end(text, found)
        if unit is None or (
            text.endswith(_SUM_OF, 0, found.end) and text[found.end : found.end + 1] not in _SEVERAL
        ):
            continue
        if idioms and any(start <= found.start < end for start, end in idioms):
            continue
        end, proved = unit
        if proved and found.told == "exact" and text[end : end + 1] in _KIN_FIRSTS and found.low < 50:
            kin = KIN_BESIDE.match(text, end)
        else:
            kin = None
        if kin is not None:
            found = Found(found.start, found.core, found.end, found.low + 1, found.high + 1, "exact")
            end = kin.end()
        before = text[found.start - 1] if proved and found.start and found.told == "exact" else ""
        if before == "+" and tokens:
            first = tokens[-1]
            if first.found is not None and first.end == found.start - 1 and first.found.told == "exact":
                tokens.pop()  # 伤1+2人
                found = Found(
                    first.start,
                    first.start,
                    found.end,
                    first.found.low + found.low,
                    first.found.high + found.high,
                    "exact",
                )
                before = text[found.start - 1 : found.start]
        if before in _AND or text.endswith(_AND_MORE, 0, found.start):
            found = _with_listed(scan, found, tokens[-1].end if tokens else -1)
        token = Token("number", "", text[found.start : end], found.start, end, found)
        token.tight = not proved
        tokens.append(token)
        if token.word[-1] == "具" and text[end : end + 1] in _NO_NOUN:
            tokens.append(Token("harm", "deaths", "具", end - 1, end))  # 捞起来两具
        if text[found.end : end] == "条" and (lives := _LIVES.match(text, end)) is not None:
            tokens.append(Token("harm", "deaths", lives[0], end, lives.end()))  # 搭进去三条命
    if tokens and "半" in text:
        tokens += _halves(scan, tokens)
    if "个" in text:
        tokens += _only_one(scan)
    return tokens


def _only_one(scan: Scan) -> list[Token]:
    """烧死个看门的, 砸着个工人: one, though no numeral says so."""
    ones: list[Token] = []
    for match in _HARMED_ONE.finditer(scan.text):
        at = match.end() - 1
        person = scan.text.startswith("人", match.end()) or scan.starting(ONE_PERSON, match.end())
        if person or DOING.match(scan.text, match.end()) is not None:
            ones.append(Token("number", "", "个", at, match.end(), Found(at, at, at, 1, 1, "exact")))
    return ones


def _halves(scan: Scan, numbers: list[Token]) -> list[Token]:
    """车上20人,一半受伤: half of those told before in the sentence."""
    halves: list[Token] = []
    for match in HALF.finditer(scan.text):
        start, end = match.span()
        whole = next((n for n in reversed(numbers) if n.end <= start), None)
        if whole is None or whole.found is None or whole.start < scan.sentence(start)[0]:
            continue
        low, high = whole.found.low / 2, whole.found.high / 2
        if match["more"]:
            low, high = low + 1, high * 2
        elif whole.found.told == "about":
            low, high = low * 0.9, high * 1.1
        found = Found(start, start, end, int(low), -int(-high // 1), "range")
        halves.append(Token("number", "", match[0], start, end, found))
    return halves


def _with_listed(scan: Scan, found: Found, low: int) -> Found:
    """舅舅、舅妈和一个伴娘: those named before a number come to it."""
    start, more = found.start, 0
    pair = scan.ending(PAIR, start - 1)
    if pair is not None and pair[0] > low:
        return Found(pair[0], found.core, found.end, found.low + 2, found.high + 2, "exact")
    while start:
        if scan.text[start - 1] in _AND:
            behind = start - 1
        elif not more and scan.text.endswith(_AND_MORE, 0, start):
            behind = start - 2  # 老大和他弟弟还有三个伙计
        else:
            break
        named = scan.ending(ONE_PERSON, behind)
        if named is None or named[0] <= low:
            break
        if behind == start - 2 and scan.text[named[0] - 1 : named[0]] not in _AND:
            break  # 出不来的老人还有七八个
        start, more = named[0], more + 1
    return (
        Found(start, found.core, found.end, found.low + more, found.high + more, "exact") if more else found
    )


def _taken_away(text: str) -> list[Token]:
    """送中医院, 拉到县人民医院: the words between 送 and the hospital are any."""
    return [
        Token("harm", "hospitalized", match[0], match.start(), match.end()) for match in _TAKEN.finditer(text)
    ]


def _pairs(scan: Scan) -> list[Token]:
    """夫妻均遇难, 男亡女重伤: persons told without a number, where a word of harm stands right behind."""
    text = scan.text
    found: list[Token] = []
    for start, end, _ in scan.longest[PAIR] if scan.hits[PAIR] else ():
        couples = (
            next((one for one in scan.numbers if one.end == start - 1), None)
            if text[start - 1 : start] == "对"
            else None
        )
        before = text[start - 1 : start]
        if (
            (before == "对" and couples is None)
            or before in _COUNTED
            or text[end : end + 1]
            in (
                "俩",
                "二",
                "两",
                "2",
                "三",
                "3",
                "仨",
                "四",
            )
        ):
            continue
        follower = next((hit for hit in scan.longest[PEOPLE] if hit[0] >= end), None)
        if follower is None or KIND_OF[follower[2]][0] not in ("harm", "mark") or follower[0] - end > 8:
            continue
        gap = text[end : follower[0]]
        kin = KIN_BESIDE.match(text, end)
        if kin is not None:
            gap = text[kin.end() : follower[0]]
        if not gap.strip(_PAIR_FILL):
            count = 2 if kin is None else 3
            if couples is not None and couples.told == "exact" and couples.low < 50:
                start, count = couples.start, int(couples.low) * 2 + count - 2  # 一对夫妻
            stop = end if kin is None else kin.end()
            found.append(
                Token(
                    "number",
                    "",
                    text[start:stop],
                    start,
                    stop,
                    Found(start, start, stop, count, count, "exact"),
                )
            )
    for match in EACH.finditer(text):
        start, end = match.span()
        if start and text[start - 1] in EACH_AFTER:
            found.append(Token("number", "", match[0], start, end, Found(start, start, end, 1, 1, "exact")))
    return found
