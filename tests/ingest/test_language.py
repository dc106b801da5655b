"""Language detection."""

from __future__ import annotations

import pytest

from pipeline.ingest.language import detect, is_plainly_english, is_short


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("The ministry said on Monday that output fell by 3 percent.", "en", id="en"),
        pytest.param("Le ministre a dit lundi que la production avait baissé.", "fr", id="fr"),
        pytest.param("El ministro dijo el lunes que la producción cayó mucho.", "es", id="es"),
        pytest.param("", "", id="empty"),
        pytest.param("2021 | 45.7 % | €3,000", "", id="figures"),
        pytest.param("OK", "", id="too-short"),
        pytest.param("The plant closed on Monday.", "en", id="short-en"),
        pytest.param("Prices did not rise in May.", "en", id="short-en-without-article"),
        pytest.param("Note: the ledger was with her.", "en", id="note"),
        pytest.param("Le ministre est parti.", "", id="short-fr"),
        pytest.param("Der Minister war in Berlin.", "", id="short-de"),
        pytest.param("De minister was in Den Haag.", "", id="short-nl"),
        pytest.param("He dicho que no.", "", id="short-es"),
        pytest.param("Die Band The Who spielt in Berlin.", "", id="english-name-in-german"),
        pytest.param("Le groupe The The joue à Lyon.", "", id="english-name-in-french"),
        pytest.param("https://example.org/the-article-of-the-day-in-english " * 3, "", id="links"),
    ],
)
def test_detect(text: str, code: str) -> None:
    assert detect(text) == code


def test_a_quotation_in_another_language_does_not_matter() -> None:
    text = "The minister spoke for an hour about the harvest. " * 60
    assert detect(text + "« Nous avons perdu la moitié de la récolte », a-t-il dit.") == "en"


ENGLISH = "The minister said on Monday that the harvest had been the worst since the war. "
DUTCH = "De minister zei maandag dat de oogst de slechtste was sinds de oorlog, over het land. "


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param(ENGLISH * 8, True, id="english"),
        pytest.param(ENGLISH * 20 + DUTCH, True, id="quotation"),
        pytest.param(ENGLISH * 2, False, id="too-short-to-tell"),
        pytest.param(ENGLISH * 8 + DUTCH * 8, False, id="half"),
        pytest.param((ENGLISH + DUTCH) * 8, False, id="sentences-in-turn"),
        pytest.param((ENGLISH + "Министр сказал это вчера. ") * 8, False, id="other-script"),
        pytest.param("Die Band The Who und The The spielen in Köln. " * 9, False, id="names"),
    ],
)
def test_only_what_is_plainly_english_is_not_classified(text: str, plain: bool) -> None:
    assert is_plainly_english(text) == plain


def test_short_texts_are_told_from_those_in_no_language() -> None:
    assert is_short("Le ministre est parti. https://example.org/" + "a" * 500)
    assert not is_short("Blorg fnarp wibble quux snarf. " * 10)
