"""Allowances that accept nothing: the finding is gone, or the code or row is misspelt."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from jinji_report.standards.findings import Code, Finding
from jinji_report.standards.join import Joined

IDLE = Code(
    "J801",
    "警告",
    "说明理由的发现已经没有了",
    what="[[allow]] 写的代码和条款，没有一条发现对得上。",
    why="多半是问题已经改好、或者代码写错了；留着它，以后同样的问题会被悄悄放过。",
    bad="""
[[allow]]
code = "J701"
rows = ["r.larger"]
reason = "等文件下来再改"
""",
    good="",
)
CODES = (IDLE,)


def idle(joined: Joined, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The pack's own allowances and patterns that none of `findings` is about.

    Those of its bases are theirs: what a base accepts may not arise over it.
    """
    file = joined.files[joined.root]
    mine = [finding for finding in findings if finding.file == joined.root]
    for index, allow in enumerate(file.pack.allow):
        of_code = [finding.row for finding in mine if finding.code == allow.code]
        unmet = [row for row in allow.rows or ("*",) if not any(fnmatchcase(found, row) for found in of_code)]
        if not unmet:
            continue
        line = file.layout.line(("allow", index, "code"))
        said = "" if not of_code or not allow.rows else f"（{'、'.join(unmet)}）"
        yield Finding(
            IDLE,
            file=joined.root,
            line=line,
            excerpt=file.layout.excerpt(line),
            row=allow.code,
            text=f"[[allow]] 接受的 {allow.code}{said}在本文件里已经没有。",
            remedy="问题已经改好的，删去这条 [[allow]]；代码或条款写错的，改正。",
        )
