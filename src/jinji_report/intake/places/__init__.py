"""The place: the most specific run of place words, a verbatim piece of the note.

The note is parted at punctuation, at the times told in it and at words that lead to a place
(在、位于、行至). In each piece what stands before the first word of the event is a candidate, cut
behind its last place word. Where people were taken, and who came from where, are no places of
the incident.
"""

from collections.abc import Sequence

from jinji_report.intake.lexicon import Hit, listed
from jinji_report.intake.patterns import pattern
from jinji_report.intake.places.candidates import DEEPEST, DIVIDED, Chart, Found
from jinji_report.intake.places.closing import continued
from jinji_report.intake.places.pieces import Piece, pieces
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Mask
from jinji_report.intake.times.telling import NO_WIRE, WIRE

__all__ = ["Found", "place"]

_MOST = 64  # pieces that are looked at
_EARLY = tuple(3.0 - min(index, 8) * 0.6 for index in range(_MOST))  # what it adds to be told early
_ENOUGH = 2.0
_NUMBER = pattern(r"[Kk]?\d+")
_SURE = 5.0  # without what its place in the note adds
_SAYS = ("说", "称", "宣布", "证实", "通报", "表示", "发布", "透露", "介绍", "公布", "消息称")
_BEHIND_A_TELLER = frozenset(word[0] for word in (*WIRE, *_SAYS))
_CORRECTED = ("不是，", "不是,", "不对，", "不对,", "说错了，", "搞错了，", "更正:", "更正，")
_CORRECTED_LASTS = frozenset(word[-2] for word in _CORRECTED)
_OFFICES = listed(
    "局 委 政府 派出所 支队 大队 中队 总队 中心 办 办公室 办事处 值班室 村委会 居委会 管委会 消防队 "
    "消防站 救援站 电视台"
)
_WORKS = listed("矿 厂 学校 小学 中学 幼儿园 敬老院 养老院 监狱 项目部 工地 加油站 电站")
"""Who of these reports is where it happened (红沟煤矿报)."""
_WIDER = listed(
    "公里 公里处 路 街 大道 高速 段 路段 镇 乡 村 国道 省道 线 小区 县 米处 方向 街道 外头 外海 海上 境内"
)


def place(
    scan: Scan,
    times: Sequence[tuple[int, int]],
    skipped: Mask,
    title_end: int = 0,
    caller: tuple[int, int] | None = None,
    known: Sequence[Hit] = (),
) -> Found | None:
    """The best candidate of the note, or None where no place was told.

    A headline (before `title_end`) counts less, and so does where the `caller` is: that is not yet
    where it happened. `known`: where the note names places of the standards.
    """
    text = scan.text
    parts = pieces(text, times, _MOST)
    if not parts:
        return None
    chart = Chart(scan, known, parts[-1][0] + DEEPEST)
    wired = [at for at, end in times if text[end : end + 1] in _BEHIND_A_TELLER and _wires(text, end)]
    # The most promising stretch first: the others need only be read where they may still win.
    ranked = sorted(_ranked(text, chart, parts, skipped, title_end, wired))
    best: Found | None = None
    where = -1
    for most, number, bonus, opening in ranked:
        if best is not None and -most + DIVIDED < best.score:
            break
        if best is not None and -most < best.score and not chart.opens_with_a_division(parts[number]):
            continue
        for found in chart.candidates(parts[number], opening):
            found.score += bonus
            if caller is not None and found.start < caller[1] and caller[0] < found.end:
                if text.endswith(_WORKS, found.start, found.end):
                    found.score += 3
                else:
                    found.score -= 20 if text.endswith(_OFFICES, found.start, found.end) else 3
            if best is None or (-found.score, found.start) < (-best.score, best.start):
                best, where = found, number
    if best is None or best.score < _ENOUGH:
        return None
    if title_end:
        best = _more_exactly(chart, text, best, parts)
        where = next(number for number, piece in enumerate(parts) if best.start < piece[1])
    return _with_neighbours(chart, text, best, parts, where, skipped)


def _wires(text: str, at: int) -> bool:
    """中新网青川3月5日电: before the day stands who wires, and from where."""
    if text.startswith(_SAYS, at):
        return True  # 白俄罗斯总检察院12日说
    return text.startswith(WIRE, at) and not text.startswith(NO_WIRE, at)


def _ranked(
    text: str, chart: Chart, parts: list[Piece], skipped: Mask, title_end: int, wired: list[int]
) -> list[tuple[float, int, float, bool]]:
    """For each stretch what its best candidate may get at most, negated, and what of that is for its place in the note."""
    ranked = []
    index = -1
    for number, most in enumerate(chart.most(parts)):
        start, end, after_time = parts[number]
        if start < title_end:
            bonus = -1.0
        else:
            index += 1
            bonus = _EARLY[index]
        if (index > 0 and skipped[start]) or (wired and end in wired):
            continue
        if after_time:
            bonus += 0.5
        if start > 2 and text[start - 2] in _CORRECTED_LASTS and text.endswith(_CORRECTED, 0, start):
            bonus += 4
        ranked.append((-bonus - most, number, bonus, index == 0 and start >= title_end))
    return ranked


def _more_exactly(chart: Chart, text: str, best: Found, parts: list[Piece]) -> Found:
    """News tell the spot twice, and once in full: 兴隆大街, 建邺区兴隆大街80号一民房; 324国道坂头路段, 324国道274公里."""
    for end in chart.ends(best):
        core = text[max(best.start, end - 4) : end]
        numbers = _NUMBER.findall(text, best.start, end - len(core))
        for piece in parts if len(core) > 2 else ():
            at = text.find(core, piece[0], piece[1])
            behind = at + len(core)
            if at < 0 or behind == end:
                continue
            for found in chart.candidates(piece, False):
                size = found.end - found.start
                longer = best.end - best.start + 3 <= size <= 30
                numbered = _NUMBER.match(text, behind, found.end) and not _NUMBER.match(text, end)
                if (
                    (longer or numbered)
                    and found.start <= at
                    and behind <= found.end
                    and found.score > _SURE
                    and all(number in text[found.start : found.end] for number in numbers)
                ):
                    return found
    return best


def _with_neighbours(
    chart: Chart, text: str, best: Found, parts: list[Piece], where: int, skipped: Mask
) -> Found:
    """青河高速212公里,白石北出口: a road or a town and, behind the comma, the spot on it."""
    best.end = continued(text, best.end)
    if text.startswith(("，", ","), best.end) and where + 1 < len(parts) and _leads_on(text, best):
        for found in chart.candidates(parts[where + 1], False):
            if found.start == best.end + 1 and found.score >= 1 and found.end - best.start <= 26:
                return Found(best.start, found.end, best.score)
    if best.start and text[best.start - 1] in "，," and where and not skipped[parts[where - 1][0]]:
        for found in chart.candidates(parts[where - 1], False):
            if (
                found.end == best.start - 1
                and found.score >= 1
                and best.end - found.start <= 26
                and _leads_on(text, found)
            ):
                return Found(found.start, best.end, best.score)
    return best


def _leads_on(text: str, found: Found) -> bool:
    return text.endswith(_WIDER, found.start, found.end)
