"""The work of cleaning grows with the text, however odd the text is."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from pipeline.ingest.clean import clean
from pipeline.records import SourceDocument

PROSE = "The ministry said on Monday that the output of all its mills had fallen by a tenth.\n"


def seconds(text: str) -> float:
    """CPU time, the better of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        clean(SourceDocument("d", "d.txt", text, "", "txt"))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda n: "ab cd\n" * n, id="short-lines"),
        pytest.param(lambda n: "".join(f"ab {i} cd\n" for i in range(n)), id="different-lines"),
        pytest.param(lambda n: "Name : X\nEmail : y@z\n" * n, id="fields"),
        pytest.param(lambda n: "".join(f"[{i}] a note\n" for i in range(n)), id="footnotes"),
        pytest.param(lambda n: "Reply\n3 days ago\n" * n, id="remarks"),
        pytest.param(lambda n: "A title of four words\n" * n, id="one-title"),
        pytest.param(lambda n: PROSE * n, id="one-sentence"),
        # A long run of odd characters is one repair.
        pytest.param(lambda n: "\u200b\u00a0" * 50 * n, id="odd-blanks"),
    ],
)
def test_four_times_the_lines_take_no_more_than_eight_times_as_long(
    made: Callable[[int], str],
) -> None:
    seconds(made(50))  # loads the model
    assert seconds(made(2400)) < 8 * seconds(made(600)) + 0.2


@pytest.mark.parametrize(
    "piece",
    [
        "word ",
        "Name : ",
        "[1",
        "a:",
        "“ ",
        "(",
        "x-",
        "http://",
        "1.",
        "By A",
        "© ",
    ],
)
def test_five_megabytes_in_one_line(piece: str) -> None:
    text = piece * (5_000_000 // len(piece))
    start = time.process_time()
    clean(SourceDocument("d", "d.txt", text, "", "txt"))
    assert time.process_time() - start < 20


def test_a_hundred_thousand_lines() -> None:
    text = "ab cd\n" * 100_000
    document = clean(SourceDocument("d", "d.txt", text, "", "txt"))
    assert len(document.text) <= len(text)
