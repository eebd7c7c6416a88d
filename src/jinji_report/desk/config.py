"""Every setting, folder and clock of a run, with where each comes from."""

from collections.abc import Mapping

from jinji_report.errors import JinjiError
from jinji_report.ledger.journal import Journal
from jinji_report.settings import DRILL, HOOKS, KNOWN, Settings, settings_file
from jinji_report.standards.load import find_pack

_ORIGINS = {"option": "命令行选项", "default": "默认"}


class Item:
    """A setting: its value ("" for none), where it came from, what it is. `problem` says why it cannot be told."""

    __slots__ = ("about", "name", "origin", "problem", "value")

    def __init__(
        self, name: str, value: str, origin: str, about: str, problem: JinjiError | None = None
    ) -> None:
        self.name = name
        self.value = value
        self.origin = origin
        self.about = about
        self.problem = problem

    def to_json(self) -> dict[str, str | None]:
        return {
            "name": self.name,
            "value": self.value if self.problem is None else None,
            "origin": self.origin,
            "about": self.about,
        }


def items(config: Settings, environ: Mapping[str, str], now: str | None) -> list[Item]:
    """All of them, the settings first. `now` is what `--now` or JINJI_NOW says, as it was written."""
    found = []
    for name, (_, about) in KNOWN.items():
        value = config.values[name]
        if name == "by" and not value.text:
            found.append(Item(name, config.by(), "登录名", about))
        else:
            found.append(Item(name, value.text, _origin(value.origin), about))
    file = settings_file(environ)
    found += [
        Item(
            f"hooks.{name}",
            " ".join(config.hooks.get(name, ())),
            str(file) if name in config.hooks else "默认",
            about,
        )
        for name, about in HOOKS.items()
    ]
    found += [
        _standards_file(config),
        Item("home", str(config.home), _home_origin(config, environ), "数据文件夹"),
        _ledger(config),
        Item("cache", str(config.cache), _folder_origin(environ, "JINJI_CACHE"), "缓存文件夹，随时可删"),
        Item(
            "config",
            str(file),
            _folder_origin(environ, "JINJI_CONFIG") + ("" if file.is_file() else "，还没有这个文件"),
            "设置文件",
        ),
        Item(
            "now",
            now or "",
            "默认" if not now else "环境变量 JINJI_NOW" if now == environ.get("JINJI_NOW") else "命令行选项",
            "人为设定的时钟；空则用本机时钟",
        ),
    ]
    return found


def _standards_file(config: Settings) -> Item:
    about = "报送标准的文件"
    try:
        return Item("standards_file", str(find_pack(config["standards"]).resolve()), "按 standards", about)
    except JinjiError as error:
        return Item("standards_file", "（没有找到）", "按 standards", about, error)


def _ledger(config: Settings) -> Item:
    try:
        path = Journal(config.home, drill=config.drill).path
    except JinjiError as error:
        return Item("ledger", "（打不开）", "按 home", "台账文件", error)
    return Item("ledger", str(path), "按 home" + ("" if path.exists() else "，还没有这个文件"), "台账文件")


def _origin(origin: str) -> str:
    if origin in _ORIGINS:
        return _ORIGINS[origin]
    return f"环境变量 {origin}" if origin.startswith("JINJI_") else origin


def _home_origin(config: Settings, environ: Mapping[str, str]) -> str:
    return _folder_origin(environ, "JINJI_HOME") + (f"，演练（--drill 或 {DRILL}）" if config.drill else "")


def _folder_origin(environ: Mapping[str, str], variable: str) -> str:
    return f"环境变量 {variable}" if environ.get(variable) else "默认"
