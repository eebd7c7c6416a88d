"""An office's own standards: what it answers about itself, as the text of an overlay.

The overlay extends a pack and holds only what is the office's own: who it is, whom it calls, who owns
what here, which places are sensitive, who is called first. Every answer is checked as it is given.
Nothing is written here; see `desk/fresh.py`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from jinji_report.errors import UnusableInput, Usage
from jinji_report.judgement.units import forms
from jinji_report.standards.join import Joined
from jinji_report.vocabulary import TIERS, Line, Tier

# name of an answer → what the desk calls it. The second are asked for the settings, not the overlay.
OVERLAY: dict[str, str] = {
    "unit": "单位",
    "tier": "层级",
    "line": "报送线",
    "locality": "所辖地方",
    "phone": "值班电话",
    "office": "报送对象",
    "owner": "责任单位",
    "place": "敏感场所",
    "signature": "须签发",
    "call": "叫应",
}
SETTINGS: dict[str, str] = {"signer": "签发人", "contact": "联系人", "by": "记录人"}

LONGEST = 80  # characters of a name; a report's heading has no room for more
MOST_CALLED = 99
SAMPLE_AT_LEAST = 2  # a bound that can still go down by one

_TIER_WORDS: dict[str, Tier] = {
    **{word: Tier.TOWNSHIP for word in ("乡镇", "乡", "镇", "街道", "苏木", "1")},
    **{word: Tier.COUNTY for word in ("县", "区", "旗", "县级", "区县", "县区", "2")},
    **{word: Tier.CITY for word in ("市", "州", "盟", "自治州", "地市", "市级", "3")},
    **{word: Tier.PROVINCE for word in ("省", "自治区", "直辖市", "省级", "4")},
}
_LINE_WORDS: dict[str, Line] = {
    **{word: Line.PARTY for word in ("党委", "党", "党委线", "1")},
    **{word: Line.GOVERNMENT for word in ("政府", "政", "政府线", "2")},
    **{word: Line.INDUSTRY for word in ("行业", "部门", "行业线", "3")},
}
_YES = ("是", "y", "yes", "true", "要", "须", "需要", "1")
_NO = ("否", "n", "no", "false", "不", "不要", "不用", "不须", "0")
_PLACE = re.compile(
    r"(?:[^省市盟区县旗乡镇]{1,10}?(?:特别行政区|自治区|自治州|自治县|街道|苏木|州(?=委|党|政府|人民)|[省市盟区县旗乡镇]))"
    r"(?:[^省市盟区县旗乡镇]{2,10}?(?:自治州|自治县|街道|苏木|州(?=委|党|政府|人民)|[市盟区县旗乡镇]))*"
)
_PHONE = r"[+（(]?[\d*#][\d\s()（）+\-—－转分机*#、/]{1,38}[\d）)]"
_NAME_AND_PHONE = re.compile(
    rf"(?P<name>.*?)[\s，,：:；;]*(?:(?:值班)?电话|手机)?[\s：:]*(?P<phone>{_PHONE})?"
)
_HOURS = ("任何时间", "工作时间", "非工作时间")
_LAST = {"clause": 1, "confidence": 2, "effective_from": 3, "effective_to": 4}  # at the end of a row
_UNSURE = {"recalled": "J701", "brief": "J702"}  # how sure a number is → what the check says of it
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９＋", "0123456789+")

_WITH_COMMITTEE = ("县", "区", "市", "旗", "州", "省")  # a place whose party committee has a 宣传部


class BaseOffice:
    """An office as the base names it; `phone` is empty where the base's own is only an example."""

    __slots__ = ("line", "name", "phone", "tier", "written_phone")

    def __init__(self, tier: Tier, line: Line, name: str, phone: str, written_phone: str) -> None:
        self.tier = tier
        self.line = line
        self.name = name
        self.phone = phone
        self.written_phone = written_phone


