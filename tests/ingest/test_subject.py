"""What lines speak of: overlap with neighbours, with the prose, with the headline."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.ingest.blocks import read_page
from pipeline.ingest.subject import coherence, likeness, most_frequent, read_subject

TEXT = (
    "Harbour strike ends\n"
    "The harbour strike ended on Monday, and the first ships left the quay at noon.\n"
    "Ships left\n"
    "Weather tomorrow\n"
    "it is so\n"
)


def test_coherence_sees_neighbours_prose_and_headline() -> None:
    page = read_page(TEXT)
    found = coherence(page, read_subject(page))
    headline, body, ships, weather, silent = found
    assert headline[0] == pytest.approx(2 / 3), "harbour and strike stand below"
    assert headline[5] == 1, "a line above the prose is most like itself"
    assert ships[1] == 1 and ships[2] == 1, "both words stand above, in prose"
    assert weather[2] == 0
    assert body[2] == 0, "a line's own words are not counted for it"
    assert (silent == -1).all()


def test_likeness_counts_the_words_of_sure_lines() -> None:
    page = read_page(TEXT)
    found = likeness(read_subject(page), np.array([False, True, False, False, False]), 30)
    assert found[2, 0] == 1
    assert found[3, 0] == 0
    assert found[4, 0] == -1


@pytest.mark.parametrize("text", ["a\nb", "is it", "你好\n"])
def test_pages_without_words_are_no_trouble(text: str) -> None:
    page = read_page(text)
    subject = read_subject(page)
    assert coherence(page, subject).shape == (len(page.lines), 6)
    assert likeness(subject, np.array(page.prose), 30).shape == (len(page.lines), 3)


def test_words_that_come_level_are_all_among_the_most_frequent() -> None:
    frequency = np.array([3, 2, 2, 1])
    assert most_frequent(frequency, 2).tolist() == [True, True, True, False]
    assert most_frequent(np.array([1, 1]), 1, least=2).tolist() == [False, False]
    assert most_frequent(np.zeros(0, np.int64), 3).tolist() == []
