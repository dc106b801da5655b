# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Notes about the author at the end: "Jane Doe is a reporter at …", "The views expressed …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import WORD, Line, Page, Proposal, runs
from pipeline.ingest.words import rule_words, word_set

REASON = "A note about the author, not a statement of the article."

NAME = r"(?:(?:Dr|Prof|Mr|Ms|Mrs|Sir|Professor)\.? )?[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|de|van|von|der|al|bin|la|del)){0,4}"
ROLE = (
    r"(?:\w+[ -]){0,5}?(?:writer|reporter|journalist|editor|editor-in-chief|columnist|correspondent|contributor|blogger|author|freelancer|photographer|producer|copywriter"
    r"|fellow|analyst|researcher|scholar|professor|lecturer|assistant|associate|director|founder|co-founder|cofounder|consultant|strategist|specialist|intern|manager|lawyer|attorney|physician|economist|historian|expert|enthusiast|student|candidate|coach|engineer|developer)"
)
BIO = re.compile(
    rf"[“\"]?(?:about (?:the )?author:? )?{NAME}(?:,[^,]{{2,60}},)? (?:is|was|works as|serves as|has been|has worked as) (?:an?|the|our|currently|one of) {ROLE}\b|(?:(?:Dr|Prof|Mr|Ms|Mrs)\. )?{NAME} (?:teaches|writes|lectures) [\w ]{{2,60}} (?:at|for|in) the (?-i:[^\W\d_a-z])"
)
COVERS = re.compile(
    rf"{NAME} (?:covers|writes about|reports on|writes for|has written for|joined|contributed to this)\b"
)
SURE = re.compile(
    r"\b(?:views?|opinions?|ideas|thoughts) (?:and opinions? )?(?:expressed|contained|stated|published) (?:\w+ ){0,8}?(?:are|is|do|does|belong|represent|reflect)\b"
    r"|\bopinions? (?:are|is) (?:his|her|their|my|the author'?’?s) own\b|\b(?:his|her|their) (?:views|opinions) (?:are|do)\b"
    r"|^(?:additional )?(?:reporting|editing|writing|production|translation|compiled|edited|reported) (?:contributed )?by (?-i:[^\W\d_a-z])"
    r"|\bcontributed to this (?:report|story|article|post)\b|^\(?(?:reporting|writing|editing) by\b"
    r"|^(?:follow|reach|contact|email|e-mail|write to|find|you can (?:follow|reach|contact|find|email)) (?:him|her|them|me|the author|the reporter|the writer|us|our|(?-i:[^\W\d_a-z])\w+(?: (?-i:[^\W\d_a-z])\w+)?) (?:on|at|via)\b.{0,120}(?:@|twitter|facebook|linkedin|instagram|x\b)"
    r"|^(?:you can )?(?:follow|reach|contact|e-?mail) (?:the (?:authors?|reporters?|writers?|journalists?)|(?-i:[^\W\d_a-z])[\w.'’-]+(?: (?-i:[^\W\d_a-z])[\w.'’-]+){0,3}|him|her|them|me|us)\s?(?: (?:on|at|via|on (?:twitter|x|instagram))|:)[^.]{0,60}.{0,60}@\w|^follow (?:him|her|them|me|the (?:author|reporter|writer)s?|(?-i:[^\W\d_a-z])\w+ (?-i:[^\W\d_a-z])\w+) @\w|^(?-i:[^\W\d_a-z])[\w.'’-]+(?: (?-i:[^\W\d_a-z])[\w.'’-]+){1,3} (?:can be|may be) (?:reached|contacted|followed) (?:at|on|via|by)\b|\bdie (?:hier )?geäußerten (?:ansichten|meinungen)\b|\bles opinions exprimées\b|\blas opiniones expresadas\b|\ble opinioni espresse\b|\bas opiniões expressas\b",
    re.IGNORECASE,
)

#: An address or account at the end of a call to write or follow.
CONTACT = re.compile(r"@\w|\b(?:reached|contacted|followed) (?:at|on|via|by)\b")

#: A line without any of these words cannot match.
TRIGGERS = rule_words("author_bio", "triggers")

VIEWS = frozenset(("views", "opinions", "opinion", "opiniones", "opinioni", "opiniões"))


def is_bio(line: Line) -> bool:
    head = line.body
    return bool(BIO.match(head) or COVERS.match(head)) and line.size <= 900


def in_tail(page: Page, index: int) -> bool:
    """After at least two thirds of the page's prose; a page of few lines has no tail."""
    before = page.prose_before[index]
    return before >= 3 and before * 3 >= page.prose_before[-1] * 2


def find(page: Page) -> Iterator[Proposal]:
    lines = page.lines
    tail = [in_tail(page, i) for i in range(len(lines))]
    for index, line in enumerate(lines):
        if not tail[index] or line.size > 1200 or line.text[0] in '"“„«':
            continue
        if not line.tokens.isdisjoint(TRIGGERS) and SURE.search(line.body):
            own_view = not line.tokens.isdisjoint(VIEWS)
            confidence = 0.96 if own_view else 0.94 if CONTACT.search(line.body) else 0.93
            yield Proposal(line.span, "author_bio", REASON, confidence)
        elif is_bio(line) and _nothing_but_end(page, index):
            # Of whom the article tells, it tells before its last lines.
            confidence = 0.85 if _is_told_of(page, index) else 0.94
            yield Proposal(line.span, "author_bio", REASON, confidence)
    for first, end in runs(line.label in word_set("author_headings") for line in lines):
        # "About the author" with the bio below it.
        for index in range(first, end):
            if tail[index] and end < len(lines) and is_bio(lines[end]):
                yield Proposal(lines[index].span, "author_bio", REASON, 0.94)
                yield Proposal(lines[end].span, "author_bio", REASON, 0.94)


def _is_told_of(page: Page, index: int) -> bool:
    """A name that begins the line stands in the prose above, or prose goes on below."""
    words = WORD.findall(page.lines[index].body)[:2]
    names = {word.casefold() for word in words if word[0].isupper()}
    above = (page.lines[i].tokens for i in range(index) if page.prose[i])
    below = page.prose_before[-1] > page.prose_before[index + 1]
    return below or len(names) < 2 or any(names & tokens for tokens in above)


def _nothing_but_end(page: Page, index: int) -> bool:
    """At most two prose lines follow: the article is over."""
    return page.prose_before[-1] - page.prose_before[index + 1] <= 2
