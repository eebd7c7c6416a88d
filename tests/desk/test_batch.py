"""The answers of a batch: the text that is put together from kept pieces is the JSON of the answer, sign for sign."""

import json

import pytest

from jinji_report.desk.batch import answered
from jinji_report.moments import parse_moment
from jinji_report.standards.load import load

NOW = parse_moment("2026-03-05T09:30")
COUNTY = load("county")
RECORDS = {
    "a note": {"id": "n1", "text": "今天8时10分，城关镇东街一服装店起火，2人死亡，3人受伤，其中1人重伤。"},
    "a later note of its figures": {
        "id": 2,
        "text": "昨晚，南关村一民房起火，2人死亡，3人受伤，其中1人重伤。",
    },
    "a note with factors": {"text": "县一中食堂学生食物中毒，住院30人，无人死亡，校长王某到场"},
    "a note of no kind": {"id": 1.5, "text": "有个情况，约十余人聚在门口"},
    "figures and times in several places": {
        "text": "县应急局王主任13900001111电话报：昨天14时到15时，望山化工厂爆炸，当场死亡3人、抢救无效死亡2人，约20人受伤，"
        "县长李某到场指挥，已疏散周边群众1.2万人，原因正在调查。"
    },
    "signs that JSON escapes": {"id": '"\\', "text": '他说"快\t来"\\n，东街 \x1b 起火，1人死亡'},
    "a note of two incidents": {
        "text": "1.今天8时城关镇东街起火，1人死亡。2.今天9时南关村发生交通事故，3人受伤。"
    },
    "facts": {
        "id": "f",
        "facts": {"category": "矿山事故", "measures": {"deaths": [3, None]}, "tags": ["校园"]},
    },
    "nothing to judge": {"id": "x"},
    "no object": [1],
}


@pytest.mark.parametrize("apart", [False, True], ids=["as one", "apart"])
@pytest.mark.parametrize("record", RECORDS.values(), ids=list(RECORDS))
@pytest.mark.parametrize("pack", ["county", "ningxia"])
def test_the_text_of_an_answer_is_its_json(pack, record, apart):
    standards = COUNTY if pack == "county" else load(pack)
    for _ in range(2):  # the second is put together from what the first left
        answer = answered(record, standards, NOW, apart=apart)
        assert answer.to_text() == json.dumps(answer.to_json(), ensure_ascii=False)


def test_what_is_kept_of_one_answer_stays_out_of_the_next_on_other_figures():
    told = [
        json.loads(
            answered({"facts": {"category": "火灾", "measures": {"deaths": n}}}, COUNTY, NOW).to_text()
        )
        for n in (1, 3, 1)
    ]
    grades = [answer["verdict"]["grade"]["low"] for answer in told]
    assert grades == ["一般", "较大", "一般"]
    assert told[0]["verdict"] == told[2]["verdict"]


def test_a_refused_record_has_nothing_judged():
    answer = answered({"id": "x"}, COUNTY, NOW)
    assert answer.judged is None
    assert answer.to_json()["error"]["problem"] == "这一行既没有 text 也没有 facts。"
