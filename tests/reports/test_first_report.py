"""The first report: what it says, what it leaves out, and that unknown is never zero."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from jinji_report.model.facts import Facts, Occurred, Place, Source
from jinji_report.moments import parse_moment
from jinji_report.quantity import at_least, exactly, nearly, roughly, some_more, unknown
from jinji_report.reports.document import MESSAGE, Header, Report
from jinji_report.reports.formats import FORMATS
from jinji_report.reports.render import BLANK, render
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Basis, Precision

Fire = Callable[..., Facts]
First = Callable[..., Report]


def test_the_title_states_place_kind_and_casualties(fire: Fire, first: First) -> None:
    facts = fire(measures={"deaths": exactly(2), "injured": exactly(2)})
    assert first(facts).title == "城关镇东街一服装店火灾致2人死亡2人受伤"


def test_a_title_says_that_casualties_are_being_checked_only_where_the_note_does(
    fire: Fire, first: First
) -> None:
    assert first(fire(measures={})).title == "城关镇东街一服装店发生火灾"
    told = fire(measures={"deaths": unknown("伤亡不详")})
    assert first(told).title == "城关镇东街一服装店发生火灾（人员伤亡正在核实）"


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


def test_only_the_sure_grade_goes_out(fire: Fire, first: First) -> None:
    quake = fire(category="地震灾害", category_said="地震", measures={"magnitude": exactly(5.1, "5.1级")})
    unknown_toll = fire(measures={"deaths": unknown("伤亡不详"), "injured": unknown("伤亡不详")})
    for format in FORMATS:
        assert "可能达到" not in render(first(quake), format)
        assert "判断" not in render(first(unknown_toll), format)
    assert "初步判断为较大级。" in render(first(quake), "text")


@pytest.mark.parametrize(
    ("category", "said", "course", "told"),
    [
        ("网络舆情", "视频", "网上有人发视频说我县二中学生被打，转发已超过5万", "学生被打，转发已超过5万"),
        ("网络舆情", "舆情", "有人在网上说我县二中学生被打，转发已超过5万", "学生被打，转发已超过5万"),
        ("特种设备事故", "索道", "索道故障，42人滞留空中，已救下30人", "已救下30人"),
        ("公用设施中断", "停电", "停电影响3万户", "停电影响3万户"),
        ("道路交通事故", "面包车", "一辆载有12人的面包车翻入河中", "载有12人的面包车翻入河中"),
    ],
)
def test_the_event_stands_in_every_format(
    fire: Fire, first: First, category: str, said: str, course: str, told: str
) -> None:
    measures = {"headcount": exactly(12, "12人"), "stranded_people": exactly(42, "42人滞留空中")}
    for figures in ({}, measures):
        facts = fire(category=category, category_said=said, course=course, measures=figures, place=None)
        for format in FORMATS:
            assert told in render(first(facts), format)


def test_a_long_course_is_in_the_message_in_short(fire: Fire, first: First) -> None:
    facts = fire(course="浓烟从二楼向外冒，" + "群众在楼下围观并拨打电话求助，" * 8, actions="正在扑救" * 30)
    message = render(first(facts), "message")
    assert "浓烟从二楼向外冒" in message
    assert len(message) <= MESSAGE


@pytest.mark.parametrize(
    "course", ["火灾", "发生火灾", "发生一起火灾", "火灾事故", "火灾，2人死亡", "共2人死亡", ""]
)
def test_a_course_that_only_repeats_is_left_out(fire: Fire, first: First, course: str) -> None:
    text = render(first(fire(course=course)), "text")
    assert "经过" not in text
    assert "发生火灾，造成2人死亡。" in text


def test_what_a_course_led_to_is_told_by_the_figures(fire: Fire, first: First) -> None:
    text = render(first(fire(course="一服装店起火致2人死亡，过路者报警")), "text")
    assert "一服装店起火，过路者报警，造成2人死亡。" in text


def test_a_figure_stands_in_the_course_the_measures_or_by_itself_but_once(fire: Fire, first: First) -> None:
    facts = fire(
        category="暴雨灾害",
        category_said="暴雨",
        course="暴雨引发险情，倒塌房屋12间，转移安置320人",
        actions="转移安置320人，消防已到场",
        measures={"evacuated": exactly(320, "转移安置320人"), "collapsed_rooms": exactly(12, "倒塌房屋12间")},
    )
    for format in ("text", "message", "markdown"):
        text = render(first(facts), format)
        assert text.count("320人") == 1
        assert text.count("12间") == 1


def test_missing_people_are_called_as_the_note_calls_them(fire: Fire, first: First) -> None:
    for said, word in (("2人失踪", "失踪"), ("2人下落不明", "失踪"), ("2人失联", "失联"), ("", "失联")):
        report = first(fire(measures={"missing": exactly(2, said)}))
        assert report.title.endswith(f"致2人{word}")
        assert f"造成2人{word}" in render(report, "text")


def test_a_leader_on_site_is_told_once_and_in_every_format(fire: Fire, first: First) -> None:
    for format in FORMATS:
        text = render(first(fire(leaders="县长李强已到现场指挥")), format)
        assert "县长李强已到现场指挥。" in text
        assert "到场领导" not in text
    assert "到场领导：县长李强。" in render(first(fire(leaders="县长李强")), "text")


def test_an_unknown_source_is_left_out(fire: Fire, first: First) -> None:
    text = render(first(fire(source=Source())), "text")
    assert "\u3000\u3000接报时间：2026年3月4日23时52分。" in text
    assert "信息来源" not in text
    assert "接报时间" not in render(first(fire(source=Source(), moments={})), "text")


@pytest.mark.parametrize(
    ("category", "said", "place", "title"),
    [
        ("地质灾害", "山体滑坡", "柳湾村后山", "柳湾村后山山体滑坡致2人死亡"),
        ("地质灾害", "塌方", "S202线", "S202线塌方致2人死亡"),
        ("燃气事故", "燃气爆炸", "一饭店", "一饭店燃气爆炸致2人死亡"),
        ("水上交通事故", "翻船", "东湖", "东湖翻船致2人死亡"),
        ("火灾", "起火", "一饭店", "一饭店火灾致2人死亡"),
        ("道路交通事故", "相撞", "G30高速", "G30高速交通事故致2人死亡"),
        ("食物中毒", "呕吐", "一饭店", "一饭店疑似食物中毒事件致2人死亡"),
        ("爆炸事故", "化工厂爆炸", "化工厂", "化工厂爆炸致2人死亡"),
        ("爆炸事故", "引发爆炸", "化工厂", "化工厂爆炸事故致2人死亡"),
    ],
)
def test_the_notes_own_name_of_the_event_goes_before_that_of_its_category(
    fire: Fire, first: First, category: str, said: str, place: str, title: str
) -> None:
    assert first(fire(category=category, category_said=said, place=Place(place))).title == title


def test_people_on_the_scene_are_counted_unless_all_are_casualties(fire: Fire, first: First) -> None:
    def text(present: int) -> str:
        measures = {
            "deaths": exactly(1),
            "injured": exactly(1),
            "headcount": exactly(present, f"{present}人"),
        }
        return render(first(fire(measures=measures)), "text")

    assert "现场共33人。" in text(33)
    assert "2人" not in text(2).partition("造成1人死亡、1人受伤。")[2]
