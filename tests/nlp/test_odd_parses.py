"""No parse, tag or name that the model comes up with is an error for what stands behind it."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from pipeline.nlp.analyse import Input, as_doc, read_doc
from pipeline.nlp.entities.component import analyse
from pipeline.nlp.entities.names import NAMED
from pipeline.nlp.model import COMPONENTS

STANCES = tomllib.loads((Path(__file__).parent / "claims" / "stances.toml").read_text("utf-8"))
SENTENCES = sorted({case["text"] for cases in STANCES.values() for case in cases})[::3]
LABELS = sorted(NAMED)
KEEP = 0.9  # share of heads, relations, tags and names that stay as the model gave them


def wrong(doc: Doc, heads: list[int], token: int) -> int:
    """Another head for a token inside its sentence that makes no circle; its own if it would."""
    sent = doc[token].sent
    above = at = random.randrange(sent.start, sent.end)
    while at != token and heads[at] != at:
        at = heads[at]
    return heads[token] if at == token or heads[token] == token else above


def misread(doc: Doc, relations: list[str]) -> Doc:
    """The doc with some of its parse put wrong, at random."""
    heads = [token.head.i for token in doc]
    deps, tags = [token.dep_ for token in doc], [token.tag_ for token in doc]
    pos = [token.pos_ for token in doc]
    ents: list[TokenSpan] = []
    for i in range(len(doc)):
        if random.random() > KEEP:
            heads[i] = wrong(doc, heads, i)
        if random.random() > KEEP and deps[i] != "ROOT":
            deps[i] = random.choice(relations)
        if random.random() > KEEP:
            other = doc[random.randrange(len(doc))]
            tags[i], pos[i] = other.tag_, other.pos_
        if random.random() > KEEP and (not ents or ents[-1].end <= i):
            end = min(i + random.randint(1, 3), len(doc))
            ents.append(TokenSpan(doc, i, end, random.choice(LABELS)))
    read = Doc(
        doc.vocab,
        [token.text for token in doc],
        [bool(token.whitespace_) for token in doc],
        tags=tags,
        pos=pos,
        heads=heads,
        deps=deps,
        lemmas=[token.lemma_ for token in doc],
    )
    read.ents = [TokenSpan(read, ent.start, ent.end, ent.label_) for ent in ents]
    read._.published = doc._.published
    return read


def test_no_parse_is_an_error(nlp: Language) -> None:
    random.seed(20260131)
    ours = [(name, pipe) for name, pipe in nlp.pipeline if name in COMPONENTS]
    trained = [pipe for name, pipe in nlp.pipeline if name not in COMPONENTS]
    relations = [label.split("||")[0] for label in nlp.get_pipe("parser").labels]  # type: ignore[attr-defined]
    assert len(SENTENCES) > 50
    for text in SENTENCES:
        doc = as_doc(nlp, Input(text, "2021-03-04"))
        for pipe in trained:
            doc = pipe(doc)
        for _ in range(8):
            read = misread(doc, relations)
            for _, pipe in ours:
                read = pipe(read)
            found = read_doc(read)
            spans = [span for claim in found.claims for span in (*claim.spans, *claim.source)]
            spans += [mention.span for mention in found.mentions]
            assert all(0 <= span.start < span.end <= len(text) for span in spans), text


@pytest.mark.parametrize(
    ("words", "start", "label"),
    [
        pytest.param(["It", "closed", "'S"], 2, "ORG", id="nothing-but-a-possessive"),
        pytest.param(["It", "closed", "."], 2, "ORG", id="nothing-but-a-full-stop"),
        pytest.param(["It", "closed", "\t"], 2, "PERSON", id="nothing-but-a-blank"),
    ],
)
def test_what_is_no_word_is_no_name(
    nlp: Language, words: list[str], start: int, label: str
) -> None:
    doc = Doc(nlp.vocab, words, heads=[1] * len(words), deps=["nsubj", "ROOT", "dobj"])
    doc.ents = [TokenSpan(doc, start, len(words), label)]
    assert analyse(doc)._.mentions == ()


def test_a_name_begins_with_a_word(nlp: Language) -> None:
    doc = Doc(nlp.vocab, ["Ms", "\t", "Karlin", "left"], heads=[2, 2, 3, 3], deps=["dep"] * 4)
    doc.ents = [TokenSpan(doc, 0, 3, "PERSON")]
    (mention,) = analyse(doc)._.mentions
    assert mention.span.of(doc.text) == "Karlin"


def test_a_second_subject_may_be_the_last_word(nlp: Language) -> None:
    words = ["Officials", "in", "the", "capital", ",", "say", "Oslo"]
    doc = Doc(
        nlp.vocab,
        words,
        tags=["NNS", "IN", "DT", "NN", ",", "VBP", "NNP"],
        pos=["NOUN", "ADP", "DET", "NOUN", "PUNCT", "VERB", "PROPN"],
        heads=[5, 0, 3, 1, 5, 5, 5],
        deps=["nsubj", "prep", "det", "pobj", "punct", "ROOT", "nsubj"],
        lemmas=words,
    )
    doc._.published = ""
    for name in COMPONENTS:
        doc = nlp.get_pipe(name)(doc)
    assert doc._.quotes == ()
