"""Claims that an analyst adds, and words that are not there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from pipeline.review.added import find

if TYPE_CHECKING:
    from conftest import Desk


def added(desk: Desk, **cells: str) -> Path:
    book = openpyxl.load_workbook(desk.book)
    page = book["Claims"]
    names = [cell.value for cell in page[1]]
    page.append([cells.get(str(name)) for name in names])
    book.save(desk.folder / "added.xlsx")
    return desk.folder / "added.xlsx"


def test_an_added_row_needs_only_document_and_words(desk: Desk) -> None:
    path = added(desk, path="pier.txt", claim_text="the  PIER stays\nshut")
    (taken,) = desk.review(path).taken
    row = next(row for row in desk.run() if row["claim_id"] == taken.claim_id)
    assert row["claim_text"] == "The pier stays shut"
    assert (row["rule"], row["decision"], row["review_state"]) == ("analyst", "accept", "same")
    assert desk.rows("texts")[0]["text"][row["start"] : row["end"]] == row["claim_text"]
    assert desk.rows("documents")[0]["n_claims"] == 3
    again = desk.review(path)  # the same row, and the workbook that has it now
    assert (again.taken, again.refused) == ([], [])
    assert not desk.review(desk.book).taken


def test_it_links_the_dates_and_sums_in_its_words(desk: Desk) -> None:
    words = "line lost €4 million in May 2021"
    desk.review(added(desk, path="pier.txt", claim_text=words, corrected_source="Port Office"))
    row = next(row for row in desk.run() if row["rule"] == "analyst")
    assert (row["amount"], row["currency"], row["date_start"]) == ("4000000", "EUR", "2021-05")
    assert row["effective_source"] == "Port Office"


@pytest.mark.parametrize(
    ("path", "words", "column"),
    [
        pytest.param("pier.txt", "the pier opens again", "claim_text", id="not-there"),
        pytest.param("gone.txt", "The pier stays shut", "path", id="no-document"),
        pytest.param("", "The pier stays shut at", "path", id="no-path"),
    ],
)
def test_words_that_are_not_there_are_refused(
    desk: Desk, path: str, words: str, column: str
) -> None:
    (refused,) = desk.review(added(desk, path=path, claim_text=words)).refused
    assert refused.column == column


def test_an_added_row_is_gone_with_its_words(desk: Desk) -> None:
    desk.review(added(desk, path="pier.txt", claim_text="The pier stays shut"))
    desk.run(desk.article(text=desk.text.replace("stays shut", "has burnt")))
    assert [row["review_state"] for row in desk.rows("decisions")] == ["gone"]


def test_parts_that_stand_apart_are_found(desk: Desk) -> None:
    document = desk.results[0].document
    spans = find(document, "the ferry line … in May 2021")
    assert [span.of(document.source.text) for span in spans] == ["the ferry line", "in may 2021"]
    assert find(document, "in May 2021 … the ferry line") == ()
    assert find(document, "…") == ()
