"""The schema is whole, and every file has all of it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.export import write_all
from pipeline.export.additions import addition, reviewed_rows
from pipeline.export.columns import columns, table, tables
from pipeline.records import DocumentResult
from pipeline.review.decisions import DecisionFiles

#: Names that other programs rely on.
RELIED_ON = {
    "claims": "claim_id doc_id path title published claim_text sentence start end spans attribution"
    " source_text source_name outlet cue_text subject predicate object polarity certainty date_text"
    " date_value date_start date_end date_granularity date_modifier amount_text amount amount_low"
    " amount_high currency amount_qualifier figure_kind figure_value unit per entities"
    " check_worthiness confidence flags n_document_signs",
    "claim_dates": "claim_id date_id role",
    "claim_money": "claim_id money_id role",
    "claim_entities": "claim_id entity_id role",
    "dates": "date_id date_text date_value date_start date_end date_granularity date_modifier",
    "money": "money_id amount_text amount amount_low amount_high currency amount_qualifier"
    " figure_kind figure_value unit",
    "entities": "entity_id name type",
    "entity_redirects": "old new",
    "mentions": "",
    "documents": "doc_id path sha256 text_sha256 title outlet author published",
    "removals": "doc_id start end rule reason",
    "quarantine": "path stage reason",
    "set_aside": "path reason",
    "sentences": "doc_id start end n_claims why_none",
}


@pytest.mark.parametrize("name", RELIED_ON)
def test_names_that_others_rely_on(name: str) -> None:
    assert set(RELIED_ON[name].split()) <= set(table(name).names)


@pytest.mark.parametrize("name", tables())
def test_every_table_is_documented(name: str) -> None:
    spec = table(name)
    assert spec.meaning.endswith(".")
    assert len(set(spec.names)) == len(spec.names)
    for column in spec.columns:
        assert column.meaning.endswith("."), column.name
        assert column.example, column.name
        assert not column.enum or column.example in column.enum, column.name
        assert column.type not in ("decimal",) or column.unit, column.name
        if column.references:
            parent, key = column.references.split(".")
            assert table(parent).key == (key,)
    assert set(spec.key) <= {column.name for column in spec.columns if column.required}


def test_rows_have_exactly_the_columns(result: DocumentResult) -> None:
    for name, rows in reviewed_rows(result, DecisionFiles()).items():
        for row in rows:
            assert row.keys() == columns(name).keys()
            for column in table(name).columns:
                assert row[column.name] is not None or not column.required
                assert not column.enum or row[column.name] in (None, *column.enum)


def test_all_files_document_and_have_all_columns(result: DocumentResult, tmp_path: Path) -> None:
    write_all([addition([result])], tmp_path, facts={"model": "m 1.0"})
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert package["facts"] == {"model": "m 1.0"}
    assert all((tmp_path / resource["path"]).is_file() for resource in resources.values())
    with closing(sqlite3.connect(tmp_path / "claims.sqlite")) as connection:
        for name, spec in tables().items():
            fields = resources[name]["schema"]["fields"]
            assert [field["name"] for field in fields] == list(spec.names)
            assert all(field["description"] for field in fields)
            found = connection.execute(f"SELECT name FROM pragma_table_info('{name}')")
            assert [row[0] for row in found] == list(spec.names)
            keys = connection.execute(f"SELECT * FROM pragma_foreign_key_list('{name}')").fetchall()
            assert len(keys) == sum(bool(column.references) for column in spec.columns)


def test_the_package_is_valid_by_its_own_words(result: DocumentResult, tmp_path: Path) -> None:
    """What the specification asks of a package, as far as it can be checked without its tools."""
    write_all([addition([result])], tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    for resource in package["resources"]:
        assert resource["name"].replace("-", "").replace("_", "").isalnum()
        assert not resource["path"].startswith(("/", "."))
        schema = resource.get("schema", {"fields": []})
        fields = {field["name"] for field in schema["fields"]}
        types = {field["type"] for field in schema["fields"]}
        assert types <= {"string", "integer", "number"}
        assert set(schema.get("primaryKey", ())) <= fields
        for key in schema.get("foreignKeys", ()):
            assert key["fields"] in fields
            assert key["reference"]["resource"] in names
