"""PDF files: the text layer, page by page. Pictures of text are not read."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from pipeline.errors import DocumentError
from pipeline.ids import doc_id
from pipeline.ingest.metadata.facts import metadata_of_facts
from pipeline.ingest.readers.options import Options
from pipeline.records import Fact, Metadata, SourceDocument

SUFFIXES = (".pdf",)
MAX_PAGES = 2000
PAGE_BREAK = "\x0c"  # a repair makes a paragraph break of it
#: What pypdf raises on files that are damaged in ways it does not expect.
FAILURES = (
    PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError,
    RecursionError, NotImplementedError, AssertionError, zlib.error,
)  # fmt: skip

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every odd object


def read(raw: bytes, path: str, options: Options) -> Iterator[SourceDocument]:
    """One document; its text is that of the pages, parted by form feeds.

    Raises:
        DocumentError: broken, protected, too_large, scanned.
    """
    try:
        pdf = PdfReader(io.BytesIO(raw))
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise DocumentError(path, "protected", "protected with a password")
        if len(pdf.pages) > MAX_PAGES:
            raise DocumentError(path, "too_large", f"more than {MAX_PAGES:,} pages")
        text = PAGE_BREAK.join(pages_of(pdf, path, options.max_bytes))
        title = str(pdf.metadata.title or "") if pdf.metadata else ""
    except DependencyError as error:  # most encrypted files are: AES needs a further package
        words = "encrypted; save a copy without protection, or install the package cryptography"
        raise DocumentError(path, "protected", words) from error
    except FAILURES as error:
        words = f"not a PDF that can be read: {type(error).__name__}: {error}"
        raise DocumentError(path, "broken", words) from error
    if not text.strip():
        words = "no text in it, only pictures of pages: recognise its text (OCR) first"
        raise DocumentError(path, "scanned", words)
    yield SourceDocument(doc_id(path), path, text, options.hash_of(raw), "pdf", title_fact(title))


def pages_of(pdf: PdfReader, path: str, max_chars: int) -> Iterator[str]:
    size = 0
    for page in pdf.pages:
        text = page.extract_text()
        size += len(text)
        if size > max_chars:
            raise DocumentError(path, "too_large", f"more than {max_chars:,} characters")
        # Fonts without a table of characters give halves of pairs, which no file can hold.
        yield text.encode("utf-8", "replace").decode("utf-8")


def title_fact(title: str) -> Metadata:
    """The title that the file gives, unless it is a file name; its author and date are those of
    the file, not of the article."""
    title = " ".join(title.split())
    if len(title.split()) < 2 or title.lower().endswith((".doc", ".docx", ".pdf", ".indd", ".qxd")):
        return Metadata()
    return metadata_of_facts({"title": Fact(title, "page")})
