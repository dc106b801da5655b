"""The page of columns says what the schema says."""

from __future__ import annotations

from pathlib import Path

from pipeline.export.columns import tables
from pipeline.export.columns_doc import markdown

PAGE = Path(__file__).parents[2] / "docs" / "columns.md"


def test_the_page_is_as_the_schema_makes_it() -> None:
    """If not: python -m pipeline.export.columns_doc."""
    assert PAGE.read_text("utf-8") == markdown()


def test_every_column_has_a_row() -> None:
    sections = markdown().split("\n## ")[1:]
    for section, spec in zip(sections, tables().values(), strict=True):
        assert section.startswith(spec.name)
        for column in spec.columns:
            assert f"\n| `{column.name}` | {column.type}" in section
