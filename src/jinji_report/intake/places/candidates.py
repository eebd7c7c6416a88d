"""What a stretch of the note offers as the place, and how much speaks for it."""

from bisect import bisect_left
from collections.abc import Sequence

from jinji_report.intake.lexicon import Hit
from jinji_report.intake.patterns import pattern
from jinji_report.intake.places.barred import (
    ADVERB,
    BARE,
    CREWS,
    DIRECTED,
    DOORS,
    GO,
    GOING,
    HOSPITALS,
    NAMED_SO,
    NO_NAME,
    NO_PLACE,
    NO_SPOT,
    OFFICE_AFTER,
    OFFICIALS,
    PAST_OR_MOVED,
    PEOPLE_OF,
    POINTING,
    SPEAKS,
    TAKEN,
    TREATED,
    UNIT,
    Edges,
)
from jinji_report.intake.places.closing import closed
from jinji_report.intake.places.divisions import division, divisions
from jinji_report.intake.places.endings import Ends, outside
from jinji_report.intake.places.leads import BONUS, LEAD, WE_LASTS, away, landfall, lands, ours, stripped
from jinji_report.intake.places.pieces import Piece
from jinji_report.intake.places.words import CLASS, DIVISION, KNOWN, LOOSE, NOT_BEFORE, SITE, SPOT
from jinji_report.intake.scan import Scan

_LONGEST = 48
_AFTER_COLON = 1.5
_CALLED = 2.0  # what it speaks for a place that the standards know it
_COUNTS = pattern(
    r"约?\d+(?:分钟|小时|天|多分钟)后|[一二两三四五六七八九十百几数多\d]+(?:[个名人位例条趟架艘]|号(?:人|[^，,。；\d]{1,3}的)|[楼层](?!\d+[室号])(?![^，,。；]*(?:厂|公司|店|医院|学校)))"
)
_NO_SPOT = pattern(r"20\d{6}(?!\d)|[12]\d{3}年|在建|[^到]{2,6}到(?:[省市县区镇乡]委?)?政府")
"""20260305-01, the number of a note; 老兵到县政府, who went where; 在建桥梁, what kind of thing."""
_PERSONS = pattern(
    r"[一二两三四五六七八九十百千几数多0-9.,]+[多余来几]?(?:[名人位具口]|个(?:人|男|女|孩|老|工|学生|民))"
)
_ASHORE = 3.0  # what 从…登陆 speaks for a place
DEEPEST = 160  # no place lies deeper in a stretch without punctuation
_HAPPENS = 2.5  # what the event right behind it speaks for a place at most
DIVIDED = DIVISION + 1.0  # what a division at its head adds at most
_NAMED = 3.0  # what a name without any word of place gets at most
_NUMBERS = frozenset("一二两三四五六七八九十几数多0123456789")
_ABOVE_OR_BELOW = frozenset("学课班网午面车船山岸来去了起工雨雪着楼田地水到过游头边层")
_GENERIC = frozenset(("小区", "社区", "街道", "村委会", "居委会", "北纬", "东经"))
_QUAKE = pattern(r"(?:里氏)?\d[\d.]*级")
_MANY = Edges(("多县", "多地", "多市", "多区", "多省", "各地", "各县", "多镇", "多个乡镇", "多个县"))
_OPENERS = DIRECTED.firsts | PAST_OR_MOVED.firsts | POINTING.firsts
_CLOSERS = DOORS.lasts | PEOPLE_OF.lasts | CREWS.lasts | HOSPITALS.lasts | _MANY.lasts
_CUT_OFF = pattern(
    "(?:已经?|都|也|就|全)*(?:停止|停了|暂停|关闭|关停|关了|切断|启用|切换|改).{0,3}?(?:取水|供水|水源|进水)"
)
"""铁力市水厂已经停止取水: what is done downstream of where it happened."""
_CUT_FIRSTS = frozenset("已都也就全停暂关切启改")
_CLOSED = frozenset("厂店馆站楼院房矿号层室库校司")
_GRAMMAR = frozenset(
    "的了在又正已有是被把给让就都还也从向对与和及因突疑着过得叫起到来去没不无未说称报其该此这那里下上一等约共"
)


_Spot = tuple[int, int, str, int]
"""A word of place: where it stands, the word, and what it names."""


