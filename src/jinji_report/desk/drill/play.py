"""Playing a 演练脚本: its steps one after the other through the command line, and what came out beside what should.

The command line itself is handed in (`Run`), so that what is played is what an officer would have typed.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from jinji_report.desk.drill.scenario import Expected, LimitExpected, Scenario, Step, Times
from jinji_report.moments import iso, on_screen, parse_moment


class Ran:
    """What a command line gave."""

    __slots__ = ("code", "err", "out")

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err


Run = Callable[[Sequence[str], datetime, str], Ran]
"""A command line (without `jinji`), the clock that it runs by, and what it finds on stdin."""


class Check:
    """One thing that had to hold: `text` says what, `found` what was found instead where it does not."""

    __slots__ = ("found", "holds", "text")

    def __init__(self, text: str, *, holds: bool, found: str = "") -> None:
        self.text = text
        self.holds = holds
        self.found = found

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "holds": self.holds, "found": None if self.holds else self.found}


class Played:
    """A step that was played: when, what it tells, what was run, and its checks."""

    __slots__ = ("at", "checks", "line", "ran", "tell")

    def __init__(self, at: datetime, step: Step, ran: Ran | None, checks: Sequence[Check]) -> None:
        self.at = at
        self.tell = step.tell
        self.line = "" if step.run is None else " ".join(["jinji", *map(_quoted, step.run)])
        self.ran = ran
        self.checks = tuple(checks)

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)

    def to_json(self) -> dict[str, Any]:
        return {
            "at": iso(self.at),
            "tell": self.tell,
            "run": self.line or None,
            "exit": None if self.ran is None else self.ran.code,
            "checks": [check.to_json() for check in self.checks],
        }


def play(scenario: Scenario, run: Run) -> Iterator[Played]:
    """Play the steps in order; each is given when it was played."""
    times = Times(scenario.day)
    for step in scenario.step:
        at = times.step(step.at)
        ran, checks = None, []
        if step.run is not None:
            ran = run(step.run, at, step.input)
            said = "" if ran.code == step.exit else f"{ran.code}：{' '.join(ran.err.split())[:200]}"
            checks.append(Check(f"退出码 {step.exit}", holds=ran.code == step.exit, found=said))
        if step.expect is not None:
            checks += _of_words(step.expect, ran)
            checks += _of_case(step.expect, run, at, times)
        yield Played(at, step, ran, checks)


def _of_words(expected: Expected, ran: Ran | None) -> Iterator[Check]:
    said = "" if ran is None else ran.out + ran.err
    for words in expected.says:
        yield Check(f"说“{words}”", holds=words in said, found="没有说")
    for words in expected.never_says:
        yield Check(f"不说“{words}”", holds=words not in said, found="说了")


def _of_case(expected: Expected, run: Run, at: datetime, times: Times) -> Iterator[Check]:
    """What must hold of the case, as `show --json` tells it at that moment."""
    if not _asks_of_case(expected):
        return
    shown = run(["show", expected.case, "--json"], at, "")
    if shown.code:
        yield Check(f"案卷 {expected.case}", holds=False, found=" ".join(shown.err.split())[:200])
        return
    case = json.loads(shown.out)
    verdict, grade = case["verdict"] or {}, (case["verdict"] or {}).get("grade")
    told: list[tuple[str, Any, Any]] = [
        ("状态", expected.status, case["status"]),
        ("类别", expected.category, case["incident"]["category"]),
        ("结论", expected.decision, case["decision"] or verdict.get("decision")),
        ("等级", expected.grade, _grade_words(grade)),
        ("全程还剩", expected.left, (case["way"] or {}).get("left")),
    ]
    for label, wanted, found in told:
        if wanted is not None:
            yield _same(label, wanted, found)
    for name, wanted in (expected.measures or {}).items():
        measure = case["incident"]["measures"].get(name) or {}
        found = measure.get("low") if measure.get("low") == measure.get("high") else measure
        yield _same(name, wanted, found)
    for limit in expected.limits:
        yield from _of_limit(limit, case["limits"], times)
    for ident in expected.none_of:
        running = [one for one in case["limits"] if one["id"] == ident]
        yield Check(f"没有时限 {ident}", holds=not running, found=f"{len(running)} 项")
    hops = {hop["tier"]: hop for hop in (case["way"] or {"hops": ()})["hops"]}
    for hop in expected.hops:
        found = hops.get(hop.tier, {})
        for name, wanted in (("used", hop.used), ("left", hop.left)):
            if wanted is not None:
                yield _same(f"{hop.tier}环节 {name}", wanted, found.get(name))
        if hop.ends is not None:
            yield _same_moment(f"{hop.tier}环节止于", hop.ends, found.get("ends"), times)
    yield from _of_chain(expected, case)


def _of_chain(expected: Expected, case: Mapping[str, Any]) -> Iterator[Check]:
    """What must hold of the lines, the sources and the requests."""
    lists: list[tuple[str, tuple[str, ...] | None, list[str]]] = [
        ("不合规矩", expected.departures, [one["rule"] for one in case.get("departures", ())]),
        ("没报的单位", expected.silent, [one["unit"] for one in case.get("silent", ())]),
        (
            "数字冲突",
            expected.conflicts,
            [one["measure"] for one in case.get("sources", ()) if one["conflict"]],
        ),
        ("倒灌", expected.backflows, [one["who"] for one in case.get("backflows", ())]),
    ]
    for label, wanted, found in lists:
        if wanted is not None:
            yield _same(label, sorted(wanted), sorted(dict.fromkeys(found)))
    requests = {one["name"]: one for one in case.get("requests", ())}
    for name, wanted_state in (expected.requests or {}).items():
        one = requests.get(name)
        state = None if one is None else "已办结" if one["ended_at"] else "在办"
        yield _same(f"要求 {name}", wanted_state, state)


def _of_limit(expected: LimitExpected, limits: Sequence[Mapping[str, Any]], times: Times) -> Iterator[Check]:
    name = " ".join(part for part in (expected.id, expected.owes, expected.to, expected.request) if part)
    fitting = [
        one
        for one in limits
        if one["id"] == expected.id
        and expected.to in (None, one["to"]["office"])
        and expected.owes in (None, one["owes"])
        and expected.request in (None, one.get("request"))
    ]
    if not fitting:
        yield Check(f"时限 {name}", holds=False, found="没有这项时限")
    for one in fitting:
        for field in ("starts", "due", "met_at", "receipt_due"):
            wanted = getattr(expected, field)
            if wanted is not None:
                yield _same_moment(f"{name} {field}", wanted, one.get(field), times)
        for field in ("state", "minutes_left", "receipt"):
            wanted = getattr(expected, field)
            if wanted is not None:
                yield _same(f"{name} {field}", wanted, one.get(field))


def _same(label: str, wanted: Any, found: Any) -> Check:
    return Check(f"{label} {_words(wanted)}", holds=wanted == found, found=_words(found))


def _same_moment(label: str, wanted: str, found: str | None, times: Times) -> Check:
    """To the minute."""
    moment = times.moment(wanted)
    there = None if found is None else parse_moment(found)
    holds = there is not None and there.replace(second=0) == moment
    return Check(
        f"{label} {on_screen(moment)}", holds=holds, found="没有" if there is None else on_screen(there)
    )


def _asks_of_case(expected: Expected) -> bool:
    return bool(expected.model_fields_set - {"says", "never_says", "case"})


def _grade_words(grade: Mapping[str, Any] | None) -> str | None:
    if grade is None:
        return None
    low, high = grade["low"], grade["high"]
    return str(high) if low == high else f"{low or '无'}至{high}"


def _words(value: Any) -> str:
    if value is None:
        return "没有"
    return "、".join(map(str, value)) or "无" if isinstance(value, list) else str(value)


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word or "，" in word else word
