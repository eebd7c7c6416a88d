"""What is told of persons: one count (`Mention`), all of them (`Told`), and one measure as settled (`Settled`)."""

from jinji_report.quantity import Quantity

SAID_AT_MOST = 16


class Mention:
    """One count of one measure, with the marks under which it was told.

    `kind`: "" (plain), part (其中), other (另), rest (其余), total (合计), old (先报), new (现核实), more (又),
    scene (当场), later (送医后).
    """

    __slots__ = (
        "carried_from",
        "end",
        "fresh",
        "individual",
        "kind",
        "measure",
        "number",
        "part_of",
        "place",
        "quantity",
        "sentence",
        "start",
        "still",
        "who",
        "word",
    )

    def __init__(
        self,
        measure: str,
        quantity: Quantity,
        start: int,
        end: int,
        sentence: int,
        kind: str,
        fresh: int = -1,
    ) -> None:
        self.measure = measure
        self.quantity = quantity
        self.start = start
        self.end = end
        self.sentence = sentence
        self.kind = kind
        self.fresh = fresh  # where the mark stands that makes it new (截至, 现核实)
        self.individual = False
        self.place = (
            -1
        )  # where the name stands of the part of the country that it is told of (甘肃113人,青海18人)
        self.part_of = ""  # the measure of the whole, where it is a part of one
        self.still = False
        self.word = ""  # the word of harm
        self.who = ""  # what those are who were counted: 学生, 消防员
        self.number: int | None = None  # where the number stood, so that one number is not told twice
        self.carried_from: int | None = None


class Told:
    """What the whole note says of persons; stretches are (start, end) of the plain text."""

    __slots__ = ("all_found", "all_out", "lone", "mentions", "negated", "rest", "unknowns", "vague")

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.negated: dict[str, tuple[int, int]] = {}
        self.unknowns: dict[str, tuple[int, int]] = {}
        self.lone: tuple[int, int, int | None] | None = None  # 伤者抢救无效死亡: where, and how many at most
        self.rest: dict[str, tuple[int, int]] = {}  # 别的都没消息: all but those told otherwise
        self.vague: dict[str, tuple[int, int]] = {}
        self.all_out: tuple[int, int] | None = None
        self.all_found: tuple[int, int] | None = None  # 失联驴友3人已找到


class Settled:
    """One measure as the whole note tells it; `clash` holds figures that contradict it."""

    __slots__ = ("clash", "end", "increment", "quantity", "start")

    def __init__(self, quantity: Quantity, start: int, end: int, *, increment: bool = False) -> None:
        self.quantity = quantity
        self.start = start
        self.end = end
        self.increment = increment
        self.clash: list[str] = []
