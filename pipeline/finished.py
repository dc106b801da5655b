"""From the memory to the tables: what each document adds to them, made by any process.

A task names files by their paths alone; who does it reads them, and what the texts gave, from the
memory of the run.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.export.additions import Addition, addition
from pipeline.ingest.tasks import FileOutcome
from pipeline.inputs import nlp_input, nlp_key
from pipeline.nlp.analyse import Analysed
from pipeline.nlp.relocate import relocate
from pipeline.records import DocumentResult, Problem
from pipeline.review.decisions import DecisionFiles
from pipeline.review.entities import EntityDecisions, Redirect
from pipeline.store.state import Reader

AT_ONCE = 100_000  # bytes of outcomes that are one task: a dozen articles

_OUTCOME = msgspec.msgpack.Decoder(FileOutcome)
_ANALYSED = msgspec.msgpack.Decoder(Analysed)


class Piece(NamedTuple):
    """Documents of one file: those of the `part`th of `parts` parts, from 0."""

    path: str
    part: int = 0
    parts: int = 1


def pieces(memory: Reader) -> Iterator[list[Piece]]:
    """All documents in tasks of like size, in the order of the tables.

    A file of many articles is cut: its rows would need many times the memory that it needs.
    """
    together: list[Piece] = []
    room = AT_ONCE
    for path, size in memory.sizes():
        parts = math.ceil(size / AT_ONCE) or 1
        if together and (size > room or parts > 1):
            yield together
            together, room = [], AT_ONCE
        if parts > 1:
            yield from ([Piece(path, part, parts)] for part in range(parts))
        else:
            together.append(Piece(path))
            room -= size
    if together:
        yield together


@dataclass(slots=True)
class Finisher:
    """Makes what some documents add to the tables.

    Attributes:
        folder: of the memory.
        maker: as in Request.
    """

    folder: Path
    maker: str
    on_entities: EntityDecisions
    decisions: DecisionFiles
    _last: tuple[str, FileOutcome] = field(default=("", FileOutcome()), init=False, repr=False)

    def __call__(self, task: Sequence[Piece]) -> Addition:
        found: list[DocumentResult | Problem] = []
        set_aside, redirects = list[Problem](), list[Redirect]()
        with Reader(self.folder) as memory:
            for piece in task:
                outcome = self.outcome(memory, piece.path)
                if piece.part == 0:
                    found += outcome.quarantined
                    set_aside += outcome.set_aside
                found += finished(outcome, piece, memory, self.maker)
        results = list[DocumentResult]()
        for result in found:
            if not isinstance(result, Problem):
                decided, gone = self.on_entities.applied(result)
                results.append(decided)
                redirects += gone
        made = addition(results, self.decisions)
        made.quarantine += [result for result in found if isinstance(result, Problem)]
        made.set_aside += set_aside
        made.redirects += redirects
        return made

    def outcome(self, memory: Reader, path: str) -> FileOutcome:
        """What became of a file; a long list comes in many pieces, and is decoded once."""
        if self._last[0] != path:
            self._last = (path, _OUTCOME.decode(memory.outcome(path)))
        return self._last[1]


def finished(
    outcome: FileOutcome, piece: Piece, memory: Reader, maker: str
) -> Iterator[DocumentResult | Problem]:
    """Each document of a piece, its analysis moved to source offsets, or why there is none."""
    count = len(outcome.documents)
    first, last = (count * part // piece.parts for part in (piece.part, piece.part + 1))
    for item in outcome.documents[first:last]:
        stored = memory.analysis(nlp_key(maker, nlp_input(item)))
        path = item.document.source.path
        if stored is None:
            yield Problem(path, "nlp", "not_analysed", "run `claims nlp` first")
            continue
        result = _ANALYSED.decode(stored)
        if result.reason:
            yield Problem(path, "nlp", result.reason, result.problem)
            continue
        analysis = relocate(result.analysis, item.document)
        yield DocumentResult(item.document, item.metadata, item.language, analysis)
