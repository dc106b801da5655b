"""Clauses and roles of words behind the check-worthiness score; no model."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.claims.checkworthy import explain, load_weights, worth_of
from pipeline.nlp.claims.checkworthy_parts import (
    NUMBER,
    ROLES,
    clauses_of,
    key_of,
    roles_of,
    words_of,
)
from pipeline.nlp.claims.tree import Tree

Row = tuple[str, str, str, str, int]  # word, part of speech, tag, relation, head

#: I hope that exports fell sharply .
HOPED: list[Row] = [
    ("I", "PRON", "PRP", "nsubj", 1),
    ("hope", "VERB", "VBP", "ROOT", 1),
    ("that", "SCONJ", "IN", "mark", 4),
    ("exports", "NOUN", "NNS", "nsubj", 4),
    ("fell", "VERB", "VBD", "ccomp", 1),
    ("sharply", "ADV", "RB", "advmod", 4),
    (".", "PUNCT", ".", "punct", 1),
]
#: the mayor of Tarn sold 3 mills
SOLD: list[Row] = [
    ("the", "DET", "DT", "det", 1),
    ("mayor", "NOUN", "NN", "nsubj", 4),
    ("of", "ADP", "IN", "prep", 1),
    ("Tarn", "PROPN", "NNP", "pobj", 2),
    ("sold", "VERB", "VBD", "ROOT", 4),
    ("3", "NUM", "CD", "nummod", 6),
    ("mills", "NOUN", "NNS", "dobj", 4),
]


def tree_of(rows: list[Row]) -> Tree:
    starts, at = [], 0
    for word, *_ in rows:
        starts.append(at)
        at += len(word) + 1
    words, pos, tags, deps, heads = (list(column) for column in zip(*rows, strict=True))
    lower = [word.lower() for word in words]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    return Tree(" ".join(words), starts, ends, lower, lower, pos, tags, deps, heads)


def test_each_clause_has_the_words_of_its_own_verb() -> None:
    tree = tree_of(HOPED)
    # what is left of the first, "I hope", is too short for a clause
    assert clauses_of(tree, range(7)) == [[2, 3, 4, 5]]


@pytest.mark.parametrize(
    ("rows", "tokens"),
    [
        pytest.param(SOLD, range(7), id="one-verb"),
        pytest.param(SOLD, range(4), id="no-verb"),
        pytest.param(HOPED, range(2, 6), id="one-clause-of-two"),
    ],
)
def test_what_has_one_verb_is_one_clause(rows: list[Row], tokens: range) -> None:
    assert clauses_of(tree_of(rows), tokens) == []


@pytest.mark.parametrize(
    ("word", "roles"),
    [
        pytest.param("the", {"word", "opening"}, id="opening"),
        pytest.param("mayor", {"word", "noun", "subject", "opening"}, id="subject"),
        pytest.param("tarn", {"word", "noun"}, id="name"),
        pytest.param("sold", {"word", "verb", "head"}, id="verb"),
        pytest.param("mills", {"word", "noun"}, id="object"),
        pytest.param(NUMBER, {"word"}, id="number"),
    ],
)
def test_roles(word: str, roles: set[str]) -> None:
    found = dict(roles_of(tree_of(SOLD), range(7)))
    assert {ROLES[role] for role in found[word]} == roles


def test_the_head_of_a_clause_is_the_word_that_hangs_on_what_lies_outside() -> None:
    found = dict(roles_of(tree_of(HOPED), range(2, 6)))
    assert [word for word, roles in found.items() if ROLES.index("head") in roles] == ["fell"]


@pytest.mark.parametrize(
    ("word", "key"), [("mill", "mill"), ("3", "#"), ("21st", "#"), ("n't", "n't")]
)
def test_words_in_digits_share_a_key(word: str, key: str) -> None:
    assert key_of(word) == key


def test_a_fact_in_one_clause_counts_beyond_its_share_of_the_words() -> None:
    tree = tree_of(HOPED)
    parts = dict(explain(tree, range(7), most=100))
    assert worth_of(tree, range(2, 6)) > worth_of(tree, range(7))
    odds = load_weights().bias + sum(parts.values())
    assert worth_of(tree, range(7)) == pytest.approx(1 / (1 + math.exp(-odds)), abs=0.01)


def test_each_word_has_a_score_for_each_role() -> None:
    assert {len(scores) for scores in load_weights().words.values()} == {len(ROLES)}


@given(
    st.lists(
        st.tuples(
            st.text(min_size=1, max_size=5),
            st.sampled_from(["VERB", "AUX", "NOUN", "PUNCT", "PRON"]),
            st.sampled_from(["VBD", "VB", "NN", "MD"]),
            st.sampled_from(["ROOT", "nsubj", "aux", "conj", "ccomp"]),
            st.integers(0, 20),
        ),
        max_size=20,
    )
)
def test_clauses_share_no_token_whatever_the_parse(rows: list[Row]) -> None:
    if not rows:
        return
    tree = tree_of([(w, p, t, d, head % len(rows)) for w, p, t, d, head in rows])
    tokens = range(len(rows))
    clauses = clauses_of(tree, tokens)
    together = [i for clause in clauses for i in clause]
    assert len(set(together)) == len(together)
    assert all(len(words_of(tree, clause)) >= 3 for clause in clauses)
    assert 0 <= worth_of(tree, tokens) <= 1
