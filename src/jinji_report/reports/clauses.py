"""The note's own clauses, without those that the report says in another place.

A clause that holds a figure and nothing besides (转移安置320人 beside 疏散转移320人) is told by the
figure; one that says anything more stays whole, since the event is never left out for tidiness.
"""

import re
from collections.abc import Callable

from jinji_report.model.facts import Facts
from jinji_report.quantity import Quantity
from jinji_report.reports.phrases import event_nouns, measure_of, words_beside_count
from jinji_report.reports.plain import phrase
from jinji_report.standards.rows import Measure, Standards

_PART = re.compile(r"([^，；。]*)([，；。]*)")
# What may stand around a figure without telling anything more than the figure does.
_AROUND = re.compile(
    r"报告|截至|目前|当前|现场|情况|不详|不明|正在核实|正在统计|待核实|人数|应为|前报|有误|更正"
    r"|共计|合计|累计|共|已经|已|暂|造成|导致|致使|致|其中|另有|另外|另|还有|还|又|再|新增|有|约|均|全部|并|及|和"
    r"|群众|人员|居民|村民|乘客|人|名|的|了|为|被|由"
    r"|转移|安置|疏散|撤离|紧急|倒塌|损毁|房屋|民房|死亡|身亡|遇难|受伤|重伤|轻伤|伤亡|伤|死"
    r"|失踪|失联|下落不明|埋压|被困|困|滞留|住院|送医|就医|中毒|车上|船上|车内|直接|经济|损失|堵"
    r"|[、（）()：:]"
)
_LED_TO = re.compile(r"(?:已|目前|共|并)*(?:造成|导致|致使?)")
_STAGE = re.compile(r"^(?:终报|首报|续报[一二三四五六七八九十]*|更正|速报)[：:]")
_WHY = re.compile(r"^[\u4e00-\u9fff]{0,6}?原因(?:[为是系：:]|(?=初步|疑|经|尚))")
_HAPPENED = re.compile(r"^(?:突然)?(?:发生|突发|出现)(?:了|一起)?|(?:事故|事件|灾害|了)$")


def own_words(text: str) -> str:
    """`text` as part of a sentence, without the stage that a note may open with (终报：)."""
    return phrase(_STAGE.sub("", phrase(text)))


def clauses(text: str) -> list[str]:
    return [words for words in (phrase(body) for body, _ in _PART.findall(text)) if words]


def kept(text: str, wanted: Callable[[str], bool]) -> str:
    """The clauses of `text` that are `wanted`, with the marks between them."""
    parts = (body + marks for body, marks in _PART.findall(text) if phrase(body) and wanted(phrase(body)))
    return phrase("".join(parts))


def untold(text: str, facts: Facts, standards: Standards, *told: str) -> str:
    """What `text` says beyond the figures of `facts` and beyond the texts already `told`."""
    return kept(
        own_words(text),
        lambda clause: not _told(clause, told) and not only_figures(clause, facts, standards),
    )


def _told(clause: str, told: tuple[str, ...]) -> bool:
    return any(clause in clauses(words) or (len(clause) > 3 and clause in words) for words in told)


def only_figures(clause: str, facts: Facts, standards: Standards) -> bool:
    """Whether `clause` holds figures of `facts`, and no word besides those that figures need."""
    rest = clause
    for quantity in facts.measures.values():
        for said in _pieces(quantity):
            beside = words_beside_count(said)
            rest = rest.replace(said, "" if beside == said else beside)
    if rest == clause:
        return False
    for name in facts.measures:
        rest = rest.replace(measure_of(name, standards).label, "")
    return not _AROUND.sub("", rest).strip()


def figure_told(quantity: Quantity, measure: Measure, text: str) -> bool:
    """Whether `text` has the figure in the note's words, with a word that says what is counted."""
    for said in _pieces(quantity):
        number = re.compile(rf"(?<![0-9.]){re.escape(said)}")
        for clause in clauses(text):
            about = words_beside_count(said) or set(measure.label) & set(clause) or measure.id == "headcount"
            if number.search(clause) and about:
                return True
    return False


def _pieces(quantity: Quantity) -> list[str]:
    return [words for words in map(phrase, quantity.said.split("、")) if len(words) > 1]


def cause_words(facts: Facts) -> str:
    """The cause without the word 原因, which the report says itself."""
    cause = phrase(facts.cause)
    return phrase(_WHY.sub("", cause)) or cause


def progress_words(facts: Facts, standards: Standards) -> str:
    """What the newest note told besides figures, cause, measures and leaders."""
    cause = cause_words(facts)
    news = untold(facts.progress, facts, standards, facts.actions, facts.leaders)
    return kept(
        news, lambda clause: not (cause and cause in clause and ("原因" in clause or cause == clause))
    )


def course_words(facts: Facts, standards: Standards) -> str:
    """What happened, without the time, the place and all that the report says anyway.

    Nothing where only the bare kind is left (发生火灾), which the report names itself.
    """
    words = own_words(facts.course)
    when = phrase(facts.occurred.said) if facts.occurred is not None else ""
    if len(when) > 2:
        words = phrase(words.replace(when, "").replace("，，", "，"))
    places = [phrase(facts.place.text), phrase(facts.place.said)] if facts.place is not None else []
    for place in places:
        if place:
            words = phrase(words.removeprefix(place))
    first, *_ = clauses(words) or [""]
    elsewhere = (*clauses(facts.actions), *clauses(facts.leaders), *clauses(facts.cause))

    def wanted(clause: str) -> bool:
        if clause != first and clause in elsewhere:
            return False
        return not only_figures(clause, facts, standards)

    left = kept(words, wanted)
    left = "".join(_without_toll(body, facts, standards) + marks for body, marks in _PART.findall(left))
    return "" if _bare(left, facts, standards) else phrase(left)


def _without_toll(clause: str, facts: Facts, standards: Standards) -> str:
    """`两车相撞致3人死亡` → `两车相撞`: the toll stands in the report's own words."""
    for match in _LED_TO.finditer(clause):
        if match.start() and only_figures(clause[match.start() :], facts, standards):
            return clause[: match.start()]
    return clause


def _bare(course: str, facts: Facts, standards: Standards) -> bool:
    """`火灾`, `发生一起交通事故`: no more than the kind, which a verb of the note (起火) is not."""
    nouns = event_nouns(facts, standards)
    return course in nouns or _HAPPENED.sub("", course) in {
        "",
        *nouns,
        *(_HAPPENED.sub("", n) for n in nouns),
    }
