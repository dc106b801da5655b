"""Tokens of a text with one class character each, so that the grammar is a regex over classes.

Most words are class "_". Numbers keep their notation in one token ("12-13", "2021-11-05",
"9:30am"), and a number that is part of a name, price or id ("F16", "$1979") is class "_".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pipeline.nlp.dates import holidays
from pipeline.nlp.dates.notations import classify_number, fiscal_years
from pipeline.nlp.lexicons import tables

TOKEN = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?(?!\w)"  # ISO 8601
    r"|\d{1,4}[-/][A-Za-z]{3,9}[-/]\d{1,4}(?!\w)"  # 3-Aug-2019
    r"|[A-Za-z]{3,9}-\d{1,4}-\d{1,4}(?!\w)|\d{1,4}[-/]\d{1,4}[-/][A-Za-z]{3,9}(?!\w)"
    r"|\d{1,2}(?:(?:[:.]\d\d)?\s?[ap]\.|\.[ap])m\b\.?"  # 8p.m., 9.am
    r"|\d+(?:[-–/.:,~]\d+)*[^\W\d_]*"  # numbers with their inner signs and suffix
    r"|[AaPp]\.\s?[Mm]\b\.?|B\.C\.(?:E\.)?|A\.D\.?"
    r"|['’][sS]\b|[Oo]['’][Cc]lock\b|[QHq][1-4](?!\w)"
    r"|FY\s?['’]?(?:\d{4}|\d\d)(?:[-–/]\d\d)?(?!\w)"  # FY2021, FY 20/21
    r"|[^\W\d_]+"
    r"|--+|[.…]{2,}"
    r"|\n\s*"
    r"|[^\w\s]|_+"
)
PUNCTUATION = {
    ",": ",",
    ".": ".",
    "'": '"',
    "’": '"',
    "‘": '"',
    "`": '"',
    "'s": "'",
    "’s": "'",
    "–": "=",
    "—": "=",
    "~": "=",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
}
#: Short forms of the end of a period, and its unit.
ENDS = {"EOY": "Y", "EOQ": "Q", "EOM": "M"}
VULGAR = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4)}
#: A number behind one of these is a price, an id, a fraction of something else.
GLUED_BEFORE = frozenset("$£€¥₹₽₩₪#@_/\\&=+*^|%~<")
GLUED_AFTER = frozenset("%°$£€¥_@#\\^*=+")
#: Deleting from a list takes time in its length: a text with more spelled ordinals is no article.
MERGED_ORDINALS = 1000
#: Months in one text up to which dateparser is asked too: it takes a millisecond a date.
CROWDED = 500
#: The class of a line break inside a sentence, on its way out.
WRAP = " "
#: A hard-wrapped line is at least this long; shorter ones are headings, list items, datelines.
WRAPPED_LINE = 50


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text: words, class characters, values and places, side by side."""

    text: str
    words: Sequence[str]
    classes: str
    values: Sequence[Any]
    starts: Sequence[int]
    crowded: bool = False  # more months than an article has: no time for second opinions

    def end_of(self, index: int) -> int:
        """The offset behind a token."""
        return self.starts[index] + len(self.words[index])

    def lower(self, index: int) -> str:
        """The word of a token in lower case; "" outside the text."""
        return self.words[index].lower() if 0 <= index < len(self.words) else ""


