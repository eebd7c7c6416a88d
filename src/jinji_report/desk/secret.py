"""涉密事件: what may be registered of an incident whose words this program must not hold.

When and where it was, which channel it goes by and to whom: no note, no kind, no count. Nothing is
judged, and its only report says which way it went.
"""

from collections.abc import Sequence
from typing import Any

from jinji_report.desk.cases import commit, day_of_call, next_number
from jinji_report.desk.given import FIELDS, apply_sets
from jinji_report.desk.new import received
from jinji_report.desk.stamp import Stamp, refuse_secrets
from jinji_report.desk.transmit import address_json, named_offices, offices_above
from jinji_report.errors import Usage
from jinji_report.ledger.cases import Cases
from jinji_report.ledger.store import Store
from jinji_report.model.case import SECRET_TITLE
from jinji_report.model.entry import NewEntry
from jinji_report.model.facts import Facts
from jinji_report.reports.drill import marked
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import EntryKind, Stage

LONGEST = 40  # characters of a place or a channel; more would be a note
_MAY_BE_SET = ("occurred", "place")


class Registered:
    """A 涉密事件 as it was registered: its case, its facts (time and place), its way."""

    __slots__ = ("channel", "facts", "number", "offices", "text")

    def __init__(self, number: str, facts: Facts, channel: str, offices: Sequence[str], text: str) -> None:
        self.number = number
        self.facts = facts
        self.channel = channel
        self.offices = tuple(offices)
        self.text = text

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "jinji/1",
            "case": self.number,
            "secret": {"channel": self.channel, "to": list(self.offices)},
            "incident": self.facts.to_json(),
            "verdict": None,
            "limits": [],
            "report": {"stage": Stage.FIRST.value, "number": 0, "title": SECRET_TITLE, "text": self.text},
        }


def register(
    store: Store,
    sets: Sequence[str],
    channel: str,
    to: Sequence[str],
    standards: Standards,
    stamp: Stamp,
    *,
    drill: bool,
) -> Registered:
    """Enter a case of which only time, place and channel are told.

    Raises Usage for anything else and for no channel, UnusableInput, SecretNote, and what the store raises.
    """
    facts = received(_time_and_place(sets, standards, stamp), stamp.at).with_changes(title=SECRET_TITLE)
    way = _short(channel, "--channel")
    if not way:
        raise Usage(
            "涉密事件要写明走哪个渠道。", remedy="加上 --channel 机要交通（或密码电报、机要通道等）。"
        )
    known = offices_above(standards)
    addresses = list(dict.fromkeys(a for text in to for a in named_offices(text, known, standards)))
    offices = [address_json(address, standards) for address in addresses]
    names = [office["office"] for office in offices]
    text = f"{SECRET_TITLE}，已通过{way}渠道报送{'、'.join(names)}。"
    if drill:
        text = marked(text)

    def decide(cases: Cases) -> tuple[list[NewEntry], Registered]:
        number = next_number(cases.beginning(day_of_call(stamp.at)), stamp.at)
        told = {"note": "", "incident": facts.to_json(), "secret": {"channel": way, "to": offices}}
        written = {
            "stage": Stage.FIRST.value,
            "number": 0,
            "title": SECRET_TITLE,
            "text": text,
            "since": None,
        }
        entries = [
            stamp.entry(number, EntryKind.RECEIVED, told),
            stamp.entry(number, EntryKind.REPORT, written),
        ]
        return entries, Registered(number, facts, way, names, text)

    return commit(store, decide)


def _time_and_place(sets: Sequence[str], standards: Standards, stamp: Stamp) -> Facts:
    for pair in sets:
        name, _, value = pair.replace("＝", "=").partition("=")
        if FIELDS.get(name.strip()) not in _MAY_BE_SET:
            raise Usage(
                "涉密事件只登记时间、地点和渠道。", remedy="只用 --set 时间=…、--set 地点=…，其余走涉密渠道。"
            )
        _short(value, "--set")
    return apply_sets(Facts(), sets, standards, stamp.at)


def _short(text: str, option: str) -> str:
    """`text` without blanks around it. Raises Usage for what is as long as a note, or has lines."""
    refuse_secrets(text)
    text = text.strip()
    if len(text) > LONGEST or not text.isprintable():
        raise Usage(
            f"{option} 写得太长，像是内容：涉密事件不录内容。", remedy=f"只写一处，{LONGEST} 个字以内。"
        )
    return text
