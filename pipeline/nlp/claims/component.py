"""spaCy component `pipeline_claims`: sets Doc._.claims and Doc._.sentences."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.claims.facts import Facts
from pipeline.nlp.claims.rows import RowMaker
from pipeline.nlp.claims.tree import read_tree
from pipeline.nlp.extensions import register
from pipeline.records import Sentence, Span


@Language.factory("pipeline_claims")
def create(nlp: Language, name: str) -> ClaimMaker:
    register()
    return ClaimMaker()


class ClaimMaker:
    """Runs last: reads dates, figures, mentions and quotes, writes claims and sentences."""

    def __call__(self, doc: Doc) -> Doc:
        if not doc.has_annotation("DEP"):
            doc._.claims = ()
            doc._.sentences = tuple(_lines(doc.text))
            return doc
        tree = read_tree(doc)
        names = [Span(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in NAMED]
        published = doc._.published
        facts = Facts(
            tree, doc._.dates, doc._.figures, doc._.mentions, names, doc._.entities, published
        )
        sentences = [range(sent.start, sent.end) for sent in doc.sents]
        claims, kept = RowMaker(tree, sentences, facts, doc._.quotes).make()
        doc._.claims, doc._.sentences = tuple(claims), tuple(kept)
        return doc


#: Types of entities that can act; not dates and amounts.
NAMED = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"}
)


def _lines(text: str) -> list[Sentence]:
    """Without a parse each line stands for a sentence, and none has rows."""
    found, at = [], 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = at + line.index(words)
            found.append(Sentence(Span(start, start + len(words)), words, 0, "other"))
        at += len(line) + 1
    return found
