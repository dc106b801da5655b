"""Organisations, places and other things of one document: same names, acronyms, short forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc

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
from pipeline.nlp.entities.names import ACRONYM, PLACES, Name
from pipeline.nlp.entities.normal import ARTICLE, normal_name, without_suffix

SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "&", "de", "la", "des", "du", "to"})
#: Words that a place's short form leaves out: "Heathrow" is "Heathrow Airport".
PLACE_TAILS = frozenset(
    {"island", "islands", "city", "airport", "international", "palace", "castle", "district"}
    | {"metropolitan", "area", "peninsula", "province", "stadium", "prison", "dam", "valley"}
    | {"mountain", "mountains", "kingdom", "township"}
)
#: Words that a company's name gains or loses without becoming another company.
GENERAL = frozenset({"group", "holding", "holdings", "international", "industries", "company"})
OFFICIAL = re.compile(
    r"^(?:[\w ]*\b)?(?:kingdom|republic|state|commonwealth|city|town|principality) of (.+)$"
    r"|^(.+?)(?: city| d c)$"
)
Clusters = dict[str, Cluster]


def link_things(doc: Doc, names: list[Name]) -> list[Cluster]:
    """One cluster for each thing that is no person and no country."""
    clusters: Clusters = {}
    for name in names:
        bare = ARTICLE.sub("", name.text)
        if name.label == "ORG":
            bare = without_suffix(bare)
        key = normal_name(bare) or name.text
        link = Link(name) if key == name.key else Link(name, "company_suffix", 0.95)
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


# ---------------------------------------------------------------- acronyms


def initials(name: str) -> set[str]:
    """The acronyms that a long form may have: with and without its small words."""
    words = [word for word in re.split(r"[\s\-/]+", name) if word]
    if len(words) > 2 and (country_named(words[0]) or country_of_demonym(words[0])):
        return initials(name.split(None, 1)[1]) | initials_of(words)
    return initials_of(words)


def initials_of(words: list[str]) -> set[str]:
    """The first letters of words: of all, of the large ones, of those with a capital."""
    capital = "".join(word[0] for word in words if word[0].isupper())
    large = "".join(word[0] for word in words if word.lower() not in SMALL_WORDS)
    every = "".join(word[0] for word in words)
    return {form.upper() for form in (capital, large, every) if len(form) > 1}


def bracketed(doc: Doc, names: list[Name]) -> dict[str, str]:
    """Acronym key -> key of the long form that it stands behind in brackets."""
    found = {}
    for one, two in pairwise(names):
        noun = two.start == one.end + 2 and doc[one.end].lower_ in organisations().heads
        if (two.start == one.end + 1 or noun) and doc[two.start - 1].text in "([":
            long, short = (one, two) if len(one.text) > len(two.text) else (two, one)
            initial = normal_name(long.text)[:1]
            if ACRONYM.match(short.text) and (
                short.text[:1].lower() == initial or is_shuffled(short.text, long.text)
            ):
                found[normal_name(short.text)] = normal_name(without_suffix(long.text))
    return found


def is_shuffled(short: str, long: str) -> bool:
    """Whether an acronym has the initials in another order: of another language, most often.

    "PSD" is "Social Democratic Party"; digits may stand for words ("M5S").
    """
    letters = Counter(char for char in short.upper() if char.isalpha())
    wanted = Counter(word[0].upper() for word in re.split(r"[\s\-/]+", long) if word)
    return letters.total() > 1 and not letters - wanted


def merge_acronyms(clusters: Clusters, defined: Mapping[str, str]) -> None:
    """Acronyms go to the long form: the one defined in brackets, else the one with its initials."""
    letters_of = {
        key: initials(ARTICLE.sub("", cluster.links[0].name.text))
        for key, cluster in clusters.items()
        if " " in key
    }
    for key in list(clusters):
        short = clusters[key]
        if not ACRONYM.match(short.links[0].name.text):
            continue
        long_key, rule, confidence = defined.get(key, ""), "acronym_defined", 0.98
        if long_key == key or long_key not in clusters:
            letters = key.replace(" ", "").upper()
            fits = [k for k, forms in letters_of.items() if letters in forms and k in clusters]
            long_key, rule, confidence = fits[0] if fits else "", "acronym", 0.9
        if long_key and long_key != key:
            absorb(clusters[long_key], short, rule, confidence)
            del clusters[key]


# ---------------------------------------------------------------- short forms


def merge_short_forms(clusters: Clusters, heading: int) -> None:
    """A short form goes to the one longer name that begins or ends with it.

    "The Institute" alone may have been said of several institutes: it goes to the one just named.

    Args:
        heading: token where the first line ends; headings use the short form first.
    """
    merge_official_names(clusters)
    by_edge: dict[str, list[str]] = {}
    for key in clusters:
        words = key.split()
        if len(words) > 1:
            for word in {words[0], words[-1]}:
                by_edge.setdefault(word, []).append(key)
    for key in [key for key in clusters if f"{key}s" in clusters]:
        if len(key) > 3:
            absorb(clusters[key], clusters.pop(f"{key}s"), "plural", 0.85)
    for key in sorted(clusters, key=lambda key: (len(key.split()), key)):
        words, short = key.split(), clusters[key]
        candidates = {*by_edge.get(words[0], ()), *by_edge.get(words[-1], ())} - {key}
        longer = [
            clusters[other]
            for other in sorted(candidates)
            if other in clusters
            and is_short_form(words, short, other.split(), clusters[other], heading)
        ]
        if len(longer) == 1:
            absorb(longer[0], clusters.pop(key), "short_name", 0.8)
        elif longer and words[-1] in organisations().heads:
            for link in clusters.pop(key).links:
                likeliest(longer, link.name.start).links.append(Link(link.name, "head_word", 0.7))


def merge_official_names(clusters: Clusters) -> None:
    """The short name of a place goes to "City of Springfield", "Kingdom of Prussia"."""
    for key in list(clusters):
        match = OFFICIAL.match(key)
        short = match[1] or match[2] if match else ""
        if not short or clusters[key].kind not in PLACES or short not in clusters:
            continue
        if clusters[short].kind in PLACES:
            absorb(clusters[key], clusters.pop(short), "official_name", 0.85)


def heading_end(doc: Doc) -> int:
    """The token behind the first line of the text."""
    return next((token.i for token in doc if token.is_space and "\n" in token.text), 0)


def is_short_form(
    words: list[str], short: Cluster, more: list[str], long: Cluster, heading: int
) -> bool:
    """Whether one name can be a short form of another.

    A short form follows the full one, but for headings. A name that comes first and grows later
    ("Zorblatt", then "Zorblatt Records") is another thing, unless only a general word is added.
    """
    if len(more) <= len(words) or not fitting_kinds(short, long):
        return False
    heads = organisations().heads
    if more[: len(words)] == words:
        rest = more[len(words) :]
        if len(words) > 1 and rest[0] == "of" and is_place_name(" ".join(rest[1:])):
            return True  # "Legislative Council", "Legislative Council of Ceylon"
        if long.kind in PLACES:
            if rest == ["city"]:
                return True
            if short.key in states() or short.key in cities() or rest[0] == "and":
                return False
            return set(rest) <= PLACE_TAILS or long.start < short.start
        if rest[0] in SMALL_WORDS and rest[0] not in ("and", "&") and words[-1] not in heads:
            return False
        behind = [link for link in short.links if link.name.start >= heading]
        if behind and behind[0].name.start < long.start and not set(rest) <= GENERAL:
            return False
        return words[-1] not in SMALL_WORDS
    if more[-len(words) :] != words:
        return False
    front = " ".join(more[: -len(words)])
    if long.kind in PLACES:
        built = organisations().facilities
        return len(words) > 1 and words[-1] in built and is_place_name(front)
    if is_place_name(front):
        return True
    return more[-len(words) - 1] not in SMALL_WORDS and long.start < short.start


def is_place_name(front: str) -> bool:
    """Whether words in front of a name only say where it is: "Italian", "Chicago"."""
    return bool(
        country_named(front) or country_of_demonym(front) or front in cities() or front in states()
    )


def fitting_kinds(short: Cluster, long: Cluster) -> bool:
    """Whether things of these types can be one.

    Known places stay apart from the bodies named after them; an unknown one may be the short form
    of a body named before, whatever the model took it for.
    """
    if short.kind in PLACES and long.kind not in PLACES:
        known = short.key in cities() or short.key in states()
        return not known and long.start < short.start
    if long.kind in PLACES:
        return short.kind in PLACES
    return True


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
    return list(found.values()), rest
