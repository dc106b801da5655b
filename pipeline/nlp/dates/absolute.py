"""Rules for dates that name their own day or month."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache, lru_cache

from dateparser.date import DateDataParser

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.rules import rule, spelled_year, value_at
from pipeline.nlp.dates.spoken import CLOSERS, small
from pipeline.nlp.dates.tokens import Tokens, word_classes, word_list
from pipeline.nlp.dates.values import real_day

#: a year behind a day or month: "2021", "of 2021", "'21", "nineteen ninety-six"
YEAR = (
    r"(?:,?F?P?t?(?P<y>y)(?!-[UL])"
    r"|,?F?\"?(?P<yy>[dn])(?=[,._\n)]|$)"
    r"|,?F?(?P<ny>NN?-?N?(?:&N)?-?N?))"
)
#: Denominators of prices: "9/16".
BINARY = frozenset({16})
#: A larger number behind a month is no slip for one of its days.
MOST_DAYS = 39
WEEKDAY = r"(?:(?P<w>[Ww])\.?,?P?t?)?"


@cache
def _parser() -> DateDataParser:
    return DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001  a fixed day, never today
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
        },
    )


@lru_cache(maxsize=16384)
def read_full_date(words: str) -> tuple[int, int, int] | None:
    """Year, month and day of a full written date, read by dateparser; None if it reads none.

    `words` is lower case with single blanks. A day that is not in the calendar gives None.
    """
    data = _parser().get_date_data(words)
    if data is None or data.date_obj is None or data.period != "day":
        return None
    return data.date_obj.year, data.date_obj.month, data.date_obj.day


def year_of(tokens: Tokens, found: re.Match[str]) -> tuple[int | None, bool]:
    """The year of a match of YEAR, and whether it is missing rather than unreadable."""
    if (full := value_at(tokens, found, "y")) is not None:
        return int(str(full)), False
    if (short := value_at(tokens, found, "yy")) is not None:
        index = found.start("yy")
        marked = tokens.classes[index - 1] in '"F'  # '87, of 87
        number = int(str(short)) if str(short).isdigit() else 0
        of = tokens.classes[index - 1] == "F"  # "5 of May of 20 men" is no year
        if len(tokens.words[index]) == 2 and marked and (number > 31 or not of):
            return number + (1900 if number > 40 else 2000), False
        return None, False
    if found.start("ny") >= 0:
        return spelled_year(tokens, found.start("ny"), found.end("ny")), False
    return None, True


def month_end(tokens: Tokens, month: int) -> int:
    """The token behind a month's name: an abbreviation keeps its full stop."""
    word = tokens.words[month]
    stop = tokens.classes[month + 1 : month + 2] == "."
    return (
        month + 2
        if stop and len(word) <= 4 and word.lower() not in ("may", "june", "july")
        else month + 1
    )


