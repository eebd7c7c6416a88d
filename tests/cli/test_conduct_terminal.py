"""At a terminal what departs from the standards is read before the question, and what is missing is asked."""

import sys
from pathlib import Path

import pytest

from .conftest import Jinji

if sys.platform == "win32":
    pytest.skip("a pty is needed", allow_module_level=True)

from .terminal import Sit

NOTE = "9时20分，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
NOW = ("--now", "2026-03-05T09:25")


@pytest.fixture
def fire(jinji: Jinji) -> Jinji:
    assert jinji("new", NOTE, *NOW).code == 0
    return jinji


def kinds(jinji: Jinji) -> list[str]:
    import json

    return [json.loads(line)["kind"] for line in jinji("export", "--entries").out.splitlines()]


def test_a_departure_is_told_once_before_it_is_asked_whether_to_enter(fire: Jinji, sit: Sit) -> None:
    desk = sit("sent", "01", "--to", "市党委", "--form", "电话")
    shown = desk.answer("登记？", "n")
    assert "报市政府办公室还没有办" in shown and "county.dual-line" in shown
    assert desk.ends() == 130 and "报送" not in kinds(fire)
    desk = sit("sent", "01", "--to", "市党委", "--form", "电话")
    desk.answer("登记？", "")
    assert desk.ends() == 0 and desk.seen.count("county.dual-line") == 1
    assert "报送" in kinds(fire)


def test_past_a_level_nobody_is_asked_without_force(fire: Jinji, sit: Sit) -> None:
    desk = sit("sent", "01", "--to", "省党委", "--form", "电话")
    assert desk.ends() == 1 and "登记？" not in desk.seen and "--force" in desk.seen


def test_who_signed_and_what_was_released_is_asked(fire: Jinji, sit: Sit) -> None:
    desk = sit("sign", "01")
    desk.answer("谁签发的？", "李主任")
    assert "李主任" in desk.answer("登记？", "")
    assert desk.ends() == 0
    desk = sit("release", "01")
    desk.answer("归口：县委宣传部", "交警大队")
    desk.answer("发布了什么？", "道路已恢复通行")
    assert "没有经过县委宣传部" in desk.answer("登记？", "")
    assert desk.ends() == 0 and desk.seen.count("没有经过") == 1
    assert kinds(fire)[-2:] == ["签发", "对外发布"]


def test_a_marked_release_that_is_typed_at_the_prompt_is_refused(fire: Jinji, sit: Sit) -> None:
    desk = sit("release", "01", "--unit", "县委宣传部")
    desk.answer("发布了什么？", "机密★ 情况")
    assert desk.ends() == 3 and "密级标志" in desk.seen
    assert "对外发布" not in kinds(fire)


def test_an_import_says_what_it_changes_before_it_does(
    jinji: Jinji, sit: Sit, home: Path, tmp_path: Path
) -> None:
    table = tmp_path / "电话.csv"
    table.write_text("单位,电话\n教育,0931-1\n", encoding="utf-8")
    desk = sit("contacts", "import", str(table))
    assert "新增 1" in desk.answer("导入？", "n")
    assert desk.ends() == 130 and not (home / "contacts.toml").exists()


def test_a_call_is_asked_about_before_it_is_entered(jinji: Jinji, sit: Sit) -> None:
    broadcaster = ("--standards", "broadcaster")
    note = "9时20分，台主频道停播30分钟，播控机房报"
    assert jinji("new", note, "--set", "category=安全播出事故", *broadcaster, *NOW).code == 0
    desk = sit("call", "01", "--unreachable", *broadcaster)
    assert "叫不通：事发部门 部门主任" in desk.answer("登记？", "")
    assert desk.ends() == 0 and "现在叫：台领导 分管副台长" in desk.seen
