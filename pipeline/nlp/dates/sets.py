"""Rules for repeated times ("every Friday") and for references without a value ("now")."""

from __future__ import annotations

import re

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.durations import duration_value
from pipeline.nlp.dates.rules import number_at, rule
from pipeline.nlp.dates.tokens import Tokens, word_classes, word_list


@rule("Y", r"Y")
def frequency(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """daily, annually; "Daily News" is a name, "annual meeting" a kind of meeting."""
    index = found.start()
    word = tokens.words[index]
    after = tokens.words[index + 1] if index + 1 < len(tokens.words) else ""
    before = tokens.words[index - 1] if index else ""
    if word[0].isupper() and (after[:1].isupper() or before[:1].isupper()):
        return None
    if before == "-" and (value := word_classes().get(tokens.lower(index - 2) + word.lower())):
        return Atom(index - 2, found.end(), form="set", value=value[1], rule="frequency")
    adjective = word.lower() in word_list("frequency_adjectives")
    if adjective and after[:1].isalpha() and after not in word_list("function_words"):
        return None
    return Atom(index, found.end(), form="set", value=tokens.values[index], rule="frequency")


@rule("V", r"V(?P<o>[OV]|v)?(?P<n>[dN])?(?P<u>U)|V(?P<o2>O|v)?(?P<w>[WwMmDZ])(?P<p>D)?")
def every(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """every year, each Thursday, every other Friday, every three weeks, every morning."""
    if found.start("u") < 0:
        value = named_set(tokens, found.start("w"))
        if found.start("p") >= 0:
            value += str(tokens.values[found.start("p")])
        return Atom(found.start(), found.end(), form="set", value=value, rule="every")
    unit, _ = tokens.values[found.start("u")]
    count: str | None = "1"
    if found.start("n") >= 0:
        count = number_at(tokens, found.start("n"), found.end("n"))
    if found.start("o") >= 0:
        word = tokens.lower(found.start("o"))
        count = "2" if word in ("other", "second") else str(tokens.values[found.start("o")])
    if count is None or not count.isdigit():
        return None
    if unit == "WE":
        return Atom(found.start(), found.end(), form="set", value="XXXX-WXX-WE", rule="every")
    value = f"P{count}Q" if unit == "Q" else duration_value(count, unit)
    return Atom(found.start(), found.end(), form="set", value=value, rule="every")


@rule("tO", r"t?(?P<o>O)F?V(?P<u>U)")
def day_of_every(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the 15th of every month."""
    day = tokens.values[found.start("o")]
    if tokens.values[found.start("u")] != ("M", False) or not 1 <= day <= 31:
        return None
    return Atom(found.start(), found.end(), form="set", value=f"XXXX-XX-{day:02d}", rule="every")


def named_set(tokens: Tokens, index: int) -> str:
    """The TIMEX3 set of a weekday, month, season or part of the day."""
    letter, value = tokens.classes[index], tokens.values[index]
    if letter in "Ww":
        return f"XXXX-WXX-{value[0]}"
    if letter in "Mm":
        return f"XXXX-{value:02d}"
    return f"XXXX-{value}" if letter == "Z" else str(value)


@rule("P", r"P(?P<u>U)(?!F)")
def weekends(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """on weekends, at weekends."""
    if tokens.values[found.start("u")] != ("WE", True) or tokens.lower(found.start()) == "in":
        return None
    return Atom(found.start("u"), found.end(), form="set", value="XXXX-WXX-WE", rule="weekdays")


@rule("V2", r"(?P<v>V)?(?P<b>2)(?P<p>D)?")
def working_days(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """weekdays, every weekday, weekday mornings; not "weekday services"."""
    part = tokens.lower(found.start("p")) if found.start("p") >= 0 else ""
    plural = tokens.lower(found.start("b")).endswith("s") or part.endswith("s")
    if not plural and found.start("v") < 0:
        return None
    value = "XXXX-WXX-WD" + (str(tokens.values[found.start("p")]) if part else "")
    return Atom(found.start(), found.end(), form="set", value=value, rule="weekdays")


@rule("W", r"(?P<w>W)(?P<p>D)?")
def weekdays(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """Fridays, Tuesday nights."""
    number, plural = tokens.values[found.start("w")]
    part = tokens.lower(found.start("p")) if found.start("p") >= 0 else ""
    if not plural and not part.endswith("s"):
        return None
    value = f"XXXX-WXX-{number}" + (str(tokens.values[found.start("p")]) if part else "")
    return Atom(found.start(), found.end(), form="set", value=value, rule="weekdays")


def _reference(start: int, end: int, value: str) -> Atom:
    return Atom(start, end, form="vague", value=value, rule="vague")


@rule("X", r"(?P<x>X)")
def vague(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """now, right now, recently, currently."""
    index = found.start("x")
    word, before = tokens.lower(index), tokens.lower(index - 1)
    if (word, before) == ("present", "at"):
        return _reference(index - 1, index + 1, "PRESENT_REF")
    if word in ("present", "recent", "future") or (word == "now" and before == "from"):
        return None
    start = index - 1 if (word, before) == ("now", "right") else index
    return _reference(start, index + 1, str(tokens.values[index]))


@rule("tX", r"t(?:_)?(?P<x>[Xl])|(?P<f>X)")
def the_future(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the future, the near future, the past; not "the past chairman", "future contracts"."""
    index = max(found.start("x"), found.start("f"))
    word, before, after = tokens.lower(index), tokens.lower(index - 1), tokens.lower(index + 1)
    adjective = index - found.start() == 2
    if adjective and before not in ("near", "foreseeable", "distant", "immediate", "recent"):
        return None
    if word == "future" and (found.start("x") >= 0 or before in ("in", "foreseeable", "near")):
        return _reference(found.start(), index + 1, "FUTURE_REF")
    if word == "past" and found.start("x") >= 0:
        noun = tokens.classes[index + 1 : index + 2] in ("", ".", ",", ")", "\n", "&")
        if noun or after in word_list("function_words"):
            return _reference(found.start(), index + 1, "PAST_REF")
    return None


@rule("ij", r"[ij](?P<u>U)")
def these_days(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """these days, those years."""
    unit, plural = tokens.values[found.start("u")]
    word = tokens.lower(found.start())
    if not plural or unit not in ("D", "Y") or word not in ("these", "those"):
        return None
    value = "PRESENT_REF" if word == "these" else "PAST_REF"
    return _reference(found.start(), found.end(), value)


@rule("N", r"N(?P<u>U)")
def some_day(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """will one day rule: a time to come; "One day, he left" tells nothing of when."""
    before = tokens.lower(found.start() - 1)
    if tokens.lower(found.start()) != "one" or tokens.values[found.start("u")] != ("D", False):
        return None
    if before not in word_list("modals"):
        return None
    return _reference(found.start(), found.end(), "FUTURE_REF")


@rule("t", r"t__")
def the_near_term(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the near term, the short term."""
    first, second = tokens.lower(found.start() + 1), tokens.lower(found.start() + 2)
    if second != "term" or first not in ("near", "short", "medium", "long"):
        return None
    return _reference(found.start(), found.end(), "FUTURE_REF")


@rule(">", r">_")
def to_date(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """to date."""
    before, behind = tokens.lower(found.start() - 1), tokens.lower(found.end())
    if tokens.lower(found.start() + 1) != "date" or before == "up" or behind.isalpha():
        return None  # "to date the find"
    return _reference(found.start(), found.end(), "PRESENT_REF")


@rule("P", r"Pt[_U]")
def at_the_moment(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """at the moment."""
    words = [tokens.lower(index) for index in range(found.start(), found.end())]
    if words not in (["at", "the", "moment"], ["at", "the", "minute"]):
        return None
    return _reference(found.start(), found.end(), "PRESENT_REF")
