"""环节: how the hour to the centre is shared over the hops, what was used of it, and what is left to whom.

The clock runs from the moment it HAPPENED (R16). While every hop keeps its share, each ends where the standards
say. What one hop used too much is taken from all that are still open, in the ratio of their shares, so that the
shares of the open hops always add up to what is left of the whole.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from jinji_report.judgement.limits import Ack, Sent
from jinji_report.model.facts import Facts
from jinji_report.moments import iso, whole_minutes
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import TIERS, Tier

NOTHING = timedelta()


class Hop:
    """One tier's part of the way.

    `minutes`: its share by the standards; `planned`: when it should have passed the report on. `began`, `passed`: when
    it got it and passed it on, None where that is not known. `ends`: when it has to have passed it on as things
    are, `left`: what that leaves from now (None for a hop that is done). `used`: what it took, where both are known.
    """

    __slots__ = ("began", "ends", "left", "minutes", "ours", "passed", "planned", "tier")

    def __init__(self, tier: Tier, minutes: int, planned: datetime, *, ours: bool) -> None:
        self.tier = tier
        self.minutes = minutes
        self.planned = planned
        self.ours = ours
        self.began: datetime | None = None
        self.passed: datetime | None = None
        self.ends = planned
        self.left: timedelta | None = None

    @property
    def used(self) -> int | None:
        """Whole minutes that it took."""
        if self.began is None or self.passed is None:
            return None
        return whole_minutes(self.passed - self.began)

    def to_json(self) -> dict[str, Any]:
        return {
            "tier": self.tier,
            "ours": self.ours,
            "minutes": self.minutes,
            "planned": iso(self.planned),
            "began": None if self.began is None else iso(self.began),
            "passed": None if self.passed is None else iso(self.passed),
            "used": self.used,
            "ends": None if self.left is None else iso(self.ends),
            "left": None if self.left is None else whole_minutes(self.left),
        }


class Way:
    """The whole way of one incident: `starts` (by the moment named in `starts_from`), `ends`, its hops, what is left."""

    __slots__ = ("ends", "hops", "left", "reshared", "starts", "starts_from")

    def __init__(
        self, starts: datetime, starts_from: str, ends: datetime, hops: Sequence[Hop], left: timedelta
    ) -> None:
        self.starts = starts
        self.starts_from = starts_from
        self.ends = ends
        self.hops = tuple(hops)
        self.left = left
        self.reshared = any(hop.left is not None and hop.ends != hop.planned for hop in hops)

    def to_json(self) -> dict[str, Any]:
        return {
            "starts": iso(self.starts),
            "from": self.starts_from,
            "ends": iso(self.ends),
            "left": whole_minutes(self.left),
            "reshared": self.reshared,
            "hops": [hop.to_json() for hop in self.hops],
        }


def way_of(
    facts: Facts, standards: Standards, now: datetime, *, sent: Sequence[Sent] = (), acks: Sequence[Ack] = ()
) -> Way | None:
    """The way up of this incident as it stands at `now`; None where the standards share no hour, or nobody told when.

    A hop below the desk is done once the desk was told; one from the desk on, once a report was sent to, or
    confirmed by, an office above it.
    """
    if not standards.hops or facts.occurred is None:
        return None
    starts = facts.occurred.at
    hops: list[Hop] = []
    end = starts
    for row in standards.hops:
        end += timedelta(minutes=row.minutes)
        hops.append(Hop(row.tier, row.minutes, end, ours=row.tier == standards.desk.tier))
    _walked(hops, starts, facts.moments.get("received"), standards, sent, acks)
    still_open = [hop for hop in hops if hop.passed is None]
    if still_open:
        _share(still_open, hops, starts, end, now)
    left = max(NOTHING, end - now) if still_open else NOTHING
    return Way(starts, facts.occurred.basis, end, hops, left)


def _walked(
    hops: Sequence[Hop],
    starts: datetime,
    received: datetime | None,
    standards: Standards,
    sent: Sequence[Sent],
    acks: Sequence[Ack],
) -> None:
    """Set when each hop got the report and passed it on, as far as the entries know."""
    desk = TIERS.index(standards.desk.tier)
    hops[0].began = starts
    for place, hop in enumerate(hops):
        tier = TIERS.index(hop.tier)
        if tier < desk:
            nearest = place + 1 < len(hops) and TIERS.index(hops[place + 1].tier) >= desk
            # What happened further down is not told here; only that all of it came by `received`.
            hop.passed = None if received is None else max(received, starts)
            if not nearest:
                hop.passed = hop.began = None
        else:
            went = [s.at for s in sent if TIERS.index(s.to.tier) > tier]
            came = [a.at for a in acks if TIERS.index(a.to.tier) > tier]
            hop.passed = min([*went, *came], default=None)
        if place + 1 < len(hops):
            hops[place + 1].began = hop.passed
    for place, hop in enumerate(hops[:-1]):  # whatever lies below one that is done is done too
        if hop.passed is None:
            hop.passed = next((later.passed for later in hops[place + 1 :] if later.passed is not None), None)


def _share(
    still_open: Sequence[Hop], hops: Sequence[Hop], starts: datetime, end: datetime, now: datetime
) -> None:
    """Share what is left among the open hops: their own ends while nobody is behind, else by their shares."""
    first = still_open[0]
    place = hops.index(first)
    due = starts if place == 0 else hops[place - 1].planned
    began = first.began if first.began is not None else due
    if began > due:
        _by_ratio(still_open, began, end)
    if now > first.ends and len(still_open) > 1:
        _by_ratio(still_open[1:], now, end)
    before = now
    for hop in still_open:
        hop.left = max(NOTHING, max(hop.ends, now) - max(before, now))
        before = hop.ends


def _by_ratio(hops: Sequence[Hop], since: datetime, end: datetime) -> None:
    """Let the hops end so that what lies between `since` and `end` is shared as their minutes are."""
    whole = sum(hop.minutes for hop in hops)
    left = max(NOTHING, end - since)
    share = 0
    for hop in hops:
        share += hop.minutes
        hop.ends = since + (left * share / whole if whole else left)
