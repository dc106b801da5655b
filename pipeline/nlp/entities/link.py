"""Puts the names of one document together: each cluster is one entity.

Every link carries the rule that made it and how sure it is. Names are compared in the order of
the text: a surname belongs to the person of that name last mentioned before it.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from pipeline.nlp.entities.countries import (
    Country,
    cities,
    country_named,
    country_of_demonym,
)
from pipeline.nlp.entities.lexicon import first_names, organisations
from pipeline.nlp.entities.names import ACRONYM, Name, person_words
from pipeline.nlp.entities.normal import ARTICLE, entity_id, normal_name, without_suffix
from pipeline.records import Entity

SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "&", "de", "la", "des", "du", "to"})
#: Rules of links that do not use the name.
REFERRING = frozenset({"pronoun", "role", "head_word"})


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
        gender: "m", "f" or "" if unknown.
        fixed: name set from outside (country, watch list), else chosen among the links.
    """

    kind: str
    key: str
    links: list[Link] = field(default_factory=list)
    words: tuple[str, ...] = ()
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
        texts = [ARTICLE.sub("", link.name.text) for link in links]
        shown = [text for text in texts if not text.isupper()] or texts
        if self.kind == "PERSON":
            return max(shown, key=lambda text: (len(person_words(text)), len(text)))
        return max(shown, key=len)

    def entity(self) -> Entity:
        key = self.code or self.key or normal_name(self.name)
        return Entity(entity_id(self.kind, key), self.name, self.kind, self.code, self.country)


def last_before(clusters: list[Cluster], start: int) -> Cluster:
    """Of several clusters the one mentioned last before a place, else the first after it."""
    before = [
        (max(link.name.start for link in cluster.links if link.name.start < start), i)
        for i, cluster in enumerate(clusters)
        if any(link.name.start < start for link in cluster.links)
    ]
    if before:
        return clusters[max(before)[1]]
    return min(clusters, key=lambda cluster: cluster.start)


def link_names(doc: Doc, names: list[Name]) -> list[Cluster]:
    """The clusters of a document's names, in the order of their first mention."""
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        groups[name.label].append(name)
    people = link_people(groups.pop("PERSON", []))
    organisations_ = link_organisations(doc, groups.pop("ORG", []))
    places = [name for label in ("GPE", "LOC", "NORP", "FAC") for name in groups.pop(label, [])]
    clusters = people + organisations_ + link_places(sorted(places, key=lambda n: n.start))
    for label in sorted(groups):
        clusters += link_same(groups[label], label)
    for cluster in clusters:
        cluster.links.sort(key=lambda link: link.name.start)
    return sorted(clusters, key=lambda cluster: cluster.start)


# ---------------------------------------------------------------- people


