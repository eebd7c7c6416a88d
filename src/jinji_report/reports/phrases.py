"""Values as an official text says them: `十余人`, `约150万元`, `3月5日8时许`, `2人死亡、2人受伤`.

An unknown value is being checked (正在核实) and never a zero; an estimate keeps the about-words of
the note, so that it is never read as a count.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from jinji_report.judgement.bounds import bounds
from jinji_report.model.facts import Facts, Occurred, Source
from jinji_report.moments import in_report
from jinji_report.quantity import Number, Quantity
from jinji_report.reports.plain import phrase
from jinji_report.reports.wording import Wording
from jinji_report.standards.rows import Measure, Standards
from jinji_report.vocabulary import OTHER_CATEGORY, Basis, Precision

# ────── figures ───────────────────────────────────────────────────────────────

_NUMERAL = r"(?:[0-9零〇一二两三四五六七八九十百千万亿]|\.(?=[0-9])|几(?!乎)|(?<!人)数)+"
_ABOUT = re.compile(
    r"(?P<before>至少|不少于|不低于|不到|不足|将近|接近|近|超过|超|逾|大约|大概|约|上(?=[百千万]))?"
    rf"(?P<numeral>{_NUMERAL})(?P<more>[余多来])?(?P<scale>[万亿])?"
    r"(?P<unit>[名位个号口]?人|[名位个号口具]|元|亩|公顷|平方米|平方公里|吨|公斤|个?小时|分钟|级|户|间)?"
    r"(?P<after>左右|上下|以上)?"
)
_PLAINER = {
    "将近": "近",
    "接近": "近",
    "超": "超过",
    "逾": "超过",
    "大约": "约",
    "大概": "约",
    "上下": "左右",
}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_YI = 10_000  # 万元 in 1亿元


def amount(quantity: Quantity, measure: Measure) -> str:
    """`3人`, `十余人`, `约150万元`, `至少5人`, `11至19人`: the value with its unit, without the label.

    The words of the note are kept for an estimate, and where the note counted in another unit
    (100亩, which is no round number of 公顷); elsewhere the number itself is said. Not for a wholly
    open quantity.
    """
    low, high, unit = quantity.low, quantity.high, measure.unit
    words = _said_words(quantity, unit)
    if words:
        return words
    if quantity.exact:
        return _number(low, unit)
    if high is None:
        return f"至少{_number(low, unit)}"
    if low == 0:
        return f"不超过{_number(high, unit)}"
    start, end = _number(low, unit), _number(high, unit)
    shared = start.removesuffix(unit)
    return f"{shared}至{end}" if end.endswith(unit) else f"{start}至{end}"


def measure_of(name: str, standards: Standards) -> Measure:
    """The measure `name`; one that these standards do not declare goes by its own name."""
    found = standards.measures.get(name)
    if found is not None:
        return found
    return Measure(
        {
            "id": name,
            "label": phrase(name),
            "unit": "",
            "ask": "",
            "presume": "never",
            "part_of": None,
            "near": 0,
            "words": (),
            "casualty": False,
            "asked_for": (),
        }
    )


def label_of(measure: Measure, *told: Quantity | None) -> str:
    """What the figure is called; who was told to be 失踪 is not called 失联."""
    said = "".join(quantity.said for quantity in told if quantity is not None)
    if measure.id == "missing" and re.search("失踪|下落不明", said):
        return "失踪"
    return measure.label


def words_beside_count(said: str) -> str:
    """`said` without its numbers and their units: 转移安置320人 → 转移安置."""
    return phrase(_ABOUT.sub("", said))


def _said_words(quantity: Quantity, unit: str) -> str:
    """The number of the note in official order (二十多个 → 二十多人), or nothing where it is not plain."""
    text = phrase(quantity.said).translate(_FULL_WIDTH).replace(" ", "")
    found = list(_ABOUT.finditer(text))
    if len(found) != 1:
        return ""
    match = found[0]
    numeral, more, scale = match["numeral"], match["more"] or "", match["scale"] or ""
    before = _PLAINER.get(match["before"], match["before"] or "")
    after = _PLAINER.get(match["after"], match["after"] or "")
    vague = re.search(r"[几数]|[一二两三四五六七八九]{2}", numeral)
    said_unit = match["unit"] or ""
    other_unit = isinstance(quantity.low, float) and said_unit != unit
    if not (other_unit if quantity.exact else before or after or more or vague):
        return ""
    if unit == "人":
        if said_unit and said_unit[-1] not in "人名位个号口具":
            return ""
        said_unit = "人"
    elif unit == "万元":
        if quantity.exact or said_unit not in ("", "元") or not (said_unit or scale or numeral[-1] in "万亿"):
            return ""
        said_unit = "元"
    elif not said_unit or said_unit[-1] in "人名位个号口具":
        return ""
    return f"{before}{numeral}{more}{scale}{said_unit}{after}"


def _number(value: Number, unit: str) -> str:
    """`value` in full, with its unit; 万元 from one 亿 on are told in 亿元."""
    if unit == "万元" and value >= _YI:
        value, unit = value / _YI, "亿元"
    digits = f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f"{digits}{unit}"


# ────── people and losses ─────────────────────────────────────────────────────

_HARM = ("自然灾害", "事故灾难", "公共卫生")
_CORE = ("deaths", "injured")  # a report that tells casualties is asked for both of these
_WHERE = frozenset({"hospitalized"})  # says where the hurt are, not what they suffered


def toll(facts: Facts, standards: Standards) -> str:
    """`2人死亡2人受伤` for a title: the casualties that are surely some, wholes only; else nothing."""
    return "".join(
        f"{amount(quantity, measure)}{_sole_part(measure, quantity, facts, standards) or label_of(measure, quantity)}"
        for measure, quantity in _casualties(facts, standards)
        if _some(quantity)
    )


def no_casualties(facts: Facts, standards: Standards) -> bool:
    """Nobody dead and nobody hurt was told as a count, and no other casualty is known of."""
    told = _casualties(facts, standards)
    counted_none = {measure.id for measure, quantity in told if quantity.top == 0}
    return counted_none.issuperset(_CORE) and len(counted_none) == len(told)


def other_toll(facts: Facts, standards: Standards) -> str:
    """`病例23例` for a title: what counts as casualties without being persons."""
    return "、".join(
        f"{measure.label}{amount(facts.measures[name], measure)}"
        for name, measure in standards.measures.items()
        if measure.casualty
        and measure.unit != "人"
        and name in facts.measures
        and _some(facts.measures[name])
    )


def casualties_unknown(facts: Facts, standards: Standards) -> bool:
    """The note itself told casualties as unknown."""
    return any(
        quantity.wholly_open and measure_of(name, standards).casualty
        for name, quantity in facts.measures.items()
    )


def casualties_open(facts: Facts, standards: Standards, asked: Iterable[str]) -> bool:
    """Whether a reader waits for casualties: they are told as unknown, or untold where they would decide.

    `asked` are the measures that the verdict asks for.
    """
    if any(measure_of(name, standards).casualty for name in facts.measures):
        return casualties_unknown(facts, standards)
    category = standards.categories.get(facts.category or OTHER_CATEGORY)
    harms = category is None or category.kind in _HARM
    return facts.category is None or (harms and not set(_CORE).isdisjoint(asked))


def people(
    facts: Facts,
    standards: Standards,
    wording: Wording,
    *,
    asked: Iterable[str] = (),
    final: bool = False,
) -> str:
    """`造成2人死亡、2人受伤（其中重伤1人、轻伤1人）`, as a clause; nothing where nobody asks for it.

    A casualty that was counted as none is told with care (暂无人员死亡报告), and plainly in a final
    report; one that is not known is being checked. What the standards let presume is left unsaid.
    """
    told = _casualties(facts, standards)
    some = [
        with_parts(measure, quantity, facts, standards, wording)
        for measure, quantity in told
        if _some(quantity)
    ]
    none = [measure for measure, quantity in told if quantity.top == 0]
    checked = [measure for measure, quantity in told if quantity.wholly_open]
    if some or none:
        heard = {measure.id for measure, _ in told} | {measure.part_of for measure, _ in told}
        presumed = bounds(facts, standards).presumed
        checked += [
            measure
            for name, measure in standards.measures.items()
            if name in _CORE and name not in heard and name not in presumed
        ]
    clauses = [f"造成{'、'.join(some)}"] if some else []
    if no_casualties(facts, standards):
        clauses.append("无人员伤亡" if final else wording.no_casualties)
    elif none:
        labels = "、".join(label_of(measure, facts.measures.get(measure.id)) for measure in none)
        clauses.append(f"无人员{labels}" if final else f"暂无人员{labels}报告")
    core = [measure for measure in checked if measure.id in _CORE]
    nothing_else = not some and not none
    if len(core) == len(_CORE) or (
        nothing_else and (core or (not told and casualties_open(facts, standards, asked)))
    ):
        clauses.append(f"人员伤亡情况{wording.checking}")
        checked = [measure for measure in checked if measure not in core]
    if checked:
        labels = "、".join(label_of(measure, facts.measures.get(measure.id)) for measure in checked)
        clauses.append(f"{labels}人数{wording.checking}")
    return "，".join(clauses)


def other_figures(facts: Facts, standards: Standards, wording: Wording) -> list[tuple[str, str]]:
    """`疏散500人`, `直接经济损失约150万元`: whatever else was told, in the order of the standards.

    Pairs of measure id and clause.
    """
    ids = [name for name in standards.measures if name in facts.measures]
    ids += [name for name in facts.measures if name not in standards.measures]
    found = []
    for name in ids:
        measure, quantity = measure_of(name, standards), facts.measures[name]
        if _is_casualty(measure, standards) or _in_noun(name, quantity, facts):
            continue
        if name == "headcount" and all_harmed(facts, standards):
            continue
        value = wording.checking if quantity.wholly_open else amount(quantity, measure)
        found.append((name, figure_words(measure, value, known=not quantity.wholly_open)))
    return found


def figure_words(measure: Measure, value: str, *, known: bool = True) -> str:
    """`疏散转移320人`; people on the scene are counted as 现场共33人."""
    if measure.id == "headcount":
        return f"现场共{value}" if known else f"现场人数{value}"
    return f"{measure.label}{value}"


def all_harmed(facts: Facts, standards: Standards) -> bool:
    """Everyone on the scene is among the casualties, so that their number says nothing more."""
    present = facts.measures.get("headcount")
    if present is None or not present.exact:
        return False
    told = [quantity for _, quantity in _casualties(facts, standards) if quantity.exact and quantity.low > 0]
    return present.low in {sum(quantity.low for quantity in told), *(quantity.low for quantity in told)}


def _casualties(facts: Facts, standards: Standards) -> list[tuple[Measure, Quantity]]:
    """The casualties told, without the parts of a whole that is told as some."""
    found = []
    for name, measure in standards.measures.items():
        quantity = facts.measures.get(name)
        if quantity is None or not _is_casualty(measure, standards):
            continue
        whole = facts.measures.get(measure.part_of) if measure.part_of else None
        if whole is None or (_some(quantity) and not _some(whole)):
            found.append((measure, quantity))
    return found


def with_parts(
    whole: Measure, quantity: Quantity, facts: Facts, standards: Standards, wording: Wording
) -> str:
    """`2人受伤（其中重伤1人、轻伤1人）`; where one part is the whole, that part alone: `1人轻伤`."""
    label = _sole_part(whole, quantity, facts, standards)
    if label:
        return f"{amount(quantity, whole)}{label}"
    parts = [
        (measure, facts.measures[name])
        for name, measure in standards.measures.items()
        if measure.part_of == whole.id and name in facts.measures
    ]
    some = [f"{measure.label}{amount(part, measure)}" for measure, part in parts if _some(part)]
    rest = [f"无{measure.label}" for measure, part in parts if part.top == 0]
    rest += [f"{measure.label}人数{wording.checking}" for measure, part in parts if part.wholly_open]
    words = ([f"其中{'、'.join(some)}"] if some else []) + rest
    return f"{amount(quantity, whole)}{label_of(whole, quantity)}" + (
        f"（{'，'.join(words)}）" if words else ""
    )


def _sole_part(whole: Measure, quantity: Quantity, facts: Facts, standards: Standards) -> str:
    """The label of the part that is the whole (all the hurt are 轻伤), or nothing."""
    for name, measure in standards.measures.items():
        part = facts.measures.get(name)
        if measure.part_of == whole.id and part is not None and quantity.exact and part.same_range(quantity):
            return measure.label
    return ""


def _is_casualty(measure: Measure, standards: Standards) -> bool:
    if measure.id in _WHERE:
        return False
    whole = standards.measures.get(measure.part_of or "")
    return measure.unit == "人" and (measure.casualty or (whole is not None and whole.casualty))


def _some(quantity: Quantity) -> bool:
    return quantity.top > 0 and not quantity.wholly_open


# ────── what, where, when, from whom ──────────────────────────────────────────


# Words of a note that are names of an event; 起火, 相撞, 呕吐 are none, and 侧翻 or 泄漏 need what suffered it.
_PROPER = re.compile(
    r"(?!发生|突发|引[发起]|导致|造成|疑似|因|由|被|将|把|遭|发大)(?:"
    r"[\u4e00-\u9fff]{0,4}(?:滑坡|塌方|泥石流|山洪|爆炸|爆燃|闪爆|翻船|沉船|雪崩|龙卷风)"
    r"|[\u4e00-\u9fff]{2,4}(?:泄漏|泄露|坍塌|垮塌|崩塌|塌陷))"
)
_NAMED = ("自然灾害", "事故灾难")  # the kinds whose events the note may name; others have careful names


def noun(facts: Facts, standards: Standards) -> str:
    """`火灾`, `5.1级地震`, `山体滑坡`: what it is called in a sentence; unknown kinds are 突发事件.

    The note's own name of the event goes before that of its category.
    """
    category = standards.categories.get(facts.category or OTHER_CATEGORY)
    if facts.category in (None, OTHER_CATEGORY) or not facts.category:
        return "突发事件"
    word = category.noun if category is not None else phrase(facts.category)
    magnitude = facts.measures.get("magnitude")
    if magnitude is not None and _in_noun("magnitude", magnitude, facts):
        return f"{amount(magnitude, measure_of('magnitude', standards))}{word}"
    if category is not None and category.kind in _NAMED:
        return _proper_noun(facts) or word
    return word


def _proper_noun(facts: Facts) -> str:
    """The note's name of the event, less what the place says already (化工厂 + 化工厂爆炸)."""
    word, place = phrase(facts.category_said), place_words(facts)
    if word in place:
        return ""
    overlap = next((n for n in range(len(word), 1, -1) if place.endswith(word[:n])), 0)
    return word[overlap:] if _PROPER.fullmatch(word[overlap:]) else ""


