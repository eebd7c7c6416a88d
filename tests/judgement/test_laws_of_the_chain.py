"""What holds for every history of a case: time alone takes nothing back, and a later incident is due no sooner."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import Limit
from jinji_report.judgement.obligations import limits_of, way_up
from jinji_report.model.case import Case
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts, Occurred, Place
from jinji_report.model.fold import fold_case
from jinji_report.moments import BEIJING
from jinji_report.quantity import exactly
from jinji_report.standards.load import load
from jinji_report.vocabulary import TIERS, AnswerStep, EntryKind, LimitState, RequestKind

COUNTY = load("county")
START = datetime(2026, 3, 5, 6, 0, tzinfo=BEIJING)
CITY = [
    {"tier": "市", "line": "党委", "office": "市委办公室"},
    {"tier": "市", "line": "政府", "office": "市政府办公室"},
]
PROVINCE = {"tier": "省", "line": "党委", "office": "省委办公厅"}
MET = (LimitState.MET, LimitState.MET_LATE)

Steps = Sequence[tuple[int, str, dict[str, Any]]]


def after(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def entry(minutes: int, kind: str, data: dict[str, Any], ident: str | None = None) -> NewEntry:
    at = after(minutes)
    return NewEntry(case="01", kind=kind, at=at, recorded=at, by="值班员", data=data, id=ident)


def case_of(occurred: int | None, received: int, dead: int, kind: str, steps: Steps) -> Case:
    """A case that was called in at `received` and of which these steps were entered since."""
    facts = Facts(
        category=kind,
        occurred=None if occurred is None else Occurred(after(occurred)),
        moments={"received": after(received)},
        place=Place("城关镇东街"),
        measures={"deaths": exactly(dead, "死亡")},
        title="事件",
    )
    verdict = classify(facts, COUNTY, after(received))
    entries = [
        entry(received, EntryKind.RECEIVED.value, {"incident": facts.to_json()}),
        entry(received, EntryKind.VERDICT.value, {"verdict": verdict.to_json()}),
        *(
            entry(received + minutes, name, data, f"e{place}")
            for place, (minutes, name, data) in enumerate(steps)
        ),
    ]
    return fold_case("01", [one.placed(seq, "") for seq, one in enumerate(entries, 1)])


forms = st.sampled_from(("电话", "书面", "信息"))
offices = st.sampled_from([*CITY, PROVINCE])
things = st.one_of(
    st.tuples(
        st.just(EntryKind.SENT.value),
        st.fixed_dictionaries({"to": offices, "form": forms, "stage": st.just("首报"), "number": st.just(0)}),
    ),
    st.tuples(
        st.just(EntryKind.ACK.value), st.fixed_dictionaries({"to": offices, "form": st.none() | forms})
    ),
    st.tuples(
        st.just(EntryKind.UNIT_REPORT.value),
        st.fixed_dictionaries({"unit": st.sampled_from(("公安", "应急管理", "消防救援")), "form": forms}),
    ),
    st.tuples(
        st.just(EntryKind.REQUEST.value),
        st.fixed_dictionaries(
            {"request": st.sampled_from([kind.value for kind in RequestKind]), "from": offices}
        ),
    ),
    st.tuples(
        st.just(EntryKind.ANSWER.value),
        st.fixed_dictionaries(
            {
                "request": st.sampled_from(("e0", "e1", "e2")),
                "step": st.sampled_from([step.value for step in AnswerStep]),
                "form": forms,
            }
        ),
    ),
    st.tuples(st.just(EntryKind.CLOSED.value), st.just({})),
    st.tuples(st.just(EntryKind.REOPENED.value), st.just({})),
)
steps = st.lists(st.tuples(st.integers(0, 300), things), max_size=7).map(
    lambda found: [(minutes, *thing) for minutes, thing in sorted(found, key=lambda one: one[0])]
)
kinds = st.sampled_from(("火灾", "道路交通事故", "矿山事故", "食物中毒"))
quiet = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def key(limit: Limit) -> tuple[Any, ...]:
    return limit.id, limit.owes, limit.to, limit.duty.before.get("request"), limit.starts


def told(case: Case, now: int) -> dict[tuple[Any, ...], Limit]:
    return {key(limit): limit for limit in limits_of(case, COUNTY, after(now))}


@quiet
@given(
    st.none() | st.integers(-120, 0),
    st.integers(0, 12),
    kinds,
    steps,
    st.integers(300, 400),
    st.integers(0, 5000),
)
def test_what_was_met_stays_met_however_late_one_looks(
    occurred: int | None, dead: int, kind: str, steps: Steps, now: int, later: int
) -> None:
    case = case_of(occurred, 0, dead, kind, steps)
    before, afterwards = told(case, now), told(case, now + later)
    for name, limit in before.items():
        if limit.state in MET:
            assert afterwards[name].state == limit.state and afterwards[name].met_at == limit.met_at


@quiet
@given(st.integers(-120, 0), st.integers(0, 12), kinds, steps, st.integers(300, 400), st.integers(0, 5000))
def test_what_is_overdue_never_becomes_open_again_by_time_alone(
    occurred: int, dead: int, kind: str, steps: Steps, now: int, later: int
) -> None:
    case = case_of(occurred, 0, dead, kind, steps)
    before, afterwards = told(case, now), told(case, now + later)
    assert before.keys() == afterwards.keys()
    for name, limit in before.items():
        assert limit.due == afterwards[name].due
        if limit.state == LimitState.OVERDUE:
            assert afterwards[name].state == LimitState.OVERDUE


@quiet
@given(st.integers(-120, 0), st.integers(0, 120), st.integers(0, 12), kinds, steps, st.integers(300, 400))
def test_an_incident_that_happened_later_is_due_no_sooner(
    occurred: int, later: int, dead: int, kind: str, steps: Steps, now: int
) -> None:
    later = min(later, -occurred)  # nothing is received before it happened
    sooner = {
        (
            limit.id,
            limit.owes,
            limit.to,
            limit.duty.before.get("request"),
            limit.starts_from,
            place,
        ): limit.due
        for place, limit in _numbered(limits_of(case_of(occurred, 0, dead, kind, steps), COUNTY, after(now)))
    }
    for place, limit in _numbered(
        limits_of(case_of(occurred + later, 0, dead, kind, steps), COUNTY, after(now))
    ):
        name = limit.id, limit.owes, limit.to, limit.duty.before.get("request"), limit.starts_from, place
        if name in sooner:
            assert limit.due >= sooner[name]


def _numbered(limits: Sequence[Limit]) -> list[tuple[int, Limit]]:
    """Each with how many of the same came before it: the late steps of a cadence are of one row."""
    seen: dict[tuple[Any, ...], int] = {}
    found = []
    for limit in limits:
        name = limit.id, limit.owes, limit.to, limit.duty.before.get("request"), limit.starts_from
        seen[name] = seen.get(name, 0) + 1
        found.append((seen[name], limit))
    return found


@quiet
@given(st.integers(-120, 0), kinds, steps, st.integers(300, 400))
def test_the_hops_that_are_open_share_what_is_left_whatever_was_sent(
    occurred: int, kind: str, steps: Steps, now: int
) -> None:
    way = way_up(case_of(occurred, 0, 4, kind, steps), COUNTY, after(now))
    assert way is not None
    still_open = [hop for hop in way.hops if hop.left is not None]
    assert sum((hop.left for hop in still_open if hop.left is not None), timedelta()) == way.left
    tiers = [TIERS.index(hop.tier) for hop in still_open]
    done = [TIERS.index(hop.tier) for hop in way.hops if hop.left is None]
    assert not tiers or not done or max(done) < min(tiers)  # no hop is done above one that is not


@quiet
@given(st.integers(-120, 0), kinds, st.integers(0, 200))
def test_the_hops_add_up_at_every_minute_of_the_first_hours(occurred: int, kind: str, now: int) -> None:
    case = case_of(occurred, 0, 4, kind, [])
    way = way_up(case, COUNTY, after(now))
    assert way is not None
    left = sum((hop.left for hop in way.hops if hop.left is not None), timedelta())
    assert left == way.left == max(timedelta(), after(occurred + 60) - after(now))
