"""Losses, areas, magnitudes, minutes: what a note measures that is no number of persons.

A measure is a word that introduces it (or follows it) with a number and a unit close by. Measures
that a pack declares are read the same way, from their `words` and `unit`.
"""

from collections.abc import Mapping, Sequence

from jinji_report.intake.numerals import Found, after_unit
from jinji_report.intake.people import SAID_AT_MOST, Settled
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import COMMAS, STOPS, Mask, Note
from jinji_report.quantity import Number, Quantity, unknown
from jinji_report.standards.rows import Measure

Units = tuple[tuple[str, float], ...]

_HOURS: Units = (
    ("个多小时", 1),
    ("个小时", 1),
    ("多个小时", 1),
    ("多小时", 1),
    ("小时", 1),
    ("个钟头", 1),
    ("分钟", 1 / 60),
    ("天", 24),
)
_MINUTES: Units = tuple((unit, factor * 60) for unit, factor in _HOURS)
_AREA: Units = (("公顷", 1), ("亩", 1 / 15), ("平方公里", 100))

# id, words that introduce it, words that may follow it, units
_KNOWN: tuple[tuple[str, tuple[str, ...], tuple[str, ...], Units], ...] = (
    ("area_ha", ("过火面积", "受灾面积", "火场面积", "过火林地", "过火", "受灾农作物", "农作物受灾", "绝收", "成灾面积",
    "受害面积"), ("过火", "受灾", "林地过火", "草原过火", "林地", "草场过火"), _AREA),
    ("burned_area_m2", ("过火面积", "燃烧面积", "烧毁面积", "着火面积", "过火"), ("过火",), (("平方米", 1), ("平米", 1),
    ("平方", 1), ("㎡", 1), ("m2", 1))),
    ("outage_minutes", ("停电", "停播", "断电", "停水", "停气", "停热", "播出中断", "供电中断", "供水中断", "信号中断",
    "通信中断"), (), _MINUTES),
    ("blocked_hours", ("交通中断", "封闭", "阻断", "拥堵", "堵了", "堵车", "断行", "双向中断", "道路中断", "堵塞"), (), _HOURS),
    ("spill_tonnes", ("泄漏", "泄露", "漏了", "溢油", "外泄", "流出", "漏出", "倾倒"), ("泄漏", "外泄", "泄露"), (("吨", 1),
    ("千克", 0.001), ("公斤", 0.001))),
    ("collapsed_rooms", ("倒塌房屋", "房屋倒塌", "民房倒塌", "倒塌民房", "倒塌", "倒房", "塌了"), ("房屋倒塌", "民房倒塌",
    "房子倒塌", "房倒塌", "房子塌"), (("间", 1),)),
)  # fmt: skip
_LOSS = (
    "直接经济损失",
    "直接财产损失",
    "财产直接损失",
    "经济损失",
    "财产损失",
    "直接损失",
    "损失",
    "核损",
    "过火损失",
    "烧损价值",
)
_YUAN: Units = (
    ("万元", 1),
    ("亿元", 10_000),
    ("万余元", 1),
    ("余元", 0.0001),
    ("多元", 0.0001),
    ("元", 0.0001),
    ("块", 0.0001),
)
_UNKNOWN = (
    "不详",
    "不明",
    "正在统计",
    "统计中",
    "待统计",
    "正在核",
    "核实中",
    "待核",
    "评估",
    "暂未统计",
    "尚未统计",
    "还没统计",
    "无法估计",
    "未知",
    "正在进一步统计",
)
_SPOKEN = list("零一二三四五六七八九")
_GAP = 10


def amounts(scan: Scan, masked: Mask, skipped: Mask, measures: Mapping[str, Measure]) -> dict[str, Settled]:
    """Every measured amount of the note: measure → its figure (the last told where several are)."""
    note, text = scan.note, scan.text
    usable = [found for found in scan.numbers if not (masked[found.core] or skipped[found.core])]
    told: dict[str, Settled] = {}
    loss = _loss(note, usable)
    if loss is not None:
        told["direct_loss_wan"] = loss
    strength = _magnitude(note, usable)
    if strength is not None:
        told["magnitude"] = strength
    for name, before, after, units in _KNOWN:
        if any(word in text for word in (*before, *after)):
            found = _near(note, usable, before, after, units)
            if found is not None:
                told[name] = found
    known = {name for name, *_ in _KNOWN} | {"direct_loss_wan", "magnitude"}
    for measure in measures.values():
        if measure.words and measure.id not in known and any(word in text for word in measure.words):
            found = _near(note, usable, measure.words, measure.words, _units_of(measure.unit))
            if found is not None:
                told.setdefault(measure.id, found)
    return told


def _units_of(unit: str) -> Units:
    if unit == "分钟":
        return _MINUTES
    if unit == "小时":
        return _HOURS
    if unit == "人":
        return (("人", 1), ("名", 1), ("例", 1), ("个", 1))
    return ((unit, 1), (f"余{unit}", 1), (f"多{unit}", 1)) if unit else ()


def _unit_at(text: str, end: int, units: Units) -> tuple[float, int] | None:
    for unit, factor in units:
        if text.startswith(unit, end):
            return factor, end + len(unit)
    return None


