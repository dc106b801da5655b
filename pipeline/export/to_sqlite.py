"""claims.sqlite: all tables with their keys. It is written first and feeds the other files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import groupby
from pathlib import Path

from pipeline.across.tables import link_up
from pipeline.errors import PipelineError
from pipeline.executors.base import Executor, Here
from pipeline.export.additions import Addition, Cells, DocumentRows, cells_of
from pipeline.export.columns import table, tables
from pipeline.export.schema import Column, Row, Table
from pipeline.export.tables import list_cell, problem_row
from pipeline.records import Problem
from pipeline.review.apply import gone
from pipeline.review.decisions import DecisionFiles
from pipeline.review.entities import Redirect

FILE = "claims.sqlite"
PAGE = 4096  # bytes; fixed, for the same bytes on every machine
ALIASES = 20  # names listed for an entity

#: Ways of linking a mention whose words are no name of the entity.
NOT_NAMES = ("pronoun", "role", "nominal", "definite", "head_word")

_SQL_TYPES = {"text": "TEXT", "json": "TEXT", "decimal": "TEXT", "integer": "INTEGER"}
_INDEXED = (
    *("claims.doc_id", "sentences.doc_id", "dates.doc_id", "money.doc_id", "mentions.doc_id"),
    *("removals.doc_id", "mentions.entity_id", "claim_entities.entity_id", "documents.path"),
)


def write(
    additions: Iterable[Addition],
    path: Path,
    *,
    set_aside: Iterable[Problem] = (),
    redirects: Iterable[Redirect] = (),
    decisions: DecisionFiles | None = None,
    workers: Executor | None = None,
) -> None:
    """Write the database; memory does not grow with the additions.

    Args:
        additions: in an order that is always the same.
        path: must not exist.
        set_aside: more rows of `set_aside` than the additions have.
        redirects: more old and new entity ids than the additions have.
        decisions: what analysts decided in earlier tables.
        workers: compare the claims; None does it here.

    Raises:
        PipelineError: two documents of one path, or a row that points at none: a defect of an
            earlier stage.
    """
    problems, aside, pairs = list[Problem](), list(set_aside), set(redirects)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in (f"page_size={PAGE}", "journal_mode=OFF", "synchronous=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        for spec in tables().values():
            connection.execute(create(spec))
        connection.execute(_SEEN)
        for found in additions:
            for document in found.documents:
                insert_document(connection, document)
            problems += found.quarantine
            aside += found.set_aside
            pairs |= set(found.redirects)
        insert_gone(connection, decisions or DecisionFiles())
        insert(connection, "quarantine", sorted_problems(problems))
        insert(connection, "set_aside", sorted_problems(aside))
        insert_cells(connection, "entity_redirects", sorted(pairs))
        sum_up_entities(connection)
        name_alike(connection)
        for place in _INDEXED:
            name, column = place.split(".")
            connection.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')
        connection.execute("COMMIT")
        link_up(connection, workers or Here())
        check_references(connection)


def create(spec: Table) -> str:
    """The statement that makes a table."""
    lines = [_column(column) for column in spec.columns]
    if spec.key:
        lines.append(f"PRIMARY KEY ({_quoted(spec.key)})")
    for column in spec.columns:
        if column.references:
            name, key = column.references.split(".")
            lines.append(f'FOREIGN KEY ("{column.name}") REFERENCES "{name}" ("{key}")')
    return f'CREATE TABLE "{spec.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column(column: Column) -> str:
    kind = _SQL_TYPES.get(column.type, "REAL")
    return f'"{column.name}" {kind}' + (" NOT NULL" if column.required else "")


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def insert(connection: sqlite3.Connection, name: str, rows: Iterable[Row]) -> None:
    insert_cells(connection, name, map(cells_of(name), rows))


def insert_cells(connection: sqlite3.Connection, name: str, rows: Iterable[Cells]) -> None:
    names = table(name).names
    marks = ", ".join("?" * len(names))
    connection.executemany(f'INSERT INTO "{name}" ({_quoted(names)}) VALUES ({marks})', rows)


def sorted_problems(problems: Iterable[Problem]) -> list[Row]:
    ordered = sorted(problems, key=lambda p: (p.path, p.stage, p.reason, p.problem))
    return [problem_row(problem) for problem in ordered]


def insert_document(connection: sqlite3.Connection, document: DocumentRows) -> None:
    try:
        for name, rows in document.tables.items():
            insert_cells(connection, name, rows)
    except sqlite3.IntegrityError as error:
        words = f"{document.path}: its rows don't fit the tables, a defect: {error}"
        raise PipelineError(words) from error
    connection.executemany(
        "INSERT INTO seen VALUES (?, ?, ?, ?, ?, ?, 1)"
        " ON CONFLICT DO UPDATE SET documents = documents + 1",
        document.readings,
    )


def insert_gone(connection: sqlite3.Connection, decisions: DecisionFiles) -> None:
    """The decisions about documents that are no longer there."""
    moved = {old for old, places in decisions.moves.places.items() if len(places) == 1}
    for path in sorted({*decisions.paths()} - moved):
        if not connection.execute("SELECT 1 FROM documents WHERE path = ?", (path,)).fetchone():
            insert(connection, "decisions", gone(decisions.of(path)))


#: The readings that documents gave of each entity, with the number of documents. `own`: the id is
#: made of this name; another comes from an entity that an analyst merged into this one.
_SEEN = """
CREATE TEMP TABLE seen (
  entity_id TEXT, name TEXT, type TEXT, code TEXT, country TEXT, own INTEGER, documents INTEGER,
  PRIMARY KEY (entity_id, name, type, code, country)
)"""

_BEST_READING = """
SELECT entity_id, name, type, code, country FROM seen
ORDER BY entity_id, own DESC, documents DESC, length(name) DESC, name, type, code, country
"""

_COUNTS = """
SELECT entity_id, count(*), count(DISTINCT doc_id), min(published), max(published)
FROM mentions JOIN documents USING (doc_id)
WHERE entity_id IS NOT NULL GROUP BY entity_id ORDER BY entity_id
"""

_ALIASES = f"""
SELECT entity_id, mention_text FROM mentions
WHERE entity_id IS NOT NULL AND rule NOT IN ({", ".join("?" * len(NOT_NAMES))})
GROUP BY entity_id, mention_text ORDER BY entity_id, count(*) DESC, mention_text
"""


def sum_up_entities(connection: sqlite3.Connection) -> None:
    """Fill `entities` from what the documents said: the commonest reading of each id."""
    counts = connection.execute(_COUNTS)
    aliases = groupby(connection.execute(_ALIASES, NOT_NAMES), key=lambda row: str(row[0]))
    count = next(counts, None)
    names = next(aliases, None)
    rows: list[Row] = []
    for entity_id, readings in groupby(connection.execute(_BEST_READING), key=lambda row: row[0]):
        _, name, kind, code, country = next(readings)
        row: Row = {
            "entity_id": entity_id,
            "name": name,
            "type": kind,
            "code": code or None,
            "country": country or None,
            "n_mentions": 0,
            "n_documents": 0,
            "aliases": None,
            "first_published": None,
            "last_published": None,
        }
        while count and count[0] < entity_id:
            count = next(counts, None)
        if count and count[0] == entity_id:
            numbers = ("n_mentions", "n_documents", "first_published", "last_published")
            row |= dict(zip(numbers, count[1:], strict=True))
        while names and names[0] < entity_id:
            names = next(aliases, None)
        if names and names[0] == entity_id:
            others = [alias for _, alias in names[1] if alias != name]
            row["aliases"] = list_cell(others[:ALIASES])
        rows.append(row)
        if len(rows) == 1000:
            insert(connection, "entities", rows)
            rows.clear()
    insert(connection, "entities", rows)


_NAMED_TWICE = """
SELECT DISTINCT claim_id FROM claim_entities WHERE entity_id IN
  (SELECT entity_id FROM seen GROUP BY entity_id HAVING count(DISTINCT name) > 1)
ORDER BY claim_id
"""


def name_alike(connection: sqlite3.Connection) -> None:
    """Give the claims of every document the canonical names, for one pivot over all."""
    query = (
        "SELECT name FROM claim_entities AS link JOIN entities USING (entity_id)"
        " WHERE claim_id = ? ORDER BY link.rowid"
    )
    for (claim_id,) in connection.execute(_NAMED_TWICE).fetchall():
        names = list_cell(name for (name,) in connection.execute(query, (claim_id,)))
        connection.execute("UPDATE claims SET entities = ? WHERE claim_id = ?", (names, claim_id))


def check_references(connection: sqlite3.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchmany(3)
    if broken:
        named = "; ".join(f"{child} row {row} -> {parent}" for child, row, parent, _ in broken)
        raise PipelineError(f"the tables don't fit together, which is a defect: {named}")
