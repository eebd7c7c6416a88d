"""What stands like a place and is none: units and people, where the victims were taken, words of the course."""

import re

from jinji_report.intake.lexicon import listed, role
from jinji_report.intake.patterns import pattern


class Edges:
    """Words that a phrase may open or close with, asked for by one character first."""

    __slots__ = ("firsts", "lasts", "words")

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.firsts = frozenset(word[0] for word in words)
        self.lasts = frozenset(word[-1] for word in words)

    def open(self, text: str, start: int) -> bool:
        """One of them begins just at `start`."""
        return text[start : start + 1] in self.firsts and text.startswith(self.words, start)

    def close(self, text: str, start: int, end: int) -> bool:
        """One of them ends just at `end`, and begins at `start` or behind it."""
        return end > start and text[end - 1] in self.lasts and text.endswith(self.words, start, end)


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for few and short stretches; what every note is asked for is a role."""
    return pattern("|".join(sorted(words, key=len, reverse=True)))


UNIT = role(
    listed(
        "总理府 总统府 首相府 外交部 国防部 防震减灾局 减灾局 气象局 水利局 教育局 环保局 安监局 官方网站 "
        "官网 指挥中心 消防救援 支队 大队 中队 公安局 分局 派出所民警 交警 应急管理局 应急局 卫健委 "
        "卫生局 疾控 管委会 县委 市委 区委 省委 市政府办 县政府办 政府主要 记者 日报 晚报 电视台 办公室 "
        "领导 书记 局长 专家 调查组 官兵 医护 新闻 部门 值班 专班 指挥部 大使馆 红十字 "
        "居民反映 目击者 附近开店 地震局 监测局 地震台 总队 本地人 籍 出发 介绍 主任 预案 原因 "
        "人民医院抢救 医院抢救 医院治疗 医院救治 监督所 监督局 卫生部 正沿 沿路 往市 往县 往省 往区 往镇 "
        "危险区 灾区 人口密集 分到 家医院 送到 送往 送至 已送 管理所 许多 其他 不少 大部分 新华社 中新社 "
        "通讯员 人民网 新华网 新民网 在线讯 台风 中国地震台网 台网 公司负责人 负责人 发言人 有关部门 "
        "相关部门 宣传部 主管部门 气象台 中央气象台 新闻办 警方 警察局 民政 县医院收 医院收"
    )
)
"""Offices, papers and officials: they report the place, they are not it."""

NO_PLACE = role(
    listed(
        "嫌犯 嫌疑人 歹徒 凶手 逃窜 屋里那 那口子 把路 把大路 把门 上级医院 短路 跳闸 震源 深度 收治 前报 先报 初报 "
        "原报 核载 限载 实载 当班 "
        "机组 撬开 下游 上游 车上 船上 机上 夫妻 "
        "口人 口煤 几口 两口 三口 四口 五口 停在 死 伤 救出 人住 事故 累计 另有 又有 还有 面积 造成 确认 "
        "一户 一名 驾驶 司机 损失 房屋 没有 其中 群里 网上 去年 也发 事发 来自 撤到 转到 转移到 转移至 "
        "疏散到 送医 送治 转院 转诊 就医 患者 密切接触 户主 籍 居民楼上的人"
    )
)
"""Words of the course; a phrase that holds one is no place."""

# Where no word of place stands, a name must hold none of these.
ADVERB = _any(
    listed(
        "组织 累计 承办 全体 共计 目前 已经 部分 局部 突然 工作 作业 大量 附近 整个 全部 陆续 连续 再次 "
        "先后 同时 大面积 全线 双向 随后 当时 内部 周边 疑似 发出 两岸 方面 等"
    )
)

NO_SPOT = _any(
    listed(
        "跑出 逃出 爬出 救出 走出 捞出 再增 再添 统计 预计 至多 最多 不到 不足 抬出 搜出 挖出 升井 当场 兄弟 兄妹 "
        "姐妹 姐弟 祖孙 父子 母子 母女 父女 "
        "车祸 同胞 疑似 已 过火 开始 共 惨剧 起 客 住院 包括 学生 群众 职工 消防 出动 疏散 转移 发病 治愈 新增 重症 轻症 "
        "危重 年产 全村 全校 全厂 全县 全市 其余 估计 大约 大概 人 病例 户 员 有 含 约 近 超 至少 收 接 "
        "经 最 总 全省 全国 各地 多地"
    )
)

NO_NAME = _any(
    listed(
        "跑出 逃出 爬出 救出 走出 捞出 再增 再添 统计 预计 至多 最多 不到 不足 抬出 搜出 挖出 升井 当场 兄弟 兄妹 "
        "姐妹 姐弟 祖孙 父子 母子 母女 父女 "
        "车祸 同胞 师傅 先生 女士 同志 情况 紧急 领导 报告 值班 老人 孩子 人 员 车 船 你 我 他 们 者 请 急 各位 "
        "老师 同学 夫妻 两口 闺女 媳妇 丈夫 妻子 家长 患者 台风"
    )
)

SPEAKS = role(listed("获悉 证实 透露 表示 介绍 通报 高度重视 迅速启动 接报后 组织人员"))

BARE = frozenset(
    listed(
        "卫生院 镇卫生院 乡卫生院 县医院 市医院 人民医院 县人民医院 市人民医院 中医院 县中医院 高压氧舱 高架 国道 "
        "省道 立交 井下 井里 交通 全线 公路 医院 县城里 双向 口 处 家里 山 市区 房屋 村 桥 楼下 "
        "民房 水里 河 河里 现场 该路段 路 路段 路边 路面 车内 车里 车间 道路 里面 门口 附近 院内 隧道 "
        "高速 屋里 屋内 房间里 车厢 车厢内 路上 街上 镇上 村里 村子 厂里 厂内 厂区 店里 校内 校园 校园内 "
        "小区 楼里 楼上 楼道 室内 洞内 江里 湖里 海里 地里 田里 山上 山里 学校 宿舍 教室 食堂 公司 工地 "
        "单位 施工区 作业区 养护作业区 高速养护作业区 县城 城区 房 房子 仓库 库房 家 楼 厂 店 城市 平台 池 边 下面 里边 前面 "
        "底下 后面 农田 鱼池 海域 水域 "
        "巷道 巷道里 罐区 装置区 病房 县里 市里 省里 乡里 区里 镇里 北边 南边 东边 西边 城里 厕所 园区 上游 下游 村庄 "
        "道路上 水面 水面上 岸边 桥上 现场附近"
    )
)
"""A phrase that is no more than one of these names no spot."""

TAKEN = Edges(
    listed(
        "送往 送到 送至 送去 送 转 转往 转到 转送 拉到 往 赶往 赶赴 前往 抵达 到达 赶到 撤到 转移到 "
        "转移至 疏散到 驶往 开往 来自 分到 安置在 安置到 从 由 距 以西 以东 离 送进 送入 转入 转运至 "
        "拖回 接回 拉回 送回 带回 拖到 拖至 停靠 靠泊 撤离到 撤至 安置于 集中到 赶来 援助 支援 增援 调 调往 发往 运往 "
        "运到 运至 返回 回到 去 原籍 籍贯"
    )
)
"""Before a phrase: who came from there, or who and what was brought there."""

GOING = Edges(tuple(word for word in TAKEN.words if len(word) > 1))
"""A phrase that opens so tells where they went."""

OFFICE_AFTER = Edges(
    listed(
        "总理府 总统府 外交部 国防部 内政部 军方 安全部门 官方 媒体 当局 时间 航空 籍 牌照 口音 消防 公安 "
        "应急 卫生 气象 防震 地震局 地震监测 旅游质量 委宣传 人民政府 环保 安监 食品药品 疾病预防 疾控 "
        "交警 教育局 宣传部 委、 委书记 委市 政府高度 警方 生态环境 市场监管 海事局 电视台 检察 纪委 "
        "卫健委 卫健局 政府办 县委 市委 政法委 信访 公安分局 派出所民警 医护 救援队 民政 水利局 住建局 "
        "铁路局 来报 上报 初报 续报 急报 报称 报死 报伤 报1 报2 报3 报4 报5 报6 报7 报8 报9 "
        "方言 铁路公安 广播 日报 晚报 晨报 都市报 新闻 记者 讯"
    )
)
"""Behind a division: it is an office of it that acts or speaks."""

DIRECTED = Edges(listed("经与 往 沿 朝 向 正沿 正往 正朝 一路 顺着 在往 在朝"))
"""A phrase that opens so tells where somebody goes."""

NAMED_SO = pattern(
    "[朝向]阳|向[家塘荣红]|朝[天晖霞]|沿(?:河|江|湖|山|海|街|滨|溪)(?=[路街村镇乡县]|大道|大街|社区|小区|公路|花园)"
)
"""向阳村, 沿江路: names that open like a way somebody goes."""

POINTING = Edges(
    listed(
        "一男 一女 一伙 一群 一位 一对 "
        "一辆 一名 两车 该 此 这 即 并 周边 附近 全县 全市 全省 全镇 全村 全乡 全区 全国 全厂 全校 各 "
        "其他 其它 多个"
    )
)
"""A phrase that opens so points back or takes in everything."""

HOSPITALS = Edges(("医院", "卫生院", "诊所", "急诊", "病房"))

PEOPLE_OF = Edges(
    listed("同胞 游客 旅客 旅行团 旅游团 籍 人氏 来的 过来的 回来的 打工的 客商 商人 务工 老乡")
)
"""Behind a division: it is where they are from."""

_NO_HEAD = "(?![胜江安沙春治乐宁兴泰城岛虹寿葛垣岭海清顺武汀白山征丰风青平水洲坪沟湖河堤途阳])"
OFFICIALS = pattern(
    f"[市县区]长{_NO_HEAD}"
    f"|(?:^|[、和及,，])?副?(?:省|市|县|区|州|镇|乡|旗|盟)长{_NO_HEAD}(?:[一-鿿]{{2,3}})?(?:[、和及]|$)"
)
"""县长, 副市长王某; 双峰县长江煤矿 is a place."""
PAST_OR_MOVED = Edges(
    listed(
        "中班 早班 夜班 晚班 白班 去年 前年 上月 上个月 往年 转移 疏散 撤离 搬迁 安置 紧急转移 紧急疏散 紧急撤离 "
        "120急救 120指挥 110指挥 119指挥 120调度 110调度 119调度 122调度 已升井 升井 安全升井"
    )
)
"""A phrase that opens so tells of another year or of a shift, or of those who were moved."""

CREWS = Edges(
    listed(
        "消防站 消防队 派出所 急救中心 救援站 急救站 救援大队 消防大队 消防支队 消防中队 交警大队 特警大队 巡警大队"
    )
)
GO = Edges(listed("出动 派出 赶到 到场 抵达 赶赴 前往 报告 接报 接警"))
"""A crew that is sent is not where it happened."""

TREATED = Edges(
    listed(
        "输液 挂水 吊水 打吊针 打点滴 洗胃 吸氧 挂针 核对 核实 确认 沟通 反馈 抢救 救治 治疗 住院 就诊 就医 救护 接受 "
        "留观 观察 重症 急救 120 ICU 医护 医生 收治 隔离"
    )
)
"""Behind a hospital: it is where people were taken."""

DOORS = Edges(listed("门口 门前 大门 东门 西门 南门 北门 门外 大院 广场"))
