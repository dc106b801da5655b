"""All that is known about a document, the surer source first."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pipeline.ingest.metadata.dates import is_future
from pipeline.ingest.metadata.facts import merge
from pipeline.ingest.metadata.from_text import metadata_from_text
from pipeline.records import CleanDocument, Metadata, Sign

#: Sign of a document that says it is of a day to come; it is read again when the day has come.
FUTURE_DATE = "future_date"

log = logging.getLogger(__name__)

FIRST_WEB_YEAR = "1990"  # a page says 1970 when its clock was never set
PLAUSIBLE_FROM = "1450"  # no newspaper is older than print


class Known(NamedTuple):
    """A document's metadata, and a sign for each publication date that cannot be true."""

    metadata: Metadata
    refused: tuple[Sign, ...]


def metadata_of(
    document: CleanDocument, given: Metadata, from_csv: Metadata | None, today: date
) -> Known:
    """The document's metadata; each fact from the first of these that has it.

    Args:
        given: from the command line.
        from_csv: its row of metadata.csv, None if it has none.
        today: a publication date after it is refused, whoever says it (`given` was looked at
            before the run began).

    The format's own metadata (front matter or page) comes third, the text itself last.
    """
    refused: list[Sign] = []
    row, own, text = (
        plausible(found, document.source.path, today, refused)
        for found in (from_csv or Metadata(), document.source.page, metadata_from_text(document))
    )
    return Known(merge(given, row, own, text), tuple(refused))


def plausible(metadata: Metadata, path: str, today: date, refused: list[Sign]) -> Metadata:
    """The same without a publication date that cannot be true, which goes to `refused`."""
    fact = metadata.published
    if fact is None:
        return metadata
    earliest = FIRST_WEB_YEAR if fact.origin == "page" else PLAUSIBLE_FROM
    if is_future(fact.value, today):
        name = FUTURE_DATE
    elif fact.value < earliest:
        name = "impossible_date"
    else:
        return metadata
    log.warning("%s: publication date %s (%s) is refused", path, fact.value, fact.origin)
    refused.append(Sign(name, fact.value))
    return replace(metadata, published=None)
