"""The `claims` command: parses, calls one function, prints."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.cli_database import check_address, with_database, write_to
from pipeline.cli_options import CORPUS, DECISIONS, FILE, FOLDER, readable_errors, with_settings
from pipeline.cli_shards import Do, merge_command, with_shards
from pipeline.review.commands import review

# Matrix products of articles gain nothing from threads, which would take the workers' processors.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The stages import spaCy and pandas: seconds that `--help` and a usage error must not cost.
if TYPE_CHECKING:
    from pipeline.config import Sourced
    from pipeline.run import Request, Summary

EXIT_STATUS = (
    "Exit status: 0 well, 1 failed, 2 wrong use, 3 finished but documents went into quarantine,"
    " 4 another run is working on the same output, 5 (gate) unlike earlier runs."
)


def with_request(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds corpus, output and metadata options; hands over a Request."""

    @click.argument("corpus", nargs=-1, required=True, type=CORPUS)
    @click.option("--out", type=FOLDER, default=Path("outputs"), show_default=True)
    @click.option("--title", help="Title of the article (one article only).")
    @click.option("--outlet", help="Outlet of all articles.")
    @click.option("--author", help="Author of all articles.")
    @click.option("--published", help="Publication date of all articles, such as 2021-11-05.")
    @click.option("--url", help="Address of the article (one article only).")
    @click.option("--rehash", is_flag=True, help="Read every file, whatever its times say.")
    @click.option("--decisions", type=DECISIONS, help="Reviewers' decisions (see `review`).")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
    @with_settings
    @functools.wraps(command)
    def wrapped(
        corpus: tuple[Path, ...],
        out: Path,
        rehash: bool,
        decisions: Path | None,
        sourced: Sourced,
        **rest: Any,
    ) -> Any:
        from pipeline.run import Request
        from pipeline.session import given_metadata

        names = ("title", "outlet", "author", "published", "url")
        given = given_metadata({name: rest.pop(name) for name in names}, sourced.settings)
        request = Request(
            *(corpus, out, sourced.settings, given, rehash),
            progress=progress(),
            decisions=decisions,
        )
        return command(request=request, **rest)

    return wrapped


#: Of `claims annotate`; written here again because its module imports spaCy.
LAYERS = (
    *("clean", "dates", "money", "entities", "aliases", "triples"),
    *("attribution", "checkworthiness", "modality"),
)
RANGES = "Ranges of dates: as two ends (TIMEX3), whole (as in the tables) or open (2015-01-01/..)."
NOTIFY = click.option("--notify", help="A command that gets the summary on its standard input.")


