"""spaCy component `pipeline_entities`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.extensions import register


@Language.factory("pipeline_entities")
def create(nlp: Language, name: str) -> EntityLinker:
    register()
    return EntityLinker()


class EntityLinker:
    def __call__(self, doc: Doc) -> Doc:
        return doc
