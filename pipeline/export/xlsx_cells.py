"""The cells of claims.xlsx, each as what it is: a number, a day, a link or inert text.

The rows of a table are written as XML at once: a third of what the library needs for a cell after
the other. Headers, widths, lists and colours are the library's work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipeline.export.cells import is_formula, is_plain, visible
from pipeline.export.sheets import EVIDENCE, CellKind

LINE_HEIGHT = 13  # points, at 10 points of type
MOST_LINES = 12  # of a row; longer text is read in its cell
#: Characters of running text on a line, for each that a column is wide: the width is that of
#: digits in 11 points, and lines end between words.
PER_WIDTH = 1.1
CELL_LIMIT = 32_767  # UTF-16 units that a cell holds
SAME_WORDS = 256  # texts of a column that are kept as cells
DIGITS = 15  # significant digits that a spreadsheet's number holds
FORMULA_LIMIT = 255  # characters of a text inside a formula
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree about the calendar
DAY_ZERO = date(1899, 12, 30)

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CURRENCY = re.compile(r"[A-Z]{3}")
#: What XML, or Excel's reading of it, makes something else of.
_ODD = re.compile(r"[&<>_\x00-\x1f\x7f\ufffe\uffff]|^\s|\s$")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]+")

_BASE = {"valign": "top", "font_size": 10}
_STYLES: dict[str, dict[str, object]] = {
    "text": _BASE,
    "wrapped": _BASE | {"text_wrap": True},
    "number": _BASE,
    "decimal": _BASE,
    "date": _BASE | {"num_format": "yyyy-mm-dd", "align": "left"},
    "link": _BASE | {"font_color": "#0563C1", "underline": 1},
    "decision": _BASE | {"bg_color": "#FFF9E5", "border": 1, "border_color": "#E0D5B0"},
    # "@" keeps the program from turning what the analyst types into a date or a number
    "review": _BASE
    | {"bg_color": "#FFF9E5", "border": 1, "border_color": "#E0D5B0", "num_format": "@"},
    "header": {
        "bold": True,
        "font_size": 10,
        "bg_color": "#1F3A5F",
        "font_color": "#FFFFFF",
        "text_wrap": True,
        "valign": "vcenter",
    },
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True, "font_size": 11, "bg_color": "#DCE6F1"},
}

Make = Callable[[Any, str | None], str]
"""Gives the XML of a cell behind its place, "" for no cell; takes the currency of its row, too."""


class Styles:
    """The workbook's formats, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool], Format] = {}
        self._marks: dict[tuple[str, str, bool], str] = {}

    def get(self, kind: str, number: str = "", *, inert: bool = False) -> Format:
        """A format.

        Args:
            kind: a key of _STYLES.
            number: the number format, "" for the kind's own.
            inert: keep the text from becoming a formula when somebody edits the cell.
        """
        key = (kind, number, inert)
        if key not in self._made:
            properties = dict(_STYLES[kind])
            if number:
                properties["num_format"] = number
            if inert:
                properties["quote_prefix"] = True
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def mark(self, kind: str, number: str = "", *, inert: bool = False) -> str:
        """The attribute that gives a cell this format."""
        key = (kind, number, inert)
        mark = self._marks.get(key)
        if mark is None:
            index = self.get(kind, number, inert=inert)._get_xf_index()
            mark = self._marks[key] = f' s="{index}"'
        return mark


class Page(Worksheet):  # type: ignore[misc]  # xlsxwriter ships no types
    """A worksheet in constant memory that takes whole rows, and whose text is always text.

    xlsxwriter writes a text that begins with "<r>" and ends with "</r>" without escaping it, which
    breaks the file or lets an article write cells of its own.
    """

    def put_row(self, row: int, cells: Iterable[tuple[str, str]], lines: int = 1) -> None:
        """Writes a row; rows come in order.

        Args:
            cells: letters of the column, XML behind the place.
            lines: that its wrapped text needs. Without a height LibreOffice gives each row one line
                and draws the others over the next row. It is no height set by hand: programs fit it
                again when somebody writes into the row.
        """
        if row > self.previous_row:
            self._write_single_row(row)  # what was written before
        self._check_dimensions(row, 0)
        place = row + 1
        made = "".join([f'<c r="{letters}{place}"{cell}' for letters, cell in cells])
        height = f' ht="{lines * LINE_HEIGHT}"' if lines > 1 else ""
        self.fh.write(f'<row r="{place}"{height}>{made}</row>')

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        text = getattr(cell, "string", None)
        if text is None:
            super()._write_cell(row, col, cell)
            return
        mark = f' s="{cell.format._get_xf_index()}"' if cell.format else ""
        self.fh.write(f'<c r="{_column_name(col)}{row + 1}"{mark}{inline(text)}')


