"""What was told beside the figures: the course, the measures taken, who commands on the scene, the cause.

Each clause of the note goes to one of them in the note's own words. What is denied, planned or asked for
(领导尚未到场, 准备疏散, 请求支援) was not done: it belongs to the course. So does every clause of which
nothing else was made: what the desk was told must not fall out of the report because no rule knew it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress

from jinji_report.intake.cause import MARKS as CAUSE
from jinji_report.intake.cause import cause as cause_of
from jinji_report.intake.lexicon import listed, role
from jinji_report.intake.patterns import pattern
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import COMMAS, Mask

_NO_ACTIONS = listed(
    """
    经搜救 经全力搜救 搜救核实 抢救无效 救治无效 医治无效 经抢救 经救治 送医途中 送往医院途中 送医不治 送医后
    安置房 派出所 灭火器 灭火装置 消防救援 救援队 救援站 隔离带 隔离栏 隔离墩 隔离护栏 停产的 处置不当 救援人员称
    紧急疏散演练 封闭式 全封闭 全封闭式 送孩子 送学生 送娃 监测站 检测中心 转移支付 启动资金 控制室 处置室 抢救室
    救治中心 急救中心 监测发现 检测发现 转移登记
    """
)
_ACTIONS = role(
    (
        *listed(
            """
            疏散 转移 撤离 撤出 撤到 撤下 搬迁 安置 送医 送往 已送 送县 送市 送省 送区 送镇 送到 送至 送去 送附 送中 送就近
            送医院 送诊 送了医院 拉到医院 转送 转院 转往 转至 收治 抢救 救治 施救 治疗 救助 赶赴 赶往 前往 到场 赶到 到达
            出动 出警 调集 调派 调动 增援 支援 派出 派员 投入 处置 扑救 扑打 扑灭 灭火 搜救 搜寻 搜索 打捞 救援 救出 营救
            解救 破拆 抢险 抢修 抢通 抢排 排险 排水 抽水 清障 警戒 封闭 封控 封锁 封路 封道 封了 封存 管制 管控 限行 绕行
            分流 劝返 劝离 疏导 设卡 隔离 停课 停产 停运 停业 停工 停播 停止作业 停止供 停止取 停用 关停 关闭 关阀 切断
            断源 堵漏 堵住 堵上 倒罐 稀释 洗消 中和 围油 拦截 吸附 筑坝 消杀 消毒 扑杀 无害化 采样 取样 检测 监测 流调 排查
            启动 安抚 做工作 谈判 喊话 维持秩序 对峙 控制住 已控制 被控制 得到控制 抓获 抓住 落网 刑拘 拘留 立案 侦办 侦查
            查封 介入 调查组 专案组 工作组 指挥部已 成立了 组织人 正组织 正在组织 已组织 观察 恢复供 复电 修复 加固
            通知家属 善后 上报 问责
            """
        ),
        *_NO_ACTIONS,
    )
)
_NOT_DONE = frozenset(_NO_ACTIONS)
_FORCES = role(
    listed(
        """
    消防 民警 警力 警察 交警 公安 武警 官兵 救护车 救援队 医护 医生 疾控 派出所 民兵 志愿者 供电所 抢修队 应急
    信访局 环保 燃气公司
    """
    )
)
_AT_WORK = role(
    listed(
        """
    来了 到了 在救 在扑 在处 在抢 在拆 在搜 在挖 在捞 在劝 在维 在查 在喊 在做 在疏 在喷 正拿 赶过去 赶来 去了
    上去了 出警 都在 已到 正在
    """
    )
)
_LEADERS = role(
    listed(
        """
    校长 园长 厂长 矿长
    省长 市长 县长 区长 州长 旗长 镇长 乡长 书记 局长 厅长 部长 主任 主席 常委 支队长 总队长 大队长 队长 主要领导
    分管领导 县领导 市领导 区领导 省领导 镇领导 州领导 主要负责同志 负责同志 主要负责人 领导
    """
    )
)
_COMING = role(
    listed(
        """
    赶赴 赶到 赶往 到场 现场指挥 到达 带队 率队 率领 批示 指示 现场处置 抵达 坐镇 指导 正在赶 到现场 已到 在现场
    前往 指挥 部署 现场调度 靠前 在一线
    """
    )
)
_COMMANDERS = role(
    [
        "现场总指挥",
        "现场指挥长",
        "现场指挥员",
        "现场指挥",
        "总指挥",
        "指挥长",
        "现场负责人",
        "现场联系人",
        "现场由",
        "指挥部",
        "指挥中心",
    ]
)
_NO_COMMANDERS = frozenset(("指挥部", "指挥中心"))
_EVENTS = role(
    listed(
        """
    起火 着火 火灾 失火 爆炸 爆燃 闪爆 炸 坍塌 塌 垮 撞 追尾 翻 坠 掉 滑坡 泥石流 透水 冒顶 瓦斯 泄漏 漏 中毒 呕吐
    落水 溺 地震 洪 雪 风 雹 疫 确诊 病例 持刀 砍 捅 聚集 横幅 讨薪 堵 停电 停水 断水 踩踏 脱轨 失控 超标 污染 登陆
    跳 失联 被困 埋 触电 碾 挤 夹 砸 喷 着了 烧 不适 晕 出事 扬言 自焚 舆情 攻击 瘫痪 丢失 上访 吊 断 燃 伤人 打架
    斗殴 冲撞 沉没 沉了 触礁 搁浅 侧滑 倾覆 决口 溃
    """
    )
)
_IDLE = listed(
    """
    目前 确认 已经 造成 其中 初步 核实 截至 据报 现场 经统计 核查 时间 地点 续报 首报 终报 更正 快报 速报 报告 来电
    电话 接报 接警 反映 通报 消息 各位领导 领导 你好 您好 情况 正在 初步统计 人员 共 约 已 均 全部 另 还有 有 等 了
    的 是 在 致 系 里 都 也 又 就 说 现 报 于 名 个 从 由 至 到 当时 当场
    """
)
_IDLE_FIRSTS = "".join(sorted({word[0] for word in _IDLE}))
_NOTHING = pattern(f"(?=[{_IDLE_FIRSTS}])(?:{'|'.join(sorted(_IDLE, key=len, reverse=True))})" + r"|\W")
"""What tells nothing by itself."""
_COURSE = 300
_REST = 240
_BRACKET = 80  # characters after which an open bracket is taken for a slip
_CAUSES = 40  # clauses that are asked for a cause
_PLAINLY = 10  # characters: more than words that say nothing ever fill
_FREE = bytes((1, 0)).ljust(
    256, b"\0"
)  # what a mask is turned to by `translate`: true where nothing was read
_NEWS = 2  # characters: less is a particle left over

_LEAD, _ACT, _HAPPEN, _WHY = 1, 2, 4, 8
_DIED = pattern(r"不行了|不治|没救|无效|没了|死亡|身亡|没气|[0-9一两二三四五六七八九十几多人名个]死")
_NOT = pattern(r"[未没无]|不能|不让|不了|难以|停止")
_PLANNED = pattern(
    r"准备|打算|计划|拟(?!态)|将(?:立即|马上|于|要|会|对|组织|派|前往|疏散|封)|想(?:停|撤|转|让)|请求|请(?!假|客|示)|申请|要求(?:支援|增援|派)|需要|急需|希望|能否|可否|建议|快来|要不要|是否"
)
_LABEL = pattern(
    r"(?:(?:续报|首报|终报|快报|更正|地震局速报|速报)(?:[0-9一二三四五六七八九十()]{0,4}):|@[^ ]{1,16} )+"
)
_LABEL_STARTS = frozenset("续首终快更地速@")
_SIGNATURE = pattern(
    "(?:报告人|报送人|填报人|联系人|来电人|报警人|值班员)[: ]*(?![说称讲表反介])[一-龥]{2,14}[ :]*"
    "(?:电话|手机)?[: ]*(?:[0-9*xX-]{5,13})?"
)
"""报告人：县一中马主任 13900001111: the report has it in its last lines."""
_CALLERS = pattern("[告送报系电警值](?:人|班员)")
_LONG_NUMBER = pattern("[0-9*xX -]{7}")
_PHONE_ALONE = pattern(
    r"(?:联系)?(?:电话|手机|方式|座机)?[:是为]?[0-9*xX -]{7,}(?:转[0-9]+)?(?:来电|打来|致电|报告|报)?"
)


def told_beside(
    scan: Scan,
    times: Sequence[tuple[int, int]],
    caller: tuple[int, int] | None,
    skipped: Mask,
    covered: Mask,
) -> dict[str, str]:
    """course, actions, leaders and cause, in the note's own words; `covered`: where values were read."""
    note, text = scan.note, scan.text
    bounds = _clauses(scan)
    if 1 in skipped:
        bounds = [one for one in bounds if not skipped[one[0]]]
    marks = _marks(scan, bounds)
    inside = dict(times)
    signed = _CALLERS.search(text) is not None
    numbered = _LONG_NUMBER.search(text) is not None
    course, actions, leaders = _Words(_COURSE), _Words(_REST), _Words(_REST)
    cause, asked, after_leader = "", 0, -1
    for index, (start, end) in enumerate(bounds):
        mark = marks[index]
        begin = behind = start
        if caller is not None or text[start] in _LABEL_STARTS:
            begin = behind = _untold(text, start, end, caller)
        if begin in inside and not course.words:
            behind = _behind_times(text, begin, end, inside)
        causing = ""
        if mark & _WHY and not cause and asked < _CAUSES:
            asked += 1
            happens = any(one & _HAPPEN for one in marks[max(0, index - 1) : index + 2])
            causing = cause = cause_of(scan, start, end, _known_end(scan, behind, end, covered), happens)
        phone = numbered and _PHONE_ALONE.fullmatch(text, behind, end) is not None
        if mark & _LEAD or (phone and after_leader == start - 1):
            leaders.add(note.quote(start, end).strip())
            after_leader = end
        elif mark & _ACT and (course.words or not mark & _HAPPEN):
            actions.add(note.quote(begin, end).strip(" :：,，"))
        elif phone or (signed and _SIGNATURE.fullmatch(text, start, end)):
            continue  # who it is, `source` and `phones` have found out
        elif mark & _HAPPEN or (not causing and _news(text, behind, end, covered) >= _NEWS):
            course.add(note.quote(behind, end).strip(" :：,，"))
    return {"course": course.text(), "actions": actions.text(), "leaders": leaders.text(), "cause": cause}