class Base:
    """What the pack that is extended has to offer: `name` is what `extends` will say.

    `tags` are those of scenes, with their words; a place may bring any tag that is known.
    """

    __slots__ = ("inherit", "joined", "known_tags", "name", "offices", "reports", "tags", "title", "units")

    def __init__(self, name: str, joined: Joined, examples: str) -> None:
        """`examples` is the folder whose packs hold phones that nobody may call."""
        self.name = name
        self.joined = joined
        self.title = joined.pack.title
        rows = joined.rows
        self.inherit = [kind for kind in ("report", "limit") if rows[kind]]
        self.offices: dict[tuple[Tier, Line], BaseOffice] = {}
        for key, data in rows["office"].items():
            example = joined.origin("office", key).file.startswith(examples)
            tier, line = Tier(data["tier"]), Line(data["line"])
            phone = data["phone"]
            self.offices[tier, line] = BaseOffice(tier, line, data["name"], "" if example else phone, phone)
        self.units: list[str] = list(dict.fromkeys(data["unit"] for data in rows["owner"].values()))
        self.known_tags = set(rows["tag"])
        self.tags = {
            name: list(data["words"]) for name, data in rows["tag"].items() if data["role"] == "scene"
        }
        self.reports = list(rows["report"].values())

    @property
    def named(self) -> set[tuple[Tier, Line]]:
        """The offices that reporting rows name."""
        return {(Tier(to["tier"]), Line(to["line"])) for row in self.reports for to in row["to"]}


class Office:
    """An office as this desk knows it."""

    __slots__ = ("line", "name", "phone", "tier")

    def __init__(self, tier: Tier, line: Line, name: str, phone: str) -> None:
        self.tier = tier
        self.line = line
        self.name = name
        self.phone = phone


class Called:
    """Somebody of the call tree, in the order in which they are called."""

    __slots__ = ("hours", "person", "phone", "role")

    def __init__(self, role: str, person: str, phone: str, hours: str) -> None:
        self.role = role
        self.person = person
        self.phone = phone
        self.hours = hours


