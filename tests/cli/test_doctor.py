"""jinji doctor: what could keep this desk from its duty, each with a remedy; 0 where nothing does."""

import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jinji_report.desk import doctor as examining
from jinji_report.desk.doctor import examine
from jinji_report.moments import BEIJING

from .conftest import Jinji
from .refusal import written

NOTE = "昨晚11点半，城关镇东街一服装店起火，2人死亡"
READY = datetime(2026, 11, 22, 8, 0, tzinfo=BEIJING)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")


@pytest.fixture(autouse=True)
def beijing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine stands in Beijing, as a duty room's does."""
    import time

    monkeypatch.setenv("TZ", "Asia/Shanghai")
    if hasattr(time, "tzset"):
        time.tzset()


def looked(machine: datetime = READY, encoding: str = "utf-8") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for finding in examine(os.environ, machine, encoding):
        if found.get(finding.name) is None or finding.state != "正常":
            found[finding.name] = finding
    return found


@pytest.fixture
def ready(jinji: Jinji) -> None:
    """A desk that was set up with every phone."""
    sets = (
        "值班电话=0931-8001234",
        "联系人=李值班",
        "报送对象=县 政府 0931-8005678",
        "报送对象=市 党委 0931-8460001",
        "报送对象=市 政府 0931-8460002",
    )
    pairs = [part for pair in sets for part in ("--set", pair)]
    assert jinji("init", "--unit", "城北区委办公室", "--no-input", *pairs).code == 0


@pytest.mark.usefixtures("ready")
def test_a_desk_that_was_set_up_is_well_but_for_what_its_base_still_says(jinji: Jinji) -> None:
    jinji("new", NOTE, "--yes")
    found = looked(datetime.now(BEIJING))
    assert {name: f.text for name, f in found.items() if f.state != "正常" and name != "标准检查"} == {}
    assert "条，链完整" in found["台账"].text


def test_a_desk_that_was_never_set_up_is_told_to(jinji: Jinji, home: Path) -> None:
    found = looked()
    assert (found["设置"].state, found["标准"].state) == ("注意", "注意")
    assert "jinji init" in found["设置"].remedy
    assert "还没有登记过" in found["台账"].text
    assert not home.exists()


def test_the_screen_has_a_line_each_and_the_exit_code_says_if_it_is_bad(jinji: Jinji, home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "jinji.toml").write_text("unit = ", encoding="utf-8")
    done = jinji("doctor")
    assert done.code == 1
    assert "问题  设置" in done.out
    assert "→ " in done.out
    told = jinji("doctor", "--json")
    assert told.code == 1
    assert told.json["schema"] == "jinji/1"
    assert told.json["ok"] is False
    assert [c["name"] for c in told.json["checks"]][:2] == ["程序", "设置"]
    assert all(c["remedy"] for c in told.json["checks"] if c["state"] != "正常")


def test_every_sign_is_one_that_gbk_has(jinji: Jinji) -> None:
    jinji("doctor").out.encode("gbk")
    jinji("config").out.encode("gbk")


def test_notes_alone_are_no_problem(jinji: Jinji, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "_checked", lambda *_: iter(()))
    monkeypatch.setattr(examining, "_clock", lambda *_: iter(()))
    done = jinji("doctor")
    assert done.code == 0
    assert "注意" in done.out


@pytest.mark.usefixtures("ready")
def test_standards_that_cannot_be_read_are_a_problem_and_the_rest_is_looked_at(home: Path) -> None:
    (home / "standards.toml").write_text("id = 1\n", encoding="utf-8")
    found = looked()
    assert found["标准"].state == "问题"
    assert found["台账"].state == "正常"


@pytest.mark.usefixtures("ready")
def test_an_office_that_must_be_called_and_has_no_phone_is_named(home: Path) -> None:
    file = home / "standards.toml"
    text = file.read_text(encoding="utf-8").replace('phone = "0931-8460001"\n', "")
    file.write_text(text, encoding="utf-8")
    found = looked()
    assert found["电话"].state == "问题"
    assert "市委办公室" in found["电话"].text
    assert "市政府办公室" not in found["电话"].text


