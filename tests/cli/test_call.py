"""jinji call: whom to call next, and what came of it."""

import pytest

from .conftest import Jinji

B = ("--standards", "broadcaster")
NOTE = "2点35分，台主频道停播30分钟，播控机房报"


def at(minute: str) -> tuple[str, ...]:
    return (*B, "--now", f"2026-03-05T{minute}")


@pytest.fixture
def case(jinji: Jinji) -> str:
    assert jinji("new", NOTE, "--set", "category=安全播出事故", *at("02:40")).code == 0
    return "01"


def test_looking_whom_to_call_writes_nothing(jinji: Jinji, case: str) -> None:
    entries = len(jinji("export", "--entries").out.splitlines())
    shown = jinji("call", case, *at("02:41"))
    assert shown.code == 0 and "现在叫：台领导 值班台领导　0000-3234500" in shown.out
    assert "非工作时间" in shown.out
    assert "现在叫：事发部门 部门主任" in jinji("call", case, *at("09:00")).out
    assert len(jinji("export", "--entries").out.splitlines()) == entries


def test_the_tree_is_gone_down_until_somebody_answers(jinji: Jinji, case: str) -> None:
    first = jinji("call", case, "--unreachable", "--json", *at("02:42")).json
    assert first["entered"]["contact"] == "call.off.duty-leader" and not first["entered"]["reached"]
    assert first["next"]["id"] == "call.off.department"
    second = jinji("call", case, "分管副台长", "--reached", *at("02:44"))
    assert second.code == 0 and "已叫通：台领导 分管副台长" in second.out
    looked = jinji("call", case, "--json", *at("02:50")).json
    assert looked["next"] is None and looked["answered"]["contact"] == "call.off.deputy"
    assert looked["step"] is None
    shown = jinji("show", case, *at("02:50")).out
    assert "叫不通　台领导　值班台领导　0000-3234500" in shown and "叫通　台领导　分管副台长" in shown


def test_what_to_type_next_names_the_standards_that_were_named(jinji: Jinji, case: str) -> None:
    out = jinji("call", case, *at("02:41")).out
    assert "jinji call 20260305-01 --reached --standards broadcaster；" in out
    assert "jinji call 20260305-01 --unreachable --standards broadcaster" in out


def test_a_call_that_is_entered_later_stands_at_its_own_moment_and_by_the_tree_of_then(
    jinji: Jinji, case: str
) -> None:
    late = jinji("call", case, "--unreachable", "--at", "2026-03-05T07:59", "--json", *at("08:05"))
    assert late.code == 0 and late.json["entered"]["contact"] == "call.off.duty-leader"
    assert late.json["entered"]["at"].startswith("2026-03-05T07:59")
    assert late.json["hours"] == "工作时间"


def test_once_somebody_answered_it_must_be_said_who_else_was_called(jinji: Jinji, case: str) -> None:
    jinji("call", case, "--reached", *at("02:42"))
    refused = jinji("call", case, "--reached", *at("02:43"))
    assert refused.code == 3 and refused.out == "" and "已经叫通" in refused.err
    assert jinji("call", case, "台长", "--reached", *at("02:44")).code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("王五", "--reached"), 3, "没有“王五”"),
        (("台领导", "--reached"), 3, "有 3 个"),
        (("台长",), 2, "--reached"),
        (("--reached", "--unreachable"), 2, "只能写一个"),
    ],
)
def test_a_call_that_cannot_be_told_is_not_entered(
    jinji: Jinji, case: str, words: tuple[str, ...], code: int, said: str
) -> None:
    refused = jinji("call", case, *words, *at("02:42"))
    assert (refused.code, refused.out) == (code, "") and said in refused.err
    assert "叫应*" not in jinji("show", case, *at("02:43")).out


def test_where_there_is_no_tree_it_is_said_how_to_make_one(jinji: Jinji) -> None:
    jinji("new", "2点35分，G30高速城关镇段两货车相撞，2人死亡", "--now", "2026-03-05T02:40")
    refused = jinji("call", "01", "--now", "2026-03-05T02:41")
    assert refused.code == 3 and "contacts import" in refused.err


def test_the_offices_own_list_takes_the_place_of_that_of_its_standards(jinji: Jinji, case: str) -> None:
    rows = "单位,职务,姓名,电话,叫应次序,时段\n总编室,主任,李某,0931-2,1,非工作时间\n总编室,副主任,王某,0931-3,2,\n"
    assert jinji("contacts", "import", "-", stdin=rows).code == 0
    found = jinji("call", case, "--json", *at("02:41")).json
    assert [one["person"] for one in found["tree"]] == ["李某", "王某"]
    assert (
        jinji("call", case, "李某", "--unreachable", "--json", *at("02:42")).json["next"]["person"] == "王某"
    )


def test_on_a_closed_case_nobody_is_called_any_more(jinji: Jinji, case: str) -> None:
    jinji("close", case, *at("02:42"))
    refused = jinji("call", case, "--reached", *at("02:43"))
    assert refused.code == 3 and "reopen" in refused.err
