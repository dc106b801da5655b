"""The component on marked texts, with the real model: few, and each for one rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.nlp.entities.component import analyse
from pipeline.nlp.entities.resolve import name_of
from pipeline.nlp.entities.roles import is_relative
from pipeline.nlp.entities.tokens import names_in
from pipeline.nlp.entities.watchlist import read_watchlist

MARK = re.compile(r"\[(\w+) ([^\]]+)\]")


def analysed(nlp: Language, text: str) -> Doc:
    """The text by the model alone and this component."""
    with nlp.select_pipes(
        disable=[
            name for name in nlp.pipe_names if name.startswith("pipeline_") and "blocks" not in name
        ]
    ):
        return analyse(nlp(text))


def link_of(doc: Doc, words: str, nth: int = 0) -> tuple[str, str]:
    """(canonical name, rule) of the nth mention of these words."""
    names = {entity.entity_id: entity.name for entity in doc._.entities}
    found = [mention for mention in doc._.mentions if mention.span.of(doc.text) == words]
    return (names[found[nth].entity_id], found[nth].rule) if len(found) > nth else ("", "")


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(
            "Talks between the [GPE U.S.]-[GPE Cuba] commission's envoys ended in [GPE Madrid].",
            id="one-token-two-countries",
        ),
        pytest.param(
            "The Norwegian economist [PERSON Ingrid Solberg]'s report was read by"
            " Prime Minister [PERSON Lars Holm].",
            id="titles-and-possessive-stay-outside",
        ),
        pytest.param(
            "[PERSON Omar Haddad] spoke first.\n[PERSON Haddad] later met reporters.",
            id="no-name-runs-over-a-line-break",
        ),
        pytest.param(
            "The [ORG Baltic Energy Council] ([ORG BEC]) met on Friday. Critics say [ORG BEC]"
            " is slow.",
            id="acronym-in-brackets-has-the-type-of-its-long-form",
        ),
    ],
)
def test_spans(nlp: Language, marked: str) -> None:
    text = MARK.sub(r"\2", marked)
    expected = [(label, words) for label, words in MARK.findall(marked)]
    doc = analysed(nlp, text)
    found = [(ent.label_, ent.text) for ent in doc.ents if ent.label_ in ("PERSON", "ORG", "GPE")]
    assert found == expected


STORY = (
    "Danish Foreign Minister Ingrid Solberg met reporters in Oslo on Monday. Solberg said exports"
    " had fallen. She blamed the Nordic Trade Institute. The institute denied the charge."
    " The minister did not answer, and the NTI closed its doors."
)


@pytest.mark.parametrize(
    ("words", "name", "rule"),
    [
        pytest.param("Solberg", "Ingrid Solberg", "surname", id="surname"),
        pytest.param("She", "Ingrid Solberg", "pronoun", id="pronoun"),
        pytest.param("The minister", "Ingrid Solberg", "role", id="role"),
        pytest.param("The institute", "Nordic Trade Institute", "head_word", id="head-word"),
        pytest.param("NTI", "Nordic Trade Institute", "acronym", id="acronym"),
        pytest.param("Danish", "Denmark", "nationality", id="nationality"),
    ],
)
def test_links(nlp: Language, words: str, name: str, rule: str) -> None:
    assert link_of(analysed(nlp, STORY), words) == (name, rule)


PRESIDENTS = (
    "Ruritanian President Boris Falk called Georgian President Otar Beridze on Monday. Falk was"
    " angry. The Georgian president said he was ready. The Institute of Marine Research was"
    " surprised and told the ministry so."
)


def test_a_nationality_chooses_among_two_of_one_role(nlp: Language) -> None:
    assert link_of(analysed(nlp, PRESIDENTS), "The Georgian president")[0] == "Otar Beridze"


def test_calling_somebody_makes_no_alias(nlp: Language) -> None:
    assert link_of(analysed(nlp, PRESIDENTS), "Falk")[0] == "Boris Falk"


def test_the_ministry_is_no_institute(nlp: Language) -> None:
    assert link_of(analysed(nlp, PRESIDENTS), "the ministry") == ("", "")


def test_the_role_in_front_is_kept(nlp: Language) -> None:
    doc = analysed(nlp, STORY)
    roles = [m.role for m in doc._.mentions if m.span.of(doc.text) == "Ingrid Solberg"]
    assert roles == ["Danish Foreign Minister"]


def test_nationality_and_country_meet(nlp: Language) -> None:
    doc = analysed(nlp, "Peru lost. Peruvian officials were silent. Lima denied the report.")
    codes = [entity.code for entity in doc._.entities]
    assert codes == ["PE"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("Farmers in Georgia are worried.", "", id="state-or-country"),
        pytest.param("Farmers in Georgia met Georgian officials.", "GE", id="country"),
    ],
)
def test_georgia_is_a_country_only_if_the_text_says_so(nlp: Language, text: str, code: str) -> None:
    assert {entity.code for entity in analysed(nlp, text)._.entities} == {code}


def test_a_dateline_is_no_government(nlp: Language) -> None:
    doc = analysed(nlp, "Lima, Peru — Police said on Monday that two people had died.")
    assert "capital_government" not in {mention.rule for mention in doc._.mentions}


def test_ids_do_not_depend_on_the_order(nlp: Language) -> None:
    one = analysed(nlp, "Jane Roe met Omar Haddad in Peru.")
    two = analysed(nlp, "In Peru, Omar Haddad met Jane Roe.")
    assert {e.entity_id for e in one._.entities} == {e.entity_id for e in two._.entities}


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        pytest.param(
            "Her attorney, Leonard Lind, said so.",
            "Her attorney, Leonard Lind",
            "Leonard Lind",
            id="apposition",
        ),
        pytest.param(
            "A spokesman for Boeing said so.", "A spokesman for Boeing", "", id="of-somebody-else"
        ),
        pytest.param(
            "Jane Roe resigned. Her brother was angry, she said.", "she", "Jane Roe", id="she"
        ),
        pytest.param("Police in Oslo said so. He left.", "He", "", id="nobody-to-refer-to"),
    ],
)
def test_name_of(nlp: Language, text: str, phrase: str, name: str) -> None:
    doc = analysed(nlp, text)
    start = text.rindex(phrase)
    assert name_of(doc, start, start + len(phrase))[0] == name


def test_name_of_outside_the_text_is_nobody(nlp: Language) -> None:
    doc = analysed(nlp, "Jane Roe left.")
    assert name_of(doc, 5, 500) == ("", "", 0.0)
    assert name_of(doc, 3, 3) == ("", "", 0.0)


def test_watchlist_finds_and_links(nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "watchlist.csv"
    path.write_text("name,aliases,type,id\nZorblatt Holding,zorb.ly,ORG,Q42\n", "utf-8")
    doc = nlp.make_doc("Shares of zorb.ly rose on Monday.")
    doc = analyse(doc, read_watchlist(str(path)))
    assert [(e.name, e.type, e.code) for e in doc._.entities] == [
        ("Zorblatt Holding", "ORG", "Q42")
    ]


@pytest.mark.parametrize("text", ["", " \n ", "a" * 3000, "(" * 200, "عبد الله 123 $$ [[1"])
def test_hostile_texts_do_no_harm(nlp: Language, text: str) -> None:
    doc = analysed(nlp, text)
    assert all(mention.span.of(doc.text).strip() for mention in doc._.mentions)


@pytest.mark.parametrize(
    ("text", "words", "linked"),
    [
        pytest.param(
            "North and South Korea signed. North Korea agreed.",
            "North",
            ("North Korea", "name"),
            id="shared_last_word",
        ),
        pytest.param(
            "The Social Democratic Party (PSD) won. Later PSD was ready.",
            "PSD",
            ("Social Democratic Party", "acronym_defined"),
            id="acronym_of_another_language",
        ),
        pytest.param(
            "Lena Paris spoke first. Officials met in Paris. Paris said she was tired.",
            "Paris",
            ("Paris", "name"),
            id="surname_is_no_government",
        ),
        pytest.param(
            "Norwegian Minister of Foreign Trade and Industry Ingrid Solheim said so.",
            "Ingrid Solheim",
            ("Ingrid Solheim", "name"),
            id="portfolio_is_no_name",
        ),
        pytest.param(
            "A former environment minister of Belmora said on Monday that she had left.",
            "Belmora",
            ("Belmora", "name"),
            id="minister_of_a_place",
        ),
    ],
)
def test_names_in_their_surroundings(
    nlp: Language, text: str, words: str, linked: tuple[str, str]
) -> None:
    assert link_of(analysed(nlp, text), words) == linked


def test_the_role_with_its_portfolios_stays_with_the_person(nlp: Language) -> None:
    doc = analysed(
        nlp, "Norwegian Minister of Industry, Trade and Tourism Ingrid Solheim said exports grew."
    )
    people = [(m.span.of(doc.text), m.role) for m in doc._.mentions if m.label == "PERSON"]
    assert people == [("Ingrid Solheim", "Norwegian Minister of Industry, Trade and Tourism")]


@pytest.mark.parametrize(
    "phrase",
    ["A Doe spokesman", "Doe aides", "The Doe administration", "A former minister of Belmora"],
)
def test_what_belongs_to_a_person_or_place_is_not_it(nlp: Language, phrase: str) -> None:
    text = f"Joanna Doe met the envoys. {phrase} said no date was set."
    doc = analysed(nlp, text)
    start = text.index(phrase)
    assert name_of(doc, start, start + len(phrase))[0] in ("", phrase)


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        pytest.param("Talks with East and West Germany began.", "East", "East Germany", id="east"),
        pytest.param(
            "North Korea and South Korea met. The North said no.",
            "North",
            "North Korea",
            id="north",
        ),
        pytest.param(
            'The cartoonist Amos Quill Lee "Jimmy" Tarn died.',
            'Amos Quill Lee "Jimmy" Tarn',
            'Amos Quill Lee "Jimmy" Tarn',
            id="nickname",
        ),
    ],
)
def test_parts_of_names(nlp: Language, text: str, phrase: str, name: str) -> None:
    doc = analysed(nlp, text)
    start = text.rindex(phrase)
    assert name_of(doc, start, start + len(phrase))[0] == name


def test_they_may_be_people_without_a_name(nlp: Language) -> None:
    doc = analysed(nlp, "The Fisheries Board met the skippers. They said prices would rise.")
    assert [m for m in doc._.mentions if m.rule == "pronoun"] == []


def test_a_place_that_only_tells_where_somebody_sits_is_not_meant_by_it(nlp: Language) -> None:
    doc = analysed(nlp, "The Oslo-based carrier cut jobs on Friday. It said losses had grown.")
    assert link_of(doc, "It") == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Roe, the son of Ivo Roe, was elected.",
        "Ann Quill and her brother Ivo Roe were elected.",
        "Ann Quill was elected, and his wife, Ivo Roe, was glad.",
    ],
)
def test_a_relative_is_named_as_one(nlp: Language, text: str) -> None:
    doc = analysed(nlp, text)
    kin = {name.text: is_relative(doc, name) for name in names_in(doc) if name.label == "PERSON"}
    assert [name for name, found in kin.items() if found] == ["Ivo Roe"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("South Korea voted. Korean farmers protested.", {"KR"}, id="one_named"),
        pytest.param(
            "South Korea voted. North Korea did not. Korean farmers protested.",
            {"KR", "KP", ""},
            id="both_named",
        ),
        pytest.param(
            "Peru sent envoys to the Republic of Korea.", {"PE", "KR"}, id="official_name"
        ),
        pytest.param(
            "Iran voted on Friday. Leaders of the Islamic Republic were silent.",
            {"IR"},
            id="short_official_name",
        ),
    ],
)
def test_a_word_that_countries_share(nlp: Language, text: str, codes: set[str]) -> None:
    assert {entity.code for entity in analysed(nlp, text)._.entities} == codes


def test_a_name_in_latin_letters_is_shown(nlp: Language) -> None:
    doc = analysed(nlp, "Ivan Petrov (Иван Сергеевич Петров) was elected in Bulgaria.")
    assert [entity.name for entity in doc._.entities] == ["Ivan Petrov", "Bulgaria"]


def test_a_place_is_not_called_by_the_name_of_its_people(nlp: Language) -> None:
    doc = analysed(nlp, "Ships left Madeira in May. Madeiran sailors were glad.")
    assert [entity.name for entity in doc._.entities] == ["Madeira"]


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        pytest.param(
            "Peru sold copper to Chile, while the latter sold wine.", "the latter", "Chile"
        ),
        pytest.param("Peru lent Chile money. The former is rich.", "The former", ""),
        pytest.param("Peru met Chile, and the former is rich.", "the former", "Peru"),
        pytest.param("Peru met Chile and the former minister.", "the former", ""),
        pytest.param("Peru, Chile and Cuba met, and the latter left.", "the latter", ""),
        pytest.param(
            "Ties between Peru and Chile grew after the Gulf War, when the latter was rich.",
            "the latter",
            "Chile",
        ),
    ],
)
def test_one_of_two(nlp: Language, text: str, phrase: str, name: str) -> None:
    assert link_of(analysed(nlp, text), phrase)[0] == name


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            "President Ivo Karlin spoke in Tarn. The tax is for the next president to decide.",
            "the next president",
            "",
            id="the-next-one-is-somebody-else",
        ),
        pytest.param(
            "President Ivo Karlin met former President Anna Behr in Tarn."
            " The former president said the talks were good.",
            "The former president",
            "Anna Behr",
            id="the-former-one-is-called-so",
        ),
        pytest.param(
            "Varn Media published the list. A study by the liberal watchdog group Quill Matters"
            " found errors.",
            "the liberal watchdog group",
            "",
            id="a-description-belongs-to-the-name-behind-it",
        ),
        pytest.param(
            "The Orchard Party met in Tarn on Monday. The party has no leader.",
            "The party",
            "Orchard Party",
            id="the-only-party",
        ),
        pytest.param(
            "The Orchard Party met in Tarn on Monday. Republicans said they would vote against it."
            " The party has no leader.",
            "The party",
            "",
            id="a-party-named-by-its-followers",
        ),
        pytest.param(
            "The Orchard Party met in Tarn on Monday. The pro-democracy party won the vote.",
            "The pro-democracy party",
            "",
            id="a-party-that-is-described",
        ),
        pytest.param(
            "The White House said on Monday it would wait. The House passed the bill.",
            "House",
            "House",
            id="the-house-is-a-chamber",
        ),
    ],
)
def test_another_one_is_not_the_one_that_was_named(
    nlp: Language, text: str, words: str, expected: str
) -> None:
    assert link_of(analysed(nlp, text), words)[0] == expected


def test_the_verb_of_a_headline_is_no_part_of_a_name(nlp: Language) -> None:
    heading = "Ivo Karlin Joins Quill Morning Programme as Host"
    story = "Quill TV named a new host on Tuesday. Mr. Karlin will start in May."
    assert link_of(analysed(nlp, f"{heading}\n\n{story}"), "Karlin") == ("Ivo Karlin", "surname")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Grant", "McCoolin."], "Grant McCoolin"),
        (["Fred", "Roe", "Jr."], "Fred Roe Jr."),
        (["Ann", "B."], "Ann B."),
    ],
)
def test_a_stop_is_no_part_of_a_surname(nlp: Language, words: list[str], expected: str) -> None:
    doc = Doc(nlp.vocab, words)
    doc.ents = [Span(doc, 0, len(words), "PERSON")]
    assert [name.text for name in names_in(doc)] == [expected]


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("The regulator approved the vaccine Pasturvax. It costs $5.", "Pasturvax", "PRODUCT"),
        ("Two doses of Pasturvax were given to 500 people.", "Pasturvax", "PRODUCT"),
        ("Lekvorin, a drug against asthma, was refused.", "Lekvorin", "PRODUCT"),
        ("Doctors prescribed Lekvorin 300 times.", "Lekvorin", "PRODUCT"),
        ("The car Behr drove was stolen.", "Behr", "PERSON"),
        ("Anna Behr took the drug. Behr was ill.", "Behr", "PERSON"),
    ],
)
def test_what_is_swallowed_or_driven_is_no_person(
    nlp: Language, text: str, words: str, label: str
) -> None:
    doc = analysed(nlp, text)
    found = [mention for mention in doc._.mentions if mention.span.of(text) == words]
    assert [mention.label for mention in found] == [label]
