"""The talk of `new` and `followup` with the officer: mend what was read, ask what could change the verdict.

What the officer types is taken as it is said: `死亡=3`, `死亡3人`, several at once; a line that is no
correction is more of the note. Whoever leaves, and whatever stops the run, the words stay as a draft.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from jinji_report.cli import prompts, screen, several, views
from jinji_report.cli.draft import drafts, keep_draft, keep_note
from jinji_report.desk.answer import Judged
from jinji_report.desk.cases import find_case, read_cases
from jinji_report.desk.classify import judge_note
from jinji_report.desk.enter import NEVER, Target, one_each, target_of
from jinji_report.desk.followup import Followed, follow, new_facts
from jinji_report.desk.new import Incoming, Opened, open_cases, resembling
from jinji_report.desk.parts import Part, parts_of
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.desk.understand import FIELDS, apply_sets
from jinji_report.errors import GivenUp, JinjiError, UnusableInput
from jinji_report.judgement.classify import classify
from jinji_report.ledger.store import Store
from jinji_report.model.case import Case
from jinji_report.model.facts import Facts
from jinji_report.moments import on_screen
from jinji_report.reports.changes import changes
from jinji_report.reports.document import Header
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import GRADES, Decision

MOST_ASKED = 5
SHORTEST_NOTE = 4  # characters of a line that is taken as more of the note

# What officers call a field besides its label.
ALSO_CALLED = {
    "失踪": "失联",
    "遇难": "死亡",
    "死者": "死亡",
    "伤者": "受伤",
    "转移": "疏散转移",
    "疏散": "疏散转移",
    "损失": "直接经济损失",
    "地址": "地点",
    "位置": "地点",
    "事发时间": "时间",
    "类型": "类别",
    "种类": "类别",
}
TARGETS = {"类别": "类别", "时限": "时间", "属地": "地点"}
EXISTS = ("有", "有的", "是", "是的", "y", "yes")
UNTOLD = ("", "不详", "不清楚", "不知道", "不明")
NOT = ("否", "不", "不是", "没有的", "没有人员", "没有了", "都没有", "n", "no")


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
) -> list[screen.Block]:
    """Take a call from its first word into the ledger, as cases or follow-ups; what to show at the end.

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
        chosen = _chosen(whole, ways)
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
    blocks: list[screen.Block] = []
    for number, (one, answer) in enumerate(zip(taken, made, strict=True), 1):
        if len(taken) > 1:
            blocks += several.headed(number, len(taken), one.call.text)
        if isinstance(answer, Followed):
            blocks += views.followed(answer, rules, stamp.recorded)
        else:
            blocks += views.opened(answer, stamp.recorded)
    return blocks


class _Taken:
    """An incident that the officer agreed to, and the case that it goes to, if that is no new one."""

    __slots__ = ("call", "target")

    def __init__(self, call: "Call", target: Target | None) -> None:
        self.call = call
        self.target = target


def _chosen(whole: "Call", ways: Ways) -> Sequence[Part]:
    """The incidents of the call that are to be entered one by one; none where it is to be one."""
    parts = parts_of(whole.text, whole.rules, whole.at)
    if not parts or ways.apart or not ways.mending:
        if parts and not ways.apart:
            screen.say(several.noticed(parts, whole.at))
        return parts if ways.apart else ()
    screen.say(several.noticed(parts, whole.at))
    while True:
        line = prompts.ask("分开登记吗？[Y = 一件一案，n = 合成一件，写号码 = 只录那几件] ")
        if not line or line.lower() in prompts.YES:
            return parts
        if line.lower() in prompts.NO:
            return ()
        wanted = {int(number) for number in re.findall(r"\d{1,3}", line)}
        if wanted and wanted <= set(range(1, len(parts) + 1)):
            return [part for number, part in enumerate(parts, 1) if number in wanted]
        screen.say(f"请答 y、n，或写 1 到 {len(parts)} 的号码。")


def _agreed(call: "Call", store: Store, stamp: Stamp, ways: Ways) -> Target | None:
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
) -> list[screen.Block]:
    """Take a follow-up to `case`; without `text` it is asked for. Raises like `take_call`."""
    typed = _Typed(text, sets)
    with _kept(typed, lambda: keep_note(home, typed.note, command)):
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


