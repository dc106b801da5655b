"""Countries, nationalities, cities."""

from __future__ import annotations

import pytest

from pipeline.nlp.entities.countries import (
    atlas,
    cities,
    country_named,
    country_of_demonym,
    region_meant,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("the United States", "US", id="article"),
        pytest.param("U.S.", "US", id="abbreviation"),
        pytest.param("UK", "GB", id="uk"),
        pytest.param("Scotland", "GB-SCT", id="part-of-a-country"),
        pytest.param("Kingdom of Norway", "NO", id="official-name"),
        pytest.param("Ivory Coast", "CI", id="newspaper-name"),
        pytest.param("Czechia", "CZ", id="cldr-name"),
        pytest.param("us", None, id="pronoun"),
        pytest.param("Korea", None, id="which-korea"),
        pytest.param("Islamic State of Iraq", None, id="not-a-state"),
        pytest.param("European Union", None, id="union"),
    ],
)
def test_country_named(name: str, code: str | None) -> None:
    country = country_named(name)
    assert (country.code if country else None) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        pytest.param("Iranian", "IR", id="adjective"),
        pytest.param("Danes", "DK", id="plural"),
        pytest.param("Scottish", "GB-SCT", id="part"),
        pytest.param("Korean", None, id="ambiguous"),
        pytest.param("Muslim", None, id="religion"),
    ],
)
def test_country_of_demonym(word: str, code: str | None) -> None:
    country = country_of_demonym(word)
    assert (country.code if country else None) == code


def test_every_code_of_the_lists_is_a_country() -> None:
    for country in (*atlas().demonyms.values(), *atlas().capitals.values()):
        assert country.code and country.name
        assert len(country.country) == 2


def test_cities_have_a_country_only_if_one_is_clearly_meant() -> None:
    assert cities()["paris"] == "FR"
    assert cities()["birmingham"] == "GB"
    assert cities().get("san jose", "") == ""


def test_states_and_continents() -> None:
    assert region_meant("Calif.") == "California"
    assert region_meant("Europeans") == "Europe"
    assert region_meant("Roe") == ""
