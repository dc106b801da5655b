"""Rows whose reading hangs on a point of grammar: who, when, how sure."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.records import Claim


def claims(nlp: Language, text: str) -> list[Claim]:
    doc = nlp.make_doc(text)
    doc._.published = "2021-11-05"
    return list(nlp(doc)._.claims)


def told(claim: Claim) -> tuple[str, str, str, str]:
    return claim.text, claim.source_name, claim.polarity, claim.certainty


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Both Norsk Energi and Berg Lines consistently deny these allegations.",
            [("these allegations", "Both Norsk Energi and Berg Lines", "affirmed", "denied")],
            id="what-is-denied",
        ),
        pytest.param(
            "The bank denies having paid the fine.",
            [("having paid the fine", "The bank", "affirmed", "denied")],
            id="denied-perfect-gerund",
        ),
        pytest.param(
            "The bank would not say whether it had paid the $3 million fine.",
            [
                (
                    "The bank would not say whether it had paid the $3 million fine",
                    "",
                    "negated",
                    "asserted",
                )
            ],
            id="would-not-say",
        ),
        pytest.param(
            "The bank has refused to pay the fine of $3 million.",
            [("The bank has refused to pay the fine of $3 million", "", "affirmed", "asserted")],
            id="a-refusal-is-a-deed",
        ),
        pytest.param(
            "Anna Berg says she never expected to see her money again.",
            [("she never expected to see her money again", "Anna Berg", "negated", "asserted")],
            id="a-negated-belief-keeps-its-verb",
        ),
        pytest.param(
            "Anna Berg was arrested in May and told that she had to pay $3 million.",
            [
                ("she had to pay $3 million", "", "affirmed", "asserted"),
                ("Anna Berg was arrested in May", "", "affirmed", "asserted"),
            ],
            id="told-without-an-object-is-passive",
        ),
        pytest.param(
            "Police said the crew ignored a warning; others blamed the age of the ship.",
            [
                ("the crew ignored a warning", "Police", "affirmed", "asserted"),
                ("the age of the ship", "others", "affirmed", "alleged"),
            ],
            id="semicolon-with-a-cue-of-its-own",
        ),
        pytest.param(
            "The study found that long naps helped nurses; shorter ones made no difference.",
            [
                ("long naps helped nurses", "The study", "affirmed", "asserted"),
                ("shorter ones made no difference", "The study", "negated", "asserted"),
            ],
            id="semicolon-without-one",
        ),
        pytest.param(
            "Two men died and five were hurt in the fire, police said.",
            [
                ("Two men died", "police", "affirmed", "asserted"),
                ("five were hurt in the fire", "police", "affirmed", "asserted"),
            ],
            id="two-clauses-before-the-cue",
        ),
        pytest.param(
            "Berg Lines said it expects revenue of between $1.2 billion and $1.3 billion.",
            [
                (
                    "revenue of between $1.2 billion and $1.3 billion",
                    "Berg Lines",
                    "affirmed",
                    "asserted",
                )
            ],
            id="a-range-is-no-list",
        ),
        pytest.param(
            "Critics describe the accord as the cheapest success of the decade.",
            [("the cheapest success of the decade", "Critics", "affirmed", "asserted")],
            id="described-as",
        ),
        pytest.param(
            "Critics describe the accord as historic.",
            [("the accord as historic", "Critics", "affirmed", "asserted")],
            id="one-word-alone-says-nothing",
        ),
        pytest.param(
            "Had Olga Lund been allowed to run, she would have won the vote in May.",
            [
                (
                    "Had Olga Lund been allowed to run, she would have won the vote in May",
                    "",
                    "affirmed",
                    "conditional",
                )
            ],
            id="inverted-condition",
        ),
        pytest.param(
            "The mill closed because, the court ruled, it had broken the law.",
            [
                ("it had broken the law", "the court", "affirmed", "asserted"),
                ("The mill closed", "", "affirmed", "asserted"),
            ],
            id="report-behind-because",
        ),
        pytest.param(
            "The Finnish tanker Aila entered the port of Turku on Friday.",
            [
                (
                    "The Finnish tanker Aila entered the port of Turku on Friday",
                    "",
                    "affirmed",
                    "asserted",
                )
            ],
            id="a-name-behind-its-noun",
        ),
        pytest.param(
            "Anna Berg declined to say how many jobs would be lost.",
            [
                (
                    "Anna Berg declined to say how many jobs would be lost",
                    "",
                    "affirmed",
                    "asserted",
                )
            ],
            id="what-was-not-said",
        ),
        pytest.param(
            "Health commissioner Olga Lund urged anyone who stayed at the inn between March 28 and "
            "April 20 to see a doctor.",
            [
                (
                    "anyone who stayed at the inn between March 28 and April 20 to see a doctor",
                    "Olga Lund",
                    "affirmed",
                    "planned",
                )
            ],
            id="far-infinitive",
        ),
        pytest.param(
            "More than 12,000 people took part in it, according to the union; Berg Lines put the "
            "number at 8,500.",
            [
                ("More than 12,000 people took part in it", "the union", "affirmed", "asserted"),
                ("Berg Lines put the number at 8,500", "", "affirmed", "asserted"),
            ],
            id="according-to-before-a-semicolon",
        ),
        pytest.param("That is nonsense.", [], id="a-verdict-on-what-was-said"),
        pytest.param("The bank admitted the great difficulties.", [], id="a-topic-is-no-statement"),
    ],
)
def test_rows(nlp: Language, text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert [told(claim) for claim in claims(nlp, text)] == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        pytest.param(
            "The latest data reported in 2018 show that Norway exported $97,000 to Chad, while "
            "the latter sent $60,000 in return.",
            ["2018", "2018"],
            id="year-of-the-data",
        ),
        pytest.param(
            "In 2018, Norway exported $97,000 to Chad, while the latter sent $60,000 in return.",
            ["2018", "2018"],
            id="while-is-of-one-time",
        ),
        pytest.param(
            "Norway exported $97,000 in 2018, while Chad exported $60,000 in 2019.",
            ["2018", "2019"],
            id="each-its-own",
        ),
        pytest.param(
            "The 2018 law helped Norway, while Chad lost $60,000.",
            ["2018", ""],
            id="a-year-inside-the-subject",
        ),
    ],
)
def test_years(nlp: Language, text: str, years: list[str]) -> None:
    doc = nlp(text)
    found = [
        "".join(doc._.dates[link.index].value for link in claim.dates if link.role == "event")
        for claim in doc._.claims
    ]
    assert found == years


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        pytest.param(
            "Norsk Energi, Berg Lines and the port of Turku signed the pact in May 2019.",
            ["Norsk Energi, Berg Lines and the port of Turku"],
            id="joined",
        ),
        pytest.param(
            "Norway, Chad and Peru signed the pact in May 2019.",
            ["Norway, Chad and Peru"],
            id="three-names",
        ),
        pytest.param(
            "Neither the bank nor its owner has paid the fine.",
            ["Neither the bank nor its owner"],
            id="neither-nor",
        ),
        pytest.param(
            "The court ordered the bank and its owner to pay $3 million to Anna Berg.",
            ["the bank and its owner"],
            id="who-is-to-pay",
        ),
        pytest.param(
            "The bank and the union signed a deal in May. The former will pay $3 million; the "
            "latter dropped its suit.",
            ["The bank and the union", "The bank", "the union"],
            id="former-and-latter-of-the-sentence-before",
        ),
        pytest.param(
            "The bank, the union and the port signed a deal in May. The latter paid $3 million.",
            ["The bank, the union and the port", "The latter"],
            id="the-latter-of-three-is-nobody",
        ),
        pytest.param(
            "Critics describe the accord as the cheapest success of the decade.",
            ["the accord"],
            id="what-is-judged",
        ),
    ],
)
def test_subjects(nlp: Language, text: str, subjects: list[str]) -> None:
    assert [claim.subject for claim in claims(nlp, text)] == subjects


def test_an_event_before_a_block_of_quoted_words(nlp: Language) -> None:
    text = "In a statement, the bank denied the charges:\n\nIt never paid a bribe to anybody.\n"
    found = [(claim.text, claim.attribution) for claim in claims(nlp, text)]
    assert ("It never paid a bribe to anybody", "direct") in found
    assert ("In a statement, the bank denied the charges", "authorial") in found


def test_words_left_of_a_judgement_are_direct_if_all_are_quoted(nlp: Language) -> None:
    (claim,) = claims(nlp, "Anna Berg dismissed it as “a fable told by a tired old man”.")
    assert (claim.text, claim.attribution) == ("a fable told by a tired old man", "direct")
