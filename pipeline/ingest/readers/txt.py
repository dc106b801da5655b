"""Plain text: the characters of the file as they are."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ids import doc_id
from pipeline.ingest.decode import Decoded, decode
from pipeline.ingest.metadata.front_matter import find_front_matter, parse_front_matter
from pipeline.ingest.readers.export import read_export, split_export
from pipeline.ingest.readers.options import Options
from pipeline.records import Metadata, Removal, SourceDocument

SUFFIXES = (".txt", ".text")


def read(raw: bytes, path: str, options: Options) -> Iterator[SourceDocument]:
    """One document, or those of a press database's export as `path#1`, `path#2`, ….

    Line ends, byte order mark and mojibake stay in the text.
    """
    decoded = decode(raw, path)
    sha256 = options.hash_of(raw)
    articles = split_export(decoded.text)
    if not articles:
        yield single(decoded, path, sha256)
        return
    for number, span in enumerate(articles, start=1):
        name = f"{path}#{number}"
        text = span.of(decoded.text)
        page, around = read_export(text)
        yield SourceDocument(
            doc_id(name), name, text, sha256, "txt", page, (*around, *decoded.repairs_in(span))
        )


def single(decoded: Decoded, path: str, sha256: str) -> SourceDocument:
    """The whole file as one article, with its front matter, if any, as metadata."""
    block = find_front_matter(decoded.text)
    page, removals = Metadata(), list(decoded.repairs)
    if block:
        page = parse_front_matter(block.of(decoded.text))
        removals.append(Removal(block, "front_matter", "", "keys and values before the article"))
    return SourceDocument(
        doc_id(path), path, decoded.text, sha256, "txt", page, tuple(sorted(removals))
    )
