"""Facts that the words of an article give away: title line, byline, dateline, date line.

Only the head is read, and what cleaning took for a byline or dateline. Nothing is taken from a
made-up author block. What is doubtful stays unknown.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.ingest.metadata.dates import parse_date
from pipeline.ingest.metadata.facts import merge, metadata_of_facts
from pipeline.ingest.metadata.front_matter import metadata_of_entries
from pipeline.records import CleanDocument, Fact, Metadata, Removal, SourceDocument

ORIGIN = "text"
HEAD_LINES = 12  # lines that hold words
HEAD_CHARS = 5000
PARAGRAPH = 80  # characters of a sentence that is the article's text
LONG_LINE = 280  # characters; what is longer is a paragraph
FACT_RULES = ("byline", "dateline", "date_line", "published", "header")
#: Made-up blocks; and what stands around a page's article: the day it was saved, bylines of other
#: articles. The page's own metadata tell more.
FALSE_RULES = ("author_block", "placeholder_author", "related_titles", "comments", "trafilatura")
NAME_PART = (
    r"(?:[A-ZÀ-Þ][\w’'.-]{0,30}|(?:de|da|di|du|del|della|van|von|der|den|al|el|bin|ibn|le|la)\b)"
)
NAME = rf"[A-ZÀ-Þ][\w’'.-]{{0,30}}(?:[ -]{NAME_PART}){{1,4}}"
NAMES = rf"{NAME}(?:(?:, | and | & |, and ){NAME}){{0,5}}"
BYLINE = re.compile(
    rf"(?i:(?:(?:written|reported|story|analysis|words|posted|published)\s+)?by:?\s+)"
    rf"(?P<names>{NAMES})(?:\s*(?:,|\||-|–|—|/|•|·|\(|for| of| on\b)\s*(?P<rest>[^\n]{{2,120}}))?\Z"
)
AUTHOR_KEY = re.compile(rf"(?i:authors?|byline|writer)\s*:\s*(?P<names>{NAMES})\Z")
NAME_OUTLET = re.compile(rf"(?P<names>{NAME})\s*(?:,|\||/)\s*(?P<rest>[A-Z][^\n,|]{{1,60}})\Z")
DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][\w .,'’/-]{1,60}?)\s*"
    r"\((?P<outlet>[A-Z][\w/ .&’'-]{1,40})\)\s*(?:-{1,2}|–|—|:)\s*\S"
)
PLACE_DATE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,40}(?:, [\w .]{2,30})?, "
    r"(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})\b"
)
PUBLISHED = re.compile(
    r"(?i:(?:first |originally )?(?:published|posted|publication date|date|pub date"
    r"|released|issued|filed)"
    r"(?:\s+(?:on|at|online|date))?\s*[:|-]?\s*)(?P<date>[^\n]{4,80})\Z"
)
UPDATED = re.compile(
    r"(?i:(?:last )?(?:updated|modified)(?:\s+(?:on|at))?\s*[:|-]?\s*)(?P<date>[^\n]{4,80})\Z"
)
SOURCE_URL = re.compile(
    r"(?i:source|url|link|original(?: article)?)\s*:\s*(?P<url>https?://\S{4,500})\Z"
)
KEY_VALUE = re.compile(r"(?P<key>[A-Za-z][A-Za-z ]{2,20}?)\s*:\s+(?P<value>\S[^\n]{0,250})\Z")
#: Ends that follow a date in a date line: "| Updated 5 pm", "· 4 min read".
AFTER_DATE = re.compile(r"\s*(?:[|•·/]| [-–—] |(?i:,?\s+(?:updated|by|in|for)\b)).*\Z")
NO_NAME = re.compile(
    r"(?i)\b(?:staff|admin|editor(?:ial)?|team|desk|the author|guest|contributor|newsroom)\b"
)
LINE = re.compile(r"[^\n\r]+")
MARKDOWN = "markdown"  # the rule of a reader's removals inside lines


def ends(words: str) -> bool:
    """The words end like a sentence."""
    return words.rstrip("\"'”’»)").endswith((".", "!", "?"))


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the head: its words, and the rule that removed it ("" if it was kept)."""

    start: int
    words: str
    rule: str


@cache
def outlet_words() -> tuple[frozenset[str], frozenset[str]]:
    """Names of outlets, and last words of such names, both in lower case."""
    data = tomllib.loads(files(__package__).joinpath("outlets.toml").read_text("utf-8"))
    return (
        frozenset(name.lower() for name in data["names"]),
        frozenset(name.lower() for name in data["endings"]),
    )


def metadata_from_text(document: CleanDocument) -> Metadata:
    """The facts that the document's own words tell, each with the origin "text"."""
    lines = list(head_lines(document))
    facts: dict[str, str] = {}
    updated = ""
    told = False
    for line in lines:
        for field, value in facts_of(line.words):
            if told and not line.rule and line.words[:5].casefold() == "date:":
                continue  # below a paragraph it belongs to what the article quotes: a mail, a form
            if field == "updated":
                updated = updated or value
            else:
                facts.setdefault(field, value)
        told = told or (not line.rule and len(line.words) >= PARAGRAPH and ends(line.words))
    if updated and "published" not in facts:
        facts["published"] = updated
    if title := title_of(lines):
        facts["title"] = title
    named = metadata_of_facts({field: Fact(value, ORIGIN) for field, value in facts.items()})
    return merge(header_of(lines), named)


