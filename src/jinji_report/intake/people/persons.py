"""Which numbers count persons: by the unit behind them, or by a word of harm right beside them."""

from jinji_report.intake.lexicon import Tails
from jinji_report.intake.numerals import Found
from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.person_words import BROUGHT_UP, PERSON, SIBLINGS
from jinji_report.intake.people.words import (
    BARE_AFTER,
    BARE_BEFORE,
    NO_BARE,
    NO_PERSONS,
    NOT_BY_GE,
    NOT_COUNTED_BEFORE,
    NUMBER_NOUNS,
)

_UNIT = pattern(
    "人(?![民行大工造机间份]|次(?!日)|均[每收年月住可GA]|均为[^伤死男女轻重])|[名位](?![额为叫于胜置牌字])|[号口来多余]人|口子"
)
_GROUP = pattern(
    "[\u4e00-\u9fff]{0,4}?(?:旅游|旅行|考察|观光|进香|参观|访问|代表)团(?![员长])|(?:施工|工程|装修|作业|车|运输)队(?![员长])"
)
_BY_ONESELF = pattern("人(?:住|在家|在屋|过日子|生活|独居|单住|看店|守着)")
_UNIT_FIRSTS = frozenset("人名位号口来多余")
_GROWN = pattern(
    "(?:亡|死|伤|失联|失踪|死亡|重|轻|中毒|病例)(?:人数|已|的)?(?:由|从)(?:[0-9一二两三四五六七八九十百]+[人名例]?[^0-9，。；]{2,5})?$"
    "|(?:死亡|遇难|受伤|重伤|失联|失踪|中毒|病例|确诊|死难|伤亡)(?:人数|数)(?:已经?|又|现已?|再)?[增升上涨加降改变更]{1,2}[加到为至成]{1,2}$"
)
_GASSED = ("煤气中毒", "煤烟中毒", "煤气打", "煤气熏")
_SAID_ANEW = frozenset("了,，。；")
_AS_OF_NOW = frozenset("在前是经成到至")
_ANEW = pattern(
    "(?:死|亡|伤|没了|失联|失踪|被困|埋|中毒)(?:亡|了|的|者|人数)?[0-9一二两三四五六七八九十百]{1,4}[人名个]?[,，]"
    "(?:现在|目前|刚才|这会儿|后来|刚刚)?(?:又|已|变|增|升|涨)?(?:现在|目前|是|已经|成|到|至)$"
)
_NUMBER = "[0-9一二两三四五六七八九十]"
_BIG_AND_SMALL = pattern(f"[大小老]{_NUMBER}{{1,2}}[大小老]")
_SMALL_AFTER_BIG = pattern(f"{_NUMBER}[大小老]{_NUMBER}{{1,2}}$")
_SHOPS = frozenset("店厂饭餐酒煤公超商面")
_FAMILY = frozenset("家户老小")
_BODIES = pattern("具[^，,。；]{0,12}?(?:遗体|尸)")
_NOT_ONE = frozenset("共起直旦样定同边道度")
_SIZES = ("大", "小", "老")
_SCHOOL = ("高", "初", "大")
_ASKED = Tails(
    (
        "到底",
        "究竟",
        "不知道",
        "不知道有",
        "不知",
        "不晓得",
        "不晓得有",
        "不清楚",
        "不清楚有",
        "没说",
    )
)
_FROM = Tails(
    (
        "由",
        "从",
        "增至",
        "升至",
        "增到",
        "升到",
        "变为",
        "改为",
        "更正为",
        "上升至",
        "增加到",
        "增加至",
        "增为",
        "升为",
        "降至",
        "变成",
        "改成",
        "涨到",
        "加到",
        "上升到",
    )
)
_HARMS = frozenset("死亡伤失困")
"""死12/伤8."""
_IN_ALL = Tails(
    tuple(
        noun + verb
        for noun in ("总数", "总人数")
        for verb in ("", "到", "达", "达到", "为", "是", "已达", "升到", "升至", "变成", "增至", "到了")
    )
)
_GRADES = frozenset("轻重")
_COUNTS = frozenset("0123456789一二两三四五六七八九十人名个")
_SUM = Tails(
    tuple(
        noun + verb
        for noun in (*NUMBER_NOUNS, "遇难", "死亡")
        for verb in (
            "定格在",
            "定格为",
            *(("", "为", "达", "达到", "是", "已达", "仍为", "共", "最终为") if "数" in noun else ()),
        )
    )
)
_LED_BY = frozenset(":为约达是共有=")
_ENDS = ("", "、", ")", " ", "。", "；", ";", "，", ",", "\n", "/")


