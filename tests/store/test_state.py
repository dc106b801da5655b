"""The memory between runs: what was put comes back; what is damaged is begun anew."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from pipeline.errors import LockedError, PipelineError
from pipeline.store.fingerprint import digest
from pipeline.store.lock import lock
from pipeline.store.state import FileRow, State


def test_outcomes_come_back_by_path(tmp_path: Path) -> None:
    with State(tmp_path) as state:
        state.put_file(FileRow("b.txt", "2", "m"), b"B")
        state.put_file(FileRow("a.txt", "1", "m"), b"A")
        state.commit()
    with State(tmp_path) as state:
        assert list(state.outcomes()) == [("a.txt", b"A"), ("b.txt", b"B")]
        assert state.files()["a.txt"] == FileRow("a.txt", "1", "m")
        state.forget_files(["a.txt"])
        assert [path for path, _ in state.outcomes()] == ["b.txt"]


def test_only_wanted_analyses_are_kept(tmp_path: Path) -> None:
    with State(tmp_path) as state:
        for key in ("k1", "k2"):
            state.put_analysis(key, key.encode())
        state.keep_analyses({"k2"})
        assert (state.analysis("k1"), state.analysis("k2")) == (None, b"k2")


def test_a_damaged_file_costs_time_not_the_run(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"this is no database" * 100)
    with State(tmp_path) as state:
        assert state.files() == {}
    assert (tmp_path / "state.damaged").exists()


def test_an_unusable_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(PipelineError, match="setting `state`"):
        State(tmp_path / "file")


def test_parts_of_a_fingerprint_do_not_run_together() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def hold(folder: Path, ready: str) -> None:
    with lock(folder):
        Path(ready).touch()
        time.sleep(60)


def test_the_lock_names_a_live_owner_and_forgets_a_dead_one(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    owner = multiprocessing.get_context("spawn").Process(
        target=hold, args=(tmp_path / "run", str(ready))
    )
    owner.start()
    try:
        while not ready.exists():
            time.sleep(0.02)
        with pytest.raises(LockedError, match=f"process {owner.pid}"), lock(tmp_path / "run"):
            raise AssertionError("two owners")
        assert owner.pid is not None
        os.kill(owner.pid, signal.SIGKILL)
        owner.join()
        with lock(tmp_path / "run"):
            assert owner.exitcode == -signal.SIGKILL
    finally:
        owner.kill()
        owner.join()
