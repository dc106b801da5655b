"""How often the tool was right, and decisions as labelled rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.review.stats import band, precision, precision_table, write_labels

if TYPE_CHECKING:
    from conftest import Desk


def test_precision_counts_by_group(desk: Desk) -> None:
    assert "no decisions yet" in precision_table(desk.out)
    desk.decide({"decision": "correct", "corrected_amount": "5"}, {"decision": "accept"})
    found = precision(desk.out)
    assert found["rule"]["speech_verb"].precision == 0.5
    assert found["confidence"]["0.50 to 0.75"].usable == 1.0
    assert set(found["attribution"]) == {"indirect"}
    assert "50%" in precision_table(desk.out)


@pytest.mark.parametrize(
    ("confidence", "name"),
    [(0.0, "0.00 to 0.25"), (0.5, "0.50 to 0.75"), (0.9, "0.90 to 1.00"), (1.0, "0.90 to 1.00")],
)
def test_bands(confidence: float, name: str) -> None:
    assert band(confidence) == name


def test_labels_are_of_wholly_reviewed_articles(desk: Desk, tmp_path: Path) -> None:
    desk.decide({"decision": "correct", "corrected_amount": "5", "corrected_date": "2021-04"})
    assert write_labels(desk.out, tmp_path / "x").startswith("0 rows of 0")
    desk.decide({}, {"decision": "reject"})
    write_labels(desk.out, tmp_path / "x")
    (row,) = map(json.loads, (tmp_path / "x" / "rows.jsonl").read_text().splitlines())
    (article,) = map(json.loads, (tmp_path / "x" / "articles.jsonl").read_text().splitlines())
    assert article["ref_date"] == "2021-06"
    text = article["text"]
    assert text[slice(*row["claim"])].startswith("the ferry line")
    assert row["source"] == {"span": [11, 21], "name": "Ines Prado"}
    assert text[slice(*row["money"][0]["span"])] == "€4 million"
    assert (row["money"][0]["amount"], row["money"][0]["currency"]) == ("5", "EUR")
    assert (row["dates"][0]["start"], row["dates"][0]["end"]) == ("2021-04", "2021-04")


def test_labels_hold_what_only_the_reviewer_gave(desk: Desk, tmp_path: Path) -> None:
    desk.decide(
        {"decision": "correct", "corrected_source": "Rui Vale"},
        {
            "decision": "correct",
            "corrected_source": "Ines Prado Leal",
            "corrected_date": "2021-05-03/2021-05-07",
            "corrected_amount": "70",
            "corrected_currency": "USD",
        },
    )
    write_labels(desk.out, tmp_path / "x")
    first, second = map(json.loads, (tmp_path / "x" / "rows.jsonl").read_text().splitlines())
    assert first["source"] == {"span": None, "name": "Rui Vale"}
    assert second["source"] == {"span": [11, 21], "name": "Ines Prado Leal"}
    assert second["dates"] == [
        {"span": None, "start": "2021-05-03", "end": "2021-05-07", "what": "event"}
    ]
    (money,) = second["money"]
    assert (money["span"], money["amount"], money["currency"]) == (None, "70", "USD")
    assert money["low"] is None
