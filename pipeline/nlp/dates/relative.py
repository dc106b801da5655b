"""Rules for dates that hang on another date, clock times, parts of the day and named days."""

from __future__ import annotations

import re

from pipeline.nlp.dates.absolute import month_end
from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.durations import approximation_start, is_span_ahead
from pipeline.nlp.dates.rules import NUMBER, in_title, number_at, rule, value_at
from pipeline.nlp.dates.tokens import Tokens, word_list

DETERMINER = r"(?:t?(?P<det>[lxC])s?|t?(?P<det2>i)(?P<past>[lxCs])?|(?P<det3>j)s?|t?(?P<det4>s))"
DAY_BEFORE_UNITS = frozenset({"D", "W", "M", "Y"})
#: Units of which "the coming" and "over the next" one run from the day of writing on.
ROLLING = ("D", "W", "M", "Y", "E", "C")
#: A month behind "the last Friday": the weekday is one of its days.
OF_A_MONTH = re.compile(r"[FP]t?[Mm]")
#: "The day before yesterday", "the week after next": what the words may count, by both.
BEFORE_LAST = {
    ("yesterday", "before"): ("D",),
    ("tomorrow", "after"): ("D",),
    ("next", "after"): ("W", "WE", "M", "Q", "Y"),
    ("last", "before"): ("N", "W", "WE", "M", "Q", "Y"),
}


def _determine(atom: Atom, tokens: Tokens, found: re.Match[str]) -> None:
    """Set shift, direction and basis from the determiner of a match of DETERMINER."""
    place = next(found.start(g) for g in ("det", "det2", "det3", "det4") if found.start(g) >= 0)
    word, letter = tokens.lower(place), tokens.classes[place]
    if letter == "i" and found.start("past") >= 0:
        letter, word = tokens.classes[place + 1], tokens.lower(place + 1)
    if letter in "js":
        atom.shift, atom.basis = 0, "text"
    elif letter in "iC":
        atom.shift = 0
    else:
        atom.shift = -1 if letter == "l" else 1
        if word in word_list("text_words") or (word == "next" and tokens.lower(place - 1) == "the"):
            atom.basis = "text"
    atom.direction = atom.shift


