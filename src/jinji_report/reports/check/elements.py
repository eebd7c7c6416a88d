"""The elements that a stage asks for: time, place, event, people, source; then measures and leaders; at last the whole.

A 首报 is never asked for its cause (R18); a 终报 must have cause, settled figures, measures and outcome.
What is said to be under checking counts as missing where the stage cannot go without it.
"""

import re
from collections.abc import Iterator

from jinji_report.model.facts import Facts
from jinji_report.reports.check.paper import Paper, names_a_place, shares
from jinji_report.reports.check.remark import LOOK, MUST, Code, Remark
from jinji_report.reports.check.stated import stated
from jinji_report.reports.clauses import cause_words
from jinji_report.reports.phrases import casualties_open, event_nouns, place_words
from jinji_report.vocabulary import OTHER_CATEGORY, Stage

TIME = Code("B101", MUST, "没有时间", "报告没有说几时发生（接警、发现的时间也没有）。")
PLACE = Code("B102", MUST, "没有地点", "报告没有说在哪里。")
EVENT = Code("B103", MUST, "没有事件", "报告没有说发生了什么。")
PEOPLE = Code("B104", LOOK, "没有说伤亡", "会伤人的事没有说伤亡，也没有说正在核实。")
SOURCE = Code("B105", LOOK, "没有来源", "没有写是哪个单位、谁报告的。")
ACTIONS = Code("B106", LOOK, "续报没有处置措施", "续报起要写已采取的措施。")
LEADERS = Code("B107", LOOK, "续报没有到场领导", "应报的事，续报起要写谁在现场指挥。")
NO_CAUSE = Code("B108", MUST, "终报没有原因", "终报要写原因；仍在调查的要照实写明。")
CAUSE_OPEN = Code("B109", LOOK, "终报原因仍在调查", "终报写的原因还没有查清。")
NOT_FINAL = Code("B110", MUST, "终报数字未定", "终报的伤亡仍是不详、约数或一个范围。")
NO_ACTIONS = Code("B111", MUST, "终报没有处置措施", "终报要写采取了什么措施。")
NO_OUTCOME = Code("B112", MUST, "终报没有结果", "终报要写处置结果和善后。")
CODES = (
    TIME,
    PLACE,
    EVENT,
    PEOPLE,
    SOURCE,
    ACTIONS,
    LEADERS,
    NO_CAUSE,
    CAUSE_OPEN,
    NOT_FINAL,
    NO_ACTIONS,
    NO_OUTCOME,
)

_OPEN_CAUSE = re.compile(
    r"(?:正在|仍在|尚在|有待|待|在)(?:进一步)?(?:调查|核查|核实|查明|勘查|鉴定|认定)|不明|不详|待查"
)
_CLOCK = re.compile(
    r"\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2}|[0-9零一二两三四五六七八九十]{1,3}[时点](?:许|左右|[0-9半]|整|，|\s)?|\d{1,2}[:：]\d{2}"
    r"|凌晨|清晨|早晨|上午|中午|下午|傍晚|晚上|昨晚|昨夜|今晨|今早|今晚|深夜|夜间"
)
_OUTCOME = re.compile(
    r"扑灭|熄灭|恢复|(?:处置|救援|搜救|清理|清障)(?:工作)?(?:完毕|结束|完成)|善后|出院|解除|得到控制|已控制|排除|平息|化解"
    r"|结案|归案|抓获|移交|立案|痊愈|劝离|散去|撤离完毕|通车|通行|供水|供电|安葬|赔偿"
)
_MEASURES = re.compile(
    r"措施|处置|救援|扑救|抢救|救治|搜救|疏散|转移|出动|派出|赶赴|赶到|调集|启动|管控|警戒|封控|封闭|隔离|送往|送医|组织"
)
_LEADING = re.compile(
    r"(?:书记|县长|区长|市长|省长|主席|镇长|乡长|局长|主任|部长|队长|政委|领导|负责人|指挥部)"
)
_SOURCE = re.compile(r"来源|报告称|报称|接.{0,12}报|据.{1,16}(?:报告|通报|反映)|来电")
_PEOPLE = re.compile(r"伤亡|死亡|受伤|遇难|伤者")
_FINAL_COUNTS = ("deaths", "injured", "seriously_injured", "missing", "trapped", "poisoned")


def find(paper: Paper) -> Iterator[Remark]:
    yield from _what_happened(paper)
    if paper.stage == Stage.FINAL:
        yield from _whole(paper)
    elif paper.stage == Stage.FOLLOW_UP:
        yield from _under_way(paper)


