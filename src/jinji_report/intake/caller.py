"""Who told it and what was done: caller, unit, phone, way; measures, leaders, cause, course.

These are the note's own words, cut out for the report. What is not told stays empty.
"""

from collections.abc import Sequence

from jinji_report.intake.scan import Scan
from jinji_report.intake.text import COMMAS, STOPS, Mask, Note, clauses
from jinji_report.model.facts import Source
from jinji_report.vocabulary import SourceKind

_UNIT_ENDS = (
    "交警大队", "交警支队", "交警中队", "消防救援大队", "消防救援支队", "消防大队", "消防支队", "消防救援站", "消防队",
    "派出所", "公安局", "公安分局", "应急管理局", "应急局", "卫健局", "卫健委", "卫生局", "疾控中心", "教育局", "教体局",
    "住建局", "交通局", "交通运输局", "水务局", "水利局", "生态环境局", "环保局", "林草局", "林业局",
    "自然资源局", "市场监管局", "农业农村局", "气象局", "地震局", "信访局", "政法委", "宣传部", "网信办", "应急办", "镇政府",
    "乡政府", "街道办", "街道办事处", "村委会", "社区居委会", "居委会", "管委会", "指挥中心", "110", "119", "120", "122",
    "急救中心", "人民医院", "中医院", "医院", "供电公司", "燃气公司", "路政", "海事局", "铁路局", "民政局",
    "综治办", "值班室", "派出所民警", "公司", "煤矿", "学校", "一中", "小学", "中学", "景区管委会", "综合行政执法局",
    "城管局", "电视台", "广电局", "文旅局", "监狱", "水厂",
    "镇", "乡", "街道", "村", "县委办", "县政府办",
)  # fmt: skip
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严"
    "牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席"
    "卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来全商马丁穆撒喇妥"
)
_TITLES = (
    "警官",
    "队长",
    "所长",
    "局长",
    "主任",
    "镇长",
    "乡长",
    "书记",
    "站长",
    "校长",
    "老师",
    "科长",
    "股长",
    "经理",
    "矿长",
    "厂长",
    "院长",
    "医生",
    "大夫",
    "主席",
    "支书",
    "村长",
    "先生",
    "女士",
    "同志",
    "班长",
    "处长",
    "政委",
    "大队长",
    "副局长",
    "副镇长",
    "副主任",
    "副队长",
    "副所长",
    "教导员",
    "值班员",
    "民警",
    "师傅",
    "组长",
)
_KINDS: tuple[tuple[SourceKind, tuple[str, ...]], ...] = (
    (SourceKind.PHONE, ("电话报", "来电", "打电话", "打来电话", "电话称", "电话反映", "致电", "电话:", "手机:", "来电话",
    "电话报告", "联系电话")),
    (SourceKind.CHAT, ("群消息", "微信", "群里", "工作群", "@", "钉钉", "值班群", "发到群", "群内")),
    (SourceKind.HOTLINE, ("110接", "119接", "120接", "122接", "接警", "110指挥中心", "119指挥中心", "接处警", "报警", "110",
    "报的警", "打的119", "119")),
    (SourceKind.MEDIA, ("本报讯", "记者", "新华社", "中新", "人民网", "新华网", "电视台报道", "媒体报道", "日报", "晚报")),
    (SourceKind.WEB, ("网传", "网上", "抖音", "快手", "微博", "网帖", "网友", "短视频", "朋友圈", "热搜", "论坛")),
    (SourceKind.WRITTEN, ("传真", "书面报", "呈报", "特此报告", "速报", "续报:", "报告如下", "专报", "值班信息")),
)  # fmt: skip
_TELLS = (
    "电话报告",
    "电话报",
    "来电",
    "报告",
    "报称",
    "上报",
    "速报",
    "打电话",
    "反映",
    "报:",
    "称:",
    "报来",
    "电话",
    "报送",
    "通报",
    "报,",
    "报，",
    "报",
)
_ACTIONS = (
    "疏散",
    "转移",
    "送医",
    "送往",
    "已送",
    "送县",
    "送市",
    "送到医院",
    "抢救",
    "救治",
    "赶赴",
    "出动",
    "调集",
    "到场",
    "处置",
    "扑救",
    "灭火",
    "搜救",
    "救援",
    "警戒",
    "封闭",
    "封控",
    "交通管制",
    "隔离",
    "停课",
    "停产",
    "停运",
    "关阀",
    "堵漏",
    "启动",
    "排查",
    "抢修",
    "安抚",
    "劝返",
    "控制住",
    "已控制",
    "撤离",
    "投入",
    "派出",
    "稀释",
    "洗消",
    "安置",
    "救出",
    "正在核实",
    "堵上",
    "抢险",
    "赶到现场",
    "增援",
    "扑灭",
)
_LEADERS = (
    "县长",
    "市长",
    "区长",
    "省长",
    "书记",
    "局长",
    "镇长",
    "乡长",
    "主任",
    "支队长",
    "大队长",
    "副县长",
    "常委",
    "主要领导",
    "分管领导",
    "主要负责同志",
    "负责同志",
    "州长",
    "旗长",
    "主席",
    "厅长",
    "领导",
)
_COMING = (
    "赶赴",
    "赶到",
    "到场",
    "现场指挥",
    "到达现场",
    "带队",
    "批示",
    "现场处置",
    "抵达现场",
    "坐镇",
    "指导",
    "正在赶",
    "到现场",
    "已到",
    "在现场",
)
_CAUSES = (
    "原因是",
    "原因为",
    "起因是",
    "系因",
    "因为",
    "由于",
    "引发原因",
    "初步判断",
    "初步查明",
    "疑因",
    "疑似因",
    "因",
    "系",
    "疑",
    "引起",
    "引燃",
    "引发",
    "怀疑是",
    "起火原因",
)
_FOUND = ("初步判断为", "初步判断是", "初步判断系", "初步认定为", "怀疑是", "怀疑为")
_REASONS = (
    *(
        f"{noun}{verb}"
        for noun in ("原因", "起因")
        for verb in (*_FOUND, "疑似", "疑为", "系", "是", "为", ":")
    ),
    *_FOUND,
)
"""What follows one of these is the cause itself."""
_NO_CAUSE = (
    "原因正在",
    "原因不明",
    "原因待查",
    "原因尚",
    "原因还",
    "原因未",
    "原因在",
    "原因调查",
    "具体原因",
    "原因有关方面",
    "因此",
    "因公",
    "因素",
    "系统",
    "关系",
    "联系",
    "体系",
    "因抢救",
    "原因仍",
    "因伤势",
    "因伤",
    "疑似病",
    "原因核",
    "系列",
    "因医治",
    "中文系",
    "系女",
    "系男",
    "均系",
    "系该",
    "疑似",
    "因为距离",
)
_EVENT = (
    "起火",
    "着火",
    "火灾",
    "爆炸",
    "爆燃",
    "炸",
    "坍塌",
    "塌",
    "垮",
    "撞",
    "追尾",
    "翻",
    "坠",
    "掉",
    "滑坡",
    "泥石流",
    "透水",
    "冒顶",
    "瓦斯",
    "泄漏",
    "漏",
    "中毒",
    "呕吐",
    "落水",
    "溺",
    "地震",
    "洪",
    "雪",
    "风",
    "雹",
    "疫",
    "确诊",
    "病例",
    "持刀",
    "砍",
    "捅",
    "聚集",
    "横幅",
    "讨薪",
    "堵",
    "停电",
    "停水",
    "断水",
    "踩踏",
    "脱轨",
    "失控",
    "超标",
    "污染",
    "登陆",
    "跳",
    "失联",
    "被困",
    "埋",
    "触电",
    "碾",
    "挤",
    "夹",
    "砸",
    "喷",
    "着了",
    "烧",
    "闪爆",
    "不适",
    "晕",
    "出事",
    "扬言",
    "自焚",
    "舆情",
    "攻击",
    "瘫痪",
    "丢失",
    "上访",
    "吊",
    "断",
)
_LONG = 120
_MOST_CLAUSES = 8
_TOLD_BY = (
    "电话",
    "电话报",
    "电话报告",
    "来电",
    "报告",
    "反映",
    "速报",
    "通报",
    "消息",
    "报称",
    "接报",
    "接警",
)
_IDLE = ("目前", "确认", "已经", "造成", "其中", "初步", "核实", "截至", "据报", "现场", "经统计", "核查")
_NEWS = 4  # characters: less is a particle left over (人员, 已经)


