"""Signs: what the boilerplate says about the document."""

from __future__ import annotations

import pytest

from pipeline.ingest.clean import clean
from pipeline.records import SourceDocument

BODY = (
    "Port strike ends after nine weeks of talks\n\n"
    "The strike at the grain port ended on Monday, nine weeks after crane drivers walked out.\n\n"
    "The union and the port authority signed a contract that raises wages by four percent."
)


def signs(text: str) -> dict[str, str]:
    document = clean(SourceDocument("d", "d.txt", text, "", "txt"))
    for sign in document.signs:
        assert sign.span is None or sign.span.end <= len(text)
    return {sign.name: sign.words for sign in document.signs}


def test_an_article_has_no_signs() -> None:
    assert signs(BODY) == {}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "lorem_ipsum",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.",
        ),
        ("prompt_leftover", "As an AI language model, I cannot give an opinion on this strike."),
        (
            "cut_off_quote",
            "“We will come back in autumn and ask for the night shifts, said the union’s chief.",
        ),
        (
            "cut_off_quote",
            '"We will come back in autumn and ask for the night shifts, said the chief.',
        ),
        (
            "truncated_end",
            "Traders now expect that the stores of the whole region will be filled by the",
        ),
    ],
)
def test_a_sign_shows_its_words(name: str, words: str) -> None:
    assert signs(f"{BODY}\n\n{words}")[name].startswith(words[:20])


@pytest.mark.parametrize(
    "words",
    [
        "“We will come back,” the chief said. “It is not over for us, and they know it.”",
        "“We will come back in autumn and ask for it.\n\n“And we will not wait,” he said.",
        '"We will come back," the chief said. "It is not over for us, and they know it."',
        '"We will come back in autumn and ask for it.\n\n"And we will not wait," he said.',
        'The first crane is 5\' 10" wide, and 27" of it stand above the water of the port.',
        "The inscription reads: “Dolor sit amet.” Nobody has read the rest of it so far.",
    ],
)
def test_look_alikes_are_no_signs(words: str) -> None:
    assert signs(f"{BODY}\n\n{words}") == {}


def test_a_text_that_loses_most_of_itself_is_flagged() -> None:
    menu = "\n".join(
        f"Read also: Title number {n} of another story on this site" for n in range(40)
    )
    found = signs(f"{BODY}\n\n{menu}")
    assert found["unusual_share_removed"].endswith("of the text was removed")
