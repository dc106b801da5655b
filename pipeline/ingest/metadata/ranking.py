"""All that is known about a document, the surer source first."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date

from pipeline.ingest.metadata.dates import is_future
from pipeline.ingest.metadata.facts import merge
from pipeline.ingest.metadata.from_text import metadata_from_text
from pipeline.records import CleanDocument, Metadata

log = logging.getLogger(__name__)

FIRST_WEB_YEAR = "1990"  # a page says 1970 when its clock was never set
PLAUSIBLE_FROM = "1450"  # no newspaper is older than print


def metadata_of(
    document: CleanDocument, given: Metadata, from_csv: Metadata | None, today: date
) -> Metadata:
    """The document's metadata; each fact from the first of these that has it.

    Args:
        given: from the command line.
        from_csv: its row of metadata.csv, None if it has none.
        today: a publication date after it is refused, whoever says it but the user.

    The format's own metadata (front matter or page) comes third, the text itself last.
    """
    own = plausible(document.source.page, document, today)
    text = plausible(metadata_from_text(document), document, today)
    return merge(given, from_csv or Metadata(), own, text)


def plausible(metadata: Metadata, document: CleanDocument, today: date) -> Metadata:
    """The same without a publication date that cannot be true."""
    fact = metadata.published
    if fact is None:
        return metadata
    earliest = FIRST_WEB_YEAR if fact.origin == "page" else PLAUSIBLE_FROM
    if earliest <= fact.value and not is_future(fact.value, today):
        return metadata
    path = document.source.path
    log.warning("%s: publication date %s (%s) is refused", path, fact.value, fact.origin)
    return replace(metadata, published=None)
