"""HTML pages: the text is the whole page, removals leave the article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import DocumentError
from pipeline.ingest.readers import read_raw
from pipeline.records import CleanDocument, Fact, SourceDocument

PARAGRAPHS = [
    "The council of Riverside opened a new bridge on Monday, three years after the old one was"
    " closed because of cracks in its northern pier, the mayor said.",
    "The bridge cost $4 million, a tenth more than was planned, and will carry ten thousand cars a"
    " day, according to the city's own figures.",
    "Shop owners on the northern bank hope that customers will come back soon, since many had"
    " lost half of their sales when the road was closed.",
]
PAGE = f"""<!DOCTYPE html>
<html><head><title>New bridge opens | Riverside Times</title>
<meta property="og:title" content="New bridge opens">
<meta property="og:site_name" content="Riverside Times">
<meta property="article:published_time" content="2021-11-05T08:00:00Z">
<meta name="author" content="Jane Doe">
<link rel="canonical" href="https://times.example/bridge">
<script>var hidden = "script words";</script></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article>
<h1>New bridge opens</h1>
<div class="byline">By Jane Doe</div>
<div class="article-body">
<p>{PARAGRAPHS[0]}</p>
<figure><img src="file:///etc/passwd"><figcaption>The bridge at night</figcaption></figure>
<p>{PARAGRAPHS[1]}</p>
<div class="newsletter-signup"><p>Sign up for our newsletter and never miss a story again.</p></div>
<h2>Shops hope for more</h2>
<p>{PARAGRAPHS[2]}</p>
<table><tr><th>Year</th><th>Cars a day</th></tr><tr><td>2018</td><td>8,000</td></tr></table>
<p><a href="/x">Flood closes the old town for the third time this year</a></p>
</div></article></main>
<aside><p>Most read: ten recipes for the autumn that everyone can cook at home.</p></aside>
<footer>Copyright Riverside Times</footer>
</body></html>"""


def read(page: str | bytes) -> SourceDocument:
    raw = page.encode() if isinstance(page, str) else page
    (document,) = read_raw(raw, "page.html")
    return document


def article(page: str) -> str:
    document = read(page)
    return CleanDocument(document, document.removals).text


def test_the_text_is_every_block_of_the_page() -> None:
    lines = read(PAGE).text.split("\n")
    assert lines[:5] == ["Home", "Sport", "New bridge opens", "By Jane Doe", PARAGRAPHS[0]]
    assert "2018\t8,000" in lines
    assert lines[-1] == "Copyright Riverside Times"
    assert "script words" not in read(PAGE).text


def test_the_article_is_what_the_removals_leave() -> None:
    kept = article(PAGE).split("\n")
    assert [line for line in kept if line in PARAGRAPHS] == PARAGRAPHS
    assert "Shops hope for more" in kept
    for words in (
        "Home",
        "The bridge at night",
        "Most read",
        "Sign up",
        "Flood closes",
        "Copyright",
    ):
        assert not any(words in line for line in kept), words


def test_removals_say_what_left_the_words_out() -> None:
    document = read(PAGE)
    assert {removal.rule for removal in document.removals} == {"trafilatura"}
    assert all(removal.reason for removal in document.removals)


def test_headings_point_at_their_words() -> None:
    document = read(PAGE)
    assert [span.of(document.text) for span in document.headings] == [
        "New bridge opens",
        "Shops hope for more",
    ]


def test_the_page_s_own_metadata() -> None:
    page = read(PAGE).page
    assert (page.title, page.outlet, page.author, page.published, page.url) == (
        Fact("New bridge opens", "page"),
        Fact("Riverside Times", "page"),
        Fact("Jane Doe", "page"),
        Fact("2021-11-05", "page"),
        Fact("https://times.example/bridge", "page"),
    )


def test_json_ld_is_surer_than_meta_elements() -> None:
    data = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline":'
        ' "Bridge &amp; road", "datePublished": "2021-11-04", "author": [{"name": "A. Smith"},'
        ' {"name": "Email The Author"}], "publisher": {"name":'
        ' "The Times of Riverside"}}]}</script>'
    )
    page = read(PAGE.replace("</head>", data + "</head>")).page
    assert (page.title, page.author, page.published, page.outlet) == (
        Fact("Bridge & road", "page"),
        Fact("A. Smith", "page"),
        Fact("2021-11-04", "page"),
        Fact("The Times of Riverside", "page"),
    )


@pytest.mark.parametrize(
    ("markup", "value"),
    [
        pytest.param('<time datetime="2021-11-05T08:00">x</time>', "2021-11-05", id="one-time"),
        pytest.param(
            '<time datetime="2021-11-05">x</time><time datetime="2021-10-01">y</time>', "", id="two"
        ),
        pytest.param(
            '<time datetime="2021-10-01">x</time><span itemprop="datePublished">5 May 2021</span>',
            "2021-05-05",
            id="marked",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished":'
            ' "0001-01-01T00:00:00Z"}</script><time datetime="2021-11-05">x</time>',
            "2021-11-05",
            id="placeholder",
        ),
        pytest.param('<link rel="canonical" href="https://a.example/2021/11/05/x">', "2021-11-05",
                     id="address"),
        pytest.param("<p>The bridge opened on 5 November 2021.</p>", "", id="in-the-text"),
    ],
)  # fmt: skip
def test_dates_come_from_what_is_made_for_them(markup: str, value: str) -> None:
    published = read(f"<html><body>{markup}<p>{PARAGRAPHS[0]}</p></body></html>").page.published
    assert published == (Fact(value, "page") if value else None)


def test_a_date_line_below_the_headline_is_read() -> None:
    page = (
        "<html><body><p class='today'>Saturday, 6 November 2021</p><h1>New bridge</h1>"
        "<div class='meta'>Published 5 November 2021</div><article>"
        f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article></body></html>"
    )
    assert read(page).page.published == Fact("2021-11-05", "page")


@pytest.mark.parametrize("name", ["webadmin", "Email The Author", "desk@times.example", "jdoe7"])
def test_accounts_and_addresses_are_no_authors(name: str) -> None:
    assert read(PAGE.replace("Jane Doe", name)).page.author is None


def test_an_article_in_two_parts_is_kept_whole() -> None:
    parts = "".join(
        f'<div class="story-part"><p>{words}</p><p>{words[::-1]}.</p></div>'
        '<div class="ad-slot">x</div>'
        for words in PARAGRAPHS
    )
    kept = article(f"<html><body><article>{parts}</article></body></html>")
    assert all(words in kept for words in PARAGRAPHS)


def test_inline_elements_and_breaks() -> None:
    page = (
        "<body><p>One <b>bold</b>,<i> then</i>\n a line<br>and\u00a0another</p>tail<p>x</p></body>"
    )
    assert read(page).text == "One bold, then a line\nand another\ntail\nx"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("<p>Café – naïve</p>".encode(), id="utf-8"),
        pytest.param('<meta charset="utf-8"><p>Café – naïve</p>'.encode("cp1252"), id="wrong-name"),
        pytest.param('<meta charset="iso-8859-1"><p>Café – naïve</p>'.encode("cp1252"), id="named"),
        pytest.param("<p>Café – naïve</p>".encode("utf-16"), id="utf-16"),
    ],
)
def test_encodings(raw: bytes) -> None:
    assert read(raw).text == "Café – naïve"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"<html><body><script>x()</script></body></html>", "empty", id="script-only"),
        pytest.param(b"<div>" * 1_000_000 + b"words", "broken", id="a-million-nested"),
        pytest.param(b"<b><i>" * 100_000 + b"words", "broken", id="unclosed"),
        pytest.param(b"<br>" * 200_000 + b"words", "too_large", id="too-many"),
        pytest.param(b" " * 30_000_001, "too_large", id="too-large"),
    ],
)
def test_pages_that_cannot_be_read_say_why(raw: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(raw)
    assert caught.value.reason == reason


def test_entities_of_the_outside_are_not_expanded() -> None:
    page = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><body><p>&a; words</p></body>'
    assert "root:" not in read(page).text


def test_the_same_page_gives_the_same_document() -> None:
    assert read(PAGE) == read(PAGE)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "</div>", "<a href=x>", "</a>", "<table>", "<tr>", "<td>",
             "<br>", "<!--", "-->", "<h2>", "words and words. ", "\x00", "é", "<script>",
             "</script>", "<li>", "&amp;", "<svg>", "<body>", "<", "\ud800"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_markup_is_a_document_or_a_document_error(pieces: list[str]) -> None:
    try:
        document = read("".join(pieces).encode("utf-8", "surrogatepass"))
    except DocumentError:
        return
    for removal in document.removals:
        assert removal.span.end <= len(document.text)
    assert article("".join(pieces).encode("utf-8", "replace").decode()) is not None
