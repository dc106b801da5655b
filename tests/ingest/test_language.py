"""Language detection."""

from __future__ import annotations

import pytest

from pipeline.ingest.language import detect


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("The ministry said on Monday that output fell by 3 percent.", "en", id="en"),
        pytest.param("Le ministre a dit lundi que la production avait baissé.", "fr", id="fr"),
        pytest.param("El ministro dijo el lunes que la producción cayó mucho.", "es", id="es"),
        pytest.param("", "", id="empty"),
        pytest.param("2021 | 45.7 % | €3,000", "", id="figures"),
        pytest.param("OK", "", id="too-short"),
        pytest.param("https://example.org/the-article-of-the-day-in-english " * 3, "", id="links"),
    ],
)
def test_detect(text: str, code: str) -> None:
    assert detect(text)[0] == code


def test_a_quotation_in_another_language_does_not_matter() -> None:
    text = "The minister spoke for an hour about the harvest. " * 60
    assert detect(text + "« Nous avons perdu la moitié de la récolte », a-t-il dit.")[0] == "en"
