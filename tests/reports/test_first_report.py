"""The first report: what it says, what it leaves out, and that unknown is never zero."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from jinji_report.model.facts import Facts, Occurred
from jinji_report.moments import parse_moment
from jinji_report.quantity import at_least, exactly, nearly, roughly, some_more, unknown
from jinji_report.reports.document import MESSAGE, Header, Report
from jinji_report.reports.render import BLANK, render
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Basis, Precision

Fire = Callable[..., Facts]
First = Callable[..., Report]


def test_the_title_states_place_kind_and_casualties(fire: Fire, first: First) -> None:
    facts = fire(measures={"deaths": exactly(2), "injured": exactly(2)})
    assert first(facts).title == "城关镇东街一服装店火灾致2人死亡2人受伤"


def test_a_title_says_that_untold_casualties_are_being_checked(
    fire: Fire, first: First, plain_standards: Standards
) -> None:
    assert first(fire(measures={}), plain_standards).title == "城关镇东街一服装店发生火灾（人员伤亡正在核实）"


def test_unknown_casualties_are_never_a_zero(fire: Fire, first: First) -> None:
    facts = fire(measures={"deaths": unknown("伤亡不详"), "injured": unknown("伤亡不详")})
    for format in ("text", "phone", "message", "markdown"):
        text = render(first(facts), format)
        assert "人员伤亡情况正在核实" in text
        assert "0人" not in text


def test_no_casualties_is_a_report_and_not_a_certainty(fire: Fire, first: First) -> None:
    text = render(first(fire(measures={"deaths": exactly(0), "injured": exactly(0)})), "text")
    assert "暂无人员伤亡报告" in text
    assert "0人" not in text


def test_none_dead_with_others_trapped_is_told_apart(fire: Fire, first: First) -> None:
    facts = fire(measures={"deaths": exactly(0), "injured": exactly(0), "trapped": exactly(3)})
    assert "造成3人被困，暂无人员死亡、受伤报告。" in render(first(facts), "text")


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (some_more(10, "十余人受伤"), "十余人受伤"),
        (some_more(20, "伤了二十多个"), "二十多人受伤"),
        (at_least(5, "至少5人受伤"), "至少5人受伤"),
        (roughly(30, "30人左右受伤"), "30人左右受伤"),
        (nearly(30, "将近30名群众受伤"), "近30人受伤"),
        (some_more(10, "死了3个，伤了十多个"), "11至19人受伤"),
        (some_more(10), "11至19人受伤"),
        (at_least(5), "至少5人受伤"),
    ],
)
def test_an_estimate_keeps_the_words_of_the_note(fire: Fire, first: First, quantity: Any, words: str) -> None:
    facts = fire(measures={"deaths": exactly(1), "injured": quantity})
    assert f"造成1人死亡、{words}。" in render(first(facts), "text")


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (exactly(9477.815), "9477.815万元"),
        (exactly(18200, "1.82亿元"), "1.82亿元"),
        (roughly(150, "损失约150万"), "约150万元"),
        (some_more(300, "三百多万元"), "三百多万元"),
        (unknown("损失正在统计"), "正在核实"),
    ],
)
def test_a_loss_is_told_in_full(fire: Fire, first: First, quantity: Any, words: str) -> None:
    facts = fire(measures={"deaths": exactly(1), "direct_loss_wan": quantity})
    assert f"直接经济损失{words}。" in render(first(facts), "text")


def test_an_area_counted_in_mu_stays_in_mu(fire: Fire, first: First) -> None:
    text = render(first(fire(measures={"area_ha": exactly(6.666667, "过火100亩")})), "text")
    assert "受害面积100亩" in text


@pytest.mark.parametrize(
    ("occurred", "words"),
    [
        (Occurred(parse_moment("2026-03-05T08:00"), Precision.HOUR, said="8点多"), "2026年3月5日8时许，"),
        (Occurred(parse_moment("2026-03-05T01:20"), said="凌晨1点20分许"), "2026年3月5日1时20分许，"),
        (Occurred(parse_moment("2026-03-05T06:00"), Precision.PART_OF_DAY), "2026年3月5日上午，"),
        (
            Occurred(parse_moment("2026-03-05T00:00"), Precision.PART_OF_DAY, said="今晨"),
            "2026年3月5日早晨，",
        ),
        (Occurred(parse_moment("2026-03-04T00:00"), Precision.DAY), "2026年3月4日，"),
        (
            Occurred(parse_moment("2026-03-05T01:20"), basis=Basis.ALARM),
            "接警时间2026年3月5日1时20分（发生时间正在核实），",
        ),
        (None, "发生时间正在核实（接报时间2026年3月4日23时52分），"),
    ],
)
def test_the_time_is_as_exact_as_it_was_told(
    fire: Fire, first: First, occurred: Occurred | None, words: str
) -> None:
    assert f"\u3000\u3000{words}城关镇东街一服装店起火" in render(first(fire(occurred=occurred)), "text")


def test_time_and_place_are_not_said_twice(fire: Fire, first: First) -> None:
    text = render(first(fire(course="昨晚11点半，城关镇东街一服装店起火。")), "text")
    assert "2026年3月4日23时30分，城关镇东街一服装店起火，造成2人死亡。" in text


def test_a_figure_is_not_said_twice(fire: Fire, first: First) -> None:
    facts = fire(course="城关镇东街一服装店起火，现场2人死亡", measures={"deaths": exactly(2, "2人死亡")})
    assert "一服装店起火，造成2人死亡。" in render(first(facts), "text")


def test_a_march_of_workers_is_not_reported_as_an_accident(fire: Fire, first: First) -> None:
    facts = fire(category="群体性事件", category_said="拉横幅", course="六十多名工人拉横幅", measures={})
    assert "伤亡" not in render(first(facts), "text")


def test_a_partial_none_leaves_the_title_alone(fire: Fire, first: First) -> None:
    report = first(fire(measures={"injured": exactly(0, "没人受伤")}))
    assert "伤亡" not in report.title
    assert "暂无人员受伤报告" in render(report, "text")


def test_people_in_hospital_are_told_apart_from_what_they_suffered(fire: Fire, first: First) -> None:
    report = first(fire(measures={"injured": exactly(3), "hospitalized": exactly(3)}))
    assert report.title.endswith("致3人受伤")
    assert "住院3人。" in render(report, "text")


def test_a_course_that_names_no_kind_does_not_hide_it(fire: Fire, first: First) -> None:
    text = render(first(fire(course="浓烟很大，多人被疏散")), "text")
    assert "发生火灾，造成2人死亡。经过：浓烟很大，多人被疏散。" in text


def test_an_unknown_place_is_being_checked(fire: Fire, first: First) -> None:
    text = render(first(fire(place=None, course="一服装店起火")), "text")
    assert "具体地点正在核实。" in text


def test_why_is_said_only_where_it_is_known(fire: Fire, first: First) -> None:
    assert "原因正在核查。" in render(first(fire()), "text")
    assert "原因：线路老化。" in render(first(fire(cause="线路老化")), "text")


def test_the_callers_phone_stays_on_the_case(fire: Fire, first: First) -> None:
    for format in ("text", "phone", "message", "markdown"):
        assert "13900000000" not in render(first(fire()), format)


def test_what_the_settings_do_not_know_is_a_blank_to_fill_in(fire: Fire, first: First) -> None:
    text = render(first(fire(), header=Header()), "text")
    assert f"联系人：{BLANK}" in text
    assert "报送单位：示范县委办公室" in text


@pytest.mark.parametrize("signature", [True, False])
def test_a_signature_line_stands_only_where_the_standards_want_one(
    fire: Fire, first: First, standards: Standards, signature: bool
) -> None:
    theirs = copy.copy(standards)
    theirs.wording = standards.wording | {"signature": signature}
    assert ("签发：" in render(first(fire(), theirs), "text")) == signature


def test_a_pack_words_its_own_titles(fire: Fire, first: First, standards: Standards) -> None:
    theirs = copy.copy(standards)
    theirs.wording = {"title": {"首报": "【{unit}】关于{place}{noun}的报告"}}
    assert first(fire(), theirs).title == "【示范县委办公室】关于城关镇东街一服装店火灾的报告"


def test_the_phone_text_can_be_read_in_half_a_minute(fire: Fire, first: First) -> None:
    facts = fire(course="起火" + "火势向北蔓延" * 60, actions="正在组织扑救" * 60, cause="不明" * 100)
    spoken = render(first(facts), "phone").split("【核对】")[0]
    assert len(spoken) <= 160
    assert "造成2人死亡。" in spoken


def test_the_message_stays_short_and_names_its_stage(fire: Fire, first: First) -> None:
    facts = fire(course="起火" + "火势向北蔓延" * 60, actions="正在组织扑救" * 60)
    message = render(first(facts), "message")
    assert message.startswith("【首报】3月4日23时30分，城关镇东街一服装店发生火灾，造成2人死亡。")
    assert len(message) <= MESSAGE
    assert "\n" not in message


def test_an_unknown_format_is_refused(fire: Fire, first: First) -> None:
    with pytest.raises(ValueError, match="docx"):
        render(first(fire()), "docx")
