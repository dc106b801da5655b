"""Percentages, shares, durations, ages, ranks and other measures, found without a parse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.nlp.lexicons import remembered
from pipeline.nlp.money import context
from pipeline.nlp.money.lexicon import read_data
from pipeline.nlp.money.numbers import MONEY_LETTERS, SP, UNITS, Number, plain, shift
from pipeline.records import Figure, FigureKind, Span

_GAP = re.compile(rf"{SP}?[-–—]{SP}?|{SP}(?:to|or|and){SP}")
_BETWEEN = re.compile(rf"\bbetween{SP}(?:\w+{SP})?\Z", re.IGNORECASE)
#: Words that make a date of a duration: those belong to the dates.
_RELATIVE = re.compile(rf"{SP}(?:ago|earlier|later|before|after|hence|prior)(?!\w)")
_OLD = re.compile(rf"(?:-|{SP})(?:old|olds)(?!\w)|{SP}of{SP}age(?!\w)")
_AGED = re.compile(
    rf"\b(?:age{SP}of|aged?(?:{SP}\d{{1,3}}{SP}and)?|turned|turning"
    rf"|(?:when|until|since|before|after|while){SP}(?:he|she|they|I|we)"
    rf"{SP}(?:was|were)(?:{SP}(?:just|only|about))?){SP}\Z",
    re.IGNORECASE,
)
#: "He was 17 when", "she is 34."
_IS_OLD = re.compile(rf"\b(?:he|she){SP}(?:was|is){SP}(?:just{SP}|only{SP})?\Z", re.IGNORECASE)
_AT_THAT_AGE = re.compile(rf"[.,;)]|{SP}(?:when|and|at{SP}the{SP}time)\b|\Z")
#: "the past 30 days" is a date that ends today; "the next 30 hours" a duration.
_LOOK_BACK = re.compile(rf"\b(?:past|last|previous){SP}\Z", re.IGNORECASE)
_NAME = re.compile(rf"[A-Z][\w.'’-]+{SP}[A-Z][\w'’-]+,{SP}\Z")
_ORDINALS = {"third": 3, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
#: "Two thirds of", and "two-thirds", "one-third" by themselves; "a third" alone may be a rank.
_FRACTION = re.compile(rf"(?<=[-\s])({'|'.join(_ORDINALS)})(s?)(?![\w-])({SP}of\b)?", re.I)
_TOP = re.compile(rf"\b(a|an|{'|'.join(UNITS)})[-\s]\Z", re.IGNORECASE)
_OUT_OF = re.compile(rf"{SP}(?:in|out{SP}of)(?:{SP}every)?{SP}", re.IGNORECASE)
_OF_A = re.compile(rf"(?:{SP}of)?{SP}an?(?={SP})")
_NOUN = re.compile(
    rf"{SP}(?:of{SP}(?:all|her|his|its|my|our|the|their|these|those){SP})?[a-z]{{3,}}"
)
_PART_OF = re.compile(
    rf"{SP}of{SP}(?!(?:last|this|next|the{SP}year|fiscal|19|20|the{SP}(?:season|century|game|match))\b)|{SP}(?:the|its|their|all){SP}"
)
_NO_PART = re.compile(
    rf"\b(?:first|second|third|fourth|latter|other|last|this|next|final|early|late|per|each|every){SP}\Z",
    re.IGNORECASE,
)
#: "spread over 10 years" sets no bound, "for over 10 years" does.
_OVER = re.compile(rf"(?<!\bfor)(?<!after)(?<!took)(?<!just)(?<!well){SP}over{SP}\Z")
_MINUS = re.compile(rf"(?:^|[\s(])([-−–]|minus{SP})\Z")


@remembered
def _units() -> tuple[re.Pattern[str], dict[str, tuple[FigureKind, str]]]:
    """The pattern of all unit words, and lower-case word -> (kind, unit)."""
    data = read_data("units.toml")
    names: dict[str, tuple[FigureKind, str]] = {}
    for table in ("percent", "time", "measure"):
        kind: FigureKind = "percent" if table == "percent" else "measure"
        for unit, words in data[table].items():
            for word in (unit, *words):
                names[word] = (kind, unit)
                if word[-1].isalpha() and len(word) > 3 and not word.endswith("s"):
                    names[word + "s"] = (kind, unit)
    ordered = sorted(names, key=len, reverse=True)
    signs = "|".join(re.escape(word) for word in ordered if not word[-1].isalpha())
    long = "|".join(re.escape(w) for w in ordered if w[-1].isalpha() and (len(w) > 3))
    short = "|".join(re.escape(w) for w in ordered if w[-1].isalpha() and (len(w) <= 3))
    pattern = rf"(?:-|{SP})?(?P<word>(?i:{long})|{short})(?!\w)|{SP}?(?P<sign>{signs})"
    return re.compile(pattern), {word.lower(): names[word] for word in reversed(ordered)}


@remembered
def time_words() -> frozenset[str]:
    """Units of time, singular and plural: what a date component reads, or a measure."""
    words = read_data("units.toml")["time"]
    singular = {word for unit, forms in words.items() for word in (unit, *forms)}
    return frozenset(singular | {word + "s" for word in singular})


def find_measures(text: str, numbers: list[Number]) -> tuple[list[Figure], list[Number]]:
    """Percentages and measures in order, and the numbers left over that may count something."""
    figures = list(_fractions(text))
    taken = {figure.span.start for figure in figures}
    read = (_as_length(number) for number in numbers)
    free = [number for number in read if number.start not in taken and _whole(text, number)]
    left: list[Number] = []
    at = 0
    while at < len(free):
        number = free[at]
        after = free[at + 1] if at + 1 < len(free) else None
        figure = (_range(text, number, after) or _one_in(text, number, after)) if after else None
        if figure is not None:
            at += 2
        else:
            figure = _single(text, number)
            at += 1
        if figure is not None:
            figures.append(figure)
        elif number.value >= 1 and not _is_money_letter(number):
            left.append(number)
    return sorted(figures, key=lambda figure: figure.span), left


def _as_length(number: Number) -> Number:
    """The number of "30mm": without money beside it, no millions."""
    if number.letters.strip() != "mm":
        return number
    end = number.end - len(number.letters)
    return replace(number, end=end, value=number.base, power=0, letters="")


def _is_money_letter(number: Number) -> bool:
    """The scale may be none: "5 m" without money may be metres."""
    return number.letters.strip().lower() in MONEY_LETTERS


def _whole(text: str, number: Number) -> bool:
    """The digits are no part of a name, a date or a score: "Type-2", "3:1", "F16", "80s"."""
    before = text[number.start - 1] if number.start else " "
    after = text[number.end : number.end + 2]
    if before.isalnum() or before in "/:_$€£@":
        return False
    if after[:1].isalnum() and not number.letters and not _units()[0].match(text, number.end):
        return False
    earlier = text[number.start - 2] if number.start > 1 else " "
    if before in "-–.," and not earlier.isspace() and earlier != "(":
        return before in "-–" and (earlier.isdigit() or earlier in "%°")
    return not (after[:1] in "/:_" and after[1:].isalnum())


def _fractions(text: str) -> Iterator[Figure]:
    """Fractions such as "two thirds of" as percentages."""
    for match in _FRACTION.finditer(text):
        top = _TOP.search(text[max(0, match.start() - 10) : match.start()])
        if top is not None and (match[3] or match[2] or top[0][-1] == "-"):
            start = match.start() - len(top[0])
            share = _share(
                text, start, match.end(2), UNITS.get(top[1].lower(), 1), _ORDINALS[match[1].lower()]
            )
            if share is not None:
                yield share


def _one_in(text: str, first: Number, second: Number) -> Figure | None:
    """A share such as "one in five" as a percentage."""
    if (
        second.start - first.end > 16
        or not _is_whole_of(first, second)
        or not (first.integer and second.integer)
    ):
        return None
    if not _OUT_OF.fullmatch(text[first.end : second.start]) or not _NOUN.match(text, second.end):
        return None
    return _share(text, first.start, second.end, int(first.value), int(second.value))


def _is_whole_of(first: Number, second: Number) -> bool:
    """Whether the second number may be the whole: "1 in 10,000", but not "1 in 1998"."""
    sure = second.grouped or second.spelled or second.value % 1000 == 0
    return second.value <= 100 or (first.value == 1 and sure and second.value <= 10**9)


def _share(text: str, start: int, end: int, top: int, bottom: int) -> Figure | None:
    if not 0 < top < bottom:
        return None
    exact = Decimal(100 * top) / bottom
    places = max(2, 1 - exact.adjusted())  # two digits at least: "1 in 30,000"
    rounded = plain(exact.quantize(Decimal(1).scaleb(-places)))
    flags = () if exact == rounded else ("rounded",)
    return _figure(text, start, end, "percent", rounded, "percent", flags)


def _unit(text: str, number: Number) -> tuple[FigureKind, str, int] | None:
    """(kind, unit, end of its words) behind a number."""
    pattern, names = _units()
    match = pattern.match(text, number.end)
    if match is None:
        return None
    kind, unit = names[(match["sign"] or match["word"]).lower()]
    end = match.end()
    if unit == "times" and text[number.end : number.end + 1] == "-":
        return None
    if kind == "measure" and _is_date(text, number, unit, end):
        return None
    if unit in ("years", "months", "weeks", "days"):
        old = _OLD.match(text, end)
        if old is not None:
            return kind, f"{unit} old", old.end()
    return kind, unit, end


def _is_date(text: str, number: Number, unit: str, end: int) -> bool:
    """Words around a duration make a date of it."""
    if unit not in time_words():
        return False
    window = text[max(0, number.start - 10) : number.start]
    return _RELATIVE.match(text, end) is not None or _LOOK_BACK.search(window) is not None


def _range(text: str, first: Number, second: Number) -> Figure | None:
    """The range of two numbers: "10 to 15 percent", "two or three years", "5%-7%"."""
    unit = _unit(text, second)
    if unit is None or _MINUS.search(text[max(0, first.start - 7) : first.start]):
        return None
    own = _unit(text, first)
    if own is not None and own[:2] != unit[:2]:
        return None
    start = own[2] if own else first.end
    if second.start - start > 5 or not _GAP.fullmatch(text[start : second.start]):
        return None
    gap = text[start : second.start].strip()
    if gap == "and" and not _BETWEEN.search(text[max(0, first.start - 24) : first.start]):
        return None
    if gap == "to" and (
        context.is_change(text, first.start) or context.moved_by(text, first.start, named=False)
    ):
        return None
    low = first.value
    if not first.power and second.power and not first.grouped:
        low = shift(first.value, second.power)
    if low >= second.value:
        return None
    span = Span(first.start, unit[2])
    qualifier = "either" if gap == "or" else "range"
    return Figure(span, unit[0], None, low, second.value, unit=unit[1], qualifier=qualifier)


def _single(text: str, number: Number) -> Figure | None:
    start, end = number.start, number.end
    if start and text[start - 1] == "#" and number.integer and not number.power:
        return _figure(text, start - 1, end, "count", number.value, "rank", ())
    if 0 < number.value < 1 and (part := _part_of_unit(text, number)) is not None:
        return part
    if number.spelled and 0 < number.value < 1:
        words = text[start:end].lower()
        if (
            words != "quarter"
            and _PART_OF.match(text, end)
            and not _NO_PART.search(text[max(0, start - 12) : start])
        ):
            return _figure(text, start, end, "percent", plain(100 * number.value), "percent", ())
        return None
    window = text[max(0, start - 30) : start]
    aged = _AGED.search(window) or (_IS_OLD.search(window) and _AT_THAT_AGE.match(text, end))
    if aged and 0 < number.value < 120:
        unit = _unit(text, number)
        if unit is None:
            return _figure(text, start, end, "measure", number.value, "years old", ())
    if (
        text[end : end + 1] in (",", ")")
        and 0 < number.value < 120
        and not number.spelled
        and _NAME.search(text[max(0, start - 40) : start])
    ):
        return _figure(text, start, end, "measure", number.value, "years old", ())
    found = _unit(text, number)
    if found is not None:
        kind, unit_name, unit_end = found
        minus = _MINUS.search(text[max(0, start - 7) : start])
        if minus is None:
            return _figure(text, start, unit_end, kind, number.value, unit_name, ())
        start -= len(minus[1])
        return _figure(text, start, unit_end, kind, number.value.copy_negate(), unit_name, ())
    return None


def _part_of_unit(text: str, number: Number) -> Figure | None:
    """Half a mile, a quarter of a percentage point."""
    of_a = _OF_A.match(text, number.end)
    if of_a is None:
        return None
    pattern, names = _units()
    match = pattern.match(text, of_a.end())
    if match is None or match["word"] is None:
        return None
    kind, unit = names[match["word"].lower()]
    return _figure(text, number.start, match.end(), kind, number.value, unit, ())


def _figure(
    text: str,
    start: int,
    end: int,
    kind: FigureKind,
    value: Decimal,
    unit: str,
    flags: tuple[str, ...],
) -> Figure:
    per, behind = context.read_per(text, start, end) if kind != "percent" else ("", end)
    bound = context.read_bound(text, start, behind, value, value)
    if unit in time_words() and _OVER.search(text[max(0, start - 18) : start]):
        bound = context.Bound()
    return Figure(
        Span(start, end), kind, value, bound.low, bound.high, unit=unit,
        qualifier=bound.qualifier, per=per, flags=flags,
    )  # fmt: skip
