"""Areas, hours, tonnes, rooms and whatever a pack declares: what a note measures that is no number of persons.

A measure is a word that introduces it, or follows it, with a number and a unit of its kind close by
in the same clause; a number belongs to the nearest word that takes its unit. Money lost is read in
`losses`, an earthquake's strength in `magnitude`.
"""

from collections.abc import Mapping, Sequence

from jinji_report.intake.lexicon import MEASURES, Hit, listed, role
from jinji_report.intake.losses import LOSS, direct_loss
from jinji_report.intake.magnitude import SHAKES, magnitude
from jinji_report.intake.numerals import Found, after_unit, numbers
from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.told import SAID_AT_MOST
from jinji_report.intake.reading import Draft
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Mask
from jinji_report.intake.units import HALF, LONGER, Factors, factors, written
from jinji_report.quantity import Quantity, at_least
from jinji_report.standards.rows import Measure

# Measure, its unit, and the words that introduce it or follow it; of two figures that under the
# weightier word counts (受害面积 before 过火面积), so the first table of a measure outweighs the next.
_KNOWN: tuple[tuple[str, str, str], ...] = (
    (
        "area_ha",
        "公顷",
        """
        受害面积 受害森林 受害林地 受害草原 森林受害 受害有林地
        """,
    ),
    (
        "area_ha",
        "公顷",
        """
        过火面积 过火 火场面积 过火林地 林地过火 草原过火 草场过火 林地 烧毁林地 烧毁草场 草原 草场
        """,
    ),
    (
        "area_ha",
        "公顷",
        """
        受灾面积 受灾农作物 农作物受灾 绝收 成灾面积 成灾 受灾 庄稼受灾
        """,
    ),
    (
        "burned_area_m2",
        "平方米",
        """
        过火面积 燃烧面积 烧毁面积 着火面积 起火面积 过火 火场面积
        """,
    ),
    (
        "outage_minutes",
        "分钟",
        """
        停电 停播 断电 停水 停气 停热 停暖 停供 断水 断气 断网 断供 黑屏 黑场 静帧 劣播 无信号 没信号 播出中断
        中断播出 供电中断 供水中断 供气中断 供热中断 供暖中断 信号中断 通信中断 通讯中断 网络中断 中断供电
        中断供水 中断供气 停止供水 停止供电 停止供气 停了电 停了水 没电 没水
        """,
    ),
    (
        "blocked_hours",
        "小时",
        """
        交通中断 中断交通 中断行车 行车中断 中断通行 通行中断 线路中断 运行中断 封闭 阻断 拥堵 堵了 堵车 断行
        双向中断 单向中断 道路中断 堵塞 断道 断路 断交 封道 封路 交通受阻 通行受阻 积压 抢通 恢复通车 恢复通行
        恢复交通
        """,
    ),
    (
        "spill_tonnes",
        "吨",
        """
        泄漏 泄露 漏了 漏出 漏出来 外泄 溢油 溢出 流出 跑油 洒出 洒了 倾倒 流入 泄漏量 漏油 渗漏
        """,
    ),
    (
        "collapsed_rooms",
        "间",
        """
        倒塌房屋 房屋倒塌 民房倒塌 倒塌民房 倒塌 倒房 塌了 倒了 垮了 垮塌 房塌 房屋垮塌 房子倒塌 房倒塌 房子塌
        窑洞倒塌 倒塌窑洞
        """,
    ),
)
_BURNED = -1
"""The rank of 过火面积: the fire went over it, which is not yet harm done."""
_FEW = frozenset(("area_ha", "burned_area_m2"))
"""Measures of which two figures in one note contradict each other unless one corrects the other."""
_LONGEST = frozenset(("outage_minutes", "blocked_hours"))
"""Measures of which the longest counts: water and power were cut for different times."""
_BY_WORD: dict[str, list[tuple[str, str, int]]] = {}
for rank, (name, unit, table) in enumerate(_KNOWN):
    for word in listed(table):
        _BY_WORD.setdefault(word, []).append((name, unit, -rank))
_WORDS = role(_BY_WORD)

_BEFORE, _AFTER = 12, 5  # characters between a word and its number
_CUT = pattern(r"[。；！？\n，,]|[0-9一二三四五六七八九十百千万]++(?!户)")
_CROSSED = pattern(
    r"[^。；！？\n，,0-9]{0,2}[，,]"
    r"(?:共计|共|约|达到|达|已经|已|累计|总计|合计|长达|持续|近|历时|时长|超过|最长|现)*$"
)
_DIGIT = pattern("[0-9一二三四五六七八九十百千万]")
_LOAD = pattern(r"(?:载|装|装有|存有|储存|库存|容量|容积|罐容|满载着?)$")
_PART = pattern(r"(?:其中|含|包括)[^，,。；\n]{0,8}$")
_SUM = pattern(r"(?:累计|共计|合计|总计|总共|一共|共)[^，,。；\n]{0,10}$")
_NEWER = pattern(r"更正|核实|核定|更新|修正|现[已为]?|截至|目前|最新|升至|增至|降至|扩大到|达到|已达|缩小|由")
_STILL = pattern(
    r"(?:仍|尚|至今|还)(?:未|没有?|在|不能)?(?:完全|全部)?(?:恢复|来电|来水|来气|通车|通行|抢通|停|中断|断|堵|封|修复)"
    r"|[未没](?:能)?(?:恢复|修复|抢通|来电|来水)"
)
_LAST = 60  # characters behind a length of time in which it may be told to last still


