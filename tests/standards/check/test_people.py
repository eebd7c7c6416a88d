"""Phones, owners and the call tree: whom the desk must be able to ring, and what is no defect."""

import pytest
from tests.standards.check.base import CHECK_BASE, found
from tests.standards.check.test_broken_packs import (
    PROVINCE,
    PROVINCE_OFFICE,
    contact,
    dated,
    owners,
    report,
    table,
)

SILENT_PROVINCE = PROVINCE_OFFICE.replace('phone = "0000-9"', "")
CATEGORY = table("category", 'name = "桥梁垮塌"', 'kind = "事故灾难"', 'strong = ["桥垮了"]')


def codes(folder, more, name="base"):
    return [f.code for f in found(folder, more, name) if f.code[:2] not in ("J1", "J2")]


def test_an_office_further_up_is_rung_by_the_level_between(tmp_path):
    assert codes(tmp_path, SILENT_PROVINCE + report(to=PROVINCE)) == []


def test_an_office_that_no_row_reports_to_needs_no_phone(tmp_path):
    assert codes(tmp_path, table("office", 'tier = "市"', 'line = "行业"', 'name = "市应急局"')) == []


def test_the_nearest_office_of_a_line_is_rung_even_two_levels_up(tmp_path):
    city = '[[office]]\ntier = "市"\nline = "党委"'
    text = CHECK_BASE.replace('to = [{ tier = "市", line = "党委" }]', PROVINCE).replace(city, city)
    assert codes(tmp_path, text + SILENT_PROVINCE) == ["J401"]


def test_the_other_line_of_the_own_level_is_rung(tmp_path):
    office = table("office", 'tier = "县"', 'line = "政府"', 'name = "县政府办公室"')
    row = report(to='to = [{ tier = "县", line = "政府" }]')
    assert codes(tmp_path, office + row) == ["J401"]


def test_the_desk_does_not_ring_itself(tmp_path):
    office = table("office", 'tier = "县"', 'line = "党委"', 'name = "县委办公室"')
    assert codes(tmp_path, office + report(to='to = [{ tier = "县", line = "党委" }]')) == []


def test_a_contact_of_the_office_with_a_number_is_enough(tmp_path):
    office = table("office", 'tier = "市"', 'line = "行业"', 'name = "市应急局"')
    row = report(to='to = [{ tier = "市", line = "行业" }]')
    number = table("contact", 'id = "c.city"', 'unit = "市应急局"', 'phone = "0000-5"')
    assert codes(tmp_path, office + row) == ["J401"]
    assert codes(tmp_path, office + row + number) == []


def test_an_owner_of_all_categories_answers_for_each(tmp_path):
    everywhere = owners("桥梁垮塌").replace('category = "桥梁垮塌"\n', "")
    assert codes(tmp_path, CATEGORY + everywhere) == []


def test_an_owner_of_a_class_answers_for_its_categories(tmp_path):
    assert codes(tmp_path, CATEGORY + owners("桥梁垮塌").replace('"桥梁垮塌"', '"事故灾难"')) == []


def test_owners_that_answer_between_them_for_every_case_are_enough(tmp_path):
    row = 'unit = "{unit}"\nside = "行业"\nangle = "桥"\ncategory = "桥梁垮塌"\nwhen = {{ measure = "deaths", {op} = 3 }}'
    both = dated("owner", 'id = "o.1"', row.format(unit="甲", op="at_least"))
    both += dated("owner", 'id = "o.2"', row.format(unit="乙", op="below"))
    assert codes(tmp_path, CATEGORY + owners("桥梁垮塌", "属地") + both) == []


def test_an_owner_whose_condition_no_incident_of_the_category_fails_is_one(tmp_path):
    always = owners("桥梁垮塌").replace("[[owner]]", '[[owner]]\nwhen = { not = { category = "火灾" } }')
    assert codes(tmp_path, CATEGORY + always) == []


def test_an_owner_for_pupils_alone_is_named_as_one_that_is_not_enough(tmp_path):
    pupils = owners("桥梁垮塌", "行业").replace("[[owner]]", '[[owner]]\nwhen = { tag = "学生" }')
    (finding,) = [
        f for f in found(tmp_path, CATEGORY + owners("桥梁垮塌", "属地") + pupils) if f.code == "J402"
    ]
    assert "o.行业 只在有的情形下负责" in finding.text


def test_two_contacts_at_different_hours_may_share_a_place(tmp_path):
    tree = contact("c.day", "call = 1", 'hours = "工作时间"') + contact(
        "c.night", "call = 1", 'hours = "非工作时间"'
    )
    assert codes(tmp_path, tree) == []


def test_two_units_may_each_have_their_own_first(tmp_path):
    other = contact("c.2", "call = 1").replace("办公室", "播出部")
    assert codes(tmp_path, contact("c.1", "call = 1") + other) == []


def test_contacts_outside_the_call_tree_have_no_place(tmp_path):
    assert codes(tmp_path, contact("c.1") + contact("c.2") + contact("c.3", "call = 1")) == []


@pytest.mark.parametrize(
    ("calls", "missing"), [((2,), "第 1 位"), ((1, 4), "第 2、3 位"), ((1, 2, 4), "第 3 位")]
)
def test_the_missing_places_are_told(tmp_path, calls, missing):
    tree = "".join(contact(f"c.{call}", f"call = {call}") for call in calls)
    (finding,) = [f for f in found(tmp_path, tree) if f.code == "J406"]
    assert missing in finding.text
