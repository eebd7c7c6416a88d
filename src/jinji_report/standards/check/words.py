"""Trigger words: categories and tags without any, words that two categories fight over, words that never count."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinji_report.standards.check.names import LITERALS, origin_of_word
from jinji_report.standards.check.where import LABELS, pointed
from jinji_report.standards.conditions import listed
from jinji_report.standards.findings import Code, Finding, Subject

NO_WORDS = Code(
    "J501",
    "错误",
    "类别没有触发词",
    what="类别没有 strong 也没有 words，来电里写什么都认不出它（“其他”这一类除外）。",
    why="weak 只作佐证，单凭它定不了类别；这一类事件会被认成别的，或者认不出来。",
    bad="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
weak = ["大桥"]
""",
    good="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了", "桥塌"]
weak = ["大桥"]
""",
)
FOUGHT_OVER = Code(
    "J502",
    "警告",
    "两个类别争同一个触发词",
    what="同一个词在两个类别里一样强（都在 strong，或者都在 words）。",
    why="来电里只有这个词时，归到哪一类全看写在前面还是后面，两次可能不一样；定级、报送跟着变。",
    bad="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了", "起火"]
""",
    good="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了"]
weak = ["起火"]
""",
)
WORDLESS_TAG = Code(
    "J503",
    "警告",
    "条件要用的标签没有词",
    what="有条款的条件要看这个标签，标签却一个词也没有，也没有地点带出它。",
    why="来电里怎么写都带不出这个标签，靠它的条款除非手工 --set，永远不会成立。",
    bad="""
[[tag]]
name = "养老机构"

[[factor]]
id = "factor.care"
name = "养老机构"
effect = "lifts"
when = { tag = "养老机构" }
clause = "某办法第五条"
confidence = "confirmed"
""",
    good="""
[[tag]]
name = "养老机构"
words = ["养老院", "敬老院"]

[[factor]]
id = "factor.care"
name = "养老机构"
effect = "lifts"
when = { tag = "养老机构" }
clause = "某办法第五条"
confidence = "confirmed"
""",
)
HIDDEN_WORD = Code(
    "J504",
    "错误",
    "触发词被自己的排除词挡住",
    what="同一个词既写成触发词（或它用 + 连起来的一部分），又写成排除词 excludes。",
    why="排除词里出现的词不算数，这个触发词永远不起作用。",
    bad="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了", "桥+垮"]
excludes = ["桥"]
""",
    good="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了", "桥+垮"]
excludes = ["天桥"]
""",
)
LED_IN_A_CIRCLE = Code(
    "J505",
    "错误",
    "类别的先后绕成了圈",
    what="类别的 leads 写了自己，或者几类不带条件词地互相排在前面。",
    why="来电里这几类的话都有时，排不出先后，归到哪一类说不准。",
    bad="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了"]
leads = [{ over = "桥梁受损" }]

[[category]]
name = "桥梁受损"
kind = "事故灾难"
strong = ["桥裂了"]
leads = [{ over = "桥梁垮塌" }]
""",
    good="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了"]
leads = [{ over = "桥梁受损" }]

[[category]]
name = "桥梁受损"
kind = "事故灾难"
strong = ["桥裂了"]
""",
)
EMPTY_LANGUAGE = Code(
    "J506",
    "警告",
    "用语没有词、理由或改法",
    what="[[language]] 一条没有 words，或者没有写 why、suggest（上级文件同名的那条有的不算缺）。",
    why="没有词的什么也查不出；查出来却不说为什么、怎么改，半夜值班的人只能猜。",
    bad="""
[[language]]
name = "本地套话"
words = ["圆满处置"]
""",
    good="""
[[language]]
name = "本地套话"
words = ["圆满处置"]
why = "没有说做了什么"
suggest = "写谁、几点、做了什么"
""",
)
BROUGHT_ANYWAY = Code(
    "J507",
    "警告",
    "带出的类别本来就不另算",
    what="brings 里点名写了一个 aftermath 的类别（不是写大类或组时带进来的）。",
    why="aftermath 的类别跟着什么事来都算那一件事，再写一遍不起作用；以后去掉 aftermath 时，容易以为各处都写全了。",
    bad="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了"]
brings = ["断交"]

[[category]]
name = "断交"
kind = "事故灾难"
strong = ["断交"]
aftermath = true
""",
    good="""
[[category]]
name = "桥梁垮塌"
kind = "事故灾难"
strong = ["桥垮了"]

[[category]]
name = "断交"
kind = "事故灾难"
strong = ["断交"]
aftermath = true
""",
)
CODES = (NO_WORDS, FOUGHT_OVER, WORDLESS_TAG, HIDDEN_WORD, LED_IN_A_CIRCLE, EMPTY_LANGUAGE, BROUGHT_ANYWAY)

_STRENGTHS = ("strong", "words", "weak")
_WITH_CONDITIONS = ("factor", "grade", "report", "consultation", "owner", "limit", "skip")


