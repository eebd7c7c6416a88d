"""Where a place ends because the event begins: its first word, or a counted thing (一辆, 3名, 5.1级)."""

from bisect import bisect_left
from collections.abc import Sequence

from jinji_report.intake.lexicon import Heads, Hit, listed, role
from jinji_report.intake.patterns import pattern
from jinji_report.intake.places.words import SPOT
from jinji_report.intake.scan import Scan

_EVENTS = listed(
    "动力三角翼 滑翔伞 滑翔机 热气球 动力伞 三角翼 轻型飞机 业主 火车 列车 动车 高铁把 的瓜 卖瓜 婚宴 喜宴 寿宴 "
    "升学宴 满月酒 让一辆 让一台 让一条 让一艘 让一个 让一头 叫一辆 叫一台 叫一条 叫一艘 叫一个 给一辆 给一台 给一个 "
    "翻盖 翻建 翻修 盖房 修房 拆房 修屋 松脱 脱落 脱扣 解体 外蒙 境外 "
    "手足口病 流感 诺如 登革热 霍乱 鼠疫 炭疽 布病 布鲁氏 麻疹 水痘 腮腺炎 肺结核 结核病 肺炎 新冠 甲流 禽流感 非洲猪瘟 "
    "口蹄疫 狂犬病 猪瘟 小反刍 "
    "公交 滞留 持续 普降 普遍 连降 连日 局地 迎来 雨棚 "
    "玻璃雨棚 幕墙 瓷砖 墙砖 外墙砖 "
    "灯箱 看见 看到 望见 瞅见 听见 "
    "听到 时车 时因 时被 时遇 时冲 时失 时不慎 时追 时撞 时轮 时油 时刹 时司 "
    "连着 接连 一连 偏出 上坟 烧纸 祭祖 祭祀 扫墓 烧荒 烧秸秆 烧地埂 烧田埂 燃放 引燃 引着 点燃 点着 "
    "发现 大雾 浓雾 "
    "团雾 起雾 客船 轮船 货轮 客轮 油轮 渡船 快艇 船只 自动扶梯 扶梯 煤烟 拖拉机 "
    "农用车 收割机 铲车 吊车 压路机 右转 左转 掉头 取暖 烧煤 烧炭 烧蜂窝煤 引发 引起 煤气 一氧化碳 "
    "硫化氢 沼气 酒精 电气 线路 电线 墙体 楼板 吊顶 广告牌 粉尘 山洪 突降 大巴 公交车 班车 出租车 "
    "老头乐 救护车 警车 烧了 爆了 人员 有架 有艘 有列 有条 有台 今早 僧人 香客 顶板 设备 滑出 漂上 "
    "养殖户 村民们 飞机 客机 直升机 航班 冲出 着的火 起的火 着的 烧起来 燃起来 漂了 打桩机 栽 叫车 "
    "让车 被车 晃得 暴发 突发 老板 老汉 上冻雨 停了 卡三 卡在 清淤 清池 清理 漂着 冲走 冲断 让人 叫人 "
    "耍水 钓鱼 吃了 吃完 吃炭 打疫苗 闯进 拿刀 拉人 拉煤 拉货 压塌 让大风 让雪 遭了 走水 冒大烟 聚了 "
    "来了 围了 排查出 沉没 翻沉 触礁 搁浅 失去动力 失去联系 脱线 压到 装卸 撬开 邻居 村里人 开挖 打药 "
    "打架 斗殴 吵架 触电 电死 漏电 炸了 跑了 突出 塌方 掌子面 冒落 涌水 突水 发生 突然 突遭 起火 着火 "
    "失火 着了 冒烟 冒出 火灾 大火 火警 爆炸 爆燃 闪爆 燃爆 炸 坍塌 垮塌 倒塌 塌 垮 滑坡 泥石流 "
    "下山洪 洪水 透水 冒顶 瓦斯 漏底 追尾 相撞 对撞 碰撞 连环 侧翻 翻了 翻到 翻下 翻扣 翻车 翻入 翻倒 "
    "撞 剐蹭 刮碰 蹭 坠 掉下 掉进 掉到 落水 溺水 中毒 呕吐 腹泻 泄漏 泄露 外泄 漏 喷 往外 疑 出事 "
    "出现 拉横幅 聚集 持刀 砍 捅 跳楼 要跳 停电 停水 断水 断电 这边 那边 这雪 这场 下起 下大 下暴 "
    "下了 新增 确诊 有户 有居民 有人 有一 有名 有群众 有村民 有工人 有个 有几 有数 里头 已经 被 疏通 "
    "检修 保养 吊装 作业时 施工时 脱轨 侵线 断了 断裂 决口 溃 踩踏 火光 火势 浓烟 大客 客车 货车 轿车 "
    "面包车 小车 半挂 罐车 槽车 槽罐车 校车 电动车 摩托 三轮 大货 中巴 渔船 货船 游船 煤气瓶 煤气罐 "
    "液化气 燃气 天然气 电梯 塔吊 脚手架 学生 工人 司机 驾驶员 男子 女子 村民因 群众 登陆 震感 一声 "
    "氨氮 超标 污染 死亡 受伤 失联 被困 遇难 附近居民 在进食 发病 食用 用餐 跟 因 在使用 用火 电焊 "
    "充电 租户 住户 员工 职工 家长 讨薪 上访 堵 围 水位 涨水 暴雨 降雨 大风 冰雹 积雪 下雪 降雪 疫情 "
    "的燃气 的电 氯气 液氨 氨气 甲醇 汽油 柴油 原油 硫酸 盐酸 储罐 反应釜 锅炉 报警 报的 来电 报告 称 "
    "说 请求 需要 网上 网传 消防 120 119 110 装修 吊 拆除 浇筑 钢丝绳 次脱轨 次列车 次旅客 开往 从 "
    "时发生 时与 时突 与一 和一辆 与前 与对 造成 导致 卸料 掉 给老人 办酒 办丧 偷 近中心 风力 系 为 "
    "是 共有 共 网箱鱼 刚刚 刚才 忽然 相继 陆续 先后 均 双双 正在 正好 涨 决堤 漫堤 管涌 内涝 积水 "
    "进水 灌进 灌了 淹 泡了 断流 中断 跳闸 停产 停课 停运 罢工 罢课 静坐 下跪 维权 讨要 要说法 打人 "
    "抢劫 劫持 绑架 纵火 放火 自焚 跳河 跳江 投河 自杀 轻生 上吊 服毒 喝药 割腕 卷入 电击 窒息 发热 "
    "发烧 咳嗽 感染 检出 检测出 监测发现 阳性 病例 疫点 死猪 死鱼 死牛 死羊 死了 接种 打甲肝 打针 "
    "放炮 爆破 打雷 雷击 遭雷 龙卷风 霜冻 冻雨 缺水 地震 余震 有震 沉了 渗水 渗漏 偷排 倾倒 倾覆 倾斜 "
    "开裂 裂缝 沉降 下沉 发黑 发臭 异味 泡沫 油污 倒了 倒下 倒伏 倒树 上岸 上来 起飞 降落 迫降 返航 "
    "冲坡 又 已 还有 还在 没 很 好些 好多 好几 多处 多人 多名 大量 大面积 半夜 夜里 忽 竟 仍 了 啊 "
    "受灾 受困 受损 遭 遭遇 通报 采取 启动 开展 组织 举行 举办 全力 目前 现已 无人 无伤 未造成 暂无 "
    "尚未 疑似 可能 估计 大概 接到 接报 值班 轰 砰 嘭 咣 响 巨响 白烟 黑烟 红光 明火 复燃 阴燃 过火 "
    "失控 失踪 迷路 走失 走丢 掉落 滑落 滑入 滑倒 落石 崩塌 崩落 塌陷 陷落 地陷 垮了 涌泥 涌沙 喷出 井喷 "
    "溢油 漏油 漏气 漏氨 漏氯 超载 超速 逆行 闯红灯 打滑 爆胎 失灵 逃逸 肇事 卡住 卡着 中暑 冻伤 殴打 "
    "群殴 持械 冲突 械斗 聚众 集会 游行 示威 举牌 拉条幅 上热搜 直播 谣 病人 患儿 老太 老头 老人 小孩 "
    "孩子 女孩 男孩 男人 女人 妇女 夫妻 两口子 一家人 民工 农民工 村民 居民 市民 游客 乘客 旅客 师傅 "
    "顾客 学员 师生 师徒 老师 教师 同学 幼儿 小朋友 干部 支书 村支书 村主任 城管 民警 警察 战士 官兵 保安 船员 渔民 押运员 "
    "开车 驾车 驾驶 乘坐 载有 载着 装有 装着 拉着 运载 满载 行驶 行人 过往 途中 施工中 作业中 检修中 "
    "试车 试生产 生产过程 使用 操作 进行 试压 动火 焊接 切割 拆卸 清罐 清库 清洗 打扫 打捞 安装 卸货 "
    "装货 装车 卸车 搬运 运输 加油时 充装 灌装 混合 搅拌 烘干 聚餐 吃饭 喝酒 洗澡 游泳 玩耍 戏水 野泳 "
    "嬉水 划船 漂流时 登山 徒步 探险 露营时 因灾 因病 由于 疑因 系因 网箱 苯 粗苯 甲苯 二甲苯 硝基苯 "
    "混二硝基苯 丙烷 丙烯 乙烯 环氧乙烷 丙酮 乙醇 液氯 液化石油气 石油气 氢气 氮气 氧气 氟化氢 硝酸 "
    "烧碱 农药 染料 油漆 溶剂 炸药 雷管 烟花爆竹 发大水 水大 水太 雨太 的水 的火 的人 的车 的路 的事 "
    "的时候 那会儿 会儿 淹了 淹没 追上 顶上 顶翻 压死 压伤 压倒 压在 夹住 夹死 扎死 扎伤 刺伤 刺死 "
    "雪太 旱情 干旱 陷进 挂了 挂断 据说 传出 传染 致 吸入 女士 先生 大爷 大妈 大娘 阿姨 小伙 姑娘 "
    "都跑 这块儿 这块 这一块 那块儿 这片 浓度 异常 自来水 特大 反对 抵制 抗议 阻止 火头 新建年产 在 不慎 不幸 不小心 "
    "不知 不明 让大 让水 "
    "让洪 就是 就在 就这 就着 就炸 就塌 就倒 就听 就看 就有 就没 就剩 烧着 烧起 烧伤 烧死 烧毁 砸中 "
    "砸到 砸死 砸伤 砸坏 砸了 砸断 砸进 杀人 杀害 摔下 摔倒 摔死 摔伤 摔落 摔了 晕倒 晕了 昏倒 昏迷 "
    "吐了 喊人 冒水 冒火 冒黑 冒白 困住 困了 困在 困着 埋了 埋住 埋压 埋进 碰上 碰到 碰了 碰伤 闹事 "
    "骑车 骑着 挖断 挖破 挖出 挖到 挖机 挖掘机 捞出 捞上 捞起 碾压 碾死 碾了 轧了 轧死 轧断 烫伤 烫着 "
    "呛到 熏倒 咬伤 咬死 咬了 蜇伤 蜇了 剐了 刮倒 刮断 刮坏 刮翻 绞进 绞死 绞伤 拦住 拦下 拦车 好像 "
    "今天 昨天 吃的 吃出 喝了 喝的 鱼群 鱼死 鱼大量"
)

