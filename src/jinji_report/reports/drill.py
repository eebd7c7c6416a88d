"""演练: how what goes out in a drill is marked, at its head and at its end, so that nobody takes it for news."""

HEAD = "【演练】"
END = "【以上为演练信息】"


def marked(text: str, *, between: str = "\n") -> str:
    """`text` as one of a drill; `between` stands between the marks and the words."""
    return f"{HEAD}{between}{text}{between}{END}"


def is_marked(text: str) -> bool:
    return text.lstrip().startswith(HEAD) and text.rstrip().endswith(END)


def unmarked(text: str) -> str:
    """`text` with blanks for the marks, so that places in it stay what they are."""
    head, end = text.find(HEAD), text.rfind(END)
    if head >= 0 and not text[:head].strip():
        text = f"{text[:head]}{' ' * len(HEAD)}{text[head + len(HEAD) :]}"
    if end >= 0 and not text[end + len(END) :].strip():
        text = f"{text[:end]}{' ' * len(END)}{text[end + len(END) :]}"
    return text
