"""What a report says: 首报 (the five W without WHY), 续报 (only what changed), 终报 (the whole).

A report is made from facts and verdict alone, in sentences that stand in every format; how they
are laid out is left to `render`. Sentences carry elements and no adjectives; what is not known
is said to be under checking. All words from outside are harmless by the time they stand here.

Slots of templates: `place`, `noun` (火灾, 5.1级地震), `category`, `casualties` (in a title 致2人死亡2人受伤,
or in a first report （暂无人员伤亡报告）, or where the note says so （人员伤亡正在核实）; in the opening
，造成2人死亡…), `event` (the noun, with 发生 before it unless 致… follows; in the opening what happened),
`time`, `unit`, `locality`, `source`, `stage`, `number` (一, 二 …). In the opening, 发生{noun} gives way
to the note's own words where they say the same in one clause (一服装店起火).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from jinji_report.model.facts import Facts
from jinji_report.model.verdict import Verdict
from jinji_report.reports.changes import Change, changes, sentences
from jinji_report.reports.clauses import cause_words, course_words, figure_told, progress_words, untold
from jinji_report.reports.drill import marked
from jinji_report.reports.phrases import (
    casualties_unknown,
    event_nouns,
    leaders_words,
    measure_of,
    moment,
    no_casualties,
    noun,
    occurred_words,
    other_figures,
    other_toll,
    people,
    place_words,
    source_words,
    toll,
)
from jinji_report.reports.plain import harmless, phrase, sentence, shortened
from jinji_report.reports.wording import Wording, chinese_number, fill, report_name
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Basis, Effect, Stage

SPOKEN = 130  # characters that are read aloud in half a minute
MESSAGE = 140  # characters of one message
SHORT = 24  # characters of a course that may stand in for the noun in speech
CLAUSE = 40  # characters of a course that may stand in for the noun on paper
BRIEF = 48  # characters of a course that a message or a call takes beside the noun
FOLLOWS = "后续情况续报。"
PAPER_FOLLOWS = "书面报告随后报送"


class Header:
    """Who reports: 报送单位, 签发人, 联系人, 联系电话, 主送. What is empty is left blank to be filled in.

    `drill`: they do so in a drill.
    """

    __slots__ = ("contact", "drill", "phone", "recipient", "signer", "unit")

    def __init__(
        self,
        unit: str = "",
        signer: str = "",
        contact: str = "",
        phone: str = "",
        recipient: str = "",
        *,
        drill: bool = False,
    ) -> None:
        self.drill = drill
        self.unit = unit
        self.signer = signer
        self.contact = contact
        self.phone = phone
        self.recipient = recipient


class Section:
    """A part of the body: its heading, and whole sentences."""

    __slots__ = ("heading", "sentences")

    def __init__(self, heading: str, sentences: Iterable[str]) -> None:
        self.heading = harmless(heading)
        self.sentences = tuple(harmless(words) for words in sentences if words)


class Report:
    """One report, ready for any format.

    `number` is that of a 续报 or 批示反馈, else 0. `header` and `signature` are rows of label and value; an
    empty value is a blank to fill in. `spoken` is read aloud, a sentence a line, and then
    `read_back` is asked; `message` is the whole in one short paragraph. `drill`: it is one of a drill.
    """

    __slots__ = (
        "correction",
        "drill",
        "header",
        "message",
        "number",
        "read_back",
        "sections",
        "signature",
        "spoken",
        "stage",
        "title",
    )

    def __init__(
        self,
        *,
        stage: Stage,
        number: int,
        correction: bool,
        title: str,
        header: Sequence[tuple[str, str]],
        sections: Sequence[Section],
        signature: Sequence[tuple[str, str]],
        spoken: Sequence[str],
        read_back: Sequence[str],
        message: str,
        drill: bool,
    ) -> None:
        self.drill = drill
        self.stage = stage
        self.number = number
        self.correction = correction
        self.title = harmless(title)
        self.header = tuple((label, phrase(value)) for label, value in header)
        self.sections = tuple(section for section in sections if section.sentences)
        self.signature = tuple((label, phrase(value)) for label, value in signature)
        self.spoken = tuple(harmless(words) for words in spoken if words)
        self.read_back = tuple(harmless(words) for words in read_back)
        self.message = harmless(message)

    @property
    def name(self) -> str:
        """`首报`, `续报二`, `续报二（更正）`, `终报`."""
        return report_name(self.stage, self.number, correction=self.correction)


def first_report(
    facts: Facts, verdict: Verdict, standards: Standards, header: Header, now: datetime
) -> Report:
    """首报: time, place, people, event, source; WHY only if it is known (R18)."""
    told = Told(facts, verdict, standards, header, now)
    wording = told.wording
    return Report(
        stage=Stage.FIRST,
        number=0,
        correction=False,
        title=told.title(Stage.FIRST, ""),
        header=told.header_rows(signed=wording.signature),
        sections=[
            Section("基本情况", told.what_happened()),
            Section("原因和处置", [told.cause(), told.actions(), told.leaders()]),
            Section("初步研判", told.judgement("初步判断为")),
            Section("来源", [told.source()]),
            Section("后续", [FOLLOWS]),
        ],
        signature=[],
        spoken=within(
            SPOKEN,
            [
                told.greeting(f"现电话报告{told.noun}情况"),
                *told.spoken_elements(),
                sentence(shortened(told.actions() or told.leaders() or wording.actions_unknown, 40)),
                f"{PAPER_FOLLOWS}，有新情况续报。" if told.actions() else f"{PAPER_FOLLOWS}。",
            ],
            told.leaders() if told.actions() else "",
        ),
        read_back=wording.read_back,
        message=told.message(
            report_name(Stage.FIRST, 0),
            told.opening(year=False, limit=SHORT),
            [*map(sentence, told.figures()), told.actions(), told.known_cause(), told.leaders()],
            told.beside_opening(SHORT),
        ),
        drill=told.header.drill,
    )


def follow_up(
    facts: Facts,
    previous: Facts,
    verdict: Verdict,
    previous_verdict: Verdict | None,
    standards: Standards,
    header: Header,
    now: datetime,
    *,
    number: int,
    stage: Stage = Stage.FOLLOW_UP,
    correction: bool = False,
) -> Report:
    """续报 `number`: what it is about in one line, then only what changed since `previous`; or the 终报.

    Without a `previous_verdict` nothing is said of the grade. A 更正 (`correction`) gives each old
    value beside the new one. The 终报 tells the whole and names the figures that went down.
    Raises ValueError for any other stage.
    """
    told = Told(facts, verdict, standards, header, now)
    found = changes(previous, facts, standards)
    if stage == Stage.FINAL:
        return _final(told, found)
    if stage != Stage.FOLLOW_UP:
        raise ValueError(f"a follow-up is a 续报 or a 终报, not {stage!r}")
    wording = told.wording
    name = report_name(stage, number, correction=correction)
    said = [one.correction for one in found] if correction else sentences(found, previous, facts, standards)
    news = [sentence(words) for words in said]
    judged = [] if previous_verdict is None else _regraded(previous_verdict, verdict)
    nothing_new = [] if news or judged else [f"截至{moment(now)}，无新情况。"]
    fresh_source = [] if _same_source(previous, facts) else [told.source()]
    about = f"{told.place}{told.noun}"
    # Where there is no room for all, the gravest change and the new grade go first.
    ordered = (*news[:1], *judged, *news[1:], *nothing_new)
    brief = [sentence(shortened(words, 60)) for words in ordered]
    return Report(
        stage=stage,
        number=number,
        correction=correction,
        title=told.title(stage, chinese_number(number), correction=correction),
        header=told.header_rows(signed=wording.signature),
        sections=[
            Section("事由", told.reference(correction=correction)),
            Section("更正内容" if correction else "变化情况", [*news, *nothing_new]),
            Section("研判变化", judged),
            Section("来源", fresh_source),
            Section("后续", [FOLLOWS]),
        ],
        signature=[],
        spoken=within(
            SPOKEN,
            [
                told.greeting(_follows(number, about, correction=correction)),
                f"发生时间：{told.time_alone(year=False)}。",
                *map(spoken, brief),
                f"{PAPER_FOLLOWS}，有新情况续报。",
            ],
        ),
        read_back=wording.read_back,
        message=told.message(
            name,
            [f"{told.time_known()}{about}：", *brief[:1]],
            brief[1:],
        ),
        drill=told.header.drill,
    )


def _final(told: "Told", found: Sequence[Change]) -> Report:
    """终报: course, final casualties and losses, cause, handling, grade; signed."""
    wording = told.wording
    lower = "，".join(change.sentence for change in found if change.went_down)
    people_sentence = sentence(told.people(final=True))
    actions = told.actions() or ("" if told.progress() else f"处置情况{wording.checking}。")
    cause = sentence(cause_words(told.facts)) or sentence(wording.cause_unknown)
    header = told.header
    return Report(
        stage=Stage.FINAL,
        number=0,
        correction=False,
        title=told.title(Stage.FINAL, ""),
        header=told.header_rows(signed=False),
        sections=[
            Section("基本情况", [*told.opening(with_people=False), told.course()]),
            Section(
                "人员和损失",
                [people_sentence, *map(sentence, told.figures()), f"较前次报告，{lower}。" if lower else ""],
            ),
            Section("原因", [cause]),
            Section("处置情况", [actions, told.progress(), told.leaders()]),
            Section("等级", told.judgement("判断为")),
        ],
        signature=[("签发人", header.signer), ("联络人", header.contact), ("电话", header.phone)],
        spoken=within(
            SPOKEN,
            [
                told.greeting(f"现报告{told.place}{told.noun}的终报"),
                f"时间：{told.time_alone(year=False)}。",
                spoken(people_sentence),
                sentence(shortened(told.cause(), 40)),
                sentence(shortened(actions or told.progress(), 40)),
                "书面终报随后报送。",
            ],
            sentence(shortened(told.progress(), 40)) if actions else "",
            told.leaders(),
        ),
        read_back=wording.read_back,
        message=told.message(
            report_name(Stage.FINAL, 0),
            [*told.opening(year=False, limit=SHORT, final=True), sentence(shortened(told.cause(), 40))],
            [*map(sentence, told.figures()), actions, told.progress(), told.leaders()],
            told.beside_opening(SHORT),
        ),
        drill=told.header.drill,
    )


class Told:
    """One incident put into sentences; each is empty where there is nothing to say."""

    def __init__(
        self, facts: Facts, verdict: Verdict, standards: Standards, header: Header, now: datetime
    ) -> None:
        self.facts = facts
        self.verdict = verdict
        self.standards = standards
        self.header = header
        self.now = now
        self.wording = Wording(standards)
        self.unit = phrase(header.unit) or standards.desk.unit
        self.place = place_words(facts)
        self.noun = noun(facts, standards)
        self.happened = course_words(facts, standards)

    def slots(self, **more: str) -> dict[str, str]:
        return {
            "place": self.place,
            "category": phrase(self.facts.category or self.noun),
            "noun": self.noun,
            "event": f"发生{self.noun}",
            "casualties": "",
            "stage": "",
            "unit": self.unit,
            "locality": self.standards.desk.locality,
            "time": occurred_words(self.facts, self.wording),
            "number": "",
            "source": source_words(self.facts.source, self.wording),
        } | more

    def title(self, stage: Stage, number: str, *, correction: bool = False) -> str:
        """The core: place, kind, casualties (R37)."""
        suffered = toll(self.facts, self.standards)
        casualties = f"致{suffered}" if suffered else ""
        if not suffered and stage == Stage.FIRST:
            others = other_toll(self.facts, self.standards)
            if others:
                casualties = f"（{others}）"
            elif no_casualties(self.facts, self.standards):
                casualties = f"（{self.wording.no_casualties}）"
            elif casualties_unknown(self.facts, self.standards):
                casualties = f"（人员伤亡{self.wording.checking}）"
        event = self.noun if suffered else f"发生{self.noun}"
        title = fill(
            self.wording.title(stage),
            self.slots(casualties=casualties, event=event, stage=stage.value, number=number),
        )
        if correction:
            return f"{title[:-1]}，更正）" if title.endswith("）") else f"{title}（更正）"
        return title

    @property
    def asked(self) -> list[str]:
        return [q["measure"] for q in self.verdict.questions if q.get("measure")]

    def header_rows(self, *, signed: bool) -> list[tuple[str, str]]:
        header = self.header
        rows = [("主送", header.recipient)] if header.recipient else []
        rows += [("报送单位", self.unit), ("报送时间", moment(self.now))]
        if signed:
            rows.append(("签发", header.signer))
        return [*rows, ("联系人", header.contact), ("联系电话", header.phone)]

    def opening(
        self, *, year: bool = True, limit: int = CLAUSE, with_people: bool = True, final: bool = False
    ) -> list[str]:
        """When, where, what, and the people; what happened in the note's words up to `limit` characters."""
        template, place, event = self.wording.opening, self.place, f"发生{self.noun}"
        course = self.happened
        if self.stands_for_noun(course, limit):
            template, event = template.replace("发生{noun}", "{event}"), course
            place = "" if place in course else place
        people = self.people(final=final) if with_people else ""
        inside = "{casualties}" in template
        slots = self.slots(
            place=place,
            event=event,
            casualties=f"，{people}" if people else "",
            time=occurred_words(self.facts, self.wording, year=year),
        )
        return [
            sentence(fill(template, slots)),
            "" if inside else sentence(people),
            "" if self.place else f"具体地点{self.wording.checking}。",
        ]

    def stands_for_noun(self, course: str, limit: int) -> bool:
        """Whether `course` says what kind of incident it is, in one clause of at most `limit` characters."""
        kinds = {phrase(self.facts.category_said), *event_nouns(self.facts, self.standards)}
        return len(course) <= limit and "。" not in course and any(kind and kind in course for kind in kinds)

    def course(self) -> str:
        """What happened, where the opening does not say it already."""
        course = self.beside_opening(CLAUSE)
        return f"经过：{course}。" if course else ""

    def beside_opening(self, limit: int) -> str:
        """What happened, where the opening with this `limit` says the noun alone."""
        return "" if self.stands_for_noun(self.happened, limit) else self.happened

    def what_happened(self) -> list[str]:
        return [*self.opening(), self.course(), sentence("，".join(self.figures()))]

    def people(self, *, final: bool = False) -> str:
        return people(self.facts, self.standards, self.wording, asked=self.asked, final=final)

    def figures(self) -> list[str]:
        """The figures besides casualties that neither the course nor the measures tell in the note's words."""
        said = f"{self.happened}，{phrase(self.facts.actions)}"
        return [
            words
            for name, words in other_figures(self.facts, self.standards, self.wording)
            if not figure_told(self.facts.measures[name], measure_of(name, self.standards), said)
        ]

    def progress(self) -> str:
        progress = untold(
            progress_words(self.facts, self.standards), self.facts, self.standards, self.happened
        )
        return f"最新情况：{progress}。" if progress else ""

    def cause(self) -> str:
        return self.known_cause() or sentence(self.wording.cause_unknown)

    def known_cause(self) -> str:
        cause = cause_words(self.facts)
        return f"原因：{cause}。" if cause else ""

    def actions(self) -> str:
        actions = phrase(self.facts.actions)
        return f"已采取措施：{actions}。" if actions else ""

    def leaders(self) -> str:
        return sentence(leaders_words(self.facts.leaders))

    def source(self) -> str:
        received = self.facts.moments.get("received")
        source = self.facts.source
        told = source.unit or source.person or source.kind
        who = f"信息来源：{source_words(source, self.wording)}" if told else ""
        when = f"接报时间：{moment(received)}" if received is not None else ""
        return sentence("，".join(words for words in (who, when) if words))

    def judgement(self, verb: str) -> list[str]:
        """The grade that is sure, and what lifts the incident; what is merely possible is for the desk alone."""
        title = self.standards.title.strip("《》")
        lifting = [f["factor"] for f in self.verdict.factors if f["effect"] == Effect.LIFTS]
        grade = sure_grade(self.verdict)
        return [
            f"对照《{title}》，{verb}{grade}。" if grade else "",
            f"涉及敏感因素：{'、'.join(dict.fromkeys(lifting))}。" if lifting else "",
        ]

    def time_alone(self, *, year: bool = True) -> str:
        if self.facts.occurred is None:
            return self.wording.checking
        return occurred_words(self.facts, self.wording, year=year)

    def time_known(self) -> str:
        """When it happened, to stand before the place in a message; nothing where it is not known."""
        occurred = self.facts.occurred
        if occurred is None:
            return ""
        return f"{self.time_alone(year=False)}{'' if occurred.basis == Basis.OCCURRED else '，'}"

    def reference(self, *, correction: bool) -> list[str]:
        """Which incident this is about and when it happened: a 续报 does not tell it again."""
        template = "现将{place}{noun}有关情况更正如下：" if correction else self.wording.follow
        if "{time}" in template:
            return [fill(template, self.slots())]
        return [f"事发时间：{self.time_alone()}。", fill(template, self.slots())]

    def greeting(self, purpose: str) -> str:
        contact = phrase(self.header.contact)
        return f"您好，我是{self.unit}{contact}，{purpose}。"

    def spoken_elements(self) -> list[str]:
        event = course = self.happened.removeprefix("发生")
        if len(course) <= 3 and self.stands_for_noun(course, SHORT):
            event = self.noun
        elif not self.stands_for_noun(course, CLAUSE):
            event = "，".join(words for words in (self.noun, shortened(course, BRIEF)) if words)
        return [
            f"时间：{self.time_alone(year=False)}。",
            f"地点：{self.place or self.wording.checking}。",
            f"事件：{event}。",
            spoken(sentence(self.people())),
        ]

    def message(self, name: str, core: Sequence[str], more: Sequence[str], course: str = "") -> str:
        """【首报】, the core and the course in short, as much of `more` as one message takes, and who sent it when."""
        end = f"（{self.unit}{moment(self.now, year=False)}）"
        rest = "详见书面报告。"
        most = MESSAGE - (len(marked("", between="")) if self.header.drill else 0)
        text = f"【{name}】{''.join(core)}"
        whole = f"{text}{sentence(course)}{''.join(more)}{end}"
        if len(whole) <= most:
            return whole
        room = most - len(text) - len(rest) - len(end) - 1
        if course and room > 8:
            text += sentence(shortened(course, min(room, BRIEF)))
        for words in more:
            if len(text) + len(words) + len(rest) + len(end) > most:
                break
            text += words
        return text + rest + end