def source(scan: Scan) -> tuple[Source, tuple[int, int] | None]:
    """The caller as far as told, and where the note names him."""
    note = scan.note
    text = note.plain[:2000]
    phone = _phone(note, text)
    kind = next((kind for kind, words in _KINDS if any(word in text for word in words)), None)
    unit, person, span = _caller(note, text)
    if kind is None and phone is not None:
        kind = SourceKind.PHONE
    return Source(unit, person, phone, None if kind is None else kind.value), span


def _phone(note: Note, text: str) -> str | None:
    at = 0
    while at < len(text):
        if text[at] not in "0123456789":
            at += 1
            continue
        end = at
        while end < len(text) and text[end] in "0123456789-" and end - at < 20:
            end += 1
        digits = text[at:end].strip("-")
        bare = digits.replace("-", "")
        before = text[max(0, at - 6) : at]
        mobile = len(bare) == 11 and bare[0] == "1" and bare[1] in "3456789"
        fixed = (
            bare[:1] == "0"
            and 10 <= len(bare) <= 12
            and ("-" in digits or any(w in before for w in ("电话", "座机")))
        )
        local = 7 <= len(bare) <= 8 and any(w in before for w in ("电话", "座机"))
        if mobile or fixed or local:
            return digits
        at = max(end, at + 1)
    return None


