"""The evidence pages: everything shown, nothing run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export import write_all
from pipeline.export.additions import addition
from pipeline.export.cells import visible
from pipeline.export.evidence_marks import Mark, marked_html
from pipeline.export.to_report import address, how_much, period, when
from pipeline.records import CleanDocument, DocumentResult, Fact

Build = Callable[..., DocumentResult]
SCRIPT = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"


class Collector(HTMLParser):
    """The text of a page, its tags and its ids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.ids = "", set[str](), list[str]()
        self.attributes = set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Collector:
    collector = Collector()
    collector.feed(html)
    collector.close()
    return collector


marks = st.builds(
    Mark,
    st.integers(0, 30),
    st.integers(0, 40),
    st.sampled_from(["claim", "date", "removed"]),
    st.sampled_from(["", '<b>&"']),
    st.sampled_from(["", "c_1", "c_2"]),
)


@given(st.text("ab<&>\"'\x00\n", max_size=30), st.lists(marks, max_size=6))
def test_marks_of_any_overlap_leave_the_text_whole(text: str, found: list[Mark]) -> None:
    page = parsed(marked_html(text, found))
    assert page.text == visible(text)
    assert page.tags <= {"span", "del", "a"}
    assert len(page.ids) == len(set(page.ids))


def test_marks_say_what_lies_under_them() -> None:
    found = [Mark(0, 5, "claim", claim_id="c_1"), Mark(3, 8, "date", "date: 2021")]
    assert marked_html("in 2021 it", found) == (
        '<a class="anchor" id="c_1" tabindex="-1"></a><span class="claim" data-c="c_1">in </span>'
        '<span class="claim date" data-c="c_1" title="date: 2021">20</span>'
        '<span class="date" title="date: 2021">21 </span>it'
    )


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        pytest.param('https://example.org/a?b=1&c="x"', True, id="web"),
        pytest.param("javascript:alert(1)", False, id="script"),
        pytest.param("file:///etc/passwd", False, id="file"),
    ],
)
def test_only_web_addresses_can_be_followed(url: str, linked: bool) -> None:
    assert ("<a " in address(url)) == linked
    assert unescape(re.sub("<[^>]*>", "", address(url))) == url


def hostile(result: DocumentResult) -> DocumentResult:
    source = replace(result.document.source, text=result.document.source.text + SCRIPT)
    document = CleanDocument(source, result.document.removals, result.document.signs)
    (claim,) = result.analysis.claims
    claims = (replace(claim, source_name=SCRIPT, text=SCRIPT, flags=(SCRIPT,)),)
    return replace(
        result,
        document=document,
        metadata=replace(result.metadata, title=Fact(SCRIPT, "text"), url=Fact(SCRIPT, "text")),
        analysis=replace(result.analysis, claims=claims),
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, make_result: Build) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write_all([addition([make_result("a.txt"), hostile(make_result("b.txt"))])], folder)
    return folder


def claims_of(out: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (out / "claims.jsonl").read_text("utf-8").splitlines()]


def test_every_claim_has_its_place(out: Path) -> None:
    for claim in claims_of(out):
        page = parsed((out / "report/articles" / f"{claim['doc_id']}.html").read_text("utf-8"))
        assert claim["claim_id"] in page.ids
        assert f"card-{claim['claim_id']}" in page.ids
        assert len(page.ids) == len(set(page.ids))


def test_what_opens_a_date_stands_before_it() -> None:
    dated = {"date_modifier": "since", "date_start": "2015", "date_end": "2015"}
    assert when(dated) == "since 2015"
    assert when(dated | {"date_modifier": None, "date_end": "2016"}) == "2015 to 2016"
    assert when(dict.fromkeys(dated) | {"date_modifier": "since"}) is None


def test_what_bounds_a_sum_stands_before_it() -> None:
    names = ("amount", "amount_low", "amount_high", "amount_qualifier", "currency", "per")
    empty = dict.fromkeys(names)
    assert how_much(empty | {"amount": "4000000", "amount_qualifier": "more_than"}) == (
        "more than 4000000"
    )
    monthly = {"amount": "4", "currency": "EUR", "per": "month"}
    assert how_much(empty | monthly) == "4 EUR per month"
    assert how_much(empty | {"amount_low": "4", "amount_high": "5"}) == "4 to 5"
    assert how_much(empty) is None


def test_the_article_stands_as_it_was(out: Path, make_result: Build) -> None:
    text = make_result("a.txt").document.source.text
    page = (out / "report/articles" / f"{claims_of(out)[0]['doc_id']}.html").read_text("utf-8")
    body = page[page.index("<article") : page.index("</article>")]
    assert parsed(body).text == text
    assert '<del class="removed" title="removed by share_bar: share links">' in body


def test_no_text_becomes_markup(out: Path) -> None:
    pages = [*(out / "report").rglob("*.html")]
    assert len(pages) == 3
    for page in pages:
        found = parsed(page.read_text("utf-8"))
        assert ("img" in found.tags) == (page.name == "index.html")  # its plots
        assert "onerror" not in " ".join(found.attributes)
        assert page.read_text("utf-8").count("<script") <= 3
        assert "default-src 'none'" in page.read_text("utf-8")


def test_pages_need_nothing_from_elsewhere(out: Path) -> None:
    for page in (out / "report").rglob("*.html"):
        for target in re.findall(r'(?:src|href)="([^"#]+)', page.read_text("utf-8")):
            assert target.startswith("https://example.org/") or (page.parent / target).is_file()


def browse(out: Path, page: str, profile: Path) -> str:
    """The page after its scripts ran, with what the browser's console said."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("chromium is not installed: the pages are not opened in a browser")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]
    command += [f"--user-data-dir={profile}", "--virtual-time-budget=2000", "--dump-dom"]
    done = subprocess.run(
        [*command, f"file://{out}/report/{page}"], capture_output=True, timeout=120, check=True
    )
    assert b"CONSOLE" not in done.stderr, done.stderr.decode()
    return done.stdout.decode("utf-8")


def test_the_list_in_a_browser(out: Path, tmp_path: Path) -> None:
    page = browse(out, "index.html", tmp_path)
    assert "2 of 2 claims in 2 articles" in page
    assert "<title>Claims and their evidence</title>" in page
    assert parsed(page).text.count(SCRIPT) >= 2
    assert '<option value="EUR">EUR</option>' in page


def test_a_claim_found_by_its_id_in_a_browser(out: Path, tmp_path: Path) -> None:
    claim = claims_of(out)[0]
    page = browse(out, f"index.html#{claim['claim_id']}", tmp_path)
    assert "1 of 2 claims" in page
    assert f"articles/{claim['doc_id']}.html#{claim['claim_id']}" in page


def test_an_article_in_a_browser(out: Path, tmp_path: Path) -> None:
    claim = claims_of(out)[1]
    page = browse(out, f"articles/{claim['doc_id']}.html#{claim['claim_id']}", tmp_path)
    assert (
        f'<li id="card-{claim["claim_id"]}" data-id="{claim["claim_id"]}" class="current">' in page
    )
    assert "<title>run</title>" not in page
    assert '<body class="article hide-entity">' in page


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2015", "2018", "2015 to 2018"),
        ("2015", "2015", "2015"),
        ("2015", None, "2015"),
        (None, "2018", "2018"),
        (None, None, None),
    ],
)
def test_a_period_is_said_in_words(start: str | None, end: str | None, words: str | None) -> None:
    assert period(start, end) == words
