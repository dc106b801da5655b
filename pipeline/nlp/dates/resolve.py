"""Gives each time expression its TIMEX3 value: what it hangs on, and at which precision."""

from __future__ import annotations

import re
from datetime import date

from pipeline.nlp.dates.anchored import UnresolvedError
from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.context import Anchor, Context
from pipeline.nlp.dates.durations import duration_value
from pipeline.nlp.dates.reading import DAYS, MONTHS, PRECISION, Reading
from pipeline.nlp.dates.sides import modifier_of
from pipeline.nlp.dates.tokens import Tokens
from pipeline.nlp.dates.values import add_days, add_months, bounds, granularity_of, real_day
from pipeline.records import DateMention, Span, TimexKind

#: Tenses in which "in two weeks" is a date, not a length of time.
COMING = ("future", "planned")
#: Flags of atoms that the reader of the table should see; the others are notes of the grammar.
DOUBTS = ("day_month_order_unknown", "impossible_day")

#: Years after the publication up to which a year of two digits is one to come.
MOST_AHEAD = 15
#: Tokens before a date in which "until" and "would" make it a look ahead.
CLAUSE = 10


def resolve(tokens: Tokens, atom: Atom, context: Context) -> DateMention | None:
    """The mention of an atom; None if its words name no possible date."""
    start, end = tokens.starts[atom.start], tokens.end_of(atom.end - 1)
    span = Span(start, end)
    if atom.rule == "in_units" and context.tense(start) not in COMING:
        atom.form, atom.value = "duration", duration_value(atom.value, atom.unit)
        atom.direction = 0
    if atom.rule == "in_next" and context.tense(start) in (*COMING, "present", "scheduled"):
        atom.form, atom.value, atom.direction = "duration", duration_value("1", atom.unit), 1
    if atom.form in ("duration", "set"):
        kind: TimexKind = "DURATION" if atom.form == "duration" else "SET"
        first, last = _past_units(atom, context)
        return DateMention(
            span, kind, atom.value, first, last, "", atom.modifier,
            "publication" if first else "", tuple(atom.flags),
        )  # fmt: skip
    if atom.form == "vague":
        return DateMention(span, "DATE", atom.value, modifier=atom.modifier)
    far_ahead = context.published.year + MOST_AHEAD if context.published else 9999
    if "short_year" in atom.flags and atom.year is not None and atom.year > far_ahead:
        atom.year -= 100  # "born 03/18/40", written in 2021
    flags = [flag for flag in atom.flags if flag in DOUBTS]
    try:
        value, anchor, more = Reading(tokens, atom, context).read()
        flags += [flag for flag in more if flag not in flags]
    except UnresolvedError as unresolved:
        value, anchor = unresolved.value, ""
        flags.append("unresolved_date")
    except (ValueError, OverflowError):
        return None
    if not value:
        return None
    if atom.day is not None and _other_weekday(value, atom.weekday):
        flags.append("weekday_differs")  # one of the two is a slip
    if atom.until_day and atom.rank_unit != "week_of":
        return _day_range(tokens, span, value, atom, anchor, tuple(flags))
    if atom.time and "T" not in value:
        whole = granularity_of(value) == "day" and "/" not in value
        value = value + atom.time if whole else value
    if atom.until_time and "T" in value:
        value = f"{value}/{value.split('T')[0]}{atom.until_time}"
    if not (context.narrative and anchor == "publication"):
        _speak(tokens, value, atom, context)
    kind = "TIME" if granularity_of(value) == "time" else "DATE"
    if "yearly" in atom.flags:
        kind = "SET"  # "from May to July each year"
    first, last = bounds(value, atom.modifier)
    atom.modifier = modifier_of(tokens, atom)
    if atom.modifier == "from" and first > context.published_text[: len(first)] > "":
        atom.modifier = "since"  # nothing comes from a year to come: it begins then
    if atom.fiscal and granularity_of(value) in ("year", "quarter"):
        first = last = ""  # whose fiscal year it is, and when it ends, the words do not say
        flags.append("fiscal_year")
    parts = _year_range(tokens, atom) if atom.rule == "year_range" else ()
    return DateMention(
        span, kind, value, first, last, granularity_of(value), atom.modifier, anchor,
        tuple(flags), parts,
    )  # fmt: skip


def _other_weekday(value: str, weekday: int | None) -> bool:
    """Whether the text gives a day another weekday than the calendar does."""
    if weekday is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    return date.fromisoformat(value).isoweekday() != weekday


