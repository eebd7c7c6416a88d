"""Facts hold only what was said, and JSON brings them back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factory import HAPPENED, clock, incident

from jinji_report.model.facts import Facts, Occurred, Place, Source
from jinji_report.vocabulary import Basis, Precision


def again(facts):
    return Facts.from_json(json.loads(json.dumps(facts.to_json())))


def test_json_brings_back_everything_that_was_told():
    facts = Facts(
        category="火灾",
        category_said="起火",
        title="东街起火",
        occurred=Occurred(
            clock("00:00"), Precision.PART_OF_DAY, until=clock("05:59"), basis=Basis.DISCOVERED, said="凌晨"
        ),
        moments={"received": HAPPENED, "alarm": clock("08:55")},
        place=Place("城关镇东街", "东街"),
        measures=incident(deaths=(11, 19), direct_loss_wan=999.99).measures,
        tags={"校园": "县一中", "学生": "学生"},
        source=Source("交警大队", "王警官", None, "电话"),
        course="一服装店起火",
        actions="正在扑救",
        leaders="县长",
        cause="电线短路",
        progress="明火已扑灭",
    )
    assert again(facts).to_json() == facts.to_json()


def test_what_nobody_told_is_absent_and_not_zero():
    data = Facts().to_json()
    assert data["measures"] == {}
    assert (data["category"], data["occurred"], data["place"]) == (None, None, None)
    assert again(Facts()).to_json() == data


@given(st.dictionaries(st.sampled_from(["deaths", "injured", "missing"]), st.integers(0, 99)))
def test_json_brings_back_any_counts(counts):
    facts = incident(**counts)
    assert again(facts).to_json() == facts.to_json()


def test_a_change_makes_a_copy_and_leaves_the_facts_alone():
    facts = incident(deaths=2)
    changed = facts.with_changes(category="矿山事故")
    assert (facts.category, changed.category) == ("火灾", "矿山事故")
    changed.measures.pop("deaths")
    assert "deaths" in facts.measures


def test_a_place_without_its_own_words_is_said_as_it_stands():
    assert Place("城关镇").said == "城关镇"


@pytest.mark.parametrize(
    "data", [{"occurred": {"at": "昨晚"}}, {"measures": {"deaths": {"low": -1, "high": 0}}}, {"place": {}}]
)
def test_what_is_no_incident_is_refused(data):
    with pytest.raises((KeyError, TypeError, ValueError)):
        Facts.from_json(data)
