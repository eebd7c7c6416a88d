"""Who told it: the caller's unit, name or part, phone, and by which way it came.

A caller is found where the note names one as such: 报告人：…, 我是…, 县交警大队王警官电话报, a name
before the phone, a first clause that says who speaks. Nobody else's name or phone stands in for his:
neither the victim's nor that of whoever commands on the scene.
"""

from jinji_report.intake.lexicon import listed, role
from jinji_report.intake.named import ENDS, LONGEST, Caller, behind_of, is_office, parsed, speaker, unit_ends
from jinji_report.intake.patterns import pattern
from jinji_report.intake.phones import phones
from jinji_report.intake.scan import Scan
from jinji_report.intake.text import COMMAS, STOPS
from jinji_report.model.facts import Source
from jinji_report.vocabulary import SourceKind

_READ = 2000  # characters of a note in which the caller is looked for

# ------------------------------------------------------------------ by which way

_TABLES: tuple[tuple[SourceKind, str], ...] = (
    (
        SourceKind.PHONE,
        """
        电话报 电话告 电话称 电话反映 电话通知 电话通报 来电 来电话 打来 打电话报 打电话说 打电话称 打电话来
        打电话反映 致电 电话: 手机: 联系电话 卫星电话 值班电话 热线转 热线接 12345热线 12345转 12345接 12345平台
        12345市民 12345派 12350转 12369转
        """,
    ),
    (
        SourceKind.CHAT,
        """
        群消息 微信 群里 工作群 @ 钉钉 值班群 发到群 群内 联络群 应急群 业主群 村民群 群聊 群通知
        """,
    ),
    (
        SourceKind.HOTLINE,
        """
        接警 接处警 报警 报了警 报的警 出警 转警 打的119 打的110 打的120 报案
        110调度 110接 110指挥 110转 110通报 110来电 110平台 110报 110中心 110推送 110联动
        119调度 119接 119指挥 119转 119通报 119来电 119平台 119报 119中心 119推送
        120调度 120接 120指挥 120转 120通报 120来电 120平台 120报 120中心 120推送
        122调度 122接 122指挥 122转 122通报 122来电 122平台 122报 122中心
        """,
    ),
    (
        SourceKind.MEDIA,
        """
        本报讯 记者 新华社 中新社 中新网 人民网 新华网 央视 电视台报道 媒体报道 日报 晚报 晨报 都市报 通讯员 报道
        """,
    ),
    (
        SourceKind.WEB,
        """
        网传 网络传言 网上传 网上流传 网上有 网上发 网上爆料 网上看到 网上出现 网上曝 网友 网帖 网民 抖音上有 快手上有
        微博爆料 微博上有 发帖 朋友圈有 朋友圈看 朋友圈发 热搜 论坛 网络巡查 舆情监测 短视频平台
        """,
    ),
    (
        SourceKind.WRITTEN,
        """
        传真 书面报 呈报 特此报告 速报 续报 首报: 终报: 报告如下 专报 值班信息 信息快报 签发人 报送单位 情况报告 情况的报告
        """,
    ),
    (
        SourceKind.SITE,
        """
        我在现场 我就在现场 我们在现场 我人在现场 现场人员报 现场民警报 现场工作人员报 现场值守 现场报告
        """,
    ),
)
_WAYS: dict[str, SourceKind] = {word: kind for kind, table in _TABLES for word in listed(table)}
_NO_WAYS = listed(
    """
    报警器 报警灯 报警装置 报警仪 报警系统 自动报警 快报警 有记者 记者来 记者在采 记者采访 日报告 日报称 日报警 日报死
    昨晚报 当晚报 群里全是 群里都在 群里疯 群里在传
    """
)
"""Words that hold one of those words and tell of no way."""
_WAY = role((*_WAYS, *_NO_WAYS))

# ------------------------------------------------------------------ words that name a caller

