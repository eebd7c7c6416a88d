"""Where a place may begin: behind a word that leads to it, and past what is only said on the way."""

from jinji_report.intake.lexicon import listed, role
from jinji_report.intake.patterns import pattern
from jinji_report.intake.places.divisions import division

_SURE = listed(
    "发生在 发生于 震中位于 地点位于 行驶至 行驶到 行至 驶至 核实为 更正为 确认为 核准为 准确地点 具体位置"
)
_LIKELY = listed(
    "开到 开至 运行至 运行到 位于 途经 途径 行经 驶入 进入 地点在 地点: 地址: 位置: 就在 地点是 "
    "位置在 位置是 出事地点 事发地点 坐落在 前往 时,在 租住在 登陆 事发地是 事发地在 事发地为 "
    "发生地是 发生地为 工地是 起火的是 着火的是 爆炸的是 出事的是 倒塌的是 小区是 学校是 单位是 "
    "骑车到 摩托车到 驾车到 开车到 窜至 窜到 窜入 来到 潜入 摸进 蹿到 流窜至 厂子叫 厂名叫 单位叫 公司叫 店名叫 "
    "学校叫 小区叫 村子叫 地方叫 厂叫 矿叫 店叫 矿名叫 地名叫 "
    "视频显示 画面显示 报警称 报警说 报案称 报案说 来电称 来电说 来电话说 电话称 电话说 打电话说 "
    "求助称 求助说 反映称 反映说 报告称 报告说 "
    "企业是 地方是 厂子是 现场是 坠入 掉进 掉入 掉到 翻入 翻进 翻下 坠下 坠到 闯入 闯进 冲入 冲进 "
    "冲撞 落入 跳入 跌入 滑入 反映 视频说 短信说 微信说 通过 经过 穿越 路过 驶经 开过 走到 跑到 摸到"
)
_WEAK = ("在", "于")
# 在 and 于 inside other words.
_NEITHER = listed(
    "正在 现在 实在 存在 由于 关于 属于 处于 还在 仍在 在治 内在 在建 于是 在抢 自在 在逃 在岗 在校 "
    "在场 在线 在册 在职 在押 在家 从事 所在 最大点在 最大雨量点在 最大降雨点在 最大降水点在 最大雨量在 最大降雨在 "
    "最大降雨量在 雨量最大在 至于 对于 等于 低于 高于 小于 大于 多于 少于 不在 在内 "
    "在外 在意 在乎 在编 在读 位于 于都 于洪 于田 于家"
)
BONUS: dict[str, float] = (
    dict.fromkeys(_NEITHER, 0.0)
    | dict.fromkeys(_WEAK, 1.0)
    | dict.fromkeys(_LIKELY, 2.0)
    | dict.fromkeys(_SURE, 6.0)
)
"""Word → how much it speaks for a place behind it; 0 for words that only look like one."""

LEAD = role(BONUS)

_SKIPPED = listed(
    "他们那儿 他们那里 他们那边 那儿 续: 续报: 他们 她们 前报 先报 原报 此前报 误报 "
    "辖区 我这边是 我这边 这边是 我们这是 我这里是 现场 均为 均系 "
    "报的 反映的 反映 咱们这 我这儿 "
    "我们这儿 我们这边 那会儿 的时候 哦 呃 嗯 哎 就今天 地点是 续报 首报 初报 更正 终报 报告 紧急 急 "
    "速报 通报 补报 据报 据悉 据了解 接报 我县 我市 我区 我镇 我乡 今 许 左右 前后 多 一起 刚接到 "
    "您好 你好 喂 领导 值班室 值班员 快 那个 就是 在 搁 于 位于 从 由 是 的 了 有 也 其中 记者 "
    "地震局速报 受理 地点 地址 位置 时间 事件 情况 说 称 上报 目前 现 咱 咱们 到 先后 我们 这里 "
    "这里是 我是 我们是 我这 据 距 途经 又 就 还 都 啊 吧 呀 嘛 么 那 这 另 另外 不对 说错了 应该是 "
    "应为 实为 好像是 好像 大概在 大概是 可能是 听说 据说 快来 快点 赶紧 救命啊 救命 出事了 不好了 "
    "上游的 上游 我在 人在 我人在 我现在在 俺 俺们 俺们这 阿拉 阿拉这 网传 网上传 网上说 群里说 群里传 咱们这儿 "
    "咱这 咱这儿 即 刚刚 刚才 刚 电 消息"
)
_BY_FIRST: dict[str, list[str]] = {}
for _word in sorted(_SKIPPED, key=len, reverse=True):
    _BY_FIRST.setdefault(_word[0], []).append(_word)
