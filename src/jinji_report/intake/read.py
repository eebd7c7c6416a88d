"""From a note to draft facts, each with its words and its place in the note.

`read` puts the rooms' answers together and says what it is not sure of (`doubts`); it asks no
clock, opens nothing, and raises nothing, whatever the note holds. Who receives the call and when
is the desk's to add (`moments["received"]`).
"""

from collections.abc import Sequence
from datetime import datetime

from jinji_report.intake.amounts import amounts
from jinji_report.intake.caller import source, told_beside
from jinji_report.intake.kinds import Candidate, Lexicon, compiled
from jinji_report.intake.numerals import numbers
from jinji_report.intake.people import Mention, Settled, headcount, people, settle
from jinji_report.intake.people import Told as Persons
from jinji_report.intake.places import place
from jinji_report.intake.text import READ_AT_MOST, STOPS, Mask, Note
from jinji_report.intake.times import ALARM, DATELINE, DISCOVERED, Told, occurrence, times
from jinji_report.model.facts import Facts, Occurred, Place
from jinji_report.moments import on_screen
from jinji_report.quantity import Quantity, exactly, unknown
from jinji_report.vocabulary import Basis, Precision

_POISONINGS = ("食物中毒", "急性中毒", "传染病疫情", "群体性不明原因疾病", "药品疫苗事件")
_BEFORE_NOW = (
    "曾发生",
    "曾经",
    "曾因",
    "此前曾",
    "去年",
    "前年",
    "上次事故",
    "往年",
    "历史上",
    "早年",
    "上一次",
    "以前也",
    "之前也发生",
    "前些年",
    "上回",
    "曾出过",
    "曾在",
)
_HAPPENED = ("发生", "事故", "出过", "起火", "爆炸", "死", "塌", "中毒", "着火", "火灾", "淹")


class Span:
    """Where a value stands in the note as it came: `text[start:end]`, and the words themselves."""

    __slots__ = ("end", "field", "said", "start")

    def __init__(self, field: str, start: int, end: int, said: str) -> None:
        self.field = field
        self.start = start
        self.end = end
        self.said = said

    def __repr__(self) -> str:
        return f"Span({self.field!r}, {self.start}, {self.end}, {self.said!r})"


class Doubt:
    """Something to confirm: the field it is about, and one sentence for the desk."""

    __slots__ = ("field", "text")

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        self.text = text

    def __repr__(self) -> str:
        return f"Doubt({self.field!r}, {self.text!r})"


class Reading:
    """What was understood of a note.

    `increments`: 又死亡1人, 新增2人受伤 without a total: additions to what was known before. Such a measure
    is not in `facts.measures`; the desk adds it to the figure of the case, or takes it as the
    figure where there is no case. `candidates`: (category, weight, words), likeliest first.
    """

    __slots__ = ("candidates", "doubts", "facts", "increments", "spans")

    def __init__(
        self,
        facts: Facts,
        spans: tuple[Span, ...],
        increments: dict[str, Quantity],
        candidates: tuple[Candidate, ...],
        doubts: tuple[Doubt, ...],
    ) -> None:
        self.facts = facts
        self.spans = spans
        self.increments = increments
        self.candidates = candidates
        self.doubts = doubts


class _Draft:
    """The values as they come in, with their spans and doubts."""

    __slots__ = ("covered", "doubts", "note", "spans")

    def __init__(self, note: Note) -> None:
        self.note = note
        self.covered: list[tuple[int, int]] = []  # the stretches of `spans` in the plain text
        self.spans: list[Span] = []
        self.doubts: list[Doubt] = []

    def span(self, field: str, start: int, end: int) -> str:
        if field not in ("category", "tag"):  # what the event is called is no reason to leave it out
            self.covered.append((start, end))
        first, last = self.note.span(start, end)
        said = self.note.quote(start, end)
        self.spans.append(Span(field, first, last, said))
        return said

    def doubt(self, field: str, text: str) -> None:
        self.doubts.append(Doubt(field, text))