def _quantity(note: Note, found: Found, start: int, unit: tuple[float, int]) -> Settled:
    factor, end = unit
    told, stop = after_unit(note.plain, end)
    begin = start if stop - start <= SAID_AT_MOST else found.start
    said = note.quote(begin, min(stop, begin + SAID_AT_MOST))
    whole = found.quantity(said, 1, told)
    if factor != 1:
        high = None if whole.high is None else whole.high * factor
        whole = Quantity(round(whole.low * factor, 2), None if high is None else round(high, 2), said)
    if "半" in note.plain[end - 4 : end] and "个半" in note.plain[found.end : end]:
        whole = Quantity(
            whole.low + 0.5 * factor, None if whole.high is None else whole.high + 0.5 * factor, said
        )
    return Settled(whole, begin, min(stop, begin + SAID_AT_MOST))


def _near(
    note: Note, numbers: Sequence[Found], before: Sequence[str], after: Sequence[str], units: Units
) -> Settled | None:
    text = note.plain
    last: Settled | None = None
    for found in numbers:
        unit = _unit_at(text, found.end, units)
        if unit is None:
            continue
        lead = text[max(0, found.start - _GAP) : found.start]
        for word in before:
            at = lead.rfind(word)
            if at >= 0 and not any(c in STOPS or c in COMMAS or c in "0123456789" for c in lead[at:]):
                last = _quantity(note, found, found.start - len(lead) + at, unit)
                break
        else:
            tail = text[unit[1] : unit[1] + _GAP]
            for word in after:
                at = tail.find(word)
                if 0 <= at <= 4 and not any(c in STOPS or c in COMMAS for c in tail[:at]):
                    last = _quantity(note, found, found.start, (unit[0], unit[1]))
                    break
    return last


def _loss(note: Note, numbers: Sequence[Found]) -> Settled | None:
    """Direct loss in 万元, whatever unit it was told in: 1.82亿 → 18200."""
    text = note.plain
    if "损" not in text:
        return None
    last: Settled | None = None
    for found in numbers:
        lead = text[max(0, found.start - 12) : found.start]
        at = max((lead.rfind(word) for word in _LOSS), default=-1)
        tail = text[found.end : found.end + 12]
        follows = -1
        if at < 0 or any(c in STOPS for c in lead[at:]) or any(c in "0123456789" for c in lead[at:]):
            at = -1
            follows = min((p for p in (tail.find(word) for word in _LOSS) if p >= 0), default=-1)
            if follows < 0 or not tail.startswith(("元", "余元", "多元", "块")):
                continue
        unit = _unit_at(text, found.end, _YUAN)
        bare = (
            unit is None
            and text[found.end - 1 : found.end] in ("万", "亿", "余", "多")
            and ("万" in text[found.core : found.end] or "亿" in text[found.core : found.end])
        )
        if unit is None and not bare:
            continue
        end = unit[1] if unit else found.end
        begin = found.start - len(lead) + at if at >= 0 else found.start
        told, stop = after_unit(text, end)
        if stop - begin > SAID_AT_MOST:
            begin = found.start
        stop = min(stop, begin + SAID_AT_MOST)
        yuan = found.quantity("", after=told)
        scale = unit[0] if unit and unit[0] >= 1 else 0.0001
        high = None if yuan.high is None else yuan.high * scale
        last = Settled(Quantity(yuan.low * scale, high, note.quote(begin, stop)), begin, stop)
    if last is None:
        for word in _LOSS:
            at = text.find(word)
            if at >= 0:
                for words in _UNKNOWN:
                    where = text.find(words, at, at + 14)
                    if where >= 0:
                        stop = min(where + len(words), at + SAID_AT_MOST)
                        return Settled(unknown(note.quote(at, stop)), at, stop)
                break
    return last


def _magnitude(note: Note, numbers: Sequence[Found]) -> Settled | None:
    text = note.plain
    if "震" not in text and "里氏" not in text:
        return None
    for found in numbers:
        value, end = found.low, found.end
        if text.startswith("点", end):
            value, end = _spoken_decimals(text, value, end)
        if not 0 < value < 10:
            continue
        lead, tail = text[max(0, found.start - 4) : found.start], text[end : end + 9]
        named = lead.endswith(("里氏", "震级", "震级为", "M", "Ms", "震级约"))
        graded = tail.startswith("级")
        shakes = "地震" in tail or ("余震" not in tail and "震" in tail)
        if (graded and (named or shakes)) or (named and not tail.startswith("级以")):
            stop = end + 1 if graded else end
            return Settled(Quantity(value, value, note.quote(found.start, stop)), found.start, stop)
    return None


def _spoken_decimals(text: str, whole: Number, end: int) -> tuple[Number, int]:
    """六点一: the digits behind the point, as they are spoken."""
    stop, digits = end + 1, ""
    while stop - end < 4 and text[stop : stop + 1] in _SPOKEN:
        digits += str(_SPOKEN.index(text[stop]))
        stop += 1
    return (float(f"{int(whole)}.{digits}"), stop) if digits else (whole, end)
