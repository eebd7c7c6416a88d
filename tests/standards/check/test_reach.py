"""Rows that can never hold, always hold or never decide anything are told of; the others are left alone."""

import pytest
from tests.standards.check.base import CHECK_BASE
from tests.standards.check.rung import CITY, CITY_GOVERNMENT, findings, rung, said, table, when

from jinji_report.standards.check import reach
from jinji_report.standards.findings import Subject
from jinji_report.standards.load import read_chain

LADDER = rung("larger", "较大", "at_least = 3", "below = 10") + rung("serious", "重大", "at_least = 10")
SPRING = table("window", 'name = "春节"', "spans = [[2026-02-15, 2026-02-23]]")
SUMMER = table("window", 'name = "汛期"', 'yearly = [["06-01", "09-30"]]')


def deaths(number, op="at_least"):
    return f'{{ measure = "deaths", {op} = {number} }}'


def both(*parts):
    return f"{{ all = [{', '.join(parts)}] }}"


def either(*parts):
    return f"{{ any = [{', '.join(parts)}] }}"


def none(part):
    return f"{{ not = {part} }}"


def tag(*names):
    return f"{{ tag = {list(names)!r} }}".replace("'", '"')


PUPILS = '{ tag = "学生" }'
FIRE = '{ category = "火灾" }'

