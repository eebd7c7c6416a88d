"""Known places: names that several of them bear, names too short to be told from other words, owners that nobody knows."""

import re
from collections.abc import Iterator

from jinji_report.standards.findings import Code, Finding, Subject

SHARED_NAME = Code(
    "J511",
    "警告",
    "两个地点同一个名称",
    what="同一个名称、全称或别名写在两个地点里。",
    why="来电里只有这个名称时，说的是哪一处要追问，标签和属地责任单位都带不出来。",
    bad="""
[[place]]
name = "城关镇小学"
aliases = ["中心小学"]

[[place]]
name = "白石乡小学"
aliases = ["中心小学"]
""",
    good="""
[[place]]
name = "城关镇小学"
aliases = ["城关小学"]

[[place]]
name = "白石乡小学"
aliases = ["白石小学"]
""",
)
SHORT_NAME = Code(
    "J512",
    "错误",
    "地点的名称太短",
    what="地点的名称、全称或别名只有一个字。",
    why="一个字会在不相干的词里出现，认不出地点，所以不算数。",
    bad="""
[[place]]
name = "清水河水库"
aliases = ["库"]
""",
    good="""
[[place]]
name = "清水河水库"
aliases = ["清水水库"]
""",
)
UNKNOWN_OWNER = Code(
    "J513",
    "警告",
    "地点的责任单位对不上",
    what="地点的 owner 不是乡镇、街道、园区一类的名称，也不是这份标准里写过的单位。",
    why="报告里会把它写成属地责任单位，写错一个字就通知不到人。",
    bad="""
[[place]]
name = "清水河水库"
owner = "清水"
""",
    good="""
[[place]]
name = "清水河水库"
owner = "清水镇"
""",
)
CODES = (SHARED_NAME, SHORT_NAME, UNKNOWN_OWNER)

_LOCALITY = re.compile(
    r"(?:街道|镇|乡|苏木|街道办事处|管委会|管理区|开发区|园区|农场|林场|牧场|团场|社区|村|县|市|区|旗)$"
)


def find(subject: Subject) -> Iterator[Finding]:
    bearers: dict[str, str] = {}
    units = {row["unit"] for kind in ("owner", "contact") for row in subject.written(kind).values()}
    units |= {row["name"] for row in subject.written("office").values()}
    for key, row in subject.written("place").items():
        words = dict.fromkeys(word for word in (row["name"], row["full"], *row["aliases"]) if word)
        for word in words:
            if len(word) < 2:
                yield subject.finding(
                    SHORT_NAME,
                    "place",
                    key,
                    f"“{key}”的名称“{word}”只有一个字。",
                    "写两个字以上、别处不会出现的名称。",
                )
            elif row["common"] is None and bearers.setdefault(word, key) != key:
                yield subject.finding(
                    SHARED_NAME,
                    "place",
                    key,
                    f"“{word}”同时是“{bearers[word]}”和“{key}”的名称，来电里只说它时要追问。",
                    "改成各自不同的别名；本来就有几处同名的，接受这条发现并写明原因。",
                )
        owner = row["owner"]
        if owner is not None and owner not in units and _LOCALITY.search(owner) is None:
            yield subject.finding(
                UNKNOWN_OWNER,
                "place",
                key,
                f"“{key}”的责任单位“{owner}”不是乡镇、街道一类，也没有在别处写过。",
                "写乡镇、街道或园区的全名，或者 [[owner]]、[[contact]] 里写过的单位。",
            )
