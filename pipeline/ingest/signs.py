"""Signs: evidence about the whole document, each with its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import zip_longest

from pipeline.ingest.blocks import Line, Page, plain, read_page
from pipeline.ingest.persons import find_person_blocks, is_lorem
from pipeline.ingest.rules.prompt_leftover import leftovers
from pipeline.ingest.words import lorem_words
from pipeline.records import Removal, Sign, SourceDocument, Span

#: Removed lines of these rules are evidence of their own.
BY_RULE = {"truncated_end": "truncated_end"}
#: Share of the text the reader's library left that our rules may remove before it is unusual.
USUAL_SHARE = 0.75
MAX_WORDS = 160
FEW = 3  # words of placeholder Latin that make a line worth a closer look
LONG = 20_000  # characters; quotation marks are not counted in longer lines
#: Not inches: 5'10", 27".
STRAIGHT = re.compile(r"(?<![\d'])\"")
OPENS = re.compile(r"\"\w")
OPENING = "\u201c\"\u2018'\u00ab"


def find_signs(
    source: SourceDocument, removals: Sequence[Removal], page: Page | None = None
) -> tuple[Sign, ...]:
    """Signs of a document, sorted by their place, one of each kind and place.

    Args:
        removals: the whole trail, with the reader's and the repairs.
        page: the source's lines, read already; None reads them.
    """
    page = page or read_page(source.text)
    signs: list[Sign] = []
    for block in find_person_blocks(page):
        span = Span(page.lines[block.first].start, page.lines[block.end - 1].end)
        signs.append(Sign("placeholder_author", _words(source.text, span), span))
    latin = lorem_words()
    for line in page.lines:
        if len(line.tokens & latin) >= FEW and is_lorem(line.value or line.body):
            signs.append(Sign("lorem_ipsum", _words(source.text, line.span), line.span))
        elif line.start in leftovers(page):
            signs.append(Sign("prompt_leftover", _words(source.text, line.span), line.span))
    for removal in removals:
        if name := BY_RULE.get(removal.rule):
            signs.append(Sign(name, _words(source.text, removal.span), removal.span))
    signs += _cut_off_quote(page, removals)
    signs += _unusual_share(source, removals)
    return tuple(sorted(signs, key=lambda sign: (sign.span or Span(0, 1), sign.name)))


def _words(text: str, span: Span) -> str:
    words = plain(text[span.start : min(span.end, span.start + 2 * MAX_WORDS)])
    return words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1].rstrip() + "…"


def _cut_off_quote(page: Page, removals: Sequence[Removal]) -> list[Sign]:
    """Kept paragraphs that open a quotation which neither they nor the next one close.

    A quotation over several paragraphs opens again in each, so the next one begins with a mark.
    """
    starts = [removal.span.start for removal in removals]
    kept = [line for line in page.lines if not _is_removed(line, removals, starts)]
    out: list[Sign] = []
    for line, after in zip_longest(kept, kept[1:]):
        assert line is not None  # `kept` is the longer of the two
        text = page.text[line.start : min(line.end, line.start + LONG)]
        if (at := _open_straight(text)) >= 0 and _is_unclosed(page, after):
            span = Span(line.start + at, line.end)
            out.append(Sign("cut_off_quote", _words(page.text, span), span))
            continue
        at = text.rfind("\u201c")
        # In German \u201c closes what \u201e opens.
        if at < 0 or "\u201e" in text or "\u201d" in text[at:] or line.end - line.start > LONG:
            continue
        if after is None or (after.body[0] not in OPENING and "\u201d" not in after.text):
            span = Span(line.start + at, line.end)
            out.append(Sign("cut_off_quote", _words(page.text, span), span))
    return out


def _open_straight(text: str) -> int:
    """Place of the last straight mark that opens a quotation and is not closed, else -1."""
    if '"' not in text or len(text) >= LONG:
        return -1
    marks = [found.start() for found in STRAIGHT.finditer(text)]
    if len(marks) % 2 == 0 or not OPENS.match(text, marks[-1]):
        return -1
    return marks[-1] if marks[-1] == 0 or text[marks[-1] - 1] in " \t\u00a0([\u2014\u2013" else -1


def _is_unclosed(page: Page, after: Line | None) -> bool:
    """The next paragraph neither goes on with the quotation nor closes it."""
    if after is None:
        return True
    text = page.text[after.start : min(after.end, after.start + LONG)]
    return after.body[0] not in OPENING and len(STRAIGHT.findall(text)) % 2 == 0


def _is_removed(line: Line, removals: Sequence[Removal], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, line.start) - 1
    return at >= 0 and removals[at].span.end >= line.end and not removals[at].replacement


def _unusual_share(source: SourceDocument, removals: Sequence[Removal]) -> list[Sign]:
    library = {removal.rule for removal in source.removals}
    ours = sum(
        r.span.end - r.span.start for r in removals if r.rule not in library and not r.replacement
    )
    theirs = sum(r.span.end - r.span.start for r in removals if r.rule in library)
    left = len(source.text) - theirs
    if left <= 0 or ours <= USUAL_SHARE * left:
        return []
    return [Sign("unusual_share_removed", f"{ours / left:.0%} of the text was removed")]
