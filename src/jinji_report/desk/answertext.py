"""The incident of an answer, and what is said of its reading, written as JSON text without making the objects first.

Sign for sign it is what `json_text` makes of them: a batch writes thousands of answers, of which the objects and
the general encoder would be the dearest part after the reading. Their shape is that of `answer`.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from jinji_report.jsontext import json_text, quoted
from jinji_report.model.facts import Facts
from jinji_report.moments import iso
from jinji_report.quantity import Number, Quantity

if TYPE_CHECKING:
    from jinji_report.intake.reading import Reading
    from jinji_report.intake.shown import Shown, Stretches


def incident_text(facts: Facts, told: "Shown") -> str:
    """The incident of a note, with `told`, where its values stand in it."""
    fields = told.fields
    category = fields.get("category")
    actions, leaders, cause = fields.get("actions"), fields.get("leaders"), fields.get("cause")
    moments = [f'"{name}": "{iso(moment)}"' for name, moment in facts.moments.items()]
    measures = [
        f"{quoted(name)}: {_quantity(quantity, told.measures.get(name))}"
        for name, quantity in facts.measures.items()
    ]
    tags = {quoted(name): quoted(words) for name, words in facts.tags.items()}
    return (
        f'{{"category": {_or_null(facts.category)}, "category_said": {quoted(facts.category_said)}, '
        f'"title": {quoted(facts.title)}, "occurred": {_occurred(facts, fields.get("occurred"))}, '
        f'"moments": {{{", ".join(moments)}}}, "place": {_place(facts, fields.get("place"))}, '
        f'"measures": {{{", ".join(measures)}}}, "tags": [{", ".join(tags)}], '
        f'"tag_words": {{{", ".join([f"{name}: {words}" for name, words in tags.items()])}}}, '
        f'"source": {_source(facts, fields.get("source"))}, '
        f'"course": {quoted(facts.course)}, "actions": {quoted(facts.actions)}, '
        f'"leaders": {quoted(facts.leaders)}, "cause": {quoted(facts.cause)}, '
        f'"progress": {quoted(facts.progress)}, "category_span": {_first(category)}, '
        f'"actions_span": {_first(actions)}, "leaders_span": {_first(leaders)}, "cause_span": {_first(cause)}, '
        f'"tag_spans": {{{_firsts(facts.tags, told.tags)}}}, '
        f'"moment_spans": {{{_firsts(facts.moments, told.moments)}}}}}'
    )


def reading_text(reading: "Reading", told: "Shown") -> str:
    """Its candidates, and what no value used, as the last fields of an answer."""
    raw = reading.note.raw
    candidates = [
        f'{{"category": {quoted(name)}, "weight": {weight}, "words": [{", ".join(map(quoted, words))}]}}'
        for name, weight, words in reading.candidates
    ]
    unused = [f'{{"text": {quoted(raw[start:end])}, "span": [{start}, {end}]}}' for start, end in told.unused]
    return f'"candidates": [{", ".join(candidates)}], "unused": [{", ".join(unused)}]'


def _occurred(facts: Facts, at: "Stretches | None") -> str:
    told = facts.occurred
    if told is None:
        return "null"
    until = "null" if told.until is None else f'"{iso(told.until)}"'
    return (
        f'{{"at": "{iso(told.at)}", "precision": "{told.precision}", "until": {until}, '
        f'"basis": "{told.basis}", "said": {quoted(told.said)}, {_spans(at)}}}'
    )


def _place(facts: Facts, at: "Stretches | None") -> str:
    told = facts.place
    if told is None:
        return "null"
    owner = f', "owner": {quoted(told.owner)}' if told.owner else ""
    return f'{{"text": {quoted(told.text)}, "said": {quoted(told.said)}{owner}, {_spans(at)}}}'


def _quantity(told: Quantity, at: "Stretches | None") -> str:
    low, high = _number(told.low), "null" if told.high is None else _number(told.high)
    return f'{{"low": {low}, "high": {high}, "said": {quoted(told.said)}, {_spans(at)}}}'


def _source(facts: Facts, at: "Stretches | None") -> str:
    told = facts.source
    return (
        f'{{"unit": {_or_null(told.unit)}, "person": {_or_null(told.person)}, "phone": {_or_null(told.phone)}, '
        f'"kind": {_or_null(told.kind)}, {_spans(at)}}}'
    )


def _number(number: Number) -> str:
    return str(number) if type(number) is int else json_text(number)


def _or_null(text: str | None) -> str:
    return "null" if text is None else quoted(text)


def _first(at: "Stretches | None") -> str:
    return f"[{at[0][0]}, {at[0][1]}]" if at else "null"


def _firsts(names: Iterable[str], told: "Mapping[str, Stretches]") -> str:
    return ", ".join([f"{quoted(name)}: {_first(told.get(name))}" for name in names])


def _spans(at: "Stretches | None") -> str:
    """`span`, where the first of the words stands, and `spans` where they stand in several places."""
    if not at:
        return '"span": null'
    start, end = at[0]
    if len(at) == 1:
        return f'"span": [{start}, {end}]'
    every = ", ".join([f"[{begin}, {stop}]" for begin, stop in at])
    return f'"span": [{start}, {end}], "spans": [{every}]'
