"""How many processes a request's work is worth, and their limits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from pipeline import logs
from pipeline.executors.base import Here
from pipeline.executors.local import Processes, choose_workers

if TYPE_CHECKING:
    from pipeline.run import Request

USUAL_LENGTH = 4_000  # characters of an article
MANY_FILES = 50  # below, writing their tables takes less than starting processes
A_DAY = 86_400  # seconds; how long a workbook takes depends on the corpus


def readers() -> object:
    """What those share who read files, and later those who make tables of what was read."""
    return import_module("pipeline.ingest.process")


def workers_for(request: Request, characters: int, shared: Callable[[], object]) -> Processes:
    """Processes that read or analyse.

    Args:
        shared: as for Processes.
    """
    settings = request.settings
    workers = choose_workers(settings.workers, characters)
    prepare = partial(logs.configure, settings.log_format, request.run_id)
    return Processes(workers, settings.task_seconds, settings.task_memory_mb, prepare, shared)


def writers_for(request: Request, files: int) -> Processes | Here:
    """Processes that make the tables, where that is worth their start."""
    workers = choose_workers(request.settings.workers, files * USUAL_LENGTH)
    if workers == 1 or files < MANY_FILES:
        return Here()
    prepare = partial(logs.configure, request.settings.log_format, request.run_id)
    return Processes(workers, A_DAY, request.settings.task_memory_mb, prepare, readers)