# Names that hold a word of an event.
_NAMES = listed(
    "业主委员会 停产企业 停产矿 停产煤矿 停产的 停产厂 停产工厂 火车站 火车东站 火车西站 火车南站 火车北站 火车头 "
    "火车站台 动车所 动车站 动车段 列车段 列车新村 公交站 公交公司 "
    "公交总站 公交场 公交首末站 公交枢纽 公交集团 公交站台 公交港湾 瓷砖厂 瓷砖店 瓷砖市场 瓷砖城 "
    "幕墙公司 幕墙厂 雨棚厂 灯箱厂 自来水厂 自来水公司 无人道口 无人看守 无人值守 掘进 大风口 在建 所在 在家 在校 "
    "乐从 警察总部 "
    "无人机厂 发电 发热门诊 感染科 传染病医院 卫生 锅炉房 燃气站 天然气站 液化气站 燃气公司 "
    "天然气公司 液化气公司 学生宿舍 学生公寓 工人宿舍 工人村 工人文化宫 员工宿舍 职工宿舍 职工家属 "
    "职工医院 消防队 消防站 消防路 电梯公司 电梯厂 吊装公司 储罐区 液氨库 氯气站 原油库 柴油库 客车厂 "
    "货车厂 校车公司 渔船码头 货船码头 游船码头 飞机场 航班楼 职工食堂 员工食堂 学生食堂 工人俱乐部 "
    "群众路 群众艺术馆 电焊条 充电站 充电桩 装修公司 装修市场 拆除工地 堵河 大风沟 职工之家 老板山 "
    "从化 塌山 客车站 汽油库 烧烤 烧结 烧酒 烧饼 烧碱厂 老人院 老年公寓 老师楼 老人公寓 孩子王 "
    "儿童福利院 妇女儿童 妇幼 乘客通道 旅客列车 游客中心 游客服务 居民楼 居民区 居民小区 居民家 "
    "居民住宅 居民院 居民点 居民委员会 村民家 村民活动 村民小组 村民委员会 市民广场 市民中心 市民公园 "
    "教师公寓 教师进修 教师楼 师生食堂 病人食堂 民警公寓 行人天桥 打铁 打渔 打虎 打石 打鼓 不锈钢 "
    "不夜城 不老河 没食子 就业 就医 晕车 病房 监测站 检测站 检测中心 传媒 传动 运输公司 运输有限 "
    "运输队 运输集团 拦河 拦水 拦洪 叫河 让胡路 响水 响堂 响洪 响石 响岩 巨响 杀虎口 杀牛 摔跤 碰碰 "
    "好家 好利来 好又多 不动产 冒水 铁索桥 陷马 爆竹 喊水 埋头 喝彩 洗煤 洗浴 洗衣 洗车 洗罐 洗选 "
    "搅拌站 搅拌厂 安装公司 安装工程 装车站 充装站 充装 灌装厂 灌装车间 灌装站 混合车间 烘干房 "
    "烘干车间 烘干塔 使用中 操作室 操作间 进行曲 清洗车间 打捞队 打捞局 切割车间 焊接车间 爆破公司 "
    "放炮点 游泳馆 游泳池 游泳场 漂流 登山步道 露营地 聚众路 组织部 农药厂 农药车间 农药库 染料厂 "
    "油漆厂 油漆店 油漆仓库 溶剂厂 炸药厂 炸药库 雷管库 烟花爆竹厂 烟花爆竹店 烟花爆竹仓库 "
    "烟花爆竹生产 烟花爆竹有限 烟花爆竹公司 烟花爆竹库 雨水 雨花 雨山 氧气站 氧气厂 氢气站 氮气站 "
    "液氯库 液氯车间 苯胺 苯乙烯 苯酐 丙烯腈 丙烷库 硝基苯装置 硝酸厂 硝酸车间 甲醇厂 甲醇车间 "
    "甲醇罐区 粗苯罐区 硫酸厂 硫酸车间 天然气有限 燃气有限 液化气充装 粉尘车间 石油气站 铁矿石 涨渡湖 "
    "涨坡 晃县 新晃 淹子 淹底 地震台 地震局 死海 死人沟 死亡谷 绑架坡 开发区 开展 举水 系舟山 装修城 "
    "装修工地 被服厂 被服 因民 为民 为家 让河 又一村 已庄 了望 瞭望 就近 吊桥 吊脚楼 吊水 吊丝 堵城 "
    "围场 围墙 围子 围堰 围垦 围屋 被单厂 是光 共青 共和 向阳 跟头 因特 说唱 称钩 说书 从江 疑山 "
    "九疑山 喷泉 喷漆 喷涂 喷绘 漏斗 漏水崖 掉石 炸鸡 炸酱面 蹭车 撞山 撞钟 坠子 砍柴 砍头 捅马 塌岭 "
    "电线厂 电线电缆 电气厂 电气公司 电气设备 电气有限 电气车间 线路板 墙体材料 酒精厂 酒精车间 粉尘 "
    "煤气站 煤气公司 煤气厂 煤气柜 煤气发生 沼气池 沼气站 一氧化碳厂 大巴站 大巴山 公交车站 公交车场 "
    "出租车公司 班车站 飞机厂 飞机制造 直升机场 救护车库 设备厂 设备公司 设备有限 设备间 设备房 "
    "设备层 设备制造 人员密集 大客站 小车班 面包车厂 罐车清洗 摩托城 摩托车厂 摩托车店 摩托车行 "
    "电动车店 电动车行 电动车厂 电动车库 电动车棚 电动车停 电动车充电 电动车专卖 电动车维修 "
    "电动车销售 三轮车厂 三轮车行 三轮车店 驾驶员培训 驾驶培训 驾驶学校 汽油站 柴油罐 柴油机厂 "
    "柴油加油 储罐 反应釜车间 锅炉厂 锅炉间 锅炉车间 报警台 称沟 需要沟 向往 向家 向塘 老人山 老头沟 "
    "小孩儿童 男子监狱 女子监狱 女子医院 女子学校 女子大学 女子职 妇女医院 夫妻店 夫妻肺片 工人新村 "
    "工人体育 工人路 工人疗养 民工子弟 民工宿舍 民工学校 农民工公寓 农民工宿舍 农民工子弟 职工学校 "
    "职工大学 职工俱乐部 员工餐厅 员工公寓 学生餐厅 学生会 学生街 学生路 老师宿舍 幼儿园 幼儿班 "
    "幼儿师范 幼儿学校 小朋友乐园 干部学院 干部休养 干休所 干部学校 干部宿舍 城管局 城管大队 城管中队 城管所 "
    "警察学校 警察学院 战士家 "
    "官兵宿舍 保安公司 保安岗亭 保安室 船员学校 渔民新村 渔民村 司机学校 老年大学 卧龙 龙卷 堵漏 冒险 "
    "特大桥 特大隧道 没人看的 没人管的 没人守的 没人看守"
)

