"""jinji ledger repair: a ledger that does not hold is set aside whole, and one that holds is made of what can be read."""

from typing import TYPE_CHECKING

from jinji_report.cli import edge
from jinji_report.cli.commands.ledger.options import DryRun
from jinji_report.cli.options import AsJson, By, NoInput, Now, Yes

if TYPE_CHECKING:
    from jinji_report.cli.screen import Block
    from jinji_report.desk.ledger.repair import Repair

_SHOWN = 20


def repair(
    dry_run: DryRun = False,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    by: By = None,
) -> None:
    """修复：对不上的台账整个另存，能读的条目重新连成新台账；不删任何内容。没有毛病就什么也不写。"""
    from jinji_report.cli import screen
    from jinji_report.desk.ledger.repair import repair as mend

    journal, stamp = edge.stamped(now=now, by=by)
    agree = edge.agreeing(_words, yes=yes, no_input=no_input, as_json=as_json, blocks=_blocks, ask="修复？")
    with edge.telling(journal, "核对台账"):
        done = mend(journal, stamp, agree, dry_run=dry_run)
    edge.say_notices(journal)
    if as_json:
        screen.show_json(done.to_json())
        return
    if not done.damage:
        screen.show([screen.Line("台账没有毛病，不用修复，没有写入任何内容。", "good")])
    elif done.done:
        words = f"已修复：{_words(done)}。现有 {done.entries} 条，链头 {done.head}"
        screen.show([screen.Line(words, "good"), *_blocks(done)])
    else:
        screen.show([screen.Line(f"要修复：{_words(done)}（只是预演，没有写入）"), *_blocks(done)])


def _words(done: "Repair") -> str:
    damage = done.damage
    parts = []
    if damage.breaks:
        name = f"{damage.parts[0].name} " if damage.parts and damage.parts[0].name else ""
        parts.append(
            f"{damage.path} 有 {len(damage.breaks)} 处断点，{name}前 {damage.kept} 行不动，"
            f"其后 {damage.bound} 条重新连上，{len(damage.left_out)} 行读不出或不能用、留在原文件里"
            if damage.parts
            else f"{len(damage.strays)} 个归档文件接不上台账，另存起来，台账本身不动"
        )
    if damage.torn:
        parts.append(f"末尾 {damage.torn} 字节没有写完，移到 {damage.path.name}.torn")
    if damage.exposed:
        parts.append(f"{len(damage.exposed)} 个文件或文件夹别的用户能进能读，改为仅本人可用")
    return "；".join(parts)


def _blocks(done: "Repair") -> "list[Block]":
    from jinji_report.cli import screen

    damage = done.damage
    lines = [screen.Line(f"{f.where}{f.problem}", "overdue", indent=2) for f in damage.breaks[:_SHOWN]]
    lines += [
        screen.Line(f"{f.where}{f.problem}，没有收进新台账", "dim", indent=2)
        for f in damage.left_out[:_SHOWN]
    ]
    more = max(len(damage.breaks) - _SHOWN, 0) + max(len(damage.left_out) - _SHOWN, 0)
    if more:
        lines.append(screen.Line(f"另有 {more} 处，用 --json 看。", "dim", indent=2))
    for part in (*damage.parts, *damage.strays):
        words = f"{part.name or '原文件'}另存为 {part.aside}，SHA-256 {part.sha256}"
        lines.append(screen.Line(words, indent=2))
    lines += [screen.Line(f"权限：{path}", "dim", indent=2) for path in damage.exposed[:_SHOWN]]
    return list(lines)
