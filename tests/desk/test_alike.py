"""Which case a call is about (R11): the reasons are told, and nothing is attached that could be another."""

from datetime import datetime

import pytest

from jinji_report.desk.alike import Likeness, alike, beyond_doubt
from jinji_report.desk.same_place import Nearness, nearness
from jinji_report.ledger.cases import Folded
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts, Occurred, Place, Source
from jinji_report.moments import parse_moment
from jinji_report.quantity import exactly
from jinji_report.standards.load import load
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Status


@pytest.fixture(scope="module")
def standards(tmp_path_factory: pytest.TempPathFactory) -> Standards:
    return load("county", tmp_path_factory.mktemp("cache"))


def at(minute: str, day: str = "2026-03-20") -> datetime:
    return parse_moment(f"{day}T{minute}")


def facts(
    category: str | None = "火灾",
    place: str | None = "城关镇东街一服装店",
    occurred: str | None = "09:10",
    deaths: int | None = None,
    unit: str | None = None,
) -> Facts:
    return Facts(
        category=category,
        place=None if place is None else Place(place),
        occurred=None if occurred is None else Occurred(at(occurred)),
        measures={} if deaths is None else {"deaths": exactly(deaths, f"{deaths}人死亡")},
        source=Source(unit=unit),
    )


def case(
    number: str = "20260320-01", opened: str = "09:15", closed: str | None = None, **told: object
) -> Case:
    new = NewEntry(case=number, kind="接报", at=at(opened), recorded=at(opened), by="", data={})
    made = Case(number, new.placed(1, ""))
    made.facts = facts(**({"deaths": 2} | told))  # type: ignore[arg-type]
    if closed is not None:
        made.status, made.closed_at = Status.CLOSED, at(closed)
    return made


Found = tuple[Likeness, ...]


def likely(standards: Standards, call: Facts, *cases: Case, note: str = "", now: str = "09:40") -> Found:
    known = {one.number: one for one in cases or (case(),)}
    return alike(call, at(now), Folded(known), standards, note)


def test_the_same_kind_near_in_time_and_place_is_offered_with_its_reasons(standards: Standards) -> None:
    (found,) = likely(standards, facts(place="东街服装店", occurred="09:22", deaths=3))
    assert found.reasons == ("同为火灾", "地点相同（东街服装店）", "发生时间相差12分钟", "死亡由2到3")
    assert found.sure


def test_who_called_before_and_a_figure_that_stays_are_reasons_too(standards: Standards) -> None:
    (found,) = likely(standards, facts(deaths=2, unit="消防大队"), case(unit="消防大队"))
    assert {"同由消防大队报来", "死亡同为2", "发生时间相同"} <= set(found.reasons)


@pytest.mark.parametrize(
    "other",
    [
        {"category": "道路交通事故"},
        {"place": "河西乡东街一服装店"},
        {"place": "城关镇西街超市"},
        {"place": None},
        {"occurred": "02:00"},
    ],
)
def test_another_kind_township_place_or_time_is_never_offered(
    standards: Standards, other: dict[str, str | None]
) -> None:
    assert likely(standards, facts(**other)) == ()  # type: ignore[arg-type]


def test_time_is_near_up_to_six_hours_and_calls_up_to_a_day(standards: Standards) -> None:
    assert likely(standards, facts(occurred="15:10"), now="15:20")
    assert not likely(standards, facts(occurred="15:11"), now="15:20")
    untold = facts(occurred=None)
    assert alike(untold, at("09:15", "2026-03-21"), Folded({case().number: case()}), standards)
    assert not alike(untold, at("09:16", "2026-03-21"), Folded({case().number: case()}), standards)


def test_a_follow_up_needs_no_place_and_may_come_days_later(standards: Standards) -> None:
    call = facts(place=None, occurred=None, deaths=3)
    assert not likely(standards, call)
    for note in ("续报：火灾死亡增至3人", "刚才报的那个火，又抬出一个", "那个事故现在死了3个"):
        (found,) = likely(standards, call, note=note)
        assert found.sure, note
    assert alike(
        call, at("09:15", "2026-03-23"), Folded({case().number: case()}), standards, "续报：死亡增至3人"
    )
    assert not alike(
        call, at("09:16", "2026-03-23"), Folded({case().number: case()}), standards, "续报：死亡增至3人"
    )


