"""sent, sign, release: what departs from the standards is told before it is entered, and recorded with it."""

import json
from typing import Any

import pytest

from .conftest import Jinji, Outcome

NOTE = "2点35分，G30高速城关镇段两货车相撞，2人死亡，1人重伤，交警大队王警官电话报"


def at(minute: str) -> tuple[str, str]:
    return "--now", f"2026-03-05T{minute}"


@pytest.fixture
def case(jinji: Jinji) -> str:
    assert jinji("new", NOTE, *at("02:40")).code == 0
    return "01"


def rules_of(outcome: Outcome) -> list[str]:
    assert outcome.code == 0, outcome
    rules: list[str] = outcome.json["out_of_order"]
    return rules


def entered(jinji: Jinji, kind: str) -> list[dict[str, Any]]:
    lines = jinji("export", "--entries").out.splitlines()
    return [entry["data"] for entry in map(json.loads, lines) if entry["kind"] == kind]


def test_the_second_line_told_late_is_recorded_with_its_rule_and_the_first_is_not(
    jinji: Jinji, case: str
) -> None:
    first = jinji("sent", case, "--to", "市党委", "--form", "电话", "--json", *at("02:45"))
    assert rules_of(first) == []
    assert [one["rule"] for one in first.json["departures"]] == ["county.dual-line"]
    second = jinji("sent", case, "--to", "市政府", "--form", "电话", "--json", *at("02:49"))
    assert rules_of(second) == ["county.dual-line"]
    assert [one["minutes"] for one in second.json["departures"]] == [4]
    assert [data.get("out_of_order") for data in entered(jinji, "报送")] == [None, ["county.dual-line"]]


def test_what_an_earlier_entry_departed_from_is_not_put_down_to_a_later_one(jinji: Jinji, case: str) -> None:
    jinji("sent", case, "--to", "市党委", "--form", "电话", *at("02:45"))
    assert rules_of(jinji("sent", case, "--to", "市党委", "--form", "书面", "--json", *at("02:50"))) == []
    jinji("sent", case, "--to", "市政府", "--form", "电话", *at("02:51"))
    assert rules_of(jinji("sent", case, "--to", "市政府", "--form", "书面", "--json", *at("02:55"))) == []


def test_both_lines_at_once_leave_nothing_to_say(jinji: Jinji, case: str) -> None:
    done = jinji("sent", case, "--to", "市", "--form", "电话", *at("02:45"))
    assert done.code == 0 and "报送规矩" not in done.out
    assert jinji("show", case, "--json", *at("02:50")).json["departures"] == []


def test_show_counts_the_minutes_of_the_line_that_was_not_told(jinji: Jinji, case: str) -> None:
    jinji("sent", case, "--to", "市党委", "--form", "电话", *at("02:45"))
    shown = jinji("show", case, *at("02:58")).out
    assert "【报送规矩】" in shown and "报市政府办公室还没有办，已13分钟" in shown and "第九条" in shown
    [one] = jinji("show", case, "--json", *at("02:58")).json["departures"]
    assert (one["rule"], one["minutes"], one["standing"]) == ("county.dual-line", 13, True)
    rows = jinji("export", *at("02:58")).out.splitlines()
    assert json.loads(rows[0])["departures"] == "county.dual-line"


def test_a_report_past_the_next_level_is_refused_without_a_row_that_allows_it(
    jinji: Jinji, case: str
) -> None:
    refused = jinji("sent", case, "--to", "省", "--form", "电话", *at("02:45"))
    assert refused.code == 1 and refused.out == ""
    assert "越级" in refused.err and "--force" in refused.err and "--reason" in refused.err
    assert entered(jinji, "报送") == []
    no_reason = jinji("sent", case, "--to", "省", "--form", "电话", "--force", *at("02:45"))
    assert no_reason.code == 2 and "--reason" in no_reason.err
    assert entered(jinji, "报送") == []


def test_forced_past_the_next_level_it_is_entered_with_reason_and_rule(jinji: Jinji, case: str) -> None:
    words = ("sent", case, "--to", "省党委", "--form", "电话", "--force", "--reason", "市里电话不通")
    done = jinji(*words, *at("02:45"))
    assert done.code == 0 and "越级报省委办公厅" in done.out and "市级照样要报" in done.out
    [data] = entered(jinji, "报送")
    assert data["out_of_order"] == ["skip"] and data["reason"] == "市里电话不通"
    assert "不合skip" in jinji("show", case, *at("02:46")).out


