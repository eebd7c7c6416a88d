"""Names of units: which are one unit's, and which only look like it."""

import pytest

from jinji_report.judgement.units import forms, units_of
from jinji_report.standards.rows import Standards

OWNERS = ("公安", "卫生健康", "应急管理", "市场监管", "政法委", "消防救援", "城关镇")


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("公安", "公安"),
        ("公安局", "公安"),
        ("县公安局", "公安"),
        ("示范县公安局", "公安"),
        ("城关公安分局", None),
        ("县公安局交警大队", "公安"),
        ("县公安局指挥中心", "公安"),
        ("县卫健委", "卫生健康"),
        ("卫生健康局", "卫生健康"),
        ("县应急局", "应急管理"),
        ("市场监管局", "市场监管"),
        ("县委政法委", "政法委"),
        ("县消防救援大队", "消防救援"),
        ("消防队", "消防救援"),
        ("城关镇政府", "城关镇"),
        ("示范县城关镇人民政府值班室", "城关镇"),
        ("清水镇政府", None),
        ("城关镇派出所", None),
        ("县人民医院", None),
        ("县委办公室", None),
        ("县", None),
    ],
)
def test_a_unit_is_known_by_its_place_its_office_and_its_divisions(
    county: Standards, said: str, unit: str | None
) -> None:
    assert units_of(county).meant(said, OWNERS) == unit


def test_the_traffic_police_are_the_police_only_because_the_standards_say_so(county: Standards) -> None:
    from jinji_report.judgement.units import Units

    assert units_of(county).meant("交警大队", OWNERS) == "公安"
    assert Units({}, ()).meant("交警大队", OWNERS) is None


def test_the_units_own_name_wins_over_that_of_another_which_it_is_an_alias_of(county: Standards) -> None:
    assert units_of(county).meant("交警大队", ("公安", "交警大队")) == "交警大队"
    assert units_of(county).meant("公安", ("县公安局", "公安")) == "公安"


def test_any_township_is_the_locality_while_none_is_named(county: Standards) -> None:
    assert units_of(county).meant("清水镇政府", ("公安", "属地党委政府")) == "属地党委政府"
    assert units_of(county).meant("县人民医院", ("公安", "属地党委政府")) is None


def test_an_office_of_the_renamed_pack_is_found_by_the_plain_name(county: Standards) -> None:
    assert units_of(county).meant("县公安局", ("某区公安局",)) == "某区公安局"


def test_no_place_alone_is_a_name() -> None:
    assert forms("县委办公室").isdisjoint({"办公室", "县", ""})
