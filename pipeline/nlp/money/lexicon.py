"""The words of currencies: babel's names and codes, and what currencies.toml adds to them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

from pipeline.nlp.lexicons import remembered, tables

#: Currencies of bank accounts, metals and tests: not what a news text calls money.
_NO_MONEY = {"XAG", "XAU", "XPD", "XPT", "XTS", "XXX", "XUA", "XSU", "XRE", "UYW", "COU", "CLF"}
_YEARS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Noun:
    """A currency word.

    Attributes:
        codes: the currencies that it can mean, likeliest first; "" in front: none is likeliest.
        value: 1, or the part of the major unit that it is (a cent: 0.01).
        weak: "" or what makes money of an everyday word: a large number or a scale word ("size"),
            or only words of its country in the text ("country").
    """

    codes: tuple[str, ...]
    value: Decimal = Decimal(1)
    weak: Literal["", "size", "country"] = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All currency words.

    Attributes:
        codes: ISO 4217 codes in capitals; weak_codes: those that are words, too.
        dotted: codes of countries that write "1.500" for a thousand and a half.
        leading: nouns that may stand before their number.
        always_money: shared signs that are money also where the text shows no country.
        sure: codes that their noun or sign means without doubt if no other country is shown.
        signs: sign -> code. dollars: letters beside "$" -> code. shared: sign -> candidates.
        nouns: lower-case noun, singular or plural, of one or more words.
        names: "iranian rials" -> code, as CLDR has them.
        adjectives: lower-case adjective -> the codes of its country.
        evidence: code -> words that show that a text speaks of its country.
    """

    codes: frozenset[str]
    sure: frozenset[str]
    always_money: frozenset[str]
    dotted: frozenset[str]
    leading: tuple[str, ...]
    weak_codes: frozenset[str]
    signs: dict[str, str]
    dollars: dict[str, str]
    shared: dict[str, tuple[str, ...]]
    nouns: dict[str, Noun]
    names: dict[str, str]
    adjectives: dict[str, frozenset[str]]
    evidence: dict[str, tuple[str, ...]]


def read_data(name: str) -> dict[str, Any]:
    """A lexicon of this package, as it is in force."""
    return tables(f"money/{name.removesuffix('.toml')}")


@remembered
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = read_data("currencies.toml")
    english = Locale("en")
    codes = frozenset(english.currencies) - _NO_MONEY | {"BTC", "ETH"}
    named = _names_of_cldr(sorted(codes - {"BTC", "ETH"}))
    adjectives: dict[str, set[str]] = {}
    for adjective, _, code in named:
        if adjective:
            adjectives.setdefault(adjective, set()).add(code)
    for adjective, code in data["adjectives"].items():
        adjectives.setdefault(adjective, set()).add(code)
    return Lexicon(
        codes=codes,
        sure=frozenset(data["weak"]["sure"]),
        always_money=frozenset(data["weak"]["always_money"]),
        dotted=frozenset(data["weak"]["dotted"]),
        leading=tuple(sorted(data["weak"]["leading"], key=len, reverse=True)),
        weak_codes=frozenset(data["weak"]["codes"]),
        signs=data["signs"],
        dollars=data["dollars"],
        shared={sign: tuple(found) for sign, found in data["shared_signs"].items()},
        nouns=_nouns(data, named),
        names=_full_names(named),
        adjectives={word: frozenset(found) for word, found in adjectives.items()},
        evidence=_evidence(data, named, english.territories),
    )


def _names_of_cldr(codes: list[str]) -> list[tuple[str, str, str]]:
    """(adjective, noun, code) for each English name: ("iranian", "rials", "IRR")."""
    found = []
    for code in codes:
        for count in (1, 2):
            name = _YEARS.sub("", get_currency_name(code, count, "en")).lower()
            adjective, _, noun = name.rpartition(" ")
            found.append((adjective, noun, code))
            plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
            if plain != name:
                adjective, _, noun = plain.rpartition(" ")
                found.append((adjective, noun, code))
    return found


def _nouns(data: dict[str, Any], named: list[tuple[str, str, str]]) -> dict[str, Noun]:
    never = set(data["weak"]["never"])
    in_use = _currencies_in_use()
    meant: dict[str, list[str]] = {}
    for _, noun, code in named:
        if noun not in never:
            meant.setdefault(noun, []).append(code)
    nouns: dict[str, Noun] = {}
    for noun, codes in meant.items():
        # Today's currency where one is in use; among several, none is likeliest.
        now = sorted({code for code in codes if code in in_use})
        once = sorted(set(codes) - set(now))
        meanings = now if len(now) == 1 else now + once
        first = [] if len(meanings) == 1 else [""]
        nouns[noun] = Noun(tuple(first + meanings), weak=_weakness(data, noun))
    for noun, codes in data["nouns"].items():
        for form in (noun, noun + "s"):
            nouns[form] = Noun(tuple(codes), weak=_weakness(data, noun))
    for noun, minor in data["minor"].items():
        for form in (noun, noun + "s"):
            nouns[form] = Noun(tuple(minor["of"]), Decimal(minor["value"]))
    return nouns


def _full_names(named: list[tuple[str, str, str]]) -> dict[str, str]:
    """The full names; one that a former currency shares means today's."""
    in_use = _currencies_in_use()
    found: dict[str, str] = {}
    for adjective, noun, code in sorted(named, key=lambda name: name[2] in in_use):
        if adjective:
            found[f"{adjective} {noun}"] = code
    return found


def _weakness(data: dict[str, Any], noun: str) -> Literal["", "size", "country"]:
    singular = noun.removesuffix("s")
    if singular in data["weak"]["needs_country"]:
        return "country"
    return "size" if singular in data["weak"]["needs_size"] else ""


def _currencies_in_use() -> set[str]:
    return {
        code
        for tenders in get_global("territory_currencies").values()
        for code, _, until, tender in tenders
        if tender and until is None
    }


def _evidence(
    data: dict[str, Any], named: list[tuple[str, str, str]], territories: Any
) -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {code: list(more) for code, more in data["evidence"].items()}
    for adjective, _, code in named:
        if adjective and code != "USD":
            words.setdefault(code, []).append(adjective.title())
    in_use = _currencies_in_use()
    for territory, tenders in get_global("territory_currencies").items():
        name = territories.get(territory)
        # A country's several currencies of today are its own and a neighbour's: the first is meant.
        for code, _, until, *_ in tenders:
            given_up = until is not None and code in in_use  # Norway's Swedish kronor of 1873
            if name and not given_up and code not in ("USD", "EUR"):
                words.setdefault(code, []).append(str(name))
    return {code: tuple(dict.fromkeys(found)) for code, found in words.items()}