@rule("tilxCjs", DETERMINER + r"(?P<g>G)?(?P<u>U)")
def last_unit(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """last week, this year, the next quarter, that same month, the current fiscal year."""
    unit, plural = tokens.values[found.start("u")]
    if plural or unit in ("TS", "TM", "TH", "L", "F"):
        return None
    place = max(found.start("det"), found.start("det2"))
    if in_title(tokens, found.start(), found.start("u")):
        return None
    if (
        re.match(r"Ft?(?:[MmyilxjO]|U(?!F))", tokens.classes[found.end() : found.end() + 4])
        and unit != "Y"
    ):
        return None  # "the last week of March": nth_unit reads it
    if (
        tokens.classes[found.start()] == "t"
        and tokens.classes[found.end() : found.end() + 1] == "F"
    ):
        behind = tokens.classes[found.end() + 1 : found.end() + 3].lstrip("t")[:1]
        if behind not in tuple("MmyilxjOeUZ"):
            return None  # "the last month of the war"
    if tokens.lower(place) == "past" and tokens.lower(place - 1) == "the" and unit in "WMQEC":
        return None  # "the past month" is a duration
    word = place if found.start("past") < 0 else found.start("past")
    if is_span_ahead(tokens, found.start(), word) and unit in ROLLING:
        return None  # "over the next year": twelve months from now
    atom = Atom(found.start(), found.end(), unit=unit, rule="last_unit")
    _determine(atom, tokens, found)
    atom.fiscal = found.start("g") >= 0
    if atom.shift == 1 and unit in ROLLING and tokens.lower(found.start() - 1) == "in":
        # "in the next year": the twelve months ahead, in a story the year that follows
        atom.rule = "in_next" if tokens.classes[found.start()] == "t" else atom.rule
    if tokens.lower(place) == "latest":
        atom.shift = -1
    if unit == "D" and (atom.basis != "text" or tokens.lower(found.start()) == "next"):
        return None
    return atom


@rule(
    "tilxjs",
    DETERMINER + r"(?:(?:(?P<m>[Mm])\.?|(?P<w>W)|(?P<h>H))(?!\.?-?[dO](?!F))|(?P<z>Z)|(?P<p>D))",
)
def last_named(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """last June, next Friday, this summer, that morning, last night."""
    atom = Atom(found.start(), found.end(), rule="last_named")
    _determine(atom, tokens, found)
    shift, atom.shift = atom.shift, None
    atom.direction = shift or 0
    if shift == 0 and atom.basis != "text":
        atom.flags.append("this")
    if (value := value_at(tokens, found, "m")) is not None:
        word = tokens.words[found.start("m")]
        if word == "august" or (word.islower() and tokens.classes[found.start("m")] == "m"):
            return None  # "that may", "this march"
        atom.month = int(str(value))
        atom.end = month_end(tokens, found.start("m"))
    elif found.start("w") >= 0:
        atom.weekday, plural = tokens.values[found.start("w")]
        if plural or (shift == -1 and OF_A_MONTH.match(tokens.classes, found.end())):
            return None
        before = tokens.lower(found.start("w") - 1)
        if before in word_list("apart_words") and found.start("past") < 0:
            atom.flags.append("apart")
    elif (value := value_at(tokens, found, "z")) is not None:
        atom.season = str(value)
    elif (value := value_at(tokens, found, "h")) is not None:
        atom.holiday = str(value)
    else:
        word = tokens.lower(found.start("p"))
        if word.endswith("s") or (atom.basis == "text" and word == "time"):
            return None
        atom.time, atom.unit = str(value_at(tokens, found, "p")), "D"
        atom.shift = shift
        if atom.basis != "text" and shift == 1:
            atom.basis = "text"
    return atom


def _names_event(tokens: Tokens, index: int) -> bool:
    """Whether "a Friday" stands before what happened then: "a Friday statement".

    Not "on a Friday", and not a kind of thing that every week has: "a Sunday newspaper".
    """
    place = index + 1 + (tokens.classes[index + 1 : index + 2] == "D")
    noun = tokens.classes[place : place + 1] == "_" and tokens.words[place].islower()
    no_event = word_list("weekly_nouns") | word_list("function_words")
    return noun and tokens.lower(index - 2) != "on" and tokens.lower(place) not in no_event


@rule("Ww", r"(?P<w>[Ww])(?P<dot>\.)?(?:,?P?t?(?P<d>O)(?![UFMm_-])|(?P<d2>d)(?=[.,)P\n_]|$))?")
def weekday(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """Friday; an abbreviation only where its spelling shows it ("Mon.", "Thurs")."""
    index = found.start("w")
    number, plural = tokens.values[index]
    word, end = tokens.words[index], found.end()
    if plural or tokens.lower(index - 1) in ("an", "per"):
        return None
    if tokens.lower(index - 1) == "a" and not _names_event(tokens, index):
        return None
    after = tokens.classes[index + 1 : index + 2]
    if after == "f" or (after == "D" and tokens.lower(index + 1).endswith("s")):
        return None  # "Friday 5/12", "Friday mornings"
    if found.start("d2") >= 0 and tokens.lower(end).isalpha() and tokens.classes[end] != "P":
        end -= 1  # "Friday 31 people"
    abbreviated = len(word) < 6
    place = max(found.start("d"), found.start("d2"))
    if tokens.classes[index] == "w" and place < 0:
        beside = tokens.classes[index + 1 : index + 3].lstrip(".,")[:1]
        if not word[0].isupper() or word.isupper() or beside not in ("c", "D", "d"):
            return None
    if found.start("dot") >= 0 and not abbreviated:
        end = found.start("dot")
    if word.islower() and abbreviated and word not in ("thurs", "tues"):
        return None
    atom = Atom(index, end, weekday=number, rule="weekday")
    if 0 <= place < end:
        atom.day = int(tokens.values[place])
    return atom


@rule("kK", r"[kK]")
@rule("t", r"t(?P<u>[UD])(?P<h>h)(?P<k>[kxl])(?![UWMmDZHOdnNy])")
@rule("U", r"(?P<u>U)(?P<h>h)(?P<k>[kx])(?![UWMmDZHOdnNy])")
def day_word(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """today, yesterday, tonight, the day before yesterday, the week before last."""
    if found.re.groups:
        night = tokens.classes[found.start("u")] == "D"
        unit, plural = ("N", False) if night else tokens.values[found.start("u")]
        word, base = tokens.lower(found.start("h")), tokens.lower(found.start("k"))
        if plural or unit not in BEFORE_LAST.get((base, word), ""):
            return None
        shift = -2 if word == "before" else 2
        atom = Atom(found.start(), found.end(), unit=unit, shift=shift, rule="day_word")
        if night:
            atom.unit, atom.time = "D", str(value_at(tokens, found, "u"))
        return atom
    index = found.start()
    if tokens.classes[index] == "K":
        return Atom(index, index + 1, unit="D", shift=0, time="TNI", rule="tonight")
    if tokens.words[index].isupper() and tokens.lower(index - 1) == "usa":
        return None  # the newspaper
    closes = tokens.classes[index + 1 : index + 2] in (".", '"')
    if tokens.words[index] == "Today" and closes and tokens.words[index - 1][:1].isupper():
        return None  # the broadcast, "Science Today"
    return Atom(index, index + 1, unit="D", shift=tokens.values[index], rule="day_word")


@rule(
    "qtadnyNLf(",
    r"(?:t|\()?(?:(?P<n0>[dn]|a|a?N(?:-?N)?)(?P<u0>U),?&)?(?P<n>"
    + NUMBER
    + r")(?:\)|v)?(?P<u>[UD])"
    r"(?P<half>&aL)?(?P<so>&_)?(?P<h>[ghE])(?P<k>k|X)?",
)
def ago(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """two years ago, a month later, three days earlier, about two weeks before."""
    unit, count = _unit_count(tokens, found)
    word = tokens.lower(found.start("h"))
    if count is None or (
        tokens.classes[found.start("h")] == "E" and word not in ("earlier", "later")
    ):
        return None
    if found.start("so") >= 0 and tokens.lower(found.start("so") + 1) != "so":
        return None
    if word == "later" and re.match("k|i[UDMWZ]", tokens.classes[found.end() : found.end() + 2]):
        return None  # "find 30 minutes later this week"
    if tokens.lower(found.end()) == "than":
        return None  # "a day later than usual", "two years earlier than planned"
    if found.start("half") >= 0 and count != "X":
        count = f"{float(count) + 0.5:g}"
    if found.start("n0") >= 0:
        summed = _sum_units(tokens, found, unit, count)
        if summed is None:
            return None
        unit, count = summed
    past = word in ("ago", "back", "earlier", "before", "previously", "prior", "beforehand")
    base = tokens.lower(found.start("k")) if found.start("k") >= 0 else ""
    if word == "back" and tokens.lower(found.end()) in ("to", "in", "on", "from", "at", "into"):
        return None
    if word in ("before", "after", "prior") and not base:
        # "two days after the vote": the event is not a date that can be counted from
        follower = tokens.classes[found.end() : found.end() + 1]
        if follower not in (".", ",", "", "\n", ")"):
            return None
    end = (
        found.end()
        if not base or base in ("now", "today", "yesterday", "tomorrow")
        else found.start("k")
    )
    atom = Atom(found.start(), end, unit=unit, counted=True, rule="ago")
    if count == "X":
        atom.form, atom.value = "vague", "PAST_REF" if past else "FUTURE_REF"
        return atom
    atom.value = count
    atom.shift = -1 if past else 1
    atom.basis = "" if word in ("ago", "back", "hence") or base in ("now", "today") else "text"
    if base in ("yesterday", "tomorrow"):
        atom.basis, atom.rank_count = "", 1
        atom.flags.append(base)
    if base in ("today", "yesterday", "tomorrow") and word == "ago":
        atom.flags.append("same_day")  # "ten years ago today"
    atom.start, atom.modifier = approximation_start(tokens, atom.start)
    return atom


@rule("P", r"P(?P<n>" + NUMBER + r")(?P<u>U)(?!F|-|v?>)")
def in_units(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """in two weeks: a coming date where the clause speaks of the future, else a duration.

    "In two weeks' time" is always a date.
    """
    unit, count = _unit_count(tokens, found)
    plural = tokens.values[found.start("u")][1]
    known = unit == "F" or unit in DAY_BEFORE_UNITS
    if tokens.lower(found.start()) != "in" or not known or count in (None, "X"):
        return None
    if plural == (count == "1"):
        return None
    atom = Atom(found.start("n"), found.end(), unit=unit, counted=True, value=str(count), shift=1)
    atom.rule = "in_units"
    if tokens.classes[atom.end : atom.end + 1] in ("'", '"') and (
        tokens.lower(atom.end + 1) == "time"
    ):
        atom.rule, atom.end = "from_now", atom.end + 2
    return atom


@rule("dnyNaqLA", r"A?(?P<n>" + NUMBER + r")v?(?P<u>U)<(?P<k>[Xk])")
def from_now(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """three weeks from now, two months from today."""
    unit, count = _unit_count(tokens, found)
    base = tokens.lower(found.start("k"))
    if count in (None, "X") or base not in ("now", "today", "tomorrow", "tmrw"):
        return None
    atom = Atom(
        found.start(),
        found.end(),
        unit=unit,
        counted=True,
        value=str(count),
        shift=1,
        rule="from_now",
    )
    if base != "now":
        atom.flags.append("exact")  # a count from a day gives a day
    if base in ("tomorrow", "tmrw"):
        atom.flags.append("tomorrow")
    return atom


def _sum_units(
    tokens: Tokens, found: re.Match[str], unit: str, count: str
) -> tuple[str, str] | None:
    """Two weeks and two days: 16 days; nine years and ten months: 118 months."""
    first = number_at(tokens, found.start("n0"), found.end("n0"))
    larger = tokens.values[found.start("u0")][0]
    factor = {("W", "D"): 7, ("Y", "M"): 12}.get((larger, unit))
    if factor is None or first is None or not (first.isdigit() and count.isdigit()):
        return None
    return unit, str(int(first) * factor + int(count))


def _unit_count(tokens: Tokens, found: re.Match[str]) -> tuple[str, str | None]:
    count = number_at(tokens, found.start("n"), found.end("n"))
    value = tokens.values[found.start("u")]
    if tokens.classes[found.start("u")] == "D":
        word = tokens.lower(found.start("u"))
        return "D", count if word in ("night", "nights") else None
    return value[0], count


@rule("tOldN", r"t?(?P<o>[Ol])(?P<n>" + NUMBER + r")?(?:(?P<u>U)|(?P<w>W)(?!,))(?=[FP])")
def nth_unit(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the last week (of March), the first two months (of 2021), the second Tuesday (in May)."""
    ordinal = tokens.values[found.start("o")]
    count = 1
    if tokens.classes[found.start("o")] == "l":
        if tokens.lower(found.start("o")) != "last":
            return None
        ordinal = -1
    if found.start("n") >= 0:
        number = number_at(tokens, found.start("n"), found.end("n"))
        if number is None or not number.isdigit() or ordinal not in (1, -1):
            return None
        count = int(number)
    atom = Atom(
        found.start(),
        found.end(),
        form="none",
        rank=int(ordinal),
        rank_count=count,
        rule="nth_unit",
    )
    if found.start("w") >= 0:
        atom.rank_unit = f"W{tokens.values[found.start('w')][0]}"
        return atom
    unit, plural = tokens.values[found.start("u")]
    if unit not in ("D", "W", "M", "Q", "Y", "E") or plural != (count > 1):
        return None
    atom.rank_unit = unit
    return atom


@rule("t", r"t(?P<u>U)(?P<h>[hE])(?=[.,\n)]|$)")
def the_day_before(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the day before, the year before."""
    unit, plural = tokens.values[found.start("u")]
    word = tokens.lower(found.start("h"))
    if plural or unit not in DAY_BEFORE_UNITS or word not in ("before", "earlier", "after"):
        return None
    atom = Atom(found.start(), found.end(), unit=unit, counted=True, value="1", rule="ago")
    atom.basis, atom.shift = "text", 1 if word == "after" else -1
    return atom


@rule("t", r"t(?P<u>U)(?:F|(?P<s>[_E])P?)(?=t?[MmdOkWr])")
def week_of(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the week of (March 6)."""
    unit, plural = tokens.values[found.start("u")]
    if unit not in ("W", "WE") or plural:
        return None
    if found.start("s") >= 0 and tokens.lower(found.start("s")) not in word_list("week_verbs"):
        return None
    atom = Atom(found.start(), found.end(), form="none", rank_unit="week_of", rule="week_of")
    if unit == "WE":
        atom.flags.append("weekend")
    return atom


@rule("t", r"t(?P<o>O)(?=F[ilxtj])")
def day_of_month(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the 20th (of this month)."""
    word = tokens.words[found.start("o")]
    day = tokens.values[found.start("o")]
    if not word[0].isdigit():
        return None
    return Atom(found.start(), found.end(), form="none", day=day, rule="day_of_month")


@rule("E", r"EF(?P<u>U)(?!F)")
def end_of_unit(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """by end of year: the one under way."""
    unit, plural = tokens.values[found.start("u")]
    word = tokens.lower(found.start())
    if plural or unit not in ("Y", "M", "W", "Q") or word != "end":
        return None
    atom = Atom(found.start(), found.end(), unit=unit, shift=0, rule="last_unit")
    atom.modifier = "end"
    return atom


@rule("t", r"t(?P<v>v|G)?(?P<u>U)")
def the_unit(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the quarter, the year, the full year, the weekend: the one spoken of."""
    unit, plural = tokens.values[found.start("u")]
    before, after = tokens.lower(found.start() - 1), tokens.lower(found.end())
    if unit == "D" and not plural and before in word_list("day_cues") and after != "of":
        return Atom(found.start(), found.end(), unit="D", shift=0, basis="text", rule="the_unit")
    if plural or unit not in ("Q", "Y", "WE", "W", "M") or before in ("times", "once", "twice"):
        return None
    if unit != "WE" and after in ("of", "when", "that", "-", "later", "before", "after"):
        return None
    if after[:1].isdecimal():
        return None  # "the year 99999"
    if found.start("v") >= 0:
        if unit != "Y" or tokens.lower(found.start("v")) in ("final", "opening", "remaining"):
            return None
    elif unit in ("M", "W") and (before not in ("of", "in", "for") or after == "'s"):
        return None
    word = tokens.words[found.end() - 1]
    if before == "of" and word[0].isupper() and not word.isupper():
        return None  # "Player of the Year"
    basis = "" if unit == "WE" else "text"
    if unit == "Y" and after in ("ended", "ending", "to", "through", "until"):
        # the year to 31 March is twelve months, not a calendar year
        return Atom(found.start(), found.end(), form="duration", value="P1Y", rule="the_unit")
    return Atom(found.start(), found.end(), unit=unit, shift=0, basis=basis, rule="the_unit")
