"""Follow-ups: only what changed, with the old value of whatever went down."""

from collections.abc import Callable
from typing import Any

import pytest

from jinji_report.model.facts import Facts, Occurred, Place
from jinji_report.model.verdict import Verdict
from jinji_report.moments import parse_moment
from jinji_report.quantity import at_least, exactly, roughly, some_more, unknown
from jinji_report.reports.changes import changes
from jinji_report.reports.document import Header, Report, follow_up
from jinji_report.reports.formats import FORMATS
from jinji_report.reports.render import render
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Basis, Stage

Fire = Callable[..., Facts]
Followed = Callable[..., Report]


def said(previous: Facts, facts: Facts, standards: Standards) -> list[str]:
    return [change.sentence for change in changes(previous, facts, standards)]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ({"deaths": exactly(2)}, {"deaths": exactly(3)}, "死亡由2人增至3人"),
        ({"deaths": exactly(3)}, {"deaths": exactly(2)}, "死亡由3人核减为2人"),
        ({"trapped": exactly(3)}, {"trapped": exactly(0)}, "被困由3人减至0人"),
        ({"injured": some_more(10, "十余人")}, {"injured": exactly(15)}, "受伤由十余人核实为15人"),
        ({"injured": exactly(15)}, {"injured": some_more(10, "十余人")}, "受伤由15人改报为十余人"),
        ({"deaths": at_least(5)}, {"deaths": exactly(7)}, "死亡由至少5人核实为7人"),
        ({"deaths": unknown("不详")}, {"deaths": exactly(1)}, "死亡核实为1人"),
        ({}, {"deaths": exactly(1)}, "新报告死亡1人"),
        ({}, {"deaths": exactly(0)}, "暂无人员死亡报告"),
        ({}, {"deaths": unknown("不详")}, "死亡情况正在核实"),
        ({"deaths": exactly(3)}, {"deaths": unknown("重新核")}, "死亡原报3人，现正在核实"),
        (
            {"direct_loss_wan": roughly(150, "约150万")},
            {"direct_loss_wan": exactly(300)},
            "直接经济损失由约150万元增至300万元",
        ),
        ({"magnitude": exactly(5.3)}, {"magnitude": exactly(5.1)}, "震级由5.3级修正为5.1级"),
    ],
)
def test_each_change_is_one_sentence(
    fire: Fire, standards: Standards, before: dict[str, Any], after: dict[str, Any], sentence: str
) -> None:
    assert said(fire(measures=before), fire(measures=after), standards) == [sentence]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"deaths": exactly(2, "2人死亡")}, {"deaths": exactly(2, "死了两个")}),
        ({"deaths": exactly(2)}, {}),
        ({"deaths": unknown("不详")}, {"deaths": unknown("正在统计")}),
    ],
)
def test_other_words_for_the_same_figure_are_no_change(
    fire: Fire, standards: Standards, before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert said(fire(measures=before), fire(measures=after), standards) == []


def test_only_a_figure_that_surely_fell_went_down(fire: Fire, standards: Standards) -> None:
    def went_down(before: Any, after: Any) -> bool:
        (change,) = changes(fire(measures={"injured": before}), fire(measures={"injured": after}), standards)
        return change.went_down

    assert went_down(some_more(10), exactly(8))
    assert not went_down(some_more(10), exactly(12))
    assert not went_down(exactly(8), exactly(9))


def test_time_place_kind_and_cause_show_what_was_reported_before(fire: Fire, standards: Standards) -> None:
    after = fire(
        category="爆炸事故",
        occurred=Occurred(parse_moment("2026-03-04T23:20")),
        place=Place("城关镇东街12号"),
        cause="煤气罐爆炸",
    )
    assert said(fire(cause="线路老化"), after, standards) == [
        "事件类别由火灾调整为爆炸事故",
        "发生时间核实为2026年3月4日23时20分（原报2026年3月4日23时30分）",
        "事发地点核实为城关镇东街12号（原报城关镇东街一服装店）",
        "原因由“线路老化”更正为“煤气罐爆炸”",
    ]


def test_the_occurrence_takes_the_place_of_the_alarm(fire: Fire, standards: Standards) -> None:
    alarm = fire(occurred=Occurred(parse_moment("2026-03-04T23:40"), basis=Basis.ALARM))
    assert said(alarm, fire(), standards) == [
        "发生时间核实为2026年3月4日23时30分（原报接警时间2026年3月4日23时40分）"
    ]


def test_a_text_that_goes_on_tells_only_its_new_part(fire: Fire, standards: Standards) -> None:
    before, after = fire(actions="正在扑救"), fire(actions="正在扑救，已疏散50人")
    assert said(before, after, standards) == ["处置措施：已疏散50人"]


def test_a_follow_up_does_not_tell_the_incident_again(fire: Fire, followed: Followed) -> None:
    before = fire(measures={"deaths": exactly(2), "injured": exactly(4)}, actions="正在扑救")
    text = render(followed(before, before.with_changes(progress="明火已扑灭")), "text")
    assert "城关镇东街一服装店" in text
    assert "2026年3月4日23时30分" in text
    assert "最新情况：明火已扑灭。" in text
    assert "正在扑救" not in text
    assert "造成" not in text


def test_with_nothing_new_a_follow_up_says_so(fire: Fire, followed: Followed) -> None:
    for format in ("text", "phone", "message", "markdown"):
        assert "截至2026年3月5日0时10分，无新情况。" in render(followed(fire(), fire()), format)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (2, "二"), (10, "十"), (11, "十一"), (20, "二十"), (105, "一百零五")]
)
def test_follow_ups_are_numbered_in_chinese(fire: Fire, followed: Followed, number: int, words: str) -> None:
    report = followed(fire(), fire(), number=number)
    assert report.title == f"城关镇东街一服装店火灾致2人死亡（续报{words}）"
    assert report.message.startswith(f"【续报{words}】")