_column_name = cache(xl_col_to_name)


def inline(text: str) -> str:
    """A text as the rest of its cell's XML."""
    if not _ODD.search(text):
        return f' t="inlineStr"><is><t>{text}</t></is></c>'
    escaped = Worksheet._escape_data(Worksheet, Worksheet._escape_control_characters(text))
    return f' t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


def cell_maker(kind: CellKind, styles: Styles) -> Make:
    """What makes the cells of a column of this kind."""
    text = text_maker(kind, styles)
    if kind == "number":
        return lambda cell, _: f"{styles.mark('number')}><v>{cell:.16G}</v></c>"
    if kind == "link":
        return lambda cell, _: link(cell, styles)
    if kind == "date":
        return lambda cell, _: day_cell(cell, styles) or text(cell, None)
    if kind == "decimal":
        return lambda cell, unit: decimal(cell, unit, styles) or text(cell, None)
    return text


def text_maker(kind: str, styles: Styles) -> Make:
    kind = "wrapped" if kind == "wrapped" else "text"

    def make(cell: str) -> str:
        if is_plain(cell):
            return styles.mark(kind) + inline(fitting(cell))
        words = fitting(visible(cell))
        return styles.mark(kind, inert=is_formula(words)) + inline(words)

    # Most columns say the same few words over and over.
    made = make if kind == "wrapped" else lru_cache(maxsize=SAME_WORDS)(make)
    return lambda cell, _: made(cell)


def decimal(cell: str, unit: str | None, styles: Styles) -> str:
    """A number, or "" if it has more digits than a spreadsheet's numbers."""
    if len(cell.strip("-0.").replace(".", "")) > DIGITS:
        return ""
    mark = styles.mark("decimal", number_format(cell, unit))
    return f"{mark}><v>{float(cell):.16G}</v></c>"


def day_cell(cell: str, styles: Styles) -> str:
    """A date if it is a whole day, else "": 2021-07 is no day."""
    day = whole_day(cell)
    return f"{styles.mark('date')}><v>{(day - DAY_ZERO).days}</v></c>" if day else ""


def link(address: str, styles: Styles) -> str:
    """A formula made on purpose: it opens the evidence page, or an address of the web."""
    ours = address.startswith(EVIDENCE)
    if (not ours and not _ADDRESS.fullmatch(address)) or len(address) > FORMULA_LIMIT:
        return ""
    target, words = address.replace('"', '""'), "show" if ours else "open"
    formula = Worksheet._escape_data(Worksheet, f'HYPERLINK("{target}","{words}")')
    return f'{styles.mark("link")} t="str"><f>{formula}</f><v>{words}</v></c>'


def number_format(amount: str, currency: str | None) -> str:
    """A format with the currency's code after the number; cents only where there are some."""
    places = "" if Decimal(amount) == Decimal(amount).to_integral_value() else ".00####"
    code = f' "{currency}"' if currency and _CURRENCY.fullmatch(currency) else ""
    return f"#,##0{places}{code}"


def whole_day(value: str) -> date | None:
    """The day, if the value is one and spreadsheets agree about it."""
    if not _DAY.fullmatch(value):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None


def lines_of(texts: Iterable[tuple[str | None, int]]) -> int:
    """Lines that a row's wrapped texts need, of (text, width of its column), at most MOST_LINES."""
    most = 1
    for text, width in texts:
        if text and (len(text) > width or "\n" in text):
            line = width * PER_WIDTH
            parts = text[: MOST_LINES * width * 2].split("\n", MOST_LINES)
            most = max(most, sum(max(1, ceil(len(part) / line)) for part in parts))
    return min(most, MOST_LINES)


def fitting(text: str) -> str:
    """The text, cut with "…" if a cell can't hold it."""
    if len(text) <= CELL_LIMIT // 2:
        return text
    raw = text.encode("utf-16-le")
    if len(raw) <= 2 * CELL_LIMIT:
        return text
    return raw[: 2 * (CELL_LIMIT - 1)].decode("utf-16-le", "ignore") + "…"
