"""Whatever comes in, the reading holds its laws: nothing raises, every value stands in the note, no figure is upside down."""

import io
import json
import random
import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jinji_report.cli.main import main
from jinji_report.desk.batch import answered
from jinji_report.intake.read import read
from jinji_report.moments import parse_moment
from jinji_report.standards.load import load
from jinji_report.standards.rows import Standards

from .words import NOW

split = str.split
NUMBERS = split(
    "0 1 3 10 99999999999 一 两 俩 仨 十 十几 十余 二十余 三四十 数十 近百 上百 千余 3万 1.5亿 廿 〇 半数 "
    "３ 3.5 -1 3-5 5~3"
)
HARM = split(
    "死亡 受伤 重伤 轻伤 失联 失踪 被困 中毒 遇难 身亡 不治 没了 送医 疏散 转移 聚集 死 伤 亡 病危 脱险 "
    "获救 受灾"
)
AROUND = split(
    "人 名 个 人员 其中 共 含 约 近 至少 不超过 以上 由 增至 现 更正 开始说 此前报 又 新增 无 没有 未造成 "
    "不详 均 分别 、 和 比"
)
TIMES = split(
    "昨晚11点半 今早 刚才 半小时前 前天 上周五 凌晨 3月5日 2月30日 2027年1月1日 1900年 14时20分许 24:00 "
    "25:99 除夕 闰二月三十 正月初三 时许 2 点 期间 截至"
)
PLACES = split(
    "城关镇 东街 河西乡 G30高速K1023+500 某厂 第一中学 在 于 位于 向 从 至 路口 人民医院 省 市 区 号楼 3单元"
)
EVENTS = split(
    "起火 爆炸 追尾 坍塌 泄漏 地震 食物中毒 停电 溺水 因 原因 直接经济损失5万元 过火3公顷 6.1级地震 民警赶到 "
    "县长到场"
)
MARKS = [
    *'。，；：、！？（）()“”"《》\n\r\t \u3000\u200b\ufe0f\u20e3😀①③²·~-/@#*|<>&%\x00\x1b\x7f\ud83d\udc00\ufffd',
    *("&nbsp;", "<br>", "**", "张三 2026/3/5 1:23:\n", "\x1b[2J", "锟斤拷", "1、", "死\n亡"),
]
GRAMMAR = st.lists(
    st.sampled_from([*NUMBERS, *HARM, *AROUND, *TIMES, *PLACES, *EVENTS, *MARKS]), max_size=40
).map("".join)
CALLS = [
    json.loads(line)["text"]
    for name in ("corpus", "corpus_aside", "news")
    for line in (Path(__file__).parent / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]
ANY = st.text(st.characters(), max_size=120)
MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def county() -> Standards:
    return load("county")


@MANY
@given(text=ANY | GRAMMAR)
@example(text="\ud83d")
@example(text="死亡" * 200)
@example(text="又0重0送医")
def test_any_note_is_read_alike_twice_and_within_its_laws(county: Standards, text: str) -> None:
    made = read(text, NOW, county)
    for span in made.spans:
        words = iter(text[span.start : span.end])
        assert 0 <= span.start <= span.end <= len(text), span
        assert span.said.isprintable(), span
        assert all(char in words for char in span.said), span
    for quantity in (*made.facts.measures.values(), *made.increments.values()):
        assert quantity.low >= 0, quantity
        assert quantity.high is None or quantity.low <= quantity.high, quantity
    if made.facts.occurred is not None:
        assert made.facts.occurred.at <= NOW + timedelta(minutes=1), made.facts.occurred.said
        assert made.facts.occurred.until is None or made.facts.occurred.at <= made.facts.occurred.until
    for doubt in made.doubts:
        assert doubt.text.isprintable()
    again = read(text, NOW, county)
    assert again.facts.to_json() == made.facts.to_json()
    assert [repr(span) for span in again.spans] == [repr(span) for span in made.spans]
    json.dumps(made.facts.to_json())


@MANY
@given(text=GRAMMAR, minutes=st.integers(0, 3_000_000))
def test_nothing_is_read_into_the_future_whenever_the_note_comes(
    county: Standards, text: str, minutes: int
) -> None:
    now = parse_moment("2026-12-31T23:59") - timedelta(minutes=minutes)
    occurred = read(text, now, county).facts.occurred
    assert occurred is None or occurred.at <= now + timedelta(minutes=1)


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> pytest.MonkeyPatch:
    """A desk of its own, whose cache lasts for all examples."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("NOW", "CONFIG", "STANDARDS"):
        monkeypatch.delenv(f"JINJI_{name}", raising=False)
    monkeypatch.setenv("JINJI_HOME", str(folder / "home"))
    monkeypatch.setenv("JINJI_CACHE", str(folder / "cache"))
    return monkeypatch


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(raw=st.binary(max_size=200) | (ANY | GRAMMAR).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_through_the_program_are_an_answer_or_a_sentence(
    quiet: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], raw: bytes
) -> None:
    quiet.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
    code = main(["classify", "-", "--now", "2026-03-05T09:30"])
    shown = capsys.readouterr()
    assert code in (0, 2, 3), shown.err
    assert code == 0 or shown.out == ""
    assert "Traceback" not in shown.err
    assert "程序出错" not in shown.err
    assert not any(c < " " and c != "\n" for c in shown.out + shown.err)


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(texts=st.lists(ANY | GRAMMAR, min_size=30, max_size=60))
def test_a_batch_of_any_notes_has_an_answer_a_line(
    quiet: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], texts: list[str]
) -> None:
    raw = b"".join(json.dumps({"id": n, "text": text}).encode() + b"\n" for n, text in enumerate(texts))
    quiet.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
    code = main(["classify", "--jsonl", "-", "--now", "2026-03-05T09:30"])
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code in (0, 3)
    assert [answer["id"] for answer in answers] == list(range(len(texts)))
    assert all(("verdict" in answer) != ("error" in answer) for answer in answers)


@pytest.mark.parametrize("seed", range(8))
def test_any_pieces_of_any_calls_in_one_paste_have_an_answer(county: Standards, seed: int) -> None:
    """Up to forty calls, with or without what stood between them, cut anywhere, some of their words gone."""
    chance = random.Random(seed)
    for _ in range(50):
        calls = chance.sample(CALLS, k=chance.choice((1, 2, 3, 8, 40)))
        text = chance.choice(("", "\n", "。", "，", " ")).join(calls)
        if chance.random() < 0.4:
            gone = chance.choice(("[，。]", r"\d", "[一-龥]{3}", "[人名]"))
            text = re.sub(gone, chance.choice(("", "，", "3", "\n")), text)
        begin, end = sorted(chance.sample(range(len(text) + 1), k=2))
        text = chance.choice((text, text[begin:end], text[end:] + text[:begin]))[:19_000]
        answer = json.loads(answered({"id": text, "text": text}, county, NOW).to_text())
        assert answer["id"] == text
        assert ("error" in answer) == (not any(c.isalnum() for c in text))
