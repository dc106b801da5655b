"""spaCy component `pipeline_attribution`: sets doc._.quotes."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.attribution.assemble import assemble
from pipeline.nlp.attribution.lexicon import Lexicon, lexicon
from pipeline.nlp.attribution.mend import mend
from pipeline.nlp.attribution.search import search
from pipeline.nlp.attribution.stretches import find_stretches
from pipeline.nlp.attribution.tree import Tree
from pipeline.nlp.extensions import register


@Language.factory("pipeline_attribution")
def create(nlp: Language, name: str) -> QuoteFinder:
    register()
    return QuoteFinder()


class QuoteFinder:
    """Finds who says what.

    Args:
        words: the cue words; those in force if None.
    """

    def __init__(self, words: Lexicon | None = None) -> None:
        self.words = words

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its attributions in doc._.quotes, by the start of their content.

        A doc without a parse gets (): the constructions are read off the syntax.
        """
        doc._.quotes = ()
        if len(doc) and doc.has_annotation("DEP"):
            tree = Tree(doc)
            doc.user_data["mended"] = mend(tree)  # for the claims, which read the same parse
            stretches, words = find_stretches(tree.text), self.words or lexicon()
            doc._.quotes = assemble(doc, tree, stretches, search(tree, stretches, words))
        return doc
