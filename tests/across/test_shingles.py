"""Signatures and bands, and that a crowd of look-alikes stays cheap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.across.duplicates import Article, find_copies
from pipeline.across.groups import Union, independent
from pipeline.across.lexicon import stem, tokens
from pipeline.across.shingles import CROWD, Index, shingles, signature


def story(number: int) -> str:
    """Forty words that no other number has."""
    return " ".join(f"word{'abcdefghij'[int(digit)]}{chr(97 + place)}" for place, digit in
                    enumerate(f"{number:026d}")) + f" end{chr(97 + number % 26)}"  # fmt: skip


def test_numbers_do_not_tell_articles_apart() -> None:
    text = "The fire in the old town killed seven people on Friday, the mayor said."
    assert (shingles(text) == shingles(text.replace("seven", "12"))).all()
    assert len(shingles("")) == 0


def test_a_band_holds_a_crowd_at_most() -> None:
    index, sign = Index(), signature(shingles(story(1)))
    for _ in range(3 * CROWD):
        index.add(sign)
    assert len(index.alike(sign, 0.5)) == CROWD


def test_equal_articles_form_one_group_however_many() -> None:
    text = story(1) + " " + story(2)
    found = find_copies(
        [(str(number), signature(shingles(text))) for number in range(200)],
        lambda doc_id: Article(doc_id, text, shingles(text)),
    )
    assert {(copy.group, copy.earlier, copy.update) for copy in found} == {("0", "0", False)}
    assert len(found) == 199


@given(st.text(max_size=60))
def test_any_text_has_tokens_and_a_signature(text: str) -> None:
    assert signature(shingles(text)).shape == (128,)
    assert all(tokens(text))
    assert all(stem(word) for word in text.lower().split() if word.isalpha())


def test_voices_that_share_anything_are_one() -> None:
    voices = [("a", "post", None), ("b", "post", None), ("b", "globe", None), ("c", None, "afp")]
    assert independent(voices) == 2
    assert independent([]) == 0


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_a_union_is_named_by_its_least_number(pairs: list[tuple[int, int]]) -> None:
    union, turned = Union(10), Union(10)
    for one, other in pairs:
        union.join(one, other)
    for one, other in reversed(pairs):
        turned.join(other, one)
    assert [union.find(n) for n in range(10)] == [turned.find(n) for n in range(10)]
    assert all(union.find(n) <= n for n in range(10))
