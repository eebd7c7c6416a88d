"""Known places: what their names and owners may be."""

import pytest
from tests.standards.check.base import found
from tests.standards.check.test_broken_packs import dated, table


def codes(folder, *rows):
    return [f.code for f in found(folder, "".join(rows)) if f.code[:3] == "J51"]


SCHOOL = table("place", 'name = "城关镇小学"', 'aliases = ["中心小学"]')


def test_places_with_names_of_their_own_have_no_findings(tmp_path):
    assert codes(tmp_path, SCHOOL, table("place", 'name = "白石乡小学"', 'aliases = ["白石小学"]')) == []


@pytest.mark.parametrize("line", ['aliases = ["中心小学"]', 'full = "中心小学"', 'aliases = ["城关镇小学"]'])
def test_a_name_of_two_places_is_a_warning(tmp_path, line):
    assert codes(tmp_path, SCHOOL, table("place", 'name = "白石乡小学"', line)) == ["J511"]


def test_a_name_that_every_township_has_may_be_that_of_a_place(tmp_path):
    every = table("place", 'name = "中心校"', 'aliases = ["中心小学"]', 'common = "乡镇"')
    assert codes(tmp_path, SCHOOL, every) == []


@pytest.mark.parametrize(("name", "wrong"), [("库", ["J512"]), ("水库", []), ("清水库", [])])
def test_a_name_has_two_characters_or_more(tmp_path, name, wrong):
    assert codes(tmp_path, table("place", 'name = "清水河水库"', f'aliases = ["{name}"]')) == wrong


@pytest.mark.parametrize(
    ("owner", "wrong"),
    [
        ("白石乡", []),
        ("城关街道", []),
        ("望山化工园区管委会", []),
        ("应急局", []),
        ("水务局", ["J513"]),
        ("白石", ["J513"]),
    ],
)
def test_an_owner_is_a_locality_or_a_unit_of_the_pack(tmp_path, owner, wrong):
    unit = dated("owner", 'id = "o.x"', 'unit = "应急局"', 'side = "行业"', 'angle = "救援"')
    assert codes(tmp_path, unit, table("place", 'name = "清水河水库"', f'owner = "{owner}"')) == wrong
