"""Numbers in digits and in words, as exact decimals. Nothing here knows of money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

#: Longer numbers are no figures but serial numbers, keys, attacks; these stay exact in plain
#: decimal arithmetic (28 digits), and with their scale in a Parquet decimal (38).
MAX_DIGITS = 22
MAX_POWER = 15

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
UNITS = {word: value for value, word in enumerate(_SMALL.split())}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
} | {"fourty": 40}
#: Powers of ten.
SCALES = {
    "hundred": 2,
    "thousand": 3,
    "lakh": 5,
    "lakhs": 5,
    "million": 6,
    "crore": 7,
    "crores": 7,
    "billion": 9,
    "trillion": 12,
    "quadrillion": 15,
}
PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}
#: Letters that scale digits: always, or only where money stands beside them.
SCALE_LETTERS = {
    "k": 3, "m": 6, "mn": 6, "mln": 6, "mio": 6, "mm": 6, "mil": 6, "b": 9, "bn": 9, "bln": 9,
    "t": 12, "tn": 12, "tr": 12, "trn": 12, "cr": 7,
}  # fmt: skip
MONEY_LETTERS = {"m", "mm", "mil", "b", "t", "tr", "cr"}
_GLYPHS = {
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "⅛": "0.125",
    "⅜": "0.375",
    "⅝": "0.625",
    "⅞": "0.875",
}

SP = r"[^\S\r\n]"  # a space that ends no line
RAISED = "⁰¹²³⁴-⁹"
#: The end of a word, also before the mark of a note: raised digits are letters to regexes.
_END = rf"(?:\b|(?=[{RAISED}]))"
_WORD = "|".join(sorted([*UNITS, *TENS, *SCALES, *PARTS], key=len, reverse=True))
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_LETTERS = "|".join(sorted(SCALE_LETTERS, key=len, reverse=True))
_GLYPH = "[" + "".join(_GLYPHS) + "]"
_WORDS = (
    rf"\b(?:(?:an?|one){SP}(?=(?:{_SCALE}|half|quarter){_END}))?\b(?:{_WORD}){_END}"
    rf"(?:(?:-{SP}?|{SP})(?:(?:and|a|of|of{SP}a|and{SP}an?)(?:-|{SP})|point{SP})?(?:{_WORD}){_END})*"
)
_DIGITS = (
    r"(?<!\d)(?:"
    rf"\d{{1,3}}(?:{SP}\d{{3}})+(?!\d)(?:[.,٫]\d+)?"
    r"|\d+(?:[.,'’٬٫]\d+)*|(?<![\w.])\.\d+"
    r")"
    rf"(?:{_GLYPH}|(?:-|{SP})(?:and{SP})?\d{{1,2}}/\d{{1,2}}(?![\d/])"
    rf"|(?:-|{SP})and(?:-|{SP})a(?:-|{SP})(?:half|quarter)\b)?"
)
_FIRST = "".join(sorted({word[0] for word in [*UNITS, *TENS, *SCALES, *PARTS, "a"]}))
#: Digits or words with their scale; letters such as "m" are kept apart for their reader.
#: The looks at the first character halve the time: they fail at once almost everywhere.
NUMBER = re.compile(
    rf"(?=[\d.{_GLYPH[1:-1]}])(?P<digits>(?:{_DIGITS})|{_GLYPH})"
    rf"(?:(?P<scale>(?:(?:-|{SP})?(?:{_SCALE}){_END}){{1,3}})(?P<half>{SP}and{SP}a{SP}half\b)?"
    rf"|(?P<letters>{SP}?(?:(?:{_LETTERS})(?![\w²³])|(?:bn|mn|tn)(?=[{RAISED}]))))?"
    rf"|\b(?=[{_FIRST}])(?P<words>{_WORDS})",
    re.IGNORECASE,
)
_NOT_DIGIT = re.compile(r"\D+")
_TOKEN = re.compile(r"[a-z]+")
_FILLERS = {"a", "an", "of", "and"}
_HALVES = (["half"], ["quarter"])  # "one half" is "a half"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        start, end: its place, the scale word or letters included.
        value: with its scale. base: without it.
        power: of ten, of the scale (0: none).
        letters: the scale letters with the space before them (" m"); "" if none.
        spelled: it is written in words. grouped: its thousands are set apart.
        doubtful: "1.500" can be read in two ways.
    """

    start: int
    end: int
    value: Decimal
    base: Decimal
    power: int
    letters: str = ""
    spelled: bool = False
    grouped: bool = False
    doubtful: bool = False

    @property
    def integer(self) -> bool:
        return self.value == self.value.to_integral_value()


