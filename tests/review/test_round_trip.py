"""Decisions made in a workbook come back, and stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Desk


def test_a_decision_comes_back_and_shows_in_the_next_run(desk: Desk) -> None:
    first, second = desk.decide({"decision": "accept", "note": "checked"})
    assert (first["review_state"], first["decision"], first["reviewer"]) == ("same", "accept", "AQ")
    assert first["note"] == "checked"
    assert (first["effective_amount"], first["effective_date"]) == ("4000000", "2021-05")
    assert (second["review_state"], second["decision"]) == ("new", None)
