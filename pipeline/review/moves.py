"""Where an article went that was moved or renamed: its decisions follow it.

A document's id is a hash of its path, so another place makes it another document. What a document
that somebody decided about looked like is kept beside the decisions, in `documents.jsonl`: a hash
of its kept words, and a sketch that tells how much another text has in common with it.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from pipeline.errors import ConfigError
from pipeline.ids import hashed, normalised

FILE = "documents.jsonl"
NEARLY = 0.7  # share of runs of words in common, of texts that are one article
RUN = 4  # words
KEPT = 64  # hashes of a sketch; enough to tell 0.7 from 0.4 in all but one of 10,000 pairs


class Known(msgspec.Struct, frozen=True):
    """A document as it was when somebody decided about it.

    Attributes:
        text: a hash of its words without case and punctuation.
        words: their number.
        sketch: the lowest hashes of its runs of words, 8 hexadecimal digits each.
    """

    path: str
    text: str
    words: int
    sketch: str


class Moves(msgspec.Struct, frozen=True):
    """Old path -> where the document is now; more than one place if nobody can tell which."""

    places: dict[str, tuple[str, ...]] = {}

    def sure(self) -> dict[str, list[str]]:
        """New path -> the old paths of the document."""
        return self._by_place(several=False)

    def unsure(self) -> dict[str, list[str]]:
        """New path -> the old paths that the document may have had."""
        return self._by_place(several=True)

    def _by_place(self, *, several: bool) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for old, places in sorted(self.places.items()):
            if (len(places) > 1) == several:
                for place in places:
                    found.setdefault(place, []).append(old)
        return found


def known(path: str, text: str) -> Known:
    """What is kept of a document, of its kept text."""
    words = normalised(text).split()
    return Known(path, hashed("d", " ".join(words)), len(words), sketch(words))


def sketch(words: list[str]) -> str:
    runs = {
        zlib.crc32(" ".join(words[at : at + RUN]).encode("utf-8", "surrogatepass"))
        for at in range(max(1, len(words) - RUN + 1))
    }
    return "".join(f"{value:08x}" for value in heapq.nsmallest(KEPT, runs))


def likeness(one: str, other: str) -> float:
    """The estimated share of runs of words that two sketched texts have in common."""
    left, right = hashes(one), hashes(other)
    lowest = set(heapq.nsmallest(KEPT, left | right))
    return len(lowest & left & right) / len(lowest) if lowest else 0.0


def hashes(words: str) -> set[str]:
    return {words[at : at + 8] for at in range(0, len(words), 8)}


def find(gone: Mapping[str, Known], present: Iterable[tuple[str, str]]) -> Moves:
    """Where documents that are gone are now.

    Args:
        gone: what is known of them, by path.
        present: path and kept text of every document that there is; read once.
    """
    same: dict[str, list[str]] = {}
    near: dict[str, list[str]] = {}
    by_text: dict[str, list[str]] = {}
    for old, was in gone.items():
        by_text.setdefault(was.text, []).append(old)
    for path, text in present:
        words = normalised(text).split()
        now = hashed("d", " ".join(words))
        for old in by_text.get(now, ()):
            same.setdefault(old, []).append(path)
        could = [old for old, was in gone.items() if ratio(was.words, len(words)) >= NEARLY]
        drawn = sketch(words) if could else ""
        for old in could:
            if likeness(gone[old].sketch, drawn) >= NEARLY:
                near.setdefault(old, []).append(path)
    return Moves({old: tuple(same.get(old) or near[old]) for old in sorted(near)})


def ratio(one: int, other: int) -> float:
    return min(one, other) / max(one, other, 1)


# ---------------------------------------------------------------- the file


def beside(decisions: Path) -> Path:
    """The file of documents that belongs to a file of decisions."""
    return decisions.with_name(FILE)


def read(path: Path) -> dict[str, Known]:
    """The latest that is known of each document; {} without a file.

    Raises:
        ConfigError: every line that cannot be read, with its number.
    """
    found: dict[str, Known] = {}
    problems: list[str] = []
    for number, line in lines(path):
        try:
            item = msgspec.json.decode(line, type=Known)
        except msgspec.DecodeError as error:
            problems.append(f"{path}: line {number}: {error}")
        else:
            found[item.path] = item
    if problems:
        raise ConfigError("\n".join(problems))
    return found


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    if path.is_file():
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            if line.strip():
                yield number, line


def remember(path: Path, documents: Iterable[tuple[str, str]]) -> None:
    """Keep what documents look like, each as far as it is new.

    Args:
        path: the file.
        documents: path and kept text.

    Raises:
        ConfigError: it cannot be written.
    """
    before = read(path)
    now = [known(*document) for document in documents]
    new = [item for item in now if before.get(item.path) != item]
    if not new:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(b"".join(msgspec.json.encode(item) + b"\n" for item in new))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror})") from error