BROKEN = {
    # never
    "bounds that contradict each other": (
        when("report", "x", both(deaths(10), deaths(10, "below"))),
        {("J201", "x")},
    ),
    "more than and at most the same number": (
        when("report", "x", both(deaths(5, "more_than"), deaths(5, "at_most"))),
        {("J201", "x")},
    ),
    "between two whole numbers": (
        when("report", "x", both(deaths(5, "more_than"), deaths(6, "below"))),
        {("J201", "x")},
    ),
    "a part above its whole": (
        when(
            "report",
            "x",
            both('{ measure = "seriously_injured", at_least = 5 }', '{ measure = "injured", below = 5 }'),
        ),
        {("J201", "x")},
    ),
    "a sum below one of its parts": (
        when("report", "x", both(deaths(9), '{ measure = ["deaths", "injured"], below = 9 }')),
        {("J201", "x")},
    ),
    "a sum above what its parts may be": (
        when(
            "report",
            "x",
            both(
                deaths(3, "at_most"),
                '{ measure = "injured", at_most = 3 }',
                '{ measure = ["deaths", "injured"], more_than = 6 }',
            ),
        ),
        {("J201", "x")},
    ),
    "a tag that must and must not be there": (
        when("report", "x", both(PUPILS, none(tag("学生", "校园")))),
        {("J201", "x")},
    ),
    "a category outside its list": (
        when("report", "x", FIRE, 'category = "道路交通事故"'),
        {("J201", "x")},
    ),
    "no category that is both": (
        when("report", "x", both(FIRE, '{ category = "道路交通事故" }')),
        {("J201", "x")},
    ),
    "a factor that can never hold": (
        when("factor", "学生受害", both(PUPILS, none(PUPILS)))
        + when("report", "x", '{ factor = "学生受害" }'),
        {("J205", "学生受害"), ("J201", "x")},
    ),
    "a grade that no ladder reaches": (
        LADDER + when("report", "x", '{ grade_at_least = "特别重大" }'),
        {("J201", "x")},
    ),
    "a grade that the categories of the row do not have": (
        rung("fire", "较大", "at_least = 3", category="火灾")
        + rung("road", "一般", "at_least = 3", category="道路交通事故")
        + when("report", "x", '{ grade_at_least = "较大" }', 'category = "道路交通事故"'),
        {("J201", "x"), ("J204", "道路交通事故")},
    ),
    "a window that closed before the row began": (
        SPRING + when("report", "x", '{ window = "春节" }', "effective_from = 2027-01-01"),
        {("J201", "x")},
    ),
    "two windows that never meet": (
        SPRING + SUMMER + when("report", "x", both('{ window = "春节" }', '{ window = "汛期" }')),
        {("J201", "x")},
    ),
    "a ladder that ended before the row began": (
        rung("larger", "较大", "at_least = 3", effective_to="2014-12-31")
        + rung("serious", "重大", "at_least = 10", effective_to="2014-12-31")
        + rung("ordinary", "较大", "at_least = 1", effective_from="2015-01-01")
        + when(
            "report", "x", '{ grade_at_least = "重大" }', "effective_from = 2015-01-01", to=(CITY_GOVERNMENT,)
        ),
        {("J201", "x")},
    ),
    "a grade row that contradicts itself": (
        LADDER + when("grade", "x", both(PUPILS, none(PUPILS)), grade="特别重大"),
        {("J201", "x")},
    ),
    "a skip that can never be taken": (
        when("skip", "x", both(deaths(3), deaths(2, "below"))),
        {("J201", "x")},
    ),
    # shadowed
    "a higher bound to the same office": (
        when("report", "three", deaths(3)) + when("report", "ten", deaths(10)),
        {("J202", "ten")},
    ),
    "the same row twice": (
        when("report", "one", deaths(3)) + when("report", "two", deaths(3)),
        {("J202", "two")},
    ),
    "a higher bound that stands first": (
        when("report", "ten", deaths(10)) + when("report", "three", deaths(3)),
        {("J202", "ten")},
    ),
    "one category of those that another row has": (
        when("report", "all", deaths(3), 'category = "事故灾难"')
        + when("report", "fire", deaths(5), 'category = "火灾"'),
        {("J202", "fire")},
    ),
    "a sum of more measures holds first": (
        when("report", "sum", '{ measure = ["deaths", "injured"], at_least = 5 }')
        + when("report", "x", deaths(5)),
        {("J202", "x")},
    ),
    "a part whose whole is reported already": (
        when("report", "hurt", '{ measure = "injured", at_least = 5 }')
        + when("report", "x", '{ measure = "seriously_injured", at_least = 5 }'),
        {("J202", "x")},
    ),
    "one more condition than another row": (
        when("report", "tag", PUPILS) + when("report", "x", both(PUPILS, deaths(1))),
        {("J202", "x")},
    ),
    "two rows report to its two offices": (
        when("report", "party", deaths(3))
        + when("report", "government", deaths(5), to=(CITY_GOVERNMENT,))
        + when("report", "x", deaths(6), to=(CITY, CITY_GOVERNMENT)),
        {("J202", "x")},
    ),
    "the graver grade to the same office": (
        LADDER + when("report", "x", '{ grade_at_least = "重大" }'),
        {("J202", "x")},
    ),
    "a bound that the grade has already": (
        LADDER + when("report", "x", deaths(5)),
        {("J202", "x")},
    ),
    "a span inside that of another row": (
        when("report", "always", deaths(3)) + when("report", "x", deaths(3), "effective_from = 2020-01-01"),
        {("J202", "x")},
    ),
    "the same grade twice": (
        rung("one", "较大", "at_least = 3") + rung("two", "较大", "at_least = 5"),
        {("J202", "two")},
    ),
    "a graver grade for no more": (
        LADDER + when("grade", "x", both(PUPILS, deaths(10)), grade="较大"),
        {("J202", "x")},
    ),
    "two skips": (
        when("skip", "one", deaths(3)) + when("skip", "two", deaths(10)),
        {("J202", "two")},
    ),
    # always
    "one of two that exclude each other": (
        when("report", "x", either(deaths(3), deaths(3, "below"))),
        {("J203", "x")},
    ),
    "none or more": (when("report", "x", deaths(0)), {("J203", "x")}),
    "a category that is the row's own": (
        when("report", "x", FIRE, 'category = "火灾"'),
        {("J203", "x")},
    ),
    "a tag or not": (
        when("owner", "x", either(PUPILS, none(PUPILS))),
        {("J203", "x")},
    ),
    "a part at most its whole": (
        when(
            "limit",
            "x",
            either('{ measure = "injured", at_least = 5 }', '{ measure = "seriously_injured", below = 5 }'),
        ),
        {("J203", "x")},
    ),
    # categories that nothing reports
    "a category whose grade is never reported": (
        rung("fire", "较大", "at_least = 3", category="火灾"),
        {("J204", "道路交通事故")},
    ),
    "a category that has only the lowest grade": (
        rung("fire", "较大", "at_least = 3", category="火灾")
        + rung("road", "一般", "at_least = 3", category="道路交通事故"),
        {("J204", "道路交通事故")},
    ),
    "a category of its own": (
        LADDER.replace("[[grade]]", '[[grade]]\ncategory = ["火灾", "道路交通事故"]')
        + table("category", 'name = "其他"', 'kind = "其他"'),
        {("J204", "其他")},
    ),
    # limits, owners, consultations
    "a limit that never runs": (
        when("limit", "x", both(deaths(3), deaths(3, "below"))),
        {("J205", "x")},
    ),
    "an owner whose tag may not be there": (
        when("owner", "x", both(PUPILS, none(PUPILS))),
        {("J205", "x")},
    ),
    "a consultation in no category": (
        when("consultation", "x", both(FIRE, '{ category = "道路交通事故" }')),
        {("J205", "x")},
    ),
    "a limit for a grade that is not there": (
        LADDER + when("limit", "x", '{ grade_at_least = "特别重大" }'),
        {("J205", "x")},
    ),
    # parts
    "a higher bound beside a lower one": (
        when("report", "x", either(deaths(3), deaths(10))),
        {("J206", "x")},
    ),
    "a lower bound besides a higher one": (
        when("report", "x", both(deaths(10), PUPILS, deaths(3))),
        {("J206", "x")},
    ),
    "a category that the row does not have": (
        when("report", "x", either('{ category = "道路交通事故" }', deaths(3)), 'category = "火灾"'),
        {("J206", "x")},
    ),
    "a part that can never hold": (
        when("limit", "x", either(PUPILS, both(deaths(3), deaths(2, "below")))),
        {("J206", "x")},
    ),
    "a part that the condition around it excludes": (
        when("limit", "x", both(none(PUPILS), either(PUPILS, deaths(3)))),
        {("J206", "x")},
    ),
    "a part under a not": (
        when("consultation", "x", none(either(deaths(3), deaths(10)))),
        {("J206", "x")},
    ),
}

