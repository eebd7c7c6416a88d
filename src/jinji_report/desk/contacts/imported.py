"""通讯录导入: the rows of a spreadsheet laid over the office's own contacts."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jinji_report.desk.contacts.book import contact_json
from jinji_report.desk.contacts.file import named, read_contacts, write_contacts
from jinji_report.desk.contacts.table import Read
from jinji_report.desk.stamp import refuse_secrets
from jinji_report.errors import GivenUp
from jinji_report.standards.rows import Contact


class Imported:
    """What an import does to the contacts: their ids by what becomes of them, and how many there are then."""

    __slots__ = ("added", "changed", "dropped", "ignored", "path", "same", "total")

    def __init__(self, before: Sequence[Contact], after: Sequence[Contact], read: Read, path: Path) -> None:
        old = {contact.id: contact_json(contact) for contact in before}
        new = {contact.id: contact_json(contact) for contact in after}
        self.added = [ident for ident in new if ident not in old]
        self.changed = [ident for ident in new if ident in old and old[ident] != new[ident]]
        self.dropped = [ident for ident in old if ident not in new]
        self.same = len(new) - len(self.added) - len(self.changed)
        self.total = len(new)
        self.ignored = read.ignored
        self.path = path

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "file": str(self.path),
            "added": self.added,
            "changed": self.changed,
            "dropped": self.dropped,
            "same": self.same,
            "total": self.total,
            "ignored_columns": list(self.ignored),
        }


def import_contacts(
    folder: Path,
    cache: Path,
    read: Read,
    *,
    replace: bool = False,
    agree: Callable[[Imported], bool] | None = None,
) -> Imported:
    """Lay the rows over the office's own contacts: one of the same id is changed, the others stay.

    With `replace` the rows are all there is. Raises GivenUp, SecretNote, UnusableSettings, StoreUnwritable.
    """
    refuse_secrets(*(str(value) for row in read.rows for value in row.values() if value))
    before = read_contacts(folder, cache)
    rows = [Contact(row) for row in named(read.rows)]
    kept = {} if replace else {contact.id: contact for contact in before}
    after = list({**kept, **{contact.id: contact for contact in rows}}.values())
    done = Imported(before, after, read, folder / "contacts.toml")
    if agree is not None and not agree(done):
        raise GivenUp("没有导入。", remedy="核对后再运行一次本命令。")
    if done.added or done.changed or done.dropped:
        write_contacts(folder, after)
    return done
