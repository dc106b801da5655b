"""claims.sqlite as several processes read it while the tables are linked up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")

AT_ONCE = 50  # documents that are one task


def file_of(connection: sqlite3.Connection) -> Path:
    (_, _, file) = connection.execute("PRAGMA database_list").fetchone()
    return Path(file)


def reading(file: Path) -> closing[sqlite3.Connection]:
    """A connection that writes nothing; no other may be in a transaction that writes."""
    return closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True))


def in_parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[at : at + AT_ONCE] for at in range(0, len(items), AT_ONCE))
