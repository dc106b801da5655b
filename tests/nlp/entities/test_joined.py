"""Tokens that hold several words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from pipeline.nlp.entities.joined import split_joined

NLP = English()


def words_of(*words: str) -> list[str]:
    doc = Doc(NLP.vocab, words=list(words))
    split_joined(doc)
    return [token.text for token in doc]


@pytest.mark.parametrize(
    ("token", "parts"),
    [
        pytest.param("U.S.-Cuba", ["U.S.", "-", "Cuba"], id="two_countries"),
        pytest.param("Quillon(QLN", ["Quillon", "(", "QLN"], id="bracket"),
        pytest.param("al-Roe,[1", ["al-Roe,[1"], id="lower_case_is_left"),
        pytest.param("Roe,[1", ["Roe", ",", "[", "1"], id="footnote"),
        pytest.param("Roe.[12", ["Roe", ".", "[", "12"], id="footnote_behind_a_full_stop"),
        pytest.param("Employee(s", ["Employee(s"], id="plural_in_brackets"),
        pytest.param("f(x", ["f(x"], id="formula"),
        pytest.param("Page(a/b", ["Page(a/b"], id="path"),
    ],
)
def test_split(token: str, parts: list[str]) -> None:
    assert words_of(token) == parts


@given(st.text(alphabet="Aa.,([-1 é", min_size=1, max_size=12).filter(lambda word: word.strip()))
def test_the_text_stays(word: str) -> None:
    doc = Doc(NLP.vocab, words=[word, "x"])
    text = doc.text
    split_joined(doc)
    assert doc.text == text
