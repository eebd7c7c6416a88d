"""A unit and a person as a note names them together: 县交警大队王警官, 望远镇政府值班室马建国, 司机的妻子.

What is no unit and no person, or more than that, is refused: a clause of the story names no caller.
"""

from jinji_report.intake.lexicon import Heads, listed, role
from jinji_report.intake.patterns import pattern
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import COMMAS, STOPS

LONGEST = 30  # characters of a unit and a name together
_LONGEST_UNIT = 24

_UNITS = role(
    listed(
        """
        大队 支队 中队 总队 分队 消防队 救援队 消防站 救援站 派出所 警务站 公安局 分局 公安厅 公安 交警 特警 消防
        路政 海事 海关 边防 应急局 应急管理局 应急办 应急厅 卫健局 卫健委 卫生局 疾控中心 疾控 教育局 教体局 住建局
        交通局 运输局 水务局 水利局 环境局 环保局 林草局 林业局 资源局 监管局 农业农村局 气象局 地震局 信访局
        民政局 执法局 统计局 安监局 管理局 粮食局 电视台 广电局 文旅局 台网中心 地震台 政法委 宣传部 网信办 综治办
        武装部 县委 市委 区委 党委 县委办 市委办 政府办 办公室 镇政府 乡政府 县政府 市政府 区政府 州政府 政府
        街道办 办事处 村委会 居委会 社区 管委会 指挥中心 指挥部 急救中心 值班室 总值班室 调度室 调度中心 监控中心
        中控室 服务中心 中心 医院 人民医院 中医院 妇幼 卫生院 卫生室 卫生所 诊所 急诊科 急诊 住院部 医务科 保卫科
        安保部 安全科 安环部 供电公司 燃气公司 自来水公司 公司 集团 煤矿 矿业 煤业 矿 厂 工厂 林场 农场 水厂 电厂
        监狱 仓库 物业 车站 客运站 加油站 火车站 铁路局 工务段 机务段 车务段 机场 航空 港务 项目部 施工队 施工方
        景区 度假区 园区 开发区 学校 大学 学院 一中 二中 三中 四中 五中 六中 实验小学 小学 中学 高中 初中 幼儿园
        养老院 敬老院 福利院 银行 酒店 宾馆 商场 超市 市场 热线 平台 部门 委员会 协会 法院 检察院 海事局 海事处
        航道局 救助局 搜救中心 110 119 120 122 12345 12350 12369 局 厅 委 办 处 科 所 站 队 院 部 省 市 县 区 州 旗
        镇 乡 街道 村 屯 组 小区 岛
        """
    )
)
_OFFICES = listed(
    """
    大队 支队 中队 总队 派出所 警务站 局 厅 委 办 处 部 科 政府 指挥中心 急救中心 疾控中心 值班室 办公室 调度室 部门 消防 交警
    特警 公安 路政 海事 110 119 120 122 医院 卫生院 急诊 妇幼 热线 平台 12345 12350 12369 搜救中心 救援队 台网中心 指挥部
    疾控 电视台
    """
)
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严"
    "牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席"
    "卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来全商撒妥"
)
_HEADS = listed(
    """
    大队长 支队长 中队长 队长 所长 局长 主任 镇长 乡长 县长 市长 区长 书记 站长 校长 园长 科长 股长 处长 经理
    矿长 厂长 院长 班长 组长 主席 会长 站长 店长 村长 教导员 指导员 参谋长 总经理 总指挥 调度长
    """
)
_POSTS = listed(
    """
    村支书 支书 村主任 组织委员 武装部长 政委 警官 民警 辅警 交警 警员 消防员 值班员 值班人员 值班民警 值班干部
    值班领导 值班长 值班 调度员 接警员 信息员 网格员 护林员 安全员 记者 老师 班主任 校医 医生 大夫 护士长 护士
    工长 工头 包工头 会计 干事 干部 工作人员 先生 女士 同志 师傅 大爷 大妈 大姐 阿姨 老板 经理
    """
)
_PARTS = listed(
    """
    司机 驾驶员 驾驶人 车主 船主 船长 机主 业主 房东 房主 店主 老板娘 老板 保安 物业 乘客 旅客 游客 路人 过路人
    过路司机 过路群众 过往司机 群众 市民 村民 居民 邻居 工友 工人 员工 职工 同事 同学 学生 家长 家属 亲属
    目击者 当事人 伤者 死者 患者 病人 产妇 失踪者 被困者 遇难者 住户 租客 网友 网民 热心市民 热心群众 值班人员
    负责人 村干部 镇干部 老乡 钓鱼的 路过的 开车的 养殖户 农户 商户 摊主 护林员 巡线员 巡查人员 保洁员 环卫工
    外卖员 快递员
    """
)
"""Those who call because of what they are to the incident."""
_KIN = listed(
    """
    妻子 丈夫 爱人 媳妇 老婆 老公 父亲 母亲 爸爸 妈妈 儿子 女儿 哥哥 弟弟 姐姐 妹妹 叔叔 亲属 家属 亲戚 朋友
    同事 同乡 老乡 工友 邻居 同学
    """
)


