"""claims.xlsx: the analyst's desk, written in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipeline.export.cells import is_formula
from pipeline.export.guide import guide_lines
from pipeline.export.reader import TableReader
from pipeline.export.sheets import DECISIONS, ROW_LIMIT, Sheet, sheets
from pipeline.export.xlsx_cells import LINE_HEIGHT, Page, Styles, cell_maker, lines_of

FILE = "claims.xlsx"

PRINT_WIDTH = 240  # characters on a landscape page, at half of the screen's size
A4 = 9  # the format's number for it
SPARE_ROWS = 500  # below the table, with drop-downs, for rows that an analyst adds
CREATED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # fixed, for equal bytes

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(tables: TableReader, path: Path) -> None:
    """All sheets; the same tables give the same bytes."""
    # Its temporary files lie beside the workbook, where there is room for it.
    book = xlsxwriter.Workbook(str(path), _OPTIONS | {"tmpdir": str(path.parent)})
    book.set_properties({"title": "Claims", "created": CREATED})
    styles = Styles(book)
    drawn = []
    for sheet in sheets(tables):
        drawn.append((sheet, draw(book, styles, sheet, tables)))
    draw_guide(book, styles, drawn)
    try:
        book.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from error


def draw(book: xlsxwriter.Workbook, styles: Styles, sheet: Sheet, tables: TableReader) -> int:
    """One sheet; gives the number of its rows."""
    page: Page = book.add_worksheet(sheet.title, worksheet_class=Page)
    for index, column in enumerate(sheet.columns):
        # Cells to fill in are blank: their format is the column's, which costs nothing a row.
        own = styles.get(column.kind) if column.kind in ("decision", "review") else None
        page.set_column(index, index, column.width, own)
        page.write_string(0, index, column.name, styles.get("header"))
    names = [column.name for column in sheet.columns]
    currency = names.index("currency") if "currency" in names else None
    cell_makers = [
        (index, xl_col_to_name(index), cell_maker(column.kind, styles))
        for index, column in enumerate(sheet.columns)
    ]
    wrapped = [(n, c.width) for n, c in enumerate(sheet.columns) if c.kind == "wrapped"]
    row = 0
    for row, cells in enumerate(tables.rows(sheet.query), start=1):
        unit = cells[currency] if currency is not None else None
        page.put_row(
            row,
            [
                (letters, made)
                for index, letters, make in cell_makers
                if (cell := cells[index]) is not None and (made := make(cell, unit))
            ],
            lines_of((cells[index], width) for index, width in wrapped),
        )
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(row, 1), len(names) - 1)
    print_first_columns(page, sheet, row)
    add_lists(page, sheet, row)
    add_colours(book, page, names, row)
    return row


def print_first_columns(page: Worksheet, sheet: Sheet, rows: int) -> None:
    """Sets up printing: on paper, all columns of a wide sheet would be too small to read."""
    widths = accumulate(column.width for column in sheet.columns)
    printed = sum(width <= PRINT_WIDTH for width in widths)
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    page.print_area(0, 0, rows, max(printed, 1) - 1)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)


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
    widths = (24, 26, 80, 24, 40)
    for index, width in enumerate(widths):
        page.set_column(index, index, width)
    for row, (style, cells) in enumerate(_guide_rows(drawn)):
        lines = lines_of(zip(cells, widths, strict=False)) if style == "wrapped" else 1
        if lines > 1:
            page.set_row(row, lines * LINE_HEIGHT)
        for index, cell in enumerate(cells):
            if cell:
                inert = is_formula(cell)
                page.write_string(row, index, cell, styles.get(style, inert=inert))


def _guide_rows(drawn: list[tuple[Sheet, int]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from guide_lines([(sheet, rows) for sheet, rows in drawn], ROW_LIMIT)