def _clauses(scan: Scan) -> list[tuple[int, int]]:
    """The clauses; a comma inside brackets ends none: 伤6(重伤2，轻伤4)."""
    found = scan.clauses()
    text = scan.text
    if "(" not in text:
        return found
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and joined[-1][1] == start - 1 and text[start - 1] in COMMAS:
            first = joined[-1][0]
            if start - first < _BRACKET and text.rfind("(", first, start) > text.rfind(")", first, start):
                joined[-1] = (first, end)
                continue
        joined.append((start, end))
    return joined


class _Words:
    """Clauses up to a length, each once; what is too long ends between clauses."""

    __slots__ = ("_most", "_size", "words")

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self.words: dict[str, None] = {}

    def add(self, clause: str) -> None:
        size = self._size
        if not clause or clause in self.words or size >= self._most:
            return
        if size + len(clause) > self._most:
            clause = _shortened(clause, self._most - size)
            if not clause:
                self._size = self._most
                return
        self._size = size + len(clause)
        self.words[clause] = None

    def text(self) -> str:
        return "，".join(self.words)


def _shortened(clause: str, room: int) -> str:
    """The beginning of a clause that is longer than all that may be said, up to a mark."""
    cut = max(clause.rfind(mark, 0, room) for mark in "、 :：(（")
    return clause[:cut] if cut > 0 else ""


