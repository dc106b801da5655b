"""The nlp stage: clean text and publication date in, everything found in it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.model import build
from pipeline.records import Analysis


@dataclass(frozen=True, slots=True)
class Input:
    """All that an analysis depends on beside model, settings and code.

    Attributes:
        text: CleanDocument.text.
        published: ISO 8601 publication date at its precision, "" if unknown.
    """

    text: str
    published: str


@lru_cache(maxsize=1)
def language(model: str) -> Language:
    """The Language of this process; loading takes about two seconds."""
    return build(model)


def analyse(nlp: Language, inputs: Sequence[Input]) -> list[Analysis]:
    """One Analysis per input, in order, with offsets into its text.

    Documents go through the model one by one: in a batch, floating-point sums depend on
    their neighbours, and an article's rows must not depend on what else is in the folder.
    """
    with nlp.memory_zone():
        return [read_doc(nlp(as_doc(nlp, item))) for item in inputs]


def as_doc(nlp: Language, item: Input) -> Doc:
    """The text, tokenized, with its publication date for relative dates to hang on."""
    doc = nlp.make_doc(item.text)
    doc._.published = item.published
    return doc


def read_doc(doc: Doc) -> Analysis:
    """The records that the components left on the doc."""
    return Analysis(
        sentences=doc._.sentences,
        dates=doc._.dates,
        figures=doc._.figures,
        entities=doc._.entities,
        mentions=doc._.mentions,
        claims=doc._.claims,
    )
