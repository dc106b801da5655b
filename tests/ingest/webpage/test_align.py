"""Matching a library's extract with the page's blocks."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.webpage.align import shares

PAGE = [
    "Home News Sport",
    "The council opened a bridge on Monday after three years of work.",
    "Read on",
    "It cost four million dollars, the mayor said, and nobody was hurt.",
    "More news",
]


def test_blocks_in_the_extract_are_found() -> None:
    extract = f"{PAGE[1]}\nRead on\n{PAGE[3]}"
    assert shares(PAGE, extract) == [0.0, 1.0, 1.0, 1.0, 0.0]


def test_a_part_of_a_block_counts_as_its_share() -> None:
    half = " ".join(PAGE[1].split()[:6])
    assert 0.4 < shares(PAGE, half)[1] < 0.6


def test_a_block_without_words_goes_with_the_one_before() -> None:
    assert shares([PAGE[1], "* * *", "Menu"], PAGE[1]) == [1.0, 1.0, 0.0]


@given(
    st.lists(st.text(alphabet="ab ", max_size=12), max_size=20),
    st.text(alphabet="ab ", max_size=80),
)
def test_shares_lie_between_none_and_all(blocks: list[str], extract: str) -> None:
    found = shares(blocks, extract)
    assert len(found) == len(blocks)
    assert all(0 <= share <= 1 for share in found)


def test_the_page_itself_is_found_whole() -> None:
    assert shares(PAGE, "\n".join(PAGE)) == [1.0] * 5


def test_repetitive_pages_take_linear_time() -> None:
    blocks = ["the same words again and again"] * 30_000
    begun = time.process_time()
    shares(blocks, "\n".join(blocks))
    assert time.process_time() - begun < 10
