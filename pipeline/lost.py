"""What becomes of a text or file whose worker was lost: it died, or took too long or too much."""

from __future__ import annotations

from dataclasses import replace

from pipeline.executors.base import Lost
from pipeline.ingest.tasks import FileOutcome, FileTask
from pipeline.nlp.analyse import Analysed
from pipeline.records import Analysis, Problem

MOST_POISON = 20  # articles of one file over which workers may be lost before all of it is


def without_poison(task: FileTask, lost: Lost) -> FileTask | None:
    """The task without the article that its worker was lost over; None where that is no help."""
    number = lost.beats - 1
    if number < 0 or number in task.poison or len(task.poison) == MOST_POISON:
        return None
    return replace(task, poison={**task.poison, number: (lost.reason, retry_words(lost))})


def unanalysed(lost: Lost) -> Analysed:
    return Analysed(Analysis(), lost.reason, lost.words)


def unreadable(path: str, lost: Lost) -> FileOutcome:
    return FileOutcome(quarantined=(Problem(path, "read", lost.reason, retry_words(lost)),))


def retry_words(lost: Lost) -> str:
    return (
        f"{lost.words}; if the file is sound, raise task_seconds or task_memory_mb and run"
        f" `claims retry --reason {lost.reason}`"
    )
