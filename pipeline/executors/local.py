"""Worker processes on this machine, with a time and a memory limit for each task."""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as TaskTimeoutError
from itertools import islice
from typing import TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from pipeline.executors.base import Lost

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 4  # tasks in flight per worker: enough to keep it busy, few enough to bound memory
TRIES = 2  # a worker may be killed from outside: only who kills it twice is to blame
WORTH_A_PROCESS = 300_000  # characters: below, starting one more worker costs more than it saves


class Processes:
    """Does the work in worker processes, so that no document can take the run down.

    Args:
        workers: how many.
        seconds: a task that takes longer is killed and Lost.
        memory_mb: of one worker; a task that needs more fails or is Lost.
    """

    def __init__(self, workers: int, seconds: float = 300, memory_mb: int = 4000) -> None:
        self.workers = workers
        self.seconds = seconds
        self.memory_mb = memory_mb

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Result | Lost]:
        # spawn: a forked child would inherit the threads' locks of numeric libraries.
        pool = ProcessPool(
            self.workers,
            initializer=limit_memory,
            initargs=(self.memory_mb,),
            context=multiprocessing.get_context("spawn"),
        )
        rest = iter(tasks)
        waiting: deque[tuple[Task, ProcessFuture[Result]]] = deque()

        def submit(task: Task) -> ProcessFuture[Result]:
            return pool.schedule(function, args=(task,), timeout=self.seconds)

        try:
            waiting.extend((task, submit(task)) for task in islice(rest, self.workers * AHEAD))
            while waiting:
                task, future = waiting.popleft()
                result = self.result_of(task, future, submit)
                waiting.extend((later, submit(later)) for later in islice(rest, 1))
                yield result
        finally:
            # Also when the consumer stops early: no worker may outlive the run.
            pool.stop() if waiting else pool.close()
            pool.join()

    def result_of(
        self,
        task: Task,
        future: ProcessFuture[Result],
        submit: Callable[[Task], ProcessFuture[Result]],
    ) -> Result | Lost:
        for attempt in range(1, TRIES + 1):
            try:
                return future.result()
            except TaskTimeoutError:
                return Lost("timeout", f"took longer than {self.seconds:g} s")
            except ProcessExpired as error:
                if attempt == TRIES:
                    words = f"its worker died (exit code {error.exitcode}), {TRIES} times"
                    return Lost("crashed", words)
                future = submit(task)
        raise AssertionError("unreachable: every attempt returns or is followed by another")


def limit_memory(megabytes: int) -> None:
    """Caps this process's private memory, where the system can."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (soft if hard < 0 else min(soft, hard), hard))


def choose_workers(workers: int, characters: int) -> int:
    """How many workers an amount of work deserves; `workers` 0 lets the amount decide."""
    return workers or max(1, min(os.cpu_count() or 1, characters // WORTH_A_PROCESS))
