"""The options that commands share, said once."""

from typing import Annotated

import typer

NoteText = Annotated[
    str | None,
    typer.Argument(metavar="来电内容", help="来电内容；写 - 从标准输入读。", show_default=False),
]
CaseName = Annotated[
    str, typer.Argument(metavar="案卷", help="案卷编号：全号、尾号（如 01）或 latest。", show_default=False)
]
NoteFile = Annotated[
    str | None,
    typer.Option("--file", "-f", metavar="文件", help="从文本文件读来电内容。", show_default=False),
]
EncodingName = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="编码",
        help="文件或标准输入的编码：utf-8、gbk、big5、utf-16 等；默认自己认。",
        show_default=False,
    ),
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        "-s",
        metavar="项目=值",
        help="改定或补充一项，可多次，如 死亡=3、deaths=3、时间=昨晚11点半。",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON（jinji/1），不提问。")]
ExplainReading = Annotated[
    bool,
    typer.Option("--explain-reading", help="在原文上标出每项要素读自哪几个字，列出没用到的话和其他可能。"),
]
Apart = Annotated[bool, typer.Option("--apart", help="来电说了几件事的，一件一件分开办。")]
Now = Annotated[
    str | None,
    typer.Option(
        "--now",
        metavar="时间",
        help="设定本次运行的时钟（演练、测试、脚本用）。",
        envvar="JINJI_NOW",
        show_default=False,
    ),
]
StandardsName = Annotated[
    str | None,
    typer.Option("--standards", metavar="标准", help="报送标准：名称或文件路径。", show_default=False),
]
By = Annotated[str | None, typer.Option("--by", metavar="姓名", help="记录人。", show_default=False)]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="时间",
        help="事情发生的时间，如 09:30；默认现在，早于 10 分钟须 --reason。",
        show_default=False,
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar="文字", help="原因或理由。", show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="不再确认。")]
NoInput = Annotated[bool, typer.Option("--no-input", help="什么也不问，不知道的照实写不详。")]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="时间", help="从这个时间起，如 2026-03-01 或 昨天。", show_default=False),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="时间", help="到这个时间止。", show_default=False)
]
UnitName = Annotated[
    str | None,
    typer.Option("--unit", metavar="名称", help="本单位全称，写在报告抬头。", show_default=False),
]
Extends = Annotated[
    str, typer.Option("--extends", metavar="标准", help="在哪个标准上加：随程序的名称或文件路径。")
]
OfficeSets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        "-s",
        metavar="项目=值",
        help='答一项，可多次，如 层级=县、值班电话=0931-1234567、报送对象="市 党委 某市委办公室 0931-7654321"、'
        '责任单位=公安=某区公安局、敏感场所=某区一中、一中：校园、须签发=否、叫应="分管领导 张三 13800000000"。',
        show_default=False,
    ),
]
PackName = Annotated[
    str | None, typer.Argument(metavar="标准", help="标准名或文件，默认按设置。", show_default=False)
]
OnDay = Annotated[
    str | None,
    typer.Option("--on", metavar="日期", help="看这一天有效的，默认今天。", show_default=False),
]
OfCategory = Annotated[
    str | None,
    typer.Option("--category", metavar="类别", help="只看用于这一类事件的。", show_default=False),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="文件", help="写到文件，默认写到标准输出。", show_default=False),
]
