"""Marked sentences: "[S The ministry] [C said] [Q output fell]." read as text and spans."""

from __future__ import annotations

import re

MARK = re.compile(r"\[([SCQ]) ([^\[\]]*)\]")


def unmark(marked: str) -> tuple[str, dict[str, list[str]]]:
    """The bare text, and the words marked as source (S), cue (C) and content (Q), in order."""
    words: dict[str, list[str]] = {"S": [], "C": [], "Q": []}
    for label, inner in MARK.findall(marked):
        words[label].append(inner)
    return MARK.sub(r"\2", marked), words
