"""claims.jsonl: the claims for programs, one JSON object a line, text untouched.

Exact decimals are strings, as JSON has no such numbers; a missing cell is null.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from pipeline.export.reader import TableReader

FILE = "claims.jsonl"


def write(tables: TableReader, path: Path) -> None:
    """All columns in their order, UTF-8."""
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        for record in tables.records("claims"):
            file.write(encoder.encode(record) + b"\n")
