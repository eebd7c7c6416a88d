"""Limits against hops and one another: what can be kept, and what never shows."""

import pytest
from tests.standards.check.base import found
from tests.standards.check.test_broken_packs import (
    PROVINCE,
    PROVINCE_OFFICE,
    TO_CITY,
    dated,
    hops,
    limit,
    report,
)


def codes(folder, more):
    return [f.code for f in found(folder, more) if f.code[:2] not in ("J1", "J2")]


def test_hops_that_fill_the_whole_exactly_are_fine(tmp_path):
    assert codes(tmp_path, hops(20, 20) + limit("l.x", 'starts = "occurred"', "within = 40")) == []


@pytest.mark.parametrize(("minutes", "code"), [(39, "J602"), (21, "J602"), (20, "J601"), (1, "J601")])
def test_a_limit_is_too_short_where_the_levels_below_leave_nothing(tmp_path, minutes, code):
    assert codes(tmp_path, hops(20, 20) + limit("l.x", 'starts = "occurred"', f"within = {minutes}")) == [
        code
    ]


def test_hops_behind_the_office_that_gets_it_do_not_count(tmp_path):
    assert codes(tmp_path, hops(20, 20, 30, 30) + limit("l.x", 'starts = "occurred"', "within = 40")) == []


def test_a_limit_that_names_no_office_must_hold_for_every_one_that_is_reported_to(tmp_path):
    more = PROVINCE_OFFICE + report(to=PROVINCE) + hops(20, 20, 20)
    assert codes(tmp_path, more + limit("l.x", 'starts = "occurred"', "within = 45")) == ["J602"]
    assert codes(tmp_path, more + limit("l.x", TO_CITY, 'starts = "occurred"', "within = 45")) == []


@pytest.mark.parametrize(
    "lines",
    [
        ('starts = "received"', "within = 5"),  # from the level's own receipt, not from the incident
        ('starts = "sent"', "within = 5"),
        ('starts = "requested"', 'request = "核报"', "within = 5"),
        ('starts = "occurred"', 'daily = ["08:00"]'),
        ('owes = "事故单位"', TO_CITY, 'starts = "occurred"', "within = 5"),
    ],
)
def test_a_limit_that_does_not_run_over_the_hops_is_not_held_against_them(tmp_path, lines):
    assert codes(tmp_path, hops(20, 20) + limit("l.x", *lines)) == []


def test_the_sum_and_its_parts_are_told(tmp_path):
    more = hops(20, 25) + limit("l.x", 'starts = "occurred"', "within = 40")
    (finding,) = [f for f in found(tmp_path, more) if f.code == "J602"]
    assert "40 分钟" in finding.text
    assert "45 分钟（乡镇 20，县 25）" in finding.text
    assert "多出 5 分钟" in finding.text


def test_hops_that_have_ended_do_not_count(tmp_path):
    more = hops(20, 20).replace("minutes = 20", "minutes = 20\neffective_to = 2020-01-01")
    assert codes(tmp_path, more + limit("l.x", 'starts = "occurred"', "within = 30")) == []


def test_a_written_report_within_minutes_of_the_call_is_fine(tmp_path):
    more = hops(20, 20) + limit("l.1", 'starts = "occurred"', "until_hop = true")
    more += limit(
        "l.2", 'starts = "occurred"', "within = 30", "until_hop = true", 'after = "l.1"', form="书面"
    )
    assert codes(tmp_path, more) == []


def test_a_circle_of_three_is_said_at_each_of_them(tmp_path):
    more = "".join(
        limit(f"l.{a}", 'starts = "occurred"', "within = 30", f'after = "l.{b}"')
        for a, b in ("12", "23", "31")
    )
    findings = [f for f in found(tmp_path, more) if f.code == "J603"]
    assert [f.row for f in findings] == ["l.1", "l.2", "l.3"]
    assert "l.1 → l.2 → l.3 → l.1" in findings[0].text


def test_a_limit_behind_a_circle_is_not_in_it(tmp_path):
    more = limit("l.1", 'starts = "occurred"', "within = 30", 'after = "l.1"')
    more += limit("l.2", 'starts = "occurred"', "within = 30", 'after = "l.1"')
    assert [f.row for f in found(tmp_path, more) if f.code == "J603"] == ["l.1"]


@pytest.mark.parametrize(
    "lines",
    [
        (PROVINCE, 'owes = "事故单位"', 'starts = "discovered"', "within = 60"),
        (PROVINCE, 'starts = "requested"', 'request = "批示"', "within = 720"),
    ],
)
def test_a_limit_of_others_or_of_a_request_may_go_to_whom_no_row_reports(tmp_path, lines):
    assert codes(tmp_path, PROVINCE_OFFICE + limit("l.x", *lines)) == []


def test_a_limit_to_an_office_that_a_skip_reaches_is_fine(tmp_path):
    skip = dated(
        "skip", 'id = "s.x"', PROVINCE, 'text = "可以直报"', 'when = { measure = "deaths", at_least = 30 }'
    )
    assert (
        codes(tmp_path, PROVINCE_OFFICE + skip + limit("l.x", PROVINCE, 'starts = "occurred"', "within = 60"))
        == []
    )


def test_limits_of_a_base_for_other_levels_are_no_matter_of_the_pack_above(tmp_path):
    found(
        tmp_path,
        PROVINCE_OFFICE + report(to=PROVINCE) + limit("l.x", PROVINCE, 'starts = "occurred"', "within = 60"),
        "below",
    )
    top = 'id = "top"\ntitle = "上"\nextends = ["below"]\ninherit = ["limit"]\n' + report()
    assert codes(tmp_path, top) == []


def test_a_cadence_from_the_last_report_is_fine(tmp_path):
    assert (
        codes(tmp_path, limit("l.x", 'starts = "sent"', 'daily = ["08:00", "17:00"]', "repeats = true")) == []
    )
