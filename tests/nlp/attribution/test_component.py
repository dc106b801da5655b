"""Who says what: marked sentences through the whole Language."""

from __future__ import annotations

import re

import pytest
import spacy
from spacy.language import Language

from pipeline.nlp.attribution.component import QuoteFinder
from pipeline.nlp.extensions import register
from pipeline.records import Quote

MARK = re.compile(r"\[([SCQ]) ([^\[\]]*)\]")


def unmark(marked: str) -> tuple[str, dict[str, list[str]]]:
    """The bare text, and the words marked as source (S), cue (C) and content (Q), in order."""
    words: dict[str, list[str]] = {"S": [], "C": [], "Q": []}
    for label, inner in MARK.findall(marked):
        words[label].append(inner)
    return MARK.sub(r"\2", marked), words


def quotes_of(nlp: Language, text: str) -> tuple[Quote, ...]:
    quotes: tuple[Quote, ...] = nlp(text)._.quotes
    return quotes


def words_of(text: str, quote: Quote) -> dict[str, list[str]]:
    parts = {"S": quote.source, "C": quote.cue, "Q": quote.content}
    return {label: [span.of(text) for span in spans] for label, spans in parts.items()}


CASES = [
    (
        "that-clause",
        "indirect",
        "[S The harbour board] [C said] that [Q the crane had failed].",
    ),
    (
        "with-one-calling-it",
        "mixed",
        "The party split over the plan, with [S one member, Ann Berg], [C calling] [Q it “a slap "
        "in the face”].",
    ),
    ("in-her-view", "indirect", "In [S her] [C view], [Q the deal is dead and buried]."),
    ("bare-clause", "indirect", "[S Maria Olsen] [C said] [Q the crane had failed twice]."),
    (
        "direct-after",
        "direct",
        "“[Q We will rebuild it all],” [C said] [S Maria Olsen], the mayor.",
    ),
    ("straight-after", "direct", '"[Q We will rebuild the pier]," [S Maria Olsen] [C said].'),
    ("direct-before", "direct", "[S The mayor] [C said]: “[Q We will rebuild the pier].”"),
    ("stop-outside", "direct", '"[Q We will rebuild the pier]", [C said] [S Maria Olsen].'),
    ("question", "direct", "“[Q Who will pay for it?]” [C asked] [S Maria Olsen]."),
    ("single-marks", "direct", "‘[Q We will rebuild the pier],’ [C said] [S Maria Olsen]."),
    (
        "interrupted",
        "direct",
        "“[Q The pier is old],” [C said] [S Maria Olsen], “[Q and it will be rebuilt].”",
    ),
    (
        "two-sentences",
        "direct",
        "“[Q The pier is old],” [C said] [S Maria Olsen]. “[Q It will be rebuilt by May].”",
    ),
    (
        "mixed",
        "mixed",
        "[S The mayor] [C said] that [Q the old pier was “a danger to every child” in town].",
    ),
    (
        "parenthesis",
        "indirect",
        "[Q The pier], [S the mayor] [C said], [Q was closed in 2019].",
    ),
    ("trailing", "indirect", "[Q The pier was closed in 2019], [S the mayor] [C said]."),
    (
        "according-first",
        "indirect",
        "[C According to] [S the port authority], [Q the pier was closed in 2019].",
    ),
    (
        "according-last",
        "indirect",
        "[Q The pier was closed in 2019], [C according to] [S a police report].",
    ),
    ("as-clause", "indirect", "As [S Maria Olsen] [C noted], [Q the pier was closed in 2019]."),
    (
        "as-reported",
        "indirect",
        "[Q The pier was closed in 2019], as [C reported] by [S the Oslo Times].",
    ),
    ("promise", "indirect", "[S The mayor] [C promised] [Q to rebuild the pier by May]."),
    (
        "order",
        "indirect",
        "[S The court] [C ordered] [Q the company to pay 3 million euros].",
    ),
    ("belief", "indirect", "[S Analysts] [C believe] [Q the bank will sell its stake]."),
    ("expectation", "indirect", "[S The company] [C expects] [Q profits to fall this year]."),
    ("fear", "indirect", "[S Fishermen] [C fear] that [Q the harbour will be closed]."),
    ("denial", "indirect", "[S The minister] [C denied] that [Q he had taken the money]."),
    ("gerund", "indirect", "[S The minister] [C denied] [Q taking the money]."),
    ("document", "indirect", "[S The report] [C shows] that [Q output fell by a fifth]."),
    ("accused", "indirect", "He was [C accused] of [Q stealing 3 million euros]."),
    (
        "accuse",
        "indirect",
        "[S Prosecutors] [C accused] the banker of [Q stealing 3 million].",
    ),
    ("it-is-reported", "indirect", "It was [C reported] that [Q the bank had been sold]."),
    (
        "noun-possessive",
        "indirect",
        "Nobody shares [S the mayor's] [C belief] that [Q it is safe].",
    ),
    (
        "noun-quotation",
        "direct",
        "The [C claim] of “[Q a secret factory in the northern hills]” was never proved.",
    ),
    ("adjective", "indirect", "[S The union] is [C worried] that [Q the mill will close]."),
    ("object", "indirect", "[S The firm] [C announced] [Q the sale of its northern mills]."),
    ("call-for", "indirect", "[S The union] [C called] for [Q a new vote]."),
    ("describe", "mixed", "[S The mayor] [C described] [Q the pier as “a danger to every child”]."),
    ("said-believes", "indirect", "[S Maria Olsen] [C said] she believes [Q the mill will close]."),
    (
        "participle",
        "direct",
        "[S The minister] opened the fair, [C saying]: “[Q This is the start of a new age].”",
    ),
    (
        "nested-marks",
        "direct",
        "“[Q She said ‘never again’ and left],” [C said] [S Peter Lund].",
    ),
    (
        "according-to-without-a-comma",
        "indirect",
        "[C According to] [S the Norwegian Harbour Ministry] [Q over 200 Danish sailors have been "
        "rescued in a storm during the yearly race near Bergen].",
    ),
    (
        "according-to-a-long-title",
        "indirect",
        "[C According to] [S Danish Ambassador to the United Kingdom Karsten Vestergaard], "
        "[Q the presence of this crew in this sailing contest shows progress in Denmark's work].",
    ),
    ("unbalanced", "direct", "[S The mayor] [C said]: “[Q We will rebuild the old pier]"),
    ("dash", "direct", "“[Q The old pier was never safe for anybody].” [C —] [S Maria Olsen]"),
]


