"""What only a follow-up can say: nothing is new, the new dead are of the known wounded, the missing are found."""

import re

from jinji_report.intake.patterns import pattern
from jinji_report.intake.values import parse_quantity

# Longer notes tell something else besides; then the words stand in the report as they are.
_MOST = 24
_NOTHING = pattern(
    r"(?:没有?|无|暂无|未见|尚无)(?:什么|任何)?(?:新的?)(?:情况|变化|进展|消息)|(?:情况|伤亡|人数)?(?:没有|无)变化|情况同前"
)
_STOPS = "，。；,;！!、"
_COUNT = pattern(r"(\d+|[一二两三四五六七八九十百]+)(?=[名个位人])")
_DIED = r"抢救无效|救治无效|医治无效|不治|死亡|身亡|去世|没救过来|没了|走了"
_WOUNDED = pattern(rf"(?:重伤|危重|病危|重症|伤者|伤员|受伤)[^，。；,;！!死无未没]{{0,10}}?(?:{_DIED})")
_LOST = pattern(r"失踪|失联|失去联系|下落不明|被困|被埋")
_FOUND = pattern(r"找到|救出|脱险|获救|升井|遗体|打捞|搜救出|遇难|死亡")
_STILL = pattern(r"仍|尚|还有|还在|继续")
_ALL = pattern(r"全部|全都|均|都")


def nothing_new(text: str) -> bool:
    """`text` says that there is no news, and nothing besides."""
    short = text.strip()
    return len(short) <= _MOST and _NOTHING.search(short) is not None


def died_of_wounds(text: str) -> tuple[str, str, int] | None:
    """Of whom the new dead were, if `text` says it, and how many of them.

    (`seriously_injured` or `injured`, the words, the count); None where nothing or no number is told.
    """
    match = _WOUNDED.search(text)
    if match is None:
        return None
    start = max(text.rfind(stop, 0, match.start()) for stop in _STOPS) + 1
    words = text[start : match.end()]
    counts = _COUNT.findall(words)
    if not counts:
        return None
    count = int(parse_quantity(counts[-1]).low)
    heavy = any(word in words for word in ("重伤", "危重", "病危", "重症"))
    return ("seriously_injured" if heavy else "injured"), words, count


def accounted_for(text: str) -> list[tuple[str, int | None]]:
    """The missing and the trapped of whom the note says what became of them: (measure, how many; None: all)."""
    found: list[tuple[str, int | None]] = []
    for clause in re.split(f"[{_STOPS}]", text):
        lost = _LOST.search(clause)
        if lost is None or _FOUND.search(clause) is None or _STILL.search(clause) is not None:
            continue
        counts = _COUNT.findall(clause)
        count = int(parse_quantity(counts[0]).low) if counts else None
        if count is not None or _ALL.search(clause) is not None:
            found.append(("trapped" if lost[0].startswith("被") else "missing", count))
    return found


def of_the_lost(words: str) -> bool:
    """The words of a figure name the missing or the trapped (失踪的2人), so they come to those known before."""
    return _LOST.search(words) is not None


_BACK = (
    r"^\W*(?:[^，。；\n]{0,12})?(?:续报|终报|再报)|[【\n。；](?:续报|终报|后续情况)|接[上前]报|[上前]一?报(?![告警纸])|"
    r"(?:刚才|刚刚|刚|先前|之前|方才|今早|早上|上午|中午|下午|昨晚|昨天|夜里)[^，。；\n]{0,6}?(?:报|说|讲|汇报|报告)过?的(?:那|事|情况)|"
    r"刚[才刚][^，。；\n]{0,8}那[个起场次][^，。；\n]{0,6}?(?:事|火|车祸|爆炸|泄漏|坍塌)|"
    r"(?<!有)那[个起场次](?:[^，。；\n]{0,8}?)(?:事故|火灾|车祸|爆炸|泄漏|坍塌|案子|案件|事)(?:[^，。；\n]{0,4}?)(?:现在|目前|又|后来|情况|进展)"
)


def speaks_of_known(text: str) -> str:
    """The words that point at something told before (续报, 刚才报的那个火), or nothing."""
    match = re.search(_BACK, text[:200])
    return match[0].strip(" \n。；【】，,：:") if match is not None else ""
