"""Why: the criteria that decided, with figure, words and clause, and what was only just missed."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from jinji_report.judgement.bounds import Bounds
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import GradeRange
from jinji_report.quantity import Quantity, tidy
from jinji_report.standards.conditions import (
    Formula,
    Known,
    Threshold,
    measures_of,
    outcomes,
    reduce,
    thresholds_of,
)
from jinji_report.standards.rows import Address, GradeRow, Measure, ReportRow, Standards, applies
from jinji_report.vocabulary import GRADES, Decision

R = TypeVar("R", ReportRow, GradeRow)


def reasons(
    facts: Facts,
    knowns: Sequence[Known],
    bounds: Bounds,
    standards: Standards,
    grade: GradeRange | None,
    decisions: Mapping[Address, Decision],
) -> list[dict[str, Any]]:
    """The rungs of the grade and the reporting rows that hold; for 待核, those that may hold."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()

    def add(row: ReportRow | GradeRow, text: str, formula: "Formula | bool") -> None:
        if row.id not in seen and text not in seen:
            seen.update((row.id, text) if len(knowns) > 1 else (row.id,))
            measures = [m for m in standards.measures if m in measures_of(formula)]
            found.append({"criterion": row.id, "clause": row.clause, "text": text, "measures": measures})

    for row, formula in _rows(standards.reports, knowns, standards):
        wanted = [decisions[address] for address in row.to if address in decisions]
        state = outcomes(formula, bounds.ranges, standards)
        if state.sure and Decision.REPORT in wanted:
            add(row, _reason(row.text, formula, facts, bounds, standards), formula)
    sure_rows = len(found)
    if grade is not None and grade.low is not None:
        for rung, formula in _rows(standards.grades, knowns, standards):
            if rung.grade == grade.low and outcomes(formula, bounds.ranges, standards).sure:
                add(
                    rung,
                    f"{_reason('', formula, facts, bounds, standards) or '条件成立'}，属{rung.grade}",
                    formula,
                )
    if not sure_rows:
        for row, formula in _rows(standards.reports, knowns, standards):
            wanted = [decisions[address] for address in row.to if address in decisions]
            if any(d != Decision.KEEP for d in wanted) and outcomes(formula, bounds.ranges, standards).open:
                joint = Decision.REPORT in wanted
                add(row, f"{row.text}（{'与其他条款合看必居其一' if joint else '尚不能确定'}）", formula)
    return found


def near_misses(
    facts: Facts,
    knowns: Sequence[Known],
    bounds: Bounds,
    standards: Standards,
    grade: GradeRange | None,
    decisions: Mapping[Address, Decision],
) -> list[dict[str, Any]]:
    """For each measure that was told, the next bound that it misses by no more than the measure's `near`."""
    nearest: dict[str, tuple[float, dict[str, Any]]] = {}
    reached = -1 if grade is None or grade.low is None else GRADES.index(grade.low)

    def consider(criterion: str, threshold: Threshold, reaches: str) -> None:
        if len(threshold.measures) != 1:
            return
        name = threshold.measures[0]
        measure = standards.measures[name]
        if name not in facts.measures or name in bounds.presumed:
            return
        high = bounds.ranges[name][1]
        step = 1 if threshold.op == "more_than" else 0
        lacks = threshold.bound + step - high
        if not (0 < lacks <= measure.near) or high < 1 or lacks >= nearest.get(name, (math.inf, {}))[0]:
            return
        text = f"差{tidy(lacks)!s}{measure.unit}{measure.label}，即{reaches}"
        nearest[name] = (
            lacks,
            {"criterion": criterion, "measure": name, "lacks": tidy(lacks), "text": text, "reaches": reaches},
        )

    for rung, formula in _rows(standards.grades, knowns, standards):
        if GRADES.index(rung.grade) > reached:
            for threshold in thresholds_of(formula):
                consider(rung.id, threshold, rung.grade)
    for row, formula in _rows(standards.reports, knowns, standards):
        kept = [a for a in row.to if decisions.get(a) == Decision.KEEP]
        if kept and isinstance(formula, Threshold):
            consider(row.id, formula, f"应报{standards.office_name(kept[0])}")
    return [miss for _, miss in nearest.values()]


def figure(quantity: Quantity | None, measure: Measure) -> str:
    """`死亡3人`, `受伤11至19人`, `死亡至少3人`, `死亡不详`: a value with its unit, for a sentence."""
    if quantity is None or quantity.wholly_open:
        return f"{measure.label}不详"
    if quantity.exact:
        return f"{measure.label}{quantity.low!s}{measure.unit}"
    if quantity.high is None:
        return f"{measure.label}至少{quantity.low!s}{measure.unit}"
    return f"{measure.label}{quantity.low!s}至{quantity.high!s}{measure.unit}"


def _rows(
    rows: Sequence[R], knowns: Sequence[Known], standards: Standards
) -> Iterator[tuple[R, "Formula | bool"]]:
    """Rows that apply, with what is left to decide; of an unknown category, those that some category brings."""
    for row in rows:
        known = next((known for known in knowns if applies(row.categories, known.category)), None)
        if known is not None:
            yield row, reduce(row.when, known, standards)


def _reason(text: str, formula: "Formula | bool", facts: Facts, bounds: Bounds, standards: Standards) -> str:
    """The figures that meet the thresholds; where none is left, the row's own sentence."""
    if isinstance(formula, bool):
        return text
    met = [
        _met(threshold, facts, bounds, standards)
        for threshold in thresholds_of(formula)
        if outcomes(threshold, bounds.ranges, standards).sure
    ]
    figures = "；".join(dict.fromkeys(met))
    if isinstance(formula, Threshold) or not text:
        return figures or text
    return f"{text}（{figures}）" if figures else text


def _met(threshold: Threshold, facts: Facts, bounds: Bounds, standards: Standards) -> str:
    """`死亡3人，达到3人以上`."""
    parts = [standards.measures[name] for name in threshold.measures]
    told = [part for part in parts if part.id in facts.measures] or parts[:1]
    values = "、".join(
        figure(facts.measures.get(part.id) or _derived(bounds.ranges[part.id]), part) for part in told
    )
    bound = f"{tidy(threshold.bound)!s}{parts[0].unit}"
    if threshold.bound == 0:
        return values  # a rung without a lower bound: that there is any is all that counts
    return f"{values}，达到{bound}以上" if threshold.op == "at_least" else f"{values}，超过{bound}"


def _derived(span: tuple[float, float]) -> Quantity:
    return Quantity(span[0], None if math.isinf(span[1]) else span[1])