_TITLES = frozenset((*_HEADS, *("副" + head for head in _HEADS), *_POSTS))
_BY_PART = frozenset(_PARTS)
_CALLED = _TITLES | _BY_PART
_RELATIVES = frozenset(_KIN)
_SPEAKERS = _TITLES | _RELATIVES | {"保安", "物业"}
_ENTITLED = Heads((*_HEADS, *_POSTS, *_PARTS, *_KIN))
_LONGEST_TITLE = max(map(len, _SPEAKERS | _CALLED))
_SPEAKER_ENDS = frozenset(word[-1] for word in (*_SPEAKERS, "的"))
_NO_NAME = pattern(
    "马上|高度|全部|方面|单位|江边|时间|现场|连续|安全|路上|路过(?!的)|车上|向[我县市区镇]|来[电人]|时许|成立|强烈|关于|单方|文件|金额"
)
_CLOCK = "[0-9]{1,4}[年月日号时点分:][0-9年月日号时点分:许左右]*+"
_WHEN = f"{_CLOCK}|今天|今日|今晨|今早|昨天|昨日|昨晚|凌晨|上午|下午|中午|晚上|刚才|刚刚"
_BEFORE = listed(
    """
    续报 首报 终报 快报 据 接到 接 刚接到 刚接 现接 又接 今接 刚 记者从 从 以上情况由 以上由 由 喂 你好 您好 领导好 各位领导
    领导 值班室
    """
)
_AFTER = listed("紧急 再次 随即 立即 及时 第一时间 又 已 也 于 值班电话 来")


