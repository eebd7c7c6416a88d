"""Who was made ill: poisoned where there is gas or a bad meal, and no measure of the hurt."""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.people.told import Settled
from jinji_report.intake.people.toll import Toll
from jinji_report.intake.people.words import ALL_OF

_GAS = pattern("中毒|煤气|一氧化碳|硫化氢|沼气|毒气|炭火|烧炭|煤炉|漏氨|漏氯|氨气|氯气|熏")
_PITS = pattern("[井池窖坑罐舱淤釜]|下去|管道")
_CARE = pattern("吸氧|高压氧|住院|医院|治疗|抢救|送医")
_NAMED_GAS = pattern("硫化氢|一氧化碳|沼气|煤气|毒气|氨气|氯气|氮气")
_STIFLED = pattern("[闷熏毒]死")
_ILLNESSES = ("食物中毒", "急性中毒", "传染病疫情", "药品疫苗事件")


def critical(toll: Toll) -> None:
    """2人ICU: seriously hurt, or ill in hospital after a poisoning."""
    toll.settled.setdefault("hospitalized" if toll.ill else "seriously_injured", toll.settled.pop("icu"))


def fainted(toll: Toll) -> None:
    """3人晕倒: poisoned where there is gas or a bad meal; elsewhere it is no measure."""
    settled, text = toll.settled, toll.text
    faint, dead = settled.pop("faint", None), settled.get("deaths")
    if "poisoned" in settled:
        return
    if faint is None:
        if dead is not None and _STIFLED.search(text) and _GAS.search(text):
            settled["poisoned"] = dead  # 五个娃儿烧炭取暖闷死了
        return
    gone = dead is not None and dead.quantity.low > 0
    if _PITS.search(text) and not _NAMED_GAS.search(text) and (gone or not _CARE.search(text)):
        return  # 两个工人下去清淤熏倒了: what became of them is told, or not known yet
    gas = _GAS.search(text) is not None
    if dead is not None and dead.quantity.low >= faint.quantity.top:
        if not gas:
            return  # 1人昏倒,2人施救亦倒,3人全部死亡
        faint = dead
    if gas or toll.category in ("食物中毒", "急性中毒", "燃气事故"):
        settled["poisoned"] = faint


def ill(toll: Toll) -> None:
    """Who saw a doctor after a meal was poisoned; whom a vaccine or an infection made sick was not."""
    settled, category = toll.settled, toll.category
    if category not in _ILLNESSES:
        return
    poisoned, gone = settled.get("poisoned"), settled.get("deaths")
    if poisoned is None and category == "食物中毒" and gone is not None and ALL_OF.search(gone.quantity.said):
        settled["poisoned"] = poisoned = gone  # 吃酸汤子中毒,九个人都没救回来
    taken = [m for m in toll.mentions.get("hospitalized", ()) if m.kind != "rest"]
    dead = toll.mentions.get("deaths", ())
    if (
        poisoned is None
        and category in ("食物中毒", "急性中毒")
        and taken
        and all(m.part_of == "hospitalized" for m in dead)
    ):
        most = max(taken, key=lambda mention: mention.quantity.low)
        settled["poisoned"] = Settled(most.quantity, most.start, most.end)
    elif (
        poisoned is not None
        and category in ("传染病疫情", "药品疫苗事件")
        and "毒" not in poisoned.quantity.said
    ):
        settled.setdefault("affected", poisoned)
        del settled["poisoned"]
    if category == "传染病疫情":
        settled.pop("seriously_injured", None)
