"""jinji consult: whom to ask and what, the opinion, and then the officer decides; the clocks run on."""

from pathlib import Path

import pytest

from jinji_report.cli import prompts, screen

from .conftest import Jinji
from .refusal import refused, written

DAY = "2026-03-05T"
LEAK = "城西化工园一储罐液氨泄漏，暂无人员伤亡，9时20分发生"


def at(minute: str) -> tuple[str, str]:
    return ("--now", f"{DAY}{minute}")


@pytest.fixture
def leak(jinji: Jinji) -> Jinji:
    assert jinji("new", "-y", LEAK, *at("09:25")).code == 0
    return jinji


@pytest.fixture
def asked(leak: Jinji) -> Jinji:
    assert leak("consult", "01", *at("09:27")).code == 0
    return leak


def test_whom_the_verdict_names_is_asked_what_it_asks(leak: Jinji) -> None:
    verdict = leak("why", "01", "--json", *at("09:26")).json["verdict"]
    done = leak("consult", "01", "--json", *at("09:27"))
    assert done.code == 0 and done.err == ""
    assert done.json["asked"] == verdict["consult"]
    assert [one["unit"] for one in done.json["asked"]] == ["应急管理", "生态环境", "厂方技术人员"]
    dues = [limit["due"] for limit in done.json["limits"] if limit["label"] == "会商意见"]
    assert dues == [f"{DAY}09:42:00+08:00"] * 3
    assert not done.json["undecided"]


def test_the_screen_says_that_the_clock_runs_and_until_when_to_wait(leak: Jinji) -> None:
    out = leak("consult", "01", *at("09:27")).out
    assert "时限照走，不等会商" in out
    assert "等应急管理的意见到 3月5日 09:42，剩15分钟" in out
    assert "【本单位时限】" in out


def test_an_opinion_leaves_the_decision_to_the_officer(asked: Jinji) -> None:
    told = asked(
        "consult", "01", "--unit", "县应急管理局", "--opinion", "已堵漏", "--person", "王工", *at("09:35")
    )
    assert told.code == 0
    assert "请决定：jinji decide 20260305-01 应报 --reason" in told.out
    for look in ("show", "why"):
        assert "会商意见已有，请决定" in asked(look, "01", *at("09:36")).out
    shown = asked("show", "01", "--json", *at("09:36")).json
    assert shown["undecided"] is True
    assert asked("why", "01", "--json", *at("09:36")).json["undecided"] is True
    one = shown["consulted"][0]
    assert (one["unit"], one["opinion"], one["person"], one["answered"]) == (
        "应急管理",
        "已堵漏",
        "王工",
        f"{DAY}09:35:00+08:00",
    )
    assert asked("decide", "01", "不报", "--reason", "专家意见：已控制", *at("09:37")).code == 0
    out = asked("show", "01", *at("09:38")).out
    assert "请决定" not in out and "没有回意见" not in out
    assert asked("show", "01", "--json", *at("09:38")).json["undecided"] is False


def test_without_an_opinion_in_time_the_brief_version_is_to_go_up(asked: Jinji) -> None:
    command = "先报简要情况：jinji report 20260305-01 --format phone"
    assert command not in asked("show", "01", *at("09:42")).out
    late = asked("show", "01", *at("09:43")).out
    assert command in late and "！应急管理超1分钟没有回意见" in late
    assert asked("report", "01", "--format", "phone", *at("09:43")).code == 0
    assert asked("sent", "01", "--form", "电话", *at("09:44")).code == 0
    after = asked("show", "01", *at("09:45")).out
    assert command not in after and "没有回意见" in after


def test_one_that_is_waited_for_need_not_be_named(leak: Jinji) -> None:
    assert leak("consult", "01", "--unit", "应急管理", *at("09:27")).code == 0
    told = leak("consult", "01", "--opinion", "已堵漏", "--json", *at("09:30")).json
    assert (told["unit"], told["opinion"]) == ("应急管理", "已堵漏")