def _any(table: tuple[str, ...]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


_PREFIX = pattern(rf"(?:{_any(_BEFORE)}|@[^ ]{{1,12}} |{_WHEN}" r'|["( :、-])+')
_SUFFIX = pattern(
    rf"(?:{_WHEN}|{_any(_AFTER)}|向[我县市区镇乡省州旗街上应值总指公党政安卫教][^向]{{0,12}})+$"
)
ENDS = STOPS + COMMAS + ":"

Caller = tuple[str | None, str | None, tuple[int, int]]
"""Unit, person, and where the note names them."""


def is_office(unit: str) -> bool:
    """县公安局, 县医院急诊科: where they sit is not where it happened; a plant, a school or a village tells of itself."""
    return unit.endswith(_OFFICES)


def parsed(scan: Scan, begin: int, stop: int, *, named: bool) -> Caller | None:
    """A unit, a person, or both, and nothing besides; `named`: a name needs no title to be one."""
    text, note = scan.text, scan.note
    before = _PREFIX.match(text, begin, stop)
    if before is not None:
        begin = before.end()
    tail = _SUFFIX.search(text, begin, stop)
    if tail is not None:
        stop = tail.start()
    if not 1 < stop - begin <= LONGEST:
        return None
    ends = unit_ends(scan, begin, stop)
    for at in (*ends, begin):
        rest = behind_of(text, at, stop)
        if rest >= stop:
            return note.quote(begin, at), None, (begin, at)
        if not _is_person(text[rest:stop]) or _NO_NAME.search(text, rest, stop) is not None:
            continue
        if at > begin or named or _titled(text, rest, stop):
            return (note.quote(begin, at) if at > begin else None), note.quote(rest, stop), (begin, stop)
    if ends and ends[0] - begin >= 3 and stop - ends[0] <= 2:
        return note.quote(begin, ends[0]), None, (begin, ends[0])
    return None


def speaker(scan: Scan, end: int) -> Caller | None:
    """A first clause that is who speaks: 西吉二中的，… / 我永嘉山早村的，… / 兴隆镇中心小学校医，… / 马队长：…"""
    text, note = scan.text, scan.note
    if (
        not 2 < end <= LONGEST
        or end == len(text)
        or (text[end - 1] not in _SPEAKER_ENDS and text[end] != ":")
    ):
        return None
    if text[end] == ":":
        at = _label(text, end)
        return (None, note.quote(at, end), (at, end)) if at >= 0 else None
    begin = 1 if text[0] in "我俺咱" else 0
    of = text[end - 1] == "的"
    stop = end - of
    for at in (*unit_ends(scan, begin, stop), begin):
        if at == stop and of:
            return note.quote(begin, stop), None, (begin, stop)
        part = behind_of(text, at, stop)
        if (at > begin or begin) and _speaks(text[part:stop]):
            return (note.quote(begin, at) if at > begin else None), note.quote(part, stop), (begin, stop)
    return None


def unit_ends(scan: Scan, begin: int, stop: int) -> list[int]:
    """Where a unit that begins at `begin` may end, the longest first."""
    ends = {
        end
        for start, end, _ in scan.within(_UNITS, begin, stop)
        if end - begin <= _LONGEST_UNIT and (start > begin or end - start > 1)
    }
    # 王家村村支书: the second 村 belongs to the post
    doubled = {end for end in ends if end - 1 in ends and scan.text[end - 1] == scan.text[end - 2]}
    return sorted(ends - doubled, reverse=True)


def behind_of(text: str, at: int, stop: int) -> int:
    """Where the person begins behind the unit."""
    while at < stop and text[at] in "的、 ":
        at += 1
    return at


def _titled(text: str, start: int, stop: int) -> bool:
    """A surname alone may be any word (马上); with a title, or with 某 or 老, it is a person."""
    words = text[start:stop]
    return words[0] in "老小" or "某" in words or any(_ENTITLED.at(words, at) for at in range(len(words)))


def _is_person(words: str) -> bool:
    """马建国, 王警官, 队长李强, 李强(队长), 老王, 司机的妻子, 过路的司机; nothing but that."""
    size = len(words)
    if _is_given(words) or (size == 2 and words[0] in "老小" and words[1] in _SURNAMES):
        return True
    for cut in (size - 2, size - 3):
        if cut > 0 and _is_given(words[cut:]) and words[:cut].removesuffix(":") in _CALLED:
            return True
    if words.endswith(")"):
        name, _, title = words[:-1].partition("(")
        return title in _TITLES and _is_given(name)
    for cut in range(max(0, size - _LONGEST_TITLE), size):
        before, last = words[:cut], words[cut:]
        if last in _TITLES and _is_name(before):
            return True
        if last in _CALLED and cut <= 4 and _is_chinese(before):
            return True
        if last in _RELATIVES and any(
            who in _BY_PART or _is_name(who) for who in (before, before.removesuffix("的"))
        ):
            return True
    return False


def _label(text: str, end: int) -> int:
    """Where the name begins of a speaker before a colon ("应急群"08:20马队长), or -1."""
    at = text.find('"', 1, end) + 1 if text[0] == '"' else 0
    if text[0] == '"' and not 4 <= at <= 22:
        return -1
    begin = at
    while at < end and text[at] in "0123456789:":
        at += 1
    if at > begin and not 4 <= at - begin <= 8:
        return -1
    words = text[at:end]
    if len(words) == 2 and words[0] in "老小" and words[1] in _SURNAMES:
        return at
    titled = any(words[cut:] in _TITLES and _is_name(words[:cut]) for cut in range(1, min(4, len(words))))
    return at if titled else -1


def _speaks(words: str) -> bool:
    """校医, 校医王某, 三班的班主任, 保安老李: nothing but that."""
    for begin in (
        0,
        *(at + 1 for at in range(1, 5) if words[at : at + 1] == "的" and _is_chinese(words[:at])),
    ):
        for cut in range(begin + 1, len(words) + 1):
            if words[begin:cut] in _SPEAKERS and (cut == len(words) or _is_name(words[cut:])):
                return True
    return False


def _is_given(words: str) -> bool:
    """马建国, 李某: a surname and what follows it."""
    return 2 <= len(words) <= 3 and words[0] in _SURNAMES and _is_chinese(words[1:])


def _is_name(words: str) -> bool:
    """马建国, 李某, 李, 老李."""
    size = len(words)
    if size == 2 and words[0] in "老小" and words[1] in _SURNAMES:
        return True
    return 1 <= size <= 3 and words[0] in _SURNAMES and _is_chinese(words[1:])


def _is_chinese(words: str) -> bool:
    return all("一" <= char <= "鿿" for char in words)
