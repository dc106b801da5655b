"""What the next run would do again, and why: `claims status`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from pipeline.config import state_folder
from pipeline.ingest.corpus import CorpusFile, find_files
from pipeline.inputs import file_rows, nlp_input, nlp_key
from pipeline.nlp.installed import check_model
from pipeline.run import (
    MODEL,
    Request,
    files_due,
    ingested,
    recall_moved,
)
from pipeline.store.state import FileRow, State

#: Parts of FileRow.maker, in words.
PARTS = {
    "code": "the version of the pipeline changed",
    "given": "metadata on the command line changed",
    "rows": "its rows in metadata.csv changed",
    "decisions": "a decision about it changed",
    "cleaning": "the settings of cleaning changed",
    "user_rules": "the file of your own rules changed",
}


def pending(request: Request) -> tuple[dict[str, str], int]:
    """Each file or document that the next run would work on, with the reason; {} for none.

    The second value counts the files that are in quarantine, or have documents there.
    """
    files = find_files(request.corpus).files
    with State(state_folder(request.settings, request.out)) as state:
        recall_moved(request, state)
        rows, _ = file_rows(request, files)
        known = state.files()
        current = {row.path for row, _, _ in rows}
        gone = {path: row for path, row in known.items() if path not in current}
        due = files_due(request, state)
        reasons: dict[str, str] = dict.fromkeys(due, "the day that it is of has come")
        for file, (row, _, _) in zip(files, rows, strict=True):
            why = why_again(file, row, known.get(row.path), gone, state)
            if why:
                reasons[row.path] = why
        reasons |= dict.fromkeys(gone, "gone: its rows will be removed")
        reasons |= unanalysed(request, state, known, reasons)
        failed = state.failed_analyses()
        quarantined = {*state.files_in_quarantine()} | {
            path
            for path, _, item in (ingested(state) if failed else ())
            if nlp_key(request.maker, nlp_input(item)) in failed
        }
    return reasons, len(quarantined)


def why_again(
    file: CorpusFile,
    row: FileRow,
    before: FileRow | None,
    gone: Mapping[str, FileRow],
    state: State,
) -> str:
    """Why a file is read again, "" if it is not."""
    if before is None:
        old = moved_from(file, row, gone, state)
        return f"moved from {old}" if old else "new"
    if before.stat != row.stat:
        return "changed"
    return changed_parts(before.maker, row.maker)


def changed_parts(before: str, now: str) -> str:
    """What differs between two makers, in words."""
    old, new = parts(before), parts(now)
    names = [name for name in {**new, **old} if old.get(name) != new.get(name)]
    return "; ".join(PARTS.get(name, f"the setting {name} changed") for name in names)


def parts(maker: str) -> dict[str, str]:
    return dict(part.split(":") for part in maker.split())


def moved_from(file: CorpusFile, now: FileRow, gone: Mapping[str, FileRow], state: State) -> str:
    """A path that is gone and whose file had the bytes of this one, or ""."""
    code = parts(now.maker)["code"]
    candidates = [
        path
        for path, row in gone.items()
        # What another version remembered cannot be read.
        if row.stat.split()[0] == str(file.size) and parts(row.maker).get("code") == code
    ]
    if not candidates:
        return ""
    try:
        found = hashlib.sha256(file.file.read_bytes()).hexdigest()
    except OSError:
        return ""  # the run will say what is wrong with it
    return next((path for path in candidates if found in sources(path, state)), "")


def sources(path: str, state: State) -> set[str]:
    """SHA-256 of the file whose documents the memory holds."""
    return {item.document.source.sha256 for _, _, item in ingested(state, path)}


def unanalysed(
    request: Request, state: State, known: Iterable[str], already: Mapping[str, str]
) -> dict[str, str]:
    """Documents of unchanged files whose text no run has analysed with this model and code."""
    last = state.fact(MODEL)
    if not last:
        why = "was read but not analysed yet"
    elif last != check_model(request.settings.model).sha256:
        why = "the model changed: to be analysed again"
    else:
        why = (
            "to be analysed: the version of the pipeline, your watchlist or your word lists"
            " changed, or a run was cut short"
        )
    return {
        item.document.source.path: why
        for path in known
        if path not in already
        for _, _, item in ingested(state, path)
        if not state.has_analysis(nlp_key(request.maker, nlp_input(item)))
    }
