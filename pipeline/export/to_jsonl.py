"""claims.jsonl and tables/*.jsonl: every table for programs, one JSON object a line.

Text is untouched. Exact decimals are strings, as JSON has no such numbers; a missing cell is null.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from pipeline.export.columns import tables as all_tables
from pipeline.export.reader import TableReader

FILE = "claims.jsonl"


def place(name: str) -> str:
    """The file of a table, below the output folder."""
    return FILE if name == "claims" else f"tables/{name}.jsonl"


def write(tables: TableReader, path: Path) -> None:
    """Every table, with all columns in their order, UTF-8; `path` is that of the claims."""
    (path.parent / "tables").mkdir(exist_ok=True)
    encoder = msgspec.json.Encoder()
    for name in all_tables():
        with (path.parent / place(name)).open("wb") as file:
            for record in tables.records(name):
                file.write(encoder.encode(record) + b"\n")
