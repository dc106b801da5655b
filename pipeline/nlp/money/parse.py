"""One sum of money: a number with the currency that stands before or after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.nlp.lexicons import remembered
from pipeline.nlp.money.evidence import Evidence, Reading
from pipeline.nlp.money.lexicon import Noun, lexicon, read_data
from pipeline.nlp.money.numbers import MONEY_LETTERS, SP, Number, shift

_WINDOW = 18  # the longest sign before a number, "U.S. dollars " and a space
_WORD = r"[^\W\d_](?:[^\W\d_]|[.’'](?=[^\W\d_])|-(?=mark))*\.?"
_AFTER = re.compile(rf"(?:-|{SP}){{0,2}}((?:{_WORD})(?:(?:-|{SP})(?:{_WORD})){{0,3}})")
_PIECE = re.compile(_WORD)
_TAIL_CODE = re.compile(rf"(?:{SP}(US|U\.S\.)(?![\w$])|{SP}?([A-Z]{{3}})(?![\w$]))")
_NOTED = re.compile(rf"{SP}?\(((?:US|AU|C|A|NZ|HK|S)\$?|[A-Z]{{3}})\)")
_WEIGHT = re.compile(
    rf"{SP}(?:of|in{SP}weight|heavier|lighter|overweight)\b|{SP}?\((?:about{SP})?[\d.,]+{SP}?k"
)
_RATE = re.compile(r"\.\d{3,}\Z")  # exchange rates: "1.8350 marks"
_YEAR = re.compile(r"\A(?:19|20)\d\d\Z")
#: "Was minus $5m", not "revenue minus $5m of costs", which subtracts.
_SAID_MINUS = re.compile(
    rf"(?:^|[,;:(]{SP}|\b(?:is|was|are|were|be|been|at|of|to|from|by|made|a|and){SP})minus{SP}\Z",
    re.I,
)
_A_UNIT = re.compile(rf"{SP}(?:an?|per){SP}(?:share|litre|mile|minute|unit|hour|pint|kilo)\b")
_CLOSE_MINUS = re.compile(r"(?:^|[\s(])[-−]\Z")


@dataclass(frozen=True, slots=True)
class Sum:
    """A number and its currency.

    Attributes:
        start, end: from the first sign to the last word of the currency.
        value: in major units.
        currency: ISO 4217, None if the words leave it open.
        number: the number read.
        sign: "before" or "after" the number.
        bare: the currency is written without naming its country ("$", "dollars", "cents").
        part: 1, or the part of the major unit ("cents": 0.01), always a power of ten.
        negative: a minus sign touches it.
        flags: doubts.
    """

    start: int
    end: int
    value: Decimal
    currency: str | None
    number: Number
    sign: str
    bare: bool = False
    part: Decimal = Decimal(1)
    negative: bool = False
    flags: tuple[str, ...] = ()


@remembered
def before_pattern() -> re.Pattern[str]:
    """A currency that ends where a number begins."""
    words = lexicon()
    letters = "|".join(sorted(map(re.escape, words.dollars), key=len, reverse=True))
    # "A $5 million deal" begins with an article: only some letters stand apart from their sign.
    apart = "|".join(
        re.escape(word) for word in sorted(words.dollars, key=len, reverse=True)
        if len(word) > 1 or word in "Cc"
    )  # fmt: skip
    ordered = sorted([*words.signs, *words.shared], key=len, reverse=True)
    signs = "|".join(re.escape(sign) for sign in ordered if not sign[0].isalpha())
    names = "|".join(re.escape(sign) for sign in ordered if sign[0].isalpha())
    behind = "US|AU|AUS|A|CAN|CDN|CA|C|NZ|HK|S"
    return re.compile(
        rf"(?:(?<![\w.$])(?:(?P<letters>{letters})|(?P<apart>{apart}){SP}))?(?:\$|＄)(?P<behind>{behind})?"
        rf"{SP}{{0,2}}[-−]?\Z"
        rf"|(?:(?P<gb>(?<!\w)GB{SP}?)?(?P<hash>\#)|(?P<sign>{signs})){SP}{{0,2}}[-−]?\Z"
        # "$-5" is a sum, "FIM-92" a name.
        rf"|(?<![\w.])(?:(?P<ps>PS)|(?P<name>{names})){SP}?\Z"
        rf"|(?<![^\W_])(?P<code>[A-Z]{{3}})(?P<dollar>\$?){SP}?\Z"
        rf"|(?<![^\W_])(?P<noun>{'|'.join(words.leading)}){SP}\Z"
    )


@remembered
def _lower_signs() -> frozenset[str]:
    """Signs in small letters that may stand before a number."""
    words = lexicon()
    return frozenset([*words.signs, *words.shared, *words.dollars, *words.leading])


def read_sum(text: str, number: Number, evidence: Evidence) -> Sum | None:
    """The sum that a number is part of; None if no currency stands beside it."""
    found = _read_before(text, number, evidence)
    if found is not None:
        return found
    if number.start and text[number.start - 1].isalpha() and not number.spelled:
        return None  # "F16 dollars": the digits are part of a name
    return read_after(text, number, evidence)


def _read_before(text: str, number: Number, evidence: Evidence) -> Sum | None:
    if number.spelled and text[number.start].islower() and number.power < 6:
        return None
    window = text[max(0, number.start - _WINDOW) : number.start]
    last = window.rstrip(" \u00a0-−")[-1:]
    if not last or last.isdigit() or last in ",;:)\n":
        return None
    word = window.split()[-1] if window.strip() else ""  # a tab alone may stand there
    if word.islower() and word.isalpha() and word not in _lower_signs():
        return None  # "about 5": most numbers end here
    match = before_pattern().search(window)
    if match is None:
        return None
    currency, bare, flags = _meaning(match, number, evidence)
    if currency == "":
        return None
    start = number.start - len(window) + match.start()
    text_before = text[max(0, start - 2) : start]
    negative = match[0].endswith(("-", "−"))
    if _CLOSE_MINUS.search(text_before):
        negative, start = True, start - 1
    negative = negative or _is_said_minus(text, start)
    end, value = number.end, number.value
    if number.letters.startswith((" ", "\u00a0")) and number.letters.strip().lower() == "t":
        return None
    tail = _TAIL_CODE.match(text, end)
    if tail is not None and bare:
        named = "USD" if tail[1] else tail[2] if tail[2] in lexicon().codes else None
        if named and _dollar_like(named, currency):
            currency, bare, end, flags = named, False, tail.end(), ()
    noted = _NOTED.match(text, end) if bare else None
    if noted is not None:
        named = lexicon().dollars.get(noted[1].rstrip("$"), noted[1])
        if named in lexicon().codes:
            currency, bare, flags = named, False, ()
    if number.doubtful and currency in lexicon().dotted:
        flags = (*flags, "ambiguous_separator")
    return Sum(start, end, value, currency, number, "before", bare, Decimal(1), negative, flags)


def _dollar_like(code: str, currency: str | None) -> bool:
    return currency == "USD" and code in lexicon().nouns["dollars"].codes


def _meaning(match: re.Match[str], number: Number, evidence: Evidence) -> Reading:
    """(currency, is it bare, flags) of the sign before a number; "" if it is no money."""
    words = lexicon()
    big = number.power >= 3 or number.grouped
    sign = match["sign"] or match["name"]
    if sign:
        if sign in words.signs:
            return words.signs[sign], False, ()
        return _shared(sign, evidence)
    if match["code"]:
        code = match["code"]
        if match["dollar"]:
            return words.dollars.get(code, ""), False, ()
        known = code in words.codes and (big or code not in words.weak_codes)
        return (code if known else ""), False, ()
    if match["noun"]:
        noun = match["noun"]
        # "paid in dollars 5 times" is no sum.
        return evidence.choose(words.nouns[noun].codes) if big else ("", False, ())
    if match["ps"]:
        # Some agencies write the pound sign so; a PS5 is a console.
        return ("GBP" if number.letters else ""), False, ("currency_assumed",)
    if match["hash"]:
        # Others write it as #; "#2" is a rank.
        money = big or number.value != number.value.to_integral_value() or match["gb"]
        return ("GBP" if money else ""), False, () if match["gb"] else ("currency_assumed",)
    letters = match["letters"] or match["apart"] or match["behind"]
    if letters:
        return words.dollars[letters if letters in words.dollars else letters.upper()], False, ()
    return "USD", True, ()


def _shared(sign: str, evidence: Evidence) -> Reading:
    candidates = lexicon().shared[sign]
    currency, bare, flags = evidence.choose(candidates)
    if currency is None and candidates[0] == "":
        if sign in lexicon().always_money:
            return None, False, ("currency_unknown",)
        return "", False, ()  # the letters may mean anything
    return currency, bare, flags


def read_after(text: str, number: Number, evidence: Evidence) -> Sum | None:
    """The sum whose currency stands after its number."""
    end = number.end
    sign = _sign_after(text, end, evidence, number)
    if sign is not None:
        return sign
    return read_named(text, number, evidence)


@remembered
def after_pattern() -> re.Pattern[str]:
    """A sign or code after a number."""
    words = lexicon()
    signs = "|".join(
        re.escape(sign) + ("" if not sign[-1].isalpha() else r"(?!\w)")
        for sign in sorted([*words.signs, *words.shared], key=len, reverse=True)
    )
    letters = "US|A|AU|C|CA|CAN|NZ|HK|S"
    return re.compile(
        rf"{SP}?(?:(?P<dollar>(?P<letters>{letters})?\$(?!\d))|(?P<sign>{signs})"
        rf"|(?P<mega>M)(?P<megacode>USD|EUR|GBP|CHF|SEK|NOK|DKK|AUD|CAD|JPY)(?!\w)"
        rf"|(?P<code>[A-Z]{{3}})(?![\w$])(?:{SP}(?P<scale>million|billion|trillion|mn|bn|m)\b)?"
        rf"|(?P<cents>¢|c(?!\w))|(?P<pence>p(?!\w)))"
    )


def _sign_after(text: str, end: int, evidence: Evidence, number: Number) -> Sum | None:
    words = lexicon()
    match = after_pattern().match(text, end)
    if match is None:
        return None
    touching = match.start(match.lastgroup or 0) == end
    big = number.power >= 3 or number.grouped
    value, part, bare = number.value, Decimal(1), False
    flags: tuple[str, ...] = ()
    currency: str | None
    if match["dollar"]:
        # "10 $ 20" belongs to the next number, unless it touches this one.
        if re.match(rf"{SP}\d", text[match.end() : match.end() + 2]) and not touching:
            return None
        if not touching and _YEAR.search(text[number.start : number.end]):
            return None  # "the 2024 US$ notes"
        currency, bare = words.dollars.get(match["letters"] or "", "USD"), not match["letters"]
    elif match["sign"]:
        if match["sign"] in words.signs:
            currency = words.signs[match["sign"]]
        else:
            currency, bare, flags = _shared(match["sign"], evidence)
        after = text[match.end() : match.end() + 1]
        if after.isdigit() and not touching:
            return None
    elif match["mega"]:
        currency, value = match["megacode"], shift(value, 6)
    elif match["code"]:
        currency = match["code"]
        if currency not in words.codes or (currency in words.weak_codes and not big):
            return None
        if match["scale"]:
            power = {"m": 6, "b": 9, "t": 12}[match["scale"][0]]
            value = shift(value, power)
    elif match["cents"]:
        if match["cents"] == "c" and (not touching or not evidence.has("$")):
            return None
        currency, bare, part = "USD", True, Decimal("0.01")
    else:
        rated = _A_UNIT.match(text, match.end()) is not None  # "52.95p a litre"
        if not touching or not (rated or evidence.any("GBP")) or number.value > 9999:
            return None
        currency, part = "GBP", Decimal("0.01")
    if currency == "":
        return None
    start, negative = _minus(text, number)
    return Sum(
        start, match.end(), shift(value, part.adjusted()), currency, number,
        "after", bare, part, negative, flags,
    )  # fmt: skip


def _minus(text: str, number: Number) -> tuple[int, bool]:
    """Where the sum begins, and whether a minus sign touches the number."""
    if _CLOSE_MINUS.search(text[max(0, number.start - 2) : number.start]):
        return number.start - 1, True
    return number.start, _is_said_minus(text, number.start)


def _is_said_minus(text: str, start: int) -> bool:
    """Whether the word "minus" before `start` makes the sum negative."""
    window = text[max(0, start - 18) : start]
    return "inus" in window and _SAID_MINUS.search(window) is not None


def read_named(text: str, number: Number, evidence: Evidence) -> Sum | None:
    """The sum with a currency written as a name: "20 million euro", "18 Canadian cents"."""
    match = _AFTER.match(text, number.end)
    if match is None:
        return None
    words = lexicon()
    pieces = list(_PIECE.finditer(match[1]))
    base = match.start(1)
    for last in reversed(range(min(4, len(pieces)))):
        for first in range(last + 1):
            noun = " ".join(piece[0] for piece in pieces[first : last + 1]).lower().rstrip(".")
            entry = words.nouns.get(noun)
            if entry is None:
                continue
            if entry.value != 1 and pieces[first][0][0].isupper():
                continue  # "50 Cent" sings
            adjective = " ".join(piece[0] for piece in pieces[:first]).lower()
            found = _resolve(text, adjective, noun, number, evidence, base + pieces[last].end())
            if found is None:
                continue
            currency, bare, flags = found
            start, negative = _minus(text, number)
            end = base + pieces[last].end()
            if text[end - 1] == ".":
                end -= 1
            value = shift(number.value, entry.value.adjusted())
            return Sum(
                start, end, value, currency, number, "after", bare, entry.value, negative, flags
            )
    return None


def _resolve(
    text: str, adjective: str, noun: str, number: Number, evidence: Evidence, end: int
) -> Reading | None:
    """The currency of an adjective and a noun that ends at `end`; None if they are no money."""
    words = lexicon()
    entry = words.nouns[noun]
    if adjective:
        countries = words.adjectives.get(adjective) or words.adjectives.get(adjective + ".")
        for code in entry.codes:
            if code and countries and code in countries:
                return code, False, ()
        full = words.names.get(f"{adjective} {noun}")
        return (full, False, ()) if full else None
    if number.letters.startswith(" ") and number.letters.strip().lower() in MONEY_LETTERS:
        return None
    if noun in ("pound", "pounds"):
        if not _is_sterling(text, number, evidence, end):
            return None
    elif entry.weak and not _is_sure(text, entry, number, evidence):
        return None
    if len([code for code in entry.codes if code]) == 1:
        return entry.codes[-1], False, ()
    if entry.value != 1 or noun in ("dollar", "dollars"):
        return entry.codes[0] or None, True, ()
    return evidence.choose(entry.codes)


@remembered
def _paying() -> re.Pattern[str]:
    """A word of paying, in the clause before a sum."""
    words = "|".join(read_data("units.toml")["count"]["paying"])
    return re.compile(rf"\b(?:{words})\b[^.;:\n]*\Z")


def _is_sterling(text: str, number: Number, evidence: Evidence, end: int) -> bool:
    """Pounds of money, not of weight."""
    if _WEIGHT.match(text, end) or "weigh" in text[max(0, number.start - 24) : number.start]:
        return False
    if number.power >= 6 or any(map(evidence.has, ("£", "sterling", "pence"))):
        return True
    if _paying().search(text[max(0, number.start - 60) : number.start]):
        return True
    codes = lexicon().nouns["pounds"].codes
    return (number.grouped or number.power >= 3) and evidence.any(*codes)


def _is_sure(text: str, entry: Noun, number: Number, evidence: Evidence) -> bool:
    """A noun that is also an everyday word means money here."""
    shown = evidence.any(*entry.codes)
    if entry.weak == "country":
        return shown
    rate = _RATE.search(text[number.start : number.end]) is not None
    return shown or rate or number.grouped or number.power >= 3
