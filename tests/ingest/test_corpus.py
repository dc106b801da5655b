"""The listing of a corpus: what is read, what is set aside, and in which order."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.ingest.corpus import find_files


def write(root: Path, *paths: str) -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("words", encoding="utf-8")


def test_files_come_sorted_by_path_with_slashes(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/b/c.html", "B.TXT.gz")
    assert [file.path for file in find_files([tmp_path]).files] == [
        "B.TXT.gz",
        "a/b/c.html",
        "a/z.md",
        "b.txt",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        ".hidden.txt",
        "_notes.txt",
        "metadata.csv",
        "watchlist.csv",
        "claims.toml",
        "~$a.docx",
    ],
)
def test_control_files_are_passed_over_without_a_word(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, "_claims/x.txt", ".git/y.txt")
    listing = find_files([tmp_path])
    assert listing == ((), ())


def test_what_is_no_article_is_set_aside_with_a_reason(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("secret", encoding="utf-8")
    root = tmp_path / "corpus"
    write(root, "a.txt", "picture.png", "noname")
    (root / "out.txt").symlink_to(outside)
    (root / "in.txt").symlink_to(root / "a.txt")
    (root / "dead.txt").symlink_to(root / "nothing.txt")
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "s.txt"))
        listing = find_files([root])
    assert [file.path for file in listing.files] == ["a.txt"]
    assert {problem.path: problem.reason for problem in listing.set_aside} == {
        "picture.png": "unknown_format",
        "noname": "unknown_format",
        "out.txt": "link",
        "in.txt": "link",
        "dead.txt": "link",
        "loop": "link",
        "pipe.txt": "special_file",
        "s.txt": "special_file",
    }
    assert all(problem.problem for problem in listing.set_aside)


def test_a_name_that_is_no_utf8_is_set_aside(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x", encoding="utf-8")
    (problem,) = find_files([tmp_path]).set_aside
    assert (problem.path, problem.reason) == ("caf\\xe9.txt", "bad_name")


def test_a_single_file_may_be_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt")
    (file,) = find_files([tmp_path / "b.txt"]).files
    assert (file.root, file.path, file.size) == (tmp_path, "b.txt", 5)


def test_two_roots_with_the_same_path_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt", "two/a.txt", "two/b.txt")
    with pytest.raises(ConfigError, match=r"a\.txt: in .*one and in .*two"):
        find_files([tmp_path / "one", tmp_path / "two"])
    assert len(find_files([tmp_path / "two", tmp_path / "two"]).files) == 2


def test_a_root_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere: no such file or folder"):
        find_files([tmp_path / "nowhere"])


def test_stat_changes_with_the_file(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (before,) = find_files([tmp_path]).files
    (tmp_path / "a.txt").write_text("other words", encoding="utf-8")
    (after,) = find_files([tmp_path]).files
    assert before.stat != after.stat
