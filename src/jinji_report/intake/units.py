"""The units of measured amounts: how each is written, and how many of the measure's own unit it is.

A measure's unit is what a pack declares (公顷, 分钟, 万元); a note may tell it in another (亩, 小时, 元).
"""

from jinji_report.intake.lexicon import Heads

Factors = dict[str, float]
"""Unit as written → how many of the measure's unit one of it is."""

_HOUR = ("小时", "个小时", "个钟头", "个钟", "钟头")
_MORE = ("多小时", "个多小时", "多个小时", "个多钟头", "多个钟头")
HALF = ("个半小时", "个半钟头", "天半", "个半钟")
"""Half a unit more than the number says."""
LONGER = _MORE
"""Up to one unit more than the number says."""


def _times(factor: float) -> Factors:
    """The units of a length of time, in units of which an hour has `factor`."""
    hours = dict.fromkeys((*_HOUR, *_MORE, "个半小时", "个半钟头", "个半钟"), factor)
    minutes = dict.fromkeys(("分钟", "分多钟", "分"), factor / 60)
    days = dict.fromkeys(("天", "昼夜", "天半", "多天"), factor * 24)
    return hours | minutes | days | {"秒": factor / 3600, "秒钟": factor / 3600}


def _land(hectare: float) -> Factors:
    wide = dict.fromkeys(("平方公里", "平方千米", "km2", "km²"), hectare * 100)
    return wide | {"公顷": hectare, "亩": hectare / 15, "垧": hectare}


def _mass(tonne: float) -> Factors:
    kilo = dict.fromkeys(("公斤", "千克", "kg", "KG"), tonne / 1000)
    return kilo | {
        "吨": tonne,
        "t": tonne,
        "斤": tonne / 2000,
        "克": tonne / 1_000_000,
        "g": tonne / 1_000_000,
    }


def _money(wan: float) -> Factors:
    return {"元": wan / 10_000, "块": wan / 10_000, "万元": wan, "亿元": wan * 10_000, "个亿": wan * 10_000}


def _power(mega: float) -> Factors:
    return {
        "兆瓦": mega,
        "MW": mega,
        "千瓦": mega / 1000,
        "kW": mega / 1000,
        "KW": mega / 1000,
        "kw": mega / 1000,
    }


_PERSONS = dict.fromkeys(("人", "名", "位", "例", "个", "余人", "多人"), 1.0)
_FACTORS: dict[str, Factors] = {
    "小时": _times(1),
    "分钟": _times(60),
    "公顷": _land(1),
    "亩": _land(15),
    "平方米": dict.fromkeys(
        ("平方米", "平米", "平方", "㎡", "m2", "m²", "个平方"), 1.0
    ),  # floors are no land
    "吨": _mass(1),
    "公斤": _mass(1000),
    "千克": _mass(1000),
    "万元": _money(1),
    "元": _money(10_000),
    "兆瓦": _power(1),
    "人": _PERSONS,
    "例": _PERSONS,
    "户": {"户": 1, "户居民": 1, "户人家": 1},
    "间": {"间": 1, "孔": 1},
    "辆": {"辆": 1, "节": 1, "台": 1},
    "%": {"%": 1, "成": 10},
    "总吨": {"总吨": 1, "总吨位": 1, "吨": 1},
    "毫米": {"毫米": 1, "mm": 1, "厘米": 10},
    "个县": {"个县": 1, "个县区": 1, "个旗县": 1, "县": 1},
    "个": {"个": 1, "处": 1},
    "枚": {"枚": 1, "发": 1, "支": 1},
    "头": {"头": 1, "只": 1},
    "次": {"次": 1, "人次": 1, "条": 1},
}


def factors(unit: str) -> Factors:
    """How the amounts of a measure with `unit` may be written."""
    known = _FACTORS.get(unit)
    return known if known is not None else ({unit: 1.0} if unit else {})


def written(tables: list[Factors]) -> Heads:
    """Every way in which the units of `tables` are written."""
    return Heads(word for table in tables for word in table)