SOUND = {
    "two measures": when("report", "dead", deaths(3))
    + when("report", "hurt", '{ measure = "injured", at_least = 3 }'),
    "two offices": when("report", "city", deaths(3))
    + when("report", "government", deaths(10), to=(CITY_GOVERNMENT,)),
    "one office more than another row": when("report", "party", deaths(3))
    + when("report", "x", deaths(5), to=(CITY, CITY_GOVERNMENT)),
    "a graver grade for fewer incidents": LADDER + when("grade", "x", both(PUPILS, deaths(5)), grade="重大"),
    "a grade that was reached until its ladder ended": rung(
        "larger", "较大", "at_least = 3", effective_to="2014-12-31"
    )
    + rung("ordinary", "一般", "at_least = 1")
    + when("report", "x", '{ grade_at_least = "较大" }', to=(CITY_GOVERNMENT,)),
    "two categories": when("report", "fire", deaths(3), 'category = "火灾"')
    + when("report", "road", deaths(5), 'category = "道路交通事故"'),
    "one more category": when("report", "fire", deaths(3), 'category = "火灾"')
    + when("report", "all", deaths(5), 'category = "事故灾难"'),
    "a span before another": when("report", "old", deaths(5), "effective_to = 2014-12-31")
    + when("report", "new", deaths(3), "effective_from = 2015-01-01"),
    "a span that goes on": when("report", "old", deaths(3), "effective_to = 2014-12-31")
    + when("report", "new", deaths(5)),
    "a whole whose part is reported already": when("report", "hurt", '{ measure = "injured", at_least = 5 }')
    + when("report", "seriously", '{ measure = "seriously_injured", at_least = 4 }'),
    "a sum beside one of its measures": when(
        "report", "sum", '{ measure = ["deaths", "injured"], at_least = 5 }'
    )
    + when("report", "x", deaths(4)),
    "just one number": when("report", "x", both(deaths(5), deaths(5, "at_most"))),
    "between two whole numbers there is an amount": when(
        "report",
        "x",
        both('{ measure = "direct_loss_wan", more_than = 5 }', '{ measure = "direct_loss_wan", below = 6 }'),
    ),
    "a part as large as its whole": when(
        "report",
        "x",
        both('{ measure = "seriously_injured", at_least = 5 }', '{ measure = "injured", at_most = 5 }'),
    ),
    "a rung for everything in a category": when("grade", "x", FIRE, 'category = "火灾"', grade="一般")
    + rung("road", "一般", "at_least = 1", category="道路交通事故")
    + LADDER,
    "graver grades, each its own": LADDER,
    "a window on some days": SPRING
    + SUMMER
    + when("report", "x", either('{ window = "春节" }', '{ window = "汛期" }')),
    "windows that meet": SUMMER
    + table("window", 'name = "七月"', 'yearly = [["07-01", "07-31"]]')
    + when("report", "x", both('{ window = "七月" }', PUPILS)),
    "either of two tags": when("report", "x", either(PUPILS, '{ tag = "校园" }')),
    "a part that narrows": when(
        "report", "x", both(PUPILS, either(deaths(1), '{ measure = "injured", at_least = 3 }'))
    ),
    "cases told apart": when("report", "x", either(both(FIRE, deaths(5)), both(none(FIRE), deaths(1)))),
    "a name that is not there is another matter": when(
        "report", "x", both('{ tag = "没有" }', none('{ tag = "没有" }'))
    ),
}

