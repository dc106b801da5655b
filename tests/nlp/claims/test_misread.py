"""Rows of sentences that the parser gets wrong, or whose second half is another's."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.records import Claim

Row = tuple[str, str]  # the words, and whose they are; "" is the author or nobody


def claims(nlp: Language, text: str) -> list[Claim]:
    return list(nlp(text)._.claims)


CASES = [
    pytest.param(
        "Norgas owes $4 million to the port, the clerk said, and must pay it by May.",
        [("Norgas owes $4 million to the port", "the clerk"), ("must pay it by May", "the clerk")],
        id="what-follows-a-comment-joins-the-claim",
    ),
    pytest.param(
        "The dyke was weak, divers said on Monday, but they did not close the road.",
        [("The dyke was weak", "divers"), ("they did not close the road", "")],
        id="only-the-speakers-can-be-they",
    ),
    pytest.param(
        "Fares will fall, Berg told the council on Monday, but they will stay above $3.",
        [("Fares will fall", "Berg"), ("they will stay above $3", "Berg")],
        id="only-what-is-told-of-can-be-they",
    ),
    pytest.param(
        "Four guests, among them a nurse, Ann Lund, complained that the lift was broken.",
        [("the lift was broken", "Four guests")],
        id="one-named-among-them-is-not-the-source",
    ),
    pytest.param(
        "The bank revealed that the loan, worth $9 million a year, would be stopped.",
        [("the loan, worth $9 million a year, would be stopped", "The bank")],
        id="an-adjective-between-commas-is-no-verb",
    ),
    pytest.param(
        "The ferry starts on 3 May, which means that Turku will lose $2 million.",
        [
            ("The ferry starts on 3 May", ""),
            ("which means that Turku will lose $2 million", ""),
        ],
        id="a-clause-about-the-whole-clause",
    ),
    pytest.param(
        "Her lawyer said three of the men were drivers and the others had been freed.",
        [
            ("three of the men were drivers", "Her lawyer"),
            ("the others had been freed", "Her lawyer"),
        ],
        id="a-helper-with-a-subject-is-a-verb",
    ),
    pytest.param(
        "Lund fears the reactor, which engineers say broke the rules in 2010.",
        [("which … broke the rules in 2010", "engineers"), ("Lund fears the reactor", "")],
        id="which-breaks-the-rules-they-say",
    ),
    pytest.param(
        "The mill was sold in May and is reported to be worth $3 million.",
        [("is reported to be worth $3 million", ""), ("The mill was sold in May", "")],
        id="a-passive-report-with-a-shared-subject",
    ),
    pytest.param(
        "Prices rose 11 percent to 8 euros, having dropped to 6 euros the day before.",
        [
            ("Prices rose 11 percent to 8 euros", ""),
            ("having dropped to 6 euros the day before", ""),
        ],
        id="a-perfect-participle-with-a-figure",
    ),
    pytest.param(
        "Rumours that Berg had resigned were denied by the ministry.",
        [("Berg had resigned", "the ministry")],
        id="a-rumour-denied",
    ),
    pytest.param(
        "Lund accused the union of planning strikes and hiding money.",
        [("planning strikes and hiding money", "Lund")],
        id="the-deed-behind-who-did-it",
    ),
    pytest.param(
        "The central bank sees inflation slowing to 3 percent.",
        [("inflation slowing to 3 percent", "The central bank")],
        id="what-is-seen-to-come",
    ),
    pytest.param(
        "The flood has killed 70 people, by the ministry's count.",
        [("The flood has killed 70 people", "the ministry's")],
        id="by-whose-count",
    ),
    pytest.param(
        "Lund was quoted by state radio as saying that the strike was over.",
        [("the strike was over", "Lund")],
        id="quoted-as-saying",
    ),
    pytest.param(
        "The report puts the cost of the works that were not done at $3 million.",
        [("the cost of the works that were not done at $3 million", "The report")],
        id="a-value-behind-a-relative-clause",
    ),
    pytest.param(
        "A barge that sank in May blocked the port.",
        [("that sank in May", ""), ("A barge that sank in May blocked the port", "")],
        id="an-event-that-nobody-knew-of",
    ),
    pytest.param(
        "The barge that sank in May blocked the port.",
        [("The barge that sank in May blocked the port", "")],
        id="which-barge",
    ),
    pytest.param(
        "The view is lovely I think.",
        [("The view is lovely", "")],
        id="a-comment-without-a-comma",
    ),
    pytest.param(
        "Lund pointed to a table with soup served in tins.",
        [("Lund pointed to a table with soup served in tins", "")],
        id="a-bare-participle-is-no-clause",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_rows_and_their_sources(nlp: Language, text: str, expected: list[Row]) -> None:
    assert [(c.text, c.source_name) for c in claims(nlp, text)] == expected


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        pytest.param(
            "Two aides told the court that the mayor took bribes. The mayor denied this.",
            "[the mayor took bribes]",
            id="one-row-before",
        ),
        pytest.param(
            "Two aides said the mayor took bribes and that he hid them. The mayor denied this.",
            "",
            id="one-of-two-rows",
        ),
    ],
)
def test_what_is_denied_by_this(nlp: Language, text: str, reading: str) -> None:
    denial = claims(nlp, text)[-1]
    assert (denial.text, denial.certainty, denial.reading) == ("this", "denied", reading)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("There is no cure for the fever.", ["negated"], id="no-cure"),
        pytest.param("There were never any talks in Oslo.", ["negated"], id="never"),
        pytest.param("There is no need to worry.", [], id="no-need"),
        pytest.param("There is no doubt that Ann Lund won.", ["affirmed"], id="no-doubt"),
        pytest.param("Their harbour is rather small.", [], id="how-small-nobody-says"),
        pytest.param("A second diver is missing.", ["affirmed"], id="one-more"),
    ],
)
def test_what_is_not_there(nlp: Language, text: str, expected: list[str]) -> None:
    assert [claim.polarity for claim in claims(nlp, text)] == expected


def test_words_of_nobody_known_are_not_the_author_s(nlp: Language) -> None:
    text = 'The pier is empty.\n"We sold the last boat in 1998."\nThe town lost 400 jobs.'
    rows = {c.text: (c.attribution, c.source_name) for c in claims(nlp, text)}
    assert rows["We sold the last boat in 1998"] == ("direct", "")
    assert rows["The town lost 400 jobs"] == ("authorial", "")


def test_providing_an_object_is_no_condition(nlp: Language) -> None:
    text = "The port was seen as a way out while also providing Oslo with jobs."
    assert [claim.certainty for claim in claims(nlp, text)] == ["asserted"]