def _stopped(tokens: Tokens, found: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence behind the weekday: "on Tuesday. On July 11"."""
    index = found.start("w")
    return index >= 0 and tokens.classes[index + 1] == "." and len(tokens.words[index]) > 5


def _day_month(
    tokens: Tokens, found: re.Match[str], day: int, month: int, rule_name: str
) -> Atom | None:
    """The atom of a day and month with the year of a match of YEAR, if the calendar has it."""
    if _stopped(tokens, found):
        return None
    year, _ = year_of(tokens, found)
    end = found.end()
    if year is None:
        end = max(found.end("d"), month_end(tokens, found.start("m")))
        if not real_day(2000, month, day):
            return None
    else:
        words = " ".join(tokens.words[found.start("core") : end]).lower()
        read = read_full_date(words) if len(words) < 40 and not tokens.crowded else None
        # dateparser may swap or drop parts of odd notations: it must agree with the words
        if not real_day(year, month, day) or (read is not None and read != (year, month, day)):
            return None
    atom = Atom(found.start(), end, year=year, month=month, day=day, rule=rule_name)
    if found.start("w") >= 0:
        atom.weekday = tokens.values[found.start("w")][0]
    return atom


@rule(
    "WwMm",
    WEEKDAY
    + r"(?P<m>[Mm])\.?(?:(?P<r>[rf])|t?(?P<d>[dO])[>=&-]t?(?P<d2>[dO])(?!-?[UM%]))"
    + YEAR
    + "?",
)
@rule(
    "WwtrfdO",
    WEEKDAY
    + r"t?(?:(?P<r>[rf])|(?P<d>[dO])(?:[>=&-]t?|>t?)(?P<d2>[dO]))F?(?P<m>[Mm])\.?"
    + YEAR
    + "?",
)
def day_range(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """12-13 April, July 13 to 15, from the 3rd to the 5th of May 2021."""
    month = int(tokens.values[found.start("m")])
    if _stopped(tokens, found):
        return None
    if found.start("r") >= 0:
        first, last = tokens.values[found.start("r")]
        if tokens.classes[found.start("r")] == "f" and last != first + 1:
            return None  # "3/4 May" is two days that follow each other, "5/7 May" may be either
        digits = len(re.split(r"\D", tokens.words[found.start("r")], maxsplit=1)[0])
        cut = tokens.starts[found.start("r")] + digits
        again = cut + 1
    else:
        first, last = tokens.values[found.start("d")], tokens.values[found.start("d2")]
        cut, again = tokens.end_of(found.start("d")), tokens.starts[found.start("d2")]
        link = tokens.classes[found.start("d") + 1]
        if link == "&" and not _pair(tokens, found, last - first == 1):
            return None
    year, _ = year_of(tokens, found)
    end = found.end()
    if year is None:
        last_part = max(found.end("r"), found.end("d2") if found.start("r") < 0 else 0)
        end = max(last_part, month_end(tokens, found.start("m")))
    if not first < last or not all(real_day(year or 2000, month, n) for n in (first, last)):
        return None
    atom = Atom(found.start(), end, year=year, month=month, day=first, rule="day_range")
    atom.until_day, atom.cut = last, (cut, again)
    return atom


def _pair(tokens: Tokens, found: re.Match[str], neighbours: bool) -> bool:
    """Whether "3 and 4 May" is a stretch of days: named so, or two that follow each other."""
    if tokens.lower(found.start() - 1) == "between":
        return True
    word = tokens.lower(found.end()) if tokens.classes[found.end() : found.end() + 1] == "_" else ""
    noun = word.isalpha() and word not in word_list("function_words")
    month_first = found.start("m") < found.start("d")
    return neighbours and tokens.lower(found.start("d") + 1) == "and" and not (month_first and noun)


@rule(
    "WwMm",
    WEEKDAY
    + r"(?P<core>(?P<m>[Mm])\.?(?:-|(?P<comma>,)(?=t?O))?t?(?P<d>[dO])(?!-?[U%]|=?[dny]?-[d]))"
    + YEAR
    + "?",
)
def month_day(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """Nov. 5, 2021; Friday, October 23; July the 4th."""
    place = found.start("d")
    month, day, word = (
        tokens.values[found.start("m")],
        tokens.values[place],
        tokens.words[found.start("m")],
    )
    if found.start("comma") >= 0:  # "October, 1st"; not "in October, first ...", "1st Battalion"
        word_behind = tokens.classes[place + 1 : place + 2] == "_"
        named = word_behind and tokens.words[place + 1][0].isupper()
        if tokens.words[place][0].isalpha() or named:
            return None
    if tokens.classes[place] == "O" and tokens.words[place][0].isalpha():
        # "it may first ...", "March second in line", "in May first place"
        after = tokens.words[place + 1] if place + 1 < len(tokens.words) else ""
        lower = not word[0].isupper() and word in ("may", "march") and found.start("w") < 0
        if lower or tokens.words[place][0].isupper():
            return None
        if after in ("time", "place", "half", "round", "quarter"):
            return None
    elif word == "may" and tokens.classes[place] == "d" and found.start("y") < 0:
        return None
    return _day_month(tokens, found, int(day), int(month), "month_day")


@rule("WwtdO", WEEKDAY + r"t?(?P<core>(?P<d>[dO])(?:U?F)?-?(?P<m>[Mm])\.?(?:-(?=y))?)" + YEAR + "?")
def day_month(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """5 November 2021; the 15th day of June; 4th of July 1995."""
    month, day = tokens.values[found.start("m")], tokens.values[found.start("d")]
    place = found.start("d")
    bare = tokens.classes[place + 1] not in "FU"
    if tokens.classes[place + 1] == "U" and tokens.values[place + 1] != ("D", False):
        return None  # the second week of May
    if tokens.words[found.start("m")] in ("may", "march") and found.start("y") < 0 and bare:
        return None  # "the first may fail"
    if tokens.words[place][0].isalpha() and bare:
        return None  # "second May election"
    return _day_month(tokens, found, int(day), int(month), "day_month")


@rule("MmN", r"(?:(?P<m>[Mm])(?P<d>N(?:-?N)?)|(?P<d2>N(?:-?N)?)(?P<m2>M))(?P<y>NN?(?:-?N){0,2})?")
def spelled_day(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """May twenty-nine, twenty-five January nineteen eighty-six."""
    front = found.start("m") >= 0
    place = found.start("m" if front else "m2")
    group = "d" if front else "d2"
    start, end = found.start(group), found.end(group)
    while end > start and not 1 <= small(tokens, start, end) <= 31:
        end -= 1  # "January five nineteen eighty-six"
    if end == start or not tokens.words[place][0].isupper():
        return None
    behind = end if front else place + 1
    stop = max(found.end(), behind)
    year = spelled_year(tokens, behind, stop)
    month, day = tokens.values[place], small(tokens, start, end)
    if not real_day(year or 2000, month, day):
        return None
    if year is None:
        follower = tokens.classes[behind : behind + 1]
        if day <= 20 or not front or (follower and follower not in CLOSERS):
            return None  # "in May twenty people"
        stop = behind
    return Atom(found.start(), stop, year=year, month=month, day=day, rule="spelled_day")


@rule("MmW", r"(?P<m>[Mm])\.?-?(?:,?F?(?P<y>y)(?!-[UL])|(?:F|F?\")(?P<yy>[dn])|F?(?P<ny>NN-?N?))")
def month_year(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """November 2021; Sept. '08."""
    year, _ = year_of(tokens, found)
    if year is None:
        return None
    month = tokens.values[found.start("m")]
    atom = Atom(found.start(), found.end(), year=year, month=month, rule="month_year")
    if found.start() and tokens.classes[found.start() - 1] in "dO":
        atom.flags.append("impossible_day")  # 30 February 2021
    return atom


@rule("M", r"M\.?")
@rule("m", r"m")
def month(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """A bare month; "May", "March" and girls' names only where the words around allow it."""
    index, cues = found.start(), word_list("month_prepositions")
    word, before = tokens.words[index], tokens.lower(index - 1)
    after = tokens.words[index + 1] if index + 1 < len(tokens.words) else ""
    if before == "-":
        before = tokens.lower(index - 2)
    if word[0].isupper() and re.match(r"[-=>]t?M", tokens.classes[index + 1 : index + 4]):
        return month_atom(tokens, index)  # May-August
    follower = tokens.classes[index + 1 : index + 2] == "_" and after.isalpha()
    if word.lower() in word_list("namelike_months") and before not in cues:
        attributive = before == "the" and follower and after.islower()
        if attributive and tokens.lower(index + 1) not in word_list("function_words"):
            return month_atom(tokens, index) if word[0].isupper() else None  # "the March vote"
        if tokens.classes[index] == "m" or not word[0].isupper():
            return None
        earlier = tokens.words[index - 1] if index else ""
        if earlier[:1].isupper() and tokens.classes[index - 1] == "_":
            return None  # a surname
    elif tokens.classes[index] == "m" and word not in ("May", "March"):
        return None
    if word == "august":
        return None
    named = word.lower() in word_list("namelike_months") and follower and after[:1].isupper()
    if named and before not in word_list("sure_month_prepositions"):
        return None  # a first name
    return month_atom(tokens, index)


def month_atom(tokens: Tokens, index: int) -> Atom:
    """The atom of a bare month."""
    atom = Atom(index, month_end(tokens, index), month=tokens.values[index], rule="month")
    behind = tokens.classes[atom.end : atom.end + 2]
    closed = behind[:1] == "d" and behind[1:] in (".", ",", "", "\n", ")")
    if closed and 0 < int(tokens.values[atom.end]) <= MOST_DAYS:
        atom.flags.append("impossible_day")  # Feb. 30
    return atom


@rule("I", r"I")
def iso_day(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """2021-11-05, 20211105."""
    year, month, day, *time = tokens.values[found.start()]
    if not real_day(year, month, day) or not 1000 <= year <= 2199:
        return None
    atom = Atom(found.start(), found.end(), year=year, month=month, day=day, rule="iso_day")
    atom.time = time[0] if time else ""
    return atom


@rule("J", r"J")
def iso_month(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """2021-11, 03/2021; "the 2007-09 crisis" spans years."""
    before = tokens.lower(found.start() - 1)
    if before in word_list("id_cues"):
        return None
    year, month = tokens.values[found.start()]
    hyphened = "-" in tokens.words[found.start()][4:5]
    if hyphened and year % 100 < month and (before == "of" or before in word_list("year_cues")):
        value = f"{year:04d}/{year // 100 * 100 + month:04d}"
        return Atom(found.start(), found.end(), value=value, rule="year_range")
    return Atom(found.start(), found.end(), year=year, month=month, rule="iso_month")


@rule("SWw", r"(?:(?P<w>[Ww])\.?,?)?(?P<s>S)")
def slash_day(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """23/08/2021, 03/18/40: only the year where day and month could be swapped."""
    first, second, year = tokens.values[found.start("s")]
    if _stopped(tokens, found):
        return None
    if not 1000 <= year <= 2199:
        return None
    order = slash_order(tokens)
    if first > 12 or second > 12 or first == second:
        month, day = (second, first) if first > 12 else (first, second)
    elif "." in tokens.words[found.start("s")] or order == "dmy":
        month, day = second, first
    elif order == "mdy":
        month, day = first, second
    else:
        month = day = None
    if month is not None and not real_day(year, month, day):
        return None
    atom = Atom(found.start(), found.end(), year=year, month=month, day=day, rule="slash_day")
    if month is None:
        atom.flags.append("day_month_order_unknown")
    if re.search(r"\D\d\d\Z", tokens.words[found.start("s")]):
        atom.flags.append("short_year")
    return atom


@rule("Ww", r"(?P<w>[Ww])\.?,?(?P<f>f)")
@rule("f", r"(?P<f>f)(?=[.,)\ncPD&]|$)")
def numbers(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """Friday 11/20, on 20/11: only where one number is no month, and a day is meant.

    "Friday 7/6" is whichever of the two days is a Friday; the anchor's year tells.
    """
    first, second = tokens.values[found.start("f")]
    weekday = tokens.values[found.start("w")][0] if "w" in found.re.groupindex else None
    if weekday is not None and 1 <= first <= 12 and 1 <= second <= 12 and first != second:
        atom = Atom(found.start(), found.end(), month=first, day=second, rule="numbers")
        atom.weekday = weekday
        atom.flags.append("either_order")
        return atom
    month, day = (second, first) if first > 12 else (first, second)
    if month > 12 or day <= 12 or not real_day(2000, month, day):
        return None
    behind = re.search(
        r"(?:f[,&]{1,2})*$", tokens.classes[max(0, found.start() - 12) : found.start()]
    )
    head = found.start() - (len(behind.group()) if behind else 0)
    if weekday is None and (tokens.lower(head - 1) != "on" or day in BINARY):
        return None
    return Atom(found.start(), found.end(), month=month, day=day, weekday=weekday, rule="numbers")


@lru_cache(maxsize=1)
def _order(text: str) -> str:
    orders = set()
    for first, second in re.findall(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?![\d/])", text):
        if int(first) > 12 >= int(second):
            orders.add("dmy")
        elif int(second) > 12 >= int(first):
            orders.add("mdy")
    return orders.pop() if len(orders) == 1 else ""


def slash_order(tokens: Tokens) -> str:
    """The order that the text's own unmistakable dates show: dmy, mdy or ""."""
    return _order(tokens.text)


@rule("B", r"B")
def notation(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """3-Aug-2019, 2020/23/Sep, Sep-23-2020: read by dateparser, believed if its parts are there."""
    word = tokens.values[found.start()]
    read = read_full_date(word.replace("-", " ").replace("/", " "))
    if read is None:
        return None
    year, month, day = read
    numbers = sorted(int(part) for part in re.findall(r"\d+", word))
    names = re.findall(r"[a-z]+", word)
    if numbers != [day, year] or word_classes().get(names[0]) != ("M", month):
        return None
    return Atom(found.start(), found.end(), year=year, month=month, day=day, rule="notation")


@rule("tO", r"t?(?P<d>O)(?=[.,)\n>=&]|$)")
@rule("t", r"t(?P<d>O)(?=>_)")
def day_alone(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """on the 18th: a day of the month around the anchor."""
    word = tokens.words[found.start("d")]
    cues = ("on", "until", "by") if tokens.classes[found.start()] == "t" else ("on",)
    if not word[0].isdecimal() or tokens.lower(found.start() - 1) not in cues:
        return None
    day = int(tokens.values[found.start("d")])
    return Atom(found.start(), found.end(), day=day, rule="day_alone")
