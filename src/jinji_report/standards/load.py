"""Packs are read, joined over `extends`, checked, and kept compiled.

A pack is validated when any of its files changed; after that every run reads the compiled rows
from the cache folder. The cache is keyed by the digest of the sources: one that is foreign,
broken or out of date is made again, and a cache that cannot be written only costs time.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jinji_report.errors import UnusableStandards
from jinji_report.files import cause_of, toml_fault, write_private
from jinji_report.standards.rows import Standards

if TYPE_CHECKING:
    from jinji_report.standards import schema
    from jinji_report.standards.faults import Refusal
    from jinji_report.standards.join import Joined, PackFile

T = TypeVar("T")

FORMAT = 10  # of the compiled rows; a change of their shape makes old caches foreign
MAX_PACK_BYTES = 4_000_000
MAX_EXTENDS = 16
CASES_ENDING = ".cases.toml"

DEFAULT_PACK = "county"

# Files as they were parsed in this process: two packs that are compared rest on the same bases.
MOST_PARSED = 64
_PARSED: "dict[tuple[str, str], PackFile]" = {}


def rules_folder() -> Path:
    """The shipped packs: inside the wheel, or beside `src` in an editable checkout."""
    inside = Path(__file__).parent.parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "rules"


def shipped_packs() -> list[str]:
    """The names that `--standards` takes besides a path."""
    names = [path.name for path in rules_folder().glob("*.toml")]
    return sorted(name.removesuffix(".toml") for name in names if not name.endswith(CASES_ENDING))


def find_pack(name: str, beside: Path | None = None, absent: dict[str, None] | None = None) -> Path:
    """The file of a pack named by name or path; `beside` is the file that extends it.

    What was looked at in vain goes into `absent`. Raises UnusableStandards where there is none.
    """
    if name.endswith(".toml") or "/" in name or "\\" in name:
        path = Path(name)
        with suppress(RuntimeError):  # a home that nobody has
            path = path.expanduser()
        if beside is not None and not path.is_absolute():
            path = beside.parent / path
        if _is_file(path):
            return path
    else:
        for folder in ([beside.parent] if beside is not None else []) + [rules_folder()]:
            path = folder / f"{name}.toml"
            if _is_file(path) and (beside is None or path != beside):
                return path
            if absent is not None and path != beside:
                absent[str(path)] = None
    if _is_folder(Path(name)):
        raise UnusableStandards(
            f"{name} 是一个文件夹，不是标准文件。",
            remedy=f"写出其中的 .toml 文件，或用随程序的标准：{'、'.join(shipped_packs())}。",
        )
    raise UnusableStandards(
        f"没有找到报送标准 {name}。",
        remedy=f"可用的标准：{'、'.join(shipped_packs())}；也可以写出标准文件的路径。",
    )


def _is_file(path: Path) -> bool:
    with suppress(OSError):  # a name that is too long, a folder that may not be looked into
        return path.is_file()
    return False


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False


def load(name: str = DEFAULT_PACK, cache: Path | None = None) -> Standards:
    """The standards of the pack `name` (a shipped name or a path), joined over `extends`.

    `cache` is the folder of compiled standards; None compiles without keeping.
    Raises UnusableStandards, with file and place.
    """
    path = find_pack(name).resolve()
    kept = None if cache is None else cache / f"{path.stem}-{_hash(str(path).encode())[:16]}.json"
    if kept is not None:
        standards = _read_compiled(kept)
        if standards is not None:
            return standards
    compiled = compile_pack(path)
    if kept is not None:
        _keep(
            kept,
            {
                "format": FORMAT,
                "code": _code_digest(),
                "sources": compiled.sources,
                "absent": compiled.absent,
            },
            compiled.rows,
        )
    return Standards(compiled.rows)


class Compiled:
    """The joined rows as JSON-able data, the files they come from, and those whose coming would change them.

    `sources`: [path, SHA-256] of each file. `absent`: paths that were looked at first and not there.
    """

    __slots__ = ("absent", "rows", "sources")

    def __init__(self, rows: dict[str, Any], sources: list[list[str]], absent: list[str]) -> None:
        self.rows = rows
        self.sources = sources
        self.absent = absent


def compile_pack(path: Path) -> Compiled:
    """The pack at `path` joined over everything that it extends. Raises UnusableStandards."""
    absent: dict[str, None] = {}
    joined = read_chain(path, absent)
    rows = joined.finish(digest_of(joined))
    refuse_faults(joined)
    return Compiled(rows, [[file.path, file.digest] for file in joined.files.values()], list(absent))


def refuse_faults(joined: "Joined") -> None:
    """Rows that name what is not there cannot be judged by. Raises UnusableStandards once `finish` found any."""
    if joined.faults:
        first = joined.faults[0]
        more = f"（另有 {len(joined.faults) - 1} 处）" if len(joined.faults) > 1 else ""
        raise UnusableStandards(
            f"标准文件 {first.origin.file}：{first.problem}{more}",
            remedy=f"{first.remedy}运行 jinji rules check 可看全部问题和行号。",
        )


def digest_of(joined: "Joined") -> str:
    """What names a chain of files for good: the SHA-256 over the digests of all of them."""
    return _hash("\n".join(f"{file.pack.id} {file.digest}" for file in joined.files.values()).encode())


def read_chain(path: Path, absent: dict[str, None] | None = None) -> "Joined":
    """The pack at `path` over everything that it extends, before its names are checked.

    Raises UnusableStandards for a file that cannot be read, and RefusedPack for what the schema refuses.
    """
    return _resolved(path.resolve(), (), {}, {} if absent is None else absent)


class RefusedPack(UnusableStandards):
    """The schema refuses something in a file that is TOML: `refusals` has all of it, `text` is the file."""

    def __init__(self, path: str, text: str, refusals: "list[Refusal]") -> None:
        first = refusals[0]
        more = f"（另有 {len(refusals) - 1} 处）" if len(refusals) > 1 else ""
        super().__init__(
            f"标准文件 {path}：{first.where}：{first.text}{more}。",
            remedy="改正后重试；运行 jinji rules check 可看全部问题和行号，键名和取值见 jinji rules schema。",
        )
        self.path = path
        self.text = text
        self.refusals = refusals


def _resolved(
    path: Path,
    above: tuple[Path, ...],
    files: "dict[Path, PackFile]",
    absent: dict[str, None],
) -> "Joined":
    """The rows of the pack at `path`: those of its bases, one after the other, and its own over them."""
    if path in above:
        names = " → ".join(p.name for p in (*above, path))
        raise UnusableStandards(f"标准文件循环引用：{names}。", remedy="去掉其中一个 extends。")
    if len(above) > MAX_EXTENDS:
        raise UnusableStandards(f"{path} 的 extends 层数超过 {MAX_EXTENDS}。", remedy="减少引用层数。")
    from jinji_report.standards.join import Joined, PackFile

    if path not in files:
        text, digest = _read(path)
        kept = _PARSED.get((str(path), digest))
        if kept is None:
            if len(_PARSED) >= MOST_PARSED:
                _PARSED.clear()
            kept = _PARSED[str(path), digest] = PackFile(str(path), text, digest, _parse(path, text))
        files[path] = kept
    joined = Joined(str(path))
    for base in files[path].pack.extends:
        found = find_pack(base, beside=path, absent=absent).resolve()
        joined.join(_resolved(found, (*above, path), files, absent))
    joined.add(files[path])
    return joined


def cases_beside(path: Path) -> "tuple[Path, str, schema.CaseFile] | None":
    """The cases that lie beside a pack (`county.cases.toml`): their file, its text, what it says. None without.

    Raises UnusableStandards and RefusedPack.
    """
    from jinji_report.standards.schema import read_cases

    beside = path.with_name(f"{path.stem}{CASES_ENDING}")
    if not _is_file(beside):
        return None
    text, _ = _read(beside)
    return beside, text, _validated(beside, text, read_cases)


def _read(path: Path) -> tuple[str, str]:
    """A file's text, and the SHA-256 of its bytes. Raises UnusableStandards."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnusableStandards(
            f"标准文件 {path} 读不出来（{cause_of(error)}）。", remedy="检查路径和权限。"
        ) from error
    if len(raw) > MAX_PACK_BYTES:
        raise UnusableStandards(
            f"标准文件 {path} 超过 4 MB。", remedy="标准文件不应这么大，请检查是否选错了文件。"
        )
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n"), _hash(raw)
    except UnicodeDecodeError as error:
        raise UnusableStandards(
            f"标准文件 {path} 不是 UTF-8 编码（第 {error.start} 字节）。", remedy="用编辑器另存为 UTF-8。"
        ) from error