def person_end(text: str, found: Found) -> tuple[int, bool] | None:
    """Where the person unit behind a number ends, and whether the unit alone proves persons.

    None where the number counts no persons: vehicles, ages, seats (核载47人), shares (40%).
    """
    start, end = found.start, found.end
    if found.told == "share" or (text[start] == "零" and text.startswith("零零", start)):
        return None
    char = text[end : end + 1]
    if text[start] == "一" and "半" in text[start + 1 : start + 3]:
        return None  # 伤了一多半
    small = char in _SIZES and _SMALL_AFTER_BIG.search(text[max(0, start - 4) : end])
    banned = NOT_COUNTED_BEFORE.before(text, start) if start else ""
    if banned == "第" and char == "具":
        banned = ""  # 第5具遗体
    if banned and not small and (banned not in _SCHOOL or found.high <= 4):
        return None  # 高二女生, 核载47人
    if found.high == 9 and _ASKED.before(text, start):
        return None  # 到底几个
    if text[end - 1] in "俩仨":
        return end, True
    unit = _UNIT.match(text, end) if char in _UNIT_FIRSTS else None
    if unit is not None:
        return unit.end(), True
    if char == "个":
        after = end + 1
        if text[start] == "一" and _BY_ONESELF.match(text, after) is not None:
            return None  # 老汉一个人住
        named = PERSON.at(text, after) != "" and not text.startswith(NO_PERSONS, after)
        if not named and _GROUP.match(text, after) is not None:
            return None  # 一个外地旅游团有人呕吐
        if not named and NOT_BY_GE.at(text, after) and not text.startswith(_GASSED, after):
            return None
        return (after + 1, True) if text.startswith("人", after) else (after, named)
    if char == "号" and PERSON.at(text, end + 1):
        return end + 1, True  # 六十多号游客
    if char == "号" and text.endswith(("伤的", "死的", "彩的", "毒的", "院的"), 0, start):
        return end + 1, True  # 挂彩的三十来号
    if char == "口" and not _FAMILY.isdisjoint(text[max(0, start - 2) : start]):
        return end + 1, True
    if char == "口" and text.endswith("口人", 0, start):
        return end + 1, True  # 六口人五口住院
    if char == "具" and (
        _BODIES.match(text, end) is not None
        or text.endswith(("遗体", "尸体"), 0, start)
        or BROUGHT_UP.search(text, max(0, start - 6), start) is not None
    ):
        return end + 1, True
    if char == "例" or (char == "条" and text.startswith(("人命", "命", "性命"), end + 1)):
        return end + 1, True
    noun = PERSON.at(text, end)
    if noun:
        # 一住户家中 is where, and no person
        return None if text.startswith("家", end + len(noun)) and text[end - 1] == "一" else (end, True)
    if SIBLINGS.at(text, end) and text[end + 2 : end + 3] not in _SHOPS:
        return end + 2, True  # 三兄弟
    if small or _BIG_AND_SMALL.match(text, end):
        return end, True
    if char in _NOT_ONE and text[end - 1] == "一":
        return None  # 伤员一共20个
    if found.end - found.core <= 6 and BARE_BEFORE.at(text, end):
        return end, False
    if (
        char in _SAID_ANEW
        and text[start - 1 : start] in _AS_OF_NOW
        and _ANEW.search(text, max(0, start - 20), start) is not None
    ):
        return end, False  # 前面说死14,现在15了
    if text[start - 1 : start] in _GRADES and text[start - 2 : start - 1] in _COUNTS and start > 1:
        return end, False  # 重3轻14
    if char not in NO_BARE and _SUM.before(text, start):
        return end, False  # 遇难人数114, 死亡数为19
    if char in _SAID_ANEW or not char:
        total = _IN_ALL.before(text, start)
        if total:
            return end, False  # 总数到8了
    if char not in NO_BARE or not char or (char == "/" and text[end + 1 : end + 2] in _HARMS):
        if BARE_AFTER.before(text, start):
            return end, False
        if _FROM.before(text, start):
            low = max(0, start - 14)
            if _GROWN.search(text, low, start):
                return end, False  # 亡由2增至4
        # 死亡:3, 死亡人数为3
        if start and text[start - 1] in _LED_BY and char in _ENDS and BARE_AFTER.before(text, start - 1):
            return end, False
    return None
