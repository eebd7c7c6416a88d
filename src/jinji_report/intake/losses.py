"""The direct loss in money: 直接经济损失约2000万元, 损失150万, 无财产损失, 损失正在统计.

What may still be lost, what was saved, indirect loss, fines, debts and prices are none.
"""

from collections.abc import Sequence

from jinji_report.intake.lexicon import listed, role
from jinji_report.intake.numerals import Found, after_unit
from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.told import SAID_AT_MOST, Settled
from jinji_report.intake.reading import Draft
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import COMMAS, STOPS
from jinji_report.quantity import Quantity, exactly, unknown

_DIRECT = frozenset(listed("直接经济损失 直接财产损失 直接财物损失 财产直接损失 直接损失"))
LOSS = role(
    (
        *_DIRECT,
        *listed(
            """
            经济损失 财产损失 财物损失 损失 核损 财损 烧损价值 过火损失 损失统计 直损
            间接经济损失 间接损失 潜在经济损失 潜在损失 可能造成损失
            """
        ),
    )
)
_INDIRECT = pattern(r"间接|潜在|可能|或将|避免|挽回|减少|预防|估计将|预计将|降低")
_NONE = pattern(
    r"(?:无|没有?|未造成|没造成|未发生|未)(?:人员)?(?:伤亡|死亡)?(?:和|及|、|或|也没有?|也无)?(?:重大|大的?|明显|任何|直接|其他)?(?:经济|财产|财物)?$"
)
_OPEN = pattern(
    r"[^。；！？\n，,0-9]{0,4}(?:情况|数额|金额|程度|多少)?(?:不详|不明|正在?统计|统计中|待统计|正在?核|核实中|待核|正在?评估|评估中|待评估|暂未统计|尚未统计"
    r"|还没统计|还在[统算核]|还没算|无法估计|未知|不清楚|暂不清楚|正在进一步|正在估|尚在[统核评]|没统计|未统计)"
)
_BEFORE, _AFTER = 14, 10  # characters between the word and the money
_UNITS = (("万元", 1.0), ("亿元", 10_000.0), ("个亿", 10_000.0), ("元", 0.0001), ("块", 0.0001))
_SUM = pattern(r"(?:累计|共计|合计|总计|总共|一共|总)")
_PART = pattern(r"其中[^，,。；\n]{0,10}$")
_DIGIT = pattern("[0-9]")
_NEWER = pattern(r"更正|核实|核定|修正|最终|现|升至|增至|调整|更新|截至|初步|由")


class _Loss:
    """One sum told, and how: `rank` 2 where it is called direct."""

    __slots__ = ("quantity", "rank", "start", "stop", "total")

    def __init__(self, quantity: Quantity, start: int, stop: int, rank: int, total: bool) -> None:
        self.quantity = quantity
        self.start = start
        self.stop = stop
        self.rank = rank
        self.total = total


def direct_loss(draft: Draft, scan: Scan, numbers: Sequence[Found]) -> Settled | None:
    """The direct loss in 万元, whatever unit it was told in: 1.82亿 → 18200."""
    if not scan.hits[LOSS]:
        return None
    text = scan.text
    sums: list[_Loss] = []
    for found in numbers:
        unit = _unit(text, found)
        if unit is not None:
            one = _of(scan, found, *unit)
            if one is not None:
                sums.append(one)
    if not sums:
        return _without_figure(scan)
    heaviest = max(one.rank for one in sums)
    sums = [one for one in sums if one.rank == heaviest]
    totals = [one for one in sums if one.total]
    last = (totals or sums)[-1]
    first = sums[0]
    apart = first.quantity.top < last.quantity.low or last.quantity.top < first.quantity.low
    if not totals and apart and _NEWER.search(text, first.start, last.stop) is None:
        said = f"{first.quantity.said}、{last.quantity.said}"
        draft.doubt("direct_loss_wan", f"直接经济损失有两个说法（{said}），按后一个理解，请确认。")
    return Settled(last.quantity, last.start, last.stop)


def _unit(text: str, found: Found) -> tuple[float, int] | None:
    """万元 in one unit of money behind the number, and where it ends; 150万 needs no 元 where its clause ends."""
    for unit, scale in _UNITS:
        if text.startswith(unit, found.end):
            return scale, found.end + len(unit)
    large = any(c in text[found.core : found.end] for c in "万亿")
    following = text[found.end : found.end + 1]
    if large and (
        not following
        or (following in STOPS + COMMAS + "、)( 左上以人" and not text.startswith("人", found.end))
    ):
        return 0.0001, found.end
    return None


def _of(scan: Scan, found: Found, scale: float, end: int) -> _Loss | None:
    """The sum as a loss, if a word of loss introduces it or follows it in its clause."""
    text = scan.text
    start, stop = scan.sentence(found.core)
    before = scan.within(LOSS, max(start, found.start - _BEFORE - 6), found.start)
    begin, word, nearest = found.start, "", 0
    for first, last, name in before:  # of those that end together the longest comes first
        if (
            last > nearest
            and found.start - last <= _BEFORE
            and _DIGIT.search(text, last, found.start) is None
        ):
            begin, word, nearest = first, name, last
    if not word:
        following = scan.first(LOSS, end, min(stop, end + _AFTER))
        if following is None or scale >= 1 or any(c in COMMAS for c in text[end : following[0]]):
            return None
        word = following[2]
    if _INDIRECT.search(text, max(start, begin - 6), found.start) is not None and word not in _DIRECT:
        return None
    if _PART.search(text, max(start, begin - 12), begin) is not None:
        return None
    after, last = after_unit(text, end)
    if last - begin > SAID_AT_MOST:
        begin = found.start
    last = min(last, begin + SAID_AT_MOST)
    amount = found.quantity("", after=after)
    high = None if amount.high is None else amount.high * scale
    quantity = Quantity(amount.low * scale, high, scan.note.quote(begin, last))
    total = _SUM.search(text, max(start, begin - 6), found.start) is not None
    return _Loss(quantity, begin, last, 2 if word in _DIRECT else 1, total)


def _without_figure(scan: Scan) -> Settled | None:
    """None told (无财产损失), or still being counted (损失正在统计)."""
    text = scan.text
    for start, end, word in scan.longest[LOSS][:4]:
        open_ = _OPEN.match(text, end, end + 16)
        if open_ is not None:
            stop = min(open_.end(), start + SAID_AT_MOST)
            return Settled(unknown(scan.note.quote(start, stop)), start, stop)
        clause = scan.clause(start)[0]
        none = _NONE.search(text, max(clause, start - 14), start)
        if none is not None and "重大" not in none[0] and "大" not in none[0] and word != "核损":
            begin = (
                none.start() if end - none.start() <= SAID_AT_MOST else max(none.start(), end - SAID_AT_MOST)
            )
            return Settled(exactly(0, scan.note.quote(begin, end)), begin, end)
    return None