_FIELDS = role(
    listed(
        """
        报告人 报告单位 来电人 报警人 联系人 值班员 来报人 上报人 填报人 报送人 报送单位 来电单位 填报单位 上报单位 发布单位
        呈报单位 反映人 求助人 值班人员
        """
    )
)
_UNIT_FIELDS = frozenset(listed("报告单位 报送单位 来电单位 填报单位 上报单位 发布单位 呈报单位"))
_NEXT_FIELDS = role(
    listed(
        """
        报告人 报告单位 来电人 报警人 联系人 报送人 报送单位 签发人 签发 联系电话 电话 手机 主送 抄送 编号 时间 单位 职务
        报告时间 值班员
        """
    )
)
"""What may stand behind a field without a mark between."""
_FIELD_ENDS = STOPS + COMMAS + ' (:0123456789、)"'
_OPENINGS = role(
    listed(
        """
        我是 我们是 咱是 俺是 俺们是 咱们是 这里是 我这里是 我这是 我这边是 这边是 我们这里是 我们这是 本人是 我叫 俺叫 本人系
        """
    )
)
_TELLS = role(
    (
        *listed(
            """
            电话报告 电话报 电话通报 电话称 电话反映 电话告知 来电话 来电 打来电话 打来 打电话 致电 报告 报称 报来 报送 上报
            速报 反映 通报 消息 报警 报案 报的警 求助 转来 转过来 转办 转警 推送 接报 接警 获悉 称 介绍 电话 报
            """
        ),
        *_NO_WAYS,
    )
)
_BARE = frozenset(("报", "电话", "称", "介绍"))
"""These tell only where they end a clause."""
_MOST_TELLS = 8


_CHANNELS: tuple[tuple[SourceKind, str], ...] = (
    (
        SourceKind.WEB,
        """
        微博 抖音 快手 小红书 知乎 贴吧 论坛 网站 网页 网帖 网民 网友 网传 网络 网上 网信 互联网 朋友圈 公众号 视频号 短视频
        直播 热搜 头条 B站 b站 自媒体 舆情 新媒体 微信 QQ空间
        """,
    ),
    (SourceKind.MEDIA, "报纸 日报 晚报 晨报 电视 电台 广播 记者 媒体 新闻 通讯社 新华社"),
    (SourceKind.CHAT, "群消息 群里 微信群 工作群 业主群 QQ群 钉钉"),
    (SourceKind.PHONE, "电话 来电 热线 12345"),
)


def way_of_channel(channel: str) -> SourceKind | None:
    """By which way something came that was seen in a channel of that name; None where the name does not say.

    The longest word in it tells: 微信群 is a chat, 自媒体 the web.
    """
    found = [(len(word), kind) for kind, table in _CHANNELS for word in listed(table) if word in channel]
    return max(found, default=(0, None), key=lambda one: one[0])[1]


def source(scan: Scan) -> tuple[Source, tuple[int, int] | None]:
    """The caller as far as told, and where the note names him (None where he tells of his own place)."""
    found = phones(scan.text[:_READ])
    mine = next((one for one in found if one.of_caller), None) if found else None
    kind = _way(scan)
    if kind is None and mine is not None:
        kind = SourceKind.PHONE
    phone = None if mine is None else scan.note.quote(mine.start, mine.end)
    told = _caller(scan, None if mine is None else mine.start)
    unit, person, span = told if told is not None else (None, None, None)
    if unit is not None and not is_office(unit):
        span = None
    if kind is None and scan.note.heads:  # 张三 3月5日 1:23: a chat message
        kind = SourceKind.CHAT
    return Source(unit, person, phone, None if kind is None else kind.value), span


def _way(scan: Scan) -> SourceKind | None:
    for start, _, word in scan.longest[_WAY]:
        if start >= _READ:
            break
        if word in _WAYS:
            return _WAYS[word]
    return SourceKind.PHONE if scan.text.startswith(("喂", "你好", "您好")) else None


def _caller(scan: Scan, phone: int | None) -> Caller | None:
    return (
        (scan.hits[_FIELDS] and _fields(scan))
        or (scan.hits[_OPENINGS] and _opened(scan))
        or (scan.hits[_TELLS] and _teller(scan))
        or (phone is not None and _before_phone(scan, phone))
        or speaker(scan, _clause_end(scan, 0))
        or None
    )


_SAYS = ("说", "称", "讲", "表示", "反映", "介绍")


