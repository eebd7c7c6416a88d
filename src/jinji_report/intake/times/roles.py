"""What a time is the moment of: the first telling word behind it in its clause, or the words before it."""

from jinji_report.intake.lexicon import role
from jinji_report.intake.patterns import pattern
from jinji_report.intake.scan import Scan
from jinji_report.intake.times.telling import (
    AGENCIES,
    AS_OF_BEFORE,
    BEFORE,
    BEHIND,
    DIED_OF,
    LEAD,
    LEAD_ENDS,
    NO_WIRE,
    SLIPS,
    SOURCE_LINE,
    WIRE,
)
from jinji_report.intake.times.told import (
    ALARM,
    AS_OF,
    DATELINE,
    DIED,
    OCCURRED,
    OTHER,
    REPORTED,
    SETTING,
    Told,
)

_KIND = {word: kind for kind, words in reversed(BEHIND.items()) for word in words.split()}
_TELLING = role(_KIND)
_EVENT = role(BEHIND[OCCURRED].split())
_DIED_OF = role(DIED_OF)
_PAPERS = role(("中新", "新华", "人民网"))
_PRESS = role(("电", "讯", "消息", "报道", "信息"))
_SLIP_FIRSTS = frozenset("说不哦噢记啊呃")
_WIRE_FIRSTS = frozenset(word[0] for word in (*WIRE, *SOURCE_LINE))
_NAMED_SO = ("城市更新", "旧城更新", "老城更新")
_OUT_OF_WORKS = "出厂水"
_GAP = frozenset("，, :")
_OPERATED = pattern(
    "(?:在|死在)?手术台上(?:就|人)?(?:没下来|没下得来|走了?|没了|没救|死)|没下(?:得了)?(?:来)?手术台"
)
_DEATH = "(?:因?(?:伤重|抢救|医治|救治)?无?效?不?治?(?:死亡|去世|身亡|离世|亡故|过世|咽气|断气)|没了|走了)"
_DEATH_FIRSTS = pattern("手术台|死亡|去世|身亡|离世|亡故|过世|气|没了|走了")
_VICTIM = pattern(
    "(?:[轻重危]?伤[者员]|伤病员|患者|病人|死者|[一-鿿]某[某一-鿿]?|其中[0-9一二两]人)[^，,。；\n]{0,6}$"
)
_DIES = pattern(f"[,，]?{_DEATH}")
_DIES_ALONE = pattern(f"{_DEATH}(?:，|,|。|；|$|\n)")
_VICTIM_DIES = pattern(
    f"[,，]?(?:又有)?(?:[0-9一二两]?[名个])?(?:[轻重危]?伤[者员]|伤病员|患者|病人)[一-鿿]{{0,3}}?(?:又?[0-9一二两]人)?{_DEATH}"
)
_ANSWERED = pattern("[^年月日号/.-]{0,8}[点时][^年月日号/.-]*")
"""A line of its own that tells the clock in words (八点四十多, 今晚8点) is no date over a report."""
_NO_REPORT = ("伤亡", "人员伤亡", "伤亡情况", "损失", "灾情")
"""暂无伤亡报告: nobody reported anything then."""
_HEADINGS = ("报告", "上报", "来电", "接报")
"""紧急报告：11月22日4时 is a heading over what happened; 报告时间： is when it was reported."""
_FAR = 24  # characters behind the time


