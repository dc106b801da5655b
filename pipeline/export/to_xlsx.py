"""claims.xlsx: the analyst's desk, written in constant memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipeline.export.cells import is_formula, is_plain, visible
from pipeline.export.guide import guide_lines
from pipeline.export.reader import TableReader
from pipeline.export.sheets import DECISIONS, EVIDENCE, ROW_LIMIT, CellKind, Sheet, sheets

FILE = "claims.xlsx"

CELL_LIMIT = 32_767  # UTF-16 units that a cell holds
DIGITS = 15  # significant digits that a spreadsheet's number holds
FORMULA_LIMIT = 255  # characters of a text inside a formula
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree about the calendar
SPARE_ROWS = 500  # below the table, with drop-downs, for rows that an analyst adds
CREATED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # fixed, for equal bytes

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CURRENCY = re.compile(r"[A-Z]{3}")
#: What XML, or Excel's reading of it, makes something else of.
_ODD = re.compile(r"[&<>_\x00-\x1f\x7f\ufffe\uffff]|^\s|\s$")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]+")

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
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


class Styles:
    """The workbook's formats, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool], Format] = {}

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


def write(tables: TableReader, path: Path) -> None:
    """All sheets; the same tables give the same bytes."""
    # Its temporary files lie beside the workbook, where there is room for it.
    book = xlsxwriter.Workbook(str(path), _OPTIONS | {"tmpdir": str(path.parent)})
    book.set_properties({"title": "Claims", "created": CREATED})
    styles = Styles(book)
    report = (path.parent / "report").is_dir()  # made by an exporter that comes before
    drawn = []
    for sheet in sheets(tables):
        drawn.append((sheet, draw(book, styles, sheet, tables, report=report)))
    draw_guide(book, styles, drawn)
    try:
        book.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from error


def draw(
    book: xlsxwriter.Workbook, styles: Styles, sheet: Sheet, tables: TableReader, *, report: bool
) -> int:
    """One sheet; gives the number of its rows."""
    page: Page = book.add_worksheet(sheet.title, worksheet_class=Page)
    for index, column in enumerate(sheet.columns):
        # Cells to fill in are blank: their format is the column's, which costs nothing a row.
        own = styles.get(column.kind) if column.kind in ("decision", "review") else None
        page.set_column(index, index, column.width, own)
        page.write_string(0, index, column.name, styles.get("header"))
    names = [column.name for column in sheet.columns]
    currency = names.index("currency") if "currency" in names else None
    writers = [
        (index, writer(column.kind), column.kind)
        for index, column in enumerate(sheet.columns)
        if column.name != "evidence" or report
    ]
    row = 0
    for row, cells in enumerate(tables.rows(sheet.query), start=1):
        unit = cells[currency] if currency is not None else None
        for index, write_cell, kind in writers:
            if (cell := cells[index]) is not None:
                write_cell(Place(page, row, index, kind, unit), cell, styles)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(row, 1), len(names) - 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    add_lists(page, sheet, row)
    add_colours(book, page, names, row)
    return row


class Page(Worksheet):  # type: ignore[misc]  # xlsxwriter ships no types
    """A worksheet whose text is always text, and is written faster.

    In constant memory xlsxwriter writes a text that begins with "<r>" and ends with "</r>"
    without escaping it, which breaks the file or lets an article write cells of its own.
    """

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        text = getattr(cell, "string", None)
        if text is None:
            super()._write_cell(row, col, cell)
            return
        space = ""
        if _ODD.search(text):
            text = self._escape_data(self._escape_control_characters(text))
            space = ' xml:space="preserve"'
        style = f' s="{cell.format._get_xf_index()}"' if cell.format else ""
        place = f"{_column_name(col)}{row + 1}"
        self.fh.write(f'<c r="{place}"{style} t="inlineStr"><is><t{space}>{text}</t></is></c>')


_column_name = cache(xl_col_to_name)


class Place(NamedTuple):
    """Where a cell goes; `currency` is that of its row."""

    page: Page
    row: int
    col: int
    kind: CellKind
    currency: str | None


Writer = Callable[[Place, Any, Styles], None]


def writer(kind: CellKind) -> Writer:
    """What writes a cell as what it is: a number, a day, a link or inert text."""
    return _WRITERS.get(kind, write_text)


def write_number(place: Place, cell: float, styles: Styles) -> None:
    place.page.write_number(place.row, place.col, cell, styles.get("number"))


