"""Parses put right: which noun is a verb's subject in the end."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.nlp.attribution.tree import Tree
from pipeline.nlp.claims.tree import read_tree


def subject_of(nlp: Language, text: str, verb: str) -> str:
    tree = read_tree(nlp(text))
    at = tree.lower.index(verb)
    subject = tree.subject(at)
    return "" if subject is None else tree.lower[subject]


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        pytest.param(
            "Much like the mayor's allies, Ann and Paul Berg and the town's new treasurer, "
            "Olga Lund, have kept their plans vague.",
            "kept",
            "ann",
            id="behind-a-fronted-phrase",
        ),
        pytest.param(
            "If confirmed, the sale of a shipyard in Turku, possibly with foreign money, would "
            "raise serious questions.",
            "raise",
            "sale",
            id="behind-a-fronted-clause",
        ),
        pytest.param(
            "According to letters published by the Harbour Post, her chief of staff wrote that "
            "the report was false.",
            "wrote",
            "chief",
            id="behind-according-to",
        ),
        pytest.param(
            "The alliance between Oslo and Turku, two towns often viewed through the lens of old "
            "quarrels, has steadily grown over the past decade.",
            "grown",
            "alliance",
            id="apposition-taken-for-the-clause",
        ),
        pytest.param(
            "The old relationship between Norway and Chad, two nations often seen through the lens "
            "of foreign aid and border disputes, has slowly turned into a partnership.",
            "turned",
            "relationship",
            id="no-comma-parts-a-subject-from-its-verb",
        ),
        pytest.param(
            "Harbour Foods has bought a plant from Berg Lines for $23.5m, the two firms announced "
            "on Friday.",
            "announced",
            "firms",
            id="late-report",
        ),
        pytest.param(
            "Trade grew in oil, gas, and timber and ties recently hit a peak with the new pact.",
            "hit",
            "ties",
            id="joined-by-a-noun",
        ),
        pytest.param(
            'The letter, she told the court, "is in his own hand".',
            "is",
            "letter",
            id="around-a-report",
        ),
        pytest.param(
            "While their trade is quite low, the 17th Session of the Voss-Oslo Commission, held in "
            "Turku in May 2019, saw the signing of a pact.",
            "saw",
            "session",
            id="behind-a-clause-with-while",
        ),
        pytest.param(
            "Norway, Chad and Peru signed the pact in May 2019.",
            "signed",
            "norway",
            id="three-names",
        ),
        pytest.param(
            "TURKU, Finland, May 4, 2021 /PRNewswire/ -- Norsk Energi announced today that it had "
            "bought Berg Lines.",
            "announced",
            "energi",
            id="dateline",
        ),
        pytest.param(
            "Turku (Reuters) - Prime Minister Olga Lund said on Friday that the port lost money.",
            "said",
            "lund",
            id="dateline-of-an-agency",
        ),
        pytest.param(
            "NEW DELHI, 3 May – The bank paid $3 million to Anna Berg.",
            "paid",
            "bank",
            id="dateline-with-the-day-first",
        ),
        pytest.param(
            "Towns that lie high, like Oslo, Bergen and Voss, have long winters.",
            "have",
            "towns",
            id="examples-are-no-subject",
        ),
        pytest.param(
            "In March, Olga Lund met her sister, the woman accused of fraud.",
            "met",
            "lund",
            id="apposition-is-no-report",
        ),
        pytest.param(
            "The bank grew in oil and gas and recently hit a peak.",
            "hit",
            "",
            id="second-verb-shares-its-subject",
        ),
    ],
)
def test_subject(nlp: Language, text: str, verb: str, subject: str) -> None:
    assert subject_of(nlp, text, verb) == subject


def test_the_last_of_three_adjectives_is_no_verb(nlp: Language) -> None:
    text = (
        "He says that their trade is honest, modest, and directed at small and poor towns, and "
        "that the fines are part of a plan to ruin them."
    )
    tree = read_tree(nlp(text))
    assert tree.pos[tree.lower.index("directed")] == "ADJ"


def test_the_doc_stays_as_the_model_left_it(nlp: Language) -> None:
    doc = nlp(
        "If confirmed, the sale of a shipyard in Turku, possibly soon, would raise questions."
    )
    before = [(token.head.i, token.dep_) for token in doc]
    Tree(doc)
    read_tree(doc)
    assert [(token.head.i, token.dep_) for token in doc] == before
