"""metadata.csv: what the user knows about the articles, as Excel and LibreOffice save it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
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


class MetadataTable(NamedTuple):
    """Rows by path below the file's folder, and what is odd but no error, in words."""

    rows: dict[str, Metadata]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a CSV file; `rows` are as long as `header` and begin at spreadsheet row 2."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ","


def read_metadata_csv(path: Path, date_order: str, today: date) -> MetadataTable:
    """What metadata.csv says of each article.

    Args:
        path: of the file; the paths in it are below its folder, with "/" or backslash.
        date_order: DMY, MDY or YMD for dates such as 03/04/2021; "" refuses them.
        today: no article was published later.

    Raises:
        ConfigError: every problem of the file with its row and column.
    """
    sheet, problems = read_sheet(path)
    rows: dict[str, Metadata] = {}
    first_row: dict[str, int] = {}
    warnings: list[str] = []
    for number, cells in enumerate(sheet.rows, start=2):
        named = dict(zip(sheet.header, cells, strict=True))
        key = below_root(named.get("path", ""))
        if not key:
            if any(cells):
                problems.append(f"{path}: row {number}, column path: is empty")
            continue
        if key in rows:
            problems.append(
                f"{path}: row {number}, column path: {key} stands in row {first_row[key]} too"
            )
            continue
        first_row[key] = number
        rows[key], wrong = metadata_of_row(named, date_order, today)
        problems.extend(f"{path}: row {number}, column {column}: {why}" for column, why in wrong)
        if not (path.parent / key.split("#", 1)[0]).exists():
            warnings.append(f"{path}: row {number}: there is no file {key}")
    if problems:
        raise ConfigError("\n".join(problems))
    return MetadataTable(rows, tuple(warnings))


def below_root(words: str) -> str:
    """A path as documents have it: "/" between folders, nothing before the first."""
    path = words.strip().replace("\\", "/")
    while path.startswith("./"):
        path = path[2:]
    return path


def metadata_of_row(
    cells: dict[str, str], date_order: str, today: date
) -> tuple[Metadata, list[tuple[str, str]]]:
    """The row's facts, and (column, problem) for each cell that is wrong."""
    facts = {name: " ".join(cells.get(name, "").split()) for name in FIELDS}
    wrong: list[tuple[str, str]] = []
    if facts["published"]:
        value = parse_date(facts["published"], date_order)
        if isinstance(value, DateProblem):
            wrong.append(("published", value.problem))
        elif is_future(value, today):
            wrong.append(("published", f"{facts['published']!r} lies in the future"))
        else:
            facts["published"] = value
    given = {name: Fact(value, ORIGIN) for name, value in facts.items() if value}
    extra = tuple((name, value) for name, value in cells.items() if name not in COLUMNS)
    return metadata_of_facts(given, extra), wrong


def read_sheet(path: Path) -> tuple[Sheet, list[str]]:
    """The cells of a CSV file in any of the usual encodings and delimiters, and its problems.

    Raises:
        ConfigError: it cannot be read at all.
    """
    try:
        text = decode(path.read_bytes(), path.name).text.removeprefix("\ufeff")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    except DocumentError as error:
        if error.reason == "empty":
            return Sheet((), ()), []
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
    problems = header_problems(path, known)
    rows: list[tuple[str, ...]] = []
    for number, cells in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in cells[len(known) :]):
            problems.append(
                f"{path}: row {number}: {len(cells)} cells, but {len(known)} columns;"
                f' put cells that hold "{delimiter}" in quotation marks'
            )
        padded = [cell.strip() for cell in cells[: len(known)]]
        rows.append((*padded, *[""] * (len(known) - len(padded))))
    return Sheet(known, tuple(rows), delimiter), problems


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