@cache
def lexicon() -> dict[str, Any]:
    """The tables of lexicon.toml."""
    return tables("dates/lexicon")


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the plain word lists of lexicon.toml."""
    return frozenset(lexicon()["words"][name].split())


@cache
def word_classes() -> dict[str, tuple[str, Any]]:
    """Lower-case word -> (class, value)."""
    tables = lexicon()
    out: dict[str, tuple[str, Any]] = {}
    for letter, table in (
        ("A", "approximation"),
        ("X", "vague"),
        ("v", "class"),
        ("q", "quantity"),
        ("E", "modifier"),
        ("z", "zones"),
        ("N", "number"),
        ("Z", "season"),
        ("Y", "frequency"),
        ("D", "daypart"),
        ("k", "day_word"),
        ("e", "decade"),
        ("U", "unit"),
        ("W", "weekday"),
        ("M", "month"),
        ("O", "ordinal"),
    ):
        if table == "class":
            for single, words in reversed(tables["class"].items()):
                out.update({word: (single, word) for word in words})
        else:
            out.update({word: (letter, value) for word, value in tables[table].items()})
    units = tables["unit"]
    for word, value in units.items():
        if word != "second":
            out[word] = ("U", (value, False))
        out[word + "s"] = ("U", (value, True))
    for plural, word in tables["irregular_plurals"].items():
        out[plural] = ("U", (units[word], True))
    for day, number in tables["weekday"].items():
        if len(day) > 5:
            out[day + "s"] = ("W", (number, True))
        out[day] = ("W", (number, False))
    out["night"], out["nights"] = ("D", "TNI"), ("D", "TNI")
    out["tonight"] = ("K", "TNI")
    out["o'clock"] = out["o’clock"] = ("p", "")
    out["half"] = ("L", "half")
    for word in ("am", "pm"):
        out[word] = ("p", word[0])
    out["all"] = ("0", "all")
    for word, letter in (("ad", "A"), ("ce", "A")):
        out[word] = ("#", letter)
    return out


def classify_word(word: str) -> tuple[str, Any]:
    """The class and value of a word, by its spelling alone."""
    lower = word.lower()
    found = word_classes().get(lower)
    if found is None:
        if word[0] in "bB" and "." in word:
            return "#", "B"
        if (
            word[0] in "aApP"
            and "." in word
            and len(word) > 2
            and word[2:].strip(" \t")[:1] in "mM"
        ):
            return "p", lower[0]
        return "_", None
    weak = lower in word_list("weak_names") and word not in word_list("sure_abbreviations")
    if weak and found[0] in "MW":
        return found[0].lower(), found[1]
    return found


@lru_cache(maxsize=65536)
def classify(word: str) -> tuple[str, Any]:
    """The class character and value of a token."""
    first = word[0]
    if first == "F" and word.startswith("FY") and word[-1].isdecimal():
        return "T", fiscal_years(word)
    if first.isdecimal() or (len(word) > 8 and word[-1].isdecimal()):
        return classify_number(word)
    if first.isalpha():
        if word in ("BC", "BCE", "B.C.", "B.C.E."):
            return "#", "B"
        if word == "A.D.":
            return "#", "A"
        if word in ENDS:
            return "T", ENDS[word]
        if word[0] in "QHq" and word[1:].isdecimal():
            return "Q", (word[0].upper(), int(word[1:]))
        return classify_word(word)
    if first == "\n":
        return "\n", None
    if word in VULGAR:
        return "f", VULGAR[word]
    return PUNCTUATION.get(word, "-" if word in "-‐‑" else "_"), None


def tokenize(text: str) -> Tokens:
    """All tokens of the text, classed; the name of a named day is one token of class H."""
    found = list(TOKEN.finditer(text))
    words = [match.group() for match in found]
    starts = [match.start() for match in found]
    pairs = [classify(word) for word in words]
    _name_days(text, words, starts, pairs)
    classes = [pair[0] for pair in pairs]
    values = [pair[1] for pair in pairs]
    _guard(text, words, starts, classes)
    if WRAP in classes:
        kept = [index for index, letter in enumerate(classes) if letter != WRAP]
        words, starts = [words[i] for i in kept], [starts[i] for i in kept]
        classes, values = [classes[i] for i in kept], [values[i] for i in kept]
    _merge_ordinals(text, words, starts, classes, values)
    letters = "".join(classes)
    crowded = letters.count("M") + letters.count("m") > CROWDED
    return Tokens(text, words, letters, values, starts, crowded)


@cache
def name_openers() -> frozenset[str]:
    """The first token of each named day's name, in lower case."""
    firsts = (TOKEN.match(name) for name in holidays.names())
    return frozenset(first.group() for first in firsts if first)


def _head(word: str) -> str:
    """The token in lower case, up to a hyphen: "9/11-related" begins with a name."""
    return word.lower().partition("-")[0]


def _name_days(
    text: str, words: list[str], starts: list[int], pairs: list[tuple[str, Any]]
) -> None:
    """Make one token of class H of each named day."""
    opens, pattern = name_openers(), holidays.name_pattern()
    own = {word for word in set(words) if _head(word) in opens}
    names = {
        index: name
        for index, word in enumerate(words)
        if word in own and (name := pattern.match(text, starts[index]))
    }
    if not names:
        return
    kept = inside = 0  # tokens written back; the end of the named day that the walk is in
    for index, start in enumerate(starts):
        if start < inside:
            continue
        word, pair = words[index], pairs[index]
        if index in names:
            inside, word = names[index].end(), names[index].group()
            pair = ("H", holidays.canonical(word))
        words[kept], starts[kept], pairs[kept] = word, start, pair
        kept += 1
    del words[kept:], starts[kept:], pairs[kept:]


def _guard(text: str, words: list[str], starts: list[int], classes: list[str]) -> None:
    """Unclass numbers glued to signs and letters; widen dashes; soften wrapped lines."""
    last_break = 0
    size = len(text)
    for index, letter in enumerate(classes):
        if letter == "_" or letter in "WUMtFaP":
            continue
        start = starts[index]
        if letter == "-":
            end = start + 1
            if text[start - 1 : start].isspace() or text[end : end + 1].isspace():
                classes[index] = "="
        elif letter == "\n":
            line, last_break = start - last_break, start
            wrapped = line >= WRAPPED_LINE and words[index].count("\n") == 1
            if wrapped and index and text[start - 1] not in ".!?:;\"'”":
                classes[index] = WRAP
        elif words[index][0].isdecimal():
            end = start + len(words[index])
            before = text[start - 1] if start else " "
            after = text[end] if end < size else " "
            if (
                before in GLUED_BEFORE
                or after in GLUED_AFTER
                or (before.isalnum() and not (before.isalpha() and classes[index - 1] in "Mm"))
                or (before == "." and start > 1 and text[start - 2].isalnum())
                or (
                    before == "-"
                    and classes[index - 1] == "-"
                    and classes[index - 2] not in "MmEOAhULcQ"
                    and words[index - 2].lower() not in ("post", "pre")
                )
                or (after in "/.:" and end + 1 < size and text[end + 1].isalnum() and after != ".")
            ):
                classes[index] = "_"


def _merge_ordinals(
    text: str, words: list[str], starts: list[int], classes: list[str], values: list[Any]
) -> None:
    """Make one token of "twenty-first", lest "first" be read alone."""
    joined = "".join(classes)
    merged = [
        found.span()
        for found in re.finditer("N-?O", joined)
        if values[found.start()] in (20, 30)
        and words[found.end() - 1].isalpha()
        and values[found.end() - 1] < 10
    ]
    for first, end in reversed(merged[:MERGED_ORDINALS]):
        last = end - 1
        words[first] = text[starts[first] : starts[last] + len(words[last])]
        classes[first], values[first] = "O", values[first] + values[last]
        for column in (words, starts, classes, values):
            del column[first + 1 : end]
