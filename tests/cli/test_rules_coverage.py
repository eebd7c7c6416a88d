"""jinji rules coverage: what the standards cover, and the shipped `rules/COVERAGE.md` made of it."""

import re
import tomllib

import pytest

from jinji_report.standards.load import load, rules_folder, shipped_packs
from jinji_report.vocabulary import Side

LEFT_OUT = rules_folder() / "coverage" / "left-out.toml"
ABOUT = {"定级", "时限", "报送范围", "敏感因素", "责任单位", "其他"}
KINDS = {"说法不一", "没有数额", "只见于需求", "地方文本", "不是报送规定", "等同已有", "资料不足"}

OWN = """
id = "own"
title = "本地 | 标准"
extends = ["national"]

[[report]]
id = "own.deaths"
to = [{ tier = "市", line = "党委" }]
text = "死亡1人以上"
category = "火灾"
when = { measure = "deaths", at_least = 1 }
clause = "某办法 | 第三条 <附件> *"
confidence = "brief"
"""


@pytest.fixture(scope="module")
def whole(request):
    return request.config.getoption("--update-golden")


def section(text, head):
    """The part of the Markdown below a `###` heading that begins so."""
    found = re.search(rf"^### {head}.*?\n(.*?)(?=^##|\Z)", text, re.S | re.M)
    assert found is not None, head
    return found[1]


def test_the_shipped_coverage_is_what_the_shipped_standards_say(jinji, whole):
    said = jinji("rules", "coverage")
    assert (said.code, said.err) == (0, "")
    path = rules_folder() / "COVERAGE.md"
    if whole:
        path.write_bytes(said.out.encode())
    assert path.read_text(encoding="utf-8") == said.out, (
        "run: jinji rules coverage --output rules/COVERAGE.md"
    )
    for name in shipped_packs():
        assert f"`{name}`" in said.out, name


def test_every_category_is_told_with_its_owners_on_both_sides_and_its_confidence(jinji):
    text = jinji("rules", "coverage", "national").out
    common = section(text, "各类共同")
    assert f"- {Side.LOCALITY}：属地党委政府" in common
    for category in load("national").categories:
        told = section(text, f"{category}（")
        assert f"- {Side.INDUSTRY}：" in told, category
        assert "把握：" in told, category
        assert "**报送**" in told + common and "**敏感因素**" in told + common, category


def test_a_category_shows_figures_offices_limits_and_sources(jinji):
    told = section(jinji("rules", "coverage", "national").out, "火灾（")
    assert "| 特别重大 | 死亡 ≥ 30人；重伤 ≥ 100人；直接经济损失 ≥ 10000万元 |" in told
    assert "公安部关于调整火灾等级标准的通知（2007）" in told
    assert "市行业主管部门" in told
    assert "事故单位" not in told or "发现后1小时" in told
    assert "- 行业：消防救援（火因和扑救）" in told


def test_ladders_that_followed_each_other_are_both_told_with_their_days(jinji):
    told = section(jinji("rules", "coverage", "national").out, "环境污染事件（")
    assert "2011-05-01 至 2014-12-28" in told
    assert "2014-12-29 起" in told


def test_packs_named_are_told_alone_and_without_what_was_left_out(jinji):
    text = jinji("rules", "coverage", "national").out
    assert "## 没有写进来的" not in text and "left-out" not in text
    assert "`county`" not in text


def test_a_pack_of_ones_own_is_told_by_what_it_adds(jinji, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    told = jinji("rules", "coverage", "national", str(path))
    assert told.code == 0
    assert "各地标准另有专门条款的" in section(told.out, "火灾（")
    assert "各地标准另有专门条款的" not in section(told.out, "干旱灾害（")
    assert "## 本地 \\| 标准" in told.out
    assert "市委办公室：死亡1人以上（死亡 ≥ 1人）" in told.out.partition("## 本地")[2]


def test_what_a_pack_says_cannot_break_a_table(jinji, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    text = jinji("rules", "coverage", "national", str(path)).out
    row = next(line for line in text.splitlines() if "某办法" in line)
    assert "某办法 \\| 第三条 &lt;附件> \\*" in row
    widths = {len(re.split(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("| `")}
    assert len(widths) == 1


def test_the_coverage_is_written_to_a_file(jinji, tmp_path):
    path = tmp_path / "COVERAGE.md"
    said = jinji("rules", "coverage", "national", "--output", str(path))
    assert (said.code, said.out, said.err) == (0, "", "")
    assert path.read_text(encoding="utf-8") == jinji("rules", "coverage", "national").out


@pytest.mark.parametrize("args", [("nowhere",), ("national", "--output", "/nowhere/x.md")])
def test_a_pack_or_file_that_is_not_there_is_refused_with_what_to_do(jinji, args):
    said = jinji("rules", "coverage", *args)
    assert (said.code, said.out) == (3, "")
    assert said.err.count("\n") >= 1 and "nowhere" in said.err and "Traceback" not in said.err


def test_what_was_left_out_says_why_and_by_which_document():
    entries = tomllib.loads(LEFT_OUT.read_text(encoding="utf-8"))["left_out"]
    assert entries
    for entry in entries:
        assert set(entry) == {"about", "kind", "item", "source", "reason"}, entry
        assert all(value.strip() == value and value for value in entry.values()), entry
        assert entry["about"] in ABOUT and entry["kind"] in KINDS, entry
    items = [entry["item"] for entry in entries]
    assert len(items) == len(set(items))


def test_what_was_left_out_stands_in_the_shipped_coverage():
    text = (rules_folder() / "COVERAGE.md").read_text(encoding="utf-8")
    for entry in tomllib.loads(LEFT_OUT.read_text(encoding="utf-8"))["left_out"]:
        assert entry["item"].replace("<", "&lt;") in text, entry["item"]