class _Rules:
    """The measures of one set of standards, indexed once: by word, with the units that each takes."""

    __slots__ = ("by_word", "measures", "units")

    def __init__(self, measures: Mapping[str, Measure]) -> None:
        self.measures = measures
        self.by_word: dict[str, list[tuple[str, Factors, int]]] = {
            word: [(name, factors(unit), rank) for name, unit, rank in rows]
            for word, rows in _BY_WORD.items()
        }
        known = {name for name, *_ in _KNOWN} | {"direct_loss_wan", "magnitude"}
        for measure in measures.values():
            if measure.id not in known:
                for word in measure.words:
                    self.by_word.setdefault(word, []).append((measure.id, factors(measure.unit), 0))
        self.units = written([table for rows in self.by_word.values() for _, table, _ in rows])


_memo: list[_Rules] = []


def _rules(measures: Mapping[str, Measure]) -> _Rules:
    """The index of `measures`, kept for the next note."""
    for ready in _memo:
        if ready.measures is measures:
            return ready
    ready = _Rules(measures)
    _memo[:] = [ready, *_memo[:3]]
    return ready


class _Told:
    """One figure of one measure, with what was said around it."""

    __slots__ = ("end", "part", "quantity", "rank", "start", "total")

    def __init__(self, quantity: Quantity, start: int, end: int, rank: int, part: bool, total: bool) -> None:
        self.quantity = quantity
        self.start = start
        self.end = end
        self.rank = rank
        self.part = part
        self.total = total


def amounts(
    draft: Draft, scan: Scan, numbers: Sequence[Found], skipped: Mask, measures: Mapping[str, Measure]
) -> dict[str, Quantity]:
    """Every measured amount of the note: measure → its figure, with its span in `draft`; `numbers` are those of no time."""
    told: dict[str, Quantity] = {}
    hits = scan.hits
    if not (hits[_WORDS] or hits[MEASURES] or hits[LOSS] or hits[SHAKES]):
        return told
    usable = [one for one in numbers if not skipped[one.core]]
    for name, settled in (
        ("direct_loss_wan", direct_loss(draft, scan, usable)),
        ("magnitude", magnitude(scan, usable)),
    ):
        if settled is not None:
            told[name] = settled.quantity
            draft.span(name, settled.start, settled.end)
    if not usable or not (scan.hits[_WORDS] or scan.hits[MEASURES]):
        return told
    rules = _rules(measures)
    mentions: dict[str, list[_Told]] = {}
    for at, found in enumerate(usable):
        unit, end = _unit(scan.text, found, rules)
        for name, (factor, rank, hit) in _nearest(scan, found, unit, end, rules).items():
            one = _told(scan, usable, at, unit, end, factor, rank, hit)
            mentions.setdefault(name, []).append(one)
    for name, several in mentions.items():
        one = _settled(draft, scan.text, name, several, measures)
        quantity = one.quantity
        if (
            name in _LONGEST
            and quantity.high is not None
            and _STILL.search(scan.text, one.end, one.end + _LAST)
        ):
            quantity = at_least(quantity.low, quantity.said)
        told[name] = quantity
        draft.span(name, one.start, one.end)
    return told


def _unit(text: str, found: Found, rules: _Rules) -> tuple[str, int]:
    """The unit behind a number as it is written ("" where there is none), and where it ends."""
    if found.told == "share":
        return "%", found.end
    unit = rules.units.at(text, found.end)
    return unit, found.end + len(unit)


Nearest = dict[str, tuple[float, int, Hit]]


def _nearest(scan: Scan, found: Found, unit: str, end: int, rules: _Rules) -> Nearest:
    """Whose figure it is: of the words around it that take its unit the nearest, the longest at one distance.

    A word that several packs use tells the measure of each.
    """
    text = scan.text
    low, high = max(0, found.start - _BEFORE - 8), min(len(text), end + _AFTER + 8)
    best: Nearest = {}
    least = (len(text), 0, 0)
    for hit in (*scan.within(_WORDS, low, high), *scan.within(MEASURES, low, high)):
        start, stop, word = hit
        if stop <= found.start:
            gap = _gap(text, stop, found.start)
        elif start >= found.end and unit:  # 1200总吨: the unit may be the word
            gap = (
                max(0, start - end) + 1
                if start - end < _AFTER and _CUT.search(text, end, start) is None
                else -1
            )
        else:
            continue
        if gap < 0:
            continue
        for name, table, rank in rules.by_word.get(word, ()):
            factor = table.get(unit) if unit else _bare(text, found.end, gap, table)
            if factor is None or (
                name == "spill_tonnes" and _LOAD.search(text, max(0, found.start - 6), found.start)
            ):
                continue
            key = (gap, -(stop - start), -rank)
            if key < least:
                best, least = {}, key
            if key == least:
                best[name] = factor, rank, hit
    return best


