"""Lists with one article a row or line: CSV, TSV, XLSX and JSON lines.

The path of an article is `path#id` if the list has an id column, else `path#row`, where rows
are numbered as a spreadsheet or editor shows them.
"""

from __future__ import annotations

import csv
import io
import json
import warnings
from collections.abc import Iterator
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.errors import DocumentError
from pipeline.ids import doc_id
from pipeline.ingest.decode import decode, mark_guess
from pipeline.ingest.metadata.facts import FIELDS
from pipeline.ingest.metadata.front_matter import KEYS, metadata_of_entries
from pipeline.ingest.metadata.table import delimiter_of
from pipeline.ingest.readers.archive import DAMAGE, check_zip
from pipeline.ingest.readers.options import Options
from pipeline.records import Metadata, SourceDocument

SUFFIXES = (".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson")
ORIGIN = "page"
#: Usual names of the column that holds the article, the likelier first.
TEXT_KEYS = ("text", "body", "content", "article", "article_text", "fulltext", "full_text",
             "full text", "maintext", "article body", "story", "raw_text")  # fmt: skip
ID_KEYS = ("id", "article_id", "doc_id", "document_id", "uuid", "guid")
LONGEST_CELL = 50_000_000
SHOWN = 10  # numbers of bad rows that are named
FAILURES = (
    *DAMAGE, InvalidFileException, TypeError, LookupError, AttributeError, ArithmeticError,
    RecursionError, AssertionError, SyntaxError,  # SyntaxError: XML of ElementTree
)  # fmt: skip

Row = tuple[int, dict[str, str] | None]


def read(raw: bytes, path: str, options: Options) -> Iterator[SourceDocument]:
    """The articles of a list. Rows that hold none are named in an error after the last article.

    Raises:
        DocumentError: broken, no_text_column, and bad_records once all good ones were given.
    """
    sha256 = options.hash_of(raw)
    bad: list[int] = []
    seen: set[str] = set()
    count = 0
    rows, doubt = rows_of(raw, path, options)
    for number, cells in rows:
        if count >= options.max_records:
            raise DocumentError(path, "too_large", f"more than {options.max_records:,} records")
        text = value_of(cells, TEXT_KEYS, options, "text") if cells else ""
        if cells is None or not text.strip():
            if cells is None or any(value.strip() for value in cells.values()):
                bad.append(number)
            continue
        name = " ".join(value_of(cells, ID_KEYS, options, "id").split())[:200] or str(number)
        if name in seen:
            name = f"{name}@{number}"
        seen.add(name)
        count += 1
        record = f"{path}#{name}"
        facts = facts_of(cells, options)
        repairs = mark_guess(text, doubt) if doubt else ()
        yield SourceDocument(doc_id(record), record, text, sha256, "table", facts, repairs)
    if bad or not count:
        named = ", ".join(map(str, bad[:SHOWN])) + (", …" if len(bad) > SHOWN else "")
        words = f"rows without a text that can be read: {named}" if bad else "no row with a text"
        words += "; the text is looked for in the columns " + ", ".join(TEXT_KEYS)
        raise DocumentError(path, "bad_records", words)


def rows_of(raw: bytes, path: str, options: Options) -> tuple[Iterator[Row], str]:
    """(row number, cells by column name in lower case), None for a row that is broken.

    The text beside them says why characters may be wrong, "" if they are certain.
    """
    name = path.lower().removesuffix(".gz")
    if name.endswith(".xlsx"):
        return xlsx_rows(raw, path, options), ""
    decoded = decode(raw, path)
    text = decoded.text.removeprefix("\ufeff")
    if name.endswith((".jsonl", ".ndjson")):
        return json_rows(text), decoded.doubt
    return csv_rows(text, path), decoded.doubt


def json_rows(text: str) -> Iterator[Row]:
    for number, line in enumerate(io.StringIO(text), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            yield number, {str(key).lower(): cell_words(value) for key, value in record.items()}
        else:
            yield number, None


def csv_rows(text: str, path: str) -> Iterator[Row]:
    text, delimiter = delimiter_of(text)
    csv.field_size_limit(LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [" ".join(name.lower().split()) for name in next(lines, [])]
        for number, cells in enumerate(lines, start=2):
            yield number, dict(zip(header, cells, strict=False))
    except csv.Error as error:
        raise DocumentError(path, "broken", f"not a CSV file: {error}") from error


def xlsx_rows(raw: bytes, path: str, options: Options) -> Iterator[Row]:
    """The rows of the first sheet; formulas by their last value, links and macros are ignored."""
    check_zip(raw, path, options)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that it does not know
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        lines = book.worksheets[0].iter_rows(values_only=True)
        header = [cell_words(name).lower().strip() for name in next(lines, ())]
        for number, cells in enumerate(lines, start=2):
            yield number, dict(zip(header, map(cell_words, cells), strict=False))
    except FAILURES as error:
        words = f"not a workbook that can be read: {type(error).__name__}: {error}"
        raise DocumentError(path, "broken", words) from error


def cell_words(value: object) -> str:
    """A cell as text: dates as ISO days, lists joined by "; "."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(map(cell_words, value))
    if isinstance(value, dict):
        return cell_words(value.get("name"))
    # JSON may hold halves of pairs of characters, which no file can.
    return str(value).encode("utf-8", "replace").decode("utf-8")


def value_of(cells: dict[str, str], keys: tuple[str, ...], options: Options, field: str) -> str:
    """The cell of the column that the settings name for a field, else of one with a usual name."""
    if named := options.columns.get(field):
        return cells.get(named.lower(), "")
    return next((cells[key] for key in keys if cells.get(key, "").strip()), "")


def facts_of(cells: dict[str, str], options: Options) -> Metadata:
    """The row's metadata; a date that is ambiguous stays unknown."""
    usual = {key for keys in KEYS.values() for key in keys}
    entries = {key: " ".join(value.split()) for key, value in cells.items() if key in usual}
    for field in FIELDS:
        if named := options.columns.get(field):
            entries[field] = " ".join(cells.get(named.lower(), "").split())
    return metadata_of_entries(entries, ORIGIN)
