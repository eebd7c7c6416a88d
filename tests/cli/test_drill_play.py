"""jinji drill play: a night from a file, on a ledger of its own, checked to the minute."""

import os
from pathlib import Path

import pytest

from .conftest import Jinji

NOTE = "3月5日凌晨2点，城关镇老河沟煤矿井下冒顶，3人死亡，2人被困"


@pytest.fixture
def night(tmp_path: Path) -> "Night":
    return Night(tmp_path / "night.toml")


class Night:
    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self, expected: str, *, at: str = "02:35", step: str = "") -> str:
        self.file.write_text(
            f'title = "冒顶"\nday = "2026-03-05"\n[[step]]\nat = "{at}"\ntell = "来电"\n'
            f'run = ["new", "{NOTE}", "--no-input"]\n{step}\n[step.expect]\n{expected}\n',
            encoding="utf-8",
        )
        return str(self.file)


def due(clock: str) -> str:
    return f'limits = [{{ id = "first-phone", to = "市委办公室", due = "{clock}" }}]'


def test_what_holds_to_the_minute_is_told_and_nothing_is_left_behind(
    jinji: Jinji, night: Night, home: Path
) -> None:
    played = jinji("drill", "play", night(due("02:25")))
    assert (played.code, played.err) == (0, "")
    assert "符　first-phone 市委办公室 due 2026年3月5日 02:25\n" in played.out
    assert played.out.endswith("冒顶：1 步，核对 2 项，全部相符\n")
    assert not home.exists() and "JINJI_DRILL" not in os.environ


@pytest.mark.parametrize("clock", ["02:24", "02:26"])
def test_a_minute_beside_it_does_not_hold(jinji: Jinji, night: Night, clock: str) -> None:
    played = jinji("drill", "play", night(due(clock)))
    assert played.code == 1
    assert f"不符　first-phone 市委办公室 due 2026年3月5日 {clock}；实际 2026年3月5日 02:25\n" in played.out
    assert played.out.endswith("冒顶：1 步，核对 2 项，1 项不符\n")


@pytest.mark.parametrize(
    "expected",
    [
        'decision = "备查"',
        'grade = "重大"',
        'category = "火灾"',
        "left = 24",
        "measures = { deaths = 4 }",
        'hops = [{ tier = "县", left = 8 }]',
        'hops = [{ tier = "市", ends = "02:51" }]',
        'limits = [{ id = "no-such-row" }]',
        'none_of = ["first-phone"]',
        'says = ["四人死亡"]',
        'never_says = ["应报"]',
        'case = "99"\nstatus = "在办"',
    ],
)
def test_whatever_else_does_not_hold_is_told_with_what_was_found(
    jinji: Jinji, night: Night, expected: str
) -> None:
    played = jinji("drill", "play", night(expected))
    assert played.code == 1 and played.out.endswith("1 项不符\n")


def test_a_command_that_fails_where_it_should_not_is_one_that_does_not_hold(
    jinji: Jinji, night: Night
) -> None:
    assert jinji("drill", "play", night('status = "在办"', step="exit = 3")).code == 1


def test_its_json_has_every_check(jinji: Jinji, night: Night) -> None:
    answer = jinji("drill", "play", "--json", night(due("02:24"))).json
    assert (answer["schema"], answer["checks"], answer["wrong"]) == ("jinji/1", 2, 1)
    assert answer["steps"][0]["checks"][1] == {
        "text": "first-phone 市委办公室 due 2026年3月5日 02:24",
        "holds": False,
        "found": "2026年3月5日 02:25",
    }


def test_quiet_tells_only_what_does_not_hold(jinji: Jinji, night: Night) -> None:
    assert jinji("drill", "play", "-q", night(due("02:25"))).out == "冒顶：1 步，核对 2 项，全部相符\n"


def test_the_clock_goes_on_past_midnight(jinji: Jinji, night: Night) -> None:
    file = Path(night('limits = [{ id = "first-phone", to = "市委办公室", due = "02:25" }]'))
    file.write_text(
        file.read_text(encoding="utf-8")
        + '[[step]]\nat = "23:50"\nrun = ["next"]\nexit = 21\n[[step]]\nat = "00:10"\n'
        '[step.expect]\nlimits = [{ id = "first-phone", to = "市委办公室", minutes_left = -1305 }]\n',
        encoding="utf-8",
    )
    assert jinji("drill", "play", "-q", str(file)).code == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title = 3", "title 应是文字（加引号）"),
        ('title = "x"', "缺"),
        ("[[step]", "不是 TOML"),
        ('title = "x"\nday = "2026-03-05"\nnight = 1\n[[step]]\nat = "02:00"', "night"),
        ('title = "x"\nday = "2026-02-30"\n[[step]]\nat = "02:00"', "2026-02-30"),
        ('title = "x"\nday = "2026-03-05"\n[[step]]\nat = "25:00"', "at"),
    ],
)
def test_a_file_that_is_no_night_is_told_in_one_sentence(
    jinji: Jinji, tmp_path: Path, text: str, problem: str
) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    played = jinji("drill", "play", str(file))
    assert (played.code, played.out) == (3, "") and problem in played.err
    assert len(played.err.splitlines()) == 2


def test_a_file_that_is_not_there_or_not_utf8_is_told(jinji: Jinji, tmp_path: Path) -> None:
    assert jinji("drill", "play", str(tmp_path / "none.toml")).code == 3
    file = tmp_path / "gbk.toml"
    file.write_bytes('title = "冒顶"'.encode("gbk"))
    assert "不是 UTF-8" in jinji("drill", "play", str(file)).err
