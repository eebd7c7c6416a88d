"""轻报: a grade stated below the figures, unknown casualties told as none, an incident kept back against the verdict."""

import re
from collections.abc import Iterator

from jinji_report.reports.check.paper import Paper
from jinji_report.reports.check.remark import LOOK, MUST, Code, Remark
from jinji_report.vocabulary import GRADES, Grade

UNDERSTATED = Code("B601", MUST, "等级报轻了", "文中写的等级低于研判的等级。")
UNKNOWN_AS_NONE = Code("B602", MUST, "不详写成没有", "伤亡还不清楚，文中写成了无人员伤亡。")
KEPT_BACK = Code("B603", LOOK, "应报而决定不报", "研判是应报，值班决定是不报。")
CODES = (UNDERSTATED, UNKNOWN_AS_NONE, KEPT_BACK)

_GRADE = re.compile(
    r"(?P<grade>特别重大|重大|较大|一般)(?:级(?!别)|(?:生产安全|道路交通|交通|火灾|环境|食品安全|水上交通|突发环境|突发)?(?:事故|事件|灾害|火灾))"
    r"(?!隐患|苗头)"
)
# Such a sentence says of what was, or what is not.
_NOT_STATED = re.compile(r"由.{0,12}(?:调整|升|上调)|未达|不够|不属|尚未|达不到|超过|高于|以上")
_NONE = re.compile(
    r"(?<!暂)(?<!有)(?:无人员?伤亡|没有人员?伤亡|未造成人员?伤亡|无人死亡|没有人死|无伤亡|零伤亡|无人员死亡|死亡0人)(?!报告)"
)


def find(paper: Paper) -> Iterator[Remark]:
    yield from _understated(paper)
    yield from _as_none(paper)
    if paper.kept_back is not None and paper.must_be_reported:
        yield Remark(
            KEPT_BACK,
            f"研判是应报，值班决定不报（{paper.kept_back or '没有写理由'}）。",
            f"再想一遍；要报：jinji decide {paper.case} 应报 --reason 理由。",
        )


def _understated(paper: Paper) -> Iterator[Remark]:
    grade = paper.verdict.grade if paper.verdict is not None else None
    if grade is None or grade.low is None:
        return
    for match in _GRADE.finditer(paper.own):
        stated = Grade(match["grade"])
        if GRADES.index(stated) >= GRADES.index(grade.low):
            continue
        if _NOT_STATED.search(paper.own[slice(*paper.sentence(match.start()))]):
            continue
        yield Remark(
            UNDERSTATED,
            f"文中写“{match[0]}”，按数字是{grade.low}。",
            f"按{grade.low}写，依据见 jinji why {paper.case}。",
            match.span(),
            match[0],
        )
        return


def _as_none(paper: Paper) -> Iterator[Remark]:
    """Casualties that the case does not know are told as none."""
    deaths = paper.facts.measures.get("deaths")
    if deaths is not None and not deaths.wholly_open:
        return
    match = _NONE.search(paper.own)
    if match is None:
        return
    known = "没有说到" if deaths is None else "还不清楚"
    yield Remark(
        UNKNOWN_AS_NONE,
        f"案卷里伤亡{known}，文中写“{match[0]}”。",
        f"改为“人员伤亡正在核实”；问清确无伤亡的，先录 jinji followup {paper.case} --set 死亡=0。",
        match.span(),
        match[0],
    )
