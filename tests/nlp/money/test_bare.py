"""Counts whose noun is left out, and numbers that look like them and count nothing."""

from __future__ import annotations

import pytest
from spacy.language import Language


def counts(nlp: Language, text: str) -> list[tuple[str, str]]:
    figures = nlp(text)._.figures
    return [(figure.span.of(text), figure.unit) for figure in figures if figure.kind == "count"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("By noon 260 had joined the march.", [("260", "")], id="subject"),
        pytest.param("At least 30 were killed in the blast.", [("30", "people")], id="killed"),
        pytest.param("Last month 260 joined.", [("260", "")], id="behind-a-date"),
        pytest.param("Only 14 of the 20 came back.", [("14", "")], id="part"),
        pytest.param("The mill employed 2,600.", [("2,600", "")], id="object"),
        pytest.param("A crowd of about 700 filled the square.", [("700", "")], id="crowd-of"),
        pytest.param("Between 300 and 400 gathered.", [("300 and 400", "")], id="range"),
        pytest.param(
            "Of the 90 flats planned, 35 were built.", [("90", "flats"), ("35", "flats")], id="of"
        ),
        pytest.param(
            "It shut 12 banks and will shut another 30.",
            [("12", "banks"), ("30", "banks")],
            id="another",
        ),
        pytest.param(
            "Arrests rose to 340 from 280.",
            [("340", "arrests"), ("280", "arrests")],
            id="what-rose",
        ),
        pytest.param("Staff numbers fell by 1,150 to 18,400.", [("18,400", "")], id="fell-by-to"),
        pytest.param("She turned 39 in May.", [], id="age"),
        pytest.param("He was 17 when he left.", [], id="was-17"),
        pytest.param("He scored 34 before lunch.", [], id="score"),
        pytest.param("They lost 3-1 and 2-0.", [], id="scores"),
        pytest.param("Number 9 was sent off.", [], id="shirt"),
        pytest.param("See page 12 and item 14.", [], id="page"),
        pytest.param("Dial 999 in an emergency.", [], id="telephone"),
        pytest.param("The shop is open from 9 to 5.", [], id="hours"),
        pytest.param("The index rose by 340 to 7,120.", [], id="level"),
        pytest.param("The fever reached 39.", [], id="reading"),
        pytest.param("Seven is enough.", [], id="one-number"),
        pytest.param("The old Boeing 747 landed late.", [], id="model"),
        pytest.param("The class of 95 met again.", [], id="class-of"),
    ],
)
def test_counts_without_a_noun(nlp: Language, text: str, wanted: list[tuple[str, str]]) -> None:
    assert counts(nlp, text) == wanted


@pytest.mark.parametrize(
    ("text", "age"),
    [
        pytest.param("He was 17 when he left.", 17, id="was-when"),
        pytest.param("She died at the age of 52.", 52, id="age-of"),
        pytest.param("Two girls, aged 14 and 15, ran.", 15, id="aged-two"),
        pytest.param("He was 17 votes short.", None, id="votes"),
    ],
)
def test_ages(nlp: Language, text: str, age: int | None) -> None:
    ages = [figure.amount for figure in nlp(text)._.figures if figure.unit == "years old"]
    assert (ages[-1] if ages else None) == age


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        pytest.param("Up to 30mm of rain fell.", ["30 millimetres"], id="glued"),
        pytest.param("Expect 20 to 30mm of rain.", ["20..30 millimetres"], id="range"),
        pytest.param("It raised $30mm.", ["30000000 USD"], id="millions"),
        pytest.param("It cost $-0.", ["0 USD"], id="no-minus-nought"),
    ],
)
def test_mm(nlp: Language, text: str, amounts: list[str]) -> None:
    found = [
        f"{f.amount if f.amount is not None else f'{f.low}..{f.high}'} {f.currency or f.unit}"
        for f in nlp(text)._.figures
    ]
    assert found == amounts


@pytest.mark.parametrize(
    ("text", "per"),
    [
        pytest.param("It costs $175 a dose.", "dose", id="dose"),
        pytest.param("The fare is $4 each way.", "", id="each-way"),
        pytest.param("They cost $4 each.", "each", id="each"),
    ],
)
def test_per(nlp: Language, text: str, per: str) -> None:
    assert nlp(text)._.figures[0].per == per
