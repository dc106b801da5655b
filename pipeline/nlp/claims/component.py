"""spaCy component `pipeline_claims`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.extensions import register


@Language.factory("pipeline_claims")
def create(nlp: Language, name: str) -> ClaimMaker:
    register()
    return ClaimMaker()


class ClaimMaker:
    def __call__(self, doc: Doc) -> Doc:
        return doc
