"""The talk in which an office says who it is: one question a line, the default in brackets, Enter to skip.

What was given with options is not asked again. The last question shows everything, and takes
`项目=值` to mend it. Leaving at any question leaves nothing behind.
"""

from collections.abc import Callable, Sequence

from jinji_report.cli import prompts, screen
from jinji_report.cli.call import said
from jinji_report.desk.init import Plan, Written
from jinji_report.desk.rules.new import Answers, Office
from jinji_report.desk.stamp import refuse_secrets
from jinji_report.errors import JinjiError
from jinji_report.vocabulary import TIERS, Line, Tier

MOST_SHOWN = 5
_TIER_HINT = "乡镇、县、市、省"


def answer(plan: Plan, unit: str | None, sets: Sequence[str] | None, *, asking: bool) -> None:
    """Take what the options say, and ask for the rest where somebody sits there."""
    answers = plan.answers
    if unit is not None:
        answers.take("unit", unit)
    for pair in sets or ():
        answers.set(pair)
    if asking:
        files = [plan.overlay] if plan.settings is None else [plan.overlay, plan.settings]
        ask_office(answers, "、".join(str(path) for path in files))


def outcome(written: Written) -> list[screen.Block]:
    """What was written where, and what the check says of it."""
    answers = written.plan.answers
    blocks: list[screen.Block] = [screen.Line("已写好（只有你本人能读）：", "good")]
    blocks += [screen.Line(str(path), indent=2, whole=True) for path in written.files]
    blocks.append(
        screen.Line(
            f"{answers.unit}，{answers.tier}·{answers.line}，所辖{answers.locality}；"
            f"其余沿用 {written.plan.base.name}（{written.plan.base.title}）。"
        )
    )
    own = written.findings
    if not own:
        blocks.append(screen.Line("检查：没有发现问题。", "good"))
        return blocks
    blocks.append(screen.Heading(f"检查：{len(own)} 处，可以先用，补上更好"))
    for finding in own[:MOST_SHOWN]:
        blocks.append(
            screen.Line(
                f"{finding.severity} {finding.code} 第 {finding.line} 行：{finding.text}{finding.remedy}",
                "overdue" if finding.severity == "错误" else "due_soon",
                indent=2,
                hang=4,
            )
        )
    if len(own) > MOST_SHOWN:
        blocks.append(screen.Line(f"还有 {len(own) - MOST_SHOWN} 处：jinji rules check", "dim", indent=2))
    return blocks


def ask_office(answers: Answers, files: str) -> None:
    """Ask for what was not given, show all of it, and have it confirmed. Raises KeyboardInterrupt."""
    prompts.begin()
    screen.say(f"几个问题，约两分钟。回车 = 用方括号里的默认值或跳过；Ctrl-C = 放弃。\n将写到：{files}")
    _ask(answers, "unit", "本单位全称（写在报告抬头，如 某区委办公室）：", needed=True)
    _ask(answers, "tier", f"层级（{_TIER_HINT}；区、旗算县）[{answers.tier}]：")
    _ask(answers, "line", f"报送线（党委、政府、行业）[{answers.line}]：")
    locality = f"[{answers.locality}]" if answers.locality else ""
    _ask(answers, "locality", f"所辖地方{locality}：", needed=not answers.locality)
    _ask(answers, "phone", "本单位值班电话：")
    for key, question in (("contact", "报告上的联系人："), ("by", "记录人（空着就用登录名）：")):
        if key in answers.labels:
            _ask(answers, key, question)
    _ask_offices(answers)
    _ask_owners(answers)
    _ask_places(answers)
    _ask_signature(answers)
    _ask_calls(answers)
    _settle(answers, files)


def _ask(answers: Answers, key: str, question: str, *, needed: bool = False) -> None:
    """One question, until its answer can be taken; Enter leaves the default."""
    if key in answers.given:
        return
    _until_taken(question, lambda line: answers.take(key, line), needed=needed)


def _until_taken(question: str, take: Callable[[str], None], *, needed: bool = False) -> bool:
    """Whether an answer was given and taken; one that cannot be is said and asked again."""
    while True:
        line = prompts.ask(question)
        if not line and not needed:
            return False
        try:
            refuse_secrets(line)
            take(line)
            return True
        except JinjiError as error:
            screen.say(f"  {error.problem}{error.remedy}")


def _ask_offices(answers: Answers) -> None:
    wanted = answers.to_ask()
    if wanted and "office" not in answers.given:
        screen.say("报给谁：写 名称 电话，或只写电话；回车 = 名称照旧，电话以后再补。")
        for tier, line in wanted:
            name = answers.office(tier, line).name

            def take(said: str, tier: Tier = tier, line: Line = line) -> None:
                answers.take("office", f"{tier} {line} {said}")

            _until_taken(f"  {tier}·{line}[{name}]：", take)


