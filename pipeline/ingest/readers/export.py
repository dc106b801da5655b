"""Press databases' exports: many articles in one text file, parted by header or end lines.

Not a reader of its own: the text reader asks it first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.ingest.metadata.dates import DateProblem, parse_date
from pipeline.ingest.metadata.facts import metadata_of_facts
from pipeline.records import Fact, Metadata, Removal, Span

ORIGIN = "front matter"
RULE = "press_export"
REASON = "a line that a press database puts around the article"
#: The line after the last of an article: Nexis Uni and Factiva.
END = re.compile(
    r"^[ \t]*(?:End of Document|Document [A-Z]{2,10}0{3}\w{6,30})[ \t]*\r?$\n?", re.MULTILINE
)
#: The line before the first of an article: LexisNexis Academic and ProQuest.
BEGIN = re.compile(
    r"^[ \t]*(?:(?:Document )?(?P<n>\d{1,5}) of (?P<all>\d{1,5})(?: DOCUMENTS?)?)[ \t]*\r?$\n?",
    re.MULTILINE,
)
RULER = re.compile(r"^[ \t]*_{20,200}[ \t]*\r?$\n?", re.MULTILINE)
BODY = re.compile(r"^[ \t]*(?:Body|Full text|Full Text)[ \t]*:?[ \t]*\r?$\n?", re.MULTILINE)
FIELD = re.compile(
    r"^[ \t]*(?P<key>(?i:section|length|byline|author|dateline|load-date|publication-type|language"
    r"|graphic|notes|subject|publication|publication date|publication title|title|url|copyright"
    r"|document type|source type|document url|last updated|database|issn|proquest document id"
    r"|highlight|correction-date|classification|series|distribution))[ \t]*:[ \t]*"
    r"(?P<value>[^\r\n]{0,2000})\r?$\n?",
    re.MULTILINE,
)
COPYRIGHT = re.compile(r"^[ \t]*(?:Copyright|©)[^\r\n]{0,300}\r?$\n?", re.MULTILINE)
LINE = re.compile(r"[^\r\n]+")
KEYS = {"byline": "author", "author": "author", "title": "title", "publication": "outlet",
        "publication title": "outlet", "publication date": "published", "url": "url",
        "document url": "url"}  # fmt: skip
HEAD_LINES = 4  # title, outlet and date stand in these, in this order
WEEKDAY = re.compile(r"(?i)[\s,]*(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*\Z")


def split_export(text: str) -> list[Span]:
    """The places of the articles; empty if the text is no export of two or more."""
    ends = [match.end() for match in END.finditer(text)]
    if len(ends) > 1:
        edges = [0, *ends, len(text)]
    else:
        begins = list(BEGIN.finditer(text))
        numbers = [int(match["n"]) for match in begins]
        # A page number is no header: the articles are numbered from one to all.
        if len(begins) < 2 or numbers != list(range(1, len(begins) + 1)):
            edges = [match.start() for match in RULER.finditer(text)]
            if len(edges) < 3 or not FIELD.search(text):
                return []
            edges = [0, *edges[1:], len(text)] if text[: edges[0]].strip() else [*edges, len(text)]
        else:
            edges = [0, *(match.start() for match in begins[1:]), len(text)]
    spans = (Span(start, end) for start, end in pairwise(edges) if start < end)
    return [span for span in spans if text[span.start : span.end].strip(" \t\r\n_\ufeff\x0c")]


def read_export(text: str) -> tuple[Metadata, tuple[Removal, ...]]:
    """What the lines around one article say, and these lines as removals."""
    body = BODY.search(text)
    head = body.end() if body else head_end(text)
    tail = tail_start(text)
    marks = [END, BEGIN, RULER, COPYRIGHT, FIELD]
    spans = {
        Span(*match.span())
        for mark in marks
        for match in mark.finditer(text)
        # "Subject: …" between two paragraphs is the article's own.
        if match.end() <= head or match.start() >= tail
    }
    entries: dict[str, str] = {}
    for match in FIELD.finditer(text):
        if key := KEYS.get(match["key"].lower()):
            entries.setdefault(key, " ".join(match["value"].split()))
    lines = list(head_facts(text, head, entries))
    if body and body.end() > 0:
        spans = {span for span in spans if span.start >= head} | {Span(0, head)}
    else:
        spans |= set(lines)
    removals = tuple(Removal(span, RULE, "", REASON) for span in sorted(spans))
    return facts_of(entries), removals


def head_end(text: str) -> int:
    """Where the head ends that has no line to say so: before the first long line."""
    for match in LINE.finditer(text):
        if len(match.group()) > 200:
            return match.start()
    return 0


def tail_start(text: str) -> int:
    """Where the last paragraph ends."""
    end = 0
    for match in LINE.finditer(text):
        if len(match.group()) > 80 and not FIELD.match(match.group()):
            end = match.end()
    return end


def head_facts(text: str, head: int, entries: dict[str, str]) -> Iterator[Span]:
    """Puts title, outlet and date of the first lines into `entries`; yields the last two."""
    lines = [
        match
        for match in LINE.finditer(text, 0, head)
        if match.group().strip(" \t\ufeff\x0c") and not BEGIN.match(match.group().strip())
    ][:HEAD_LINES]
    for index, match in enumerate(lines):
        words = " ".join(match.group().strip("\ufeff\x0c").split())
        value = parse_date(WEEKDAY.sub("", words))
        if isinstance(value, DateProblem) or index == 0:
            continue
        entries.setdefault("published", value)
        yield Span(*match.span())
        if index >= 2:
            outlet = lines[index - 1]
            entries.setdefault("outlet", " ".join(outlet.group().split()))
            yield Span(*outlet.span())
        entries.setdefault("title", " ".join(lines[0].group().strip("\ufeff\x0c").split()))
        return


def facts_of(entries: dict[str, str]) -> Metadata:
    facts: dict[str, Fact] = {}
    for field, value in entries.items():
        if field == "published":
            parsed = parse_date(WEEKDAY.sub("", value))
            value = "" if isinstance(parsed, DateProblem) else parsed
        if field == "author":
            value = re.sub(r"(?i)^by\s+", "", value)
            value = value.title() if value.isupper() else value
        if value:
            facts[field] = Fact(value, ORIGIN)
    return metadata_of_facts(facts)
