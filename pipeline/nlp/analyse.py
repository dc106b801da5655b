"""The nlp stage: clean text and publication date in, everything found in it out.

spaCy is imported where the first text is analysed: the run itself, which only hands texts to its
workers, begins most of a second sooner without it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.records import Analysis

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

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
    reason: str = ""
    problem: str = ""


@lru_cache(maxsize=1)
def language(model: str, watchlist: str, lexicons: str) -> Language:
    """The Language of this process; loading takes about two seconds."""
    from pipeline.nlp.faster import freeze
    from pipeline.nlp.model import build

    nlp = build(model, watchlist=watchlist, lexicons=lexicons)
    freeze()
    return nlp


def analyse(item: Input, load: Callable[[], Language]) -> Analysed:
    """What a worker does with one text. A failing text costs only itself.

    Texts go through the model one by one: in a batch, floating-point sums depend on the
    neighbours, and an article's rows must not depend on what else is in the folder.
    """
    nlp = load()
    with nlp.memory_zone():
        try:
            return Analysed(read_doc(nlp(as_doc(nlp, item))))
        except MemoryError:
            raise  # the worker says how much it had
        except Exception as error:  # noqa: BLE001 one text must not stop the run
            log.warning("%s", traceback.format_exc())
            return Analysed(Analysis(), "nlp_failed", f"{type(error).__name__}: {error}")


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
