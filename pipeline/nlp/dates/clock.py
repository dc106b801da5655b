"""Rules for clock times, parts of the day and named days."""

from __future__ import annotations

import re

from pipeline.nlp.dates import holidays
from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.rules import rule, value_at
from pipeline.nlp.dates.tokens import Tokens, lexicon, word_list

#: Names that are a day only behind one of these: "in the new year" is no day.
WEAK_DAYS = frozenset({"new year", "new year's", "new years"})
HALVES = {"TMO": 0, "TAF": 12, "TEV": 12, "TNI": 12}


@rule("tiAPaEcdN", r"(?:P?t)?(?:E-?)?(?P<p>D)(?:U(?=F))?")
@rule("D", r"(?P<p>D)(?:U(?=F))?")
def daypart(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the morning, early afternoon, midnight; combined with a day, or alone as T..."""
    word = tokens.lower(found.start("p"))
    if word.endswith("s"):
        return None
    if word in ("dawn", "dusk", "noon") and tokens.classes[found.end() : found.end() + 1] == "F":
        behind = tokens.classes[found.end() + 1 : found.end() + 3].lstrip("tij")[:1]
        if behind not in tuple("dOMmWUIyk"):
            return None  # "the dawn of a new age"
    start = found.start()
    while tokens.classes[start] == "P":
        start += 1
    value = str(value_at(tokens, found, "p"))
    atom = Atom(start, found.end(), form="none", time=value, rule="daypart")
    if value[1:2].isdigit():
        atom.form = "date"
    return atom


@rule("dNc", r"(?P<h>[dNc])Pt(?P<p>D)")
def hour_in_daypart(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """4 in the morning, 8:15 in the evening."""
    place = found.start("h")
    value = tokens.values[place]
    hour, minute = (value[0], value[1]) if tokens.classes[place] == "c" else (int(value), None)
    part = str(value_at(tokens, found, "p"))
    if tokens.lower(found.end() - 3) != "in" or not 1 <= hour <= 12 or part not in HALVES:
        return None
    hour = hour % 12 + HALVES[part]
    time = f"T{hour:02d}" + (f":{minute:02d}" if minute is not None else "")
    return Atom(found.start(), found.end(), time=time, rule="clock")


@rule("cdNny", r"(?P<c>c)(?P<p>p)?(?P<z>z)?|(?P<d>[dNn])(?P<p2>p)(?P<z2>z)?|(?P<m>[ny])(?P<z3>z)")
def clock(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """9:30, 10:35 a.m. EDT, 5 p.m., 6 o'clock."""
    if found.start("m") >= 0:  # 0730 GMT
        word = tokens.words[found.start("m")]
        if len(word) != 4 or not word.isdecimal() or tokens.words[found.end() - 1].islower():
            return None
        hour, minute, second, half = int(word[:2]), int(word[2:]), None, ""
        if hour > 24 or minute > 59:
            return None
    elif found.start("c") >= 0:
        hour, minute, second, half = tokens.values[found.start("c")]
        mark = value_at(tokens, found, "p")
        half = half or str(mark or "")
    else:
        raw = tokens.values[found.start("d")]
        mark = value_at(tokens, found, "p2")
        if isinstance(raw, str):  # "8.30 p.m."
            parts = raw.split(".")
            if len(parts[1]) != 2:
                return None
            hour, minute, second, half = int(parts[0]), int(parts[1]), None, str(mark)
        else:
            hour, minute, second, half = int(raw), None, None, str(mark)
        if not 0 <= hour <= 24 or (minute or 0) > 59:
            return None
    word = next(
        (tokens.words[i] for i in range(found.start(), found.end()) if tokens.classes[i] == "p"), ""
    )
    if word.islower() and word == "am" and tokens.classes[found.start()] == "N":
        return None
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif tokens.classes[found.start()] == "c" and not _clock_context(tokens, found):
        return None
    time = f"T{hour:02d}" + (f":{minute:02d}" if minute is not None else "")
    time += f":{second:02d}" if second is not None else ""
    zone = tokens.lower(found.end() - 1) if tokens.classes[found.end() - 1] == "z" else ""
    zone = lexicon()["zones"].get(zone, "") or ("Z" if half == "Z" else "")
    if zone and minute is None:
        time += ":00"
    atom = Atom(found.start(), found.end(), time=time + zone, rule="clock")
    atom.marked_half = half in ("a", "p") or hour > 12
    if tokens.lower(found.start()).endswith("ish"):
        atom.modifier = "about"
    return atom


@rule("yn", r"(?P<h>[yn])(?P<u>U)")
def military(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """at 1430 hours, 0600 hrs: a clock time to 24, not a count of hours."""
    word = tokens.words[found.start("h")]
    told = tokens.lower(found.start() - 1) in ("at", "by", "until", "till", "from", "around")
    if len(word) != 4 or not word.isdecimal() or tokens.values[found.start("u")] != ("TH", True):
        return None
    if not (told or word[0] == "0") or int(word[:2]) > 24 or int(word[2:]) > 59:
        return None
    atom = Atom(found.start(), found.end(), time=f"T{word[:2]}:{word[2:]}", rule="clock")
    atom.marked_half = True
    return atom


def _clock_context(tokens: Tokens, found: re.Match[str]) -> bool:
    """Whether "7:30" is a time: a score, verse or ratio stands in other company."""
    index = found.start("c")
    if tokens.lower(index).endswith("ish"):
        return True
    if len(tokens.words[index].split(":")[0]) == 2 and found.start("z") >= 0:
        return True
    before, after = tokens.lower(index - 1), tokens.lower(index + 1)
    if before in ("at", "until", "till", "by", "after", "before", "around", "from", "about", "to",
                  "between", "since", "past", "time") or found.start("z") >= 0:  # fmt: skip
        return True
    if (
        after in ("on", "in", "hours", "hrs", "hr", "to")
        or tokens.classes[index + 1 : index + 2] in "-="
    ):
        return True
    near = tokens.classes[max(0, index - 2) : index + 2]
    return any(letter in near for letter in "WkKIMSD") or len(tokens.words) < 4


@rule("H", r"H")
def holiday(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """Christmas, Thanksgiving Day, Easter Monday; not the "Easter Rising"."""
    index = found.start()
    follower = tokens.words[index + 1] if tokens.classes[index + 1 : index + 2] == "_" else ""
    if follower[:1].isupper() and tokens.words[index].isalpha():
        return None
    name = tokens.values[index]
    if (name in WEAK_DAYS or holidays.moves(name)) and not _is_day(tokens, index):
        return None
    return Atom(index, found.end(), holiday=name, rule="holiday")


def _is_day(tokens: Tokens, index: int) -> bool:
    """Whether a name that is other things too names a day: not "Tariq Ramadan", "Holi colours".

    A name that is a time only behind a preposition ("before the new year") needs one.
    """
    before = index - (tokens.lower(index - 1) == "the")
    word = tokens.words[before - 1] if before else ""
    if tokens.values[index] in WEAK_DAYS:
        alone = tokens.classes[index + 1 : index + 2] in ("", ".", ",", "\n", "&", ")")
        return alone and word.lower() in word_list("day_prepositions")
    placed = word.lower() in word_list("month_prepositions") or word.lower() in ("on", "at")
    named = word[:1].isupper() and tokens.classes[before - 1] == "_"
    return placed or not named or word.lower() in word_list("function_words")
