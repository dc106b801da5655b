"""What is to be done with each file of a corpus, and what became of it.

The run holds these; only its workers import what reads and cleans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.config import Settings
from pipeline.errors import ConfigError
from pipeline.ingest.corpus import CorpusFile, control_file
from pipeline.ingest.metadata import read_metadata_csv
from pipeline.ingest.readers.options import Options
from pipeline.records import CleanDocument, CleaningDecision, Metadata, Problem


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """What a user may change.

    Attributes:
        rules_off: ids of rules, the model's kinds and libraries' removals that are switched off.
        user_rules: path of a TOML file with more rules, "" for none.
    """

    rules_off: tuple[str, ...] = ()
    user_rules: str = ""


@dataclass(frozen=True, slots=True)
class FileTask:
    """One file of the corpus and all that its outcome depends on.

    Attributes:
        path: below `root`.
        given: metadata from the command line.
        rows: metadata.csv, the rows of this file's documents by path.
        decisions: an analyst's decisions about cleaning, by document path.
        today: no publication date may lie after it.
        poison: number of a document in the file -> reason and words, where a worker was lost
            over it.
    """

    root: Path
    path: str
    given: Metadata
    rows: dict[str, Metadata]
    decisions: dict[str, tuple[CleaningDecision, ...]]
    cleaning: CleanSettings
    languages: tuple[str, ...]
    reading: Options
    max_document_chars: int
    today: date
    poison: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document that is ready for nlp."""

    document: CleanDocument
    metadata: Metadata
    language: str


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file: each of its documents is in exactly one of the three."""

    documents: tuple[Ingested, ...] = ()
    quarantined: tuple[Problem, ...] = ()
    set_aside: tuple[Problem, ...] = ()


def file_tasks(
    files: Sequence[CorpusFile],
    settings: Settings,
    given: Metadata,
    today: date,
    decisions: Mapping[str, tuple[CleaningDecision, ...]],
) -> tuple[list[FileTask], list[str]]:
    """One task per file, in order, and warnings about the metadata.csv files beside them.

    Args:
        decisions: about cleaning, by document path.

    Raises:
        ConfigError: every problem of every metadata.csv.
    """
    rows, warnings = metadata_rows(files, settings.date_order, today)
    decided: dict[str, dict[str, tuple[CleaningDecision, ...]]] = {}
    for path, made in decisions.items():
        decided.setdefault(path.split("#", 1)[0], {})[path] = made
    reading = Options(max_bytes=settings.max_file_mb * 1_000_000, columns=settings.columns)
    tasks = [
        FileTask(
            root=file.root,
            path=file.path,
            given=given,
            rows=rows.get(file.path, {}),
            decisions=decided.get(file.path, {}),
            cleaning=CleanSettings(rules_off=settings.rules_off, user_rules=settings.user_rules),
            languages=settings.languages,
            reading=reading,
            max_document_chars=settings.max_document_chars,
            today=today,
        )
        for file in files
    ]
    return tasks, warnings


def metadata_rows(
    files: Sequence[CorpusFile], date_order: str, today: date
) -> tuple[dict[str, dict[str, Metadata]], list[str]]:
    """File path -> document path -> its row of the nearest metadata.csv above it."""
    folders = {(file.root, folder) for file in files for folder in Path(file.path).parents}
    rows: dict[str, dict[str, Metadata]] = {}
    warnings: list[str] = []
    problems: list[str] = []
    # Short paths first, so that the file nearest to an article has the last word.
    for root, folder in sorted(folders, key=lambda item: (len(item[1].parts), str(item))):
        try:
            table = control_file(root, folder / "metadata.csv")
            if table is None:
                continue
            found = read_metadata_csv(table, date_order, today)
        except ConfigError as error:
            problems.append(str(error))
            continue
        warnings += found.warnings
        for key, metadata in found.rows.items():
            path = (folder / key).as_posix()
            rows.setdefault(path.split("#", 1)[0], {})[path] = metadata
    if problems:
        raise ConfigError("\n".join(problems))
    return rows, warnings
