"""The page of columns says what the schema says."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest

from pipeline.across.flags import CHANGED_LATER, CONTRADICTION, UPDATED
from pipeline.export.columns import columns, tables
from pipeline.export.columns_doc import markdown, terms_page
from pipeline.export.terms import groups
from pipeline.nlp import claims, money
from pipeline.nlp.claims.confidence import FACTORS, NO_DOUBT, SEVERAL

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "columns.md"
GOLDEN = ROOT / "tests" / "golden"
CLAIMS = Path(str(claims.__file__)).parent


def test_the_page_is_as_the_schema_makes_it() -> None:
    """If not: python -m pipeline.export.columns_doc."""
    assert PAGE.read_text("utf-8") == markdown()


def test_every_column_has_a_row() -> None:
    sections = markdown().split("\n## ")[1:]
    for section, spec in zip(sections, tables().values(), strict=True):
        assert section.startswith(spec.name)
        for column in spec.columns:
            assert f"\n| `{column.name}` | {column.type}" in section


def test_the_page_of_terms_is_as_its_file_makes_it() -> None:
    """If not: python -m pipeline.export.columns_doc."""
    assert PAGE.with_name("terms.md").read_text("utf-8") == terms_page()


@pytest.mark.parametrize(
    ("table", "words"),
    [("sentences", "text"), ("dates", "date_text"), ("money", "figure_text"),
     ("mentions", "mention_text"), ("claims", "claim_text")],
)  # fmt: skip
def test_the_offsets_of_an_example_are_those_of_its_words(table: str, words: str) -> None:
    spec = columns(table)
    length = int(spec["end"].example) - int(spec["start"].example)
    assert length == len(spec[words].example)


def test_flags_rules_and_roles_are_explained() -> None:
    known = {name: group.words() for name, group in groups().items()}
    flags = set(FACTORS) | NO_DOUBT | set(SEVERAL) | {CONTRADICTION, UPDATED, CHANGED_LATER}
    flags |= set(re.findall(r"^    (\w+): ", str(money.__doc__), re.M))
    assert flags <= known["Flags"]
    roles = tomllib.loads((CLAIMS / "roles.toml").read_text("utf-8"))
    assert set(roles["nouns"]) | set(roles["verbs"]) <= known["Roles of figures"]
    attribution, proposition = columns("claims")["rule"].example.split("+")
    assert attribution in known["Rules of attribution"]
    assert proposition in known["Rules of propositions"]
    assert columns("claims")["flags"].example in known["Flags"]


def test_flags_of_the_accepted_rows_are_explained() -> None:
    explained = groups()["Flags"].words()
    for page in GOLDEN.glob("*.csv"):
        with page.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert set(filter(None, row["flags"].split("; "))) <= explained
