"""Amounts that are no persons: each measure from ordinary sentences, each unit at its conversion, distractors none."""

from functools import cache

import pytest

from jinji_report.intake.read import read
from jinji_report.moments import parse_moment
from jinji_report.standards.load import load as load_pack
from jinji_report.standards.load import rules_folder
from tests.intake.words import reading, told

NOW = parse_moment("2026-03-05T09:30")
PACKS = sorted(path.stem for path in rules_folder().glob("*.toml") if not path.name.endswith(".cases.toml"))

# Every measure that a pack declares, from a sentence as a desk gets it. What a pack declares and no
# sentence here tells fails below: a measure that cannot be read is asked for ever.
READABLE: dict[str, tuple[str, float, float | None]] = {
    "deaths": ("两车追尾，3人死亡", 3, 3),
    "injured": ("两车追尾，5人受伤", 5, 5),
    "seriously_injured": ("两车追尾，5人受伤，其中2人重伤", 2, 2),
    "slightly_injured": ("两车追尾，4人轻伤", 4, 4),
    "poisoned": ("车间硫化氢泄漏，6人中毒", 6, 6),
    "missing": ("渔船沉没，4人失联", 4, 4),
    "trapped": ("井下冒顶，2人被困", 2, 2),
    "hospitalized": ("食堂就餐后呕吐，36人住院治疗", 36, 36),
    "evacuated": ("罐车泄漏，疏散群众320人", 320, 320),
    "at_risk": ("井下透水，涉险12人", 12, 12),
    "affected": ("暴雨致2300人受灾", 2300, 2300),
    "headcount": ("客车侧翻，车上共33人", 33, 33),
    "crowd": ("县政府门口聚集300余人", 301, 399),
    "cases": ("全镇报告手足口病病例39例", 39, 39),
    "magnitude": ("我县发生5.1级地震", 5.1, 5.1),
    "area_ha": ("林火已灭，受害森林面积12公顷", 12, 12),
    "burned_area_m2": ("仓库起火，过火面积1200平方米", 1200, 1200),
    "direct_loss_wan": ("厂房起火，直接经济损失1130万元", 1130, 1130),
    "potential_loss_wan": ("滑坡险情，潜在经济损失3000万元", 3000, 3000),
    "relocated_at_threat": ("滑坡险情，受威胁群众120人", 120, 120),
    "collapsed_rooms": ("地震致房屋倒塌126间", 126, 126),
    "blocked_hours": ("货列脱轨，中断行车2小时", 2, 2),
    "outage_minutes": ("变电站跳闸，停电40分钟", 40, 40),
    "households_cut": ("变电站跳闸，受影响用户3.2万户", 32000, 32000),
    "spill_tonnes": ("码头软管破裂，柴油泄漏6.97吨", 6.97, 6.97),
    "stranded_people": ("索道停运，高空滞留21人", 21, 21),
    "stranded_hours": ("索道停运，困人时间1.5小时", 1.5, 1.5),
    "derailed_passenger_cars": ("列车脱轨，客车脱轨3辆", 3, 3),
    "derailed_freight_cars": ("列车脱轨，货车脱轨5节", 5, 5),
    "foreign_deaths": ("客车坠崖，外籍人员死亡2人", 2, 2),
    "irradiated": ("探伤作业误照3人", 3, 3),
    "boiler_mw": ("电厂锅炉爆管，机组300兆瓦", 300, 300),
    "boiler_stopped_hours": ("电厂锅炉爆管，锅炉停运20小时", 20, 20),
    "ship_gt": ("货轮3000总吨，触礁进水", 3000, 3000),
    "loss_gdp_percent": ("损失占全省生产总值1.2%", 1.2, 1.2),
    "grid_mw": ("电网负荷800万千瓦", 8000, 8000),
    "grid_load_percent": ("电网减供负荷30%", 30, 30),
    "users_cut_percent": ("停电用户占百分之四十", 40, 40),
    "incidence_excess": ("一周发病数为同期平均水平的2.5倍", 2.5, 2.5),
    "outbreak_counties": ("非洲猪瘟疫情涉及3个县", 3, 3),
    "outbreak_points": ("确认疫点2个", 2, 2),
    "work_stopped_hours": ("隧道涌水，停工6小时", 6, 6),
    "stolen_yuan": ("银行网点被抢现金120万元", 1200000, 1200000),
    "leaked_records": ("医院系统被攻击，个人信息泄露1.2亿条", 120000000, 120000000),
    "leaked_sensitive": ("泄露个人信息1.2亿条，其中敏感6万条", 60000, 60000),
    "affected_users": ("医保系统瘫痪，影响用户20万人", 200000, 200000),
    "affected_percent": ("断网波及，受影响人口占30%", 30, 30),
    "system_down_hours": ("医保系统瘫痪3小时", 3, 3),
    "function_down_hours": ("政务网站主要功能中断2小时", 2, 2),
    "content_hours": ("大屏违法信息持续1小时", 1, 1),
    "reposts": ("视频被转发3万多次", 30001, 39999),
    "views": ("话题浏览量突破2000万", 20000000, None),
    "farm_affected_mu": ("洪水致农作物受灾1.5万亩", 15000, 15000),
    "farm_lost_mu": ("洪水致绝收800亩", 800, 800),
    "dyke_mu": ("堤垸保护面积2万亩", 20000, 20000),
    "ship_tonnage": ("沉船1200总吨", 1200, 1200),
    "passengers": ("客船搁浅，遇险旅客60人", 60, 60),
    "households_hit": ("村寨火灾，受灾户23户", 23, 23),
    "cash_wan": ("被抢现金35万元", 35, 35),
    "goods_wan": ("被盗物品价值约8万元", 7, 9),
    "detonators": ("查获雷管60枚", 60, 60),
    "explosive_kg": ("查获炸药2.5公斤", 2.5, 2.5),
    "heroin_kg": ("缴获海洛因800克", 0.8, 0.8),
    "opium_kg": ("缴获鸦片3公斤", 3, 3),
    "rain_mm": ("全县面雨量120毫米", 120, 120),
    "dry_townships": ("受旱乡镇12个", 12, 12),
    "hotspot_pixels": ("卫星热点5个像素", 5, 5),
}


