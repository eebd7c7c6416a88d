"""The words that say what a time is the moment of, behind it (8时扑灭) or before it (接警时间:8时)."""

from jinji_report.intake.patterns import pattern
from jinji_report.intake.times.told import (
    ALARM,
    ARRIVED,
    DIED,
    DISCOVERED,
    EXTINGUISHED,
    OCCURRED,
    OTHER,
    REPORTED,
    RESCUED,
    SETTING,
)

BEHIND: dict[str, str] = {
    OCCURRED: "发生 起火 着火 爆炸 爆燃 坍塌 相撞 追尾 突发 失火 侧翻 塌 炸 撞 泄漏 滑坡 透水 火灾 呕吐 中毒 坠 翻 落水 "
    "溺水 溺亡 决口 垮 脱轨 遇险 沉没 触礁 搁浅 冒顶 自燃 燃爆 闪爆 触电 短路 冲走 打架 捅 砍 震 着了 烧起来 出事 "
    "拉肚 腹泻 上吐 闹肚 肚子疼 肚子痛 腹痛 出险 发病 发作 趴下 的事 起的火 着的火 翻的车 撞的车",
    ALARM: "接警 接到报警 报警 报的警 报的 接报 接到 接群众 接市民 接过路 打的119 打119 打的110 打110 打的120 打120 拨打 "
    "来电 打电话 打来 报告 报称 传警 收到报 报了警 电话报 指令 警情 119接 110接 120接 求助 报的案 报案 接线 "
    "接的警 接的电话 接的报 打的电话",
    REPORTED: "上报 向上级报 书面报 报送 向县委 向市委 向区委 报县委 报市委 报区委",
    DISCOVERED: "发现 查出 检出 检测出 检测到 监测到 监测出 测出 才看见 被看到 察觉 发觉 被人看见",
    ARRIVED: "到达 赶到 抵达 到场 赶赴 到了现场 出动 救援人员",
    RESCUED: "救出 获救 升井 脱险 放下来 救上来 救援结束 搜救结束",
    EXTINGUISHED: "扑灭 灭了 熄灭 被控制 得到控制 得到有效控制 控制住 浇灭 打灭 火灭 火已灭",
    DIED: "医治无效 抢救无效 不治 宣告死亡 宣布死亡 宣布临床死亡 停止呼吸 停止心跳 没救过来 又没了 又走了 又死 走了一个 "
    "没了一个",
    SETTING: "开的席 开席 吃席 吃的席 坐席 办席 聚餐 会餐 就餐 用餐 进食 食用 吃饭 吃了 吃的 喝的 喝了 办酒 办喜酒 "
    "办满月酒 摆酒 做酒 赴宴 婚宴 下井 入井 出海 出门 出发 进山 上山 起飞 离家 下班 下的班 睡下 送医 送到医院 "
    "送往医院 送进医院 住进医院 入院 转院",
    OTHER: "公布 抢通 恢复 停泵 停的泵 停产 结束 处置完 清理完 解除 撤离 出院 痊愈 责令 通报 宣布 透露 证实 表示 发布 介绍 "
    "获悉 记者 发稿 通车 开工 开通 启动 召开 就诊 批示 投产 建成 出具 病例 为止 更新 统计 数了一下 核实 清点 排除 "
    "出生 出厂 年检 竣工",
}  # fmt: skip
"""The first of these in the clause behind a time says what it is; SETTING gives way to a surer time."""

DIED_OF = ("无效", "不治", "医治")
AS_OF_BEFORE = (
    *("截至", "截止", "截止到", "截至到", "至", "截至今", "止", "截止至", "到"),
    *("现在", "现在是", "目前"),
)
SLIPS = ("不对", "哦不对", "噢不对", "哦不", "说错", "记错", "啊不对", "呃不对")
"""上周日，哦不对，今天下午: what stood before them does not count."""

BEFORE: dict[str, str] = {
    **dict.fromkeys(("发生", "事发", "案发", "起火", "着火", "出事", "爆炸"), OCCURRED),
    **dict.fromkeys(("接警", "报警", "接报", "接到报警", "来电", "报案"), ALARM),
    **dict.fromkeys(("到场", "到达"), ARRIVED),
    **dict.fromkeys(("上报", "报告"), REPORTED),
    **dict.fromkeys(("预计", "计划", "拟", "原定", "原计划", "定于", "将于"), OTHER),
    **dict.fromkeys(("不是", "生于", "发布", "发稿", "更新", "填报", "签发", "制表"), OTHER),
    "发现": DISCOVERED, "扑灭": EXTINGUISHED, "救出": RESCUED, "死亡": DIED,
}  # fmt: skip
LEAD = pattern(
    rf"({'|'.join(sorted(BEFORE, key=len, reverse=True))})(?:的?时间|时刻)?(?:大概|大约)?[是为于在]?:?$"
)
LEAD_ENDS = frozenset(":是为于在间划定计拟警报")

WIRE = ("电", "讯", "消息", "信息:", "信息：", "报道")
NO_WIRE = tuple("电" + second for second in "动焊梯力线站话缆瓶器闸表工池")
SOURCE_LINE = ("来源", "作者", "出处", "稿源", "责任编辑", "编辑", "阅读", "浏览", "点击", "字号")
AGENCIES = ("网", "社", "日报", "晚报", "讯")
