"""The block of keys and values at the head of a text file, between two lines of dashes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.ingest.metadata.dates import DateProblem, parse_date
from pipeline.ingest.metadata.facts import metadata_of_facts
from pipeline.records import Fact, Metadata, Span

ORIGIN = "front matter"
FENCES = {"---": ("---", "..."), "+++": ("+++",)}
LONGEST = 20_000  # characters
ENTRY = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*[:=]\s*(.*)\Z")
ITEM = re.compile(r"\s*-\s+(.*)\Z")
URL = re.compile(r"https?://\S{4,2000}\Z")
#: Keys of static site generators and of press archives, by what they tell.
KEYS = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline", "creator"),
    "published": (
        "published", "date", "publish_date", "published_date", "date_published", "pubdate",
        "publication_date", "publishdate", "datepublished", "published_at", "published_on",
        "publication date", "date published", "publish date",
    ),
    "outlet": ("outlet", "publication", "publisher", "site", "site_name", "sitename", "source",
               "newspaper", "journal"),
    "url": ("url", "link", "canonical_url", "canonical", "source_url", "permalink", "source"),
}  # fmt: skip


def find_front_matter(text: str) -> Span | None:
    """The block with both its fences and the line end behind; None if the text has none."""
    start = 1 if text.startswith("\ufeff") else 0
    fence = text[start : start + 3]
    if fence not in FENCES:
        return None
    lines = text[start : start + LONGEST].splitlines(keepends=True)
    if lines[0].strip() != fence:
        return None
    at = start + len(lines[0])
    entries = 0
    for line in lines[1:]:
        at += len(line)
        if line.strip() in FENCES[fence]:
            return Span(start, at) if entries else None
        if ENTRY.match(line.rstrip()):
            entries += 1
        elif line.strip() and not line.startswith((" ", "\t", "-", "#")):
            return None  # prose between two rules is no front matter
    return None


def parse_front_matter(block: str) -> Metadata:
    """What the block says; keys in any case, values plain, quoted, or lists.

    A date that is ambiguous or none is left out: an honest unknown.
    """
    return metadata_of_entries(entries_of(block), ORIGIN)


def entries_of(block: str) -> dict[str, str]:
    """Key in lower case to value; the items of a list are joined by "; "."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in block.splitlines():
        if line.strip() in ("---", "...", "+++") or line.lstrip().startswith("#"):
            continue
        if key and (item := ITEM.match(line)):
            found[key].extend(values_of(nested(item.group(1))))
        elif entry := ENTRY.match(line):
            key = entry.group(1).strip().lower()
            found.setdefault(key, []).extend(values_of(entry.group(2)))
        elif key and (entry := ENTRY.match(line.strip())) and entry.group(1).lower() == "name":
            found[key].extend(values_of(entry.group(2)))
    return {name: "; ".join(values) for name, values in found.items() if values}


def nested(item: str) -> str:
    """ "name: Jane Doe" in a list of authors is "Jane Doe"."""
    entry = ENTRY.match(item)
    return entry.group(2) if entry and entry.group(1).lower() == "name" else item


def values_of(words: str) -> list[str]:
    """The values of one place: a plain one, a quoted one, or [several, in brackets]."""
    words = words.strip()
    if words in ("", "|", ">", "null", "~"):
        return []
    if words.startswith("[") and words.endswith("]"):
        return [value for part in words[1:-1].split(",") for value in values_of(part)]
    if len(words) > 1 and words[0] in "\"'" and words[-1] == words[0]:
        words = words[1:-1]
    return [" ".join(words.split())]


def metadata_of_entries(entries: dict[str, str], origin: str) -> Metadata:
    """The facts among keys and values, by the names that such keys usually have."""
    facts: dict[str, Fact] = {}
    for field, keys in KEYS.items():
        for value in present(entries, keys):
            if (field == "url") != bool(URL.match(value)):
                continue  # `source` holds a name or an address
            if field == "published":
                parsed = parse_date(value)
                if isinstance(parsed, DateProblem):
                    continue
                value = parsed
            facts.setdefault(field, Fact(value, origin))
    return metadata_of_facts(facts)


def present(entries: dict[str, str], keys: Iterable[str]) -> list[str]:
    return [entries[key] for key in keys if entries.get(key)]
