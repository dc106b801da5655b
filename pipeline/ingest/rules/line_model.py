"""Lines that the learned model takes for page furniture, named by what they look like."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.line_model import judge
from pipeline.ingest.words import word_set

REASON = "By its place, shape and neighbours the line belongs to the page, not to the article."

#: What a line looks like -> how the trail explains it.
LOOKS = {
    "navigation": "A short label among short labels: it looks like a menu of the web site.",
    "comments": "It stands in the comment section below the article.",
    "related_titles": "It looks like the title or teaser of another article.",
    "line_model": REASON,
}
SHORT = 4  # words; longer labels are titles rather than menu items


def find(page: Page) -> Iterator[Proposal]:
    verdict = judge(page)
    last_body = max((i for i, keep in enumerate(verdict.keep) if keep), default=-1)
    comments = _comments_from(page, last_body)
    for index, line in enumerate(page.lines):
        if verdict.keep[index]:
            continue
        look = _look(page, index, comments=index >= comments, behind=index > last_body)
        confidence = round(1 - float(verdict.probability[index]), 3)
        yield Proposal(line.span, look, LOOKS[look], confidence)


def _comments_from(page: Page, last_body: int) -> int:
    """Index of the first comment heading below the article; the number of lines if none."""
    words = word_set("comments")
    for index in range(last_body + 1, len(page.lines)):
        if page.lines[index].label in words:
            return index
    return len(page.lines)


def _look(page: Page, index: int, *, comments: bool, behind: bool) -> str:
    line = page.lines[index]
    if comments and not page.links[index]:
        return "comments"
    if not page.links[index]:
        return "line_model"
    if line.words <= SHORT and _among_links(page, index):
        return "navigation"
    if behind and line.words > SHORT:
        return "related_titles"
    return "line_model"


def _among_links(page: Page, index: int) -> bool:
    """At least two of the four lines around are short labels too."""
    around = [i for i in range(index - 2, index + 3) if i != index and 0 <= i < len(page.lines)]
    return sum(page.links[i] and page.lines[i].words <= SHORT for i in around) >= 2
