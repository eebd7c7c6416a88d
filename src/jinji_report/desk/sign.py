"""签发: who consented that a report goes out; recorded everywhere, wanted only where the standards say so (R25)."""

from collections.abc import Callable
from typing import Any

from jinji_report.desk.cases import commit, find_case, require_open
from jinji_report.desk.departing import Departing, entering
from jinji_report.desk.named import named
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.errors import Usage
from jinji_report.judgement.conduct import wants_signature
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.entry import NewEntry
from jinji_report.moments import iso
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind


class SignedOff:
    """Who signed; `wanted`: the rule that asks for it and its clause, None where the standards ask for none."""

    __slots__ = ("at", "case", "departing", "person", "role", "wanted")

    def __init__(
        self, case: str, person: str, role: str, at: str, wanted: tuple[str, str] | None, departing: Departing
    ) -> None:
        self.case = case
        self.person = person
        self.role = role
        self.at = at
        self.wanted = wanted
        self.departing = departing

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.case,
            "step": EntryKind.SIGNED.value,
            "person": self.person,
            "role": self.role,
            "at": self.at,
            "wanted_by": None if self.wanted is None else self.wanted[0],
            **self.departing.to_json(),
        }


def sign(
    store: Store,
    name: str,
    person: str,
    role: str,
    standards: Standards,
    stamp: Stamp,
    agree: Callable[[SignedOff], bool] | None = None,
) -> SignedOff:
    """Enter who signed. Raises Usage without a name, UnknownCase, CaseState, SecretNote."""
    person, role = named(person, "姓名"), named(role, "职务")
    refuse_secrets(person, role)
    if not person:
        raise Usage("要写明是谁签发的。", remedy="加上 --person 姓名。")

    def decide(cases: Cases) -> tuple[list[NewEntry], SignedOff]:
        case = find_case(cases, name)
        require_open(case, "登记签发")
        entry = stamp.entry(case.number, EntryKind.SIGNED, {"person": person, "role": role})
        wanted = wants_signature(case, standards)
        departing = entering(case, [entry], standards, stamp.recorded)
        return [entry], SignedOff(case.number, person, role, iso(stamp.at), wanted, departing)

    return commit(store, decide, agree)
