"""Names: what is said of one that does not exist, and what is no defect."""

import pytest
from tests.standards.check.base import found
from tests.standards.check.test_broken_packs import PUPILS, TO_CITY, dated, grade, limit, report, table


def only(folder, more):
    (finding,) = [f for f in found(folder, more) if f.code[:2] not in ("J1", "J2")]
    return finding


def codes(folder, more):
    return [f.code for f in found(folder, more) if f.code[:2] not in ("J1", "J2")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("火灾事故", "火灾"), ("道路交通事过", "道路交通事故"), ("事故灾", "事故灾难")],
)
def test_a_name_that_was_perhaps_meant_is_offered(tmp_path, written, meant):
    assert f"是不是“{meant}”？" in only(tmp_path, report(f'category = "{written}"')).remedy


def test_a_name_like_no_other_offers_nothing(tmp_path):
    finding = only(tmp_path, report('category = "地震"'))
    assert "是不是" not in finding.remedy
    assert "[[category]]" in finding.remedy


def test_the_sentence_names_the_row_and_the_name(tmp_path):
    text = only(tmp_path, grade("g.fire", 'grade = "较大"', 'measure = "dead"', "at_least = 3")).text
    assert "g.fire" in text
    assert "数量“dead”" in text


def test_every_unknown_name_of_a_row_is_found(tmp_path):
    when = 'when = { any = [{ tag = "教师" }, { window = "春节" }, { measure = "dead", at_least = 1 }] }'
    assert codes(tmp_path, dated("factor", *PUPILS, when)) == ["J301"] * 3


def test_a_pack_with_unknown_names_is_still_looked_at_for_the_rest(tmp_path):
    more = report('category = "火警"').replace("某办法第三条", "待补")
    assert sorted(codes(tmp_path, more)) == ["J301", "J703"]


@pytest.mark.parametrize("names", ['"事故灾难"', '["火灾", "自然灾害"]', '"各类"'])
def test_classes_and_groups_are_categories(tmp_path, names):
    group = table("group", 'name = "各类"', 'categories = ["事故灾难", "火灾"]')
    assert codes(tmp_path, group + dated("watch", 'id = "w.x"', "days = 7", f"category = {names}")) == []


def test_the_same_row_again_in_a_later_file_replaces_it_and_is_not_twice(tmp_path):
    found(tmp_path, report(), name="below")
    text = '\nextends = ["below"]\n'
    top = 'id = "top"\ntitle = "上"' + text + report('when = { measure = "deaths", at_least = 5 }')
    assert codes(tmp_path, top) == []


@pytest.mark.parametrize(
    "unit",
    [
        "消防救援",
        "事故单位",
        "市委办公室",
        "甲县委办公室",
        "事发单位或医疗机构",
        "消防救援和公安",
        "消",
        "县政府",
    ],
)
def test_a_unit_that_owes_need_not_be_an_owner(tmp_path, unit):
    row = limit("l.x", f'owes = "{unit}"', TO_CITY, 'starts = "discovered"', "within = 60")
    assert codes(tmp_path, row) == []


@pytest.mark.parametrize("unit", ["消防救援局", "消防救援支队", "公安交管部门"])
def test_a_unit_that_is_an_owner_under_another_name_is_found(tmp_path, unit):
    row = limit("l.x", f'owes = "{unit}"', TO_CITY, 'starts = "discovered"', "within = 60")
    assert codes(tmp_path, row) == ["J308"]


def test_a_member_that_a_group_lacks_is_said_once_however_many_rows_use_it(tmp_path):
    more = table("group", 'name = "各类"', 'categories = ["火灾", "山火"]')
    more += dated("watch", 'id = "w.x"', "days = 7", 'category = "各类"') + report('category = "各类"')
    assert only(tmp_path, more).row == "各类"


def test_a_row_that_bears_the_same_unknown_name_itself_is_said_too(tmp_path):
    more = table("group", 'name = "各类"', 'categories = ["火灾", "山火"]') + report('category = "山火"')
    assert sorted(f.row for f in found(tmp_path, more) if f.code == "J301") == ["r.x", "各类"]


def test_a_circle_is_said_once_however_many_rows_use_it(tmp_path):
    more = table("group", 'name = "甲组"', 'categories = ["甲组", "火灾"]')
    more += dated("watch", 'id = "w.x"', "days = 7", 'category = "甲组"') + report('category = "甲组"')
    assert codes(tmp_path, more) == ["J305"]
