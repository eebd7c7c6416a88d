"""The outsider's path of the manual, walked: from `jinji init` to a changed threshold, checked, tested, replayed."""

import re
import shlex
from pathlib import Path

import pytest

from jinji_report.cli.commands.rules import COMMANDS

from ..cli.conftest import Jinji, cache_folder, home, jinji

__all__ = ["cache_folder", "home", "jinji"]

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def walked(part: str) -> str:
    """The code block of the manual that is marked for walking."""
    found = re.search(rf"<!-- walked: {part} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def office(jinji: Jinji, home: Path) -> Path:
    """The desk that the manual's line sets up: its standards."""
    outcome = jinji(*shlex.split(walked("init"))[1:], "--now", "2026-11-21T09:00")
    assert outcome.code == 0, outcome
    return home / "standards.toml"


def test_what_init_writes_passes_the_check_and_its_own_cases(jinji: Jinji, office: Path) -> None:
    assert jinji("rules", "check").code == 0
    assert jinji("rules", "test").code == 0


def test_a_threshold_is_changed_checked_tested_and_replayed(jinji: Jinji, office: Path) -> None:
    note = "昨天某村5人出现不明原因发热，2人死亡，3人住院"
    assert jinji("new", note, "--yes", "--now", "2026-11-20T10:00").code == 0
    text = office.read_text(encoding="utf-8")
    changed = text[: text.index("[[case]]")] + walked("threshold")
    office.write_text(changed, encoding="utf-8")

    check = jinji("rules", "check")
    assert check.code == 0, check
    tested = jinji("rules", "test")
    assert tested.code == 0, tested
    assert "通过 1 条" in tested.out
    differences = jinji("rules", "diff", "county", str(office), "--replay")
    assert differences.code == 0, differences
    assert "死亡 ≥ 3人 → ≥ 2人" in differences.out
    assert "台账 1 件中 1 件改判" in differences.out


def test_the_comment_that_init_leaves_is_a_threshold_ready_to_be_taken(jinji: Jinji, office: Path) -> None:
    lines = office.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("# 改门槛")) + 1
    end = next(n for n in range(start, len(lines)) if not lines[n].startswith("# "))
    assert end - start == 8
    lines[start:end] = [line.removeprefix("# ") for line in lines[start:end]]
    office.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "死亡 ≥ 3人 → ≥ 2人" in jinji("rules", "diff", "county", str(office)).out
    assert jinji("rules", "test").code == 0


def test_the_allowance_of_the_manual_is_one_that_a_pack_may_hold(jinji: Jinji, office: Path) -> None:
    allow = re.search(r"```toml\n(\[\[allow\]\].*?)```", README, re.DOTALL)
    assert allow is not None
    with office.open("a", encoding="utf-8") as file:
        file.write("\n" + allow[1])
    assert "J801" in jinji("rules", "check").out  # it is read, and accepts nothing here


def test_every_command_of_the_table_runs_as_it_stands(
    jinji: Jinji, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    table = README.split("### Your own standards in five minutes")[1].split("### What `rules check` finds")[0]
    lines = [
        line for line in re.findall(r"`(jinji [^`]+)`", table.split("| to | use |")[1]) if "..." not in line
    ]
    assert len(lines) >= 8
    for line in lines:
        outcome = jinji(*shlex.split(line)[1:])
        assert outcome.code == 0, (line, outcome)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_rules_command_ends_with_an_example_that_works(
    name: str, jinji: Jinji, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = jinji("rules", name, "--help").out
    example = shlex.split(" ".join(text[text.rindex("示例：") + 3 :].split()).split(" > ")[0])
    assert example[:3] == ["jinji", "rules", name]
    if name == "new":
        example += ["--no-input", "--unit", "某区委办公室"]
    outcome = jinji(*example[1:])
    assert outcome.code in (0, 1), (example, outcome)
    assert outcome.out or name in ("new", "schema")
