"""jinji init: the first run on a desk, by options and at a terminal; all of it or nothing."""

import os
import stat
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jinji_report.desk import fresh
from jinji_report.settings import read_settings

from .conftest import Jinji
from .refusal import refused, written

NOW = ("--now", "2026-03-05T09:30")
UNIT = ("--unit", "城北区委办公室", "--no-input", *NOW)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")


# —— what is written ——


def test_a_first_run_writes_standards_and_settings_that_are_used_from_then_on(
    jinji: Jinji, home: Path
) -> None:
    done = jinji("init", *UNIT, "--set", "值班电话=0931-8001234", "--set", "联系人=李值班")
    assert done.code == 0
    assert set(written(home)) == {"standards.toml", "jinji.toml"}
    for path in written(home):
        assert str(home / path) in done.out
    assert tomllib.loads((home / "jinji.toml").read_text(encoding="utf-8")) == {
        "standards": str(home / "standards.toml"),
        "unit": "城北区委办公室",
        "phone": "0931-8001234",
        "contact": "李值班",
    }
    judged = jinji("classify", "昨晚11点半，城关镇东街起火，2人死亡", "--json", *NOW).json
    assert judged["verdict"]["standards"]["id"] == "office"
    assert judged["verdict"]["decision"] == "应报"
    assert {limit["owes"] for limit in judged["limits"]} >= {"城北区委办公室"}


def test_every_setting_stands_in_the_file_said_or_as_a_comment(jinji: Jinji, home: Path) -> None:
    said = ("签发人=赵主任", "联系人=李值班", "记录人=张值班", "值班电话=0931-8001234")
    assert jinji("init", *UNIT, *(part for pair in said for part in ("--set", pair))).code == 0
    found = read_settings({"JINJI_HOME": str(home), "JINJI_CACHE": str(home / "c")})
    assert {name: value.text for name, value in found.values.items()} == {
        "standards": str(home / "standards.toml"),
        "unit": "城北区委办公室",
        "signer": "赵主任",
        "contact": "李值班",
        "phone": "0931-8001234",
        "by": "张值班",
    }


def test_a_setting_that_was_not_said_is_a_comment(jinji: Jinji, home: Path) -> None:
    jinji("init", *UNIT)
    text = (home / "jinji.toml").read_text(encoding="utf-8")
    for name in ("signer", "contact", "phone", "by"):
        assert f'\n# {name} = ""\n' in text


