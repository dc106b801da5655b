"""Which shorter name is short for a longer one, and which is another thing's."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Span

from pipeline.nlp.entities.acronyms import is_half_spelled_out, is_spelled_out
from pipeline.nlp.entities.clusters import Cluster
from pipeline.nlp.entities.things import link_things
from pipeline.nlp.entities.tokens import names_in

VOCAB = English().vocab


def doc_of(*names: tuple[str, str]) -> Doc:
    """A text that consists of these names, (words, type) each, a comma behind each."""
    words, spans = [], []
    for text, label in names:
        spans.append((len(words), len(words) + len(text.split()), label))
        words += [*text.split(), ","]
    doc = Doc(VOCAB, words=words)
    doc.ents = [Span(doc, start, end, label) for start, end, label in spans]
    return doc


def clusters_of(*names: tuple[str, str]) -> list[Cluster]:
    doc = doc_of(*names)
    return link_things(doc, names_in(doc))


@pytest.mark.parametrize(
    ("long", "short"),
    [
        pytest.param(("Quillon University", "ORG"), ("Quillon", "ORG"), id="kind_of_body_left_out"),
        pytest.param(("Tarn Music Publishing", "ORG"), ("Tarn Music", "ORG"), id="what_it_does"),
        pytest.param(("Belmora Institute for Peace", "ORG"), ("Institute", "ORG"), id="head_noun"),
        pytest.param(("Committee on Tolls", "ORG"), ("Committee", "ORG"), id="head_noun_first"),
        pytest.param(("Norwegian Ferry Board", "ORG"), ("Ferry Board", "ORG"), id="place_in_front"),
        pytest.param(("Orra Islands", "LOC"), ("Orra", "LOC"), id="islands"),
        pytest.param(("Harvest Fair 2016", "EVENT"), ("Harvest Fair", "EVENT"), id="year"),
        pytest.param(("University of Tarnow", "ORG"), ("Tarnow", "ORG"), id="university_of"),
        pytest.param(("Velde di Sopra", "GPE"), ("Velde", "GPE"), id="town_by_its_first_word"),
    ],
)
def test_one_thing(long: tuple[str, str], short: tuple[str, str]) -> None:
    (cluster,) = clusters_of(long, short)
    assert [link.name.text for link in cluster.links] == [long[0], short[0]]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        pytest.param(("Belmora Post", "ORG"), ("Belmora", "GPE"), id="paper_of_a_town"),
        pytest.param(("Belmora High School", "ORG"), ("Belmora", "GPE"), id="school_of_a_town"),
        pytest.param(("Belmora County", "GPE"), ("Belmora", "GPE"), id="county"),
        pytest.param(("Belmora Airport", "FAC"), ("Belmora", "GPE"), id="airport"),
        pytest.param(("Orra River", "LOC"), ("Orra", "GPE"), id="river"),
        pytest.param(("Orra River Dam", "FAC"), ("Orra River", "LOC"), id="dam_of_a_river"),
        pytest.param(("QBN Television", "ORG"), ("QBN", "ORG"), id="part_of_an_acronym"),
        pytest.param(("Acme Bank Trophy", "EVENT"), ("Acme Bank", "ORG"), id="event_of_a_sponsor"),
        pytest.param(("Quillon Avalon", "ORG"), ("Quillon", "ORG"), id="product"),
        pytest.param(("Bank of Belmora", "ORG"), ("Belmora", "GPE"), id="place_of_a_bank"),
    ],
)
def test_two_things(long: tuple[str, str], short: tuple[str, str]) -> None:
    assert len(clusters_of(long, short)) == 2


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        pytest.param("NAVBEL", "National Naval Command Belmora", True, id="first_letters_of_words"),
        pytest.param("BIP", "Belmora Institute Press", True, id="initials"),
        pytest.param("XYZ", "Belmora Institute Press", False, id="other_letters"),
        pytest.param("BX", "Belmora Xylem", False, id="two_letters_prove_nothing"),
    ],
)
def test_spelled_out(short: str, long: str, fits: bool) -> None:
    assert is_spelled_out(short, long) is fits


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        pytest.param("U.S. Tarn Board", "United States Tarn Board", True, id="two_names_of_it"),
        pytest.param("Peruvian National Choir", "National Choir of Peru", True, id="people"),
        pytest.param("Bank of Peru", "Peruvian Bank", False, id="only_a_common_noun_left"),
        pytest.param("National Choir of Peru", "National Choir of Chile", False, id="elsewhere"),
        pytest.param("Quill TV", "Quill Television", True, id="abbreviated_word"),
    ],
)
def test_two_ways_to_write_a_name(one: str, two: str, same: bool) -> None:
    assert len(clusters_of((one, "ORG"), (two, "ORG"))) == (1 if same else 2)


@pytest.mark.parametrize(
    ("short", "long", "same"),
    [
        ("QSB", "Quill Statsbaner", True),
        ("DGMI", "Military Intelligence", True),
        ("UNICEF", "United Nations", False),
        ("KY", "Louisville", False),
    ],
)
def test_half_an_acronym(short: str, long: str, same: bool) -> None:
    assert is_half_spelled_out(short, long) is same


def test_the_article_may_give_the_first_letter() -> None:
    words = ["TQF", "(", "The", "Quill", "Factory", ")", "closed", "."]
    doc = Doc(VOCAB, words=words)
    doc.ents = [Span(doc, 0, 1, "ORG"), Span(doc, 3, 5, "ORG")]
    (cluster,) = link_things(doc, names_in(doc))
    assert cluster.name == "Quill Factory"
