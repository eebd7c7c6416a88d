"""What a note tells of other incidents, of rumours and of those who died later, and what only looks like a place."""

import timeit
from datetime import datetime

import pytest

from jinji_report.intake.background import earlier_incidents
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import Note
from jinji_report.intake.triggers import compiled
from tests.intake.words import LEXICON, reading, told


def occurred(text: str) -> str | None:
    found = reading(text).facts.occurred
    return None if found is None else f"{found.at:%m-%d %H:%M}"


def died(text: str) -> datetime | None:
    return reading(text).facts.moments.get("died")


def where(text: str) -> str:
    place = reading(text).facts.place
    return "" if place is None else place.said


@pytest.mark.parametrize(
    "text",
    [
        "去年该厂爆炸造成3人死亡，今天8点再次爆炸，2人受伤",
        "前年该矿透水造成5人死亡，今早6点再次透水，2人受伤",
        "该厂去年死了3个人，这回又炸了，2人受伤",
        "2023年5月该矿透水致12人遇难，今天6时许又发生透水，2人受伤",
        "3月1日该路段车祸死2人，今天8点又发生车祸，2人受伤",
        "上个月该路口车祸死2人，今早6点又出事了，2人受伤",
    ],
)
def test_the_dead_of_an_earlier_incident_are_not_of_the_one_that_happened_again(text: str) -> None:
    assert told(text) == {"injured": (2, 2)}
    assert occurred(text) in (None, "03-05 08:00", "03-05 06:00")


@pytest.mark.parametrize(
    "text",
    [
        "3月4日20时东街爆炸，3人死亡，今天8点又转院，2人受伤",
        "3月4日20时东街爆炸，3人死亡，今天8点再次搜救，2人受伤",
        "今天6点东街爆炸，3人死亡，今天8点又发生爆炸，2人受伤",
    ],
)
def test_what_goes_on_is_one_incident(text: str) -> None:
    assert told(text) == {"deaths": (3, 3), "injured": (2, 2)}


@pytest.mark.parametrize(
    "text",
    [
        "3人去世的传言不实，火灾伤2人",
        "东街火灾，网传死了10人不实，伤2人",
        "网传死了10人系谣言，实际火灾伤2人",
        "网传死了10人，经核实系谣言，火灾伤2人",
        "死10人的消息是假的，火灾伤2人",
    ],
)
def test_a_rumour_ends_with_its_clause(text: str) -> None:
    assert told(text) == {"injured": (2, 2)}


@pytest.mark.parametrize("word", ["去年", "曾经", "去年，", "去年(", "谣言", "传言谣言，", "网传"])
def test_words_of_the_past_over_and_over_cost_no_more_than_their_length(word: str) -> None:
    def seconds(times: int) -> float:
        scan = Scan(Note(word * times), compiled(LEXICON, word).lexicon)
        return min(timeit.repeat(lambda: earlier_incidents(scan), number=1, repeat=3))

    assert seconds(16_000) < 8 * seconds(4_000) + 0.05


@pytest.mark.parametrize(
    ("text", "at", "death"),
    [
        ("今晨8点伤者王某死亡，事故发生在昨晚9点", "03-04 21:00", "03-05 08:00"),
        ("昨晚9点车祸，1人送医，今早8点死亡", "03-04 21:00", "03-05 08:00"),
        ("昨晚9点车祸，死者李某3月5日0时10分死亡1人", "03-04 21:00", "03-05 00:10"),
        ("东街火灾，伤者于今早8点死亡", None, "03-05 08:00"),
        ("东街火灾，重伤员今早8点去世", None, "03-05 08:00"),
    ],
)
def test_when_the_injured_died_is_not_when_it_happened(text: str, at: str | None, death: str) -> None:
    assert occurred(text) == at
    moment = died(text)
    assert moment is not None and f"{moment:%m-%d %H:%M}" == death


@pytest.mark.parametrize("text", ["东街车祸，今早8点死亡1人", "赤金镇鼠疫1例，今早8点死亡"])
def test_a_death_that_nothing_goes_before_is_when_it_happened(text: str) -> None:
    assert occurred(text) == "03-05 08:00"


def test_a_clock_ahead_is_doubted_unless_it_is_a_plan() -> None:
    assert [doubt.text for doubt in reading("明天8点，城关镇车祸").doubts] == [
        "时间“明天8点”晚于现在（2026年3月5日 09:30），请核实事发时间。"
    ]
    assert not reading("城关镇停电，预计明天8点恢复供电").doubts
    assert not reading("城关镇有人扬言明天8点聚集").doubts


@pytest.mark.parametrize("text", ["20260304 2130 东街起火", "20260304 21:30 东街起火"])
def test_a_day_and_a_clock_in_figures_alone_are_read(text: str) -> None:
    assert occurred(text) == "03-04 21:30"


def test_a_number_behind_a_day_in_figures_that_is_no_clock_is_left() -> None:
    assert occurred("20260304 2530 东街起火") == "03-04 00:00"


@pytest.mark.parametrize(
    "text",
    [
        *("东街火灾，再增1人死亡", "初步统计1人死亡", "预计3人死亡", "至多3人受伤", "不到10人受伤"),
        *("抬出来3人", "已升井5人", "当场1人死亡", "兄弟2人溺亡", "祖孙3人中毒", "车祸3人受伤"),
        *("县长李强、副县长王刚已赶到，2人受伤", "维吾尔族男子砍伤2人", "台湾同胞3人受伤"),
        *("香港游客5人腹泻", "老兵到县政府上访", "转移3个村1200人", "前年该矿死了5人"),
        *("救援情况：渡口镇消防站出动3车15人", "20260305-01 道路交通事故", "120急救中心报告，车祸伤2人"),
    ],
)
def test_people_counts_and_offices_are_no_places(text: str) -> None:
    assert where(text) in ("", "东街")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("省道201线12公里处追尾，距县城5公里，伤2人", "省道201线12公里处"),
        ("距县城5公里的红沟煤矿透水", "红沟煤矿"),
        ("南京街10号楼3单元1202室起火，1人死亡", "南京街10号楼3单元1202室"),
        ("3楼302室起火", "3楼302室"),
    ],
)
def test_a_distance_is_no_place_and_a_room_belongs_to_it(text: str, place: str) -> None:
    assert where(text) == place
