"""Repairs, each a place and a replacement."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.repair import find_repairs, unwrap
from pipeline.records import CleanDocument, Removal, SourceDocument, Span


def source(text: str, reader: str = "txt") -> SourceDocument:
    return SourceDocument("d_1", "a.txt", text, "", reader)


def repaired(text: str, reader: str = "txt") -> str:
    document = source(text, reader)
    return CleanDocument(document, tuple(find_repairs(document))).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("He didnâ€™t say â€œyesâ€\x9d.", "He didn’t say “yes”.", id="mojibake"),
        pytest.param("the schÃ¶n cafÃ© voilÃ  and on", "the schön café voilà and on", id="latin"),
        pytest.param("\ufeffone\r\ntwo\rthree", "one\ntwo\nthree", id="bom-and-line-ends"),
        pytest.param("a\u00a0b\u2003c\td", "a b c d", id="odd-spaces"),
        pytest.param("co\u00adop\u200ber\u2060ate", "cooperate", id="invisible"),
        pytest.param("one\u200etwo\u202e", "onetwo", id="direction-marks"),
        pytest.param("a\x00b\x07c\ud800d", "abcd", id="control"),
        pytest.param("page one\x0cpage two", "page one\n\npage two", id="form-feed"),
        pytest.param("Smith &amp; Sons &#8211; x&nbsp;y", "Smith & Sons – x y", id="entities"),
    ],
)
def test_repaired(text: str, expected: str) -> None:
    assert repaired(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“Curly” ‘quotes’ – and — dashes…", id="typography"),
        pytest.param("Façade, naïve, São Paulo, Ångström, 50 €", id="accents"),
        pytest.param("R&D; AT&T; &c;", id="ampersands"),
        pytest.param("می\u200cخواهم", id="persian-joiner"),
        pytest.param("A title\n\nA short paragraph\nof verse\n", id="short-lines"),
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert repaired(text) == text


def test_places_are_small() -> None:
    text = "word " * 50 + "donâ€™t" + " word" * 50
    (removal,) = find_repairs(source(text))
    assert (removal.span.of(text), removal.replacement) == ("â€™", "’")


def test_the_reader_s_repairs_are_among_them() -> None:
    mark = Removal(Span(3, 4), "undecodable_bytes", "’", "x")
    document = SourceDocument("d", "a.txt", "don’t", "", "txt", removals=(mark,))
    assert list(find_repairs(document)) == [mark]


WRAPPED = (
    "The council voted on Tuesday to raise the price of water by a tenth, a\n"
    "step that it had put off for three years because of the election, and\n"
    "which its members called long overdue in a statement after the meet-\n"
    "ing. The meeting took five hours.\n"
    "\n"
    "- a list item that is about as long as the lines that stand above it.\n"
    "- another one\n"
)


def test_wrapped_lines_are_joined() -> None:
    joined = repaired(WRAPPED)
    assert joined.splitlines()[0].startswith("The council voted on Tuesday")
    assert "tenth, a step that" in joined
    assert "the meeting. The meeting took" in joined
    assert "\n- a list item" in joined


OUT_OF_A_PDF = """Ferry line to close in autumn
By Tove Aker
Published on 4 March 2021
The ferry company Solvik will give up its line to the island of Hamre in October, said
Director Nils Moe.
It carried 12,000 passengers last year and lost 3 million kroner a month, according to
the annual report.
Moe said the ship might be sold. The mayor of Hamre has criticised the company and the
county for acting too late, and promised help for commuters."""


def test_wrapped_lines_without_blank_lines_between_paragraphs_are_joined() -> None:
    assert repaired(OUT_OF_A_PDF, "pdf").splitlines() == [
        "Ferry line to close in autumn",
        "By Tove Aker",
        "Published on 4 March 2021",
        "The ferry company Solvik will give up its line to the island of Hamre in October, said"
        " Director Nils Moe.",
        "It carried 12,000 passengers last year and lost 3 million kroner a month, according to"
        " the annual report.",
        "Moe said the ship might be sold. The mayor of Hamre has criticised the company and the"
        " county for acting too late, and promised help for commuters.",
    ]


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    broken = OUT_OF_A_PDF.replace("the\ncounty", "the\x0c\x0c \ncounty").replace(
        "to\nthe", "to\n\x0cthe"
    )
    assert repaired(broken, "pdf") == repaired(OUT_OF_A_PDF, "pdf")
    heading = OUT_OF_A_PDF.replace("Moe.\nIt", "Moe.\n\x0cIt")
    assert "Nils Moe.\n\n\nIt carried" in repaired(heading, "pdf")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Grants of the year 2021, in the order of the council's decision\n"
            "Choir of the parish of Hamre: new robes and a piano, 40,000 kroner\n"
            "Rowing club: repair of the boathouse after the storm, 120,000 kroner\n"
            "School of Upper Solvik: a climbing frame and two swings, 65,000 kroner\n"
            "Library: books in large print and a reading lamp, 12,000 kroner\n",
            id="list-of-full-lines",
        ),
        pytest.param(
            "The ferry has gone from the harbour below,\n"
            "and the lamps on the pier are all out,\n"
            "but the fisherman's daughter still stands in the snow\n"
            "and she calls, and there's nobody about;\n"
            "for the ice on the water is all that will grow\n"
            "where the gulls and the children would shout.\n",
            id="verse",
        ),
    ],
)
def test_lines_that_end_before_the_width_stay(text: str) -> None:
    assert unwrap(text) == []


def test_joining_keeps_the_length_where_no_hyphen_stands() -> None:
    for removal in unwrap(WRAPPED):
        if removal.reason == "a line wrapped by width" and removal.replacement:
            assert (removal.span.of(WRAPPED), removal.replacement) == ("\n", " ")


def test_paragraphs_of_one_line_are_left_alone() -> None:
    text = "A sentence of the article that is a paragraph by itself, as most are.\n" * 3
    assert unwrap(text.replace("most", "mo")) == []
    assert unwrap("First line.\nSecond line.\nThird line.\nFourth line.\n") == []


ODD = "\u200b\u00a0\ufeff" * 40


@pytest.mark.parametrize(
    ("text", "expected", "rules"),
    [
        pytest.param(f"one{ODD}two", "one two", ["odd_run"], id="space-in-it"),
        pytest.param("one" + "\u200b\u200e" * 40 + "two", "onetwo", ["odd_run"], id="no-space"),
        pytest.param(f"one{ODD}\n{ODD}two", "one \n two", ["odd_run"] * 2, id="line-end-between"),
        pytest.param("one" + "\u00a0" * 80 + "two", "one two", ["odd_space"], id="one-kind"),
        pytest.param("one\u200b\u00a0two", "one two", ["zero_width", "odd_space"], id="short"),
        pytest.param("one" + "\r\n" * 40 + "two", "one" + "\n" * 40 + "two", ["line_end"] * 40,
                     id="line-ends"),
    ],
)  # fmt: skip
def test_a_long_run_of_odd_characters_is_one_repair(
    text: str, expected: str, rules: list[str]
) -> None:
    document = source(text)
    removals = tuple(find_repairs(document))
    assert [removal.rule for removal in removals] == rules
    cleaned = CleanDocument(document, removals)
    assert cleaned.text == expected
    at = expected.index("two")
    assert cleaned.to_source(Span(at, at + 3)).of(text) == "two"


@given(st.text(max_size=300))
def test_any_text_is_repaired_without_overlap(text: str) -> None:
    removals = list(find_repairs(source(text)))
    ends = [0, *(removal.span.end for removal in removals)]
    assert all(r.span.start >= end for r, end in zip(removals, ends, strict=False))
    assert all(r.span.end <= len(text) for r in removals)


@given(st.text(alphabet="aé\u00a0\u200b\r\n â€™Ã©", max_size=200))
def test_repairing_leaves_no_invisible_character(text: str) -> None:
    out = repaired(text)
    assert not set(out) & set("\r\u200b\ufeff")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 5_000_000, id="one-long-word"),
        pytest.param("\r\n" * 300_000, id="line-ends"),
        pytest.param("Ã©" * 200_000, id="mojibake-without-spaces"),
        pytest.param("&" * 500_000, id="ampersands"),
        pytest.param("a-\n" * 200_000, id="hyphens"),
        pytest.param("\u200b\u00a0" * 2_500_000, id="invisible-and-spaces"),
        pytest.param("\u200b\u00a0 " * 1_000_000, id="with-blanks-between"),
        pytest.param("\u200b\n\u00a0" * 100_000, id="with-line-ends-between"),
    ],
)
def test_time_is_linear(text: str) -> None:
    begun = time.process_time()
    for _ in find_repairs(source(text)):
        pass
    assert time.process_time() - begun < 15
