"""Word files (.docx): paragraphs and tables of the body, in their order."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from pipeline.errors import DocumentError
from pipeline.ids import doc_id
from pipeline.ingest.raised import raised
from pipeline.ingest.readers.archive import DAMAGE, check_zip
from pipeline.ingest.readers.options import Options
from pipeline.ingest.readers.pdf import title_fact
from pipeline.records import SourceDocument, Span

SUFFIXES = (".docx",)
HEADINGS = ("heading", "title", "überschrift", "titre", "título")
FAILURES = (
    *DAMAGE, OpcError, etree.LxmlError, TypeError, LookupError, AttributeError, RecursionError,
    AssertionError,
)  # fmt: skip


def read(raw: bytes, path: str, options: Options) -> Iterator[SourceDocument]:
    """One document; a line a paragraph or table row, cells parted by tabs.

    Headers, footers, comments, footnotes and deleted text are not read.

    Raises:
        DocumentError: broken, protected, too_large, empty.
    """
    check_zip(raw, path, options)
    try:
        document = docx.Document(io.BytesIO(raw))
        lines = list(lines_of(document))
        title = document.core_properties.title or ""
    except FAILURES as error:
        words = f"not a Word file that can be read: {type(error).__name__}: {error}"
        raise DocumentError(path, "broken", words) from error
    text = "\n".join(words for words, _ in lines)
    if not text.strip():
        raise DocumentError(path, "empty", "the file holds no text")
    yield SourceDocument(
        doc_id(path),
        path,
        text,
        options.hash_of(raw),
        "docx",
        title_fact(title),
        headings=tuple(heading_spans(lines)),
    )


def lines_of(document: Document) -> Iterator[tuple[str, bool]]:
    """(text, is it a heading) of each paragraph and table row of the body."""
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                cells = dict.fromkeys(map(cell_words, row.cells))
                yield "\t".join(cells), False
        else:
            style = (item.style.name or "").lower() if item.style is not None else ""
            yield words_of(item), style.startswith(HEADINGS)


def cell_words(cell: _Cell) -> str:
    return " ".join(map(words_of, cell.paragraphs)).replace("\n", " ")


def words_of(paragraph: Paragraph) -> str:
    """The paragraph's text, with raised numbers told from those before them."""
    if not any(run.font.superscript for run in paragraph.runs):
        return paragraph.text
    words: list[str] = []
    for part in paragraph.iter_inner_content():
        is_raised = isinstance(part, Run) and part.font.superscript
        before = words[-1] if words else ""
        words.append(raised(part.text, before) if is_raised else part.text)
    return "".join(words)


def heading_spans(lines: list[tuple[str, bool]]) -> Iterator[Span]:
    at = 0
    for words, heading in lines:
        if heading and words:
            yield Span(at, at + len(words))
        at += len(words) + 1
