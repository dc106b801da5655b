"""spaCy component `pipeline_dates`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.extensions import register


@Language.factory("pipeline_dates")
def create(nlp: Language, name: str) -> DateFinder:
    register()
    return DateFinder()


class DateFinder:
    def __call__(self, doc: Doc) -> Doc:
        return doc
