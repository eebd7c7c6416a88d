"""What is due is the same wherever it is told: board, next, show, list, export, on the screen and in JSON."""

import random
from typing import Any

import pytest

from .conftest import Jinji

NOTES = (
    "3月5日8点50分，城关镇东街一民房起火，3人死亡。消防大队李队长报。",
    "3月5日8点40分，G30高速K1023处三车追尾，4人死亡，6人受伤。",
    "3月5日8点30分，青山镇文化广场45人聚集，反映征地补偿问题。",
    "3月5日8点55分，示范县第一中学20名学生午饭后呕吐，送县医院。",
)


def clock(minute: int) -> str:
    return f"2026-03-05T{9 + minute // 60:02d}:{minute % 60:02d}"


def lived(jinji: Jinji, seed: int) -> int:
    """A morning of whatever came; the minute in which it ends."""
    dice = random.Random(seed)
    for place, note in enumerate(NOTES):
        assert jinji("new", note, "--no-input", "--now", clock(place)).code == 0
    minute = len(NOTES)
    for _ in range(14):
        minute += dice.randrange(12)
        case = f"0{dice.randrange(len(NOTES)) + 1}"
        line = dice.choice(
            [
                [
                    "sent",
                    case,
                    "--form",
                    dice.choice(["电话", "书面", "信息"]),
                    "--to",
                    dice.choice(["市", "市委办公室"]),
                ],
                ["ack", case],
                ["followup", case, "又有1人死亡", "--no-input"],
                ["told", case, "2人死亡", "--unit", dice.choice(["公安", "卫生健康", "应急管理"])],
                [
                    "request",
                    case,
                    "--kind",
                    dice.choice(["核报", "批示"]),
                    "--from",
                    "市委办公室",
                    "--text",
                    "请报",
                ],
                ["answer", case, "--form", "电话", "--text", "已核实"],
                ["decide", case, dice.choice(["应报", "不报"]), "--reason", "研究决定"],
                ["close", case],
                ["reopen", case, "--reason", "又有新情况"],
            ]
        )
        jinji(*line, "--now", clock(minute))  # what does not fit is refused, and that is as it should be
    return minute


Key = tuple[Any, ...]


def key(limit: dict[str, Any]) -> Key:
    return (
        limit["id"],
        limit["to"]["office"],
        limit.get("request"),
        limit["due"],
        limit["state"],
        limit["minutes_left"],
    )


def shown(jinji: Jinji, case: str, now: str) -> list[dict[str, Any]]:
    return list(jinji("show", case, "--json", "--now", now).json["limits"])


def running(limit: dict[str, Any]) -> bool:
    return limit["ours"] and not limit["ended"] and limit["state"] in ("open", "due_soon", "overdue")


@pytest.mark.parametrize("seed", range(6))
def test_states_agree_wherever_they_are_told(jinji: Jinji, seed: int) -> None:
    end = lived(jinji, seed)
    for later in (0, 7, 45, 600):
        now = clock(end + later) if end + later < 880 else "2026-03-06T09:00"
        cases = jinji("list", "--json", "--now", now).json["cases"]
        by_case = {one["case"]: shown(jinji, one["case"], now) for one in cases}
        board = jinji("board", "--json", "--now", now).json
        due = sorted(
            (case, *key(limit)) for case, limits in by_case.items() for limit in limits if running(limit)
        )
        assert sorted((row["case"], *key(row)) for row in board["due"]) == due
        waiting = sorted(
            (case, limit["id"], limit["to"]["office"])
            for case, limits in by_case.items()
            for limit in limits
            if limit["receipt"] == "waiting"
        )
        assert sorted((row["case"], row["id"], row["to"]["office"]) for row in board["receipts"]) == waiting
        for one in cases:
            dues = [limit["due"] for limit in by_case[one["case"]] if running(limit)]
            if one["status"] == "在办":
                assert one["next_due"] == min(dues, default=None)
        rows = {row["case"]: row for row in jinji("export", "--format", "json", "--now", now).json}
        for one in cases:
            limits = [limit for limit in by_case[one["case"]] if running(limit)]
            row = rows[one["case"]]
            assert row["overdue"] == sum(limit["state"] == "overdue" for limit in limits)
            assert row["status"] == one["status"]
            assert row["next_due"] == min((limit["due"] for limit in limits), default=None)
        first = jinji("next", "--json", "--now", now)
        late = [row for row in board["receipts"] if row.get("receipt_due") and row["minutes_left"] < 0]
        urgent = sorted([*(row["due"] for row in board["due"]), *(row["receipt_due"] for row in late)])
        told = first.json["next"]
        assert (told is None) == (not urgent)
        if told is not None:
            assert (told.get("receipt_due") or told["due"]) == urgent[0]
        assert first.code == (21 if board["overdue"] else 20 if board["due_soon"] else 0)
        screen = jinji("board", "--now", now).out
        assert f"超时 {board['overdue']}　" in screen
        for number in {row["case"] for row in board["due"]}:
            assert number in screen
