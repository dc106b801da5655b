"""Cells for people: text that a spreadsheet shows as it is and never runs."""

from __future__ import annotations

import re

#: What spreadsheets take for the begin of a formula, in their full-width forms too.
_FORMULA = r"[=+\-@\t\r＝＋－＠]"
#: Spaces, visible or not, that they skip before it; a line break begins a line of its own.
_SPACE = r"(?:[^\S\r\n]|[\u200b-\u200f\u2060\ufeff])"
#: A line that needs a guard. A line with quotes before such a begin gets one more, so that
#: taking one away always gives the line back.
_NEEDS_GUARD = re.compile(rf"(?:^|(?<=[\r\n]))(?='*{_SPACE}*{_FORMULA})")
_HAS_GUARD = re.compile(rf"(?:^|(?<=[\r\n]))'(?='*{_SPACE}*{_FORMULA})")

#: Control characters that XML and many programs refuse, as their visible pictures (␀, ␁, ...).
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"}
_PICTURES |= {0x7F: "\u2421", 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def is_plain(text: str) -> bool:
    """True for most text, quickly: one line that begins with a letter or digit, nothing odd in it.

    Neither `guarded` nor `visible` changes such text.
    """
    return text.isprintable() and text[:1].isalnum()


def guarded(text: str) -> str:
    """The text with "'" before each line that a spreadsheet might run as a formula."""
    return _NEEDS_GUARD.sub("'", text)


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return _HAS_GUARD.sub("", text)


def visible(text: str) -> str:
    """The text with control characters as pictures; tabs and line breaks stay."""
    return text.translate(_PICTURES)


def is_formula(text: str) -> bool:
    """True if a spreadsheet might run the text, or a line of it."""
    return _NEEDS_GUARD.search(text) is not None