def sure_grade(verdict: Verdict) -> str:
    """`较大级`: the grade that every filling of what is unknown reaches; nothing where there is none."""
    grade = verdict.grade
    return f"{grade.low}级" if grade is not None and grade.low is not None else ""


def _regraded(before: Verdict, after: Verdict) -> list[str]:
    """How the grade changed; which offices must now be told is for the desk and not for the reader."""
    old, new = sure_grade(before), sure_grade(after)
    if old == new:
        return []
    if not old:
        return [f"初步判断为{new}。"]
    return [f"研判等级由“{old}”调整为“{new or ('未达定级标准' if after.grade is None else '待核定')}”。"]


def _follows(number: int, about: str, *, correction: bool) -> str:
    """How a 续报 is announced on the phone."""
    return f"现续报（{chinese_number(number)}）{about}有关情况{'，对前报作更正' if correction else ''}"


def _same_source(previous: Facts, facts: Facts) -> bool:
    return facts.source.to_json() == previous.source.to_json() or not (
        facts.source.unit or facts.source.person
    )


def spoken(words: str) -> str:
    """Brackets cannot be heard."""
    return words.replace("（", "，").replace("）", "")


def within(limit: int, sentences: Sequence[str], *room_for: str) -> list[str]:
    """`sentences` that can be said in time: the last always; what does not fit before it is left to the paper.

    `room_for` are said before the last one where everything else leaves room.
    """
    *body, last = [words for words in sentences if words]
    kept: list[str] = []
    for words in body:
        if sum(map(len, kept)) + len(words) + len(last) > limit:
            return [*kept, "其余情况见书面报告。", last]
        kept.append(words)
    for words in room_for:
        if words and sum(map(len, kept)) + len(words) + len(last) <= limit:
            kept.append(words)
    return [*kept, last]
