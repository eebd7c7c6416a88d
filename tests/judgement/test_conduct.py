"""报送规矩: both lines at once, inside before outside, no level skipped, signed where that is wanted, one outlet."""

import copy
from datetime import datetime, timedelta
from typing import Any

import pytest

from jinji_report.judgement.classify import classify
from jinji_report.judgement.conduct import Departure, departures_of, unallowed_skips, wants_signature
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts
from jinji_report.model.fold import fold_case
from jinji_report.model.verdict import OfficeDecision
from jinji_report.standards.load import load
from jinji_report.standards.rows import Address, Standards
from jinji_report.vocabulary import Decision, EntryKind, Line, Status, Tier

from ..factory import HAPPENED, incident

CITY_PARTY, CITY_GOV = Address(Tier.CITY, Line.PARTY), Address(Tier.CITY, Line.GOVERNMENT)
PROVINCE_PARTY = Address(Tier.PROVINCE, Line.PARTY)
OPENED = 10
DUAL, INSIDE, CONSENT = "county.dual-line", "district.inside-first", "broadcaster.consent"

Step = tuple[EntryKind, int, dict[str, Any]]


def after(minutes: float) -> datetime:
    return HAPPENED + timedelta(minutes=minutes)


def went(minute: int, to: Address, *, stage: str = "首报", number: int = 0, form: str = "电话") -> Step:
    told = {"tier": to.tier.value, "line": to.line.value, "office": "某办公室"}
    return EntryKind.SENT, minute, {"to": told, "form": form, "stage": stage, "number": number}


def signed(minute: int) -> Step:
    return EntryKind.SIGNED, minute, {"person": "李台长", "role": "台长"}


def agreed(minute: int) -> Step:
    return EntryKind.AGREED, minute, {"text": "2人死亡", "measures": {}, "reason": "核对一致"}


def released(minute: int, unit: str) -> Step:
    return EntryKind.RELEASED, minute, {"unit": unit, "text": "火已扑灭"}


def closed(minute: int) -> Step:
    return EntryKind.CLOSED, minute, {}


def case_of(standards: Standards, *steps: Step, facts: Facts | None = None) -> Case:
    """The plain incident, called in ten minutes after it happened, and what was done about it."""
    facts = incident(deaths=2) if facts is None else facts
    verdict = classify(facts, standards, after(OPENED))
    told: list[Step] = [
        (EntryKind.RECEIVED, OPENED, {"incident": facts.to_json()}),
        (EntryKind.VERDICT, OPENED, {"verdict": verdict.to_json()}),
        *steps,
    ]
    entries = [
        NewEntry(
            case="20260320-01", kind=kind.value, at=after(at), recorded=after(at), by="张", data=data
        ).placed(seq, "")
        for seq, (kind, at, data) in enumerate(told, 1)
    ]
    return fold_case("20260320-01", entries)


def found(standards: Standards, now: int, *steps: Step, facts: Facts | None = None) -> list[Departure]:
    case = case_of(standards, *steps, facts=facts)
    assert case.contradictions == []
    return departures_of(case, standards, after(now))


def minutes_of(departures: list[Departure], rule: str) -> list[tuple[int, bool]]:
    return [(one.minutes, one.standing) for one in departures if one.rule == rule]


@pytest.fixture(scope="module")
def district() -> Standards:
    return load("district")


@pytest.fixture(scope="module")
def broadcaster() -> Standards:
    return load("broadcaster")


@pytest.fixture(scope="module")
def panshan() -> Standards:
    return load("panshan")


def test_both_lines_in_the_same_minute_keep_the_rule(county: Standards) -> None:
    assert found(county, 60, went(15, CITY_PARTY), went(15, CITY_GOV)) == []


@pytest.mark.parametrize("later", [1, 2, 30])
def test_the_second_line_is_late_by_the_minutes_between_them(county: Standards, later: int) -> None:
    for first, second in ((CITY_PARTY, CITY_GOV), (CITY_GOV, CITY_PARTY)):
        departures = found(county, 90, went(15, first), went(15 + later, second))
        assert minutes_of(departures, DUAL) == [(later, False)]
        assert f"晚了{later}分钟" in departures[0].text


@pytest.mark.parametrize("now", [16, 17, 45])
def test_one_line_alone_counts_its_minutes_until_the_other_is_told(county: Standards, now: int) -> None:
    departures = found(county, now, went(15, CITY_PARTY))
    assert minutes_of(departures, DUAL) == [(now - 15, True)]
    assert "市政府办公室还没有办" in departures[0].text and f"已{now - 15}分钟" in departures[0].text
    assert departures[0].clause and not departures[0].pending


