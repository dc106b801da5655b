"""The memory between runs: what was put comes back; what is damaged is begun anew."""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import signal
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import LockedError, PipelineError
from pipeline.store.fingerprint import digest
from pipeline.store.lock import OWNER, lock, read_owner
from pipeline.store.state import DamagedStateError, FileRow, State


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


def test_what_a_dead_owner_left_is_not_believed(tmp_path: Path) -> None:
    dead = multiprocessing.get_context("spawn").Process(target=os.getpid)
    dead.start()
    dead.join()
    facts = {"pid": dead.pid, "host": platform.node(), "since": "2024-01-01T03:00:00+00:00"}
    (tmp_path / OWNER).write_text(json.dumps(facts))
    assert read_owner(tmp_path / OWNER) is None
    (tmp_path / OWNER).write_text('{"pid": 1')
    assert read_owner(tmp_path / OWNER) is None
    with lock(tmp_path):
        found = read_owner(tmp_path / OWNER)
        assert found is not None and found[0] == os.getpid()
    assert not (tmp_path / OWNER).exists()


def test_one_folder_for_memory_and_outputs_is_locked_once(tmp_path: Path) -> None:
    with lock(tmp_path, tmp_path / "."):
        assert (tmp_path / OWNER).exists()


def test_fingerprints_follow_the_results_not_the_times(tmp_path: Path) -> None:
    with State(tmp_path) as state:
        state.put_file(FileRow("a.txt", "1", "m"), b"A")
        state.put_analysis("k", b"K")
        before = state.digest(), state.analyses_digest()
        state.put_file(FileRow("a.txt", "2", "n"), b"A")
        assert state.digest() == before[0]
        state.put_file(FileRow("a.txt", "2", "n"), b"B")
        state.put_analysis("k", b"L")
        assert state.digest() != before[0]
        assert state.analyses_digest() != before[1]


def test_reasons_are_known_without_reading_the_outcomes(tmp_path: Path) -> None:
    with State(tmp_path) as state:
        state.put_file(FileRow("a.txt", "1", "m"), b"A", ["empty", "broken"])
        state.put_file(FileRow("b.txt", "1", "m"), b"B")
        state.put_analysis("k", b"K", "timeout")
        assert state.files_in_quarantine() == {"a.txt": ["empty", "broken"]}
        assert state.failed_analyses() == {"k": "timeout"}


def test_news_stay_until_they_are_told(tmp_path: Path) -> None:
    with State(tmp_path) as state:
        state.put_news("quarantine", ["b", "a", "a"])
        state.put_news("document", ["d"])
        state.commit()
    with State(tmp_path) as state:
        assert state.news("quarantine") == ["a", "b"]
        state.forget_news("quarantine")
        assert (state.news("quarantine"), state.news("document")) == ([], ["d"])


def test_damage_inside_the_file_costs_time_too(tmp_path: Path) -> None:
    with State(tmp_path) as state:
        for n in range(200):
            state.put_file(FileRow(f"{n}.txt", "1", "m"), bytes(5000))
        state.commit()
    raw = bytearray((tmp_path / "state.sqlite").read_bytes())
    raw[8192:-8192] = b"\xff" * (len(raw) - 16384)
    (tmp_path / "state.sqlite").write_bytes(raw)
    with pytest.raises(DamagedStateError), State(tmp_path) as state:
        list(state.outcomes())
    with State(tmp_path) as state:
        assert state.files() == {}


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["", "1", "2"])), min_size=1, max_size=12
    )
)
@settings(max_examples=25, deadline=None)
def test_any_sequence_ends_as_the_last_of_each(steps: list[tuple[str, str]]) -> None:
    """ "" forgets; the fingerprint depends on what is there, not on how it came."""
    expected: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        with State(Path(first)) as state:
            for path, value in steps:
                if value:
                    state.put_file(FileRow(path, value, "m"), value.encode())
                    expected[path] = value
                else:
                    state.forget_files([path])
                    expected.pop(path, None)
            after = state.digest()
            assert {p: o.decode() for p, o in state.outcomes()} == expected
        with State(Path(second)) as state:
            for path, value in expected.items():
                state.put_file(FileRow(path, value, "m"), value.encode())
            assert state.digest() == after