def test_settings_go_where_the_environment_says_they_are(
    jinji: Jinji, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JINJI_CONFIG", str(tmp_path / "etc" / "desk.toml"))
    assert jinji("init", *UNIT).code == 0
    assert (tmp_path / "etc" / "desk.toml").is_file()
    assert set(written(home)) == {"standards.toml"}
    assert jinji("config", "unit").out == "城北区委办公室\n"


def test_a_variable_that_outranks_what_was_written_is_said(
    jinji: Jinji, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JINJI_STANDARDS", "ningxia")
    done = jinji("init", *UNIT)
    assert "JINJI_STANDARDS 优先" in done.err
    assert "JINJI_STANDARDS" not in done.out


@POSIX
def test_folder_and_files_are_the_users_own(jinji: Jinji, home: Path) -> None:
    jinji("init", *UNIT)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for name in ("standards.toml", "jinji.toml"):
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o600


def test_a_path_with_backslashes_and_quotes_comes_back_from_the_settings() -> None:
    from datetime import date
    from pathlib import PureWindowsPath

    from jinji_report.desk.init import _base, settings_text
    from jinji_report.desk.rules.new import Answers

    answers = Answers(_base("county", Path("/nowhere/standards.toml")))
    answers.take("unit", "某区委办公室")
    path: Any = PureWindowsPath(r'C:\Users\new "desk"\AppData\Local\jinji\standards.toml')
    assert tomllib.loads(settings_text(answers, path, date(2026, 3, 5)))["standards"] == str(path)


# —— what is not ——


@pytest.mark.parametrize("name", ["jinji.toml", "standards.toml"])
def test_what_stands_already_is_never_touched_and_is_named(name: str, jinji: Jinji, home: Path) -> None:
    home.mkdir()
    (home / name).write_bytes(b"# mine\n")
    done = jinji("init", *UNIT)
    refused(done)
    assert str(home / name) in done.err
    assert "jinji config" in done.err
    assert written(home) == {name: b"# mine\n"}


def test_a_second_run_changes_nothing(jinji: Jinji, home: Path) -> None:
    jinji("init", *UNIT)
    before = written(home)
    refused(jinji("init", "--unit", "别的单位", "--no-input"))
    assert written(home) == before


@pytest.mark.parametrize("bad", [("--set", "值班电话=abc"), ("--set", "没有=1"), ("--extends", "nowhere")])
def test_a_refused_answer_leaves_no_folder_behind(bad: tuple[str, str], jinji: Jinji, home: Path) -> None:
    assert jinji("init", *UNIT, *bad).code in (2, 3)
    assert not home.exists()


def test_a_file_where_the_folder_should_be_is_said(jinji: Jinji, home: Path) -> None:
    home.write_bytes(b"")
    refused(jinji("init", *UNIT))
    assert home.read_bytes() == b""


@pytest.mark.parametrize("call", [1, 2])
def test_a_disk_that_refuses_one_file_leaves_neither(
    call: int, jinji: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    plain = os.link

    def sometimes(source: Any, target: Any) -> None:
        calls.append(target)
        if len(calls) == call:
            raise OSError(28, "No space left on device")
        plain(source, target)

    monkeypatch.setattr(fresh.os, "link", sometimes)
    done = jinji("init", *UNIT)
    refused(done)
    assert "磁盘已满" in done.err
    assert not home.exists()


def test_ctrl_c_between_the_two_files_leaves_neither(
    jinji: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = os.link

    def interrupted(source: Any, target: Any) -> None:
        if str(target).endswith("jinji.toml"):
            raise KeyboardInterrupt
        plain(source, target)

    monkeypatch.setattr(fresh.os, "link", interrupted)
    assert jinji("init", *UNIT).code == 130
    assert not home.exists()


def test_a_settings_file_that_appears_meanwhile_is_kept_and_the_standards_go_again(
    jinji: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = os.link

    def raced(source: Any, target: Any) -> None:
        if str(target).endswith("jinji.toml"):
            Path(target).write_bytes(b"# theirs\n")
        plain(source, target)

    monkeypatch.setattr(fresh.os, "link", raced)
    refused(jinji("init", *UNIT))
    assert written(home) == {"jinji.toml": b"# theirs\n"}


# —— at a terminal ——

if sys.platform != "win32":
    from .test_terminal import Sit, Terminal

    @pytest.fixture
    def sit(home: Path) -> Iterator[Sit]:
        opened: list[Terminal] = []

        def start(*args: str, now: str = "2026-03-05T09:30", **more: str) -> Terminal:
            opened.append(Terminal(args, {"JINJI_NOW": now, **more}))
            return opened[-1]

        yield start
        for terminal in opened:
            terminal.close()

    def test_enter_at_every_question_but_the_first_is_enough(sit: Sit, home: Path) -> None:
        desk = sit("init")
        desk.answer("本单位全称", "城北区委办公室")
        for question in ("层级", "报送线", "所辖地方", "值班电话", "联系人", "记录人"):
            desk.answer(question, "")
        for office in ("县·政府", "市·党委", "市·政府", "省·党委", "省·政府"):
            desk.answer(f"{office}[", "")
        for question in ("不改了", "没有了", "签发吗", "没有了"):
            desk.answer(question, "")
        assert "（没有电话）" in desk.answer("写入？", "")
        assert desk.ends() == 0
        assert "没有写它的值班电话" in desk.rest()
        assert set(written(home)) == {"standards.toml", "jinji.toml"}

    def test_a_wrong_answer_is_asked_again_and_the_last_look_mends(sit: Sit, home: Path) -> None:
        desk = sit("init")
        desk.answer("本单位全称", "")
        desk.answer("单位名称是空的", "")
        desk.answer("本单位全称", "城北区委办公室")
        desk.answer("[县]：", "国")
        assert "层级看不懂" in desk.answer("[县]：", "区")
        desk.answer("[党委]：", "")
        desk.answer("[城北区]：", "")
        desk.answer("值班电话", "0931-abc")
        assert "电话看不懂" in desk.answer("值班电话：", "0931-8001234")
        desk.answer("联系人", "李值班")
        desk.answer("记录人", "")
        desk.answer("[城北区政府办公室]", "0931-8005678")
        desk.answer("[市委办公室]", "兰州市委办公室 0931-8460001")
        desk.answer("[市政府办公室]", "0931-8460002")
        desk.answer("[省委办公厅]", "")
        desk.answer("[省政府办公厅]", "")
        desk.answer("不改了", "公安=城北区公安局")
        desk.answer("不改了", "")
        desk.answer("没有了", "城北区第一中学、北一中")
        desk.answer("[校园]", "")
        desk.answer("没有了", "老王家")
        desk.answer("属于哪一类", "龙宫")
        desk.answer("属于哪一类", "")
        desk.answer("没有了", "")
        desk.answer("签发吗", "y")
        desk.answer("签发人", "赵主任")
        desk.answer("第 1 个", "带班领导 王强 13900000000")
        desk.answer("第 2 个", "")
        desk.answer("写入？", "也许")
        desk.answer("写入？", "值班电话=x")
        assert "0931-8009999" in desk.answer("写入？", "值班电话=0931-8009999") + desk.answer("写入？", "y")
        assert desk.ends() == 0
        assert "检查：没有发现问题。" in desk.rest()
        pack = tomllib.loads((home / "standards.toml").read_text(encoding="utf-8"))
        assert pack["office"][0]["phone"] == "0931-8009999"
        assert [place["name"] for place in pack["place"]] == ["城北区第一中学"]
        assert "赵主任" in (home / "jinji.toml").read_text(encoding="utf-8")

    def test_what_an_option_said_is_not_asked(sit: Sit) -> None:
        desk = sit("init", "--unit", "城北区委办公室", "--set", "层级=县", "--set", "值班电话=0931-8001234")
        asked = desk.until("报送线")
        assert "全称" not in asked
        assert "层级（" not in asked

    @pytest.mark.parametrize("after", ["本单位全称", "写入？"])
    def test_leaving_at_any_question_leaves_nothing(after: str, sit: Sit, home: Path) -> None:
        sets = [part for pair in SKIPPED for part in ("--set", pair)]
        desk = sit("init") if after != "写入？" else sit("init", "--unit", "城北区委办公室", *sets)
        desk.until(after)
        assert desk.leave() == 130
        assert not home.exists()

    def test_no_at_the_last_question_leaves_nothing(sit: Sit, home: Path) -> None:
        sets = [part for pair in SKIPPED for part in ("--set", pair)]
        desk = sit("init", "--unit", "城北区委办公室", *sets)
        desk.answer("写入？", "n")
        assert desk.ends() == 130
        assert not home.exists()

    def test_no_line_of_the_talk_is_wider_than_the_screen(sit: Sit, home: Path) -> None:
        from jinji_report.cli.screen import cells

        sets = [part for pair in SKIPPED for part in ("--set", pair)]
        desk = sit("init", "--unit", "城北区委办公室", *sets)
        desk.answer("写入？", "y")
        assert desk.ends() == 0
        paths = (str(home),)
        wide = [
            line for line in desk.seen.split("\n") if cells(line) > 80 and not any(p in line for p in paths)
        ]
        assert wide == []


SKIPPED = (
    "层级=县",
    "报送线=党委",
    "所辖地方=城北区",
    "值班电话=0931-8001234",
    "联系人=李值班",
    "记录人=",
    "报送对象=市 党委 0931-8460001",
    "责任单位=公安=城北区公安局",
    "敏感场所=城北区第一中学",
    "须签发=否",
    "叫应=带班领导 王强 13900000000",
)
