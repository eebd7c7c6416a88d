"""Category and tags: which of the pack's words the note bears, weighed.

A word may be several parts joined by "+" (罐车+泄漏): all stand in one sentence. A part "#tag" is
any word of that tag. A hit inside one of the row's `excludes` does not count. Candidates are
ranked with their words; the desk sees them all.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from jinji_report.intake.lexicon import PACK
from jinji_report.intake.lexicon import lexicon as lexicon_of
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Hits, Mask
from jinji_report.standards.rows import Category, Measure, Tag


class Lexicon(Protocol):
    """What the reading needs of the standards."""

    @property
    def categories(self) -> Mapping[str, Category]: ...
    @property
    def tags(self) -> Sequence[Tag]: ...
    @property
    def measures(self) -> Mapping[str, Measure]: ...


Candidate = tuple[str, float, tuple[str, ...]]

_STRONG, _USUAL, _WEAK = 10.0, 4.0, 1.0
_DENIALS = (
    "未发现",
    "未造成",
    "没造成",
    "没有造成",
    "未引发",
    "没有引发",
    "未发生",
    "没有发生",
    "未出现",
    "没有出现",
    "无人",
    "未导致",
    "排除",
    "未见",
    "没有人",
    "没人",
    "没接到",
    "未接到",
)
_NOT = ("未", "没有", "并没", "不会", "没发生")
_CUTS = frozenset("，,。；！？\n0123456789")
_SENTENCE_ENDS = "。；\n"

# Of two kinds of incident in one note the first leads where the note bears one of the words: a
# collision that lets a chemical out is first of all the chemical's incident.
_LEADS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("危险化学品事故", "道路交通事故", ("泄漏", "泄露", "漏", "淌", "喷", "外泄", "流出", "洒")),
    ("水上交通事故", "大风冰雹灾害", ("船", "艇")),
    ("水上交通事故", "溺水", ("船", "艇")),
    ("恐怖袭击", "爆炸事故", ()),
    ("恐怖袭击", "刑事案件", ("恐怖", "自杀式", "自杀性")),
    ("民用航空事故", "火灾", ()),
    ("森林火灾", "火灾", ()),
    ("草原火灾", "火灾", ()),
    ("草原火灾", "森林火灾", ("草原", "草场")),
    ("地震灾害", "坍塌事故", ()),
    ("地震灾害", "地质灾害", ()),
    ("台风灾害", "暴雨灾害", ()),
    ("台风灾害", "大风冰雹灾害", ()),
    ("矿山事故", "坍塌事故", ()),
    ("矿山事故", "爆炸事故", ("井下", "瓦斯", "煤尘")),
    ("矿山事故", "急性中毒", ("井下", "矿")),
    ("地质灾害", "坍塌事故", ("滑坡", "泥石流", "山体")),
    ("踩踏事故", "群体性事件", ()),
    ("矿山事故", "爆炸事故", ("煤矿", "铁矿", "金矿", "煤业", "矿业", "井口", "矿井")),
    ("台风灾害", "地质灾害", ()),
    ("台风灾害", "公用设施中断", ()),
    ("台风灾害", "洪涝灾害", ("登陆",)),
    ("台风灾害", "水上交通事故", ("登陆",)),
    ("暴雨灾害", "公用设施中断", ()),
    ("地震灾害", "公用设施中断", ()),
    ("低温雨雪冰冻灾害", "公用设施中断", ()),
    ("低温雨雪冰冻灾害", "道路交通事故", ("滞留", "封路", "封闭", "堵死")),
    ("环境污染事件", "矿山事故", ("河", "下游", "水源", "取水", "渗漏", "溢流")),
    ("水上交通事故", "环境污染事件", ("碰", "撞", "沉", "搁浅", "翻", "触礁")),
    ("急性中毒", "食物中毒", ("一氧化碳", "煤气", "炭火", "烧炭", "硫化氢")),
    ("火灾", "爆炸事故", ("电池", "电动车", "充电")),
    ("建筑施工事故", "矿山事故", ("隧道", "地铁", "标段", "工程", "引水")),
    ("爆炸事故", "坍塌事故", ("爆炸", "炸了", "闪爆", "爆燃")),
    ("燃气事故", "坍塌事故", ("炸", "爆")),
    ("坍塌事故", "大风冰雹灾害", ("围墙", "楼", "厂房")),
    ("道路交通事故", "溺水", ("车",)),
    ("道路交通事故", "公用设施中断", ("车",)),
    ("特种设备事故", "爆炸事故", ("锅炉", "蒸汽", "压力容器", "气瓶")),
    ("特种设备事故", "公用设施中断", ("锅炉", "电梯")),
    ("刑事案件", "爆炸事故", ("作案", "锁定", "投放", "制造", "蓄意", "故意", "报复")),
    ("刑事案件", "火灾", ("纵火", "放火", "点燃汽油", "泼汽油")),
    ("刑事案件", "道路交通事故", ("故意", "冲撞人群", "撞人群", "报复", "驾车冲撞")),
    (
        "建筑施工事故",
        "城市轨道事故",
        ("施工", "工地", "打桩", "桩机", "盾构", "塔吊", "基坑", "吊装", "掌子面"),
    ),
    ("建筑施工事故", "坍塌事故", ("施工", "工地", "在建", "掌子面", "沟槽", "基坑", "浇筑")),
    ("地质灾害", "洪涝灾害", ("泥石流", "滑坡", "垮山", "山体")),
    ("食物中毒", "急性中毒", ("吃", "餐", "食", "饭")),
    ("铁路交通事故", "道路交通事故", ("脱轨", "道口", "列车", "火车")),
    ("洪涝灾害", "溺水", ("山洪", "洪水")),
    ("洪涝灾害", "暴雨灾害", ("山洪", "洪水", "决口", "溃")),
    ("低温雨雪冰冻灾害", "坍塌事故", ("雪",)),
    ("洪涝灾害", "坍塌事故", ()),
    ("台风灾害", "坍塌事故", ()),
    ("暴雨灾害", "坍塌事故", ()),
    ("大风冰雹灾害", "坍塌事故", ()),
    ("特种设备事故", "极端行为", ("跳楼机",)),
)
_BACKGROUND = frozenset(("网络舆情", "涉外事件", "公用设施中断", "其他"))
_TAKEN = (
    "送",
    "送往",
    "送到",
    "送至",
    "送去",
    "转",
    "转往",
    "转送",
    "转到",
    "转至",
    "拉到",
    "拉去",
    "往",
    "到",
    "在",
    "去",
    "抬到",
    "抬进",
    "进",
    "住进",
    "前往",
    "赶往",
)
_CARE = ("医院", "卫生院", "诊所", "急救中心", "ICU", "急诊", "住院部", "病房", "卫生室", "保健院")
_TREATED = ("抢救", "治疗", "救治", "就医", "就诊", "检查", "观察", "住院", "医治", "途中")


class _Row:
    """One row's words, ready to be counted."""

    __slots__ = ("excludes", "name")

    def __init__(self, name: str, excludes: Sequence[str]) -> None:
        self.name = name
        self.excludes = frozenset(excludes)


