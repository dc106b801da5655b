"""Do the files for people and programs say what claims.sqlite says, cell by cell?"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from pipeline.export import datapackage, to_csv, to_jsonl, to_parquet, to_xlsx
from pipeline.export.columns import table
from pipeline.export.columns import tables as all_tables
from pipeline.export.publish import file_hash
from pipeline.export.reader import TableReader
from pipeline.export.schema import Column, Value
from pipeline.export.to_csv import person_text


class Disagreement(NamedTuple):
    """A cell, or with an empty column a row or a whole file, that is not as it should be.

    `row` is the row's id, or "row" and its number from 1 where it has none.
    """

    file: str
    table: str
    row: str
    column: str
    problem: str


Cells = tuple[Any, ...]
#: Says whether a cell of a file stands for a cell of claims.sqlite.
Same = Callable[[Column, Value, Any], bool]


def disagreements(tables: TableReader, out: Path) -> Iterator[Disagreement]:
    """Every place where a file is not as it was written or differs from claims.sqlite.

    The workbook is left out: it is there to be changed.
    """
    for path, digest in datapackage.hashes(out).items():
        file = out / path
        if path == to_xlsx.FILE:
            continue
        if not file.is_file():
            yield Disagreement(path, "", "", "", "the file is missing")
        elif file_hash(file) != digest:
            yield Disagreement(path, "", "", "", "the file changed since it was written")
    yield from compare(tables, "claims", out, to_csv.FILE, csv_rows, same_in_csv)
    for name in all_tables():
        yield from compare(tables, name, out, to_jsonl.place(name), json_rows, same_in_json)
        yield from compare(tables, name, out, to_parquet.place(name), parquet_rows, same_in_parquet)


def compare(
    tables: TableReader,
    name: str,
    out: Path,
    file: str,
    read: Callable[[Path, tuple[str, ...]], Iterator[Cells]],
    same: Same,
) -> Iterator[Disagreement]:
    """One file against one table."""
    spec = table(name)
    key = spec.columns[0].name if len(spec.key) == 1 else ""
    if not (out / file).is_file():
        return  # said already
    try:
        pairs = zip_longest(tables.records(name), read(out / file, spec.names))
        for number, (record, cells) in enumerate(pairs, start=1):
            if record is None:
                yield Disagreement(file, name, f"row {number}", "", "not in claims.sqlite")
                continue
            row = str(record[key]) if key else f"row {number}"
            if cells is None:
                yield Disagreement(file, name, row, "", "the row is missing")
                continue
            for column, cell in zip(spec.columns, cells, strict=True):
                value = record[column.name]
                if not same(column, value, cell):
                    problem = f"{shown(cell)} here, {shown(value)} in claims.sqlite"
                    yield Disagreement(file, name, row, column.name, problem)
    except (ValueError, csv.Error, OSError) as error:  # msgspec's and pyarrow's are ValueErrors
        yield Disagreement(file, name, "", "", f"cannot be read: {error}")


def shown(value: object, limit: int = 60) -> str:
    """A cell for a message."""
    words = repr(value)
    return words if len(words) <= limit else words[: limit - 1] + "…"


def csv_rows(path: Path, names: tuple[str, ...]) -> Iterator[Cells]:
    csv.field_size_limit(sys.maxsize)  # a sentence may be longer than the 131,072 it allows
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, strict=True)
        check_header(tuple(next(rows, ())), names)
        for row in rows:
            check_width(row, names)
            yield tuple(row)


def json_rows(path: Path, names: tuple[str, ...]) -> Iterator[Cells]:
    decoder = msgspec.json.Decoder(dict[str, Any])
    with path.open("rb") as file:
        for line in file:
            record = decoder.decode(line)
            check_header(tuple(record), names)
            yield tuple(record.values())


def parquet_rows(path: Path, names: tuple[str, ...]) -> Iterator[Cells]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        check_header(tuple(file.schema_arrow.names), names)
        for batch in file.iter_batches(batch_size=1000):
            for record in batch.to_pylist():
                yield tuple(record.values())


def check_header(found: tuple[str, ...], names: tuple[str, ...]) -> None:
    if found != names:
        raise ValueError(f"its columns are {', '.join(found)}")


def check_width(row: list[str], names: tuple[str, ...]) -> None:
    if len(row) != len(names):
        raise ValueError(f"a row with {len(row)} cells instead of {len(names)}")


def same_in_csv(column: Column, value: Value, cell: Any) -> bool:
    if value is None:
        return bool(cell == "")
    if column.type == "number":
        try:
            return float(cell) == value
        except ValueError:
            return False
    words = str(value)
    return bool(cell == (person_text(words) if column.type == "text" else words))


def same_in_json(column: Column, value: Value, cell: Any) -> bool:
    return bool(cell == value)


def same_in_parquet(column: Column, value: Value, cell: Any) -> bool:
    if column.type == "decimal" and value is not None:
        return cell is not None and bool(cell == Decimal(str(value)))
    return bool(cell == value)