@pytest.mark.parametrize(
    ("kind", "marked"), [pytest.param(kind, text, id=name) for name, kind, text in CASES]
)
def test_marked_sentence(nlp: Language, kind: str, marked: str) -> None:
    text, expected = unmark(marked)
    quotes = quotes_of(nlp, text)
    assert [words_of(text, quote) for quote in quotes] == [expected]
    assert quotes[0].kind == kind
    assert quotes[0].rule


NOTHING = [
    pytest.param("The ministry did not say whether output fell.", id="indirect-question"),
    pytest.param("The company agreed to pay 3 million euros.", id="agreed"),
    pytest.param("The company plans to close its northern mill.", id="plans"),
    pytest.param("The spokesman declined to comment.", id="declined"),
    pytest.param("She read “A Farewell to Arms” on the train.", id="title"),
    pytest.param("The so-called “green” bank opened in May.", id="scare-quotes"),
    pytest.param("Output fell by 3 per cent in May.", id="per-cent"),
    pytest.param("That said, output fell in May.", id="that-said"),
    pytest.param("The trend suggests that output will fall.", id="a-thing-suggests"),
    pytest.param("", id="empty"),
    pytest.param("\n\n \n", id="blank-lines"),
    pytest.param("“”\"'", id="marks-only"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_reports_nothing(nlp: Language, text: str) -> None:
    assert quotes_of(nlp, text) == ()


HOLDERS = [
    ("person", "Maria Olsen", "", "Maria Olsen said that output fell."),
    ("person", "Maria Olsen", "", "Her lawyer, Maria Olsen, said that output fell."),
    ("unnamed", "Many experts", "", "Many experts say that output will fall."),
    ("unnamed", "One observer", "", "One observer noted that output would fall."),
    ("document", "A police report", "", "A police report says that output fell."),
    ("organisation", "The government", "", "The government says that output fell."),
    ("person", "Maria Olsen", "BBC News", "Maria Olsen told BBC News that output fell."),
    ("person", "Maria Olsen", "Reuters", "Reuters reported that Maria Olsen said output fell."),
    ("organisation", "Reuters", "", "According to Reuters, output fell."),
    ("unnamed", "", "", "Output reportedly fell in May."),
]


@pytest.mark.parametrize(
    ("kind", "name", "outlet", "text"), [pytest.param(*row, id=row[-1]) for row in HOLDERS]
)
def test_holder(nlp: Language, kind: str, name: str, outlet: str, text: str) -> None:
    (quote,) = quotes_of(nlp, text)
    assert (quote.source_type, quote.source_name, quote.outlet) == (kind, name, outlet)


def test_pronoun_goes_on_with_the_speaker(nlp: Language) -> None:
    text = "Maria Olsen said that output fell. She added that prices rose."
    first, second = quotes_of(nlp, text)
    assert first.source_name == second.source_name == "Maria Olsen"
    assert second.source[0].of(text) == "She"


def test_quotation_over_paragraphs_is_one(nlp: Language) -> None:
    text = "“The pier is old,” said Maria Olsen. “It must go.\n\n“We will build another.”"
    (quote,) = quotes_of(nlp, text)
    assert [span.of(text) for span in quote.content] == [
        "The pier is old",
        "It must go",
        "We will build another",
    ]


def test_quotation_without_a_cue_goes_to_the_speaker_before(nlp: Language) -> None:
    text = "Maria Olsen said that output fell.\n\n“Nobody could have seen it in May.”"
    _, second = quotes_of(nlp, text)
    assert (second.source_name, second.cue) == ("Maria Olsen", ())
    assert second.rule == "floating"


def test_block_behind_a_colon(nlp: Language) -> None:
    text = "The mayor wrote:\n\nThe pier was never safe for anybody."
    (quote,) = quotes_of(nlp, text)
    assert quote.content[0].of(text) == "The pier was never safe for anybody"
    assert quote.kind == "direct"


def test_statement_inside_a_quotation_stays_with_its_speaker(nlp: Language) -> None:
    (quote,) = quotes_of(nlp, "“He told me that output fell,” said Maria Olsen.")
    assert quote.source_name == "Maria Olsen"


def test_two_quotations_of_which_the_first_is_no_speech(nlp: Language) -> None:
    text = (
        "Waving flags calling Ortiz “Valmere’s Slowest Driver,” the marchers sang"
        " “Lena Ortiz: late for the bus, late for us.”"
    )
    said = [words_of(text, quote) for quote in quotes_of(nlp, text)]
    assert ["the marchers"] in [words["S"] for words in said]


def test_doc_without_a_parse_has_no_quotes() -> None:
    register()
    doc = spacy.blank("en")("“We won,” said Maria Olsen.")
    assert QuoteFinder()(doc)._.quotes == ()


@pytest.mark.parametrize(
    "text",
    [
        '"' * 300,
        "said " * 400,
        "“said ” " * 100,
        "he said that " * 60,
        "“a\n" * 100,
        "said:\n" * 80,
    ],
    ids=["marks", "cues", "quoted-cues", "nesting", "unclosed", "colons"],
)
def test_noise_gives_sound_spans(nlp: Language, text: str) -> None:
    quotes = quotes_of(nlp, text)
    assert list(quotes) == sorted(quotes, key=lambda q: (q.content[0], q.cue, q.source))
    for quote in quotes:
        for span in (*quote.content, *quote.cue, *quote.source):
            assert span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "source", "outlet"),
    [
        pytest.param(
            "An internal e-mail, quoted by the newspaper Jornal Claro, said that tanks were empty.",
            "An internal e-mail",
            "Jornal Claro",
            id="newspaper_quoting_a_document",
        ),
        pytest.param(
            "A report obtained by Reuters said that the dam was unsafe.",
            "A report",
            "Reuters",
            id="outlet_that_saw_a_document",
        ),
        pytest.param(
            "The vice-president of the club said that fans were safe.",
            "The vice-president of the club",
            "",
            id="hyphenated_role",
        ),
        pytest.param(
            "A letter seen by the minister said that the mine was shut.",
            "A letter",
            "",
            id="a_minister_is_no_outlet",
        ),
    ],
)
def test_sources_are_whole_words_with_their_outlet(
    nlp: Language, text: str, source: str, outlet: str
) -> None:
    (quote,) = quotes_of(nlp, text)
    assert (words_of(text, quote)["S"], quote.outlet) == ([source], outlet)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        pytest.param(
            "A minister of Belmora pleaded not guilty on Monday to charges that she sold land.",
            "charges",
            "she sold land",
            id="pleaded_to_charges",
        ),
        pytest.param(
            "He faces accusations that he lied to the court.",
            "accusations",
            "he lied to the court",
            id="faces_accusations",
        ),
        pytest.param(
            "The firm was charged with dumping waste.",
            "charged",
            "dumping waste",
            id="charged_with",
        ),
        pytest.param(
            "It's noted that the dam is unsafe.", "noted", "the dam is unsafe", id="expletive"
        ),
    ],
)
def test_statements_without_a_holder(nlp: Language, text: str, cue: str, content: str) -> None:
    (quote,) = quotes_of(nlp, text)
    assert (quote.source, quote.source_name, quote.source_type) == ((), "", "unnamed")
    assert words_of(text, quote) == {"S": [], "C": [cue], "Q": [content]}


