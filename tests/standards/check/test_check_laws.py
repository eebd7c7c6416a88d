"""What the checks say of gaps, overlaps, order, reach and shadows is what trying every number says."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.standards.check.base import CHECK_BASE
from tests.standards.check.rung import CITY, rung, table

from jinji_report.standards.check import ladders, reach
from jinji_report.standards.findings import Subject
from jinji_report.standards.join import Joined, PackFile
from jinji_report.standards.load import _parse
from jinji_report.vocabulary import GRADES

MOST = 12  # bounds lie between 0 and this
COUNTS = range(MOST + 8)  # beyond every end
SMALL = range(6)  # for conditions on several measures at once
NAMES = ("deaths", "injured", "seriously_injured")  # the third is a part of the second
TAGS = ("学生", "校园")
CATEGORIES = ("火灾", "道路交通事故")


def codes(more):
    """What both checks say of the base with `more`, without a file."""
    from pathlib import Path

    text = CHECK_BASE + more
    joined = Joined("base.toml")
    joined.add(PackFile("base.toml", text, "", _parse(Path("base.toml"), text)))
    subject = Subject(joined)
    return {(finding.code, finding.row) for finding in (*ladders.find(subject), *reach.find(subject))}


# ── ladders ─────────────────────────────────────────────────────────────────

a_rung = st.tuples(
    st.sampled_from(["at_least", "more_than"]),
    st.integers(0, MOST),
    st.one_of(st.none(), st.integers(1, 4)),
)
a_ladder = st.lists(st.one_of(st.none(), a_rung), min_size=4, max_size=4)


def first_of(op, bound):
    return bound + (op == "more_than")


def whole(ladder):
    """The rungs of a ladder: grade, first number, and `below` where it is written."""
    found = []
    for rank, row in enumerate(ladder):
        if row is not None:
            op, bound, length = row
            found.append((rank, first_of(op, bound), None if length is None else bound + length))
    return found


def written(ladder):
    text = ""
    for rank, row in enumerate(ladder):
        if row is not None:
            op, bound, length = row
            ends = () if length is None else (f"below = {bound + length}",)
            text += rung(f"g{rank}", GRADES[rank], f"{op} = {bound}", *ends)
    return text


def graver(rungs, rank, first):
    """The first numbers of the next graver grade that begins above `first`."""
    ranks = [r for r, f, _ in rungs if r > rank and f > first]
    return [f for r, f, _ in rungs if ranks and r == min(ranks)]


def has_gap(rungs, rank, first, below):
    """Some number from `below` on, before the next grade begins, is in no graver rung."""
    nexts = graver(rungs, rank, first)
    return any(
        n >= below and (not nexts or n < nexts[0]) and all(r <= rank or f > n for r, f, _ in rungs)
        for n in COUNTS
    )


def has_overlap(rungs, rank, first, below):
    nexts = graver(rungs, rank, first)
    return any(nexts and nexts[0] <= n < below for n in COUNTS)


@settings(max_examples=200, deadline=None)
@given(ladder=a_ladder)
def test_gaps_and_overlaps_are_those_that_trying_every_number_finds(ladder):
    rungs = whole(ladder)
    found = codes(written(ladder))
    for rank, first, below in rungs:
        told = {code for code, row in found if row == f"g{rank}"}
        if below is None:
            assert not told & {"J101", "J102"}
            continue
        gap, overlap = has_gap(rungs, rank, first, below), has_overlap(rungs, rank, first, below)
        # What is wrong with just the number itself is said as such.
        assert bool(told & {"J101", "J102", "J103"}) >= (gap or overlap)
        assert ("J101" in told) <= gap
        assert ("J102" in told) <= overlap
        if "J103" not in told:
            assert ("J101" in told, "J102" in told) == (gap, overlap)
        elif not any(row[2] is None for row in rungs):
            assert gap or overlap


@settings(max_examples=200, deadline=None)
@given(ladder=a_ladder)
def test_a_rung_is_out_of_order_exactly_where_no_number_is_left_to_it(ladder):
    rungs = whole(ladder)
    found = codes(written(ladder))
    for rank, first, _ in rungs:
        decided = [n for n in COUNTS if max((r for r, f, _ in rungs if f <= n), default=None) == rank]
        told = {code for code, row in found if row == f"g{rank}"} & {"J104", "J105"}
        starved = any(r > rank and f <= first for r, f, _ in rungs)
        assert bool(told) == starved == (not decided or min(decided) > first)


# ── reach ───────────────────────────────────────────────────────────────────

bound = st.tuples(
    st.one_of(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True)),
    st.sampled_from(["at_least", "more_than", "at_most", "below"]),
    st.integers(0, 4),
).map(lambda t: {"measure": t[0], t[1]: t[2]})
leaf = st.one_of(
    bound,
    bound,
    st.sampled_from(TAGS).map(lambda tag: {"tag": tag}),
    st.sampled_from(CATEGORIES).map(lambda name: {"category": name}),
)
condition = st.recursive(
    leaf,
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        part.map(lambda inner: {"not": inner}),
    ),
    max_leaves=5,
)


def holds(tree, category, tags, filling):
    """The condition itself, as plainly as possible."""
    if "any" in tree:
        return any(holds(part, category, tags, filling) for part in tree["any"])
    if "all" in tree:
        return all(holds(part, category, tags, filling) for part in tree["all"])
    if "not" in tree:
        return not holds(tree["not"], category, tags, filling)
    if "tag" in tree:
        return tree["tag"] in tags
    if "category" in tree:
        return tree["category"] == category
    names = [tree["measure"]] if isinstance(tree["measure"], str) else tree["measure"]
    value = sum(filling[name] for name in names)
    if "at_least" in tree:
        return value >= tree["at_least"]
    if "more_than" in tree:
        return value > tree["more_than"]
    return value <= tree["at_most"] if "at_most" in tree else value < tree["below"]


WORLDS = [
    (category, {tag for tag, there in zip(TAGS, chosen, strict=True) if there}, filling)
    for category in CATEGORIES
    for chosen in product((False, True), repeat=len(TAGS))
    for values in product(SMALL, repeat=len(NAMES))
    if (filling := dict(zip(NAMES, values, strict=True)))["seriously_injured"] <= filling["injured"]
]


def answers(tree):
    return [holds(tree, *world) for world in WORLDS]


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def reported(id, tree, to=CITY):
    return table(
        "report",
        f'id = "{id}"',
        f"to = [{to}]",
        'text = "某情况"',
        f"when = {toml(tree)}",
        'clause = "某办法"',
        'confidence = "confirmed"',
    )


@settings(max_examples=150, deadline=None)
@given(tree=condition)
def test_a_row_is_unreachable_or_empty_exactly_where_trying_every_incident_says_so(tree):
    found = codes(reported("x", tree))
    tried = answers(tree)
    assert (("J201", "x") in found) == (not any(tried))
    assert (("J203", "x") in found) == all(tried)


@settings(max_examples=150, deadline=None)
@given(one=condition, two=condition)
def test_a_row_is_shadowed_exactly_where_every_incident_that_meets_it_meets_the_other(one, two):
    office = '{ tier = "市", line = "政府" }'
    found = codes(reported("one", one, office) + reported("two", two, office))
    first, second = answers(one), answers(two)
    if not (any(first) and any(second)) or all(first) or all(second):
        return
    by_first = all(a for a, b in zip(first, second, strict=True) if b)
    by_second = all(b for a, b in zip(first, second, strict=True) if a)
    assert (("J202", "two") in found) == by_first
    assert (("J202", "one") in found) == (by_second and not by_first)


@settings(max_examples=120, deadline=None)
@given(parts=st.lists(condition, min_size=2, max_size=3), every=st.booleans())
def test_a_part_is_idle_only_where_the_condition_says_the_same_without_it(parts, every):
    head = "all" if every else "any"
    tree = {head: parts}
    found = codes(reported("x", tree))
    tried = answers(tree)
    if not any(tried) or all(tried):
        return
    for left_out in range(len(parts)):
        rest = {head: [part for n, part in enumerate(parts) if n != left_out]}
        if answers(rest) == tried:
            assert ("J206", "x") in found
    if ("J206", "x") in found:
        paths = list(reach._parts(tree))
        assert any(answers(reach._without(tree, path)) == tried for path in paths)
