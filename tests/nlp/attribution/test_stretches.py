"""Quoted stretches: found by their marks alone, in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.attribution.stretches import find_stretches


def inner(text: str) -> list[str]:
    return [text[s.inner_start : s.inner_end] for s in find_stretches(text)]


CASES = [
    pytest.param('"We won," she said.', ["We won,"], id="straight"),
    pytest.param("“We won,” she said.", ["We won,"], id="curly"),
    pytest.param("„Wir kommen“, sagte er.", ["Wir kommen"], id="low"),
    pytest.param("«Nous gagnons», dit-il.", ["Nous gagnons"], id="angle"),
    pytest.param("``We won,'' she said.", ["We won,"], id="tex"),
    pytest.param("''We won,'' she said.", ["We won,"], id="doubled-single"),
    pytest.param("He said: 'We won.' Then he left.", ["We won."], id="single"),
    pytest.param("‘We won,’ she said.", ["We won,"], id="curly-single"),
    pytest.param("“He said ‘no’ twice,” she said.", ["He said ‘no’ twice,"], id="nested"),
    pytest.param('"One," he said, "and two."', ["One,", "and two."], id="interrupted"),
    pytest.param('"Never closed\nNext block.', ["Never closed"], id="unbalanced"),
    pytest.param("“One.\n\n“Two.”", ["One.", "Two."], id="over-paragraphs"),
    pytest.param("It isn't the workers' fault.", [], id="apostrophes"),
    pytest.param("In the '90s they didn't.", [], id="elision"),
    pytest.param('a 5" pipe and nothing else', [], id="inches"),
    pytest.param('""', [], id="empty-marks"),
    pytest.param("", [], id="empty"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_inner_words(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_continued_and_unclosed_are_told() -> None:
    first, second = find_stretches("“One.\n\n“Two.”")
    assert first.continued
    assert not first.closed
    assert second.closed
    assert not second.continued


@pytest.mark.parametrize(
    "unit",
    ['"', "“", "”", "'", "‘a ", '"a" ', '"\n', "''"],
    ids=["straight", "open", "close", "single", "open-single", "pairs", "lines", "doubled"],
)
def test_linear_in_marks(unit: str) -> None:
    began = time.perf_counter()
    find_stretches(unit * 100_000)
    assert time.perf_counter() - began < 5


@given(st.text(alphabet="ab \n.,\"'“”‘’«»„`", max_size=120))
def test_stretches_are_ordered_disjoint_and_inside(text: str) -> None:
    at = 0
    for stretch in find_stretches(text):
        assert at <= stretch.start <= stretch.inner_start < stretch.inner_end <= stretch.end
        assert stretch.end <= len(text)
        at = stretch.end
