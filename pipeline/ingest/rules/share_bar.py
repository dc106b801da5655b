# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Share and follow buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal, is_platform, runs
from pipeline.ingest.words import word_set

REASON = "Buttons for sharing or following, left over from the page."

SHARE = re.compile(
    r"(?:click (?:here )?to )?(?:share|post|tweet|pin|send|email|e-mail|print|save|follow(?: us| me)?|find us|connect with us|join us|like us|subscribe|teilen|auf|partager|compartir|compartilhar|condividi|delen)"
    r"(?: (?:this|it|article|story|post|page|a link|link))*(?: (?:on|via|to|in|with|by|at|to a friend|auf|sur|en|no|su|op))?(?: (?:a friend|email|e-mail))?\s*:?\s*(.{0,60})$",
    re.IGNORECASE,
)
OPENS = re.compile(
    r"\(opens in (?:a )?new (?:window|tab)\)|\(wird in neuem fenster geöffnet\)|\(ouvre dans une nouvelle fenêtre\)|\(se abre en una ventana nueva\)",
    re.IGNORECASE,
)
SPLIT = re.compile(r"[\s,|/•·:&+]+|\band\b|\bon\b")
COUNT = re.compile(
    r"[\d.,]+\s?[km]?\s*(?:shares?|tweets?|likes?|followers|fans|views?|reads?|retweets?|comments?)\.?",
    re.IGNORECASE,
)


def is_button(line: Line) -> bool:
    """One share button, or several on one line."""
    if line.size > 120:
        return False
    if "(" in line.body and OPENS.search(line.body):
        return True
    if COUNT.fullmatch(line.body):
        return True
    tokens = [t for t in SPLIT.split(line.label) if t]
    if len(tokens) >= 2 and all(t in word_set("platforms") | word_set("share") for t in tokens):
        return True
    found = SHARE.match(line.label)
    if found is None:
        return False
    rest = [t for t in SPLIT.split(found[1]) if t]
    return bool(rest) and all(t in word_set("platforms") for t in rest)


def find(page: Page) -> Iterator[Proposal]:
    buttons = [is_button(line) for line in page.lines]
    words = word_set("share")
    soft = [
        yes or is_platform(line) or line.label in words
        for line, yes in zip(page.lines, buttons, strict=True)
    ]
    for first, end in runs(soft):
        # A lone "Facebook" may be an item or a heading of the article; a row of them is a bar.
        named = end - first >= 2 or buttons[first] or page.lines[first].label in SURE
        if named:
            for line in page.lines[first:end]:
                yield Proposal(line.span, "share_bar", REASON, 0.95)


#: Share words that mean a button even when they stand alone.
SURE = frozenset(
    (
        "share",
        "share this",
        "share this article",
        "share this story",
        "share this post",
        "tweet",
        "pin it",
        "copy link",
        "teilen",
        "partager",
        "compartir",
        "condividi",
        "compartilhar",
        "share article",
        "email this article",
        "print this article",
        "like this",
        "like loading",
        "follow us",
        "share via",
        "share on",
        "link copied",
        "シェア",
        "シェアする",
        "ツイート",
        "공유하기",
    )
)
