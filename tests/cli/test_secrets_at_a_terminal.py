"""What is typed at a prompt and bears a secrecy mark comes to no disk: not to the ledger, the cache, a draft, a setting."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a pty is needed", allow_module_level=True)

from .terminal import Sit, Terminal

FIRE = "昨晚11点半，城关镇东街一服装店起火，2人死亡，1人重伤，1人轻伤"
WORD = "独角兽行动"
MARKED = f"机密★5年，{WORD}在城关镇展开，有2人受伤"
HEADED = f"绝密\r{WORD}在城关镇展开\r\r"
PASTE = "空行结束"
MEND = "回车 = 无误"
AGREE = "录入台账"

Desk = Callable[..., Terminal]
Kept = Callable[[], list[str]]


@pytest.fixture
def desk(sit: Sit, home: Path, tmp_path: Path) -> Desk:
    """A terminal with one case in the ledger; whatever the run writes lies in `tmp_path`."""
    places = {name: str(tmp_path / name.lower()) for name in ("JINJI_CACHE", "TMPDIR", "HOME")}
    for place in places.values():
        Path(place).mkdir(mode=0o700)
    places["XDG_CONFIG_HOME"] = places["HOME"]

    def start(*args: str) -> Terminal:
        return sit(*args, now="2026-03-05T10:00", **places)

    assert start("new", "-y", FIRE).ends() == 0
    return start


@pytest.fixture
def kept(tmp_path: Path, home: Path) -> Callable[[], list[str]]:
    """Look into every file for the marked words; the drafts that are there, as text."""
    signs = [WORD.encode(code) for code in ("utf-8", "gbk", "utf-16-le")]
    signs.append(json.dumps(WORD).strip('"').encode())

    def look() -> list[str]:
        for path in tmp_path.rglob("*"):
            assert not path.name.endswith(".tmp")
            if path.is_file() and path.name != "来文.txt":
                raw = path.read_bytes()
                assert not any(sign in raw for sign in signs), path
        return [path.read_text(encoding="utf-8") for path in home.glob("*draft*")]

    return look


@pytest.mark.parametrize("args", [("new",), ("followup", "01")], ids=" ".join)
@pytest.mark.parametrize("pasted", [f"{MARKED}\r\r", HEADED], ids=["a star", "a heading"])
def test_a_marked_note_that_is_pasted_is_refused(
    desk: Desk, kept: Kept, args: tuple[str, ...], pasted: str
) -> None:
    run = desk(*args)
    run.until(PASTE)
    run.type(pasted)
    assert run.ends() == 3
    assert "密级标志" in run.rest() and "涉密渠道" in run.rest()
    assert kept() == []


@pytest.mark.parametrize("args", [("new",), ("followup", "01")], ids=" ".join)
def test_one_that_is_left_half_pasted_is_not_kept_as_a_draft(
    desk: Desk, kept: Kept, args: tuple[str, ...]
) -> None:
    run = desk(*args)
    run.until(PASTE)
    run.type(f"{MARKED}\r又有")
    run.quiet()
    assert run.leave() == 130
    assert kept() == []


TYPED = [
    f"原因={MARKED}",
    f"措施=绝密：{WORD}",
    f"{WORD}密级：机密=3",
    f"地点={WORD}【机密】★",
]


@pytest.mark.parametrize("typed", [*TYPED, MARKED], ids=range(len(TYPED) + 1))
def test_what_is_typed_to_mend_a_reading_is_refused_and_the_call_goes_on_without_it(
    desk: Desk, kept: Kept, typed: str
) -> None:
    run = desk("new", "--attach", "never", FIRE)
    run.answer(MEND, typed)
    assert "密级标志" in run.answer(MEND, "")
    if typed != MARKED:  # a sentence is no answer to yes or no
        run.answer(AGREE, typed)
        assert "密级标志" in run.until(AGREE)
    assert run.leave() == 130
    (draft,) = kept()
    assert json.loads(draft)["note"] == FIRE


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
def test_what_is_typed_into_a_follow_up_is_refused(desk: Desk, kept: Kept, typed: str) -> None:
    run = desk("followup", "01", "又有1人受伤")
    run.answer(AGREE, typed)
    assert "密级标志" in run.until(AGREE)
    assert run.leave() == 130
    assert kept() == ["又有1人受伤"]


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
def test_what_is_typed_as_an_answer_is_refused_and_asked_again(desk: Desk, kept: Kept, typed: str) -> None:
    run = desk("new", "--attach", "never", "9时02分城关镇北部发生5.1级地震，人员伤亡不详")
    run.answer(MEND, "")
    run.answer("死亡几人？", typed)
    assert "密级标志" in run.until("死亡几人？")
    assert run.leave() == 130
    assert len(kept()) == 1


@pytest.mark.parametrize(
    "args",
    [("new",), ("followup", "01"), ("sent", "01", "--form", "书面"), ("report", "01", "--check")],
    ids=" ".join,
)
def test_a_marked_file_is_refused_at_a_terminal_too(
    desk: Desk, kept: Kept, tmp_path: Path, args: tuple[str, ...]
) -> None:
    paper = tmp_path / "来文.txt"
    for text in (MARKED, f"绝密\n{WORD}在城关镇展开"):
        paper.write_text(text, encoding="utf-8")
        run = desk(*args, "--file", str(paper))
        assert run.ends() == 3
        assert "密级标志" in run.seen and WORD not in run.seen
        assert kept() == []


def test_what_is_typed_at_the_first_set_up_is_refused_and_asked_again(desk: Desk, kept: Kept) -> None:
    run = desk("init")
    run.until("本单位全称")
    for typed in (MARKED, f"【绝密】{WORD}"):
        run.type(f"{typed}\r")
        assert "密级标志" in run.until("本单位全称")
    run.type("某县委办公室\r")
    run.answer("层级", "")
    run.answer("报送线", "")
    run.answer("所辖地方", "某县")
    run.answer("值班电话", f"绝密：{WORD}")
    assert "密级标志" in run.until("值班电话")
    assert run.leave() == 130
    assert kept() == []