@pytest.mark.usefixtures("ready")
def test_what_the_check_finds_is_counted_with_the_command_that_shows_it(home: Path) -> None:
    with (home / "standards.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[report]]\nid = "own.mistake"\nto = [{ tier = "市", line = "党委" }]\ntext = "死亡"\n'
            'when = { measure = "deaths", at_least = 1 }\nclause = "x"\nconfidence = "recalled"\n'
        )
    found = looked()["标准检查"]
    assert "警告" in found.text
    assert f"jinji rules check {home / 'standards.toml'}" in found.remedy


def test_a_ledger_that_was_altered_is_a_problem(jinji: Jinji, home: Path) -> None:
    jinji("new", NOTE, "--yes")
    ledger = home / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b"2", b"3", 1))
    found = looked()["台账"]
    assert found.state == "问题"
    assert "ledger repair" in found.remedy
    assert jinji("doctor").code == 1


def test_a_torn_end_is_a_note(jinji: Jinji, home: Path) -> None:
    jinji("new", NOTE, "--yes")
    with (home / "ledger.jsonl").open("ab") as file:
        file.write(b'{"half')
    found = looked()
    assert found["台账"].state == "注意"


def test_two_ledgers_are_a_problem(home: Path) -> None:
    home.mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        (home / name).write_bytes(b"")
    assert looked()["台账"].state == "问题"


def test_a_clock_before_the_newest_entry_is_a_problem(jinji: Jinji) -> None:
    jinji("new", NOTE, "--yes")
    now = datetime.now(BEIJING)
    assert looked(now)["时钟"].state == "正常"
    found = looked(now - timedelta(hours=3))["时钟"]
    assert found.state == "问题"
    assert "台账最后一条" in found.text


def test_an_entry_of_a_drill_is_held_against_the_machines_clock(jinji: Jinji) -> None:
    jinji("new", NOTE, "--yes", "--now", "2031-03-05T09:30")
    assert looked(datetime.now(BEIJING))["时钟"].state == "正常"


def test_a_clock_that_no_machine_of_today_shows_is_a_problem() -> None:
    assert looked(datetime(2010, 1, 1, tzinfo=BEIJING))["时钟"].state == "问题"


def test_a_clock_set_by_the_environment_is_a_note_and_an_unreadable_one_a_problem(
    jinji: Jinji, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JINJI_NOW", "2026-03-05T09:30")
    assert looked()["时钟"].state == "注意"
    monkeypatch.setenv("JINJI_NOW", "tomorrow")
    assert looked()["时钟"].state == "问题"
    assert "JINJI_NOW 看不懂" in jinji("doctor").out


@POSIX
def test_another_zone_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    assert "UTC+0" in looked()["时钟"].text


@POSIX
def test_a_folder_open_to_others_is_a_problem_one_open_to_a_group_or_an_open_ledger_a_note(
    jinji: Jinji, home: Path
) -> None:
    jinji("new", NOTE, "--yes")
    (home / "ledger.jsonl").chmod(0o644)
    home.chmod(0o750)
    found = looked(datetime.now(BEIJING))
    assert (found["数据文件夹"].state, found["台账"].state) == ("注意", "注意")
    assert "chmod 700" in found["数据文件夹"].remedy
    assert "chmod 600" in found["台账"].remedy
    home.chmod(0o755)
    found = looked(datetime.now(BEIJING))
    assert (found["数据文件夹"].state, found["台账"].state) == ("问题", "问题")
    assert "chmod 700" in found["数据文件夹"].remedy
    assert "chmod 700" in found["台账"].remedy


def test_a_folder_that_cannot_be_written_is_a_problem_a_cache_a_note(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write_bytes(b"")
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("JINJI_CACHE", str(tmp_path / "file" / "cache"))
    found = looked()
    assert (found["数据文件夹"].state, found["缓存"].state) == ("问题", "注意")
    assert found["台账"].state == "问题"


@pytest.mark.parametrize(
    ("encoding", "state"), [("utf-8", "正常"), ("gbk", "正常"), ("ascii", "注意"), ("", "注意")]
)
def test_a_screen_that_has_no_chinese_is_a_note(encoding: str, state: str) -> None:
    assert looked(encoding=encoding)["屏幕"].state == state


@pytest.mark.usefixtures("ready")
def test_looking_changes_nothing(jinji: Jinji, home: Path) -> None:
    jinji("new", NOTE, "--yes")
    before = written(home)
    looked()
    jinji("doctor")
    assert written(home) == before
    assert json.loads(jinji("doctor", "--json").out)
