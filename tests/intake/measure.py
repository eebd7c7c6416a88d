"""How well notes are read: labelled notes in, the share that is right by field out.

A line of a corpus is a note with the moment it was told and its labels: what the note says, null
where it says nothing, 0 where it says none. Right means:

- a measure: the figure of the label; where the note says about (十余, 近百, 至少), a range that holds it
  and starts no lower than half of it, open above only where the words leave it open. A measure without a
  label must be absent, none, or wholly open ("nothing invented").
- `occurred`: within a quarter of an hour (a full hour in news that tell the hour), or the same day where
  the label is a day; a label without time wants none.
- `place`: the longest common run covers 60 % of the label, and not more than 2.5 times its length is told.
- `loss`: the direct loss in 万元, within a hundredth or within the range that about-words leave.
- `category`: one of the names that the label's kind allows.
- the verdict by `ningxia`, where the note settles it: `must report` found, the others `not over-reported`
  and, with the deaths told, `settled` as 备查; something sensitive below the thresholds is `noticed`.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from jinji_report.desk.batch import judge_line
from jinji_report.moments import parse_moment
from jinji_report.standards.load import load

MEASURES = ("deaths", "injured", "seriously_injured", "missing", "trapped", "poisoned")
STANDARDS = "ningxia"
KINDS = {
    "road_traffic": "道路交通事故",
    "fire": "火灾",
    "mine": "矿山事故",
    "hazchem": "危险化学品事故 爆炸事故 火灾 环境污染事件 急性中毒",
    "construction": "建筑施工事故 坍塌事故 其他生产安全事故 特种设备事故",
    "collapse": "坍塌事故 建筑施工事故",
    "food_poisoning": "食物中毒",
    "gas_poisoning": "急性中毒 燃气事故 其他生产安全事故",
    "water_traffic": "水上交通事故",
    "rail": "铁路交通事故 城市轨道事故 道路交通事故",
    "air": "民用航空事故",
    "flood": "洪涝灾害 暴雨灾害",
    "geological": "地质灾害",
    "earthquake": "地震灾害",
    "typhoon": "台风灾害",
    "forest_fire": "森林火灾 草原火灾",
    "snow": "低温雨雪冰冻灾害 大风冰雹灾害",
    "environment": "环境污染事件 危险化学品事故",
    "mass_gathering": "群体性事件 踩踏事故",
    "criminal": "刑事案件 恐怖袭击 极端行为",
    "public_health": "传染病疫情 群体性不明原因疾病 药品疫苗事件 食物中毒 急性中毒",
    "special_equipment": "特种设备事故",
    "explosion": "爆炸事故 燃气事故 危险化学品事故 火灾",
    "交通事故": "道路交通事故 铁路交通事故 水上交通事故 民用航空事故 城市轨道事故",
    "地震": "地震灾害",
    "火灾": "火灾 森林火灾 草原火灾 爆炸事故 危险化学品事故",
    "恐怖袭击": "恐怖袭击 刑事案件 爆炸事故",
    "食物中毒": "食物中毒 急性中毒",
}
"""The kinds of the labels, and the categories that are right for each."""


class Marks:
    """What was asked and what was right, by field; `wrong` tells each miss in a line."""

    def __init__(self) -> None:
        self.tally: dict[str, list[int]] = {}
        self.wrong: list[str] = []

    def mark(self, field: str, right: bool, note: Mapping[str, Any], want: object, have: object) -> None:
        count = self.tally.setdefault(field, [0, 0])
        count[0] += right
        count[1] += 1
        if not right:
            self.wrong.append(f"{field} {note['id']}: wanted {want}, got {have} | {note['text'][:80]!r}")

    @property
    def shares(self) -> dict[str, float]:
        return {field: right / asked for field, (right, asked) in self.tally.items()}


def corpus(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measured(path: Path) -> Marks:
    """Read and judge every note of the corpus."""
    marks = Marks()
    standards = load(STANDARDS)
    for note in corpus(path):
        now = parse_moment(note["now"])
        answer = judge_line({"id": note["id"], "text": note["text"]}, standards, now)
        assert "error" not in answer, (note["id"], answer)
        for field, right, want, have in _compared(note, answer["incident"], answer["verdict"]):
            marks.mark(field, right, note, want, have)
    return marks


def _compared(
    note: Mapping[str, Any], incident: Mapping[str, Any], verdict: Mapping[str, Any]
) -> Iterator[tuple[str, bool, object, object]]:
    """Each field of the note: its name, whether it is right, what was wanted, what was read."""
    labels = note["labels"]
    if labels["category"] in KINDS:
        have = incident.get("category")
        yield "category", have in KINDS[labels["category"]].split(), labels["category"], have
    for measure in MEASURES:
        want, read = labels[measure], (incident.get("measures") or {}).get(measure)
        yield (
            "nothing invented" if want is None else measure,
            _nothing(read) if want is None else _counted(measure, want, read),
            f"{measure}={want}",
            read,
        )
    if labels.get("loss_wan") is not None:
        read = (incident.get("measures") or {}).get("direct_loss_wan")
        loss = labels["loss_wan"]
        right = read is not None and read["low"] <= loss * 1.01 and loss <= (read["high"] or 2 * loss) * 1.01
        yield "loss", right, loss, read
    when, where = labels["occurred"], labels["place"]
    read = incident.get("occurred")
    yield "occurred", _timed(when, read, labels.get("precision") == "hour"), when, read
    told = (incident.get("place") or {}).get("text") or ""
    yield "place", _placed(where, told), where, told
    yield from _judged(note, verdict)


def _judged(
    note: Mapping[str, Any], verdict: Mapping[str, Any]
) -> Iterator[tuple[str, bool, object, object]]:
    decision, must = verdict["decision"], note.get("must_report_ningxia")
    sensitive = note.get("sensitive") or []
    if must is True:
        yield "must report", decision == "应报", "应报", decision
    elif must is False and not sensitive:
        yield "not over-reported", decision != "应报", "not 应报", decision
        if note["labels"]["deaths"] is not None:
            yield "settled", decision == "备查", "备查", decision
    elif must is False:
        noticed = bool(verdict["factors"] or verdict["consult"]) or decision != "备查"
        yield "noticed", noticed, sensitive, decision
    level = note.get("official_level")
    if level:
        low = (verdict["grade"] or {}).get("low")
        yield "official level", low == level, level, low


def _nothing(read: Mapping[str, Any] | None) -> bool:
    return read is None or read["high"] == 0 or (not read["low"] and read["high"] is None)


def _counted(measure: str, want: int, read: Mapping[str, Any] | None) -> bool:
    if read is None:
        return want == 0 and measure not in ("deaths", "injured")
    low, high = read["low"], read["high"]
    if low == high:
        return bool(low == want)
    top = float("inf") if high is None else high
    return low - 1 <= want <= top + 1 and 2 * low >= want - 2 and (high is None or high <= 2 * want + 9)


def _timed(want: str | None, read: Mapping[str, Any] | None, whole_hour: bool) -> bool:
    if want is None or read is None:
        return want is None and read is None
    if len(want) == 10:
        return bool(read["at"][:10] == want)
    if read["precision"] in ("day", "part_of_day"):
        return False
    away = datetime.fromisoformat(read["at"][:16]) - datetime.fromisoformat(want)
    return abs(away.total_seconds()) <= (60 if whole_hour else 15) * 60


def _placed(want: str | None, have: str) -> bool:
    if want is None:
        return not have
    match = SequenceMatcher(None, want, have, autojunk=False)
    common = match.find_longest_match(0, len(want), 0, len(have)).size
    return common >= 0.6 * len(want) and len(have) <= max(8, 2.5 * len(want))