def _fields(scan: Scan) -> Caller | None:
    """报告单位：…，报告人：…: what stands behind the colon, of one field or several."""
    text, note = scan.text, scan.note
    unit: str | None = None
    person: str | None = None
    spans: list[tuple[int, int]] = []
    for _, end, word in scan.longest[_FIELDS][:6]:
        begin = end
        while text[begin : begin + 1] in (":", " ", "为", "是"):
            begin += 1
        if begin == end and (word in ("值班员", "值班人员") or text.startswith(_SAYS, begin)):
            continue
        following = scan.first(_NEXT_FIELDS, begin, len(text))
        while (
            following is not None
            and following[2] == "值班员"
            and text[following[1] : following[1] + 1] not in ":为是"
        ):
            following = scan.first(_NEXT_FIELDS, following[1], len(text))  # 县应急局值班员张丽
        limit = min(len(text), begin + LONGEST, len(text) if following is None else following[0])
        stop = begin
        while stop < limit and text[stop] not in _FIELD_ENDS:
            stop += 1
        if word in _UNIT_FIELDS:
            unit = unit or note.quote(begin, stop) or None
        else:
            at = next(iter(unit_ends(scan, begin, stop)), begin)
            if at > begin:
                unit = unit or note.quote(begin, at)
            person = person or note.quote(behind_of(text, at, stop), stop) or None
        spans.append((begin, stop))
    return (unit, person, spans[0]) if unit is not None or person is not None else None


def _opened(scan: Scan) -> Caller | None:
    """我是落坡岭社区的, 我是司机的妻子, 这里是县应急局值班室."""
    text = scan.text
    for start, begin, _ in scan.longest[_OPENINGS][:2]:
        if start >= 60 or not (start == 0 or text[start - 1] in ENDS + '" 喂好'):
            continue
        stop = _clause_end(scan, begin)
        found = parsed(scan, begin, stop, named=True)
        if found is None and text.endswith("的", begin, stop) and stop - begin > 3:
            found = parsed(scan, begin, stop - 1, named=True)
        if found is not None:
            return found
    return None


def _teller(scan: Scan) -> Caller | None:
    """县交警大队王警官电话报, 据市政府通报, 记者从县交警大队获悉, 阳江海陵岛打来的."""
    text = scan.text
    for start, end, word in scan.longest[_TELLS][:_MOST_TELLS]:
        if start >= _READ:
            break
        if word in _NO_WAYS or (word in _BARE and end < len(text) and text[end] not in ENDS + ')"'):
            continue
        begin = _clause_begin(scan, start)
        if word == "获悉":
            begin = max(begin, text.rfind("从", begin, start) + 1)
        if word == "打来" and 1 < start - begin <= 12:
            return scan.note.quote(begin, start), None, (begin, start)
        if start - begin > 1:
            found = parsed(scan, begin, start, named=False)
            if found is not None:
                return found
    return None


def _before_phone(scan: Scan, phone: int) -> Caller | None:
    """张家湾派出所李勇，电话139…: who is named just before the phone."""
    text = scan.text
    stop = phone
    while (match := _PHONE_WORD.search(text, max(0, stop - 8), stop)) is not None:
        stop = match.start()
    begin = _clause_begin(scan, stop)
    where = max(text.rfind(mark, begin, stop) for mark in " (")
    return parsed(scan, max(begin, where + 1), stop, named=True)


_PHONE_WORD = pattern(
    r"(?:联系电话|值班电话|手机号码|手机号|电话|手机|座机|固话|号码|短号|内线|分机|联系方式|[Tt]el|TEL|是|为|[:：,，、 (+-])$"
)


def _clause_begin(scan: Scan, at: int) -> int:
    """Where the clause that ends at `at` begins; the colon of 18:22 ends none."""
    text = scan.text
    begin = max(scan.clause(at)[0], at - 40)
    mark = text.rfind(":", begin, at)
    while mark > begin and text[mark - 1].isdigit() and text[mark + 1].isdigit():
        mark = text.rfind(":", begin, mark)
    return max(begin, mark + 1)


def _clause_end(scan: Scan, at: int) -> int:
    end = min(scan.clause(at)[1], at + 40)
    mark = scan.text.find(":", at, end)
    return mark if mark >= 0 else end
