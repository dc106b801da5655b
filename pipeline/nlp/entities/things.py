"""Organisations, places and other things of one document: same names, acronyms, short forms."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc

from pipeline.nlp.entities.acronyms import (
    bracketed,
    merge_acronyms,
    spelled_out,
)
from pipeline.nlp.entities.clusters import Cluster, Link, absorb, likeliest
from pipeline.nlp.entities.countries import (
    Country,
    atlas,
    cities,
    country_named,
    country_of_demonym,
    region_meant,
    states,
)
from pipeline.nlp.entities.lexicon import organisations, read_table
from pipeline.nlp.entities.names import ACRONYM, PLACES, SMALL_WORDS, Name
from pipeline.nlp.entities.normal import ARTICLE, normal_name, without_suffix
from pipeline.nlp.entities.tokens import line_breaks

#: Words that a place's short form leaves out: "Shetland" is the "Shetland Islands".
PLACE_TAILS = frozenset({"island", "islands", "peninsula", "province", "kingdom", "prefecture"})
#: "<body> of X" that may be called X alone.
NAMED_AFTER = frozenset({"university", "church", "college", "bank"})
#: Words that a company's name gains or loses without becoming another company.
GENERAL = frozenset({"group", "holding", "holdings", "international", "industries", "company"})
OFFICIAL = re.compile(
    r"^(?:[\w ]*\b)?(?:kingdom|republic|state|commonwealth|city|town|principality) of (.+)$"
    r"|^(.+?)(?: city| dc)$"
)
YEAR = re.compile(r"^(?:1[89]|20)\d\d$")
Clusters = dict[str, Cluster]


def link_things(doc: Doc, names: list[Name]) -> list[Cluster]:
    """One cluster for each thing that is no person and no country."""
    clusters: Clusters = {}
    for name in names:
        bare = ARTICLE.sub("", name.text)
        if name.label == "ORG":
            bare = without_suffix(bare)
        plain = normal_name(bare) or name.text
        key = spelled_out(plain)
        link = Link(name) if plain == name.key else Link(name, "company_suffix", 0.95)
        clusters.setdefault(key, Cluster(name.label, key)).links.append(link)
    merge_acronyms(clusters, bracketed(doc, names))
    merge_short_forms(clusters, heading_end(doc))
    found: Clusters = {}
    for cluster in clusters.values():
        long = organisations().abbreviations.get(cluster.name)
        if long:
            cluster.fixed = long
        cluster.key = normal_name(without_suffix(cluster.name))
        if cluster.kind == "GPE":
            cluster.country = cities().get(cluster.key, "")
        if cluster.key in found:
            absorb(found[cluster.key], cluster, "abbreviation", 0.9)
        else:
            found[cluster.key] = cluster
    return list(found.values())


# ---------------------------------------------------------------- short forms


def merge_short_forms(clusters: Clusters, heading: int) -> None:
    """A short form goes to the one longer name that begins or ends with it.

    "The Institute" alone may have been said of several institutes: it goes to the one just named.

    Args:
        heading: token where the first line ends; headings use the short form first.
    """
    merge_official_names(clusters)
    merge_national_names(clusters)
    by_edge: dict[str, list[str]] = {}
    for key in clusters:
        words = key.split()
        if len(words) > 1:
            for word in {words[0], words[-1], head_of(words)}:
                by_edge.setdefault(word, []).append(key)
    for key in sorted(clusters, key=lambda key: (len(key.split()), key)):
        words, short = key.split(), clusters[key]
        candidates = {*by_edge.get(words[0], ()), *by_edge.get(words[-1], ())} - {key}
        longer = [
            clusters[other]
            for other in sorted(candidates)
            if other in clusters
            and is_short_form(words, short, other.split(), clusters[other], heading)
        ]
        if len(longer) > 1 and len(words) > 1:  # the one that leaves out a single word
            longer = [c for c in longer if len(c.key.split()) == len(words) + 1] or longer
        if len(longer) == 1:
            absorb(longer[0], clusters.pop(key), "short_name", 0.8)
        elif longer and words[-1] in organisations().heads:
            for link in clusters.pop(key).links:
                likeliest(longer, link.name.start).links.append(Link(link.name, "head_word", 0.7))


def head_of(words: list[str]) -> str:
    """The head noun of a name's words: what stands before "of", "for", "on"; else the last word."""
    for i, word in enumerate(words):
        if i and word in ("of", "for", "on", "in", "against"):
            return words[i - 1]
    return words[-1]


