"""What the workbook's sheets hold: their queries, columns and widths. `to_xlsx.py` draws them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.export.columns import columns, table
from pipeline.export.reader import TableReader

#: decision, review: cells for the analyst. link: a formula that opens an address.
CellKind = Literal["text", "wrapped", "number", "decimal", "date", "link", "decision", "review"]

DECISIONS = ("accept", "reject", "correct", "duplicate", "unsure")
REVIEW_FIRST = 200  # rows of the first sheet
ROW_LIMIT = 200_000  # rows of any sheet
EVIDENCE = "report/articles/"  # the folder of the articles' pages

CORRECTED = (
    "corrected_source",
    "corrected_subject",
    "corrected_date",
    "corrected_amount",
    "corrected_currency",
)
#: The columns of the table of claims that the analyst fills in.
REVIEW_COLUMNS = frozenset({"decision", *CORRECTED, "reviewer", "note"})
LINK_COLUMNS = {
    "evidence": "Opens the claim in its article, with what was removed around it.",
    "open": "Opens the article's own address.",
    "before": "The sentence before.",
    "after": "The sentence after.",
}

_WRAPPED = frozenset(
    (
        *("claim_text", "sentence", "before", "after", "text", "title", "object", "words"),
        *("problem", "reason", "aliases", "entities", "flags", "earlier_decisions"),
    )
)
_DATES = frozenset({"published", "date_start", "date_end", "first_published", "last_published"})
_WIDTHS = {"claim_text": 60, "sentence": 60, "text": 70, "before": 40, "after": 40}
_WIDTHS |= {"title": 36, "path": 30, "problem": 60, "aliases": 44, "entities": 30, "note": 34}
_WIDTHS |= {"earlier_decisions": 34, "review_state": 10}
_WIDTHS |= {"object": 30, "flags": 22, "reason": 30, "evidence": 9, "open": 7, "decision": 11}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its header, how its cells are written, and its width in characters."""

    name: str
    kind: CellKind
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; the query gives its cells in the order of the columns.

    Attributes:
        total: rows there are, of which the sheet shows at most ROW_LIMIT.
        file: the file that holds all of them.
    """

    title: str
    meaning: str
    columns: tuple[SheetColumn, ...]
    query: str
    total: int
    file: str


def sheet_column(name: str, type_: str = "text") -> SheetColumn:
    """The column; wide enough for its name and the button of the filter."""
    kind: CellKind = "text"
    if name == "decision":
        kind = "decision"
    elif name in REVIEW_COLUMNS:
        kind = "review"
    elif name in ("evidence", "open"):
        kind = "link"
    elif name in _DATES:
        kind = "date"
    elif name in _WRAPPED:
        kind = "wrapped"
    elif type_ in ("integer", "number"):
        kind = "number"
    elif type_ == "decimal":
        kind = "decimal"
    default = {"number": 10, "decimal": 18, "date": 12, "review": 18}.get(kind, 16)
    return SheetColumn(name, kind, max(_WIDTHS.get(name, default), len(name) + 2))


#: How much a claim wants a look: it matters, and the tool is not sure of it.
AGAIN = "(c.earlier_decisions IS NOT NULL)"
RANK = (
    "(c.check_worthiness + 0.5 * (1 - c.confidence) + 0.1 * (c.flags IS NOT NULL)"
    " + 0.3 * (c.contradicts IS NOT NULL))"
)

_FIRST = (
    *("claim_id", "evidence", "decision", "review_state", "claim_text"),
    *("source_name", "cue_text", "certainty", "polarity"),
)
_WHEN_AND_HOW_MUCH = (
    *("date_text", "date_modifier", "date_start", "date_end"),
    *("amount_text", "amount_qualifier", "amount", "amount_low", "amount_high", "currency"),
    "per",
)
_JUDGED = ["check_worthiness", "confidence", "flags", "n_document_signs"]
_JUDGED += ["support", "contradicts", "updated_by"]
_ABOUT = ["path", "title", "published", "open", "sentence"]


def to_read(column: SheetColumn) -> SheetColumn:
    """The column of a sheet that is not read back: nothing in it looks like a cell to fill in."""
    if column.kind not in ("decision", "review"):
        return column
    return replace(column, kind="wrapped" if column.name == "note" else "text")


def claim_names(*, neighbours: bool) -> list[str]:
    """All columns of claims and of the review, what the analyst works with first."""
    around = ["before", "sentence", "after"] if neighbours else ["sentence"]
    about = [name for name in _ABOUT if name != "sentence"]
    front = [*_FIRST, *_WHEN_AND_HOW_MUCH, *_JUDGED, *CORRECTED]
    front += ["reviewer", "note", "earlier_decisions"]
    front += [*around, *about]
    return [*front, *(name for name in table("claims").names if name not in front)]


def claims_sheet(title: str, meaning: str, total: int, limit: int, *, first: bool) -> Sheet:
    """A sheet of claims; if they are too many, the best-ranked.

    Args:
        total: claims that there are for this sheet.
        first: only those that nobody decided, the ones that were changed or disputed before all.
    """
    names = claim_names(neighbours=first)
    spec = columns("claims")
    cells = [claim_cell(name) for name in names]
    ranked = f"{AGAIN} DESC, {RANK} DESC, c.rowid" if first else f"{RANK} DESC, c.rowid"
    order = ranked if first else "c.rowid"
    undecided = "WHERE c.decision IS NULL" if first else ""
    chosen = f"SELECT c.rowid FROM claims AS c {undecided} ORDER BY {ranked} LIMIT {limit}"
    neighbours = (
        " LEFT JOIN sentences AS s ON s.sentence_id = c.sentence_id"
        " LEFT JOIN sentences AS b ON b.doc_id = c.doc_id AND b.ordinal = s.ordinal - 1"
        " LEFT JOIN sentences AS a ON a.doc_id = c.doc_id AND a.ordinal = s.ordinal + 1"
    )
    query = (
        f"SELECT {', '.join(cells)} FROM claims AS c JOIN documents AS d USING (doc_id)"
        + (neighbours if first else "")
        + (f" WHERE c.rowid IN ({chosen})" if first or total > limit else "")
        + f" ORDER BY {order}"
    )
    types = {name: spec[name].type if name in spec else "text" for name in names}
    shown = tuple(sheet_column(name, types[name]) for name in names)
    return Sheet(title, meaning, shown, query, total, "claims.parquet")


def claim_cell(name: str) -> str:
    """The expression that gives a cell; links are made of what it gives."""
    if name == "evidence":
        return f"'{EVIDENCE}' || c.doc_id || '.html#' || c.claim_id"
    others = {"open": "d.url", "before": "b.text", "after": "a.text"}
    return others.get(name, f'c."{name}"')


def plain_sheet(
    title: str, name: str, total: int, order: str = "rowid", where: str = "", path: bool = True
) -> Sheet:
    """A sheet of the rows of one table, with the path of their document first."""
    spec = table(name)
    names = [column.name for column in spec.columns]
    cells = [f't."{column}"' for column in names]
    shown = [sheet_column(column.name, column.type) for column in spec.columns]
    source = f'"{name}" AS t'
    if path:
        cells.insert(0, "d.path")
        shown.insert(0, sheet_column("path"))
        source += " JOIN documents AS d USING (doc_id)"
    query = f"SELECT {', '.join(cells)} FROM {source} {where} ORDER BY {order} LIMIT {ROW_LIMIT}"
    file = f"tables/{name}.parquet"
    return Sheet(title, spec.meaning, tuple(shown), query, total, file)


def documents_sheet(tables: TableReader) -> Sheet:
    """The documents, with the further columns of metadata.csv as columns of their own."""
    found = tables.rows(
        "SELECT DISTINCT key FROM documents, json_each(documents.metadata) ORDER BY key"
    )
    extra = [str(key) for (key,) in found]
    spec = table("documents")
    kept = [column for column in spec.columns if column.name != "metadata"]
    # A quote in a JSON path can't be escaped: such a column stays in the metadata cell only.
    cells = [f't."{column.name}"' for column in kept]
    shown = [sheet_column(column.name, column.type) for column in kept]
    at = [column.name for column in kept].index("url") + 1
    cells.insert(at, "t.url")
    shown.insert(at, sheet_column("open"))
    for key in extra:
        literal = key.replace("'", "''")
        value = f"(SELECT value FROM json_each(t.metadata) WHERE key = '{literal}')"
        cells.append(value)
        shown.append(SheetColumn(f"metadata: {key}", "text", 18))
    query = f"SELECT {', '.join(cells)} FROM documents AS t ORDER BY t.rowid LIMIT {ROW_LIMIT}"
    total = tables.count("documents")
    return Sheet("Documents", spec.meaning, tuple(shown), query, total, "tables/documents.parquet")


#: Sentences without a claim, those that might deserve one first.
_BY_SIGNALS = "(t.signals IS NULL), length(t.signals) DESC, t.rowid"


def sheets(tables: TableReader) -> Iterable[Sheet]:
    """The sheets in their order; the Guide is made by `to_xlsx.py`."""
    claims = tables.count("claims")
    decided = int(next(tables.rows("SELECT count(*) FROM claims WHERE decision IS NOT NULL"))[0])
    missed = int(next(tables.rows("SELECT count(*) FROM sentences WHERE n_claims = 0"))[0])
    yield claims_sheet(
        "Review first",
        f"The {REVIEW_FIRST} claims that most want a look: reviewers disagree or the claim changed"
        " since, then those that matter and that the tool is not sure of.",
        claims - decided,
        REVIEW_FIRST,
        first=True,
    )
    yield claims_sheet("Claims", table("claims").meaning, claims, ROW_LIMIT, first=False)
    yield plain_sheet(
        "Not claimed", "sentences", missed, order=_BY_SIGNALS, where="WHERE t.n_claims = 0"
    )
    yield documents_sheet(tables)
    yield plain_sheet(
        "Entities",
        "entities",
        tables.count("entities"),
        order="t.n_documents DESC, t.n_mentions DESC, t.rowid",
        path=False,
    )
    yield plain_sheet("Money", "money", tables.count("money"), order="t.rowid")
    yield plain_sheet("Dates", "dates", tables.count("dates"), order="t.rowid")
    yield plain_sheet("Removed text", "removals", tables.count("removals"), order="t.rowid")
    made = tables.count("decisions")
    history = plain_sheet("Decisions", "decisions", made, order="t.rowid", path=False)
    yield replace(history, columns=tuple(to_read(column) for column in history.columns))
