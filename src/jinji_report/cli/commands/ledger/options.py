"""The options that the commands of the ledger share, said once."""

from typing import Annotated

import typer

DryRun = Annotated[bool, typer.Option("--dry-run", help="只说要做什么，什么也不写。")]