def merge_official_names(clusters: Clusters) -> None:
    """The short name of a place goes to "City of Springfield", "Kingdom of Prussia"."""
    for key in list(clusters):
        match = OFFICIAL.match(key)
        short = match[1] or match[2] if match else ""
        if not short or clusters[key].kind not in PLACES or short not in clusters:
            continue
        if clusters[short].kind in PLACES:
            if key.startswith(("city of ", "town of ")):  # elsewhere it has the short name only
                clusters[key].fixed = clusters[short].name
            absorb(clusters[key], clusters.pop(short), "official_name", 0.85)


def merge_national_names(clusters: Clusters) -> None:
    """Names that differ only in how they speak of the country that they are of.

    "U.S. Congress" and "United States Congress"; "National Theatre of Belmora" and "Belmoran
    National Theatre", if more than a common noun is left: "Bank of Belmora" is not any bank.
    """
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for key, cluster in clusters.items():
        national = national_parts(key) if cluster.kind not in PLACES else None
        if national is not None:
            code, rest, way = national
            found.setdefault((code, rest), []).append((key, way))
    for (_, rest), same in found.items():
        key, way = same[0]
        for other, its_way in same[1:]:
            if way == its_way or " " in rest:
                absorb(clusters[key], clusters.pop(other), "national_name", 0.85)


def national_parts(key: str) -> tuple[str, str, str] | None:
    """Country code, rest of a name, and how it names the country: in front, behind, as a people."""
    words, lists = key.split(), atlas()
    front, _, behind = key.rpartition(" of ")
    if front and (country := lists.names.get(behind.removeprefix("the "))):
        return country.code, front, "behind"
    for size in (3, 2, 1):
        first, rest = " ".join(words[:size]), " ".join(words[size:])
        if rest and first not in states() and (country := lists.names.get(first)):
            return country.code, rest, "in front"
    people = lists.demonyms.get(words[0]) if len(words) > 1 else None
    return (people.code, " ".join(words[1:]), "people") if people else None


def heading_end(doc: Doc) -> int:
    """The token behind the first line of the text."""
    return next(iter(line_breaks(doc)), 0)


@lru_cache(maxsize=1)
def chambers() -> frozenset[str]:
    return frozenset(read_table("organisations.toml")["chambers"]["words"])


def is_short_form(
    words: list[str], short: Cluster, more: list[str], long: Cluster, heading: int
) -> bool:
    """Whether one name can be a short form of another.

    A short form follows the full one, but for headings. A name that comes first and grows later
    ("Zorblatt", then "Zorblatt Records") is another thing, unless only a general word is added.
    """
    if len(more) <= len(words):
        return False
    if more[: len(words)] == words:
        rest = more[len(words) :]
        if len(rest) == 1 and YEAR.match(rest[0]):
            return short.kind not in PLACES  # "Harvest Fair 2016"
        if (short.kind in PLACES) != (long.kind in PLACES):
            return False  # "Belmora", "Belmora Post"; "Acme", "Acme Street"
        if long.kind in PLACES:
            return is_short_place(short, rest, long)
        if len(words) == 1 and words[0] in organisations().heads:
            return long.start < short.start  # "the Committee" on something
        if len(words) > 1 and rest[0] == "of" and is_place_name(" ".join(rest[1:])):
            return True  # "Legislative Council", "Legislative Council of Ceylon"
        behind = [link for link in short.links if link.name.start >= heading]
        grows = behind and behind[0].name.start < long.start and not set(rest) <= GENERAL
        return not grows and is_short_body(words, short, rest, long)
    if words[-1] in chambers() and more[-1:] == words and not is_place_name(more[0]):
        return False  # "House", "White House"
    if len(words) == 1 and words[0] == head_of(more) and words[0] in organisations().heads:
        return long.start < short.start  # "the Institute" for something
    if more[-len(words) :] != words:
        return False
    front = " ".join(more[: -len(words)])
    if len(words) == 1 and words[0] in organisations().heads | organisations().facilities:
        return long.start < short.start  # "the Palace"
    if long.kind in PLACES:
        built = organisations().facilities
        same = short.kind in PLACES and len(words) > 1 and words[-1] in built
        return same and is_place_name(front)
    if short.kind in PLACES:
        return False  # "Belmora", "Bank of Belmora"
    if is_place_name(front):
        return True
    if more[-len(words) - 1] == "of" and len(more) == 3 and more[0] in NAMED_AFTER:
        return short.kind == "ORG" and long.start < short.start  # "Oxford" typed as a body
    return more[-len(words) - 1] not in SMALL_WORDS and long.start < short.start


