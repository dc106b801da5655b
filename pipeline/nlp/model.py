"""Builds the spaCy Language: a trained English pipeline plus our components."""

from __future__ import annotations

import warnings

import spacy
from spacy.language import Language

from pipeline.nlp.extensions import register
from pipeline.nlp.faster import multiply_with_numpy, rules_at_once
from pipeline.nlp.installed import check_model, model_folder

COMPONENTS = (
    "pipeline_entities",
    "pipeline_dates",
    "pipeline_money",
    "pipeline_attribution",
    "pipeline_claims",
)


def load_base(name: str) -> Language:
    """The trained pipeline alone, checked."""
    check_model(name)
    with warnings.catch_warnings():
        # W095: the model was trained with 3.7 and runs on 3.8. Its scores were measured on 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        return spacy.load(model_folder(name))


def build(
    name: str = "en_core_web_md",
    components: tuple[str, ...] = COMPONENTS,
    watchlist: str = "",
    lexicons: str = "",
) -> Language:
    """The trained pipeline with line breaks before its parser and our components behind it.

    Args:
        watchlist: path of the analyst's list of names, "" for none.
        lexicons: what the analyst adds to the word lists, as `own_lexicons` reads it.
    """
    register()
    nlp = load_base(name)
    multiply_with_numpy(nlp)
    rules_at_once(nlp)
    nlp.add_pipe("pipeline_blocks", first=True)
    nlp.add_pipe("pipeline_lexicons", config={"additions": lexicons})
    settings = {"pipeline_entities": {"watchlist": watchlist}}
    for component in components:
        nlp.add_pipe(component, config=settings.get(component, {}))
    return nlp
