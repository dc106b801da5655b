"""The parts that need no model: covers, doubts, scores, lists."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.claims.checkworthy import Counts, worth_of
from pipeline.nlp.claims.confidence import FACTORS, confidence_of, doubts
from pipeline.nlp.claims.cover import cover, words_of
from pipeline.nlp.claims.factuality import name_of
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.negation import count_negations
from pipeline.nlp.claims.selection import line_kind
from pipeline.nlp.claims.tree import Tree
from pipeline.records import Span


def tree_of(words: list[tuple[str, str, str, int]]) -> Tree:
    """A tree of (word, part of speech, relation, head); words are joined by spaces."""
    starts, at = [], 0
    for word, *_ in words:
        starts.append(at)
        at += len(word) + 1
    return Tree(
        text=" ".join(word for word, *_ in words),
        start=starts,
        end=[start + len(word) for start, (word, *_) in zip(starts, words, strict=True)],
        lower=[word.lower() for word, *_ in words],
        lemma=[word.lower() for word, *_ in words],
        pos=[pos for _, pos, _, _ in words],
        tag=["VBD" if pos == "VERB" else pos for _, pos, _, _ in words],
        dep=[dep for _, _, dep, _ in words],
        head=[head for *_, head in words],
    )


def test_cover_trims_conjunction_marks_and_stop() -> None:
    tree = tree_of(
        [
            ("but", "CCONJ", "cc", 2),
            ('"', "PUNCT", "punct", 2),
            ("sold", "VERB", "ROOT", 2),
            ("ships", "NOUN", "dobj", 2),
            ('"', "PUNCT", "punct", 2),
            (".", "PUNCT", "punct", 2),
        ]
    )
    (span,) = cover(tree, range(6), "conjunct")
    assert span.of(tree.text) == "sold ships"


def test_cover_keeps_an_inner_quotation_whole() -> None:
    tree = tree_of(
        [
            ('"', "PUNCT", "punct", 2),
            ("Old", "ADJ", "amod", 3),
            ('"', "PUNCT", "punct", 3),
            ("ships", "NOUN", "nsubj", 4),
            ("sank", "VERB", "ROOT", 4),
        ]
    )
    (span,) = cover(tree, range(5), "main")
    assert span.of(tree.text) == '" Old " ships sank'


@given(st.sets(st.integers(min_value=0, max_value=7)))
def test_cover_spans_are_ordered_and_apart(tokens: set[int]) -> None:
    words = [(w, "NOUN", "dep", 0) for w in ["a", "b", "c", "d", "e", "f", "g", "h"]]
    spans = cover(tree_of(words), sorted(tokens), "main")
    assert list(spans) == sorted(spans)
    assert all(a.end < b.start for a, b in pairwise(spans))


def test_parts_are_joined_by_an_ellipsis() -> None:
    assert words_of("one two\nthree", [Span(0, 3), Span(4, 13)]) == "one … two three"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param("Storm closes harbour", "heading", id="short-without-stop"),
        pytest.param("The storm closed the harbour.", "", id="sentence"),
        pytest.param("Berg calls plan 'madness'", "heading", id="ends-in-a-quotation"),
        pytest.param('Berg said: "We will not pay."', "", id="stop-inside-the-quotation"),
        pytest.param("The harbour at night. Image: K. Lund.", "caption", id="credit"),
        pytest.param("Her image: a hard worker, as all who met her in the town agree, "
                     "and a kind one to those who had nothing at all to give her.", "",
                     id="the-word-image-far-from-the-end"),
        pytest.param(" ".join(["word"] * 30), "", id="long-line-without-stop"),
        pytest.param("New Rules Face Key Test in Oslo Court.", "heading", id="title-with-stop"),
        pytest.param("Anna Berg met Kari Lund in Oslo.", "", id="names-and-a-verb"),
        pytest.param("• Exports rose 4 percent in May", "", id="item-of-a-list"),
        pytest.param("", "", id="empty"),
    ],
)  # fmt: skip
def test_line_kind(line: str, kind: str) -> None:
    assert line_kind(line) == kind


@pytest.mark.parametrize(
    ("negator", "after", "count"),
    [
        pytest.param("never", "again", 1, id="never"),
        pytest.param("not", "only", 0, id="not-only"),
        pytest.param("not", "until", 0, id="not-until"),
    ],
)
def test_negators(negator: str, after: str, count: int) -> None:
    tree = tree_of(
        [("sold", "VERB", "ROOT", 0), (negator, "PART", "neg", 0), (after, "ADV", "advmod", 0)]
    )
    assert count_negations(tree, 0, None) == count


def test_every_doubt_lowers_the_confidence() -> None:
    sure = confidence_of("authorial", 1.0, ())
    assert all(confidence_of("authorial", 1.0, (flag,)) < sure for flag in FACTORS)


def test_doubts_name_their_reasons() -> None:
    found = doubts(
        words_in_sentence=60,
        rule="main",
        spans=2,
        attributed=True,
        source_name="",
        source_text="He",
        subject="",
        flags=("unresolved_date",),
    )
    assert found == (
        "unresolved_date",
        "long_sentence",
        "split_content",
        "ambiguous_source",
        "unclear_subject",
    )


@given(
    st.lists(st.tuples(st.text(min_size=1), st.sampled_from(["VERB", "NOUN", "PUNCT", "PRON"]))),
    st.builds(Counts, *[st.integers(min_value=0, max_value=9)] * 4),
)
def test_worth_is_a_share(words: list[tuple[str, str]], counts: Counts) -> None:
    tree = tree_of([(word, pos, "dep", max(0, i - 1)) for i, (word, pos) in enumerate(words)])
    assert 0 <= worth_of(tree, range(len(words)), counts) <= 1


@pytest.mark.parametrize(
    ("value", "name"),
    [(3, "certain"), (-3, "certain"), (1.5, "probable"), (0.75, "possible"), (0, "unknown")],
)
def test_names_of_factuality(value: float, name: str) -> None:
    assert name_of(value) == name


@pytest.mark.parametrize("name", ["modality", "factuality", "selection", "checkworthy"])
def test_word_lists_are_lower_case(name: str) -> None:
    for words in load_lists(name).values():
        assert words
        assert all(word == word.lower() for word in words)
