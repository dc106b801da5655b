"""Worker processes on this machine, with a time and a memory limit for each task.

Each worker has a pipe of its own and one task at a time: a worker that dies at any moment, also
while it sends a result, holds nothing that the others wait for.
"""

from __future__ import annotations

import math
import os
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from typing import Any, TypeVar

from pipeline.errors import PipelineError
from pipeline.executors.base import Lost, pulse
from pipeline.executors.nursery import Nursery, end_nursery, nursery

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 8  # results per worker that may wait for an earlier one: few enough to bound memory
TRIES = 2  # a worker may be killed from outside: only who kills it twice is to blame
START_SECONDS = 120.0  # a worker that takes longer to begin never will
WORTH_A_PROCESS = 50_000  # characters: a second of work, for which one more worker begins
GRACE = 10  # seconds after the limit at which a worker without a parent ends itself
READY = "ready"
ALIVE = "alive"


@dataclass(slots=True)
class Job:
    """A task, its place in the order, and how many workers died of it."""

    number: int
    task: Any
    deaths: int = 0


@dataclass(slots=True, eq=False)
class Worker:
    """A process; it has a job, or is still starting, or waits for one.

    Attributes:
        deadline: monotonic.
        beats: of the job's pulse.
        function: what it was told to apply to tasks.
    """

    home: Nursery
    pid: int
    pipe: Connection
    deadline: float
    ready: bool = False
    job: Job | None = None
    beats: int = 0
    function: Callable[[Any], Any] | None = None


@dataclass(slots=True)
class Crew:
    """The workers of one `map`, or of several in turn.

    Attributes:
        function: what they apply to the jobs in the queue.
        queue: jobs that no worker has yet, or whose worker died.
        done: number of a job -> its result.
    """

    seconds: float
    memory_mb: int
    prepare: Callable[[], None] | None
    shared: Callable[[], object] | None
    function: Callable[[Any], Any] | None = None
    workers: list[Worker] = field(default_factory=list)
    queue: deque[Job] = field(default_factory=deque)
    done: dict[int, Any] = field(default_factory=dict)
    failed_starts: int = 0

    def start(self) -> None:
        arguments = (self.seconds, self.memory_mb, self.prepare, self.function)
        while True:
            try:
                home = nursery(self.shared)
                pid, pipe = home.fork(work, *arguments)
                break
            except (EOFError, OSError) as error:
                end_nursery(self.shared)
                self.count_failed_start(f"{type(error).__name__}: {error}")
        deadline = time.monotonic() + START_SECONDS
        self.workers.append(Worker(home, pid, pipe, deadline, function=self.function))

    def count_failed_start(self, why: str) -> None:
        """Gives up after a few in turn."""
        self.failed_starts += 1
        if self.failed_starts > TRIES:
            raise PipelineError(
                f"worker processes end before they begin ({why}); if memory is"
                " short, use fewer workers; if task_memory_mb is small, raise it"
            )

    def dispatch(self, most: int) -> None:
        """Gives the jobs in the queue to who is free; starts workers, up to `most` in all."""
        free = [worker for worker in self.workers if worker.ready and worker.job is None]
        while self.queue and free:
            self.give(free.pop(), self.queue.popleft())
        starting = sum(not worker.ready for worker in self.workers)
        for _ in range(min(len(self.queue) - starting, most - len(self.workers))):
            self.start()

    def give(self, worker: Worker, job: Job) -> None:
        worker.job, worker.beats = job, 0
        worker.deadline = time.monotonic() + self.seconds
        news = self.function if worker.function is not self.function else None
        try:
            worker.pipe.send((news, job.task))
            worker.function = self.function
        except OSError:
            self.bury(worker)

    def gather(self) -> None:
        """Waits until a worker says something, dies, or is late."""
        deadlines = [w.deadline for w in self.workers if w.job or not w.ready]
        patience = max(0.0, min(deadlines) - time.monotonic())
        spoke = wait([worker.pipe for worker in self.workers], patience)
        for worker in list(self.workers):
            if worker.pipe in spoke:
                self.listen(worker)
            elif (worker.job or not worker.ready) and time.monotonic() >= worker.deadline:
                self.end_late(worker)

    def listen(self, worker: Worker) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            self.bury(worker)
            return
        if said == READY:
            worker.ready = True
            self.failed_starts = 0
            return
        if said == ALIVE:
            worker.beats += 1
            worker.deadline = time.monotonic() + self.seconds
            return
        result, error = said
        if error is not None:
            raise error
        assert worker.job is not None
        self.done[worker.job.number] = result
        worker.job = None

    def end_late(self, worker: Worker) -> None:
        job, worker.job = worker.job, None
        if job is not None:
            words = f"took longer than {self.seconds:g} s"
            self.done[job.number] = Lost("timeout", words, worker.beats)
        end(worker)
        self.bury(worker)

    def bury(self, worker: Worker) -> None:
        """What follows from a worker's death."""
        self.workers.remove(worker)
        worker.pipe.close()
        code = worker.home.exit_code(worker.pid)
        if not worker.ready:
            self.count_failed_start(f"exit code {code}")
        job = worker.job
        if job is None:
            return
        job.deaths += 1
        if job.deaths < TRIES:
            self.queue.append(job)
            return
        words = f"its worker died (exit code {code}), {TRIES} times"
        self.done[job.number] = Lost("crashed", words, worker.beats)

    @property
    def busy(self) -> bool:
        return bool(self.queue) or any(worker.job for worker in self.workers)

    def stop(self) -> None:
        """No worker outlives the run, also when the consumer stops early."""
        self.queue.clear()
        for worker in self.workers:
            end(worker)
            worker.pipe.close()
        for worker in self.workers:
            worker.home.exit_code(worker.pid)
        self.workers.clear()


