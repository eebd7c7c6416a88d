"""A case tried: the incident that it tells, and each thing that it expects beside what the standards give.

Facts of a case are a flat table: `category`, `place`, `occurred`, `tags`, and measures by id or label. A
measure is a number, `[3, 9]`, `[3, "以上"]`, or words as an officer types them (至少3, 十余, 不详, 无).
The case is judged by its own day (`on`), else the day it happened, else the day of its file, else today.
What a case names and the standards do not know is a problem of the case, with the nearest names.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jinji_report.intake.read import read
from jinji_report.intake.values import parse_quantity, parse_when
from jinji_report.judgement.bounds import day_of
from jinji_report.judgement.classify import classify
from jinji_report.judgement.explain import figure
from jinji_report.judgement.limits import Limit, demands, limits
from jinji_report.model.facts import Facts, Occurred, Place
from jinji_report.model.verdict import Verdict
from jinji_report.moments import BEIJING, parse_moment, whole_minutes
from jinji_report.proving.situation import Proved, Situation, State
from jinji_report.quantity import Quantity, at_least, between, exactly
from jinji_report.standards.conditions import listed
from jinji_report.standards.rows import Address, Standards
from jinji_report.vocabulary import Decision

if TYPE_CHECKING:
    from jinji_report.standards.schema import CaseTable, Expect

NOON = time(12, 0, tzinfo=BEIJING)


class Gap:
    """One thing that came out otherwise: what it is about, what was expected, what was got."""

    __slots__ = ("expected", "got", "item")

    def __init__(self, item: str, expected: str, got: str) -> None:
        self.item = item
        self.expected = expected
        self.got = got

    def to_json(self) -> dict[str, str]:
        return {"item": self.item, "expected": self.expected, "got": self.got}


class Tried:
    """A case after its trial. `problems`: what is wrong with the case itself. `situation`: None where it could not be told."""

    __slots__ = ("gaps", "name", "problems", "situation")

    def __init__(
        self, name: str, situation: Situation | None, gaps: Sequence[Gap], problems: Sequence[str]
    ) -> None:
        self.name = name
        self.situation = situation
        self.gaps = tuple(gaps)
        self.problems = tuple(problems)

    @property
    def passed(self) -> bool:
        return not self.gaps and not self.problems


class BadCase(ValueError):
    """What a case says cannot be understood; the sentence says what and where."""


class Judge:
    """Tries cases against the standards; the rows and names are looked up once."""

    def __init__(self, standards: Standards, rows: Sequence[Proved], now: datetime) -> None:
        self.standards = standards
        self.now = now
        self.rows: dict[str, list[Proved]] = {}
        for row in rows:
            self.rows.setdefault(row.id, []).append(row)
        self.tags = {tag.name for tag in standards.tags}
        self.factors = {row.name for row in standards.factors}

    def try_case(self, case: "CaseTable", default_on: date | None = None) -> Tried:
        """The case against the standards; `default_on` is the day that its file gives."""
        try:
            told = self._told(case, default_on)
        except BadCase as error:
            return Tried(case.name, None, (), (str(error),))
        check = _Check(self, told)
        check.all_of(case.expect)
        return Tried(case.name, told.situation, check.gaps, check.problems)

    def _told(self, case: "CaseTable", default_on: date | None) -> "_Told":
        try:
            now = parse_moment(case.now) if case.now is not None else None
        except ValueError:
            raise BadCase(f"now 不是时间：{case.now}。写成 2026-03-05T09:30。") from None
        day = case.on or default_on
        noon = None if day is None else datetime.combine(day, NOON)
        if case.note is not None:
            moment = now or noon or self.now
            facts = read(case.note, moment, self.standards).facts
        else:
            facts = self.facts_of(case.facts or {}, now or noon or self.now)
            happened = None if facts.occurred is None else facts.occurred.at
            moment = now or happened or noon or self.now
        on = case.on or (day_of(facts, moment) if facts.occurred is not None or now else default_on)
        return _Told(facts, self.standards, moment, on or day_of(facts, moment))

    def facts_of(self, table: Mapping[str, Any], now: datetime) -> Facts:
        """The facts of a case. Raises BadCase."""
        category, tags = table.get("category"), listed(table.get("tags", ()))
        if category is not None and category not in self.standards.categories:
            raise BadCase(unknown_name("类别", category, self.standards.categories))
        for tag in tags:
            if tag not in self.tags:
                raise BadCase(unknown_name("标签", tag, self.tags))
        place = table.get("place")
        if place is not None and not isinstance(place, str):
            raise BadCase(f"place 应是文字：{place}。")
        return Facts(
            category=category,
            tags={tag: tag for tag in tags},
            place=None if place is None else Place(place),
            occurred=None if table.get("occurred") is None else _when(table["occurred"], now),
            measures={
                self.measure(name): _quantity(name, value)
                for name, value in table.items()
                if name not in ("category", "tags", "place", "occurred")
            },
        )

    def measure(self, name: str) -> str:
        """The id of a measure that is named by id or label. Raises BadCase."""
        rows = self.standards.measures
        if name in rows:
            return name
        found = next((row.id for row in rows.values() if row.label == name), None)
        if found is None:
            raise BadCase(unknown_name("数量", name, [*rows, *(row.label for row in rows.values())]))
        return found

    def addresses(self, name: str, standards: Standards) -> list[Address]:
        """The offices that `name` means among those that some row reports to. Raises BadCase.

        `市` is every office of that tier, `市党委` the one of that line; else it is the office's name.
        """
        all_of = dict.fromkeys(address for row in standards.reports for address in row.to)
        named = [
            a
            for a in all_of
            if name
            in (standards.office_name(a), a.tier, f"{a.tier}级", f"{a.tier}{a.line}", f"{a.tier}级{a.line}")
        ]
        if not named:
            names = [n for a in all_of for n in (standards.office_name(a), f"{a.tier}{a.line}", str(a.tier))]
            raise BadCase(unknown_name("报送对象", name, dict.fromkeys(names)))
        return named


class _Told:
    """The incident of a case; the verdict and the limits are worked out when an expectation asks for them."""

    def __init__(self, facts: Facts, standards: Standards, now: datetime, on: date) -> None:
        self.facts = facts
        self.standards = standards
        self.now = now
        self.on = on
        self.situation = Situation(facts, standards, on)

    @cached_property
    def verdict(self) -> Verdict:
        return classify(self.heard, self.standards, self.now, on=self.on)

    @cached_property
    def heard(self) -> Facts:
        return self.facts.with_changes(moments={"received": self.now} | self.facts.moments)

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        return limits(self.heard, demands(self.verdict), self.standards, self.now, on=self.on)


class _Check:
    """The expectations of one case, one after the other."""

    def __init__(self, judge: Judge, told: _Told) -> None:
        self.judge = judge
        self.told = told
        self.gaps: list[Gap] = []
        self.problems: list[str] = []

    def all_of(self, expect: "Expect") -> None:
        for name, check in self._checks().items():
            wanted = getattr(expect, name)
            if wanted is not None:
                try:
                    check(wanted)
                except BadCase as error:
                    self.problems.append(str(error))

    def _checks(self) -> dict[str, Callable[[Any], None]]:
        return {
            "category": self.category,
            "measures": self.measures,
            "decision": self.decision,
            "grade": self.grade,
            "because": lambda ids: self.rows(ids, State.HOLDS),
            "not_because": lambda ids: self.rows(ids, State.FAILS),
            "unsure": lambda ids: self.rows(ids, State.OPEN),
            "report_to": self.report_to,
            "not_to": self.not_to,
            "asks": self.asks,
            "factors": self.factors,
            "not_factors": self.not_factors,
            "consult": lambda names: self.units("会商", names, self.told.verdict.consult),
            "owners": lambda names: self.units("责任单位", names, self.told.verdict.owners),
            "limits": self.limits,
        }

    def gap(self, item: str, expected: str, got: str) -> None:
        self.gaps.append(Gap(item, expected, got))

    def category(self, wanted: str) -> None:
        if wanted not in self.judge.standards.categories:
            raise BadCase(unknown_name("类别", wanted, self.judge.standards.categories))
        got = self.told.facts.category
        if got != wanted:
            self.gap("类别", wanted, got or "没有读出")

    def measures(self, wanted: Mapping[str, Any]) -> None:
        for name, value in wanted.items():
            ident = self.judge.measure(name)
            row = self.judge.standards.measures[ident]
            quantity, got = _quantity(name, value), self.told.facts.measures.get(ident)
            if got is None or not got.same_range(quantity):
                self.gap(
                    "数量", figure(quantity, row), f"没有说{row.label}" if got is None else figure(got, row)
                )

    def decision(self, wanted: Decision) -> None:
        got = self.told.verdict.decision
        if got != wanted:
            self.gap("结论", wanted, f"{got}{self._why()}")

    def grade(self, wanted: Any) -> None:
        ends = [None if name == "无" else name for name in ([wanted] if isinstance(wanted, str) else wanted)]
        grade = self.told.verdict.grade
        got = (None, None) if grade is None else (grade.low, grade.high)
        if got != (ends[0], ends[-1]):
            self.gap("等级", _span(ends[0], ends[-1]), f"{_span(*got)}{self._why()}")

    def rows(self, ids: Any, wanted: State) -> None:
        for ident in listed(ids):
            rows = self.judge.rows.get(ident)
            if rows is None:
                self.problems.append(unknown_name("条款", ident, self.judge.rows))
                continue
            states = [(self.told.situation.state(row), row) for row in rows]
            if not any(state == wanted for state, _ in states):
                state, row = states[0]
                self.gap("条款", f"{ident} {wanted}", self._state_words(state, row))

    def report_to(self, names: Any) -> None:
        reported = self._reported()
        for name in listed(names):
            if not all(address in reported for address in self._addresses(name)):
                self.gap("应报", name, self._offices())

    def not_to(self, names: Any) -> None:
        reported = self._reported()
        for name in listed(names):
            if any(address in reported for address in self._addresses(name)):
                self.gap("不报", name, self._offices())

    def asks(self, names: Any) -> None:
        questions = self.told.verdict.questions
        asked = [q["measure"] for q in questions]
        words = [q["ask"] for q in questions]
        for name in listed(names):
            if name not in words and self.judge.measure(name) not in asked:
                self.gap("追问", name, " ".join(words) or "什么也不问")

    def factors(self, names: Any) -> None:
        held = [factor["factor"] for factor in self.told.verdict.factors]
        for name in self._factors(names):
            if name not in held:
                self.gap("敏感因素", name, _listing(held))

    def not_factors(self, names: Any) -> None:
        held = [factor["factor"] for factor in self.told.verdict.factors]
        for name in self._factors(names):
            if name in held:
                self.gap("敏感因素", f"没有 {name}", _listing(held))

    def units(self, item: str, names: Any, got: Iterable[Mapping[str, Any]]) -> None:
        units = [one["unit"] for one in got]
        for name in listed(names):
            if name not in units:
                self.gap(item, name, _listing(units))

    def limits(self, wanted: Mapping[str, int]) -> None:
        occurred = self.told.facts.occurred
        start = self.told.now if occurred is None else occurred.at
        known = {row.id for row in self.judge.standards.limits}
        for ident, minutes in wanted.items():
            if ident not in known:
                self.problems.append(unknown_name("时限", ident, known))
                continue
            due = [whole_minutes(limit.due - start) for limit in self.told.limits if limit.id == ident]
            if not due or min(due) != minutes:
                self.gap("时限", f"{ident} {minutes}分钟", f"{min(due)}分钟" if due else "没有这项时限")

    # —— words ——

    def _factors(self, names: Any) -> Iterable[str]:
        for name in listed(names):
            if name in self.judge.factors:
                yield name
            else:
                self.problems.append(unknown_name("敏感因素", name, self.judge.factors))

    def _addresses(self, name: str) -> list[Address]:
        return self.judge.addresses(name, self.told.situation.standards)

    def _reported(self) -> set[Address]:
        offices = self.told.verdict.report_to
        return {Address(o.tier, o.line) for o in offices if o.decision == Decision.REPORT}

    def _offices(self) -> str:
        return "、".join(f"{o.office}（{o.decision}）" for o in self.told.verdict.report_to) or "都不报"

    def _why(self) -> str:
        reasons = [reason["criterion"] for reason in self.told.verdict.reasons]
        return f"（{'、'.join(reasons[:3])}{' 等' if len(reasons) > 3 else ''}）" if reasons else ""

    def _state_words(self, state: State | None, row: Proved) -> str:
        situation = self.told.situation
        if state is None:
            return f"{situation.on} 不在有效期内"
        rows = situation.standards.measures
        names = situation.measures(row)
        if state == State.OPEN:
            low_high = situation.bounds.ranges
            open_ones = [rows[name].label for name in names if low_high[name][0] != low_high[name][1]]
            return f"未定（不知道{'、'.join(open_ones or ['类别'])}）"
        said = [figure(q, rows[name]) for name, q in situation.facts.measures.items() if name in names]
        return f"{state}（{'，'.join(said)}）" if said else str(state)


def unknown_name(kind: str, name: str, known: Iterable[str]) -> str:
    """`没有“死忘”这个数量；相近的有：死亡。`"""
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"没有“{name}”这个{kind}{'；相近的有：' + '、'.join(near) if near else ''}。"


def _when(said: Any, now: datetime) -> Occurred:
    if not isinstance(said, str):
        raise BadCase(f"occurred 不是时间：{said}。写成 2026-03-05T01:20 或 昨晚11点半。")
    try:
        return Occurred(parse_moment(said), said=said)
    except (ValueError, OverflowError):
        pass
    try:
        return parse_when(said, now)
    except ValueError as error:
        raise BadCase(f"occurred：{error}") from None


def _quantity(name: str, value: Any) -> Quantity:
    """3, [3, 9], [3, "以上"] or words as a range. Raises BadCase."""
    try:
        if isinstance(value, str):
            return parse_quantity(value)
        if isinstance(value, int | float):
            return exactly(value, str(value))
        low, high = value
        if isinstance(low, int | float) and high == "以上":
            return at_least(low, f"{low}以上")
        if isinstance(low, int | float) and isinstance(high, int | float):
            return between(low, high, f"{low}至{high}")
    except (ValueError, TypeError):
        pass
    raise BadCase(f'{name} 的值看不懂：{_shown(value)}。写成 3、[3, 9]、[3, "以上"]、"十余" 或 "不详"。')


def _shown(value: Any) -> str:
    return str(list(value)) if isinstance(value, tuple) else str(value)


def _span(low: Any, high: Any) -> str:
    return f"{low or '无'}" if low == high else f"{low or '无'}至{high or '无'}"


def _listing(names: Sequence[str]) -> str:
    return "、".join(names) or "没有"
