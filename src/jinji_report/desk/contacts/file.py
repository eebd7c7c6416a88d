"""contacts.toml: the office's own contacts, written by an import and readable by hand, private to the user.

Each [[contact]] is spelled as in a standards file, but needs no id: one without is called by its unit, role
and person. It is validated when it changed; other runs take the rows from the cache folder.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinji_report.desk.contacts.book import contact_json
from jinji_report.errors import StoreUnwritable, UnusableSettings
from jinji_report.files import cause_of, toml_fault, write_private
from jinji_report.standards.rows import Contact

FILE_NAME = "contacts.toml"
FORMAT = 1  # of the rows in the cache
MAX_BYTES = 4_000_000
HEAD = """# 本单位的通讯录：值班电话、信息直报点、叫应名单。jinji contacts import 写成，也可以手改。
# hours：任何时间、工作时间、非工作时间；call：叫应次序，1 最先；direct：信息直报点。改完跑 jinji contacts check。

"""


def read_contacts(folder: Path, cache: Path) -> tuple[Contact, ...]:
    """The contacts of the office whose data folder this is; none where it has no such file. Raises UnusableSettings."""
    path = folder / FILE_NAME
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise UnusableSettings(
            f"通讯录 {path} 读不出来（{cause_of(error)}）。", remedy="检查文件和权限。"
        ) from error
    digest = sha256(raw).hexdigest()
    kept = cache / f"contacts-{sha256(str(path).encode()).hexdigest()[:16]}.json"
    try:
        data = json.loads(kept.read_bytes())
        if data["digest"] == digest and data["format"] == FORMAT:
            return tuple(Contact(row) for row in data["contacts"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    rows = _parse(path, raw)
    with suppress(OSError):  # failing, only the next run is slower
        write_private(kept, json.dumps({"digest": digest, "format": FORMAT, "contacts": rows}))
    return tuple(Contact(row) for row in rows)


def write_contacts(folder: Path, contacts: Iterable[Contact]) -> Path:
    """Write them all, and keep the file that stood there as `contacts.toml.bak`. Raises StoreUnwritable."""
    import tomli_w

    path = folder / FILE_NAME
    rows = [_lean(contact) for contact in contacts]
    try:
        if path.is_file():
            write_private(path.with_name(f"{FILE_NAME}.bak"), path.read_text(encoding="utf-8-sig"))
        write_private(path, HEAD + "\n".join(f"[[contact]]\n{tomli_w.dumps(row)}" for row in rows))
    except OSError as error:
        raise StoreUnwritable(
            f"通讯录 {path} 写不了（{cause_of(error)}）。", remedy="检查文件夹、权限和磁盘空间。"
        ) from error
    return path


def named(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each with an id: its own, else unit, role and person, counted where several are alike."""
    taken = {row["id"] for row in rows if row.get("id")}
    found = []
    for row in rows:
        ident = row.get("id")
        if not ident:
            plain = " ".join(part for part in (row["unit"], row["role"], row["person"]) if part)
            ident, count = plain, 1
            while ident in taken:
                count += 1
                ident = f"{plain} {count}"
            taken.add(ident)
        found.append({**row, "id": ident})
    return found


def _lean(contact: Contact) -> dict[str, Any]:
    """The row as the file has it: without what is empty or holds anyway."""
    plain = " ".join(part for part in (contact.unit, contact.role, contact.person) if part)
    told = {name: value for name, value in contact_json(contact).items() if value}
    if contact.id == plain:
        del told["id"]
    if contact.hours == "任何时间":
        del told["hours"]
    return told


def _parse(path: Path, raw: bytes) -> list[dict[str, Any]]:
    import tomllib

    from pydantic import ValidationError

    from jinji_report.standards import schema
    from jinji_report.standards.faults import refusals

    if len(raw) > MAX_BYTES:
        raise UnusableSettings(f"通讯录 {path} 超过 4 MB。", remedy="检查是不是放错了文件。")
    try:
        document: dict[str, Any] = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise UnusableSettings(
            f"通讯录 {path} 不是有效的 UTF-8 TOML：{toml_fault(error)}。", remedy="按提示修改后重试。"
        ) from error
    try:
        read = schema.read_contacts(json.dumps(document, default=str))
    except ValidationError as error:
        first = refusals(error, document)[0]
        raise UnusableSettings(
            f"通讯录 {path}：{first.where}：{first.text}。",
            remedy="按提示修改后重试；写法见 jinji rules schema 的 contact。",
        ) from error
    rows = named([schema.plain(row) for row in read.contact])
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            raise UnusableSettings(f"通讯录 {path} 有两个 id 都是 {row['id']}。", remedy="改掉其中一个。")
        seen.add(row["id"])
    return rows
