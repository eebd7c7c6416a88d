"""News that comes after the first report: who has to hear of it, and by when."""

import pytest

from .conftest import Jinji

FIRE = "城关镇东街一服装店9点10分起火，1人死亡，3人受伤"


def at(minute: str) -> tuple[str, str]:
    return "--now", f"2026-03-20T{minute}"


def test_a_decision_not_to_report_lapses_when_graver_news_comes(jinji: Jinji) -> None:
    assert jinji("new", "-y", FIRE, *at("09:15")).code == 0
    assert jinji("decide", "01", "不报", "--reason", "带班领导定", *at("09:20")).code == 0
    assert "没有待报的时限" in jinji("next", *at("09:21")).out
    outcome = jinji("followup", "01", "死亡5人", *at("10:00"))
    assert "请重新决定" in outcome.err
    # The clock of what nobody had to send until now runs from the news, through this desk's share.
    soon = jinji("next", *at("10:01"))
    assert soon.out.startswith("剩14分钟")
    assert jinji("list", "--json", *at("10:01")).json["cases"][0]["decision"] == "应报"
    # Decided anew, it holds again.
    assert jinji("decide", "01", "不报", "--reason", "误传", *at("10:05")).code == 0
    assert "没有待报的时限" in jinji("next", *at("10:06")).out


def test_a_decision_not_to_report_stands_while_nothing_gets_worse(jinji: Jinji) -> None:
    assert jinji("new", "-y", FIRE, *at("09:15")).code == 0
    assert jinji("decide", "01", "不报", "--reason", "带班领导定", *at("09:20")).code == 0
    assert jinji("followup", "01", "明火已扑灭", *at("10:00")).code == 0
    assert "没有待报的时限" in jinji("next", *at("10:01")).out


def test_news_that_brings_in_the_province_cannot_wait_for_the_cadence(jinji: Jinji) -> None:
    assert jinji("new", "-y", FIRE, *at("09:15")).code == 0
    for form in ("电话", "书面"):
        assert jinji("sent", "01", "--to", "市", "--form", form, *at("09:20")).code == 0
    assert jinji("ack", "01", *at("09:21")).code == 0
    assert jinji("next", *at("09:30")).out.startswith("剩1小时50分")
    assert jinji("followup", "01", "累计死亡3人", *at("09:40")).code == 0
    assert jinji("next", *at("09:41")).out.startswith("剩14分钟")
    assert jinji("sent", "01", "--to", "市", "--form", "电话", *at("09:45")).code == 0
    assert jinji("next", *at("09:46")).out.startswith("剩1小时59分")


def test_figures_that_contradict_each_other_are_said_and_the_graver_one_counts(jinji: Jinji) -> None:
    answer = jinji(
        "classify",
        "--set",
        "受伤=3",
        "--set",
        "重伤=5",
        "--set",
        "类别=火灾",
        "--standards",
        "ningxia",
        "--json",
        *at("09:00"),
    ).json
    assert answer["verdict"]["decision"] == "应报"
    assert any("重伤5人多于受伤3人" in doubt for doubt in answer["doubts"])


@pytest.mark.parametrize(
    ("news", "deaths", "missing"),
    [
        ("失踪的2人已找到，均已死亡", 5, 1),
        ("又找到1名失踪人员遗体，累计死亡4人", 4, 2),
        ("失联人员全部找到，均平安", 3, 0),
        ("仍有3人失踪，搜救继续", 3, 3),
    ],
)
def test_the_missing_who_are_found_are_no_longer_missing(
    jinji: Jinji, news: str, deaths: int, missing: int
) -> None:
    note = "今天8点，青石河上一艘渔船翻沉，3人死亡，3人失踪"
    assert jinji("new", "-y", note, *at("09:15")).code == 0
    measures = jinji("followup", "01", news, "--json", *at("11:00")).json["incident"]["measures"]
    assert (measures["deaths"]["low"], measures["deaths"]["high"]) == (deaths, deaths)
    assert (measures["missing"]["low"], measures["missing"]["high"]) == (missing, missing)
