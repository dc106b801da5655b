"""Which names are one person's."""

from __future__ import annotations

import pytest

from pipeline.nlp.entities.names import Name, person_words
from pipeline.nlp.entities.people import link_people, same_person


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Dr. Jane Roe", ("jane", "roe"), id="title"),
        pytest.param("Jane Roe Jr.", ("jane", "roe"), id="generation"),
        pytest.param('John "Jack" Doe', ("john", "doe"), id="nickname"),
        pytest.param("Omar al-Sadi", ("omar", "sadi"), id="arabic-article"),
        pytest.param("Zoë Müller", ("zoe", "muller"), id="accents"),
    ],
)
def test_person_words(text: str, words: tuple[str, ...]) -> None:
    assert person_words(text) == words


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        pytest.param("Jane Roe", "Jane Mary Roe", True, id="middle-name"),
        pytest.param("J. Roe", "Jane Roe", True, id="initial"),
        pytest.param("Jane Roe", "John Roe", False, id="other-first-name"),
        pytest.param("Jane Roe", "Jane Doe", False, id="other-surname"),
        pytest.param("Jane A. Roe", "Jane B. Roe", False, id="other-middle-initial"),
        pytest.param("Mary Jane", "Mary Jane Roe", True, id="surname-added"),
        pytest.param("Roe Jong-un", "Roe Jong Un", True, id="hyphen"),
        pytest.param("Ana Roe-Doe", "Ana Roe Doe Falk", True, id="double-surname"),
        pytest.param("Roe Jong-un", "Roe Jong-il", False, id="other-hyphenated-name"),
    ],
)
def test_same_person(one: str, two: str, same: bool) -> None:
    assert same_person(person_words(one), person_words(two)) is same


def clusters_of(*texts: str) -> list[tuple[str, list[str]]]:
    names = [Name(i, i + 1, "PERSON", text) for i, text in enumerate(texts)]
    return [
        (cluster.name, [f"{link.name.text}:{link.rule}" for link in cluster.links])
        for cluster in link_people(names)
    ]


def test_surname_and_first_name_go_to_the_full_name() -> None:
    assert clusters_of("Jane Roe", "Roe", "Jane") == [
        ("Jane Roe", ["Jane Roe:name", "Roe:surname", "Jane:first_name"])
    ]


def test_two_people_of_one_surname_stay_two() -> None:
    """The bare surname stays by itself where either may be meant."""
    found = clusters_of("Jane Roe", "John Roe", "Roe")
    assert [name for name, _ in found] == ["Jane Roe", "John Roe", "Roe"]


@pytest.mark.parametrize(
    ("texts", "link"),
    [
        pytest.param(("Jane Roe", "Roe", "John Roe"), "Roe:surname_near", id="the_only_one_so_far"),
        pytest.param(("Jane Roe", "Jane Roe", "John Roe", "Roe"), "Roe:surname_usual", id="by_far"),
    ],
)
def test_a_shared_surname_goes_to_the_one_clearly_meant(texts: tuple[str, ...], link: str) -> None:
    found = dict(clusters_of(*texts))
    assert link in found["Jane Roe"]


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        pytest.param((0, 0, 0), "", id="two_in_the_paragraph"),
        pytest.param((0, 1, 1), "John Roe", id="one_in_the_paragraph"),
    ],
)
def test_the_paragraph_tells_two_people_of_one_surname_apart(
    lines: tuple[int, ...], meant: str
) -> None:
    texts = ("Jane Roe", "John Roe", "Roe")
    names = [
        Name(i, i + 1, "PERSON", text, line=line)
        for i, (text, line) in enumerate(zip(texts, lines, strict=True))
    ]
    found = [c.name for c in link_people(names) if any(x.name.start == 2 for x in c.links)]
    assert found == [meant or "Roe"]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        pytest.param("William Roe", "Bill Roe", True, id="short_form"),
        pytest.param("Larry Roe", "Lawrence J. Roe", True, id="short_form_and_initial"),
        pytest.param("William Roe", "Bob Roe", False, id="another_name"),
        pytest.param("Ivo III", "Ivo IV", False, id="regnal_numbers"),
        pytest.param("Jane Roe III", "Jane Roe", True, id="generation"),
    ],
)
def test_full_names(one: str, two: str, same: bool) -> None:
    assert (len(clusters_of(one, two)) == 1) is same


def test_a_title_tells_two_people_of_one_surname_apart() -> None:
    names = [
        Name(0, 1, "PERSON", "Jane Roe"),
        Name(1, 2, "PERSON", "John Roe"),
        Name(2, 3, "PERSON", "Roe", role="Mrs.", gender="f"),
    ]
    jane, john = link_people(names)
    assert [link.rule for link in jane.links] == ["name", "surname"]
    assert len(john.links) == 1


def test_a_surname_means_nobody_named_only_as_a_relative() -> None:
    names = [Name(i, i + 1, "PERSON", text) for i, text in enumerate(("Ann Roe", "Ivo Roe", "Roe"))]
    names[1].kin = True
    ann = link_people(names)[0]
    assert [link.name.text for link in ann.links] == ["Ann Roe", "Roe"]


def test_a_stated_name_is_known_by_each_of_its_words() -> None:
    texts = ("Ivo Roe", "Max Falk", "Ann Quill", "Falk", "Roe")
    names = [Name(i, i + 1, "PERSON", text) for i, text in enumerate(texts)]
    ivo, ann = link_people(names, [(0, 1)])
    assert [link.name.text for link in ivo.links] == ["Ivo Roe", "Max Falk", "Falk", "Roe"]
    assert len(ann.links) == 1


def test_the_name_shown_has_no_title() -> None:
    assert clusters_of("Saint Ivo", "Ivo")[0][0] == "Ivo"
