"""jinji rules check: what is wrong with a pack, with the line and what to do about it."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jinji_report.cli import edge, screen
from jinji_report.cli.options import AsJson, PackName, StandardsName
from jinji_report.errors import EXIT_NO

if TYPE_CHECKING:
    from jinji_report.desk.rules.check import Checked
    from jinji_report.standards.findings import Finding

_LONGEST_EXCERPT = 70  # cells
MOST_ALIKE = 4  # findings of one kind about one line that are shown one by one


def check(
    pack: PackName = None,
    everything: Annotated[bool, typer.Option("--all", help="连同文件里已说明理由的一起列出。")] = False,
    as_json: AsJson = False,
    standards_name: StandardsName = None,
) -> None:
    """检查标准文件：空档、重叠、写错的名称、没有电话的单位、赶不上的时限、没有出处的数字。"""
    from jinji_report.desk.rules.check import check_pack

    checked = check_pack(edge.settings_for(pack, standards_name)["standards"])
    if as_json:
        screen.show_json(_json(checked))
    else:
        screen.show(_blocks(checked, checked.findings if everything else checked.open, everything=everything))
    if checked.open:
        raise typer.Exit(EXIT_NO)


def _json(checked: "Checked") -> dict[str, Any]:
    """All findings; those that their file accepts bear its reason in `allowed`."""
    return {
        "schema": "jinji/1",
        "id": checked.id,
        "files": checked.files,
        "whole": checked.whole,
        "counts": {**_counts(checked.open), "已说明理由": len(checked.accepted)},
        "findings": [finding.to_json() for finding in checked.findings],
    }


def _blocks(checked: "Checked", shown: Sequence["Finding"], *, everything: bool) -> list[screen.Block]:
    blocks: list[screen.Block] = []
    for file, findings in groupby(shown, key=lambda finding: finding.file):
        blocks.append(screen.Heading(_path_shown(file)))
        for _, alike in groupby(findings, key=lambda f: (f.line, f.code, f.remedy, f.allowed)):
            blocks += _together(list(alike))
    last = _last_line(checked, everything=everything)
    return [*blocks, *([screen.Line()] if blocks else []), screen.Line(last, "strong" if blocks else "good")]


def _together(findings: Sequence["Finding"]) -> list[screen.Block]:
    """Findings of one kind about one line, of which an officer wants to read one (44 categories nobody reports)."""
    if len(findings) < MOST_ALIKE:
        return [block for finding in findings for block in _finding(finding)]
    first, *_ = blocks = _finding(findings[0])
    names = "、".join(finding.row for finding in findings[1:])
    return [
        first,
        *blocks[1:-1],
        screen.Line(f"同样的还有 {len(findings) - 1} 个：{names}。", "", 4),
        blocks[-1],
    ]


def _finding(finding: "Finding") -> list[screen.Block]:
    accepted = finding.allowed is not None
    style = "dim" if accepted else "overdue" if finding.severity == "错误" else "due_soon"
    head = f"{Path(finding.file).name}:{finding.line}  {finding.code}  {finding.severity}  {finding.row}"
    lines: list[screen.Block] = [screen.Line(head.rstrip(), style)]
    if finding.excerpt:
        lines.append(screen.Line(_shortened(finding.excerpt), "dim", 4))
    lines += [screen.Line(finding.text, "", 4), screen.Line(f"改法：{finding.remedy}", "", 4, hang=6)]
    if accepted:
        lines.append(screen.Line(f"已说明：{finding.allowed}", "dim", 4, hang=8))
    return lines


def _last_line(checked: "Checked", *, everything: bool) -> str:
    accepted = len(checked.accepted)
    hidden = ""
    if accepted:
        hidden = f"另有 {accepted} 条已说明理由" + ("。" if everything else "，--all 可看。")
    if not checked.open:
        return f"{checked.id} 没有发现问题：{len(checked.files)} 个文件，{checked.rows} 条。{hidden}"
    counts = "，".join(f"{name} {count}" for name, count in _counts(checked.open).items() if count)
    own = [finding for finding in checked.open if finding.file == str(checked.path)]
    code = (own or checked.open)[0].code
    stopped = "" if checked.whole else "改好后再查一次，其余的问题才看得到。"
    return f"共 {len(checked.open)} 条：{counts}。{hidden}{stopped}代码的说明：jinji rules explain {code}。"


def _counts(findings: Sequence["Finding"]) -> dict[str, int]:
    return {severity: sum(f.severity == severity for f in findings) for severity in ("错误", "警告")}


def _path_shown(file: str) -> str:
    """From where the officer stands, if the file lies below; else in full."""
    try:
        return str(Path(file).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return file


def _shortened(text: str) -> str:
    if screen.cells(text) <= _LONGEST_EXCERPT:
        return text
    while text and screen.cells(text) > _LONGEST_EXCERPT - 2:
        text = text[:-1]
    return f"{text}…"
