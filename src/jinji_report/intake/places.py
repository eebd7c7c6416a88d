"""The place: the most specific run of place words, a verbatim piece of the note.

The note is parted at punctuation, at the times told in it and at words that lead to a place
(在、位于、行至). In each piece what stands before the first word of the event is a candidate, cut
behind its last place word. Where people were taken, and who came from where, are no places of
the incident.
"""

from collections.abc import Sequence

from jinji_report.intake.scan import Scan
from jinji_report.intake.text import STOPS, Mask, Words

_ADMIN = (
    "省",
    "自治区",
    "市",
    "县",
    "区",
    "镇",
    "乡",
    "村",
    "街道",
    "社区",
    "组",
    "屯",
    "旗",
    "州",
    "盟",
    "开发区",
    "高新区",
    "经开区",
    "园区",
    "新区",
    "农场",
    "林场",
    "庄",
    "寨",
    "嘎查",
    "苏木",
    "小区",
    "村委会",
    "居委会",
    "境内",
    "北部",
    "南部",
    "东部",
    "西部",
    "地区",
    "周边地区",
    "首都",
    "古城",
)
_ROAD = (
    "路", "街", "大道", "巷", "胡同", "弄", "高速", "高速公路", "国道", "省道", "县道", "乡道", "公路", "环线", "线", "隧道",
    "桥", "大桥", "立交", "立交桥", "高架", "路口", "路段", "段", "匝道", "出口", "入口", "收费站", "服务区", "方向", "十字",
    "交叉口", "交汇处", "处", "口", "道口",
    "公里", "km", "KM", "米", "桩号", "弯道", "跑道", "环", "岔口", "坡",
)  # fmt: skip
_SITE = (
    "商厦", "百货", "大闸", "闸", "作坊", "化学", "煤窑", "宝殿", "大殿", "祠堂", "会堂", "粮仓", "街口", "烧烤城",
    "包间", "沱",
    "新村", "老街", "古镇", "文化宫", "活动室", "棚户区", "营房", "哨所", "气站", "检修车间", "配送站", "菜站", "冷库", "冰库",
    "科技", "生物", "新材料", "新能源", "能源", "制药", "药业", "医药", "酒业", "乳业", "木业", "牧业", "纸业", "塑业", "塑胶",
    "重工", "铸造", "锻造", "印染", "电镀", "热电", "热力", "股份", "机械", "电子", "水泥", "蓄水池", "水池", "堰塘",
    "涝池", "水窖",
    "机井", "号井", "管道", "主管道", "处理站", "咽喉", "支流", "上游段", "东咽喉", "四期", "三期", "二期", "一期",
    "俱乐部", "夜总会", "迪厅", "歌厅", "舞厅", "网咖", "棋牌室", "洗浴中心", "足浴店", "美容院", "理发店", "烧烤店",
    "火锅店", "茶楼", "茶馆",
    "农家乐", "民宿", "客栈", "旅馆", "旅社", "招待所", "大排档", "早餐店", "面馆", "快餐店", "锅炉房", "配电房",
    "配电室", "泵房", "泵站", "机房",
    "断面", "水道", "海峡", "渡口", "浮桥", "浴场", "泳池", "游泳馆", "博物馆", "图书馆", "剧院", "礼堂", "实验室",
    "实验楼", "教学楼", "宿舍楼",
    "办公楼", "综合楼", "操场", "围墙", "管廊", "项目", "标段", "工区", "工棚", "板房", "料场", "煤场", "煤业", "井筒",
    "平硐", "矿区", "采区",
    "渣场", "弃土场", "填埋场", "污水处理厂", "基坑", "隧洞", "边坡", "山坡", "后山", "峪", "峡谷", "瀑布", "溶洞", "溪",
    "涧", "潭", "堤",
    "堰", "塬", "峁", "屿", "锚地", "泊位", "船闸", "枢纽", "互通", "环岛", "转盘", "公交站", "站台", "候车厅", "候车室",
    "航站楼", "停机坪",
    "体育场", "体育中心", "展览馆", "会展中心", "科技园", "产业园", "工业园", "产业园区", "工业园区", "物流园",
    "批发市场", "农贸市场", "菜市场", "步行街",
    "商业街", "城中村", "安置房", "回迁楼", "居民楼", "住宅楼", "老楼", "自建楼", "别墅", "车行", "汽修厂", "修理厂",
    "洗车行", "木材厂", "家具厂",
    "服装厂", "制衣厂", "鞋厂", "玩具厂", "电子厂", "化工厂", "炼油厂", "焦化厂", "钢厂", "水泥厂", "玻璃厂", "陶瓷厂",
    "饲料厂", "面粉厂", "食品厂",
    "酒厂", "药厂", "纸厂", "橡胶厂", "塑料厂", "皮革厂", "农药厂", "化肥厂", "烟花爆竹厂", "鞭炮厂", "有限公司",
    "分公司", "集团公司", "制药",
    "煤矿井下", "装置区", "罐区", "生产线", "年级", "牧场", "牧户", "羊圈", "猪场", "鸡场", "牛场", "鱼塘", "虾塘",
    "蟹塘", "藕塘", "河心滩",
    "河滩", "江滩", "沙滩", "海滩", "岸边", "河边", "江边", "湖边", "桥头", "桥下", "桥面", "街口", "巷口", "村口",
    "路口处", "山口", "沟口",
    "岔路口", "三岔口", "十字路口", "丁字路口", "大门", "后门", "门外", "场部", "营地", "景点", "漂流", "滑雪场", "雪场",
    "索道", "过江通道",
    "高架桥", "天桥", "地下通道", "地铁口", "号口", "风井", "竖井", "主井", "副井", "大巷", "石膏矿", "铁矿", "金矿",
    "铜矿", "铅锌矿", "锰矿",
    "露天矿",
    "厂", "矿", "煤矿", "公司", "酒店", "饭店", "宾馆", "餐馆", "餐厅", "饭馆", "店", "商铺", "门市", "铺", "小学", "中学",
    "大学", "学校", "幼儿园", "学院", "师大", "校门口", "校区", "一中", "二中", "三中", "四中", "五中", "职校", "医院",
    "卫生院", "诊所", "机场", "车站", "火车站", "客运站", "站",
    "市场", "商场", "超市", "广场", "公园", "景区", "风景区", "游乐场", "大厦", "大楼", "楼", "号楼", "单元", "层", "栋",
    "幢", "室", "宿舍", "家属院", "院", "馆", "体育馆", "影院", "网吧", "美食城", "城", "中心", "仓库", "库房", "库", "车间",
    "厂房", "工地", "项目部", "井", "洞", "巷道", "回风巷", "工作面", "斜井", "化工",
    "石化", "矿业", "煤业", "商贸", "禽业", "实业", "集团", "钢铁", "铝业", "纺织", "建材", "食品", "印刷", "冶炼", "电厂",
    "水厂", "电站", "水电站", "加油站", "加气站", "养殖场", "采石场", "砖厂", "水库", "大坝", "河", "江", "湖", "海", "湾",
    "沟", "山", "岭", "峡", "岛", "水域", "海域", "江段", "河段", "航道",
    "码头", "港", "港区", "滩", "塘", "渠", "池塘", "附近", "旁", "旁边", "边上", "门口", "门前", "跟前", "对面", "东侧",
    "西侧", "南侧", "北侧", "路边", "楼下", "里面", "院内", "院里", "内", "民房", "自建房", "出租屋", "居民家中", "村民家中",
    "家中", "家里", "养老院", "敬老院", "福利院", "监狱", "看守所", "教堂", "寺",
    "寺庙", "清真寺", "庙", "塔", "变电站", "派出所", "政府", "政府门口", "银行", "KTV", "酒吧", "浴池", "洗浴", "会所",
    "作坊", "合作社", "基地", "果园", "大棚", "林区", "草原", "草场", "水井", "检查井", "污水井", "化粪池", "地铁站",
    "售楼部", "门", "东门", "西门", "南门", "北门", "尾矿库", "石宕", "舱", "号", "食堂",
    "辅房", "平房", "仓", "堆场", "货场", "园", "苑", "府", "花园", "家园", "公寓", "里", "坝", "坪", "坳", "坑", "垭", "岗",
    "原", "坨", "洼", "台", "小吃店", "药店", "加工厂", "烟花厂", "制品", "酒楼", "夜市", "小吃街", "养鸡场", "养猪场",
    "足浴城", "监区", "看台", "地下室", "车库", "停车场", "油库", "粮库", "屠宰场", "造纸厂", "摊位", "家",
)  # fmt: skip
_CLASS: dict[str, int] = dict.fromkeys(_SITE, 2) | dict.fromkeys(_ROAD, 3) | dict.fromkeys(_ADMIN, 4)
_PLACE_WORDS = Words(_CLASS)
_LOOSE = frozenset("院内里处口号层室家米门台原园线段环坡边站仓城")

