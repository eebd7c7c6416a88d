"""A whole night at the county desk, played through the command line with the clock moving."""

import json

from .conftest import Jinji


def test_a_night_from_the_call_to_the_closed_case(jinji: Jinji) -> None:
    def at(minute: str, *args: str, code: int = 0) -> str:
        outcome = jinji(*args, "--now", f"2026-03-05T{minute}")
        assert outcome.code == code, (args, outcome)
        return outcome.out

    # 02:40 the call: two dead at 02:35, and the desk has until 03:00 (10 + 15 minutes of the hour).
    answer = json.loads(
        at(
            "02:40",
            "new",
            "2点35分，G30高速城关镇段两货车相撞，2人死亡，1人重伤，交警大队王警官电话报",
            "--json",
        )
    )
    number = answer["case"]
    assert number == "20260305-01"
    assert answer["verdict"]["decision"] == "应报"
    assert answer["verdict"]["grade"] == {"low": "一般", "high": "一般"}
    assert answer["report"]["stage"] == "首报"
    assert "2人死亡" in answer["report"]["title"]
    assert "原因正在核查" in answer["report"]["text"]
    ours = [limit for limit in answer["limits"] if limit["ours"]]
    assert {(limit["id"], limit["to"]["office"]) for limit in ours} == {
        ("first-phone", "市委办公室"),
        ("first-phone", "市政府办公室"),
        ("first-written", "市委办公室"),
        ("first-written", "市政府办公室"),
    }
    assert {limit["due"] for limit in ours} == {"2026-03-05T03:00:00+08:00"}

    # 02:45 fifteen minutes are left; 02:56 it is soon; 03:01 it would be late.
    assert "剩15分钟" in at("02:45", "next")
    assert "电话首报" in at("02:45", "next")
    assert "将到期 4" in at("02:56", "board")
    assert number in at("02:56", "next", code=20)
    assert "超1分钟" in at("03:01", "next", code=21)
    phone = at("02:46", "report", "latest", "--format", "phone")
    assert "2人" in phone
    assert "复述" in phone

    # 02:50 reported to both lines by phone; 02:52 the party line confirms.
    assert "市委办公室、市政府办公室" in at("02:50", "sent", "01", "--to", "市", "--form", "电话")
    board = json.loads(at("02:51", "board", "--json"))
    assert {row["id"] for row in board["due"]} == {"first-written", "followup"}
    assert len(board["receipts"]) == 2
    at("02:52", "ack", "01", "--from", "市委办公室", "--person", "李值班")
    board = json.loads(at("02:53", "board", "--json"))
    assert [row["to"]["office"] for row in board["receipts"]] == ["市政府办公室"]
    assert "李值班" in at("02:53", "show", "01")

    # 02:58 in writing, in time; the other receipt comes.
    at("02:58", "sent", "01", "--form", "书面", "--channel", "传真")
    at("02:59", "ack", "01", "--person", "陈值班")
    states = {
        (limit["id"], limit["to"]["office"]): limit["state"]
        for limit in json.loads(at("03:10", "why", "01", "--json"))["limits"]
        if limit["ours"]
    }
    assert states["first-phone", "市委办公室"] == "met"
    assert states["first-written", "市政府办公室"] == "met"
    assert states["followup", "市委办公室"] == "open"
    assert "剩1小时48分" in at("03:10", "next")

    # 04:10 one more dies: 较大, and the province comes in.
    answer = json.loads(at("04:10", "followup", "01", "重伤的1人抢救无效死亡，累计死亡3人", "--json"))
    assert answer["incident"]["measures"]["deaths"]["low"] == 3
    assert answer["verdict"]["grade"]["low"] == "较大"
    assert answer["report"]["stage"] == "续报"
    assert answer["report"]["number"] == 1
    assert "续报一" in answer["report"]["title"]
    assert "2人增至3人" in answer["report"]["text"]
    assert {o["tier"] for o in answer["verdict"]["report_to"]} >= {"市", "省"}
    assert "较大" in at("04:11", "why", "01")
    # The province's clock runs from the news, through this desk's and the city's share.
    province = [
        limit for limit in answer["limits"] if limit["to"]["tier"] == "省" and limit["id"] == "first-phone"
    ]
    assert {limit["due"] for limit in province} == {"2026-03-05T04:40:00+08:00"}
    assert not any(limit["ours"] for limit in province)

    # And so the city has to hear of it within this desk's share, not at the end of the two hours.
    assert "剩14分钟" in at("04:11", "next")
    # 04:15 续报一 goes out; the cadence starts anew.
    at("04:15", "sent", "01", "--to", "市", "--form", "书面")
    assert "剩1小时55分" in at("04:20", "next")
    # Nothing new is said as such.
    assert "无新情况" in at("05:00", "followup", "01", "没有新情况")

    at("05:05", "sent", "01", "--to", "市", "--form", "信息")

    # 06:30 终报, sent, closed; a closed case in its window is a count, not a row.
    final = json.loads(
        at(
            "06:30",
            "followup",
            "01",
            "道路6时恢复通行，原因系疲劳驾驶，共死亡3人",
            "--final",
            "--set",
            "措施=封闭该路段，伤员送县医院救治",
            "--json",
        )
    )
    assert final["report"]["stage"] == "终报"
    assert "疲劳驾驶" in final["report"]["text"]
    at("06:35", "sent", "01", "--to", "市", "--form", "书面")
    assert "没有待报的时限" in at("06:36", "next")
    closed = at("06:40", "close", "01")
    assert "已结" in closed
    assert "终报" not in closed
    board_text = at("06:41", "board")
    assert "观察期 1 件" in board_text
    assert number not in board_text.split("【结案后观察】")[0]

    rows = [json.loads(line) for line in at("08:00", "export").splitlines()]
    assert len(rows) == 1
    row = rows[0]
    assert row["case"] == number
    assert row["status"] == "已结"
    assert row["deaths_low"] == 3
    assert row["grade_low"] == "较大"
    assert row["first_phone_sent"] == "2026-03-05T02:50:00+08:00"
    assert (row["met_late"], row["overdue"], row["missed"]) == (0, 0, 0)
    kinds = [json.loads(line)["kind"] for line in at("08:00", "export", "--entries").splitlines()]
    assert kinds[:3] == ["接报", "研判", "成文"]
    assert kinds[-1] == "结案"
    assert jinji("ledger", "verify").code == 0
    head = jinji("ledger", "head").out
    assert len(head) == 65
    assert jinji("ledger", "verify", "--expect", head.strip()).code == 0
    assert jinji("ledger", "verify", "--expect", "f" * 64).code == 4
