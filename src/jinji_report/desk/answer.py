"""The one versioned shape of a judged incident (design §5), built from what the desk worked out."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter, is_
from typing import TYPE_CHECKING, Any

from jinji_report.jsontext import json_text, quoted
from jinji_report.judgement.limits import Limit, limits_text
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import Verdict

if TYPE_CHECKING:
    from jinji_report.desk.understand import Understood
    from jinji_report.intake.shown import Shown, Stretches

SCHEMA = "jinji/1"

_WORDS = ("actions", "leaders", "cause")  # fields that are the note's own clauses
_SHOWN = attrgetter("occurred", "place", "source", "category", "category_said", *_WORDS)


class Finding:
    """Something in what was told that does not fit or is to be confirmed: the field, a sentence, where it stands."""

    __slots__ = ("field", "span", "text")

    def __init__(self, field: str, text: str, span: tuple[int, int] | None = None) -> None:
        self.field = field
        self.text = text
        self.span = span

    def to_json(self) -> dict[str, Any]:
        return {"field": self.field, "text": self.text, "span": None if self.span is None else [*self.span]}

    def to_text(self) -> str:
        """`to_json` as JSON text."""
        span = "null" if self.span is None else f"[{self.span[0]}, {self.span[1]}]"
        return f'{{"field": {quoted(self.field)}, "text": {quoted(self.text)}, "span": {span}}}'


class Judged:
    """Facts, their verdict and their limits at one moment.

    `findings`: what the reading was unsure of, and what contradicts itself. `understood`: the note
    behind the facts, None where there was none.
    """

    __slots__ = ("facts", "findings", "limits", "now", "understood", "verdict")

    def __init__(
        self,
        facts: Facts,
        verdict: Verdict,
        limits: Sequence[Limit],
        now: datetime,
        findings: Sequence[Finding] = (),
        understood: "Understood | None" = None,
    ) -> None:
        self.facts = facts
        self.verdict = verdict
        self.limits = limits
        self.now = now
        self.findings = tuple(findings)
        self.understood = understood

    def with_limits(self, limits: Sequence[Limit]) -> "Judged":
        """The same with the limits that it has as a case."""
        return Judged(self.facts, self.verdict, limits, self.now, self.findings, self.understood)

    @property
    def doubts(self) -> tuple[str, ...]:
        """The sentences of the findings."""
        return tuple(finding.text for finding in self.findings)

    def to_json(self, **more: Any) -> dict[str, Any]:
        """The object; `more` adds keys such as `id`, `case` and `report`."""
        return {
            "schema": SCHEMA,
            **more,
            "incident": self._incident(),
            "verdict": self.verdict.to_json(),
            "limits": [limit.to_json() for limit in self.limits],
            **self._beside(),
        }

    def to_text(self, **more: Any) -> str:
        """`to_json` as JSON text, without writing again what it shares with other answers."""
        from jinji_report.desk.answertext import incident_text, reading_text  # a batch alone writes so

        head = f'{{"schema": "{SCHEMA}"' + "".join(
            [f", {quoted(name)}: {json_text(value)}" for name, value in more.items()]
        )
        if self.understood is None:
            incident, reading = json_text(self.facts.to_json()), ""
        else:
            incident = incident_text(self.facts, stretches(self.facts, self.understood))
            reading = f", {reading_text(self.understood.reading, self.understood.shown)}"
        return (
            f'{head}, "incident": {incident}, "verdict": {self.verdict.to_text()}, '
            f'"limits": [{limits_text(self.limits)}], {self._findings_text()}{reading}}}'
        )

    def _findings_text(self) -> str:
        if not self.findings:
            return '"doubts": [], "findings": []'
        doubts = ", ".join([quoted(finding.text) for finding in self.findings])
        findings = ", ".join([finding.to_text() for finding in self.findings])
        return f'"doubts": [{doubts}], "findings": [{findings}]'

    def _incident(self) -> dict[str, Any]:
        incident = self.facts.to_json()
        if self.understood is not None:
            _put_spans(incident, self.facts, self.understood)
        return incident

    def _beside(self) -> dict[str, Any]:
        """What is said of the reading, beside what was judged."""
        told: dict[str, Any] = {
            "doubts": [finding.text for finding in self.findings],
            "findings": [finding.to_json() for finding in self.findings],
        }
        if self.understood is not None:
            reading = self.understood.reading
            raw = reading.note.raw
            told["candidates"] = [
                {"category": name, "weight": weight, "words": list(words)}
                for name, weight, words in reading.candidates
            ]
            told["unused"] = [
                {"text": raw[start:end], "span": [start, end]} for start, end in self.understood.shown.unused
            ]
        return told


def stretches(facts: Facts, understood: "Understood") -> "Shown":
    """Where the values of `facts` stand in the note; none for those that came from elsewhere (`--set`, the case)."""
    from jinji_report.intake.shown import Shown  # what only looks at cases does not load the reader

    read, all_read = understood.reading.facts, understood.shown
    if (
        all(map(is_, _SHOWN(facts), _SHOWN(read)))
        and facts.measures == read.measures
        and facts.tags == read.tags
        and all([facts.moments.get(name) is read.moments.get(name) for name in all_read.moments])
    ):
        return all_read  # as nearly always: nothing came from elsewhere
    found = Shown()
    kept, fields = found.fields, all_read.fields
    if (facts.category, facts.category_said) == (read.category, read.category_said) and "category" in fields:
        kept["category"] = fields["category"]
    for name in ("occurred", "place", "source"):
        if name in fields and getattr(facts, name) is getattr(read, name):
            kept[name] = fields[name]
    for name in _WORDS:
        if fields.get(name) and getattr(facts, name) == getattr(read, name):
            kept[name] = fields[name]
    found.measures = all_read.measures
    if facts.measures != read.measures:
        more = understood.reading.increments
        found.measures = {
            name: all_read.measures[name]
            for name, quantity in facts.measures.items()
            if quantity is read.measures.get(name) or quantity is more.get(name)
        }
    found.tags = {
        name: at for name, at in all_read.tags.items() if facts.tags.get(name) == read.tags.get(name)
    }
    found.moments = {
        name: at for name, at in all_read.moments.items() if facts.moments.get(name) is read.moments.get(name)
    }
    found.unused = all_read.unused
    return found


def _put_spans(incident: dict[str, Any], facts: Facts, understood: "Understood") -> None:
    """`span` beside each value of the note: [start, end) in it, null for what came from elsewhere."""
    told = stretches(facts, understood)
    fields = told.fields
    for name in ("occurred", "place", "source"):
        if incident[name] is not None:
            _put(incident[name], fields.get(name))
    for name, measure in incident["measures"].items():
        _put(measure, told.measures.get(name))
    for name in ("category", *_WORDS):
        incident[f"{name}_span"] = _first(fields.get(name))
    incident["tag_spans"] = {name: _first(told.tags.get(name)) for name in facts.tags}
    incident["moment_spans"] = {name: _first(told.moments.get(name)) for name in facts.moments}


def _put(value: dict[str, Any], found: "Stretches | None") -> None:
    value["span"] = _first(found)
    if found is not None and len(found) > 1:
        value["spans"] = [list(one) for one in found]


def _first(found: "Stretches | None") -> list[int] | None:
    return list(found[0]) if found else None