def _day_range(
    tokens: Tokens, span: Span, value: str, atom: Atom, anchor: str, flags: tuple[str, ...]
) -> DateMention | None:
    """12-13 April, as one mention with its two ends as parts."""
    last = f"{value[:-2]}{atom.until_day:02d}"
    cut, again = atom.cut
    kind: TimexKind = "TIME" if atom.time else "DATE"
    start, end = bounds(value)[0], bounds(last)[1]  # "" where nobody knows the year
    ends = (
        DateMention(Span(span.start, cut), kind, value + atom.time, start, start, "day"),
        DateMention(Span(again, span.end), "DATE", last, end, end, "day"),
    )
    whole = f"{value}/{last}"
    side = modifier_of(tokens, atom)
    if end and not real_day(*map(int, end.split("-"))):  # "28-29 February" of a common year
        flags, month = (*flags, "impossible_day"), value[:7]
        return DateMention(span, "DATE", month, month, month, "month", side, anchor, flags)
    return DateMention(span, "DATE", whole, start, end, "day", side, anchor, flags, ends)


def _year_range(tokens: Tokens, atom: Atom) -> tuple[DateMention, ...]:
    """The two ends of a range of years in one token, such as 1997-2005 or 2020/21."""
    index = atom.end - 1
    start, end = tokens.starts[index], tokens.end_of(index)
    if atom.end - atom.start == 3:  # 1890 – 91
        places = (tokens.starts[atom.start], tokens.end_of(atom.start)), (start, end)
    else:
        word = tokens.words[index]
        cut = start + next(i for i, c in enumerate(word) if not c.isdecimal())
        places = (start, cut), (cut + 1, end)
    values = atom.value.split("/")
    return tuple(
        DateMention(Span(*place), "DATE", value, value, value, "year")
        for place, value in zip(places, values, strict=True)
    )


#: A month or day of a year that nobody knows.
UNPLACED = re.compile(r"XXXX-(?:\d\d|WXX|SP|SU|FA|WI)")


def _moves(tokens: Tokens, atom: Atom) -> bool:
    """Whether a date moves the story on: a look ahead does not, nor a bare year in mid-sentence."""
    if atom.holiday or _looks_ahead(tokens, atom):
        return False
    if atom.rule not in ("year", "the_year") or tokens.classes[atom.end : atom.end + 1] == "\n":
        return True
    before = tokens.classes[max(0, atom.start - 2) : atom.start]
    return before in (".P", "\nP", "P", "._", "\n_")


def _looks_ahead(tokens: Tokens, atom: Atom) -> bool:
    """Whether the clause tells how something went on: "that lasted until the fall of 1945"."""
    head = tokens.classes[max(0, atom.start - CLAUSE) : atom.start]
    first = atom.start - len(head) + max(head.rfind("."), head.rfind("\n")) + 1
    return any(
        tokens.lower(index) in ("until", "till", "would") for index in range(first, atom.start)
    )


def _speak(tokens: Tokens, value: str, atom: Atom, context: Context) -> None:
    first, _ = bounds(value)
    if UNPLACED.match(value):
        context.lose_track()
    if not first or "/" in value or len(value) < 4:
        return
    parts: list[int | None] = [int(part) for part in first.split("-")]
    if granularity_of(value) in ("quarter", "half", "season", "week"):
        parts = parts[:2] if granularity_of(value) != "week" else parts
    year, month, day = [*parts, None, None][:3]
    back = (atom.shift or 0) < 0
    compares = back and atom.rule in ("ago", "year_ago", "same_period") and atom.unit in "YEC"
    compares = compares or (atom.rule == "last_unit" and atom.unit == "Y" and atom.shift == -1)
    if year is None or compares:
        return  # a comparison: the text goes on to speak of its own time
    context.speak(Anchor(year, month, day, value, atom.start), moves=_moves(tokens, atom))


def _past_units(atom: Atom, context: Context) -> tuple[str, str]:
    """First and last day, month or year of "the past 30 days"; ("", "") for other durations."""
    published = context.published
    if not atom.direction or published is None or not atom.unit:
        return "", ""
    count = "".join(c for c in atom.value if c.isdigit())
    if not count or "X" in atom.value or "." in atom.value or published.precision < 10:
        return "", ""
    base = published.as_day()
    letter = atom.value[-1]
    if "T" in atom.value or letter not in "DWMY":
        return "", ""
    number = int(count) * atom.direction
    if letter in "MY":
        year, month = add_months(base.year, base.month, number * MONTHS[letter])
        if not 1 <= year <= 9999:
            return "", ""
        other = f"{year:04d}-{month:02d}"[: PRECISION[letter]]
    else:
        day = add_days(base, number * DAYS[letter])
        if day is None:
            return "", ""
        other = day.isoformat()
    own = base.isoformat()[: len(other)]
    return (other, own) if number < 0 else (own, other)
