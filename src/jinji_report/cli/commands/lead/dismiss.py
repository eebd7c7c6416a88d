"""jinji lead dismiss: a lead that is false, or that nobody can verify, is answered and closed."""

from jinji_report.cli import edge
from jinji_report.cli.options import AsJson, At, By, CaseName, NoInput, Now, Reason, Yes


def dismiss(
    case: CaseName,
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
    now: Now = None,
    by: By = None,
    at: At = None,
    reason: Reason = "",
) -> None:
    """了结线索：核实为不实或无法核实的，写明怎样答复的；留在台账里，可再查。"""
    from jinji_report.cli import screen
    from jinji_report.cli.leads import next_step, step_words
    from jinji_report.desk.lead.verify import dismiss as enter

    if not reason.strip() and screen.interactive(no_input=no_input, as_json=as_json):
        from jinji_report.cli import prompts

        prompts.begin()
        reason = prompts.ask("怎样答复的，为什么了结：")
    desk = edge.opening(now=now, standards=None, at=at, by=by, reason=reason)
    agree = edge.agreeing(step_words, yes=yes, no_input=no_input, as_json=as_json)
    tip = enter(desk.store, case, desk.stamp, agree)
    edge.say_notices(desk.store)
    if as_json:
        screen.show_json(tip.to_json())
        return
    screen.show([screen.Line(f"已登记{step_words(tip)}", "good"), *next_step(tip)])
