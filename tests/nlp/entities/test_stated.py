"""Other names that a text states, and long forms that an acronym in brackets bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from pipeline.nlp.entities.definitions import read_definitions
from pipeline.nlp.entities.names import Name
from pipeline.nlp.entities.stated import read_aliases

NLP = English()
NLP.add_pipe("sentencizer")


def marked(text: str) -> tuple[Doc, list[Name]]:
    """A text and its names: "[Acme Bank|ORG] was sold" without the marks."""
    plain, spans = "", []
    for piece in text.split("["):
        if "]" in piece:
            inner, rest = piece.split("]", 1)
            name, label = inner.split("|")
            spans.append((len(plain), len(plain) + len(name), label))
            plain += name + rest
        else:
            plain += piece
    doc = NLP(plain)
    names = []
    for start, end, label in spans:
        span = doc.char_span(start, end)
        assert span is not None
        names.append(Name(span.start, span.end, label, span.text))
    return doc, names


def pairs_of(text: str) -> list[tuple[str, str]]:
    doc, names = marked(text)
    found, pairs = read_aliases(doc, doc.text, names)
    words = {name.start: doc[name.start : name.end].text for name in found}
    return [(words[one], words[two]) for one, two in pairs]


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        pytest.param("[Quill Media|ORG], formerly known as [Tarn Press|ORG], fell.", "Tarn Press"),
        pytest.param("[Quill Media|ORG] (also known as Tarn Press) fell.", "Tarn Press"),
        pytest.param("[Belmora|GPE] was originally named [Kirkstad|PERSON].", "Kirkstad"),
        pytest.param("[Belmora|GPE] (now Kirkstad) is calm.", "Kirkstad"),
        pytest.param("[Jane Roe|PERSON] (née [Doe|ORG]) sang.", "Doe"),
        pytest.param("[Ivo Roe|PERSON] (1901-1985), known as [Ivo Falk|PERSON], sang.", "Ivo Falk"),
        pytest.param("[Ivo Roe|PERSON] (now Pope [Pius XX|PERSON]) spoke.", "Pius XX"),
        pytest.param("[Great Sound|LOC] (Danish: Storesund) is deep.", "Storesund"),
        pytest.param("[Osten Bay|LOC] (大阪湾) is deep.", "大阪湾"),
        pytest.param("[Kungsverket|ORG] (Royal Works Board) was sued.", "Royal Works Board"),
        pytest.param("[Orra Valley|LOC] (Tarn Valley) is green.", "Tarn Valley"),
        pytest.param("The [Orra Act|LAW] or [Toll Act|LAW] was a statute.", "Toll Act"),
    ],
)
def test_a_stated_alias(text: str, alias: str) -> None:
    assert [two for _, two in pairs_of(text)] == [alias]


def test_a_list_of_aliases() -> None:
    text = "[Tarn Hill School|ORG], also known as [Hill School|ORG] or simply Hill, was founded."
    assert pairs_of(text) == [("Tarn Hill School", "Hill School"), ("Hill School", "Hill")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[Roe|PERSON] called [Doe|PERSON] a liar.", id="calls"),
        pytest.param("[Roe|PERSON] originally named [Doe|PERSON] to the board.", id="names"),
        pytest.param("[Roe|PERSON] was named Head of Communications.", id="office"),
        pytest.param("[Roe|PERSON] was named head of [Acme|ORG].", id="office_in_lower_case"),
        pytest.param("[Quill Electric|ORG] ([Japan|GPE]) grew.", id="where_it_is"),
        pytest.param("[Springfield|GPE] ([Vale County|GPE]) grew.", id="where_a_town_is"),
        pytest.param("[Ann Roe|PERSON] ([Quill Front|ORG]) voted.", id="party"),
        pytest.param("[Captain Vane|PERSON] ([Ann Roe|PERSON]) sings.", id="who_plays_it"),
        pytest.param("[Tarn Stock Exchange|ORG] (TSE 1503) fell.", id="ticker"),
        pytest.param("[Acme Bank|ORG] or [Quill Bank|ORG] will buy it.", id="either"),
        pytest.param("[Acme Bank|ORG], [Quill Bank|ORG] and others fell.", id="list"),
    ],
)
def test_no_alias(text: str) -> None:
    assert pairs_of(text) == []


def test_what_is_said_of_no_name_is_none() -> None:
    doc, names = marked("[Ann Roe|PERSON] (born May 3, 1970) sang.")
    doc.ents = [doc.char_span(14, 25, label="DATE")]
    assert read_aliases(doc, doc.text, names)[1] == []


@given(st.text(alphabet='Aa"( )or,known asb:é大\n', max_size=60))
def test_any_text_behind_a_name(tail: str) -> None:
    doc, names = marked(f"[Quill Media|ORG] {tail}")
    found, pairs = read_aliases(doc, doc.text, names)
    starts = [name.start for name in found]
    assert starts == sorted(set(starts))
    assert all(one in starts and two in starts for one, two in pairs)


def bounds_of(text: str) -> list[str]:
    doc, names = marked(text)
    found = read_definitions(doc, doc.text, names)
    return [doc[name.start : name.end].text for name in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "the Navy, Army and [Air Force Institutes|ORG] (NAAFI)",
            ["Navy, Army and Air Force Institutes"],
            id="list",
        ),
        pytest.param(
            "the Movement for Quill [Democracy|PERSON] (MQD)",
            ["Movement for Quill Democracy"],
            id="cut",
        ),
        pytest.param("[Relevant Quill Tarn Board|ORG] (QTB)", ["Quill Tarn Board"], id="too_long"),
        pytest.param("the [U.S. Tarn Board|ORG] (USTB)", ["U.S. Tarn Board"], id="dotted"),
        pytest.param("the Song of Tolls and Ports (STP)", [], id="words_that_name_no_body"),
        pytest.param(
            "the Council for Tolls and Ports (CTP)", ["Council for Tolls and Ports"], id="missed"
        ),
        pytest.param(
            "[French Quill Party|ORG] (QP)", ["French Quill Party"], id="country_in_front"
        ),
        pytest.param(
            "[Fenn|GPE], [Lorr|GPE], [Orra|GPE] and [Wick|GPE] (FLOW)",
            ["Fenn", "Lorr", "Orra", "Wick"],
            id="several_towns",
        ),
        pytest.param("[Acme Bank|ORG] (XYZ)", ["Acme Bank"], id="letters_do_not_fit"),
        pytest.param("gross domestic product (GDP)", [], id="common_nouns"),
    ],
)
def test_the_long_form_of_an_acronym(text: str, names: list[str]) -> None:
    assert bounds_of(text) == names
