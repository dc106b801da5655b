"""Options and the command for corpora in shards: `run --shard`, `run --executor ray`, `merge`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli_options import DECISIONS, FILE, FOLDER, with_settings

if TYPE_CHECKING:
    from pipeline.config import Sourced
    from pipeline.run import Request, Summary

Do = Callable[["Request", tuple[str, ...]], "Summary"]


def with_shards(wanted: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds the options to `run`; hands over `do`, which does the stages in the chosen way."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        if not wanted:
            return functools.wraps(command)(lambda **rest: command(do=do_here, **rest))

        @click.option("--shard", metavar="I/N", help="Part I of N, to a file in --out.")
        @click.option("--executor", type=click.Choice(["local", "ray"]), help="Who does the work.")
        @click.option("--address", help="Of a Ray cluster; without, one is started here.")
        @click.option("--shards", type=click.IntRange(1), default=8, help="Parts of a run on Ray.")
        @functools.wraps(command)
        def wrapped(
            shard: str | None, executor: str | None, address: str | None, shards: int, **rest: Any
        ) -> Any:
            if shard and executor == "ray":
                raise click.UsageError("--shard is for one process; leave out --executor")
            if shard and rest.get("to"):
                raise click.UsageError("--shard writes no tables; give --to to `claims merge`")
            do = do_here
            if shard:
                do = functools.partial(do_shard, shard)
            elif executor == "ray":
                do = functools.partial(do_on_ray, address or "", shards)
            return command(do=do, **rest)

        return wrapped

    return decorate


def do_here(request: Request, stages: tuple[str, ...]) -> Summary:
    from pipeline.session import do_stages

    return do_stages(request, stages)


def do_shard(words: str, request: Request, stages: tuple[str, ...]) -> Summary:
    """One shard, to a file in the output folder."""
    from pipeline.distribute import process_shard
    from pipeline.shard import Shard

    shard = Shard.parse(words)
    return process_shard(replace(request, shard=shard), request.out / shard.file)


def do_on_ray(address: str, count: int, request: Request, stages: tuple[str, ...]) -> Summary:
    """Shards as tasks of Ray, merged here."""
    from pipeline.distribute import make_shards
    from pipeline.executors.ray_tasks import RayTasks
    from pipeline.session import do_stages, prepare_out

    prepare_out(request.out)
    made = make_shards(request, count, RayTasks(address, request.settings.workers))
    return do_stages(replace(request, shards=tuple(made)), ("merge", "export"))


def merge_command(finish: Callable[..., None]) -> click.Command:
    """`claims merge`."""

    @click.command("merge")
    @click.argument("shards", nargs=-1, required=True, type=FILE)
    @click.option("--out", type=FOLDER, default=Path("outputs"), show_default=True)
    @click.option("--corpus", multiple=True, type=click.Path(path_type=Path), help="If it moved.")
    @click.option("--decisions", type=DECISIONS, help="Reviewers' decisions (see `review`).")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
    @with_settings
    def merge(
        shards: tuple[Path, ...],
        out: Path,
        corpus: tuple[Path, ...],
        decisions: Path | None,
        as_json: bool,
        sourced: Sourced,
    ) -> None:
        """Write the tables of a corpus that was run in shards.

        The result is that of one run over the whole corpus, row for row.

        \b
        Example:
          claims merge shards/*.parquet --out outputs/
        """
        from pipeline.run import Request
        from pipeline.session import do_stages
        from pipeline.shard_file import read_about

        roots = corpus or tuple(map(Path, read_about(shards[0]).corpus))
        request = Request(roots, out, sourced.settings, decisions=decisions, shards=shards)
        summary = do_stages(request, ("merge", "export"))
        finish(request, summary, as_json=as_json, notify=None)

    return merge
