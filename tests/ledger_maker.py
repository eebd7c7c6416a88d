"""Ledgers of any size, made fast: the lines that a desk would have written, with a chain that holds.

    python -m tests.ledger_maker FOLDER 1000000 --open 20
    python -m tests.ledger_maker FOLDER 100000 --one-case

The first writes a `ledger.jsonl` of exactly so many entries, eleven a case (接报 研判 成文, 报送, 回执,
then 要素 研判 成文, 报送, 回执, and 结案 but for the newest that stay open), three cases under way at a
time, in the order of the clock; the second, one case that was followed up all along. The same arguments
give the same bytes. Nothing of jinji writes here, so that what jinji reads is not what jinji wrote.
"""

import argparse
import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

BEIJING = timezone(timedelta(hours=8))
LAST_CALL = datetime(2026, 3, 20, 6, 0, tzinfo=BEIJING)
A_CASE = 11  # entries, one of them 结案

_A_NEW_CASE = timedelta(minutes=50)
_AT_ONCE = 4 << 20  # bytes to a write
_SCATTER = 0x9E3779B97F4A7C15F39CC061  # odd, so that no two entries get one id
_ALL_IDS = (1 << 96) - 1

# What happened, its words, who calls, whose it is, what came of it.
_KINDS = (
    ("火灾", "居民家中起火", "消防大队", "消防救援", "火已扑灭，现场正在清理"),
    ("道路交通事故", "两车相撞", "交警大队", "公安", "伤者已送医，道路恢复通行"),
    ("燃气事故", "天然气泄漏爆燃", "燃气公司", "住建", "气源已切断，周边已通风"),
    ("溺水", "一人落水", "派出所", "公安", "搜救仍在继续，已调来船只"),
    ("建筑施工事故", "脚手架垮塌", "施工单位", "住建", "工地已停工，正在清点人员"),
)
_Lines = dict[str, bytes]
_OFFICE = {"tier": "市", "line": "党委", "office": "市委办公室"}


def make(path: Path, entries: int, *, still_open: int = 20, last: datetime = LAST_CALL) -> str:
    """Write a ledger of `entries` entries and give its head.

    The newest `still_open` cases are open, all others closed. The last was called in at `last` and has
    its last entry within three hours.
    Raises ValueError where so many open cases need more entries.
    """
    cases, left = divmod(entries + still_open, A_CASE)
    if cases < max(still_open, 1):
        raise ValueError(f"{still_open} open cases need {still_open * (A_CASE - 1)} entries")
    with _Writer(path) as writer:
        under_way: dict[int, _Case] = {}
        numbers = _numbers(last - _A_NEW_CASE * (cases - 1), cases)
        for turn in range(cases + 2):
            if turn < cases:
                under_way[turn] = case = _Case(turn, *next(numbers))
                writer.batch(case, 0, "接报", "研判", "成文")
                writer.batch(case, 6, "报送")
                writer.batch(case, 10, "回执")
            if turn - 1 in under_way:
                case = under_way[turn - 1]
                writer.batch(case, 65, "要素", "研判", "续报")
                writer.batch(case, 70, "报送续报")
                writer.batch(case, 75, "回执")
            if turn - 2 in under_way:
                case = under_way.pop(turn - 2)
                if turn - 2 < cases - still_open:
                    writer.batch(case, 130, "结案")
        for number in range(left):  # a receipt may come at any time
            writer.batch(case, 131 + number, "回执")
    return writer.head.decode()


def make_one_case(path: Path, entries: int, *, last: datetime = LAST_CALL) -> str:
    """Write a ledger of one open case of `entries` (at least 5), the last soon after `last`; give its head."""
    rounds, left = divmod(entries - 5, 5)
    with _Writer(path) as writer:
        received = last - timedelta(minutes=rounds)
        case = _Case(0, f"{received:%Y%m%d}-01", received)
        writer.batch(case, 0, "接报", "研判", "成文")
        writer.batch(case, 6, "报送")
        writer.batch(case, 10, "回执")
        for number in range(1, rounds + 1):
            case.holes[b"round"] = number
            writer.batch(case, 10 + number, "要素", "研判", "续报")
            writer.batch(case, 10 + number, "报送续报")
            writer.batch(case, 10 + number, "回执")
        for _ in range(left):
            writer.batch(case, 10 + rounds, "回执")
    return writer.head.decode()


class _Case:
    """`holes` are what its lines are filled with; `templates` those of single lines and of batches."""

    def __init__(self, turn: int, number: str, received: datetime) -> None:
        self.received = received
        self.templates = _TEMPLATES[turn % len(_KINDS)]
        self.holes: dict[bytes, Any] = {
            b"case": number.encode(),
            b"place": f"城关镇第{turn % 97 + 1}社区{turn % 889 + 1}号".encode(),
            b"received": received.isoformat().encode(),
            b"round": 1,
        }