def write_decimal(place: Place, cell: str, styles: Styles) -> None:
    """A number, or text if it has more digits than a spreadsheet's numbers."""
    if len(cell.strip("-0.").replace(".", "")) > DIGITS:
        write_text(place, cell, styles)
        return
    style = styles.get("decimal", number_format(cell, place.currency))
    place.page.write_number(place.row, place.col, float(cell), style)


def write_date(place: Place, cell: str, styles: Styles) -> None:
    """A date if it is a whole day, else text: 2021-07 is no day."""
    if day := whole_day(cell):
        place.page.write_datetime(place.row, place.col, day, styles.get("date"))
    else:
        write_text(place, cell, styles)


def write_text(place: Place, cell: str, styles: Styles) -> None:
    kind = "wrapped" if place.kind == "wrapped" else "text"
    plain = is_plain(cell)
    words = fitting(cell if plain else visible(cell))
    style = styles.get(kind, inert=not plain and is_formula(words))
    place.page.write_string(place.row, place.col, words, style)


def write_link(place: Place, address: str, styles: Styles) -> None:
    """A formula made on purpose: it opens the evidence page, or an address of the web."""
    ours = address.startswith(EVIDENCE)
    if not ours and not _ADDRESS.fullmatch(address):
        return
    if len(address) > FORMULA_LIMIT:
        return
    target, words = address.replace('"', '""'), "show" if ours else "open"
    formula = f'=HYPERLINK("{target}","{words}")'
    place.page.write_formula(place.row, place.col, formula, styles.get("link"), words)


_WRITERS: dict[str, Writer] = {
    "number": write_number,
    "decimal": write_decimal,
    "date": write_date,
    "link": write_link,
}


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


def fitting(text: str) -> str:
    """The text, cut with "…" if a cell can't hold it."""
    if len(text) <= CELL_LIMIT // 2:
        return text
    raw = text.encode("utf-16-le")
    if len(raw) <= 2 * CELL_LIMIT:
        return text
    return raw[: 2 * (CELL_LIMIT - 1)].decode("utf-16-le", "ignore") + "…"


def add_lists(page: Worksheet, sheet: Sheet, rows: int) -> None:
    """Drop-downs for the decisions, also on some empty rows below the table."""
    for index, column in enumerate(sheet.columns):
        if column.kind == "decision":
            rule = {
                "validate": "list",
                "source": list(DECISIONS),
                "ignore_blank": True,
                "error_title": "decision",
                "error_message": "Choose from the list.",
            }
            page.data_validation(1, index, rows + SPARE_ROWS, index, rule)


#: Where the flags say so, a claim wants a look at once.
_ALARMS = ("contradict", "truncated", "out_of_range")


def add_colours(book: xlsxwriter.Workbook, page: Worksheet, names: list[str], rows: int) -> None:
    """Colours for what wants a look."""
    if not rows:
        return
    amber = book.add_format({"bg_color": "#FFE7B3"})
    red = book.add_format({"bg_color": "#F8C9C4"})

    def colour(name: str, rule: dict[str, object]) -> None:
        index = names.index(name)
        page.conditional_format(1, index, rows, index, rule)

    def without(words: str, *values: str) -> str:
        first = f"${xl_col_to_name(names.index(words))}2"
        others = [f'${xl_col_to_name(names.index(value))}2=""' for value in values]
        return f'=AND({first}<>"",{",".join(others)})'

    if "confidence" in names:
        colour("confidence", {"type": "cell", "criteria": "<", "value": 0.5, "format": amber})
    if "flags" in names:
        for word in _ALARMS:
            rule = {"type": "text", "criteria": "containing", "value": word, "format": red}
            colour("flags", rule)
        colour("flags", {"type": "no_blanks", "format": amber})
    if "date_text" in names:
        formula = without("date_text", "date_start")
        colour("date_text", {"type": "formula", "criteria": formula, "format": amber})
    if "amount_text" in names:
        formula = without("amount_text", "amount", "amount_low", "amount_high")
        colour("amount_text", {"type": "formula", "criteria": formula, "format": amber})


def draw_guide(book: xlsxwriter.Workbook, styles: Styles, drawn: list[tuple[Sheet, int]]) -> None:
    """The last sheet: the workbook in an analyst's words."""
    page = book.add_worksheet("Guide", worksheet_class=Page)
    for index, width in enumerate((24, 26, 80, 24, 40)):
        page.set_column(index, index, width)
    for row, (style, cells) in enumerate(_guide_rows(drawn)):
        for index, cell in enumerate(cells):
            if cell:
                inert = is_formula(cell)
                page.write_string(row, index, cell, styles.get(style, inert=inert))


def _guide_rows(drawn: list[tuple[Sheet, int]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from guide_lines([(sheet, rows) for sheet, rows in drawn], ROW_LIMIT)
