"""Signs: evidence about the whole document, each with its words."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.blocks import plain, read_page
from pipeline.ingest.persons import find_person_blocks, is_lorem
from pipeline.ingest.rules.prompt_leftover import find_words
from pipeline.records import Removal, Sign, SourceDocument, Span

#: Removed lines of these rules are evidence of their own.
BY_RULE = {"truncated_end": "truncated_end"}
#: Share of the text the reader's library left that our rules may remove before it is unusual.
USUAL_SHARE = 0.75
MAX_WORDS = 160


def find_signs(source: SourceDocument, removals: Sequence[Removal]) -> tuple[Sign, ...]:
    """Signs of a document, sorted by their place, one of each kind and place.

    Args:
        removals: the whole trail, with the reader's and the repairs.
    """
    page = read_page(source.text)
    signs: list[Sign] = []
    for block in find_person_blocks(page):
        span = Span(page.lines[block.first].start, page.lines[block.end - 1].end)
        signs.append(Sign("placeholder_author", _words(source.text, span), span))
    for line in page.lines:
        if is_lorem(line.value or line.body):
            signs.append(Sign("lorem_ipsum", _words(source.text, line.span), line.span))
        elif line.size <= 500 and find_words(line.text):
            signs.append(Sign("prompt_leftover", _words(source.text, line.span), line.span))
    for removal in removals:
        if name := BY_RULE.get(removal.rule):
            signs.append(Sign(name, _words(source.text, removal.span), removal.span))
    signs += _cut_off_quote(source.text, removals)
    signs += _unusual_share(source, removals)
    return tuple(sorted(signs, key=lambda sign: (sign.span or Span(0, 1), sign.name)))


def _words(text: str, span: Span) -> str:
    words = plain(text[span.start : min(span.end, span.start + 2 * MAX_WORDS)])
    return words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1].rstrip() + "…"


def _cut_off_quote(text: str, removals: Sequence[Removal]) -> list[Sign]:
    """Kept lines whose quotation is opened and never closed, with no further quoted paragraph."""
    return []


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