def _parse(path: Path, text: str) -> "schema.Pack":
    from jinji_report.standards.schema import read_pack

    return _validated(path, text, read_pack)


def _validated(path: Path, text: str, read: Callable[[str], T]) -> T:
    """The text of a TOML file as `read` makes it. Raises UnusableStandards and RefusedPack."""
    import tomllib
    from datetime import date, datetime, time

    from pydantic import ValidationError

    from jinji_report.standards.faults import refusals

    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a plain ValueError is a number of thousands of digits
        raise UnusableStandards(
            f"标准文件 {path} 不是有效的 TOML：{toml_fault(error)}。",
            remedy="改正后重试；重复的键和表也会这样报。",
        ) from error

    def as_text(value: object) -> str:
        if isinstance(value, (datetime, date, time)):
            return value.isoformat()
        raise TypeError(type(value).__name__)

    try:
        return read(json.dumps(document, default=as_text))
    except ValidationError as error:
        raise RefusedPack(str(path), text, refusals(error, document)) from error


def _hash(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def _code_digest() -> str:
    """The compiler's own sources: rows made by another version of them are foreign."""
    here = Path(__file__).parent
    try:
        return _hash(
            b"".join((here / name).read_bytes() for name in ("load.py", "join.py", "rows.py", "schema.py"))
        )
    except OSError:
        return str(FORMAT)


def _read_compiled(kept: Path) -> Standards | None:
    """The compiled standards, if they are ours, whole, and of the very files that lie there now."""
    try:
        head, _, rest = kept.read_bytes().partition(b"\n")
        data = json.loads(head)
        if data["format"] != FORMAT or data["code"] != _code_digest():
            return None
        if any(_hash(Path(file).read_bytes()) != digest for file, digest in data["sources"]):
            return None
        if any(Path(file).is_file() for file in data["absent"]):
            return None
        if data["rest"] != _hash(rest):
            return None
        return Standards(data["standards"], lambda: json.loads(rest))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _keep(kept: Path, data: Mapping[str, Any], standards: Mapping[str, Any]) -> None:
    """Kept for the next run; failing is no matter.

    The first line holds what every run needs; the second, whose digest the first has, the tables that
    only judging and reading need.
    """

    def line(value: Mapping[str, Any]) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    rest = line({name: rows for name, rows in standards.items() if name in _FOR_JUDGING})
    first = {name: rows for name, rows in standards.items() if name not in _FOR_JUDGING}
    head = line({**data, "rest": _hash(rest.encode()), "standards": first})
    with suppress(OSError):
        write_private(kept, f"{head}\n{rest}")


_FOR_JUDGING = frozenset(
    (
        "categories",
        "tags",
        "places",
        "windows",
        "factors",
        "grades",
        "reports",
        "consultations",
        "owners",
        "skips",
        "orders",
        "releases",
        "hours",
        "contacts",
        "language",
    )
)
