"""Who worked on the story, and whose picture it was, as a line of its own in a clean text.

"Reporting by Jane Doe; editing by Jon Roe", "(Jane Doe/AP)", "Getty Images". It runs on what the
other rules leave: the line model, which weighs their proposals, has not learned from it. Readers
who marked texts by hand count "(Reporting by ...)" in brackets as the agency's text: it is left to
the line model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal, runs

REASON = "A credit of the news desk or of a picture, not a statement of the article."
LAST = True

WORD = r"[^\W\d_a-z][\w'’-]*\.?"
#: Names with what stands between them: "Jane Doe, J. Roe and Ada Poe in São Paulo".
NAMES = rf"{WORD}(?:,? (?:{WORD}|and|in|from|for|at|the|of|&|de|da|van|von|der|al|bin)){{0,40}}"
PERSON = rf"{WORD}(?: (?:{WORD}|de|da|van|von|der|al|bin)){{1,4}}"
ROLE = r"(?i:(?:with )?(?:(?:additional|further) )?(?:reporting|writing|editing) by) "
AGENCY = (
    r"(?:AP|AFP|EPA|EPA-EFE|DPA|PA|UPI|TASS|Xinhua|Reuters|REUTERS|Getty|Getty Images|AP Photo"
    r"|AFP Photo|(?:The )?Associated Press|Shutterstock|Alamy|Bloomberg|Anadolu(?: Agency)?)"
)
#: Nothing but this stands in the line.
DESK = re.compile(
    rf"{ROLE}{NAMES}(?:[;.,] ?(?:and )?{ROLE}{NAMES})*"
    rf"|{NAMES} contributed (?:reporting|to this (?:report|story|article))(?: from {NAMES})?"
)
INPUTS = re.compile(
    rf"(?i:with (?:inputs?|files?|material) from) (?:(?i:(?:news )?agencies)|{NAMES})"
)
PICTURE = re.compile(rf"{PERSON} ?/ ?{AGENCY}(?: via {AGENCY})?")
#: The same without a person: kept in an article about the agency.
SUPPLIER = re.compile(rf"{AGENCY} via {AGENCY}|(?:Getty|AP|AFP|EPA) (?:Images|Photo)")
#: Without brackets it may be a heading or a cell of a table.
BRACKETED = re.compile(rf"{AGENCY}|{PERSON} ?/ ?{NAMES}")
BRACKETS = {"(": ")", "[": "]"}
PICTURES = frozenset(("images", "photo"))
LONGEST = 300  # characters


def is_sign_off(line: Line, page: Page) -> bool:
    """The line is such a credit and nothing else."""
    inner = line.body.rstrip(".")
    closing = BRACKETS.get(inner[:1])
    if closing and inner.endswith(closing):
        inner = inner[1:-1].strip().rstrip(".")
        if INPUTS.fullmatch(inner) or BRACKETED.fullmatch(inner):
            return True
    elif INPUTS.fullmatch(inner) or DESK.fullmatch(inner):
        return True
    if SUPPLIER.fullmatch(inner):
        return page.prose_words.isdisjoint(line.tokens - PICTURES)
    return PICTURE.fullmatch(inner) is not None


def find(page: Page) -> Iterator[Proposal]:
    """The credits below the first sentence of the article; lists of names are none."""
    lines, prose = page.lines, page.prose
    found = [
        page.prose_before[index] > 0 and line.size <= LONGEST and is_sign_off(line, page)
        for index, line in enumerate(lines)
    ]
    for first, end in runs(found):
        if prose[first - 1] and (end == len(lines) or prose[end]):
            for line in lines[first:end]:
                yield Proposal(line.span, "sign_off", REASON, 0.94)
