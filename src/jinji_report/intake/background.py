"""What in the note is not of this incident: its headline, and earlier incidents told beside it."""

from collections.abc import Sequence

from jinji_report.intake.lexicon import Tails, role
from jinji_report.intake.patterns import pattern
from jinji_report.intake.scan import Scan
from jinji_report.intake.times import DATELINE, Told

_BEFORE_NOW = (
    "曾发生", "曾经", "曾因", "此前曾", "去年", "前年", "上次事故", "往年", "历史上", "早年", "上一次", "以前也",
    "之前也发生", "前些年", "上回", "曾出过", "曾在", "上个月", "上月", "同一路段", "同路段", "该路段今年", "此前已",
    "年内已", "今年已", "今年以来", "同类事故", "类似事故", "前车之鉴", "前两年", "大前年", "几年前", "年前", "月前",
    "之前出过", "以前出过", "以前发生", "以前死过", "死过", "出过事", "该次", "那次", "上一起", "前一起", "已另报",
    "另案", "多年前", "之前那", "上次", "曾有", "曾造成", "曾致",
)  # fmt: skip
EARLIER = role(_BEFORE_NOW)
RUMOUR = role((
    "网上", "网传", "传言", "传闻", "外头", "外面", "群里", "抖音", "朋友圈", "微博", "谣传", "有人传", "微信", "网民", "发帖",
))  # fmt: skip
_UNTRUE = pattern(
    "(?:网上|网传|外头|外面|群里|抖音|朋友圈|微博|谣传|有人传)[^，。；！\n]{0,30}?"
    "(?:演练|谣言|不实|假的|旧闻|以前的|不是真的|没有的事|去年的|前年的)[^，,。；！\n]{0,8}"
    "|(?:网传|微信群?|朋友圈|网民|发帖|谣传|有人传)[^。；！\n]{0,30}?(?:谣言|不实|假的|不是真的)"
    "|[^，,。；！\n]{0,20}(?:传言|传闻|说法|消息)[^，,。；！\n0-9]{0,4}(?:不实|是假|系假|不属实|不是真)[^，,。；！\n]{0,4}"
)
_HAPPENED = pattern("发生|事故|出过|起火|爆炸|死|塌|中毒|着火|火灾|淹|地震|遇难|伤|另报|侧翻|追尾")
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


def earlier_incidents(scan: Scan) -> list[tuple[int, int]]:
    """Sentences that tell an earlier incident (该厂2019年曾发生爆炸致3人死亡): nothing in them is of this one."""
    hits = scan.hits(EARLIER)
    text = scan.text
    found: list[tuple[int, int]] = []
    if scan.hits(RUMOUR):
        found += [match.span() for match in _UNTRUE.finditer(text)]
    done = 0
    for at, end, word in hits:
        if at < done:
            continue
        start, stop = scan.sentence(at)
        inside = text.rfind("(", start, at)
        closed = text.find(")", end, stop)
        if inside >= 0 and closed >= 0 and text.find(")", inside, at) < 0:
            start, stop = inside, closed + 1  # (该次爆炸8死60伤,已另报)
        if word in ("年前", "月前") and not _NUMBER_BEFORE.before(text, at):
            continue
        if word in _DATED and not _SURELY.search(text, start, stop) and not _tells_later(scan, start):
            continue
        whole = start == 0 and len(text) - stop <= 6
        clause = scan.clause(at)
        begin = max(start, clause[0])
        if whole:
            later = _NOW.search(text, end, stop)
            if later is None or scan.clause(later.start())[0] <= begin:
                continue
            stop = scan.clause(later.start())[0]
        if not _HAPPENED.search(text, begin, stop):
            continue
        later = _NOW.search(text, end, stop)
        if later is not None and scan.clause(later.start())[0] > begin:
            stop = scan.clause(later.start())[0]  # 去年9月死过2个,这回又出事
        found.append((begin, stop))
        done = stop
    return found


def _tells_later(scan: Scan, start: int) -> bool:
    """A sentence before has told when this incident happened, so 去年 here is another."""
    return start > 0 and _TOLD_BEFORE.search(scan.text, max(0, start - 300), start) is not None
