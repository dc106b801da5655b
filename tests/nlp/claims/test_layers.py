"""The layers that other programs read: triples, event factuality, check-worthiness."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.language import Language

from pipeline.nlp.claims.checkworthy import check_worthiness, explain
from pipeline.nlp.claims.modality import annotate_modality
from pipeline.nlp.claims.tree import read_tree
from pipeline.nlp.claims.triples import find_triples


def event(text: str) -> dict[str, Any]:
    """A record whose event stands in [brackets]."""
    start = text.index("[")
    end = text.index("]") - 1
    return {"text": text.replace("[", "").replace("]", ""), "event_span": [start, end]}


@pytest.mark.parametrize(
    ("marked", "negated", "certainty"),
    [
        pytest.param("Berg [sold] the mill.", False, "certain", id="plain"),
        pytest.param("Berg did not [sell] the mill.", True, "certain", id="not"),
        pytest.param("Berg refused to [sell] the mill.", True, "certain", id="refused"),
        pytest.param("Berg [refused] to sell the mill.", False, "certain", id="the-refusal"),
        pytest.param("Berg managed to [sell] the mill.", False, "certain", id="managed"),
        pytest.param("Berg might [sell] the mill.", False, "possible", id="might"),
        pytest.param("Berg could not [find] the mill.", True, "certain", id="could-not"),
        pytest.param("If they [sell] the mill, Berg will go.", False, "unknown", id="if"),
        pytest.param("Berg left without [selling] the mill.", True, "certain", id="without"),
        pytest.param("There was no [sale] of the mill.", True, "certain", id="no-noun"),
        pytest.param("Berg was not forced to [sell].", False, "probable", id="one-way"),
        pytest.param(
            "Berg is not sure whether Lund [sold] it.", False, "unknown", id="indirect-question"
        ),
        pytest.param("Norway is seeking a [trial].", False, "probable", id="sought"),
        pytest.param("The court rejected a plan to [sell] the mill.", True, "probable", id="plan"),
        pytest.param(
            "Berg upheld the decision to [sell] the mill.", False, "probable", id="definite"
        ),
        pytest.param("The offer could not [come] at a better time.", False, "probable", id="best"),
        pytest.param(
            "Berg cannot leave without [paying] the fine.", False, "probable", id="asked-for"
        ),
        pytest.param("Police blocked the [march].", True, "certain", id="blocked"),
        pytest.param("Berg may [sell] the mill.", False, "possible", id="may"),
        pytest.param("Did Berg [sell] the mill?", False, "probable", id="yes-no-question"),
        pytest.param("Why did Berg [sell] the mill?", False, "certain", id="why-question"),
        pytest.param("Berg wants to [sell] the mill.", False, "possible", id="wished"),
        pytest.param("Berg agreed to [sell] the mill.", False, "probable", id="agreed"),
        pytest.param("Berg did not try to [sell] the mill.", True, "probable", id="not-tried"),
        pytest.param("Berg went there to [sell] the mill.", False, "probable", id="purpose"),
        pytest.param("[Sell] the mill at once.", False, "probable", id="command"),
        pytest.param("Do not [sell] the mill.", True, "probable", id="forbidden"),
        pytest.param("Berg will [sell] the mill.", False, "certain", id="will"),
        pytest.param("Berg [sees] no end to the war.", False, "certain", id="no-object"),
    ],
)
def test_event(nlp: Language, marked: str, negated: bool, certainty: str) -> None:
    record = event(marked)
    found = annotate_modality(nlp(record["text"]), record)
    assert (found["negated"], found["certainty"]) == (negated, certainty)


def test_negation_cues_of_a_whole_text(nlp: Language) -> None:
    found = annotate_modality(nlp("It is not a mill."), {"event_span": None})
    assert found["cues"] == [[6, 9]]


def test_triples_of_each_subject(nlp: Language) -> None:
    found = list(find_triples(nlp("Anna Berg and Kari Lund sold the mill.")))
    assert ("sold", ("Anna Berg", "the mill")) in found
    assert ("sold", ("Kari Lund", "the mill")) in found


def test_no_parse_no_triples(nlp: Language) -> None:
    assert list(find_triples(nlp.make_doc("Berg sold the mill."))) == []


def test_a_figure_is_worth_more_than_thanks(nlp: Language) -> None:
    fact = check_worthiness(nlp("Unemployment in Norway fell to 3 percent in 2011."))
    thanks = check_worthiness(nlp("Thank you, it is wonderful to be with you."))
    assert fact > 0.9
    assert thanks < 0.3


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param(
            "The council cut the school budget by 4 percent in 2010.",
            "The council cut the school budget.",
            id="figure-and-date",
        ),
        pytest.param("Anna Berg voted against the bill.", "Anna Berg will vote.", id="past"),
        pytest.param(
            "I voted against the harbour bill.", "I walked along the harbour.", id="record"
        ),
        pytest.param("Norway sold the old harbour.", "I love the old harbour.", id="feeling"),
        pytest.param(
            "The bridge is shut to lorries.", "Is the bridge shut to lorries?", id="question"
        ),
        pytest.param("Kari Lund sent the letter.", "Send the letter to her.", id="command"),
        pytest.param(
            "Oslo has more ferries than Bergen.", "Oslo has the wonderful ferries.", id="comparison"
        ),
    ],
)
def test_what_a_record_can_settle_is_worth_more(nlp: Language, more: str, less: str) -> None:
    assert check_worthiness(nlp(more)) > check_worthiness(nlp(less))


def test_nothing_to_check_in_no_words(nlp: Language) -> None:
    assert check_worthiness(nlp("…")) == 0.0


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param("The minister cut the tax.", "The minister should cut the tax.", id="modal"),
        pytest.param("Prices fell by 4 percent.", "Prices fell a bit.", id="figure"),
        pytest.param("He voted for the bill.", "Did he vote for the bill?", id="question"),
        pytest.param("The mill employs 300 people.", "The mill is beautiful.", id="valuation"),
        pytest.param("He sold arms to Iran.", "I believe in hard work.", id="attitude"),
    ],
)
def test_what_makes_a_statement_worth_checking(nlp: Language, more: str, less: str) -> None:
    assert check_worthiness(nlp(more)) > check_worthiness(nlp(less)) + 0.2


def test_reasons_name_features_and_words(nlp: Language) -> None:
    tree = read_tree(nlp("Unemployment fell to 3 percent in 2011."))
    reasons = dict(explain(tree, range(len(tree.lower)), most=20))
    assert reasons["sum or share"] > 0
    assert '"unemployment"' in reasons