def _gap(text: str, stop: int, start: int) -> int:
    """How far a word stands before its number, -1 where the two are parted; a comma counts for much."""
    if start - stop > _BEFORE:
        return -1
    if _CUT.search(text, stop, start) is None:
        return start - stop
    if _CROSSED.fullmatch(text, stop, start) is None:
        return -1
    own = max(0, stop - _BEFORE)  # a word that has a number in its own clause takes no other
    own = max(own, 1 + max(text.rfind(mark, own, stop) for mark in "，,。；\n"))
    return start - stop + _BEFORE if _DIGIT.search(text, own, stop) is None else -1


def _bare(text: str, end: int, gap: int, table: Factors) -> float | None:
    """浏览量突破2000万: counted without a unit, where the clause ends with the number."""
    return (
        1.0
        if "次" in table and gap <= 4 and text[end : end + 1] in ("", "，", ",", "。", "；", "、", ")", "\n")
        else None
    )


def _told(
    scan: Scan, usable: list[Found], at: int, unit: str, end: int, factor: float, rank: int, hit: Hit
) -> _Told:
    text, found = scan.text, usable[at]
    if found.told == "share":
        found, after, stop = _share(text, found), "", end
    else:
        after, stop = after_unit(text, end)
    more = 0.5 if unit in HALF else 0
    if (
        more or after == "about" or found.told == "about"
    ):  # in the measure's unit: 约2个半小时 is 135..165分钟
        scaled = (found.low + more) * factor, (found.high + more) * factor
        found, factor = Found(found.start, found.core, found.end, *scaled, found.told), 1
    whole = found.quantity("", after=after)
    low, high = whole.low, whole.high
    if unit in LONGER and whole.exact:
        high = low + 1 if low >= 1 else low * 2
    low, high = low * factor, None if high is None else high * factor
    if (
        unit.endswith("小时")
        and at + 1 < len(usable)
        and usable[at + 1].start == end
        and text.startswith("分", usable[at + 1].end)
    ):
        minutes = usable[at + 1]  # 1小时40分钟
        low, high = (
            low + minutes.low * factor / 60,
            None if high is None else high + minutes.high * factor / 60,
        )
        stop = minutes.end + (2 if text.startswith("分钟", minutes.end) else 1)
    begin = hit[0] if hit[1] <= found.start and stop - hit[0] <= SAID_AT_MOST else found.start
    stop = min(stop, begin + SAID_AT_MOST)
    said = scan.note.quote(begin, stop)
    quantity = Quantity(round(low, 6), None if high is None else round(high, 6), said)
    around = max(0, min(found.start, hit[0]) - 12)
    return _Told(
        quantity,
        begin,
        stop,
        rank,
        _PART.search(text, around, found.start) is not None,
        _SUM.search(text, around, found.start) is not None,
    )


def _share(text: str, found: Found) -> Found:
    """30% and 百分之三十 as the number of hundredths, with the about-word before it."""
    core = found.core + (2 if text.startswith("分之", found.core + 1) else 0)
    digits = [one for one in numbers(text[core + 1 : found.end]) if core > found.core] or [found]
    value = digits[0].low
    about = "about" if text.endswith(("约", "大约", "近"), 0, found.core) else "exact"
    return Found(found.start, found.core, found.end, value, value, about)


def _settled(
    draft: Draft, text: str, name: str, several: list[_Told], measures: Mapping[str, Measure]
) -> _Told:
    """Of several figures the total or the last; of two that differ and do not correct each other a doubt."""
    heaviest = max(one.rank for one in several)
    if name == "area_ha" and heaviest == _BURNED:
        said = next(one.quantity.said for one in several if one.rank == heaviest)
        draft.doubt(name, f"“{said}”是过火面积，不等于受害面积，暂按它研判，请核实受害面积。")
    several = [one for one in several if one.rank == heaviest]
    several = [one for one in several if not one.part] or several
    if len(several) == 1:
        return several[0]
    if name in _LONGEST:
        return max(several, key=lambda one: one.quantity.low)
    totals = [one for one in several if one.total]
    if totals:
        return totals[-1]
    *_, before, last = several
    apart = before.quantity.top < last.quantity.low or last.quantity.top < before.quantity.low
    if name in _FEW and apart and _NEWER.search(text, before.start, last.end) is None:
        label = measures[name].label if name in measures else name
        draft.doubt(
            name, f"{label}有两个说法（{before.quantity.said}、{last.quantity.said}），按后一个理解，请确认。"
        )
    return last