def _marks(scan: Scan, bounds: list[tuple[int, int]]) -> list[int]:
    """For each clause what its words tell: a leader who came, a measure taken, the event, a cause."""
    text = scan.text
    marks = [0] * len(bounds)
    if not bounds:
        return marks

    def clause(hit: tuple[int, int, str]) -> int:
        index = bisect_left(bounds, (hit[0] + 1,)) - 1
        return index if index >= 0 and hit[1] <= bounds[index][1] else -1

    for hit in scan.hits[_EVENTS]:
        index = clause(hit)
        if index >= 0:
            marks[index] |= _HAPPEN
    for hit in scan.hits[CAUSE]:
        index = clause(hit)
        if index >= 0:
            marks[index] |= _WHY
    for start, end, word in scan.longest[_ACTIONS] if scan.hits[_ACTIONS] else ():
        index = clause((start, end, word))
        if index < 0 or marks[index] & _ACT or word in _NOT_DONE:
            continue
        if _done(text, *bounds[index], start):
            marks[index] |= _ACT
    if scan.hits[_AT_WORK]:
        for hit in scan.hits[_FORCES]:
            index = clause(hit)
            if (
                index >= 0
                and scan.any(_AT_WORK, hit[1], bounds[index][1])
                and _done(text, *bounds[index], hit[0])
            ):
                marks[index] |= _ACT
    if scan.hits[_COMING]:
        for hit in scan.hits[_LEADERS]:
            index = clause(hit)
            if index < 0 or marks[index] & _LEAD:
                continue
            came = scan.first(_COMING, *bounds[index])
            if came is not None and _done(text, *bounds[index], max(came[0], hit[0])):
                marks[index] |= _LEAD
    for start, end, word in scan.longest[_COMMANDERS] if scan.hits[_COMMANDERS] else ():
        index = clause((start, end, word))
        if index >= 0 and word not in _NO_COMMANDERS and _names(text, end, bounds[index][1]):
            marks[index] |= _LEAD
    return marks


