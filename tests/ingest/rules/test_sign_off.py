"""Credits that are lines of their own among sentences; headings and lists are none."""

from __future__ import annotations

from pathlib import Path

from pipeline.ingest.clean import clean
from pipeline.records import SourceDocument

BODY = Path(__file__).parents[1].joinpath("port_strike.txt").read_text("utf-8").splitlines()


def cleaned(*lines: str) -> list[str]:
    return clean(SourceDocument("d", "d.txt", "\n".join(lines), "", "txt")).text.split("\n")


def test_the_line_model_does_not_keep_a_credit() -> None:
    made = ["(Jon Reed/AP)", "Getty Images", "Additional reporting by Jon Reed"]
    for credit in made:
        assert cleaned(*BODY[:3], credit, *BODY[3:]) == BODY
        assert cleaned(*BODY, credit) == BODY
    assert cleaned(*BODY, *made) == BODY


def test_an_agency_is_a_heading_where_the_article_is_about_it() -> None:
    told = "Getty lost 40 million dollars last year, a report by its own accountants shows."
    lines = [*BODY[:3], "Getty Images", told, *BODY[3:]]
    assert cleaned(*lines) == lines


def test_a_list_of_agencies_stays() -> None:
    lines = [
        *BODY[:4],
        "Agencies in the pool:",
        "AP Images",
        "Getty Images",
        "AFP Photo",
        *BODY[4:],
    ]
    assert cleaned(*lines) == lines
