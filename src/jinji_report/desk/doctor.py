"""Whether this desk can do its duty tonight: settings, standards, folders, ledger, clock, phones, screen.

Every check gives one finding and goes on; what cannot be looked at because something before it is
broken is left out. Nothing is changed: a folder is tried with a file that goes at once.
"""

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile

from jinji_report import __version__
from jinji_report.errors import JinjiError
from jinji_report.files import cause_of
from jinji_report.ledger.journal import Journal
from jinji_report.moments import BEIJING, on_screen, parse_moment
from jinji_report.settings import (
    Settings,
    cache_folder,
    data_folder,
    is_drill,
    ledger_folder,
    read_settings,
    settings_file,
)
from jinji_report.standards.load import find_pack, load, read_chain
from jinji_report.standards.rows import Standards

WELL, NOTE, BAD = "正常", "注意", "问题"

# This version was made after this day: a clock that shows an earlier one has lost its battery.
MADE_AFTER = datetime(2026, 1, 1, tzinfo=BEIJING)
SLACK = timedelta(minutes=2)  # between two desks' clocks
SIGNS = "正常注意问题【】“”※→·　"


class Finding:
    """One thing that was looked at: `state` is 正常, 注意 or 问题; `remedy` is empty where all is well."""

    __slots__ = ("name", "remedy", "state", "text")

    def __init__(self, name: str, state: str, text: str, remedy: str = "") -> None:
        self.name = name
        self.state = state
        self.text = text
        self.remedy = remedy

    def to_json(self) -> dict[str, str]:
        return {"name": self.name, "state": self.state, "text": self.text, "remedy": self.remedy}


def examine(environ: Mapping[str, str], machine: datetime, encoding: str) -> list[Finding]:
    """Everything that can be looked at. `machine` is the machine's clock, `encoding` that of the screen.

    Raises UnusableSettings where it cannot be told whether this is a drill.
    """
    found = [_program()]
    drill = is_drill(environ)
    home, cache = ledger_folder(data_folder(environ), drill=drill), cache_folder(environ)
    try:
        config = read_settings(environ)
    except JinjiError as error:
        found.append(Finding("设置", BAD, error.problem, error.remedy))
    else:
        found.append(_settings(config, environ))
        found += _standards(config, machine)
    found += [_home(home), _cache(cache), *_ledger(home, machine, drill=drill), *_clock(environ, machine)]
    return [*found, _screen(encoding)]


def _program() -> Finding:
    python = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("程序", WELL, f"jinji {__version__}，Python {python}")


def _settings(config: Settings, environ: Mapping[str, str]) -> Finding:
    file = settings_file(environ)
    if not file.is_file():
        return Finding("设置", NOTE, f"还没有设置文件 {file}，都用默认。", "第一次用请运行 jinji init。")
    empty = [label for name, label in (("contact", "联系人"), ("phone", "联系电话")) if not config[name]]
    if empty:
        return Finding(
            "设置",
            NOTE,
            f"{file} 里没有写{'、'.join(empty)}，报告上就没有。",
            "用编辑器补上；jinji config 看全部。",
        )
    return Finding("设置", WELL, str(file))


def _standards(config: Settings, machine: datetime) -> Iterator[Finding]:
    name = config["standards"]
    try:
        rules = load(name, config.cache)
        path = find_pack(name).resolve()
    except JinjiError as error:
        yield Finding("标准", BAD, error.problem, error.remedy)
        return
    what = f"{rules.title}（{path}），摘要 {rules.digest[:12]}"
    if config.values["standards"].origin == "default":
        yield Finding(
            "标准",
            NOTE,
            f"用的是随程序的示例：{what}。单位和电话都不是本地的。",
            "运行 jinji init 写本单位的标准。",
        )
    else:
        yield Finding("标准", WELL, what)
    yield from _checked(path, name, rules)


def _checked(path: Path, name: str, rules: Standards) -> Iterator[Finding]:
    """What the check of the standards says: the phones that are missing by name, the rest as a count."""
    from jinji_report.standards.check import check
    from jinji_report.standards.check.people import NO_PHONE, SILENT_CONTACT

    try:
        found = [f for f in check(read_chain(path)) if f.allowed is None]
    except JinjiError as error:
        yield Finding("标准检查", BAD, error.problem, error.remedy)
        return
    mute = [f for f in found if f.code in (NO_PHONE.code, SILENT_CONTACT.code)]
    rest = [f for f in found if f not in mute]
    errors = sum(f.severity == "错误" for f in rest)
    if rest:
        kinds = (("错误", errors), ("警告", len(rest) - errors))
        yield Finding(
            "标准检查",
            BAD if errors else NOTE,
            "、".join(f"{kind} {number} 处" for kind, number in kinds if number),
            f"运行 jinji rules check {name} 看是哪些、怎么改。",
        )
    else:
        yield Finding("标准检查", WELL, "除电话外没有发现问题" if mute else "没有发现问题")
    if mute:
        called = {f"{tier}{line}": office.name for (tier, line), office in rules.offices.items()}
        called |= {c.id: " ".join(p for p in (c.unit, c.role, c.person) if p) for c in rules.contacts}
        yield Finding(
            "电话",
            BAD if any(f.severity == "错误" for f in mute) else NOTE,
            f"要打电话却没有号码：{'、'.join(called.get(f.row, f.row) for f in mute)}。",
            "在标准文件的 [[office]]、[[contact]] 里补 phone。",
        )
    else:
        yield Finding("电话", WELL, "直接上报和叫应的都有号码")


