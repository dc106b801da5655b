"""What a reader of the table sees: which rows a sentence gives, and what they say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.claims.component import ClaimMaker
from pipeline.records import Claim

PUBLISHED = "2012-06-15"


def read(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = PUBLISHED
    return nlp(doc)


def rows(nlp: Language, text: str) -> list[str]:
    return [claim.text for claim in read(nlp, text)._.claims]


def only(nlp: Language, text: str) -> Claim:
    (claim,) = read(nlp, text)._.claims
    assert isinstance(claim, Claim)
    return claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The mill in Turku closed in May and its owner sold the land to the city.",
            ["The mill in Turku closed in May", "its owner sold the land to the city"],
            id="independent-clauses",
        ),
        pytest.param(
            "The mayor cut and repainted the ribbon.",
            ["The mayor cut and repainted the ribbon"],
            id="verbs-with-one-object-stay",
        ),
        pytest.param(
            "Norsk Energi bought a ferry, which sank in 2011.",
            ["Norsk Energi bought a ferry", "which sank in 2011"],
            id="relative-clause-with-a-date",
        ),
        pytest.param(
            "Norsk Energi bought the ferry which it had once built.",
            ["Norsk Energi bought the ferry which it had once built"],
            id="restrictive-clause-without-a-fact-stays",
        ),
        pytest.param(
            "The company paid $3 million to Anna Berg and $2 million to her lawyer.",
            [
                "The company paid $3 million to Anna Berg",
                "The company paid … $2 million to her lawyer",
            ],
            id="each-sum-and-its-recipient",
        ),
        pytest.param(
            "The company paid $3 million, or 5 cents a share.",
            ["The company paid $3 million, or 5 cents a share"],
            id="rate-and-total-stay",
        ),
        pytest.param(
            "Berg sold 30 percent of the firm, keeping the remaining 70 percent.",
            ["Berg sold 30 percent of the firm", "keeping the remaining 70 percent"],
            id="participle-with-a-figure",
        ),
        pytest.param(
            "The harbour was closed after a storm sank 12 boats.",
            ["The harbour was closed after a storm sank 12 boats", "a storm sank 12 boats"],
            id="time-clause-with-a-figure-is-a-row-and-stays",
        ),
        pytest.param(
            "The harbour was closed after it got dark.",
            ["The harbour was closed after it got dark"],
            id="time-clause-without-a-fact",
        ),
        pytest.param(
            "Exports rose 4 percent in March while imports fell 2 percent.",
            ["Exports rose 4 percent in March", "imports fell 2 percent"],
            id="while",
        ),
        pytest.param(
            "The trial, which began in 2008, cost Norway $5 million.",
            ["which began in 2008", "The trial … cost Norway $5 million"],
            id="clause-in-the-middle-splits-the-span",
        ),
        pytest.param(
            "Shares fell on Monday, with the Oslo index losing 90 points in an hour.",
            ["Shares fell on Monday", "the Oslo index losing 90 points in an hour"],
            id="with-and-a-participle",
        ),
        pytest.param(
            "The bank bought 40 percent of the ferry line, expected to earn $3 million in 2012.",
            [
                "The bank bought 40 percent of the ferry line",
                "expected to earn $3 million in 2012",
            ],
            id="expected-with-a-figure",
        ),
        pytest.param(
            "Norsk Energi, which does not own the Bergen ferry, sold its dock in 2009.",
            [
                "which does not own the Bergen ferry",
                "Norsk Energi … sold its dock in 2009",
            ],
            id="relative-clause-about-a-named-thing",
        ),
        pytest.param(
            "Two people were hurt when a crane in Turku collapsed.",
            [
                "Two people were hurt when a crane in Turku collapsed",
                "a crane in Turku collapsed",
            ],
            id="time-clause-with-an-event-of-a-named-thing",
        ),
        pytest.param(
            "While their turnover is rather low, the 9th Assembly of the Nordic Guild, held in "
            "Oslo in May 2011, saw the signing of a contract between the two ports.",
            [
                "the 9th Assembly of the Nordic Guild, held in Oslo in May 2011, saw the signing "
                "of a contract between the two ports",
            ],
            id="subject-behind-a-fronted-clause",
        ),
        pytest.param(
            "Ministers met on Friday; they signed nothing.",
            ["Ministers met on Friday", "they signed nothing"],
            id="semicolon",
        ),
    ],
)
def test_units(nlp: Language, text: str, expected: list[str]) -> None:
    assert sorted(rows(nlp, text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("Anna Berg wins seat in Oslo", "heading", id="heading"),
        pytest.param("Why did Anna Berg leave in 2010?", "question", id="question"),
        pytest.param("It underscores the importance of trade.", "evaluation", id="evaluation"),
        pytest.param(
            "The synergy remains a driving force for growth.", "evaluation", id="idea-as-subject"
        ),
        pytest.param(
            "This rapport has, oddly, served as a powerful catalyst for shared resolve.",
            "evaluation",
            id="perfect-tense-is-no-event",
        ),
        pytest.param(
            "This convergence created fertile ground for trade.",
            "evaluation",
            id="idea-that-created-an-idea",
        ),
        pytest.param(
            'The word "fjord" refers to a long inlet of the sea.', "definition", id="definition"
        ),
        pytest.param(
            "Anna Berg on her farm near Bergen in 2011. Photo: Kari Lund", "caption", id="caption"
        ),
        pytest.param("Norsk Energi said that the", "truncated", id="cut-off-line"),
    ],
)
def test_no_row(nlp: Language, text: str, reason: str) -> None:
    doc = read(nlp, text)
    assert doc._.claims == ()
    assert doc._.sentences[0].why_none == reason


@pytest.mark.parametrize(
    ("text", "polarity", "certainty", "cue"),
    [
        pytest.param(
            "The firm has never failed to pay its workers.",
            "affirmed",
            "asserted",
            "",
            id="double-negation",
        ),
        pytest.param(
            "Anna Berg did not sign the contract in 2009.", "negated", "asserted", "", id="not"
        ),
        pytest.param(
            "No ships left Rotterdam on Monday.", "negated", "asserted", "", id="no-subject"
        ),
        pytest.param(
            "If the union agrees, Norsk Energi will hire 200 workers.",
            "affirmed",
            "conditional",
            "if",
            id="if",
        ),
        pytest.param(
            "Norsk Energi plans to hire 200 workers in 2013.",
            "affirmed",
            "planned",
            "plans",
            id="plans",
        ),
        pytest.param(
            "Anna Berg could lose her seat in May.", "affirmed", "possible", "could", id="could"
        ),
        pytest.param(
            "The union fears that Norsk Energi will close the mill.",
            "affirmed",
            "hypothetical",
            "fears",
            id="feared",
        ),
        pytest.param(
            "Norsk Energi denied that it had paid the officials.",
            "affirmed",
            "denied",
            "denied",
            id="denied",
        ),
        pytest.param(
            "Norsk Energi had to rebuild the mill.", "affirmed", "asserted", "", id="had-to"
        ),
        pytest.param(
            "Members are required to pay dues.", "affirmed", "asserted", "", id="standing-rule"
        ),
        pytest.param(
            "Norsk Energi predicted that demand would fall.",
            "affirmed",
            "possible",
            "predicted",
            id="forecast",
        ),
        pytest.param(
            "Norsk Energi allegedly paid the officials.",
            "affirmed",
            "alleged",
            "allegedly",
            id="allegedly",
        ),
    ],
)
def test_stance(nlp: Language, text: str, polarity: str, certainty: str, cue: str) -> None:
    claim = only(nlp, text)
    assert (claim.polarity, claim.certainty, claim.certainty_cue) == (polarity, certainty, cue)


def test_a_quotation_of_two_sentences_gives_two_rows_of_one_speaker(nlp: Language) -> None:
    doc = read(nlp, '"We lost 40 cows. The river took the barn," said Anna Berg.')
    assert [claim.text for claim in doc._.claims] == ["We lost 40 cows", "The river took the barn"]
    assert {(c.source_name, c.cue_text, c.attribution) for c in doc._.claims} == {
        ("Anna Berg", "said", "direct")
    }


def test_the_own_words_of_a_denier_are_asserted(nlp: Language) -> None:
    doc = read(nlp, 'In a statement, Norsk Energi denied this: "We never paid the officials."')
    told = next(claim for claim in doc._.claims if claim.attribution == "direct")
    assert (told.polarity, told.certainty) == ("negated", "asserted")


def test_comment_is_no_row_but_a_dated_event_is(nlp: Language) -> None:
    doc = read(
        nlp,
        "This deal demonstrates a profound and enduring commitment.\n\n"
        "Norway signed the deal on 3 May 2011.",
    )
    assert [(s.n_claims, s.why_none) for s in doc._.sentences] == [(0, "evaluation"), (1, "")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The cooperation led to 40 layoffs in Turku.", id="figure"),
        pytest.param("The cooperation led to layoffs.", id="past-event"),
        pytest.param("The partnership depends on Norsk Energi.", id="name-in-the-predicate"),
        pytest.param("The agreement covers fishing in the fjord.", id="a-paper-is-no-idea"),
    ],
)
def test_facts_about_ideas_are_rows(nlp: Language, text: str) -> None:
    assert rows(nlp, text) == [text.rstrip(".")]


def test_the_latter_is_named(nlp: Language) -> None:
    doc = read(nlp, "Norway sent $97,000 to Peru in 2010, while the latter sent $60,000 in return.")
    assert [claim.subject for claim in doc._.claims] == ["Norway", "Peru"]


def test_fronted_date_reaches_the_second_verb(nlp: Language) -> None:
    doc = read(nlp, "In 2003, Anna Berg founded a bakery and opened a mill.")
    assert [doc._.dates[c.dates[0].index].value for c in doc._.claims] == ["2003", "2003"]


def test_fronted_date_does_not_reach_a_verb_of_another_time(nlp: Language) -> None:
    doc = read(nlp, "In 2003, Anna Berg founded a bakery and has since opened two mills.")
    assert [len(claim.dates) for claim in doc._.claims] == [1, 0]


def test_date_of_a_dateline_is_no_date_of_the_event(nlp: Language) -> None:
    claim = only(nlp, "OSLO, June 14 (NTB) — Anna Berg opened a bridge near Bergen.")
    assert claim.dates == ()


def test_place_of_a_dateline_is_no_subject(nlp: Language) -> None:
    claim = only(nlp, "OSLO (Nordic Wire) - Norsk Energi sold 40 ferries to Peru.")
    assert (claim.text, claim.subject) == ("Norsk Energi sold 40 ferries to Peru", "Norsk Energi")


def test_said_she_expects_gives_what_is_expected(nlp: Language) -> None:
    claim = only(nlp, "Anna Berg said she expected the road to be finished by 2014.")
    assert claim.text == "the road to be finished by 2014"
    assert (claim.source_name, claim.certainty) == ("Anna Berg", "possible")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        pytest.param("Tenants pay $500 a month.", ["rate"], id="sum"),
        pytest.param("The pit yields 90 tons of clay a day.", ["rate"], id="of-what"),
        pytest.param("Tenants pay $500 a month until 2025.", ["event", "rate"], id="date-first"),
        pytest.param("The council meets every month.", ["event"], id="event"),
    ],
)
def test_what_a_figure_is_counted_by_is_no_date_of_the_event(
    nlp: Language, text: str, roles: list[str]
) -> None:
    (claim,) = nlp(text)._.claims
    assert [link.role for link in claim.dates] == roles


def test_date_of_a_comparison_is_not_that_of_the_event(nlp: Language) -> None:
    claim = only(
        nlp,
        "Norsk Energi reported a loss of $3 million for 2011, compared with a profit of"
        " $2 million in 2010.",
    )
    assert [link.role for link in claim.dates] == ["event", "comparison"]


def test_date_of_the_statement_is_told_apart(nlp: Language) -> None:
    claim = only(nlp, "The ministry said on Monday that the road will open in 2013.")
    assert [link.role for link in claim.dates] == ["event", "statement"]


def test_trade_in_two_directions(nlp: Language) -> None:
    doc = read(
        nlp,
        "Norsk Energi exported wood worth $97,000 to Peru, while Peru sent $60,000 of fish"
        " to Norway.",
    )
    amounts = [doc._.figures[c.figures[0].index].amount for c in doc._.claims]
    assert amounts == [Decimal(97000), Decimal(60000)]
    assert [c.subject for c in doc._.claims] == ["Norsk Energi", "Peru"]


def test_role_of_a_fine(nlp: Language) -> None:
    claim = only(nlp, "The bank agreed to pay a fine of almost $9 billion in 2011.")
    assert [link.role for link in claim.figures] == ["fine"]
    assert (claim.subject, claim.predicate) == ("The bank", "agreed to pay")


def test_who_pays_whom_by_name(nlp: Language) -> None:
    doc = read(nlp, "Anna Berg left Oslo in 2010. She paid $4 million to Norsk Energi.")
    claim = doc._.claims[-1]
    assert (claim.payer, claim.payee) == ("Anna Berg", "Norsk Energi")


def test_passive_is_turned(nlp: Language) -> None:
    claim = only(nlp, "The bridge was built by Norsk Energi in 1999.")
    assert (claim.subject, claim.predicate, claim.object) == (
        "Norsk Energi",
        "built",
        "The bridge",
    )


def test_sentences_count_their_rows_and_spans_read_back(nlp: Language) -> None:
    text = "Anna Berg wins seat\n\nAnna Berg won a seat in Oslo in 2011 and Kari Lund lost hers."
    doc = read(nlp, text)
    assert sum(sentence.n_claims for sentence in doc._.sentences) == len(doc._.claims) == 2
    for claim in doc._.claims:
        assert " … ".join(span.of(text) for span in claim.spans) == claim.text
        assert all(claim.sentence.covers(span) for span in claim.spans)


def test_repeated_sentence_is_one_row(nlp: Language) -> None:
    text = "Anna Berg won a seat in Oslo in 2011.\n\nAnna Berg won a seat in Oslo in 2011."
    doc = read(nlp, text)
    assert [(s.n_claims, s.why_none) for s in doc._.sentences] == [(1, ""), (0, "repeated")]


def test_confidence_falls_with_doubts(nlp: Language) -> None:
    sure = only(nlp, "Anna Berg won a seat in Oslo in 2011.")
    unsure = only(nlp, "Norsk Energi allegedly paid the officials.")
    assert sure.confidence > unsure.confidence
    assert "no_source" in unsure.flags


def test_without_a_parse_lines_are_sentences_without_rows(nlp: Language) -> None:
    doc = ClaimMaker()(nlp.make_doc("One line.\n\n  Another one."))
    assert doc._.claims == ()
    assert [(s.text, s.why_none) for s in doc._.sentences] == [
        ("One line.", "other"),
        ("Another one.", "other"),
    ]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        pytest.param(
            "The disputed report was published in 2009 in Oslo.", ("disputed",), id="disputed"
        ),
        pytest.param("Anna Berg won a contested seat in 2009.", (), id="contested-seat"),
        pytest.param("Kari Lund retracted her confession in 2009.", ("retracted",), id="retracted"),
        pytest.param("Norway withdrew 400 soldiers in 2009.", (), id="withdrew-soldiers"),
        pytest.param(
            "Norsk Energi paid the so-called experts $4 million.", ("rhetorical",), id="irony"
        ),
    ],
)
def test_remarks(nlp: Language, text: str, flags: tuple[str, ...]) -> None:
    known = {"disputed", "retracted", "rhetorical"}
    assert tuple(flag for flag in only(nlp, text).flags if flag in known) == flags


def test_rhetorical_question_is_no_statement_of_anybody(nlp: Language) -> None:
    text = "Who would have thought that Norsk Energi lost $3 million in 2010?"
    assert [c for c in read(nlp, text)._.claims if c.source_name] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The bank confirmed these reports.", ["The bank confirmed these reports"], id="pointing"
        ),
        pytest.param(
            'The bank denied these charges: "We have never paid a bribe."',
            ["We have never paid a bribe", "The bank denied these charges"],
            id="what-is-said-behind-a-colon",
        ),
        pytest.param(
            "Norsk Energi – whose owner sold the mill in May – has no debt.",
            ["Norsk Energi … has no debt", "whose owner sold the mill in May"],
            id="no-dash-at-the-edge-of-a-part",
        ),
        pytest.param(
            "The bank rejected a claim by Anna Berg that it had hidden its losses.",
            ["it had hidden its losses", "The bank rejected a claim by Anna Berg"],
            id="another-s-claim-is-rejected",
        ),
        pytest.param(
            "It is worth noting that the bank closed the mill in Turku.",
            ["the bank closed the mill in Turku"],
            id="what-is-noted",
        ),
        pytest.param(
            "The letter said “Norway’s long, costly march through Turku shows a lack of sense.”",
            ["Norway’s long, costly march through Turku shows a lack of sense"],
            id="possessive-is-no-verb",
        ),
        pytest.param(
            "A report by the paper highlights this view, asserting that “Peru’s slow, costly tour"
            " of South Asia confirms that this is a good time to put an end to its scheme.”",
            [
                "Peru’s slow, costly tour of South Asia confirms that this is a good time to put an"
                " end to its scheme"
            ],
            id="possessive-that-the-tagger-knows",
        ),
        pytest.param(
            'When the data mentions "Norsk Energi at a time of," nobody knows what it means.',
            [],
            id="quotation-cut-short",
        ),
        pytest.param(
            'The claim of "a secret mill" in Turku was repeated in 2011.',
            ['"a secret mill" in Turku', "The claim of … was repeated in 2011"],
            id="no-empty-marks",
        ),
        pytest.param(
            "A clerk who stole $900 from the fund was jailed.",
            ["A clerk who stole $900 from the fund was jailed", "who stole $900 from the fund"],
            id="what-one-person-did",
        ),
    ],
)
def test_more_rows(nlp: Language, text: str, expected: list[str]) -> None:
    assert sorted(rows(nlp, text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        pytest.param("Anna Berg offered no evidence.", "negated", id="no-object"),
        pytest.param("Anna Berg is no richer than Ole Lund.", "negated", id="no-richer"),
        pytest.param("Anna Berg paid no more than $5 million.", "affirmed", id="bound"),
    ],
)
def test_a_negative_object_denies_the_clause(nlp: Language, text: str, polarity: str) -> None:
    assert only(nlp, text).polarity == polarity


def test_an_unread_pronoun_is_an_ambiguous_source(nlp: Language) -> None:
    claim = only(nlp, "They said that the bridge over the Aura was closed.")
    assert "ambiguous_source" in claim.flags and "no_source" not in claim.flags