def test_in_the_minute_of_the_first_line_the_other_is_only_still_to_follow(county: Standards) -> None:
    [one] = found(county, 15, went(15, CITY_PARTY))
    assert one.pending and one.minutes == 0


def test_a_case_that_was_closed_counts_the_minutes_until_then(county: Standards) -> None:
    departures = found(county, 600, went(15, CITY_PARTY), closed(45))
    assert minutes_of(departures, DUAL) == [(30, True)]


def test_each_report_goes_up_on_both_lines(county: Standards) -> None:
    both = (went(15, CITY_PARTY), went(15, CITY_GOV))
    departures = found(county, 70, *both, went(60, CITY_PARTY, stage="续报", number=1))
    assert minutes_of(departures, DUAL) == [(10, True)] and "续报1：" in departures[0].text


def test_a_written_report_to_one_line_after_calls_to_both_is_no_matter_of_the_lines(
    county: Standards,
) -> None:
    both = (went(15, CITY_PARTY), went(15, CITY_GOV))
    assert found(county, 70, *both, went(20, CITY_PARTY, form="书面")) == []


def test_whose_standards_name_one_office_alone_is_not_blamed_for_the_other_line(county: Standards) -> None:
    case = case_of(county, went(15, CITY_PARTY))
    assert case.verdict is not None
    assert [one.rule for one in departures_of(case, county, after(60))] == [DUAL]
    case.verdict.report_to = tuple(one for one in case.verdict.report_to if (one.tier, one.line) != CITY_GOV)
    case.demanded.pop((CITY_GOV.tier, CITY_GOV.line))
    assert departures_of(case, county, after(60)) == []


def test_where_nothing_is_owed_the_reporting_rows_say_whether_there_is_another_line(
    county: Standards,
) -> None:
    minor = incident(deaths=0, injured=0, category="其他", direct_loss_wan=0)
    case = case_of(county, went(15, CITY_PARTY), facts=minor)
    assert case.verdict is not None and not case.verdict.report_to
    assert [one.rule for one in departures_of(case, county, after(60))] == [DUAL]
    one_line = copy.copy(county.on(HAPPENED.date()))
    one_line.reports = tuple(row for row in one_line.reports if CITY_GOV not in row.to)
    assert departures_of(case, one_line, after(60)) == []


def test_panshan_wants_both_lines_too(panshan: Standards) -> None:
    departures = found(panshan, 20, went(15, CITY_PARTY), facts=incident(deaths=2))
    assert minutes_of(departures, "panshan.dual-line") == [(5, True)]


def test_what_goes_up_before_the_wording_is_agreed_is_out_of_order_until_it_is(district: Standards) -> None:
    both = (went(15, CITY_PARTY), went(15, CITY_GOV))
    [one] = found(district, 25, *both)
    assert (one.rule, one.minutes, one.standing) == (INSIDE, 10, True) and "统一口径" in one.text
    [one] = found(district, 90, *both, agreed(40))
    assert (one.minutes, one.standing) == (25, False)
    assert found(district, 90, agreed(15), *both) == []


def test_what_is_released_before_it_was_reported_is_out_of_order(district: Standards) -> None:
    steps = (agreed(12), released(14, "区委宣传部"), went(20, CITY_PARTY), went(20, CITY_GOV))
    [one] = found(district, 60, *steps)
    assert (one.rule, one.minutes, one.standing) == (INSIDE, 6, False)
    assert one.text.startswith("区委宣传部") and "报市委办公室" in one.text


def test_only_the_one_outlet_releases_to_the_public(county: Standards) -> None:
    for name in ("县委宣传部", "宣传部", "示范县委宣传部"):
        assert found(county, 60, released(30, name)) == []
    [one] = found(county, 60, released(30, "县应急管理局"))
    assert one.rule == "county.release" and "县委宣传部" in one.text and not one.standing


def test_where_an_order_wants_it_signed_what_went_out_before_is_shown(broadcaster: Standards) -> None:
    on_air = incident(category="安全播出事故", outage_minutes=30)
    assert found(broadcaster, 60, signed(12), went(15, CITY_PARTY), facts=on_air) == []
    assert found(broadcaster, 60, signed(15), went(15, CITY_PARTY), facts=on_air) == []
    late = found(broadcaster, 60, went(15, CITY_PARTY), signed(16), facts=on_air)
    assert minutes_of(late, CONSENT) == [(1, False)]
    unsigned = found(broadcaster, 60, went(15, CITY_PARTY), facts=on_air)
    assert minutes_of(unsigned, CONSENT) == [(45, True)]


