"""A call on the desk: its note and the officer's corrections, and the questions that could change what is made of both.

What the officer types is taken as it is said: `死亡=3`, `死亡3人`, several at once; a line that is no
correction is more of the note.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from jinji_report.cli import prompts, screen, views
from jinji_report.desk.answer import Judged
from jinji_report.desk.classify import judge_note
from jinji_report.desk.given import FIELDS, apply_sets
from jinji_report.desk.stamp import refuse_secrets
from jinji_report.errors import JinjiError, UnusableInput
from jinji_report.model.facts import Facts
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
            refuse_secrets(text, *said(sets))
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


def said(pairs: Sequence[str]) -> Iterator[str]:
    """All that corrections say, and each value alone, for what stands as a heading."""
    for pair in pairs:
        yield pair
        yield pair.partition("=")[2]


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