class _Writer:
    """Writes lines one after the other; `head` is the hash of the last."""

    def __init__(self, path: Path) -> None:
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.lines: list[bytes] = []
        self.size = 0
        self.seq = 0
        self.head = b"0" * 64

    def __enter__(self) -> "_Writer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()
        os.close(self.fd)

    def flush(self) -> None:
        rest = memoryview(b"".join(line + b"\n" for line in self.lines))
        while rest:
            rest = rest[os.write(self.fd, rest) :]
        self.lines.clear()
        self.size = 0

    def batch(self, case: _Case, minutes: int, *steps: str) -> None:
        holes = case.holes
        holes[b"at"] = (case.received + timedelta(minutes=minutes)).isoformat().encode()
        templates = case.templates[len(steps) > 1]
        for place, step in enumerate(steps, 1):
            self.seq = seq = self.seq + 1
            holes[b"seq"] = seq
            holes[b"id"] = b"%024x" % (seq * _SCATTER & _ALL_IDS)
            holes[b"prev"] = self.head
            holes[b"k"], holes[b"n"] = place, len(steps)
            line = templates[step] % holes
            self.head = sha256(line).hexdigest().encode()
            self.lines.append(line)
            self.size += len(line)
        if self.size > _AT_ONCE:
            self.flush()


def _numbers(first: datetime, cases: int) -> Iterator[tuple[str, datetime]]:
    """Number and moment of one call after the other."""
    day, of_the_day = "", 0
    for turn in range(cases):
        received = first + _A_NEW_CASE * turn
        date = f"{received:%Y%m%d}"
        day, of_the_day = date, of_the_day + 1 if day == date else 1
        yield f"{date}-{of_the_day:02d}", received


def _templates(category: str, words: str, caller: str, owner: str, came: str) -> tuple[_Lines, _Lines]:
    """Each step's line with its holes, where it stands alone and where it is one of a batch."""
    title = f"%(place)s{category}致1人受伤"
    incident = {
        "category": category,
        "category_said": words[-2:],
        "title": title,
        "occurred": None,
        "moments": {"received": "%(received)s"},
        "place": {"text": "%(place)s", "said": "%(place)s"},
        "measures": {"injured": {"low": 1, "high": 1, "said": "1人受伤"}},
        "tags": [],
        "tag_words": {},
        "source": {"unit": caller, "person": "值班员", "phone": None, "kind": None},
        "course": f"%(place)s{words}",
        "actions": "",
        "leaders": "",
        "cause": "",
        "progress": "",
    }
    verdict = {
        "decision": "应报",
        "grade": {"low": "一般", "high": "一般"},
        "report_to": [{**_OFFICE, "decision": "应报"}],
        "reasons": [
            {
                "criterion": "county.city.injured.accident",
                "clause": "示范县突发事件信息报送办法（示例）第五条",
                "text": "受伤1人，达到1人以上",
                "measures": ["injured"],
            }
        ],
        "near_misses": [],
        "questions": [{"ask": "重伤几人？", "measure": "seriously_injured", "decides": "应报省级"}],
        "factors": [],
        "consult": [],
        "owners": [{"unit": owner, "side": "行业", "angle": "经过和处置"}],
        "presumed": ["direct_loss_wan"],
        "standards": {"id": "county", "digest": "4e78d048" * 8, "on": "2026-03-05"},
    }
    sent = {"to": _OFFICE, "form": "电话", "stage": "首报", "number": 0, "channel": "", "person": ""}
    steps: dict[str, tuple[str, dict[str, Any]]] = {
        "接报": ("接报", {"note": f"%(place)s{words}，1人受伤。{caller}报。", "incident": incident}),
        "研判": ("研判", {"verdict": verdict}),
        "成文": (
            "成文",
            {
                "stage": "首报",
                "number": 0,
                "title": title,
                "text": f"{title}\n\n报送单位：示范县委办公室\n\n　　%(place)s{words}，造成1人受伤。\n"
                f"　　原因正在核查。\n　　信息来源：{caller}值班员。\n　　后续情况续报。",
                "since": None,
            },
        ),
        "报送": ("报送", sent),
        "回执": ("回执", {"to": _OFFICE, "form": None, "person": "李主任", "reference": ""}),
        "要素": ("要素", {"note": f"{came}。", "sets": [], "incident": {**incident, "actions": came}}),
        "续报": (
            "成文",
            {
                "stage": "续报",
                "number": "%(round)d",
                "title": f"{title}（续报）",
                "text": f"{title}（续报）\n\n报送单位：示范县委办公室\n\n　　现将%(place)s{category}有关情况"
                f"续报如下：\n　　处置措施：{came}。\n　　后续情况续报。",
                "since": 0,
                "correction": False,
            },
        ),
        "报送续报": ("报送", {**sent, "stage": "续报", "number": "%(round)d"}),
        "结案": ("结案", {"missing": ["终报"], "reason": "处置完毕"}),
    }
    head = '{"v":1,"seq":%(seq)d,"id":"%(id)s","case":"%(case)s","kind":'
    moments = '"at":"%(at)s","recorded":"%(at)s","by":"张值班"'
    bond = ',"prev":"%(prev)s"'
    single, batch = {}, {}
    for step, (kind, data) in steps.items():
        words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        line = f'{head}"{kind}",{moments},"data":{words}{bond}'.replace('"%(round)d"', "%(round)d")
        single[step] = f"{line}}}".encode()
        batch[step] = f'{line},"batch":[%(k)d,%(n)d]}}'.encode()
    return single, batch


_TEMPLATES = [_templates(*kind) for kind in _KINDS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("entries", type=int)
    parser.add_argument("--open", type=int, default=20, help="cases that stay open")
    parser.add_argument("--one-case", action="store_true", help="all entries are of one open case")
    asked = parser.parse_args()
    asked.folder.mkdir(0o700, parents=True, exist_ok=True)
    path = asked.folder / "ledger.jsonl"
    print(
        make_one_case(path, asked.entries)
        if asked.one_case
        else make(path, asked.entries, still_open=asked.open)
    )


if __name__ == "__main__":
    main()
