"""Many fixed phrases in one pass."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.entities.phrases import Phrases


def test_whole_words_and_the_longest_first() -> None:
    text = "Orbex Ltd sued Orbexia, Orbex and the U.S. Navy."
    found = Phrases(["Orbex", "Orbex Ltd", "U.S. Navy"]).find(text)
    assert [phrase for _, _, phrase in found] == ["Orbex Ltd", "Orbex", "U.S. Navy"]


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=6), max_size=5))
def test_what_is_found_stands_there_and_does_not_overlap(text: str, phrases: list[str]) -> None:
    last = 0
    for start, end, phrase in Phrases(phrases).find(text):
        assert text[start:end] == phrase
        assert start >= last
        last = end
