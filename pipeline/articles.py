"""Questions about the articles of a corpus, and decisions on how one is cleaned."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import Settings
from pipeline.errors import ConfigError
from pipeline.ingest.corpus import find_files
from pipeline.ingest.metadata import init_metadata
from pipeline.ingest.process import ingest_file
from pipeline.ingest.readers import read_file
from pipeline.ingest.tasks import FileTask
from pipeline.inputs import file_rows
from pipeline.records import Metadata
from pipeline.review.cleaning import add_decision, decide
from pipeline.review.decisions import beside
from pipeline.review.moves import beside as documents_beside
from pipeline.review.moves import remember
from pipeline.run import Request


def corpus_of(document: Path) -> Path:
    """The corpus that a file lies in: the nearest folder above with decisions, else ./corpus
    if it lies in there, else its own folder."""
    path = document.absolute()
    for folder in path.parents:
        if (folder / "_claims").is_dir():
            return folder
    usual = Path("corpus").absolute()
    return usual if usual in path.parents else path.parent


def tasks_of(place: Path, settings: Settings, reviewed: Path | None = None) -> list[FileTask]:
    """What a run would do with one article, or with each of a corpus, read anew.

    Args:
        reviewed: the file of reviewers' decisions, None for that beside the corpus.
    """
    corpus = place if place.is_dir() else corpus_of(place)
    request = Request((corpus,), Path(), settings, decisions=reviewed)
    tasks = [task for _, task, _ in file_rows(request, find_files((corpus,)).files)[0]]
    if place.is_dir():
        return tasks
    wanted = place.absolute().relative_to(corpus.absolute()).as_posix()
    return [task for task in tasks if task.path == wanted]


def documents(
    corpus: Path, settings: Settings, reviewed: Path | None = None
) -> dict[str, Metadata]:
    """Path -> what is known of each article of a corpus, read anew."""
    tasks = tasks_of(corpus, settings, reviewed)
    found = (item for task in tasks for item in ingest_file(task).documents)
    return {item.document.source.path: item.metadata for item in found}


def decide_cleaning(document: Path, action: str, target: str, settings: Settings) -> str:
    """Records an analyst's decision about what cleaning does with a line, or with a rule.

    Raises:
        ConfigError: there is no such article, rule or line.
    """
    tasks = tasks_of(document, settings)
    if not tasks:
        raise ConfigError(f"{document}: no article that a run would read")
    task = tasks[0]
    source = next(iter(read_file(task.root, task.path, task.reading)))
    decision = decide(source, action, target)
    rules = {
        removal.rule for item in ingest_file(task).documents for removal in item.document.removals
    }
    if decision.rule and decision.rule not in rules:
        known = ", ".join(sorted(rules)) or "none"
        raise ConfigError(
            f"{document}: no rule {decision.rule!r} removed anything here; these did: {known}"
        )
    file = add_decision(task.root, source.path, decision)
    found = [item.document for item in ingest_file(task).documents]
    remember(
        documents_beside(beside(task.root)),
        ((document.source.path, document.text) for document in found),
    )
    return f"recorded in {file}; the next run follows it"


def metadata_table(
    corpus: Path,
    settings: Settings,
    *,
    init: bool,
    delimiter: str = "",
    decisions: Path | None = None,
) -> str:
    """A line per article: path, date, outlet, author, title, address; undated first.

    Args:
        init: write metadata.csv instead.
        delimiter: of that file; "" for the one that it has.
        decisions: as for `tasks_of`.
    """
    known = documents(corpus, settings, decisions)
    if init:
        written = init_metadata(corpus, known.items(), delimiter)
        return f"wrote {written}: articles without a date come first"

    def line(path: str, found: Metadata) -> str:
        facts = (found.published, found.outlet, found.author, found.title, found.url)
        return "\t".join([path, *(f"{f.value} [{f.origin}]" if f else "?" for f in facts)])

    ordered = sorted(known.items(), key=lambda item: (item[1].published is not None, item[0]))
    head = "path\tpublished\toutlet\tauthor\ttitle\turl"
    return "\n".join([head, *(line(*item) for item in ordered)])
