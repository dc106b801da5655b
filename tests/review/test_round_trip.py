"""Decisions made in a workbook come back, and stay.

What Excel and Google Sheets do to a file is imitated here with openpyxl and the csv module;
LibreOffice itself is run, headless, where it is installed.
"""

from __future__ import annotations

import csv
import datetime
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.export.cells import unguarded

if TYPE_CHECKING:
    from conftest import Desk

CORRECTION = {
    "decision": "correct",
    "corrected_source": "Ines Prado Leal",
    "corrected_date": "2021-05-03/2021-05-07",
    "corrected_amount": "4500000",
    "corrected_currency": "usd",
    "note": "=SUM(A1) is what they wrote",
}


def test_a_decision_comes_back_and_shows_in_the_next_run(desk: Desk) -> None:
    first, second = desk.decide({"decision": "accept", "note": "checked"})
    assert (first["review_state"], first["decision"], first["reviewer"]) == ("same", "accept", "AQ")
    assert first["note"] == "checked"
    assert (first["effective_amount"], first["effective_date"]) == ("4000000", "2021-05")
    assert (second["review_state"], second["decision"]) == ("new", None)


def test_machine_and_reviewer_stand_side_by_side(desk: Desk) -> None:
    first, second = desk.decide(CORRECTION, {"decision": "reject"})
    assert (first["amount"], first["corrected_amount"]) == ("4000000", "4500000")
    effective = {name: first[f"effective_{name}"] for name in ("source", "date", "amount")}
    assert effective == {
        "source": "Ines Prado Leal",
        "date": "2021-05-03/2021-05-07",
        "amount": "4500000",
    }
    assert first["effective_currency"] == "USD"
    assert first["effective_date_modifier"] is None
    assert first["effective_amount_qualifier"] is None
    assert first["note"] == "=SUM(A1) is what they wrote"
    assert first["effective_subject"] == first["subject"]
    assert second["decision"] == "reject"
    assert second["effective_source"] is None


def test_reading_twice_adds_nothing(desk: Desk) -> None:
    book = desk.edited({2: CORRECTION, 3: {"decision": "unsure"}})
    assert len(desk.review(book).taken) == 2
    before = desk.decisions.read_bytes()
    again = desk.review(book)
    assert (again.taken, again.known) == ([], 2)
    desk.run()
    rewritten = desk.review(desk.book)  # the next workbook shows what was decided
    assert not rewritten.taken
    assert not rewritten.refused
    assert desk.decisions.read_bytes() == before


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    taking = desk.review(desk.edited({2: {"decision": "accept"}}), dry_run=True)
    assert len(taking.taken) == 1
    assert not desk.decisions.exists()


def test_decided_rows_leave_review_first(desk: Desk) -> None:
    desk.decide({"decision": "accept"})
    page = openpyxl.load_workbook(desk.book)["Review first"]
    assert page.max_row == 2
    assert page["A2"].value == desk.rows("claims")[1]["claim_id"]


def reorder(page: Worksheet) -> None:
    """A reviewer sorts, drops and adds columns, and writes above the table."""
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    names = rows[0]
    keep = [n for n, name in enumerate(names) if name not in ("flags", "object", "spans")][::-1]
    page.delete_rows(1, page.max_row)
    page.append(["Reviewed by Anna, week 12"])
    page.append([])
    for number, row in enumerate([rows[0], *rows[:0:-1]]):
        page.append([row[n] for n in keep] + (["my remarks"] if number == 0 else ["later"]))


def shout(page: Worksheet) -> None:
    names = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        if row[0].value:
            row[0].value = f" '{str(row[0].value).upper()} "
        cell = row[names.index("decision")]
        cell.value = str(cell.value).capitalize() if cell.value else None


def lose_ids(page: Worksheet) -> None:
    for row in page.iter_rows(min_row=2):
        row[0].value = "#NAME?" if row[0].value else None


def make_dates(page: Worksheet) -> None:
    """A program makes a date of 2021-05-03, and a number of a number in text."""
    names = [cell.value for cell in page[1]]
    page.cell(2, names.index("corrected_date") + 1).value = datetime.datetime(2021, 5, 3)  # noqa: DTZ001
    page.cell(2, names.index("corrected_amount") + 1).value = 4500000.0


