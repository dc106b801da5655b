"""A light guess at the tense of the clause around an offset, where no parser is at hand."""

from __future__ import annotations

import re

WINDOW = 120  # characters looked at on each side
SENTENCE = re.compile(r"[.!?;]\s|\n")
CUE = re.compile(
    r"\b(?:(?P<future>"
    r"(?:(?:is|are)\s)?(?:to|will|shall|may|might|should)\s+(?:not\s+)?be\s+\w+|"
    r"[Ww]ill|shall|won['’]t|going\sto|due\s(?:to|on|in|for|by)|set\s(?:to|for)|"
    r"[Ll]et['’]s|scheduled|plans?\sto|expects?\sto|expected\sto|planned\s(?:to|for)|aims?\sto|"
    r"intends?\sto|is\sto|are\sto|slated|upcoming|would|deadline|expires?)|['’](?P<ll>ll)|"
    r"(?P<past>was|were|had|did|said|told|came|went|took|made|gave|won|lost|fell|rose|began|"
    r"got|saw|met|left|held|became|found|spoke|wrote|ran|broke|grew|knew|led|paid|sold|bought|"
    r"sent|shot|hit|cut|put|set|died|[a-z]{2,}(?<!ne)(?<!inde)(?<!hundr)ed)|"
    r"(?P<present>is|are|has|have|says|does|do|can|may|must))\b"
)


def guess_tense(text: str, offset: int) -> str:
    """Past, future, present or "" (not told), from the verbs before the offset, then behind it."""
    before = text[max(0, offset - WINDOW) : offset]
    breaks = list(SENTENCE.finditer(before))
    if breaks:
        before = before[breaks[-1].end() :]
    cues = list(CUE.finditer(before))
    if cues:
        return _name(cues[-1])
    after = text[offset : offset + WINDOW]
    found = SENTENCE.search(after)
    cue = CUE.search(after[: found.start()] if found else after)
    return _name(cue) if cue else ""


def tells_past(text: str) -> bool:
    """Whether words hold a past tense: "which fell 1.4%, on"."""
    return any(cue.lastgroup == "past" for cue in CUE.finditer(text))


def _name(cue: re.Match[str]) -> str:
    return "future" if cue.lastgroup == "ll" else cue.lastgroup or ""
