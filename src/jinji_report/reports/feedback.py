"""批示反馈: what the leader wrote, what was done about it, by whom, when, and what came of it.

It is a whole report of its own: it says in short which incident it is about, and then only what the 批示
brought about. Every step stands with its minute and whoever took it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from jinji_report.model.chain import Answer, Request
from jinji_report.model.facts import Facts
from jinji_report.model.verdict import Verdict
from jinji_report.reports.document import SPOKEN, Header, Report, Section, Told, spoken, within
from jinji_report.reports.phrases import moment
from jinji_report.reports.plain import phrase, sentence, shortened
from jinji_report.reports.wording import report_name
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import AnswerStep, Stage

READ_ALOUD = 40  # characters of the instruction that are read aloud


def feedback(
    facts: Facts,
    verdict: Verdict,
    request: Request,
    standards: Standards,
    header: Header,
    now: datetime,
    *,
    number: int,
    told_at: datetime,
) -> Report:
    """批示反馈 `number` of the case: on `request`, with every step that was taken by `told_at`."""
    told = Told(facts, verdict, standards, _to_the_office(header, request), now)
    steps = [one for one in request.answers if one.at <= told_at]
    newest = next((one for one in reversed(steps) if one.step == AnswerStep.FED_BACK), None)
    done = list(_done(one for one in steps if one is not newest))
    result = sentence(newest.text) if newest is not None else ""
    about = f"{told.place}{told.noun}"
    words = _instruction(request)
    brief = [
        f"批示：{shortened(phrase(request.text), READ_ALOUD)}。",
        *(done[-1:] if not result else [result]),
    ]
    return Report(
        stage=Stage.FEEDBACK,
        number=number,
        correction=False,
        title=told.title(Stage.FEEDBACK, ""),
        header=told.header_rows(signed=told.wording.signature),
        sections=[
            Section("批示内容", [words]),
            Section("基本情况", told.opening() if facts.occurred is not None or facts.category else []),
            Section("办理情况", done),
            Section("落实结果", [result]),
        ],
        signature=[],
        spoken=within(
            SPOKEN,
            [
                told.greeting(f"现反馈{_who(request)}关于{about}的批示办理情况"),
                *map(spoken, brief),
                "书面反馈随后报送。",
            ],
        ),
        read_back=told.wording.read_back,
        message=told.message(
            report_name(Stage.FEEDBACK, number),
            [f"{about}，{moment(request.at, year=False)}{_who(request)}批示办理情况：", *brief[1:]],
            [brief[0], *(done if result else done[:-1])],
        ),
        drill=header.drill,
    )


def _to_the_office(header: Header, request: Request) -> Header:
    """The header, addressed to the office that passed the 批示 on."""
    return Header(
        header.unit,
        header.signer,
        header.contact,
        header.phone,
        header.recipient or request.office,
        drill=header.drill,
    )


def _who(request: Request) -> str:
    return phrase(request.person) or phrase(request.office)


def _instruction(request: Request) -> str:
    """`2026年3月5日23时50分，市委办公室转来张副市长批示：“…”。`"""
    words = phrase(request.text).replace("“", "‘").replace("”", "’")
    said = f"：“{words}”" if words else ""
    return f"{moment(request.at)}，{phrase(request.office)}转来{phrase(request.person)}批示{said}。"


def _done(steps: Iterable[Answer]) -> Iterator[str]:
    """What was done, in the order in which it was, a sentence each."""
    for one in sorted(steps, key=lambda step: step.at):
        unit, person, text = phrase(one.unit), phrase(one.person), phrase(one.text)
        at = moment(one.at)
        if one.step == AnswerStep.READ_BACK:
            yield f"{at}，向来文单位复述核对{f'（{person}）' if person else ''}。"
        elif one.step == AnswerStep.PASSED_ON:
            yield f"{at}，转{unit}{person}办理{f'：{text}' if text else ''}。"
        elif one.step == AnswerStep.CARRIED_OUT:
            yield f"{at}，{f'{unit}{person}：' if unit or person else ''}{text or '已落实'}。"
        elif one.step == AnswerStep.FED_BACK:
            yield f"{at}，已反馈{f'：{text}' if text else ''}。"
