"""Phrases of time as they are said and written, each against one now: Thursday, 5 March 2026, 09:30."""

import pytest

from jinji_report.intake.lexicon import lexicon
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Note
from jinji_report.intake.times import Told, times
from jinji_report.intake.values import parse_when
from jinji_report.moments import parse_moment
from jinji_report.vocabulary import Precision
from tests.intake.words import NOW, reading

CLOCKS = """
14时20分许          03-04T14:20
14:20               03-04T14:20
14:20:35            03-04T14:20
1420时              03-04T14:20
二十点四十          03-04T20:40
十四时二十分        03-04T14:20
二十三时零五分      03-04T23:05
2点20分pm           03-04T14:20
2:20pm              03-04T14:20
2:20 PM             03-04T14:20
PM2:20              03-04T14:20
2:20am              03-05T02:20
零时                03-05T00:00
0点                 03-05T00:00
24时                03-05T00:00
昨天24时            03-05T00:00
零点二十            03-05T00:20
3点一刻             03-05T03:15
三点三刻            03-05T03:45
差十分三点          03-05T02:50
8点差5分            03-05T07:55
8点差一刻           03-05T07:45
晚上六点一十分      03-04T18:10
一点半              03-05T01:30
下午三时四十五      03-04T15:45
晚上8点             03-04T20:00
晚七时              03-04T19:00
晚上12点            03-05T00:00
夜里十二点半        03-05T00:30
夜里两点            03-05T02:00
中午12点            03-04T12:00
中午十二点二十      03-04T12:20
中午1点             03-04T13:00
凌晨12点30分        03-05T00:30
下午，4点半         03-04T16:30
昨19时21分          03-04T19:21
今9时15分           03-05T09:15
昨晚11点半          03-04T23:30
昨儿夜里两点        03-05T02:00
昨天半夜2点         03-05T02:00
昨晚凌晨1点         03-05T01:00
昨天凌晨1点         03-04T01:00
昨晚上七点          03-04T19:00
今儿早起6点来钟     03-05T06:00
昨下午3点           03-04T15:00
大前天晚上8点       03-02T20:00
三天前的晚上8点     03-02T20:00
3月4日晚上的8点     03-04T20:00
3月4日(周三)18时    03-04T18:00
今天(5日)上午8点    03-05T08:00
上周五晚上9点       02-27T21:00
星期三上午9点       03-04T09:00
周日8时             03-01T08:00
上个月15号20时      02-15T20:00
除夕夜11点          02-16T23:00
大年三十晚上8点     02-16T20:00
年三十八点          02-16T20:00
初三晚上8点         02-19T20:00
正月十五晚7时       03-03T19:00
半小时前            03-05T09:00
半个钟头前          03-05T09:00
一刻钟前            03-05T09:15
两个小时零五分钟前  03-05T07:25
1小时20分钟前       03-05T08:10
一个半小时前        03-05T08:00
"""

DAYS = """
今天                03-05
今儿                03-05
前天                03-03
大前天              03-02
昨儿个              03-04
一周前              02-26
三天前              03-02
周二                03-03
上周五              02-27
上礼拜三            02-25
上上周三            02-18
上个星期天          03-01
本周一              03-02
本月3日             03-03
上月28日            02-28
26日                02-26
3.5日               03-05
2026.3.5            03-05
除夕                02-16
大年三十            02-16
大年初一            02-17
大初二              02-18
正月初三            02-19
元宵节              03-03
腊月廿三            02-10
小年                02-10
元旦                01-01
冬至当天            2025-12-21
重阳节              2025-10-29
中秋                2025-10-06
八月十五            2025-10-06
九月九              2025-10-29
国庆第一天          2025-10-01
国庆假期第三天      2025-10-03
农历二月初二        2025-03-01
闰六月初三          2025-07-27
端午当天            2025-05-31
五一当天            2025-05-01
清明节              2025-04-04
去年中秋            2025-10-06
2023年除夕          2023-01-21
除夕前一天          02-15
国庆节前一天        2025-09-30
'24年3月5日         2024-03-05
24年3月5日          2024-03-05
二〇二四年三月五日  2024-03-05
二零二五年十二月三十一日 2025-12-31
十一月初二十分      2025-12-21
"""

PARTS = """
凌晨      03-05T00:00 03-05T05:59
后半夜    03-05T00:00 03-05T05:59
天快亮    03-05T03:00 03-05T05:59
今早      03-05T05:00 03-05T09:30
前半夜    03-04T19:00 03-04T23:59
傍晚      03-04T17:00 03-04T19:59
早自习    03-05T06:00 03-05T07:59
课间操    03-05T09:00 03-05T09:30
饭点      03-04T17:00 03-04T19:59
晚饭点儿  03-04T17:00 03-04T20:59
半夜      03-04T22:00 03-05T05:59
小年夜    02-10T19:00 02-11T05:59
元旦前夜  2025-12-31T19:00 01-01T05:59
昨晚至今晨 03-04T18:00 03-05T08:59
8日至10日 02-08T00:00 02-10T23:59
3月1日到3日 03-01T00:00 03-03T23:59
14时到15时 03-04T14:00 03-04T15:00
14-15时   03-04T14:00 03-04T15:00
23时至次日2时 03-04T23:00 03-05T02:00
20:00-22:00 03-04T20:00 03-04T22:00
8日14时20分至15时 02-08T14:20 02-08T15:00
两个多小时前 03-05T07:30 03-05T09:30
个把钟头前 03-05T08:30 03-05T09:30
刚才      03-05T09:15 03-05T09:30
"""

