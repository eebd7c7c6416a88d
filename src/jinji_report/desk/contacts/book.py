"""通讯录 (R12): everybody whom the desk knows by phone, found by unit, person, role or number, and who has none.

Three sources: the office's own contacts.toml, the [[contact]] rows of its standards, and the phones of the
offices that it reports to. The own ones come first; one with the id of a row of the standards replaces it.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from jinji_report.judgement.units import units_of
from jinji_report.standards.rows import Contact, Standards
from jinji_report.vocabulary import TIERS

OWN, STANDARDS, OFFICES = "通讯录", "标准", "报送对象"


class Listed:
    """A contact, and which of the three sources it is from."""

    __slots__ = ("contact", "origin")

    def __init__(self, contact: Contact, origin: str) -> None:
        self.contact = contact
        self.origin = origin

    def to_json(self) -> dict[str, Any]:
        return {**contact_json(self.contact), "origin": self.origin}


class Lacking:
    """A unit that cannot be called: `what` it is to this desk (报送对象, 责任单位 …)."""

    __slots__ = ("unit", "what")

    def __init__(self, unit: str, what: str) -> None:
        self.unit = unit
        self.what = what

    def to_json(self) -> dict[str, str]:
        return {"unit": self.unit, "what": self.what}


def contact_json(contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.id,
        "unit": contact.unit,
        "role": contact.role,
        "person": contact.person,
        "phone": contact.phone,
        "hours": contact.hours,
        "call": contact.call,
        "direct": contact.direct,
    }


def listed(standards: Standards, own: Sequence[Contact]) -> list[Listed]:
    """All contacts, the office's own first."""
    replaced = {contact.id for contact in own}
    rows = [Listed(contact, OWN) for contact in own]
    rows += [Listed(contact, STANDARDS) for contact in standards.contacts if contact.id not in replaced]
    known = {(row.contact.unit, row.contact.phone) for row in rows}
    for (tier, line), office in standards.offices.items():
        if office.phone and (office.name, office.phone) not in known:
            rows.append(Listed(_of_office(f"{tier}{line}", office.name, office.phone), OFFICES))
    return rows


def call_tree(standards: Standards, own: Sequence[Contact]) -> list[Contact]:
    """Whom to call in which order: the office's own list where it has one, else that of its standards."""
    tree = [contact for contact in own if contact.call is not None]
    return tree or [contact for contact in standards.contacts if contact.call is not None]


def phones_of(names: Iterable[str], standards: Standards, own: Sequence[Contact]) -> dict[str, str]:
    """Unit → the number at which it can be called, of those of `names` that have one."""
    units, rows = (
        units_of(standards),
        [row.contact for row in listed(standards, own) if row.contact.phone.strip()],
    )
    found: dict[str, str] = {}
    for name in names:
        there = next((one for one in rows if units.same(one.unit, name)), None)
        if there is not None:
            found[name] = there.phone
    return found


def find(rows: Iterable[Listed], text: str) -> list[Listed]:
    """Those whose unit, person, role or id bears `text`, or whose phone its digits."""
    wanted = _plain(text)
    digits = "".join(char for char in wanted if char.isdigit())
    number = digits if len(digits) >= 3 and not wanted.strip("0123456789-+() ") else ""
    return [row for row in rows if _bears(row.contact, wanted, number)]


def lacking(standards: Standards, own: Sequence[Contact], day: date) -> list[Lacking]:
    """Every unit that this desk may have to call and has no number of, the offices just above it first.

    A contact without a phone is named with its role and person.
    """
    in_force = standards.on(day)
    rows = listed(standards, own)
    can_be_called = {row.contact.unit for row in rows if row.contact.phone.strip()}
    named: dict[tuple[str, str], None] = {}
    desk = TIERS.index(in_force.desk.tier)
    offices = sorted(in_force.offices.values(), key=lambda one: abs(TIERS.index(one.tier) - desk - 1))
    above = [office for office in offices if TIERS.index(office.tier) > desk]
    for office in [*above, *(office for office in offices if office not in above)]:
        if not office.phone.strip():
            named[office.name, "报送对象"] = None
    for row in rows:
        contact = row.contact
        if not contact.phone.strip():
            who = "".join(dict.fromkeys((contact.unit, contact.role, contact.person)))
            what = "叫应名单" if contact.call is not None else "信息直报点" if contact.direct else "联系人"
            named[who, what] = None
    for owner in in_force.owners:
        named[owner.unit, "责任单位"] = None
    for place in in_force.places:
        if place.owner:
            named[place.owner, "责任单位"] = None
    for consultation in in_force.consultations:
        for unit, _ in consultation.units:
            named[unit, "会商单位"] = None
    found: dict[str, Lacking] = {}
    units = units_of(in_force)
    for unit, what in named:
        if unit not in can_be_called and not any(units.same(name, unit) for name in can_be_called):
            found.setdefault(unit, Lacking(unit, what))
    return list(found.values())


def _bears(contact: Contact, wanted: str, number: str) -> bool:
    if number:
        return number in "".join(char for char in contact.phone if char.isdigit())
    words = (contact.unit, contact.person, contact.role, contact.id, contact.phone)
    return any(wanted in _plain(word) for word in words)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _of_office(address: str, name: str, phone: str) -> Contact:
    return Contact(
        {
            "id": f"office.{address}",
            "unit": name,
            "role": "值班电话",
            "person": "",
            "phone": phone,
            "hours": "任何时间",
            "call": None,
            "direct": False,
        }
    )