def test_a_change_of_grade_is_told_and_the_offices_it_brings_are_not(fire: Fire, followed: Followed) -> None:
    for format in FORMATS:
        text = render(followed(fire(), fire(measures={"deaths": exactly(3)})), format)
        assert "研判等级由“一般级”调整为“较大级”。" in text
        assert "新增报送" not in text
        assert "省委" not in text


def test_a_grade_that_is_merely_possible_is_no_change(fire: Fire, followed: Followed) -> None:
    doubtful = fire(measures={"deaths": unknown("伤亡不详")})
    assert "级" not in render(followed(fire(measures={"deaths": exactly(0)}), doubtful), "text")
    assert "初步判断为一般级。" in render(followed(doubtful, fire()), "text")


def test_without_an_earlier_verdict_nothing_is_said_of_the_grade(
    fire: Fire, standards: Standards, judged: Callable[[Facts], Verdict]
) -> None:
    now = parse_moment("2026-03-05T00:10")
    worse = fire(measures={"deaths": exactly(3)})
    report = follow_up(worse, fire(), judged(worse), None, standards, Header(), now, number=1)
    assert "研判" not in render(report, "text")


def test_a_correction_gives_the_old_value_beside_the_new_one(fire: Fire, followed: Followed) -> None:
    report = followed(fire(measures={"deaths": exactly(3)}), fire(), number=2, correction=True)
    assert "情况更正如下：\n\u3000\u3000死亡原报3人，应为2人。" in render(report, "text")
    assert report.title.endswith("（续报二，更正）")


def test_a_final_report_names_every_figure_that_went_down(fire: Fire, followed: Followed) -> None:
    report = followed(fire(measures={"deaths": exactly(3)}), fire(), number=0, stage=Stage.FINAL)
    assert "造成2人死亡。较前次报告，死亡由3人核减为2人。" in render(report, "text")


def test_a_final_report_says_plainly_what_is_still_missing(fire: Fire, followed: Followed) -> None:
    text = render(followed(fire(), fire(), number=0, stage=Stage.FINAL), "text")
    assert "原因正在核查。" in text
    assert "处置情况正在核实。" in text
    assert text.splitlines()[0].endswith("（终报）")
    assert text.splitlines()[-3].startswith("签发人：")


def test_a_final_report_tells_none_as_none(fire: Fire, followed: Followed) -> None:
    none = fire(measures={"deaths": exactly(0), "injured": exactly(0)})
    assert "无人员伤亡。" in render(followed(none, none, number=0, stage=Stage.FINAL), "text")


