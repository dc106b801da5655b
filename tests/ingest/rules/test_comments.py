"""Comment sections: what stands below their heading, or in a thread of dated remarks, goes."""

from __future__ import annotations

from pipeline.ingest.blocks import read_page
from pipeline.ingest.rules.comments import find

PROSE = [
    f"The {word} of the port signed a contract that raises wages by {n} percent from next year on."
    for n, word in enumerate(("union", "council", "owners", "pilots", "buyers", "guards"), 2)
]
REMARK = (
    "I worked at that port for years and I can tell you that nobody there believes a word of it."
)


def removed(*lines: str) -> list[str]:
    text = "\n".join(lines)
    return [proposal.span.of(text) for proposal in find(read_page(text))]


def test_everything_below_the_heading_of_the_section() -> None:
    section = ["3 Comments", "Ann", REMARK, "Bob", "Well said!"]
    assert removed(*PROSE, *section) == section


def test_a_thread_without_a_heading() -> None:
    thread = [
        "Ann",
        "May 4, 2021 at 5:10 pm",
        REMARK,
        "Reply",
        "Bob",
        "May 5, 2021 at 6:20 pm",
        REMARK,
    ]
    assert removed(*PROSE, *thread) == thread


def test_a_link_to_the_comments_above_the_article_takes_nothing_with_it() -> None:
    assert removed("Port strike ends", "3 Comments", *PROSE) == ["3 Comments"]


def test_a_live_report_with_clocks_stays() -> None:
    report = [part for n, line in enumerate(PROSE) for part in (f"1{n}:45 am", line)]
    assert removed(*PROSE[:4], *report) == []


def test_dates_inside_an_article_stay() -> None:
    dated = [part for n, line in enumerate(PROSE) for part in (f"May {n + 1}, 2021", line)]
    assert removed(*dated) == []