def _known_case(call: "Call", store: Store, stamp: Stamp, ways: Ways) -> Target | None:
    """The open case that this call is about too: as the options say, else as the officer does."""
    incoming = Incoming(call.text, call.judged.facts)
    if ways.attach is not None:
        target = target_of(store, incoming, ways.attach, stamp, call.rules)
        if target is not None or ways.attach == NEVER:
            return target
    found = resembling(store, call.text, call.judged.facts, call.at, call.rules)
    waiting = [one for one in found if one.open]
    for one in found:
        if not one.open:
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


def _settle(call: "Call") -> None:
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
                for pair in pairs:
                    refuse_secrets(pair.partition("=")[2])
                    apply_sets(after, [pair], rules, stamp.at)
            except JinjiError as error:
                screen.say(f"{error.problem}{error.remedy}")
                continue
            if pairs:
                agreed += pairs
                break
            screen.say("请答 y 或 n；要改就写 项目=值。")


class Call:
    """The call on the desk: its note, the officer's corrections, and what is made of both."""

    def __init__(
        self, text: str, sets: Sequence[str], rules: Standards, at: datetime, *, explained: bool = False
    ) -> None:
        self.explained = explained
        self.text = text
        self.sets = list(sets)
        self.rules = rules
        self.at = at
        self.judged: Judged = judge_note(text, self.sets, rules, at)

    def show(self) -> None:
        screen.show(views.reading(self.judged, self.rules, explained=self.explained))

    def mend(self, line: str) -> bool:
        """Take what was typed; whether anything changed. What cannot be taken is said."""
        pairs = corrections(line, self.rules, self.at)
        if not pairs and len(line) >= SHORTEST_NOTE:
            return self.take(f"{self.text.rstrip()}\n{line}", self._not_told_by(line))
        if not pairs:
            screen.say("看不懂。改一项写 项目=值（如 死亡=3）；要补充来电内容，直接写一句。")
        return any([self.take(self.text, [*self.sets, pair]) for pair in pairs])

    def _not_told_by(self, line: str) -> list[str]:
        """The corrections without those of counts that `line` tells anew: the last word holds."""
        told = judge_note(line, (), self.rules, self.at).facts.measures
        names = {name for measure in told for name in (measure, self.rules.measures[measure].label)}
        return [pair for pair in self.sets if pair.partition("=")[0].strip() not in names]

    def take(self, text: str, sets: Sequence[str]) -> bool:
        """Judge the call with `text` and `sets`, and keep both if that can be done."""
        try:
            refuse_secrets(text)
            for pair in sets:
                refuse_secrets(pair.partition("=")[2])
            judged = judge_note(text, sets, self.rules, self.at)
        except JinjiError as error:
            screen.say(f"{error.problem}{error.remedy}")
            return False
        self.text, self.sets, self.judged = text, list(sets), judged
        return True


def mend(call: Call) -> None:
    """Show what was read until the officer has nothing to change."""
    call.show()
    while True:
        line = prompts.ask("回车 = 无误；改：死亡=3、时间=昨晚11点半；删：死亡= ：")
        if not line or line.lower() in prompts.YES:
            return
        if call.mend(line):
            call.show()


def ask_open(call: Call, asked: set[str]) -> None:
    """Ask what could still change the decision, the time that limits run from, or the grade; a handful at most."""
    while len(asked) < MOST_ASKED:
        questions = [
            q for q in call.judged.verdict.questions if q["ask"] not in asked and _worth_asking(q, call)
        ]
        if not questions:
            return
        # What it is comes before how many: it may leave fewer questions.
        question = next((q for q in questions if q["decides"] == "类别"), questions[0])
        asked.add(question["ask"])
        _ask_one(call, question)


