"""What the regional packs and the organisations' own packs say of plain incidents: decision, offices, minutes."""

from datetime import date, datetime, timedelta

import pytest
from tests.factory import clock, incident

from jinji_report.intake.read import read
from jinji_report.judgement.classify import classify
from jinji_report.judgement.limits import demands
from jinji_report.judgement.limits import limits as limits_of
from jinji_report.moments import BEIJING
from jinji_report.standards.load import load, shipped_packs
from jinji_report.vocabulary import Decision, Line, Tier

REPORT, UNSURE, KEEP = Decision.REPORT, Decision.UNSURE, Decision.KEEP
BASES = ("national", "county", "ningxia")
REGIONAL = [name for name in shipped_packs() if name not in BASES]

# A working day outside every sensitive span; it is heard of twenty minutes later.
HAPPENED = datetime(2026, 3, 20, 9, 0, tzinfo=BEIJING)
HEARD = HAPPENED + timedelta(minutes=20)


def facts(**told):
    return incident(occurred=told.pop("occurred", HAPPENED), moments={"received": HEARD}, **told)


def judged(pack, **told):
    return classify(facts(**told), load(pack), HEARD)


def offices(verdict):
    """`市党委`, `省政府` … of those that must be told."""
    return {f"{o.tier}{o.line}" for o in verdict.report_to if o.decision == REPORT}


def reasons(verdict):
    return {reason["criterion"] for reason in verdict.reasons}