def progress() -> Callable[[str, int, int], None]:
    """A bar on standard error, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda stage, done, total: None

    def show(stage: str, done: int, total: int) -> None:
        share = done / total if total else 1.0
        click.echo(f"\r{stage:10} [{'#' * int(share * 30):30}] {share:4.0%}", err=True, nl=False)
        if done >= total:
            click.echo(err=True)

    return show


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_STATUS,
)
@click.version_option(__version__, prog_name="claims")
def main() -> None:
    """From a folder of articles to a table of checkable claims.

    \b
    Examples:
      claims run corpus/                       articles in corpus/, tables in outputs/
      claims run corpus/ --out /tmp/tables     tables elsewhere
      claims explain corpus/news.txt           what was removed and found in one article
      claims verify outputs/                   every row against the raw files
    """


def finish(request: Request, summary: Summary, *, as_json: bool, notify: str | None) -> None:
    """Prints the summary, hands it to the --notify command, and ends with the exit status."""
    from pipeline.report import summarise

    text = summarise(request, summary, as_json=as_json)
    click.echo(text)
    if notify:
        told = subprocess.run(notify, shell=True, input=text, text=True, check=False)
        if told.returncode:
            click.echo(f"warning: {notify!r} exited {told.returncode}", err=True)
    sys.exit(summary.exit_status)


def stage_command(name: str, stages: tuple[str, ...], text: str) -> None:
    """Adds a command that does one or more stages of a run."""

    @main.command(name, help=text, epilog=EXIT_STATUS)
    @NOTIFY
    @with_database("export" in stages)
    @with_shards(name == "run")
    @with_request
    def command(
        request: Request, as_json: bool, notify: str | None, do: Do, to: str | None = None
    ) -> None:
        if to:
            check_address(to)
        summary = do(replace(request, analyses="nlp" in stages), stages)
        if to:
            write_to(to, request.out)
        finish(request, summary, as_json=as_json, notify=notify)


stage_command(
    "run",
    ("ingest", "nlp", "export"),
    """Read articles and write the claims table.

    \b
    Examples:
      claims run corpus/
      claims run feed/ archive/ --out tables/ --workers 2
      claims run article.txt --published 2021-11-05 --outlet "Example Post"
    """,
)
stage_command(
    "ingest",
    ("ingest",),
    """Only read and clean what is new (first part of `run`).

    \b
    Example:
      claims ingest corpus/ --out outputs/
    """,
)
stage_command(
    "nlp",
    ("nlp",),
    """Only analyse what was read (second part of `run`).

    \b
    Example:
      claims nlp corpus/ --out outputs/
    """,
)
stage_command(
    "export",
    ("export",),
    """Only write the tables (last part of `run`), with --to into a database, too.

    \b
    Examples:
      claims export corpus/ --out outputs/
      claims export corpus/ --to postgresql://anna@db.example.org/claims
      claims export corpus/ --to sqlite:///claims.db
    """,
)


@main.command(epilog=EXIT_STATUS)
@click.option("--reason", multiple=True, help="Only documents in quarantine for this reason.")
@NOTIFY
@with_request
def retry(request: Request, as_json: bool, notify: str | None, reason: tuple[str, ...]) -> None:
    """Run again, and try what is in quarantine once more.

    \b
    Example:
      claims retry corpus/ --reason timeout
    """
    from pipeline.session import do_stages

    finish(request, do_stages(request, retry=reason), as_json=as_json, notify=notify)


@main.command(epilog="Exit status: 0 like the runs before, 5 unlike them.")
@click.argument("outputs", type=CORPUS)
def gate(outputs: Path) -> None:
    """Compare the last run with the runs before it; exit 5 with the reasons when it differs.

    It looks at what the new documents gave: claims per document, share of text removed,
    unresolved dates, quarantine. A broken feed shows there first.

    \b
    Example:
      claims gate outputs/
    """
    from pipeline.gate import gate as compare_runs

    with readable_errors():
        verdict = compare_runs(outputs)
    for line in (*verdict.reasons, verdict.words):
        click.echo(line)
    sys.exit(5 if verdict.reasons else 0)


@main.command()
@click.argument("outputs", type=CORPUS)
@click.argument("before", type=int, required=False)
@click.argument("after", type=int, required=False)
def diff(outputs: Path, before: int | None, after: int | None) -> None:
    """List claims that were added, changed or withdrawn between two runs.

    Without BEFORE and AFTER: the runs there are.

    \b
    Example:
      claims diff outputs/ 3 4
    """
    from pipeline.report import describe_diff, describe_runs
    from pipeline.store.history import diff as changes_between
    from pipeline.store.history import runs

    with readable_errors():
        if before is None or after is None:
            click.echo(describe_runs(runs(outputs)))
        else:
            click.echo(describe_diff(changes_between(outputs, before, after)))


@main.command()
@click.argument("kind", type=click.Choice(["systemd", "cron"]))
@click.argument("corpus", nargs=-1, required=True, type=CORPUS)
@click.option("--out", type=FOLDER, default=Path("outputs"), show_default=True)
@click.option("--at", default="03:00", show_default=True, help="Time of day, HH:MM.")
@click.option("--hours", default=6, show_default=True, help="A run that takes longer is ended.")
@click.option("--install", is_flag=True, help="Install it for this user (systemd).")
@click.option("--remove", is_flag=True, help="Remove what --install installed.")
def schedule(
    kind: str,
    corpus: tuple[Path, ...],
    out: Path,
    at: str,
    hours: int,
    install: bool,
    remove: bool,
) -> None:
    """Print unit files or a crontab line for a nightly run of this checkout.

    \b
    Examples:
      claims schedule cron corpus/
      claims schedule systemd corpus/ --at 02:30 --install
    """
    from pipeline.schedule import Nightly, cron_line, install_units, remove_units, unit_files

    with readable_errors():
        nightly = Nightly.of(corpus, out, at, hours)
        if remove:
            click.echo(remove_units())
        elif install:
            click.echo(install_units(nightly))
        elif kind == "cron":
            click.echo(cron_line(nightly))
        else:
            for name, text in unit_files(nightly).items():
                click.echo(f"# {name}\n{text}")


@main.command()
@click.argument("input", type=click.Path(path_type=Path, allow_dash=True), default="-")
@click.option("--layer", required=True, help=f"{', '.join(LAYERS)}; or several: dates,money.")
@click.option("--ranges", type=click.Choice(["ends", "whole", "open"]), default="ends", help=RANGES)
@click.option("--no-model", is_flag=True, help="dates and money without the trained model.")
@with_settings
def annotate(input: Path, layer: str, sourced: Sourced, **how: Any) -> None:  # noqa: A002
    """One layer for other programs: JSON lines in, JSON lines out, one for one.

    INPUT is a file (.gz too) or - for standard input. Records have id and text.

    \b
    Example:
      echo '{"id": 1, "text": "It paid $5m in May 2021."}' | claims annotate --layer dates,money
    """
    from pipeline.annotate import annotate_file

    for line in annotate_file(input, tuple(layer.split(",")), sourced.settings.model, **how):
        click.echo(line)


@main.command()
@click.argument("document", type=CORPUS)
@with_settings
def explain(document: Path, sourced: Sourced) -> None:
    """Show one article: what was removed by which rule, and what was found, in colour.

    \b
    Example:
      claims explain corpus/samples/port-strike.txt
    """
    from pipeline.explain import explain_file

    click.echo(explain_file(document, sourced.settings))


def decision_command(action: str, target: str, text: str) -> None:
    """Adds `claims restore` or `claims remove`."""

    @main.command(action, help=text)
    @click.argument("document", type=FILE)
    @click.argument("target", metavar=target)
    @with_settings
    def command(document: Path, target: str, sourced: Sourced) -> None:
        from pipeline.articles import decide_cleaning

        click.echo(decide_cleaning(document, action, target, sourced.settings))


decision_command(
    "restore",
    "RULE|LINE",
    """Keep what cleaning removed from DOCUMENT: all that a rule took, or one line.

    The decision is kept in corpus/_claims/ and holds on every later run.

    \b
    Examples:
      claims restore corpus/news.txt footnote
      claims restore corpus/news.txt 12
    """,
)
decision_command(
    "remove",
    "LINE",
    """Take a line out of DOCUMENT, on every later run; lines are counted in the file from 1.

    \b
    Example:
      claims remove corpus/news.txt 12
    """,
)


@main.command()
@click.argument("outputs", type=CORPUS)
@click.option("--corpus", multiple=True, type=CORPUS, help="Where the articles are now.")
def verify(outputs: Path, corpus: tuple[Path, ...]) -> None:
    """Compare every row of OUTPUTS with the raw files: exit 0, or 1 with a list.

    \b
    Example:
      claims verify outputs/
    """
    from pipeline.verify import verify_outputs

    with readable_errors():
        checked, mismatches = verify_outputs(outputs, corpus)
    for mismatch in mismatches:
        click.echo(str(mismatch))
    click.echo(f"{checked:,} places checked, {len(mismatches):,} wrong", err=True)
    sys.exit(1 if mismatches else 0)


@main.command()
@with_request
def status(request: Request, as_json: bool) -> None:
    """Say which documents the next run would read again, and why.

    \b
    Example:
      claims status corpus/
    """
    from pipeline.pending import pending
    from pipeline.report import describe_status

    with readable_errors():
        click.echo(describe_status(*pending(request), as_json=as_json))


@main.command()
@click.argument("corpus", type=FOLDER)
@click.option("--init", is_flag=True, help="Write or complete metadata.csv, undated first.")
@click.option(
    "--delimiter",
    type=click.Choice([",", ";", "tab"]),
    help="Of metadata.csv (default: as it is, else a comma).",
)
@click.option("--decisions", type=DECISIONS, help="Reviewers' decisions (see `review`).")
@with_settings
def metadata(
    corpus: Path, init: bool, delimiter: str | None, decisions: Path | None, sourced: Sourced
) -> None:
    """Show what is known of each article (title, outlet, author, date, URL), or --init the file.

    \b
    Examples:
      claims metadata corpus/ --init
      claims metadata corpus/ --init --delimiter ";"   as Excel wants it in much of Europe
    """
    from pipeline.articles import metadata_table

    mark = "\t" if delimiter == "tab" else delimiter or ""
    click.echo(
        metadata_table(corpus, sourced.settings, init=init, delimiter=mark, decisions=decisions)
    )


main.add_command(review)
main.add_command(merge_command(finish))


@main.group()
def config() -> None:
    """Settings."""


@config.command()
@with_settings
def show(sourced: Sourced) -> None:
    """Print the settings in force and where each came from.

    \b
    Example:
      CLAIMS_WORKERS=2 claims config show
    """
    from pipeline.report import describe_settings

    click.echo(describe_settings(sourced))
