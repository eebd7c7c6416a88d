"""Small packs for the tests of this room: a base that holds together, to which each test adds its own line."""

from pathlib import Path

from jinji_report.standards.load import load
from jinji_report.standards.rows import Standards

DESK = """
[desk]
unit = "甲县委办公室"
tier = "县"
line = "党委"
locality = "甲县"
"""

MEASURES = """
[[measure]]
id = "deaths"
label = "死亡"
unit = "人"
ask = "死亡几人？"

[[measure]]
id = "injured"
label = "受伤"
unit = "人"
ask = "受伤几人？"

[[measure]]
id = "seriously_injured"
label = "重伤"
unit = "人"
ask = "重伤几人？"
part_of = "injured"
"""

CATEGORIES = """
[[category]]
name = "火灾"
kind = "事故灾难"
noun = "起火"
strong = ["着火"]

[[category]]
name = "地震灾害"
kind = "自然灾害"

[[tag]]
name = "学生"
role = "victim"
words = ["学生"]
"""

WHY = 'clause = "某办法 第一条"\nconfidence = "brief"\n'

REPORT = f"""
[[report]]
id = "r.deaths"
to = [{{ tier = "市", line = "党委" }}]
text = "死亡3人以上"
when = {{ measure = "deaths", at_least = 3 }}
{WHY}"""


def header(id: str = "small", *lines: str) -> str:
    return "\n".join([f'id = "{id}"', 'title = "小标准"', *lines, ""])


def small(*more: str, id: str = "small", top: tuple[str, ...] = ()) -> str:
    """A whole pack that loads, with `top` lines in its head and `more` tables at its end."""
    return "\n".join([header(id, *top), DESK, MEASURES, CATEGORIES, REPORT, *more])


def row(table: str, id: str, *lines: str) -> str:
    """A dated row with its clause."""
    return "\n".join([f"[[{table}]]", f'id = "{id}"', *lines, WHY])


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def loaded(folder: Path, *more: str, top: tuple[str, ...] = ()) -> Standards:
    return load(str(written(folder, "small", small(*more, top=top))))
