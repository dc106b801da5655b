"""spaCy component `pipeline_money`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.extensions import register


@Language.factory("pipeline_money")
def create(nlp: Language, name: str) -> FigureFinder:
    register()
    return FigureFinder()


class FigureFinder:
    def __call__(self, doc: Doc) -> Doc:
        return doc
