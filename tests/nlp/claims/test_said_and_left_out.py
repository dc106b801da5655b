"""Rows of clauses that leave words out, and of who goes on speaking."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.records import Claim

Row = tuple[str, str, str, str]  # the words, whose they are ("": the author), polarity, certainty


def claims(nlp: Language, text: str) -> list[Claim]:
    doc = nlp.make_doc(text)
    doc._.published = "2021-11-05"
    return list(nlp(doc)._.claims)


def row(claim: Claim) -> Row:
    return claim.text, claim.source_name, claim.polarity, claim.certainty


GAPS = [
    pytest.param(
        "The court awarded Ann Berg $200,000 and her sister $50,000.",
        [
            ("The court awarded Ann Berg $200,000", "The court", "$200,000"),
            ("The court awarded … her sister $50,000", "The court", "her sister $50,000"),
        ],
        id="each-gets-a-sum",
    ),
    pytest.param(
        "Norsk Air lost $40 million in 2020 and Balt Lines $12 million.",
        [
            ("Norsk Air lost $40 million in 2020", "Norsk Air", "$40 million"),
            ("lost … Balt Lines $12 million", "Balt Lines", "$12 million"),
        ],
        id="the-second-loser-is-another",
    ),
    pytest.param(
        "Wages rose 3 per cent and prices 5 per cent last year.",
        [
            ("Wages rose 3 per cent", "Wages", "3 per cent"),
            ("rose … prices 5 per cent last year", "prices", "5 per cent last year"),
        ],
        id="two-subjects-of-one-verb",
    ),
    pytest.param(
        "The mill earned $5 million and paid its owner $3 million.",
        [
            ("The mill earned $5 million", "The mill", "$5 million"),
            ("paid its owner $3 million", "The mill", "$3 million"),
        ],
        id="a-second-verb-is-no-gap",
    ),
    pytest.param(
        "She bought a flat and a car worth $30,000.",
        [("She bought a flat and a car worth $30,000", "She", "a flat and a car worth $30,000")],
        id="two-nouns-are-no-gap",
    ),
]


@pytest.mark.parametrize(("text", "expected"), GAPS)
def test_what_takes_the_place_of_a_noun(
    nlp: Language, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [(c.text, c.subject, c.object) for c in claims(nlp, text)] == expected


ROWS = [
    pytest.param(
        "The poll gave Bergmann 47% and Holter 43%.",
        [
            ("Bergmann 47%", "The poll", "affirmed", "asserted"),
            ("Holter 43%", "The poll", "affirmed", "asserted"),
        ],
        id="each-gets-a-share-by-the-poll",
    ),
    pytest.param(
        "The law gave the mayor $3 million.",
        [("The law gave the mayor $3 million", "", "affirmed", "asserted")],
        id="a-law-gives-money",
    ),
    pytest.param(
        "The firm reported revenue of $5 million and a profit of $2 million.",
        [
            ("revenue of $5 million", "The firm", "affirmed", "asserted"),
            ("a profit of $2 million", "The firm", "affirmed", "asserted"),
        ],
        id="both-sums-that-were-reported",
    ),
    pytest.param(
        "The firm promised its owners no dividend and its banks £40 million.",
        [
            ("its owners no dividend", "The firm", "negated", "planned"),
            ("its banks £40 million", "The firm", "affirmed", "planned"),
        ],
        id="no-dividend-is-not-said-of-the-banks",
    ),
    pytest.param(
        'The mayor said there was "no evidence" yet that it was a bomb.',
        [('there was "no evidence" yet that it was a bomb', "The mayor", "negated", "asserted")],
        id="what-there-is-no-evidence-of-is-no-row",
    ),
    pytest.param(
        '"There is no doubt that the bridge was weak," Anna Lund said.',
        [("There is no doubt that the bridge was weak", "Anna Lund", "affirmed", "asserted")],
        id="no-doubt-that-affirms",
    ),
    pytest.param(
        "The generals have forbidden them to travel abroad.",
        [("them to travel abroad", "The generals", "negated", "planned")],
        id="what-is-forbidden-is-not-to-be",
    ),
    pytest.param(
        "Oslo would sign the treaty provided the border was safe.",
        [
            (
                "Oslo would sign the treaty provided the border was safe",
                "",
                "affirmed",
                "conditional",
            )
        ],
        id="provided-is-a-condition",
    ),
    pytest.param(
        "The prime minister, Ivar Dahl, said the envoy had fled; Norgas has declined to comment.",
        [
            ("the envoy had fled", "Ivar Dahl", "affirmed", "asserted"),
            ("Norgas has declined to comment", "", "affirmed", "asserted"),
        ],
        id="silence-behind-a-semicolon-is-the-authors",
    ),
    pytest.param(
        "Ivar Dahl said the road was bad and predicted it would be closed.",
        [
            ("the road was bad", "Ivar Dahl", "affirmed", "asserted"),
            ("it would be closed", "Ivar Dahl", "affirmed", "possible"),
        ],
        id="no-road-predicts",
    ),
    pytest.param(
        "Ivar Dahl claimed that Lund had moved $12 million to Cyprus, but gave no proof.",
        [
            ("Lund had moved $12 million to Cyprus", "Ivar Dahl", "affirmed", "alleged"),
            ("gave no proof", "", "negated", "asserted"),
        ],
        id="a-plain-past-behind-a-perfect-is-the-speakers-deed",
    ),
    pytest.param(
        "Ivar Dahl said the total was low and declined to give a breakdown.",
        [
            ("the total was low", "Ivar Dahl", "affirmed", "asserted"),
            ("declined to give a breakdown", "", "affirmed", "asserted"),
        ],
        id="no-total-declines",
    ),
    pytest.param(
        "The government has yet to confirm that it sold the port to a Dutch firm.",
        [
            (
                "The government has yet to confirm that it sold the port to a Dutch firm",
                "",
                "negated",
                "asserted",
            )
        ],
        id="what-is-yet-to-be-confirmed-is-no-statement",
    ),
    pytest.param(
        "The paper reported on Sunday, citing two officials, that the bank had lost $4 million.",
        [("the bank had lost $4 million", "two officials", "affirmed", "asserted")],
        id="whom-a-report-of-a-day-cites",
    ),
    pytest.param(
        "The council said the bridge would open by June, a year later than hoped.",
        [
            (
                "the bridge would open by June, a year later than hoped",
                "The council",
                "affirmed",
                "planned",
            )
        ],
        id="later-than-hoped-lies-ahead",
    ),
    pytest.param(
        "Ann Berg would later open a school in Voss.",
        [("Ann Berg would later open a school in Voss", "", "affirmed", "asserted")],
        id="what-the-past-had-in-store",
    ),
    pytest.param(
        "Police named the donor as Ann Berg.",
        [("the donor as Ann Berg", "Police", "affirmed", "asserted")],
        id="a-name-for-a-role-is-told",
    ),
    pytest.param(
        "The bank has named Ann Berg as its chair.",
        [("The bank has named Ann Berg as its chair", "", "affirmed", "asserted")],
        id="a-role-for-a-name-is-given",
    ),
    pytest.param(
        "The filter is reported to be 90% effective by its makers.",
        [
            (
                "The filter is reported to be 90% effective",
                "its makers",
                "affirmed",
                "alleged",
            )
        ],
        id="by-whom-it-is-reported",
    ),
    pytest.param(
        "Norgas, which is not required to disclose its donors, closed in May.",
        [
            ("Norgas … closed in May", "", "affirmed", "asserted"),
            ("which is not required to disclose its donors", "", "negated", "asserted"),
        ],
        id="what-need-not-be-disclosed-is-not-told",
    ),
    pytest.param(
        "Every morning Ann Berg would walk to the mill.",
        [("Every morning Ann Berg would walk to the mill", "", "affirmed", "asserted")],
        id="a-habit-is-a-fact",
    ),
    pytest.param(
        "Norgas expects to open six shops in 2022 and Balt Lines expects to lose money.",
        [
            ("to open six shops in 2022", "Norgas", "affirmed", "planned"),
            ("to lose money", "Balt Lines", "affirmed", "possible"),
        ],
        id="ones-own-act-and-what-comes-about",
    ),
    pytest.param(
        "Before officials had given any reason, the bridge was closed in May.",
        [
            (
                "Before officials had given any reason, the bridge was closed in May",
                "",
                "affirmed",
                "asserted",
            )
        ],
        id="before-any-tells-of-no-event",
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_rows(nlp: Language, text: str, expected: list[Row]) -> None:
    assert sorted(map(row, claims(nlp, text))) == sorted(expected)


COMPARED = [
    pytest.param("Profit climbed to $9 million from $7 million a year earlier.", [], id="from-sum"),
    pytest.param("Profit grew 19% from a year ago.", [], id="from-a-year-ago"),
    pytest.param("Profit was $4 million, against $3 million in 2019.", [], id="against"),
    pytest.param("The party won 40 seats, compared with 35 in 2015.", [], id="compared-with"),
    pytest.param("Revenue was $5 million in 2019, up from $4 million in 2018.", ["2019"], id="two"),
    pytest.param("The fine rose from $300 to $500 in May.", ["2021-05"], id="of-the-new-sum"),
    pytest.param("Thousands protested against the law in 2019.", ["2019"], id="no-number"),
    pytest.param("The work ended no later than May 2020.", ["2020-05"], id="a-bound"),
    pytest.param("The law has been in force from 4 May 2019.", ["2019-05-04"], id="a-beginning"),
]


@pytest.mark.parametrize(("text", "expected"), COMPARED)
def test_the_day_of_the_other_sum_is_not_that_of_the_claim(
    nlp: Language, text: str, expected: list[str]
) -> None:
    doc = nlp.make_doc(text)
    doc._.published = "2021-11-05"
    doc = nlp(doc)
    (claim,) = doc._.claims
    assert [doc._.dates[d.index].value for d in claim.dates if d.role == "event"] == expected
    assert claim.polarity == "affirmed"


INTERVIEW = """Ann Berg grew up in Voss. She has led Norgas since 2015.