def event_nouns(facts: Facts, standards: Standards) -> set[str]:
    """All nouns for what happened: the one that is used, that of the category, and its name."""
    category = standards.categories.get(facts.category or "")
    names = {noun(facts, standards), phrase(facts.category or "")}
    return names | ({category.noun} if category is not None else set()) - {""}


def _in_noun(name: str, quantity: Quantity, facts: Facts) -> bool:
    """The magnitude of an earthquake belongs to its name."""
    return name == "magnitude" and facts.category == "地震灾害" and not quantity.wholly_open


def place_words(facts: Facts) -> str:
    """The place, or nothing where it was not told."""
    return phrase(facts.place.text) if facts.place is not None else ""


_PARTS_OF_DAY = re.compile(
    r"凌晨|清晨|早晨|早上|今早|今晨|上午|中午|正午|午后|下午|傍晚|晚上|昨晚|今晚|夜间|夜里|深夜|半夜|午夜|昨夜"
)
_PART_OF_DAY = {
    "今早": "早上",
    "今晨": "早晨",
    "正午": "中午",
    "昨晚": "晚上",
    "今晚": "晚上",
    "夜里": "夜间",
    "半夜": "深夜",
    "午夜": "深夜",
    "昨夜": "夜间",
}


def moment_words(occurred: Occurred, *, year: bool = True) -> str:
    """`2026年3月4日23时30分`, `3月5日8时许`, `3月5日上午`, `3月5日`: as exactly as it was told."""
    at = occurred.at
    day = f"{at.year}年{at.month}月{at.day}日" if year else f"{at.month}月{at.day}日"
    if occurred.precision == Precision.DAY:
        return day
    if occurred.precision == Precision.PART_OF_DAY:
        return f"{day}{_part_of_day(occurred)}"
    if occurred.precision == Precision.HOUR:
        return f"{day}{at.hour}时许"
    about = "许" if re.search(r"许|左右|前后|约|大概", occurred.said) else ""
    return f"{day}{at.hour}时{at.minute:02d}分{about}"


