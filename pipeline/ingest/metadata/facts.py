"""Facts put together into Metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.records import Fact, Metadata

FIELDS = ("title", "outlet", "author", "published", "url")


def metadata_of_facts(
    facts: Mapping[str, Fact], extra: tuple[tuple[str, str], ...] = ()
) -> Metadata:
    """The facts by their field's name."""
    title, outlet, author, published, url = (facts.get(field) for field in FIELDS)
    return Metadata(title, outlet, author, published, url, extra)


def merge(*ranked: Metadata) -> Metadata:
    """Each fact, and the further columns, from the first that has them."""
    return Metadata(
        title=first(known.title for known in ranked),
        outlet=first(known.outlet for known in ranked),
        author=first(known.author for known in ranked),
        published=first(known.published for known in ranked),
        url=first(known.url for known in ranked),
        extra=next((known.extra for known in ranked if known.extra), ()),
    )


def first(facts: Iterable[Fact | None]) -> Fact | None:
    return next((fact for fact in facts if fact is not None), None)
