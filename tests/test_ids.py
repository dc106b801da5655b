"""Ids depend on content only."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ids import IdMaker, doc_id, hashed

PATTERN = re.compile(r"[a-z]_[0-9a-f]{16}")


def test_ids_never_change() -> None:
    """Decisions and links of last year are keyed by them."""
    assert doc_id("news/dock.txt") == "d_0f8ac35009f83479"
    claim = IdMaker("d_0f8ac35009f83479").claim("the strike cost €3 million", "The union", "said")
    assert claim == "c_de0782fa2abd16ed"


@given(st.text(st.characters(codec=None)))
def test_no_spreadsheet_takes_an_id_for_a_number(path: str) -> None:
    assert PATTERN.fullmatch(doc_id(path))


def test_parts_are_kept_apart() -> None:
    assert hashed("c", "ab", "c") != hashed("c", "a", "bc")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("The  Strike,\nended", "the strike ended", id="case-spacing-punctuation"),
        pytest.param("“It ended”", '"It ended"', id="quotes"),
        pytest.param("it\u00a0ended", "it ended", id="no-break-space"),
        pytest.param("of\ufb01ce", "office", id="ligature"),
    ],
)
def test_small_repairs_keep_the_id(one: str, other: str) -> None:
    assert IdMaker("d").claim(one, "", "") == IdMaker("d").claim(other, "", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("it ended", "", ""), ("it began", "", ""), id="words"),
        pytest.param(("it ended", "she", "said"), ("it ended", "he", "said"), id="source"),
        pytest.param(("it ended", "she", "said"), ("it ended", "she", "denied"), id="cue"),
        pytest.param(("a b", "c", ""), ("a", "b c", ""), id="moved-word"),
    ],
)
def test_other_claims_have_other_ids(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert IdMaker("d").claim(*one) != IdMaker("d").claim(*other)


def test_a_claim_made_twice_has_two_ids_in_order() -> None:
    maker, again = IdMaker("d"), IdMaker("d")
    ids = [maker.claim("it ended", "", "") for _ in range(3)]
    assert len(set(ids)) == 3
    assert [again.claim("It ended.", "", "") for _ in range(3)] == ids


def test_documents_do_not_share_ids() -> None:
    assert IdMaker("d_1").claim("it ended", "", "") != IdMaker("d_2").claim("it ended", "", "")
