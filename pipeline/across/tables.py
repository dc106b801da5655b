"""Fills what the tables of claims.sqlite say across articles; reads nothing but those tables.

Signatures of articles and two numbers a claim are held in memory; everything else goes through
temporary tables, so that memory grows by about a kilobyte an article and 50 bytes a claim.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

from pipeline.across.database import file_of, in_parts, reading
from pipeline.across.duplicates import Article, Copy, Difference, difference, find_copies
from pipeline.across.flags import CHANGED_LATER, UPDATED, flag
from pipeline.across.links import link_claims
from pipeline.across.shingles import Hashes, shingles, signature
from pipeline.executors.base import Executor, all_of
from pipeline.ids import normalised

HELD = 256  # articles kept ready for comparison

#: The earliest first, then the longest; a date that is only a month comes after its days.
_ORDER = """
SELECT doc_id FROM documents
ORDER BY substr(coalesce(published, '9999') || '-99-99', 1, 10),
  characters - characters_removed DESC, path
"""
#: Headlines are no part of the story: wire copy has new ones.
_TEXT = """
SELECT text FROM sentences WHERE doc_id = ? AND why_none IS NOT 'heading' ORDER BY rowid
"""
_FIGURES = """
SELECT coalesce(figure_value, figure_low || '-', '') || coalesce('-' || figure_high, ''),
  figure_kind || ' ' || coalesce(unit, ''), figure_text
FROM money AS v WHERE doc_id = ? AND {inside}
"""
_DATES = """
SELECT coalesce(date_start || '/' || date_end, date_value, ''), '', date_text
FROM dates AS v WHERE doc_id = ? AND date_kind IN ('DATE', 'TIME') AND {inside}
"""
_INSIDE = """
EXISTS (SELECT 1 FROM sentences AS s WHERE s.doc_id = v.doc_id
  AND s.why_none IS NOT 'heading' AND s.start <= v.start AND v.start < s.end)
"""
_TOLD = """
SELECT claim_id, claim_text FROM claims
WHERE doc_id = ? AND (attribution IN ('direct', 'mixed') OR polarity = 'negated') ORDER BY rowid
"""
_WORDS = "SELECT rowid, claim_id, claim_text FROM claims WHERE doc_id = ? ORDER BY rowid"


def link_up(connection: sqlite3.Connection, workers: Executor) -> None:
    """Fill the columns about copies, updates and groups, and the tables of groups and links.

    Args:
        connection: of a database with all its rows and the indexes on doc_id, in no transaction.
    """
    order = [str(doc_id) for (doc_id,) in connection.execute(_ORDER)]
    copies = link_documents(connection, order, workers)
    link_claims(connection, order, {copy.doc_id: copy.group for copy in copies}, workers)


def link_documents(
    connection: sqlite3.Connection, order: list[str], workers: Executor
) -> list[Copy]:
    """Mark the articles that are copies or updates of earlier ones, and their claims."""

    @lru_cache(maxsize=HELD)
    def load(doc_id: str) -> Article:
        return _article(connection, doc_id)

    read = workers.map(partial(read_signatures, file_of(connection)), in_parts(order))
    copies = find_copies(chain.from_iterable(all_of(read, "reading articles")), load)
    connection.execute("BEGIN")
    for copy in copies:
        column = "update_of" if copy.update else "duplicate_of"
        connection.execute(
            f"UPDATE documents SET duplicate_group = ?, {column} = ? WHERE doc_id = ?",
            (copy.group, copy.earlier, copy.doc_id),
        )
        repeat_claims(connection, copy)
        if copy.update:
            new, old = load(copy.doc_id), load(copy.earlier)
            flag_differing(connection, copy.doc_id, difference(new, old), UPDATED)
            flag_differing(connection, copy.earlier, difference(old, new), CHANGED_LATER)
    groups = sorted({(copy.group,) for copy in copies})
    connection.executemany("UPDATE documents SET duplicate_group = doc_id WHERE doc_id = ?", groups)
    connection.execute("COMMIT")
    return copies


def read_signatures(file: Path, doc_ids: Iterable[str]) -> list[tuple[str, Hashes | None]]:
    """For each document its signature, None for one without words."""
    with reading(file) as connection:
        hashes = [(doc_id, shingles(_text(connection, doc_id))) for doc_id in doc_ids]
    return [(doc_id, signature(found) if len(found) else None) for doc_id, found in hashes]


def _text(connection: sqlite3.Connection, doc_id: str) -> str:
    return "\n".join(text for (text,) in connection.execute(_TEXT, (doc_id,)))


def _article(connection: sqlite3.Connection, doc_id: str) -> Article:
    text = _text(connection, doc_id)

    def values(query: str) -> tuple[tuple[str, str], ...]:
        rows = connection.execute(query.format(inside=_INSIDE), (doc_id,))
        return tuple(
            (f"{value} {unit}" if value else "", normalised(words)) for value, unit, words in rows
        )

    told = connection.execute(_TOLD, (doc_id,))
    return Article(
        doc_id,
        normalised(text),
        shingles(text),
        values(_FIGURES),
        values(_DATES),
        tuple((str(claim_id), normalised(words)) for claim_id, words in told),
    )


def repeat_claims(connection: sqlite3.Connection, copy: Copy) -> None:
    """Mark each claim of a copy or update that its earlier version makes in the same words."""
    earlier: dict[str, list[str]] = {}
    for _, claim_id, words in connection.execute(_WORDS, (copy.earlier,)):
        earlier.setdefault(normalised(words), []).append(claim_id)
    found = []
    for row, _, words in connection.execute(_WORDS, (copy.doc_id,)).fetchall():
        if same := earlier.get(normalised(words)):
            found.append((same.pop(0) if len(same) > 1 else same[0], row))
    connection.executemany("UPDATE claims SET duplicate_of_claim = ? WHERE rowid = ?", found)


def flag_differing(
    connection: sqlite3.Connection, doc_id: str, differing: Difference, name: str
) -> None:
    """Flag the claims of a document whose figures, dates or words the other version lacks."""
    found = set(differing.told)
    for values, link, table, words in (
        (differing.figures, "claim_money", "money", "figure_text"),
        (differing.dates, "claim_dates", "dates", "date_text"),
    ):
        key = "money_id" if table == "money" else "date_id"
        wanted = {text for _, text in values}
        rows = connection.execute(
            f"SELECT c.claim_id, v.{words} FROM claims AS c"
            f" CROSS JOIN {link} AS l ON l.claim_id = c.claim_id"
            f" CROSS JOIN {table} AS v ON v.{key} = l.{key} WHERE c.doc_id = ?",
            (doc_id,),
        )
        found |= {claim_id for claim_id, text in rows if normalised(text) in wanted}
    for claim_id in sorted(found):
        flag(connection, claim_id, name)