def test_a_signature_that_the_wording_alone_wants_is_looked_for_too(county: Standards) -> None:
    wanting = copy.copy(county.on(HAPPENED.date()))
    wanting.wording = {**wanting.wording, "signature": True}
    both = (went(15, CITY_PARTY), went(15, CITY_GOV))
    assert minutes_of(found(wanting, 60, *both), "wording.signature") == [(45, True)]
    assert minutes_of(found(wanting, 60, *both, signed(25)), "wording.signature") == [(10, False)]
    assert found(wanting, 60, signed(14), *both) == found(wanting, 60, signed(15), *both) == []


def test_only_those_standards_want_a_signature_that_say_so(
    county: Standards, district: Standards, broadcaster: Standards
) -> None:
    assert wants_signature(case_of(county), county) is None
    assert wants_signature(case_of(district), district) is None
    wanted = wants_signature(case_of(broadcaster), broadcaster)
    assert wanted is not None and wanted[0] == CONSENT and wanted[1]


@pytest.mark.parametrize(("deaths", "allowed"), [(9, False), (10, True), (11, True), ((9, 10), False)])
def test_the_next_level_is_passed_over_only_where_a_row_surely_allows_it(
    panshan: Standards, deaths: Any, allowed: bool
) -> None:
    case = case_of(panshan, facts=incident(deaths=deaths, injured=deaths))
    assert unallowed_skips(case, [CITY_PARTY], panshan, after(12)) == ()
    past = unallowed_skips(case, [CITY_PARTY, PROVINCE_PARTY], panshan, after(12))
    assert past == (() if allowed else (PROVINCE_PARTY,))


def test_where_a_level_may_be_passed_over_it_is_still_owed(panshan: Standards) -> None:
    grave = incident(deaths=10, injured=10)
    [one] = found(panshan, 20, went(15, PROVINCE_PARTY), facts=grave)
    assert one.rule == "panshan.skip.mass-casualties" and one.clause
    assert (one.minutes, one.standing) == (5, True) and "市级照样要报" in one.text
    told = found(panshan, 40, went(15, PROVINCE_PARTY), went(20, CITY_PARTY), went(20, CITY_GOV), facts=grave)
    assert told == []


def test_a_secret_case_goes_to_the_offices_that_its_way_names(county: Standards) -> None:
    way = {
        "channel": "机要交通",
        "to": [
            {"tier": "市", "line": "党委", "office": "市委办公室"},
            {"tier": "省", "line": "党委", "office": "省委办公厅"},
        ],
    }
    first = NewEntry(
        case="1",
        kind=EntryKind.RECEIVED.value,
        at=after(OPENED),
        recorded=after(OPENED),
        by="张",
        data={"incident": incident().to_json(), "secret": way},
    )
    case = fold_case("1", [first.placed(1, "")])
    assert unallowed_skips(case, [PROVINCE_PARTY], county, after(12)) == ()
    government = Address(Tier.PROVINCE, Line.GOVERNMENT)
    assert unallowed_skips(case, [government], county, after(12)) == (government,)


def test_a_case_that_was_taken_back_or_merged_departs_from_nothing(county: Standards) -> None:
    case = case_of(county, went(15, CITY_PARTY))
    for status in (Status.VOID, Status.MERGED):
        case.status = status
        assert departures_of(case, county, after(60)) == []


def test_a_level_that_no_row_lets_pass_is_told_with_when_it_was_done(county: Standards) -> None:
    both = (went(15, CITY_PARTY), went(15, CITY_GOV))
    [one] = found(county, 60, *both, went(20, PROVINCE_PARTY))
    assert one.rule == "skip" and "09:20" in one.text and not one.standing


def test_an_office_two_levels_up_that_the_standards_name_without_the_one_between_is_no_skip(
    county: Standards,
) -> None:
    case = case_of(county)
    assert case.verdict is not None
    ministry = Address(Tier.PROVINCE, Line.INDUSTRY)
    case.verdict.report_to = (OfficeDecision(*ministry, "省行业主管部门", Decision.REPORT),)
    assert unallowed_skips(case, [ministry], county, after(12)) == ()
    assert unallowed_skips(case, [PROVINCE_PARTY], county, after(12)) == (PROVINCE_PARTY,)


def test_the_broadcaster_may_tell_the_bureau_of_the_province_directly(broadcaster: Standards) -> None:
    bureau = Address(Tier.PROVINCE, Line.INDUSTRY)
    case = case_of(broadcaster, facts=incident(category="安全播出事故", outage_minutes=30))
    assert unallowed_skips(case, [bureau, PROVINCE_PARTY], broadcaster, after(12)) == (PROVINCE_PARTY,)
