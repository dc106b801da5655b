"""Which claims meet and what they are to each other, out of core and by several processes.

Statements and their blocks lie in a database of their own beside the tables, which each process
reads; it is gone when the comparison is done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from pipeline.across.compare import relation
from pipeline.across.database import reading
from pipeline.across.groups import WINDOW, keys
from pipeline.across.statement import Statement
from pipeline.executors.base import Executor, all_of

HELD = 4_000  # statements kept ready for comparison
COMPARED_AT_ONCE = 4_000  # claims that are one task

#: A statement's row, itself, and the keys of its blocks.
Filed = tuple[int, bytes, list[int]]
#: Rows of two claims, the kind of their relation, what it is about, and both values.
Link = tuple[int, int, str, str, str, str]

_SCHEMA = """
CREATE TABLE statements (row INTEGER PRIMARY KEY, raw BLOB);
CREATE TABLE met (key INTEGER, number INTEGER, row INTEGER);
CREATE TABLE blocks (key INTEGER, place INTEGER, number INTEGER, row INTEGER,
  PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
#: Each claim of a block with its place there; claims alone in theirs meet nobody.
_BLOCKS = """
INSERT INTO blocks SELECT key, place, number, row FROM (
  SELECT key, number, row, row_number() OVER block AS place,
    count(*) OVER (PARTITION BY key) AS size
  FROM met WINDOW block AS (PARTITION BY key ORDER BY number)
) WHERE size > 1 ORDER BY key, place
"""
_MEET = "SELECT DISTINCT number, row FROM blocks WHERE number >= ? AND number < ? ORDER BY number"
#: The claims that one meets in some block, each once. One claim at a time: all pairs at once would
#: be sorted on disk.
_EARLIER = f"""
SELECT DISTINCT a.number, a.row FROM blocks AS b JOIN blocks AS a
ON a.key = b.key AND a.place BETWEEN b.place - {WINDOW} AND b.place - 1
WHERE b.number = ? ORDER BY a.number
"""


def filed(statement: Statement) -> Filed:
    return statement.row, msgspec.msgpack.encode(statement), keys(statement)


class Meetings:
    """Takes statements, the earliest first, and compares those that meet; a context manager.

    Args:
        folder: where there is room for them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = TemporaryDirectory(dir=folder, prefix=".meetings-")
        self._file = Path(self._folder.name) / "statements.sqlite"
        self._db = sqlite3.connect(self._file, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        self._count = 0

    def __enter__(self) -> Meetings:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.close()
        self._folder.cleanup()

    def add(self, made: Sequence[Filed]) -> None:
        self._db.executemany(
            "INSERT INTO statements VALUES (?, ?)", [(row, raw) for row, raw, _ in made]
        )
        met = [
            (key, number, row)
            for number, (row, _, keys) in enumerate(made, start=self._count)
            for key in keys
        ]
        self._db.executemany("INSERT INTO met VALUES (?, ?, ?)", met)
        self._count += len(made)

    def links(self, workers: Executor) -> Iterator[list[Link]]:
        """The claims of all blocks that hang together, in no order; nothing may be added now."""
        self._db.execute(_BLOCKS)
        self._db.execute("CREATE INDEX of_claim ON blocks (number, row)")
        self._db.execute("COMMIT")
        parts = range(0, self._count, COMPARED_AT_ONCE)
        return all_of(workers.map(partial(find_links, self._file), parts), "comparing claims")


def find_links(file: Path, first: int) -> list[Link]:
    """Those between the claims from number `first` on and the earlier ones that they meet."""
    decoder = msgspec.msgpack.Decoder(Statement)
    found: list[Link] = []
    with reading(file) as db:

        @lru_cache(maxsize=HELD)
        def load(row: int) -> Statement:
            (raw,) = db.execute("SELECT raw FROM statements WHERE row = ?", (row,)).fetchone()
            return decoder.decode(raw)

        for number, row in db.execute(_MEET, (first, first + COMPARED_AT_ONCE)):
            later = load(row)
            for _, earlier in db.execute(_EARLIER, (number,)).fetchall():
                if link := relation(load(earlier), later):
                    # an update leads from the older claim to the newer one
                    turned = link.newer == 0
                    pair = (row, earlier) if turned else (earlier, row)
                    values = link.values[::-1] if turned else link.values
                    found.append((*pair, link.kind, link.about, *values))
    return found
