"""The talk of `new` and `followup` with the officer, from the first word of a call to what is entered.

Whoever leaves, and whatever stops the run, the words stay as a draft.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from jinji_report.cli import prompts, screen, several, views
from jinji_report.cli.call import Call, ask_open, corrections, mend, said
from jinji_report.cli.draft import drafts, keep_draft, keep_note
from jinji_report.desk.cases import find_case, read_cases
from jinji_report.desk.enter import NEVER, Target, one_each, target_of
from jinji_report.desk.followup import Followed, follow, new_facts
from jinji_report.desk.given import apply_sets
from jinji_report.desk.new import Incoming, Opened, open_cases, resembling
from jinji_report.desk.parts import Part, parts_of
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.errors import GivenUp, JinjiError
from jinji_report.judgement.classify import classify
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.moments import on_screen
from jinji_report.reports.changes import changes
from jinji_report.reports.document import Header
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Status

NEXT_PARAGRAPH = "\n\n"


class Ways:
    """How a call is to be taken: as `new` has it from its options."""

    __slots__ = ("apart", "attach", "explained", "mending")

    def __init__(self, *, mending: bool, apart: bool, attach: str | None, explained: bool) -> None:
        self.mending = mending
        self.apart = apart
        self.attach = attach
        self.explained = explained


def take_call(
    store: Store,
    text: str | None,
    sets: Sequence[str],
    rules: Standards,
    header: Header,
    stamp: Stamp,
    home: Path,
    ways: Ways,
    *,
    draft: Path | None,
    entered: Callable[[Opened], None],
) -> list[screen.Block]:
    """Take a call from its first word into the ledger, as cases or follow-ups; what to show at the end.

    `entered` is called with each case that was opened.

    Nothing is entered before the officer has agreed to the last of its incidents. Raises GivenUp where
    he leaves, and what the desk raises; the call is then kept as a draft.
    """
    typed = _Typed(text, sets)
    with _kept(typed, lambda: keep_draft(home, typed.note, typed.sets, draft)):
        if text is None:
            waiting = len(drafts(home))
            if waiting:
                screen.say(f"（另有 {waiting} 份没录完的草稿，办完这件用 jinji new --resume 接着办。）")
            prompts.ask_note(typed.lines)
        refuse_secrets(typed.note)
        whole = Call(typed.note, sets, rules, stamp.at, explained=ways.explained)
        parts = parts_of(whole.text, rules, stamp.at)
        chosen = _chosen(parts, whole, ways)
        if not chosen:
            typed.call = whole
            taken = [_Taken(whole, _agreed(whole, store, stamp, ways))]
        else:
            one_each(chosen, sets, ways.attach)
            taken = []
            for number, part in enumerate(chosen, 1):
                screen.show(several.headed(number, len(chosen), part.text))
                call = Call(part.text, (), rules, stamp.at, explained=ways.explained)
                taken.append(_Taken(call, _agreed(call, store, stamp, ways)))
        made = _entered(taken, store, rules, header, stamp)
    if draft is not None:
        draft.unlink(missing_ok=True)
    left = [part.text for part in parts if chosen and part not in chosen]
    if left:
        screen.say(f"另 {len(left)} 件没有登记。{keep_draft(home, NEXT_PARAGRAPH.join(left), ())}")
    blocks: list[screen.Block] = []
    for number, (one, answer) in enumerate(zip(taken, made, strict=True), 1):
        if len(taken) > 1:
            blocks += several.headed(number, len(taken), one.call.text)
        if isinstance(answer, Followed):
            blocks += views.followed(answer, rules, stamp.recorded)
        else:
            entered(answer)
            blocks += views.opened(answer, stamp.recorded)
    return blocks


class _Taken:
    """An incident that the officer agreed to, and the case that it goes to, if that is no new one."""

    __slots__ = ("call", "target")

    def __init__(self, call: Call, target: Target | None) -> None:
        self.call = call
        self.target = target


def _chosen(parts: Sequence[Part], whole: Call, ways: Ways) -> Sequence[Part]:
    """The incidents of the call that are to be entered one by one; none where it is to be one."""
    if not parts or ways.apart:
        return parts
    screen.say(several.noticed(parts, whole.at))
    while ways.mending:
        line = prompts.ask("分开登记吗？[Y = 一件一案，n = 合成一件，写号码 = 只录那几件] ")
        if not line or line.lower() in prompts.YES:
            return parts
        if line.lower() in prompts.NO:
            return ()
        wanted = {int(number) for number in re.findall(r"\d{1,3}", line)}
        if wanted and wanted <= set(range(1, len(parts) + 1)):
            return [part for number, part in enumerate(parts, 1) if number in wanted]
        screen.say(f"请答 y、n，或写 1 到 {len(parts)} 的号码。")
    return ()


def _agreed(call: Call, store: Store, stamp: Stamp, ways: Ways) -> Target | None:
    """Have the reading mended and the outcome agreed to; the known case that it goes to, None for a new one."""
    if ways.mending:
        mend(call)
    target = _known_case(call, store, stamp, ways)
    if target is not None:
        case = find_case(read_cases(store), target.number)
        call.sets = agree(case, call.text, call.sets, call.rules, stamp, correct=False)
    elif ways.mending:
        _settle(call)
    else:
        call.show()
        screen.show(views.verdict(call.judged, call.rules))
    return target


def _entered(
    taken: Sequence[_Taken], store: Store, rules: Standards, header: Header, stamp: Stamp
) -> list[Opened | Followed]:
    """Enter what was agreed to, the new cases in one batch."""
    fresh = [
        Incoming(one.call.text, one.call.judged.facts, one.call.judged.understood)
        for one in taken
        if one.target is None
    ]
    opened = iter(open_cases(store, fresh, rules, header, stamp) if fresh else ())
    return [
        next(opened)
        if one.target is None
        else follow(store, one.target.number, one.call.text, one.call.sets, rules, header, stamp)
        for one in taken
    ]


def take_follow_up(
    store: Store,
    case: Case,
    text: str | None,
    sets: Sequence[str],
    rules: Standards,
    header: Header,
    stamp: Stamp,
    home: Path,
    *,
    final: bool,
    correct: bool,
    command: str,
    draft: Path | None,
) -> list[screen.Block]:
    """Take a follow-up to `case`; without `text` it is asked for. Raises like `take_call`."""
    typed = _Typed(text, sets)
    with _kept(typed, lambda: keep_note(home, typed.note, command, draft)):
        if text is None:
            screen.say(f"续报 {case.number}　{case.title}")
            prompts.ask_note(typed.lines)
        refuse_secrets(typed.note)
        agreed = agree(case, typed.note, sets, rules, stamp, correct=correct)
        followed = follow(
            store, case.number, typed.note, agreed, rules, header, stamp, final=final, correct=correct
        )
    return views.followed(followed, rules, stamp.recorded)


class _Typed:
    """What the officer has typed so far, for the draft."""

    def __init__(self, text: str | None, sets: Sequence[str]) -> None:
        self.lines: list[str] = [] if text is None else [text]
        self.first_sets = list(sets)
        self.call: Call | None = None

    @property
    def note(self) -> str:
        return "\n".join(self.lines).strip() if self.call is None else self.call.text

    @property
    def sets(self) -> list[str]:
        return self.first_sets if self.call is None else self.call.sets


@contextmanager
def _kept(typed: _Typed, keep: Callable[[], str]) -> Iterator[None]:
    """Whatever ends the talk early, what was typed is kept."""
    prompts.begin()
    try:
        yield
    except KeyboardInterrupt:
        raise GivenUp("已放弃，没有录入台账。", remedy=keep()) from None
    except Exception:
        if typed.note:
            screen.say(keep())
        raise


def _known_case(call: Call, store: Store, stamp: Stamp, ways: Ways) -> Target | None:
    """The open case that this call is about too: as the options say, else as the officer does."""
    incoming = Incoming(call.text, call.judged.facts)
    if ways.attach is not None:
        target = target_of(store, incoming, ways.attach, stamp, call.rules)
        if target is not None or ways.attach == NEVER:
            return target
    found = resembling(store, call.text, call.judged.facts, call.at, call.rules)
    waiting = [one for one in found if one.open]
    for one in found:
        if one.case.status == Status.LEAD:
            screen.say(several.as_lead(one, ""))
        elif not one.open:
            case = one.case
            screen.say(
                f"注意：已结案卷 {case.number}（{case.title}）像是同一件事{several.because(one.reasons)}；"
                f"如是，先 jinji reopen {case.number} --reason 原因。"
            )
    if not waiting:
        return None
    screen.say("注意：像是在办案卷的同一件事：")
    for number, one in enumerate(waiting, 1):
        at = on_screen(one.case.opened_at, beside=call.at)
        screen.say(
            f"  {number}. {one.case.number}　{one.case.title}（{at} 接报）\n     {'；'.join(one.reasons)}"
        )
    numbers = "、".join(f"{n} = 续到 {one.case.number}" for n, one in enumerate(waiting, 1))
    while True:
        line = prompts.ask(f"是同一件事吗？[{numbers}，n 或回车 = 另立新案，q = 放弃] ").lower()
        if not line or line in prompts.NO:
            return None
        if line == "q":
            raise KeyboardInterrupt
        if len(waiting) == 1 and line in prompts.YES:
            line = "1"
        if line.isdecimal() and 1 <= int(line) <= len(waiting):
            return Target(waiting[int(line) - 1].case.number)
        screen.say("请写号码，或 n、q。")


def _settle(call: Call) -> None:
    """Ask, show the verdict and the limits, and have them confirmed; mended once more as often as wanted."""
    asked: set[str] = set()
    while True:
        ask_open(call, asked)
        screen.show(
            [*views.verdict(call.judged, call.rules), *views.limit_table(call.judged.limits, call.at)]
        )
        while True:
            line = prompts.ask("录入台账并成文首报？[Y/n，或写 项目=值 再改] ")
            if not line or line.lower() in prompts.YES:
                return
            if line.lower() in prompts.NO:
                raise KeyboardInterrupt
            if corrections(line, call.rules, call.at):
                if call.mend(line):
                    break
            else:
                screen.say("请答 y 或 n；要改就写 项目=值。")


def agree(
    case: Case, text: str, sets: Sequence[str], rules: Standards, stamp: Stamp, *, correct: bool
) -> list[str]:
    """Show what a follow-up changes, let it be mended, and have it confirmed; the corrections in all.

    Raises KeyboardInterrupt where the officer leaves.
    """
    agreed = list(sets)
    while True:
        after, found, _ = new_facts(case.facts, text, agreed, rules, stamp.at, correct=correct)
        told = changes(case.facts, after, rules)
        verdict = classify(after, rules, stamp.recorded)
        screen.show(
            [
                screen.Heading(f"与案卷 {case.number} 相比"),
                *(
                    screen.Line(
                        f"{c.label}：{c.before or '未提到'} → {c.after or '未提到'}", indent=2, hang=6
                    )
                    for c in told
                ),
                *([] if told else [screen.Line("没有新的变化。", indent=2)]),
                *(screen.Line(f"※ {finding.text}", "due_soon", hang=3) for finding in found),
                screen.Line(f"研判：{verdict.decision}　{views.grade_words(verdict.grade)}", "strong"),
            ]
        )
        while True:
            line = prompts.ask("录入台账并成文？[Y/n，或写 项目=值 再改] ")
            if not line or line.lower() in prompts.YES:
                return agreed
            if line.lower() in prompts.NO:
                raise KeyboardInterrupt
            pairs = corrections(line, rules, stamp.at)
            try:
                refuse_secrets(*said(pairs))
                for pair in pairs:
                    apply_sets(after, [pair], rules, stamp.at)
            except JinjiError as error:
                screen.say(f"{error.problem}{error.remedy}")
                continue
            if pairs:
                agreed += pairs
                break
            screen.say("请答 y 或 n；要改就写 项目=值。")
