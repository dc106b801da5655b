"""Text for people: inert in a spreadsheet, and given back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.cells import guarded, is_formula, is_plain, unguarded, visible

#: Texts of the characters that matter here, in every order.
TRICKY = st.text(st.sampled_from("'=+-@\t\r\n \u00a0\u200b＝x1"), max_size=12)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("=1+1", id="equals"),
        pytest.param("+1", id="plus"),
        pytest.param("-1", id="minus"),
        pytest.param("@SUM(A1)", id="at"),
        pytest.param("\tx", id="tab"),
        pytest.param("\rx", id="carriage-return"),
        pytest.param("  =1+1", id="after-spaces"),
        pytest.param("\u00a0=1+1", id="after-no-break-space"),
        pytest.param("\u200b=1+1", id="after-zero-width-space"),
        pytest.param("first\n=1+1", id="later-line"),
        pytest.param("first\r=1+1", id="later-line-of-old-mac"),
        pytest.param("＝1+1", id="full-width"),
        pytest.param("'=1+1", id="quoted-before"),
    ],
)
def test_formulas_are_guarded_and_come_back(text: str) -> None:
    assert is_formula(text)
    assert guarded(text) != text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("NA", id="NA"),
        pytest.param("1E5", id="scientific"),
        pytest.param("2-3", id="like-a-date"),
        pytest.param("TRUE", id="boolean"),
        pytest.param("a = b", id="equals-within"),
        pytest.param("'tis so", id="apostrophe"),
        pytest.param("e-mail@example.org", id="address"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text == unguarded(text)
    assert not is_formula(text)


@given(st.one_of(TRICKY, st.text()))
def test_taking_the_guard_away_gives_the_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.one_of(TRICKY, st.text()))
def test_no_line_begins_like_a_formula(text: str) -> None:
    for line in guarded(text).replace("\r", "\n").split("\n"):
        assert not line.strip("\u200b\u00a0 \t").startswith(("=", "+", "-", "@", "＝"))


def test_control_characters_are_shown() -> None:
    assert visible("a\x00b\x0bc\x7f\ttab\nline") == "a␀b␋c␡\ttab\nline"


@given(st.one_of(TRICKY, st.text()))
def test_plain_text_needs_no_care(text: str) -> None:
    assert not is_plain(text) or guarded(visible(text)) == text
