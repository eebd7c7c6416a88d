"""The desk's own screen: `jinji` at a real terminal (a pty), typed at like an officer types."""

import json
import os
import sys
from pathlib import Path

import pytest
from tests.ledger_maker import make

from jinji_report.cli.screen import cells, fold

from .conftest import Jinji

if sys.platform == "win32":
    pytest.skip("a pty is needed", allow_module_level=True)

from .terminal import Sit, Terminal

NOTE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
MEND = "回车 = 无误"
AGREE = "录入台账并成文"


def entries(home: Path) -> list[dict[str, object]]:
    lines = [line for path in home.glob("*.jsonl") for line in path.read_bytes().splitlines()]
    return [json.loads(line) for line in lines]


def test_a_pasted_note_is_mended_asked_about_confirmed_and_entered(sit: Sit, home: Path) -> None:
    desk = sit("new")
    desk.until("空行结束")
    desk.type("县地震局速报：今天9时02分城关镇北部发生5.1级地震，\r\r多地有感，\r人员伤亡不详\r\r")
    shown = desk.answer(MEND, "地点=城关镇东街 ，时间=今天 9点5分")
    assert "震级  5.1级" in shown
    shown = desk.answer(MEND, "")
    assert "地点  城关镇东街" in shown
    assert "09:05" in shown
    desk.answer("死亡几人？", "很多")
    assert "看不懂" in desk.answer("死亡几人？", "三个")
    shown = desk.answer(AGREE, "y")
    assert "死亡3人" in shown
    assert desk.ends() == 0
    assert "【首报　案卷 20260305-01　应报　较大】" in desk.rest()
    assert "jinji report 20260305-01 --format phone" in desk.rest()
    first = entries(home)[0]
    data = first["data"]
    assert isinstance(data, dict)
    assert data["note"].split("\n") == [
        "县地震局速报：今天9时02分城关镇北部发生5.1级地震，",
        "",
        "多地有感，",
        "人员伤亡不详",
    ]
    assert data["incident"]["measures"]["deaths"]["low"] == 3
    assert not list(home.glob("draft*"))


def test_values_are_mended_as_they_are_said_and_a_wrong_one_changes_nothing(sit: Sit) -> None:
    desk = sit("new", NOTE)
    desk.answer(MEND, "死亡3人")
    assert "死亡  3人" in desk.answer(MEND, "死亡=abc")
    refused = desk.answer(MEND, "改 失踪=1，被困 = 2")
    assert "看不懂数量" in refused
    assert "读到的要素" not in refused
    shown = desk.answer(MEND, "失踪= 被困=")
    assert "失联  1人" in shown
    assert "被困  2人" in shown
    assert "失联" not in desk.answer(MEND, "deaths=十余人")
    assert "11至19人" in desk.answer(MEND, "另据群众反映，现场有3人被困")
    assert "被困  3人" in desk.answer(MEND, "")
    assert "应报　重大" in desk.answer(AGREE, "死亡=2")
    assert "应报　一般" in desk.answer(AGREE, "n")
    assert desk.ends() == 130


def test_enter_at_a_question_about_what_is_presumed_leaves_the_small_one_small(sit: Sit, home: Path) -> None:
    desk = sit("new", "G30高速K1023两车追尾，一名驾驶员轻伤，现场已撤离，堵了大约20分钟")
    desk.answer(MEND, "")
    desk.answer("直接经济损失多少万元？", "")
    desk.answer("什么时间发生的？", "今天8点50分")
    assert "备查" in desk.answer(AGREE, "")
    assert desk.ends() == 0
    data = entries(home)[0]["data"]
    assert isinstance(data, dict)
    assert "deaths" not in data["incident"]["measures"]


def test_enter_takes_nothing_away_from_what_was_told(sit: Sit, home: Path) -> None:
    desk = sit("new", "今天9时02分城关镇北部发生5.1级地震，已造成至少5人死亡")
    desk.answer(MEND, "")
    desk.answer("死亡几人？", "不清楚")
    desk.answer(AGREE, "")
    assert desk.ends() == 0
    data = entries(home)[0]["data"]
    assert isinstance(data, dict)
    assert data["incident"]["measures"]["deaths"] == {"low": 5, "high": None, "said": "至少5人死亡"}


