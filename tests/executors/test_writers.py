"""Files that are written side by side are those that are written one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import PipelineError
from pipeline.executors.base import Lost
from pipeline.executors.local import Processes
from pipeline.export import write_all
from pipeline.export.additions import Addition
from pipeline.export.publish import is_intact, marks
from pipeline.records import Problem

THREE = [Problem(f"{n}.txt", "read", "empty", "nothing in it") for n in range(3)]
PROBLEMS = Addition(quarantine=THREE, set_aside=THREE)


def content(out: Path) -> dict[str, bytes]:
    version = out / ".current"
    return {
        path.relative_to(version).as_posix(): path.read_bytes()
        for path in sorted(version.rglob("*"))
        if path.is_file()
    }


def test_side_by_side_gives_the_same_bytes(tmp_path: Path) -> None:
    write_all([PROBLEMS], tmp_path / "one")
    with Processes(2) as workers:
        write_all([PROBLEMS], tmp_path / "two", workers=workers)
    assert content(tmp_path / "two") == content(tmp_path / "one")
    assert len(content(tmp_path / "one")) > 10


class Losing:
    """An executor whose workers die."""

    def map(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        for _ in tasks:
            yield Lost("out_of_memory", "needs more than 1 MB of memory")


def test_a_lost_writer_leaves_the_last_outputs(tmp_path: Path) -> None:
    write_all([PROBLEMS], tmp_path)
    before = content(tmp_path)
    with pytest.raises(PipelineError, match="needs more than 1 MB"):
        write_all([PROBLEMS], tmp_path, workers=Losing())
    assert content(tmp_path) == before


def test_marks_change_with_every_file(tmp_path: Path) -> None:
    assert marks(tmp_path) == ""
    write_all([PROBLEMS], tmp_path)
    seen = marks(tmp_path)
    assert seen == marks(tmp_path) != ""
    (tmp_path / "claims.csv").resolve().touch()
    assert marks(tmp_path) != seen
    assert is_intact(tmp_path)
    (tmp_path / "claims.csv").unlink()
    assert marks(tmp_path) == ""