class Answers:
    """What an office said of itself so far; what it did not say is guessed from its name and the base.

    `given` are the answers that were given; `more` those that are taken besides those of the overlay.
    """

    def __init__(self, base: Base, more: Mapping[str, str] | None = None) -> None:
        self.base = base
        self.labels: dict[str, str] = {**OVERLAY, **(more or {})}
        self.given: set[str] = set()
        self.unit = ""
        self.phone = ""
        self.signature: bool | None = None
        self.owners: dict[str, str] = {}
        self.places: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self.calls: list[Called] = []
        self.settings: dict[str, str] = {}
        self._tier: Tier | None = None
        self._line: Line | None = None
        self._locality = ""
        self._offices: dict[tuple[Tier, Line], tuple[str, str]] = {}

    # —— what holds now ——

    @property
    def tier(self) -> Tier:
        return self._tier or tier_in(self.unit) or _desk(self.base, "tier", Tier.COUNTY)

    @property
    def line(self) -> Line:
        return self._line or line_in(self.unit) or _desk(self.base, "line", Line.PARTY)

    @property
    def locality(self) -> str:
        return self._locality or place_in(self.unit)

    def office(self, tier: Tier, line: Line) -> Office:
        """An office with what was said of it, else as the base has it; the desk's own is the desk."""
        told = self._offices.get((tier, line), ("", ""))
        if (tier, line) == (self.tier, self.line):
            return Office(tier, line, self.unit, self.phone or told[1])
        known = self.base.offices.get((tier, line))
        name = told[0] or (known.name if known is not None else f"{tier}{line}")
        if not told[0] and tier == self.tier and self.locality and name.startswith(tier):
            name = f"{self.locality}{name[len(tier) :]}"  # 县政府办公室 of 城北区 is 城北区政府办公室
        return Office(tier, line, name, told[1] or (known.phone if known is not None else ""))

    def offices(self) -> list[Office]:
        """Those that the overlay must name: what was said, and what stands otherwise in the base."""
        own = (self.tier, self.line)
        found = []
        for tier in TIERS:
            for line in Line:
                known = self.base.offices.get((tier, line))
                if known is None and (tier, line) not in self._offices and (tier, line) != own:
                    continue
                office = self.office(tier, line)
                if known is None or (office.name, office.phone) != (known.name, known.written_phone):
                    found.append(office)
        return found

    def to_ask(self) -> list[tuple[Tier, Line]]:
        """The offices whose name and phone the desk needs first: beside it, and on the next two tiers."""
        place = TIERS.index(self.tier)
        named = self.base.named
        wanted = {(self.tier, line) for line in (Line.PARTY, Line.GOVERNMENT)} - {(self.tier, self.line)}
        if self.line == Line.INDUSTRY and place + 1 < len(TIERS):
            wanted.add((TIERS[place + 1], Line.INDUSTRY))
        if place + 1 < len(TIERS) and not any(tier == TIERS[place + 1] for tier, _ in named):
            wanted |= {(TIERS[place + 1], line) for line in (Line.PARTY, Line.GOVERNMENT)}
        # 中央 is called by nobody below a province.
        last = place + (2 if self.tier == Tier.PROVINCE else 3)
        for tier in TIERS[place + 1 : last]:
            if tier != Tier.CENTRE or self.tier == Tier.PROVINCE:
                wanted |= {(t, line) for t, line in named if t == tier}
        return [
            (tier, line)
            for tier in TIERS
            for line in Line
            if (tier, line) in wanted and (tier, line) not in self._offices
        ]

    # —— taking an answer ——

    def set(self, pair: str) -> None:
        """Take `项目=值`. Raises Usage for a name that is not known, UnusableInput for a value."""
        name, equals, value = pair.replace("＝", "=", 1).partition("=")
        if not equals:
            raise Usage(f"看不懂：{pair[:LONGEST]}。", remedy="写成 项目=值，如 单位=某区委办公室。")
        self.take(self.key(name.strip()), value)

    def key(self, name: str) -> str:
        """The answer that `name` means, by either of its names. Raises Usage."""
        for key, label in self.labels.items():
            if name in (key, label):
                return key
        raise Usage(
            f"没有“{name[:LONGEST]}”这一项。",
            remedy=f"可用：{'、'.join(f'{label}（{key}）' for key, label in self.labels.items())}。",
        )

    def take(self, key: str, value: str) -> None:
        """Take one answer. Raises UnusableInput; what was said before then stays."""
        text = tidy(value)
        if key in SETTINGS:
            self.settings[key] = named(text, self.labels[key]) if text else ""
        else:
            getattr(self, f"_take_{key}")(text)
        self.given.add(key)

    def _take_unit(self, text: str) -> None:
        self.unit = named(text, "单位名称")

    def _take_tier(self, text: str) -> None:
        if text not in _TIER_WORDS:
            raise UnusableInput(
                f"层级看不懂：{_short(text)}。", remedy="写乡镇、县（区、旗）、市（州、盟）或省。"
            )
        self._tier = _TIER_WORDS[text]

    def _take_line(self, text: str) -> None:
        if text not in _LINE_WORDS:
            raise UnusableInput(f"报送线看不懂：{_short(text)}。", remedy="写党委、政府或行业。")
        self._line = _LINE_WORDS[text]

    def _take_locality(self, text: str) -> None:
        self._locality = named(text, "所辖地方")

    def _take_phone(self, text: str) -> None:
        self.phone = phone(text)

    def _take_office(self, text: str) -> None:
        match = re.fullmatch(
            rf"(乡镇|县|区|市|省|中央)级?[\s·]*({'|'.join(Line)})(?:线)?[\s·：:，,]*(.*)", text
        )
        if match is None:
            raise UnusableInput(
                f"报送对象看不懂：{_short(text)}。",
                remedy="写成 层级 报送线 名称 电话，如 市 党委 某市委办公室 0931-1234567。",
            )
        tier = Tier.COUNTY if match[1] == "区" else Tier(match[1])
        self.take_office(tier, Line(match[2]), match[3])

    def take_office(self, tier: Tier, line: Line, text: str) -> None:
        """Name and phone of an office, either of which may be left out."""
        name, number = name_and_phone(tidy(text))
        self._offices[tier, line] = (named(name, "名称") if name else "", number)

    def _take_owner(self, text: str) -> None:
        taken: dict[str, str] = {}
        for pair in re.split(r"[，,；;、]|\s(?=[^\s=＝]+[=＝])", text):
            match = re.fullmatch(r"\s*(.+?)\s*(?:[=＝：:→]|改为|\s)\s*(.+?)\s*", pair)
            if match is None:
                raise UnusableInput(f"责任单位看不懂：{_short(pair)}。", remedy="写成 公安=某区公安局。")
            taken[self._unit_like(match[1])] = named(match[2], "责任单位名称")
        self.owners |= taken

    def _unit_like(self, text: str) -> str:
        if text in self.base.units:
            return text
        near = [unit for unit in self.base.units if text and text in unit]
        if len(near) == 1:
            return near[0]
        raise UnusableInput(
            f"没有“{_short(text)}”这个责任单位。", remedy=f"可用：{'、'.join(near or self.base.units)}。"
        )

    def _take_place(self, text: str) -> None:
        names, _, tags = re.sub(r"[：:]", "：", text).partition("：")
        self.take_place(names, tags)

    def take_place(self, names: str, tags: str) -> None:
        """A sensitive place: its name and what else it is called, and the tags that it brings."""
        called = [named(name, "场所名称") for name in _listed(tidy(names))]
        if not called:
            raise UnusableInput("敏感场所没有写名称。", remedy="写成 某区第一中学、一中：校园。")
        short = [name for name in called if len(name) < 2]
        if short:
            raise UnusableInput(
                f"场所名称“{short[0]}”太短，会把不相干的来电也认成它。", remedy="写两个字以上的名称。"
            )
        wanted = tuple(dict.fromkeys(_listed(tidy(tags)))) or self.tags_in(called)
        unknown = [tag for tag in wanted if tag not in self.base.known_tags]
        if unknown or not wanted:
            problem = f"没有“{_short(unknown[0])}”这一类敏感场所。" if unknown else "没有写是哪一类敏感场所。"
            raise UnusableInput(problem, remedy=f"可用：{'、'.join(self.base.tags)}。")
        self.places[called[0]] = (tuple(dict.fromkeys(called[1:])), wanted)

    def tags_in(self, names: Sequence[str]) -> tuple[str, ...]:
        """The tags that names give away (某区第一中学 → 校园)."""
        return tuple(
            tag
            for tag, words in self.base.tags.items()
            if any(word in name for word in words for name in names)
        )

    def _take_signature(self, text: str) -> None:
        if text.lower() not in (*_YES, *_NO):
            raise UnusableInput(f"须签发看不懂：{_short(text)}。", remedy="写是或否。")
        self.signature = text.lower() in _YES

    def _take_call(self, text: str) -> None:
        hours = next((word for word in sorted(_HOURS, key=len, reverse=True) if word in text), _HOURS[0])
        name, number = name_and_phone(text.replace(hours, " ").strip())
        words = name.split()
        if not words or not number:
            raise UnusableInput(
                f"叫应看不懂：{_short(text)}。", remedy="写成 职务 姓名 电话，如 分管领导 张三 13800000000。"
            )
        if len(self.calls) >= MOST_CALLED:
            raise UnusableInput(f"叫应最多 {MOST_CALLED} 人。", remedy="只写真正要打的。")
        role, person = words[0], " ".join(words[1:])
        self.calls.append(Called(named(role, "职务"), named(person, "姓名") if person else "", number, hours))


