"""What is new since the report before: each change with its old and new words.

A figure that went down never loses the old one (死亡由3人核减为2人). Other words for the same
figure are no change, and a value that is merely not told again stays as it was told.
"""

import re
from collections.abc import Iterator, Sequence

from jinji_report.model.facts import Facts
from jinji_report.quantity import Quantity
from jinji_report.reports.clauses import cause_words, kept, progress_words, untold
from jinji_report.reports.phrases import (
    all_harmed,
    amount,
    figure_words,
    label_of,
    leaders_words,
    measure_of,
    moment_words,
    place_words,
    with_parts,
)
from jinji_report.reports.plain import phrase
from jinji_report.reports.wording import Wording
from jinji_report.standards.rows import Measure, Standards
from jinji_report.vocabulary import Basis

# These shrink as people are found, brought out, sent home: fewer of them corrects nothing.
_PASSING = frozenset(
    {
        "injured",
        "seriously_injured",
        "slightly_injured",
        "missing",
        "trapped",
        "hospitalized",
        "evacuated",
        "at_risk",
        "affected",
        "headcount",
    }
)
_TEXTS = {
    "progress": "最新情况",
    "course": "事件经过",
    "cause": "原因",
    "actions": "处置措施",
    "leaders": "到场领导",
}
_RUNNING = frozenset({"progress", "actions", "leaders"})  # what comes later takes nothing back
_DIED_OF_WOUNDS = re.compile(r"[抢救医]治?无效|不治")


class Change:
    """One value that is new or different.

    `field` is a field of Facts, or `measures.deaths`; `before` and `after` are words (`before` is
    empty where it was not told); `sentence` says the change in a 续报, without its full stop, and
    `correction` says it in a 更正.
    """

    __slots__ = ("after", "before", "field", "label", "sentence", "went_down")

    def __init__(
        self, field: str, label: str, before: str, after: str, sentence: str, *, went_down: bool = False
    ) -> None:
        self.field = field
        self.label = label
        self.before = before
        self.after = after
        self.sentence = sentence
        self.went_down = went_down

    @property
    def correction(self) -> str:
        if not self.before or self.field in _RUNNING:
            return self.sentence
        return f"{self.label}原报{self.before}，应为{self.after}"

    def __repr__(self) -> str:
        return f"Change({self.field!r}, {self.before!r} → {self.after!r})"


def changes(previous: Facts, facts: Facts, standards: Standards) -> tuple[Change, ...]:
    """Everything that `facts` tell otherwise than `previous`, people and losses first."""
    wording = Wording(standards)
    found = [*_measures(previous, facts, standards, wording)]
    for change in (
        _category(previous, facts),
        _occurred(previous, facts, wording),
        _place(previous, facts),
        *(_text(name, previous, facts, standards) for name in _TEXTS),
    ):
        if change is not None:
            found.append(change)
    return tuple(found)


def _measures(previous: Facts, facts: Facts, standards: Standards, wording: Wording) -> Iterator[Change]:
    names = [name for name in standards.measures if name in facts.measures or name in previous.measures]
    names += [name for name in facts.measures if name not in standards.measures]
    for name in names:
        measure = measure_of(name, standards)
        before, after = previous.measures.get(name), facts.measures.get(name)
        if after is None or (before is not None and after.same_range(before)):
            continue
        label = label_of(measure, before, after)
        if name == "headcount" and before is None and all_harmed(facts, standards):
            continue
        if before is None or before.wholly_open:
            yield _first_told(measure, before, after, wording)
        elif after.wholly_open:
            old = amount(before, measure)
            yield Change(
                f"measures.{name}",
                label,
                old,
                wording.checking,
                f"{label}原报{old}，现{wording.checking}",
            )
        else:
            yield _changed(measure, before, after)


def _first_told(measure: Measure, before: Quantity | None, after: Quantity, wording: Wording) -> Change:
    field, label = f"measures.{measure.id}", label_of(measure, before, after)
    old = "" if before is None else wording.checking
    if after.wholly_open:
        return Change(field, label, old, wording.checking, f"{label}情况{wording.checking}")
    new = amount(after, measure)
    if measure.casualty and after.top == 0:
        words = f"暂无人员{label}报告"
    elif measure.id == "headcount":
        words = figure_words(measure, new)
    else:
        words = f"{label}核实为{new}" if old else f"新报告{label}{new}"
    return Change(field, label, old, new, words)


