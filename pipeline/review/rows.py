"""What the tables of the last run say of a claim or document that a sheet names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.export.columns import table
from pipeline.export.reader import TableReader
from pipeline.export.schema import Row
from pipeline.ids import normalised
from pipeline.records import CleanDocument, Removal, SourceDocument, Span
from pipeline.review.values import Cell, words_of

_MANY = 4  # documents held in memory


class Tables:
    """Questions to claims.sqlite."""

    def __init__(self, tables: TableReader) -> None:
        self._tables = tables
        self._claims = ", ".join(f'"{name}"' for name in table("claims").names)
        self.document = lru_cache(_MANY)(self._document)

    def claim(self, claim_id: str) -> Row | None:
        """The row of `claims` with this id."""
        found = self._rows("claim_id = ?", claim_id) if claim_id else []
        return found[0] if found else None

    def thread(self, known: Row) -> str:
        """The id that the decisions in force about a claim were made under, its own if there are
        none: what is decided anew has to meet them."""
        query = (
            "SELECT reviewed_claim_id FROM decisions WHERE claim_id = ? AND path = ?"
            " AND review_state IN ('same', 'moved') ORDER BY rowid"
        )
        own = str(known["claim_id"])
        found = [str(made) for (made,) in self._tables.rows(query, (own, known["path"]))]
        return own if own in found or not found else found[-1]

    def by_words(self, cells: Mapping[str, Cell]) -> Row | None:
        """The one claim of the row's document with its words, for a row that lost its id."""
        path, words = words_of(cells.get("path")), normalised(words_of(cells.get("claim_text")))
        if not path or not words:
            return None
        found = [
            row
            for row in self._rows("path = ?", path)
            if normalised(str(row["claim_text"])) == words
        ]
        for name in ("source_name", "sentence"):
            if len(found) > 1 and (said := normalised(words_of(cells.get(name)))):
                found = [row for row in found if normalised(str(row[name] or "")) == said]
        return found[0] if len(found) == 1 else None

    def _rows(self, where: str, value: str) -> list[Row]:
        names = table("claims").names
        query = f"SELECT {self._claims} FROM claims WHERE {where}"
        return [dict(zip(names, row, strict=True)) for row in self._tables.rows(query, (value,))]

    def metadata(self, path: str, doc_id: str) -> Row | None:
        """The row of `documents`, by path, else by id."""
        names = table("documents").names
        columns = ", ".join(f'"{name}"' for name in names)
        for column, value in (("path", path), ("doc_id", doc_id.casefold())):
            query = f"SELECT {columns} FROM documents WHERE {column} = ?"
            for row in self._tables.rows(query, (value,)):
                return dict(zip(names, row, strict=True))
        return None

    def _document(self, path: str) -> CleanDocument | None:
        """The document with its removals, None if there is none."""
        query = "SELECT doc_id, text FROM documents JOIN texts USING (doc_id) WHERE path = ?"
        for doc_id, text in self._tables.rows(query, (path,)):
            removals = self._tables.rows(
                "SELECT start, end, rule, coalesce(replacement, '') FROM removals"
                " WHERE doc_id = ? ORDER BY start, end",
                (doc_id,),
            )
            return CleanDocument(
                SourceDocument(doc_id, path, text, "", ""),
                tuple(Removal(Span(a, b), rule, words) for a, b, rule, words in removals),
            )
        return None
