"""Which files of a corpus are articles, in an order that never changes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigError
from pipeline.ingest.readers import is_known
from pipeline.records import Problem

#: Control files: they speak about the corpus and are no articles themselves.
CONTROL_NAMES = frozenset({"metadata.csv", "entities.csv", "watchlist.csv"})
KINDS = (
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISFIFO, "a named pipe, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One file to read, as the folder listing saw it.

    Attributes:
        root: the corpus folder, or the folder of a file that was named itself.
        path: below `root`, with "/"; the characters are those of the file system.
        size: in bytes.
        mtime_ns, ctime_ns, inode: to see without reading whether the file changed.
    """

    root: Path
    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @property
    def stat(self) -> str:
        """Size, times and inode as one text that changes when the file does."""
        return f"{self.size}:{self.mtime_ns}:{self.ctime_ns}:{self.inode}"

    @property
    def file(self) -> Path:
        return self.root / self.path


class Listing(NamedTuple):
    """The files of a corpus sorted by path, and what is no article, with the reason in words."""

    files: tuple[CorpusFile, ...]
    set_aside: tuple[Problem, ...]


def find_files(roots: Iterable[Path]) -> Listing:
    """The articles below the roots; a root may also be a single file.

    Links are never followed, except that a root itself may be one.

    Raises:
        ConfigError: a root does not exist, or two roots hold a file of the same path (a
            document's id is made of that path, so the two could not be told apart).
    """
    files: dict[str, CorpusFile] = {}
    aside: list[Problem] = []
    problems: list[str] = []
    for root in dict.fromkeys(Path(root) for root in roots):
        if not root.exists():
            problems.append(f"{root}: no such file or folder")
            continue
        found, left = list_root(root)
        aside.extend(left)
        for file in found:
            other = files.setdefault(file.path, file)
            if other is not file and other.file.resolve() != file.file.resolve():
                problems.append(
                    f"{file.path}: in {other.root} and in {file.root}; rename one of them or put"
                    " both folders into one and name that"
                )
    if problems:
        raise ConfigError("\n".join(problems))
    return Listing(tuple(files[path] for path in sorted(files)), tuple(sorted(aside, key=place)))


def place(problem: Problem) -> tuple[str, str]:
    return (problem.path, problem.reason)


def list_root(root: Path) -> tuple[list[CorpusFile], list[Problem]]:
    """Files and other things below one root, in no particular order."""
    if root.is_file():
        return [corpus_file(root.parent, root.name, root.stat())], []
    files: list[CorpusFile] = []
    aside: list[Problem] = []
    for path, status in walk(root):
        if isinstance(status, OSError):
            aside.append(problem_of(path, "unreadable", f"the folder cannot be read: {status}"))
        elif why := why_no_article(root, path, status):
            aside.append(problem_of(path, *why))
        else:
            files.append(corpus_file(root, path, status))
    return files, aside


def corpus_file(root: Path, path: str, status: os.stat_result) -> CorpusFile:
    return CorpusFile(
        root, path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
    )


def problem_of(path: str, reason: str, words: str) -> Problem:
    """A set-aside record; a name that is no UTF-8 is shown with escapes."""
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return Problem(shown, "corpus", reason, words)


def walk(root: Path) -> Iterator[tuple[str, os.stat_result | OSError]]:
    """Every entry but folders and control files, with its own status, not that of its target."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(root / folder))
        except OSError as error:
            yield folder or ".", error
            continue
        for entry in entries:
            if is_control(entry.name):
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
                continue
            try:
                yield path, entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # deleted since the folder was listed: as if it had never been there


def is_control(name: str) -> bool:
    """Hidden, private and control files, which are passed over without a word."""
    return (
        name.startswith((".", "_", "~$", "README"))  # ~$: what Word leaves beside an open file
        or name in CONTROL_NAMES
        or name.lower().endswith(".toml")
    )


def control_file(root: Path, path: str | Path) -> Path | None:
    """A control file below the root; None without one.

    Raises:
        ConfigError: it is a link out of the corpus, which whoever writes feeds into it may lay.
    """
    file = root / path
    if not file.is_file():
        return None
    if file.is_symlink() and not file.resolve().is_relative_to(root.resolve()):
        raise link_out(file)
    return file


def link_out(file: Path) -> ConfigError:
    return ConfigError(
        f"{file}: a link out of the corpus is not followed; put the file itself there"
    )


def why_no_article(root: Path, path: str, status: os.stat_result) -> tuple[str, str] | None:
    """Reason code and words for what cannot be an article; None for what may be one."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return "bad_name", "the file's name is not valid UTF-8; rename it"
    name = path.rpartition("/")[2].lower()
    if name in CONTROL_NAMES:
        return "control_name", f"write its name in small letters, {name}, for it to be used"
    if stat.S_ISLNK(status.st_mode):
        return "link", link_words(root, path)
    if not stat.S_ISREG(status.st_mode):
        words = (words for test, words in KINDS if test(status.st_mode))
        return "special_file", next(words, "not a regular file")
    if not is_known(path):
        suffix = "".join(Path(path).suffixes[-1:])
        return "unknown_format", f"no reader for {suffix!r} files" if suffix else "no file suffix"
    return None


def link_words(root: Path, path: str) -> str:
    try:
        target = (root / path).resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a loop, before Python 3.13
        return "a link that leads nowhere"
    if target.is_relative_to(root.resolve()):
        return "a link inside the corpus; its target is read where it lies"
    return "a link out of the corpus is not followed; name its target as a further corpus"
