"""The option --to: the tables also in a database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def with_database(wanted: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds --to to a command that writes tables."""
    if not wanted:
        return lambda command: command
    return click.option("--to", help="Also a database: postgresql://user@server/name (see README).")


def check_address(to: str) -> None:
    """Ends the process now, not after the run, if nothing can be written there."""
    from pipeline.export.database.address import parse

    parse(to)


def write_to(to: str, out: Path) -> None:
    """Puts the tables into a database; what was done is told on standard error."""
    from pipeline.export import DATABASE
    from pipeline.export.database.write import write_database

    click.echo(str(write_database(out / DATABASE, to)), err=True)
