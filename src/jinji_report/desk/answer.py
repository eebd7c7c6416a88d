"""The one versioned shape of a judged incident (design §5), built from what the desk worked out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jinji_report.judgement.limits import Limit
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import Verdict

SCHEMA = "jinji/1"


class Judged:
    """Facts, their verdict and their limits at one moment; what the reading was unsure of (`doubts`)."""

    __slots__ = ("doubts", "facts", "limits", "now", "verdict")

    def __init__(
        self,
        facts: Facts,
        verdict: Verdict,
        limits: Sequence[Limit],
        now: datetime,
        doubts: Sequence[str] = (),
    ) -> None:
        self.facts = facts
        self.verdict = verdict
        self.limits = limits
        self.now = now
        self.doubts = tuple(doubts)

    def to_json(self, **more: Any) -> dict[str, Any]:
        """The object; `more` adds keys such as `id`, `case` and `report`."""
        return {
            "schema": SCHEMA,
            **more,
            "incident": self.facts.to_json(),
            "verdict": self.verdict.to_json(),
            "limits": [limit.to_json() for limit in self.limits],
            "doubts": list(self.doubts),
        }
