"""The words of the workbook's Guide."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.columns import columns
from pipeline.export.schema import Column
from pipeline.export.sheets import LINK_COLUMNS, Sheet
from pipeline.export.terms import groups

#: The style of a line and its cells.
Line = tuple[str, tuple[str, ...]]

_DECISIONS = {
    "accept": "The claim stands as it is in the row.",
    "reject": "This is no claim, or the row gets it wrong beyond repair.",
    "correct": "The claim is right but for what you fill in under corrected_...",
    "duplicate": "The same claim stands in another row; say in the note which.",
    "unsure": "Somebody else should look.",
}
_COLOURS = {
    "confidence in amber": "The tool is less than half sure of the row.",
    "flags in amber": "There is a doubt or a remark; the column says which.",
    "flags in red": "A contradiction, or a figure cut off in the article.",
    "date_text in amber": "The words speak of a time that names no calendar date.",
    "amount_text in amber": "The words speak of money without a number.",
    "yellow columns": "Yours to fill in.",
}
_HOW = (
    "Begin with Review first, go on with Claims; Not claimed shows what the tool passed over.",
    "Choose a decision from the list. Filter, sort, hide columns and add your own as you like.",
    "To add a claim, fill path and claim_text in a row below the table with words of the article.",
    "In Documents you may write over title, outlet, author, published and url if they are wrong.",
    "Save, then run `claims review` with the file's name: the next run applies what you decided.",
    "To withdraw a decision, empty its cell, and the corrected_ cells if you filled them in.",
    "A row that you delete or filter out withdraws nothing.",
    "If earlier_decisions says conflict, your new decision in that row settles it.",
    "Dates are shown as dates only where the article names the day; 2021-07 is July, not 1 July.",
    "Amounts are in whole units of their currency: 9000000000 is nine billion.",
    "Control characters of an article are shown as pictures (␀); a cell that ends in … was cut.",
)
_TABLES = {
    "Review first": "claims",
    "Claims": "claims",
    "Not claimed": "sentences",
    "Documents": "documents",
    "Entities": "entities",
    "Money": "money",
    "Dates": "dates",
    "Removed text": "removals",
    "Decisions": "decisions",
}


def guide_lines(drawn: list[tuple[Sheet, int]], limit: int) -> Iterator[Line]:
    """The lines of the Guide.

    Args:
        drawn: the sheets with the number of their rows.
        limit: rows that a sheet holds at most.
    """
    yield "title", ("How to work with these claims",)
    for words in _HOW:
        yield "text", (words,)
    yield "text", ()
    yield "heading", ("Sheet", "Rows", "What it holds", "", "All rows are in")
    for sheet, rows in drawn:
        shown = str(rows) if rows == sheet.total else f"{rows} of {sheet.total}"
        yield "wrapped", (sheet.title, shown, sheet.meaning, "", sheet.file)
    yield "text", (f"A sheet holds at most {limit} rows; of more claims, those that most matter.",)
    yield "text", ()
    yield "heading", ("Decision", "", "Meaning")
    for decision, meaning in _DECISIONS.items():
        yield "wrapped", (decision, "", meaning)
    yield "text", ()
    yield "heading", ("Colour", "", "Meaning")
    for colour, meaning in _COLOURS.items():
        yield "wrapped", (colour, "", meaning)
    yield "text", ()
    yield "heading", ("Flag", "", "Meaning")
    for told in groups()["Flags"].terms:
        yield "wrapped", (told.term, "", told.meaning)
    yield "text", ()
    yield "heading", ("Sheet", "Column", "Meaning", "Unit", "Example")
    for sheet, _ in drawn:
        if sheet.title != "Review first":
            yield from column_lines(sheet)


def column_lines(sheet: Sheet) -> Iterator[Line]:
    """What each column of a sheet means."""
    spec = columns(_TABLES[sheet.title])
    for shown in sheet.columns:
        meaning = LINK_COLUMNS.get(shown.name, "Column of metadata.csv.")
        if shown.name == "path":
            meaning = columns("documents")["path"].meaning
        column = spec.get(shown.name, Column(name=shown.name, meaning=meaning, example=""))
        cells = (sheet.title, shown.name, column.meaning, column.unit, column.example)
        yield "wrapped", cells
