"""[hooks]: the office's own programs, run with what happened as JSON on their stdin.

A program is started as it is written, with its arguments; no shell reads it, so nothing that a caller said can be
taken for a command. Nobody waits for it.
"""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from tempfile import TemporaryFile
from typing import Any

from jinji_report.cli.screen import in_drill
from jinji_report.files import cause_of

_running: list["subprocess.Popen[bytes]"] = []
"""The programs that were started and may not have ended: a board that is watched for days clears away after them."""


def run_hook(hooks: Mapping[str, Sequence[str]], event: str, told: Mapping[str, Any]) -> str:
    """Start the program for `event`, if there is one. What kept it from starting, as a sentence; else ""."""
    words = hooks.get(event)
    if not words:
        return ""
    data = {"schema": "jinji/1", "event": event, **({"drill": True} if in_drill() else {}), **told}
    try:
        with TemporaryFile() as feed:  # a program that reads nothing, or slowly, keeps nobody waiting
            feed.write(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"))
            feed.seek(0)
            process = subprocess.Popen(
                [os.path.expanduser(words[0]), *words[1:]],
                stdin=feed,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        _running[:] = [process, *(one for one in _running if one.poll() is None)]
    except (OSError, ValueError) as error:
        why = cause_of(error) if isinstance(error, OSError) else "写法不对"
        return f"[hooks] {event} 的程序 {words[0]} 没能运行（{why}）。"
    return ""
