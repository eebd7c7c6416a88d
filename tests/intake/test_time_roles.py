"""What a time is the moment of: the occurrence, the alarm, the arrival, up to when a figure counts."""

import pytest

from jinji_report.intake.lexicon import lexicon
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Note
from jinji_report.intake.times import times
from jinji_report.moments import parse_moment
from jinji_report.vocabulary import Basis
from tests.intake.words import NOW, reading


def roles(text: str) -> list[str]:
    return [told.role for told in times(Scan(Note(text), lexicon()), NOW)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨晚11点半东街仓库起火", "occurred"),
        ("昨晚11点半，东街仓库里头一声响", "occurred"),
        ("起火时间：3月4日23时", "occurred"),
        ("事发于3月4日23时许", "occurred"),
        ("8时10分接到群众报警", "alarm"),
        ("8点10分有人打119", "alarm"),
        ("接警时间:8时10分，东街仓库起火", "alarm"),
        ("119接警8时10分", "alarm"),
        ("8时10分村民发现仓库冒烟", "discovered"),
        ("发现时间为今日8时", "discovered"),
        ("8时40分向县委办报告", "reported"),
        ("8时40分上报市局", "reported"),
        ("8时25分消防赶到现场", "arrived"),
        ("到场时间:8时25分", "arrived"),
        ("9时5分3名工人获救", "rescued"),
        ("9时5分明火扑灭", "extinguished"),
        ("李某8时50分经抢救无效死亡", "died"),
        ("经抢救无效于8时50分死亡", "died"),
        ("今天早上又没了一个", "died"),
        ("截至今日8时", "as_of"),
        ("目前8点", "as_of"),
        ("这会儿还冒烟", "as_of"),
        ("新华社北京3月5日电", "dateline"),
        ("紧急报告：3月5日8时，东街仓库起火", "occurred"),
        ("来电：今早8点东街起火", "occurred"),
        ("报告时间：3月5日8时", "reported"),
        ("预计8时恢复供电", "other"),
        ("原定今早8点发车", "other"),
        ("明早8点通车", "other"),
        ("市应急局昨日通报", "other"),
        ("发布时间：3月5日8时", "other"),
        ("不是8点", "other"),
        ("李某，1985年3月5日出生", "other"),
        ("昨天晚上8点下井", "setting"),
        ("昨晚在村里吃席", "setting"),
        ("昨晚吃了野蘑菇后呕吐", "occurred"),
        ("昨天早上8点出发的大巴侧翻", "occurred"),
        ("有两个小时了，还在烧", "since"),
        ("三点四十左右，120拉走没救过来", "occurred"),
        ("10日17时检出出厂水苯超标", "discovered"),
        ("9月2日9时50分许，梅岭城市更新项目地下室模板垮落", "occurred"),
        ("昨天中午起十来个人拉肚子", "occurred"),
    ],
)
def test_the_words_around_a_time_say_what_it_is(text: str, expected: str) -> None:
    assert roles(text) == [expected]


def test_a_date_line_over_a_report_is_no_occurrence() -> None:
    assert roles("东街起火\n2026-03-05 08:20:33 来源:本地网\n昨晚11点东街仓库起火")[0] == "dateline"
    assert roles("东街起火\n2026年3月5日\n昨晚11点东街仓库起火")[0] == "dateline"


def test_a_corrected_time_counts_as_corrected() -> None:
    occurred = reading("上周日,哦不对,昨天下午四点东街仓库起火").facts.occurred
    assert occurred is not None and occurred.at == parse_moment("2026-03-04T16:00")
    occurred = reading("东街仓库起火，不是8点，是7点50分").facts.occurred
    assert occurred is not None and occurred.at == parse_moment("2026-03-05T07:50")


def test_every_moment_that_a_clock_was_told_for_is_kept() -> None:
    facts = reading(
        "3月5日7时50分东街仓库起火，8时01分接警，8时12分到场，8时30分救出2人，8时40分向县委办报告，9时05分扑灭，伤者9时10分经抢救无效死亡"
    ).facts
    assert facts.occurred is not None and facts.occurred.at == parse_moment("2026-03-05T07:50")
    assert {name: f"{at:%H:%M}" for name, at in facts.moments.items()} == {
        "alarm": "08:01",
        "arrived": "08:12",
        "rescued": "08:30",
        "reported": "08:40",
        "extinguished": "09:05",
        "died": "09:10",
    }


def test_a_moment_told_without_a_clock_is_not_kept() -> None:
    assert "alarm" not in reading("昨天有人报警，东街仓库起火").facts.moments


