"""`claims metadata --init`: a metadata.csv to fill in, or the one at hand completed."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.ingest.metadata.facts import FIELDS
from pipeline.ingest.metadata.table import COLUMNS, NAME, below_root, read_sheet
from pipeline.records import Metadata


def init_metadata(
    root: Path, documents: Iterable[tuple[str, Metadata]], delimiter: str = ""
) -> Path:
    """Writes or completes `root`/metadata.csv and returns its path.

    Args:
        documents: each document's path and what was read about it.
        delimiter: "" for that of the file, a comma where there is none yet.

    Rows and cells that are there stay as they are; empty cells are filled with what was read,
    new rows are added. Articles without a date come first, each part sorted by path. The file
    is UTF-8 with a byte order mark, which Excel needs, and keeps its delimiter.
    """
    target = root / NAME
    header: list[str] = list(COLUMNS)
    rows: dict[str, dict[str, str]] = {}
    if target.exists():
        sheet = read_sheet(target)
        if sheet.too_wide:  # their last cells would be lost
            wrong = (f"{target}: row {number}: {why}" for number, why in sheet.too_wide.items())
            raise ConfigError("\n".join(wrong))
        header = [*COLUMNS, *(name for name in sheet.header if name not in COLUMNS)]
        delimiter = delimiter or sheet.delimiter
        for cells in sheet.rows:
            if any(cells):
                named = dict(zip(sheet.header, cells, strict=True))
                rows[below_root(named["path"])] = named
    for path, metadata in documents:
        row = rows.setdefault(path, {"path": path})
        for field in FIELDS:
            fact = getattr(metadata, field)
            if fact is not None and not row.get(field):
                row[field] = fact.value
    ordered = sorted(rows.items(), key=lambda item: (bool(item[1].get("published")), item[0]))
    write(target, header, [row for _, row in ordered], delimiter or ",")
    return target


def write(target: Path, header: list[str], rows: list[dict[str, str]], delimiter: str) -> None:
    """The whole file or none of it: written under another name, then renamed."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    raw = text.getvalue().encode("utf-8-sig")
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".metadata-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(raw)
            opened.flush()
            os.fsync(opened.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        Path(name).chmod(mode)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
