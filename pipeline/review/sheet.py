"""Reads the sheets of a reviewed file: .xlsx, .ods, .xls, or .csv in any usual form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.errors import ConfigError, DocumentError
from pipeline.ingest.decode import decode
from pipeline.ingest.metadata.table import LONGEST_CELL, delimiter_of
from pipeline.review.values import Cell, words_of

SUFFIXES = (".xlsx", ".xlsm", ".ods", ".xls", ".csv", ".tsv", ".txt")
HEADER_WITHIN = 20  # rows that may stand above the header
#: A sheet that lists what was decided before; nobody decides there.
_HISTORY = "decided_at"

PageKind = Literal["claims", "documents", "entities"]


class SheetRow(NamedTuple):
    """One row with its number as the spreadsheet shows it; cells by column, empty ones too."""

    number: int
    cells: dict[str, Cell]


class Page(NamedTuple):
    """A sheet that was reviewed. `rows` can be read once."""

    file: str
    title: str
    kind: PageKind
    columns: frozenset[str]
    rows: Iterator[SheetRow]


def pages(path: Path) -> Iterator[Page]:
    """The sheets of a file that hold claims, documents or entities, in their order.

    A sheet is known by its columns, whatever its name, their order, and what stands beside them.

    Raises:
        ConfigError: the file cannot be read, or holds no such sheet.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ConfigError(f"{path}: is none of {', '.join(SUFFIXES)}")
    found = 0
    text = path.suffix.lower() in (".csv", ".tsv", ".txt")
    for title, rows in csv_sheets(path) if text else book_sheets(path):
        if page := page_of(path.name, title, rows):
            found += 1
            yield page
    if not found:
        raise ConfigError(
            f"{path}: no sheet has the columns claim_id and decision, or doc_id and path, or"
            " entity_id, name, type, n_mentions; keep the first row with the names of the columns"
        )


def page_of(file: str, title: str, rows: Iterator[tuple[int, Sequence[Cell]]]) -> Page | None:
    """The sheet from its header on; None if it is no sheet to review."""
    for _, (number, cells) in zip(range(HEADER_WITHIN), rows, strict=False):
        names = [words_of(cell).strip("'\"").casefold() for cell in cells]
        known = frozenset(names)
        kind: PageKind | None = None
        if {"decision"} <= known and known & {"claim_id", "claim_text"}:
            kind = "claims"
        elif {"doc_id", "path"} <= known and known & {"outlet", "author", "published_origin"}:
            kind = "documents"
        elif {"entity_id", "name", "type", "n_mentions"} <= known:
            kind = "entities"
        if _HISTORY in known:
            return None
        if kind:
            check_header(file, title, number, names)
            return Page(file, title, kind, known - {""}, named(names, rows))
    return None


def check_header(file: str, title: str, number: int, names: Sequence[str]) -> None:
    double = [name for name in dict.fromkeys(names) if name and names.count(name) > 1]
    if double:
        raise ConfigError(
            f"{file}: sheet {title}, row {number}: the column {double[0]} stands there twice"
        )


def named(names: Sequence[str], rows: Iterator[tuple[int, Sequence[Cell]]]) -> Iterator[SheetRow]:
    for number, cells in rows:
        if any(cell not in (None, "") for cell in cells):
            pairs = zip(names, cells, strict=False)  # trailing empty cells may be missing
            yield SheetRow(number, {name: cell for name, cell in pairs if name})


def book_sheets(path: Path) -> Iterator[tuple[str, Iterator[tuple[int, Sequence[Cell]]]]]:
    """Each sheet's title and its rows from 1, with what formulas last gave."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_path(str(path))
        for info in book.sheets_metadata:
            if info.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(info.name)
                top, left = sheet.start or (0, 0)
                yield info.name, placed(sheet.iter_rows(), top, left)
    except PasswordError as error:
        raise ConfigError(f"{path}: is protected with a password; save it without") from error
    except (CalamineError, OSError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def placed(
    rows: Iterable[Sequence[Cell]], top: int, left: int
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows with their numbers; the reader leaves out empty ones before the first."""
    for number, cells in enumerate(rows, start=top + 1):
        yield number, [*[""] * left, *cells] if left else cells


def csv_sheets(path: Path) -> Iterator[tuple[str, Iterator[tuple[int, Sequence[Cell]]]]]:
    try:
        text = decode(path.read_bytes(), path.name).text.removeprefix("\ufeff")
    except (OSError, DocumentError) as error:
        words = error.problem if isinstance(error, DocumentError) else error.strerror
        raise ConfigError(f"{path}: cannot be read: {words}") from error
    text, delimiter = delimiter_of(text)
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ConfigError(f"{path}: not a CSV file: {error}") from error
    yield path.stem, enumerate(rows, start=1)