def _caller(note: Note, text: str) -> tuple[str | None, str | None, tuple[int, int] | None]:
    for start, end in clauses(text, STOPS + COMMAS + ":"):
        clause = text[start:end]
        if len(clause) > 40:
            continue
        for word in ("报告人", "来电人", "报警人", "联系人", "值班员", "来报人"):
            at = clause.find(word)
            if at >= 0:
                begin = start + at + len(word)
                while text[begin : begin + 1] in (":", " ", "为", "是"):
                    begin += 1
                stop = begin
                while (
                    stop < len(text)
                    and stop - begin < 12
                    and text[stop] not in STOPS + COMMAS + " (:0123456789、)"
                ):
                    stop += 1
                unit_end = _unit_end(text, begin, stop)
                unit = note.quote(begin, unit_end) if unit_end > begin else None
                person = note.quote(max(begin, unit_end), stop) or None
                return unit, person, (begin, stop)
        tell = next((word for word in _TELLS if word in clause), None)
        if tell is None and not clause.startswith(("我是", "我们是", "这里是", "我这里是", "我这是")):
            continue
        reach = clause.find(tell) if tell else len(clause)
        if tell in ("报", "电话") and not clause.endswith(("报", "电话")) and text[end : end + 1] != ":":
            continue
        if reach <= 0:
            reach = len(clause) if tell is None else 0
        begin = start
        for word in (
            "我是",
            "我们是",
            "这里是",
            "我这里是",
            "我这是",
            "据",
            "接到",
            "接",
            "刚接到",
            "刚接",
            "续报",
            "你好",
            "您好",
            "喂",
        ):
            if text.startswith(word, begin):
                begin += len(word)
        stop = start + reach
        unit_end = _unit_end(text, begin, stop)
        person = _person(note, text, unit_end, stop)
        if unit_end > begin or person is not None:
            return (note.quote(begin, unit_end) if unit_end > begin else None), person, (begin, stop)
    return None, None, None


def _unit_end(text: str, begin: int, stop: int) -> int:
    best = begin
    for word in _UNIT_ENDS:
        at = text.rfind(word, begin, stop)
        if at >= 0 and at + len(word) > best and at + len(word) - begin <= 24:
            best = at + len(word)
    return best


def _person(note: Note, text: str, begin: int, stop: int) -> str | None:
    while begin < stop and text[begin] in "的值班室、 ":
        begin += 1
    if begin >= stop or text[begin] not in _SURNAMES:
        return None
    for title in _TITLES:
        at = text.find(title, begin, min(stop, begin + 6))
        if 1 <= at - begin <= 3:
            return note.quote(begin, at + len(title))
    return (
        note.quote(begin, stop)
        if 2 <= stop - begin <= 3 and all("一" <= c <= "鿿" for c in text[begin:stop])
        else None
    )


