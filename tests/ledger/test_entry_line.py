"""A ledger line says the same to whoever reads it back."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinji_report.ledger.seal import GENESIS
from jinji_report.model.entry import Entry, NewEntry, NotAnEntry, new_id, recorded_of
from jinji_report.moments import BEIJING

NINE = datetime(2026, 3, 5, 9, 0, tzinfo=BEIJING)
TEXT = st.text(st.characters(), max_size=30)  # with lone surrogates, line separators, controls
JSON_DATA = st.dictionaries(
    TEXT,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


def record(**changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "v": 1,
        "seq": 1,
        "id": "a1",
        "case": "c1",
        "kind": "接报",
        "at": "2026-03-05T09:00:00+08:00",
        "recorded": "2026-03-05T09:02:00+08:00",
        "by": "值班员",
        "data": {},
        "prev": GENESIS,
    }
    return plain | changes


def line(**changes: object) -> bytes:
    return json.dumps(record(**changes), ensure_ascii=False).encode()


def placed(data: dict[str, object]) -> Entry:
    new = NewEntry(case="c1", kind="接报", at=NINE, recorded=NINE, by="值班员", data=data)
    return new.placed(1, GENESIS)


def test_a_line_has_the_ten_fields_in_their_order() -> None:
    assert list(json.loads(placed({}).to_line())) == list(record())


def test_a_line_is_plain_chinese_without_spaces() -> None:
    assert '"data":{"said":"三人死亡"}'.encode() in placed({"said": "三人死亡"}).to_line()


def test_a_moment_is_written_in_beijing_time_to_the_second() -> None:
    utc = datetime(2026, 3, 5, 1, 2, 3, 456789, tzinfo=timezone.utc)  # noqa: UP017
    new = NewEntry(case="c1", kind="接报", at=utc, recorded=utc, by="值班员", data={})
    assert json.loads(new.placed(1, GENESIS).to_line())["at"] == "2026-03-05T09:02:03+08:00"
    assert new.at.microsecond == 0


def test_moments_come_back_as_moments_with_a_zone() -> None:
    entry = Entry.from_line(line())
    assert entry.at == NINE and entry.at.utcoffset() == timedelta(hours=8)
    assert entry.recorded == NINE + timedelta(minutes=2)


def test_the_clock_of_the_machine_is_written_only_where_the_clock_was_set() -> None:
    new = NewEntry(case="c1", kind="接报", at=NINE, recorded=NINE, by="值班员", data={}, machine=NINE)
    assert Entry.from_line(new.placed(1, GENESIS).to_line()).machine == NINE
    assert b"machine" not in placed({}).to_line()


@given(JSON_DATA)
def test_whatever_the_note_held_comes_back_and_takes_one_line(data: dict[str, object]) -> None:
    raw = placed(data).to_line()
    assert b"\n" not in raw and b"\r" not in raw
    # Two halves of a pair that met by chance are one character to every JSON reader.
    assert Entry.from_line(raw).data == json.loads(json.dumps(data))


def test_half_a_surrogate_pair_is_kept() -> None:
    assert Entry.from_line(placed({"said": "车\ud83d祸"}).to_line()).data == {"said": "车\ud83d祸"}


def test_fields_and_kinds_that_are_not_known_are_kept() -> None:
    entry = Entry.from_line(line(v=7, kind="电子签章", signature={"of": "张"}))
    assert (entry.v, entry.kind, entry.extra) == (7, "电子签章", {"signature": {"of": "张"}})
    assert json.loads(entry.to_line())["signature"] == {"of": "张"}


def test_a_number_that_is_none_is_refused_rather_than_written() -> None:
    with pytest.raises(ValueError):
        placed({"loss": float("nan")}).to_line()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "不是 JSON 记录"),
        (b"{", "不是 JSON 记录"),
        (b"[" * 100_000, "不是 JSON 记录"),
        (b"[]", "不是 JSON 对象"),
        (b"\xd5\xfd", "不是 UTF-8 文字"),
        (b"\xed\xa0\x80", "不是 UTF-8 文字"),
        (line().decode().encode("utf-16"), "不是 UTF-8 文字"),
        (b"\xef\xbb\xbf" + line(), "不是 JSON 记录"),
        (line(seq="1"), "的 seq 不是序号"),
        (line(seq=True), "的 seq 不是序号"),
        (line(seq=0), "的 seq 不是序号"),
        (line(data=[]), "的 data 不是 JSON 对象"),
        (line(at="昨晚"), "的 at 不是时刻"),
        (line(recorded=None), "的 recorded 不是时刻"),
        (line(machine=5), "的 machine 不是时刻"),
        (line(id=5), "的 id 不是文字"),
        (line(case=None), "的 case 不是文字"),
        (line(batch=[2, 1]), "的 batch 不是批次"),
        (line(batch="1"), "的 batch 不是批次"),
        (line(batch=[True, True]), "的 batch 不是批次"),
    ],
)
def test_bytes_that_are_no_entry_are_refused_with_the_reason(raw: bytes, why: str) -> None:
    with pytest.raises(NotAnEntry) as refused:
        Entry.from_line(raw)
    assert str(refused.value) == why


@pytest.mark.parametrize("name", list(record()))
def test_a_field_that_is_missing_is_named(name: str) -> None:
    fields = record()
    del fields[name]
    with pytest.raises(NotAnEntry, match=f"缺少字段 {name}"):
        Entry.from_line(json.dumps(fields).encode())


def test_no_two_identifiers_are_the_same() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000


def test_when_a_line_was_recorded_is_known_without_reading_what_it_says() -> None:
    whole = json.dumps(record(), ensure_ascii=False, separators=(",", ":")).encode()
    assert recorded_of(whole) == NINE + timedelta(minutes=2)
    assert recorded_of(whole[: whole.index(b'"data"')]) == NINE + timedelta(minutes=2)
    otherwise = json.dumps(record(case='"', recorded="2026-03-05T01:02:00Z")).encode()
    assert recorded_of(otherwise) == NINE + timedelta(minutes=2)
    with pytest.raises(NotAnEntry):
        recorded_of(whole.replace(b"09:02:00", b"\xff9:02:00"))
