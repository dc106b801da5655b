"""What a page says about itself: JSON-LD, OpenGraph, meta elements, its title."""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.ingest.metadata.dates import DateProblem, parse_date
from pipeline.ingest.metadata.facts import FIELDS, metadata_of_facts
from pipeline.records import Fact, Metadata

log = logging.getLogger(__name__)

ORIGIN = "page"
FIRST = "1990"  # 0001-01-01 and 1970-01-01 stand for a date that nobody set
URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=/|\D)")
MAX_NODES = 20_000  # objects of one page's JSON-LD
LONGEST = 2000  # characters of a value
ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report|Posting|Review|WebPage)\Z")
PAGE_TYPE = "WebPage"  # its name and date are the page's, surer sources come first
#: Meta properties and names, surer first: OpenGraph, parse.ly, Sailthru, Dublin Core, citation.
KEYS = {
    "title": ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title",
              "dcterms.title", "citation_title", "headline"),
    "outlet": ("og:site_name", "application-name", "citation_journal_title", "dc.publisher",
               "publisher"),
    "author": ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator",
               "dcterms.creator", "citation_author", "byl", "article:author_name"),
    "published": ("article:published_time", "og:article:published_time", "article:published",
                  "parsely-pub-date", "sailthru.date", "datepublished", "date_published",
                  "publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
                  "dc.date", "citation_publication_date", "pubdate", "publish-date",
                  "publish_date", "publishdate", "pdate", "date"),
    "url": ("og:url", "twitter:url"),
}  # fmt: skip
TITLES = (*KEYS["title"], "title")
SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / ")
NO_AUTHOR = re.compile(
    r"(?i)https?:|www\.|@|\.com\b|^\W*$|\d{3}|\b(?:admin|administrator|editor|editors|email|e-mail"
    r"|staff|author|webmaster|null|undefined|none|unknown|anonymous|guest|user|team|newsroom|coordinator|marketing|department)\b"
)
BY = re.compile(r"(?i)^(?:written\s+)?by:?\s+")


def read_page(root: etree._Element) -> Metadata:
    """The page's facts about the article, each with the origin "page"."""
    data = dict(json_ld_facts(root))
    named = list(metas(root))
    facts: dict[str, str] = {}
    for field in FIELDS:
        values = [data.get(field, "")]
        values += [value for key in KEYS[field] for name, value in named if name == key]
        for value in values:
            if checked := check(field, value):
                facts[field] = checked
                break
    if canonical := canonical_of(root):
        facts.setdefault("url", canonical)
    if "published" not in facts and (found := date_of(root, facts.get("url", ""))):
        facts["published"] = found
    if "title" not in facts and (title := title_of(root)):
        facts["title"] = title
    if facts.get("author") == facts.get("outlet"):
        facts.pop("author", None)
    return metadata_of_facts({field: Fact(value, ORIGIN) for field, value in facts.items()})


def check(field: str, value: str) -> str:
    """The value in the form that the field needs; "" if it is none that can be trusted."""
    value = " ".join(html.unescape(value[:LONGEST]).split())
    if field == "published":
        parsed = parse_date(value)
        if isinstance(parsed, DateProblem) or len(parsed) < 7 or parsed < FIRST:
            return ""
        return parsed
    if field == "url":
        return value if value.startswith(("http://", "https://")) else ""
    if field == "author":
        names = [BY.sub("", name).strip() for name in value.split("; ")]
        good = [name for name in names if is_name(name)]
        return "; ".join(dict.fromkeys(good))
    return value


def is_name(words: str) -> bool:
    """Could this be an author, and not an address, a role, or the name of an account?"""
    cased = words.lower() != words or words.upper() == words  # scripts without capitals have none
    return cased and len(words) < 100 and not NO_AUTHOR.search(words)


def json_ld_facts(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Fields of the first node of JSON-LD that is an article; else of the first web page."""
    nodes = [node for node in json_ld(root) if ARTICLE_TYPE.search(type_of(node))]
    if not nodes:
        return
    node = min(nodes, key=lambda node: type_of(node).endswith(PAGE_TYPE))
    yield "title", words_of(node.get("headline") or node.get("name"))
    yield "published", words_of(node.get("datePublished"))
    yield "author", words_of(node.get("author"))
    yield "outlet", words_of(node.get("publisher"))
    url = node.get("url") or node.get("mainEntityOfPage")
    yield "url", url if isinstance(url, str) else words_of(url, key="@id")


def type_of(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    return str(kind[0] if isinstance(kind, list) and kind else kind)


def words_of(value: object, key: str = "name") -> str:
    """A value that may be a text, an object with a name, or a list of these; joined by "; "."""
    values = value if isinstance(value, list) else [value]
    words = [item.get(key) if isinstance(item, dict) else item for item in values[:20]]
    return "; ".join(" ".join(word.split()) for word in words if isinstance(word, str))


def json_ld(root: etree._Element) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, outer before inner, at most MAX_NODES."""
    queue: list[object] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                queue.append(json.loads(script.text or "null", strict=False))
            except (ValueError, RecursionError) as error:
                log.debug("JSON-LD that cannot be read: %s", error)
    for count, node in enumerate(queue):
        if count > MAX_NODES:
            return
        if isinstance(node, dict):
            yield node
            queue.extend(node.values())
        elif isinstance(node, list):
            queue.extend(node)


def canonical_of(root: etree._Element) -> str:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower():
            return check("url", link.get("href") or "")
    return ""


def date_of(root: etree._Element, url: str) -> str:
    """The date in elements that are made for it, or in the page's address; "" if there is none.

    Guesses from other text are not made: one page in ten got a date of something else.
    """
    marked: dict[str, None] = {}
    times: dict[str, None] = {}
    for element in root.iter():
        words = element.get("datetime") or element.get("content") or ""
        if "datePublished" in (element.get("itemprop") or ""):
            marked.setdefault(check("published", words or "".join(element.itertext())[:LONGEST]))
        elif element.tag == "time":
            own = "published" in (element.get("class") or "").split() or "pubdate" in element.attrib
            (marked if own else times).setdefault(check("published", words))
    for found in (marked, times):
        found.pop("", None)
    if marked:
        return next(iter(marked))
    if len(times) == 1:  # several may be those of other articles or of comments
        return next(iter(times))
    match = URL_DATE.search(url)
    return check("published", "-".join(match.groups())) if match else ""


def title_of(root: etree._Element) -> str:
    """The only headline of the page, else its title without the outlet."""
    headlines = [" ".join("".join(head.itertext()).split()) for head in root.iter("h1")]
    if len(headlines) == 1 and headlines[0]:
        return headlines[0][:LONGEST]
    titles = titles_of(root)
    return min(titles, key=len)[:LONGEST] if titles else ""


def titles_of(root: etree._Element) -> list[str]:
    """Each form of the headline that the page's head gives, with and without the outlet."""
    whole = [content for key, content in metas(root) if key in TITLES]
    whole.extend("".join(title.itertext()) for title in root.iterfind(".//head/title"))
    found: dict[str, None] = {}
    for title in whole:
        title = " ".join(title.split())
        found.setdefault(title)
        for separator in SEPARATORS:
            head, mark, tail = title.rpartition(separator)
            if mark and len(head.split()) > max(2, len(tail.split())):
                found.setdefault(head)
    return [title for title in found if title]


def metas(root: etree._Element) -> Iterator[tuple[str, str]]:
    """(property or name in lower case, content) of the page's meta elements."""
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content") or ""
        if key and content.strip():
            yield key.strip().lower(), content.strip()[:LONGEST]