_EVENTS = (
    "取暖", "烧煤", "烧炭", "烧蜂窝煤", "引发", "引起",
    "煤气", "一氧化碳", "硫化氢", "沼气", "酒精", "电气", "线路", "电线", "墙体", "楼板", "吊顶", "广告牌", "粉尘",
    "山洪", "突降",
    "大巴", "公交车", "班车", "出租车", "老头乐", "救护车", "警车", "烧了", "爆了", "人员", "有架", "有艘", "有列",
    "有条", "有台",
    "今早", "僧人", "香客", "顶板", "设备", "滑出", "漂上", "养殖户", "村民们", "两个男", "几个",
    "飞机", "客机", "直升机", "航班", "冲出", "着的火", "起的火", "着的", "烧起来", "燃起来", "漂了", "打桩机", "栽",
    "叫车", "让车", "被车",
    "晃得", "暴发", "突发", "老板", "老汉", "有个放羊", "上冻雨", "停了", "卡三", "卡在", "清淤", "清池", "清理", "漂着",
    "冲走", "冲断", "让人",
    "叫人", "耍水", "钓鱼", "吃了", "吃完", "吃炭", "打疫苗", "闯进", "拿刀", "拉人", "拉煤", "拉货", "压塌", "让大风",
    "让雪", "遭了", "走水",
    "冒大烟", "聚了", "来了", "围了", "排查出", "沉没", "翻沉", "触礁", "搁浅", "失去动力", "失去联系", "脱线", "压到",
    "大排", "装卸", "撬开",
    "邻居", "村里人", "开挖", "打药", "打架", "斗殴", "吵架", "触电", "电死", "漏电", "炸了", "跑了", "突出", "塌方",
    "掌子面", "冒落", "涌水",
    "突水",
    "发生", "突发", "突然", "突遭", "起火", "着火", "失火", "着了", "冒烟", "冒出", "火灾", "大火", "火警", "爆炸", "爆燃",
    "闪爆", "燃爆", "炸", "坍塌", "垮塌", "倒塌", "塌", "垮", "滑坡", "泥石流", "下山洪", "山洪", "洪水", "透水", "冒顶",
    "瓦斯", "漏底", "追尾", "相撞", "对撞", "碰撞", "连环", "侧翻",
    "翻了", "翻到", "翻下", "翻扣", "翻沉", "翻车", "翻入", "翻倒", "翻新", "撞", "剐蹭", "刮碰", "蹭", "坠", "掉下", "掉进",
    "掉到", "落水", "溺水", "中毒", "呕吐", "腹泻", "泄漏", "泄露", "外泄", "漏", "喷", "往外", "疑", "出事", "出现",
    "拉横幅", "聚集", "持刀", "砍", "捅", "跳楼", "要跳", "停电", "停水", "断水", "断电",
    "这边", "那边", "这雪", "这场", "下起", "下大", "下暴", "下了", "新增", "确诊", "有户", "有居民",
    "有人", "有一", "有名", "有群众",
    "有村民", "有工人", "有个", "有几", "有数", "里头", "已经", "被", "疏通", "检修", "清淤", "保养", "吊装", "作业时",
    "施工时", "脱轨", "侵线", "断了", "断裂", "决口", "溃", "踩踏", "火光", "火势", "浓烟",
    "大客", "客车", "货车", "轿车", "面包车", "小车", "半挂", "罐车", "槽车", "槽罐车", "校车", "电动车", "摩托", "三轮",
    "大货", "中巴", "渔船", "货船", "游船", "煤气瓶", "煤气罐", "液化气", "燃气", "天然气", "电梯", "塔吊", "脚手架", "学生",
    "工人", "司机", "驾驶员", "男子", "女子", "村民因", "居民家中的", "群众", "登陆", "震感", "一声",
    "氨氮", "超标", "污染", "死亡", "受伤", "失联", "被困", "遇难", "附近居民", "在进食", "发病", "食用", "进食", "用餐",
    "跟", "因", "在使用", "用火", "电焊", "充电", "租户", "住户", "员工", "职工", "家长", "讨薪", "上访", "堵", "围", "水位",
    "涨水", "暴雨", "降雨", "大风", "冰雹", "积雪", "下雪", "降雪", "疫情",
    "的燃气", "的电", "氯气", "液氨", "氨气", "甲醇", "汽油", "柴油", "原油", "硫酸", "盐酸", "储罐", "反应釜", "锅炉",
    "报警", "报的", "来电", "报告", "称", "说", "请求", "需要", "网上", "网传", "消防", "120", "119", "110", "装光伏", "装修",
    "吊", "拆除", "浇筑", "主厂房", "钢丝绳", "次脱轨", "次列车", "次旅客", "开往",
    "从", "时发生", "时与", "时突", "与一", "和一辆", "与前", "与对", "造成", "导致", "致", "卸料", "装卸", "掉", "给老人",
    "办酒", "办丧", "偷", "近中心", "风力", "违法", "非法", "系", "为", "是", "共有", "共",
)  # fmt: skip
_EVENT_WORDS = Words(_EVENTS)
_COUNTED = (
    "辆",
    "台",
    "架",
    "艘",
    "名",
    "位",
    "起",
    "车",
    "列",
    "只",
    "渔船",
    "条船",
    "个工人",
    "个人",
    "个学生",
    "个小孩",
    "个孩子",
    "人",
    "个男",
    "个女",
    "级",
    "度",
    "对夫",
    "工人",
    "男子",
    "女子",
    "司机",
    "小车",
    "货车",
    "客车",
    "面包",
    "大货",
    "大客",
    "死",
    "伤",
    "余名",
    "多名",
    "余人",
    "多人",
    "个老人",
    "村民",
    "学生",
    "妇女",
    "女",
    "男",
    "老",
    "员工",
    "辆大",
    "头",
    "个液",
    "个油",
    "载",
)
_DIGITS = frozenset(".0123456789")
_NUMBERS = frozenset("一二两三四五六七八九十几数多0123456789")

