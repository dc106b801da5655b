"""The workbook as an analyst meets it."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.export import sheets, to_sqlite, to_xlsx, write_all
from pipeline.export.additions import addition
from pipeline.export.columns import table
from pipeline.export.reader import TableReader
from pipeline.export.sheets import CORRECTED, DECISIONS, claims_sheet
from pipeline.export.xlsx_cells import LINE_HEIGHT, MOST_LINES, lines_of, whole_day
from pipeline.records import DocumentResult, Fact

Build = Callable[..., DocumentResult]

TITLES = [
    *("Review first", "Claims", "Not claimed", "Documents", "Entities", "Money", "Dates"),
    *("Removed text", "Decisions", "Guide"),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, make_result: Build) -> openpyxl.Workbook:
    folder = tmp_path_factory.mktemp("book")
    results = [make_result("a.txt"), make_result("b.txt", before="Menu\n")]
    write_all([addition(results)], folder)
    return openpyxl.load_workbook(folder / "claims.xlsx")


def header(page: Worksheet) -> list[str]:
    return [str(cell.value) for cell in page[1]]


def cell(page: Worksheet, name: str, row: int = 2) -> Any:
    return page.cell(row, header(page).index(name) + 1)


def test_sheets_stand_in_their_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == TITLES


@pytest.mark.parametrize("title", TITLES[:-1])
def test_every_sheet_has_a_frozen_header_and_a_filter(book: openpyxl.Workbook, title: str) -> None:
    page = book[title]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref.startswith("A1:")
    assert all(header(page))


def test_claims_have_all_columns_and_the_review(book: openpyxl.Workbook) -> None:
    names = header(book["Claims"])
    assert set(table("claims").names) <= set(names)
    assert {"decision", *CORRECTED, "reviewer", "note", "open"} <= set(names)
    assert len(set(names)) == len(names)
    assert set(names) | {"before", "after"} == set(header(book["Review first"]))


def test_a_sheet_that_is_not_read_back_has_nothing_to_fill_in(book: openpyxl.Workbook) -> None:
    page = book["Decisions"]
    assert not page.data_validations.dataValidation
    names = header(page)
    for name in ("decision", "corrected_source", "note"):
        letters = get_column_letter(names.index(name) + 1)
        assert page.column_dimensions[letters].fill.fgColor.rgb != "FFFFF9E5"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(None, 1, id="none"),
        pytest.param("word", 1, id="short"),
        pytest.param("word " * 10, 3, id="wrapped"),
        pytest.param("a\nb\n\nc", 4, id="lines"),
        pytest.param("x" * 40_000, MOST_LINES, id="long"),
        pytest.param("\n" * 40_000, MOST_LINES, id="empty-lines"),
    ],
)
def test_lines_of_wrapped_text(text: str | None, lines: int) -> None:
    assert lines_of([("word", 20), (text, 20)]) == lines


def test_rows_are_as_high_as_their_text(result: DocumentResult, tmp_path: Path) -> None:
    (claim,) = result.analysis.claims
    analysis = replace(result.analysis, claims=(replace(claim, object="word " * 30),))
    write_all([addition([replace(result, analysis=analysis)])], tmp_path)
    page = openpyxl.load_workbook(tmp_path / "claims.xlsx")["Claims"]
    assert page.row_dimensions[2].height == 5 * LINE_HEIGHT
    with zipfile.ZipFile(tmp_path / "claims.xlsx") as archive:
        assert b"customHeight" not in archive.read("xl/worksheets/sheet2.xml")


def test_decisions_are_chosen_from_a_list(book: openpyxl.Workbook) -> None:
    for title in ("Review first", "Claims"):
        page = book[title]
        (rule,) = page.data_validations.dataValidation
        assert rule.formula1 == f'"{",".join(DECISIONS)}"'
        place = cell(page, "decision").coordinate
        assert place in rule.sqref
        assert cell(page, "decision", 100).coordinate in rule.sqref


def test_numbers_are_numbers_with_their_currency(book: openpyxl.Workbook) -> None:
    amount = cell(book["Claims"], "amount")
    assert amount.value == 3_500_000
    assert amount.number_format == '#,##0 "EUR"'
    assert cell(book["Claims"], "confidence").value == 0.45


def test_dates_are_dates_only_where_they_are_days(book: openpyxl.Workbook) -> None:
    assert cell(book["Claims"], "date_start").value == datetime.datetime(2021, 10, 29)  # noqa: DTZ001
    assert cell(book["Claims"], "date_start").number_format == "yyyy-mm-dd"
    assert cell(book["Claims"], "published").value == "2021-11"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        pytest.param("2021-07-11", datetime.date(2021, 7, 11), id="day"),
        pytest.param("2021-07", None, id="month"),
        pytest.param("2021-02-30", None, id="no-day"),
        pytest.param("1812-06-24", None, id="before-1900"),
        pytest.param("1900-02-28", None, id="where-programs-disagree"),
        pytest.param("2021-07-11T10:00", None, id="time"),
        pytest.param("٢٠٢١-٠٧-١١", None, id="other-digits"),
    ],
)
def test_whole_days(value: str, day: datetime.date | None) -> None:
    assert whole_day(value) == day


def test_review_first_has_the_sentences_around(book: openpyxl.Workbook) -> None:
    page = book["Review first"]
    assert cell(page, "before").value == "Dock strike over"
    assert cell(page, "after").value == "A port spokesman did not answer."


def test_not_claimed_begins_with_what_might_deserve_a_claim(book: openpyxl.Workbook) -> None:
    page = book["Not claimed"]
    assert [row[0].value for row in page.iter_rows(min_row=2)] == [
        "a.txt",
        "a.txt",
        "b.txt",
        "b.txt",
    ]
    assert cell(page, "why_none").value == "heading"


def test_documents_show_the_columns_of_metadata_csv(book: openpyxl.Workbook) -> None:
    page = book["Documents"]
    assert cell(page, "metadata: desk").value == "ports"
    assert cell(page, "metadata: it's").value == '"x"'
    assert cell(page, "open").value == '=HYPERLINK("https://example.org/dock","open")'


def test_removed_text_is_shown_with_its_rule(book: openpyxl.Workbook) -> None:
    page = book["Removed text"]
    assert cell(page, "rule").value == "nbsp"
    assert cell(page, "text", 3).value == "Share this story\n"


def test_the_guide_explains_every_column(book: openpyxl.Workbook) -> None:
    rows = list(book["Guide"].iter_rows(values_only=True))
    explained = {(row[0], row[1]) for row in rows}
    for title in TITLES[1:-1]:
        for name in header(book[title]):
            assert (title, name) in explained
    words = " ".join(str(value) for row in rows for value in row if value)
    assert all(decision in words for decision in DECISIONS)


def test_a_link_leads_to_the_evidence_if_there_is_any(
    result: DocumentResult, tmp_path: Path
) -> None:
    to_sqlite.write([addition([result])], tmp_path / "x.sqlite")
    (tmp_path / "report").mkdir()
    with TableReader(tmp_path / "x.sqlite") as tables:
        to_xlsx.write(tables, tmp_path / "claims.xlsx")
    page = openpyxl.load_workbook(tmp_path / "claims.xlsx")["Claims"]
    doc, claim = cell(page, "doc_id").value, cell(page, "claim_id").value
    target = f"report/articles/{doc}.html#{claim}"
    assert cell(page, "evidence").value == f'=HYPERLINK("{target}","show")'


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        pytest.param('https://example.org/a?b="c"', True, id="quotes-doubled"),
        pytest.param("javascript:alert(1)", False, id="script"),
        pytest.param("file:///etc/passwd", False, id="file"),
        pytest.param("https://example.org/" + "x" * 300, False, id="too-long"),
        pytest.param("not an address", False, id="words"),
    ],
)
def test_only_web_addresses_become_links(
    result: DocumentResult, tmp_path: Path, url: str, linked: bool
) -> None:
    metadata = replace(result.metadata, url=Fact(url, "text"))
    to_sqlite.write([addition([replace(result, metadata=metadata)])], tmp_path / "x.sqlite")
    with TableReader(tmp_path / "x.sqlite") as tables:
        to_xlsx.write(tables, tmp_path / "claims.xlsx")
    page = openpyxl.load_workbook(tmp_path / "claims.xlsx")["Documents"]
    assert cell(page, "url").value == url
    shown = cell(page, "open").value
    assert shown == ('=HYPERLINK("{}","open")'.format(url.replace('"', '""')) if linked else None)


def test_too_many_claims_leave_the_best_ranked(
    make_result: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def worth(path: str, score: float) -> DocumentResult:
        result = make_result(path)
        (claim,) = result.analysis.claims
        claims = (replace(claim, check_worthiness=score),)
        return replace(result, analysis=replace(result.analysis, claims=claims))

    results = [worth("a.txt", 0.1), worth("b.txt", 0.9), worth("c.txt", 0.8)]
    to_sqlite.write([addition(results)], tmp_path / "x.sqlite")
    with TableReader(tmp_path / "x.sqlite") as tables:
        sheet = claims_sheet("Claims", "", 3, 2, first=False)
        at = [column.name for column in sheet.columns].index("path")
        assert [row[at] for row in tables.rows(sheet.query)] == ["b.txt", "c.txt"]
        first = claims_sheet("Review first", "", 3, 2, first=True)
        assert [row[at] for row in tables.rows(first.query)][:1] != ["a.txt"]
        monkeypatch.setattr(sheets, "ROW_LIMIT", 2)
        to_xlsx.write(tables, tmp_path / "claims.xlsx")
    guide = openpyxl.load_workbook(tmp_path / "claims.xlsx")["Guide"]
    rows = [row for row in guide.iter_rows(values_only=True) if row[0] == "Claims"]
    assert rows[0][1] == "2 of 3"
    assert rows[0][4] == "claims.parquet"


def test_inert_cells_stay_text_when_edited(result: DocumentResult, tmp_path: Path) -> None:
    """The program's own mark for text, so that F2 and Enter make no formula of it."""
    (claim,) = result.analysis.claims
    analysis = replace(result.analysis, claims=(replace(claim, subject="=1+1"),))
    write_all([addition([replace(result, analysis=analysis)])], tmp_path)
    page = openpyxl.load_workbook(tmp_path / "claims.xlsx")["Claims"]
    assert cell(page, "subject").data_type == "s"
    assert cell(page, "subject").quotePrefix
    assert not cell(page, "predicate").quotePrefix


def test_nothing_in_the_file_tells_when_it_was_written(
    result: DocumentResult, tmp_path: Path
) -> None:
    write_all([addition([result])], tmp_path)
    with zipfile.ZipFile(tmp_path / "claims.xlsx") as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert b"2020-01-01T00:00:00Z" in archive.read("docProps/core.xml")
