"""Ladders whose rungs do not fit each other are told of, each at its row; ladders that fit are left alone."""

import pytest
from tests.standards.check.rung import findings, rung, said, table, when

LARGER = rung("larger", "较大", "at_least = 3", "below = 10")
SERIOUS = rung("serious", "重大", "at_least = 10", "below = 30")
GRAVEST = rung("gravest", "特别重大", "at_least = 30")
WHOLE = LARGER + SERIOUS + GRAVEST
LOSS = "direct_loss_wan"


def loss(id, grade, *bounds, **more):
    return rung(id, grade, *bounds, of=LOSS, **more)


BROKEN = {
    # gaps
    "the next rung begins later": (
        LARGER + rung("serious", "重大", "at_least = 15"),
        {("J101", "larger")},
    ),
    "the next rung begins one later": (
        LARGER + rung("serious", "重大", "at_least = 11"),
        {("J101", "larger")},
    ),
    "a gap in the middle of a whole ladder": (
        rung("larger", "较大", "at_least = 3", "below = 8") + SERIOUS + GRAVEST,
        {("J101", "larger")},
    ),
    "the gravest rung ends and nothing is graver": (
        LARGER + rung("serious", "重大", "at_least = 10", "below = 30"),
        {("J101", "serious")},
    ),
    "a gap in a sum of measures": (
        rung("larger", "较大", "at_least = 3", "below = 10", of=["deaths", "injured"])
        + rung("serious", "重大", "at_least = 12", of=["injured", "deaths"]),
        {("J101", "larger")},
    ),
    "a gap in money": (
        loss("larger", "较大", "at_least = 1000", "below = 5000")
        + loss("serious", "重大", "at_least = 5000.5"),
        {("J101", "larger")},
    ),
    "the next rung is there for one category only": (
        LARGER + rung("serious", "重大", "at_least = 10", category="火灾"),
        {("J101", "larger")},
    ),
    "a group, and a gap in one of its categories": (
        table("group", 'name = "两类"', 'categories = ["火灾", "道路交通事故"]')
        + rung("larger", "较大", "at_least = 3", "below = 10", category="两类")
        + rung("serious.fire", "重大", "at_least = 10", category="火灾")
        + rung("serious.road", "重大", "at_least = 12", category="道路交通事故"),
        {("J101", "larger")},
    ),
    "the newer of two next rungs begins later": (
        LARGER
        + rung("serious.old", "重大", "at_least = 10", effective_to="2014-12-31")
        + rung("serious.new", "重大", "at_least = 12", effective_from="2015-01-01"),
        {("J101", "larger")},
    ),
    "a next rung ended, and the one that goes on begins later": (
        LARGER
        + rung("serious.old", "重大", "at_least = 10", effective_to="2014-12-31")
        + rung("serious", "重大", "at_least = 15"),
        {("J101", "larger")},
    ),
    "the grade between ended before the lowest began": (
        rung("ordinary", "一般", "at_least = 1", "below = 8", effective_from="2015-01-01")
        + rung("larger", "较大", "at_least = 3", effective_to="2014-12-31")
        + rung("serious", "重大", "at_least = 10"),
        {("J101", "ordinary")},
    ),
    "a row with a whole condition covers only part of the gap": (
        LARGER
        + rung("serious", "重大", "at_least = 20")
        + when("grade", "other", '{ measure = "deaths", at_least = 15 }', grade="特别重大"),
        {("J101", "larger"), ("J104", "serious")},
    ),
    # overlaps
    "a rung goes on behind the next one": (
        rung("larger", "较大", "at_least = 3", "below = 30") + SERIOUS + GRAVEST,
        {("J102", "larger")},
    ),
    "an overlap in a class": (
        rung("larger", "较大", "at_least = 3", "below = 12", category="事故灾难")
        + rung("serious", "重大", "at_least = 10", category="事故灾难"),
        {("J102", "larger")},
    ),
    "an overlap by half a unit": (
        loss("larger", "较大", "at_least = 1000", "below = 5000.5")
        + loss("serious", "重大", "at_least = 5000"),
        {("J102", "larger")},
    ),
    "an overlap from the day on which the newer rung holds": (
        LARGER
        + rung("serious.old", "重大", "at_least = 10", effective_to="2014-12-31")
        + rung("serious.new", "重大", "at_least = 8", effective_from="2015-01-01"),
        {("J102", "larger")},
    ),
    # the number itself
    "the number belongs to no rung": (
        LARGER + rung("serious", "重大", "more_than = 10"),
        {("J103", "larger")},
    ),
    "the amount belongs to no rung": (
        loss("larger", "较大", "at_least = 1000", "below = 5000")
        + loss("serious", "重大", "more_than = 5000"),
        {("J103", "larger")},
    ),
    "the number belongs to two rungs": (
        rung("larger", "较大", "at_least = 3", "below = 11") + SERIOUS + GRAVEST,
        {("J103", "larger")},
    ),
    "rungs count differently and none says where it ends": (
        rung("larger", "较大", "at_least = 3") + rung("serious", "重大", "more_than = 10"),
        {("J103", "serious")},
    ),
    "rungs count differently the other way round": (
        rung("larger", "较大", "more_than = 3") + rung("serious", "重大", "at_least = 10"),
        {("J103", "serious")},
    ),
    # order
    "two numbers changed places": (
        rung("larger", "较大", "at_least = 10") + rung("serious", "重大", "at_least = 3"),
        {("J104", "larger")},
    ),
    "the gravest begins below the serious": (
        rung("larger", "较大", "at_least = 3")
        + rung("serious", "重大", "at_least = 10")
        + rung("gravest", "特别重大", "at_least = 5"),
        {("J104", "serious")},
    ),
    "more than nine is not more than ten or more": (
        rung("larger", "较大", "more_than = 9") + rung("serious", "重大", "at_least = 10"),
        {("J105", "larger")},
    ),
    "a sum out of order": (
        rung("larger", "较大", "at_least = 9", of=["deaths", "injured"])
        + rung("serious", "重大", "at_least = 5", of=["deaths", "injured"]),
        {("J104", "larger")},
    ),
    "one bound and two grades": (
        rung("larger", "较大", "at_least = 10") + rung("serious", "重大", "at_least = 10"),
        {("J105", "larger")},
    ),
    "one bound and two grades on one day of both": (
        rung("larger", "较大", "at_least = 10", effective_to="2015-01-01")
        + rung("serious", "重大", "at_least = 10", effective_from="2015-01-01"),
        {("J105", "larger")},
    ),
    # a rung too few
    "a grade is skipped": (
        rung("ordinary", "一般", "at_least = 1") + rung("serious", "重大", "at_least = 10"),
        {("J106", "serious")},
    ),
    # 万 and 亿
    "a hundred million written in yuan": (
        loss("larger", "较大", "at_least = 1000")
        + loss("serious", "重大", "at_least = 5000")
        + loss("gravest", "特别重大", "at_least = 100000000"),
        {("J107", "gravest")},
    ),
    "one 亿 written as 1": (
        loss("larger", "较大", "at_least = 1000")
        + loss("serious", "重大", "at_least = 5000")
        + loss("gravest", "特别重大", "at_least = 1"),
        {("J107", "gravest")},
    ),
    "a slip in the middle": (
        loss("larger", "较大", "at_least = 1000")
        + loss("serious", "重大", "at_least = 50000000")
        + loss("gravest", "特别重大", "at_least = 10000"),
        {("J107", "serious")},
    ),
    "a slip in the lowest": (
        loss("larger", "较大", "at_least = 0.1")
        + loss("serious", "重大", "at_least = 5000")
        + loss("gravest", "特别重大", "at_least = 10000"),
        {("J107", "larger")},
    ),
    "a slip in where a rung ends": (
        loss("larger", "较大", "at_least = 1000", "below = 50000000")
        + loss("serious", "重大", "at_least = 5000"),
        {("J107", "larger")},
    ),
    "a slip between two rungs": (
        loss("larger", "较大", "at_least = 1000") + loss("serious", "重大", "at_least = 50000000"),
        {("J107", "serious")},
    ),
    "a reporting row in yuan where the ladder is in 万元": (
        loss("larger", "较大", "at_least = 1000")
        + loss("serious", "重大", "at_least = 5000")
        + when("report", "x", '{ measure = "direct_loss_wan", at_least = 10000000 }'),
        {("J107", "x")},
    ),
    "a limit in 亿元 beside a report in 万元": (
        when("report", "r", '{ measure = "direct_loss_wan", at_least = 1000 }')
        + when("limit", "x", '{ all = [{ tag = "学生" }, { measure = "direct_loss_wan", at_least = 0.1 }] }'),
        {("J107", "r"), ("J107", "x")},
    ),
}

