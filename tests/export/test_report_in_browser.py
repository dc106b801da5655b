"""The report as a person uses it, in Debian's Chromium driven by Playwright."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.export import write_all
from pipeline.export.additions import addition
from pipeline.records import DocumentResult
from pipeline.review.decisions import Decision, DecisionFiles, append, seen

Build = Callable[..., DocumentResult]
CLAIMS, ARTICLES = 125_000, 5_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("chromium is not installed: the pages are not opened in a browser")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page whose console must stay empty."""
    said: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, make_result: Build) -> Path:
    """Two articles; the claim of the first was corrected, that of the second has changed since."""
    folder = tmp_path_factory.mktemp("report")
    results = [make_result("a.txt"), make_result("b.txt", before="Menu\n")]
    write_all([addition(results)], folder)
    lines = (folder / "claims.jsonl").read_text("utf-8").splitlines()
    one, other = (json.loads(line) for line in lines)
    common: dict[str, Any] = {"when": "2021-11-05T10:00:00Z", "who": "Anna", "kind": "claim"}
    append(
        folder / "decisions.jsonl",
        [
            Decision(
                **common,
                path="a.txt",
                claim_id=one["claim_id"],
                decision="correct",
                corrected={"amount": "3600000"},
                seen=seen(one),
            ),
            Decision(
                **common,
                path="b.txt",
                claim_id=other["claim_id"],
                decision="accept",
                seen=seen(other | {"amount": 7}),
            ),
        ],
    )
    decisions = DecisionFiles([folder / "decisions.jsonl"])
    write_all([addition(results, decisions)], folder, decisions=decisions)
    return folder / "report"


def shown(page: Any) -> int:
    return int(page.locator("#list li").count())


def settled(page: Any, words: str) -> None:
    page.get_by_role("status").get_by_text(words).wait_for()


def test_every_filter_is_there_by_its_name_and_works(page: Any, report: Path) -> None:
    page.goto(f"file://{report}/index.html")
    settled(page, "2 of 2 claims in 2 articles")
    for name, value, count in (
        ("Source", "dockers", 2),
        ("Source", "nobody", 0),
        ("Entity", "dockers", 2),
        ("Entity", "nobody", 0),
        ("Article", "dock strike", 2),
        ("Search", "strike cost", 2),
    ):
        field = page.get_by_label(name)
        field.fill(value)
        settled(page, f"{count} of 2 claims")
        assert shown(page) == count
        field.fill("")
    for name, value, count in (
        ("Currency", "EUR", 2),
        ("Certainty", "asserted", 2),
        ("Said by", "indirect", 2),
        ("Decision", "correct", 1),
        ("Decision", "none yet", 1),
        ("Decision", "to look at again", 1),
    ):
        page.get_by_label(name).select_option(label=value)
        settled(page, f"{count} of 2 claims")
        page.get_by_role("button", name="Clear").click()
        settled(page, "2 of 2 claims")


def test_from_the_list_to_the_evidence_with_the_keyboard_alone(page: Any, report: Path) -> None:
    page.goto(f"file://{report}/index.html")
    settled(page, "2 of 2 claims")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the list"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*.html#c_*")
    claim = page.url.rpartition("#")[2]
    card = page.locator(f"#card-{claim}")
    assert "current" in (card.get_attribute("class") or "")
    assert page.locator(".claim.current").first.is_visible()
    words = card.inner_text()
    assert "correct by Anna: amount 3600000" in words


def test_a_changed_claim_shows_what_was_decided(page: Any, report: Path) -> None:
    page.goto(f"file://{report}/index.html")
    page.get_by_label("Decision").select_option(label="to look at again")
    settled(page, "1 of 2 claims")
    page.get_by_role("list", name="Claims").get_by_role("link").click()
    page.wait_for_url("**/articles/*.html#c_*")
    assert "before it changed: Anna: accept" in page.locator(".current dl").inner_text()


def test_removed_text_can_be_hidden(page: Any, report: Path) -> None:
    article = sorted((report / "articles").glob("*.html"))[0]
    page.goto(f"file://{article}")
    removed = page.locator("article del").filter(has_text="Share this story")
    assert removed.is_visible()
    assert "line-through" in removed.evaluate("node => getComputedStyle(node).textDecorationLine")
    page.get_by_label("removed text").uncheck()
    assert not removed.is_visible()