_LEADS = (
    "开到",
    "开至",
    "运行至",
    "运行到",
    "位于",
    "地点位于",
    "发生于",
    "发生在",
    "发生于",
    "行驶至",
    "行驶到",
    "途经",
    "途径",
    "行至",
    "行经",
    "驶至",
    "驶入",
    "进入",
    "地点在",
    "地点:",
    "地址:",
    "就在",
    "地点是",
    "出事地点",
    "事发地点",
    "坐落在",
    "前往",
    "震中位于",
    "时,在",
    "租住在",
)
_SURE_LEADS = ("发生在", "发生于", "震中位于", "地点位于", "行驶至", "行驶到", "行至", "驶至")
_IN = ("在", "于")
_STRIP = (
    "现场", "均为", "均系",
    "报的", "反映的", "反映", "咱们这", "我这儿", "我们这儿", "我们这边", "那会儿", "的时候", "哦", "呃", "嗯", "哎",
    "就今天", "地点是",
    "续报", "首报", "初报", "更正", "终报", "报告", "紧急", "急", "速报", "通报", "补报", "据报", "据悉", "据了解", "接报",
    "我县", "我市", "我区", "我镇", "我乡", "今", "许", "左右", "前后", "多", "一起", "刚接到", "您好", "你好", "喂", "领导",
    "值班室", "值班员", "快", "那个", "就是", "在", "于", "位于", "从", "由", "是", "的", "了", "有", "也",
    "其中", "记者", "地震局速报", "受理", "地点", "地址", "时间", "事件", "情况", "说", "称", "上报", "目前", "现", "咱",
    "咱们", "到", "先后", "我们", "这里", "这里是", "我是", "我们是", "我这", "据", "距", "途经",
)  # fmt: skip
_STRIPPED_BY_FIRST: dict[str, tuple[str, ...]] = {
    first: tuple(sorted((word for word in _STRIP if word[0] == first), key=len, reverse=True))
    for first in {word[0] for word in _STRIP}
}
_UNITS = (
    "指挥中心", "消防救援", "支队", "大队", "中队", "公安局", "分局", "派出所民警", "交警", "应急管理局", "应急局", "卫健委",
    "卫生局", "疾控", "管委会", "县委", "市委", "区委", "省委", "市政府办", "县政府办", "政府主要", "记者", "讯", "网",
    "日报", "晚报", "电视台", "办公室", "领导", "书记", "县长", "市长", "区长", "局长", "专家", "调查组",
    "官兵", "医护", "新闻", "部门", "值班", "专班", "指挥部", "大使馆", "红十字", "居民反映", "目击者", "附近开店", "地震局",
    "监测局", "地震台", "总队", "本地人", "籍", "出发", "介绍", "主任", "台风", "预案", "原因", "人民医院抢救", "医院抢救",
    "医院治疗", "医院救治", "监督所", "监督局", "卫生部", "正沿", "沿路", "往市", "往县", "往省", "往区", "往镇", "危险区",
    "灾区", "人口密集", "分到", "家医院", "送到", "送往", "送至", "已送", "管理所", "许多", "其他", "不少", "大部分",
)  # fmt: skip
_DOORS = ("门口", "门前", "大门", "东门", "西门", "南门", "北门", "门外", "大院", "广场")
_FUNCTION = frozenset(
    "的了在又正已有是被把给让就都还也从向对与和及因突疑着过得叫起到来去没不无未说称报其该此这那里下上一"
)
_ADVERBS = (
    "组织",
    "累计",
    "承办",
    "全体",
    "共计",
    "目前",
    "已经",
    "部分",
    "局部",
    "突然",
    "工作",
    "作业",
    "大量",
    "附近",
    "整个",
    "全部",
    "陆续",
    "连续",
    "再次",
    "先后",
    "同时",
    "大面积",
    "全线",
    "双向",
    "随后",
    "当时",
    "内部",
    "周边",
    "疑似",
    "发出",
    "两岸",
    "方面",
)
_NO_SPOTS = (
    "已",
    "过火",
    "开始",
    "共",
    "惨剧",
    "起",
    "客",
    "住院",
    "包括",
    "学生",
    "群众",
    "职工",
    "消防",
    "出动",
    "疏散",
    "转移",
    "发病",
    "治愈",
    "新增",
    "重症",
    "轻症",
    "危重",
    "年产",
    "全村",
    "全校",
    "全厂",
    "全县",
    "全市",
    "其余",
    "估计",
    "大约",
    "大概",
    "人",
    "病例",
    "户",
    "员",
    "有",
    "含",
    "约",
    "近",
    "超",
    "至少",
    "收",
    "接",
    "经",
    "最",
    "总",
)
_NO_NAMES = (
    "师傅",
    "先生",
    "女士",
    "同志",
    "情况",
    "紧急",
    "领导",
    "报告",
    "值班",
    "老人",
    "孩子",
    "人",
    "员",
    "车",
    "船",
    "你",
    "我",
    "他",
    "们",
    "者",
    "请",
    "急",
    "各位",
    "老师",
    "同学",
    "夫妻",
    "两口",
    "闺女",
    "媳妇",
    "丈夫",
    "妻子",
    "家长",
    "患者",
    "台风",
)
_BARE = frozenset(
    (
        "道路",
        "公路",
        "路面",
        "现场",
        "高速",
        "路段",
        "附近",
        "门口",
        "车里",
        "车内",
        "里面",
        "院内",
        "家里",
        "医院",
        "交通",
        "楼下",
        "路边",
        "该路段",
        "全线",
        "双向",
        "河里",
        "水里",
        "井下",
        "井里",
        "市区",
        "县城里",
        "房屋",
        "民房",
        "车间",
        "隧道",
        "桥",
        "河",
        "山",
        "村",
        "路",
        "口",
        "处",
    )
)
_DIRECTED = ("往", "沿", "朝", "向", "正沿", "正往", "正朝", "一路", "顺着", "在往", "在朝")
_OURS = ("我县", "我市", "我区", "我镇", "我乡", "我州", "我旗", "我省")
_SIDES = (
    "北部",
    "南部",
    "东部",
    "西部",
    "中部",
    "东北部",
    "西北部",
    "东南部",
    "西南部",
    "境内",
    "山区",
    "多地",
    "大部",
    "部分",
    "沿海",
)
_TAKEN = (
    "送往",
    "送到",
    "送至",
    "送去",
    "送",
    "转",
    "转往",
    "转到",
    "转送",
    "拉到",
    "往",
    "赶往",
    "赶赴",
    "前往",
    "抵达",
    "到达",
    "赶到",
    "撤到",
    "转移到",
    "转移至",
    "疏散到",
    "驶往",
    "开往",
    "来自",
    "分到",
    "安置在",
    "安置到",
    "从",
    "由",
    "距",
    "以西",
    "以东",
    "离",
)


