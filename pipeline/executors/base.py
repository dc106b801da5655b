"""What every executor offers. Executors know nothing of the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pipeline.errors import PipelineError

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a task has no result.

    Attributes:
        reason: "timeout", "crashed" or "out_of_memory".
        words: say more to the analyst.
        beats: how often the task's pulse beat before.
    """

    reason: str
    words: str
    beats: int = 0


class Pulse:
    """What a function may tell whoever runs it while it works on one long task."""

    def __init__(self) -> None:
        self.on_beat: Callable[[], None] | None = None
        self.beats = 0

    def beat(self) -> None:
        """A part of the task begins: the time limit begins anew."""
        self.beats += 1
        if self.on_beat is not None:
            self.on_beat()


pulse = Pulse()


class Executor(Protocol):
    """Applies a pure, picklable function to tasks; equal results for any number of workers."""

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Result | Lost]:
        """Results in the order of the tasks; only a bounded number is held at a time.

        A task that hangs or kills its worker costs itself only: it is Lost.
        """
        ...


class Here:
    """Does the work in this process, one task when its result is asked for."""

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Result | Lost]:
        return map(function, tasks)


def all_of(results: Iterable[Result | Lost], work: str) -> Iterator[Result]:
    """The results, where none may be missing.

    Args:
        work: what the tasks do, for the error.

    Raises:
        PipelineError: one was lost.
    """
    for result in results:
        if isinstance(result, Lost):
            raise PipelineError(f"{work}: {result.words}; the last outputs are in place")
        yield result
