"""Sources and days: clauses that name a document, rows that follow one another, windows that were kept up."""

import pytest
from tests.standards.check.base import found
from tests.standards.check.test_broken_packs import grade, limit, owners, report, rung, table

from jinji_report.standards.check.sources import nothing_said


def codes(folder, more):
    return [f.code for f in found(folder, more) if f.code[:2] not in ("J1", "J2")]


@pytest.mark.parametrize(
    "clause",
    [
        "待补", "待补充：省里的文件", "TODO", "todo 查一下", "同上", "同上。", "无", "（略）", "——", "…", "?", "xxx", "N/A",
        "第三条", "三", "第12条第一款", "第三条（二）",
    ],
)  # fmt: skip
def test_a_clause_that_names_no_document_says_nothing(clause):
    assert nothing_said(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "条例第三条",
        "国令第493号",
        "某办法",
        "通行做法",
        "需求 R2",
        "应急〔2020〕19号",
        "GB/T 28592",
        "无障碍环境建设法第三条",
    ],
)
def test_a_clause_that_names_one_says_something(clause):
    assert not nothing_said(clause)


def test_a_rung_from_memory_is_told_with_its_figure(tmp_path):
    (finding,) = [
        f for f in found(tmp_path, rung("g.x").replace("confirmed", "recalled")) if f.code == "J701"
    ]
    assert "重大：死亡 ≥ 10" in finding.text


def test_a_weak_source_is_a_source(tmp_path):
    assert codes(tmp_path, rung("g.x").replace("confirmed", "weak")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("effective_to = 2014-12-28",), ("effective_from = 2014-12-29",)),  # from one day to the next
        (("effective_to = 2014-12-28",), ()),  # the other always held
        (("effective_to = 2014-12-31",), ("effective_from = 2010-01-01",)),  # begun long before
        (("effective_to = 2014-12-28",), ("effective_to = 2013-01-01",)),  # both ended
        (("effective_from = 2015-01-01",), ("effective_from = 2014-01-01",)),
    ],
)
def test_rows_without_a_hole_between_them(tmp_path, old, new):
    assert "J704" not in codes(tmp_path, rung("g.old", *old) + rung("g.new", *new))


@pytest.mark.parametrize(
    "other",
    [
        ('grade = "较大"', 'category = "火灾"', 'measure = "deaths"', "at_least = 3"),
        ('grade = "重大"', 'category = "道路交通事故"', 'measure = "deaths"', "at_least = 10"),
        ('grade = "重大"', 'category = "火灾"', 'measure = "seriously_injured"', "at_least = 50"),
        ('grade = "重大"', 'category = "火灾"', 'when = { tag = "学生" }'),
    ],
)
def test_rows_about_something_else_are_no_successors(tmp_path, other):
    more = rung("g.old", "effective_to = 2014-04-30") + grade("g.new", *other, "effective_from = 2014-06-01")
    assert codes(tmp_path, more) == []


def test_a_third_row_may_fill_the_hole(tmp_path):
    more = rung("g.1", "effective_to = 2014-04-30") + rung("g.3", "effective_from = 2014-06-01")
    more += rung("g.2", "effective_from = 2014-05-01", "effective_to = 2014-05-31")
    assert codes(tmp_path, more) == []


def test_a_row_that_ended_for_good_is_no_hole(tmp_path):
    assert codes(tmp_path, rung("g.old", "effective_to = 2014-04-30")) == []


def test_a_hole_of_one_day_is_told_as_one_day(tmp_path):
    more = rung("g.old", "effective_to = 2014-12-28") + rung("g.new", "effective_from = 2014-12-30")
    (finding,) = [f for f in found(tmp_path, more) if f.code == "J704"]
    assert "2014-12-29 这一天" in finding.text
    assert "effective_from 写 2014-12-29" in finding.remedy


def test_a_condition_with_other_figures_follows_the_one_before(tmp_path):
    when = 'when = {{ all = [{{ measure = "deaths", {op} = {n} }}, {{ tag = "学生" }}] }}'
    more = grade("g.1", 'grade = "重大"', when.format(op="at_least", n=10), "effective_to = 2014-04-30")
    more += grade("g.2", 'grade = "重大"', when.format(op="more_than", n=9), "effective_from = 2014-06-01")
    assert codes(tmp_path, more) == ["J704"]


@pytest.mark.parametrize("kind", ["limit", "owner", "report"])
def test_rows_of_every_kind_can_leave_a_hole(tmp_path, kind):
    rows = {
        "limit": lambda id, day: limit(id, 'starts = "occurred"', "within = 60", day),
        "owner": lambda id, day: (
            owners("火灾", "行业").replace("o.行业", id).replace("[[owner]]", f"[[owner]]\n{day}")
        ),
        "report": lambda id, day: report(day).replace("r.x", id),
    }[kind]
    more = rows("x.1", "effective_to = 2014-04-30") + rows("x.2", "effective_from = 2014-06-01")
    assert codes(tmp_path, more) == ["J704"]


def test_two_documents_that_both_still_hold_do_not_overlap(tmp_path):
    more = rung("g.1", "effective_from = 2007-06-01") + rung("g.2", "effective_from = 2014-06-01")
    assert codes(tmp_path, more) == []


def test_a_rule_for_a_while_within_another_is_no_successor(tmp_path):
    more = rung("g.1", "effective_from = 2007-06-01", "effective_to = 2020-12-31")
    more += rung("g.2", "effective_from = 2008-08-01", "effective_to = 2008-08-31")
    assert codes(tmp_path, more) == []


def test_a_holiday_that_runs_over_new_year_has_come_as_far_as_its_last_day(tmp_path):
    more = table("window", 'name = "元旦"', "spans = [[2026-12-31, 2027-01-02]]")
    more += table("window", 'name = "国庆"', "spans = [[2027-10-01, 2027-10-07]]")
    assert codes(tmp_path, more) == []


def test_a_window_of_every_year_needs_no_dates(tmp_path):
    more = table(
        "window", 'name = "汛期"', 'yearly = [["06-01", "09-30"]]', "spans = [[2020-05-01, 2020-05-30]]"
    )
    more += table("window", 'name = "国庆"', "spans = [[2027-10-01, 2027-10-07]]")
    assert codes(tmp_path, more) == []


@pytest.mark.parametrize(
    ("day", "is_one"), [("02-29", True), ("02-30", False), ("04-31", False), ("12-31", True)]
)
def test_a_day_of_the_year_must_be_in_the_calendar(tmp_path, day, is_one):
    more = table("window", 'name = "防火期"', f'yearly = [["01-01", "{day}"]]')
    assert codes(tmp_path, more) == ([] if is_one else ["J707"])
