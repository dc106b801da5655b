"""A note of one to five lines is an article: its sentences stay."""

from __future__ import annotations

import pytest

from pipeline.ingest.clean import clean
from pipeline.ingest.tasks import CleanSettings
from pipeline.records import SourceDocument


def cleaned(text: str, *off: str) -> str:
    return clean(SourceDocument("d", "d.txt", text, "", "txt"), CleanSettings(rules_off=off)).text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Output fell in May.", id="one-sentence"),
        pytest.param("The ministry said that output fell in May.", id="one-longer-sentence"),
        pytest.param("He said no.\nShe said yes.\nThey left.", id="three-short-lines"),
        pytest.param(
            "Fish stocks fall again\n\nOutput fell in May, the ministry said.\n\nPrices rose.",
            id="headline-and-two-sentences",
        ),
        pytest.param(
            "Three killed in crash\n\nThree people died when a bus left the road in Dover.",
            id="headline-and-prose",
        ),
        pytest.param(
            "Note to file\nMet Carter on 3 May. He denied the payment.\nHe will send the ledger.",
            id="note",
        ),
        pytest.param(
            "Council approves budget\n\nThe council approved a budget of $3 million."
            "\n\nThe vote was 7 to 2.",
            id="budget",
        ),
    ],
)
def test_short_texts_stay_whole(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("noise", "rule"),
    [
        pytest.param("Photo: Jo Doe/XY", "caption", id="caption"),
        pytest.param("Tags: council, budget", "tags", id="tags"),
    ],
)
def test_noise_below_a_short_text_goes_and_its_rule_can_be_switched_off(
    noise: str, rule: str
) -> None:
    text = "A headline about fish\n\nThe ministry said that output fell in May."
    assert cleaned(f"{text}\n\n{noise}\n").strip() == text
    assert noise in cleaned(f"{text}\n\n{noise}\n", rule, "line_model", "photo_credit")


def test_a_headline_twice_stays_once() -> None:
    text = "A headline about many fish\n\nA headline about many fish\n\nOutput fell in May."
    assert cleaned(text).count("headline") == 1


def test_a_note_with_more_furniture_than_text_keeps_headline_and_sentences() -> None:
    body = "Mill closes\nThe mill closed on Monday. 40 jobs are gone."
    head, sentence = body.split("\n")
    text = f"{head}\nBy Ann Lee\n3 May 2021\n{sentence}\nShare\nFacebook\nTwitter"
    assert cleaned(text) == body
