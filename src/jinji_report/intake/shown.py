"""The reading's work shown: where each value stands in the note as it came, and what no value used.

Stretches are [start, end) in raw characters. A value that was put together has one for each of its
pieces; one that rests on nothing in the note (an officer's own) has none.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from jinji_report.intake.lexicon import listed
from jinji_report.intake.patterns import pattern
from jinji_report.intake.reading import Reading
from jinji_report.intake.text import masked
from jinji_report.model.facts import MOMENTS
from jinji_report.quantity import Quantity

Stretch = tuple[int, int]
Stretches = tuple[Stretch, ...]

_FIELDS = ("category", "occurred", "place", "source")
_MARKS = r"\s，,。．.；;：:！!？?、（）()【】\[\]“”\"'‘’…~～—–-"
_PIECE = pattern(f"[^{_MARKS}](?:[^\\s，,。；;：:！!？?、（）()]*[^{_MARKS}])?")
# What joins the values and tells nothing by itself.
_JOINS = listed(
    """
    造成 导致 致使 致 发生 出现 目前 现在 现场 据报告 据报 据悉 据了解 据初步 初步 统计 核实 确认
    已经 已 正在 其中 另外 另 此外 同时 共计 共有 累计 合计 共 报告 报称 来电 电话 称 反映 汇报 情况
    事故 事件 事发 人员 群众 一起 一名 一人 人 名 有 约 大约 大概 左右 许 时 后头 后来 里头 前头
    上头 后边 刚才 刚刚 刚 我们 我 这里是 这里 这边 这 那边 那 您好 你好 喂 领导 值班室 请 知悉 谢谢
    续报 首报 速报 快报 更正 为 是 的 了 着 过 在 于 从 由 被 把 将 对 向 往 到 和 及 与 并 且 也 还
    又 都 均 就 等 后 前 中 内 里 上 下 啊 呢 吧 哦 嗯 哈 个 一 各位 仍 尚 所有 全部
    """
)
_FILLER = pattern(f"(?:(?=[{''.join(sorted({word[0] for word in _JOINS}))}])(?:{'|'.join(_JOINS)}))+")
_LEAST_ALONE = 2  # characters that say something, of a clause without any value
_LEAST_BESIDE = 3  # the same beside a value
_GAP = pattern("\0" * _LEAST_ALONE + "+")
_MOST_UNUSED = 40
_MOST_TRIES = 4  # pieces that are looked for between signs that cannot be printed


class Shown:
    """The stretches of each value by what it is, and those of the note that no value used."""

    __slots__ = ("fields", "measures", "moments", "tags", "unused")

    def __init__(self) -> None:
        self.fields: dict[str, Stretches] = {}
        self.measures: dict[str, Stretches] = {}
        self.moments: dict[str, Stretches] = {}
        self.tags: dict[str, Stretches] = {}
        self.unused: Stretches = ()


def shown(reading: Reading) -> Shown:
    """Where everything in `reading.facts` was read."""
    raw, facts, found = reading.note.raw, reading.facts, Shown()
    counted: dict[str, list[Stretch]] = {}
    for field, start, end, name in reading.places:
        if field == "tag":
            found.tags[name] = ((start, end),)
        elif field in _FIELDS:
            found.fields.setdefault(field, ((start, end),))
        elif field in MOMENTS:
            found.moments.setdefault(field, ((start, end),))
        else:
            counted.setdefault(field, []).append((start, end))
    for measures in (facts.measures, reading.increments):
        for name, quantity in measures.items():
            found.measures[name] = _counted(raw, quantity, counted.get(name, ()))
    _source(reading, found)
    for name in ("cause", "actions", "leaders"):
        words = getattr(facts, name)
        if words:
            found.fields[name] = _clauses(raw, words)
    found.unused = _unused(reading, found)
    return found


def _source(reading: Reading, found: Shown) -> None:
    """The caller's name, and his number where it stands apart."""
    raw, phone, told = reading.note.raw, reading.facts.source.phone, found.fields.get("source", ())
    at = raw.find(phone) if phone else -1
    if phone and at >= 0 and not any(start <= at < end for start, end in told):
        found.fields["source"] = (*told, (at, at + len(phone)))


def _counted(raw: str, quantity: Quantity, told: Sequence[Stretch]) -> Stretches:
    """The words of a figure; a sum (当场2死,送医不治3死) stands in several places."""
    for start, end in told:
        if quantity.said in raw[start:end]:
            return ((start, end),)
    pieces = _pieces(raw, quantity.said.split("、"), told[0][0] if told else 0)
    return pieces or tuple(told[:1])


def _clauses(raw: str, words: str) -> Stretches:
    """Clauses of the note that were joined; those that follow one another are one stretch again."""
    joined: list[Stretch] = []
    for start, end in _pieces(raw, words.split("，"), 0):
        if joined and joined[-1][1] <= start and not raw[joined[-1][1] : start].strip("，, "):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _pieces(raw: str, pieces: Iterable[str], start: int) -> Stretches:
    """Where each of `pieces` stands, the next one behind the last if it can be."""
    found: list[Stretch] = []
    tries = _MOST_TRIES
    for piece in pieces:
        if not piece:
            continue
        at = raw.find(piece, start)
        if at < 0:
            at = raw.find(piece, 0, start)
        end = at + len(piece)
        if at < 0 and tries:
            at, end = _between_signs(raw, piece)
            tries -= 1
        if at >= 0:
            start = end
            found.append((at, end))
    return tuple(found)


def _between_signs(raw: str, piece: str) -> Stretch:
    """Where `piece` stands in a note that has signs inside it which cannot be printed, and were not quoted."""
    if raw.isprintable():
        return -1, -1
    printed = [at for at, char in enumerate(raw) if char.isprintable()]
    first = "".join([raw[at] for at in printed]).find(piece)
    return (-1, -1) if first < 0 else (printed[first], printed[first + len(piece) - 1] + 1)


def _unused(reading: Reading, found: Shown) -> Stretches:
    """What is left beside the values: words that the officer may want to read again."""
    note, size = reading.note, len(reading.note.raw)
    groups = (found.fields, found.measures, found.moments, found.tags)
    told = chain.from_iterable([stretches for group in groups for stretches in group.values()])
    clocks = [note.span(start, end) for start, end in reading.clocks] if note.moved else reading.clocks
    heads = [(head.start, head.end) for head in note.heads]
    taken = masked(size, chain(told, clocks, heads))
    # A clause of the course that holds a value tells the event; one without stands there word for word only.
    clauses = _pieces(note.raw, reading.facts.course.split("，"), 0)
    for start, end in [clause for clause in clauses if taken.find(1, *clause) >= 0]:
        taken[start:end] = b"\1" * (end - start)
    left: list[Stretch] = []
    for gap in _GAP.finditer(taken.decode("ascii"), 0, size):
        left += _words(note.raw, *gap.span())
        if len(left) >= _MOST_UNUSED:
            break
    return tuple(left[:_MOST_UNUSED])


def _words(raw: str, start: int, end: int) -> list[Stretch]:
    """The pieces of `raw[start:end]` that say something, without the filler at their head."""
    found = []
    for match in _PIECE.finditer(raw, start, end):
        first, last = match.span()
        beside = (first > 0 and first == start) or (last < len(raw) and last == end)
        least = _LEAST_BESIDE if beside else _LEAST_ALONE
        if last - first < least:
            continue
        piece = match[0]
        if sum(map(str.isalnum, _FILLER.sub("", piece))) < least:
            continue
        head = _FILLER.match(piece)
        found.append((first + head.end() if head is not None else first, last))
    return found
