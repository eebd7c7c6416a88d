"""研判 without the ledger: one note or structured facts in, the judged incident out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from jinji_report.desk.answer import Judged
from jinji_report.desk.stamp import checked_clock
from jinji_report.desk.understand import Understood, apply_sets, check_note, facts_of, understand
from jinji_report.errors import JinjiError, UnusableInput
from jinji_report.judgement.bounds import contradictions
from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import demands, limits
from jinji_report.model.facts import Facts
from jinji_report.moments import parse_moment
from jinji_report.standards.rows import Standards


def judge(
    facts: Facts,
    standards: Standards,
    now: datetime,
    doubts: Iterable[str] = (),
    *,
    on: date | None = None,
) -> Judged:
    """The verdict on `facts` and the limits that it brings, as they stand at `now`, when it was heard.

    Both go by the standards in force on the day it happened, or on the day `on`.
    """
    facts = facts.with_changes(moments={"received": now} | facts.moments)
    verdict = classify(facts, standards, now, on=on)
    told = [*doubts, *contradictions(facts, standards)]
    return Judged(facts, verdict, limits(facts, demands(verdict), standards, now, on=on), now, told)


def judge_note(
    text: str, sets: Iterable[str], standards: Standards, now: datetime, *, on: date | None = None
) -> tuple[Judged, Understood]:
    """A note, with the officer's `sets` over what was read. Raises UnusableInput."""
    understood = understand(check_note(text), now, standards, sets)
    return judge(understood.facts, standards, now, doubts_of(understood), on=on), understood


def judge_sets(sets: Iterable[str], standards: Standards, now: datetime, *, on: date | None = None) -> Judged:
    """Structured facts alone (`--set deaths=3`), without a note."""
    return judge(apply_sets(Facts(), sets, standards, now), standards, now, on=on)


def doubts_of(understood: Understood) -> list[str]:
    """What the reading itself asks to be confirmed."""
    return [doubt.text for doubt in understood.reading.doubts]


def judge_line(record: Any, standards: Standards, now: datetime, *, on: date | None = None) -> dict[str, Any]:
    """One record of a batch as its answer; what is wrong with it is an `error` in the answer."""
    ident = _id_of(record)
    try:
        if not isinstance(record, Mapping):
            raise UnusableInput("这一行不是 JSON 对象。", remedy='写成 {"id": "…", "text": "…"}。')
        moment = _now_of(record, now)
        if "text" in record and "facts" in record:
            raise UnusableInput("这一行既有 text 又有 facts。", remedy="只留一项。")
        if "text" in record:
            if not isinstance(record["text"], str):
                raise UnusableInput("text 应是文字。", remedy='写成 "text": "来电内容"。')
            judged, _ = judge_note(record["text"], (), standards, moment, on=on)
        elif "facts" in record:
            judged = judge(facts_of(record["facts"], standards, moment), standards, moment, on=on)
        else:
            raise UnusableInput("这一行既没有 text 也没有 facts。", remedy="至少写其中一项。")
        return judged.to_json(id=ident)
    except JinjiError as error:
        return {"id": ident, "error": {"problem": error.problem, "remedy": error.remedy}}


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
