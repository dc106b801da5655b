"""The whole flow on one page: ingest -> nlp -> export (`session.do_stages` calls them in turn).

Each stage reads what the stage before left in the run's memory (`store.state`), does only what
is new, and leaves its own results there; `export` streams them into the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import msgspec

import pipeline
from pipeline.config import Settings
from pipeline.executors.local import choose
from pipeline.export import write_all
from pipeline.export.stats import Stats
from pipeline.ingest.corpus import CorpusFile, find_files
from pipeline.ingest.process import FileOutcome, FileTask, Ingested, file_tasks, ingest_file
from pipeline.nlp.analyse import Analysed, Input, analyse_batch
from pipeline.nlp.model import check_model
from pipeline.nlp.relocate import relocate
from pipeline.records import DocumentResult, Metadata, Problem
from pipeline.store.fingerprint import code_of, digest
from pipeline.store.state import FileRow, State

BATCH_CHARS = 60_000  # characters a task: a few seconds of the model
OUTSIDE = "outside"  # the fact that holds what lies in the corpus but is no article

Progress = Callable[[str, int, int], None]
"""Called with the stage, what is done and what there is in all."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for."""

    corpus: tuple[Path, ...]
    out: Path
    settings: Settings
    given: Metadata = field(default_factory=Metadata)
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    progress: Progress = lambda stage, done, total: None


@dataclass(slots=True)
class Summary:
    """Facts about one run; they go to the terminal and to run.json, never into the tables."""

    files: int = 0
    read: int = 0
    analysed: int = 0
    words: int = 0
    newly_quarantined: int = 0
    seconds: float = 0.0
    warnings: list[str] = field(default_factory=list)
    stats: Stats | None = None

    @property
    def exit_status(self) -> int:
        """0 well, 3 when documents went into quarantine in this run."""
        return 3 if self.newly_quarantined else 0


def ingest(request: Request, state: State, summary: Summary) -> None:
    """Reads and cleans each file that is new or changed; forgets the files that are gone."""
    listing = find_files(request.corpus)
    rows, warnings = file_rows(request, listing.files)
    summary.files = len(rows)
    summary.warnings += warnings
    if not rows:
        summary.warnings.append(f"no articles in {', '.join(map(str, request.corpus))}")
    known = state.files()
    new = [item for item in rows if known.get(item[0].path) != item[0]]
    state.forget_files(known.keys() - {file.path for file in listing.files})
    executor = choose(request.settings.workers, sum(size for _, _, size in new))
    outcomes = executor.map(ingest_file, (task for _, task, _ in new))
    for done, ((row, _, _), outcome) in enumerate(zip(new, outcomes, strict=True), start=1):
        state.put_file(row, msgspec.msgpack.encode(outcome))
        summary.newly_quarantined += len(outcome.quarantined)
        request.progress("reading", done, len(new))
    summary.read = len(new)
    state.put_fact(OUTSIDE, msgspec.json.encode(listing.set_aside).decode())
    state.commit()


def nlp(request: Request, state: State, summary: Summary) -> None:
    """Analyses each text that no run has seen yet with this model and this code."""
    maker, wanted, new = nlp_maker(request.settings), set(), {}
    for document in ingested(state):
        item = nlp_input(document)
        key = nlp_key(maker, item)
        if key not in wanted and not state.has_analysis(key):
            new[key] = item
        wanted.add(key)
    state.keep_analyses(wanted)
    total = sum(len(item.text) for item in new.values())
    executor = choose(request.settings.workers, total)
    work = partial(analyse_batch, model=request.settings.model)
    keys, done = iter(new), 0
    for results in executor.map(work, batches(list(new.values()))):
        for result in results:
            key = next(keys)
            state.put_analysis(key, msgspec.msgpack.encode(result))
            summary.newly_quarantined += bool(result.problem)
            summary.words += len(new[key].text.split())
            done += len(new[key].text)
        state.commit()
        request.progress("analysing", done, total)
    summary.analysed = len(new)
    state.commit()


def export(request: Request, state: State, summary: Summary) -> None:
    """Writes every table of what the memory holds for this corpus."""
    failed: list[Problem] = []
    results = finished(state, nlp_maker(request.settings), failed)
    quarantined = [p for outcome in outcomes(state) for p in outcome.quarantined]
    outside = msgspec.json.decode(state.fact(OUTSIDE) or "[]", type=list[Problem])
    set_aside = [*outside, *(p for outcome in outcomes(state) for p in outcome.set_aside)]
    # `failed` fills while `results` is read: the writer takes problems after results.
    problems = chained(quarantined, failed)
    model = check_model(request.settings.model)
    facts = {"model": f"{model.name} {model.version}", "version": pipeline.__version__}
    summary.stats = write_all(results, problems, set_aside, request.out, facts=facts)


# ---------------------------------------------------------------- between the stages


def file_rows(
    request: Request, files: Sequence[CorpusFile]
) -> tuple[list[tuple[FileRow, FileTask, int]], list[str]]:
    """For each file what the memory should hold, the task that makes it, and its size.

    The second value lists warnings about metadata.csv.
    """
    tasks, warnings = file_tasks(files, request.settings, request.given, request.today)
    code = code_of("ingest", "records.py")
    rows = [
        (FileRow(file.path, stat_of(file), digest(code, task.fingerprint)), task, file.size)
        for file, task in zip(files, tasks, strict=True)
    ]
    return rows, warnings


def stat_of(file: CorpusFile) -> str:
    """What a listing shows of a file; it changes when the file does."""
    return f"{file.size} {file.mtime_ns} {file.ctime_ns} {file.inode}"


def outcomes(state: State) -> Iterator[FileOutcome]:
    decoder = msgspec.msgpack.Decoder(FileOutcome)
    for _, outcome in state.outcomes():
        yield decoder.decode(outcome)


def ingested(state: State) -> Iterator[Ingested]:
    for outcome in outcomes(state):
        yield from outcome.documents


def finished(state: State, maker: str, failed: list[Problem]) -> Iterator[DocumentResult]:
    """Each analysed document, its analysis moved to source offsets; the others go to `failed`."""
    decoder = msgspec.msgpack.Decoder(Analysed)
    for item in ingested(state):
        stored = state.analysis(nlp_key(maker, nlp_input(item)))
        path = item.document.source.path
        if stored is None:
            failed.append(Problem(path, "nlp", "not_analysed", "run `claims nlp` first"))
            continue
        result = decoder.decode(stored)
        if result.problem:
            failed.append(Problem(path, "nlp", "nlp_failed", result.problem))
            continue
        analysis = relocate(result.analysis, item.document)
        yield DocumentResult(item.document, item.metadata, item.language, analysis)


def chained(first: list[Problem], later: list[Problem]) -> Iterator[Problem]:
    yield from first
    yield from later


def nlp_maker(settings: Settings) -> str:
    """Fingerprint of everything beside the document that an analysis depends on."""
    return digest(code_of("nlp", "records.py"), check_model(settings.model).sha256)


def nlp_input(item: Ingested) -> Input:
    published = item.metadata.published
    return Input(item.document.text, published.value if published else "")


def nlp_key(maker: str, item: Input) -> str:
    return digest(maker, item.text, item.published)


def batches(inputs: list[Input]) -> Iterator[list[Input]]:
    """The inputs in order, in lists of about BATCH_CHARS characters."""
    batch: list[Input] = []
    size = 0
    for item in inputs:
        batch.append(item)
        size += len(item.text)
        if size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
