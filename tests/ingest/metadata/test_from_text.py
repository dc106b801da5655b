"""Facts from front matter and from the words of an article; the order of sources."""

from __future__ import annotations

import logging
from datetime import date

import pytest

from pipeline.ingest.clean import clean
from pipeline.ingest.metadata import merge, metadata_from_text, metadata_of
from pipeline.ingest.metadata.front_matter import find_front_matter, parse_front_matter
from pipeline.ingest.readers.md import read
from pipeline.ingest.readers.options import Options
from pipeline.records import CleanDocument, Fact, Metadata, Removal, Sign, SourceDocument, Span

BODY = "\n\nThe council opened a bridge on Monday, and the mayor praised those who had built it.\n"
TODAY = date(2024, 1, 1)


def document(text: str, *removed: tuple[str, str], page: Metadata | None = None) -> CleanDocument:
    """A document in which (words, rule) are removed."""
    removals = tuple(
        sorted(
            Removal(Span(text.index(words), text.index(words) + len(words)), rule)
            for words, rule in removed
        )
    )
    source = SourceDocument("d", "a.txt", text, "", "txt", page or Metadata())
    return CleanDocument(source, removals)


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("New bridge opens over the river", "title", "New bridge opens over the river"),
        ("By Jane Doe", "author", "Jane Doe"),
        ("By Jane Doe and Hans van der Berg", "author", "Jane Doe and Hans van der Berg"),
        ("By Jane Doe, Reuters", "outlet", "Reuters"),
        ("Jane Doe, Riverside Times", "author", "Jane Doe"),
        ("Author: Jane Doe", "author", "Jane Doe"),
        ("By Jane Doe | March 5, 2021", "published", "2021-03-05"),
        ("Published on March 5, 2021", "published", "2021-03-05"),
        ("Published: 5 March 2021 10:00 GMT | Updated 6 March 2021", "published", "2021-03-05"),
        ("Posted March 5, 2021", "published", "2021-03-05"),
        ("Published on 5 March 2021 in the Riverside Times", "published", "2021-03-05"),
        ("Posted by Jane Doe on 5 March 2021", "published", "2021-03-05"),
        ("Posted by Jane Doe on 5 March 2021", "author", "Jane Doe"),
        ("Last updated: 5 March 2021", "published", "2021-03-05"),
        ("March 5, 2021", "published", "2021-03-05"),
        ("Friday, 5 March 2021 | 10:15", "published", "2021-03-05"),
        ("RIVERSIDE, March 3 (Reuters) - The mayor spoke.", "outlet", "Reuters"),
        ("Source: https://example.org/bridge", "url", "https://example.org/bridge"),
    ],
)
def test_facts_of_the_head(head: str, field: str, value: str) -> None:
    assert getattr(metadata_from_text(document(head + BODY)), field) == Fact(value, "text")


def test_the_marks_of_markdown_are_no_words() -> None:
    raw = f"# New bridge *opens* over the river\n\n**By Jane Doe**, _Reuters_\n{BODY}".encode()
    (source,) = read(raw, "a.md", Options())
    found = metadata_from_text(clean(source))
    assert found.title == Fact("New bridge opens over the river", "text")
    assert found.author == Fact("Jane Doe", "text")
    assert found.outlet == Fact("Reuters", "text")


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("The bridge is new. It opened on Monday.", "title"),
        ("By Monday, the bridge had opened", "author"),
        ("By the river", "author"),
        ("By Staff Reporter", "author"),
        ("By Staff Reporter", "outlet"),
        ("Published 03/04/2021", "published"),
        ("RIVERSIDE, March 3 (Reuters) - The mayor spoke.", "published"),
        ("2021", "published"),
        ("In 2021", "published"),
        ("Jane Doe, mayor of Riverside", "author"),
        ("London, Paris", "author"),
    ],
)
def test_look_alikes_stay_unknown(head: str, field: str) -> None:
    assert getattr(metadata_from_text(document(head + BODY)), field) is None


def test_published_wins_over_updated() -> None:
    found = metadata_from_text(document("Updated: 6 May 2021\nPublished: 5 May 2021" + BODY))
    assert found.published == Fact("2021-05-05", "text")


