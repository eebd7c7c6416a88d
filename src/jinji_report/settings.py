"""Settings: option > JINJI_* > jinji.toml > default; each value knows where it came from.

The file is `jinji.toml` in the data folder, or the one that JINJI_CONFIG names. It is read as
TOML only when it changed; other runs take its values from a small cache (tomllib alone costs a
start as much as a bare Python). A drill (演练) goes by the office's own settings, and has a folder
of its own for what it enters.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinji_report.errors import UnusableSettings
from jinji_report.files import cause_of, toml_fault, write_private
from jinji_report.ledger.drill import DRILL_FOLDER

APP = "jinji"
FILE_NAME = "jinji.toml"
DRILL = "JINJI_DRILL"

# name → (default, what it is). The README's table is made from this.
KNOWN: dict[str, tuple[str, str]] = {
    "standards": ("county", "报送标准：随程序的标准名，或标准文件的路径"),
    "unit": ("", "报送单位，写在报告抬头；空则用标准文件里的单位"),
    "signer": ("", "签发人"),
    "contact": ("", "联系人"),
    "phone": ("", "联系电话"),
    "by": ("", "记录人；空则用登录名"),
}


# name → what it is run at. Each is a program with its arguments, in the file's table [hooks].
HOOKS: dict[str, str] = {
    "on_new": "接报入账后运行的程序",
    "on_due_soon": "有时限将到期时运行的程序（jinji board --watch）",
    "on_overdue": "有时限超时时运行的程序（jinji board --watch）",
}


class Value:
    """A setting and where it came from (`option`, `JINJI_…`, a file, `default`)."""

    __slots__ = ("origin", "text")

    def __init__(self, text: str, origin: str) -> None:
        self.text = text
        self.origin = origin


class Settings:
    """All settings of a run, and the folders it uses.

    `home` is where the run's ledger and drafts lie: the data folder, or in a drill that folder's `drill`,
    so that nothing which a drill enters has the real ledger's folder to go to. `hooks`: a name of `HOOKS` → the
    program and its arguments, where there is one.
    """

    __slots__ = ("cache", "drill", "home", "hooks", "values")

    def __init__(
        self,
        folder: Path,
        cache: Path,
        values: Mapping[str, Value],
        hooks: Mapping[str, Sequence[str]] | None = None,
        *,
        drill: bool = False,
    ) -> None:
        self.hooks = dict(hooks or {})
        self.drill = drill
        self.home = ledger_folder(folder, drill=drill)
        self.cache = cache
        self.values = values

    def __getitem__(self, name: str) -> str:
        return self.values[name].text

    def by(self, option: str | None = None) -> str:
        """Who records: the option, else the setting, else the login name."""
        return option or self["by"] or _login_name()


def read_settings(environ: Mapping[str, str], options: Mapping[str, str | None] | None = None) -> Settings:
    """The settings of a run. Raises UnusableSettings for a file that cannot be read or a key not known."""
    drill = is_drill(environ)
    cache = cache_folder(environ)
    file = settings_file(environ)
    if environ.get("JINJI_CONFIG") and not file.is_file():
        raise UnusableSettings(
            f"JINJI_CONFIG 指的设置文件 {file} 不存在。", remedy="改正 JINJI_CONFIG，或去掉它。"
        )
    from_file = _read_file(file, cache)
    values: dict[str, Value] = {}
    for name, (default, _) in KNOWN.items():
        option = (options or {}).get(name)
        variable = f"JINJI_{name.upper()}"
        if option:
            values[name] = Value(option, "option")
        elif environ.get(variable):
            values[name] = Value(environ[variable], variable)
        elif name in from_file:
            values[name] = Value(from_file[name], str(file))
        else:
            values[name] = Value(default, "default")
    return Settings(data_folder(environ), cache, values, from_file.get("hooks"), drill=drill)


def settings_file(environ: Mapping[str, str]) -> Path:
    """The settings file of a run, whether or not it is there."""
    named = environ.get("JINJI_CONFIG")
    return Path(named) if named else data_folder(environ) / FILE_NAME


def is_drill(environ: Mapping[str, str]) -> bool:
    """This run is one of a drill. Raises UnusableSettings where JINJI_DRILL does not say yes or no."""
    said = environ.get(DRILL, "").strip().lower()
    if said in ("", "0", "no", "false", "off", "否"):
        return False
    if said in ("1", "yes", "true", "on", "是"):
        return True
    raise UnusableSettings(
        f"{DRILL} 的值看不懂：{said[:40]}，不知道这次是不是演练。",
        remedy=f"演练写 {DRILL}=1，不是演练就去掉它。",
    )


def ledger_folder(folder: Path, *, drill: bool) -> Path:
    """Where the ledger lies of the office whose data folder this is."""
    return folder / DRILL_FOLDER if drill else folder


def data_folder(environ: Mapping[str, str]) -> Path:
    """Where the office's settings and ledgers lie: JINJI_HOME, else the user's data folder of this system."""
    if environ.get("JINJI_HOME"):
        return Path(environ["JINJI_HOME"])
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / APP
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / APP


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Where compiled standards lie: JINJI_CACHE, else the user's cache folder. It can be deleted any time."""
    if environ.get("JINJI_CACHE"):
        return Path(environ["JINJI_CACHE"])
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / APP / "cache"
    return Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / APP


