"""What a page says about itself: JSON-LD, OpenGraph, meta elements, its title."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

TITLE_PROPERTIES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / ")


def titles_of(root: etree._Element) -> list[str]:
    """Each form of the headline that the page's head gives, with and without the outlet."""
    whole = [content for key, content in metas(root) if key in TITLE_PROPERTIES]
    whole.extend("".join(title.itertext()) for title in root.iterfind(".//head/title"))
    found: dict[str, None] = {}
    for title in whole:
        title = " ".join(title.split())
        found.setdefault(title)
        for separator in SEPARATORS:
            head, mark, tail = title.rpartition(separator)
            if mark and len(head.split()) > max(2, len(tail.split())):
                found.setdefault(head)
    return list(found)


def metas(root: etree._Element) -> Iterator[tuple[str, str]]:
    """(property or name in lower case, content) of the page's meta elements."""
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content") or ""
        if key and content.strip():
            yield key.strip().lower(), content.strip()[:5000]
