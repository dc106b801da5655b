"""Blocks about a made-up author: name, user name, e-mail, birthday, address, phone, job, bio."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.persons import find_person_blocks

REASON = "A block of personal data about a made-up author; nothing in it is a fact of the article."


def find(page: Page) -> Iterator[Proposal]:
    for block in find_person_blocks(page):
        for line in page.lines[block.first : block.socials]:
            yield Proposal(
                line.span, "author_block", REASON, min(0.99, 0.9 + 0.05 * block.evidence)
            )
