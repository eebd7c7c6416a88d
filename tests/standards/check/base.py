"""A small whole pack in which nothing is wrong: each test adds the one thing that is."""

from pathlib import Path

from jinji_report.standards.check import check, refused
from jinji_report.standards.findings import Finding
from jinji_report.standards.load import RefusedPack, read_chain

CHECK_BASE = """id = "base"
title = "甲县突发事件信息报送标准"

[desk]
unit = "甲县委办公室"
tier = "县"
line = "党委"
locality = "甲县"

[[office]]
tier = "市"
line = "党委"
name = "市委办公室"
phone = "0000-1234567"

[[office]]
tier = "市"
line = "政府"
name = "市政府办公室"
phone = "0000-1234568"

[[measure]]
id = "deaths"
label = "死亡"
unit = "人"
ask = "死亡几人？"
casualty = true

[[measure]]
id = "injured"
label = "受伤"
unit = "人"
ask = "受伤几人？"
casualty = true

[[measure]]
id = "seriously_injured"
label = "重伤"
unit = "人"
ask = "重伤几人？"
part_of = "injured"
casualty = true

[[measure]]
id = "direct_loss_wan"
label = "直接经济损失"
unit = "万元"
ask = "直接经济损失多少万元？"
whole = false

[[category]]
name = "火灾"
kind = "事故灾难"
strong = ["着火", "起火"]
words = ["浓烟"]

[[category]]
name = "道路交通事故"
kind = "事故灾难"
strong = ["车祸", "追尾"]
words = ["相撞"]

[[tag]]
name = "学生"
role = "victim"
words = ["学生"]

[[tag]]
name = "校园"
role = "scene"
words = ["学校", "校园"]

[[owner]]
id = "owner.fire"
unit = "消防救援"
side = "行业"
angle = "火因和扑救"
category = "火灾"
clause = "某办法第四条"
confidence = "confirmed"

[[owner]]
id = "owner.traffic"
unit = "公安交管"
side = "行业"
angle = "事故经过和责任"
category = "道路交通事故"
clause = "某办法第四条"
confidence = "confirmed"

[[owner]]
id = "owner.place"
unit = "属地乡镇街道"
side = "属地"
angle = "现场和善后"
category = ["火灾", "道路交通事故"]
clause = "某办法第四条"
confidence = "confirmed"

[[report]]
id = "r.larger"
to = [{ tier = "市", line = "党委" }]
text = "较大以上突发事件"
when = { grade_at_least = "较大" }
clause = "某办法第五条"
confidence = "confirmed"
"""


def pack_of(more: str) -> str:
    """The base with `more` at its end; tables that begin with their own `id =` are a pack by themselves."""
    return more.lstrip() if more.lstrip().startswith("id =") else CHECK_BASE + more


def checked(path: Path) -> list[Finding]:
    """What a check finds in the file, be it refused or not."""
    try:
        return check(read_chain(path))
    except RefusedPack as error:
        return refused.findings_of(error.path, error.text, error.refusals)


def found(folder: Path, more: str = "", name: str = "base") -> list[Finding]:
    """What a check finds in the base with `more`."""
    path = folder / f"{name}.toml"
    path.write_text(pack_of(more), encoding="utf-8", newline="")
    return checked(path)
