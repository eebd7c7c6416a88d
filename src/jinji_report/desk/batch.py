"""研判 in batches: a record of a JSON-lines file in, its answer out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

from jinji_report.desk.answer import Judged
from jinji_report.desk.classify import judge
from jinji_report.desk.given import facts_of
from jinji_report.desk.parts import Part, judge_call, parts_json
from jinji_report.desk.stamp import checked_clock, refuse_secrets
from jinji_report.errors import JinjiError, UnusableInput
from jinji_report.jsontext import json_text
from jinji_report.moments import parse_moment
from jinji_report.standards.rows import Standards


class Answer:
    """What is answered to one record: `judged`, with the `id` and the parts beside it; else what is wrong (`refused`)."""

    __slots__ = ("beside", "judged", "refused")

    def __init__(
        self,
        ident: str | int | float | None = None,
        judged: Judged | None = None,
        parts: Sequence[Part] = (),
        *,
        apart: bool = False,
        refused: JinjiError | None = None,
    ) -> None:
        """A note that tells several incidents has them as `parts`; `apart` gives each of them in full."""
        self.beside: dict[str, Any] = {"id": ident}
        if parts:
            self.beside["parts"] = parts_json(parts, whole=apart)
        self.judged = judged
        self.refused = refused

    def to_json(self) -> dict[str, Any]:
        if self.judged is not None:
            return self.judged.to_json(**self.beside)
        wrong = self.refused
        return {**self.beside, "error": wrong and {"problem": wrong.problem, "remedy": wrong.remedy}}

    def to_text(self) -> str:
        """`to_json` as JSON text."""
        return json_text(self.to_json()) if self.judged is None else self.judged.to_text(**self.beside)


def answered(
    record: Any, standards: Standards, now: datetime, *, on: date | None = None, apart: bool = False
) -> Answer:
    """The answer to one record of a batch."""
    ident = None
    try:
        refuse_secrets(*texts_of(record))
        ident = _id_of(record)
        if not isinstance(record, Mapping):
            raise UnusableInput("这一行不是 JSON 对象。", remedy='写成 {"id": "…", "text": "…"}。')
        moment = _now_of(record, now)
        if "text" in record and "facts" in record:
            raise UnusableInput("这一行既有 text 又有 facts。", remedy="只留一项。")
        if "text" in record:
            if not isinstance(record["text"], str):
                raise UnusableInput("text 应是文字。", remedy='写成 "text": "来电内容"。')
            judged, parts = judge_call(record["text"], (), standards, moment, on=on)
            return Answer(ident, judged, parts, apart=apart)
        if "facts" in record:
            facts = facts_of(record["facts"], standards, moment)
            return Answer(ident, judge(facts, standards, moment, on=on))
        raise UnusableInput("这一行既没有 text 也没有 facts。", remedy="至少写其中一项。")
    except JinjiError as error:
        return Answer(ident, refused=error)


def judge_line(
    record: Any, standards: Standards, now: datetime, *, on: date | None = None, apart: bool = False
) -> dict[str, Any]:
    """One record of a batch as its answer; what is wrong with it is an `error` in the answer."""
    return answered(record, standards, now, on=on, apart=apart).to_json()


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a JSON value, names of keys too."""
    waiting = [value]  # however deep it goes
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one


def _id_of(record: Any) -> str | int | float | None:
    """The `id` to give back; None for what is no text and no number."""
    ident = record.get("id") if isinstance(record, Mapping) else None
    return ident if isinstance(ident, str | int) or (isinstance(ident, float) and isfinite(ident)) else None


def _now_of(record: Mapping[str, Any], now: datetime) -> datetime:
    said = record.get("now")
    if said is None:
        return now
    try:
        return checked_clock(parse_moment(said), "now")
    except (TypeError, ValueError, AttributeError, OverflowError):
        raise UnusableInput(f"now 不是时间：{said!r}。", remedy='写成 "2026-03-05T09:30"。') from None
