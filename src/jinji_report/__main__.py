"""`python -m jinji_report` is `jinji`."""

from jinji_report.cli.door import run

run()
