"""Names of 责任单位: a word that means two of them."""

from collections.abc import Iterator

from jinji_report.standards.findings import Code, Finding, Subject

SHARED_ALIAS = Code(
    "J407",
    "警告",
    "责任单位的别名也是另一个单位的",
    what="同一个别名写在两个责任单位名下，或者别名就是另一个责任单位的名称。",
    why="登记“谁报的”时这个叫法只会记到其中一个单位名下，另一个就被当作没有报。",
    bad="""
[[owner]]
id = "owner.bridge"
unit = "交通运输"
aliases = ["路政"]
side = "行业"
angle = "桥梁和通行"
clause = "某办法第四条"
confidence = "confirmed"

[[owner]]
id = "owner.bridge.works"
unit = "住建"
aliases = ["路政"]
side = "行业"
angle = "工程情况"
clause = "某办法第四条"
confidence = "confirmed"
""",
    good="""
[[owner]]
id = "owner.bridge"
unit = "交通运输"
aliases = ["路政"]
side = "行业"
angle = "桥梁和通行"
clause = "某办法第四条"
confidence = "confirmed"

[[owner]]
id = "owner.bridge.works"
unit = "住建"
side = "行业"
angle = "工程情况"
clause = "某办法第四条"
confidence = "confirmed"
""",
)
CODES = (SHARED_ALIAS,)


def find(subject: Subject) -> Iterator[Finding]:
    rows = subject.written("owner")
    bearers: dict[str, str] = {row["unit"]: row["unit"] for row in rows.values()}
    for key, row in rows.items():
        for word in dict.fromkeys(row["aliases"]):
            unit: str = row["unit"]
            other = bearers.setdefault(word, unit)
            # A unit that a pack calls by its own name (某区公安局) keeps the aliases of the base's (公安).
            if other not in unit and unit not in other:
                yield subject.finding(
                    SHARED_ALIAS,
                    "owner",
                    key,
                    f"“{word}”是“{unit}”的别名，也是“{other}”的名称或别名。",
                    "只留在一个单位名下。",
                )
