"""What is refused, with its place and reason; what conflicts; what is odd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.review.values import amount_of, currency_of, date_of, decision_of

if TYPE_CHECKING:
    from conftest import Desk


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        pytest.param({"decision": "acept"}, "decision", "none of accept", id="typo"),
        pytest.param({"decision": "correct"}, "decision", "no corrected_", id="nothing-corrected"),
        pytest.param(
            {"decision": "accept", "corrected_amount": "5"}, "decision", "choose", id="both"
        ),
        pytest.param({"corrected_source": "X"}, "decision", "choose correct", id="no-decision"),
        pytest.param(
            {"decision": "correct", "corrected_date": "03/04/2021"},
            "corrected_date",
            "ambiguous",
            id="date-in-two-orders",
        ),
        pytest.param(
            {"decision": "correct", "corrected_amount": "4,500"},
            "corrected_amount",
            "two ways",
            id="comma-in-two-senses",
        ),
        pytest.param(
            {"decision": "correct", "corrected_currency": "dollars"},
            "corrected_currency",
            "ISO 4217",
            id="no-currency",
        ),
    ],
)
def test_a_refusal_names_its_place(
    desk: Desk, cells: dict[str, Any], column: str, words: str
) -> None:
    taking = desk.review(desk.edited({2: cells, 3: {"decision": "accept"}}))
    (refused,) = taking.refused
    assert (refused.sheet, refused.row, refused.column) == ("Claims", 2, column)
    assert words in refused.reason
    assert [d.row for d in taking.taken] == [3]


def test_an_unknown_claim_is_refused(desk: Desk) -> None:
    cells = {"claim_id": "c_0", "claim_text": None, "decision": "accept"}
    (refused,) = desk.review(desk.edited({2: cells})).refused
    assert refused.column == "claim_id"


def test_two_reviewers_who_disagree_are_both_shown(desk: Desk) -> None:
    book = desk.edited({2: {"decision": "accept"}})
    desk.review(book, reviewer="AQ")
    taking = desk.review(desk.edited({2: {"decision": "reject"}}), reviewer="BB")
    assert taking.conflicts
    first = desk.run()[0]
    assert (first["decision"], first["effective_amount"]) == (None, "4000000")
    assert first["earlier_decisions"] == "conflict: AQ: accept; BB: reject"
    assert len(desk.decisions.read_text().splitlines()) == 2
    # somebody who sees both settles it, in the new workbook
    desk.review(desk.edited({2: {"decision": "reject"}}), reviewer="CC")
    first = desk.run()[0]
    assert (first["decision"], first["reviewer"]) == ("reject", "CC")
    assert first["earlier_decisions"] is None


def test_unsure_gives_way_to_a_firm_decision(desk: Desk) -> None:
    desk.review(desk.edited({2: {"decision": "accept"}}), reviewer="AQ")
    desk.review(desk.edited({2: {"decision": "unsure"}}), reviewer="BB")
    assert desk.run()[0]["decision"] == "accept"


def test_a_reviewer_may_think_again(desk: Desk) -> None:
    desk.decide({"decision": "accept"})
    assert desk.decide({"decision": "reject"})[0]["decision"] == "reject"


def test_an_old_copy_takes_nothing_back(desk: Desk) -> None:
    old = desk.edited({2: {"decision": "accept"}}, name="old.xlsx")
    desk.review(old)
    desk.run()
    desk.decide({"decision": "reject"})
    taking = desk.review(old)
    assert not taking.taken
    assert "changed it since" in taking.refused[0].reason


def test_changes_in_anothers_row_are_those_of_who_made_them(desk: Desk) -> None:
    desk.decide({"decision": "accept"}, reviewer="AQ")
    (taken,) = desk.review(desk.edited({2: {"decision": "reject"}}), reviewer="BB").taken
    assert taken.who == "BB"


def test_two_sheets_that_disagree_are_refused_both(desk: Desk) -> None:
    path = desk.edited({2: {"decision": "accept"}})
    first = desk.rows("claims")[0]["claim_id"]
    import openpyxl

    book = openpyxl.load_workbook(path)
    page = book["Review first"]
    row = next(row for row in page.iter_rows(min_row=2) if row[0].value == first)
    row[[cell.value for cell in page[1]].index("decision")].value = "reject"
    book.save(path)
    taking = desk.review(path)
    assert not taking.taken
    assert {refused.sheet for refused in taking.refused} == {"Review first", "Claims"}


def test_an_overwritten_cell_of_ours_is_said(desk: Desk) -> None:
    taking = desk.review(desk.edited({2: {"amount": 5, "decision": "accept"}}))
    (remark,) = taking.remarks
    assert (remark.column, remark.row) == ("amount", 2)
    row = desk.run()[0]
    assert (row["review_state"], row["decision"]) == ("changed", None)
    assert "accept" in row["earlier_decisions"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param("9000000000", "9000000000", id="digits"),
        pytest.param(9e9, "9000000000", id="number"),
        pytest.param("9.000.000,5", "9000000.5", id="comma-decimal"),
        pytest.param("9,000,000.50", "9000000.5", id="point-decimal"),
        pytest.param("9,000,000", "9000000", id="thousands"),
        pytest.param("-12,5", "-12.5", id="short-decimal"),
        pytest.param("9 000 000", "9000000", id="spaces"),
        pytest.param("9E+09", None, id="lost-digits"),
        pytest.param("4.500", None, id="two-ways"),
        pytest.param("1,23,456", None, id="odd-groups"),
        pytest.param("about 5", None, id="words"),
        pytest.param("٣", None, id="other-digits"),
        pytest.param(float("inf"), None, id="endless"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_amounts(cell: object, value: str | None) -> None:
    if value is None:
        with pytest.raises(ValueError, match=r"no number|lost|two ways"):
            amount_of(cell)
    else:
        assert amount_of(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param("2021", "2021", id="year"),
        pytest.param(2021.0, "2021", id="year-as-number"),
        pytest.param("2021-07", "2021-07", id="month"),
        pytest.param(44388.0, "2021-07-11", id="serial"),
        pytest.param("11 July 2021", "2021-07-11", id="words"),
        pytest.param("2021-07/2021-09", "2021-07/2021-09", id="range"),
        pytest.param("2021-09/2021-07", None, id="backwards"),
        pytest.param("12", None, id="small-number"),
        pytest.param("soon", None, id="no-date"),
    ],
)
def test_dates(cell: object, value: str | None) -> None:
    if value is None:
        with pytest.raises(ValueError, match=r"no date|not a date|ends before"):
            date_of(cell, "")
    else:
        assert date_of(cell, "")[0] == value


def test_decisions_and_currencies_as_people_type_them() -> None:
    assert decision_of(" Accepted ") == "accept"
    assert decision_of(None) == ""
    assert currency_of(" eur") == "EUR"