def _what_happened(paper: Paper) -> Iterator[Remark]:
    facts, told, name = paper.facts, paper.told, paper.stage.value
    if told is None:
        timed = facts.occurred is not None
        placed = facts.place is not None
    else:
        timed = told.occurred is not None or _CLOCK.search(paper.body) is not None
        placed = shares(paper.text, place_words(facts)) or names_a_place(told)
    if not timed:
        yield Remark(
            TIME,
            f"{name}没有写几时发生。",
            f"问清再报，实在不知道就写接警或发现的时间：{paper.mend('时间', '几点几分')}",
        )
    if not placed:
        yield Remark(PLACE, f"{name}没有写在哪里。", f"问清地点：{paper.mend('地点', '哪里')}")
    kind = facts.category if told is None else told.category or _named(paper)
    if kind in (None, OTHER_CATEGORY) and not (facts if told is None else told).course.strip():
        yield Remark(EVENT, f"{name}没有写发生了什么。", f"写明是什么事：{paper.mend('类别', '火灾')}")
    if told is not None and paper.stage != Stage.FOLLOW_UP and _silent_on_people(paper, told):
        yield Remark(PEOPLE, f"{name}没有写伤亡。", "问清伤亡，不知道就写“人员伤亡情况正在核实”。")
    if paper.stage != Stage.FIRST:
        return  # the readers of later reports know who told the first
    source = facts.source
    sourced = (source.unit or source.person or source.kind) if told is None else _SOURCE.search(paper.body)
    if not sourced:
        yield Remark(
            SOURCE, f"{name}没有写谁报告的。", f"写明来源单位：{paper.mend('来源单位', '县消防救援大队')}"
        )


def _silent_on_people(paper: Paper, told: Facts) -> bool:
    """An edited text says nothing of people where a reader waits for it; a made one says what is being checked."""
    verdict = paper.verdict
    asked = () if verdict is None else [q["measure"] for q in verdict.questions if q.get("measure")]
    if any(name in told.measures for name in _FINAL_COUNTS) or _PEOPLE.search(paper.body):
        return False
    return casualties_open(told, paper.standards, asked)


def _named(paper: Paper) -> str | None:
    """The kind of the case, where the edited text says it."""
    nouns = {*event_nouns(paper.facts, paper.standards), paper.facts.category_said}
    return paper.facts.category if any(noun and noun in paper.text for noun in nouns) else None


def _under_way(paper: Paper) -> Iterator[Remark]:
    facts = paper.facts
    if not facts.actions.strip() and not (paper.edited and _MEASURES.search(paper.body)):
        yield Remark(
            ACTIONS, "续报没有写已采取的措施。", f"写谁、几点、做了什么：{paper.mend('措施', '出动几车几人')}"
        )
    if (
        paper.must_be_reported
        and not facts.leaders.strip()
        and not (paper.edited and _LEADING.search(paper.body))
    ):
        yield Remark(
            LEADERS, "续报没有写谁在现场指挥。", f"写职务和姓名：{paper.mend('领导', '副县长某某在现场指挥')}"
        )


def _whole(paper: Paper) -> Iterator[Remark]:
    facts = paper.facts
    cause = cause_words(facts)
    if paper.edited and "原因" in paper.body:
        at = paper.body.index("原因")
        cause = paper.body[slice(*paper.sentence(at))]
    if not cause:
        yield Remark(
            NO_CAUSE,
            "终报没有写原因。",
            f"查清再报终报，仍在调查的照实写：{paper.mend('原因', '电气线路故障')}",
        )
    elif _OPEN_CAUSE.search(cause):
        yield Remark(
            CAUSE_OPEN,
            "终报的原因还没有查清。",
            "查清后再报一次，或在终报里写明由谁调查、何时出结论。",
            paper.span_of(cause),
            cause,
        )
    counts = dict(facts.measures)
    if paper.edited:
        counts |= {name: said[-1].quantity for name, said in stated(paper.body).items()}
    for name in _FINAL_COUNTS:
        quantity = counts.get(name)
        if quantity is not None and not quantity.exact and name in paper.standards.measures:
            label = paper.standards.measures[name].label
            yield Remark(
                NOT_FINAL,
                f"终报的{label}人数没有定（{quantity.said or '不详'}）。",
                f"核实后写准数：{paper.mend(label, '3')}",
                paper.span_of(quantity.said),
                quantity.said,
            )
    if not facts.actions.strip() and not (paper.edited and _MEASURES.search(paper.body)):
        yield Remark(
            NO_ACTIONS, "终报没有写处置措施。", f"写采取了什么措施：{paper.mend('措施', '出动几车几人')}"
        )
    if not (facts.progress.strip() and not paper.edited) and not _OUTCOME.search(paper.body):
        yield Remark(
            NO_OUTCOME,
            "终报没有写处置结果。",
            "在文稿里补上结果和善后。"
            if paper.edited
            else f'写结果和善后：jinji followup {paper.case} --final "明火已扑灭，善后由镇政府负责"。',
        )