_OFFICE_AFTER = (
    "消防",
    "公安",
    "应急",
    "卫生",
    "气象",
    "防震",
    "地震局",
    "地震监测",
    "旅游质量",
    "委宣传",
    "人民政府",
    "环保",
    "安监",
    "食品药品",
    "疾病预防",
    "疾控",
    "交警",
    "教育局",
    "宣传部",
    "委、",
    "委书记",
    "委市",
    "政府高度",
    "警方",
    "生态环境",
    "市场监管",
    "海事局",
    "电视台",
    "检察",
    "纪委",
)
_SPEAKS_AFTER = ("获悉", "证实", "透露", "表示", "介绍", "通报", "高度重视", "迅速启动", "接报后", "组织人员")
_NOT_BEFORE: dict[str, str] = {
    "组": "织成合建", "处": "置理于分罚在境", "市": "民委", "县": "委", "区": "委", "省": "委", "村": "民", "湖": "南北",
    "河": "南北", "海": "南啸外警拔", "山": "西东体", "江": "西苏", "线": "路索上", "城": "市", "站": "在立点起", "段": "时",
    "路": "由政人过面况", "口": "人径罩",
    "台": "湾风州胞阶", "库": "存", "港": "澳元币", "店": "员主", "馆": "长", "院": "长方", "号": "码称召", "家": "属长庭具",
    "里": "氏", "厂": "长方", "矿": "工长泉物石", "内": "有部容的", "坑": "害", "井": "人", "门": "头", "层": "次",
    "园": "林", "环": "境保卫", "洞": "口", "乡": "亲", "室": "内",
}  # fmt: skip