def same_person(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: same surname, first names that agree.

    An initial agrees with a name that begins so; a middle name may be missing.
    """
    if one[-1] != two[-1]:
        return False
    first, other = one[0], two[0]
    if first != other and not (
        (len(first) == 1 and other.startswith(first))
        or (len(other) == 1 and first.startswith(other))
    ):
        return one[:-1] == two[-1 - len(one[:-1]) : -1] or two[:-1] == one[-1 - len(two[:-1]) : -1]
    middle, inner = set(one[1:-1]), set(two[1:-1])
    return not (middle and inner) or bool({w[0] for w in middle} & {w[0] for w in inner})


def link_people(names: list[Name]) -> list[Cluster]:
    """Full names first, then surnames and first names to the full names."""
    parsed = [(name, person_words(name.text)) for name in names]
    clusters: list[Cluster] = []
    for name, words in parsed:
        if len(words) < 2:
            continue
        for cluster in clusters:
            if cluster.words == words or same_person(cluster.words, words):
                rule = "name" if cluster.words == words else "full_name"
                cluster.links.append(Link(name, rule, 1.0 if rule == "name" else 0.9))
                if len(words) > len(cluster.words):
                    cluster.words = words
                break
        else:
            clusters.append(Cluster("PERSON", "", [Link(name)], words))
        # Two people may share a name; nothing in the text tells them apart, so they are one.
    for cluster in clusters:
        cluster.gender = gender_of(cluster)
    singles: dict[str, Cluster] = {}
    full = list(clusters)
    for name, words in parsed:
        if len(words) > 1:
            continue
        key = words[0] if words else name.key
        found = find_person(name, key, full)
        if found is not None:
            cluster, rule, confidence = found
            cluster.links.append(Link(name, rule, confidence))
            continue
        if key not in singles:
            singles[key] = Cluster("PERSON", "", [], (key,))
            clusters.append(singles[key])
        singles[key].links.append(Link(name))
    for cluster in clusters:
        cluster.key = normal_name(" ".join(person_words(cluster.name)))
        cluster.gender = cluster.gender or gender_of(cluster)
    return clusters


def find_person(name: Name, key: str, full: list[Cluster]) -> tuple[Cluster, str, float] | None:
    """The full name that a surname or first name belongs to."""
    tests: tuple[tuple[str, Callable[[tuple[str, ...]], bool], float], ...] = (
        ("surname", lambda words: words[-1] == key, 0.95),
        ("first_name", lambda words: words[0] == key, 0.85),
        ("name_part", lambda words: key in words or key in words[-1].split("-"), 0.8),
    )
    for rule, fits, confidence in tests:
        found = [cluster for cluster in full if fits(cluster.words)]
        if name.gender:
            found = [c for c in found if c.gender in ("", name.gender)]
        if len(found) == 1:
            return found[0], rule, confidence
        if found:
            return last_before(found, name.start), f"{rule}_recent", 0.5
    return None


def gender_of(cluster: Cluster) -> str:
    """From titles and roles, else from the first name; "" if unknown."""
    for link in cluster.links:
        if link.name.gender:
            return link.name.gender
    for link in cluster.links:
        words = [w for w in link.name.text.split() if w.casefold().strip(".") in cluster.words]
        if len(words) > 1:
            found = first_names().get(words[0].strip("."), "")
            if found:
                return found
    return ""


# ---------------------------------------------------------------- organisations


def initials(name: str) -> set[str]:
    """The acronyms that a long form may have: with and without its small words."""
    words = [word for word in re.split(r"[\s\-/]+", name) if word]
    capital = "".join(word[0] for word in words if word[0].isupper())
    large = "".join(word[0] for word in words if word.lower() not in SMALL_WORDS)
    every = "".join(word[0] for word in words)
    return {form.upper() for form in (capital, large, every) if len(form) > 1}


def link_organisations(doc: Doc, names: list[Name]) -> list[Cluster]:
    """Same names, then acronyms, then short forms."""
    clusters: dict[str, Cluster] = {}
    for name in names:
        bare = without_suffix(ARTICLE.sub("", name.text))
        key = normal_name(bare) or name.text
        link = Link(name) if key == name.key else Link(name, "company_suffix", 0.95)
        clusters.setdefault(key, Cluster("ORG", key)).links.append(link)
    defined = bracketed(doc, names)
    merge_acronyms(clusters, defined)
    merge_short_forms(clusters)
    found = list(clusters.values())
    for cluster in found:
        long = organisations().abbreviations.get(cluster.name)
        if long:
            cluster.fixed = long
        cluster.key = normal_name(without_suffix(cluster.name))
    return merge_same_key(found)


def merge_same_key(clusters: list[Cluster]) -> list[Cluster]:
    """Clusters that came to have one key are one."""
    found: dict[str, Cluster] = {}
    for cluster in clusters:
        if cluster.key in found:
            absorb(found[cluster.key], cluster, "abbreviation", 0.9)
        else:
            found[cluster.key] = cluster
    return list(found.values())


def absorb(into: Cluster, other: Cluster, rule: str, confidence: float) -> None:
    """All links of a cluster move to another one, under the rule that joined them."""
    for link in other.links:
        into.links.append(Link(link.name, rule, min(confidence, link.confidence)))
    into.links.sort(key=lambda link: link.name.start)
    into.fixed = into.fixed or other.fixed


def bracketed(doc: Doc, names: list[Name]) -> dict[str, str]:
    """Acronym key -> key of the long form that it stands behind in brackets."""
    found = {}
    for one, two in itertools.pairwise(names):
        if two.start == one.end + 1 and doc[one.end].text in "([":
            long, short = (one, two) if len(one.text) > len(two.text) else (two, one)
            initial = normal_name(long.text)[:1]
            if ACRONYM.match(short.text) and short.text[:1].lower() == initial:
                found[normal_name(short.text)] = normal_name(without_suffix(long.text))
    return found


def merge_acronyms(clusters: dict[str, Cluster], defined: dict[str, str]) -> None:
    """Acronyms go to the long form: the one defined in brackets, else the one with its initials."""
    for key in list(clusters):
        short = clusters[key]
        if not ACRONYM.match(short.links[0].name.text):
            continue
        target, rule, confidence = clusters.get(defined.get(key, "")), "acronym_defined", 0.98
        if target is None or target is short:
            letters = key.replace(" ", "").upper()
            fits = [
                cluster
                for cluster in clusters.values()
                if cluster is not short
                and " " in cluster.links[0].name.text
                and letters in initials(ARTICLE.sub("", cluster.links[0].name.text))
            ]
            target, rule, confidence = (fits[0], "acronym", 0.9) if fits else (None, "", 0.0)
        if target is not None:
            absorb(target, short, rule, confidence)
            del clusters[key]


def merge_short_forms(clusters: dict[str, Cluster]) -> None:
    """A short form goes to the one longer name that begins with it, or that only adds a country."""
    heads = organisations().heads
    for key in sorted(clusters, key=len):
        words = key.split()
        longer = []
        for other, cluster in clusters.items():
            more = other.split()
            if len(more) <= len(words):
                continue
            rest = more[len(words) :]
            if more[: len(words)] == words and words[-1] not in SMALL_WORDS:
                if rest[0] in SMALL_WORDS and words[-1] not in heads:
                    continue
                longer.append(cluster)
            elif more[-len(words) :] == words and words[-1] in heads:
                front = " ".join(more[: -len(words)])
                if country_named(front) or country_of_demonym(front):
                    longer.append(cluster)
        if len(longer) == 1:
            absorb(longer[0], clusters.pop(key), "short_name", 0.8)


# ---------------------------------------------------------------- places and the rest


def country_meant(name: Name) -> tuple[Country, str] | None:
    """The country that a name or nationality speaks of, and the rule."""
    if name.label in ("GPE", "LOC", "NORP"):
        found = country_named(name.text)
        if found is not None:
            return found, "name" if normal_name(found.name) == name.key else "country_name"
        found = country_of_demonym(name.text)
        if found is not None:
            return found, "nationality"
    return None


def link_places(names: list[Name]) -> list[Cluster]:
    """Countries by their ISO code, nationalities to their country, other places by their name."""
    found: dict[str, Cluster] = {}
    for name in names:
        meant = country_meant(name)
        if meant is not None:
            country, rule = meant
            if country.code not in found:
                found[country.code] = Cluster(
                    "GPE",
                    country.code,
                    fixed=country.name,
                    code=country.code,
                    country=country.country,
                )
            confidence = 0.95 if rule == "nationality" else 1.0
            found[country.code].links.append(Link(name, rule, confidence))
            continue
        key = name.key or name.text
        if name.label == "NORP" and key.endswith("s") and key[:-1] in found:
            key = key[:-1]
        kind = name.label if name.label != "NORP" else "NORP"
        cluster = found.setdefault(key, Cluster(kind, key))
        cluster.links.append(Link(name))
        if kind == "GPE":
            cluster.country = cities().get(key, "")
    return list(found.values())


def link_same(names: list[Name], label: str) -> list[Cluster]:
    """Names of other types: one cluster for each key."""
    found: dict[str, Cluster] = {}
    for name in names:
        key = name.key or name.text
        found.setdefault(key, Cluster(label, key)).links.append(Link(name))
    return list(found.values())
