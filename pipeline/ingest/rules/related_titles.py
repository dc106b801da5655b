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
    return not (prefix in PLAIN and found[2])


def is_title(line: Line) -> bool:
    """Could be the title of an article or a label beside it."""
    return line.size <= 200 and line.words <= 30 and not line.text.endswith((".", ":", "。"))


def find(page: Page) -> Iterator[Proposal]:
    lines = page.lines
    for line in lines:
        if points_elsewhere(line):
            yield Proposal(line.span, "related_titles", REASON, 0.92)
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
        end = index + 1
        while end < len(lines) and is_title(lines[end]):
            end += 1
        titles = end - index - 1
        # Within the article only a short list that prose follows; below it everything.
        if titles and (index > page.last_prose or titles <= 12):
            # Before more prose the last short line may be the heading of what follows.
            stop = (
                end
                if index > page.last_prose or end == len(lines)
                else _list_end(lines, index + 1, end)
            )
            for line in lines[index:stop]:
                yield Proposal(
                    line.span, "related_titles", REASON, 0.9 if index > page.last_prose else 0.8
                )
        elif index > page.last_prose:
            yield Proposal(lines[index].span, "related_titles", REASON, 0.8)
        index = max(end, index + 1)


def _list_end(lines: tuple[Line, ...], first: int, end: int) -> int:
    """Where a list of titles inside the article ends: with its list marks, or before the last line."""
    marked = first
    while marked < end and lines[marked].mark:
        marked += 1
    return marked if marked > first else max(first, end - 1)


def _doubled(page: Page) -> Iterator[Proposal]:
    """Titles printed twice in a row: a picture's alternative text and the link."""
    lines = page.lines
    pairs = [
        i
        for i in range(len(lines) - 1)
        if lines[i].norm == lines[i + 1].norm and is_title(lines[i]) and lines[i].words >= 3
    ]
    for i in pairs:
        if i > page.last_prose or len(pairs) >= 2 and i > 1:
            yield Proposal(lines[i].span, "related_titles", REASON, 0.92)
            yield Proposal(lines[i + 1].span, "related_titles", REASON, 0.92)
