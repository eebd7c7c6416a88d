"""Why: the criteria that decided, with figure, words and clause, and what was only just missed."""

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from jinji_report.judgement.bounds import Bounds
from jinji_report.judgement.profile import Profile
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import GradeRange
from jinji_report.quantity import Quantity, tidy
from jinji_report.standards.conditions import Formula, Threshold, measures_of, outcomes, thresholds_of
from jinji_report.standards.kept import Kept
from jinji_report.standards.rows import Address, GradeRow, Measure, ReportRow, Standards
from jinji_report.vocabulary import GRADES, Decision


class Reason:
    """A row that decides: its bounds that are surely met (`met`), and how it decides (`sure`, `grade`, `joint`, `open`)."""

    __slots__ = ("alone", "how", "measures", "met", "row")

    def __init__(self, row: ReportRow | GradeRow, how: str, rest: "RowRest", bounds: Bounds) -> None:
        self.row = row
        self.how = how
        self.alone = rest.alone
        self.met: list[tuple[tuple[str, ...], str]] = []
        if how in ("sure", "grade"):
            self.met = [
                (threshold.measures, bound)
                for threshold, bound in rest.thresholds
                if threshold.certain(bounds.ranges)
            ]
        self.measures = rest.measures

    @property
    def figures(self) -> Iterator[str]:
        """The measures whose figures stand in its words."""
        return (name for names, _ in self.met for name in names)

    def words(self, said: "_Figures") -> str:
        """The figures that meet the bounds; where none is left, the row's own sentence."""
        figures = "；".join(dict.fromkeys([f"{said.of(names)}{bound}" for names, bound in self.met]))
        if isinstance(self.row, GradeRow):
            return f"{figures or '条件成立'}，属{self.row.grade}"
        if self.how == "joint":
            return f"{self.row.text}（与其他条款合看必居其一）"
        if self.how == "open":
            return f"{self.row.text}（尚不能确定）"
        if self.alone:
            return figures or self.row.text
        return f"{self.row.text}（{figures}）" if figures else self.row.text


class RowRest:
    """What a row's words need of what is left of its condition: worked out once for all kinds of which the same is left."""

    __slots__ = ("alone", "measures", "thresholds")

    def __init__(self, formula: "Formula | bool", standards: Standards) -> None:
        self.alone = isinstance(formula, Threshold)
        self.thresholds = [(threshold, _bound(threshold, standards)) for threshold in thresholds_of(formula)]
        names = measures_of(formula)
        self.measures = [name for name in standards.measures if name in names]


class _Figures:
    """The figures of one incident in words, each worked out once."""

    __slots__ = ("_bounds", "_facts", "_said", "_standards")

    def __init__(self, facts: Facts, bounds: Bounds, standards: Standards) -> None:
        self._facts = facts
        self._bounds = bounds
        self._standards = standards
        self._said: dict[tuple[str, ...], str] = {}

    def of(self, names: tuple[str, ...]) -> str:
        """`死亡3人`; of a sum, those that were told: `死亡1人、失联2人`."""
        said = self._said.get(names)
        if said is None:
            told = [name for name in names if name in self._facts.measures] or names[:1]
            said = self._said[names] = "、".join(
                [
                    figure(
                        self._facts.measures.get(name) or _derived(self._bounds.ranges[name]),
                        self._standards.measures[name],
                    )
                    for name in told
                ]
            )
        return said