Q: How did it begin?

A: With a loan of $3 million. Every week we met the bank.

Q: The bank says that you never paid.

A: We paid in 2017.
"""


def test_an_interview_gives_the_answers_to_whom_they_are_of(nlp: Language) -> None:
    said = [c for c in claims(nlp, INTERVIEW) if c.attribution == "direct"]
    assert [(c.text, c.source_name, c.source_text) for c in said] == [
        ("With a loan of $3 million", "Ann Berg", "A"),
        ("Every week we met the bank", "Ann Berg", "A"),
        ("We paid in 2017", "Ann Berg", "A"),
    ]


def test_these_claims_are_those_just_told(nlp: Language) -> None:
    text = "Prosecutors allege that Lund paid two officials. Lund denied these allegations."
    assert [c.reading for c in claims(nlp, text)][-1:] == ["[Lund paid two officials]"]


def test_what_is_said_to_be_so_is_read_with_its_subject(nlp: Language) -> None:
    text = "The filter was built by Norsk Air in Voss and is reported to be 90% effective."
    assert [c.reading for c in claims(nlp, text) if c.certainty == "alleged"] == [
        "[The filter] is reported to be 90% effective"
    ]


def test_an_unnamed_speaker_speaks_on(nlp: Language) -> None:
    text = (
        'Anna Lund resigned in May. A former manager said that staff had left. "We knew," she said.'
    )
    assert [(c.text, c.source_name) for c in claims(nlp, text)][1:] == [
        ("staff had left", "A former manager"),
        ("We knew", "A former manager"),
    ]


def test_whom_a_report_cites(nlp: Language) -> None:
    text = "The Voss Herald reported, citing two officials, that Norgas had sold the mill."
    found = [(c.text, c.source_name, c.outlet) for c in claims(nlp, text) if c.attribution]
    assert ("Norgas had sold the mill", "two officials", "Voss Herald") in found or (
        "Norgas had sold the mill",
        "two officials",
        "The Voss Herald",
    ) in found