NO_TIMES = """
12号楼 3号矿井 51号院 7-1号楼, 3日游 第3日 二十日内 5·12地震 3.5万元 三点五级 十点意见 3点要求 一点建议 一时半会 一时间
周围群众 每周三 一晚上 每天夜里好几趟 十五个人 三十年前 一周内 国庆路起火
五一广场 春节期间 国庆节期间 清明期间 中秋晚会 初三女生 初中三年级
比分3:2 1:500 电话13812345678 3月份 去年 上个月 2008年 5月 24时段 30时速 半天 月饼 8路车 次日凌晨 第二天
"""


def only(text: str) -> Told:
    (told,) = found(text)
    return told


def found(text: str) -> list[Told]:
    return times(Scan(Note(text), lexicon()), NOW)


def moment(said: str):
    return parse_moment(said if said.startswith("20") else f"2026-{said}")


@pytest.mark.parametrize("line", CLOCKS.strip().splitlines())
def test_a_clock_is_read_however_it_is_said(line: str) -> None:
    said, at = line.rsplit(maxsplit=1)
    occurred = parse_when(said.strip(), NOW)
    assert occurred.at == moment(at)
    assert occurred.precision in (Precision.MINUTE, Precision.HOUR)


@pytest.mark.parametrize("line", DAYS.strip().splitlines())
def test_a_day_is_read_however_it_is_said(line: str) -> None:
    said, day = line.rsplit(maxsplit=1)
    told = found(said.strip())[0]
    assert told.at == moment(f"{day}T00:00")
    assert told.precision is Precision.DAY


@pytest.mark.parametrize("line", PARTS.strip().splitlines())
def test_a_span_has_its_first_and_its_last_moment(line: str) -> None:
    said, first, last = line.rsplit(maxsplit=2)
    told = only(said)
    assert (told.at, told.until) == (moment(first), moment(last))


@pytest.mark.parametrize("said", NO_TIMES.split())
def test_what_only_looks_like_a_time_is_none(said: str) -> None:
    assert found(said) == []


@pytest.mark.parametrize(
    "said", ["2月30日", "4月31日8时", "13月5日", "25时10分", "25时", "8时75分", "2026年2月29日"]
)
def test_an_impossible_time_is_said_and_not_taken(said: str) -> None:
    read = reading(f"{said}东街仓库起火")
    assert read.facts.occurred is None
    assert [doubt.text for doubt in read.doubts if doubt.field == "occurred"] == [
        f"没有“{said}”这个时间，请核实事发时间。"
    ]
    with pytest.raises(ValueError, match="没有"):
        parse_when(said, NOW)


@pytest.mark.parametrize(("said", "at"), [("3月6日", "2025-03-06"), ("6日", "02-06"), ("8日", "02-08")])
def test_a_date_that_lies_a_few_days_ahead_is_taken_as_past_and_asked_about(said: str, at: str) -> None:
    read = reading(f"{said}东街仓库起火")
    assert read.facts.occurred is not None and read.facts.occurred.at == moment(f"{at}T00:00")
    assert any("还没有到" in doubt.text for doubt in read.doubts)


@pytest.mark.parametrize("said", ["3月9日", "9日", "26日", "12月31日", "3月5日"])
def test_a_date_of_last_month_or_year_is_nothing_to_ask_about(said: str) -> None:
    assert not any("还没有到" in doubt.text for doubt in reading(f"{said}东街仓库起火").doubts)


def test_precision_is_kept() -> None:
    assert only("8时").precision is Precision.HOUR
    assert only("8时5分").precision is Precision.MINUTE
    assert only("今早").precision is Precision.PART_OF_DAY
    assert only("昨天").precision is Precision.DAY


def test_only_a_clock_that_both_halves_of_the_day_allow_is_guessed() -> None:
    assert only("8点").guessed
    assert only("昨天8点").guessed
    assert not only("今天8点").guessed  # the evening is still to come
    assert not only("20点").guessed
    assert not only("8时").guessed
    assert not only("早上8点").guessed


def test_a_date_behind_a_year_is_of_that_year() -> None:
    assert [told.at.year for told in found("2024年12月30日起火，12月31日扑灭")] == [2024, 2024]


def test_a_planned_time_is_no_occurrence() -> None:
    read = reading("东街仓库起火，预计8时恢复供电，明早8点通气")
    assert read.facts.occurred is None
    assert read.doubts == ()