def corrections(line: str, rules: Standards, now: datetime) -> list[str]:
    """The `项目=值` of a line: `死亡=3 受伤=5`, `改 时间=昨晚 11点半`, `死亡3人`; none where it is no correction."""
    line = re.sub(r"^(?:改成|改为|修改|更正|改)[：:\s]*", "", line.strip())
    # Spaces around the sign go, but not those between an empty value and the next name (死亡= 受伤=).
    line = re.sub(r"\s*[=＝](?:\s+(?![^\s=＝，,；;、]+\s*[=＝]))?", "=", line)
    if "=" in line:
        pairs = re.split(r"[\s，,；;、]+(?=[^\s=，,；;、]+=)", line)
        return [_renamed(*pair.partition("=")) for pair in pairs]
    pairs = [_spoken(part, rules, now) for part in re.split(r"[\s，,；;、]+", line) if part]
    return pairs if all(pairs) else []


def _spoken(part: str, rules: Standards, now: datetime) -> str:
    """`死亡3人`, `地点：东街` → `死亡=3人`, `地点=东街`; else nothing."""
    labels = [*(m.label for m in rules.measures.values()), *ALSO_CALLED, "时间", "地点", "类别"]
    for label in sorted(labels, key=len, reverse=True):
        if part.startswith(label):
            rest = part[len(label) :]
            value = re.sub(r"^(?:[：:]|应为|改为|改成|应是|是|为)", "", rest)
            name = ALSO_CALLED.get(label, label)
            if name in FIELDS and value == rest:
                return ""  # 地点附近… goes on as a sentence
            pair = f"{name}={value}"
            try:
                apply_sets(Facts(), [pair], rules, now)
            except UnusableInput:
                return ""
            return pair if value else ""
    return ""


def _renamed(name: str, equals: str, value: str) -> str:
    return f"{ALSO_CALLED.get(name.strip(), name.strip())}{equals}{value}"


def _worth_asking(question: dict[str, Any], call: Call) -> bool:
    """It decides 应报, category, time or place; where reporting is sure, the grade and no mere presumption.

    The other questions, for an office further up or a presumed loss, stand below 还要问: the first
    report does not wait for them.
    """
    verdict = call.judged.verdict
    if question["measure"] is None:
        return question["decides"] in TARGETS
    if verdict.decision != Decision.REPORT:
        return True
    grade = verdict.grade
    open_grade = grade is not None and grade.low != grade.high
    return question["measure"] not in verdict.presumed and (open_grade or question["decides"] in GRADES)


def _ask_one(call: Call, question: dict[str, Any]) -> None:
    """Put one question until its answer is understood; Enter is 不详, or leaves what is presumed."""
    measure = question["measure"]
    presumed = measure in call.judged.verdict.presumed
    enter = "没有说起，暂按没有" if presumed else "不详"
    target = TARGETS[question["decides"]] if measure is None else call.rules.measures[measure].label
    while True:
        answer = prompts.ask(f"{question['ask']}（可定：{question['decides']}；回车 = {enter}）")
        if presumed and not answer:
            return
        if "=" in answer or "＝" in answer:
            if call.mend(answer):
                return
            continue
        if measure is None:
            value = _category(answer, call) if target == "类别" else answer
            if value is None:
                continue
            if value in UNTOLD or call.take(call.text, [*call.sets, f"{target}={value}"]):
                return
            continue
        value = _counted(answer)
        told = call.judged.facts.measures.get(measure)
        pair = f"{target}={value}"
        if told is not None and _is_open(pair, call.rules, call.at):
            return  # 至少3人 stays: not knowing more takes nothing away
        if call.take(call.text, [*call.sets, pair]):
            return


def _counted(answer: str) -> str:
    if not answer:
        return "不详"
    if answer.lower() in EXISTS:
        return "至少1"
    return "无" if answer.lower() in NOT else answer


def _is_open(pair: str, rules: Standards, now: datetime) -> bool:
    try:
        quantity = next(iter(apply_sets(Facts(), [pair], rules, now).measures.values()))
    except (UnusableInput, StopIteration):
        return False
    return quantity.wholly_open


def _category(answer: str, call: Call) -> str | None:
    """The category that an answer names, wholly or in part; "" for none; None where it must be asked again."""
    names: list[str] = list(call.rules.categories)
    if answer in names or answer in UNTOLD:
        return answer
    near = [name for name in names if answer in name]
    if not near:
        read = judge_note(answer, (), call.rules, call.at).facts.category
        near = [read] if read else []
    if len(near) == 1:
        return near[0]
    screen.say(f"请写类别全名：{'、'.join(near or names)}。")
    return None
