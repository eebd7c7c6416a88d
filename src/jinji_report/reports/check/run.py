"""The check as a whole. Pure; every remark is returned."""

from types import ModuleType

from jinji_report.reports.check import clock, drill, elements, figures, language, privacy, shape, weight
from jinji_report.reports.check.paper import Paper
from jinji_report.reports.check.remark import Code, Remark
from jinji_report.vocabulary import Stage

_MODULES: tuple[ModuleType, ...] = (elements, figures, clock, language, privacy, weight, shape, drill)


def codes() -> dict[str, Code]:
    """Every code that the check can give, in their order."""
    return {code.code: code for module in _MODULES for code in module.CODES}


def check(paper: Paper) -> tuple[Remark, ...]:
    """All remarks about a report, what must be mended first; a 批示反馈 answers and is not looked at."""
    if paper.stage == Stage.FEEDBACK:
        return ()
    found = [remark for module in _MODULES for remark in module.find(paper)]
    return tuple(sorted(found, key=lambda remark: not remark.must))
