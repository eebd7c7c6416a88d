"""Reading how long ago: 刚才, 半小时前, 两个多小时前, 一刻钟前, 三天前; and since when: 已经二十分钟了."""

from datetime import timedelta

from jinji_report.intake.patterns import pattern
from jinji_report.intake.times.clocks import read_clock, read_part
from jinji_report.intake.times.pieces import Pieces
from jinji_report.intake.times.words import CHINESE, JUST, SMALL

_AGO = pattern(
    rf"(?:(几十|十几|几|好几|个把|半|[0-9]{{1,3}}(?:\.[0-9])?|[{CHINESE}]{{1,3}}|[一二两三]百))([来多几余]{{0,2}})"
    r"(个半|个多|多个|个来|来个|个)?(半)?(小时|分钟|分|钟头|刻钟|钟|天|日|星期|礼拜|周|月)(多|来)?(半)?"
    rf"(?:({CHINESE[1]}?[0-9]{{1,2}}|[{CHINESE}]{{1,3}})分钟?)?(?:左右|上下)?(?:(之前|以前|前)(?![往方后台线])|了(?=[，,。；\n!]|$))"
)
_MINUTES = {
    "小时": 60,
    "钟头": 60,
    "钟": 60,
    "分钟": 1,
    "分": 1,
    "刻钟": 15,
    "天": 1440,
    "日": 1440,
    "星期": 10080,
}
_MINUTES |= {"礼拜": 10080, "周": 10080, "月": 43200}
_SOME = {"几十": 30.0, "十几": 15.0, "几": 4.0, "好几": 5.0, "个把": 1.0, "半": 0.5}
_NO_FIRE = frozenset("手急陆落地装力眼重")
_NO_SINCE = pattern("[等找搜救抢用营开住干]")


def read_just(text: str, at: int, word: str) -> Pieces | None:
    """刚才; not where a clock follows that says it better (刚才2点35分)."""
    if word == "刚着" and text[at + 2 : at + 3] in _NO_FIRE:
        return None
    pieces = Pieces(at)
    pieces.end = at + len(word)
    probe = Pieces(pieces.end)
    read_part(text, probe)
    read_clock(text, probe)
    if probe.hour is not None or probe.part is not None:
        return None
    pieces.ago, pieces.vague = timedelta(minutes=JUST[word]), True
    return pieces


def read_ago(text: str, at: int) -> Pieces | None:
    """N of a unit, with 前 behind them, or with 了 where the clause ends: since then it goes on."""
    match = _AGO.match(text, at)
    if match is None:
        return None
    said, about, measure, half, unit, more, half_behind, minutes, before = match.groups()
    number = _SOME.get(said)
    if number is None:
        number = float(said) if said[0].isdigit() and said.isascii() else float(SMALL.get(said, 0))
    if said.endswith("百"):
        number = 100.0 * SMALL[said[0]]
    if measure == "个半" or half or half_behind:
        number += 0.5 if said != "半" else 0
    if (
        unit in ("月", "钟", "刻钟")
        and (measure is None) != (unit == "刻钟")
        and not (unit == "钟" and measure)
    ):
        return None
    if before is None and (unit in ("日", "月", "分", "周") or _NO_SINCE.search(text, max(0, at - 3), at)):
        return None
    if not number:
        return None
    pieces = Pieces(at)
    pieces.end = match.end()
    days = number * _MINUTES[unit] / 1440
    if unit in ("天", "日", "周", "星期", "礼拜") and days == int(days) and before is not None:
        pieces.relative = -int(days)  # a clock may follow: 三天前的晚上8点
        return pieces
    pieces.ago = timedelta(minutes=number * _MINUTES[unit] + (SMALL.get(minutes, 0) if minutes else 0))
    pieces.vague = (
        bool(about or more)
        or (len(said) == 2 and said.isalpha() and "十" not in said)  # 三四个
        or said in ("几十", "十几", "几", "好几", "个把")
        or (measure or "") in ("个多", "多个", "个来")
    )
    pieces.since = before is None
    return pieces