def test_the_better_told_time_is_the_occurrence() -> None:
    def chosen(text: str) -> tuple[str, Basis]:
        occurred = reading(text).facts.occurred
        assert occurred is not None
        return f"{occurred.at:%d日%H:%M}", occurred.basis

    assert chosen("8时10分接警，8时5分村民发现冒烟") == ("05日08:05", Basis.DISCOVERED)
    assert chosen("8时40分向县委办报告，8时10分接警") == ("05日08:10", Basis.ALARM)
    assert chosen("8时40分向县委办报告东街仓库冒烟") == ("05日08:40", Basis.ALARM)
    assert chosen("昨晚6点开的席，今天凌晨2点陆续发作") == ("05日02:00", Basis.OCCURRED)
    assert chosen("昨晚6点开的席，都在吐") == ("04日18:00", Basis.OCCURRED)
    assert chosen("冷库漏氨，有半个小时了") == ("05日09:00", Basis.OCCURRED)
    assert chosen("昨天上山采药，到现在没回来") == ("04日00:00", Basis.OCCURRED)


@pytest.mark.parametrize(
    "text",
    ["截至8时，2人死亡", "东街仓库起火，9时扑灭", "8时救援人员到达", "预计8时恢复", "这会儿都能说话了"],
)
def test_a_moment_after_the_event_never_stands_for_it(text: str) -> None:
    assert reading(text).facts.occurred is None


def test_what_was_found_before_every_other_time_is_taken_for_the_occurrence() -> None:
    found = reading("3月4日17时检出出厂水苯含量超标，今晨最高200微克。").facts.occurred
    assert found is not None and found.at.day == 4 and found.basis is Basis.DISCOVERED


@pytest.mark.parametrize(
    "text",
    [
        "批发市场这边，3号查出来1例，昨天又6例，今天凌晨三点市场就关了",
        "市场3号查出1例阳性，昨天又查出6例",
        "龙江拉浪段镉超标，3号就发现死鱼了，下游沿江都在抢水，超市矿泉水一早卖空",
    ],
)
def test_the_day_of_the_first_find_goes_before_the_days_after_it(text: str) -> None:
    found = reading(text).facts.occurred
    assert found is not None and found.at.day == 3 and found.basis is Basis.DISCOVERED


def test_a_number_of_the_month_on_which_something_was_found_is_a_day_and_no_house() -> None:
    for words in ("查出1例病人", "确诊1例", "新增2例"):
        found = reading(f"白石村3号{words}").facts.occurred
        assert found is not None and found.at.day == 3
    assert reading("白石小区3号停车棚着火").facts.occurred is None


def test_water_that_leaves_the_works_is_no_other_moment_than_the_event() -> None:
    found = reading("自来水苯超标。昨日17时自来水公司出厂水苯含量118微克，今日2时升至200微克").facts.occurred
    assert found is not None and (found.at.day, found.at.hour) == (4, 17)


def test_what_has_just_begun_happened_now() -> None:
    found = reading("沿河街烤肉店排烟道着了，刚着，人都跑出来了。").facts.occurred
    assert found is not None and found.at.date() == NOW.date()
    assert reading("消防刚着手处理。").facts.occurred is None


def test_a_bare_clock_of_a_feast_night_is_of_the_evening() -> None:
    found = reading("年三十放炮把柴火垛点了，七点来钟着的。").facts.occurred
    assert found is not None and found.at.hour == 19


def test_a_clock_with_the_event_behind_it_goes_before_the_day_of_who_tells_it() -> None:
    found = reading("卫生部4日称，当地时间3日23时36分许在近海发生的地震已造成4人死亡。").facts.occurred
    assert found is not None and (found.at.day, found.at.hour) == (3, 23)


@pytest.mark.parametrize("clock", ["6:38", "6点38分"])
def test_a_clock_beside_what_was_just_now_tells_it_exactly(clock: str) -> None:
    found = reading(f"刚才晃得厉害，{clock}，厂里没人伤亡", now="2026-03-05T07:15").facts.occurred
    assert found is not None and (found.at.hour, found.at.minute) == (6, 38)


def test_who_did_not_come_from_the_operating_table_died_then() -> None:
    assert reading("医院大厅闹起来了，老头昨儿手术台上没下来，家属摆花圈").facts.occurred is None


def test_a_number_of_the_month_since_when_is_a_day_and_no_house() -> None:
    found = reading("实验小学3号以来有86名学生呕吐").facts.occurred
    assert found is not None and found.at.day == 3
    assert reading("解放路13号以东着火").facts.occurred is None


def test_where_nobody_reported_anyone_hurt_the_time_is_that_of_the_event() -> None:
    assert roles("里氏5.2级，今天11时12分，暂无伤亡报告") == ["occurred"]
    assert roles("今天11时12分报告，东街起火") == ["alarm"]


def test_a_clock_in_words_on_a_line_of_its_own_tells_when_and_a_date_alone_does_not() -> None:
    assert roles("东街着火\n今早8点\n2人死亡") == ["occurred"]
    assert roles("东街着火\n3月4日\n2人死亡") == ["dateline"]
