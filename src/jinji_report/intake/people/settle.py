"""Which figure counts among all mentions of one measure: the latest, a total, a sum, never a part."""

from jinji_report.intake.people.told import SAID_AT_MOST, Mention, Settled
from jinji_report.quantity import Quantity

_IN_ALL = ("死亡", "致死", "遇难")
"""What opens a figure of all the dead; who died one by one is told with the number first."""


def settle(mentions: list[Mention]) -> Settled | None:
    """The figure that counts among all mentions of one measure, in the order in which they were told."""
    if len(mentions) > 1 and any([m.kind == "both" for m in mentions]):
        mentions = [m for m in mentions if m.kind != "both"] or mentions[-1:]
    if len(mentions) == 1:
        only = mentions[0]
        return Settled(only.quantity, only.start, only.end, increment=only.kind == "more")
    current = [m for m in mentions if m.kind != "old"] or mentions
    if not current:
        return None
    old = [m for m in mentions if m.kind == "old"]
    if old and current is not mentions and all(m.kind == "more" for m in current):
        return _sum([old[-1], *current])  # 先说死了11个,后头又走了4个
    totals = [m for m in current if m.kind == "total"]
    if totals:
        total = _one(totals[-1])
        total.clash = [
            m.quantity.said for m in current if not m.kind and m.quantity.low > total.quantity.top
        ][:3]
        return total
    whole = [m for m in current if m.kind != "part"] or current[:1]
    if current[0].kind == "part" and whole[0].kind == "other":
        whole = current  # 其中2名重伤、1名危重
    if all(m.kind == "more" for m in whole):
        settled = _sum(whole)
        settled.increment = True
        return settled
    fresh = [m for m in whole if m.kind == "new"]
    if fresh:
        # under one mark (截至16时) the gravest figure is the whole, under several the last one told
        under = [m for m in fresh if m.fresh == fresh[-1].fresh and m.sentence == fresh[-1].sentence]
        best = max(under, key=lambda m: m.quantity.low)
        at = next(i for i, m in enumerate(whole) if m is best)
        return _sum([best, *(m for m in whole[at + 1 :] if m.kind in ("other", "more"))])
    return _chains(whole)


def _chains(whole: list[Mention]) -> Settled:
    """Sentence by sentence: what one sentence lists adds up, what the next repeats does not."""
    sums: list[tuple[Settled, bool]] = []
    at = 0
    while at < len(whole):
        chain = [whole[at]]
        one_by_one = whole[at].individual
        at += 1
        while at < len(whole) and _adds(chain[-1], whole[at], one_by_one):
            if not _repeats(chain[-1], whole[at]):
                chain.append(whole[at])
                one_by_one = one_by_one and whole[at].individual
            at += 1
        parts = chain[1:]
        if all(m.place > chain[0].place for m in parts) and chain[0].quantity.low == sum(
            m.quantity.low for m in parts
        ):
            chain = chain[:1]  # 四川65人,甘孜州37人,雅安28人
        sums.append((_sum(chain), any(not m.individual for m in chain) or len(chain) > 1))
    groups = [one for one, group in sums if group] or [one for one, _ in sums]
    best = max(
        groups,
        key=lambda one: (
            one.quantity.low if one.quantity.exact else one.quantity.low - 1,
            one.quantity.exact,
        ),
    )
    best.clash = [one.quantity.said for one in groups[:50] if not _agree(one.quantity, best.quantity)][:3]
    return best


def _adds(last: Mention, later: Mention, one_by_one: bool) -> bool:
    """`one_by_one`: all that was told up to `last` was told so."""
    near = later.sentence - last.sentence <= 1
    if later.kind in ("other", "more", "rest"):
        return near
    if {last.kind, later.kind} == {"scene", "later"}:
        return near
    if last.carried_from is not None and later.quantity.said.startswith(_IN_ALL):
        return False  # 砸到1名工人,送医抢救无效,死亡1人
    alone = one_by_one and later.individual and later.carried_from is None
    return alone and later.sentence == last.sentence


def _repeats(last: Mention, later: Mention) -> bool:
    return later.quantity.said == last.quantity.said and later.start == last.start


def _agree(one: Quantity, other: Quantity) -> bool:
    return one.low <= other.top and other.low <= one.top


def _one(mention: Mention) -> Settled:
    return Settled(mention.quantity, mention.start, mention.end)


def _sum(chain: list[Mention]) -> Settled:
    if len(chain) == 1:
        return _one(chain[0])
    low: float = 0
    high: float | None = 0
    words: list[str] = []
    for mention in chain:
        low += mention.quantity.low
        high = None if high is None or mention.quantity.high is None else high + mention.quantity.high
        words.append(mention.quantity.said)
    said = "、".join(words)
    if len(said) > SAID_AT_MOST:
        said = "、".join(word[: max(2, (SAID_AT_MOST - len(words) + 1) // len(words))] for word in words)[
            :SAID_AT_MOST
        ]
    return Settled(Quantity(low, high, said), chain[0].start, chain[0].end)