def make_serials(page: Worksheet) -> None:
    names = [cell.value for cell in page[1]]
    cell = page.cell(2, names.index("corrected_date") + 1)
    cell.value = 44319
    cell.number_format = "General"


def filtered(page: Worksheet) -> None:
    page.auto_filter.add_filter_column(2, ["correct"])
    page.row_dimensions[3].hidden = True
    page.delete_rows(3)


@pytest.mark.parametrize("change", [reorder, shout, lose_ids, make_dates, make_serials, filtered])
def test_what_people_and_programs_do_to_a_workbook(
    desk: Desk, change: Callable[[Worksheet], None]
) -> None:
    """Imitated with openpyxl."""
    path = desk.edited({2: {**CORRECTION, "corrected_date": "2021-05-03"}})
    book = openpyxl.load_workbook(path)
    change(book["Claims"])
    del book["Review first"]
    book.save(path)
    taking = desk.review(path)
    assert not taking.refused
    (decision,) = taking.taken
    assert decision.claim_id == desk.rows("claims")[0]["claim_id"]
    assert decision.corrected["date"] == "2021-05-03"
    assert decision.corrected["amount"] == "4500000"
    assert desk.run()[0]["review_state"] == "same"


def plain(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("delimiter", "encoding", "cell"),
    [
        pytest.param(",", "utf-8-sig", plain, id="as-written"),
        pytest.param(",", "utf-8", unguarded, id="google-takes-the-guard-off"),
        pytest.param(";", "cp1252", plain, id="excel-in-europe"),
        pytest.param("\t", "utf-16", plain, id="excel-unicode-text"),
    ],
)
def test_csv_as_programs_save_it(
    desk: Desk, delimiter: str, encoding: str, cell: Callable[[str], str]
) -> None:
    """Imitated with the csv module."""
    with (desk.out / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    rows[0] |= {"decision": "correct", "corrected_amount": "4500000,50", "note": "Größe geprüft"}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0])[::-1], delimiter=delimiter)
    writer.writeheader()
    writer.writerows([{name: cell(words) for name, words in row.items()} for row in rows])
    path = desk.folder / "saved.csv"
    path.write_bytes(out.getvalue().encode(encoding, "replace"))
    taking = desk.review(path)
    assert not taking.refused
    (decision,) = taking.taken
    assert decision.corrected == {"amount": "4500000.5"}
    assert decision.note == "Größe geprüft"
    assert (decision.file, decision.row) == ("saved.csv", 2)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_saved_again_by_libreoffice(desk: Desk, kind: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: nothing is saved by it")
    path = desk.edited({2: CORRECTION, 3: {"decision": "accept"}}, sheet="Review first")
    ordered = [row["claim_id"] for row in desk.rows("claims")]
    folder = desk.folder / "again"
    command = [office, f"-env:UserInstallation=file://{desk.folder}/profile", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    taking = desk.review(folder / f"edited.{kind}")
    assert not taking.refused
    assert sorted(d.decision for d in taking.taken) == ["accept", "correct"]
    assert {d.claim_id for d in taking.taken} == set(ordered)
    corrected = next(d.corrected for d in taking.taken if d.corrected)
    assert corrected["date"] == "2021-05-03/2021-05-07"
    assert corrected["amount"] == "4500000"
    assert {row["review_state"] for row in desk.run()} == {"same"}


HOSTILE = (
    "=1+1|' /C calc'!A0",
    "+351 lines",
    "-2+3 people",
    "@SUM(1)",
    "<r><t>a</t></r>",
    "NA",
    "1E5",
    "2-3",
    "TRUE",
    "007",
    "\x01 bell \u202e back",
    '"quoted"; and, more',
)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_as_they_were(desk: Desk, kind: str, words: str) -> None:
    text = f"{desk.text}{words} end.\n"
    change = {"words": words, "source": words}
    first, _ = desk.run(desk.article(text=text, claims=({}, change)))
    row = 2 if first["claim_text"] == words else 3
    path = desk.edited({row: {"decision": "accept", "note": words.replace("\x01", "")}})
    if kind == "csv":
        page = openpyxl.load_workbook(path)["Claims"]
        path = desk.folder / "x.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(page.iter_rows(values_only=True))
    taking = desk.review(path)
    assert (taking.refused, taking.remarks) == ([], [])
    (decision,) = taking.taken
    assert decision.seen is not None
    assert decision.seen.words == words
    again = next(cells for cells in desk.run() if cells["claim_text"] == words)
    assert (again["review_state"], again["decision"]) == ("same", "accept")
    assert not desk.review(desk.book).taken


def test_the_documents_sheet_is_read_back(desk: Desk) -> None:
    path = desk.edited(
        {2: {"outlet": "Harbour Post", "published": datetime.datetime(2021, 6, 9)}},  # noqa: DTZ001
        sheet="Documents",
    )
    taken = desk.review(path).taken
    said = {name: value for d in taken for name, value in d.corrected.items()}
    assert said == {"outlet": "Harbour Post", "published": "2021-06-09"}
    assert not desk.review(path).taken


def test_a_month_that_became_a_day_is_no_edit(desk: Desk) -> None:
    """Imitated: Excel makes the first of June of 2021-06 when a CSV is opened."""
    cells = {"published": datetime.datetime(2021, 6, 1)}  # noqa: DTZ001
    assert not desk.review(desk.edited({2: cells}, sheet="Documents")).taken


def test_files_that_hold_no_review_are_refused(desk: Desk, tmp_path: Path) -> None:
    from pipeline.errors import ConfigError

    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    (tmp_path / "x.xlsx").write_bytes(b"PK no workbook")
    for name in ("x.csv", "x.xlsx"):
        with pytest.raises(ConfigError, match=name):
            desk.review(tmp_path / name)


def test_what_two_reviewers_said_comes_back_as_theirs(desk: Desk) -> None:
    """A workbook read again makes no third reviewer of the two that its row names."""
    desk.decide({"decision": "accept"}, reviewer="Anna")
    book = desk.edited({2: {"decision": "accept", "reviewer": "Ben"}})
    assert len(desk.review(book).taken) == 1
    assert desk.run()[0]["reviewer"] == "Anna; Ben"
    taking = desk.review(desk.book)
    assert (len(taking.taken), taking.known) == (0, 1)


def moved(desk: Desk) -> dict[str, Any]:
    """The first claim, accepted by Anna, after a word without weight came in."""
    desk.decide({"decision": "accept"}, reviewer="Anna")
    words = str(desk.rows("claims")[0]["claim_text"])
    longer = words.replace("line", "line also")
    text = desk.text.replace(words, longer)
    row = desk.run(desk.article(text=text, claims=({"words": longer}, {})))[0]
    assert (row["review_state"], row["decision"]) == ("moved", "accept")
    return row


def test_a_claim_that_moved_is_not_decided_twice(desk: Desk) -> None:
    moved(desk)
    taking = desk.review(desk.book)
    assert (len(taking.taken), taking.known) == (0, 1)
    again = desk.review(desk.edited({2: {"decision": "reject"}}), reviewer="Anna")
    assert [(made.who, made.decision) for made in again.taken] == [("Anna", "reject")]
    assert desk.run()[0]["decision"] == "reject"


def test_reviewers_disagree_about_a_claim_that_moved(desk: Desk) -> None:
    moved(desk)
    taking = desk.review(desk.edited({2: {"decision": "reject", "reviewer": "Ben"}}))
    assert len(taking.conflicts) == 1
    row = desk.run()[0]
    assert row["decision"] is None
    assert row["earlier_decisions"] == "conflict: Anna: accept; Ben: reject"


def test_a_claim_that_changed_is_accepted_again(desk: Desk) -> None:
    desk.decide({"decision": "accept"})
    row = desk.run(desk.article(claims=({"amount": "40000000"}, {})))[0]
    assert row["review_state"] == "changed"
    assert desk.decide({"decision": "accept"})[0]["decision"] == "accept"