def test_where_the_standards_allow_it_the_answer_says_that_the_next_level_is_still_owed(jinji: Jinji) -> None:
    grave = "2点35分，城关镇东街一商场起火，12人死亡，3人重伤"
    jinji("new", grave, "--standards", "panshan", *at("02:40"))
    words = ("sent", "01", "--to", "省", "--form", "电话", "--standards", "panshan")
    done = jinji(*words, *at("02:45"))
    assert done.code == 0 and "市级照样要报" in done.out and "panshan.skip.mass-casualties" in done.out
    shown = jinji("show", "01", "--json", "--standards", "panshan", *at("02:52")).json
    assert [(one["minutes"], one["standing"]) for one in shown["departures"]] == [(7, True)]


def test_before_the_wording_is_agreed_a_report_goes_out_all_the_same(jinji: Jinji) -> None:
    jinji("new", NOTE, "--standards", "district", *at("02:40"))
    done = jinji(
        "sent", "01", "--to", "市", "--form", "电话", "--standards", "district", "--json", *at("02:45")
    )
    assert rules_of(done) == ["district.inside-first"]


def test_signing_is_wanted_where_the_standards_say_so(jinji: Jinji) -> None:
    note = "2点35分，台主频道停播30分钟，播控机房报"
    broadcaster = ("--standards", "broadcaster")
    jinji("new", note, "--set", "category=安全播出事故", *broadcaster, *at("02:40"))
    early = jinji("sent", "01", "--to", "市党委", "--form", "电话", "--json", *broadcaster, *at("02:45"))
    assert rules_of(early) == ["broadcaster.consent"]
    done = jinji("sign", "01", "--person", "李台长", "--role", "值班台领导", *broadcaster, *at("02:50"))
    assert done.code == 0 and "标准要求签发" in done.out and "第六条" in done.out
    shown = jinji("show", "01", *broadcaster, *at("03:00")).out
    assert "李台长（值班台领导）" in shown and "先于" in shown


def test_signing_where_nobody_wants_it_is_said_and_recorded(jinji: Jinji, case: str) -> None:
    done = jinji("sign", case, "--person", "李主任", "--json", *at("02:41"))
    assert done.code == 0 and done.json["wanted_by"] is None
    assert "不要求签发" in jinji("sign", case, "--person", "王主任", *at("02:42")).out
    assert [data["person"] for data in entered(jinji, "签发")] == ["李主任", "王主任"]


def test_a_signature_needs_a_name_and_an_open_case(jinji: Jinji, case: str) -> None:
    nameless = jinji("sign", case, *at("02:41"))
    assert nameless.code == 2 and "--person" in nameless.err and nameless.out == ""
    jinji("close", case, *at("02:42"))
    closed = jinji("sign", case, "--person", "李主任", *at("02:43"))
    assert closed.code == 3 and "reopen" in closed.err


def test_a_release_through_another_unit_than_the_outlet_is_recorded_as_such(jinji: Jinji, case: str) -> None:
    words = ("--text", "道路已恢复通行", "--json")
    own = jinji("release", case, "--unit", "县委宣传部", *words, *at("05:00"))
    assert rules_of(own) == [] and own.json["outlet"] == "县委宣传部"
    other = jinji("release", case, "--unit", "交警大队", *words, *at("05:10"))
    assert rules_of(other) == ["county.release"]
    shown = jinji("show", case, *at("05:20")).out
    assert "交警大队对外发布，没有经过县委宣传部" in shown
    assert "交警大队：道路已恢复通行（不合county.release）" in shown


@pytest.mark.parametrize(
    ("given", "wanted"), [(("--unit", "县委宣传部"), "--text"), (("--text", "无"), "--unit")]
)
def test_a_release_needs_a_unit_and_a_text(
    jinji: Jinji, case: str, given: tuple[str, str], wanted: str
) -> None:
    refused = jinji("release", case, *given, *at("05:00"))
    assert refused.code == 2 and wanted in refused.err and entered(jinji, "对外发布") == []


def test_words_of_a_release_that_bear_a_secrecy_mark_are_written_nowhere(jinji: Jinji, case: str) -> None:
    refused = jinji("release", case, "--unit", "县委宣传部", "--text", "机密★ 情况", *at("05:00"))
    assert refused.code == 3 and entered(jinji, "对外发布") == []


def test_nothing_about_a_secret_case_is_released(jinji: Jinji) -> None:
    jinji(
        "new", "--secret", "--set", "时间=2点", "--set", "地点=城关镇", "--channel", "机要交通", *at("02:40")
    )
    refused = jinji("release", "01", "--unit", "县委宣传部", "--text", "无", *at("05:00"))
    assert refused.code == 3 and "涉密" in refused.err
