"""What in the note is not of this incident: its headline, and earlier incidents told beside it."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from jinji_report.intake.lexicon import Tails, role
from jinji_report.intake.patterns import pattern
from jinji_report.intake.scan import Scan
from jinji_report.intake.times import DATELINE, Told

_BEFORE_NOW = (
    "曾发生", "曾经", "曾因", "此前曾", "去年", "前年", "上次事故", "往年", "历史上", "早年", "上一次", "以前也",
    "之前也发生", "前些年", "上回", "曾出过", "曾在", "上个月", "上月", "同一路段", "同路段", "该路段今年", "此前已",
    "年内已", "今年已", "今年以来", "同类事故", "类似事故", "前车之鉴", "前两年", "大前年", "几年前", "年前", "月前",
    "之前出过", "以前出过", "以前发生", "以前死过", "死过", "出过事", "该次", "那次", "上一起", "前一起", "已另报",
    "另案", "多年前", "之前那", "上次", "曾有", "曾造成", "曾致", "每年因", "每年死于", "平均每年", "年均",
)  # fmt: skip
EARLIER = role(_BEFORE_NOW)
RUMOUR = role((
    "网上", "网传", "传言", "传闻", "外头", "外面", "群里", "抖音", "朋友圈", "微博", "谣传", "有人传", "微信", "网民", "发帖",
))  # fmt: skip
_UNTRUE = pattern(
    "(?:网上|网传|外头|外面|群里|抖音|朋友圈|微博|谣传|有人传)[^，,。；！\n]{0,30}?"
    "(?:演练|谣言|不实|假的|旧闻|以前的|不是真的|没有的事|去年的|前年的)[^，,。；！\n]{0,8}"
    "|(?:网传|微信群?|朋友圈|网民|发帖|谣传|有人传)[^。；！\n]{0,30}?(?:谣言|不实|假的|不是真的)"
    "|[^，,。；！\n]{0,20}(?:传言|传闻|说法|消息)[^，,。；！\n0-9]{0,4}(?:不实|失实|是假|系假|不属实|不是真)[^，,。；！\n]{0,4}"
    "|(?:网上|网传|视频|抖音|朋友圈|群里|微信)[^。；！\n]{0,40}?(?:演练|没有?这回事|没有的事|旧闻|旧视频|摆拍|以前的视频|不是真的)"
    "|(?:否认|辟谣|澄清)[^，,。；！\n]{0,30}(?:传言|传闻|说法|消息|谣言|流言)"
)
_HAPPENED = pattern("发生|事故|出过|起火|爆炸|死|塌|中毒|着火|火灾|淹|地震|遇难|伤|另报|侧翻|追尾")
_DENIED = role(("不实", "失实", "不属实", "谣言", "假消息", "假的", "虚假", "没有的事", "不是真的"))
_TALK = pattern("网上|网传|外头|外面|群里|抖音|朋友圈|微博|谣传|有人传|传言|传闻|说法|消息|流言|信息")
_RUMOURED = pattern(
    "[0-9一二两三四五六七八九十几多][多余]?[人名个]|发生|事故|起火|爆炸|死|塌|中毒|着火|火灾|淹|地震|遇难|伤"
)
_AGAIN = pattern(
    "(?:这回|这次|此次|今天|今早|今晨|今晚|刚才|今日|昨天|昨晚|昨夜|眼下)[^，,。；！\n]{0,16}?(?:再次|再度|又|再)(?:一次)?"
    "(?:发生(?!余震|复燃)|出事|出了事|爆|炸|起火|着火|失火|烧|透水|突水|塌|垮|车祸|事故|追尾|相撞|侧翻|翻|泄漏|中毒|滑坡|冒顶|坠|撞|溺|落水|淹|决口)"
)
"""今天8点再次爆炸: what was told before is another incident, if it was told as of an earlier day."""
_A_MONTH = pattern("[12][0-9]{3}年(?:[0-9]{1,2}月)?(?![0-9])")
_A_DAY = timedelta(days=1)
_DATED = frozenset(("去年", "前年", "上个月", "上月", "年前", "月前"))
_SURELY = pattern(
    "曾|也发生|也出|已经发生|发生过|过[0-9一二两三四五六七八九十]|死过|出过|那次|另有|同在|同一|也有"
)
_NOW = pattern("这回|这次|此次|本次|今天|今早|今晨|今晚|刚才|现在|今日|昨天|昨晚|昨夜|如今|眼下|本起")
_TOLD_BEFORE = pattern("[0-9一二三四五六七八九十][时点日号]|今[天日早晨晚]|昨|刚才")
_NUMBER_BEFORE = Tails(tuple("0123456789一二两三四五六七八九十几数多来个半"))


def headline_end(text: str, told: Sequence[Told]) -> int:
    """Where a headline ends that stands above a line with nothing but a date; 0 where there is none."""
    for one in told:
        if one.role == DATELINE and 0 < one.start < 120 and text[one.start - 1] == "\n":
            return one.start
    return 0


class _Sentence:
    """What one sentence holds, looked for once, however many words in it speak of the past."""

    __slots__ = (
        "_again",
        "_closed",
        "_happened",
        "_now",
        "_opened",
        "start",
        "stop",
        "surely",
        "tells_later",
    )

    def __init__(self, scan: Scan, start: int, stop: int) -> None:
        text = scan.text
        self.start, self.stop = start, stop
        self.surely = _SURELY.search(text, start, stop) is not None
        self.tells_later = start > 0 and _TOLD_BEFORE.search(text, max(0, start - 300), start) is not None
        self._happened = [match.start() for match in _HAPPENED.finditer(text, start, stop)]
        self._now = [match.start() for match in _NOW.finditer(text, start, stop)]
        self._again = [match.start() for match in _AGAIN.finditer(text, start, stop)]
        self._opened = [at for at in range(start, stop) if text[at] == "("]
        self._closed = [at for at in range(start, stop) if text[at] == ")"]

    def happened(self, start: int, stop: int) -> bool:
        """Something is told to have happened between the two."""
        return _next(self._happened, start, stop) >= 0

    def back(self, start: int, stop: int) -> int:
        """Where the note comes back to this incident, or -1."""
        return _next(self._now, start, stop)

    def again(self, start: int) -> int:
        """Where it happens again, or -1."""
        return _next(self._again, start, self.stop)

    def brackets(self, at: int, end: int) -> tuple[int, int] | None:
        """The brackets that hold `at`..`end`."""
        before = bisect_left(self._opened, at) - 1
        if before < 0 or _next(self._closed, self._opened[before], at) >= 0:
            return None
        closed = _next(self._closed, end, self.stop)
        return None if closed < 0 else (self._opened[before], closed + 1)


def _next(places: list[int], start: int, stop: int) -> int:
    at = bisect_left(places, start)
    return places[at] if at < len(places) and places[at] < stop else -1


def earlier_incidents(scan: Scan, told: Sequence[Told] = ()) -> list[tuple[int, int]]:
    """Stretches that tell an earlier incident (该厂2019年曾发生爆炸致3人死亡) or a rumour: not of this one."""
    text = scan.text
    found = _rumours(scan) + _days_before(scan, told)
    done = 0
    sentence: _Sentence | None = None
    for at, end, word in scan.hits[EARLIER]:
        if at < done:
            continue
        if sentence is None or at > sentence.stop:
            sentence = _Sentence(scan, *scan.sentence(at))
        start, stop = sentence.brackets(at, end) or (
            sentence.start,
            sentence.stop,
        )  # (该次爆炸8死60伤,已另报)
        if word in ("年前", "月前") and not _NUMBER_BEFORE.before(text, at):
            continue
        clause = scan.clause(at)
        begin = max(start, clause[0])
        again = sentence.again(clause[1])
        if word in _DATED and not sentence.surely and not sentence.tells_later and again < 0:
            continue
        whole = start == 0 and len(text) - stop <= 6
        later = sentence.back(end, stop)
        if later >= 0:
            later = scan.clause(later)[0]
        if later < 0 or later <= begin:
            later = scan.clause(again)[0] if begin < again < stop else -1
        if whole:
            if later < 0:
                continue
            stop = later
        if not sentence.happened(begin, stop):
            continue
        if later >= 0:
            stop = later  # 去年9月死过2个,这回又出事
        found.append((begin, stop))
        done = stop
    return found


def _rumours(scan: Scan) -> list[tuple[int, int]]:
    """网传死了10人系谣言, 3人去世的传言不实: up to the end of the clause, or with the clause before it."""
    text = scan.text
    found = []
    if scan.hits[RUMOUR]:
        found += [match.span() for match in _UNTRUE.finditer(text)]
    for at, _, _ in scan.hits[_DENIED]:
        start, stop = scan.clause(at)
        if stop - start > 60:
            continue
        if _TALK.search(text, start, at) is None:
            before = scan.clause(start - 1)[0] if start > scan.sentence(at)[0] else start
            if (
                at - start > 8
                or start - before > 60
                or before == start
                or _TALK.search(text, before, start) is None
            ):
                continue  # 经核实系谣言
            start = before
        if _RUMOURED.search(text, start, stop) is not None:
            found.append((start, stop))
    return found


def _days_before(scan: Scan, told: Sequence[Told]) -> list[tuple[int, int]]:
    """3月1日车祸死2人,今天8点又发生车祸: of an earlier day, and since then it happened again."""
    text = scan.text
    found = []
    for first, second in pairwise(told):
        if not (first.usable and second.usable) or second.at - first.at < _A_DAY:
            continue
        start, stop = scan.clause(first.start)[0], scan.clause(second.start)[0]
        if not start < stop <= start + 120 or _HAPPENED.search(text, start, stop) is None:
            continue
        if _AGAIN.match(text, second.start, scan.clause(second.start)[1]) is not None:
            found.append((start, stop))
    for match in _AGAIN.finditer(text) if "又" in text or "再" in text else ():
        stop = scan.clause(match.start())[0]
        start = max(scan.sentence(match.start())[0], stop - 120)
        dated = _A_MONTH.search(text, start, stop)
        if dated is not None and _HAPPENED.search(text, dated.end(), stop) is not None:
            found.append((dated.start(), stop))
    return found
