"""metadata.csv: what the user knows about the articles, as Excel and LibreOffice save it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigError, DocumentError
from pipeline.ingest.decode import decode
from pipeline.ingest.metadata.dates import DateProblem, is_future, parse_date
from pipeline.ingest.metadata.facts import FIELDS, metadata_of_facts
from pipeline.records import Fact, Metadata

NAME = "metadata.csv"
COLUMNS = ("path", *FIELDS)
ORIGIN = "metadata.csv"
DELIMITERS = ",;\t"
LONGEST_CELL = 1_000_000  # characters
MOST_WARNINGS = 20  # of one file; a column of dates in another order has thousands


class MetadataTable(NamedTuple):
    """Rows by path below the file's folder, and what is wrong or odd in them, in words."""

    rows: dict[str, Metadata]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a CSV file; `rows` are as long as `header` and begin at spreadsheet row 2.

    Attributes:
        too_wide: number of each row with more cells than columns -> what is wrong with it.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ","
    too_wide: Mapping[int, str] = field(default_factory=dict)


def read_metadata_csv(path: Path, date_order: str, today: date) -> MetadataTable:
    """What metadata.csv says of each article.

    A row that cannot be used is passed over, a date that cannot be read is left out: a slip in
    one cell must not keep ten thousand articles waiting. Each is told in a warning.

    Args:
        path: of the file; the paths in it are below its folder, with "/" or backslash.
        date_order: DMY, MDY or YMD for dates such as 03/04/2021; "" refuses them.
        today: a later date is told here and refused where the document is read.

    Raises:
        ConfigError: the file cannot be read, or its header makes no sense.
    """
    sheet = read_sheet(path)
    rows: dict[str, Metadata] = {}
    numbers: dict[str, list[int]] = {}
    found: list[tuple[int, str]] = list(sheet.too_wide.items())
    for number, cells in enumerate(sheet.rows, start=2):
        named = dict(zip(sheet.header, cells, strict=True))
        key = below_root(named.get("path", ""))
        if number in sheet.too_wide or not any(cells):
            continue
        if not key:
            found.append((number, "column path: is empty: the row is passed over"))
            continue
        numbers.setdefault(key, []).append(number)
        rows[key], wrong = metadata_of_row(named, date_order, today)
        found += [(number, words) for words in wrong]
        if not (path.parent / key.split("#", 1)[0]).exists():
            found.append((number, f"there is no file {key}"))
    for key, several in numbers.items():
        if len(several) > 1:
            del rows[key]
            places = ", ".join(map(str, several))
            found.append((several[0], f"{key} stands in rows {places}: none of them is used"))
    return MetadataTable(rows, warnings_of(path, found))


def warnings_of(path: Path, found: list[tuple[int, str]]) -> tuple[str, ...]:
    """The first of them by row number, and how many more there are."""
    shown = [f"{path}: row {number}: {words}" for number, words in sorted(found)[:MOST_WARNINGS]]
    if len(found) > MOST_WARNINGS:
        shown.append(f"{path}: and {len(found) - MOST_WARNINGS:,} more rows with something wrong")
    return tuple(shown)


def below_root(words: str) -> str:
    """A path as documents have it: "/" between folders, nothing before the first."""
    path = words.strip().replace("\\", "/")
    while path.startswith("./"):
        path = path[2:]
    return path


def metadata_of_row(
    cells: dict[str, str], date_order: str, today: date
) -> tuple[Metadata, list[str]]:
    """The row's facts, and what is wrong with its date."""
    facts = {name: " ".join(cells.get(name, "").split()) for name in FIELDS}
    wrong: list[str] = []
    if words := facts["published"]:
        value = parse_date(words, date_order)
        if isinstance(value, DateProblem):
            facts["published"] = ""
            wrong.append(f"column published: {value.problem}; until then the date is not used")
        else:
            facts["published"] = value
            if is_future(value, today):
                wrong.append(f"column published: {words!r} lies in the future: it is not used")
    given = {name: Fact(value, ORIGIN) for name, value in facts.items() if value}
    extra = tuple((name, value) for name, value in cells.items() if name not in COLUMNS)
    return metadata_of_facts(given, extra), wrong


def read_sheet(path: Path) -> Sheet:
    """The cells of a CSV file in any of the usual encodings and delimiters.

    Raises:
        ConfigError: it cannot be read, or every problem of its header.
    """
    try:
        text = decode(path.read_bytes(), path.name).text.removeprefix("\ufeff")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    except DocumentError as error:
        if error.reason == "empty":
            return Sheet((), ())
        raise ConfigError(f"{path}: {error.problem}") from error
    text, delimiter = delimiter_of(text)
    csv.field_size_limit(LONGEST_CELL)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ConfigError(f"{path}: not a CSV file: {error}") from error
    header = tuple(" ".join(name.split()) for name in lines[0])
    while header and not header[-1]:  # spreadsheets leave empty columns at the end
        header = header[:-1]
    known = tuple(name.lower() if name.lower() in COLUMNS else name for name in header)
    if problems := header_problems(path, known):
        raise ConfigError("\n".join(problems))
    rows: list[tuple[str, ...]] = []
    too_wide: dict[int, str] = {}
    for number, cells in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in cells[len(known) :]):
            too_wide[number] = (
                f"{len(cells)} cells, but {len(known)} columns: the row is passed over;"
                f' put cells that hold "{delimiter}" in quotation marks'
            )
        padded = [cell.strip() for cell in cells[: len(known)]]
        rows.append((*padded, *[""] * (len(known) - len(padded))))
    return Sheet(known, tuple(rows), delimiter, too_wide)


def delimiter_of(text: str) -> tuple[str, str]:
    """The text without Excel's "sep=;" line, and the delimiter that the header uses most."""
    head, _, rest = text.partition("\n")
    head = head.strip("\r\"' ")
    if head.lower().startswith("sep=") and len(head) == 5:
        return rest, head[4]
    return text, max(DELIMITERS, key=head.count)


def header_problems(path: Path, header: tuple[str, ...]) -> list[str]:
    problems = []
    if "path" not in header:
        problems.append(
            f"{path}: row 1: no column `path`; the columns are path, title, outlet, author,"
            " published, url, each but path may be missing, and any of your own"
        )
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            problems.append(f"{path}: row 1: the column {name or '(no name)'} stands there twice")
    return problems