load = cache(load_pack)


def of(pack: str, text: str) -> dict[str, tuple[float, float | None]]:
    return {name: (q.low, q.high) for name, q in read(text, NOW, load(pack)).facts.measures.items()}


@pytest.mark.parametrize("pack", PACKS)
def test_every_measure_of_a_pack_is_read_from_an_ordinary_sentence(pack: str) -> None:
    for name in load(pack).measures:
        assert name in READABLE, f"{pack}: 没有说明怎样读出 {name}"
        text, low, high = READABLE[name]
        assert of(pack, text).get(name) == (low, high), (name, text, of(pack, text))


@pytest.mark.parametrize(
    ("text", "name", "low", "high"),
    [
        ("直接经济损失1.82亿元", "direct_loss_wan", 18200, 18200),
        ("直接经济损失约2000元", "direct_loss_wan", 0.18, 0.22),
        ("损失大概2000块钱", "direct_loss_wan", 0.18, 0.22),
        ("损失20至30万元", "direct_loss_wan", 20, 30),
        ("损失3-5万元", "direct_loss_wan", 3, 5),
        ("损失约150万", "direct_loss_wan", 135, 165),
        ("核损7.56万元", "direct_loss_wan", 7.56, 7.56),
        ("直接损失至少1200万元", "direct_loss_wan", 1200, None),
        ("近百万元损失", "direct_loss_wan", 90, 99.9999),
        ("损失正在统计", "direct_loss_wan", 0, None),
        ("财损还在算", "direct_loss_wan", 0, None),
        ("无人员伤亡和财产损失", "direct_loss_wan", 0, 0),
        ("山火烧了，过火100亩", "area_ha", 6.666667, 6.666667),
        ("山火过火2平方公里", "area_ha", 200, 200),
        ("过火60㎡", "burned_area_m2", 60, 60),
        ("过火面积500平方米左右", "burned_area_m2", 450, 550),
        ("停电2小时", "outage_minutes", 120, 120),
        ("停电约2个半小时", "outage_minutes", 135, 165),
        ("停电两个多小时", "outage_minutes", 120, 180),
        ("停电1小时40分钟", "outage_minutes", 100, 100),
        ("停播40秒", "outage_minutes", 0.666667, 0.666667),
        ("黑屏3分钟", "outage_minutes", 3, 3),
        ("停水四天", "outage_minutes", 5760, 5760),
        ("停电2小时，至今仍未恢复", "outage_minutes", 120, None),
        ("停电2小时，已恢复供电", "outage_minutes", 120, 120),
        ("停水3小时、停电5小时", "outage_minutes", 300, 300),
        ("线路中断行车48分钟", "blocked_hours", 0.8, 0.8),
        ("高速双向中断9小时后恢复通行", "blocked_hours", 9, 9),
        ("国道封闭近3小时", "blocked_hours", 2, 2),
        ("国道堵了5个小时，还没抢通", "blocked_hours", 5, None),
        ("2200多间房屋倒塌，4.1万间受损", "collapsed_rooms", 2201, 2299),
        ("倒塌43户75间", "collapsed_rooms", 75, 75),
        ("倒了几间老房子", "collapsed_rooms", 2, 9),
        ("载31吨浓硫酸罐车侧翻泄漏约5吨", "spill_tonnes", 4, 6),
        ("柴油泄漏300公斤", "spill_tonnes", 0.3, 0.3),
        ("里氏6.2级强烈地震", "magnitude", 6.2, 6.2),
        ("震级M5.4", "magnitude", 5.4, 5.4),
        ("发生六点一级地震", "magnitude", 6.1, 6.1),
        ("7.4级地震，随后上调至7.8级，再修正为7.6级", "magnitude", 7.6, 7.6),
        ("5.1级地震，余震3.2级", "magnitude", 5.1, 5.1),
    ],
)
def test_an_amount_is_told_in_the_unit_of_its_measure(
    text: str, name: str, low: float, high: float | None
) -> None:
    assert told(text).get(name) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "避免经济损失200万元",
        "挽回损失50万元",
        "间接经济损失500万元",
        "可能造成损失3000万元",
        "赔偿7000元，罚款5万元",
        "工人讨薪80万元",
        "损失5亿美元",
        "企业占地11.8亩",
        "建筑面积3800平方米",
        "堵了3公里",
        "封闭2个车道",
        "6级大风刮倒广告牌",
        "震源深度10公里",
        "烈度7度",
        "装载28吨硝酸的槽罐车侧翻",
        "桑吉轮载凝析油约13.6万吨",
        "尾矿砂水泄漏约253万立方米",
        "57户居民全部惊醒",
        "烧毁商铺73间",
        "出动消防车22辆",
        "变电站10千伏线路跳闸",
    ],
)
def test_what_only_looks_like_an_amount_is_none(text: str) -> None:
    amounts = {
        "direct_loss_wan",
        "area_ha",
        "burned_area_m2",
        "outage_minutes",
        "blocked_hours",
        "spill_tonnes",
        "collapsed_rooms",
        "magnitude",
    }
    assert not amounts & told(text).keys()


