"""Clusters: all names of one entity in one document, each with the rule that put it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.nlp.entities.lexicon import titles
from pipeline.nlp.entities.names import Name, person_words
from pipeline.nlp.entities.normal import ARTICLE, entity_id, normal_name
from pipeline.records import Entity

#: Rules of links that do not use the name.
REFERRING = frozenset({"pronoun", "role", "head_word", "capital_government"})
#: Rules of links to a place by what its people are called.
OF_PEOPLE = frozenset({"nationality", "region", "shared_name"})
#: One of several readings is the usual one if it has this many times the mentions of the next.
DOMINANT = 2
#: Links that are looked back on: keeps the cost of a long text in bounds.
MEMORY = 200


@dataclass(slots=True)
class Link:
    """A name in a cluster: the rule that put it there, and its confidence."""

    name: Name
    rule: str = "name"
    confidence: float = 1.0


@dataclass(slots=True)
class Cluster:
    """All names of one entity; `key` is the canonical key that its id is made of.

    Attributes:
        words: of a person's fullest name, for comparison.
        others: words of the person's other names, as the text states them.
        gender: "m", "f" or "" if unknown.
        fixed: name set from outside (country, watch list), else chosen among the links.
        code: ISO 3166 code or watch-list id; it takes the place of the key.
        country: ISO 3166-1 alpha-2 where unambiguous, or "".
    """

    kind: str
    key: str
    links: list[Link] = field(default_factory=list)
    words: tuple[str, ...] = ()
    others: list[tuple[str, ...]] = field(default_factory=list)
    gender: str = ""
    fixed: str = ""
    code: str = ""
    country: str = ""

    @property
    def start(self) -> int:
        return self.links[0].name.start

    @property
    def name(self) -> str:
        """The canonical name: the fullest form, without article."""
        if self.fixed:
            return self.fixed
        links = [link for link in self.links if link.rule not in REFERRING]
        links = [link for link in links if link.rule not in OF_PEOPLE] or links
        texts = [ARTICLE.sub("", link.name.text) for link in links]
        texts = [text for text in texts if is_latin(text)] or texts
        shown = [text for text in texts if not text.isupper()] or texts
        if self.kind == "PERSON" and len(forms := dict.fromkeys(shown)) > 1:
            shown = [max(forms, key=fullness)]
        name = max(shown, key=len)
        if self.kind in ("PERSON", "GPE", "LOC") and name.isupper() and len(name) > 3:
            return name.title()  # "HOUSTON" in a dateline
        return name

    def entity(self) -> Entity:
        """The record of this cluster."""
        key = self.code or self.key or normal_name(self.name)
        return Entity(entity_id(self.kind, key), self.name, self.kind, self.code, self.country)


def fullness(text: str) -> tuple[int, bool, int]:
    """The rank of one of a person's names: most words, then no title ("Jerome"), then longest."""
    first = text.split()[0].casefold().rstrip(".")
    return len(person_words(text)), first not in titles().honorifics, len(text)


def is_latin(text: str) -> bool:
    """Whether a name is in Latin letters: a reader of English can say it."""
    return text.isascii() or any("a" <= char <= "z" for char in text.casefold())


def absorb(into: Cluster, other: Cluster, rule: str, confidence: float) -> None:
    """All links of a cluster move to another one, under the rule that joined them."""
    for link in other.links:
        into.links.append(Link(link.name, rule, min(confidence, link.confidence)))
    into.links.sort(key=lambda link: link.name.start)
    into.fixed = into.fixed or other.fixed
    if other.words:
        into.others += [other.words, *other.others]


def dominant(clusters: Sequence[Cluster], start: int) -> Cluster | None:
    """The only cluster named before a place, or the one spoken of most by far; None if neither."""
    counts = [
        sum(link.name.start < start for link in cluster.links[-MEMORY:]) for cluster in clusters
    ]
    ranked = sorted(range(len(clusters)), key=lambda i: -counts[i])
    second = counts[ranked[1]] if len(ranked) > 1 else 0
    first = counts[ranked[0]]
    return clusters[ranked[0]] if first and first >= DOMINANT * second else None


def outstanding(clusters: Sequence[Cluster], start: int) -> Cluster | None:
    """The cluster that is clearly meant at a place, if there is one.

    The only one named so far, the one spoken of most by far, or the only one that has acted.
    """
    usual = dominant(clusters, start)
    if usual is not None:
        return usual
    acting = [
        cluster
        for cluster in clusters
        if any(link.name.subject and link.name.start < start for link in cluster.links[-MEMORY:])
    ]
    return acting[0] if len(acting) == 1 else None


def likeliest(clusters: Sequence[Cluster], start: int) -> Cluster:
    """Of several clusters that a short form may mean, the one meant at a place.

    The one that the text speaks of most by far; else the only one that has been the subject of
    a clause; else the one mentioned last before the place; else the first after it.
    """
    usual = outstanding(clusters, start)
    if usual is not None:
        return usual
    links = [cluster.links[-MEMORY:] for cluster in clusters]
    counts = [sum(link.name.start < start for link in some) for some in links]
    before = [
        (max(link.name.start for link in some if link.name.start < start), i)
        for i, some in enumerate(links)
        if counts[i]
    ]
    if before:
        return clusters[max(before)[1]]
    return min(clusters, key=lambda cluster: cluster.start)
