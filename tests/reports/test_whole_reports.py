"""Whole reports, in every stage and format, as golden files to be read."""

from collections.abc import Callable

import pytest

from jinji_report.model.facts import Facts, Occurred, Place, Source
from jinji_report.moments import parse_moment
from jinji_report.quantity import exactly, roughly, some_more, unknown
from jinji_report.reports.document import Report
from jinji_report.reports.formats import FORMATS
from jinji_report.reports.render import render
from jinji_report.vocabulary import Precision, Stage

RECEIVED = {"received": parse_moment("2026-03-05T00:05")}

HURT = {
    "deaths": exactly(2, "2人死亡"),
    "injured": exactly(2, "1人重伤，1人轻伤"),
    "seriously_injured": exactly(1, "1人重伤"),
    "slightly_injured": exactly(1, "1人轻伤"),
}

FIRST_REPORTS = {
    "火灾": Facts(
        category="火灾",
        category_said="起火",
        course="城关镇东街一服装店起火",
        occurred=Occurred(parse_moment("2026-03-04T23:30"), said="昨晚11点半"),
        place=Place("城关镇东街一服装店"),
        measures=HURT,
        moments=RECEIVED,
        source=Source("县消防救援大队", "王某", "13900000000", "电话"),
        actions="消防救援大队出动4车20人到场扑救",
        leaders="副县长张某到场指挥",
    ),
    "氯气泄漏": Facts(
        category="危险化学品事故",
        category_said="氯气泄漏",
        course="氯气泄漏，下风向有小学",
        place=Place("河西乡化工厂"),
        measures={"deaths": exactly(0, "无人员伤亡"), "injured": exactly(0, "无人员伤亡")},
        moments=RECEIVED,
        tags={"校园": "小学"},
        actions="正在疏散",
    ),
    "地震": Facts(
        category="地震灾害",
        category_said="地震",
        course="震源深度10公里，多地有感",
        occurred=Occurred(parse_moment("2026-03-04T22:02"), said="今晚10时02分"),
        place=Place("我县北部"),
        measures={
            "deaths": unknown("人员伤亡不详"),
            "injured": unknown("人员伤亡不详"),
            "magnitude": exactly(5.1, "5.1级"),
        },
        moments=RECEIVED,
        source=Source("地震局", None, None, "书面"),
    ),
    "客车侧翻": Facts(
        category="道路交通事故",
        category_said="侧翻",
        course="一辆客车侧翻",
        occurred=Occurred(
            parse_moment("2026-03-04T18:00"),
            Precision.PART_OF_DAY,
            until=parse_moment("2026-03-04T23:59"),
            said="昨晚",
        ),
        place=Place("G30高速K1023处"),
        measures={
            "deaths": exactly(1, "1人死亡"),
            "injured": some_more(10, "伤了十多个"),
            "blocked_hours": roughly(2, "堵了2小时左右"),
        },
        moments=RECEIVED,
        source=Source("交警大队", None, None, "群消息"),
    ),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", FIRST_REPORTS)
def test_a_first_report_reads_as_its_golden_file(
    name: str, format: str, first: Callable[[Facts], Report], golden: Callable[[str, str], None]
) -> None:
    golden(f"reports/{name}-首报.{format}.txt", render(first(FIRST_REPORTS[name]), format))


BEFORE = FIRST_REPORTS["火灾"]
NEWS = BEFORE.with_changes(
    measures=HURT
    | {
        "deaths": exactly(3, "又死亡1人"),
        "injured": exactly(1, "还有1人受伤"),
        "seriously_injured": exactly(0, "重伤的1人已死亡"),
        "direct_loss_wan": roughly(150, "损失约150万"),
    },
    progress="明火已扑灭",
    cause="初步判断为电气线路故障",
)
FOLLOW_UPS = {
    "续报一": (BEFORE, NEWS, {"number": 1}),
    "续报十一无变化": (NEWS, NEWS, {"number": 11}),
    "续报二更正": (
        NEWS,
        NEWS.with_changes(measures=NEWS.measures | {"deaths": exactly(2, "死亡2人")}),
        {"number": 2, "correction": True},
    ),
    "终报": (BEFORE, NEWS, {"number": 0, "stage": Stage.FINAL}),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_a_later_report_reads_as_its_golden_file(
    name: str, format: str, followed: Callable[..., Report], golden: Callable[[str, str], None]
) -> None:
    before, after, options = FOLLOW_UPS[name]
    golden(f"reports/火灾-{name}.{format}.txt", render(followed(before, after, **options), format))
