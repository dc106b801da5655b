"""Social accounts of a made-up author: platform, url, user name, followers, following."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.persons import find_person_blocks

REASON = "Social media accounts of a made-up author; nothing in them is a fact of the article."


def find(page: Page) -> Iterator[Proposal]:
    for block in find_person_blocks(page):
        for line in page.lines[block.socials : block.end]:
            yield Proposal(line.span, "socials", REASON, min(0.99, 0.9 + 0.05 * block.evidence))
