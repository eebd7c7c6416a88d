"""The first run on a desk, and an office's own overlay: what is written where, checked before it is written.

`prepare` reads the base and refuses what cannot be done, before anybody is asked; `finish` makes the
texts, joins the overlay over its base as it will stand, checks it, and writes everything or nothing.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinji_report.desk.fresh import Taken, refuse_taken, refuse_unwritable, write_new
from jinji_report.desk.rules.new import SETTINGS, Answers, Base, overlay
from jinji_report.errors import UnusableInput, UnusableStandards, Usage
from jinji_report.settings import FILE_NAME, KNOWN, data_folder
from jinji_report.standards.check import check
from jinji_report.standards.findings import Finding
from jinji_report.standards.join import Joined, PackFile
from jinji_report.standards.load import (
    CASES_ENDING,
    digest_of,
    find_pack,
    read_chain,
    rules_folder,
    shipped_packs,
)

OVERLAY_NAME = "standards.toml"


class Plan:
    """What will be written: the overlay, and with `settings` the settings that name it."""

    __slots__ = ("answers", "base", "overlay", "settings")

    def __init__(self, base: Base, answers: Answers, overlay: Path, settings: Path | None) -> None:
        self.base = base
        self.answers = answers
        self.overlay = overlay
        self.settings = settings


class Written:
    """What was written, and the findings that the base alone does not have."""

    __slots__ = ("files", "findings", "plan")

    def __init__(self, plan: Plan, files: tuple[Path, ...], findings: list[Finding]) -> None:
        self.plan = plan
        self.files = files
        self.findings = findings

    def to_json(self) -> dict[str, Any]:
        answers = self.plan.answers
        return {
            "schema": "jinji/1",
            "written": [str(path) for path in self.files],
            "standards": str(self.plan.overlay),
            "settings": None if self.plan.settings is None else str(self.plan.settings),
            "desk": {
                "unit": answers.unit,
                "tier": answers.tier.value,
                "line": answers.line.value,
                "locality": answers.locality,
            },
            "extends": self.plan.base.name,
            "findings": [finding.to_json() for finding in self.findings],
        }


def prepare_overlay(file: str, extends: str) -> Plan:
    """A plan for an overlay at `file`. Raises Usage, Taken, UnusableInput and UnusableStandards."""
    path = Path(file)
    if file.isprintable() and _is_folder(path):
        path = path / OVERLAY_NAME
    if path.suffix != ".toml" or path.name.endswith(CASES_ENDING) or not file.isprintable():
        raise Usage(
            f"标准文件的名称不合适：{' '.join(path.name.split())[:80]}。",
            remedy="以 .toml 结尾，如 standards.toml（用例文件另放）。",
        )
    if not _is_folder(path.parent):
        raise UnusableInput(f"没有文件夹 {path.parent}。", remedy="先建好文件夹，或换个位置。")
    path = path.parent.resolve() / path.name
    refuse_taken(path)
    base = _base(extends, path)
    refuse_unwritable(path)
    return Plan(base, Answers(base), path, None)


def prepare_desk(environ: Mapping[str, str], extends: str) -> Plan:
    """A plan for a whole desk: overlay and settings in the data folder. Raises like `prepare_overlay`."""
    home = data_folder(environ).absolute()
    named = environ.get("JINJI_CONFIG")
    settings = Path(named).absolute() if named else home / FILE_NAME
    path = home / OVERLAY_NAME
    for file, what in ((settings, "设置"), (path, "本单位标准")):
        try:
            refuse_taken(file)
        except Taken:
            raise UnusableInput(
                f"这张值班台已经设置过：{what}文件 {file} 在，没有改动它。",
                remedy="要改，直接编辑它，jinji config 看各项出处；要重来，先把它移走再运行 jinji init。",
            ) from None
    base = _base(extends, path)
    for file in (path, settings):
        refuse_unwritable(file)
    return Plan(base, Answers(base, SETTINGS), path, settings)


def finish(plan: Plan, on: date) -> Written:
    """Write what the answers make, once it has been joined and checked. Raises Usage where one is missing."""
    answers = plan.answers
    if not answers.unit:
        raise Usage("没有写本单位的名称。", remedy="加上 --unit 某区委办公室，或 --set 单位=某区委办公室。")
    if not answers.locality:
        raise Usage(
            f"从“{answers.unit}”看不出所辖地方。", remedy="加上 --set 所辖地方=某区（报告标题里用）。"
        )
    text = overlay(answers, pack_id(plan.overlay), plan.overlay.name, on)
    findings = _caused(check(_joined(plan, text)), check(plan.base.joined))
    texts = [(plan.overlay, text)]
    if plan.settings is not None:
        texts.append((plan.settings, settings_text(answers, plan.overlay, on)))
    write_new(texts)
    return Written(plan, tuple(path for path, _ in texts), findings)


def _caused(now: list[Finding], before: list[Finding]) -> list[Finding]:
    """The open findings that were not there before."""
    known = {(f.code, f.file, f.line, f.row) for f in before}
    return [f for f in now if f.allowed is None and (f.code, f.file, f.line, f.row) not in known]


def pack_id(path: Path) -> str:
    """The overlay's id: its file's name where that can be one, and no shipped pack has it."""
    stem = path.stem
    known = re.fullmatch(r"[a-z][a-z0-9-]*", stem) is not None and stem not in ("standards", *shipped_packs())
    return stem if known else "office"


def settings_text(answers: Answers, standards: Path, on: date) -> str:
    """The settings file: what was answered, and the other keys as comments."""
    import tomli_w

    said = {
        "standards": str(standards),
        "unit": answers.unit,
        "phone": answers.phone,
        **answers.settings,
    }
    lines = [
        f"# {answers.unit}的 jinji 设置，{on.isoformat()} 由 jinji init 写成。直接编辑即可，下次运行就生效。",
        "# 命令行选项和 JINJI_* 环境变量优先于这里；每一项从哪里来：jinji config",
    ]
    for name, (_, about) in KNOWN.items():
        value = tomli_w.dumps({name: said.get(name, "")}).rstrip("\n")
        lines += ["", f"# {about}", value if said.get(name) else f"# {value}"]
    return "\n".join(lines) + "\n"


def _base(extends: str, overlay_path: Path) -> Base:
    """The pack that is extended, as the overlay will find it. Raises UnusableStandards."""
    if extends.endswith(".toml") or "/" in extends or "\\" in extends:
        found = find_pack(extends).resolve()
        name = found.as_posix()
    else:
        found = find_pack(extends, beside=overlay_path).resolve()
        name = extends
    return Base(name, read_chain(found), str(rules_folder().resolve()))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long
        return False


def _joined(plan: Plan, text: str) -> Joined:
    """The overlay over its base as it will stand. Raises UnusableStandards for what the base makes impossible."""
    import json
    import tomllib
    from hashlib import sha256

    from jinji_report.standards.schema import read_pack

    pack = read_pack(json.dumps(tomllib.loads(text), default=str))
    joined = Joined(str(plan.overlay))
    joined.join(plan.base.joined)
    joined.add(PackFile(str(plan.overlay), text, sha256(text.encode()).hexdigest(), pack))
    joined.finish(digest_of(joined))
    if joined.faults:
        fault = joined.faults[0]
        raise UnusableStandards(f"标准文件 {fault.origin.file}：{fault.problem}", remedy=fault.remedy)
    return joined