# —— reading an answer ——


def tidy(text: str) -> str:
    """An answer as it is kept: no invisible marks, single spaces. Raises UnusableInput for what steers a terminal."""
    text = "".join(c for c in text.translate(_WIDE_DIGITS) if unicodedata.category(c) != "Cf")
    if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") and c != "\t" for c in text):
        raise UnusableInput(
            "里面有换行、控制字符或读不出的字。", remedy="只写一行普通文字（UTF-8），重写一遍。"
        )
    return " ".join(text.split())


def named(text: str, what: str) -> str:
    """A name that can stand in a heading. Raises UnusableInput."""
    if not text:
        raise UnusableInput(f"{what}是空的。", remedy="写上再试。")
    if len(text) > LONGEST:
        raise UnusableInput(f"{what}太长（{len(text)} 字）。", remedy=f"最多 {LONGEST} 字。")
    return text


def phone(text: str) -> str:
    """A phone number, or none. Raises UnusableInput."""
    text = text.strip()
    if text in ("", "-", "无", "没有", "不详"):
        return ""
    if not re.fullmatch(_PHONE, text) or sum(c.isdigit() for c in text) < 3:
        raise UnusableInput(
            f"电话看不懂：{_short(text)}。", remedy="只写数字和 - + ( ) 转，如 0931-1234567 转 801。"
        )
    return text


