"""The notes of follow-ups that were left at the prompt: a file each, taken up again from it."""

import os
from pathlib import Path

import pytest

from jinji_report.cli.draft import keep_note, kept_note

from .conftest import Jinji

FIRE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
COMMAND = "jinji followup 20260305-01"


def test_what_two_desks_leave_in_one_second_is_kept_apart(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir(mode=0o700)
    for pid, note in ((11, "又有1人死亡"), (12, "火已扑灭")):
        monkeypatch.setattr(os, "getpid", lambda pid=pid: pid)
        keep_note(home, note, COMMAND)
    assert sorted(path.read_text() for path in home.iterdir()) == ["又有1人死亡", "火已扑灭"]


def test_a_draft_goes_once_it_is_entered_and_another_file_stays(jinji: Jinji, home: Path) -> None:
    assert jinji("new", "-y", FIRE, "--now", "2026-03-05T09:30").code == 0
    keep_note(home, "又有1人抢救无效死亡", COMMAND)
    (draft,) = home.glob("followup-draft*")
    own = home.parent / draft.name
    own.write_text("火已扑灭")
    for file in (draft, own):
        entered = jinji("followup", "01", "--file", str(file), "--now", "2026-03-05T10:00")
        assert entered.code == 0, entered
    assert not draft.exists()
    assert own.read_text() == "火已扑灭"


def test_a_draft_that_could_not_be_entered_stays(jinji: Jinji, home: Path) -> None:
    home.mkdir(mode=0o700)
    keep_note(home, "又有1人抢救无效死亡", COMMAND)
    (draft,) = home.glob("followup-draft*")
    assert jinji("followup", "01", "--file", str(draft), "--now", "2026-03-05T10:00").code == 3
    assert draft.read_text() == "又有1人抢救无效死亡"


def test_the_way_on_names_a_path_with_a_blank_as_one_word(home: Path) -> None:
    folder = home / "值班 一"
    said = keep_note(folder, "火已扑灭", COMMAND)
    (draft,) = folder.iterdir()
    assert said.endswith(f'{COMMAND} --file "{draft}"')
    assert kept_note(folder, str(draft)) == draft
