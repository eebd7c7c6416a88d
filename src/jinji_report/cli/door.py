"""The `jinji` script: the lightest way into `main`, and out again."""

import gc
import os
import sys


def run() -> None:
    """Run one command and leave. A run is short, so collecting garbage and tearing down cost more than they give."""
    gc.disable()
    from jinji_report.cli.main import main
    from jinji_report.cli.screen import silence_stdout

    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        silence_stdout()
    os._exit(code)
