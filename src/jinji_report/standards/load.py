"""Packs are read, joined over `extends`, checked, and kept compiled.

A pack is validated when any of its files changed; after that every run reads the compiled rows
from the cache folder. The cache is keyed by the digest of the sources: one that is foreign,
broken or out of date is made again, and a cache that cannot be written only costs time.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinji_report.errors import UnusableStandards
from jinji_report.files import cause_of, toml_fault, write_private
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import CLASSES

if TYPE_CHECKING:
    from pydantic import ValidationError

    from jinji_report.standards import schema

FORMAT = 2  # of the compiled rows; a change of their shape makes old caches foreign
MAX_PACK_BYTES = 4_000_000
MAX_EXTENDS = 16

DEFAULT_PACK = "county"


def rules_folder() -> Path:
    """The shipped packs: inside the wheel, or beside `src` in an editable checkout."""
    inside = Path(__file__).parent.parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "rules"


def shipped_packs() -> list[str]:
    """The names that `--standards` takes besides a path."""
    return sorted(path.stem for path in rules_folder().glob("*.toml"))


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
        if path.is_file():
            return path
    else:
        for folder in ([beside.parent] if beside is not None else []) + [rules_folder()]:
            path = folder / f"{name}.toml"
            if path.is_file() and (beside is None or path != beside):
                return path
            if absent is not None and path != beside:
                absent[str(path)] = None
    if Path(name).is_dir():
        raise UnusableStandards(
            f"{name} 是一个文件夹，不是标准文件。",
            remedy=f"写出其中的 .toml 文件，或用随程序的标准：{'、'.join(shipped_packs())}。",
        )
    raise UnusableStandards(
        f"没有找到报送标准 {name}。",
        remedy=f"可用的标准：{'、'.join(shipped_packs())}；也可以写出标准文件的路径。",
    )


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
    files: dict[Path, tuple[bytes, schema.Pack]] = {}
    absent: dict[str, None] = {}
    joined = _resolved(path, (), files, absent)
    digest = _hash("\n".join(f"{pack.id} {_hash(raw)}" for raw, pack in files.values()).encode())
    sources = [[str(file), _hash(raw)] for file, (raw, _) in files.items()]
    return Compiled(joined.finish(files[path][1], digest), sources, list(absent))


def _resolved(
    path: Path,
    above: tuple[Path, ...],
    files: "dict[Path, tuple[bytes, schema.Pack]]",
    absent: dict[str, None],
) -> "_Joined":
    """The rows of the pack at `path`: those of its bases, one after the other, and its own over them."""
    if path in above:
        names = " → ".join(p.name for p in (*above, path))
        raise UnusableStandards(f"标准文件循环引用：{names}。", remedy="去掉其中一个 extends。")
    if len(above) > MAX_EXTENDS:
        raise UnusableStandards(f"{path} 的 extends 层数超过 {MAX_EXTENDS}。", remedy="减少引用层数。")
    if path in files:
        raw, pack = files[path]
    else:
        raw = _read(path)
        pack = _parse(path, raw)
    joined = _Joined(path)
    for base in pack.extends:
        found = find_pack(base, beside=path, absent=absent).resolve()
        joined.join(_resolved(found, (*above, path), files, absent))
    files.setdefault(path, (raw, pack))
    joined.add(path, pack)
    return joined


def _read(path: Path) -> bytes:
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
    return raw


def _parse(path: Path, raw: bytes) -> "schema.Pack":
    """One file as a checked Pack. Raises UnusableStandards with file and place."""
    import tomllib
    from datetime import date, datetime, time

    from pydantic import ValidationError

    from jinji_report.standards.schema import read_pack

    try:
        document = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise UnusableStandards(
            f"标准文件 {path} 不是 UTF-8 编码（第 {error.start} 字节）。", remedy="用编辑器另存为 UTF-8。"
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnusableStandards(
            f"标准文件 {path} 不是有效的 TOML：{toml_fault(error)}。",
            remedy="改正后重试；重复的键和表也会这样报。",
        ) from error

    def as_text(value: object) -> str:
        if isinstance(value, (datetime, date, time)):
            return value.isoformat()
        raise TypeError(type(value).__name__)

    try:
        return read_pack(json.dumps(document, default=as_text))
    except ValidationError as error:
        raise UnusableStandards(
            f"标准文件 {path}：{_first_problem(error, document)}",
            remedy="改正后重试；键名和取值见 README 的标准文件一节。",
        ) from error


def _first_problem(error: "ValidationError", document: Mapping[str, Any]) -> str:
    """The first of pydantic's findings as a sentence with its place, and how many more there are."""
    problems = error.errors(include_url=False, include_context=False)
    first = min(problems, key=lambda p: p["type"] != "extra_forbidden")
    place: list[str] = []
    here: Any = document
    for step in first["loc"]:
        here = _step_into(here, step)
        if isinstance(step, int):
            name = here.get("id") or here.get("name") if isinstance(here, Mapping) else None
            place.append(f"第 {step + 1} 个" + (f"（{name}）" if name else ""))
        else:
            place.append(str(step))
    sentence = _FAULTS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    more = f"（另有 {len(problems) - 1} 处）" if len(problems) > 1 else ""
    return f"{' '.join(place) or '文件'}：{sentence}{more}。"


