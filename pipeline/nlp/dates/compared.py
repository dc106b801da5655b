"""Rules for times told by others: "the year-ago quarter", "the same month of 2019", a week on."""

from __future__ import annotations

import re

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.rules import number_at, rule
from pipeline.nlp.dates.tokens import Tokens

MOST_WEEKS = 52
#: Behind "the same month": "last year", "a year ago", "of 2019".
YEAR_BEFORE = re.compile(r"(?:F?t?lU|aU[ghE]|F?y)")


@rule("tUv", r"t?v?(?P<u>U)-(?P<g>[ghE])(?:-?(?:(?P<o>O)-?)?(?P<u2>U))?")
def year_ago(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the year-earlier quarter, the year-ago period, the year-ago third quarter."""
    if tokens.values[found.start("u")] != ("Y", False):
        return None
    if tokens.lower(found.start("g")) not in ("ago", "earlier", "before"):
        return None
    end = found.end()
    atom = Atom(found.start(), end, unit="Y", counted=True, value="1", shift=-1, rule="year_ago")
    atom.basis = "text"
    if found.start("u2") >= 0:
        inner = tokens.values[found.start("u2")]
        if inner[0] != "Q" or inner[1]:
            atom.end = found.start("u2")
        elif found.start("o") >= 0:
            atom.rank = int(tokens.values[found.start("o")])
    elif tokens.lower(end) == "period":
        atom.end = end + 1
    return atom


@rule("tls", r"t?(?:s|l|_)(?P<p>[oU])")
def same_period(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the same period (a year earlier), the latest period: the quarter or month spoken of."""
    index = found.start("p")
    word = tokens.lower(index - 1)
    if tokens.lower(index) not in ("period", "month", "quarter") or word == "the":
        return None
    if word == "latest" and tokens.lower(index) == "period":
        return Atom(found.start(), index + 1, unit="Q", shift=0, basis="text", rule="the_unit")
    if word not in ("same", "corresponding", "comparable", "similar"):
        return None
    inner = YEAR_BEFORE.match(tokens.classes, index + 1)
    if not inner:
        return None
    atom = Atom(found.start(), inner.end(), rule="same_period", basis="text")
    if inner.group().endswith("y"):
        atom.year, atom.rule = tokens.values[atom.end - 1], "year_period"
        return atom
    if tokens.values[index + 1 + inner.group().index("U")] != ("Y", False):
        return None
    atom.unit, atom.counted, atom.value, atom.shift = "Y", True, "1", -1
    if tokens.lower(index) == "quarter":
        atom.rank_unit = "Q"
    return atom


@rule("t", r"t(?P<p>U)a(?P<u>U)(?P<h>[ghE])")
def period_a_year_ago(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the quarter a year earlier, the month a year ago."""
    unit, plural = tokens.values[found.start("p")]
    word = tokens.lower(found.start("h"))
    if plural or unit not in ("Q", "M") or tokens.values[found.start("u")] != ("Y", False):
        return None
    if word not in ("ago", "earlier", "before"):
        return None
    atom = Atom(found.start(), found.end(), unit="Y", counted=True, value="1", shift=-1)
    atom.rule, atom.basis, atom.rank_unit = "same_period", "text", unit
    return atom


@rule("Wk", r"(?P<d>[Wk])(?P<u>U)(?!-|[dny])")
def day_week(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """Sunday week, tomorrow week: seven days after the coming one."""
    if tokens.values[found.start("u")] != ("W", False):
        return None
    atom = Atom(found.start(), found.end(), rule="day_week")
    value = tokens.values[found.start("d")]
    if tokens.classes[found.start("d")] == "k":
        atom.unit, atom.shift = "D", value + (7 if value >= 0 else -7)
        return atom
    if value[1] or tokens.lower(found.start() - 1) in ("last", "every", "each"):
        return None
    atom.weekday, atom.direction = value[0], 1
    atom.flags.append("week_on")
    return atom


@rule("aNd", r"(?P<n>[aNd])(?P<u>U)(?:P(?P<w>W)(?!D|'|[-=]|,?[dMm])|(?P<k>k))")
def week_on(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """a week on Monday, a fortnight today: seven or fourteen days after the coming one.

    In the past it is how long something took: "he spent a week on Monday's notes".
    """
    unit, plural = tokens.values[found.start("u")]
    count = number_at(tokens, found.start("n"), found.end("n"))
    weeks = {"W": 1, "F": 2}.get(unit, 0)
    if plural or count != "1" or not weeks or tokens.lower(found.start() - 1) in ("once", "twice"):
        return None
    atom = Atom(found.start(), found.end(), rule="day_week")
    if found.start("k") >= 0:
        day = tokens.values[found.start("k")]
        atom.unit, atom.shift = "D", day + 7 * weeks
        return atom if day >= 0 else None
    if tokens.lower(found.end("u")) != "on" or tokens.values[found.start("w")][1]:
        return None
    atom.weekday, atom.direction = tokens.values[found.start("w")][0], 1
    atom.flags += ["week_on"] * weeks
    return atom


@rule("dN", r"(?P<n>[dN])(?P<w>W)(?P<h>g)")
def weekdays_ago(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """two Sundays ago: the second Sunday before the publication."""
    number, plural = tokens.values[found.start("w")]
    count = number_at(tokens, found.start("n"), found.end("n"))
    if not plural or count is None or not count.isdigit() or not 2 <= int(count) <= MOST_WEEKS:
        return None
    atom = Atom(found.start(), found.end(), weekday=number, direction=-1, rule="weekdays_ago")
    atom.rank_count = int(count)
    return atom
