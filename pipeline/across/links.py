"""Groups and links of claims, from the tables and into them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from pipeline.across.database import file_of, in_parts, reading
from pipeline.across.flags import CHANGED_LATER, CONTRADICTION, UPDATED, flag
from pipeline.across.groups import Parted, Union, independent
from pipeline.across.meetings import Filed, Meetings, filed
from pipeline.across.reading import STANDS, statements
from pipeline.executors.base import Executor, all_of
from pipeline.ids import hashed

LISTED = 10  # ids in a cell

_IS_COPY = "SELECT 1 FROM documents WHERE doc_id = ? AND duplicate_of IS NOT NULL"
_FOUND = """
CREATE TEMP TABLE found (
  one INTEGER, other INTEGER, kind TEXT, about TEXT, value TEXT, other_value TEXT,
  PRIMARY KEY (one, other)
) WITHOUT ROWID
"""


def link_claims(
    connection: sqlite3.Connection, order: list[str], lineage: dict[str, str], workers: Executor
) -> None:
    """Compare the claims of all documents and write what hangs together.

    Args:
        connection: in no transaction, as other processes read its file.
        order: all doc_ids, the earliest first.
        lineage: first version of each document that is a copy or update.
    """
    file = file_of(connection)
    places = [(doc_id, rank, lineage.get(doc_id, doc_id)) for rank, doc_id in enumerate(order)]
    connection.execute(_FOUND)
    with Meetings(file.parent) as meetings:
        read = workers.map(partial(read_statements, file), in_parts(places))
        for made in all_of(read, "reading claims"):
            meetings.add(made)
        connection.execute("BEGIN")
        for links in meetings.links(workers):
            connection.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?)", links)
    write_groups(connection, lineage)
    connection.execute("COMMIT")
    connection.execute("DROP TABLE found")


def read_statements(file: Path, places: Iterable[tuple[str, int, str]]) -> list[Filed]:
    """The claims of some documents, ready to be compared.

    Args:
        file: the database.
        places: doc_id, rank and lineage of each.
    """
    with reading(file) as connection:
        return [
            filed(made)
            for doc_id, rank, lineage in places
            # a copy says nothing that its first version does not
            if not connection.execute(_IS_COPY, (doc_id,)).fetchone()
            for made in statements(connection, doc_id, rank, lineage)
        ]


# ---------------------------------------------------------------- links and groups

_LINKS = """
SELECT a.claim_id, b.claim_id, kind, about, value, other_value
FROM found JOIN claims AS a ON a.rowid = one JOIN claims AS b ON b.rowid = other
WHERE kind <> 'same' ORDER BY a.rowid, b.rowid
"""
_COPIES = f"""
SELECT c.rowid, e.rowid FROM claims AS c JOIN claims AS e ON e.claim_id = c.duplicate_of_claim
WHERE {STANDS.format("c")} AND {STANDS.format("e")} ORDER BY c.rowid
"""
#: The most alike first, and equally in whatever order the claims came.
_SAME = """
SELECT one, other FROM found JOIN claims AS a ON a.rowid = one JOIN claims AS b ON b.rowid = other
WHERE kind = 'same' ORDER BY about <> '', a.claim_id, b.claim_id
"""
_VOICE = """
SELECT c.claim_id, d.doc_id, lower(d.outlet), lower(c.outlet), c.published, c.claim_text
FROM claims AS c JOIN documents AS d USING (doc_id) WHERE c.rowid = ?
"""


def write_groups(connection: sqlite3.Connection, lineage: dict[str, str]) -> None:
    """Fill claim_groups, claim_links and the columns of claims from `found`."""
    (size,) = connection.execute("SELECT coalesce(max(rowid), 0) + 1 FROM claims").fetchone()
    linked = Union(size)
    for query in (_COPIES, "SELECT one, other FROM found"):
        for one, other in connection.execute(query):
            linked.join(one, other)
    # "About 9" goes with 8.8 and with 9.3, which differ: it is counted with one of them
    alike = Parted(size, connection.execute("SELECT one, other FROM found WHERE kind <> 'same'"))
    for query in (_COPIES, _SAME):
        for one, other in connection.execute(query):
            alike.join(one, other)
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