def read(text: str, now: datetime, lexicon: Lexicon) -> Reading:
    """Read a call note against `now` (aware, +08:00) with the words of `lexicon`."""
    note = Note(text)
    draft = _Draft(note)
    if note.cut:
        draft.doubt("note", f"来电内容过长，只读了前{READ_AT_MOST}个字，请删去无关部分或逐条录入。")
    size = len(note.plain)
    past = Mask(size, _earlier_incidents(note.plain))
    told = times(note.plain, now)
    current = [one for one in told if not past[one.start]]
    stretches = [(one.start, one.end) for one in told]
    clock = Mask(size, stretches)
    found = numbers(note.plain)

    occurred = _occurred(draft, current, now)
    moments = _moments(draft, current)
    words = compiled(lexicon)
    hits = words.hits(note.plain, past)
    candidates, firsts = words.candidates(note.plain, hits)
    category = candidates[0][0] if candidates and candidates[0][1] >= 2 else None
    category_said = ""
    if category is not None:
        category_said = draft.span("category", *firsts[category])
        _tied(draft, candidates)

    persons = people(note, found, clock, past)
    measures, increments = _persons(draft, persons, category)
    aboard = headcount(note, found, clock, past)
    if aboard is not None and "headcount" not in measures:
        measures["headcount"] = aboard.quantity
        draft.span("headcount", aboard.start, aboard.end)
    for name, settled in amounts(
        note, [one for one in found if not past[one.core]], clock, lexicon.measures
    ).items():
        measures.setdefault(name, settled.quantity)
        draft.span(name, settled.start, settled.end)

    caller, caller_span = source(note)
    where = place(note, stretches, past, _title_end(note.plain, told))
    there = None
    # Who called from where is not yet where it happened.
    if (
        where is not None
        and caller_span is not None
        and where.start < caller_span[1]
        and caller_span[0] < where.end
    ):
        where = None
    if where is not None:
        there = Place(draft.span("place", where.start, where.end))
    tags = {name: draft.span("tag", *at) for name, at in words.tags(note.plain, hits).items()}
    told_already = Mask(
        size, [*stretches, *draft.covered, *([caller_span] if caller_span is not None else [])]
    )
    beside = told_beside(note, stretches, caller_span, past, told_already)
    facts = Facts(
        category=category,
        category_said=category_said,
        occurred=occurred,
        moments=moments,
        place=there,
        measures=measures,
        tags=tags,
        source=caller,
        course="" if beside["course"] == category_said else beside["course"],
        actions=beside["actions"],
        leaders=beside["leaders"],
        cause=beside["cause"],
    )
    return Reading(facts, tuple(draft.spans), increments, tuple(candidates[:5]), tuple(draft.doubts))


# ------------------------------------------------------------------ headline and background


def _title_end(text: str, told: Sequence[Told]) -> int:
    """Where a headline ends that stands above a line with nothing but a date; 0 where there is none."""
    for one in told:
        if one.role == DATELINE and 0 < one.start < 120 and text[one.start - 1] == "\n":
            return one.start
    return 0


def _earlier_incidents(text: str) -> list[tuple[int, int]]:
    """Sentences that tell an earlier incident (该厂2019年曾发生爆炸致3人死亡): nothing in them is of this one."""
    found = []
    for word in _BEFORE_NOW:
        at = text.find(word)
        while at >= 0:
            start = max(text.rfind(mark, 0, at) for mark in STOPS) + 1
            ends = [end for end in (text.find(mark, at) for mark in STOPS) if end >= 0]
            end = min(ends, default=len(text))
            dated = word in ("去年", "前年") and not any(
                w in text[start:end] for w in ("曾", "也发生", "也出", "已经发生", "发生过")
            )
            if (
                (start > 0 or len(text) - end > 6)
                and not dated
                and any(happened in text[at:end] for happened in _HAPPENED)
            ):
                found.append(
                    (max(start, text.rfind("，", start, at) + 1) if word not in ("曾",) else start, end)
                )
            at = text.find(word, max(end, at + 1))
    return found


# ------------------------------------------------------------------ time


def _occurred(draft: _Draft, told: list[Told], now: datetime) -> Occurred | None:
    for one in told:
        if one.role not in ("occurred", ALARM, DISCOVERED):
            continue
        words = draft.note.quote(one.start, one.end)
        if one.future:
            draft.doubt("occurred", f"时间“{words}”晚于现在（{on_screen(now)}），请核实事发时间。")
        elif one.ancient:
            draft.doubt("occurred", f"时间“{words}”早于1949年，请核实事发时间。")
    chosen = occurrence(told)
    if chosen is None:
        return None
    said = draft.span("occurred", chosen.start, chosen.end)
    if chosen.guessed:
        draft.doubt(
            "occurred", f"“{said}”没有说明上午还是下午，按{on_screen(chosen.at, beside=now)}理解，请确认。"
        )
    basis = {ALARM: Basis.ALARM, DISCOVERED: Basis.DISCOVERED}.get(chosen.role, Basis.OCCURRED)
    return Occurred(chosen.at, chosen.precision, until=chosen.until, basis=basis, said=said)