def shift(value: Decimal, power: int) -> Decimal:
    """value times ten to the power, exact whatever the context's precision."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    return plain(Decimal((sign, digits, exponent + power)))


def plain(value: Decimal) -> Decimal:
    """The same number without exponent and without zeros at the end of its fraction."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    if exponent > 0:
        return Decimal((sign, digits + (0,) * exponent, 0))
    while exponent < 0 and digits and digits[-1] == 0:
        digits, exponent = digits[:-1], exponent + 1
    return Decimal((sign, digits or (0,), exponent))


def parse_digits(text: str) -> tuple[Decimal, bool, bool] | None:
    """(value, has thousands separators, can be read in two ways); None if this is no number.

    Both kinds of separators are read: 1,234.5 and 1.234,5, Indian 12,34,567, 1 234 and 1'234.
    "1.500" is read as one and a half, as English does, and marked as doubtful.
    """
    groups = _NOT_DIGIT.split(text)
    marks = _NOT_DIGIT.findall(text)
    if text[0] in ".,":
        groups, marks = ["0", *groups[1:]], marks
    if sum(map(len, groups)) > MAX_DIGITS or any(len(mark) > 1 for mark in marks):
        return None
    kinds = list(
        dict.fromkeys("." if mark in ".٫" else "," if mark in ",٬" else " " for mark in marks)
    )
    fraction, doubtful = "", False
    if len(kinds) == 2 and marks[-1] != marks[0] and marks.count(marks[-1]) == 1:
        fraction, groups = groups[-1], groups[:-1]
    elif len(kinds) == 1 and len(marks) == 1 and kinds[0] != " ":
        head, tail = groups
        thousands = len(tail) == 3 and len(head) <= 3 and not head.startswith("0")
        doubtful = thousands and kinds[0] == "."
        if kinds[0] == "." or (len(tail) <= 2 or head == "0"):
            fraction, groups = tail, [head]
        elif not thousands:
            return None
    elif len(kinds) > 1:
        return None
    if len(groups) > 1 and not _grouped(groups):
        return None
    whole = "".join(groups)
    return Decimal(f"{whole}.{fraction}" if fraction else whole), len(groups) > 1, doubtful


def _grouped(groups: list[str]) -> bool:
    """Groups of three, or of two and a last one of three as in India."""
    if not 1 <= len(groups[0]) <= 3 or len(groups[-1]) != 3 or groups[0].startswith("0"):
        return False
    inner = {len(group) for group in groups[1:-1]}
    return inner <= {3} or (inner == {2} and len(groups[0]) <= 2)


def parse_words(text: str) -> tuple[Decimal, int] | None:
    """(value, power of its last scale word); None if the words make no number.

    "two and a half million" is 2500000. "nineteen ninety" makes none: it is a year; nor does a
    bare "million": it may stand behind "several".
    """
    words = _TOKEN.findall(text.lower())
    spelled = _Spelled()
    if words[0] in SCALES:
        return None
    for index, word in enumerate(words):
        if word in _FILLERS or (word == "one" and words[index + 1 : index + 2] in _HALVES):
            continue
        if word == "point":
            fits = spelled.set_point()
        elif word in SCALES:
            fits = spelled.multiply(SCALES[word])
        elif word in PARTS:
            fits = spelled.add_part(word)
        else:
            fits = spelled.add(UNITS.get(word, TENS.get(word, 0)))
        if not fits:
            return None
    return plain(spelled.total + (spelled.current or 0)), spelled.power


