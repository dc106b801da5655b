"""Articles through the real pipeline and into a database."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from spacy.language import Language

from pipeline import ids
from pipeline.export import to_sqlite
from pipeline.export.additions import addition
from pipeline.nlp.analyse import Input, as_doc, read_doc
from pipeline.records import CleanDocument, DocumentResult, Fact, Metadata, SourceDocument

MakeArticle = Callable[..., DocumentResult]
Link = Callable[[Sequence[DocumentResult]], sqlite3.Connection]


@pytest.fixture(scope="session")
def article(nlp: Language) -> MakeArticle:
    """Makes the result of one article: path, text, publication date, outlet."""

    def make(path: str, text: str, published: str = "", outlet: str = "") -> DocumentResult:
        raw = text.encode("utf-8")
        source = SourceDocument(
            ids.doc_id(path), path, text, hashlib.sha256(raw).hexdigest(), "txt"
        )
        metadata = Metadata(
            published=Fact(published, "text") if published else None,
            outlet=Fact(outlet, "text") if outlet else None,
        )
        analysis = read_doc(nlp(as_doc(nlp, Input(text, published))))
        return DocumentResult(CleanDocument(source, ()), metadata, "en", analysis)

    return make


@pytest.fixture
def link(tmp_path: Path) -> Iterator[Link]:
    """Writes results into a database and opens it."""
    opened: list[sqlite3.Connection] = []

    def write(results: Sequence[DocumentResult]) -> sqlite3.Connection:
        path = tmp_path / f"{len(opened)}.sqlite"
        to_sqlite.write([addition(results)], path)
        opened.append(sqlite3.connect(path, isolation_level=None))
        return opened[-1]

    yield write
    for connection in opened:
        with closing(connection):
            pass
