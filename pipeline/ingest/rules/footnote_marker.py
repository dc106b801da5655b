# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Markers of footnotes inside sentences: "when [1] the two", "growth.[12]"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.records import Span

REASON = "A footnote marker inside a sentence; the sentence reads on without it."

MARKER = re.compile(
    r"[ \u00a0]?\[(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,3}|citation needed|note \d{1,2}|[a-z])\](?!\()",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Proposal]:
    for line in page.lines:
        # "[1] Some note" begins a note (see footnote); "[2]" alone is no sentence.
        if line.size < 12 or "[" not in page.text[line.start : line.end]:
            continue
        for found in MARKER.finditer(page.text, line.start + 1, line.end):
            if _is_letter(found[0]) or found.start() <= line.start:
                continue
            yield Proposal(Span(found.start(), found.end()), "footnote_marker", REASON, 0.9)


def _is_letter(marker: str) -> bool:
    """ "[a]" may be an editor's insertion: "[a] man"; as a note mark it follows a full stop."""
    inner = marker.strip(" \u00a0[]")
    return len(inner) == 1 and inner.isalpha()