def set_role(scan: Scan, told: Told, *, first: bool = False) -> None:
    """Find what `told` is the moment of; `first`: no time stands before it in the note."""
    text, start, end = scan.text, told.start, told.end
    lead = start
    if start:
        lead = max(scan.clause(start)[0], start - 16)
    if _over_the_report(scan, told, lead):
        told.role = DATELINE
        return
    if _DEATH_FIRSTS.search(text, end, end + 12) is not None and _of_a_death(text, lead, told, first):
        told.role = DIED
        return
    if lead < start and _told_by_its_lead(scan, told, lead):
        return
    follows = text[end : end + 1]
    if follows in _GAP:
        while end < len(text) and text[end] in _GAP:
            end += 1
        follows = text[end : end + 1]
    if follows in _SLIP_FIRSTS and (text.startswith("说", told.end) or text.startswith(SLIPS, end)):
        told.role = OTHER  # 上周日,哦不对,今天下午四点
        return
    if follows == "(" and "(北京时间" in text[told.end : told.end + 6]:
        told.role = OTHER
        return
    last = scan.clause(end)[1]
    far = min(last, end + _FAR)
    hit = scan.first(_TELLING, end, far)
    while hit is not None and (
        text.startswith(_NAMED_SO, max(end, hit[0] - 2))
        or text.startswith(_OUT_OF_WORKS, hit[0])
        or (hit[2] == "报告" and text.endswith(_NO_REPORT, end, hit[0]))
    ):
        hit = scan.first(_TELLING, hit[1], far)  # 城市更新项目
    if hit is not None:
        told.role = _KIND[hit[2]]
        if told.role is DIED and first and end > told.end:
            told.role = OCCURRED  # 三点四十左右,120拉走没救过来
        told.sure = told.role is OCCURRED
        if told.role is SETTING and ("后" in text[hit[1] : last] or scan.any(_EVENT, hit[1], last)):
            told.role = OCCURRED  # 上周五吃了剩饭后腹泻: it happened then
        if told.role is ALARM and "向" in text[end : hit[0]]:
            told.role = REPORTED


def _of_a_death(text: str, lead: int, told: Told, first: bool) -> bool:
    """伤者于今早8点死亡, 今晨8点伤者王某死亡; 今早8点死亡 alone behind a comma."""
    start, end = told.start, told.end
    if _OPERATED.match(text, end) is not None:
        return True
    if _DIES.match(text, end) is not None and _VICTIM.search(text, lead, start) is not None:
        return True
    if _VICTIM_DIES.match(text, end) is not None:
        return True
    return (
        not first
        and 0 < start == lead
        and text[start - 1] in _GAP
        and _DIES_ALONE.match(text, end) is not None
    )


def _told_by_its_lead(scan: Scan, told: Told, lead: int) -> bool:
    """The words before it in its clause settle what it is: 截至, 接警时间:, 起火于."""
    text, start = scan.text, told.start
    if scan.hits[_DIED_OF] and scan.any(_DIED_OF, lead, start) and not scan.any(_EVENT, lead, start):
        told.role = DIED
        return True
    nearest = text[start - 1]
    if (
        nearest in "至止到在是今前"
        and text.endswith(AS_OF_BEFORE, lead, start)
        and not text.endswith("直到", lead, start)
    ):
        told.role = AS_OF
        return True
    if nearest in LEAD_ENDS:
        led = LEAD.search(text, max(lead, start - 9), start)
        if led is not None and not (led[1] in _HEADINGS and led[0] == led[1] + ":"):
            told.role = BEFORE[led[1]]
            told.sure = told.stated = told.role is OCCURRED
            return True
    told.beijing = nearest == "间" and text.endswith("北京时间", lead, start)
    return False


def _over_the_report(scan: Scan, told: Told, lead: int) -> bool:
    """A line with nothing but its date, 3月5日电, 新华网…3月5日消息."""
    text, start, end = scan.text, told.start, told.end
    follows = text[end : end + 1]
    if follows in _WIRE_FIRSTS and text.startswith(WIRE, end) and not text.startswith(NO_WIRE, end):
        return True
    if scan.lined:
        line_start, line_end = scan.sentence(start)
        alone = start == line_start and line_end - end <= 4 and text[start - 1 : start] in ("", "\n")
        if (
            alone
            and (line_end == len(text) or text[line_end] == "\n")
            and _ANSWERED.fullmatch(text, start, end) is None
        ):
            return True
        if follows in _WIRE_FIRSTS and start == line_start and text.startswith(SOURCE_LINE, end):
            return True
    if start == lead or not scan.hits[_PRESS]:
        return False
    return (text.endswith(AGENCIES, lead, start) or scan.any(_PAPERS, lead, start)) and scan.any(
        _PRESS, end, end + 12
    )