def test_a_header_of_keys_is_read() -> None:
    found = metadata_from_text(
        document("Title: New bridge\nSource: Riverside Times\nDate: 5 March 2021" + BODY)
    )
    assert (found.title, found.outlet, found.published) == (
        Fact("New bridge", "text"),
        Fact("Riverside Times", "text"),
        Fact("2021-03-05", "text"),
    )


def test_a_byline_that_cleaning_removed_is_still_read() -> None:
    found = metadata_from_text(document("By Jane Doe" + BODY, ("By Jane Doe", "byline")))
    assert found.author == Fact("Jane Doe", "text")


def test_nothing_comes_from_a_made_up_author_block() -> None:
    text = "New bridge opens" + BODY + "Author: Jane Doe\nPublished: 5 March 1990"
    block = "Author: Jane Doe\nPublished: 5 March 1990"
    found = metadata_from_text(document(text, (block, "author_block")))
    assert (found.author, found.published) == (None, None)


def test_nothing_comes_from_around_a_page_s_article() -> None:
    menu = "Saturday, 6 March 2021\nBy Jane Doe"
    found = metadata_from_text(document(menu + BODY, (menu, "trafilatura")))
    assert (found.author, found.published) == (None, None)


def test_the_head_of_a_page_begins_behind_its_menus() -> None:
    menu = "Menu entry\n" * 1000
    found = metadata_from_text(document(f"{menu}By Jane Doe{BODY}", (menu, "trafilatura")))
    assert found.author == Fact("Jane Doe", "text")


def test_the_surer_source_wins() -> None:
    page = Metadata(title=Fact("Page", "page"), published=Fact("2021-01-01", "page"))
    found = metadata_of(
        document("By Jane Doe" + BODY, page=page),
        Metadata(title=Fact("Mine", "command line")),
        Metadata(outlet=Fact("Times", "metadata.csv"), extra=(("desk", "n"),)),
        TODAY,
    )
    assert found.refused == ()
    assert found.metadata == Metadata(
        title=Fact("Mine", "command line"),
        outlet=Fact("Times", "metadata.csv"),
        author=Fact("Jane Doe", "text"),
        published=Fact("2021-01-01", "page"),
        extra=(("desk", "n"),),
    )


@pytest.mark.parametrize(
    ("day", "sign"), [("2024-01-02", "future_date"), ("1970-01-01", "impossible_date")]
)
def test_a_page_s_impossible_date_is_refused(
    day: str, sign: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = Metadata(published=Fact(day, "page"))
    with caplog.at_level(logging.WARNING):
        found = metadata_of(document("Words" + BODY, page=page), Metadata(), None, TODAY)
    assert found.metadata.published is None
    assert found.refused == (Sign(sign, day),)
    assert f"publication date {day} (page) is refused" in caplog.text


def test_merge_of_nothing_is_nothing() -> None:
    assert merge(Metadata(), Metadata()) == Metadata()


def test_front_matter() -> None:
    text = (
        "---\n"
        'title: "A: bridge"\n'
        "authors:\n  - Jane Doe\n  - name: John Roe\n"
        "date: 2021-03-05T10:00:00Z\n"
        "source: https://example.org/x\n"
        "tags: [one, two]\n"
        "---\nBody"
    )
    span = find_front_matter(text)
    assert span is not None
    assert text[span.end :] == "Body"
    assert parse_front_matter(span.of(text)) == Metadata(
        title=Fact("A: bridge", "front matter"),
        author=Fact("Jane Doe; John Roe", "front matter"),
        published=Fact("2021-03-05", "front matter"),
        url=Fact("https://example.org/x", "front matter"),
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\nA line of prose between rules.\n---\nmore", id="prose"),
        pytest.param("---\ntitle: x\nno end", id="open"),
        pytest.param("title: x\n---\n", id="no-fence"),
        pytest.param("", id="empty"),
    ],
)
def test_no_front_matter(text: str) -> None:
    assert find_front_matter(text) is None


def test_the_date_of_a_quoted_mail_is_not_the_articles() -> None:
    told = "The harbour master wrote to the crews in spring, and a copy of his mail was leaked."
    mail = "From: Per Dahl\nTo: Olga Lund\nDate: 3 May 2023\nSubject: Night shifts"
    text = f"Night shifts at the port\n\n{told}\n\n{mail}\n\nNobody has answered it."
    assert metadata_from_text(document(text)).published is None