def test_a_case_named_in_the_note_comes_first(standards: Standards) -> None:
    others = (case(), case("20260320-02", place="城关镇南街网吧", opened="09:20"))
    found = likely(standards, facts(place=None, occurred=None), *others, note="20260320-01 火灾续报")
    assert found[0].case.number == "20260320-01"
    assert found[0].reasons[0] == "来电写明了编号"
    assert beyond_doubt(found) is others[0]


def test_a_case_named_in_the_note_needs_no_place_but_not_another_township(standards: Standards) -> None:
    named = "20260320-01 道路已恢复通行"
    (found,) = likely(standards, facts(None, "20260320-01 道路", None), note=named)
    assert found.sure
    assert not likely(standards, facts(None, "河西乡东街", None), note=named)
    assert not likely(standards, facts("道路交通事故", None, None), note=named)


def test_nothing_is_beyond_doubt_where_two_cases_are_as_near(standards: Standards) -> None:
    two = (case(), case("20260320-02", opened="09:16"))
    found = likely(standards, facts(deaths=3), *two)
    assert len(found) == 2
    assert beyond_doubt(found) is None
    assert beyond_doubt(found[:1]) is not None


def test_fewer_dead_or_an_unknown_kind_is_asked_about_and_not_beyond_doubt(standards: Standards) -> None:
    (found,) = likely(standards, facts(deaths=1))
    assert not found.sure
    (found,) = likely(standards, facts(category=None))
    assert not found.sure


def test_the_same_place_without_a_time_or_a_word_is_not_beyond_doubt(standards: Standards) -> None:
    (found,) = likely(standards, facts(occurred=None))
    assert not found.sure
    (found,) = likely(standards, facts(occurred="10:41"), now="11:00")
    assert not found.sure


def test_a_case_closed_within_a_week_is_told_and_never_attached(standards: Standards) -> None:
    closed = case(closed="09:30")
    (found,) = likely(standards, facts(deaths=3), closed)
    assert not found.open
    assert beyond_doubt((found,)) is None
    long_ago = alike(
        facts(occurred=None),
        at("09:31", "2026-03-27"),
        Folded({closed.number: closed}),
        standards,
        "续报：火灾",
    )
    assert long_ago == ()


def test_the_open_ones_come_before_those_just_closed(standards: Standards) -> None:
    found = likely(standards, facts(), case(closed="09:30"), case("20260320-02", place="东街服装店隔壁"))
    assert [one.case.number for one in found] == ["20260320-02", "20260320-01"]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("城关镇东街一服装店", "东街服装店", Nearness.SAME),
        ("示范县城关镇东街服装店", "城关镇东街某服装店附近", Nearness.SAME),
        ("G30高速K1023处", "G30高速K1024", Nearness.SAME),
        ("G30高速K1023处", "G30高速K1025", Nearness.APART),
        ("幸福小区3号楼", "幸福小区5号楼", Nearness.APART),
        ("第一小学", "第二小学", Nearness.APART),
        ("东街小学", "西街小学", Nearness.APART),
        ("解放路小学", "解放路中学", Nearness.NEAR),
        ("城关镇", "城关镇东街", Nearness.TOWN),
        ("城关镇东街", "河西乡东街", Nearness.APART),
        ("柳河县城东街服装店", "柳河县城西街超市", Nearness.APART),
        ("", "城关镇东街", Nearness.APART),
        ("G30高速城关镇段", "G30高速城关镇段", Nearness.SAME),
        ("G30高速", "G30高速城关镇段", Nearness.NEAR),
        ("G30高速城关镇段", "G30高速河西乡段", Nearness.APART),
        ("化工厂", "河西乡化工厂", Nearness.NEAR),
        ("河西乡化工厂", "河西乡化工厂", Nearness.SAME),
        ("20260305-01 道路", "G30高速", Nearness.APART),
        ("高速公路", "高速公路", Nearness.NEAR),
    ],
)
def test_two_places_are_one_by_their_names_not_by_their_kind(one: str, other: str, how: Nearness) -> None:
    assert nearness(one, other)[0] is how
    assert nearness(other, one)[0] is how
