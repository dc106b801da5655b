"""Normal forms and ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.entities.normal import (
    entity_id,
    entity_redirects,
    normal_name,
    without_suffix,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("The Danube Institute", "danube institute", id="article"),
        pytest.param("Kovacs's", "kovacs", id="possessive"),
        pytest.param("Kovács’s", "kovacs", id="accent-and-curly-possessive"),
        pytest.param("U.S.", "us", id="dotted-abbreviation"),
        pytest.param("Smith & Sons", "smith & sons", id="ampersand-stays"),
        pytest.param("Al-Nahar  Bank", "al nahar bank", id="hyphen-and-blanks"),
        pytest.param("ﬁnance", "finance", id="compatibility-forms"),
        pytest.param("—", "", id="nothing-left"),
        pytest.param("The", "the", id="an-article-alone-stays"),
    ],
)
def test_normal_name(name: str, key: str) -> None:
    assert normal_name(name) == key


@given(st.text(max_size=40))
def test_normal_name_is_idempotent_on_case_and_blanks(name: str) -> None:
    assert normal_name(f"  {name}  ") == normal_name(name)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        pytest.param("Acme Inc.", "Acme", id="inc"),
        pytest.param("Acme Holdings plc", "Acme Holdings", id="plc"),
        pytest.param("Corporation", "Corporation", id="nothing-else-left"),
        pytest.param("Incas", "Incas", id="look-alike"),
    ],
)
def test_without_suffix(name: str, bare: str) -> None:
    assert without_suffix(name) == bare


def test_an_id_depends_on_type_and_key_only() -> None:
    assert entity_id("GPE", "IR") == entity_id("GPE", "IR")
    assert entity_id("GPE", "IR") != entity_id("ORG", "IR")
    assert entity_id("PERSON", "jane roe").startswith("e_")
    assert len(entity_id("PERSON", "jane roe")) == 18


def test_redirects_follow_chains_and_refuse_circles() -> None:
    assert entity_redirects([("a", "b"), ("b", "c")]) == {"a": "c", "b": "c"}
    assert entity_redirects([("a", "a")]) == {}
    with pytest.raises(ValueError, match="circle"):
        entity_redirects([("a", "b"), ("b", "a")])