@pytest.mark.parametrize("prompt", ["空行结束", MEND, AGREE])
def test_ctrl_c_at_any_prompt_keeps_a_private_draft_and_leaves_with_130(
    sit: Sit, home: Path, prompt: str
) -> None:
    desk = sit("new")
    desk.until("空行结束")
    desk.type(f"{NOTE}\r")
    desk.until(f"{NOTE[-8:]}\n")
    desk.quiet()
    if prompt != "空行结束":
        desk.type("\r")
        desk.answer(MEND, "死亡=3")
        desk.until(MEND)
    if prompt == AGREE:
        desk.type("\r")
        desk.until(AGREE)
    assert desk.leave() == 130
    assert "jinji new --resume" in desk.rest()
    assert not entries(home)
    (draft,) = home.glob("draft*")
    assert draft.stat().st_mode & 0o777 == 0o600
    kept = json.loads(draft.read_text())
    assert kept["note"] == NOTE
    assert kept["sets"] == ([] if prompt == "空行结束" else ["死亡=3"])


def test_ctrl_d_leaves_like_ctrl_c_and_resume_goes_on_with_what_was_mended(sit: Sit, home: Path) -> None:
    desk = sit("new", NOTE)
    desk.answer(MEND, "死亡=3")
    desk.until(MEND)
    assert desk.leave("\x04") == 130
    desk = sit("new", "--resume")
    assert "死亡  3人" in desk.answer(MEND, "")
    desk.answer(AGREE, "")
    assert desk.ends() == 0
    assert len(entries(home)) == 3
    assert not list(home.glob("draft*"))


def test_a_closed_window_keeps_the_draft(sit: Sit, home: Path) -> None:
    desk = sit("new", NOTE)
    desk.until(MEND)
    assert desk.leave(hang_up=True) == 130
    assert json.loads(next(home.glob("draft*")).read_text())["note"] == NOTE


def test_nothing_is_kept_of_a_note_that_bears_a_secrecy_mark(sit: Sit, home: Path) -> None:
    desk = sit("new")
    desk.until("空行结束")
    desk.type("机密★1年\r关于某事的报告\r\r")
    assert desk.ends() == 3
    assert "涉密渠道" in desk.rest()
    assert not list(home.glob("*draft*"))


def test_a_second_call_about_the_same_incident_becomes_its_follow_up(sit: Sit, home: Path) -> None:
    desk = sit("new", NOTE)
    desk.answer(MEND, "")
    desk.answer(AGREE, "")
    assert desk.ends() == 0
    desk = sit("new", "昨晚城关镇东街服装店火灾，重伤的1人抢救无效死亡，累计死亡3人", now="2026-03-05T10:00")
    desk.answer(MEND, "")
    shown = desk.answer("是同一件事吗？", "1")
    assert "20260305-01" in shown
    assert "同为火灾；地点相同" in shown
    shown = desk.answer(AGREE, "")
    assert "死亡：2人 → 3人" in shown
    assert desk.ends() == 0
    assert "【续报一　案卷 20260305-01】" in desk.rest()
    assert {entry["case"] for entry in entries(home)} == {"20260305-01"}


def test_a_follow_up_left_at_the_prompt_is_kept_as_a_file_to_go_on_with(sit: Sit, home: Path) -> None:
    desk = sit("new", NOTE, "--yes")
    assert desk.ends() == 0
    desk = sit("followup", "01", now="2026-03-05T10:00")
    desk.until("空行结束")
    desk.type("又有1人抢救无效死亡\r\r")
    desk.until(AGREE)
    assert desk.leave() == 130
    (kept,) = home.glob("followup-draft*")
    assert f"--file {kept}" in desk.rest().replace("\n", "")
    assert kept.read_text() == "又有1人抢救无效死亡"
    desk = sit("followup", "01", "--file", str(kept), now="2026-03-05T10:01")
    desk.until(AGREE)
    assert desk.leave() == 130
    assert list(home.glob("followup-draft*")) == [kept]
    desk = sit("followup", "01", "--file", str(kept), now="2026-03-05T10:02")
    desk.answer(AGREE, "")
    assert desk.ends() == 0
    assert not kept.exists()


def test_a_very_long_pasted_line_is_not_cut(sit: Sit, home: Path) -> None:
    long = "现场情况说明" * 400
    desk = sit("new")
    desk.until("空行结束")
    paste = f"昨晚11点半，城关镇东街起火。\r{long}，2人死亡。\r\r".encode()
    while paste:
        written = os.write(desk.fd, paste[:2000])
        paste = paste[written:]
        desk._read(0.05)
    desk.answer(MEND, "")
    desk.answer(AGREE, "")
    assert desk.ends() == 0
    data = entries(home)[0]["data"]
    assert isinstance(data, dict)
    assert data["note"] == f"昨晚11点半，城关镇东街起火。\n{long}，2人死亡。"