@pytest.mark.parametrize("pronoun", ["They", "It"])
def test_an_unread_pronoun_names_nobody(nlp: Language, pronoun: str) -> None:
    text = f"{pronoun} said that the dam was unsafe."
    (quote,) = quotes_of(nlp, text)
    assert (words_of(text, quote)["S"], quote.source_name) == ([pronoun], "")


def test_the_source_begins_with_the_whole_role(nlp: Language) -> None:
    text = "Spanish Minister of Industry, Trade and Tourism Reyes Olmo said that exports grew."
    (quote,) = quotes_of(nlp, text)
    assert words_of(text, quote)["S"] == [text[: text.index(" said")]]
    assert quote.source_name == "Reyes Olmo"


def test_that_without_a_parsed_clause_reports_the_rest_of_the_sentence(nlp: Language) -> None:
    text = "The report states that few if any makers use salted paper in the making of foods."
    (quote,) = quotes_of(nlp, text)
    assert words_of(text, quote)["Q"] == [text[text.index("few") : -1]]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        pytest.param("[S The county] [C puts] [Q the cost at $40,000].", "The county", id="put-at"),
        pytest.param("Most fell; [S others] [C blamed] [Q the ice].", "others", id="blamed"),
        pytest.param(
            "[S The mayor] [C promised] [Q $300 to each family].", "The mayor", id="promised-a-sum"
        ),
        pytest.param(
            "Two clerks [C say] that [Q the fund was sound, but lost money].",
            "Two clerks",
            id="past-verb-behind-a-present-cue",
        ),
        pytest.param(
            "The Harbour Herald, quoting [S a pilot], [C reported] that [Q the pier was unsafe].",
            "a pilot",
            id="the-quoted-not-the-paper",
        ),
        pytest.param(
            "[S The bank] [C rejected] the claim that [Q it had hidden its losses].",
            "The bank",
            id="rejected-claim",
        ),
        pytest.param(
            '[S The bank] [C rejected] the charge: "[Q We paid every bill]."',
            "The bank",
            id="words-behind-a-colon",
        ),
    ],
)
def test_objects_and_colons(nlp: Language, marked: str, name: str) -> None:
    text, words = unmark(marked)
    (quote,) = quotes_of(nlp, text)
    assert words_of(text, quote)["Q"] == words["Q"]
    assert words_of(text, quote)["C"] == words["C"]
    assert quote.source_name == name


def test_a_claim_that_another_rejects_is_its_owner_s(nlp: Language) -> None:
    (quote,) = quotes_of(nlp, "The bank rejected a claim by Maria Olsen that it hid its losses.")
    assert (quote.source_name, quote.rule) == ("Maria Olsen", "noun")


def test_many_people_stay_they(nlp: Language) -> None:
    text = "The report is in the Journal of Ports. The researchers saw it. They said it was new."
    assert [quote.source_name for quote in quotes_of(nlp, text)] == ["The researchers"]


def test_a_pronoun_looks_to_the_clause_above(nlp: Language) -> None:
    text = "Port officials went to a court in Turku, where they said that the pier was unsafe."
    assert [quote.source_name for quote in quotes_of(nlp, text)] == ["Port officials"]
