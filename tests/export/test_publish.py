"""Outputs change together or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, PipelineError
from pipeline.export import publish, write_all
from pipeline.export.additions import Addition, addition
from pipeline.export.publish import new_version
from pipeline.records import DocumentResult, Problem

Build = Callable[..., DocumentResult]


def write(out: Path, **files: str) -> None:
    with new_version(out) as folder:
        for name, words in files.items():
            (folder / name).write_text(words)


def content(out: Path) -> dict[str, bytes]:
    """Every file that a reader sees, by its name."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for top in sorted(out.iterdir())
        if not top.name.startswith(".")
        for path in (sorted(top.rglob("*")) if top.is_dir() else [top])
        if path.is_file()
    }


def test_the_same_input_gives_the_same_bytes(make_result: Build, tmp_path: Path) -> None:
    problems = [Problem("b", "ingest", "empty", "x"), Problem("a", "ingest", "empty", "x")]
    results = [make_result("a.txt"), make_result("b.txt", before="Menu\n")]
    one = addition(results)
    one.quarantine = problems
    write_all([one], tmp_path / "one")
    two = [Addition(quarantine=problems[::-1]), *(addition([result]) for result in results)]
    write_all(iter(two), tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert len(content(tmp_path / "one")) >= 20
    names = [sorted(p.name for p in (tmp_path / n / ".versions").iterdir()) for n in ("one", "two")]
    assert names[0] == names[1]


def test_nothing_else_is_touched(tmp_path: Path) -> None:
    for name in ("README.md", "run.json", "history.sqlite", "my notes.txt"):
        (tmp_path / name).write_text(name)
    write(tmp_path, a="1")
    write(tmp_path, a="2")
    write(tmp_path, b="3")
    assert content(tmp_path) == {
        "README.md": b"README.md",
        "b": b"3",
        "history.sqlite": b"history.sqlite",
        "my notes.txt": b"my notes.txt",
        "run.json": b"run.json",
    }
    assert len(list((tmp_path / ".versions").iterdir())) == 1


def test_an_error_while_writing_leaves_the_last_outputs(make_result: Build, tmp_path: Path) -> None:
    write_all([addition([make_result()])], tmp_path)
    before = content(tmp_path)

    def broken() -> Iterator[Addition]:
        yield addition([make_result("other.txt")])
        raise OSError(28, "No space left on device")

    with pytest.raises(PipelineError, match="No space left"):
        write_all(broken(), tmp_path)
    assert content(tmp_path) == before
    assert not (tmp_path / ".versions" / "next").exists()


def test_a_defect_is_no_pipeline_error(make_result: Build, tmp_path: Path) -> None:
    def broken() -> Iterator[Addition]:
        raise KeyError("a bug")
        yield addition([make_result()])

    with pytest.raises(KeyError):
        write_all(broken(), tmp_path)
    assert not (tmp_path / ".versions" / "next").exists()


def test_two_documents_of_one_path_are_refused(make_result: Build, tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"a\.txt"):
        write_all([addition([make_result("a.txt"), make_result("a.txt")])], tmp_path)


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="--out"):
        write(tmp_path / "file", a="1")


def test_what_is_in_the_way_is_kept(tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text("mine")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "x").write_text("mine too")
    with new_version(tmp_path) as folder:
        (folder / "claims.jsonl").write_text("ours")
        (folder / "tables").mkdir()
    assert (tmp_path / "claims.jsonl").read_text() == "ours"
    assert (tmp_path / "claims.kept-1.jsonl").read_text() == "mine"
    assert (tmp_path / "tables.kept-1" / "x").read_text() == "mine too"


def write_book(out: Path, words: str) -> None:
    """A workbook and the package that knows its hash."""
    digest = hashlib.sha256(words.encode()).hexdigest()
    resource = {"path": "claims.xlsx", "hash": f"sha256:{digest}"}
    package = json.dumps({"resources": [resource]})
    with new_version(out) as folder:
        (folder / "claims.xlsx").write_text(words)
        (folder / "datapackage.json").write_text(package)


@pytest.mark.parametrize("replaced", [False, True], ids=["written-through-link", "link-replaced"])
def test_a_workbook_with_decisions_is_kept(tmp_path: Path, replaced: bool) -> None:
    write_book(tmp_path, "first")
    book = tmp_path / "claims.xlsx"
    if replaced:
        book.unlink()
    book.write_text("decisions of a day")
    for words in ("first", "first", "second"):  # the same set again, then another
        write_book(tmp_path, words)
        assert book.read_text() == words
        (kept,) = tmp_path.glob("claims.edited-*.xlsx")
        assert kept.read_text() == "decisions of a day"
    names = [path.name for path in (tmp_path / ".versions").iterdir()]
    assert len(names) == 1


def test_an_untouched_workbook_is_not_kept(tmp_path: Path) -> None:
    write_book(tmp_path, "first")
    write_book(tmp_path, "second")
    assert not list(tmp_path.glob("claims.edited-*"))


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: object, target_is_directory: bool = False) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    for words in ("old", "new"):
        with new_version(tmp_path) as folder:
            (folder / "a").write_text(words)
            (folder / "tables").mkdir()
            (folder / "tables" / words).write_text(words)
    assert content(tmp_path) == {"a": b"new", "tables/new": b"new"}
    assert not list(tmp_path.glob(".*"))


CHILD = """
import os, signal, sys
from pathlib import Path
from pipeline.export.publish import new_version

point, count = sys.argv[2], 0

def die(event, args):
    global count
    if event in ("os.rename", "os.symlink", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"):
        count += 1
        if count == int(point):
            os.kill(os.getpid(), signal.SIGKILL)

with new_version(Path(sys.argv[1])) as folder:
    for name in ("a", "b", "c"):
        (folder / name).write_text("new")
    sys.addaudithook(die)
"""


@pytest.mark.parametrize("point", range(1, 14))
def test_a_kill_at_any_step_shows_the_old_or_the_new(tmp_path: Path, point: int) -> None:
    """The child kills itself before its nth change to the file system."""
    write(tmp_path, a="old", b="old", c="old")
    child = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), str(point)], check=False)
    assert child.returncode in (0, -signal.SIGKILL)
    assert len({(tmp_path / name).read_text() for name in "abc"}) == 1
    write(tmp_path, a="new", b="new", c="new")
    assert content(tmp_path) == {"a": b"new", "b": b"new", "c": b"new"}
    assert len(list((tmp_path / ".versions").iterdir())) == 1


def test_the_kill_test_reaches_the_end(tmp_path: Path) -> None:
    write(tmp_path, a="old", b="old", c="old")
    child = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), "14"], check=False)
    assert child.returncode == 0


def test_everything_is_on_the_disk_before_it_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr(publish.os, "fsync", fsync)
    write(tmp_path, a="1", b="2")
    assert {"a", "b", "next"} <= set(synced[: synced.index(tmp_path.name)])
