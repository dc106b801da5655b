"""What analysts decided: a file with one decision a line, which is only ever appended to.

`corpus/_claims/decisions.jsonl` holds who decided what, when, in which file, and what the claim
looked like then, so that the decision can follow it. To take a decision back, decide anew: later
lines of a reviewer win over earlier ones, and two reviewers never overwrite each other.
"""

from __future__ import annotations

import fcntl
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal

import msgspec

from pipeline.errors import ConfigError
from pipeline.review.moves import Known, Moves
from pipeline.review.moves import beside as documents_beside
from pipeline.review.moves import read as read_documents

FILE = Path("_claims") / "decisions.jsonl"

DECISIONS = ("accept", "reject", "correct", "duplicate", "unsure")
#: Takes back all that was decided about a claim before: who emptied the cell saw it.
WITHDRAW = "withdraw"
#: What can be corrected in a claim, and the column that it is written to.
CORRECTABLE = ("source", "subject", "date", "amount", "currency")

Kind = Literal["claim", "added", "document"]


class Seen(msgspec.Struct, frozen=True, omit_defaults=True):
    """A claim as the reviewer saw it.

    Attributes:
        source: the source's name, or its words where it has none.
        date: such as "2021-07" or "2021-07-01/2021-07-05", "" for none.
        figure: kind, value, low and high, such as "money 3500000 - -", or "".
        unit: the currency of a sum, the unit of another figure, or "".
        start: first character of the proposition, -1 if not known.
    """

    words: str
    source: str = ""
    date: str = ""
    figure: str = ""
    unit: str = ""
    predicate: str = ""
    polarity: str = "affirmed"
    start: int = -1


