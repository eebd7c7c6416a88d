"""Who told it: unit, name or part, phone, and the way it came; victims and commanders are no callers."""

import pytest

from tests.intake.words import reading


def caller(text: str) -> tuple[str | None, str | None]:
    source = reading(text).facts.source
    return source.unit, source.person


@pytest.mark.parametrize(
    ("text", "unit", "person"),
    [
        ("交警大队王警官电话报：G30高速两车追尾", "交警大队", "王警官"),
        ("县应急局马强报：某厂爆炸", "县应急局", "马强"),
        ("接县公安局110指挥中心通报，东街起火", "县公安局110指挥中心", None),
        ("县公安局指挥中心18:22接警，农用三轮车侧翻", "县公安局指挥中心", None),
        ("据某市政府通报，一辆中巴车坠入山谷", "某市政府", None),
        ("望远镇政府值班室马建国报告，工地塌方", "望远镇政府值班室", "马建国"),
        ("桥头镇王家村村支书马占山来电：泥石流冲了房子", "桥头镇王家村", "村支书马占山"),
        ("着火了，城关镇的老王报", "城关镇", "老王"),
        ("接群众报警，东街起火", None, "群众"),
        ("镇政府向县政府报告，东街起火", "镇政府", None),
        ("望远镇政府值班室马建国向应急局报告，工地塌方", "望远镇政府值班室", "马建国"),
        ("12345转过来的：市民反映洒水车撞人", "12345", None),
        ("我是落坡社区的，火车停在这儿了", "落坡社区", None),
        ("我永安镇山前村的，山塌下来把河堵了", "永安镇山前村", None),
        ("草科镇打来，地震死了人", "草科镇", None),
        ("西吉二中的，一个学生晕倒了", "西吉二中", None),
        ("兴隆镇中心小学校医，六年级出水痘", "兴隆镇中心小学", "校医"),
        ("我是县医院急诊科护士，刚送来5个中毒的", "县医院急诊科", "护士"),
        ("喂，我是司机的妻子，他的车翻了", None, "司机的妻子"),
        ("我是路过的，前面车翻了", None, "路过的"),
        ("我叫马小军，工地塌了", None, "马小军"),
        ("这里是海事值班，渔船沉了", "海事", "值班"),
        ("两车追尾3人死亡。张家湾派出所李勇，13895551234", "张家湾派出所", "李勇"),
        ("仓库起火。报告人：应急局王磊 13895550000", "应急局", "王磊"),
        (
            "报送单位：同心县人民政府 签发人：马某 联系人：杨勇 联系电话：0953-8012345",
            "同心县人民政府",
            "杨勇",
        ),
        ("报告人：县应急局值班员张丽，电话0951-6023456。东街起火", "县应急局", "值班员张丽"),
        ("【应急工作群】马队长：东街着火", None, "马队长"),
    ],
)
def test_the_caller_is_whom_the_note_names_as_such(text: str, unit: str | None, person: str | None) -> None:
    assert caller(text) == (unit, person)


@pytest.mark.parametrize(
    "text",
    [
        "一辆三轮摩托车侧翻，驾驶人王某（58岁）死亡。",
        "120已将伤者送医",
        "@值班室 今早路口两车相撞",
        "各位领导：一辆农用三轮侧翻",
        "消防报警器响了，没起火",
        "现场总指挥李强13909521234，火已控制",
        "死者家属电话13812345678",
        "马上报告：东街起火",
        "当日报告死亡68人",
        "校长让我跟你们说一声",
    ],
)
def test_victims_commanders_and_those_who_are_called_upon_are_no_callers(text: str) -> None:
    assert caller(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("东街起火，联系电话13812345678", "13812345678"),
        ("东街起火 138 1234 5678", "138 1234 5678"),
        ("东街起火，电话138****5678", "138****5678"),
        ("东街起火，我手机号138开头1380000开着双闪", "138开头1380000"),
        ("东街起火，0951-5012345转8012", "0951-5012345转8012"),
        ("东街起火，值班电话5012345", "5012345"),
        ("二号车间着火，内线8012", "8012"),
        ("现场指挥：副县长李强，电话13909521234。报告人：王磊 13895550000", "13895550000"),
    ],
)
def test_the_callers_phone_may_be_masked_short_or_have_an_extension(text: str, phone: str) -> None:
    assert reading(text).facts.source.phone == phone


@pytest.mark.parametrize(
    "text",
    [
        "宁A12345货车侧翻",
        "死者身份证640321199001011234",
        "连霍高速K1173+500处追尾",
        "拨打电话120后送医",
        "尾号067的轿车跑了",
        "死者家属电话13812345678",
        "现场总指挥副县长李强13909521234",
        "订单号202603051234567890",
        "2026年3月5日9时两车追尾",
    ],
)
def test_plates_identity_numbers_posts_and_other_peoples_phones_are_not_the_callers(text: str) -> None:
    assert reading(text).facts.source.phone is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("县交警大队电话报：两车追尾", "电话"),
        ("喂，东街起火了", "电话"),
        ("12345热线转来：洒水车撞人", "电话"),
        ("@值班室 路口两车相撞", "群消息"),
        ("工作群消息：东街起火", "群消息"),
        ("119指挥中心接警，东街起火", "报警"),
        ("邻居报的警，东街起火", "报警"),
        ("本报讯 昨日东街起火", "媒体"),
        ("网传东街爆炸", "网络"),
        ("网友发帖称东街爆炸", "网络"),
        ("传真：关于东街起火的情况", "书面"),
        ("续报：东街起火死亡2人", "书面"),
        ("我在现场，火很大", "现场"),
        ("东街起火，13812345678", "电话"),
        ("东街起火，网上全是视频，群里都在转", None),
        ("东街起火，120拉走两个", None),
        ("东街起火，当日报告死亡2人", None),
        ("消防报警器响了", None),
        ("矿上不让往外打电话", None),
    ],
)
def test_the_way_it_came_is_told_by_its_own_words(text: str, kind: str | None) -> None:
    assert reading(text).facts.source.kind == kind


def test_a_caller_who_tells_of_his_own_place_does_not_take_the_place_away() -> None:
    assert reading("我是幸福里小区物业，9号楼起火").facts.source.unit == "幸福里小区物业"
    place = reading("我永安镇山前村的，山塌下来把河堵了").facts.place
    assert place is not None and "山前村" in place.text


def test_no_note_makes_the_search_for_a_caller_run_long() -> None:
    for text in ("1:1:1:" * 3000 + "报", "我是" * 6000, "报告人：" * 3000, "电话1381234" * 2000, "@" * 9000):
        assert reading(text).facts is not None