_NUMBER, _TEXT, _LIST, _TABLE = "应是数字", "应是文字（加引号）", "应是列表 […]", "应是表 {…} 或 [[…]]"
_FAULTS = {
    "extra_forbidden": "不认识的键",
    "missing": "缺少这个键",
    "enum": "取值不在允许的范围内",
    "literal_error": "取值不在允许的范围内",
    "int_type": "应是整数",
    "int_from_float": "应是整数",
    "float_type": _NUMBER,
    "finite_number": "应是有限的数",
    "greater_than": "太小",
    "greater_than_equal": "不能小于 0",
    "less_than_equal": "太大",
    "string_type": _TEXT,
    "string_too_short": "不能为空",
    "string_too_long": "太长",
    "string_pattern_mismatch": "写法不对（小写字母、数字和连字符；月日写 06-01）",
    "bool_type": "应是 true 或 false",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "too_short": "不能是空列表",
    "too_long": "写多了",
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "date_type": "应是日期，如 2026-03-05",
    "date_parsing": "应是日期，如 2026-03-05",
    "date_from_datetime_parsing": "应是日期，如 2026-03-05",
    "date_from_datetime_inexact": "应是日期，不带时间",
}


def _step_into(here: Any, step: int | str) -> Any:
    try:
        return here[step]
    except (KeyError, IndexError, TypeError):
        return here