SOUND = {
    "a whole ladder": WHOLE,
    "an open top and no end said": rung("larger", "较大", "at_least = 3")
    + rung("serious", "重大", "at_least = 10"),
    "any loss at all": loss("ordinary", "一般", "more_than = 0", "below = 1000")
    + loss("larger", "较大", "at_least = 1000"),
    "any loss at all, without an end": loss("ordinary", "一般", "more_than = 0")
    + loss("larger", "较大", "at_least = 1000"),
    "more than nine is ten": LARGER + rung("serious", "重大", "more_than = 9"),
    "a ladder that begins at 重大": rung("serious", "重大", "at_least = 10", "below = 30") + GRAVEST,
    "a skipped grade that the rung below says": rung("ordinary", "一般", "at_least = 1", "below = 10")
    + rung("serious", "重大", "at_least = 10"),
    "a skipped grade that another condition brings": rung("ordinary", "一般", "at_least = 1")
    + when(
        "grade", "larger", '{ all = [{ tag = "学生" }, { measure = "deaths", at_least = 2 }] }', grade="较大"
    )
    + rung("serious", "重大", "at_least = 10"),
    "old and new ladders that never meet": rung(
        "old.larger", "较大", "at_least = 3", "below = 10", effective_to="2014-12-28"
    )
    + rung("old.serious", "重大", "at_least = 10", effective_to="2014-12-28")
    + rung("new.larger", "较大", "at_least = 5", "below = 20", effective_from="2014-12-29")
    + rung("new.serious", "重大", "at_least = 20", effective_from="2014-12-29"),
    "two categories, two ladders": rung("fire.larger", "较大", "at_least = 3", "below = 10", category="火灾")
    + rung("fire.serious", "重大", "at_least = 10", category="火灾")
    + rung("road.larger", "较大", "at_least = 5", "below = 20", category="道路交通事故")
    + rung("road.serious", "重大", "at_least = 20", category="道路交通事故"),
    "two measures, two ladders": WHOLE
    + rung("hurt.larger", "较大", "at_least = 10", "below = 50", of="seriously_injured")
    + rung("hurt.serious", "重大", "at_least = 50", of="seriously_injured"),
    "what seems a gap is taken up by a whole condition": LARGER
    + when(
        "grade",
        "serious",
        '{ any = [{ measure = "deaths", at_least = 10 }, { measure = "injured", at_least = 50 }] }',
        grade="重大",
    ),
    "a gap that a whole condition takes up before the next rung": LARGER
    + rung("serious", "重大", "at_least = 15")
    + when(
        "grade",
        "also",
        '{ any = [{ measure = "deaths", at_least = 10 }, { measure = "injured", at_least = 50 }] }',
        grade="重大",
    ),
    "true ladders of money": loss("ordinary", "一般", "at_least = 1", "below = 1000")
    + loss("larger", "较大", "at_least = 1000", "below = 5000")
    + loss("serious", "重大", "at_least = 5000", "below = 10000")
    + loss("gravest", "特别重大", "at_least = 10000"),
    "a small ladder of money": loss("ordinary", "一般", "at_least = 0.5", "below = 50")
    + loss("larger", "较大", "at_least = 50", "below = 300")
    + loss("serious", "重大", "at_least = 300"),
    "a ladder with a long first rung": rung("ordinary", "一般", "at_least = 1", "below = 5000", of="injured")
    + rung("larger", "较大", "at_least = 5000", "below = 10000", of="injured")
    + rung("serious", "重大", "at_least = 10000", "below = 50000", of="injured")
    + rung("gravest", "特别重大", "at_least = 50000", of="injured"),
    "a report at the lowest of the ladder": loss("ordinary", "一般", "at_least = 1", "below = 1000")
    + loss("larger", "较大", "at_least = 1000", "below = 10000")
    + loss("serious", "重大", "at_least = 10000")
    + when("report", "x", '{ all = [{ tag = "学生" }, { measure = "direct_loss_wan", at_least = 1 }] }'),
    "a report far below the ladder": loss("larger", "较大", "at_least = 1000")
    + loss("serious", "重大", "at_least = 5000")
    + when("report", "x", '{ all = [{ tag = "学生" }, { measure = "direct_loss_wan", at_least = 1 }] }'),
    "a ladder whose middle ended before its lowest began": rung(
        "ordinary", "一般", "at_least = 1", "below = 10", effective_from="2015-01-01"
    )
    + rung("larger", "较大", "at_least = 3", effective_to="2014-12-31")
    + rung("serious", "重大", "at_least = 10"),
    "one person or more, and then very many": rung(
        "ordinary", "一般", "at_least = 1", "below = 20000", of="injured"
    )
    + rung("larger", "较大", "at_least = 20000", of="injured"),
    "a ladder of one unit each": rung("larger", "较大", "at_least = 1", "below = 2")
    + rung("serious", "重大", "at_least = 2", "below = 3")
    + rung("gravest", "特别重大", "at_least = 3"),
    "the next rung begins on a later day": LARGER
    + rung("serious", "重大", "at_least = 10", effective_from="2015-01-01"),
}

