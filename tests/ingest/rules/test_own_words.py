"""A single line of furniture in an otherwise clean text goes if it says itself what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest.clean import clean
from pipeline.records import SourceDocument

BODY = Path(__file__).parents[1].joinpath("port_strike.txt").read_text("utf-8").splitlines()


def cleaned(*lines: str, at: int = len(BODY)) -> list[str]:
    text = "\n\n".join([*BODY[:at], *lines, *BODY[at:]])
    return clean(SourceDocument("d", "d.txt", text, "", "txt")).text.split("\n\n")


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Petra Hall / Harbour Post",
        "Photograph by Petra Hall for Harbour Post",
        "The crane at dawn. (Photo by Petra Hall/Getty Images)",
        "FILE - A freighter waits off the port, March 3, 2022. (AP Photo/Petra Hall, File)",
        "Email Mara Lindqvist at mara@harbour.example or follow her @maralind.",
        "Mara Lindqvist is a reporter at the Harbour Post. She has covered trade since 2009.",
        "Like what you read? Sign up for our weekly email newsletter.",
        "Support independent journalism. Donate today.",
        "This article is for subscribers only.",
        "As an AI language model, I cannot verify these figures.",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.",
    ],
)
def test_it_goes(line: str) -> None:
    assert cleaned(line) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Seoul harbour line: 02-751-1500",
        "Photos: what is known so far?",
        "The union is a member of the federation, and a reporter at the port said so.",
        "Source: Port Authority Annual Report and the Statistics Office of the Northern Region",
        "We hope to see all of you at the quay on Friday evening. Warm wishes from the crew, Petra",
    ],
)
def test_it_stays(line: str) -> None:
    assert cleaned(line) == [*BODY, line]


def test_whom_the_article_tells_of_has_no_note() -> None:
    told = "Ilse Brandt drove the first crane on Monday, and the crowd on the quay cheered."
    line = "Ilse Brandt is a writer and a crane driver. She has lived at the port since 2009."
    assert cleaned(told, line)[-1] == line


def test_buttons_of_a_cookie_notice_go_with_it() -> None:
    lines = ["We use cookies to improve your experience.", "Accept all", "Manage settings"]
    assert cleaned(*lines, at=1) == BODY


def test_a_heading_over_prose_is_no_table_of_contents() -> None:
    lines = ["Contents", "The hold was full of barley, said the harbour master, and of rats."]
    assert cleaned(*lines, at=4) == [*BODY[:4], *lines, *BODY[4:]]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Wages rose by a fifth in 2020.[3,4]", "Wages rose by a fifth in 2020."),
        ("Wages rose² to pay for fuel.¹²", "Wages rose to pay for fuel."),
        ("The fund holds $5 million³ in bonds.", "The fund holds $5 million in bonds."),
        ("The hall has 40 square metres² of glass and 12 km² of land.", ""),
        ("Ink costs $4⁹⁹ a bottle, and debts of 10⁶ were paid.", ""),
    ],
)  # fmt: skip
def test_marks_of_notes_leave_the_sentence(line: str, left: str) -> None:
    assert cleaned(line)[-1] == (left or line)


def test_notes_with_raised_numbers_are_kept_apart() -> None:
    lines = ["Wages rose² at the port.", "² Port Authority report, p. 14."]
    assert cleaned(*lines)[-1] == "Wages rose at the port."


def test_a_sentence_cut_by_a_link_is_cut() -> None:
    line = "The union will fight the plan. The port authority has said that the... Continue reading"
    assert cleaned(line)[-1] == "The union will fight the plan."