_NO_PLACE = (
    "收治",
    "前报",
    "先报",
    "初报",
    "原报",
    "核载",
    "限载",
    "实载",
    "当班",
    "机组",
    "撬开",
    "下游",
    "上游",
    "车上",
    "船上",
    "机上",
    "机组",
    "夫妻",
    "口人",
    "口煤",
    "几口",
    "两口",
    "三口",
    "四口",
    "五口",
    "停在",
    "死",
    "伤",
    "救出",
    "人住",
    "事故",
    "累计",
    "另有",
    "又有",
    "还有",
    "面积",
    "造成",
    "确认",
    "一户",
    "一名",
    "驾驶",
    "司机",
    "损失",
    "房屋",
    "没有",
    "其中",
    "群里",
    "网上",
    "去年",
    "也发",
    "事发",
)
_WIDER = (
    "公里",
    "公里处",
    "路",
    "街",
    "大道",
    "高速",
    "段",
    "路段",
    "镇",
    "乡",
    "村",
    "国道",
    "省道",
    "线",
    "小区",
    "县",
    "米处",
)
_PIECE = 160  # no place lies deeper in a stretch without punctuation


class Found:
    """A candidate: where it stands in the plain text, and how much speaks for it."""

    __slots__ = ("end", "score", "start")

    def __init__(self, start: int, end: int, score: float) -> None:
        self.start = start
        self.end = end
        self.score = score