_MARKS = frozenset(">:)(\"@'*-·#~/[]、.")
_PASSED = _MARKS.union(_BY_FIRST, "第")
_NEVER_NAMES = frozenset("刚今是说称距据由急快多现有也都这那另到就么从")
_NAME_BEHIND = frozenset("厂站县市区镇乡村路街江河山沟坝湾庄家桥")
_UNDER_CONSTRUCTION = pattern(
    "在建(?:的|中|桥|楼|厂|房|工|项|高|地|隧|住|商|铁|水|电|道|筒|仓|小区|学校|公路|大|一)"
)
"""在建桥梁 stands nowhere; 在建设路 does."""
_AFTER_HELLO = frozenset("，你您值领喂我、是,")
_AFTER_DATELINE = frozenset("(据讯")
_OURS = ("我县", "我市", "我区", "我镇", "我乡", "我州", "我旗", "我省")
_SIDES = listed("北部 南部 东部 西部 中部 东北部 西北部 东南部 西南部 境内 山区 多地 大部 部分 沿海")


_CAME_ASHORE = pattern(
    r"[从由](?=[^，,。；\n]{2,14}?(?:上岸|上来|登陆|登的陆))|在(?=[^，,。；\n]{2,10}?登陆)"
)


_AWAY = pattern(
    r"(?:距离|距|离|从)[^，,。；]{1,12}?(?:公里|千米|里地|里路|米|不远)(?:处|外|远|左右|多)?(?:的|(?=[，,。；]|$))"
)
_AWAY_FIRSTS = frozenset("距离从")
# 我们厂, 咱们村: whose it is, not which.
_OURS_ALONE = listed("村 厂 学校 单位 公司 小区 矿 店 工地 家 院 队 楼 屯 庄 社区 组 校 班 车间 宿舍")
_WE = listed("他们 她们 我们 咱们 咱 俺们 俺 我家 我")
WE_LASTS = frozenset(word[-1] for word in _WE)


def away(text: str, start: int, end: int) -> int:
    """Past how far it is from elsewhere (距县城12公里的红沟煤矿)."""
    match = _AWAY.match(text, start, end) if text[start : start + 1] in _AWAY_FIRSTS else None
    return start if match is None else match.end()


def ours(text: str, start: int, end: int) -> bool:
    """The phrase tells only that it is the caller's own (我们厂里)."""
    if not text.endswith(_WE, 0, start):
        return False
    unit = next((word for word in _OURS_ALONE if text.startswith(word, start)), "")
    return bool(unit) and end - start - len(unit) < 2


def lands(text: str) -> bool:
    """A note may tell of a landfall at all."""
    return "登" in text or "上岸" in text or "上来" in text


def landfall(text: str, start: int, end: int) -> int:
    """Where a storm came ashore (从文昌市翁田镇上来的), or -1."""
    match = _CAME_ASHORE.search(text, start, end)
    return -1 if match is None else match.end()


def stripped(text: str, start: int, end: int) -> int:
    """Where the phrase begins that stands in `start`..`end`, without greetings, 据悉 and marks."""
    if text[start : start + 1] not in _PASSED:
        return start
    while start < end:
        char = text[start]
        if char in _MARKS:
            close = text.find(")", start, min(end, start + 30)) if char == "(" else -1
            start = max(start, close) + 1
            continue
        words = _BY_FIRST.get(char)
        if words is None:
            if char == "第" and text.startswith("次)", start + 2):
                start += 1
                continue
            break
        if text.startswith(_OURS, start) and text.startswith(_SIDES, start + 2):
            break
        if division(text, start, end) > start:
            break
        for word in words:
            behind = start + len(word)
            if not text.startswith(word, start) or behind > end:
                continue
            follows = text[behind : behind + 1]
            if word == "喂" and follows and follows not in _AFTER_HELLO:
                continue
            if word == "电" and follows not in _AFTER_DATELINE:
                continue
            if word == "在" and _UNDER_CONSTRUCTION.match(text, start) is not None:
                continue
            if word in _NEVER_NAMES and follows in _NAME_BEHIND:
                continue
            start = behind
            break
        else:
            break
    return start
