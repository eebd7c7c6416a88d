"""What a time is the moment of: the first telling word behind it in its clause, or the words before it."""

import re

from jinji_report.intake.lexicon import role
from jinji_report.intake.scan import Scan
from jinji_report.intake.times.told import (
    ALARM,
    ARRIVED,
    AS_OF,
    DATELINE,
    DIED,
    DISCOVERED,
    EXTINGUISHED,
    OCCURRED,
    OTHER,
    REPORTED,
    RESCUED,
    SETTING,
    Told,
)

_WORDS: dict[str, str] = {
    OCCURRED: "发生 起火 着火 爆炸 爆燃 坍塌 相撞 追尾 突发 失火 侧翻 塌 炸 撞 泄漏 滑坡 透水 "
    "火灾 呕吐 中毒 坠 翻 落水 溺水 溺亡 "
    "决口 垮 脱轨 遇险 沉没 触礁 搁浅 冒顶 自燃 燃爆 闪爆 触电 短路 冲走 打架 捅 砍 震 着了 烧起来 出事 出险 发病 发作 趴下",
    ALARM: "接警 接到报警 报警 报的警 报的 接报 接到 接群众 接市民 接过路 "
    "打的119 打119 打的110 打110 打的120 打120 拨打 来电 打电话 打来 "
    "报告 报称 传警 收到报 报了警 电话报 指令 警情 119接 110接 120接 求助 报的案 报案 接线",
    REPORTED: "上报 向上级报 书面报 报送 向县委 向市委 向区委 报县委 报市委 报区委",
    DISCOVERED: "发现 才看见 被看到 察觉 发觉 被人看见",
    ARRIVED: "到达 赶到 抵达 到场 赶赴 到了现场 出动 救援人员",
    RESCUED: "救出 获救 升井 脱险 放下来 救上来 救援结束 搜救结束",
    EXTINGUISHED: "扑灭 灭了 熄灭 被控制 得到控制 得到有效控制 控制住 浇灭 打灭 火灭 火已灭",
    DIED: "医治无效 抢救无效 不治 宣告死亡 宣布死亡 宣布临床死亡 停止呼吸 停止心跳 没救过来 又没了 又走了 又死 走了一个 没了一个",
    SETTING: "开的席 开席 吃席 吃的席 坐席 办席 聚餐 会餐 就餐 用餐 进食 食用 吃饭 "
    "吃了 吃的 喝的 喝了 办酒 办喜酒 办满月酒 摆酒 做酒 赴宴 婚宴",
    OTHER: "抢通 恢复 停泵 停的泵 停产 结束 处置完 清理完 解除 撤离 出院 痊愈 责令 通报 宣布 透露 证实 "
    "表示 发布 介绍 获悉 记者 发稿 通车 开工 "
    "开通 启动 召开 就诊 批示 投产 建成 出具 病例 为止 更新 统计 数了一下 核实 清点 排除",
}  # fmt: skip
_KIND = {word: kind for kind, words in reversed(_WORDS.items()) for word in words.split()}
_TELLING = role(_KIND)
_EVENT = role(_WORDS[OCCURRED].split())
_PAPERS = role(("中新", "新华", "人民网"))
_PRESS = role(("电", "讯", "消息", "报道", "信息"))
_DIED_OF = role(("无效", "不治", "医治"))
_NO_WIRE = (
    "电动",
    "电焊",
    "电梯",
    "电力",
    "电线",
    "电站",
    "电话",
    "电缆",
    "电瓶",
    "电器",
    "电闸",
    "电表",
    "电工",
    "电池",
)
_AS_OF = ("截至", "截止", "截止到", "截至到", "至", "截至今", "止", "截止至", "到", "现在", "现在是", "目前")
_SLIP = ("不对", "哦不对", "噢不对", "哦不", "说错", "记错", "啊不对", "呃不对")
_LEAD = (
    r"(发生|事发|案发|起火|着火|出事|爆炸|接警|报警|接报|接到报警|来电|报案|发现|到场|到达|上报|报告|扑灭|救出|死亡|预计|计划|拟)(?:的?时间|时刻)?"
    r"(?:大概|大约)?[是为于在]?:?$"
)
_LED = {
    "接警": ALARM, "报警": ALARM, "接报": ALARM, "接到报警": ALARM, "来电": ALARM, "报案": ALARM, "发现": DISCOVERED,
    "到场": ARRIVED, "到达": ARRIVED, "上报": REPORTED, "报告": REPORTED, "扑灭": EXTINGUISHED, "救出": RESCUED,
    "死亡": DIED, "预计": OTHER, "计划": OTHER, "拟": OTHER,
}  # fmt: skip
_SLIP_FIRSTS = frozenset("说不哦噢记啊呃")
_WIRE = ("电", "讯", "消息", "信息:", "信息：", "报道")
_WIRES = frozenset(word[0] for word in _WIRE)
_AGENCIES = ("网", "社", "日报", "晚报", "讯")
_GAP = frozenset("，, :")
_FAR = 24  # characters behind the time