def is_short_body(words: list[str], short: Cluster, rest: list[str], long: Cluster) -> bool:
    """Whether a body's name is complete without its last words: "Quillon", "Quillon University".

    What is a name by itself ("BBC", "Acme Bank") stays one beside the parts and products that are
    named after it ("BBC Television", "Acme Bank Arena").
    """
    if short.kind != long.kind:
        return False
    if short.kind != "ORG":
        return True
    lists = organisations()
    if words[-1] in SMALL_WORDS or words[-1] in lists.heads or words[-1] in lists.endings:
        return set(rest) <= GENERAL
    first = short.links[0].name.text
    if ACRONYM.match(first) or first in lists.known:
        return False
    if set(rest[:-1]) & (lists.facilities | lists.place_endings | lists.regions):
        return False  # "Tarn" of "Tarn Port Holdings" is rather the port
    return rest[-1] in lists.heads | lists.endings | lists.descriptors or rest[-1] in GENERAL


def is_short_place(short: Cluster, rest: list[str], long: Cluster) -> bool:
    """Whether a place's name is complete without its last words: "Tullow", "Tullow Palace".

    A county, river or airport is another thing than the town that it is named after.
    """
    if rest == ["city"]:
        return True
    if rest[0] == "and":
        return False
    known = short.key in states() or short.key in cities()
    if short.kind == long.kind == "FAC":
        return not known and rest[-1] in organisations().facilities
    if set(rest) <= PLACE_TAILS:
        return not (rest == ["province"] and short.key in cities())
    lists = organisations()
    other = lists.place_endings | lists.facilities | lists.regions | lists.heads
    return not known and not other & set(rest) and long.start < short.start


def is_place_name(front: str) -> bool:
    """Whether words in front of a name only say where it is: "Italian", "Chicago"."""
    return bool(
        country_named(front) or country_of_demonym(front) or front in cities() or front in states()
    )


# ---------------------------------------------------------------- countries and peoples


def country_meant(name: Name) -> tuple[Country, str] | None:
    """The country that a name or nationality speaks of, and the rule."""
    if name.label in ("GPE", "LOC", "NORP"):
        found = country_named(name.text)
        if found is not None:
            return found, "name" if normal_name(found.name) == name.key else "country_name"
        found = country_of_demonym(name.text, compound=name.label == "NORP")
        if found is not None:
            return found, "nationality"
    return None


def speaks_of(country: Country, keys: set[str]) -> bool:
    """Whether a text also names a country's people or capital."""
    lists = atlas()
    return any(
        table.get(key) == country for key in keys for table in (lists.demonyms, lists.capitals)
    )


@lru_cache(maxsize=1)
def peoples() -> dict[str, str]:
    """Other words for a people, faith or camp -> the one that all are gathered under."""
    return dict(read_table("reference.toml")["peoples"])


def link_countries(names: list[Name]) -> tuple[list[Cluster], list[Name]]:
    """Countries by their ISO code, peoples and regions; and the names that are none of these."""
    found: Clusters = {}
    rest: list[Name] = []
    keys = {name.key for name in names}
    for name in names:
        meant = country_meant(name)
        if meant is not None and name.key in states() and not speaks_of(meant[0], keys):
            meant = None  # Georgia: which one?
        region = region_meant(name.text) if name.label in ("GPE", "LOC", "NORP") else ""
        if meant is not None:
            country, rule = meant
            if country.code not in found:
                found[country.code] = Cluster("GPE", country.code, fixed=country.name)
                found[country.code].code = country.code
                found[country.code].country = country.country
            link = Link(name, rule, 0.95 if rule == "nationality" else 1.0)
            found[country.code].links.append(link)
        elif region:
            key = normal_name(region)
            kind = organisations().known.get(region, "GPE")
            cluster = found.setdefault(key, Cluster(kind, key, fixed=region))
            cluster.country = "US" if key in states() else cities().get(key, "")
            same = name.key == key
            cluster.links.append(Link(name, "name" if same else "region", 1.0 if same else 0.9))
        elif name.label == "NORP":
            key = name.key or name.text
            key = key[:-1] if key.endswith("s") and len(key) > 3 else key
            key = peoples().get(key, key)
            found.setdefault(key, Cluster("NORP", key)).links.append(Link(name))
        else:
            rest.append(name)
    link_shared_names(found, rest)
    return list(found.values()), rest


def link_shared_names(found: Clusters, rest: list[Name]) -> None:
    """Moves "Korean" and "the Islamic Republic" to the one country named that may be meant.

    Args:
        found: clusters by ISO code or key; a people among them has its key.
        rest: names that are no country's; those moved go out of it.
    """
    shared = atlas().shared
    for key, countries in shared.items():
        named = [found[country.code] for country in countries if country.code in found]
        if len(named) != 1:
            continue
        people = found.pop(key, None) or found.pop(f"{key}s", None)
        moved = [name for name in rest if name.key == key and name.label in ("GPE", "LOC")]
        moved += [link.name for link in people.links] if people else []
        named[0].links += [Link(name, "shared_name", 0.75) for name in moved]
        gone = {name.start for name in moved}
        rest[:] = [name for name in rest if name.start not in gone]
