"""What is done at less cost has the same results as spaCy's own."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from pipeline.nlp.faster import Ruler, is_simple
from pipeline.nlp.model import load_base

TEXT = (
    "They ain't gonna sign it, said Ada Brandt on Tuesday. Y'all know that this is so.\n\n"
    "Let's see — there is  nothin' that the ministry's 12 offices didn't do;  c'mon! There are.\n"
)


@pytest.fixture(scope="module")
def plain() -> Language:
    return load_base("en_core_web_md")


def features(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_)
        for t in doc
    ]


def test_the_tag_rules_give_what_spacys_own_give(plain: Language) -> None:
    own = plain.get_pipe("attribute_ruler")
    ruler = Ruler(plain.vocab)
    ruler.take(own)
    before = ("tok2vec", "tagger", "parser")
    docs = []
    for rules in (own, ruler, ruler):  # the second time from what it knows
        doc = plain.make_doc(TEXT)
        for name in before:
            doc = plain.get_pipe(name)(doc)
        docs.append(features(rules(doc)))
    assert docs[0] == docs[1] == docs[2]


def test_a_rule_of_several_tokens_and_the_order_of_rules_count() -> None:
    vocab = spacy.blank("en").vocab
    own = AttributeRuler(vocab)
    own.add([[{"LOWER": "in"}]], {"POS": "ADP"})
    own.add([[{"LOWER": "in"}, {"LOWER": "that"}]], {"POS": "SCONJ"}, index=-1)
    own.add([[{"LOWER": {"IN": ["that", "this"]}}]], {"POS": "DET", "MORPH": "PronType=Dem"})
    own.add([[{"LOWER": {"REGEX": "^th"}}]], {"LEMMA": "th"})
    ruler = Ruler(vocab)
    ruler.take(own)
    words = ["In", "that", "case", ",", "this"]
    expected, found = own(Doc(vocab, words=words)), ruler(Doc(vocab, words=words))
    assert features(found) == features(expected)
    assert [token.pos_ for token in found] == ["ADP", "DET", "", "", "DET"]


@pytest.mark.parametrize(
    ("pattern", "simple"),
    [
        pytest.param([{"LOWER": "it", "TAG": "PRP"}], True, id="one-token"),
        pytest.param([{"LOWER": {"IN": ["a", "b"]}}], True, id="choice"),
        pytest.param([{"LOWER": "let"}, {"LOWER": "'s"}], False, id="two-tokens"),
        pytest.param([{"LOWER": {"REGEX": "^y"}}], False, id="regex"),
        pytest.param([{"ORTH": "It"}], False, id="another-feature"),
    ],
)
def test_which_rules_are_asked_once(pattern: list[dict[str, object]], *, simple: bool) -> None:
    assert is_simple(pattern) is simple
