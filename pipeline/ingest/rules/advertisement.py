"""Labels of advertising space."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.words import word_set

REASON = "A label of advertising space, not a line of the article."


def find(page: Page) -> Iterator[Proposal]:
    words = word_set("ads")
    for line in page.lines:
        if line.size <= 80 and line.label.strip(" -–—.()[]") in words:
            yield Proposal(line.span, "advertisement", REASON, 0.95)
