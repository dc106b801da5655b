"""spaCy component `pipeline_lexicons`: the analyst's words for the components behind it."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.lexicons import use


@Language.factory("pipeline_lexicons", default_config={"additions": ""})
def create(nlp: Language, name: str, additions: str) -> Lexicons:
    return Lexicons(additions)


class Lexicons:
    """Brings the lexicons of a pipeline into force for the components behind it.

    A process may hold several pipelines, each with its own additions.
    """

    def __init__(self, additions: str = "") -> None:
        self.additions = additions

    def __call__(self, doc: Doc) -> Doc:
        use(self.additions)
        return doc