class Found:
    """A candidate: where it stands in the plain text, and how much speaks for it."""

    __slots__ = ("end", "score", "start")

    def __init__(self, start: int, end: int, score: float) -> None:
        self.start = start
        self.end = end
        self.score = score


class Chart:
    """The words of place of a note and the points where its event begins, ready for every stretch."""

    __slots__ = ("_ends", "_known", "_lands", "_scan", "_spots", "_text")

    def __init__(self, scan: Scan, known: Sequence[Hit], reach: int) -> None:
        """`known`: where the note names places of the standards; `reach`: nothing behind it is looked at."""
        self._scan = scan
        self._text = text = scan.text
        self._known = known
        self._ends = Ends(scan, known)
        spots: list[_Spot] = []
        done = 0
        for begin, finish, word in outside(scan.longest[SPOT], known) if known else scan.hits[SPOT]:
            if begin < done:
                continue  # inside the longest word
            if begin >= reach:
                break
            done = finish
            barring = NOT_BEFORE.get(word)
            if barring is None or text[finish : finish + 1] not in barring or finish == len(text):
                spots.append((begin, finish, word, CLASS[word]))
        if known:
            spots += [(begin, finish, word, KNOWN) for begin, finish, word in known]
            spots.sort()
        self._spots = spots
        self._lands = lands(text)

    def most(self, parts: Sequence[Piece]) -> list[float]:
        """What a candidate of each stretch may get, with no division at its head and its place in the note left aside."""
        text, spots, known = self._text, self._spots, self._known
        leads = self._scan.hits[LEAD]
        colon = ":" in text
        found = []
        last, count = 0, len(spots)
        for start, stop, _ in parts:
            end = stop if stop - start <= DEEPEST else start + DEEPEST
            first = last  # one stretch follows the other
            while first < count and spots[first][0] < start:
                first += 1
            last = first
            while last < count and spots[last][0] < end:
                last += 1
            if first == last:
                most = _NAMED
            elif first + 1 == last:
                most = spots[first][3] + _HAPPENS
            else:
                kinds = {spot[3] for spot in spots[first:last]}
                most = sum(kinds) + 0.7 * (last - first - len(kinds)) + _HAPPENS
            lead = _ASHORE if self._lands else 0.0
            if leads:
                for _, _, word in self._scan.within(LEAD, start, end):
                    if BONUS[word] > lead:
                        lead = BONUS[word]
            if colon and lead < _AFTER_COLON and text.find(":", start, end) >= 0:
                lead = _AFTER_COLON
            if known and any(start <= begin < end for begin, _, _ in known):
                most += _CALLED
            found.append(most + lead)
        return found

    def opens_with_a_division(self, piece: Piece) -> bool:
        """The name of a province, city or county may open it, or what follows a word that leads to it."""
        text, (start, stop, _) = self._text, piece
        end = min(stop, start + DEEPEST)
        if self._lands or text.find(":", start, end) >= 0:
            return True
        heads = [start]
        if self._scan.hits[LEAD]:
            heads += [finish for _, finish, _ in self._scan.within(LEAD, start, end)]
        for head in heads:  # noqa: SIM110
            if division(text, stripped(text, head, end), end) > head:
                return True
        return False

    def candidates(self, piece: Piece, opening: bool) -> list[Found]:
        """Its head, and what follows each word that leads to a place; `opening`: the note begins with it."""
        text, (start, stop, _) = self._text, piece
        end = min(stop, start + DEEPEST)
        begins = [(start, 0.0)]
        ashore = landfall(text, start, end) if self._lands else -1
        if ashore >= 0:
            begins.append((ashore, _ASHORE))
        if self._scan.hits[LEAD]:
            begins += [
                (finish, BONUS[word])
                for _, finish, word in self._scan.within(LEAD, start, end)
                if BONUS[word] and not self._inside(start, finish, word)
            ]
        if self._known:
            begins += [(begin, _CALLED) for begin, _, _ in self._known if start <= begin < end]
        colon = text.rfind(":", start, end)
        if colon > start and not text[colon - 1].isdigit():
            begins.append((colon + 1, _AFTER_COLON))
        found = []
        for begin, bonus in begins:
            one = self._candidate(start, begin, end, bonus, opening and begin == start)
            if one is not None:
                found.append(one)
        return found

    def ends(self, found: Found) -> list[int]:
        """Where roads and sites end in `found`, the last one first."""
        spots = self._spots
        spots = spots[bisect_left(spots, (found.start,)) : bisect_left(spots, (found.end,))]
        return [spot[1] for spot in reversed(spots) if spot[3] != DIVISION]

    def _inside(self, start: int, finish: int, word: str) -> bool:
        """The 在 of 正在 leads nowhere."""
        if len(word) > 1:
            return False
        return any(
            not BONUS[w] and b < finish <= f
            for b, f, w in self._scan.within(LEAD, max(0, finish - 6), finish + 2)
        )

    def _candidate(self, piece: int, start: int, end: int, bonus: float, opening: bool) -> Found | None:
        text = self._text
        start = stripped(text, away(text, start, end), end)
        if start >= end:
            return None
        if text[start] in GOING.firsts and GOING.open(text, start):
            return None
        if (
            start
            and bonus < _ASHORE
            and text[start - 1] in TAKEN.lasts
            and TAKEN.close(text, max(piece - 1, start - 4, 0), start)
        ):
            return None
        area = divisions(text, start, end)
        stop = self._ends.first(start, end, area)
        happens = stop < end
        if stop - start > _LONGEST:
            stop = start + _LONGEST
        last, score, named = self._weighed(start, stop)
        if area > start:
            alone = last <= area
            last, score = max(last, area), DIVISION if alone else score + (1 if named else DIVISION)
            if area - start > 3:
                score += 1
            if text.startswith("开", area):  # 济南开广州的T179: where a train runs
                score -= 6
        if start and text[start - 1] in WE_LASTS and ours(text, start, last):
            return None
        if last > start:
            return self._judged(start, last, stop, end, score + bonus, happens)
        return self._named(start, stop, end, bonus, opening, happens)

    def _weighed(self, start: int, stop: int) -> tuple[int, float, bool]:
        """The end of the last word of place in `start`..`stop`, what the words weigh, and if one names a division."""
        text = self._text
        spots = self._spots
        last, score, seen = start, 0.0, 0
        alone = True
        for begin, finish, word, kind in spots[bisect_left(spots, (start,)) : bisect_left(spots, (stop,))]:
            if finish > stop or (
                len(word) == 1 and (begin == start or (word in LOOSE and not _firm(text, start, begin)))
            ):
                continue
            if begin == start and (kind == SITE or word in _GENERIC):
                score -= 1.5  # 养老院里头: what kind of spot, not which
            alone = last == start and len(word) == 1 and kind == SITE
            if seen & (1 << kind):
                score += 0.7
            else:
                seen |= 1 << kind
                score += kind
            last = finish
        return last, score - 1.5 if alone and last > start else score, bool(seen & (1 << DIVISION))

    def _judged(self, start: int, last: int, stop: int, end: int, score: float, happens: bool) -> Found:
        text, scan = self._text, self._scan
        last = closed(text, start, last, stop)
        if last < stop and text[start:last] not in BARE:
            last = self._goes_on(last, stop)
        size = last - start
        phrase = text[start:last]
        follows = text[last : last + 1]
        opens, closes = text[start] in _OPENERS, text[last - 1] in _CLOSERS
        hits = scan.hits
        if (
            size < 2
            or text[last - 1] == "的"
            or (follows in OFFICE_AFTER.firsts and OFFICE_AFTER.open(text, last))
            or (
                hits[UNIT] and scan.any(UNIT, start, last) and not (closes and DOORS.close(text, start, last))
            )
        ):
            score -= 6
        if (
            (hits[NO_PLACE] and scan.any(NO_PLACE, start, last))
            or (opens and DIRECTED.open(text, start) and NAMED_SO.match(text, start) is None)
            or (size <= 8 and phrase in BARE)
        ):
            score -= 8
        if (
            (opens and PAST_OR_MOVED.open(text, start))
            or (follows in PEOPLE_OF.firsts and PEOPLE_OF.open(text, last))
            or (closes and PEOPLE_OF.close(text, start, last))
            or ("长" in phrase and OFFICIALS.search(text, start, last) is not None)
            or _NO_SPOT.match(text, start, last) is not None
            or (closes and CREWS.close(text, start, last) and GO.open(text, last))
            or (follows in _CUT_FIRSTS and _CUT_OFF.match(text, last) is not None)
        ):
            score -= 12
        if "着" in phrase and "往" in phrase:
            score -= 6  # 黑水顺着依吉密河往呼兰河走
        if "了" in text[start + 1 : last - 1] or "到处" in phrase:
            score -= 4
        within = text.find("在", start + 1, last)
        if within > 0 and text[within + 1] != "建" and text[within - 1] != "所":
            score -= 3
        if (hits[SPEAKS] and scan.any(SPEAKS, last, end)) or (
            text.startswith(("报", "来电", "上报"), last) and end - last <= 2
        ):
            score -= 4
        if size < 3:
            score -= 1.5
        if opens and POINTING.open(text, start):
            score -= 4
        if (text[start] in _NUMBERS or text[start] == "约") and _COUNTS.match(text, start) is not None:
            score -= 6
        if closes and HOSPITALS.close(text, start, last) and TREATED.open(text, last):
            score -= 6
        if text.startswith(("发生", "突发"), last) or _QUAKE.match(text, last) is not None:
            score += 1
        if closes and _MANY.close(text, start, last):
            score -= 4
        return Found(start, last, score + (1.5 if happens or last == end else 0))

    def _goes_on(self, last: int, stop: int) -> int:
        """涪陵水域搬针沱, 佛山顺德乐从: behind a division or a water a bare name still tells the spot."""
        text, scan = self._text, self._scan
        if text[last - 1] in _CLOSED or OFFICE_AFTER.open(text, last) or GO.open(text, last):
            return last
        stop = scan.told_from(last, stop)
        from_name = last
        if text[last] in "上下" and text[last + 1 : last + 2] not in _ABOVE_OR_BELOW:
            from_name += 1  # 同心下马关
        told_of = text.find("的", last, stop)
        if told_of >= 0:
            stop = told_of
        if (
            2 <= stop - last <= 7
            and _plain(text, from_name, stop)
            and not scan.any(NO_PLACE, last, stop)
            and ADVERB.search(text, last, stop) is None
        ):
            return stop
        return last

    def _named(
        self, start: int, stop: int, end: int, bonus: float, opening: bool, happens: bool
    ) -> Found | None:
        """A phrase without any word of place: only a name that opens the note, or that something happens to."""
        text, scan = self._text, self._scan
        size = stop - start
        if PAST_OR_MOVED.open(text, start):
            return None
        if not 2 <= size <= 14 or scan.any(NO_PLACE, start, stop) or scan.any(UNIT, start, stop):
            return None
        if (
            opening
            and size >= 3
            and (happens or text[end : end + 1] not in "，, 。")
            and _plain(text, start, stop)
            and text[stop - 1] != "族"
            and NO_NAME.search(text, start, stop) is None
        ):
            # 莱德商厦下午起火: the note opens with a name, whatever its kind
            return Found(start, stop, 0.5 + bonus)
        if (
            happens
            and size <= 6
            and _chinese(text, start, stop)
            and NO_SPOT.search(text, start, stop) is None
        ):
            counted = text[stop] in _NUMBERS and _PERSONS.match(text, stop) is None
            shown = counted or text.startswith(
                ("发生", "突发", "这边", "那边", "登陆", "这雪", "这场", "下"), stop
            )
            return Found(start, stop, (3.0 if shown and text[start] not in _NUMBERS else -2.0) + bonus)
        return None