def _done(text: str, start: int, end: int, at: int) -> bool:
    """The measure is not denied just before its word, nor planned, asked for or in vain in its clause."""
    return (
        _NOT.search(text, max(start, at - 4), at) is None
        and _PLANNED.search(text, start, end) is None
        and _DIED.search(text, start, end) is None
    )


def _names(text: str, at: int, end: int) -> bool:
    """Somebody is named behind the post, who may be reached (现场指挥：李强139…)."""
    return end - at >= 2 and (
        text[at] == ":" or text[end - 1].isdigit() or (end - at <= 12 and text[at] not in "的了下")
    )


def _untold(text: str, start: int, end: int, caller: tuple[int, int] | None) -> int:
    """Where a clause begins behind 续报：, whom it calls and who tells it."""
    begin = start
    if text[start] in _LABEL_STARTS:
        label = _LABEL.match(text, start, end)
        begin = label.end() if label is not None else start
    if caller is not None and caller[0] < end and begin < caller[1]:
        begin = min(end, max(begin, caller[1]))
        tell = _TELL.match(text, begin, end)
        begin = tell.end() if tell is not None else begin
    return begin


def _behind_times(text: str, start: int, end: int, times: dict[int, int]) -> int:
    """Where the clause that opens the course begins behind its time, which the report says itself."""
    begin = start
    while begin in times and times[begin] < end:
        begin = times[begin]
        rest = _LEFT_OF_TIME.match(text, begin, end)
        begin = rest.end() if rest is not None else begin
    return begin


_TELL = pattern(
    r'(?:的?(?:打来)?电话)?(?:报告|报称|报警|报来|通报|反映|来电|上报|速报|转(?:过来|来|办)?|报|称|获悉)?[的称说]?[:,， "]*'
)
_LEFT_OF_TIME = pattern(
    r"(?:的?(?:样子|时候|时分|点儿|那会儿|那阵儿?|功夫|光景|前后|左右|过后|刚过|来钟|许|的事)|[ ,:])+"
)


def _known_end(scan: Scan, begin: int, end: int, covered: Mask) -> int:
    """Where the values told at the beginning of the clause (its place) end."""
    while begin < end and covered[begin]:
        begin += 1
    return begin


def _news(text: str, start: int, end: int, covered: Mask) -> int:
    """How many characters of the clause nothing else was made of; that somebody called is no news."""
    free = end - start - covered.count(1, start, end)
    if free < _NEWS:
        return 0
    if free >= _PLAINLY:
        return free
    untold = text[start:end]
    whole = free == end - start
    if not whole:
        untold = "".join(compress(untold, covered[start:end].translate(_FREE)))
    news = len(_NOTHING.sub("", untold))
    return _NEWS if news == 1 and whole else news