def _home(home: Path) -> Finding:
    name = "数据文件夹"
    if not os.path.lexists(home):
        return Finding(name, WELL, f"{home} 还没有，第一次登记时建立")
    why = _refusal(home)
    if why:
        return Finding(name, BAD, f"{home} 写不进去（{why}），不能登记。", "检查文件夹、权限和磁盘空间。")
    rights = 0 if sys.platform == "win32" else stat.S_IMODE(home.stat().st_mode)
    if rights & 0o007:
        return Finding(name, BAD, f"{home} 别的用户也能进，不能登记。", f"运行 chmod 700 {home}")
    if rights & 0o070:
        return Finding(name, NOTE, f"{home} 同组的用户也能进。", f"不是有意的，就运行 chmod 700 {home}")
    return Finding(name, WELL, f"{home}，可写，只有本用户能进")


def _cache(cache: Path) -> Finding:
    name = "缓存"
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = cause_of(error)
    else:
        why = _refusal(cache)
    if why:
        return Finding(
            name,
            NOTE,
            f"{cache} 写不进去（{why}），不影响使用，每次启动慢一些。",
            "改好权限，或用 JINJI_CACHE 换个文件夹。",
        )
    return Finding(name, WELL, f"{cache}，可写，随时可删")


def _refusal(folder: Path) -> str:
    """Why nothing can be written into the folder, or nothing."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(b"\n" * 4096)
    except OSError as error:
        return cause_of(error)
    return ""


def _ledger(home: Path, machine: datetime, *, drill: bool) -> Iterator[Finding]:
    name = "演练台账" if drill else "台账"
    journal = Journal(home, drill=drill)
    try:
        path = journal.path
        if not path.exists():
            yield Finding(name, WELL, "还没有登记过")
            return
        result = journal.verify()
        newest = (
            next(iter(journal.since(result.head.seq - 1)), None) if result.holds and result.entries else None
        )
        open_to_others = sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except JinjiError as error:
        yield Finding(name, BAD, error.problem, error.remedy)
        return
    except OSError as error:
        yield Finding(name, BAD, f"台账读不出来（{cause_of(error)}）。", "检查文件和权限。")
        return
    torn = [f for f in result.findings if f.code == "torn"]
    if not result.holds:
        first = result.breaks[0]
        yield Finding(
            name,
            BAD,
            f"{path} 对不上：{first.where}{first.problem}（共 {len(result.breaks)} 处）。",
            "暂停写入，保留原文件，运行 jinji ledger repair（先说要做什么；原文件另存，不删任何内容）。",
        )
    elif torn:
        yield Finding(
            name,
            NOTE,
            f"{path} {torn[0].problem}。",
            "下一次登记会把它另存，不用处理；想看：jinji ledger verify",
        )
    elif open_to_others:
        yield Finding(name, NOTE, f"{path} 别的用户也能读。", f"运行 chmod 600 {path}")
    else:
        yield Finding(name, WELL, f"{path}，{result.entries} 条，链完整，链头 {result.head.head[:12]}")
    if newest is not None and (newest.machine or newest.recorded) > machine + SLACK:
        at = newest.machine or newest.recorded
        yield Finding(
            "时钟",
            BAD,
            f"本机时钟 {on_screen(machine)}，早于台账最后一条的 {on_screen(at)}：不是现在慢了，就是那时快了。",
            "对准北京时间后再登记，时限全靠它。",
        )


def _clock(environ: Mapping[str, str], machine: datetime) -> Iterator[Finding]:
    name = "时钟"
    if machine < MADE_AFTER:
        yield Finding(
            name, BAD, f"本机时钟是 {on_screen(machine)}，不可能。", "对准北京时间后再登记，时限全靠它。"
        )
        return
    set_by_hand = environ.get("JINJI_NOW")
    if set_by_hand:
        try:
            shown = on_screen(parse_moment(set_by_hand))
        except (ValueError, OverflowError):
            yield Finding(
                name,
                BAD,
                f"JINJI_NOW 看不懂：{set_by_hand[:40]}。",
                "写成 2026-03-05T09:30，或去掉这个环境变量。",
            )
            return
        yield Finding(
            name,
            NOTE,
            f"时钟被 JINJI_NOW 定在 {shown}，不是真的现在。",
            "只供演练和测试；值班前去掉这个环境变量。",
        )
        return
    offset = datetime.fromtimestamp(machine.timestamp()).astimezone().utcoffset() or timedelta()
    if offset != BEIJING.utcoffset(None):
        hours = offset.total_seconds() / 3600
        yield Finding(
            name,
            NOTE,
            f"本机时区是 UTC{hours:+g}，jinji 一律用北京时间，现在算作 {on_screen(machine)}。",
            "核对一下；不对就改本机的时区或时间。",
        )
        return
    yield Finding(name, WELL, f"{on_screen(machine)}（北京时间）")


def _screen(encoding: str) -> Finding:
    try:
        SIGNS.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return Finding(
            "屏幕",
            NOTE,
            f"输出编码是 {encoding or '不明'}，写不了汉字，会变成问号。",
            "Windows：chcp 936 或 65001；别处：设环境变量 PYTHONUTF8=1。",
        )
    return Finding("屏幕", WELL, f"输出编码 {encoding.upper()}")