def head_lines(document: CleanDocument) -> Iterator[HeadLine]:
    """The first lines with words, and lines anywhere that a rule took for a by- or dateline."""
    text, removals = document.source.text, document.removals
    spans = [removal for removal in removals if not removal.replacement]
    starts = [removal.span.start for removal in spans]
    count, begin = 0, article_start(spans)
    for match in LINE.finditer(text, begin, begin + HEAD_CHARS):
        words = " ".join(unmarked(document.source, match.span()).split())
        if not words:
            continue
        rule = rule_at(spans, starts, match.start() + len(match.group()) // 2)
        if rule in FALSE_RULES:
            continue
        yield HeadLine(match.start(), words, rule)
        count += 1
        if count == HEAD_LINES:
            break
    for removal in spans:
        if removal.rule in FACT_RULES and removal.span.start >= begin + HEAD_CHARS:
            words = " ".join(removal.span.of(text)[:LONG_LINE].split())
            yield HeadLine(removal.span.start, words, removal.rule)


def unmarked(source: SourceDocument, line: tuple[int, int]) -> str:
    """The words of a line without the marks of Markdown in it."""
    text, (at, end) = source.text, line
    parts = []
    for removal in source.removals[bisect_left(source.removals, at, key=start_of) :]:
        if removal.span.start >= end:
            break
        if removal.rule == MARKDOWN and removal.span.end <= end:
            parts.append(text[at : removal.span.start])
            at = max(at, removal.span.end)
    return "".join((*parts, text[at:end]))


def start_of(removal: Removal) -> int:
    return removal.span.start


def article_start(spans: list[Removal]) -> int:
    """The end of the menus and such before a page's article; 0 for other texts."""
    at = 0
    for removal in spans:
        if removal.rule != "trafilatura" or removal.span.start > at:
            break
        at = removal.span.end
    return at


def rule_at(spans: list[Removal], starts: list[int], at: int) -> str:
    index = bisect_right(starts, at) - 1
    return spans[index].rule if index >= 0 and spans[index].span.end > at else ""


def facts_of(words: str) -> Iterator[tuple[str, str]]:
    """(field, value) pairs that one line tells; the field "updated" is a weaker date."""
    if (match := DATELINE.match(words[:LONG_LINE])) and is_outlet(match["outlet"]):
        yield "outlet", match["outlet"]
    if match := PLACE_DATE.match(words[:LONG_LINE]):
        yield from dated("published", match["date"])
    if len(words) > LONG_LINE:
        return
    if match := SOURCE_URL.match(words):
        yield "url", match["url"]
    if match := BYLINE.match(words) or AUTHOR_KEY.match(words) or NAME_OUTLET.match(words):
        yield from author_of(match, needs_outlet=match.re is NAME_OUTLET)
    for field, pattern in (("published", PUBLISHED), ("updated", UPDATED)):
        if match := pattern.match(words):
            yield from dated(field, match["date"])
    yield from dated("published", words, alone=True)


def dated(field: str, words: str, *, alone: bool = False) -> Iterator[tuple[str, str]]:
    """The field's date if the words begin with one and go on, if at all, after a mark."""
    for part in (words,) if alone else (words, AFTER_DATE.sub("", words)):
        value = parse_date(part)
        # A year or a month alone on a line is a heading as often as a date.
        if isinstance(value, str) and (len(value) == 10 or not alone):
            yield field, value
            return


def author_of(match: re.Match[str], *, needs_outlet: bool) -> Iterator[tuple[str, str]]:
    names = match["names"]
    rest = (match.groupdict().get("rest") or "").strip(" )|")
    outlet = is_outlet(rest)
    if needs_outlet and not outlet:
        return
    if not NO_NAME.search(names):
        yield ("outlet" if is_outlet(names) else "author"), names
    if outlet:
        yield "outlet", rest
    elif rest:
        yield from dated("published", rest)


def is_outlet(words: str) -> bool:
    names, endings = outlet_words()
    folded = words.lower().removeprefix("the ")
    return (
        folded in names
        or words.lower() in names
        or (len(folded.split()) > 1 and folded.rsplit(None, 1)[-1] in endings)
    )


def title_of(lines: list[HeadLine]) -> str:
    """The first kept line if it reads as a title: short, no sentence, with an article below."""
    kept = [line for line in lines if not line.rule or line.rule == "title"]
    if len(kept) < 2:
        return ""
    words = kept[0].words
    if (
        len(words) > 200
        or not 2 <= len(words.split()) <= 30
        or words.endswith((".", ":", ",", ";"))
    ):
        return ""
    if not words[0].isalnum() and words[0] not in "\"'“‘$£€#¿¡(":
        return ""
    if any(True for _ in facts_of(words)) or (
        KEY_VALUE.match(words)
        and words.istitle() is False
        and (
            words.split(":", 1)[0].lower() in ("date", "author", "source", "by", "published", "url")
        )
    ):
        return ""
    longest = max(len(line.words) for line in kept[1:])
    return words if longest > len(words) or longest > 80 else ""


def header_of(lines: list[HeadLine]) -> Metadata:
    """A run of "Key: value" lines at the very head, as archives and mail programs write them."""
    entries: dict[str, str] = {}
    for line in lines:
        match = KEY_VALUE.match(line.words)
        if match is None:
            break
        entries.setdefault(match["key"].lower(), match["value"])
    return metadata_of_entries(entries, ORIGIN) if len(entries) > 1 else Metadata()
