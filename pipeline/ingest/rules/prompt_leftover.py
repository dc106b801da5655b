# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Words of a text generator or its instructions left in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pipeline.ingest.blocks import Line, Page, Proposal
from pipeline.ingest.words import rule_words

REASON = "Words of a text generator or of its instructions, not of the article."

LEFTOVER = re.compile(
    r"\b(?:based|according|drawn|taken|derived) (?:\w+ ){0,3}?(?:on|to|from) the (?:provided|given|supplied|above|attached) [\"“”'‘’]?\w+|\bas (?:an|a large) (?:ai|language|artificial)\b.{0,40}\bmodel\b|\bas an ai (?:assistant|language)|\bmy (?:knowledge|training) (?:cut-?off|data)\b|\b(?:i cannot|i can't|i can’t|i'm unable to|i am unable to) (?:fulfil+|assist with|browse|access|provide|generate|complete) (?:this|that|the|real-time|your)"
    r"|^(?:certainly|sure|of course|absolutely)[!,.] (?:here(?:'s| is| are|’s)|i(?:'ll|’ll| will| can))\b|^here(?:'s| is|’s) (?:the|your|a|an) (?:\w+ ){0,4}?(?:article|blog post|rewritten|revised|version|draft|summary|outline)\b.{0,80}:?$|\[(?:insert|your|add|placeholder|company name|name|date|link|topic|keyword)[^\]]{0,60}\]|\{\{?\s?[\w .-]{2,40}\s?\}?\}|\bdata kalimat\b|\bseed keyword\b|\b(?:word count|focus keyword|target keyword|meta description|seo title|slug)\s*:|\bregenerate response\b|\bwould you like me to\b|\blet me know if you(?:'d| would|’d)? (?:like|need|want) (?:me|any)\b|\bthe user (?:wants|asked|requested|has provided|provided)\b|\bin the provided (?:text|data|context|document|information|source|prompt)\b|\bthis (?:reference|citation|quote|information|fact) is based on\b",
    re.IGNORECASE,
)
#: A line without any of these words cannot match.
TRIGGERS = rule_words("prompt_leftover", "triggers")
#: First words of the patterns that are anchored to the line's beginning.
STARTERS = rule_words("prompt_leftover", "starters")
NOTE = re.compile(r"(?:\[\d{1,3}\]|\(|note\b|\*|reference)", re.IGNORECASE)
QUOTED = re.compile(r"[“\"«]")


def may_match(line: Line) -> bool:
    """The line has a word or bracket that every leftover has."""
    if "[" in line.text or "{" in line.text or not line.tokens.isdisjoint(TRIGGERS):
        return True
    return line.norm.partition(" ")[0] in STARTERS


@lru_cache(maxsize=2)
def leftovers(page: Page) -> Mapping[int, re.Match[str]]:
    """Start of each line of a page that has a leftover -> its first one, in the line's `text`."""
    matches = (
        (line.start, LEFTOVER.search(line.text))
        for line in page.lines
        if line.size <= 500 and may_match(line)
    )
    return {start: found for start, found in matches if found}


def find(page: Page) -> Iterator[Proposal]:
    for line in page.lines:
        found = leftovers(page).get(line.start)
        if found is None:
            continue
        # A sentence about such words quotes them or goes on; a leftover is a line of its own.
        if NOTE.match(line.text) or (
            found.start() <= 30 and not QUOTED.search(line.text, 0, found.start() + 1)
        ):
            # "{{ name }}" may be code that an article shows; "[name]" may be an editor's word.
            plainly = found.start() <= 1 or "[" not in found[0]
            confidence = 0.9 if "{" in found[0] or not plainly else 0.94
            confidence = 0.96 if NOTE.match(line.text) else confidence
            yield Proposal(line.span, "prompt_leftover", REASON, confidence)