class Compiled:
    """The words of one lexicon, indexed once: word → the rows that it speaks for."""

    __slots__ = (
        "_categories",
        "_combined",
        "_parts",
        "_singles",
        "_tag_combined",
        "_tag_roles",
        "_tag_words",
        "_tags",
        "kinds",
        "lexicon",
    )

    def __init__(self, lexicon: Lexicon) -> None:
        self._categories: dict[str, _Row] = {}
        self._singles: dict[str, list[tuple[str, float]]] = {}
        self._combined: list[tuple[str, float, str, tuple[tuple[str, ...], ...]]] = []
        self._parts: dict[str, list[int]] = {}
        self._tags: dict[str, _Row] = {}
        self._tag_roles: dict[str, str] = {}
        self._tag_words: dict[str, list[str]] = {}
        self._tag_combined: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
        tags = {tag.name: tag.words for tag in lexicon.tags}
        for category in lexicon.categories.values():
            self._categories[category.name] = _Row(category.name, category.excludes)
            for weight, words in (
                (_STRONG, category.strong),
                (_USUAL, category.words),
                (_WEAK, category.weak),
            ):
                for word in words:
                    self._put(category.name, weight, word, tags)
        for tag in lexicon.tags:
            self._tags[tag.name] = _Row(tag.name, tag.excludes)
            self._tag_roles[tag.name] = tag.role
            for word in tag.words:
                if "+" in word:
                    parts = tuple((part,) for part in word.split("+") if part)
                    self._tag_combined.append((tag.name, parts))
                    for (part,) in parts:
                        self._parts.setdefault(part, [])
                else:
                    self._tag_words.setdefault(word, []).append(tag.name)
        self.kinds = {category.name: category.kind for category in lexicon.categories.values()}
        everything = {*self._singles, *self._parts, *self._tag_words}
        for row in (*self._categories.values(), *self._tags.values()):
            everything |= row.excludes
        self.lexicon = lexicon_of(everything)

    def _put(self, name: str, weight: float, word: str, tags: Mapping[str, Sequence[str]]) -> None:
        if "+" not in word and not word.startswith("#"):
            self._singles.setdefault(word, []).append((name, weight))
            return
        parts = tuple(
            tuple(tags.get(part[1:], ())) if part.startswith("#") else (part,)
            for part in word.split("+")
            if part
        )
        index = len(self._combined)
        self._combined.append((name, weight, word, parts))
        # the last part is the rarest as a rule: only when it stands in the note are the others looked for
        for part in parts[-1]:
            self._parts.setdefault(part, []).append(index)
        for group in parts[:-1]:
            for part in group:
                self._parts.setdefault(part, [])

    def hits(self, scan: Scan, skipped: Mask) -> Hits:
        return [hit for hit in scan.hits(PACK) if not skipped[hit[0]]]

    # -------------------------------------------------------------- categories

    def candidates(self, text: str, hits: Hits) -> tuple[list[Candidate], dict[str, tuple[int, int]]]:
        """Categories by weight, gravest first, and where the most telling word of each stands."""
        places: dict[str, list[int]] = {}
        for start, _, word in hits:
            places.setdefault(word, []).append(start)
        tally: dict[str, list[tuple[float, int, str]]] = {}
        for word, starts in places.items():
            for name, weight in self._singles.get(word, ()):
                kept = self._outside(text, self._categories[name], word, starts, places)
                if kept is not None:
                    tally.setdefault(name, []).append((weight, kept, word))
        seen: set[int] = set()
        for word in list(places):
            for index in self._parts.get(word, ()):
                if index in seen:
                    continue
                name, weight, whole, parts = self._combined[index]
                at = self._together(text, self._categories[name], parts, places)
                if at is not None:
                    seen.add(index)
                    tally.setdefault(name, []).append((weight, at, whole))
        scores: dict[str, float] = {}
        firsts: dict[str, int] = {}
        shown: dict[str, tuple[int, int]] = {}
        words: dict[str, tuple[str, ...]] = {}
        for name, found in tally.items():
            found.sort(key=lambda one: (-one[0], one[1]))
            scores[name] = _weigh([one[0] for one in found])
            telling = [one for one in found if one[0] >= _USUAL] or found
            firsts[name] = min(_at(text, one) for one in telling)
            shown[name] = self._most_telling(text, found, places)
            words[name] = tuple(dict.fromkeys(one[2] for one in found))
        self._weigh_against(text, scores, firsts)
        ranked = sorted(scores, key=lambda name: (-scores[name], firsts[name]))
        return [(name, round(scores[name], 1), words[name]) for name in ranked if scores[name] > 0], shown

    def _most_telling(
        self, text: str, found: list[tuple[float, int, str]], places: Mapping[str, list[int]]
    ) -> tuple[int, int]:
        """The word to show: of the weightiest the first told; of a substance that leaked the substance (氯气)."""
        weight = found[0][0]
        lead = min((one for one in found if one[0] == weight), key=lambda one: ("#" not in one[2], one[1]))
        whole = lead[2]
        if whole.startswith("#"):
            told = [(at, word) for word in self._tag_parts(whole) for at in places.get(word, ())]
            if told:
                at, word = min(
                    told, key=lambda one: (_in_a_name(text, one[0] + len(one[1])), one[0], -len(one[1]))
                )
                return at, at + len(word)
        shown = max(whole.split("+"), key=len)
        at = text.find(shown, lead[1])
        at = at if at >= 0 else lead[1]
        return at, at + len(shown)

    def _tag_parts(self, whole: str) -> tuple[str, ...]:
        return next((parts[0] for _, _, told, parts in self._combined if told == whole), ())

    def _outside(
        self, text: str, row: _Row, word: str, starts: list[int], places: Mapping[str, list[int]]
    ) -> int | None:
        """The first place of `word` that lies in none of the row's excluded phrases."""
        covered = _covered(word, row.excludes, places)
        for start in starts:
            if start not in covered and not _denied(text, start):
                return start
        return None

    def _together(
        self, text: str, row: _Row, parts: Sequence[Sequence[str]], places: Mapping[str, list[int]]
    ) -> int | None:
        """Where parts stand in one sentence; the earliest start of theirs."""
        groups: list[list[tuple[int, int]]] = []
        for alternatives in parts:
            spots = []
            for word in alternatives:
                starts = places.get(word)
                if starts is None:
                    continue
                covered = _covered(word, row.excludes, places)
                spots += [(s, s + len(word)) for s in starts if s not in covered]
            if not spots:
                return None
            groups.append(spots[:12])
        for first in groups[0]:
            low = max(text.rfind(end, 0, first[0]) for end in _SENTENCE_ENDS)
            highs = [at for at in (text.find(end, first[1]) for end in _SENTENCE_ENDS) if at >= 0]
            high = min(highs, default=len(text))
            rest = [
                [s for s in group if low < s[0] and s[1] <= high and (s[0] >= first[1] or s[1] <= first[0])]
                for group in groups[1:]
            ]
            if all(rest):
                return min(first[0], *(min(s[0] for s in group) for group in rest)) if rest else first[0]
        return None

    def _weigh_against(self, text: str, scores: dict[str, float], firsts: Mapping[str, int]) -> None:
        """Who comes first in the note, and who leads whom."""
        told = [name for name in scores if scores[name] >= _USUAL]
        if told:
            first = min(told, key=lambda name: firsts[name])
            scores[first] += 2
        strong = [name for name in scores if scores[name] >= _STRONG]
        if any(name not in _BACKGROUND for name in strong):
            for name in _BACKGROUND:
                if name in scores:
                    scores[name] *= 0.4
        for leader, follower, words in _LEADS:
            if follower not in scores or not _STRONG <= scores.get(leader, 0) <= scores[follower]:
                continue
            if not words or any(word in text for word in words):
                scores[leader] = scores[follower] + 1

    # -------------------------------------------------------------- tags

    def tags(self, text: str, hits: Hits) -> dict[str, tuple[int, int]]:
        """Tag → where its first word stands that is no mere part of a name, in the order in which they were told."""
        places: dict[str, list[int]] = {}
        for start, _, word in hits:
            places.setdefault(word, []).append(start)
        found: dict[str, tuple[int, int]] = {}
        best: dict[str, tuple[bool, int]] = {}
        for word, starts in places.items():
            for name in self._tag_words.get(word, ()):
                row = self._tags[name]
                covered = _covered(word, row.excludes, places)
                for start in starts:
                    end = start + len(word)
                    if start in covered or text.endswith(_NOT, 0, start):
                        continue
                    if self._tag_roles[name] == "scene" and taken_to(text, start, end):
                        continue
                    named = self._tag_roles[name] != "scene" and _in_a_name(text, end)
                    if name not in best or (named, start) < best[name]:
                        best[name], found[name] = (named, start), (start, end)
                    break
        for name, parts in self._tag_combined:
            if name not in found and all(part in places for (part,) in parts):
                at = self._together(text, self._tags[name], parts, places)
                if at is not None and not _denied(text, at):
                    first = next(part for (part,) in parts if at in places[part])
                    found[name] = (at, at + len(first))
        return dict(sorted(found.items(), key=lambda item: item[1]))