_COUNTED = listed(
    "辆 台 架 艘 名 位 起 车 列 只 渔船 条船 个工人 个人 个学生 个小孩 个孩子 人 个男 个女 级 度 对夫 "
    "工人 男子 女子 司机 小车 货车 客车 面包 大货 大客 死 伤 余名 多名 余人 多人 个老人 村民 学生 "
    "妇女 女 男 老 员工 辆大 头 个液 个油 载 户 个孩 口人 趟车 伙人 群人 拨人 个乡镇 例 具 份"
)

EVENT = role((*_EVENTS, *_NAMES))
_IS_NAME = frozenset(_NAMES)
# Words that open a clause as well as they open an event: at the head of a phrase they end nothing.
_MILD = frozenset(
    listed(
        "外蒙 境外 110 119 120 跟 因 围 向 为 堵 系 是 共 说 称 被 吊 从 又 已 还在 还有 正在 报告 据 没 在 网传 "
        "村民 居民 市民 工人 学生 职工 员工"
    )
)
_IN_NAMES = frozenset(listed("从 为 共 系 是 说 称 因 围 跟 致 堵 吊"))
_BEHIND_A_NAME = frozenset("阳家县镇村庄路民康山化江场洲溪区")
# People and things that a plant, a shop or a lodging is called after (烟花爆竹零售店, 职工食堂).
_CALLED_AFTER = frozenset(
    listed(
        "客船 轮船 客轮 拖拉机 收割机 烟花爆竹 天然气 燃气 液化气 煤气 甲醇 汽油 柴油 原油 硫酸 盐酸 硝酸 "
        "液氨 氨气 氯气 液氯 氢气 氧气 氮气 苯 粗苯 甲苯 二甲苯 硝基苯 混二硝基苯 丙烷 丙烯 乙烯 环氧乙烷 "
        "丙酮 乙醇 液化石油气 石油气 烧碱 农药 染料 油漆 溶剂 炸药 雷管 电动车 摩托 三轮 客车 货车 轿车 "
        "校车 大巴 罐车 公交车 出租车 设备 电气 电线 线路 锅炉 储罐 电梯 粉尘 酒精 沼气 墙体 学生 工人 "
        "职工 员工 村民 居民 市民 老人 老师 教师 师生 儿童 妇女 女子 男子 渔民 民工 农民工 游客 旅客 乘客 "
        "幼儿 警察 民警 干部 保安 消防 装修 拆除 检修 施工 运输 混合 搅拌 切割 焊接 安装 充装 灌装 烘干 "
        "清洗 吊装 翻盖 翻建 翻修 拆房 修房 盖房 养殖户 飞机 客机 渔船 货船 游船 患者 病人 邻居 租户 住户"
    )
)
_CALLS = frozenset(("110", "119", "120"))
_YONDER = ("那边", "这边", "这块", "那块", "这片")
_SPECIAL = _IS_NAME.union(_IN_NAMES, _CALLS, _CALLED_AFTER, _YONDER, (w for w in _EVENTS if w[0] in "跟与"))
"""Words that end a place only in some company."""
_ONE_OF = pattern(r"的?(?:一[家个处座栋所片条]|有[家个]|那[家个])")
_SITES = Heads(
    listed(
        "厂 店 公司 车间 库 站 罐区 装置 市场 宿舍 公寓 食堂 楼 房 间 中心 学校 学院 "
        "医院 村 路 园 铺 作坊 企业 仓 场 总部 码头 家中 家里 棚 队 监狱 工地 现场"
    )
)
_HAPPENS = frozenset("堵围拦聚泄漏炸燃着火起中撞翻倒坠落死伤把被将在因从送")
_UNIT_WORDS = "|".join(sorted(_COUNTED, key=len, reverse=True)).replace(
    "|台|", "|台(?![段镇乡村县区路山河子])|"
)
_DIGITS, _CHINESE = "0-9.", "一二两三四五六七八九十百几数"
_NUMBER = pattern(
    rf"[共约近有达至{_DIGITS}{_CHINESE}](?<![第Gg\d.一二两三四五六七八九十百].)"
    rf"(?:(?<=[共约近有达])(?:[{_DIGITS}]+|[{_CHINESE}]+)|(?<=至)少(?:[{_DIGITS}]+|[{_CHINESE}]+)"
    rf"|(?<=[{_DIGITS}])[{_DIGITS}]*|(?<=[{_CHINESE}])[{_CHINESE}]*)"
    rf"(?:[多余]|来[个名位号人]|(?!.{{0,3}}[家乡镇])(?:{_UNIT_WORDS})(?!民))"
)
_ROAD_BEFORE = frozenset("路街道巷线段速桥北南东西中")
_ROAD_AFTER = pattern(r"[^，,。;；、和与跟]{1,9}?(?:路|街|道|巷|线|高速|桥|交叉|交汇|交界)")