def test_where_the_terminal_itself_may_cut_a_line_that_is_said(sit: Sit) -> None:
    desk = sit("new", TERM="dumb")
    desk.until("空行结束")
    desk.type("昨晚东街起火" + "现场情况说明" * 250 + "\r\r")
    assert "用 --file" in desk.until(MEND)


def test_no_line_is_wider_than_80_columns(sit: Sit) -> None:
    desk = sit("new", NOTE)
    desk.answer(MEND, "")
    desk.answer(AGREE, "")
    assert desk.ends() == 0
    runs = [desk]
    for args in (
        ("new", "-y", "今天上午9点10分，县第一中学食堂有23名学生呕吐腹泻，已送县人民医院救治，无生命危险"),
        ("new", "-y", "河西乡工业园区某化工厂氯气泄漏，暂无人员伤亡报告，下风向有小学，正在疏散"),
        ("sent", "01", "--form", "电话", "-y"),
        ("board",),
        ("list",),
        ("next",),
        ("show", "01"),
        ("why", "01"),
        ("--help",),
        ("new", "--help"),
    ):
        runs.append(sit(*args))
        runs[-1].ends()
    for run in runs:
        for line in run.seen.split("\n"):
            assert cells(line.rpartition("\r")[2]) <= 80, line


def test_what_is_printed_ends_with_the_decision_the_limits_and_the_next_step_on_one_screen(sit: Sit) -> None:
    desk = sit("new", NOTE)
    desk.answer(MEND, "")
    desk.answer(AGREE, "")
    desk.ends()
    last = desk.seen.rstrip().split("\n")[-38:]
    assert any("应报　一般" in line for line in last)
    assert any("电话、书面首报" in line and "市委办公室、市政府办公室" in line for line in last)
    assert any("jinji sent" in line for line in last)


def test_a_long_list_shows_the_newest_and_says_how_many_more_and_how_to_see_them(
    sit: Sit, home: Path, jinji: Jinji
) -> None:
    home.mkdir(mode=0o700)
    make(home / "ledger.jsonl", 400, still_open=3)
    rows = jinji("list", "--json").json["cases"]
    numbers = [row["case"] for row in rows]
    assert len(numbers) > 30

    def listed(*more: str) -> list[str]:
        desk = sit("list", *more)
        assert desk.ends() == 0
        return [word for word in desk.seen.split() if word in numbers]

    assert listed() == numbers[-30:]
    desk = sit("list")
    desk.ends()
    assert f"更早的还有 {len(rows) - 30} 件，全看用 jinji list -n {len(rows)}" in desk.seen.replace("\n", "")
    assert listed("-n", str(len(rows))) == numbers
    few = sit("list", "--status", "在办")
    assert few.ends() == 0 and "更早" not in few.seen

    piped = jinji("list")
    assert [word for word in piped.out.split() if word in numbers] == numbers and "更早" not in piped.out
    asked = jinji("list", "-n", "2", "--json").json
    assert (asked["earlier"], asked["cases"]) == (len(rows) - 2, rows[-2:])


@pytest.mark.parametrize("width", [16, 20, 33])
def test_folding_keeps_within_the_width_and_loses_nothing(width: int) -> None:
    text = "案卷 20260305-01：2026年3月5日1时20分，城关镇（东街）起火，致3人死亡、11至19人受伤。"
    lines = fold(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "，。、；：）" for line in lines)


def test_what_is_entered_at_a_terminal_is_shown_first_and_no_means_no(sit: Sit, home: Path) -> None:
    assert sit("new", NOTE, "-y").ends() == 0
    before = len(entries(home))
    desk = sit("sent", "01", "--form", "电话")
    shown = desk.answer("登记？", "n")
    assert "市委办公室、市政府办公室" in shown
    assert desk.ends() == 130
    assert len(entries(home)) == before
    desk = sit("close", "01")
    assert "还缺：终报" in desk.answer("登记？", "")
    assert desk.ends() == 0
    assert entries(home)[-1]["kind"] == "结案"


BOTH = (
    "1. 今早8点10分，G30高速K1023处两车追尾，2人死亡。"
    "2. 今早8点40分，城关镇东街一服装店起火，1人受伤。3. 今早9点，河西乡柳沟村山体滑坡，1人失联。"
)
APART = "分开登记吗？"
KNOWN = "是同一件事吗？"


def take(desk: Terminal) -> None:
    """Agree to one incident as it was read; what is asked of it is answered with Enter."""
    desk.answer(MEND, "")
    while True:
        desk.quiet()
        seen = desk.rest()
        if AGREE in seen:
            desk.answer(AGREE, "")
            return
        desk.type("\r")
        desk.place = len(desk.seen)


