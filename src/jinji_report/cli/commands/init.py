"""jinji init: the first run on a desk."""

import os

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, Extends, NoInput, Now, OfficeSets, UnitName


def init(
    unit: UnitName = None,
    extends: Extends = "county",
    sets: OfficeSets = None,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
) -> None:
    """第一次用：问几个问题，写好本单位的报送标准和设置；已有的文件一概不动。"""
    from jinji_report.cli import office, screen
    from jinji_report.desk.init import finish, prepare_desk

    time = edge.clock(now)
    plan = prepare_desk(os.environ, extends)
    office.answer(plan, unit, sets, asking=screen.interactive(no_input=no_input, as_json=as_json))
    written = finish(plan, time.now.date())
    if as_json:
        screen.show_json(written.to_json())
        return
    screen.show(
        [
            *office.outcome(written),
            screen.Heading("接下来"),
            screen.Line("jinji rules check            查本单位标准有没有漏写、矛盾", indent=2),
            screen.Line('jinji classify "来电内容"     试一件事：该不该报、报给谁、多久内报到', indent=2),
            screen.Line("jinji doctor                 查这张值班台：设置、标准、台账、时钟", indent=2),
        ]
    )
    for name in ("STANDARDS", "UNIT", "SIGNER", "CONTACT", "PHONE", "BY"):
        if os.environ.get(f"JINJI_{name}"):
            screen.say(f"注意：环境变量 JINJI_{name} 优先于刚写的设置；jinji config 可看。")
