"""The verdict: what the standards make of the facts, with everything that explains it.

A verdict names the digest and the day of its standards, so that it can be worked out again.
"""

from collections.abc import Mapping
from typing import Any

from jinji_report.jsontext import Written, json_text, texts_text
from jinji_report.vocabulary import Decision, Grade, Line, Tier

NO_GRADE = "未达等级"

# Looked up, since calling an enum is dearer than all else that is read of a verdict.
_TIERS = {tier.value: tier for tier in Tier}
_LINES = {line.value: line for line in Line}
_DECISIONS = {decision.value: decision for decision in Decision}
_GRADES = {grade.value: grade for grade in Grade}


class GradeRange:
    """等级 from that of the lowest filling (None: below the lowest rung) to that of the highest."""

    __slots__ = ("high", "low")

    def __init__(self, low: Grade | None, high: Grade) -> None:
        self.low = low
        self.high = high

    def __str__(self) -> str:
        """`较大`, `一般至较大`, `等级待定（最高可能重大）`."""
        if self.low == self.high:
            return str(self.high)
        return f"{self.low}至{self.high}" if self.low else f"等级待定（最高可能{self.high}）"

    def to_json(self) -> dict[str, Any]:
        return {"low": self.low, "high": self.high}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "GradeRange":
        return cls(None if data["low"] is None else _GRADES[data["low"]], _GRADES[data["high"]])


class OfficeDecision:
    """Whether one office must get the incident."""

    __slots__ = ("decision", "line", "office", "tier")

    def __init__(self, tier: Tier, line: Line, office: str, decision: Decision) -> None:
        self.tier = tier
        self.line = line
        self.office = office
        self.decision = decision

    def to_json(self) -> dict[str, Any]:
        return {"tier": self.tier, "line": self.line, "office": self.office, "decision": self.decision}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "OfficeDecision":
        return cls(_TIERS[data["tier"]], _LINES[data["line"]], data["office"], _DECISIONS[data["decision"]])


class Shared:
    """The fields of a verdict that others share: those `before` the factors, and all behind them."""

    __slots__ = ("before", "consult", "owners", "presumed", "standards")

    def __init__(
        self, before: Written, consult: Written, owners: Written, presumed: Written, standards: Written
    ) -> None:
        self.before = before
        self.consult = consult
        self.owners = owners
        self.presumed = presumed
        self.standards = standards


class Verdict:
    """See design §5 for the shape of `to_json`; the lists hold JSON-able dictionaries of that shape.

    `shared`: the same fields, where others have them too and their text is kept.
    """

    __slots__ = (
        "_shared",
        "consult",
        "decision",
        "factors",
        "grade",
        "near_misses",
        "owners",
        "presumed",
        "questions",
        "reasons",
        "report_to",
        "standards",
    )

    def __init__(
        self,
        *,
        decision: Decision,
        grade: GradeRange | None,
        report_to: tuple[OfficeDecision, ...],
        reasons: list[dict[str, Any]],
        near_misses: list[dict[str, Any]],
        questions: list[dict[str, Any]],
        factors: list[dict[str, Any]],
        consult: list[dict[str, Any]],
        owners: list[dict[str, Any]],
        presumed: list[str],
        standards: dict[str, str],
        shared: Shared | None = None,
    ) -> None:
        self.decision = decision
        self.grade = grade
        self.report_to = report_to
        self.reasons = reasons
        self.near_misses = near_misses
        self.questions = questions
        self.factors = factors
        self.consult = consult
        self.owners = owners
        self.presumed = presumed
        self.standards = standards
        self._shared = shared

    def to_json(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "grade": None if self.grade is None else self.grade.to_json(),
            "report_to": [office.to_json() for office in self.report_to],
            "reasons": self.reasons,
            "near_misses": self.near_misses,
            "questions": self.questions,
            "factors": self.factors,
            "consult": self.consult,
            "owners": self.owners,
            "presumed": self.presumed,
            "standards": self.standards,
        }

    def to_text(self) -> str:
        """`to_json` as JSON text."""
        shared = self._shared
        if shared is None:
            return json_text(self.to_json())
        factors = ", ".join(map(texts_text, self.factors))
        return (
            f'{shared.before.text[:-1]}, "factors": [{factors}], "consult": {shared.consult.text}, '
            f'"owners": {shared.owners.text}, "presumed": {shared.presumed.text}, "standards": {shared.standards.text}}}'
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Verdict":
        """The reverse of `to_json`; offices of a tier or line that this version does not know are passed over.

        Raises KeyError, TypeError, ValueError or AttributeError where `data` is no verdict.
        """
        grade = data["grade"]
        standards = data.get("standards") or {}
        return cls(
            decision=_DECISIONS[data["decision"]],
            grade=None if grade is None else GradeRange.from_json(grade),
            report_to=tuple(
                OfficeDecision.from_json(office)
                for office in data["report_to"]
                if office["tier"] in _TIERS and office["line"] in _LINES
            ),
            reasons=_tables(data.get("reasons", [])),
            near_misses=_tables(data.get("near_misses", [])),
            questions=_tables(data.get("questions", [])),
            factors=_tables(data.get("factors", [])),
            consult=_tables(data.get("consult", [])),
            owners=_tables(data.get("owners", [])),
            presumed=[str(name) for name in data.get("presumed", ())],
            standards={name: str(standards.get(name, "")) for name in ("id", "digest", "on")},
        )


def _tables(rows: Any) -> list[dict[str, Any]]:
    if not isinstance(rows, list):
        raise TypeError("not a list of tables")
    for row in rows:
        if not isinstance(row, dict):
            raise TypeError("not a list of tables")
    return rows
