"""The headline printed again: breadcrumb, window title or sharing card."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal

REASON = "The headline once more; its first print above the text stays."


def find(page: Page) -> Iterator[Proposal]:
    lines = page.lines
    top = lines[: page.first_prose]
    seen: dict[str, int] = {}
    for index, line in enumerate(top):
        if line.words < 4 or line.size > 250:
            continue
        if line.norm in seen:
            # The copy nearest to the text is the headline.
            yield Proposal(lines[seen[line.norm]].span, "duplicate_headline", REASON, 0.85)
        seen[line.norm] = index
    for line in lines[page.last_prose + 1 :]:
        if line.norm in seen:
            yield Proposal(line.span, "duplicate_headline", REASON, 0.9)