def find(subject: Subject) -> Iterator[Finding]:
    for name, row in subject.written("language").items():
        lacking = [key for key in ("words", "why", "suggest") if not row[key]]
        if lacking:
            yield subject.finding(
                EMPTY_LANGUAGE,
                "language",
                name,
                f"用语“{name}”没有写 {'、'.join(lacking)}。",
                "words 写报告里不该有的词，why 写为什么，suggest 写应该怎么写。",
            )
    categories, tags = subject.written("category"), subject.written("tag")
    for name, row in categories.items():
        if row["kind"] != "其他" and not row["strong"] and not row["words"]:
            yield subject.finding(
                NO_WORDS,
                "category",
                name,
                f"“{name}”只有佐证词，没有触发词。" if row["weak"] else f"“{name}”没有触发词。",
                "在 strong 里写几乎单独就能认定的说法，在 words 里写常见的说法。",
            )
        yield from _hidden(subject, "category", name, row, _STRENGTHS)
        for other in row["brings"]:
            if other in categories and categories[other]["aftermath"]:
                yield subject.finding(
                    BROUGHT_ANYWAY,
                    "category",
                    name,
                    f"“{name}”的 brings 写了“{other}”，它跟着什么事来都不另算。",
                    f"从 brings 里去掉“{other}”。",
                    at=("brings",),
                )
    yield from _fights(subject)
    yield from _circles(subject)
    yield from _tags(subject)
    for name, row in tags.items():
        yield from _hidden(subject, "tag", name, row, ("words",))


def _fights(subject: Subject) -> Iterator[Finding]:
    """One finding for two categories and a strength, however many words they share; at the later category."""
    for strength, said in (("strong", "强词"), ("words", "常用词")):
        owners: dict[str, list[str]] = {}
        for name, row in subject.written("category").items():
            for word in row[strength]:
                owners.setdefault(_plain_word(word), []).append(name)
        shared: dict[tuple[str, str], list[str]] = {}
        for word, names in owners.items():
            distinct = list(dict.fromkeys(names))
            for other in distinct[1:]:
                shared.setdefault((distinct[0], other), []).append(word)
        for (first, other), words in shared.items():
            written = next(
                w for w in subject.written("category")[other][strength] if _plain_word(w) == words[0]
            )
            yield pointed(
                subject,
                FOUGHT_OVER,
                origin_of_word(subject, "category", other, strength, written),
                other,
                written,
                f"{_quoted(words)}同时是“{first}”和“{other}”的{said}（{strength}），来电里只有它时分不出是哪一类。",
                "留在更常见的那一类，另一类改成更具体的说法（如用 + 连上第二个词）或降到 weak。",
            )


def _circles(subject: Subject) -> Iterator[Finding]:
    """Categories that come before themselves: at once, or by way of others that always give way. One for a circle."""
    told: set[str] = set()
    rows = subject.written("category")
    always = {
        name: [one["over"] for one in row["leads"] if not one["words"] and not one["unless"]]
        for name, row in rows.items()
    }
    for name, row in rows.items():
        behind: set[str] = set()
        waiting = list(always[name])
        while waiting:
            other = waiting.pop()
            if other not in behind:
                behind.add(other)
                waiting += always.get(other, ())
        itself = any(one["over"] == name for one in row["leads"])
        if itself or (name in behind and told.isdisjoint(behind)):
            told.add(name)
            yield subject.finding(
                LED_IN_A_CIRCLE,
                "category",
                name,
                f"类别“{name}”绕一圈又排在自己前面。",
                "去掉 leads 里的一条，或者写上 words，说明哪些词出现时才排在前面。",
                at=("leads",),
            )


def _plain_word(word: str) -> str:
    """ "甲+乙" and "乙+甲" are the same: both stand in one sentence, in any order."""
    return "+".join(sorted(word.split("+"))) if "+" in word else word


def _quoted(words: list[str]) -> str:
    more = f"等 {len(words)} 个词" if len(words) > 4 else ""
    return "".join(f"“{word}”" for word in words[:4]) + more


def _tags(subject: Subject) -> Iterator[Finding]:
    wanted: dict[str, str] = {}
    for kind in _WITH_CONDITIONS:
        for key, row in subject.written(kind).items():
            for name in _tags_of(row["when"] or {}):
                wanted.setdefault(name, f"{LABELS[kind]} {key}")
    for tag in subject.standards.tags:
        if not tag.words and tag.name in wanted:
            yield subject.finding(
                WORDLESS_TAG,
                "tag",
                tag.name,
                f"{wanted[tag.name]}要看标签“{tag.name}”，这个标签却没有词，来电里认不出来。",
                "在这个标签的 words 里写上来电里会出现的说法，或者用 [[place]] 写明哪些地点带它。",
            )


def _tags_of(tree: Mapping[str, Any]) -> Iterable[str]:
    for branch in ("any", "all"):
        for part in tree.get(branch, ()):
            yield from _tags_of(part)
    if "not" in tree:
        yield from _tags_of(tree["not"])
    if "tag" in tree:
        yield from listed(tree["tag"])


def _hidden(
    subject: Subject, kind: str, name: str, row: Mapping[str, Any], fields: Iterable[str]
) -> Iterator[Finding]:
    """A word is passed over wherever it stands in an excluded phrase; one that is the phrase never counts."""
    excludes = set(row["excludes"])
    for field in fields:
        for word in row[field]:
            hiding = next((part for part in LITERALS.split(word) if part in excludes), None)
            if hiding is not None:
                yield pointed(
                    subject,
                    HIDDEN_WORD,
                    origin_of_word(subject, kind, name, field, word),
                    name,
                    word,
                    f"{LABELS[kind]}“{name}”的词“{word}”不会起作用：“{hiding}”又写在 excludes 里。",
                    f"从 excludes 里去掉“{hiding}”，或者删去这个触发词。",
                )
