"""HTML pages: the text is the whole page, removals leave the article."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipeline.errors import DocumentError
from pipeline.ingest.clean import clean
from pipeline.ingest.readers import read_raw
from pipeline.ingest.webpage.article import keep_blocks
from pipeline.ingest.webpage.blocks import find_blocks
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
    ("markup", "lines"),
    [
        pytest.param("<ol><li>Read<li><p>Write</p></ol>", ["1. Read", "2. Write"], id="numbers"),
        pytest.param('<ol start="4"><li>a<li value="9">b<li>c</ol>', ["4. a", "9. b", "10. c"],
                     id="start-and-value"),
        pytest.param("<ol><li>a<ul><li>b</ul><li>c</ol>", ["1. a", "b", "2. c"], id="nested"),
        pytest.param('<ol type="a"><li>a</ol><ol role="list"><li>b</ol>', ["a", "b"],
                     id="no-numbers"),
        pytest.param("<ol><li><img><li>b</ol>", ["2. b"], id="item-without-words"),
        pytest.param("<p>It made 10<sup>6</sup> m<sup>2</sup> on the 4<sup>th</sup> for $4<sup>99"
                     "</sup></p>", ["It made 10⁶ m² on the 4th for $4⁹⁹"], id="raised"),
        pytest.param('<p>It grew by 12%<sup><a href="#fn3">3</a></sup> in 2019<a href="#note-4">'
                     '<sup>4</sup></a>.</p>', ["It grew by 12%[3] in 2019[4]."], id="notes"),
        pytest.param("<p>It paid $5 million<sup>3</sup> or €2bn<sup>4</sup> in 2019<sup>5, 6</sup>,"
                     " 12%<sup>7</sup> of 3 km<sup>2</sup> at 20<sup>2</sup>.<sup>8</sup></p>",
                     ["It paid $5 million[3] or €2bn[4] in 2019[5, 6], 12%[7] of 3 km² at 20².[8]"],
                     id="raised-notes"),
        pytest.param('<p>In <a href="#top">2019</a> it grew<sup>[5]</sup></p>',
                     ["In 2019 it grew[5]"], id="no-notes"),
        pytest.param("<p>a</p><p>\u200d</p><p>&nbsp;\u200b</p><p>b</p>", ["a", "b"], id="gaps"),
        pytest.param('<p>Read <a href="/x">this<span class="sr-only"> (opens in a new window)'
                     '</span><i style="display: none">x</i></a> <i aria-hidden="true">now</i></p>',
                     ["Read this now"], id="unseen-in-a-line"),
    ],
)  # fmt: skip
def test_a_line_is_what_a_page_shows(markup: str, lines: list[str]) -> None:
    assert read(f"<html><body>{markup}</body></html>").text.split("\n") == lines


def test_note_marks_leave_the_sentences() -> None:
    words = PARAGRAPHS[1].replace("million", "million<sup>3</sup>")
    page = f"<html><body><article><p>{PARAGRAPHS[0]}</p><p>{words}</p></article></body></html>"
    assert clean(read(page)).text.split("\n") == PARAGRAPHS[:2]


def in_article(markup: str) -> list[str]:
    """The article's lines of a page with this markup between its first two paragraphs."""
    first, *rest = (f"<p>{words}</p>" for words in PARAGRAPHS)
    page = f"<html><body><article>{first}{markup}{''.join(rest)}</article></body></html>"
    return article(page).split("\n")


PICTURE = "<figure><img src='x'><figcaption>The old pier in the year 1975</figcaption></figure>"


@pytest.mark.parametrize(
    ("markup", "words", "stays"),
    [
        pytest.param(f"<h2>The old pier</h2>{PICTURE}", "The old pier", True,
                     id="heading-above-a-picture"),
        pytest.param('<h2>More to read</h2><ul class="related"><li><a href="/x">Flood in the town'
                     "</a></li></ul><h2>What comes</h2>", "More to read", False,
                     id="heading-of-what-is-left-out"),
        pytest.param('<p><b><a href="/x">Flood closes the old town again</a></b></p>',
                     "Flood closes the old town again", False, id="bold-teaser"),
        pytest.param('<h2 class="toc-anchor">The old pier</h2>', "The old pier", True,
                     id="where-contents-lead-to"),
        pytest.param('<div class="toc"><ul><li><a href="#a">The old pier closes</a></li><li>'
                     '<a href="#b">The new one opens</a></li></ul></div>', "The old pier closes",
                     False, id="contents"),
        pytest.param('<blockquote class="pull">“had lost half of their sales when the road was'
                     " closed”</blockquote>",
                     "“had lost half of their sales when the road was closed”", False,
                     id="pull-quote"),
        pytest.param("<blockquote>“We have waited for this for three years,” the baker said."
                     "</blockquote>", "“We have waited for this for three years,” the baker said.",
                     True, id="quotation"),
        pytest.param('<p>[video-player id="h5" name="The old pier is taken down"]</p>',
                     '[video-player id="h5" name="The old pier is taken down"]', False,
                     id="shortcode"),
        pytest.param("<p>[The mayor had said so = in her view, not in the council’s, at a meeting.]"
                     "</p>",
                     "[The mayor had said so = in her view, not in the council’s, at a meeting.]",
                     True, id="brackets"),
        pytest.param("<div class='faq'><button>Who pays for the work?</button></div>"
                     "<h2>What comes</h2>", "Who pays for the work?", False,
                     id="question-without-an-answer"),
    ],
)  # fmt: skip
def test_what_belongs_to_an_article(markup: str, words: str, stays: bool) -> None:
    assert (words in in_article(markup)) is stays


def test_a_banner_in_an_article_is_no_part_of_it() -> None:
    box = '<div class="{}"><p>Our team has built bridges in forty countries of the world.</p></div>'
    extract = "\n".join(PARAGRAPHS)
    for name, stays in (("banner-team", False), ("story-box", True)):
        page = "".join(f"<p>{words}</p>" for words in PARAGRAPHS[:2]) + box.format(name)
        page += f"<p>{PARAGRAPHS[2]}</p>"
        blocks = find_blocks(html.document_fromstring(f"<article>{page}</article>"))
        assert keep_blocks(blocks, extract) == [True, True, stays, True]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<h2>A title</h2>" * 20_000, id="headings"),
        pytest.param("<h2>A title</h2><p>x</p>" * 10_000, id="headings-and-words"),
        pytest.param("<blockquote>" + PARAGRAPHS[0] + "</blockquote>", id="one-quotation"),
        pytest.param("".join(f"<blockquote>{i} {PARAGRAPHS[0]}</blockquote>" for i in range(9000)),
                     id="quotations"),
        pytest.param("<ol>" * 50 + "<li>x</li>" * 20_000, id="lists"),
    ],
)  # fmt: skip
def test_deciding_takes_linear_time(markup: str) -> None:
    blocks = find_blocks(html.document_fromstring(f"<article>{markup}</article>"))
    begun = time.process_time()
    keep_blocks(blocks, PARAGRAPHS[0])
    assert time.process_time() - begun < 5


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
