"""What some documents add to the tables, as any process can make it and claims.sqlite takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import cast

from pipeline.errors import DocumentError
from pipeline.export.columns import table
from pipeline.export.replay import storable
from pipeline.export.schema import Row, Value
from pipeline.export.tables import Rows, rows_of, text_cell
from pipeline.nlp.entities.decisions import is_own_name
from pipeline.records import DocumentResult, Problem
from pipeline.review.added import add
from pipeline.review.apply import reviewed
from pipeline.review.decisions import DecisionFiles
from pipeline.review.entities import Redirect

Cells = tuple[Value, ...]


@dataclass(slots=True)
class DocumentRows:
    """One document's rows.

    Attributes:
        tables: by table, the cells in the order of its columns.
        readings: id, name, type, code, country of each entity, and whether the id is made of
            that name.
    """

    path: str
    tables: dict[str, list[Cells]]
    readings: list[Cells]


@dataclass(slots=True)
class Addition:
    """What one file, a part of it or a few files add.

    Attributes:
        quarantine, set_aside: rows of these tables.
        redirects: old and new entity ids.
    """

    documents: list[DocumentRows] = field(default_factory=list)
    quarantine: list[Problem] = field(default_factory=list)
    set_aside: list[Problem] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)


def addition(results: Iterable[DocumentResult], decisions: DecisionFiles | None = None) -> Addition:
    """The rows of some documents; one that makes no sense has none, but goes to quarantine.

    Args:
        decisions: what analysts decided in earlier tables.
    """
    known, made = decisions or DecisionFiles(), Addition()
    for result in results:
        try:
            made.documents.append(document_rows(result, known))
        except DocumentError as error:
            problem = Problem(error.path, "export", error.reason, error.problem)
            made.quarantine.append(problem)
    return made


def document_rows(result: DocumentResult, decisions: DecisionFiles) -> DocumentRows:
    """The rows of one document.

    Raises:
        DocumentError: the result speaks of things that it does not hold.
    """
    tables = {
        name: list(map(cells_of(name), rows))
        for name, rows in reviewed_rows(result, decisions).items()
    }
    readings: list[Cells] = [
        (e.entity_id, text_cell(e.name) or "?", e.type, e.code, e.country, is_own_name(e))
        for e in result.analysis.entities
    ]
    return DocumentRows(result.document.source.path, tables, readings)


def reviewed_rows(result: DocumentResult, decisions: DecisionFiles) -> Rows:
    """The result's rows with what analysts added and decided."""
    rows = rows_of(result)
    path = storable(result.document.source.path)
    made, came = decisions.of(path), decisions.came(path)
    add(rows, result, [*came, *made])
    review = reviewed(rows["claims"], made, came, decisions.perhaps(path))
    for row, cells in zip(rows["claims"], review.claims, strict=True):
        row |= cells
    return {**rows, "decisions": review.history}


def cells_of(name: str) -> Callable[[Row], Cells]:
    """Gives the cells of a table's row in the order of its columns."""
    return cast(Callable[[Row], Cells], itemgetter(*table(name).names))
