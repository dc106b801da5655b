"""Is a cell still what the tables say, whatever a spreadsheet program made of how it looks?

A program that opens a CSV file makes dates of 2021-07 and 2021-07-11, and saves what it shows:
Jul-21, 7/11/2021 or the number 44388; a long number becomes 1.23457E+14. Nobody edited that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from pipeline.ids import normalised
from pipeline.review.metadata import ORIGIN as ANALYST
from pipeline.review.values import DAY_ZERO, Cell, words_of

_PIECE = re.compile(r"[0-9]+|[^\W\d_]+")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SERIAL = re.compile(r"([0-9]{1,6})(?:\.0+)?")
_PART_OF_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: What programs write behind a number with the format of its currency.
_CODE = re.compile(r"\s*[A-Z]{3}$")
_GROUPED = {
    ",": re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
    ".": re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
}
_LONGEST = 40  # characters of a number or date that a program wrote


def same_value(here: str, there: str) -> bool:
    """Equal but for what programs do to cells: spacing, case, cut ends, forms of numbers and dates.

    Args:
        here: what the cell shows.
        there: what the tables say.
    """
    if _NUMBER.fullmatch(there):  # where a sign counts
        return len(here) <= _LONGEST and same_number(here, there)
    return same_words(here, there) or (len(here) <= _LONGEST and same_date(here, there))


def changed(known: Mapping[str, object], shown: Mapping[str, str]) -> dict[str, str]:
    """The cells that show something else than the tables hold."""
    return {name: said for name, said in shown.items() if said and not stands(known, name, said)}


def as_written(
    known: Mapping[str, object], cells: Mapping[str, Cell], names: Sequence[str]
) -> bool:
    """Do these columns, as far as the sheet has them, hold what the run wrote there?"""
    return all(stands(known, name, words_of(cells[name])) for name in names if name in cells)


def stands(known: Mapping[str, object], name: str, said: str) -> bool:
    return same_value(said, "" if known.get(name) is None else str(known[name]))


def was_emptied(known: Mapping[str, object], cells: Mapping[str, Cell]) -> bool:
    """Did a decision that is in force stand in the row when the sheet was written, and no more?

    A copy from before that decision shows another state or reviewer, and a row that was deleted
    or filtered out is not read at all: neither takes anything back.
    """
    return (
        "decision" in cells
        and not words_of(cells["decision"])
        and bool(known["decision"])
        and stood_decided(cells)
        and words_of(cells.get("reviewer")) in ("", str(known["reviewer"] or ""))
    )


def stood_decided(cells: Mapping[str, Cell]) -> bool:
    """Was a decision about the claim in force when the sheet was written?"""
    return words_of(cells.get("review_state")).casefold() in ("same", "moved")


def stood(known: Mapping[str, object], cells: Mapping[str, Cell], origin: str) -> bool:
    """Did an analyst's word stand in the row when the sheet was written?"""
    return known[origin] == words_of(cells.get(origin)) == ANALYST


def same_words(here: str, there: str) -> bool:
    """Equal but for spacing, case and an end that was cut."""
    if normalised(here) == normalised(there):
        return True
    cut = here.removesuffix("…")
    return cut != here and len(cut) > 1000 and normalised(there).startswith(normalised(cut))


def same_number(here: str, there: str) -> bool:
    """Is it the number, but for its code, marks between thousands, and digits that were cut?

    With an exponent, as many digits count as the cell shows; else the first 15.
    """
    words = "".join(_CODE.sub("", here).split())
    return any(near(form, there) for form in forms_of(words))


def forms_of(words: str) -> list[str]:
    """The numbers that the words may be, each with a point before its fraction."""
    forms = [words.replace(",", ".")]
    for mark, point in ((",", "."), (".", ",")):
        if _GROUPED[mark].fullmatch(words):
            forms.append(words.replace(mark, "").replace(point, "."))
    return forms


def near(words: str, there: str) -> bool:
    try:
        one, other = Decimal(words), Decimal(there)
        allowed = abs(other) * Decimal("1e-14")
        if "E" in words.upper() and one.is_finite():
            allowed = Decimal(5).scaleb(int(one.as_tuple().exponent) - 1)
        return abs(one - other) <= allowed
    except ArithmeticError:
        return False


def same_date(here: str, there: str) -> bool:
    """Is it the day or month in another form, with its parts in whatever order?

    Args:
        there: 2021-07 or 2021-07-11; a year alone is left as it is by programs.
    """
    parts = _PART_OF_DATE.fullmatch(there)
    if parts is None or not "1900" < parts[1] < "2200":
        return False
    year, month, day = parts.groups(default="")
    first = date(int(year), int(month), int(day or "1"))
    if serial := _SERIAL.fullmatch(here):
        return DAY_ZERO + timedelta(days=int(serial[1])) == first
    pieces = [piece.casefold() for piece in _PIECE.findall(here)]
    while len(pieces) > 3 and set(pieces[-1]) == {"0"}:  # the hours of a day
        pieces.pop()
    months = {month, month.lstrip("0"), _MONTHS[int(month) - 1]}
    named = [piece[:3] if piece[:3] in _MONTHS else piece for piece in pieces]
    days = {day, day.lstrip("0")} if day else {"1", "01"}
    wanted: list[set[str]] = [{year, year[2:]}, months, days]
    if not day and len(named) == 2:
        wanted.pop()
    return len(named) == len(wanted) and any(
        all(piece in forms for piece, forms in zip(order, wanted, strict=True))
        for order in orders(named)
    )


def orders(pieces: list[str]) -> list[list[str]]:
    """Year, month and day as they may stand: 2021-07-11, 11.7.2021, 7/11/2021, Jul-21."""
    if len(pieces) == 2:
        return [pieces, pieces[::-1]]
    a, b, c = pieces
    return [[a, b, c], [c, b, a], [c, a, b]]
