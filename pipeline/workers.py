"""How many processes a request's work is worth, and their limits."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from pipeline import logs
from pipeline.executors.base import Here
from pipeline.executors.local import Processes, choose_workers
from pipeline.inputs import nlp_language

if TYPE_CHECKING:
    from pipeline.run import Request

USUAL_LENGTH = 4_000  # characters of an article
MANY_FILES = 50  # below, writing their tables takes less than starting processes
A_DAY = 86_400  # seconds; how long a workbook takes depends on the corpus


def readers() -> object:
    """What those share who read files, and later those who make tables of what was read."""
    return import_module("pipeline.ingest.process")


def readers_for(request: Request, characters: int) -> Processes:
    """Processes that read files; they give way to the loading of the model, which all wait for."""
    return _for_texts(request, characters, readers, niceness=10)


def analysts_for(request: Request, characters: int) -> Processes:
    """Processes that analyse texts."""
    return _for_texts(request, characters, nlp_language(request))


def _for_texts(
    request: Request, characters: int, shared: Callable[[], object], niceness: int = 0
) -> Processes:
    settings = request.settings
    workers = choose_workers(settings.workers, characters)
    prepare = partial(begin, settings.log_format, request.run_id, niceness)
    return Processes(workers, settings.task_seconds, settings.task_memory_mb, prepare, shared)


def writers_for(request: Request, files: int) -> Processes | Here:
    """Processes that make the tables, where that is worth their start."""
    workers = choose_workers(request.settings.workers, files * USUAL_LENGTH)
    if workers == 1 or files < MANY_FILES:
        return Here()
    prepare = partial(begin, request.settings.log_format, request.run_id)
    return Processes(workers, A_DAY, request.settings.task_memory_mb, prepare, readers)


def begin(log_format: str, run_id: str, niceness: int = 0) -> None:
    """What a worker does first."""
    logs.configure(log_format, run_id)
    os.nice(niceness)
