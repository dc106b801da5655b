"""Cells of a spreadsheet as the values that an analyst meant, or why they are none."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from pipeline.export.cells import unguarded
from pipeline.ingest.metadata.dates import DateProblem, parse_date
from pipeline.review.decisions import DECISIONS, WITHDRAW, plain_number

#: What a program gives for a cell; None or "" for an empty one.
Cell = object

_ID = re.compile(r"(?<![0-9a-z])c_[0-9a-f]{16}(?![0-9a-z])")
#: Spaces at the ends of a cell, those without width too.
_EDGE = " \t\r\n\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_QUOTES = "'’‘`\"“”"
_SIGNED = re.compile(r"[+-]?\d+(?:\.\d+)?")
_EXPONENT = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_SERIALS = range(3_000, 100_000)  # days since 1899-12-30 that may be meant: 1908 to 2173
_YEARS = range(1_000, 3_000)
DAY_ZERO = date(1899, 12, 30)

#: Forms of the decisions that people type instead of choosing.
_FORMS = {
    **dict.fromkeys(("accepted", "ok", "yes"), "accept"),
    **dict.fromkeys(("rejected", "no"), "reject"),
    **dict.fromkeys(("duplicated", "dup"), "duplicate"),
    **dict.fromkeys(("?", "not sure"), "unsure"),
    "corrected": "correct",
    "withdrawn": WITHDRAW,
}


def words_of(cell: Cell) -> str:
    """The words of a cell: without a guard against formulas, a day as 2021-07-11."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return plain_number(repr(cell))
    return unguarded(str(cell)).strip(_EDGE)


def claim_id_of(cell: Cell) -> str:
    """The id in the cell, whatever stands around it and in whatever case; "" for none."""
    match = _ID.search(words_of(cell).casefold())
    return match.group() if match else ""


def decision_of(cell: Cell) -> str:
    """One of DECISIONS, WITHDRAW, or "" for an empty cell.

    Raises:
        ValueError: other words.
    """
    words = words_of(cell).strip(_QUOTES + ".!").casefold()
    found = _FORMS.get(words, words)
    if found and found not in (*DECISIONS, WITHDRAW):
        raise ValueError(f"{words!r} is none of {', '.join(DECISIONS)}")
    return found


def date_of(cell: Cell, order: str) -> tuple[str, str]:
    """A date or range at its own precision, and a remark on how it was read, "" for none.

    Args:
        order: DMY, MDY or YMD for 03/04/2021; "" refuses it.

    Raises:
        ValueError: no date, an ambiguous one, or a range that ends before it begins.
    """
    words = words_of(cell).strip(_QUOTES)
    number = int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0
    if number in _SERIALS:
        day = (DAY_ZERO + timedelta(days=number)).isoformat()
        return day, f"the number {number}, which is how spreadsheets keep dates, was read as {day}"
    if number and number not in _YEARS:
        raise ValueError(f"{words!r} is no date; write 2021-07-11, 2021-07 or 2021")
    parts = words.split("/") if words.count("/") == 1 else [words]
    ends = [ends_of(part, order) for part in parts]
    if len(ends) == 2 and ends[1][: len(ends[0])] < ends[0][: len(ends[1])]:
        raise ValueError(f"{words!r} ends before it begins")
    return "/".join(ends), ""


def ends_of(words: str, order: str) -> str:
    found = parse_date(words, order)
    if isinstance(found, DateProblem):
        raise ValueError(found.problem)
    return found


def amount_of(cell: Cell) -> str:
    """A number without exponent.

    Raises:
        ValueError: no number, or one that could be read in two ways.
    """
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        number = plain_number(str(cell))
        if not _SIGNED.fullmatch(number):
            raise ValueError(f"{cell!r} is no number")
        return number
    written = words_of(cell)
    words = "".join(written.strip(_QUOTES).split())
    if _EXPONENT.fullmatch(words):
        raise ValueError(f"{words!r} may have lost digits; write the sum out, such as 9000000000")
    marks = [mark for mark in ",." if mark in words]
    if len(marks) == 2:
        last = max(marks, key=words.rindex)
        words = grouped(words, "," if last == "." else ".").replace(last, ".")
    elif len(marks) == 1 and words.count(marks[0]) > 1:
        words = grouped(words, marks[0])
    elif len(marks) == 1:
        after = words.partition(marks[0])[2]
        if len(after) == 3:
            plain = words.replace(marks[0], "")
            raise ValueError(f"{words!r} could be read in two ways; write {plain} or {words}0")
        words = words.replace(marks[0], ".")
    if not _SIGNED.fullmatch(words) or not words.isascii():
        raise ValueError(f"{written!r} is no number; write it in whole units, such as 9000000000")
    return plain_number(words)


def grouped(words: str, mark: str) -> str:
    """The number without its marks between thousands.

    Raises:
        ValueError: they don't stand between thousands.
    """
    whole = re.split(r"[,.]", words) if words.count(mark) else [words]
    pieces = words.split(mark)
    tail = re.split(r"[,.]", pieces[-1])[0]
    if any(len(piece) != 3 for piece in [*pieces[1:-1], tail]) or not whole[0].strip("+-"):
        raise ValueError(f"{words!r} is no number; write it in whole units, such as 9000000000")
    return "".join(pieces)


def currency_of(cell: Cell) -> str:
    """An ISO 4217 code.

    Raises:
        ValueError: no such currency.
    """
    words = words_of(cell).strip(_QUOTES).upper()
    if words not in currencies():
        raise ValueError(f"{words!r} is no ISO 4217 code such as USD or EUR")
    return words


@cache
def currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies("en"))
