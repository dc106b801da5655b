"""Executors for this machine: in this process, or in several."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

from pipeline.executors.base import Executor

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 3  # tasks in flight per worker: enough to keep it busy, few enough to bound memory


class InProcess:
    """Does the work in this process, one task after the other."""

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        return map(function, tasks)


class Processes:
    """Does the work in `workers` processes, with back-pressure."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        # spawn: a forked child would inherit the threads' locks of numeric libraries.
        context = multiprocessing.get_context("spawn")
        waiting: deque[Future[Result]] = deque()
        rest = iter(tasks)
        with ProcessPoolExecutor(self.workers, mp_context=context) as pool:
            for task in islice(rest, self.workers * AHEAD):
                waiting.append(pool.submit(function, task))
            while waiting:
                result = waiting.popleft().result()
                for task in islice(rest, 1):
                    waiting.append(pool.submit(function, task))
                yield result


WORTH_A_PROCESS = 300_000  # characters: below this, starting a worker costs more than it saves


def choose(workers: int, characters: int) -> Executor:
    """The executor for an amount of work; `workers` 0 lets the amount decide."""
    if workers == 0:
        workers = min(os.cpu_count() or 1, characters // WORTH_A_PROCESS)
    return Processes(workers) if workers > 1 else InProcess()