def place(scan: Scan, times: Sequence[tuple[int, int]], skipped: Mask, title_end: int = 0) -> Found | None:
    """The best candidate of the note, or None where no place was told; a headline (before `title_end`) counts less."""
    best: Found | None = None
    heads: list[Found] = []
    index = -1
    for start, end, after_time in _pieces(scan.text, times):
        headline = start < title_end
        index += not headline
        if index > 60:
            break
        if skipped[start]:
            continue
        for found in _candidates(scan.text, start, min(end, start + _PIECE), index == 0 and not headline):
            found.score += (-1.0 if headline else 3.0 - min(index, 8) * 0.6) + (0.5 if after_time else 0)
            if found.start - start <= 4 or found.end == end:
                heads.append(found)
            if best is None or found.score > best.score:
                best = found
    if best is None or best.score < 2:
        return None
    return _with_neighbour(scan.text, best, heads)


def _with_neighbour(text: str, best: Found, heads: list[Found]) -> Found:
    """青河高速212公里,白石北出口: a road or a town and, behind the comma, the spot on it."""
    for one in heads:
        before, after = (one, best) if one.end < best.start else (best, one)
        if (
            one.score < 2
            or after.start - before.end != 1
            or text[before.end] not in "，,"
            or after.end - before.start > 26
        ):
            continue
        if text.endswith(_WIDER, before.start, before.end):
            return Found(before.start, after.end, best.score)
    return best


