"""The nlp stage: clean text and publication date in, everything found in it out.

spaCy is imported where the first text is analysed: the run itself, which only hands texts to its
workers, begins most of a second sooner without it.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.records import Analysis

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

log = logging.getLogger(__name__)

LONGEST_WORD = 500  # characters without a blank; addresses of web pages are shorter
RUN = re.compile(rf"\S{{{LONGEST_WORD}}}")


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
    nlp.max_length = sys.maxsize  # the setting max_document_chars decides, and was asked before
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
    doc = tokens_of(nlp, item.text)
    doc._.published = item.published
    return doc


def tokens_of(nlp: Language, text: str) -> Doc:
    """The text, tokenized; a run without blanks that is too long for a word is cut.

    The tokenizer takes signs off a run one by one and looks through all that is left each time:
    over a line of 100,000 equals signs it would sit for half an hour.
    """
    if max(map(len, text.split()), default=0) <= LONGEST_WORD:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    edges = [0, *(run.end() for run in RUN.finditer(text)), len(text)]
    parts = [nlp.make_doc(text[start:end]) for start, end in pairwise(edges) if start < end]
    return Doc.from_docs(parts, ensure_whitespace=False)


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