def test_a_follow_up_is_no_first_report(fire: Fire, followed: Followed) -> None:
    with pytest.raises(ValueError, match="首报"):
        followed(fire(), fire(), stage=Stage.FIRST)


def test_missing_people_stay_missing_in_a_follow_up(fire: Fire, standards: Standards) -> None:
    before, after = fire(measures={"missing": exactly(2, "2人失踪")}), fire(measures={"missing": exactly(1)})
    assert said(before, after, standards) == ["失踪由2人减至1人"]


def test_people_on_the_scene_are_counted_in_plain_words(fire: Fire, standards: Standards) -> None:
    none, some, more = ({}, {"headcount": exactly(30)}, {"headcount": exactly(33)})
    assert said(fire(measures=none), fire(measures=some), standards) == ["现场共30人"]
    assert said(fire(measures=some), fire(measures=more), standards) == ["现场人数由30人增至33人"]


def test_a_follow_up_is_announced_as_one_on_the_phone(fire: Fire, followed: Followed) -> None:
    phone = render(followed(fire(), fire()), "phone")
    assert phone.startswith("您好，我是示范县委办公室李某，现续报（一）城关镇东街一服装店火灾有关情况。")


def test_the_message_of_a_follow_up_leaves_an_unknown_time_out(fire: Fire, followed: Followed) -> None:
    report = followed(fire(occurred=None), fire(occurred=None))
    assert report.message.startswith("【续报一】城关镇东街一服装店火灾：")


def test_leaders_who_arrived_are_told_in_the_notes_words(fire: Fire, standards: Standards) -> None:
    assert said(fire(), fire(leaders="县长李强已到现场指挥"), standards) == ["县长李强已到现场指挥"]


HURT = {"deaths": exactly(2), "injured": exactly(4), "seriously_injured": exactly(1)}


def test_the_wounded_who_died_are_told_in_one_sentence(fire: Fire, followed: Followed) -> None:
    after = {
        "deaths": exactly(3, "死亡3人"),
        "injured": exactly(3),
        "seriously_injured": exactly(0, "1名重伤员经抢救无效"),
    }
    news = "1名重伤员经抢救无效死亡，明火已扑灭"
    text = render(followed(fire(measures=HURT), fire(measures=after, progress=news)), "text")
    assert (
        "1名重伤人员经抢救无效死亡，死亡人数由2人增至3人，现有3人受伤（无重伤）。最新情况：明火已扑灭。"
        in text
    )
    assert text.count("抢救无效") == 1


@pytest.mark.parametrize(
    "after",
    [
        {"deaths": exactly(3), "injured": exactly(4), "seriously_injured": exactly(0)},
        {"deaths": exactly(4), "injured": exactly(3), "seriously_injured": exactly(0)},
        {"deaths": at_least(3), "injured": exactly(3), "seriously_injured": exactly(0)},
        {"deaths": exactly(3), "injured": exactly(3), "seriously_injured": exactly(1)},
    ],
)
def test_that_the_wounded_died_is_never_guessed(
    fire: Fire, followed: Followed, after: dict[str, Any]
) -> None:
    assert "重伤人员" not in render(followed(fire(measures=HURT), fire(measures=after)), "text")


def test_progress_leaves_out_what_figures_and_cause_say(fire: Fire, standards: Standards) -> None:
    after = fire(
        measures={"deaths": exactly(3, "死亡3人")},
        cause="线路老化",
        progress="续报：起火原因为线路老化，目前死亡3人，明火已扑灭",
    )
    assert said(fire(), after, standards) == ["死亡由2人增至3人", "最新情况：明火已扑灭", "原因：线路老化"]


def test_a_final_report_tells_the_cause_once_and_all_that_came_last(fire: Fire, followed: Followed) -> None:
    after = fire(
        cause="原因为线路老化",
        actions="消防救援大队到场扑救",
        progress="终报：起火原因为线路老化，道路已恢复通行，善后工作正在进行",
    )
    report = followed(fire(), after, number=0, stage=Stage.FINAL)
    for format in FORMATS:
        text = render(report, format)
        assert text.count("线路老化") == 1
        assert "道路已恢复通行，善后工作正在进行" in text
    assert "\u3000\u3000线路老化。" in render(report, "text")