def occurred_words(facts: Facts, wording: Wording, *, year: bool = True) -> str:
    """When it happened; where only the alarm or the discovery is known, that is what is said."""
    occurred = facts.occurred
    if occurred is None:
        received = facts.moments.get("received")
        known = f"（接报时间{moment(received, year=year)}）" if received is not None else ""
        return f"发生时间{wording.checking}{known}"
    told = moment_words(occurred, year=year)
    if occurred.basis == Basis.OCCURRED:
        return told
    kind = "接警" if occurred.basis == Basis.ALARM else "发现"
    return f"{kind}时间{told}（发生时间{wording.checking}）"


def moment(at: datetime, *, year: bool = True) -> str:
    """`2026年3月5日9时02分`, or without its year."""
    return in_report(at) if year else in_report(at).partition("年")[2]


def source_words(source: Source, wording: Wording) -> str:
    """`县消防救援大队王某（电话）`, or that it is unknown; the caller's phone stays on the case."""
    who = phrase(source.unit or "") + phrase(source.person or "")
    kind = phrase(source.kind or "")
    if not who:
        return kind or wording.unknown
    return f"{who}（{kind}）" if kind else who


_CAME = re.compile(r"[赶到奔抵]|前往|指挥|指导|带队|率|批示|坐镇|处置|组织|要求|现场")


def leaders_words(leaders: str) -> str:
    """`县长李强已到现场指挥` says it itself; bare names stand after 到场领导."""
    words = phrase(leaders)
    return words if not words or _CAME.search(words) else f"到场领导：{words}"


def _part_of_day(occurred: Occurred) -> str:
    said = _PARTS_OF_DAY.search(occurred.said)
    if said is not None:
        return _PART_OF_DAY.get(said[0], said[0])
    hour = occurred.at.hour
    return next(
        word
        for end, word in ((6, "凌晨"), (11, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
        if hour < end
    )