def name_and_phone(text: str) -> tuple[str, str]:
    """`某市委办公室 0931-1234567` → both; either may be absent. Raises UnusableInput for half a number."""
    match = _NAME_AND_PHONE.fullmatch(text)
    name, number = (match["name"], match["phone"] or "") if match else (text, "")
    name, number = name.strip(" ，,：:；;"), number.strip()
    if name in ("-", "无", "没有", "不详") and not number:
        return "", ""
    if number and sum(c.isdigit() for c in number) < 3:
        name, number = text, ""  # 第2办公室 1 is a name
    if re.search(r"\d{5}|^[\d+]", name):
        raise UnusableInput(
            f"电话看不懂：{_short(text)}。", remedy="写成 名称 电话，如 某市委办公室 0931-1234567。"
        )
    return name, number


def place_in(unit: str) -> str:
    """The place that a unit's name opens with (城北区委办公室 → 城北区), or nothing."""
    match = _PLACE.match(unit)
    return match[0] if match else ""


def tier_in(unit: str) -> Tier | None:
    """The tier of that place."""
    place = place_in(unit)
    for ending in sorted(_TIER_WORDS, key=len, reverse=True):
        if place.endswith(ending):
            return _TIER_WORDS[ending]
    return None


def line_in(unit: str) -> Line | None:
    """The line that a unit's name tells."""
    rest = unit.removeprefix(place_in(unit))
    if rest.startswith(("委办", "委值班", "委总值班", "委信息", "党", "工委")) or rest == "委":
        return Line.PARTY
    if "政府" in rest[:4]:
        return Line.GOVERNMENT
    return Line.INDUSTRY if rest.endswith(("局", "厅", "台", "公司", "集团", "委员会", "中心")) else None


def _listed(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[、，,；;/]", text) if part.strip()]


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}……"


def _desk(base: Base, name: str, fallback: Any) -> Any:
    desk = base.joined.desk
    return fallback if desk is None else type(fallback)(desk[name])


# —— the text ——


def overlay(answers: Answers, pack_id: str, file: str, on: date) -> str:
    """The overlay as TOML, with comments that say what each part is; `file` is what it will be called."""
    return "\n".join(_parts(answers, pack_id, file, on))


def _parts(answers: Answers, pack_id: str, file: str, on: date) -> Iterator[str]:
    base = answers.base
    clause = f"本单位职责分工（{answers.unit}，{on.isoformat()} 设定）"
    own = {"clause": clause, "confidence": "confirmed"}
    yield f"""\
#:schema ./jinji-pack.schema.json
# {answers.unit}自己的报送标准，{on.isoformat()} 由 jinji 写成；从此归你们改，用任何编辑器，存为 UTF-8。
# 类别、定级、敏感因素和没有写在这里的一切，都沿用 {base.name}（{base.title}）。
# 同一个 id 写在这里，就替换沿用来的那一条；改完先查再用：
#   jinji rules check {file}      有没有写错、漏写、矛盾
#   jinji rules test {file}       文末的用例是否还通过
#   jinji rules diff {base.name} {file} --replay   与原来差在哪里，旧案卷会不会改判
# 要编辑器提示键名，在本文件旁边运行：jinji rules schema --output jinji-pack.schema.json
"""
    head: dict[str, Any] = {"id": pack_id, "title": f"{answers.unit}突发事件信息报送标准"}
    head["extends"] = [base.name]
    if base.inherit:
        head["inherit"] = base.inherit
    yield _table(None, head)
    yield "# ────── 本单位 ──────────────────────────────────────────────────────────────\n"
    yield _table(
        "[desk]",
        {
            "unit": answers.unit,
            "tier": answers.tier.value,
            "line": answers.line.value,
            "locality": answers.locality,
        },
    )
    if answers.signature is not None:
        yield "# 首报前是否须领导签发；授权直报写 false。\n" + _table(
            "[wording]", {"signature": answers.signature}
        )
    yield "# ────── 报送对象和电话 ──────────────────────────────────────────────────────\n" + (
        "# 一个层级、一条线一条；没有电话的补上 phone。\n"
    )
    for office in answers.offices():
        row = {"tier": office.tier.value, "line": office.line.value, "name": office.name}
        yield _table("[[office]]", row | ({"phone": office.phone} if office.phone else {}))
    yield from _owner_parts(answers, own)
    yield from _place_parts(answers)
    yield from _call_parts(answers)
    yield from _outlet_parts(answers, own)
    yield from _report_parts(answers, pack_id, on)


