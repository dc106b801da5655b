"""Placeholder Latin that was never replaced by words."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.persons import is_lorem
from pipeline.ingest.words import lorem_words

REASON = "Placeholder Latin, which stands where nobody has written anything."
FEW = 6  # different words of it; a saying such as "sine qua non" has fewer


def find(page: Page) -> Iterator[Proposal]:
    latin = lorem_words()
    for line in page.lines:
        if (
            len(line.tokens & latin) >= FEW
            and line.body[0] not in "\"“„«'‘"
            and is_lorem(line.body)
        ):
            yield Proposal(line.span, "lorem_ipsum", REASON, 0.96)
