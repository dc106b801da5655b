"""The whole flow on one page: ingest -> nlp -> export (`session.do_stages` calls them in turn).

Each stage reads what the stage before left in the run's memory (`store.state`), does only what
is new, and leaves its own results there; `export` streams them into the tables.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec

import pipeline
from pipeline import logs
from pipeline.config import Settings
from pipeline.errors import PipelineError
from pipeline.executors.base import Lost, all_of
from pipeline.executors.nursery import nursery
from pipeline.export import write_all
from pipeline.export.publish import is_intact, marks
from pipeline.export.replay import storable as as_text
from pipeline.export.stats import Stats
from pipeline.ingest.corpus import Listing, find_files
from pipeline.ingest.metadata.dates import is_future
from pipeline.ingest.metadata.ranking import FUTURE_DATE
from pipeline.ingest.tasks import FileOutcome, Ingested
from pipeline.inputs import (
    Reading,
    file_rows,
    lexicons_of,
    nlp_input,
    nlp_key,
    nlp_language,
    nlp_maker,
    nlp_work,
)
from pipeline.lost import unanalysed, unreadable, without_poison
from pipeline.nlp.analyse import Input
from pipeline.nlp.installed import check_model
from pipeline.records import Metadata, Problem
from pipeline.review.decisions import DecisionFiles, beside
from pipeline.review.entities import read_entity_decisions
from pipeline.review.moves import Moves
from pipeline.review.moves import beside as documents_beside
from pipeline.review.moves import find as find_moves
from pipeline.review.moves import read as read_documents
from pipeline.shard import Shard
from pipeline.store.fingerprint import code_of, digest
from pipeline.store.state import FileRow, State
from pipeline.workers import analysts_for, readers, readers_for, writers_for

log = logging.getLogger(__name__)

# News in the memory.
READ = "document"  # doc_ids that were read and are not in the history yet
IN_QUARANTINE = "quarantine"  # paths that went there and are not reported yet
# What makes the tables out of what the memory holds.
EXPORT_CODE = (
    *("across", "export", "review", "ids.py", "records.py", "nlp/relocate.py", "run.py"),
    *("inputs.py", "finished.py"),
)
# Facts in the memory.
OUTSIDE = "outside"  # what lies in the corpus but is no article
ANALYSED = "analysed"  # fingerprint of what the last nlp stage had before it
MODEL = "model"  # SHA-256 of the model of the last nlp stage
EXPORTED = "exported"  # fingerprint of what the last export was made of
STATS = "stats"  # counts of the last export
MARKS = "marks"  # of the files that it wrote, by the file system
MOVES = "moves"  # where documents with decisions went
MOVES_OF = "moves of"  # fingerprint of what MOVES was made of

Progress = Callable[[str, int, int], None]
"""Called with the stage, what is done and what there is in all."""


def quiet(stage: str, done: int, total: int) -> None:
    """A Progress that says nothing."""


@dataclass(frozen=True)  # no slots: properties are cached
class Request:
    """What the user asked for."""

    corpus: tuple[Path, ...]
    out: Path
    settings: Settings
    given: Metadata = field(default_factory=Metadata)
    rehash: bool = False  # read every file, whatever its size and times say
    progress: Progress = quiet
    run_id: str = field(default_factory=logs.new_run_id)
    decisions: Path | None = None  # reviewers' decisions; None: those beside each corpus
    analyses: bool = True  # what is read is analysed next
    shard: Shard | None = None  # the part of the corpus that is read; None: all of it
    shards: tuple[Path, ...] = ()  # files to merge

    @cached_property
    def today(self) -> date:
        """No article was published later."""
        day = self.settings.today
        return date.fromisoformat(day) if day else datetime.now(UTC).date()

    @cached_property
    def lexicons(self) -> str:
        """What the analyst adds to the word lists, read once: all workers see the same."""
        return lexicons_of(self)

    @cached_property
    def maker(self) -> str:
        """Fingerprint of everything beside the document that an analysis depends on."""
        return nlp_maker(self)

    @cached_property
    def reviewed(self) -> DecisionFiles:
        """What reviewers decided about earlier tables."""
        return DecisionFiles([self.decisions] if self.decisions else map(beside, self.corpus))


@dataclass(slots=True)
class Summary:
    """Facts about one run; they go to the terminal and to run.json, never into the tables."""

    files: int = 0
    read: int = 0
    analysed: int = 0
    words: int = 0
    newly_quarantined: int = 0  # also by runs that ended before they could say so
    seconds: float = 0.0
    warnings: list[str] = field(default_factory=list)
    stats: Stats | None = None
    # Of each stage with its workers; of "loading", which is what workers share.
    cpu_seconds: dict[str, float] = field(default_factory=dict)

    @property
    def exit_status(self) -> int:
        """0 well, 3 when documents went into quarantine in this run."""
        return 3 if self.newly_quarantined else 0


def ingest(request: Request, state: State, summary: Summary) -> None:
    """Reads and cleans each file that is new or changed; forgets the files that are gone."""
    _ = request.lexicons  # what is wrong with them is told before the reading begins
    recall_moved(request, state)
    listing = listed(request)
    rows, warnings = file_rows(request, listing.files)
    summary.files = len(rows)
    summary.warnings += warnings
    if not rows and not request.shard:
        summary.warnings.append(f"no articles in {', '.join(map(str, request.corpus))}")
    known = state.files()
    if known and not rows and not request.shard:
        where = ", ".join(map(str, request.corpus))
        raise PipelineError(
            f"no articles in {where}, where there were {len(known):,}; the tables in"
            f" {request.out} stay as they are (to begin anew, name another --out)"
        )
    paths = {file.path for file in listing.files}
    state.forget_files(known.keys() - paths)
    summary.read = read_new(request, state, rows, anew=request.rehash)
    # A document is read as was decided where it was before; of a shard, merging looks for those.
    if not request.shard and find_moved(request, state, paths):
        read_new(request, state, file_rows(request, listing.files)[0], anew=False)
    log.info("read %d of %d files", summary.read, len(rows))
    state.put_fact(OUTSIDE, msgspec.json.encode(listing.set_aside).decode())
    state.commit()


def listed(request: Request) -> Listing:
    """The files that the request is about, and what is no article."""
    listing = find_files(request.corpus)
    if request.shard is None:
        return listing
    return listing._replace(files=tuple(f for f in listing.files if request.shard.holds(f.path)))


def read_new(request: Request, state: State, rows: Sequence[Reading], *, anew: bool) -> int:
    """Reads the files that are not in the memory as they are now, or all; gives their number."""
    known = state.files()
    due = files_due(request, state)
    new = [
        item for item in rows if anew or item[0].path in due or known.get(item[0].path) != item[0]
    ]
    if new:  # what the workers of this stage and the next need is loaded while the run goes on
        nursery(readers)
        if request.analyses:
            nursery(nlp_language(request))
    for done, (row, result) in enumerate(ingested_files(request, new), start=1):
        outcome, stored = storable(row.path, result)
        for problem in outcome.quarantined:
            log.warning("%s: quarantine: %s: %s", problem.path, problem.reason, problem.problem)
        reasons = sorted({problem.reason for problem in outcome.quarantined})
        state.put_file(row, stored, reasons, due_day(outcome))
        put_news(state, outcome)
        request.progress("reading", done, len(new))
        state.commit_now_and_then()
    return len(new)


def recall_moved(request: Request, state: State) -> None:
    """Lets decisions follow the documents that the last run saw elsewhere."""
    moves = state.fact(MOVES)
    request.reviewed.follow(msgspec.json.decode(moves, type=Moves) if moves else Moves())


def find_moved(request: Request, state: State, files: Collection[str]) -> bool:
    """Looks where documents that somebody decided about went, if they are not in these files.

    Returns whether that is another place than the last run saw.
    """
    known = request.reviewed.documents()
    for root in request.corpus:
        known |= read_documents(documents_beside(beside(root)))
    folders = [root.parent if root.is_file() else root for root in request.corpus]
    there = {as_text(file) for file in files}

    def is_gone(file: str) -> bool:  # not only left out of this run
        return file not in there and not any((folder / file).exists() for folder in folders)

    gone = {path: was for path, was in known.items() if is_gone(path.split("#", 1)[0])}
    inputs = digest(state.digest(), repr(sorted(gone))) if gone else ""
    if state.fact(MOVES_OF) == inputs:
        return False
    before, moves = request.reviewed.moves, Moves()
    if gone:
        present = (item.document for _, _, item in ingested(state))
        texts = ((as_text(document.source.path), document.text) for document in present)
        moves = find_moves(gone, texts)
    for old, places in moves.places.items():
        log.info("%s: its decisions follow it to %s", old, " or ".join(places))
    state.put_fact(MOVES, msgspec.json.encode(moves).decode())
    state.put_fact(MOVES_OF, inputs)
    request.reviewed.follow(moves)
    return moves != before


def ingested_files(
    request: Request, new: Sequence[Reading]
) -> Iterator[tuple[FileRow, FileOutcome | Lost]]:
    """What became of each file, those last that hold an article over which a worker was lost.

    Such a file is read again without that article, until all of the others are there.
    """
    from pipeline.ingest.process import ingest_file  # by now the nursery imports it, too

    again: list[Reading] = []
    workers = readers_for(request, sum(size for _, _, size in new))
    results = workers.map(ingest_file, (task for _, task, _ in new))
    for (row, task, size), result in zip(new, results, strict=True):
        retried = without_poison(task, result) if isinstance(result, Lost) else None
        if retried is None:
            yield row, result
        else:
            again.append((row, retried, size))
    if again:
        yield from ingested_files(request, again)


def due_day(outcome: FileOutcome) -> str:
    """First publication date that was refused only because its day has not come yet, or ""."""
    signs = [sign for item in outcome.documents for sign in item.document.signs]
    return min((sign.words for sign in signs if sign.name == FUTURE_DATE), default="")


def files_due(request: Request, state: State) -> set[str]:
    """Paths of files that say they are of a day which has come since they were read."""
    return {path for path, day in state.files_due().items() if not is_future(day, request.today)}


def put_news(state: State, outcome: FileOutcome) -> None:
    """Notes what came in with a file, to be reported."""
    state.put_news(IN_QUARANTINE, (problem.path for problem in outcome.quarantined))
    state.put_news(READ, (item.document.source.doc_id for item in outcome.documents))


def forget_quarantined(state: State, reasons: Collection[str]) -> int:
    """Makes the next run try again what is in quarantine for one of the reasons; () is any.

    Returns how many results were forgotten.
    """

    def wanted(reason: str) -> bool:
        return not reasons or reason in reasons

    paths = [path for path, why in state.files_in_quarantine().items() if any(map(wanted, why))]
    keys = [key for key, reason in state.failed_analyses().items() if wanted(reason)]
    state.forget_files(paths)
    state.forget_analyses(keys)
    state.put_fact(ANALYSED, "")
    return len(paths) + len(keys)


def nlp(request: Request, state: State, summary: Summary) -> None:
    """Analyses each text that no run has seen yet with this model and this code."""
    model = check_model(request.settings.model)
    if model.lacks:
        words = f"model {model.name} has no {' and no '.join(model.lacks)}: few rows can be made"
        summary.warnings.append(words)
    inputs = digest(state.digest(), request.maker)
    if state.fact(ANALYSED) == inputs:
        return
    wanted, characters = set[str](), 0
    new: dict[str, tuple[str, int]] = {}  # where each text lies: memory must not hold them all
    names: dict[str, list[str]] = {}  # the documents of each new text
    failed, read = state.failed_analyses(), set(state.news(READ))
    for path, place, document in ingested(state):
        key = nlp_key(request.maker, nlp_input(document))
        if key not in wanted and not state.has_analysis(key):
            new[key] = (path, place)
            summary.words += len(document.document.text.split())
            characters += len(document.document.text)
        if key in new:
            names.setdefault(key, []).append(document.document.source.path)
        elif key in failed and document.document.source.doc_id in read:
            state.put_news(IN_QUARANTINE, [document.document.source.path])  # a copy of a bad text
        wanted.add(key)
    state.put_fact(ANALYSED, "")  # true again at the end: a run may be killed in between
    state.keep_analyses(wanted)
    workers = analysts_for(request, characters)
    results = workers.map(nlp_work(request), texts_at(state, new.values()))
    for done, (key, result) in enumerate(zip(new, results, strict=True), start=1):
        found = unanalysed(result) if isinstance(result, Lost) else result
        state.put_analysis(key, msgspec.msgpack.encode(found), found.reason)
        if found.reason:
            log.warning(
                "%s: quarantine: %s: %s", ", ".join(names[key]), found.reason, found.problem
            )
            state.put_news(IN_QUARANTINE, names[key])
        request.progress("analysing", done, len(new))
        state.commit_now_and_then()
    summary.analysed = len(new)
    log.info("analysed %d texts", len(new))
    state.put_fact(ANALYSED, inputs)
    state.put_fact(MODEL, model.sha256)
    state.commit()


def export(request: Request, state: State, summary: Summary) -> None:
    """Writes every table of what the memory holds for this corpus, if any would change."""
    recall_moved(request, state)
    on_entities = read_entity_decisions(request.corpus)
    inputs = digest(
        *(state.fact(ANALYSED), state.digest(), state.analyses_digest(), state.fact(OUTSIDE)),
        *(code_of(*EXPORT_CODE), request.reviewed.digest(), repr(on_entities.decisions)),
    )
    if state.fact(EXPORTED) == inputs and still_there(request.out, state):
        summary.stats = msgspec.json.decode(state.fact(STATS), type=Stats)
        return
    from pipeline.finished import Finisher, pieces

    outside = msgspec.json.decode(state.fact(OUTSIDE) or "[]", type=list[Problem])
    model = check_model(request.settings.model)
    facts = {"model": f"{model.name} {model.version}", "version": pipeline.__version__}
    finisher = Finisher(state.path.parent, request.maker, on_entities, request.reviewed)
    state.commit()  # other processes read it now
    with writers_for(request, len(state.files())) as workers:
        made = workers.map(finisher, pieces(state))
        summary.stats = write_all(
            all_of(made, "making rows"),
            request.out,
            set_aside=outside,
            redirects=on_entities.merges,
            facts=facts,
            decisions=request.reviewed,
            workers=workers,
        )
    log.info("wrote the tables to %s", request.out)
    state.put_fact(STATS, msgspec.json.encode(summary.stats).decode())
    state.put_fact(EXPORTED, inputs)
    state.put_fact(MARKS, marks(request.out))
    state.commit()


def still_there(out: Path, state: State) -> bool:
    """True if the tables are as they were written; their content is read only if in doubt."""
    seen = marks(out)
    if seen and state.fact(MARKS) == seen:
        return True
    intact = is_intact(out)
    if intact:
        state.put_fact(MARKS, seen)
    return intact


# ---------------------------------------------------------------- between the stages


def outcomes(state: State, only: str = "") -> Iterator[tuple[str, FileOutcome]]:
    decoder = msgspec.msgpack.Decoder(FileOutcome)
    for path, outcome in [(only, state.outcome(only))] if only else state.outcomes():
        yield path, decoder.decode(outcome)


def ingested(state: State, only: str = "") -> Iterator[tuple[str, int, Ingested]]:
    """Each document with the path of its file and its place in it; of one file, if named."""
    for path, outcome in outcomes(state, only):
        for place, document in enumerate(outcome.documents):
            yield path, place, document


def texts_at(state: State, places: Iterable[tuple[str, int]]) -> Iterator[Input]:
    """What is analysed of each document, by the path of its file and its place in it.

    Places of one file follow each other: it may hold thousands, and is decoded once.
    """
    for path, its_places in groupby(places, key=itemgetter(0)):
        outcome = msgspec.msgpack.decode(state.outcome(path), type=FileOutcome)
        for _, place in its_places:
            yield nlp_input(outcome.documents[place])


def storable(path: str, result: FileOutcome | Lost) -> tuple[FileOutcome, bytes]:
    """What became of a file, and the same as the memory holds it."""
    outcome = unreadable(path, result) if isinstance(result, Lost) else result
    try:
        return outcome, msgspec.msgpack.encode(outcome)
    except UnicodeEncodeError:
        words = "holds characters that no file can hold; please report this file as a bug"
        outcome = FileOutcome(quarantined=(Problem(path, "read", "bad_characters", words),))
        return outcome, msgspec.msgpack.encode(outcome)
