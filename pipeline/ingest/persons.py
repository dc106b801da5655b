"""Made-up persons: blocks of personal fields and social accounts that content farms print.

Shared by the rules `author_block` and `socials` and by the signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.ingest.blocks import Line, Page, is_platform, person_field
from pipeline.ingest.words import lorem_words, word_map, word_set

LATIN = re.compile(r"[a-z]+")
#: A field inside a line: "Username : x • E-mail : y", "url https://…, username x, followers 5".
INLINE = re.compile(
    r"(?:^|[•·|;,/*\s–—-]\s*)([^\W\d_][^\W\d_.' ’-]*(?:[ '’-][^\W\d_]+){0,2})\s*[:：=]\s*(?=\S)"
)
SOCIAL_INLINE = re.compile(
    r"\b(url|username|user|bio|followers|following)\b\s*[:=]?\s+\S", re.IGNORECASE
)
MANY = 3  # fields in one line that make it a record
#: Fields that name an account rather than a person.
ACCOUNT = frozenset(("web", "username", "bio", "followers", "following"))
#: Fields that a fact box about a person in the news has too.
PUBLIC = frozenset(("name", "birth", "job", "company", "address", "gender"))


def is_lorem(text: str) -> bool:
    """Placeholder Latin: at least four words, most of them from the known text."""
    words = LATIN.findall(text.casefold())[:60]
    return len(words) >= 3 and sum(w in lorem_words() for w in words) >= 0.7 * len(words)


def inline_fields(line: Line) -> set[str]:
    """Personal fields of a line that holds several, else {}."""
    text = line.text
    if text.count(":") + text.count("=") + text.count("：") < MANY:
        return set()
    kinds = word_map("person_fields")
    found = {kinds.get(key.casefold(), "") for key in INLINE.findall(line.text)} - {""}
    return found if len(found) >= MANY else set()


def inline_account(line: Line) -> bool:
    """The line holds a whole social account: "facebook: url https://…, username …"."""
    head, _, rest = line.body.partition(":")
    if head.strip(" *").casefold() not in word_set("platforms"):
        return False
    return len({name.casefold() for name in SOCIAL_INLINE.findall(rest)}) >= 2


STACKED = 3  # field names above their values that make a list
LABEL = 40  # characters of a field name
VALUE = 300  # characters of the line below it


@dataclass(frozen=True, slots=True)
class PersonBlock:
    """Lines [first, end) of a page that hold one made-up person.

    Attributes:
        socials: index of the first line of the accounts, == end if there are none.
        fields: kinds of personal fields.
        evidence: higher is surer; see `weigh`.
    """

    first: int
    end: int
    socials: int
    fields: frozenset[str]
    evidence: float


@lru_cache(maxsize=2)
def find_person_blocks(page: Page) -> list[PersonBlock]:
    """Every made-up person of the page, in order; several rules ask for the same page."""
    kinds = [_kind(line) for line in page.lines]
    labels = _stacked(page, kinds)
    blocks: list[PersonBlock] = []
    index = 0
    while index < len(kinds):
        if kinds[index] and kinds[index] != "platform":
            first, end = _extend(page, kinds, index, labels)
            if block := _read_block(page, kinds, first, end):
                blocks.append(block)
            index = end
        else:
            index += 1
    return blocks


def _kind(line: Line) -> str:
    """What part of a person block the line could be: field kind, "inline", "heading", ... or ""."""
    if line.size > 3000:
        return ""
    if line.label in word_set("author_headings"):
        return "heading"
    if line.label in word_set("social_headings"):
        return "socials"
    if is_platform(line):
        return "platform"
    if inline_account(line):
        return "account"
    if line.size >= 60 and inline_fields(line):
        return "inline"
    return person_field(line.key) if line.key else ""


def _stacked(page: Page, kinds: list[str]) -> frozenset[int]:
    """Field names without a colon, each with its value on the next line, three or more in turn.

    Their places in `kinds` are filled in.
    """
    lines = page.lines
    found: set[int] = set()
    names = [
        person_field(line.label) if line.size <= LABEL and not kind else ""
        for line, kind in zip(lines, kinds, strict=True)
    ]
    at = 0
    while at < len(lines):
        end = at
        while end + 1 < len(lines) and names[end] and not names[end + 1] and not kinds[end + 1]:
            end += 2
        if end - at >= 2 * STACKED:
            found.update(range(at, end, 2))
        at = max(end, at + 1)
    for place in found:
        kinds[place] = names[place]
    return frozenset(found)


def _extend(page: Page, kinds: list[str], index: int, labels: frozenset[int]) -> tuple[int, int]:
    """The run of block lines around `index`, with wrapped values and placeholder Latin."""
    end = index + 1
    lines = page.lines
    while end < len(kinds):
        if kinds[end] or (is_lorem(lines[end].body) and lines[end].words >= 4):
            end += 1
            continue
        if end - 1 in labels and lines[end].size <= VALUE:
            end += 1
            continue
        # A value on a line of its own after its key ("E-mail" / "x@y.org"), or a wrapped address.
        bare = lines[end - 1].key and not lines[end - 1].value
        follows = end + 1 < len(kinds) and kinds[end + 1] not in ("", "heading")
        if lines[end].size <= 120 and follows and (bare or not lines[end].mark):
            end += 1
            continue
        break
    return index, end


def _read_block(page: Page, kinds: list[str], first: int, end: int) -> PersonBlock | None:
    first = _after_stray(kinds, first, end)
    fields: set[str] = set()
    socials = end
    accounts = 0
    lorem = False
    for at in range(first, end):
        line, kind = page.lines[at], kinds[at]
        if kind in ("socials", "platform", "account"):
            socials = min(socials, at)
            accounts += kind != "socials"
        elif kind == "inline":
            fields |= inline_fields(line)
        elif kind not in ("", "heading"):
            fields.add(kind)
        if not lorem:
            text = line.value if kind == "bio" else line.body
            lorem = is_lorem(text) or (kind in ("inline", "account") and _has_lorem(line.body))
    heading = kinds[first] == "heading"
    evidence = weigh(page, first, frozenset(fields), accounts, heading=heading, lorem=lorem)
    if evidence < 1:
        return None
    return PersonBlock(first, end, socials, frozenset(fields), evidence)


def _after_stray(kinds: list[str], first: int, end: int) -> int:
    """The block's beginning: its heading, if only a line or two of the article stand before it."""
    for at in range(first + 1, end):
        if kinds[at] == "heading":
            return at if sum(map(bool, kinds[first:at])) <= 2 else first
    return first


def _has_lorem(text: str) -> bool:
    """The text ends with, or holds after a "bio" field, placeholder Latin."""
    at = text.casefold().find("bio")
    return (at >= 0 and is_lorem(text[at + 3 :][:160].partition(",")[0])) or is_lorem(text[-120:])


def weigh(
    page: Page, first: int, fields: frozenset[str], accounts: int, *, heading: bool, lorem: bool
) -> float:
    """How sure the lines are a made-up person; 1 and more is sure enough.

    A stolen record, an indictment's list of accounts or a fact box has the same fields, but a
    sentence of the article leads up to it, and no heading, Latin or accounts go with it.
    """
    private = fields - PUBLIC
    score = 0.2 * len(fields) + 0.1 * len(private)
    score += 0.6 * heading + 1.0 * lorem + 0.4 * min(accounts, 2)
    if (
        {"username", "birth"} <= fields
        or {"username", "bio"} <= fields
        or {"username", "job"} <= fields
    ):
        score += 0.3
    if len(fields) < 2 and not accounts:
        return 0.0
    before = page.lines[first - 1] if first else None
    if before is not None and before.text.endswith((":", "：")) and before.words >= 5:
        score -= 1.2
    return score
