"""Rules for durations, repeated times and references without a value."""

from __future__ import annotations

import re

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.rules import NUMBER, in_title, number_at, rule
from pipeline.nlp.dates.tokens import Tokens, lexicon, word_list

UNIT_SIZE = {"E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "F": (2, "W"), "N": (1, "D")}


def duration_value(count: str, unit: str, *, decimal: bool = False) -> str:
    """The TIMEX3 duration of a count and a unit's letter: ("2", "Y") -> P2Y.

    "Two and a half years" are P2Y6M; with `decimal` the text itself writes "2.5", P2.5Y.
    """
    if decimal and "." in count and unit not in UNIT_SIZE and unit != "Q":
        return f"PT{count}{unit[1:]}" if unit[0] == "T" else f"P{count}{unit}"
    if unit in UNIT_SIZE:
        size, unit_letter = UNIT_SIZE[unit]
        if count != "X":
            number = float(count) * size
            count = f"{number:.2f}".rstrip("0").rstrip(".")
            unit = unit_letter
        elif unit in "FN":
            unit = unit_letter
    if unit == "Q" and count != "X" and count.isdigit():
        count, unit = str(int(count) * 3), "M"
    if unit == "Y" and count.endswith(".5") and count != "0.5":
        return f"P{count[:-2]}Y6M"
    if unit == "TH" and count.endswith(".5") and count != "0.5":
        return f"PT{count[:-2]}H30M"
    if unit == "TH" and count == "0.5":
        return "PT30M"
    if unit == "TM" and count.endswith(".5") and count != "0.5":
        return f"PT{count[:-2]}M30S"
    if unit == "Y" and count == "0.5":
        return "P6M"
    if unit[0] == "T":
        return f"PT{count}{unit[1:]}"
    return f"P{count}{unit}"


def approximation_start(tokens: Tokens, start: int) -> tuple[int, str]:
    """Where "about", "more than", "at least" before token `start` begin, and the modifier."""
    words = tuple(tokens.lower(index) for index in range(start - 3, start))
    for length in (3, 2):
        phrase = lexicon()["approximating"].get(" ".join(words[-length:]))
        if phrase is not None:
            return start - length, str(phrase)
    names = lexicon()["approximation"]
    the = tokens.classes[start : start + 1] == "t"
    if names.get(words[-1]) and words[-1] != "some" and not the:
        return start - 1, str(names[words[-1]])
    return start, ""


def is_span_ahead(tokens: Tokens, start: int, place: int) -> bool:
    """Whether "the coming" or "over the next" opens a stretch of time, not a calendar unit."""
    word, before = tokens.lower(place), tokens.lower(start - 1)
    if tokens.classes[start] not in "ti":
        return False
    return word == "coming" or (word == "next" and before in word_list("span_prepositions"))


@rule("tlxi", r"(?:ti?|i)?(?P<l>[lx])(?P<n>" + NUMBER + r")?(?P<v>v{0,2})(?P<u>[UZ])")
def past_units(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the past two years, the next few days, the past month: a duration that ends at the anchor."""
    letter = tokens.classes[found.start("u")]
    if letter == "Z":
        return None
    unit, plural = tokens.values[found.start("u")]
    word = tokens.lower(found.start("l"))
    has_number = found.start("n") >= 0
    if has_number:
        count = number_at(tokens, found.start("n"), found.end("n"))
    else:
        count = "X" if plural else "1"
    if count is None or (not plural and (has_number and count != "1")):
        return None
    ahead = is_span_ahead(tokens, found.start(), found.start("l")) and unit not in ("Q", "WE")
    ahead = ahead or unit == "F"  # no unit of the calendar
    if not has_number and not plural and not ahead and word not in ("past", "last"):
        return None
    if not has_number and plural and word == "last":
        return None
    atom = Atom(
        found.start(),
        found.end(),
        form="duration",
        value=duration_value(count, unit),
        rule="past_units",
    )
    atom.unit, atom.direction = unit, -1 if tokens.classes[found.start("l")] == "l" else 1
    atom.start, atom.modifier = approximation_start(tokens, atom.start)
    return atom


@rule("tdnN", r"t?(?P<n>[dn]|N(?:-?N)?)(?P<l>[lx])v?(?P<u>U)")
def units_past(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the five past years, 2 upcoming months."""
    unit, plural = tokens.values[found.start("u")]
    count = number_at(tokens, found.start("n"), found.end("n"))
    if not plural or count is None or tokens.lower(found.start("l")) in ("next", "last"):
        return None
    value = duration_value(count, unit)
    atom = Atom(found.start(), found.end(), form="duration", value=value, rule="past_units")
    atom.unit, atom.direction = unit, -1 if tokens.classes[found.start("l")] == "l" else 1
    return atom


@rule("dN", r"(?P<n>[dN])&a(?P<q>U)-?(?P<u>U)")
def and_a_quarter(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """two and a quarter years."""
    count = number_at(tokens, found.start("n"), found.end("n"))
    unit, _ = tokens.values[found.start("u")]
    quarter = tokens.values[found.start("q")] == ("Q", False)
    if count is None or not quarter or found.group()[1] != "&" or unit in ("Q", "WE"):
        return None
    value = duration_value(f"{count}.25", unit, decimal=True)
    return Atom(found.start(), found.end(), form="duration", value=value, rule="duration")


@rule(
    "dnyNrtlx",
    r"(?:t?[lx])?(?:(?P<r>r)|(?P<n>[dn]|a?N(?:-?N)?)(?:>|&)(?P<n2>[dn]|N(?:-?N)?))(?P<u>U)",
)
def duration_range(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """two to three weeks, 12-18 months, ten or fifteen years: a duration of two values."""
    unit, plural = tokens.values[found.start("u")]
    if not plural or tokens.lower(found.end()) == "old":
        return None
    if found.start("r") >= 0:
        low, high = (str(number) for number in tokens.values[found.start("r")])
    else:
        first = number_at(tokens, found.start("n"), found.end("n"))
        last = number_at(tokens, found.start("n2"), found.end("n2"))
        if first is None or last is None or tokens.lower(found.end("n")) == "and":
            return None
        low, high = first, last
    if float(low) >= float(high):
        return None
    value = f"{duration_value(low, unit)}/{duration_value(high, unit)}"
    return Atom(found.start(), found.end(), form="duration", value=value, rule="duration_range")


@rule("tOl", r"t(?:O|l)(?P<n>" + NUMBER + r")(?P<u>U)")
@rule(
    "dnyNaqLfO",
    r"(?P<n>" + NUMBER + r")(?P<h>-)?v{0,2}(?P<h2>-)?(?P<u>[UD])(?P<half>&a?L)?(?P<long>-[_v])?",
)
@rule("t", r"t(?P<n>[dnN](?:-?N)?)(?P<h>-)?v{0,2}(?P<u>[U])")
def duration(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """two weeks, a 10-year, half an hour, several months, 8-month-old."""
    place = found.start("u")
    if tokens.classes[place] == "D":
        if tokens.lower(place) != "nights" and not (
            tokens.lower(place) == "night" and tokens.classes[place - 1] == "-"
        ):
            return None
        unit, plural = "N", tokens.lower(place) == "nights"
    else:
        unit, plural = tokens.values[place]
    if (unit, plural) == ("D", False) and _is_some_day(tokens, found, place):
        return None
    behind = tokens.lower(place + 1)
    if tokens.classes[found.start() + 1] == "O" and behind in ("later", "earlier", "before"):
        return None  # "the second three days later": the second of something
    if _is_age(tokens, place) or in_title(tokens, found.start(), place):
        return None  # an age is a figure, not a time
    if unit == "Q" and (
        tokens.lower(place + 1) == "of" or "-" in tokens.classes[found.start("n") : place]
    ):
        return None  # three quarters of
    before = tokens.lower(found.start() - 2)
    if tokens.lower(found.start() - 1) == "of" and before in word_list("fraction_words"):
        return None  # a quarter of a century
    count = number_at(tokens, found.start("n"), found.end("n"))
    if count is None or (unit == "WE" and count == "1"):
        return None
    hyphen = "-" in found.re.groupindex or "-" in tokens.classes[found.start("n") : place]
    one = count in ("1", "0.5", "1.5") or count.startswith("0.")
    plural = plural or (count != "1" and tokens.lower(place) in word_list("abbreviated_units"))
    if not plural and not one and not hyphen and not _attributive(tokens, found.start(), place):
        return None
    if plural and one and count == "1":
        return None
    end = found.end()
    if "half" in found.re.groupindex and found.start("half") >= 0 and count != "X":
        count = f"{float(count) + 0.5:g}"
    long = found.start("long") if "long" in found.re.groupindex else -1
    if long >= 0 and tokens.lower(end - 1) != "long":
        end = long
    start = found.start()
    if tokens.classes[found.start("n") : found.end("n")] == "a" and _is_rate(tokens, found.start()):
        value = duration_value("1", unit)
        return Atom(start, end, form="set", value=value, rule="rate")
    if tokens.lower(start) in ("per",):
        return Atom(start, end, form="set", value=duration_value("1", unit), rule="rate")
    written = "." in tokens.words[found.end("n") - 1]
    value = duration_value(count, unit, decimal=written)
    end, value = _add_smaller(tokens, end, value, unit)
    atom = Atom(start, end, form="duration", value=value, unit=unit, rule="duration")
    if tokens.classes[start] != "t" and not _is_stretch(tokens, start, end):
        atom.start, atom.modifier = approximation_start(tokens, start)
    return atom


def _is_stretch(tokens: Tokens, start: int, end: int) -> bool:
    """Whether "over" tells how long it took: "paid over 25 years", not "for over 25 years"."""
    if tokens.lower(start - 1) != "over" or tokens.classes[end : end + 1] in ("h", "g"):
        return False
    return tokens.lower(start - 2) not in word_list("bounded_over")


SMALLER = {"Y": ("M",), "TH": ("TM",), "TM": ("TS",), "D": ("TH",)}
REST = re.compile(r",?&?(?P<n>" + NUMBER + r")(?P<u>U)(?![-<hgh])")


def _add_smaller(tokens: Tokens, end: int, value: str, unit: str) -> tuple[int, str]:
    """The end and value with the smaller unit behind: "1 hour and 30 minutes", PT1H30M."""
    found = REST.match(tokens.classes, end)
    if not found or not re.fullmatch(r"PT?\d+[A-Z]", value):
        return end, value
    smaller, plural = tokens.values[found.start("u")]
    count = number_at(tokens, found.start("n"), found.end("n"))
    fits = smaller in SMALLER.get(unit, ()) and count is not None and count.isdigit()
    if not fits or count is None or plural == (count == "1"):
        return end, value
    more = duration_value(count, smaller)[1:]
    same = value.startswith("PT") and more.startswith("T")
    return found.end(), value + (more[1:] if same else more)


def _is_age(tokens: Tokens, place: int) -> bool:
    """Whether the unit at a token is part of an age or of "year-ago"."""
    after, then = tokens.lower(place + 1), tokens.lower(place + 2)
    if after == "-":
        return then in ("old", "olds", "ago", "earlier")
    return after == "old" or (after == "of" and then == "age")


def _is_some_day(tokens: Tokens, found: re.Match[str], place: int) -> bool:
    """Whether "one day" is some day: "will one day rule", "One day, he left"."""
    if tokens.lower(place - 1) != "one" or found.start("n") != place - 1:
        return False
    before, behind = tokens.lower(place - 2), tokens.classes[place + 1 : place + 2]
    opens = tokens.classes[place - 2 : place - 1] in ("", ".", "\n") and behind in (",", "_")
    return before in word_list("modals") or (opens and tokens.words[place - 1] == "One")


def _attributive(tokens: Tokens, start: int, place: int) -> bool:
    """Whether a singular unit after a number stands before a noun: "a four year term"."""
    before = tokens.lower(start - 1)
    determined = before in ("a", "an", "the", "his", "her", "its", "their", "this", "that", "'s")
    follows = (
        tokens.classes[place + 1 : place + 2] in ("_", "v") and tokens.words[place + 1].isalpha()
    )
    return ((determined or tokens.classes[start] in "at") and follows) or (
        tokens.lower(place + 1) in word_list("attributive_nouns")
    )


def _is_rate(tokens: Tokens, index: int) -> bool:
    """Whether "a year" follows a figure: "$5 a year", "15 barrels a day", "once a week"."""
    if tokens.lower(index) == "per":
        return True
    before = tokens.lower(index - 1)
    if before in (
        "once",
        "twice",
        "times",
        "million",
        "billion",
        "thousand",
        "hundred",
        "trillion",
        "dozen",
    ):
        return True
    if tokens.words[index - 1][:1].isdigit() if index else False:
        return True
    # a figure and its noun: "20 flights a day"
    return (
        index > 1
        and before.isalpha()
        and (tokens.words[index - 2][:1].isdigit() or tokens.classes[index - 2] == "N")
        and before not in ("for", "in", "than", "within", "after", "with")
    )


@rule("Na", r"a?N-?(?P<o>O)")
def one_second(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """a one-second delay: "second" is an ordinal elsewhere."""
    place = found.start("o")
    words = tokens.lower(place), tokens.lower(place - 1), tokens.lower(place - 2)
    after = tokens.classes[place + 1 : place + 2]
    joined = words[1] == "-" and words[2] == "one" and after != "-"
    stands = words[1] == "one" and (found.group()[0] == "a" or after in (".", ",", ")", "\n"))
    if words[0] != "second" or not (joined or stands):
        return None
    return Atom(found.start(), found.end(), form="duration", value="PT1S", rule="duration")


@rule("0", r"0(?P<u>U)(?!F)(?P<long>v)?")
def all_day(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """all day, all week long."""
    place = found.start("u")
    unit, plural = tokens.values[place]
    if plural or unit not in ("D", "W", "M", "Y") or tokens.words[place][0].isupper():
        return None
    end = found.end() if tokens.lower(found.end() - 1) == "long" else place + 1
    value = duration_value("1", unit)
    return Atom(found.start(), end, form="duration", value=value, unit=unit, rule="all_day")


@rule("u", r"u")
def glued(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """3.5years, 15min; "3h" only where a duration stands: "for 3h"."""
    number, word = tokens.values[found.start()]
    if len(word) == 1 and tokens.lower(found.start() - 1) not in word_list("duration_cues"):
        return None
    unit = {"y": "Y", "mo": "M", "w": "W", "d": "D", "h": "TH", "mi": "TM"}
    letter = unit.get(word[:2]) or unit[word[:1]]
    return Atom(
        found.start(),
        found.end(),
        form="duration",
        value=duration_value(number, letter, decimal=True),
        rule="glued",
    )


UNITS_AGO = {
    "ago": "PAST_REF",
    "back": "PAST_REF",
    "earlier": "PAST_REF",
    "before": "PAST_REF",
    "later": "FUTURE_REF",
}


@rule("XU", r"(?P<x>X)?(?P<u>U)(?P<h>[ghE])?")
def bare_units(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """years, recent months, decades ago."""
    unit, plural = tokens.values[found.start("u")]
    if not plural or (unit in ("TS", "WE", "Q", "L") and found.start("x") < 0):
        return None
    word = tokens.lower(found.start("x")) if found.start("x") >= 0 else ""
    if unit == "TH" and tokens.lower(found.start() - 1) in ("early", "small", "late"):
        return None  # "the early hours of Friday"
    value = f"PTX{unit[1:]}" if unit[0] == "T" else f"PX{unit}"
    end = found.start("u") + 1
    if found.start("x") >= 0:
        if word not in ("recent", "future", "past"):
            return None
        if word == "future":
            return Atom(found.start(), end, form="vague", value="FUTURE_REF", rule="future_units")
        return Atom(found.start(), end, form="duration", value=value, rule="recent_units")
    if found.start("h") >= 0:
        follower = tokens.lower(found.start("h"))
        stops = tokens.classes[found.end() : found.end() + 1] in (".", ",", "")
        if follower in ("before", "after") and not stops:
            return None  # "days before the shooting"
        if (reference := UNITS_AGO.get(follower)) is not None:
            return Atom(found.start(), found.end(), form="vague", value=reference, rule="units_ago")
    if _is_age(tokens, found.start("u")):
        return None
    before, after = tokens.lower(found.start() - 1), tokens.lower(found.start("u") + 1)
    if unit == "TM" and after == "of" and before in ("the", "and", ".", "\n", ""):
        return None  # "the minutes of the meeting"
    if before in word_list("duration_cues") or after in ("of", "after", "before"):
        return Atom(found.start(), end, form="duration", value=value, rule="bare_units")
    if before == "the" and (
        after == "ahead" or tokens.lower(found.start() - 2) in ("over", "down")
    ):
        end += after == "ahead"
        return Atom(found.start() - 1, end, form="duration", value=value, rule="bare_units")
    if after == "-" and tokens.lower(end + 1) == "long":
        return Atom(found.start(), end + 2, form="duration", value=value, rule="bare_units")
    return None