def _denied(text: str, start: int) -> bool:
    """未发现人员中毒, 未波及周边: the word is told as what did not happen."""
    lead = text[max(0, start - 8) : start]
    if lead.endswith(_NOT):
        return True
    return any(
        lead.find(word) >= 0 and not any(c in _CUTS for c in lead[lead.find(word) :]) for word in _DENIALS
    )


def _covered(word: str, excludes: frozenset[str], places: Mapping[str, list[int]]) -> set[int]:
    """Where `word` stands inside one of the excluded phrases."""
    found: set[int] = set()
    for phrase in excludes:
        if word in phrase and phrase in places:
            offset = phrase.find(word)
            while offset >= 0:
                found.update(at + offset for at in places[phrase])
                offset = phrase.find(word, offset + 1)
    return found


def _at(text: str, one: tuple[float, int, str]) -> int:
    """Where the last part of a word that may be several stands."""
    last = one[2].split("+")[-1]
    at = text.find(last, one[1]) if not last.startswith("#") else one[1]
    return at if at >= 0 else one[1]


def _in_a_name(text: str, end: int) -> bool:
    """化工 in 化工厂 names a place and tells little of what came out."""
    return text.startswith(("厂", "公司", "园", "企业", "集团", "有限", "路", "大道", "站", "学"), end)