def end(worker: Worker) -> None:
    """Kills it. Its id is its own until `exit_code` was asked for."""
    with suppress(ProcessLookupError):  # the nursery died, and it after that
        os.kill(worker.pid, signal.SIGKILL)


class Processes:
    """Does the work in worker processes, so that no document can take the run down.

    As a context it keeps them from one `map` to the next; else each `map` has its own.

    Args:
        workers: how many at most.
        seconds: a task that takes longer, from one beat of its pulse to the next, is killed and
            Lost.
        memory_mb: of one worker; a task that needs more fails or is Lost.
        prepare: called in each worker before its first task.
        shared: makes what all workers share, once; they go on without it if it fails.
    """

    def __init__(
        self,
        workers: int,
        seconds: float = 300,
        memory_mb: int = 4000,
        prepare: Callable[[], None] | None = None,
        shared: Callable[[], object] | None = None,
    ) -> None:
        self.workers = workers
        self._new_crew = partial(Crew, seconds, memory_mb, prepare, shared)
        self._kept: Crew | None = None

    def __enter__(self) -> Processes:
        self._kept = self._new_crew()
        return self

    def __exit__(self, *error: object) -> None:
        if self._kept is not None:
            self._kept.stop()
            self._kept = None

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Result | Lost]:
        crew = self._kept or self._new_crew()
        crew.function = function
        crew.done.clear()
        rest = (Job(number, task) for number, task in enumerate(tasks))
        drawn = following = 0  # how many tasks were taken, how many results handed over
        try:
            while True:
                room = self.workers * AHEAD - (drawn - following)
                jobs = list(islice(rest, max(0, min(room, self.workers - len(crew.queue)))))
                drawn += len(jobs)
                crew.queue.extend(jobs)
                crew.dispatch(self.workers)  # before handing over: the workers should not wait
                if following in crew.done:
                    yield crew.done.pop(following)
                    following += 1
                elif following < drawn:
                    crew.gather()
                else:
                    return
        finally:
            if crew is not self._kept or crew.busy:
                crew.stop()


def work(
    pipe: Connection,
    seconds: float,
    memory_mb: int,
    prepare: Callable[[], None] | None,
    function: Callable[[Any], Any],
) -> None:
    """What a worker does: (result, None) or (None, error) for each task, until the pipe closes.

    It is told (function, task), and (None, task) while the function stays the same.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's to handle
    limit_memory(memory_mb)
    if prepare is not None:
        prepare()
    try:
        pipe.send(READY)
        # The run ends who is late. Where it was killed, the system does, in compiled code too.
        limit = math.ceil(seconds) + GRACE
        pulse.on_beat = partial(tell_alive, pipe, limit)
        while True:
            news, task = pipe.recv()
            function = news or function
            signal.alarm(limit)
            pulse.beats = 0
            answer(pipe, function, task, memory_mb)
            signal.alarm(0)
    except (EOFError, OSError):
        return  # the run is over or was killed: there is nobody to tell


def tell_alive(pipe: Connection, limit: int) -> None:
    signal.alarm(limit)
    pipe.send(ALIVE)


def answer(pipe: Connection, function: Callable[[Any], Any], task: Any, memory_mb: int) -> None:
    words = f"needs more than {memory_mb:,} MB of memory"
    try:
        reply = ForkingPickler.dumps((function(task), None))
    except MemoryError:
        reply = ForkingPickler.dumps((Lost("out_of_memory", words, pulse.beats), None))
    except Exception as error:  # noqa: BLE001 it is raised in the run
        reply = ForkingPickler.dumps((None, error))
    pipe.send_bytes(reply)


def limit_memory(megabytes: int) -> None:
    """Caps this process's private memory, where the system can."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (soft if hard < 0 else min(soft, hard), hard))


def choose_workers(workers: int, characters: int) -> int:
    """How many workers an amount of work deserves; `workers` 0 lets the amount decide."""
    return workers or max(1, min(os.cpu_count() or 1, characters // WORTH_A_PROCESS))
