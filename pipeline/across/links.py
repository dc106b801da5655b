"""Groups and links of claims, from the tables and into them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from functools import lru_cache

import msgspec

from pipeline.across.compare import relation
from pipeline.across.flags import CHANGED_LATER, CONTRADICTION, UPDATED, flag
from pipeline.across.groups import WINDOW, Union, independent, keys
from pipeline.across.reading import STANDS, statements
from pipeline.across.statement import (
    Statement,
)
from pipeline.ids import hashed

LISTED = 10  # ids in a cell
HELD = 20_000  # statements kept ready for comparison

_IS_COPY = "SELECT 1 FROM documents WHERE doc_id = ? AND duplicate_of IS NOT NULL"
_TEMPORARY = """
CREATE TEMP TABLE statements (row INTEGER PRIMARY KEY, raw BLOB);
CREATE TEMP TABLE met (key INTEGER, number INTEGER, row INTEGER);
CREATE TEMP TABLE blocks (key INTEGER, place INTEGER, number INTEGER, row INTEGER,
  PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TEMP TABLE found (
  one INTEGER, other INTEGER, kind TEXT, about TEXT, value TEXT, other_value TEXT,
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
"""
#: Each claim of a block with its place there; claims alone in theirs meet nobody.
_BLOCKS = """
INSERT INTO blocks SELECT key, place, number, row FROM (
  SELECT key, number, row, row_number() OVER block AS place,
    count(*) OVER (PARTITION BY key) AS size
  FROM met WINDOW block AS (PARTITION BY key ORDER BY number)
) WHERE size > 1 ORDER BY key, place
"""
_MEET = "SELECT DISTINCT number, row FROM blocks ORDER BY number"
#: The claims that one meets in some block, each once. One claim at a time: all pairs at once would
#: be sorted on disk.
_EARLIER = f"""
SELECT DISTINCT a.number, a.row FROM blocks AS b JOIN blocks AS a
ON a.key = b.key AND a.place BETWEEN b.place - {WINDOW} AND b.place - 1
WHERE b.number = ? ORDER BY a.number
"""


def link_claims(connection: sqlite3.Connection, order: list[str], lineage: dict[str, str]) -> None:
    """Compare the claims of all documents and write what hangs together.

    Args:
        order: all doc_ids, the earliest first.
        lineage: first version of each document that is a copy or update.
    """
    for line in _TEMPORARY.split(";"):
        if line.strip():
            connection.execute(line)
    count = 0
    for rank, doc_id in enumerate(order):
        if connection.execute(_IS_COPY, (doc_id,)).fetchone():
            continue  # a copy says nothing that its first version does not
        made = list(statements(connection, doc_id, rank, lineage.get(doc_id, doc_id)))
        encode = msgspec.msgpack.encode
        connection.executemany(
            "INSERT INTO statements VALUES (?, ?)", [(one.row, encode(one)) for one in made]
        )
        met = [(key, count + n, one.row) for n, one in enumerate(made) for key in keys(one)]
        connection.executemany("INSERT INTO met VALUES (?, ?, ?)", met)
        count += len(made)
    find_links(connection)
    write_groups(connection, lineage)
    for name in ("statements", "met", "blocks", "found"):
        connection.execute(f"DROP TABLE {name}")


# ---------------------------------------------------------------- links and groups


def find_links(connection: sqlite3.Connection) -> None:
    """Fill `found`: the claims of each block that hang together, by their rows."""
    decoder = msgspec.msgpack.Decoder(Statement)

    @lru_cache(maxsize=HELD)
    def load(row: int) -> Statement:
        query = "SELECT raw FROM statements WHERE row = ?"
        return decoder.decode(connection.execute(query, (row,)).fetchone()[0])

    connection.execute(_BLOCKS)
    connection.execute("CREATE INDEX temp.of_claim ON blocks (number, row)")
    for number, row in connection.execute(_MEET):
        later = load(row)
        for _, earlier in connection.execute(_EARLIER, (number,)).fetchall():
            if link := relation(load(earlier), later):
                # an update leads from the older claim to the newer one
                turned = link.newer == 0
                pair = (row, earlier) if turned else (earlier, row)
                values = link.values[::-1] if turned else link.values
                connection.execute(
                    "INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?, ?, ?)",
                    (*pair, link.kind, link.about, *values),
                )


_LINKS = """
SELECT a.claim_id, b.claim_id, kind, about, value, other_value
FROM found JOIN claims AS a ON a.rowid = one JOIN claims AS b ON b.rowid = other
WHERE kind <> 'same' ORDER BY a.rowid, b.rowid
"""
_COPIES = f"""
SELECT c.rowid, e.rowid FROM claims AS c JOIN claims AS e ON e.claim_id = c.duplicate_of_claim
WHERE {STANDS.format("c")} AND {STANDS.format("e")} ORDER BY c.rowid
"""
_VOICE = """
SELECT c.claim_id, d.doc_id, lower(d.outlet), lower(c.outlet), c.published, c.claim_text
FROM claims AS c JOIN documents AS d USING (doc_id) WHERE c.rowid = ?
"""


def write_groups(connection: sqlite3.Connection, lineage: dict[str, str]) -> None:
    """Fill claim_groups, claim_links and the columns of claims from `found`."""
    (size,) = connection.execute("SELECT coalesce(max(rowid), 0) + 1 FROM claims").fetchone()
    linked, alike = Union(size), Union(size)
    for one, other in connection.execute(_COPIES):
        linked.join(one, other)
        alike.join(one, other)
    for one, other, kind in connection.execute("SELECT one, other, kind FROM found"):
        linked.join(one, other)
        if kind == "same":
            alike.join(one, other)
    # a chain of roundings may make two claims alike that seem to differ: then nothing is said
    doubted = [
        (one, other)
        for one, other in connection.execute("SELECT one, other FROM found WHERE kind <> 'same'")
        if alike.find(one) == alike.find(other)
    ]
    connection.executemany("DELETE FROM found WHERE one = ? AND other = ?", doubted)
    members: dict[int, list[int]] = defaultdict(list)
    for row in range(1, size):
        if (root := linked.find(row)) != row:
            members[root].append(row)
    for root, others in members.items():
        write_group(connection, [root, *others], alike, lineage)
    write_links(connection)


def write_group(
    connection: sqlite3.Connection, rows: list[int], alike: Union, lineage: dict[str, str]
) -> None:
    voices = {row: connection.execute(_VOICE, (row,)).fetchone() for row in rows}
    group = hashed("g", min(voice[0] for voice in voices.values()))
    same: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        same[alike.find(row)].append(row)
    most = 0
    for agreeing in same.values():
        marks = [
            (lineage.get(voices[row][1], voices[row][1]), voices[row][2], voices[row][3])
            for row in agreeing
        ]
        support = independent(marks)
        most = max(most, support)
        connection.executemany(
            "UPDATE claims SET group_id = ?, support = ? WHERE rowid = ?",
            [(group, support, row) for row in agreeing],
        )
    dates = sorted(voice[4] for voice in voices.values() if voice[4])
    connection.execute(
        "INSERT INTO claim_groups VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(group, voices[rows[0]][5], len(rows), len(same), most),
            *((dates[0], dates[-1]) if dates else (None, None)),
        ),
    )


def write_links(connection: sqlite3.Connection) -> None:
    """Fill claim_links, and the columns and flags of the claims that it speaks of."""
    contradicted, newer = defaultdict(set), defaultdict(set)
    for one, other, kind, about, value, other_value in connection.execute(_LINKS).fetchall():
        connection.execute(
            "INSERT INTO claim_links VALUES (?, ?, ?, ?, ?, ?)",
            (one, other, kind, about, value, other_value),
        )
        if kind == "update":
            newer[one].add(other)
            flag(connection, one, CHANGED_LATER)
            flag(connection, other, UPDATED)
            continue
        for claim, against in ((one, other), (other, one)):
            contradicted[claim].add(against)
            flag(connection, claim, CONTRADICTION)
    for column, ids in (("contradicts", contradicted), ("updated_by", newer)):
        connection.executemany(
            f"UPDATE claims SET {column} = ? WHERE claim_id = ?",
            [("; ".join(sorted(others)[:LISTED]), claim) for claim, others in ids.items()],
        )
