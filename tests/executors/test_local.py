"""Workers give the same results in the same order for any number, and a bad task costs itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.executors.base import Lost, pulse
from pipeline.executors.local import AHEAD, Processes, choose_workers


def square(number: int) -> int:
    return number * number


def trouble(task: str) -> str:
    """Hangs, dies or eats memory when asked to."""
    if task == "hang":
        time.sleep(600)
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "eat":
        try:
            return str(len(bytearray(3_000_000_000)))
        except MemoryError:
            return "refused"
    if task.startswith("die once "):
        mark = Path(task.removeprefix("die once "))
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return task


@pytest.mark.parametrize("workers", [1, 2])
def test_results_are_equal_and_in_order(workers: int) -> None:
    assert list(Processes(workers).map(square, range(25))) == [square(n) for n in range(25)]


def test_tasks_are_drawn_as_results_are_taken() -> None:
    drawn: list[int] = []

    def tasks() -> Iterator[int]:
        for n in range(100):
            drawn.append(n)
            yield n

    results = Processes(2).map(square, tasks())
    assert next(results) == 0
    assert len(drawn) <= 2 * AHEAD + 1
    assert list(results)[-1] == square(99)


def test_a_bad_task_costs_only_itself(tmp_path: Path) -> None:
    tasks = ["a", "hang", "b", "die", f"die once {tmp_path / 'mark'}", "eat", "c"]
    results = list(Processes(2, seconds=10, memory_mb=1000).map(trouble, tasks))
    assert [results[i] for i in (0, 2, 4, 5, 6)] == ["a", "b", tasks[4], "refused", "c"]
    hung, died = results[1], results[3]
    assert isinstance(hung, Lost) and hung.reason == "timeout"
    assert isinstance(died, Lost) and died.reason == "crashed"


def test_the_amount_of_work_decides_when_nobody_does() -> None:
    assert choose_workers(0, 1000) == 1
    assert choose_workers(0, 10**9) == (os.cpu_count() or 1)
    assert choose_workers(3, 1000) == 3


class Heavy:
    """A result under which a worker breaks down."""

    def __reduce__(self) -> str:
        os.kill(os.getpid(), signal.SIGKILL)
        return ""


def heavy(task: int) -> Heavy | int:
    return Heavy() if task == 1 else task


def test_a_worker_that_dies_with_its_result_in_hand_holds_up_nobody() -> None:
    results = list(Processes(2).map(heavy, range(4)))
    assert [results[n] for n in (0, 2, 3)] == [0, 2, 3]
    assert isinstance(results[1], Lost) and results[1].reason == "crashed"


def lazy(task: int) -> int:
    return os.getpid()


def test_a_worker_that_is_killed_while_it_waits_is_replaced() -> None:
    results = Processes(1).map(lazy, range(AHEAD * 2))
    first = next(results)
    assert isinstance(first, int)
    os.kill(first, signal.SIGKILL)
    rest = list(results)
    assert len(rest) == AHEAD * 2 - 1
    assert all(isinstance(result, int) for result in rest)


def test_workers_that_cannot_begin_end_the_run_not_the_documents() -> None:
    with pytest.raises(PipelineError, match="end before they begin"):
        list(Processes(1, prepare=partial(os._exit, 5)).map(square, [1]))


def in_parts(parts: int) -> int:
    for _ in range(parts):
        pulse.beat()
        time.sleep(0.5)
    return parts


def stuck(part: int) -> None:
    for number in range(part + 1):
        pulse.beat()
        if number == part:
            time.sleep(60)


def test_the_time_limit_is_for_a_part_of_a_task_and_the_late_part_is_named() -> None:
    assert list(Processes(1, seconds=2).map(in_parts, [6])) == [6]
    lost = next(Processes(1, seconds=1).map(stuck, [2]))
    assert isinstance(lost, Lost) and (lost.reason, lost.beats) == ("timeout", 3)


def pid_of(_: int) -> int:
    return os.getpid()


def fail(_: int) -> int:
    raise ValueError("a defect")


def test_workers_are_kept_from_one_map_to_the_next() -> None:
    with Processes(1) as workers:
        (first,) = workers.map(pid_of, [1])
        assert list(workers.map(square, range(20))) == [square(n) for n in range(20)]
        assert list(workers.map(pid_of, [1])) == [first]
        results = workers.map(lazy, range(AHEAD * 2))
        next(results)
        results.close()  # what was begun is given up
        assert list(workers.map(square, range(5))) == [square(n) for n in range(5)]
        with pytest.raises(ValueError, match="a defect"):
            list(workers.map(fail, range(5)))
        (last,) = workers.map(pid_of, [1])
    with pytest.raises(ProcessLookupError):
        os.kill(last, 0)
