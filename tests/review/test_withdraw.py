"""A decision whose cell is emptied is withdrawn; a row that is not there withdraws nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.review.apply import opinion
from pipeline.review.decisions import Decision, Seen
from pipeline.review.desk import describe
from pipeline.review.metadata import facts_said

ACCEPT = {"decision": "accept", "note": "called them"}


def test_an_emptied_cell_brings_the_claim_back(desk: Any) -> None:
    desk.decide(ACCEPT)
    edited = desk.edited({2: {"decision": None}})
    taking = desk.review(edited, dry_run=True)
    words = describe(taking, desk.decisions, dry_run=True)
    assert words.startswith("1 would be taken: 1 withdraw\n")
    assert "AQ: withdraw" in words
    assert desk.run()[0]["decision"] == "accept"
    desk.review(edited)
    row = desk.run()[0]
    assert (row["decision"], row["review_state"], row["reviewer"]) == (None, "new", None)
    assert [made["decision"] for made in desk.rows("decisions")] == ["accept", "withdraw"]
    assert desk.review(edited).taken == []


def test_a_claim_is_decided_anew_after_it(desk: Any) -> None:
    desk.decide(ACCEPT)
    desk.decide({"decision": None, "note": None})
    row = desk.decide({"decision": "reject"}, reviewer="BB")[0]
    assert (row["decision"], row["reviewer"], row["note"]) == ("reject", "BB", None)


def test_the_correction_goes_with_it(desk: Any) -> None:
    desk.decide({"decision": "correct", "corrected_subject": "the line"})
    (refused,) = desk.review(desk.edited({2: {"decision": None}})).refused
    assert refused.reason.endswith("empty it too, to withdraw the decision")
    desk.review(desk.edited({2: {"decision": None, "corrected_subject": None}}))
    row = desk.run()[0]
    assert (row["decision"], row["corrected_subject"]) == (None, None)
    assert row["effective_subject"] == "the ferry line"


def without_row(desk: Any, number: int) -> Path:
    book = openpyxl.load_workbook(desk.book)
    book["Claims"].delete_rows(number)
    book.save(desk.folder / "short.xlsx")
    return Path(desk.folder / "short.xlsx")


def without_column(desk: Any, name: str) -> Path:
    book = openpyxl.load_workbook(desk.book)
    names = [cell.value for cell in book["Claims"][1]]
    book["Claims"].delete_cols(names.index(name) + 1)
    book.save(desk.folder / "narrow.xlsx")
    return Path(desk.folder / "narrow.xlsx")


def test_a_row_or_a_state_that_is_not_there_withdraws_nothing(desk: Any) -> None:
    desk.decide(ACCEPT)
    assert desk.review(without_row(desk, 2)).taken == []
    assert desk.review(without_column(desk, "review_state")).taken == []


def test_an_older_copy_withdraws_nothing(desk: Any) -> None:
    before = desk.edited({}, name="before.xlsx")
    desk.decide(ACCEPT)
    assert desk.review(before).taken == []
    between = desk.edited({}, name="between.xlsx")
    desk.decide({}, {"decision": "reject"})
    assert desk.review(between).taken == []


def test_an_added_row_goes(desk: Any) -> None:
    added = desk.edited({9: {"path": "pier.txt", "claim_text": "The pier stays shut"}})
    desk.review(added)
    assert len(desk.run()) == 3
    desk.review(desk.edited({4: {"decision": None}}))
    assert len(desk.run()) == 2
    assert [made["review_state"] for made in desk.rows("decisions")] == ["gone", "gone"]


def test_a_fact_about_a_document_is_taken_back(desk: Any) -> None:
    """The Documents sheet as it is after the run that applied the fact."""
    book = openpyxl.load_workbook(desk.edited({2: {"outlet": "The Post"}}, sheet="Documents"))
    desk.review(desk.folder / "edited.xlsx")
    names = [cell.value for cell in book["Documents"][1]]
    path = {"path": "pier.txt", "doc_id": "d", "outlet": None, "outlet_origin": "analyst"}
    known = {"path": "pier.txt", "outlet": "The Post", "outlet_origin": "analyst"}
    assert {"outlet", "outlet_origin"} <= set(names)
    from pipeline.review.take import stood

    assert stood(known, path, "outlet_origin")
    assert not stood(known, path | {"outlet_origin": ""}, "outlet_origin")
    assert not stood(known | {"outlet_origin": "page"}, path, "outlet_origin")


def fact(who: str, value: str) -> Decision:
    return Decision(when="2021", who=who, kind="document", path="a", corrected={"outlet": value})


def test_who_takes_a_fact_back_takes_back_those_of_all() -> None:
    said = [fact("A", "Post"), fact("B", "Mail"), fact("A", "")]
    assert facts_said(said) == {}
    assert facts_said([*said, fact("B", "Mail")]) == {"outlet": {"B": "Mail"}}


def made(who: str, decision: str, note: str = "") -> Decision:
    return Decision(
        when="2021", who=who, kind="claim", path="a", claim_id="c", decision=decision, note=note,
        seen=Seen("x"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("decisions", "decision", "withdrawn"),
    [
        pytest.param("A accept, A withdraw", "", True, id="alone"),
        pytest.param("A accept, B reject, B withdraw", "", True, id="of-both"),
        pytest.param("A accept, A withdraw, B reject", "reject", False, id="then-another"),
        pytest.param("A accept, A withdraw, A accept", "accept", False, id="back-again"),
    ],
)
def test_what_a_withdrawal_leaves(decisions: str, decision: str, withdrawn: bool) -> None:
    says = opinion([made(*words.split()) for words in decisions.split(", ")])
    assert (says.decision, says.withdrawn, says.disputed) == (decision, withdrawn, False)