def _ask_owners(answers: Answers) -> None:
    units = answers.base.units
    if "owner" in answers.given or not units:
        return
    screen.say(f"责任单位（行业和属地都要报）：{'、'.join(units)}。")
    screen.say("要用本地名称的，写 公安=某区公安局，一行可写几个。")
    while _until_taken(
        "  回车 = 不改了：",
        lambda said: answers.take("owner", said),
    ):
        screen.say(f"  已改：{_renamed(answers)}")


def _ask_places(answers: Answers) -> None:
    if "place" in answers.given:
        return
    screen.say("敏感场所（学校、医院、水源地等）：来电提到它，就提醒可能要报。别名用顿号隔开。")
    while True:
        names = prompts.ask("  名称、别名；回车 = 没有了：")
        if not names:
            return
        if "：" in names or ":" in names:
            try:
                answers.take("place", names)
            except JinjiError as error:
                screen.say(f"  {error.problem}{error.remedy}")
            continue
        guess = answers.tags_in([names])
        if not guess:
            screen.say(f"  类别可写：{'、'.join(answers.base.tags)}。")
        hint = f"[{'、'.join(guess)}]" if guess else ""

        def take(tags: str, names: str = names, guess: tuple[str, ...] = guess) -> None:
            answers.take("place", f"{names}：{tags or '、'.join(guess)}")

        _until_taken(f"  属于哪一类{hint}：", take, needed=bool(guess))


def _ask_signature(answers: Answers) -> None:
    if "signature" not in answers.given:
        asked = prompts.confirm("首报前须领导签发吗？（授权直报选 n）", default=False)
        answers.take("signature", "是" if asked else "否")
    if answers.signature and "signer" in answers.labels:
        _ask(answers, "signer", "签发人：")


def _ask_calls(answers: Answers) -> None:
    if "call" in answers.given:
        return
    screen.say("内部叫应：接报后先打给谁。写 职务 姓名 电话，一行一人，按先后。")
    while _until_taken(
        f"  第 {len(answers.calls) + 1} 个；回车 = 没有了：", lambda said: answers.take("call", said)
    ):
        pass


def _settle(answers: Answers, files: str) -> None:
    screen.show(summary(answers))
    while True:
        line = prompts.ask("写入？[Y/n，或写 项目=值 再改，如 值班电话=0931-1234567] ")
        if not line or line.lower() in prompts.YES:
            return
        if line.lower() in prompts.NO:
            raise KeyboardInterrupt
        if "=" not in line and "＝" not in line:
            screen.say("请答 y 或 n；要改就写 项目=值。")
        else:
            try:
                refuse_secrets(*said([line.replace("＝", "=")]))
                answers.set(line)
                screen.show(summary(answers))
            except JinjiError as error:
                screen.say(f"{error.problem}{error.remedy}")


def summary(answers: Answers) -> list[screen.Block]:
    """What will stand in the overlay and the settings."""
    rows = [
        ("单位", answers.unit),
        ("层级、线", f"{answers.tier}·{answers.line}"),
        ("所辖地方", answers.locality),
        ("值班电话", answers.phone or "（没有）"),
    ]
    rows += [(answers.labels[key], said) for key, said in answers.settings.items() if said]
    above = [o for o in answers.offices() if o.name != answers.unit and _worth_showing(answers, o)]
    rows += [(f"{o.tier}·{o.line}", f"{o.name} {o.phone or '（没有电话）'}") for o in above]
    if answers.owners:
        rows.append(("责任单位", _renamed(answers)))
    for name, (aliases, tags) in answers.places.items():
        rows.append(("敏感场所", f"{'、'.join((name, *aliases))}：{'、'.join(tags)}"))
    rows.append(("首报签发", "须签发" if answers.signature else "授权直报"))
    for place, called in enumerate(answers.calls, 1):
        said = " ".join(part for part in (called.role, called.person, called.phone) if part)
        rows.append((f"叫应 {place}", said))
    rows.append(("其余沿用", f"{answers.base.name}（{answers.base.title}）"))
    width = max(screen.cells(label) for label, _ in rows) + 2
    blocks: list[screen.Block] = [screen.Heading("请核对")]
    for label, said in rows:
        blocks.append(
            screen.Line(f"{label}{' ' * (width - screen.cells(label))}{said}", indent=2, hang=width)
        )
    return blocks


def _renamed(answers: Answers) -> str:
    return "、".join(f"{old} → {new}" for old, new in answers.owners.items())


def _worth_showing(answers: Answers, office: Office) -> bool:
    """An office of this tier or the next two to which something is reported, or that can be called."""
    steps = TIERS.index(office.tier) - TIERS.index(answers.tier)
    return 0 <= steps <= 2 and bool(office.phone or (office.tier, office.line) in answers.base.named)
