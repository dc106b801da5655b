"""Titles of other articles: under a heading, after "Read more:", or printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal
from pipeline.ingest.words import word_set

REASON = "The title of another article, or a pointer to it."

PREFIX = re.compile(r"([^:：|–—-]{2,40}?)\s*[:：|]\s*\S|([^:：–—-]{2,40}?)\s+[–—-]\s+\S")
BRACKETED = re.compile(
    r"[\[(](?:read|see|related|watch|also|more|lesen|lire|leia|lee|leggi)\b[^\[\]()]{3,160}[\])]$",
    re.IGNORECASE,
)
#: Prefixes that are also ordinary words: only with a capital after a colon and no sentence.
PLAIN = frozenset(
    (
        "more",
        "read",
        "watch",
        "next",
        "previous",
        "listen",
        "explore",
        "related",
        "see also",
        "check out",
        "click here",
        "in depth",
    )
)

HEADLINE = 4  # lines above the text among which its headline, byline and date stand


def points_elsewhere(line: Line) -> bool:
    """ "Read also: …" and the like."""
    if line.size > 260:
        return False
    if BRACKETED.match(line.body):
        return True
    found = PREFIX.match(line.body)
    if found is None:
        return False
    prefix = (found[1] or found[2]).casefold().strip(" *")
    if prefix not in word_set("related_prefix"):
        return False
    if prefix in PLAIN:
        # "More: not less" is no title; a title begins with a capital, and a colon points to it.
        title = line.body[found.end() - 1 :]
        return bool(found[1]) and not title[0].islower()
    return True


def is_plain(line: Line) -> bool:
    """The pointer's first word is an ordinary one, as in "Watch: …"."""
    found = PREFIX.match(line.body)
    return found is not None and (found[1] or found[2]).casefold().strip(" *") in PLAIN


def _pointing(line: Line) -> float:
    """Confidence that the line points to another article; "Related: …" is little else."""
    if not is_plain(line):
        return 0.96
    return 0.94 if line.body.casefold().startswith(("related:", "see also:")) else 0.9


def is_title(line: Line) -> bool:
    """Could be the title of an article or a label beside it."""
    return line.size <= 200 and line.words <= 30 and not line.text.endswith((".", ":", "。"))


def find(page: Page) -> Iterator[Proposal]:
    lines = page.lines
    for line in lines:
        if points_elsewhere(line):
            yield Proposal(line.span, "related_titles", REASON, _pointing(line))
    yield from _under_heading(page)
    yield from _doubled(page)


def _under_heading(page: Page) -> Iterator[Proposal]:
    """A heading such as "You may also like" with at least one title, and no prose, below it."""
    lines = page.lines
    index = 0
    while index < len(lines):
        if lines[index].label not in word_set("related"):
            index += 1
            continue
        below = index > page.last_prose
        end = index + 1
        while end < len(lines) and is_title(lines[end]) and (below or is_foreign(page, end, index)):
            end += 1
        if index < page.first_prose <= end:
            # The titles reach down to the article: the last of them is its headline.
            end = max(index + 1, page.first_prose - HEADLINE)
        # "News" may head a part of the article; "You may also like" does not.
        clear = lines[index].words >= 2 and index > page.first_prose
        if end > index + 1:
            yield Proposal(lines[index].span, "related_titles", REASON, 0.96 if clear else 0.8)
            for line in lines[index + 1 : end]:
                yield Proposal(line.span, "related_titles", REASON, 0.95 if clear else 0.8)
        elif below or clear:
            yield Proposal(lines[index].span, "related_titles", REASON, 0.8)
        index = end


def is_foreign(page: Page, index: int, heading: int) -> bool:
    """A title inside the article speaks of something else, stands twice, or was announced."""
    line = page.lines[index]
    if page.counts[line.norm] >= 2 or line.mark:
        return True
    if index == heading + 1 and page.lines[heading].text.endswith(":"):
        return True
    words = [word for word in line.tokens if len(word) >= 4]
    known = sum(word in page.prose_words for word in words)
    return len(words) >= 2 and known * 3 <= len(words) and not line.ends_sentence


def _doubled(page: Page) -> Iterator[Proposal]:
    """Titles printed twice in a row: a picture's alternative text and the link."""
    lines = page.lines
    pairs = [
        i
        for i in range(len(lines) - 1)
        if lines[i].norm == lines[i + 1].norm and is_title(lines[i]) and lines[i].words >= 3
    ]
    for i in pairs:
        if (i > page.last_prose >= 0) or (len(pairs) >= 2 and i > 1):
            below = i > page.last_prose and page.prose_before[i] >= 3
            confidence = (
                0.96 if below or (i > page.first_prose and is_foreign_pair(page, i)) else 0.9
            )
            for line in lines[i : i + 2]:
                yield Proposal(line.span, "related_titles", REASON, confidence)


def is_foreign_pair(page: Page, index: int) -> bool:
    """The doubled title shares few words with the article."""
    words = [word for word in page.lines[index].tokens if len(word) >= 4]
    return len(words) >= 2 and sum(word in page.prose_words for word in words) * 2 <= len(words)
