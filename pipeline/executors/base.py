"""What every executor offers. Executors know nothing of the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a task has no result.

    `reason` is "timeout", "crashed" or "out_of_memory"; `words` say more to the analyst.
    """

    reason: str
    words: str


class Executor(Protocol):
    """Applies a pure, picklable function to tasks; equal results for any number of workers."""

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Result | Lost]:
        """Results in the order of the tasks; only a bounded number is held at a time.

        A task that hangs or kills its worker costs itself only: it is Lost.
        """
        ...
