"""Where it happened: the most specific phrase, verbatim, and the places that the standards know."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinji_report.intake.read import read
from jinji_report.intake.reading import Reading
from jinji_report.standards.rows import Desk, KnownPlace
from tests.intake.words import NOW, Lexicon, reading


def place(text: str) -> str | None:
    found = reading(text).facts.place
    return found.text if found else None


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("柳河县白石乡榆树村三组民房着火", "柳河县白石乡榆树村三组民房"),
        ("白石大桥让一条空载集装箱船撞断了", "白石大桥"),
        ("青龙镇叫一辆半挂把限高杆撞塌了", "青龙镇"),
        ("白石镇一户人家翻盖老屋，山墙倒了", "白石镇一户人家"),
        ("柳河县白石乡给人盖房，架子塌了", "柳河县白石乡"),
        ("青龙欢乐谷“太空迷航”项目座舱松脱坠落", "青龙欢乐谷“太空迷航”项目座舱"),
        ("柳河县白石镇手足口病，累计9例", "柳河县白石镇"),
        ("汇总 柳河白石镇昨天那场雷暴大风 死4个", "柳河白石镇"),
        ("白石湖中庙这块青龙岛东边，打鱼的小划子翻了", "白石湖中庙这块青龙岛东边"),
        ("白石矿业尾矿库昨天下午漏了，黑水顺着白石河往青龙河走，柳河市水厂已经停止取水", "白石矿业尾矿库"),
        ("下游柳河县自来水厂已停止供水，上游白石化工厂漏了", "白石化工厂"),
        ("柳河市昨日遭遇特大暴雨，最大点在白石青龙镇，死亡3人", "柳河市"),
        ("西乌旗边境上外蒙那头的草原火烧过来了", "西乌旗边境上"),
        ("德远市米沙镇宝源禽业公司主厂房起火", "德远市米沙镇宝源禽业公司主厂房"),
        ("阳光小区3栋2单元501室煤气爆炸", "阳光小区3栋2单元501室"),
        ("白石乡中学宿舍楼三楼着火", "白石乡中学宿舍楼三楼"),
        ("青龙煤矿井下回风巷瓦斯爆炸", "青龙煤矿井下回风巷"),
        ("县人民医院住院部五楼着火", "县人民医院住院部五楼"),
        ("地铁2号线人民广场站冒烟", "地铁2号线人民广场站"),
        ("清水河白石段决口", "清水河白石段"),
        ("新华路与文昌街交叉口两车相撞", "新华路与文昌街交叉口"),
        ("古墩路跟振华路口一家鱼馆爆炸", "古墩路跟振华路口一家鱼馆"),
        ("白石镇那边加油站对面的修车铺着了", "白石镇那边加油站对面的修车铺"),
        ("白石黄河特大桥，张拉时钢索断了，掉下去三个人", "白石黄河特大桥"),
        ("青龙湖北岸，上午两人落水", "青龙湖北岸"),
        ("青龙化工双氧水装置起火", "青龙化工双氧水装置"),
        ("京广线白石站到青龙铺中间，列车撞上塌方脱轨", "京广线白石站到青龙铺中间"),
        ("柳河县红沟煤矿报，夜班四点十分胶带巷跑车，碰伤2人", "柳河县红沟煤矿"),
        ("更正:前报沪昆高速白石段追尾有误,经与医院核对为3人死亡", "沪昆高速白石段"),
        ("江北机场，8时许航班偏出跑道起火", "江北机场"),
        ("马家峪后山，14:50上坟烧纸引燃荒坡", "马家峪后山"),
        ("中新网青川11月20日电 今晨，沪宁高速柳河段141公里处11车相撞", "沪宁高速柳河段141公里处"),
        ("南关那个没人看的道口，货车让火车刮了", "南关那个没人看的道口"),
        ("副县长到现场，白石镇一仓库着火", "白石镇一仓库"),
        ("我儿在二中上学，他们宿舍着了，娃们都在操场站着", "二中"),
        ("火车撞上落石脱线，沪昆线白石南那块，凌晨4点", "沪昆线白石南那块"),
        ("云雾山林区看见烟了，护林员报的", "云雾山林区"),
        ("一辆公交车行至新华南路时车尾突然起火", "新华南路"),
        ("凌晨1点50，柳河县杨和街，一男的把女朋友家门泼汽油点了", "柳河县杨和街"),
        ("漾濞6.4级，大理州报3死28伤", "漾濞"),
        ("万州区长江三桥公交坠江", "万州区长江三桥"),
        ("双峰县长江煤矿，掘进头片帮", "双峰县长江煤矿"),
        ("区长李某到场，白石镇一仓库着火", "白石镇一仓库"),
        ("乌伊公路三台段半挂追尾", "乌伊公路三台段"),
        ("修理铺门口三台车追尾", "修理铺门口"),
        ("白石实验幼儿园起疹子，9例确诊，2例转省儿童医院", "白石实验幼儿园"),
        ("白石总检察院12日说，首都青龙地铁站11日傍晚发生爆炸", "首都青龙地铁站"),
        ("万寿酒家喜宴后27人呕吐，在白石卫生院输液", "万寿酒家"),
        ("沪昆线白石站至青龙间14:05货车与挖掘机相撞", "沪昆线白石站至青龙间"),
        ("东方商城10:05电线短路冒烟", "东方商城"),
        ("地铁白石站发生爆炸，约40分钟后青龙站再次爆炸", "地铁白石站"),
        ("县二中教学楼前玻璃雨棚脱落", "县二中教学楼"),
        ("湖北持续冻雨，京港澳高速咸宁段滞留车辆6000台", "京港澳高速咸宁段"),
        ("今早向阳村三组起火", "向阳村三组"),
        ("今晚8点沿江大道两车相撞", "沿江大道"),
        ("群众报警称东街着火", "东街"),
        ("城关派出所来电说东街着火", "东街"),
        ("今晚8点半西街城管打人", "西街"),
        ("14:00 G6高速下行线1120公里处罐车侧翻", "G6高速下行线1120公里处"),
        ("刚接到电话，说是他们那儿东街有家烧烤店煤气罐爆了", "东街有家烧烤店"),
        ("网传视频显示“县城某幼儿园老师殴打幼儿”", "县城某幼儿园"),
        ("今天中班井下14人作业，白石煤矿顶板冒落", "白石煤矿"),
        ("东湖村房子塌了", "东湖村房子"),
        ("今天上午在建设路两车相撞", "建设路"),
        ("120调度中心：今晚8点半西街两车相撞", "西街"),
        ("一小型越野车冲撞珠海市体育中心内的人", "珠海市体育中心"),
    ],
)
def test_the_place_leads_from_the_division_to_the_spot(text: str, where: str) -> None:
    assert place(text) == where


def test_a_crew_that_is_sent_is_not_where_it_happened() -> None:
    assert place("消防救援大队出动4车20人到场扑救。副县长张某到场指挥。") is None


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("G30高速K1023两车追尾", "G30高速K1023"),
        ("兰海高速下行K1174，一辆罐车被追尾", "兰海高速下行K1174"),
        ("京藏高速往银川方向，1103公里这块，前面半挂烧起来了", "京藏高速往银川方向，1103公里"),
        ("国道324线274公里处两车相撞", "国道324线274公里处"),
        ("小货车行至滨北线K118无人看守道口时与火车相撞", "滨北线K118无人看守道口"),
        ("青河高速212公里，白石北出口，两车追尾", "青河高速212公里，白石北出口"),
    ],
)
def test_a_road_comes_with_its_post_and_its_direction(text: str, where: str) -> None:
    assert place(text) == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("灵武刚刚有震感", "灵武"),
        ("今9:55晋江登陆，倒树两千余株", "晋江"),
        ("彭州龙漕沟突然涨水", "彭州龙漕沟"),
        ("佛山顺德乐从、北滘、陈村，累计478例", "佛山顺德乐从、北滘、陈村"),
        ("川西汶川发生地震，多地震感强烈", "川西汶川"),
        ("当地时间9日晚，伊拉克首都巴格达发生爆炸", "伊拉克首都巴格达"),
        ("无为某粮站院墙倒塌", "无为某粮站院墙"),
    ],
)
def test_a_province_city_or_county_is_known_by_its_short_name(text: str, where: str) -> None:
    assert place(text) == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("望山镇发大水", "望山镇"),
        ("望山镇约三十户进水", "望山镇"),
        ("望山化工厂甲苯泄漏", "望山化工厂"),
        ("小珠山又冒烟了", "小珠山"),
        ("白石乡卫生院一楼被淹", "白石乡卫生院一楼"),
        ("白石镇一家烟花爆竹零售店爆炸", "白石镇一家烟花爆竹零售店"),
        ("白石镇中学职工食堂起火", "白石镇中学职工食堂"),
        ("县液化气站泄漏", "县液化气站"),
        ("金昌这边河西堡站附近，铁路上干活的工人叫车撞了", "金昌这边河西堡站附近"),
        ("两名男子骑摩托车到泉山步行街一金店持枪抢劫，嫌犯向淮海西路方向逃窜", "泉山步行街一金店"),
        ("201省道一停产企业门前职工堵路", "201省道一停产企业门前"),
        ("清明烧纸引着的，就老鹰岩背后杉木林，十二点半冒烟", "老鹰岩背后杉木林"),
        ("城东某楼盘业主百余人在售楼处聚集", "城东某楼盘"),
        ("黄龙溪起降场滑翔伞坠落", "黄龙溪起降场"),
        ("同心下流水这块儿晃了几下，人都跑院里了", "同心下流水"),
        ("绥满高速七台河段货车追尾", "绥满高速七台河段"),
        ("白石乡围塘河段山洪，两人失联", "白石乡围塘河段"),
        ("我屋里那口子今早下的井，冒顶了，人埋里头了。六盘水红岩煤矿", "六盘水红岩煤矿"),
        ("叔在锯木厂叫木头砸了，搁卫生院没救下来，厂子叫青松木业", "青松木业"),
        ("和田那边的瓜摊闹上了，百十号卖瓜的把大路横住了", "和田"),
    ],
)
def test_it_ends_where_the_event_begins(text: str, where: str) -> None:
    assert place(text) == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("市民反映惠农区河滨街一辆洒水车碾了一名环卫工", "惠农区河滨街"),
        ("网传万寿路小学门口砍伤5人", "万寿路小学门口"),
        ("塔吊倒了，砸死俩。工地是运河新城三期7号楼", "运河新城三期7号楼"),
        ("台风18号下午3点半从文昌市翁田镇上来的", "文昌市翁田镇"),
        ("直升机取水时坠入海东镇附近水域", "海东镇附近水域"),
        ("一名男子驾车闯入珠江市体育中心撞人", "珠江市体育中心"),
        ("西吉？核实为固原原州区张易镇", "固原原州区张易镇"),
        ("扶绥县一所中学报告发热病例13例", "扶绥县一所中学"),
    ],
)
def test_what_leads_to_it_need_not_stand_at_the_head(text: str, where: str) -> None:
    assert place(text) == where


@pytest.mark.parametrize(
    "text",
    [
        "2人死亡",
        "我们厂里出事了，死了两个",
        "伤者已送县医院抢救",
        "3人从白石镇送往市人民医院治疗",
        "车上两人均为甘肃籍",
        "县公安局通报：2人死亡",
    ],
)
def test_where_people_come_from_or_were_taken_is_no_place(text: str) -> None:
    assert place(text) is None


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("距县城12公里的红沟煤矿井下透水", "红沟煤矿井下"),
        ("北纬30.5度,东经122.9度,一渔船沉了", "北纬30.5度,东经122.9度"),
        ("玉树县(北纬33.1,东经96.7)发生7.1级地震", "玉树县"),
        ("D2809次列车行至榕江站时撞上泥石流脱轨", "榕江站"),
        ("电力公司来电，110千伏滨河变电站停电", "110千伏滨河变电站"),
        ("芦山7.0级地震，震源深度13公里，雅安多县房屋倒塌", "芦山"),
        ("我这边是滨江花园12栋楼下，有人要跳楼，在28楼阳台", "滨江花园12栋楼下"),
        ("那边发洪水？不是，是下五家村三个孩子掉进水里", "下五家村"),
        ("养老院里头好些老人发烧，青铜峡小坝那个颐养院", "青铜峡小坝那个颐养院"),
        ("县一中食堂，三十来个学生拉肚子，都拉到县医院看了", "县一中食堂"),
    ],
)
def test_what_only_tells_how_far_how_deep_or_what_kind_is_not_taken_for_the_spot(
    text: str, where: str
) -> None:
    assert place(text) == where


@pytest.mark.parametrize(
    "text",
    [
        "我们厂里锅炉炸了，死了两个",
        "咱村里塌方了，埋了俩",
        "昨天高架上一辆罐车爆胎",
        "续：仓库火灭了，轻伤2个",
    ],
)
def test_what_is_only_the_callers_own_or_any_road_is_no_place(text: str) -> None:
    assert place(text) is None


def test_the_city_of_a_dateline_is_no_place() -> None:
    text = (
        "购物中心起火 无人伤亡\n2009-06-14\n中新社北京6月14日电（记者某）兰州市西单购物中心14日凌晨发生火灾"
    )
    assert place(text) == "兰州市西单购物中心"


def test_news_that_tell_the_spot_twice_are_read_where_they_tell_it_in_full() -> None:
    text = (
        "兴隆大街火灾\n2014-01-15\n昨日兴隆大街一作坊发生火灾。民警介绍，起火的是建邺区兴隆大街80号一民房。"
    )
    assert place(text) == "建邺区兴隆大街80号一民房"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "货车连撞四车\n2013年12月1日\n日报讯 11月30日14时21分许，在国道324线坂头路段发生大货车碰撞小轿车的事故。"
            "经初步调查，大货车行驶至国道324线274KM+600M时，在路口处碰撞小轿车。",
            "国道324线274KM+600M",
        ),
        (
            "虹口区赤峰路373弄民宅起火\n2009-08-04\n8月4日上午10时30分左右，虹口区赤峰路上一居民家中的厨房突然起火。",
            "虹口区赤峰路373弄民宅",
        ),
    ],
)
def test_of_two_spots_on_one_road_the_one_with_a_number_is_the_exact_one(text: str, said: str) -> None:
    assert place(text) == said


def test_a_spot_at_another_distance_is_not_the_same_told_in_full() -> None:
    text = (
        "某海域发生6.6级地震\n2014-02-02\n震中位于莱斯礁东南方向192公里处海域，"
        "即北部海滨城镇瓦卡塔尼东北方向大约705公里处海域，震源深度为139公里。"
    )
    assert place(text) == "莱斯礁东南方向192公里处海域"


# ---------------------------------------------------------------- the standards' own places


def known(name: str, *aliases: str, **more: object) -> KnownPlace:
    blank = {"full": None, "tags": [], "owner": None, "common": None}
    return KnownPlace({**blank, "name": name, "aliases": list(aliases), **more})


SCHOOL = known("县一中", "一中", full="示范县第一中学", tags=["校园"], owner="城关镇")
PLANT = known("望山化工有限公司", "老化肥厂", tags=["危险化学品"], owner="望山镇")
NORTH = known("北校", "中心小学", full="白石乡中心小学", owner="白石乡")
SOUTH = known("南校", "中心小学", full="望山镇中心小学", owner="望山镇")
TOWN = known("城关镇", "城关", common="县")
STREET = known("前街", common="乡镇")


def known_reading(text: str, *places: KnownPlace, tier: str = "省") -> Reading:
    lexicon = Lexicon()
    lexicon.places = places
    lexicon.desk = Desk({"unit": "", "tier": tier, "line": "党委", "locality": ""})
    return read(text, NOW, lexicon)


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("县一中食堂起火", "示范县第一中学食堂", "县一中食堂"),
        ("一中食堂起火", "示范县第一中学食堂", "一中食堂"),
        ("示范县第一中学食堂起火", "示范县第一中学食堂", "示范县第一中学食堂"),
        ("城关镇一中起火", "城关镇示范县第一中学", "城关镇一中"),
    ],
)
def test_a_known_place_is_written_in_full_and_quoted_as_said(text: str, where: str, said: str) -> None:
    found = known_reading(text, SCHOOL).facts
    assert found.place is not None
    assert (found.place.text, found.place.said, found.place.owner) == (where, said, "城关镇")
    assert "校园" in found.tags


def test_a_company_is_known_without_its_ending() -> None:
    found = known_reading("望山化工甲醇泄漏", PLANT).facts.place
    assert found is not None
    assert (found.text, found.said, found.owner) == ("望山化工有限公司", "望山化工", "望山镇")


def test_nothing_of_the_full_name_is_said_twice() -> None:
    found = known_reading("望山镇老化肥厂起火", known("望山镇化肥有限公司", "老化肥厂")).facts.place
    assert found is not None
    assert found.text == "望山镇化肥有限公司"


def test_an_unknown_place_stays_as_it_was_said() -> None:
    found = known_reading("白石中学食堂起火", SCHOOL).facts.place
    assert found is not None
    assert (found.text, found.owner) == ("白石中学食堂", "")


@pytest.mark.parametrize("text", ["一中路起火", "一中超市起火", "第十一中起火", "起火了，伤者送县一中治疗"])
def test_a_known_name_inside_another_name_is_another_place(text: str) -> None:
    found = known_reading(text, SCHOOL).facts.place
    assert found is None or (found.text == found.said and not found.owner)


def test_a_name_that_two_places_bear_is_asked_back() -> None:
    found = known_reading("中心小学食堂起火", NORTH, SOUTH)
    assert found.facts.place is not None
    assert (found.facts.place.text, found.facts.place.owner) == ("中心小学食堂", "")
    assert [d.text for d in found.doubts] == [
        "“中心小学”可能是白石乡中心小学、望山镇中心小学，请问清是哪一处。"
    ]


def test_the_township_settles_which_of_two_it_is() -> None:
    found = known_reading("望山镇中心小学食堂起火", NORTH, SOUTH)
    assert found.facts.place is not None
    assert (found.facts.place.text, found.facts.place.owner) == ("望山镇中心小学食堂", "望山镇")
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("text", "tier", "asked"),
    [
        ("城关镇一民房起火", "省", True),
        ("城关一民房起火", "市", True),
        ("城关镇一民房起火", "县", False),
        ("秦安县城关镇一民房起火", "省", False),
        ("秦安城关镇一民房起火", "省", False),
        ("前街一民房起火", "县", True),
        ("前街一民房起火", "乡镇", False),
        ("白石乡前街一民房起火", "县", False),
    ],
)
def test_a_name_that_is_everywhere_is_asked_back_where_the_desk_has_several(
    text: str, tier: str, asked: bool
) -> None:
    assert bool(known_reading(text, TOWN, STREET, tier=tier).doubts) == asked


def test_a_place_of_the_desks_own_settles_the_name() -> None:
    assert known_reading("城关镇一民房起火", TOWN, known("城关镇", owner="城关镇")).doubts == ()


# ---------------------------------------------------------------- laws

_SPOTS = st.sampled_from(
    [
        "柳河县白石乡榆树村",
        "G30高速K1023",
        "新华路与文昌街交叉口",
        "望山化工厂车间",
        "县一中食堂",
        "清水河白石段",
        "灵武",
        "阳光小区3栋",
        "老百货商场三楼",
        "青龙煤矿井下",
        "文昌市翁田镇",
        "东街",
    ]
)
_EVENTS = st.sampled_from(
    ["起火", "发生爆炸", "两车相撞，3人受伤", "一民房倒塌", "甲醇泄漏", "昨晚着火了", "有人落水"]
)
_TIMES = st.sampled_from(["", "今早8点，", "3月4日22时许，", "刚刚，", "昨晚11点半"])
_AFTER = st.sampled_from(
    [
        "，伤者已送县人民医院救治",
        "，2人送往市中心医院抢救。",
        "。救护车已从县城赶来",
        "，已转移到白石镇中学安置",
        "，伤者均为外省籍，正在医院治疗。",
        "。县消防大队出动5车20人到场。",
    ]
)


@settings(max_examples=150, deadline=None)
@given(_TIMES, _SPOTS, _EVENTS, _AFTER)
def test_what_is_told_of_hospitals_and_helpers_never_moves_the_place(
    time: str, spot: str, event: str, after: str
) -> None:
    plain = place(time + spot + event)
    assert plain is not None
    assert spot[:4] in plain or plain in spot
    assert place(time + spot + event + after) == plain


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "在",
                "从",
                "于",
                "县",
                "白石镇",
                "起火",
                "一",
                "三人",
                "G30",
                "K10",
                "，",
                "。",
                "路",
                "与",
                "(",
                ")",
                "那边",
                "送",
                "医院",
                "县一中",
                ":",
                "第",
                "号",
            ]
        ),
        max_size=25,
    )
)
def test_the_place_is_a_piece_of_the_note(words: list[str]) -> None:
    text = "".join(words)
    found = known_reading(text, SCHOOL).facts.place
    if found is not None:
        assert found.said in text
        assert found.text == found.said or SCHOOL.full in found.text


@settings(max_examples=100, deadline=None)
@given(
    _SPOTS,
    st.sampled_from(["3人死亡", "十余人受伤", "5名工人被困", "2辆车相撞", "一对夫妻中毒", "四十多人呕吐"]),
)
def test_people_and_vehicles_are_never_part_of_the_place(spot: str, losses: str) -> None:
    found = place(spot + losses)
    assert found is not None
    assert losses[:3] not in found


@pytest.mark.parametrize("text", ["下午4时在建桥梁坍塌，伤12人", "往河边跑了", "朝南边跑了"])
def test_what_is_being_built_and_the_way_somebody_ran_are_no_place(text: str) -> None:
    assert place(text) is None


@pytest.mark.parametrize("last", ["上", "下"])
def test_a_note_that_breaks_off_behind_a_place_is_read(last: str) -> None:
    assert place(f"三个人困在柳河县{last}") == "柳河县"
