"""A corpus in shards: each is read and analysed apart, then all are merged into one output.

`process_shard` is the work that a Slurm array, a Kubernetes job and Ray share. It is idempotent:
its file depends on the request and the corpus only, may be made again at any time, and appears
whole or not at all. `merge` makes what one run over the whole corpus would have left in memory;
tables are written from that.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import msgspec

from pipeline import logs
from pipeline.config import state_folder
from pipeline.errors import ConfigError, PipelineError
from pipeline.executors.base import Executor, Lost
from pipeline.executors.nursery import own_nurseries
from pipeline.export.replay import storable as as_text
from pipeline.ingest.tasks import FileOutcome
from pipeline.inputs import Reading, file_rows
from pipeline.run import (
    ANALYSED,
    IN_QUARANTINE,
    MODEL,
    OUTSIDE,
    READ,
    Request,
    Summary,
    find_moved,
    ingest,
    listed,
    nlp,
    put_news,
    quiet,
    read_new,
    recall_moved,
)
from pipeline.shard import Shard
from pipeline.shard_file import (
    About,
    chosen_rows,
    file_row,
    load_shard,
    put_rows,
    read_about,
    write_shard,
)
from pipeline.store.fingerprint import digest
from pipeline.store.lock import lock
from pipeline.store.state import FileRow, State, anew_if_damaged

FOLDER = ".shards"  # below the outputs, where the command that merges them made them, too
Part = tuple[Request, Path]


def process_shard(request: Request, out: Path) -> Summary:
    """Reads and analyses the shard of a request into one Parquet file.

    What an earlier call did is not done again: it goes on after a kill, and is quick where
    nothing changed.

    Args:
        request: with a `shard`; its `out` does not matter.
        out: the file to write.
    """
    if request.shard is None:
        raise ConfigError(f"{out}: which part of the corpus? give --shard I/N")
    logs.configure(request.settings.log_format, request.run_id)
    if request.settings.state:
        folder = Path(request.settings.state) / out.stem
    else:
        folder = state_folder(request.settings, out)
    with lock(folder):
        return anew_if_damaged(lambda: fill_and_write(request, folder, out))


def process_part(part: Part) -> Summary:
    """`process_shard` of a pair, as executors call it."""
    return process_shard(*part)


def fill_and_write(request: Request, folder: Path, out: Path) -> Summary:
    """`process_shard` for who holds the lock."""
    assert request.shard is not None
    begun, summary = time.monotonic(), Summary()
    with State(folder) as state:
        before = read_about(out) if out.is_file() else None
        if before is not None and not state.files():
            load_shard(out, state)  # made on another machine, or the memory was lost
        with own_nurseries():
            ingest(request, state, summary)
            nlp(request, state, summary)
        about = About(
            index=request.shard.index,
            count=request.shard.count,
            maker=request.maker,
            content=digest(state.digest(), state.analyses_digest()),
            corpus=tuple(str(root.resolve()) for root in request.corpus),
            outside=state.fact(OUTSIDE),
            model=state.fact(MODEL),
        )
        if about != before:
            write_shard(state, about, out)
        summary.newly_quarantined = len(state.news(IN_QUARANTINE))
        state.forget_news(IN_QUARANTINE)
        state.forget_news(READ)
        state.commit()
    summary.seconds = time.monotonic() - begun
    return summary


def make_shards(request: Request, count: int, executor: Executor) -> list[Path]:
    """Lets an executor process each of `count` shards; returns their files.

    Raises:
        PipelineError: some could not be made; says which and why. The others need not be made
            again.
    """
    alone, parts = for_one_worker(request), list[Part]()
    for index in range(1, count + 1):
        shard = Shard(index, count)
        parts.append((replace(alone, shard=shard), request.out.resolve() / FOLDER / shard.file))
    lost: list[str] = []
    for done, ((_, path), result) in enumerate(
        zip(parts, executor.map(process_part, parts), strict=True), start=1
    ):
        if isinstance(result, Lost):
            lost.append(f"{path.name}: {result.words}")
        request.progress("shards", done, count)
    if lost:
        raise PipelineError("; ".join(lost) + "; run again: the other shards are kept")
    return [path for _, path in parts]


def for_one_worker(request: Request) -> Request:
    """The request as another process, in another folder, can have it."""
    corpus = tuple(root.resolve() for root in request.corpus)
    settings = msgspec.structs.replace(request.settings, workers=1)
    return replace(request, corpus=corpus, settings=settings, progress=quiet)


# ---------------------------------------------------------------- merging


def merge(request: Request, state: State, summary: Summary) -> None:
    """Fills the memory from the shards of a request, out of core, each file and text once.

    Raises:
        ConfigError: the shards don't fit together, or were made by another version or model.
    """
    abouts = check_shards(request.shards, request.maker)
    recall_moved(request, state)
    followed = moved_files(request)
    known, here = state.files(), {row.path: row for row, _, _ in readings(request, followed)}
    paths, keys = set[str](), set[str]()
    for rows in chosen_rows(request.shards, "file"):
        paths.update(row["key"] for row in rows)
        new = [row for row in rows if is_new(file_row(row), known, here)]
        put_rows(state, new)
        for row in new:
            put_news(state, msgspec.msgpack.decode(row["data"], type=FileOutcome))
        summary.read += len(new)
        state.commit_now_and_then()
    state.forget_files(known.keys() - paths)
    for rows in chosen_rows(request.shards, "text"):
        keys.update(row["key"] for row in rows)
        new = [row for row in rows if not state.has_analysis(row["key"])]
        put_rows(state, new)
        summary.analysed += len(new)
        state.commit_now_and_then()
    summary.files = len(paths)
    state.put_fact(OUTSIDE, abouts[0].outside)
    find_moved(request, state, paths)
    if followed := followed | moved_files(request):
        # Decisions followed a document to another place, where its shard did not know of them.
        read_new(request, state, readings(request, followed), anew=False)
        state.put_fact(ANALYSED, "")
        nlp(request, state, summary)
    else:
        state.keep_analyses(keys)
        state.put_fact(MODEL, abouts[0].model)
        state.put_fact(ANALYSED, digest(state.digest(), request.maker))
    state.commit()


def moved_files(request: Request) -> set[str]:
    """The files to which decisions followed a document, as far as it is known now."""
    places = chain.from_iterable(request.reviewed.moves.places.values())
    return {place.split("#", 1)[0] for place in places}


def readings(request: Request, paths: set[str]) -> list[Reading]:
    """What the memory should hold of some files, with the decisions that followed them."""
    if not paths:
        return []
    return file_rows(request, [f for f in listed(request).files if as_text(f.path) in paths])[0]


def is_new(row: FileRow, known: Mapping[str, FileRow], here: Mapping[str, FileRow]) -> bool:
    """Whether the memory has to take a shard's row of a file.

    Not if it has that row, nor if an earlier merge read the file again as it should be (`here`).
    """
    has = known.get(row.path)
    return has is None or has not in (row, here.get(row.path))


def check_shards(paths: Sequence[Path], maker: str) -> list[About]:
    """What the shards say of themselves, if they are all there is of one corpus.

    Raises:
        ConfigError: every reason why they are not.
    """
    abouts = {path: read_about(path) for path in paths}
    problems: list[str] = []
    counts = sorted({about.count for about in abouts.values()})
    if len(counts) > 1:
        problems.append(f"shards of several splits: of {', '.join(map(str, counts))}")
    by_index: dict[int, About] = {}
    for path, about in abouts.items():
        other = by_index.setdefault(about.index, about)
        if other.content != about.content:
            problems.append(f"{path}: another file has other rows of the same shard {about.index}")
        if about.maker != maker:
            problems.append(f"{path}: made by another model, watch list or version of the code")
    if missing := sorted(set(range(1, max(counts, default=0) + 1)) - by_index.keys()):
        named = ", ".join(map(str, missing[:10])) + (", ..." if len(missing) > 10 else "")
        problems.append(f"not there: shard {named} of {counts[-1]}; run it, then merge again")
    if not paths:
        problems.append("no shards were named")
    if problems:
        raise ConfigError("\n".join(problems))
    return list(abouts.values())
