# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Markers of footnotes inside sentences: "when [1] the two", "growth.[12]"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal
from pipeline.ingest.words import rule_words
from pipeline.records import Span

REASON = "A footnote marker inside a sentence; the sentence reads on without it."

MARKER = re.compile(
    r"[ \u00a0]?\[(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,3}|citation needed|note \d{1,2}|[a-z])\](?!\()",
    re.IGNORECASE,
)


#: Raised digits behind a word or a stop: "growth.¹²", "$5 million³"; behind a digit they are a power.
DIGITS = "¹²³⁰⁴-⁹"
RAISED = re.compile(rf"(?:(?<=[^\W\d_{DIGITS}]{{3}})|(?<=[.,;:!?”’»)]))[{DIGITS}]{{1,3}}(?![\w⁺⁻])")
RAISED_DIGIT = re.compile(f"[{DIGITS}]")
WORD_BEFORE = re.compile(r"[^\W\d_]+$")
LONGEST = 20  # characters before a mark in which a unit is looked for
UNITS = rule_words("footnote_marker", "units")


def find(page: Page) -> Iterator[Proposal]:
    for line in page.lines:
        yield from _raised(page, line)
        # "[1] Some note" begins a note (see footnote); "[2]" alone is no sentence.
        if line.size < 12 or "[" not in page.text[line.start : line.end]:
            continue
        for found in MARKER.finditer(page.text, line.start + 1, line.end):
            if _is_letter(found[0]) or found.start() <= line.start:
                continue
            yield Proposal(Span(found.start(), found.end()), "footnote_marker", REASON, 0.9)


def _raised(page: Page, line: Line) -> Iterator[Proposal]:
    """Marks of notes among raised digits; "metres²" is a unit."""
    if not RAISED_DIGIT.search(page.text, line.start, line.end):
        return
    for found in RAISED.finditer(page.text, line.start, line.end):
        before = page.text[max(line.start, found.start() - LONGEST) : found.start()]
        word = WORD_BEFORE.search(before)
        if word is None or word[0].casefold() not in UNITS:
            yield Proposal(Span(*found.span()), "footnote_marker", REASON, 0.9)


def _is_letter(marker: str) -> bool:
    """ "[a]" may be an editor's insertion: "[a] man"; as a note mark it follows a full stop."""
    inner = marker.strip(" \u00a0[]")
    return len(inner) == 1 and inner.isalpha()
