"""The check before a report goes out, through the command line: where it shows, what it stops, what it never stops."""

import json
from pathlib import Path

import pytest

from .conftest import Jinji

FIRE = "9点20分，城关镇东街一服装店起火，2人死亡，1人重伤，县消防救援大队王某电话报，消防已出动4车20人"
GUESS = "9点20分，城关镇东街一服装店起火，2人死亡，原因可能是电线短路引起，县消防救援大队王某电话报"


def at(clock: str) -> tuple[str, str]:
    return ("--now", f"2026-03-05T{clock}")


def ledger(home: Path) -> bytes:
    return (home / "ledger.jsonl").read_bytes()


@pytest.fixture
def sound(jinji: Jinji) -> Jinji:
    assert jinji("new", "-y", FIRE, *at("09:25")).code == 0
    return jinji


@pytest.fixture
def guessed(jinji: Jinji) -> Jinji:
    """A first report that guesses at the cause."""
    outcome = jinji("new", "-y", GUESS, *at("09:25"))
    assert outcome.code == 0
    assert "※ 须改 B401" in outcome.out
    return jinji


def test_a_sound_report_has_nothing_to_remark(sound: Jinji) -> None:
    outcome = sound("report", "01", "--check", *at("09:30"))
    assert (outcome.code, outcome.out, outcome.err) == (0, "首报：没有发现问题。\n", "")
    answer = sound("report", "01", "--check", "--json", *at("09:30")).json
    assert answer["check"] == []


def test_new_and_followup_list_what_was_found_below_their_report(jinji: Jinji) -> None:
    answer = jinji("new", "-y", "--json", GUESS, *at("09:25")).json
    (found,) = [one for one in answer["check"] if one["code"] == "B401"]
    assert set(found) == {"code", "severity", "text", "remedy", "said", "span"}
    assert answer["report"]["text"][slice(*found["span"])] == found["said"] == "可能是"
    outcome = jinji("followup", "01", "目前死亡1人", *at("09:40"))
    assert outcome.code == 0
    assert "※ 留意 B202" in outcome.out
    assert "--correct --set 死亡=1" in outcome.out
    again = jinji("followup", "01", "--set", "死亡=1", "--json", *at("09:41")).json
    assert {"B106", "B107"} <= {one["code"] for one in again["check"]}


def test_report_keeps_its_text_apart_from_what_is_said_about_it(guessed: Jinji) -> None:
    outcome = guessed("report", "01", *at("09:30"))
    assert outcome.code == 0
    assert "※" not in outcome.out
    assert "※ 须改 B401" in outcome.err


def test_check_answers_by_its_exit_code(guessed: Jinji, home: Path) -> None:
    before = ledger(home)
    outcome = guessed("report", "01", "--check", *at("09:30"))
    assert outcome.code == 1
    assert "须改 1 处" in outcome.out
    assert "jinji sent 20260305-01 --form 书面 --file 文稿.txt" in outcome.out
    assert outcome.err == ""
    assert guessed("report", "01", "--check", "--json", *at("09:30")).code == 1
    assert ledger(home) == before


def test_what_is_only_to_be_looked_at_is_no_failure(jinji: Jinji) -> None:
    assert jinji("new", "-y", "9点20分，城关镇东街一服装店起火，2人死亡", *at("09:25")).code == 0
    outcome = jinji("report", "01", "--check", *at("09:30"))
    assert outcome.code == 0
    assert "※ 留意 B105" in outcome.out


def test_an_edited_text_is_checked_against_the_case(sound: Jinji, tmp_path: Path) -> None:
    made = sound("report", "01", *at("09:30")).out
    edited = tmp_path / "文稿.txt"
    edited.write_text(made, encoding="utf-8")
    assert sound("report", "01", "--check", "--file", str(edited), *at("09:30")).code == 0
    edited.write_text(made.replace("2人死亡", "1人死亡"), encoding="gbk", errors="replace")
    outcome = sound("report", "01", "--check", "--file", str(edited), *at("09:30"))
    assert outcome.code == 1
    assert "B208" in outcome.out
    piped = sound(
        "report", "01", "--check", "--file", "-", *at("09:30"), stdin=made.replace("2人死亡", "3人死亡")
    )
    assert piped.code == 1
    assert "3人死亡" in piped.out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["--file", "x.txt"], 2),
        (["--check", "--format", "phone"], 2),
        (["--check", "--file", "/没有/这个.txt"], 3),
    ],
)
def test_what_cannot_be_checked_is_said(line: list[str], code: int, sound: Jinji) -> None:
    outcome = sound("report", "01", *line, *at("09:30"))
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err


@pytest.mark.parametrize("text", ["", " \n ", "\x00\x01\x02"])
def test_a_text_that_is_none_is_refused(text: str, sound: Jinji) -> None:
    outcome = sound("report", "01", "--check", "--file", "-", *at("09:30"), stdin=text)
    assert (outcome.code, outcome.out) == (3, "")