class Decision(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One line of the file.

    Attributes:
        when: UTC, ISO 8601.
        who: the reviewer.
        kind: about a claim, a claim that the reviewer added, or a document's metadata.
        path: the document's.
        decision: one of DECISIONS or WITHDRAW; "" for a note alone and for metadata.
        corrected: by the names of CORRECTABLE, or of metadata, where "" takes back what was said.
        settles: made by somebody who saw that reviewers disagreed; earlier decisions no longer
            count.
        file, sheet, row: where it was read.
    """

    when: str
    who: str
    kind: Kind
    path: str
    claim_id: str = ""
    decision: str = ""
    corrected: dict[str, str] = {}
    note: str = ""
    settles: bool = False
    seen: Seen | None = None
    file: str = ""
    sheet: str = ""
    row: int = 0

    @property
    def verdict(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What reviewers agree or disagree about."""
        return self.decision, tuple(sorted(self.corrected.items()))

    @property
    def content(self) -> tuple[str, tuple[tuple[str, str], ...], str]:
        """Two decisions of one reviewer about one thing with equal content are one."""
        return *self.verdict, self.note


_DECODER = msgspec.json.Decoder(Decision)


def beside(corpus: Path) -> Path:
    """The file of decisions of a corpus, which is a folder or one article."""
    return (corpus.parent if corpus.is_file() else corpus) / FILE


def seen(row: Mapping[str, object]) -> Seen:
    """What a row of claims shows; numbers and dates may be those of a spreadsheet."""

    def cell(name: str) -> str:
        value = row.get(name)
        return "" if value is None else str(value)

    start = plain_number(cell("start"))
    kind = cell("figure_kind") or ("money" if cell("amount") else "")
    names = ("figure_value", "figure_low", "figure_high")
    if kind == "money":  # the columns that people look at
        names = ("amount", "amount_low", "amount_high")
    figure = [plain_number(cell(name)) for name in names]
    return Seen(
        words=cell("claim_text"),
        source=cell("source_name") or cell("source_text"),
        date=period(cell("date_start"), cell("date_end")),
        figure=" ".join([kind, *(part or "-" for part in figure)]) if kind else "",
        unit=cell("currency") or cell("unit"),
        predicate=cell("predicate"),
        polarity=cell("polarity") or "affirmed",
        start=int(start) if start.isdigit() else -1,
    )


def period(start: str, end: str) -> str:
    """One day, month or year, or "start/end"."""
    return start if start == end or not end else f"{start}/{end}"


def plain_number(words: str) -> str:
    """The number without an exponent and trailing zeros; the words if they are none."""
    try:
        value = Decimal(words)
    except InvalidOperation:
        return words
    return f"{value.normalize():f}" if value.is_finite() and value.adjusted() < 60 else words


class DecisionFiles:
    """Decisions by document, read from the files when asked for: memory holds their places only.

    Raises:
        ConfigError: every line that cannot be read, with its number.
    """

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        self.files = tuple(dict.fromkeys(path for path in paths if path.is_file()))
        self._at: dict[str, array[int]] = {}  # file number and offset, in turn
        self._files: dict[str, list[str]] | None = None
        self._sure: dict[str, list[str]] = {}
        self._unsure: dict[str, list[str]] = {}
        self.moves = Moves()
        problems: list[str] = []
        for number, path in enumerate(self.files):
            problems += self._index(number, path)
        if problems:
            raise ConfigError("\n".join(problems))

    def _index(self, file: int, path: Path) -> Iterator[str]:
        at = 0
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    try:
                        found = _DECODER.decode(line)
                        check(found)
                    except (msgspec.DecodeError, ValueError) as error:
                        yield f"{path}: line {number}: {error}"
                    else:
                        self._at.setdefault(found.path, array("q")).extend((file, at))
                at += len(line)

    def paths(self) -> list[str]:
        """The documents that decisions speak of, sorted."""
        return sorted(self._at)

    def follow(self, moves: Moves) -> None:
        """Let decisions about documents that moved count where they are now."""
        self.moves = moves
        self._sure, self._unsure = moves.sure(), moves.unsure()
        self._files = None

    def documents(self) -> dict[str, Known]:
        """What documents looked like when somebody decided about them."""
        found: dict[str, Known] = {}
        for path in self.files:
            found |= read_documents(documents_beside(path))
        return found

    def below(self, file: str) -> list[str]:
        """Those of them that lie in a file, it or `file#record`, or moved there."""
        if self._files is None:
            self._files = {}
            for path in {*self._at, *self._sure}:
                self._files.setdefault(path.split("#", 1)[0], []).append(path)
        return sorted(self._files.get(file, ()))

    def of(self, path: str) -> list[Decision]:
        """The decisions about a document and its claims, oldest first."""
        places = self._at.get(path)
        if places is None:
            return []
        found: list[Decision] = []
        for file in sorted(set(places[::2])):
            with self.files[file].open("rb") as lines:
                for number, at in zip(places[::2], places[1::2], strict=True):
                    if number == file:
                        lines.seek(at)
                        found.append(_DECODER.decode(lines.readline()))
        return sorted(found, key=lambda decision: decision.when)

    def came(self, path: str) -> list[Decision]:
        """The decisions that came with a document from where it was before, oldest first."""
        return self._all_of(self._sure.get(path, ()))

    def perhaps(self, path: str) -> list[Decision]:
        """Those about a document that is gone and that this one, or a copy of it, may be."""
        return self._all_of(self._unsure.get(path, ()))

    def _all_of(self, paths: Iterable[str]) -> list[Decision]:
        found = [decision for path in paths for decision in self.of(path)]
        return sorted(found, key=lambda decision: decision.when)

    def digest(self) -> str:
        """Changes when, and only when, the content of the files or the place of documents does."""
        from pipeline.store.fingerprint import digest

        contents = (path.read_bytes() for path in self.files)
        return digest(*contents, msgspec.json.encode(self.moves, order="sorted"))


def check(decision: Decision) -> None:
    """See that a line makes sense.

    Raises:
        ValueError: it does not.
    """
    if decision.decision and decision.decision not in (*DECISIONS, WITHDRAW):
        raise ValueError(f"decision {decision.decision!r} is none of {', '.join(DECISIONS)}")
    if decision.kind != "document" and (not decision.claim_id or decision.seen is None):
        raise ValueError("a decision about a claim needs claim_id and seen")
    if decision.kind != "document" and (strange := set(decision.corrected) - set(CORRECTABLE)):
        raise ValueError(f"{', '.join(sorted(strange))} can't be corrected")


def append(path: Path, decisions: Sequence[Decision]) -> None:
    """Write the decisions at the end of the file, all or none.

    Raises:
        ConfigError: it cannot be written.
    """
    append_lines(path, map(msgspec.json.encode, decisions))


def append_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines at the end of a file of decisions, all or none.

    Raises:
        ConfigError: it cannot be written.
    """
    data = b"".join(line + b"\n" for line in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # two people may review at once
            end = file.seek(0, os.SEEK_END)
            if end:
                file.seek(end - 1)
                if file.read(1) != b"\n":  # of an editor that leaves the last line open
                    data = b"\n" + data
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.ftruncate(file.fileno(), end)
                raise
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror})") from error
