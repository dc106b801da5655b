"""claims.csv: the claims for people, as Excel opens it. Programs read Parquet, JSONL or SQLite."""

from __future__ import annotations

from pathlib import Path

from pipeline.export.cells import guarded, is_plain, visible
from pipeline.export.columns import columns
from pipeline.export.reader import TableReader

FILE = "claims.csv"
TEXT = "text"


def write(tables: TableReader, path: Path) -> None:
    """RFC 4180, UTF-8 with BOM; text cells guarded against formulas (see cells.py)."""
    texts = [name for name, column in columns("claims").items() if column.type == TEXT]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        for number, frame in enumerate(tables.frames("claims")):
            for name in texts:
                frame[name] = frame[name].map(person_text, na_action="ignore")
            frame.to_csv(file, index=False, header=number == 0, lineterminator="\r\n")


def person_text(text: str) -> str:
    return text if is_plain(text) else guarded(visible(text))
