"""The `clean` layer of `claims annotate`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.errors import DocumentError
from pipeline.ingest.clean import clean
from pipeline.ingest.readers import read_file, read_raw
from pipeline.records import SourceDocument


def source_of(record: dict[str, Any]) -> SourceDocument:
    """The record's text or page as a source document, named by the record's id."""
    name = str(record.get("id", "record"))
    if "raw_text" in record:
        raw, path = record["raw_text"].encode("utf-8", "replace"), f"{name}.txt"
    elif "html" in record:
        raw, path = record["html"].encode("utf-8", "replace"), f"{name}.html"
    else:
        file = Path(record.get("_folder", "."), record["html_path"])
        return next(read_file(file.parent, file.name))
    return next(read_raw(raw, path))


def clean_record(record: dict[str, Any]) -> str:
    """The cleaned text of a record with `raw_text`, `html` or `html_path`, with its line breaks.

    `html_path` is relative to the record's `_folder`, else to the current directory. An empty
    text stays empty; any other unusable document raises DocumentError.
    """
    try:
        return clean(source_of(record)).text
    except DocumentError as error:
        if error.reason == "empty":
            return ""
        raise
