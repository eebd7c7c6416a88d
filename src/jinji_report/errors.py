"""What can stop a run: one class a failure, each with what happened and what to do next.

`problem` says what and where, `remedy` the next step; both are one Chinese sentence. Only
`cli.main` prints them and turns the class into its exit code.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

EXIT_DONE = 0
EXIT_NO = 1
EXIT_USAGE = 2
EXIT_UNUSABLE = 3
EXIT_LEDGER = 4
EXIT_BUSY = 5
EXIT_REPORT = 10
EXIT_UNSURE = 11
EXIT_DUE_SOON = 20
EXIT_OVERDUE = 21
EXIT_GIVEN_UP = 130

EXIT_CODES: tuple[tuple[int, str], ...] = (
    (EXIT_DONE, "办完"),
    (EXIT_NO, "答案为否（有发现、没有符合的案卷）"),
    (EXIT_USAGE, "命令用法不对"),
    (EXIT_UNUSABLE, "来电记录、设置或标准不能用"),
    (EXIT_LEDGER, "台账对不上"),
    (EXIT_BUSY, "台账正被占用或打不开"),
    (EXIT_REPORT, "classify --exit-code：应报"),
    (EXIT_UNSURE, "classify --exit-code：待核"),
    (EXIT_DUE_SOON, "next：有时限将到期"),
    (EXIT_OVERDUE, "next：有时限已超时"),
    (EXIT_GIVEN_UP, "在提示符处放弃（Ctrl-C）"),
)


SECRET_LINE = "jinji new --secret --set 时间=… --set 地点=… --channel 机要交通"


class JinjiError(Exception):
    """A failure that the officer or a script can act on."""

    exit_code: ClassVar[int] = EXIT_UNUSABLE

    def __init__(self, problem: str, *, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


class UnusableInput(JinjiError):
    """A note, a value or a line of input cannot be used as it is."""


class Usage(JinjiError):
    """The options do not fit together."""

    exit_code: ClassVar[int] = EXIT_USAGE


class UnusableStandards(JinjiError):
    """A standards file cannot be read, or says something that it may not say."""


class UnusableSettings(JinjiError):
    """A settings file cannot be read, or holds a key that is not known."""


class UnknownCase(JinjiError):
    """No case, or more than one, answers to that number."""


class CaseState(JinjiError):
    """The case is not in a state in which this step makes sense."""


class SecretNote(JinjiError):
    """The note bears a secrecy mark: it must not be written anywhere by this program."""

    def __init__(self, mark: str) -> None:
        super().__init__(
            f"来电内容带有密级标志（{mark}），不得录入本系统，没有写入任何文件。",
            remedy=f"请改走涉密渠道报送；本系统只登记时间、地点和渠道：{SECRET_LINE}。",
        )


class NotFit(JinjiError):
    """A report must be mended before it goes out in writing; what is wrong with it was said before."""

    exit_code: ClassVar[int] = EXIT_NO

    def __init__(self, report: str, codes: Sequence[str]) -> None:
        super().__init__(
            f"{report}有 {len(codes)} 处须改（{'、'.join(dict.fromkeys(codes))}），没有登记报送。",
            remedy="缺的先补；文稿改好用 --file 文稿.txt 报；确要照此报出的加 --force，台账会记下带着哪几处。",
        )


class MissingExtra(JinjiError):
    """A package that only this needs is not there."""

    def __init__(self, doing: str, package: str, extra: str, otherwise: str) -> None:
        super().__init__(
            f"{doing}要用 {package}，这台机器没有装。",
            remedy=f"运行 pip install 'jinji-report[{extra}]'；{otherwise}。",
        )


class GivenUp(JinjiError):
    """The officer left the prompt."""

    exit_code: ClassVar[int] = EXIT_GIVEN_UP


class LedgerBroken(JinjiError):
    """The chain does not hold: a line was altered, lost or reordered."""

    exit_code: ClassVar[int] = EXIT_LEDGER

    def __init__(self, path: Path | str, line: int, why: str) -> None:
        super().__init__(
            f"{path} 第 {line} 行{why}，台账可能被改动。",
            remedy="请暂停写入并保留原文件，运行 jinji ledger verify 查看断点，再用 jinji ledger repair 修复。",
        )
        self.line = line


class StoreBusy(JinjiError):
    """Another process holds the ledger, or the store cannot be reached."""

    exit_code: ClassVar[int] = EXIT_BUSY


class StoreUnwritable(JinjiError):
    """The ledger's folder or file cannot be written."""

    exit_code: ClassVar[int] = EXIT_BUSY


class HeadMoved(JinjiError):
    """Somebody else wrote since this picture of the ledger was taken; the caller re-reads and decides again."""

    exit_code: ClassVar[int] = EXIT_BUSY

    def __init__(self) -> None:
        super().__init__("台账刚被另一台终端写入。", remedy="请再运行一次本命令。")