def outside(hits: list[Hit], known: Sequence[Hit]) -> list[Hit]:
    """The `hits` that do not begin inside one of `known`; both run from left to right."""
    kept, at = [], 0
    for hit in hits:
        while at < len(known) and known[at][1] <= hit[0]:
            at += 1
        if at == len(known) or hit[0] < known[at][0]:
            kept.append(hit)
    return kept


class Ends:
    """Where the event begins behind a point of the note."""

    __slots__ = ("_hits", "_scan", "_text")

    def __init__(self, scan: Scan, known: Sequence[Hit]) -> None:
        self._scan = scan
        self._text = scan.text
        hits = scan.longest[EVENT]
        self._hits = outside(hits, known) if known else hits

    def first(self, start: int, end: int, named: int) -> int:
        """The first end in `start`..`end` behind what is `named` at its head, or `end`.

        It is `start` itself where the phrase is no more than the event.
        """
        text, hits = self._text, self._hits
        for at in range(bisect_left(hits, (max(start, named),)), len(hits)):
            begin, finish, word = hits[at]
            if begin >= end:
                break
            if begin == start and word in _MILD:
                continue
            if self._ends(begin, finish, word):
                end = begin - 1 if word == "了" and begin > start + 1 else begin
                break
        number = _NUMBER.search(text, max(start + 1, named), end)
        return end if number is None else number.start()

    def _ends(self, begin: int, finish: int, word: str) -> bool:
        text = self._text
        if word not in _SPECIAL:
            return True
        if word in _IS_NAME or (word in _IN_NAMES and text[finish : finish + 1] in _BEHIND_A_NAME):
            return False
        if word in _CALLS:
            # 3单元1202室
            return not (text[begin - 1 : begin].isdigit() or text[finish : finish + 1].isdigit())
        if word in _CALLED_AFTER:
            return not _names_a_site(text, finish)
        if word in _YONDER and _ONE_OF.match(text, finish) is not None:
            return False
        if word in _YONDER:
            return not any(
                spot[0] <= finish + 2
                if spot[1] - spot[0] > 1
                else 2 <= spot[0] - finish <= 3 and text[finish : spot[0]].isalpha()
                for spot in self._scan.within(SPOT, finish, finish + 9)
            )  # 金昌这边河西堡站
        if word == "围" and text[begin - 1] in "乡镇村县市区州旗":
            spot = self._scan.first(SPOT, finish, finish + 5)
            return spot is None or spot[0] > finish + 2  # 黄沙乡围坪河段
        return not ((word == "跟" or word[0] == "与") and _joins_roads(text, begin))


def _names_a_site(text: str, at: int) -> bool:
    """零售店, 混合车间: a word of a site within four characters, and nothing that happens before it."""
    for begin in range(at, at + 5):
        site = _SITES.at(text, begin)
        if site:
            return _HAPPENS.isdisjoint(text[at : begin + len(site)])
        if not "一" <= text[begin : begin + 1] <= "鿿":
            return False
    return False


def _joins_roads(text: str, at: int) -> bool:
    """古墩路跟振华路口: the word joins two roads, it does not open what happened."""
    return at > 0 and text[at - 1] in _ROAD_BEFORE and _ROAD_AFTER.match(text, at + 1) is not None