def _owner_parts(answers: Answers, own: Mapping[str, str]) -> Iterator[str]:
    yield "# ────── 责任单位 ────────────────────────────────────────────────────────────\n" + (
        "# 行业和属地都要报。这里只有改了名称的；其余沿用，用 jinji rules show 看。\n"
        if answers.owners
        else "# 全部沿用，用 jinji rules show 看。要用本地名称：照原来的 id 把整条写在这里，改 unit。\n"
    )
    for data in answers.base.joined.rows["owner"].values():
        if data["unit"] in answers.owners:
            row = {name: value for name, value in data.items() if value not in (None, [], ())}
            unit = answers.owners[data["unit"]]
            if forms(unit).isdisjoint(forms(data["unit"])):  # what it was called before, it is called still
                row["aliases"] = [data["unit"], *data["aliases"]]
            yield _table("[[owner]]", {**row, "unit": unit, **own})


def _place_parts(answers: Answers) -> Iterator[str]:
    yield (
        "# ────── 敏感场所 ────────────────────────────────────────────────────────────\n"
        + (
            "# 来电里出现这些名称，就按 tags 认作敏感场所。可用的 tags："
            f"\n# {'、'.join(answers.base.tags)}。\n"
        )
        + (
            ""
            if answers.places
            else '# 例（去掉行首的 #）：\n# [[place]]\n# name = "某区第一中学"\n# aliases = ["一中"]\n# tags = ["校园"]\n'
        )
    )
    for name, (aliases, tags) in answers.places.items():
        row: dict[str, Any] = {"name": name}
        if aliases:
            row["aliases"] = list(aliases)
        yield _table("[[place]]", row | {"tags": list(tags)})


def _call_parts(answers: Answers) -> Iterator[str]:
    if not answers.calls:
        return
    yield "# ────── 内部叫应 ────────────────────────────────────────────────────────────\n" + (
        "# 按 call 的次序打；打不通就打下一个。hours：任何时间、工作时间、非工作时间。\n"
    )
    for place, called in enumerate(answers.calls, 1):
        row: dict[str, Any] = {"id": f"call.{place}", "unit": answers.unit, "role": called.role}
        if called.person:
            row["person"] = called.person
        row["phone"] = called.phone
        if called.hours != _HOURS[0]:
            row["hours"] = called.hours
        yield _table("[[contact]]", row | {"call": place})


def _outlet_parts(answers: Answers, own: Mapping[str, str]) -> Iterator[str]:
    """The one outlet of the base, by the name that it has here (城北区委宣传部), as far as that can be told."""
    if answers.locality[-1:] not in _WITH_COMMITTEE:
        return
    for data in answers.base.joined.rows["release"].values():
        if data["unit"].endswith("委宣传部"):
            yield "# ────── 对外发布 ────────────────────────────────────────────────────────────\n" + (
                "# 只经这一个单位；名称是照所辖地方写的，不对就改。\n"
            )
            row = {name: value for name, value in data.items() if value is not None}
            unit = f"{answers.locality}委宣传部"
            text = data["text"].replace(data["unit"], unit)
            yield _table("[[release]]", {**row, "unit": unit, "text": text, **own})