def reasons(
    profile: Profile,
    bounds: Bounds,
    standards: Standards,
    grade: GradeRange | None,
    decisions: Mapping[Address, Decision],
) -> list[Reason]:
    """The rungs of the grade and the reporting rows that hold; for 待核, those that may hold."""
    found: list[Reason] = []
    kept: Kept[RowRest] = standards.kept_as("row_rests")

    def add(row: ReportRow | GradeRow, how: str, formula: "Formula | bool") -> None:
        rest = kept.get((row, formula))
        if rest is None:
            rest = kept.put((row, formula), RowRest(formula, standards))
        found.append(Reason(row, how, rest, bounds))

    for row, formula in profile.reports:
        if (
            any([decisions[address] is Decision.REPORT for address in row.to])
            and outcomes(formula, bounds.ranges, standards).sure
        ):
            add(row, "sure", formula)
    sure_rows = len(found)
    if grade is not None and grade.low is not None:
        for rung, formula in profile.grades:
            if rung.grade is grade.low and outcomes(formula, bounds.ranges, standards).sure:
                add(rung, "grade", formula)
    if not sure_rows:
        for row, formula in profile.reports:
            wanted = [decisions[address] for address in row.to]
            if (
                any([d is not Decision.KEEP for d in wanted])
                and outcomes(formula, bounds.ranges, standards).open
            ):
                add(row, "joint" if Decision.REPORT in wanted else "open", formula)
    return found


def reasons_in_words(
    found: Sequence[Reason], several: bool, facts: Facts, bounds: Bounds, standards: Standards
) -> list[dict[str, Any]]:
    """Reasons with their figures; of an unknown category (`several`), each sentence once."""
    worded: list[dict[str, Any]] = []
    seen: set[str] = set()
    said = _Figures(facts, bounds, standards)
    for reason in found:
        text = reason.words(said)
        if text in seen:
            continue
        if several:
            seen.add(text)
        row = reason.row
        worded.append(
            {"criterion": row.id, "clause": row.clause, "text": text, "measures": [*reason.measures]}
        )
    return worded


def near_misses(
    facts: Facts,
    profile: Profile,
    bounds: Bounds,
    standards: Standards,
    grade: GradeRange | None,
    kept: Set[Address],
) -> list[dict[str, Any]]:
    """For each measure that was told, the next bound that it misses by no more than the measure's `near`.

    `kept`: the offices that need not be told, and would have to be.
    """
    found: list[tuple[int, dict[str, Any]]] = []
    reached = -1 if grade is None or grade.low is None else GRADES.index(grade.low)
    for name in facts.measures:
        measure = standards.measures.get(name)
        if measure is None or not measure.near or bounds.presumes(name):
            continue
        high = bounds.ranges[name][1]
        if high < 1:
            continue
        for bar in profile.bars_above(name, high, high + measure.near):
            if bar.grade is not None:
                if GRADES.index(bar.grade) <= reached:
                    continue
                reaches = str(bar.grade)
            else:
                office = next((address for address in bar.to if address in kept), None)
                if office is None:
                    continue
                reaches = f"应报{standards.office_name(office)}"
            lacks = tidy(bar.value - high)
            found.append(
                (
                    profile.place_of[name],
                    {
                        "criterion": bar.criterion,
                        "measure": name,
                        "lacks": lacks,
                        "text": f"差{lacks!s}{measure.unit}{measure.label}，即{reaches}",
                        "reaches": reaches,
                    },
                )
            )
            break
    return [miss for _, miss in sorted(found, key=lambda item: item[0])] if found else []


def figure(quantity: Quantity | None, measure: Measure) -> str:
    """`死亡3人`, `受伤11至19人`, `死亡至少3人`, `死亡不详`: a value with its unit, for a sentence."""
    if quantity is None or quantity.wholly_open:
        return f"{measure.label}不详"
    if quantity.exact:
        return f"{measure.label}{quantity.low!s}{measure.unit}"
    if quantity.high is None:
        return f"{measure.label}至少{quantity.low!s}{measure.unit}"
    return f"{measure.label}{quantity.low!s}至{quantity.high!s}{measure.unit}"


def _bound(threshold: Threshold, standards: Standards) -> str:
    """`，达到3人以上`; nothing for a rung without a lower bound, where that there is any is all that counts."""
    if threshold.bound == 0:
        return ""
    bound = f"{tidy(threshold.bound)!s}{standards.measures[threshold.measures[0]].unit}"
    return f"，超过{bound}" if threshold.strict else f"，达到{bound}以上"


def _derived(span: tuple[float, float]) -> Quantity:
    return Quantity(span[0], None if math.isinf(span[1]) else span[1])