def told_beside(
    scan: Scan,
    times: Sequence[tuple[int, int]],
    caller: tuple[int, int] | None,
    skipped: Mask,
    covered: Mask,
) -> dict[str, str]:
    """course, actions, leaders and cause, in the note's own words.

    A clause of which nothing else was made (`covered`) belongs to the course: what the desk was told
    must not fall out of the report because no rule knew it.
    """
    note, text = scan.note, scan.text
    course: list[str] = []
    actions: list[str] = []
    leaders: list[str] = []
    cause = ""
    size = 0
    inside = dict(times)
    for start, end in clauses(text):
        if start > 4000:
            break
        if skipped[start]:
            continue
        clause = text[start:end]
        whole = note.quote(start, end).strip()
        leading = any(word in clause for word in _LEADERS) and any(word in clause for word in _COMING)
        # 抢救无效死亡 tells of a death, not of what is being done
        done = clause.replace("抢救无效", "").replace("救治无效", "").replace("经抢救", "")
        acting = any(word in done for word in _ACTIONS)
        happens = any(word in clause for word in _EVENT)
        causing = ""
        if leading and len(leaders) < 3:
            leaders.append(whole)
        elif acting and not (happens and not course) and len(actions) < 5:
            actions.append(whole)
        if not cause:
            cause = causing = _cause(note, clause, start)
        if happens and not leading and len(course) < 2 and not (acting and course):
            begin = _after_times(text, start, end, inside)
            if caller is not None and caller[0] < end and begin < caller[1]:
                begin = min(end, max(begin, caller[1]))
                for tell in _TELLS:
                    if text.startswith(tell, begin):
                        begin = min(end, begin + len(tell))
                        break
                while begin < end and text[begin] in ":, ":
                    begin += 1
            words = note.quote(begin, end).strip(" :：,，")
            if words and size + len(words) <= _LONG:
                course.append(words)
                size += len(words)
        elif not (leading or acting or causing) and len(course) < _MOST_CLAUSES:
            words = note.quote(_after_times(text, start, end, inside), end).strip(" :：,，")
            if _news(text, start, end, covered) >= _NEWS and size + len(words) <= _LONG:
                course.append(words)
                size += len(words)
    return {
        "course": "，".join(course),
        "actions": "，".join(dict.fromkeys(actions))[:200],
        "leaders": "，".join(dict.fromkeys(leaders))[:200],
        "cause": cause,
    }


def _news(text: str, start: int, end: int, covered: Mask) -> int:
    """How many characters of the clause nothing else was made of; that somebody called is no news."""
    clause = text[start:end].strip()
    if clause.endswith(_TOLD_BY):
        return 0
    idle = sum(len(word) * clause.count(word) for word in _IDLE)
    return sum(text[i].isalnum() and not covered[i] for i in range(start, end)) - idle


def _after_times(text: str, start: int, end: int, times: dict[int, int]) -> int:
    begin = start
    for word in ("续报:", "首报:", "更正:", "地震局速报:", "速报:"):
        if text.startswith(word, begin):
            begin += len(word)
    if text[begin : begin + 1] == "@":
        space = text.find(" ", begin, end)
        begin = space + 1 if space >= 0 else begin
    while begin in times and times[begin] < end:
        begin = times[begin]
        while begin < end and text[begin] in " ,:":
            begin += 1
    return begin


def _cause(note: Note, clause: str, start: int) -> str:
    if any(word in clause for word in _NO_CAUSE):
        return ""
    for word in _REASONS:
        at = clause.find(word)
        if at >= 0 and len(clause) - at - len(word) >= 2:
            return note.quote(start + at + len(word), start + len(clause)).strip(" ,，:")[:60]
    for word in _CAUSES:
        at = clause.find(word)
        if at < 0:
            continue
        if word in ("引起", "引燃", "引发"):
            if at < 2:
                continue
            return note.quote(start + max(0, at - 14), start + at + len(word)).strip(" ,，:")
        tail = clause[at + len(word) :]
        if word in ("系", "疑", "因") and ((at and clause[at - 1] in "原联关体派中班嫌") or len(tail) < 2):
            continue
        if word == "系" and not tail.endswith(("引起", "所致", "引发", "导致", "造成", "引燃", "起火")):
            continue
        return note.quote(start + at, start + len(clause)).strip(" ,，:")[:60]
    return ""
