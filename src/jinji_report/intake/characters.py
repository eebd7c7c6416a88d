"""What each character is read as: one width, one kind of mark, simplified, without what cannot be seen.

`TABLE` gives one character for one, so that no position moves; `GONE` stands where nothing is read. It is
a string, not a mapping: `str.translate` finds a character in it without raising for each that is as it should be.
"""

from jinji_report.intake.traditional import SIMPLIFIED, TRADITIONAL

GONE = "\0"

_ALIKE = (
    # width and small forms
    (
        "！＂＃＄％＆＇（）＊＋，－．／：；＜＝＞？＠［＼］＾＿｀｛｜｝～",
        '！"#$%&\'()*+,-./:；<=>？@"\\"^_`{|}~',
    ),
    ("﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫", ',、.；:？！(){}""#&*+-<>=\\$%@'),
    ("︐︑︒︓︔︕︖︙︰｡｢｣､･￠￡￥", ',、。:；！？…:。""、·¢£¥'),
    # marks of one use
    (";!?", "；！？"),
    ("∶꞉˸", ":::"),
    ("〜∼˜", "~~~"),
    ("–—―−‐‑‒﹘⁃", "---------"),
    ("・‧∙⋅•", "·····"),
    ("●▪■◆◇▶►➢➤", "；；；；；；；；；"),
    ("⁄∕", "//"),
    ("“”„‟〝〞〟「」『』【】〔〕〖〗﹁﹂﹃﹄«»", '"' * 23),
    ("○◯", "〇〇"),
    # numbers
    ("卄弐弍弎叄壱₀₁₂₃₄₅₆₇₈₉", "廿二二三叁一0123456789"),
    # breaks
    ("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n" * 9),
)
_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = (
    (0x00, 0x08),  # control characters
    (0x0E, 0x1B),
    (0x1F, 0x1F),
    (0x7F, 0x84),
    (0x86, 0x9F),
    (0xAD, 0xAD),  # the soft hyphen
    (0x300, 0x36F),  # marks over letters
    (0x61C, 0x61C),
    (0x115F, 0x1160),
    (0x180B, 0x180E),
    (0x200B, 0x200F),  # zero width, and the order of writing
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x20D0, 0x20DF),
    (0x20E1, 0x20E2),
    (0x20E4, 0x20F0),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB),
)


def _table() -> str:
    codes = bytearray(0x20000)
    codes[0::2] = bytes(range(256)) * 256
    codes[1::2] = b"".join([bytes((high,)) * 256 for high in range(256)])
    table = memoryview(codes).cast("H")
    if table[1] != 1:  # a machine that writes the high byte first
        codes[0::2], codes[1::2] = codes[1::2], codes[0::2]
    for code in range(0xFF10, 0xFF5B):  # letters and figures of full width
        table[code] = code - 0xFEE0
    for left, right in ((TRADITIONAL, SIMPLIFIED), *_ALIKE, (_SPACES, " " * len(_SPACES))):
        came, read = left.encode("utf-16")[2:], right.encode("utf-16")[2:]
        for code, plain in zip(memoryview(came).cast("H"), memoryview(read).cast("H"), strict=True):
            table[code] = plain
    for first, last in _UNSEEN:
        for code in range(first, last + 1):
            table[code] = 0
    for code in range(0xD800, 0xE000):  # half a pair
        table[code] = 0xFFFD
    return codes.decode("utf-16")


TABLE = _table()
