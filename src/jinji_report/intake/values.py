"""Single values as an officer types them at the prompt: a quantity, a time.

They are read with the grammar of the notes; what cannot be understood is a ValueError with one
Chinese sentence for the screen.
"""

from datetime import datetime

from jinji_report.intake.lexicon import lexicon
from jinji_report.intake.numerals import after_unit, numbers
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Note
from jinji_report.intake.times import times
from jinji_report.model.facts import Occurred
from jinji_report.quantity import Quantity, exactly, unknown

_NONE = ("无", "没有", "没", "零", "无人", "没人", "没有人", "暂无")
_OPEN = (
    "不详",
    "不明",
    "未知",
    "不清楚",
    "不知道",
    "待核",
    "待查",
    "正在核实",
    "正在统计",
    "统计中",
    "核实中",
    "?",
    "？",
    "情况不明",
    "人数不详",
)
_UNITS = (
    "人",
    "名",
    "个",
    "位",
    "例",
    "万元",
    "亿元",
    "万",
    "亿",
    "元",
    "公顷",
    "亩",
    "平方米",
    "级",
    "分钟",
    "小时",
    "吨",
    "间",
    "户",
)


def parse_quantity(text: str) -> Quantity:
    """`3`, `十余人`, `至少5人`, `3-5`, `不详`, `无` → the range. The unit is the measure's own.

    Raises ValueError with a Chinese sentence.
    """
    note = Note(text)
    plain = note.plain.strip()
    said = note.quote(0, len(note.plain)).strip()[:16]
    if plain in _NONE:
        return exactly(0, said)
    if plain in _OPEN:
        return unknown(said)
    found = numbers(plain)
    if len(found) != 1 or plain[: found[0].start].strip("共计有是 ") or "-" in plain[: found[0].core]:
        raise ValueError(f"看不懂数量“{said}”，可以填 3、3-5、十余人、至少5人、不详、无。")
    one = found[0]
    end = one.end
    for unit in _UNITS:
        if plain.startswith(unit, end):
            end += len(unit)
            break
    after, end = after_unit(plain, end)
    if plain[end:].strip(" 。"):
        raise ValueError(f"看不懂数量“{said}”，可以填 3、3-5、十余人、至少5人、不详、无。")
    return one.quantity(said, after=after)


def parse_when(text: str, now: datetime) -> Occurred:
    """`昨晚11点半`, `2026-03-05 01:20` → when it happened, past-preferring against `now`.

    Raises ValueError with a Chinese sentence.
    """
    note = Note(text)
    said = note.quote(0, len(note.plain)).strip()[:24]
    found = times(Scan(note, lexicon(text=note.plain)), now)
    if len(found) != 1 or note.plain[: found[0].start].strip() or note.plain[found[0].end :].strip(" 。"):
        raise ValueError(f"看不懂时间“{said}”，可以填 昨晚11点半、3月5日1时20分、2026-03-05 01:20。")
    one = found[0]
    if one.impossible:
        raise ValueError(f"没有“{said}”这个时间，请核对。")
    if one.future:
        raise ValueError(f"时间“{said}”晚于现在，请核对。")
    if one.ancient:
        raise ValueError(f"时间“{said}”早于1949年，请核对。")
    return Occurred(one.at, one.precision, until=one.until, said=said)