def test_each_of_two_counts_in_one_sentence_belongs_to_its_own_measure() -> None:
    found = of("national", "泄露个人信息1.2亿条，其中敏感个人信息6万条，转发3万次、浏览200万次")
    assert found["leaked_records"] == (120000000, 120000000)
    assert found["leaked_sensitive"] == (60000, 60000)
    assert found["reposts"] == (30000, 30000)
    assert found["views"] == (2000000, 2000000)


def test_of_several_losses_the_direct_one_the_total_or_the_corrected_one_counts() -> None:
    assert told("间接经济损失500万元，直接经济损失100万元")["direct_loss_wan"] == (100, 100)
    assert told("其中房屋损失20万元，直接经济损失共计50万元")["direct_loss_wan"] == (50, 50)
    corrected = reading("初报损失50万元，更正为损失80万元")
    assert corrected.facts.measures["direct_loss_wan"].low == 80
    assert not [doubt for doubt in corrected.doubts if doubt.field == "direct_loss_wan"]


def test_losses_that_contradict_each_other_are_asked_about() -> None:
    doubts = [d for d in reading("损失50万元，车主说损失90万元").doubts if d.field == "direct_loss_wan"]
    assert len(doubts) == 1 and "50万元" in doubts[0].text and "90万元" in doubts[0].text


def test_the_area_the_fire_went_over_is_not_taken_for_the_forest_harmed_in_silence() -> None:
    both = reading("林火过火100公顷，受害森林面积2公顷")
    assert both.facts.measures["area_ha"].low == 2
    assert not [d for d in both.doubts if d.field == "area_ha"]
    alone = reading("林火过火100公顷")
    assert alone.facts.measures["area_ha"].low == 100
    assert [d for d in alone.doubts if d.field == "area_ha"]


def test_the_words_beside_an_amount_are_few() -> None:
    for text, *_ in READABLE.values():
        for quantity in reading(text).facts.measures.values():
            assert len(quantity.said) <= 16


def test_a_long_note_full_of_amounts_costs_no_more_than_its_length() -> None:
    found = told("泄漏3吨，停电5分钟，" * 4000)
    assert found["spill_tonnes"] == (3, 3)
