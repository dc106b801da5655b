"""Rules for years and the periods named by number: decades, centuries, quarters, seasons."""

from __future__ import annotations

import re

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.rules import rule, spelled_year, value_at
from pipeline.nlp.dates.tokens import Tokens, word_list


@rule("R", r"R")
def year_range(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """1997-2005, 2020/21."""
    first, last = tokens.values[found.start()]
    before = tokens.lower(found.start() - 1)
    if before in word_list("id_cues") or (
        first < 1500 and before not in word_list("year_cues") and before != "("
    ):
        return None
    return Atom(found.start(), found.end(), value=f"{first:04d}/{last:04d}", rule="year_range")


@rule("y", r"(?P<y>y)[=-](?P<n>[dn])(?=[.,)\n]|$)")
def spaced_years(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """1890 – 91: the same with blanks."""
    first, short = tokens.values[found.start("y")], tokens.words[found.start("n")]
    if len(short) != 2 or not short.isdecimal() or not first % 100 < int(short) <= first % 100 + 10:
        return None
    if not year_allowed(tokens, found.start("y")):
        return None
    value = f"{first:04d}/{first // 100 * 100 + int(short):04d}"
    return Atom(found.start(), found.end(), value=value, rule="year_range")


@rule("tU", r"t?(?P<u>U)-?(?:(?P<y>y)|(?P<ny>NN?-?N?))")
@rule("tG", r"t?(?P<g>G)(?P<u>U)?(?:F|P)?-?(?P<y>y)")
def labelled_year(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the year 2030, fiscal 1989, the financial year 2020."""
    if found.start("u") >= 0 and tokens.values[found.start("u")] != ("Y", False):
        return None
    number = value_at(tokens, found, "y")
    if number is None:
        number = spelled_year(tokens, found.start("ny"), found.end("ny"))
    if number is None:
        return None
    atom = Atom(found.start(), found.end(), year=int(str(number)), rule="labelled_year")
    atom.fiscal = tokens.classes[found.start()] == "G" or "G" in found.group()
    return atom


@rule("T", r"T")
def short_period(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """FY2021, FY20/21; EOY, the end of the year under way."""
    value = tokens.values[found.start()]
    if isinstance(value, str):
        return Atom(found.start(), found.end(), unit=value, shift=0, modifier="end", rule="short")
    if len(value) == 2:
        if value[1] != value[0] + 1:
            return None
        years = "/".join(f"{year:04d}" for year in value)
        return Atom(found.start(), found.end(), value=years, fiscal=True, rule="fiscal_years")
    return Atom(found.start(), found.end(), year=value[0], fiscal=True, rule="labelled_year")


@rule("Qy", r"(?P<q>Q)(?:[-,]?F?\"?(?P<y>y))?|(?P<y2>y)[-,]?(?P<q2>Q)")
def quarter_code(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """Q3, Q3 2021, 2019-H2."""
    where = "q" if found.start("q") >= 0 else "q2"
    letter, number = tokens.values[found.start(where)]
    year_value = value_at(tokens, found, "y") or value_at(tokens, found, "y2")
    if number > (4 if letter == "Q" else 2) or (letter == "H" and year_value is None):
        return None
    atom = Atom(found.start(), found.end(), rule="quarter_code")
    atom.year = None if year_value is None else int(str(year_value))
    if letter == "Q":
        atom.quarter = number
    else:
        atom.half = number
    return atom


@rule("ty", r"t?(?P<y>y)(?P<u>U)?")
def year(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """1979; not "1979 people", "page 1979"; the 1988 quarter."""
    index = found.start("y")
    number, the = tokens.values[index], tokens.classes[found.start()] == "t"
    after = tokens.lower(index + 1)
    if the and (after == "period" or (found.start("u") >= 0 and after in ("quarter", "season"))):
        return Atom(found.start(), index + 2, year=number, basis="text", rule="year_period")
    marked = the or tokens.classes[index - 1 : index] == "E"
    if marked and number % 10 == 0 and tokens.classes[index + 1 : index + 2] == "'":
        return None  # the 1930's
    if not year_allowed(tokens, index):
        return None
    return Atom(index, index + 1, year=number, rule="the_year" if the else "year")


@rule("N", r"N(?:N-?N|N)(?:&N(?:-?N)?)?")
def year_in_words(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """in nineteen ninety-six."""
    number = spelled_year(tokens, found.start(), found.end())
    if (
        number is None
        or number < 1500
        or tokens.classes[found.end() : found.end() + 1] in ("N", "U")
    ):
        return None
    return Atom(found.start(), found.end(), year=number, rule="year_in_words")


def year_allowed(tokens: Tokens, index: int) -> bool:
    """Whether the words around let a four-digit number be a year."""
    number, before, after = tokens.values[index], tokens.lower(index - 1), tokens.lower(index + 1)
    if before == "." and tokens.lower(index - 2) in word_list("id_cues"):
        return False  # No. 1984
    if before == "." and tokens.lower(index - 2) in ("c", "ca"):
        return True  # c. 1450
    if before[:1].isdigit() and tokens.classes[index - 1] != "y":
        return False  # 0171 555 2021
    bound = before == "least" and tokens.lower(index - 3) in ("until", "till", "through", "since")
    if (before in word_list("id_cues") and not bound) or after in word_list("counted_nouns"):
        return False
    if bound:
        return bool(1700 <= number <= 2100)  # "until at least 2040"
    if before == "-" and tokens.lower(index - 2) in ("post", "pre", "mid"):
        return True
    behind = re.fullmatch("<y[&>]", tokens.classes[max(0, index - 3) : index])
    if behind and 1500 <= tokens.values[index - 2] < number:
        return True  # "between 1997 and 2005 exports grew"
    follower = tokens.classes[index + 1 : index + 3]
    part = follower in ("L_", "LF") and before in ("by", "in", "since", "until")
    if (follower[:1] in ("U", "L") and not part) or follower == "-U":
        return False  # but "by 2020 half of them"
    plural = (
        tokens.classes[index + 1 : index + 2] == "_"
        and re.fullmatch(r"[a-z]{3,}(?<!s)s", tokens.words[index + 1]) is not None
        and after not in word_list("year_nouns")
    )
    if plural and before not in ("the", "since", "early", "late", "mid"):
        part = before == "of" and tokens.classes[index - 2] in "ULZM"  # "the first half of 2022"
        surely = part or before in ("in", "during", "until") or tokens.words[index - 1] == "By"
        return surely and 1900 <= number <= 2060
    if (
        number == 2000
        and tokens.words[index - 1][:1].isupper()
        and tokens.classes[index - 1] == "_"
    ):
        return before in word_list("year_cues")  # an index, a product
    if not 1500 <= number <= 2100:
        rough = before in ("about", "around") and tokens.lower(index - 2) in ("from", "since")
        return rough or before in ("in", "since", "year", "by", "until", "circa", "c", "from", "(")
    cue = before in word_list("year_cues") or before in "([,;:" or tokens.classes[index - 1] == "E"
    return cue or 1700 <= number <= 2060


@rule("dny#", r"(?:(?P<n>[dny])(?P<e>#)|(?P<e2>#)(?P<n2>[dny]))")
def era(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """490 BC, AD 79."""
    where = "n" if found.start("n") >= 0 else "n2"
    letter = value_at(tokens, found, "e" if where == "n" else "e2")
    number = tokens.values[found.start(where)]
    if not isinstance(number, int) or not 1 <= number <= 9999:
        return None
    mark = tokens.words[found.start("e" if where == "n" else "e2")]
    if not mark[0].isupper():
        return None
    if letter == "B":
        return Atom(found.start(), found.end(), value=f"BC{number:04d}", rule="era")
    return Atom(found.start(), found.end(), year=number, rule="era")


@rule('te"y', r"t?(?:\"?(?P<e>e)|(?P<y>y)')")
def decade(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the 1990s, the '60s, the nineties, 1930's."""
    index = max(found.start("e"), found.start("y"))
    number = tokens.values[index]
    if tokens.classes[index] == "y":
        if number % 10 or tokens.classes[index - 1 : index] not in ("t", "E", "-"):
            return None
    elif number < 100:
        word = tokens.words[index]
        quoted = tokens.classes[index - 1 : index] == '"'
        cued = tokens.classes[index - 1 : index] in ("t", "E", "-")
        if not (quoted or cued or (word[0].isalpha() and tokens.lower(index - 1) == "in")):
            return None
        if tokens.lower(index - 1) in ("his", "her", "their"):
            return None  # an age
        number += 1900 if number >= 30 or word[0].isalpha() else 2000
    if number % 100 == 0 and "hundreds" in tokens.lower(index):
        return None
    return Atom(found.start(), found.end(), decade=number // 10, rule="decade")


@rule("tGO", r"t?(?P<g>G-?)?(?P<o>O)-?(?P<u>U)(?P<b>#)?")
def century(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the 20th century, the fiscal fourth quarter, third-quarter."""
    unit, plural = tokens.values[found.start("u")]
    number = tokens.values[found.start("o")]
    if unit == "C" and not plural and value_at(tokens, found, "b") == "B":
        return Atom(found.start(), found.end(), value=f"BC{number - 1:02d}", rule="era")
    if unit == "C" and not plural and number >= 2:
        era = found.start("b") if found.start("b") >= 0 else found.end()
        return Atom(found.start(), max(era, found.end()), century=number - 1, rule="century")
    last = plural and tokens.classes[found.start() - 2 : found.start()] in ("O&", "&t")
    if unit == "Q" and 1 <= number <= 4 and (not plural or last):
        fiscal = found.start("g") >= 0
        name = "listed_quarter" if plural else "quarter"
        return Atom(found.start(), found.end(), quarter=number, fiscal=fiscal, rule=name)
    return None


@rule("tM", r"t?(?P<m>[Mm])-?(?P<u>U)(?:F?(?P<y>y))?")
def quarter_to(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the March quarter, December quarter 2021: the three months that end with it."""
    month = tokens.values[found.start("m")]
    if tokens.values[found.start("u")] != ("Q", False) or month % 3:
        return None
    atom = Atom(found.start(), found.end(), quarter=month // 3, rule="quarter")
    if (number := value_at(tokens, found, "y")) is not None:
        atom.year = int(str(number))
    return atom


@rule("tO", r"t?(?P<o>O)(?=(?:,O){0,2},?&t?O-?(?P<u>U))")
def listed_quarter(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the first (and third quarters)."""
    number = tokens.values[found.start("o")]
    if tokens.values[found.start("u")] != ("Q", True) or number > 4:
        return None
    return Atom(found.start(), found.end(), quarter=number, rule="listed_quarter")


@rule("tO", r"t?(?P<o>O)(?:&|>|[-=])t?(?P<o2>O)-?(?P<u>U)(?!#)")
def centuries(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the 18th and 19th centuries, the 16th to the 18th century."""
    first, last = tokens.values[found.start("o")], tokens.values[found.start("o2")]
    listed = "&" in found.group()
    if tokens.values[found.start("u")][0] != "C" or not 2 <= first < last:
        return None
    if listed and (last != first + 1 or tokens.lower(found.start("o") + 1) != "and"):
        return None
    value = f"{first - 1:02d}/{last - 1:02d}"
    return Atom(found.start(), found.end(), value=value, rule="centuries")


@rule("tOl", r"t?(?P<o>[Ol])-?L(?=,?[FP]|U|y)")
def half(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the first half (of a year named beside it)."""
    ordinal = tokens.values[found.start("o")]
    number = 2 if tokens.classes[found.start("o")] == "l" else ordinal
    if number not in (1, 2) or tokens.lower(found.start("o")) == "past":
        return None
    return Atom(found.start(), found.end(), form="none", half=number, rule="half")


@rule("tZ", r"t?(?P<z>Z)F?(?P<r>R)")
def winter(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the winter of 2010-11, which begins in the first of the two years."""
    first, last = tokens.values[found.start("r")]
    if tokens.values[found.start("z")] != "WI" or last != first + 1:
        return None
    return Atom(found.start(), found.end(), season="WI", year=first, rule="season")


@rule("tiZEl", r"t?(?P<z>Z)(?:F?(?P<y>y)(?!-?U)|F(?P<ny>NN-?N?))?")
def season(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """summer, the spring of 1986; "spring" and "fall" only where the words show a noun."""
    index = found.start("z")
    word, before = tokens.lower(index), tokens.lower(index - 1)
    if re.match("F?R", tokens.classes[index + 1 : index + 3]):
        return None  # "the summer of 2010-11": of the south
    atom = Atom(found.start(), found.end(), season=tokens.values[index], rule="season")
    if (number := value_at(tokens, found, "y")) is not None:
        atom.year = int(str(number))
    elif found.start("ny") >= 0:
        atom.year = spelled_year(tokens, found.start("ny"), found.end("ny"))
        if atom.year is None:
            return None
    elif word in ("spring", "fall"):
        after = tokens.lower(index + 1)
        if before not in (
            "in",
            "the",
            "early",
            "late",
            "mid",
            "-",
            "by",
            "since",
            "until",
            "and",
            "next",
            "last",
        ):
            return None
        of_year = re.match("Ft?[lxi]U", tokens.classes[index + 1 : index + 5])
        no_season = after in ("of", "in", "from", "to", "by", "below", "-", "for", "apart")
        if (no_season and not of_year) or before == "and":
            return None
    elif (
        tokens.words[index][0].isupper() and index and tokens.classes[index + 1 : index + 2] == "_"
    ):
        follower = tokens.words[index + 1]
        if follower[:1].isupper():
            return None  # Winter Olympics, Summer Palace
    return atom


@rule('"', r'"(?P<d>[dn])')
def short_year(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """since '82."""
    word, before = tokens.words[found.start("d")], tokens.lower(found.start() - 1)
    if len(word) != 2 or not word.isdecimal() or before not in ("in", "since", "of", "until", "by"):
        return None
    number = int(word)
    year_number = number + (1900 if number > 40 else 2000)
    atom = Atom(found.start(), found.end(), year=year_number, rule="short_year")
    atom.flags.append("short_year")
    return atom


@rule("Uv", r"v?(?P<u>U)(?:-|')?(?P<e>E)")
def year_end(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """year-end, year's end."""
    if tokens.values[found.start("u")] != ("Y", False) or tokens.lower(found.start("e")) != "end":
        return None
    atom = Atom(found.start(), found.end(), unit="Y", shift=0, modifier="end", rule="the_unit")
    atom.basis = "text"
    return atom


@rule("tU", r"t?(?P<u>U)(?P<n>[dn])(?:F(?P<y>y))?")
def week_number(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """week 31, week 3 of 2027."""
    number = tokens.values[found.start("n")]
    if tokens.values[found.start("u")] != ("W", False) or not isinstance(number, int):
        return None
    if not 1 <= number <= 53:
        return None
    atom = Atom(found.start(), found.end(), rank=number, rank_unit="W", rule="week_number")
    year_value = value_at(tokens, found, "y")
    if year_value is not None:
        atom.year = int(str(year_value))
    return atom
