"""Which unit a name means: 县公安局, 公安分局 and 公安 are one unit's names.

Two names are one unit's where they are the same once the place before and the kind of office behind are left
out, or where the standards give one as an alias of the other. A name is never sought inside another: 交警大队
is 公安 only because the standards say so. What a unit's own division told (县公安局交警大队) the unit told.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from jinji_report.judgement.owners import township
from jinji_report.standards.rows import Standards
from jinji_report.vocabulary import Side

_PLACE = re.compile(
    r"(?:中共)?(?:[^\W\d_]{1,7}?(?:自治区|自治州|自治县|[省市县区旗州盟])|[省市县区旗州盟])(?:委(?!员))?(?=..)"
)
_LEVEL = re.compile(r"[省市县区旗州盟](?=..)")
_OFFICE = re.compile(
    r"(?<=..)(?:总值班室|值班室|指挥中心|党政办公室|党政办|办公室|人民政府|政府|党工委|党委|办事处|委员会|部门"
    r"|分局|总队|支队|大队|中队|队|局|委|厅|部|办)$"
)
_DIVISION = re.compile(
    r"(?P<unit>..+?(?:局|委员会|委|厅|政府|办事处))(?=..)"
    r"\w*(?:总队|支队|大队|中队|派出所|分局|监察站|工作站|安监站|服务站|科|股|办|中心|值班室)$"
)


class Units:
    """The names of the units that these standards know: which of several a name means.

    `aliases`: unit → what else it is called. `localities`: what the standards call 属地 where no township is known.
    """

    __slots__ = ("_aliases", "_localities")

    def __init__(self, aliases: Mapping[str, Sequence[str]], localities: Iterable[str]) -> None:
        self._aliases = [
            (unit, frozenset(form for name in names for form in forms(name)))
            for unit, names in aliases.items()
        ]
        self._localities = frozenset(localities)

    def meant(self, said: str, known: Iterable[str]) -> str | None:
        """That unit of `known` which is called `said`, or None. The nearest name wins, then the first."""
        names = list(dict.fromkeys(known))
        if said in names:
            return said
        found = self._of_name(said, names)
        if found is None and (division := _DIVISION.fullmatch(said.strip())) is not None:
            found = self._of_name(division["unit"], names)
        if found is None and _township_of(said) is not None:
            found = next((name for name in names if name in self._localities), None)
        return found

    def same(self, said: str, unit: str) -> bool:
        """`said` is a name of `unit`."""
        return said == unit or self.meant(said, (unit,)) is not None

    def _of_name(self, said: str, names: Sequence[str]) -> str | None:
        own = forms(said)
        for name in names:
            if own & forms(name):
                return name
        for unit, aliases in self._aliases:
            if own & aliases:
                called = forms(unit) | aliases
                for name in names:
                    if called & forms(name):
                        return name
        return None


def units_of(standards: Standards) -> Units:
    """The names that the 责任单位 of these standards go by."""
    found: Units | None = standards.kept.get("units")
    if found is None:
        aliases: dict[str, dict[str, None]] = {}
        for row in standards.owners:
            aliases.setdefault(row.unit, {}).update(dict.fromkeys(row.aliases))
        found = standards.kept["units"] = Units(
            {unit: [*names] for unit, names in aliases.items() if names},
            [row.unit for row in standards.owners if row.side == Side.LOCALITY],
        )
    return found


@lru_cache(maxsize=4096)
def forms(name: str) -> frozenset[str]:
    """The name with and without its places before and its kinds of office behind: 县公安局 → 公安局, 公安."""
    found: dict[str, None] = {}
    waiting = ["".join(name.split())]
    while waiting:
        form = waiting.pop()
        if form in found:
            continue
        found[form] = None
        for pattern in (_PLACE, _LEVEL):
            if (place := pattern.match(form)) is not None:
                rest = form[place.end() :]
                if _OFFICE.fullmatch(f"××{rest}", 2) is None:  # an 办公室 of anywhere is no unit's name
                    waiting.append(rest)
        if (office := _OFFICE.search(form)) is not None:
            waiting.append(form[: office.start()])
    return frozenset(found)


def _township_of(said: str) -> str | None:
    return next((found for form in forms(said) if (found := township(form)) == form), None)