def _changed(measure: Measure, before: Quantity, after: Quantity) -> Change:
    old, new = amount(before, measure), amount(after, measure)
    down = after.top < before.low
    if measure.id == "magnitude":
        turn = "修正为"
    elif down:
        turn = "减至" if measure.id in _PASSING else "核减为"
    elif after.low > before.top:
        turn = "增至"
    elif after.low >= before.low and after.top <= before.top:
        turn = "核实为"
    else:
        turn = "改报为"
    label = label_of(measure, before, after)
    subject = "现场人数" if measure.id == "headcount" else label
    return Change(
        f"measures.{measure.id}",
        label,
        old,
        new,
        f"{subject}由{old}{turn}{new}",
        went_down=down,
    )


def _category(previous: Facts, facts: Facts) -> Change | None:
    before, after = phrase(previous.category or ""), phrase(facts.category or "")
    if not after or before == after:
        return None
    words = f"事件类别由{before}调整为{after}" if before else f"事件类别核实为{after}"
    return Change("category", "事件类别", before, after, words)


def _occurred(previous: Facts, facts: Facts, wording: Wording) -> Change | None:
    before, after = _time(previous), _time(facts)
    if not after or before == after:
        return None
    if not before:
        words = f"发生时间核实为{after}" if _happened(facts) else f"已知{after}"
    else:
        words = f"发生时间核实为{after}（原报{before}）" if _happened(facts) else f"{after}（原报{before}）"
    return Change("occurred", "发生时间", before, after, words)


def _happened(facts: Facts) -> bool:
    return facts.occurred is not None and facts.occurred.basis == Basis.OCCURRED


def _time(facts: Facts) -> str:
    occurred = facts.occurred
    if occurred is None:
        return ""
    kind = {Basis.OCCURRED: "", Basis.ALARM: "接警时间", Basis.DISCOVERED: "发现时间"}[occurred.basis]
    return f"{kind}{moment_words(occurred)}"


def _place(previous: Facts, facts: Facts) -> Change | None:
    before, after = place_words(previous), place_words(facts)
    if not after or before == after:
        return None
    words = f"事发地点核实为{after}（原报{before}）" if before else f"事发地点核实为{after}"
    return Change("place", "事发地点", before, after, words)


def _text(name: str, previous: Facts, facts: Facts, standards: Standards) -> Change | None:
    """A text that goes on where the old one ended tells only its new part."""
    label = _TEXTS[name]
    before, after = phrase(getattr(previous, name)), phrase(getattr(facts, name))
    if not after or after in before:
        return None
    if name == "cause":
        cause = cause_words(facts)
        if before:
            return Change(name, label, before, after, f"{label}由“{cause_words(previous)}”更正为“{cause}”")
        return Change(name, label, before, after, f"{label}：{cause}")
    if name == "leaders":
        return Change(name, label, before, after, leaders_words(after))
    fresh = progress_words(facts, standards) if name == "progress" else after
    fresh = untold(fresh, facts, standards, before)
    return Change(name, label, before, after, f"{label}：{fresh}") if fresh else None


def sentences(found: Sequence[Change], previous: Facts, facts: Facts, standards: Standards) -> list[str]:
    """The changes as a 续报 says them; of the wounded who died it tells once, with both figures.

    That the new dead are of the wounded is said only where the figures of both reports leave no
    other reading: as many more dead as there are fewer seriously hurt and fewer hurt in all.
    """
    died = _died_of_wounds(previous, facts)
    if not died:
        return [change.sentence for change in found]
    told = [facts.progress, *(facts.measures[name].said for name in _WOUNDED)]
    why = "经抢救无效" if any(map(_DIED_OF_WOUNDS.search, told)) else ""
    old, new = (amount(one.measures["deaths"], standards.measures["deaths"]) for one in (previous, facts))
    hurt = facts.measures["injured"]
    left = f"现有{with_parts(standards.measures['injured'], hurt, facts, standards, Wording(standards))}"
    words = [f"{died}名重伤人员{why}死亡，死亡人数由{old}增至{new}，{left if hurt.low else '现无受伤人员'}"]
    for change in found:
        if change.field == "progress":
            label = f"{change.label}："
            news = kept(
                change.sentence.removeprefix(label), lambda clause: not _DIED_OF_WOUNDS.search(clause)
            )
            words += [f"{label}{news}"] if news else []
        elif change.field.removeprefix("measures.") not in _WOUNDED:
            words.append(change.sentence)
    return words


_WOUNDED = ("deaths", "injured", "seriously_injured")


def _died_of_wounds(previous: Facts, facts: Facts) -> int:
    """How many of the seriously hurt died since `previous`; 0 where the figures do not show it exactly."""
    risen = []
    for name in _WOUNDED:
        before, after = previous.measures.get(name), facts.measures.get(name)
        if before is None or after is None or not before.exact or not after.exact:
            return 0
        risen.append(after.low - before.low)
    deaths, injured, seriously = risen
    return int(deaths) if deaths > 0 and injured == seriously == -deaths else 0
