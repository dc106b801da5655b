"""Plain text: the characters of the file as they are."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ids import doc_id
from pipeline.ingest.decode import decode
from pipeline.ingest.readers.options import Options
from pipeline.records import SourceDocument

SUFFIXES = (".txt", ".text")


def read(raw: bytes, path: str, options: Options) -> Iterator[SourceDocument]:
    """One document; line ends, byte order mark and mojibake stay in its text."""
    decoded = decode(raw, path)
    yield SourceDocument(
        doc_id(path),
        path,
        decoded.text,
        options.hash_of(raw),
        "txt",
        removals=decoded.repairs,
    )
