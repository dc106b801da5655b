"""`claims review`: the commands of the reviewer's desk."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli_options import DECISIONS, FILE, FOLDER, readable_errors, with_settings

if TYPE_CHECKING:
    from pipeline.config import Sourced

EXIT_STATUS = (
    "Exit status: 0 well, 1 failed, 2 wrong use, 3 what was good is taken, but rows were refused."
)


class ReviewGroup(click.Group):
    """`claims review FILE` needs no word between the two."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in ("-h", "--help"):
            args = self.named(args)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        return super().resolve_command(ctx, self.named(args))

    def named(self, args: list[str]) -> list[str]:
        return args if args[0] in self.commands else ["take", *args]


@click.group(cls=ReviewGroup, epilog=EXIT_STATUS)
def review() -> None:
    """Take the decisions from workbooks that you saved; the next run applies them.

    \b
    Examples:
      claims review outputs/claims.xlsx --dry-run
      claims review from-anna.ods from-ben.csv
      claims review edited.csv --reviewer Anna
      claims review stats                      how often the tool was right
    """


@review.command("take", epilog=EXIT_STATUS)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--out", type=FOLDER, default=Path("outputs"), show_default=True)
@click.option("--decisions", type=DECISIONS, help="Where to keep them (default: in the corpus).")
@click.option("--reviewer", default="", help="Who reviewed, where the sheet doesn't say.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken; write nothing.")
@with_settings
def review_take(
    files: tuple[Path, ...],
    out: Path,
    decisions: Path | None,
    reviewer: str,
    dry_run: bool,
    sourced: Sourced,
) -> None:
    """Take the decisions from workbooks that you saved; the next run applies them.

    \b
    Example:
      claims review outputs/claims.xlsx --reviewer Anna
    """
    from pipeline.review.desk import describe, take_decisions

    order = sourced.settings.date_order
    taking, target = take_decisions(files, out, decisions, reviewer, order, dry_run=dry_run)
    click.echo(describe(taking, target, dry_run=dry_run))
    sys.exit(3 if taking.refused else 0)


@review.command("stats")
@click.option("--out", type=FOLDER, default=Path("outputs"), show_default=True)
@click.option("--labels", type=FOLDER, help="Also write the decisions there as labelled rows.")
def review_stats(out: Path, labels: Path | None) -> None:
    """Say how often the tool was right: by rule, kind of attribution and confidence.

    \b
    Example:
      claims review stats --labels labels/
    """
    from pipeline.review.stats import precision_table, write_labels

    with readable_errors():
        click.echo(precision_table(out))
        if labels:
            click.echo(write_labels(out, labels))