def set_role(scan: Scan, told: Told) -> None:
    """Find what `told` is the moment of."""
    text, start, end = scan.text, told.start, told.end
    lead = start
    if start:
        lead = max(scan.clause(start)[0], start - 16)
    if _over_the_report(scan, told, lead):
        told.role = DATELINE
        return
    if lead < start and _told_by_its_lead(scan, told, lead):
        return
    follows = text[end : end + 1]
    if follows in _GAP:
        while end < len(text) and text[end] in _GAP:
            end += 1
        follows = text[end : end + 1]
    if follows in _SLIP_FIRSTS and (text.startswith("说", told.end) or text.startswith(_SLIP, end)):
        told.role = OTHER  # 上周日,哦不对,今天下午四点
        return
    if follows == "(" and "(北京时间" in text[told.end : told.end + 6]:
        told.role = OTHER
        return
    last = scan.clause(end)[1]
    hit = scan.first(_TELLING, end, min(last, end + _FAR))
    if hit is not None:
        told.role = _KIND[hit[2]]
        told.sure = told.role is OCCURRED
        if told.role is SETTING and "后" in text[hit[1] : last]:
            told.role = OCCURRED  # 上周五吃了剩饭后腹泻: it happened then
        if told.role is ALARM and "向" in text[end : hit[0]]:
            told.role = REPORTED


def _told_by_its_lead(scan: Scan, told: Told, lead: int) -> bool:
    """The words before it in its clause settle what it is: 截至, 接警时间:, 起火于."""
    text, start = scan.text, told.start
    if scan.hits(_DIED_OF) and scan.any(_DIED_OF, lead, start) and not scan.any(_EVENT, lead, start):
        told.role = DIED
        return True
    nearest = text[start - 1]
    if (
        nearest in "至止到在是今前"
        and text.endswith(_AS_OF, lead, start)
        and not text.endswith("直到", lead, start)
    ):
        told.role = AS_OF
        return True
    if nearest in ":是为于在间计划拟":
        led = re.compile(_LEAD).search(text, max(lead, start - 9), start)
        if led is not None:
            told.role = _LED.get(led[1], OCCURRED)
            return True
    told.beijing = nearest == "间" and text.endswith("北京时间", lead, start)
    return False


def _over_the_report(scan: Scan, told: Told, lead: int) -> bool:
    """A line with nothing but its date, 3月5日电, 新华网…3月5日消息."""
    text, start, end = scan.text, told.start, told.end
    if text[end : end + 1] in _WIRES and text.startswith(_WIRE, end) and not text.startswith(_NO_WIRE, end):
        return True
    if "\n" in text:
        line_start, line_end = scan.sentence(start)
        alone = start == line_start and line_end - end <= 4 and text[start - 1 : start] in ("", "\n")
        if alone and (line_end == len(text) or text[line_end] == "\n"):
            return True
    if start == lead or not scan.hits(_PRESS):
        return False
    return (text.endswith(_AGENCIES, lead, start) or scan.any(_PAPERS, lead, start)) and scan.any(
        _PRESS, end, end + 12
    )
