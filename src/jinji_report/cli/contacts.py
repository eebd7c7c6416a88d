"""Contacts on screen: one line each, in the order in which they are looked up."""

from collections.abc import Sequence

from jinji_report.cli.screen import Table
from jinji_report.desk.contacts.book import Listed
from jinji_report.standards.rows import Contact


def name_of(contact: Contact) -> str:
    """`台领导 值班台领导 李某`."""
    parts = (contact.unit, contact.role, contact.person)
    return " ".join(dict.fromkeys(part for part in parts if part))


def table(rows: Sequence[Listed]) -> Table:
    return Table(
        ("单位", "职务、姓名", "电话", "说明", "出自"),
        [
            (
                row.contact.unit,
                " ".join(part for part in (row.contact.role, row.contact.person) if part),
                row.contact.phone or "—",
                _notes(row.contact),
                row.origin,
            )
            for row in rows
        ],
        ["" if row.contact.phone else "due_soon" for row in rows],
    )


def _notes(contact: Contact) -> str:
    notes = [] if contact.hours == "任何时间" else [contact.hours]
    notes += [f"叫应{contact.call}"] if contact.call is not None else []
    notes += ["直报点"] if contact.direct else []
    return "、".join(notes)