class _Spelled:
    """A number that grows word by word; the methods return False where a word does not fit.

    Attributes:
        total: what a scale word closed. current: what follows it, None if nothing does.
        power: of the last scale word. places: decimal places to come next, 0 before "point".
    """

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.current: Decimal | None = None
        self.power = self.places = 0

    def add(self, value: int) -> bool:
        """A word below a hundred: "two" fits behind "twenty" or "hundred", not behind "three"."""
        if self.current is None:
            self.current = Decimal(value)
            return True
        if self.places:
            self.current += shift(Decimal(value), -self.places)
            self.places += 1
            return value < 10 and self.places < MAX_DIGITS
        room = 1
        if self.current and self.current % 100 == 0:
            room = 100
        elif self.current % 10 == 0 and self.current % 100 >= 20:
            room = 10
        self.current += value
        return 0 < value < room

    def set_point(self) -> bool:
        fits = self.current is not None and not self.places
        self.places = 1
        return fits

    def multiply(self, scale: int) -> bool:
        """A scale word: "hundred" works on what follows the last one, the others close it."""
        one = Decimal(1) if self.current is None else self.current
        self.places = 0
        if scale == 2:
            self.current = shift(one, 2)
            return one < 100
        if self.power and (scale > self.power or self.current is None):
            # "five thousand million", "a thousand two hundred million"
            self.total = shift(self.total + (self.current or 0), scale)
        else:
            self.total += shift(one, scale)
        self.current, self.power = None, scale
        return self.total.adjusted() <= MAX_DIGITS

    def add_part(self, word: str) -> bool:
        """A part: "half", "a quarter", "three quarters", behind a number or alone."""
        part = PARTS[word]
        if word == "quarters":
            fits = self.current is not None and 0 < self.current < 4
            self.current = (self.current or 0) * part
            return fits
        if self.current is None and self.power:
            self.total += shift(part, self.power)  # "two million and a half"
            return True
        whole = self.current or Decimal(0)
        self.current = whole + part
        return whole == whole.to_integral_value()


def find_numbers(text: str) -> Iterator[Number]:
    """Every number in digits or words, in order."""
    for match in NUMBER.finditer(text):
        number = read_number(match)
        if number is not None:
            yield number


def read_number(match: re.Match[str]) -> Number | None:
    """The number that NUMBER matched, or None."""
    start, end = match.span()
    if match["words"] is not None:
        spelled = parse_words(match["words"])
        if spelled is None:
            return None
        value, power = spelled
        return Number(start, end, value, shift(value, -power), power, spelled=True)
    digits, extra = _split_fraction(match["digits"])
    if extra is None:
        return None
    found = parse_digits(digits) if digits else (Decimal(0), False, False)
    if found is None:
        return None
    base, grouped, doubtful = found
    if extra and "/" in match["digits"] and base != base.to_integral_value():
        extra = shift(extra, int(base.as_tuple().exponent))  # "$6.31-1/2": half a cent
    base += extra + (PARTS["half"] if match["half"] else 0)  # "$1 million and a half"
    power, letters = 0, match["letters"] or ""
    if match["scale"]:
        power = sum(SCALES[word] for word in _TOKEN.findall(match["scale"].lower()))
        if power > MAX_POWER:
            return None
    elif letters:
        power = SCALE_LETTERS[letters.strip().lower()]
    return Number(
        start, end, shift(base, power), base, power, letters, False, grouped, doubtful and not extra
    )


def _split_fraction(digits: str) -> tuple[str, Decimal | None]:
    """Digits and the fraction behind them ("6 1/4", "2½"); None if it is not exact."""
    if digits[-1] in _GLYPHS:
        return digits[:-1], Decimal(_GLYPHS[digits[-1]])
    lowered = digits.lower()
    for word in ("half", "quarter"):
        if lowered.endswith(word):
            return re.split(r"[-\s]", digits, maxsplit=1)[0], PARTS[word]
    if "/" not in digits:
        return digits, Decimal(0)
    whole, upper, lower = re.split(r"[-\s/]+(?:and\s)?", digits)
    if int(lower) not in (2, 4, 5, 8, 10, 16, 32) or int(upper) >= int(lower):
        return whole, None
    return whole, Decimal(upper) / Decimal(lower)