def _read_file(file: Path, cache: Path) -> dict[str, Any]:
    try:
        raw = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UnusableSettings(
            f"设置文件 {file} 读不出来（{cause_of(error)}）。", remedy="检查文件和权限。"
        ) from error
    digest = sha256(raw).hexdigest()
    kept = cache / f"settings-{sha256(str(file).encode()).hexdigest()[:16]}.json"
    try:
        data = json.loads(kept.read_bytes())
        if data["digest"] == digest and data["keys"] == _KEYS:
            values: dict[str, Any] = data["values"]
            return values
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    values = _parse(file, raw)
    with suppress(OSError):  # failing, only the next start is slower
        write_private(kept, json.dumps({"digest": digest, "keys": _KEYS, "values": values}))
    return values


_KEYS = [*KNOWN, *HOOKS]


def _parse(file: Path, raw: bytes) -> dict[str, Any]:
    import tomllib

    try:
        document: dict[str, Any] = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # a plain ValueError is a number of thousands of digits
        raise UnusableSettings(
            f"设置文件 {file} 不是有效的 UTF-8 TOML：{toml_fault(error)}。",
            remedy="按提示修改，或把文件移走后重试。",
        ) from error
    for name, value in document.items():
        if name == "hooks":
            document[name] = _hooks(file, value)
            continue
        if name not in KNOWN:
            raise UnusableSettings(
                f"设置文件 {file} 里有不认识的键 {name}。",
                remedy=f"可用的键：{'、'.join(KNOWN)}，和 [hooks]。",
            )
        if not isinstance(value, str):
            raise UnusableSettings(f"设置文件 {file} 的 {name} 应是文字。", remedy=f'写成 {name} = "…"。')
    return document


def _hooks(file: Path, table: Any) -> dict[str, list[str]]:
    """The table [hooks]: a program and its arguments each. A text alone is a program without any: no shell reads it."""
    remedy = '写成 [hooks] 下的 on_overdue = ["程序", "参数"]；可用：' + "、".join(HOOKS) + "。"
    if not isinstance(table, dict):
        raise UnusableSettings(f"设置文件 {file} 的 hooks 应是表。", remedy=remedy)
    found: dict[str, list[str]] = {}
    for name, value in table.items():
        words = [value] if isinstance(value, str) else value
        if name not in HOOKS:
            raise UnusableSettings(f"设置文件 {file} 的 [hooks] 里有不认识的键 {name}。", remedy=remedy)
        if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
            raise UnusableSettings(f"设置文件 {file} 的 hooks.{name} 应是程序和参数的列表。", remedy=remedy)
        found[name] = words
    return found


def _login_name() -> str:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(variable):
            return os.environ[variable]
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError, AttributeError, OSError):
        return "值班员"