OVERLAYS = {
    "a stricter row of its own": (
        when("report", "base", deaths(10)),
        when("report", "local", deaths(3)),
        set(),
    ),
    "a row that the base has already": (
        when("report", "base", deaths(3)),
        when("report", "local", deaths(10)),
        {("J202", "local")},
    ),
    "a row put in the place of another": (
        when("report", "base", deaths(3)),
        when("report", "base", both(deaths(3), deaths(2, "below"))),
        {("J201", "base")},
    ),
    "a factor put in the place of one that holds": (
        when("factor", "学生受害", PUPILS) + when("report", "base", '{ factor = "学生受害" }'),
        when("factor", "学生受害", both(PUPILS, none(PUPILS))),
        {("J205", "学生受害"), ("J201", "base")},
    ),
    "a category of its own that nothing reports": (
        LADDER.replace("[[grade]]", '[[grade]]\ncategory = ["火灾", "道路交通事故"]'),
        table("category", 'name = "安全播出事故"', 'kind = "内部事项"'),
        {("J204", "安全播出事故")},
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_row_that_reaches_nothing_is_told_of(tmp_path, name):
    more, expected = BROKEN[name]
    assert said(tmp_path, more) == expected


@pytest.mark.parametrize("name", SOUND)
def test_a_row_that_has_its_own_is_left_alone(tmp_path, name):
    assert said(tmp_path, SOUND[name]) == set()


@pytest.mark.parametrize("name", OVERLAYS)
def test_rows_are_looked_at_with_what_an_overlay_lays_over_them(tmp_path, name):
    base, overlay, expected = OVERLAYS[name]
    assert said(tmp_path, base, overlay) == expected


def test_a_shadowed_row_names_the_row_that_shadows_it(tmp_path):
    (found,) = findings(tmp_path, BROKEN["a higher bound to the same office"][0])
    assert found.text == "ten 成立时，three 也成立，效果一样，ten 从来不起作用。"


def test_of_two_parts_that_say_the_same_one_is_idle(tmp_path):
    assert len(findings(tmp_path, when("report", "x", either(deaths(3), deaths(3))))) == 1


def test_an_idle_part_is_quoted(tmp_path):
    (found,) = findings(tmp_path, BROKEN["a higher bound beside a lower one"][0])
    assert '{ measure = "deaths", at_least = 10 }' in found.text
    assert found.excerpt.startswith("when =")


def test_a_category_of_the_base_that_an_overlay_never_reports_stands_in_the_overlay(tmp_path):
    (tmp_path / "base.toml").write_text(CHECK_BASE, encoding="utf-8")
    overlay = tmp_path / "overlay.toml"
    row = when("report", "local", deaths(3), 'category = "火灾"')
    overlay.write_text(f'id = "overlay"\ntitle = "本地"\nextends = ["base"]\n{row}', encoding="utf-8")
    (found,) = reach.find(Subject(read_chain(overlay)))
    assert (found.code, found.row, found.file) == ("J204", "道路交通事故", str(overlay))
    assert 'inherit = ["report"]' in found.remedy  # what an overlay with a row of its own most often forgot


def test_a_pack_without_a_desk_of_its_own_or_reports_owes_no_category_a_row(tmp_path):
    path = tmp_path / "grades.toml"
    head, _, _ = CHECK_BASE.partition("[[report]]")
    path.write_text(head + rung("fire", "较大", "at_least = 3", category="火灾"), encoding="utf-8")
    assert reach.find(Subject(read_chain(path))) == []


def test_a_condition_with_too_many_ways_is_passed_over_in_silence(tmp_path, monkeypatch):
    from jinji_report.standards import possible

    knot = both(
        *(either(deaths(n), f'{{ measure = "injured", at_least = {n} }}', PUPILS) for n in range(2, 5))
    )
    row = when(
        "report", "x", both(knot, deaths(1, "below"), '{ measure = "injured", below = 1 }', none(PUPILS))
    )
    assert ("J201", "x") in said(tmp_path, row)
    monkeypatch.setattr(possible, "MOST_CHOICES", -1)
    monkeypatch.setattr(possible._Search, "_settled", lambda *_: False)
    assert ("J201", "x") not in said(tmp_path, row)
