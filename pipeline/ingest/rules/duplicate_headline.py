"""The headline printed again: breadcrumb, window title or sharing card."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal

REASON = "The headline once more; its first print above the text stays."


def find(page: Page) -> Iterator[Proposal]:
    """Copies of a line above the prose; one print of each always stays."""
    lines = page.lines
    seen: dict[str, int] = {}
    for index, line in enumerate(lines[: page.first_prose]):
        if line.words < 4 or line.size > 250:
            continue
        if line.norm in seen:
            # The copy nearest to the text is the headline.
            yield Proposal(lines[seen[line.norm]].span, "duplicate_headline", REASON, 0.85)
        seen[line.norm] = index
    if page.last_prose < 0:
        # Nothing is below the text of a page without prose.
        return
    for line in lines[page.last_prose + 1 :]:
        if line.norm in seen:
            yield Proposal(line.span, "duplicate_headline", REASON, 0.9)
