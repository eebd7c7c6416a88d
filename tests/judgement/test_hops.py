"""环节: an hour shared over the hops, what was used of it, and how what is left is shared anew."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinji_report.judgement.hops import Way, way_of
from jinji_report.judgement.limits import Ack, Sent
from jinji_report.model.facts import Facts, Occurred
from jinji_report.moments import BEIJING
from jinji_report.standards.load import load
from jinji_report.standards.rows import Address
from jinji_report.vocabulary import Form, Line, Stage, Tier

STANDARDS = load("county")  # 10 minutes for the township, 15 county, 15 city, 20 province
START = datetime(2026, 3, 5, 2, 0, tzinfo=BEIJING)
CITY, PROVINCE = Address(Tier.CITY, Line.PARTY), Address(Tier.PROVINCE, Line.PARTY)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def way(
    *,
    received: float | None,
    now: float,
    sent: float | None = None,
    to: Address = CITY,
    acked: float | None = None,
) -> Way:
    facts = Facts(occurred=Occurred(START), moments={} if received is None else {"received": after(received)})
    went = [] if sent is None else [Sent(to, Form.PHONE, after(sent), stage=Stage.FIRST)]
    came = [] if acked is None else [Ack(PROVINCE, None, after(acked))]
    found = way_of(facts, STANDARDS, after(now), sent=went, acks=came)
    assert found is not None
    return found


def minutes(way: Way) -> list[float | None]:
    return [None if hop.left is None else hop.left.total_seconds() / 60 for hop in way.hops]


def ends(way: Way) -> list[float]:
    return [(hop.ends - START).total_seconds() / 60 for hop in way.hops]


def test_while_the_call_came_in_time_every_hop_keeps_its_end() -> None:
    found = way(received=10, now=10)
    assert minutes(found) == [None, 15, 15, 20] and ends(found)[1:] == [25, 40, 60]
    assert not found.reshared


def test_a_call_that_came_sooner_leaves_this_desk_the_minutes() -> None:
    assert minutes(way(received=4, now=4)) == [None, 21, 15, 20]


def test_a_call_that_came_late_is_paid_for_by_all_that_are_still_open_in_the_ratio_of_their_shares() -> None:
    found = way(received=35, now=35)  # 25 are left of 60, for shares of 15, 15 and 20
    assert minutes(found) == [None, 7.5, 7.5, 10] and found.reshared
    assert found.hops[0].used == 35 and ends(found)[1:] == [42.5, 50, 60]


def test_what_this_desk_uses_too_much_the_others_lack() -> None:
    found = way(received=10, now=32)  # 7 past the end of its own hop; 28 left for 15 and 20
    assert minutes(found) == [None, 0, 12, 16]


def test_after_the_hour_nothing_is_left_to_anybody() -> None:
    found = way(received=10, now=75)
    assert minutes(found) == [None, 0, 0, 0] and found.left == timedelta()


def test_a_report_that_went_out_ends_this_hop_and_begins_the_next() -> None:
    found = way(received=10, now=25, sent=22)
    assert found.hops[1].used == 12 and found.hops[2].began == after(22)
    assert minutes(found) == [None, None, 15, 20]


def test_a_report_past_the_next_level_ends_that_hop_too() -> None:
    found = way(received=10, now=25, sent=22, to=PROVINCE)
    assert minutes(found) == [None, None, None, 35]


def test_a_receipt_from_further_up_says_that_the_next_hop_is_done() -> None:
    found = way(received=10, now=35, sent=22, acked=34)
    assert found.hops[2].used == 12 and minutes(found) == [None, None, None, 25]


def test_where_nobody_told_when_it_was_received_the_first_hop_is_still_open() -> None:
    assert minutes(way(received=None, now=5)) == [5, 15, 15, 20]


@pytest.mark.parametrize("pack", ["ningxia"])
def test_standards_without_hops_share_no_hour(pack: str) -> None:
    standards = load(pack)
    found = way_of(Facts(occurred=Occurred(START)), standards, START)
    assert (found is None) == (not standards.hops)


@given(
    received=st.integers(0, 90),
    used=st.none() | st.integers(0, 90),
    acked=st.none() | st.integers(0, 60),
    waited=st.integers(0, 120),
)
def test_the_shares_of_the_open_hops_add_up_to_what_is_left(
    received: int, used: int | None, acked: int | None, waited: int
) -> None:
    sent = None if used is None else received + used
    confirmed = None if sent is None or acked is None else sent + acked
    now = max(moment for moment in (received, sent, confirmed) if moment is not None) + waited
    found = way(received=received, now=now, sent=sent, acked=confirmed)
    still_open = [left for left in minutes(found) if left is not None]
    assert sum(still_open) * 60 == pytest.approx(found.left.total_seconds(), abs=1e-3)
    assert found.left == max(timedelta(), after(60) - after(now))