def _report_parts(answers: Answers, pack_id: str, on: date) -> Iterator[str]:
    """The reporting rows that the base lacks for this tier, and how to change one that it has."""
    base = answers.base
    yield "# ────── 报送条款 ────────────────────────────────────────────────────────────\n" + (
        f"# 沿用 {base.name} 的。at_least 含本数（以上），more_than 不含。\n"
    )
    copied = list(_copied(answers, pack_id, on))
    unsure = sorted({row["confidence"] for row in copied} & _UNSURE.keys())
    for row in copied:
        yield _table("[[report]]", row)
    if unsure:
        yield "# 数额是沿用的，检查时先不提示；与本地文件核对以后，改各条的 clause 和 confidence，删去这里。\n"
    for confidence in unsure:
        allow = {"code": _UNSURE[confidence], "rows": [f"{pack_id}.*"]}
        yield _table("[[allow]]", {**allow, "reason": f"数额沿用 {base.name}，还没有与本地文件核对"})
    sample = _sample(base, on)
    if sample is None:
        return
    bound, measure = sample["when"]["at_least"], base.joined.rows["measure"][sample["when"]["measure"]]
    lower = {
        **sample,
        "text": sample["text"].replace(str(bound), str(bound - 1)),
        "when": {**sample["when"], "at_least": bound - 1},
        "clause": "（写上本地的文件和条款）",
        "confidence": "confirmed",
    }
    commented = "".join(f"# {line}\n" for line in _table("[[report]]", lower).splitlines())
    yield (
        f"# 改门槛：例如“{sample['text']}”，{bound}{measure['unit']}改成{bound - 1}{measure['unit']}，"
        f"去掉下面各行行首的 # 就行：\n{commented}"
    )
    yield "# 时限（[[limit]]、[[hop]]）、定级（[[grade]]）、敏感因素（[[factor]]）也一样：照原来的 id 整条重写。\n"
    leaf = _leaf(base, sample["category"])
    if leaf is None:
        return
    yield "# ────── 用例 ────────────────────────────────────────────────────────────────\n" + (
        "# jinji rules test 按这些试：门槛改了，期望也跟着改。照样子再加。\n"
    )
    yield _table(
        "[[case]]",
        {
            "name": f"{leaf}，{measure['label']}恰为{bound}{measure['unit']}",
            "facts": {"category": leaf, measure["id"]: bound},
            "expect": {"decision": "应报", "because": sample["id"]},
        },
    )


def _copied(answers: Answers, pack_id: str, on: date) -> Iterator[dict[str, Any]]:
    """Rows for the next tier up where the base begins further up: what that tier must report, it must hear of first."""
    place = TIERS.index(answers.tier) + 1
    named_tiers = [TIERS.index(tier) for tier, _ in answers.base.named]
    above = [tier for tier in named_tiers if tier >= place]
    if not above or place in named_tiers:
        return
    first, next_tier = TIERS[min(above)], TIERS[place]
    for data in answers.base.reports:
        lines = [to["line"] for to in data["to"] if to["tier"] == first]
        if lines and _in_force(data, on):
            row = {name: value for name, value in data.items() if value is not None}
            to = [{"tier": next_tier.value, "line": line} for line in lines]
            clause = f"{data['clause']}（{answers.unit} {on.isoformat()} 设定：要报{first}的先报{next_tier}）"
            yield {**row, "id": f"{pack_id}.{data['id']}", "to": to, "clause": clause[:400]}


def _sample(base: Base, on: date) -> dict[str, Any] | None:
    """A reporting row whose number can be shown as an example: one count of persons, deaths before others."""
    found = [
        {name: value for name, value in data.items() if value is not None}
        for data in base.reports
        if _in_force(data, on)
        and isinstance((data["when"] or {}).get("measure"), str)
        and isinstance(data["when"].get("at_least"), int)
        and data["when"]["at_least"] >= SAMPLE_AT_LEAST
        and data["category"] is not None
    ]
    found.sort(key=lambda row: (row["when"]["measure"] != "deaths", row["when"]["at_least"]))
    return found[0] if found else None


def _in_force(data: Mapping[str, Any], on: date) -> bool:
    day = on.isoformat()
    return (data["effective_from"] or day) <= day <= (data["effective_to"] or day)


def _leaf(base: Base, names: str | list[str]) -> str | None:
    """A category that the names hold, the first of them."""
    categories = base.joined.rows["category"]
    for name in [names] if isinstance(names, str) else names:
        if name in categories:
            return name
        for leaf, data in categories.items():
            if data["kind"] == name or leaf in base.joined.groups.get(name, ()):
                return leaf
    return None


def _table(header: str | None, row: Mapping[str, Any]) -> str:
    """A table with its header; conditions and short lists stay on one line."""
    import tomli_w

    lines = [] if header is None else [header]
    for name, value in sorted(row.items(), key=lambda item: _LAST.get(item[0], 0)):
        text = f"{name} = {_inline(_dated(name, value))}"
        if isinstance(value, list) and len(text) > LONGEST:
            text = tomli_w.dumps({name: value}).rstrip("\n")
        lines.append(text)
    return "\n".join(lines) + "\n"


def _dated(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.startswith("effective_") else value


def _inline(value: Any) -> str:
    import tomli_w

    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_inline(part)}" for name, part in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(_inline(part) for part in value)}]"
    text: str = tomli_w.dumps({"v": value})
    return text.removeprefix("v = ").rstrip("\n")
