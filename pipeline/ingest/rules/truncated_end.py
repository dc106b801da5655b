# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""The last sentence of the text, cut off in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal, strip_bounds
from pipeline.ingest.words import rule_words
from pipeline.records import Span

REASON = "The last sentence is cut off; no claim is made of half a sentence."
LAST = True

CUT_MARK = re.compile(
    r"(?:\[\s?(?:…|\.{3})\s?\]|\.{3}|…|\((?:more|continued|…|\.{3})\))?(?:(?<=[\].…)])\s{0,2}|(?<!\w))(?:read more|continue reading)\W{0,3}$|(?:\[\s?(?:…|\.{3})\s?\]|\.{3}|…|\((?:more|continued|…|\.{3})\))\W{0,3}$",
    re.IGNORECASE,
)
CLOSED = re.compile(r"""[.!?。！？؟।:;)"'”’»*\]](?:\s*[\[(]\d{1,3}[\])])*$""")
SENTENCE_BREAK = re.compile(
    r"""[.!?。！？؟।]["'”’»)\]]*(?:\[\d{1,3}\])*\s+(?=["'“‘«(]?[^\W_a-zà-ÿ])"""
)
#: Words after which no sentence ends.
OPEN = rule_words("truncated_end", "open")
#: How a letter closes above or before its writer's name.
CLOSINGS = rule_words("truncated_end", "closings")
#: Keys of lines that name sources: they end without a stop.
SOURCE = rule_words("truncated_end", "source")


def find(page: Page) -> Iterator[Proposal]:
    for line in reversed(page.lines[-3:]):
        if span := cut_sentence(page.text, line):
            if _is_below_prose(page, line):
                yield Proposal(span, "truncated_end", REASON, 0.85)
            return
        if line.size > 60 or line.ends_sentence:
            return


def _is_below_prose(page: Page, line: Line) -> bool:
    """The article has ended sentences before: a list or a poem is not cut off."""
    above = [other for other in page.lines if other.start < line.start]
    return sum(other.is_prose for other in above[-8:]) >= 1 or line.words > 25


def cut_sentence(text: str, line: Line) -> Span | None:
    """The unfinished sentence at the end of a line, None if the line is whole."""
    tail_at = max(line.start, line.end - 2000)
    if line.key in SOURCE:
        return None
    tail = text[tail_at : line.end]
    marked = CUT_MARK.search(tail)
    if marked is None and CLOSED.search(tail):
        return None
    last = 0
    for found in SENTENCE_BREAK.finditer(tail):
        if found.end() < (marked.start() if marked else len(tail)):
            last = found.end()
    start, end = strip_bounds(text, tail_at + last if last else line.start, line.end)
    words = text[start:end].split()
    if len(words) < 4 or (marked is None and not _is_open(words, whole_line=last == 0)):
        return None
    return Span(start, end)


def _is_signed(words: list[str]) -> bool:
    """A letter's end: "Warm wishes from all of us, Kathy", "See you next week! Love Kathy"."""
    at = len(words)
    while at > 0 and (words[at - 1][:1].isupper() or words[at - 1] in ("and", "&")):
        at -= 1
    if at in (0, len(words)):
        return False
    said = {word.casefold().strip(",.!–—-") for word in words}
    return not said.isdisjoint(CLOSINGS)


def _is_open(words: list[str], *, whole_line: bool) -> bool:
    """The words break off: after a word that cannot end a sentence, or inside a long line."""
    if words[-1].casefold().strip(",–—-") in OPEN or words[-1].endswith((",", "–", "—", "-")):
        return True
    if _is_signed(words):
        return False
    if not words[-1].isalpha() or any(":" in word or "@" in word for word in words[-4:]):
        return False  # an address, a figure, an emoji: how notes and lists end
    # A heading has no full stop either; it is short, and does not begin with a clause.
    return len(words) >= (14 if whole_line else 6)
