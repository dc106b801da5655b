"""spaCy component `pipeline_money`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.extensions import register
from pipeline.nlp.money.find import find_figures


@Language.factory("pipeline_money")
def create(nlp: Language, name: str) -> FigureFinder:
    register()
    return FigureFinder()


class FigureFinder:
    """Sets doc._.figures: sums of money, percentages, measures and counts, in order."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.figures = tuple(find_figures(doc.text))
        return doc