def test_the_rest_is_asked_where_some_were_asked_before(leak: Jinji) -> None:
    assert leak("consult", "01", "--unit", "应急管理", *at("09:27")).code == 0
    rest = leak("consult", "01", "--json", *at("09:28")).json
    assert [one["unit"] for one in rest["asked"]] == ["生态环境", "厂方技术人员"]
    outcome = leak("consult", "01", *at("09:29"))
    refused(outcome)
    assert "都问过了" in outcome.err


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--opinion", "已堵漏"), 2, "--unit"),
        (("--unit", "应急管理", "--unit", "生态环境", "--opinion", "已堵漏"), 2, "一个单位"),
        (("--unit", "应急管理", "--ask", "还漏吗？", "--opinion", "已堵漏"), 2, "--ask 和 --opinion"),
        (("--unit", "某专家"), 2, "--ask"),
        (("--unit", " ", "--ask", "还漏吗？"), 2, "空的"),
        (("--unit", "应急管理", "--opinion", "密级：机密"), 3, "涉密"),
        (
            ("--unit", "应急管理", "--opinion", "好", "--at", f"{DAY}09:26", "--reason", "补登"),
            3,
            "早于会商",
        ),
    ],
)
def test_bad_input_is_one_sentence_and_a_remedy(
    asked: Jinji, home: Path, more: tuple[str, ...], code: int, words: str
) -> None:
    before = written(home)
    outcome = asked("consult", "01", *more, *at("09:40"))
    refused(outcome, code)
    assert words in outcome.err and written(home) == before


def test_an_incident_that_needs_none_says_how_to_consult_all_the_same(jinji: Jinji) -> None:
    assert jinji("new", "-y", "9时20分城关镇东街两车相撞，1人轻伤", *at("09:25")).code == 0
    outcome = jinji("consult", "01", *at("09:26"))
    refused(outcome, 2)
    assert "--unit" in outcome.err
    assert jinji("consult", "01", "--unit", "公安局", "--ask", "还堵吗？", *at("09:27")).code == 0
    assert "要自己决定" in jinji("consult", "01", "--opinion", "通了", *at("09:28")).out


def test_nobody_is_consulted_about_a_lead_or_a_closed_case(leak: Jinji) -> None:
    assert leak("lead", "new", "网传城关镇液氨泄漏", *at("09:26")).code == 0
    refused(leak("consult", "02", *at("09:27")))
    assert leak("close", "01", *at("09:28")).code == 0
    refused(leak("consult", "01", *at("09:29")))


def test_at_a_terminal_the_opinion_is_asked_for(asked: Jinji, monkeypatch: pytest.MonkeyPatch) -> None:
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        return "已堵漏"

    monkeypatch.setattr(screen, "interactive", lambda **_: True)
    monkeypatch.setattr(prompts, "begin", lambda: None)
    monkeypatch.setattr(prompts, "ask", ask)
    monkeypatch.setattr(prompts, "confirm", lambda question: questions.append(question) or True)
    assert asked("consult", "01", "--unit", "生态环境", *at("09:30")).code == 0
    assert questions == [
        "生态环境的意见（回车 = 还没有，再问一次）：",
        "会商 20260305-01　生态环境：已堵漏。登记？",
    ]


def test_of_a_secret_incident_nothing_is_asked(jinji: Jinji) -> None:
    secret = ("--secret", "--set", "时间=9点10分", "--set", "地点=城关镇", "--channel", "机要交通")
    assert jinji("new", *secret, *at("09:20")).code == 0
    outcome = jinji("consult", "01", "--unit", "公安局", "--ask", "怎样？", *at("09:21"))
    refused(outcome)
    assert "不录内容" in outcome.err
    refused(jinji("backflow", "01", "--who", "媒体", "--text", "来问", *at("09:21")))
    refused(jinji("followup", "01", "--no-change", *at("09:21")))


def test_an_opinion_is_taken_back_like_any_entry(asked: Jinji) -> None:
    assert asked("consult", "01", "--unit", "应急管理", "--opinion", "已堵漏", *at("09:30")).code == 0
    undone = asked("undo", "01", "--reason", "听错了", *at("09:31"))
    assert undone.code == 0 and "会商" in undone.out
    shown = asked("show", "01", "--json", *at("09:32")).json
    assert shown["consulted"][0]["opinion"] == "" and shown["undecided"] is False
