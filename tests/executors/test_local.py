"""Executors give the same results in the same order for any number of workers."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.executors.local import AHEAD, InProcess, Processes, choose


def square(number: int) -> int:
    return number * number


def test_results_are_equal_and_in_order() -> None:
    expected = [square(n) for n in range(25)]
    assert list(InProcess().map(square, range(25))) == expected
    assert list(Processes(2).map(square, range(25))) == expected


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


def test_small_work_stays_in_this_process() -> None:
    assert isinstance(choose(0, 1000), InProcess)
    assert isinstance(choose(1, 10**9), InProcess)
    assert isinstance(choose(2, 1000), Processes)