class _Joined:
    """The rows of a chain of packs, later files over earlier ones.

    A row with an id that stands already replaces it; a category or tag of a known name adds its
    words. Reporting rows and limits of a base are dropped unless the pack says `inherit`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: set[Path] = set()
        self.rows: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in _TABLES}
        self.origin: dict[tuple[str, str], Path] = {}
        self.groups: dict[str, tuple[str, ...]] = {}
        self.wording: dict[str, Any] = {}
        self.desk: dict[str, Any] | None = None
        self.due_soon: int | None = None

    def join(self, base: "_Joined") -> None:
        """Take over what a base pack holds; what it has from a file that came in before is not laid over again."""
        for kind, table in base.rows.items():
            for key, data in table.items():
                origin = base.origin[kind, key]
                if origin not in self.files or key not in self.rows[kind]:
                    self._put(kind, key, data, origin)
        self.files |= base.files
        self.groups |= base.groups
        title = self.wording.get("title", {}) | base.wording.get("title", {})
        self.wording |= base.wording | {"title": title}
        self.desk = base.desk or self.desk
        self.due_soon = base.due_soon or self.due_soon

    def add(self, file: Path, pack: "schema.Pack") -> None:
        """Lay the pack's own rows over what its bases brought."""
        from jinji_report.standards.schema import plain

        self.files.add(file)
        for kind, belongs in (("report", "report"), ("limit", "limit"), ("hop", "limit")):
            if belongs not in pack.inherit:
                self.rows[kind] = {}
        for kind in _TABLES:
            here: set[str] = set()
            for row in getattr(pack, kind):
                data = plain(row)
                key = _key(kind, data)
                if key in here:
                    raise _twice(file, kind, key)
                here.add(key)
                if "when" in data:
                    data["when"] = _lean(data["when"])
                self._put(kind, key, data, file)
        names = [group.name for group in pack.group]
        for name in names:
            if names.count(name) > 1:
                raise _twice(file, "group", name)
        self.groups |= {group.name: group.categories for group in pack.group}
        if pack.wording is not None:
            said = {k: v for k, v in plain(pack.wording).items() if v is not None}
            title = self.wording.get("title", {}) | said.get("title", {})
            self.wording |= said | {"title": title}
        if pack.desk is not None:
            self.desk = plain(pack.desk)
        if pack.due_soon is not None:
            self.due_soon = pack.due_soon

    def _put(self, kind: str, key: str, data: dict[str, Any], file: Path) -> None:
        table = self.rows.setdefault(kind, {})
        if kind in ("category", "tag") and key in table:
            data = _with_words(table[key], data)
        table[key] = data
        self.origin[kind, key] = file

    def finish(self, pack: "schema.Pack", digest: str) -> dict[str, Any]:
        """The compiled data: names resolved and checked, category lists spelled out as leaves."""
        rows = self.rows
        for data in rows["tag"].values():
            data["role"] = data["role"] or "any"
        for kind in ("grade", "report", "owner", "limit", "watch"):
            for key, data in rows[kind].items():
                data["categories"] = self._leaves(kind, key, data.pop("category"))
        for data in rows["grade"].values():
            measure, bounds = data.pop("measure"), {op: data.pop(op) for op in ("at_least", "more_than")}
            del data["below"]  # for checking a ladder, never for judging
            if data["when"] is None:
                data["when"] = _lean({"measure": measure, **bounds})
        for kind in ("factor", "grade", "report", "consultation", "owner", "limit"):
            for key, data in rows[kind].items():
                data["when"] = self._checked(kind, key, data["when"] or {})
        for key, data in rows["limit"].items():
            data["met_by"] = data["met_by"] or [data["form"]]
            if data["after"] is not None and data["after"] not in rows["limit"]:
                raise self._unknown("limit", key, "时限", data["after"])
        for key, data in rows["factor"].items():
            for measure in data["outlook"]:
                self._known("factor", key, "measure", measure)
        for key, data in rows["measure"].items():
            if data["part_of"] is not None:
                self._known("measure", key, "measure", data["part_of"])
                if rows["measure"][data["part_of"]]["part_of"] is not None:
                    raise UnusableStandards(
                        f"标准文件 {self._file('measure', key)}：[[measure]] {key} 的 part_of 只能有一层。",
                        remedy="part_of 要指向一个自己没有 part_of 的数量。",
                    )
            for names in ("asked_for", "presume_for"):
                data[names] = self._leaves("measure", key, data[names] or None)
        if self.desk is None:
            raise UnusableStandards(
                f"标准文件 {self.root} 没有 [desk]。", remedy="写明本单位、层级、报送线和所辖地方。"
            )
        hops = sorted(rows["hop"].values(), key=lambda data: _TIER_ORDER.index(data["tier"]))
        return {
            "id": pack.id,
            "title": pack.title,
            "digest": digest,
            "due_soon": self.due_soon or 10,
            "desk": self.desk,
            "wording": self.wording,
            "measures": list(rows["measure"].values()),
            "categories": list(rows["category"].values()),
            "tags": list(rows["tag"].values()),
            "windows": list(rows["window"].values()),
            "factors": list(rows["factor"].values()),
            "grades": list(rows["grade"].values()),
            "reports": list(rows["report"].values()),
            "offices": list(rows["office"].values()),
            "consultations": list(rows["consultation"].values()),
            "owners": list(rows["owner"].values()),
            "hops": hops,
            "limits": list(rows["limit"].values()),
            "watches": list(rows["watch"].values()),
        }

    def _leaves(
        self, kind: str, key: str, names: str | list[str] | None, within: tuple[str, ...] = ()
    ) -> list[str]:
        """Leaf categories for names of leaves, classes (事故灾难) and groups; `within` are the groups around."""
        if names is None:
            return []
        leaves: list[str] = []
        categories = self.rows["category"]
        for name in [names] if isinstance(names, str) else names:
            if name in categories:
                leaves.append(name)
            elif name in within:
                raise UnusableStandards(
                    f"标准文件 {self._file(kind, key)}：[[group]] {name} 绕一圈又包含了自己。",
                    remedy="去掉其中一层。",
                )
            elif name in self.groups:
                leaves += self._leaves(kind, key, list(self.groups[name]), (*within, name))
            elif name in CLASSES:
                leaves += [leaf for leaf, data in categories.items() if data["kind"] == name]
            else:
                raise self._unknown(kind, key, "类别", name)
        return list(dict.fromkeys(leaves))

    def _checked(self, kind: str, key: str, tree: dict[str, Any]) -> dict[str, Any]:
        """`tree` with its names found and its categories spelled out."""
        for branch in ("any", "all"):
            if branch in tree:
                return {branch: [self._checked(kind, key, part) for part in tree[branch]]}
        if "not" in tree:
            return {"not": self._checked(kind, key, tree["not"])}
        if "category" in tree:
            return {"category": self._leaves(kind, key, tree["category"])}
        # Factors are judged before grades, and grades before reports: none may look ahead or at itself.
        forbidden = {"factor": ("factor", "factor_effect", "grade_at_least"), "grade": ("grade_at_least",)}
        for head in forbidden.get(kind, ()):
            if head in tree:
                raise UnusableStandards(
                    f"标准文件 {self._file(kind, key)}：[[{kind}]] {key} 的条件里不能用 {head}。",
                    remedy="因素只看要素，等级只看要素和因素，报送条款才看等级。",
                )
        for head in ("measure", "tag", "window", "factor"):
            for name in _names(tree.get(head)):
                self._known(kind, key, head, name)
        return tree

    def _known(self, kind: str, key: str, head: str, name: str) -> None:
        if head == "factor":
            known: Iterable[str] = {data["name"] for data in self.rows["factor"].values()}
        else:
            known = self.rows[head]
        if name not in known:
            label = {"measure": "数量", "tag": "标签", "window": "时段", "factor": "敏感因素"}[head]
            raise self._unknown(kind, key, label, name)

    def _file(self, kind: str, key: str) -> Path:
        return self.origin.get((kind, key), self.root)

    def _unknown(self, kind: str, key: str, label: str, name: str) -> UnusableStandards:
        return UnusableStandards(
            f"标准文件 {self._file(kind, key)}：[[{kind}]] {key} 用了没有定义的{label}“{name}”。",
            remedy=f"改正名称，或先定义这个{label}。",
        )


