"""All constructions, run over one parsed text."""

from __future__ import annotations

from pipeline.nlp.attribution.according_to import find_phrases
from pipeline.nlp.attribution.adjective import find_adjectives
from pipeline.nlp.attribution.adverb import find_adverbs
from pipeline.nlp.attribution.colon import find_colons
from pipeline.nlp.attribution.direct import find_direct
from pipeline.nlp.attribution.found import Found
from pipeline.nlp.attribution.lexicon import Lexicon
from pipeline.nlp.attribution.noun import find_nouns
from pipeline.nlp.attribution.stretches import Stretch
from pipeline.nlp.attribution.tree import Tree
from pipeline.nlp.attribution.verb import find_verbs


def search(tree: Tree, stretches: list[Stretch], words: Lexicon) -> list[Found]:
    """What each construction finds; quotations are then bound to it, or found by themselves."""
    found = [
        *find_verbs(tree, words.verbs),
        *find_phrases(tree, words.phrases),
        *find_nouns(tree, words.nouns, stretches),
        *find_adjectives(tree, words.adjectives),
        *find_adverbs(tree, words.adverbs),
        *find_colons(tree, words.verbs),
    ]
    return find_direct(tree, stretches, words.verbs, found)
