"""Why it happened, if the note tells it: known or suspected, in its own words; a culprit's motive too.

The words keep how sure the teller is (初步判断为线路老化, 疑因烟头). That a cause is still looked for is none.
"""

from jinji_report.intake.lexicon import listed, role
from jinji_report.intake.patterns import pattern
from jinji_report.intake.scan import Scan

MARKS = role(
    listed(
        """
    原因 起因 诱因 动机 引起 引发 引燃 引爆 所致 导致 因为 由于 缘于 怀疑 估计是 初步判断 初步认定 初步分析
    初步查明 初步调查 初步怀疑 经查 为泄愤 为报复 出于报复 人为 因 系 疑
    """
    )
)
"""A clause without one of these tells no cause."""

_AT_MOST = 60
_NAMED = pattern(r"(?<!不明)(?<!各种)(?:原因|起因|诱因|动机)")
_OPEN = pattern(
    r"^(?:目前|现|还|尚|仍|暂|正|未|不|待|有待|需|没|由|有关|等|具体|在|已在|已由|调查|核|到底|已经?查明$|已经?查清$|方面)"
)
_BY = pattern(
    r"(?:系由?|是由?|因|由于|由)([^由因系]{2,40}?)(?:引起|引发|引燃|引爆|导致|造成|所致|酿成)(?:的(?!大|山|火|爆|事))?"
)
_LIT = pattern(
    r"(?:引起|引燃|引发|引爆)(?!.{0,6}(?:关注|舆情|围观|恐慌|拥堵|堵|热议|注意|讨论|炒作|山火|不满|重视|并))"
)
_SUSPECTED = pattern(
    r"(?:疑似?因|疑似?系|疑为|怀疑[是为系]?|估计是|(?:经|据)?初步(?:判断|认定|怀疑|分析|查明|调查)[，,]?(?:[是为系因]|原因是)|经查[，,]?[系为是因])"
)
_DIAGNOSIS = pattern(r"食物中毒|病例|疫情|传染|感染|无人|伤|死|生命|人员|群体性|刑事|级|危险|个人|该|系列")
_SINCE = pattern(
    r"(?<![原病诱成起死基内心主何祸外会否])(?:因为|由于|缘于|因)"
    r"(?!此|公|素|为此|而|故|伤|病|抢救|救治|医治|果|子|灾|工|私|年|距|路远|信号|通讯|通信|手机|人手|装备|火灾|地震|事故|爆炸|雪灾|该|本次|此次|特|现场|果|应|其)"
)
_IS = pattern(
    r"(?<![关联体派中班一])[系是](?:人为|违规|违章|操作(?!员|工|间|台|平)|.{1,24}?(?:引起|所致|引发|导致|造成|引燃|起火|失火|纵火|放火|玩火))"
)
_MOTIVE = pattern(r"(?:为|出于)(?:泄愤|报复)[^，,。]{0,8}")
_DOUBTFUL = pattern(r"(?<![嫌可质无涉存置])疑(?![似犯问点惑难心虑])")


def cause(scan: Scan, start: int, end: int, begin: int, happens: bool) -> str:
    """The cause that the clause `start`..`end` tells; nothing where it tells none.

    `begin`: where the clause begins behind times and places; `happens`: it, or the clause beside it, tells the event.
    """
    clause = scan.text[start:end]
    named = _NAMED.search(clause)
    if named is not None:
        tail = clause[named.end() :].lstrip(":的是为系")
        if _OPEN.match(tail):
            return ""
        if len(tail) >= 2:
            return _said(scan, end - len(tail), end)
    by = _BY.search(clause)
    if by is not None and not by[1].startswith(("灾", "伤", "病", "公")):
        return _said(scan, start + by.start(), start + by.end())
    for form in (_IS, _MOTIVE):
        match = form.search(clause)
        if match is not None:
            return _said(scan, start + match.start(), end)
    lit = _LIT.search(clause)
    if lit is not None and start + lit.start() - begin >= 2:
        return _said(scan, begin, start + lit.end())
    suspected = _SUSPECTED.search(clause)
    if (
        suspected is not None
        and len(clause) - suspected.end() >= 2
        and _DIAGNOSIS.search(clause, suspected.end()) is None
    ):
        return _said(scan, start + suspected.start(), end)
    since = _SINCE.search(clause)
    if since is not None and happens and len(clause) - since.end() >= 2:
        return _said(scan, start + since.start(), end)
    doubtful = _DOUBTFUL.search(clause)
    if (
        doubtful is not None
        and len(clause) - doubtful.end() >= 2
        and _DIAGNOSIS.search(clause, doubtful.end()) is None
    ):
        return _said(scan, start + doubtful.start(), end)
    return ""


def _said(scan: Scan, start: int, end: int) -> str:
    if end - start > _AT_MOST:
        cut = max(scan.text.rfind(mark, start, start + _AT_MOST) for mark in "、 (:")
        end = cut if cut > start + 2 else start + _AT_MOST
    return scan.note.quote(start, end).strip(" ,，:：")
