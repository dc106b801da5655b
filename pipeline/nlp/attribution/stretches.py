"""Quoted stretches of a text, found without a parse, in one pass over its quotation marks.

Straight, curly, doubled single (`` ''), low („ “) and angle marks; single marks only outside
double ones. A mark without a partner ends with its paragraph; a quotation that runs over
paragraphs opens each of them anew and closes the last.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

MARK = re.compile(r"``|''|[\"“”„‟«»‘’'‹›\n]|\uFF02")
OPENERS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "``": "''", "‘": "’", "‹": "›"}
DOUBLE = frozenset({'"', "“", "”", "„", "‟", "«", "»", "``", "''", "\uff02"})
#: What may stand before an opening mark, and after a closing one.
BEFORE = re.compile(r"[\s(\[{—–\-/:]$")
AFTER = re.compile(r"[\s)\]},.;:!?—–\-/]")
MAX_SINGLE = 2000  # a single mark pairs within so many characters: it may be an apostrophe


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between quotation marks.

    Attributes:
        start, end: with the marks.
        inner_start, inner_end: without them.
        closed: False where the mark has no partner and the stretch ends with its paragraph.
        double: False for single marks.
        continued: it goes on in the next stretch, which opens the next paragraph.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True
    double: bool = True
    continued: bool = False


def find_stretches(text: str) -> list[Stretch]:
    """All quoted stretches in order; they do not overlap."""
    doubles: list[Stretch] = []
    singles: list[tuple[int, str]] = []
    opened: tuple[int, int, str] | None = None  # start, inner start, mark
    for match in MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark == "\n":
            if opened:
                _close_at_break(text, at, opened, doubles)
                opened = None
            continue
        if mark not in DOUBLE:
            singles.append((at, mark))
            continue
        if opened is None:
            if _may_open(text, at, mark):
                opened = (at, match.end(), mark)
        elif _closes(text, match.end(), mark, opened[2]):
            doubles.append(Stretch(opened[0], match.end(), opened[1], at))
            opened = None
        elif mark in OPENERS or (mark == opened[2] and _may_open(text, at, mark)):
            # A second opening mark: the first one never closed.
            doubles.append(Stretch(opened[0], at, opened[1], at, closed=False))
            opened = (at, match.end(), mark)
    if opened:
        _close_at_break(text, len(text), opened, doubles)
    found = [s for s in doubles if text[s.inner_start : s.inner_end].strip()]
    found += _pair_singles(text, singles, found)
    return sorted(found, key=lambda s: s.start)


def _may_open(text: str, at: int, mark: str) -> bool:
    if mark in OPENERS:
        return True
    if mark in "”»":
        return False
    before = text[at - 1] if at else " "
    after = text[at + len(mark) : at + len(mark) + 1]
    if not after or after.isspace():
        return False
    return bool(BEFORE.match(before)) or not before.isalnum()


def _closes(text: str, end: int, mark: str, opener: str) -> bool:
    if opener in OPENERS:
        return mark in OPENERS[opener] or (mark in ('"', "”") and opener == "“")
    if mark == "”" or (mark == opener and mark != "''"):
        # A straight mark between a blank and a letter opens; anything else closes.
        before = text[end - len(mark) - 1]
        after = text[end : end + 1]
        return not (before.isspace() and after.isalnum())
    return mark == "''"


def _close_at_break(text: str, at: int, opened: tuple[int, int, str], out: list[Stretch]) -> None:
    """The stretch ends with its paragraph; it continues if the next one opens with its mark."""
    start, inner, mark = opened
    end = at
    while end > inner and text[end - 1].isspace():
        end -= 1
    if end <= inner:
        return
    after = at
    while after < len(text) and text[after].isspace():
        after += 1
    continued = text.startswith(mark, after)
    out.append(Stretch(start, end, inner, end, closed=False, continued=continued))


def _pair_singles(
    text: str, singles: list[tuple[int, str]], doubles: list[Stretch]
) -> list[Stretch]:
    """Single-quoted stretches outside the double ones; apostrophes are told apart."""
    starts = [s.start for s in doubles]
    found: list[Stretch] = []
    opened: tuple[int, str, int] | None = None
    for at, mark in singles:
        near = bisect_right(starts, at) - 1
        if near >= 0 and doubles[near].end > at:
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1 : at + 2]
        if opened and (
            near != opened[2] or at - opened[0] > MAX_SINGLE or "\n" in text[opened[0] : at]
        ):
            opened = None
        if opened is None:
            opens = mark in "‘'" and not before.isalnum() and after.isalnum()
            if opens and not _is_elision(text, at):
                opened = (at, mark, near)
        elif not before.isspace() and (not after or AFTER.match(after)):
            closer = mark == "’" if opened[1] == "‘" else mark == "'"
            if closer and not _is_plural_possessive(text, at):
                found.append(Stretch(opened[0], at + 1, opened[0] + 1, at, double=False))
                opened = None
    return found


LOWER_WORD = re.compile(r" [a-z]")
ELISION = re.compile(r"['’‘](?:\d\ds?|em|til|tis|twas|cause|n|bout|round)\b", re.I)


def _is_elision(text: str, at: int) -> bool:
    """ "the '90s", "'em": an apostrophe at a word's beginning."""
    return bool(ELISION.match(text, at))


def _is_plural_possessive(text: str, at: int) -> bool:
    """ "workers' rights": an apostrophe after s with a lower-case word behind it."""
    return text[at - 1] == "s" and bool(LOWER_WORD.match(text, at + 1))