OVERLAYS = {
    "a rung is replaced and the one below is not": (
        rung("serious", "重大", "at_least = 12", "below = 30"),
        {("J101", "larger")},
    ),
    "a rung is replaced so that it overlaps": (
        rung("larger", "较大", "at_least = 3", "below = 12"),
        {("J102", "larger")},
    ),
    "a rung is replaced and counts otherwise": (
        rung("serious", "重大", "more_than = 10", "below = 30"),
        {("J103", "larger")},
    ),
    "a rung is replaced and is out of order": (
        rung("gravest", "特别重大", "at_least = 5"),
        {("J104", "serious")},
    ),
    "a lighter rung is laid over a graver one": (
        rung("local", "较大", "at_least = 12", category="火灾"),
        {("J104", "local"), ("J202", "local")},
    ),
    "a stricter rung of its own": (rung("local", "重大", "at_least = 8", category="火灾"), set()),
    "the gravest grade for what the base has at 较大": (
        rung("local", "特别重大", "at_least = 2", category="火灾"),
        set(),
    ),
    "the same bound as a rung of the base, and graver": (
        rung("local", "重大", "at_least = 3", category="火灾"),
        set(),
    ),
    "a stricter ladder of its own": (
        rung("local.larger", "较大", "at_least = 2", "below = 5", category="火灾")
        + rung("local.serious", "重大", "at_least = 5", "below = 20", category="火灾")
        + rung("local.gravest", "特别重大", "at_least = 20", category="火灾"),
        set(),
    ),
    "a rung is replaced as it was": (SERIOUS, set()),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_ladder_is_told_of_at_its_row(tmp_path, name):
    more, expected = BROKEN[name]
    found = {(code, row) for code, row in said(tmp_path, more) if code < "J2"}
    assert found == expected


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_ladder_is_left_alone(tmp_path, name):
    assert {(code, row) for code, row in said(tmp_path, SOUND[name]) if code < "J2"} == set()


@pytest.mark.parametrize("name", OVERLAYS)
def test_a_ladder_is_looked_at_with_what_an_overlay_lays_over_it(tmp_path, name):
    overlay, expected = OVERLAYS[name]
    assert said(tmp_path, WHOLE, overlay) == expected


def test_another_document_may_count_otherwise_than_the_base(tmp_path):
    base = rung("larger", "较大", "at_least = 3")
    assert said(tmp_path, base, rung("serious", "重大", "more_than = 10")) == set()


def test_a_gap_names_both_numbers_and_stands_at_the_line_of_the_end(tmp_path):
    (gap,) = findings(tmp_path, BROKEN["the next rung begins later"][0])
    assert (
        gap.text
        == "“较大”（larger）写到10人为止（不含），“重大”（serious）从15人起，中间的数不属于任何一档。"
    )
    assert gap.excerpt == "below = 10"


def test_a_finding_in_some_categories_only_says_in_which(tmp_path):
    more = BROKEN["a group, and a gap in one of its categories"][0]
    (gap,) = [finding for finding in findings(tmp_path, more) if finding.code == "J101"]
    assert gap.text.startswith("在道路交通事故中，")


def test_a_slip_says_what_the_figure_should_be(tmp_path):
    (slip,) = findings(tmp_path, BROKEN["one 亿 written as 1"][0])
    assert "疑似应为10000万元" in slip.text


def test_a_rung_of_a_base_is_told_of_in_the_base(tmp_path):
    (gap,) = findings(tmp_path, WHOLE, OVERLAYS["a rung is replaced and the one below is not"][0])
    assert gap.file.endswith("base.toml")
