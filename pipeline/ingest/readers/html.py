"""HTML pages: every block of text, one a line; what is not the article becomes removals."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from lxml import etree, html

from pipeline.errors import DocumentError
from pipeline.ids import doc_id
from pipeline.ingest.decode import decode, mark_guess
from pipeline.ingest.metadata.from_text import facts_of
from pipeline.ingest.readers.options import Options
from pipeline.ingest.webpage.article import extract_of, keep_blocks
from pipeline.ingest.webpage.blocks import Block, find_blocks
from pipeline.ingest.webpage.page import read_page, titles_of
from pipeline.records import Fact, Removal, SourceDocument, Span

SUFFIXES = (".html", ".htm", ".xhtml")
BYLINES = 12  # lines above an article that speak of it
MAX_BYTES = 30_000_000  # a page; the largest news pages have a few million
MAX_ELEMENTS = 100_000  # some twenty seconds of the library
RULE = "trafilatura"
REASON = "outside the article, as the page's structure shows: menus, teasers, captions, comments"
CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
#: Browsers read these as Windows-1252 (WHATWG Encoding Standard, section 4.2).
LABELS = dict.fromkeys(
    ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252"
)
#: What XML and libxml2 cannot hold.
ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

log = logging.getLogger(__name__)
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it warns of every odd page


def read(raw: bytes, path: str, options: Options) -> Iterator[SourceDocument]:
    """One document.

    Its text has every block of text of the page, navigation included, one a line, as a reader
    of the page would see it: white space collapsed, cells of a table row parted by tabs.
    Scripts, styles, form fields and `noscript` are no text; hidden blocks are.
    """
    yield read_page_source(raw, path, options.hash_of(raw), "html")


def read_page_source(raw: bytes, path: str, sha256: str, reader: str) -> SourceDocument:
    """A page, whatever file it came in.

    Args:
        sha256: of that file.
        reader: name of the reader that found the page.

    Raises:
        DocumentError: empty, broken, too_large.
    """
    if len(raw) > MAX_BYTES:
        raise DocumentError(path, "too_large", f"a page of more than {MAX_BYTES:,} bytes")
    source, doubt = characters(raw, path)
    root = parse(source, path)
    blocks = find_blocks(root)
    if not blocks:
        raise DocumentError(path, "empty", "the page holds no text; its words may come by script")
    page, titles = read_page(root), titles_of(root)
    kept = keep_blocks(blocks, extract_of(root, path), titles)
    if page.published is None and (published := date_below_headline(blocks, kept)):
        page = replace(page, published=Fact(published, "page"))
    text = "\n".join(block.text for block in blocks)
    guessed = mark_guess(text, doubt) if doubt else ()
    return SourceDocument(
        doc_id(path),
        path,
        text,
        sha256,
        reader,
        page,
        tuple(sorted((*removals(blocks, kept), *guessed))),
        tuple(Span(block.start, block.end) for block in blocks if block.heading),
    )


def date_below_headline(blocks: Sequence[Block], kept: Sequence[bool]) -> str:
    """The only full date of the lines between headline and article; "" if there is none."""
    first = next((index for index, keep in enumerate(kept) if keep), 0)
    head = max((index for index in range(first) if blocks[index].inside("h1")), default=first)
    lines = blocks[max(head + 1, first - BYLINES) : first]
    dates = {
        value
        for block in lines
        for field, value in facts_of(block.text)
        if field == "published" and len(value) == len("2021-11-05")
    }
    return dates.pop() if len(dates) == 1 else ""


def characters(raw: bytes, path: str) -> tuple[str, str]:
    """The page's source: UTF-8 if it is, else as the page says, else as a text file.

    The second text says why characters may be wrong, "" if they are certain.
    """
    try:
        return ILLEGAL.sub(" ", raw.decode("utf-8").removeprefix("\ufeff")), ""
    except UnicodeDecodeError:
        named = CHARSET.search(raw[:4096])
    name = named.group(1).decode("ascii").lower() if named else ""
    if name and name not in ("utf-8", "utf8", "unicode"):
        try:
            return ILLEGAL.sub(" ", raw.decode(LABELS.get(name, name), "replace")), ""
        except (LookupError, UnicodeError):
            log.info("%s: names an unknown encoding, %s", path, name)
    decoded = decode(raw, path)
    return ILLEGAL.sub(" ", decoded.text), decoded.doubt


def parse(source: str, path: str) -> etree._Element:
    """The page's tree.

    Raises:
        DocumentError: empty, broken, too_large.
    """
    if not source.strip():
        raise DocumentError(path, "empty", "the page is empty")
    # libxml2 keeps limits of its own; nothing is fetched and no entity expanded.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, recover=True)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(path, "broken", f"not an HTML page: {error}") from error
    for entry in parser.error_log:
        if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:  # it stops there and says no more
            words = f"elements nested too deep, or one too large, in line {entry.line}"
            raise DocumentError(path, "broken", words)
    if sum(1 for _ in islice(root.iter(), MAX_ELEMENTS + 1)) > MAX_ELEMENTS:
        words = f"a page of more than {MAX_ELEMENTS:,} elements"
        raise DocumentError(path, "too_large", words)
    return root


def removals(blocks: Sequence[Block], kept: Sequence[bool]) -> Iterator[Removal]:
    """One for each block that is left out, with the line end behind it."""
    last = len(blocks) - 1
    for index, (block, keep) in enumerate(zip(blocks, kept, strict=True)):
        if not keep:
            yield Removal(Span(block.start, block.end + (index < last)), RULE, "", REASON)