def minutes(pack, **told):
    """id → minutes from the occurrence to the earliest due moment, of every limit that the incident brings."""
    told_facts = facts(**told)
    verdict = classify(told_facts, load(pack), HEARD)
    found = {}
    for limit in limits_of(told_facts, demands(verdict), load(pack), HEARD):
        left = int((limit.due - HAPPENED).total_seconds() // 60)
        found[limit.id] = min(left, found.get(limit.id, left))
    return found


def heard(pack, note, at="09:20"):
    """The verdict on what an officer hears in words."""
    moment = clock(at)
    return classify(read(note, moment, load(pack)).facts, load(pack), moment)


# —— every one of them ——


@pytest.mark.parametrize("name", REGIONAL)
def test_ten_dead_are_reported_upward_by_every_pack(name):
    desk = load(name).desk
    category = "职工伤亡事件" if name == "broadcaster" else "其他生产安全事故"
    verdict = judged(name, category=category, deaths=10, tags=("校园",))
    above = [o for o in verdict.report_to if o.decision == REPORT]
    assert verdict.decision == REPORT
    assert all(list(Tier).index(o.tier) > list(Tier).index(desk.tier) for o in above)


@pytest.mark.parametrize("name", REGIONAL)
def test_what_must_be_reported_has_a_clock_that_is_this_desks_own(name):
    """An officer who is told 应报 is also told by when, whatever the pack is about."""
    told = facts(category="其他生产安全事故", deaths=10, tags=("校园", "本台职工", "内环内"))
    verdict = classify(told, load(name), HEARD)
    found = limits_of(told, demands(verdict), load(name), HEARD)
    assert [limit for limit in found if limit.ours], name


@pytest.mark.parametrize("name", REGIONAL)
def test_a_scratched_bumper_is_kept_and_not_reported(name):
    assert judged(name, category="道路交通事故", deaths=0, injured=0).decision == KEEP


@pytest.mark.parametrize("name", REGIONAL)
def test_the_offices_that_rows_name_have_names_of_their_own(name):
    standards = load(name)
    for row in standards.reports:
        for address in row.to:
            assert standards.office_name(address) != f"{address.tier}级{address.line}", row.id


# —— district ——


def test_in_the_district_one_dead_goes_to_the_city_on_both_lines_and_no_further():
    assert offices(judged("district", deaths=1, injured=0)) == {"市党委", "市政府"}


def test_in_the_district_ten_dead_go_all_the_way_to_the_centre():
    wanted = {"市党委", "市政府", "省党委", "省政府", "中央党委", "中央政府"}
    assert offices(judged("district", deaths=10)) == wanted


def test_the_districts_hour_is_shared_in_four_and_ends_when_the_centre_has_it():
    hops = load("district").hops
    assert sum(hop.minutes for hop in hops) == 60
    assert [hop.tier for hop in hops] == ["乡镇", "县", "市", "省"]


def test_the_districts_clock_runs_from_the_minute_it_happened():
    found = minutes("district", deaths=1, injured=0)
    assert found["first-phone"] == 30
    assert found["first-written"] == 30  # half an hour after the phone, but never past the end of the hop


def test_in_the_district_industry_and_locality_both_owe_within_a_quarter_of_an_hour():
    found = minutes("district", deaths=1, injured=0)
    assert found["district.industry"] == found["district.locality"] == 15


def test_every_category_of_the_district_has_an_owner_on_both_sides():
    for category in load("district").categories:
        sides = {owner["side"] for owner in judged("district", category=category, deaths=0).owners}
        assert sides == {"行业", "属地"}, category


@pytest.mark.parametrize(
    ("category", "tags", "unit"),
    [
        ("网络舆情", (), "宣传网信"),
        ("群体性事件", (), "政法委"),
        ("其他生产安全事故", (), "应急管理"),
        ("火灾", ("校园",), "教育"),
        ("火灾", (), "公安"),
        ("环境污染事件", (), "生态环境"),
        ("水上交通事故", (), "交通运输"),
        ("低温雨雪冰冻灾害", (), "农业农村"),
        ("洪涝灾害", (), "水利"),
        ("森林火灾", (), "林业草原"),
        ("传染病疫情", (), "卫生健康"),
    ],
)
def test_the_districts_department_map_names_the_department(category, tags, unit):
    assert unit in {owner["unit"] for owner in judged("district", category=category, tags=tags).owners}


@pytest.mark.parametrize(
    "said", ["网上已经有了，", "市里已经打电话来问，", "领导已经知道，", "从抖音上看到，"]
)
def test_what_the_level_above_knew_first_is_shown_as_backflow(said):
    verdict = heard("district", f"{said}今天上午9点，青石街道一家饭店着火，没有人员伤亡。")
    assert "倒灌：上级或网上先知道" in {factor["factor"] for factor in verdict.factors}


def test_without_such_words_there_is_no_backflow():
    verdict = heard("district", "今天上午9点，青石街道一家饭店着火，没有人员伤亡。")
    assert "倒灌：上级或网上先知道" not in {factor["factor"] for factor in verdict.factors}


def test_the_district_goes_inside_first_and_speaks_through_one_mouth():
    standards = load("district")
    (order,) = standards.orders
    assert (order.steps[0].who, order.steps[0].what) == ("街道（镇）、行业部门", "先报区委办公室")
    assert [step.who for step in order.steps].index("区委办公室") < [step.who for step in order.steps].index(
        "行业部门"
    )
    assert [release.unit for release in standards.releases] == ["区委宣传部"]
    assert standards.wording["signature"] is False


# —— panshan ——


def test_in_panshan_the_phone_goes_first_and_the_paper_half_an_hour_after_it():
    found = minutes("panshan", deaths=1, injured=0)
    assert found["first-written"] - found["first-phone"] == 30


def test_panshan_reports_on_both_lines_at_once():
    for row in load("panshan").reports:
        tiers = {tier: {a.line for a in row.to if a.tier == tier} for tier in {a.tier for a in row.to}}
        assert all(lines == {Line.PARTY, Line.GOVERNMENT} for lines in tiers.values()), row.id


def test_a_query_from_above_is_answered_in_20_minutes_by_phone_and_40_in_writing():
    rows = {row.id: row for row in load("panshan").limits}
    assert (rows["verify-phone"].within, rows["verify-phone"].request) == (20, "核报")
    assert (rows["verify-written"].within, rows["verify-written"].request) == (40, "核报")
    assert (rows["feedback"].within, rows["feedback"].request) == (720, "批示")


def test_a_leaking_plant_is_reported_without_waiting_for_casualties():
    verdict = judged("panshan", category="危险化学品事故", deaths=0, injured=0, tags=("易制毒化学品",))
    assert verdict.decision == REPORT
    assert "panshan.city.chemical-plant" in reasons(verdict)


def test_the_plant_owes_the_locality_and_the_county_duty_room_at_the_same_time():
    found = minutes("panshan", category="危险化学品事故", deaths=1, injured=0, tags=("危险化学品",))
    assert found["panshan.plant.locality"] == found["panshan.plant.duty-room"] == 60
    assert "panshan.plant.locality" not in minutes("panshan", category="道路交通事故", deaths=1, injured=0)


def test_panshan_may_go_past_the_city_only_where_many_die_or_the_impact_is_grave():
    skips = load("panshan").skips
    assert {(a.tier, a.line) for row in skips for a in row.to} == {("省", "党委"), ("省", "政府")}


# —— broadcaster ——


@pytest.mark.parametrize(
    ("note", "category"),
    [
        ("今天上午9点，新闻频道播出中断5分钟，已切换备播", "安全播出事故"),
        ("今天上午9点，综合频道直播时被非法插播", "安全播出事故"),
        ("今天上午9点，早间新闻标题打错，已撤稿更正", "报道差错事件"),
        ("今天上午9点，发射台设备被盗，光缆被剪断", "台内失窃破坏事件"),
        ("今天上午9点，台里收到律师函，称节目侵权", "涉法涉财事项"),
        ("今天上午9点，市委宣传部领导批示要求台里办理", "领导交办事项"),
        ("今天上午9点，台里一名职工在库房晕倒猝死", "职工伤亡事件"),
    ],
)
def test_the_broadcasters_own_matters_are_read_and_reported(note, category):
    standards = load("broadcaster")
    read_facts = read(note, HEARD, standards).facts
    assert read_facts.category == category
    assert classify(read_facts, standards, HEARD).decision != KEEP


def test_ten_minutes_off_the_air_go_to_the_propaganda_department_and_nine_do_not():
    assert "市党委" in offices(judged("broadcaster", category="安全播出事故", outage_minutes=10, deaths=0))
    nine = judged("broadcaster", category="安全播出事故", outage_minutes=9, deaths=0)
    assert offices(nine) == {"市行业"}


def test_a_fire_concerns_the_broadcaster_when_it_is_on_its_premises():
    assert judged("broadcaster", deaths=0, injured=0).decision == KEEP
    assert judged("broadcaster", deaths=0, injured=0, tags=("本台场所",)).decision == REPORT


def test_the_broadcasters_car_and_staff_are_its_own_matter():
    assert (
        judged("broadcaster", category="道路交通事故", deaths=0, injured=0, tags=("本台车辆",)).decision
        == REPORT
    )
    assert (
        judged("broadcaster", category="道路交通事故", deaths=0, injured=1, tags=("本台职工",)).decision
        == REPORT
    )
    assert judged("broadcaster", category="道路交通事故", deaths=0, injured=1).decision == KEEP


def test_the_broadcaster_signs_first_and_calls_in_order_by_the_hour():
    standards = load("broadcaster")
    assert standards.wording["signature"] is True
    tree = {
        hours: [
            c.role for c in sorted((c for c in standards.contacts if c.hours == hours), key=lambda c: c.call)
        ]
        for hours in ("工作时间", "非工作时间")
    }
    assert tree["工作时间"] == ["部门主任", "分管副台长", "台长"]
    assert tree["非工作时间"][0] == "值班台领导"


# —— the provinces' and cities' scopes ——


@pytest.mark.parametrize(
    ("pack", "told", "criterion"),
    [
        pytest.param(
            "hunan", {"category": "矿山事故", "deaths": 2, "missing": 1}, "hunan.mine", id="湖南：失踪算在内"
        ),
        pytest.param(
            "hunan", {"category": "道路交通事故", "deaths": 5}, "hunan.traffic.deaths", id="湖南：车祸五人"
        ),
        pytest.param(
            "hunan",
            {"category": "火灾", "deaths": 1, "injured": 9},
            "hunan.fire.casualties",
            id="湖南：死伤合计",
        ),
        pytest.param(
            "jiangmen",
            {"category": "群体性事件", "crowd": 50, "tags": ("停工停业",)},
            "jiangmen.stoppage",
            id="江门：停工",
        ),
        pytest.param(
            "jiangmen",
            {"category": "群体性事件", "crowd": 0, "blocked_hours": 0.5, "tags": ("主干道受阻",)},
            "jiangmen.road.time",
            id="江门：堵路半小时",
        ),
        pytest.param(
            "chenzhou", {"category": "洪涝灾害", "collapsed_rooms": 25}, "chenzhou.rooms", id="郴州：倒房"
        ),
        pytest.param(
            "chenzhou", {"category": "干旱灾害", "farm_lost_mu": 500}, "chenzhou.drought", id="郴州：绝收"
        ),
        pytest.param(
            "shaodong",
            {"category": "洪涝灾害", "deaths": 0, "missing": 1, "tags": ("山洪",)},
            "shaodong.flash-flood",
            id="邵东：山洪失联",
        ),
        pytest.param(
            "fujian", {"category": "水上交通事故", "passengers": 30}, "fujian.passengers", id="福建：遇险旅客"
        ),
        pytest.param(
            "sichuan", {"category": "森林火灾", "hotspot_pixels": 3}, "sichuan.hotspot", id="四川：热点像素"
        ),
        pytest.param(
            "shanghai",
            {"category": "道路交通事故", "deaths": 1, "injured": 5, "tags": ("危险化学品",)},
            "shanghai.hazmat.both",
            id="上海：死一伤五要同时有",
        ),
        pytest.param(
            "scope-unnamed",
            {"category": "食物中毒", "poisoned": 5},
            "scope-unnamed.food",
            id="抄本：食物中毒五人",
        ),
        pytest.param(
            "street-list",
            {"category": "群体性事件", "crowd": 5, "tags": ("退役军人",)},
            "street-list.veterans",
            id="街道：退役军人五人",
        ),
        pytest.param(
            "nanzhang",
            {"category": "食物中毒", "poisoned": 2, "tags": ("学生",)},
            "nanzhang.campus.poisoned",
            id="南漳：群体中毒",
        ),
    ],
)
def test_a_local_scope_reports_at_its_own_number_and_not_one_below(pack, told, criterion):
    verdict = judged(pack, **told)
    assert verdict.decision == REPORT
    assert criterion in reasons(verdict)
    numbers = {name: value for name, value in told.items() if isinstance(value, int | float) and value}
    name = max(numbers, key=lambda key: numbers[key])
    less = numbers[name] - (0.1 if isinstance(numbers[name], float) else 1)
    assert criterion not in reasons(judged(pack, **told | {name: less}))


def test_a_hundred_millimetres_are_not_more_than_a_hundred():
    raining = {"category": "暴雨灾害", "deaths": 0, "injured": 0, "tags": ("降雨持续",)}
    assert "shaodong.rain" not in reasons(judged("shaodong", rain_mm=100, **raining))
    assert "shaodong.rain" in reasons(judged("shaodong", rain_mm=101, **raining))


# —— the provinces' and cities' clocks: heard of twenty minutes after it happened ——


@pytest.mark.parametrize(
    ("pack", "deaths", "limit", "due"),
    [
        ("wuhan", 1, "wuhan.ordinary-limit", 20 + 120),
        ("wuhan", 3, "wuhan.larger-limit", 20 + 60),
        ("wuhan", 10, "wuhan.serious-limit", 30),
        ("henan", 1, "henan.ordinary-written", 360),
        ("henan", 3, "henan.larger-written", 60),
        ("henan", 10, "henan.serious-phone", 15),
        ("henan", 10, "henan.serious-written", 35),
        ("shandong", 1, "shandong.direct", 20 + 30),
        ("shandong", 3, "shandong.larger-written", 20 + 60),
        ("chongqing", 3, "chongqing.larger-limit", 60),
        ("shanghai", 1, "shanghai.level-phone", 20 + 60),
        ("shanghai", 1, "shanghai.level-written", 20 + 120),
        ("jiangxi", 1, "jiangxi.county", 120),
        ("jiangxi", 3, "jiangxi.city", 180),
        ("anhui", 3, "anhui.larger-limit", 240),
        ("anhui", 10, "anhui.serious-limit", 120),
        ("lanzhou", 1, "lanzhou.ordinary-limit", 120),
        ("lanzhou", 10, "lanzhou.serious-limit", 60),
        ("anshan", 1, "anshan.ordinary-limit", 1440),
        ("anshan", 3, "anshan.larger-limit", 60),
        ("tianjin", 3, "tianjin.limit", 120),
        ("jilin", 3, "jilin.limit", 60),
        ("zhashui", 1, "zhashui.first", 20 + 30),
        ("zhashui", 1, "zhashui.written", 20 + 60),
        ("shishan", 3, "shishan.limit", 20),
        ("county-cleared", 1, "county-cleared.phone", 20),
        ("county-cleared", 1, "county-cleared.written", 40),
        ("guozi", 3, "guozi.larger-phone", 30),
        ("guozi", 10, "guozi.serious-phone", 15),
        ("chengguan", 1, "chengguan.verbal", 5),
        ("chengguan", 3, "chengguan.city", 30),
    ],
)
def test_a_limit_runs_from_its_own_moment(pack, deaths, limit, due):
    assert minutes(pack, category="其他生产安全事故", deaths=deaths, injured=0)[limit] == due


@pytest.mark.parametrize(
    ("pack", "limit"),
    [
        ("wuhan", "wuhan.ordinary-limit"),
        ("henan", "henan.ordinary-written"),
        ("anhui", "anhui.larger-limit"),
        ("lanzhou", "lanzhou.ordinary-limit"),
        ("anshan", "anshan.ordinary-limit"),
        ("guozi", "guozi.larger-phone"),
    ],
)
def test_the_widest_limit_holds_while_the_grade_is_still_open(pack, limit):
    """Between two grades neither may be sure; the officer must not be left without a clock."""
    told = {"category": "其他生产安全事故", "deaths": (3, None), "injured": 0}
    assert limit in minutes(pack, **told)


def test_henan_follows_up_at_eight_and_at_seventeen_by_the_clock():
    (row,) = (row for row in load("henan").limits if row.id == "henan.followup")
    assert row.daily == ((8, 0), (17, 0))
    assert (row.starts, row.within, row.repeats) == ("sent", None, True)


def test_a_final_report_is_owed_in_shandong():
    rows = {row.id: row for row in load("shandong").limits}
    assert rows["shandong.final"].starts == "ended"


def test_the_rule_of_2018_does_not_reach_back():
    before = {row.id for row in load("county-cleared").on(date(2018, 5, 1)).limits}
    after = {row.id for row in load("county-cleared").on(date(2018, 5, 2)).limits}
    assert "county-cleared.phone" in after - before


def test_in_beijing_a_holiday_sends_up_what_a_working_day_keeps():
    holiday = datetime(2026, 10, 3, 9, 0, tzinfo=BEIJING)
    told = {"category": "道路交通事故", "deaths": 1, "injured": 0}
    assert judged("beijing", **told).decision == KEEP
    assert "beijing.time-place" in reasons(judged("beijing", occurred=holiday, **told))


def test_in_guangdong_a_fallen_building_is_owed_within_the_hour_and_not_the_day():
    found = minutes("guangdong", category="坍塌事故", deaths=1, injured=0)
    assert found["guangdong.quality"] == 60