def _plain(text: str, start: int, stop: int) -> bool:
    """Nothing but the characters of a name: no digits, no words of grammar."""
    return all("一" <= c <= "鿿" and c not in _GRAMMAR and c not in _NUMBERS for c in text[start:stop])


def _chinese(text: str, start: int, stop: int) -> bool:
    return all("一" <= c <= "鿿" for c in text[start:stop])


def _firm(text: str, start: int, begin: int) -> bool:
    """A loose word of one character (内 里 处 口 号 …) counts behind a name or a number, not inside other words."""
    char, before, after = text[begin], text[begin - 1], text[begin + 1 : begin + 2]
    if char in "号期座":
        return before in "0123456789一二三四五六七八九十" and after != "称"
    if char == "处":
        return before not in "那这多各几哪何到" and begin - start >= 2
    if char in "弄度分":
        return before.isdigit()
    if char == "米":
        return before.isdigit() and (after in "处左附" or not after)
    if char == "层":
        return before in "0123456789一二三四五六七八九十"
    if char == "院":
        return before not in "出住入转送"
    if char == "口":
        return before not in "人户足伤胃借" and begin - start >= 2
    if char == "家":
        return (
            (after not in "人属庄具长里电" or not after)
            and begin - start >= 3
            and before not in "一两三几0123456789"
        )
    return begin - start >= 2