def test_a_call_of_several_incidents_is_entered_one_by_one_in_one_batch(sit: Sit, home: Path) -> None:
    desk = sit("new", BOTH)
    listed = desk.answer(APART, "y")
    assert "像是说了3件事" in listed
    assert "  2. 火灾　城关镇东街一服装店" in listed
    for _ in range(3):
        assert not entries(home)
        take(desk)
    assert desk.ends() == 0
    assert [entry["case"] for entry in entries(home)][::3] == ["20260305-01", "20260305-02", "20260305-03"]
    assert entries(home)[-1]["batch"] == [9, 9]


def test_only_some_of_them_may_be_entered_and_the_rest_is_kept(sit: Sit, home: Path) -> None:
    desk = sit("new", BOTH)
    assert "1 到 3" in desk.answer(APART, "9") + desk.answer(APART, "2")
    take(desk)
    assert desk.ends() == 0
    assert "另 2 件没有登记" in desk.rest()
    assert len(entries(home)) == 3
    kept = json.loads(next(home.glob("draft*")).read_text())["note"]
    assert "G30高速" in kept
    assert "柳沟村" in kept
    assert "服装店" not in kept


def test_they_may_be_entered_as_one(sit: Sit, home: Path) -> None:
    desk = sit("new", BOTH)
    desk.answer(APART, "n")
    take(desk)
    assert desk.ends() == 0
    assert len({entry["case"] for entry in entries(home)}) == 1


def test_leaving_at_one_of_them_enters_none_and_keeps_the_whole_call(sit: Sit, home: Path) -> None:
    desk = sit("new", BOTH)
    desk.answer(APART, "")
    take(desk)
    desk.until(MEND)
    assert desk.leave() == 130
    assert not entries(home)
    assert json.loads(next(home.glob("draft*")).read_text())["note"] == BOTH


def test_a_known_case_is_offered_and_the_officer_decides(sit: Sit, home: Path) -> None:
    assert sit("new", NOTE, "-y").ends() == 0
    news = "城关镇东街服装店火灾，累计死亡3人"
    desk = sit("new", news, now="2026-03-05T10:00")
    desk.answer(MEND, "")
    assert "请写号码" in desk.answer(KNOWN, "7") + desk.answer(KNOWN, "q")
    assert desk.ends() == 130
    desk = sit("new", news, "--attach", "auto", now="2026-03-05T10:00")
    desk.answer(MEND, "")
    desk.answer(KNOWN, "")  # without 续报 and without a time it is not beyond doubt
    while desk.quiet() or AGREE not in desk.rest():
        desk.type("\r")
    desk.answer(AGREE, "n")
    assert desk.ends() == 130
    desk = sit("new", f"续报：{news}", "--attach", "auto", now="2026-03-05T10:00")
    desk.answer(MEND, "")
    assert "死亡：2人 → 3人" in desk.answer(AGREE, "")
    assert desk.ends() == 0
    assert {entry["case"] for entry in entries(home)} == {"20260305-01"}


def test_the_marked_note_has_colour_and_numbers_at_a_terminal_and_brackets_without_colour(sit: Sit) -> None:
    desk = sit("classify", NOTE, "--explain-reading")
    assert desk.ends() == 0
    assert "[昨晚11点半|时间 3月4日 23:30]" in desk.seen
    assert all(cells(line) <= 80 for line in desk.seen.split("\n"))
    desk = sit("classify", NOTE, "--explain-reading", NO_COLOR="")
    assert desk.ends() == 0
    assert "昨晚11点半[1]" in desk.seen
    assert b"\x1b[36m" in desk.raw
    assert all(cells(line) <= 80 for line in desk.seen.split("\n"))


def test_a_call_left_in_a_drill_waits_in_the_drill_alone(sit: Sit, home: Path) -> None:
    desk = sit("new", "--drill", NOTE)
    assert "【演练】" in desk.until(MEND)
    assert desk.leave() == 130
    assert "jinji --drill new --resume" in desk.rest()
    assert [path.parent for path in home.rglob("draft*")] == [home / "drill"]
    desk = sit("new", "--resume")
    assert desk.ends() == 3
    assert "没有留下的草稿" in desk.rest()
    desk = sit("new", "--resume", "--drill")
    desk.answer(MEND, "")
    desk.answer(AGREE, "")
    assert desk.ends() == 0
    assert not (home / "ledger.jsonl").exists()
    assert not list(home.rglob("draft*"))