_TABLES = (
    "measure",
    "category",
    "tag",
    "window",
    "factor",
    "grade",
    "report",
    "office",
    "consultation",
    "owner",
    "hop",
    "limit",
    "watch",
)
_TIER_ORDER = ("乡镇", "县", "市", "省", "中央")


def _key(kind: str, data: Mapping[str, Any]) -> str:
    if kind == "office":
        return f"{data['tier']}{data['line']}"
    if kind == "hop":
        return str(data["tier"])
    return str(data["name"] if kind in ("category", "tag", "window") else data["id"])


def _twice(file: Path, kind: str, key: str) -> UnusableStandards:
    return UnusableStandards(
        f"标准文件 {file}：[[{kind}]] {key} 写了两次。", remedy="合并成一条，或改成不同的名字。"
    )


def _with_words(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """A category or tag that is known already: its words are added, what is left out stays as it was."""
    joined = {**base, **{name: value for name, value in more.items() if value not in (None, "")}}
    for name in ("strong", "words", "weak", "excludes"):
        if name in joined:
            joined[name] = list(dict.fromkeys([*base[name], *more[name]]))
    return joined


def _lean(tree: Any) -> Any:
    """A dumped condition without the keys that it does not use."""
    if isinstance(tree, dict):
        return {name: _lean(value) for name, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_lean(part) for part in tree]
    return tree


def _names(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _hash(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def _code_digest() -> str:
    """The compiler's own sources: rows made by another version of them are foreign."""
    here = Path(__file__).parent
    try:
        return _hash(b"".join((here / name).read_bytes() for name in ("load.py", "rows.py", "schema.py")))
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
    ("categories", "tags", "windows", "factors", "grades", "reports", "consultations", "owners")
)
