"""Rows of one document: ids, spans, the one date and the one sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.replay import Replay
from pipeline.export.schema import DECIMAL_PLACES, DECIMAL_WHOLE
from pipeline.export.tables import decimal_cell, rows_of
from pipeline.records import (
    Analysis,
    Claim,
    CleanDocument,
    DateMention,
    DocumentResult,
    Figure,
    Link,
    Metadata,
    Removal,
    SourceDocument,
    Span,
)

Build = Callable[..., DocumentResult]


def test_ids_outlive_boilerplate_around_them(make_result: Build) -> None:
    before, after = (
        rows_of(make_result()),
        rows_of(make_result(before="Home\nOur shop\n")),
    )
    for name, key in (
        ("claims", "claim_id"),
        ("dates", "date_id"),
        ("money", "money_id"),
        ("mentions", "mention_id"),
        ("sentences", "sentence_id"),
    ):
        assert [row[key] for row in before[name]] == [row[key] for row in after[name]]
    assert before["claims"][0]["start"] != after["claims"][0]["start"]


def test_words_are_those_after_repair(result: DocumentResult) -> None:
    rows = rows_of(result)
    (claim,) = rows["claims"]
    assert claim["sentence"] == "The union said on Friday that the strike cost €3.50 million."
    text = result.document.source.text
    nbsp = next(row for row in rows["removals"] if row["rule"] == "nbsp")
    assert (nbsp["text"], nbsp["replacement"]) == ("\u00a0", " ")
    assert text[int(str(claim["start"])) : int(str(claim["end"]))] == claim["claim_text"]


def test_a_claim_carries_its_document_date_and_sum(result: DocumentResult) -> None:
    (claim,) = rows_of(result)["claims"]
    assert claim["title"] == "Dock strike over"
    assert claim["published"] == "2021-11"
    assert (claim["date_text"], claim["date_start"]) == ("Friday", "2021-10-29")
    assert (claim["amount"], claim["currency"], claim["unit"]) == ("3500000", "EUR", "EUR")
    assert (claim["figure_kind"], claim["figure_value"]) == ("money", "3500000")
    assert claim["entities"] == "Dockers' Union"
    assert claim["source_chain"] == "AFP > Dockers' Union"


def test_the_document_row_counts(result: DocumentResult) -> None:
    (row,) = rows_of(result)["documents"]
    assert row["characters_removed"] == len("Share this story\n")
    assert (row["n_sentences"], row["n_claims"]) == (3, 1)
    assert row["published_origin"] == "metadata.csv"
    assert row["signs"] == "placeholder_author"
    assert {claim["n_document_signs"] for claim in rows_of(result)["claims"]} == {1}


def test_sentences_without_claims_say_what_they_hold(result: DocumentResult) -> None:
    rows = rows_of(result)["sentences"]
    assert [row["why_none"] for row in rows] == ["heading", None, "other"]
    assert rows[1]["signals"] == "figure; date; actor"
    assert [row["ordinal"] for row in rows] == [1, 2, 3]


TEXT = "In 2019 and for three days it cost 5 percent, then $7 and $8, recently."


def claim_row(dates: tuple[int, ...], figures: tuple[int, ...]) -> dict[str, object]:
    """The row of a claim linked to these of the dates and figures below."""

    def at(words: str) -> Span:
        return Span(TEXT.index(words), TEXT.index(words) + len(words))

    analysis = Analysis(
        dates=(
            DateMention(at("recently"), "DATE", ""),
            DateMention(at("three days"), "DURATION", "P3D", granularity="day"),
            DateMention(at("2019"), "DATE", "2019", "2019", "2019", "year", "since"),
        ),
        figures=(
            Figure(at("5 percent"), "percent", Decimal(5), unit="percent"),
            Figure(at("$7"), "money", Decimal(7), currency="USD"),
            Figure(at("$8"), "money", Decimal(8), currency="USD"),
        ),
        claims=(
            Claim(
                spans=(at("it cost"), at("then")),
                text="it cost … then",
                sentence=Span(0, len(TEXT)),
                dates=tuple(Link(index) for index in dates),
                figures=tuple(Link(index) for index in figures),
            ),
        ),
    )
    source = SourceDocument("d_1", "a.txt", TEXT, "0" * 64, "txt")
    result = DocumentResult(CleanDocument(source, ()), Metadata(), "en", analysis)
    rows = rows_of(result)
    assert len(rows["claim_dates"]) == len(dates)
    return dict(rows["claims"][0])


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        pytest.param((), (None, None, None), id="none"),
        pytest.param((0, 1, 2), ("2019", "2019", "2019"), id="a-calendar-date-first"),
        pytest.param((0, 1), ("three days", "P3D", None), id="else-any-value"),
        pytest.param((0,), ("recently", None, None), id="else-the-words"),
    ],
)
def test_the_one_date(links: tuple[int, ...], expected: tuple[str | None, ...]) -> None:
    row = claim_row(links, ())
    assert (row["date_text"], row["date_value"], row["date_start"]) == expected


def test_the_claim_says_that_its_date_only_bounds_it() -> None:
    assert claim_row((2,), ())["date_modifier"] == "since"
    assert claim_row((1,), ())["date_modifier"] is None


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        pytest.param((), (None, None, None, None), id="none"),
        pytest.param((0, 1, 2), ("7", "money", "7", "USD"), id="first-sum"),
        pytest.param((0,), (None, "percent", "5", "percent"), id="other-figure"),
    ],
)
def test_the_one_figure(links: tuple[int, ...], expected: tuple[str | None, ...]) -> None:
    row = claim_row((), links)
    names = ("amount", "figure_kind", "figure_value", "unit")
    assert tuple(row[name] for name in names) == expected


def test_split_content_has_all_its_spans() -> None:
    row = claim_row((), ())
    assert row["spans"] == "[[27, 34], [46, 50]]"
    assert (row["start"], row["end"]) == (27, 50)
    assert row["source_spans"] is None


def test_claims_stand_in_their_order_in_the_text(result: DocumentResult) -> None:
    (claim,) = result.analysis.claims
    later = replace(claim, spans=(Span(60, 70),), text="later")
    mixed = replace(result, analysis=replace(result.analysis, claims=(later, claim)))
    assert [row["claim_text"] for row in rows_of(mixed)["claims"]] == [claim.text, "later"]


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_decimals_have_no_exponent_and_fit_everywhere(value: Decimal) -> None:
    cell = decimal_cell(value)
    if cell is None:
        return
    assert Decimal(cell) == value
    whole, _, places = cell.lstrip("-").partition(".")
    assert "E" not in cell
    assert len(whole) <= DECIMAL_WHOLE
    assert len(places) <= DECIMAL_PLACES


@given(st.text("ab c", min_size=1, max_size=30), st.data())
def test_replaying_a_document_gives_its_clean_text(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    removals = tuple(
        Removal(span, "r", data.draw(st.sampled_from(["", "x", "yz"]))) for span in spans
    )
    source = SourceDocument("d_1", "a", text, "0", "txt")
    document = CleanDocument(source, removals)
    replay = Replay(text, [(r.span.start, r.span.end, r.replacement) for r in removals])
    assert replay.words(Span(0, len(text))) == document.text
    for start in range(len(document.text)):
        for end in range(start + 1, len(document.text) + 1):
            span = document.to_source(Span(start, end))
            assert document.text[start:end] in replay.words(span)


def test_the_day_of_the_statement_is_not_the_claims_own_date(make_result: Build) -> None:
    result = make_result("a.txt")
    told = replace(result.analysis.claims[0], dates=(Link(0, "statement"),))
    rows = rows_of(replace(result, analysis=replace(result.analysis, claims=(told,))))
    assert rows["claims"][0]["date_value"] is None
    assert rows["claim_dates"][0]["role"] == "statement"
