"""jinji config: every setting, where it comes from, and one value alone for a script."""

from pathlib import Path

import pytest

from jinji_report.settings import HOOKS, KNOWN

from .conftest import Jinji
from .refusal import refused


def told(jinji: Jinji, *args: str) -> dict[str, tuple[str | None, str]]:
    found = jinji("config", "--json", *args).json
    assert found["schema"] == "jinji/1"
    return {item["name"]: (item["value"], item["origin"]) for item in found["settings"]}


def settings(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "jinji.toml").write_text(text, encoding="utf-8")


def test_every_known_setting_is_told_with_the_folders_and_the_clock(jinji: Jinji) -> None:
    assert set(told(jinji)) == {
        *KNOWN,
        *(f"hooks.{name}" for name in HOOKS),
        *("standards_file", "home", "ledger", "cache", "config", "now"),
    }


def test_each_way_of_setting_one_outranks_the_next(
    jinji: Jinji, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(jinji)["standards"] == ("county", "默认")
    settings(home, 'standards = "ningxia"\n')
    assert told(jinji)["standards"] == ("ningxia", str(home / "jinji.toml"))
    monkeypatch.setenv("JINJI_STANDARDS", "national")
    assert told(jinji)["standards"] == ("national", "环境变量 JINJI_STANDARDS")
    assert told(jinji, "--standards", "county")["standards"] == ("county", "命令行选项")


def test_one_value_stands_alone_on_stdout(jinji: Jinji, home: Path) -> None:
    done = jinji("config", "home")
    assert (done.code, done.out, done.err) == (0, f"{home}\n", "")
    assert jinji("config", "standards_file").out.endswith("county.toml\n")
    assert jinji("config", "signer").out == "\n"


def test_one_value_as_json_is_the_same_shape(jinji: Jinji) -> None:
    assert told(jinji, "unit") == {"unit": ("", "默认")}


def test_who_records_is_the_login_name_where_nobody_is_named(
    jinji: Jinji, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JINJI_BY")
    monkeypatch.setenv("LOGNAME", "zhang")
    assert told(jinji)["by"] == ("zhang", "登录名")


def test_files_that_are_not_there_yet_are_said_to_be(jinji: Jinji, home: Path) -> None:
    assert told(jinji)["ledger"] == (str(home / "ledger.jsonl"), "按 home，还没有这个文件")
    assert told(jinji)["config"] == (str(home / "jinji.toml"), "默认，还没有这个文件")
    settings(home, "")
    assert told(jinji)["config"] == (str(home / "jinji.toml"), "默认")


def test_a_clock_set_by_hand_is_told(jinji: Jinji, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(jinji)["now"] == ("", "默认")
    assert told(jinji, "--now", "2026-03-05T09:30")["now"] == ("2026-03-05T09:30", "命令行选项")
    monkeypatch.setenv("JINJI_NOW", "2026-03-05T09:31")
    assert told(jinji)["now"] == ("2026-03-05T09:31", "环境变量 JINJI_NOW")


def test_standards_that_are_not_there_do_not_hide_the_rest(jinji: Jinji, home: Path) -> None:
    settings(home, 'standards = "nowhere"\nunit = "某区委办公室"\n')
    found = told(jinji)
    assert found["standards_file"] == (None, "按 standards")
    assert found["unit"][0] == "某区委办公室"
    assert "没有找到" in jinji("config").out
    refused(jinji("config", "standards_file"))


def test_an_unknown_name_is_refused_with_those_that_there_are(jinji: Jinji) -> None:
    done = jinji("config", "colour")
    refused(done, 2)
    assert "standards_file" in done.err


def test_a_broken_settings_file_is_a_sentence(jinji: Jinji, home: Path) -> None:
    settings(home, "unit = ")
    refused(jinji("config"))


def test_values_from_outside_do_not_steer_the_screen(jinji: Jinji, home: Path) -> None:
    settings(home, 'unit = "某区\\u001b[31m委"\n')
    assert "\x1b" not in jinji("config").out
