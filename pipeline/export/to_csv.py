"""claims.csv: the claims for people, as Excel opens it. Programs read Parquet, JSONL or SQLite."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.export.cells import guarded, is_plain, visible
from pipeline.export.columns import table
from pipeline.export.reader import TableReader
from pipeline.export.schema import Value

FILE = "claims.csv"


def write(tables: TableReader, path: Path) -> None:
    """RFC 4180, UTF-8 with BOM; text cells guarded against formulas (see cells.py).

    Written without pandas, which takes three times as long.
    """
    spec = table("claims")
    texts = frozenset(column.name for column in spec.columns if column.type == "text")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(spec.names)
        for record in tables.records("claims"):
            writer.writerow(
                [person_cell(cell) if name in texts else cell for name, cell in record.items()]
            )


def person_cell(cell: Value) -> Value:
    return person_text(cell) if isinstance(cell, str) else cell


def person_text(text: str) -> str:
    return text if is_plain(text) else guarded(visible(text))