def _moments(draft: _Draft, told: list[Told]) -> dict[str, datetime]:
    """`alarm` and `discovered`, where a clock was told for them."""
    moments: dict[str, datetime] = {}
    for one in told:
        if one.role not in (ALARM, DISCOVERED) or one.role in moments or one.future or one.ancient:
            continue
        if one.precision in (Precision.MINUTE, Precision.HOUR):
            moments[one.role] = one.at
            draft.span(one.role, one.start, one.end)
    return moments


# ------------------------------------------------------------------ category


def _tied(draft: _Draft, candidates: list[Candidate]) -> None:
    if len(candidates) > 1 and candidates[1][1] >= candidates[0][1] - 1 and candidates[1][1] >= 4:
        first, second = candidates[0], candidates[1]
        draft.doubt(
            "category",
            f"类别按{first[0]}（{'、'.join(first[2][:3])}）理解，也可能是{second[0]}（{'、'.join(second[2][:3])}），请确认。",
        )


# ------------------------------------------------------------------ persons


def _persons(
    draft: _Draft, persons: Persons, category: str | None
) -> tuple[dict[str, Quantity], dict[str, Quantity]]:
    by_measure = _by_measure(persons.mentions)
    settled: dict[str, Settled] = {}
    for name, mentions in by_measure.items():
        one = settle(mentions)
        if one is not None:
            settled[name] = one
    _trapped_no_more(settled, by_measure, persons)
    _all_hurt(settled, by_measure, category)
    _dead_among_hurt(settled, persons.mentions)
    _ill(settled, by_measure, category)
    settled.pop("rescued", None)
    measures: dict[str, Quantity] = {}
    increments: dict[str, Quantity] = {}
    for name, one in settled.items():
        if one.quantity.low > 100_000_000:
            draft.doubt(name, f"“{one.quantity.said}”数目过大，没有采用，请核实。")
            continue
        draft.span(name, one.start, one.end)
        (increments if one.increment else measures)[name] = one.quantity
        if one.clash:
            others = "、".join(f"“{words}”" for words in dict.fromkeys(one.clash))
            draft.doubt(name, f"来电前后数字不一致：按“{one.quantity.said}”理解，另有{others}，请核实。")
    for name, (start, end) in persons.unknowns.items():
        if name not in measures and name not in increments:
            measures[name] = unknown(draft.span(name, start, end))
    for name, (start, end) in persons.vague.items():
        if name not in measures and name not in increments:
            measures[name] = unknown(draft.span(name, start, end))
    for name, (start, end) in persons.negated.items():
        if name not in measures and name not in increments:
            measures[name] = exactly(0, draft.span(name, start, end))
    light, hurt = measures.get("slightly_injured"), measures.get("injured")
    if light is not None and hurt is not None and light.exact and hurt.exact and light.low == hurt.low > 0:
        # all who were hurt are told to be hurt lightly: nobody seriously
        measures.setdefault("seriously_injured", exactly(0, light.said))
    _bounds(draft, measures)
    return measures, increments


def _by_measure(mentions: list[Mention]) -> dict[str, list[Mention]]:
    """Mentions by measure; one whose people were told dead afterwards (3人被困,均已死亡) is no longer what it was."""
    gone = {m.carried_from for m in mentions if m.measure == "deaths" and m.carried_from is not None}
    found: dict[str, list[Mention]] = {}
    for index, mention in enumerate(mentions):
        if index in gone and mention.measure in ("trapped", "missing", "injured", "seriously_injured"):
            continue
        source = mention.carried_from
        if (
            source is not None
            and mention.measure == "injured"
            and mentions[source].measure in ("trapped", "missing")
        ):
            gone.add(source)
        found.setdefault(mention.measure, []).append(mention)
    return found


def _trapped_no_more(
    settled: dict[str, Settled], by_measure: dict[str, list[Mention]], persons: Persons
) -> None:
    trapped = settled.get("trapped")
    if trapped is None:
        if persons.all_out is not None and "trapped" not in persons.negated and "trapped" in by_measure:
            persons.negated["trapped"] = persons.all_out
        return
    mentions = by_measure["trapped"]
    last = mentions[-1]
    if persons.all_out is not None and persons.all_out[1] > last.end:
        del settled["trapped"]
        persons.negated.setdefault("trapped", persons.all_out)
        return
    if any(m.still for m in mentions):
        last = [m for m in mentions if m.still][-1]
        settled["trapped"] = Settled(last.quantity, last.start, last.end)
        return
    after = [name for name in ("deaths", "injured") if name in settled and settled[name].start > last.start]
    counted = sum(settled[name].quantity.low for name in after)
    rescued = settled.get("rescued")
    if (
        rescued is not None
        and rescued.start > last.start
        and all(m.kind != "part" for m in by_measure.get("deaths", ()))
    ):
        counted += rescued.quantity.low
    if after and counted >= trapped.quantity.low:
        del settled["trapped"]
    elif (
        rescued is not None
        and rescued.start > last.start
        and trapped.quantity.exact
        and rescued.quantity.exact
    ):
        left = trapped.quantity.low - rescued.quantity.low
        if left >= 0:
            settled["trapped"] = Settled(exactly(left, rescued.quantity.said), rescued.start, rescued.end)


