"""Where and when a report was filed, before its first words: "OSLO, May 4 (NTB) — "."""

from __future__ import annotations

import re

_DAY = r"\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?(?:,? \d{4})?|\d{4}"
_MORE = rf"(?:, ?(?:[A-Z][\w. ]{{1,30}}|{_DAY}))"
_AGENCY = r"\([A-Z][^()\n]{1,30}\)|/[A-Z][^/()\n]{1,30}/"
_DASH = r"(?:—|–|--|-)"
#: A place in capitals, or a place with a region or date behind a comma, or a place with an agency
#: in brackets; then a dash and a blank.
DATELINE = re.compile(
    rf"(?:[A-Z][A-Z.'/ -]{{2,40}}{_MORE}{{0,3}}|[A-Z][\w.' -]{{1,30}}{_MORE}{{1,3}})"
    rf" ?(?:(?:{_AGENCY}) ?{_DASH}|(?:—|–|--)) "
    r"|[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})? \((?:[A-Z]{2,6}|Reuters|Bloomberg|Xinhua)\) ?"
    rf"{_DASH} "
)
LINES = re.compile(rf"^(?:{DATELINE.pattern})", re.MULTILINE)


def dateline_end(text: str, start: int) -> int:
    """Where the dateline at the start of a report ends; `start` if there is none."""
    found = DATELINE.match(text, start)
    return found.end() if found else start
