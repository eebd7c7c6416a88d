"""The shipped packs: each loads, their ladders have no gap, and every category has words and owners."""

import tomllib
from collections import defaultdict

import pytest

from jinji_report.standards.load import load, rules_folder, shipped_packs
from jinji_report.standards.rows import applies
from jinji_report.vocabulary import GRADES, OTHER_CATEGORY, Grade, Side


@pytest.mark.parametrize("name", shipped_packs())
def test_every_shipped_pack_loads_under_its_own_name(name):
    assert load(name).id == name


def ladders():
    """The rungs of each ladder of one measure, mildest first, as written in the file."""
    rows = tomllib.loads((rules_folder() / "national.toml").read_text(encoding="utf-8"))["grade"]
    found = defaultdict(list)
    for row in rows:
        if "measure" in row:
            found[row["id"].rpartition(".")[0]].append(row)
    order = {grade.value: rank for rank, grade in enumerate(GRADES)}
    for name, rungs in sorted(found.items()):
        yield pytest.param(sorted(rungs, key=lambda row: order[row["grade"]]), id=name)


@pytest.mark.parametrize("rungs", list(ladders()))
def test_a_ladder_rises_without_a_gap(rungs):
    bounds = [row.get("at_least", row.get("more_than")) for row in rungs]
    assert bounds == sorted(set(bounds))
    assert len({(str(row["measure"]), str(row["category"])) for row in rungs}) == 1
    for row, above in zip(rungs, bounds[1:], strict=False):
        if "below" in row:
            assert row["below"] == above, row["id"]
    assert "below" not in rungs[-1]


def test_the_last_part_of_a_rungs_id_is_its_grade():
    names = {
        "ordinary": Grade.ORDINARY,
        "larger": Grade.LARGER,
        "serious": Grade.SERIOUS,
        "extraordinary": Grade.EXTRAORDINARY,
    }
    for row in load("national").grades:
        assert names[row.id.rpartition(".")[2]] == row.grade, row.id


@pytest.mark.parametrize("side", Side)
def test_every_category_has_an_owner_on_each_side(side):
    standards = load("national")
    always = [owner for owner in standards.owners if owner.side == side and not owner.when]
    for name in standards.categories:
        assert any(applies(owner.categories, name) for owner in always), name


def test_every_category_but_the_last_resort_has_trigger_words():
    for name, category in load("national").categories.items():
        assert bool(category.strong and category.words) == (name != OTHER_CATEGORY), name


def test_a_word_that_names_a_tag_names_one_that_exists():
    standards = load("national")
    tags = {tag.name for tag in standards.tags}
    for category in standards.categories.values():
        for word in (*category.strong, *category.words, *category.weak):
            assert all(part[1:] in tags for part in word.split("+") if part.startswith("#")), word


def test_no_category_has_two_windows_for_its_casualties():
    watches = load("national").watches
    for name in load("national").categories:
        assert sum(applies(watch.categories, name) for watch in watches) <= 1, name


def test_the_county_shares_one_hour_over_its_hops():
    assert [(hop.tier, hop.minutes) for hop in load("county").hops] == [
        ("乡镇", 10),
        ("县", 15),
        ("市", 15),
        ("省", 20),
    ]