def _pieces(text: str, times: Sequence[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """Stretches without punctuation and without times: (start, end, a time stands right before)."""
    marks = STOPS + "，, "
    found: list[tuple[int, int, bool]] = []
    ends = {start: end for start, end in times}
    start, at, after = 0, 0, False
    while at <= len(text):
        if at == len(text) or text[at] in marks or at in ends:
            if at > start:
                found.append((start, at, after))
                after = False
            if at < len(text) and at in ends:
                at = start = ends[at]
                after = True
                continue
            start = at + 1
        at += 1
    return found


def _candidates(text: str, start: int, end: int, first: bool) -> list[Found]:
    """What a piece offers: its head, and what follows each word that leads to a place."""
    starts: list[tuple[int, float]] = [(start, 0.0)]
    for word in _LEADS:
        at = text.find(word, start, end)
        if at >= 0:
            starts.append((at + len(word), 5.0 if word in _SURE_LEADS else 2.0))
    for word in _IN:
        at = text.find(word, start, end)
        while at >= 0:
            if not text.startswith(
                (
                    "正在",
                    "现在",
                    "实在",
                    "存在",
                    "由于",
                    "关于",
                    "属于",
                    "处于",
                    "还在",
                    "仍在",
                    "在治",
                    "内在",
                    "在建",
                    "于是",
                    "在抢",
                    "自在",
                    "在逃",
                    "在岗",
                    "在校",
                    "在场",
                ),
                max(
                    start,
                    at
                    - (
                        1
                        if text[at - 1 : at + 1]
                        in (
                            "正在",
                            "现在",
                            "实在",
                            "存在",
                            "由于",
                            "关于",
                            "属于",
                            "处于",
                            "还在",
                            "仍在",
                            "内在",
                            "自在",
                        )
                        else 0
                    ),
                ),
            ):
                starts.append((at + 1, 1.0))
            at = text.find(word, at + 1, end)
    colon = text.rfind(":", start, end)
    if colon >= 0 and not text[colon - 1 : colon].isdigit():
        starts.append((colon + 1, 1.5))
    found = []
    for begin, bonus in starts:
        one = _candidate(text, start, begin, end, bonus, first and begin == start)
        if one is not None:
            found.append(one)
    return found


def _candidate(text: str, piece: int, start: int, end: int, bonus: float, first: bool) -> Found | None:
    start = _stripped(text, start, end)
    if start >= end:
        return None
    before = text[max(0, start - 4, piece - 1) : start]
    if before.endswith(_TAKEN) and not before.endswith(("行驶至",)):
        return None
    stop = _event_start(text, start, end)
    happens = stop < end
    if stop - start > 48:
        stop = start + 48
    last, score, classes = start, 0.0, set()
    for begin, finish, word in _PLACE_WORDS.hits(text, start, stop):
        if begin == start and len(word) == 1:
            continue
        if finish < end and text[finish] in _NOT_BEFORE.get(word, ""):
            continue
        if word in _LOOSE and not _firm(text, start, begin, finish, stop):
            continue
        kind = _CLASS[word]
        if kind not in classes:
            classes.add(kind)
            score += kind
        else:
            score += 0.7
        last = finish
    if last > start:
        last = _closing(text, start, last, stop)
        rest = text[last:stop]
        if (
            0 < len(rest) <= 7
            and _plain_name(rest)
            and not any(word in rest for word in (*_NO_PLACE, *_ADVERBS))
        ):
            last = stop  # 涪陵水域搬针沱: what follows the last word of place up to the comma still names the spot
        phrase = text[start:last]
        office = any(word in phrase for word in _UNITS) and not phrase.endswith(_DOORS)
        if office or len(phrase) < 2 or text.startswith(_OFFICE_AFTER, last):
            score -= 6
        if any(word in phrase for word in _NO_PLACE) or phrase in _BARE or phrase.startswith(_DIRECTED):
            score -= 8
        if "了" in phrase[1:-1] or "到处" in phrase:
            score -= 4
        if "在" in phrase[1:] and not any(word in phrase for word in ("在建", "所在")):
            score -= 3
        if any(word in text[last:end] for word in _SPEAKS_AFTER) or (
            text[last:end] in ("报", "报告", "来电", "上报")
        ):
            score -= 4
        if len(phrase) < 3:
            score -= 1.5
        if all(len(w) == 1 and _CLASS[w] == 2 for _, _, w in _PLACE_WORDS.hits(text, start, last)):
            score -= 1.5
        if text.startswith(("一辆", "一名", "两车", "该", "此", "这", "即", "并", "周边", "附近"), start):
            score -= 3
        return Found(start, last, score + bonus + (1.5 if happens or last == end else 0))
    name = text[start:stop]
    noun = not any(word in name for word in (*_NO_PLACE, *_UNITS, *_NO_NAMES))
    if (
        first
        and noun
        and 3 <= len(name) <= 14
        and _plain_name(name)
        and (happens or text[end : end + 1] not in "，, 。")
    ):
        # 莱德商厦下午起火: the note opens with a name, whatever its kind
        return Found(start, stop, 0.5 + bonus)
    length = stop - start
    barred = (*_NO_PLACE, *_UNITS, *_NO_SPOTS)
    chinese = all("一" <= c <= "鿿" for c in name)
    if happens and 2 <= length <= 6 and chinese and not any(word in name for word in barred):
        shown = (
            text.startswith(("发生", "突发", "这边", "那边", "登陆", "这雪", "这场", "下"), stop)
            or text[stop] in _NUMBERS
        )
        return Found(start, stop, (3.0 if shown and text[start] not in _NUMBERS else -2.0) + bonus)
    return None


def _plain_name(words: str) -> bool:
    """Nothing but the characters of a name: no digits, no words of grammar."""
    return all("一" <= c <= "鿿" and c not in _FUNCTION and c not in _NUMBERS for c in words)


def _stripped(text: str, start: int, end: int) -> int:
    moved = True
    while moved and start < end:
        moved = False
        if text.startswith(_OURS, start) and text.startswith(_SIDES, start + 2):
            break
        if text[start] == "(" and text.find(")", start, min(end, start + 30)) > 0:
            start, moved = text.find(")", start) + 1, True
            continue
        if text[start] in ">:)(\"@'*-·#~/[]" or (text[start] == "第" and text.startswith("次)", start + 2)):
            start, moved = start + 1, True
            continue
        for word in _STRIPPED_BY_FIRST.get(text[start], ()):
            if text.startswith(word, start) and start + len(word) <= end:
                if word == "喂" and text[start + 1 : start + 2] not in (
                    "，",
                    ", ",
                    "你",
                    "您",
                    "值",
                    "领",
                    "喂",
                    "我",
                    "、",
                    "是",
                ):
                    continue
                if word in (
                    "今",
                    "是",
                    "说",
                    "称",
                    "距",
                    "据",
                    "由",
                    "急",
                    "快",
                    "多",
                    "现",
                    "有",
                    "也",
                ) and not _safe_strip(text, start, word):
                    continue
                start, moved = start + len(word), True
                break
    return start


def _safe_strip(text: str, start: int, word: str) -> bool:
    follows = text[start + len(word) : start + len(word) + 1]
    return not (
        word in "多现有今由" and follows in ("县", "市", "区", "镇", "乡", "村", "路", "街", "江", "河", "山")
    )


def _event_start(text: str, start: int, end: int) -> int:
    """Where the event begins: its first word, or a counted thing (一辆, 3名, 5.1级)."""
    stop = end
    for begin, _, word in _EVENT_WORDS.hits(text, start, end):
        if text.startswith(_COMPOUNDS, begin):
            continue
        if begin == start and word not in ("这边", "那边"):
            if word in ("跟", "因", "围", "向", "为", "堵", "系", "是", "共", "说", "称", "被", "吊", "从"):
                continue
            return start
        if word in (
            "从",
            "为",
            "共",
            "系",
            "是",
            "说",
            "称",
            "因",
            "围",
            "跟",
            "致",
            "堵",
            "吊",
            "系",
        ) and text[begin + 1 : begin + 2] in (
            "阳",
            "家",
            "县",
            "镇",
            "村",
            "庄",
            "路",
            "民",
            "康",
            "山",
            "化",
            "江",
            "场",
        ):
            continue
        stop = begin
        break
    at = start
    while at < stop:
        if text[at] in _NUMBERS:
            finish = at
            arabic = text[at].isdigit()
            while finish < stop and text[finish] in _NUMBERS | {"."} and (text[finish] in _DIGITS) == arabic:
                finish += 1
            if (
                text.startswith(_COUNTED, finish)
                and at > start
                and "家" not in text[finish : finish + 4]
                and not (text.startswith("人民", finish) or text[at - 1] in "第G")
            ):
                return at
            at = max(finish, at + 1)
        else:
            at += 1
    return stop


_COMPOUNDS = (
    "锅炉房",
    "燃气站",
    "天然气站",
    "液化气站",
    "燃气公司",
    "天然气公司",
    "液化气公司",
    "学生宿舍",
    "学生公寓",
    "工人宿舍",
    "工人村",
    "工人文化宫",
    "员工宿舍",
    "职工宿舍",
    "职工家属",
    "职工医院",
    "消防队",
    "消防站",
    "消防路",
    "电梯公司",
    "电梯厂",
    "吊装公司",
    "储罐区",
    "液氨库",
    "氯气站",
    "原油库",
    "柴油库",
    "客车厂",
    "货车厂",
    "校车公司",
    "渔船码头",
    "货船码头",
    "游船码头",
    "飞机场",
    "航班楼",
    "职工食堂",
    "员工食堂",
    "学生食堂",
    "工人俱乐部",
    "群众路",
    "群众艺术馆",
    "电焊条",
    "充电站",
    "充电桩",
    "装修公司",
    "装修市场",
    "拆除工地",
    "堵河",
    "大风口",
    "大风沟",
    "职工之家",
    "老板山",
    "从化",
    "塌山",
    "客车站",
    "汽油库",
)


def _firm(text: str, start: int, begin: int, finish: int, stop: int) -> bool:
    """A loose one-character word (内 里 处 口 号 …) counts behind a name or a number, not inside other words."""
    char = text[begin:finish]
    before = text[begin - 1 : begin]
    after = text[finish : finish + 1]
    if char == "号":
        return before in "0123456789一二三四五六七八九十" and after not in ("称",)
    if char == "米":
        return before.isdigit() and after in ("处", "左", "附", "")
    if char == "层":
        return before in "0123456789一二三四五六七八九十"
    if char == "院":
        return before not in "出住入转送" and begin - start >= 1
    if char == "口":
        return before not in "人户" and begin - start >= 2
    if char == "家":
        return (
            after not in ("人", "属", "庄", "具", "长", "里", "电")
            and begin - start >= 3
            and before not in "一两三几0123456789"
        )
    return begin - start >= 2


def _closing(text: str, start: int, last: int, stop: int) -> int:
    """Take in what still belongs: 盛华化工(…园区), 公司院内, 隧道内."""
    if text[last : last + 1] in ("K", "k") and text[last + 1 : last + 2].isdigit():
        end = last + 1
        while end < stop and (text[end].isdigit() or text[end] in "+.mMkK处"):
            end += 1
        return end
    opened = text.find("(", start, last)
    if opened >= 0 and text.find(")", opened, last) < 0:
        close = text.find(")", last, min(stop, last + 12))
        if close >= 0:
            return close + 1
        return opened if opened > start + 1 else last
    if text.startswith("(", last):
        close = text.find(")", last, min(stop, last + 24))
        if close >= 0 and text[last + 1 : close].endswith(
            tuple(_ADMIN) + tuple(word for word in _SITE if len(word) > 1)
        ):
            return close + 1
    return last