def test_a_written_report_that_must_be_mended_is_not_entered(guessed: Jinji, home: Path) -> None:
    before = ledger(home)
    outcome = guessed("sent", "01", "--form", "书面", "--to", "市", *at("09:30"))
    assert (outcome.code, outcome.out) == (1, "")
    assert "※ 须改 B401" in outcome.err
    assert "--force" in outcome.err
    assert ledger(home) == before
    asked = guessed("sent", "01", "--form", "书面", "--to", "市", "--json", *at("09:30"))
    assert (asked.code, asked.out) == (1, "")


@pytest.mark.parametrize("form", ["电话", "信息"])
def test_a_call_and_a_message_are_told_and_never_refused(form: str, guessed: Jinji) -> None:
    outcome = guessed("sent", "01", "--form", form, "--to", "市", *at("09:30"))
    assert outcome.code == 0
    assert "已登记" in outcome.out
    assert "※ 须改 B401" in outcome.err
    entry = guessed("show", "01", "--json", *at("09:31")).json["entries"][-1]
    assert "overridden" not in entry["data"]


def test_a_call_with_hardly_anything_known_goes_through(jinji: Jinji) -> None:
    assert jinji("new", "-y", "有人报警说着火了", *at("09:25")).code == 0
    assert jinji("sent", "01", "--form", "电话", "--to", "市", *at("09:26")).code == 0


def test_force_enters_it_and_the_ledger_knows_what_was_overridden(guessed: Jinji) -> None:
    answer = guessed("sent", "01", "--form", "书面", "--to", "市", "--force", "--json", *at("09:30"))
    assert answer.code == 0
    assert answer.json["overridden"] == ["B401"]
    assert [one["code"] for one in answer.json["check"] if one["severity"] == "须改"] == ["B401"]
    assert answer.err == ""
    entry = guessed("show", "01", "--json", *at("09:31")).json["entries"][-1]
    assert entry["data"]["overridden"] == ["B401"]
    assert "带须改B401" in guessed("show", "01", *at("09:31")).out
    assert guessed("ledger", "verify").code == 0


def test_what_went_out_may_be_the_edited_text_and_is_kept(guessed: Jinji, tmp_path: Path) -> None:
    made = guessed("report", "01", *at("09:30")).out
    edited = tmp_path / "文稿.txt"
    text = "".join(line for line in made.splitlines(keepends=True) if "可能是" not in line)
    edited.write_text(text, encoding="utf-8")
    line = ("sent", "01", "--form", "书面", "--to", "市", "--file", str(edited))
    assert guessed(*line, *at("09:30")).code == 0
    entry = guessed("show", "01", "--json", *at("09:31")).json["entries"][-1]
    assert entry["data"]["text"] == text


def test_a_secret_text_goes_nowhere(guessed: Jinji, home: Path, tmp_path: Path) -> None:
    before = ledger(home)
    edited = tmp_path / "文稿.txt"
    edited.write_text("机密★1年\n某地起火", encoding="utf-8")
    outcome = guessed(
        "sent", "01", "--form", "书面", "--to", "市", "--file", str(edited), "--force", *at("09:30")
    )
    assert outcome.code == 3
    assert ledger(home) == before
    outcome = guessed("report", "01", "--check", "--json", "--file", str(edited), *at("09:30"))
    assert (outcome.code, outcome.out) == (3, "")


def test_an_entry_of_an_older_version_is_still_read(sound: Jinji, home: Path) -> None:
    assert sound("sent", "01", "--form", "书面", "--to", "市", *at("09:30")).code == 0
    entry = json.loads(ledger(home).splitlines()[-1])
    assert {"text", "overridden"}.isdisjoint(entry["data"])  # as it always was where nothing was overridden
    assert sound("report", "01", "--check", *at("09:31")).code == 0


def test_the_decision_not_to_report_is_held_against_the_verdict(sound: Jinji) -> None:
    assert sound("decide", "01", "不报", "--reason", "带班领导意见", *at("09:30")).code == 0
    outcome = sound("report", "01", "--check", *at("09:31"))
    assert outcome.code == 0
    assert "B603" in outcome.out
    assert "jinji decide 20260305-01 应报" in outcome.out


def test_an_office_adds_words_and_lets_a_phrase_pass(sound: Jinji, tmp_path: Path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(
        'id = "own"\ntitle = "本地"\nextends = ["county"]\ninherit = ["report", "limit"]\n'
        '[[language]]\nname = "套话"\nwords = ["圆满处置"]\nexcludes = ["情绪稳定"]\n',
        encoding="utf-8",
    )
    text = sound("report", "01", *at("09:30")).out + "\n现场已圆满处置。\n家属情绪稳定。\n"
    line = ("report", "01", "--check", "--file", "-", *at("09:30"))
    assert "圆满处置" in sound(*line, "--standards", str(pack), stdin=text).out
    assert "情绪稳定" not in sound(*line, "--standards", str(pack), stdin=text).out
    shipped = sound(*line, stdin=text).out
    assert "情绪稳定" in shipped
    assert "圆满处置" not in shipped
    assert "圆满处置" in sound("rules", "show", str(pack), *at("09:30")).out
