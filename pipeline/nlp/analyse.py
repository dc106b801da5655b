"""The nlp stage: clean text and publication date in, everything found in it out."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.model import build
from pipeline.records import Analysis

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Input:
    """All that an analysis depends on beside model, settings and code.

    Attributes:
        text: CleanDocument.text.
        published: ISO 8601 publication date at its precision, "" if unknown.
    """

    text: str
    published: str


@dataclass(frozen=True, slots=True)
class Analysed:
    """An analysis with offsets into the clean text, or the reason there is none."""

    analysis: Analysis
    problem: str = ""


@lru_cache(maxsize=1)
def language(model: str) -> Language:
    """The Language of this process; loading takes about two seconds."""
    return build(model)


def analyse_batch(batch: Sequence[Input], model: str) -> list[Analysed]:
    """What a worker does: one result per input, in order. A failing text costs only itself.

    Documents go through the model one by one: in a batch, floating-point sums depend on
    their neighbours, and an article's rows must not depend on what else is in the folder.
    """
    nlp = language(model)
    results = []
    with nlp.memory_zone():
        for item in batch:
            try:
                results.append(Analysed(read_doc(nlp(as_doc(nlp, item)))))
            except Exception as error:  # noqa: BLE001 one text must not stop the run
                log.warning("%s", traceback.format_exc())
                results.append(Analysed(Analysis(), f"{type(error).__name__}: {error}"))
    return results


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
