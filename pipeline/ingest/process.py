"""The ingest stage for one file: read, clean, find metadata, detect the language."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from dataclasses import replace

from pipeline.errors import DocumentError
from pipeline.executors.base import pulse
from pipeline.ingest.clean import clean
from pipeline.ingest.decode import GUESSED, STRAY
from pipeline.ingest.language import detect, is_short
from pipeline.ingest.metadata import metadata_of
from pipeline.ingest.readers import read_file
from pipeline.ingest.tasks import FileOutcome, FileTask, Ingested
from pipeline.records import Problem, Sign, SourceDocument, Span

log = logging.getLogger(__name__)
AROUND = 30  # characters around the first guessed one that an analyst is shown
LONGEST_WORDS = 160  # characters of a sign's words


def ingest_file(task: FileTask) -> FileOutcome:
    """Reads the file's documents and makes each ready for nlp; never raises for a bad document."""
    documents: list[Ingested] = []
    quarantined: list[Problem] = []
    set_aside: list[Problem] = []
    try:
        for number, source in enumerate(read_file(task.root, task.path, task.reading)):
            pulse.beat()  # a list of 10,000 articles may take its time; each of them may not
            if number in task.poison:
                quarantined.append(Problem(source.path, "clean", *task.poison[number]))
                continue
            try:
                found = ingest_document(source, task)
            except DocumentError as error:
                quarantined.append(Problem(error.path, "clean", error.reason, error.problem))
                continue
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 nor the other documents of the file
                quarantined.append(bug(source.path, "clean", error))
                continue
            if found.language in task.languages:
                documents.append(found)
            else:
                set_aside.append(other_language(found, task.languages))
    except DocumentError as error:
        quarantined.append(Problem(error.path, "read", error.reason, error.problem))
    except MemoryError:
        raise  # the worker says how much it had
    except Exception as error:  # noqa: BLE001 a reader's bug on one file must not stop the run
        quarantined.append(bug(task.path, "read", error))
    return FileOutcome(tuple(documents), tuple(quarantined), tuple(set_aside))


def other_language(found: Ingested, languages: Sequence[str]) -> Problem:
    """Why a document is set aside that is in none of the languages, as far as can be told."""
    analysed = f"only {', '.join(languages)} is analysed"
    if found.language:
        reason, words = f"language_{found.language}", f"language {found.language}: {analysed}"
    elif is_short(found.document.text):
        reason = "too_short_for_language"
        words = f"too short to tell its language; {analysed}"
    else:
        reason, words = "language_unknown", f"no language can be told from its words; {analysed}"
    return Problem(found.document.source.path, "language", reason, words)


def bug(path: str, stage: str, error: Exception) -> Problem:
    """What became of a document that our own code failed on."""
    log.warning("%s: %s", path, traceback.format_exc())
    shown = str(error).encode("utf-8", "backslashreplace").decode()
    words = f"{type(error).__name__}: {shown}; please report this file as a bug of the pipeline"
    return Problem(path, stage, "reader_failed" if stage == "read" else "cleaning_failed", words)


def ingest_document(source: SourceDocument, task: FileTask) -> Ingested:
    """One document, cleaned, with its metadata and language.

    Raises:
        DocumentError: nothing is left after cleaning, or the text is too long for the model.
    """
    document = clean(source, task.cleaning, task.decisions.get(source.path, ()))
    if not document.text.strip():
        raise DocumentError(
            source.path,
            "all_boilerplate",
            "no text left after cleaning; `claims explain` shows what was removed and why",
        )
    if len(document.text) > task.max_document_chars:
        raise DocumentError(
            source.path,
            "too_long",
            f"{len(document.text):,} characters, more than max_document_chars"
            f" ({task.max_document_chars:,}); split the file, or raise the setting",
        )
    metadata, refused = metadata_of(document, task.given, task.rows.get(source.path), task.today)
    missing = [
        Sign(f"no_{name}", "")
        for name, fact in (("date", metadata.published), ("author", metadata.author))
        if fact is None
    ]
    return Ingested(
        replace(
            document,
            signs=(*document.signs, *encoding_signs(source), *refused, *missing),
        ),
        metadata,
        detect(document.text),
    )


def encoding_signs(source: SourceDocument) -> tuple[Sign, ...]:
    """One sign where the reader had to guess what characters a file's bytes are."""
    guessed = [removal for removal in source.removals if removal.rule in (GUESSED, STRAY)]
    if not guessed:
        return ()
    span = guessed[0].span
    start = max(0, span.start - AROUND)
    around = Span(start, min(len(source.text), span.end + AROUND)).of(source.text)
    words = f"{guessed[0].reason}: {' '.join(around.split())}"
    return (Sign(GUESSED, words[:LONGEST_WORDS], span),)
