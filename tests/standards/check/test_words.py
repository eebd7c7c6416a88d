"""Trigger words: what two categories may share, and what they may not."""

import pytest
from tests.standards.check.base import found
from tests.standards.check.test_broken_packs import PUPILS, category, dated, owners, table


def codes(folder, more, name="base"):
    return [f.code for f in found(folder, more, name) if f.code[:2] not in ("J1", "J2")]


@pytest.mark.parametrize(
    "lines",
    [
        ('strong = ["桥垮了"]', 'weak = ["起火", "浓烟"]'),  # supports the one, settles the other
        ('strong = ["桥垮了"]', 'words = ["起火"]'),  # the stronger wins
        ('strong = ["桥+起火"]',),  # with a second word it is another
        ('strong = ["桥起火"]',),
    ],
)
def test_a_word_may_be_stronger_for_one_of_two_categories(tmp_path, lines):
    assert codes(tmp_path, category(*lines)) == []


def test_all_words_that_two_categories_share_make_one_finding(tmp_path):
    (finding,) = [f for f in found(tmp_path, category('strong = ["车祸", "追尾"]')) if f.code == "J502"]
    assert "“追尾”“车祸”" in finding.text or "“车祸”“追尾”" in finding.text
    assert "道路交通事故" in finding.text
    assert finding.row == "桥梁垮塌"


def test_a_word_added_in_a_later_file_is_found_there(tmp_path):
    found(tmp_path, name="below")
    top = 'id = "top"\ntitle = "上"\nextends = ["below"]\ninherit = ["report"]\n\n[[category]]\n'
    top += 'name = "道路交通事故"\nkind = "事故灾难"\nstrong = ["起火"]\n'
    (finding,) = [f for f in found(tmp_path, top, "top") if f.code == "J502"]
    assert (finding.file, finding.line) == (str(tmp_path / "top.toml"), 9)


def test_what_is_of_no_other_kind_needs_no_words(tmp_path):
    other = table("category", 'name = "其他"', 'kind = "其他"') + owners("其他")
    assert codes(tmp_path, other) == []


def test_a_category_whose_words_stand_in_a_base_has_words(tmp_path):
    found(tmp_path, name="below")
    top = 'id = "top"\ntitle = "上"\nextends = ["below"]\ninherit = ["report"]\n\n[[category]]\n'
    assert codes(tmp_path, f'{top}name = "火灾"\nkind = "事故灾难"\nnoun = "起火"\n', "top") == []


def test_a_tag_without_words_that_nothing_asks_for_is_left_alone(tmp_path):
    assert codes(tmp_path, table("tag", 'name = "养老机构"')) == []


def test_a_tag_that_a_known_place_brings_has_words(tmp_path):
    more = table("tag", 'name = "养老机构"') + table("place", 'name = "夕阳红公寓"', 'tags = ["养老机构"]')
    more += dated("factor", *PUPILS, 'when = { tag = "养老机构" }')
    assert codes(tmp_path, more) == []


@pytest.mark.parametrize("exclude", ["桥塌方", "天桥", "桥"])
def test_an_exclusion_longer_or_shorter_than_a_word_does_not_hide_it(tmp_path, exclude):
    more = category('strong = ["桥垮了", "桥塌"]', f'excludes = ["{exclude}"]')
    assert codes(tmp_path, more) == []
