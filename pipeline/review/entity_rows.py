"""Rows of the Entities sheet: a name or type written over becomes a decision on the entity.

Another name renames it; the name of another entity of its type makes the two one. The decisions
go to `_claims/entities.csv`, where they may also be written by hand (see `review.entities`).
"""

from __future__ import annotations

import csv
import fcntl
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigError, DocumentError
from pipeline.export.reader import TableReader
from pipeline.ids import normalised
from pipeline.ingest.decode import decode
from pipeline.ingest.metadata.table import delimiter_of
from pipeline.nlp.entities.decisions import COLUMNS, Decision
from pipeline.nlp.entities.names import NAMED
from pipeline.review.shown import same_value
from pipeline.review.taking import RefusedError
from pipeline.review.values import Cell, words_of

ABOUT = ("reviewer", "decided_at")  # columns that `COLUMNS` are followed by; for people only


class Named(NamedTuple):
    """An entity as the tables have it."""

    entity_id: str
    name: str
    type: str


class EntityTaker:
    """Takes decisions from rows of entities.

    Args:
        tables: of the last run.
        made: those in the file, and those taken from other rows since.

    Attributes:
        gone: rows of entities that the tables don't have; nobody can tell what was changed there.
    """

    def __init__(self, tables: TableReader, made: Sequence[Decision]) -> None:
        self._tables = tables
        self._made = {(d.entity_id, d.action, d.value) for d in made}
        self._decided = {d.entity_id for d in made}
        #: What this reading decided: renamed entities by type and new name, and merged ones.
        self._renamed: dict[tuple[str, str], str] = {}
        self._merged: set[str] = set()
        self.gone = 0

    def take(self, cells: Mapping[str, Cell]) -> Decision | None:
        """The decision in a row; None where nothing was changed, or where it is known.

        Raises:
            RefusedError: the change makes no sense.
        """
        entity_id = words_of(cells.get("entity_id"))
        if not entity_id:
            raise RefusedError(
                "entity_id", "is empty; names that the tool should find go into watchlist.csv"
            )
        found = self._rows("entity_id = ?", entity_id)
        if not found:
            self.gone += entity_id not in self._decided
            return None
        (known,) = found
        name, kind = words_of(cells.get("name", known.name)), words_of(cells.get("type", ""))
        renamed = not same_value(name, known.name)
        retyped = bool(kind) and kind.upper() != known.type
        if renamed and retyped:
            raise RefusedError("type", "and name were changed: change one, run, then the other")
        if not renamed and not retyped:
            return None
        decision = self.rename(known, name) if renamed else self.retype(known, kind.upper())
        if decision.action == "merge":
            self._merged.add(known.entity_id)
        elif decision.action == "rename":
            self._renamed[known.type, normalised(name)] = known.entity_id
        said = (decision.entity_id, decision.action, decision.value)
        return None if said in self._made else decision

    def rename(self, known: Named, name: str) -> Decision:
        """The other name, or the merge with the entity that has it."""
        if not normalised(name):
            raise RefusedError("name", "is empty; to undo a change, write the name that was there")
        same = [
            other.entity_id
            for other in self._rows("type = ? AND lower(name) = lower(?)", known.type, name)
            if other.entity_id != known.entity_id
        ]
        if not same and (other := self._renamed.get((known.type, normalised(name)))):
            same = [other]
        if not same:
            return Decision(known.entity_id, "rename", " ".join(name.split()))
        if len(same) > 1:
            raise RefusedError("name", f"is that of several entities: {', '.join(same)}")
        if same[0] in self._merged:
            raise RefusedError("name", f"{same[0]} is made part of another entity by its own row")
        return Decision(known.entity_id, "merge", same[0])

    def retype(self, known: Named, kind: str) -> Decision:
        if kind not in NAMED:
            raise RefusedError("type", f"{kind!r} is none of {', '.join(sorted(NAMED))}")
        return Decision(known.entity_id, "retype", kind)

    def _rows(self, where: str, *values: str) -> list[Named]:
        query = f"SELECT entity_id, name, type FROM entities WHERE {where} ORDER BY entity_id"
        return [Named(*map(str, row)) for row in self._tables.rows(query, values)]


def append_decisions(path: Path, made: Sequence[Decision], reviewer: str, when: str) -> None:
    """Write the decisions below what the file holds, in its own columns and with its delimiter.

    Raises:
        ConfigError: the file cannot be read or written, or lacks a column.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)  # two people may review at once
            before = decode(path.read_bytes(), path.name).text if path.is_file() else ""
            rows = [(d.entity_id, d.action, d.value, d.words, reviewer, when) for d in made]
            draft = path.with_name(f".{path.name}.draft")
            draft.write_text(with_rows(path, before, rows), "utf-8-sig", newline="")
            draft.replace(path)
        finally:
            os.close(folder)
    except DocumentError as error:
        raise ConfigError(f"{path}: {error.problem}") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror})") from error


def with_rows(path: Path, before: str, rows: Sequence[tuple[str, ...]]) -> str:
    """The text of the file with rows of the columns COLUMNS and ABOUT at its end."""
    names = (*COLUMNS, *ABOUT)
    text, delimiter = delimiter_of(before.removeprefix("\ufeff") or ",".join(names))
    header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    columns = [cell.strip().lower() for cell in header]
    if missing := set(COLUMNS) - set(columns):
        raise ConfigError(f"{path}: row 1: no column {', '.join(sorted(missing))}")
    added = io.StringIO(newline="")
    writer = csv.DictWriter(added, columns, "", extrasaction="ignore", delimiter=delimiter)
    writer.writerows(dict(zip(names, row, strict=True)) for row in rows)
    return text + ("" if text.endswith(("\n", "\r")) else "\r\n") + added.getvalue()
