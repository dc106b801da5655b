"""E-mails (.eml) and saved web pages (.mhtml): the message's text, or its HTML as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parsedate_to_datetime

from pipeline.errors import DocumentError
from pipeline.ids import doc_id
from pipeline.ingest.decode import decode
from pipeline.ingest.metadata.facts import merge, metadata_of_facts
from pipeline.ingest.readers.html import read_page_source
from pipeline.ingest.readers.options import Options
from pipeline.records import Fact, Metadata, SourceDocument

SUFFIXES = (".eml", ".mhtml", ".mht")
ORIGIN = "page"
LONGEST_HEADER = 20_000  # characters; lists of hundreds of receivers are shorter
#: The e-mail package of the standard library raises these on headers that nobody foresaw.
FAILURES = (MessageError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


def read(raw: bytes, path: str, options: Options) -> Iterator[SourceDocument]:
    """One document: the plain text of the message, else its HTML. Attachments are not read.

    Raises:
        DocumentError: broken, empty, and those of the text and HTML readers.
    """
    sha256 = options.hash_of(raw)
    saved_page = not path.lower().removesuffix(".gz").endswith(".eml")
    try:
        message = message_from_bytes(raw, policy=default)
        check_headers(message, path)
        kinds = ("html", "plain") if saved_page else ("plain", "html")
        body = message.get_body(kinds)
        facts = facts_of(message, saved_page=saved_page)
        payload = payload_of(body)
        is_html = body is not None and body.get_content_subtype() == "html"
    except FAILURES as error:
        words = f"not a message that can be read: {type(error).__name__}: {error}"
        raise DocumentError(path, "broken", words) from error
    if is_html:
        page = read_page_source(payload, path, sha256, "mhtml" if saved_page else "eml")
        yield replace(page, page=merge(*((page.page, facts) if saved_page else (facts, page.page))))
        return
    decoded = decode(payload, path)
    yield SourceDocument(doc_id(path), path, decoded.text, sha256, "eml", facts, decoded.repairs)


def check_headers(message: EmailMessage, path: str) -> None:
    """Raises DocumentError for headers that the library would take gigabytes to read."""
    for part in message.walk():
        for name, value in part.raw_items():
            if len(str(value)) > LONGEST_HEADER:
                words = f"the header {name[:40]} has more than {LONGEST_HEADER:,} characters"
                raise DocumentError(path, "broken", words)


def payload_of(body: MIMEPart | None) -> bytes:
    """The bytes of a part, as UTF-8 if it says its encoding truly, else as they are."""
    payload = body.get_payload(decode=True) if body is not None else b""
    if body is None or not isinstance(payload, bytes):
        return b""
    try:
        return payload.decode(body.get_content_charset() or "utf-8").encode("utf-8")
    except (LookupError, UnicodeError):
        return payload  # the readers look for the encoding themselves


def facts_of(message: EmailMessage, *, saved_page: bool) -> Metadata:
    """Subject and date of a message; the address of a saved page.

    The sender is no author: newsletters and forwarded articles are sent by others.
    """
    facts: dict[str, Fact] = {}
    if subject := " ".join(str(message.get("Subject") or "").split()):
        facts["title"] = Fact(subject, ORIGIN)
    if saved_page:
        url = str(message.get("Snapshot-Content-Location") or "").strip()
        if url.startswith(("http://", "https://")):
            facts["url"] = Fact(url, ORIGIN)
    elif date := str(message.get("Date") or ""):
        try:
            facts["published"] = Fact(parsedate_to_datetime(date).date().isoformat(), ORIGIN)
        except (ValueError, TypeError, OverflowError):
            facts.pop("published", None)  # no date that can be read: an honest unknown
    return metadata_of_facts(facts)