def _weigh(weights: list[float]) -> float:
    """The strongest counts in full, what agrees with it a little."""
    total, strong, usual, weak = 0.0, 0, 0, 0
    for weight in weights:
        if weight == _STRONG:
            total += _STRONG if strong == 0 else 1.5 if strong < 4 else 0
            strong += 1
        elif weight == _USUAL:
            total += (
                (_USUAL if usual == 0 else 1.0 if usual < 4 else 0)
                if not strong
                else (1.0 if usual < 3 else 0)
            )
            usual += 1
        elif weak < 3:
            total += 0.6
            weak += 1
    return total


def taken_to(text: str, start: int, end: int) -> bool:
    """The word stands in a phrase about where people were taken (已送县医院, 在医院抢救): no scene."""
    clause = max((text.rfind(mark, 0, start) for mark in "，,。；！？\n("), default=-1) + 1
    lead = text[max(clause, start - 10) : start]
    tail = text[end : end + 8]
    care = any(word in text[start : end + 4] for word in _CARE)
    if not care:
        return any(
            lead.endswith(word)
            for word in (
                "送",
                "送往",
                "送到",
                "送至",
                "转往",
                "赶往",
                "撤到",
                "转移到",
                "转移至",
                "疏散到",
                "安置到",
                "安置在",
                "疏散至",
            )
        )
    for word in ("送", "转", "拉到", "拉去", "抬到", "前往", "赶往", "往", "分到", "住进", "就近"):
        if word in lead:
            return True
    if any(word in tail for word in _TREATED) and not any(word in tail for word in ("起火", "着火", "发生")):
        return True
    return lead.endswith(("在", "到", "去", "进")) and any(word in text[end : end + 14] for word in _TREATED)


_memo: list[tuple[Lexicon, Compiled]] = []


def compiled(lexicon: Lexicon) -> Compiled:
    """The index of `lexicon`, kept for the next note."""
    for known, ready in _memo:
        if known is lexicon:
            return ready
    ready = Compiled(lexicon)
    _memo[:] = [(lexicon, ready), *_memo[:3]]
    return ready