def _all_hurt(
    settled: dict[str, Settled], by_measure: dict[str, list[Mention]], category: str | None
) -> None:
    """`injured` is all who are hurt and alive: told as such, or the sum of the grave and the light."""
    hurt, grave, light = (settled.get(name) for name in ("injured", "seriously_injured", "slightly_injured"))
    parts = [one for one in (grave, light) if one is not None and not one.increment]
    if hurt is None and parts:
        low = sum(one.quantity.low for one in parts)
        highs = [one.quantity.high for one in parts]
        high = None if None in highs else sum(h for h in highs if h is not None)
        said = "、".join(one.quantity.said for one in parts)
        if len(said) > 16:
            said = parts[0].quantity.said
        settled["injured"] = Settled(Quantity(low, high, said), parts[0].start, parts[0].end)
    elif hurt is not None and parts and not hurt.increment and hurt.quantity.exact:
        low = sum(one.quantity.low for one in parts)
        if all(one.quantity.exact for one in parts) and low > hurt.quantity.low:
            # 1人受伤、2人重伤: told side by side, so they add up
            apart = low + (hurt.quantity.low if len(parts) == 1 else 0)
            settled["injured"] = Settled(exactly(apart, hurt.quantity.said), hurt.start, hurt.end)
    if "injured" not in settled and category not in _POISONINGS and "poisoned" not in settled:
        taken = settled.get("hospitalized")
        if taken is not None and not taken.increment and not _others_harmed(by_measure):
            settled["injured"] = taken


def _dead_among_hurt(settled: dict[str, Settled], mentions: list[Mention]) -> None:
    """16人受伤,其中2人死亡: the hurt are those who live."""
    hurt, dead = settled.get("injured"), [m for m in mentions if m.measure == "deaths"]
    if hurt is None or not hurt.quantity.exact or not dead or any(m.kind != "part" for m in dead):
        return
    first = mentions.index(dead[0])
    whole = next((m for m in reversed(mentions[:first]) if m.kind != "part"), None)
    left = hurt.quantity.low - settled["deaths"].quantity.low
    if whole is not None and whole.measure == "injured" and whole.sentence == dead[0].sentence and left >= 0:
        settled["injured"] = Settled(exactly(left, hurt.quantity.said), hurt.start, hurt.end)


def _ill(settled: dict[str, Settled], by_measure: dict[str, list[Mention]], category: str | None) -> None:
    """Who saw a doctor after a meal was poisoned; whom a vaccine or an infection made sick was not."""
    poisoned = settled.get("poisoned")
    if poisoned is None and category == "食物中毒" and "hospitalized" in settled and "deaths" not in settled:
        most = max(by_measure["hospitalized"], key=lambda mention: mention.quantity.low)
        settled["poisoned"] = Settled(most.quantity, most.start, most.end)
    elif (
        poisoned is not None
        and category in ("传染病疫情", "药品疫苗事件")
        and "毒" not in poisoned.quantity.said
    ):
        settled.setdefault("affected", poisoned)
        del settled["poisoned"]


def _others_harmed(by_measure: dict[str, list[Mention]]) -> bool:
    """Those taken to hospital are the dead or the missing themselves (送医后死亡)."""
    taken = by_measure.get("hospitalized", [])
    return bool(taken) and all(
        any(m.number is not None and m.number == other.number for other in by_measure.get("deaths", ()))
        or m.kind == "rest"
        for m in taken
    )


def _bounds(draft: _Draft, measures: dict[str, Quantity]) -> None:
    for part, whole, words in (
        ("seriously_injured", "injured", "重伤人数多于受伤人数"),
        ("slightly_injured", "injured", "轻伤人数多于受伤人数"),
    ):
        if part in measures and whole in measures and measures[whole].top < measures[part].low:
            draft.doubt(part, f"{words}（“{measures[part].said}”与“{measures[whole].said}”），请核实。")