def test_a_click_on_the_text_names_its_claim(page: Any, report: Path) -> None:
    article = sorted((report / "articles").glob("*.html"))[0]
    page.goto(f"file://{article}")
    page.locator("article [data-c]").first.click()
    assert "#c_" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(page: Any, report: Path, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    article = sorted((report / "articles").glob("*.html"))[0]
    page.goto(f"file://{article}")
    places = ("article", "article .claim", "article .money", "article .date", "article del")
    for place in (*places, "#claims dt", "#claims a", "#claims code"):
        ratio = page.evaluate(CONTRAST, place)
        assert ratio >= 4.5, f"{place}: {ratio:.1f}"
    page.locator("#claims a").first.click()
    for place in (".claim.current", ".current dt", ".current a", ".current code"):
        ratio = page.evaluate(CONTRAST, place)
        assert ratio >= 4.5, f"{place}: {ratio:.1f}"


#: WCAG 2's contrast of an element's text with the nearest colour behind it.
CONTRAST = """(place) => {
  let node = document.querySelector(place);
  const part = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (c) => { const [r, g, b] = c.match(/[\\d.]+/g).map((v) => part(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ink = light(getComputedStyle(node).color);
  while (getComputedStyle(node).backgroundColor === "rgba(0, 0, 0, 0)") node = node.parentElement;
  const paper = light(getComputedStyle(node).backgroundColor);
  return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
}"""


def test_on_paper_stand_the_article_and_its_claims_only(page: Any, report: Path) -> None:
    page.emulate_media(media="print")
    page.goto(f"file://{sorted((report / 'articles').glob('*.html'))[0]}")
    assert not page.locator(".legend").is_visible()
    assert page.locator("article").is_visible()
    assert page.locator("#claims li").first.is_visible()


def test_plots_lead_to_their_data(page: Any, report: Path) -> None:
    page.goto(f"file://{report}/index.html")
    page.locator("#plots summary").click()
    images = page.locator("#plots img")
    assert images.count() >= 3
    for number in range(images.count()):
        image = images.nth(number)
        image.scroll_into_view_if_needed()
        page.wait_for_function("node => node.complete", arg=image.element_handle())
        assert image.evaluate("node => node.naturalWidth") > 0
        assert image.get_attribute("alt")
    for link in page.locator("#plots a").all():
        assert (report / link.get_attribute("href")).is_file()


def test_five_thousand_articles_are_usable(page: Any, report: Path, tmp_path: Path) -> None:
    """The pages as they are, with the data of a large run written by hand."""
    big = tmp_path / "report"
    shutil.copytree(report, big)
    documents = (
        f'report.documents.push(["d_{n}","Title {n} of a story","2021"]);' for n in range(ARTICLES)
    )
    (big / "data" / "documents.js").write_text("\n".join(documents))
    words = "the council will spend another sum on the harbour wall next year, it was told"
    rest = ("indirect", "asserted", "affirmed", "EUR", "€3", "2021", "Port", None, None, "new")
    rows = [
        (f"c_{n:016x}", n % ARTICLES, f"{n} {words}", f"Source {n % 3000}", *rest)
        for n in range(CLAIMS)
    ]
    wanted = sum("777" in f"{n} {n:016x} {n % 3000}" for n in range(CLAIMS))
    (big / "data" / "claims-0000.js").write_text(f"report.add({json.dumps(rows)});")
    begun = time.monotonic()
    page.goto(f"file://{big}/index.html")
    settled(page, f"{CLAIMS:,} of {CLAIMS:,} claims in {ARTICLES:,} articles")
    assert time.monotonic() - begun < 30
    assert shown(page) == 100
    begun = time.monotonic()
    page.get_by_label("Search").fill("777 council")
    settled(page, f"{wanted} of 125,000 claims")
    assert time.monotonic() - begun < 10
    page.get_by_role("button", name="Show more").click()
    assert shown(page) == 200
